//! Travellers: names, loyalty, the carrier's own key.

use super::builder::{Builder, Group, add};
use super::{check_in, link};
use crate::Field;
use crate::diagnostic::Code;
use crate::edifact::{Component, Components, Segment};
use crate::format::batch::Batch;
use crate::model::{Group as Party, Loyalty, Name, Passenger, PassengerKind, Sex, Text, Title};

/// Pseudo-names of seats that nobody sits in.
const EXTRA_SEATS: [&str; 4] = ["EXST", "CBBG", "DIPL", "STCR"];

/// Bytes of a segment that may name several travellers: what 99 names of the
/// standard's length take.
const MOST_SHARED: usize = 16 << 10;

/// `TIF`: a group name, or one traveller for each element after the surname.
pub(super) fn names(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    if segment.count() == 0 {
        return batch.doubt(Code::EmptySegment, segment, None);
    }
    if matches!(builder.group, Group::Leg | Group::CheckIn) {
        let found = known(builder, batch, segment);
        if found.is_some() || builder.group == Group::CheckIn {
            return check_in::name(builder, batch, segment, found);
        }
    }
    if batch.peek(segment, 1, 2).as_deref() == Some("G") && batch.find(segment, 2, 1).is_none() {
        return party(builder, batch, segment);
    }
    let shared = [1, 2].map(|component| batch.find(segment, 1, component));
    batch.claim_part(&shared[1], Field::PassengerKind);
    for element in 2..=segment.last_element().max(2) {
        let parts = batch.rest(segment, element, 1);
        // Further elements without a name in them name nobody.
        if element > 2 && parts.clone().next().is_none_or(|part| part.component() > 1) {
            continue;
        }
        // A surname is copied for each of its given names, but not one of any length.
        let endless = element > 2 && segment.len() > MOST_SHARED;
        if builder.is_full() || endless {
            batch.doubt(Code::TooManyPersons, segment, None);
            break;
        }
        builder.passenger = builder.add_passenger().map(|(position, passenger)| {
            individual(passenger, batch, segment, parts);
            batch.fill_part(
                &mut passenger.name.surname,
                &shared[0],
                Field::PassengerNameSurname,
            );
            if is_extra_seat(&passenger.name) {
                passenger.kind = Some(PassengerKind::ExtraSeat);
            }
            position
        });
    }
    builder.ticket = None;
    // A misplaced name after a leg does not close the leg.
    if !matches!(builder.group, Group::Leg) {
        builder.group = Group::Traveller;
    }
}

/// The traveller that a repeated `TIF` means, by reference, then by name.
fn known(builder: &Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) -> Option<usize> {
    let surname = batch.peek(segment, 1, 1).unwrap_or_default();
    let given = batch.peek(segment, 2, 1).unwrap_or_default();
    let reference = batch.peek(segment, 2, 3);
    let by_reference =
        reference.and_then(|reference| link::by_reference(&builder.booking, &reference));
    by_reference.or_else(|| link::by_name(&builder.booking, &surname, Title::split_given(&given).0))
}

fn party(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    builder.booking.groups.push(Party {
        name: batch.take(segment, 1, 1, Field::GroupName),
        code: batch.take(segment, 1, 2, Field::GroupCode),
        size: batch.take_number(segment, 1, 3, Field::GroupSize),
    });
    builder.group = Group::Traveller;
}

/// What an element says of a traveller, all but the surname.
fn individual(
    passenger: &mut Passenger,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    mut parts: Components<'_>,
) {
    let mut other = None;
    while let Some(part) = parts.next() {
        match part.component() {
            1 => {
                batch.claim(&part, Field::PassengerNameGiven);
                name_as_given(&mut passenger.name, &part.value());
            }
            2 => describe(passenger, batch, segment, &part),
            3 => {
                batch.fill(&mut passenger.reference, &part, Field::PassengerReference);
            }
            4 => {
                batch.claim(&part, Field::PassengerWithInfant);
                passenger.with_infant = Some(part.value() != "0");
            }
            _ => batch.fill_parts(
                &mut other,
                segment,
                parts.element(),
                Field::PassengerNameGiven,
            ),
        }
    }
    if let Some(other) = other {
        let first = passenger.name.given.take();
        passenger.name.given = Some(match first {
            Some(first) => Text::concat(&[&first, " ", &other]),
            None => other,
        });
    }
}

fn is_extra_seat(name: &Name) -> bool {
    let part = |part: &Option<Text>| {
        part.as_deref()
            .is_some_and(|part| EXTRA_SEATS.contains(&part))
    };
    part(&name.given) || part(&name.surname)
}

