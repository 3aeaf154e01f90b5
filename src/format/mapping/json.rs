//! JSON: one document, an array of them, or one after the other.

#[cfg(feature = "jsonpath")]
mod query;
mod walk;

use std::collections::HashMap;
use std::sync::Arc;

use serde::de::IgnoredAny;
use walk::{Document, Fault, NONE};

use super::assemble::{Anchors, Builder, Cell, Page, Terms, holds};
use super::draft::Draft;
use super::plan::{At, Base, Link, Plan, Sort};
use super::shelf::Handle;
use super::{finish, provenance};
use crate::diagnostic::{Code, Diagnostic, Location, Place};
use crate::error::{Error, ErrorKind};
use crate::format::{Confidence, Ledger, Session, Step};
use crate::model::{ByteRange, Provenance};
use crate::reader::{Intake, Limits, Record};
use crate::{Field, Scope};

/// The reading of one input.
#[derive(Debug)]
pub(super) struct Values<'m> {
    plan: &'m Plan,
    limits: Limits,
    terms: Terms,
    provenance: Arc<Provenance>,
    outline: Outline,
    document: Document,
    /// Records of a document that holds several, each with its part of the account, the next
    /// one last.
    ready: Vec<(Record, Ledger)>,
}

/// The extent of the value at the start of the bytes.
enum Extent {
    Whole(usize),
    More,
    Deep,
    Nothing,
}

impl<'m> Values<'m> {
    pub(super) fn new(draft: &'m Draft, plan: &'m Plan, limits: &Limits, intake: &Intake) -> Self {
        Self {
            plan,
            limits: *limits,
            terms: Terms::new(draft, intake),
            provenance: Arc::new(provenance(draft, intake)),
            outline: Outline::new(limits),
            document: Document::default(),
            ready: Vec::new(),
        }
    }

    fn limit(&self, what: &str, maximum: usize, offset: u64) -> Error {
        ErrorKind::Limit {
            what: what.to_owned(),
            maximum: maximum as u64,
            offset,
        }
        .into()
    }

