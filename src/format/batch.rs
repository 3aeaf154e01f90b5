//! The segments of one piece, as a message reader sees them: every value is
//! taken together with the field it reaches, so that the account of the data is
//! kept by the same call that reads them.

use std::borrow::Cow;

use super::Ledger;
use super::dates::Reference;
use crate::Field;
use crate::diagnostic::{Code, Diagnostic, Location, Place};
use crate::edifact::{Component, Components, Segment, Segments};
use crate::hint::rare;
use crate::model::{Amount, CardNumber, Text};
use crate::reader::Limits;

pub(super) use crate::edifact::trimmed;

/// Where a batch stands in its transmission.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Position {
    /// Offset of the window.
    pub(super) offset: u64,
    /// Number of the message, 0 outside one.
    pub(super) message: u32,
    /// Number within the message of the first segment of the batch.
    pub(super) segment: u32,
}

pub(super) struct Batch<'w, 'l> {
    pub(super) segments: Segments<'w>,
    pub(super) position: Position,
    pub(super) decimal: char,
    pub(super) reference: Reference,
    /// Travellers of one booking.
    pub(super) most_persons: usize,
    /// The status of the request that was read last, as it stands in the window and as a text.
    pub(super) status: (&'w [u8], Text),
    diagnostics: &'l mut Vec<Diagnostic>,
    /// Diagnostics of one record; one more says that the limit was reached.
    most_diagnostics: usize,
    ledger: &'l mut Ledger,
    first_slot: usize,
    hint: usize,
}

impl<'w, 'l> Batch<'w, 'l> {
    pub(super) fn new(
        segments: Segments<'w>,
        position: Position,
        ledger: &'l mut Ledger,
        diagnostics: &'l mut Vec<Diagnostic>,
        limits: &Limits,
    ) -> Self {
        let first_slot = ledger.open(segments.data());
        Self {
            segments,
            position,
            decimal: '.',
            reference: Reference::default(),
            most_persons: limits.persons,
            status: (b"", Text::default()),
            diagnostics,
            most_diagnostics: limits.diagnostics,
            ledger,
            first_slot,
            hint: 0,
        }
    }

    /// Says that another segment is read: places are searched from its start.
    pub(super) fn rewind(&mut self) {
        self.hint = 0;
    }

