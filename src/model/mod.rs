//! The canonical schema: a [`Booking`](crate::Booking) and all beneath it.
//!
//! Plain data with serde both ways: no parsing, no I/O, no dependency on any
//! other module of the crate.

mod name;
mod text;

pub use name::Name;
pub use text::Text;
