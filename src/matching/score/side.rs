//! What one of two names says, and what of it the other name lacks.

use crate::matching::lexicon::Role;
use crate::matching::prepared::{Prepared, Token, descends};

/// One name beside another.
#[derive(Clone, Copy, Default)]
pub(super) struct Side {
    /// What all words say together.
    pub(super) all: f32,
    /// How much of that is found on the other side.
    pub(super) found: f32,
    /// How much is not.
    pub(super) left: f32,
    /// The most that a single word of the rest says.
    pub(super) rarest_left: f32,
    /// Names and initials of the rest.
    pub(super) names_left: u32,
    pub(super) initials_left: u32,
    /// Whether the name of the father is left over.
    pub(super) father_left: bool,
    /// Whether a word is left over that the name says twice.
    pub(super) said: bool,
}

impl Side {
    /// The words of a name, of which `used` are found on the other side. A word
    /// left over that repeats one of them (`SHOIGU SHOIGU SERGEY`, `J. (JAN)`)
    /// counts for nothing.
    #[inline]
    pub(super) fn of(name: &Prepared, used: u32) -> Self {
        let mut side = Self::default();
        for (at, word) in name.words().iter().enumerate() {
            if used & (1 << at) != 0 {
                side.all += word.weight;
            } else if used & u32::from(word.repeats) != 0 {
                side.said = true;
            } else {
                side.all += word.weight;
                side.leave(word);
            }
        }
        side
    }

    #[inline]
    fn leave(&mut self, word: &Token) {
        self.left += word.weight;
        self.names_left += u32::from(says_who(word));
        self.initials_left += u32::from(word.role == Role::Initial);
        self.rarest_left = self.rarest_left.max(word.weight);
        self.father_left |= word.father;
    }
}

/// Whether a word names a person by itself.
#[inline]
fn says_who(word: &Token) -> bool {
    word.role == Role::Word && word.len > 1
}

/// Whether a name says whose child somebody is.
pub(super) fn filial(name: &Prepared) -> bool {
    let mut words = name.words().iter();
    words.any(|word| descends(word.role, name.text(word)))
}
