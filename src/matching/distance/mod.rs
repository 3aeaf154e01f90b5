//! Distances between strings: how many edits lie between two spellings.
//!
//! Reach for these when you want one number and no knowledge of names; the
//! [`Matcher`](super::Matcher) builds on them. Every function takes any text
//! and compares it by `char`, as [`strsim`] does, whose results they share
//! (tested). Where both sides are ASCII the work is done on whole machine
//! words: 64 letters in one step, longer strings block by block.
//!
//! To compare one string with many, prepare it once as a [`Pattern`]. For
//! costs that know which letters are confused for one another, see
//! [`Costs`].
//!
//! ```
//! use paxnorm::matching::distance;
//!
//! assert_eq!(distance::levenshtein("KITTEN", "SITTING"), 3);
//! assert_eq!(distance::osa("JOHN", "JHON"), 1);
//! assert!(distance::jaro_winkler("MARTHA", "MARHTA") > 0.96);
//! ```

mod bits;
mod cheapest;
mod damerau;
mod weighted;

pub use weighted::Costs;

use bits::{Blocks, Letters};

/// The least number of insertions, deletions and substitutions.
///
/// ```
/// assert_eq!(paxnorm::matching::distance::levenshtein("ANNA", "HANNAH"), 2);
/// ```
#[must_use]
pub fn levenshtein(a: &str, b: &str) -> usize {
    let Some((a, b)) = ascii(a, b) else {
        return strsim::levenshtein(a, b);
    };
    let (a, b) = strip(a, b);
    match pattern(a, b) {
        Some((pattern, text)) => bits::levenshtein(&Letters::new(pattern), pattern.len(), text),
        None => bits::levenshtein_blocks(&Blocks::new(a), b),
    }
}

/// Levenshtein where two neighbours that changed places count as one edit, no
/// part being edited twice (optimal string alignment).
///
/// ```
/// assert_eq!(paxnorm::matching::distance::osa("CA", "ABC"), 3);
/// ```
#[must_use]
pub fn osa(a: &str, b: &str) -> usize {
    let Some((short, long)) = ascii(a, b) else {
        return strsim::osa_distance(a, b);
    };
    let (short, long) = strip(short, long);
    match pattern(short, long) {
        Some((pattern, text)) => bits::osa(&Letters::new(pattern), pattern.len(), text),
        None => strsim::osa_distance(a, b),
    }
}

/// Levenshtein with transpositions, without the restriction of [`osa`].
///
/// ```
/// assert_eq!(paxnorm::matching::distance::damerau("CA", "ABC"), 2);
/// ```
#[must_use]
pub fn damerau(a: &str, b: &str) -> usize {
    match ascii(a, b) {
        Some((short, long)) => {
            let (short, long) = strip(short, long);
            if short.is_empty() {
                return long.len();
            }
            damerau::damerau(short, long)
                .unwrap_or_else(|| strsim::generic_damerau_levenshtein(short, long))
        }
        None => strsim::damerau_levenshtein(a, b),
    }
}

/// The least number of insertions and deletions: the letters outside the
/// longest common subsequence, of both sides together.
///
/// ```
/// assert_eq!(paxnorm::matching::distance::indel("OMAR", "UMAR"), 2);
/// ```
#[must_use]
pub fn indel(a: &str, b: &str) -> usize {
    let Some((a, b)) = ascii(a, b) else {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        return indel_plain(&a, &b);
    };
    let (a, b) = strip(a, b);
    let common = match pattern(a, b) {
        Some((pattern, text)) => bits::common(&Letters::new(pattern), text),
        None => bits::common_blocks(&Blocks::new(a), b),
    };
    a.len() + b.len() - 2 * common
}

/// Jaro similarity, 0 to 1: letters in common within half the longer length,
/// less the ones out of order.
///
/// ```
/// assert_eq!(paxnorm::matching::distance::jaro("ABC", "ABC"), 1.0);
/// ```
#[must_use]
pub fn jaro(a: &str, b: &str) -> f64 {
    match ascii(a, b) {
        Some(_) if a.len().max(b.len()) <= 64 => {
            bits::jaro(&Letters::new(a.as_bytes()), a.len(), b.as_bytes())
        }
        _ => strsim::jaro(a, b),
    }
}

/// [`jaro`], raised by a common beginning of up to four letters where it is
/// above 0.7.
///
/// ```
/// let score = paxnorm::matching::distance::jaro_winkler("DWAYNE", "DUANE");
/// assert!((score - 0.84).abs() < 0.001);
/// ```
#[must_use]
pub fn jaro_winkler(a: &str, b: &str) -> f64 {
    let same = a.chars().zip(b.chars()).take(4).take_while(|(x, y)| x == y);
    winkler(jaro(a, b), same.count())
}

