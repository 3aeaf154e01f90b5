//! Requests (`SSR`): those that say something of a traveller go to the place of
//! the schema that is made for it, the others to `services` or `requests`.

mod said;
mod seats;

pub(super) use said::Said;

use super::builder::{Builder, Deferred, Group, id_of};
use super::{contact, docs, history, link, ticket, traveller};
use crate::Field;
use crate::diagnostic::Code;
use crate::edifact::{Component, Segment, Tag};
use crate::format::batch::Batch;
use crate::format::codes::Codes;
use crate::format::dates::{self, Century};
use crate::format::{contacts, grammar};
use crate::model::{Id, Leg, Loyalty, Origin, PassengerKind, ServiceRequest, Stop, Text, Ticket};

/// What a code of a request is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    Document,
    Visa,
    Address,
    Loyalty,
    Infant,
    Child,
    Minor,
    Language,
    Seat,
    Ticket,
    Contact,
    Emergency,
    Service,
}

/// Every code that is more than a request. What is not here goes to `requests`.
static SUBJECTS: Codes<Subject, 256> = Codes::of(&[
    (Subject::Document, &[b"DOCS"]),
    (Subject::Visa, &[b"DOCO"]),
    (Subject::Address, &[b"DOCA"]),
    (Subject::Loyalty, &[b"FQTV", b"FQTR", b"FQTU", b"FQTS"]),
    (Subject::Infant, &[b"INFT"]),
    (Subject::Child, &[b"CHLD"]),
    (Subject::Minor, &[b"UMNR"]),
    (Subject::Language, &[b"LANG"]),
    (
        Subject::Seat,
        &[
            b"SEAT", b"NSST", b"NSSA", b"NSSW", b"NSSB", b"NSSR", b"RQST", b"SMST", b"SMSA",
            b"SMSW",
        ],
    ),
    (Subject::Ticket, &[b"TKNE", b"TKNA", b"TKNM", b"TKTN"]),
    (
        Subject::Contact,
        &[
            b"CTCE", b"CTCM", b"CTCH", b"CTCB", b"CTCP", b"CTCR", b"CTCF",
        ],
    ),
    (Subject::Emergency, &[b"PCTC"]),
    (
        Subject::Service,
        &[
            b"BIKE", b"SPEQ", b"AVIH", b"PETC", b"CBBG", b"XBAG", b"EXST", b"GRPS", b"GPST",
            b"GRPF", b"BULK", b"BSCT",
        ],
    ),
]);

/// What a code is about.
pub(super) fn subject(code: &[u8]) -> Option<Subject> {
    SUBJECTS.get(code)
}

/// How many seats and tickets requests announce.
pub(super) fn announced<'w>(requests: impl Iterator<Item = Segment<'w>>) -> (usize, usize) {
    let (mut seats, mut tickets) = (0, 0);
    for request in requests {
        let subject = request.raw().get(4..8).and_then(subject);
        let named = usize::from(request.last_element().saturating_sub(1));
        seats += usize::from(subject == Some(Subject::Seat)) * named.max(1);
        tickets += usize::from(subject == Some(Subject::Ticket));
    }
    (seats, tickets)
}

const SSR: Tag = Tag::new(b"SSR");

/// Keeps a request until the travellers and legs are known, or reads it where it stands in the
/// history.
pub(super) fn meet(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    match builder.group {
        Group::History => history::keep_request(builder, batch, segment),
        _ => builder.defer(segment),
    }
}

/// Whether a request for an unaccompanied minor stands anywhere in the booking.
pub(super) fn has_minor(builder: &mut Builder, batch: &mut Batch<'_, '_>) -> bool {
    let in_history = builder.in_history;
    *builder.has_minor.get_or_insert_with(|| {
        let segments = batch.segments.iter();
        let mut requests = segments.filter(|segment| segment.tag() == SSR);
        let mut names_one = |segment| batch.peek(&segment, 1, 1).as_deref() == Some("UMNR");
        !in_history && requests.any(&mut names_one)
    })
}

