//! What is printed: candidates as lines of JSON, or as a table.

use std::io::{BufWriter, Write};

use paxnorm::Booking;
use paxnorm::model::Passenger;
use serde_json::json;

use crate::args::Args;
use crate::list::{Hit, List};

/// A candidate, ready to be printed.
pub enum Found {
    Line(String),
    Row([String; 6]),
}

impl Found {
    pub fn new(
        args: &Args,
        list: &List,
        path: &str,
        booking: &Booking,
        passenger: &Passenger,
        hit: &Hit<'_>,
    ) -> Self {
        if args.table {
            Self::Row(row(booking, passenger, hit))
        } else {
            Self::Line(line(list, path, booking, passenger, hit))
        }
    }
}

/// All that a person needs to decide.
fn line(
    list: &List,
    path: &str,
    booking: &Booking,
    passenger: &Passenger,
    hit: &Hit<'_>,
) -> String {
    let weighed = &hit.weighed;
    json!({
        "score": weighed.score,
        "traveller": { "file": path, "locator": locator(booking), "passenger": passenger.id, "name": passenger.name },
        "candidate": { "entity": hit.entity, "name": hit.name },
        "weighed": weighed,
        "explanation": list.matcher.explain(&hit.of, &hit.sought),
    })
    .to_string()
}

fn row(booking: &Booking, passenger: &Passenger, hit: &Hit<'_>) -> [String; 6] {
    let weighed = serde_json::to_value(hit.weighed).unwrap_or_default();
    let others = [("born", "birth"), ("number", "number"), ("sex", "sex")];
    let told = |(what, key)| match weighed[key].as_str() {
        None | Some("missing") => None,
        Some(level) => Some(format!("{what} {level}")),
    };
    let others: Vec<String> = others.into_iter().filter_map(told).collect();
    [
        format!("{:.3}", hit.weighed.score),
        locator(booking).to_owned(),
        written(passenger),
        hit.entity.to_owned(),
        hit.name.to_owned(),
        others.join(", "),
    ]
}

fn locator(booking: &Booking) -> &str {
    let mut locators = booking.locators.iter();
    locators
        .find_map(|locator| locator.value.as_deref())
        .unwrap_or("")
}

fn written(passenger: &Passenger) -> String {
    let name = &passenger.name;
    let parts = [&name.surname, &name.given, &name.full];
    let parts: Vec<&str> = parts.iter().filter_map(|part| part.as_deref()).collect();
    parts.join(" ")
}

const HEADING: [&str; 6] = [
    "score",
    "locator",
    "traveller",
    "entity",
    "sought",
    "beside the name",
];
const WIDTHS: [usize; 6] = [5, 8, 30, 16, 30, 0];

pub struct Output {
    out: BufWriter<std::io::Stdout>,
    table: bool,
    quiet: bool,
    closed: bool,
    travellers: u64,
    candidates: u64,
}

impl Output {
    pub fn new(args: &Args) -> Self {
        Self {
            out: BufWriter::with_capacity(1 << 16, std::io::stdout()),
            table: args.table,
            quiet: args.quiet,
            closed: false,
            travellers: 0,
            candidates: 0,
        }
    }

    /// Whether whoever reads the output has gone.
    pub fn closed(&self) -> bool {
        self.closed
    }

    pub fn print(&mut self, found: Vec<Found>, travellers: u64) {
        self.travellers += travellers;
        for found in found {
            if self.table && self.candidates == 0 {
                self.text(&cells(&HEADING));
            }
            self.candidates += 1;
            match found {
                Found::Line(line) => self.text(&line),
                Found::Row(row) => self.text(&cells(&row)),
            }
        }
    }

    pub fn error(&self, path: &str, message: &dyn std::fmt::Display) {
        eprintln!("error: {path}: {message}");
    }

    /// Says on standard error how much was compared.
    pub fn finish(&mut self, list: &List) {
        if let Err(error) = self.out.flush() {
            self.failed(&error);
        }
        if !self.quiet {
            let (names, persons) = list.len();
            let (travellers, candidates) = (self.travellers, self.candidates);
            eprintln!(
                "{travellers} travellers, {names} names of {persons} persons, {candidates} candidates"
            );
        }
    }

    fn text(&mut self, line: &str) {
        if let Err(error) = writeln!(self.out, "{line}") {
            self.failed(&error);
        }
    }

    fn failed(&mut self, error: &std::io::Error) {
        if error.kind() != std::io::ErrorKind::BrokenPipe {
            eprintln!("standard output: {error}");
        }
        self.closed = true;
    }
}

/// Cells beside each other; what is too long keeps its length.
fn cells<T: AsRef<str>>(cells: &[T; 6]) -> String {
    let mut line = String::new();
    for (cell, width) in cells.iter().zip(WIDTHS) {
        let cell = cell.as_ref();
        line.push_str(cell);
        let missing = width.saturating_sub(cell.chars().count());
        line.extend(std::iter::repeat_n(' ', missing + 2));
    }
    line.trim_end().to_owned()
}
