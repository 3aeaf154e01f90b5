//! A document that is a list of bookings, read booking by booking.
//!
//! A document is read as a whole where it is short and sound, or where what is said of a booking
//! stands in several places of it. Where all of that stands in the booking's own element, a long one
//! is read from element to element, in the memory of one of them, and one that is broken or cut off
//! loses no more than what is broken.

use super::document::{Document, Fault, Stop};
use super::outline::{Extent, closing};
use super::{Ready, Values, broken};
use crate::error::{Error, ErrorKind};
use crate::format::Ledger;

/// Bytes that a document has at the least to be long.
pub(super) const LONG: usize = 64 << 10;

/// How far from what is broken its end is looked for, beside where the next booking begins: so many
/// times as far, and so many bytes.
const REACH: (usize, usize) = (8, 256);

/// What stands between two bookings of a document, with the first key of the second one.
#[derive(Debug, Default)]
pub(super) struct Joint {
    sign: Vec<u8>,
    /// Where it stands next.
    next: u64,
    /// Up to where it was looked for, so that no byte is looked at again and again.
    sought: u64,
}

impl Joint {
    /// Where it stands next behind the first of some bytes, which are at a place of the input.
    fn find(&mut self, bytes: &[u8], offset: u64) -> Option<usize> {
        if self.sign.is_empty() {
            return None;
        }
        if self.next <= offset {
            let known = usize::try_from(self.sought.saturating_sub(offset)).ok()?;
            let from = known.saturating_sub(self.sign.len() - 1).max(1);
            let found = memchr::memmem::find(bytes.get(from..)?, &self.sign);
            self.sought = offset + found.map_or(bytes.len(), |at| from + at) as u64;
            self.next = offset + (from + found?) as u64;
        }
        usize::try_from(self.next - offset).ok()
    }
}

