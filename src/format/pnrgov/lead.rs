//! What stands before the first booking: `MSG`, `ORG`, `TVL`, `EQN`.

use super::check_in::agency;
use super::journey;
use crate::Field;
use crate::diagnostic::Code;
use crate::format::batch::Batch;
use crate::model::{Journey, Provenance, Push, Text};

pub(in crate::format) fn lead(batch: &mut Batch<'_, '_>, provenance: &mut Provenance) {
    for segment in batch.segments {
        let segment = &segment;
        if segment.is_fragment() {
            continue;
        }
        match segment.tag().as_str() {
            "MSG" => {
                let business = batch.take(segment, 1, 1, Field::ProvenanceFunction);
                let function = batch.take(segment, 1, 2, Field::ProvenanceFunction);
                provenance.push = match function.as_deref() {
                    Some("22") => Some(Push::Full),
                    Some("141") => Some(Push::Update),
                    _ => None,
                };
                provenance.function = function.or(business);
                provenance.response = batch.take_joined(segment, 2, 1, Field::ProvenanceResponse);
            }
            "ERC" => {
                let error = batch.take_joined(segment, 1, 1, Field::ProvenanceResponse);
                provenance.response = join(provenance.response.take(), error);
            }
            "ORG" => provenance.reporter = agency(batch, segment, &REPORTER),
            "TVL" => provenance.journey = reported(batch, segment),
            "EQN" => {
                provenance.declared = batch.take_number(segment, 1, 1, Field::ProvenanceDeclared)
            }
            "RCI" => {}
            _ => batch.doubt(Code::UnknownSegment, segment, None),
        }
    }
}

fn join(before: Option<Text>, after: Option<Text>) -> Option<Text> {
    match (before, after) {
        (Some(before), Some(after)) => Some(Text::from(format!("{before} {after}"))),
        (before, after) => before.or(after),
    }
}

const REPORTER: [Field; 14] = [
    Field::ProvenanceReporterSystem,
    Field::ProvenanceReporterSystemPlace,
    Field::ProvenanceReporterIata,
    Field::ProvenanceReporterOffice,
    Field::ProvenanceReporterCity,
    Field::ProvenanceReporterCarrier,
    Field::ProvenanceReporterCarrierPlace,
    Field::ProvenanceReporterKind,
    Field::ProvenanceReporterCountry,
    Field::ProvenanceReporterCurrency,
    Field::ProvenanceReporterLanguage,
    Field::ProvenanceReporterAgent,
    Field::ProvenanceReporterLine,
    Field::ProvenanceReporterParty,
];

/// The reported journey: `TVL` of level 0.
fn reported(batch: &mut Batch<'_, '_>, segment: &crate::edifact::Segment<'_>) -> Journey {
    let fields = [
        Field::ProvenanceJourneyDeparture,
        Field::ProvenanceJourneyArrival,
    ];
    let parts = batch.rest(segment, 1, 1).numbered();
    let (departure, arrival) = journey::times(batch, segment, &parts, fields);
    let first = batch.take(segment, 4, 1, Field::ProvenanceJourneyCarrier);
    let second = batch.take(segment, 4, 2, Field::ProvenanceJourneyCarrier);
    let (carrier, marketing_carrier) = match second {
        Some(operating) => (Some(operating), first),
        None => (first, None),
    };
    Journey {
        carrier,
        marketing_carrier,
        number: batch
            .take(segment, 5, 1, Field::ProvenanceJourneyNumber)
            .map(|number| journey::without_zeros(&number).into()),
        suffix: batch.take_joined(segment, 5, 2, Field::ProvenanceJourneySuffix),
        from: batch.take(segment, 2, 1, Field::ProvenanceJourneyFrom),
        to: batch.take(segment, 3, 1, Field::ProvenanceJourneyTo),
        departure,
        arrival,
        ..Journey::default()
    }
}
