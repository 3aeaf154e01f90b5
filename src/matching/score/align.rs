//! One-to-one alignment: which words of two names are taken for one.

use super::{runs, words};
use crate::matching::distance::Costs;
use crate::matching::prepared::Prepared;
use crate::matching::tuning::Tuning;

/// How two words, or runs of words, come to be taken for one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Kind {
    /// The same letters.
    #[default]
    Same,
    /// Letters that are taken for one another.
    Spelling,
    /// Forms of one name.
    Nickname,
    /// A word and its first letter.
    Initial,
    /// A word and its beginning.
    Truncated,
}

/// A run of words on each side.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Pair {
    pub(crate) a: u8,
    pub(crate) a_count: u8,
    pub(crate) b: u8,
    pub(crate) b_count: u8,
    pub(crate) quality: f32,
    pub(crate) kind: Kind,
    pub(super) gain: f32,
}

/// Pairs that may be held at once: hostile names get no more.
const PAIRS: usize = 16;
const CANDIDATES: usize = 48;

/// The pairs chosen, each word in one at most.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Alignment {
    pairs: [Pair; PAIRS],
    count: usize,
    pub(crate) used_a: u32,
    pub(crate) used_b: u32,
}

impl Alignment {
    #[inline]
    pub(crate) fn pairs(&self) -> &[Pair] {
        self.pairs.get(..self.count).unwrap_or(&[])
    }

    #[inline]
    fn take(&mut self, pair: &Pair) {
        if let Some(place) = self.pairs.get_mut(self.count) {
            *place = *pair;
            self.count += 1;
            self.used_a |= run(pair.a, pair.a_count);
            self.used_b |= run(pair.b, pair.b_count);
        }
    }
}

impl Pair {
    /// The same with the names in the other order.
    #[inline]
    pub(super) fn turned(self) -> Self {
        Self {
            a: self.b,
            a_count: self.b_count,
            b: self.a,
            b_count: self.a_count,
            ..self
        }
    }
}

/// Bits of `count` words from `from`.
#[inline]
pub(super) fn run(from: u8, count: u8) -> u32 {
    ((1u32 << (count & 15)) - 1) << (from & 31)
}

/// Pairs that may be chosen.
pub(super) struct Candidates {
    list: [Pair; CANDIDATES],
    count: usize,
}

impl Candidates {
    #[inline]
    pub(super) fn push(&mut self, pair: Pair) {
        if let Some(place) = self.list.get_mut(self.count) {
            *place = pair;
            self.count += 1;
        }
    }
}

/// What an alignment is made with.
#[derive(Clone, Copy)]
pub(crate) struct Aligner<'m> {
    pub(crate) costs: &'m Costs,
    pub(crate) tuning: &'m Tuning,
}

/// Aligns the words of two names, best pairs first.
#[inline]
pub(crate) fn align(aligner: &Aligner<'_>, a: &Prepared, b: &Prepared) -> Alignment {
    let mut alignment = Alignment::default();
    let mut found = Candidates {
        list: [Pair::default(); CANDIDATES],
        count: 0,
    };
    let sure = words::singles(aligner, a, b, &mut found);
    runs::runs(aligner, a, b, sure, &mut found);
    choose(&mut found, &mut alignment);
    alignment
}

#[inline]
fn choose(found: &mut Candidates, alignment: &mut Alignment) {
    let mut rest = found.list.get_mut(..found.count).unwrap_or(&mut []);
    while let Some(best) = best(rest) {
        rest.swap(0, best);
        let Some((pair, others)) = rest.split_first_mut() else {
            break;
        };
        let taken = alignment.used_a & run(pair.a, pair.a_count) != 0
            || alignment.used_b & run(pair.b, pair.b_count) != 0;
        if !taken {
            alignment.take(pair);
        }
        rest = others;
    }
}

#[inline]
fn best(pairs: &[Pair]) -> Option<usize> {
    let mut best: Option<(usize, f32)> = None;
    for (at, pair) in pairs.iter().enumerate() {
        if best.is_none_or(|(_, gain)| pair.gain > gain) {
            best = Some((at, pair.gain));
        }
    }
    best.map(|(at, _)| at)
}
