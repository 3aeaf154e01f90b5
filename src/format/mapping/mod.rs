//! CSV and JSON by mapping: an adapter that is data, not code.
//!
//! Rail, coach and sea have no common message; each operator exports what its own
//! system has. A [`Mapping`] says for one such export which column or pointer goes
//! to which [`Field`], and how it is read. It is a document in JSON,
//! TOML or any other serde format, checked when it is loaded: a misspelt field or a parse that
//! cannot give what the field holds is an error with its place, never a silence.
//!
//! [`Mapping`] is a [`Format`]: hand it to [`Options::formats`](crate::Options), alone
//! or beside [`BUILT_IN`](super::BUILT_IN), which has the [shipped ones](SHIPPED).
//!
//! ```
//! use paxnorm::format::mapping::Mapping;
//! use paxnorm::{Format, Options, Reader};
//!
//! let mapping: Mapping = serde_json::from_str(r#"{
//!     "name": "night-coach",
//!     "source": { "csv": { "group": ["locators[].value"] } },
//!     "mode": "coach",
//!     "rules": [
//!         { "field": "locators[].value", "from": ["Booking no.", "Buchung"] },
//!         { "field": "passengers[].name.surname", "from": "Surname" },
//!         { "field": "passengers[].name.given", "from": "First name" },
//!         { "field": "legs[].from.name", "from": "Pick up" },
//!         { "field": "legs[].to.name", "from": "Drop off" },
//!         { "field": "legs[].departure", "from": "Date", "after": "Time",
//!           "parse": { "date": { "order": "dmy" } } }
//!     ]
//! }"#)?;
//! let bytes: &[u8] = b"BOOKING NO,surname,first name,pick-up,Drop off,date,time\n\
//!     77,ERIKSSON,ANNA,Gent,Lille,04/05/2026,22:10\n\
//!     77,ERIKSSON,LARS,Gent,Lille,04/05/2026,22:10\n";
//! let formats: [&dyn Format; 1] = [&mapping];
//! let options = Options { formats: &formats, ..Options::default() };
//! let booking = Reader::with(bytes, &options)?.next().unwrap()?.booking.unwrap();
//! assert_eq!(booking.passengers.len(), 2);
//! assert_eq!(booking.legs.len(), 1);
//! assert_eq!(booking.legs[0].departure.unwrap().to_string(), "2026-05-04T22:10");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The [guide] leads from an unknown file to a checked mapping.
//!
//! # What is counted
//! A datum is a cell of a data row that is not blank, or a leaf of a JSON document
//! that is not null. Headers and constants are none. Each is mapped, withheld by
//! the policy, or named by an [`Unmapped`](crate::Code::Unmapped) note with its row
//! and column, or its pointer.

mod assemble;
mod canonical;
mod compile;
mod csv;
mod draft;
mod json;
mod pattern;
mod plan;
mod shelf;
mod shipped;
#[cfg(feature = "spreadsheet")]
mod spreadsheet;
mod suggest;
mod tables;
mod trie;
mod value;
mod words;

pub use canonical::Canonical;
pub use draft::{
    Condition, Csv, Cut, DateOrder, Dates, Draft, Given, Item, Join, Json, Money, NameOrder, Names,
    Otherwise, Parse, Row, Rule, Source, StopForm, Table,
};

pub use shipped::{
    COACH_MANIFEST, DISTRIBUSION, DISTRIBUSION_REQUEST, EMSWE, FAL5, FAL6, FERRY_MANIFEST, OSDM,
    RAIL_MANIFEST, SHIPPED, Shipped,
};
#[cfg(feature = "spreadsheet")]
pub use spreadsheet::Workbook;
pub use suggest::{Column, Lexicon, LexiconError, SuggestError, Suggestion};

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Confidence, Format, Session};
use crate::Field;
use crate::field::Reach;
use crate::model::{Booking, LegalBasis, MessageKind, Provenance, Text};
use crate::reader::{Intake, Limits};
use assemble::Terms;
use plan::Plan;

/// An adapter for one export of one system, as data. See the [module](self).
#[derive(Debug, Serialize, Deserialize)]
#[serde(try_from = "Draft", into = "Draft")]
pub struct Mapping {
    draft: Draft,
    plan: Plan,
}

impl Mapping {
    /// The mapping as it is written.
    #[must_use]
    pub fn draft(&self) -> &Draft {
        &self.draft
    }
}

impl Clone for Mapping {
    fn clone(&self) -> Self {
        let draft = self.draft.clone();
        // What was compiled once compiles again.
        let plan = compile::compile(&draft).unwrap_or_default();
        Self { draft, plan }
    }
}

impl PartialEq for Mapping {
    fn eq(&self, other: &Self) -> bool {
        self.draft == other.draft
    }
}

impl TryFrom<Draft> for Mapping {
    type Error = MappingError;

    fn try_from(draft: Draft) -> Result<Self, MappingError> {
        let plan = compile::compile(&draft)?;
        Ok(Self { draft, plan })
    }
}

impl From<Mapping> for Draft {
    fn from(mapping: Mapping) -> Self {
        mapping.draft
    }
}

impl Format for Mapping {
    fn name(&self) -> &str {
        &self.draft.name
    }

    fn detect(&self, head: &[u8]) -> Confidence {
        match &self.draft.source {
            Source::Csv(source) => csv::detect(source, &self.plan, head),
            Source::Json(_) => json::detect(&self.draft, &self.plan, head),
        }
    }

