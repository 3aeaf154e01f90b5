//! Splits a transmission between messages, so that several threads can read it: the syntax is
//! scanned and the envelope read as ever, but what stands inside messages is passed over.

use std::sync::Arc;

use super::{Interchanges, is_service};
use crate::edifact::{Scanned, Scanner};
use crate::format::{Ledger, Step};

/// Segments inside a message that are passed over at a time.
const STRIDE: usize = 1024;

impl Interchanges {
    /// Passes over at least `bytes`, to a place between two messages: how far that is, and a
    /// session that begins as this one did.
    pub(super) fn part_of(
        &mut self,
        window: &[u8],
        offset: u64,
        bytes: usize,
    ) -> Option<(usize, Interchanges)> {
        if !self.has_nothing_open() {
            return None;
        }
        let mut part = self.alike();
        let mut used = 0;
        loop {
            let rest = window.get(used..).unwrap_or_default();
            // Behind UNT nothing waits for another record, and UNH says anew what follows.
            let goes_on = used >= bytes.max(1) && rest.starts_with(b"UNH");
            if goes_on && self.has_nothing_open() {
                part.continues = true;
                return Some((used, part));
            }
            match self.pass(rest, offset + used as u64) {
                Some(passed) => used += passed,
                // What cannot be passed over is the end, or an error that the part will meet.
                None => return Some((window.len(), part)),
            }
        }
    }

    fn has_nothing_open(&self) -> bool {
        self.message.is_none() && !self.waiting && self.pending.is_empty()
    }

    /// A session that stands where this one does.
    fn alike(&self) -> Interchanges {
        Interchanges {
            limits: self.limits,
            syntax: self.syntax,
            scanner: Scanner::new(),
            ahead: Scanner::new(),
            intake: self.intake.clone(),
            pending: Vec::new(),
            envelope: self.envelope.clone(),
            provenance: Arc::clone(&self.provenance),
            message: None,
            ..*self
        }
    }

    /// Passes over a service segment, or over segments inside a message.
    fn pass(&mut self, window: &[u8], offset: u64) -> Option<usize> {
        if window.iter().all(u8::is_ascii_whitespace) || window.starts_with(b"UNA") && self.inside {
            return None;
        }
        let begin = match self.inside {
            true => 0,
            false => self.seek(window, offset, true).ok()?,
        };
        let rest = window.get(begin..)?;
        let mut scanner = std::mem::take(&mut self.scanner);
        let used = self.pass_batch(&mut scanner, rest, offset + begin as u64);
        self.scanner = scanner;
        used.map(|used| begin + used)
    }

    fn pass_batch(&mut self, scanner: &mut Scanner, window: &[u8], offset: u64) -> Option<usize> {
        let mut service = false;
        let stop = |index, tag| {
            let led_by_service = std::mem::replace(&mut service, is_service(tag));
            index > 0 && (led_by_service || service || index >= STRIDE)
        };
        let scanned = scanner.scan(window, 0, &self.delimiters, &self.syntax, true, stop);
        let Ok(Scanned::Complete { used }) = scanned else {
            return None;
        };
        let segments = scanner.segments(window, self.charset, &self.delimiters);
        let lead = segments.get(0)?.tag();
        if is_service(lead) {
            let mut step = Step { used, record: None };
            let mut ledger = Ledger::default();
            self.batch(scanner, window, offset, false, &mut ledger, &mut step);
        }
        Some(used)
    }
}
