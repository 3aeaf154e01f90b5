//! What the first element of a request says, read once for all who ask.

use std::borrow::Cow;

use crate::Field;
use crate::edifact::{Component, Components, Segment};
use crate::format::batch::{Batch, joined, upper};
use crate::model::Text;

/// `code:status:number:carrier:indicator:indicator:from:to:text…` (PADIS C334); the text may go
/// on in further components.
pub(in crate::format::pnrgov) struct Said<'s> {
    pub(super) code: Option<Component<'s>>,
    pub(super) status: Option<Component<'s>>,
    number: Option<Component<'s>>,
    pub(super) carrier: Option<Component<'s>>,
    pub(super) indicators: [Option<Component<'s>>; 2],
    pub(super) from: Option<Component<'s>>,
    pub(super) to: Option<Component<'s>>,
    pub(super) text: Components<'s>,
}

impl<'s> Said<'s> {
    pub(super) fn read(batch: &mut Batch<'_, '_>, segment: &'s Segment<'_>) -> Self {
        let mut parts = batch.rest(segment, 1, 1);
        let [code, status, number, carrier, fifth, sixth, from, to] = parts.numbered();
        Self {
            code,
            status,
            number,
            carrier,
            indicators: [fifth, sixth],
            from,
            to,
            text: parts,
        }
    }

    /// The code in capitals; nothing where there is none.
    pub(super) fn code(&self) -> Cow<'s, str> {
        upper(self.code.map(|code| code.value()).unwrap_or_default())
    }

    /// Takes the number.
    pub(super) fn take_number(
        &self,
        batch: &mut Batch<'_, '_>,
        segment: &Segment<'_>,
        field: Field,
    ) -> Option<u32> {
        batch.take_found_number(segment, &self.number?, field)
    }

    /// The text, with the component separators that stood in it.
    pub(in crate::format::pnrgov) fn text(&self) -> Option<Cow<'s, str>> {
        joined(self.text.clone())
    }

    /// Says that the text reached a field.
    pub(in crate::format::pnrgov) fn claim_text(&self, batch: &mut Batch<'_, '_>, field: Field) {
        batch.claim_parts(&self.text, field);
    }

    /// Carrier, status and number as `XX HK1`; claims them and the code.
    pub(in crate::format::pnrgov) fn claim_status(
        &self,
        batch: &mut Batch<'_, '_>,
        field: Field,
    ) -> Option<Text> {
        let parts = [self.carrier, self.status, self.number];
        batch.claim_part(&self.code, field);
        parts.iter().for_each(|part| batch.claim_part(part, field));
        let (Some(_), Some(status), Some(carrier)) = (self.number, self.status, self.carrier)
        else {
            return self.status_of(parts);
        };
        // Most requests of a booking have the same.
        let bytes = batch.segments.between(&status, &carrier);
        if bytes != batch.status.0 {
            batch.status = (bytes, self.status_of(parts)?);
        }
        Some(batch.status.1.clone())
    }

    fn status_of(&self, parts: [Option<Component<'s>>; 3]) -> Option<Text> {
        if parts.iter().all(Option::is_none) {
            return None;
        }
        let apart = self.carrier.is_some() && (self.status.is_some() || self.number.is_some());
        let between = if apart { " " } else { "" };
        let [carrier, status, number] =
            parts.map(|part| part.map(|part| part.value()).unwrap_or_default());
        Some(Text::concat(&[&carrier, between, &status, &number]))
    }
}
