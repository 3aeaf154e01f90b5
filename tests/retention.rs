//! Periods by the calendar: month ends, leap days, clocks that are put forward and back; and
//! what is due under either reading of the law.

use chrono::{
    DateTime, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone,
    Utc,
};
use paxnorm::privacy::{Disposition, Held, Outcome, Reading, Retention, RetentionError};
use paxnorm::{Booking, Name, Policy};

/// Central European time of 2024 to 2031: summer from the last Sunday of March, 01:00 UTC, to
/// the last Sunday of October.
#[derive(Clone, Copy, Debug)]
struct Central;

const CHANGES: &[(&str, &str)] = &[
    ("2024-03-31", "2024-10-27"),
    ("2025-03-30", "2025-10-26"),
    ("2026-03-29", "2026-10-25"),
    ("2027-03-28", "2027-10-31"),
    ("2028-03-26", "2028-10-29"),
    ("2029-03-25", "2029-10-28"),
    ("2030-03-31", "2030-10-27"),
    ("2031-03-30", "2031-10-26"),
];

fn hours(hours: i32) -> FixedOffset {
    FixedOffset::east_opt(hours * 3600).expect("an offset")
}

impl TimeZone for Central {
    type Offset = FixedOffset;

    fn from_offset(_: &FixedOffset) -> Self {
        Self
    }

    fn offset_from_local_date(&self, _: &NaiveDate) -> MappedLocalTime<FixedOffset> {
        MappedLocalTime::None
    }

    fn offset_from_local_datetime(&self, local: &NaiveDateTime) -> MappedLocalTime<FixedOffset> {
        let fits = |offset: FixedOffset| {
            let utc = *local - TimeDelta::seconds(offset.local_minus_utc().into());
            self.offset_from_utc_datetime(&utc) == offset
        };
        match (fits(hours(2)), fits(hours(1))) {
            (true, true) => MappedLocalTime::Ambiguous(hours(2), hours(1)),
            (true, false) => MappedLocalTime::Single(hours(2)),
            (false, true) => MappedLocalTime::Single(hours(1)),
            (false, false) => MappedLocalTime::None,
        }
    }

    fn offset_from_utc_date(&self, _: &NaiveDate) -> FixedOffset {
        hours(1).fix()
    }

    fn offset_from_utc_datetime(&self, utc: &NaiveDateTime) -> FixedOffset {
        let at = |day: &str| utc_time(&format!("{day}T01:00:00Z")).naive_utc();
        let summer = CHANGES
            .iter()
            .any(|(from, to)| (at(from)..at(to)).contains(utc));
        hours(if summer { 2 } else { 1 })
    }
}

fn utc_time(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).expect("a time").to_utc()
}

#[test]
fn months_end_by_the_calendar_of_the_unit() {
    // Received, months, due; all in UTC, the unit keeps central European time.
    let table = [
        // The same day, by the clocks: an hour of summer time between.
        ("2025-12-15T09:00:00Z", 6, "2026-06-15T08:00:00Z"),
        ("2026-06-15T08:00:00Z", 6, "2026-12-15T09:00:00Z"),
        // No such day: the last one, of a common and of a leap year.
        ("2025-08-31T10:00:00Z", 6, "2026-02-28T11:00:00Z"),
        ("2027-08-31T10:00:00Z", 6, "2028-02-29T11:00:00Z"),
        ("2025-08-29T10:00:00Z", 6, "2026-02-28T11:00:00Z"),
        // From a leap day.
        ("2024-02-29T11:00:00Z", 6, "2024-08-29T10:00:00Z"),
        ("2024-02-29T11:00:00Z", 60, "2029-02-28T11:00:00Z"),
        // The date is that of the unit: 23:30 UTC is the first of September there.
        ("2025-08-31T22:30:00Z", 6, "2026-02-28T23:30:00Z"),
        // Half past two on the last Sunday of March does not exist: the moment of the change.
        ("2025-09-29T00:30:00Z", 6, "2026-03-29T01:00:00Z"),
        // Half past two on the last Sunday of October comes twice: the first one.
        ("2026-04-25T00:30:00Z", 6, "2026-10-25T00:30:00Z"),
        ("2026-01-10T12:00:00Z", 60, "2031-01-10T12:00:00Z"),
    ];
    let rules = Retention::new(Reading::AsWritten, Central);
    for (from, months, due) in table {
        let found = rules.due(utc_time(from), months).expect("a date");
        assert_eq!(found, utc_time(due), "{from} and {months} months");
    }
}

