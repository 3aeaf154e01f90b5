//! A name made ready for comparison.

use super::lexicon::{Entry, Lexicon, Role};
use super::normalise::{Part, Raw, Words};
use super::phonetic;
use super::score::{Shape, Tally};

/// A name with all that its comparison needs: two allocations, no reference to
/// the [`Matcher`](super::Matcher) that made it.
///
/// Prepared names of matchers with different word tables must not be mixed:
/// the numbers of nickname groups would not agree.
#[derive(Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Prepared {
    pub(crate) letters: Box<[u8]>,
    /// The words that count, in order, then other spellings of them.
    pub(crate) tokens: Box<[Token]>,
    pub(crate) words: u8,
    pub(crate) shape: Shape,
}

/// Hides the name: a prepared name is personal data.
impl std::fmt::Debug for Prepared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Prepared({} words)", self.words)
    }
}

/// One word, or another spelling of one.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Token {
    pub(crate) skeleton: u64,
    /// How many letters of each class occur.
    pub(crate) tally: Tally,
    /// Which letters occur.
    pub(crate) mask: u32,
    /// How many letters occur.
    pub(crate) kinds: u8,
    /// How much the word says, 0 to 1.
    pub(crate) weight: f32,
    /// Groups of forms that the word belongs to.
    pub(crate) kin: [u16; 4],
    pub(crate) start: u16,
    pub(crate) len: u8,
    /// Of which word this is another spelling; of itself for a word.
    pub(crate) word: u8,
    pub(crate) role: Role,
    pub(crate) part: Part,
    /// Class of the first letter, below 32.
    pub(crate) class: u8,
    /// A title may be glued to its end: this spelling is without.
    pub(crate) cut: bool,
    /// The tables know it for a name.
    pub(crate) known: bool,
    /// An Arabic article may have been run into it.
    pub(crate) article: bool,
    /// It names the father.
    pub(crate) father: bool,
    /// Which other words of the name say the same, or what this initial stands
    /// for: one bit each.
    pub(crate) repeats: u16,
}

impl Token {
    /// Whether the word is part of a name, not a word beside it.
    #[inline]
    pub(crate) fn counts(&self) -> bool {
        !matches!(self.role, Role::Particle | Role::Suffix)
    }
}

impl Prepared {
    /// Whether there is nothing to compare: no word that is part of a name.
    ///
    /// ```
    /// use paxnorm::{Name, matching::Matcher};
    ///
    /// assert!(Matcher::default().prepare(&Name::new("XXX", "FNU")).is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words == 0
    }

    /// Bytes of memory that this name takes, the value itself included.
    #[must_use]
    pub fn size(&self) -> usize {
        size_of::<Self>() + self.letters.len() + size_of_val::<[Token]>(&self.tokens)
    }

    #[inline]
    pub(crate) fn words(&self) -> &[Token] {
        self.tokens.get(..usize::from(self.words)).unwrap_or(&[])
    }

    /// Other spellings of words.
    #[inline]
    pub(crate) fn others(&self) -> &[Token] {
        self.tokens.get(usize::from(self.words)..).unwrap_or(&[])
    }

    #[inline]
    pub(crate) fn text(&self, token: &Token) -> &[u8] {
        text(&self.letters, token)
    }

    /// The letters of `count` words from the one at `from`, run together.
    #[inline]
    pub(crate) fn span(&self, from: usize, count: usize) -> &[u8] {
        let words = self.words();
        let (Some(first), Some(last)) = (words.get(from), words.get(from + count - 1)) else {
            return &[];
        };
        let end = usize::from(last.start) + usize::from(last.len);
        self.letters
            .get(usize::from(first.start)..end)
            .unwrap_or(&[])
    }

    /// All words run together.
    #[inline]
    pub(crate) fn glued(&self) -> &[u8] {
        self.span(0, self.words().len().max(1))
    }
}

#[inline]
fn text<'l>(letters: &'l [u8], token: &Token) -> &'l [u8] {
    let start = usize::from(token.start);
    letters
        .get(start..start + usize::from(token.len))
        .unwrap_or(&[])
}

/// Whether a word says `son of` or `daughter of`.
#[inline]
pub(crate) fn descends(role: Role, letters: &[u8]) -> bool {
    role == Role::Particle && matches!(letters, b"BIN" | b"BEN" | b"IBN" | b"BINT")
}

/// What follows an Arabic article at the beginning of a word: four letters or
/// more, of which the first is no vowel.
#[inline]
pub(crate) fn behind_article(word: &[u8]) -> Option<&[u8]> {
    let rest = word.strip_prefix(b"AL").or(word.strip_prefix(b"EL"))?;
    let hard = rest.first().is_some_and(|first| !b"AEIOUY".contains(first));
    (hard && rest.len() >= 4).then_some(rest)
}

/// The word at a place, those before it and those after it.
fn apart(words: &mut [Token], at: usize) -> Option<(&mut Token, &[Token], &[Token])> {
    let (before, rest) = words.split_at_mut_checked(at)?;
    let (word, after) = rest.split_first_mut()?;
    Some((word, before, after))
}

/// A name that is being taken apart.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    letters: Vec<u8>,
    tokens: Vec<Token>,
}

/// Titles that reservation systems glue to the last given name.
const GLUED: [&[u8]; 6] = [b"MR", b"MRS", b"MS", b"DR", b"MSTR", b"MISS"];

