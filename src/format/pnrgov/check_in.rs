//! Dates of the booking, its office, and what departure control adds to a leg:
//! check-ins, seats taken, baggage. None of it ever makes a new traveller.

use super::builder::{Builder, Group, add, add_said};
use super::{journey, link, ticket};
use crate::Field;
use crate::diagnostic::Code;
use crate::edifact::{Components, Segment};
use crate::format::batch::Batch;
use crate::model::{
    Agency, Bag, BagTag, BookingStatus, CheckIn, PoolRole, SeatKind, Text, WeightUnit, behind,
};

/// `DAT`: repetitions of qualifier, date, time, as elements or within one.
pub(super) fn dates(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    if matches!(builder.group, Group::Leg | Group::CheckIn) {
        let qualifier = batch.peek(segment, 1, 1).unwrap_or_default();
        if !matches!(&*qualifier, "700" | "710") {
            return open_check_in(builder, batch, segment, &qualifier);
        }
    }
    for parts in segment.elements(1) {
        date(builder, batch, segment, parts);
    }
}

fn date(
    builder: &mut Builder,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    mut parts: Components<'_>,
) {
    let [qualifier, day, time] = parts.numbered();
    let code = qualifier.map(|part| part.value()).unwrap_or_default();
    let Some(field) = date_field(builder, &code) else {
        return match &qualifier {
            Some(part) => batch.doubt_found(Code::UnknownCode, segment, part, None),
            None => batch.doubt(Code::UnknownCode, segment, None),
        };
    };
    batch.claim_part(&qualifier, field);
    let stamp = journey::stamp(batch, segment, &day, &time, field);
    match field {
        Field::BookingChanged => builder.booking.changed = stamp,
        Field::BookingTicketed => builder.booking.ticketed = stamp,
        _ => ticket::issued(builder, stamp),
    }
}

/// What a date means where it stands; nothing for qualifiers nobody knows.
fn date_field(builder: &Builder, qualifier: &str) -> Option<Field> {
    match (qualifier, builder.group) {
        ("700", _) => Some(Field::BookingChanged),
        ("710", Group::Ticket) => Some(Field::TicketIssued),
        ("710", _) => Some(Field::BookingTicketed),
        _ => None,
    }
}

/// `DAT` of GR.6: a check-in; its time, a text, or nothing at all.
fn open_check_in(
    builder: &mut Builder,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    qualifier: &str,
) {
    let Some(check_in) = add_check_in(builder) else {
        return;
    };
    batch.claim_at(segment, 1, 1, Field::CheckInAt);
    if qualifier == "3" {
        check_in.text = batch.take_joined(segment, 1, 2, Field::CheckInText);
    } else {
        let [_, day, time] = batch.rest(segment, 1, 1).numbered();
        check_in.at = journey::stamp(batch, segment, &day, &time, Field::CheckInAt);
    }
}

/// Adds a check-in of the open leg of which nothing else is known yet, and opens it.
fn add_check_in(builder: &mut Builder) -> Option<&mut CheckIn> {
    let leg = builder.leg_id();
    builder.group = Group::CheckIn;
    builder.check_in = Some(builder.booking.check_ins.len());
    let check_in = add(&mut builder.booking.check_ins)?;
    check_in.leg = leg;
    Some(check_in)
}

/// Adds a further check-in at the time of the one that is open, and opens it.
fn add_another(builder: &mut Builder) {
    let open = builder.check_in;
    if add_check_in(builder).is_none() {
        return;
    }
    if let Some((new, others)) = builder.booking.check_ins.split_last_mut()
        && let Some(open) = open.and_then(|position| others.get(position))
    {
        (new.leg, new.at) = (open.leg, open.at);
        new.text.clone_from(&open.text);
        // Seldom told, and long to copy.
        if open.agent != Agency::default() {
            new.agent.clone_from(&open.agent);
        }
    }
}

/// `ORG`: who sold the booking, or who checked somebody in. Empty, it says that
/// the booking was cancelled or left the reported flight.
pub(super) fn office(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    if matches!(builder.group, Group::Leg | Group::CheckIn) {
        if let Some(check_in) = open(builder) {
            read_agency(&mut check_in.agent, batch, segment, &AGENT);
        }
        return;
    }
    if segment.count() == 0 {
        // Separators alone are an empty office of a standing booking.
        if segment.len() <= 4 {
            builder.booking.status = Some(BookingStatus::Cancelled);
        }
        return;
    }
    read_agency(&mut builder.booking.agency, batch, segment, &AGENCY);
}

fn open(builder: &mut Builder) -> Option<&mut CheckIn> {
    match builder.check_in {
        None => add_check_in(builder),
        Some(position) => builder.booking.check_ins.get_mut(position),
    }
}

