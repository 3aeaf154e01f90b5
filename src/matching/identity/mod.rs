//! More than a name: whether two records are one person, by name, date of
//! birth, documents and sex together.
//!
//! Each kind of datum is compared by levels of agreement that a person would
//! name (`day and month exchanged`), not by numbers; each level adds points
//! (log-odds), which are scalars of the [`Tuning`](super::Tuning), to those of
//! the name. Missing data add nothing. Nationality, place of birth and the like
//! are no evidence here: the law wants none of them.
//!
//! ```
//! use paxnorm::Name;
//! use paxnorm::matching::{Date, DateAgreement, Identity, Matcher};
//!
//! let matcher = Matcher::default();
//! let mut wanted = Identity::new(matcher.prepare(&Name::new("Haddad", "Yousef")));
//! wanted.births.push(Date::new(1984, 3, 7));
//! let mut booked = Identity::new(matcher.prepare(&Name::new("HADAD", "YUSUF")));
//! booked.births.push(Date::new(1984, 7, 3));
//!
//! let weighed = matcher.weigh(&wanted, &booked);
//! assert_eq!(weighed.birth, DateAgreement::Exchanged);
//! assert!(weighed.score > matcher.score(&wanted.names[0], &booked.names[0]));
//! ```

mod date;
mod number;

use serde::{Deserialize, Serialize};

pub use date::{Date, DateAgreement};
pub use number::NumberAgreement;

use super::matcher::{Matcher, probability};
use super::prepared::Prepared;

/// What is known of one person, for comparison.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Identity {
    /// Names and aliases; the pair that agrees best counts.
    pub names: Vec<Prepared>,
    /// Dates of birth that are told; the pair that agrees best counts.
    pub births: Vec<Date>,
    /// Numbers of travel documents; the pair that agrees best counts.
    pub documents: Vec<crate::model::Text>,
    /// Sex, where it is told.
    pub sex: Option<Sex>,
}

impl Identity {
    /// An identity of a name alone.
    #[must_use]
    pub fn new(name: Prepared) -> Self {
        Self {
            names: vec![name],
            ..Self::default()
        }
    }
}

/// Sex as documents tell it; what they leave open is absent.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Sex {
    /// `F`.
    Female,
    /// `M`.
    Male,
}

/// Hides the value: it is personal data.
impl std::fmt::Debug for Sex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sex")
    }
}

/// How two sexes agree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SexAgreement {
    /// One side does not say.
    #[default]
    Missing,
    /// The same.
    Same,
    /// Not the same.
    Different,
}

/// Points (log-odds) that the levels of agreement add.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Points {
    /// Dates of birth are the same day.
    pub birth_same: f32,
    /// Day and month are exchanged.
    pub birth_exchanged: f32,
    /// One digit differs.
    pub birth_digit: f32,
    /// All that both tell agrees, month and year at least.
    pub birth_month: f32,
    /// The year agrees, and nothing more is told by both.
    pub birth_year: f32,
    /// A year apart, where one side tells only the year.
    pub birth_near: f32,
    /// Dates of birth differ.
    pub birth_different: f32,
    /// A document number is the same.
    pub number_same: f32,
    /// It is the same but for signs that scanners confuse.
    pub number_confused: f32,
    /// It is the same but for one sign.
    pub number_near: f32,
    /// Document numbers differ: a person may have several.
    pub number_different: f32,
    /// Sex is the same.
    pub sex_same: f32,
    /// Sex differs.
    pub sex_different: f32,
}

impl Default for Points {
    fn default() -> Self {
        Self {
            birth_same: 6.0,
            birth_exchanged: 4.5,
            birth_digit: 2.5,
            birth_month: 3.5,
            birth_year: 1.5,
            birth_near: 0.3,
            birth_different: -4.0,
            number_same: 9.0,
            number_confused: 7.5,
            number_near: 4.0,
            number_different: -0.7,
            sex_same: 0.4,
            sex_different: -2.5,
        }
    }
}

