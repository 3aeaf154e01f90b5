//! What is done with one text: it is read by the plan of its rule and set.

use crate::Field;
use crate::diagnostic::Code;
use crate::document::State;
use crate::format::kinds;
use crate::model::leaf::{Raw, SetError};
use crate::model::{Amount, Country, DocumentKind, Sex, StopScheme, bare};

use super::draft::{NameOrder, Otherwise, StopForm};
use super::pattern;
use super::plan::{Lookup, NameFields, Op};
use super::words;

/// What a text leads to besides the field of its rule.
pub(super) struct Reading<'a, S: FnMut(Field, Raw<'_>) -> Result<(), SetError>> {
    pub(super) field: Field,
    /// The year by which years of two digits are read.
    pub(super) year: Option<u16>,
    pub(super) tables: &'a [Lookup],
    /// Decimals of minor units, where the rule has them from elsewhere.
    pub(super) decimals: Option<u8>,
    pub(super) set: S,
}

pub(super) fn told(error: SetError, unreadable: Code) -> Code {
    match error {
        SetError::Occupied => Code::Conflict,
        SetError::Unreadable => unreadable,
    }
}

impl<S: FnMut(Field, Raw<'_>) -> Result<(), SetError>> Reading<'_, S> {
    /// Reads a text and sets what it says. `Ok(false)` where it says nothing on purpose.
    pub(super) fn read(&mut self, op: &Op, text: &str) -> Result<bool, Code> {
        match op {
            Op::Verbatim => self.put(Raw::Text(text), Code::Mistyped)?,
            Op::Text | Op::Card => self.put(Raw::Text(bare(text)), Code::Mistyped)?,
            Op::Date(patterns, order) => {
                let date = pattern::date(bare(text), patterns, *order, self.year)?;
                self.put(Raw::Date(date), Code::UnreadableDate)?;
            }
            Op::Stamp(patterns, order) => {
                let stamp = pattern::stamp(bare(text), patterns, *order, self.year)?;
                self.put(Raw::Stamp(stamp), Code::UnreadableDate)?;
            }
            Op::Number => {
                let number = bare(text).parse().map_err(|_| Code::UnreadableNumber)?;
                self.put(Raw::Number(number), Code::UnreadableNumber)?;
            }
            Op::Age => self.put(Raw::Number(age(text)?), Code::UnreadableNumber)?,
            Op::Flag => {
                let flag = words::flag(text).ok_or(Code::UnknownCode)?;
                self.put(Raw::Flag(flag), Code::UnknownCode)?;
            }
            Op::Amount(mark) => {
                let amount = amount(text, *mark).ok_or(Code::UnreadableNumber)?;
                self.put(Raw::Amount(amount), Code::UnreadableNumber)?;
            }
            Op::Minor(_) => {
                let units = bare(text).parse().map_err(|_| Code::UnreadableNumber)?;
                let amount = Amount::from_minor(units, self.decimals.unwrap_or_default());
                self.put(Raw::Amount(amount), Code::UnreadableNumber)?;
            }
            Op::State { received } => self.state(bare(text), *received)?,
            Op::Sex => {
                let sex = words::sex(text).ok_or(Code::UnknownCode)?;
                self.put(Raw::Text(Sex::as_str(sex)), Code::UnknownCode)?;
            }
            Op::Title { honorific } => self.title(bare(text), *honorific)?,
            Op::Kind { received } => self.kind(bare(text), *received)?,
            Op::Code => self.code(bare(text))?,
            Op::FullName(order, fields) => self.full_name(bare(text), *order, *fields)?,
            Op::Stop { form, scheme, name } => self.stop(bare(text), *form, *scheme, *name)?,
            Op::Contact {
                kind,
                kind_field,
                received,
            } => self.contact(bare(text), kind.as_str(), *kind_field, *received)?,
            Op::Table(table, otherwise, op) => return self.table(*table, *otherwise, op, text),
        }
        Ok(true)
    }

    fn put(&mut self, raw: Raw<'_>, unreadable: Code) -> Result<(), Code> {
        (self.set)(self.field, raw).map_err(|error| told(error, unreadable))
    }

    fn also(&mut self, field: Option<Field>, raw: Raw<'_>) -> Result<(), Code> {
        match field {
            Some(field) => (self.set)(field, raw).map_err(|error| told(error, Code::Mistyped)),
            None => Ok(()),
        }
    }

    fn table(
        &mut self,
        table: usize,
        otherwise: Otherwise,
        op: &Op,
        text: &str,
    ) -> Result<bool, Code> {
        let key = text.trim().to_lowercase();
        let tables = self.tables;
        match tables.get(table).and_then(|table| table.rows.get(&key)) {
            Some(value) => self.put(Raw::Text(value), Code::UnknownCode).map(|()| true),
            None => match otherwise {
                Otherwise::Unknown => Err(Code::UnknownCode),
                Otherwise::Ignore => Ok(false),
                Otherwise::Keep => self.read(op, text),
            },
        }
    }

    /// The state that a code or a name means; what was received beside it, where it differs.
    fn state(&mut self, text: &str, received: Option<Field>) -> Result<(), Code> {
        let known = (text.len() == 3).then(|| Country::new(text)).flatten();
        let (normal, _) = State::look(text);
        let code = normal.and_then(|state| Country::new(state.as_str()));
        match code {
            Some(code) => self.put(Raw::Country(code), Code::UnknownCode)?,
            None if received.is_none() => return Err(Code::UnknownCode),
            None => {}
        }
        if known != code || code.is_none() {
            self.also(received, Raw::Text(text))?;
        }
        Ok(())
    }

    fn title(&mut self, text: &str, honorific: Option<Field>) -> Result<(), Code> {
        match words::title(text) {
            Some(title) => self.put(Raw::Text(title.as_str()), Code::UnknownCode),
            None if honorific.is_some() => self.also(honorific, Raw::Text(text)),
            None => Err(Code::UnknownCode),
        }
    }

    /// A kind of document in words or by the codes of messages.
    fn kind(&mut self, text: &str, received: Option<Field>) -> Result<(), Code> {
        let (kind, more) = match words::document_kind(text) {
            Some(kind) => (kind, kind == DocumentKind::Other),
            None => match kinds::read_type(text) {
                kinds::Type::Document(kind, more) => (kind, more),
                kinds::Type::Visa | kinds::Type::Unknown => (DocumentKind::Other, true),
            },
        };
        self.put(Raw::Text(kind.as_str()), Code::UnknownCode)?;
        if more {
            self.also(received, Raw::Text(text))?;
        }
        Ok(())
    }

    /// A code of the schema itself, in any case and with blanks or hyphens.
    fn code(&mut self, text: &str) -> Result<(), Code> {
        match (self.set)(self.field, Raw::Text(text)) {
            Err(SetError::Unreadable) => {
                let plain = text.to_ascii_lowercase().replace([' ', '_'], "-");
                self.put(Raw::Text(&plain), Code::UnknownCode)
            }
            other => other.map_err(|error| told(error, Code::UnknownCode)),
        }
    }

    fn full_name(&mut self, text: &str, order: NameOrder, fields: NameFields) -> Result<(), Code> {
        if order == NameOrder::Mrz {
            return self.zone_name(text, fields);
        }
        let name = split_name(text, order);
        match name.surname {
            "" => self.put(Raw::Text(name.given), Code::Mistyped)?,
            surname => {
                self.also(Some(fields.surname), Raw::Text(surname))?;
                if !name.given.is_empty() {
                    self.also(Some(fields.given), Raw::Text(name.given))?;
                }
            }
        }
        if let Some(title) = name.title {
            self.also(Some(fields.title), Raw::Text(title))?;
        }
        Ok(())
    }

    /// A name with fillers, as machine-readable zones have it.
    fn zone_name(&mut self, text: &str, fields: NameFields) -> Result<(), Code> {
        let plain = |part: &str| part.replace('<', " ").trim().to_owned();
        let (surname, given) = text.split_once("<<").unwrap_or((text, ""));
        self.also(Some(fields.surname), Raw::Text(&plain(surname)))?;
        match plain(given).as_str() {
            "" => Ok(()),
            given => self.also(Some(fields.given), Raw::Text(given)),
        }
    }

    fn stop(
        &mut self,
        text: &str,
        form: StopForm,
        scheme: Option<Field>,
        name: Option<Field>,
    ) -> Result<(), Code> {
        let (code, of) = stop_code(text, form);
        if form == StopForm::Port && of == StopScheme::Free {
            return match name {
                Some(name) => self.also(Some(name), Raw::Text(text)),
                None => self.put(Raw::Text(text), Code::Mistyped),
            };
        }
        self.put(Raw::Text(&code), Code::Mistyped)?;
        self.also(scheme, Raw::Text(of.as_str()))
    }

    fn contact(
        &mut self,
        text: &str,
        kind: &str,
        kind_field: Field,
        received: Field,
    ) -> Result<(), Code> {
        let value = match kind {
            "phone" => phone(text),
            _ => text.to_owned(),
        };
        self.put(Raw::Text(&value), Code::Mistyped)?;
        self.also(Some(kind_field), Raw::Text(kind))?;
        if value != text {
            self.also(Some(received), Raw::Text(text))?;
        }
        Ok(())
    }
}

/// Digits, and a plus where one stands before them.
fn phone(text: &str) -> String {
    let plus = text.starts_with('+').then_some('+');
    let digits = text.chars().filter(char::is_ascii_digit);
    plus.into_iter().chain(digits).collect()
}

/// Years, with or without a word behind them; months are less than a year.
fn age(text: &str) -> Result<u32, Code> {
    let text = text.trim();
    let digits = text.len()
        - text
            .trim_start_matches(|sign: char| sign.is_ascii_digit())
            .len();
    let (number, word) = text
        .split_at_checked(digits)
        .ok_or(Code::UnreadableNumber)?;
    let number: u32 = number.parse().map_err(|_| Code::UnreadableNumber)?;
    let word = words::fold(word);
    match word.get(..1) {
        None | Some("y" | "a" | "j") => Ok(number),
        Some("m") => Ok(number / 12),
        _ => Err(Code::UnreadableNumber),
    }
}

/// An amount with its mark, grouped or not.
fn amount(text: &str, mark: char) -> Option<Amount> {
    let text = text.trim();
    Amount::parse(text, mark).or_else(|| {
        let grouping = |sign: &char| {
            matches!(sign, ' ' | '\u{a0}' | '\u{202f}' | '\'')
                || (*sign == '.' && mark == ',')
                || (*sign == ',' && mark == '.')
        };
        let plain: String = text.chars().filter(|sign| !grouping(sign)).collect();
        Amount::parse(&plain, mark)
    })
}

struct Parted<'t> {
    surname: &'t str,
    /// Given names; the whole name, where the surname is empty.
    given: &'t str,
    title: Option<&'static str>,
}

