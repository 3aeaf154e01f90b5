//! Text of the input in diagnostics and errors.
//!
//! Both are types of this library, and most of what they show cannot hold text:
//! numbers, codes, fields. What is left are the few strings inside them. A word
//! of such a string that the same diagnostic would not show without it, and that
//! stands in the input and is no key of it, is text of the input.

use std::collections::HashSet;
use std::fmt;

use crate::diagnostic::{Diagnostic, Place};
use crate::error::{Error, ErrorKind};

/// Characters of a word that is taken for text of the input; shorter ones turn
/// up by chance.
pub const TEXT: usize = 5;

/// The words of an input that are nowhere in it keys of JSON.
pub(super) struct Texts<'a>(HashSet<&'a [u8]>);

impl<'a> Texts<'a> {
    pub(super) fn new(input: &'a [u8]) -> Self {
        let (mut found, mut keys) = (HashSet::new(), HashSet::new());
        let mut rest = input;
        while let Some(start) = rest.iter().position(|byte| is_word(*byte)) {
            let word = rest.get(start..).unwrap_or_default();
            let end = word.iter().position(|byte| !is_word(*byte));
            let (word, after) = word.split_at(end.unwrap_or(word.len()));
            if word.len() >= TEXT {
                let known = if is_key(after) { &mut keys } else { &mut found };
                known.insert(word);
            }
            rest = after;
        }
        found.retain(|word| !keys.contains(word));
        Self(found)
    }

    fn any_in(&self, shown: &str, plain: &str) -> bool {
        let plain: HashSet<&[u8]> = words(plain).collect();
        words(shown).any(|word| self.0.contains(word) && !plain.contains(word))
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

fn words(text: &str) -> impl Iterator<Item = &[u8]> {
    let words = text.as_bytes().split(|byte| !is_word(*byte));
    words.filter(|word| word.len() >= TEXT)
}

/// Whether what follows makes a key, or the beginning of one, of a quoted word.
fn is_key(after: &[u8]) -> bool {
    let part = |byte: &u8| !(is_word(*byte) || matches!(byte, b'_' | b'-'));
    let end = after.iter().position(part).unwrap_or(after.len());
    let Some(rest) = after.get(end..).and_then(|rest| rest.strip_prefix(b"\"")) else {
        return false;
    };
    rest.trim_ascii_start().first() == Some(&b':')
}

/// As people and logs see it.
fn shown(value: &(impl fmt::Debug + fmt::Display)) -> String {
    format!("{value} {value:?}")
}

pub(super) fn in_diagnostic(doubt: &Diagnostic, texts: &Texts<'_>) -> bool {
    let Place::Pointer { .. } = doubt.location.place else {
        return false;
    };
    let mut plain = doubt.clone();
    plain.location.place = Place::Transmission;
    texts.any_in(&shown(doubt), &shown(&plain))
}

pub(super) fn in_error(error: &Error, texts: &Texts<'_>) -> bool {
    texts.any_in(&shown(error), &shown(&without_text(error)))
}

/// The error with its strings taken out.
fn without_text(error: &Error) -> Error {
    let offset = error.offset().unwrap_or_default();
    let kind = match error.kind() {
        ErrorKind::UnknownFormat => ErrorKind::UnknownFormat,
        ErrorKind::Truncated { .. } => ErrorKind::Truncated { offset },
        ErrorKind::Limit { maximum, .. } => ErrorKind::Limit {
            what: String::new(),
            maximum: *maximum,
            offset,
        },
        ErrorKind::Io { source, .. } => ErrorKind::Io {
            offset,
            source: source.kind().into(),
        },
        ErrorKind::Format { .. } => ErrorKind::Format {
            format: String::new(),
            offset,
        },
    };
    kind.into()
}
