//! What is known of single words: their role in a name, how common they are,
//! and of which other words they are a form.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::phonetic;

/// What a word does in a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Role {
    /// A name.
    #[default]
    Word,
    /// A single letter.
    Initial,
    /// `VAN`, `DE`, `AL`, `BIN`: part of a name, seldom written twice alike.
    Particle,
    /// `SHEIKH`, `HAJI`, `GENERAL`: said before a name, sometimes part of it.
    Honorific,
    /// Name of the father: `PETROVICH`, `MAMMADOGLU`.
    Patronymic,
    /// `JR`, `III`.
    Suffix,
    /// `MR`, `MME`, `DR`: what reservation systems add; never compared.
    Title,
    /// `FNU`, `XXX`, `EXST`: a word in place of a name; never compared.
    Placeholder,
}

/// Most names that one word may be a form of.
const KIN: usize = 4;

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Entry {
    pub(crate) role: Role,
    /// Persons of 100,000 who bear it, 0 if unknown.
    pub(crate) count: u32,
    pub(crate) kin: [u16; KIN],
}

/// The words of the shipped tables and of the caller's.
#[derive(Clone, Debug)]
pub(crate) struct Lexicon {
    words: HashMap<u128, Entry, Fast>,
    sounds: HashMap<u64, u32, Fast>,
    names: u16,
}

impl Lexicon {
    /// Reads the shipped tables, with `counts` in place of the shipped ones if
    /// it holds any row.
    pub(crate) fn new(counts: Option<&str>) -> Self {
        let mut lexicon = Self {
            words: HashMap::default(),
            sounds: HashMap::default(),
            names: 0,
        };
        for (word, role) in rows(include_str!("tables/roles.tsv")).filter_map(role_of) {
            lexicon.entry(word).role = role;
        }
        for (word, count) in rows(counts.unwrap_or(include_str!("tables/counts.tsv"))) {
            lexicon.count(word, count.parse().unwrap_or(0));
        }
        for table in [
            include_str!("tables/nicknames.tsv"),
            include_str!("tables/variants.tsv"),
        ] {
            for (name, forms) in rows(table) {
                lexicon.relate(name, forms);
            }
        }
        lexicon
    }

    #[inline]
    pub(crate) fn get(&self, word: &[u8]) -> Entry {
        pack(word)
            .and_then(|key| self.words.get(&key))
            .copied()
            .unwrap_or_default()
    }

    /// Persons of 100,000 with a name that sounds like `word`.
    #[inline]
    pub(crate) fn common(&self, entry: &Entry, skeleton: u64) -> u32 {
        if phonetic::length(skeleton) < 3 {
            return entry.count;
        }
        self.sounds.get(&skeleton).copied().unwrap_or(entry.count)
    }

    fn entry(&mut self, word: &str) -> &mut Entry {
        self.words
            .entry(pack(word.as_bytes()).unwrap_or(0))
            .or_default()
    }

    fn count(&mut self, word: &str, count: u32) {
        self.entry(word).count = count;
        let sound = self
            .sounds
            .entry(phonetic::of(word.as_bytes()))
            .or_default();
        *sound = sound.saturating_add(count);
    }

    /// Every form is kin of the name, and the name of itself.
    fn relate(&mut self, name: &str, forms: &str) {
        self.names = self.names.saturating_add(1);
        let id = self.names;
        for word in std::iter::once(name).chain(forms.split(' ')) {
            let kin = &mut self.entry(word).kin;
            if let Some(place) = kin.iter_mut().find(|place| **place == 0) {
                *place = id;
            }
        }
    }
}

/// Rows of two cells; the first line is the source, the second the heading.
fn rows(table: &str) -> impl Iterator<Item = (&str, &str)> {
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut cells = line.split('\t');
            Some((cells.next()?, cells.next()?))
        })
}

fn role_of<'a>((word, role): (&'a str, &str)) -> Option<(&'a str, Role)> {
    let role = match role {
        "title" => Role::Title,
        "honorific" => Role::Honorific,
        "particle" => Role::Particle,
        "suffix" => Role::Suffix,
        "placeholder" => Role::Placeholder,
        _ => return None,
    };
    Some((word, role))
}

/// A word of up to 16 letters as one number.
#[inline]
pub(crate) fn pack(word: &[u8]) -> Option<u128> {
    (word.len() <= 16).then(|| {
        word.iter()
            .fold(0, |key, &letter| key << 8 | u128::from(letter))
    })
}

pub(crate) type Fast = BuildHasherDefault<Multiply>;

/// A hasher for keys that nobody can choose to collide: the words of tables.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Multiply(u64);

impl Hasher for Multiply {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(23) ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 ^= self.0 >> 29;
    }

    fn write_u128(&mut self, value: u128) {
        self.write_u64(value as u64);
        self.write_u64((value >> 64) as u64);
    }
}