/// Words that belong to the family name before which they stand.
const PARTICLES: &[&str] = &[
    "van", "von", "de", "der", "den", "ter", "ten", "du", "di", "da", "del", "della", "la", "le",
    "los", "las", "dos", "das", "zu", "zur", "al", "el", "ben", "bin", "o",
];

/// A whole name in its parts.
fn split_name(text: &str, order: NameOrder) -> Parted<'_> {
    let (text, title) = cut_title(text);
    let title = title.map(|title| title.as_str());
    if let Some((surname, given)) = text.split_once(',') {
        let (given, inner) = cut_title(given.trim());
        return Parted {
            surname: surname.trim(),
            given,
            title: title.or(inner.map(|title| title.as_str())),
        };
    }
    let (surname, given) = match order {
        NameOrder::SurnameFirst => text.split_once(' ').unwrap_or((text, "")),
        NameOrder::GivenFirst => given_first(text),
        _ => ("", text),
    };
    Parted {
        surname: surname.trim(),
        given: given.trim(),
        title,
    }
}

/// The last word with the particles before it is the family name.
fn given_first(text: &str) -> (&str, &str) {
    let Some(mut cut) = text.rfind(' ') else {
        return (text, "");
    };
    while let Some(before) = text.get(..cut).and_then(|text| text.rfind(' ')) {
        let word = text.get(before + 1..cut).unwrap_or_default();
        if !PARTICLES
            .iter()
            .any(|particle| word.eq_ignore_ascii_case(particle))
        {
            break;
        }
        cut = before;
    }
    (
        text.get(cut + 1..).unwrap_or_default(),
        text.get(..cut).unwrap_or_default(),
    )
}

