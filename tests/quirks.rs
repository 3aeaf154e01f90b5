//! The deviations of senders, row by row: `tests/data/quirks/EXPECTED.tsv` says what must be
//! true of each sample, and `tests/data/README.md` how its columns are read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use paxnorm::format::DEVIATIONS;
use paxnorm::privacy::Policy;
use paxnorm::{Options, Reader, Record};
use serde_json::Value;

mod gaps;

/// Deviations in the list of the field.
const ROWS: u32 = 62;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/quirks")
}

/// One line of the table.
struct Expected {
    row: u32,
    file: String,
    what: String,
    booking: String,
    path: String,
    value: String,
    code: String,
}

impl Expected {
    /// By what a known gap names it.
    fn key(&self) -> String {
        match self.code.as_str() {
            "" => format!("{} {} = {}", self.file, self.path, self.value),
            code => format!("{} {code}", self.file),
        }
    }
}

fn table() -> Vec<Expected> {
    let text = fs::read_to_string(folder().join("EXPECTED.tsv")).expect("the table is there");
    text.lines().skip(1).map(expected).collect()
}

fn expected(line: &str) -> Expected {
    let columns: Vec<&str> = line.split('\t').collect();
    let [row, file, _, what, booking, path, value, code] = columns[..] else {
        panic!("eight columns are wanted: {line}");
    };
    Expected {
        row: row.parse().expect("rows are numbers"),
        file: file.to_owned(),
        what: what.to_owned(),
        booking: booking.to_owned(),
        path: path.to_owned(),
        value: value.to_owned(),
        code: code.to_owned(),
    }
}

/// What reading a sample without a policy gives.
#[derive(Default)]
struct Read {
    bookings: Vec<Value>,
    codes: BTreeSet<&'static str>,
    /// Whether the reader came to the end.
    whole: bool,
}

fn read(file: &str) -> Read {
    let bytes = fs::read(folder().join(file)).expect("the sample is there");
    let options = Options {
        policy: Policy::keep_all(),
        ..Options::default()
    };
    let mut read = Read {
        whole: true,
        ..Read::default()
    };
    for record in Reader::with(&bytes[..], &options).expect("the format is recognised") {
        match record {
            Ok(record) => read.add(record),
            Err(_) => read.whole = false,
        }
    }
    read
}

impl Read {
    fn add(&mut self, record: Record) {
        self.codes
            .extend(record.diagnostics.iter().map(|doubt| doubt.code.name()));
        let booking = record
            .booking
            .map(|booking| serde_json::to_value(booking).expect("JSON"));
        self.bookings.extend(booking);
    }

    /// The how-manieth booking, or the one with a locator.
    fn booking(&self, which: &str) -> Option<&Value> {
        match which.strip_prefix('@') {
            Some(locator) => {
                let holds = |found: &Vec<&Value>| found.iter().any(|one| text(one) == locator);
                self.bookings
                    .iter()
                    .find(|one| holds(&values(one, "/locators/*/value")))
            }
            None => self
                .bookings
                .get(which.parse::<usize>().ok()?.checked_sub(1)?),
        }
    }

    /// What is wrong, if anything is.
    fn check(&self, wanted: &Expected) -> Result<(), String> {
        let found = match wanted.path.as_str() {
            "" if self.codes.contains(wanted.code.as_str()) => return Ok(()),
            "" => return Err(format!("diagnostics are {:?}", self.codes)),
            "#" => vec![self.bookings.len().to_string()],
            "!" if self
                .bookings
                .iter()
                .any(|one| one.to_string().contains(&wanted.value)) =>
            {
                return Err("it stands in the output".to_owned());
            }
            "!" => return Ok(()),
            path => {
                let booking = self.booking(&wanted.booking).ok_or("no such booking")?;
                at(booking, path)
            }
        };
        let right = match wanted.value.as_str() {
            "-" => found.is_empty(),
            value => found.iter().any(|one| one == value),
        };
        if right {
            Ok(())
        } else {
            Err(format!("found {found:?}"))
        }
    }
}

