//! What a word may have been before one slip of the pen.

/// Letters, or sounds of a skeleton, packed into a number, the last one lowest.
#[derive(Clone, Copy, Debug)]
pub(super) struct Packed {
    pub(super) value: u64,
    pub(super) length: u32,
    /// Bits of a letter.
    bits: u32,
    /// Letters there are.
    first: u64,
    count: u64,
}

impl Packed {
    /// The sounds of a skeleton.
    pub(super) fn sounds(value: u64, length: u32) -> Self {
        Self {
            value,
            length,
            bits: 5,
            first: 1,
            count: 15,
        }
    }

    /// At most eight letters, of which A to Z are mistaken for one another.
    pub(super) fn letters(letters: &[u8]) -> Option<Self> {
        (letters.len() <= 8).then(|| Self {
            value: packed(letters),
            length: letters.len() as u32,
            bits: 8,
            first: u64::from(b'A'),
            count: 26,
        })
    }

    /// Gives those with one letter more.
    pub(super) fn with_one_more(self, each: &mut impl FnMut(u64)) {
        if (self.length + 1) * self.bits <= 64 {
            for at in 0..=self.length {
                self.fill(self.above(at), at, each);
            }
        }
    }

    /// Gives those with another letter in place of one, or two neighbours
    /// exchanged.
    pub(super) fn with_another(self, each: &mut impl FnMut(u64)) {
        for at in 0..self.length {
            self.fill(self.above(at + 1), at, each);
        }
        let mask = (1 << self.bits) - 1;
        for at in 1..self.length {
            let both = (self.above(at - 1) ^ self.above(at)) & mask;
            let both = both << self.bits | both;
            each(self.value ^ both << (self.bits * (at - 1)));
        }
    }

    /// Gives those without one letter.
    pub(super) fn with_one_less(self, each: &mut impl FnMut(u64)) {
        for at in 0..self.length {
            each(self.above(at + 1) << (self.bits * at) | self.below(at));
        }
    }

    /// Every letter at a place, below those that stand above it.
    #[inline]
    fn fill(self, above: u64, at: u32, each: &mut impl FnMut(u64)) {
        let rest = above << self.bits << (self.bits * at) | self.below(at);
        for letter in self.first..self.first + self.count {
            each(rest | letter << (self.bits * at));
        }
    }

    #[inline]
    fn above(self, at: u32) -> u64 {
        self.value.checked_shr(self.bits * at).unwrap_or(0)
    }

    #[inline]
    fn below(self, at: u32) -> u64 {
        self.value & (1u64 << (self.bits * at)).wrapping_sub(1)
    }
}

/// Up to eight letters as one number.
#[inline]
pub(super) fn packed(letters: &[u8]) -> u64 {
    letters
        .iter()
        .fold(0, |value, &letter| value << 8 | u64::from(letter))
}
