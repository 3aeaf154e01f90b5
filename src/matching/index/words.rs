//! The distinct words of the list, and which of them resemble a given one.

use serde::{Deserialize, Serialize};

use super::lists::{Chains, Lists, grow, room};
use super::near::{Packed, packed};
use crate::matching::phonetic;
use crate::matching::prepared::Token;

/// Words that are looked at for one word of the query at most.
const LOOKS: usize = 4096;
/// Letters of a beginning by which longer words are found.
const BEGINNING: usize = 5;

/// One distinct word of the list.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Word {
    start: u32,
    /// Letters that occur in it.
    mask: u32,
    /// Which set of groups of forms it belongs to.
    kin: u16,
    length: u8,
    /// Some bits of the hash of its skeleton.
    sound: u8,
}

/// The words, by their letters, their sound, their beginning and their kin.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Words {
    words: Vec<Word>,
    letters: Vec<u8>,
    spelt: Chains,
    sounding: Chains,
    beginning: Chains,
    /// Words of each group of forms.
    kin: Lists,
    /// Sets of groups that words belong to, the first one empty.
    kins: Vec<[u16; 4]>,
}

impl Words {
    /// The word of exactly these letters.
    #[inline]
    pub(super) fn find(&self, letters: &[u8]) -> Option<u32> {
        let mut words = self.spelt.words(hash(letters));
        words.find(|word| self.text(*word) == letters)
    }

    /// The number of the word, which is new if nobody had it yet.
    pub(super) fn enter(&mut self, letters: &[u8], token: &Token) -> u32 {
        if let Some(word) = self.find(letters) {
            return word;
        }
        self.make_room();
        let number = self.words.len() as u32;
        let sound = sound(token.skeleton);
        let word = Word {
            start: self.letters.len() as u32,
            mask: token.mask,
            kin: self.kin_of(token, number),
            length: letters.len() as u8,
            sound: sound.map_or(0, tag),
        };
        grow(&mut self.words, 1);
        self.words.push(word);
        grow(&mut self.letters, letters.len());
        self.letters.extend_from_slice(letters);
        self.spelt.push(Some(hash(letters)));
        self.sounding.push(sound);
        self.beginning.push(beginning(letters));
        number
    }

    fn kin_of(&mut self, token: &Token, number: u32) -> u16 {
        if self.kins.is_empty() {
            self.kins.push([0; 4]);
        }
        for &kin in token.kin.iter().filter(|kin| **kin != 0) {
            self.kin.push(u32::from(kin), number);
        }
        let known = self.kins.iter().position(|kins| *kins == token.kin);
        let place = known.unwrap_or_else(|| {
            self.kins.push(token.kin);
            self.kins.len() - 1
        });
        u16::try_from(place).unwrap_or(0)
    }

    fn make_room(&mut self) {
        if self.spelt.crowded() {
            self.chain();
        }
    }

    /// Lays the chains anew, without the words that were forgotten.
    fn chain(&mut self) {
        let all = || {
            (0..self.words.len() as u32).map(|word| {
                let text = self.text(word);
                (!text.is_empty()).then_some(text)
            })
        };
        let chains = [
            Chains::anew(all().map(|text| text.map(hash))),
            Chains::anew(all().map(|text| sound(phonetic::of(text?)))),
            Chains::anew(all().map(|text| beginning(text?))),
        ];
        [self.spelt, self.sounding, self.beginning] = chains;
    }

    /// Forgets the words that are not kept: they are personal data.
    pub(super) fn retain(&mut self, keep: impl Fn(u32) -> bool) {
        for (number, word) in (0..).zip(&mut self.words) {
            if keep(number) {
                continue;
            }
            let end = word.start as usize + usize::from(word.length);
            if let Some(letters) = self.letters.get_mut(word.start as usize..end) {
                letters.fill(0);
            }
            (word.length, word.mask, word.kin, word.sound) = (0, 0, 0, 0);
        }
        self.kin.retain(keep);
        self.chain();
    }

    #[inline]
    pub(super) fn text(&self, number: u32) -> &[u8] {
        let text = self.words.get(number as usize).and_then(|word| {
            let start = word.start as usize;
            self.letters.get(start..start + usize::from(word.length))
        });
        text.unwrap_or(&[])
    }

