//! The hot loop: the components of a segment in which nothing unusual stands, 64 bytes at a time.
//!
//! Unusual are control characters, bytes beyond ASCII, blanks right behind a separator, and release
//! characters, except before a printable one. The first of them hands the segment to
//! [`body`](super::body), which knows them.

use wide::{i8x16, u8x16};

use super::block::{BLOCK, Wanted, padded};
use super::body::{ROOM, Span, room};
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
    /// Where it is no other sign, too, and can be seen.
    release: Option<u8>,
    wanted: Wanted,
}

/// A body that ended at a terminator.
pub(super) struct Plain {
    /// The terminator.
    pub(super) end: usize,
    /// Elements, empty ones included.
    pub(super) elements: u32,
    /// Spans in use.
    pub(super) data: usize,
    /// Where release characters stand: no span says so yet.
    pub(super) released: Released,
}

/// In which components of a body release characters stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Released {
    None,
    /// In the one with the span of this number.
    One(usize),
    /// In several.
    Some,
}

impl Released {
    fn and(self, span: usize) -> Released {
        match self {
            Released::None => Released::One(span),
            Released::One(known) if known == span => self,
            _ => Released::Some,
        }
    }
}

impl<'a> Marks<'a> {
    pub(super) fn new(window: &'a [u8], delimiters: &Delimiters) -> Marks<'a> {
        let sees = |sign: &u8| sign.is_ascii_graphic() && !delimiters.cuts(*sign);
        let mut marks = Marks {
            window,
            start: 0,
            ahead: 0,
            elements: 0,
            stops: 0,
            separated: 0,
            terminator: delimiters.terminator,
            release: delimiters.release.filter(sees),
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
        at: usize,
    ) -> Option<Plain> {
        self.seek(at);
        let mut released = Released::None;
        let mut open = Open {
            start: at as u32,
            element: 0,
            component: 0,
        };
        loop {
            let stop = self.stops & self.ahead;
            let before = (stop & stop.wrapping_neg()).wrapping_sub(1);
            let out = room(spans, data)?;
            let written = open.run(out, self.start as u32, self.ahead & before, self.elements);
            data += usize::from(written);
            if stop == 0 {
                self.start += STRETCH;
                self.load();
                continue;
            }
            let end = self.start + stop.trailing_zeros() as usize;
            if self.window.get(end) != Some(&self.terminator) {
                if !self.releases(end) {
                    return None;
                }
                released = released.and(data);
                self.ahead &= u64::MAX << (end - self.start) << 2;
                continue;
            }
            if let Some(slot) = out.get_mut(usize::from(written)) {
                *slot = open.span(end as u32);
            }
            return Some(Plain {
                end,
                elements: open.element,
                data: data + usize::from(open.start < end as u32),
                released,
            });
        }
    }

    /// Whether a usual character of this stretch is released at `at`.
    #[inline(always)]
    fn releases(&self, at: usize) -> bool {
        releases(self.window, at, self.release) && at + 1 - self.start < STRETCH
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

/// Whether `release` stands at `at` and a printable character of ASCII behind it.
#[cold]
#[inline(never)]
fn releases(window: &[u8], at: usize, release: Option<u8>) -> bool {
    let usual = |byte: &u8| (b' '..0x80).contains(byte);
    release.as_ref() == window.get(at) && window.get(at + 1).is_some_and(usual)
}

/// The component that is open.
struct Open {
    start: u32,
    element: u32,
    component: u32,
}

impl Open {
    #[inline(always)]
    fn span(&self, end: u32) -> Span {
        Span::plain(self.start, end, self.element as u16, self.component as u16)
    }

    /// Writes the components that end at these separators; how many hold something.
    #[inline(always)]
    fn run(
        &mut self,
        out: &mut [Span; ROOM],
        stretch: u32,
        mut separators: u64,
        elements: u64,
    ) -> u8 {
        let mut written = 0_u8;
        while separators != 0 {
            let bit = separators.trailing_zeros();
            let here = stretch + bit;
            if let Some(slot) = out.get_mut(usize::from(written)) {
                *slot = self.span(here);
            }
            written = written.wrapping_add(u8::from(self.start < here));
            if elements >> bit & 1 != 0 {
                self.element += 1;
                self.component = 1;
            } else {
                self.component += 1;
            }
            self.start = stretch + 1 + bit;
            separators &= separators - 1;
        }
        written
    }
}
