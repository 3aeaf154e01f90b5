//! Where UNZ ends: it is the last segment, so that prose, time stamps or another interchange may
//! stand where its terminator is missing.

use super::delimiters::Delimiters;
use super::look::{is_blank, is_break, skip_blanks};
use super::problem::ProblemKind;

/// A count, a reference of 14 characters and generous room for both; beyond, the terminator is
/// not UNZ's own.
const REACH: usize = 128;

/// Where UNZ ends.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Trailer {
    /// Not certain yet.
    More,
    /// Its values end before `end`; what follows the interchange starts at `used`.
    Ends {
        end: usize,
        used: usize,
        doubt: Option<ProblemKind>,
    },
}

/// Looks for the end of the UNZ whose tag ends before `at`.
pub(super) fn trailer(window: &[u8], at: usize, delimiters: &Delimiters, last: bool) -> Trailer {
    let reach = window.len().min(at + REACH);
    let near = window.get(at..reach).unwrap_or_default();
    let terminator = unreleased(near, delimiters);
    if terminator.is_none() && near.len() < REACH && !last {
        return Trailer::More;
    }
    let broken = reference(near, delimiters).and_then(|from| {
        near.iter()
            .skip(from)
            .position(|b| is_break(*b))
            .map(|i| from + i)
    });
    let text = near
        .get(..terminator.unwrap_or(near.len()))
        .unwrap_or_default();
    let cut =
        broken.filter(|at| *at < text.len() && (terminator.is_none() || is_foreign(text, *at)));
    match (cut, terminator) {
        (None, Some(end)) => Trailer::Ends {
            end: at + end,
            used: at + end + 1,
            doubt: None,
        },
        (cut, _) => unterminated(text, at, cut.unwrap_or(text.len())),
    }
}

/// UNZ ends before the break at `cut`, or with the window.
fn unterminated(text: &[u8], at: usize, cut: usize) -> Trailer {
    let value = text.get(..cut).unwrap_or_default();
    let solid = value
        .iter()
        .rposition(|b| !is_blank(*b))
        .map_or(0, |i| i + 1);
    let value = value.get(..solid).unwrap_or_default();
    let (end, used, kind) = match value {
        [keep @ .., 0xE2, 0x80, 0x99] | [keep @ .., 0x92] => {
            (keep.len(), solid, ProblemKind::TerminatorTypographic)
        }
        _ => (solid, solid, ProblemKind::TerminatorMissing),
    };
    Trailer::Ends {
        end: at + end,
        used: at + used,
        doubt: Some(kind),
    }
}

/// The first terminator without release character.
fn unreleased(near: &[u8], delimiters: &Delimiters) -> Option<usize> {
    let mut released = false;
    near.iter().position(|&byte| {
        let ends = !released && byte == delimiters.terminator;
        released = if is_break(byte) {
            released
        } else {
            !released && Some(byte) == delimiters.release
        };
        ends
    })
}

/// The first solid byte of element 2.
fn reference(near: &[u8], delimiters: &Delimiters) -> Option<usize> {
    let mut separators = near
        .iter()
        .enumerate()
        .filter(|(_, b)| **b == delimiters.element);
    let (second, _) = separators.nth(1)?;
    let from = skip_blanks(near, second + 1);
    (from < near.len()).then_some(from)
}

/// Whether what follows the break at `at` cannot belong to a wrapped reference: a blank line, words,
/// or the start of another interchange.
fn is_foreign(text: &[u8], at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default();
    let from = skip_blanks(rest, 0);
    let lines = rest
        .get(..from)
        .unwrap_or_default()
        .iter()
        .filter(|b| **b == b'\n')
        .count();
    let rest = rest.get(from..).unwrap_or_default();
    let small = |bytes: &[u8]| bytes.iter().any(u8::is_ascii_lowercase);
    let words = rest.contains(&b' ') || (small(rest) && !small(text.get(..at).unwrap_or_default()));
    lines > 1 || words || rest.starts_with(b"UNA") || rest.starts_with(b"UNB")
}