    /// What comparing with a word needs to know of it.
    #[inline]
    pub(super) fn token(&self, number: u32) -> Token {
        let Some(word) = self.words.get(number as usize) else {
            return Token::default();
        };
        let kin = self.kins.get(usize::from(word.kin));
        Token {
            mask: word.mask,
            kinds: word.mask.count_ones() as u8,
            kin: kin.copied().unwrap_or_default(),
            len: word.length,
            ..Token::default()
        }
    }

    /// The words that resemble one in sound, letters, beginning or kin, each
    /// once, into `seen`.
    pub(super) fn near(&self, letters: &[u8], token: &Token, seen: &mut Vec<u32>) {
        seen.clear();
        self.near_in_sound(token.skeleton, seen);
        if phonetic::length(token.skeleton) < 4 {
            self.near_in_letters(letters, seen);
        }
        for &kin in token.kin.iter().filter(|kin| **kin != 0) {
            push(seen, self.kin.list(u32::from(kin)).iter().copied());
        }
        if let Some(hash) = beginning(letters) {
            let begins = |word: &u32| self.text(*word).get(..BEGINNING) == letters.get(..BEGINNING);
            push(seen, self.beginning.words(hash).filter(begins));
        }
        seen.sort_unstable();
        seen.dedup();
    }

    /// Skeletons of few consonants are found as they are and with one more;
    /// those of four with every slip.
    fn near_in_sound(&self, skeleton: u64, seen: &mut Vec<u32>) {
        let sounds = Packed::sounds(skeleton, phonetic::length(skeleton));
        let mut look = |skeleton| {
            let Some(hash) = sound(skeleton) else { return };
            let same = |word: &u32| {
                let word = self.words.get(*word as usize);
                word.is_some_and(|word| word.sound == tag(hash))
            };
            if self.sounding.may_have(hash) {
                push(seen, self.sounding.words(hash).filter(same));
            }
        };
        look(skeleton);
        if (3..12).contains(&sounds.length) {
            sounds.with_one_more(&mut look);
        }
        if sounds.length >= 4 {
            sounds.with_another(&mut look);
            sounds.with_one_less(&mut look);
        }
    }

    fn near_in_letters(&self, letters: &[u8], seen: &mut Vec<u32>) {
        let Some(letters) = Packed::letters(letters) else {
            return;
        };
        let mut look = |value, length: u32| {
            let same = |word: &u32| {
                let text = self.text(*word);
                text.len() == length as usize && packed(text) == value
            };
            let hash = mixed(value, length as usize);
            if self.spelt.may_have(hash) {
                push(seen, self.spelt.words(hash).filter(same));
            }
        };
        let length = letters.length;
        look(letters.value, length);
        letters.with_another(&mut |value| look(value, length));
        letters.with_one_less(&mut |value| look(value, length - 1));
        letters.with_one_more(&mut |value| look(value, length + 1));
    }

    pub(super) fn bytes(&self) -> usize {
        room(&self.words)
            + room(&self.letters)
            + room(&self.kins)
            + self.kin.bytes()
            + self.spelt.bytes()
            + self.sounding.bytes()
            + self.beginning.bytes()
    }
}

#[inline]
fn push(seen: &mut Vec<u32>, words: impl Iterator<Item = u32>) {
    seen.extend(words.take(LOOKS.saturating_sub(seen.len())));
}

/// The hash of a skeleton that says enough.
#[inline]
fn sound(skeleton: u64) -> Option<u64> {
    (skeleton >> 5 != 0).then(|| spread(skeleton))
}

#[inline]
fn tag(hash: u64) -> u8 {
    (hash >> 48) as u8
}

fn beginning(letters: &[u8]) -> Option<u64> {
    let beginning = letters.get(..BEGINNING)?;
    (letters.len() > BEGINNING).then(|| spread(packed(beginning)))
}

/// For eight letters or less of the packed letters and their number.
#[inline]
fn hash(letters: &[u8]) -> u64 {
    let chunks = letters.chunks(8);
    let value = chunks.fold(0, |value, chunk| spread(value) ^ packed(chunk));
    mixed(value, letters.len())
}

#[inline]
fn mixed(value: u64, length: usize) -> u64 {
    spread(value ^ (length as u64) << 59)
}

/// Spreads the bits of a number over all of them.
#[inline]
fn spread(value: u64) -> u64 {
    let product = value.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    product ^ product >> 32
}