    /// Reads a value and makes its bookings ready.
    fn take(&mut self, bytes: &[u8], offset: u64, ledger: &mut Ledger) -> Result<(), Error> {
        let (nesting, longest) = (self.limits.nesting, self.limits.cell_bytes);
        let mut document = std::mem::take(&mut self.document);
        let read = document.read(&self.plan.trie, bytes, nesting, longest);
        let read = read.and_then(|()| self.ask(&mut document, bytes));
        let slot = ledger.open(document.leaves.len());
        let mut records = match read {
            Ok(()) => self.bookings(&document, bytes, offset, slot, ledger),
            Err(Fault::NotJson) => vec![(0, broken(bytes, offset))],
            Err(Fault::Deep) => return Err(self.limit("levels of nesting", nesting, offset)),
            Err(Fault::Long) => return Err(self.limit("bytes of a text", longest, offset)),
        };
        if records.is_empty() {
            records.push((0, Record::default()));
        }
        self.share(&document, offset, slot, ledger, records);
        self.document = document;
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
    fn share(
        &mut self,
        document: &Document,
        offset: u64,
        slot: usize,
        ledger: &mut Ledger,
        mut records: Vec<(u32, Record)>,
    ) {
        if let Some((first, record)) = records.first_mut() {
            *first = 0;
            let mistyped = document.mistyped.iter();
            record.diagnostics.extend(mistyped.map(|(start, path)| {
                let path = document.pointer(&self.plan.trie, *path);
                let place = location(offset, *start, start.saturating_add(1), path);
                Diagnostic::new(Code::Mistyped, None, place)
            }));
        }
        let mut end = document.leaves.len();
        self.ready.clear();
        while let Some((first, mut record)) = records.pop() {
            let first = first as usize;
            self.leftovers(document, first..end, offset, slot, ledger, &mut record);
            // The first record's part is what is left in the ledger itself.
            let own = match records.is_empty() {
                true => Ledger::default(),
                false => ledger.split_off(slot + first),
            };
            self.ready.push((record, own));
            end = first.min(end);
        }
    }

    /// Names the leaves that reached no field.
    fn leftovers(
        &self,
        document: &Document,
        leaves: std::ops::Range<usize>,
        offset: u64,
        slot: usize,
        ledger: &Ledger,
        record: &mut Record,
    ) {
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
        let (record, mut own) = self.ready.pop()?;
        ledger.append(&mut own);
        Some(record)
    }

    fn bookings(
        &self,
        document: &Document,
        bytes: &[u8],
        offset: u64,
        slot: usize,
        ledger: &mut Ledger,
    ) -> Vec<(u32, Record)> {
        let mut by_kind = vec![Vec::new(); self.plan.trie.kinds.len()];
        for (at, frame) in document.frames.iter().enumerate() {
            if let Some(frames) = by_kind.get_mut(frame.kind as usize) {
                frames.push(u32::try_from(at).unwrap_or(NONE));
            }
        }
        let scene = Scene {
            plan: self.plan,
            terms: &self.terms,
            document,
            bytes,
            offset,
            slot,
            by_kind,
        };
        let kinds = self.plan.records.iter().enumerate();
        for (alternative, kind) in kinds {
            let frames = scene.frames(*kind).iter().copied();
            let frames: Vec<u32> = frames
                .filter(|frame| scene.is_record(alternative, *frame))
                .collect();
            if !frames.is_empty() {
                let mut joins = HashMap::new();
                let records = frames.into_iter();
                return records
                    .map(|frame| {
                        let first = document.frame(frame).map_or(0, |frame| frame.leaf);
                        let provenance = &self.provenance;
                        let record = scene.booking(*kind, frame, provenance, ledger, &mut joins);
                        (first, record)
                    })
                    .collect();
            }
        }
        Vec::new()
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

/// Leaves with their pointers, and where they stand.
type Leaves = Vec<(String, Location)>;

/// The items of one sort by their elements, in the order of the document.
type Items = Vec<(u32, Handle)>;

/// Elements by the key of a join.
type Joins = HashMap<usize, HashMap<String, u32>>;

/// A document as bookings are made from it.
struct Scene<'s> {
    plan: &'s Plan,
    terms: &'s Terms,
    document: &'s Document,
    bytes: &'s [u8],
    offset: u64,
    slot: usize,
    by_kind: Vec<Vec<u32>>,
}

/// A document as seen from one element.
struct View<'v> {
    scene: &'v Scene<'v>,
    frame: u32,
    here: u32,
    record: u32,
}

impl Page for View<'_> {
    fn cell(&self, at: At) -> Option<Cell> {
        let document = self.scene.document;
        let frame = match at.base {
            Base::Here => self.here,
            Base::Up(up) => document.climb(self.frame, up)?,
            Base::Record => self.record,
            Base::Document => 0,
        };
        let leaf = document.leaf(frame, at.slot)?;
        Some(Cell {
            slot: u32::try_from(self.scene.slot + leaf as usize).ok()?,
            index: leaf,
        })
    }

    fn text(&self, cell: Cell) -> &str {
        self.scene.document.text(self.scene.bytes, cell.index)
    }

    fn location(&self, cell: Cell) -> Location {
        let (document, trie) = (self.scene.document, &self.scene.plan.trie);
        let (start, end) = document.span(cell.index);
        let path = document.pointer(trie, document.path_of(cell.index));
        location(self.scene.offset, start, end, path)
    }
}

