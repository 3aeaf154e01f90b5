//! From the text of a header to what its words mean.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::lexicon::{Lexicon, Sense};

/// Words of a header that are looked at; more are no header.
const MOST_WORDS: usize = 12;

/// A word of a header and what it may mean: one list of senses for each of its parts.
pub(super) struct Word {
    pub(super) parts: Vec<Vec<Sense>>,
}

/// The words of a header: without accents, in lower case, parted at everything
/// that is no letter and where lower case turns to upper.
pub(super) fn words(header: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for letter in header.trim().chars().take(200) {
        let part = !letter.is_alphanumeric() || (was_lower && letter.is_uppercase());
        if part && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        was_lower = letter.is_lowercase();
        if let Some(word) = words.last_mut() {
            let plain = std::iter::once(letter).nfkd();
            let plain =
                plain.filter(|letter| letter.is_alphanumeric() && !is_combining_mark(*letter));
            plain
                .flat_map(char::to_lowercase)
                .for_each(|letter| push(word, letter));
        }
    }
    words.iter_mut().for_each(|word| {
        // `phone2`, `3. Vorname`
        let kept = word
            .trim_matches(|letter: char| letter.is_ascii_digit())
            .len();
        let start = word.len()
            - word
                .trim_start_matches(|letter: char| letter.is_ascii_digit())
                .len();
        *word = word.get(start..start + kept).unwrap_or_default().to_owned();
    });
    words.retain(|word| !word.is_empty());
    words.truncate(MOST_WORDS);
    words
}

/// Letters that have no decomposition, as they are written without accents.
fn push(word: &mut String, letter: char) {
    match letter {
        'ß' => word.push_str("ss"),
        'æ' => word.push_str("ae"),
        'œ' => word.push_str("oe"),
        'ø' => word.push('o'),
        'ł' => word.push('l'),
        'đ' => word.push('d'),
        _ => word.push(letter),
    }
}

/// What each word may mean; a word that the lexicon does not know has no parts.
pub(super) fn read(header: &str, lexicon: &Lexicon) -> Vec<Word> {
    let words = words(header);
    if let [word] = words.as_slice() {
        let alone = lexicon.alone(word);
        if !alone.is_empty() {
            let senses = alone.iter().chain(lexicon.word(word)).copied().collect();
            return vec![Word {
                parts: vec![senses],
            }];
        }
    }
    words
        .iter()
        .map(|word| Word {
            parts: parts(word, lexicon),
        })
        .collect()
}

fn parts(word: &str, lexicon: &Lexicon) -> Vec<Vec<Sense>> {
    let whole = lexicon.word(word);
    if !whole.is_empty() {
        return vec![whole.to_vec()];
    }
    if let Some(parts) = split(word, lexicon) {
        return parts;
    }
    let umlauts = word
        .replace("ae", "a")
        .replace("oe", "o")
        .replace("ue", "u");
    if umlauts != word
        && let Some(parts) = split(&umlauts, lexicon)
    {
        return parts;
    }
    match lexicon.near(word) {
        [] => Vec::new(),
        near => vec![near.to_vec()],
    }
}

/// What may stand between the parts of a compound, or end a word.
const LINKS: [&str; 7] = ["", "s", "n", "en", "es", "e", "er"];
/// Parts of a compound at most.
const MOST_PARTS: usize = 4;

/// A word as words of one language put together, the fewest first.
fn split(word: &str, lexicon: &Lexicon) -> Option<Vec<Vec<Sense>>> {
    (1..=MOST_PARTS).find_map(|most| tail(word, u16::MAX, most, lexicon))
}

fn tail(rest: &str, languages: u16, most: usize, lexicon: &Lexicon) -> Option<Vec<Vec<Sense>>> {
    if rest.is_empty() {
        return Some(Vec::new());
    }
    let least = if most == 0 { return None } else { 2 };
    for end in (least..=rest.len().min(lexicon.longest())).rev() {
        let Some(part) = rest.get(..end) else {
            continue;
        };
        let senses = senses(part, languages, lexicon);
        let spoken = senses.iter().fold(0, |all, sense| all | sense.languages);
        if spoken == 0 {
            continue;
        }
        let after = rest.get(end..).unwrap_or_default();
        let links = LINKS.iter().filter_map(|link| after.strip_prefix(link));
        for rest in links {
            if let Some(mut parts) = tail(rest, languages & spoken, most - 1, lexicon) {
                parts.insert(0, senses);
                return Some(parts);
            }
        }
    }
    None
}

/// Parts of two letters that are none by chance.
const SHORT: [&str; 2] = ["of", "nr"];

/// The senses of a part in these languages.
fn senses(part: &str, languages: u16, lexicon: &Lexicon) -> Vec<Sense> {
    if part.len() < 3 && !SHORT.contains(&part) {
        return Vec::new();
    }
    let senses = lexicon.word(part).iter();
    senses
        .filter(|sense| sense.languages & languages != 0)
        .copied()
        .collect()
}
