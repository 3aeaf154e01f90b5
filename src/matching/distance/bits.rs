//! Bit-parallel kernels: one column of the edit matrix in a machine word.
//!
//! Levenshtein and OSA after Hyyrö (2003), the longest common subsequence
//! after Hyyrö (2004), blocks of 64 with a carry for longer patterns.

/// For each ASCII letter, the places where a pattern of up to 64 has it.
#[derive(Clone, Debug)]
pub(super) struct Letters([u64; 128]);

impl Letters {
    pub(super) fn new(pattern: &[u8]) -> Self {
        let mut at = [0u64; 128];
        for (bit, &letter) in pattern.iter().take(64).enumerate() {
            if let Some(places) = at.get_mut(usize::from(letter & 127)) {
                *places |= 1 << bit;
            }
        }
        Self(at)
    }

    #[inline]
    fn of(&self, letter: u8) -> u64 {
        let places = self.0.get(usize::from(letter & 127));
        places.copied().unwrap_or(0)
    }
}

/// As [`Letters`], for patterns of any length.
#[derive(Clone, Debug)]
pub(super) struct Blocks {
    blocks: Vec<Letters>,
    length: usize,
}

impl Blocks {
    pub(super) fn new(pattern: &[u8]) -> Self {
        Self {
            blocks: pattern.chunks(64).map(Letters::new).collect(),
            length: pattern.len(),
        }
    }
}

pub(super) fn levenshtein(letters: &Letters, length: usize, text: &[u8]) -> usize {
    let (mut up, mut down) = (!0u64, 0u64);
    for &letter in text {
        let x = letters.of(letter);
        let same = (((x & up).wrapping_add(up)) ^ up) | x | down;
        let plus = ((down | !(same | up)) << 1) | 1;
        let minus = (up & same) << 1;
        up = minus | !(same | plus);
        down = plus & same;
    }
    foot(text.len(), length, up, down)
}

pub(super) fn osa(letters: &Letters, length: usize, text: &[u8]) -> usize {
    let (mut up, mut down, mut same, mut before) = (!0u64, 0u64, 0u64, 0u64);
    for &letter in text {
        let x = letters.of(letter);
        let swapped = ((!same & x) << 1) & before;
        same = (((x & up).wrapping_add(up)) ^ up) | x | down | swapped;
        let plus = ((down | !(same | up)) << 1) | 1;
        let minus = (up & same) << 1;
        up = minus | !(same | plus);
        down = plus & same;
        before = x;
    }
    foot(text.len(), length, up, down)
}

/// The lowest cell of a column: the topmost, and the steps up and down from it.
#[inline]
fn foot(top: usize, length: usize, up: u64, down: u64) -> usize {
    let rows = below(length);
    let (up, down) = ((up & rows).count_ones(), (down & rows).count_ones());
    (top + up as usize).saturating_sub(down as usize)
}

/// The vertical state of one block, and what it hands to the next.
#[derive(Clone, Copy)]
struct Column {
    up: u64,
    down: u64,
}

pub(super) fn levenshtein_blocks(pattern: &Blocks, text: &[u8]) -> usize {
    let mut columns = vec![Column { up: !0, down: 0 }; pattern.blocks.len()];
    let last = 1u64 << (pattern.length.saturating_sub(1) & 63);
    let mut distance = pattern.length;
    for &letter in text {
        let (mut plus, mut minus) = (1u64, 0u64);
        let mut edge = (0u64, 0u64);
        for (block, column) in pattern.blocks.iter().zip(&mut columns) {
            edge = step(block.of(letter), column, &mut plus, &mut minus);
        }
        distance += usize::from(edge.0 & last != 0);
        distance -= usize::from(edge.1 & last != 0);
    }
    distance
}

/// One block of one column; `plus` and `minus` carry between blocks.
#[inline]
fn step(matches: u64, column: &mut Column, plus: &mut u64, minus: &mut u64) -> (u64, u64) {
    let Column { up, down } = *column;
    let x = matches | *minus;
    let same = (((x & up).wrapping_add(up)) ^ up) | x | down;
    let rise = down | !(same | up);
    let fall = up & same;
    let shifted = ((rise << 1) | *plus, (fall << 1) | *minus);
    (*plus, *minus) = (rise >> 63, fall >> 63);
    column.up = shifted.1 | !(same | shifted.0);
    column.down = shifted.0 & same;
    (rise, fall)
}

/// Length of the longest common subsequence.
pub(super) fn common(letters: &Letters, text: &[u8]) -> usize {
    let mut free = !0u64;
    for &letter in text {
        let hit = free & letters.of(letter);
        free = free.wrapping_add(hit) | (free - hit);
    }
    (!free).count_ones() as usize
}

pub(super) fn common_blocks(pattern: &Blocks, text: &[u8]) -> usize {
    let mut free = vec![!0u64; pattern.blocks.len()];
    for &letter in text {
        let mut carry = false;
        for (block, word) in pattern.blocks.iter().zip(&mut free) {
            let hit = *word & block.of(letter);
            let (sum, first) = word.overflowing_add(hit);
            let (sum, second) = sum.overflowing_add(u64::from(carry));
            carry = first | second;
            *word = sum | (*word - hit);
        }
    }
    free.iter().map(|word| (!word).count_ones() as usize).sum()
}

/// Jaro similarity of a pattern and a text of up to 64 letters each.
pub(super) fn jaro(letters: &Letters, length: usize, text: &[u8]) -> f64 {
    if length == 0 || text.is_empty() {
        return if length == text.len() { 1.0 } else { 0.0 };
    }
    let reach = (length.max(text.len()) / 2).saturating_sub(1);
    let (taken, used) = matches(letters, text, reach);
    let count = taken.count_ones();
    if count == 0 {
        return 0.0;
    }
    let swapped = out_of_order(letters, text, taken, used);
    let (m, t) = (f64::from(count), f64::from(swapped / 2));
    (m / length as f64 + m / text.len() as f64 + (m - t) / m) / 3.0
}

/// Which places of the pattern and of the text found a partner.
fn matches(letters: &Letters, text: &[u8], reach: usize) -> (u64, u64) {
    let (mut taken, mut used) = (0u64, 0u64);
    for (at, &letter) in text.iter().enumerate() {
        let low = at.saturating_sub(reach).min(64);
        let high = (at + reach + 1).min(64);
        let window = below(high) & !below(low);
        let free = letters.of(letter) & window & !taken;
        taken |= free & free.wrapping_neg();
        used |= u64::from(free != 0) << (at & 63);
    }
    (taken, used)
}

fn below(bit: usize) -> u64 {
    1u64.checked_shl(bit as u32)
        .map_or(!0, |one| one.wrapping_sub(1))
}

fn out_of_order(letters: &Letters, text: &[u8], mut taken: u64, mut used: u64) -> u32 {
    let mut count = 0;
    while taken != 0 && used != 0 {
        let place = taken & taken.wrapping_neg();
        let letter = text.get(used.trailing_zeros() as usize).copied();
        count += u32::from(letter.is_none_or(|letter| letters.of(letter) & place == 0));
        taken &= taken - 1;
        used &= used - 1;
    }
    count
}
