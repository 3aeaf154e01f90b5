//! What the law lets a unit keep.
//!
//! A [`Policy`] is a list of rules; each names its article and what it does to
//! fields. The reader applies one to every booking before anybody sees it: by
//! default [`Policy::eu_pnr`], the allow-list of Annex I of Directive (EU)
//! 2016/681 as read after C-817/19. Reading without one must be asked for by
//! name: [`Policy::keep_all`].
//!
//! | to | reach for |
//! |---|---|
//! | see what a policy does | [`Policy::explain`] |
//! | know what was taken away | [`Report`], from [`Policy::apply`] or [`Reader::report`](crate::Reader::report) |
//! | know what is due, and when | [`Retention`] |
//! | mask so that an authority can undo it | `seal`, with the feature `seal` |
//! | hand data to another unit | [`view`] |
//! | find common persons without names | [`tokens`] |
//! | read all this in words | [`officer`] |

mod apply;
mod collapse;
mod condition;
mod exchange;
mod explain;
mod focus;
mod minor;
mod patterns;
mod policy;
mod report;
mod retention;
#[cfg(feature = "seal")]
mod seal;
mod sensitive;
mod table;
mod token;

pub(crate) use apply::Admitted;
pub use condition::{Condition, Persons, Route};
pub use exchange::{Approval, Elements, Grounds, Refusal, view};
pub use explain::{ELEMENTS, Explained, Ruling};
pub(crate) use focus::Focus;
pub use policy::{Admission, Policy, Rule};
pub(crate) use report::{Hits, Totals};
pub use report::{Line, Report};
pub use retention::{Disposition, Held, Outcome, Reading, Retention, RetentionError};
#[cfg(feature = "seal")]
pub use seal::{Authorisation, Nonces, SealError, SealKey, Sealed, seal, unseal};
#[cfg(feature = "hmac")]
pub use token::HmacKey;
pub use token::{Pseudonymiser, Relation, Token, Tokens, tokens};

/// What is kept, masked and deleted, when, by which rule: a page for
/// data-protection officers.
#[doc = include_str!("officer.md")]
pub mod officer {}
