//! PAXLST (UN/EDIFACT D.94B to D.24A, and the form that US customs used before):
//! advance passenger information, the persons on board one flight.
//!
//! One tolerant grammar reads all directories. A person is a bag of segments
//! between two `NAD`: the qualifier, not the position, says whether a date, a
//! place or a reference is the person's or the open document's.
//!
//! A list knows no bookings. Each person is one, with the legs of the list;
//! neighbours of one locator are put together. Persons on board as crew carry
//! that role, and are never put together with passengers.
//!
//! ```text
//! message = BGM [RFF] DTM NAD(party) {CTA COM} {TDT {LOC DTM}} {person} CNT
//! person  = NAD { ATT DTM MEA GEI FTX LOC COM EMP NAT RFF | document }
//! document= DOC { DTM LOC GEI RFF }
//! old     = CTA TDT {LOC DTM} UNS {PDT}
//! ```
//!
//! Goods (`GID`) and onward transport (`TDT` under a person) have no place in
//! the schema. Flight status updates (`BGM` 266) and requests for gate passes
//! (655) hold no bookings and are reported as such.

mod baggage;
mod dates;
mod document;
mod itinerary;
mod lead;
mod old;
mod person;

pub(super) use lead::transaction;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::batch::{Batch, trimmed, upper};
use super::edifact::Message;
use crate::Field;
use crate::diagnostic::Code;
use crate::edifact::{Segment, Segments, Tag};
use crate::model::{Booking, Provenance, Role, Text};
use itinerary::Itinerary;
use lead::List;
use person::Builder;

/// The reader of PAXLST messages.
#[derive(Default)]
pub(super) struct Persons {
    list: List,
    itinerary: Itinerary,
    /// Locators of the bookings given, as far as they are remembered.
    seen: BTreeSet<Text>,
    /// What bookings have until the one of their message is known.
    nowhere: Arc<Provenance>,
}

/// More locators than this are not remembered: a repetition goes without a note.
const REMEMBERED: usize = 1 << 14;

/// Who stands in a `NAD` (3035), and in what role.
const PERSONS: &[(&str, Role)] = &[
    ("FL", Role::Passenger),
    ("FM", Role::Crew),
    ("DDU", Role::Transit),
    ("DDT", Role::Crew),
    ("VW", Role::Crew),
];

/// Parties that are no persons on board.
const PARTIES: &[&str] = &["MS", "MR", "CA", "AG"];

impl Message for Persons {
    fn triggers(&self) -> &'static [Tag] {
        const { &[Tag::new(b"NAD"), Tag::new(b"PDT"), Tag::new(b"CNT")] }
    }

    fn leads(&self, segments: Segments<'_>) -> bool {
        segments.get(0).is_some_and(|first| !self.is_person(&first))
    }

    fn has_keys(&self) -> bool {
        self.list.holds_bookings()
    }

    fn key(&self, segments: Segments<'_>) -> Option<Text> {
        let role = role(&segments.get(0)?)?;
        let mut locators = segments.iter().filter_map(|segment| locator(&segment));
        let locator = locators.next()?;
        Some(Text::from(format!("{}{locator}", role == Role::Crew)))
    }

    fn lead(&mut self, batch: &mut Batch<'_, '_>, provenance: &mut Provenance) {
        lead::lead(&mut self.list, &mut self.itinerary, batch, provenance);
    }

    fn item(&mut self, batch: &mut Batch<'_, '_>) -> Option<Box<Booking>> {
        if !self.list.holds_bookings() {
            return None;
        }
        let mut builder = Builder::new(
            Arc::clone(&self.nowhere),
            &self.itinerary,
            self.list.status(),
        );
        for segment in batch.segments {
            let segment = &segment;
            batch.rewind();
            if !segment.is_fragment() {
                person::read(&mut builder, batch, segment);
            }
        }
        let booking = builder.finish();
        self.note_repetition(&booking, batch);
        Some(booking)
    }
}

impl Persons {
    /// Whether a trigger starts a person. A `NAD` whose qualifier nobody knows is
    /// one behind the flight, and a party before it.
    fn is_person(&self, first: &Segment<'_>) -> bool {
        match first.tag().as_str() {
            "PDT" => true,
            "NAD" => {
                let code = code(first);
                role(first).is_some() || (self.itinerary.is_known() && !PARTIES.contains(&&*code))
            }
            _ => false,
        }
    }

    fn note_repetition(&mut self, booking: &Booking, batch: &mut Batch<'_, '_>) {
        let Some(first) = batch.segments.get(0) else {
            return;
        };
        for value in booking.locators.iter().filter_map(|it| it.value.as_ref()) {
            if self.seen.contains(value) {
                batch.doubt(Code::LocatorRepeated, &first, Some(Field::LocatorValue));
            } else if self.seen.len() < REMEMBERED {
                self.seen.insert(value.clone());
            }
        }
    }
}

/// The qualifier of a segment, in capitals.
fn code<'s>(segment: &'s Segment<'_>) -> Cow<'s, str> {
    let first = segment.find(1, 1, &mut 0);
    first.map_or(Cow::Borrowed(""), |found| upper(trimmed(found.code())))
}

/// The role that a `NAD` states.
fn role(segment: &Segment<'_>) -> Option<Role> {
    if segment.tag() != Tag::new(b"NAD") {
        return None;
    }
    let code = code(segment);
    let row = PERSONS.iter().find(|(known, _)| *known == code);
    row.map(|(_, role)| *role)
}

/// The locator in a segment, if it is one.
fn locator(segment: &Segment<'_>) -> Option<Text> {
    if segment.tag() != Tag::new(b"RFF") || code(segment) != "AVF" {
        return None;
    }
    let value = segment.find(1, 2, &mut 0)?;
    Some(Text::from(value.code().trim()))
}

/// Says that a code and its qualifiers, all in element 1, reached a field.
fn claim_first(batch: &mut Batch<'_, '_>, segment: &Segment<'_>, field: Field) {
    batch.claim_rest(segment, 1, 1, field);
}

/// Takes everything from an element on as one text, in one pass.
fn take_all(
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    from: u16,
    field: Field,
) -> Option<Text> {
    let mut text = String::new();
    let mut last = 0;
    for part in segment.components().filter(|part| part.element() >= from) {
        if !text.is_empty() {
            text.push(if part.element() == last { ':' } else { ' ' });
        }
        text.push_str(part.text().trim());
        last = part.element();
        batch.claim(&part, field);
    }
    (!text.is_empty()).then(|| Text::from(text))
}

/// Takes words, in which blanks count: telex cuts lines beside them too.
fn take_words(
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    place: (u16, u16),
    field: Field,
) -> Option<Text> {
    let found = batch.find(segment, place.0, place.1)?;
    batch.claim(&found, field);
    Some(Text::from(found.text().trim()))
}

/// Words as one text; nothing where there are none.
fn words(parts: &[Text]) -> Option<Text> {
    let mut text = String::new();
    for part in parts {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(part);
    }
    (!text.is_empty()).then(|| Text::from(text))
}

/// The value at a place, without taking it.
fn peek(batch: &mut Batch<'_, '_>, segment: &Segment<'_>, place: (u16, u16)) -> Option<Text> {
    let found = batch.peek(segment, place.0, place.1);
    found.map(|text| Text::from(&*text))
}
