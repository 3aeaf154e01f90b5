//! The EDIFACT scan beside a peer's tokens and beside a plain count of the delimiters.
//!
//! Data: about 8 MB of synthetic PNRGOV, the same in every run: 64 interchanges of 100 bookings
//! with all segment kinds, a release character in one name of 24, one line. The syntax
//! identifier is UNOA:4, since the peer refuses `IATA:1`. `scan` finds interchanges, cuts them
//! booking by booking and keeps places; `walk` reads every span again through the views;
//! `structural` only counts the four delimiters, the ceiling of any scan without intrinsics.

use std::fmt::Write;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use paxnorm::edifact::{Charset, Limits, Scanned, Scanner, Search, Tag, find_interchange};
use wide::u8x16;

/// A small generator with a fixed seed (xorshift64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.roll(of.len())]
    }

    fn code(&mut self, len: usize) -> String {
        (0..len)
            .map(|_| char::from(b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789"[self.roll(32)]))
            .collect()
    }
}

const SURNAMES: &[&str] = &[
    "ERIKSSON",
    "MUSTER",
    "O?'DEA",
    "SPECIMEN",
    "VANDENBERG",
    "LI",
    "JAFAR",
    "SIMON",
    "ROE",
];
const GIVEN: &[&str] = &[
    "ANNA MARIA",
    "ERIKA",
    "PAT",
    "JO",
    "KEVIN MICHAEL",
    "WEI",
    "NOUR",
    "SAM",
];
const PORTS: &[&str] = &[
    "UTO", "VIE", "FRA", "SIN", "OOL", "LHR", "JFK", "ATL", "AMS", "MUC",
];
const CARRIERS: &[&str] = &["XX", "YY", "ZZ", "QX"];

fn booking(out: &mut String, dice: &mut Dice) {
    let (locator, carrier) = (dice.code(6), dice.one(CARRIERS));
    let travellers = 1 + dice.roll(3);
    let _ = write!(
        out,
        "SRC'RCI+{carrier}:{locator}::{:02}0513:0439+1A:{}'",
        1 + dice.roll(28),
        dice.code(6)
    );
    out.push_str("DAT+700:270513:0718+710:260513:1200'");
    let _ = write!(
        out,
        "ORG+1A:MUC+{:08}:HDQKE2400+NBE+{carrier}:NBE+A+UT+GNPD+{}+94'",
        dice.roll(99_999_999),
        dice.code(6)
    );
    let _ = write!(
        out,
        "ADD++700:{} ANY STREET:LAKE TOWN:MN::UT:55123:H555{:07}'",
        dice.roll(400),
        dice.roll(9_999_999)
    );
    for t in 1..=travellers {
        let (surname, given) = (dice.one(SURNAMES), dice.one(GIVEN));
        let _ = write!(
            out,
            "TIF+{surname}+{given}:A:{t}'FTI+{carrier}:{}:::::G'",
            dice.roll(999_999_999)
        );
        let _ = write!(
            out,
            "IFT+4:28::{carrier}+CTCE {given}//EXAMPLE.ORG'REF+:00{}'",
            dice.code(12)
        );
        let _ = write!(
            out,
            "SSR+DOCS:HK:1:{carrier}:::::/P/UTO/L{:07}/UTO/{:02}AUG74/F/15APR27/{surname}/{given}+::{t}'",
            dice.roll(9_999_999),
            1 + dice.roll(28)
        );
        let _ = write!(
            out,
            "TKT+{:013}:T:1'MON+B:{}.00:EUR+T:{}.99:EUR'",
            dice.roll(9_999_999_999),
            dice.roll(900),
            dice.roll(1900)
        );
        out.push_str("TXD++99.99::EUR:BK+9.50::EUR:OO+12.90::EUR:SG'DAT+710:260513'FOP+CC:3:1000:VI:XXXXXXXXXXXX1111:0527'");
    }
    for _ in 0..1 + dice.roll(3) {
        let (from, to, flight) = (dice.one(PORTS), dice.one(PORTS), dice.roll(999));
        let _ = write!(
            out,
            "TVL+280513:2225:290513:0750+{from}+{to}+{carrier}+{flight:04}:Y'RPI+{travellers}+HK'APD+333'"
        );
        let _ = write!(
            out,
            "SSR+SEAT:HK:{travellers}:{carrier}:::{from}:{to}+{}A::1'RCI+{carrier}:{locator}'",
            dice.roll(40)
        );
        let _ = write!(
            out,
            "DAT+2:280513:2100'ORG+{carrier}++++A'TRI++{from}-{}:::1'TIF+{}+{}:A:1'",
            dice.roll(300),
            dice.one(SURNAMES),
            dice.one(GIVEN)
        );
        let _ = write!(
            out,
            "SSD+{:03}G++++Y'TBD++2:34:700++MP+618:{:010}:2:{to}'",
            dice.roll(60),
            dice.roll(9_999_999)
        );
    }
    out.push_str("ABI+4+05XX28:GS+UTO++XX'DAT+T:230513:1813'SAC+++X'IFT+4:19+XF MC 0 20 00'");
    let _ = write!(
        out,
        "LTS+0/O/SS/XX 609 E 27MAY 1 {} LK1 1640 2200/CAB Y//2/0001//// /Y 621/B 3//AY 914'",
        dice.code(6)
    );
}

fn interchanges() -> Vec<String> {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let one = |number: usize| {
        let mut out = format!(
            "UNA:+.?*'UNB+UNOA:4+XX+UTO+130527:0754+{number:04}'UNG+PNRGOV+XX+UTO+130527:0754+{number:04}+IA+11:1'"
        );
        let _ = write!(
            out,
            "UNH+1+PNRGOV:11:1:IA+270513/0754/XX/609'MSG+:22'ORG+XX:UTO'TVL+270513:1640:270513:2200+UTO+SIN+XX+609'EQN+100'"
        );
        (0..100).for_each(|_| booking(&mut out, &mut dice));
        let segments = out.bytes().filter(|b| *b == b'\'').count() - out.matches("?'").count() - 2;
        let _ = write!(out, "UNT+{segments}+1'UNE+1+{number:04}'UNZ+1+{number:04}'");
        out
    };
    (0..64).map(one).collect()
}

const SRC: Tag = Tag::new(b"SRC");

/// Scans everything booking by booking; segments and data seen.
fn scan(
    input: &[u8],
    scanner: &mut Scanner,
    mut each: impl FnMut(&Scanner, &paxnorm::edifact::Delimiters),
) -> (usize, usize) {
    let (mut segments, mut data, mut at) = (0, 0, 0);
    while let Search::Found(start) = find_interchange(input, at, true) {
        at = start.unb;
        let mut ended = false;
        while !ended {
            let scanned = scanner.scan(
                input,
                at,
                &start.delimiters,
                &Limits::default(),
                true,
                |i, tag| i > 0 && tag == SRC,
            );
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

/// Tokens of the peer; what it refuses is not counted.
fn peer(inputs: &[String]) -> usize {
    inputs
        .iter()
        .flat_map(|input| edifact_rs::from_bytes(input.as_bytes()))
        .filter(Result::is_ok)
        .count()
}

fn structural(input: &[u8]) -> u32 {
    let wanted = [b':', b'+', b'?', b'\''].map(|byte| u8x16::from([byte; 16]));
    let (blocks, _) = input.as_chunks::<64>();
    let mut count = 0;
    for block in blocks {
        let (quarters, _) = block.as_chunks::<16>();
        let mut mask = 0u64;
        for (i, quarter) in quarters.iter().enumerate() {
            let bytes = u8x16::from(*quarter);
            let [a, b, c, d] = wanted.map(|byte| bytes.simd_eq(byte));
            mask |= u64::from((a | b | c | d).to_bitmask()) << (16 * i);
        }
        count += mask.count_ones();
    }
    count
}

fn bench(c: &mut Criterion) {
    let inputs = interchanges();
    let whole = inputs.concat().into_bytes();
    let mut scanner = Scanner::new();
    let (segments, data) = scan(&whole, &mut scanner, |_, _| {});
    assert_eq!(segments, peer(&inputs), "the peer sees the same segments");
    println!("{} bytes, {segments} segments, {data} data", whole.len());
    let mut group = c.benchmark_group("scan");
    group.throughput(Throughput::Bytes(whole.len() as u64));
    group.bench_function("structural", |b| b.iter(|| structural(black_box(&whole))));
    group.bench_function("scan", |b| {
        b.iter(|| scan(black_box(&whole), &mut scanner, |_, _| {}))
    });
    group.bench_function("walk", |b| b.iter(|| walk(black_box(&whole), &mut scanner)));
    group.sample_size(10);
    group.bench_function("edifact-rs", |b| b.iter(|| peer(black_box(&inputs))));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
