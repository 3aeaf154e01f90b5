//! What is printed: bookings or a summary on standard output, diagnostics on
//! standard error.

use std::io::{BufWriter, IsTerminal, Write};

use paxnorm::diagnostic::Severity;
use paxnorm::privacy::Report;
use paxnorm::{Data, Diagnostic, Record};
use serde_json::json;

use crate::args::Args;

/// Counts of one file, or of all.
#[derive(Default)]
pub struct Totals {
    pub file: String,
    pub format: String,
    pub messages: u64,
    pub bookings: u64,
    pub persons: u64,
    pub diagnostics: [u64; 3],
    pub data: [u64; 5],
    pub bytes: u64,
    pub seconds: f64,
    pub whole: bool,
    pub report: Report,
}

impl Totals {
    pub fn named(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            format: "mixed".to_owned(),
            whole: true,
            ..Self::default()
        }
    }

    /// Counts a record; a message is counted by its own last record, the one of
    /// its trailer.
    pub fn count(&mut self, record: &Record) {
        if let Some(booking) = &record.booking {
            self.bookings += 1;
            self.persons += booking.persons() as u64;
        }
        for diagnostic in &record.diagnostics {
            self.diagnostics[diagnostic.severity() as usize] += 1;
        }
        let Data {
            read,
            mapped,
            withheld,
            unmapped,
            as_text,
            ..
        } = record.data;
        for (sum, count) in self
            .data
            .iter_mut()
            .zip([read, mapped, withheld, unmapped, as_text])
        {
            *sum += u64::from(count);
        }
    }

    pub fn add(&mut self, other: &Self) {
        self.messages += other.messages;
        self.bookings += other.bookings;
        self.persons += other.persons;
        self.bytes += other.bytes;
        self.seconds += other.seconds;
        self.whole &= other.whole;
        self.report.add(&other.report);
        self.diagnostics
            .iter_mut()
            .zip(other.diagnostics)
            .for_each(|(sum, count)| *sum += count);
        self.data
            .iter_mut()
            .zip(other.data)
            .for_each(|(sum, count)| *sum += count);
    }
}

pub struct Output {
    out: BufWriter<std::io::Stdout>,
    quiet: bool,
    colour: bool,
    closed: bool,
}

impl Output {
    pub fn new(args: &Args) -> Self {
        Self {
            out: BufWriter::with_capacity(1 << 16, std::io::stdout()),
            quiet: args.quiet,
            colour: std::io::stderr().is_terminal(),
            closed: false,
        }
    }

    /// Whether whoever reads the output has gone.
    pub fn closed(&self) -> bool {
        self.closed
    }

    pub fn bytes(&mut self, bytes: &[u8]) {
        if let Err(error) = self.out.write_all(bytes) {
            self.failed(&error);
        }
    }

    pub fn flush(&mut self) {
        if let Err(error) = self.out.flush() {
            self.failed(&error);
        }
    }

    fn failed(&mut self, error: &std::io::Error) {
        if error.kind() != std::io::ErrorKind::BrokenPipe {
            eprintln!("standard output: {error}");
        }
        self.closed = true;
    }

    pub fn diagnostics(&self, text: &[u8]) {
        // Nobody is left to tell where standard error fails.
        let _ = std::io::stderr().write_all(text);
    }

    pub fn error(&self, file: &str, message: &dyn std::fmt::Display) {
        let (red, plain) = if self.colour {
            ("\x1b[31m", "\x1b[0m")
        } else {
            ("", "")
        };
        eprintln!("{red}error{plain}: {file}: {message}");
    }

    pub fn summary(&mut self, totals: &Totals) {
        let [note, warning, error] = totals.diagnostics;
        let [read, mapped, withheld, unmapped, as_text] = totals.data;
        let line = json!({
            "file": totals.file,
            "format": totals.format,
            "messages": totals.messages,
            "bookings": totals.bookings,
            "persons": totals.persons,
            "diagnostics": { "note": note, "warning": warning, "error": error },
            "data": { "read": read, "mapped": mapped, "withheld": withheld, "unmapped": unmapped, "as_text": as_text },
            "bytes": totals.bytes,
            "seconds": totals.seconds,
        });
        self.bytes(format!("{line}\n").as_bytes());
    }

    /// What a chosen policy took away: fields, rules and counts.
    pub fn report(&self, policy: &str, report: &Report) {
        if !self.quiet && !report.is_empty() {
            self.diagnostics(format!("policy {policy}: {report}").as_bytes());
        }
    }

    pub fn wants_diagnostics(&self) -> bool {
        !self.quiet
    }

    pub fn colour(&self) -> bool {
        self.colour
    }
}

/// One line for a diagnostic, as a person reads it.
pub fn describe(file: &str, diagnostic: &Diagnostic, colour: bool, text: &mut Vec<u8>) {
    let severity = diagnostic.severity();
    let (on, off) = match (colour, severity) {
        (false, _) => ("", ""),
        (true, Severity::Error) => ("\x1b[31m", "\x1b[0m"),
        (true, Severity::Warning) => ("\x1b[33m", "\x1b[0m"),
        (true, Severity::Note) => ("\x1b[2m", "\x1b[0m"),
    };
    let code = diagnostic.code;
    // Writing to memory does not fail.
    let _ = writeln!(
        text,
        "{on}{}[{code}]{off}: {file}: {diagnostic}",
        severity.as_str()
    );
}