    fn open(&self, limits: &Limits, intake: &Intake) -> Box<dyn Session + Send + Sync + '_> {
        match &self.draft.source {
            Source::Csv(_) => Box::new(csv::Rows::new(&self.draft, &self.plan, limits, intake)),
            Source::Json(_) => Box::new(json::Values::new(&self.draft, &self.plan, limits, intake)),
        }
    }
}

/// Why a mapping cannot be used: where in it, and what is wrong.
///
/// ```
/// use paxnorm::format::mapping::{Draft, Mapping};
///
/// let draft: Draft = serde_json::from_str(r#"{
///     "name": "example",
///     "source": { "csv": {} },
///     "rules": [{ "field": "legs[].stops", "from": "Stops", "parse": { "full-name": "unknown" } }]
/// }"#)?;
/// let error = Mapping::try_from(draft).unwrap_err();
/// assert_eq!(error.to_string(), "rules[0].parse: this parse cannot give what legs[].stops holds");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{at}: {problem}")]
#[non_exhaustive]
pub struct MappingError {
    /// The place in the draft: `rules[3].parse`.
    pub at: String,
    /// What is wrong there.
    pub problem: Problem,
}

/// What can be wrong with a mapping that is well-formed. Texts are those of the mapping itself.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// Two rules fill one field of one sort of item.
    #[error("another rule fills {0} of the same item")]
    DuplicateTarget(Field),
    /// The same sort of item is declared twice.
    #[error("the same item is declared before")]
    DuplicateItem,
    /// The list cannot be filled by a mapping.
    #[error("no mapping can fill this list")]
    ClosedList,
    /// Neither a place nor a constant is named.
    #[error("neither `from`, `intake` nor `value` says what goes there")]
    NoSource,
    /// The parse does not fit the type of the field.
    #[error("this parse cannot give what {0} holds")]
    ImpossibleParse(Field),
    /// The constant, or the value of a table, does not fit the type of the field.
    #[error("{0} cannot hold this value")]
    ImpossibleValue(Field),
    /// A table that is not there.
    #[error("there is no table `{0}`")]
    UnknownTable(String),
    /// Not a pointer of RFC 6901, or one that leads above the document.
    #[error("`{0}` is no pointer that leads somewhere from here")]
    NotAPointer(String),
    /// Not a query of RFC 9535, or the feature `jsonpath` is not there.
    #[error("`{0}` is no JSONPath, or the library is built without `jsonpath`")]
    NotAQuery(String),
    /// Not a name of a column.
    #[error("`{0}` names no column")]
    NotAColumn(String),
    /// Not a pattern of dates.
    #[error("this is no pattern of a date, or lacks the year")]
    NotAPattern,
    /// A delimiter or quote that is not one ASCII character.
    #[error("a separator must be one character of ASCII, and no end of line")]
    NotASeparator,
    /// An encoding that nobody knows.
    #[error("there is no encoding `{0}`")]
    UnknownEncoding(String),
    /// `{n}` in the name of a column of an item that is not repeated.
    #[error("`{{n}}` stands for a number only where the item says `repeat`")]
    NoRepeat,
    /// A key or a group that no rule fills.
    #[error("no rule says where {0} stands")]
    NoRuleFor(Field),
    /// A join of which the two sides differ in length, or are empty.
    #[error("`here` and `there` must be of one length")]
    UnevenJoin,
}

/// Where the bookings of a mapping come from, as far as all have it in common.
fn provenance(draft: &Draft, intake: &Intake) -> Provenance {
    Provenance {
        format: Some(draft.name.clone()),
        message: Some(MessageKind::Mapped),
        mode: intake.mode.or(draft.mode),
        sender: intake.sender.clone(),
        received: intake.received,
        legal_basis: match draft.says_basis() {
            true => None,
            false => intake.legal_basis.or(draft.legal_basis),
        },
        journey: intake.journey.clone(),
        ..Provenance::default()
    }
}

/// What [`finish`] sets, beside the legal basis.
const FOLLOWS: &[Field] = &[
    Field::LegMode,
    Field::LegFromTimeZone,
    Field::LegToTimeZone,
    Field::CallTimeZone,
];

/// What follows from the values of a booking: its legal basis, the mode of its legs, and the
/// zones of its stops.
fn finish(booking: &mut Booking, terms: &Terms, reach: &mut Reach) {
    if let Some(others) = terms.basis {
        let provenance = Arc::make_mut(&mut booking.provenance);
        provenance.legal_basis = basis(provenance.legal_basis, others);
    }
    let mode = booking.provenance.mode;
    FOLLOWS.iter().for_each(|field| reach.fill(*field));
    for leg in &mut booking.legs {
        leg.mode = leg.mode.or(mode);
        for stop in [&mut leg.from, &mut leg.to]
            .into_iter()
            .chain(&mut leg.calls)
        {
            if let (None, Some(scheme), Some(code)) = (&stop.time_zone, stop.scheme, &stop.code) {
                stop.time_zone = tables::zone(scheme, code).map(Text::from);
            }
        }
    }
}

/// Data that say they were collected for safety at sea alone stay that, whatever the caller
/// says; of every other basis the caller knows best.
fn basis(
    said: Option<LegalBasis>,
    [caller, mapping]: [Option<LegalBasis>; 2],
) -> Option<LegalBasis> {
    match said {
        Some(LegalBasis::SeaSafety) => said,
        _ => caller.or(said).or(mapping),
    }
}

#[doc = include_str!("guide.md")]
pub mod guide {}
