//! What an index holds: names, the words they are made of, the keys of words.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::keys::{Keys, mix, telling};
use crate::matching::lexicon::{Fast, Role};
use crate::matching::phonetic;
use crate::matching::prepared::{Prepared, Token, mask};

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Store<Id> {
    names: Vec<Option<(Id, Prepared)>>,
    alive: usize,
    /// How much each name says, in the unit of gains.
    says: Vec<u16>,
    letters: Vec<u8>,
    words: Vec<Word>,
    /// Letters that occur in each word.
    masks: Vec<u32>,
    /// Words by a hash of their letters.
    known: HashMap<u64, u32, Fast>,
    /// Words by their keys.
    keys: HashMap<u64, Few, Fast>,
}

/// One distinct word of the list.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Word {
    start: u32,
    length: u8,
    token: Token,
    names: Few,
}

/// Numbers, of which there is mostly one: that one lies inside.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Few {
    One(u32),
    Many(Vec<u32>),
}

impl Few {
    fn push(&mut self, number: u32) {
        match self {
            Self::One(first) => *self = Self::Many(vec![*first, number]),
            Self::Many(all) => all.push(number),
        }
    }

    #[inline]
    pub(super) fn list(&self) -> &[u32] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(all) => all,
        }
    }

    fn retain(&mut self, keep: impl Fn(u32) -> bool) {
        match self {
            Self::One(one) if keep(*one) => {}
            Self::One(_) => *self = Self::Many(Vec::new()),
            Self::Many(all) => all.retain(|number| keep(*number)),
        }
    }

    fn bytes(&self) -> usize {
        match self {
            Self::One(_) => 0,
            Self::Many(all) => all.capacity() * size_of::<u32>(),
        }
    }
}

impl<Id> Default for Store<Id> {
    fn default() -> Self {
        Self {
            names: Vec::new(),
            alive: 0,
            says: Vec::new(),
            letters: Vec::new(),
            words: Vec::new(),
            masks: Vec::new(),
            known: HashMap::default(),
            keys: HashMap::default(),
        }
    }
}

impl<Id> Store<Id> {
    pub(super) fn add(&mut self, id: Id, name: Prepared) -> u32 {
        let turn = self.names.len() as u32;
        for token in name.tokens.iter().filter(|token| telling(&name, token)) {
            self.enter(name.text(token), token, turn);
        }
        for (at, pair) in name.words().windows(2).enumerate() {
            if let [first, second] = pair
                && first.role == Role::Particle
            {
                let letters = name.span(at, 2);
                let token = joined(letters, second);
                self.enter(letters, &token, turn);
            }
        }
        self.says.push(says(&name));
        self.names.push(Some((id, name)));
        self.alive += 1;
        turn
    }

    /// A word of the name added in this turn.
    fn enter(&mut self, letters: &[u8], token: &Token, turn: u32) {
        let next = self.words.len() as u32;
        let word = *self.known.entry(hash(letters)).or_insert(next);
        if let Some(word) = self.words.get_mut(word as usize) {
            if word.names.list().last() != Some(&turn) {
                word.names.push(turn);
            }
            return;
        }
        self.words.push(Word {
            start: self.letters.len() as u32,
            length: letters.len() as u8,
            token: Token {
                start: 0,
                len: letters.len() as u8,
                ..*token
            },
            names: Few::One(turn),
        });
        self.masks.push(token.mask);
        self.letters.extend_from_slice(letters);
        for &key in Keys::of(letters, token.skeleton, &token.kin).list() {
            self.keys
                .entry(key)
                .and_modify(|few| few.push(next))
                .or_insert(Few::One(next));
        }
    }

    pub(super) fn retain(&mut self, keep: impl Fn(&Id) -> bool) -> usize {
        let before = self.alive;
        for name in &mut self.names {
            if name.as_ref().is_some_and(|(id, _)| !keep(id)) {
                *name = None;
                self.alive -= 1;
            }
        }
        if before > self.alive {
            self.forget();
        }
        before - self.alive
    }

