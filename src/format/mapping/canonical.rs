//! The library's own output as an input: one booking a line, or an array of them.

use std::sync::LazyLock;

use super::json::{Outline, Piece};
use super::trie::Trie;
use crate::Field;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::Error;
use crate::format::{Confidence, Format, Ledger, Session, Step};
use crate::model::Booking;
use crate::reader::{Intake, Limits, Record};

/// Bookings as this library writes them: JSON of its own schema, one after the other
/// or in an array.
///
/// What it reads equals what was written: provenance, range and all.
///
/// ```
/// use paxnorm::{Booking, Name, Options, Policy, Reader};
/// use paxnorm::model::Passenger;
///
/// let mut passenger = Passenger::default();
/// passenger.name = Name::new("ERIKSSON", "ANNA");
/// let mut booking = Booking::default();
/// booking.passengers.push(passenger);
///
/// let bytes = serde_json::to_vec(&booking)?;
/// let options = Options { policy: Policy::keep_all(), ..Options::default() };
/// let mut reader = Reader::with(&*bytes, &options)?;
/// assert_eq!(reader.format(), "canonical");
/// assert_eq!(reader.next().unwrap()?.booking, Some(Box::new(booking)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Canonical;

impl Format for Canonical {
    fn name(&self) -> &str {
        "canonical"
    }

    fn detect(&self, head: &[u8]) -> Confidence {
        let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
        let text = text.trim_ascii_start();
        let text = text.strip_prefix(b"[").unwrap_or(text).trim_ascii_start();
        let Some(text) = text.strip_prefix(b"{") else {
            return Confidence::No;
        };
        // The version of the schema is the first member of every booking.
        match text.trim_ascii_start().starts_with(b"\"schema\"") {
            true => Confidence::Certain,
            false => Confidence::No,
        }
    }

    fn open(&self, limits: &Limits, intake: &Intake) -> Box<dyn Session + Send + Sync + '_> {
        Box::new(Bookings {
            outline: Outline::new(limits),
            intake: intake.clone(),
        })
    }
}

/// The places of all fields, so that leaves can be told by their pointers.
static FIELDS: LazyLock<Trie> = LazyLock::new(|| {
    let mut trie = Trie::default();
    for field in Field::ALL {
        let pointer = format!("/{}", field.path().replace("[].", "/*/").replace('.', "/"));
        trie.slot(0, &pointer);
        trie.slot(0, &format!("{pointer}/*"));
    }
    trie
});

/// The field of a pointer; links, ids and the like tell where something belongs.
fn field(pointer: &str) -> Field {
    let mut path = String::new();
    for token in pointer.split('/').filter(|token| !token.is_empty()) {
        if token.bytes().all(|byte| byte.is_ascii_digit()) {
            path.push_str("[]");
        } else {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(token);
        }
    }
    let path = path.strip_suffix("[]").unwrap_or(&path);
    Field::from_path(path).unwrap_or(Field::ProvenanceFormat)
}

/// The field of which a value of the history speaks, by its pointer.
fn spoken_of(booking: &Booking, pointer: &str) -> Option<Field> {
    let (entry, rest) = pointer.strip_prefix("/history/")?.split_once('/')?;
    let change = rest.strip_prefix("changes/")?.strip_suffix("/value")?;
    let entry = booking.history.get(entry.parse::<usize>().ok()?)?;
    entry.changes.get(change.parse::<usize>().ok()?)?.field
}

struct Bookings {
    outline: Outline,
    intake: Intake,
}

impl Bookings {
    fn booking(&self, piece: &[u8]) -> Option<Box<Booking>> {
        let mut booking: Box<Booking> = serde_json::from_slice(piece).ok()?;
        let known = &booking.provenance;
        let received = known.received.or(self.intake.received);
        let basis = known.legal_basis.or(self.intake.legal_basis);
        if (received, basis) != (known.received, known.legal_basis) {
            let provenance = std::sync::Arc::make_mut(&mut booking.provenance);
            (provenance.received, provenance.legal_basis) = (received, basis);
        }
        Some(booking)
    }
}

impl Session for Bookings {
    fn step(
        &mut self,
        window: &[u8],
        offset: u64,
        last: bool,
        ledger: &mut Ledger,
    ) -> Result<Step, Error> {
        let Piece { used, value } = self.outline.next(window, offset, last)?;
        let Some(range) = value else {
            return Ok(Step { used, record: None });
        };
        let start = offset + range.start as u64;
        let piece = window.get(range).unwrap_or_default();
        let (leaves, mut diagnostics) = self.outline.leaves(&FIELDS, piece, start)?;
        let slot = ledger.open(leaves.len());
        let booking = self.booking(piece);
        for (at, (pointer, location)) in leaves.into_iter().enumerate() {
            if let Some(booking) = &booking {
                let spoken_of = spoken_of(booking, &pointer);
                ledger.fill(slot + at, spoken_of.unwrap_or_else(|| field(&pointer)));
            } else {
                diagnostics.push(Diagnostic::new(Code::Unmapped, None, location));
            }
        }
        if booking.is_none() && diagnostics.iter().all(|doubt| doubt.code != Code::NotJson) {
            diagnostics.insert(0, super::json::not_read(piece, start));
        }
        Ok(Step {
            used,
            record: Some(Record {
                booking,
                diagnostics,
                ..Record::default()
            }),
        })
    }
}
