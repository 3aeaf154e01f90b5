//! Character sets by syntax identifier (ISO 9735, 0001). Decoding never fails.

use std::borrow::Cow;

use super::tables;

/// The repertoire in which values are decoded.
///
/// Whatever the repertoire, bytes that are valid UTF-8 are read as UTF-8, since senders declare
/// one set and send another; the rest by the table of the repertoire.
///
/// ```
/// use paxnorm::edifact::Charset;
///
/// assert_eq!(Charset::from_syntax_id("UNOC").decode(b"M\xFCller"), "Müller");
/// assert_eq!(Charset::from_syntax_id("UNOE").decode(b"\xB8\xD2\xD0\xDD"), "Иван");
/// assert_eq!(Charset::from_syntax_id("UNOC").decode("Müller".as_bytes()), "Müller");
/// assert_eq!(Charset::from_syntax_id("UNOX").decode(b"\x1B$B;3ED\x1B(B"), "山田");
/// assert_eq!(Charset::from_syntax_id("UNOY").decode(b"\x00M\x00\xFC"), "Mü");
/// assert!(!Charset::from_syntax_id("PRIV").is_known());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Charset {
    /// UNOA, UNOB, IATA, IATB, SIRE: ASCII by the book; beyond it windows-1252.
    #[default]
    Ascii,
    /// UNOC: ISO 8859-1.
    Latin1,
    /// UNOD: ISO 8859-2.
    Latin2,
    /// UNOE: ISO 8859-5.
    Cyrillic,
    /// UNOF: ISO 8859-7.
    Greek,
    /// UNOG: ISO 8859-3.
    Latin3,
    /// UNOH: ISO 8859-4.
    Latin4,
    /// UNOI: ISO 8859-6.
    Arabic,
    /// UNOJ: ISO 8859-8.
    Hebrew,
    /// UNOK: ISO 8859-9.
    Latin5,
    /// UNOL: ISO 8859-15.
    Latin9,
    /// UNOW: UTF-8; what is not valid, windows-1252.
    Utf8,
    /// UNOX: ISO 2022; values with escape sequences are read as ISO-2022-JP, of whose sets they are.
    Escaped,
    /// UNOY: ISO 10646 in two octets, the higher one first. Service characters are one octet;
    /// values of printable ASCII alone are read as such, for senders write codes in one octet.
    TwoOctets,
    /// Any other identifier: UTF-8 or windows-1252.
    Unknown,
}

/// Syntax identifiers and their repertoires.
const BY_ID: &[(&str, Charset)] = &[
    ("UNOA", Charset::Ascii),
    ("UNOB", Charset::Ascii),
    ("UNOC", Charset::Latin1),
    ("UNOD", Charset::Latin2),
    ("UNOE", Charset::Cyrillic),
    ("UNOF", Charset::Greek),
    ("UNOG", Charset::Latin3),
    ("UNOH", Charset::Latin4),
    ("UNOI", Charset::Arabic),
    ("UNOJ", Charset::Hebrew),
    ("UNOK", Charset::Latin5),
    ("UNOL", Charset::Latin9),
    ("UNOW", Charset::Utf8),
    ("UNOX", Charset::Escaped),
    ("UNOY", Charset::TwoOctets),
    ("IATA", Charset::Ascii),
    ("IATB", Charset::Ascii),
    ("SIRE", Charset::Ascii),
];

impl Charset {
    /// By the syntax identifier, in any case of letters.
    pub fn from_syntax_id(id: &str) -> Charset {
        let row = BY_ID
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(id.trim()));
        row.map_or(Charset::Unknown, |(_, charset)| *charset)
    }

    /// Whether the syntax identifier was one of the list.
    pub fn is_known(self) -> bool {
        self != Charset::Unknown
    }

    /// Decodes a value; borrowed where it is UTF-8 already.
    pub fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        match self {
            Charset::TwoOctets if is_wide(bytes) => return Cow::Owned(two_octets(bytes)),
            Charset::Escaped if bytes.contains(&ESCAPE) => {
                return encoding_rs::ISO_2022_JP
                    .decode_without_bom_handling(bytes)
                    .0;
            }
            _ => {}
        }
        match core::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => Cow::Owned(bytes.iter().map(|b| self.character(*b)).collect()),
        }
    }

    /// Whether one character may be of several octets that look like ASCII.
    pub(super) fn hides_in_ascii(self) -> bool {
        matches!(self, Charset::Escaped | Charset::TwoOctets)
    }

    /// Whether `bytes` are outside what the syntax identifier promised, so that
    /// [`decode`](Self::decode) reads them by a guess.
    ///
    /// ```
    /// use paxnorm::edifact::Charset;
    ///
    /// assert!(Charset::Ascii.falls_back(b"\xC9RIC"));
    /// assert!(!Charset::Latin1.falls_back(b"\xC9RIC"));
    /// assert!(Charset::Latin1.falls_back("ÉRIC".as_bytes()));
    /// ```
    pub fn falls_back(self, bytes: &[u8]) -> bool {
        if bytes.is_ascii() {
            return false;
        }
        match self {
            Charset::Ascii | Charset::Unknown => true,
            Charset::Utf8 => core::str::from_utf8(bytes).is_err(),
            Charset::Escaped | Charset::TwoOctets => false,
            _ => core::str::from_utf8(bytes).is_ok(),
        }
    }

    fn character(self, byte: u8) -> char {
        let code = match (byte, self.upper_half()) {
            (0xA0.., Some(table)) => table.get(usize::from(byte - 0xA0)).copied(),
            (0x80..=0x9F, None) if self != Charset::Latin1 => {
                tables::WINDOWS_1252.get(usize::from(byte - 0x80)).copied()
            }
            _ => Some(byte.into()),
        };
        code.and_then(|code| char::from_u32(code.into()))
            .unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    fn upper_half(self) -> Option<&'static [u16; 96]> {
        match self {
            Charset::Latin2 => Some(&tables::LATIN_2),
            Charset::Cyrillic => Some(&tables::CYRILLIC),
            Charset::Greek => Some(&tables::GREEK),
            Charset::Latin3 => Some(&tables::LATIN_3),
            Charset::Latin4 => Some(&tables::LATIN_4),
            Charset::Arabic => Some(&tables::ARABIC),
            Charset::Hebrew => Some(&tables::HEBREW),
            Charset::Latin5 => Some(&tables::LATIN_5),
            Charset::Latin9 => Some(&tables::LATIN_9),
            Charset::Ascii
            | Charset::Latin1
            | Charset::Utf8
            | Charset::Escaped
            | Charset::TwoOctets
            | Charset::Unknown => None,
        }
    }
}

/// Begins the escape sequences of ISO 2022.
const ESCAPE: u8 = 0x1B;

fn is_wide(bytes: &[u8]) -> bool {
    bytes.len().is_multiple_of(2) && !bytes.iter().all(|byte| (b' '..=b'~').contains(byte))
}

fn two_octets(bytes: &[u8]) -> String {
    let (pairs, _) = bytes.as_chunks();
    let units = pairs.iter().map(|pair| u16::from_be_bytes(*pair));
    let characters = char::decode_utf16(units);
    characters
        .map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}
