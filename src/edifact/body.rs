//! The components of one segment, from the masks of the blocks: the thorough way, for segments in
//! which release or control characters, bytes beyond ASCII or leading blanks stand.

use super::block::{BLOCK, Blocks};
use super::tag::Class;

/// Says in [`Span::end`] that release or control characters stand in the component.
pub(super) const DIRTY: u32 = 1 << 31;

/// A non-empty component, relative to the batch.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Span {
    pub(super) start: u32,
    /// With [`DIRTY`].
    end: u32,
    component: u16,
    element: u16,
}

impl Span {
    pub(super) fn new(start: u32, end: u32, place: u32, dirty: bool) -> Span {
        let flag = if dirty { DIRTY } else { 0 };
        Span {
            start,
            end: end | flag,
            component: place as u16,
            element: (place >> 16) as u16,
        }
    }

    /// A span without release or control characters.
    #[inline(always)]
    pub(super) fn plain(start: u32, end: u32, element: u16, component: u16) -> Span {
        Span {
            start,
            end,
            component,
            element,
        }
    }

    pub(super) fn end(&self) -> u32 {
        self.end & !DIRTY
    }

    pub(super) fn is_dirty(&self) -> bool {
        self.end & DIRTY != 0
    }

    /// Element and component as one number, in the order of the standard.
    pub(super) fn place(&self) -> u32 {
        u32::from(self.element) << 16 | u32::from(self.component)
    }

    pub(super) fn element(&self) -> u16 {
        self.element
    }

    pub(super) fn component(&self) -> u16 {
        self.component
    }

    /// Says that release or control characters stand in it.
    pub(super) fn mark_dirty(&mut self) {
        self.end |= DIRTY;
    }

    /// The same, so many elements earlier.
    pub(super) fn moved(self, elements: u16) -> Span {
        Span {
            element: self.element.wrapping_sub(elements),
            ..self
        }
    }
}

/// The place after a separator.
#[inline(always)]
pub(super) fn next_place(place: u32, is_element: bool) -> u32 {
    let element = (place & 0xFFFF_0000).wrapping_add(0x1_0001);
    if is_element {
        element
    } else {
        place.wrapping_add(1)
    }
}

/// Where a body ended, and the component that was open there.
pub(super) struct Body {
    /// The terminator; nothing where the window ends.
    pub(super) end: Option<usize>,
    /// Place of the last component, blank ones included.
    pub(super) place: u32,
    /// Start of the last component.
    pub(super) start: u32,
    /// Whether the last component is a datum.
    pub(super) holds: bool,
    /// Whether release or control characters stand in the last component.
    pub(super) unclean: bool,
    /// Whether they stand in any.
    pub(super) any_unclean: bool,
}

impl Body {
    pub(super) fn element(&self) -> u32 {
        self.place >> 16
    }
}

/// What the body writes to: `data` spans are in use, the rest is old.
pub(super) struct Sink<'a> {
    pub(super) spans: &'a mut Vec<Span>,
    pub(super) data: &'a mut usize,
}

/// The components after the tag, from the separator or terminator at `at`; nothing if the window
/// is too short to tell. `is_data` is asked about terminators in text.
///
/// Each cut writes a span and the next one writes over it if it was no datum, so that there is no
/// branch for empty components.
pub(super) fn body(
    blocks: &mut Blocks<'_>,
    sink: Sink<'_>,
    at: usize,
    class: Class,
    mut is_data: impl FnMut(usize) -> Option<bool>,
) -> Option<Body> {
    let Sink { spans, data } = sink;
    blocks.seek(at);
    let mut ahead = u64::MAX << ((at - blocks.start) & (BLOCK - 1));
    let mut open = Open {
        start: at as u32,
        place: 0,
        solid: false,
        unclean: false,
    };
    let mut any_unclean = false;
    loop {
        let block = blocks.start as u32;
        let cuts = blocks.cuts & ahead;
        let ends = blocks.ends & cuts;
        let before = (ends & ends.wrapping_neg()).wrapping_sub(1);
        let run = Run {
            block,
            cuts: cuts & before,
            within: ahead & before,
        };
        let out = room(spans, *data)?;
        any_unclean |= open.unclean || blocks.dirty & run.within != 0;
        let written = run.write(blocks, &mut open, out);
        let (holds, unclean) = (open.solid, open.unclean);
        let body = |end| Body {
            end,
            place: open.place,
            start: open.start,
            holds,
            unclean,
            any_unclean,
        };
        if ends == 0 {
            *data += written;
            if blocks.is_last() {
                return Some(body(None));
            }
            blocks.advance();
            ahead = u64::MAX;
            continue;
        }
        let end = ends.trailing_zeros();
        let here = (block + end) as usize;
        if holds && class.text().holds(open.place) && is_data(here)? {
            *data += written;
            ahead = (u64::MAX << end) << 1;
            continue;
        }
        if let Some(slot) = out.get_mut(written) {
            *slot = Span::new(open.start, block + end, open.place, unclean);
        }
        *data += written + usize::from(holds);
        return Some(body(Some(here)));
    }
}

/// The component that is open.
struct Open {
    start: u32,
    place: u32,
    solid: bool,
    unclean: bool,
}

/// The part of a segment in one block, its terminator excluded.
struct Run {
    block: u32,
    cuts: u64,
    within: u64,
}

impl Run {
    #[expect(
        clippy::indexing_slicing,
        reason = "masked to the length, a power of two"
    )]
    fn write(&self, blocks: &Blocks<'_>, open: &mut Open, out: &mut [Span; ROOM]) -> usize {
        let (mut cuts, mut written) = (self.cuts, 0);
        let (mut solid, mut dirty) = (blocks.solid & self.within, blocks.dirty & self.within);
        while cuts != 0 {
            let cut = cuts & cuts.wrapping_neg();
            let here = self.block + cut.trailing_zeros();
            let unclean = open.unclean || dirty & (cut - 1) != 0;
            out[written & (ROOM - 1)] = Span::new(open.start, here, open.place, unclean);
            written += usize::from(open.solid || solid & (cut - 1) != 0);
            solid &= !(cut - 1);
            dirty &= !(cut - 1);
            let place = next_place(open.place, blocks.elements & cut != 0);
            *open = Open {
                start: here + 1,
                place,
                solid: false,
                unclean: false,
            };
            cuts ^= cut;
        }
        open.solid |= solid != 0;
        open.unclean |= dirty != 0;
        written
    }
}

/// Spans for which there is room before a block is read: more than it has, so that one byte counts
/// them and is always within.
pub(super) const ROOM: usize = 256;

/// Room for the spans of one block behind the first `used`.
#[inline(always)]
pub(super) fn room(spans: &mut Vec<Span>, used: usize) -> Option<&mut [Span; ROOM]> {
    if spans.get(used..).is_none_or(|rest| rest.len() < ROOM) {
        grow(spans, used + ROOM);
    }
    spans
        .get_mut(used..)
        .and_then(|rest| rest.first_chunk_mut())
}

#[cold]
#[inline(never)]
fn grow(spans: &mut Vec<Span>, least: usize) {
    spans.resize((2 * spans.len()).max(least).max(4 * ROOM), Span::default());
}
