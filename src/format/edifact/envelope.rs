//! The service segments (ISO 9735-1): what they say of where bookings come from,
//! and whether the counts and references of trailers agree.

use std::sync::Arc;

use super::{Interchanges, Numbers, Open, Outcome, TYPES, reader_of};
use crate::Field;
use crate::diagnostic::Code;
use crate::edifact::{Charset, Segment};
use crate::format::batch::Batch;
use crate::format::dates::{self, Reference};
use crate::model::{MessageKind, Mode, Part, Provenance, Text, Timestamp, Zone};

impl Interchanges {
    /// `UNB` (ISO 9735-1, service segments).
    pub(super) fn header(&mut self, unb: &Segment<'_>, batch: &mut Batch<'_, '_>) {
        if self.envelope.sender.is_some() || self.message.is_some() {
            batch.doubt(Code::TrailerMissing, unb, None);
        }
        self.message = None;
        self.numbers = Numbers::default();
        let syntax = batch.peek(unb, 1, 1).unwrap_or_default().into_owned();
        self.charset = Charset::from_syntax_id(&syntax);
        if !self.charset.is_known() {
            batch.doubt_at(
                Code::CharsetUnknown,
                unb,
                (1, 1),
                Some(Field::ProvenanceSyntax),
            );
        }
        let prepared = stamp(batch, unb, 4, Field::ProvenancePrepared);
        self.reference = prepared.map_or_else(Reference::default, Reference::of);
        // The application reference stands sixth or seventh, whichever is there first.
        let at = if batch.find(unb, 6, 1).is_some() && batch.find(unb, 7, 1).is_none() {
            6
        } else {
            7
        };
        self.envelope = Provenance {
            syntax: batch.take_joined(unb, 1, 1, Field::ProvenanceSyntax),
            sender: batch.take(unb, 2, 1, Field::ProvenanceSender),
            sender_details: batch.take_joined(unb, 2, 2, Field::ProvenanceSenderDetails),
            recipient: batch.take(unb, 3, 1, Field::ProvenanceRecipient),
            recipient_details: batch.take_joined(unb, 3, 2, Field::ProvenanceRecipientDetails),
            prepared,
            interchange: batch.take(unb, 5, 1, Field::ProvenanceInterchange),
            application: batch.take_joined(unb, at, 1, Field::ProvenanceApplication),
            test: batch
                .take(unb, 11, 1, Field::ProvenanceTest)
                .map(|flag| flag == "1"),
            envelope: None,
            received: self.intake.received,
            legal_basis: self.intake.legal_basis,
            mode: self.intake.mode.or(Some(Mode::Air)),
            ..Provenance::default()
        };
        self.envelope.envelope = rest(batch, unb, Field::ProvenanceEnvelope);
        if self.envelope.sender.is_none() {
            self.envelope.sender = self.intake.sender.clone();
        }
    }

    /// `UNG`.
    pub(super) fn group(&mut self, ung: &Segment<'_>, batch: &mut Batch<'_, '_>) {
        self.numbers.groups += 1;
        self.numbers.in_group = 0;
        self.envelope.group_sender = batch.take_joined(ung, 2, 1, Field::ProvenanceGroupSender);
        self.envelope.group_recipient =
            batch.take_joined(ung, 3, 1, Field::ProvenanceGroupRecipient);
        self.envelope.group_prepared = stamp(batch, ung, 4, Field::ProvenanceGroupPrepared);
        self.envelope.group_reference = batch.take(ung, 5, 1, Field::ProvenanceGroupReference);
        self.envelope.group = rest(batch, ung, Field::ProvenanceGroup);
    }

    /// `UNH`.
    pub(super) fn open_message(&mut self, unh: &Segment<'_>, batch: &mut Batch<'_, '_>) {
        if self.message.is_some() {
            batch.doubt(Code::TrailerMissing, unh, None);
        }
        self.numbers.messages += 1;
        self.numbers.in_group += 1;
        let name = batch
            .peek(unh, 2, 1)
            .unwrap_or_default()
            .to_ascii_uppercase();
        let known = TYPES.iter().find(|(text, _)| *text == name);
        let kind = known.map_or(MessageKind::Other, |(_, kind)| *kind);
        match kind {
            MessageKind::Pnrgov | MessageKind::Paxlst => {}
            MessageKind::Other => batch.doubt_at(Code::UnknownMessage, unh, (2, 1), None),
            _ => batch.doubt_at(Code::NotBookings, unh, (2, 1), None),
        }
        let mut provenance = self.envelope.clone();
        provenance.format = Some(Text::from(kind.as_str()));
        provenance.message = Some(kind);
        provenance.reference = batch.take(unh, 1, 1, Field::ProvenanceReference);
        provenance.message_type = batch.take(unh, 2, 1, Field::ProvenanceMessageType);
        let (version, release) = (
            batch.take(unh, 2, 2, Field::ProvenanceVersion),
            batch.take(unh, 2, 3, Field::ProvenanceVersion),
        );
        provenance.version = join_version(version, release);
        provenance.agency = batch.take_joined(unh, 2, 4, Field::ProvenanceAgency);
        provenance.common_reference =
            batch.take_joined(unh, 3, 1, Field::ProvenanceCommonReference);
        self.part(unh, batch, &mut provenance);
        self.provenance = Arc::new(provenance);
        self.message = Some(Open {
            reader: reader_of(kind),
            kind,
            led: false,
            segments: 1,
            items: 0,
        });
    }

