//! Rows of delimited text, one after the other.

mod header;
mod line;
mod scan;

use std::collections::{HashSet, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

pub(super) use header::detect;
use header::{Header, head};
use line::Line;
use scan::{Bounds, Scanned};

use super::assemble::{Anchors, Builder, Cell, Page, Terms};
use super::draft::{Csv, Draft, Source};
use super::plan::{At, Plan};
use super::shelf::Handle;
use super::{finish, provenance};
use crate::diagnostic::{Code, Location, Place};
use crate::error::{Error, ErrorKind};
use crate::format::{Ledger, Session, Step};
use crate::model::{ByteRange, Provenance};
use crate::reader::{Intake, Limits, Record};

/// How many keys of earlier bookings are remembered, to tell that one comes again.
const REMEMBERED: usize = 65_536;

/// No slot: the cell says nothing.
const BLANK: u32 = u32::MAX;

/// The reading of one file.
#[derive(Debug)]
pub(super) struct Rows<'m> {
    plan: &'m Plan,
    source: &'m Csv,
    limits: Limits,
    terms: Terms,
    provenance: Arc<Provenance>,
    header: Option<Header>,
    /// Rows read, the header included.
    row: u64,
    /// Rows yet to be skipped behind the header.
    skip: u32,
    line: Line,
    /// For each cell of the row its slot in the ledger, `BLANK` where it says nothing.
    slots: Vec<u32>,
    now: Vec<Option<Handle>>,
    key: Vec<u8>,
    /// Bookings that more rows may belong to, in the order of their first rows.
    open: VecDeque<Group>,
    /// Rows of the open bookings.
    held: usize,
    spare: Option<Builder>,
    seen: HashSet<u64>,
    order: VecDeque<u64>,
}

/// A booking on its way, with what its rows have in common.
#[derive(Debug, Default)]
struct Group {
    key: Vec<u8>,
    rows: usize,
    builder: Builder,
    range: ByteRange,
    again: Option<Location>,
}

impl<'m> Rows<'m> {
    pub(super) fn new(draft: &'m Draft, plan: &'m Plan, limits: &Limits, intake: &Intake) -> Self {
        static PLAIN: std::sync::LazyLock<Csv> = std::sync::LazyLock::new(Csv::default);
        let source = match &draft.source {
            Source::Csv(source) => source,
            Source::Json(_) => &PLAIN,
        };
        Self {
            plan,
            source,
            limits: *limits,
            terms: Terms::new(intake),
            provenance: Arc::new(provenance(draft, intake)),
            header: None,
            row: 0,
            skip: source.skip_after,
            line: Line::default(),
            slots: Vec::new(),
            now: vec![None; plan.sorts.len()],
            key: Vec::new(),
            open: VecDeque::new(),
            held: 0,
            spare: None,
            seen: HashSet::new(),
            order: VecDeque::new(),
        }
    }

