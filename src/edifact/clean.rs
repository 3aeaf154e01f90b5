//! Values without release characters and line breaks.

use std::borrow::Cow;

use super::look::{is_blank, is_break};
use super::segment::Source;

/// Telex and mail wrap at 64 to 69 columns; a line that ended before this one ended by intent.
const FULL_LINE: usize = 60;

/// Free text: see [`Component::text`](super::Component::text).
pub(super) fn text<'w>(source: &Source<'w>, offset: usize, raw: &'w [u8]) -> Cow<'w, str> {
    let mut bytes = Vec::with_capacity(raw.len() + 1);
    unwrap(raw, source.release, false, &mut bytes, |out, at| {
        let blank =
            out.last().is_none_or(|b| is_blank(*b)) || raw.get(at..).is_some_and(starts_blank);
        if !blank && ended_early(source, offset + at) {
            out.push(b' ');
        }
    });
    owned(source, bytes)
}

/// Codes: see [`Component::code`](super::Component::code).
pub(super) fn code<'w>(source: &Source<'w>, raw: &'w [u8]) -> Cow<'w, str> {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut joint = 0;
    unwrap(raw, source.release, true, &mut bytes, |out, _| {
        let solid = out
            .iter()
            .skip(joint)
            .rposition(|b| !is_blank(*b))
            .map_or(joint, |i| joint + i + 1);
        out.truncate(solid);
        joint = out.len();
    });
    owned(source, bytes)
}

fn owned<'w>(source: &Source<'w>, bytes: Vec<u8>) -> Cow<'w, str> {
    if source.charset.hides_in_ascii() {
        return Cow::Owned(source.charset.decode(&bytes).into_owned());
    }
    let text = String::from_utf8(bytes);
    Cow::Owned(text.unwrap_or_else(|error| source.charset.decode(error.as_bytes()).into_owned()))
}

fn starts_blank(rest: &[u8]) -> bool {
    rest.iter()
        .find(|b| !is_break(**b))
        .is_none_or(|b| is_blank(*b))
}

/// Copies `raw` without release characters and breaks, and without the blanks that follow breaks
/// if `tight`; `joint` is told of each run of breaks.
fn unwrap(
    raw: &[u8],
    release: Option<u8>,
    tight: bool,
    out: &mut Vec<u8>,
    mut joint: impl FnMut(&mut Vec<u8>, usize),
) {
    let (mut released, mut broken, mut at) = (false, false, 0);
    let ends_run = |byte: &u8| is_break(*byte) || Some(*byte) == release;
    while let Some(&byte) = raw.get(at) {
        if is_break(byte) {
            if !broken && !released {
                joint(out, at);
            }
            (broken, at) = (true, at + 1);
            continue;
        }
        if broken && tight && is_blank(byte) {
            at += 1;
            continue;
        }
        broken = false;
        if !released && Some(byte) == release {
            (released, at) = (true, at + 1);
            continue;
        }
        released = false;
        // What stands up to the next release character or break, all at once.
        let behind = raw.get(at + 1..).unwrap_or_default();
        let run = behind.iter().position(ends_run).unwrap_or(behind.len()) + 1;
        out.extend_from_slice(raw.get(at..at + run).unwrap_or_default());
        at += run;
    }
}

/// Whether the line that the break at `at` ends is clearly shorter than a wrapped one. What was
/// before the batch is not looked at, so that the answer is the same for every way of cutting.
fn ended_early(source: &Source<'_>, at: usize) -> bool {
    let floor = at.saturating_sub(FULL_LINE).max(source.base);
    let line = source.window.get(floor..at).unwrap_or_default();
    line.iter().any(|b| is_break(*b))
}
