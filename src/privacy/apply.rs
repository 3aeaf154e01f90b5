//! Carries out a policy on a booking, in place.

use std::borrow::Cow;

use super::policy::Policy;
use super::report::{Counts, Hit, Hits, Report, Totals};
use super::sensitive::{self, Care, Lists};
use super::table::{DEFAULT, Decision, Effect, Table};
use super::{collapse, minor};
use crate::Field;
use crate::field::{
    Entry, FieldSet, Scope, ScopeSet, Visit, VisitMut, Way, walk_passenger_mut, walk_request,
};
use crate::format::Ledger;
use crate::hint::rare;
use crate::model::leaf::Leaf;
use crate::model::{
    Action, Booking, Change, Id, Passenger, Payment, ServiceRequest, Text, Withheld,
};
use crate::reader::Data;

impl Policy {
    /// Applies the policy in place, lists in `withheld` what it took away, and
    /// returns how much that was, for the account and not for the record.
    ///
    /// A booking that the policy does not [admit](Self::admits) loses everything;
    /// persons whom it does not admit go first, as [`refuse`](Self::refuse) says.
    /// Applying it again changes nothing.
    ///
    /// ```
    /// use paxnorm::{Booking, Field, Policy};
    /// use paxnorm::model::{Remark, Text};
    ///
    /// let mut remark = Remark::default();
    /// remark.text = Some(Text::from("LIKES WINDOWS"));
    /// let mut booking = Booking::default();
    /// booking.remarks.push(remark);
    ///
    /// let report = Policy::eu_pnr().apply(&mut booking);
    /// assert!(booking.remarks.is_empty());
    /// assert!(booking.withheld[0].fields.contains(Field::RemarkText));
    /// assert_eq!(report.values(), 1);
    /// ```
    pub fn apply(&self, booking: &mut Booking) -> Report {
        let mut hits = Hits::default();
        let refused = self.admits(booking).err();
        let table = match refused {
            Some(article) => {
                empty(booking, &mut hits);
                self.note(booking, &hits, &self.ready.nothing, Some(article));
                Cow::Borrowed(&self.ready.nothing)
            }
            None => {
                self.refuse_counted(booking, &mut hits);
                self.carry_out(booking, &mut hits, None)
            }
        };
        let mut report = Report {
            bookings: 1,
            bookings_refused: refused.is_some().into(),
            persons_refused: hits.persons(),
            lines: Vec::with_capacity(hits.len()),
        };
        // Neighbours mostly go by one rule.
        let (mut rule, mut article) = (DEFAULT, self.article_of(DEFAULT));
        hits.by_table(&table, |hit| {
            if hit.rule != rule {
                (rule, article) = (hit.rule, self.article_of(hit.rule));
            }
            report.lines.push(hit.line(refused.unwrap_or(article)));
        });
        if !hits.others().is_empty() {
            let line = |hit: &Hit| hit.line(self.article_of(hit.rule));
            hits.others().iter().for_each(|hit| report.count(line(hit)));
            report.lines.sort_by_key(|line| line.field);
        }
        report
    }

