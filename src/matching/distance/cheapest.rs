//! The cheapest way from one word to another: the edit matrix row by row, of
//! as many columns as the shorter word needs, eight of them at once.

use wide::i16x8;

use super::weighted::{Costs, LONGEST, NONE, OTHER, Rule, Set};

/// Hundredths of an edit.
pub(super) type Cost = i16;
/// Two neighbours in the other order.
const SWAP: Cost = 80;
/// More than any way may cost, 64 whole edits being 6,400, and so little that
/// as much again may be added.
const OUT: Cost = Cost::MAX / 2;
/// Columns that are filled at once.
const EIGHT: usize = 8;

impl Costs {
    /// As [`Costs::distance`] of two words of capitals and digits, or of codes,
    /// but given up once it is sure to be above `limit`.
    #[inline]
    pub(crate) fn within(&self, a: &[u8], b: &[u8], limit: u16) -> Option<u16> {
        let (a, b) = trim(a, b);
        let (long, short) = if a.len() < b.len() { (b, a) } else { (a, b) };
        let limit = Cost::try_from(limit).map_or(OUT - 1, |limit| limit.min(OUT - 1));
        let cost = match short.len() {
            0..=8 => self.cheapest::<1>(long, short, limit),
            9..=16 => self.cheapest::<2>(long, short, limit),
            _ => self.cheapest::<{ LONGEST / EIGHT }>(long, short, limit),
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
            *now = Row::OUT;
            now.edge = last.edge + gap;
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
            let least = columns.fill(self.line(x), gap, last, now);
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
    cells: [[Cost; EIGHT]; N],
}

impl<const N: usize> Row<N> {
    /// A row that nothing comes from.
    const OUT: Self = Self {
        edge: OUT,
        cells: [[OUT; EIGHT]; N],
    };

    /// After this many columns.
    #[inline]
    fn at(&self, columns: usize) -> Cost {
        match columns.checked_sub(1) {
            None => self.edge,
            Some(at) => self.cells.as_flattened().get(at).copied().unwrap_or(OUT),
        }
    }

    #[inline]
    fn lower(&mut self, column: usize, cost: Cost) {
        if let Some(cell) = self.cells.as_flattened_mut().get_mut(column) {
            *cell = cost.min(*cell);
        }
    }
}

/// The letters of the shorter word and what they cost, looked up once for all
/// rows.
struct Columns<const N: usize> {
    letters: [[u8; EIGHT]; N],
    length: usize,
    /// What it costs to enter all letters of the eight up to each.
    sums: [[Cost; EIGHT]; N],
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
            letters: [[OTHER; EIGHT]; N],
            length: word.len().min(N * EIGHT),
            sums: [[0; EIGHT]; N],
            mask: 0,
            pairs: 0,
            ends: 0,
            neighbours: 0,
        };
        let mut before = OTHER;
        let mut sum = 0;
        let letters = columns.letters.as_flattened_mut().iter_mut();
        let places = letters.zip(columns.sums.as_flattened_mut());
        for (at, (y, (letter, place))) in word.iter().map(|y| y & 63).zip(places).enumerate() {
            *letter = y;
            sum = costs.gap(before, y) + if at % EIGHT == 0 { 0 } else { sum };
            *place = sum;
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
    fn first(&self) -> Row<N> {
        let mut row = Row {
            edge: 0,
            cells: self.sums,
        };
        let mut sum = 0;
        for eight in &mut row.cells {
            eight.iter_mut().for_each(|cell| *cell += sum);
            [.., sum] = *eight;
        }
        row
    }

    /// By a letter for a letter, by one that either word lacks, or by what the
    /// row holds already; the least of the row.
    #[inline]
    fn fill(&self, line: &[Cost; 64], gap: Cost, last: &Row<N>, now: &mut Row<N>) -> Cost {
        let (mut left, mut corner, mut least) = (now.edge, last.edge, now.edge);
        let known = last.cells.iter().zip(&self.sums).zip(&self.letters);
        for (cells, ((&above, &sums), letters)) in now.cells.iter_mut().zip(known) {
            let up = i16x8::new(above);
            let sums = i16x8::new(sums);
            let ways = (shift::<1>(up, corner) + changes(line, letters))
                .min(up + i16x8::splat(gap))
                .min(i16x8::new(*cells));
            let best = (ways - sums).min(i16x8::splat(left));
            let best = best.min(shift::<1>(best, OUT));
            let best = best.min(shift::<2>(best, OUT));
            let best = best.min(shift::<4>(best, OUT)) + sums;
            *cells = best.to_array();
            ([.., left], [.., corner]) = (*cells, above);
            least = least.min(best.reduce_min());
        }
        least
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
        for (at, &y) in self
            .letters
            .as_flattened()
            .iter()
            .enumerate()
            .take(self.length)
        {
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
        for (at, pair) in self.letters.as_flattened().windows(2).enumerate() {
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
        for (at, pair) in self.letters.as_flattened().windows(2).enumerate() {
            if *pair == [x, before] {
                now.lower(at + 1, older.at(at) + SWAP);
            }
        }
    }
}

/// What each of eight letters costs in place of the one that the line is of.
#[inline]
fn changes(line: &[Cost; 64], letters: &[u8; EIGHT]) -> i16x8 {
    let cost = |letter: u8| line.get(usize::from(letter & 63)).copied();
    i16x8::new(letters.map(|letter| cost(letter).unwrap_or(OUT)))
}

/// All places moved up by so many, the lowest filled.
#[inline]
fn shift<const BY: usize>(places: i16x8, fill: Cost) -> i16x8 {
    let mut moved = [fill; EIGHT];
    let places = places.to_array();
    for (place, value) in moved.iter_mut().skip(BY).zip(places) {
        *place = value;
    }
    i16x8::new(moved)
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
