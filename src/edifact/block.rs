//! Where the delimiters stand, 64 bytes at a time: one bit for each byte.

use wide::u8x16;

use super::delimiters::Delimiters;
use super::look::is_break;

/// Bytes of a block.
pub(super) const BLOCK: usize = 64;

/// The masks of the block that the scan stands in. Blocks are loaded in order, for a release
/// character at the end of one reaches into the next.
pub(super) struct Blocks<'a> {
    window: &'a [u8],
    /// First byte of the block.
    pub(super) start: usize,
    /// Separators and terminators without release character.
    pub(super) cuts: u64,
    /// Element separators, released ones too.
    pub(super) elements: u64,
    /// Terminators, released ones too.
    pub(super) ends: u64,
    /// Neither blank nor a cut.
    pub(super) solid: u64,
    /// Release and control characters.
    pub(super) dirty: u64,
    /// Bytes beyond ASCII.
    high: u64,
    /// Behind the last byte beyond ASCII in the blocks before.
    high_before: usize,
    /// The last block ended with a release character that still waits for its character.
    pub(super) released: bool,
    release: Option<u8>,
    wanted: Wanted,
}

/// The delimiters, spread for comparison.
pub(super) struct Wanted {
    pub(super) component: u8x16,
    pub(super) element: u8x16,
    pub(super) terminator: u8x16,
    /// Without a release character a control character stands in: unusual anyway.
    pub(super) release: u8x16,
}

impl Wanted {
    pub(super) fn new(delimiters: &Delimiters) -> Wanted {
        let spread = |byte: u8| u8x16::from([byte; 16]);
        Wanted {
            component: spread(delimiters.component),
            element: spread(delimiters.element),
            terminator: spread(delimiters.terminator),
            release: spread(delimiters.release.unwrap_or(0)),
        }
    }
}

/// The last bytes of a window as a whole block, filled up with zeros.
#[cold]
#[inline(never)]
pub(super) fn padded(rest: &[u8]) -> [u8; BLOCK] {
    let mut bytes = [0; BLOCK];
    bytes
        .iter_mut()
        .zip(rest)
        .for_each(|(to, from)| *to = *from);
    bytes
}

impl<'a> Blocks<'a> {
    pub(super) fn new(window: &'a [u8], start: usize, delimiters: &Delimiters) -> Blocks<'a> {
        let mut blocks = Blocks {
            window,
            start,
            cuts: 0,
            elements: 0,
            ends: 0,
            solid: 0,
            dirty: 0,
            high: 0,
            high_before: 0,
            released: false,
            release: delimiters.release,
            wanted: Wanted::new(delimiters),
        };
        blocks.load();
        blocks
    }

    /// Whether nothing of the window stands behind this block.
    pub(super) fn is_last(&self) -> bool {
        self.start + BLOCK >= self.window.len()
    }

    /// Goes to the block of `at`, forward.
    pub(super) fn seek(&mut self, at: usize) {
        while at >= self.start + BLOCK {
            self.advance();
        }
    }

    pub(super) fn advance(&mut self) {
        if self.high != 0 {
            self.high_before = self.start + BLOCK - self.high.leading_zeros() as usize;
        }
        self.start += BLOCK;
        self.load();
    }

    /// Whether a byte beyond ASCII stands from `start` on, before `end` in this block. What
    /// follows must not count: it may be there in one window and not yet in another.
    pub(super) fn beyond_ascii(&self, start: usize, end: usize) -> bool {
        let before = (1u64 << ((end - self.start) & (BLOCK - 1))) - 1;
        let from = start.saturating_sub(self.start) & (BLOCK - 1);
        self.high_before > start || self.high & before & (u64::MAX << from) != 0
    }

    fn load(&mut self) {
        match self
            .window
            .get(self.start..)
            .and_then(|rest| rest.first_chunk::<BLOCK>())
        {
            Some(bytes) => self.classify(bytes),
            None => self.load_rest(),
        }
    }

    #[cold]
    #[inline(never)]
    fn load_rest(&mut self) {
        let rest = self.window.get(self.start..).unwrap_or_default();
        self.classify(&padded(rest));
        // What stands behind the window is nothing, not a control character.
        let real = 1u64
            .checked_shl(rest.len() as u32)
            .map_or(u64::MAX, |bit| bit - 1);
        self.dirty &= real;
    }

    fn classify(&mut self, bytes: &[u8; BLOCK]) {
        let (mut cuts, mut elements, mut ends) = (0, 0, 0);
        let (mut solid, mut dirty, mut high) = (0, 0, 0);
        let (last_control, first_solid) = (u8x16::from([0x1f; 16]), u8x16::from([b' ' + 1; 16]));
        let (quarters, _) = bytes.as_chunks::<16>();
        for (i, quarter) in quarters.iter().enumerate() {
            let bytes = u8x16::from(*quarter);
            let element = bytes.simd_eq(self.wanted.element);
            let end = bytes.simd_eq(self.wanted.terminator);
            let cut = element | end | bytes.simd_eq(self.wanted.component);
            let control = bytes.min(last_control).simd_eq(bytes);
            let bit = |mask: u8x16| u64::from(mask.to_bitmask()) << (16 * i);
            elements |= bit(element);
            ends |= bit(end);
            cuts |= bit(cut);
            dirty |= bit(control | bytes.simd_eq(self.wanted.release));
            solid |= bit(bytes.max(first_solid).simd_eq(bytes));
            high |= bit(bytes);
        }
        (self.cuts, self.elements, self.ends) = (cuts, elements, ends);
        self.dirty = dirty;
        if dirty != 0 || self.released {
            self.resolve(bytes);
        }
        self.solid = solid & !self.cuts;
        self.high = high;
    }

    /// Takes the released characters out of the cuts. Line breaks between a release character and
    /// its character come from wrapping and do not count.
    fn resolve(&mut self, bytes: &[u8; BLOCK]) {
        let Some(release) = self.release else { return };
        let real = self.window.len().saturating_sub(self.start).min(BLOCK);
        let bytes = bytes.get(..real).unwrap_or_default();
        let (mut marked, mut at) = (self.dirty, 0);
        loop {
            if self.released {
                let mut rest = bytes.iter().skip(at);
                let Some(breaks) = rest.position(|byte| !is_break(*byte)) else {
                    return;
                };
                self.cuts &= !(1 << (at + breaks));
                self.released = false;
                marked &= u64::MAX << (at + breaks) << 1;
            }
            if marked == 0 {
                return;
            }
            // Of the bytes ahead only those that are marked can be release characters.
            let next = marked.trailing_zeros() as usize;
            marked &= marked - 1;
            self.released = bytes.get(next) == Some(&release);
            at = next + 1;
        }
    }
}