impl Values<'_> {
    /// Begins a document of which the elements of a kind are read one by one.
    pub(super) fn begin(
        &mut self,
        document: &mut Document,
        kind: u32,
        window: &[u8],
        offset: u64,
        last: bool,
    ) -> Result<usize, Error> {
        document.begin(&self.plan.trie, kind);
        self.joint = Joint::default();
        let before = (self.outline.begun, self.in_pieces);
        (self.outline.begun, self.in_pieces) = (true, true);
        let used = self.piece(document, window, offset, last);
        if used.is_err() {
            // Where it fails at once, it begins there again.
            (self.outline.begun, self.in_pieces) = before;
        }
        used
    }

    /// Reads on to the end of the next booking, or of the document; how many bytes that takes, none
    /// where the window must be longer.
    pub(super) fn piece(
        &mut self,
        document: &mut Document,
        window: &[u8],
        offset: u64,
        last: bool,
    ) -> Result<usize, Error> {
        let (nesting, longest) = (self.limits.nesting, self.limits.cell_bytes);
        let read = match document.piece(&self.plan.trie, window, nesting, longest) {
            Ok((text, stop)) => {
                self.put(document, text, stop, offset);
                self.in_pieces = stop == Stop::Element;
                Ok(text.len())
            }
            Err((Fault::NotJson, at)) => self.mend(document, window, at, offset, last),
            Err((Fault::Cut, _)) => wait(window, offset, last),
            Err((Fault::Deep, _)) => Err(Error::limit("levels of nesting", nesting, offset)),
            Err((Fault::Long, _)) => Err(Error::limit("bytes of a text", longest, offset)),
        };
        if let Ok(0) | Err(_) = read {
            document.back();
        }
        read
    }

    /// Makes the booking of a piece ready, or what stands behind the last one. Leaves that stand
    /// before a booking belong to its record.
    fn put(&mut self, document: &mut Document, text: &str, stop: Stop, offset: u64) {
        let mut ledger = self.spare.pop().unwrap_or_default();
        ledger.open(document.leaves.len());
        let before = self.ready.len();
        if stop == Stop::Element {
            self.bookings(document, text, offset, &mut ledger);
            if self.joint.sign.is_empty() {
                let sign = document.joint(text).unwrap_or_default();
                self.joint.sign.extend_from_slice(sign.as_bytes());
            }
        }
        if self.ready.len() == before && !document.leaves.is_empty() {
            self.ready.push_back(Ready::default());
        }
        self.share(document, offset, before, ledger);
        document.pass();
    }

    /// Names what is broken, and goes on behind it: behind a booking, else behind the document.
    fn mend(
        &mut self,
        document: &mut Document,
        window: &[u8],
        at: usize,
        offset: u64,
        last: bool,
    ) -> Result<usize, Error> {
        if window.len() < LONG && !last {
            return Ok(0);
        }
        let opens = |start: &usize| matches!(window.get(*start), Some(b'{' | b'['));
        let element = document.leave().filter(opens);
        if element.is_none() {
            document.back();
        }
        let start = element.unwrap_or(0);
        let rest = window.get(start..).unwrap_or_default();
        let seen = window.get(start..=at).unwrap_or(rest);
        let nesting = self.limits.nesting;
        let depth = if element.is_some() {
            0
        } else {
            document.depth()
        };
        // What runs into a line that begins as the next document does ends there.
        let line = memchr::memmem::find(seen, b"\n{").map(|end| end + 1);
        // As much as every window has.
        let near = window
            .get(start..window.len().min(LONG))
            .unwrap_or_default();
        let near =
            line.or_else(|| self.next_booking(near, offset + start as u64, element.is_some()));
        let extent = near.map_or_else(|| closing(rest, depth, nesting), Extent::Whole);
        match extent {
            Extent::Whole(length) => {
                let bytes = rest.get(..length).unwrap_or(rest);
                self.put_broken(document, bytes, start, offset);
                self.in_pieces = line.is_none() && (near.is_some() || element.is_some());
                Ok(start + length)
            }
            Extent::Deep => {
                let offset = offset + start as u64;
                Err(Error::limit("levels of nesting", nesting, offset))
            }
            Extent::More | Extent::Nothing => wait(window, offset, last),
        }
    }

    /// Where to go on behind what is broken: where the element closes, if the next one begins there
    /// as those before it did; else where one does; else where it closes and a list can go on.
    fn next_booking(&mut self, near: &[u8], offset: u64, is_element: bool) -> Option<usize> {
        let next = self.joint.find(near, offset);
        let reach = next.map_or(near.len(), |next| next * REACH.0 + REACH.1);
        let reached = near.get(..reach).unwrap_or(near);
        let closed = match closing(reached, 0, self.limits.nesting) {
            Extent::Whole(length) if is_element => Some(length),
            _ => None,
        };
        let behind = near.get(closed.unwrap_or(near.len())..).unwrap_or_default();
        if next.is_some() && behind.starts_with(&self.joint.sign) {
            return closed;
        }
        let goes_on = matches!(behind.trim_ascii_start().first(), Some(b',' | b']'));
        next.or(closed.filter(|_| goes_on))
    }

    /// Makes the record of what is broken ready, with the leaves before it.
    fn put_broken(&mut self, document: &mut Document, bytes: &[u8], start: usize, offset: u64) {
        let mut ledger = Ledger::default();
        ledger.open(document.leaves.len());
        let before = self.ready.len();
        self.ready.push_back(Ready {
            record: broken(bytes, offset + start as u64),
            ..Ready::default()
        });
        self.share(document, offset, before, ledger);
        document.pass();
    }
}

/// Asks for a longer window; at the end of the input there is none.
fn wait(window: &[u8], offset: u64, last: bool) -> Result<usize, Error> {
    if last {
        let offset = offset + window.len() as u64;
        return Err(ErrorKind::Truncated { offset }.into());
    }
    Ok(0)
}
