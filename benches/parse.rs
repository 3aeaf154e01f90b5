//! From bytes to bookings, stage by stage, beside a peer's bare tokens and a plain count of
//! the delimiters, over the same bytes in the same run.
//!
//! Data: 8,000 synthetic bookings, about 11.5 MB, the same in every run, of all segment kinds
//! and without line breaks, under the syntax identifier UNOA:4, since the peer refuses
//! `IATA:1`.
//!
//! The same with as many bookings of senders who write densely, which are dearer to read, and with
//! as many of the shared corpus, where that is there: those have more empty components and fewer
//! kinds of segments.
//!
//! - `structural` only counts delimiters;
//! - `scan` cuts interchanges into segments, booking by booking, and keeps every place;
//! - `walk` scans and then reads every component again through the views;
//! - `records` reads owned records, the account of all data and the diagnostics included, without
//!   a policy, as the peer has none;
//! - `filtered` reads them under the default policy;
//! - `ndjson` also writes the latter as JSON into memory that is used again;
//! - `paxlst` reads records of passenger lists, over 40,000 persons of their own;
//! - `edifact-rs` gives tokens that it lends from the input, and nothing more.
//!
//! `cargo bench --bench parse -- --rounds N` measures ratios instead: all stages take turns, N
//! times, and the median of each stage is set beside the peer's. Reach for it where the
//! machine does other work at the same time.

#[path = "jobs/mod.rs"]
mod jobs;

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput};
use jobs::edifact::{each, scan, traffic, whole, written};
use jobs::{corpus, references, synth};
use paxnorm::edifact::{Charset, Scanner};

const BOOKINGS: usize = 8_000;
const PERSONS: usize = 40_000;

fn walk(input: &[u8], scanner: &mut Scanner) -> u64 {
    let mut sum = 0;
    scan(input, scanner, |scanner, delimiters| {
        for segment in scanner.segments(input, Charset::Ascii, delimiters) {
            for component in segment.components() {
                sum += u64::from(component.element()) + component.raw().len() as u64;
            }
        }
    });
    sum
}

fn records(input: &[u8]) -> usize {
    whole(input).count()
}

fn filtered(input: &[u8]) -> usize {
    each(input).count()
}

fn ndjson(input: &[u8], line: &mut Vec<u8>) -> usize {
    each(input).map(|booking| written(&booking, line)).sum()
}

/// One stage of the work, and what it counts.
type Stage<'a> = (&'static str, Box<dyn FnMut() -> usize + 'a>);

fn stages(input: &[u8]) -> Vec<Stage<'_>> {
    let (mut scanner, mut walker) = (Scanner::new(), Scanner::new());
    let mut lines = Vec::new();
    vec![
        ("edifact-rs", Box::new(|| references::peer(input))),
        (
            "structural",
            Box::new(|| references::structural(input) as usize),
        ),
        (
            "scan",
            Box::new(move || scan(input, &mut scanner, |_, _| {}).0),
        ),
        ("walk", Box::new(move || walk(input, &mut walker) as usize)),
        ("records", Box::new(|| records(input))),
        ("filtered", Box::new(|| filtered(input))),
        ("ndjson", Box::new(move || ndjson(input, &mut lines))),
    ]
}

/// The same work for the peer and for the scan: no segment is refused.
fn check(input: &[u8]) {
    let (segments, data) = scan(input, &mut Scanner::new(), |_, _| {});
    assert_eq!(
        segments,
        references::peer(input),
        "the peer sees the same segments"
    );
    assert_eq!(filtered(input), BOOKINGS, "every booking is read");
    println!("{} bytes, {segments} segments, {data} data", input.len());
}

fn bench(c: &mut Criterion, name: &str, input: &[u8]) {
    let mut group = c.benchmark_group(name);
    group.throughput(Throughput::Bytes(input.len() as u64));
    group.sample_size(10);
    for (name, mut stage) in stages(input) {
        group.bench_function(name, |b| b.iter(|| black_box(stage())));
    }
    group.finish();
}

/// Passenger lists: bytes to owned records under the default policy.
fn lists(c: &mut Criterion) {
    let input = synth::paxlst(1, PERSONS);
    let mut group = c.benchmark_group("parse");
    group.throughput(Throughput::Bytes(input.len() as u64));
    group.sample_size(10);
    group.bench_function("paxlst", |b| b.iter(|| black_box(filtered(&input))));
    group.finish();
}

/// Stages in turn, `rounds` times.
fn compare(input: &[u8], rounds: usize) {
    let mut stages = stages(input);
    let mut times = vec![Vec::with_capacity(rounds); stages.len()];
    for _ in 0..rounds {
        for ((_, stage), times) in stages.iter_mut().zip(&mut times) {
            let started = Instant::now();
            black_box(stage());
            times.push(started.elapsed());
        }
    }
    let medians: Vec<Duration> = times.iter_mut().map(|times| median(times)).collect();
    for ((name, _), time) in stages.iter().zip(&medians) {
        let rate = input.len() as f64 / 1e6 / time.as_secs_f64();
        let ratio = medians[0].as_secs_f64() / time.as_secs_f64();
        println!("{name:>12} {rate:9.1} MB/s {ratio:8.2} x edifact-rs");
    }
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn main() {
    let all = [
        ("parse", Some(traffic(&synth::ORDINARY, BOOKINGS))),
        ("parse-dense", Some(traffic(&synth::DENSE, BOOKINGS))),
        ("parse-corpus", corpus::traffic(BOOKINGS)),
    ];
    let words: Vec<String> = std::env::args().collect();
    let rounds = words.iter().position(|word| word == "--rounds");
    let rounds = rounds.and_then(|at| words.get(at + 1)?.parse().ok());
    let mut criterion = match rounds {
        Some(_) => Criterion::default(),
        None => Criterion::default().configure_from_args(),
    };
    for (name, input) in &all {
        let Some(input) = input else {
            println!("{name}: skipped, the shared corpus is not here");
            continue;
        };
        println!("{name}:");
        check(input);
        match rounds {
            Some(rounds) => compare(input, rounds),
            None => bench(&mut criterion, name, input),
        }
    }
    if rounds.is_none() {
        lists(&mut criterion);
    }
}
