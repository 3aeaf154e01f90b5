//! The three commands, over bytes.

use std::io::Write;

use paxnorm::format::mapping::Mapping;
use paxnorm::{Format, Options, Policy, Reader, Record};

use super::report::Report;

pub type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error>>;

/// In what a mapping is written.
#[derive(Clone, Copy)]
pub enum Notation {
    Json,
    Toml,
}

/// Writes a draft, and why each column is in it or not.
pub fn suggest(
    sample: &[u8],
    notation: Notation,
    out: &mut dyn Write,
    told: &mut dyn Write,
) -> Result {
    let suggestion = Mapping::suggest(sample)?;
    write!(told, "{suggestion}")?;
    let draft = match notation {
        Notation::Json => serde_json::to_string_pretty(&suggestion.draft)?,
        Notation::Toml => toml::to_string_pretty(&suggestion.draft)?,
    };
    writeln!(out, "{draft}")?;
    Ok(())
}

/// A mapping in either notation: a document of JSON begins with a bracket, and none of TOML does.
fn mapping(document: &[u8]) -> Result<Mapping> {
    match document.trim_ascii_start().first() {
        Some(b'{') => Ok(serde_json::from_slice(document)?),
        _ => Ok(toml::from_slice(document)?),
    }
}

/// Tells what a mapping makes of a file.
pub fn check(document: &[u8], file: &[u8], out: &mut dyn Write) -> Result {
    let mapping = mapping(document)?;
    let mut report = Report::new(mapping.draft(), file);
    read(&mapping, file, Policy::keep_all(), |record| {
        report.read(&record);
        Ok(())
    })?;
    read(&mapping, file, Policy::eu_pnr(), |record| {
        report.withheld += record.data.withheld;
        Ok(())
    })?;
    write!(out, "{report}")?;
    Ok(())
}

/// Writes the bookings, one on each line, as the default policy leaves them.
pub fn run(document: &[u8], file: &[u8], out: &mut dyn Write, told: &mut dyn Write) -> Result {
    let mapping = mapping(document)?;
    read(&mapping, file, Policy::eu_pnr(), |record| {
        for doubt in &record.diagnostics {
            writeln!(told, "{doubt}")?;
        }
        if let Some(booking) = &record.booking {
            serde_json::to_writer(&mut *out, booking)?;
            writeln!(out)?;
        }
        Ok(())
    })
}

fn read(
    mapping: &Mapping,
    file: &[u8],
    policy: &Policy,
    mut each: impl FnMut(Record) -> Result,
) -> Result {
    let formats: [&dyn Format; 1] = [mapping];
    let options = Options {
        formats: &formats,
        policy,
        ..Options::default()
    };
    Reader::with(file, &options)?.try_for_each(|record| each(record?))
}