/// Sørensen-Dice similarity of the letter pairs, blanks left out, 0 to 1.
///
/// ```
/// assert_eq!(paxnorm::matching::distance::sorensen_dice("NIGHT", "NACHT"), 0.25);
/// ```
#[must_use]
pub fn sorensen_dice(a: &str, b: &str) -> f64 {
    strsim::sorensen_dice(a, b)
}

/// One string prepared for comparison with many.
///
/// ```
/// use paxnorm::matching::distance::Pattern;
///
/// let wanted = Pattern::new("ERIKSSON");
/// let nearest = ["ERICSSON", "ERIKSEN", "ANDERSON"]
///     .into_iter()
///     .min_by_key(|name| wanted.levenshtein(name));
/// assert_eq!(nearest, Some("ERICSSON"));
/// ```
#[derive(Clone, Debug)]
pub struct Pattern<'a> {
    text: &'a str,
    letters: Option<Box<Letters>>,
}

impl<'a> Pattern<'a> {
    /// Prepares `text`; up to 64 ASCII letters profit.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let fits = text.is_ascii() && (1..=64).contains(&text.len());
        let letters = fits.then(|| Box::new(Letters::new(text.as_bytes())));
        Self { text, letters }
    }

    /// As [`levenshtein`] of the prepared text and `other`.
    #[must_use]
    pub fn levenshtein(&self, other: &str) -> usize {
        match self.letters(other) {
            Some(letters) => bits::levenshtein(letters, self.text.len(), other.as_bytes()),
            None => levenshtein(self.text, other),
        }
    }

    /// As [`osa`] of the prepared text and `other`.
    #[must_use]
    pub fn osa(&self, other: &str) -> usize {
        match self.letters(other) {
            Some(letters) => bits::osa(letters, self.text.len(), other.as_bytes()),
            None => osa(self.text, other),
        }
    }

    /// As [`indel`] of the prepared text and `other`.
    #[must_use]
    pub fn indel(&self, other: &str) -> usize {
        match self.letters(other) {
            Some(letters) => {
                let common = bits::common(letters, other.as_bytes());
                self.text.len() + other.len() - 2 * common
            }
            None => indel(self.text, other),
        }
    }

    /// As [`jaro_winkler`] of the prepared text and `other`.
    #[must_use]
    pub fn jaro_winkler(&self, other: &str) -> f64 {
        let Some(letters) = self.letters(other).filter(|_| other.len() <= 64) else {
            return jaro_winkler(self.text, other);
        };
        let (a, b) = (self.text.as_bytes(), other.as_bytes());
        let same = a.iter().zip(b).take(4).take_while(|(x, y)| x == y);
        winkler(bits::jaro(letters, a.len(), b), same.count())
    }

    fn letters(&self, other: &str) -> Option<&Letters> {
        self.letters.as_deref().filter(|_| other.is_ascii())
    }
}

fn winkler(jaro: f64, prefix: usize) -> f64 {
    if jaro > 0.7 {
        jaro + 0.1 * prefix as f64 * (1.0 - jaro)
    } else {
        jaro
    }
}

/// Both as bytes, the shorter first, if both are ASCII.
fn ascii<'a>(a: &'a str, b: &'a str) -> Option<(&'a [u8], &'a [u8])> {
    let both = a.is_ascii() && b.is_ascii();
    let (a, b) = (a.as_bytes(), b.as_bytes());
    both.then_some(if a.len() <= b.len() { (a, b) } else { (b, a) })
}

/// Which of two strings, the shorter first, fits into a machine word: the longer
/// if it can be, since every letter of the other is a step.
#[inline]
fn pattern<'a>(short: &'a [u8], long: &'a [u8]) -> Option<(&'a [u8], &'a [u8])> {
    match (short.len(), long.len()) {
        (_, ..=64) => Some((long, short)),
        (..=64, _) => Some((short, long)),
        _ => None,
    }
}

/// Without the common beginning and end, which no edit touches.
fn strip<'a>(mut a: &'a [u8], mut b: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    while let ([x, resta @ ..], [y, restb @ ..]) = (a, b)
        && x == y
    {
        (a, b) = (resta, restb);
    }
    while let ([resta @ .., x], [restb @ .., y]) = (a, b)
        && x == y
    {
        (a, b) = (resta, restb);
    }
    (a, b)
}

fn indel_plain(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = i;
        let mut left = i + 1;
        for (y, cell) in b.iter().zip(row.iter_mut().skip(1)) {
            let best = if x == y { corner } else { left.min(*cell) + 1 };
            corner = std::mem::replace(cell, best);
            left = best;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(a.len())
}
