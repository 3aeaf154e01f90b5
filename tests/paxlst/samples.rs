//! Our own samples: what they say, what a policy leaves of them.

use paxnorm::model::{MessageKind, Role};
use paxnorm::{Field, Options, Policy, Reader};

use super::{
    PAXLST_TRIP, PNRGOV_TRIP, SAMPLES, bookings, codes, keep_all, list, naive_count, placeless,
    total,
};
use crate::support::{records, shown, table};

fn sample(name: &str) -> &'static [u8] {
    let found = SAMPLES.iter().find(|(file, _)| *file == name);
    found.expect("a sample of this name").1
}

#[test]
fn samples_say_what_the_table_says() {
    let rows = table(include_str!("../data/paxlst/samples.tsv"));
    for (file, bytes) in SAMPLES {
        let bookings = bookings(bytes);
        let own: Vec<_> = rows.iter().filter(|row| row[0] == *file).collect();
        assert!(!own.is_empty(), "{file} has no rows");
        for row in own {
            let booking: usize = row[1].parse().expect("the number of a booking");
            let value = bookings.get(booking - 1);
            let value = value.and_then(|booking| booking.pointer(row[2]));
            assert_eq!(shown(value), row[3], "{file}, {}, {}", row[1], row[2]);
        }
    }
}

#[test]
fn samples_give_the_diagnostics_of_their_deviations() {
    let expected: &[(&str, &[&str])] = &[
        (
            "paxlst-family.edi",
            &[
                "unreadable-date",
                "locator-repeated",
                "unmapped",
                "unmapped",
            ],
        ),
        ("paxlst-crew.edi", &["locator-repeated"]),
        ("paxlst-old-form.edi", &[]),
        (
            "paxlst-telex.edi",
            &[
                "outside-interchange",
                "part-of-several",
                "outside-interchange",
            ],
        ),
    ];
    for (file, expected) in expected {
        assert_eq!(codes(&keep_all(sample(file))), *expected, "{file}");
    }
}

#[test]
fn every_datum_of_the_samples_is_read_once() {
    for (file, bytes) in SAMPLES {
        for policy in [Policy::keep_all(), Policy::eu_pnr()] {
            let data = total(&records(bytes, policy));
            assert_eq!(data.read, naive_count(bytes), "{file}");
        }
    }
}

#[test]
fn a_telex_reads_as_the_list_that_it_wraps() {
    let raw: Vec<_> = bookings(sample("paxlst-telex.edi"));
    let clean = bookings(include_bytes!("../data/paxlst/telex-clean.edi"));
    let placeless = |all: Vec<_>| -> Vec<_> { all.into_iter().map(placeless).collect() };
    assert_eq!(placeless(raw), placeless(clean));
}

#[test]
fn one_trip_is_equal_as_pnrgov_and_as_paxlst() {
    let (pnrgov, paxlst) = (bookings(PNRGOV_TRIP), bookings(PAXLST_TRIP));
    assert_eq!((pnrgov.len(), paxlst.len()), (1, 1));
    for row in table(include_str!("../data/paxlst/same-trip.tsv")) {
        let (one, other) = (pnrgov[0].pointer(row[0]), paxlst[0].pointer(row[0]));
        assert_eq!(shown(one), row[1], "PNRGOV {}", row[0]);
        assert_eq!(shown(other), row[1], "PAXLST {}", row[0]);
    }
}

#[test]
fn formats_are_told_apart_by_content_and_mixed() {
    let open = |bytes| Reader::new(bytes).expect("known").format().to_owned();
    assert_eq!(open(PNRGOV_TRIP), "pnrgov");
    assert_eq!(open(PAXLST_TRIP), "paxlst");
    for (first, second) in [(PNRGOV_TRIP, PAXLST_TRIP), (PAXLST_TRIP, PNRGOV_TRIP)] {
        let mixed = [first, second].concat();
        let kinds: Vec<_> = keep_all(&mixed)
            .into_iter()
            .filter_map(|record| record.booking?.provenance.message)
            .collect();
        assert_eq!(kinds.len(), 2);
        assert!(kinds.contains(&MessageKind::Pnrgov) && kinds.contains(&MessageKind::Paxlst));
    }
    // In one interchange.
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("text");
    let (pnrgov, paxlst) = (text(PNRGOV_TRIP), text(PAXLST_TRIP));
    let message = &paxlst[paxlst.find("UNH").expect("UNH")..paxlst.find("UNZ").expect("UNZ")];
    let mixed = pnrgov.replace("UNZ+1", &format!("{message}UNZ+2"));
    assert_eq!(bookings(mixed.as_bytes()).len(), 2);
}

