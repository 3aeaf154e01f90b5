//! Cuts the window into pieces: a service segment, what leads a message, or the
//! items that are one booking.

use super::{Interchanges, is_service};
use crate::edifact::{LimitReached, Limits, Scanned, Scanner};
use crate::model::Text;

/// More neighbouring items than this are never put together.
const ITEMS_TOGETHER: usize = 500;

impl Interchanges {
    /// Cuts the next piece: one item, or neighbouring ones of one key.
    pub(super) fn piece(
        &mut self,
        scanner: &mut Scanner,
        window: &[u8],
        last: bool,
    ) -> Result<Scanned, LimitReached> {
        let scanned = self.scan(scanner, window, (0, self.syntax), last, 1)?;
        let Scanned::Complete { used } = scanned else {
            return Ok(scanned);
        };
        let reader = self.message.as_ref().map(|message| &message.reader);
        let Some(reader) = reader.filter(|reader| reader.has_keys()) else {
            return Ok(scanned);
        };
        let segments = scanner.segments(window, self.charset, &self.delimiters);
        let Some(key) = reader.key(segments) else {
            return Ok(scanned);
        };
        let mut ahead = std::mem::take(&mut self.ahead);
        let items = self.count(&mut ahead, window, used, last, &key);
        self.ahead = ahead;
        match items {
            None => Ok(Scanned::More),
            Some(1) => Ok(scanned),
            Some(items) => self.scan(scanner, window, (0, self.syntax), last, items),
        }
    }

    /// How many items with this key stand one after the other, the first of which
    /// ends at `at`; nothing where the window is too short to tell.
    fn count(
        &self,
        ahead: &mut Scanner,
        window: &[u8],
        mut at: usize,
        last: bool,
        key: &Text,
    ) -> Option<usize> {
        // A piece and the item after it never need a longer window than a piece may.
        let mut limits = self.syntax;
        limits.scan_bytes /= 2;
        let mut items = 1;
        while items < ITEMS_TOGETHER && at < limits.scan_bytes && at < window.len() {
            // What is past a limit is reported when its turn comes.
            let Ok(scanned) = self.scan(ahead, window, (at, limits), last, 1) else {
                break;
            };
            let Scanned::Complete { used } = scanned else {
                return None;
            };
            let next = ahead.segments(window, self.charset, &self.delimiters);
            let reader = self.message.as_ref().map(|message| &message.reader);
            if reader.and_then(|reader| reader.key(next)).as_ref() != Some(key) {
                return Some(items);
            }
            items += 1;
            at = used;
        }
        // The end of a window that is not the last one says nothing.
        (last || at < window.len()).then_some(items)
    }

    fn scan(
        &self,
        scanner: &mut Scanner,
        window: &[u8],
        (start, limits): (usize, Limits),
        last: bool,
        mut items: usize,
    ) -> Result<Scanned, LimitReached> {
        let message = self.message.as_ref();
        let triggers = message.map_or(&[][..], |message| message.reader.triggers());
        let mut led_by_service = false;
        scanner.scan(
            window,
            start,
            &self.delimiters,
            &limits,
            last,
            |index, tag| {
                if !tag.may_bound() {
                    // Whoever gives a reader a trigger says so there, too.
                    debug_assert!(!is_service(tag) && !triggers.contains(&tag));
                    return led_by_service;
                }
                let service = is_service(tag);
                if index == 0 {
                    led_by_service = service;
                    return false;
                }
                if led_by_service || service {
                    return true;
                }
                if !triggers.contains(&tag) {
                    return false;
                }
                items = items.saturating_sub(1);
                items == 0
            },
        )
    }
}
