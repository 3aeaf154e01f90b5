//! Travel documents: machine-readable zones, codes of states and kinds, and
//! whether a document can belong to a reservation.
//!
//! Reach for [`Mrz`] to read or write a zone, for [`State`] and [`Kind`] to
//! bring codes to their normal form, for [`MachineName`] to move a name between
//! the visual and the machine-readable zone, and for [`compare`] to hold the
//! name of a reservation against that of a document.
//!
//! Everything is kept as received beside its normal form ([`Reading`]), and
//! nothing is guessed in silence: a repaired character, a cut name or an
//! ambiguous code says that it is one.
//!
//! The rules are those of ICAO Doc 9303 (eighth edition 2021 with amendments)
//! and ISO 3166.

mod check_digit;
mod compare;
mod kind;
mod mrz;
mod names;
mod reading;
mod state;
mod tokens;

pub use check_digit::check_digit;
pub use compare::{Comparison, Difference, Verdict, Why, compare};
pub use kind::Kind;
pub use mrz::{Field, Finding, Layout, Mrz, MrzDate, MrzSex, Refusal, WriteError};
pub use names::MachineName;
pub use reading::{How, Reading};
pub use state::{State, Status};
