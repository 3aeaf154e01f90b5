//! Tokens of persons: two units find whom they have in common without handing
//! each other a name.
//!
//! Reach for [`tokens`] where both sides hold names and dates of birth, and agree
//! on a key, a purpose and an epoch. [`Tokens::meets`] then says whether two
//! persons may be one.
//!
//! # What a token is
//! A MAC (HMAC-SHA-256 with [`HmacKey`], or whatever stands behind
//! [`Pseudonymiser`]) over a versioned encoding, each part with its length before
//! it: version, the two peers, purpose, epoch, kind of feature, date of birth,
//! letters. A person has one group of tokens for each word of the name: the word,
//! its sound, and each of its spellings with one letter left out, so that a slip
//! of a finger, another transliteration, another order, a title, and words run
//! together still meet. Where no date of birth is known, there is only a token of
//! the whole name, whatever its order.
//!
//! # What tokens do not protect against
//! - **Whoever holds the key** can try names, one after the other: there are not
//!   many. Keep the key in hardware, and let that answer few questions.
//! - **Frequency**: the tokens of one person stand together, and how many there
//!   are tells how many words the name has and about how long they are.
//! - **Use beyond the purpose**: tokens of one purpose, peer or epoch do not meet
//!   those of another; within them, they can be linked as names can.
//! - They are **personal data**: they are masked and deleted with their record,
//!   never published, never used with another peer.

use std::collections::HashSet;

use crate::matching::normalise::words;
use crate::matching::{Role, phonetic, transliterate};
use crate::model::{PartialDate, Title};
use crate::Name;

/// Between whom, for what and in which period tokens are comparable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// The two units, in alphabetical order.
    peers: [String; 2],
    /// The purpose, in the words of the agreement.
    purpose: String,
    /// The period, such as `2026-W48`.
    epoch: String,
}

impl Relation {
    /// A relation; which unit is named first makes no difference.
    #[must_use]
    pub fn new(one: &str, other: &str, purpose: &str, epoch: &str) -> Self {
        let mut peers = [one.to_owned(), other.to_owned()];
        peers.sort_unstable();
        Self {
            peers,
            purpose: purpose.to_owned(),
            epoch: epoch.to_owned(),
        }
    }
}

/// What makes a token of an encoded feature under a secret key: a key in memory,
/// or a module that never gives its key away.
pub trait Pseudonymiser {
    /// The relation for which the key was made.
    fn relation(&self) -> &Relation;

    /// The MAC of a message, 128 bits of it or more.
    fn mac(&self, message: &[u8]) -> [u8; 16];
}

/// A token: 128 bits.
pub type Token = [u8; 16];

/// The tokens of one person under one relation.
///
/// `Debug` shows how many there are.
#[derive(Clone, PartialEq, Eq)]
pub struct Tokens {
    /// A group for each word of a person whose date of birth is known.
    words: Vec<Vec<Token>>,
    /// The whole name without a date.
    whole: Vec<Token>,
    /// The number of words, but no more than needed to judge.
    needed: usize,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Tokens({})", self.all().count())
    }
}
