//! Special categories of data in rows and documents: every code, word and title, in the columns
//! and members in which carriers put such things, in each sample of a shipped mapping.

mod support;

use std::path::{Path, PathBuf};

use paxnorm::Policy;
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