/// Reads the requests that waited until travellers and legs were known,
/// and gives their room back.
pub(super) fn read_deferred(builder: &mut Builder, batch: &mut Batch<'_, '_>) -> Vec<Deferred> {
    let mut deferred = std::mem::take(&mut builder.deferred);
    for place in deferred.drain(..) {
        if let Some(segment) = batch.segments.get(place.segment) {
            batch.rewind();
            read(builder, batch, &segment, place);
        }
    }
    deferred
}

/// Reads a request.
pub(super) fn read(
    builder: &mut Builder,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    place: Deferred,
) {
    let said = &Said::read(segment);
    let (leg, of_leg) = points(builder, batch, said, place.leg);
    let place = Deferred { leg, ..place };
    let about = |code: &[u8]| match code.iter().any(u8::is_ascii_lowercase) {
        false => subject(code),
        true => subject(&code.to_ascii_uppercase()),
    };
    let subject = said.code().and_then(|code| code.read(about));
    match subject {
        Some(Subject::Seat) => return seats::seats(builder, batch, segment, said, place, of_leg),
        Some(Subject::Service) => return service(builder, batch, segment, said, place, SERVICE),
        None => return service(builder, batch, segment, said, place, REQUEST),
        Some(_) => {}
    }
    let Some(subject) = subject else { return };
    let who = who(builder, batch, segment, said, place);
    match subject {
        Subject::Document => docs::document(builder, batch, segment, said, who),
        Subject::Visa => docs::visa(builder, batch, segment, said, who),
        Subject::Address => docs::address(builder, batch, segment, said, who),
        Subject::Loyalty => loyalty(builder, batch, segment, said, who),
        Subject::Infant => infant(builder, batch, segment, said, who),
        Subject::Child => child(builder, batch, segment, said, who),
        Subject::Minor | Subject::Language => minor(builder, batch, segment, said, who, subject),
        Subject::Ticket => coupon(builder, batch, said, who, place.leg),
        Subject::Contact => contacts(builder, batch, segment, said, who, contact::PASSENGER),
        Subject::Emergency => contacts(builder, batch, segment, said, who, contact::EMERGENCY),
        Subject::Seat | Subject::Service => {}
    }
}

/// Where the reference of a traveller may stand in an element.
const REFERENCE: u16 = 3;

/// The traveller of a request: by reference, by position, or the only one.
fn who(
    builder: &mut Builder,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    said: &Said<'_>,
    place: Deferred,
) -> Option<usize> {
    let mut found = None;
    for part in said.others() {
        if part.component() == REFERENCE {
            found = found.or(reference(builder, batch, segment, &part));
        }
    }
    let who = found
        .or(place.passenger)
        .or_else(|| link::only(&builder.booking));
    if who.is_none() && builder.in_history {
        // What the history says of a traveller hangs on a traveller of its own.
        return builder.add_passenger().map(|(position, _)| position);
    }
    who
}

/// The traveller whom the reference of an element names.
fn reference(
    builder: &mut Builder,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    part: &Component<'_>,
) -> Option<usize> {
    let mut found = part.read(|reference| link::by_bytes(&builder.booking, reference));
    if found.is_none() && builder.in_history {
        found = builder.add_passenger().map(|(position, passenger)| {
            passenger.reference = Some(Text::from(part.value()));
            position
        });
    }
    match found {
        Some(_) => batch.claim(part, Field::PassengerReference),
        None => {
            let field = Some(Field::PassengerReference);
            batch.doubt_found(Code::ReferenceUnknown, segment, part, field);
        }
    }
    found
}

/// The leg of a request: the one in which it stands, or the one between the points that it
/// names. Says of those points that they are the ones of the leg, and whether both are.
fn points(
    builder: &Builder,
    batch: &mut Batch<'_, '_>,
    said: &Said<'_>,
    leg: Option<usize>,
) -> (Option<usize>, bool) {
    let (from, to) = (said.from(), said.to());
    let names = match leg {
        Some(_) => from.is_some() || to.is_some(),
        None => from.is_some() && to.is_some(),
    };
    if !names {
        return (leg, false);
    }
    let starts = |leg: &Leg| is_at(&leg.from, &from);
    let ends = |leg: &Leg| is_at(&leg.to, &to);
    let legs = &builder.booking.legs;
    let leg = leg.or_else(|| legs.iter().position(|leg| starts(leg) && ends(leg)));
    let Some(known) = leg.and_then(|leg| legs.get(leg)) else {
        return (leg, false);
    };
    let (starts, ends) = (starts(known), ends(known));
    if starts {
        batch.claim_part(&from, Field::LegFromCode);
    }
    if ends {
        batch.claim_part(&to, Field::LegToCode);
    }
    (leg, starts && ends)
}

