//! The generated traffic is what benches and tests take it for: counted right, the same
//! every time, of the size and variety of real pushes.

use std::collections::{BTreeMap, BTreeSet};

use paxnorm::diagnostic::Severity;
use paxnorm::privacy::Policy;
use paxnorm::{Options, Reader};

mod gaps;
#[path = "../benches/synth/mod.rs"]
mod synth;

/// Segments by the plainest reading: no separators but the defaults, `?` releases.
fn segments(bytes: &[u8]) -> Vec<String> {
    let text = std::str::from_utf8(bytes).expect("ASCII");
    let body = text.get(9..).expect("UNA, then the segments");
    let mut segments = vec![String::new()];
    let mut released = false;
    for character in body.chars() {
        match character {
            '\'' if !released => segments.push(String::new()),
            _ => segments.last_mut().expect("one at least").push(character),
        }
        released = character == '?' && !released;
    }
    assert_eq!(
        segments.pop().as_deref(),
        Some(""),
        "the last terminator ends the input"
    );
    segments
}

fn tag(segment: &str) -> &str {
    segment.get(..3).expect("tags have three letters")
}

#[test]
fn the_counts_told_are_the_counts_written() {
    let mut bytes = Vec::new();
    let counts = synth::write_pnrgov(&mut bytes, 7, 250).expect("memory takes all");
    let segments = segments(&bytes);
    let of = |wanted: &str| {
        segments
            .iter()
            .filter(|segment| tag(segment) == wanted)
            .count() as u64
    };
    assert_eq!((counts.messages, counts.bookings), (3, 250));
    assert_eq!((of("UNH"), of("SRC")), (3, 250));
    assert_eq!(counts.segments, segments.len() as u64);
    assert_eq!(counts.bytes, bytes.len() as u64);
}

#[test]
fn trailers_count_their_segments_and_messages() {
    let segments = segments(&synth::pnrgov(11, 250));
    let mut start = 0;
    for (at, segment) in segments.iter().enumerate() {
        match tag(segment) {
            "UNH" => start = at,
            "UNT" => {
                let said = segment
                    .split('+')
                    .nth(1)
                    .and_then(|count| count.parse().ok());
                assert_eq!(said, Some(at - start + 1));
            }
            _ => (),
        }
    }
    assert_eq!(
        segments[segments.len() - 2..],
        ["UNE+3+1", "UNZ+1+SYNTH0001"]
    );
}

#[test]
fn persons_are_the_travellers_of_tif_and_the_infants_of_inft() {
    let counts = synth::write_pnrgov(&mut std::io::sink(), 5, 2_000).expect("a sink takes all");
    let segments = segments(&synth::pnrgov(5, 2_000));
    let mut persons = BTreeSet::new();
    let (mut booking, mut history_or_check_in) = (0, false);
    for segment in &segments {
        match tag(segment) {
            "SRC" => (booking, history_or_check_in) = (booking + 1, false),
            "TRI" | "ABI" => history_or_check_in = true,
            "TIF" if !history_or_check_in => {
                persons.extend(person(segment).map(|name| (booking, name)));
            }
            "SSR" if segment.starts_with("SSR+INFT") => {
                let text = segment
                    .split(':')
                    .nth(8)
                    .and_then(|text| text.split(' ').next_back());
                persons.insert((booking, format!("infant born {}", text.unwrap_or_default())));
            }
            _ => (),
        }
    }
    assert_eq!(persons.len() as u64, counts.persons);
}

/// A name told by TIF, unless it is a group, an extra seat, or an infant, which INFT tells too.
fn person(segment: &str) -> Option<String> {
    let given = segment.split('+').nth(2)?;
    let pseudo = given.starts_with("EXST") || given.starts_with("CBBG") || given.contains(":IN:");
    (!pseudo).then(|| segment.to_owned())
}

#[test]
fn equal_seeds_give_equal_bytes_and_others_do_not() {
    assert_eq!(synth::pnrgov(3, 120), synth::pnrgov(3, 120));
    assert_ne!(synth::pnrgov(3, 120), synth::pnrgov(4, 120));
}

