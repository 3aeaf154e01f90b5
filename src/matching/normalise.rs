//! From a name as somebody wrote it to words of A to Z with their roles.
//!
//! Reach for [`fold`] to see the letters that are compared, for [`words`] to
//! see what each of them is taken for.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;

use super::lexicon::{Entry, Lexicon, Role};
use super::transliterate::{self, latin};
use crate::Name;

/// Words of a name that count; a hostile name may have more.
pub(crate) const WORDS: usize = 16;
/// Words that most names do not exceed.
const USUAL: usize = 6;
/// Letters of a word that count.
pub(crate) const LETTERS: usize = 32;
/// Spellings of a word that count, the main one included.
const SPELLINGS: usize = 4;

/// Which part of a name a word stands in, as far as the source says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Part {
    /// The source does not say.
    #[default]
    Unknown,
    /// A given name.
    Given,
    /// The surname: said by the record, by a comma, or by capitals.
    Surname,
}

/// One word of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Word {
    /// Letters A to Z and digits; never empty.
    pub letters: String,
    /// Other spellings worth comparing, at most three.
    pub spellings: Vec<String>,
    /// What the word does in the name.
    pub role: Role,
    /// Which part of the name it stands in.
    pub part: Part,
}

/// The letters of a text as they are compared: capitals A to Z, digits, and
/// single blanks.
///
/// ```
/// use paxnorm::matching::normalise::fold;
///
/// assert_eq!(fold("O'Connor-Łukasz, José"), "OCONNOR LUKASZ JOSE");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in latin(text).split(separates).filter(|word| !word.is_empty()) {
        let start = out.len();
        out.extend(
            word.chars()
                .filter(char::is_ascii_alphanumeric)
                .map(|c| c.to_ascii_uppercase()),
        );
        if out.len() > start {
            out.push(' ');
        }
    }
    out.pop();
    out
}

/// The words of a name in the order given names, surname, with their roles;
/// at most 16 words of 32 letters.
///
/// Titles and placeholders are named, not left out. The shipped tables decide;
/// a title that is the whole name is a name.
///
/// ```
/// use paxnorm::Name;
/// use paxnorm::matching::{Role, normalise::words};
///
/// let words = words(&Name::new("VAN DEN BERG", "JAN MR"));
/// assert_eq!(words[0].letters, "JAN");
/// assert_eq!(words[1].role, Role::Title);
/// assert_eq!(words[2].role, Role::Particle);
/// ```
#[must_use]
pub fn words(name: &Name) -> Vec<Word> {
    let lexicon = Lexicon::new(Some(""));
    let mut words = Words::default();
    words.read(name, &lexicon);
    words.list.iter().map(|raw| words.word(raw)).collect()
}

/// A word while a name is read: a range of the letters.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Raw {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) role: Role,
    pub(crate) part: Part,
    /// How many spellings follow in the list of spellings.
    pub(crate) spellings: usize,
    /// What the tables know of it.
    pub(crate) entry: Entry,
    capital: bool,
    small: bool,
}

/// The words of one name, and the place to read the next one into.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    pub(crate) letters: Vec<u8>,
    pub(crate) list: Vec<Raw>,
    /// Ranges of `letters`, in the order of the words they belong to.
    pub(crate) spellings: Vec<(usize, usize)>,
}

impl Words {
    pub(crate) fn read(&mut self, name: &Name, lexicon: &Lexicon) {
        self.letters.clear();
        self.list.clear();
        self.spellings.clear();
        self.list.reserve(USUAL);
        if let Some(given) = &name.given {
            self.text(given, Part::Given);
        }
        if let Some(surname) = &name.surname {
            self.text(surname, Part::Surname);
        }
        if self.list.is_empty()
            && let Some(full) = &name.full
        {
            self.full(full);
        }
        self.assign(lexicon);
    }

    fn word(&self, raw: &Raw) -> Word {
        let text = |start, end| {
            let bytes = self.letters.get(start..end).unwrap_or(&[]);
            String::from_utf8_lossy(bytes).into_owned()
        };
        let skipped: usize = self
            .list
            .iter()
            .take_while(|w| w.start < raw.start)
            .map(|w| w.spellings)
            .sum();
        let others = self.spellings.iter().skip(skipped).take(raw.spellings);
        Word {
            letters: text(raw.start, raw.end),
            spellings: others.map(|&(start, end)| text(start, end)).collect(),
            role: raw.role,
            part: raw.part,
        }
    }

    /// A whole name: `SURNAME, GIVEN`, or a surname told by its capitals.
    fn full(&mut self, text: &str) {
        if let Some((surname, given)) = text.split_once(',')
            && given.chars().any(char::is_alphanumeric)
        {
            self.text(given, Part::Given);
            self.text(surname, Part::Surname);
            return;
        }
        self.text(text, Part::Unknown);
        let mixed = self.list.iter().any(|word| word.small);
        if mixed && self.list.iter().any(Raw::shouts) {
            for word in &mut self.list {
                word.part = if word.shouts() {
                    Part::Surname
                } else {
                    Part::Given
                };
            }
        }
    }

    fn text(&mut self, text: &str, part: Part) {
        if text.is_ascii() {
            self.ascii(text.as_bytes(), part);
            return;
        }
        let text = repair(text);
        for piece in text.split(separates).filter(|piece| !piece.is_empty()) {
            self.piece(piece, part);
        }
    }

