//! The scalars of the matcher: what each piece of evidence weighs.

use serde::{Deserialize, Serialize};

use super::identity::Points;

macro_rules! terms {
    ($($(#[doc = $doc:literal])+ $variant:ident $field:ident = $default:expr;)+) => {
        /// A kind of evidence for or against two names being one person's.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum Term { $($(#[doc = $doc])+ $variant,)+ }

        impl Term {
            /// Every term, in the order in which a score adds them.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// What the term measures, in words.
            #[must_use]
            pub fn text(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc),+).trim_ascii(),)+ }
            }
        }

        /// Points (log-odds) that each term adds per unit of its value.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        #[non_exhaustive]
        pub struct Weights { $($(#[doc = $doc])+ pub $field: f32,)+ }

        impl Default for Weights {
            fn default() -> Self {
                Self { $($field: $default,)+ }
            }
        }

        impl Weights {
            /// The weight of a term.
            #[must_use]
            #[inline]
            pub fn get(&self, term: Term) -> f32 {
                match term { $(Term::$variant => self.$field,)+ }
            }

            /// The weight of a term, to be changed.
            #[must_use]
            pub fn get_mut(&mut self, term: Term) -> &mut f32 {
                match term { $(Term::$variant => &mut self.$field,)+ }
            }
        }
    };
}

include!("weights.rs");

/// How many terms there are.
pub(crate) const TERMS: usize = Term::ALL.len();

/// The scalars of a [`Matcher`](super::Matcher): data, to be read from a file
/// and written into one.
///
/// The defaults were fitted offline on labelled pairs, by `examples/tune.rs`,
/// and stand fixed; nothing learns while it runs.
///
/// ```
/// use paxnorm::matching::Tuning;
///
/// let tuning: Tuning = serde_json::from_str(r#"{"nickname": 0.8}"#)?;
/// assert_eq!(tuning.nickname, 0.8);
/// assert!(serde_json::from_str::<Tuning>(r#"{"nicknam": 0.8}"#).is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Tuning {
    /// Quality (0 to 1) of a word and a known other form of it.
    pub nickname: f32,
    /// Quality of a word and its initial.
    pub initial: f32,
    /// Quality of a word and its beginning, where a field may have ended.
    pub truncated: f32,
    /// Quality below which two words are not taken for one.
    pub floor: f32,
    /// Factor on the quality of words that were run together or torn apart.
    pub glued: f32,
    /// Points per term of a name.
    pub weights: Weights,
    /// Points per level of agreement of the other data.
    pub points: Points,
}

impl Default for Tuning {
    fn default() -> Self {
        Self {
            nickname: 0.9,
            initial: 0.8,
            truncated: 0.85,
            floor: 0.65,
            glued: 0.97,
            weights: Weights::default(),
            points: Points::default(),
        }
    }
}

/// A tuning that no score can be computed with.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum TuningError {
    /// A quality lies outside of 0 to 1.
    #[error("tuning: {name} is {value}, not within 0 to 1")]
    Quality {
        /// Field of [`Tuning`].
        name: &'static str,
        /// Its value.
        value: f32,
    },
    /// Points are not a finite number of at most 1000.
    #[error("tuning: {name} is {value}, no finite number of at most 1000")]
    Points {
        /// Field of [`Points`].
        name: &'static str,
        /// Its value.
        value: f32,
    },
    /// A weight is not a finite number of at most 1000.
    #[error("tuning: the weight of {term:?} is no finite number of at most 1000")]
    Weight {
        /// Whose weight.
        term: Term,
    },
}

impl Tuning {
    /// Checks that every score stays a number within 0 to 1.
    ///
    /// # Errors
    /// Names the first scalar out of its range.
    pub fn check(&self) -> Result<(), TuningError> {
        let qualities = [
            ("nickname", self.nickname),
            ("initial", self.initial),
            ("truncated", self.truncated),
            ("floor", self.floor),
            ("glued", self.glued),
        ];
        for (name, value) in qualities {
            if !(0.0..=1.0).contains(&value) {
                return Err(TuningError::Quality { name, value });
            }
        }
        if let Some((name, value)) = self
            .points
            .all()
            .into_iter()
            .find(|(_, value)| !value.is_finite() || value.abs() > 1000.0)
        {
            return Err(TuningError::Points { name, value });
        }
        let finite = |term: &&Term| self.weights.get(**term).abs() <= 1000.0;
        match Term::ALL.iter().find(|term| !finite(term)) {
            Some(&term) => Err(TuningError::Weight { term }),
            None => Ok(()),
        }
    }
}
