//! What an index holds: names, and the words they are made of.

use serde::{Deserialize, Serialize};

use super::keys::telling;
use super::lists::{Lists, grow, room};
use super::words::Words;
use crate::matching::lexicon::Role;
use crate::matching::phonetic;
use crate::matching::prepared::{Prepared, Token, mask};

/// Layout of what a store holds. It changes with the fields: a store of another
/// layout would find less without a word, so that its snapshot is refused.
pub(super) const LAYOUT: u32 = 3;

/// Places of removed names that a list may have beside as many as it has names.
const SPARE: usize = 1024;

/// The layout of snapshots that do not say theirs.
fn first_layout() -> u32 {
    1
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Store<Id> {
    #[serde(default = "first_layout")]
    pub(super) layout: u32,
    /// By place; nothing where one was removed.
    names: Vec<Option<(Id, Prepared)>>,
    alive: usize,
    /// The turn in which the name of each place was added, in order.
    turns: Vec<u32>,
    /// The turn of the next name.
    next: u32,
    /// How much each name says, in the unit of gains.
    says: Vec<u16>,
    /// Where the words of each name end in `made`.
    ends: Vec<u32>,
    /// The words of names, one name after the other.
    made: Vec<u32>,
    vocabulary: Words,
    /// The names that have each word.
    having: Lists,
}

impl<Id> Default for Store<Id> {
    fn default() -> Self {
        Self {
            layout: LAYOUT,
            names: Vec::new(),
            alive: 0,
            turns: Vec::new(),
            next: 0,
            says: Vec::new(),
            ends: Vec::new(),
            made: Vec::new(),
            vocabulary: Words::default(),
            having: Lists::default(),
        }
    }
}

impl<Id> Store<Id> {
    /// Adds a name; the number of its turn, which no other name of the list has.
    pub(super) fn add(&mut self, id: Id, name: Prepared) -> u32 {
        let turn = self.next;
        self.next = turn.saturating_add(1);
        self.place(id, name, turn);
        turn
    }

    fn place(&mut self, id: Id, name: Prepared, turn: u32) {
        let place = self.names.len() as u32;
        for token in name.tokens.iter().filter(|token| telling(&name, token)) {
            self.enter(name.text(token), token, place);
        }
        for (at, pair) in name.words().windows(2).enumerate() {
            if let [first, second] = pair
                && first.role == Role::Particle
            {
                let letters = name.span(at, 2);
                self.enter(letters, &joined(letters, second), place);
            }
        }
        grow(&mut self.turns, 1);
        self.turns.push(turn);
        grow(&mut self.says, 1);
        self.says.push(says(&name));
        grow(&mut self.ends, 1);
        self.ends.push(self.made.len() as u32);
        self.names.push(Some((id, name)));
        self.alive += 1;
    }

    /// A word of the name at a place.
    fn enter(&mut self, letters: &[u8], token: &Token, place: u32) {
        let word = self.vocabulary.enter(letters, token);
        if self.having.list(word).last() != Some(&place) {
            self.having.push(word, place);
        }
        grow(&mut self.made, 1);
        self.made.push(word);
    }

    pub(super) fn retain(&mut self, keep: impl Fn(&Id) -> bool) -> usize {
        let before = self.alive;
        let mut start = 0;
        for (at, name) in self.names.iter_mut().enumerate() {
            let end = self.ends.get(at).map_or(start, |end| *end as usize);
            if name.as_ref().is_some_and(|(id, _)| !keep(id)) {
                *name = None;
                self.alive -= 1;
                // Its words say who it was, even where others have them, too.
                if let Some(made) = self.made.get_mut(start..end) {
                    made.fill(u32::MAX);
                }
                if let Some(says) = self.says.get_mut(at) {
                    *says = 0;
                }
            }
            start = end;
        }
        if self.names.len() > 2 * self.alive + SPARE {
            self.close_up();
        } else if before > self.alive {
            self.forget();
        }
        before - self.alive
    }

    /// Lays the list anew without the places of names that were removed, which would otherwise be
    /// more from change to change.
    fn close_up(&mut self) {
        let mut anew = Self {
            next: self.next,
            ..Self::default()
        };
        let places = self.names.drain(..).zip(self.turns.drain(..));
        for (name, turn) in places {
            if let Some((id, name)) = name {
                anew.place(id, name, turn);
            }
        }
        *self = anew;
    }

    /// Forgets the words that no name has any more.
    fn forget(&mut self) {
        let names = &self.names;
        self.having
            .retain(|place| names.get(place as usize).is_some_and(Option::is_some));
        let having = &self.having;
        self.vocabulary.retain(|word| !having.list(word).is_empty());
    }

    /// The name at a place.
    #[inline]
    pub(super) fn get(&self, place: u32) -> Option<&(Id, Prepared)> {
        self.names.get(place as usize)?.as_ref()
    }

    /// The turn in which the name at a place was added.
    pub(super) fn turn(&self, place: u32) -> u32 {
        let turn = self.turns.get(place as usize);
        turn.copied().unwrap_or(u32::MAX)
    }

    /// The name that was added in a turn.
    pub(super) fn name(&self, turn: u32) -> Option<&Prepared> {
        let place = self.turns.binary_search(&turn).ok()?;
        let (_, name) = self.names.get(place)?.as_ref()?;
        Some(name)
    }

    pub(super) fn words(&self) -> &Words {
        &self.vocabulary
    }

    /// The names that have a word.
    #[inline]
    pub(super) fn having(&self, word: u32) -> &[u32] {
        self.having.list(word)
    }

    /// The words of a name.
    #[inline]
    pub(super) fn made(&self, place: u32) -> &[u32] {
        let at = place as usize;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before));
        let start = start.map_or(0, |start| *start as usize);
        let end = self.ends.get(at).map_or(0, |end| *end as usize);
        self.made.get(start..end).unwrap_or(&[])
    }

    #[inline]
    pub(super) fn says(&self, place: u32) -> u16 {
        self.says.get(place as usize).copied().unwrap_or(0)
    }

    /// Places, of names removed too.
    pub(super) fn places(&self) -> usize {
        self.names.len()
    }

    pub(super) fn len(&self) -> usize {
        self.alive
    }

    pub(super) fn overhead(&self) -> usize {
        room(&self.says)
            + room(&self.turns)
            + room(&self.ends)
            + room(&self.made)
            + self.vocabulary.bytes()
            + self.having.bytes()
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
