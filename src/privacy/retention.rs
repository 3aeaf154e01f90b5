//! How long a record may be kept, by calendar months and years.
//!
//! Reach for [`Retention::disposition`] to ask what is due now, for
//! [`Retention::carry_out`] to do it. There is no clock inside: the caller says
//! what time it is.

use chrono::{
    DateTime, Days, MappedLocalTime, Months, NaiveDateTime, TimeDelta, TimeZone, Timelike, Utc,
};

use super::{Policy, Report};
use crate::model::{Booking, Text, Timestamp, Zone};

/// The periods of a law, and how it is read.
///
/// ```
/// use chrono::{TimeZone, Utc};
/// use paxnorm::privacy::{Disposition, Held, Reading, Retention};
///
/// let received = Utc.with_ymd_and_hms(2025, 8, 31, 12, 0, 0).unwrap();
/// let rules = Retention::new(Reading::AfterRuling, Utc);
/// let held = Held::since(received);
/// let due = Utc.with_ymd_and_hms(2026, 2, 28, 12, 0, 0).unwrap();
/// assert_eq!(rules.disposition(&held, received)?, Disposition::Keep);
/// assert_eq!(rules.disposition(&held, due)?, Disposition::DeleteDue(due));
///
/// let held = Held { reasons: Some("case 12".into()), ..held };
/// assert_eq!(rules.disposition(&held, due)?, Disposition::MaskDue(due));
/// # Ok::<(), paxnorm::privacy::RetentionError>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Retention<Z: TimeZone> {
    /// How the six months are read.
    pub reading: Reading,
    /// The time zone of the unit: months end by its clocks.
    pub zone: Z,
    /// After how many months names are masked: 6.
    pub mask_months: u32,
    /// After how many months nothing stays: 60.
    pub delete_months: u32,
}

/// How the period of six months is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reading {
    /// As article 12 is written: every record is masked, and kept for five years.
    AsWritten,
    /// As the Court reads it (C-817/19): a record without objective reasons is
    /// deleted at six months, one with them is masked.
    AfterRuling,
}

/// What retention wants to know of one record.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// When the unit received the oldest push that the record draws on. A record
    /// that came from another unit keeps that unit's time.
    pub received: DateTime<Utc>,
    /// Whether it is masked already.
    pub masked: bool,
    /// The reference of objective material that shows a risk (C-817/19), if any.
    pub reasons: Option<Text>,
    /// The case to which the record was transferred (art. 12(4)), if any.
    pub case: Option<Text>,
}

impl Held {
    /// A record that was received at this time, and of which nothing else is known.
    #[must_use]
    pub fn since(received: DateTime<Utc>) -> Self {
        Self {
            received,
            masked: false,
            reasons: None,
            case: None,
        }
    }

    /// What a booking says of itself: when it was received, as its provenance has it.
    ///
    /// A time without zone is read by the clocks of the unit, a date without time
    /// as its beginning, so that nothing is kept longer than it may be.
    ///
    /// # Errors
    /// [`RetentionError::NotReceived`] where the booking does not say when it came.
    pub fn of<Z: TimeZone>(booking: &Booking, zone: &Z) -> Result<Self, RetentionError> {
        let received = booking.provenance.received;
        let received = received.and_then(|at| instant(at, zone));
        received.map(Self::since).ok_or(RetentionError::NotReceived)
    }
}

/// What is to be done with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Disposition {
    /// Nothing.
    Keep,
    /// It had to be masked from this time on.
    MaskDue(DateTime<Utc>),
    /// It had to be deleted from this time on, with everything derived from it.
    DeleteDue(DateTime<Utc>),
}

/// Why nothing can be said of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RetentionError {
    /// Nobody says when the record was received.
    #[error("the time of receipt is not known")]
    NotReceived,
    /// The record was received later than now: a clock is wrong.
    #[error("the time of receipt lies in the future")]
    ReceivedInFuture,
    /// A date lies outside the calendar.
    #[error("a period ends outside the calendar")]
    OutsideCalendar,
}

/// What became of a booking.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Outcome {
    /// It stays as it was.
    Kept(Booking),
    /// It was masked.
    Masked(Booking, Report),
    /// It is gone. Whatever was derived from it must follow: sealed parts, prepared
    /// names, indexes, tokens.
    Deleted,
}

