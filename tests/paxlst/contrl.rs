//! The answer to an interchange.

use std::sync::Arc;

use paxnorm::Diagnostic;
use paxnorm::diagnostic::Place;
use paxnorm::edifact::contrl;
use paxnorm::model::{Provenance, Timestamp};

use super::keep_all;

fn answer(bytes: &[u8]) -> String {
    let mut messages: Vec<Arc<Provenance>> = Vec::new();
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    for record in keep_all(bytes) {
        messages.extend(record.provenance);
        messages.extend(record.booking.map(|booking| booking.provenance));
        diagnostics.extend(record.diagnostics);
    }
    let day = Timestamp::new(2026, 5, 27).expect("a day");
    let prepared = day.at(15, 0, None).expect("a time");
    let messages = messages.iter().map(|message| &**message);
    contrl("C1", prepared, messages, &diagnostics)
}

/// Interchanges, and what answers them between header and trailer.
const ANSWERS: &[(&str, &str)] = &[
    (
        "UNB+UNOA:4+XX+UTO+260520:0439+1'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'NAD+FL+++A'UNT+4+1'UNZ+1+1'",
        "UCI+1+XX+UTO+7'UCM+1+PAXLST:D:05B:UN:IATA+7'",
    ),
    // An error in an element, one in a segment, one in the trailer.
    (
        "UNB+UNOA:4+XX+UTO+260520:0439+1'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'NAD+FL+++A'DTM+329:690230'QQQ+1'UNT+7+1'UNZ+1+1'",
        "UCI+1+XX+UTO+7'UCM+1+PAXLST:D:05B:UN:IATA+7+29+UNT+2:1'UCS+4'UCD+12+2:2'UCS+5+15'",
    ),
    // A group, qualifiers, and characters that must be released.
    (
        "UNB+UNOA:4+X?+X:ZZ+UTO+260520:0439+1'UNG+PAXLST+GX+GU+260520:0439+9+UN+D:05B'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'NAD+FL+++A'UNT+4+1'UNE+1+9'UNZ+1+1'",
        "UCI+1+X?+X:ZZ+UTO+7'UCF+9+GX+GU+7'UCM+1+PAXLST:D:05B:UN:IATA+7'",
    ),
    // The interchange counts its groups, not the messages in them.
    (
        "UNB+UNOA:4+XX+UTO+260520:0439+1'UNG+PAXLST+GX+GU+260520:0439+9+UN+D:05B'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'NAD+FL+++A'UNT+4+1'UNH+2+PAXLST:D:05B:UN:IATA'BGM+745'NAD+FL+++B'UNT+4+2'UNE+2+9'UNZ+1+1'",
        "UCI+1+XX+UTO+7'UCF+9+GX+GU+7'UCM+1+PAXLST:D:05B:UN:IATA+7'UCM+2+PAXLST:D:05B:UN:IATA+7'",
    ),
    // The trailer of the interchange counts otherwise.
    (
        "UNB+UNOA:4+XX+UTO+260520:0439+1'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'NAD+FL+++A'UNT+4+1'UNZ+3+1'",
        "UCI+1+XX+UTO+7+29+UNZ+2:1'UCM+1+PAXLST:D:05B:UN:IATA+7'",
    ),
    // A message that nobody reads, beside one that is read twice.
    (
        "UNB+UNOA:4+XX+UTO+260520:0439+1'UNH+1+QQQQQQ:D:05B:UN'UNT+2+1'UNH+2+PAXLST:D:05B:UN:IATA'BGM+745'NAD+FL+++A'NAD+FL+++B'UNT+5+2'UNZ+2+1'",
        "UCI+1+XX+UTO+7'UCM+1+QQQQQQ:D:05B:UN+4+14+UNH+3:1'UCM+2+PAXLST:D:05B:UN:IATA+7'",
    ),
];

#[test]
fn answers_say_what_was_wrong_and_where() {
    for (bytes, expected) in ANSWERS {
        let answer = answer(bytes.as_bytes());
        let body = answer.split_once("CONTRL:4:1:UN'").expect("a header").1;
        let body = body.rsplit_once("UNT+").expect("a trailer").0;
        assert_eq!(body, *expected, "{bytes}");
    }
}

/// A format of somebody's own may know the element and not the component, or neither.
#[test]
fn a_place_is_told_as_far_as_it_is_known() {
    let bytes = b"UNB+UNOA:4+XX+UTO+260520:0439+1'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'NAD+FL+++A'DTM+329:690230'UNT+5+1'UNZ+1+1'";
    let records = keep_all(bytes);
    let known: Vec<Diagnostic> = records
        .iter()
        .flat_map(|one| one.diagnostics.clone())
        .collect();
    let messages = records.iter().filter_map(|one| one.booking.as_ref());
    let messages: Vec<_> = messages
        .map(|booking| Arc::clone(&booking.provenance))
        .collect();
    let day = Timestamp::new(2026, 5, 27).expect("a day");
    let prepared = day.at(15, 0, None).expect("a time");
    for (at, expected) in [
        ((1, 2), "UCD+12+2:2'"),
        ((1, 0), "UCD+12+2'"),
        ((0, 2), "UCS+4+12'"),
        ((0, 0), "UCS+4+12'"),
    ] {
        let mut told = known.clone();
        for diagnostic in &mut told {
            if let Place::Segment {
                element, component, ..
            } = &mut diagnostic.location.place
            {
                (*element, *component) = at;
            }
        }
        let answer = contrl("C1", prepared, messages.iter().map(|one| &**one), &told);
        assert!(answer.contains(expected), "{at:?}: {answer}");
    }
}

#[test]
fn an_answer_is_an_interchange_that_the_library_reads() {
    for (file, bytes) in super::SAMPLES {
        let answer = answer(bytes);
        let records = keep_all(answer.as_bytes());
        let codes = super::codes(&records);
        let known = codes
            .iter()
            .all(|code| matches!(*code, "not-bookings" | "unmapped"));
        assert!(known, "{file}: {codes:?}");
        assert!(records.iter().all(|record| record.booking.is_none()));
    }
}

#[test]
fn older_syntax_is_answered_in_its_own_version() {
    let answer = answer(super::SAMPLES[3].1);
    assert!(
        answer.starts_with("UNB+UNOA:1+UTOC:UT+XX:UT+260527:1500+C1'UNH+1+CONTRL:D:3:UN'"),
        "{answer}"
    );
}