/// The member of an agency for an element and component of `ORG`, and its number.
fn member(agency: &mut Agency, place: (u16, u16)) -> Option<(usize, &mut Option<Text>)> {
    Some(match place {
        (1, 1) => (0, &mut agency.system),
        (1, 2) => (1, &mut agency.system_place),
        (2, 1) => (2, &mut agency.iata),
        OFFICE => (3, &mut agency.office),
        (3, 1) => (4, &mut agency.city),
        (4, 1) => (5, &mut agency.carrier),
        (4, 2) => (6, &mut agency.carrier_place),
        (5, 1) => (7, &mut agency.kind),
        (6, 1) => (8, &mut agency.country),
        (6, 2) => (9, &mut agency.currency),
        (6, 3) => (10, &mut agency.language),
        (7, 1) => (11, &mut agency.agent),
        (8, 1) => (12, &mut agency.line),
        (9, 1) => (13, &mut agency.party),
        _ => return None,
    })
}

/// Where the office stands.
const OFFICE: (u16, u16) = (2, 2);

/// `ORG` as an agency, each component into the field of its number.
pub(super) fn agency(
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    fields: &[Field; 14],
) -> Agency {
    let mut agency = Agency::default();
    read_agency(&mut agency, batch, segment, fields);
    agency
}

/// Reads `ORG` into an agency, of which nothing stays that was known before.
fn read_agency(
    agency: &mut Agency,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    fields: &[Field; 14],
) {
    *agency = Agency::default();
    for datum in segment.components() {
        let place = (datum.element(), datum.component());
        let Some((number, member)) = member(agency, place) else {
            continue;
        };
        let Some(field) = fields.get(number) else {
            continue;
        };
        batch.fill(member, &datum, *field);
        if place == OFFICE {
            add_rest(batch, segment, member, *field);
        }
    }
}

/// Further in-house identifiers of the office belong to it.
fn add_rest(
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    office: &mut Option<Text>,
    field: Field,
) {
    if let Some(more) = batch.take_joined(segment, 2, 3, field)
        && let Some(office) = office
    {
        *office = Text::concat(&[office, ":", &more]);
    }
}

const AGENCY: [Field; 14] = [
    Field::AgencySystem,
    Field::AgencySystemPlace,
    Field::AgencyIata,
    Field::AgencyOffice,
    Field::AgencyCity,
    Field::AgencyCarrier,
    Field::AgencyCarrierPlace,
    Field::AgencyKind,
    Field::AgencyCountry,
    Field::AgencyCurrency,
    Field::AgencyLanguage,
    Field::AgencyAgent,
    Field::AgencyLine,
    Field::AgencyParty,
];

const AGENT: [Field; 14] = [
    Field::CheckInAgentSystem,
    Field::CheckInAgentSystemPlace,
    Field::CheckInAgentIata,
    Field::CheckInAgentOffice,
    Field::CheckInAgentCity,
    Field::CheckInAgentCarrier,
    Field::CheckInAgentCarrierPlace,
    Field::CheckInAgentKind,
    Field::CheckInAgentCountry,
    Field::CheckInAgentCurrency,
    Field::CheckInAgentLanguage,
    Field::CheckInAgentAgent,
    Field::CheckInAgentLine,
    Field::CheckInAgentParty,
];

/// `TRI`: the traveller of a check-in and the boarding number. A further one
/// under the same `DAT` is a check-in of its own at the same time.
pub(super) fn traveller(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    if builder.leg.is_none() {
        return batch.doubt(Code::UnknownSegment, segment, None);
    }
    let taken =
        open(builder).is_some_and(|open| open.sequence.is_some() || !open.passenger.is_none());
    if taken {
        add_another(builder);
    }
    let sequence = batch.find(segment, 2, 1);
    batch.claim_part(&sequence, Field::CheckInSequence);
    let reference = batch.peek(segment, 2, 4);
    let found = reference
        .as_deref()
        .and_then(|reference| link::by_reference(&builder.booking, reference));
    if found.is_some() {
        batch.claim_at(segment, 2, 4, Field::PassengerReference);
    } else if reference.is_some() && reference == sequence.map(|sequence| sequence.value()) {
        // Some systems repeat the boarding number where the reference belongs.
        batch.claim_at(segment, 2, 4, Field::CheckInSequence);
    } else if reference.is_some() {
        batch.doubt_at(
            Code::ReferenceUnknown,
            segment,
            (2, 4),
            Some(Field::PassengerReference),
        );
    }
    builder.passenger = found;
    let id = builder.passenger_id();
    if let Some(check_in) = open(builder) {
        batch.fill_part(&mut check_in.sequence, &sequence, Field::CheckInSequence);
        check_in.passenger = id;
    }
}

/// `TIF` of GR.7: who was checked in. Nobody is added.
pub(super) fn name(
    builder: &mut Builder,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    found: Option<usize>,
) {
    if let Some(position) = found {
        claim_name(batch, segment);
        builder.passenger = Some(position);
        let id = builder.passenger_id();
        if let Some(check_in) = open(builder) {
            check_in.passenger = id;
        }
        return;
    }
    batch.doubt(
        Code::ReferenceUnknown,
        segment,
        Some(Field::PassengerReference),
    );
}