    fn bounds(&self) -> Bounds {
        Bounds {
            cell: self.limits.cell_bytes,
            columns: self.limits.columns,
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

    /// Finds the header; the bytes up to the first data, or `None` for a longer window.
    fn begin(&mut self, window: &[u8], offset: u64, last: bool) -> Result<Option<usize>, Error> {
        if !last && window.len() < header::HEAD {
            return Ok(None);
        }
        let header = match head(self.source, self.plan, window, last, self.bounds()) {
            Ok(header) => header,
            Err(Scanned::ManyColumns) => {
                return Err(self.limit("columns of a table", self.limits.columns, offset));
            }
            Err(Scanned::LongCell) => {
                return Err(self.limit("bytes of a cell", self.limits.cell_bytes, offset));
            }
            Err(_) if !last => return Ok(None),
            Err(_) => return Ok(Some(window.len())),
        };
        self.row = header.rows;
        let used = header.used;
        self.header = Some(header);
        Ok(Some(used))
    }

    /// Reads the row at the start of the bytes; its length, or `None` for a longer window.
    fn next(&mut self, bytes: &[u8], offset: u64, last: bool) -> Result<Option<usize>, Error> {
        let Some(header) = &self.header else {
            return Ok(None);
        };
        let (encoding, dialect) = (header.encoding, header.dialect);
        let bounds = self.bounds();
        match self.line.read(bytes, last, encoding, dialect, bounds) {
            Scanned::Row(length) => Ok(Some(length)),
            Scanned::More => Ok(None),
            Scanned::LongCell => Err(self.limit("bytes of a cell", bounds.cell, offset)),
            Scanned::ManyColumns => Err(self.limit("columns of a table", bounds.columns, offset)),
        }
    }

    /// What tells the booking of the row, in `self.key`; whether rows have one in common at all.
    fn group_key(&mut self, row: &[u8]) -> bool {
        self.key.clear();
        let Some(header) = &self.header else {
            return false;
        };
        let text = self.line.text(row);
        let mut says = false;
        for at in &self.plan.group {
            let cell = header
                .column(at.slot)
                .and_then(|column| self.line.span(column));
            let cell = cell.and_then(|span| text.get(span.start as usize..span.end as usize));
            let cell = cell.unwrap_or_default().trim();
            says |= !cell.is_empty();
            self.key.extend_from_slice(cell.as_bytes());
            self.key.push(0);
        }
        says
    }

    /// The place among the open bookings that the row belongs to.
    fn place(&self, grouped: bool) -> Option<usize> {
        if !grouped {
            return None;
        }
        let at = self.open.iter().rposition(|group| group.key == self.key)?;
        let group = self.open.get(at)?;
        let near = self.source.scattered || at + 1 == self.open.len();
        (near && group.rows < self.limits.rows).then_some(at)
    }

    /// Whether an open booking must be handed out before this row can be taken.
    fn is_full(&self, grouped: bool, place: Option<usize>) -> bool {
        if place.is_some() {
            return false;
        }
        match (self.source.scattered, grouped) {
            (true, true) => self.held >= self.limits.rows,
            (true, false) => false,
            (false, _) => !self.open.is_empty(),
        }
    }

    /// Takes a row into its booking.
    fn take(&mut self, row: &[u8], offset: u64, place: Option<usize>, grouped: bool) {
        let place = place.unwrap_or_else(|| self.start(row, offset, grouped));
        let Some(mut group) = self.open.get_mut(place).map(std::mem::take) else {
            return;
        };
        group.rows += 1;
        group.range.end = Some(offset + row.len() as u64);
        self.held += 1;
        self.fill(&mut group.builder, row, offset);
        if let Some(open) = self.open.get_mut(place) {
            *open = group;
        }
    }

    /// Opens a booking; its place.
    fn start(&mut self, row: &[u8], offset: u64, grouped: bool) -> usize {
        let mut builder = self.spare.take().unwrap_or_else(|| Builder::new(self.plan));
        builder.clear();
        builder.booking.provenance = Arc::clone(&self.provenance);
        let again = grouped && !self.remember();
        self.open.push_back(Group {
            key: if grouped {
                self.key.clone()
            } else {
                Vec::new()
            },
            rows: 0,
            builder,
            range: range(offset, row.len()),
            again: again.then(|| self.row_location(row, offset)),
        });
        self.open.len() - 1
    }

    /// Remembers the key of a booking; false where it was there already.
    fn remember(&mut self) -> bool {
        let mut hasher = DefaultHasher::new();
        self.key.hash(&mut hasher);
        let key = hasher.finish();
        if !self.seen.insert(key) {
            return false;
        }
        self.order.push_back(key);
        if self.order.len() > REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.seen.remove(&oldest);
        }
        true
    }

    fn row_location(&self, row: &[u8], offset: u64) -> Location {
        Location {
            offset,
            len: u32::try_from(row.len()).unwrap_or(u32::MAX),
            place: Place::Cell {
                row: self.row,
                column: 0,
            },
        }
    }

    fn fill(&mut self, builder: &mut Builder, row: &[u8], offset: u64) {
        let Some(header) = &self.header else {
            return;
        };
        let text = self.line.text(row);
        let first = builder.ledger.open(0);
        self.slots.clear();
        let mut slot = first;
        for column in 0..self.line.len() {
            let says = !blank(&self.line, text, column);
            let number = u32::try_from(slot).unwrap_or(BLANK);
            self.slots.push(if says { number } else { BLANK });
            slot += usize::from(says);
        }
        builder.ledger.open(slot - first);
        let page = Sheet {
            line: &self.line,
            text,
            header,
            slots: &self.slots,
            offset,
            row: self.row,
            length: row.len(),
        };
        self.now.fill(None);
        for (at, sort) in self.plan.sorts.iter().enumerate() {
            let of =
                |sort: Option<usize>| sort.and_then(|sort| self.now.get(sort).copied().flatten());
            let anchors = Anchors {
                parent: of(sort.parent.map(|(parent, _)| parent)),
                passenger: of(sort.passenger),
                leg: of(sort.leg),
            };
            let handle = builder.item(self.plan, &self.terms, at, anchors, &page);
            if let Some(now) = self.now.get_mut(at) {
                *now = handle;
            }
        }
        self.doubts(builder, row, offset);
        self.unmapped(builder, row, offset, first);
    }

    /// What is wrong with the row as a row.
    fn doubts(&self, builder: &mut Builder, row: &[u8], offset: u64) {
        let width = self.header.as_ref().map_or(0, |header| header.width);
        let found = [
            (self.line.fallback, Code::CharsetFallback),
            (self.line.nul, Code::NulCharacter),
            (self.line.misplaced(), Code::QuoteMisplaced),
            (width > 0 && self.line.len() != width, Code::RowLength),
        ];
        for (_, code) in found.iter().filter(|(there, _)| *there) {
            builder.doubt(*code, None, self.row_location(row, offset));
        }
    }

    /// Names the data that reached no field.
    fn unmapped(&self, builder: &mut Builder, row: &[u8], offset: u64, first: usize) {
        if builder.ledger.is_full(first) {
            return;
        }
        for (column, slot) in self.slots.iter().enumerate() {
            if *slot != BLANK && !builder.ledger.is_filled(*slot as usize) {
                let location = cell_location(&self.line, column, row.len(), offset, self.row);
                builder.doubt(Code::Unmapped, None, location);
            }
        }
    }

    /// The record of the first open booking.
    fn emit(&mut self, ledger: &mut Ledger) -> Option<Record> {
        let mut group = self.open.pop_front()?;
        self.held -= group.rows.min(self.held);
        let mut builder = std::mem::take(&mut group.builder);
        ledger.append(&mut builder.ledger);
        let mut booking = std::mem::take(&mut builder.booking);
        booking.range = Some(group.range);
        finish(&mut booking);
        let mut diagnostics = std::mem::take(&mut builder.diagnostics);
        if let Some(location) = group.again {
            diagnostics.insert(
                0,
                crate::Diagnostic::new(Code::LocatorRepeated, None, location),
            );
        }
        self.spare = Some(builder);
        Some(Record {
            booking: Some(booking),
            provenance: None,
            diagnostics,
            ..Record::default()
        })
    }
}

fn range(offset: u64, length: usize) -> ByteRange {
    ByteRange {
        start: Some(offset),
        end: Some(offset + length as u64),
    }
}

fn blank(line: &Line, text: &str, column: usize) -> bool {
    let span = line.span(column).unwrap_or_default();
    let cell = text
        .get(span.start as usize..span.end as usize)
        .unwrap_or_default();
    cell.trim_ascii_start().is_empty() || cell.trim().is_empty()
}

fn cell_location(line: &Line, column: usize, length: usize, offset: u64, row: u64) -> Location {
    let raw = line.raw(column, length);
    Location {
        offset: offset + u64::from(raw.start),
        len: raw.end - raw.start.min(raw.end),
        place: Place::Cell {
            row,
            column: u32::try_from(column + 1).unwrap_or(u32::MAX),
        },
    }
}

impl Session for Rows<'_> {
    fn step(
        &mut self,
        window: &[u8],
        offset: u64,
        last: bool,
        ledger: &mut Ledger,
    ) -> Result<Step, Error> {
        let mut used = 0;
        if self.header.is_none() {
            match self.begin(window, offset, last)? {
                Some(length) => used = length,
                None => return Ok(Step::default()),
            }
        }
        loop {
            let rest = window.get(used..).unwrap_or_default();
            let at = offset + used as u64;
            let length = match rest {
                [] => None,
                rest => self.next(rest, at, last)?,
            };
            let Some(length) = length else {
                let record = if last && rest.is_empty() {
                    self.emit(ledger)
                } else {
                    None
                };
                return Ok(Step { used, record });
            };
            let row = rest.get(..length).unwrap_or_default();
            if self.is_blank(row) || self.skip > 0 {
                self.skip -= u32::from(self.skip > 0);
                self.row += 1;
                used += length;
                continue;
            }
            let grouped = self.group_key(row);
            let place = self.place(grouped);
            if self.is_full(grouped, place) {
                return Ok(Step {
                    used,
                    record: self.emit(ledger),
                });
            }
            self.row += 1;
            self.take(row, at, place, grouped);
            used += length;
            if !grouped {
                // Nothing else can belong to it.
                self.open.rotate_right(1);
                return Ok(Step {
                    used,
                    record: self.emit(ledger),
                });
            }
        }
    }
}

impl Rows<'_> {
    fn is_blank(&self, row: &[u8]) -> bool {
        let text = self.line.text(row);
        (0..self.line.len()).all(|column| blank(&self.line, text, column))
    }
}

/// A row as the rules see it.
struct Sheet<'r> {
    line: &'r Line,
    text: &'r str,
    header: &'r Header,
    slots: &'r [u32],
    offset: u64,
    row: u64,
    length: usize,
}

impl Page for Sheet<'_> {
    fn cell(&self, at: At) -> Option<Cell> {
        let column = self.header.column(at.slot)?;
        let slot = self
            .slots
            .get(column)
            .copied()
            .filter(|slot| *slot != BLANK)?;
        Some(Cell {
            slot,
            index: u32::try_from(column).ok()?,
        })
    }

    fn text(&self, cell: Cell) -> &str {
        let span = self.line.span(cell.index as usize).unwrap_or_default();
        self.text
            .get(span.start as usize..span.end as usize)
            .unwrap_or_default()
    }

    fn location(&self, cell: Cell) -> Location {
        cell_location(
            self.line,
            cell.index as usize,
            self.length,
            self.offset,
            self.row,
        )
    }
}
