//! PAXLST: the shared samples and our own, value by value; crew, answers and
//! status updates; damage, and every way of cutting the input.

mod support;

#[path = "paxlst/contrl.rs"]
mod contrl;
#[path = "paxlst/corpus.rs"]
mod corpus;
#[path = "paxlst/grammar.rs"]
mod grammar;
#[path = "paxlst/hostile.rs"]
mod hostile;
#[path = "paxlst/samples.rs"]
mod samples;

use paxnorm::{Data, Policy, Record};
use serde_json::Value;

/// Our own samples.
const SAMPLES: &[(&str, &[u8])] = &[
    (
        "paxlst-family.edi",
        include_bytes!("../examples/data/paxlst-family.edi"),
    ),
    (
        "paxlst-crew.edi",
        include_bytes!("../examples/data/paxlst-crew.edi"),
    ),
    (
        "paxlst-interactive.edi",
        include_bytes!("../examples/data/paxlst-interactive.edi"),
    ),
    (
        "paxlst-old-form.edi",
        include_bytes!("../examples/data/paxlst-old-form.edi"),
    ),
    (
        "paxlst-telex.edi",
        include_bytes!("../examples/data/paxlst-telex.edi"),
    ),
];

const PNRGOV_TRIP: &[u8] = include_bytes!("data/paxlst/same-trip-pnrgov.edi");
const PAXLST_TRIP: &[u8] = include_bytes!("data/paxlst/same-trip-paxlst.edi");

/// A list of 20 May 2026 with these segments between `BGM` and the trailer.
fn list(segments: &str) -> Vec<u8> {
    format!(
        "UNB+UNOA:4+XX+UTO+260520:0439+1'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'{segments}UNT+9+1'UNZ+1+1'"
    )
    .into_bytes()
}

/// Names of the diagnostics of records, in their order.
fn codes(records: &[Record]) -> Vec<&'static str> {
    let diagnostics = records.iter().flat_map(|record| &record.diagnostics);
    diagnostics.map(|found| found.code.name()).collect()
}

/// What became of the data of records; each account is true.
fn total(records: &[Record]) -> Data {
    let mut total = Data::default();
    for record in records {
        let data = record.data;
        assert_eq!(data.read, data.mapped + data.withheld + data.unmapped);
        total += data;
    }
    total
}

/// The data of a list as a naive reader counts them: components that are not
/// blank behind the tags, from `UNB` to `UNZ`, for input without repairs.
fn naive_count(bytes: &[u8]) -> u32 {
    let text = String::from_utf8_lossy(bytes).replace(['\r', '\n'], "");
    let (component, element, terminator) = match text.find("UNA") {
        Some(at) => {
            let marks: Vec<char> = text[at + 3..].chars().take(6).collect();
            (marks[0], marks[1], marks[5])
        }
        None => (':', '+', '\''),
    };
    let body = &text[text.find("UNB").expect("an interchange")..];
    let (mut count, mut filled, mut in_tag, mut released) = (0, false, true, false);
    let mut tag = String::new();
    for c in body.chars() {
        let ends = !released && (c == component || c == element || c == terminator);
        if released {
            (released, filled) = (false, true);
        } else if c == '?' {
            released = true;
        } else if ends {
            count += u32::from(filled && !in_tag);
            (filled, in_tag) = (false, c == terminator);
            if c == terminator {
                if tag.starts_with("UNZ") {
                    return count;
                }
                tag.clear();
            }
        } else {
            filled |= !c.is_whitespace();
        }
        if in_tag && !ends && !c.is_whitespace() {
            tag.push(c);
        }
    }
    count
}

/// Bookings under keep-all, as JSON.
fn bookings(bytes: &[u8]) -> Vec<Value> {
    support::bookings(bytes)
}

/// A booking without its place in the transmission.
fn placeless(mut booking: Value) -> Value {
    booking
        .as_object_mut()
        .expect("a booking is an object")
        .remove("range");
    booking
}

fn keep_all(bytes: &[u8]) -> Vec<Record> {
    support::records(bytes, Policy::keep_all())
}
