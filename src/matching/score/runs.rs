//! Runs of words: glued on one side and not on the other, torn at another
//! place, or shortened to their initials.

use super::align::{Aligner, Candidates, Kind, Pair};
use super::shape::{LONG, Shape, bit};
use super::sieve::{Sieve, Tally};
use crate::matching::lexicon::Role;
use crate::matching::prepared::{Prepared, Token};

/// Quality that words run together must reach.
const JOINED: f32 = 0.75;
/// Quality that two words torn at another place must reach.
const SHIFTED: f32 = 0.88;
/// Letters that a run may have more or fewer than the word it is written as.
const LONGER: usize = 3;
/// Words of a run against one word, and of a run against a run.
const JOINS: usize = 6;
const TEARS: usize = 4;

/// Words that have a sure partner take no part, particles always may.
#[inline]
pub(super) fn runs(
    aligner: &Aligner<'_>,
    a: &Prepared,
    b: &Prepared,
    sure: (u32, u32),
    found: &mut Candidates<'_>,
) {
    let (x, y) = (Free::of(a, sure.0), Free::of(b, sure.1));
    if !(x.shape.named && y.shape.named) {
        return;
    }
    if x.may_be_glued(&y) {
        joined(aligner, &x, &y, found, false);
    }
    if y.may_be_glued(&x) {
        joined(aligner, &y, &x, found, true);
    }
    if x.shape.heads & y.shape.heads != 0 {
        shifted(aligner, &x, &y, found);
    }
    if x.pairs != 0 && y.shape.short {
        initials(aligner, &x, &y, found, false);
    }
    if y.pairs != 0 && x.shape.short {
        initials(aligner, &y, &x, found, true);
    }
}

/// The words of a name that may be part of a run.
struct Free<'p> {
    name: &'p Prepared,
    shape: Shape,
    words: u32,
    /// Words that the next one may follow in a run.
    pairs: u32,
}

impl<'p> Free<'p> {
    #[inline]
    fn of(name: &'p Prepared, sure: u32) -> Self {
        let shape = match sure {
            0 => name.shape,
            _ => Shape::of(name.words(), name.others(), sure),
        };
        let words = u32::from(shape.words);
        Self {
            name,
            shape,
            words,
            pairs: words & (words >> 1),
        }
    }

    /// Whether a word of `other` may be a run of these words.
    #[inline]
    fn may_be_glued(&self, other: &Self) -> bool {
        self.shape.heads & other.shape.long != 0
            && usize::from(self.shape.least) <= usize::from(other.shape.most) + LONGER
    }

    /// The words that may begin a run and begin with one of these classes.
    #[inline]
    fn heads(&self, classes: u32) -> impl Iterator<Item = (usize, &'p Token)> {
        let pairs = self.pairs;
        let words = self.name.words().iter().enumerate();
        words.filter(move |(at, word)| bit(pairs, *at) && bit(classes, usize::from(word.class)))
    }

    /// The runs of up to `most` words from the one at `from`.
    #[inline]
    fn runs(&self, from: usize, most: usize) -> impl Iterator<Item = Run> {
        let words = self.words;
        let mut following = self.name.words().iter().skip(from);
        let mut run = following.next().map_or(Run::default(), |word| Run {
            count: 1,
            length: usize::from(word.len),
            tally: word.tally,
        });
        let following = following.take(most.saturating_sub(1));
        following.map_while(move |word| {
            let free = bit(words, from + run.count);
            run.count += 1;
            run.length += usize::from(word.len);
            run.tally = run.tally.and(word.tally);
            free.then_some(run)
        })
    }

    fn says(&self, from: usize, count: usize) -> f32 {
        let words = self.name.words().iter().skip(from).take(count);
        words.map(|word| word.weight).sum()
    }
}

/// Words run together.
#[derive(Clone, Copy, Default)]
struct Run {
    count: usize,
    length: usize,
    tally: Tally,
}

/// Two to six words of `a` against one word of `b`; `turned` says that the
/// names changed places.
fn joined(
    aligner: &Aligner<'_>,
    a: &Free<'_>,
    b: &Free<'_>,
    found: &mut Candidates<'_>,
    turned: bool,
) {
    let mut one = |y: &Token| {
        if y.len >= LONG
            && bit(b.words, usize::from(y.word))
            && bit(a.shape.heads, usize::from(y.class))
        {
            joined_to(aligner, a, b, y, |pair| {
                found.push(if turned { pair.turned() } else { pair });
            });
        }
    };
    b.name.words().iter().for_each(&mut one);
    b.name.others().iter().filter(|y| y.cut).for_each(&mut one);
}

