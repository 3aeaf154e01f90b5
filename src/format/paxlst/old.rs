//! Persons of the form that US customs used before UN/EDIFACT: one `PDT` each,
//! `type/number:expiry:state+surname:given:second:birth:sex+role+from:to`.

use super::document::Paper;
use super::person::{Builder, given_names, sex};
use super::{dates, take_words};
use crate::Field;
use crate::diagnostic::Code;
use crate::edifact::Segment;
use crate::format::batch::Batch;
use crate::format::dates::Century;
use crate::model::{Name, PartialDate, Passenger, Role};

const ROLES: &[(&str, Role)] = &[
    ("PAX", Role::Passenger),
    ("CRW", Role::Crew),
    ("ITI", Role::Transit),
];

/// `PDT`: a person with one document.
pub(super) fn person(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    let role = batch.take_as(
        segment,
        (3, 1),
        Field::PassengerRole,
        Code::UnknownCode,
        |text| {
            let row = ROLES.iter().find(|row| row.0.eq_ignore_ascii_case(text));
            row.map(|row| row.1)
        },
    );
    let passenger = Passenger {
        role,
        name: name(batch, segment),
        birth_date: date(
            batch,
            segment,
            (2, 4),
            Field::PassengerBirthDate,
            Century::Past,
        ),
        sex: batch.take_as(segment, (2, 5), Field::PassengerSex, Code::UnknownCode, sex),
        embarkation: batch.take(segment, 4, 1, Field::PassengerEmbarkation),
        debarkation: batch.take(segment, 4, 2, Field::PassengerDebarkation),
        ..Passenger::default()
    };
    builder.add(passenger);
    builder.paper = paper(batch, segment);
}

fn name(batch: &mut Batch<'_, '_>, segment: &Segment<'_>) -> Name {
    let surname = take_words(batch, segment, (2, 1), Field::PassengerNameSurname);
    let first = take_words(batch, segment, (2, 2), Field::PassengerNameGiven);
    let second = take_words(batch, segment, (2, 3), Field::PassengerNameGiven);
    let parts: Vec<_> = first.into_iter().chain(second).collect();
    Name {
        surname,
        ..given_names(&parts)
    }
}

fn date(
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    place: (u16, u16),
    field: Field,
    century: Century,
) -> Option<PartialDate> {
    let reference = batch.reference;
    batch.take_as(segment, place, field, Code::UnreadableDate, |text| {
        dates::date(text, reference, century)
    })
}

/// Type and number with a slash between them, expiry, issuing state.
fn paper(batch: &mut Batch<'_, '_>, segment: &Segment<'_>) -> Option<Paper> {
    let whole = batch.take(segment, 1, 1, Field::DocumentNumber)?;
    let (code, number) = whole.split_once('/').unwrap_or(("", &whole));
    let mut paper = Paper::default();
    paper.set_old(number, code);
    paper.set_expires(date(
        batch,
        segment,
        (1, 2),
        Field::DocumentExpires,
        Century::Future,
    ));
    if let Some(issuer) = batch.peek(segment, 1, 3) {
        let issuer = crate::format::states::state(&issuer);
        let field = if issuer.code.is_some() {
            Field::DocumentIssuerCode
        } else {
            Field::DocumentIssuerReceived
        };
        batch.claim_at(segment, 1, 3, field);
        paper.set_issuer(issuer);
    }
    Some(paper)
}
