//! Dates as PAXLST writes them: the number of digits says what they are, for the
//! format code beside them is often missing or wrong.

use crate::format::dates::{Century, Reference, with_time};
use crate::model::{PartialDate, Timestamp};

/// A time of a flight: `YYMMDD`, `CCYYMMDD`, either with `HHMM`, or with seconds.
pub(super) fn stamp(text: &str, reference: Reference) -> Option<Timestamp> {
    let text = solid(text);
    let (day, rest) = match text.len() {
        6 | 10 => text.split_at_checked(6)?,
        12 if !is_century(&text) => text.split_at_checked(6)?,
        8 | 12 | 14 => text.split_at_checked(8)?,
        _ => return None,
    };
    let day = date(day, reference, Century::Near)?;
    let day = Timestamp::new(day.year()?, day.month()?, day.day()?)?;
    if rest.is_empty() {
        return Some(day);
    }
    with_time(day, rest)
}

/// A date, of which parts may be unknown: `00`, `XX` or fillers stand for them.
pub(super) fn date(text: &str, reference: Reference, century: Century) -> Option<PartialDate> {
    let text = solid(text);
    let (year, rest) = match text.len() {
        6 => text.split_at_checked(2)?,
        8 => text.split_at_checked(4)?,
        12 if is_century(&text) => (text.get(..4)?, text.get(4..8)?),
        10 | 12 => (text.get(..2)?, text.get(2..6)?),
        _ => return None,
    };
    let (month, day) = rest.split_at_checked(2)?;
    let (month, day) = (pair(month)?, pair(day)?);
    let year = match year.len() {
        2 if is_filler(year) => 0,
        2 => reference.year(pair(year)?, month, day, century),
        _ if is_filler(year) => 0,
        _ => u16::from(pair(year.get(..2)?)?) * 100 + u16::from(pair(year.get(2..)?)?),
    };
    PartialDate::new(year, month, day)
}

/// Without the blanks that printing and wrapping leave.
fn solid(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn is_century(text: &str) -> bool {
    text.starts_with("19") || text.starts_with("20")
}

fn is_filler(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b'X' | b'<' | b'-'))
}

/// Two digits; 0 for fillers.
fn pair(text: &str) -> Option<u8> {
    if is_filler(text) {
        return Some(0);
    }
    let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}
