//! What a policy took away, counted: by field and rule, without any content.

use std::fmt;

use serde::Serialize;

use super::policy::Policy;
use super::table::{DEFAULT, Decision, Table};
use crate::Field;
use crate::field::{FieldSet, ScopeSet, Visit};
use crate::model::leaf::Leaf;
use crate::model::{Action, Booking, Text};

/// What one application of a policy, or many, took away: fields, rules and
/// counts, and no value.
///
/// Counts can show how many travel together: a report is for whoever answers for
/// the processing, and never goes into a record.
///
/// ```
/// use paxnorm::{Booking, Policy};
/// use paxnorm::model::{Remark, Text};
///
/// let mut remark = Remark::default();
/// remark.text = Some(Text::from("LIKES WINDOWS"));
/// let mut booking = Booking::default();
/// booking.remarks = vec![remark.clone(), remark];
///
/// let report = Policy::eu_pnr().apply(&mut booking);
/// assert_eq!(report.lines[0].field.path(), "remarks[].text");
/// assert_eq!(report.lines[0].count, 2);
/// println!("{report}");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// Bookings that were looked at.
    pub bookings: u64,
    /// Bookings that the policy does not admit.
    pub bookings_refused: u64,
    /// Persons whom the policy does not admit.
    pub persons_refused: u64,
    /// What was done to which field, by which rule, and how often.
    pub lines: Vec<Line>,
}

/// What was done to one field by one rule.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Line {
    /// The field.
    pub field: Field,
    /// What was done.
    pub action: Action,
    /// The article of the rule.
    pub article: Text,
    /// How many values.
    pub count: u64,
}

impl Report {
    /// Whether nothing was taken away.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.bookings_refused == 0 && self.persons_refused == 0
    }

    /// How many values were taken away or changed.
    #[must_use]
    pub fn values(&self) -> u64 {
        self.lines.iter().map(|line| line.count).sum()
    }

    /// Adds what another report counted.
    pub fn add(&mut self, other: &Self) {
        self.bookings += other.bookings;
        self.bookings_refused += other.bookings_refused;
        self.persons_refused += other.persons_refused;
        other.lines.iter().for_each(|line| self.count(line.clone()));
        self.lines.sort_by_key(|line| line.field);
    }

    /// Counts with what the same article did to the same field.
    pub(super) fn count(&mut self, line: Line) {
        let same = |known: &&mut Line| {
            known.field == line.field
                && known.action == line.action
                && known.article == line.article
        };
        match self.lines.iter_mut().find(same) {
            Some(known) => known.count += line.count,
            None => self.lines.push(line),
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "bookings {}, not admitted {}; persons not admitted {}; values {}",
            self.bookings,
            self.bookings_refused,
            self.persons_refused,
            self.values()
        )?;
        let widest = self.lines.iter().map(|line| line.field.path().len()).max();
        let width = widest.unwrap_or_default();
        for line in &self.lines {
            writeln!(
                f,
                "{:>9}  {:<12}  {:<width$}  {}",
                line.count,
                line.action.as_str(),
                line.field.path(),
                line.article
            )?;
        }
        Ok(())
    }
}

/// Why a value went, where that is no rule: [`DEFAULT`] and below.
pub(super) const STRIPPED: u16 = DEFAULT - 1;
pub(super) const NO_MINOR: u16 = DEFAULT - 2;

const FIELDS: usize = Field::ALL.len();

/// What happened to one booking; its room is used again for the next.
pub(crate) struct Hits {
    /// Fields on which the table of the booking acted, and how many values went.
    by_rule: FieldSet,
    /// In front, the same fields as they were met, and how many they are.
    order: [Field; FIELDS],
    known: usize,
    counts: [u32; FIELDS],
    /// What went otherwise: stripped, or by a rule for some persons.
    others: Vec<Hit>,
    /// Values that went with persons who are not admitted.
    gone: Vec<(Field, u32)>,
    persons: u64,
}

/// What was done to one field.
#[derive(Clone, Copy)]
pub(super) struct Hit {
    pub(super) field: Field,
    pub(super) rule: u16,
    pub(super) action: Action,
    pub(super) count: u32,
}

