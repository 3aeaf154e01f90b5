//! The canonical schema: a [`Booking`] and all beneath it.
//!
//! Plain data with serde both ways: no parsing, no I/O, no dependency on any
//! other module of the crate but the vocabulary ([`Field`](crate::Field)), which
//! names every leaf. Members are left out of the serde form where they are
//! absent, and unknown members are errors.
//!
//! `Debug` of everything in here shows shapes and codes, never names, numbers or
//! dates.

mod booking;
mod code;
mod contact;
mod journey;
pub(crate) mod leaf;
mod name;
mod passenger;
mod short;
mod text;
mod ticket;
mod time;
mod title;
mod withheld;

pub use booking::{
    Agency, Booking, ByteRange, Change, Group, HistoryEntry, Journey, Locator, Minor, OtherService,
    Provenance, Remark, ServiceRequest, Split,
};
pub use code::{
    Amount, BookingStatus, Capture, CardNumber, ContactKind, Country, DocumentKind, HistoryAction,
    Id, LegKind, LegStatus, LegalBasis, LocatorKind, MessageKind, Mode, Origin, Part,
    PassengerKind, PaymentMethod, PoolRole, PriceKind, Push, RemarkKind, Role, SeatKind, Sex,
    StopScheme, VisaKind, WeightUnit,
};
pub use contact::{Address, Contact};
pub use journey::{Bag, BagTag, CheckIn, Excess, Leg, Seat, Service, Stop};
pub use name::Name;
pub use passenger::{Document, Loyalty, Passenger, State, Visa};
pub use text::Text;
pub(crate) use text::{bare, behind, blanks, is_bare};
pub use ticket::{Fare, Payment, Price, Tax, Ticket};
pub use time::{PartialDate, Timestamp, Zone};
pub use title::Title;
pub use withheld::{Action, SchemaVersion, Withheld};
