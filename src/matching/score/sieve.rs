//! A quick look whether two words can be alike.

/// Letters of like classes, in hundredths of all, that words must share to be
/// compared.
const LIKE: usize = 64;

/// Whether so many letters of all letters are enough to be alike.
#[inline]
fn enough(shared: usize, all: usize) -> bool {
    shared * 200 >= all * LIKE
}

/// The longest common subsequence by classes of letters, of one word and
/// others: words that have too little in common need no edit distance.
///
/// Letters of a longer word than [`Sieve::LONGEST`] share places with others.
pub(super) struct Sieve {
    at: [u32; 16],
    length: usize,
}

impl Sieve {
    pub(super) const LONGEST: usize = 32;

    #[inline]
    pub(super) fn new(word: &[u8]) -> Self {
        let mut at = [0; 16];
        for (bit, &letter) in word.iter().enumerate() {
            if let Some(places) = at.get_mut(usize::from(kin_of(letter))) {
                *places |= 1u32 << (bit & 31);
            }
        }
        Self {
            at,
            length: word.len(),
        }
    }

    /// Whether enough of all letters is shared.
    #[inline]
    pub(super) fn passes(&self, word: &[u8]) -> bool {
        let mut free = !0u32;
        for &letter in word {
            let places = self.at.get(usize::from(kin_of(letter))).copied();
            let hit = free & places.unwrap_or(0);
            free = free.wrapping_add(hit) | (free - hit);
        }
        enough((!free).count_ones() as usize, self.length + word.len())
    }
}

/// How many letters of each class a word, or a run of words, has: nine counters
/// of seven bits. Tallies of words that are run together add up.
///
/// The letters that two tallies have in common are never fewer than the longest
/// common subsequence, so that what does not pass here does not pass a [`Sieve`].
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Tally(u64);

/// Bits of a counter.
const WIDTH: u32 = 7;
/// The lowest bit of every counter, and the highest.
const ONES: u64 = 0x0102_0408_1020_4081;
const TOPS: u64 = ONES << (WIDTH - 1);

impl Tally {
    #[inline]
    pub(crate) fn of(word: &[u8]) -> Self {
        let ones = word
            .iter()
            .map(|&letter| 1 << (WIDTH * u32::from(kin_of(letter))));
        Self(ones.fold(0, u64::wrapping_add))
    }

    #[inline]
    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0.wrapping_add(other.0))
    }

    /// Whether two words, or runs, of so many letters together share enough of
    /// them; neither has more than 63.
    #[inline]
    pub(super) fn passes(self, other: Self, all: usize) -> bool {
        enough(self.shared(other), all)
    }

    /// The sum of the lesser counters: all nine compared at once, by the bit on
    /// top of each that a greater one would borrow.
    #[inline]
    fn shared(self, other: Self) -> usize {
        let (x, y) = (self.0, other.0);
        let not_less = (x | TOPS).wrapping_sub(y) & TOPS;
        let greater = not_less - (not_less >> (WIDTH - 1));
        let lesser = x ^ ((x ^ y) & greater);
        (lesser.wrapping_mul(ONES) >> (8 * WIDTH) & 127) as usize
    }
}

/// Classes of letters that are often taken for one another, below nine.
#[inline]
fn kin_of(letter: u8) -> u8 {
    const CLASSES: &[u8; 32] = b"\0\0\x01\x02\x03\0\x04\x02\x05\0\0\x02\x06\x07\x07\0\x01\x02\x08\x02\x03\0\x04\x04\x02\0\x02\0\0\0\0\0";
    let class = CLASSES.get(usize::from(letter & 31)).copied();
    class.unwrap_or(0) & 15
}
