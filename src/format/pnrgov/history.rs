//! History: who changed what and when (GR.10 to GR.12), and the unstructured
//! lines of reservation systems (`LTS`).
//!
//! What a change was made to is read by the same code that reads a booking, into
//! a booking of its own, whose values then become the changes of the entry.

use std::sync::Arc;

use super::builder::{Builder, Deferred, Group, add};
use super::{journey, request};
use crate::diagnostic::Code;
use crate::edifact::Segment;
use crate::field::Visit;
use crate::format::batch::Batch;
use crate::format::contacts;
use crate::model::leaf::Leaf;
use crate::model::{Booking, Change, ContactKind, HistoryAction, HistoryEntry, Origin, Text};
use crate::{Field, Scope};

/// `ABI`: who; opens a transaction.
pub(super) fn open(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    close(builder);
    builder.group = Group::History;
    let Some(entry) = add_entry(builder) else {
        return;
    };
    let by = &mut entry.by;
    let mut data = segment.components_from(1);
    while let Some(datum) = data.next() {
        let (member, field) = match datum.place() {
            (1, _) => (&mut entry.role, Field::HistoryRole),
            (2, 1) => {
                batch.fill(&mut by.iata, &datum, Field::HistoryByIata);
                continue;
            }
            (2, _) => (&mut by.office, Field::HistoryByOffice),
            (3, _) => (&mut by.city, Field::HistoryByCity),
            (4, _) => (&mut by.country, Field::HistoryByCountry),
            (5, _) => (&mut by.carrier, Field::HistoryByCarrier),
            _ => continue,
        };
        batch.fill_parts(member, segment, data.element(), field);
    }
}

/// Adds an entry of which nothing is known yet, and opens it.
fn add_entry(builder: &mut Builder) -> Option<&mut HistoryEntry> {
    builder.in_entry = true;
    add(&mut builder.booking.history)
}

/// Reads a segment of the open transaction; false leaves it to the booking.
pub(super) fn read(
    builder: &mut Builder,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
) -> bool {
    match segment.tag().letters() {
        b"SSR" => return false,
        _ if segment.is_fragment() => {}
        b"ABI" | b"SAC" | b"LTS" | b"SRC" => return false,
        b"DAT" => date(builder, batch, segment),
        b"IFT" => text(builder, batch, segment),
        _ => {
            let mut items = take_items(builder);
            super::read(&mut items, batch, segment);
            builder.items = Some(items);
        }
    }
    true
}

/// A request that stands in the history is read where it stands.
pub(super) fn keep_request(
    builder: &mut Builder,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
) {
    let mut items = take_items(builder);
    let place = Deferred {
        segment: segment.index(),
        passenger: items.passenger,
        leg: items.leg,
    };
    request::read(&mut items, batch, segment, place);
    builder.items = Some(items);
}

/// What the open item was done to, so far.
fn take_items(builder: &mut Builder) -> Box<Builder> {
    let nowhere = &builder.booking.provenance;
    let make = || Box::new(Builder::new(Arc::clone(nowhere), builder.most_persons));
    let open = builder.items.take().or_else(|| builder.spare.take());
    let mut items = open.unwrap_or_else(make);
    items.in_history = true;
    items
}

/// `DAT` of GR.10: when.
fn date(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    let [qualifier, day, time] = batch.rest(segment, 1, 1).numbered();
    let at = journey::stamp(batch, segment, &day, &time, Field::HistoryAt);
    batch.claim_part(&qualifier, Field::HistoryAt);
    if let Some(entry) = builder.open_entry() {
        entry.at = at;
    }
}

const ACTIONS: &[(&str, HistoryAction)] = &[
    ("A", HistoryAction::Added),
    ("X", HistoryAction::Cancelled),
    ("C", HistoryAction::Changed),
];

