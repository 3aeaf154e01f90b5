//! Whole files and generated input: the oracle, every way of cutting.

use super::*;

/// Forty lines that know nothing of masks, blocks and repairs: tag and number of data of each
/// segment that has a tag of three letters.
fn oracle(input: &[u8], from: usize, d: &Delimiters) -> Vec<(String, Vec<(u32, u32)>)> {
    let (mut segments, mut at) = (Vec::new(), from);
    loop {
        while input.get(at).is_some_and(|b| *b <= b' ') {
            at += 1;
        }
        if at >= input.len() {
            return segments;
        }
        let (mut tag, mut data, mut place, mut solid, mut released) =
            (Vec::new(), Vec::new(), (0, 0), false, false);
        loop {
            let byte = input.get(at).copied();
            at += 1;
            match byte {
                Some(b) if released && !matches!(b, b'\r' | b'\n') => {
                    (released, solid) = (false, true)
                }
                Some(b) if Some(b) == d.release => (released, solid) = (true, true),
                Some(b) if b != d.terminator && b != d.element && b != d.component => {
                    solid |= b > b' ';
                    if place == (0, 0) && b > b' ' {
                        tag.push(b);
                    }
                }
                cut => {
                    if solid && place != (0, 0) {
                        data.push(place);
                    }
                    solid = false;
                    place = if cut == Some(d.element) {
                        (place.0 + 1, 1)
                    } else {
                        (place.0, place.1 + 1)
                    };
                    if cut.is_none_or(|b| b == d.terminator) {
                        break;
                    }
                }
            }
        }
        let tag = String::from_utf8(tag).unwrap();
        let ended = tag == "UNZ";
        segments.push((tag, data));
        if ended {
            return segments;
        }
    }
}

fn assert_as_oracle(input: &[u8], from: usize, d: &Delimiters) {
    let (scanner, _) = scan_all(input, from, d);
    let segments = scanner.segments(input, Charset::Ascii, d);
    let places = |s: paxnorm::edifact::Segment<'_>| {
        s.components()
            .map(|c| (c.element().into(), c.component().into()))
            .collect()
    };
    let fast: Vec<(String, Vec<(u32, u32)>)> = segments
        .iter()
        .map(|s| (s.tag().to_string(), places(s)))
        .collect();
    assert_eq!(fast, oracle(input, from, d));
    assert_eq!(
        segments.data(),
        fast.iter().map(|(_, data)| data.len()).sum::<usize>()
    );
}

pub(super) fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, into);
        } else if path.extension().is_some_and(|e| e == "edi") {
            into.push(path);
        }
    }
}

pub(super) fn own_samples() -> Vec<PathBuf> {
    let mut found = Vec::new();
    files(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/edifact"),
        &mut found,
    );
    assert!(found.len() >= 3, "own samples are part of the project");
    found
}

/// The shared corpus, or nothing (with a line that says so) where it is absent.
pub(super) fn corpus() -> Vec<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let shared = std::env::var_os("PAXNORM_SHARED").map_or(beside, PathBuf::from);
    let mut found = Vec::new();
    files(&shared.join("corpus"), &mut found);
    if found.is_empty() {
        assert!(
            std::env::var_os("CI").is_none_or(|ci| ci != "true"),
            "no corpus in CI"
        );
        println!("skipped: no shared corpus");
    }
    found
}

#[test]
fn sound_files_read_as_the_oracle_reads_them() {
    let mut sound = 0;
    for path in own_samples().into_iter().chain(corpus()) {
        let input = std::fs::read(&path).unwrap();
        let start = starts(&input);
        let (scanner, _) = scan_all(&input, start.unb, &start.delimiters);
        if scanner.problems().is_empty() {
            assert_as_oracle(&input, start.unb, &start.delimiters);
            sound += 1;
        }
    }
    assert!(sound >= 2, "{sound}");
}

/// File, segments, data, and the problems with the segment each was met at.
type Known = (&'static str, usize, usize, &'static [(ProblemKind, usize)]);

