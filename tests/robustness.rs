//! Whatever comes in: no panic, no hang, every datum accounted for, and the same records however
//! the input is cut.

mod support;

#[path = "robustness/hostile.rs"]
mod hostile;
#[path = "robustness/oracle.rs"]
mod oracle;
#[path = "robustness/pieces.rs"]
mod pieces;
#[path = "robustness/reading.rs"]
mod reading;
#[path = "robustness/steps.rs"]
mod steps;
#[path = "../benches/synth/mod.rs"]
mod synth;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use paxnorm::diagnostic::Place;
use paxnorm::format::Pnrgov;
use paxnorm::{Code, Input, Options, Policy, Reader, Record};

use hostile::Shape;
use pieces::Pieces;
use reading::{Dice, Outcome, POLICIES, Sample, all, drain, own, read, shared};
use steps::steps;

/// A large sample as several small ones: what leads its first booking, then one booking each.
fn by_booking(bytes: &[u8]) -> Vec<Vec<u8>> {
    const SMALL: usize = 4_000;
    let ranges: Vec<(usize, usize)> = Reader::new(bytes)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|record| record.booking?.range)
        .filter_map(|range| {
            Some((
                usize::try_from(range.start?).ok()?,
                usize::try_from(range.end?).ok()?,
            ))
        })
        .collect();
    let lead = &bytes[..ranges.first().map_or(0, |(start, _)| *start)];
    if bytes.len() <= SMALL || ranges.len() < 2 {
        return vec![bytes.to_vec()];
    }
    ranges
        .iter()
        .map(|(start, end)| [lead, &bytes[*start..*end]].concat())
        .collect()
}

#[test]
fn truncation_at_every_byte_costs_the_cut_booking_alone() {
    for sample in all() {
        for bytes in by_booking(&sample.bytes) {
            truncate(&sample, &bytes);
        }
    }
}

fn truncate(sample: &Sample, bytes: &[u8]) {
    let whole = read(bytes, Policy::keep_all());
    // One booking with a long history: a prime step still meets every kind of place.
    let step = if bytes.len() > 8_000 { 13 } else { 1 };
    for cut in (0..bytes.len()).step_by(step) {
        let read = read(&bytes[..cut], Policy::keep_all());
        // Neighbours of one locator are one booking in a list: the cut person may stand alone.
        let open = if sample.is_list() { 2 } else { 1 };
        let complete = read.bookings.len().saturating_sub(open);
        assert!(
            read.bookings.get(..complete) == whole.bookings.get(..complete),
            "{} cut at {cut}: a booking before the last one changed",
            sample.path.display()
        );
    }
}

/// One change at a random place, of separators above all.
fn mutate(bytes: &mut Vec<u8>, dice: &mut Dice) {
    const SEPARATORS: &[u8] = b"'+:?'+:?*/ \n\0\xE2\x80\x99UNA";
    let separators: Vec<usize> = (0..bytes.len())
        .filter(|at| b"'+:?/".contains(&bytes[*at]))
        .collect();
    let at = match separators.get(dice.roll(separators.len())) {
        Some(at) if dice.roll(3) > 0 => *at,
        _ => dice.roll(bytes.len() + 1),
    };
    let near = at.min(bytes.len().saturating_sub(1));
    match dice.roll(6) {
        0 if !bytes.is_empty() => bytes[near] ^= 1 << dice.roll(8),
        1 if !bytes.is_empty() => bytes[near] = SEPARATORS[dice.roll(SEPARATORS.len())],
        2 if !bytes.is_empty() => drop(bytes.remove(near)),
        3 => bytes.insert(at, SEPARATORS[dice.roll(SEPARATORS.len())]),
        4 => {
            let end = (at + dice.roll(40)).min(bytes.len());
            let again = bytes[at..end].to_vec();
            bytes.splice(at..at, again);
        }
        _ => {
            let end = (at + dice.roll(40)).min(bytes.len());
            bytes.drain(at..end);
        }
    }
}

#[test]
fn a_hundred_thousand_mutations_are_read() {
    const MUTATIONS: usize = 100_000;
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let samples: Vec<Vec<u8>> = (all().iter())
        .flat_map(|sample| by_booking(&sample.bytes))
        .filter(|bytes| bytes.len() < 3_000)
        .collect();
    let (mut bookings, mut slowest) = (0, Duration::ZERO);
    for round in 0..MUTATIONS {
        let mut bytes = samples[dice.roll(samples.len())].clone();
        for _ in 0..=dice.roll(4) {
            mutate(&mut bytes, &mut dice);
        }
        let begun = Instant::now();
        bookings += read(&bytes, POLICIES[round % 2]()).bookings.len();
        slowest = slowest.max(begun.elapsed());
    }
    println!("{MUTATIONS} mutations, {bookings} bookings, the slowest took {slowest:?}");
    assert!(
        bookings > MUTATIONS / 2,
        "most damage leaves something to read"
    );
    assert!(slowest < Duration::from_secs(5), "one took {slowest:?}");
}

