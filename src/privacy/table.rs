//! A policy made ready: for every field what happens to it and by which rule, and
//! for every place whether a walk over a booking need look into it.

use std::borrow::Cow;

use super::condition::{Condition, Persons};
use super::policy::{Rule, Written};
use super::sensitive::Care;
use crate::field::{Entry, Field, FieldSet, Reach, Scope, ScopeSet, Way};
use crate::format::Tally;
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
    Generalise,
    Remove,
}

impl Effect {
    /// No value leaves anything behind that may be seen when it is masked: it goes. A pseudonym
    /// wants a key: where a policy without one asks for it, the value goes.
    fn of(action: Action) -> Self {
        match action {
            Action::Keep => Self::Keep,
            Action::Generalise => Self::Generalise,
            Action::Mask | Action::Remove | Action::Pseudonymise => Self::Remove,
        }
    }
}

/// What is done to a field, and by which rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Decision {
    pub(super) rule: u16,
    pub(super) action: Action,
}

/// What becomes of every field.
#[derive(Clone, PartialEq)]
pub(crate) struct Table {
    /// For each field, what is decided on it.
    decisions: Box<[Decision; FIELDS]>,
    /// For each field, what that means for a value.
    effects: Box<[Effect; FIELDS]>,
    /// For each field, whether data that reach it count as withheld.
    tally: Tally,
    /// For each place, how a walk treats its items.
    entries: [Entry; SCOPES],
    /// Every field, with those that are listed together where they are withheld.
    groups: Vec<Group>,
}

/// Fields to which the same is done by the same article.
#[derive(Clone, Debug, PartialEq)]
struct Group {
    /// What is done, and the first rule that rests on the article.
    decision: Decision,
    fields: FieldSet,
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Table({})", self.decisions.len())
    }
}

impl Table {
    /// What the rules without a condition say.
    fn of(written: &Written) -> Self {
        let keep = Decision {
            rule: DEFAULT,
            action: Action::Keep,
        };
        let mut table = Self {
            decisions: Box::new([keep; FIELDS]),
            effects: Box::new([Effect::Keep; FIELDS]),
            tally: Tally::of(|_| false),
            entries: [Entry::Walk; SCOPES],
            groups: Vec::new(),
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
            let decision = Decision {
                rule: rule.map_or(DEFAULT, |(index, _)| index),
                action: action.unwrap_or(written.default),
            };
            table.set(*field, decision, written.effect(*field, decision.action));
            table.group(*field, written.alike(decision));
        }
        table.entries = table.find_entries();
        table
    }

    fn set(&mut self, field: Field, decision: Decision, effect: Effect) {
        let at = field as usize;
        if let Some(place) = self.decisions.get_mut(at) {
            *place = decision;
        }
        if let Some(place) = self.effects.get_mut(at) {
            *place = effect;
        }
        let is_personal = field.scope() != Scope::Provenance;
        let withheld = decision.action != Action::Keep && is_personal;
        self.tally.set(field, withheld);
    }

