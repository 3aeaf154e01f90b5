use super::layout::Span;
use super::repair::{holds, is_long, repair};
use super::zone::{Checked, Zone};
use super::{Field, Finding, Mrz, MrzDate, MrzSex, Refusal};
use crate::document::check_digit::digit;
use crate::document::{Kind, MachineName, State};
use crate::model::Text;

impl Mrz {
    /// Reads a zone: lines apart or run together, with or without blanks.
    ///
    /// The layout follows from number and width of the lines and the first
    /// letter. Characters that readers of print confuse (O and 0, I and 1,
    /// Z and 2, S and 5, B and 8) are repaired where a check digit proves which
    /// was meant, and nowhere else; [`Mrz::findings`] names each.
    ///
    /// # Errors
    ///
    /// [`Refusal`] says why a text is no zone, or not one of Doc 9303.
    pub fn read(text: &str) -> Result<Mrz, Refusal> {
        let mut findings = Vec::new();
        let mut zone = Zone::cut(text, &mut findings)?;
        repair(&mut zone, &mut findings);
        let (number, optional) = number(&zone, &mut findings);
        check(&zone, &mut findings);
        let mrz = fields(&zone, number, optional, findings);
        Ok(mrz)
    }
}

fn fields(zone: &Zone, number: String, optional: String, mut findings: Vec<Finding>) -> Mrz {
    let plan = zone.plan();
    let mut mrz = Mrz {
        layout: zone.layout,
        kind: Kind::read(zone.text(plan.code)),
        issuer: State::read(zone.text(plan.issuer)),
        number: Text::from(number),
        nationality: State::read(zone.text(plan.nationality)),
        birth: date(zone, plan.birth),
        sex: sex(zone.char(plan.sex), &mut findings),
        expiry: date(zone, plan.expiry),
        optional: Text::from(optional),
        optional_2: plan
            .optional_2
            .map_or_else(Text::default, |span| Text::from(zone.text(span))),
        name: name(zone),
        findings,
    };
    doubts(&mut mrz);
    mrz
}

fn date(zone: &Zone, span: Span) -> MrzDate {
    let text = std::str::from_utf8(zone.bytes(span)).unwrap_or_default();
    MrzDate::read(text)
}

fn name(zone: &Zone) -> MachineName {
    let field = std::str::from_utf8(zone.bytes(zone.plan().name)).unwrap_or_default();
    MachineName::read(field)
}

fn sex(letter: char, findings: &mut Vec<Finding>) -> MrzSex {
    match letter {
        'M' => MrzSex::Male,
        'F' => MrzSex::Female,
        '<' => MrzSex::Unspecified,
        _ => {
            findings.push(Finding::Character(Field::Sex));
            MrzSex::Unspecified
        }
    }
}

/// The whole document number, and what of the optional data is not part of it.
///
/// Doc 9303 Parts 5 and 6: a number of more than nine characters has a filler
/// for its check digit and goes on in the optional data, up to its check digit
/// and one filler.
fn number(zone: &Zone, findings: &mut Vec<Finding>) -> (String, String) {
    let plan = zone.plan();
    let (nine, optional) = (zone.text(plan.number), zone.text(plan.optional));
    let plain = (nine.to_owned(), optional.to_owned());
    let checked = Checked {
        field: Field::Number,
        data: plan.number,
        check: plan.number_check,
    };
    if !is_long(zone, checked) {
        return plain;
    }
    let (rest, other) = optional.split_once('<').unwrap_or((optional, ""));
    let overflow = rest.char_indices().next_back();
    if let Some((at, check)) = overflow
        && let Some(overflow) = rest.get(..at)
        && digit(nine.bytes().chain(overflow.bytes())) == Some(check)
    {
        return (format!("{nine}{overflow}"), other.to_owned());
    }
    findings.push(Finding::CheckDigit(Field::Number));
    plain
}

fn check(zone: &Zone, findings: &mut Vec<Finding>) {
    let plan = zone.plan();
    for checked in plan.checked() {
        if !is_long(zone, checked) && !holds(zone, checked) {
            findings.push(Finding::CheckDigit(checked.field));
        }
    }
    if let Some((spans, check)) = plan.composite
        && zone.composite_digit(spans) != Some(zone.char(check))
    {
        findings.push(Finding::CheckDigit(Field::Composite));
    }
}

/// What no check digit says.
fn doubts(mrz: &mut Mrz) {
    let unusual = mrz.layout == super::Layout::Td3 && !mrz.kind.received.starts_with('P');
    let digits = |text: &Text| text.bytes().any(|byte| byte.is_ascii_digit());
    let doubts = [
        (
            mrz.birth.is_impossible(),
            Finding::ImpossibleDate(Field::Birth),
        ),
        (
            mrz.expiry.is_impossible(),
            Finding::ImpossibleDate(Field::Expiry),
        ),
        (
            mrz.issuer.normal.is_none(),
            Finding::UnknownState(Field::Issuer),
        ),
        (
            mrz.nationality.normal.is_none(),
            Finding::UnknownState(Field::Nationality),
        ),
        (
            digits(&mrz.name.primary) || digits(&mrz.name.secondary),
            Finding::Character(Field::Name),
        ),
        (mrz.name.primary.is_empty(), Finding::NoPrimary),
        (unusual, Finding::UnusualCode),
    ];
    let found = doubts.into_iter().filter(|(holds, _)| *holds);
    mrz.findings.extend(found.map(|(_, finding)| finding));
}
