//! JSON: one document, an array of them, or one after the other.

mod outline;
#[cfg(feature = "jsonpath")]
mod query;
mod scene;
mod walk;

use std::sync::Arc;

use outline::{Extent, extent, unclosed};
pub(super) use outline::{Outline, Piece, not_read};
use scene::{Elements, Items, Scene};
use walk::{Document, Fault, NONE};

use super::assemble::{Builder, Terms};
use super::draft::Draft;
use super::plan::Plan;
use super::provenance;
use crate::diagnostic::{Code, Diagnostic, Location, Place};
use crate::error::Error;
use crate::format::{Confidence, Ledger, Session, Step};
use crate::model::Provenance;
use crate::reader::{Intake, Limits, Record};

/// Bytes of which a value is read before its end is known: what is written down of it takes many
/// times its memory, which a value without end must not have.
const AT_ONCE: usize = 1 << 20;

/// The reading of one input.
#[derive(Debug)]
pub(super) struct Values<'m> {
    plan: &'m Plan,
    limits: Limits,
    terms: Terms,
    provenance: Arc<Provenance>,
    outline: Outline,
    document: Document,
    desk: Desk,
    /// Records of a document that holds several, the next one last.
    ready: Vec<Ready>,
}

/// What bookings are made with, one after the other.
#[derive(Debug, Default)]
struct Desk {
    builder: Builder,
    /// For each kind its elements.
    by_kind: Vec<Vec<u32>>,
    /// For each sort its items.
    made: Vec<Items>,
}

/// A record with its part of the account.
#[derive(Debug, Default)]
struct Ready {
    /// The first leaf of its element.
    first: u32,
    record: Record,
    own: Ledger,
}

impl<'m> Values<'m> {
    pub(super) fn new(draft: &'m Draft, plan: &'m Plan, limits: &Limits, intake: &Intake) -> Self {
        let provenance = Arc::new(provenance(draft, intake));
        let desk = Desk {
            builder: Builder::new(plan, Arc::clone(&provenance)),
            by_kind: vec![Vec::new(); plan.trie.kinds.len()],
            made: vec![Items::new(); plan.sorts.len()],
        };
        Self {
            plan,
            limits: *limits,
            terms: Terms::new(draft, intake),
            provenance,
            outline: Outline::new(limits),
            document: Document::default(),
            desk,
            ready: Vec::new(),
        }
    }

    /// Reads the value at a place of a window, and finds its end while it is read; a value that is
    /// none has its end looked for by brackets. Without one the window must be longer.
    fn value(
        &mut self,
        document: &mut Document,
        window: &[u8],
        at: usize,
        offset: u64,
        last: bool,
        ledger: &mut Ledger,
    ) -> Result<usize, Error> {
        let (trie, nesting, longest) =
            (&self.plan.trie, self.limits.nesting, self.limits.cell_bytes);
        let rest = window.get(at..).unwrap_or_default();
        let near = rest.get(..AT_ONCE).unwrap_or(rest);
        if let Some(b'{' | b'[') = rest.first()
            && let Ok(text) = document.first(trie, near, nesting, longest)
            && unclosed(rest, &Extent::Whole(text.len()), last).is_none()
        {
            self.outline.begun = true;
            self.take(
                document,
                Ok(text),
                text.as_bytes(),
                offset + at as u64,
                ledger,
            )?;
            return Ok(at + text.len());
        }
        let Piece { used, value } = self.outline.value(window, at, offset, last)?;
        if let Some(range) = value {
            let at = offset + range.start as u64;
            let bytes = window.get(range).unwrap_or_default();
            let read = document.read(trie, bytes, nesting, longest);
            self.take(document, read, bytes, at, ledger)?;
        }
        Ok(used)
    }

    /// Makes the bookings of a value that was read ready.
    fn take(
        &mut self,
        document: &mut Document,
        read: Result<&str, Fault>,
        bytes: &[u8],
        offset: u64,
        ledger: &mut Ledger,
    ) -> Result<(), Error> {
        let (nesting, longest) = (self.limits.nesting, self.limits.cell_bytes);
        let read = read.and_then(|text| self.ask(document, bytes).map(|()| text));
        let slot = ledger.open(document.leaves.len());
        match read {
            Ok(text) => self.bookings(document, text, offset, slot, ledger),
            Err(Fault::NotJson) => self.ready.push(Ready {
                record: broken(bytes, offset),
                ..Ready::default()
            }),
            Err(Fault::Deep) => return Err(Error::limit("levels of nesting", nesting, offset)),
            Err(Fault::Long) => return Err(Error::limit("bytes of a text", longest, offset)),
        }
        if self.ready.is_empty() {
            self.ready.push(Ready::default());
        }
        self.share(document, offset, slot, ledger);
        Ok(())
    }

    /// Answers what the mapping asks of the whole value.
    #[cfg(feature = "jsonpath")]
    fn ask(&self, document: &mut Document, bytes: &[u8]) -> Result<(), Fault> {
        match self.plan.queries.is_empty() {
            true => Ok(()),
            false => query::answer(self.plan, document, bytes),
        }
    }

    #[cfg(not(feature = "jsonpath"))]
    #[expect(clippy::unused_self, reason = "as with the feature")]
    fn ask(&self, _: &mut Document, _: &[u8]) -> Result<(), Fault> {
        Ok(())
    }

