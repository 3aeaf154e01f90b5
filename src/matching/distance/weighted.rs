//! Edit distance with costs: which letters are confused for which others, by
//! ear, by transliteration, by scanners and by fingers.

use super::levenshtein;

/// Letters a token may have before it is compared without costs.
const LONGEST: usize = 32;
/// A whole edit.
const WHOLE: u16 = 100;
/// Width of the tables: A-Z, 0-9, and one for every other sign.
const WIDTH: usize = 64;
const OTHER: u8 = 36;

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
    replace: Box<[[u8; WIDTH]]>,
    insert: [u8; WIDTH],
    /// Where the rules of a letter pair begin in `rules`; 0 is none.
    pairs: Box<[u16]>,
    rules: Vec<Rule>,
}

/// A letter pair against one letter or another pair.
#[derive(Clone, Copy, Debug)]
struct Rule {
    /// The letter before the last of the other side, `NONE` for a single one.
    before: u8,
    last: u8,
    cost: u8,
    more: bool,
}

/// Every letter costs a whole edit.
const PLAIN: [u8; WIDTH] = [WHOLE as u8; WIDTH];
const NONE: u8 = 255;
const SWAP: u16 = 80;

impl std::fmt::Debug for Costs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Costs({} pairs)", self.rules.len())
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
            rules: Vec::new(),
        };
        let mut rules: Vec<((u8, u8), Rule)> = Vec::new();
        for (a, b, cost) in table.lines().filter_map(row) {
            costs.enter(a, b, cost, &mut rules);
        }
        costs.index(rules);
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
        u32::from(self.within(a.as_bytes(), b.as_bytes(), u16::MAX).unwrap_or(u16::MAX))
    }

    /// As [`Costs::distance`] of two tokens, but given up once it is sure to
    /// be above `limit`.
    #[inline]
    pub(crate) fn within(&self, a: &[u8], b: &[u8], limit: u16) -> Option<u16> {
        let (a, b) = trim(a, b);
        let (a, b) = (Codes::new(a), Codes::new(b));
        let (a, b) = (a.letters(), b.letters());
        let columns = Columns::new(self, b);
        let mut rows = Rows::first(&columns, b);
        let mut before = OTHER;
        let mut least_before = 0;
        for &x in a {
            let least = rows.next(self, x, before, b, &columns);
            if least.min(least_before) > limit {
                return None;
            }
            (before, least_before) = (x, least);
        }
        let cost = rows.now.get(b.len()).copied().unwrap_or(u16::MAX);
        (cost <= limit).then_some(cost)
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
            *place = cost;
        }
    }

    fn index(&mut self, mut rules: Vec<((u8, u8), Rule)>) {
        rules.sort_by_key(|(pair, rule)| (*pair, rule.before, rule.last, rule.cost));
        rules.truncate(usize::from(u16::MAX) - 1);
        for (at, (pair, rule)) in rules.iter().enumerate() {
            let place = self.pairs.get_mut(cell(pair.0, pair.1));
            if let Some(start) = place.filter(|start| **start == 0) {
                *start = at as u16 + 1;
            }
            let more = rules.get(at + 1).is_some_and(|next| next.0 == *pair);
            self.rules.push(Rule { more, ..*rule });
        }
    }

    /// Costs of one letter against every other.
    #[inline]
    fn line(&self, x: u8) -> &[u8; WIDTH] {
        self.replace.get(usize::from(x & 63)).unwrap_or(&PLAIN)
    }

    #[inline]
    fn insert(&self, x: u8) -> u16 {
        u16::from(self.insert[usize::from(x & 63)])
    }

    /// The rules of the pair that ends in `last`.
    #[inline]
    fn rules(&self, before: u8, last: u8) -> &[Rule] {
        self.rules_at(self.pairs.get(cell(before, last)).copied().unwrap_or(0))
    }

    #[inline]
    fn rules_at(&self, start: u16) -> &[Rule] {
        let start = usize::from(start).checked_sub(1);
        start.and_then(|start| self.rules.get(start..)).unwrap_or(&[])
    }

    /// Cost of entering a letter beside an equal one, or beside any other.
    #[inline]
    fn gap(&self, before: u8, x: u8) -> u16 {
        let cost = self.insert(x);
        if before == x { cost / 3 } else { cost }
    }
}

fn rule(before: u8, last: u8, cost: u8) -> Rule {
    Rule { before, last, cost, more: false }
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
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a',
        b'0'..=b'9' => letter - b'0' + 26,
        _ => OTHER,
    }
}

#[inline]
fn cell(x: u8, y: u8) -> usize {
    usize::from(x & 63) << 6 | usize::from(y & 63)
}

