//! Reads passenger records of carriers into one schema, keeps what the law lets
//! a unit keep, and matches names.

#![forbid(unsafe_code)]
#![warn(unreachable_pub)]

pub mod diagnostic;
pub mod document;
pub mod edifact;
mod error;
mod field;
pub mod format;
pub mod matching;
pub mod model;
pub mod privacy;
mod reader;

pub use diagnostic::{Code, Diagnostic};
pub use error::{Error, ErrorKind};
pub use field::{Field, Scope};
pub use format::Format;
pub use model::{Booking, Name};
pub use privacy::Policy;
pub use reader::{Data, Input, Intake, Limits, Options, Reader, Record};
