//! Legs, their status and locators; splits; services beside transport.

use super::builder::{Builder, Group, locator_kind};
use crate::Field;
use crate::diagnostic::Code;
use crate::edifact::Segment;
use crate::format::batch::{Batch, trimmed, upper};
use crate::format::dates::{self};
use crate::model::{
    Leg, LegKind, LegStatus, Locator, Mode, OtherService, Service, Split, Stop, StopScheme, Text,
    Timestamp, Zone,
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
    let fields = [Field::LegDeparture, Field::LegArrival];
    let (departure, arrival) = times(batch, segment, fields);
    let leg = Leg {
        mode: Some(Mode::Air),
        kind: Some(leg_kind(batch, segment)),
        from: stop(batch, segment, 2, [Field::LegFromCode, Field::LegFromName]),
        to: stop(batch, segment, 3, [Field::LegToCode, Field::LegToName]),
        departure,
        arrival,
        date_variation: batch.take(segment, 1, 5, Field::LegDateVariation),
        marketing: Service {
            carrier: batch.take(segment, 4, 1, Field::LegMarketingCarrier),
            number: number(batch, segment, 5, 1, Field::LegMarketingNumber),
            class: batch.take(segment, 5, 2, Field::LegMarketingClass),
            suffix: batch.take(segment, 5, 3, Field::LegMarketingSuffix),
        },
        operating: Service {
            carrier: batch.take(segment, 4, 2, Field::LegOperatingCarrier),
            ..Service::default()
        },
        ..Leg::default()
    };
    builder.add_leg(leg);
}

/// Whether this `TVL` has neither date nor points nor carrier and the open leg
/// names a second carrier whose flight is still missing.
fn is_operating(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) -> bool {
    let waits = |leg: &mut Leg| leg.operating.carrier.is_some() && leg.operating.number.is_none();
    if !builder.open_leg().is_some_and(waits) {
        return false;
    }
    let placeholder = batch
        .peek(segment, 5, 1)
        .is_some_and(|number| is_placeholder(&number));
    !placeholder && (1..=4).all(|element| batch.find(segment, element, 1).is_none())
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

fn is_placeholder(number: &str) -> bool {
    number.eq_ignore_ascii_case("ARNK") || number.eq_ignore_ascii_case("OPEN")
}

fn leg_kind(batch: &mut Batch<'_, '_>, segment: &Segment<'_>) -> LegKind {
    let Some(number) = batch.peek(segment, 5, 1) else {
        return LegKind::Travel;
    };
    let kind = match &*upper(number) {
        "ARNK" => LegKind::Surface,
        "OPEN" => LegKind::Open,
        _ => return LegKind::Travel,
    };
    batch.claim_at(segment, 5, 1, Field::LegKind);
    kind
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
    let number = trimmed(found.code());
    if is_placeholder(&number) {
        return None;
    }
    batch.claim(&found, field);
    Some(without_zeros(&number))
}

pub(in crate::format) fn without_zeros(number: &str) -> Text {
    let zeros = number.bytes().take_while(|byte| *byte == b'0').count();
    let cut = number.get(zeros..).unwrap_or_default();
    let is_number = cut
        .bytes()
        .next()
        .is_some_and(|first| first.is_ascii_digit());
    Text::from(if is_number { cut } else { number })
}

fn stop(
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    element: u16,
    fields: [Field; 2],
) -> Stop {
    let code = batch.take(segment, element, 1, fields[0]);
    let iata = |code: &Text| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_alphabetic());
    Stop {
        scheme: code.as_ref().map(|code| {
            if iata(code) {
                StopScheme::Iata
            } else {
                StopScheme::Free
            }
        }),
        code,
        name: batch.take_joined(segment, element, 2, fields[1]),
        time_zone: None,
    }
}

/// Departure and arrival: `DDMMYY:HHMM:DDMMYY:HHMM`, where the date of arrival
/// may be left out, with its separator or without it (a third value of four
/// digits is a time). Times are local at each stop.
pub(super) fn times(
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    fields: [Field; 2],
) -> (Option<Timestamp>, Option<Timestamp>) {
    let departure_day = date(batch, segment, 1, fields[0]);
    let departure = time(batch, segment, departure_day, 2, fields[0]);
    let third = batch.peek(segment, 1, 3);
    let (day, at) = match third {
        Some(text) if text.len() == 4 => (departure_day, 3),
        Some(_) => (date(batch, segment, 3, fields[1]), 4),
        None => (
            departure_day.filter(|_| batch.find(segment, 1, 4).is_some()),
            4,
        ),
    };
    (departure, time(batch, segment, day, at, fields[1]))
}

fn date(
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    component: u16,
    field: Field,
) -> Option<Timestamp> {
    let reference = batch.reference;
    batch.take_as(
        segment,
        (1, component),
        field,
        Code::UnreadableDate,
        |text| dates::ddmmyy(text, reference),
    )
}

fn time(
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    day: Option<Timestamp>,
    component: u16,
    field: Field,
) -> Option<Timestamp> {
    let day = day?;
    let read = |text: &str| dates::with_time(day, text);
    batch
        .take_as(segment, (1, component), field, Code::UnreadableTime, read)
        .or(Some(day))
}

