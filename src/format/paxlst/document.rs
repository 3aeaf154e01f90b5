//! Travel documents and visas: `DOC` opens one, dates and places behind it are
//! its own.

use super::person::state;
use super::{claim_first, code, dates, peek};
use crate::Field;
use crate::diagnostic::Code;
use crate::edifact::Segment;
use crate::format::batch::Batch;
use crate::format::dates::Century;
use crate::format::kinds::{Type, read_type};
use crate::model::{Document, DocumentKind, PartialDate, Passenger, State, Text, Visa, VisaKind};

/// A document that is being read; what it is, is known from its first segment.
#[derive(Default)]
pub(super) struct Paper {
    is_visa: bool,
    kind: Option<DocumentKind>,
    kind_received: Option<Text>,
    number: Option<Text>,
    issuer: State,
    issuer_text: Option<Text>,
    issued: Option<PartialDate>,
    expires: Option<PartialDate>,
}

/// Two fields of which one is meant: the document's, or the visa's.
type Either = (Field, Field);

const KIND: Either = (Field::DocumentKind, Field::VisaKind);
const NUMBER: Either = (Field::DocumentNumber, Field::VisaNumber);
const ISSUED: Either = (Field::DocumentIssued, Field::VisaIssued);
const EXPIRES: Either = (Field::DocumentExpires, Field::VisaExpires);
const PLACE: Either = (Field::DocumentIssuerText, Field::VisaPlace);
const ISSUER: Either = (Field::DocumentIssuerCode, Field::VisaCountryCode);
const ISSUER_RECEIVED: Either = (Field::DocumentIssuerReceived, Field::VisaCountryReceived);

/// `DOC`: type and number.
pub(super) fn open(batch: &mut Batch<'_, '_>, segment: &Segment<'_>) -> Option<Paper> {
    if segment.count() == 0 {
        batch.doubt(Code::EmptySegment, segment, None);
    }
    let code = peek(batch, segment, (1, 1));
    let kind = code.as_deref().map(read_type);
    let mut paper = Paper {
        is_visa: matches!(kind, Some(Type::Visa)),
        ..Paper::default()
    };
    let says_more = match kind {
        Some(Type::Document(kind, says_more)) => {
            paper.kind = Some(kind);
            says_more
        }
        Some(Type::Unknown) => {
            let field = Some(Field::DocumentKindReceived);
            batch.doubt_at(Code::UnknownCode, segment, (1, 1), field);
            true
        }
        _ => false,
    };
    paper.kind_received = code.filter(|_| says_more);
    let kind = paper.field(KIND);
    claim_first(batch, segment, kind);
    paper.number = batch.take(segment, 2, 1, paper.field(NUMBER));
    Some(paper)
}

impl Paper {
    fn field(&self, (document, visa): Either) -> Field {
        if self.is_visa { visa } else { document }
    }

    /// `DTM` of the document: 36 expiry, 182 and 137 issue.
    pub(super) fn date(&mut self, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
        let (fields, century) = match &*code(segment) {
            "36" => (EXPIRES, Century::Future),
            "182" | "137" => (ISSUED, Century::Past),
            _ => return batch.doubt_at(Code::UnknownCode, segment, (1, 1), None),
        };
        let (field, reference) = (self.field(fields), batch.reference);
        let read = |text: &str| dates::date(text, reference, century);
        let Some(date) = batch.take_as(segment, (1, 2), field, Code::UnreadableDate, read) else {
            return;
        };
        claim_first(batch, segment, field);
        if century == Century::Future {
            self.expires = self.expires.or(Some(date));
        } else {
            self.issued = self.issued.or(Some(date));
        }
    }

    /// `LOC+91`: the issuing state, and the place in words.
    pub(super) fn issuer(&mut self, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
        let place = self.field(PLACE);
        // 163 is the list of subdivisions of countries.
        let is_part = batch.peek(segment, 2, 2).as_deref() == Some("163");
        if is_part {
            let part = batch.take(segment, 2, 1, place);
            batch.claim_at(segment, 2, 2, place);
            self.issuer_text = part;
        } else if batch.find(segment, 2, 1).is_some() {
            let fields = [self.field(ISSUER), self.field(ISSUER_RECEIVED)];
            let issuer = state(batch, segment, 2, fields);
            if self.issuer == State::default() {
                self.issuer = issuer;
            }
        }
        batch.claim_at(segment, 1, 1, place);
        let words = batch.take(segment, 2, 4, place);
        self.issuer_text = words.or(self.issuer_text.take());
    }

    pub(super) fn set_old(&mut self, number: &str, code: &str) {
        self.number = (!number.is_empty()).then(|| Text::from(number));
        match read_type(code) {
            Type::Document(kind, _) => self.kind = Some(kind),
            Type::Visa => self.is_visa = true,
            Type::Unknown => {
                self.kind_received = (!code.is_empty()).then(|| Text::from(code));
            }
        }
    }

    pub(super) fn set_expires(&mut self, expires: Option<PartialDate>) {
        self.expires = expires;
    }

    pub(super) fn set_issuer(&mut self, issuer: State) {
        self.issuer = issuer;
    }

    /// Adds it to its bearer, if it says anything.
    pub(super) fn add_to(self, person: &mut Passenger) {
        if self.is_visa {
            person.visas.push(Visa {
                kind: Some(VisaKind::Visa),
                number: self.number,
                place: self.issuer_text,
                issued: self.issued,
                expires: self.expires,
                country: self.issuer,
                ..Visa::default()
            });
            return;
        }
        let document = Document {
            kind: self.kind,
            kind_received: self.kind_received,
            number: self.number,
            issuer: self.issuer,
            issuer_text: self.issuer_text,
            issued: self.issued,
            expires: self.expires,
            ..Document::default()
        };
        if document != Document::default() {
            person.documents.push(document);
        }
    }
}
