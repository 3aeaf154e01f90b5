//! The hot loop: the components of a segment in which nothing unusual stands, 64 bytes at a time.
//!
//! Unusual are release and control characters, bytes beyond ASCII and blanks right behind a
//! separator. The first of them hands the segment to [`body`](super::body), which knows them.

use wide::{i8x16, u8x16};

use super::block::{BLOCK, Wanted, padded};
use super::body::{Span, next_place, room};
use super::delimiters::Delimiters;

/// Bytes of a stretch.
const STRETCH: usize = BLOCK;

/// Where separators, terminators and unusual bytes stand in the stretch that the scan has reached:
/// one bit for each byte.
pub(super) struct Marks<'a> {
    window: &'a [u8],
    /// First byte of the stretch.
    start: usize,
    /// Separators, terminators and unusual bytes that are still ahead.
    ahead: u64,
    /// Element separators.
    elements: u64,
    /// Where a plain body stops: terminators and unusual bytes.
    stops: u64,
    /// The byte before the stretch is a separator.
    separated: u64,
    terminator: u8,
    wanted: Wanted,
}

/// A body that ended at a terminator.
pub(super) struct Plain {
    /// The terminator.
    pub(super) end: usize,
    /// Place of the last component, empty ones included.
    pub(super) place: u32,
    /// Spans in use.
    pub(super) data: usize,
}

impl<'a> Marks<'a> {
    pub(super) fn new(window: &'a [u8], start: usize, delimiters: &Delimiters) -> Marks<'a> {
        let mut marks = Marks {
            window,
            start,
            ahead: 0,
            elements: 0,
            stops: 0,
            separated: 0,
            terminator: delimiters.terminator,
            wanted: Wanted::new(delimiters),
        };
        marks.load();
        marks
    }

    /// The components behind the separator (or terminator) at `at`, as spans from `data` on;
    /// nothing where something unusual stands among them or the window ends.
    ///
    /// Each mark writes a span and the next one writes over it if it was empty, so that there is
    /// no branch for empty components.
    #[inline(always)]
    pub(super) fn body(
        &mut self,
        spans: &mut Vec<Span>,
        mut data: usize,
        base: usize,
        at: usize,
    ) -> Option<Plain> {
        self.seek(at);
        let mut open = Open {
            start: (at - base) as u32,
            place: 0,
        };
        loop {
            let stretch = (self.start - base) as u32;
            let stop = self.stops & self.ahead;
            let before = (stop & stop.wrapping_neg()).wrapping_sub(1);
            let out = room(spans, data)?;
            let written = open.run(out, stretch, self.ahead & before, self.elements);
            if stop == 0 {
                data += written;
                self.start += STRETCH;
                self.load();
                continue;
            }
            self.ahead &= !before;
            let bit = stop.trailing_zeros();
            let (end, here) = (self.start + bit as usize, stretch + bit);
            let holds = here > open.start;
            if let Some(slot) = out.get_mut(written) {
                *slot = Span::plain(open.start, here, open.place);
            }
            return (self.window.get(end) == Some(&self.terminator)).then_some(Plain {
                end,
                place: open.place,
                data: data + written + usize::from(holds),
            });
        }
    }

    /// Goes forward to the separator at `at`. A stretch may begin anywhere.
    #[inline(always)]
    fn seek(&mut self, at: usize) {
        if at - self.start >= STRETCH {
            self.start = at;
            self.separated = 0;
            self.load();
        } else {
            self.ahead &= u64::MAX << (at - self.start);
        }
    }

    #[inline(always)]
    fn load(&mut self) {
        let rest = self.window.get(self.start..).unwrap_or_default();
        match rest.first_chunk() {
            Some(bytes) => self.classify(bytes),
            // What stands behind the window counts as unusual.
            None => self.classify(&padded(rest)),
        }
    }

    #[inline(always)]
    fn classify(&mut self, bytes: &[u8; STRETCH]) {
        let (mut separators, mut elements, mut stops, mut blanks) = (0, 0, 0, 0);
        let (blank, first_usual) = (u8x16::from([b' '; 16]), i8x16::from([b' ' as i8; 16]));
        let (quarters, _) = bytes.as_chunks::<16>();
        for (i, quarter) in quarters.iter().enumerate() {
            let bytes = u8x16::from(*quarter);
            let element = bytes.simd_eq(self.wanted.element);
            let separator = element | bytes.simd_eq(self.wanted.component);
            // As signed numbers, bytes beyond ASCII are less than a blank too.
            let unusual = i8x16::from(quarter.map(|byte| byte as i8)).simd_lt(first_usual);
            let stop = bytes.simd_eq(self.wanted.terminator) | bytes.simd_eq(self.wanted.release);
            let bit = |mask: u8x16| u64::from(mask.to_bitmask()) << (16 * i);
            elements |= bit(element);
            separators |= bit(separator);
            stops |= bit(stop) | u64::from(unusual.to_bitmask()) << (16 * i);
            blanks |= bit(bytes.simd_eq(blank));
        }
        self.elements = elements;
        self.stops = stops | (separators << 1 | self.separated) & blanks;
        self.separated = separators >> (STRETCH - 1);
        self.ahead = separators | self.stops;
    }
}

/// The component that is open.
struct Open {
    start: u32,
    place: u32,
}

impl Open {
    /// Writes the components that end at these separators; how many hold something.
    #[inline(always)]
    #[expect(
        clippy::indexing_slicing,
        reason = "masked to the length, a power of two"
    )]
    fn run(
        &mut self,
        out: &mut [Span; STRETCH],
        stretch: u32,
        mut separators: u64,
        elements: u64,
    ) -> usize {
        let Open {
            mut start,
            mut place,
        } = *self;
        let mut written = 0;
        while separators != 0 {
            let bit = separators.trailing_zeros();
            let here = stretch + bit;
            out[written & (STRETCH - 1)] = Span::plain(start, here, place);
            written += usize::from(start < here);
            place = next_place(place, elements >> bit & 1 != 0);
            start = here + 1;
            separators &= separators - 1;
        }
        *self = Open { start, place };
        written
    }
}