/// `SAC`: what was done; each one is an entry of its own.
pub(super) fn item(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    let acts = |entry: &HistoryEntry| entry.action.is_some() || entry.action_received.is_some();
    if builder.open_entry().is_some_and(|entry| acts(entry)) {
        close(builder);
        add_another(builder);
    }
    builder.group = Group::History;
    let code = batch.take_joined(segment, 3, 1, Field::HistoryAction);
    let action = code
        .as_deref()
        .and_then(|code| ACTIONS.iter().find(|row| row.0 == code))
        .map(|row| row.1);
    if code.is_some() && action.is_none() {
        batch.doubt_at(
            Code::UnknownCode,
            segment,
            (3, 1),
            Some(Field::HistoryAction),
        );
    }
    let entry = match builder.in_entry {
        true => builder.open_entry(),
        false => add_entry(builder),
    };
    if let Some(entry) = entry {
        entry.action = action;
        entry.action_received = code.filter(|_| action.is_none());
    }
}

/// Adds a further entry by whom and when the last one was, and opens it.
fn add_another(builder: &mut Builder) {
    add_entry(builder);
    if let Some([.., last, new]) = builder.booking.history.get_mut(..) {
        new.at = last.at;
        new.by.clone_from(&last.by);
        new.role.clone_from(&last.role);
    }
}

/// `IFT` of GR.11: text of the open item.
pub(super) fn text(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    batch.claim_rest(segment, 1, 1, Field::HistoryText);
    let text = batch.take_text(segment, 2, Field::HistoryText);
    if let Some(entry) = builder.booking.history.last_mut() {
        entry.text = match (entry.text.take(), text) {
            (Some(before), Some(more)) => Some(Text::from(format!("{before}\n{more}"))),
            (before, more) => before.or(more),
        };
    }
}

/// Values that the reading adds of itself and no history speaks of.
const DERIVED: [Field; 5] = [
    Field::LegMode,
    Field::LegKind,
    Field::LegFromScheme,
    Field::LegToScheme,
    Field::SeatKind,
];

/// Closes the open item.
pub(super) fn close(builder: &mut Builder) {
    if let Some(mut items) = builder.items.take() {
        if let Some(entry) = builder.open_entry() {
            entry.changes = changes(&items.booking);
        }
        items.clear();
        builder.spare = Some(items);
    }
    builder.in_entry = false;
}

fn changes(items: &Booking) -> Vec<Change> {
    let mut changes = Changes(Vec::with_capacity(USUAL));
    items.walk(&mut changes);
    changes.0
}

/// Room for the changes of an entry, which has fewer as a rule.
const USUAL: usize = 12;

/// The values of a booking as changes.
struct Changes(Vec<Change>);

impl Visit for Changes {
    fn leaf<L: Leaf>(&mut self, field: Field, leaf: &L) {
        if leaf.present() && !DERIVED.contains(&field) {
            leaf.show(&mut |value| {
                self.0.push(Change {
                    field: Some(field),
                    value: Some(value),
                });
            });
        }
    }

    fn enter(&mut self, scope: Scope) -> bool {
        scope != Scope::Provenance
    }
}

/// `LTS`: an unstructured line. It is kept as it stands; e-mail addresses and
/// mobile numbers in it are contacts that nobody should trust much.
pub(super) fn line(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    close(builder);
    let Some(text) = batch.take_text(segment, 1, Field::HistoryText) else {
        return batch.doubt(Code::EmptySegment, segment, None);
    };
    if let Some(contact) = harvest(&text) {
        let known = |known: &crate::model::Contact| known.value == contact.value;
        if !builder.booking.contacts.iter().any(known) {
            builder.booking.contacts.push(contact);
        }
    }
    builder.booking.history.push(HistoryEntry {
        text: Some(text),
        ..HistoryEntry::default()
    });
}

/// The contact elements of history lines: `APE` e-mail, `APM` mobile.
fn harvest(text: &str) -> Option<crate::model::Contact> {
    let at = ["/APE ", "/APM "]
        .iter()
        .find_map(|mark| text.find(mark).map(|at| at + mark.len()))?;
    let found = contacts::find(text.get(at..)?).next()?;
    Some(crate::model::Contact {
        kind: Some(found.kind),
        value: Some(found.value),
        purpose: Some(Text::from(if found.kind == ContactKind::Email {
            "APE"
        } else {
            "APM"
        })),
        origin: Some(Origin::History),
        ..crate::model::Contact::default()
    })
}
