//! Edit distance with costs: which letters are confused for which others, by
//! ear, by transliteration, by scanners and by fingers. How the cheapest way
//! is found stands in `cheapest.rs`.

use super::cheapest::Cost;
use super::levenshtein;

/// Letters a token may have before it is compared without costs.
pub(super) const LONGEST: usize = 32;
/// A whole edit.
const WHOLE: u16 = 100;
/// Width of the tables: a letter or digit has the place of its lower six bits,
/// so that words need no translation, every other sign the place `OTHER`.
const WIDTH: usize = 64;
pub(super) const OTHER: u8 = 36;

/// A table of costs, in hundredths of an edit, for the weighted edit distance.
///
/// The shipped table ([`Costs::default`]) knows spelling traditions (`KH` for
/// `H`, `OU` for `U`, `PH` for `F`), vowels that transliterations choose
/// freely, shapes that scanners confuse and neighbours on keyboards. A
/// transposition of neighbours costs 80, what the table does not name 100.
///
/// ```
/// use paxnorm::matching::distance::Costs;
///
/// let costs = Costs::default();
/// assert!(costs.distance("KHALID", "HALID") < 50);
/// assert!(costs.distance("MUHAMMAD", "MOHAMED") < 120);
/// assert_eq!(costs.distance("OTTO", "OTTO"), 0);
/// ```
#[derive(Clone)]
pub struct Costs {
    replace: Box<[[Cost; WIDTH]]>,
    insert: [u8; WIDTH],
    /// Which of the sets of rules belongs to a letter pair; the first is empty.
    pairs: Box<[u8]>,
    sets: Vec<Set>,
}

/// The rules of one letter pair.
#[derive(Clone, Debug, Default)]
pub(super) struct Set {
    /// Letters that a rule ends in, one bit each.
    pub(super) ends: u64,
    pub(super) rules: Vec<Rule>,
}

/// A letter pair against one letter or another pair.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    /// The letter before the last of the other side, `NONE` for a single one.
    pub(super) before: u8,
    pub(super) last: u8,
    pub(super) cost: u8,
}

/// Every letter costs a whole edit.
const PLAIN: [Cost; WIDTH] = [WHOLE as Cost; WIDTH];
pub(super) const NONE: u8 = 255;

impl std::fmt::Debug for Costs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Costs({} pairs)", self.sets.len())
    }
}

impl Default for Costs {
    fn default() -> Self {
        Self::parse(include_str!("../tables/costs.tsv"))
    }
}

impl Costs {
    /// Reads a table: lines of kind, letters, other letters, cost (0 to 100),
    /// separated by tabs; at most two letters a side, `-` for none. Lines that
    /// are no such row are passed over, so that notes may stand among them.
    ///
    /// ```
    /// use paxnorm::matching::distance::Costs;
    ///
    /// let costs = Costs::parse("sound\tW\tV\t10");
    /// assert_eq!(costs.distance("WOLF", "VOLF"), 10);
    /// assert_eq!(costs.distance("WOLF", "GOLF"), 100);
    /// ```
    #[must_use]
    pub fn parse(table: &str) -> Self {
        let mut costs = Self {
            replace: vec![PLAIN; WIDTH].into(),
            insert: [WHOLE as u8; WIDTH],
            pairs: vec![0; WIDTH * WIDTH].into(),
            sets: vec![Set::default()],
        };
        let mut rules: Vec<((u8, u8), Rule)> = Vec::new();
        for (a, b, cost) in table.lines().filter_map(row) {
            costs.enter(a, b, cost, &mut rules);
        }
        costs.index(rules);
        for (x, line) in costs.replace.iter_mut().enumerate() {
            if let Some(same) = line.get_mut(x) {
                *same = 0;
            }
        }
        costs
    }

    /// The cheapest way from one string to the other, in hundredths of an edit.
    /// Symmetric. Letters are taken as capitals A to Z; strings of more than 32
    /// letters cost 100 an edit.
    #[must_use]
    pub fn distance(&self, a: &str, b: &str) -> u32 {
        if a.len() > LONGEST || b.len() > LONGEST {
            return levenshtein(a, b) as u32 * u32::from(WHOLE);
        }
        let (mut s, mut t) = ([0; LONGEST], [0; LONGEST]);
        let cost = self.within(codes(a, &mut s), codes(b, &mut t), u16::MAX);
        u32::from(cost.unwrap_or(u16::MAX))
    }

