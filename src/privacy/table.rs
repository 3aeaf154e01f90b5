//! A policy made ready: for every field what is done, by which rule, and how its
//! texts are looked through.

use std::borrow::Cow;

use super::policy::{Policy, Rule, Written};
use super::sensitive::Care;
use crate::field::{Field, Scope};
use crate::model::{Action, Booking};

/// Stands in place of a rule where the default decides.
pub(super) const DEFAULT: u16 = u16::MAX;

/// What becomes of every field.
#[derive(Clone, PartialEq)]
pub(crate) struct Table {
    /// For each field, the rule that decides on it.
    rules: Vec<u16>,
    /// For each field, what becomes of it.
    actions: Vec<Action>,
    /// For each field, how a text that stays is looked through.
    cares: Vec<Care>,
    /// For each scope, whether anything happens in it or beneath it.
    busy: Vec<bool>,
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Table({})", self.rules.len())
    }
}

impl Table {
    /// What holds where no condition does.
    pub(super) fn of(written: &Written) -> Self {
        Self::made(written, |rule| !rule.is_conditional())
    }

    /// What the rules say that pass; of two for one field the conditional one.
    fn made(written: &Written, holds: impl Fn(&Rule) -> bool) -> Self {
        let size = Field::ALL.len();
        let (mut rules, mut actions) = (vec![DEFAULT; size], vec![written.default; size]);
        for conditional in [false, true] {
            let ranked = (0_u16..).zip(&written.rules);
            for (index, rule) in ranked.filter(|(_, rule)| rule.is_conditional() == conditional) {
                if !holds(rule) {
                    continue;
                }
                for field in Field::ALL.iter().filter(|field| rule.names(**field)) {
                    set(&mut rules, *field, index);
                    set(&mut actions, *field, rule.action.unwrap_or(written.default));
                }
            }
        }
        let mut table = Self {
            rules,
            actions,
            cares: vec![Care::None; size],
            busy: Vec::new(),
        };
        table.spare_provenance();
        if written.special_categories.is_some() {
            table.take_care();
        }
        table.busy = table.find_busy();
        table
    }

    /// Where a message comes from is no personal datum of a traveller: only a
    /// rule that names such a field touches it.
    fn spare_provenance(&mut self) {
        for field in Field::ALL
            .iter()
            .filter(|field| field.scope() == Scope::Provenance)
        {
            if self.rule(*field) == DEFAULT {
                set(&mut self.actions, *field, Action::Keep);
            }
        }
    }

    fn take_care(&mut self) {
        for field in Field::ALL {
            if self.action(*field) == Action::Keep {
                set(&mut self.cares, *field, Care::of(*field));
            }
        }
    }

    fn find_busy(&self) -> Vec<bool> {
        let acts =
            |field: &Field| self.action(*field) != Action::Keep || self.care(*field) != Care::None;
        let acting: Vec<_> = Field::ALL.iter().copied().filter(acts).collect();
        // A change of the history is judged as whatever field it speaks of.
        let is_busy = |scope: &Scope| match scope {
            Scope::Entry | Scope::Change => !acting.is_empty(),
            _ => acting
                .iter()
                .any(|field| field.path().starts_with(scope.prefix())),
        };
        Scope::ALL.iter().map(is_busy).collect()
    }

    pub(super) fn action(&self, field: Field) -> Action {
        let action = self.actions.get(field as usize);
        action.copied().unwrap_or(Action::Remove)
    }

    pub(super) fn rule(&self, field: Field) -> u16 {
        self.rules.get(field as usize).copied().unwrap_or(DEFAULT)
    }

    pub(super) fn care(&self, field: Field) -> Care {
        self.cares.get(field as usize).copied().unwrap_or_default()
    }

    /// Whether anything happens to the fields of a scope or beneath it.
    pub(super) fn is_busy(&self, scope: Scope) -> bool {
        self.busy.get(scope as usize).copied().unwrap_or(true)
    }

    pub(crate) fn withholds(&self, field: Field) -> bool {
        self.action(field) != Action::Keep && field.scope() != Scope::Provenance
    }
}

fn set<T>(list: &mut [T], field: Field, value: T) {
    if let Some(place) = list.get_mut(field as usize) {
        *place = value;
    }
}

impl Policy {
    /// What holds for a booking.
    pub(super) fn table_for(&self, booking: &Booking) -> Cow<'_, Table> {
        let holds = |rule: &Rule| {
            rule.persons.is_empty() && (rule.when.is_empty() || rule.when.holds(booking))
        };
        let rules = &self.written.rules;
        if rules
            .iter()
            .any(|rule| rule.is_conditional() && holds(rule))
        {
            Cow::Owned(Table::made(&self.written, holds))
        } else {
            Cow::Borrowed(&self.table)
        }
    }

    /// What holds for a person of a booking, where rules are made for some.
    pub(super) fn table_for_person(
        &self,
        booking_holds: &[bool],
        person: &crate::model::Passenger,
    ) -> Table {
        let of = |rule: &Rule| {
            let index = self
                .written
                .rules
                .iter()
                .position(|one| std::ptr::eq(one, rule));
            let holds = index.and_then(|index| booking_holds.get(index));
            holds.copied().unwrap_or(false) && rule.persons.include(person)
        };
        Table::made(&self.written, of)
    }

    /// For each rule, whether its journeys are meant; `None` where no rule is made
    /// for some persons only.
    pub(super) fn rules_of_persons(&self, booking: &Booking) -> Option<Vec<bool>> {
        let rules = &self.written.rules;
        let some = rules.iter().any(|rule| !rule.persons.is_empty());
        some.then(|| rules.iter().map(|rule| rule.when.holds(booking)).collect())
    }
}

impl Table {
    /// Nothing stays.
    pub(super) fn empty() -> Self {
        let size = Field::ALL.len();
        Self {
            rules: vec![DEFAULT; size],
            actions: vec![Action::Remove; size],
            cares: vec![Care::None; size],
            busy: vec![true; Scope::ALL.len()],
        }
    }
}
