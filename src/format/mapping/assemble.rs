//! From the cells of a row, or the values of an element, to items of a booking.

use std::sync::Arc;

use super::draft::{Cut, Draft, Given};
use super::finish;
use super::plan::{At, Brief, Check, Decimals, Identity, Joining, Op, Plan, Sort, Step, Task};
use super::shelf::{self, Handle, Item};
use super::value::{Reading, told};
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::field::Reach;
use crate::format::Ledger;
use crate::model::leaf::Raw;
use crate::model::{Booking, ByteRange, LegalBasis, Provenance, Text, bare};
use crate::reader::{Intake, Record};
use crate::{Field, Scope};

/// A datum that says something.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    /// Its slot in the ledger of the booking.
    pub(super) slot: u32,
    /// What the page knows it by.
    pub(super) index: u32,
}

/// A row, or the values of a document as seen from one element.
pub(super) trait Page {
    /// The datum at a place, if it is not blank.
    fn cell(&self, at: At) -> Option<Cell>;
    fn text(&self, cell: Cell) -> &str;
    fn location(&self, cell: Cell) -> Location;
    /// The page as seen from the element to which this one refers.
    fn referred(&self, _: &Joining) -> Option<Self>
    where
        Self: Sized,
    {
        None
    }
}

/// What holds for all bookings of a transmission.
#[derive(Debug, Default)]
pub(super) struct Terms {
    given: Vec<(Given, Text)>,
    /// The year by which years of two digits are read.
    pub(super) year: Option<u16>,
    /// Where the data say the legal basis: what the caller says of it, and the mapping.
    pub(super) basis: Option<[Option<LegalBasis>; 2]>,
}

impl Terms {
    pub(super) fn new(draft: &Draft, intake: &Intake) -> Self {
        let journey = &intake.journey;
        let shown = |stamp: Option<crate::model::Timestamp>| {
            stamp.map(|stamp| Text::from(stamp.to_string()))
        };
        let known = [
            (Given::Carrier, journey.carrier.clone()),
            (Given::Number, journey.number.clone()),
            (Given::From, journey.from.clone()),
            (Given::To, journey.to.clone()),
            (Given::Departure, shown(journey.departure)),
            (Given::Arrival, shown(journey.arrival)),
            (Given::Ship, intake.ship.clone()),
            (Given::Sender, intake.sender.clone()),
        ];
        let year = journey.departure.or(intake.received);
        Self {
            given: known
                .into_iter()
                .filter_map(|(what, text)| Some((what, text?)))
                .collect(),
            year: year.and_then(|stamp| stamp.date().year()),
            basis: draft
                .says_basis()
                .then_some([intake.legal_basis, draft.legal_basis]),
        }
    }

    fn given(&self, what: Given) -> Option<&str> {
        let found = self.given.iter().find(|(known, _)| *known == what);
        found.map(|(_, text)| text.as_str())
    }
}

/// What an item belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Anchors {
    pub(super) parent: Option<Handle>,
    pub(super) passenger: Option<Handle>,
    pub(super) leg: Option<Handle>,
}

impl Anchors {
    /// Whether one of them is never named again.
    fn once(&self) -> bool {
        let anchors = [self.parent, self.passenger, self.leg];
        anchors.iter().flatten().any(|handle| handle.once)
    }
}

/// An item that was made, and what it was made for.
#[derive(Debug)]
struct Made {
    anchors: Anchors,
    key: std::ops::Range<usize>,
    handle: Handle,
    /// Every rule could read what it found.
    sound: bool,
}

/// A booking on its way.
#[derive(Debug, Default)]
pub(super) struct Builder {
    /// The booking, once it is begun.
    booking: Option<Box<Booking>>,
    pub(super) account: Account,
    made: Vec<Vec<Made>>,
    keys: Vec<u8>,
    key: Vec<u8>,
}

/// What became of the data of a booking, and room for what rules put together.
#[derive(Debug, Default)]
pub(super) struct Account {
    pub(super) ledger: Ledger,
    diagnostics: Vec<Diagnostic>,
    used: Vec<Cell>,
    text: String,
    /// What this and earlier bookings were filled with.
    pub(super) reach: Reach,
}