#[test]
fn crew_are_refused_and_counted_as_withheld() {
    let bytes = sample("paxlst-crew.edi");
    let records = records(bytes, Policy::eu_pnr());
    let kept: Vec<_> = records
        .iter()
        .filter_map(|it| it.booking.as_ref())
        .collect();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].passengers[0].role, Some(Role::Passenger));
    let refused: Vec<_> = records
        .iter()
        .filter(|record| codes(std::slice::from_ref(record)).contains(&"person-refused"))
        .collect();
    assert_eq!(refused.len(), 2);
    for record in refused {
        assert!(record.booking.is_none() && record.provenance.is_some());
        let diagnostic = record.diagnostics.last().expect("the refusal");
        assert_eq!(diagnostic.field, Some(Field::PassengerRole));
        let place = diagnostic.location.slice(bytes).expect("inside the input");
        assert!(place.starts_with(b"NAD"));
    }
    // Of the pilot without a leg before it, everything is withheld.
    let second = &records[1].data;
    assert_eq!(
        (second.mapped, second.withheld, second.unmapped),
        (0, 13, 0)
    );
    assert_eq!(
        keep_all(bytes)
            .iter()
            .filter(|it| it.booking.is_some())
            .count(),
        3
    );
}

#[test]
fn a_booking_is_withheld_only_when_nobody_is_left() {
    let mut booking = keep_all(PAXLST_TRIP)
        .into_iter()
        .find_map(|record| record.booking)
        .expect("a booking");
    booking.passengers[0].role = Some(Role::Crew);
    Policy::eu_pnr().apply(&mut booking);
    assert_eq!(booking.passengers.len(), 1);
    assert_eq!(booking.passengers[0].id.get(), 2);
    assert_eq!(booking.seats.len(), 1);
    assert!(booking.bags.is_empty());
    let json = serde_json::to_string(&booking).expect("JSON");
    assert!(!json.contains("ANNA"), "{json}");
}

#[test]
fn answers_and_status_updates_are_no_lists() {
    let records = keep_all(sample("paxlst-interactive.edi"));
    let persons: usize = records
        .iter()
        .filter_map(|it| it.booking.as_ref())
        .map(|booking| booking.persons())
        .sum();
    assert_eq!(persons, 2);
    let reported = codes(&records);
    assert_eq!(
        reported
            .iter()
            .filter(|code| **code == "not-bookings")
            .count(),
        2
    );
    assert!(!reported.contains(&"unknown-segment"), "{reported:?}");
    let answer = records
        .iter()
        .filter_map(|record| record.provenance.as_ref())
        .find(|provenance| provenance.message == Some(MessageKind::Cusres))
        .expect("the record of the answer");
    assert_eq!(answer.function.as_deref(), Some("962"));
    assert_eq!(answer.response.as_deref(), Some("0"));
    assert_eq!(answer.transaction.as_deref(), Some("CP0001"));
}

#[test]
fn the_count_of_the_list_is_in_the_record_of_its_trailer() {
    let records = keep_all(sample("paxlst-family.edi"));
    let declared: Vec<_> = records
        .iter()
        .filter_map(|record| record.provenance.as_ref()?.declared)
        .collect();
    assert_eq!(declared, [212]);
}

/// Names and locators of the bookings of a list, `+` between persons.
fn shapes(segments: &str, options: &Options<'_>) -> Vec<String> {
    let bytes = list(segments);
    let reader = Reader::with(&bytes[..], options).expect("known");
    reader
        .filter_map(|record| record.expect("whole").booking)
        .map(|booking| {
            let names = booking.passengers.iter();
            let names = names.map(|it| it.name.surname.as_deref().unwrap_or_default().to_owned());
            names.collect::<Vec<_>>().join("+")
        })
        .collect()
}

#[test]
fn neighbours_of_one_locator_are_one_booking() {
    let options = Options {
        policy: Policy::keep_all(),
        ..Options::default()
    };
    let person = |name: &str, locator: &str| match locator {
        "" => format!("NAD+FL+++{name}'ATT+2++F'"),
        _ => format!("NAD+FL+++{name}'RFF+AVF:{locator}'ATT+2++F'"),
    };
    type Row<'t> = (&'t [(&'t str, &'t str)], &'t [&'t str]);
    let rows: &[Row<'_>] = &[
        (&[("A", "1"), ("B", "1"), ("C", "1")], &["A+B+C"]),
        (&[("A", "1"), ("B", "2"), ("C", "1")], &["A", "B", "C"]),
        (&[("A", ""), ("B", "")], &["A", "B"]),
        (&[("A", "1"), ("B", ""), ("C", "1")], &["A", "B", "C"]),
        (
            &[("A", "1"), ("B", "1"), ("C", "2"), ("D", "2")],
            &["A+B", "C+D"],
        ),
    ];
    for (persons, expected) in rows {
        let segments: String = persons
            .iter()
            .map(|(name, locator)| person(name, locator))
            .collect();
        assert_eq!(shapes(&segments, &options), *expected);
    }
    let crew = "NAD+FM+++A'RFF+AVF:1'NAD+FL+++B'RFF+AVF:1'NAD+DDU+++C'RFF+AVF:1'";
    assert_eq!(shapes(crew, &options), ["A", "B+C"]);
}

#[test]
fn a_group_without_end_is_given_in_bookings_of_bounded_size() {
    let segments = "NAD+FL+++ERIKSSON'RFF+AVF:ABC123'".repeat(1201);
    let records = keep_all(&list(&segments));
    let sizes: Vec<_> = records
        .iter()
        .filter_map(|record| Some(record.booking.as_ref()?.passengers.len()))
        .collect();
    assert_eq!(sizes, [500, 500, 201]);
    let repeated = codes(&records);
    assert_eq!(
        repeated
            .iter()
            .filter(|code| **code == "locator-repeated")
            .count(),
        2
    );
}
