//! One person: `NAD`, and the bag of segments behind it.

use std::sync::Arc;

use super::document::{self, Paper};
use super::itinerary::Itinerary;
use super::{baggage, claim_first, code, dates, old, role, take_all, take_words, words};
use crate::Field;
use crate::diagnostic::Code;
use crate::edifact::Segment;
use crate::format::batch::Batch;
use crate::format::dates::Century;
use crate::format::{grammar, pnrgov, states};
use crate::model::{
    Address, Bag, Booking, BookingStatus, Contact, ContactKind, Id, Locator, LocatorKind, Name,
    Origin, Passenger, Provenance, Remark, RemarkKind, Seat, Sex, State, Text, Ticket, Visa,
    VisaKind,
};

/// The booking under construction, and the person who is being read.
pub(super) struct Builder {
    booking: Box<Booking>,
    /// The leg that seats and bags belong to, if the list has one alone.
    leg: Id,
    open: Option<Passenger>,
    pub(super) bag: Bag,
    pub(super) paper: Option<Paper>,
}

impl Builder {
    pub(super) fn new(
        provenance: Arc<Provenance>,
        itinerary: &Itinerary,
        status: BookingStatus,
    ) -> Self {
        let legs = itinerary.legs().to_vec();
        let leg = match legs.as_slice() {
            [only] => only.id,
            _ => Id::NONE,
        };
        let mut booking = Booking::empty(provenance);
        booking.status = Some(status);
        booking.itinerary_complete = Some(false);
        booking.legs = legs;
        Self {
            booking,
            leg,
            open: None,
            bag: Bag::default(),
            paper: None,
        }
    }

    /// Opens a person.
    pub(super) fn add(&mut self, passenger: Passenger) {
        self.close();
        let id = u16::try_from(self.booking.passengers.len() + 1).unwrap_or(u16::MAX);
        self.open = Some(Passenger {
            id: Id::new(id),
            ..passenger
        });
    }

    /// The open person.
    pub(super) fn person(&mut self) -> &mut Passenger {
        self.open.get_or_insert_default()
    }

    fn id(&mut self) -> Id {
        self.person().id
    }

    /// Adds the open person, with what was gathered of it.
    fn close(&mut self) {
        let Some(mut person) = self.open.take() else {
            return;
        };
        if let Some(paper) = self.paper.take() {
            paper.add_to(&mut person);
        }
        let bag = std::mem::take(&mut self.bag);
        if bag != Bag::default() {
            self.booking.bags.push(Bag {
                passenger: person.id,
                leg: self.leg,
                ..bag
            });
        }
        self.booking.passengers.push(person);
    }

    pub(super) fn finish(mut self) -> Box<Booking> {
        self.close();
        self.booking
    }
}

/// Reads a segment where it stands.
pub(super) fn read(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    match segment.tag().as_str() {
        "NAD" => name(builder, batch, segment),
        "PDT" => old::person(builder, batch, segment),
        "ATT" => attribute(builder, batch, segment),
        "DTM" => date(builder, batch, segment),
        "MEA" => baggage::measure(&mut builder.bag, batch, segment),
        "GEI" => verification(builder, batch, segment),
        "FTX" => text(builder, batch, segment),
        "LOC" => place(builder, batch, segment),
        "COM" => contacts(builder, batch, segment),
        "EMP" => employment(builder, batch, segment),
        "NAT" => nationality(builder, batch, segment),
        "RFF" => reference(builder, batch, segment),
        "DOC" => {
            if let Some(paper) = builder.paper.take() {
                paper.add_to(builder.person());
            }
            builder.paper = document::open(batch, segment);
        }
        // Known in the message, and without a place in the schema: goods, onward
        // transport, controls of documents.
        "TDT" | "GID" | "QTY" | "CPI" | "HAN" | "GIR" | "GIS" | "AUT" | "UNS" => {}
        _ => batch.doubt(Code::UnknownSegment, segment, None),
    }
}

/// `NAD`: a person.
fn name(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    let role = role(segment);
    match role {
        Some(_) => batch.claim_at(segment, 1, 1, Field::PassengerRole),
        None => batch.doubt_at(
            Code::UnknownCode,
            segment,
            (1, 1),
            Some(Field::PassengerRole),
        ),
    }
    let mut passenger = Passenger {
        role,
        name: names(batch, segment),
        ..Passenger::default()
    };
    if let Some(number) = batch.take(segment, 2, 1, Field::VisaNumber) {
        batch.claim_rest(segment, 2, 2, Field::VisaKindReceived);
        passenger.visas.push(Visa {
            kind: Some(VisaKind::KnownTraveller),
            number: Some(number),
            ..Visa::default()
        });
    }
    passenger.addresses.extend(address(batch, segment));
    builder.add(passenger);
}

