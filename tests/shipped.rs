//! The mappings that come with the library, each by samples of its own: what is read of them, and
//! that a document alone brings in the same file under other names and in another order.
//!
//! `UPDATE_GOLDEN=1 cargo test --test shipped` writes the expectations anew; read the difference
//! before it is committed.

#[path = "shipped/renamed.rs"]
mod renamed;
mod support;

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use paxnorm::format::mapping::{Mapping, SHIPPED, Source};
use paxnorm::model::{LegalBasis, Role};
use paxnorm::{Code, Format, Intake, Options, Policy, Reader, Record};
use serde_json::{Value, json};

const FOLDER: &str = "tests/data/mappings";

/// The samples, with the name of the mapping that each is for: what stands before the first dot.
fn samples() -> Vec<(String, PathBuf)> {
    let entries = std::fs::read_dir(FOLDER).expect("a folder");
    let mut paths: Vec<_> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    let named = |path: PathBuf| {
        let file = path.file_name()?.to_str()?;
        Some((file.split('.').next()?.to_owned(), path))
    };
    paths.into_iter().filter_map(named).collect()
}

fn shipped(name: &str) -> &'static Mapping {
    let of = |shipped: &&&paxnorm::format::mapping::Shipped| shipped.name() == name;
    SHIPPED
        .iter()
        .find(of)
        .expect("a shipped mapping")
        .mapping()
}

fn read(formats: &[&dyn Format], policy: &Policy, intake: Intake, bytes: &[u8]) -> Vec<Record> {
    let options = Options {
        formats,
        policy,
        intake,
        ..Options::default()
    };
    let records = Reader::with(bytes, &options).expect("recognised");
    records.map(|record| record.expect("whole")).collect()
}

fn shown(record: &Record) -> Value {
    let doubts: Vec<_> = record
        .diagnostics
        .iter()
        .map(|doubt| format!("{}[{}]: {doubt}", doubt.severity().as_str(), doubt.code))
        .collect();
    json!({ "booking": record.booking, "diagnostics": doubts, "data": record.data })
}

#[test]
fn samples_are_recognised_and_read_as_expected() {
    let update = std::env::var("UPDATE_GOLDEN").is_ok();
    for (name, path) in samples() {
        let bytes = std::fs::read(&path).expect("the sample can be read");
        let reader = Reader::new(&bytes).expect("recognised among all formats");
        assert_eq!(reader.format(), name, "{}", path.display());
        let records = read(
            &[shipped(&name)],
            Policy::keep_all(),
            Intake::default(),
            &bytes,
        );
        for record in &records {
            let data = record.data;
            assert_eq!(data.read, data.mapped + data.unmapped, "{}", path.display());
        }
        let shown: Vec<_> = records.iter().map(shown).collect();
        let text = serde_json::to_string_pretty(&shown).expect("records are JSON") + "\n";
        let file = path.file_name().expect("a file").to_string_lossy();
        let golden = Path::new(FOLDER)
            .join("golden")
            .join(format!("{file}.golden"));
        if update {
            std::fs::write(&golden, &text).expect("the expectation can be written");
        }
        let expected = std::fs::read_to_string(&golden).unwrap_or_default();
        assert!(
            text == expected,
            "{}: differs from {}",
            path.display(),
            golden.display()
        );
    }
}

#[test]
fn every_shipped_mapping_has_a_sample() {
    let found: BTreeSet<_> = samples().into_iter().map(|(name, _)| name).collect();
    let wanted: BTreeSet<_> = SHIPPED
        .iter()
        .map(|shipped| shipped.name().to_owned())
        .collect();
    assert_eq!(found, wanted);
}

/// A stream that gives so many bytes at a time.
struct Drip<'a>(&'a [u8], usize);

impl Read for Drip<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.1.min(self.0.len()).min(buffer.len());
        buffer[..count].copy_from_slice(&self.0[..count]);
        self.0 = &self.0[count..];
        Ok(count)
    }
}

