//! Answers: CUSRES, by which a state answers PAXLST in interactive API, and
//! CONTRL, by which a receiver answers an interchange.
//!
//! CUSRES names persons by reference and says whether they may board. Neither
//! holds bookings: what is answered goes to the provenance of the record, so
//! that whoever receives an answer beside lists can tell it from them, and what
//! it says of single persons or segments is named as unmapped.

use super::batch::Batch;
use super::edifact::Message;
use super::paxlst::transaction;
use crate::Field;
use crate::edifact::{Segment, Tag};
use crate::model::{Booking, Provenance, Text};

/// The reader of answers.
pub(super) struct Answer;

impl Message for Answer {
    fn triggers(&self) -> &'static [Tag] {
        &[]
    }

    fn lead(&mut self, batch: &mut Batch<'_, '_>, provenance: &mut Provenance) {
        let mut answers_message = false;
        for segment in batch.segments {
            let segment = &segment;
            match segment.tag().as_str() {
                "BGM" => provenance.function = batch.take(segment, 1, 1, Field::ProvenanceFunction),
                "RFF" if provenance.transaction.is_none() => {
                    provenance.transaction = transaction(batch, segment);
                }
                "UCI" => interchange(batch, segment, provenance),
                "ERP" => answers_message = names_message(batch, segment),
                "ERC" if answers_message => answer(batch, segment, provenance),
                _ => {}
            }
        }
    }

    fn item(&mut self, _batch: &mut Batch<'_, '_>) -> Option<Box<Booking>> {
        None
    }
}

/// `UCI`: the interchange that is answered, and what became of it (0083).
fn interchange(batch: &mut Batch<'_, '_>, segment: &Segment<'_>, provenance: &mut Provenance) {
    provenance.transaction = batch.take(segment, 1, 1, Field::ProvenanceTransaction);
    provenance.response = batch.take(segment, 4, 1, Field::ProvenanceResponse);
}

/// `ERP+1` points at the message, `ERP+2` at a traveller.
fn names_message(batch: &mut Batch<'_, '_>, segment: &Segment<'_>) -> bool {
    let is_message = batch.peek(segment, 1, 1).as_deref() == Some("1");
    if is_message {
        batch.claim_at(segment, 1, 1, Field::ProvenanceResponse);
    }
    is_message
}

/// Answers beyond this many bytes are left out.
const LONGEST_ANSWER: usize = 256;

fn answer(batch: &mut Batch<'_, '_>, segment: &Segment<'_>, provenance: &mut Provenance) {
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
