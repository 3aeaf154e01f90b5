//! The cheapest way from one word to another: the edit matrix row by row, of
//! as many columns as the shorter word needs.

use super::weighted::{Costs, LONGEST, NONE, OTHER, Rule, Set};

/// Hundredths of an edit.
pub(super) type Cost = i32;
/// Two neighbours in the other order.
const SWAP: Cost = 80;
/// More than any way may cost: 64 whole edits are 6,400.
const OUT: Cost = Cost::MAX / 2;

impl Costs {
    /// As [`Costs::distance`] of two words of capitals and digits, or of codes,
    /// but given up once it is sure to be above `limit`.
    #[inline]
    pub(crate) fn within(&self, a: &[u8], b: &[u8], limit: u16) -> Option<u16> {
        let (a, b) = trim(a, b);
        let (long, short) = if a.len() < b.len() { (b, a) } else { (a, b) };
        let limit = Cost::from(limit);
        let cost = match short.len() {
            0..=8 => self.cheapest::<8>(long, short, limit),
            9..=16 => self.cheapest::<16>(long, short, limit),
            _ => self.cheapest::<LONGEST>(long, short, limit),
        };
        cost.and_then(|cost| u16::try_from(cost).ok())
    }

    fn cheapest<const N: usize>(&self, rows: &[u8], columns: &[u8], limit: Cost) -> Option<Cost> {
        let columns = Columns::<N>::new(self, columns);
        let mut rows_kept = [columns.first(limit), Row::OUT, Row::OUT];
        let [last, older, now] = &mut rows_kept;
        let (mut last, mut older, mut now) = (last, older, now);
        let mut before = OTHER;
        for x in rows.iter().take(LONGEST).map(|x| x & 63) {
            let gap = self.gap(before, x);
            now.begin(last, gap, limit);
            if let Some(set) = self
                .rules(before, x)
                .filter(|set| set.ends & columns.mask != 0)
            {
                columns.by_pair(set, older, now);
            }
            if columns.ends >> x & 1 != 0 {
                columns.to_pair(self, x, last, now);
            }
            if columns.neighbours >> neighbours(x, before) & 1 != 0 {
                columns.swapped(x, before, older, now);
            }
            columns.fill(self.line(x), gap, last, now, limit);
            if now.above(limit) && last.above(limit) {
                return None;
            }
            before = x;
            (older, last, now) = (last, now, older);
        }
        let cost = last.at(columns.length);
        (cost <= limit).then_some(cost)
    }
}

/// A row of the edit matrix: before the first column, and after each.
#[derive(Clone, Copy)]
struct Row<const N: usize> {
    edge: Cost,
    cells: [Cost; N],
    /// Between which columns the ways within the limit lie: all other cells
    /// are above it.
    low: usize,
    high: usize,
}

impl<const N: usize> Row<N> {
    /// A row that nothing comes from.
    const OUT: Self = Self {
        edge: OUT,
        cells: [OUT; N],
        low: N,
        high: 0,
    };

    /// The row after `last`, of which nothing is known but where the ways from
    /// there lead.
    #[inline]
    fn begin(&mut self, last: &Self, gap: Cost, limit: Cost) {
        self.edge = last.edge + gap;
        self.cells = [OUT; N];
        self.low = if last.edge > limit { last.low } else { 0 };
        self.high = last.high;
    }

    /// After this many columns.
    #[inline]
    fn at(&self, columns: usize) -> Cost {
        match columns.checked_sub(1) {
            None => self.edge,
            Some(at) => self.cells.get(at).copied().unwrap_or(OUT),
        }
    }

    #[inline]
    fn lower(&mut self, column: usize, cost: Cost) {
        if let Some(cell) = self.cells.get_mut(column) {
            *cell = cost.min(*cell);
            self.low = self.low.min(column);
            self.high = self.high.max(column);
        }
    }

    /// Whether no way within the limit leads through this row.
    #[inline]
    fn above(&self, limit: Cost) -> bool {
        self.low >= self.high && self.edge > limit
    }
}

/// The letters of the shorter word and what they cost, looked up once for all
/// rows.
struct Columns<const N: usize> {
    letters: [u8; N],
    length: usize,
    gaps: [Cost; N],
    /// Letters that occur.
    mask: u64,
    /// Columns in which a pair of letters with rules ends, and the letters that
    /// such a pair may stand for.
    pairs: u32,
    ends: u64,
    /// Which neighbours occur, as far as [`neighbours`] tells them apart.
    neighbours: u64,
}

