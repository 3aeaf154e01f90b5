//! A policy made ready: for every field what happens to it and by which rule, and
//! for every place whether a walk over a booking need look into it.

use std::borrow::Cow;

use super::condition::{Condition, Persons};
use super::policy::{Rule, Written};
use super::sensitive::Care;
use crate::field::{Entry, Field, FieldSet, Scope, ScopeSet};
use crate::model::{Action, Booking, Passenger};

/// Stands in place of a rule where the default decides.
pub(super) const DEFAULT: u16 = u16::MAX;

const FIELDS: usize = Field::ALL.len();
const SCOPES: usize = Scope::ALL.len();

/// What happens to the values of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// They stay.
    Keep,
    /// They stay, unless a text says what may not be kept.
    Look(Care),
    Mask,
    Generalise,
    Remove,
}

impl Effect {
    /// A pseudonym wants a key: where a policy without one asks for it, the value goes.
    fn of(action: Action) -> Self {
        match action {
            Action::Keep => Self::Keep,
            Action::Mask => Self::Mask,
            Action::Generalise => Self::Generalise,
            Action::Remove | Action::Pseudonymise => Self::Remove,
        }
    }

    fn action(self) -> Action {
        match self {
            Self::Keep | Self::Look(_) => Action::Keep,
            Self::Mask => Action::Mask,
            Self::Generalise => Action::Generalise,
            Self::Remove => Action::Remove,
        }
    }
}

/// What becomes of every field.
#[derive(Clone, PartialEq)]
pub(crate) struct Table {
    /// For each field, the rule that decides on it.
    rules: Box<[u16; FIELDS]>,
    /// For each field, what happens to it.
    effects: Box<[Effect; FIELDS]>,
    /// Whether data that reach it count as withheld.
    taken: Box<[bool; FIELDS]>,
    /// For each place, how a walk treats its items.
    entries: [Entry; SCOPES],
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Table({})", self.rules.len())
    }
}

impl Table {
    /// What the rules without a condition say.
    fn of(written: &Written) -> Self {
        let mut table = Self {
            rules: Box::new([DEFAULT; FIELDS]),
            effects: Box::new([Effect::Keep; FIELDS]),
            taken: Box::new([false; FIELDS]),
            entries: [Entry::Walk; SCOPES],
        };
        for field in Field::ALL {
            let rules = (0_u16..).zip(&written.rules);
            let mut rules = rules.filter(|(_, rule)| !rule.is_conditional());
            let rule = rules.find(|(_, rule)| rule.names(*field));
            let action = rule.and_then(|(_, rule)| rule.action);
            // Where a message comes from is no personal datum of a traveller: only a
            // rule that names such a field touches it.
            let spared = rule.is_none() && field.scope() == Scope::Provenance;
            let action = action.or(spared.then_some(Action::Keep));
            let effect = written.effect(*field, action.unwrap_or(written.default));
            table.set(*field, rule.map_or(DEFAULT, |(index, _)| index), effect);
        }
        table.entries = table.find_entries();
        table
    }

    fn set(&mut self, field: Field, rule: u16, effect: Effect) {
        let (rules, effects) = (&mut self.rules, &mut self.effects);
        if let Some(place) = rules.get_mut(field as usize) {
            *place = rule;
        }
        if let Some(place) = effects.get_mut(field as usize) {
            *place = effect;
        }
        if let Some(place) = self.taken.get_mut(field as usize) {
            let is_personal = field.scope() != Scope::Provenance;
            *place = effect.action() != Action::Keep && is_personal;
        }
    }

    /// Decides on whole places: what stays as it is need not be seen, what goes as
    /// a whole goes at once.
    fn find_entries(&self) -> [Entry; SCOPES] {
        let mut entries = [Entry::Walk; SCOPES];
        for (entry, scope) in entries.iter_mut().zip(Scope::ALL) {
            // A change of the history is judged as whatever field it speaks of.
            let of_history = matches!(scope, Scope::Entry | Scope::Change);
            let beneath = |field: &&Field| of_history || field.path().starts_with(scope.prefix());
            let all = |effect| {
                let mut fields = Field::ALL.iter().filter(beneath);
                fields.all(|field| self.effect(*field) == effect)
            };
            *entry = match (all(Effect::Keep), all(Effect::Remove)) {
                (true, _) => Entry::Pass,
                (_, true) => Entry::Clear,
                _ => Entry::Walk,
            };
        }
        entries
    }

    /// Lets a rule with a condition hold: a walk then looks into the places that it
    /// names, whatever else it would do with them.
    fn change(&mut self, rule: &Conditional) {
        for (field, effect) in &rule.effects {
            self.set(*field, rule.index, *effect);
        }
        for (entry, scope) in self.entries.iter_mut().zip(Scope::ALL) {
            let of_history = matches!(scope, Scope::Entry | Scope::Change);
            if of_history || rule.places.contains(*scope) {
                *entry = Entry::Walk;
            }
        }
    }

    #[inline(always)]
    pub(super) fn effect(&self, field: Field) -> Effect {
        let effect = self.effects.get(field as usize);
        effect.copied().unwrap_or(Effect::Remove)
    }

