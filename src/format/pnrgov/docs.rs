//! Travel documents, visas and addresses in requests (`DOCS`, `DOCO`, `DOCA`).
//!
//! Their texts are fields between slashes (AIRIMP). The text should begin with a
//! slash; where it does not, or where a field was left out or added, the fields
//! stand one place off and are realigned by those that can be told by their
//! form: the date of birth and the sex.

use super::builder::{Builder, id_of, push_one};
use super::link;
use super::request::{Said, find_or_add_infant};
use super::traveller;
use crate::Field;
use crate::diagnostic::Code;
use crate::edifact::Segment;
use crate::format::batch::Batch;
use crate::format::contacts::before_name_item;
use crate::format::dates::{self, Century};
use crate::format::kinds::{Type, read_type};
use crate::format::states;
use crate::model::{
    Address, Contact, ContactKind, Document, DocumentKind, Id, Name, Origin, PartialDate,
    Passenger, Sex, State, Text, Visa, VisaKind, bare,
};

/// More fields than any such text has; what stands behind them is not looked at.
const MOST: usize = 32;

/// The fields of a text, cut before the name of the traveller it is about.
struct Tokens<'t> {
    fields: [&'t str; MOST],
    count: usize,
    /// How many places the fields stand behind where they should.
    shift: i32,
}

impl<'t> Tokens<'t> {
    fn push(&mut self, field: Option<&'t str>) {
        if let Some(free) = self.fields.get_mut(self.count) {
            *free = field.unwrap_or_default();
            self.count += 1;
        }
    }

    fn all(&self) -> &[&'t str] {
        self.fields.get(..self.count).unwrap_or_default()
    }

    /// The field at a place; nothing where it is empty.
    fn get(&self, place: i32) -> Option<&'t str> {
        let at = usize::try_from(place + self.shift).ok()?;
        self.all()
            .get(at)
            .map(|token| bare(token))
            .filter(|token| !token.is_empty())
    }

    fn text(&self, place: i32) -> Option<Text> {
        self.get(place).map(Text::from)
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

fn tokens(text: &str, find_shift: impl Fn(&[&str]) -> Option<i32>) -> Tokens<'_> {
    let mut tokens = Tokens {
        fields: [""; MOST],
        count: 0,
        shift: if text.starts_with('/') { 0 } else { -1 },
    };
    let text = before_name_item(text);
    let mut start = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte == b'/' {
            tokens.push(text.get(start..at));
            start = at + 1;
        }
    }
    tokens.push(text.get(start..));
    tokens.shift = find_shift(tokens.all()).unwrap_or(tokens.shift);
    tokens
}

/// How far the date of birth, or else the sex, is from where it should stand.
fn docs_shift(tokens: &[&str]) -> Option<i32> {
    let offset = |position: Option<usize>, place: i32| Some(i32::try_from(position?).ok()? - place);
    let sex = tokens
        .iter()
        .skip(3)
        .position(|token| sex(token).is_some())
        .map(|at| at + 3);
    if let Some(at) = sex {
        let before = at
            .checked_sub(1)
            .and_then(|at| tokens.get(at))
            .is_some_and(|token| dates::looks_like_date(token));
        if before {
            return offset(sex, place::SEX);
        }
    }
    let birth = tokens
        .iter()
        .position(|token| dates::looks_like_date(token));
    // A lone date may be the expiry, which two fields follow; a birth has more.
    offset(birth, place::BIRTH)
        .filter(|shift| shift.abs() <= 2)
        .or_else(|| offset(sex, place::SEX))
}

