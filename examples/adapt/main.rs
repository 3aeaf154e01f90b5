//! From an unknown file to a checked mapping.
//!
//! ```text
//! cargo run --example adapt -- suggest list.csv > mapping.json
//! cargo run --example adapt -- check mapping.json list.csv
//! cargo run --example adapt -- run mapping.json list.csv > bookings.ndjson
//! ```
//!
//! `suggest` writes the draft to the output, as JSON or with `--toml` as TOML, and the
//! reasons beside it, to the error output. Edit the draft, `check` it until nothing is left that should be
//! read, and `run` it: one booking on each line, under the default policy.

mod commands;
mod report;

use std::io::{self, Write};
use std::process::ExitCode;

use commands::{Notation, suggest};

const USAGE: &str =
    "usage: adapt suggest [--toml] FILE | adapt check MAPPING FILE | adapt run MAPPING FILE";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match command(&words, &mut io::stdout().lock(), &mut io::stderr().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn command(words: &[&str], out: &mut dyn Write, told: &mut dyn Write) -> commands::Result {
    let read = |path: &str| std::fs::read(path).map_err(|error| format!("{path}: {error}"));
    match words {
        ["suggest", "--toml", file] => suggest(&read(file)?, Notation::Toml, out, told),
        ["suggest", file] => suggest(&read(file)?, Notation::Json, out, told),
        ["check", mapping, file] => commands::check(&read(mapping)?, &read(file)?, out),
        ["run", mapping, file] => commands::run(&read(mapping)?, &read(file)?, out, told),
        _ => Err(USAGE.into()),
    }
}
