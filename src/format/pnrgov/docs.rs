//! Travel documents, visas and addresses in requests (`DOCS`, `DOCO`, `DOCA`).
//!
//! Their texts are fields between slashes (AIRIMP). The text should begin with a
//! slash; where it does not, or where a field was left out or added, the fields
//! stand one place off and are realigned by those that can be told by their
//! form: the date of birth and the sex.

use std::ops::Range;

use super::builder::{Builder, add, id_of, push_one};
use super::link;
use super::request::{Said, find_or_add_infant};
use super::traveller;
use crate::Field;
use crate::diagnostic::Code;
use crate::edifact::Segment;
use crate::format::batch::Batch;
use crate::format::codes::Codes;
use crate::format::contacts::{self, before_name_item};
use crate::format::dates::{self, Century};
use crate::format::kinds::{Type, read_type};
use crate::format::states;
use crate::hint::rare;
use crate::model::{
    Address, Contact, ContactKind, Document, DocumentKind, Id, Name, Origin, PartialDate,
    Passenger, PassengerKind, Sex, State, Text, Title, Visa, VisaKind, bare, is_bare,
};

/// More fields than any such text has; what stands behind them is not looked at.
const MOST: usize = 32;

/// The fields of a text, cut before the name of the traveller it is about.
struct Tokens<'t> {
    text: &'t str,
    /// Where each of them ends.
    ends: [u32; MOST],
    count: usize,
    /// How many places the fields stand behind where they should.
    shift: i32,
}

impl<'t> Tokens<'t> {
    /// The bytes between two slashes.
    #[inline]
    fn range(&self, at: usize) -> Option<Range<usize>> {
        let ends = self.ends.get(..self.count)?;
        let end = *ends.get(at)?;
        let start = match at.checked_sub(1) {
            Some(before) => *ends.get(before)? + 1,
            None => 0,
        };
        Some(start as usize..end as usize)
    }

    /// The field that stands there, as it was received.
    #[inline]
    fn field(&self, at: usize) -> Option<&'t str> {
        self.text.get(self.range(at)?)
    }

    /// The bytes of a field, as they were received.
    #[inline]
    fn raw(&self, at: usize) -> &'t [u8] {
        let range = self.range(at).unwrap_or_default();
        self.text.as_bytes().get(range).unwrap_or_default()
    }

    /// The field at a place; nothing where it is empty.
    #[inline]
    fn get(&self, place: i32) -> Option<&'t str> {
        let at = usize::try_from(place + self.shift).ok()?;
        match self.raw(at) {
            [] => None,
            token if is_bare(token) => self.field(at),
            _ => {
                rare();
                self.field(at).map(bare).filter(|token| !token.is_empty())
            }
        }
    }

    fn text(&self, place: i32) -> Option<Text> {
        self.get(place).map(Text::from)
    }

    /// Puts the field at a place, if it is there, where it stays.
    fn put(&self, member: &mut Option<Text>, place: i32) {
        Text::put_some(member, self.get(place));
    }
}

/// Places of the fields in `DOCS`.
mod place {
    pub(super) const KIND: i32 = 1;
    pub(super) const ISSUER: i32 = 2;
    pub(super) const NUMBER: i32 = 3;
    pub(super) const NATIONALITY: i32 = 4;
    pub(super) const BIRTH: i32 = 5;
    pub(super) const SEX: i32 = 6;
    pub(super) const EXPIRY: i32 = 7;
    pub(super) const SURNAME: i32 = 8;
    pub(super) const GIVEN: i32 = 9;
    pub(super) const SECOND: i32 = 10;
}

