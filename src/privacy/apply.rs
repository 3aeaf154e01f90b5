//! Carries out a policy on a booking, in place.

use super::Policy;
use crate::Field;
use crate::field::{FieldSet, Scope, VisitMut};
use crate::model::leaf::Leaf;
use crate::model::{Action, Booking, Id, Payment, Withheld};

impl Policy {
    /// Applies the policy in place and lists in `withheld` what it took away.
    ///
    /// Persons whom the policy does not admit go first, as [`refuse`](Self::refuse)
    /// says. Applying it again changes nothing.
    ///
    /// ```
    /// use paxnorm::{Booking, Policy};
    /// use paxnorm::model::{Remark, Text};
    ///
    /// let mut remark = Remark::default();
    /// remark.text = Some(Text::from("LIKES WINDOWS"));
    /// let mut booking = Booking::default();
    /// booking.remarks.push(remark);
    ///
    /// Policy::eu_pnr().apply(&mut booking);
    /// assert!(booking.remarks.is_empty());
    /// assert_eq!(booking.withheld[0].fields[0].path(), "remarks[].text");
    /// ```
    pub fn apply(&self, booking: &mut Booking) {
        self.refuse(booking);
        let mut pass = Pass {
            policy: self,
            hit: FieldSet::default(),
        };
        booking.walk_mut(&mut pass);
        let hit = pass.hit;
        if hit.is_empty() {
            return;
        }
        booking.prune();
        for field in hit.iter() {
            self.note(&mut booking.withheld, field, hit.len());
        }
    }

    /// Takes out the persons whom the policy does not admit, with all that the
    /// booking says of them alone, and gives their number.
    ///
    /// ```
    /// use paxnorm::{Booking, Name, Policy};
    /// use paxnorm::model::{Passenger, Role};
    ///
    /// let mut pilot = Passenger::default();
    /// pilot.name = Name::new("ERIKSSON", "ANNA");
    /// pilot.role = Some(Role::Crew);
    /// let mut booking = Booking::default();
    /// booking.passengers.push(pilot);
    ///
    /// assert_eq!(Policy::keep_all().refuse(&mut booking), 0);
    /// assert_eq!(Policy::eu_pnr().refuse(&mut booking), 1);
    /// assert!(booking.passengers.is_empty());
    /// ```
    pub fn refuse(&self, booking: &mut Booking) -> usize {
        let mut refused = Vec::new();
        booking.passengers.retain(|person| {
            let admitted = person.role.is_none_or(|role| !self.refuses(role));
            if !admitted {
                refused.push(person.id);
            }
            admitted
        });
        if !refused.is_empty() {
            refused.sort_unstable();
            forget(booking, |id| {
                !id.is_none() && refused.binary_search(&id).is_ok()
            });
        }
        refused.len()
    }

    /// Adds a field to the item of its action and article, which may become as long as `most`.
    fn note(&self, withheld: &mut Vec<Withheld>, field: Field, most: usize) {
        let (action, article) = (Some(self.action(field)), Some(self.article(field)));
        let same = |item: &&mut Withheld| item.action == action && item.article.as_ref() == article;
        if let Some(item) = withheld.iter_mut().find(same) {
            if !item.fields.contains(&field) {
                item.fields.push(field);
            }
            return;
        }
        let mut fields = Vec::with_capacity(most);
        fields.push(field);
        withheld.push(Withheld {
            action,
            article: article.cloned(),
            fields,
        });
    }
}

/// Drops what points to persons who are gone.
fn forget(booking: &mut Booking, gone: impl Fn(Id) -> bool) {
    let tickets = booking.tickets.iter();
    let void: Vec<Id> = tickets
        .filter(|ticket| gone(ticket.passenger))
        .map(|ticket| ticket.id)
        .collect();
    booking.seats.retain(|item| !gone(item.passenger));
    booking.check_ins.retain(|item| !gone(item.passenger));
    booking.bags.retain(|item| !gone(item.passenger));
    booking.excess.retain(|item| !gone(item.passenger));
    booking.tickets.retain(|item| !gone(item.passenger));
    booking.fares.retain(|item| !gone(item.passenger));
    booking.contacts.retain(|item| !gone(item.passenger));
    booking.minors.retain(|item| !gone(item.passenger));
    booking.services.retain(|item| !gone(item.passenger));
    booking.requests.retain(|item| !gone(item.passenger));
    booking.remarks.retain(|item| !gone(item.passenger));
    let stands = |item: &Payment| {
        !gone(item.passenger) && (item.ticket.is_none() || !void.contains(&item.ticket))
    };
    booking.payments.retain(stands);
    booking.other_payments.retain(stands);
    for person in &mut booking.passengers {
        if gone(person.adult) {
            person.adult = Id::NONE;
        }
    }
}

struct Pass<'p> {
    policy: &'p Policy,
    hit: FieldSet,
}

impl VisitMut for Pass<'_> {
    fn leaf<L: Leaf>(&mut self, field: Field, leaf: &mut L) {
        if !leaf.present() {
            return;
        }
        match self.policy.action(field) {
            Action::Keep => return,
            Action::Mask => leaf.mask(),
            Action::Generalise => leaf.generalise(),
            Action::Remove | Action::Pseudonymise => leaf.remove(),
        }
        self.hit.insert(field);
    }

    fn enter(&mut self, scope: Scope) -> bool {
        // Where a message comes from is no personal datum of a traveller, and it
        // is shared by all bookings of the message.
        scope != Scope::Provenance && self.policy.is_busy(scope)
    }
}
