use std::fmt;

use super::Promise;

/// Failures that are kept of each promise; the others are counted.
const KEPT: usize = 8;

/// What a check found: a value, for people through its `Display`, for tests
/// through [`Report::is_ok`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    format: String,
    samples: usize,
    trials: usize,
    failures: Vec<Failure>,
    counts: Vec<(Promise, usize)>,
}

/// A promise broken, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Failure {
    /// Which promise.
    pub promise: Promise,
    /// Which sample, counted from 0.
    pub sample: usize,
    /// What was done with the sample.
    pub trial: Trial,
    /// The byte of the input that was read then, counted from 0.
    pub offset: u64,
    /// What was seen, in a few words.
    pub what: &'static str,
}

/// What was done with a sample before a format read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Trial {
    /// It was read as it is.
    Whole,
    /// It was cut short.
    Truncated {
        /// Bytes that were left.
        len: usize,
    },
    /// A byte was changed.
    Flipped {
        /// The byte.
        at: usize,
        /// The bits that were turned.
        mask: u8,
    },
    /// It was given in windows.
    Chunked {
        /// Number of the way of cutting; the seed and this number repeat it.
        way: usize,
    },
}

impl Report {
    pub(super) fn new(format: &str) -> Self {
        Self {
            format: format.to_owned(),
            samples: 0,
            trials: 0,
            failures: Vec::new(),
            counts: Vec::new(),
        }
    }

    pub(super) fn count(&mut self, sample: usize) {
        self.samples = self.samples.max(sample + 1);
        self.trials += 1;
    }

    pub(super) fn add(&mut self, failure: Failure) {
        let known = (self.counts.iter_mut()).find(|(promise, _)| *promise == failure.promise);
        let count = match known {
            Some((_, count)) => {
                *count += 1;
                *count
            }
            None => {
                self.counts.push((failure.promise, 1));
                1
            }
        };
        if count <= KEPT {
            self.failures.push(failure);
        }
    }

    /// Whether every promise was kept.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.failures.is_empty()
    }

    /// The promises that were broken, each with the number of times.
    ///
    /// ```
    /// use paxnorm::conformance::{Promise, check};
    /// use paxnorm::format::Pnrgov;
    ///
    /// let report = check(&Pnrgov, &["not its own"]);
    /// let broken: Vec<_> = report.broken().collect();
    /// assert_eq!(broken, [(Promise::Detection, 1)]);
    /// ```
    pub fn broken(&self) -> impl Iterator<Item = (Promise, usize)> + '_ {
        let count = |promise: &Promise| self.counts.iter().find(|(known, _)| known == promise);
        Promise::ALL.iter().filter_map(count).copied()
    }

    /// The first failures of a promise, at most eight.
    pub fn of(&self, promise: Promise) -> impl Iterator<Item = &Failure> {
        let of = move |failure: &&Failure| failure.promise == promise;
        self.failures.iter().filter(of)
    }

    /// How often a format read a sample, whole or not.
    #[must_use]
    pub fn trials(&self) -> usize {
        self.trials
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (samples, trials) = (self.samples, self.trials);
        let format = &self.format;
        writeln!(f, "{format}: {samples} samples, {trials} readings")?;
        for promise in Promise::ALL {
            let times = self.broken().find(|(broken, _)| broken == promise);
            match times {
                None => writeln!(f, "  kept    {promise}")?,
                Some((_, times)) => writeln!(f, "  BROKEN  {promise}, {times} times")?,
            }
            self.of(*promise)
                .try_for_each(|one| writeln!(f, "          {one}"))?;
        }
        Ok(())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            sample,
            trial,
            offset,
            what,
            ..
        } = self;
        write!(f, "sample {sample} {trial}, byte {offset}: {what}")
    }
}

impl fmt::Display for Trial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => f.write_str("whole"),
            Self::Truncated { len } => write!(f, "cut short to {len} bytes"),
            Self::Flipped { at, mask } => write!(f, "with byte {at} flipped by {mask:#04x}"),
            Self::Chunked { way } => write!(f, "in windows (way {way})"),
        }
    }
}
