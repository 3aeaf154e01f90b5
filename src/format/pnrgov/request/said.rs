//! What the first element of a request says, read once for all who ask.

use std::borrow::Cow;

use crate::Field;
use crate::edifact::{Component, Components, Segment};
use crate::format::batch::{Batch, joined, upper};
use crate::model::Text;

/// `code:status:number:carrier:indicator:indicator:from:to:text…` (PADIS C334); the text may go
/// on in further components.
pub(in crate::format::pnrgov) struct Said<'s> {
    /// The components before the text, each at its place: they stay where they were read to.
    first: [Option<Component<'s>>; 8],
    pub(super) text: Components<'s>,
}

/// Gives names to the components before the text.
macro_rules! name {
    ($($name:ident $place:literal)*) => {$(
        pub(super) fn $name(&self) -> Option<Component<'s>> {
            let at: usize = const { $place - 1 };
            self.first.get(at).copied().flatten()
        }
    )*};
}

impl<'s> Said<'s> {
    name!(code 1 status 2 number 3 carrier 4 from 7 to 8);

    pub(super) fn read(batch: &mut Batch<'_, '_>, segment: &'s Segment<'_>) -> Self {
        let mut text = batch.rest(segment, 1, 1);
        let first = text.numbered();
        Self { first, text }
    }

    /// The indicators, which are components 5 and 6.
    pub(super) fn indicators(&self) -> impl Iterator<Item = &Component<'s>> {
        self.first.iter().skip(4).take(2).flatten()
    }

    /// The code in capitals; nothing where there is none.
    pub(super) fn capitals(&self) -> Cow<'s, str> {
        upper(self.code().map(|code| code.value()).unwrap_or_default())
    }

    /// Takes the number.
    pub(super) fn take_number(
        &self,
        batch: &mut Batch<'_, '_>,
        segment: &Segment<'_>,
        field: Field,
    ) -> Option<u32> {
        batch.take_found_number(segment, &self.number()?, field)
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
        batch.claim_part(&self.code(), field);
        let parts = [self.carrier(), self.status(), self.number()];
        parts.iter().for_each(|part| batch.claim_part(part, field));
        let [Some(carrier), Some(status), Some(_)] = parts else {
            return status_of(parts);
        };
        // Most requests of a booking have the same.
        let bytes = batch.segments.between(&status, &carrier);
        if bytes != batch.status.0 {
            batch.status = (bytes, status_of(parts)?);
        }
        Some(batch.status.1.clone())
    }
}

/// Carrier, status and number as one text.
fn status_of(parts: [Option<Component<'_>>; 3]) -> Option<Text> {
    if parts.iter().all(Option::is_none) {
        return None;
    }
    let [carrier, status, number] = parts;
    let apart = carrier.is_some() && (status.is_some() || number.is_some());
    let between = if apart { " " } else { "" };
    let [carrier, status, number] =
        parts.map(|part| part.map(|part| part.value()).unwrap_or_default());
    Some(Text::concat(&[&carrier, between, &status, &number]))
}
