//! Rows of delimited text, one after the other.

mod header;
mod keys;
mod line;
mod scan;

use std::collections::VecDeque;
use std::sync::Arc;

pub(super) use header::detect;
use header::{Header, head};
use keys::Keys;
use line::{Line, Row};
use scan::{Bounds, Scanned};

use super::assemble::{Anchors, Builder, Cell, Page, Terms};
use super::draft::{Csv, Draft, Source};
use super::plan::{At, Plan};
use super::provenance;
use super::shelf::Handle;
use crate::diagnostic::{Code, Diagnostic, Location, Place};
use crate::error::Error;
use crate::field::Reach;
use crate::format::{Ledger, Own, Session, Step};
use crate::model::{ByteRange, Provenance, bare};
use crate::reader::{Intake, Limits, Record};

/// No slot: the cell says nothing.
const BLANK: u32 = u32::MAX;

/// Rows of whole bookings that are read before the first of these is handed out. To read rows, and
/// to do with a booking what follows, takes more code than the nearest cache of a processor holds:
/// so each is done for several bookings in a row. With more of them at a time their own memory
/// leaves the caches, and the short lists of free memory that allocators keep.
const AHEAD: usize = 5;

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
    desk: Desk,
    key: Vec<u8>,
    /// Bookings that more rows may belong to, in the order of their first rows.
    open: VecDeque<Box<Group>>,
    /// Rows of the open bookings.
    held: usize,
    /// Bookings that wait to be handed out.
    whole: VecDeque<Box<Group>>,
    /// Rows of these.
    ahead: usize,
    /// The memory of bookings that were handed out.
    spare: VecDeque<Box<Group>>,
    /// Keys of earlier bookings.
    earlier: Keys,
    /// What bookings were filled with.
    reach: Reach,
}