#[test]
fn windows_of_any_length_give_the_same_records() {
    let mut dice = Dice(77);
    for sample in all() {
        let (bytes, path) = (&sample.bytes, sample.path.display());
        let whole = steps(&Pnrgov, bytes, []);
        if bytes.len() < 3_000 {
            assert!(
                steps(&Pnrgov, bytes, 0..bytes.len()) == whole,
                "{path}, byte by byte"
            );
        }
        for round in 0..20 {
            let longest = [3, 40, 700, 5_000][round % 4];
            let mut end = 0;
            let cuts = std::iter::from_fn(|| {
                end += 1 + dice.roll(longest);
                Some(end)
            });
            let cuts: Vec<usize> = cuts.take_while(|end| *end < bytes.len()).collect();
            let cuts = if bytes.len() > 8_000 && longest < 700 {
                Vec::new()
            } else {
                cuts
            };
            assert!(
                steps(&Pnrgov, bytes, cuts) == whole,
                "{path}, pieces up to {longest}, round {round}"
            );
        }
    }
}

/// Reads part by part, each of at least so many bytes.
fn in_parts(bytes: &[u8], least: usize) -> (usize, Vec<String>) {
    let options = Options {
        policy: Policy::keep_all(),
        ..Options::default()
    };
    let (mut parts, mut records) = (0, Vec::new());
    let Ok(mut reader) = Reader::with(bytes, &options) else {
        return (0, records);
    };
    while let Some(part) = reader.split(least) {
        parts += 1;
        for record in part {
            let ended = record.is_err();
            records.push(record.map_or_else(|error| error.to_string(), |record| shown(&record)));
            if ended {
                return (parts, records);
            }
        }
    }
    (parts, records)
}

fn shown(record: &Record) -> String {
    let booking = record.booking.as_ref().map(serde_json::to_string);
    let provenance = record.provenance.as_ref().map(serde_json::to_string);
    let (diagnostics, data) = (&record.diagnostics, record.data);
    format!("{booking:?} {provenance:?} {diagnostics:?} {data:?}")
}

#[test]
fn parts_give_the_records_of_the_whole() {
    let mut dice = Dice(11);
    let mut most = 0;
    for sample in own() {
        for round in 0..8 {
            // Messages one after the other, in one interchange and in several, sound and damaged.
            let mut bytes = sample.bytes.repeat(1 + round % 3);
            if round > 2 {
                mutate(&mut bytes, &mut dice);
            }
            let (_, whole) = in_parts(&bytes, usize::MAX);
            for least in [1, 700, 5_000] {
                let (parts, records) = in_parts(&bytes, least);
                assert_eq!(
                    records,
                    whole,
                    "{} in parts of {least}",
                    sample.path.display()
                );
                most = most.max(parts);
            }
        }
    }
    assert!(most > 3, "samples of several messages are split");
}

#[test]
fn a_stream_gives_the_records_of_the_slice() {
    let traffic = synth::pnrgov(&synth::DENSE, 11, 250);
    let samples = all().into_iter().map(|sample| sample.bytes);
    for (number, bytes) in samples.chain([traffic]).enumerate() {
        for policy in POLICIES {
            let whole = read(&bytes, policy());
            for longest in [1, 97, 70_000] {
                let dice = Dice(1 + number as u64);
                let stream = Pieces {
                    bytes: &bytes,
                    longest,
                    dice,
                };
                let input = Input::Stream(Box::new(stream));
                let streamed = drain(input, bytes.len(), policy());
                assert!(streamed == whole, "sample {number}, pieces up to {longest}");
            }
        }
    }
}

/// Whether anything of the syntax was repaired, so that the plain reading sees other data.
fn is_repaired(outcome: &Outcome) -> bool {
    let numbers = outcome.diagnostics.iter().map(|doubt| doubt.code.number());
    outcome.error.is_some()
        || numbers
            .into_iter()
            .any(|number| (101..=108).contains(&number))
}

#[test]
fn every_datum_of_clean_input_is_read() {
    let mut clean = 0;
    let traffic = synth::pnrgov(&synth::DENSE, 5, 500);
    let samples = all().into_iter().map(|sample| (sample.path, sample.bytes));
    for (path, bytes) in samples.chain([("generated".into(), traffic)]) {
        let outcome = read(&bytes, Policy::keep_all());
        if is_repaired(&outcome) || !oracle::can_read(&bytes) {
            continue;
        }
        clean += 1;
        let path = path.display();
        assert_eq!(outcome.total().read, oracle::data(&bytes), "{path}");
    }
    println!("{clean} clean inputs");
    assert!(clean > 70, "{clean} clean inputs");
}