impl<'s> Scene<'s> {
    fn frames(&self, kind: u32) -> &[u32] {
        self.by_kind
            .get(kind as usize)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// The elements of a kind that stand in another element: they follow it without a gap.
    fn within(&self, kind: u32, around: u32) -> &[u32] {
        let frames = self.frames(kind);
        let first = frames.partition_point(|frame| *frame < around);
        let from = frames.get(first..).unwrap_or_default();
        let inside = from.partition_point(|frame| self.document.is_in(*frame, around));
        from.get(..inside).unwrap_or_default()
    }

    fn view(&'s self, frame: u32, here: u32, record: u32) -> View<'s> {
        View {
            scene: self,
            frame,
            here,
            record,
        }
    }

    fn is_record(&'s self, alternative: usize, frame: u32) -> bool {
        let view = self.view(frame, frame, frame);
        let checks = self.plan.record_when.get(alternative);
        checks.is_none_or(|checks| checks.iter().all(|check| holds(check, &view)))
    }

    fn booking(
        &'s self,
        kind: u32,
        record: u32,
        provenance: &Arc<Provenance>,
        ledger: &mut Ledger,
        joins: &mut Joins,
    ) -> Record {
        let mut builder = Builder::new(self.plan, Arc::clone(provenance));
        std::mem::swap(&mut builder.ledger, ledger);
        let mut made: Vec<Items> = vec![Items::new(); self.plan.sorts.len()];
        let mut names: HashMap<(Scope, String), Handle> = HashMap::new();
        for (number, sort) in self.plan.sorts.iter().enumerate() {
            if sort.record != kind {
                continue;
            }
            let inside = !sort.whole && self.plan.trie.climb(sort.kind, kind).is_some();
            let frames = match inside {
                true => self.within(sort.kind, record),
                false => self.frames(sort.kind),
            };
            for frame in frames {
                let Some(view) = self.seen(number, sort, *frame, record, joins) else {
                    continue;
                };
                let anchors = self.anchors(sort, &view, &made, &names);
                let lost =
                    |ids: &[Link], handle: Option<Handle>| !ids.is_empty() && handle.is_none();
                if !inside
                    && (lost(&sort.passenger_id, anchors.passenger)
                        || lost(&sort.leg_id, anchors.leg))
                {
                    continue;
                }
                let Some(handle) = builder.item(self.plan, self.terms, number, anchors, &view)
                else {
                    continue;
                };
                if let Some(made) = made.get_mut(number) {
                    made.push((*frame, handle));
                }
                for cell in sort.id.iter().filter_map(|at| view.cell(*at)) {
                    names
                        .entry((sort.scope, view.text(cell).to_owned()))
                        .or_insert(handle);
                }
                self.claim(sort, &view, &mut builder);
            }
        }
        std::mem::swap(&mut builder.ledger, ledger);
        let (mut booking, diagnostics) = builder.hand_out(Arc::clone(provenance));
        booking.range = Some(ByteRange {
            start: Some(self.offset),
            end: Some(self.offset + self.bytes.len() as u64),
        });
        finish(&mut booking, self.terms);
        Record {
            booking: Some(booking),
            diagnostics,
            ..Record::default()
        }
    }

    /// The element of an item, or the one that it refers to.
    fn seen(
        &'s self,
        number: usize,
        sort: &Sort,
        frame: u32,
        record: u32,
        joins: &mut Joins,
    ) -> Option<View<'s>> {
        let Some(join) = &sort.join else {
            return Some(self.view(frame, frame, record));
        };
        let key = |view: &View<'_>, places: &[At]| {
            let cells = places.iter().map(|at| view.cell(*at));
            let texts = cells.map(|cell| cell.map(|cell| view.text(cell)));
            texts
                .collect::<Option<Vec<_>>>()
                .map(|texts| texts.join("\0"))
        };
        let wanted = key(&self.view(frame, frame, record), &join.here)?;
        let index = joins.entry(number).or_insert_with(|| {
            let frames = self.frames(join.kind).iter();
            frames
                .filter_map(|frame| {
                    Some((
                        key(&self.view(*frame, *frame, record), &join.there)?,
                        *frame,
                    ))
                })
                .collect()
        });
        let here = index.get(&wanted).copied()?;
        Some(self.view(frame, here, record))
    }

    fn anchors(
        &self,
        sort: &Sort,
        view: &View<'_>,
        made: &[Items],
        names: &HashMap<(Scope, String), Handle>,
    ) -> Anchors {
        let parent = sort.parent.and_then(|(parent, up)| {
            let frame = self.document.climb(view.frame, up)?;
            let items = made.get(parent)?;
            let at = items.binary_search_by_key(&frame, |(frame, _)| *frame);
            items.get(at.ok()?).map(|(_, handle)| *handle)
        });
        let named = |links: &[Link], scope: Scope| {
            links.iter().find_map(|link| {
                let text = view.text(self.linked(view, *link)?).to_owned();
                names.get(&(scope, text)).copied()
            })
        };
        Anchors {
            parent,
            passenger: named(&sort.passenger_id, Scope::Passenger),
            leg: named(&sort.leg_id, Scope::Leg),
        }
    }