    /// Forgets the words that no name has any more: they are personal data.
    fn forget(&mut self) {
        let Self {
            names,
            letters,
            words,
            known,
            keys,
            ..
        } = self;
        for word in words.iter_mut() {
            word.names
                .retain(|turn| names.get(turn as usize).is_some_and(Option::is_some));
            if word.names.list().is_empty() {
                let end = word.start as usize + usize::from(word.length);
                if let Some(letters) = letters.get_mut(word.start as usize..end) {
                    letters.fill(0);
                }
                word.token = Token::default();
            }
        }
        let used = |word: u32| {
            words
                .get(word as usize)
                .is_some_and(|word| !word.names.list().is_empty())
        };
        known.retain(|_, word| used(*word));
        keys.retain(|_, few| {
            few.retain(used);
            !few.list().is_empty()
        });
    }

    #[inline]
    pub(super) fn get(&self, turn: u32) -> Option<&(Id, Prepared)> {
        self.names.get(turn as usize)?.as_ref()
    }

    pub(super) fn name(&self, turn: u32) -> Option<&Prepared> {
        self.get(turn).map(|(_, name)| name)
    }

    /// The word of exactly these letters.
    #[inline]
    pub(super) fn exact(&self, letters: &[u8]) -> Option<u32> {
        self.known.get(&hash(letters)).copied()
    }

    /// The words that have a key.
    #[inline]
    pub(super) fn having(&self, key: u64) -> &[u32] {
        self.keys.get(&key).map_or(&[], Few::list)
    }

    #[inline]
    pub(super) fn word(&self, number: u32) -> Option<(&[u8], &Token, &[u32])> {
        let word = self.words.get(number as usize)?;
        let start = word.start as usize;
        let letters = self.letters.get(start..start + usize::from(word.length))?;
        Some((letters, &word.token, word.names.list()))
    }

    #[inline]
    pub(super) fn mask(&self, number: u32) -> u32 {
        self.masks.get(number as usize).copied().unwrap_or(0)
    }

    #[inline]
    pub(super) fn says(&self, turn: u32) -> u16 {
        self.says.get(turn as usize).copied().unwrap_or(0)
    }

    /// Turns given so far, of names removed too.
    pub(super) fn turns(&self) -> usize {
        self.names.len()
    }

    pub(super) fn len(&self) -> usize {
        self.alive
    }

    pub(super) fn overhead(&self) -> usize {
        let word: usize = self.words.iter().map(|word| word.names.bytes()).sum();
        let keys: usize = self.keys.values().map(Few::bytes).sum();
        word + keys
            + self.letters.capacity()
            + self.says.capacity() * size_of::<u16>()
            + self.masks.capacity() * size_of::<u32>()
            + self.words.capacity() * size_of::<Word>()
            + table(self.known.capacity(), size_of::<(u64, u32)>())
            + table(self.keys.capacity(), size_of::<(u64, Few)>())
    }
}

/// A particle run together with the word it stands before.
fn joined(letters: &[u8], word: &Token) -> Token {
    let mask = mask(letters);
    Token {
        skeleton: phonetic::of(letters),
        mask,
        kinds: mask.count_ones() as u8,
        ..*word
    }
}

/// What all words of a name would give to a query that has them.
pub(super) fn says(name: &Prepared) -> u16 {
    let telling = name.words().iter().filter(|token| telling(name, token));
    telling
        .map(|token| gain(1.0, token.weight))
        .fold(0, u16::saturating_add)
}

/// What a name gains by a word of this quality and weight.
#[inline]
pub(super) fn gain(quality: f32, weight: f32) -> u16 {
    ((quality - 0.4) * (0.15 + weight) * 1600.0) as u16
}

/// Bytes of a hash table: eight places for seven entries, a byte of control each.
fn table(capacity: usize, entry: usize) -> usize {
    capacity * 8 / 7 * (entry + 1)
}

#[inline]
fn hash(letters: &[u8]) -> u64 {
    letters.chunks(8).fold(letters.len() as u64, |hash, chunk| {
        mix(hash
            ^ chunk
                .iter()
                .fold(0, |word, &letter| word << 8 | u64::from(letter)))
    })
}
