//! The words of a name, with the ways to write them.

use super::names::parts_components;
use crate::matching::transliterate::{icao9303, spellings};

/// No name has more words; what follows is not compared.
const MOST: usize = 16;

/// One word of a name.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    /// Its main spelling, A-Z.
    pub(super) written: String,
    /// All its spellings, folded.
    folded: Vec<String>,
}

/// How two words are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alike {
    Same,
    Transliterated,
}

/// The words of a part of a name.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let words = text.split(|letter| parts_components(letter) || letter == '.');
    words.filter_map(Token::new).take(MOST).collect()
}

impl Token {
    fn new(word: &str) -> Option<Self> {
        let customary = spellings(word, 16);
        let official = icao9303(word, None);
        let mut written = customary.first().map(|text| letters(text))?;
        if written.is_empty() {
            written = letters(&official.main);
        }
        let mut folded = vec![fold(&written)];
        let official = official.alternatives.into_iter().chain([official.main]);
        for spelling in customary.into_iter().chain(official.take(8)) {
            let spelling = fold(&letters(&spelling));
            if !spelling.is_empty() && !folded.contains(&spelling) {
                folded.push(spelling);
            }
        }
        (!written.is_empty()).then_some(Self { written, folded })
    }

    fn plain(written: &str) -> Self {
        Self {
            written: written.to_owned(),
            folded: vec![fold(written)],
        }
    }

    /// The same word, or two spellings of one.
    pub(super) fn alike(&self, other: &Token) -> Option<Alike> {
        if self.written == other.written {
            return Some(Alike::Same);
        }
        let shared = self.folded.iter().any(|one| other.folded.contains(one));
        shared.then_some(Alike::Transliterated)
    }

    /// The other word is the start of this one.
    pub(super) fn starts(&self, other: &Token) -> bool {
        let begins = |one: &String| other.folded.iter().any(|start| one.starts_with(start));
        self.written.starts_with(&other.written) || self.folded.iter().any(begins)
    }

    /// One of the two is a single letter, with which the other starts.
    pub(super) fn initial_of(&self, other: &Token) -> bool {
        let single = |token: &Token| token.written.len() == 1;
        (single(self) && other.starts(self)) || (single(other) && self.starts(other))
    }

    /// The words of the run, written together, are this one.
    pub(super) fn joins(&self, run: &[Token]) -> bool {
        let length: usize = run.iter().map(|token| token.written.len()).sum();
        if length > 3 * self.written.len() {
            return false;
        }
        let whole: String = run.iter().map(|token| token.written.as_str()).collect();
        self.alike(&Self::plain(&whole)).is_some()
    }

    pub(super) fn is_title(&self) -> bool {
        TITLES.contains(&self.written.as_str())
    }

    /// A particle or an initial, which proves nothing alone.
    pub(super) fn is_slight(&self) -> bool {
        self.written.len() == 1 || PARTICLES.contains(&self.written.as_str())
    }

    /// The name and the title that was written to it.
    pub(super) fn title_at_end(&self) -> Option<(Token, Token)> {
        let glued = GLUED.iter();
        let (name, title) = glued
            .filter_map(|title| Some((self.written.strip_suffix(title)?, title)))
            .find(|(name, _)| !name.is_empty())?;
        Some((Self::plain(name), Self::plain(title)))
    }
}

const TITLES: [&str; 33] = [
    "MR", "MRS", "MS", "MISS", "MSTR", "MASTER", "DR", "PROF", "SIR", "DAME", "LORD", "LADY",
    "REV", "CAPT", "JR", "SR", "II", "III", "IV", "CHD", "CNN", "INF", "INS", "ADT", "HERR",
    "FRAU", "MME", "MLLE", "SRA", "SRTA", "ING", "DIPL", "FNU",
];

/// Longest first.
const GLUED: [&str; 10] = [
    "MASTER", "MSTR", "MISS", "PROF", "MRS", "CHD", "INF", "MR", "MS", "DR",
];

const PARTICLES: [&str; 26] = [
    "AL", "EL", "BIN", "BEN", "IBN", "BINT", "ABU", "VAN", "VON", "DER", "DEN", "DE", "DA", "DO",
    "DOS", "DAS", "DI", "DEL", "DELLA", "LA", "LE", "Y", "E", "ZU", "TER", "ST",
];

fn letters(text: &str) -> String {
    text.chars().filter(char::is_ascii_uppercase).collect()
}

/// What the permitted spellings of one name have in common: Doc 9303 lets
/// issuers choose between AE and A, OE and O, UE and U, AA and A, marks N and U
/// by XX, and national practice writes one sound as I, J or Y.
fn fold(written: &str) -> String {
    let mut text = written.to_owned();
    for (from, to) in FOLDS {
        if text.contains(from) {
            text = text.replace(from, to);
        }
    }
    text
}

const FOLDS: [(&str, &str); 9] = [
    ("NXX", "N"),
    ("UXX", "U"),
    ("J", "I"),
    ("Y", "I"),
    ("II", "I"),
    ("AE", "A"),
    ("OE", "O"),
    ("UE", "U"),
    ("AA", "A"),
];
