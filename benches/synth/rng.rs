//! Chance with a fixed seed: reach for it wherever the generator has to choose.

/// SplitMix64 (Steele, Lea, Flood 2014): one word of state, the same stream on every machine.
#[derive(Clone)]
pub(crate) struct Rng(u64);

impl Rng {
    pub(crate) fn new(seed: u64) -> Rng {
        Rng(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `bound`; the bias of the multiplication is far below what traffic shows.
    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        ((u64::from(bound) * (self.next() >> 32)) >> 32) as u32
    }

    /// A number from `low` up to and without `high`.
    pub(crate) fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high - low)
    }

    /// True in `percent` of a hundred calls; what is certain draws nothing.
    pub(crate) fn chance(&mut self, percent: u32) -> bool {
        match percent {
            0 => false,
            100.. => true,
            _ => self.below(100) < percent,
        }
    }

    pub(crate) fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len() as u32) as usize]
    }

    /// Index into `weights`, each as likely as its weight.
    pub(crate) fn weighted(&mut self, weights: &[u32]) -> usize {
        let mut left = self.below(weights.iter().sum());
        weights
            .iter()
            .position(|&weight| match left.checked_sub(weight) {
                Some(rest) => {
                    left = rest;
                    false
                }
                None => true,
            })
            .unwrap_or(0)
    }

    /// `len` characters of the alphabet of record locators, which has no 0, 1, I and O.
    pub(crate) fn code(&mut self, len: usize) -> String {
        const ALPHABET: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        (0..len)
            .map(|_| char::from(ALPHABET[self.below(32) as usize]))
            .collect()
    }

    /// `len` digits, the first of which is not zero.
    pub(crate) fn digits(&mut self, len: usize) -> String {
        (0..len).map(|at| self.digit(u32::from(at == 0))).collect()
    }

    fn digit(&mut self, low: u32) -> char {
        char::from(b'0' + self.between(low, 10) as u8)
    }
}