#[test]
fn damaged_files_of_the_corpus_are_repaired() {
    use ProblemKind::{Fused, TerminatorMissing, TerminatorTypographic};
    let known: [Known; 8] = [
        (
            "pnrMessagePg75.edi",
            61,
            236,
            &[
                (TerminatorTypographic, 15),
                (TerminatorTypographic, 36),
                (Fused, 38),
                (TerminatorTypographic, 49),
            ],
        ),
        ("pnrMessagePg76.edi", 28, 108, &[(TerminatorMissing, 27)]),
        (
            "pnrMessagePg77.edi",
            55,
            214,
            &[(Fused, 51), (TerminatorMissing, 54)],
        ),
        (
            "modifyPnr77ForCodeShare.edi",
            62,
            259,
            &[(Fused, 58), (TerminatorMissing, 61)],
        ),
        ("pnrBadFormat.edi", 28, 108, &[(TerminatorMissing, 27)]),
        ("danglingMetaCharacter.edi", 57, 228, &[]),
        ("original_A.edi", 29, 87, &[]),
        (
            "sample_paxlst_message_001.edi",
            41,
            119,
            &[
                (TerminatorTypographic, 21),
                (TerminatorTypographic, 26),
                (TerminatorTypographic, 33),
            ],
        ),
    ];
    let corpus = corpus();
    for (name, segments, data, problems) in known {
        let Some(path) = corpus.iter().find(|path| path.ends_with(name)) else {
            continue;
        };
        let input = std::fs::read(path).unwrap();
        let start = starts(&input);
        let (scanner, _) = scan_all(&input, start.unb, &start.delimiters);
        let met: Vec<_> = scanner
            .problems()
            .iter()
            .map(|p| (p.kind, p.segment))
            .collect();
        assert_eq!(met, problems, "{name}");
        let read = scanner.segments(&input, Charset::Ascii, &start.delimiters);
        assert_eq!((read.len(), read.data()), (segments, data), "{name}");
    }
}

#[test]
fn wrapped_telex_reads_as_its_cleaned_form() {
    let corpus = corpus();
    for name in ["A", "B"] {
        let read = |kind: &str| {
            let path = corpus
                .iter()
                .find(|p| p.ends_with(format!("{kind}_{name}.edi")))?;
            let input = std::fs::read(path).unwrap();
            let start = starts(&input);
            Some(read_from(&input, start.unb, &start.delimiters).segments)
        };
        let (wrapped, cleaned) = (read("original"), read("cleaned"));
        assert_eq!(wrapped, cleaned);
        assert_eq!(wrapped.is_some(), !corpus.is_empty());
    }
}

/// Everything that a caller can see, batch by batch (a batch ends before SRC and UNT), with
/// offsets in the whole input; the window grows by `step` bytes from what is used.
pub(super) fn streamed(input: &[u8], step: usize) -> Vec<String> {
    let (mut seen, mut at, mut end) = (Vec::new(), 0, 0);
    let mut scanner = Scanner::new();
    loop {
        let start = loop {
            match find_interchange(&input[at..end], 0, end == input.len()) {
                Search::Found(start) => break start,
                Search::None => return seen,
                Search::More(skip) => {
                    at += skip;
                    end = (end + step).min(input.len());
                }
            }
        };
        seen.push(format!(
            "{:?} {} {:?} {}",
            start.una.map(|una| una + at),
            start.unb + at,
            start.delimiters,
            start.problems.len()
        ));
        at += start.unb;
        let mut ended = false;
        while !ended {
            let stop =
                |index: usize, tag: Tag| index > 0 && matches!(tag.as_str(), "SRC" | "UNT" | "UNB");
            let last = end == input.len();
            let window = &input[at..end];
            match scanner.scan(window, 0, &start.delimiters, &Limits::default(), last, stop) {
                Err(error) => panic!("{error}"),
                Ok(Scanned::More) => end = (end + step).min(input.len()),
                Ok(Scanned::Complete { used }) => {
                    let segments = scanner.segments(window, Charset::Ascii, &start.delimiters);
                    for s in segments {
                        let data: String = s
                            .components()
                            .map(|c| {
                                format!(
                                    " {}@{}.{}={}|{}",
                                    c.offset() + at,
                                    c.element(),
                                    c.component(),
                                    c.text(),
                                    c.code()
                                )
                            })
                            .collect();
                        seen.push(format!("{} {}+{}{data}", s.tag(), s.offset() + at, s.len()));
                    }
                    seen.extend(scanner.problems().iter().map(|p| {
                        format!("{:?} {} {}+{}", p.kind, p.segment, p.offset + at, p.len)
                    }));
                    ended = used == 0
                        || segments
                            .iter()
                            .last()
                            .is_none_or(|s| s.tag().as_str() == "UNZ")
                        || at + used == input.len();
                    seen.push(format!("batch {}", at + used));
                    at += used;
                }
            }
        }
    }
}

