//! The tables of samples say how many bookings and persons each holds; this counts them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use paxnorm::diagnostic::Severity;
use paxnorm::privacy::Policy;
use paxnorm::{Options, Reader};

mod gaps;

/// A table's page, and where its samples stand.
const TABLES: &[(&str, &str)] = &[
    ("examples/data/README.md", "examples/data"),
    ("tests/data/README.md", "tests/data/pnrgov"),
];

/// File, bookings and persons as the tables' rows give them.
fn row(line: &str) -> Option<(String, usize, usize)> {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let [_, file, _, _, bookings, persons, _] = cells[..] else {
        return None;
    };
    let file = file.strip_prefix('`')?.strip_suffix('`')?.to_owned();
    Some((file, bookings.parse().ok()?, persons.parse().ok()?))
}

/// What reading a sample without a policy gives.
struct Found {
    bookings: usize,
    persons: usize,
    /// Codes of warnings and errors.
    doubts: BTreeSet<&'static str>,
}

fn read(path: &Path) -> Found {
    let bytes = fs::read(path).expect("the sample is there");
    let options = Options {
        policy: Policy::keep_all(),
        ..Options::default()
    };
    let reader = Reader::with(&bytes[..], &options).expect("the format is recognised");
    let mut found = Found {
        bookings: 0,
        persons: 0,
        doubts: BTreeSet::new(),
    };
    for record in reader.map(|record| record.expect("it is read to its end")) {
        let doubts = record
            .diagnostics
            .iter()
            .filter(|doubt| doubt.severity() > Severity::Note);
        found.doubts.extend(doubts.map(|doubt| doubt.code.name()));
        found.bookings += usize::from(record.booking.is_some());
        found.persons += record.booking.map_or(0, |booking| booking.persons());
    }
    found
}

/// Samples that are made to show something doubtful, and the warning they give.
const DOUBTFUL: &[(&str, &str)] = &[
    ("every-segment.edi", "card-in-clear"),
    ("other-separators.edi", "una-invalid"),
    ("paxlst-family.edi", "unreadable-date"),
    ("smallest.edi", "locator-missing"),
    ("tickets-and-payments.edi", "card-in-clear"),
];

/// Every sample of the tables with its row.
fn samples() -> Vec<(PathBuf, (String, usize, usize))> {
    TABLES
        .iter()
        .flat_map(|(page, folder)| samples_of(page, folder))
        .collect()
}

fn samples_of(page: &str, folder: &str) -> Vec<(PathBuf, (String, usize, usize))> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join(page)).expect("the page is there");
    let rows: Vec<_> = page.lines().filter_map(row).collect();
    assert!(rows.len() >= 4, "the page has its table");
    rows.into_iter()
        .map(|row| (root.join(folder).join(&row.0), row))
        .collect()
}

#[test]
fn tables_of_samples_count_right() {
    let mut wrong = Vec::new();
    for (path, (file, bookings, persons)) in samples() {
        let found = read(&path);
        if (found.bookings, found.persons) != (bookings, persons) {
            let why = format!(
                "read {} bookings, {} persons",
                found.bookings, found.persons
            );
            wrong.push((format!("{file} {bookings} bookings {persons} persons"), why));
        }
    }
    gaps::settle("counts", &wrong);
}

#[test]
fn clean_samples_raise_no_doubt() {
    let mut wrong = Vec::new();
    for (path, (file, ..)) in samples() {
        let meant: BTreeSet<_> = DOUBTFUL
            .iter()
            .filter(|(name, _)| *name == file)
            .map(|(_, code)| *code)
            .collect();
        let found = read(&path).doubts;
        if found != meant {
            wrong.push((format!("{file} {meant:?}"), format!("{found:?}")));
        }
    }
    gaps::settle("doubts", &wrong);
}
