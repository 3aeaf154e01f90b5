//! A word to the compiler on what hardly ever happens.
//!
//! Reach for it where a profile shows a jump that is nearly always taken: a compiler that is not
//! told which way is the usual one may lay out the other one straight ahead.

/// Says that the branch in which it stands is hardly ever taken: its code lies apart, and the
/// usual way goes straight on. At run time it is nothing.
#[cold]
#[inline]
pub(crate) const fn rare() {}
