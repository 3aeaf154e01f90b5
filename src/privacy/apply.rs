//! Carries out a policy on a booking, in place.

use super::Policy;
use crate::Field;
use crate::field::{FieldSet, Scope, VisitMut};
use crate::model::leaf::Leaf;
use crate::model::{Action, Booking, Withheld};

impl Policy {
    /// Applies the policy in place and lists in `withheld` what it took away.
    ///
    /// Applying it again changes nothing.
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
