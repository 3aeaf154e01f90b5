//! What short codes mean, looked up without a branch for each of them: which code comes next
//! cannot be guessed, and a wrong guess costs more than the lookup.

/// A meaning and the codes that have it, of four bytes at most.
type Row<T> = (T, &'static [&'static [u8]]);

/// Codes and what they mean, each in a place of its own.
pub(super) struct Codes<T, const PLACES: usize> {
    /// Leads from a code to its place.
    factor: u64,
    places: [(u64, T); PLACES],
}

impl<T: Copy, const PLACES: usize> Codes<T, PLACES> {
    /// Of these codes. There must be many more places than codes, a power of two of them.
    pub(super) const fn of(rows: &[Row<T>]) -> Self {
        assert!(PLACES.is_power_of_two() && PLACES > 1, "a power of two");
        const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
        let mut factor = STEP;
        loop {
            if let Some(places) = Self::places(rows, factor) {
                return Self { factor, places };
            }
            factor = factor.wrapping_mul(STEP);
        }
    }

    /// The codes at their places; nothing where two of them have the same.
    #[expect(clippy::indexing_slicing, reason = "evaluated when compiled")]
    const fn places(rows: &[Row<T>], factor: u64) -> Option<[(u64, T); PLACES]> {
        // No code is 0.
        let mut places = [(0, rows[0].0); PLACES];
        let mut row = 0;
        while row < rows.len() {
            let (meaning, codes) = rows[row];
            let mut at = 0;
            while at < codes.len() {
                let code = number(codes[at]);
                let place = &mut places[Self::place(code, factor)];
                if place.0 != 0 {
                    return None;
                }
                *place = (code, meaning);
                at += 1;
            }
            row += 1;
        }
        Some(places)
    }

    const fn place(code: u64, factor: u64) -> usize {
        (code.wrapping_mul(factor) >> (u64::BITS - PLACES.trailing_zeros())) as usize
    }

    /// What a code means.
    #[inline(always)]
    pub(super) fn get(&self, code: &[u8]) -> Option<T> {
        let code = number(code);
        let (known, meaning) = self.places.get(Self::place(code, self.factor))?;
        (*known == code).then_some(*meaning)
    }
}

/// A code as a number, its length included; the same for all that are too long to be one.
#[inline(always)]
const fn number(code: &[u8]) -> u64 {
    let [a, b, c, d] = match *code {
        [a] => [a, 0, 0, 0],
        [a, b] => [a, b, 0, 0],
        [a, b, c] => [a, b, c, 0],
        [a, b, c, d] => [a, b, c, d],
        _ => return u64::MAX,
    };
    u64::from_le_bytes([a, b, c, d, code.len() as u8, 0, 0, 0])
}
