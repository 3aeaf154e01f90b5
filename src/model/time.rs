use std::fmt;

use chrono::NaiveDate;

use super::Text;
use super::leaf::{Class, Raw, Value, serde_as_text};
use super::short::Short;
use crate::hint::rare;

/// A date of which parts may be unknown: `1980-01-12`, `1980-01`, `1980`,
/// `1980-XX-12` or `XXXX-01-12` (`X` for unknown digits, as ISO 8601-2 writes it).
///
/// `Debug` shows the shape, not the date.
///
/// ```
/// use paxnorm::model::PartialDate;
///
/// let born = PartialDate::new(1980, 1, 12).unwrap();
/// assert_eq!(born.to_string(), "1980-01-12");
/// assert_eq!(PartialDate::new(1980, 0, 0).unwrap().to_string(), "1980");
/// assert_eq!(PartialDate::new(1980, 2, 30), None);
/// assert_eq!(format!("{born:?}"), "PartialDate(ymd)");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    year: u16,
    month: u8,
    day: u8,
}

impl PartialDate {
    /// A date; 0 stands for an unknown year, month or day.
    ///
    /// `None` where no such date exists or nothing is known.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        // Days that every month has need no calendar.
        let plain =
            (1..=9999).contains(&year) & (1..=12).contains(&month) & (1..=28).contains(&day);
        if !plain {
            return Self::by_calendar(year, month, day);
        }
        Some(Self { year, month, day })
    }

    /// A date that takes a calendar to judge.
    #[cold]
    #[inline(never)]
    fn by_calendar(year: u16, month: u8, day: u8) -> Option<Self> {
        // An unknown year or month is read as the most permissive one.
        let some_year = if year == 0 { 2000 } else { year };
        let some_month = if month == 0 { 1 } else { month };
        let exists = NaiveDate::from_ymd_opt(
            i32::from(some_year),
            u32::from(some_month),
            u32::from(day.max(1)),
        );
        let known = year != 0 || month != 0 || day != 0;
        (known && year <= 9999 && exists.is_some()).then_some(Self { year, month, day })
    }

    /// The year, if known.
    #[must_use]
    pub fn year(self) -> Option<u16> {
        (self.year != 0).then_some(self.year)
    }

    /// The month (1 to 12), if known.
    #[must_use]
    pub fn month(self) -> Option<u8> {
        (self.month != 0).then_some(self.month)
    }

    /// The day of the month (1 to 31), if known.
    #[must_use]
    pub fn day(self) -> Option<u8> {
        (self.day != 0).then_some(self.day)
    }

    /// The calendar date, if all of it is known.
    #[must_use]
    pub fn to_date(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(
            i32::from(self.year()?),
            u32::from(self.month()?),
            u32::from(self.day()?),
        )
    }
}

impl PartialDate {
    fn written(&self) -> Short {
        let mut written = Short::new();
        match self.year() {
            Some(year) => written.two((year / 100) as u8).two((year % 100) as u8),
            None => pair(pair(&mut written, 0), 0),
        };
        if self.month != 0 || self.day != 0 {
            pair(written.sign(b'-'), self.month);
        }
        if self.day != 0 {
            pair(written.sign(b'-'), self.day);
        }
        written
    }
}

/// Two digits, 0 standing for unknown ones.
fn pair(written: &mut Short, number: u8) -> &mut Short {
    match number {
        0 => written.sign(b'X').sign(b'X'),
        number => written.two(number),
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written())
    }
}

impl fmt::Debug for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |known: bool, letter: &'static str| if known { letter } else { "" };
        write!(
            f,
            "PartialDate({}{}{})",
            part(self.year != 0, "y"),
            part(self.month != 0, "m"),
            part(self.day != 0, "d")
        )
    }
}

