//! Matching of names.

pub mod distance;
mod explain;
mod lexicon;
mod matcher;
pub mod normalise;
pub mod phonetic;
mod prepared;
mod score;
mod tuning;

pub use explain::{Aligned, Explanation, Step};
pub use lexicon::Role;
pub use matcher::{Matcher, probability};
pub use prepared::Prepared;
pub use score::Kind;
pub use tuning::{Term, Tuning, TuningError, Weights};
