//! The lists of a booking by their scope: how an item is made, reached, set and linked.

use crate::field::{Reach, scopes};
use crate::model::leaf::{Raw, SetError};
use crate::model::{Booking, Id, Provenance};
use crate::{Field, Scope};
use std::sync::Arc;

/// An item of a booking: its place in its list, and that of the item around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Handle {
    pub(super) scope: Scope,
    pub(super) parent: u16,
    pub(super) index: u16,
    /// No other row names it, nor what belongs to it.
    pub(super) once: bool,
}

/// Items that a list can have: ids are numbers of 16 bits.
const MOST: usize = u16::MAX as usize;

fn add<T: Default>(list: &mut Vec<T>) -> Option<(u16, &mut T)> {
    if list.len() >= MOST {
        return None;
    }
    let index = u16::try_from(list.len()).ok()?;
    if list.is_empty() {
        // Most lists have one item, and items are large.
        list.reserve_exact(1);
    }
    // Made where it will stand: items are large.
    list.resize_with(list.len() + 1, T::default);
    Some((index, list.last_mut()?))
}

fn number(index: u16) -> Id {
    Id::new(index.wrapping_add(1))
}

macro_rules! shelf {
    (
        top { $($scope:ident: $list:ident [$($mark:ident)*];)* }
        under { $($child:ident: $outer:ident . $inner:ident;)* }
    ) => {
        /// Makes an item, and says whom it concerns, and on which leg; `None` where the list is
        /// full, or none that rows can fill.
        pub(super) fn push(
            booking: &mut Booking,
            scope: Scope,
            parent: u16,
            passenger: Id,
            leg: Id,
            reach: &mut Reach,
        ) -> Option<Handle> {
            reach.make(scope);
            let index = match scope {
                $(Scope::$scope => {
                    #[allow(unused_variables)]
                    let (index, item) = add(&mut booking.$list)?;
                    $(shelf!(@mark $mark item index passenger leg);)*
                    index
                })*
                $(Scope::$child => {
                    add(&mut booking.$outer.get_mut(parent as usize)?.$inner)?.0
                })*
                _ => return None,
            };
            Some(Handle { scope, parent, index, once: false })
        }

        /// An item that is being filled, or the booking itself.
        pub(super) enum Item<'b> {
            Booking(&'b mut Booking),
            Provenance(&'b mut Provenance),
            $($scope(&'b mut scopes::$scope::Item),)*
            $($child(&'b mut scopes::$child::Item),)*
        }

        impl<'b> Item<'b> {
            /// The item of a handle.
            pub(super) fn of(booking: &'b mut Booking, handle: Handle) -> Option<Self> {
                let at = handle.index as usize;
                Some(match handle.scope {
                    Scope::Booking => Self::Booking(booking),
                    Scope::Provenance => Self::Provenance(Arc::make_mut(&mut booking.provenance)),
                    $(Scope::$scope => Self::$scope(booking.$list.get_mut(at)?),)*
                    $(Scope::$child => {
                        let outer = booking.$outer.get_mut(handle.parent as usize)?;
                        Self::$child(outer.$inner.get_mut(at)?)
                    })*
                    _ => return None,
                })
            }

            /// Sets a field of it.
            pub(super) fn set(
                &mut self,
                field: Field,
                raw: Raw<'_>,
                reach: &mut Reach,
            ) -> Result<(), SetError> {
                reach.fill(field);
                match self {
                    Self::Booking(item) => scopes::Booking::set(item, field, raw),
                    Self::Provenance(item) => scopes::Provenance::set(item, field, raw),
                    $(Self::$scope(item) => scopes::$scope::set(item, field, raw),)*
                    $(Self::$child(item) => scopes::$child::set(item, field, raw),)*
                }
            }
        }

        /// Whether items of a list say whom they concern, and on which leg.
        pub(super) fn links(scope: Scope) -> (bool, bool) {
            match scope {
                $(Scope::$scope => {
                    let marks: &[&str] = &[$(stringify!($mark)),*];
                    (marks.contains(&"passenger"), marks.contains(&"leg"))
                })*
                _ => (false, false),
            }
        }

        /// The list around a list; `None` for one of the booking itself.
        pub(super) fn around(scope: Scope) -> Option<Scope> {
            match scope {
                $(Scope::$child => shelf!(@outer $outer),)*
                _ => None,
            }
        }

        /// Whether a mapping can fill fields of this scope.
        pub(super) fn is_open(scope: Scope) -> bool {
            matches!(scope, Scope::Booking | Scope::Provenance $(| Scope::$scope)* $(| Scope::$child)*)
        }
    };
    (@mark id $item:ident $index:ident $passenger:ident $leg:ident) => {
        $item.id = number($index);
    };
    (@mark passenger $item:ident $index:ident $passenger:ident $leg:ident) => {
        $item.passenger = $passenger;
    };
    (@mark leg $item:ident $index:ident $passenger:ident $leg:ident) => {
        $item.leg = $leg;
    };
    (@outer passengers) => { Some(Scope::Passenger) };
    (@outer legs) => { Some(Scope::Leg) };
    (@outer bags) => { Some(Scope::Bag) };
    (@outer tickets) => { Some(Scope::Ticket) };
    (@outer minors) => { Some(Scope::Minor) };
}

shelf! {
    top {
        Locator: locators [];
        Group: groups [];
        Passenger: passengers [id];
        Leg: legs [id];
        Seat: seats [passenger leg];
        CheckIn: check_ins [passenger leg];
        Bag: bags [passenger leg];
        Excess: excess [passenger];
        Ticket: tickets [id passenger leg];
        Fare: fares [passenger];
        Payment: payments [passenger];
        OtherPayment: other_payments [passenger];
        Contact: contacts [passenger];
        BookerContact: booker_contacts [];
        Minor: minors [passenger];
        Split: splits [];
        Service: services [passenger leg];
        Request: requests [passenger leg];
        OtherService: other_services [];
        Remark: remarks [passenger leg];
        Entry: history [];
    }
    under {
        Nationality: passengers.nationalities;
        Document: passengers.documents;
        Visa: passengers.visas;
        Loyalty: passengers.loyalty;
        PassengerContact: passengers.contacts;
        PassengerAddress: passengers.addresses;
        EmergencyContact: passengers.emergency_contacts;
        Call: legs.calls;
        BagTag: bags.tags;
        Price: tickets.prices;
        Tax: tickets.taxes;
        MinorDeparture: minors.departure;
        MinorArrival: minors.arrival;
        MinorGuardian: minors.guardians;
    }
}

/// The id of a passenger or leg.
pub(super) fn id(handle: Option<Handle>) -> Id {
    handle.map_or(Id::NONE, |handle| number(handle.index))
}
