//! The segments of a booking: one table of what reads each, looked up by its tag.

use super::builder::Builder;
use super::{check_in, contact, history, journey, request, ticket, traveller};
use crate::diagnostic::Code;
use crate::edifact::{FRAGMENT, Segment, Segments, Tag};
use crate::format::batch::Batch;

/// Reads a segment where it stands.
pub(super) type Read = fn(&mut Builder, &mut Batch<'_, '_>, &Segment<'_>);

const ROWS: [(Tag, Read); 29] = [
    (Tag::new(b"SRC"), |_, _, _| {}),
    (Tag::new(b"RCI"), journey::locators),
    (Tag::new(b"SSR"), request::meet),
    (Tag::new(b"DAT"), check_in::dates),
    (Tag::new(b"ORG"), check_in::office),
    (Tag::new(b"IFT"), contact::text),
    (Tag::new(b"ADD"), contact::address),
    (Tag::new(b"EBD"), ticket::excess),
    (Tag::new(b"TIF"), traveller::names),
    (Tag::new(b"FTI"), traveller::loyalty),
    (Tag::new(b"REF"), traveller::customer),
    (Tag::new(b"FAR"), ticket::fare),
    (Tag::new(b"TKT"), ticket::ticket),
    (Tag::new(b"MON"), ticket::prices),
    (Tag::new(b"PTK"), ticket::pricing),
    (Tag::new(b"TXD"), ticket::taxes),
    (Tag::new(b"FOP"), ticket::payments),
    (Tag::new(b"TVL"), journey::travel),
    (Tag::new(b"TRA"), journey::operating),
    (Tag::new(b"RPI"), journey::status),
    (Tag::new(b"APD"), journey::equipment),
    (Tag::new(b"TRI"), check_in::traveller),
    (Tag::new(b"SSD"), check_in::seat),
    (Tag::new(b"TBD"), check_in::bags),
    (Tag::new(b"EQN"), journey::split),
    (Tag::new(b"MSG"), journey::other_service),
    (Tag::new(b"ABI"), history::open),
    (Tag::new(b"SAC"), history::item),
    (Tag::new(b"LTS"), history::line),
];

/// What reads the segments of a name, by the number of the name.
#[expect(clippy::indexing_slicing, reason = "evaluated when compiled")]
static READERS: [Read; NUMBERS] = {
    let mut readers = [unknown as Read; NUMBERS];
    let mut row = 0;
    while row < ROWS.len() {
        readers[ROWS[row].0.number() as usize] = ROWS[row].1;
        row += 1;
    }
    readers[FRAGMENT as usize] = fragment;
    readers
};

const NUMBERS: usize = 1 << u8::BITS;

/// Text between terminators is no segment: its data are named as unmapped. But what begins like a
/// request is read as one.
fn fragment(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    if segment.tag() == Tag::new(b"SSR") {
        request::meet(builder, batch, segment);
    }
}

fn unknown(_: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    batch.doubt(Code::UnknownSegment, segment, None);
}

/// What reads a segment.
#[inline(always)]
pub(super) fn reader(segment: &Segment<'_>) -> Read {
    let reader = READERS.get(usize::from(segment.number()));
    reader.copied().unwrap_or(unknown)
}

/// How many segments of each name a booking has, and where the first requests stand.
pub(super) struct Counts {
    counts: [u16; NUMBERS],
    requests: [u32; Counts::REQUESTS],
    known: usize,
}

impl Counts {
    pub(super) fn of(segments: Segments<'_>) -> Counts {
        const REQUEST: u8 = Tag::new(b"SSR").number();
        let mut counts = [0_u16; NUMBERS];
        let (mut requests, mut known) = ([0; Counts::REQUESTS], 0);
        for (number, index) in segments.numbers().zip(0..) {
            if let Some(count) = counts.get_mut(usize::from(number)) {
                *count = count.saturating_add(1);
            }
            // What is no request is written over: whether it is one cannot be guessed.
            if let Some(request) = requests.get_mut(known) {
                *request = index;
                known += usize::from(number == REQUEST);
            }
        }
        Counts {
            counts,
            requests,
            known,
        }
    }

    /// Requests whose places are kept: as many as lists have room made for.
    const REQUESTS: usize = 16;

    /// The first requests.
    pub(super) fn requests<'w>(&self, segments: Segments<'w>) -> impl Iterator<Item = Segment<'w>> {
        let places = self.requests.get(..self.known).unwrap_or_default();
        places
            .iter()
            .filter_map(move |index| segments.get(*index as usize))
    }

    /// Of a name, and no more than 65,535.
    #[inline(always)]
    pub(super) fn count(&self, tag: &[u8; 3]) -> usize {
        let number = Tag::new(tag).number();
        self.counts
            .get(usize::from(number))
            .copied()
            .unwrap_or_default()
            .into()
    }
}