#[test]
fn little_of_the_shared_samples_has_no_place() {
    let outcomes: Vec<Outcome> = (shared().iter())
        .map(|sample| read(&sample.bytes, Policy::keep_all()))
        .collect();
    let mut total = paxnorm::Data::default();
    let mut tags: BTreeMap<String, u32> = BTreeMap::new();
    for outcome in &outcomes {
        total += outcome.total();
        for doubt in outcome
            .diagnostics
            .iter()
            .filter(|doubt| doubt.code == Code::Unmapped)
        {
            let tag = match &doubt.location.place {
                Place::Segment { tag, .. } => tag.to_string(),
                _ => "none".to_owned(),
            };
            *tags.entry(tag).or_default() += 1;
        }
    }
    println!("{total:?}; unmapped by tag: {tags:?}");
    assert!(
        total.unmapped * 50 <= total.read,
        "more than 2 % has no place"
    );
    assert!(
        total.as_text * 100 <= total.read * 15,
        "more than 15 % is whole text"
    );
}

#[test]
fn little_of_generated_traffic_has_no_place() {
    let total = read(&synth::pnrgov(&synth::DENSE, 3, 300), Policy::keep_all()).total();
    println!("{total:?}");
    assert!(
        total.unmapped * 50 <= total.read,
        "more than 2 % has no place"
    );
}

fn time(bytes: &[u8]) -> Duration {
    let begun = Instant::now();
    read(bytes, Policy::keep_all());
    begun.elapsed()
}

/// How long a shape takes, and four times as much of it: the shortest of several readings, for
/// the machine may be busy. Enough of them once the growth is seen to be even.
fn growth(shape: &Shape) -> (Duration, Duration) {
    let (one, four) = ((shape.make)(shape.size), (shape.make)(4 * shape.size));
    let (mut short, mut long) = (Duration::MAX, Duration::MAX);
    for _ in 0..5 {
        short = short.min(time(&one));
        long = long.min(time(&four));
        if !is_steep(short, long) {
            break;
        }
    }
    (short, long)
}

/// Four times the input may take nine times as long on a busy machine; sixteen is a square. What
/// is over in a moment tells nothing.
fn is_steep(one: Duration, four: Duration) -> bool {
    four > Duration::from_millis(90) && four > 9 * one
}

fn grows_with_its_input(shapes: &[Shape]) {
    let mut steep = Vec::new();
    for shape in shapes {
        let (one, four) = growth(shape);
        let told = format!("{}: {one:?}, four times as much {four:?}", shape.name);
        println!("{told}");
        steep.extend(is_steep(one, four).then_some(told));
    }
    assert!(steep.is_empty(), "{steep:#?}");
}

#[test]
fn hostile_input_costs_what_its_length_says() {
    grows_with_its_input(hostile::SHAPES);
}

#[test]
fn lists_within_one_segment_cost_what_their_length_says() {
    grows_with_its_input(hostile::STEEP);
}

#[test]
fn copies_of_a_long_value_do_not_fill_the_memory() {
    let bytes = hostile::a_long_surname_for_many();
    let outcome = read(&bytes, Policy::keep_all());
    let written: usize = outcome.bookings.iter().map(String::len).sum();
    assert!(
        written < 100 * bytes.len(),
        "{written} bytes from {}",
        bytes.len()
    );
}

#[test]
fn ids_tell_items_apart() {
    let records = bookings_of(&hostile::more_travellers_than_ids());
    for booking in records {
        let mut ids: Vec<u16> = booking.passengers.iter().map(|p| p.id.get()).collect();
        let all = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), all, "two travellers share an id");
    }
}

fn bookings_of(bytes: &[u8]) -> Vec<paxnorm::Booking> {
    let records = Reader::new(bytes).into_iter().flatten().flatten();
    records
        .filter_map(|record| Some(*record.booking?))
        .collect()
}

/// Ids are of sixteen bits: legs beyond them go without one, and seats on them are read.
#[test]
fn legs_beyond_the_last_id_are_read() {
    let leg = "TVL+270526:1430+BRU+LHR+XX+602'";
    let seat = "SSR+SEAT:HK:1:XX:::BRU:LHR+14A::1'";
    let bytes = format!(
        "UNB+IATA:1+XX+UTO+260520:0439+1'UNH+1+PNRGOV:11:1:IA'MSG+:22'SRC'RCI+XX:ABC123'\
         TIF+MAES+SOFIE:A:1'{}{seat}UNT+9+1'UNZ+1+1'",
        leg.repeat(65_540)
    );
    let booking = bookings_of(bytes.as_bytes()).pop().expect("a booking");
    assert_eq!(booking.legs.len(), 65_540);
    assert_eq!(booking.seats[0].number.as_deref(), Some("14A"));
    assert!(booking.seats[0].leg.is_none());
}