fn sex(token: &str) -> Option<(Sex, bool)> {
    match token {
        "M" => Some((Sex::Male, false)),
        "F" => Some((Sex::Female, false)),
        "MI" => Some((Sex::Male, true)),
        "FI" => Some((Sex::Female, true)),
        "X" => Some((Sex::Other, false)),
        "U" => Some((Sex::Unspecified, false)),
        _ => None,
    }
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
        .and_then(sex)
        .map_or((None, false), |(sex, infant)| (Some(sex), infant));
    let name = document_name(&tokens);
    let holder = bearer(builder, &name, infant, who);
    let Some(position) = holder else {
        return batch.doubt(Code::ReferenceUnknown, segment, Some(Field::DocumentNumber));
    };
    let (paper, says_more) = tokens.get(place::KIND).map_or((None, false), kind);
    let seen = Seen {
        sex,
        born: date(batch, segment, &tokens, place::BIRTH, Century::Past),
        nationality: state(&tokens, place::NATIONALITY),
        document: Document {
            kind: paper,
            kind_received: tokens.text(place::KIND).filter(|_| says_more),
            number: tokens.text(place::NUMBER),
            issuer: state(&tokens, place::ISSUER),
            expires: date(batch, segment, &tokens, place::EXPIRY, Century::Future),
            name,
            holder: tokens
                .all()
                .iter()
                .skip(10)
                .any(|token| *token == "H")
                .then_some(true),
            status: said.claim_status(batch, Field::DocumentStatus),
            ..Document::default()
        },
    };
    said.claim_text(batch, Field::DocumentNumber);
    if let Some(passenger) = builder.booking.passengers.get_mut(position) {
        seen.add_to(passenger, batch, segment);
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
fn bearer(builder: &mut Builder, name: &Name, infant: bool, who: Option<usize>) -> Option<usize> {
    let (surname, given) = (
        name.surname.as_deref().unwrap_or_default(),
        name.given.as_deref().unwrap_or_default(),
    );
    let own = who.and_then(|position| builder.booking.passengers.get(position));
    let is_infant_itself =
        own.is_some_and(|own| own.kind == Some(crate::model::PassengerKind::Infant));
    if infant && !is_infant_itself && !surname.is_empty() {
        return find_or_add_infant(builder, surname, given, who.map_or(Id::NONE, id_of));
    }
    who.or_else(|| link::by_name(&builder.booking, surname, given))
}

/// What a document shows, with what belongs to its bearer.
struct Seen {
    sex: Option<Sex>,
    born: Option<PartialDate>,
    nationality: State,
    document: Document,
}

impl Seen {
    /// The first document says what the bearer is; later ones keep beside them
    /// what they say otherwise.
    fn add_to(
        mut self,
        passenger: &mut Passenger,
        batch: &mut Batch<'_, '_>,
        segment: &Segment<'_>,
    ) {
        let birth_differs = differs(&mut passenger.birth_date, self.born);
        let sex_differs = differs(&mut passenger.sex, self.sex);
        self.document.birth_date = self.born.filter(|_| birth_differs);
        self.document.sex = self.sex.filter(|_| sex_differs);
        if birth_differs || sex_differs {
            batch.doubt_at(
                Code::Conflict,
                segment,
                (1, 9),
                Some(Field::PassengerBirthDate),
            );
        }
        let known = passenger
            .nationalities
            .iter()
            .any(|known| same_state(known, &self.nationality));
        if !known && self.nationality != State::default() {
            push_one(&mut passenger.nationalities, self.nationality);
        }
        match passenger
            .documents
            .iter_mut()
            .find(|known| same_document(known, &self.document))
        {
            Some(known) => merge(known, self.document),
            None => push_one(&mut passenger.documents, self.document),
        }
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

/// The same document comes again for every leg.
fn same_document(one: &Document, other: &Document) -> bool {
    one.number == other.number
        && one.kind == other.kind
        && one.name.surname == other.name.surname
        && (one.number.is_some() || one.name.given == other.name.given)
}

fn merge(known: &mut Document, again: Document) {
    known.expires = known.expires.or(again.expires);
    known.status = known.status.take().or(again.status);
    if known.issuer.code.is_none() && again.issuer.code.is_some() {
        known.issuer = again.issuer;
    }
    let longer = |text: &Option<Text>| text.as_ref().map_or(0, |text| text.len());
    if longer(&again.name.given) > longer(&known.name.given) {
        known.name = again.name;
    }
}

/// Names of a document.
fn document_name(tokens: &Tokens<'_>) -> Name {
    let given = tokens.get(place::GIVEN);
    let second = tokens.get(place::SECOND).filter(|second| *second != "H");
    let mut name = match (given, second) {
        (None, None) => Name::default(),
        (Some(given), None) | (None, Some(given)) => titled_first(given),
        (Some(given), Some(second)) => titled_first(&Text::concat(&[given, " ", second])),
    };
    name.surname = tokens.text(place::SURNAME);
    name
}

/// A title may stand glued to the first of two given names (`MOLLYMRS ZARA`).
fn titled_first(given: &str) -> Name {
    let whole = traveller::given(Some(given));
    if whole.title.is_some() {
        return whole;
    }
    let blank = given.bytes().position(|byte| byte == b' ');
    let Some((first, second)) = blank.and_then(|at| Some((given.get(..at)?, given.get(at + 1..)?)))
    else {
        return whole;
    };
    let first = traveller::given(Some(first));
    match (&first.title, &first.given) {
        (Some(title), Some(cut)) => Name {
            title: Some(*title),
            given: Some(Text::concat(&[cut, " ", second])),
            received: Some(Text::from(given)),
            ..Name::default()
        },
        _ => whole,
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
        status: said.claim_status(batch, Field::VisaStatus),
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
fn doco_shift(tokens: &[&str]) -> Option<i32> {
    let is_kind = |token: &&str| VISA_KINDS.iter().any(|row| row.0 == token.trim());
    let at = tokens.iter().position(is_kind)?;
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
        status: said.claim_status(batch, Field::PassengerAddressStatus),
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