impl Hit {
    /// As it is reported.
    #[inline]
    pub(super) fn line(&self, article: &Text) -> Line {
        Line {
            field: self.field,
            action: self.action,
            article: article.clone(),
            count: self.count.into(),
        }
    }
}

impl Default for Hits {
    fn default() -> Self {
        Self {
            by_rule: FieldSet::default(),
            order: [Field::BookingStatus; FIELDS],
            known: 0,
            counts: [0; FIELDS],
            others: Vec::new(),
            gone: Vec::new(),
            persons: 0,
        }
    }
}

impl Hits {
    /// Some values of a field went as the table of the booking says.
    #[inline]
    pub(super) fn hit(&mut self, field: Field, values: u32) {
        let is_new = !self.by_rule.contains(field);
        self.by_rule.insert(field);
        // Whether it is new cannot be guessed: if not, the next one is written over it.
        if let Some(place) = self.order.get_mut(self.known) {
            *place = field;
            self.known += usize::from(is_new);
        }
        if let Some(count) = self.counts.get_mut(field as usize) {
            *count = count.saturating_add(values);
        }
    }

    /// Some values of a field went as special categories.
    pub(super) fn strip(&mut self, field: Field, values: u32) {
        self.other(field, STRIPPED, Action::Remove, values);
    }

    /// Some values of a field went by a rule that is not that of the booking.
    #[cold]
    pub(super) fn other(&mut self, field: Field, rule: u16, action: Action, values: u32) {
        let same = |hit: &&mut Hit| (hit.field, hit.rule) == (field, rule);
        match self.others.iter_mut().find(same) {
            Some(hit) => hit.count = hit.count.saturating_add(values),
            None => self.others.push(Hit {
                field,
                rule,
                action,
                count: values,
            }),
        }
    }

    /// Some persons were not admitted, and these values went with them.
    pub(super) fn refuse(&mut self, persons: usize, values: Vec<(Field, u32)>) {
        self.persons += persons as u64;
        self.gone.extend(values);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.by_rule.is_empty() && self.others.is_empty()
    }

    /// How many fields were hit: no list of them is longer.
    pub(super) fn len(&self) -> usize {
        self.by_rule.len() + self.others.len()
    }

    /// Calls back with every field on which the table of the booking acted, in the order of
    /// the schema.
    #[inline(always)]
    pub(super) fn by_table(&self, table: &Table, mut seen: impl FnMut(Hit)) {
        self.by_rule.each(|field| seen(self.as_table(table, field)));
    }

    /// As [`by_table`](Self::by_table), in any order.
    #[inline(always)]
    fn in_any_order(&self, table: &Table, mut seen: impl FnMut(Hit)) {
        let fields = self.met().iter();
        fields.for_each(|field| seen(self.as_table(table, *field)));
    }

    /// The same fields as they were met.
    fn met(&self) -> &[Field] {
        self.order.get(..self.known).unwrap_or_default()
    }

    #[inline(always)]
    fn as_table(&self, table: &Table, field: Field) -> Hit {
        let Decision { rule, action } = table.decision(field);
        Hit {
            field,
            rule,
            action,
            count: self.counts.get(field as usize).copied().unwrap_or_default(),
        }
    }

    /// Fields on which the table of the booking acted.
    pub(super) fn by_rule(&self) -> FieldSet {
        self.by_rule
    }

    /// What went otherwise.
    pub(super) fn others(&self) -> &[Hit] {
        &self.others
    }

    /// The places in which something went.
    pub(super) fn places(&self) -> ScopeSet {
        let mut places = ScopeSet::default();
        let fields = self.met().iter();
        fields.for_each(|field| places.join(field.places()));
        let others = self.others.iter();
        others.for_each(|hit| places.join(hit.field.places()));
        if !self.is_empty() {
            // A change of the history is judged as whatever field it speaks of.
            places.join(Field::ChangedValue.places());
        }
        places
    }

