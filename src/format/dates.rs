//! Dates and times as EDIFACT passenger messages write them.

use super::codes::Codes;
use crate::hint::rare;
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

/// The numbers of two digits each that a text is made of, four at most: all at once, in one word.
#[inline]
fn pairs<const N: usize>(text: &[u8]) -> Option<[u8; N]> {
    const { assert!(0 < N && N <= 4, "a word has room for four") };
    const ZEROS: u64 = u64::from_le_bytes([b'0'; 8]);
    const LOW: u64 = 0x00FF_00FF_00FF_00FF;
    const ABOVE_NINE: u64 = u64::from_le_bytes([0x7F - 9; 8]);
    const HIGH_BITS: u64 = u64::from_le_bytes([0x80; 8]);
    let (pairs, rest) = text.as_chunks::<2>();
    let pairs: &[[u8; 2]; N] = pairs.try_into().ok().filter(|_| rest.is_empty())?;
    let read = |word, pair: &[u8; 2]| word << 16 | u64::from(u16::from_le_bytes(*pair));
    let word = pairs.iter().rev().fold(0, read) ^ ZEROS >> (64 - 16 * N);
    if (word | word.wrapping_add(ABOVE_NINE)) & HIGH_BITS != 0 {
        rare();
        return None;
    }
    let numbers = (word & LOW) * 10 + (word >> 8 & LOW);
    Some(std::array::from_fn(|i| (numbers >> (16 * i)) as u8))
}

/// Day, month and the digits of the year in a text that begins as `DDMMM`.
#[inline]
fn day_and_month(text: &[u8]) -> Option<(u8, u8, &[u8])> {
    let (day, rest) = text.split_first_chunk::<2>()?;
    let (name, year) = rest.split_first_chunk()?;
    let [day] = pairs(day)?;
    Some((day, month(*name)?, year))
}

/// The month of three letters.
fn month(name: [u8; 3]) -> Option<u8> {
    static MONTHS: Codes<u8, 32> = Codes::of(&[
        (1, &[b"JAN"]),
        (2, &[b"FEB"]),
        (3, &[b"MAR"]),
        (4, &[b"APR"]),
        (5, &[b"MAY"]),
        (6, &[b"JUN"]),
        (7, &[b"JUL"]),
        (8, &[b"AUG"]),
        (9, &[b"SEP"]),
        (10, &[b"OCT"]),
        (11, &[b"NOV"]),
        (12, &[b"DEC"]),
    ]);
    MONTHS.get(&name.map(|letter| letter.to_ascii_uppercase()))
}

/// `DDMMYY`.
#[inline(always)]
pub(super) fn ddmmyy(text: &str, reference: Reference) -> Option<Timestamp> {
    let [day, month, short] = pairs(text.as_bytes())?;
    Timestamp::new(reference.year(short, month, day, Century::Near), month, day)
}

/// `YYMMDD` or `CCYYMMDD` of an interchange header: always this century's traffic.
pub(super) fn yymmdd(text: &str) -> Option<Timestamp> {
    let text = text.as_bytes();
    let (century, [year, month, day]) = match text.len() {
        8 => {
            let [century, year, month, day] = pairs(text)?;
            (century, [year, month, day])
        }
        _ => (20, pairs(text)?),
    };
    Timestamp::new(u16::from(century) * 100 + u16::from(year), month, day)
}

/// `HHMM` or `HHMMSS`.
#[inline(always)]
pub(super) fn with_time(date: Timestamp, text: &str) -> Option<Timestamp> {
    let text = text.as_bytes();
    if text.len() == 4 {
        let [hour, minute] = pairs(text)?;
        return date.at(hour, minute, None);
    }
    let [hour, minute, second] = pairs(text)?;
    date.at(hour, minute, Some(second))
}

/// `DDMMMYY`, also `DDMMMYYYY`, `DDMMM` and, where only the year is known, `YYYY`.
pub(super) fn ddmmmyy(text: &str, reference: Reference, century: Century) -> Option<PartialDate> {
    let text = bare(text).as_bytes();
    let four = |digits: &[u8]| {
        let [century, year] = pairs(digits)?;
        Some(u16::from(century) * 100 + u16::from(year))
    };
    if text.len() == 4 {
        return PartialDate::new(four(text)?, 0, 0);
    }
    let (day, month, year) = day_and_month(text)?;
    let year = match *year {
        [] => 0,
        [_, _] => {
            let [short] = pairs(year)?;
            reference.year(short, month, day, century)
        }
        _ => four(year)?,
    };
    PartialDate::new(year, month, day)
}

/// Whether a token has the form of a `DDMMMYY` date, existing or not.
pub(super) fn looks_like_date(text: &[u8]) -> bool {
    day_and_month(text).is_some_and(|(.., year)| {
        matches!(year.len(), 0 | 2 | 4) && year.iter().all(u8::is_ascii_digit)
    })
}
