mod layout;
mod read;
mod repair;
mod write;
mod zone;

use super::{Kind, MachineName, Reading, State};
use crate::model::Text;

pub use layout::Layout;

/// The machine-readable zone of a travel document (ICAO Doc 9303 Parts 3 to 7).
///
/// [`read`](Self::read) takes what a reader of print or a carrier sent;
/// [`write`](Self::write) gives the lines that an issuer prints.
///
/// ```
/// use paxnorm::document::{Layout, Mrz};
///
/// let mrz = Mrz::read(
///     "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n\
///      L898902C36UTO7408122F1204159ZE184226B<<<<<10",
/// )?;
/// assert_eq!(mrz.layout, Layout::Td3);
/// assert_eq!(mrz.number, "L898902C3");
/// assert_eq!(mrz.name.secondary, "ANNA MARIA");
/// assert!(mrz.is_sound());
/// # Ok::<(), paxnorm::document::Refusal>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Mrz {
    /// Size and arrangement.
    pub layout: Layout,
    /// The document code, `P` or `ID`, and the kind that it says.
    pub kind: Reading<Kind>,
    /// Issuing state or organisation.
    pub issuer: Reading<State>,
    /// Document number without fillers, the long ones joined.
    pub number: Text,
    /// Nationality of the holder.
    pub nationality: Reading<State>,
    /// Date of birth; parts may be unknown.
    pub birth: MrzDate,
    /// Sex of the holder.
    pub sex: MrzSex,
    /// Date of expiry; the last day of validity of a visa.
    pub expiry: MrzDate,
    /// Optional data at the issuer's choice: the personal number of a passport,
    /// the first field of a card. What a long document number took is not in it.
    pub optional: Text,
    /// The second optional field of a TD1 card.
    pub optional_2: Text,
    /// The name field.
    pub name: MachineName,
    /// What was wrong, repaired or doubtful.
    pub findings: Vec<Finding>,
}

/// Day, month and year of the century that a zone writes.
///
/// Doc 9303 has no rule for the century: birth in 1912 and 2012 look the same.
///
/// ```
/// use paxnorm::document::MrzDate;
///
/// let date = MrzDate::read("7408<<");
/// assert_eq!((date.year, date.month, date.day), (Some(74), Some(8), None));
/// assert!(MrzDate::read("880941").is_impossible());
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct MrzDate {
    /// The six characters.
    pub received: Text,
    /// Year of the century, 0 to 99.
    pub year: Option<u8>,
    /// Month, 1 to 12.
    pub month: Option<u8>,
    /// Day, 1 to 31.
    pub day: Option<u8>,
}

impl MrzDate {
    /// Reads six characters, YYMMDD, fillers where a part is unknown.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let part = |from: usize, least: u8, most: u8| {
            let digits = text.get(from..from + 2)?;
            let value = digits.bytes().all(|byte| byte.is_ascii_digit());
            let value = value.then(|| digits.parse().ok())??;
            (least..=most).contains(&value).then_some(value)
        };
        Self {
            received: Text::from(text),
            year: part(0, 0, 99),
            month: part(2, 1, 12),
            day: part(4, 1, 31),
        }
    }

    /// True where a part is neither a number that a date can have nor unknown
    /// (fillers; practice also writes 00).
    #[must_use]
    pub fn is_impossible(&self) -> bool {
        let part = |from: usize, value: Option<u8>| {
            let text = self.received.get(from..from + 2);
            value.is_none() && !matches!(text, Some("<<" | "00"))
        };
        part(0, self.year)
            || part(2, self.month)
            || part(4, self.day)
            || self.day > self.month.map(days) && self.month.is_some()
    }
}

/// The most days that a month can have; February of a leap year counts, as the
/// century is not known.
fn days(month: u8) -> u8 {
    match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Sex as a zone writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MrzSex {
    /// `M`
    Male,
    /// `F`
    Female,
    /// A filler, `X` in the visual zone.
    Unspecified,
}

/// A field of a zone, as findings name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Field {
    /// Document number.
    Number,
    /// Date of birth.
    Birth,
    /// Date of expiry.
    Expiry,
    /// Sex.
    Sex,
    /// Issuing state or organisation.
    Issuer,
    /// Nationality.
    Nationality,
    /// Optional data, in a passport the personal number.
    Optional,
    /// Composite check digit.
    Composite,
    /// Name.
    Name,
}

/// What a reader has to know about a zone that was read all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Finding {
    /// The check digit of the field is wrong.
    CheckDigit(Field),
    /// One character was taken for another, and a check digit proves which was meant.
    Repaired {
        /// The field that holds it.
        field: Field,
        /// Line, counted from 1.
        line: usize,
        /// Column, counted from 1.
        column: usize,
        /// The character that was sent.
        read: char,
        /// The character that the check digit bears out.
        meant: char,
    },
    /// A date that no calendar has, or characters that are no date.
    ImpossibleDate(Field),
    /// A code that is in no table of states.
    UnknownState(Field),
    /// A character that the field cannot hold: a digit in a name, another letter for sex.
    Character(Field),
    /// The name line lacked fillers at its end.
    Shortened,
    /// The name field starts with fillers: the holder has given names only.
    NoPrimary,
    /// The document code is not one that Doc 9303 gives this layout.
    UnusualCode,
}

/// Why a text is not read as a machine-readable zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// Number or width of the lines are those of no layout.
    #[error("lines are not 3 of 30, 2 of 36 or 2 of 44 characters")]
    Size,
    /// A character that no zone has.
    #[error("character at line {line}, column {column} is not A-Z, 0-9 or <")]
    Character {
        /// Line, counted from 1.
        line: usize,
        /// Column, counted from 1.
        column: usize,
    },
    /// The first letters are no document code of this layout.
    #[error("first letters are no document code of this layout")]
    DocumentCode,
    /// A French identity card issued before 2021: 2 lines of 36 with other fields.
    #[error("French identity card of 1988 to 2021, whose fields lie elsewhere")]
    OldFrenchCard,
    /// A Slovak identity card of old: 2 lines of 34.
    #[error("Slovak identity card of 2 lines of 34 characters")]
    OldSlovakCard,
}

/// Why a zone cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The field holds a character other than A-Z, 0-9 and filler.
    #[error("{0:?} holds a character that no zone has")]
    Character(Field),
    /// The field is too long for the layout.
    #[error("{0:?} is too long for this layout")]
    TooLong(Field),
}

impl Mrz {
    /// True where no check digit is wrong and no date impossible, repaired ones counted as right.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        !self
            .findings
            .iter()
            .any(|finding| matches!(finding, Finding::CheckDigit(_) | Finding::ImpossibleDate(_)))
    }
}
