//! Dates and times as EDIFACT passenger messages write them.

use crate::model::{PartialDate, Timestamp, bare};

/// Which century a two-digit year belongs to (no standard says it).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Century {
    /// Near the transmission: travel and booking dates.
    Near,
    /// Not after the transmission: births.
    Past,
    /// Rather after the transmission: expiries.
    Future,
}

/// The day of the transmission, by which two-digit years are read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reference {
    pub(super) year: u16,
    pub(super) month: u8,
    pub(super) day: u8,
}

impl Reference {
    pub(super) fn of(stamp: Timestamp) -> Self {
        let date = stamp.date();
        Self {
            year: date.year().unwrap_or_default(),
            month: date.month().unwrap_or_default(),
            day: date.day().unwrap_or_default(),
        }
    }

    /// The full year of a two-digit one.
    pub(super) fn year(self, short: u8, month: u8, day: u8, century: Century) -> u16 {
        let short = u16::from(short);
        if self.year == 0 {
            return 2000 + short;
        }
        let (from, to) = match century {
            Century::Near => (self.year.saturating_sub(50), self.year + 49),
            Century::Past => (self.year.saturating_sub(100), self.year),
            Century::Future => (self.year.saturating_sub(30), self.year + 69),
        };
        let mut year = to - to % 100 + short;
        if year > to {
            year = year.saturating_sub(100);
        }
        let after = (year, month, day) > (self.year, self.month, self.day);
        if century == Century::Past && after {
            year = year.saturating_sub(100);
        }
        year.max(from)
    }
}

const MONTHS: [&[u8; 3]; 12] = [
    b"JAN", b"FEB", b"MAR", b"APR", b"MAY", b"JUN", b"JUL", b"AUG", b"SEP", b"OCT", b"NOV", b"DEC",
];

/// The number of two digits at a place.
fn digits(text: &str, from: usize) -> Option<u8> {
    let [tens, ones] = *text.as_bytes().get(from..)?.first_chunk()?;
    (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| (tens - b'0') * 10 + (ones - b'0'))
}

/// The month of three letters at the third place.
fn month(text: &str) -> Option<u8> {
    let name: &[u8; 3] = text.as_bytes().get(2..)?.first_chunk()?;
    let name = name.map(|byte| byte.to_ascii_uppercase());
    let position = MONTHS.iter().position(|month| **month == name)?;
    Some(position as u8 + 1)
}

/// `DDMMYY`.
pub(super) fn ddmmyy(text: &str, reference: Reference) -> Option<Timestamp> {
    if text.len() != 6 {
        return None;
    }
    let (day, month, short) = (digits(text, 0)?, digits(text, 2)?, digits(text, 4)?);
    Timestamp::new(reference.year(short, month, day, Century::Near), month, day)
}

/// `YYMMDD` or `CCYYMMDD` of an interchange header: always this century's traffic.
pub(super) fn yymmdd(text: &str) -> Option<Timestamp> {
    let (year, rest) = match text.len() {
        6 => (2000 + u16::from(digits(text, 0)?), 2),
        8 => (
            u16::from(digits(text, 0)?) * 100 + u16::from(digits(text, 2)?),
            4,
        ),
        _ => return None,
    };
    Timestamp::new(year, digits(text, rest)?, digits(text, rest + 2)?)
}

/// `HHMM` or `HHMMSS`.
pub(super) fn with_time(date: Timestamp, text: &str) -> Option<Timestamp> {
    let second = match text.len() {
        4 => None,
        6 => Some(digits(text, 4)?),
        _ => return None,
    };
    date.at(digits(text, 0)?, digits(text, 2)?, second)
}

/// `DDMMMYY`, also `DDMMMYYYY`, `DDMMM` and, where only the year is known, `YYYY`.
pub(super) fn ddmmmyy(text: &str, reference: Reference, century: Century) -> Option<PartialDate> {
    let text = bare(text);
    if text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return PartialDate::new(text.parse().ok()?, 0, 0);
    }
    let day = digits(text, 0)?;
    let month = month(text)?;
    let year = match text.len() {
        5 => 0,
        7 => reference.year(digits(text, 5)?, month, day, century),
        9 => u16::from(digits(text, 5)?) * 100 + u16::from(digits(text, 7)?),
        _ => return None,
    };
    PartialDate::new(year, month, day)
}

/// Whether a token has the form of a `DDMMMYY` date, existing or not.
pub(super) fn looks_like_date(text: &str) -> bool {
    matches!(text.len(), 5 | 7 | 9)
        && digits(text, 0).is_some()
        && month(text).is_some()
        && text.bytes().skip(5).all(|byte| byte.is_ascii_digit())
}
