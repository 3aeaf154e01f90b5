use std::fmt;
use std::num::{NonZeroU32, NonZeroU64};

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
///
/// Year, month and day are one number: what is written in pieces cannot be read as a whole right
/// away, and dates are handed on a good deal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate(NonZeroU32);

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
        Self::of(year, month, day)
    }

    /// The parts of a date as one; nothing where none is known.
    #[inline(always)]
    fn of(year: u16, month: u8, day: u8) -> Option<Self> {
        let whole = u32::from(year) << 16 | u32::from(month) << 8 | u32::from(day);
        NonZeroU32::new(whole).map(Self)
    }

    /// Year, month and day, 0 where unknown.
    #[inline(always)]
    fn parts(self) -> (u16, u8, u8) {
        let [day, month, low, high] = self.0.get().to_le_bytes();
        (u16::from_le_bytes([low, high]), month, day)
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
        Self::of(year, month, day).filter(|_| year <= 9999 && exists.is_some())
    }

    /// The year, if known.
    #[must_use]
    pub fn year(self) -> Option<u16> {
        Some(self.parts().0).filter(|year| *year != 0)
    }

    /// The month (1 to 12), if known.
    #[must_use]
    pub fn month(self) -> Option<u8> {
        Some(self.parts().1).filter(|month| *month != 0)
    }

    /// The day of the month (1 to 31), if known.
    #[must_use]
    pub fn day(self) -> Option<u8> {
        Some(self.parts().2).filter(|day| *day != 0)
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
        let (_, month, day) = self.parts();
        match self.year() {
            Some(year) => written.two((year / 100) as u8).two((year % 100) as u8),
            None => pair(pair(&mut written, 0), 0),
        };
        if month != 0 || day != 0 {
            pair(written.sign(b'-'), month);
        }
        if day != 0 {
            pair(written.sign(b'-'), day);
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
            part(self.year().is_some(), "y"),
            part(self.month().is_some(), "m"),
            part(self.day().is_some(), "d")
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
///
/// All of it is one number, the year in its highest bits: as [`PartialDate`] is, and in the same
/// order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(NonZeroU64);

/// Where the parts of a [`Timestamp`] stand in its number, and how many bits they take.
#[derive(Clone, Copy)]
struct Part {
    shift: u32,
    bits: u32,
}

const YEAR: Part = Part::before(MONTH, 16);
const MONTH: Part = Part::before(DAY, 4);
const DAY: Part = Part::before(MINUTE, 5);
/// Minutes since midnight; all bits where only the date is known.
const MINUTE: Part = Part::before(SECOND, 11);
/// Seconds of the minute; all bits where only the minute is known.
const SECOND: Part = Part::before(OFFSET, 6);
/// Minutes ahead of universal time, and as many more as make the least of them 0, which says that
/// they are not stated.
const OFFSET: Part = Part::before(UTC, 16);
const UTC: Part = Part { shift: 0, bits: 1 };

impl Part {
    const fn before(next: Part, bits: u32) -> Part {
        Part {
            shift: next.shift + next.bits,
            bits,
        }
    }

    const fn all(self) -> u64 {
        ((1 << self.bits) - 1) << self.shift
    }

    #[inline(always)]
    fn of(self, whole: NonZeroU64) -> u64 {
        (whole.get() & self.all()) >> self.shift
    }
}

/// So many minutes ahead of universal time as a part of a number.
#[inline(always)]
fn ahead(minutes: i16) -> u64 {
    u64::from(minutes.cast_unsigned() ^ 1 << 15) << OFFSET.shift
}

impl Timestamp {
    /// A date; `None` where it does not exist.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        if year == 0 || month == 0 || day == 0 || PartialDate::new(year, month, day).is_none() {
            rare();
            return None;
        }
        let date = u64::from(year) << YEAR.shift
            | u64::from(month) << MONTH.shift
            | u64::from(day) << DAY.shift;
        NonZeroU64::new(date | MINUTE.all() | SECOND.all()).map(Self)
    }

    /// The same date at a time of day; `None` where it does not exist.
    #[must_use]
    pub fn at(self, hour: u8, minute: u8, second: Option<u8>) -> Option<Self> {
        if hour >= 24 || minute >= 60 || second.is_some_and(|second| second >= 60) {
            return None;
        }
        let minute = u64::from(hour) * 60 + u64::from(minute);
        let second = second.map_or(SECOND.all(), |second| u64::from(second) << SECOND.shift);
        let rest = self.0.get() & !(MINUTE.all() | SECOND.all());
        NonZeroU64::new(rest | minute << MINUTE.shift | second).map(Self)
    }

    /// The same reading in a zone.
    #[must_use]
    pub fn zoned(self, zone: Zone) -> Self {
        let zone = match zone {
            Zone::Utc => UTC.all(),
            Zone::Offset(minutes) => ahead(minutes),
            Zone::Unstated => 0,
        };
        let rest = self.0.get() & !(OFFSET.all() | UTC.all());
        NonZeroU64::new(rest | zone).map_or(self, Self)
    }

    /// What is known of the zone.
    #[must_use]
    pub fn zone(self) -> Zone {
        match (UTC.of(self.0), OFFSET.of(self.0)) {
            (0, 0) => Zone::Unstated,
            (0, ahead) => Zone::Offset((ahead as u16 ^ 1 << 15).cast_signed()),
            _ => Zone::Utc,
        }
    }

    /// Year, month and day.
    #[inline(always)]
    fn day(self) -> (u16, u8, u8) {
        let part = |part: Part| part.of(self.0);
        (part(YEAR) as u16, part(MONTH) as u8, part(DAY) as u8)
    }

    /// The date as the source wrote it (no zone is applied).
    #[must_use]
    pub fn date(self) -> PartialDate {
        let (year, month, day) = self.day();
        // Never but the first of them: no part of it is 0.
        PartialDate::of(year, month, day).unwrap_or(PartialDate(NonZeroU32::MIN))
    }

    /// Hour, minute and second (if known), where the source has a time.
    #[must_use]
    pub fn time(self) -> Option<(u8, u8, Option<u8>)> {
        let (minute, second) = (MINUTE.of(self.0), SECOND.of(self.0));
        let (hour, minute) = ((minute / 60) as u8, (minute % 60) as u8);
        let second = Some(second as u8).filter(|second| *second < 60);
        (hour < 24).then_some((hour, minute, second))
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
        let (year, month, day) = self.day();
        Self::new(year, month, day)
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
