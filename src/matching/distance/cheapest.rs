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
        let mut rows_kept = [columns.first(), Row::OUT, Row::OUT];
        let [last, older, now] = &mut rows_kept;
        let (mut last, mut older, mut now) = (last, older, now);
        let (mut before, mut least_before) = (OTHER, 0);
        for x in rows.iter().take(LONGEST).map(|x| x & 63) {
            let gap = self.gap(before, x);
            let pair = self.rules(before, x);
            now.edge = last.edge + gap;
            let line = self.line(x);
            let least = if columns.plain(pair, x, before) {
                columns.fill(line, gap, last, now, |_| OUT)
            } else {
                let mut rare = Row::<N>::OUT;
                columns.by_pair(pair, older, &mut rare);
                columns.to_pair(self, x, last, &mut rare);
                columns.swapped(x, before, older, &mut rare);
                columns.fill(line, gap, last, now, |at| rare.cells[at])
            };
            if least.min(least_before) > limit {
                return None;
            }
            (before, least_before) = (x, least);
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
}

impl<const N: usize> Row<N> {
    /// A row that nothing comes from.
    const OUT: Self = Self {
        edge: OUT,
        cells: [OUT; N],
    };

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
        }
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
        };
        let mut before = OTHER;
        let places = columns.letters.iter_mut().zip(&mut columns.gaps);
        for (at, (y, (letter, gap))) in word.iter().map(|y| y & 63).zip(places).enumerate() {
            *letter = y;
            *gap = costs.gap(before, y);
            columns.mask |= 1 << y;
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
    fn first(&self) -> Row<N> {
        let mut row = Row {
            edge: 0,
            cells: [OUT; N],
        };
        let mut sum = 0;
        for (cell, gap) in row.cells.iter_mut().zip(&self.gaps).take(self.length) {
            sum += gap;
            *cell = sum;
        }
        row
    }

    /// Whether no pair of letters and no neighbours in the other order can
    /// shorten the way in the row of `x`.
    #[inline]
    fn plain(&self, pair: Option<&Set>, x: u8, before: u8) -> bool {
        pair.is_none_or(|set| set.ends & self.mask == 0)
            && (self.ends >> x | self.mask >> x & self.mask >> before) & 1 == 0
    }

    /// By a letter for a letter, by one that either word lacks, or by what is
    /// `rare`; the least of the row.
    #[inline]
    fn fill(
        &self,
        line: &[u8; 64],
        gap: Cost,
        last: &Row<N>,
        now: &mut Row<N>,
        rare: impl Fn(usize) -> Cost,
    ) -> Cost {
        let (mut left, mut least, mut corner) = (now.edge, now.edge, last.edge);
        for at in 0..self.length.min(N) {
            let up = last.cells[at];
            let change = corner + Cost::from(line[usize::from(self.letters[at] & 63)]);
            let best = change.min(up + gap).min(left + self.gaps[at]).min(rare(at));
            now.cells[at] = best;
            (left, corner, least) = (best, up, least.min(best));
        }
        least
    }

    /// By a pair of letters of the other word that ends here.
    #[inline]
    fn by_pair(&self, set: Option<&Set>, older: &Row<N>, now: &mut Row<N>) {
        for rule in set.map_or(&[][..], |set| &set.rules) {
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
        if self.ends >> x & 1 == 0 {
            return;
        }
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
        if self.mask >> x & self.mask >> before & 1 == 0 {
            return;
        }
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
