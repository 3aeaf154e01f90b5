//! Dates and times as files write them: by declared patterns, in a declared order, or
//! as far as only one reading is possible.

use super::draft::DateOrder;
use super::words;
use crate::diagnostic::Code;
use crate::model::{PartialDate, Timestamp, Zone};

/// A compiled pattern such as `DD.MM.YYYY HH:mm`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pattern(Vec<Part>);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Year4,
    Year2,
    /// The unit, and whether two digits are demanded.
    Digits(Unit, bool),
    MonthName,
    Zone,
    Sign(char),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Unit {
    Month,
    Day,
    Hour,
    Minute,
    Second,
}

/// Words of the pattern language, longest first.
const WORDS: &[(&str, Part)] = &[
    ("YYYY", Part::Year4),
    ("MMM", Part::MonthName),
    ("YY", Part::Year2),
    ("MM", Part::Digits(Unit::Month, true)),
    ("DD", Part::Digits(Unit::Day, true)),
    ("HH", Part::Digits(Unit::Hour, true)),
    ("mm", Part::Digits(Unit::Minute, true)),
    ("ss", Part::Digits(Unit::Second, true)),
    ("M", Part::Digits(Unit::Month, false)),
    ("D", Part::Digits(Unit::Day, false)),
    ("H", Part::Digits(Unit::Hour, false)),
    ("Z", Part::Zone),
];

/// What was read of a date; 0 for what was not.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Parts {
    year: u16,
    month: u8,
    day: u8,
    time: Option<(u8, u8, Option<u8>)>,
    zone: Option<Zone>,
    short_year: bool,
}

impl Pattern {
    /// Compiles a pattern; `None` where it says nothing of a date.
    pub(super) fn new(text: &str) -> Option<Self> {
        let mut parts = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let word = WORDS.iter().find(|(word, _)| rest.starts_with(word));
            let (length, part) = match word {
                Some((word, part)) => (word.len(), *part),
                None => {
                    let sign = rest.chars().next()?;
                    (sign.len_utf8(), Part::Sign(sign))
                }
            };
            parts.push(part);
            rest = rest.get(length..)?;
        }
        let says = |part: &Part| !matches!(part, Part::Sign(_) | Part::Zone);
        parts.iter().any(says).then_some(Self(parts))
    }

    /// Whether it has a year, which every date and time needs.
    pub(super) fn has_year(&self) -> bool {
        self.0
            .iter()
            .any(|part| matches!(part, Part::Year4 | Part::Year2))
    }

    fn read(&self, text: &str) -> Option<Parts> {
        let mut found = Parts::default();
        let mut rest = text;
        for part in &self.0 {
            rest = part.read(rest, &mut found)?;
        }
        rest.is_empty().then_some(found)
    }
}

impl Part {
    /// Reads its part of the text and gives what follows.
    fn read<'t>(self, text: &'t str, found: &mut Parts) -> Option<&'t str> {
        match self {
            Self::Sign(sign) => text.strip_prefix(sign),
            Self::Year4 => {
                let (year, rest) = digits(text, 4, 4)?;
                found.year = year;
                Some(rest)
            }
            Self::Year2 => {
                let (year, rest) = digits(text, 2, 2)?;
                (found.year, found.short_year) = (year, true);
                Some(rest)
            }
            Self::MonthName => {
                let end = text
                    .find(|c: char| !c.is_alphabetic())
                    .unwrap_or(text.len());
                let (name, rest) = text.split_at_checked(end)?;
                found.month = words::month(name)?;
                Some(rest.strip_prefix('.').unwrap_or(rest))
            }
            Self::Zone => {
                let (zone, rest) = zone(text)?;
                found.zone = Some(zone);
                Some(rest)
            }
            Self::Digits(unit, both) => {
                let (number, rest) = digits(text, if both { 2 } else { 1 }, 2)?;
                found.put(unit, u8::try_from(number).ok()?);
                Some(rest)
            }
        }
    }
}

impl Parts {
    fn put(&mut self, unit: Unit, number: u8) {
        let (hour, minute, second) = self.time.unwrap_or_default();
        match unit {
            Unit::Month => self.month = number,
            Unit::Day => self.day = number,
            Unit::Hour => self.time = Some((number, minute, second)),
            Unit::Minute => self.time = Some((hour, number, second)),
            Unit::Second => self.time = Some((hour, minute, Some(number))),
        }
    }

    /// The year, in full. Two digits mean the last such year that is not after `by`
    /// for births, and the nearest one for everything else.
    fn full_year(&self, by: Option<u16>, past: bool) -> Option<u16> {
        if !self.short_year {
            return Some(self.year);
        }
        let by = by?;
        let year = by - by % 100 + self.year;
        let latest = if past { by } else { by + 49 };
        Some(if year > latest {
            year - 100
        } else if !past && year + 50 < by {
            year + 100
        } else {
            year
        })
    }

    fn date(&self, by: Option<u16>) -> Option<PartialDate> {
        PartialDate::new(self.full_year(by, true)?, self.month, self.day)
    }

