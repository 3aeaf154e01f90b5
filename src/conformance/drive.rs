//! Steps a session through an input as the reader does, and watches it.

use super::Promise;
use super::account;
use super::leak::{self, Texts};
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::format::{Format, Ledger, Session, Step};
use crate::model::Booking;
use crate::reader::{Data, Intake, Limits, Record};

/// A promise broken at a place.
pub(super) type Breach = (Promise, u64, &'static str);

/// One record as it was read.
#[derive(PartialEq)]
pub(super) struct Seen {
    booking: Option<Box<Booking>>,
    diagnostics: Vec<Diagnostic>,
    data: Data,
}

/// What a reading came to.
#[derive(Default, PartialEq)]
pub(super) struct Run {
    records: Vec<Seen>,
    error: Option<String>,
}

/// Reads `input` in windows that end at `ends` and then at its end.
pub(super) fn drive(
    format: &dyn Format,
    input: &[u8],
    ends: &[usize],
    texts: &Texts<'_>,
    breaches: &mut Vec<Breach>,
) -> Run {
    let mut driver = Driver {
        session: format.open(&Limits::default(), &Intake::default()),
        ledger: Ledger::default(),
        input,
        ends: ends.iter(),
        start: 0,
        end: 0,
        run: Run::default(),
        texts,
        breaches,
    };
    driver.widen();
    driver.drive(2 * input.len() + ends.len() + 16);
    driver.run
}

struct Driver<'a, 'f> {
    session: Box<dyn Session + Send + Sync + 'f>,
    ledger: Ledger,
    input: &'a [u8],
    ends: std::slice::Iter<'a, usize>,
    start: usize,
    end: usize,
    run: Run,
    texts: &'a Texts<'a>,
    breaches: &'a mut Vec<Breach>,
}

impl Driver<'_, '_> {
    fn breach(&mut self, promise: Promise, what: &'static str) {
        self.breaches.push((promise, self.start as u64, what));
    }

    /// The next end of a window that lies further.
    fn widen(&mut self) {
        let end = self.ends.find(|end| **end > self.end);
        self.end = end.copied().unwrap_or(usize::MAX).min(self.input.len());
    }

    fn step(&mut self) -> Result<Step, Error> {
        let window = self.input.get(self.start..self.end.max(self.start));
        let last = self.end >= self.input.len();
        let start = self.start as u64;
        let window = window.unwrap_or_default();
        self.session.step(window, start, last, &mut self.ledger)
    }

    fn drive(&mut self, steps: usize) {
        for _ in 0..steps {
            let before = account::filled(&mut self.ledger);
            let goes_on = match self.step() {
                Err(error) => return self.fail(&error),
                Ok(step) => self.follow(step, &before),
            };
            if !goes_on {
                return;
            }
            if self.run.records.len() > self.input.len() + 2 {
                return self.breach(Promise::Ending, "more records than bytes");
            }
        }
        self.breach(Promise::Ending, "no end after two steps for each byte");
    }

    /// Whether it goes on.
    fn follow(&mut self, step: Step, before: &[bool]) -> bool {
        let Step { used, record } = step;
        let window = self.end.saturating_sub(self.start);
        if used > window {
            self.breach(Promise::Window, "used more bytes than the window has");
            return false;
        }
        self.start += used;
        match record {
            Some(record) => self.keep(record),
            None if used > 0 => {}
            None => return self.asked(before),
        }
        true
    }

    /// The step used nothing and gave nothing: it wants more, or is at its end.
    fn asked(&mut self, before: &[bool]) -> bool {
        if self.end < self.input.len() {
            if account::filled(&mut self.ledger) != before {
                self.breach(Promise::Asking, "changed the ledger and asked for more");
            }
            self.widen();
            return true;
        }
        if self.ledger.open(0) > 0 {
            self.breach(Promise::Account, "slots at the end that no record took");
        }
        false
    }

    fn keep(&mut self, record: Record) {
        for (promise, offset, what) in account::places(&record, self.input.len()) {
            self.breaches.push((promise, offset, what));
        }
        for doubt in &record.diagnostics {
            if leak::in_diagnostic(doubt, self.texts) {
                self.breach(Promise::Privacy, "a diagnostic holds text of the input");
            }
        }
        let data = account::settle(&mut self.ledger);
        if let Some(what) = account::owed(&record, data) {
            self.breach(Promise::Account, what);
        }
        self.run.records.push(Seen {
            booking: record.booking,
            diagnostics: record.diagnostics,
            data,
        });
    }

    /// Nothing may follow an error.
    fn fail(&mut self, error: &Error) {
        if error
            .offset()
            .is_some_and(|at| at > self.input.len() as u64)
        {
            self.breach(Promise::Places, "an error outside the input");
        }
        if leak::in_error(error, self.texts) {
            self.breach(Promise::Privacy, "an error holds text of the input");
        }
        self.run.error = Some(format!("{error:?}"));
        if matches!(self.step(), Ok(step) if step.record.is_some() || step.used > 0) {
            self.breach(Promise::AfterError, "read on after an error");
        }
    }
}