/// Two to six words of `a` against the word `y` of `b`.
#[inline]
fn joined_to(
    aligner: &Aligner<'_>,
    a: &Free<'_>,
    b: &Free<'_>,
    y: &Token,
    mut found: impl FnMut(Pair),
) {
    let t = b.name.text(y);
    let mut sieve = None;
    for (i, _) in a.heads(1 << (y.class & 31)) {
        for run in a.runs(i, JOINS) {
            if run.length > t.len() + LONGER {
                break;
            }
            if run.length + LONGER < t.len() || !run.tally.passes(y.tally, run.length + t.len()) {
                continue;
            }
            let s = a.name.span(i, run.count);
            if sieve.get_or_insert_with(|| Sieve::new(t)).passes(s)
                && let Some(quality) = aligner.quality(s, t, JOINED)
            {
                let word = (usize::from(y.word), 1);
                found(pair(aligner, a, (i, run.count), b, word, quality));
            }
        }
    }
}

/// Two to four words against two to four, torn at another place, as by the
/// line wraps of telex.
fn shifted(aligner: &Aligner<'_>, a: &Free<'_>, b: &Free<'_>, found: &mut Candidates<'_>) {
    for (i, x) in a.heads(b.shape.heads) {
        for p in a.runs(i, TEARS) {
            let mut sieve = None;
            for (j, y) in b.heads(1 << (x.class & 31)) {
                for q in b.runs(j, TEARS) {
                    let elsewhere = p.count != q.count || x.len != y.len;
                    if p.length.abs_diff(q.length) > 2 || !elsewhere || q.length > Sieve::LONGEST {
                        continue;
                    }
                    if p.length <= Sieve::LONGEST && !p.tally.passes(q.tally, p.length + q.length) {
                        continue;
                    }
                    let (s, t) = (a.name.span(i, p.count), b.name.span(j, q.count));
                    if sieve.get_or_insert_with(|| Sieve::new(s)).passes(t)
                        && let Some(quality) = aligner.quality(s, t, SHIFTED)
                    {
                        found.push(pair(aligner, a, (i, p.count), b, (j, q.count), quality));
                    }
                }
            }
        }
    }
}

#[inline]
fn pair(
    aligner: &Aligner<'_>,
    a: &Free<'_>,
    (i, p): (usize, usize),
    b: &Free<'_>,
    (j, q): (usize, usize),
    quality: f32,
) -> Pair {
    let quality = quality * aligner.tuning.glued;
    let weight = a.says(i, p) + b.says(j, q);
    Pair {
        a: i as u8,
        a_count: p as u8,
        b: j as u8,
        b_count: q as u8,
        quality,
        kind: Kind::Spelling,
        gain: (quality - 0.4) * weight - 0.01,
    }
}

/// Two or three words of `a` against their initials run together.
fn initials(
    aligner: &Aligner<'_>,
    a: &Free<'_>,
    b: &Free<'_>,
    found: &mut Candidates<'_>,
    turned: bool,
) {
    let short = |y: &&Token| {
        matches!(y.len, 2 | 3) && y.role != Role::Particle && bit(b.words, usize::from(y.word))
    };
    for y in b.name.words().iter().filter(short) {
        let letters = b.name.text(y);
        for (i, words) in a.name.words().windows(letters.len()).enumerate() {
            if !meant(a, i, words, letters) {
                continue;
            }
            let quality = aligner.tuning.initial;
            let weight = a.says(i, words.len()) + y.weight;
            let pair = Pair {
                a: i as u8,
                a_count: words.len() as u8,
                b: y.word,
                b_count: 1,
                quality,
                kind: Kind::Initial,
                gain: (quality - 0.4) * weight - 0.01,
            };
            found.push(if turned { pair.turned() } else { pair });
        }
    }
}

/// Whether these free words begin with these letters.
#[inline]
fn meant(a: &Free<'_>, from: usize, words: &[Token], letters: &[u8]) -> bool {
    words
        .iter()
        .zip(letters)
        .enumerate()
        .all(|(at, (word, letter))| {
            bit(a.words, from + at) && word.len > 2 && a.name.text(word).first() == Some(letter)
        })
}
