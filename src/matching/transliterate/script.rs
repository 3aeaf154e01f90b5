/// The writing systems that names of passengers come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Script {
    /// Latin, with or without marks; digits and punctuation alone count as Latin too.
    Latin,
    /// Cyrillic of any language.
    Cyrillic,
    /// Greek.
    Greek,
    /// Arabic of any language, Persian and Urdu included.
    Arabic,
    /// Hebrew.
    Hebrew,
    /// Korean syllables and letters.
    Hangul,
    /// Japanese hiragana and katakana.
    Kana,
    /// Chinese characters of any language.
    Han,
    /// Armenian.
    Armenian,
    /// Georgian.
    Georgian,
    /// Devanagari (Hindi, Nepali, Marathi).
    Devanagari,
    /// Bengali, Gurmukhi, Gujarati, Oriya, Tamil, Telugu, Kannada and Malayalam.
    Indic,
    /// Thai.
    Thai,
    /// Any other.
    Other,
}

/// First and last code point of the blocks of each script.
const BLOCKS: [(u32, u32, Script); 30] = [
    (0x0041, 0x024F, Script::Latin),
    (0x0250, 0x02FF, Script::Latin),
    (0x0370, 0x03FF, Script::Greek),
    (0x0400, 0x052F, Script::Cyrillic),
    (0x0530, 0x058F, Script::Armenian),
    (0x0590, 0x05FF, Script::Hebrew),
    (0x0600, 0x06FF, Script::Arabic),
    (0x0750, 0x077F, Script::Arabic),
    (0x0900, 0x097F, Script::Devanagari),
    (0x0980, 0x0D7F, Script::Indic),
    (0x0E00, 0x0E7F, Script::Thai),
    (0x10A0, 0x10FF, Script::Georgian),
    (0x1100, 0x11FF, Script::Hangul),
    (0x1C80, 0x1C8F, Script::Cyrillic),
    (0x1C90, 0x1CBF, Script::Georgian),
    (0x1D00, 0x1DBF, Script::Latin),
    (0x1E00, 0x1EFF, Script::Latin),
    (0x1F00, 0x1FFF, Script::Greek),
    (0x2DE0, 0x2DFF, Script::Cyrillic),
    (0x3040, 0x30FF, Script::Kana),
    (0x3130, 0x318F, Script::Hangul),
    (0x3400, 0x4DBF, Script::Han),
    (0x4E00, 0x9FFF, Script::Han),
    (0xAC00, 0xD7AF, Script::Hangul),
    (0xF900, 0xFAFF, Script::Han),
    (0xFB1D, 0xFB4F, Script::Hebrew),
    (0xFB50, 0xFEFC, Script::Arabic),
    (0xFF21, 0xFF5A, Script::Latin),
    (0xFF66, 0xFF9F, Script::Kana),
    (0x20000, 0x323AF, Script::Han),
];

/// The script of one letter, where it has one.
pub(super) fn of(letter: char) -> Option<Script> {
    if !letter.is_alphabetic() {
        return None;
    }
    let code = u32::from(letter);
    let after = BLOCKS.partition_point(|&(first, _, _)| first <= code);
    let block = after.checked_sub(1).and_then(|index| BLOCKS.get(index));
    match block {
        Some(&(_, last, script)) if code <= last => Some(script),
        _ => Some(Script::Other),
    }
}

/// The script that most letters of a text are written in; the first one seen
/// where two are level.
///
/// ```
/// use paxnorm::matching::transliterate::{Script, script};
///
/// assert_eq!(script("Мария"), Script::Cyrillic);
/// assert_eq!(script("김민수 (KIM)"), Script::Hangul);
/// assert_eq!(script(""), Script::Latin);
/// ```
#[must_use]
pub fn script(text: &str) -> Script {
    if text.is_ascii() {
        return Script::Latin;
    }
    let mut counts: Vec<(Script, usize)> = Vec::new();
    for found in text.chars().filter_map(of) {
        match counts.iter_mut().find(|(script, _)| *script == found) {
            Some((_, count)) => *count += weight(found),
            None => counts.push((found, weight(found))),
        }
    }
    let most = counts.iter().map(|&(_, count)| count).max();
    counts
        .iter()
        .find(|&&(_, count)| Some(count) == most)
        .map_or(Script::Latin, |&(script, _)| script)
}

/// A syllable or a character of East Asia stands for two or three letters.
fn weight(script: Script) -> usize {
    match script {
        Script::Han | Script::Hangul | Script::Kana => 2,
        _ => 1,
    }
}
