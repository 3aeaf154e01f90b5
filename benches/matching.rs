//! What the matcher costs: kernels beside their rivals, preparing, scoring,
//! searching.
//!
//! ```text
//! cargo bench --bench matching
//! ```
//!
//! Names are invented from the committed table of tokens, the same in every
//! run; of 21 letters in the mean, as in reservations.

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use paxnorm::Name;
use paxnorm::matching::distance::{self, Costs, Pattern};
use paxnorm::matching::phonetic::{double_metaphone, skeleton};
use paxnorm::matching::{Index, Matcher, Prepared};

const TOKENS: &str = include_str!("../tests/data/names/tokens.tsv");

/// Names of one or two given names and a surname, drawn by a fixed sequence.
fn names(count: usize) -> Vec<String> {
    let of = |part: &str| -> Vec<&'static str> {
        let rows = TOKENS
            .lines()
            .skip(2)
            .filter_map(|line| line.split_once('\t'));
        rows.filter(|row| row.0 == part)
            .filter_map(|row| row.1.split('\t').next())
            .collect()
    };
    let (given, surnames) = (of("g"), of("s"));
    let mut state = 7u64;
    let mut draw = |list: &[&'static str]| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        // The square favours the beginning of the list, where the common names stand.
        let at = (state >> 33) as f64 / (1u64 << 31) as f64;
        list[(at * at * list.len() as f64) as usize]
    };
    (0..count)
        .map(|_| format!("{} {} {}", draw(&given), draw(&given), draw(&surnames)))
        .collect()
}

fn pairs(names: &[String]) -> impl Iterator<Item = (&str, &str)> {
    names
        .iter()
        .zip(names.iter().skip(1))
        .map(|(a, b)| (a.as_str(), b.as_str()))
}

fn kernels(c: &mut Criterion) {
    let names = names(1001);
    let mut group = c.benchmark_group("kernels");
    group.throughput(Throughput::Elements(1000));
    macro_rules! kernel {
        ($name:literal, $kernel:expr) => {
            group.bench_function($name, |b| {
                b.iter(|| {
                    pairs(&names).for_each(|(a, b)| {
                        black_box($kernel(a, b));
                    })
                });
            });
        };
    }
    kernel!("levenshtein", distance::levenshtein);
    kernel!("levenshtein, strsim", strsim::levenshtein);
    kernel!("levenshtein, rapidfuzz", |a: &str, b: &str| {
        rapidfuzz::distance::levenshtein::distance(a.bytes(), b.bytes())
    });
    kernel!("osa", distance::osa);
    kernel!("osa, rapidfuzz", |a: &str, b: &str| {
        rapidfuzz::distance::osa::distance(a.bytes(), b.bytes())
    });
    kernel!("indel", distance::indel);
    kernel!("indel, rapidfuzz", |a: &str, b: &str| {
        rapidfuzz::distance::indel::distance(a.bytes(), b.bytes())
    });
    kernel!("jaro-winkler", distance::jaro_winkler);
    kernel!("jaro-winkler, strsim", strsim::jaro_winkler);
    kernel!("jaro-winkler, rapidfuzz", |a: &str, b: &str| {
        rapidfuzz::distance::jaro_winkler::similarity(a.bytes(), b.bytes())
    });
    let costs = Costs::default();
    kernel!("weighted", |a: &str, b: &str| costs.distance(a, b));
    group.bench_function("levenshtein, one against many", |b| {
        let pattern = Pattern::new(&names[0]);
        b.iter(|| {
            names
                .iter()
                .map(|name| pattern.levenshtein(name))
                .sum::<usize>()
        });
    });
    group.bench_function("levenshtein, one against many, rapidfuzz", |b| {
        let pattern = rapidfuzz::distance::levenshtein::BatchComparator::new(names[0].bytes());
        b.iter(|| {
            names
                .iter()
                .map(|name| pattern.distance(name.bytes()))
                .sum::<usize>()
        });
    });
    group.finish();
}

fn matching(c: &mut Criterion) {
    let names = names(1001);
    let matcher = Matcher::default();
    let raw: Vec<Name> = names.iter().map(|name| Name::unsplit(name)).collect();
    let prepared: Vec<Prepared> = raw.iter().map(|name| matcher.prepare(name)).collect();
    let mut group = c.benchmark_group("names");
    group.throughput(Throughput::Elements(1000));
    group.bench_function("prepare", |b| {
        b.iter(|| {
            raw.iter()
                .for_each(|name| drop(black_box(matcher.prepare(name))))
        })
    });
    group.bench_function("score", |b| {
        b.iter(|| {
            prepared
                .windows(2)
                .map(|two| matcher.score(&two[0], &two[1]))
                .sum::<f32>()
        });
    });
    group.bench_function("skeleton", |b| {
        b.iter(|| {
            names
                .iter()
                .map(|name| skeleton(name))
                .fold(0, |x, y| x ^ y)
        })
    });
    group.bench_function("double metaphone", |b| {
        b.iter(|| {
            names
                .iter()
                .for_each(|name| drop(black_box(double_metaphone(name))))
        });
    });
    group.finish();
}

fn search(c: &mut Criterion) {
    let matcher = Matcher::default();
    let mut group = c.benchmark_group("search");
    group.sample_size(20);
    for count in [1_000, 100_000] {
        let names: Vec<Prepared> = names(count)
            .iter()
            .map(|name| matcher.prepare(&Name::unsplit(name)))
            .collect();
        let index = Index::new(matcher.clone());
        index.extend(names.iter().cloned().enumerate());
        group.throughput(Throughput::Elements(1));
        let mut queries = names.iter().step_by(97).cycle();
        group.bench_function(format!("among {count}"), |b| {
            b.iter_batched(
                || queries.next(),
                |query| query.map(|query| index.search(query, 10, 0.5)),
                BatchSize::SmallInput,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, kernels, matching, search);
criterion_main!(benches);
