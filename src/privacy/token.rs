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

use crate::Name;
use crate::matching::{phonetic, transliterate};
use crate::model::{PartialDate, Title};

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
    /// Words with the initial of another, under the date of birth.
    anchors: Vec<Token>,
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

/// Words of this many letters count first; shorter ones are often particles.
const LONG: usize = 4;
/// A name is judged by no more words.
const WORDS: usize = 8;
/// A word of fewer letters has no spellings with one left out.
const SLIPS: usize = 4;

/// The tokens of a person: name, and date of birth where it is known in full.
///
/// A missing feature gives no token, never the token of an empty text.
///
/// ```
/// use paxnorm::Name;
/// use paxnorm::model::PartialDate;
/// use paxnorm::privacy::{HmacKey, Relation, tokens};
///
/// let relation = Relation::new("UTO", "XXA", "terrorism, art. 9", "2026-W48");
/// let key = HmacKey::new(relation, [7; 32]);
/// let born = PartialDate::new(1974, 8, 12);
/// let ours = tokens(&Name::new("ERIKSSON", "ANNA MARIA"), born, &key);
/// let theirs = tokens(&Name::new("ANNA", "ERIKSON MRS"), born, &key);
/// assert!(ours.meets(&theirs));
/// assert!(!ours.meets(&tokens(&Name::new("ERIKSSON", "ANNA"), PartialDate::new(1975, 8, 12), &key)));
/// ```
#[must_use]
pub fn tokens(name: &Name, born: Option<PartialDate>, pseudonymiser: &dyn Pseudonymiser) -> Tokens {
    let maker = Maker::new(pseudonymiser);
    let words = words_of(name);
    let born = born.filter(|born| born.to_date().is_some());
    let born = born.map(|born| born.to_string());
    let dated = born.as_deref();
    Tokens {
        needed: long(&words).count().min(2),
        whole: maker.whole(&words),
        anchors: dated
            .map(|born| maker.anchors(&words, born))
            .unwrap_or_default(),
        words: dated
            .map(|born| maker.dated(&words, born))
            .unwrap_or_default(),
    }
}

impl Tokens {
    /// Whether two persons may be one: under one date of birth two words of the
    /// name meet, or one and the initial of another; where a date is missing on
    /// either side, the whole name does.
    ///
    /// It proposes; a person decides (art. 6(5)).
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        if self.words.is_empty() || other.words.is_empty() {
            return self.whole.iter().any(|token| other.whole.contains(token));
        }
        if self
            .anchors
            .iter()
            .any(|token| other.anchors.contains(token))
        {
            return true;
        }
        let needed = self.needed.min(other.needed).max(1);
        shared(&self.words, &other.words).min(shared(&other.words, &self.words)) >= needed
    }

    /// Every token, for an index or for the wire.
    pub fn all(&self) -> impl Iterator<Item = &Token> {
        let dated = self.words.iter().flatten().chain(&self.anchors);
        dated.chain(&self.whole)
    }
}

/// In how many groups of one person a token of the other stands.
fn shared(one: &[Vec<Token>], other: &[Vec<Token>]) -> usize {
    let known: HashSet<&Token> = other.iter().flatten().collect();
    let meets = |group: &&Vec<Token>| group.iter().any(|token| known.contains(token));
    one.iter().filter(meets).count()
}

/// A word with its other spellings.
struct Word {
    spellings: Vec<String>,
}

impl Word {
    fn main(&self) -> &str {
        self.spellings.first().map_or("", String::as_str)
    }
}

/// The words of a name without titles, with what is left before a glued title.
fn words_of(name: &Name) -> Vec<Word> {
    let parts = [&name.given, &name.surname, &name.full];
    let parts = parts.into_iter().flatten();
    let pieces = parts.flat_map(|part| part.split([' ', '-', ',', '/', '.']));
    let mut words: Vec<Word> = pieces.filter_map(word).collect();
    let titles = |word: &Word| Title::from_token(word.main()).is_some();
    if !words.iter().all(titles) {
        words.retain(|word| !titles(word));
    }
    words.truncate(WORDS);
    words
}

/// The words by which somebody is told apart: the long ones, or, where there are
/// not two of them, all that are no initials.
fn long(words: &[Word]) -> impl Iterator<Item = &Word> {
    let count = |letters| {
        words
            .iter()
            .filter(|word| word.main().len() >= letters)
            .count()
    };
    let least = [LONG, 2].into_iter().find(|letters| count(*letters) >= 2);
    words
        .iter()
        .filter(move |word| word.main().len() >= least.unwrap_or(1))
}

fn word(piece: &str) -> Option<Word> {
    let mut spellings: Vec<String> = transliterate::spellings(piece, 4);
    for spelling in &mut spellings {
        spelling.retain(|letter| letter.is_ascii_alphanumeric());
    }
    let untitled = spellings.first().and_then(|main| {
        let (start, title) = Title::split_given(main);
        (title.is_some() && start.len() >= LONG).then(|| start.to_owned())
    });
    spellings.extend(untitled);
    spellings.retain(|spelling| !spelling.is_empty());
    (!spellings.is_empty()).then_some(Word { spellings })
}

/// Encodes features and has them made tokens.
struct Maker<'p> {
    pseudonymiser: &'p dyn Pseudonymiser,
    /// What stands before every feature.
    head: Vec<u8>,
}

/// Of the encoding: another one makes other tokens.
const VERSION: u8 = 1;