    /// What an account of the data of a booking must know beside the table: fields
    /// of which it cannot say that all values went, or none.
    pub(super) fn partly(&self, named: FieldSet, left: impl Fn() -> Counts) -> Vec<(Field, u32)> {
        let mut fields = named;
        let others = self.others.iter().map(|hit| (hit.field, hit.count));
        let beside: Vec<_> = others.chain(self.gone.iter().copied()).collect();
        beside.iter().for_each(|(field, _)| fields.insert(*field));
        if fields.is_empty() {
            return Vec::new();
        }
        let left = left();
        let taken = |field: Field| {
            let own = self.counts.get(field as usize).copied().unwrap_or_default();
            let more = beside.iter().filter(|(other, _)| *other == field);
            more.fold(own, |sum, (_, count)| sum.saturating_add(*count))
        };
        let share = |field| match (taken(field), left.in_field(field)) {
            (1.., 0) => (field, u32::MAX),
            (some, _) => (field, some),
        };
        fields.iter().map(share).collect()
    }

    /// Makes room for the next booking.
    pub(super) fn clear(&mut self) {
        for field in self.order.iter().take(self.known) {
            if let Some(count) = self.counts.get_mut(*field as usize) {
                *count = 0;
            }
        }
        self.known = 0;
        self.by_rule = FieldSet::default();
        self.others.clear();
        self.gone.clear();
        self.persons = 0;
    }

    pub(super) fn persons(&self) -> u64 {
        self.persons
    }
}

/// How many values stand in each field of a booking.
pub(super) struct Counts([u32; FIELDS]);

impl Counts {
    pub(super) fn of(booking: &Booking) -> Self {
        let mut counts = Self([0; FIELDS]);
        booking.walk(&mut counts);
        counts
    }

    fn in_field(&self, field: Field) -> u32 {
        self.0.get(field as usize).copied().unwrap_or_default()
    }

    /// The fields of which there are fewer now, and how many values went.
    pub(super) fn less(&self, now: &Self) -> Vec<(Field, u32)> {
        let fields = Field::ALL.iter().copied();
        let less = fields.map(|field| {
            (
                field,
                self.in_field(field).saturating_sub(now.in_field(field)),
            )
        });
        less.filter(|(_, count)| *count > 0).collect()
    }
}

impl Visit for Counts {
    fn leaf<L: Leaf>(&mut self, field: Field, leaf: &L) {
        if let Some(count) = self.0.get_mut(field as usize) {
            *count = count.saturating_add(leaf.count());
        }
    }
}

/// Counts over the bookings of a transmission: a place for each rule and field.
#[derive(Default)]
pub(crate) struct Totals {
    bookings: u64,
    bookings_refused: u64,
    persons_refused: u64,
    sums: Vec<(u64, Action)>,
}

impl Totals {
    /// Adds what happened to one booking.
    pub(super) fn add(&mut self, hits: &Hits, table: &Table) {
        self.bookings += 1;
        self.persons_refused += hits.persons();
        hits.in_any_order(table, |hit| self.count(hit));
        hits.others().iter().for_each(|hit| self.count(*hit));
    }

    /// Adds a booking that is not admitted.
    pub(super) fn refuse(&mut self, hits: &Hits) {
        self.bookings += 1;
        self.bookings_refused += 1;
        self.persons_refused += hits.persons();
    }

    /// The specials lie before the rules: the default, stripping, minors.
    fn count(&mut self, hit: Hit) {
        let Hit {
            field,
            rule,
            action,
            count,
        } = hit;
        let row = usize::from(rule.wrapping_add(SPECIALS));
        let at = row * FIELDS + field as usize;
        if self.sums.len() <= at {
            self.sums.resize((row + 1) * FIELDS, (0, Action::Keep));
        }
        if let Some(sum) = self.sums.get_mut(at) {
            *sum = (sum.0 + u64::from(count), action);
        }
    }

    pub(crate) fn report(&self, policy: &Policy) -> Report {
        let mut report = Report {
            bookings: self.bookings,
            bookings_refused: self.bookings_refused,
            persons_refused: self.persons_refused,
            lines: Vec::new(),
        };
        for (row, sums) in (0_u16..).zip(self.sums.chunks(FIELDS)) {
            let article = policy.article_of(row.wrapping_sub(SPECIALS));
            for (field, (count, action)) in Field::ALL.iter().zip(sums) {
                if *count > 0 {
                    report.count(Line {
                        field: *field,
                        action: *action,
                        article: article.clone(),
                        count: *count,
                    });
                }
            }
        }
        report.lines.sort_by_key(|line| line.field);
        report
    }
}

const SPECIALS: u16 = 3;