impl<Z: TimeZone> Retention<Z> {
    /// Six months and five years in a time zone.
    #[must_use]
    pub fn new(reading: Reading, zone: Z) -> Self {
        Self {
            reading,
            zone,
            mask_months: 6,
            delete_months: 60,
        }
    }

    /// What is due for a record at a time.
    ///
    /// # Errors
    /// [`RetentionError::ReceivedInFuture`] where `now` is before the receipt.
    pub fn disposition(
        &self,
        held: &Held,
        now: DateTime<Utc>,
    ) -> Result<Disposition, RetentionError> {
        if held.received > now {
            return Err(RetentionError::ReceivedInFuture);
        }
        let delete = self.due(held.received, self.delete_months)?;
        if now >= delete && held.case.is_none() {
            return Ok(Disposition::DeleteDue(delete));
        }
        let mask = self.due(held.received, self.mask_months)?;
        let groundless =
            self.reading == Reading::AfterRuling && held.reasons.is_none() && held.case.is_none();
        Ok(match now >= mask {
            true if groundless => Disposition::DeleteDue(mask),
            true if !held.masked => Disposition::MaskDue(mask),
            _ => Disposition::Keep,
        })
    }

    /// Does what is due: keeps the booking, masks it by the policy given (usually
    /// `depersonalise-6-months`), or lets it go.
    ///
    /// # Errors
    /// As [`disposition`](Self::disposition).
    pub fn carry_out(
        &self,
        mut booking: Booking,
        held: &Held,
        policy: &Policy,
        now: DateTime<Utc>,
    ) -> Result<Outcome, RetentionError> {
        Ok(match self.disposition(held, now)? {
            Disposition::Keep => Outcome::Kept(booking),
            Disposition::MaskDue(_) => {
                let report = policy.apply(&mut booking);
                Outcome::Masked(booking, report)
            }
            Disposition::DeleteDue(_) => Outcome::Deleted,
        })
    }

    /// The same day and clock time some months later; the last day of a month
    /// that has no such day.
    ///
    /// # Errors
    /// [`RetentionError::OutsideCalendar`] where there is no such month.
    pub fn due(&self, from: DateTime<Utc>, months: u32) -> Result<DateTime<Utc>, RetentionError> {
        let local = from.with_timezone(&self.zone).naive_local();
        let then = local.checked_add_months(Months::new(months));
        let then = then.and_then(|then| earliest(&self.zone, then));
        then.ok_or(RetentionError::OutsideCalendar)
    }
}

/// The instant of a reading of the clocks; the first of two where they were put
/// back, the moment of the change where they were put forward over it.
fn earliest<Z: TimeZone>(zone: &Z, local: NaiveDateTime) -> Option<DateTime<Utc>> {
    let read = |local: &NaiveDateTime| match zone.from_local_datetime(local) {
        MappedLocalTime::Single(at) | MappedLocalTime::Ambiguous(at, _) => Some(at.to_utc()),
        MappedLocalTime::None => None,
    };
    if let Some(at) = read(&local) {
        return Some(at);
    }
    // The last second that the clocks showed is found by halving a day.
    let inside = local.with_nanosecond(0)?;
    let before = inside.checked_sub_days(Days::new(1))?;
    read(&before)?;
    let (mut shown, mut skipped) = (0, (inside - before).num_seconds());
    while skipped - shown > 1 {
        let middle = shown + (skipped - shown) / 2;
        match read(&(before + TimeDelta::seconds(middle))) {
            Some(_) => shown = middle,
            None => skipped = middle,
        }
    }
    let last = read(&(before + TimeDelta::seconds(shown)))?;
    last.checked_add_signed(TimeDelta::seconds(1))
}

fn instant<Z: TimeZone>(at: Timestamp, zone: &Z) -> Option<DateTime<Utc>> {
    let date = at.date().to_date()?;
    let (hour, minute, second) = at.time().unwrap_or((0, 0, None));
    let second = second.unwrap_or_default();
    let local = date.and_hms_opt(hour.into(), minute.into(), second.into())?;
    match at.zone() {
        Zone::Utc => Some(local.and_utc()),
        Zone::Offset(minutes) => local
            .and_utc()
            .checked_sub_signed(TimeDelta::minutes(minutes.into())),
        Zone::Unstated => earliest(zone, local),
    }
}
