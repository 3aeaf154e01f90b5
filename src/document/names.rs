use super::Layout;
use crate::matching::transliterate::{Language, icao9303};
use crate::model::{Name, Text};

/// The name field of a machine-readable zone (Doc 9303 Part 3 section 4.6).
///
/// ```
/// use paxnorm::document::MachineName;
///
/// let name = MachineName::read("AL<BASRI<<HUDA<MUHAMMAD<<<<<<<<");
/// assert_eq!((&*name.primary, &*name.secondary), ("AL BASRI", "HUDA MUHAMMAD"));
/// assert!(!name.truncated);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct MachineName {
    /// Primary identifier, most often the surname; its components parted by blanks.
    pub primary: Text,
    /// Secondary identifier, most often the given names.
    pub secondary: Text,
    /// The last position holds a letter: the name may go on beyond the field.
    pub truncated: bool,
}

impl MachineName {
    /// Reads a whole name field.
    ///
    /// A field that starts with fillers has given names only; Doc 9303 does not
    /// know it, but some states print it.
    #[must_use]
    pub fn read(field: &str) -> Self {
        let (primary, secondary) = field.split_once("<<").unwrap_or((field, ""));
        Self {
            primary: Text::from(blanks(primary)),
            secondary: Text::from(blanks(secondary)),
            truncated: !field.is_empty() && !field.ends_with('<'),
        }
    }

    /// Writes the name of a visual zone into a name field: transliterated,
    /// apostrophes deleted, hyphens and blanks as fillers, cut where it is too
    /// long. Letters that Doc 9303 cannot write are given back.
    ///
    /// Issuers may cut otherwise; [`compare`](super::compare) accepts every way
    /// that Doc 9303 permits. A name that is not split is a primary identifier.
    ///
    /// ```
    /// use paxnorm::{Name, document::{Layout, MachineName}};
    ///
    /// let (name, dropped) = MachineName::print(&Name::new("O'Connor", "Enya Siobhán"), Layout::Td3, None);
    /// assert_eq!(name.field(), "OCONNOR<<ENYA<SIOBHAN");
    /// assert!(dropped.is_empty());
    /// ```
    #[must_use]
    pub fn print(name: &Name, layout: Layout, language: Option<Language>) -> (Self, Vec<char>) {
        let width = layout.name_width();
        let mut dropped = Vec::new();
        let mut part = |text: &Option<Text>| {
            let text = text.as_deref().unwrap_or_default();
            components(text, language, &mut dropped)
        };
        let (mut primary, secondary) = (part(&name.surname), part(&name.given));
        if primary.is_empty() {
            primary = part(&name.full);
        }
        (fitted(&primary, &secondary, width), dropped)
    }

    /// The characters of the field, without the fillers at its end.
    #[must_use]
    pub fn field(&self) -> String {
        let fillers = |text: &Text| text.replace(' ', "<");
        let primary = fillers(&self.primary);
        if self.secondary.is_empty() {
            return primary;
        }
        format!("{primary}<<{}", fillers(&self.secondary))
    }

    /// As a name of the schema: the primary identifier as surname.
    #[must_use]
    pub fn name(&self) -> Name {
        Name::new(&self.primary, &self.secondary)
    }
}

fn blanks(field: &str) -> String {
    let components = field.split('<').filter(|component| !component.is_empty());
    components.collect::<Vec<_>>().join(" ")
}

/// The components of an identifier, in the characters of a zone.
fn components(text: &str, language: Option<Language>, dropped: &mut Vec<char>) -> Vec<String> {
    let written = icao9303(text, language);
    dropped.extend(written.dropped);
    dropped.extend(written.main.chars().filter(char::is_ascii_digit));
    let parts = written.main.split(parts_components);
    let letters = |part: &str| part.chars().filter(char::is_ascii_uppercase).collect();
    let components = parts.map(letters);
    components
        .filter(|part: &String| !part.is_empty())
        .collect()
}

/// Blanks, hyphens of all kinds, commas; everything else that is no letter is deleted.
pub(super) fn parts_components(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '-' | ',' | '<' | '/' | '\u{2010}'..='\u{2015}')
}

fn fitted(primary: &[String], secondary: &[String], width: usize) -> MachineName {
    let whole = primary.join(" ");
    let room = if secondary.is_empty() {
        width
    } else {
        width.saturating_sub(3)
    };
    let primary = if whole.len() <= room {
        whole
    } else {
        shortened(primary, room)
    };
    let rest = width.saturating_sub(primary.len() + 2);
    let secondary = cut(secondary, rest);
    let used = match (primary.len(), secondary.len()) {
        (primary, 0) => primary,
        (primary, secondary) => primary + 2 + secondary,
    };
    MachineName {
        primary: Text::from(primary),
        secondary: Text::from(secondary),
        truncated: used == width,
    }
}

/// All components cut to one length, the longest that fits; those beyond the room are left out.
fn shortened(components: &[String], room: usize) -> String {
    let at = |length: usize| {
        let short = components
            .iter()
            .map(|part| part.get(..length).unwrap_or(part));
        short.take(room.div_ceil(2)).collect::<Vec<_>>().join(" ")
    };
    let fits = (1..=room).rev().map(at).find(|text| text.len() <= room);
    fits.unwrap_or_default()
}

/// The components as far as they reach, so that the last position is a letter:
/// where it would be a filler, the component before gives one letter up.
fn cut(components: &[String], room: usize) -> String {
    let mut parts: Vec<&str> = components.iter().take(room).map(String::as_str).collect();
    loop {
        let whole = parts.join(" ");
        match whole.get(..room) {
            Some(text) if text.ends_with(' ') => shorten(&mut parts, room),
            Some(text) => return text.to_owned(),
            None => return whole,
        }
    }
}

/// Takes the last letter from the component that ends right before the room does.
fn shorten(parts: &mut Vec<&str>, room: usize) {
    let mut end = 0;
    for index in 0..parts.len() {
        let Some(part) = parts.get_mut(index) else {
            return;
        };
        end += part.len() + 1;
        if end >= room {
            match part.get(..part.len().saturating_sub(1)) {
                Some(shorter) if !shorter.is_empty() => *part = shorter,
                _ => {
                    parts.remove(index);
                }
            }
            return;
        }
    }
}
