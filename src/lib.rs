//! Reads passenger records of carriers into one schema, keeps what the law lets
//! a unit keep, and matches names.

mod field;
pub mod matching;
pub mod model;

pub use field::{Field, Scope};
pub use model::{Booking, Name};
