//! EDIFACT syntax (ISO 9735, versions 1 to 4): bytes in, segments and components with their
//! places out. Nothing here knows passengers.
//!
//! Reach for it to read any EDIFACT message, of whatever directory: the readers of
//! [PNRGOV and PAXLST](crate) stand on it.
//!
//! ```text
//! input       = junk { interchange junk }
//! interchange = [ "UNA" 6*6 service-character blanks ] UNB { segment } UNZ
//! segment     = tag { component-separator component } { element-separator element } terminator blanks
//! element     = component { component-separator component }
//! component   = { character | release character }
//! ```
//!
//! 1. [`find_interchange`] finds where an interchange starts, past whatever stands before it,
//!    and learns its [`Delimiters`].
//! 2. [`Scanner::scan`] cuts a stretch of it into segments and non-empty components, in scratch
//!    that is used again: nothing is allocated per segment.
//! 3. [`Scanner::segments`] lends [`Segment`] and [`Component`] views; [`Component::text`] and
//!    [`Component::code`] give the value without release characters and line breaks.
//!
//! ```
//! use paxnorm::edifact::{Charset, Limits, Scanner, Search, find_interchange};
//!
//! let input = b"QK UTOXXXX\nUNA:+.?*'\nUNB+IATA:1+XX+UTO'\nTIF+O?'DEA:I+PAT'\nUNZ+1+7'";
//! let Search::Found(start) = find_interchange(input, 0, true) else { panic!() };
//! let mut scanner = Scanner::new();
//! scanner.scan(input, start.unb, &start.delimiters, &Limits::default(), true, |_, _| false)?;
//! let segments = scanner.segments(input, Charset::from_syntax_id("IATA"), &start.delimiters);
//! let name = segments.get(1).unwrap();
//! assert_eq!(name.tag().as_str(), "TIF");
//! let surname = name.components().next().unwrap();
//! assert_eq!((surname.element(), surname.component(), &*surname.text()), (1, 1, "O'DEA"));
//! # Ok::<(), paxnorm::edifact::LimitReached>(())
//! ```
//!
//! # What is a datum
//! A component after the tag that holds more than blanks, tabs and line breaks. Elements and
//! components count from 1 as the standard counts them, empty ones included; repetitions are
//! never split, for `*` is text in this field (`*1A/E*`).
//!
//! # What is tolerated
//! Carriers' systems, telex relays, mail and print damage messages. What can be told safely is
//! repaired and reported as a [`Problem`]; nothing is dropped in silence.

mod block;
mod body;
mod charset;
mod clean;
mod contrl;
mod delimiters;
mod limits;
mod look;
mod plain;
mod problem;
mod repair;
mod scan;
mod segment;
mod start;
mod tables;
mod tag;
mod trailer;

pub use charset::Charset;
pub use contrl::contrl;
pub use delimiters::Delimiters;
pub use limits::{Limit, LimitReached, Limits};
pub use problem::{Problem, ProblemKind};
pub use scan::{Scanned, Scanner};
pub(crate) use segment::trimmed;
pub use segment::{Component, Components, Segment, Segments, SegmentsIter};
pub use start::{Search, Start, find_interchange};
pub(crate) use tag::FRAGMENT;
pub use tag::Tag;
