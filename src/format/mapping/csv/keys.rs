//! The keys of earlier bookings, to tell that one comes again.

use std::collections::HashSet;
use std::hash::{BuildHasher, BuildHasherDefault, Hasher, RandomState};

/// How many of the latest keys are remembered at least; at most twice as many.
const REMEMBERED: usize = 65_536;

/// The latest keys, by their hashes.
#[derive(Debug, Default)]
pub(super) struct Keys {
    hashing: RandomState,
    young: Hashes,
    /// Those before the young ones, forgotten together once there are as many young ones.
    old: Hashes,
}

type Hashes = HashSet<u64, BuildHasherDefault<Hashed>>;

impl Keys {
    /// Remembers a key; false where it was there already.
    pub(super) fn add(&mut self, key: &[u8]) -> bool {
        let hash = self.hashing.hash_one(key);
        if self.young.len() == REMEMBERED {
            std::mem::swap(&mut self.young, &mut self.old);
            self.young.clear();
        }
        !self.old.contains(&hash) && self.young.insert(hash)
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
