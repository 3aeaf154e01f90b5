//! Keys that sound alike: spellings of one name by ear.
//!
//! Reach for [`skeleton`] with names that crossed scripts, for
//! [`double_metaphone`] with names of European spelling. Neither panics on any
//! input; what is not a letter A to Z is passed over.

mod metaphone;
mod skeleton;

pub use metaphone::double_metaphone;
pub use skeleton::skeleton;
pub(crate) use skeleton::{length, of};
