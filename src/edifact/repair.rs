//! Segments glued together: a terminator lost, or printed as a typographic apostrophe.
//!
//! Only segments that show a symptom come here (bytes beyond ASCII, line breaks inside a value,
//! more elements than usual), so sound input pays nothing.

use super::body::Span;
use super::delimiters::Delimiters;
use super::look::{is_blank, is_break};
use super::problem::ProblemKind;
use super::tag::{Tag, Text};

/// Where a segment was glued to the one before it.
pub(super) struct Joint {
    /// Behind the last byte of the one before.
    pub(super) keep: usize,
    /// Where the tag starts.
    pub(super) at: usize,
    pub(super) tag: Tag,
    pub(super) kind: ProblemKind,
}

/// What is examined.
pub(super) struct Place<'a> {
    pub(super) window: &'a [u8],
    /// The segment that the spans belong to.
    pub(super) tag: Tag,
    /// Elements of the segments before it, in which the spans still count.
    pub(super) shift: u16,
}

impl<'a> Place<'a> {
    fn start(&self, span: &Span) -> usize {
        span.start as usize
    }

    fn end(&self, span: &Span) -> usize {
        span.end() as usize
    }

    fn raw(&self, span: &Span) -> &'a [u8] {
        self.window
            .get(self.start(span)..self.end(span))
            .unwrap_or_default()
    }
}

/// What is left of `span` before `keep`, if that is a datum.
pub(super) fn kept(place: &Place<'_>, span: Span, keep: usize) -> Option<Span> {
    let raw = place.window.get(place.start(&span)..keep)?;
    let solid = raw.iter().any(|b| !is_blank(*b));
    let dirty = span.is_dirty() || raw.iter().any(|b| *b < b' ');
    let end = keep as u32;
    solid.then_some(Span::new(span.start, end, span.place(), dirty).moved(place.shift))
}

/// Whether a value ends in a known tag that does not begin it, or in a blank: the cheap question
/// before the thorough one. Values that end in a digit, most of all, are set aside without a branch.
pub(super) fn may_hold_joint(place: &Place<'_>, spans: &[Span]) -> bool {
    let byte = |at: usize| place.window.get(at).copied().unwrap_or(0);
    let open = |span: &Span| {
        let last = byte(place.end(span).wrapping_sub(1));
        (span.end() - span.start > 3) & (last.is_ascii_uppercase() | is_blank(last))
    };
    let glued = |span: &Span| {
        let [a, b, c] = [3, 2, 1].map(|back| byte(place.end(span).wrapping_sub(back)));
        is_blank(c) || Tag([a, b, c]).is_known()
    };
    spans.chunks(64).any(|chunk| {
        let marks = chunk
            .iter()
            .enumerate()
            .map(|(i, span)| u64::from(open(span)) << i);
        let mut marked = marks.fold(0, |all, mark| all | mark);
        while marked != 0 {
            if chunk
                .get(marked.trailing_zeros() as usize)
                .is_some_and(glued)
            {
                return true;
            }
            marked &= marked - 1;
        }
        false
    })
}

/// Whether another segment begins at the end of the first of `rest`, which are the spans from
/// there to the end of the segment.
pub(super) fn joint(place: &Place<'_>, rest: &[Span], delimiters: &Delimiters) -> Option<Joint> {
    let span = rest.first()?;
    let behind = place.window.get(place.end(span));
    if behind == Some(&delimiters.component) {
        return None;
    }
    let raw = place.raw(span);
    let solid = raw.iter().rposition(|b| !is_blank(*b))? + 1;
    let (before, letters) = raw.get(..solid)?.split_last_chunk::<3>()?;
    if !letters.iter().all(u8::is_ascii_uppercase) || !Tag::new(letters).is_known() {
        return None;
    }
    let tag = Tag::new(letters);
    let (keep, kind) = typographic(before)
        .or_else(|| cut_off(place, before, tag, rest))
        .or_else(|| {
            fused(
                place,
                before,
                tag,
                rest,
                behind == Some(&delimiters.element),
            )
        })?;
    let start = place.start(span);
    Some(Joint {
        keep: start + keep,
        at: start + before.len(),
        tag,
        kind,
    })
}

/// U+2019 (in UTF-8 or windows-1252), then white space to the tag.
fn typographic(before: &[u8]) -> Option<(usize, ProblemKind)> {
    let quote = before.trim_ascii_end();
    let keep = match quote {
        [keep @ .., 0xE2, 0x80, 0x99] => keep,
        [keep @ .., 0x92] if core::str::from_utf8(quote).is_err() => keep,
        _ => return None,
    };
    (quote.len() < before.len()).then_some((keep.len(), ProblemKind::TerminatorTypographic))
}

/// A line break and the UNB of another interchange: the one before was cut off.
fn cut_off(
    place: &Place<'_>,
    before: &[u8],
    tag: Tag,
    rest: &[Span],
) -> Option<(usize, ProblemKind)> {
    let value = before.trim_ascii_end();
    let broken = before.get(value.len()..)?.iter().any(|b| is_break(*b));
    let syntax = next(place, rest, 1, 1)?;
    let is_unb =
        tag == Tag::new(b"UNB") && syntax.len() == 4 && syntax.iter().all(u8::is_ascii_alphabetic);
    (broken && is_unb).then_some((value.len(), ProblemKind::TerminatorMissing))
}