/// `RPI`: travellers on the leg and its status.
pub(super) fn status(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    if builder.leg.is_none() {
        return batch.doubt(Code::UnknownSegment, segment, None);
    }
    let travellers = batch.take_number(segment, 1, 1, Field::LegTravellers);
    let received = batch.take_joined(segment, 2, 1, Field::LegStatus);
    let status = received.as_deref().and_then(leg_status);
    if received.is_some() && status.is_none() {
        batch.doubt_at(Code::UnknownCode, segment, (2, 1), Some(Field::LegStatus));
    }
    if let Some(leg) = builder.open_leg() {
        leg.travellers = travellers.or(leg.travellers);
        leg.status = status.or(leg.status);
        leg.status_received = received.or(leg.status_received.take());
    }
}

/// AIRIMP action and status codes.
fn leg_status(code: &str) -> Option<LegStatus> {
    Some(match &*upper(code.into()) {
        "HK" | "KK" | "KL" | "TK" | "RR" => LegStatus::Confirmed,
        "HL" | "US" | "UU" | "TL" | "KD" | "PC" => LegStatus::Waitlisted,
        "HN" | "NN" | "SS" | "PN" | "SA" | "LL" | "IN" => LegStatus::Requested,
        "UC" | "UN" | "NO" => LegStatus::Refused,
        "HX" | "XX" | "XK" | "XL" | "XR" | "NX" => LegStatus::Cancelled,
        "GK" | "GL" | "GN" | "BK" | "BL" | "YG" | "YK" | "PK" | "DS" => LegStatus::Passive,
        _ => return None,
    })
}

/// `APD`: aircraft, stops, duration.
pub(super) fn equipment(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    if builder.leg.is_none() {
        return batch.doubt(Code::UnknownSegment, segment, None);
    }
    let equipment = batch.take(segment, 1, 1, Field::LegEquipment);
    let stops = batch.take_number(segment, 1, 2, Field::LegStops);
    let duration = batch.take_joined(segment, 1, 3, Field::LegDuration);
    if let Some(leg) = builder.open_leg() {
        leg.equipment = equipment;
        leg.stops = stops;
        leg.duration = duration;
    }
}

/// `RCI`: locators of the booking, of a leg, or of the other half of a split.
pub(super) fn locators(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    for element in 1..=segment.last_element() {
        match builder.group {
            Group::Split => split_locator(builder, batch, segment, element),
            _ => locator(builder, batch, segment, element),
        }
    }
}

fn locator(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>, element: u16) {
    let fields = [
        Field::LocatorValue,
        Field::LocatorSystem,
        Field::LocatorControl,
        Field::LocatorCreated,
    ];
    let Some(parts) = locator_parts(batch, segment, element, fields) else {
        return;
    };
    let in_leg = matches!(builder.group, Group::Leg | Group::CheckIn);
    let locator = Locator {
        leg: if in_leg {
            builder.leg_id()
        } else {
            crate::model::Id::NONE
        },
        kind: Some(locator_kind(parts.control.as_deref())),
        value: parts.value,
        system: parts.system,
        control: parts.control,
        created: parts.created,
    };
    let same = |known: &Locator| known.value == locator.value && known.system == locator.system;
    if builder
        .booking
        .locators
        .iter()
        .any(|known| same(known) && (known.leg.is_none() || known.leg == locator.leg))
    {
        return;
    }
    if !in_leg {
        builder.booking.created = builder.booking.created.or(locator.created);
    }
    builder.booking.locators.push(locator);
}

fn split_locator(
    builder: &mut Builder,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    element: u16,
) {
    let fields = [
        Field::SplitLocator,
        Field::SplitSystem,
        Field::SplitControl,
        Field::SplitCreated,
    ];
    let Some(parts) = locator_parts(batch, segment, element, fields) else {
        return;
    };
    builder
        .booking
        .splits
        .retain(|split| split.locator.is_some());
    builder.booking.splits.push(Split {
        travellers: builder.moved,
        locator: parts.value,
        system: parts.system,
        control: parts.control,
        created: parts.created,
    });
}

struct LocatorParts {
    value: Option<Text>,
    system: Option<Text>,
    control: Option<Text>,
    created: Option<Timestamp>,
}

/// `C330`; some senders leave the control type out with its separator, so that
/// the date stands third. Dates are universal time unless agreed otherwise.
fn locator_parts(
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    element: u16,
    fields: [Field; 4],
) -> Option<LocatorParts> {
    batch.rest(segment, element, 0).next()?;
    let [value, system, control, created] = fields;
    let third = batch.peek(segment, element, 3).unwrap_or_default();
    let shifted = third.len() == 6 && third.bytes().all(|byte| byte.is_ascii_digit());
    let at = if shifted { 3 } else { 4 };
    if shifted {
        batch.doubt_at(Code::Shifted, segment, (element, 3), Some(created));
    }
    let reference = batch.reference;
    let day = batch.take_as(
        segment,
        (element, at),
        created,
        Code::UnreadableDate,
        |text| dates::ddmmyy(text, reference),
    );
    let stamp = day.map(|day| {
        let read = |text: &str| dates::with_time(day, text);
        let time = batch.take_as(
            segment,
            (element, at + 1),
            created,
            Code::UnreadableTime,
            read,
        );
        time.unwrap_or(day).zoned(Zone::Utc)
    });
    Some(LocatorParts {
        system: batch.take(segment, element, 1, system),
        value: batch.take(segment, element, 2, value),
        control: if shifted {
            None
        } else {
            batch.take(segment, element, 3, control)
        },
        created: stamp,
    })
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
    let (from, until) = times(
        batch,
        segment,
        [Field::OtherServiceFrom, Field::OtherServiceUntil],
    );
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
