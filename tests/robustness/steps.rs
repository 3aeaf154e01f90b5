//! A transmission step by step through a session, whatever the window.

use paxnorm::format::{Ledger, Step};
use paxnorm::{Diagnostic, Format, Intake, Limits};

/// One record as a session steps to it: the booking as JSON, the doubts, the ledger.
pub type Stepped = (Option<String>, Vec<Diagnostic>, String);

/// Steps through the input while its window grows to each of `ends` in turn.
pub fn steps(
    format: &dyn Format,
    bytes: &[u8],
    ends: impl IntoIterator<Item = usize>,
) -> (Vec<Stepped>, Option<String>) {
    let mut ends = ends.into_iter().filter(|end| *end < bytes.len());
    let mut session = format.open(&Limits::default(), &Intake::default());
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
