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
    /// Which of the sets of rules belongs to a letter pair; the first is empty.
    pairs: Box<[u8]>,
    sets: Vec<Set>,
}

/// The rules of one letter pair.
#[derive(Clone, Debug, Default)]
struct Set {
    /// Letters that a rule ends in, one bit each.
    ends: u64,
    rules: Vec<Rule>,
}

/// A letter pair against one letter or another pair.
#[derive(Clone, Copy, Debug)]
struct Rule {
    /// The letter before the last of the other side, `NONE` for a single one.
    before: u8,
    last: u8,
    cost: u8,
}

/// Every letter costs a whole edit.
const PLAIN: [u8; WIDTH] = [WHOLE as u8; WIDTH];
const NONE: u8 = 255;
const SWAP: u16 = 80;

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
        u32::from(
            self.within(a.as_bytes(), b.as_bytes(), u16::MAX)
                .unwrap_or(u16::MAX),
        )
    }

    /// As [`Costs::distance`] of two tokens, but given up once it is sure to
    /// be above `limit`.
    #[inline]
    pub(crate) fn within(&self, a: &[u8], b: &[u8], limit: u16) -> Option<u16> {
        let (a, b) = trim(a, b);
        let (a, b) = (Codes::new(a), Codes::new(b));
        let (a, b) = (a.letters(), b.letters());
        let columns = Columns::new(self, b);
        let mut rows = columns.rows(b.len());
        let [now, last, older] = &mut rows;
        let (mut now, mut last, mut older) = (now, last, older);
        let (mut before, mut least_before) = (OTHER, 0);
        for &x in a {
            (now, last, older) = (older, now, last);
            let least = self.row(x, before, b, &columns, now, last, older);
            if least.min(least_before) > limit {
                return None;
            }
            (before, least_before) = (x, least);
        }
        let cost = now.get(b.len()).copied().unwrap_or(u16::MAX);
        (cost <= limit).then_some(cost)
    }

    /// Goes on by the letter `x`, which follows `before`; the least cost of
    /// the new row.
    #[inline]
    #[allow(clippy::too_many_arguments)]
    fn row(
        &self,
        x: u8,
        before: u8,
        b: &[u8],
        columns: &Columns<'_>,
        now: &mut Row,
        last: &Row,
        older: &Row,
    ) -> u16 {
        let gap = self.gap(before, x);
        let pair = self.rules(before, x);
        let ends = pair.map_or(0, |pair| pair.ends);
        let replace = self.line(x);
        let mut left = last[0] + gap;
        let mut least = left;
        now[0] = left;
        let (mut previous, mut corner) = (OTHER, last[0]);
        let cells = b
            .iter()
            .zip(&columns.gap)
            .zip(last.iter().skip(1))
            .zip(now.iter_mut().skip(1));
        for (j, (((&y, &gap_y), &up), cell)) in cells.enumerate() {
            let change = u16::from(replace[usize::from(y & 63)]);
            let mut best = (corner + change).min(up + gap).min(left + gap_y);
            let paired = (ends >> (y & 63)) | (columns.ends[j & 31] >> (x & 63));
            if paired & 1 != 0 || y == before && x == previous {
                best = best.min(rare(
                    pair,
                    columns.pair[j & 31],
                    x,
                    before,
                    y,
                    previous,
                    last,
                    older,
                    j,
                ));
            }
            *cell = best;
            left = best;
            least = least.min(best);
            previous = y;
            corner = up;
        }
        least
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
    fn line(&self, x: u8) -> &[u8; WIDTH] {
        self.replace.get(usize::from(x & 63)).unwrap_or(&PLAIN)
    }

    #[inline]
    fn insert(&self, x: u8) -> u16 {
        u16::from(self.insert[usize::from(x & 63)])
    }

    /// The rules of the pair that ends in `last`.
    #[inline]
    fn rules(&self, before: u8, last: u8) -> Option<&Set> {
        match self.pairs.get(cell(before, last)).copied() {
            None | Some(0) => None,
            Some(set) => self.sets.get(usize::from(set)),
        }
    }

    /// Cost of entering a letter beside an equal one, or beside any other.
    #[inline]
    fn gap(&self, before: u8, x: u8) -> u16 {
        let cost = self.insert(x);
        if before == x { cost / 3 } else { cost }
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
        (a, b) = (
            a.get(..a.len() - 1).unwrap_or(&[]),
            b.get(..b.len() - 1).unwrap_or(&[]),
        );
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
        Self {
            codes,
            length: letters.len().min(LONGEST),
        }
    }

    #[inline]
    fn letters(&self) -> &[u8] {
        self.codes.get(..self.length).unwrap_or(&[])
    }
}

