//! The matcher: prepare once, score many.

use std::sync::Arc;

use super::distance::Costs;
use super::explain::Explanation;
use super::lexicon::Lexicon;
use super::prepared::{Builder, Prepared, Token};
use super::score;
use super::tuning::{TERMS, Term, Tuning, TuningError};
use crate::Name;

/// Compares names: immutable, cheap to clone, to be shared by threads.
///
/// ```
/// use paxnorm::{Name, matching::Matcher};
///
/// let matcher = Matcher::default();
/// let wanted = matcher.prepare(&Name::new("Eriksson", "Anna Maria"));
/// let booked = matcher.prepare(&Name::new("ERICSSON", "ANNAMARIA MRS"));
/// assert!(matcher.score(&wanted, &booked) > 0.9);
/// ```
#[derive(Clone, Debug)]
pub struct Matcher {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    tuning: Tuning,
    weights: [f32; TERMS],
    costs: Costs,
    lexicon: Lexicon,
}

impl Default for Matcher {
    fn default() -> Self {
        Self::build(Tuning::default(), None)
    }
}

impl Matcher {
    /// A matcher with the caller's scalars and the shipped tables.
    ///
    /// # Errors
    /// Says which scalar is out of its range.
    pub fn new(tuning: Tuning) -> Result<Self, TuningError> {
        tuning.check()?;
        Ok(Self::build(tuning, None))
    }

    /// As [`Matcher::new`], with counts of names in place of the shipped ones:
    /// lines of name (capitals A to Z), tab, and how many of 100,000 persons
    /// bear it. What is common in one country is rare in another.
    ///
    /// # Errors
    /// Says which scalar is out of its range.
    pub fn with_counts(tuning: Tuning, counts: &str) -> Result<Self, TuningError> {
        tuning.check()?;
        Ok(Self::build(tuning, Some(counts)))
    }

    fn build(tuning: Tuning, counts: Option<&str>) -> Self {
        let mut weights = [0.0; TERMS];
        for (place, term) in weights.iter_mut().zip(Term::ALL) {
            *place = tuning.weights.get(*term);
        }
        let (costs, lexicon) = (Costs::default(), Lexicon::new(counts));
        Self {
            shared: Arc::new(Shared {
                tuning,
                weights,
                costs,
                lexicon,
            }),
        }
    }

    /// The scalars in use.
    #[must_use]
    pub fn tuning(&self) -> &Tuning {
        &self.shared.tuning
    }

    /// Takes a name apart; all allocation happens here.
    #[must_use]
    pub fn prepare(&self, name: &Name) -> Prepared {
        Builder::default().build(name, &self.shared.lexicon)
    }

    /// How likely it is that two names are one person's, 0 to 1, the same
    /// whichever is first. Without allocation. A name that says nothing
    /// ([`Prepared::is_empty`]) scores 0.
    #[must_use]
    #[inline]
    pub fn score(&self, a: &Prepared, b: &Prepared) -> f32 {
        self.evidence(a, b).map_or(0.0, probability)
    }

    /// The points that two names add up to, unless one says nothing.
    #[inline]
    pub(crate) fn evidence(&self, a: &Prepared, b: &Prepared) -> Option<f32> {
        if a.is_empty() || b.is_empty() {
            return None;
        }
        let (a, b) = ordered(a, b);
        let mut room = score::Room::new();
        let alignment = score::align(&self.aligner(), a, b, &mut room);
        Some(score::values(a, b, &alignment).sum(&self.shared.weights))
    }

    /// The same score with every step that led to it.
    #[must_use]
    pub fn explain(&self, a: &Prepared, b: &Prepared) -> Explanation {
        if a.is_empty() || b.is_empty() {
            return Explanation::nothing();
        }
        let (first, second) = ordered(a, b);
        let mut room = score::Room::new();
        let alignment = score::align(&self.aligner(), first, second, &mut room);
        let values = score::values(first, second, &alignment);
        let turned = !std::ptr::eq(first, a);
        Explanation::new(
            first,
            second,
            turned,
            &alignment,
            &values,
            &self.shared.weights,
        )
    }

    /// Blocking keys of a name: numbers of which names that may be one person's
    /// have one in common, the same on every machine. Equal keys meet, the score
    /// decides. At most 256.
    ///
    /// ```
    /// use paxnorm::{Name, matching::Matcher};
    ///
    /// let matcher = Matcher::default();
    /// let a = matcher.prepare(&Name::new("Haddad", "Yousef"));
    /// let b = matcher.prepare(&Name::new("HADAD", "J"));
    /// assert!(matcher.blocks(&a).any(|key| matcher.blocks(&b).any(|other| other == key)));
    /// ```
    pub fn blocks<'p>(&self, name: &'p Prepared) -> impl Iterator<Item = u64> + use<'p> {
        super::index::blocks(name).into_iter()
    }

    /// Compares one word with many.
    pub(crate) fn likeness<'w>(
        &'w self,
        letters: &'w [u8],
        token: &'w Token,
    ) -> score::Likeness<'w> {
        score::Likeness::new(self.aligner(), letters, token)
    }

    fn aligner(&self) -> score::Aligner<'_> {
        score::Aligner {
            costs: &self.shared.costs,
            tuning: &self.shared.tuning,
        }
    }
}

/// Both in an order of their own, so that the score is the same both ways.
#[inline]
fn ordered<'p>(a: &'p Prepared, b: &'p Prepared) -> (&'p Prepared, &'p Prepared) {
    let key = |name: &Prepared, at: usize| {
        name.tokens
            .get(at)
            .map(|t| (t.len, t.part as u8, t.role as u8))
    };
    let order = a.letters.cmp(&b.letters).then_with(|| {
        let count = a.tokens.len().max(b.tokens.len());
        (0..count)
            .map(|at| key(a, at).cmp(&key(b, at)))
            .find(|o| o.is_ne())
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    if order.is_gt() { (b, a) } else { (a, b) }
}

/// The probability that a sum of points (log-odds) stands for: the logistic
/// curve, with the exponential taken as the 1024th power of a straight line,
/// because additions and multiplications give the same bits everywhere.
///
/// ```
/// use paxnorm::matching::probability;
///
/// assert_eq!(probability(0.0), 0.5);
/// assert!(probability(3.0) > 0.95 && probability(40.0) <= 1.0);
/// ```
#[must_use]
#[inline]
pub fn probability(points: f32) -> f32 {
    let mut power = 1.0 - f64::from(points.clamp(-40.0, 40.0)) / 1024.0;
    for _ in 0..10 {
        power *= power;
    }
    (1.0 / (1.0 + power)) as f32
}
