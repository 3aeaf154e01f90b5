//! What the library promises about any input; each fuzz target checks one of these.
//!
//! ```text
//! cargo +nightly fuzz run reader fuzz/corpus/reader fuzz/seeds
//! cargo test --manifest-path fuzz/Cargo.toml      # the seeds alone, on any toolchain
//! ```

use std::sync::LazyLock;

use paxnorm::conformance::{Effort, Promise, check_with};
use paxnorm::document::Mrz;
use paxnorm::edifact::{Charset, Limits, Scanned, Scanner, Search, find_interchange};
use paxnorm::format::mapping::Mapping;
use paxnorm::format::{self, Format, Ledger, Pnrgov};
use paxnorm::matching::Matcher;
use paxnorm::{Code, Intake, Name, Options, Policy, Reader};

/// Every record is accounted for, and every place lies in the input.
pub fn reader(input: &[u8]) {
    for policy in [Policy::eu_pnr(), Policy::keep_all()] {
        let options = Options {
            policy,
            ..Options::default()
        };
        let Ok(reader) = Reader::with(input, &options) else {
            return;
        };
        for record in reader.flatten() {
            let data = record.data;
            assert_eq!(data.read, data.mapped + data.withheld + data.unmapped);
            let named = (record.diagnostics.iter()).filter(|doubt| doubt.code == Code::Unmapped);
            assert_eq!(named.count(), data.unmapped as usize);
            for doubt in &record.diagnostics {
                assert!(doubt.location.slice(input).is_some());
            }
            if let Some(booking) = record.booking {
                let json = serde_json::to_string(&booking).expect("a booking is JSON");
                let again = serde_json::from_str(&json).expect("what was written");
                assert!(booking == again);
            }
        }
    }
}

/// The syntax layer ends, and all it lends lies in the input.
pub fn edifact(input: &[u8]) {
    let mut scanner = Scanner::new();
    let mut at = 0;
    while let Search::Found(start) = find_interchange(input, at, true) {
        let (delimiters, limits) = (start.delimiters, Limits::default());
        let scanned = scanner.scan(input, start.unb, &delimiters, &limits, true, |_, _| false);
        let Ok(Scanned::Complete { used }) = scanned else {
            return;
        };
        assert!(used > at && used <= input.len());
        for segment in scanner.segments(input, Charset::default(), &delimiters) {
            assert!(segment.offset() + segment.len() <= input.len());
            for component in segment.components() {
                assert!(component.offset() + component.len() <= input.len());
                // Element 0 is inside the tag (`TAG:1:2`).
                assert!(component.component() > 0);
                component.text();
                component.code();
            }
        }
        at = used;
    }
}

/// Sound segments, written as the input says, are read as they were written: the first byte of
/// each pair says what comes next, the second what stands in it.
pub fn tokens(input: &[u8]) {
    const TAGS: [&str; 8] = ["MSG", "TVL", "SSR", "IFT", "TIF", "RCI", "DAT", "LTS"];
    const TEXTS: [&str; 12] = [
        "A", "BRU", "DEA/ANNA", "O'DEA", "1+1", "X:Y", "WHY?", "*1A/E*", "TVL", "2026", "??", "A B",
    ];
    let (mut written, mut expected) = (String::from("UNA:+.?*'UNB+IATA:1+XX+UTO'"), Vec::new());
    let mut place = (0, 1);
    for pair in input.chunks_exact(2) {
        let pick = usize::from(pair[1]);
        match pair[0] % 8 {
            0 => {
                let tag = TAGS[pick % TAGS.len()];
                written.push_str(if expected.is_empty() { "" } else { "'" });
                written.push_str(tag);
                expected.push((tag.to_owned(), Vec::new()));
                place = (0, 1);
            }
            1 | 2 if place.0 > 0 => {
                written.push(':');
                place.1 += 1;
            }
            what => {
                let Some((_, parts)) = expected.last_mut() else {
                    continue;
                };
                written.push('+');
                place = (place.0 + 1, 1);
                if what > 3 {
                    let text = TEXTS[pick % TEXTS.len()];
                    for letter in text.chars() {
                        written.push_str(if "?+:'".contains(letter) { "?" } else { "" });
                        written.push(letter);
                    }
                    parts.push((place.0, place.1, text.to_owned()));
                }
            }
        }
    }
    written.push_str(if expected.is_empty() { "" } else { "'" });
    written.push_str("UNZ+0+1'");
    assert!(read_tokens(written.as_bytes()) == expected, "{written}");
}