/// Whether a stop is the point that a request names.
#[inline(always)]
fn is_at(stop: &Stop, point: &Option<Component<'_>>) -> bool {
    match (&stop.code, point) {
        (Some(code), Some(point)) => point.read(|point| point == code.as_bytes()),
        (code, point) => code.is_none() && point.is_none(),
    }
}

/// The fields of a request, in one place of the schema.
#[derive(Clone, Copy)]
struct Fields {
    code: Field,
    status: Field,
    quantity: Field,
    carrier: Field,
    indicators: Field,
    from: Field,
    to: Field,
    details: Field,
    text: Field,
}

const SERVICE: Fields = Fields {
    code: Field::ServiceCode,
    status: Field::ServiceStatus,
    quantity: Field::ServiceQuantity,
    carrier: Field::ServiceCarrier,
    indicators: Field::ServiceIndicators,
    from: Field::ServiceFrom,
    to: Field::ServiceTo,
    details: Field::ServiceDetails,
    text: Field::ServiceText,
};

const REQUEST: Fields = Fields {
    code: Field::RequestCode,
    status: Field::RequestStatus,
    quantity: Field::RequestQuantity,
    carrier: Field::RequestCarrier,
    indicators: Field::RequestIndicators,
    from: Field::RequestFrom,
    to: Field::RequestTo,
    details: Field::RequestDetails,
    text: Field::RequestText,
};

/// A request without a place of its own, once for each traveller it names.
fn service(
    builder: &mut Builder,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    said: &Said<'_>,
    place: Deferred,
    fields: Fields,
) {
    let mut request = ServiceRequest {
        passenger: place.passenger.map_or(Id::NONE, id_of),
        leg: place.leg.map_or(Id::NONE, id_of),
        code: batch.take_part(&said.code(), fields.code),
        status: batch.take_part(&said.status(), fields.status),
        quantity: said.take_number(batch, segment, fields.quantity),
        carrier: batch.take_part(&said.carrier(), fields.carrier),
        from: batch.take_part(&said.from(), fields.from),
        to: batch.take_part(&said.to(), fields.to),
        text: batch.take_parts(segment, said.parts(), fields.text),
        ..ServiceRequest::default()
    };
    for indicator in said.indicators() {
        let indicator = batch.take_found(&indicator, fields.indicators);
        request.indicators.push(indicator);
    }
    let mut named = Vec::new();
    for part in said.others() {
        match part.component() {
            REFERENCE => named.extend(reference(builder, batch, segment, &part)),
            _ => request
                .details
                .push(batch.take_found(&part, fields.details)),
        }
    }
    let list = if fields.code == Field::ServiceCode {
        &mut builder.booking.services
    } else {
        &mut builder.booking.requests
    };
    match named.split_last() {
        None => list.push(request),
        Some((last, others)) => {
            let of = |position: &usize, request: ServiceRequest| ServiceRequest {
                passenger: id_of(*position),
                ..request
            };
            others
                .iter()
                .for_each(|position| list.push(of(position, request.clone())));
            list.push(of(last, request));
        }
    }
}

