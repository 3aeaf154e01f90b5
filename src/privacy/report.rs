//! What a policy took away, counted: by field and rule, without any content.

use std::fmt;

use serde::Serialize;

use super::policy::Policy;
use super::table::{DEFAULT, Table};
use crate::Field;
use crate::field::FieldSet;
use crate::model::{Action, Text};

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
        for line in &other.lines {
            let same = |known: &&mut Line| {
                known.field == line.field
                    && known.action == line.action
                    && known.article == line.article
            };
            match self.lines.iter_mut().find(same) {
                Some(known) => known.count += line.count,
                None => self.lines.push(line.clone()),
            }
        }
        self.lines.sort_by_key(|line| line.field);
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
    /// Fields that a rule acted on, and fields that were stripped.
    by_rule: FieldSet,
    stripped: FieldSet,
    counts: Box<[[u32; 2]; FIELDS]>,
    /// Fields that went with somebody who is no unaccompanied minor.
    pub(super) minors: FieldSet,
    pub(super) persons: u32,
    pub(super) refused: bool,
}

impl Default for Hits {
    fn default() -> Self {
        Self {
            by_rule: FieldSet::default(),
            stripped: FieldSet::default(),
            counts: Box::new([[0; 2]; FIELDS]),
            minors: FieldSet::default(),
            persons: 0,
            refused: false,
        }
    }
}

impl Hits {
    #[inline]
    pub(super) fn hit(&mut self, field: Field) {
        self.by_rule.insert(field);
        if let Some([count, _]) = self.counts.get_mut(field as usize) {
            *count = count.saturating_add(1);
        }
    }

    #[inline]
    pub(super) fn strip(&mut self, field: Field) {
        self.stripped.insert(field);
        if let Some([_, count]) = self.counts.get_mut(field as usize) {
            *count = count.saturating_add(1);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.by_rule.is_empty() && self.stripped.is_empty()
    }

    /// How many fields were hit: no list of them is longer.
    pub(super) fn len(&self) -> usize {
        self.by_rule.len() + self.stripped.len()
    }

    /// Every field that was hit with the rule that did it, in the order of the schema.
    pub(super) fn each(&self, table: &Table, mut each: impl FnMut(Field, u16, Action, u32)) {
        let count = |field: Field, at: usize| {
            let counts = self.counts.get(field as usize);
            counts
                .and_then(|counts| counts.get(at))
                .copied()
                .unwrap_or_default()
        };
        for field in self.by_rule.iter() {
            each(
                field,
                table.rule(field),
                table.action(field),
                count(field, 0),
            );
        }
        for field in self.stripped.iter() {
            let rule = if self.minors.contains(field) {
                NO_MINOR
            } else {
                STRIPPED
            };
            each(field, rule, Action::Remove, count(field, 1));
        }
    }

    /// Makes room for the next booking.
    pub(super) fn clear(&mut self) {
        for field in self.by_rule.iter().chain(self.stripped.iter()) {
            if let Some(counts) = self.counts.get_mut(field as usize) {
                *counts = [0; 2];
            }
        }
        (self.by_rule, self.stripped) = (FieldSet::default(), FieldSet::default());
        (self.minors, self.persons, self.refused) = (FieldSet::default(), 0, false);
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
    pub(super) fn begin(&mut self, hits: &Hits) {
        self.bookings += 1;
        self.bookings_refused += u64::from(hits.refused);
        self.persons_refused += u64::from(hits.persons);
    }

    pub(crate) fn refuse(&mut self, bookings: u64, persons: u64) {
        self.bookings += bookings;
        self.bookings_refused += bookings;
        self.persons_refused += persons;
    }

    /// The specials lie before the rules: the default, stripping, minors.
    pub(super) fn count(&mut self, field: Field, rule: u16, action: Action, count: u32) {
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
                    report.lines.push(Line {
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