/// The texts of all values at a path; a final `#` asks for the length of the list there.
fn at(booking: &Value, path: &str) -> Vec<String> {
    match path.strip_suffix('#') {
        Some(list) => {
            let length = values(booking, list)
                .first()
                .and_then(|list| list.as_array())
                .map_or(0, Vec::len);
            vec![length.to_string()]
        }
        None => values(booking, path).into_iter().map(text).collect(),
    }
}

fn values<'a>(root: &'a Value, path: &str) -> Vec<&'a Value> {
    let steps = path.split('/').skip(1);
    steps.fold(vec![root], |at, step| {
        at.into_iter()
            .flat_map(|value| children(value, step))
            .collect()
    })
}

/// The children of a value that a step of a path means.
fn children<'a>(value: &'a Value, step: &str) -> Vec<&'a Value> {
    let items = || value.as_array().into_iter().flatten();
    if step == "*" {
        return items().collect();
    }
    match step
        .strip_prefix('[')
        .and_then(|step| step.strip_suffix(']')?.split_once('='))
    {
        Some((key, wanted)) => items()
            .filter(|item| item.get(key).is_some_and(|value| text(value) == wanted))
            .collect(),
        None => value
            .get(step)
            .or_else(|| value.get(step.parse::<usize>().ok()?))
            .into_iter()
            .collect(),
    }
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

#[test]
fn every_row_has_a_sample_and_every_sample_a_row() {
    let table = table();
    let rows: BTreeSet<u32> = table.iter().map(|wanted| wanted.row).collect();
    assert_eq!(rows, (1..=ROWS).collect());
    let named: BTreeSet<String> = table.iter().map(|wanted| wanted.file.clone()).collect();
    let there: BTreeSet<String> = fs::read_dir(folder())
        .expect("the folder is there")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|name| name.ends_with(".edi"))
        .collect();
    assert_eq!(named, there);
}

#[test]
fn every_expectation_says_a_value_or_a_code() {
    for wanted in table() {
        let says_value = !wanted.path.is_empty() && !wanted.value.is_empty();
        assert!(
            says_value || !wanted.code.is_empty(),
            "{}: {}",
            wanted.file,
            wanted.what
        );
        let known = paxnorm::Code::from_name(&wanted.code).is_some();
        assert!(
            known || wanted.code.is_empty(),
            "no code is called {}",
            wanted.code
        );
    }
}

#[test]
fn what_must_be_true_is_true() {
    let mut wrong = Vec::new();
    let mut files: BTreeMap<String, Read> = BTreeMap::new();
    for wanted in table() {
        let read = files
            .entry(wanted.file.clone())
            .or_insert_with(|| read(&wanted.file));
        if let Err(why) = read.check(&wanted) {
            wrong.push((wanted.key(), format!("{}: {why}", wanted.what)));
        }
    }
    gaps::settle("quirks", &wrong);
}

#[test]
fn every_sample_but_the_cut_one_is_read_to_its_end() {
    let files: BTreeSet<String> = table().into_iter().map(|wanted| wanted.file).collect();
    let cut = files.iter().filter(|file| !read(file).whole);
    assert_eq!(cut.collect::<Vec<_>>(), ["19-cut.edi"]);
}

/// The table in the code and the samples speak of the same rows, and the code a
/// row names is one that its samples must give.
#[test]
fn the_table_in_the_code_has_every_row_and_names_the_codes_of_its_samples() {
    let rows: Vec<u32> = DEVIATIONS.iter().map(|row| u32::from(row.row)).collect();
    assert_eq!(rows, (1..=ROWS).collect::<Vec<_>>());
    let table = table();
    for deviation in DEVIATIONS {
        let of_row = table
            .iter()
            .filter(|expected| expected.row == u32::from(deviation.row));
        let codes: BTreeSet<_> = of_row
            .filter(|expected| !expected.code.starts_with('!'))
            .map(|expected| expected.code.as_str())
            .collect();
        if let Some(code) = deviation.code {
            assert!(
                codes.contains(code.name()),
                "row {}: no sample gives {code}: {codes:?}",
                deviation.row
            );
        }
    }
}
