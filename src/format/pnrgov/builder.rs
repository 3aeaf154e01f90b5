//! The booking under construction and the groups that are open in it.

use std::sync::Arc;

use super::request;
use super::segments::Counts;
use crate::Field;
use crate::diagnostic::Code;
use crate::edifact::{Segment, Segments};
use crate::format::batch::Batch;
use crate::hint::rare;
use crate::model::{
    Booking, BookingStatus, HistoryEntry, Id, Journey, Leg, Locator, LocatorKind, Passenger,
    PassengerKind, Provenance, Service, Timestamp,
};

/// The innermost group that is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Group {
    #[default]
    Booking,
    Traveller,
    Ticket,
    Leg,
    CheckIn,
    Split,
    Other,
    History,
}

/// A request that waits until the travellers and legs are known.
#[derive(Clone, Copy)]
pub(super) struct Deferred {
    pub(super) segment: usize,
    pub(super) passenger: Option<usize>,
    pub(super) leg: Option<usize>,
}

/// Items for which room is made at once: no input gets more by announcing it.
const MOST_ROOM: usize = 16;

/// Makes room in an empty list.
fn make_room<T>(list: &mut Vec<T>, items: usize) {
    let list = std::mem::replace(list, Vec::with_capacity(items.min(MOST_ROOM)));
    // It holds no memory: to drop it would only ask about each item that it does not have.
    debug_assert_eq!(list.capacity(), 0, "room is made once");
    std::mem::forget(list);
}

pub(super) struct Builder {
    pub(super) booking: Box<Booking>,
    pub(super) most_persons: usize,
    pub(super) group: Group,
    /// The open traveller, ticket, leg and check-in, by position.
    pub(super) passenger: Option<usize>,
    pub(super) ticket: Option<usize>,
    pub(super) leg: Option<usize>,
    pub(super) check_in: Option<usize>,
    /// Whether an unaccompanied minor travels under the booking, once it was asked.
    pub(super) has_minor: Option<bool>,
    /// Whether this is what a history item was done to: nobody is known there
    /// whom a reference could name.
    pub(super) in_history: bool,
    /// Travellers whom the open split moved.
    pub(super) moved: Option<u32>,
    pub(super) deferred: Vec<Deferred>,
    /// Whether the last entry of the history is open and, beside it, a booking made of its items.
    pub(super) in_entry: bool,
    pub(super) items: Option<Box<Builder>>,
    /// Room for the next of those, used again.
    pub(super) spare: Option<Box<Builder>>,
}

impl Builder {
    /// Of a booking that says nothing again, in the same memory.
    // Member by member: a builder is large, and one that is made anew is moved here.
    pub(super) fn clear(&mut self) {
        *self.booking = Booking::of(Arc::clone(&self.booking.provenance));
        self.group = Group::Booking;
        (self.passenger, self.ticket, self.leg) = (None, None, None);
        (self.check_in, self.has_minor, self.moved) = (None, None, None);
        (self.in_entry, self.items, self.spare) = (false, None, None);
        self.deferred.clear();
    }

    /// Of a booking that says nothing yet.
    pub(super) fn new(provenance: Arc<Provenance>, most_persons: usize) -> Self {
        Self {
            most_persons,
            booking: Booking::empty(provenance),
            group: Group::Booking,
            passenger: None,
            ticket: None,
            leg: None,
            check_in: None,
            has_minor: None,
            in_history: false,
            moved: None,
            deferred: Vec::new(),
            in_entry: false,
            items: None,
            spare: None,
        }
    }

