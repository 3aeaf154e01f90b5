//! One trip as four formats tell it: on the paths of a table they give equal values.

mod support;

use paxnorm::format::named;
use paxnorm::matching::normalise::fold;
use paxnorm::matching::transliterate::icao9303;
use paxnorm::model::Timestamp;
use paxnorm::{Intake, Options, Policy, Reader};
use serde_json::Value;
use support::{shown, table};

const PATHS: &str = include_str!("data/same-trip/paths.tsv");
const STOPS: &str = include_str!("data/same-trip/stops.tsv");

/// The name in the table, the format that reads it, and the file.
const TRIPS: &[(&str, &str, &[u8])] = &[
    (
        "pnrgov",
        "pnrgov",
        include_bytes!("data/same-trip/trip.edi"),
    ),
    ("osdm", "osdm", include_bytes!("data/same-trip/trip.json")),
    (
        "coach",
        "coach-manifest",
        include_bytes!("data/same-trip/trip.coach.csv"),
    ),
    (
        "fal6",
        "fal6",
        include_bytes!("data/same-trip/trip.fal6.csv"),
    ),
];

/// What the caller knows of the voyage, which a list of a port does not say.
fn intake() -> Intake {
    let at = |hour, minute| Timestamp::new(2026, 5, 27).and_then(|day| day.at(hour, minute, None));
    let mut intake = Intake::default();
    intake.journey.carrier = Some("XX".into());
    intake.journey.number = Some("602".into());
    (intake.journey.departure, intake.journey.arrival) = (at(14, 30), at(14, 40));
    intake
}

/// The trip as one booking: lists that part no bookings have one for each person.
fn trip(format: &str, bytes: &[u8]) -> Value {
    let formats = [named(format).expect("a built-in format")];
    let options = Options {
        formats: &formats,
        policy: Policy::keep_all(),
        intake: intake(),
        ..Options::default()
    };
    let records = Reader::with(bytes, &options).expect("recognised");
    let bookings = records.filter_map(|record| record.expect("whole").booking);
    let mut bookings = bookings.map(|booking| serde_json::to_value(booking).expect("JSON"));
    let mut trip = bookings.next().expect("a booking");
    for booking in bookings {
        assert_eq!(booking["legs"], trip["legs"], "{format}");
        let others = booking["passengers"]
            .as_array()
            .expect("passengers")
            .clone();
        trip["passengers"]
            .as_array_mut()
            .expect("passengers")
            .extend(others);
    }
    trip
}

/// The canonical value at a path, made comparable where the table says so.
fn value(trip: &Value, pointer: &str) -> String {
    let found = trip.pointer(pointer);
    match pointer.rsplit('/').next() {
        Some("surname" | "given") => fold(&icao9303(&shown(found), None).main),
        Some("from" | "to") => city(found),
        Some("departure" | "arrival") => shown(found).chars().take(16).collect(),
        _ => shown(found),
    }
}

fn city(stop: Option<&Value>) -> String {
    let named = |key: &str| stop?.get(key)?.as_str();
    let received = named("code").or(named("name")).unwrap_or("no stop");
    let rows = table(STOPS);
    let row = rows.iter().find(|row| row[0] == received);
    row.map_or_else(|| received.to_owned(), |row| row[1].to_owned())
}

#[test]
fn one_trip_gives_equal_values_in_four_formats() {
    let mut wrong = Vec::new();
    for (name, format, bytes) in TRIPS {
        let trip = trip(format, bytes);
        for row in table(PATHS) {
            let (pointer, wanted) = (row[0], row[1]);
            let silent = row[2].split(' ').any(|format| format == *name);
            let found = value(&trip, pointer);
            if found != if silent { "absent" } else { wanted } {
                wrong.push(format!("{name} {pointer}: {found}, not {wanted}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The files are recognised among all formats, and no datum of them is in doubt.
#[test]
fn the_four_files_raise_no_doubt() {
    for (name, format, bytes) in TRIPS {
        assert_eq!(Reader::new(bytes).expect("recognised").format(), *format);
        for record in support::records(bytes, Policy::keep_all()) {
            let doubts = record.diagnostics.iter();
            let mut doubts = doubts.filter(|doubt| doubt.code != paxnorm::Code::Unmapped);
            assert_eq!(doubts.next(), None, "{name}");
        }
    }
}
