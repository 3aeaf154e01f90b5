use std::sync::LazyLock;

use super::prepare::letters;
use super::rules::Rules;
use super::spell::{Spelt, spell_as};

/// A language whose Cyrillic letters Doc 9303 transliterates in a way of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Language {
    /// Belarusian.
    Belarusian,
    /// Bulgarian.
    Bulgarian,
    /// Macedonian.
    Macedonian,
    /// Serbian.
    Serbian,
    /// Ukrainian.
    Ukrainian,
}

impl Language {
    const ALL: [Self; 5] = [
        Self::Belarusian,
        Self::Bulgarian,
        Self::Macedonian,
        Self::Serbian,
        Self::Ukrainian,
    ];

    fn code(self) -> &'static str {
        match self {
            Self::Belarusian => "be",
            Self::Bulgarian => "bg",
            Self::Macedonian => "mk",
            Self::Serbian => "sr",
            Self::Ukrainian => "uk",
        }
    }
}

/// What Doc 9303 makes of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Transliteration {
    /// By the first transliteration that the tables list for each letter.
    pub main: String,
    /// By the others that they permit, at most 63.
    pub alternatives: Vec<String>,
    /// Letters that have no transliteration, in order; they are not in `main`.
    pub dropped: Vec<char>,
}

static ICAO: LazyLock<Rules> =
    LazyLock::new(|| Rules::read(&[include_str!("../tables/translit_icao9303.tsv")], letters));

/// The transliteration of ICAO Doc 9303 Part 3 section 6: what a machine-readable
/// zone may hold for a name of the visual zone.
///
/// Latin letters of every country (marks are lost, Ä is AE or A), Cyrillic by
/// language (where it is not told, the languages' own ways count among the
/// alternatives) and Arabic with its reversible X escapes. Punctuation, blanks
/// and digits stay for whoever lays out the zone. Greek, Hebrew and the scripts
/// of Asia have no rule there: their letters are dropped and named.
///
/// ```
/// use paxnorm::matching::transliterate::{Language, icao9303};
///
/// let name = icao9303("Käse", None);
/// assert_eq!((name.main.as_str(), &name.alternatives[..]), ("KAESE", &["KASE".to_owned()][..]));
/// assert_eq!(icao9303("Гагарін", Some(Language::Ukrainian)).main, "HAHARIN");
/// assert_eq!(icao9303("محمد", None).main, "MXHMD");
/// assert_eq!(icao9303("Zoë Ω", None).dropped, ['Ω']);
/// ```
#[must_use]
pub fn icao9303(text: &str, language: Option<Language>) -> Transliteration {
    let spelt = spell_as(text, &ICAO, language.map_or("", Language::code));
    let mut spellings = spelt.cheapest(usize::MAX);
    if language.is_none() && text.chars().any(is_cyrillic) {
        let others = Language::ALL.iter();
        spellings.extend(others.map(|other| spell_as(text, &ICAO, other.code()).main()));
    }
    Transliteration {
        main: known(&spelt.main()),
        alternatives: alternatives(&spelt, &spellings),
        dropped: dropped(text),
    }
}

fn alternatives(spelt: &Spelt<'_>, spellings: &[String]) -> Vec<String> {
    let main = known(&spelt.main());
    let mut others: Vec<String> = Vec::new();
    for spelling in spellings.iter().map(|text| known(text)) {
        if spelling != main && !others.contains(&spelling) {
            others.push(spelling);
        }
    }
    others
}

fn is_cyrillic(letter: char) -> bool {
    super::script::of(letter) == Some(super::Script::Cyrillic)
}

/// A letter that no rule turned into A-Z.
fn unknown(letter: char) -> bool {
    letter.is_alphabetic() && !letter.is_ascii()
}

fn known(text: &str) -> String {
    text.chars().filter(|&letter| !unknown(letter)).collect()
}

/// The letters of the text that leave a letter without a rule behind.
fn dropped(text: &str) -> Vec<char> {
    let lost = |letter: &char| unknown(*letter) && letter_is_lost(*letter);
    text.chars().filter(lost).collect()
}

fn letter_is_lost(letter: char) -> bool {
    let mut buffer = [0; 4];
    let written = spell_as(letter.encode_utf8(&mut buffer), &ICAO, "").main();
    written.chars().any(unknown)
}
