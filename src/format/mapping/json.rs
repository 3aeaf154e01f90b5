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

/// The extent of the value at the start of the bytes.
enum Extent {
    Whole(usize),
    More,
    Deep,
    Nothing,
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

    fn limit(&self, what: &str, maximum: usize, offset: u64) -> Error {
        ErrorKind::Limit {
            what: what.to_owned(),
            maximum: maximum as u64,
            offset,
        }
        .into()
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
        if let Some(b'{' | b'[') = rest.first()
            && let Ok(text) = document.first(trie, rest, nesting, longest)
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
            Err(Fault::Deep) => return Err(self.limit("levels of nesting", nesting, offset)),
            Err(Fault::Long) => return Err(self.limit("bytes of a text", longest, offset)),
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
        let scene = Scene {
            plan: self.plan,
            terms: &self.terms,
            document,
            text,
            offset,
            slot,
            by_kind,
        };
        let mut joins = Joins::new();
        for (alternative, kind) in self.plan.records.iter().enumerate() {
            for record in scene.frames(*kind) {
                if !scene.is_record(alternative, *record) {
                    continue;
                }
                made.iter_mut().for_each(Vec::clear);
                std::mem::swap(&mut builder.ledger, ledger);
                scene.fill(*kind, *record, builder, made, &mut joins);
                std::mem::swap(&mut builder.ledger, ledger);
                self.ready.push(Ready {
                    first: document.frame(*record).map_or(0, |frame| frame.leaf),
                    record: scene.hand_out(builder, &self.provenance),
                    own: Ledger::default(),
                });
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
    text: &'s str,
    offset: u64,
    slot: usize,
    by_kind: &'s [Vec<u32>],
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
        self.scene.document.text(self.scene.text, cell.index)
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

    /// Makes the items of a booking.
    fn fill(
        &'s self,
        kind: u32,
        record: u32,
        builder: &mut Builder,
        made: &mut [Items],
        joins: &mut Joins,
    ) {
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
                let anchors = self.anchors(sort, &view, made, &names);
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
                self.claim(sort, &view, builder);
            }
        }
    }

    /// The record of a booking that was filled.
    fn hand_out(&self, builder: &mut Builder, provenance: &Arc<Provenance>) -> Record {
        let (mut booking, diagnostics) = builder.hand_out(Arc::clone(provenance));
        booking.range = Some(ByteRange {
            start: Some(self.offset),
            end: Some(self.offset + self.text.len() as u64),
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

const NOTHING: Piece = Piece {
    used: 0,
    value: None,
};

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
        match self.start(window, last) {
            Some(at) => self.value(window, at, offset, last),
            None => Ok(NOTHING),
        }
    }

    /// Where the next value of a window starts; `None` where it must be longer.
    fn start(&mut self, window: &[u8], last: bool) -> Option<usize> {
        let mut at = 0;
        if !self.begun {
            if window.len() < 3 && !last {
                return None;
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
                _ => return Some(at),
            }
        }
    }

    /// The value that starts at a place of a window.
    fn value(&mut self, window: &[u8], at: usize, offset: u64, last: bool) -> Result<Piece, Error> {
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
            Extent::Nothing | Extent::More if !last && !self.begun => Ok(NOTHING),
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
            Ok(_) => {}
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
