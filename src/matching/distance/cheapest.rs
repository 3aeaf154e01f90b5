//! The cheapest way from one word to another: the edit matrix row by row, of
//! as many columns as the shorter word needs.

use super::weighted::{Costs, LONGEST, NONE, OTHER, Rule, Set};

/// Two neighbours in the other order.
const SWAP: i16 = 80;
/// What columns beyond the word cost, that nothing becomes cheaper there.
const WHOLE: i16 = 100;
/// More than any way may cost: 64 whole edits are 6,400.
const OUT: i16 = i16::MAX / 2;

impl Costs {
    /// As [`Costs::distance`] of two words of capitals and digits, or of codes,
    /// but given up once it is sure to be above `limit`.
    #[inline]
    pub(crate) fn within(&self, a: &[u8], b: &[u8], limit: u16) -> Option<u16> {
        let (a, b) = trim(a, b);
        let (long, short) = if a.len() < b.len() { (b, a) } else { (a, b) };
        let limit = i16::try_from(limit).unwrap_or(i16::MAX);
        let cost = match short.len() {
            0..=8 => self.cheapest::<8>(long, short, limit),
            9..=16 => self.cheapest::<16>(long, short, limit),
            _ => self.cheapest::<LONGEST>(long, short, limit),
        };
        cost.and_then(|cost| u16::try_from(cost).ok())
    }

    fn cheapest<const N: usize>(&self, rows: &[u8], columns: &[u8], limit: i16) -> Option<i16> {
        let columns = Columns::<N>::new(self, columns);
        let (mut last, mut older) = (columns.first(), Row::<N>::OUT);
        let (mut before, mut least_before) = (OTHER, 0);
        for x in rows.iter().take(LONGEST).map(|x| x & 63) {
            let gap = self.gap(before, x);
            let mut now = columns.straight(self.line(x), gap, &last);
            if let Some(set) = self.rules(before, x) {
                columns.from_pair(set, &older, &mut now);
            }
            columns.to_pair(self, x, &last, &mut now);
            columns.swapped(x, before, &older, &mut now);
            let least = columns.along(last.edge + gap, &mut now);
            if least.min(least_before) > limit {
                return None;
            }
            (before, least_before) = (x, least);
            (older, last) = (last, now);
        }
        let cost = last.at(columns.length);
        (cost <= limit).then_some(cost)
    }
}

/// A row of the edit matrix: before the first column, and after each.
#[derive(Clone, Copy)]
struct Row<const N: usize> {
    edge: i16,
    cells: [i16; N],
}

impl<const N: usize> Row<N> {
    /// A row that nothing comes from.
    const OUT: Self = Self {
        edge: OUT,
        cells: [OUT; N],
    };

    /// After this many columns.
    #[inline]
    fn at(&self, columns: usize) -> i16 {
        match columns.checked_sub(1) {
            None => self.edge,
            Some(at) => self.cells.get(at).copied().unwrap_or(OUT),
        }
    }

    #[inline]
    fn lower(&mut self, column: usize, cost: i16) {
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
    gaps: [i16; N],
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
            gaps: [WHOLE; N],
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
        self.along(0, &mut row);
        row
    }

    /// By a letter for a letter, or by one that the other word lacks. Plain
    /// loops over whole rows, which compile to vector instructions.
    #[inline]
    fn straight(&self, line: &[u8; 64], gap: i16, last: &Row<N>) -> Row<N> {
        let mut now = Row::OUT;
        let mut change = [0; N];
        for (change, y) in change.iter_mut().zip(&self.letters) {
            *change = i16::from(line[usize::from(y & 63)]);
        }
        let mut corner = [last.edge; N];
        for (corner, cell) in corner.iter_mut().skip(1).zip(&last.cells) {
            *corner = *cell;
        }
        for at in 0..N {
            now.cells[at] = (corner[at] + change[at]).min(last.cells[at] + gap);
        }
        now
    }

    /// By a pair of letters of the other word that ends here.
    #[inline]
    fn from_pair(&self, set: &Set, older: &Row<N>, now: &mut Row<N>) {
        if set.ends & self.mask == 0 {
            return;
        }
        for rule in &set.rules {
            self.by_rule(rule, older, now);
        }
    }

    #[inline]
    fn by_rule(&self, rule: &Rule, older: &Row<N>, now: &mut Row<N>) {
        let mut previous = OTHER;
        for (at, &y) in self.letters.iter().enumerate().take(self.length) {
            if y == rule.last && rule.before == NONE {
                now.lower(at, older.at(at) + i16::from(rule.cost));
            } else if y == rule.last && rule.before == previous && at > 0 {
                now.lower(at, older.at(at - 1) + i16::from(rule.cost));
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
            if self.pairs >> (at + 1 & 31) & 1 != 0
                && let [previous, y] = *pair
                && let Some(set) = costs.rules(previous, y)
                && let Some(rule) = set.rules.iter().find(single)
            {
                now.lower(at + 1, last.at(at) + i16::from(rule.cost));
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

    /// By letters of this word that the other lacks; the least of the row.
    #[inline]
    fn along(&self, edge: i16, now: &mut Row<N>) -> i16 {
        now.edge = edge;
        let (mut left, mut least) = (edge, edge);
        for (cell, gap) in now.cells.iter_mut().zip(&self.gaps) {
            left = (left + gap).min(*cell);
            *cell = left;
            least = least.min(left);
        }
        least
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
