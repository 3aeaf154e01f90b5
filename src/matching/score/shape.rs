//! Which words of a name may be part of a run of words.

use crate::matching::lexicon::Role;
use crate::matching::prepared::Token;

/// Least letters of a word that others may have been glued into.
pub(super) const LONG: u8 = 4;

/// What a name brings to runs, as far as that is known without the other name.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Shape {
    /// Classes of first letters: of the words that may begin a run, and of
    /// those that a run may be written as.
    pub(super) heads: u32,
    pub(super) long: u32,
    /// The words that may be part of a run.
    pub(super) words: u16,
    /// Letters of the shortest run of two words, and of the longest word that a
    /// run may be written as.
    pub(super) least: u8,
    pub(super) most: u8,
    /// Whether one of the words is a name.
    pub(super) named: bool,
    /// Whether a word may be initials run together.
    pub(super) short: bool,
}

impl Shape {
    /// Of the words of a name and their other spellings; words that have a sure
    /// partner take no part, particles always may.
    pub(crate) fn of(words: &[Token], others: &[Token], sure: u32) -> Self {
        let mut shape = Self {
            least: u8::MAX,
            ..Self::default()
        };
        let mut before: Option<&Token> = None;
        for (at, word) in words.iter().enumerate() {
            if word.role != Role::Particle && bit(sure, at) {
                before = None;
                continue;
            }
            shape.words |= 1 << (at & 15);
            shape.admit(word, before.replace(word));
        }
        for other in others.iter().filter(|other| other.cut) {
            shape.glued(other);
        }
        shape
    }

    #[inline]
    fn admit(&mut self, word: &Token, before: Option<&Token>) {
        let particle = word.role == Role::Particle;
        self.named |= !particle;
        self.short |= matches!(word.len, 2 | 3) && !particle;
        if word.len >= LONG {
            self.glued(word);
        }
        if let Some(head) = before {
            self.heads |= 1 << (head.class & 31);
            self.least = self.least.min(head.len.saturating_add(word.len));
        }
    }

    /// A word that others may have been glued into.
    #[inline]
    fn glued(&mut self, word: &Token) {
        self.long |= 1 << (word.class & 31);
        self.most = self.most.max(word.len);
    }
}

#[inline]
pub(super) fn bit(bits: u32, at: usize) -> bool {
    bits >> (at & 31) & 1 != 0
}
