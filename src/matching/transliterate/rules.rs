//! Reads the transliteration tables: one row, one rule.
//!
//! A table is a file of tab-separated columns under `tables/`: the key, its
//! spellings (`KH H:1`, main first, each with its cost), the place where the
//! rule holds, the language it belongs to, and the link that makes several
//! rules choose alike. Blank columns at the end are left out.

use std::collections::HashMap;
use std::sync::LazyLock;

/// One way to write a key, and how far from usual it is (0 is the main way).
#[derive(Clone, Copy, Debug)]
pub(super) struct Spelling {
    pub(super) text: &'static str,
    pub(super) cost: u8,
}

/// Where in a word a rule holds; the empty place is anywhere.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    /// `^`: at the start of a word.
    pub(super) start: bool,
    /// `$`: at the end of a word.
    pub(super) end: bool,
    /// `s`: where a family name stands in a name written without blanks, or alone.
    pub(super) surname: bool,
    /// `p`: a prefix of a longer word; what follows starts a word again.
    pub(super) prefix: bool,
    /// `>abc`: before one of these letters.
    pub(super) next: &'static str,
    /// `<abc`: after one of these letters.
    pub(super) last: &'static str,
}

/// One row of a table.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) key: Vec<char>,
    pub(super) spellings: Vec<Spelling>,
    pub(super) place: Place,
    pub(super) language: &'static str,
    /// Rules of one link choose alike within one text.
    pub(super) link: &'static str,
}

impl Rule {
    fn weight(&self) -> (usize, bool, u32) {
        let place = &self.place;
        let flags = [
            place.start,
            place.end,
            place.surname,
            !place.next.is_empty(),
            !place.last.is_empty(),
        ];
        let set = flags.iter().map(|&flag| u32::from(flag)).sum();
        (self.key.len(), !self.language.is_empty(), set)
    }
}

/// The rules of some tables, most specific first under their first letter.
#[derive(Debug, Default)]
pub(super) struct Rules {
    rules: Vec<Rule>,
    by_first: HashMap<char, Vec<u16>>,
}

impl Rules {
    /// The rules whose key starts with this letter, most specific first.
    pub(super) fn starting(&self, first: char) -> impl Iterator<Item = (u16, &Rule)> {
        let list = self.by_first.get(&first).map_or(&[][..], Vec::as_slice);
        list.iter()
            .filter_map(|&id| Some((id, self.rules.get(usize::from(id))?)))
    }

    /// The rule of this number.
    pub(super) fn get(&self, id: u16) -> Option<&Rule> {
        self.rules.get(usize::from(id))
    }

    /// Reads tables; a row that says nothing is left out (a test counts them).
    pub(super) fn read(tables: &[&'static str], prepare: fn(&str) -> Vec<char>) -> Self {
        let mut rules: Vec<Rule> = rows(tables).filter_map(|row| rule(row, prepare)).collect();
        rules.sort_by_key(|rule| std::cmp::Reverse(rule.weight()));
        rules.truncate(usize::from(u16::MAX));
        let mut by_first: HashMap<char, Vec<u16>> = HashMap::new();
        for (id, rule) in (0u16..).zip(&rules) {
            if let Some(&first) = rule.key.first() {
                by_first.entry(first).or_default().push(id);
            }
        }
        Self { rules, by_first }
    }
}

fn rows(tables: &[&'static str]) -> impl Iterator<Item = &'static str> {
    tables
        .iter()
        .flat_map(|table| table.lines())
        .filter(|row| !row.is_empty() && !row.starts_with('#'))
}

fn rule(row: &'static str, prepare: fn(&str) -> Vec<char>) -> Option<Rule> {
    let mut columns = row.split('\t');
    let key = columns.next()?;
    let spellings: Vec<Spelling> = columns.next()?.split(' ').map(spelling).collect();
    let place = place(columns.next().unwrap_or_default());
    let language = columns.next().unwrap_or_default();
    let link = columns.next().unwrap_or_default();
    let key = prepare(key);
    (!key.is_empty()).then_some(Rule {
        key,
        spellings,
        place,
        language,
        link,
    })
}

fn spelling(item: &'static str) -> Spelling {
    let (text, cost) = item.split_once(':').unwrap_or((item, "0"));
    Spelling {
        text: if text == "-" { "" } else { text },
        cost: cost.parse().unwrap_or(u8::MAX),
    }
}

fn place(column: &'static str) -> Place {
    column.split(' ').fold(Place::default(), |mut place, part| {
        match part.chars().next() {
            Some('^') => place.start = true,
            Some('$') => place.end = true,
            Some('s') => place.surname = true,
            Some('p') => place.prefix = true,
            Some('>') => place.next = part.strip_prefix('>').unwrap_or_default(),
            Some('<') => place.last = part.strip_prefix('<').unwrap_or_default(),
            _ => {}
        }
        place
    })
}

/// The tables for names, read once.
pub(super) static NAMES: LazyLock<Rules> = LazyLock::new(|| {
    Rules::read(
        &[
            include_str!("../tables/translit_latin.tsv"),
            include_str!("../tables/translit_cyrillic.tsv"),
            include_str!("../tables/translit_greek.tsv"),
            include_str!("../tables/translit_caucasus.tsv"),
            include_str!("../tables/translit_arabic.tsv"),
            include_str!("../tables/translit_arabic_names.tsv"),
            include_str!("../tables/translit_hebrew.tsv"),
            include_str!("../tables/translit_kana.tsv"),
            include_str!("../tables/translit_hangul.tsv"),
            include_str!("../tables/translit_indic.tsv"),
            include_str!("../tables/translit_han.tsv"),
        ],
        super::prepare::letters,
    )
});
