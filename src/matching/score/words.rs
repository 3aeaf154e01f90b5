//! Single words: whether two of them are taken for one.

use super::align::{Aligner, Candidates, Kind, Pair};
use super::sieve::Sieve;
use crate::matching::lexicon::Role;
use crate::matching::prepared::{Prepared, Token, behind_article, class};

/// From this quality on a word is not looked for in runs of words.
const SURE: f32 = 0.9;

/// Pairs of single words; which words of both names have a sure partner.
#[inline]
pub(super) fn singles(
    aligner: &Aligner<'_>,
    a: &Prepared,
    b: &Prepared,
    found: &mut Candidates<'_>,
) -> (u32, u32) {
    let mut sure = (0, 0);
    let plain = a.others().is_empty() && b.others().is_empty();
    for (i, x) in a.words().iter().enumerate() {
        let mut sieve = None;
        let mut rest = if plain { possible(x, b.words()) } else { !0 };
        while let Some((j, y)) = next(&mut rest, b.words()) {
            let judged = if plain {
                aligner.judge(&mut sieve, a, x, b, y)
            } else {
                aligner.spellings(a, x, b, y)
            };
            let Some((quality, kind)) = judged else {
                continue;
            };
            if quality >= SURE && kind != Kind::Initial {
                sure.0 |= 1 << (i & 31);
                sure.1 |= 1 << (j & 31);
            }
            let near = if i == j || x.part == y.part {
                0.002
            } else {
                0.0
            };
            found.push(Pair {
                a: i as u8,
                a_count: 1,
                b: j as u8,
                b_count: 1,
                quality,
                kind,
                gain: (quality - 0.4) * (x.weight + y.weight) + near,
            });
        }
    }
    sure
}

/// Takes the lowest bit, and the word that it stands for.
#[inline]
fn next<'w>(rest: &mut u32, words: &'w [Token]) -> Option<(usize, &'w Token)> {
    let at = rest.trailing_zeros() as usize;
    *rest &= rest.wrapping_sub(1);
    Some((at, words.get(at)?))
}

/// The words, one bit each, that may be taken for `x` at all: without a branch,
/// since nearly all words of strangers are none of them.
#[inline]
fn possible(x: &Token, words: &[Token]) -> u32 {
    let bits = words.iter().enumerate().map(|(at, y)| {
        let common = x.mask & y.mask;
        let like = x
            .tally
            .passes(y.tally, usize::from(x.len) + usize::from(y.len));
        let begins = (common == x.mask) | (common == y.mask);
        let kin = (x.kin[0] != 0) & (y.kin[0] != 0);
        u32::from(like | begins | kin | (x.article != y.article)) << (at & 31)
    });
    bits.fold(0, |bits, bit| bits | bit)
}

/// Class of the first letter of words that begin with a vowel.
const VOWEL: u8 = 1;
/// Quality that a word must reach without the article run into it.
const ARTICLE: f32 = 0.85;