#[test]
fn traffic_is_as_large_and_as_varied_as_real_traffic() {
    let bytes = synth::pnrgov(1, 5_000);
    let released = bytes.iter().filter(|&&byte| byte == b'?').count();
    let mut seen = BTreeMap::new();
    for segment in segments(&bytes) {
        *seen.entry(tag(&segment).to_owned()).or_insert(0) += 1;
    }
    println!(
        "{} bytes a booking, {released} released of {}: {seen:?}",
        bytes.len() / 5_000,
        bytes.len()
    );
    assert!((1_000..2_000).contains(&(bytes.len() / 5_000)));
    assert!((bytes.len() / 4_000..bytes.len() / 1_400).contains(&released));
    let all = "ABI ADD APD DAT EBD EQN FAR FOP FTI IFT LTS MON MSG ORG PTK RCI REF RPI SAC SRC SSD \
               SSR TBD TIF TKT TRA TRI TVL TXD UNB UNE UNG UNH UNT UNZ";
    assert_eq!(
        seen.keys().cloned().collect::<Vec<_>>(),
        all.split_whitespace().collect::<Vec<_>>()
    );
}

fn starting<'a>(segments: &'a [String], with: &'a str) -> impl Iterator<Item = &'a String> {
    segments
        .iter()
        .filter(move |segment| segment.starts_with(with))
}

#[test]
fn lists_are_counted_as_told() {
    let mut bytes = Vec::new();
    let counts = synth::write_paxlst(&mut bytes, 9, 2_000).expect("memory takes all");
    let segments = segments(&bytes);
    let starting = |with| starting(&segments, with);
    let named = starting("NAD")
        .filter(|segment| !segment.starts_with("NAD+MS"))
        .count() as u64;
    let locators = starting("RFF+AVF").collect::<BTreeSet<_>>().len() as u64;
    let said =
        starting("CNT").filter_map(|segment| segment.rsplit(':').next()?.parse::<u64>().ok());
    assert_eq!(
        (counts.persons, counts.persons, counts.bookings),
        (2_000, named, locators)
    );
    assert_eq!(said.sum::<u64>(), 2_000);
    assert_eq!(counts.messages, starting("UNH").count() as u64);
    assert_eq!(counts.segments, segments.len() as u64);
    assert!(starting("NAD+FM").count() > 0 && starting("NAD+DDU").count() > 0);
}

#[test]
fn a_reader_finds_what_was_told_and_doubts_nothing() {
    let mut bytes = Vec::new();
    let told = synth::write_pnrgov(&mut bytes, 21, 1_000).expect("memory takes all");
    let options = Options {
        policy: Policy::keep_all(),
        ..Options::default()
    };
    let (mut bookings, mut persons, mut unmapped) = (0, 0, 0);
    let mut doubts = BTreeSet::new();
    for record in Reader::with(&bytes[..], &options).expect("PNRGOV is recognised") {
        let record = record.expect("it is read to its end");
        let warnings = record
            .diagnostics
            .iter()
            .filter(|doubt| doubt.severity() > Severity::Note);
        doubts.extend(warnings.map(|doubt| doubt.code.name()));
        bookings += u64::from(record.booking.is_some());
        persons += record.booking.map_or(0, |booking| booking.persons() as u64);
        unmapped += record.data.unmapped;
        let data = record.data;
        assert_eq!(data.read, data.mapped + data.withheld + data.unmapped);
    }
    assert_eq!((bookings, unmapped), (told.bookings, 0));
    let mut wrong = Vec::new();
    if persons != told.persons {
        wrong.push((
            "persons".to_owned(),
            format!("{} told, {persons} read", told.persons),
        ));
    }
    if !doubts.is_empty() {
        wrong.push(("doubts".to_owned(), format!("{doubts:?}")));
    }
    gaps::settle("synth", &wrong);
}