    /// Applies the policy to a booking that comes in, and adds to the counts of a
    /// transmission. Where nobody in it is admitted, the booking is not to be used. `way` leads to
    /// all that the policy, where no condition of it holds, acts on in the booking.
    pub(crate) fn take_in(
        &self,
        booking: &mut Booking,
        hits: &mut Hits,
        totals: &mut Totals,
        way: Option<&Way>,
    ) -> Admitted<'_> {
        hits.clear();
        if self.admits(booking).is_err() {
            totals.refuse(hits);
            return Admitted::Nobody { persons: 0 };
        }
        self.refuse_counted(booking, hits);
        let persons = hits.persons();
        if persons > 0 && booking.passengers.is_empty() {
            totals.refuse(hits);
            return Admitted::Nobody { persons };
        }
        let named = self.ready.for_persons(booking).fields();
        let table = self.carry_out(booking, hits, way);
        totals.add(hits, &table);
        let partly = hits.partly(named, || Counts::of(booking));
        Admitted::Some {
            persons,
            account: Account { table, partly },
        }
    }

    fn carry_out(
        &self,
        booking: &mut Booking,
        hits: &mut Hits,
        way: Option<&Way>,
    ) -> Cow<'_, Table> {
        let table = self.ready.table_for(booking);
        if self.strips() {
            strip_items(booking, &table, hits);
        }
        if self.written.minors.is_some() {
            minor::drop_adults(booking, hits);
        }
        // The way is that of the table which holds without conditions.
        let way = way.filter(|_| matches!(table, Cow::Borrowed(_)));
        self.walk(booking, &table, hits, way);
        let collapses = self.ready.collapses;
        let collapsed = collapses && collapse::passengers(booking);
        if hits.is_empty() && !collapsed {
            return table;
        }
        booking.prune(if collapsed {
            ScopeSet::ALL
        } else {
            hits.places()
        });
        if collapses {
            collapse::merge(booking);
        }
        self.note(booking, hits, &table, None);
        table
    }

    fn walk(&self, booking: &mut Booking, table: &Table, hits: &mut Hits, way: Option<&Way>) {
        let mut persons = self.ready.for_persons(booking);
        let apart = !persons.is_empty();
        let lists = self.strips().then(Lists::known);
        let mut pass = Pass {
            table,
            lists,
            hits,
            apart,
            own: false,
        };
        match way {
            Some(way) if !apart => return booking.follow(way, &mut pass),
            _ => booking.walk_mut(&mut pass),
        }
        for person in booking.passengers.iter_mut().filter(|_| apart) {
            let own = persons.table(table, person);
            let mut pass = Pass {
                table: own,
                lists,
                own: !std::ptr::eq(own, table),
                hits,
                apart: false,
            };
            walk_passenger_mut(person, &mut pass);
        }
    }

    /// Lists in the booking what was withheld.
    fn note(&self, booking: &mut Booking, hits: &Hits, table: &Table, refused: Option<&Text>) {
        let article = |rule| refused.unwrap_or_else(|| self.article_of(rule));
        let items = &mut booking.withheld;
        let groups = || table.groups(hits.by_rule());
        items.reserve(groups().count() + hits.others().len());
        // No two groups have the same action and article.
        let listed = items.len();
        for (Decision { rule, action }, fields) in groups() {
            match listed {
                0 => items.push(withheld(action, article(rule), fields)),
                _ => list(items, action, article(rule), fields),
            }
        }
        // Listed in the order of their first fields.
        let new = items.get_mut(listed..).unwrap_or_default();
        new.sort_by_key(|item| item.fields.first());
        for hit in hits.others() {
            list(
                items,
                hit.action,
                article(hit.rule),
                FieldSet::of(hit.field),
            );
        }
    }

    fn refuse_counted(&self, booking: &mut Booking, hits: &mut Hits) {
        if self.refuses_some(booking) {
            let before = Counts::of(booking);
            let persons = self.refuse(booking);
            hits.refuse(persons, before.less(&Counts::of(booking)));
        }
    }

    fn refuses_some(&self, booking: &Booking) -> bool {
        let refused = &self.written.refused;
        let role = |person: &Passenger| person.role.is_some_and(|role| refused.contains(&role));
        !refused.is_empty() && booking.passengers.iter().any(role)
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
        if !self.refuses_some(booking) {
            return 0;
        }
        take_out(booking, |person| {
            person.role.is_some_and(|role| self.refuses(role))
        })
    }
}

/// Takes out some persons with all that the booking says of them alone.
fn take_out(booking: &mut Booking, goes: impl Fn(&Passenger) -> bool) -> usize {
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
    strip_entries(booking, hits);
}

/// Takes out entries of the list of travellers that are no persons, with what
/// stands of them elsewhere, and counts them out.
fn strip_entries(booking: &mut Booking, hits: &mut Hits) {
    let no_person = |person: &Passenger| {
        let kind = person.kind_received.as_deref();
        kind.is_some_and(sensitive::is_no_person)
    };
    if !booking.passengers.iter().any(no_person) {
        return;
    }
    let before = Counts::of(booking);
    let out = u32::try_from(take_out(booking, no_person)).unwrap_or(u32::MAX);
    for (field, values) in before.less(&Counts::of(booking)) {
        hits.strip(field, values);
    }
    booking.travellers = booking.travellers.map(|all| all.saturating_sub(out));
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
            hits.strip(change.field.unwrap_or(Field::ChangedValue), 1);
        }
        !is_request(change)
    });
}

/// Takes everything out of a booking that may not be kept.
fn empty(booking: &mut Booking, hits: &mut Hits) {
    struct All<'h>(&'h mut Hits);
    impl Visit for All<'_> {
        fn leaf<L: Leaf>(&mut self, field: Field, leaf: &L) {
            if leaf.present() {
                self.0.hit(field, leaf.count());
            }
        }

        fn enter(&mut self, scope: Scope) -> bool {
            scope != Scope::Provenance
        }
    }
    booking.walk(&mut All(hits));
    collapse::forget_items(booking);
}

/// Counts what goes with an item.
struct Gone<'h>(&'h mut Hits);

impl Visit for Gone<'_> {
    fn leaf<L: Leaf>(&mut self, field: Field, leaf: &L) {
        if leaf.present() {
            self.0.strip(field, leaf.count());
        }
    }
}

