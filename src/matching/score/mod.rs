//! From two prepared names to terms of evidence.

mod align;
mod terms;

pub use align::Kind;
pub(crate) use align::{Aligner, Alignment, Likeness, Pair, align};
pub(crate) use terms::{Values, values};
