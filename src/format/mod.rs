//! Formats: what turns bytes into bookings.
//!
//! [`BUILT_IN`] lists those that come with the library. A format of your own
//! implements [`Format`] and its [`Session`]; hand it to
//! [`Options::formats`](crate::Options). State, not bytes, crosses steps: a
//! session sees a window, says how much of it is done with, and never keeps a
//! reference into it, so that the same code reads a slice and a stream.

mod answer;
mod batch;
mod codes;
mod contacts;
mod dates;
mod deviations;
mod edifact;
mod grammar;
mod kinds;
mod ledger;
pub mod mapping;
mod paxlst;
mod pnrgov;
mod states;

pub use deviations::{DEVIATIONS, Deviation};
pub use edifact::{Paxlst, Pnrgov};
pub use ledger::Ledger;
pub(crate) use ledger::Tally;
pub use mapping::Mapping;

use crate::error::Error;
use crate::field::Reach;
use crate::reader::{Intake, Limits, Record};

/// A format. Object-safe: a reader chooses among `&dyn Format` by content.
pub trait Format: Send + Sync {
    /// Name, as in the provenance of bookings: `pnrgov`.
    fn name(&self) -> &str;

    /// How sure it is that an input which begins like this is its own; `head` is
    /// at most the first 64 KiB.
    fn detect(&self, head: &[u8]) -> Confidence;

    /// Starts to read one transmission.
    fn open(&self, limits: &Limits, intake: &Intake) -> Box<dyn Session + Send + Sync + '_>;
}

impl std::fmt::Debug for dyn Format + '_ {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Format({})", self.name())
    }
}

/// How sure a format is of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// Not its own.
    No,
    /// It could be, and nothing speaks for it in particular.
    Possible,
    /// Marks of the format are there.
    Likely,
    /// It is.
    Certain,
}

/// The reading of one transmission.
pub trait Session {
    /// Reads on from the window, which starts at `offset` of the transmission;
    /// `last` says that nothing follows it.
    ///
    /// Every datum of the bytes used has its slot in the ledger when the step
    /// returns them as used. A step that asks for more has left the ledger alone.
    ///
    /// # Errors
    /// The transmission cannot be read any further.
    fn step(
        &mut self,
        window: &[u8],
        offset: u64,
        last: bool,
        ledger: &mut Ledger,
    ) -> Result<Step, Error>;

    /// Skips at least `bytes` of the window, which holds the rest of the transmission and starts
    /// at `offset`, to a place where another reader can begin. What was skipped is the other
    /// session's to read.
    ///
    /// Nothing, which is the default, says that a transmission is read as a whole.
    fn split(
        &mut self,
        _window: &[u8],
        _offset: u64,
        _bytes: usize,
    ) -> Option<(usize, Box<dyn Session + Send + Sync>)> {
        None
    }

    /// What it has filled its bookings with so far, where it knows: a policy looks at nothing else.
    ///
    /// For sessions of this library alone, whose every value goes through one place. One that
    /// wraps another and adds to its bookings is not asked for what the other knows.
    #[doc(hidden)]
    fn reach(&self, _: Own) -> Option<&Reach> {
        None
    }
}

pub(crate) use own::Own;

mod own {
    /// Stands before what only this library can call and only its sessions can have: nobody else
    /// can name it.
    #[derive(Debug)]
    pub struct Own;
}

/// What a step came to.
///
/// `used` 0 without a record asks for a longer window or, if it was the last
/// one, says that the transmission is at its end.
#[derive(Debug, Default)]
pub struct Step {
    /// Bytes of the window that are done with.
    pub used: usize,
    /// The record that they yielded.
    pub record: Option<Record>,
}

/// The formats that come with the library.
pub static BUILT_IN: &[&dyn Format] = &[
    &Pnrgov,
    &Paxlst,
    &mapping::Canonical,
    &mapping::OSDM,
    &mapping::DISTRIBUSION,
    &mapping::DISTRIBUSION_REQUEST,
    &mapping::EMSWE,
    &mapping::FAL6,
    &mapping::FAL5,
    &mapping::RAIL_MANIFEST,
    &mapping::FERRY_MANIFEST,
    &mapping::COACH_MANIFEST,
];

/// The built-in format of this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static dyn Format> {
    BUILT_IN
        .iter()
        .copied()
        .find(|format| format.name() == name)
}

/// The surest format, the first of equals.
pub(crate) fn recognise<'a>(formats: &[&'a dyn Format], head: &[u8]) -> Option<&'a dyn Format> {
    let mut best: Option<(Confidence, &'a dyn Format)> = None;
    for format in formats {
        let confidence = format.detect(head);
        if confidence > best.map_or(Confidence::No, |(best, _)| best) {
            best = Some((confidence, *format));
        }
        if confidence == Confidence::Certain {
            break;
        }
    }
    best.map(|(_, format)| format)
}