/// What senders write where there is no given name.
const NO_NAMES: &[&str] = &["FNU", "LNU", "XXX", "XX", "UNKNOWN", "."];

/// Surname, first name, second name; or a name in one piece.
fn names(batch: &mut Batch<'_, '_>, segment: &Segment<'_>) -> Name {
    let surname = take_words(batch, segment, (4, 1), Field::PassengerNameSurname);
    let given =
        (2..=5).filter_map(|at| take_words(batch, segment, (4, at), Field::PassengerNameGiven));
    let given: Vec<_> = given.collect();
    batch.claim_at(segment, 4, 6, Field::PassengerNameSurname);
    Name {
        surname,
        full: batch.take_joined(segment, 3, 1, Field::PassengerNameFull),
        ..given_names(&given)
    }
}

/// Given names without their title, and without what stands for none.
pub(super) fn given_names(parts: &[Text]) -> Name {
    let is_name = |part: &&Text| !NO_NAMES.iter().any(|none| none.eq_ignore_ascii_case(part));
    let named: Vec<_> = parts.iter().filter(is_name).cloned().collect();
    let mut name = pnrgov::given(words(&named).as_deref());
    if named.len() < parts.len() {
        name.received = words(parts);
    }
    name
}

fn address(batch: &mut Batch<'_, '_>, segment: &Segment<'_>) -> Option<Contact> {
    let street = (1..=4).filter_map(|line| {
        take_words(
            batch,
            segment,
            (5, line),
            Field::PassengerAddressAddressStreet,
        )
    });
    let street: Vec<_> = street.collect();
    let code = batch.take(segment, 7, 1, Field::PassengerAddressAddressRegion);
    let region = take_words(batch, segment, (7, 4), Field::PassengerAddressAddressRegion);
    batch.claim_at(segment, 7, 2, Field::PassengerAddressAddressRegion);
    batch.claim_at(segment, 7, 3, Field::PassengerAddressAddressRegion);
    let address = Address {
        street: words(&street),
        city: take_words(batch, segment, (6, 1), Field::PassengerAddressAddressCity),
        region: code.or(region),
        postcode: take_words(
            batch,
            segment,
            (8, 1),
            Field::PassengerAddressAddressPostcode,
        ),
        country: batch.take(segment, 9, 1, Field::PassengerAddressAddressCountry),
    };
    (address != Address::default()).then(|| Contact {
        kind: Some(ContactKind::Postal),
        origin: Some(Origin::Field),
        address,
        ..Contact::default()
    })
}

/// Codes of sex (9019).
const SEXES: &[(&str, Sex)] = &[
    ("M", Sex::Male),
    ("F", Sex::Female),
    ("X", Sex::Other),
    ("U", Sex::Unspecified),
    ("N", Sex::Unspecified),
];

pub(super) fn sex(text: &str) -> Option<Sex> {
    // Some repeat the code, with a separator that they do not declare.
    let code = text.split('*').next().unwrap_or_default();
    let row = SEXES.iter().find(|row| row.0.eq_ignore_ascii_case(code));
    row.map(|row| row.1)
}

/// `ATT`: sex.
fn attribute(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    batch.claim_at(segment, 1, 1, Field::PassengerSex);
    let sex = batch.take_as(segment, (3, 1), Field::PassengerSex, Code::UnknownCode, sex);
    let person = builder.person();
    person.sex = person.sex.or(sex);
}

/// `DTM`: of birth, or of the open document.
fn date(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    if code(segment) != "329" {
        if let Some(paper) = &mut builder.paper {
            paper.date(batch, segment);
        }
        return;
    }
    let reference = batch.reference;
    let born = batch.take_as(
        segment,
        (1, 2),
        Field::PassengerBirthDate,
        Code::UnreadableDate,
        |text| dates::date(text, reference, Century::Past),
    );
    if born.is_none() {
        return;
    }
    claim_first(batch, segment, Field::PassengerBirthDate);
    let person = builder.person();
    person.birth_date = person.birth_date.or(born);
}

