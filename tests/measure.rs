//! The example that measures, as a program: what it prints for machines.

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;

mod support;

/// The jobs, and how many references each has at least.
const JOBS: &[(&str, &str, usize)] = &[
    ("edifact-scan", "MB/s", 2),
    ("pnrgov-records", "MB/s", 1),
    ("pnrgov-filtered", "MB/s", 1),
    ("pnrgov-ndjson", "MB/s", 1),
    ("paxlst-records", "MB/s", 1),
    ("dense-scan", "MB/s", 1),
    ("dense-records", "MB/s", 1),
    ("dense-filtered", "MB/s", 1),
    ("corpus-scan", "MB/s", 1),
    ("corpus-records", "MB/s", 1),
    ("corpus-filtered", "MB/s", 1),
    ("csv-bookings", "MB/s", 1),
    ("json-bookings", "MB/s", 1),
    ("names-prepare", "names/s", 1),
    ("names-score", "pairs/s", 2),
    ("names-search", "searches/s", 1),
    ("policy-apply", "bookings/s", 1),
];

/// The example that `cargo test` has built beside this test.
fn run(words: &[&str]) -> Output {
    let mut path: PathBuf = std::env::current_exe().expect("a path");
    path.pop();
    path.pop();
    let program = path.join("examples").join("measure");
    Command::new(program)
        .args(words)
        .output()
        .expect("`cargo test` builds the example")
}

#[test]
fn every_job_is_measured_beside_its_references() {
    let output = run(&["--json", "--rounds", "1", "--size", "0.002"]);
    assert!(output.status.success());
    let measured: Value = serde_json::from_slice(&output.stdout).expect("one object");
    let jobs = measured["jobs"].as_array().expect("a list");
    let corpus = support::shared("corpus/pnrgov/gtas/bigbigPnr.edi").is_some();
    let wanted = JOBS
        .iter()
        .filter(|(name, ..)| corpus || !name.starts_with("corpus"));
    assert_eq!(jobs.len(), wanted.clone().count());
    for (job, (name, unit, references)) in jobs.iter().zip(wanted) {
        assert_eq!(
            (&job["job"], &job["unit"]),
            (&(*name).into(), &(*unit).into())
        );
        let rate = job["rate"].as_f64().expect("a rate");
        assert!(rate > 0.0, "{name}");
        assert!(job["allocations_per_record"].is_f64() && job["peak_bytes"].is_u64());
        assert!(
            job["instructions_per_record"].is_null(),
            "nobody asked for them"
        );
        let found = job["references"].as_array().expect("a list");
        assert!(found.len() >= *references, "{name}");
        for reference in found {
            let other = reference["rate"].as_f64().expect("a rate");
            let ratio = reference["ratio"].as_f64().expect("a ratio");
            assert!(
                (ratio - rate / other).abs() < 1e-9 * ratio.max(1.0),
                "{name}"
            );
        }
    }
    let growth = measured["growth"].as_array().expect("a list");
    let peaks: Vec<_> = growth
        .iter()
        .map(|row| row["peak_bytes"].as_u64())
        .collect();
    assert!(peaks.len() >= 4 && peaks.iter().all(Option::is_some));
}

#[test]
fn scanning_allocates_nothing_for_a_segment() {
    let output = run(&[
        "--json",
        "--rounds",
        "1",
        "--size",
        "0.02",
        "--only",
        "edifact-scan",
    ]);
    let measured: Value = serde_json::from_slice(&output.stdout).expect("one object");
    let scan = &measured["jobs"][0];
    let each = scan["allocations_per_record"].as_f64().expect("a number");
    assert!(
        each < 0.2,
        "{each} allocations a booking are for scratch alone"
    );
}

/// Counting takes valgrind and a while: here is what it would look at.
#[test]
fn a_part_of_a_job_runs_alone() {
    for part in ["0", "1"] {
        let words = [
            "--only",
            "paxlst-records",
            "--size",
            "0.002",
            "--alone",
            part,
            "2",
        ];
        let output = run(&words);
        assert!(output.status.success());
        let records = String::from_utf8(output.stdout).expect("a number");
        assert!(
            records
                .trim()
                .parse::<usize>()
                .is_ok_and(|records| records > 0)
        );
    }
}

#[test]
fn wrong_words_are_told() {
    for words in [
        &["--rounds", "0"][..],
        &["--size", "x"],
        &["--unknown"],
        &["--alone", "0"],
    ] {
        assert_eq!(run(words).status.code(), Some(2), "{words:?}");
    }
}
