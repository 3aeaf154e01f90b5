//! CUSRES: the answer of a state to PAXLST in interactive API.
//!
//! It names persons by reference and says whether they may board. It holds no
//! bookings: what it answers goes to the provenance of its record, so that
//! whoever receives one beside lists can tell it from them, and each person's
//! answer is named as unmapped.

use super::batch::Batch;
use super::edifact::Message;
use super::paxlst::transaction;
use crate::Field;
use crate::edifact::{Segment, Tag};
use crate::model::{Booking, Provenance, Text};

/// The reader of CUSRES messages.
pub(super) struct Answer;

impl Message for Answer {
    fn triggers(&self, _tag: Tag) -> bool {
        false
    }

    fn lead(&mut self, batch: &mut Batch<'_, '_>, provenance: &mut Provenance) {
        let mut answers_message = false;
        for segment in batch.segments {
            match segment.tag().as_str() {
                "BGM" => provenance.function = batch.take(segment, 1, 1, Field::ProvenanceFunction),
                "RFF" if provenance.transaction.is_none() => {
                    provenance.transaction = transaction(batch, segment);
                }
                "ERP" => answers_message = names_message(batch, segment),
                "ERC" if answers_message => answer(batch, segment, provenance),
                _ => {}
            }
        }
    }

    fn item(&mut self, _batch: &mut Batch<'_, '_>) -> Option<Booking> {
        None
    }
}

/// `ERP+1` points at the message, `ERP+2` at a traveller.
fn names_message(batch: &mut Batch<'_, '_>, segment: Segment<'_>) -> bool {
    let is_message = batch.peek(segment, 1, 1).as_deref() == Some("1");
    if is_message {
        batch.claim_at(segment, 1, 1, Field::ProvenanceResponse);
    }
    is_message
}

/// Answers beyond this many bytes are left out.
const LONGEST_ANSWER: usize = 256;

fn answer(batch: &mut Batch<'_, '_>, segment: Segment<'_>, provenance: &mut Provenance) {
    let before = provenance.response.as_deref().unwrap_or_default();
    if before.len() > LONGEST_ANSWER {
        return;
    }
    let Some(code) = batch.take(segment, 1, 1, Field::ProvenanceResponse) else {
        return;
    };
    provenance.response = Some(match provenance.response.take() {
        Some(before) => Text::from(format!("{before} {code}")),
        None => code,
    });
}
