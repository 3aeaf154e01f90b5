//! The shared PNRGOV samples: what they hold, value by value, and where another
//! reader of them differs.

mod support;

use std::collections::BTreeSet;

use paxnorm::diagnostic::Severity;
use paxnorm::{Data, Policy};
use serde_json::Value;
use support::{bookings, records, shared, shown, table};

/// Rows of the manifest: file, kind, bookings, persons, damaged.
fn manifest(kind: &str) -> Vec<(String, usize, usize, bool)> {
    let Some(path) = shared("corpus/MANIFEST.csv") else {
        return Vec::new();
    };
    let mut rows = Vec::new();
    let text = std::fs::read_to_string(path).expect("the manifest is text");
    for row in text.lines().skip(1).map(cells) {
        if row[1] == kind {
            let number = |cell: &str| cell.parse().expect("a count");
            rows.push((
                row[0].clone(),
                number(&row[4]),
                number(&row[5]),
                !row[6].is_empty(),
            ));
        }
    }
    rows
}

/// The cells of a CSV row.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            _ => cells.last_mut().expect("one cell").push(c),
        }
    }
    cells
}

fn read(file: &str) -> Option<Vec<u8>> {
    shared(&format!("corpus/{file}"))
        .map(|path| std::fs::read(path).expect("the sample can be read"))
}

#[test]
fn every_sample_yields_the_bookings_and_persons_of_the_manifest() {
    for (file, expected_bookings, expected_persons, damaged) in manifest("PNRGOV") {
        let Some(bytes) = read(&file) else { continue };
        let records = records(&bytes, Policy::eu_pnr());
        let found: Vec<_> = records
            .iter()
            .filter_map(|record| record.booking.as_ref())
            .collect();
        let persons: usize = found.iter().map(|booking| booking.persons()).sum();
        assert_eq!(
            (found.len(), persons),
            (expected_bookings, expected_persons),
            "{file}"
        );
        let errors = records.iter().flat_map(|record| &record.diagnostics);
        let errors = errors
            .filter(|diagnostic| diagnostic.severity() == Severity::Error)
            .count();
        assert!(damaged || errors == 0, "{file}: {errors} errors");
    }
}

#[test]
fn every_datum_is_accounted_for_and_few_are_unmapped() {
    let mut total = Data::default();
    for (file, ..) in manifest("PNRGOV") {
        let Some(bytes) = read(&file) else { continue };
        for record in records(&bytes, Policy::keep_all()) {
            let Data {
                read,
                mapped,
                withheld,
                unmapped,
                ..
            } = record.data;
            assert_eq!(read, mapped + withheld + unmapped, "{file}");
            total += record.data;
            for diagnostic in record
                .diagnostics
                .iter()
                .filter(|d| d.code.name() == "unmapped")
            {
                println!("unmapped: {file}: {}", diagnostic.location);
            }
        }
    }
    println!("{total:?}");
    assert!(
        total.unmapped * 50 <= total.read,
        "more than 2 % unmapped: {total:?}"
    );
    assert!(
        total.as_text * 100 <= total.read * 15,
        "more than 15 % as text: {total:?}"
    );
}

#[test]
fn values_are_those_that_a_person_reads() {
    let rows = table(include_str!("data/corpus/pnrgov.tsv"));
    let files: BTreeSet<_> = rows.iter().map(|row| row[0]).collect();
    for file in files {
        let Some(bytes) = read(file) else { continue };
        let bookings = bookings(&bytes);
        for row in rows.iter().filter(|row| row[0] == file) {
            let booking: usize = row[1].parse().expect("the number of a booking");
            let value = bookings
                .get(booking - 1)
                .and_then(|booking| booking.pointer(row[2]));
            assert_eq!(
                shown(value),
                row[3],
                "{file}, booking {booking}, {}",
                row[2]
            );
        }
    }
}

/// Every difference from the other reading is in the table, and every row of the
/// table is a difference.
#[test]
fn differences_from_another_reader_are_known_and_explained() {
    let Some(path) = shared("corpus/gtas-read.jsonl") else {
        return;
    };
    let text = std::fs::read_to_string(path).expect("the other reading is text");
    let other: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let mut found = BTreeSet::new();
    for (file, ..) in manifest("PNRGOV") {
        let Some(bytes) = read(&file) else { continue };
        let name = file.rsplit('/').next().expect("a name");
        let theirs = other.iter().filter(|row| row["file"] == name);
        for (index, (ours, theirs)) in bookings(&bytes).iter().zip(theirs).enumerate() {
            for what in differences(ours, theirs) {
                found.insert(format!("{file}\t{}\t{what}", index + 1));
            }
        }
    }
    let known = table(include_str!("data/corpus/gtas-differences.tsv"));
    let known: BTreeSet<_> = known.iter().map(|row| row[..3].join("\t")).collect();
    assert_eq!(found, known);
}

