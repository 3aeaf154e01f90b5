//! What bookings of one origin hold at all, and the way of a walk to what is wanted of that.

use super::{Entry, Field, FieldSet, Scope, ScopeSet, Visit};
use crate::model::Booking;
use crate::model::leaf::Leaf;

/// What a session has filled its bookings with so far. Beside what is in their provenance, no
/// value stands in another field, and no item in another place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    fields: FieldSet,
    places: ScopeSet,
}

impl Reach {
    /// A field is set.
    #[inline(always)]
    pub(crate) fn fill(&mut self, field: Field) {
        self.fields.insert(field);
    }

    /// An item is made.
    pub(crate) fn make(&mut self, scope: Scope) {
        self.places.insert(scope);
    }

    pub(crate) fn join(&mut self, other: &Self) {
        self.fields.join(&other.fields);
        self.places.join(other.places);
    }

    /// Whether all that a booking holds is in it.
    pub(crate) fn covers(&self, booking: &Booking) -> bool {
        let mut beyond = Beyond {
            reach: self,
            found: false,
        };
        booking.walk(&mut beyond);
        !beyond.found
    }
}

/// Looks for what is not in a reach.
struct Beyond<'r> {
    reach: &'r Reach,
    found: bool,
}

impl Visit for Beyond<'_> {
    fn leaf<L: Leaf>(&mut self, field: Field, leaf: &L) {
        self.found |= leaf.present() && !self.reach.fields.contains(field);
    }

    fn enter(&mut self, scope: Scope) -> bool {
        let is_booking = scope != Scope::Provenance;
        self.found |= is_booking && !self.reach.places.contains(scope);
        is_booking
    }
}

/// The way of a walk to some leaves only: to those of a place, and on to the places beneath it.
#[derive(Debug)]
pub(crate) struct Way {
    pub(super) scope: Scope,
    pub(super) entry: Entry,
    pub(super) fields: Vec<Field>,
    pub(super) beneath: Vec<Way>,
}

impl Way {
    /// The way through a booking to all that a walk would do something about; `None` where that
    /// cannot be told from the fields alone, and all of it must be seen.
    pub(crate) fn through(
        reach: &Reach,
        wanted: impl Fn(Field) -> bool,
        entry: impl Fn(Scope) -> Entry,
    ) -> Option<Self> {
        let provenance = |field: &Field| field.scope() == Scope::Provenance;
        let mut of_provenance = Field::ALL.iter().copied().filter(provenance);
        // A change of the history is judged as whatever field it speaks of.
        let open = reach.places.contains(Scope::Entry) || of_provenance.any(&wanted);
        let seen = |field: Field| reach.fields.contains(field) && wanted(field);
        let entry = |scope| match reach.places.contains(scope) {
            true => entry(scope),
            false => Entry::Pass,
        };
        (!open).then(|| Self::of(Scope::Booking, Entry::Walk, &seen, &entry))
    }

    fn of(
        scope: Scope,
        entered: Entry,
        seen: &dyn Fn(Field) -> bool,
        entry: &dyn Fn(Scope) -> Entry,
    ) -> Self {
        let mut way = Self {
            scope,
            entry: entered,
            fields: Vec::new(),
            beneath: Vec::new(),
        };
        if entered == Entry::Walk {
            let own = |field: &Field| field.scope() == scope && seen(*field);
            way.fields.extend(Field::ALL.iter().copied().filter(own));
            let beneath = scope.beneath().iter();
            let ways = beneath.map(|scope| Self::of(*scope, entry(*scope), seen, entry));
            way.beneath.extend(ways.filter(|way| !way.is_idle()));
        }
        way
    }

    /// Whether it leads nowhere.
    fn is_idle(&self) -> bool {
        self.entry != Entry::Clear && self.fields.is_empty() && self.beneath.is_empty()
    }
}
