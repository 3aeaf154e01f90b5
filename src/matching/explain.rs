//! Why two names got their score.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::matcher::probability;
use super::prepared::Prepared;
use super::score::{Alignment, Kind, Pair, Values};
use super::tuning::{TERMS, Term};

/// A score with the steps that add up to it.
///
/// The sum of the steps' points, taken in their order, is the evidence
/// (log-odds); [`probability`] of it is the score. It is evidence for a person
/// to weigh, not a decision. It quotes the names: personal data.
///
/// ```
/// use paxnorm::{Name, matching::{Matcher, probability}};
///
/// let matcher = Matcher::default();
/// let a = matcher.prepare(&Name::new("Garcia Lopez", "Maria"));
/// let b = matcher.prepare(&Name::new("GARCIA", "MARIA"));
/// let why = matcher.explain(&a, &b);
/// let sum = why.steps.iter().fold(0.0, |sum, step| sum + step.points);
/// assert_eq!(probability(sum), why.score);
/// assert_eq!(why.score, matcher.score(&a, &b));
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Explanation {
    /// The same as [`Matcher::score`](super::Matcher::score).
    pub score: f32,
    /// Sum of the points of all steps; 0 without steps, where a name says
    /// nothing and the score is 0.
    pub evidence: f32,
    /// Which words were taken for which.
    pub pairs: Vec<Aligned>,
    /// Words of the first name that the second lacks.
    pub left: Vec<String>,
    /// Words of the second name that the first lacks.
    pub right: Vec<String>,
    /// What each term added.
    pub steps: Vec<Step>,
}

/// Words of both names that were taken for one.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Aligned {
    /// Words of the first name.
    pub left: String,
    /// Words of the second name.
    pub right: String,
    /// How they come to be one.
    pub kind: Kind,
    /// How alike they are, 0 to 1.
    pub quality: f32,
    /// How much they say, 0 to 1 for a word: the less of both sides.
    pub weight: f32,
}

/// One term of the sum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Step {
    /// Which evidence.
    pub term: Term,
    /// How much there is of it.
    pub value: f32,
    /// Points per unit: a scalar of the tuning.
    pub weight: f32,
    /// `value` times `weight`.
    pub points: f32,
}

/// Hides the names.
impl fmt::Debug for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Explanation({}, {} steps)", self.score, self.steps.len())
    }
}

/// Hides the words.
impl fmt::Debug for Aligned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Aligned({:?}, {})", self.kind, self.quality)
    }
}

impl Explanation {
    pub(crate) fn nothing() -> Self {
        Self {
            score: 0.0,
            evidence: 0.0,
            pairs: Vec::new(),
            left: Vec::new(),
            right: Vec::new(),
            steps: Vec::new(),
        }
    }

    pub(crate) fn new(
        a: &Prepared,
        b: &Prepared,
        turned: bool,
        alignment: &Alignment<'_>,
        values: &Values,
        weights: &[f32; TERMS],
    ) -> Self {
        let (steps, evidence) = steps(values, weights);
        let mut explanation = Self {
            score: probability(evidence),
            evidence,
            pairs: alignment
                .pairs
                .iter()
                .map(|pair| aligned(a, b, pair))
                .collect(),
            left: rest(a, alignment.used_a),
            right: rest(b, alignment.used_b),
            steps,
        };
        if turned {
            explanation.turn();
        }
        explanation
    }

    fn turn(&mut self) {
        std::mem::swap(&mut self.left, &mut self.right);
        for pair in &mut self.pairs {
            std::mem::swap(&mut pair.left, &mut pair.right);
        }
    }
}

/// The terms with a value, and the sum, added in the order of the terms.
fn steps(values: &Values, weights: &[f32; TERMS]) -> (Vec<Step>, f32) {
    let mut steps = Vec::new();
    let mut sum = 0.0;
    for ((&value, &weight), &term) in values.of.iter().zip(weights).zip(Term::ALL) {
        let points = value * weight;
        sum += points;
        if value != 0.0 {
            steps.push(Step {
                term,
                value,
                weight,
                points,
            });
        }
    }
    (steps, sum)
}

fn aligned(a: &Prepared, b: &Prepared, pair: &Pair) -> Aligned {
    let (left, p) = words(a, pair.a, pair.a_count);
    let (right, q) = words(b, pair.b, pair.b_count);
    Aligned {
        left,
        right,
        kind: pair.kind,
        quality: pair.quality,
        weight: p.min(q),
    }
}

fn words(name: &Prepared, from: u8, count: u8) -> (String, f32) {
    let tokens = name
        .words()
        .iter()
        .skip(usize::from(from))
        .take(usize::from(count));
    let words: Vec<_> = tokens
        .clone()
        .map(|token| String::from_utf8_lossy(name.text(token)))
        .collect();
    (words.join(" "), tokens.map(|token| token.weight).sum())
}

fn rest(name: &Prepared, used: u32) -> Vec<String> {
    let tokens = name
        .words()
        .iter()
        .enumerate()
        .filter(|(at, _)| used & (1 << at) == 0);
    tokens
        .map(|(_, token)| String::from_utf8_lossy(name.text(token)).into_owned())
        .collect()
}

/// As a person reads it: words first, then points, the weightiest first.
impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "score {:.3}, evidence {:+.2}", self.score, self.evidence)?;
        for pair in &self.pairs {
            let (left, right) = (&pair.left, &pair.right);
            let kind = kind(pair.kind);
            writeln!(
                f,
                "  {left} ~ {right}: {kind}, quality {:.2}, says {:.2}",
                pair.quality, pair.weight
            )?;
        }
        for (words, side) in [(&self.left, "first"), (&self.right, "second")] {
            if !words.is_empty() {
                writeln!(f, "  only in the {side}: {}", words.join(", "))?;
            }
        }
        let mut steps: Vec<_> = self
            .steps
            .iter()
            .filter(|step| step.points != 0.0)
            .collect();
        steps.sort_by(|x, y| y.points.abs().total_cmp(&x.points.abs()));
        for step in steps {
            writeln!(
                f,
                "  {:+6.2}  {} ({:.2} at {:.2})",
                step.points,
                step.term.text(),
                step.value,
                step.weight
            )?;
        }
        Ok(())
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Same => "the same",
        Kind::Spelling => "spelt alike",
        Kind::Nickname => "forms of one name",
        Kind::Initial => "initial",
        Kind::Truncated => "cut short",
    }
}
