//! What the first element of a request says, read once for all who ask.

use std::borrow::Cow;

use crate::Field;
use crate::edifact::{Component, Components, Segment};
use crate::format::batch::{Batch, joined};
use crate::model::Text;

/// `code:status:number:carrier:indicator:indicator:from:to:text…` (PADIS C334); the text may go
/// on in further components.
pub(in crate::format::pnrgov) struct Said<'s> {
    /// The components of all elements.
    all: Components<'s>,
    /// Which of all is each component before the text, counted from 1; 0 where there is none.
    which: [u8; TEXT],
    /// How many stand before the text, and how many with it.
    before: u8,
    with_text: usize,
}

/// The component with which the text begins.
const TEXT: usize = 9;

/// Gives names to the components before the text.
macro_rules! name {
    ($($name:ident $place:literal)*) => {$(
        #[inline(always)]
        pub(super) fn $name(&self) -> Option<Component<'s>> {
            self.at::<$place>()
        }
    )*};
}

impl<'s> Said<'s> {
    name!(code 1 status 2 number 3 carrier 4 from 7 to 8);

    #[inline(always)]
    pub(super) fn read(segment: &'s Segment<'_>) -> Self {
        let mut said = Self {
            all: segment.components_from(1),
            which: [0; TEXT],
            before: 0,
            with_text: 0,
        };
        for part in said.all.clone().take_while(|part| part.element() == 1) {
            said.with_text += 1;
            let place = usize::from(part.component()).wrapping_sub(1).min(TEXT - 1);
            said.before += u8::from(place < TEXT - 1);
            // What is part of the text is counted, too, where nobody asks.
            if let Some(which) = said.which.get_mut(place) {
                *which = said.before;
            }
        }
        said
    }

    /// The components of the text.
    #[inline]
    pub(super) fn parts(&self) -> Components<'s> {
        self.all.part(usize::from(self.before), self.with_text)
    }

    /// The elements behind: of whom, and what more of a seat or a service.
    #[inline]
    pub(super) fn others(&self) -> Components<'s> {
        self.all.part(self.with_text, usize::MAX)
    }

    /// The component at a place before the text.
    #[inline(always)]
    fn at<const PLACE: usize>(&self) -> Option<Component<'s>> {
        let which = self.which.get(PLACE - 1)?.checked_sub(1)?;
        self.all.clone().nth(usize::from(which))
    }

    /// The indicators.
    pub(super) fn indicators(&self) -> impl Iterator<Item = Component<'s>> {
        [self.at::<5>(), self.at::<6>()].into_iter().flatten()
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
        joined(self.parts())
    }

    /// Says that the text reached a field.
    pub(in crate::format::pnrgov) fn claim_text(&self, batch: &mut Batch<'_, '_>, field: Field) {
        batch.claim_parts(&self.parts(), field);
    }

    /// Carrier, status and number as `XX HK1`; claims them and the code.
    pub(in crate::format::pnrgov) fn claim_status<'b>(
        &self,
        batch: &'b mut Batch<'_, '_>,
        field: Field,
    ) -> Option<&'b Text> {
        batch.claim_part(&self.code(), field);
        let parts = [self.carrier(), self.status(), self.number()];
        parts.iter().for_each(|part| batch.claim_part(part, field));
        let [Some(carrier), Some(status), Some(_)] = parts else {
            batch.status = (b"", status_of(parts)?);
            return Some(&batch.status.1);
        };
        // Most requests of a booking have the same.
        let bytes = batch.segments.between(&status, &carrier);
        if bytes != batch.status.0 {
            batch.status = (bytes, status_of(parts)?);
        }
        Some(&batch.status.1)
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