impl Builder {
    pub(super) fn new(plan: &Plan) -> Self {
        Self {
            made: plan.sorts.iter().map(|_| Vec::new()).collect(),
            ..Self::default()
        }
    }

    /// Begins a booking.
    pub(super) fn open(&mut self, provenance: &Arc<Provenance>) {
        let empty = || Booking::empty(Arc::clone(provenance));
        self.booking.get_or_insert_with(empty);
    }

    /// Puts the booking into a record, with what follows from its values. The builder keeps its
    /// memory for the next booking.
    pub(super) fn hand_out(&mut self, range: ByteRange, terms: &Terms, record: &mut Record) {
        self.made.iter_mut().for_each(Vec::clear);
        self.keys.clear();
        if let Some(booking) = &mut self.booking {
            booking.range = Some(range);
            finish(booking, terms, &mut self.account.reach);
        }
        record.booking = self.booking.take();
        record.diagnostics = std::mem::take(&mut self.account.diagnostics);
    }

    /// The item that a page speaks of, found or made, with everything set that the page says.
    pub(super) fn item<P: Page>(
        &mut self,
        plan: &Plan,
        terms: &Terms,
        sort: usize,
        anchors: Anchors,
        page: &P,
    ) -> Option<Handle> {
        let number = sort;
        let sort = plan.sorts.get(sort)?;
        if !is_there(plan, terms, sort, page) {
            return None;
        }
        let handle = match sort.scope {
            Scope::Booking | Scope::Provenance => Handle {
                scope: sort.scope,
                parent: 0,
                index: 0,
                once: false,
            },
            scope => {
                if shelf::around(scope).is_some() && anchors.parent.is_none() {
                    return None;
                }
                return self.found_or_made(plan, terms, number, anchors, page);
            }
        };
        self.tell(plan, terms, sort, handle, page);
        Some(handle)
    }

    /// Sets everything that the page says of an item; whether all of it could be read.
    fn tell<P: Page>(
        &mut self,
        plan: &Plan,
        terms: &Terms,
        sort: &Sort,
        handle: Handle,
        page: &P,
    ) -> bool {
        let item = self.booking.as_mut();
        let Some(mut item) = item.and_then(|booking| Item::of(booking, handle)) else {
            return false;
        };
        let doubts = self.account.diagnostics.len();
        for (brief, step) in sort.briefs.iter().zip(&sort.steps) {
            let account = &mut self.account;
            match (brief.task, &step.join) {
                (Task::Text | Task::Read, _) => {
                    account.brief(plan, terms, *brief, step, &mut item, page);
                }
                (Task::More, None) => account.step(plan, terms, step, &mut item, page),
                (Task::More, Some(join)) => {
                    account.follow(plan, terms, step, join, &mut item, page);
                }
            }
        }
        doubts == self.account.diagnostics.len()
    }

    fn found_or_made<P: Page>(
        &mut self,
        plan: &Plan,
        terms: &Terms,
        number: usize,
        anchors: Anchors,
        page: &P,
    ) -> Option<Handle> {
        let sort = plan.sorts.get(number)?;
        if sort.identity == Identity::Each || anchors.once() {
            let mut handle = self.make(sort, anchors, page)?;
            handle.once = true;
            self.tell(plan, terms, sort, handle, page);
            return Some(handle);
        }
        self.name(sort, page);
        let (keys, key) = (&self.keys, &self.key);
        let same = |made: &&Made| {
            made.anchors == anchors && keys.get(made.key.clone()) == Some(key.as_slice())
        };
        let made = self.made.get(number).map(Vec::as_slice).unwrap_or_default();
        if let Some(found) = made.iter().rev().find(same) {
            let (handle, sound) = (found.handle, found.sound);
            if sound && sort.is_its_name {
                self.repeat(plan, sort, page);
            } else {
                self.tell(plan, terms, sort, handle, page);
            }
            return Some(handle);
        }
        let handle = self.make(sort, anchors, page)?;
        let start = self.keys.len();
        self.keys.extend_from_slice(&self.key);
        let key = start..self.keys.len();
        let sound = self.tell(plan, terms, sort, handle, page);
        self.made.get_mut(number)?.push(Made {
            anchors,
            key,
            handle,
            sound,
        });
        Some(handle)
    }