impl Builder {
    pub(crate) fn build(mut self, name: &crate::Name, lexicon: &Lexicon) -> Prepared {
        let mut words = Words::default();
        words.read(name, lexicon);
        self.letters.reserve_exact(words.letters.len());
        self.tokens
            .reserve_exact(words.list.len() + words.spellings.len());
        for raw in words.list.iter().filter(|raw| kept(raw)) {
            let word = self.tokens.len() as u8;
            let letters = words.letters.get(raw.start..raw.end);
            self.add(letters.unwrap_or(&[]), raw, &raw.entry, word, lexicon);
        }
        let count = self.tokens.len();
        self.relate();
        self.others(&words, lexicon);
        let (words, others) = self.tokens.split_at(count);
        let shape = Shape::of(words, others, 0);
        Prepared {
            shape,
            letters: self.letters.into(),
            tokens: self.tokens.into(),
            words: count as u8,
        }
    }

    /// What the words say of each other.
    fn relate(&mut self) {
        let (letters, words) = (&self.letters, &mut self.tokens);
        let mut sons = false;
        for at in 0..words.len() {
            let Some((word, before, after)) = apart(words, at) else {
                return;
            };
            let text = text(letters, word);
            word.father = word.role == Role::Patronymic || word.role == Role::Word && sons;
            sons = descends(word.role, text);
            let others = (0u32..).zip(before).chain((at as u32 + 1..).zip(after));
            for (place, other) in others {
                let said = super::prepared::text(letters, other);
                let initial = word.role == Role::Initial && other.counts();
                if said == text || initial && said.first() == text.first() {
                    word.repeats |= 1 << (place & 15);
                }
            }
        }
    }

    fn others(&mut self, words: &Words, lexicon: &Lexicon) {
        let (mut word, mut at) = (0, 0);
        for raw in &words.list {
            let kept = kept(raw);
            for &(start, end) in words.spellings.iter().skip(at).take(raw.spellings) {
                if kept {
                    self.other(words.letters.get(start..end), raw, word, lexicon);
                }
            }
            if kept {
                self.without_title(words.letters.get(raw.start..raw.end), raw, word, lexicon);
                word += 1;
            }
            at += raw.spellings;
        }
    }

    /// The word without a title at its end, where that leaves a name.
    fn without_title(&mut self, letters: Option<&[u8]>, raw: &Raw, word: u8, lexicon: &Lexicon) {
        let Some(letters) = letters.filter(|_| raw.part != Part::Surname) else {
            return;
        };
        let Some(title) = GLUED.iter().find(|title| letters.ends_with(title)) else {
            return;
        };
        let rest = letters.len() - title.len();
        if rest >= 2 {
            self.other(letters.get(..rest), raw, word, lexicon);
            if let Some(token) = self.tokens.last_mut() {
                token.cut = true;
            }
        }
    }

    fn other(&mut self, letters: Option<&[u8]>, raw: &Raw, word: u8, lexicon: &Lexicon) {
        let letters = letters.unwrap_or(&[]);
        self.add(letters, raw, &lexicon.get(letters), word, lexicon);
    }

    fn add(&mut self, letters: &[u8], raw: &Raw, entry: &Entry, word: u8, lexicon: &Lexicon) {
        let start = self.letters.len() as u16;
        self.letters.extend_from_slice(letters);
        let skeleton = phonetic::of(letters);
        let common = lexicon.common(entry, skeleton);
        let mask = mask(letters);
        self.tokens.push(Token {
            skeleton,
            tally: Tally::of(letters),
            mask,
            kinds: mask.count_ones() as u8,
            weight: weight(raw.role, letters.len(), common),
            kin: entry.kin,
            start,
            len: letters.len() as u8,
            word,
            role: raw.role,
            part: raw.part,
            class: class(letters.first()),
            cut: false,
            known: entry.count > 0 && letters.len() > 2,
            article: behind_article(letters).is_some(),
            father: false,
            repeats: 0,
        });
    }
}

/// Whether a word is compared.
fn kept(raw: &Raw) -> bool {
    !matches!(raw.role, Role::Title | Role::Placeholder)
}

#[inline]
pub(crate) fn mask(letters: &[u8]) -> u32 {
    letters.iter().fold(0, |mask, &letter| {
        mask | match letter {
            b'A'..=b'Z' => 1 << (letter - b'A'),
            _ => 1 << (26 + letter % 6),
        }
    })
}

/// Classes of the first letter, which typists get right: all vowels are one.
#[inline]
pub(crate) fn class(letter: Option<&u8>) -> u8 {
    const CLASSES: &[u8; 64] = b"\0\x01\x02\x03\x04\x01\x05\x03\x03\x01\x06\x03\x07\x08\x09\x01\x05\x03\x0a\x0b\x04\x01\x05\x05\x0b\x01\x0b\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x0c\x0d\x0e\x0f\x10\x11\x12\x13\x14\x15\0\0\0\0\0\0";
    let class = letter.and_then(|letter| CLASSES.get(usize::from(letter & 63)));
    class.copied().unwrap_or(0)
}

/// How much a word says: its rarity, less for words that come and go.
#[inline]
fn weight(role: Role, length: usize, common: u32) -> f32 {
    let rarity = rarity(common).min(0.25 + 0.125 * length as f32);
    match role {
        Role::Word | Role::Title | Role::Placeholder => rarity,
        Role::Patronymic => 0.7 * rarity,
        Role::Honorific => 0.25,
        Role::Initial => 0.15,
        Role::Suffix => 0.15,
        Role::Particle => 0.08,
    }
}

/// 1 for a word that 8 of 100,000 bear or nobody known, 0.1 for one that all
/// do; by the logarithm, taken between powers of two by straight lines, so
/// that it is the same number everywhere.
#[inline]
fn rarity(common: u32) -> f32 {
    const MOST: f32 = 13.6;
    let count = common.clamp(8, 100_000);
    let power = 31 - count.leading_zeros();
    let log = power as f32 + (count as f32 / (1u32 << power) as f32 - 1.0);
    let bits = 16.61 - log;
    (bits / MOST).clamp(0.1, 1.0)
}