/// Whether somebody in a booking is admitted.
pub(crate) enum Admitted<'p> {
    /// Nobody: neither the booking, nor, if any were refused, one of its persons.
    Nobody {
        /// How many were refused as persons.
        persons: u64,
    },
    /// Somebody.
    Some {
        /// How many were refused as persons.
        persons: u64,
        /// What the policy took of the rest.
        account: Account<'p>,
    },
}

/// Which data of a booking a policy took.
pub(crate) struct Account<'p> {
    table: Cow<'p, Table>,
    /// Fields of which some values went and others may have stayed, with the number
    /// of data to be counted as withheld.
    partly: Vec<(Field, u32)>,
}

impl Account<'_> {
    /// Settles what a ledger says was read. Of a field of which some values stayed, as many data
    /// are withheld as values went.
    pub(crate) fn settle(&self, ledger: &mut Ledger) -> Data {
        ledger.settle(&self.partly, self.table.tally())
    }
}

/// Lists fields that an action and article withheld, where others may be listed already.
fn list(items: &mut Vec<Withheld>, action: Action, article: &Text, fields: FieldSet) {
    let same =
        |item: &Withheld| item.action == Some(action) && item.article.as_ref() == Some(article);
    let Some(at) = items.iter().position(same) else {
        return items.push(withheld(action, article, fields));
    };
    if let Some(item) = items.get_mut(at) {
        item.fields.join(&fields);
    }
}

fn withheld(action: Action, article: &Text, fields: FieldSet) -> Withheld {
    Withheld {
        action: Some(action),
        article: Some(article.clone()),
        fields,
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
    table: &'p Table,
    /// What may not be kept in texts, where the policy strips it.
    lists: Option<&'p Lists>,
    hits: &'p mut Hits,
    /// Persons are walked one by one, because not all rules hold for all of them.
    apart: bool,
    /// The table is that of a person, not that of the booking.
    own: bool,
}

impl VisitMut for Pass<'_> {
    #[inline(always)]
    fn leaf<L: Leaf>(&mut self, field: Field, leaf: &mut L) {
        if self.table.acts_on(field) {
            rare();
            if leaf.present() {
                self.act(field, leaf);
            }
        }
    }

    #[inline(always)]
    fn copy<L: Leaf + Clone>(&mut self, field: Field, leaf: &L, copy: &mut L) {
        if !leaf.present() {
            return;
        }
        if self.table.effect(field) == Effect::Remove {
            return self.hit(field, leaf.count());
        }
        copy.clone_from(leaf);
        self.leaf(field, copy);
    }

    #[inline(always)]
    fn enter(&mut self, scope: Scope) -> Entry {
        if self.apart && scope == Scope::Passenger {
            return Entry::Pass;
        }
        self.table.entry(scope)
    }

    #[inline(always)]
    fn last<L: Leaf>(&mut self, field: Field, leaf: &L) {
        if leaf.present() {
            self.hit(field, leaf.count());
        }
    }
}

impl Pass<'_> {
    // What is done lies apart, so that the way of what stays is short.
    #[inline(never)]
    fn act<L: Leaf>(&mut self, field: Field, leaf: &mut L) {
        match self.table.effect(field) {
            Effect::Look(care) if leaf.pass(|text| self.passes(care, text)) => {}
            Effect::Remove => self.remove(field, leaf),
            _ => self.amend(field, leaf),
        }
    }

    /// Whether a glance shows that a text stays.
    #[inline(always)]
    fn passes(&self, care: Care, text: &str) -> bool {
        self.lists.is_none_or(|lists| care.passes(text, lists))
    }

    #[inline(never)]
    fn amend<L: Leaf>(&mut self, field: Field, leaf: &mut L) {
        match self.table.effect(field) {
            Effect::Keep => {}
            Effect::Look(care) => {
                let Some(lists) = self.lists else { return };
                let stripped = leaf.amend(|text| care.judge(text, lists));
                if stripped > 0 {
                    self.hits.strip(field, stripped);
                }
            }
            Effect::Generalise => {
                let changed = leaf.generalise();
                if changed > 0 {
                    self.hit(field, changed);
                }
            }
            Effect::Remove => self.remove(field, leaf),
        }
    }

    #[inline(never)]
    fn remove<L: Leaf>(&mut self, field: Field, leaf: &mut L) {
        self.hit(field, leaf.count());
        leaf.remove();
    }

    fn hit(&mut self, field: Field, values: u32) {
        if self.own {
            let Decision { rule, action } = self.table.decision(field);
            self.hits.other(field, rule, action, values);
        } else {
            self.hits.hit(field, values);
        }
    }
}