fn tokens<'t>(text: &'t str, find_shift: impl Fn(&Tokens<'t>) -> Option<i32>) -> Tokens<'t> {
    let shift = if text.starts_with('/') { 0 } else { -1 };
    let text = before_name_item(text);
    let (mut ends, mut count) = ([0; MOST], 0);
    let mut push = |end: usize| {
        if let Some(free) = ends.get_mut(count) {
            *free = end as u32;
            count += 1;
        }
    };
    contacts::each(text, b'/', &mut push);
    push(text.len());
    let mut tokens = Tokens {
        text,
        ends,
        count,
        shift,
    };
    tokens.shift = find_shift(&tokens).unwrap_or(shift);
    tokens
}

/// How far the date of birth, or else the sex, is from where it should stand.
fn docs_shift(tokens: &Tokens<'_>) -> Option<i32> {
    let offset = |position: Option<usize>, place: i32| Some(i32::try_from(position?).ok()? - place);
    let sex = (3..tokens.count).find(|at| sex(tokens.raw(*at)).is_some());
    if sex.is_some_and(|at| dates::looks_like_date(tokens.raw(at - 1))) {
        return offset(sex, place::SEX);
    }
    let birth = (0..tokens.count).find(|at| dates::looks_like_date(tokens.raw(*at)));
    // A lone date may be the expiry, which two fields follow; a birth has more.
    offset(birth, place::BIRTH)
        .filter(|shift| shift.abs() <= 2)
        .or_else(|| offset(sex, place::SEX))
}

/// The sex that a token says, and whether it is that of an infant.
fn sex(token: &[u8]) -> Option<(Sex, bool)> {
    static CODES: Codes<(Sex, bool), 32> = Codes::of(&[
        ((Sex::Male, false), &[b"M"]),
        ((Sex::Female, false), &[b"F"]),
        ((Sex::Male, true), &[b"MI"]),
        ((Sex::Female, true), &[b"FI"]),
        ((Sex::Other, false), &[b"X"]),
        ((Sex::Unspecified, false), &[b"U"]),
    ]);
    CODES.get(token)
}

/// `DOCS`: a travel document, or identity data without one.
pub(super) fn document(
    builder: &mut Builder,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    said: &Said<'_>,
    who: Option<usize>,
) {
    let Some(text) = said.text() else {
        return batch.doubt(Code::EmptySegment, segment, None);
    };
    let tokens = tokens(&text, docs_shift);
    if tokens.shift != 0 {
        batch.doubt_at(Code::Shifted, segment, (1, 9), Some(Field::DocumentNumber));
    }
    let (sex, infant) = tokens
        .get(place::SEX)
        .and_then(|token| sex(token.as_bytes()))
        .map_or((None, false), |(sex, infant)| (Some(sex), infant));
    let Some(position) = bearer(builder, &tokens, infant, who) else {
        return batch.doubt(Code::ReferenceUnknown, segment, Some(Field::DocumentNumber));
    };
    let (kind, says_more) = tokens.get(place::KIND).map_or((None, false), kind);
    let seen = Seen {
        sex,
        born: date(batch, segment, &tokens, place::BIRTH, Century::Past),
        nationality: state(&tokens, place::NATIONALITY),
    };
    // As a rule a state gives documents to its own.
    let issuer = match tokens.get(place::ISSUER) == tokens.get(place::NATIONALITY) {
        true => seen.nationality.clone(),
        false => state(&tokens, place::ISSUER),
    };
    let expires = date(batch, segment, &tokens, place::EXPIRY, Century::Future);
    said.claim_text(batch, Field::DocumentNumber);
    let Some(passenger) = builder.booking.passengers.get_mut(position) else {
        return;
    };
    let (birth_date, sex) = seen.add_to(passenger);
    if birth_date.is_some() || sex.is_some() {
        let field = Some(Field::PassengerBirthDate);
        batch.doubt_at(Code::Conflict, segment, (1, 9), field);
    }
    let status = said.claim_status(batch, Field::DocumentStatus);
    // Where it stays, for documents are large.
    let fill = |document: &mut Document| {
        document_name(&mut document.name, &tokens);
        document.kind = kind;
        if says_more {
            tokens.put(&mut document.kind_received, place::KIND);
        }
        tokens.put(&mut document.number, place::NUMBER);
        document.issuer = issuer;
        document.expires = expires;
        document.birth_date = birth_date;
        document.sex = sex;
        document.holder = (10..tokens.count)
            .any(|at| tokens.raw(at) == b"H")
            .then_some(true);
        Text::put_some(&mut document.status, status.map(Text::as_str));
    };
    let mut documents = passenger.documents.iter_mut();
    if let Some(known) = documents.find(|known| is_same(known, kind, &tokens)) {
        let mut again = Document::default();
        fill(&mut again);
        merge(known, &mut again);
    } else if let Some(document) = add(&mut passenger.documents) {
        fill(document);
    }
}

/// What the document is, and whether its code says more than that.
fn kind(code: &str) -> (Option<DocumentKind>, bool) {
    match read_type(code) {
        Type::Document(kind, more) => (Some(kind), more),
        Type::Visa | Type::Unknown => (None, true),
    }
}

/// Whose document it is. That of an infant stands with its adult.
fn bearer(
    builder: &mut Builder,
    tokens: &Tokens<'_>,
    infant: bool,
    who: Option<usize>,
) -> Option<usize> {
    let own = who.and_then(|position| builder.booking.passengers.get(position));
    let is_infant_itself = own.is_some_and(|own| own.kind == Some(PassengerKind::Infant));
    let of_adult = infant && !is_infant_itself && tokens.get(place::SURNAME).is_some();
    if who.is_some() && !of_adult {
        return who;
    }
    let mut name = Name::default();
    document_name(&mut name, tokens);
    let (surname, given) = (
        name.surname.as_deref().unwrap_or_default(),
        name.given.as_deref().unwrap_or_default(),
    );
    match of_adult {
        true => find_or_add_infant(builder, surname, given, who.map_or(Id::NONE, id_of)),
        false => link::by_name(&builder.booking, surname, given),
    }
}

/// What a document shows that belongs to its bearer.
struct Seen {
    sex: Option<Sex>,
    born: Option<PartialDate>,
    nationality: State,
}

impl Seen {
    /// The first document says what the bearer is; later ones keep beside them
    /// what they say otherwise: the date of birth and the sex that this one does.
    fn add_to(self, passenger: &mut Passenger) -> (Option<PartialDate>, Option<Sex>) {
        let birth_differs = differs(&mut passenger.birth_date, self.born);
        let sex_differs = differs(&mut passenger.sex, self.sex);
        let known = passenger
            .nationalities
            .iter()
            .any(|known| same_state(known, &self.nationality));
        if !known && self.nationality != State::default() {
            push_one(&mut passenger.nationalities, self.nationality);
        }
        (
            self.born.filter(|_| birth_differs),
            self.sex.filter(|_| sex_differs),
        )
    }
}

/// Fills a value that is missing; whether another one stands there.
fn differs<T: Copy + PartialEq>(own: &mut Option<T>, new: Option<T>) -> bool {
    *own = own.or(new);
    new.is_some() && *own != new
}

fn same_state(one: &State, other: &State) -> bool {
    let known = one.code.is_some() && one.code == other.code;
    known || (one.code.is_none() && other.code.is_none() && one.received == other.received)
}

/// Whether a document is the one of these fields, which comes again for every leg.
fn is_same(known: &Document, kind: Option<DocumentKind>, tokens: &Tokens<'_>) -> bool {
    let number = tokens.get(place::NUMBER);
    let same_given = || {
        let mut name = Name::default();
        document_name(&mut name, tokens);
        known.name.given == name.given
    };
    known.number.as_deref() == number
        && known.kind == kind
        && known.name.surname.as_deref() == tokens.get(place::SURNAME)
        && (number.is_some() || same_given())
}

fn merge(known: &mut Document, again: &mut Document) {
    known.expires = known.expires.or(again.expires);
    known.status = known.status.take().or(again.status.take());
    if known.issuer.code.is_none() && again.issuer.code.is_some() {
        known.issuer = std::mem::take(&mut again.issuer);
    }
    let longer = |text: &Option<Text>| text.as_ref().map_or(0, |text| text.len());
    if longer(&again.name.given) > longer(&known.name.given) {
        known.name = std::mem::take(&mut again.name);
    }
}

/// Names of a document.
fn document_name(name: &mut Name, tokens: &Tokens<'_>) {
    let given = tokens.get(place::GIVEN);
    let second = tokens.get(place::SECOND).filter(|second| *second != "H");
    match (given, second) {
        (None, None) => {}
        (Some(given), None) | (None, Some(given)) => titled_first(name, given),
        (Some(given), Some(second)) => titled_first(name, &Text::concat(&[given, " ", second])),
    }
    tokens.put(&mut name.surname, place::SURNAME);
}

/// A title may stand glued to the first of two given names (`MOLLYMRS ZARA`).
fn titled_first(name: &mut Name, given: &str) {
    traveller::name_as_given(name, given);
    if name.title.is_some() {
        return;
    }
    let (first, second) = contacts::cut(given);
    if first.len() == given.len() {
        return;
    }
    let (first, title) = Title::split_given(first);
    if title.is_some() && !first.is_empty() {
        name.title = title;
        name.given = Some(Text::concat(&[first, " ", second]));
        name.received = Some(Text::from(given));
    }
}

fn date(
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    tokens: &Tokens<'_>,
    place: i32,
    century: Century,
) -> Option<PartialDate> {
    let token = tokens.get(place)?;
    let read = dates::ddmmmyy(token, batch.reference, century);
    if read.is_none() {
        batch.doubt_at(
            Code::UnreadableDate,
            segment,
            (1, 9),
            Some(Field::DocumentExpires),
        );
    }
    read
}

fn state(tokens: &Tokens<'_>, place: i32) -> State {
    tokens.get(place).map(states::state).unwrap_or_default()
}

const VISA_KINDS: &[(&str, VisaKind)] = &[
    ("V", VisaKind::Visa),
    ("R", VisaKind::Redress),
    ("K", VisaKind::KnownTraveller),
];

/// `DOCO`: place of birth, kind, number, place and date of issue, state for
/// which it holds. The text comes without its slash, or with a flight before it.
pub(super) fn visa(
    builder: &mut Builder,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    said: &Said<'_>,
    who: Option<usize>,
) {
    let Some(text) = said.text() else {
        return batch.doubt(Code::EmptySegment, segment, None);
    };
    let tokens = tokens(&text, doco_shift);
    if tokens.shift != 0 {
        batch.doubt_at(Code::Shifted, segment, (1, 9), Some(Field::VisaNumber));
    }
    let Some(passenger) = who.and_then(|position| builder.booking.passengers.get_mut(position))
    else {
        return batch.doubt(Code::ReferenceUnknown, segment, Some(Field::VisaNumber));
    };
    said.claim_text(batch, Field::VisaNumber);
    let code = tokens.get(2);
    let kind = code
        .and_then(|code| VISA_KINDS.iter().find(|row| row.0 == code))
        .map(|row| row.1);
    let visa = Visa {
        kind,
        kind_received: code.filter(|_| kind.is_none()).map(Text::from),
        number: tokens.text(3),
        place: tokens.text(4),
        issued: date(batch, segment, &tokens, 5, Century::Past),
        country: state(&tokens, 6),
        status: said.claim_status(batch, Field::VisaStatus).cloned(),
        ..Visa::default()
    };
    passenger.birth_place = passenger.birth_place.take().or(tokens.text(1));
    if !passenger
        .visas
        .iter()
        .any(|known| known.number == visa.number && known.kind == visa.kind)
    {
        passenger.visas.push(visa);
    }
}

/// How far the kind is from where it should stand.
fn doco_shift(tokens: &Tokens<'_>) -> Option<i32> {
    let is_kind = |at: &usize| {
        let token = tokens.field(*at).unwrap_or_default().trim();
        VISA_KINDS.iter().any(|row| row.0 == token)
    };
    let at = (0..tokens.count).find(is_kind)?;
    Some(i32::try_from(at).ok()? - 2)
}

/// `DOCA`: `D` destination or `R` residence, country, street, city, province, postal code.
pub(super) fn address(
    builder: &mut Builder,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    said: &Said<'_>,
    who: Option<usize>,
) {
    let Some(text) = said.text() else {
        return batch.doubt(Code::EmptySegment, segment, None);
    };
    let tokens = tokens(&text, |_| None);
    let Some(passenger) = who.and_then(|position| builder.booking.passengers.get_mut(position))
    else {
        return batch.doubt(
            Code::ReferenceUnknown,
            segment,
            Some(Field::PassengerAddressAddressStreet),
        );
    };
    said.claim_text(batch, Field::PassengerAddressAddressStreet);
    let contact = Contact {
        kind: Some(ContactKind::Postal),
        purpose: tokens.text(1),
        address: Address {
            country: tokens.text(2),
            street: tokens.text(3),
            city: tokens.text(4),
            region: tokens.text(5),
            postcode: tokens.text(6),
        },
        origin: Some(Origin::Service),
        status: said
            .claim_status(batch, Field::PassengerAddressStatus)
            .cloned(),
        ..Contact::default()
    };
    if tokens.get(1) == Some("R") {
        passenger.residence = state(&tokens, 2);
    }
    if !passenger
        .addresses
        .iter()
        .any(|known| known.address == contact.address)
    {
        passenger.addresses.push(contact);
    }
}