    /// Gives each record its part of the account: the leaves from its element on, the first
    /// record those before it, too. What reached no field is named there.
    fn share(&mut self, document: &Document, offset: u64, slot: usize, ledger: &mut Ledger) {
        let mut ready = std::mem::take(&mut self.ready);
        if let Some(Ready { first, record, .. }) = ready.first_mut() {
            *first = 0;
            let mistyped = document.mistyped.iter();
            record.diagnostics.extend(mistyped.map(|(start, path)| {
                let path = document.pointer(&self.plan.trie, *path);
                let place = location(offset, *start, start.saturating_add(1), path);
                Diagnostic::new(Code::Mistyped, None, place)
            }));
        }
        let mut end = document.leaves.len();
        for (at, ready) in ready.iter_mut().enumerate().rev() {
            let first = ready.first as usize;
            self.leftovers(
                document,
                first..end,
                offset,
                slot,
                ledger,
                &mut ready.record,
            );
            // The first record's part is what is left in the ledger itself.
            if at > 0 {
                ready.own = ledger.split_off(slot + first);
            }
            end = first.min(end);
        }
        ready.reverse();
        self.ready = ready;
    }

    /// Names the leaves that reached no field, of the last ones in the ledger.
    fn leftovers(
        &self,
        document: &Document,
        leaves: std::ops::Range<usize>,
        offset: u64,
        slot: usize,
        ledger: &Ledger,
        record: &mut Record,
    ) {
        if ledger.is_full(slot + leaves.start) {
            return;
        }
        for at in leaves.filter(|at| !ledger.is_filled(slot + at)) {
            let number = u32::try_from(at).unwrap_or(NONE);
            let (start, end) = document.span(number);
            let path = document.pointer(&self.plan.trie, document.path_of(number));
            let place = location(offset, start, end, path);
            record
                .diagnostics
                .push(Diagnostic::new(Code::Unmapped, None, place));
        }
    }

    /// The next record that is ready, with its part of the account.
    fn next(&mut self, ledger: &mut Ledger) -> Option<Record> {
        let Ready {
            record, mut own, ..
        } = self.ready.pop()?;
        ledger.append(&mut own);
        Some(record)
    }

    /// Makes the bookings of a document.
    fn bookings(
        &mut self,
        document: &Document,
        text: &str,
        offset: u64,
        slot: usize,
        ledger: &mut Ledger,
    ) {
        let Desk {
            builder,
            by_kind,
            made,
        } = &mut self.desk;
        by_kind.iter_mut().for_each(Vec::clear);
        for (at, frame) in document.frames.iter().enumerate() {
            if let Some(frames) = by_kind.get_mut(frame.kind as usize) {
                frames.push(u32::try_from(at).unwrap_or(NONE));
            }
        }
        let joins = vec![Elements::new(); self.plan.joins.len()];
        let scene = Scene {
            plan: self.plan,
            terms: &self.terms,
            document,
            text,
            offset,
            slot,
            by_kind,
            joins: &joins,
        };
        for (alternative, kind) in self.plan.records.iter().enumerate() {
            for record in scene.frames(*kind) {
                if !scene.is_record(alternative, *record) {
                    continue;
                }
                made.iter_mut().for_each(Vec::clear);
                std::mem::swap(&mut builder.account.ledger, ledger);
                scene.fill(*kind, *record, builder, made);
                std::mem::swap(&mut builder.account.ledger, ledger);
                self.ready.push(Ready {
                    first: document.frame(*record).map_or(0, |frame| frame.leaf),
                    ..Ready::default()
                });
                if let Some(ready) = self.ready.last_mut() {
                    scene.hand_out(builder, &self.provenance, &mut ready.record);
                }
            }
            if !self.ready.is_empty() {
                return;
            }
        }
    }
}

fn location(offset: u64, start: u32, end: u32, path: String) -> Location {
    Location {
        offset: offset + u64::from(start),
        len: end.saturating_sub(start),
        place: Place::Pointer { path },
    }
}

fn broken(bytes: &[u8], offset: u64) -> Record {
    Record {
        diagnostics: vec![not_read(bytes, offset)],
        ..Record::default()
    }
}

impl Session for Values<'_> {
    fn step(
        &mut self,
        window: &[u8],
        offset: u64,
        last: bool,
        ledger: &mut Ledger,
    ) -> Result<Step, Error> {
        if let Some(record) = self.next(ledger) {
            return Ok(Step {
                used: 0,
                record: Some(record),
            });
        }
        let Some(at) = self.outline.start(window, last) else {
            return Ok(Step::default());
        };
        let mut document = std::mem::take(&mut self.document);
        let used = self.value(&mut document, window, at, offset, last, ledger);
        self.document = document;
        Ok(Step {
            used: used?,
            record: self.next(ledger),
        })
    }
}

/// How sure a mapping is of an input.
pub(super) fn detect(draft: &Draft, plan: &Plan, head: &[u8]) -> Confidence {
    let text = head
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(head)
        .trim_ascii_start();
    let text = text.strip_prefix(b"[").unwrap_or(text).trim_ascii_start();
    if text.first() != Some(&b'{') {
        return Confidence::No;
    }
    let limits = Limits::default();
    let end = match extent(text, true, limits.nesting) {
        Extent::Whole(length) => length,
        _ => text.len(),
    };
    let mut document = Document::default();
    let value = text.get(..end).unwrap_or_default();
    // A head that is cut in the middle shows what stands before.
    let _ = document.read(&plan.trie, value, limits.nesting, limits.cell_bytes);
    let found = |group: usize| {
        document
            .marks
            .contains(&(u32::try_from(group).unwrap_or(NONE)))
    };
    let all = (0..draft.detect.len()).all(found);
    match (draft.detect.is_empty(), all) {
        (true, _) => Confidence::Possible,
        (false, true) => Confidence::Certain,
        (false, false) => Confidence::No,
    }
}
