//! The flight: `TDT`, and the places and times under it.
//!
//! One `TDT` with departure and arrival, one for each leg of a progressive
//! flight, or one with all its places in a row: a place is where a leg ends and,
//! if another follows, where the next one starts.

use super::{claim_first, code, dates, peek};
use crate::Field;
use crate::diagnostic::Code;
use crate::edifact::Segment;
use crate::format::batch::Batch;
use crate::format::dates::with_time;
use crate::format::pnrgov::without_zeros;
use crate::model::{Id, Journey, Leg, Mode, Service, Stop, StopScheme, Text, Timestamp, Zone};

/// The legs of a list, and the one that is being read.
#[derive(Default)]
pub(super) struct Itinerary {
    legs: Vec<Leg>,
    /// Whether the last leg belongs to the open `TDT`.
    open: bool,
    /// Whether the last leg was made because its places follow one another.
    chained: bool,
    /// What the last place was.
    place: Option<Place>,
    /// Departure from the last place, if it ends a leg.
    onward: Option<Timestamp>,
    /// The leg that crosses the border.
    crossing: Option<usize>,
    /// Whether the list is of a lorry, of which no mode of passengers is said.
    by_lorry: bool,
}

/// What a place of the flight is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// A leg starts there.
    Start,
    /// A leg ends there.
    End,
    /// One or the other.
    Either,
}

/// Places of flights (3227), with those of the old form and what stands for them.
const PLACES: &[(&str, Place)] = &[
    ("125", Place::Start),
    ("87", Place::End),
    ("130", Place::End),
    ("92", Place::Either),
    ("PT", Place::Either),
    ("5", Place::Start),
    ("8", Place::End),
    ("60", Place::End),
    ("22", Place::Either),
];

/// Modes of transport (8067, UN/ECE recommendation 19; 40 in the old form).
const MODES: &[(&str, Mode)] = &[
    ("1", Mode::Ferry),
    ("2", Mode::Rail),
    ("3", Mode::Coach),
    ("4", Mode::Air),
    ("40", Mode::Air),
];

/// More legs than this no flight has; each booking repeats them all.
const MOST_LEGS: usize = 99;

impl Itinerary {
    pub(super) fn legs(&self) -> &[Leg] {
        &self.legs
    }

    pub(super) fn is_known(&self) -> bool {
        !self.legs.is_empty()
    }

    /// The mode, where it is another than the provenance assumes.
    pub(super) fn mode(&self, assumed: Option<Mode>) -> Option<Mode> {
        let stated = self.legs.first().and_then(|leg| leg.mode);
        match stated {
            Some(Mode::Air) | None if !self.by_lorry => assumed,
            stated => stated,
        }
    }

    /// The leg that crosses the border, or else the first.
    pub(super) fn journey(&self) -> Option<Journey> {
        let leg = self.legs.get(self.crossing.unwrap_or_default())?;
        let service = leg.marketing.clone();
        Some(Journey {
            carrier: service.carrier,
            number: service.number,
            suffix: service.suffix,
            from: leg.from.code.clone(),
            to: leg.to.code.clone(),
            departure: leg.departure,
            arrival: leg.arrival,
            ..Journey::default()
        })
    }

    /// Adds a leg, if there is room.
    fn push(&mut self, leg: Leg) -> bool {
        if self.legs.len() >= MOST_LEGS {
            return false;
        }
        let id = u16::try_from(self.legs.len() + 1).unwrap_or(u16::MAX);
        self.legs.push(Leg {
            id: Id::new(id),
            departure: leg.departure.or(self.onward.take()),
            ..leg
        });
        self.open = true;
        self.chained = false;
        true
    }

    /// Another leg of the same flight.
    fn next(&mut self, from: Stop, to: Stop) -> bool {
        let before = self.legs.last().filter(|_| self.open);
        let leg = Leg {
            mode: before.map_or(Some(Mode::Air), |leg| leg.mode),
            marketing: before.map(|leg| leg.marketing.clone()).unwrap_or_default(),
            operating: before.map(|leg| leg.operating.clone()).unwrap_or_default(),
            reported: before.and_then(|leg| leg.reported),
            from,
            to,
            ..Leg::default()
        };
        self.push(leg)
    }