/// What a component looks like.
#[derive(Clone, Copy)]
enum Shape {
    /// So many digits.
    Digits(usize, usize),
    /// So many capitals.
    Letters(usize, usize),
    /// So many digits and capitals.
    Code(usize, usize),
    /// Letters, blanks, hyphens and apostrophes.
    Name,
    /// `I` or `G`: an individual's surname, a group.
    Individual,
    /// Nothing.
    Empty,
}

use Shape::{Code, Digits, Empty, Individual, Letters, Name};

/// A tag, and element, component and shape of what must follow it.
type Follower = (&'static [u8; 3], &'static [(u16, u16, Shape)]);

/// The first composite of the segments that are found glued, by element, component and shape.
const FOLLOWERS: &[Follower] = &[
    (b"TIF", &[(1, 1, Name), (1, 2, Individual)]),
    (b"TIF", &[(1, 1, Name), (2, 1, Name)]),
    (b"IFT", &[(1, 1, Digits(1, 1)), (1, 2, Digits(1, 3))]),
    (
        b"ABI",
        &[(1, 1, Digits(1, 1)), (1, 2, Empty), (5, 1, Code(2, 3))],
    ),
    (b"TRI", &[(1, 1, Empty), (2, 1, Code(1, 9))]),
    (b"RPI", &[(1, 1, Digits(1, 3)), (2, 1, Letters(2, 5))]),
    (b"ORG", &[(1, 1, Code(2, 3)), (1, 2, Letters(3, 3))]),
    (
        b"DAT",
        &[
            (1, 1, Code(1, 3)),
            (1, 2, Digits(6, 6)),
            (1, 3, Digits(4, 4)),
        ],
    ),
    (b"TVL", &[(1, 1, Digits(6, 6)), (1, 2, Digits(4, 4))]),
    (b"RCI", &[(1, 1, Code(2, 3)), (1, 2, Code(5, 8))]),
    (b"SSR", &[(1, 1, Letters(4, 4)), (1, 2, Letters(2, 2))]),
    (b"REF", &[(1, 1, Empty), (1, 2, Code(4, 35))]),
    (b"APD", &[(1, 1, Code(3, 3)), (1, 2, Empty)]),
    (b"UNT", &[(1, 1, Digits(1, 10)), (2, 1, Code(1, 14))]),
];

/// Tags whose first composite is told from any code by its form alone; the others count only at or
/// past the last position of the segment before, for codes end in tags too (`BRUXX2APD`).
const TELLING: &[&[u8; 3]] = &[b"TIF", b"IFT", b"DAT", b"TVL", b"SSR"];

/// Segments whose last position is certain: at it, or past it, no code can be so long.
const LAST_POSITIONS: &[(&[u8; 3], u16)] = &[(b"ORG", 9), (b"RPI", 2)];

/// A code or number, then the tag without anything between, then the first composite of its
/// segment. Never in names and text: surnames end in tags (JAFAR, SIMON, SOLDAT).
fn fused(
    place: &Place<'_>,
    before: &[u8],
    tag: Tag,
    rest: &[Span],
    separated: bool,
) -> Option<(usize, ProblemKind)> {
    let span = rest.first()?;
    let class = place.tag.class();
    if class.text() != Text::Nowhere || class.usual() == u32::MAX || !separated || before.is_empty()
    {
        return None;
    }
    let last = LAST_POSITIONS
        .iter()
        .find(|(name, _)| place.tag == Tag::new(name));
    let past = last.is_some_and(|(_, last)| span.element() - place.shift >= *last);
    let telling = TELLING.iter().any(|name| tag == Tag::new(name));
    let coded = telling && before.len() <= 9 && shaped(Some(before), Code(1, 9));
    let follows = |(name, shapes): &Follower| {
        tag == Tag::new(name)
            && shapes
                .iter()
                .all(|(e, c, shape)| shaped(next(place, rest, *e, *c), *shape))
    };
    ((past || coded) && FOLLOWERS.iter().any(follows)).then_some((before.len(), ProblemKind::Fused))
}

/// The component at a place counted from the first of `rest`, if it is not empty.
fn next<'a>(place: &Place<'a>, rest: &[Span], element: u16, component: u16) -> Option<&'a [u8]> {
    let (first, others) = rest.split_first()?;
    // As many as any row of the table can ask for.
    let near = others.iter().take(16);
    let found = near
        .into_iter()
        .find(|s| (s.element() - first.element(), s.component()) == (element, component));
    found.map(|span| place.raw(span))
}

fn shaped(raw: Option<&[u8]>, shape: Shape) -> bool {
    let is = |least: usize, most: usize, one: fn(&u8) -> bool| {
        raw.is_some_and(|raw| (least..=most).contains(&raw.len()) && raw.iter().all(one))
    };
    match shape {
        Digits(least, most) => is(least, most, u8::is_ascii_digit),
        Letters(least, most) => is(least, most, u8::is_ascii_uppercase),
        Code(least, most) => is(least, most, |b| {
            b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'-'
        }),
        Name => is(1, 70, |b| {
            b.is_ascii_alphabetic() || matches!(b, b' ' | b'-' | b'\'')
        }),
        Individual => matches!(raw, Some([b'I' | b'G'])),
        Empty => raw.is_none(),
    }
}
