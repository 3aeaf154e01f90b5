//! Matching of names: prepare once, compare many, explain every number.
//!
//! Reach for a [`Matcher`] to compare two names, for an [`Index`] to find a
//! name among many, for [`Matcher::weigh`] where dates, documents and sex are
//! known too. The parts can be had one by one: [`normalise`],
//! [`transliterate`], [`phonetic`], [`distance`].
//!
//! ```
//! use paxnorm::{Name, matching::Matcher};
//!
//! let matcher = Matcher::default();
//! let wanted = matcher.prepare(&Name::new("Haddad", "Yousef"));
//! let booked = matcher.prepare(&Name::new("ALHADAD", "YUSUF MR"));
//! assert!(matcher.score(&wanted, &booked) > 0.5);
//! println!("{}", matcher.explain(&wanted, &booked));
//! ```
//!
//! # What a score means
//!
//! The words of two names are aligned one to one: by spelling (with the costs
//! of [`distance::Costs`]), as nicknames, initials, or run together. How much
//! of either name is found in the other, how much that says (a rare word says
//! more), what is left on both sides, the order, the surname: each is a
//! [`Term`] with a weight, the sum of their points is the evidence, and the
//! score its [`probability`]. There is no other step, so that
//! [`Explanation::steps`] add up to the score.
//!
//! A score proposes; a person decides.
//!
#![doc = include_str!("tuning.md")]
#![doc = ""]
#![doc = include_str!("curves.svg")]
#![doc = ""]
#![doc = include_str!("searching.md")]

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
pub use identity::{
    Date, DateAgreement, Identity, NumberAgreement, Points, Sex, SexAgreement, Weighed,
};
pub use index::{Candidate, Index, Snapshot};
pub(crate) use lexicon::Fast;
pub use lexicon::Role;
pub use matcher::{Matcher, probability};
pub use normalise::Part;
pub use prepared::Prepared;
pub use score::Kind;
pub use tuning::{Term, Tuning, TuningError, Weights};