    fn stamp(&self, by: Option<u16>) -> Option<Timestamp> {
        let date = Timestamp::new(self.full_year(by, false)?, self.month, self.day)?;
        let stamp = match self.time {
            None => date,
            Some((hour, minute, second)) => date.at(hour, minute, second)?,
        };
        Some(stamp.zoned(self.zone.unwrap_or(Zone::Unstated)))
    }
}

/// A number of so many digits at the start of a text, and what follows it.
fn digits(text: &str, least: usize, most: usize) -> Option<(u16, &str)> {
    let bytes = text.as_bytes();
    let length = bytes
        .iter()
        .take(most)
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    if length < least {
        return None;
    }
    let (number, rest) = text.split_at_checked(length)?;
    let value = number
        .bytes()
        .fold(0_u16, |sum, byte| sum * 10 + u16::from(byte - b'0'));
    Some((value, rest))
}

/// `Z`, `+hh:mm`, `+hhmm` or `+hh` at the start of a text.
fn zone(text: &str) -> Option<(Zone, &str)> {
    if let Some(rest) = text.strip_prefix(['Z', 'z']) {
        return Some((Zone::Utc, rest));
    }
    let (sign, rest) = match text.strip_prefix('+') {
        Some(rest) => (1, rest),
        None => (-1, text.strip_prefix(['-', '\u{2212}'])?),
    };
    let (hours, rest) = digits(rest, 2, 2)?;
    let (minutes, rest) = digits(rest.strip_prefix(':').unwrap_or(rest), 2, 2).unwrap_or((0, rest));
    let minutes = i16::try_from(hours * 60 + minutes).ok()?;
    (hours <= 15 && minutes % 60 < 60).then_some((Zone::Offset(sign * minutes), rest))
}

/// The number that two digits make; above 99 where they are none.
#[inline(always)]
fn two(tens: u8, ones: u8) -> u8 {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    if tens > 9 || ones > 9 {
        u8::MAX
    } else {
        tens * 10 + ones
    }
}

/// `1980-01-12`, as most files write it.
#[inline]
fn plain_date(text: &[u8]) -> Option<Parts> {
    let [a, b, c, d, b'-', e, f, b'-', g, h] = *text else {
        return None;
    };
    let (century, year) = (two(a, b), two(c, d));
    let (month, day) = (two(e, f), two(g, h));
    let is_date = century.max(year).max(month).max(day) < 100;
    is_date.then_some(Parts {
        year: u16::from(century) * 100 + u16::from(year),
        month,
        day,
        ..Parts::default()
    })
}

/// `1980-01-12T10:56`, or with a blank.
#[inline]
fn plain_stamp(text: &[u8]) -> Option<Parts> {
    let (date, time) = text.split_at_checked(10)?;
    let [b'T' | b' ', a, b, b':', c, d] = *time else {
        return None;
    };
    let (hour, minute) = (two(a, b), two(c, d));
    let time = (hour.max(minute) < 100).then_some((hour, minute, None))?;
    Some(Parts {
        time: Some(time),
        ..plain_date(date)?
    })
}

/// A date by patterns, else in an order, else if only one is possible.
pub(super) fn date(
    text: &str,
    patterns: &[Pattern],
    order: Option<DateOrder>,
    by: Option<u16>,
) -> Result<PartialDate, Code> {
    if patterns.is_empty()
        && let Some(parts) = plain_date(text.as_bytes())
    {
        return parts.date(by).ok_or(Code::UnreadableDate);
    }
    if let Some(parts) = patterns.iter().find_map(|pattern| pattern.read(text)) {
        return parts.date(by).ok_or(Code::UnreadableDate);
    }
    // A time behind a date of birth or expiry says nothing.
    let (parts, rest) = free(text, order)?;
    if !rest.is_empty() && time(rest).is_none() {
        return Err(Code::UnreadableDate);
    }
    parts.date(by).ok_or(Code::UnreadableDate)
}

/// A date with or without a time, by the same rules.
pub(super) fn stamp(
    text: &str,
    patterns: &[Pattern],
    order: Option<DateOrder>,
    by: Option<u16>,
) -> Result<Timestamp, Code> {
    if patterns.is_empty()
        && let Some(parts) = plain_stamp(text.as_bytes())
    {
        return parts.stamp(by).ok_or(Code::UnreadableDate);
    }
    if let Some(parts) = patterns.iter().find_map(|pattern| pattern.read(text)) {
        return parts.stamp(by).ok_or(Code::UnreadableDate);
    }
    let (mut parts, rest) = free(text, order)?;
    if !rest.is_empty() {
        let (clock, zone) = time(rest).ok_or(Code::UnreadableTime)?;
        (parts.time, parts.zone) = (Some(clock), zone);
    }
    parts.stamp(by).ok_or(Code::UnreadableDate)
}