/// One of 64 places for two neighbours.
#[inline]
fn neighbours(first: u8, second: u8) -> u8 {
    (first.wrapping_mul(5) ^ second) & 63
}

impl<const N: usize> Columns<N> {
    #[inline]
    fn new(costs: &Costs, word: &[u8]) -> Self {
        let mut columns = Self {
            letters: [OTHER; N],
            length: word.len().min(N),
            gaps: [0; N],
            mask: 0,
            pairs: 0,
            ends: 0,
            neighbours: 0,
        };
        let mut before = OTHER;
        let places = columns.letters.iter_mut().zip(&mut columns.gaps);
        for (at, (y, (letter, gap))) in word.iter().map(|y| y & 63).zip(places).enumerate() {
            *letter = y;
            *gap = costs.gap(before, y);
            columns.mask |= 1 << y;
            columns.neighbours |= 1 << neighbours(before, y);
            if let Some(set) = costs.rules(before, y) {
                columns.pairs |= 1 << (at & 31);
                columns.ends |= set.ends;
            }
            before = y;
        }
        columns
    }

    /// The row before any letter of the other word.
    #[inline]
    fn first(&self, limit: Cost) -> Row<N> {
        let mut row = Row::OUT;
        (row.edge, row.low) = (0, 0);
        let mut sum = 0;
        for (cell, gap) in row.cells.iter_mut().zip(&self.gaps).take(self.length) {
            sum += gap;
            if sum > limit {
                break;
            }
            *cell = sum;
            row.high += 1;
        }
        row
    }

    /// By a letter for a letter, by one that either word lacks, or by what the
    /// row holds already: from the first column that something within the limit
    /// may come to, up to the last.
    #[inline]
    fn fill(&self, line: &[u8; 64], gap: Cost, last: &Row<N>, now: &mut Row<N>, limit: Cost) {
        let (from, most) = (now.low, now.high);
        let (mut left, mut corner) = if from == 0 {
            (now.edge, last.edge)
        } else {
            (OUT, OUT)
        };
        (now.low, now.high) = (N, 0);
        for at in from..self.length.min(N) {
            let up = last.cells[at];
            let change = corner + Cost::from(line[usize::from(self.letters[at] & 63)]);
            let step = change.min(up + gap).min(left + self.gaps[at]);
            let best = step.min(now.cells[at]);
            now.cells[at] = best;
            (left, corner) = (best, up);
            if best <= limit {
                now.low = now.low.min(at);
                now.high = at + 1;
            } else if at >= most {
                break;
            }
        }
    }

    /// By a pair of letters of the other word that ends here.
    #[inline]
    fn by_pair(&self, set: &Set, older: &Row<N>, now: &mut Row<N>) {
        let occurs = |rule: &&Rule| self.mask >> (rule.last & 63) & 1 != 0;
        for rule in set.rules.iter().filter(occurs) {
            self.by_rule(rule, older, now);
        }
    }

    #[inline]
    fn by_rule(&self, rule: &Rule, older: &Row<N>, now: &mut Row<N>) {
        let mut previous = OTHER;
        for (at, &y) in self.letters.iter().enumerate().take(self.length) {
            if y == rule.last && rule.before == NONE {
                now.lower(at, older.at(at) + Cost::from(rule.cost));
            } else if y == rule.last && rule.before == previous && at > 0 {
                now.lower(at, older.at(at - 1) + Cost::from(rule.cost));
            }
            previous = y;
        }
    }

    /// By a pair of letters of this word that `x` stands for.
    #[inline]
    fn to_pair(&self, costs: &Costs, x: u8, last: &Row<N>, now: &mut Row<N>) {
        let single = |rule: &&Rule| rule.before == NONE && rule.last == x;
        for (at, pair) in self.letters.windows(2).enumerate() {
            if self.pairs >> ((at + 1) & 31) & 1 != 0
                && let [previous, y] = *pair
                && let Some(set) = costs.rules(previous, y)
                && let Some(rule) = set.rules.iter().find(single)
            {
                now.lower(at + 1, last.at(at) + Cost::from(rule.cost));
            }
        }
    }

    /// By two neighbours in the other order.
    #[inline]
    fn swapped(&self, x: u8, before: u8, older: &Row<N>, now: &mut Row<N>) {
        for (at, pair) in self.letters.windows(2).enumerate() {
            if *pair == [x, before] {
                now.lower(at + 1, older.at(at) + SWAP);
            }
        }
    }
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
