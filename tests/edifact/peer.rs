//! The same tokens as a reader that was written by somebody else, wherever that one accepts the
//! input.

use super::whole::{corpus, own_samples};
use super::*;

#[path = "../../benches/synth/mod.rs"]
mod synth;

/// The syntax identifiers that the peer refuses, and one of the same repertoire that it takes.
fn readable(input: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(input);
    let taken = ["IATA:1", "IATB:1", "IATC:1"]
        .iter()
        .fold(text.into_owned(), |text, id| text.replace(id, "UNOA:1"));
    taken.into_bytes()
}

/// What the peer makes of an input, data alone; nothing where it refuses it.
fn of_peer(input: &[u8]) -> Option<Vec<Seg>> {
    let segments: Result<Vec<_>, _> = edifact_rs::from_bytes(input).collect();
    let bare = |text: &str| text.replace(['\r', '\n'], "").trim().to_owned();
    let one = |segment: edifact_rs::Segment<'_>| {
        let mut data = Vec::new();
        for (element, parts) in (1..).zip(&segment.elements) {
            // The peer splits repetitions at `*`, which is text in this field.
            let mut whole: Vec<String> = Vec::new();
            for occurrence in std::iter::once(&parts.components).chain(&parts.repeats) {
                let mut texts = occurrence.iter().map(|(text, _)| text.to_string());
                if let Some(last) = whole.last_mut() {
                    *last = format!("{last}*{}", texts.next().unwrap_or_default());
                }
                whole.extend(texts);
            }
            for (component, text) in (1..).zip(whole) {
                data.push((element, component, bare(&text)));
            }
        }
        data.retain(|(.., text)| !text.is_empty());
        (segment.tag.into_owned(), data)
    };
    Some(segments.ok()?.into_iter().map(one).collect())
}

/// What this library makes of it; nothing where it repairs damage, which the peer takes for text.
fn of_ours(input: &[u8]) -> Option<Vec<Seg>> {
    let start = starts(input);
    let (scanner, _) = scan_all(input, start.unb, &start.delimiters);
    if !scanner.problems().is_empty() {
        return None;
    }
    let mut segments = segments_of(&scanner, input, &start.delimiters);
    let texts = segments.iter_mut().flat_map(|(_, data)| data);
    texts.for_each(|(.., text)| *text = text.trim().to_owned());
    Some(segments)
}

#[test]
fn the_tokens_are_those_of_another_reader() {
    let files = own_samples().into_iter().chain(corpus());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data");
    let mut examples = Vec::new();
    whole::files(&folder, &mut examples);
    let (mut accepted, mut refused) = (0, 0);
    let samples = files.chain(examples).map(|path| {
        let name = path.display().to_string();
        (name, std::fs::read(&path).expect("a sample can be read"))
    });
    let traffic = [
        (
            "200 bookings".to_owned(),
            synth::pnrgov(&synth::DENSE, 7, 200),
        ),
        ("500 persons".to_owned(), synth::paxlst(7, 500)),
    ];
    for (name, input) in samples.chain(traffic) {
        let input = readable(&input);
        let (Some(expected), Some(ours)) = (of_peer(&input), of_ours(&input)) else {
            refused += 1;
            continue;
        };
        accepted += 1;
        assert_eq!(ours.len(), expected.len(), "{name}: number of segments");
        for (at, (ours, expected)) in ours.iter().zip(&expected).enumerate() {
            assert_eq!(ours, expected, "{name}: segment {at}");
        }
    }
    println!("{accepted} inputs compared, {refused} refused by the other reader or damaged");
    assert!(accepted >= 10, "{accepted}");
}