    /// The component at a place, if it is not empty.
    #[inline(always)]
    pub(super) fn find<'s>(
        &mut self,
        segment: &'s Segment<'_>,
        element: u16,
        component: u16,
    ) -> Option<Component<'s>> {
        segment.find(element, component, &mut self.hint)
    }

    /// The value at a place, without taking it.
    pub(super) fn peek<'s>(
        &mut self,
        segment: &'s Segment<'_>,
        element: u16,
        component: u16,
    ) -> Option<Cow<'s, str>> {
        self.find(segment, element, component)
            .map(|found| trimmed(found.code()))
    }

    /// Says that a component reached a field.
    #[inline]
    pub(super) fn claim<'s>(&mut self, component: &Component<'s>, field: Field) {
        self.ledger
            .fill(self.first_slot + component.index() as usize, field);
    }

    /// Says that the component at a place reached a field.
    #[inline(never)]
    pub(super) fn claim_at(
        &mut self,
        segment: &Segment<'_>,
        element: u16,
        component: u16,
        field: Field,
    ) {
        if let Some(found) = self.find(segment, element, component) {
            self.claim(&found, field);
        }
    }

    /// Says that all components from a place on, within its element, reached a field.
    pub(super) fn claim_rest(
        &mut self,
        segment: &Segment<'_>,
        element: u16,
        from: u16,
        field: Field,
    ) {
        let parts = self.rest(segment, element, from);
        self.claim_parts(&parts, field);
    }

    /// The components of an element from a place on.
    #[inline]
    pub(super) fn rest<'s>(
        &mut self,
        segment: &'s Segment<'_>,
        element: u16,
        from: u16,
    ) -> Components<'s> {
        segment.rest(element, from, &mut self.hint)
    }

    /// Says that a component reached a field, if it is there.
    #[inline]
    pub(super) fn claim_part(&mut self, part: &Option<Component<'_>>, field: Field) {
        if let Some(part) = part {
            self.claim(part, field);
        }
    }

    /// Says that components reached a field.
    pub(super) fn claim_parts(&mut self, parts: &Components<'_>, field: Field) {
        parts.clone().for_each(|part| self.claim(&part, field));
    }

    /// Takes the value of a component as a field, if it is there.
    #[inline]
    pub(super) fn take_part(&mut self, part: &Option<Component<'_>>, field: Field) -> Option<Text> {
        part.as_ref().map(|part| self.take_found(part, field))
    }

    pub(super) fn is_claimed<'s>(&self, component: &Component<'s>) -> bool {
        self.ledger
            .is_filled(self.first_slot + component.index() as usize)
    }

    /// Takes a value as a field.
    pub(super) fn take(
        &mut self,
        segment: &Segment<'_>,
        element: u16,
        component: u16,
        field: Field,
    ) -> Option<Text> {
        let found = self.find(segment, element, component)?;
        Some(self.take_found(&found, field))
    }

    /// Takes the value of a component as a field.
    pub(super) fn take_found(&mut self, found: &Component<'_>, field: Field) -> Text {
        let mut taken = None;
        self.fill(&mut taken, found, field);
        taken.unwrap_or_default()
    }

    /// Fills a member with the value of a component.
    // Written here, where the value is: a text that is handed back is copied once more by each
    // that asks.
    #[inline(never)]
    pub(super) fn fill(&mut self, member: &mut Option<Text>, found: &Component<'_>, field: Field) {
        self.claim(found, field);
        match found.standing() {
            Some(text) => Text::put(member, text),
            None => *member = Some(code_slowly(found)),
        }
    }

    /// Fills a member with the value of a component, if it is there.
    #[inline]
    pub(super) fn fill_part(
        &mut self,
        member: &mut Option<Text>,
        part: &Option<Component<'_>>,
        field: Field,
    ) {
        if let Some(part) = part {
            self.fill(member, part, field);
        }
    }

    /// Fills a member with components that follow each other, as one text, joined by the component
    /// separator that stood between them.
    #[inline(never)]
    pub(super) fn fill_parts(
        &mut self,
        member: &mut Option<Text>,
        segment: &Segment<'_>,
        parts: Components<'_>,
        field: Field,
    ) {
        // As most have one component: the value is made where it stays.
        if !field.is_text()
            && let Some(only) = parts.only()
            && let Some(text) = only.standing()
        {
            self.claim(&only, field);
            return Text::put(member, text);
        }
        self.claim_parts(&parts, field);
        *member = joined(parts).map(|text| match field.is_text() {
            true => self.masked(segment, &text, field),
            false => Text::from(text),
        });
    }

    /// Says that a component reached a field, and what its value is read as.
    #[inline(always)]
    pub(super) fn read_found<T>(
        &mut self,
        found: &Component<'_>,
        field: Field,
        read: impl FnOnce(&str) -> T,
    ) -> T {
        self.claim(found, field);
        read_value(found, read)
    }

    /// Takes a value as a field if it can be read; else reports it with `doubt`.
    pub(super) fn take_as<T>(
        &mut self,
        segment: &Segment<'_>,
        place: (u16, u16),
        field: Field,
        doubt: Code,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let found = self.find(segment, place.0, place.1)?;
        self.take_found_as(segment, &found, field, doubt, read)
    }

    /// Takes the value of a component as a field if it can be read; else reports it with `doubt`.
    #[inline]
    pub(super) fn take_found_as<T>(
        &mut self,
        segment: &Segment<'_>,
        found: &Component<'_>,
        field: Field,
        doubt: Code,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let value = read_value(found, read);
        match value {
            Some(_) => self.claim(found, field),
            None => {
                rare();
                self.doubt_found(doubt, segment, found, Some(field));
            }
        }
        value
    }

    /// Takes a whole number.
    #[inline(never)]
    pub(super) fn take_number(
        &mut self,
        segment: &Segment<'_>,
        element: u16,
        component: u16,
        field: Field,
    ) -> Option<u32> {
        let found = self.find(segment, element, component)?;
        self.take_found_number(segment, &found, field)
    }

    /// Takes a component as a whole number.
    pub(super) fn take_found_number(
        &mut self,
        segment: &Segment<'_>,
        found: &Component<'_>,
        field: Field,
    ) -> Option<u32> {
        let read = |text: &str| match *text.as_bytes() {
            // As most numbers are.
            [digit @ b'0'..=b'9'] => Some(u32::from(digit - b'0')),
            _ => text.parse().ok(),
        };
        self.take_found_as(segment, found, field, Code::UnreadableNumber, read)
    }

    /// Takes an amount, or the word in its place, where neither is known yet.
    pub(super) fn take_amount(
        &mut self,
        found: &Component<'_>,
        fields: (Field, Field),
        amount: &mut Option<Amount>,
        word: &mut Option<Text>,
    ) {
        let mark = self.decimal;
        *amount = read_value(found, |text| Amount::read(text, mark));
        if amount.is_none() && mark != '.' {
            *amount = read_value(found, |text| Amount::parse(text, '.'));
        }
        if amount.is_some() {
            return self.claim(found, fields.0);
        }
        rare();
        *word = Some(self.take_found(found, fields.1));
    }

    /// Takes each of some components.
    pub(super) fn take_each(&mut self, parts: Components<'_>, field: Field) -> Vec<Text> {
        parts.map(|found| self.take_found(&found, field)).collect()
    }

    /// Takes all components of an element from a place on as one text, joined by
    /// the component separator that stood between them.
    pub(super) fn take_joined(
        &mut self,
        segment: &Segment<'_>,
        element: u16,
        from: u16,
        field: Field,
    ) -> Option<Text> {
        let parts = self.rest(segment, element, from);
        self.take_parts(segment, parts, field)
    }

    /// Takes components that follow each other as [`take_joined`](Self::take_joined) does.
    #[inline]
    pub(super) fn take_parts(
        &mut self,
        segment: &Segment<'_>,
        parts: Components<'_>,
        field: Field,
    ) -> Option<Text> {
        let mut taken = None;
        self.fill_parts(&mut taken, segment, parts, field);
        taken
    }

    /// All components of an element from a place on as one free text.
    pub(super) fn join<'s>(
        &mut self,
        segment: &'s Segment<'_>,
        element: u16,
        from: u16,
    ) -> Option<Cow<'s, str>> {
        joined(self.rest(segment, element, from))
    }

    /// Takes the rest of the segment from an element on as one free text, its
    /// elements separated by blanks.
    pub(super) fn take_text(
        &mut self,
        segment: &Segment<'_>,
        from: u16,
        field: Field,
    ) -> Option<Text> {
        self.claim_parts(&segment.components_from(from), field);
        let text = self.whole(segment, from).filter(|text| !text.is_empty())?;
        Some(self.masked(segment, &text, field))
    }

    /// The rest of the segment from an element on as one free text, its elements
    /// separated by blanks.
    pub(super) fn whole<'s>(
        &mut self,
        segment: &'s Segment<'_>,
        from: u16,
    ) -> Option<Cow<'s, str>> {
        let parts = segment.components_from(from);
        if parts.len() == 1 {
            return joined(parts);
        }
        let mut elements = from..=segment.last_element();
        let mut text = elements.find_map(|element| self.join(segment, element, 1))?;
        for element in elements {
            if let Some(part) = self.join(segment, element, 1) {
                if let Cow::Borrowed(first) = text {
                    let mut whole = String::with_capacity(segment.len());
                    whole.push_str(first);
                    text = Cow::Owned(whole);
                }
                let whole = text.to_mut();
                if !whole.is_empty() {
                    whole.push(' ');
                }
                whole.push_str(&part);
            }
        }
        Some(text)
    }

    /// Free text without the card numbers that stand in clear in it.
    fn masked(&mut self, segment: &Segment<'_>, text: &str, field: Field) -> Text {
        let masked = CardNumber::mask_within(text);
        if matches!(masked, Cow::Owned(_)) {
            self.doubt(Code::CardInClear, segment, Some(field));
        }
        Text::from(masked)
    }

    #[cold]
    #[inline(never)]
    pub(super) fn doubt(&mut self, code: Code, segment: &Segment<'_>, field: Option<Field>) {
        let location = self.location(segment, None);
        self.note(Diagnostic::new(code, field, location));
    }

    #[cold]
    #[inline(never)]
    pub(super) fn doubt_at(
        &mut self,
        code: Code,
        segment: &Segment<'_>,
        place: (u16, u16),
        field: Option<Field>,
    ) {
        let component = self.find(segment, place.0, place.1);
        let location = self.location(segment, component.as_ref());
        self.note(Diagnostic::new(code, field, location));
    }

    /// Keeps a diagnostic; of those beyond the limit only the first, which the reader meets.
    #[cold]
    #[inline(never)]
    fn note(&mut self, diagnostic: Diagnostic) {
        if self.diagnostics.len() <= self.most_diagnostics {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Doubts a component.
    #[cold]
    pub(super) fn doubt_found(
        &mut self,
        code: Code,
        segment: &Segment<'_>,
        found: &Component<'_>,
        field: Option<Field>,
    ) {
        let location = self.location(segment, Some(found));
        self.note(Diagnostic::new(code, field, location));
    }

    fn location<'s>(
        &self,
        segment: &'s Segment<'_>,
        component: Option<&Component<'s>>,
    ) -> Location {
        let (start, len) = component.map_or((segment.offset(), segment.len()), |component| {
            (component.offset(), component.len())
        });
        Location {
            offset: self.position.offset + start as u64,
            len: u32::try_from(len).unwrap_or(u32::MAX),
            place: Place::Segment {
                message: self.position.message,
                segment: self.position.segment.saturating_add(segment.index() as u32),
                tag: segment.tag(),
                element: component.map_or(0, Component::element),
                component: component.map_or(0, Component::component),
            },
        }
    }

    /// Names every datum that reached no field.
    pub(super) fn sweep(&mut self) {
        if self.ledger.is_full(self.first_slot) {
            return;
        }
        for segment in self.segments {
            for component in segment.components() {
                if !self.is_claimed(&component) {
                    let location = self.location(&segment, Some(&component));
                    self.note(Diagnostic::new(Code::Unmapped, None, location));
                }
            }
        }
    }
}

