//! A text whose places are known by line and column, and what is inserted into it.

use std::cmp::Reverse;

use proc_macro2::{LineColumn, Span};
use syn::spanned::Spanned;

use crate::Places;

/// What one mutant inserts around a piece of the text.
pub struct Insertion {
    pub mutant: usize,
    pub start: usize,
    pub end: usize,
    pub before: String,
    pub after: String,
}

pub struct Source<'a> {
    text: &'a str,
    lines: Vec<usize>,
}

impl<'a> Source<'a> {
    pub fn new(text: &'a str) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(ends).collect();
        Self { text, lines }
    }

    /// The byte at which a place lies.
    pub fn byte(&self, place: LineColumn) -> usize {
        let start = self.lines[place.line - 1];
        let mut letters = self.text[start..].char_indices();
        start + letters.nth(place.column).map_or(0, |(at, _)| at)
    }

    pub fn range(&self, span: Span) -> (usize, usize) {
        (self.byte(span.start()), self.byte(span.end()))
    }

    /// How a piece of the syntax is written.
    pub fn written(&self, piece: &impl Spanned) -> &'a str {
        let (start, end) = self.range(piece.span());
        &self.text[start..end]
    }

    /// The text with all insertions: an outer one opens before an inner one and closes after it.
    pub fn insert(&self, mut insertions: Vec<Insertion>) -> (String, Places) {
        insertions.sort_by_key(|insertion| (insertion.start, Reverse(insertion.end)));
        let mut pieces = Vec::new();
        for (rank, insertion) in insertions.iter().enumerate() {
            pieces.push((
                insertion.start,
                1,
                rank,
                insertion.mutant,
                &insertion.before,
            ));
            let inner_first = usize::MAX - rank;
            pieces.push((
                insertion.end,
                0,
                inner_first,
                insertion.mutant,
                &insertion.after,
            ));
        }
        pieces.sort();
        let (mut armed, mut places, mut done) = (String::new(), Vec::new(), 0);
        for (at, _, _, mutant, text) in pieces {
            armed.push_str(&self.text[done..at]);
            let start = armed.len();
            armed.push_str(text);
            places.push((mutant, start, armed.len()));
            done = at;
        }
        armed.push_str(&self.text[done..]);
        (armed, places)
    }
}
