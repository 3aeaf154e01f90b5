//! The unrestricted distance with transpositions, in linear space.
//!
//! After Zhao and Sahni (2019): of all earlier rows only the one in which the
//! letter of a column stood last can be the other end of a transposition.

/// Letters of either side.
const LONGEST: usize = 64;
/// A row with the cells before its first column; cells are counted from two
/// before the first letter.
type Row = [u8; LONGEST + 2];
/// More than any distance of two strings of up to 64 letters, and so little that
/// as much again may be added.
const OUT: u8 = 100;

/// The rows that a distance is computed in.
struct Rows {
    now: Row,
    last: Row,
    /// For each column, the row in which its letter stood last, counted from 1,
    /// and what lay before a transposition from there.
    stood: Row,
    ends: Row,
}

/// The distance of two strings of ASCII, unless one of them is too long.
pub(super) fn damerau(a: &[u8], b: &[u8]) -> Option<usize> {
    if a.len() > LONGEST || b.len() > LONGEST {
        return None;
    }
    let mut rows = Rows {
        now: [OUT; LONGEST + 2],
        last: [OUT; LONGEST + 2],
        stood: [0; LONGEST + 2],
        ends: [OUT; LONGEST + 2],
    };
    for (cell, count) in rows.now.iter_mut().skip(1).zip(0..) {
        *cell = count;
    }
    for (row, &x) in (1..).zip(a) {
        std::mem::swap(&mut rows.now, &mut rows.last);
        rows.fill(row, x, b);
    }
    rows.now.get(b.len() + 1).copied().map(usize::from)
}

impl Rows {
    /// The row of the letter `x`, in place of the one before the last.
    #[inline]
    fn fill(&mut self, row: u8, x: u8, columns: &[u8]) {
        let kept = self.stood.iter_mut().zip(&mut self.ends);
        let mut cells = self.now.iter_mut().zip(&self.last).zip(kept);
        let edge = cells
            .nth(1)
            .map(|((now, _), _)| std::mem::replace(now, row));
        // What lies one row above, one and two columns before, and two rows above.
        let (mut corner, mut far, mut older) = (row - 1, OUT, edge.unwrap_or(OUT));
        // The column in which `x` stood last, and what lay before it.
        let (mut same, mut before) = (0, OUT);
        let mut left = row;
        for ((column, &y), ((now, &up), (stood, end))) in (1..).zip(columns).zip(cells) {
            let edit = corner.min(left).min(up) + 1;
            let best = if x == y {
                (same, *stood) = (column, row);
                (before, *end) = (older, far);
                corner.min(edit)
            } else if column - same == 1 {
                edit.min(*end + (row - *stood))
            } else if row - *stood == 1 {
                edit.min(before + (column - same))
            } else {
                edit
            };
            older = std::mem::replace(now, best);
            (far, corner, left) = (corner, up, best);
        }
    }
}
