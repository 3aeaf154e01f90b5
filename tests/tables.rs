//! The tables of what a policy took, as `normalise --policy` and `depersonalise` print them: a
//! line for each field and article with its count, and nothing of any booking.

use std::path::PathBuf;
use std::process::Command;

use paxnorm::privacy::Report;
use paxnorm::{Booking, Options, Policy, Reader};

const SAMPLE: &str = "examples/data/family-with-infants.edi";
/// Names, numbers and places of the sample that are nobody's words but its own.
const VALUES: &[&str] = &[
    "VERMEULEN",
    "TINE",
    "FIEN",
    "UT1000001",
    "MILL AVENUE",
    "EXAMPLE.COM",
];

/// What an example prints, that `cargo test` has built beside this test: output and errors.
fn printed(example: &str, words: &[&str]) -> [String; 2] {
    let mut path: PathBuf = std::env::current_exe().expect("a path");
    path.pop();
    path.pop();
    let output = Command::new(path.join("examples").join(example))
        .args(words)
        .output()
        .expect("`cargo test` builds the example");
    assert!(output.status.success());
    [output.stdout, output.stderr].map(|text| String::from_utf8(text).expect("UTF-8"))
}

/// A line of a table: count, action, path of the field, article.
type Line = (u64, String, String, String);

/// The lines of the table that begins behind a heading.
fn lines(text: &str, heading: &str) -> Vec<Line> {
    let (_, behind) = text.split_once(heading).expect("a heading");
    let rows = behind
        .lines()
        .skip_while(|line| !line.contains("bookings "));
    let rows = rows.skip(1).take_while(|line| !line.trim().is_empty());
    rows.map(|row| {
        let mut rest = row.trim_start();
        let mut word = || {
            let (word, behind) = rest.split_once(' ').expect("a cell and more");
            rest = behind.trim_start();
            word.to_owned()
        };
        let (count, action, path) = (word(), word(), word());
        (
            count.parse().expect("a count"),
            action,
            path,
            rest.to_owned(),
        )
    })
    .collect()
}

fn lines_of(report: &Report) -> Vec<Line> {
    let lines = report.lines.iter();
    let lines = lines.map(|line| {
        let (action, path) = (line.action.as_str(), line.field.path());
        (
            line.count,
            action.to_owned(),
            path.to_owned(),
            line.article.to_string(),
        )
    });
    lines.collect()
}

/// The bookings of the sample under a policy, and what that took away.
fn read(policy: &Policy) -> (Vec<Booking>, Report) {
    let bytes = std::fs::read(SAMPLE).expect("the sample");
    let options = Options {
        policy,
        ..Options::default()
    };
    let mut reader = Reader::with(bytes.as_slice(), &options).expect("it is known");
    let records = reader.by_ref().map(|record| record.expect("it is whole"));
    let bookings = records
        .filter_map(|record| Some(*record.booking?))
        .collect();
    (bookings, reader.report())
}

#[test]
fn normalise_prints_what_the_policy_took() {
    for name in [
        "eu-pnr",
        "eu-directive-2016",
        "exchange",
        "depersonalise-6-months",
    ] {
        let [_, errors] = printed("normalise", &["--policy", name, SAMPLE]);
        let (_, report) = read(Policy::named(name).expect("it is shipped"));
        assert_eq!(
            lines(&errors, &format!("policy {name}: ")),
            lines_of(&report),
            "{name}"
        );
        assert!(!report.is_empty(), "{name}");
        for value in VALUES {
            assert!(!errors.contains(value), "{name}: {value}");
        }
    }
}

#[test]
fn nothing_is_printed_where_nothing_was_taken() {
    let [_, errors] = printed("normalise", &["--policy", "keep-all", SAMPLE]);
    assert!(!errors.contains("keep-all"));
}

#[test]
fn depersonalise_prints_what_intake_took_and_what_is_masked() {
    let [output, _] = printed("depersonalise", &[SAMPLE]);
    let (bookings, intake) = read(Policy::eu_pnr());
    assert_eq!(lines(&output, "at intake, under eu-pnr"), lines_of(&intake));
    let policy = Policy::named("depersonalise-6-months").expect("it is shipped");
    let mut masked = Report::default();
    for mut booking in bookings {
        masked.add(&policy.apply(&mut booking));
    }
    let printed = lines(&output, "after six months");
    assert_eq!(printed, lines_of(&masked));
    assert!(
        printed
            .iter()
            .all(|(count, action, ..)| *count > 0 && action == "mask")
    );
    assert!(output.contains("2 of 2 bookings come back"));
    for value in VALUES {
        assert!(!output.contains(value), "{value}");
    }
}
