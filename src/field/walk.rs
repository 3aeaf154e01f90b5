//! Walks over all leaves of a booking, for policies and for tests.

use std::sync::Arc;

use super::table::scopes;
use super::{Field, Scope, ScopeSet, Way};
use crate::model::leaf::Leaf;
use crate::model::{Booking, Minor, Passenger, ServiceRequest, Text};

/// Sees every leaf, present or not.
pub(crate) trait Visit {
    fn leaf<L: Leaf>(&mut self, field: Field, leaf: &L);

    /// Whether the items of this scope, and all beneath, are to be seen.
    fn enter(&mut self, _scope: Scope) -> bool {
        true
    }
}

/// Sees and may change every leaf, present or not.
pub(crate) trait VisitMut {
    fn leaf<L: Leaf>(&mut self, field: Field, leaf: &mut L);

    /// What becomes of the items of this scope and all beneath, of which there are some.
    fn enter(&mut self, _scope: Scope) -> Entry {
        Entry::Walk
    }

    /// Copies a leaf, and sees the copy.
    fn copy<L: Leaf + Clone>(&mut self, field: Field, leaf: &L, copy: &mut L) {
        copy.clone_from(leaf);
        self.leaf(field, copy);
    }

    /// Sees a leaf that goes with its item, present or not.
    fn last<L: Leaf>(&mut self, _field: Field, _leaf: &L) {}
}

/// How a walk treats the items of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    /// It leaves them as they are.
    Pass,
    /// It sees every leaf.
    Walk,
    /// It sees every leaf for the last time, and the items go.
    Clear,
}

/// Shows a visitor what goes.
pub(crate) struct Last<'v, V>(pub(crate) &'v mut V);

impl<V: VisitMut> Visit for Last<'_, V> {
    #[inline]
    fn leaf<L: Leaf>(&mut self, field: Field, leaf: &L) {
        self.0.last(field, leaf);
    }
}

/// A list of items, or the one record that stands in place of a list.
pub(crate) trait Items {
    type Item;
    fn items(&self) -> &[Self::Item];
    /// Lets a visitor change every item; where others share the record, a copy of it.
    fn change<V>(
        &mut self,
        visitor: &mut V,
        walk: impl Fn(&mut Self::Item, &mut V),
        copy: impl Fn(&Self::Item, &mut V) -> Self::Item,
    );
    /// Drops the items of which `clean` leaves nothing.
    fn prune(&mut self, clean: impl FnMut(&mut Self::Item) -> bool);
    /// Drops every item; a record that is no list stays.
    fn clear_items(&mut self);
}

impl<T> Items for Vec<T> {
    type Item = T;

    fn items(&self) -> &[T] {
        self
    }

    #[inline(always)]
    fn change<V>(
        &mut self,
        visitor: &mut V,
        walk: impl Fn(&mut T, &mut V),
        _copy: impl Fn(&T, &mut V) -> T,
    ) {
        self.iter_mut().for_each(|item| walk(item, visitor));
    }

    fn prune(&mut self, clean: impl FnMut(&mut T) -> bool) {
        self.retain_mut(clean);
    }

    fn clear_items(&mut self) {
        self.clear();
    }
}

impl<T: Clone> Items for Arc<T> {
    type Item = T;

    fn items(&self) -> &[T] {
        std::slice::from_ref(self)
    }

    fn change<V>(
        &mut self,
        visitor: &mut V,
        walk: impl Fn(&mut T, &mut V),
        copy: impl Fn(&T, &mut V) -> T,
    ) {
        match Arc::get_mut(self) {
            Some(item) => walk(item, visitor),
            // What goes is not copied first.
            None => *self = Arc::new(copy(self, visitor)),
        }
    }

    fn prune(&mut self, _clean: impl FnMut(&mut T) -> bool) {}

    fn clear_items(&mut self) {}
}

/// Sees what stands in one passenger and beneath.
pub(crate) fn walk_passenger_mut<V: VisitMut>(passenger: &mut Passenger, visitor: &mut V) {
    scopes::Passenger::walk_mut(passenger, visitor);
}

/// Sees what stands of one unaccompanied minor.
pub(crate) fn walk_minor<V: Visit>(minor: &Minor, visitor: &mut V) {
    scopes::Minor::walk(minor, visitor);
}

/// Sees what stands in one of `requests`.
pub(crate) fn walk_request<V: Visit>(request: &ServiceRequest, visitor: &mut V) {
    scopes::Request::walk(request, visitor);
}

impl Booking {
    pub(crate) fn walk<V: Visit>(&self, visitor: &mut V) {
        scopes::Booking::walk(self, visitor);
    }

    pub(crate) fn walk_mut<V: VisitMut>(&mut self, visitor: &mut V) {
        scopes::Booking::walk_mut(self, visitor);
    }

    /// Sees the leaves to which a way through bookings leads.
    pub(crate) fn follow<V: VisitMut>(&mut self, way: &Way, visitor: &mut V) {
        scopes::Booking::follow(self, way, visitor);
    }

    /// Drops the items of these places of which no leaf is left.
    pub(crate) fn prune(&mut self, places: ScopeSet) {
        scopes::Booking::prune(self, places);
    }

    /// Calls back with every value and the field in which it stands; a value of
    /// the history comes with the field of which it speaks.
    ///
    /// ```
    /// use paxnorm::{Booking, Field, Name};
    /// use paxnorm::model::Passenger;
    ///
    /// let mut passenger = Passenger::default();
    /// passenger.name = Name::new("ERIKSSON", "ANNA");
    /// let mut booking = Booking::default();
    /// booking.passengers.push(passenger);
    ///
    /// let mut seen = Vec::new();
    /// booking.values(&mut |field, value| seen.push((field, value.to_string())));
    /// assert_eq!(seen[0], (Field::PassengerNameSurname, "ERIKSSON".to_string()));
    /// ```
    pub fn values(&self, each: &mut dyn FnMut(Field, Text)) {
        struct Values<'a>(&'a mut dyn FnMut(Field, Text));
        impl Visit for Values<'_> {
            fn leaf<L: Leaf>(&mut self, field: Field, leaf: &L) {
                leaf.show(&mut |value| (self.0)(field, value));
            }
        }
        self.walk(&mut Values(each));
    }
}