    /// Makes room for what the segments announce, so that no list has to grow.
    pub(super) fn reserve(&mut self, segments: Segments<'_>) {
        let counts = Counts::of(segments);
        let (seats, tickets) = request::announced(counts.requests(segments));
        let booking = &mut self.booking;
        make_room(&mut booking.passengers, counts.count(b"TIF"));
        make_room(&mut booking.tickets, counts.count(b"TKT") + tickets);
        make_room(&mut booking.legs, counts.count(b"TVL"));
        make_room(&mut booking.payments, counts.count(b"FOP"));
        make_room(&mut booking.fares, counts.count(b"FAR"));
        make_room(&mut booking.seats, counts.count(b"SSD") + seats);
        make_room(&mut booking.check_ins, counts.count(b"TRI"));
        make_room(&mut booking.bags, counts.count(b"TBD"));
        // Beside the telephone of an address most have another contact.
        let addresses = counts.count(b"ADD");
        make_room(
            &mut booking.contacts,
            addresses + usize::from(addresses > 0),
        );
        // An entry for each item, and one for who did nothing more.
        let entries = counts.count(b"SAC").max(counts.count(b"ABI"));
        make_room(&mut booking.history, entries + counts.count(b"LTS"));
    }

    /// Keeps a request for later, with the groups in which it stands.
    pub(super) fn defer(&mut self, segment: &Segment<'_>) {
        let passenger = self
            .passenger
            .filter(|_| matches!(self.group, Group::Traveller | Group::Ticket));
        let leg = self
            .leg
            .filter(|_| matches!(self.group, Group::Leg | Group::CheckIn));
        self.deferred.push(Deferred {
            segment: segment.index(),
            passenger,
            leg,
        });
    }

    /// Whether the booking has as many travellers as it can have.
    pub(super) fn is_full(&self) -> bool {
        self.booking.passengers.len() >= self.most_persons
    }

    /// Adds a traveller of whom nothing is known yet, and gives its position too; nothing where
    /// there are too many.
    pub(super) fn add_passenger(&mut self) -> Option<(usize, &mut Passenger)> {
        let position = self.booking.passengers.len();
        if self.is_full() {
            return None;
        }
        let passenger = add(&mut self.booking.passengers)?;
        passenger.id = id_of(position);
        Some((position, passenger))
    }

    /// Adds a leg of which nothing is known yet, and opens it.
    pub(super) fn add_leg(&mut self) -> Option<&mut Leg> {
        let position = self.booking.legs.len();
        self.leg = Some(position);
        self.check_in = None;
        self.group = Group::Leg;
        let leg = add(&mut self.booking.legs)?;
        leg.id = id_of(position);
        Some(leg)
    }

    pub(super) fn passenger_id(&self) -> Id {
        self.passenger.map_or(Id::NONE, id_of)
    }

    pub(super) fn leg_id(&self) -> Id {
        self.leg.map_or(Id::NONE, id_of)
    }

    pub(super) fn ticket_id(&self) -> Id {
        self.ticket.map_or(Id::NONE, id_of)
    }

    pub(super) fn open_passenger(&mut self) -> Option<&mut Passenger> {
        self.booking.passengers.get_mut(self.passenger?)
    }

    pub(super) fn open_entry(&mut self) -> Option<&mut HistoryEntry> {
        self.booking.history.last_mut().filter(|_| self.in_entry)
    }

    pub(super) fn open_leg(&mut self) -> Option<&mut Leg> {
        self.booking.legs.get_mut(self.leg?)
    }

    /// Marks the leg for which the message was sent.
    pub(super) fn mark_reported(&mut self, journey: &Journey) {
        let flies = |service: &Service| {
            service.number.is_some()
                && service.number == journey.number
                && (service.carrier == journey.carrier
                    || service.carrier == journey.marketing_carrier)
        };
        let day = |stamp: Option<Timestamp>| stamp.map(Timestamp::date);
        let is_reported = |leg: &&mut Leg| {
            (flies(&leg.marketing) || flies(&leg.operating))
                && leg.from.code == journey.from
                && day(leg.departure) == day(journey.departure)
        };
        if let Some(leg) = self.booking.legs.iter_mut().find(is_reported) {
            leg.reported = Some(true);
        }
    }