    /// Lists a field with those to which the same is done by the same article.
    fn group(&mut self, field: Field, decision: Decision) {
        let groups = &mut self.groups;
        groups.iter_mut().for_each(|one| one.fields.remove(field));
        let same = |one: &Group| one.decision == decision;
        let at = groups.iter().position(same).unwrap_or_else(|| {
            groups.push(Group {
                decision,
                fields: FieldSet::default(),
            });
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(at) {
            group.fields.insert(field);
        }
    }

    /// Parts fields by what is done to them by which article.
    pub(super) fn groups(&self, fields: FieldSet) -> impl Iterator<Item = (Decision, FieldSet)> {
        let groups = self.groups.iter();
        let parts = groups.map(move |group| (group.decision, group.fields.both(&fields)));
        parts.filter(|(_, part)| !part.is_empty())
    }

    /// What holds where a booking is not admitted: nothing stays.
    fn of_nothing() -> Self {
        let decision = Decision {
            rule: DEFAULT,
            action: Action::Remove,
        };
        Self {
            tally: Tally::of(|_| true),
            decisions: Box::new([decision; FIELDS]),
            effects: Box::new([Effect::Remove; FIELDS]),
            entries: [Entry::Walk; SCOPES],
            groups: vec![Group {
                decision,
                fields: Field::ALL.iter().copied().collect(),
            }],
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
            self.set(*field, rule.decision, *effect);
            self.group(*field, rule.alike);
        }
        for (entry, scope) in self.entries.iter_mut().zip(Scope::ALL) {
            let of_history = matches!(scope, Scope::Entry | Scope::Change);
            if of_history || rule.places.contains(*scope) {
                *entry = Entry::Walk;
            }
        }
    }

    /// Whether anything happens to values of a field.
    #[inline(always)]
    pub(super) fn acts_on(&self, field: Field) -> bool {
        self.effect(field) != Effect::Keep
    }

    #[inline(always)]
    pub(super) fn effect(&self, field: Field) -> Effect {
        let effect = self.effects.get(field as usize);
        effect.copied().unwrap_or(Effect::Remove)
    }

    #[inline]
    pub(super) fn decision(&self, field: Field) -> Decision {
        let decision = self.decisions.get(field as usize);
        decision.copied().unwrap_or(Decision {
            rule: DEFAULT,
            action: Action::Remove,
        })
    }

    pub(super) fn action(&self, field: Field) -> Action {
        self.decision(field).action
    }

    /// How a walk treats the items of a place.
    #[inline(always)]
    pub(super) fn entry(&self, scope: Scope) -> Entry {
        let entry = self.entries.get(scope as usize);
        entry.copied().unwrap_or(Entry::Walk)
    }

    /// Which data were withheld, by the fields that they reached.
    pub(crate) fn tally(&self) -> &Tally {
        &self.tally
    }

    /// The way to what it acts on in bookings that hold no more than a reach.
    pub(super) fn way(&self, reach: &Reach) -> Option<Way> {
        Way::through(
            reach,
            |field| self.acts_on(field),
            |scope| self.entry(scope),
        )
    }
}

impl Written {
    /// A decision as that of the first rule which rests on the same article.
    fn alike(&self, decision: Decision) -> Decision {
        let rule = self.rules.get(usize::from(decision.rule));
        let article = rule.map(|rule| &rule.article);
        let other = article.filter(|article| **article != self.article);
        let same = |(_, rule): &(u16, &Rule)| Some(&rule.article) == other;
        let first = (0..).zip(&self.rules).find(same);
        Decision {
            rule: first.map_or(DEFAULT, |(index, _)| index),
            ..decision
        }
    }

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
    decision: Decision,
    /// The same, by the first rule of the same article.
    alike: Decision,
    when: Condition,
    persons: Persons,
    effects: Vec<(Field, Effect)>,
    /// The places in which its fields stand.
    places: ScopeSet,
}

impl Conditional {
    fn of(written: &Written, index: u16, rule: &Rule) -> Self {
        let decision = Decision {
            rule: index,
            action: rule.action.unwrap_or(written.default),
        };
        let fields = Field::ALL.iter().filter(|field| rule.names(**field));
        let mut places = ScopeSet::default();
        let mut effect = |field: &Field| {
            places.join(field.places());
            (*field, written.effect(*field, decision.action))
        };
        Self {
            effects: fields.map(&mut effect).collect(),
            decision,
            alike: written.alike(decision),
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
            nothing: Table::of_nothing(),
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
        let key: Vec<u16> = meant.iter().map(|rule| rule.decision.rule).collect();
        if self.made.as_ref().is_none_or(|(made, _)| *made != key) {
            let mut own = table.clone();
            meant.iter().for_each(|rule| own.change(rule));
            self.made = Some((key, own));
        }
        self.made.as_ref().map_or(table, |(_, own)| own)
    }
}
