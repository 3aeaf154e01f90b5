//! One-to-one alignment: which words of two names are taken for one.

use crate::matching::distance::Costs;
use crate::matching::lexicon::Role;
use crate::matching::prepared::{Prepared, Token};
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
    gain: f32,
}

/// Pairs that may be held at once: hostile names get no more.
const PAIRS: usize = 16;
const CANDIDATES: usize = 64;

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

/// Bits of `count` words from `from`.
#[inline]
fn run(from: u8, count: u8) -> u32 {
    ((1u32 << (count & 15)) - 1) << (from & 31)
}

struct Candidates {
    list: [Pair; CANDIDATES],
    count: usize,
}

impl Candidates {
    #[inline]
    fn push(&mut self, pair: Pair) {
        if let Some(place) = self.list.get_mut(self.count) {
            *place = pair;
            self.count += 1;
        }
    }
}

/// What an alignment is made with.
pub(crate) struct Aligner<'m> {
    pub(crate) costs: &'m Costs,
    pub(crate) tuning: &'m Tuning,
}

/// Aligns the words of two names, best pairs first.
#[inline]
pub(crate) fn align(aligner: &Aligner<'_>, a: &Prepared, b: &Prepared) -> Alignment {
    let mut found = Candidates {
        list: [Pair::default(); CANDIDATES],
        count: 0,
    };
    let strong = aligner.singles(a, b, &mut found);
    aligner.runs(a, b, strong, &mut found);
    choose(&mut found)
}