impl Points {
    /// Each with its name.
    pub(crate) fn all(&self) -> [(&'static str, f32); 13] {
        [
            ("birth_same", self.birth_same),
            ("birth_exchanged", self.birth_exchanged),
            ("birth_digit", self.birth_digit),
            ("birth_month", self.birth_month),
            ("birth_year", self.birth_year),
            ("birth_near", self.birth_near),
            ("birth_different", self.birth_different),
            ("number_same", self.number_same),
            ("number_confused", self.number_confused),
            ("number_near", self.number_near),
            ("number_different", self.number_different),
            ("sex_same", self.sex_same),
            ("sex_different", self.sex_different),
        ]
    }

    fn birth(&self, level: DateAgreement) -> f32 {
        match level {
            DateAgreement::Missing => 0.0,
            DateAgreement::Different => self.birth_different,
            DateAgreement::Near => self.birth_near,
            DateAgreement::Year => self.birth_year,
            DateAgreement::Digit => self.birth_digit,
            DateAgreement::Month => self.birth_month,
            DateAgreement::Exchanged => self.birth_exchanged,
            DateAgreement::Same => self.birth_same,
        }
    }

    fn number(&self, level: NumberAgreement) -> f32 {
        match level {
            NumberAgreement::Missing => 0.0,
            NumberAgreement::Different => self.number_different,
            NumberAgreement::Near => self.number_near,
            NumberAgreement::Confused => self.number_confused,
            NumberAgreement::Same => self.number_same,
        }
    }

    fn sex(&self, level: SexAgreement) -> f32 {
        match level {
            SexAgreement::Missing => 0.0,
            SexAgreement::Same => self.sex_same,
            SexAgreement::Different => self.sex_different,
        }
    }
}

/// Two identities weighed: the points add up to the evidence, whose
/// [`probability`] is the score. A person decides what follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Weighed {
    /// Probability of `evidence`, 0 to 1.
    pub score: f32,
    /// Sum of the points: name, birth, number, sex, in this order.
    pub evidence: f32,
    /// Which name of the first and of the second identity agree best, if any
    /// says something; see [`Matcher::explain`] for its steps.
    pub names: Option<(usize, usize)>,
    /// Points of these names.
    pub name_points: f32,
    /// How the dates of birth agree.
    pub birth: DateAgreement,
    /// Points of that.
    pub birth_points: f32,
    /// How the document numbers agree.
    pub number: NumberAgreement,
    /// Points of that.
    pub number_points: f32,
    /// How the sexes agree.
    pub sex: SexAgreement,
    /// Points of that.
    pub sex_points: f32,
}

impl Matcher {
    /// Weighs all that two identities tell, the same whichever is first.
    /// Without any name on one side the other data stand alone, from even odds
    /// less what the terms of names start with.
    #[must_use]
    pub fn weigh(&self, a: &Identity, b: &Identity) -> Weighed {
        let points = &self.tuning().points;
        let (names, name_points) = self.best_names(a, b);
        let birth = best(&a.births, &b.births, Date::compare);
        let number = best(&a.documents, &b.documents, |x, y| number::compare(x, y));
        let sex = match (a.sex, b.sex) {
            (Some(x), Some(y)) if x == y => SexAgreement::Same,
            (Some(_), Some(_)) => SexAgreement::Different,
            _ => SexAgreement::Missing,
        };
        let (birth_points, number_points, sex_points) =
            (points.birth(birth), points.number(number), points.sex(sex));
        let evidence = name_points + birth_points + number_points + sex_points;
        let score = probability(evidence);
        Weighed {
            score,
            evidence,
            names,
            name_points,
            birth,
            birth_points,
            number,
            number_points,
            sex,
            sex_points,
        }
    }

    fn best_names(&self, a: &Identity, b: &Identity) -> (Option<(usize, usize)>, f32) {
        let mut found: (Option<(usize, usize)>, f32) = (None, self.tuning().weights.start);
        for (i, x) in a.names.iter().enumerate() {
            for (j, y) in b.names.iter().enumerate() {
                let Some(evidence) = self.evidence(x, y) else {
                    continue;
                };
                if found.0.is_none() || evidence > found.1 {
                    found = (Some((i, j)), evidence);
                }
            }
        }
        found
    }
}

/// The best level that any pair reaches.
fn best<T, Level: Default + Ord>(a: &[T], b: &[T], compare: impl Fn(&T, &T) -> Level) -> Level {
    let pairs = a.iter().flat_map(|x| b.iter().map(move |y| (x, y)));
    pairs.map(|(x, y)| compare(x, y)).max().unwrap_or_default()
}
