//! Walks over all leaves of a booking, for policies and for tests.

use std::sync::Arc;

use super::table::scopes;
use super::{Field, Scope};
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

    /// Whether the items of this scope, and all beneath, are to be seen.
    fn enter(&mut self, _scope: Scope) -> bool {
        true
    }
}

/// A list of items, or the one record that stands in place of a list.
pub(crate) trait Items {
    type Item;
    fn items(&self) -> &[Self::Item];
    fn items_mut(&mut self) -> &mut [Self::Item];
    /// Cleans each item, then drops those of which nothing is left.
    fn prune(&mut self, clean: fn(&mut Self::Item), empty: fn(&Self::Item) -> bool);
}

impl<T> Items for Vec<T> {
    type Item = T;

    fn items(&self) -> &[T] {
        self
    }

    fn items_mut(&mut self) -> &mut [T] {
        self
    }

    fn prune(&mut self, clean: fn(&mut T), empty: fn(&T) -> bool) {
        self.iter_mut().for_each(clean);
        self.retain(|item| !empty(item));
    }
}

impl<T: Clone> Items for Arc<T> {
    type Item = T;

    fn items(&self) -> &[T] {
        std::slice::from_ref(self)
    }

    fn items_mut(&mut self) -> &mut [T] {
        std::slice::from_mut(Arc::make_mut(self))
    }

    fn prune(&mut self, _clean: fn(&mut T), _empty: fn(&T) -> bool) {}
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

    /// Drops the items of which no leaf is left.
    pub(crate) fn prune(&mut self) {
        scopes::Booking::prune(self);
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