/// Says that the parts of a repeated name stand in the booking already.
fn claim_name(batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    batch.claim_rest(segment, 1, 1, Field::PassengerNameSurname);
    batch.claim_at(segment, 2, 1, Field::PassengerNameGiven);
    batch.claim_at(segment, 2, 2, Field::PassengerKind);
    batch.claim_at(segment, 2, 3, Field::PassengerReference);
    batch.claim_at(segment, 2, 4, Field::PassengerWithInfant);
}

/// `SSD`: the seat taken.
pub(super) fn seat(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    let (passenger, leg) = (builder.passenger_id(), builder.leg_id());
    add_said(&mut builder.booking.seats, |seat| {
        (seat.passenger, seat.leg) = (passenger, leg);
        seat.kind = Some(SeatKind::Taken);
        for datum in segment.components() {
            match datum.place() {
                (1, 1) => {
                    batch.claim(&datum, Field::SeatNumber);
                    Text::put(&mut seat.number, seat_number(&datum.value()));
                }
                (5, 1) => batch.fill(&mut seat.cabin, &datum, Field::SeatCabin),
                _ => {}
            }
        }
        seat.number.is_some() || seat.cabin.is_some()
    });
}

/// `039G` is seat `39G`.
pub(in crate::format) fn seat_number(number: &str) -> &str {
    let cut = behind(number, b'0');
    if cut.is_empty() { number } else { cut }
}

/// `TBD`: baggage. The pool and the tags stand in elements 4 and 5, or one
/// earlier where a sender left element 3 out.
pub(super) fn bags(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    let mut bag = Bag {
        passenger: builder.passenger_id(),
        leg: builder.leg_id(),
        status: batch.take_joined(segment, 1, 1, Field::BagStatus),
        pieces: batch.take_number(segment, 2, 1, Field::BagPieces),
        ..Bag::default()
    };
    (bag.weight, bag.unit, bag.unit_received) = weight(batch, segment, 2);
    let is_pool = |text: &str| matches!(text, "HP" | "MP");
    let pool = if batch.peek(segment, 3, 1).is_some_and(|text| is_pool(&text)) {
        3
    } else {
        4
    };
    if pool == 4 && batch.find(segment, 3, 1).is_some() {
        bag.pieces = bag
            .pieces
            .or(batch.take_number(segment, 3, 1, Field::BagPieces));
    }
    let role = batch.peek(segment, pool, 1);
    bag.pool = match role.as_deref() {
        Some("HP") => Some(PoolRole::Head),
        Some("MP") => Some(PoolRole::Member),
        _ => None,
    };
    if bag.pool.is_some() {
        batch.claim_at(segment, pool, 1, Field::BagPool);
    }
    bag.pool_id = batch.take_joined(segment, pool, 2, Field::BagPoolId);
    for element in pool + 1..=segment.last_element() {
        let parts = batch.rest(segment, element, 1);
        if parts.len() > 0 {
            bag.tags.push(tag(batch, segment, parts));
        }
    }
    builder.booking.bags.push(bag);
}

fn weight(
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    element: u16,
) -> (Option<u32>, Option<WeightUnit>, Option<Text>) {
    let weight = batch.take_number(segment, element, 2, Field::BagWeight);
    let unit = batch.take(segment, element, 3, Field::BagUnit);
    let known = match unit.as_deref() {
        Some("700") => Some(WeightUnit::Kilogram),
        Some("701") => Some(WeightUnit::Pound),
        _ => None,
    };
    (weight, known, unit.filter(|_| known.is_none()))
}

/// More consecutive tags than any traveller has.
const ABSURD_COUNT: u32 = 99;

/// `C358`: a run of tags; a blank may have slipped into the number. A lone
/// component without a company is a number.
fn tag(batch: &mut Batch<'_, '_>, segment: &Segment<'_>, mut parts: Components<'_>) -> BagTag {
    let lone = parts.clone().all(|part| part.component() != 2);
    let mut tag = BagTag::default();
    while let Some(part) = parts.next() {
        match part.component() {
            1 if !lone => batch.fill(&mut tag.carrier, &part, Field::BagTagCarrier),
            1 | 2 => {
                let number = batch.take_found(&part, Field::BagTagNumber);
                tag.number = Some(number.split(' ').collect());
            }
            3 => {
                tag.count = batch.take_found_number(segment, &part, Field::BagTagCount);
                if tag.count.is_some_and(|count| count > ABSURD_COUNT) {
                    let field = Some(Field::BagTagCount);
                    batch.doubt_found(Code::CountAbsurd, segment, &part, field);
                }
            }
            4 => batch.fill(&mut tag.destination, &part, Field::BagTagDestination),
            5 => batch.fill(&mut tag.issuer, &part, Field::BagTagIssuer),
            _ => batch.fill_parts(
                &mut tag.details,
                segment,
                parts.element(),
                Field::BagTagDetails,
            ),
        }
    }
    tag
}