#[test]
fn every_way_of_cutting_reads_the_same() {
    for path in own_samples().into_iter().chain(corpus()) {
        let input = std::fs::read(&path).unwrap();
        if input.len() > 10_000 {
            continue;
        }
        let whole = streamed(&input, input.len());
        assert!(whole.len() > 10, "{}", path.display());
        let steps: &[usize] = if input.len() < 1_200 {
            &[1, 2, 3, 5, 61, 64, 67, 500]
        } else {
            &[7, 64, 67, 500]
        };
        for &step in steps {
            assert_eq!(
                streamed(&input, step),
                whole,
                "{} by {step}",
                path.display()
            );
        }
    }
}

/// Pieces of messages, sound and not, from which inputs are put together.
const PIECES: &[&str] = &[
    "+",
    ":",
    "'",
    "'\n",
    "?",
    "\n",
    " ",
    "*",
    "A",
    "O",
    "19",
    "KIM",
    "TIF",
    "RPI+1+HK",
    "IFT+4:19+",
    "SSR+DOCS:HK:1:XX:::::",
    "LTS+",
    "ORG+",
    "SRC'",
    "RCI+XX:ABC123",
    "TVL+280513:2225+SIN",
    "UNA:+.?*'",
    "UNB+IATA:1+XX'",
    "UNZ+1+1",
    "UNT+1+1'",
    "\u{2019}\n",
    "\u{2019}",
    "/*",
    "*/",
    "É",
    "A VALUE THAT IS LONGER THAN A BLOCK OF SIXTY-FOUR BYTES, BY SOME WAY TO GO",
];

fn pieces() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|p| p.concat().into_bytes())
}

/// What follows a segment in the same block says nothing about it: it may come later.
#[test]
fn bytes_behind_a_segment_do_not_change_it() {
    let glued = "UNB+IATA:1+XX'UNH+1'TVL+280513:2225+SINSSR+DOCS:HK:1:XX'FTX+\u{2019}'";
    let whole = streamed(glued.as_bytes(), glued.len());
    for step in 1..90 {
        assert_eq!(
            streamed(glued.as_bytes(), step),
            whole,
            "in steps of {step}"
        );
    }
}

/// Sound segments: the oracle must agree on every one.
fn sound() -> impl Strategy<Value = Vec<u8>> {
    let value = "[A-EX0-9]{0,9}|[A-E][A-E? ]{0,90}| {0,3}|\r\n|A\r\nB"
        .prop_map(|v: String| v.replace('?', "?'"));
    let separator = prop::sample::select(vec!["+", ":"]);
    let body = prop::collection::vec((separator, value), 0..9).prop_map(|b| {
        b.into_iter()
            .map(|(s, v)| format!("{s}{v}"))
            .collect::<String>()
    });
    let tag = prop::sample::select(vec!["FTX", "NAD", "LOC", "XYZ", "DOC"]);
    let gap = prop::sample::select(vec!["", "\r\n", " ", "\n\n  "]);
    prop::collection::vec((tag, body, gap), 0..16).prop_map(|s| {
        s.into_iter()
            .map(|(t, b, g)| format!("{t}+{b}'{g}"))
            .collect::<String>()
            .into_bytes()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn sound_input_reads_as_the_oracle_reads_it(input in sound()) {
        assert_as_oracle(&input, 0, &Delimiters::DEFAULT);
    }

    #[test]
    fn damaged_input_reads_the_same_for_every_cutting(body in pieces(), step in 1usize..90) {
        let input = [b"UNB+IATA:1+XX'UNH+1'".as_slice(), &body].concat();
        prop_assert_eq!(streamed(&input, step), streamed(&input, input.len()));
    }

    #[test]
    fn spans_are_in_order_and_inside_their_segment(input in pieces()) {
        let (scanner, _) = scan_all(&input, 0, &Delimiters::DEFAULT);
        let (mut behind, mut index) = (0, 0);
        for segment in scanner.segments(&input, Charset::Ascii, &Delimiters::DEFAULT) {
            prop_assert!(segment.offset() >= behind);
            let mut place = (0, 0);
            for c in segment.components() {
                prop_assert!(place < (c.element(), c.component()));
                prop_assert!(segment.offset() <= c.offset() && c.offset() + c.len() <= segment.offset() + segment.len());
                prop_assert!(c.raw().iter().any(|b| *b > b' '));
                prop_assert_eq!(c.index(), index);
                (place, index) = ((c.element(), c.component()), index + 1);
            }
            behind = segment.offset() + segment.len();
        }
    }
}
