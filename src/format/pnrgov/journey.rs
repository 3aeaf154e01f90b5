//! Legs, their status and locators; splits; services beside transport.

use super::builder::{Builder, Group, locator_kind};
use crate::Field;
use crate::diagnostic::Code;
use crate::edifact::{Component, Components, Segment};
use crate::format::batch::Batch;
use crate::format::codes::Codes;
use crate::format::dates;
use crate::model::{
    Id, Leg, LegKind, LegStatus, Locator, Mode, OtherService, Service, Split, Stop, StopScheme,
    Text, Timestamp, Zone, behind,
};

/// `TVL`: a leg, the operating flight of the open one, or another service.
pub(super) fn travel(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    if segment.count() == 0 {
        return batch.doubt(Code::EmptySegment, segment, None);
    }
    if builder.group == Group::Other {
        return supply(builder, batch, segment);
    }
    if is_operating(builder, batch, segment) {
        return second_flight(builder, batch, segment);
    }
    let Some(leg) = builder.add_leg() else { return };
    leg.mode = Some(Mode::Air);
    leg.kind = Some(LegKind::Travel);
    let mut data = segment.components_from(1);
    while let Some(datum) = data.next() {
        match datum.place() {
            (1, _) => {
                let [parts @ .., variation] = &data.element().numbered::<5>();
                let fields = [Field::LegDeparture, Field::LegArrival];
                (leg.departure, leg.arrival) = times(batch, segment, parts, fields);
                leg.date_variation = batch.take_part(variation, Field::LegDateVariation);
            }
            (2, 1) => start(&mut leg.from, batch, &datum, Field::LegFromCode),
            (2, _) => {
                batch.fill_parts(
                    &mut leg.from.name,
                    segment,
                    data.element(),
                    Field::LegFromName,
                );
            }
            (3, 1) => start(&mut leg.to, batch, &datum, Field::LegToCode),
            (3, _) => batch.fill_parts(&mut leg.to.name, segment, data.element(), Field::LegToName),
            (4, 1) => {
                batch.fill(
                    &mut leg.marketing.carrier,
                    &datum,
                    Field::LegMarketingCarrier,
                );
            }
            (4, 2) => {
                batch.fill(
                    &mut leg.operating.carrier,
                    &datum,
                    Field::LegOperatingCarrier,
                );
            }
            (5, 1) => flown(leg, batch, &datum),
            (5, 2) => {
                batch.fill(&mut leg.marketing.class, &datum, Field::LegMarketingClass);
            }
            (5, 3) => {
                batch.fill(&mut leg.marketing.suffix, &datum, Field::LegMarketingSuffix);
            }
            _ => {}
        }
    }
}

/// A stop by its code: that of an airport, or any other.
fn start(stop: &mut Stop, batch: &mut Batch<'_, '_>, datum: &Component<'_>, field: Field) {
    batch.fill(&mut stop.code, datum, field);
    let code = stop.code.as_deref().unwrap_or_default();
    let is_iata = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_alphabetic());
    let scheme = if is_iata {
        StopScheme::Iata
    } else {
        StopScheme::Free
    };
    stop.scheme = Some(scheme);
}

/// The flight number, or the word in its place that says what the leg is.
fn flown(leg: &mut Leg, batch: &mut Batch<'_, '_>, datum: &Component<'_>) {
    let number = datum.value();
    match placeholder(&number) {
        Some(kind) => {
            batch.claim(datum, Field::LegKind);
            leg.kind = Some(kind);
        }
        None => {
            batch.claim(datum, Field::LegMarketingNumber);
            Text::put(&mut leg.marketing.number, without_zeros(&number));
        }
    }
}

/// Whether this `TVL` has neither date nor points nor carrier and the open leg
/// names a second carrier whose flight is still missing.
fn is_operating(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) -> bool {
    let waits = |leg: &mut Leg| leg.operating.carrier.is_some() && leg.operating.number.is_none();
    if !builder.open_leg().is_some_and(waits) {
        return false;
    }
    let number = batch.peek(segment, 5, 1);
    let stands_in = number.is_some_and(|number| placeholder(&number).is_some());
    !stands_in && (1..=4).all(|element| batch.find(segment, element, 1).is_none())
}

