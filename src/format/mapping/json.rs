//! JSON: one document, an array of them, or one after the other.

mod document;
mod outline;
mod pieces;
#[cfg(feature = "jsonpath")]
mod query;
mod scene;

use std::collections::VecDeque;
use std::sync::Arc;

use document::{Document, Fault, NONE};
use outline::{Extent, extent, unclosed};
pub(super) use outline::{Outline, Piece, not_read};
use pieces::{Joint, LONG};
use scene::{Elements, Items, Scene};

use super::assemble::{Builder, Terms};
use super::draft::Draft;
use super::plan::Plan;
use super::provenance;
use super::trie::Trie;
use crate::diagnostic::{Code, Diagnostic, Location, Place};
use crate::error::Error;
use crate::field::Reach;
use crate::format::{Confidence, Ledger, Own, Session, Step};
use crate::model::Provenance;
use crate::reader::{Intake, Limits, Record};

/// Bytes of which a value is read before its end is known: what is written down of it takes many
/// times its memory, which a value without end must not have.
const AT_ONCE: usize = 1 << 20;

/// Bytes of values that are read before the first record of them is handed out, for the reason for
/// which rows are read ahead: reading and what follows it is each done for several in a row.
const AHEAD: usize = 3 << 10;

/// Accounts of which the memory is kept.
const SPARE: usize = 32;

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
    /// Whether a value is on its way that is read booking by booking.
    in_pieces: bool,
    joint: Joint,
    /// Records that wait to be handed out.
    ready: VecDeque<Ready>,
    /// The memory of accounts that were handed out.
    spare: Vec<Ledger>,
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
            builder: Builder::new(plan),
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
            in_pieces: false,
            joint: Joint::default(),
            ready: VecDeque::new(),
            spare: Vec::new(),
        }
    }

    /// Reads values until enough records are ready, or to where a longer window is wanted.
    fn ahead(
        &mut self,
        document: &mut Document,
        window: &[u8],
        used: &mut usize,
        offset: u64,
        last: bool,
    ) -> Result<(), Error> {
        while *used < AHEAD {
            let rest = window.get(*used..).unwrap_or_default();
            let place = offset + *used as u64;
            let before = self.ready.len();
            *used += if self.in_pieces {
                self.piece(document, rest, place, last)?
            } else if let Some(at) = self.outline.start(rest, last) {
                self.value(document, rest, at, place, last)?
            } else {
                break;
            };
            if self.ready.len() == before {
                break;
            }
        }
        Ok(())
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
    ) -> Result<usize, Error> {
        let (trie, nesting, longest) =
            (&self.plan.trie, self.limits.nesting, self.limits.cell_bytes);
        let rest = window.get(at..).unwrap_or_default();
        let most = self.plan.alone.map_or(AT_ONCE, |_| LONG);
        let near = rest.get(..most).unwrap_or(rest);
        if let Some(b'{' | b'[') = rest.first() {
            match (
                document.first(trie, near, nesting, longest),
                self.plan.alone,
            ) {
                (Ok(text), _) if unclosed(rest, &Extent::Whole(text.len()), last).is_none() => {
                    self.outline.begun = true;
                    self.take(document, Ok(text), text.as_bytes(), offset + at as u64)?;
                    return Ok(at + text.len());
                }
                (Err(Fault::Cut), Some(_)) if near.len() < LONG && !last => {
                    return Ok(if self.outline.begun { at } else { 0 });
                }
                (Err(Fault::Cut | Fault::NotJson), Some(kind)) => {
                    return Ok(at + self.begin(document, kind, rest, offset + at as u64, last)?);
                }
                _ => {}
            }
        }
        let Piece { used, value } = self.outline.value(window, at, offset, last)?;
        if let Some(range) = value {
            let at = offset + range.start as u64;
            let bytes = window.get(range).unwrap_or_default();
            let read = document.read(trie, bytes, nesting, longest);
            self.take(document, read, bytes, at)?;
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
    ) -> Result<(), Error> {
        let (nesting, longest) = (self.limits.nesting, self.limits.cell_bytes);
        let read = read.and_then(|text| self.ask(document, bytes).map(|()| text));
        let first = self.ready.len();
        let mut ledger = self.spare.pop().unwrap_or_default();
        ledger.open(document.leaves.len());
        match read {
            Ok(text) => self.bookings(document, text, offset, &mut ledger),
            Err(Fault::NotJson | Fault::Cut) => self.ready.push_back(Ready {
                record: broken(bytes, offset),
                ..Ready::default()
            }),
            Err(Fault::Deep) => return Err(Error::limit("levels of nesting", nesting, offset)),
            Err(Fault::Long) => return Err(Error::limit("bytes of a text", longest, offset)),
        }
        if self.ready.len() == first {
            self.ready.push_back(Ready::default());
        }
        self.share(document, offset, first, ledger);
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

    /// Gives each record of a value, which is ready at a place or behind it, its part of the account:
    /// the leaves from its element on, the first record those before it, too. What reached no
    /// field is named there.
    fn share(&mut self, document: &Document, offset: u64, from: usize, mut ledger: Ledger) {
        let trie = &self.plan.trie;
        if let Some(Ready { first, record, .. }) = self.ready.get_mut(from) {
            *first = 0;
            let mistyped = document.mistyped.iter();
            record.diagnostics.extend(mistyped.map(|(start, path)| {
                let path = document.pointer(trie, *path);
                let place = location(offset, *start, start.saturating_add(1), path);
                Diagnostic::new(Code::Mistyped, None, place)
            }));
        }
        let mut end = document.leaves.len();
        for ready in self.ready.range_mut(from..).rev() {
            let first = ready.first as usize;
            let diagnostics = &mut ready.record.diagnostics;
            leftovers(document, trie, first..end, offset, &ledger, diagnostics);
            ready.own = ledger.split_off(first);
            end = first.min(end);
        }
    }

    /// The next record that is ready, with its part of the account.
    fn next(&mut self, ledger: &mut Ledger) -> Option<Record> {
        let Ready {
            record, mut own, ..
        } = self.ready.pop_front()?;
        ledger.append(&mut own);
        if self.spare.len() < SPARE {
            self.spare.push(own);
        }
        Some(record)
    }

    /// Makes the bookings of a document.
    fn bookings(&mut self, document: &Document, text: &str, offset: u64, ledger: &mut Ledger) {
        let before = self.ready.len();
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
                builder.open(&self.provenance);
                scene.fill(*kind, *record, builder, made);
                std::mem::swap(&mut builder.account.ledger, ledger);
                self.ready.push_back(Ready {
                    first: document.frame(*record).map_or(0, |frame| frame.leaf),
                    ..Ready::default()
                });
                if let Some(ready) = self.ready.back_mut() {
                    scene.hand_out(*record, builder, &mut ready.record);
                }
            }
            if self.ready.len() > before {
                return;
            }
        }
    }
}

/// Names the leaves that reached no field.
fn leftovers(
    document: &Document,
    trie: &Trie,
    leaves: std::ops::Range<usize>,
    offset: u64,
    ledger: &Ledger,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if ledger.is_full(leaves.start) {
        return;
    }
    for at in leaves.filter(|at| !ledger.is_filled(*at)) {
        let number = u32::try_from(at).unwrap_or(NONE);
        let (start, end) = document.span(number);
        let path = document.pointer(trie, document.path_of(number));
        let place = location(offset, start, end, path);
        diagnostics.push(Diagnostic::new(Code::Unmapped, None, place));
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
        let mut used = 0;
        if self.ready.is_empty() {
            let mut document = std::mem::take(&mut self.document);
            let read = self.ahead(&mut document, window, &mut used, offset, last);
            self.document = document;
            // What was read before is handed out first; then the value comes again.
            if self.ready.is_empty() {
                read?;
            }
        }
        let record = self.next(ledger);
        Ok(Step { used, record })
    }

    fn reach(&self, _: Own) -> Option<&Reach> {
        Some(&self.desk.builder.account.reach)
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