fn streamed(mapping: &Mapping, bytes: &[u8], step: usize) -> Vec<Value> {
    let formats: [&dyn Format; 1] = [mapping];
    let options = Options {
        formats: &formats,
        policy: Policy::keep_all(),
        ..Options::default()
    };
    let stream: Box<dyn Read + Send + '_> = Box::new(Drip(bytes, step));
    let records = Reader::with(stream, &options).expect("recognised");
    records
        .map(|record| shown(&record.expect("whole")))
        .collect()
}

/// Places, offsets and all: the same records however the bytes come, one document alone, one a
/// line, and in an array.
#[test]
fn samples_are_the_same_in_pieces_of_any_size() {
    for (name, path) in samples() {
        let bytes = std::fs::read(&path).expect("the sample can be read");
        let mapping = shipped(&name);
        let mut inputs = vec![bytes.clone()];
        if matches!(mapping.draft().source, Source::Json(_)) {
            let value: Value = serde_json::from_slice(&bytes).expect("JSON");
            let marked = [&b"\xEF\xBB\xBF"[..], &bytes].concat();
            let lines = format!("{value}\n{value}\r\n\n{value}").into_bytes();
            inputs.extend([
                marked,
                lines,
                format!(" [{value},\n{value}]\n").into_bytes(),
            ]);
        }
        for input in inputs {
            let whole = streamed(mapping, &input, usize::MAX);
            assert!(!whole.is_empty(), "{}", path.display());
            for step in [1, 2, 7, 64, 1000] {
                let pieces = streamed(mapping, &input, step);
                assert!(whole == pieces, "{} in steps of {step}", path.display());
            }
        }
    }
}

/// The document that reads a file whose names were all changed and whose columns or members stand
/// in another order is the shipped one with the names edited, and nothing else.
#[test]
fn an_edited_document_alone_brings_in_another_file() {
    for (name, path) in samples() {
        let bytes = std::fs::read(&path).expect("the sample can be read");
        let mapping = shipped(&name);
        let (file, document) = renamed::renamed(mapping.draft(), &bytes);
        assert_ne!(file, bytes);
        let edited: Mapping = serde_json::from_value(document).expect("the edited document loads");
        let plain = |records: Vec<Record>| -> Vec<Value> {
            let bookings = records.into_iter().filter_map(|record| record.booking);
            let bookings = bookings.map(|mut booking| {
                booking.range = None;
                serde_json::to_value(booking).expect("JSON")
            });
            bookings.collect()
        };
        let keep = Policy::keep_all();
        let before = plain(read(&[mapping], keep, Intake::default(), &bytes));
        let after = plain(read(&[&edited], keep, Intake::default(), &file));
        assert!(!before.is_empty());
        assert_eq!(before, after, "{}", path.display());
        // The names were changed indeed: the shipped document reads nothing of it.
        let formats: [&dyn Format; 1] = [mapping];
        let options = Options {
            formats: &formats,
            ..Options::default()
        };
        assert!(
            Reader::with(&*file, &options).is_err(),
            "{}",
            path.display()
        );
    }
}

#[test]
fn lists_that_say_safety_alone_are_refused_whatever_the_caller_says() {
    let sample = |file: &str| std::fs::read(Path::new(FOLDER).join(file)).expect("the sample");
    let emswe: [&dyn Format; 1] = [shipped("emswe")];
    let mut intake = Intake::default();
    intake.legal_basis = Some(LegalBasis::NationalPnr);
    for intake in [Intake::default(), intake] {
        let safety = sample("emswe.safety.json");
        let records = read(&emswe, Policy::eu_pnr(), intake.clone(), &safety);
        assert!(records.iter().all(|record| record.booking.is_none()));
        let refused = |doubt: &paxnorm::Diagnostic| doubt.code == Code::BookingRefused;
        assert!(records[0].diagnostics.iter().any(refused));

        let both = read(
            &emswe,
            Policy::eu_pnr(),
            intake.clone(),
            &sample("emswe.passengers.json"),
        );
        let bookings: Vec<_> = both.iter().flat_map(|record| &record.booking).collect();
        assert_eq!(bookings.len(), 2, "two passengers, and the master refused");
        let basis = intake.legal_basis.unwrap_or(LegalBasis::PortFormalities);
        assert_eq!(bookings[0].provenance.legal_basis, Some(basis));
    }
}