    /// `S010`: the place among the parts of a transfer.
    fn part(&self, unh: &Segment<'_>, batch: &mut Batch<'_, '_>, provenance: &mut Provenance) {
        provenance.part = batch.take_number(unh, 4, 1, Field::ProvenancePart);
        let Some(part) = provenance.part else { return };
        let mark = batch.take(unh, 4, 2, Field::ProvenancePosition);
        provenance.position = Some(match mark.as_deref() {
            Some("C") => Part::First,
            Some("F") => Part::Last,
            _ => Part::Middle,
        });
        if part > 1 || provenance.position != Some(Part::Last) {
            batch.doubt_at(
                Code::PartOfSeveral,
                unh,
                (4, 1),
                Some(Field::ProvenancePart),
            );
        }
    }

    /// `UNT`.
    pub(super) fn close_message(
        &mut self,
        unt: &Segment<'_>,
        batch: &mut Batch<'_, '_>,
    ) -> Outcome {
        let declared = batch.take_number(unt, 1, 1, Field::ProvenanceSegments);
        let reference = batch.take(unt, 2, 1, Field::ProvenanceReference);
        let Some(message) = self.message.take() else {
            return Outcome::Trailer;
        };
        if declared.is_some_and(|count| count != message.segments + 1) {
            batch.doubt_at(
                Code::SegmentCount,
                unt,
                (1, 1),
                Some(Field::ProvenanceSegments),
            );
        }
        if reference.is_some() && reference != self.provenance.reference {
            batch.doubt_at(
                Code::ReferenceMismatch,
                unt,
                (2, 1),
                Some(Field::ProvenanceReference),
            );
        }
        let expected = self
            .provenance
            .declared
            .filter(|_| message.kind == MessageKind::Pnrgov);
        if expected.is_some_and(|count| count != message.items) {
            batch.doubt(Code::DeclaredCount, unt, Some(Field::ProvenanceDeclared));
        }
        Arc::make_mut(&mut self.provenance).segments = declared;
        Outcome::Trailer
    }

    /// `UNE`.
    pub(super) fn close_group(&mut self, une: &Segment<'_>, batch: &mut Batch<'_, '_>) {
        self.message = None;
        let declared = batch.take_number(une, 1, 1, Field::ProvenanceMessages);
        if declared.is_some_and(|count| count != self.numbers.in_group) {
            batch.doubt_at(
                Code::MessageCount,
                une,
                (1, 1),
                Some(Field::ProvenanceMessages),
            );
        }
        let reference = batch.take(une, 2, 1, Field::ProvenanceGroupReference);
        if reference.is_some() && reference != self.envelope.group_reference {
            batch.doubt_at(
                Code::ReferenceMismatch,
                une,
                (2, 1),
                Some(Field::ProvenanceGroupReference),
            );
        }
    }

    /// `UNZ`.
    pub(super) fn close_interchange(
        &mut self,
        unz: &Segment<'_>,
        batch: &mut Batch<'_, '_>,
    ) -> Outcome {
        if self.message.take().is_some() {
            batch.doubt(Code::TrailerMissing, unz, None);
        }
        let read = if self.numbers.groups > 0 {
            self.numbers.groups
        } else {
            self.numbers.messages
        };
        let declared = batch.take_number(unz, 1, 1, Field::ProvenanceMessages);
        if declared.is_some_and(|count| count != read) {
            batch.doubt_at(
                Code::MessageCount,
                unz,
                (1, 1),
                Some(Field::ProvenanceMessages),
            );
        }
        let reference = batch.take(unz, 2, 1, Field::ProvenanceInterchange);
        if reference.is_some() && reference != self.envelope.interchange {
            batch.doubt_at(
                Code::ReferenceMismatch,
                unz,
                (2, 1),
                Some(Field::ProvenanceInterchange),
            );
        }
        let mut envelope = std::mem::take(&mut self.envelope);
        envelope.messages = declared;
        self.provenance = Arc::new(envelope);
        self.inside = false;
        Outcome::Trailer
    }
}

fn join_version(version: Option<Text>, release: Option<Text>) -> Option<Text> {
    match (version, release) {
        (Some(version), Some(release)) => Some(Text::from(format!("{version}.{release}"))),
        (version, release) => version.or(release),
    }
}

/// `S004`: date and time of preparation. The zone is not stated.
fn stamp(
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    element: u16,
    field: Field,
) -> Option<Timestamp> {
    let date = batch.take_as(
        segment,
        (element, 1),
        field,
        Code::UnreadableDate,
        dates::yymmdd,
    )?;
    let time = batch.take_as(segment, (element, 2), field, Code::UnreadableTime, |text| {
        dates::with_time(date, text)
    });
    Some(time.unwrap_or(date).zoned(Zone::Unstated))
}

/// All components that nobody took, as one text.
fn rest(batch: &mut Batch<'_, '_>, segment: &Segment<'_>, field: Field) -> Option<Text> {
    let mut text = String::new();
    for component in segment.components() {
        if !batch.is_claimed(&component) {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&component.code());
            batch.claim(&component, field);
        }
    }
    (!text.is_empty()).then(|| Text::from(text))
}
