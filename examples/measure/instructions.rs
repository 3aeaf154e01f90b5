//! What a record costs in instructions, counted by callgrind.
//!
//! The program runs itself under it, with one part of one job alone: once and three times, so that
//! the difference is that of two goes, and what comes before them counts for nothing.

use std::process::{Command, Stdio};

use crate::Wanted;
use crate::jobs::{self, Data};

/// The word before a part of a job (0 is that of the library) and how many times to do it.
pub const ALONE: &str = "--alone";

/// A valgrind runs some fifty times as long as the job.
const SIZE: f64 = 0.02;

/// Does one part of a job alone.
pub fn go(wanted: &Wanted, part: usize, goes: usize) {
    let data = Data::new(wanted.size);
    let mut jobs = jobs::all(&data).into_iter();
    let Some(job) = jobs.find(|job| wanted.wants(job.work.name)) else {
        return;
    };
    let records = job.records;
    let mut parts = std::iter::once(job.work).chain(job.references);
    if let Some(mut work) = parts.nth(part) {
        (0..goes).for_each(|_| work.once(|go| go()));
    }
    println!("{records}");
}

/// The instructions of a record; nothing where there is no valgrind.
pub fn of_a_record(job: &str, part: usize) -> Option<f64> {
    let (records, once) = counted(job, part, 1)?;
    let (_, thrice) = counted(job, part, 3)?;
    Some((thrice - once) / 2.0 / records)
}

/// How many records a go makes, and the instructions of the whole program.
fn counted(job: &str, part: usize, goes: usize) -> Option<(f64, f64)> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe().ok()?)
        .args(["--only", job, "--size", &SIZE.to_string()])
        .args([ALONE, &part.to_string(), &goes.to_string()])
        .stdin(Stdio::null())
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    let told = String::from_utf8_lossy(&output.stderr);
    let told = told.lines().find_map(|line| line.split_once("Collected :"));
    let records = String::from_utf8_lossy(&output.stdout);
    Some((records.trim().parse().ok()?, told?.1.trim().parse().ok()?))
}
