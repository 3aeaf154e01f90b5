//! How fast zones are read and names are spelt: `cargo bench --bench document`.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use paxnorm::Name;
use paxnorm::document::{Mrz, compare};
use paxnorm::matching::transliterate::{latin, spellings};

/// A sound passport; a card with a long number; a passport with two confusions to repair.
const ZONES: [(&str, &str); 3] = [
    (
        "passport",
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
    ),
    (
        "card",
        "I<UTOD23145890<XYZ5<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<0\nERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    ),
    (
        "repaired",
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO74O8122F12O4159ZE184226B<<<<<10",
    ),
];

fn zones(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("document/mrz");
    for (name, lines) in ZONES {
        group.throughput(Throughput::Elements(1));
        group.bench_function(name, |bencher| bencher.iter(|| Mrz::read(black_box(lines))));
    }
    group.finish();
}

fn names(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("transliterate");
    let names = [
        ("ascii", "ERIKSSON ANNA MARIA"),
        ("latin", "Müller Jürgen"),
        ("cyrillic", "Щербакова Юлия Сергеевна"),
        ("arabic", "عبد الرحمن محمد"),
    ];
    for (name, text) in names {
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(format!("latin/{name}"), |bencher| {
            bencher.iter(|| latin(black_box(text)).len())
        });
        group.bench_function(format!("spellings/{name}"), |bencher| {
            bencher.iter(|| spellings(black_box(text), 8))
        });
    }
    group.finish();
}

fn conformity(criterion: &mut Criterion) {
    let reservation = Name::new("MULLER", "JURGENMR");
    let document = Name::new("Müller", "Jürgen Karl");
    criterion.bench_function("document/compare", |bencher| {
        bencher.iter(|| compare(black_box(&reservation), black_box(&document), false));
    });
}

criterion_group!(benches, zones, names, conformity);
criterion_main!(benches);
