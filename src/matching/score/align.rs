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

/// Pairs that most names do not exceed.
const FEW: usize = 12;
/// Pairs that may be looked at: hostile names get no more.
const MANY: usize = 48;

/// Where the pairs of two names are kept while they are compared.
pub(crate) struct Room {
    few: [Pair; FEW],
    many: Option<[Pair; MANY]>,
}

impl Room {
    #[inline]
    pub(crate) fn new() -> Self {
        Self {
            few: [Pair::default(); FEW],
            many: None,
        }
    }
}

/// The pairs chosen, each word in one at most.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Alignment<'r> {
    pub(crate) pairs: &'r [Pair],
    pub(crate) used_a: u32,
    pub(crate) used_b: u32,
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
pub(super) struct Candidates<'r> {
    list: &'r mut [Pair],
    /// How many there are, those for which there was no place included.
    count: usize,
}

impl Candidates<'_> {
    #[inline]
    pub(super) fn push(&mut self, pair: Pair) {
        if let Some(place) = self.list.get_mut(self.count) {
            *place = pair;
        }
        self.count += 1;
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
pub(crate) fn align<'r>(
    aligner: &Aligner<'_>,
    a: &Prepared,
    b: &Prepared,
    room: &'r mut Room,
) -> Alignment<'r> {
    let count = find(aligner, a, b, &mut room.few);
    if count > FEW {
        return align_many(aligner, a, b, room);
    }
    choose(room.few.get_mut(..count).unwrap_or(&mut []))
}

/// As [`align`], where there are more pairs than usual.
#[cold]
fn align_many<'r>(
    aligner: &Aligner<'_>,
    a: &Prepared,
    b: &Prepared,
    room: &'r mut Room,
) -> Alignment<'r> {
    let many = room.many.insert([Pair::default(); MANY]);
    let count = find(aligner, a, b, many).min(MANY);
    choose(many.get_mut(..count).unwrap_or(&mut []))
}

/// Finds the pairs that may be chosen, and says how many there are.
#[inline]
fn find(aligner: &Aligner<'_>, a: &Prepared, b: &Prepared, list: &mut [Pair]) -> usize {
    let mut found = Candidates { list, count: 0 };
    let sure = words::singles(aligner, a, b, &mut found);
    runs::runs(aligner, a, b, sure, &mut found);
    found.count
}

/// Moves the pairs chosen to the front.
#[inline]
fn choose(pairs: &mut [Pair]) -> Alignment<'_> {
    let (mut used_a, mut used_b, mut chosen) = (0, 0, 0);
    for at in 0..pairs.len() {
        let Some(best) = best(pairs.get(at..).unwrap_or(&[])) else {
            break;
        };
        pairs.swap(at, at + best);
        let Some(pair) = pairs.get(at) else {
            break;
        };
        let (run_a, run_b) = (run(pair.a, pair.a_count), run(pair.b, pair.b_count));
        if used_a & run_a == 0 && used_b & run_b == 0 {
            (used_a, used_b) = (used_a | run_a, used_b | run_b);
            pairs.swap(chosen, at);
            chosen += 1;
        }
    }
    Alignment {
        pairs: pairs.get(..chosen).unwrap_or(&[]),
        used_a,
        used_b,
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