fn second_flight(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    let flight = flight(batch, segment, 5);
    if let Some(leg) = builder.open_leg() {
        leg.operating = Service {
            carrier: leg.operating.carrier.take(),
            ..flight
        };
    }
}

fn flight(batch: &mut Batch<'_, '_>, segment: &Segment<'_>, element: u16) -> Service {
    Service {
        carrier: None,
        number: number(batch, segment, element, 1, Field::LegOperatingNumber),
        class: batch.take(segment, element, 2, Field::LegOperatingClass),
        suffix: batch.take(segment, element, 3, Field::LegOperatingSuffix),
    }
}

/// `TRA`: the operating flight, from version 14.1 on.
pub(super) fn operating(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    if builder.leg.is_none() {
        return batch.doubt(Code::UnknownSegment, segment, None);
    }
    let carrier = batch.take(segment, 1, 1, Field::LegOperatingCarrier);
    let flight = flight(batch, segment, 2);
    if let Some(leg) = builder.open_leg() {
        let carrier = carrier.or(leg.operating.carrier.take());
        leg.operating = Service { carrier, ..flight };
    }
}

/// What a word in place of a flight number says of the leg.
fn placeholder(number: &str) -> Option<LegKind> {
    let kinds = [("ARNK", LegKind::Surface), ("OPEN", LegKind::Open)];
    let known = kinds.iter().find(|row| number.eq_ignore_ascii_case(row.0));
    known.map(|row| row.1)
}

/// A flight number without leading zeros; nothing for the placeholders.
fn number(
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    element: u16,
    component: u16,
    field: Field,
) -> Option<Text> {
    let found = batch.find(segment, element, component)?;
    let number = found.value();
    if placeholder(&number).is_some() {
        return None;
    }
    batch.claim(&found, field);
    Some(without_zeros(&number).into())
}

pub(in crate::format) fn without_zeros(number: &str) -> &str {
    let cut = behind(number, b'0');
    let is_number = cut
        .bytes()
        .next()
        .is_some_and(|first| first.is_ascii_digit());
    if is_number { cut } else { number }
}

