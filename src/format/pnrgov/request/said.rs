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
    pub(super) number: Option<Component<'s>>,
    pub(super) carrier: Option<Component<'s>>,
    pub(super) indicators: [Option<Component<'s>>; 2],
    pub(super) from: Option<Component<'s>>,
    pub(super) to: Option<Component<'s>>,
    pub(super) text: Components<'s>,
}

/// Where the text begins.
const TEXT: u16 = 9;

impl<'s> Said<'s> {
    pub(super) fn read(batch: &mut Batch<'_, '_>, segment: &'s Segment<'_>) -> Self {
        let mut said = Self {
            code: None,
            status: None,
            number: None,
            carrier: None,
            indicators: [None, None],
            from: None,
            to: None,
            text: batch.rest(segment, 1, 1),
        };
        loop {
            let mut behind = said.text.clone();
            let Some(found) = behind.next().filter(|found| found.component() < TEXT) else {
                return said;
            };
            said.text = behind;
            match found.component() {
                1 => said.code = Some(found),
                2 => said.status = Some(found),
                3 => said.number = Some(found),
                4 => said.carrier = Some(found),
                5 => said.indicators[0] = Some(found),
                6 => said.indicators[1] = Some(found),
                7 => said.from = Some(found),
                8 => said.to = Some(found),
                _ => {}
            }
        }
    }

    /// The code in capitals; nothing where there is none.
    pub(super) fn code(&self) -> Cow<'s, str> {
        upper(self.code.map(|code| code.value()).unwrap_or_default())
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