/// `FQTV`: `/XX1234567890-1ERIKSSON/ANNA`; the text may be absent.
fn loyalty(
    builder: &mut Builder,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    said: &Said<'_>,
    who: Option<usize>,
) {
    let Some(passenger) = who.and_then(|position| builder.booking.passengers.get_mut(position))
    else {
        return batch.doubt(Code::ReferenceUnknown, segment, Some(Field::LoyaltyNumber));
    };
    let text = said.text().unwrap_or_default();
    let number = contacts::without_name_item(&text);
    let (prefix, digits) = number.split_at_checked(2).unwrap_or(("", number));
    let glued = !digits.is_empty() && prefix.bytes().any(|byte| byte.is_ascii_alphabetic());
    let carrier = if glued {
        Some(Text::from(prefix))
    } else {
        said.carrier().map(|carrier| Text::from(carrier.value()))
    };
    let number = if glued { digits } else { number };
    said.claim_text(batch, Field::LoyaltyNumber);
    let status = said.claim_status(batch, Field::LoyaltyStatus).cloned();
    let number = (!number.is_empty()).then(|| Text::from(number));
    passenger.loyalty.push(Loyalty {
        carrier,
        number,
        status,
        ..Loyalty::default()
    });
    traveller::merge_loyalty(passenger);
}

/// `INFT`: an infant of the traveller: `ERIKSSON/LIV 20SEP25` or `ERIKSSON/LIV/20SEP25`.
fn infant(
    builder: &mut Builder,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    said: &Said<'_>,
    who: Option<usize>,
) {
    let text = said.text().unwrap_or_default();
    said.claim_status(batch, Field::PassengerKind);
    if text.is_empty() {
        return;
    }
    said.claim_text(batch, Field::PassengerNameGiven);
    let text = contacts::without_name_item(&text);
    let (names, date) = match text.rsplit_once(['/', ' ']) {
        Some((names, last)) if dates::looks_like_date(last.trim().as_bytes()) => {
            (names, Some(last))
        }
        _ => (text, None),
    };
    let (surname, given) = names.split_once('/').unwrap_or((names, ""));
    let adult = who.map_or(Id::NONE, id_of);
    let born = date.and_then(|date| dates::ddmmmyy(date, batch.reference, Century::Past));
    let position = find_or_add_infant(builder, surname, given, adult);
    match position.and_then(|position| builder.booking.passengers.get_mut(position)) {
        Some(infant) => infant.birth_date = infant.birth_date.or(born),
        None => batch.doubt(Code::TooManyPersons, segment, None),
    }
}

/// The infant of these names, tied to its adult; a new one where nobody is, and
/// nobody where the booking is full.
pub(super) fn find_or_add_infant(
    builder: &mut Builder,
    surname: &str,
    given: &str,
    adult: Id,
) -> Option<usize> {
    let known = link::infant(&builder.booking, surname, given);
    let position = known.or_else(|| {
        let (position, infant) = builder.add_passenger()?;
        traveller::name_as_given(&mut infant.name, given);
        infant.name.surname = Some(Text::from(surname.trim()));
        infant.kind = Some(PassengerKind::Infant);
        Some(position)
    })?;
    if let Some(infant) = builder.booking.passengers.get_mut(position)
        && infant.adult.is_none()
        && infant.id != adult
    {
        infant.adult = adult;
    }
    Some(position)
}

/// `CHLD`: a child, with a date of birth.
fn child(
    builder: &mut Builder,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    said: &Said<'_>,
    who: Option<usize>,
) {
    let reference = batch.reference;
    let read =
        |text: &str| dates::ddmmmyy(contacts::without_name_item(text), reference, Century::Past);
    let born = batch.take_as(
        segment,
        (1, 9),
        Field::PassengerBirthDate,
        Code::UnreadableDate,
        read,
    );
    said.claim_status(batch, Field::PassengerKind);
    let Some(passenger) = who.and_then(|position| builder.booking.passengers.get_mut(position))
    else {
        return batch.doubt(Code::ReferenceUnknown, segment, None);
    };
    passenger.kind = passenger.kind.or(Some(PassengerKind::Child));
    passenger.birth_date = passenger.birth_date.or(born);
}