/// Departure and arrival: `DDMMYY:HHMM:DDMMYY:HHMM`, where the date of arrival
/// may be left out, with its separator or without it (a third value of four
/// digits is a time). Times are local at each stop.
pub(super) fn times(
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    parts: &[Option<Component<'_>>; 4],
    fields: [Field; 2],
) -> (Option<Timestamp>, Option<Timestamp>) {
    let [first, second, third, fourth] = parts;
    let departure_day = date(batch, segment, first, fields[0]);
    let departure = time(batch, segment, departure_day, second, fields[0]);
    let (day, at) = match third {
        Some(part) if part.value().len() == 4 => (departure_day, third),
        Some(_) => (date(batch, segment, third, fields[1]), fourth),
        None => (departure_day.filter(|_| fourth.is_some()), fourth),
    };
    (departure, time(batch, segment, day, at, fields[1]))
}

/// Date and time of a locator or of what was done: universal time unless agreed otherwise.
pub(super) fn stamp(
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    day: &Option<Component<'_>>,
    at: &Option<Component<'_>>,
    field: Field,
) -> Option<Timestamp> {
    let day = date(batch, segment, day, field);
    time(batch, segment, day, at, field).map(|stamp| stamp.zoned(Zone::Utc))
}

fn date(
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    part: &Option<Component<'_>>,
    field: Field,
) -> Option<Timestamp> {
    let reference = batch.reference;
    let read = |text: &str| dates::ddmmyy(text, reference);
    batch.take_found_as(segment, part.as_ref()?, field, Code::UnreadableDate, read)
}

/// A day with the time that stands behind it, if one can be read.
pub(super) fn time(
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    day: Option<Timestamp>,
    part: &Option<Component<'_>>,
    field: Field,
) -> Option<Timestamp> {
    let day = day?;
    let Some(part) = part else { return Some(day) };
    let read = |text: &str| dates::with_time(day, text);
    let time = batch.take_found_as(segment, part, field, Code::UnreadableTime, read);
    time.or(Some(day))
}

/// `RPI`: travellers on the leg and its status.
pub(super) fn status(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    let Some(leg) = builder.open_leg() else {
        return batch.doubt(Code::UnknownSegment, segment, None);
    };
    let mut data = segment.components_from(1);
    while let Some(datum) = data.next() {
        match datum.place() {
            (1, 1) => {
                let travellers = batch.take_found_number(segment, &datum, Field::LegTravellers);
                leg.travellers = travellers.or(leg.travellers);
            }
            (2, _) => {
                batch.fill_parts(
                    &mut leg.status_received,
                    segment,
                    data.element(),
                    Field::LegStatus,
                );
                let status = leg.status_received.as_deref().and_then(leg_status);
                if status.is_none() {
                    batch.doubt_at(Code::UnknownCode, segment, (2, 1), Some(Field::LegStatus));
                }
                leg.status = status.or(leg.status);
            }
            _ => {}
        }
    }
}

/// AIRIMP action and status codes.
fn leg_status(code: &str) -> Option<LegStatus> {
    static CODES: Codes<LegStatus, 256> = Codes::of(&[
        (LegStatus::Confirmed, &[b"HK", b"KK", b"KL", b"TK", b"RR"]),
        (
            LegStatus::Waitlisted,
            &[b"HL", b"US", b"UU", b"TL", b"KD", b"PC"],
        ),
        (
            LegStatus::Requested,
            &[b"HN", b"NN", b"SS", b"PN", b"SA", b"LL", b"IN"],
        ),
        (LegStatus::Refused, &[b"UC", b"UN", b"NO"]),
        (
            LegStatus::Cancelled,
            &[b"HX", b"XX", b"XK", b"XL", b"XR", b"NX"],
        ),
        (
            LegStatus::Passive,
            &[
                b"GK", b"GL", b"GN", b"BK", b"BL", b"YG", b"YK", b"PK", b"DS",
            ],
        ),
    ]);
    let letters: &[u8; 2] = code.as_bytes().try_into().ok()?;
    CODES.get(&letters.map(|letter| letter.to_ascii_uppercase()))
}

/// `APD`: aircraft, stops, duration.
pub(super) fn equipment(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    let Some(leg) = builder.open_leg() else {
        return batch.doubt(Code::UnknownSegment, segment, None);
    };
    let mut data = segment.components_from(1);
    while let Some(datum) = data.next() {
        match datum.place() {
            (1, 1) => batch.fill(&mut leg.equipment, &datum, Field::LegEquipment),
            (1, 2) => leg.stops = batch.take_found_number(segment, &datum, Field::LegStops),
            (1, _) => batch.fill_parts(
                &mut leg.duration,
                segment,
                data.element(),
                Field::LegDuration,
            ),
            _ => {}
        }
    }
}

/// `RCI`: locators of the booking, of a leg, or of the other half of a split.
pub(super) fn locators(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    for parts in segment.elements(1) {
        match builder.group {
            Group::Split => split_locator(builder, batch, segment, parts),
            _ => locator(builder, batch, segment, parts),
        }
    }
}

fn locator(
    builder: &mut Builder,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    parts: Components<'_>,
) {
    let fields = [
        Field::LocatorValue,
        Field::LocatorSystem,
        Field::LocatorControl,
        Field::LocatorCreated,
    ];
    let in_leg = matches!(builder.group, Group::Leg | Group::CheckIn);
    let leg = if in_leg { builder.leg_id() } else { Id::NONE };
    let booking = &mut *builder.booking;
    booking.locators.push(Locator {
        leg,
        ..Locator::default()
    });
    let Some((locator, others)) = booking.locators.split_last_mut() else {
        return;
    };
    let Locator {
        value,
        system,
        control,
        ..
    } = locator;
    locator.created = locator_parts(batch, segment, parts, fields, [value, system, control]);
    locator.kind = Some(locator_kind(locator.control.as_deref()));
    let same = |known: &Locator| known.value == locator.value && known.system == locator.system;
    let mut others = others.iter();
    if others.any(|known| same(known) && (known.leg.is_none() || known.leg == leg)) {
        booking.locators.pop();
    } else if !in_leg {
        booking.created = booking.created.or(locator.created);
    }
}

fn split_locator(
    builder: &mut Builder,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    parts: Components<'_>,
) {
    let fields = [
        Field::SplitLocator,
        Field::SplitSystem,
        Field::SplitControl,
        Field::SplitCreated,
    ];
    let mut split = Split {
        travellers: builder.moved,
        ..Split::default()
    };
    let Split {
        locator,
        system,
        control,
        ..
    } = &mut split;
    split.created = locator_parts(batch, segment, parts, fields, [locator, system, control]);
    let splits = &mut builder.booking.splits;
    splits.retain(|split| split.locator.is_some());
    splits.push(split);
}

/// `C330`, its value, system and control type into these members; some senders leave the control
/// type out with its separator, so that the date stands third. When it was made: universal time
/// unless agreed otherwise.
fn locator_parts(
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    mut parts: Components<'_>,
    fields: [Field; 4],
    members: [&mut Option<Text>; 3],
) -> Option<Timestamp> {
    let [system, value, control, mut day, mut time] = parts.numbered();
    let is_date = |part: &Component<'_>| {
        let text = part.value();
        text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let shifted = control.filter(is_date);
    if let Some(part) = &shifted {
        batch.doubt_found(Code::Shifted, segment, part, Some(fields[3]));
        (day, time) = (shifted, day);
    }
    let control = control.filter(|_| shifted.is_none());
    let found = [value, system, control];
    for ((member, part), field) in members.into_iter().zip(&found).zip(fields) {
        batch.fill_part(member, part, field);
    }
    stamp(batch, segment, &day, &time, fields[3])
}

/// `EQN` inside a booking: travellers who moved to or from another one.
pub(super) fn split(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    builder.group = Group::Split;
    builder.moved = batch.take_number(segment, 1, 1, Field::SplitTravellers);
    builder.booking.splits.push(Split {
        travellers: builder.moved,
        ..Split::default()
    });
}

/// `MSG` inside a booking: the next `TVL` is another service.
pub(super) fn other_service(
    builder: &mut Builder,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
) {
    builder.group = Group::Other;
    let kind = batch.take_joined(segment, 1, 1, Field::OtherServiceKind);
    builder.booking.other_services.push(OtherService {
        kind,
        ..OtherService::default()
    });
}

fn supply(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    let fields = [Field::OtherServiceFrom, Field::OtherServiceUntil];
    let parts = batch.rest(segment, 1, 1).numbered();
    let (from, until) = times(batch, segment, &parts, fields);
    let service = OtherService {
        kind: None,
        from,
        until,
        place: batch.take(segment, 2, 1, Field::OtherServicePlace),
        name: batch.take_joined(segment, 2, 2, Field::OtherServiceName),
        until_place: batch.take_joined(segment, 3, 1, Field::OtherServiceUntilPlace),
        supplier: batch.take_joined(segment, 4, 1, Field::OtherServiceSupplier),
        number: batch.take(segment, 5, 1, Field::OtherServiceNumber),
        class: batch.take_joined(segment, 5, 2, Field::OtherServiceClass),
    };
    match builder.booking.other_services.last_mut() {
        Some(open) => {
            *open = OtherService {
                kind: open.kind.take(),
                ..service
            }
        }
        None => builder.booking.other_services.push(service),
    }
    builder.group = Group::Booking;
}
