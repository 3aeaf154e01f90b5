//! A list of names that is read rightly, or wrongly in one way.

use std::sync::atomic::{AtomicUsize, Ordering};

use paxnorm::conformance::Promise;
use paxnorm::diagnostic::{Code, Diagnostic, Location, Place};
use paxnorm::format::{Confidence, Format, Ledger, Session, Step};
use paxnorm::{Error, ErrorKind, Field, Intake, Limits, Name, Record};

/// Surname, given names and something that the schema has no place for; `!` cannot be read.
pub const SAMPLES: [&str; 3] = [
    "names\nERIKSSON;ANNA MARIA;window\nO'NEILL;SIOBHAN;\nMAES;SOFIE;aisle\n",
    "names\nERIKSSON;ANNA MARIA;window\n!MAES;SOFIE;\nO'NEILL;SIOBHAN;\n",
    "names\n\nMEIJER;JAN;no line break",
];

macro_rules! faults {
    ($($(#[doc = $doc:literal])+ $fault:ident: $promise:ident;)+) => {
        /// What is wrong with a reader of names.
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub enum Fault {
            $($(#[doc = $doc])+ $fault,)+
        }

        /// Every fault with the promise that it breaks.
        pub const FAULTS: &[(Fault, Promise)] = &[$((Fault::$fault, Promise::$promise),)+];
    };
}

faults! {
    /// Never says yes.
    Unknown: Detection;
    /// Says yes every other time.
    Fickle: Detection;
    /// Its notes end behind the input.
    NoteOutside: Places;
    /// Its bookings begin after their end.
    RangeOutside: Places;
    /// Its errors stand behind the input.
    ErrorOutside: Places;
    /// Uses the line break that is not there.
    Greedy: Window;
    /// Opens the slots of a line before the line is there.
    Hasty: Asking;
    /// Gives an empty record at the end, again and again.
    Endless: Ending;
    /// Uses nothing, and gives records of nothing, for ever after the first line.
    Stuck: Ending;
    /// Goes on with the next line after an error.
    Dogged: AfterError;
    /// Wants a line to end.
    PanicsWhenCut: NoPanic;
    /// Wants letters of ASCII.
    PanicsWhenFlipped: NoPanic;
    /// Takes the end of a window for the end of a line.
    Impatient: Chunking;
    /// Drops the last column in silence.
    Silent: Account;
    /// Names a datum twice.
    Talkative: Account;
    /// Opens no slots.
    Unaccounted: Account;
    /// Opens a slot for the header, which no record takes.
    Leftover: Account;
    /// Says the surname in a place.
    TellsInNotes: Privacy;
    /// Says the line in an error.
    TellsInErrors: Privacy;
}

pub struct Names {
    fault: Option<Fault>,
    asked: AtomicUsize,
}

impl Names {
    pub fn new(fault: Option<Fault>) -> Self {
        let asked = AtomicUsize::new(0);
        Self { fault, asked }
    }
}

impl Format for Names {
    fn name(&self) -> &str {
        "names"
    }

    fn detect(&self, head: &[u8]) -> Confidence {
        let asked = self.asked.fetch_add(1, Ordering::Relaxed);
        let sure = match self.fault {
            Some(Fault::Unknown) => false,
            Some(Fault::Fickle) if asked % 2 == 1 => false,
            _ => head.starts_with(b"names\n"),
        };
        if sure {
            Confidence::Certain
        } else {
            Confidence::No
        }
    }

    fn open(&self, _: &Limits, _: &Intake) -> Box<dyn Session + Send + Sync + '_> {
        Box::new(Lines {
            fault: self.fault,
            row: 0,
            opened: false,
            failed: false,
        })
    }
}

struct Lines {
    fault: Option<Fault>,
    row: u64,
    opened: bool,
    failed: bool,
}

impl Session for Lines {
    fn step(
        &mut self,
        window: &[u8],
        offset: u64,
        last: bool,
        ledger: &mut Ledger,
    ) -> Result<Step, Error> {
        let end = window.iter().position(|byte| *byte == b'\n');
        if end.is_none() && !last && (self.fault != Some(Fault::Impatient) || window.is_empty()) {
            if self.fault == Some(Fault::Hasty) && !self.opened && self.row > 0 {
                ledger.open(3);
                self.opened = true;
            }
            return Ok(Step::default());
        }
        if self.stays(window) {
            let record = Some(Record::default());
            return Ok(Step { used: 0, record });
        }
        if window.is_empty() {
            return Ok(Step::default());
        }
        let line = &window[..end.unwrap_or(window.len())];
        self.line(line, end.is_some(), offset, ledger)
    }
}

impl Lines {
    /// Whether it does not get on.
    fn stays(&self, window: &[u8]) -> bool {
        match self.fault {
            Some(Fault::Endless) => window.is_empty(),
            Some(Fault::Stuck) => self.row > 0,
            _ => false,
        }
    }

    fn line(
        &mut self,
        line: &[u8],
        ended: bool,
        offset: u64,
        ledger: &mut Ledger,
    ) -> Result<Step, Error> {
        let is_bad = line.starts_with(b"!") && !(self.failed && self.fault == Some(Fault::Dogged));
        if is_bad {
            self.failed = true;
            return Err(self.error(line, offset).into());
        }
        let used = match self.fault {
            Some(Fault::PanicsWhenCut) if self.row > 0 && !ended && !line.ends_with(b"break") => {
                panic!("a line ends")
            }
            Some(Fault::Greedy) => line.len() + 1,
            _ => line.len() + usize::from(ended),
        };
        self.row += 1;
        if self.row == 1 {
            let leftover = self.fault == Some(Fault::Leftover);
            ledger.open(usize::from(leftover));
            let record = None;
            return Ok(Step { used, record });
        }
        let record = (!line.is_empty()).then(|| self.record(line, offset, ledger));
        Ok(Step { used, record })
    }

    fn error(&self, line: &[u8], offset: u64) -> ErrorKind {
        match self.fault {
            Some(Fault::TellsInErrors) => ErrorKind::Limit {
                what: String::from_utf8_lossy(line).into_owned(),
                maximum: 1,
                offset,
            },
            Some(Fault::ErrorOutside) => ErrorKind::Truncated {
                offset: offset + 1_000_000,
            },
            _ => ErrorKind::Truncated { offset },
        }
    }

    fn record(&mut self, line: &[u8], offset: u64, ledger: &mut Ledger) -> Record {
        if self.fault == Some(Fault::PanicsWhenFlipped) {
            assert!(line.is_ascii(), "letters of ASCII");
        }
        let text = String::from_utf8_lossy(line);
        let mut cells = text.split(';').map(str::trim);
        let mut cell = || cells.next().unwrap_or_default();
        let (surname, given, other) = (cell(), cell(), cell());
        let mut record = Record::default();
        let booking = record.booking.insert(Box::default());
        booking.passengers.push(Default::default());
        booking.passengers[0].name = Name::new(surname, given);
        if self.fault == Some(Fault::RangeOutside) {
            let mut range = paxnorm::model::ByteRange::default();
            (range.start, range.end) = (Some(offset + 1), Some(offset));
            booking.range = Some(range);
        }
        if self.fault == Some(Fault::Unaccounted) {
            return record;
        }
        // Slots for all three, blank or not: a blank datum is one whose note says so.
        let first = if std::mem::take(&mut self.opened) {
            ledger.open(0) - 3
        } else {
            ledger.open(3)
        };
        ledger.fill(first, Field::PassengerNameSurname);
        ledger.fill(first + 1, Field::PassengerNameGiven);
        let notes = match self.fault {
            Some(Fault::Silent) => usize::from(other.is_empty()),
            Some(Fault::Talkative) => 2,
            _ => 1,
        };
        let note = self.note(surname, line.len(), offset);
        record.diagnostics.extend(std::iter::repeat_n(note, notes));
        record
    }

    fn note(&self, surname: &str, len: usize, offset: u64) -> Diagnostic {
        let mut location = Location {
            offset,
            len: len as u32,
            place: Place::Cell {
                row: self.row,
                column: 3,
            },
        };
        match self.fault {
            Some(Fault::NoteOutside) => location.len += 1_000_000,
            Some(Fault::TellsInNotes) => {
                let path = format!("/{surname}");
                location.place = Place::Pointer { path };
            }
            _ => {}
        }
        Diagnostic::new(Code::Unmapped, None, location)
    }
}