    /// The datum by which an item names another.
    fn linked(&self, view: &View<'_>, link: Link) -> Option<Cell> {
        let Link::Beside { up, kind, slot } = link else {
            let Link::At(at) = link else { return None };
            return view.cell(at);
        };
        let around = self.document.climb(view.frame, up)?;
        let own = self.document.frame(view.frame)?;
        let beside = self.within(kind, around);
        // Only lists of one length can be read side by side.
        if self.within(own.kind, around).len() != beside.len() {
            return None;
        }
        let frame = beside.get(own.position as usize)?;
        let leaf = self.document.leaf(*frame, slot)?;
        Some(Cell {
            slot: u32::try_from(self.slot + leaf as usize).ok()?,
            index: leaf,
        })
    }

    /// What told the item apart, or what it belongs to, has done its work.
    fn claim(&self, sort: &Sort, view: &View<'_>, builder: &mut Builder) {
        let Some(field) = sort.steps.first().map(|step| step.field) else {
            return;
        };
        let mut claim = |cell: Option<Cell>, field: Field| {
            if let Some(cell) = cell.filter(|cell| !builder.ledger.is_filled(cell.slot as usize)) {
                builder.ledger.fill(cell.slot as usize, field);
            }
        };
        for at in sort
            .id
            .iter()
            .chain(sort.when.iter().flat_map(|check| &check.from))
        {
            claim(view.cell(*at), field);
        }
        for link in sort.passenger_id.iter().chain(&sort.leg_id) {
            claim(self.linked(view, *link), field);
        }
        if let Some(join) = &sort.join {
            let reference = self.view(view.frame, view.frame, view.record);
            join.here
                .iter()
                .for_each(|at| claim(reference.cell(*at), field));
            join.there
                .iter()
                .for_each(|at| claim(view.cell(*at), field));
        }
    }
}

/// Where the value at the start of the bytes ends.
fn extent(bytes: &[u8], last: bool, nesting: usize) -> Extent {
    match bytes.first() {
        Some(b'{' | b'[') => {}
        Some(_) => {
            let end = memchr::memchr2(b'\n', b',', bytes);
            return match end {
                Some(end) => Extent::Whole(end.max(1)),
                None if last => Extent::Whole(bytes.len()),
                None => Extent::More,
            };
        }
        None => return Extent::Nothing,
    }
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return Extent::Whole(at + 1);
                }
            }
            b'"' => match string_end(bytes, at + 1) {
                Some(end) => at = end,
                None => return Extent::More,
            },
            _ => {}
        }
        if depth > nesting {
            return Extent::Deep;
        }
        at += 1;
    }
    Extent::More
}

/// The first line of a value that is no JSON and runs into the line of the next one, which
/// begins where it began: only that line is lost, and not what follows it.
///
/// Lines that are whole cost one look for an end of line; the grammar is asked where a value
/// goes on over a line that begins with an object, as few of several lines do.
fn unclosed(bytes: &[u8], extent: &Extent, last: bool) -> Option<usize> {
    let value = match extent {
        Extent::Whole(length) => bytes.get(..*length)?,
        Extent::More | Extent::Deep => bytes,
        Extent::Nothing => return None,
    };
    memchr::memchr(b'\n', value)?;
    let line = memchr::memmem::find(value, b"\n{")? + 1;
    let mut values = serde_json::Deserializer::from_slice(value).into_iter::<IgnoredAny>();
    let is_broken = match values.next()? {
        Ok(_) => false,
        Err(error) => last || !error.is_eof(),
    };
    is_broken.then_some(line)
}

fn string_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let sign = at + memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes.get(sign) == Some(&b'"') {
            return Some(sign);
        }
        at = sign + 2;
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
        let Piece { used, value } = self.outline.next(window, offset, last)?;
        let Some(range) = value else {
            return Ok(Step { used, record: None });
        };
        let at = offset + range.start as u64;
        self.take(window.get(range).unwrap_or_default(), at, ledger)?;
        Ok(Step {
            used,
            record: self.next(ledger),
        })
    }
}