fn choose(found: &mut Candidates) -> Alignment {
    let mut alignment = Alignment::default();
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
    alignment
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

impl Aligner<'_> {
    /// Pairs of single words; which words have a sure partner.
    #[inline]
    fn singles(&self, a: &Prepared, b: &Prepared, found: &mut Candidates) -> (u32, u32) {
        let mut strong = (0, 0);
        let plain = a.others().is_empty() && b.others().is_empty();
        for (i, x) in a.words().iter().enumerate() {
            let mut sieve = None;
            for (j, y) in b.words().iter().enumerate() {
                let judged = if plain {
                    self.judge(&mut sieve, a, x, b, y)
                } else {
                    self.spellings(a, x, b, y)
                };
                let Some((quality, kind)) = judged else {
                    continue;
                };
                if quality >= SURE && kind != Kind::Initial {
                    strong.0 |= 1 << i;
                    strong.1 |= 1 << j;
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
        strong
    }

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
        let common = (x.mask & y.mask).count_ones();
        if common == 0 {
            return self.kin(x, y);
        }
        let (s, t) = (a.text(x), b.text(y));
        if x.mask == y.mask && x.skeleton == y.skeleton && s == t {
            return Some((1.0, Kind::Same));
        }
        if x.len == 1 || y.len == 1 {
            let same =
                s.first() == t.first() && x.role != Role::Particle && y.role != Role::Particle;
            return same.then_some((self.tuning.initial, Kind::Initial));
        }
        let spelling = self.alike(sieve, x, y, s, t, common);
        let other = self.kin(x, y).or_else(|| self.truncated(a, x, b, y));
        match (spelling, other) {
            (Some(q), Some(other)) if other.0 > q => Some(other),
            (Some(q), _) => Some((q, Kind::Spelling)),
            (None, other) => other,
        }
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
        if common * 5 < either * 2 || !sieve.get_or_insert_with(|| Sieve::new(s)).passes(t) {
            return None;
        }
        self.quality(s, t, self.tuning.floor)
    }

    #[inline]
    fn quality(&self, s: &[u8], t: &[u8], least: f32) -> Option<f32> {
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
        let shorter = s.len().min(t.len());
        if s.get(..shorter) != t.get(..shorter) {
            return None;
        }
        let cut = if s.len() < t.len() {
            ends(a, x)
        } else {
            ends(b, y)
        };
        if cut && shorter >= 3 {
            Some((self.tuning.truncated, Kind::Truncated))
        } else {
            let names = x.role != Role::Particle && y.role != Role::Particle;
            (shorter >= 2 && names).then_some((self.tuning.initial, Kind::Initial))
        }
    }

    /// Words run together on one side and not on the other, or torn at another
    /// place. Words that have a sure partner take no part, particles always may.
    #[inline]
    fn runs(&self, a: &Prepared, b: &Prepared, strong: (u32, u32), found: &mut Candidates) {
        let (free_a, free_b) = (free(a, strong.0), free(b, strong.1));
        if free_a.names == 0 || free_b.names == 0 {
            return;
        }
        self.joined(a, free_a.words, b, free_b.words, found, false);
        self.joined(b, free_b.words, a, free_a.words, found, true);
        self.shifted(a, free_a.words, b, free_b.words, found);
        self.initials(a, free_a.words, b, free_b.words, found, false);
        self.initials(b, free_b.words, a, free_a.words, found, true);
    }

    /// Two or three words of `a` against their initials run together.
    #[inline]
    fn initials(
        &self,
        a: &Prepared,
        free_a: u32,
        b: &Prepared,
        free_b: u32,
        found: &mut Candidates,
        turned: bool,
    ) {
        for (j, y) in b
            .words()
            .iter()
            .enumerate()
            .filter(|(j, y)| matches!(y.len, 2 | 3) && free_b & (1 << j) != 0)
        {
            let letters = b.text(y);
            for (i, words) in a.words().windows(letters.len()).enumerate() {
                let meant = words
                    .iter()
                    .zip(letters)
                    .enumerate()
                    .all(|(at, (word, letter))| {
                        free_a & (1 << (i + at)) != 0
                            && word.len > 2
                            && a.text(word).first() == Some(letter)
                    });
                if meant && y.role != Role::Particle {
                    let weight = says(a, i, words.len()) + y.weight;
                    let quality = self.tuning.initial;
                    let pair = Pair {
                        a: i as u8,
                        a_count: words.len() as u8,
                        b: j as u8,
                        b_count: 1,
                        quality,
                        kind: Kind::Initial,
                        gain: (quality - 0.4) * weight - 0.01,
                    };
                    found.push(if turned { pair.turned() } else { pair });
                }
            }
        }
    }

    /// Two to six words of `a` against one word of `b`; `turned` says that the
    /// names changed places.
    #[inline]
    fn joined(
        &self,
        a: &Prepared,
        free_a: u32,
        b: &Prepared,
        free_b: u32,
        found: &mut Candidates,
        turned: bool,
    ) {
        if free_a & (free_a >> 1) == 0 {
            return;
        }
        let others = b.others().iter().filter(|y| y.cut);
        for y in b
            .words()
            .iter()
            .chain(others)
            .filter(|y| y.len >= 4 && free_b & (1 << y.word) != 0)
        {
            let t = b.text(y);
            let mut sieve = None;
            for (i, x) in a.words().iter().enumerate() {
                if free_a & (1 << i) == 0 || class(a.text(x).first()) != class(t.first()) {
                    continue;
                }
                for count in 2..=6.min(a.words().len() - i) {
                    if free_a & (1 << (i + count - 1)) == 0 {
                        break;
                    }
                    let s = a.span(i, count);
                    if s.len() > t.len() + 3 {
                        break;
                    }
                    if s.len() + 3 >= t.len()
                        && sieve.get_or_insert_with(|| Sieve::new(t)).passes(s)
                    {
                        self.run(
                            a,
                            (i, count),
                            s,
                            b,
                            (usize::from(y.word), 1),
                            t,
                            JOINED,
                            turned,
                            found,
                        );
                    }
                }
            }
        }
    }

    /// Two to four words against two to four, torn at another place, as by the
    /// line wraps of telex.
    #[inline]
    fn shifted(
        &self,
        a: &Prepared,
        free_a: u32,
        b: &Prepared,
        free_b: u32,
        found: &mut Candidates,
    ) {
        for (i, p, s) in torn(a, free_a) {
            for (j, q, t) in torn(b, free_b) {
                let near = s.len().abs_diff(t.len()) <= 2 && class(s.first()) == class(t.first());
                let elsewhere = p != q || a.span(i, 1).len() != b.span(j, 1).len();
                if near && elsewhere && t.len() <= 32 && Sieve::new(s).passes(t) {
                    self.run(a, (i, p), s, b, (j, q), t, SHIFTED, false, found);
                }
            }
        }
    }

    #[inline]
    #[allow(clippy::too_many_arguments)]
    fn run(
        &self,
        a: &Prepared,
        (i, p): (usize, usize),
        s: &[u8],
        b: &Prepared,
        (j, q): (usize, usize),
        t: &[u8],
        least: f32,
        turned: bool,
        found: &mut Candidates,
    ) {
        let Some(quality) = self.quality(s, t, least) else {
            return;
        };
        let quality = quality * self.tuning.glued;
        let weight = says(a, i, p) + says(b, j, q);
        let pair = Pair {
            a: i as u8,
            a_count: p as u8,
            b: j as u8,
            b_count: q as u8,
            quality,
            kind: Kind::Spelling,
            gain: (quality - 0.4) * weight - 0.01,
        };
        found.push(if turned { pair.turned() } else { pair });
    }
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
        let common = (self.token.mask & token.mask).count_ones();
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

/// From this quality on a word is not looked for in runs of words.
const SURE: f32 = 0.9;
/// Quality that words run together must reach.
const JOINED: f32 = 0.75;
/// Quality that two words torn at another place must reach.
const SHIFTED: f32 = 0.88;

impl Pair {
    fn turned(self) -> Self {
        Self {
            a: self.b,
            a_count: self.b_count,
            b: self.a,
            b_count: self.a_count,
            ..self
        }
    }
}

/// A quick look whether two words can be alike: their longest common
/// subsequence by classes of letters.
struct Sieve {
    at: [u32; 32],
    length: usize,
}

impl Sieve {
    #[inline]
    fn new(word: &[u8]) -> Self {
        let mut at = [0; 32];
        for (bit, &letter) in word.iter().enumerate() {
            at[usize::from(kin_of(letter))] |= 1u32 << (bit & 31);
        }
        Self {
            at,
            length: word.len(),
        }
    }

    #[inline]
    fn passes(&self, word: &[u8]) -> bool {
        let mut free = !0u32;
        for &letter in word {
            let hit = free & self.at[usize::from(kin_of(letter))];
            free = free.wrapping_add(hit) | (free - hit);
        }
        (!free).count_ones() as usize * 100 >= (self.length + word.len()) * 32
    }
}

/// Classes of letters that are often taken for one another, below 32.
#[inline]
fn kin_of(letter: u8) -> u8 {
    const CLASSES: &[u8; 32] = b"\0\x01\x02\x03\x04\x01\x06\x03\x08\x01\x01\x03\x0c\x0d\x0d\x01\x02\x03\x12\x03\x04\x01\x06\x06\x03\x01\x03\x1b\x1c\x1d\x1e\x1f";
    CLASSES[usize::from(letter & 31)]
}

/// Runs of two to four free words, with their letters run together.
#[inline]
fn torn(name: &Prepared, free: u32) -> impl Iterator<Item = (usize, usize, &[u8])> {
    let runs =
        (0..name.words().len()).flat_map(move |from| (2..=4).map(move |count| (from, count)));
    runs.filter_map(move |(from, count)| {
        let words = run(from as u8, count as u8);
        let letters = name.span(from, count);
        (free & words == words && !letters.is_empty()).then_some((from, count, letters))
    })
}

/// Words that may be part of a run, and how many of them are names.
struct Free {
    words: u32,
    names: u32,
}

#[inline]
fn free(name: &Prepared, strong: u32) -> Free {
    let mut free = Free { words: 0, names: 0 };
    for (at, word) in name.words().iter().enumerate() {
        let particle = word.role == Role::Particle;
        if particle || strong & (1 << at) == 0 {
            free.words |= 1 << at;
            free.names += u32::from(!particle);
        }
    }
    free
}

/// Classes of the first letter, which typists get right: all vowels are one.
#[inline]
fn class(letter: Option<&u8>) -> u8 {
    match letter {
        Some(b'A' | b'E' | b'I' | b'O' | b'U' | b'Y') => 1,
        Some(b'C' | b'K' | b'Q' | b'G' | b'H') => 2,
        Some(b'S' | b'Z' | b'X') => 3,
        Some(b'V' | b'W' | b'F' | b'P') => 4,
        Some(b'D' | b'T') => 5,
        Some(letter) => *letter,
        None => 0,
    }
}

#[inline]
fn says(name: &Prepared, from: usize, count: usize) -> f32 {
    name.words()
        .iter()
        .skip(from)
        .take(count)
        .map(|word| word.weight)
        .sum()
}

/// Whether nothing follows the word in its part of the name.
fn ends(name: &Prepared, token: &Token) -> bool {
    let next = name.words().get(usize::from(token.word) + 1);
    next.is_none_or(|next| next.part != token.part)
}
