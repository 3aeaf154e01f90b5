//! Transmissions in EDIFACT: scan, records, JSON.
//!
//! - `edifact-scan` cuts interchanges into segments, booking by booking, and keeps every place;
//! - `pnrgov-records` reads owned records, with the account of all data and the diagnostics, and
//!   without a policy, as its peer has none;
//! - `pnrgov-filtered` reads them under the default policy;
//! - `pnrgov-ndjson` also writes the latter as JSON, a line each, into memory that is used again;
//! - `paxlst-records` reads records of passenger lists;
//! - `dense-scan`, `dense-records` and `dense-filtered` do as the first three with traffic that is
//!   dearer to read;
//! - `corpus-scan`, `corpus-records` and `corpus-filtered` do so with bookings of the shared corpus,
//!   where that is there.

use std::sync::LazyLock;

use paxnorm::edifact::{
    Charset, Delimiters, Limits, Scanned, Scanner, Search, Tag, find_interchange,
};
use paxnorm::{Booking, Options, Policy, Reader};

use super::{Job, Unit, Work, corpus, prototype, references, synth};

pub(crate) struct Data {
    pnrgov: Vec<u8>,
    dense: Vec<u8>,
    /// Nothing without the shared folder.
    corpus: Option<Vec<u8>>,
    bookings: Vec<Booking>,
    paxlst: Vec<u8>,
    persons: usize,
}

impl Data {
    pub(super) fn new(bookings: usize, persons: usize) -> Data {
        let pnrgov = traffic(&synth::ORDINARY, bookings);
        Data {
            dense: traffic(&synth::DENSE, bookings),
            corpus: corpus::traffic(bookings),
            bookings: each(&pnrgov).map(|booking| *booking).collect(),
            pnrgov,
            paxlst: synth::paxlst(1, persons),
            persons,
        }
    }
}

/// Bookings of all segment kinds, without line breaks, under the syntax identifier UNOA:4, since
/// the peer refuses `IATA:1`.
pub(crate) fn traffic(habits: &'static synth::Habits, bookings: usize) -> Vec<u8> {
    let mut bytes = synth::pnrgov(habits, 1, bookings);
    let at = bytes.windows(6).position(|part| part == b"IATA:1");
    let at = at.expect("the generator writes one");
    bytes[at..at + 6].copy_from_slice(b"UNOA:4");
    bytes
}

pub(super) fn jobs(data: &Data) -> Vec<Job<'_>> {
    let pnrgov = data.pnrgov.as_slice();
    let job = |work, records, references| Job {
        work,
        unit: Unit::Bytes,
        records,
        references,
    };
    let bookings = data.bookings.len();
    let mut jobs = vec![
        job(
            scanning("edifact-scan", pnrgov),
            bookings,
            vec![tokens(pnrgov), delimiters(pnrgov)],
        ),
        job(
            unfiltered("pnrgov-records", pnrgov),
            bookings,
            vec![tokens(pnrgov)],
        ),
        job(
            reading("pnrgov-filtered", pnrgov),
            bookings,
            vec![tokens(pnrgov)],
        ),
        job(
            writing(pnrgov),
            bookings,
            vec![prototype(pnrgov), json_alone(pnrgov, &data.bookings)],
        ),
        job(
            reading("paxlst-records", &data.paxlst),
            data.persons,
            vec![reading("pnrgov-filtered", pnrgov), tokens(&data.paxlst)],
        ),
    ];
    let others = [
        (
            ["dense-scan", "dense-records", "dense-filtered"],
            Some(&data.dense),
        ),
        (
            ["corpus-scan", "corpus-records", "corpus-filtered"],
            data.corpus.as_ref(),
        ),
    ];
    for ([scan, records, filtered], input) in others {
        let Some(input) = input else { continue };
        for work in [
            scanning(scan, input),
            unfiltered(records, input),
            reading(filtered, input),
        ] {
            jobs.push(job(work, bookings, vec![tokens(input)]));
        }
    }
    jobs
}