/// A date at the start of a text without a pattern, and what follows it.
fn free(text: &str, order: Option<DateOrder>) -> Result<(Parts, &str), Code> {
    if let Some(found) = iso(text, order) {
        return Ok(found);
    }
    let (a, b, c, rest) = triple(text).ok_or(Code::UnreadableDate)?;
    let order = order.map_or_else(|| possible(a, b), Ok)?;
    let (year, month, day) = match order {
        DateOrder::Dmy => (c, b, a),
        DateOrder::Mdy => (c, a, b),
        DateOrder::Ymd => (a, b, c),
    };
    let small = |number: Number| u8::try_from(number.value).map_err(|_| Code::UnreadableDate);
    if !matches!(year.digits, 2 | 4) {
        return Err(Code::UnreadableDate);
    }
    let parts = Parts {
        year: year.value,
        month: small(month)?,
        day: small(day)?,
        short_year: year.digits == 2,
        ..Parts::default()
    };
    Ok((parts, rest))
}

/// The order in which two numbers can only be day and month.
fn possible(first: Number, second: Number) -> Result<DateOrder, Code> {
    if first.digits == 4 {
        return Ok(DateOrder::Ymd);
    }
    match (first.value > 12, second.value > 12) {
        (true, false) => Ok(DateOrder::Dmy),
        (false, true) => Ok(DateOrder::Mdy),
        (false, false) if first.value == second.value => Ok(DateOrder::Dmy),
        (false, false) => Err(Code::AmbiguousDate),
        (true, true) => Err(Code::UnreadableDate),
    }
}

/// `1980-01-12`, `1980-01`, `1980` and `19800112`, with what follows.
fn iso(text: &str, order: Option<DateOrder>) -> Option<(Parts, &str)> {
    let (year, rest) = digits(text, 4, 4)?;
    let mut parts = Parts {
        year,
        ..Parts::default()
    };
    if rest.is_empty() {
        return Some((parts, rest));
    }
    // Eight digits are read as ISO 8601 has them, unless another order is declared.
    if order.is_none_or(|order| order == DateOrder::Ymd)
        && let Some((month, after)) = digits(rest, 2, 2)
    {
        let (day, after) = digits(after, 2, 2)?;
        (parts.month, parts.day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        return Some((parts, after));
    }
    let (month, rest) = digits(rest.strip_prefix('-')?, 2, 2)?;
    parts.month = u8::try_from(month).ok()?;
    let Some(after) = rest.strip_prefix('-') else {
        return rest.is_empty().then_some((parts, rest));
    };
    let (day, rest) = digits(after, 2, 2)?;
    parts.day = u8::try_from(day).ok()?;
    Some((parts, rest))
}

#[derive(Clone, Copy)]
struct Number {
    value: u16,
    digits: usize,
}

/// Three numbers with the same separator between them, and what follows.
fn triple(text: &str) -> Option<(Number, Number, Number, &str)> {
    let (first, rest) = number(text)?;
    let separator = rest
        .chars()
        .next()
        .filter(|sign| matches!(sign, '.' | '/' | '-' | ' '))?;
    let next = |rest: &'_ str| -> Option<usize> {
        let after = rest.strip_prefix(separator)?;
        let blank = after.len() - after.trim_start().len();
        Some(separator.len_utf8() + blank)
    };
    let (second, rest) = number(rest.get(next(rest)?..)?)?;
    let (third, rest) = number(rest.get(next(rest)?..)?)?;
    Some((first, second, third, rest))
}

fn number(text: &str) -> Option<(Number, &str)> {
    let (value, rest) = digits(text, 1, 4)?;
    let number = Number {
        value,
        digits: text.len() - rest.len(),
    };
    Some((number, rest))
}

type Clock = (u8, u8, Option<u8>);

/// `T10:56:00.000+01:00`, ` 07h30`, `0730`, ` 7.30`: hours and minutes at least.
fn time(text: &str) -> Option<(Clock, Option<Zone>)> {
    let text = text
        .strip_prefix(['T', 't', ','])
        .unwrap_or(text)
        .trim_start();
    let (hour, rest) = digits(text, 1, 2)?;
    let separated = rest.strip_prefix([':', 'h', 'H', '.']);
    let (minute, mut rest) = match separated {
        // `7h` is a full hour in French timetables.
        Some("") if rest.starts_with(['h', 'H']) => (0, ""),
        Some(rest) => digits(rest, 2, 2)?,
        None => digits(rest, 2, 2)?,
    };
    let mut second = None;
    if let Some(after) = rest.strip_prefix(':') {
        let (value, after) = digits(after, 2, 2)?;
        second = u8::try_from(value).ok();
        rest = after.strip_prefix(['.', ',']).map_or(after, |fraction| {
            fraction.trim_start_matches(|sign: char| sign.is_ascii_digit())
        });
    }
    let rest = rest.trim_start();
    let clock = (u8::try_from(hour).ok()?, u8::try_from(minute).ok()?, second);
    if rest.is_empty() {
        return Some((clock, None));
    }
    let (zone, rest) = zone(rest)?;
    rest.is_empty().then_some((clock, Some(zone)))
}
