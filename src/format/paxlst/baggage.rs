//! Baggage of a person: `MEA` counts and weighs it, `FTX+BAG` names its tags.

use super::claim_first;
use super::code;
use crate::Field;
use crate::diagnostic::Code;
use crate::edifact::Segment;
use crate::format::batch::Batch;
use crate::model::{Bag, BagTag, Text, WeightUnit};

/// Units of weight (6411).
const UNITS: &[(&str, WeightUnit)] = &[
    ("KGM", WeightUnit::Kilogram),
    ("KG", WeightUnit::Kilogram),
    ("K", WeightUnit::Kilogram),
    ("LBR", WeightUnit::Pound),
    ("LB", WeightUnit::Pound),
    ("L", WeightUnit::Pound),
];

/// `MEA`: pieces or weight. The value stands behind the unit, or in its place.
pub(super) fn measure(bag: &mut Bag, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    let lone = batch.find(segment, 3, 2).is_none();
    let value = if lone { 1 } else { 2 };
    match &*code(segment) {
        "CT" => {
            batch.claim_at(segment, 1, 1, Field::BagPieces);
            let pieces = batch.take_number(segment, 3, value, Field::BagPieces);
            bag.pieces = pieces.or(bag.pieces);
        }
        "WT" => {
            batch.claim_at(segment, 1, 1, Field::BagWeight);
            let weight = batch.take_number(segment, 3, value, Field::BagWeight);
            bag.weight = weight.or(bag.weight);
            if !lone {
                unit(bag, batch, segment);
            }
        }
        _ => batch.doubt_at(Code::UnknownCode, segment, (1, 1), None),
    }
}

fn unit(bag: &mut Bag, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    let Some(code) = batch.peek(segment, 3, 1) else {
        return;
    };
    let known = UNITS
        .iter()
        .find(|(unit, _)| code.eq_ignore_ascii_case(unit));
    match known {
        Some((_, unit)) => {
            bag.unit = Some(*unit);
            batch.claim_at(segment, 3, 1, Field::BagUnit);
        }
        None => bag.unit_received = batch.take(segment, 3, 1, Field::BagUnitReceived),
    }
}

/// `FTX+BAG`: tags, each with the number of consecutive ones. Some write the
/// weight in element 2.
pub(super) fn tags(bag: &mut Bag, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    claim_first(batch, segment, Field::BagTagNumber);
    if batch.find(segment, 2, 1).is_some() {
        let weight = batch.take_number(segment, 2, 1, Field::BagWeight);
        bag.weight = bag.weight.or(weight);
    }
    for component in 1..=5 {
        let Some(text) = batch.peek(segment, 4, component) else {
            continue;
        };
        if let Some(count) = count(&text)
            && component > 1
            && let Some(last) = bag.tags.last_mut()
        {
            last.count = Some(count);
            batch.claim_at(segment, 4, component, Field::BagTagCount);
        } else if let Some(tag) = tag(&text) {
            bag.tags.push(tag);
            batch.claim_at(segment, 4, component, Field::BagTagNumber);
        }
    }
}

/// No tag has so few digits.
fn count(text: &str) -> Option<u32> {
    (text.len() <= 3).then(|| text.parse().ok())?
}

/// A carrier of two characters and digits, or digits; words (`NULL`) are no tag.
fn tag(text: &str) -> Option<BagTag> {
    let solid = text.replace(' ', "");
    if !solid.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (carrier, number) = match solid.split_at_checked(2) {
        Some((carrier, number)) if !digits(carrier) && digits(number) => (Some(carrier), number),
        _ => (None, solid.as_str()),
    };
    Some(BagTag {
        carrier: carrier.map(Text::from),
        number: Some(Text::from(number)),
        ..BagTag::default()
    })
}