/// A civil title before or after a name, also in brackets.
fn cut_title(text: &str) -> (&str, Option<crate::model::Title>) {
    let text = text.trim();
    let bare = |word: &str| {
        let word = word.trim_matches(['(', ')']);
        // One letter is an initial.
        words::title(word).filter(|_| word.len() > 1)
    };
    if let Some((first, rest)) = text.split_once(' ')
        && let Some(title) = bare(first)
    {
        return (rest.trim_start(), Some(title));
    }
    if let Some((rest, last)) = text.rsplit_once(' ')
        && let Some(title) = bare(last)
    {
        return (rest.trim_end(), Some(title));
    }
    (text, None)
}

/// The code of a stop in its normal form, and its scheme.
pub(super) fn stop_code(text: &str, form: StopForm) -> (String, StopScheme) {
    let free = || (text.to_owned(), StopScheme::Free);
    match form {
        StopForm::Uic => uic(text).map_or_else(free, |code| (code, StopScheme::Uic)),
        StopForm::UnLocode | StopForm::Port => {
            locode(text).map_or_else(free, |code| (code, StopScheme::UnLocode))
        }
        StopForm::Iata => (text.to_ascii_uppercase(), StopScheme::Iata),
        StopForm::Free => free(),
        StopForm::Urn => urn(text).unwrap_or_else(free),
    }
}

