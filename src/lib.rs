//! Reads passenger records of carriers into one schema, keeps what the law lets
//! a unit keep, and matches names.

pub mod document;
pub mod matching;
pub mod model;

pub use model::Name;
