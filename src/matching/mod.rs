//! Matching of names.

pub mod distance;