fn differences(ours: &Value, theirs: &Value) -> Vec<String> {
    let Some(travellers) = theirs["passengers"].as_array() else {
        return vec!["refused".to_owned()];
    };
    let mut found = Vec::new();
    let mut compare = |what: &str, equal: bool| {
        if !equal {
            found.push(what.to_owned());
        }
    };
    let minute = |value: &Value| {
        value
            .as_str()
            .and_then(|text| text.get(..16))
            .map(str::to_owned)
    };
    compare("locator", ours["locators"][0]["value"] == theirs["locator"]);
    compare(
        "created",
        minute(&ours["created"]) == minute(&theirs["created"]),
    );
    compare(
        "emails",
        contacts(ours, "email") == texts(&theirs["emails"]),
    );
    compare(
        "phones",
        contacts(ours, "phone") == texts(&theirs["phones"]),
    );
    compare(
        "cards",
        cards(ours) == texts_of(&theirs["cards"], |card| &card[1]),
    );
    compare(
        "loyalty",
        loyalty(ours) == texts_of(&theirs["loyalty"], |item| &item[1]),
    );
    compare("legs", legs(ours) == their_legs(theirs));
    let people = list(&ours["passengers"]);
    compare("travellers", people.len() == travellers.len());
    for traveller in travellers {
        let reference = &traveller["ref"];
        let Some(own) = people.iter().find(|own| own["reference"] == *reference) else {
            compare(&format!("reference {}", shown(Some(reference))), false);
            continue;
        };
        let of = |what: &str| format!("{what} of traveller {}", shown(Some(reference)));
        compare(
            &of("surname"),
            own["name"]["surname"] == traveller["surname"],
        );
        compare(&of("born"), own["birth_date"] == traveller["born"]);
        compare(
            &of("sex"),
            first_letter(&own["sex"]) == first_letter(&traveller["sex"]),
        );
        compare(&of("given names"), given(own) == their_given(traveller));
        compare(
            &of("documents"),
            numbers(&own["documents"]) == numbers(&traveller["documents"]),
        );
    }
    found
}

fn list(value: &Value) -> Vec<&Value> {
    value.as_array().into_iter().flatten().collect()
}

fn texts(value: &Value) -> BTreeSet<String> {
    list(value)
        .iter()
        .filter_map(|item| item.as_str())
        .map(|text| text.trim().to_owned())
        .collect()
}

fn texts_of(value: &Value, part: fn(&Value) -> &Value) -> BTreeSet<String> {
    list(value)
        .iter()
        .filter_map(|item| part(item).as_str())
        .map(str::to_owned)
        .collect()
}

fn contacts(ours: &Value, kind: &str) -> BTreeSet<String> {
    let people = list(&ours["passengers"]);
    let of_people = people
        .iter()
        .flat_map(|own| [&own["contacts"], &own["emergency_contacts"]]);
    let of_booking = [&ours["contacts"], &ours["booker_contacts"]];
    let all = of_booking.into_iter().chain(of_people).flat_map(list);
    all.filter(|contact| contact["kind"] == kind)
        .filter_map(|contact| contact["value"].as_str())
        .map(str::to_owned)
        .collect()
}

fn cards(ours: &Value) -> BTreeSet<String> {
    list(&ours["payments"])
        .iter()
        .filter_map(|payment| payment["account"].as_str())
        .map(str::to_owned)
        .collect()
}

fn loyalty(ours: &Value) -> BTreeSet<String> {
    let people = list(&ours["passengers"]);
    let items = people.iter().flat_map(|own| list(&own["loyalty"]));
    items
        .filter_map(|item| item["number"].as_str())
        .map(str::to_owned)
        .collect()
}

fn legs(ours: &Value) -> Vec<String> {
    let leg = |leg: &&Value| {
        let service = &leg["marketing"];
        let parts = [
            &service["carrier"],
            &service["number"],
            &leg["from"]["code"],
            &leg["to"]["code"],
            &leg["departure"],
        ];
        parts.map(|part| shown(Some(part))).join(" ")
    };
    list(&ours["legs"]).iter().map(leg).collect()
}

fn their_legs(theirs: &Value) -> Vec<String> {
    let leg = |leg: &&Value| {
        let number = shown(Some(&leg["number"]));
        let departs = shown(Some(&leg["departs"]));
        let [carrier, from, to] =
            [&leg["carrier"], &leg["from"], &leg["to"]].map(|part| shown(Some(part)));
        format!(
            "{carrier} {} {from} {to} {}",
            number.trim_start_matches('0'),
            departs.get(..16).unwrap_or(&departs)
        )
    };
    list(&theirs["legs"]).iter().map(leg).collect()
}

fn first_letter(value: &Value) -> Option<char> {
    value
        .as_str()
        .and_then(|text| text.chars().next())
        .map(|c| c.to_ascii_uppercase())
}

fn given(own: &Value) -> String {
    shown(own.pointer("/documents/0/name/given"))
}

fn their_given(traveller: &Value) -> String {
    let parts = [&traveller["first"], &traveller["middle"]];
    parts
        .iter()
        .filter_map(|part| part.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

fn numbers(documents: &Value) -> BTreeSet<String> {
    list(documents)
        .iter()
        .filter_map(|document| document["number"].as_str())
        .map(str::to_owned)
        .collect()
}
