//! Words that may not be kept, found in a text in one pass over it.
//!
//! Most words of a booking tell nothing, and most begin as no pattern does: the first three
//! letters of a word decide whether any pattern is compared with it.

use crate::matching::normalise::fold;

/// What a word must be to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// This code, alone or with carrier, status and number glued to it (`WCHRXXHK1`).
    Code,
    /// This code of fares, alone or with a number behind it (`CLG10`).
    Fare,
    /// This word, or these words one after the other.
    Word,
    /// A word that begins so.
    Stem,
}

/// What is looked through. The pattern of meals is not looked for among fares, whose codes
/// look alike, and codes stand alone there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Among {
    Texts,
    Fares,
}

/// One pattern, in capitals and digits.
#[derive(Debug)]
struct Pattern {
    kind: Kind,
    /// How it begins.
    beginning: usize,
    /// The word; of several, the first of three letters or more.
    word: String,
    /// All words, where there are several.
    phrase: Option<String>,
}

/// The patterns, ready for looking up.
#[derive(Debug, Default)]
pub(super) struct Patterns {
    openings: Openings,
    /// In the order of how they begin.
    known: Vec<Pattern>,
    /// The last two letters of the codes of meals, whatever the first two are.
    meals: Vec<[u8; 2]>,
}

/// No pattern of a text is shorter.
const SHORTEST: usize = 3;

impl Patterns {
    /// Adds a folded pattern.
    pub(super) fn add(&mut self, kind: Kind, pattern: &str) {
        let mut words = pattern.split(' ');
        let word = words.find(|word| word.len() >= SHORTEST).unwrap_or(pattern);
        let beginning = beginning(word.as_bytes());
        self.openings.know(beginning);
        let after = |known: &Pattern| known.beginning <= beginning;
        let at = self.known.partition_point(after);
        let pattern = Pattern {
            kind,
            beginning,
            word: word.to_owned(),
            phrase: pattern.contains(' ').then(|| pattern.to_owned()),
        };
        self.known.insert(at, pattern);
    }

    /// Adds the last letters of the codes of meals.
    pub(super) fn add_meals(&mut self, letters: &str) {
        let Some([third, fourth]) = letters.as_bytes().first_chunk() else {
            return;
        };
        self.meals.push([*third, *fourth]);
        // The first two letters are any.
        for first in b'A'..=b'Z' {
            (b'A'..=b'Z').for_each(|second| self.openings.know(number(first, second, *third)));
        }
    }

    /// Whether a word in capitals is a code, with nothing glued to it.
    pub(super) fn is_code(&self, word: &str) -> bool {
        let word = word.as_bytes();
        let same = |known: &Pattern| known.kind == Kind::Code && known.word.as_bytes() == word;
        (word.len() == CODE && self.is_meal(word)) || self.alike(word).any(same)
    }

    /// Whether a glance shows that a text tells nothing: it is shorter than any pattern, as most
    /// codes are, or one word that begins as none does.
    #[inline(always)]
    pub(super) fn passes(&self, text: &str) -> bool {
        let in_word = |byte: u8| (1..OTHER).contains(&class(byte));
        text.len() < SHORTEST || (!self.may_begin(text.as_bytes()) && text.bytes().all(in_word))
    }

    /// Whether a text tells anything.
    pub(super) fn tell(&self, text: &str, among: Among) -> bool {
        let bytes = text.as_bytes();
        let mut begins = bytes.len() >= SHORTEST;
        let mut rest = bytes;
        while let [byte, behind @ ..] = rest {
            let class = class(*byte);
            if class == OTHER {
                return self.tell_folded(&fold(text), among);
            }
            let told = begins && class != SEPARATOR && self.may_begin(rest);
            match told.then(|| word_at(rest)) {
                Some(None) => return self.tell_folded(&fold(text), among),
                Some(Some(word)) if self.tells(word, text, among) => return true,
                _ => {}
            }
            begins = class == SEPARATOR;
            rest = behind;
        }
        false
    }

    /// As [`tell`](Self::tell), of a text that has been folded.
    fn tell_folded(&self, folded: &str, among: Among) -> bool {
        let mut words = folded.split(' ').map(str::as_bytes);
        words.any(|word| self.may_begin(word) && self.tells(word, folded, among))
    }

    /// Whether the word at the start of a text may be one of the patterns.
    #[inline]
    fn may_begin(&self, text: &[u8]) -> bool {
        self.openings.knows(beginning(text))
    }

    /// Whether a word of a text tells anything.
    fn tells(&self, word: &[u8], text: &str, among: Among) -> bool {
        let meal = || among == Among::Texts && is_glued(word) && self.is_meal(word);
        self.alike(word).any(|known| known.is(word, text, among)) || meal()
    }

    /// The patterns that begin as a word does.
    fn alike(&self, word: &[u8]) -> impl Iterator<Item = &Pattern> {
        let beginning = beginning(word);
        let before = |known: &Pattern| known.beginning < beginning;
        let known = self.openings.knows(beginning).then(|| {
            let at = self.known.partition_point(before);
            self.known.get(at..).unwrap_or_default()
        });
        let alike = move |known: &&Pattern| known.beginning == beginning;
        known.unwrap_or_default().iter().take_while(alike)
    }

