//! The keys of earlier bookings, to tell that one comes again.

use std::collections::{HashSet, VecDeque};
use std::hash::{BuildHasher, BuildHasherDefault, Hasher, RandomState};

/// How many keys are remembered.
const REMEMBERED: usize = 65_536;

/// The latest keys, by their hashes.
#[derive(Debug, Default)]
pub(super) struct Keys {
    hashing: RandomState,
    seen: HashSet<u64, BuildHasherDefault<Hashed>>,
    order: VecDeque<u64>,
}

impl Keys {
    /// Remembers a key and forgets the oldest; false where it was there already.
    pub(super) fn add(&mut self, key: &[u8]) -> bool {
        let hash = self.hashing.hash_one(key);
        if !self.seen.insert(hash) {
            return false;
        }
        self.order.push_back(hash);
        if self.order.len() > REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.seen.remove(&oldest);
        }
        true
    }
}

/// Takes a hash as its own hash.
#[derive(Debug, Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {}

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}
