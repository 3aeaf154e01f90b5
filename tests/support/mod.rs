//! What several tests need: the shared corpus, tables, bookings as JSON.

#![allow(dead_code)]

pub mod planted;
pub mod special;

use std::path::PathBuf;

use paxnorm::{Options, Policy, Reader, Record};
use serde_json::Value;

/// The folder of shared samples, if it is there. Its absence is printed, and is
/// a failure where `CI` is true.
pub fn shared(file: &str) -> Option<PathBuf> {
    let folder = std::env::var("PAXNORM_SHARED").unwrap_or_else(|_| "../shared".to_owned());
    let path = PathBuf::from(folder).join(file);
    if path.exists() {
        return Some(path);
    }
    let required = std::env::var("CI").is_ok_and(|value| value == "true");
    assert!(
        !required,
        "CI wants the shared samples, and {file} is not there"
    );
    println!("skipped: the shared samples are not there ({file})");
    None
}

/// The rows of a table: tab-separated, `#` starts a comment.
pub fn table(text: &str) -> Vec<Vec<&str>> {
    let rows = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    rows.map(|line| line.split('\t').collect()).collect()
}

/// All records of a transmission.
pub fn records(bytes: &[u8], policy: &Policy) -> Vec<Record> {
    let options = Options {
        policy,
        ..Options::default()
    };
    let reader = Reader::with(bytes, &options).expect("the format is known");
    reader
        .map(|record| record.expect("the transmission is whole"))
        .collect()
}

/// The bookings of a transmission under keep-all, as JSON.
pub fn bookings(bytes: &[u8]) -> Vec<Value> {
    let records = records(bytes, Policy::keep_all());
    let bookings = records.iter().filter_map(|record| record.booking.as_ref());
    bookings
        .map(|booking| serde_json::to_value(booking).expect("a booking is JSON"))
        .collect()
}

/// A value as the tables write it.
pub fn shown(value: Option<&Value>) -> String {
    match value {
        None => "absent".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}