impl<'p> Maker<'p> {
    fn new(pseudonymiser: &'p dyn Pseudonymiser) -> Self {
        let relation = pseudonymiser.relation();
        let mut head = vec![VERSION];
        let [one, other] = &relation.peers;
        for part in [one, other, &relation.purpose, &relation.epoch] {
            put(&mut head, part.as_bytes());
        }
        Self {
            pseudonymiser,
            head,
        }
    }

    fn token(&self, parts: &[&str]) -> Token {
        let mut message = self.head.clone();
        for part in parts {
            put(&mut message, part.as_bytes());
        }
        self.pseudonymiser.mac(&message)
    }

    /// The whole name, whatever its order: of two words or more.
    fn whole(&self, words: &[Word]) -> Vec<Token> {
        let mut letters: Vec<&str> = words.iter().map(Word::main).collect();
        letters.sort_unstable();
        letters.dedup();
        let count = letters.len();
        letters.insert(0, "whole");
        (count >= 2)
            .then(|| self.token(&letters))
            .into_iter()
            .collect()
    }

    /// A group for each word, and for each two that may be written as one.
    fn dated(&self, words: &[Word], born: &str) -> Vec<Vec<Token>> {
        let single = long(words).map(|word| word.spellings.clone());
        let pairs = words.windows(2).filter_map(|pair| match pair {
            [one, other] => Some(vec![[one.main(), other.main()].concat()]),
            _ => None,
        });
        let groups = single.chain(pairs);
        groups
            .map(|spellings| self.group(&spellings, born))
            .collect()
    }

    /// The sound of each word with the ends of each other one: the first letter
    /// where the sound says much, the first and the last where it says less.
    fn anchors(&self, words: &[Word], born: &str) -> Vec<Token> {
        let mut features: Vec<[String; 2]> = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let sound = phonetic::skeleton(word.main());
            let others = words.iter().enumerate().filter(|(other, _)| *other != at);
            for letters in others.map(|(_, other)| other.main()) {
                let (first, last) = (
                    letters.get(..1),
                    letters.get(letters.len().saturating_sub(1)..),
                );
                let first = first.filter(|_| sound >> LOUD > 0);
                let both = [letters.get(..1), last].into_iter().flatten().collect();
                let both = Some(both).filter(|_| sound >> HEARD > 0 && letters.len() > 2);
                let ends = first.map(str::to_owned).into_iter().chain(both);
                features.extend(ends.map(|ends: String| [sound.to_string(), ends]));
            }
        }
        features.sort_unstable();
        features.dedup();
        let token = |[sound, ends]: &[String; 2]| self.token(&["anchor", born, sound, ends]);
        features.iter().map(token).collect()
    }

    fn group(&self, spellings: &[String], born: &str) -> Vec<Token> {
        let mut features: Vec<[String; 2]> = Vec::new();
        for spelling in spellings {
            let sound = phonetic::skeleton(spelling);
            if sound >> SOUNDS > 0 {
                features.push(["sound".to_owned(), sound.to_string()]);
            }
            features.extend(slips(spelling).map(|slip| ["letters".to_owned(), slip]));
        }
        features.sort_unstable();
        features.dedup();
        let token = |[kind, letters]: &[String; 2]| self.token(&[kind, born, letters]);
        features.iter().map(token).collect()
    }
}

/// A sound of two classes or more has more bits.
const SOUNDS: u32 = 5;
/// One of three classes or more, as few words without it have.
const HEARD: u32 = 10;
/// One of five classes or more, as few words have.
const LOUD: u32 = 20;

/// The word, and each spelling of it with one letter left out.
fn slips(word: &str) -> impl Iterator<Item = String> {
    let without = (0..word.len()).filter(|_| word.len() >= SLIPS).map(|at| {
        let letters = word.char_indices().filter(|(place, _)| *place != at);
        letters.map(|(_, letter)| letter).collect()
    });
    std::iter::once(word.to_owned()).chain(without)
}

/// A part with its length before it.
fn put(message: &mut Vec<u8>, part: &[u8]) {
    let length = u32::try_from(part.len()).unwrap_or(u32::MAX);
    message.extend_from_slice(&length.to_be_bytes());
    message.extend_from_slice(part);
}

/// A secret key in memory, for one relation: HMAC-SHA-256. `Debug` hides it.
#[cfg(feature = "hmac")]
#[derive(Clone)]
pub struct HmacKey {
    relation: Relation,
    mac: hmac::Hmac<sha2::Sha256>,
}

#[cfg(feature = "hmac")]
impl HmacKey {
    /// A key of 256 bits, agreed for this relation and for no other.
    #[must_use]
    pub fn new(relation: Relation, key: [u8; 32]) -> Self {
        use hmac::KeyInit;
        // A block of the hash takes every key of 32 bytes as it is.
        let mut block = [0_u8; 64];
        block
            .iter_mut()
            .zip(key)
            .for_each(|(place, byte)| *place = byte);
        let mac = hmac::Hmac::new(&block.into());
        Self { relation, mac }
    }
}

#[cfg(feature = "hmac")]
impl std::fmt::Debug for HmacKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HmacKey({})", self.relation.epoch)
    }
}

#[cfg(feature = "hmac")]
impl Pseudonymiser for HmacKey {
    fn relation(&self) -> &Relation {
        &self.relation
    }

    fn mac(&self, message: &[u8]) -> [u8; 16] {
        use hmac::Mac;
        let whole = self.mac.clone().chain_update(message).finalize();
        let mut token = [0; 16];
        token
            .iter_mut()
            .zip(whole.into_bytes())
            .for_each(|(place, byte)| *place = byte);
        token
    }
}