/// `UMNR`, and `LANG` where it is about such a minor.
fn minor(
    builder: &mut Builder,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    said: &Said<'_>,
    who: Option<usize>,
    subject: Subject,
) {
    let known = builder
        .booking
        .minors
        .iter()
        .any(|minor| minor.passenger == who.map_or(Id::NONE, id_of));
    if subject == Subject::Language && !known && !has_minor(builder, batch) {
        let place = Deferred {
            segment: segment.index(),
            passenger: who,
            leg: None,
        };
        return service(builder, batch, segment, said, place, REQUEST);
    }
    builder.passenger = who;
    let text = said.text();
    let status = said.claim_status(batch, Field::MinorStatus).cloned();
    let field = if subject == Subject::Language {
        Field::MinorLanguages
    } else {
        Field::MinorText
    };
    said.claim_text(batch, field);
    let minor = contact::minor(builder);
    let Some(text) = text else {
        minor.status = minor.status.take().or(status);
        return;
    };
    if subject == Subject::Language {
        minor
            .languages
            .push(Text::from(contacts::without_name_item(&text)));
        return;
    }
    minor.status = minor.status.take().or(status);
    minor.age = minor
        .age
        .or_else(|| grammar::age(&text.to_ascii_uppercase()));
    minor.text = minor.text.take().or(Some(Text::from(text)));
}

/// The infant that travels with this adult.
fn infant_of(builder: &Builder, adult: Id) -> Option<Id> {
    let mut persons = builder.booking.passengers.iter();
    let infant = persons.find(|person| !adult.is_none() && person.adult == adult)?;
    Some(infant.id)
}

/// `TKNE`: the ticket of a leg: number, `C`, coupon; or `TKT NBR number …`; behind `INF`, that of
/// the infant.
fn coupon(
    builder: &mut Builder,
    batch: &mut Batch<'_, '_>,
    said: &Said<'_>,
    who: Option<usize>,
    leg: Option<usize>,
) {
    let text = said.text().unwrap_or_default();
    said.claim_text(batch, Field::TicketNumber);
    let status = said.claim_status(batch, Field::TicketStatus);
    let read = grammar::ticket(contacts::without_name_item(&text));
    fn some(text: &str) -> Option<&str> {
        Some(text).filter(|text| !text.is_empty())
    }
    let (number, coupon) = (some(read.number), some(read.coupon));
    let passenger = who.map_or(Id::NONE, id_of);
    let passenger = match read.of_infant {
        true => infant_of(builder, passenger).unwrap_or(passenger),
        false => passenger,
    };
    let same = |ticket: &&mut Ticket| {
        number.is_some() && ticket.number.as_deref() == number && ticket.coupon.as_deref() == coupon
    };
    if let Some(known) = builder.booking.tickets.iter_mut().find(same) {
        known.status = known.status.take().or(status.cloned());
        known.leg = if known.leg.is_none() {
            leg.map_or(Id::NONE, id_of)
        } else {
            known.leg
        };
        return;
    }
    let open = builder.ticket;
    if let Some(ticket) = ticket::add(builder) {
        ticket.passenger = passenger;
        ticket.leg = leg.map_or(Id::NONE, id_of);
        Text::put_some(&mut ticket.number, number);
        Text::put_some(&mut ticket.coupon, coupon);
        Text::put_some(&mut ticket.status, status.map(Text::as_str));
        Text::put_some(&mut ticket.text, some(read.rest));
    }
    builder.ticket = open;
}

/// `CTCE`, `CTCM` and the like; `PCTC` names whom to reach in an emergency.
fn contacts(
    builder: &mut Builder,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    said: &Said<'_>,
    who: Option<usize>,
    fields: contact::Fields,
) {
    let code = said.code().map(|code| Text::from(code.value()));
    let text = said.text().unwrap_or_default();
    let status = said.claim_status(batch, fields.status).cloned();
    batch.claim_at(segment, 1, 1, fields.purpose);
    said.claim_text(batch, fields.value);
    let emergency = fields.value == Field::EmergencyValue;
    let passenger = who.and_then(|position| builder.booking.passengers.get_mut(position));
    let list = match passenger {
        Some(passenger) if emergency => &mut passenger.emergency_contacts,
        Some(passenger) => &mut passenger.contacts,
        None if emergency => return batch.doubt(Code::ReferenceUnknown, segment, None),
        // The contact of nobody in particular is one of the booking.
        None => {
            said.claim_text(batch, Field::ContactValue);
            &mut builder.booking.contacts
        }
    };
    let text = contacts::without_name_item(&text);
    for contact in contact::add_text(list, text, Origin::Service) {
        contact.purpose = code.clone();
        contact.status = status.clone();
    }
}
