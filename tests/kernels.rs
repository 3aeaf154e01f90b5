//! What runs over raw bytes, in tests so small that Miri interprets them in minutes: the scanner,
//! machine-readable zones, the kernels of the matcher. Each input has an allocation of its own
//! length, so that a read beyond its end is one beyond its memory.
//!
//! ```text
//! MIRIFLAGS=-Zmiri-disable-isolation cargo +nightly miri test --test kernels
//! ```

use paxnorm::Name;
use paxnorm::document::Mrz;
use paxnorm::edifact::{Charset, Limits, Scanned, Scanner, Search, find_interchange};
use paxnorm::matching::distance::{self, Costs, Pattern};
use paxnorm::matching::{Matcher, Tuning};

const INTERCHANGE: &[u8] = b"UNA:+.?*'UNB+IATA:1+XX+UTO+260314:0830+1'UNH+1+PNRGOV:11:1:IA'\
MSG+:22'TVL+140326:0915+UTA+UTB+XX+7'TIF+O?'DEA:I+J\xD6RG?+ANNA:A:1'IFT+4:28+A TEXT OF MORE THAN \
SIXTEEN LETTERS?: AND\r\n MORE++'UNT+6+1'UNZ+1+1'";

/// Tag and texts of each segment, and the bytes that were used.
fn scanned(input: &[u8]) -> (Vec<(String, Vec<String>)>, usize) {
    let input = input.to_vec().into_boxed_slice();
    let Search::Found(start) = find_interchange(&input, 0, true) else {
        return (Vec::new(), 0);
    };
    let (mut scanner, delimiters) = (Scanner::new(), start.delimiters);
    let limits = Limits::default();
    let done = scanner.scan(&input, start.unb, &delimiters, &limits, true, |_, _| false);
    let Ok(Scanned::Complete { used }) = done else {
        panic!("{done:?}")
    };
    let charset = Charset::from_syntax_id("IATA");
    let segments = scanner.segments(&input, charset, &delimiters);
    let one = |segment: paxnorm::edifact::Segment<'_>| {
        let texts = segment.components().map(|part| part.text().into_owned());
        (segment.tag().to_string(), texts.collect())
    };
    (segments.iter().map(one).collect(), used)
}

#[test]
fn an_interchange_cut_anywhere_keeps_its_whole_segments() {
    let (whole, used) = scanned(INTERCHANGE);
    let tags: Vec<_> = whole.iter().map(|(tag, _)| tag.as_str()).collect();
    assert_eq!(
        tags,
        ["UNB", "UNH", "MSG", "TVL", "TIF", "IFT", "UNT", "UNZ"]
    );
    assert_eq!(used, INTERCHANGE.len());
    assert_eq!(whole[4].1, ["O'DEA", "I", "JÖRG+ANNA", "A", "1"]);
    let ends = INTERCHANGE
        .iter()
        .enumerate()
        .filter(|(at, byte)| **byte == b'\'' && INTERCHANGE[at - 1] != b'?' && *at > 8);
    for (count, (end, _)) in ends.enumerate() {
        for cut in [end + 1, end, end - 1, end - 7] {
            let (found, used) = scanned(&INTERCHANGE[..cut]);
            let kept = if cut > end { count + 1 } else { count };
            assert_eq!(found[..kept], whole[..kept], "cut at {cut}");
            assert!(used <= cut);
        }
    }
}

#[test]
fn zones_are_read_written_and_cut_anywhere() {
    const ZONES: [&str; 3] = [
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
        "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<",
        "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6",
    ];
    for text in ZONES {
        let zone = Mrz::read(text).expect("a zone of Doc 9303");
        assert_eq!(zone.write().expect("what was read").trim_end(), text);
        let step = if cfg!(miri) { 4 } else { 1 };
        for cut in (0..text.len()).step_by(step) {
            let part = text[..cut].to_owned();
            let sound = Mrz::read(&part).is_ok_and(|zone| zone.findings.is_empty());
            assert!(!sound, "{cut} bytes read as a sound zone");
        }
    }
}

/// Pairs about the borders of the kernels: none, one, 32, 64 letters, blocks beyond, other scripts.
fn pairs() -> Vec<(String, String)> {
    let long = |count: usize, from: usize| -> String {
        let letters = (0..count).map(|at| b'A' + ((at * 7 + from) % 26) as u8);
        letters.map(char::from).collect()
    };
    let mut pairs = vec![
        (String::new(), String::new()),
        ("A".into(), String::new()),
        ("KITTEN".into(), "SITTING".into()),
        ("MARTHA".into(), "MARHTA".into()),
        ("CA".into(), "ABC".into()),
        ("MÜLLER".into(), "MUELLER".into()),
        ("ИВАНОВ".into(), "ИВНАОВ".into()),
    ];
    // Miri is a thousand times slower, most of it in the reference: one length on each side of the
    // one border at which the kernels change.
    let lengths: &[usize] = match cfg!(miri) {
        true => &[64, 65],
        false => &[16, 31, 32, 33, 63, 64, 65, 129],
    };
    for &count in lengths {
        pairs.push((long(count, 0), format!("{}X", &long(count, 0)[1..])));
        if !cfg!(miri) {
            pairs.push((long(count, 0), long(count, 1)));
        }
    }
    pairs
}