#[test]
fn crew_is_refused_by_default_and_told_apart_under_keep_all() {
    for (name, path) in samples().into_iter().filter(|(name, _)| name == "fal5") {
        let bytes = std::fs::read(&path).expect("the sample can be read");
        let formats: [&dyn Format; 1] = [shipped(&name)];
        let kept = read(&formats, Policy::keep_all(), Intake::default(), &bytes);
        let roles = kept.iter().flat_map(|record| &record.booking);
        let mut roles = roles
            .flat_map(|booking| &booking.passengers)
            .map(|one| one.role);
        assert!(roles.all(|role| role == Some(Role::Crew)));
        let default = read(&formats, Policy::eu_pnr(), Intake::default(), &bytes);
        assert!(
            default.iter().all(|record| record.booking.is_none()),
            "{}",
            path.display()
        );
    }
}

/// What a rule says, as the page of its mapping has it.
fn row(rule: &Value) -> String {
    let names = |key: &str| match &rule[key] {
        Value::String(name) => vec![name.clone()],
        Value::Array(names) => names
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        _ => Vec::new(),
    };
    let quoted = |key: &str| -> Vec<String> {
        let names = names(key).into_iter();
        names
            .map(|name| format!("`{}`", if name.is_empty() { "(itself)" } else { &name }))
            .collect()
    };
    let mut from = quoted("from").join(", ");
    for (key, word) in [("before", "behind"), ("after", "with")] {
        if rule.get(key).is_some() {
            from += &format!("; {word} {}", quoted(key).join(", "));
        }
    }
    if let Some(reference) = rule["join"]["here"].as_array().and_then(|here| here.last()) {
        let reference = reference.as_str().expect("a pointer");
        from += &format!(", in what `{reference}` names");
    }
    let others = [("intake", "`Intake`: "), ("value", "constant ")];
    for (key, word) in others.iter().filter(|(key, _)| rule.get(*key).is_some()) {
        let apart = if from.is_empty() { "" } else { "; else " };
        from += &format!("{apart}{word}{}", quoted(key).join(", "));
    }
    let field = rule["field"].as_str().expect("a field");
    let item = rule["item"]
        .as_str()
        .map(|item| format!(" ({item})"))
        .unwrap_or_default();
    format!("| `{field}`{item} | {from} |\n")
}

/// Each shipped mapping has its page, and the page lists every rule.
#[test]
fn pages_of_shipped_mappings_list_their_rules() {
    const HEAD: &str = "# Fields\n";
    for shipped in SHIPPED {
        let page = format!("src/format/mapping/shipped/{}.md", shipped.name());
        let text = std::fs::read_to_string(&page).expect("a page");
        let (prose, _) = text.split_once(HEAD).expect("a table of fields");
        let document: Value = serde_json::from_str(shipped.document()).expect("JSON");
        let rules = document["rules"].as_array().expect("rules");
        let rows: String = rules.iter().map(row).collect();
        let wanted = format!("{prose}{HEAD}| field | where it stands |\n|---|---|\n{rows}");
        if std::env::var("UPDATE_GOLDEN").is_ok() {
            std::fs::write(&page, &wanted).expect("the page can be written");
        }
        let found = std::fs::read_to_string(&page).expect("a page");
        assert!(found == wanted, "{page} does not list its rules");
    }
}

/// TOML holds all that a mapping can say.
#[test]
fn documents_are_the_same_in_toml() {
    for shipped in SHIPPED {
        let text = toml::to_string(shipped.mapping()).expect("TOML");
        let back: Mapping = toml::from_str(&text).expect("the same document");
        assert!(back == *shipped.mapping(), "{}", shipped.name());
    }
    let wrong =
        "name = 't'\n[source.csv]\n[[rules]]\nfield = 'passengers[].name.surnam'\nfrom = 'A'\n";
    let error = toml::from_str::<Mapping>(wrong)
        .expect_err("a misspelt field")
        .to_string();
    assert!(
        error.contains("line 4") && error.contains("nearest is `passengers[].name.surname`"),
        "{error}"
    );
}