/// The values of an input, one after the other.
#[derive(Debug)]
pub(super) struct Outline {
    limits: Limits,
    begun: bool,
    in_array: bool,
    document: Document,
}

/// What is done with of a window, and the value at the end of that.
pub(super) struct Piece {
    pub(super) used: usize,
    pub(super) value: Option<std::ops::Range<usize>>,
}

impl Outline {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            limits: *limits,
            begun: false,
            in_array: false,
            document: Document::default(),
        }
    }

    /// The next value of a window; without one and nothing used it must be longer.
    pub(super) fn next(&mut self, window: &[u8], offset: u64, last: bool) -> Result<Piece, Error> {
        let nothing = Piece {
            used: 0,
            value: None,
        };
        let mut at = 0;
        if !self.begun {
            if window.len() < 3 && !last {
                return Ok(nothing);
            }
            at += if window.starts_with(b"\xEF\xBB\xBF") {
                3
            } else {
                0
            };
        }
        loop {
            match window.get(at) {
                Some(b' ' | b'\t' | b'\n' | b'\r') => at += 1,
                Some(b'[') if !self.begun => {
                    (self.begun, self.in_array) = (true, true);
                    at += 1;
                }
                Some(b',' | b']') if self.in_array => at += 1,
                _ => break,
            }
        }
        let rest = window.get(at..).unwrap_or_default();
        let extent = extent(rest, last, self.limits.nesting);
        match unclosed(rest, &extent, last).map_or(extent, Extent::Whole) {
            Extent::Whole(length) => {
                self.begun = true;
                Ok(Piece {
                    used: at + length,
                    value: Some(at..at + length),
                })
            }
            Extent::Nothing | Extent::More if !last && !self.begun => Ok(nothing),
            Extent::Nothing => Ok(Piece {
                used: at,
                value: None,
            }),
            Extent::Deep => Err(deep(self.limits.nesting, offset + at as u64)),
            Extent::More if last => {
                let offset = offset + window.len() as u64;
                Err(ErrorKind::Truncated { offset }.into())
            }
            Extent::More => Ok(Piece {
                used: at,
                value: None,
            }),
        }
    }

    /// The leaves of a value with their pointers, and what is wrong with it.
    pub(super) fn leaves(
        &mut self,
        trie: &super::trie::Trie,
        bytes: &[u8],
        offset: u64,
    ) -> Result<(Leaves, Vec<Diagnostic>), Error> {
        let (nesting, longest) = (self.limits.nesting, self.limits.cell_bytes);
        let read = self.document.read(trie, bytes, nesting, longest);
        let mut diagnostics = Vec::new();
        match read {
            Ok(()) => {}
            Err(Fault::NotJson) => diagnostics.push(not_read(bytes, offset)),
            Err(Fault::Deep) => return Err(deep(nesting, offset)),
            Err(Fault::Long) => {
                let what = "bytes of a text".to_owned();
                let maximum = longest as u64;
                return Err(ErrorKind::Limit {
                    what,
                    maximum,
                    offset,
                }
                .into());
            }
        }
        let document = &self.document;
        let numbers = 0..u32::try_from(document.leaves.len()).unwrap_or(NONE);
        let leaves = numbers.zip(&document.leaves).map(|(number, leaf)| {
            let path = document.pointer(trie, document.path_of(number));
            let place = location(offset, leaf.start, leaf.end, path.clone());
            (path, place)
        });
        Ok((leaves.collect(), diagnostics))
    }
}

fn deep(nesting: usize, offset: u64) -> Error {
    ErrorKind::Limit {
        what: "levels of nesting".to_owned(),
        maximum: nesting as u64,
        offset,
    }
    .into()
}

/// A value that is no JSON, or no booking.
pub(super) fn not_read(bytes: &[u8], offset: u64) -> Diagnostic {
    let end = u32::try_from(bytes.len()).unwrap_or(NONE);
    Diagnostic::new(Code::NotJson, None, location(offset, 0, end, String::new()))
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
