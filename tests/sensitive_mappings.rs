//! Special categories of data in rows and documents: every code, word and title, in the columns
//! and members in which carriers put such things, in each sample of a shipped mapping.

mod support;

use std::path::{Path, PathBuf};

use paxnorm::format::{Confidence, Ledger, Mapping, Session, Step};
use paxnorm::model::{Remark, Text};
use paxnorm::{Booking, Error, Format, Intake, Limits, Options, Policy, Reader, Record};
use serde_json::Value;
use support::records;
use support::special::{codes, titles, words};

/// Columns and members that take texts; a list may have some of its own.
const PLACES: [&str; 4] = ["Remarks", "Meal", "Assistance needed", "Comment"];

/// The samples of the shipped mappings.
fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/mappings");
    let files = std::fs::read_dir(folder).expect("the samples").flatten();
    let mut paths: Vec<_> = files
        .map(|file| file.path())
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    paths
}

/// The sample with a text in each place of each row or object; without texts, with the places empty.
fn planted(path: &Path, texts: &[String]) -> String {
    let sample = std::fs::read_to_string(path).expect("a sample");
    if path.extension().is_some_and(|ending| ending == "json") {
        let mut document: Value = serde_json::from_str(&sample).expect("JSON");
        plant(&mut document, texts);
        return document.to_string();
    }
    rows(&sample, texts)
}

fn plant(value: &mut Value, texts: &[String]) {
    match value {
        Value::Object(members) => {
            members.values_mut().for_each(|member| plant(member, texts));
            for (place, text) in PLACES.iter().zip(texts) {
                members.insert((*place).to_owned(), Value::from(text.as_str()));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| plant(item, texts)),
        _ => {}
    }
}

/// Further columns behind the others, and whatever column of remarks is there already.
fn rows(sample: &str, texts: &[String]) -> String {
    let delimiter = [';', '\t', ',']
        .into_iter()
        .max_by_key(|sign| sample.matches(*sign).count());
    let delimiter = delimiter.expect("a delimiter");
    let cells = |line: &str| {
        line.split(delimiter)
            .filter(|cell| !cell.is_empty())
            .count()
    };
    let header = sample
        .lines()
        .position(|line| cells(line) > 6)
        .expect("a header");
    let names: Vec<&str> = sample
        .lines()
        .nth(header)
        .expect("a header")
        .split(delimiter)
        .collect();
    let remarks = names
        .iter()
        .position(|name| name.to_lowercase().starts_with("remar"));
    let line = |(number, line): (usize, &str)| {
        let mut cells: Vec<&str> = line.split(delimiter).collect();
        let text = |at: usize| texts.get(at).map_or("", String::as_str);
        if let Some(cell) = remarks
            .filter(|_| number > header)
            .and_then(|at| cells.get_mut(at))
        {
            *cell = text(0);
        }
        let further = PLACES
            .iter()
            .enumerate()
            .skip(usize::from(remarks.is_some()));
        cells.extend(further.map(|(at, place)| match number.cmp(&header) {
            std::cmp::Ordering::Less => "",
            std::cmp::Ordering::Equal => place,
            std::cmp::Ordering::Greater => text(at),
        }));
        cells.join(&delimiter.to_string())
    };
    let lines: Vec<String> = sample.lines().enumerate().map(line).collect();
    lines.join("\n")
}

/// The bookings without what tells where they stood, and without remarks, whose texts go while
/// their kinds may stay; and all that a reading shows.
fn read(text: &str, policy: &Policy) -> (Vec<Value>, String) {
    let mut shown = String::new();
    let mut bookings = Vec::new();
    for record in records(text.as_bytes(), policy) {
        shown += &format!("{record:?}");
        record
            .diagnostics
            .iter()
            .for_each(|doubt| shown += &doubt.to_string());
        let Some(booking) = &record.booking else {
            continue;
        };
        let mut booking = serde_json::to_value(booking).expect("JSON");
        shown += &booking.to_string();
        let members = booking.as_object_mut().expect("an object");
        ["provenance", "range", "withheld", "remarks"]
            .iter()
            .for_each(|key| drop(members.remove(*key)));
        bookings.push(booking);
    }
    (bookings, shown)
}

/// Every text that reveals something, each with a mark of its own.
fn texts() -> Vec<String> {
    let codes = codes().into_iter().map(|code| format!("SSR {code} NN1"));
    let texts = words().into_iter().chain(codes).enumerate();
    texts
        .map(|(number, text)| format!("{text} MARK{number}Q"))
        .collect()
}

#[test]
fn texts_are_nowhere_and_what_stands_beside_them_stays() {
    let texts = texts();
    let directive = Policy::named("eu-directive-2016").expect("it is shipped");
    for path in samples() {
        for policy in [Policy::eu_pnr(), directive] {
            let (clean, _) = read(&planted(&path, &[]), policy);
            for texts in texts.chunks(PLACES.len()) {
                let (bookings, shown) = read(&planted(&path, texts), policy);
                assert!(
                    !shown.contains("MARK"),
                    "{}: {path:?}: {texts:?}",
                    policy.name()
                );
                assert!(bookings == clean, "{}: {path:?}: {texts:?}", policy.name());
            }
        }
    }
}

/// The same texts are there without a policy: what is looked for above could be found.
#[test]
fn texts_of_a_mapped_column_are_read_without_a_policy() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/mappings/coach-manifest.en.csv");
    let (_, shown) = read(
        &planted(&path, &texts()[..PLACES.len()]),
        Policy::keep_all(),
    );
    assert!(shown.contains("MARK0Q"));
}

