//! The same transmission in pieces: through a stream, and step by step through a session.

use std::io::Read;

use paxnorm::format::{Ledger, Pnrgov, Step};
use paxnorm::{Diagnostic, Format, Intake, Limits};

use super::reading::Dice;

/// A stream that hands out pieces of random length.
pub struct Pieces<'a> {
    pub bytes: &'a [u8],
    pub longest: usize,
    pub dice: Dice,
}

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let most = (1 + self.dice.roll(self.longest)).min(buffer.len());
        let (now, later) = self.bytes.split_at(most.min(self.bytes.len()));
        buffer[..now.len()].copy_from_slice(now);
        self.bytes = later;
        Ok(now.len())
    }
}

/// One record as a session steps to it: the booking as JSON, the doubts, the ledger.
pub type Stepped = (Option<String>, Vec<Diagnostic>, String);

/// Steps through the input while its window grows to each of `ends` in turn.
pub fn steps(
    bytes: &[u8],
    ends: impl IntoIterator<Item = usize>,
) -> (Vec<Stepped>, Option<String>) {
    let mut ends = ends.into_iter().filter(|end| *end < bytes.len());
    let mut session = Pnrgov.open(&Limits::default(), &Intake::default());
    let (mut ledger, mut found) = (Ledger::default(), Vec::new());
    let (mut start, mut end) = (0, ends.next().unwrap_or(bytes.len()));
    loop {
        let (window, last) = (&bytes[start..end.max(start)], end >= bytes.len());
        let slots = ledger.open(0);
        let step = match session.step(window, start as u64, last, &mut ledger) {
            Ok(step) => step,
            Err(error) => return (found, Some(error.to_string())),
        };
        let Step { used, record } = step;
        assert!(used <= window.len(), "a step uses what it was given");
        start += used;
        if let Some(record) = record {
            let booking = record.booking.as_ref().map(serde_json::to_string);
            let booking = booking.map(|json| json.expect("a booking is JSON"));
            let ledger = format!("{:?}", std::mem::take(&mut ledger));
            found.push((booking, record.diagnostics, ledger));
        } else if used == 0 {
            assert_eq!(
                ledger.open(0),
                slots,
                "who asks for more has left the ledger alone"
            );
            if last {
                return (found, None);
            }
            end = ends.next().unwrap_or(bytes.len());
        }
    }
}
