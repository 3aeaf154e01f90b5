//! Contacts and texts: `ADD` and `IFT`.

use std::borrow::Cow;

use super::builder::{Builder, Group, add};
use super::{history, request, ticket};
use crate::Field;
use crate::diagnostic::Code;
use crate::edifact::{Component, Components, Segment};
use crate::format::batch::{Batch, joined, trimmed};
use crate::format::contacts;
use crate::model::{Address, Contact, ContactKind, Id, Minor, Origin, Remark, RemarkKind, Text};

/// The fields of a contact, in one place of the schema.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    pub(super) value: Field,
    pub(super) purpose: Field,
    pub(super) origin: Field,
    pub(super) status: Field,
    /// Street, city, region, postcode, country.
    pub(super) address: [Field; 5],
}

macro_rules! fields {
    ($value:ident $purpose:ident $origin:ident $status:ident
     $street:ident $city:ident $region:ident $postcode:ident $country:ident) => {
        Fields {
            value: Field::$value,
            purpose: Field::$purpose,
            origin: Field::$origin,
            status: Field::$status,
            address: [
                Field::$street,
                Field::$city,
                Field::$region,
                Field::$postcode,
                Field::$country,
            ],
        }
    };
}

pub(super) const BOOKING: Fields = fields!(ContactValue ContactPurpose ContactOrigin ContactStatus
    ContactAddressStreet ContactAddressCity ContactAddressRegion ContactAddressPostcode ContactAddressCountry);
pub(super) const PASSENGER: Fields = fields!(PassengerContactValue PassengerContactPurpose
    PassengerContactOrigin PassengerContactStatus PassengerContactAddressStreet PassengerContactAddressCity
    PassengerContactAddressRegion PassengerContactAddressPostcode PassengerContactAddressCountry);
pub(super) const EMERGENCY: Fields = fields!(EmergencyValue EmergencyPurpose EmergencyOrigin
    EmergencyStatus EmergencyAddressStreet EmergencyAddressCity EmergencyAddressRegion EmergencyAddressPostcode
    EmergencyAddressCountry);
pub(super) const BOOKER: Fields = fields!(BookerValue BookerPurpose BookerOrigin BookerStatus
    BookerAddressStreet BookerAddressCity BookerAddressRegion BookerAddressPostcode BookerAddressCountry);
pub(super) const GUARDIAN: Fields = fields!(MinorGuardianValue MinorGuardianPurpose
    MinorGuardianOrigin MinorGuardianStatus MinorGuardianAddressStreet MinorGuardianAddressCity
    MinorGuardianAddressRegion MinorGuardianAddressPostcode MinorGuardianAddressCountry);
const BILLING: [Field; 5] = [
    Field::PaymentBillingStreet,
    Field::PaymentBillingCity,
    Field::PaymentBillingRegion,
    Field::PaymentBillingPostcode,
    Field::PaymentBillingCountry,
];

/// `ADD`: of the booking, of a traveller (guardians of a minor, or whom to reach
/// in an emergency), or of whoever pays.
pub(super) fn address(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    if builder.group == Group::Ticket && !builder.booking.payments.is_empty() {
        return billing(builder, batch, segment);
    }
    let of_traveller = matches!(builder.group, Group::Traveller | Group::Ticket);
    let fields = match of_traveller {
        true if request::has_minor(builder, batch) => GUARDIAN,
        true => EMERGENCY,
        false => BOOKING,
    };
    batch.claim_rest(segment, 1, 1, fields.purpose);
    let list = match fields.value {
        Field::EmergencyValue => builder
            .open_passenger()
            .map(|passenger| &mut passenger.emergency_contacts),
        Field::MinorGuardianValue => Some(&mut minor(builder).guardians),
        _ => Some(&mut builder.booking.contacts),
    };
    // Those of nobody are read all the same: the account says where they went.
    let nobodys = &mut Vec::new();
    let list = list.unwrap_or(nobodys);
    let first = list.len();
    if list.is_empty() {
        // As a rule an address and a number.
        list.reserve_exact(2);
    }
    for parts in segment.elements(2) {
        one_address(batch, segment, parts, fields, list, first);
    }
}

/// The unaccompanied minor who is open.
#[expect(
    clippy::indexing_slicing,
    reason = "the position was found, or made just now"
)]
pub(super) fn minor(builder: &mut Builder) -> &mut Minor {
    let id = builder.passenger_id();
    let minors = &mut builder.booking.minors;
    let position = minors
        .iter()
        .position(|minor| minor.passenger == id)
        .unwrap_or(minors.len());
    if position == minors.len() {
        minors.push(Minor {
            passenger: id,
            ..Minor::default()
        });
    }
    &mut minors[position]
}

