//! Every format as a stream: cut at any byte it gives the same records, and what it holds does not
//! grow with its length.
//!
//! `PAXNORM_STREAM_MIB=256 cargo test --release --test streams` sends as many mebibytes of each
//! format through a pipe; without the variable it is four.

#[path = "robustness/steps.rs"]
mod steps;

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use allocation_counter::measure;
use paxnorm::format::{self, BUILT_IN};
use paxnorm::{Input, Options, Policy, Reader};
use steps::steps;

/// Beyond what the input needs: what a reader may hold at a time.
const MOST: u64 = 2 << 20;

const FOLDERS: &[&str] = &[
    "examples/data",
    "tests/data/quirks",
    "tests/data/pnrgov",
    "tests/data/paxlst",
    "tests/data/mappings",
    "tests/data/canonical",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn options() -> Options<'static> {
    Options {
        policy: Policy::keep_all(),
        ..Options::default()
    }
}

fn built_in() -> BTreeSet<String> {
    let names = BUILT_IN.iter().map(|format| format.name());
    names.map(str::to_owned).collect()
}

/// Files beneath a folder of the project that are transmissions.
fn samples(folder: &str) -> Vec<PathBuf> {
    let endings = ["edi", "csv", "json", "ndjson"];
    let mut found = Vec::new();
    for entry in std::fs::read_dir(root().join(folder)).expect("a folder of samples") {
        let path = entry.expect("a sample").path();
        let ending = path.extension().and_then(|ending| ending.to_str());
        if ending.is_some_and(|ending| endings.contains(&ending)) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Steps through a sample in two windows, the first of any length; gives the name of its format,
/// if it has one.
fn cut_anywhere(path: &Path) -> Option<String> {
    let bytes = std::fs::read(path).expect("a sample");
    let name = Reader::new(&bytes).ok()?.format().to_owned();
    let format = format::named(&name).expect("it is built in");
    let whole = steps(format, &bytes, []);
    for cut in 1..bytes.len() {
        let path = path.display();
        assert!(steps(format, &bytes, [cut]) == whole, "{path} cut at {cut}");
    }
    Some(name)
}

#[test]
fn a_stream_cut_at_any_byte_gives_the_same_records() {
    let paths: Vec<_> = FOLDERS.iter().flat_map(|folder| samples(folder)).collect();
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let found: BTreeSet<String> = std::thread::scope(|scope| {
        let worker = |worker| {
            let mine = paths.iter().skip(worker).step_by(workers);
            scope.spawn(|| {
                mine.filter_map(|path| cut_anywhere(path))
                    .collect::<Vec<_>>()
            })
        };
        let running: Vec<_> = (0..workers).map(worker).collect();
        let ended = running
            .into_iter()
            .map(|one| one.join().expect("no difference"));
        ended.flatten().collect()
    });
    assert_eq!(found, built_in(), "each built-in format has a sample here");
}

/// What stands around the start of an interchange: blanks in places where some may stand, and too
/// many of them, so that it is one or none, whatever part of it a window holds.
#[test]
fn a_start_with_blanks_is_the_same_wherever_it_is_cut() {
    let path = root().join("examples/data/family-with-infants.edi");
    let whole = std::fs::read_to_string(path).expect("a sample");
    let unb = whole.find("UNB").expect("a start");
    let pnrgov = format::named("pnrgov").expect("it is built in");
    for una in ["", "UNA:+.? '", "UNA:+.\\ '"] {
        for (before, after) in [(0, 0), (0, 1), (63, 0), (70, 2)]
            .into_iter()
            .chain((5..15).map(|n| (1, n)))
        {
            let (before, after) = (" ".repeat(before), "\0".repeat(after));
            let tail = whole.get(unb + 3..).expect("text");
            let input = format!("{una}{before}UNB{after}{tail}{whole}");
            let read = steps(pnrgov, input.as_bytes(), []);
            for cut in 1..una.len() + before.len() + after.len() + 40 {
                let cut_there = steps(pnrgov, input.as_bytes(), [cut]);
                assert!(
                    cut_there == read,
                    "{una:?}, {} and {} blanks, cut at {cut}",
                    before.len(),
                    after.len()
                );
            }
        }
    }
}

/// A transmission of any length, made of a sample: its head, and the rest over and over.
struct Endless {
    format: &'static str,
    sample: &'static str,
    /// Lines before that which comes again.
    head: usize,
    /// What tells the bookings of every other repetition from the others.
    turns: (&'static str, &'static str),
}

const SAME: (&str, &str) = ("", "");

#[rustfmt::skip]
const ENDLESS: &[Endless] = &[
    Endless { format: "pnrgov", sample: "examples/data/family-with-infants.edi", head: 0, turns: SAME },
    Endless { format: "paxlst", sample: "examples/data/paxlst-family.edi", head: 0, turns: SAME },
    Endless { format: "canonical", sample: "tests/data/canonical/family-with-infants.ndjson", head: 0, turns: SAME },
    Endless { format: "osdm", sample: "tests/data/mappings/osdm.booking.json", head: 0, turns: SAME },
    Endless { format: "distribusion", sample: "tests/data/mappings/distribusion.order.json", head: 0, turns: SAME },
    Endless { format: "distribusion-request", sample: "tests/data/mappings/distribusion-request.json", head: 0, turns: SAME },
    Endless { format: "emswe", sample: "tests/data/mappings/emswe.bookings.json", head: 0, turns: SAME },
    Endless { format: "fal5", sample: "tests/data/mappings/fal5.arrival.csv", head: 1, turns: SAME },
    Endless { format: "fal6", sample: "tests/data/mappings/fal6.epc.csv", head: 3, turns: SAME },
    Endless { format: "coach-manifest", sample: "tests/data/mappings/coach-manifest.en.csv", head: 1, turns: SAME },
    Endless { format: "ferry-manifest", sample: "tests/data/mappings/ferry-manifest.en.csv", head: 1, turns: SAME },
    Endless { format: "rail-manifest", sample: "tests/data/mappings/rail-manifest.nl.csv", head: 1, turns: ("QXZTPO", "QXZTPP") },
];

impl Endless {
    /// The head, and the rest twice.
    fn parts(&self) -> (String, String) {
        let text = std::fs::read_to_string(root().join(self.sample)).expect("a sample");
        let mut lines = text.split_inclusive('\n');
        let head = lines.by_ref().take(self.head).collect();
        let mut rest: String = lines.collect();
        if !rest.ends_with('\n') {
            rest.push('\n');
        }
        let again = match self.turns {
            SAME => rest.clone(),
            (from, to) => rest.replace(from, to),
        };
        (head, rest + &again)
    }

    /// Sends so many bytes through a pipe to a reader; gives the records and the bookings in them, and
    /// the most memory that the reader held.
    fn read(&self, bytes: usize) -> (usize, usize, u64) {
        let (head, rest) = self.parts();
        let (stream, mut pipe) = std::io::pipe().expect("a pipe");
        let sender = std::thread::spawn(move || {
            pipe.write_all(head.as_bytes())
                .expect("it is read to its end");
            for _ in 0..bytes.div_ceil(rest.len()) {
                pipe.write_all(rest.as_bytes())
                    .expect("it is read to its end");
            }
        });
        let (mut records, mut bookings) = (0, 0);
        let counted = measure(|| {
            let reader = Reader::with(Input::Stream(Box::new(stream)), &options());
            let reader = reader.expect("the format is known");
            assert_eq!(reader.format(), self.format);
            for record in reader {
                records += 1;
                bookings += usize::from(record.expect("it is whole").booking.is_some());
            }
        });
        sender.join().expect("all was sent");
        (records, bookings, counted.bytes_max)
    }
}

/// Tables are read when their head is there, so that only longer ones meet a cut.
#[test]
fn a_window_that_grows_byte_by_byte_gives_the_same_records() {
    const HEAD: usize = 64 << 10;
    for endless in ENDLESS {
        let (head, rest) = endless.parts();
        let bytes = (head + &rest.repeat(HEAD / rest.len() + 2)).into_bytes();
        let format = format::named(endless.format).expect("it is built in");
        let whole = steps(format, &bytes, []);
        assert!(
            whole.0.len() > 8,
            "{}: {} records",
            endless.format,
            whole.0.len()
        );
        let grown = steps(format, &bytes, HEAD - 100..bytes.len());
        assert!(grown == whole, "{}", endless.format);
    }
}

#[test]
fn memory_does_not_grow_with_a_stream_of_any_format() {
    let mebibytes = std::env::var("PAXNORM_STREAM_MIB").map(|text| text.parse().expect("a number"));
    let bytes = mebibytes.unwrap_or(4) << 20;
    for endless in ENDLESS {
        let (records, bookings, most) = endless.read(bytes);
        let name = endless.format;
        println!("{name}: {bookings} bookings, {most} bytes at the most");
        assert!(
            bookings > bytes >> 13 && records >= bookings,
            "{name}: {bookings} bookings"
        );
        assert!(most < MOST, "{name}: {most} bytes at the most");
    }
    let listed: BTreeSet<String> = ENDLESS.iter().map(|one| one.format.to_owned()).collect();
    assert_eq!(listed, built_in(), "each built-in format is a stream here");
}