/// What strsim says; nothing of long texts under Miri, which needs minutes for its whole matrix and
/// looks at memory, not at values.
fn reference(a: &str, b: &str, distance: fn(&str, &str) -> usize) -> Option<usize> {
    (!cfg!(miri) || a.len() < 32).then(|| distance(a, b))
}

/// Letters that are not in the longest common subsequence, by the whole matrix.
fn plain_indel(a: &str, b: &str) -> usize {
    let letters: Vec<char> = b.chars().collect();
    let mut row = vec![0; letters.len() + 1];
    for x in a.chars() {
        let last = row.clone();
        for (at, y) in letters.iter().enumerate() {
            row[at + 1] = match x == *y {
                true => last[at] + 1,
                false => last[at + 1].max(row[at]),
            };
        }
    }
    a.chars().count() + letters.len() - 2 * row[letters.len()]
}

#[test]
fn distances_at_the_borders_are_those_of_strsim() {
    for (a, b) in pairs().iter().flat_map(|(a, b)| [(a, b), (b, a)]) {
        let pattern = Pattern::new(a);
        let found = distance::levenshtein(a, b);
        let expected = reference(a, b, strsim::levenshtein);
        assert_eq!(found, expected.unwrap_or(found), "{a} {b}");
        assert_eq!(pattern.levenshtein(b), found, "{a} {b}");
        let found = distance::osa(a, b);
        let expected = reference(a, b, strsim::osa_distance);
        assert_eq!(found, expected.unwrap_or(found), "{a} {b}");
        assert_eq!(pattern.osa(b), found, "{a} {b}");
        let found = distance::damerau(a, b);
        let expected = reference(a, b, strsim::damerau_levenshtein);
        assert_eq!(found, expected.unwrap_or(found), "{a} {b}");
        assert!(
            (distance::jaro(a, b) - strsim::jaro(a, b)).abs() < 1e-12,
            "{a} {b}"
        );
        let expected = strsim::jaro_winkler(a, b);
        assert!(
            (distance::jaro_winkler(a, b) - expected).abs() < 1e-12,
            "{a} {b}"
        );
        assert!(
            (pattern.jaro_winkler(b) - expected).abs() < 1e-12,
            "{a} {b}"
        );
        let found = distance::indel(a, b);
        let expected = reference(a, b, plain_indel);
        assert_eq!(found, expected.unwrap_or(found), "{a} {b}");
        assert_eq!(pattern.indel(b), found, "{a} {b}");
    }
}

#[test]
fn weighted_distances_are_alike_both_ways_and_no_dearer_than_edits() {
    let costs = Costs::default();
    for (a, b) in pairs() {
        let cost = costs.distance(&a, &b);
        assert_eq!(cost, costs.distance(&b, &a), "{a} {b}");
        if a.is_ascii() && b.is_ascii() {
            assert!(cost <= 100 * strsim::levenshtein(&a, &b) as u32, "{a} {b}");
        }
        assert_eq!(costs.distance(&a, &a), 0, "{a}");
    }
    // Two neighbours exchanged are less than an edit, in each of the widths of the matrix.
    for (a, b) in [
        ("MARTHA", "MARHTA"),
        ("KLDRSTPFGN", "KLDRSTPGFN"),
        ("KLDRSTPFGNBVWZKLDR", "KLDRSTPFGNBVZWKLDR"),
    ] {
        let cost = costs.distance(a, b);
        assert!((1..100).contains(&cost), "{a} {b}: {cost}");
    }
}

/// Under Miri with counts of a few names in place of the greatest table, and without the names that
/// load the tables of all scripts: the kernels that compare are the same.
#[test]
fn names_score_alike_both_ways() {
    let counts = "ANNA\t300\nMARIA\t900\nERIKSSON\t20";
    let (matcher, count) = match cfg!(miri) {
        true => (
            Matcher::with_counts(Tuning::default(), counts).expect("defaults are sound"),
            3,
        ),
        false => (Matcher::default(), 5),
    };
    let names = [
        "ERIKSSON/ANNA MARIA",
        "ERIKSON/MARIA",
        "VAN DEN BERG/J",
        "Κωνσταντίνου Ελένη",
        "O'DEA/JÖRG",
    ];
    let names = names
        .iter()
        .take(count)
        .map(|name| matcher.prepare(&Name::unsplit(name)));
    let names: Vec<_> = names.collect();
    for a in &names {
        assert!(matcher.score(a, a) > 0.9);
        for b in &names {
            assert_eq!(matcher.score(a, b).to_bits(), matcher.score(b, a).to_bits());
        }
    }
    assert!(matcher.score(&names[0], &names[1]) > matcher.score(&names[0], &names[2]));
}
