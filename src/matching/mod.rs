//! Fuzzy name matching: prepare once, compare many, explain every number.

pub mod distance;
mod explain;
mod identity;
mod index;
mod lexicon;
mod matcher;
pub mod normalise;
pub mod phonetic;
mod prepared;
mod score;
pub mod transliterate;
mod tuning;

pub use explain::{Aligned, Explanation, Step};
pub use identity::{Date, DateAgreement, Identity, NumberAgreement, Points, Sex, SexAgreement, Weighed};
pub use index::{Candidate, Index, Snapshot};
pub use lexicon::Role;
pub use matcher::{Matcher, probability};
pub use normalise::Part;
pub use prepared::Prepared;
pub use score::Kind;
pub use tuning::{Term, Tuning, TuningError, Weights};