#[test]
fn titles_go_and_names_stay() {
    let rows = |title: &str, surname: &str| {
        format!(
            "Booking,Title,Surname,First name,Pick up,Drop off,Departure\n\
             C-1,{title},{surname},JOHN,Gent,Lille,28/05/2026\n"
        )
    };
    for surname in ["IMAM", "POPE", "BISHOP", "RABBI", "DEAF"] {
        for title in titles() {
            let (bookings, shown) = read(&rows(&title, surname), Policy::eu_pnr());
            let name = &bookings[0]["passengers"][0]["name"];
            assert_eq!(name["surname"], surname, "{title}");
            assert_eq!(name["given"], "JOHN", "{title}");
            // In German, FR is the title of a woman, too.
            let plain = title == "FR" || name["title"].is_null();
            assert!(plain, "{title}: {}", name["title"]);
            assert!(
                title == surname || title.len() < 4 || !shown.contains(&title),
                "{title}"
            );
        }
    }
}

const NOTES: &str = r#"{
    "name": "notes",
    "source": { "csv": { "delimiter": ",", "group": ["locators[].value"] } },
    "rules": [
        { "field": "locators[].value", "from": "booking" },
        { "field": "passengers[].name.surname", "from": "surname" },
        { "field": "passengers[].name.given", "from": "given" },
        { "field": "passengers[].visas[].number", "from": "visa" },
        { "field": "passengers[].birth_date", "from": "born" },
        { "field": "remarks[].text", "from": "note" }
    ]
}"#;

/// Policies that admit a booking of which nothing is known but this.
const POLICIES: [&str; 5] = [
    "keep-all",
    "eu-pnr",
    "eu-directive-2016",
    "depersonalise-6-months",
    "exchange",
];

/// Twenty bookings; in one of them, which does not come first, each field is filled once.
fn notes() -> String {
    let mut rows = String::from("booking,surname,given,visa,born,note\n");
    for booking in 0..20 {
        let last = match booking {
            7 => ",V1234567,,",
            9 => ",,,KOSHER MEAL",
            11 => "REV ANNA,,,",
            13 => "ANNA,,31.31.1980,",
            _ => ",,,",
        };
        rows += &format!("B{booking},ERIKSSON,{last}\n");
    }
    rows
}