/// What is written down of one row while it is read.
#[derive(Debug)]
struct Desk {
    /// For each cell of the row its slot in the ledger, `BLANK` where it says nothing.
    slots: Vec<u32>,
    /// For each sort the item of the row.
    now: Vec<Option<Handle>>,
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
            terms: Terms::new(draft, intake),
            provenance: Arc::new(provenance(draft, intake)),
            header: None,
            row: 0,
            skip: source.skip_after,
            line: Line::default(),
            desk: Desk {
                slots: Vec::new(),
                now: vec![None; plan.sorts.len()],
            },
            key: Vec::new(),
            open: VecDeque::new(),
            held: 0,
            whole: VecDeque::new(),
            ahead: 0,
            spare: VecDeque::new(),
            earlier: Keys::default(),
            reach: Reach::default(),
        }
    }

    fn bounds(&self) -> Bounds {
        Bounds {
            cell: self.limits.cell_bytes,
            columns: self.limits.columns,
        }
    }

    /// Finds the header; the bytes up to the first data, or `None` for a longer window.
    fn begin(&mut self, window: &[u8], offset: u64, last: bool) -> Result<Option<usize>, Error> {
        if !last && window.len() < header::HEAD {
            return Ok(None);
        }
        let header = match head(self.source, self.plan, window, last, self.bounds()) {
            Ok(header) => header,
            Err(Scanned::ManyColumns) => {
                return Err(Error::limit(
                    "columns of a table",
                    self.limits.columns,
                    offset,
                ));
            }
            Err(Scanned::LongCell) => {
                return Err(Error::limit(
                    "bytes of a cell",
                    self.limits.cell_bytes,
                    offset,
                ));
            }
            Err(_) if !last => return Ok(None),
            Err(_) => return Ok(Some(window.len())),
        };
        self.row = header.rows;
        let used = header.used;
        self.header = Some(header);
        Ok(Some(used))
    }

    /// Reads the row at the start of the bytes, or `None` for a longer window.
    fn next<'r>(
        &self,
        line: &'r mut Line,
        bytes: &'r [u8],
        offset: u64,
        last: bool,
    ) -> Result<Option<Row<'r>>, Error> {
        let Some(header) = self.header.as_ref().filter(|_| !bytes.is_empty()) else {
            return Ok(None);
        };
        let (encoding, dialect) = (header.encoding, header.dialect);
        let bounds = self.bounds();
        match line.read(bytes, last, encoding, dialect, bounds) {
            Ok(row) => Ok(Some(row)),
            Err(Scanned::ManyColumns) => {
                Err(Error::limit("columns of a table", bounds.columns, offset))
            }
            Err(Scanned::LongCell) => Err(Error::limit("bytes of a cell", bounds.cell, offset)),
            Err(Scanned::More | Scanned::Row(_)) => Ok(None),
        }
    }

    /// What tells the booking of the row, in `self.key`; whether rows have one in common at all.
    fn group_key(&mut self, row: &Row<'_>) -> bool {
        self.key.clear();
        let Some(header) = &self.header else {
            return false;
        };
        let mut says = false;
        for at in &self.plan.group {
            let column = header.column(at.slot);
            let cell = bare(column.map_or("", |column| row.cell(column as usize)));
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

    /// Whether no more rows of an open booking can be waited for once a row opens another one.
    fn is_full(&self, grouped: bool) -> bool {
        match (self.source.scattered, grouped) {
            (true, true) => self.held >= self.limits.rows && !self.open.is_empty(),
            (true, false) => false,
            (false, _) => !self.open.is_empty(),
        }
    }

    /// Takes a booking as whole.
    fn close(&mut self, group: Option<Box<Group>>) {
        if let Some(group) = group {
            self.held -= group.rows.min(self.held);
            self.ahead += group.rows;
            self.whole.push_back(group);
        }
    }

    /// Takes the booking that was opened first as whole.
    fn close_first(&mut self) {
        let first = self.open.pop_front();
        self.close(first);
    }

    /// Takes a row into the open booking at a place, or into a new one.
    fn take(&mut self, row: &Row<'_>, offset: u64, place: Option<usize>, grouped: bool) {
        let place = place.unwrap_or_else(|| self.start(row, offset, grouped));
        let (Some(group), Some(header)) = (self.open.get_mut(place), &self.header) else {
            return;
        };
        group.rows += 1;
        group.range.end = Some(offset + row.length as u64);
        self.held += 1;
        let first = self.desk.open(row, &mut group.builder.account.ledger);
        let sheet = Sheet {
            row,
            header,
            slots: &self.desk.slots,
            offset,
            number: self.row,
        };
        sheet.fill(
            self.plan,
            &self.terms,
            &mut self.desk.now,
            &mut group.builder,
        );
        sheet.doubts(&mut group.builder);
        sheet.unmapped(&mut group.builder, first);
    }

    /// Opens a booking; its place.
    fn start(&mut self, row: &Row<'_>, offset: u64, grouped: bool) -> usize {
        let mut group = self.spare.pop_back().unwrap_or_else(|| {
            Box::new(Group {
                builder: Builder::new(self.plan),
                ..Group::default()
            })
        });
        group.builder.open(&self.provenance);
        group.key.clear();
        if grouped {
            group.key.extend_from_slice(&self.key);
        }
        let again = grouped && !self.earlier.add(&self.key);
        (group.rows, group.range) = (0, range(offset, row.length));
        group.again = again.then(|| row_location(row, offset, self.row));
        self.open.push_back(group);
        self.open.len() - 1
    }

    /// The record of the first whole booking, if one is.
    fn emit(&mut self, ledger: &mut Ledger, emitted: &mut Option<Record>) {
        let Some(mut group) = self.whole.pop_front() else {
            return;
        };
        self.ahead -= group.rows.min(self.ahead);
        let builder = &mut group.builder;
        ledger.append(&mut builder.account.ledger);
        let range = std::mem::take(&mut group.range);
        let record = emitted.get_or_insert_default();
        builder.hand_out(range, &self.terms, record);
        self.reach.join(&builder.account.reach);
        if let Some(location) = group.again.take() {
            let repeated = Diagnostic::new(Code::LocatorRepeated, None, location);
            record.diagnostics.insert(0, repeated);
        }
        if self.spare.len() < AHEAD {
            self.spare.push_back(group);
        }
    }
}

fn range(offset: u64, length: usize) -> ByteRange {
    ByteRange {
        start: Some(offset),
        end: Some(offset + length as u64),
    }
}

fn row_location(row: &Row<'_>, offset: u64, number: u64) -> Location {
    Location {
        offset,
        len: u32::try_from(row.length).unwrap_or(u32::MAX),
        place: Place::Cell {
            row: number,
            column: 0,
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
        if self.whole.is_empty() {
            let mut line = std::mem::take(&mut self.line);
            let read = self.read(&mut line, window, &mut used, offset, last);
            self.line = line;
            // What was read before is handed out first; then the row comes again.
            if self.whole.is_empty() {
                read?;
            }
        }
        // A record is large: it is made where it will stand.
        let mut step = Step { used, record: None };
        self.emit(ledger, &mut step.record);
        Ok(step)
    }

    fn reach(&self, _: Own) -> Option<&Reach> {
        Some(&self.reach)
    }
}

impl Rows<'_> {
    /// Reads rows until enough bookings are whole, or to where a longer window is wanted.
    fn read(
        &mut self,
        line: &mut Line,
        window: &[u8],
        used: &mut usize,
        offset: u64,
        last: bool,
    ) -> Result<(), Error> {
        while self.ahead < AHEAD {
            let rest = window.get(*used..).unwrap_or_default();
            let at = offset + *used as u64;
            let Some(row) = self.next(line, rest, at, last)? else {
                while last && rest.is_empty() && !self.open.is_empty() {
                    self.close_first();
                }
                break;
            };
            self.row += 1;
            *used += row.length;
            if self.skip > 0 || row.blanks().all(|blank| blank) {
                self.skip = self.skip.saturating_sub(1);
                continue;
            }
            self.sort(&row, at);
        }
        Ok(())
    }

    /// Takes a row into its booking, and bookings that it shows to be whole as that.
    fn sort(&mut self, row: &Row<'_>, offset: u64) {
        let grouped = self.group_key(row);
        let place = self.place(grouped);
        while place.is_none() && self.is_full(grouped) {
            self.close_first();
        }
        self.take(row, offset, place, grouped);
        if !grouped {
            // Nothing else can belong to it.
            let last = self.open.pop_back();
            self.close(last);
        }
    }
}

impl Desk {
    /// Opens a slot for each cell that says something; the first of them.
    fn open(&mut self, row: &Row<'_>, ledger: &mut Ledger) -> usize {
        let first = ledger.open(0);
        let mut slot = u32::try_from(first).unwrap_or(BLANK);
        self.slots.clear();
        self.slots.extend(row.blanks().map(|blank| {
            let own = if blank { BLANK } else { slot };
            slot += u32::from(!blank);
            own
        }));
        ledger.open((slot as usize).saturating_sub(first));
        first
    }
}

/// A row as the rules see it.
struct Sheet<'r> {
    row: &'r Row<'r>,
    header: &'r Header,
    slots: &'r [u32],
    offset: u64,
    number: u64,
}

