//! The samples in `examples/data` and `tests/data/pnrgov`, each beside what
//! reading it under keep-all gives: bookings, diagnostics, and the account of the
//! data. `UPDATE_GOLDEN=1 cargo test --test golden` writes the expectations anew;
//! read the difference before it is committed.

mod support;

use std::path::{Path, PathBuf};

use paxnorm::{Policy, Record};
use serde_json::{Value, json};
use support::records;

fn samples() -> Vec<PathBuf> {
    let folders = ["examples/data", "tests/data/pnrgov"];
    let entries = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).expect("a folder"));
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut samples: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "edi"))
        .collect();
    samples.sort();
    samples
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
fn samples_are_read_as_expected() {
    let update = std::env::var("UPDATE_GOLDEN").is_ok();
    let samples = samples();
    assert!(samples.len() >= 12, "the samples are there");
    for sample in samples {
        let bytes = std::fs::read(&sample).expect("the sample can be read");
        let read: Vec<_> = records(&bytes, Policy::keep_all())
            .iter()
            .map(shown)
            .collect();
        let text = serde_json::to_string_pretty(&read).expect("records are JSON") + "\n";
        let stem = sample
            .file_stem()
            .and_then(|stem| stem.to_str())
            .expect("a name");
        let golden = Path::new("tests/data/golden").join(format!("{stem}.json"));
        if update {
            std::fs::write(&golden, &text).expect("the expectation can be written");
        }
        let expected = std::fs::read_to_string(&golden).unwrap_or_default();
        assert!(
            text == expected,
            "{}: differs from {}",
            sample.display(),
            golden.display()
        );
    }
}

/// What was written is read back: the canonical form goes both ways.
#[test]
fn bookings_survive_their_serde_form() {
    for sample in samples() {
        let bytes = std::fs::read(&sample).expect("the sample can be read");
        for record in records(&bytes, Policy::keep_all()) {
            let Some(booking) = record.booking else {
                continue;
            };
            let text = serde_json::to_string(&booking).expect("a booking is JSON");
            let back: Box<paxnorm::Booking> =
                serde_json::from_str(&text).expect("JSON is a booking");
            assert_eq!(
                serde_json::to_string(&back).expect("JSON"),
                text,
                "{}",
                sample.display()
            );
            assert!(back == booking, "{}", sample.display());
        }
    }
}
