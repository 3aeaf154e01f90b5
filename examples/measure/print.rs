//! What was measured, as a person reads it.

use crate::{Measured, Row, growth, threads};

pub fn print(measured: &Measured) {
    println!(
        "{:<16} {:>11}  {:<10} {:<32} {:>11} {:>7}  {:>11} {:>11}",
        "job", "rate", "", "reference", "rate", "ratio", "allocations", "peak memory"
    );
    measured.jobs.iter().for_each(job);
    let counted = |row: &&Row| row.instructions_per_record.is_some();
    if measured.jobs.iter().any(|row| counted(&row)) {
        println!("\nInstructions of a record (callgrind):");
        measured.jobs.iter().filter(counted).for_each(instructions);
    }
    if !measured.growth.is_empty() {
        println!("\nA stream of so many bookings, read to records:");
        measured.growth.iter().for_each(growth);
    }
    measured.threads.iter().for_each(threads);
}

fn job(row: &Row) {
    let own = format!("{:<16} {:>11}  {:<10}", row.job, figure(row.rate), row.unit);
    let memory = format!(
        "{:>11.1} {:>11}",
        row.allocations_per_record,
        bytes(row.peak_bytes)
    );
    for (at, reference) in row.references.iter().enumerate() {
        let (own, memory) = if at == 0 {
            (own.as_str(), memory.as_str())
        } else {
            ("", "")
        };
        println!(
            "{own:<39} {:<32} {:>11} {:>7.2}  {memory}",
            reference.name,
            figure(reference.rate),
            reference.ratio
        );
    }
}

fn instructions(row: &Row) {
    let own = row.instructions_per_record.unwrap_or_default();
    println!("{:<16} {own:>11.0}", row.job);
    for reference in &row.references {
        let Some(other) = reference.instructions_per_record else {
            continue;
        };
        let (name, ratio) = (reference.name, other / own);
        println!("{:<16} {other:>11.0}  {name:<32} {ratio:>7.2} of it", "");
    }
}

fn growth(row: &growth::Row) {
    println!(
        "{:>10} bookings {:>9} {:>9.0} ns a booking, {:>8} held at most",
        row.bookings,
        bytes(row.bytes as u64),
        row.nanoseconds_per_booking,
        bytes(row.peak_bytes)
    );
}

fn threads(row: &threads::Row) {
    println!(
        "\n{} threads, records in order: {} MB/s, {:.2} times the {} MB/s of one",
        row.threads,
        figure(row.all),
        row.ratio,
        figure(row.one)
    );
}

/// Three digits that count.
fn figure(rate: f64) -> String {
    match rate {
        rate if rate >= 1e6 => format!("{:.2} M", rate / 1e6),
        rate if rate >= 1e4 => format!("{:.1} k", rate / 1e3),
        rate if rate >= 100.0 => format!("{rate:.0}"),
        rate => format!("{rate:.1}"),
    }
}

fn bytes(count: u64) -> String {
    match count {
        count if count >= 1 << 20 => format!("{:.1} MiB", count as f64 / f64::from(1 << 20)),
        count if count >= 1 << 10 => format!("{:.1} KiB", count as f64 / f64::from(1 << 10)),
        count => format!("{count} B"),
    }
}