/// `GEI`: whether the data were compared with the document.
fn verification(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    let code = batch.peek(segment, 2, 1);
    let verified = match code.as_deref() {
        Some("173") => true,
        Some("174") => false,
        Some("ZZZ") if batch.peek(segment, 2, 4).as_deref() == Some("HK") => true,
        _ => return batch.doubt_at(Code::UnknownCode, segment, (2, 1), None),
    };
    batch.claim_at(segment, 1, 1, Field::PassengerVerified);
    batch.claim_rest(segment, 2, 1, Field::PassengerVerified);
    builder.person().verified = Some(verified);
}

/// `FTX`: baggage tags, or free text.
fn text(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    if code(segment) == "BAG" {
        return baggage::tags(&mut builder.bag, batch, segment);
    }
    let remark = Remark {
        passenger: builder.id(),
        kind: Some(RemarkKind::Other),
        code: batch.take(segment, 1, 1, Field::RemarkCode),
        text: take_all(batch, segment, 2, Field::RemarkText),
        ..Remark::default()
    };
    if remark.text.is_some() {
        builder.booking.remarks.push(remark);
    }
}

/// `LOC`: of the journey of the person, or of the open document.
fn place(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    match &*code(segment) {
        "178" => {
            let at = port(batch, segment, Field::PassengerEmbarkation);
            builder.person().embarkation = at;
        }
        "179" => {
            let at = port(batch, segment, Field::PassengerDebarkation);
            builder.person().debarkation = at;
        }
        "22" => {
            let at = port(batch, segment, Field::PassengerClearance);
            builder.person().clearance = at;
        }
        "174" => {
            let fields = [
                Field::PassengerResidenceCode,
                Field::PassengerResidenceReceived,
            ];
            builder.person().residence = state(batch, segment, 2, fields);
        }
        "180" => birth_place(builder, batch, segment),
        "91" => {
            if let Some(paper) = &mut builder.paper {
                paper.issuer(batch, segment);
            }
        }
        _ => batch.doubt_at(Code::UnknownCode, segment, (1, 1), None),
    }
}

fn port(batch: &mut Batch<'_, '_>, segment: &Segment<'_>, field: Field) -> Option<Text> {
    batch.claim_at(segment, 1, 1, field);
    let code = batch.take(segment, 2, 1, field);
    batch.claim_at(segment, 2, 2, field);
    batch.claim_at(segment, 2, 3, field);
    code.or_else(|| batch.take(segment, 2, 4, field))
}

/// A state by code, with the qualifiers of the code; or in words.
pub(super) fn state(
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    element: u16,
    fields: [Field; 2],
) -> State {
    let component = if batch.find(segment, element, 1).is_some() {
        1
    } else {
        4
    };
    let Some(received) = batch.peek(segment, element, component) else {
        return State::default();
    };
    let state = states::state(&received);
    let field = if state.code.is_some() {
        fields[0]
    } else {
        fields[1]
    };
    batch.claim_at(segment, 1, 1, field);
    for component in [component, 2, 3] {
        batch.claim_at(segment, element, component, field);
    }
    state
}