/// Without the common beginning and end, but for one letter of each, which may
/// belong to a pair.
#[inline]
fn trim<'a>(mut a: &'a [u8], mut b: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    while let ([x, y, ..], [p, q, ..]) = (a, b)
        && (x, y) == (p, q)
    {
        (a, b) = (a.get(1..).unwrap_or(&[]), b.get(1..).unwrap_or(&[]));
    }
    while let ([.., x, y], [.., p, q]) = (a, b)
        && (x, y) == (p, q)
    {
        (a, b) = (a.get(..a.len() - 1).unwrap_or(&[]), b.get(..b.len() - 1).unwrap_or(&[]));
    }
    (a, b)
}

struct Codes {
    codes: [u8; LONGEST],
    length: usize,
}

impl Codes {
    #[inline]
    fn new(letters: &[u8]) -> Self {
        let mut codes = [OTHER; LONGEST];
        for (place, letter) in codes.iter_mut().zip(letters) {
            *place = code(*letter);
        }
        Self { codes, length: letters.len().min(LONGEST) }
    }

    #[inline]
    fn letters(&self) -> &[u8] {
        self.codes.get(..self.length).unwrap_or(&[])
    }
}

/// The last three rows of the edit matrix.
struct Rows {
    now: [u16; LONGEST + 1],
    last: [u16; LONGEST + 1],
    older: [u16; LONGEST + 1],
}

/// What the letters of one side cost, looked up once for all rows.
struct Columns {
    gap: [u16; LONGEST],
    /// Where the rules of the pair begin that ends here; 0 is none.
    pair: [u16; LONGEST],
}

impl Columns {
    #[inline]
    fn new(costs: &Costs, b: &[u8]) -> Self {
        let mut columns = Self { gap: [0; LONGEST], pair: [0; LONGEST] };
        let mut before = OTHER;
        for ((gap, pair), &y) in columns.gap.iter_mut().zip(&mut columns.pair).zip(b) {
            *gap = costs.gap(before, y);
            *pair = costs.pairs.get(cell(before, y)).copied().unwrap_or(0);
            before = y;
        }
        columns
    }
}

impl Rows {
    #[inline]
    fn first(columns: &Columns, b: &[u8]) -> Self {
        let mut now = [0; LONGEST + 1];
        let mut sum = 0;
        for (cell, gap) in now.iter_mut().skip(1).zip(&columns.gap).take(b.len()) {
            sum += gap;
            *cell = sum;
        }
        let out = [u16::MAX / 2; LONGEST + 1];
        Self { now, last: out, older: out }
    }

    /// Goes on by the letter `x`, which follows `before`; the least cost of
    /// the new row.
    #[inline]
    fn next(&mut self, costs: &Costs, x: u8, before: u8, b: &[u8], columns: &Columns) -> u16 {
        std::mem::swap(&mut self.older, &mut self.last);
        std::mem::swap(&mut self.last, &mut self.now);
        let (last, older, now) = (&self.last, &self.older, &mut self.now);
        let gap = costs.gap(before, x);
        let pair = costs.rules(before, x);
        let replace = costs.line(x);
        let mut left = last[0] + gap;
        let mut least = left;
        now[0] = left;
        let mut previous = OTHER;
        for j in 0..b.len().min(LONGEST) {
            let y = b[j];
            let change = if x == y { 0 } else { u16::from(replace[usize::from(y & 63)]) };
            let mut best = (last[j] + change).min(last[j + 1] + gap).min(left + columns.gap[j]);
            if !pair.is_empty() {
                for rule in chain(pair) {
                    best = best.min(apply(rule, y, previous, older, j));
                }
            }
            if columns.pair[j] != 0 && j > 0 {
                for rule in chain(costs.rules_at(columns.pair[j])) {
                    if rule.before == NONE && rule.last == x {
                        best = best.min(last[j - 1] + u16::from(rule.cost));
                    }
                }
            }
            if j > 0 && x == previous && before == y {
                best = best.min(older[j - 1] + SWAP);
            }
            now[j + 1] = best;
            left = best;
            least = least.min(best);
            previous = y;
        }
        least
    }
}

/// The rules of one pair: up to the first that has no more after it.
#[inline]
fn chain(rules: &[Rule]) -> impl Iterator<Item = &Rule> {
    let mut more = true;
    rules.iter().take_while(move |rule| std::mem::replace(&mut more, rule.more))
}

/// What it costs that a pair of `a` stands where `y` (after `previous`) does.
#[inline]
fn apply(rule: &Rule, y: u8, previous: u8, older: &[u16; LONGEST + 1], j: usize) -> u16 {
    if rule.last != y {
        return u16::MAX;
    }
    let from = match rule.before {
        NONE => older.get(j),
        before if before == previous && j > 0 => older.get(j - 1),
        _ => None,
    };
    from.map_or(u16::MAX, |cost| cost + u16::from(rule.cost))
}
