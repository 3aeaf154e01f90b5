//! From the elements of a document to the items of its bookings.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::document::Document;
use super::location;
use crate::diagnostic::Location;
use crate::format::mapping::assemble::{Anchors, Builder, Cell, Page, Terms, holds};
use crate::format::mapping::plan::{At, Base, Joining, Link, Plan, Sort};
use crate::format::mapping::shelf::Handle;
use crate::model::ByteRange;
use crate::reader::Record;
use crate::{Field, Scope};

/// The items of one sort by their elements, in the order of the document.
pub(super) type Items = Vec<(u32, Handle)>;

/// Elements by the key of a join; made when the first reference is followed.
pub(super) type Elements = OnceCell<HashMap<String, u32>>;

/// A document as bookings are made from it.
pub(super) struct Scene<'s> {
    pub(super) plan: &'s Plan,
    pub(super) terms: &'s Terms,
    pub(super) document: &'s Document,
    pub(super) text: &'s str,
    pub(super) offset: u64,
    pub(super) by_kind: &'s [Vec<u32>],
    /// For each way in which joins find elements.
    pub(super) joins: &'s [Elements],
}

/// A document as seen from one element.
struct View<'v> {
    scene: &'v Scene<'v>,
    frame: u32,
    here: u32,
    record: u32,
}

/// A leaf, which has the slot of its number in the account of its document.
fn cell_of(leaf: u32) -> Cell {
    Cell {
        slot: leaf,
        index: leaf,
    }
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
        Some(cell_of(leaf))
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

    fn referred(&self, join: &Joining) -> Option<Self> {
        let here = self.scene.named(join, self)?;
        Some(self.scene.view(self.frame, here, self.record))
    }
}

impl View<'_> {
    /// The texts at these places together; nothing where one of them is not there.
    fn key(&self, places: &[At]) -> Option<String> {
        let cells = places.iter().map(|at| self.cell(*at));
        let texts = cells.map(|cell| cell.map(|cell| self.text(cell)));
        let texts = texts.collect::<Option<Vec<_>>>()?;
        Some(texts.join("\0"))
    }
}

impl<'s> Scene<'s> {
    pub(super) fn frames(&self, kind: u32) -> &[u32] {
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
        let is_inside = |frame: &u32| self.document.is_in(*frame, around);
        // Few elements of a long list stand in one: the end is looked for near the start.
        let mut near = 8;
        while from.get(near).is_some_and(is_inside) {
            near *= 2;
        }
        let near = from.get(..near).unwrap_or(from);
        near.get(..near.partition_point(is_inside))
            .unwrap_or_default()
    }

    fn view(&'s self, frame: u32, here: u32, record: u32) -> View<'s> {
        View {
            scene: self,
            frame,
            here,
            record,
        }
    }

    pub(super) fn is_record(&'s self, alternative: usize, frame: u32) -> bool {
        let view = self.view(frame, frame, frame);
        let checks = self.plan.record_when.get(alternative);
        checks.is_none_or(|checks| checks.iter().all(|check| holds(check, &view)))
    }

    /// Makes the items of a booking.
    pub(super) fn fill(
        &'s self,
        kind: u32,
        record: u32,
        builder: &mut Builder,
        made: &mut [Items],
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
                let Some(here) = self.seen(sort, *frame, record) else {
                    continue;
                };
                let view = self.view(*frame, here, record);
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

    /// Puts a booking that was filled from an element into a record.
    pub(super) fn hand_out(&self, frame: u32, builder: &mut Builder, record: &mut Record) {
        let alone = self.plan.alone.and_then(|_| self.document.frame(frame));
        let stands = alone.map(|frame| (u64::from(frame.start), u64::from(frame.end)));
        let (start, end) = stands.unwrap_or((0, self.text.len() as u64));
        let range = ByteRange {
            start: Some(self.offset + start),
            end: Some(self.offset + end),
        };
        builder.hand_out(range, self.terms, record);
    }

    /// The element of an item, or the one that it refers to.
    #[inline]
    fn seen(&'s self, sort: &Sort, frame: u32, record: u32) -> Option<u32> {
        match &sort.join {
            None => Some(frame),
            Some(join) => self.named(join, &self.view(frame, frame, record)),
        }
    }

    /// The element that has the texts by which another names it.
    fn named(&self, join: &Joining, by: &View<'_>) -> Option<u32> {
        let wanted = by.key(&join.here)?;
        let elements = self.joins.get(join.index)?.get_or_init(|| {
            let frames = self.frames(join.kind).iter();
            let named = frames.filter_map(|frame| {
                let key = self.view(*frame, *frame, by.record).key(&join.there)?;
                Some((key, *frame))
            });
            named.collect()
        });
        elements.get(&wanted).copied()
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
        Some(cell_of(leaf))
    }

    /// What told the item apart, or what it belongs to, has done its work.
    fn claim(&self, sort: &Sort, view: &View<'_>, builder: &mut Builder) {
        let Some(field) = sort.steps.first().map(|step| step.field) else {
            return;
        };
        let mut claim = |cell: Option<Cell>, field: Field| {
            if let Some(cell) = cell {
                builder.account.ledger.fill_free(cell.slot as usize, field);
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