    /// Whether a word begins with a code of a meal.
    fn is_meal(&self, word: &[u8]) -> bool {
        word.split_at_checked(2).is_some_and(|(start, rest)| {
            let end = rest.get(..2).unwrap_or_default();
            let same = |ending: &[u8; 2]| end.eq_ignore_ascii_case(ending);
            start.iter().all(u8::is_ascii_alphabetic) && self.meals.iter().any(same)
        })
    }
}

/// Letters of a code of services.
const CODE: usize = 4;

impl Pattern {
    fn is(&self, word: &[u8], text: &str, among: Among) -> bool {
        let pattern = self.word.as_bytes();
        let begins = || {
            let start = word.get(..pattern.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(pattern))
        };
        let is_word = |word: &[u8]| word.eq_ignore_ascii_case(pattern);
        match (self.kind, among) {
            (Kind::Code, Among::Texts) => pattern.len() == CODE && is_glued(word) && begins(),
            (Kind::Code, Among::Fares) => is_word(word),
            (Kind::Fare, Among::Texts) => false,
            (Kind::Fare, Among::Fares) => is_word(letters(word)),
            (Kind::Stem, _) => begins(),
            (Kind::Word, _) => is_word(word) && self.is_whole(text),
        }
    }

    /// Whether all words of it stand in the text, where there are several.
    fn is_whole(&self, text: &str) -> bool {
        let Some(phrase) = &self.phrase else {
            return true;
        };
        let folded = fold(text);
        let mut found = folded.match_indices(phrase.as_str());
        found.any(|(at, _)| {
            let (before, rest) = folded.split_at_checked(at).unwrap_or_default();
            let after = rest.get(phrase.len()..).unwrap_or_default();
            (before.is_empty() || before.ends_with(' '))
                && (after.is_empty() || after.starts_with(' '))
        })
    }
}

/// Whether a word is as long as a code, or has a number at its end.
fn is_glued(word: &[u8]) -> bool {
    word.len() == CODE || word.last().is_some_and(u8::is_ascii_digit)
}

/// A word without the digits at its end: `CLG10` is a fare of `CLG`.
fn letters(word: &[u8]) -> &[u8] {
    let last = word.iter().rposition(|byte| !byte.is_ascii_digit());
    last.and_then(|last| word.get(..=last)).unwrap_or_default()
}

/// The word at the start of a text; `None` where only the folded text shows it.
fn word_at(text: &[u8]) -> Option<&[u8]> {
    let in_word = |byte: &&u8| !matches!(class(**byte), SEPARATOR | OTHER);
    let len = text.iter().take_while(in_word).count();
    let (word, rest) = text.split_at_checked(len)?;
    let ends = rest.first().is_none_or(|byte| class(*byte) == SEPARATOR);
    ends.then_some(word)
}

/// How words begin: a bit for each three letters.
#[derive(Debug)]
pub(super) struct Openings(Box<[u64; BEGINNINGS.div_ceil(64)]>);

/// Letters and digits, one for the end of a word, and one for what is neither.
const SIGNS: usize = 38;
const BEGINNINGS: usize = SIGNS * SIGNS * SIGNS;

impl Default for Openings {
    fn default() -> Self {
        Self(Box::new([0; BEGINNINGS.div_ceil(64)]))
    }
}

impl Openings {
    pub(super) fn know(&mut self, beginning: usize) {
        if let Some(bits) = self.0.get_mut(beginning / 64) {
            *bits |= 1 << (beginning % 64);
        }
    }

    pub(super) fn knows(&self, beginning: usize) -> bool {
        let bits = self.0.get(beginning / 64);
        bits.is_some_and(|bits| bits & (1 << (beginning % 64)) != 0)
    }
}

/// What a byte is: a letter or digit, whatever its case.
const SEPARATOR: u8 = 0;
const OTHER: u8 = 37;

/// For each byte: 1 to 36 for letters and digits, [`SEPARATOR`] for what parts words,
/// and [`OTHER`] for what is only known when the text is folded.
#[expect(clippy::indexing_slicing, reason = "evaluated when compiled")]
const CLASSES: [u8; 256] = {
    let mut classes = [OTHER; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        classes[byte as usize] = match byte {
            b'0'..=b'9' => byte - b'0' + 27,
            b'A'..=b'Z' => byte - b'A' + 1,
            b'a'..=b'z' => byte - b'a' + 1,
            b'\'' | b'`' => OTHER,
            _ => SEPARATOR,
        };
        byte += 1;
    }
    classes
};

fn class(byte: u8) -> u8 {
    CLASSES.get(usize::from(byte)).copied().unwrap_or(OTHER)
}

/// The first three letters of a word as a number.
pub(super) fn beginning(word: &[u8]) -> usize {
    match word {
        [first, second, third, ..] => number(*first, *second, *third),
        [first, second] => number(*first, *second, b' '),
        [first] => number(*first, b' ', b' '),
        [] => 0,
    }
}

/// The last three letters of a word, the last one first, as a number.
pub(super) fn ending(word: &[u8]) -> usize {
    match word {
        [.., third, second, first] => number(*first, *second, *third),
        _ => 0,
    }
}

fn number(first: u8, second: u8, third: u8) -> usize {
    let sign = |byte| usize::from(class(byte));
    (sign(first) * SIGNS + sign(second)) * SIGNS + sign(third)
}