fn billing(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    for parts in segment.elements(2) {
        let Some(payment) = builder.booking.payments.last_mut() else {
            return;
        };
        payment.billing = Address::default();
        let whole = postal(&mut payment.billing, batch, parts, BILLING);
        batch.claim_part(&whole.purpose, Field::PaymentBillingStreet);
        if whole.text.len() > 0 {
            let phone = &mut payment.payer_phone;
            batch.fill_parts(phone, segment, whole.text, Field::PaymentPayerPhone);
        }
    }
}

/// `C032`: a postal address and, behind it, a telephone number or any other text. Those of the
/// segment stand in the list from the first one on.
fn one_address(
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    parts: Components<'_>,
    fields: Fields,
    contacts: &mut Vec<Contact>,
    first: usize,
) {
    let alone = parts.len() == 1 && contacts.len() == first;
    let Some(contact) = add(contacts) else { return };
    let whole = postal(&mut contact.address, batch, parts, fields.address);
    let is_postal = contact.address != Address::default();
    if is_postal {
        contact.kind = Some(ContactKind::Postal);
        contact.origin = Some(Origin::Field);
    } else {
        contacts.pop();
    }
    if let Some(text) = whole.purpose.filter(|_| alone)
        && text.element() > 2
    {
        // The text of a purpose that stands alone in the element before.
        let purpose = batch.peek(segment, text.element() - 1, 1).map(Text::from);
        let text = batch.take_found(&text, fields.value);
        for contact in add_text(contacts, &text, Origin::Field) {
            contact.purpose = purpose.clone();
        }
        return;
    }
    let purpose = batch.take_part(&whole.purpose, fields.purpose);
    batch.claim_parts(&whole.text, fields.value);
    let text = spread(whole.text, purpose.as_deref());
    if is_postal && let Some(contact) = contacts.last_mut() {
        contact.purpose = purpose.clone();
    }
    if let Some(text) = text {
        for contact in add_text(contacts, &text, Origin::Field) {
            contact.purpose = contact.purpose.take().or_else(|| purpose.clone());
        }
    }
}

/// Purposes whose one value some senders spread over components.
const SPREAD: [&str; 5] = ["E", "M", "H", "O", "N"];

/// The text behind an address.
fn spread<'s>(parts: Components<'s>, purpose: Option<&str>) -> Option<Cow<'s, str>> {
    if !purpose.is_some_and(|purpose| SPREAD.contains(&purpose)) {
        return joined(parts);
    }
    let text: String = parts
        .map(|found| trimmed(found.text()).into_owned())
        .collect();
    (!text.is_empty()).then_some(Cow::Owned(text))
}

/// What an element holds beside an address: its purpose, and what stands behind it.
struct Postal<'s> {
    purpose: Option<Component<'s>>,
    text: Components<'s>,
}

fn postal<'s>(
    address: &mut Address,
    batch: &mut Batch<'_, '_>,
    mut parts: Components<'s>,
    fields: [Field; 5],
) -> Postal<'s> {
    let [street, city, region, postcode, country] = fields;
    let [purpose, first, second, code, name, sixth, seventh] = parts.numbered();
    batch.fill_part(&mut address.street, &first, street);
    batch.fill_part(&mut address.city, &second, city);
    // A code, or else a name.
    batch.claim_part(&name, region);
    batch.fill_part(&mut address.region, &code.or(name), region);
    batch.fill_part(&mut address.country, &sixth, country);
    batch.fill_part(&mut address.postcode, &seventh, postcode);
    Postal {
        purpose,
        text: parts,
    }
}

/// Adds the contacts in a text to a list, or one that holds the text where nothing in it is a
/// number or an address; gives those that are new.
pub(super) fn add_text<'l>(
    list: &'l mut Vec<Contact>,
    text: &str,
    origin: Origin,
) -> &'l mut [Contact] {
    let (code, rest) = match contacts::introduction(text) {
        Some((code, rest)) => (Some(code), rest),
        None => (None, text),
    };
    let before = list.len();
    add_found(list, text, origin, code.as_deref(), rest);
    if list.len() == before
        && let Some(contact) = add(list)
    {
        contact.value = Some(Text::from(text));
        contact.origin = Some(origin);
    }
    list.get_mut(before..).unwrap_or_default()
}

/// Adds the contacts in a text to a list: in what follows the code in it.
fn add_found(list: &mut Vec<Contact>, text: &str, origin: Origin, code: Option<&str>, rest: &str) {
    for found in contacts::find_behind(rest) {
        let Some(contact) = add(list) else { return };
        contact.kind = Some(found.kind);
        if found.value != text {
            Text::put(&mut contact.received, text);
        }
        contact.value = Some(found.value);
        Text::put_some(&mut contact.purpose, code);
        contact.origin = Some(origin);
    }
}