type Token = (String, Vec<(u16, u16, String)>);

/// What stands between `UNB` and `UNZ`.
fn read_tokens(input: &[u8]) -> Vec<Token> {
    let Search::Found(start) = find_interchange(input, 0, true) else {
        return Vec::new();
    };
    let (mut scanner, limits) = (Scanner::new(), Limits::default());
    let scanned = scanner.scan(
        input,
        start.unb,
        &start.delimiters,
        &limits,
        true,
        |_, _| false,
    );
    assert!(matches!(scanned, Ok(Scanned::Complete { used }) if used == input.len()));
    let segments = scanner.segments(input, Charset::default(), &start.delimiters);
    let tokens = segments.iter().map(|segment| {
        let parts = segment.components();
        let parts = parts.map(|part| (part.element(), part.component(), part.text().into_owned()));
        (segment.tag().to_string(), parts.collect())
    });
    let between = segments.len().saturating_sub(2);
    tokens.skip(1).take(between).collect::<Vec<_>>()
}

/// What the library writes it reads again: the same booking.
pub fn written(input: &[u8]) {
    let keep = |formats: &'static [&'static dyn Format]| Options {
        policy: Policy::keep_all(),
        formats,
        ..Options::default()
    };
    let options = keep(format::BUILT_IN);
    let Ok(reader) = Reader::with(input, &options) else {
        return;
    };
    for booking in reader.flatten().filter_map(|record| record.booking) {
        let line = serde_json::to_vec(&booking).expect("a booking is JSON");
        let options = keep(format::BUILT_IN);
        let Ok(mut again) = Reader::with(line.as_slice(), &options) else {
            panic!("a booking that was written is not recognised");
        };
        assert!(again.format() == "canonical");
        let record = again.next().expect("a record").expect("it is whole");
        let again = record.booking.expect("a booking");
        let same = |key: &str| {
            let [one, other] = [&booking, &again].map(|b| serde_json::to_value(b).expect("JSON"));
            one[key] == other[key]
        };
        for key in [
            "passengers",
            "legs",
            "locators",
            "tickets",
            "documents",
            "seats",
        ] {
            assert!(same(key), "{key}");
        }
    }
}

type Stepped = (Option<String>, String);

/// The records of a session whose window grows to each of `ends` in turn.
fn steps(input: &[u8], ends: &mut dyn Iterator<Item = usize>) -> Vec<Stepped> {
    let mut session = Pnrgov.open(&paxnorm::Limits::default(), &Intake::default());
    let (mut ledger, mut found) = (Ledger::default(), Vec::new());
    let (mut start, mut end) = (0, ends.next().unwrap_or(input.len()));
    loop {
        let (window, last) = (&input[start..end.max(start)], end >= input.len());
        let step = match session.step(window, start as u64, last, &mut ledger) {
            Ok(step) => step,
            Err(error) => {
                found.push((None, error.to_string()));
                return found;
            }
        };
        start += step.used;
        if let Some(record) = step.record {
            let json = record
                .booking
                .map(|booking| serde_json::to_string(&booking));
            let told = format!("{:?} {:?}", record.diagnostics, std::mem::take(&mut ledger));
            found.push((json.map(|json| json.expect("a booking is JSON")), told));
        } else if step.used == 0 && last {
            return found;
        } else if step.used == 0 {
            end = ends.next().unwrap_or(input.len());
        }
    }
}

/// However the input is cut: the first bytes say where.
pub fn chunked(input: &[u8]) {
    let (cuts, rest) = input.split_at(input.len().min(8));
    let mut end = 0;
    let mut ends = cuts.iter().cycle().take(64).map(|step| {
        end += usize::from(*step) + 1;
        end.min(rest.len())
    });
    assert!(steps(rest, &mut ends) == steps(rest, &mut std::iter::empty()));
}