/// Seven digits of any of the spellings of a UIC station code.
fn uic(text: &str) -> Option<String> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let code = text.trim_start_matches('0');
    // The eighth digit is a check digit or a filler: cut, never checked.
    matches!(code.len(), 7 | 8).then(|| code.get(..7).map(str::to_owned))?
}

fn locode(text: &str) -> Option<String> {
    let code: String = text.chars().filter(|sign| *sign != ' ').collect();
    let code = code.to_ascii_uppercase();
    let (country, place) = code.split_at_checked(2)?;
    let is_place = |byte: u8| byte.is_ascii_uppercase() || (b'2'..=b'9').contains(&byte);
    let fits = code.len() == 5
        && country.bytes().all(|byte| byte.is_ascii_uppercase())
        && place.bytes().all(is_place)
        // The code list's own word for an unknown port.
        && code != "ZZUKN";
    fits.then_some(code)
}

fn urn(text: &str) -> Option<(String, StopScheme)> {
    let lower = text.to_ascii_lowercase();
    if let Some(code) = lower.strip_prefix("urn:uic:stn:").and_then(uic) {
        return Some((code, StopScheme::Uic));
    }
    if lower.starts_with("urn:iata:li:") {
        let code = text.get("urn:iata:li:".len()..)?;
        return Some((code.to_ascii_uppercase(), StopScheme::Iata));
    }
    // A bare code is relative to the base `urn:uic:stn:`.
    uic(text).map(|code| (code, StopScheme::Uic))
}