fn scanning<'a>(name: &'static str, input: &'a [u8]) -> Work<'a> {
    let mut scanner = Scanner::new();
    Work::new(name, input.len(), move || {
        scan(input, &mut scanner, |_, _| {}).0
    })
}

fn reading<'a>(name: &'static str, input: &'a [u8]) -> Work<'a> {
    Work::new(name, input.len(), || each(input).count())
}

/// Reads without a policy.
fn unfiltered<'a>(name: &'static str, input: &'a [u8]) -> Work<'a> {
    Work::new(name, input.len(), || whole(input).count())
}

fn writing(input: &[u8]) -> Work<'_> {
    let mut line = Vec::new();
    Work::new("pnrgov-ndjson", input.len(), move || {
        each(input)
            .map(|booking| written(&booking, &mut line))
            .sum()
    })
}

/// Segments of a reader that resolves release characters and keeps spans, and nothing more.
fn tokens(input: &[u8]) -> Work<'_> {
    Work::new("edifact-rs 0.18, bare tokens", input.len(), || {
        references::peer(input)
    })
}

fn delimiters(input: &[u8]) -> Work<'_> {
    Work::new("count of the four delimiters", input.len(), || {
        references::structural(input) as usize
    })
}

fn prototype(input: &[u8]) -> Work<'_> {
    let mut line = Vec::new();
    Work::new("prototype with serde_json", input.len(), move || {
        prototype::ndjson(input, &mut line)
    })
}

/// Writing alone, of bookings that have been read: what is left when reading costs nothing.
fn json_alone<'a>(input: &[u8], bookings: &'a [Booking]) -> Work<'a> {
    let mut line = Vec::new();
    Work::new("serde_json, bookings read before", input.len(), move || {
        bookings
            .iter()
            .map(|booking| written(booking, &mut line))
            .sum()
    })
}

/// Reads everything to owned records under the default policy: the bookings.
pub(crate) fn each(input: &[u8]) -> impl Iterator<Item = Box<Booking>> {
    let reader = Reader::new(input).expect("the traffic is recognised");
    reader.filter_map(|record| record.expect("the traffic is whole").booking)
}

/// Reads everything to owned records without a policy: the bookings.
pub(crate) fn whole(input: &[u8]) -> impl Iterator<Item = Box<Booking>> {
    static OPTIONS: LazyLock<Options<'static>> = LazyLock::new(|| Options {
        policy: Policy::keep_all(),
        ..Options::default()
    });
    let reader = Reader::with(input, &OPTIONS).expect("the traffic is recognised");
    reader.filter_map(|record| record.expect("the traffic is whole").booking)
}

/// The bytes of a booking as JSON.
pub(crate) fn written(booking: &Booking, line: &mut Vec<u8>) -> usize {
    line.clear();
    serde_json::to_writer(&mut *line, booking).expect("a booking is JSON");
    line.len()
}

/// Scans everything booking by booking; segments and data seen.
pub(crate) fn scan(
    input: &[u8],
    scanner: &mut Scanner,
    mut each: impl FnMut(&Scanner, &Delimiters),
) -> (usize, usize) {
    let stop = |index: usize, tag: Tag| index > 0 && tag == Tag::new(b"SRC");
    let limits = Limits::default();
    let (mut segments, mut data, mut at) = (0, 0, 0);
    while let Search::Found(start) = find_interchange(input, at, true) {
        at = start.unb;
        let mut ended = false;
        while !ended {
            let scanned = scanner.scan(input, at, &start.delimiters, &limits, true, stop);
            let Ok(Scanned::Complete { used }) = scanned else {
                return (segments, data);
            };
            let batch = scanner.segments(input, Charset::Ascii, &start.delimiters);
            segments += batch.len();
            data += batch.data();
            ended = batch
                .get(batch.len().saturating_sub(1))
                .is_none_or(|last| last.tag() == Tag::new(b"UNZ"));
            each(scanner, &start.delimiters);
            at = used;
        }
    }
    (segments, data)
}
