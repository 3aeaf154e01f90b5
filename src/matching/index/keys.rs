//! Blocking keys: numbers that names worth comparing have in common.

use super::near::packed;
use crate::matching::lexicon::Role;
use crate::matching::phonetic;
use crate::matching::prepared::{Prepared, Token};

/// Keys of one word at most: its skeleton, without each consonant if there are
/// four or more, else the letters without each one; its beginning; its forms.
const KEYS: usize = 24;

/// The keys of one word.
#[derive(Clone, Copy, Debug)]
struct Keys {
    keys: [u64; KEYS],
    count: usize,
}

impl Keys {
    #[inline]
    fn of(letters: &[u8], skeleton: u64, kin: &[u16]) -> Self {
        let mut keys = Self {
            keys: [0; KEYS],
            count: 0,
        };
        let length = phonetic::length(skeleton);
        if length >= 2 {
            keys.push(0, skeleton);
        }
        if length >= 4 {
            (0..length).for_each(|at| keys.push(0, without(skeleton, at)));
        } else if letters.len() <= 8 {
            keys.short(letters);
        }
        kin.iter()
            .filter(|kin| **kin != 0)
            .for_each(|kin| keys.push(3, u64::from(*kin)));
        if letters.len() >= 6 {
            keys.push(1, packed(letters.get(..5).unwrap_or(letters)));
        }
        keys
    }

    fn list(&self) -> &[u64] {
        self.keys.get(..self.count).unwrap_or(&[])
    }

    /// The letters, and the letters without each one.
    fn short(&mut self, letters: &[u8]) {
        self.push(2, packed(letters));
        for at in 0..letters.len() {
            let rest = letters.iter().enumerate().filter(|(place, _)| *place != at);
            self.push(
                2,
                rest.fold(0, |key, (_, &letter)| key << 8 | u64::from(letter)),
            );
        }
    }

    #[inline]
    fn push(&mut self, kind: u64, value: u64) {
        let key = mix(value ^ kind << 61);
        if self.list().contains(&key) {
            return;
        }
        if let Some(place) = self.keys.get_mut(self.count) {
            *place = key;
            self.count += 1;
        }
    }
}

/// The skeleton without the consonant `at` places from its end.
#[inline]
fn without(skeleton: u64, at: u32) -> u64 {
    let low = (1u64 << (5 * at)) - 1;
    (skeleton >> 5 & !low) | (skeleton & low)
}

/// Spreads the bits of a number; the same everywhere and for ever, for keys
/// travel between machines.
#[inline]
fn mix(value: u64) -> u64 {
    let value = (value ^ value >> 32).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    let value = (value ^ value >> 32).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    value ^ value >> 32
}

/// Keys of all words of a name that say something, each once; at most
/// [`BLOCKS`].
pub(crate) fn blocks(name: &Prepared) -> Vec<u64> {
    let mut blocks = Vec::new();
    for token in name.tokens.iter().filter(|token| telling(name, token)) {
        blocks.extend_from_slice(Keys::of(name.text(token), token.skeleton, &token.kin).list());
    }
    for (at, pair) in name.words().windows(2).enumerate() {
        if pair.iter().any(|token| token.role == Role::Particle) {
            let glued = name.span(at, 2);
            blocks.extend_from_slice(Keys::of(glued, phonetic::of(glued), &[]).list());
        }
    }
    blocks.sort_unstable();
    blocks.dedup();
    blocks.truncate(BLOCKS);
    blocks
}

/// Most keys that a name has, whatever its length.
const BLOCKS: usize = 256;

/// Whether a word is looked for: particles and initials only where a name has
/// nothing else.
#[inline]
pub(super) fn telling(name: &Prepared, token: &Token) -> bool {
    let tells =
        |token: &Token| !matches!(token.role, Role::Particle | Role::Initial | Role::Suffix);
    tells(token) || !name.words().iter().any(tells)
}
