//! Lists of numbers that cost little where there are many short ones.

use serde::{Deserialize, Serialize};

/// Lists of numbers, themselves numbered from 0. Most lists of an index hold one
/// number: that one lies inside, in four bytes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Lists {
    /// The only number of a list, or with the highest bit where the list lies.
    heads: Vec<u32>,
    long: Vec<Vec<u32>>,
}

/// The highest bit: the list is a long one.
const LONG: u32 = 1 << 31;
/// A list without numbers.
const EMPTY: u32 = u32::MAX;

impl Lists {
    /// Adds a number below 2³¹ to a list, which begins with it if it is new.
    pub(super) fn push(&mut self, list: u32, number: u32) {
        let at = list as usize;
        if at >= self.heads.len() {
            let more = at + 1 - self.heads.len();
            grow(&mut self.heads, more);
            self.heads.resize(at + 1, EMPTY);
        }
        let Some(head) = self.heads.get_mut(at) else {
            return;
        };
        match *head {
            EMPTY => *head = number,
            one if one < LONG => {
                *head = LONG | self.long.len() as u32;
                grow(&mut self.long, 1);
                self.long.push(vec![one, number]);
            }
            place => {
                if let Some(long) = self.long.get_mut((place ^ LONG) as usize) {
                    if long.len() == long.capacity() {
                        long.reserve_exact((long.len() / 4).max(1));
                    }
                    long.push(number);
                }
            }
        }
    }

    /// The numbers of a list, in the order in which they came.
    #[inline]
    pub(super) fn list(&self, list: u32) -> &[u32] {
        match self.heads.get(list as usize) {
            None | Some(&EMPTY) => &[],
            Some(one) if *one < LONG => std::slice::from_ref(one),
            Some(place) => self
                .long
                .get((place ^ LONG) as usize)
                .map_or(&[], Vec::as_slice),
        }
    }

    /// Forgets the numbers that are not kept.
    pub(super) fn retain(&mut self, keep: impl Fn(u32) -> bool) {
        for head in self.heads.iter_mut().filter(|head| **head < LONG) {
            if !keep(*head) {
                *head = EMPTY;
            }
        }
        for long in &mut self.long {
            long.retain(|number| keep(*number));
        }
    }

    pub(super) fn bytes(&self) -> usize {
        let long: usize = self.long.iter().map(room).sum();
        room(&self.heads) + room(&self.long) + long
    }
}

/// Words by a hash of something that each has one of: for each place the last
/// word, for each word the one before it at the same place. Words of other
/// hashes come along: who asks looks again.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Chains {
    last: Vec<u32>,
    before: Vec<u32>,
    /// For each place the marks of its words: most places that are asked hold
    /// none of that mark, which a byte can tell.
    marks: Vec<u8>,
}

/// Least places of a table.
const PLACES: usize = 64;
/// Words a place, when the places become twice as many.
const CROWDED: usize = 2;

impl Chains {
    /// Adds the next word, which may have no hash.
    pub(super) fn push(&mut self, hash: Option<u64>) {
        let word = self.before.len() as u32;
        let mut before = EMPTY;
        if let Some(hash) = hash {
            let place = self.place(hash);
            if let Some(last) = self.last.get_mut(place) {
                before = std::mem::replace(last, word);
            }
            if let Some(marks) = self.marks.get_mut(place) {
                *marks |= mark(hash);
            }
        }
        grow(&mut self.before, 1);
        self.before.push(before);
    }

    /// Whether more places are wanted before the next word comes.
    pub(super) fn crowded(&self) -> bool {
        self.before.len() >= self.last.len() * CROWDED
    }

    /// The same words over as many places as they want.
    pub(super) fn anew(hashes: impl ExactSizeIterator<Item = Option<u64>>) -> Self {
        let places = hashes.len().next_power_of_two().max(PLACES);
        let mut chains = Self {
            last: vec![EMPTY; places],
            before: Vec::with_capacity(hashes.len() + 1),
            marks: vec![0; places],
        };
        hashes.for_each(|hash| chains.push(hash));
        chains
    }

    #[inline]
    fn place(&self, hash: u64) -> usize {
        hash as usize & self.last.len().wrapping_sub(1)
    }

    /// Whether a word of this hash may be there.
    #[inline]
    pub(super) fn may_have(&self, hash: u64) -> bool {
        let marks = self.marks.get(self.place(hash));
        marks.is_some_and(|marks| marks & mark(hash) != 0)
    }

    /// The words at the place of a hash, the last one first.
    #[inline]
    pub(super) fn words(&self, hash: u64) -> impl Iterator<Item = u32> {
        let before = |word: &u32| {
            let before = self.before.get(*word as usize).copied()?;
            // Holds for every table that was built here: one from elsewhere may
            // not lead round in circles.
            (before < *word).then_some(before)
        };
        let last = self.last.get(self.place(hash)).copied();
        std::iter::successors(last.filter(|last| *last != EMPTY), before)
    }

    pub(super) fn bytes(&self) -> usize {
        room(&self.last) + room(&self.before) + room(&self.marks)
    }
}

/// One of eight bits.
#[inline]
fn mark(hash: u64) -> u8 {
    1 << (hash >> 61)
}

/// Makes room for more as an index grows: a sixteenth of it, where vectors take as
/// much again, which is half of the memory of a large list.
#[inline]
pub(super) fn grow<T>(vector: &mut Vec<T>, more: usize) {
    if vector.capacity() - vector.len() < more {
        vector.reserve_exact(more.max(vector.len() / 16 + 4));
    }
}

/// Bytes that a vector takes.
pub(super) fn room<T>(vector: &Vec<T>) -> usize {
    vector.capacity() * size_of::<T>()
}
