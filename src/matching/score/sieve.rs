//! A quick look whether two words can be alike.

/// The longest common subsequence by classes of letters, of one word and
/// others: words that have too little in common need no edit distance.
pub(super) struct Sieve {
    at: [u32; 32],
    length: usize,
}

impl Sieve {
    #[inline]
    pub(super) fn new(word: &[u8]) -> Self {
        let mut at = [0; 32];
        for (bit, &letter) in word.iter().enumerate() {
            at[usize::from(kin_of(letter))] |= 1u32 << (bit & 31);
        }
        Self {
            at,
            length: word.len(),
        }
    }

    /// Whether at least so many hundredths of all letters are shared.
    #[inline]
    pub(super) fn passes(&self, word: &[u8], least: usize) -> bool {
        let mut free = !0u32;
        for &letter in word {
            let hit = free & self.at[usize::from(kin_of(letter))];
            free = free.wrapping_add(hit) | (free - hit);
        }
        (!free).count_ones() as usize * 200 >= (self.length + word.len()) * least
    }
}

/// Classes of letters that are often taken for one another, below 32.
#[inline]
fn kin_of(letter: u8) -> u8 {
    const CLASSES: &[u8; 32] = b"\0\x01\x02\x03\x04\x01\x06\x03\x08\x01\x01\x03\x0c\x0d\x0d\x01\x02\x03\x12\x03\x04\x01\x06\x06\x03\x01\x03\x1b\x1c\x1d\x1e\x1f";
    CLASSES[usize::from(letter & 31)]
}