/// `LOC+180`: a state, words, or both; in one form with city and province apart.
fn birth_place(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    let is_state = |text: &str| {
        matches!(text.len(), 2 | 3) && text.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    let mut birth_country = State::default();
    if batch
        .peek(segment, 2, 1)
        .is_some_and(|text| is_state(&text))
    {
        let fields = [
            Field::PassengerBirthCountryCode,
            Field::PassengerBirthCountryReceived,
        ];
        birth_country = state(batch, segment, 2, fields);
    }
    let places = [(2, 1), (2, 4), (3, 4), (3, 1), (4, 4), (4, 1)];
    let mut parts: Vec<Text> = Vec::new();
    for (element, component) in places {
        let unread = batch
            .find(segment, element, component)
            .is_some_and(|found| !batch.is_claimed(&found));
        if unread {
            let place = (element, component);
            parts.extend(take_words(
                batch,
                segment,
                place,
                Field::PassengerBirthPlace,
            ));
        }
    }
    batch.claim_at(segment, 1, 1, Field::PassengerBirthPlace);
    let person = builder.person();
    person.birth_country = birth_country;
    person.birth_place = words(&parts);
}

/// `COM`: one contact in each element.
fn contacts(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    for element in 1..=segment.last_element() {
        let Some(received) = batch.take(segment, element, 1, Field::PassengerContactValue) else {
            continue;
        };
        let code = batch.take(segment, element, 2, Field::PassengerContactKind);
        let (kind, value) = match code.as_deref() {
            Some("EM") => (ContactKind::Email, mail(&received)),
            _ => (ContactKind::Phone, phone(&received)),
        };
        builder.person().contacts.push(Contact {
            kind: Some(kind),
            purpose: code.filter(|code| !matches!(code.as_str(), "EM" | "TE")),
            received: (*value != *received).then(|| received.clone()),
            value: Some(value),
            origin: Some(Origin::Field),
            ..Contact::default()
        });
    }
}

/// `NAME.AT.EXAMPLE.COM`: the character set of airlines has no `@`.
fn mail(received: &str) -> Text {
    let solid = received.replace(' ', "");
    if solid.contains('@') {
        return Text::from(solid);
    }
    Text::from(solid.replacen(".AT.", "@", 1).replacen("//", "@", 1))
}

/// Digits, and the `+` before them; as received where there are none.
fn phone(received: &str) -> Text {
    let kept = |c: &char| c.is_ascii_digit() || *c == '+';
    let digits: String = received.chars().filter(kept).collect();
    Text::from(if digits.is_empty() { received } else { &digits })
}

/// `EMP`: function or rank of crew.
fn employment(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    batch.claim_at(segment, 1, 1, Field::PassengerFunction);
    batch.claim_at(segment, 2, 2, Field::PassengerFunction);
    batch.claim_at(segment, 2, 3, Field::PassengerFunction);
    let code = batch.take(segment, 2, 1, Field::PassengerFunction);
    let rank = take_all(batch, segment, 3, Field::PassengerFunction);
    builder.person().function = match (code, rank) {
        (Some(code), Some(rank)) => Some(Text::from(format!("{code} {rank}"))),
        (code, rank) => code.or(rank),
    };
}

/// `NAT`: nationality.
fn nationality(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    let state = state(
        batch,
        segment,
        2,
        [Field::NationalityCode, Field::NationalityReceived],
    );
    let person = builder.person();
    if state != State::default() && !person.nationalities.contains(&state) {
        person.nationalities.push(state);
    }
}

/// References that permit something (1153): agency, gate pass, document of old.
const PERMISSIONS: &[&str] = &["AEA", "AGK", "AGU", "ACD"];

/// `RFF` of a person.
fn reference(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    let qualifier = code(segment);
    match &*qualifier {
        "AVF" => locator(builder, batch, segment),
        "ABO" => {
            let key = keyed(batch, segment, Field::PassengerReference);
            builder.person().reference = key;
        }
        "CR" => {
            let key = keyed(batch, segment, Field::PassengerCustomerId);
            builder.person().customer_id = key;
        }
        "SEA" => seat(builder, batch, segment),
        "YZY" => ticket(builder, batch, segment),
        permission if PERMISSIONS.contains(&permission) => {
            batch.claim_at(segment, 1, 1, Field::VisaKindReceived);
            let number = batch.take(segment, 1, 2, Field::VisaNumber);
            builder.person().visas.push(Visa {
                kind_received: Some(Text::from(permission)),
                number,
                ..Visa::default()
            });
        }
        _ => batch.doubt_at(Code::UnknownCode, segment, (1, 1), None),
    }
}

/// The value of a reference, with its qualifier.
fn keyed(batch: &mut Batch<'_, '_>, segment: &Segment<'_>, field: Field) -> Option<Text> {
    batch.claim_at(segment, 1, 1, field);
    batch.take(segment, 1, 2, field)
}

fn locator(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    let value = keyed(batch, segment, Field::LocatorValue);
    let locators = &mut builder.booking.locators;
    if value.is_some() && !locators.iter().any(|known| known.value == value) {
        locators.push(Locator {
            value,
            kind: Some(LocatorKind::Reservation),
            ..Locator::default()
        });
    }
}

fn seat(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    let Some(number) = keyed(batch, segment, Field::SeatNumber) else {
        return;
    };
    let seat = Seat {
        passenger: builder.id(),
        leg: builder.leg,
        number: Some(pnrgov::seat_number(&number).into()),
        ..Seat::default()
    };
    builder.booking.seats.push(seat);
}

/// A ticket number, `C` and the coupon.
fn ticket(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    batch.claim_at(segment, 1, 1, Field::TicketNumber);
    let Some(whole) = batch.take(segment, 1, 2, Field::TicketNumber) else {
        return;
    };
    let read = grammar::ticket(&whole);
    let some = |text: &str| (!text.is_empty()).then(|| Text::from(text));
    let id = u16::try_from(builder.booking.tickets.len() + 1).unwrap_or(u16::MAX);
    let ticket = Ticket {
        id: Id::new(id),
        passenger: builder.id(),
        number: some(read.number),
        coupon: some(read.coupon),
        text: some(read.rest),
        ..Ticket::default()
    };
    builder.booking.tickets.push(ticket);
}
