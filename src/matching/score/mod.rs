//! From two prepared names to terms of evidence.

mod align;
mod runs;
mod shape;
mod side;
mod sieve;
mod terms;
mod words;

pub use align::Kind;
pub(crate) use align::{Aligner, Alignment, Pair, Room, align};
pub(crate) use shape::Shape;
pub(crate) use sieve::Tally;
pub(crate) use terms::{Values, values};
pub(crate) use words::Likeness;
