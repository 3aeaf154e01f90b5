//! Prints the contract of the records.
//!
//! ```text
//! cargo run --example schema --features schema               # JSON Schema, draft 2020-12
//! cargo run --example schema --features schema -- --fields   # the vocabulary, as Markdown
//! ```
//! Both are committed under `tests/data`, so that a change of the contract shows in a diff.

use std::process::ExitCode;

use paxnorm::{Booking, Field};

/// The JSON Schema of a booking.
pub fn schema() -> String {
    let schema = schemars::schema_for!(Booking);
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

/// Every field, with the place of each source that carries it.
pub fn fields() -> String {
    let mut table =
        String::from("| field | Annex I | PNRGOV | PAXLST | what it is |\n|---|---|---|---|---|\n");
    for field in Field::ALL {
        let element = field
            .element()
            .map_or_else(String::new, |element| element.to_string());
        let cells = [
            format!("`{field}`"),
            element,
            field.pnrgov().to_owned(),
            field.paxlst().to_owned(),
            field.doc().to_owned(),
        ];
        table.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    table
}

#[allow(dead_code, reason = "the test of the contract has a main of its own")]
fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.as_slice() {
        [] => print!("{}", schema()),
        [word] if word == "--fields" => print!("{}", fields()),
        _ => {
            eprintln!("usage: schema [--fields]");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}