impl Value for PartialDate {
    const CLASS: Class = Class::Date;

    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let date = Self::new(
            number(parts.next()?, 4)?,
            u8::try_from(parts.next().map_or(Some(0), |part| number(part, 2))?).ok()?,
            u8::try_from(parts.next().map_or(Some(0), |part| number(part, 2))?).ok()?,
        );
        date.filter(|_| parts.next().is_none())
    }

    fn take(raw: Raw<'_>) -> Option<Self> {
        match raw {
            Raw::Date(value) => Some(value),
            Raw::Text(text) => Self::parse(text),
            _ => None,
        }
    }

    fn show(&self) -> Text {
        Text::from(self.written())
    }

    /// The year alone.
    fn generalise(&self) -> Option<Self> {
        Self::new(self.year()?, 0, 0)
    }
}

/// `width` digits, or as many `X` for unknown.
fn number(text: &str, width: usize) -> Option<u16> {
    if text.len() != width {
        return None;
    }
    if text.bytes().all(|byte| byte == b'X') {
        return Some(0);
    }
    text.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok())?
}

serde_as_text!(
    PartialDate,
    PartialDate::written,
    "a date such as 1980-01-12, 1980-01 or XXXX-01-12",
    "^([0-9]{4}|XXXX)(-([0-9]{2}|XX)(-[0-9]{2})?)?$"
);

/// How a [`Timestamp`] relates to universal time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Zone {
    /// Universal time.
    Utc,
    /// So many minutes ahead of universal time.
    Offset(i16),
    /// The source does not say. At a stop of a leg this is the local time there;
    /// elsewhere nothing is known, and no reader ever guesses.
    Unstated,
}

/// A date, or a date with a time, exactly as precise as the source was.
///
/// The text form is ISO 8601: its length shows the precision (`2026-05-20`,
/// `2026-05-20T04:39`, `2026-05-20T04:39:48`), its end shows the [`Zone`] (`Z`,
/// `+02:00`, or nothing where it is not stated).
///
/// ```
/// use paxnorm::model::{Timestamp, Zone};
///
/// let pushed = Timestamp::new(2026, 5, 20).unwrap().at(4, 39, None).unwrap().zoned(Zone::Utc);
/// assert_eq!(pushed.to_string(), "2026-05-20T04:39Z");
/// assert_eq!(format!("{pushed:?}"), "Timestamp(minute)");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    year: u16,
    month: u8,
    day: u8,
    /// Minutes since midnight; `NO_TIME` where only the date is known.
    minute: u16,
    /// Seconds of the minute; `NO_SECOND` where only the minute is known.
    second: u8,
    /// Minutes ahead of universal time; `NO_ZONE` where it is not stated.
    offset: i16,
    utc: bool,
}

const NO_TIME: u16 = u16::MAX;
const NO_SECOND: u8 = u8::MAX;
const NO_ZONE: i16 = i16::MIN;

impl Timestamp {
    /// A date; `None` where it does not exist.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        if year == 0 || month == 0 || day == 0 || PartialDate::new(year, month, day).is_none() {
            rare();
            return None;
        }
        Some(Self {
            year,
            month,
            day,
            minute: NO_TIME,
            second: NO_SECOND,
            offset: NO_ZONE,
            utc: false,
        })
    }

    /// The same date at a time of day; `None` where it does not exist.
    #[must_use]
    pub fn at(self, hour: u8, minute: u8, second: Option<u8>) -> Option<Self> {
        let valid = hour < 24 && minute < 60 && second.is_none_or(|second| second < 60);
        valid.then(|| Self {
            minute: u16::from(hour) * 60 + u16::from(minute),
            second: second.unwrap_or(NO_SECOND),
            ..self
        })
    }

    /// The same reading in a zone.
    #[must_use]
    pub fn zoned(self, zone: Zone) -> Self {
        let (utc, offset) = match zone {
            Zone::Utc => (true, NO_ZONE),
            Zone::Offset(minutes) => (false, minutes),
            Zone::Unstated => (false, NO_ZONE),
        };
        Self {
            utc,
            offset,
            ..self
        }
    }

    /// What is known of the zone.
    #[must_use]
    pub fn zone(self) -> Zone {
        match (self.utc, self.offset) {
            (true, _) => Zone::Utc,
            (false, NO_ZONE) => Zone::Unstated,
            (false, minutes) => Zone::Offset(minutes),
        }
    }

    /// The date as the source wrote it (no zone is applied).
    #[must_use]
    pub fn date(self) -> PartialDate {
        PartialDate {
            year: self.year,
            month: self.month,
            day: self.day,
        }
    }

    /// Hour, minute and second (if known), where the source has a time.
    #[must_use]
    pub fn time(self) -> Option<(u8, u8, Option<u8>)> {
        if self.minute == NO_TIME {
            return None;
        }
        let hour = u8::try_from(self.minute / 60).ok()?;
        let minute = u8::try_from(self.minute % 60).ok()?;
        Some((
            hour,
            minute,
            (self.second != NO_SECOND).then_some(self.second),
        ))
    }
}

