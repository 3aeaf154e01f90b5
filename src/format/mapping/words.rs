//! Words that files of several languages write for the codes of the schema.

use unicode_normalization::UnicodeNormalization;

use crate::model::{DocumentKind, Sex, Title, bare};

/// A text for comparison: small letters and digits without accents, everything else gone.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfkd().flat_map(char::to_lowercase) {
        match letter {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            letter if letter.is_alphanumeric() => folded.push(letter),
            _ => {}
        }
    }
    folded
}

/// Without the full stops at its end, which few words have.
fn undotted(text: &str) -> &str {
    match text.ends_with('.') {
        true => text.trim_end_matches('.'),
        false => text,
    }
}

/// The value of a word, in any case; with accents too, which take folding.
fn find<T: Copy>(table: &[(&str, T)], text: &str) -> Option<T> {
    let text = undotted(bare(text));
    let plain = |word: &str| word.len() == text.len() && text.eq_ignore_ascii_case(word);
    let found = table.iter().find(|(word, _)| plain(word)).or_else(|| {
        let folded = (!text.is_ascii()).then(|| fold(text))?;
        table.iter().find(|(word, _)| *word == folded)
    });
    found.map(|(_, value)| *value)
}

/// ISO 5218, EDIFACT 3499, and words.
const SEXES: &[(&str, Sex)] = &[
    ("m", Sex::Male),
    ("f", Sex::Female),
    ("x", Sex::Other),
    ("male", Sex::Male),
    ("female", Sex::Female),
    ("v", Sex::Female),
    ("w", Sex::Female),
    ("h", Sex::Male),
    ("1", Sex::Male),
    ("2", Sex::Female),
    ("0", Sex::Unspecified),
    ("3", Sex::Unspecified),
    ("9", Sex::Unspecified),
    ("u", Sex::Unspecified),
    ("d", Sex::Other),
    ("man", Sex::Male),
    ("woman", Sex::Female),
    ("vrouw", Sex::Female),
    ("mann", Sex::Male),
    ("frau", Sex::Female),
    ("mannlich", Sex::Male),
    ("maennlich", Sex::Male),
    ("weiblich", Sex::Female),
    ("divers", Sex::Other),
    ("mannelijk", Sex::Male),
    ("vrouwelijk", Sex::Female),
    ("homme", Sex::Male),
    ("femme", Sex::Female),
    ("masculin", Sex::Male),
    ("feminin", Sex::Female),
    ("other", Sex::Other),
    ("unknown", Sex::Unspecified),
    ("onbekend", Sex::Unspecified),
    ("inconnu", Sex::Unspecified),
    ("unbekannt", Sex::Unspecified),
];

pub(super) fn sex(text: &str) -> Option<Sex> {
    find(SEXES, text)
}

const TITLES: &[(&str, Title)] = &[
    ("m", Title::Mr),
    ("mevrouw", Title::Mrs),
    ("mevr", Title::Mrs),
    ("mw", Title::Mrs),
    ("meneer", Title::Mr),
    ("de heer", Title::Mr),
    ("dhr", Title::Mr),
    ("mister", Title::Mr),
    ("hr", Title::Mr),
    ("fr", Title::Mrs),
    ("mademoiselle", Title::Miss),
    ("master", Title::Master),
    ("doctor", Title::Dr),
    ("docteur", Title::Dr),
    ("doktor", Title::Dr),
    ("professor", Title::Prof),
    ("professeur", Title::Prof),
];

pub(super) fn title(text: &str) -> Option<Title> {
    let text = text.trim();
    Title::from_token(text).or_else(|| find(TITLES, text))
}

const TRUTH: &[(&str, bool)] = &[
    ("1", true),
    ("0", false),
    ("true", true),
    ("false", false),
    ("y", true),
    ("n", false),
    ("yes", true),
    ("no", false),
    ("ja", true),
    ("nee", false),
    ("nein", false),
    ("oui", true),
    ("non", false),
    ("j", true),
    ("o", true),
    ("x", true),
];

pub(super) fn flag(text: &str) -> Option<bool> {
    find(TRUTH, text)
}

const KINDS: &[(&str, DocumentKind)] = &[
    ("passport", DocumentKind::Passport),
    ("passeport", DocumentKind::Passport),
    ("paspoort", DocumentKind::Passport),
    ("reisepass", DocumentKind::Passport),
    ("pass", DocumentKind::Passport),
    ("39", DocumentKind::Passport),
    ("diplomaticpassport", DocumentKind::Passport),
    ("id card", DocumentKind::IdentityCard),
    ("idcard", DocumentKind::IdentityCard),
    ("id_card", DocumentKind::IdentityCard),
    ("id", DocumentKind::IdentityCard),
    ("identity card", DocumentKind::IdentityCard),
    ("identitycard", DocumentKind::IdentityCard),
    ("nationalid", DocumentKind::IdentityCard),
    ("national id", DocumentKind::IdentityCard),
    ("national_id", DocumentKind::IdentityCard),
    ("cni", DocumentKind::IdentityCard),
    ("carte d'identité", DocumentKind::IdentityCard),
    ("cartedidentite", DocumentKind::IdentityCard),
    ("identiteitskaart", DocumentKind::IdentityCard),
    ("personalausweis", DocumentKind::IdentityCard),
    ("36", DocumentKind::IdentityCard),
    ("passport_id", DocumentKind::Passport),
    ("passport card", DocumentKind::PassportCard),
    ("residence permit", DocumentKind::ResidencePermit),
    ("seaman's book", DocumentKind::CrewCertificate),
    ("seamansbook", DocumentKind::CrewCertificate),
    ("seaman book", DocumentKind::CrewCertificate),
    ("musterbook", DocumentKind::CrewCertificate),
    ("718", DocumentKind::CrewCertificate),
    ("other", DocumentKind::Other),
    ("101", DocumentKind::Other),
    ("drivers_license", DocumentKind::Other),
    ("driving_licence", DocumentKind::Other),
];

/// A kind of document in words; `None` leaves it to the codes of messages.
pub(super) fn document_kind(text: &str) -> Option<DocumentKind> {
    // No word is as short as most codes.
    match text.len() {
        0 | 1 => None,
        _ => find(KINDS, text),
    }
}

/// Names of months by their first letters, in English, French, Dutch and German.
const MONTHS: &[(&str, u8)] = &[
    ("jan", 1),
    ("fev", 2),
    ("feb", 2),
    ("mar", 3),
    ("maa", 3),
    ("mrt", 3),
    ("mrz", 3),
    ("apr", 4),
    ("avr", 4),
    ("mai", 5),
    ("may", 5),
    ("mei", 5),
    ("juin", 6),
    ("jun", 6),
    ("juil", 7),
    ("jul", 7),
    ("aug", 8),
    ("aou", 8),
    ("sep", 9),
    ("oct", 10),
    ("okt", 10),
    ("nov", 11),
    ("dec", 12),
    ("dez", 12),
];

pub(super) fn month(name: &str) -> Option<u8> {
    let name = fold(name);
    let found = MONTHS.iter().find(|(start, _)| name.starts_with(start));
    found.map(|(_, month)| *month)
}
