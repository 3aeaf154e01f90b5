//! Fuzzy name matching: prepare once, compare many, explain every number.

pub mod transliterate;
