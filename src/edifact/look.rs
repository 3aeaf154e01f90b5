//! What follows a terminator: the one place that decides whether a segment begins.

use super::delimiters::Delimiters;
use super::tag::Tag;

/// Blanks, tabs, line breaks and the control characters that frame telex text.
pub(super) const fn is_blank(byte: u8) -> bool {
    byte <= b' '
}

/// A carriage return or a line feed.
pub(super) const fn is_break(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}

/// The first place at or after `at` that is not blank.
pub(super) fn skip_blanks(window: &[u8], at: usize) -> usize {
    let rest = window.get(at..).unwrap_or_default();
    at + rest
        .iter()
        .position(|b| !is_blank(*b))
        .unwrap_or(rest.len())
}

fn skip_breaks(window: &[u8], at: usize) -> usize {
    let rest = window.get(at..).unwrap_or_default();
    at + rest
        .iter()
        .position(|b| !is_break(*b))
        .unwrap_or(rest.len())
}

/// How a segment opens where it stands as the standard wants it: three capitals, then an element
/// separator or the terminator. The four bytes are compared at once.
#[derive(Clone, Copy)]
pub(super) struct Opening {
    element: u32,
    terminator: u32,
}

impl Opening {
    /// The bits of three bytes that all capitals have in common, and the whole fourth byte.
    const BITS: u32 = u32::from_le_bytes([0xE0, 0xE0, 0xE0, 0xFF]);

    pub(super) fn new(delimiters: &Delimiters) -> Opening {
        let before = |cut| u32::from_le_bytes([b'A', b'A', b'A', cut]) & Opening::BITS;
        Opening {
            element: before(delimiters.element),
            terminator: before(delimiters.terminator),
        }
    }

    /// The tag at or after `at` and where it starts. Six signs pass for capitals (`@[\]^_`): none is
    /// in a tag that is known.
    #[inline(always)]
    pub(super) fn find(self, window: &[u8], mut at: usize) -> Option<(Tag, usize)> {
        loop {
            let bytes @ &[a, b, c, _] = window.get(at..)?.first_chunk()?;
            let bits = u32::from_le_bytes(*bytes) & Opening::BITS;
            if bits == self.element || bits == self.terminator {
                return Some((Tag([a, b, c]), at));
            }
            if !is_blank(a) {
                return None;
            }
            at += 1;
        }
    }
}

/// What begins after a terminator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// The window ends too early to tell.
    More,
    /// Nothing but blanks to the end of the input.
    End,
    /// A segment: where its tag starts, and where the separator or terminator after the tag stands.
    Tag {
        tag: Tag,
        at: usize,
        separator: usize,
    },
    /// A terminator at this place.
    Empty { at: usize },
    /// `/* … */` and the place after it.
    Comment { at: usize, end: usize },
    /// Text of three characters or more that is no tag.
    Text { at: usize },
    /// One or two characters before a separator or terminator.
    Short { at: usize },
}

/// Looks at what begins at `at`. `last`: nothing follows the window.
pub(super) fn look(window: &[u8], at: usize, delimiters: &Delimiters, last: bool) -> Look {
    let at = skip_blanks(window, at);
    let Some(&first) = window.get(at) else {
        return if last { Look::End } else { Look::More };
    };
    if first == delimiters.terminator {
        return Look::Empty { at };
    }
    if first == b'/' {
        return comment(window, at, delimiters, last);
    }
    tag(window, at, delimiters, last)
}

/// Three letters, line breaks of a telex among them, then a separator or the terminator, blanks
/// before it allowed.
fn tag(window: &[u8], at: usize, delimiters: &Delimiters, last: bool) -> Look {
    let short = if last { Look::Short { at } } else { Look::More };
    let mut letters = [0; 3];
    let mut next = at;
    for letter in &mut letters {
        next = skip_breaks(window, next);
        match window.get(next) {
            None => return short,
            Some(byte) if delimiters.cuts(*byte) => return Look::Short { at },
            Some(byte) => *letter = *byte,
        }
        next += 1;
    }
    let separator = skip_blanks(window, next);
    let Some(&byte) = window.get(separator) else {
        return match last {
            true if letters.iter().all(u8::is_ascii_alphabetic) => Look::Tag {
                tag: Tag::new(&letters),
                at,
                separator,
            },
            true => Look::Text { at },
            false => Look::More,
        };
    };
    if delimiters.cuts(byte) && letters.iter().all(u8::is_ascii_alphabetic) {
        return Look::Tag {
            tag: Tag::new(&letters),
            at,
            separator,
        };
    }
    Look::Text { at }
}

/// A comment that closes before the next terminator.
fn comment(window: &[u8], at: usize, delimiters: &Delimiters, last: bool) -> Look {
    match window.get(at + 1) {
        Some(b'*') => {}
        None if !last => return Look::More,
        _ => return tag(window, at, delimiters, last),
    }
    let mut star = false;
    for (i, &byte) in window.iter().enumerate().skip(at + 2) {
        if star && byte == b'/' {
            return Look::Comment { at, end: i + 1 };
        }
        if byte == delimiters.terminator {
            return Look::Text { at };
        }
        star = byte == b'*';
    }
    if last { Look::Text { at } } else { Look::More }
}

/// Whether the terminator at `at`, inside text, is text itself; nothing if the window ends too
/// early to tell.
#[inline(never)]
pub(super) fn is_data(
    window: &[u8],
    at: usize,
    delimiters: &Delimiters,
    last: bool,
) -> Option<bool> {
    if window.get(at + 1).is_some_and(|b| is_break(*b)) {
        return Some(false);
    }
    let opening = Opening::new(delimiters).find(window, at + 1);
    if opening.is_some_and(|(tag, _)| tag.is_known()) {
        return Some(false);
    }
    let place = match look(window, at + 1, delimiters, last) {
        Look::More => return None,
        Look::Tag { tag, at, .. } if !tag.is_known() => at,
        Look::Text { at } => at,
        _ => return Some(false),
    };
    let gap = window.get(at + 1..place).unwrap_or_default();
    Some(!gap.iter().any(|b| is_break(*b)))
}
