//! A word to the compiler on what hardly ever happens.
//!
//! Reach for it where a profile shows a branch that is always taken: it lays out code as it
//! stands, unless it is told which way is the usual one.

/// Says that the branch in which it stands is hardly ever taken: its code lies apart, and the
/// usual way goes straight on. At run time it is nothing.
#[cold]
#[inline]
pub(crate) const fn rare() {}
