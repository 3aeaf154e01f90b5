//! What every format owes, checked: reach for it in the tests of a format of
//! your own.
//!
//! A format is open to integrators and the reader trusts it: it lets it say what
//! was used, where a doubt stands and which data reached a field. [`check`] takes
//! a format and samples of it, reads them whole, cut short, damaged and in
//! pieces, and reports each [`Promise`] that was broken, with the sample, the
//! trial and the place.
//!
//! ```
//! use paxnorm::conformance::{Promise, check};
//! use paxnorm::format::Pnrgov;
//!
//! let sample: &[u8] = b"UNB+IATA:1+XX+UTO+260520:0439+1'UNH+1+PNRGOV:11:1:IA'MSG+:22'\
//!     SRC'RCI+XX:ABC123'TIF+ERIKSSON:I+ANNAMRS:A:1'UNT+6+1'UNZ+1+1'";
//! let report = check(&Pnrgov, &[sample]);
//! assert!(report.is_ok(), "{report}");
//! assert_eq!(report.of(Promise::NoPanic).count(), 0);
//! ```
//!
//! # What it costs and what it cannot see
//! The trials are bounded by [`Effort`] and chosen by its seed, so that a run can
//! be repeated. A panic is caught and reported, and the panic hook of the program
//! still prints it; where a program is built to abort on panic it ends there. A
//! step that never returns is not interrupted. No text of a sample is in the
//! report.

mod account;
mod drive;
mod effort;
mod leak;
mod promise;
mod report;
mod trials;

pub use effort::Effort;
pub use leak::TEXT;
pub use promise::Promise;
pub use report::{Failure, Report, Trial};

use crate::Format;

/// Checks a format with the default [`Effort`] over samples that are its own.
///
/// ```
/// use paxnorm::conformance::check;
/// use paxnorm::format::Paxlst;
///
/// // Not a passenger list: the format does not know it, and says so.
/// let report = check(&Paxlst, &["surname,given\nERIKSSON,ANNA\n"]);
/// assert!(!report.is_ok());
/// println!("{report}");
/// ```
#[must_use]
pub fn check<S: AsRef<[u8]>>(format: &dyn Format, samples: &[S]) -> Report {
    check_with(format, samples, &Effort::default())
}

/// Checks a format with a chosen [`Effort`].
///
/// ```
/// use paxnorm::conformance::{Effort, check_with};
/// use paxnorm::format::Pnrgov;
///
/// let mut effort = Effort::default();
/// effort.flips = 2_000;
/// let sample = "UNB+IATA:1+XX+UTO+260520:0439+1'UNH+1+PNRGOV:11:1:IA'MSG+:22'UNT+3+1'UNZ+1+1'";
/// assert!(check_with(&Pnrgov, &[sample], &effort).is_ok());
/// ```
#[must_use]
pub fn check_with<S: AsRef<[u8]>>(format: &dyn Format, samples: &[S], effort: &Effort) -> Report {
    let mut report = Report::new(format.name());
    for (number, sample) in samples.iter().enumerate() {
        trials::all(format, number, sample.as_ref(), effort, &mut report);
    }
    report
}
