//! Carries out a policy on a booking, in place.

use std::borrow::Cow;

use super::policy::Policy;
use super::report::{Hits, Line, Report, Totals};
use super::sensitive::{self, Care};
use super::table::Table;
use super::{collapse, minor};
use crate::Field;
use crate::field::{Scope, Visit, VisitMut, walk_passenger_mut, walk_request};
use crate::model::leaf::Leaf;
use crate::model::{Action, Booking, Change, Id, Payment, ServiceRequest, Text, Withheld};

impl Policy {
    /// Applies the policy in place, lists in `withheld` what it took away, and
    /// returns how much that was, for the account and not for the record.
    ///
    /// A booking that the policy does not [admit](Self::admits) loses everything;
    /// persons whom it does not admit go first, as [`refuse`](Self::refuse) says.
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
    /// let report = Policy::eu_pnr().apply(&mut booking);
    /// assert!(booking.remarks.is_empty());
    /// assert_eq!(booking.withheld[0].fields[0].path(), "remarks[].text");
    /// assert_eq!(report.values(), 1);
    /// ```
    pub fn apply(&self, booking: &mut Booking) -> Report {
        let mut hits = Hits::default();
        let table = self.carry_out(booking, &mut hits);
        let mut report = Report {
            bookings: 1,
            bookings_refused: hits.refused.into(),
            persons_refused: hits.persons.into(),
            lines: Vec::with_capacity(hits.len()),
        };
        hits.each(&table, |field, rule, action, count| {
            report.lines.push(Line {
                field,
                action,
                article: self.article_of(rule).clone(),
                count: count.into(),
            });
        });
        report.lines.sort_by_key(|line| line.field);
        report
    }

    /// Applies the policy and adds to the counts of a transmission.
    pub(crate) fn apply_counted(
        &self,
        booking: &mut Booking,
        hits: &mut Hits,
        totals: &mut Totals,
    ) -> Cow<'_, Table> {
        let table = self.carry_out(booking, hits);
        totals.begin(hits);
        hits.each(&table, |field, rule, action, count| {
            totals.count(field, rule, action, count);
        });
        hits.clear();
        table
    }

    fn carry_out(&self, booking: &mut Booking, hits: &mut Hits) -> Cow<'_, Table> {
        if self.admits(booking).is_err() {
            hits.refused = true;
            return self.empty(booking, hits);
        }
        let refused = self.refuse(booking);
        hits.persons = u32::try_from(refused).unwrap_or(u32::MAX);
        let table = self.table_for(booking);
        if self.strips() {
            strip_items(booking, &table, hits);
        }
        if self.written.minors.is_some() {
            minor::drop_adults(booking, hits);
        }
        self.walk(booking, &table, hits);
        let collapsed = self.collapses() && collapse::passengers(booking);
        if hits.is_empty() && !collapsed {
            return table;
        }
        booking.prune();
        if self.collapses() {
            collapse::merge(booking);
        }
        let most = hits.len();
        hits.each(&table, |field, rule, action, _| {
            let article = self.article_of(rule);
            note(&mut booking.withheld, field, action, article, most);
        });
        table
    }

    fn walk(&self, booking: &mut Booking, table: &Table, hits: &mut Hits) {
        let persons = self.rules_of_persons(booking);
        let mut pass = Pass {
            table,
            hits,
            skip_persons: persons.is_some(),
        };
        booking.walk_mut(&mut pass);
        for person in booking.passengers.iter_mut().filter(|_| persons.is_some()) {
            let table = self.table_for_person(persons.as_deref().unwrap_or_default(), person);
            let mut pass = Pass {
                table: &table,
                hits,
                skip_persons: false,
            };
            walk_passenger_mut(person, &mut pass);
        }
    }

    /// Takes everything out of a booking that may not be kept.
    fn empty(&self, booking: &mut Booking, hits: &mut Hits) -> Cow<'_, Table> {
        struct All<'h>(&'h mut Hits);
        impl VisitMut for All<'_> {
            fn leaf<L: Leaf>(&mut self, field: Field, leaf: &mut L) {
                if leaf.present() {
                    leaf.remove();
                    self.0.hit(field);
                }
            }

            fn enter(&mut self, scope: Scope) -> bool {
                scope != Scope::Provenance
            }
        }
        let article = self.admits(booking).err().cloned().unwrap_or_default();
        booking.walk_mut(&mut All(hits));
        booking.prune();
        collapse::forget_items(booking);
        let table = Cow::Owned(Table::empty());
        let most = hits.len();
        hits.each(&table, |field, _, action, _| {
            note(&mut booking.withheld, field, action, &article, most);
        });
        table
    }

    fn collapses(&self) -> bool {
        self.written.rules.iter().any(|rule| rule.collapse)
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
        if self.written.refused.is_empty() {
            return 0;
        }
        take_out(booking, |person| {
            person.role.is_some_and(|role| self.refuses(role))
        })
    }
}