/// Components that follow each other as one free text, with the component separators that stood
/// between them.
#[inline]
pub(super) fn joined<'s>(mut parts: Components<'s>) -> Option<Cow<'s, str>> {
    let first = parts.next()?;
    let joined = trimmed(first.text());
    if parts.len() == 0 {
        // As nearly every text.
        return Some(joined);
    }
    Some(with_more(joined, first.component(), parts))
}

/// A text that begins with the component of this number, and those behind it.
#[inline(never)]
fn with_more<'s>(mut joined: Cow<'s, str>, mut last: u16, parts: Components<'s>) -> Cow<'s, str> {
    for part in parts {
        let whole = joined.to_mut();
        (last..part.component()).for_each(|_| whole.push(':'));
        whole.push_str(&trimmed(part.text()));
        last = part.component();
    }
    joined
}

/// Reads the value of a component, without a copy of it in the ordinary way.
#[inline(always)]
fn read_value<T>(found: &Component<'_>, read: impl FnOnce(&str) -> T) -> T {
    match found.standing() {
        Some(text) => read(text),
        None => read_slowly(found, read),
    }
}

#[cold]
#[inline(never)]
fn read_slowly<T>(found: &Component<'_>, read: impl FnOnce(&str) -> T) -> T {
    read(&found.value())
}

/// The value of a component as a text of the schema, apart from the ordinary way, which needs no
/// call and drops nothing.
#[cold]
#[inline(never)]
fn code_slowly(component: &Component<'_>) -> Text {
    Text::from(trimmed(component.code()))
}

/// In capital letters, as codes are compared.
pub(super) fn upper(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte.is_ascii_lowercase()) {
        return Cow::Owned(text.to_ascii_uppercase());
    }
    text
}
