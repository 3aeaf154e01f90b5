//! What stands before the persons, and behind them: the kind of list, who
//! reports, the flight, and how many persons the list declares.

use super::itinerary::{self, Itinerary};
use super::{claim_first, code, peek, take_all, take_words, words};
use crate::Field;
use crate::diagnostic::Code;
use crate::edifact::Segment;
use crate::format::batch::Batch;
use crate::model::{BookingStatus, Provenance, Push, Text};

/// What `BGM` says of the list.
#[derive(Default)]
pub(super) struct List {
    code: Option<Text>,
    action: Option<Text>,
}

/// Kinds of lists (1001) without bookings: flight status, request for gate passes.
const WITHOUT_BOOKINGS: &[&str] = &["266", "655"];

/// What a list does to what was sent before (1004).
const ACTIONS: &[(&str, Push, BookingStatus)] = &[
    ("CP", Push::Update, BookingStatus::Active),
    ("RP", Push::Update, BookingStatus::Active),
    ("XR", Push::Update, BookingStatus::Cancelled),
    ("CC", Push::Update, BookingStatus::Active),
    ("BC", Push::Update, BookingStatus::Active),
    ("EC", Push::Update, BookingStatus::Active),
    ("FC", Push::Update, BookingStatus::Active),
    ("G", Push::Update, BookingStatus::Active),
    ("H", Push::Update, BookingStatus::Cancelled),
    ("I", Push::Update, BookingStatus::Active),
];

impl List {
    pub(super) fn holds_bookings(&self) -> bool {
        let is = |code: &Text| WITHOUT_BOOKINGS.contains(&code.as_str());
        !self.code.as_ref().is_some_and(is)
    }

    fn action(&self) -> Option<&'static (&'static str, Push, BookingStatus)> {
        let action = self.action.as_deref()?;
        ACTIONS.iter().find(|row| row.0 == action)
    }

    pub(super) fn status(&self) -> BookingStatus {
        self.action().map_or(BookingStatus::Active, |row| row.2)
    }
}

pub(super) fn lead(
    list: &mut List,
    itinerary: &mut Itinerary,
    batch: &mut Batch<'_, '_>,
    provenance: &mut Provenance,
) {
    for segment in batch.segments {
        let segment = &segment;
        if segment.is_fragment() {
            continue;
        }
        match segment.tag().as_str() {
            "BGM" => kind(list, batch, segment, provenance),
            "RFF" => provenance.transaction = transaction(batch, segment),
            "NAD" => party(batch, segment, provenance),
            "CTA" => contact_person(batch, segment, provenance),
            "COM" => line(batch, segment, 1, provenance),
            "TDT" => itinerary::flight(itinerary, batch, segment),
            "LOC" => place(itinerary, batch, segment, provenance),
            "DTM" => itinerary::time(itinerary, batch, segment),
            "CNT" => provenance.declared = count(batch, segment).or(provenance.declared),
            "UNS" => claim_first(batch, segment, Field::ProvenanceMessage),
            // Known in the message, and without a place in the schema.
            "AUT" | "GRP" | "GIR" | "FTX" => {}
            _ => batch.doubt(Code::UnknownSegment, segment, None),
        }
    }
    if let Some(journey) = itinerary.journey() {
        provenance.journey = journey;
        provenance.mode = itinerary.mode(provenance.mode);
    }
}

/// `BGM`: the kind of list, and what it does to an earlier one.
fn kind(
    list: &mut List,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    provenance: &mut Provenance,
) {
    list.code = peek(batch, segment, (1, 1));
    list.action = peek(batch, segment, (2, 1));
    provenance.function = take_all(batch, segment, 1, Field::ProvenanceFunction);
    provenance.push = list.action().map(|row| row.1);
    if !list.holds_bookings() {
        batch.doubt_at(Code::NotBookings, segment, (1, 1), None);
    }
}

/// `RFF` of the message: the reference of the transaction, and its revision
/// behind it.
pub(in crate::format) fn transaction(
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
) -> Option<Text> {
    batch.claim_at(segment, 1, 1, Field::ProvenanceTransaction);
    let reference = batch.take(segment, 1, 2, Field::ProvenanceTransaction);
    let line = batch.take(segment, 1, 3, Field::ProvenanceTransaction);
    let revision = batch.take(segment, 1, 5, Field::ProvenanceTransaction);
    match (reference, line.or(revision)) {
        (Some(reference), Some(revision)) => Some(Text::from(format!("{reference}:{revision}"))),
        (reference, revision) => reference.or(revision),
    }
}

/// `NAD` of a party: its profile, or its name.
fn party(batch: &mut Batch<'_, '_>, segment: &Segment<'_>, provenance: &mut Provenance) {
    batch.claim_at(segment, 1, 1, Field::ProvenanceReporterKind);
    let reporter = &mut provenance.reporter;
    reporter.party = batch.take(segment, 2, 1, Field::ProvenanceReporterParty);
    let plain = batch.take_joined(segment, 3, 1, Field::ProvenanceReporterName);
    let name =
        (1..=5).filter_map(|at| take_words(batch, segment, (4, at), Field::ProvenanceReporterName));
    let name: Vec<_> = name.collect();
    reporter.name = words(&name).or(plain);
}

/// `CTA` of the old form: the contact's name, then its lines.
fn contact_person(batch: &mut Batch<'_, '_>, segment: &Segment<'_>, provenance: &mut Provenance) {
    batch.claim_at(segment, 1, 1, Field::ProvenanceReporterKind);
    let name = batch.take_joined(segment, 2, 1, Field::ProvenanceReporterName);
    let name = name.map(|name| Text::from(name.trim_matches(':')));
    provenance.reporter.name = name.or(provenance.reporter.name.take());
    line(batch, segment, 3, provenance);
}

/// Lines beyond this many bytes are left out.
const LONGEST_LINES: usize = 1024;

/// Lines of communication, as received.
fn line(batch: &mut Batch<'_, '_>, segment: &Segment<'_>, from: u16, provenance: &mut Provenance) {
    let before = provenance.reporter.line.take();
    if before
        .as_ref()
        .is_some_and(|before| before.len() > LONGEST_LINES)
    {
        provenance.reporter.line = before;
        return;
    }
    let line = take_all(batch, segment, from, Field::ProvenanceReporterLine);
    provenance.reporter.line = match (before, line) {
        (Some(before), Some(line)) => Some(Text::from(format!("{before} {line}"))),
        (before, line) => before.or(line),
    };
}

/// `LOC` before the persons: a place of the flight, or where a master list is filed.
fn place(
    itinerary: &mut Itinerary,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    provenance: &mut Provenance,
) {
    if !matches!(&*code(segment), "188" | "172") {
        return itinerary::place(itinerary, batch, segment);
    }
    batch.claim_at(segment, 1, 1, Field::ProvenanceReporterCity);
    let city = batch.take_joined(segment, 2, 1, Field::ProvenanceReporterCity);
    provenance.reporter.city = provenance.reporter.city.take().or(city);
}

/// `CNT`: persons of the whole list, of all its parts.
fn count(batch: &mut Batch<'_, '_>, segment: &Segment<'_>) -> Option<u32> {
    let count = batch.take_number(segment, 1, 2, Field::ProvenanceDeclared)?;
    batch.claim_at(segment, 1, 1, Field::ProvenanceDeclared);
    Some(count)
}