    /// Puts a place where it belongs; false where there is no room for it.
    fn visit(&mut self, place: Place, stop: Stop) -> bool {
        self.place = Some(place);
        let Some(leg) = self.legs.last_mut().filter(|_| self.open) else {
            return match place {
                Place::End => self.next(Stop::default(), stop),
                _ => self.next(stop, Stop::default()),
            };
        };
        let (starts, ends) = (leg.from.code.is_some(), leg.to.code.is_some());
        match place {
            Place::Start | Place::Either if !starts && !ends => leg.from = stop,
            Place::Start => return self.next(stop, Stop::default()),
            Place::End | Place::Either if !ends => leg.to = stop,
            Place::Either if leg.to.code == stop.code => {
                return self.next(stop, Stop::default());
            }
            _ => {
                let from = leg.to.clone();
                let added = self.next(from, stop);
                self.chained = place == Place::Either && added;
                return added;
            }
        }
        true
    }

    /// A departure from the last place.
    fn depart(&mut self, at: Timestamp) {
        let (place, chained) = (self.place, self.chained);
        let Some(leg) = self.legs.last_mut() else {
            return;
        };
        let waits = leg.departure.is_none();
        if leg.to.code.is_none() || (waits && place == Some(Place::End)) {
            leg.departure = leg.departure.or(Some(at));
        } else if chained && waits && leg.arrival.is_none() {
            // Nobody flew here: a pair of places follows a pair of others.
            leg.from = std::mem::take(&mut leg.to);
            leg.departure = Some(at);
            self.chained = false;
        } else {
            self.onward = Some(at);
        }
    }

    fn arrive(&mut self, at: Timestamp) {
        if let Some(leg) = self.legs.last_mut() {
            leg.arrival = leg.arrival.or(Some(at));
        }
    }
}

/// `TDT`: a flight, or one leg of it.
pub(super) fn flight(itinerary: &mut Itinerary, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    itinerary.onward = None;
    let (marketing, operating) = services(batch, segment);
    let mode = batch.peek(segment, 3, 1);
    let known = MODES
        .iter()
        .find(|(code, _)| Some(*code) == mode.as_deref());
    if known.is_some() {
        batch.claim_at(segment, 3, 1, Field::LegMode);
    }
    let qualifier = batch.take(segment, 1, 1, Field::LegReported);
    itinerary.by_lorry = qualifier.as_deref() == Some("11");
    let by_air = !itinerary.by_lorry && mode.is_none();
    let leg = Leg {
        mode: known.map(|(_, mode)| *mode).or(by_air.then_some(Mode::Air)),
        marketing,
        operating,
        reported: Some(true),
        ..Leg::default()
    };
    if !itinerary.push(leg) {
        batch.doubt(Code::CountAbsurd, segment, None);
    }
}

/// The flight number with the carrier before it, and the carrier beside it.
fn services(batch: &mut Batch<'_, '_>, segment: &Segment<'_>) -> (Service, Service) {
    let element = if batch.find(segment, 5, 1).is_some() {
        5
    } else {
        4
    };
    let beside = batch.take(segment, element, 1, Field::LegMarketingCarrier);
    batch.claim_at(segment, element, 2, Field::LegMarketingCarrier);
    batch.claim_at(segment, element, 3, Field::LegMarketingCarrier);
    let Some(whole) = batch.take(segment, 2, 1, Field::LegMarketingNumber) else {
        let carrier = beside;
        return (
            Service {
                carrier,
                ..Service::default()
            },
            Service::default(),
        );
    };
    let whole = whole.replace(' ', "");
    let (carrier, rest) = split(&whole, beside.as_deref());
    let (number, suffix) = cut_suffix(rest);
    let marketing = Service {
        carrier: carrier.map(Text::from).or_else(|| beside.clone()),
        number: Some(without_zeros(number).into()),
        suffix,
        class: None,
    };
    let other = beside.filter(|beside| marketing.carrier.as_ref() != Some(beside));
    if other.is_some() {
        batch.doubt_at(
            Code::Conflict,
            segment,
            (element, 1),
            Some(Field::LegOperatingCarrier),
        );
        batch.claim_at(segment, element, 1, Field::LegOperatingCarrier);
    }
    let operating = Service {
        carrier: other,
        ..Service::default()
    };
    (marketing, operating)
}

/// Carrier and number: the carrier that stands beside, else three letters before
/// a digit (ICAO), else two characters of which one is a letter (IATA).
fn split<'t>(whole: &'t str, beside: Option<&str>) -> (Option<&'t str>, &'t str) {
    if let Some(beside) = beside
        && let Some((start, rest)) = whole.split_at_checked(beside.len())
        && start.eq_ignore_ascii_case(beside)
        && rest.starts_with(|c: char| c.is_ascii_digit())
    {
        return (Some(start), rest);
    }
    for width in [3, 2] {
        let Some((start, rest)) = whole.split_at_checked(width) else {
            continue;
        };
        let letters = start.bytes().filter(u8::is_ascii_alphabetic).count();
        let fits = letters == 3 || (width == 2 && letters > 0);
        if fits
            && start.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && rest.starts_with(|c: char| c.is_ascii_digit())
        {
            return (Some(start), rest);
        }
    }
    (None, whole)
}