impl Aligner<'_> {
    /// The best of all spellings of two words.
    #[cold]
    fn spellings(&self, a: &Prepared, x: &Token, b: &Prepared, y: &Token) -> Option<(f32, Kind)> {
        let mut best: Option<(f32, Kind)> = None;
        let xs = a.others().iter().filter(|other| other.word == x.word);
        for x in std::iter::once(x).chain(xs) {
            let mut sieve = None;
            let ys = b.others().iter().filter(|other| other.word == y.word);
            for y in std::iter::once(y).chain(ys) {
                let cut = if x.cut || y.cut { 0.98 } else { 1.0 };
                let judged = self
                    .judge(&mut sieve, a, x, b, y)
                    .map(|(quality, kind)| (quality * cut, kind));
                if judged.map(|j| j.0) > best.map(|j| j.0) {
                    best = judged;
                }
            }
        }
        best
    }

    /// How far two words may be taken for one, if at all.
    #[inline]
    fn judge(
        &self,
        sieve: &mut Option<Sieve>,
        a: &Prepared,
        x: &Token,
        b: &Prepared,
        y: &Token,
    ) -> Option<(f32, Kind)> {
        let common = x.mask & y.mask;
        if common == 0 {
            return self.kin(x, y);
        }
        if x.len == 1 || y.len == 1 {
            return self.initial(a, x, b, y);
        }
        let (s, t) = (a.text(x), b.text(y));
        if x.skeleton == y.skeleton && x.mask == y.mask && s == t {
            return Some((1.0, Kind::Same));
        }
        let like = x.tally.passes(y.tally, s.len() + t.len());
        let spelling = if like {
            self.alike(sieve, x, y, s, t, common)
        } else {
            None
        };
        let spelling = match self.article(x, y, s, t) {
            Some(q) if spelling.is_none_or(|spelt| spelt < q) => Some(q),
            _ => spelling,
        };
        let begins = common == x.mask || common == y.mask;
        let cut = || begins.then(|| self.truncated(a, x, b, y))?;
        let other = self.kin(x, y).or_else(cut);
        match (spelling, other) {
            (Some(q), Some(other)) if other.0 > q => Some(other),
            (Some(q), _) => Some((q, Kind::Spelling)),
            (None, other) => other,
        }
    }

    /// Two words of which one is a single letter.
    #[inline]
    fn initial(&self, a: &Prepared, x: &Token, b: &Prepared, y: &Token) -> Option<(f32, Kind)> {
        let (s, t) = (a.text(x), b.text(y));
        if s == t {
            return Some((1.0, Kind::Same));
        }
        let same = s.first() == t.first() && x.role != Role::Particle && y.role != Role::Particle;
        same.then_some((self.tuning.initial, Kind::Initial))
    }

    #[inline]
    fn kin(&self, x: &Token, y: &Token) -> Option<(f32, Kind)> {
        if x.kin[0] == 0 || y.kin[0] == 0 {
            return None;
        }
        let shared = x.kin.iter().any(|k| *k != 0 && y.kin.contains(k));
        shared.then_some((self.tuning.nickname, Kind::Nickname))
    }

    #[inline]
    fn alike(
        &self,
        sieve: &mut Option<Sieve>,
        x: &Token,
        y: &Token,
        s: &[u8],
        t: &[u8],
        common: u32,
    ) -> Option<f32> {
        let either = u32::from(x.kinds.max(y.kinds));
        if common.count_ones() * 5 < either * 2 {
            return None;
        }
        if !sieve.get_or_insert_with(|| Sieve::new(s)).passes(t) {
            return None;
        }
        self.quality(s, t, self.tuning.floor)
    }

    /// A word and another with an article run into it (`HADDAD`, `ALHADAD`).
    #[inline]
    fn article(&self, x: &Token, y: &Token, s: &[u8], t: &[u8]) -> Option<f32> {
        if x.article == y.article || (x.class == VOWEL) == (y.class == VOWEL) {
            return None;
        }
        let (rest, other) = match (behind_article(s), behind_article(t)) {
            (Some(rest), None) => (rest, t),
            (None, Some(rest)) => (rest, s),
            _ => return None,
        };
        if class(rest.first()) != class(other.first()) {
            return None;
        }
        let quality = self.quality(rest, other, ARTICLE)?;
        Some(quality * self.tuning.glued)
    }

    /// How alike two strings of letters are, unless that is less than `least`.
    pub(super) fn quality(&self, s: &[u8], t: &[u8], least: f32) -> Option<f32> {
        let length = 50.0 * (s.len() + t.len()) as f32;
        let limit = ((1.0 - least) * length) as u16;
        let cost = self.costs.within(s, t, limit)?;
        Some(1.0 - f32::from(cost) / length)
    }

    /// A word and its beginning, where the name may have been cut, or a short
    /// beginning that stands for the word.
    #[inline]
    fn truncated(&self, a: &Prepared, x: &Token, b: &Prepared, y: &Token) -> Option<(f32, Kind)> {
        let (s, t) = (a.text(x), b.text(y));
        if s.first() != t.first() || !(s.starts_with(t) || t.starts_with(s)) {
            return None;
        }
        let (cut, shorter) = if s.len() < t.len() {
            (ends(a, x), s.len())
        } else {
            (ends(b, y), t.len())
        };
        if cut && shorter >= 3 {
            Some((self.tuning.truncated, Kind::Truncated))
        } else {
            let names = x.role != Role::Particle && y.role != Role::Particle;
            (shorter >= 2 && names).then_some((self.tuning.initial, Kind::Initial))
        }
    }
}

/// Whether nothing follows the word in its part of the name.
fn ends(name: &Prepared, token: &Token) -> bool {
    let next = name.words().get(usize::from(token.word) + 1);
    next.is_none_or(|next| next.part != token.part)
}

/// One word, to be compared with many.
pub(crate) struct Likeness<'w> {
    aligner: Aligner<'w>,
    letters: &'w [u8],
    token: &'w Token,
    sieve: Option<Sieve>,
}

impl<'w> Likeness<'w> {
    pub(crate) fn new(aligner: Aligner<'w>, letters: &'w [u8], token: &'w Token) -> Self {
        Self {
            aligner,
            letters,
            token,
            sieve: None,
        }
    }

    /// Quality of the pair, if the words are alike at all.
    #[inline]
    pub(crate) fn of(&mut self, letters: &[u8], token: &Token) -> Option<f32> {
        let (s, t) = (self.letters, letters);
        if s == t {
            return Some(1.0);
        }
        let common = self.token.mask & token.mask;
        let spelling = self
            .aligner
            .alike(&mut self.sieve, self.token, token, s, t, common);
        let shorter = s.len().min(t.len());
        let begins = shorter >= 4 && s.get(..shorter) == t.get(..shorter);
        let cut = begins.then_some(self.aligner.tuning.truncated);
        let kin = self
            .aligner
            .kin(self.token, token)
            .map(|(quality, _)| quality);
        [spelling, cut, kin].into_iter().flatten().reduce(f32::max)
    }
}