#[test]
fn what_is_due_under_either_reading() {
    use Disposition::{DeleteDue, Keep, MaskDue};
    let received = utc_time("2026-01-10T12:00:00Z");
    let (half, end) = (
        utc_time("2026-07-10T11:00:00Z"),
        utc_time("2031-01-10T12:00:00Z"),
    );
    let second = TimeDelta::seconds(1);
    let plain = Held::since(received);
    let reasons = Held {
        reasons: Some("finding 7".into()),
        ..plain.clone()
    };
    let masked = Held {
        masked: true,
        ..reasons.clone()
    };
    let case = Held {
        case: Some("case 9".into()),
        ..masked.clone()
    };
    let table = [
        (Reading::AsWritten, &plain, received, Keep),
        (Reading::AsWritten, &plain, half - second, Keep),
        (Reading::AsWritten, &plain, half, MaskDue(half)),
        (Reading::AsWritten, &masked, half, Keep),
        (Reading::AsWritten, &masked, end - second, Keep),
        (Reading::AsWritten, &masked, end, DeleteDue(end)),
        (Reading::AfterRuling, &plain, half - second, Keep),
        (Reading::AfterRuling, &plain, half, DeleteDue(half)),
        (Reading::AfterRuling, &plain, end, DeleteDue(end)),
        (Reading::AfterRuling, &reasons, half, MaskDue(half)),
        (Reading::AfterRuling, &masked, half, Keep),
        (Reading::AfterRuling, &masked, end, DeleteDue(end)),
        (Reading::AfterRuling, &case, end, Keep),
    ];
    for (reading, held, now, expected) in table {
        let rules = Retention::new(reading, Central);
        assert_eq!(
            rules.disposition(held, now),
            Ok(expected),
            "{reading:?} at {now}"
        );
    }
}

#[test]
fn a_clock_that_is_wrong_is_an_error_and_no_reason_to_keep() {
    let now = utc_time("2026-01-10T12:00:00Z");
    let rules = Retention::new(Reading::AfterRuling, Utc);
    let held = Held::since(now + TimeDelta::seconds(1));
    assert_eq!(
        rules.disposition(&held, now),
        Err(RetentionError::ReceivedInFuture)
    );
    let unknown = Held::of(&Booking::default(), &Utc);
    assert_eq!(unknown, Err(RetentionError::NotReceived));
    let far = Held::since(DateTime::<Utc>::MAX_UTC);
    assert_eq!(
        rules.disposition(&far, DateTime::<Utc>::MAX_UTC),
        Err(RetentionError::OutsideCalendar)
    );
}

#[test]
fn the_anchor_is_the_receipt_that_the_booking_states() {
    let table = [
        ("2026-05-20T04:39Z", "2026-05-20T04:39:00Z"),
        ("2026-05-20T04:39+02:00", "2026-05-20T02:39:00Z"),
        ("2026-05-20T04:39", "2026-05-20T02:39:00Z"),
        ("2026-05-20", "2026-05-19T22:00:00Z"),
        ("2026-03-29T02:30", "2026-03-29T01:00:00Z"),
    ];
    for (stated, instant) in table {
        let booking = serde_json::json!({ "provenance": { "received": stated } });
        let booking: Booking = serde_json::from_value(booking).expect("a booking");
        let held = Held::of(&booking, &Central).expect("an anchor");
        assert_eq!(held.received, utc_time(instant), "{stated}");
    }
}

#[test]
fn what_is_due_is_done() {
    let received = utc_time("2026-01-10T12:00:00Z");
    let mut booking = Booking::default();
    booking.passengers.push(Default::default());
    booking.passengers[0].name = Name::new("ERIKSSON", "ANNA");
    let policy = Policy::named("depersonalise-6-months").expect("it is shipped");
    let done = |reading, now: &str| {
        let rules = Retention::new(reading, Utc);
        let held = Held::since(received);
        rules
            .carry_out(booking.clone(), &held, policy, utc_time(now))
            .expect("a disposition")
    };
    assert_eq!(
        done(Reading::AsWritten, "2026-02-01T00:00:00Z"),
        Outcome::Kept(booking.clone())
    );
    assert_eq!(
        done(Reading::AfterRuling, "2026-08-01T00:00:00Z"),
        Outcome::Deleted
    );
    assert_eq!(
        done(Reading::AsWritten, "2031-02-01T00:00:00Z"),
        Outcome::Deleted
    );
    match done(Reading::AsWritten, "2026-08-01T00:00:00Z") {
        Outcome::Masked(masked, report) => {
            assert!(masked.passengers.is_empty());
            assert_eq!(report.values(), 2);
        }
        other => panic!("{other:?}"),
    }
}