/// Takes out some persons with all that the booking says of them alone.
fn take_out(booking: &mut Booking, goes: impl Fn(&crate::model::Passenger) -> bool) -> usize {
    let mut gone = Vec::new();
    booking.passengers.retain(|person| {
        let goes = goes(person);
        if goes {
            gone.push(person.id);
        }
        !goes
    });
    if !gone.is_empty() {
        gone.sort_unstable();
        forget(booking, |id| {
            !id.is_none() && gone.binary_search(&id).is_ok()
        });
    }
    gone.len()
}

/// Takes out items that are sensitive as a whole: requests of such a code, and
/// entries of the list of travellers that are no persons.
fn strip_items(booking: &mut Booking, table: &Table, hits: &mut Hits) {
    let kept = |field: Field| table.action(field) == Action::Keep;
    if kept(Field::RequestCode) {
        let code =
            |request: &ServiceRequest| request.code.as_deref().is_some_and(sensitive::is_code);
        booking.requests.retain(|request| {
            let goes = code(request);
            if goes {
                walk_request(request, &mut Gone(hits));
            }
            !goes
        });
        booking
            .history
            .iter_mut()
            .for_each(|entry| strip_changes(&mut entry.changes, hits));
    }
    let no_person = |kind: &Option<Text>| kind.as_deref().is_some_and(sensitive::is_no_person);
    let out = take_out(booking, |person| no_person(&person.kind_received));
    if out > 0 {
        hits.strip(Field::PassengerKindReceived);
        let out = u32::try_from(out).unwrap_or(u32::MAX);
        booking.travellers = booking.travellers.map(|all| all.saturating_sub(out));
    }
}

/// A transaction of the history that concerns such a request says nothing of it.
fn strip_changes(changes: &mut Vec<Change>, hits: &mut Hits) {
    let is_request = |change: &Change| {
        change
            .field
            .is_some_and(|field| field.scope() == Scope::Request)
    };
    let told = |change: &Change| {
        change.field == Some(Field::RequestCode)
            && change.value.as_deref().is_some_and(sensitive::is_code)
    };
    if !changes.iter().any(told) {
        return;
    }
    changes.retain(|change| {
        if is_request(change) {
            hits.strip(change.field.unwrap_or(Field::ChangedValue));
        }
        !is_request(change)
    });
}

/// Counts what goes with an item.
pub(super) struct Gone<'h>(pub(super) &'h mut Hits);

impl Visit for Gone<'_> {
    fn leaf<L: Leaf>(&mut self, field: Field, leaf: &L) {
        if leaf.present() {
            self.0.strip(field);
        }
    }
}

/// Adds a field to the item of its action and article, which may become as long as `most`.
fn note(withheld: &mut Vec<Withheld>, field: Field, action: Action, article: &Text, most: usize) {
    let same = |item: &&mut Withheld| {
        item.action == Some(action) && item.article.as_ref() == Some(article)
    };
    if let Some(item) = withheld.iter_mut().find(same) {
        if !item.fields.contains(&field) {
            item.fields.push(field);
        }
        return;
    }
    let mut fields = Vec::with_capacity(most);
    fields.push(field);
    withheld.push(Withheld {
        action: Some(action),
        article: Some(article.clone()),
        fields,
    });
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
    table: &'p Table,
    hits: &'p mut Hits,
    /// Persons are walked one by one, because not all rules hold for all of them.
    skip_persons: bool,
}

impl VisitMut for Pass<'_> {
    fn leaf<L: Leaf>(&mut self, field: Field, leaf: &mut L) {
        if !leaf.present() {
            return;
        }
        match self.table.action(field) {
            Action::Keep => return self.look_through(field, leaf),
            Action::Mask => leaf.mask(),
            Action::Generalise => leaf.generalise(),
            Action::Remove | Action::Pseudonymise => leaf.remove(),
        }
        self.hits.hit(field);
    }

    fn enter(&mut self, scope: Scope) -> bool {
        !(self.skip_persons && scope == Scope::Passenger) && self.table.is_busy(scope)
    }
}

impl Pass<'_> {
    fn look_through<L: Leaf>(&mut self, field: Field, leaf: &mut L) {
        let care = self.table.care(field);
        if care != Care::None && leaf.amend(&|text| care.judge(text)) {
            self.hits.strip(field);
        }
    }
}
