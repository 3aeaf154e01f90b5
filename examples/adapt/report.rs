//! What a mapping makes of a file: counts and places, no values.

use std::collections::BTreeMap;
use std::fmt;

use paxnorm::diagnostic::{Diagnostic, Place};
use paxnorm::format::mapping::{Draft, Mapping, Source};
use paxnorm::{Booking, Code, Field, Record};

#[derive(Default)]
pub struct Report {
    /// Rows of data; none for JSON.
    rows: Option<usize>,
    bookings: usize,
    passengers: usize,
    legs: usize,
    /// Data read, and those that the default policy withholds.
    data: u32,
    pub withheld: u32,
    /// Values of each field that the mapping fills.
    fields: BTreeMap<Field, usize>,
    /// Data without a field, by column or pointer.
    unmapped: BTreeMap<String, usize>,
    /// Other doubts, by code, field and column or pointer: how many, and the first.
    doubts: BTreeMap<(Code, Option<Field>, String), (usize, String)>,
    headers: Vec<String>,
}

impl Report {
    pub fn new(draft: &Draft, file: &[u8]) -> Self {
        let suggestion = Mapping::suggest(file).ok();
        let columns = suggestion
            .into_iter()
            .flat_map(|suggestion| suggestion.columns);
        Self {
            rows: rows(draft, file),
            fields: draft.rules.iter().map(|rule| (rule.field, 0)).collect(),
            headers: columns.map(|column| column.header).collect(),
            ..Self::default()
        }
    }

    pub fn read(&mut self, record: &Record) {
        self.data += record.data.read;
        record
            .booking
            .iter()
            .for_each(|booking| self.booking(booking));
        record
            .diagnostics
            .iter()
            .for_each(|doubt| self.doubt(doubt));
    }

    fn booking(&mut self, booking: &Booking) {
        self.bookings += 1;
        self.passengers += booking.passengers.len();
        self.legs += booking.legs.len();
        booking.values(&mut |field, _| {
            if let Some(count) = self.fields.get_mut(&field) {
                *count += 1;
            }
        });
    }

    fn doubt(&mut self, doubt: &Diagnostic) {
        let place = self.place(&doubt.location.place);
        if doubt.code == Code::Unmapped {
            *self.unmapped.entry(place).or_default() += 1;
            return;
        }
        let key = (doubt.code, doubt.field, place);
        let first = || (0, doubt.location.to_string());
        self.doubts.entry(key).or_insert_with(first).0 += 1;
    }

    /// A place without its row, or its indexes.
    fn place(&self, place: &Place) -> String {
        match place {
            Place::Cell { column: 0, .. } => "whole rows".to_owned(),
            Place::Cell { column, .. } => {
                let header = self.headers.get(*column as usize - 1);
                format!("column {column} {:?}", header.map_or("", String::as_str))
            }
            Place::Pointer { path } => {
                let number = |token: &&str| token.bytes().all(|byte| byte.is_ascii_digit());
                let tokens = path
                    .split('/')
                    .skip(1)
                    .map(|token| if number(&token) { "*" } else { token });
                tokens.fold(String::new(), |path, token| path + "/" + token)
            }
            _ => "the whole file".to_owned(),
        }
    }

    /// How often a field could have been filled.
    fn possible(&self, field: Field) -> (usize, &'static str) {
        match field.path().split('[').next() {
            Some("passengers" | "seats" | "bags" | "tickets") => (self.passengers, "passengers"),
            Some("legs") => (self.legs, "legs"),
            _ => (self.bookings, "bookings"),
        }
    }
}

/// Rows of data behind the header: line breaks outside quotes.
fn rows(draft: &Draft, file: &[u8]) -> Option<usize> {
    let Source::Csv(csv) = &draft.source else {
        return None;
    };
    let (mut lines, mut quoted, mut blank) = (0, false, true);
    for byte in file.iter().chain(b"\n") {
        match byte {
            b'\n' if !quoted => {
                lines += usize::from(!blank);
                blank = true;
            }
            b'"' => quoted = !quoted,
            byte => blank &= byte.is_ascii_whitespace() || *byte == 0,
        }
    }
    let above = 1 + csv.skip as usize + csv.skip_after as usize;
    Some(lines.saturating_sub(above))
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            bookings,
            passengers,
            legs,
            data,
            withheld,
            ..
        } = self;
        if let Some(rows) = self.rows {
            write!(f, "{rows} rows, ")?;
        }
        writeln!(
            f,
            "{bookings} bookings, {passengers} passengers, {legs} legs"
        )?;
        let unmapped: usize = self.unmapped.values().sum();
        writeln!(
            f,
            "{data} data: {unmapped} unmapped, {withheld} withheld by the default policy"
        )?;
        writeln!(f, "\nfields:")?;
        for (field, count) in &self.fields {
            let (possible, of) = self.possible(*field);
            let percent = (100 * count).checked_div(possible).unwrap_or_default();
            writeln!(f, "  {percent:>3} %  {field}: {count} for {possible} {of}")?;
        }
        if !self.unmapped.is_empty() {
            writeln!(f, "\nnot mapped:")?;
        }
        for (place, count) in &self.unmapped {
            writeln!(f, "  {count:>5}  {place}")?;
        }
        if !self.doubts.is_empty() {
            writeln!(f, "\ndoubts:")?;
        }
        for ((code, field, place), (count, first)) in &self.doubts {
            let field = field.map_or(String::new(), |field| format!(" ({field})"));
            writeln!(
                f,
                "  {count:>5}  {code}{field} in {place}, first at {first}: {}",
                code.message()
            )?;
        }
        Ok(())
    }
}