/// Types of travellers (PADIS 6353): what they are, and the sex they state.
const TYPES: &[(&str, Option<PassengerKind>, Option<Sex>)] = &[
    ("A", Some(PassengerKind::Adult), None),
    ("C", Some(PassengerKind::Child), None),
    ("IN", Some(PassengerKind::Infant), None),
    ("IF", Some(PassengerKind::Infant), Some(Sex::Female)),
    ("IM", Some(PassengerKind::Infant), Some(Sex::Male)),
    ("F", None, Some(Sex::Female)),
    ("M", None, Some(Sex::Male)),
];

fn describe(
    passenger: &mut Passenger,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    part: &Component<'_>,
) {
    let code = part.value();
    match TYPES
        .iter()
        .find(|(known, ..)| code.eq_ignore_ascii_case(known))
    {
        Some((_, kind, sex)) => {
            batch.claim(part, Field::PassengerKind);
            (passenger.kind, passenger.sex) = (*kind, *sex);
        }
        None => {
            const FIELD: Field = Field::PassengerKindReceived;
            batch.doubt_found(Code::UnknownCode, segment, part, Some(FIELD));
            batch.fill(&mut passenger.kind_received, part, FIELD);
        }
    }
}

/// Given names as received, with a title at their end told apart.
pub(in crate::format) fn given(received: Option<&str>) -> Name {
    let mut name = Name::default();
    if let Some(received) = received {
        name_as_given(&mut name, received);
    }
    name
}

/// Given names of a name that has none yet, as [`given`] reads them.
pub(super) fn name_as_given(name: &mut Name, received: &str) {
    let (given, title) = Title::split_given(received);
    if !given.is_empty() {
        Text::put(&mut name.given, given);
    }
    name.title = title;
    if title.is_some() {
        Text::put(&mut name.received, received);
    }
}

/// `FTI`: memberships, one for each element.
pub(super) fn loyalty(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    for element in 1..=segment.last_element() {
        let reference = batch.peek(segment, element, 3);
        let named =
            reference.and_then(|reference| link::by_reference(&builder.booking, &reference));
        if named.is_some() {
            batch.claim_at(segment, element, 3, Field::PassengerReference);
        }
        let Some(position) = named.or(builder.passenger) else {
            batch.doubt(Code::ReferenceUnknown, segment, None);
            continue;
        };
        let Some(passenger) = builder.booking.passengers.get_mut(position) else {
            continue;
        };
        if let Some(loyalty) = add(&mut passenger.loyalty) {
            membership(loyalty, batch, segment, element);
        }
        merge_loyalty(passenger);
    }
}

/// What an element says of a membership.
fn membership(
    loyalty: &mut Loyalty,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    element: u16,
) {
    for part in batch.rest(segment, element, 1) {
        let (member, field) = match part.component() {
            1 => (&mut loyalty.carrier, Field::LoyaltyCarrier),
            2 => (&mut loyalty.number, Field::LoyaltyNumber),
            4 => (&mut loyalty.status, Field::LoyaltyStatus),
            5 => (&mut loyalty.level, Field::LoyaltyLevel),
            7 => (&mut loyalty.level_text, Field::LoyaltyLevelText),
            8 => (&mut loyalty.alliance, Field::LoyaltyAlliance),
            _ => continue,
        };
        batch.fill(member, &part, field);
    }
}

/// Of the last membership keeps no more than what is new, where it was known before.
pub(super) fn merge_loyalty(passenger: &mut Passenger) {
    let Some((loyalty, others)) = passenger.loyalty.split_last_mut() else {
        return;
    };
    let same =
        |known: &&mut Loyalty| known.number == loyalty.number && known.carrier == loyalty.carrier;
    if let Some(known) = others.iter_mut().find(same) {
        known.level = known.level.take().or(loyalty.level.take());
        known.level_text = known.level_text.take().or(loyalty.level_text.take());
        known.alliance = known.alliance.take().or(loyalty.alliance.take());
        known.status = known.status.take().or(loyalty.status.take());
        passenger.loyalty.pop();
    }
}

/// `REF`: the carrier system's lasting key of the traveller.
pub(super) fn customer(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    if builder.passenger.is_none() {
        return batch.doubt(
            Code::ReferenceUnknown,
            segment,
            Some(Field::PassengerCustomerId),
        );
    }
    let mut parts = batch.rest(segment, 1, 1);
    let [qualifier] = parts.numbered();
    let mut nobodys = None;
    let passenger = builder.open_passenger();
    let customer = passenger.map_or(&mut nobodys, |passenger| &mut passenger.customer_id);
    match parts.len() {
        0 => batch.fill_part(customer, &qualifier, Field::PassengerCustomerId),
        _ => {
            batch.claim_part(&qualifier, Field::PassengerCustomerId);
            batch.fill_parts(customer, segment, parts, Field::PassengerCustomerId);
        }
    }
}