    /// Writes down by what a page names an item, in `self.key`.
    fn name<P: Page>(&mut self, sort: &Sort, page: &P) {
        self.key.clear();
        let Identity::Key(places) = &sort.identity else {
            return;
        };
        for place in places {
            if let Some(cell) = page.cell(*place) {
                self.key.extend_from_slice(page.text(cell).as_bytes());
            }
            self.key.push(0);
        }
    }

    /// Accounts for data that say once more what stands in an item already.
    fn repeat<P: Page>(&mut self, plan: &Plan, sort: &Sort, page: &P) {
        for (brief, step) in sort.briefs.iter().zip(&sort.steps) {
            let cell = match brief.task {
                Task::Text | Task::Read => page.cell(brief.at),
                Task::More => found(plan, step, page),
            };
            if let Some(cell) = cell {
                self.account.ledger.fill(cell.slot as usize, brief.field);
            }
        }
    }

    fn make<P: Page>(&mut self, sort: &Sort, anchors: Anchors, page: &P) -> Option<Handle> {
        let parent = anchors.parent.map_or(0, |parent| parent.index);
        let booking = self.booking.as_mut()?;
        let reach = &mut self.account.reach;
        let (passenger, leg) = (shelf::id(anchors.passenger), shelf::id(anchors.leg));
        let made = shelf::push(booking, sort.scope, parent, passenger, leg, reach);
        if made.is_none() {
            let cell = sort.present.iter().find_map(|at| page.cell(*at))?;
            self.account
                .doubt(Code::ListFull, None, page.location(cell));
        }
        made
    }
}

impl Account {
    pub(super) fn doubt(&mut self, code: Code, field: Option<Field>, location: Location) {
        self.diagnostics
            .push(Diagnostic::new(code, field, location));
    }

    /// A rule whose places are in what the page refers to.
    fn follow<P: Page>(
        &mut self,
        plan: &Plan,
        terms: &Terms,
        step: &Step,
        join: &Joining,
        item: &mut Item<'_>,
        page: &P,
    ) {
        let Some(other) = page.referred(join) else {
            return self.constant(plan, terms, step, item);
        };
        self.step(plan, terms, step, item, &other);
        // The reference has done its work.
        let here = join.here.iter().filter_map(|at| page.cell(*at));
        let there = join.there.iter().filter_map(|at| other.cell(*at));
        for cell in here.chain(there) {
            self.ledger.fill_free(cell.slot as usize, step.field);
        }
    }

    /// A rule of which nothing more has to be known.
    #[inline(always)]
    fn brief<P: Page>(
        &mut self,
        plan: &Plan,
        terms: &Terms,
        brief: Brief,
        step: &Step,
        item: &mut Item<'_>,
        page: &P,
    ) {
        let Some(cell) = page.cell(brief.at) else {
            return;
        };
        let text = page.text(cell);
        let outcome = match brief.task {
            Task::Text => put(&mut self.reach, item, brief.field, text),
            _ => read(&mut self.reach, item, plan, terms, step, text, None),
        };
        if let Err(code) = self.reached(outcome, cell, brief.field) {
            self.unread(plan, terms, step, item, page, cell, code);
        }
    }

    /// Accounts for a datum that reached a field.
    #[inline(always)]
    fn reached(
        &mut self,
        outcome: Result<bool, Code>,
        cell: Cell,
        field: Field,
    ) -> Result<(), Code> {
        if outcome? {
            self.ledger.fill(cell.slot as usize, field);
        }
        Ok(())
    }

    #[inline]
    fn step<P: Page>(
        &mut self,
        plan: &Plan,
        terms: &Terms,
        step: &Step,
        item: &mut Item<'_>,
        page: &P,
    ) {
        if !step.is_plain {
            return self.composed(plan, terms, step, item, page);
        }
        let Some(cell) = found(plan, step, page) else {
            return self.constant(plan, terms, step, item);
        };
        let text = page.text(cell);
        let outcome = set(&mut self.reach, item, plan, terms, step, text, None);
        if let Err(code) = self.reached(outcome, cell, step.field) {
            self.unread(plan, terms, step, item, page, cell, code);
        }
    }