/// Whether a code may stand first in `IFT` (PADIS 4451).
fn is_subject(code: &[u8]) -> bool {
    matches!(
        code,
        b"" | b"1"
            | b"2"
            | b"3"
            | b"4"
            | b"CHG"
            | b"PRD"
            | b"SAF"
            | b"SPH"
            | b"TRA"
            | b"ZZZ"
            | b"CD"
    )
}

/// `IFT`: fare calculation, payer, contact, or other text.
pub(super) fn text(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    let [subject, kind, _, carrier] = batch.rest(segment, 1, 1).numbered();
    let coded = subject.is_none_or(|subject| subject.read(is_subject));
    let kind = kind.and_then(|kind| kind.read(|kind| <[u8; 2]>::try_from(kind).ok()));
    match kind.as_ref() {
        _ if !coded => {
            let field = Some(Field::RemarkText);
            batch.doubt_at(Code::TextInPlaceOfCode, segment, (1, 1), field);
            information_text(builder, batch, segment, 1, RemarkKind::Osi, None);
        }
        Some(b"15") => ticket::calculation(builder, batch, segment),
        Some(b"43") => ticket::payer(builder, batch, segment),
        Some(b"19") if builder.booking.history.last().is_some() => {
            history::text(builder, batch, segment);
        }
        _ => {
            let remark = match kind.as_ref() {
                Some(b"28") => RemarkKind::Osi,
                _ => RemarkKind::Other,
            };
            information_text(builder, batch, segment, 2, remark, carrier);
        }
    }
}

fn information_text(
    builder: &mut Builder,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    from: u16,
    kind: RemarkKind,
    carrier: Option<Component<'_>>,
) {
    let text = batch.whole(segment, from).unwrap_or_default();
    if kind == RemarkKind::Osi
        && let Some(introduced) = contacts::introduction(&text)
        && osi_contact(builder, batch, segment, from, &carrier, &text, introduced)
    {
        return;
    }
    let code = if from > 1 {
        code_of(batch, segment)
    } else {
        None
    };
    let traveller = matches!(builder.group, Group::Traveller | Group::Ticket);
    batch.claim_at(segment, 1, 4, Field::RemarkCarrier);
    let remark = Remark {
        passenger: if traveller {
            builder.passenger_id()
        } else {
            Id::NONE
        },
        leg: if builder.group == Group::Leg {
            builder.leg_id()
        } else {
            Id::NONE
        },
        kind: Some(kind),
        code,
        carrier: carrier.map(|carrier| Text::from(carrier.value())),
        text: batch.take_text(segment, from, Field::RemarkText),
    };
    builder.booking.remarks.push(remark);
}

/// Subject, kind and status as one code: `4:28`, `4:15:9`.
fn code_of(batch: &mut Batch<'_, '_>, segment: &Segment<'_>) -> Option<Text> {
    let parts = (1..=3).filter_map(|at| batch.take(segment, 1, at, Field::RemarkCode));
    let code = parts.reduce(|code, part| Text::concat(&[&code, ":", &part]));
    batch.claim_rest(segment, 1, 5, Field::RemarkCode);
    code
}

/// Contact codes of somebody who sold the journey, not of who travels.
const AGENCY_CODES: [&str; 1] = ["CTCT"];

/// Reads a text as the contacts behind its code; whether there are some.
fn osi_contact(
    builder: &mut Builder,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    from: u16,
    carrier: &Option<Component<'_>>,
    text: &str,
    (code, rest): (Cow<'_, str>, &str),
) -> bool {
    let of_agency = AGENCY_CODES.contains(&&*code);
    let traveller = matches!(builder.group, Group::Traveller | Group::Ticket);
    let (fields, list) = match (of_agency, traveller) {
        (true, _) => (BOOKER, Some(&mut builder.booking.booker_contacts)),
        (false, true) => (
            PASSENGER,
            builder
                .open_passenger()
                .map(|passenger| &mut passenger.contacts),
        ),
        (false, false) => (BOOKING, Some(&mut builder.booking.contacts)),
    };
    let Some(list) = list else {
        return contacts::find_behind(rest).next().is_some();
    };
    let first = list.len();
    add_found(list, text, Origin::Osi, Some(&code), rest);
    let made = list.get_mut(first..).unwrap_or_default();
    if made.is_empty() {
        return false;
    }
    if let Some(carrier) = carrier {
        for contact in made {
            Text::put(&mut contact.status, &carrier.value());
        }
    }
    batch.claim_rest(segment, 1, 1, fields.origin);
    batch.claim_at(segment, 1, 4, fields.status);
    batch.claim_parts(&segment.components_from(from), fields.value);
    true
}