    /// What can be said only when all is read.
    pub(super) fn finish(&mut self, batch: &mut Batch<'_, '_>) {
        self.take_locator_of_leg(batch);
        self.undouble_surnames();
        if self
            .booking
            .passengers
            .iter()
            .all(|passenger| passenger.kind == Some(PassengerKind::ExtraSeat))
            && let Some(first) = batch.segments.get(0)
        {
            batch.doubt(Code::NoTraveller, &first, None);
        }
        self.booking.status.get_or_insert(BookingStatus::Active);
        self.booking.itinerary_complete = Some(true);
    }

    /// A booking whose own locator is missing goes by the one of its first leg.
    fn take_locator_of_leg(&mut self, batch: &mut Batch<'_, '_>) {
        if self
            .booking
            .locators
            .iter()
            .any(|locator| locator.leg.is_none())
        {
            return;
        }
        if let Some(first) = batch.segments.get(0) {
            batch.doubt(Code::LocatorMissing, &first, Some(Field::LocatorValue));
        }
        if let Some(locator) = self.booking.locators.first().cloned() {
            self.booking.created = locator.created;
            self.booking.locators.insert(
                0,
                Locator {
                    leg: Id::NONE,
                    ..locator
                },
            );
        }
    }

    /// Reservation systems write a surname of one letter twice; where a document
    /// shows the single letter, so does the name.
    fn undouble_surnames(&mut self) {
        for passenger in &mut self.booking.passengers {
            let surname = passenger.name.surname.as_deref().unwrap_or_default();
            let Some(doubled) = doubled(surname) else {
                continue;
            };
            let shows = passenger
                .documents
                .iter()
                .any(|document| document.name.surname.as_deref() == Some(&doubled));
            if shows {
                passenger.name.surname = Some(doubled.into());
            }
        }
    }
}

/// The letter of a text that is nothing but one letter twice.
fn doubled(text: &str) -> Option<String> {
    // Two letters of ASCII are two bytes, as hardly any surname is.
    if text.len() != 2 && text.as_bytes().first()?.is_ascii() {
        return None;
    }
    rare();
    let mut letters = text.chars();
    match (letters.next(), letters.next(), letters.next()) {
        (Some(first), Some(second), None) if first == second => Some(first.to_string()),
        _ => None,
    }
}

/// Adds an item that says nothing yet, made where it stays, for items are large. Lists seldom
/// have a second one: room for one is made, not for four.
pub(super) fn add<T: Default>(list: &mut Vec<T>) -> Option<&mut T> {
    if list.capacity() == 0 {
        make_room(list, 1);
    }
    list.resize_with(list.len() + 1, T::default);
    list.last_mut()
}

/// Adds an item that is filled where it stays, unless it then says nothing.
pub(super) fn add_said<T: Default>(list: &mut Vec<T>, says_some: impl FnOnce(&mut T) -> bool) {
    if let Some(item) = add(list)
        && !says_some(item)
    {
        list.pop();
    }
}

/// Adds to a list that seldom has a second item: room for one, not for four.
// As part of what asks: as a call it would move the item twice.
#[inline(always)]
pub(super) fn push_one<T>(list: &mut Vec<T>, item: T) {
    if list.capacity() == 0 {
        make_room(list, 1);
    }
    list.push(item);
}

/// Adds items; a list that is empty yet takes them over as they are.
pub(super) fn add_all<T>(list: &mut Vec<T>, mut more: Vec<T>) {
    if list.is_empty() {
        *list = more;
    } else {
        list.append(&mut more);
    }
}

/// The id of the item at a position; beyond the last number, items go without one.
pub(super) fn id_of(position: usize) -> Id {
    Id::new(u16::try_from(position + 1).unwrap_or_default())
}

/// A locator of the reservation itself, unless the control code says otherwise.
pub(super) fn locator_kind(control: Option<&str>) -> LocatorKind {
    match control {
        Some("C") => LocatorKind::DepartureControl,
        _ => LocatorKind::Reservation,
    }
}