/// A row of the edit matrix.
type Row = [u16; LONGEST + 1];

/// What the letters of one side cost, looked up once for all rows.
struct Columns<'c> {
    gap: [u16; LONGEST],
    /// The rules of the pair that ends here.
    pair: [Option<&'c Set>; LONGEST],
    /// Letters that one of these rules ends in.
    ends: [u64; LONGEST],
}

impl<'c> Columns<'c> {
    #[inline]
    fn new(costs: &'c Costs, b: &[u8]) -> Self {
        let mut columns = Self {
            gap: [0; LONGEST],
            pair: [None; LONGEST],
            ends: [0; LONGEST],
        };
        let mut before = OTHER;
        for (j, &y) in b.iter().take(LONGEST).enumerate() {
            columns.gap[j] = costs.gap(before, y);
            if let Some(set) = costs.rules(before, y) {
                columns.pair[j] = Some(set);
                columns.ends[j] = set.ends;
            }
            before = y;
        }
        columns
    }

    /// The row before any letter of the other side, and two that nothing can
    /// come from.
    #[inline]
    fn rows(&self, length: usize) -> [Row; 3] {
        let mut first = [0; LONGEST + 1];
        let mut sum = 0;
        for (cell, gap) in first.iter_mut().skip(1).zip(&self.gap).take(length) {
            sum += gap;
            *cell = sum;
        }
        let out = [u16::MAX / 2; LONGEST + 1];
        [first, out, out]
    }
}

/// The cheapest way by a pair of letters, on either side or in another order.
#[inline(never)]
#[allow(clippy::too_many_arguments)]
fn rare(
    pair: Option<&Set>,
    other: Option<&Set>,
    x: u8,
    before: u8,
    y: u8,
    previous: u8,
    last: &Row,
    older: &Row,
    j: usize,
) -> u16 {
    let mut best = pair.map_or(u16::MAX, |pair| {
        from_pair(&pair.rules, y, previous, older, j)
    });
    if let Some(other) = other {
        best = best.min(to_pair(&other.rules, x, last, j));
    }
    if x == previous && before == y && j > 0 {
        best = best.min(older[j - 1] + SWAP);
    }
    best
}

/// What it costs that a pair of `a` stands where `y` (after `previous`) does.
fn from_pair(pair: &[Rule], y: u8, previous: u8, older: &Row, j: usize) -> u16 {
    let mut best = u16::MAX;
    for rule in pair.iter().filter(|rule| rule.last == y) {
        let from = match rule.before {
            NONE => older.get(j),
            before if before == previous && j > 0 => older.get(j - 1),
            _ => None,
        };
        best = best.min(from.map_or(u16::MAX, |cost| cost + u16::from(rule.cost)));
    }
    best
}

/// What it costs that `x` stands where a pair of `b` does.
fn to_pair(pair: &[Rule], x: u8, last: &Row, j: usize) -> u16 {
    let single = pair
        .iter()
        .find(|rule| rule.before == NONE && rule.last == x);
    let from = last
        .get(j.saturating_sub(1))
        .copied()
        .unwrap_or(u16::MAX / 2);
    single.map_or(u16::MAX, |rule| from + u16::from(rule.cost))
}
