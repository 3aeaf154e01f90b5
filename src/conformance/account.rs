//! What a record owes: places inside the input, and every datum accounted for.

use super::Promise;
use super::drive::Breach;
use crate::diagnostic::Code;
use crate::format::{Ledger, Tally};
use crate::model::Booking;
use crate::reader::{Data, Record};

/// Which slots of a ledger are filled.
pub(super) fn filled(ledger: &mut Ledger) -> Vec<bool> {
    let slots = ledger.open(0);
    (0..slots).map(|slot| ledger.is_filled(slot)).collect()
}

/// The account of a record, as the reader takes it where nothing is withheld.
pub(super) fn settle(ledger: &mut Ledger) -> Data {
    ledger.settle(&[], &Tally::of(|_| false))
}

/// What is wrong with the account of a record.
pub(super) fn owed(record: &Record, data: Data) -> Option<&'static str> {
    let notes = record.diagnostics.iter();
    let notes = notes.filter(|doubt| doubt.code == Code::Unmapped).count();
    if data.read != data.mapped + data.withheld + data.unmapped {
        return Some("read is not mapped, withheld and unmapped together");
    }
    if notes < data.unmapped as usize {
        return Some("fewer notes `unmapped` than data without a field");
    }
    if notes > data.unmapped as usize {
        return Some("more notes `unmapped` than data without a field");
    }
    let silent = data.read == 0 && record.booking.as_deref().is_some_and(names_somebody);
    silent.then_some("a booking with a name and no datum accounted for")
}

/// Whether anybody is named: other values may follow from what is not there.
fn names_somebody(booking: &Booking) -> bool {
    let mut passengers = booking.passengers.iter();
    passengers.any(|passenger| passenger.name.is_known())
}

/// Places of a record outside an input of this length.
pub(super) fn places(record: &Record, len: usize) -> impl Iterator<Item = Breach> {
    let len = len as u64;
    let doubts = record.diagnostics.iter().map(|doubt| &doubt.location);
    let ends = doubts.map(|at| (at.offset, at.offset.saturating_add(u64::from(at.len))));
    let doubts = ends.filter(move |(_, end)| *end > len);
    let range = record
        .booking
        .as_ref()
        .and_then(|booking| booking.range.as_ref());
    let range = range.and_then(|range| Some((range.start?, range.end?)));
    let range = range.filter(|(start, end)| start > end || *end > len);
    let doubts = doubts.map(|(start, _)| (start, "a diagnostic outside the input"));
    let range = range.map(|(start, _)| (start, "a booking outside the input"));
    let outside: Vec<_> = doubts.chain(range).collect();
    let breach = |(at, what)| (Promise::Places, at, what);
    outside.into_iter().map(breach)
}
