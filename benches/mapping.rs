//! From rows to bookings by a mapping, beside a reader written by hand for the same columns: the
//! `csv` crate into plain serde structs. The structs hold what the mapping fills, as texts, and
//! nothing else: they check no date, know no state, group no rows and account for nothing.
//!
//! Data: 100,000 passengers in about 55,000 bookings of invented people, about 11 MB of CSV,
//! the same in every run.
//!
//! `cargo bench --bench mapping -- --rounds N` measures ratios instead: all stages take turns,
//! N times, and the median of each stage is set beside that of its peer. Reach for it where
//! the machine does other work at the same time.
//!
//! `-- --only STAGE` runs one stage once, for a profiler.

use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput};
use paxnorm::format::mapping::Mapping;
use paxnorm::{Format, Options, Reader};
use serde::Deserialize;

const PASSENGERS: usize = 100_000;

const CSV_MAPPING: &str = r#"{
    "name": "bench-rows",
    "source": { "csv": { "delimiter": ",", "group": ["locators[].value"] } },
    "mode": "coach",
    "rules": [
        { "field": "locators[].value", "from": "booking" },
        { "field": "passengers[].name.surname", "from": "surname" },
        { "field": "passengers[].name.given", "from": "given" },
        { "field": "passengers[].sex", "from": "sex" },
        { "field": "passengers[].birth_date", "from": "born" },
        { "field": "passengers[].nationalities[].code", "from": "nationality" },
        { "field": "passengers[].documents[].kind", "from": "document" },
        { "field": "passengers[].documents[].number", "from": "number" },
        { "field": "passengers[].documents[].expires", "from": "expires" },
        { "field": "legs[].from.name", "from": "from" },
        { "field": "legs[].to.name", "from": "to" },
        { "field": "legs[].departure", "from": "departure" },
        { "field": "seats[].number", "from": "seat" }
    ]
}"#;

/// What the mapping fills from a row.
#[derive(Deserialize)]
#[allow(dead_code)]
struct PlainRow {
    booking: String,
    surname: String,
    given: String,
    sex: String,
    born: String,
    nationality: String,
    document: String,
    number: String,
    expires: String,
    from: String,
    to: String,
    departure: String,
    seat: String,
}

/// Chance with a seed (xorshift64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.roll(words.len())]
    }
}

const SURNAMES: &[&str] = &[
    "ERIKSSON",
    "MAES",
    "VAN DEN BERG",
    "O'NEILL",
    "DUBOIS-LAMBERT",
    "GRÜNWALD",
    "MEIJER",
    "KOWALSKA",
];
const GIVEN: &[&str] = &[
    "ANNA MARIA",
    "LARS",
    "SOFIE",
    "ÉLODIE",
    "JAN PIETER",
    "SIOBHAN",
    "TOMASZ",
];
const STATES: &[&str] = &["BEL", "NLD", "DEU", "FRA", "POL", "IRL", "SWE"];
const STOPS: &[&str] = &[
    "Gent-Dampoort",
    "Lille Europe",
    "Köln ZOB",
    "Antwerpen-Berchem",
    "Rotterdam CS",
];

/// One traveller.
struct Person {
    surname: &'static str,
    given: &'static str,
    sex: &'static str,
    born: String,
    nationality: &'static str,
    number: String,
    expires: String,
    seat: usize,
}

fn person(dice: &mut Dice) -> Person {
    let date = |dice: &mut Dice, first: usize, years: usize| {
        let (year, month, day) = (
            first + dice.roll(years),
            1 + dice.roll(12),
            1 + dice.roll(28),
        );
        format!("{year}-{month:02}-{day:02}")
    };
    Person {
        surname: dice.of(SURNAMES),
        given: dice.of(GIVEN),
        sex: dice.of(&["M", "F"]),
        born: date(dice, 1940, 75),
        nationality: dice.of(STATES),
        number: format!("XX{:07}", dice.roll(10_000_000)),
        expires: date(dice, 2027, 9),
        seat: 1 + dice.roll(60),
    }
}

