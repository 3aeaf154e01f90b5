//! Names of any script in Latin letters.
//!
//! Reach for [`latin`] to fold one name, for [`spellings`] to look for a name
//! in lists that may write it otherwise, and for [`icao9303`] where a travel
//! document is read or written and ICAO Doc 9303 leaves no choice.
//!
//! One name has many Latin spellings: Юлия is IULIIA in a Russian passport and
//! YULIYA, JULIA or YULIA in a list. Each rule of the tables therefore carries
//! its customary spellings, each with a cost; the spellings of a name are the
//! cheapest ways through its letters. What a script does not write (the short
//! vowels of Arabic and Hebrew) is supplied from tables of common names and
//! otherwise by the likeliest vowel; consonants are never lost.
//!
//! # Gaps
//!
//! Thai is read letter by letter: the vowel that closed syllables leave out is
//! a guess. Chinese characters have readings for surnames and common given names only,
//! in Mandarin; characters of Japanese and Korean names are read as Chinese
//! ones. Letters of scripts without a table stay as they are, because leaving
//! them out would make different names equal.

mod icao;
mod prepare;
mod rules;
mod script;
mod spell;

use std::borrow::Cow;

pub use icao::{Language, Transliteration, icao9303};
pub use script::{Script, script};

/// The main Latin spelling of a name: capitals A-Z, digits and blanks.
///
/// Apostrophes, hyphens and other punctuation stay: they mean something to
/// whoever cuts the name into tokens. Letters without a rule stay too.
///
/// ```
/// use paxnorm::matching::transliterate::latin;
///
/// assert_eq!(latin("Müller-Łuczak"), "MUELLER-LUCZAK");
/// assert_eq!(latin("Щербакова"), "SHCHERBAKOVA");
/// assert_eq!(latin("Παπαδόπουλος"), "PAPADOPOULOS");
/// ```
#[must_use]
pub fn latin(text: &str) -> Cow<'_, str> {
    if !text.is_ascii() {
        return Cow::Owned(spell::spell(text, &rules::NAMES).main());
    }
    if text.bytes().any(|byte| byte.is_ascii_lowercase()) {
        Cow::Owned(text.to_ascii_uppercase())
    } else {
        Cow::Borrowed(text)
    }
}

/// The spellings of a name that matter for matching: the main one first, then
/// by how usual they are, without repeats, at most `limit` (and never more than 64).
///
/// ```
/// use paxnorm::matching::transliterate::spellings;
///
/// assert_eq!(spellings("Jörg", 8), ["JOERG", "JORG"]);
/// assert_eq!(spellings("ANNA", 8), ["ANNA"]);
/// assert!(spellings("Юлия", 8).contains(&"YULIYA".to_owned()));
/// ```
#[must_use]
pub fn spellings(text: &str, limit: usize) -> Vec<String> {
    if limit == 0 {
        Vec::new()
    } else if text.is_ascii() {
        vec![text.to_ascii_uppercase()]
    } else {
        spell::spell(text, &rules::NAMES).cheapest(limit)
    }
}