fn records_under(format: &dyn Format, policy: &Policy, input: &str) -> Vec<Record> {
    let formats = [format];
    let mut options = Options::default();
    (options.formats, options.policy) = (&formats, policy);
    let reader = Reader::with(input.as_bytes(), &options).expect("rows");
    reader.map(|record| record.expect("a booking")).collect()
}

/// What the policy leaves of bookings that were read without one.
fn applied(format: &dyn Format, policy: &Policy, input: &str) -> Vec<Option<Box<Booking>>> {
    let records = records_under(format, Policy::keep_all(), input).into_iter();
    let left = records.map(|record| {
        let mut booking = record.booking?;
        policy.apply(&mut booking);
        Some(booking)
    });
    left.collect()
}

/// The same mapping of JSON, and the same rows as objects, one a line.
fn as_json(rows: &str) -> (String, String) {
    let (head, source) = (
        r#""csv": {"#,
        r#""delimiter": ",", "group": ["locators[].value"] }"#,
    );
    let mapping = NOTES.replace(&format!("{head} {source}"), r#""json": {}"#);
    let mapping = mapping.replace(r#""from": ""#, r#""from": "/"#);
    let mut lines = rows.lines().map(|line| line.split(','));
    let names: Vec<_> = lines.next().expect("a header").collect();
    let object = |cells: std::str::Split<'_, char>| {
        let members = names.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
        let members = members.map(|(name, cell)| format!("{name:?}: {cell:?}"));
        format!("{{{}}}\n", members.collect::<Vec<_>>().join(", "))
    };
    (mapping, lines.map(object).collect())
}

/// Where a reader knows what bookings hold, the policy looks at no more than that.
#[test]
fn what_first_comes_in_a_later_booking_goes_as_well() {
    let rows = notes();
    for (mapping, input) in [(NOTES.to_owned(), rows.clone()), as_json(&rows)] {
        let mapping: Mapping = serde_json::from_str(&mapping).expect("a mapping");
        for name in POLICIES {
            let policy = Policy::named(name).expect("a shipped policy");
            let records = records_under(&mapping, policy, &input);
            let bookings: Vec<_> = records.into_iter().map(|record| record.booking).collect();
            assert_eq!(bookings, applied(&mapping, policy, &input), "{name}");
        }
        let records = records_under(&mapping, Policy::eu_pnr(), &input);
        assert_eq!(records.len(), 20);
        let withheld = records.iter().filter_map(|record| record.booking.as_ref());
        let withheld = withheld.filter(|booking| !booking.withheld.is_empty());
        assert_eq!(withheld.count(), 3, "a visa, a remark and a title");
    }
}

/// A format that reads rows as a mapping does, and adds a remark of its own.
struct Adding(Mapping);

struct Added<'m>(Box<dyn Session + Send + Sync + 'm>);

impl Format for Adding {
    fn name(&self) -> &str {
        "adding"
    }

    fn detect(&self, head: &[u8]) -> Confidence {
        self.0.detect(head)
    }

    fn open(&self, limits: &Limits, intake: &Intake) -> Box<dyn Session + Send + Sync + '_> {
        Box::new(Added(self.0.open(limits, intake)))
    }
}

impl Session for Added<'_> {
    fn step(&mut self, all: &[u8], at: u64, last: bool, to: &mut Ledger) -> Result<Step, Error> {
        let mut step = self.0.step(all, at, last, to)?;
        let booking = step.record.as_mut().and_then(|one| one.booking.as_mut());
        if let Some(booking) = booking {
            let mut remark = Remark::default();
            remark.text = Some(Text::from("KOSHER MEAL"));
            booking.remarks.push(remark);
        }
        Ok(step)
    }
}

#[test]
fn what_another_format_adds_to_the_bookings_of_a_mapping_goes_as_well() {
    let format = Adding(serde_json::from_str(NOTES).expect("a mapping"));
    let records = records_under(&format, Policy::eu_pnr(), &notes());
    assert_eq!(records.len(), 20);
    for booking in records.iter().filter_map(|record| record.booking.as_ref()) {
        assert_eq!(booking.remarks, [], "no remark is kept");
    }
}
