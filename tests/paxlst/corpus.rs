//! The shared PAXLST samples.

use std::collections::BTreeSet;

use paxnorm::Data;
use paxnorm::diagnostic::Severity;

use super::{bookings, keep_all, naive_count, placeless, total};
use crate::support::{shared, shown, table};

/// File, bookings and persons of each row of the manifest.
fn manifest() -> Vec<(String, usize, usize)> {
    let Some(path) = shared("corpus/MANIFEST.csv") else {
        return Vec::new();
    };
    let text = std::fs::read_to_string(path).expect("the manifest is text");
    let rows = text.lines().skip(1).filter_map(|line| {
        let cells: Vec<_> = line.split(',').collect();
        let number = |cell: &str| cell.parse().expect("a count");
        (cells[1] == "PAXLST").then(|| (cells[0].to_owned(), number(cells[4]), number(cells[5])))
    });
    let rows: Vec<_> = rows.collect();
    assert!(rows.len() >= 15, "{} rows", rows.len());
    rows
}

fn read(file: &str) -> Option<Vec<u8>> {
    let path = shared(&format!("corpus/{file}"))?;
    Some(std::fs::read(path).expect("the sample can be read"))
}

#[test]
fn every_sample_yields_the_bookings_and_persons_of_the_manifest() {
    for (file, expected_bookings, expected_persons) in manifest() {
        let Some(bytes) = read(&file) else { continue };
        let records = keep_all(&bytes);
        let found: Vec<_> = records
            .iter()
            .filter_map(|it| it.booking.as_ref())
            .collect();
        let persons: usize = found.iter().map(|booking| booking.persons()).sum();
        let expected = (expected_bookings, expected_persons);
        assert_eq!((found.len(), persons), expected, "{file}");
        let mut diagnostics = records.iter().flat_map(|record| &record.diagnostics);
        assert!(
            diagnostics.all(|found| found.severity() < Severity::Error),
            "{file}"
        );
    }
}

#[test]
fn every_datum_is_accounted_for_and_few_are_unmapped() {
    let mut all = Data::default();
    for (file, ..) in manifest() {
        let Some(bytes) = read(&file) else { continue };
        let data = total(&keep_all(&bytes));
        // A naive reader does not repair typographic terminators.
        if !file.contains("minelytics") {
            assert_eq!(data.read, naive_count(&bytes), "{file}");
        }
        all += data;
    }
    println!("{all:?}");
    assert!(all.unmapped * 50 <= all.read, "more than 2 %: {all:?}");
}

#[test]
fn what_was_received_raw_equals_what_was_cleaned() {
    for letter in ["A", "B"] {
        let file = |kind| format!("paxlst/ediclean/{kind}_{letter}.edi");
        let (Some(raw), Some(clean)) = (read(&file("original")), read(&file("cleaned"))) else {
            continue;
        };
        let of = |bytes: &[u8]| -> Vec<_> { bookings(bytes).into_iter().map(placeless).collect() };
        assert_eq!(of(&raw), of(&clean), "{letter}");
        let data = |bytes: &[u8]| total(&keep_all(bytes));
        assert_eq!(data(&raw), data(&clean), "{letter}");
        let inside = |bytes: &[u8]| -> Vec<_> {
            let mut codes = super::codes(&keep_all(bytes));
            codes.retain(|code| *code != "outside-interchange");
            codes
        };
        assert_eq!(inside(&raw), inside(&clean), "{letter}");
    }
}

#[test]
fn values_are_those_that_a_person_reads() {
    let rows = table(include_str!("../data/paxlst/corpus.tsv"));
    let files: BTreeSet<_> = rows.iter().map(|row| row[0]).collect();
    for file in files {
        let Some(bytes) = read(file) else { continue };
        let bookings = bookings(&bytes);
        for row in rows.iter().filter(|row| row[0] == file) {
            let booking: usize = row[1].parse().expect("the number of a booking");
            let booking = bookings.get(booking - 1);
            let value = booking.and_then(|booking| booking.pointer(row[2]));
            assert_eq!(shown(value), row[3], "{file}, {}, {}", row[1], row[2]);
        }
    }
}
