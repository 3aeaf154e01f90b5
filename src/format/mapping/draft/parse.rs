//! How the text of a rule is read, as a mapping says it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Names;
use crate::model::{ContactKind, StopScheme, Text};

/// How a text is read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Parse {
    /// By the type of the field: texts without blanks at their ends; dates and times as
    /// ISO 8601 writes them, or in another order if only one can be meant; sex,
    /// titles, kinds of documents and truth in the words of several languages and
    /// the usual codes; states in any form; numbers and amounts with a decimal point.
    #[default]
    Auto,
    /// As it stands, blanks included.
    Verbatim,
    /// A date, or a date with a time.
    Date(Dates),
    /// A whole name, in the order in which its parts stand. The field is `….name.full`.
    FullName(NameOrder),
    /// An age in years, with or without a word behind it. It is that at the journey; a date
    /// at which it holds instead (of booking, of the list) goes to `….age_at`, and no
    /// date of birth is made of the two.
    Age,
    /// An amount.
    Money(Money),
    /// The code of a stop. The field is the `code` of a stop.
    Stop(StopForm),
    /// A telephone number or an e-mail address. The field is the `value` of a contact.
    Contact(ContactKind),
    /// What the look-up table of this name says.
    Table(Text),
}

impl Parse {
    /// Whether it is by the type of the field.
    #[must_use]
    pub fn is_auto(&self) -> bool {
        *self == Self::Auto
    }
}

/// How dates and times are written.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Dates {
    /// Patterns, in the order in which they are tried: `YYYY`, `YY`, `MM` (`M` for one or
    /// two digits), `MMM` (name of the month), `DD`, `D`, `HH`, `H`, `mm`, `ss`, `Z`
    /// (`Z` or an offset); everything else stands for itself, and a pattern without a
    /// day or a month is a partial date.
    #[serde(skip_serializing_if = "Names::is_empty")]
    pub pattern: Names,
    /// The order of day, month and year, for dates that no pattern fits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<DateOrder>,
}

/// The order of the parts of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
    /// Year, month, day.
    Ymd,
}

/// The order of the parts of a whole name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum NameOrder {
    /// The family name, then given names: one word is the family name.
    SurnameFirst,
    /// Given names, then the family name with its particles.
    GivenFirst,
    /// Not known: parted at a comma only, and otherwise kept whole.
    Unknown,
    /// As in machine-readable zones: `ERIKSSON<<ANNA<MARIA`.
    Mrz,
}

/// How amounts are written.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Money {
    /// The decimal mark; a point without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mark: Option<char>,
    /// Whole numbers of minor units: so many decimals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minor: Option<u8>,
    /// Whole numbers of minor units: where the number of decimals stands.
    #[serde(skip_serializing_if = "Names::is_empty")]
    pub scale: Names,
    /// Whole numbers of minor units: where the currency stands that has so many decimals (ISO 4217).
    #[serde(skip_serializing_if = "Names::is_empty")]
    pub currency: Names,
}

/// In what form the code of a stop is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum StopForm {
    /// UIC station code of seven digits; zeros before it and the eighth digit go.
    Uic,
    /// UN/LOCODE, with or without its blank.
    UnLocode,
    /// IATA location code.
    Iata,
    /// A URN or a bare code as OSDM has them: `urn:uic:stn:8814001`.
    Urn,
    /// UN/LOCODE where it has that shape, else the name of a port.
    Port,
    /// A code of the carrier's own.
    Free,
}

impl StopForm {
    /// The scheme of such codes.
    #[must_use]
    pub fn scheme(self) -> StopScheme {
        match self {
            Self::Uic | Self::Urn => StopScheme::Uic,
            Self::UnLocode | Self::Port => StopScheme::UnLocode,
            Self::Iata => StopScheme::Iata,
            Self::Free => StopScheme::Free,
        }
    }
}

/// The part of a text that counts: before the first, or after the last, of some separator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cut {
    /// What stands before the first.
    Before(Text),
    /// What stands after the last.
    After(Text),
}

/// A look-up table: texts are compared whatever their case and blanks around them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Table {
    /// What stands for what, in the canonical form of the field.
    pub rows: BTreeMap<Text, Text>,
    /// What becomes of a text that is in no row.
    #[serde(skip_serializing_if = "Otherwise::is_unknown")]
    pub otherwise: Otherwise,
}

/// What becomes of a text that is in no row of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Otherwise {
    /// It is left out, with a diagnostic.
    #[default]
    Unknown,
    /// It is read by the type of the field, as without a table.
    Keep,
    /// It is left out and no doubt: it counts as unmapped.
    Ignore,
}

impl Otherwise {
    fn is_unknown(&self) -> bool {
        *self == Self::Unknown
    }
}
