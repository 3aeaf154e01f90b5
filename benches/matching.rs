//! What the matcher costs: kernels beside their rivals, preparing, scoring,
//! searching.
//!
//! ```text
//! cargo bench --bench matching
//! ```
//!
//! Names are invented from the committed table of tokens, the same in every
//! run, as for `benches/jobs.rs`.

#[path = "jobs/mod.rs"]
mod jobs;

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use jobs::names::invented as names;
use paxnorm::Name;
use paxnorm::matching::distance::{self, Costs, Pattern};
use paxnorm::matching::phonetic::{double_metaphone, skeleton};
use paxnorm::matching::{Index, Matcher, Prepared};

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
    kernel!("damerau", distance::damerau);
    kernel!("damerau, rapidfuzz", |a: &str, b: &str| {
        rapidfuzz::distance::damerau_levenshtein::distance(a.bytes(), b.bytes())
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
    group.finish();
}

/// One name against all of them, prepared once.
fn one_against_many(c: &mut Criterion) {
    let names = names(1001);
    let first = names[0].as_str();
    let pattern = Pattern::new(first);
    let mut group = c.benchmark_group("one against many");
    group.throughput(Throughput::Elements(1001));
    macro_rules! kernel {
        ($name:literal, $kernel:expr) => {
            group.bench_function($name, |b| {
                b.iter(|| {
                    names.iter().for_each(|name| {
                        black_box($kernel(name));
                    })
                });
            });
        };
    }
    kernel!("levenshtein", |name: &str| pattern.levenshtein(name));
    let rival = rapidfuzz::distance::levenshtein::BatchComparator::new(first.bytes());
    kernel!("levenshtein, rapidfuzz", |name: &str| rival
        .distance(name.bytes()));
    kernel!("osa", |name: &str| pattern.osa(name));
    let rival = rapidfuzz::distance::osa::BatchComparator::new(first.bytes());
    kernel!("osa, rapidfuzz", |name: &str| rival.distance(name.bytes()));
    kernel!("indel", |name: &str| pattern.indel(name));
    let rival = rapidfuzz::distance::indel::BatchComparator::new(first.bytes());
    kernel!("indel, rapidfuzz", |name: &str| rival
        .distance(name.bytes()));
    kernel!("jaro-winkler", |name: &str| pattern.jaro_winkler(name));
    let rival = rapidfuzz::distance::jaro_winkler::BatchComparator::new(first.bytes());
    kernel!("jaro-winkler, rapidfuzz", |name: &str| rival
        .similarity(name.bytes()));
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

criterion_group!(benches, kernels, one_against_many, matching, search);
criterion_main!(benches);