impl Sheet<'_> {
    /// Makes the items of the row, or adds to those that it names again.
    fn fill(&self, plan: &Plan, terms: &Terms, now: &mut [Option<Handle>], builder: &mut Builder) {
        for (at, sort) in plan.sorts.iter().enumerate() {
            // Sorts come behind those to which they belong.
            let of = |sort: Option<usize>| now.get(sort?).copied().flatten();
            let anchors = Anchors {
                parent: of(sort.parent.map(|(parent, _)| parent)),
                passenger: of(sort.passenger),
                leg: of(sort.leg),
            };
            let handle = builder.item(plan, terms, at, anchors, self);
            if let Some(now) = now.get_mut(at) {
                *now = handle;
            }
        }
    }

    /// What is wrong with the row as a row.
    fn doubts(&self, builder: &mut Builder) {
        let width = self.header.width;
        let found = [
            (self.row.fallback, Code::CharsetFallback),
            (self.row.nul, Code::NulCharacter),
            (self.row.misplaced, Code::QuoteMisplaced),
            (width > 0 && self.row.len() != width, Code::RowLength),
        ];
        for (_, code) in found.iter().filter(|(there, _)| *there) {
            let location = row_location(self.row, self.offset, self.number);
            builder.account.doubt(*code, None, location);
        }
    }

    /// Names the data that reached no field.
    fn unmapped(&self, builder: &mut Builder, first: usize) {
        if builder.account.ledger.is_full(first) {
            return;
        }
        for (column, slot) in self.slots.iter().enumerate() {
            if *slot != BLANK && !builder.account.ledger.is_filled(*slot as usize) {
                builder
                    .account
                    .doubt(Code::Unmapped, None, self.place_of(column));
            }
        }
    }

    fn place_of(&self, column: usize) -> Location {
        let raw = self.row.raw(column);
        Location {
            offset: self.offset + u64::from(raw.start),
            len: raw.end - raw.start.min(raw.end),
            place: Place::Cell {
                row: self.number,
                column: u32::try_from(column + 1).unwrap_or(u32::MAX),
            },
        }
    }
}

impl Page for Sheet<'_> {
    #[inline]
    fn cell(&self, at: At) -> Option<Cell> {
        let index = self.header.column(at.slot)?;
        let slot = self.slots.get(index as usize).copied()?;
        (slot != BLANK).then_some(Cell { slot, index })
    }

    #[inline]
    fn text(&self, cell: Cell) -> &str {
        self.row.cell(cell.index as usize)
    }

    fn location(&self, cell: Cell) -> Location {
        self.place_of(cell.index as usize)
    }
}
