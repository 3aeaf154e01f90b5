//! Reads the transliteration tables: one row, one rule.
//!
//! A table is a file of tab-separated columns under `tables/`: the key, its
//! spellings (`KH H:1`, main first, each with its cost), the place where the
//! rule holds, the language it belongs to, and the link that makes several
//! rules choose alike. Blank columns at the end are left out.

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
    /// Where the rules of a letter start, and where they end: one entry for
    /// each letter before the Chinese characters, which are searched instead.
    dense: Vec<(u16, u16)>,
    firsts: Vec<(char, u16, u16)>,
}

/// The first code point that the dense index leaves out.
const DENSE: usize = 0x3100;

impl Rules {
    /// The rules whose key starts with this letter, most specific first.
    pub(super) fn starting(&self, first: char) -> impl Iterator<Item = (u16, &Rule)> {
        let (from, to) = self.range(first);
        let rules = self.rules.get(usize::from(from)..usize::from(to));
        (from..).zip(rules.unwrap_or_default())
    }

    fn range(&self, first: char) -> (u16, u16) {
        let code = usize::try_from(u32::from(first)).unwrap_or(DENSE);
        if code < DENSE {
            return self.dense.get(code).copied().unwrap_or_default();
        }
        let found = self
            .firsts
            .binary_search_by_key(&first, |&(letter, ..)| letter);
        let entry = found.ok().and_then(|at| self.firsts.get(at));
        entry.map_or((0, 0), |&(_, from, to)| (from, to))
    }

    /// The rule of this number.
    pub(super) fn get(&self, id: u16) -> Option<&Rule> {
        self.rules.get(usize::from(id))
    }

    /// Reads tables; a row that says nothing is left out (a test counts them).
    pub(super) fn read(tables: &[&'static str], prepare: fn(&str) -> Vec<char>) -> Self {
        let mut rules: Vec<Rule> = rows(tables).filter_map(|row| rule(row, prepare)).collect();
        rules.sort_by_key(|rule| (rule.key.first().copied(), std::cmp::Reverse(rule.weight())));
        rules.truncate(usize::from(u16::MAX));
        let mut read = Self {
            rules,
            dense: vec![(0, 0); DENSE],
            firsts: Vec::new(),
        };
        read.index();
        read
    }

    fn index(&mut self) {
        for (id, rule) in (0u16..).zip(&self.rules) {
            let first = rule.key.first().copied().unwrap_or_default();
            match self.firsts.last_mut() {
                Some((letter, _, to)) if *letter == first => *to = id + 1,
                _ => self.firsts.push((first, id, id + 1)),
            }
        }
        for &(first, from, to) in &self.firsts {
            let code = usize::try_from(u32::from(first)).unwrap_or(DENSE);
            if let Some(entry) = self.dense.get_mut(code) {
                *entry = (from, to);
            }
        }
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
            include_str!("../tables/translit_thai.tsv"),
            include_str!("../tables/translit_han.tsv"),
        ],
        super::prepare::letters,
    )
});

#[cfg(test)]
mod tests {
    use super::*;

    /// A row with a cost that is no number, or a spelling that is no Latin, is a slip.
    #[test]
    fn every_row_is_a_rule() {
        let rules = &NAMES.rules;
        assert!(rules.len() > 2_500, "{}", rules.len());
        for rule in rules {
            assert!(!rule.spellings.is_empty(), "{:?}", rule.key);
            for spelling in &rule.spellings {
                let known = |letter: char| letter.is_ascii_uppercase() || "-_' ’".contains(letter);
                assert!(
                    spelling.text.chars().all(known),
                    "{:?} {spelling:?}",
                    rule.key
                );
                assert!(spelling.cost < 10, "{:?} {spelling:?}", rule.key);
            }
            assert_eq!(
                rule.spellings.first().map(|main| main.cost),
                Some(0),
                "{:?}",
                rule.key
            );
        }
    }
}
