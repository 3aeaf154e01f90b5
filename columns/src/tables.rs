//! The columns of each table.

use paxnorm::Booking;
use paxnorm::model::{Document, Id, Leg, PartialDate, Passenger, State, Timestamp};

use crate::build::Get::{Day, Number, Text};
use crate::build::{Column, Rows};

macro_rules! rows {
    ($($marker:ident: $row:ty;)+) => {$(
        pub(crate) struct $marker;
        impl Rows for $marker {
            type Row<'r> = $row;
        }
    )+};
}

rows! {
    BookingRow: Booking;
    PassengerRow: Passenger;
    LegRow: Leg;
    DocumentRow: (&'r Passenger, &'r Document);
}

fn text(value: &Option<impl ToString>) -> Option<String> {
    value.as_ref().map(ToString::to_string)
}

fn state(state: &State) -> Option<String> {
    text(&state.code).or_else(|| text(&state.received))
}

/// Days since 1970 of a date that is complete.
fn day(date: Option<PartialDate>) -> Option<i32> {
    let date = date?.to_date()?;
    let first = PartialDate::new(1970, 1, 1)?.to_date()?;
    i32::try_from(date.signed_duration_since(first).num_days()).ok()
}

fn day_of(time: Option<Timestamp>) -> Option<i32> {
    day(time.map(Timestamp::date))
}

fn count(items: usize) -> Option<u32> {
    u32::try_from(items).ok()
}

fn number(id: Id) -> Option<u32> {
    (!id.is_none()).then(|| u32::from(id.get()))
}

pub(crate) static BOOKINGS: &[Column<BookingRow>] = &[
    (
        "locator",
        "First locator",
        Text(|b| text(&b.locators.first()?.value)),
    ),
    (
        "locator_system",
        "Who gave that locator",
        Text(|b| text(&b.locators.first()?.system)),
    ),
    (
        "created",
        "When it was made, ISO 8601",
        Text(|b| text(&b.created)),
    ),
    ("created_day", "The day of it", Day(|b| day_of(b.created))),
    (
        "changed",
        "When it was last changed, ISO 8601",
        Text(|b| text(&b.changed)),
    ),
    (
        "passengers",
        "How many passengers it has",
        Number(|b| count(b.passengers.len())),
    ),
    (
        "legs",
        "How many legs it has",
        Number(|b| count(b.legs.len())),
    ),
    (
        "documents",
        "How many travel documents its passengers have",
        Number(|b| {
            count(
                b.passengers
                    .iter()
                    .map(|passenger| passenger.documents.len())
                    .sum(),
            )
        }),
    ),
    (
        "bags",
        "How many bags it names",
        Number(|b| count(b.bags.len())),
    ),
    (
        "mode",
        "Mode of travel",
        Text(|b| Some(b.provenance.mode?.as_str().to_owned())),
    ),
    (
        "format",
        "Format it was read from",
        Text(|b| text(&b.provenance.format)),
    ),
    (
        "sender",
        "Who sent the transmission",
        Text(|b| text(&b.provenance.sender)),
    ),
    (
        "reference",
        "Reference of its message",
        Text(|b| text(&b.provenance.reference)),
    ),
    (
        "withheld",
        "How many rules of the policy withheld something of it",
        Number(|b| count(b.withheld.len())),
    ),
];

pub(crate) static PASSENGERS: &[Column<PassengerRow>] = &[
    (
        "passenger",
        "Number of the passenger in the booking",
        Number(|p| number(p.id)),
    ),
    (
        "surname",
        "Family name, as received",
        Text(|p| text(&p.name.surname)),
    ),
    (
        "given",
        "Given names, as received",
        Text(|p| text(&p.name.given)),
    ),
    (
        "full",
        "The whole name, where its parts are not told apart",
        Text(|p| text(&p.name.full)),
    ),
    (
        "kind",
        "Adult, child, infant, ...",
        Text(|p| Some(p.kind?.as_str().to_owned())),
    ),
    ("sex", "Sex", Text(|p| Some(p.sex?.as_str().to_owned()))),
    (
        "birth_date",
        "Date of birth as far as it is known: 1980, 1980-01, 1980-01-12",
        Text(|p| text(&p.birth_date)),
    ),
    (
        "birth_day",
        "Date of birth, where it is complete",
        Day(|p| day(p.birth_date)),
    ),
    ("age", "Age in years", Number(|p| p.age)),
    (
        "nationality",
        "First nationality: normal form, or else as received",
        Text(|p| state(p.nationalities.first()?)),
    ),
    (
        "residence",
        "State of residence: normal form, or else as received",
        Text(|p| state(&p.residence)),
    ),
    (
        "documents",
        "How many travel documents there are",
        Number(|p| count(p.documents.len())),
    ),
];

pub(crate) static LEGS: &[Column<LegRow>] = &[
    (
        "leg",
        "Number of the leg in the booking",
        Number(|l| number(l.id)),
    ),
    (
        "mode",
        "Mode of travel",
        Text(|l| Some(l.mode?.as_str().to_owned())),
    ),
    (
        "carrier",
        "Marketing carrier",
        Text(|l| text(&l.marketing.carrier)),
    ),
    (
        "number",
        "Its number of the flight, train or voyage",
        Text(|l| text(&l.marketing.number)),
    ),
    (
        "operating_carrier",
        "Operating carrier",
        Text(|l| text(&l.operating.carrier)),
    ),
    (
        "from",
        "Code of the stop of departure",
        Text(|l| text(&l.from.code)),
    ),
    ("from_name", "Name of it", Text(|l| text(&l.from.name))),
    (
        "to",
        "Code of the stop of arrival",
        Text(|l| text(&l.to.code)),
    ),
    ("to_name", "Name of it", Text(|l| text(&l.to.name))),
    (
        "departure",
        "Departure in local time, ISO 8601",
        Text(|l| text(&l.departure)),
    ),
    (
        "departure_day",
        "The day of it",
        Day(|l| day_of(l.departure)),
    ),
    (
        "arrival",
        "Arrival in local time, ISO 8601",
        Text(|l| text(&l.arrival)),
    ),
    (
        "status",
        "Status",
        Text(|l| Some(l.status?.as_str().to_owned())),
    ),
];

pub(crate) static DOCUMENTS: &[Column<DocumentRow>] = &[
    (
        "passenger",
        "Number of its passenger in the booking",
        Number(|(p, _)| number(p.id)),
    ),
    (
        "kind",
        "Passport, identity card, ...",
        Text(|(_, d)| Some(d.kind?.as_str().to_owned())),
    ),
    ("number", "Number", Text(|(_, d)| text(&d.number))),
    (
        "issuer",
        "Issuing state: normal form, or else as received",
        Text(|(_, d)| state(&d.issuer)),
    ),
    (
        "expires",
        "Last day of validity, as far as it is known",
        Text(|(_, d)| text(&d.expires)),
    ),
    (
        "expires_day",
        "Last day of validity, where it is complete",
        Day(|(_, d)| day(d.expires)),
    ),
    (
        "surname",
        "Family name in the document",
        Text(|(_, d)| text(&d.name.surname)),
    ),
    (
        "given",
        "Given names in the document",
        Text(|(_, d)| text(&d.name.given)),
    ),
    (
        "nationality",
        "Nationality in the document, where it differs",
        Text(|(_, d)| state(&d.nationality)),
    ),
];
