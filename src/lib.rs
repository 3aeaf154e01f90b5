//! Passenger records of carriers, read into one schema, kept as far as the law
//! allows, and compared by name.
//!
//! Bytes of a carrier's transmission go in; an ordered stream of canonical
//! records comes out, each with the reasons for every doubt; privacy and matching
//! are plain functions over those records. The library is pure: no network, no
//! clock, no logging, no global state, no `unsafe` (but in the interface for C, a feature),
//! and no panic on any input.
//!
//! ```
//! use paxnorm::{Reader, Record};
//!
//! # let bytes = b"UNB+IATA:1+XX+UTO+260520:0439+1'UNH+1+PNRGOV:11:1:IA'MSG+:22'SRC'RCI+XX:ABC123'TIF+ERIKSSON:I+ANNAMRS:A:1'UNT+6+1'UNZ+1+1'";
//! for record in Reader::new(bytes)? {
//!     let Record { booking, diagnostics, data, .. } = record?;
//!     for doubt in &diagnostics {
//!         eprintln!("{doubt}"); // places and codes, never personal data
//!     }
//!     assert_eq!(data.read, data.mapped + data.withheld + data.unmapped);
//!     if let Some(booking) = booking {
//!         println!("{}", serde_json::to_string(&booking)?);
//!     }
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Seven nouns
//! | noun | what it is |
//! |---|---|
//! | [`Reader`] | iterator over one transmission: `Result<Record, Error>` |
//! | [`Record`] | what one piece yielded: a booking, or nothing but diagnostics |
//! | [`Booking`] | the canonical schema, with all of [`model`] beneath it |
//! | [`Field`] | the closed vocabulary: one variant for every leaf of the schema |
//! | [`Format`] | what turns bytes into bookings; [`format`](mod@format) tells how to bring one |
//! | [`Policy`] | what the law lets a unit keep, as rules over fields |
//! | [`matching`] | names: prepared once, compared many times, explained |
//!
//! Beside them stand the layers that serve on their own: [`edifact`], the syntax
//! of ISO 9735, and [`document`], travel documents by Doc 9303; and [`conformance`],
//! which tells who wrote a format whether it keeps what every format owes.
//!
//! # What holds
//! - **Nothing lost.** Every datum of the input reaches a field, is withheld by a
//!   named rule, or is named by a note with its place ([`Data`]).
//! - **Nothing leaked.** Diagnostics, errors and `Debug` show places, codes and
//!   shapes, never content. The default policy keeps what Annex I of Directive
//!   (EU) 2016/681 lists and nothing else.
//! - **An `Err` ends a transmission**, everything less is a [`Diagnostic`].
//! - **Bounded.** Memory is that of one record beside the input ([`Limits`]).
//!
//! # Features
//! | feature | what it adds |
//! |---|---|
//! | `schema` | `schemars::JsonSchema` of the records |
//! | `hmac` | keys for [tokens](privacy::tokens) that two units compare without names |
//! | `seal` | masking that can be undone: `privacy::seal` |
//! | `capi` | the interface for C, and what calls C: `capi` |
//! | `spreadsheet` | XLSX and ODS lists as rows of a [mapping](format::mapping) |
//! | `jsonpath` | queries (RFC 9535) in [mappings](format::mapping) of JSON, where pointers do not suffice |

#![deny(unsafe_code)]
#![warn(unreachable_pub)]
// No input brings it down: whatever may panic says where it stands why it cannot.
#![deny(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::todo,
    clippy::unimplemented,
    clippy::unreachable,
    clippy::unwrap_used
)]

#[cfg(feature = "capi")]
#[allow(unsafe_code, reason = "the border to C, the only place of it")]
pub mod capi;
pub mod conformance;
pub mod diagnostic;
pub mod document;
pub mod edifact;
mod error;
mod field;
pub mod format;
mod hint;
pub mod matching;
pub mod model;
pub mod privacy;
mod reader;

pub use diagnostic::{Code, Diagnostic};
pub use error::{Error, ErrorKind};
pub use field::{Field, FieldSet, Scope};
pub use format::Format;
pub use model::{Booking, Name};
pub use privacy::Policy;
pub use reader::{Data, Input, Intake, Limits, Options, Reader, Record};

#[doc = include_str!("../README.md")]
#[cfg(doctest)]
struct Readme;