/// `602A` is flight 602 with the operational suffix `A`.
fn cut_suffix(number: &str) -> (&str, Option<Text>) {
    let digits = number.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = number.get(digits.len()..).unwrap_or_default();
    if suffix.len() == 1 && !digits.is_empty() {
        (digits, Some(Text::from(suffix)))
    } else {
        (number, None)
    }
}

/// `LOC` under a flight.
pub(super) fn place(itinerary: &mut Itinerary, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    let qualifier = code(segment);
    let short = qualifier.trim_start_matches('0');
    let Some((_, place)) = PLACES.iter().find(|(known, _)| *known == short) else {
        return batch.doubt_at(Code::UnknownCode, segment, (1, 1), None);
    };
    let Some(value) = peek(batch, segment, (2, 1)) else {
        return batch.doubt(Code::EmptySegment, segment, None);
    };
    let stop = Stop {
        scheme: Some(scheme(&value)),
        code: Some(value),
        ..Stop::default()
    };
    if short == "125" {
        itinerary.crossing = None;
    }
    if !itinerary.visit(*place, stop) {
        return batch.doubt(Code::CountAbsurd, segment, None);
    }
    if matches!(short, "125" | "87") && itinerary.crossing.is_none() {
        itinerary.crossing = itinerary.legs.len().checked_sub(1);
    }
    let field = match place {
        Place::End => Field::LegToCode,
        _ => Field::LegFromCode,
    };
    batch.claim_at(segment, 1, 1, field);
    batch.claim_rest(segment, 2, 1, field);
}

pub(super) fn scheme(code: &str) -> StopScheme {
    let letters = code.bytes().all(|byte| byte.is_ascii_alphabetic());
    let coded = code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    match code.len() {
        3 if letters => StopScheme::Iata,
        4 if letters => StopScheme::Icao,
        5 if coded => StopScheme::UnLocode,
        _ => StopScheme::Free,
    }
}

/// `DTM` under a flight.
pub(super) fn time(itinerary: &mut Itinerary, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    let field = match &*code(segment) {
        "189" | "136" | "133" => Field::LegDeparture,
        "232" | "132" => Field::LegArrival,
        _ => return,
    };
    if !itinerary.is_known() {
        return;
    }
    let at = if batch.find(segment, 1, 2).is_some() {
        stamp(batch, segment, field)
    } else {
        old_stamp(batch, segment, field)
    };
    match (at, field) {
        (None, _) => {}
        (Some(at), Field::LegDeparture) => itinerary.depart(at),
        (Some(at), _) => itinerary.arrive(at),
    }
}

fn stamp(batch: &mut Batch<'_, '_>, segment: &Segment<'_>, field: Field) -> Option<Timestamp> {
    let reference = batch.reference;
    let at = batch.take_as(segment, (1, 2), field, Code::UnreadableDate, |text| {
        dates::stamp(text, reference)
    })?;
    claim_first(batch, segment, field);
    Some(at)
}

/// Date, time and distance from universal time in elements of their own.
fn old_stamp(batch: &mut Batch<'_, '_>, segment: &Segment<'_>, field: Field) -> Option<Timestamp> {
    let reference = batch.reference;
    let day = batch.take_as(segment, (2, 1), field, Code::UnreadableDate, |text| {
        dates::stamp(text, reference)
    })?;
    claim_first(batch, segment, field);
    let at = batch.take_as(segment, (3, 1), field, Code::UnreadableTime, |text| {
        with_time(day, text)
    });
    let zone = batch.take_as(segment, (4, 1), field, Code::UnreadableTime, offset);
    Some(at.unwrap_or(day).zoned(zone.unwrap_or(Zone::Unstated)))
}

/// `P8` is to be added to reach universal time, and so lies west: senders write
/// `P` for America and `M` for New Zealand.
fn offset(text: &str) -> Option<Zone> {
    let (sign, hours) = text.split_at_checked(1)?;
    let hours: i16 = hours
        .parse()
        .ok()
        .filter(|hours| (0..=15).contains(hours))?;
    match sign {
        "P" => Some(Zone::Offset(-hours * 60)),
        "M" => Some(Zone::Offset(hours * 60)),
        _ => None,
    }
}