    /// What the caller knows or the rule says, where the data say nothing.
    fn constant(&mut self, plan: &Plan, terms: &Terms, step: &Step, item: &mut Item<'_>) {
        let given = step.given.and_then(|what| terms.given(what));
        if let Some(text) = given.or(step.value.as_deref()) {
            // A constant stands behind whatever is there already.
            let _ = set(&mut self.reach, item, plan, terms, step, text, None);
        }
    }

    /// A rule that asks more than what stands in one place.
    fn composed<P: Page>(
        &mut self,
        plan: &Plan,
        terms: &Terms,
        step: &Step,
        item: &mut Item<'_>,
        page: &P,
    ) {
        self.used.clear();
        if !step.when.iter().all(|check| holds(check, page)) {
            return;
        }
        let cell = found(plan, step, page);
        let Some(cell) = cell else {
            return self.constant(plan, terms, step, item);
        };
        self.used.push(cell);
        let mut text = page.text(cell);
        if !step.before.is_empty() || !step.after.is_empty() {
            self.compose(plan, step, page, cell);
            text = &self.text;
        }
        let text = cut(text, step.cut.as_ref());
        let decimals = decimals(step, page, &mut self.used);
        let outcome = if step.split.is_empty() {
            set(&mut self.reach, item, plan, terms, step, text, decimals)
        } else {
            let mut outcome = Ok(true);
            for part in text
                .split(step.split.as_str())
                .filter(|part| !part.trim().is_empty())
            {
                outcome = outcome.and(set(
                    &mut self.reach,
                    item,
                    plan,
                    terms,
                    step,
                    part,
                    decimals,
                ));
            }
            outcome
        };
        match outcome {
            Ok(true) => {
                for cell in &self.used {
                    self.ledger.fill(cell.slot as usize, step.field);
                }
                self.decided(step, page);
            }
            Ok(false) => {}
            Err(code) => self.unread(plan, terms, step, item, page, cell, code),
        }
    }

    /// A datum that its rule cannot read; of a date the time behind which cannot be read, the date
    /// alone.
    #[cold]
    #[expect(
        clippy::too_many_arguments,
        reason = "a rule at its place, and what went wrong"
    )]
    fn unread<P: Page>(
        &mut self,
        plan: &Plan,
        terms: &Terms,
        step: &Step,
        item: &mut Item<'_>,
        page: &P,
        cell: Cell,
        code: Code,
    ) {
        let mut code = code;
        if code == Code::UnreadableTime {
            let text = page.text(cell).trim();
            let date = text.split([' ', 'T']).next().unwrap_or_default();
            match set(&mut self.reach, item, plan, terms, step, date, None) {
                Ok(_) => self.ledger.fill(cell.slot as usize, step.field),
                Err(other) => code = other,
            }
        }
        self.doubt(code, Some(step.field), page.location(cell));
    }

    /// What decided for a rule has done its work, if nothing else took it.
    fn decided<P: Page>(&mut self, step: &Step, page: &P) {
        let places = step.when.iter().flat_map(|check| &check.from);
        for cell in places.filter_map(|at| page.cell(*at)) {
            self.ledger.fill_free(cell.slot as usize, step.field);
        }
    }

    /// The texts before and after a datum together with it.
    fn compose<P: Page>(&mut self, plan: &Plan, step: &Step, page: &P, cell: Cell) {
        self.text.clear();
        let before = step
            .before
            .iter()
            .filter_map(|at| says(plan, step, page, *at));
        let after = step
            .after
            .iter()
            .filter_map(|at| says(plan, step, page, *at));
        for part in before.chain([cell]).chain(after) {
            if !self.text.is_empty() {
                self.text.push(' ');
            }
            self.text.push_str(page.text(part).trim());
            if part.index != cell.index {
                self.used.push(part);
            }
        }
    }
}

/// The first datum of a rule that says something.
#[inline(always)]
fn found<P: Page>(plan: &Plan, step: &Step, page: &P) -> Option<Cell> {
    match step.from.as_slice() {
        [at] => says(plan, step, page, *at),
        places => places.iter().find_map(|at| says(plan, step, page, *at)),
    }
}

