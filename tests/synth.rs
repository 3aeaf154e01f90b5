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

/// Every kind of traffic, by the habits of those who send it.
const TRAFFIC: [&synth::Habits; 2] = [&synth::ORDINARY, &synth::DENSE];

fn tag(segment: &str) -> &str {
    segment.get(..3).expect("tags have three letters")
}

#[test]
fn the_counts_told_are_the_counts_written() {
    TRAFFIC.into_iter().for_each(counts_are_true);
}

fn counts_are_true(habits: &'static synth::Habits) {
    let mut bytes = Vec::new();
    let counts = synth::write_pnrgov(&mut bytes, habits, 7, 250).expect("memory takes all");
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
    TRAFFIC.into_iter().for_each(trailers_are_true);
}

fn trailers_are_true(habits: &'static synth::Habits) {
    let segments = segments(&synth::pnrgov(habits, 11, 250));
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
    TRAFFIC.into_iter().for_each(persons_are_true);
}

fn persons_are_true(habits: &'static synth::Habits) {
    let sink = &mut std::io::sink();
    let counts = synth::write_pnrgov(sink, habits, 5, 2_000).expect("a sink takes all");
    let segments = segments(&synth::pnrgov(habits, 5, 2_000));
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
    for habits in TRAFFIC {
        let pnrgov = |seed| synth::pnrgov(habits, seed, 120);
        assert_eq!(pnrgov(3), pnrgov(3));
        assert_ne!(pnrgov(3), pnrgov(4));
    }
}

#[test]
fn traffic_is_as_large_and_as_varied_as_real_traffic() {
    TRAFFIC.into_iter().for_each(is_varied);
}

fn is_varied(habits: &'static synth::Habits) {
    let bytes = synth::pnrgov(habits, 1, 5_000);
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
    assert!((bytes.len() / 4_000..bytes.len() / 1_300).contains(&released));
    let all = "ABI ADD APD DAT EBD EQN FAR FOP FTI IFT LTS MON MSG ORG PTK RCI REF RPI SAC SRC SSD \
               SSR TBD TIF TKT TRA TRI TVL TXD UNB UNE UNG UNH UNT UNZ";
    assert_eq!(
        seen.keys().cloned().collect::<Vec<_>>(),
        all.split_whitespace().collect::<Vec<_>>()
    );
}

/// Parts of a text that no release character holds together; none of the traffic has one before
/// another.
fn parts(text: &str, separator: char) -> usize {
    let mut before = ' ';
    let cuts = text.chars().filter(|&character| {
        let released = std::mem::replace(&mut before, character) == '?';
        character == separator && !released
    });
    cuts.count() + 1
}

/// Bytes, segments, elements and components of a booking, its share of the envelope among them;
/// elements and components behind the tag, empty ones too.
fn shape(bytes: &[u8], bookings: f64) -> [f64; 4] {
    let segments = segments(bytes);
    let (mut elements, mut components) = (0, 0);
    for segment in &segments {
        elements += parts(segment, '+') - 1;
        let behind = segment.split_once('+').map_or("", |(_, behind)| behind);
        components += match behind {
            "" => 0,
            _ => parts(behind, '+') + parts(behind, ':') - 1,
        };
    }
    [bytes.len(), segments.len(), elements, components].map(|count| count as f64 / bookings)
}

/// The traffic on which the goals of speed were set: 1,459 bytes a booking, and 8.4, 22.0 and 52.5
/// million segments, elements and components in 184,000 bookings.
#[test]
fn ordinary_traffic_has_the_shape_for_which_speed_is_asked() {
    const WANTED: [(&str, f64); 4] = [
        ("bytes", 1_459.0),
        ("segments", 45.7),
        ("elements", 119.6),
        ("components", 285.3),
    ];
    let shape = shape(&synth::pnrgov(&synth::ORDINARY, 1, 5_000), 5_000.0);
    println!("{shape:?}");
    for ((what, wanted), found) in WANTED.into_iter().zip(shape) {
        let off = (found / wanted - 1.0).abs();
        assert!(off < 0.03, "{what}: {found} where {wanted} are wanted");
    }
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
    let mut wrong = Vec::new();
    for habits in TRAFFIC {
        wrong.extend(found_wrong(habits));
    }
    gaps::settle("synth", &wrong);
}

fn found_wrong(habits: &'static synth::Habits) -> Vec<(String, String)> {
    let mut bytes = Vec::new();
    let told = synth::write_pnrgov(&mut bytes, habits, 21, 1_000).expect("memory takes all");
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
    wrong
}