    pub(super) fn action(&self, field: Field) -> Action {
        self.effect(field).action()
    }

    pub(super) fn rule(&self, field: Field) -> u16 {
        self.rules.get(field as usize).copied().unwrap_or(DEFAULT)
    }

    /// How a walk treats the items of a place.
    #[inline(always)]
    pub(super) fn entry(&self, scope: Scope) -> Entry {
        let entry = self.entries.get(scope as usize);
        entry.copied().unwrap_or(Entry::Walk)
    }

    /// Whether a datum that reached a field was withheld.
    #[inline(always)]
    pub(crate) fn withholds(&self, field: Field) -> bool {
        let taken = self.taken.get(field as usize);
        taken.copied().unwrap_or(true)
    }
}

impl Written {
    /// What an action means for a field.
    fn effect(&self, field: Field, action: Action) -> Effect {
        let looked = self.special_categories.is_some() && action == Action::Keep;
        let care = looked.then(|| Care::of(field)).flatten();
        care.map_or(Effect::of(action), Effect::Look)
    }
}

/// A rule that holds for some journeys or persons only.
#[derive(Clone, Debug, PartialEq)]
struct Conditional {
    index: u16,
    when: Condition,
    persons: Persons,
    effects: Vec<(Field, Effect)>,
    /// The places in which its fields stand.
    places: ScopeSet,
}

impl Conditional {
    fn of(written: &Written, index: u16, rule: &Rule) -> Self {
        let action = rule.action.unwrap_or(written.default);
        let fields = Field::ALL.iter().filter(|field| rule.names(**field));
        let mut places = ScopeSet::default();
        let mut effect = |field: &Field| {
            places.join(field.places());
            (*field, written.effect(*field, action))
        };
        Self {
            effects: fields.map(&mut effect).collect(),
            index,
            when: rule.when.clone(),
            persons: rule.persons.clone(),
            places,
        }
    }
}

/// A policy made ready for many bookings.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ready {
    /// What holds where no condition does.
    pub(super) table: Table,
    /// Where a booking is not admitted: nothing stays.
    pub(super) nothing: Table,
    /// The rules with a condition.
    conditional: Vec<Conditional>,
    /// Whether the number travelling together is hidden.
    pub(super) collapses: bool,
}

impl Ready {
    pub(super) fn of(written: &Written) -> Self {
        let rules = (0_u16..).zip(&written.rules);
        let conditional = rules.filter(|(_, rule)| rule.is_conditional());
        Self {
            table: Table::of(written),
            nothing: Table {
                taken: Box::new([true; FIELDS]),
                rules: Box::new([DEFAULT; FIELDS]),
                effects: Box::new([Effect::Remove; FIELDS]),
                entries: [Entry::Walk; SCOPES],
            },
            conditional: conditional
                .map(|(index, rule)| Conditional::of(written, index, rule))
                .collect(),
            collapses: written.rules.iter().any(|rule| rule.collapse),
        }
    }

    /// What holds for a booking.
    pub(super) fn table_for(&self, booking: &Booking) -> Cow<'_, Table> {
        let mut table = Cow::Borrowed(&self.table);
        let for_all = |rule: &&Conditional| rule.persons.is_empty();
        for rule in self.conditional.iter().filter(for_all) {
            if rule.when.holds(booking) {
                table.to_mut().change(rule);
            }
        }
        table
    }

    /// What holds for some persons of a booking only.
    pub(super) fn for_persons<'r>(&'r self, booking: &Booking) -> ForPersons<'r> {
        let for_some = |rule: &&Conditional| !rule.persons.is_empty();
        let rules = self.conditional.iter().filter(for_some);
        ForPersons {
            rules: rules.filter(|rule| rule.when.holds(booking)).collect(),
            made: None,
        }
    }
}

/// The rules of a booking that hold for some of its persons, and the table of the
/// last of these: who comes next is mostly of the same kind.
pub(super) struct ForPersons<'r> {
    rules: Vec<&'r Conditional>,
    made: Option<(Vec<u16>, Table)>,
}

impl ForPersons<'_> {
    pub(super) fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// The fields that the rules name.
    pub(super) fn fields(&self) -> FieldSet {
        let mut fields = FieldSet::default();
        let effects = self.rules.iter().flat_map(|rule| &rule.effects);
        effects.for_each(|(field, _)| fields.insert(*field));
        fields
    }

    /// What holds for a person, where `table` holds for the booking.
    pub(super) fn table<'t>(&'t mut self, table: &'t Table, person: &Passenger) -> &'t Table {
        let meant = |rule: &&&Conditional| rule.persons.include(person);
        let meant: Vec<&Conditional> = self.rules.iter().filter(meant).copied().collect();
        if meant.is_empty() {
            return table;
        }
        let key: Vec<u16> = meant.iter().map(|rule| rule.index).collect();
        if self.made.as_ref().is_none_or(|(made, _)| *made != key) {
            let mut own = table.clone();
            meant.iter().for_each(|rule| own.change(rule));
            self.made = Some((key, own));
        }
        self.made.as_ref().map_or(table, |(_, own)| own)
    }
}