/// The file, and how many bookings it has.
fn file() -> (String, usize) {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let mut csv = String::from(
        "booking,surname,given,sex,born,nationality,document,number,expires,from,to,departure,seat\n",
    );
    let (mut persons, mut bookings) = (0, 0);
    while persons < PASSENGERS {
        bookings += 1;
        let size = 1 + dice.roll(3).min(dice.roll(4));
        let (from, to) = (dice.of(STOPS), dice.of(STOPS));
        let departure = format!(
            "2026-05-{:02}T{:02}:{:02}",
            1 + dice.roll(28),
            dice.roll(24),
            dice.roll(60)
        );
        for _ in 0..size {
            let p = person(&mut dice);
            let _ = writeln!(
                csv,
                "B{bookings:06},{},{},{},{},{},P,{},{},{from},{to},{departure},{}",
                p.surname, p.given, p.sex, p.born, p.nationality, p.number, p.expires, p.seat
            );
        }
        persons += size;
    }
    (csv, bookings)
}

fn bookings(mapping: &Mapping, input: &[u8]) -> usize {
    let formats: [&dyn Format; 1] = [mapping];
    let options = Options {
        formats: &formats,
        ..Options::default()
    };
    let reader = Reader::with(input, &options).expect("the mapping knows its file");
    let records = reader.map(|record| record.expect("the file is whole"));
    records.filter(|record| record.booking.is_some()).count()
}

fn plain_rows(input: &[u8]) -> usize {
    let mut reader = csv::Reader::from_reader(input);
    let rows = reader.deserialize::<PlainRow>();
    rows.fold(0, |count, row| {
        black_box(row.expect("a row"));
        count + 1
    })
}

/// A name, its peer, the bytes it reads, and the work.
struct Stage<'a> {
    name: &'static str,
    peer: &'static str,
    bytes: usize,
    work: Box<dyn FnMut() -> usize + 'a>,
}

fn stages<'a>(csv: &'a [u8], rows: &'a Mapping) -> Vec<Stage<'a>> {
    let stage = |name, peer, bytes, work| Stage {
        name,
        peer,
        bytes,
        work,
    };
    vec![
        stage("csv-structs", "", csv.len(), Box::new(|| plain_rows(csv))),
        stage(
            "csv-mapping",
            "csv-structs",
            csv.len(),
            Box::new(|| bookings(rows, csv)),
        ),
    ]
}

fn compare(stages: &mut [Stage<'_>], rounds: usize) {
    let mut times = vec![Vec::with_capacity(rounds); stages.len()];
    for _ in 0..rounds {
        for (stage, times) in stages.iter_mut().zip(&mut times) {
            let started = Instant::now();
            black_box((stage.work)());
            times.push(started.elapsed());
        }
    }
    let medians: Vec<Duration> = times.iter_mut().map(|times| median(times)).collect();
    for (stage, time) in stages.iter().zip(&medians) {
        let rate = stage.bytes as f64 / 1e6 / time.as_secs_f64();
        let peer = stages.iter().position(|other| other.name == stage.peer);
        let ratio = peer.map_or(1.0, |at| time.as_secs_f64() / medians[at].as_secs_f64());
        println!(
            "{:>13} {rate:8.1} MB/s, {ratio:5.2} times the time of its peer",
            stage.name
        );
    }
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn bench(stages: &mut [Stage<'_>]) {
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("mapping");
    group.sample_size(10);
    for stage in stages {
        group.throughput(Throughput::Bytes(stage.bytes as u64));
        group.bench_function(stage.name, |b| b.iter(|| black_box((stage.work)())));
    }
    group.finish();
}

fn main() {
    let (csv, count) = file();
    let mapping: Mapping = serde_json::from_str(CSV_MAPPING).expect("a mapping");
    let mut stages = stages(csv.as_bytes(), &mapping);
    let words: Vec<String> = std::env::args().collect();
    let after = |word: &str| words.get(words.iter().position(|known| known == word)? + 1);
    if let Some(only) = after("--only") {
        let stage = stages.iter_mut().find(|stage| stage.name == only);
        println!("{} of {only}", (stage.expect("a stage").work)());
        return;
    }
    let read = bookings(&mapping, csv.as_bytes());
    assert_eq!(read, count, "every booking is read");
    println!("{count} bookings, {} bytes", csv.len());
    match after("--rounds").and_then(|rounds| rounds.parse().ok()) {
        Some(rounds) => compare(&mut stages, rounds),
        None => bench(&mut stages),
    }
}
