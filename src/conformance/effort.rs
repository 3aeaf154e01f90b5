/// How much a check tries. The default takes about a second for ten samples of a
/// few kilobytes.
///
/// ```
/// use paxnorm::conformance::Effort;
///
/// let mut effort = Effort::default();
/// effort.seed = 7;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Effort {
    /// Truncations of a sample: at every byte of a small one, else evenly spread: 256.
    pub truncations: usize,
    /// Bytes flipped, one at a time, at places that the seed chooses: 256.
    pub flips: usize,
    /// Ways of cutting a sample into windows: 16.
    pub chunkings: usize,
    /// Windows of one such way at most, for a format that asks for the whole
    /// document looks at each of them anew: 128.
    pub windows: usize,
    /// Bytes read in the trials of one kind over one sample: 4 MiB. Large samples
    /// get fewer trials, never fewer than 4.
    pub bytes: usize,
    /// Seed of everything that is chosen by chance.
    pub seed: u64,
}

impl Default for Effort {
    fn default() -> Self {
        Self {
            truncations: 256,
            flips: 256,
            chunkings: 16,
            windows: 128,
            bytes: 4 << 20,
            seed: 0x9E37_79B9_7F4A_7C15,
        }
    }
}

impl Effort {
    /// Trials of a kind over a sample of this length.
    pub(super) fn trials(&self, wanted: usize, len: usize) -> usize {
        wanted.min((self.bytes / len.max(1)).max(4))
    }
}

/// Chance with a seed (xorshift64).
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.max(1))
    }

    /// One of `0..sides`; 0 where there are none.
    pub(super) fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or_default() % sides.max(1)
    }
}