    fn ascii(&mut self, text: &[u8], part: Part) {
        self.letters.reserve(text.len().min(WORDS * LETTERS));
        let mut word = self.begin(part);
        for &byte in text {
            match byte {
                b'A'..=b'Z' | b'0'..=b'9' => {
                    word.capital |= byte > b'9';
                    self.letters.push(byte);
                }
                b'a'..=b'z' => {
                    word.small = true;
                    self.letters.push(byte.to_ascii_uppercase());
                }
                b'\'' | b'`' => {}
                _ => {
                    self.end(word);
                    word = self.begin(part);
                }
            }
        }
        self.end(word);
    }

    /// A word with letters beyond ASCII: its spellings in Latin letters.
    fn piece(&mut self, piece: &str, part: Part) {
        if piece.is_ascii() {
            return self.ascii(piece.as_bytes(), part);
        }
        let spellings = spellings(piece);
        let mut spellings = spellings.iter();
        let (from, count) = (self.list.len(), self.letters.len());
        let Some(main) = spellings.next() else { return };
        self.ascii(main.as_bytes(), part);
        let shouts = piece.chars().all(|c| !c.is_lowercase());
        for word in self.list.iter_mut().skip(from) {
            word.small = !shouts;
        }
        if self.list.len() == from + 1 && self.letters.len() > count {
            for other in spellings.take(SPELLINGS - 1) {
                self.other(other);
            }
        }
    }

    /// Another spelling of the last word.
    fn other(&mut self, spelling: &str) {
        let start = self.letters.len();
        let letters = spelling.bytes().filter(u8::is_ascii_alphanumeric);
        self.letters
            .extend(letters.take(LETTERS).map(|byte| byte.to_ascii_uppercase()));
        if self.letters.len() > start
            && let Some(word) = self.list.last_mut()
        {
            word.spellings += 1;
            self.spellings.push((start, self.letters.len()));
        }
    }

    fn begin(&self, part: Part) -> Raw {
        let start = self.letters.len();
        Raw {
            start,
            part,
            ..Raw::default()
        }
    }

    fn end(&mut self, mut word: Raw) {
        if self.letters.len() == word.start {
            return;
        }
        if self.list.len() >= WORDS {
            self.letters.truncate(word.start);
            return;
        }
        self.letters.truncate(word.start + LETTERS);
        word.end = self.letters.len();
        self.list.push(word);
    }

    /// Gives every word its role.
    fn assign(&mut self, lexicon: &Lexicon) {
        for word in &mut self.list {
            let letters = self.letters.get(word.start..word.end).unwrap_or(&[]);
            word.entry = lexicon.get(letters);
            word.role = match word.entry.role {
                Role::Word if letters.len() == 1 => Role::Initial,
                Role::Word if patronymic(letters) => Role::Patronymic,
                role => role,
            };
        }
        let kept = |word: &Raw| !matches!(word.role, Role::Title | Role::Placeholder);
        if !self.list.iter().any(kept) {
            for word in &mut self.list {
                word.role = if word.role == Role::Title {
                    Role::Word
                } else {
                    word.role
                };
            }
        }
    }
}

impl Raw {
    fn shouts(&self) -> bool {
        self.capital && !self.small && self.end - self.start > 1
    }
}

const FATHERS: [&[u8]; 13] = [
    b"VICH", b"VYCH", b"VNA", b"ICHNA", b"VITCH", b"OGLU", b"OGLY", b"OGHLU", b"OGHLI", b"OGLI",
    b"KYZY", b"QIZI", b"KIZI",
];

fn patronymic(letters: &[u8]) -> bool {
    letters.len() >= 7 && FATHERS.iter().any(|ending| letters.ends_with(ending))
}

/// A text whose UTF-8 was read as Windows-1252 (`MÃ¼ller`), read again; any
/// other text as it is.
fn repair(text: &str) -> Cow<'_, str> {
    if !text.contains(['Ã', 'Å', 'Ä', 'Â']) {
        return Cow::Borrowed(text);
    }
    let bytes: Option<Vec<u8>> = text.chars().map(western).collect();
    let again = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    again.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// The byte that a sign has in Windows-1252, which fills most of the places
/// that Latin-1 leaves to controls.
fn western(c: char) -> Option<u8> {
    const FILLED: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    match FILLED.chars().position(|other| other == c) {
        Some(place) => u8::try_from(place + 0x80).ok(),
        None => u8::try_from(u32::from(c)).ok(),
    }
}

/// Whether a sign parts words. Apostrophes of all kinds join.
fn separates(c: char) -> bool {
    !(c.is_alphanumeric() || joins(c) || is_combining_mark(c))
}

fn joins(c: char) -> bool {
    matches!(
        c,
        '\'' | '`' | '\u{b4}' | '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2b9}'..='\u{2c1}'
            | '\u{2c8}' | '\u{55a}' | '\u{5f3}' | '\u{5f4}' | '\u{640}' | '\u{200c}'..='\u{200f}'
            | '\u{2032}' | '\u{ad}' | '\u{feff}'
    )
}

/// Spellings of one word, the main one first.
fn spellings(word: &str) -> Vec<String> {
    transliterate::spellings(word, SPELLINGS)
}