impl Timestamp {
    fn written(&self) -> Short {
        let mut written = self.date().written();
        if let Some((hour, minute, second)) = self.time() {
            written.sign(b'T').two(hour).sign(b':').two(minute);
            if let Some(second) = second {
                written.sign(b':').two(second);
            }
        }
        match self.zone() {
            Zone::Utc => written.sign(b'Z'),
            Zone::Unstated => &mut written,
            Zone::Offset(minutes) => {
                let sign = if minutes < 0 { b'-' } else { b'+' };
                let minutes = u64::from(minutes.unsigned_abs());
                let hours = written.sign(sign).number(minutes / 60, 2);
                hours.sign(b':').number(minutes % 60, 2)
            }
        };
        written
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written())
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let precision = match self.time() {
            None => "date",
            Some((_, _, None)) => "minute",
            Some(_) => "second",
        };
        write!(f, "Timestamp({precision})")
    }
}

impl Value for Timestamp {
    const CLASS: Class = Class::Stamp;

    fn parse(text: &str) -> Option<Self> {
        let (date, rest) = text.split_at_checked(10)?;
        let date = PartialDate::parse(date)?;
        let stamp = Self::new(date.year()?, date.month()?, date.day()?)?;
        let (time, zone) = split_zone(rest)?;
        let stamp = match time.strip_prefix('T') {
            None if time.is_empty() => stamp,
            None => return None,
            Some(time) => parse_time(stamp, time)?,
        };
        Some(stamp.zoned(zone))
    }

    fn take(raw: Raw<'_>) -> Option<Self> {
        match raw {
            Raw::Stamp(value) => Some(value),
            Raw::Text(text) => Self::parse(text),
            _ => None,
        }
    }

    fn show(&self) -> Text {
        Text::from(self.written())
    }

    /// The date alone.
    fn generalise(&self) -> Option<Self> {
        Self::new(self.year, self.month, self.day)
    }
}

fn parse_time(stamp: Timestamp, text: &str) -> Option<Timestamp> {
    let mut parts = text.split(':');
    let mut part = || parts.next().map(two_digits);
    let (hour, minute, second) = (part()??, part()??, part());
    let second = match second {
        None => None,
        Some(second) => Some(second?),
    };
    parts
        .next()
        .is_none()
        .then(|| stamp.at(hour, minute, second))?
}

fn two_digits(text: &str) -> Option<u8> {
    (text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())?
}

fn split_zone(text: &str) -> Option<(&str, Zone)> {
    if let Some(time) = text.strip_suffix('Z') {
        return Some((time, Zone::Utc));
    }
    let Some(sign) = text.rfind(['+', '-']) else {
        return Some((text, Zone::Unstated));
    };
    let (time, offset) = text.split_at_checked(sign)?;
    let (hours, minutes) = offset.get(1..)?.split_once(':')?;
    let (hours, minutes) = (two_digits(hours)?, two_digits(minutes)?);
    if hours > 15 || minutes > 59 {
        return None;
    }
    let minutes = i16::from(hours) * 60 + i16::from(minutes);
    Some((
        time,
        Zone::Offset(if offset.starts_with('-') {
            -minutes
        } else {
            minutes
        }),
    ))
}

serde_as_text!(
    Timestamp,
    Timestamp::written,
    "a date or time such as 2026-05-20 or 2026-05-20T04:39Z",
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2})?)?(Z|[+-][0-9]{2}:[0-9]{2})?$"
);
