//! The account of the data of a piece against what stands in the booking: what a policy took is
//! withheld, value by value, and the rest is mapped.
//!
//! In the library's own form one datum is one value, so that both can be counted apart.

mod support;

use std::collections::BTreeMap;

use paxnorm::{Booking, Data, Field, Policy, Scope};
use proptest::prelude::*;
use serde_json::json;
use support::planted::sown;
use support::records;

/// How many values of the travellers stand in each field.
fn counts(booking: &Booking) -> BTreeMap<Field, u32> {
    let mut counts = BTreeMap::new();
    booking.values(&mut |field, _| {
        if field.scope() != Scope::Provenance {
            *counts.entry(field).or_default() += 1;
        }
    });
    counts
}

/// How many values went from one booking to the other.
fn gone(before: &Booking, after: &Booking) -> u32 {
    let after = counts(after);
    let left = |field| after.get(field).copied().unwrap_or_default();
    let before = counts(before);
    before
        .iter()
        .map(|(field, count)| count - left(field))
        .sum()
}

/// What is read of a booking in the library's own form, with its account.
fn read(booking: &Booking, policy: &Policy) -> (Booking, Data) {
    let document = serde_json::to_vec(booking).expect("JSON");
    let mut records = records(&document, policy).into_iter();
    let record = records.next().expect("a record");
    (*record.booking.unwrap_or_default(), record.data)
}

fn policy(name: &str) -> &'static Policy {
    Policy::named(name).expect("it is shipped")
}

/// A booking in which something goes in every way: by a field, by a rule for some persons, with a
/// person, with an entry that is none, with a minor who is none, as a special category.
fn booking(mode: &str) -> Booking {
    let booking = json!({
        "schema": "1.0",
        "locators": [{ "value": "ABC123", "system": "XX" }],
        "travellers": 4,
        "passengers": [
            { "id": 1, "name": { "surname": "ERIKSSON", "given": "ANNA" }, "function": "COOK",
              "birth_date": "1980-01-12" },
            { "id": 2, "name": { "surname": "PETERSEN", "given": "JENS" }, "role": "crew",
              "function": "MASTER", "birth_place": "UTOPIA" },
            { "id": 3, "kind_received": "WHEELCHAIR" },
            { "id": 4, "name": { "surname": "BISHOP", "given": "JOHN" }, "age": 40 },
        ],
        "seats": [
            { "passenger": 1, "number": "1A" }, { "passenger": 2, "number": "1B" },
            { "passenger": 3, "number": "1C" },
            { "passenger": 4, "number": "1D", "characteristics": ["H", "W"] },
        ],
        "minors": [{ "passenger": 4, "age": 40, "text": "UM40" }],
        "requests": [{ "code": "MOML", "status": "HK" }, { "code": "XXXX", "status": "HK" }],
        "remarks": [{ "text": "LIKES WINDOWS" }, { "text": "NEEDS HALAL FOOD" }],
        "legs": [{ "departure": "2026-05-20T10:00", "from": { "code": "BRU" } }],
        "history": [{ "changes": [
            { "field": "passengers[].name.surname", "value": "ERICSON" },
            { "field": "passengers[].birth_place", "value": "UTOPOLIS" },
        ] }],
        "provenance": { "mode": mode },
    });
    serde_json::from_value(booking).expect("a booking")
}

/// The policies with a mode that each admits, and how many values of the booking above go.
const GONE: &[(&str, &str, u32)] = &[
    ("keep-all", "air", 0),
    ("eu-directive-2016", "air", 13),
    ("eu-pnr", "air", 19),
    ("be-2024", "air", 19),
    ("fr-air", "air", 18),
    ("fr-maritime", "ferry", 12),
    ("depersonalise-6-months", "air", 20),
    ("exchange", "air", 19),
];

#[test]
fn what_is_withheld_is_what_went() {
    for (name, mode, expected) in GONE {
        let (whole, all) = read(&booking(mode), Policy::keep_all());
        assert_eq!(
            (all.withheld, all.unmapped),
            (0, 0),
            "everything has a place"
        );
        let (left, data) = read(&whole, policy(name));
        assert_eq!(gone(&whole, &left), *expected, "{name}");
        assert_eq!(data.withheld, *expected, "{name}");
        assert_eq!(data.read, data.mapped + data.withheld, "{name}");
        assert_eq!(data.read, all.read, "{name}");
    }
}

#[test]
fn a_name_that_loses_a_title_is_a_datum_withheld() {
    let mut booking = booking("air");
    booking.passengers[3].name.given = Some("JOHN REV".into());
    let (left, data) = read(&booking, Policy::eu_pnr());
    assert_eq!(data.withheld, gone(&booking, &left) + 1);
}

#[test]
fn where_nobody_is_admitted_every_datum_of_them_is_withheld() {
    let ship = booking("ferry");
    let (left, data) = read(&ship, policy("fr-air"));
    assert!(left == Booking::default(), "the booking is not handed out");
    assert_eq!(data.withheld, counts(&ship).values().sum::<u32>());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn it_is_so_for_any_booking(seed: u64) {
        let (sown, ..) = sown(Some(seed));
        for (name, ..) in GONE.iter().filter(|(name, ..)| policy(name).admits(&sown).is_ok()) {
            let (whole, _) = read(&sown, Policy::keep_all());
            let (left, data) = read(&sown, policy(name));
            prop_assert_eq!(data.withheld, gone(&whole, &left), "{}", name);
        }
    }
}
