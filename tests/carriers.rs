//! The files of carriers in the shared corpus, each beside what a person read in it.

mod support;

use paxnorm::format::mapping::SHIPPED;
use paxnorm::{Code, Options, Policy, Reader};
use support::{records, shared, table};

/// For each file and booking the persons and legs, as a person wrote them down.
const EXPECTED: &str = include_str!("data/carriers/expected.tsv");

#[test]
fn every_shipped_mapping_is_a_sound_document() {
    for shipped in SHIPPED {
        let mapping: Result<paxnorm::format::Mapping, _> = serde_json::from_str(shipped.document());
        let mapping = mapping.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(mapping.draft().name, shipped.mapping().draft().name);
    }
}

fn persons(booking: &paxnorm::Booking) -> String {
    let names = booking.passengers.iter().map(|person| {
        let name = &person.name;
        let parts = [&name.surname, &name.given, &name.full];
        let parts: Vec<_> = parts
            .into_iter()
            .flatten()
            .map(|part| part.as_str())
            .collect();
        parts.join("/")
    });
    names.collect::<Vec<_>>().join("|")
}

fn legs(booking: &paxnorm::Booking) -> String {
    let stop = |stop: &paxnorm::model::Stop| {
        stop.code
            .clone()
            .or(stop.name.clone())
            .unwrap_or_default()
            .to_string()
    };
    let legs = booking.legs.iter().map(|leg| {
        let departure = leg.departure.map(|at| at.to_string()).unwrap_or_default();
        format!("{}>{} {departure}", stop(&leg.from), stop(&leg.to))
            .trim()
            .to_owned()
    });
    legs.collect::<Vec<_>>().join("|")
}

#[test]
fn files_of_carriers_give_their_persons_and_legs() {
    let Some(folder) = shared("corpus/carriers") else {
        return;
    };
    let mut wrong = Vec::new();
    let rows = table(EXPECTED);
    for file in rows
        .iter()
        .map(|row| row[0])
        .collect::<std::collections::BTreeSet<_>>()
    {
        let bytes = std::fs::read(folder.join(file)).expect("a file of the corpus");
        let reader = Reader::with(
            &*bytes,
            &Options {
                policy: Policy::keep_all(),
                ..Options::default()
            },
        );
        let reader = match reader {
            Ok(reader) => reader,
            Err(error) => {
                wrong.push(format!("{file}: {error}"));
                continue;
            }
        };
        let format = reader.format().to_owned();
        let mut found = Vec::new();
        for record in reader {
            let record = record.expect("whole");
            let data = record.data;
            assert_eq!(data.read, data.mapped + data.withheld + data.unmapped);
            let named = record
                .diagnostics
                .iter()
                .filter(|doubt| doubt.code == Code::Unmapped);
            assert_eq!(data.unmapped as usize, named.count(), "{file}");
            if let Some(booking) = record.booking {
                let locator = booking
                    .locators
                    .first()
                    .and_then(|locator| locator.value.clone());
                found.push(
                    [
                        file.to_owned(),
                        format.clone(),
                        locator.unwrap_or_default().to_string(),
                        persons(&booking),
                        legs(&booking),
                    ]
                    .join("\t"),
                );
            }
        }
        let expected: Vec<_> = rows
            .iter()
            .filter(|row| row[0] == file)
            .map(|row| row.join("\t"))
            .collect();
        if found != expected {
            wrong.push(format!(
                "{file}:\n  found\n{}\n  expected\n{}",
                found.join("\n"),
                expected.join("\n")
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn crew_are_refused_unless_everything_is_kept() {
    let Some(path) = shared("corpus/carriers/ferry-fal5-nsw-crew-list.csv") else {
        return;
    };
    let bytes = std::fs::read(path).expect("a file of the corpus");
    let refused = records(&bytes, Policy::eu_pnr());
    assert!(refused.iter().all(|record| record.booking.is_none()));
    assert!(refused.iter().all(|record| {
        record
            .diagnostics
            .iter()
            .any(|doubt| doubt.code == Code::PersonRefused)
    }));
    assert_eq!(
        records(&bytes, Policy::keep_all())
            .iter()
            .filter(|record| record.booking.is_some())
            .count(),
        2
    );
}