    fn enter(&mut self, a: &[u8], b: &[u8], cost: u8, rules: &mut Vec<((u8, u8), Rule)>) {
        match (a, b) {
            ([], [x]) | ([x], []) => self.set_insert(code(*x), cost),
            ([x], [y]) => {
                self.set_replace(code(*x), code(*y), cost);
                self.set_replace(code(*y), code(*x), cost);
            }
            ([p, q], [x]) | ([x], [p, q]) => {
                rules.push(((code(*p), code(*q)), rule(NONE, code(*x), cost)));
            }
            ([p, q], [x, y]) => {
                rules.push(((code(*p), code(*q)), rule(code(*x), code(*y), cost)));
                rules.push(((code(*x), code(*y)), rule(code(*p), code(*q), cost)));
            }
            _ => {}
        }
    }

    fn set_insert(&mut self, x: u8, cost: u8) {
        if let Some(place) = self.insert.get_mut(usize::from(x)) {
            *place = cost;
        }
    }

    fn set_replace(&mut self, x: u8, y: u8, cost: u8) {
        let line = self.replace.get_mut(usize::from(x & 63));
        if let Some(place) = line.and_then(|line| line.get_mut(usize::from(y & 63))) {
            *place = Cost::from(cost);
        }
    }

    fn index(&mut self, mut rules: Vec<((u8, u8), Rule)>) {
        rules.sort_by_key(|(pair, rule)| (*pair, rule.before, rule.last, rule.cost));
        for (pair, rule) in rules {
            let next = u8::try_from(self.sets.len()).unwrap_or(0);
            let Some(place) = self.pairs.get_mut(cell(pair.0, pair.1)) else {
                continue;
            };
            if *place == 0 && next > 0 {
                *place = next;
                self.sets.push(Set::default());
            }
            if let Some(set) = self
                .sets
                .get_mut(usize::from(*place))
                .filter(|_| *place > 0)
            {
                set.ends |= 1 << (rule.last & 63);
                set.rules.push(rule);
            }
        }
    }

    /// Costs of one letter against every other.
    #[inline]
    pub(super) fn line(&self, x: u8) -> &[Cost; WIDTH] {
        self.replace.get(usize::from(x & 63)).unwrap_or(&PLAIN)
    }

    #[inline]
    fn insert(&self, x: u8) -> u8 {
        let cost = self.insert.get(usize::from(x & 63)).copied();
        cost.unwrap_or(WHOLE as u8)
    }

    /// The rules of the pair that ends in `last`.
    #[inline]
    pub(super) fn rules(&self, before: u8, last: u8) -> Option<&Set> {
        match self.pairs.get(cell(before, last)).copied() {
            None | Some(0) => None,
            Some(set) => self.sets.get(usize::from(set)),
        }
    }

    /// Cost of entering a letter beside an equal one, or beside any other.
    #[inline]
    pub(super) fn gap(&self, before: u8, x: u8) -> Cost {
        let cost = self.insert(x);
        Cost::from(if before == x { cost / 3 } else { cost })
    }
}

fn rule(before: u8, last: u8, cost: u8) -> Rule {
    Rule { before, last, cost }
}

fn row(line: &str) -> Option<(&[u8], &[u8], u8)> {
    let mut cells = line.split('\t').skip(1);
    let mut letters = || Some(cells.next()?.trim_matches('-').as_bytes());
    let (a, b) = (letters()?, letters()?);
    let cost: u8 = cells.next()?.trim().parse().ok()?;
    (cost <= 100 && a.len() <= 2 && b.len() <= 2).then_some((a, b, cost))
}

fn code(letter: u8) -> u8 {
    match letter {
        b'A'..=b'Z' | b'a'..=b'z' => letter & 31,
        b'0'..=b'9' => letter,
        _ => OTHER,
    }
}

/// Any text as letters of the tables.
fn codes<'c>(text: &str, codes: &'c mut [u8; LONGEST]) -> &'c [u8] {
    for (place, letter) in codes.iter_mut().zip(text.bytes()) {
        *place = code(letter);
    }
    codes.get(..text.len()).unwrap_or(codes)
}

#[inline]
fn cell(x: u8, y: u8) -> usize {
    usize::from(x & 63) << 6 | usize::from(y & 63)
}
