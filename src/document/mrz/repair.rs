//! Undoes the confusions of readers of print, where a check digit proves them.

use super::layout::Span;
use super::zone::{Checked, Zone, meant_digit, twin};
use super::{Field, Finding};

/// Repairs every field whose check digit is wrong and comes right by it.
pub(super) fn repair(zone: &mut Zone, findings: &mut Vec<Finding>) {
    for checked in zone.plan().checked() {
        match checked.field {
            Field::Birth | Field::Expiry => date(zone, checked, findings),
            _ => mixed(zone, checked, findings),
        }
    }
    composite(zone, findings);
}

/// A date has digits only: all its letters are taken for digits at once.
fn date(zone: &mut Zone, checked: Checked, findings: &mut Vec<Finding>) {
    let mut meant = zone.clone();
    let mut repairs = digits(&mut meant, checked.data, checked.field);
    repairs.extend(digits(&mut meant, checked.check, checked.field));
    if !repairs.is_empty() && holds(&meant, checked) {
        *zone = meant;
        findings.extend(repairs);
    }
}

/// Takes the letters of a span for digits.
fn digits(zone: &mut Zone, span: Span, field: Field) -> Vec<Finding> {
    let mut repairs = Vec::new();
    for (offset, byte) in zone.bytes(span).to_vec().into_iter().enumerate() {
        if let Some(meant) = meant_digit(char::from(byte)) {
            repairs.push(change(zone, span, offset, meant, field));
        }
    }
    repairs
}

/// A number mixes letters and digits: one exchange, and only the one that both
/// its own and the composite check digit bear out.
fn mixed(zone: &mut Zone, checked: Checked, findings: &mut Vec<Finding>) {
    if holds(zone, checked) || is_long(zone, checked) {
        return;
    }
    let mut proven = candidates(zone, checked)
        .into_iter()
        .filter(|(meant, _)| holds(meant, checked) && meant.composite_holds());
    if let (Some((meant, repairs)), None) = (proven.next(), proven.next()) {
        *zone = meant;
        findings.extend(repairs);
    }
}

/// The zone with the check digit read as a digit, and with each exchange besides.
fn candidates(zone: &Zone, checked: Checked) -> Vec<(Zone, Vec<Finding>)> {
    let mut base = zone.clone();
    let check = digits(&mut base, checked.check, checked.field);
    let mut all = Vec::new();
    for (offset, byte) in zone.bytes(checked.data).iter().enumerate() {
        if let Some(other) = twin(*byte) {
            let mut meant = base.clone();
            let mut repairs = check.clone();
            let to = char::from(other);
            repairs.push(change(&mut meant, checked.data, offset, to, checked.field));
            all.push((meant, repairs));
        }
    }
    if !check.is_empty() {
        all.push((base, check));
    }
    all
}

fn composite(zone: &mut Zone, findings: &mut Vec<Finding>) {
    let Some((spans, check)) = zone.plan().composite else {
        return;
    };
    let meant = meant_digit(zone.char(check));
    if meant.is_some() && meant == zone.composite_digit(spans) {
        findings.extend(digits(zone, check, Field::Composite));
    }
}

fn change(zone: &mut Zone, span: Span, offset: usize, to: char, field: Field) -> Finding {
    let Span(line, from, _) = span;
    let read = zone
        .bytes(span)
        .get(offset)
        .map_or('<', |&byte| char::from(byte));
    zone.set(span, offset, u8::try_from(to).unwrap_or(b'<'));
    Finding::Repaired {
        field,
        line,
        column: from + offset,
        read,
        meant: to,
    }
}

/// The check digit is right, or a filler where nothing is to check.
pub(super) fn holds(zone: &Zone, checked: Checked) -> bool {
    let read = zone.char(checked.check);
    let optional = matches!(checked.field, Field::Optional | Field::Number);
    zone.digit(checked.data) == Some(read)
        || (optional && read == '<' && zone.text(checked.data).is_empty())
}

/// A filler in place of the check digit: the number goes on in the optional data.
pub(super) fn is_long(zone: &Zone, checked: Checked) -> bool {
    checked.field == Field::Number
        && zone.layout.holds_long_numbers()
        && zone.char(checked.check) == '<'
        && !zone.text(checked.data).is_empty()
}
