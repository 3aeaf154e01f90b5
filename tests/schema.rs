//! The contract of the records is the committed one: changing it is a visible diff.
//!
//! `UPDATE_SCHEMA=1 cargo test --test schema` writes what is generated.

use std::fs;
use std::path::Path;

#[path = "../examples/schema.rs"]
mod example;

fn is_committed(name: &str, generated: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(name);
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        fs::write(&path, generated).expect("the folder of the test data can be written");
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    let line = (committed.lines().zip(generated.lines())).position(|(one, other)| one != other);
    assert!(
        committed == generated,
        "tests/data/{name} is not what the types say, from line {} on: \
         UPDATE_SCHEMA=1 writes it; review the difference",
        line.map_or(0, |line| line + 1)
    );
}

#[test]
fn the_json_schema_is_the_committed_one() {
    is_committed("schema.json", &example::schema());
}

#[test]
fn the_table_of_fields_is_the_committed_one() {
    is_committed("fields.md", &example::fields());
}

#[test]
fn the_json_schema_is_of_draft_2020_12() {
    assert!(example::schema().contains("https://json-schema.org/draft/2020-12/schema"));
}
