//! From rows and documents to bookings by a mapping, beside readers written by hand for the same
//! data: the `csv` crate and `serde_json` into plain owned serde structs. The structs hold what the
//! mapping fills and nothing else: dates and times as such, codes as enums, the rest as texts. They
//! know no state, group no rows, account for nothing and keep to no policy. Those of the stages
//! `csv-texts` and `json-texts` hold all of it as texts, and check not even a date.
//!
//! Data: 100,000 passengers in about 60,000 bookings of invented people, the same in every run:
//! 11 MB of CSV; 26 MB of JSON, one booking a line, and the same as one document.
//!
//! `json-query` and `json-queries` set what queries of RFC 9535 cost beside pointers: one for each
//! passenger, and nine.
//!
//! `cargo bench --bench mapping -- --rounds N` measures ratios instead: all stages take turns,
//! N times, and the median of each stage is set beside that of its peer. Reach for it where
//! the machine does other work at the same time.
//!
//! `-- --only STAGE` runs one stage once, for a profiler, and `--passengers N` makes less data.

#[path = "jobs/mod.rs"]
mod jobs;

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use jobs::rows::{
    self, Data, Mappings, Plain, TextRow, Texts, Typed, TypedRow, bookings, plain_document,
    plain_lines, plain_rows,
};

const PASSENGERS: usize = 100_000;

/// A name, its peer, the bytes it reads, and the work.
struct Stage<'a> {
    name: &'static str,
    peer: &'static str,
    bytes: usize,
    work: Box<dyn FnMut() -> usize + 'a>,
}

fn stages(data: &Data) -> Vec<Stage<'_>> {
    let pair = |name, peer, plain: Plain, mapping, input| {
        let input = str::as_bytes(input);
        let stage = |name, peer, work| Stage {
            name,
            peer,
            bytes: input.len(),
            work,
        };
        let ours = stage(name, peer, Box::new(move || bookings(mapping, input)));
        [stage(peer, "", Box::new(move || plain(input))), ours]
    };
    let Mappings {
        csv,
        lines,
        document,
        query,
        queries,
    } = &data.mappings;
    let pairs = [
        pair(
            "csv-mapping",
            "csv-structs",
            plain_rows::<TypedRow>,
            csv,
            &data.csv,
        ),
        pair(
            "json-mapping",
            "json-structs",
            plain_lines::<Typed>,
            lines,
            &data.lines,
        ),
        pair(
            "document-mapping",
            "document-structs",
            plain_document::<Typed>,
            document,
            &data.document,
        ),
    ];
    let by_query = [("json-query", query), ("json-queries", queries)];
    let by_query = by_query.map(|(name, mapping)| Stage {
        name,
        peer: "json-mapping",
        bytes: data.lines.len(),
        work: Box::new(|| bookings(mapping, data.lines.as_bytes())),
    });
    let texts = [
        (
            "csv-texts",
            "csv-structs",
            plain_rows::<TextRow> as Plain,
            &data.csv,
        ),
        (
            "json-texts",
            "json-structs",
            plain_lines::<Texts>,
            &data.lines,
        ),
    ];
    let texts = texts.map(|(name, peer, plain, input)| Stage {
        name,
        peer,
        bytes: input.len(),
        work: Box::new(move || plain(input.as_bytes())),
    });
    let pairs = pairs.into_iter().flatten();
    pairs.chain(by_query).chain(texts).collect()
}

fn compare(stages: &mut [Stage<'_>], rounds: usize) {
    let medians = jobs::take_turns(stages, rounds, |stage| jobs::time(&mut stage.work));
    for (stage, time) in stages.iter().zip(&medians) {
        let rate = stage.bytes as f64 / 1e6 / time.as_secs_f64();
        let peer = stages.iter().position(|other| other.name == stage.peer);
        let ratio = peer.map_or(1.0, |at| time.as_secs_f64() / medians[at].as_secs_f64());
        println!(
            "{:>16} {rate:8.1} MB/s, {ratio:5.2} times the time of its peer",
            stage.name
        );
    }
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
    let words: Vec<String> = std::env::args().collect();
    let after = |word: &str| words.get(words.iter().position(|known| known == word)? + 1);
    let number = |word: &str| after(word)?.parse().ok();
    let data = rows::data(number("--passengers").unwrap_or(PASSENGERS));
    let mut stages = stages(&data);
    if let Some(only) = after("--only") {
        let stage = stages.iter_mut().find(|stage| stage.name == only);
        println!("{} of {only}", (stage.expect("a stage").work)());
        return;
    }
    let ours =
        |stage: &&mut Stage<'_>| stage.name.contains("mapping") || stage.name.contains("quer");
    for stage in stages.iter_mut().filter(ours) {
        assert_eq!((stage.work)(), data.bookings, "every booking is read");
    }
    println!("{} bookings", data.bookings);
    match number("--rounds") {
        Some(rounds) => compare(&mut stages, rounds),
        None => bench(&mut stages),
    }
}
