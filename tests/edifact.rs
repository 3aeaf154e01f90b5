//! The EDIFACT syntax layer: deviations of the field, a naive scanner beside the fast one, every
//! way of cutting the input, hostile input.

use std::path::{Path, PathBuf};
use std::time::Instant;

use paxnorm::edifact::{
    Charset, Delimiters, Limit, LimitReached, Limits, Problem, ProblemKind, Scanned, Scanner,
    Search, Start, Tag, find_interchange,
};
use proptest::prelude::*;

#[path = "edifact/damage.rs"]
mod damage;
#[path = "edifact/hostile.rs"]
mod hostile;
#[path = "edifact/peer.rs"]
mod peer;
#[path = "edifact/sound.rs"]
mod sound;
#[path = "edifact/whole.rs"]
mod whole;

/// A segment as the tests write it: the tag (of a fragment the bytes before it end), and the
/// places and texts of its data.
type Seg = (String, Vec<(u16, u16, String)>);

struct Read {
    segments: Vec<Seg>,
    kinds: Vec<ProblemKind>,
    used: usize,
}

fn starts(input: &[u8]) -> Start {
    match find_interchange(input, 0, true) {
        Search::Found(start) => start,
        other => panic!(
            "no interchange in {:?}: {other:?}",
            String::from_utf8_lossy(input)
        ),
    }
}

fn scan_all(input: &[u8], from: usize, delimiters: &Delimiters) -> (Scanner, usize) {
    let mut scanner = Scanner::new();
    let scanned = scanner.scan(input, from, delimiters, &Limits::default(), true, |_, _| {
        false
    });
    let Ok(Scanned::Complete { used }) = scanned else {
        panic!("{scanned:?}")
    };
    (scanner, used)
}

fn segments_of(scanner: &Scanner, input: &[u8], delimiters: &Delimiters) -> Vec<Seg> {
    let segments = scanner.segments(input, Charset::Ascii, delimiters);
    let one = |segment: paxnorm::edifact::Segment<'_>| {
        let data = segment
            .components()
            .map(|c| (c.element(), c.component(), c.code().into_owned()));
        (segment.tag().to_string(), data.collect())
    };
    segments.iter().map(one).collect()
}

/// Segments from `input`, which needs no envelope, with the default service characters.
fn read(input: &[u8]) -> Read {
    read_from(input, 0, &Delimiters::DEFAULT)
}

fn read_from(input: &[u8], from: usize, delimiters: &Delimiters) -> Read {
    let (scanner, used) = scan_all(input, from, delimiters);
    let kinds = scanner.problems().iter().map(|p| p.kind).collect();
    Read {
        segments: segments_of(&scanner, input, delimiters),
        kinds,
        used,
    }
}

/// `TVL 1.1=280513 2.1=SIN` for each segment.
fn shown(segments: &[Seg]) -> Vec<String> {
    let one = |(tag, data): &Seg| {
        let data: String = data
            .iter()
            .map(|(e, c, text)| format!(" {e}.{c}={text}"))
            .collect();
        format!("{tag}{data}")
    };
    segments.iter().map(one).collect()
}

/// Each row: what it is, the input, the segments, the problems.
type Row<'a> = (&'a str, &'a [u8], &'a [&'a str], &'a [ProblemKind]);

fn check(rows: &[Row<'_>]) {
    for (what, input, segments, problems) in rows {
        let read = read(input);
        assert_eq!(shown(&read.segments), *segments, "{what}");
        assert_eq!(read.kinds, *problems, "{what}");
    }
}
