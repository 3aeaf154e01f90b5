//! Damage, hostile input, and every way of cutting the input.

use std::io::Read;
use std::time::{Duration, Instant};

use paxnorm::{Input, Options, Policy, Reader, Record};

use super::{PAXLST_TRIP, SAMPLES, keep_all, list, total};

/// Reads whatever there is; the account is true, and nothing panics.
fn survive(bytes: &[u8], policy: &Policy) -> usize {
    let options = Options {
        policy,
        ..Options::default()
    };
    let Ok(reader) = Reader::with(bytes, &options) else {
        return 0;
    };
    let records: Vec<_> = reader.map_while(Result::ok).collect();
    total(&records);
    records
        .iter()
        .filter(|record| record.booking.is_some())
        .count()
}

#[test]
fn a_list_cut_at_any_byte_is_read_as_far_as_it_goes() {
    for (file, bytes) in SAMPLES.iter().chain([&("same-trip", PAXLST_TRIP)]) {
        let whole = survive(bytes, Policy::keep_all());
        let mut before = 0;
        for end in 0..=bytes.len() {
            let found = survive(&bytes[..end], Policy::keep_all());
            // Whoever is cut before the locator is a booking of their own.
            assert!(found <= whole + 1, "{file} cut at {end}");
            before = found;
        }
        assert_eq!(before, whole, "{file}");
    }
}

/// A small generator of numbers, so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

const BYTES: &[u8] = b"'+:?*#\r\n 09AZ\xC3\xFF\0NADRFFLOC";

#[test]
fn mutations_never_panic_and_keep_the_account() {
    let mut dice = Dice(0x5EED_1234_5678_9ABC);
    for (_, bytes) in SAMPLES {
        for _ in 0..400 {
            let mut mutant = bytes.to_vec();
            for _ in 0..=dice.below(8) {
                let at = dice.below(mutant.len());
                match dice.below(3) {
                    0 => mutant[at] = BYTES[dice.below(BYTES.len())],
                    1 => drop(mutant.remove(at)),
                    _ => mutant.insert(at, BYTES[dice.below(BYTES.len())]),
                }
            }
            survive(&mutant, Policy::keep_all());
            survive(&mutant, Policy::eu_pnr());
        }
    }
}

/// Gives so many bytes at a time.
struct Drip<'a> {
    bytes: &'a [u8],
    step: usize,
}

impl Read for Drip<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.step.min(self.bytes.len()).min(buffer.len());
        let (now, later) = self.bytes.split_at(count);
        buffer[..count].copy_from_slice(now);
        self.bytes = later;
        Ok(count)
    }
}

fn dripped(bytes: &[u8], step: usize) -> Vec<Record> {
    let options = Options {
        policy: Policy::keep_all(),
        ..Options::default()
    };
    let input: Box<dyn Read + Send + '_> = Box::new(Drip { bytes, step });
    let reader = Reader::with(Input::Stream(input), &options).expect("known");
    reader.map(|record| record.expect("whole")).collect()
}

fn assert_same(one: &[Record], other: &[Record], what: &str) {
    assert_eq!(one.len(), other.len(), "{what}");
    for (one, other) in one.iter().zip(other) {
        assert_eq!(one.booking, other.booking, "{what}");
        assert_eq!(one.diagnostics, other.diagnostics, "{what}");
        assert_eq!(one.data, other.data, "{what}");
        assert_eq!(one.provenance, other.provenance, "{what}");
    }
}

#[test]
fn every_way_of_cutting_gives_the_same_records() {
    for (file, bytes) in SAMPLES {
        let whole = keep_all(bytes);
        for step in (1..20).chain([61, 64, 997]) {
            let what = format!("{file} by {step}");
            assert_same(&whole, &dripped(bytes, step), &what);
        }
    }
}

/// Lists longer than a window: persons, and groups of them, lie across its end.
#[test]
fn windows_may_end_anywhere_in_a_group() {
    let mut segments = String::from("TDT+20+XX602'LOC+125+BRU'LOC+87+LHR'");
    for number in 0..6000 {
        let locator = number / (1 + number % 7);
        segments.push_str(&format!(
            "NAD+FL+++NAME{number}'ATT+2++F'RFF+AVF:L{locator}'DOC+P+{number}'"
        ));
    }
    let bytes = list(&segments);
    assert!(bytes.len() > 4 << 16);
    let whole = keep_all(&bytes);
    for step in [1 << 10, 7777, 1 << 16] {
        assert_same(&whole, &dripped(&bytes, step), &format!("by {step}"));
    }
}

/// The lists that would cost most if anything were looked at again and again.
#[test]
fn hostile_lists_are_read_in_linear_time() {
    let lists = [
        (
            "flights",
            "TDT+20+XX602'LOC+92+BRU'".repeat(20_000) + &"NAD+FL+++A'".repeat(20_000),
        ),
        ("one locator", "NAD+FL+++A'RFF+AVF:A'".repeat(20_000)),
        ("no locator", "NAD+FL+++A'".repeat(40_000)),
        ("contacts", "COM+1:TE'".repeat(40_000)),
        (
            "documents",
            format!("NAD+FL+++A'{}", "DOC+P+1'".repeat(40_000)),
        ),
        (
            "tags",
            format!("NAD+FL+++A'{}", "FTX+BAG+++XX123456'".repeat(40_000)),
        ),
        (
            "locators",
            format!(
                "NAD+FL+++A'{}",
                (0..2_000)
                    .map(|n| format!("RFF+AVF:{n}'"))
                    .collect::<String>()
            ),
        ),
        (
            "elements",
            format!("NAD+FL+++A'COM{}'", "+1:TE".repeat(40_000)),
        ),
    ];
    for (what, segments) in lists {
        let started = Instant::now();
        survive(&list(&segments), Policy::keep_all());
        let took = started.elapsed();
        assert!(took < Duration::from_secs(20), "{what} took {took:?}");
    }
}

#[test]
fn a_flight_has_no_more_legs_than_a_booking_can_repeat() {
    let segments = "TDT+20+XX602'".repeat(5000) + "NAD+FL+++A'";
    let records = keep_all(&list(&segments));
    let legs = records
        .iter()
        .find_map(|it| Some(it.booking.as_ref()?.legs.len()));
    assert_eq!(legs, Some(99));
    assert!(super::codes(&records).contains(&"count-absurd"));
}

/// Telex cuts lines at 64 to 69 columns, inside tags and values.
#[test]
fn lines_cut_anywhere_change_nothing() {
    let placeless = |bytes: &[u8]| -> Vec<_> {
        let bookings = super::bookings(bytes).into_iter();
        bookings.map(super::placeless).collect()
    };
    for (file, bytes) in SAMPLES.iter().filter(|(file, _)| !file.contains("telex")) {
        let solid: Vec<u8> = bytes
            .iter()
            .copied()
            .filter(|byte| !b"\r\n".contains(byte))
            .collect();
        let whole = placeless(&solid);
        assert!(!whole.is_empty());
        for width in 64..=69 {
            let lines: Vec<&[u8]> = solid.chunks(width).collect();
            let wrapped = [
                b"QP UTOAPXX\r\n.XXDCSXX 130631\r\n",
                &*lines.join(&b"\r\n"[..]),
            ]
            .concat();
            assert_eq!(placeless(&wrapped), whole, "{file} at {width} columns");
        }
    }
}