/// A document that loads writes what it read, and reads any data within what every format owes;
/// a blank line parts the document from the data. Without one the input is a sample to propose
/// a mapping for, and the data of what is proposed.
pub fn mapping(input: &[u8]) {
    let parted = input.windows(2).position(|two| two == b"\n\n");
    let (mapping, data) = match parted {
        Some(at) => (serde_json::from_slice(&input[..at]).ok(), &input[at + 2..]),
        None => (proposed(input), input),
    };
    let Some(mapping) = mapping else { return };
    let text = serde_json::to_vec(mapping.draft()).expect("a draft is JSON");
    let again: Mapping = serde_json::from_slice(&text).expect("what was written");
    assert!(again.draft() == mapping.draft());
    let mut effort = Effort::default();
    (effort.truncations, effort.flips, effort.chunkings) = (4, 4, 4);
    let report = check_with(&mapping, &[data], &effort);
    let broken = report
        .broken()
        .find(|(promise, _)| *promise != Promise::Detection);
    assert!(broken.is_none(), "{report}");
}

/// What is proposed for a sample can be loaded.
fn proposed(sample: &[u8]) -> Option<Mapping> {
    let suggestion = Mapping::suggest(sample).ok()?;
    let useful = suggestion
        .columns
        .iter()
        .any(|column| column.field.is_some());
    useful.then(|| Mapping::try_from(suggestion.draft).expect("what is proposed loads"))
}

/// A machine-readable zone is read or refused, and what was read can be written.
pub fn mrz(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    if let Ok(zone) = Mrz::read(&text) {
        let _ = zone.write();
    }
}

/// Two names compare alike both ways, within bounds, and as their explanation says.
pub fn names(input: &[u8]) {
    static MATCHER: LazyLock<Matcher> = LazyLock::new(Matcher::default);
    let text = String::from_utf8_lossy(input);
    let (one, other) = text.split_once('\n').unwrap_or((&text, ""));
    let [one, other] = [one, other].map(|name| MATCHER.prepare(&Name::unsplit(name)));
    let score = MATCHER.score(&one, &other);
    assert!((0.0..=1.0).contains(&score));
    assert!(score == MATCHER.score(&other, &one));
    assert!(score == MATCHER.explain(&one, &other).score);
}

#[cfg(test)]
mod tests {
    /// Each target, as a run of it without a fuzzer has it.
    const TARGETS: [(&str, fn(&[u8])); 8] = [
        ("reader", super::reader),
        ("chunked", super::chunked),
        ("edifact", super::edifact),
        ("tokens", super::tokens),
        ("written", super::written),
        ("mapping", super::mapping),
        ("mrz", super::mrz),
        ("names", super::names),
    ];

    fn seeds() -> Vec<Vec<u8>> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
        let files = std::fs::read_dir(folder).expect("the seeds").flatten();
        let mut paths: Vec<_> = files.map(|file| file.path()).collect();
        paths.sort();
        let read = |path| std::fs::read(path).expect("a seed");
        paths.into_iter().map(read).collect()
    }

    #[test]
    fn the_seeds_keep_the_promises() {
        let seeds = seeds();
        assert!(seeds.len() >= 5, "{} seeds", seeds.len());
        for (_, target) in TARGETS {
            seeds.iter().for_each(|seed| target(seed));
        }
    }

    #[test]
    fn every_target_has_its_program() {
        for (name, _) in TARGETS {
            let path = format!("{}/fuzz_targets/{name}.rs", env!("CARGO_MANIFEST_DIR"));
            let program = std::fs::read_to_string(path).expect("a program");
            assert!(
                program.contains(&format!("promises::{name}(input)")),
                "{name}"
            );
        }
    }

    /// A short run of each target without a fuzzer: bytes of the seeds changed, cut out, doubled.
    #[test]
    fn changed_seeds_keep_the_promises() {
        const ROUNDS: usize = 30;
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut roll = |sides: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 11) as usize % sides.max(1)
        };
        for seed in seeds() {
            for _ in 0..ROUNDS {
                let mut bytes = seed.clone();
                for _ in 0..=roll(4) {
                    let at = roll(bytes.len());
                    let end = (at + 1 + roll(12)).min(bytes.len());
                    match roll(4) {
                        0 if at < bytes.len() => bytes[at] = roll(256) as u8,
                        1 => drop(bytes.drain(at..end)),
                        2 => drop(bytes.splice(at..at, *b"'TVL+")),
                        _ => bytes.extend_from_within(at..end),
                    }
                }
                TARGETS.iter().for_each(|(_, target)| target(&bytes));
            }
        }
    }
}