/// The datum at a place, unless its text stands for nothing.
#[inline(always)]
fn says<P: Page>(plan: &Plan, step: &Step, page: &P, at: At) -> Option<Cell> {
    let cell = page.cell(at)?;
    let open = plan.absent.is_empty() && step.absent.is_empty();
    (open || !is_nothing(plan, step, page.text(cell))).then_some(cell)
}

/// Whether a text stands for nothing.
fn is_nothing(plan: &Plan, step: &Step, text: &str) -> bool {
    let text = text.trim();
    let nothing = |absent: &String| text.eq_ignore_ascii_case(absent);
    plan.absent.iter().any(nothing) || step.absent.iter().any(nothing)
}

fn is_there<P: Page>(plan: &Plan, terms: &Terms, sort: &Sort, page: &P) -> bool {
    let known = |text: &str| {
        plan.absent
            .iter()
            .all(|absent| !text.trim().eq_ignore_ascii_case(absent))
    };
    let mut cells = sort.present.iter().filter_map(|at| page.cell(*at));
    let present = cells.any(|cell| plan.absent.is_empty() || known(page.text(cell)))
        || sort.given.iter().any(|what| terms.given(*what).is_some())
        || (sort.present.is_empty() && matches!(sort.scope, Scope::Booking | Scope::Provenance));
    present && sort.when.iter().all(|check| holds(check, page))
}

pub(super) fn holds<P: Page>(check: &Check, page: &P) -> bool {
    let cell = check.from.iter().find_map(|at| page.cell(*at));
    let text = cell
        .map(|cell| page.text(cell).trim().to_lowercase())
        .unwrap_or_default();
    (check.is.is_empty() || check.is.contains(&text)) && !check.not.contains(&text)
}

fn cut<'t>(text: &'t str, cut: Option<&Cut>) -> &'t str {
    match cut {
        None => text,
        Some(Cut::Before(sign)) => text.split(sign.as_str()).next().unwrap_or(text).trim(),
        Some(Cut::After(sign)) => text.rsplit(sign.as_str()).next().unwrap_or(text).trim(),
    }
}

/// Decimals of minor units that stand elsewhere, or follow from the currency.
fn decimals<P: Page>(step: &Step, page: &P, used: &mut Vec<Cell>) -> Option<u8> {
    match &step.op {
        Op::Minor(Decimals::Fixed(decimals)) => Some(*decimals),
        Op::Minor(Decimals::Scale(places)) => {
            let cell = places.iter().find_map(|at| page.cell(*at));
            let Some(cell) = cell else {
                return Some(2);
            };
            used.push(cell);
            page.text(cell)
                .trim()
                .parse()
                .ok()
                .filter(|decimals| *decimals <= 9)
        }
        Op::Minor(Decimals::Currency(places)) => {
            let cell = places.iter().find_map(|at| page.cell(*at))?;
            super::tables::decimals(page.text(cell).trim())
        }
        _ => None,
    }
}

/// Sets what a text says. Most of what a file says is taken as it stands.
#[inline]
fn set(
    reach: &mut Reach,
    item: &mut Item<'_>,
    plan: &Plan,
    terms: &Terms,
    step: &Step,
    text: &str,
    decimals: Option<u8>,
) -> Result<bool, Code> {
    match step.op {
        Op::Text => put(reach, item, step.field, text),
        _ => read(reach, item, plan, terms, step, text, decimals),
    }
}

/// Sets a text as it stands.
#[inline(always)]
fn put(reach: &mut Reach, item: &mut Item<'_>, field: Field, text: &str) -> Result<bool, Code> {
    match item.set(field, Raw::Text(bare(text)), reach) {
        Ok(()) => Ok(true),
        Err(error) => Err(told(error, Code::Mistyped)),
    }
}

/// Reads a text by the plan of its rule.
fn read(
    reach: &mut Reach,
    item: &mut Item<'_>,
    plan: &Plan,
    terms: &Terms,
    step: &Step,
    text: &str,
    decimals: Option<u8>,
) -> Result<bool, Code> {
    if matches!(step.op, Op::Minor(_)) && decimals.is_none() {
        return Err(Code::UnreadableNumber);
    }
    let mut reading = Reading {
        field: step.field,
        year: terms.year,
        tables: &plan.tables,
        decimals,
        set: |field, raw| item.set(field, raw, reach),
    };
    reading.read(&step.op, text)
}
