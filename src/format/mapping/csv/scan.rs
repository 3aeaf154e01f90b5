//! From bytes to the cells of one row: RFC 4180, and what files really have.

use memchr::{memchr, memchr3};

/// A cell within its row, without its quotes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: u32,
    pub(super) end: u32,
}

/// What separates and encloses cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    pub(super) delimiter: u8,
    pub(super) quote: u8,
}

/// Most that a row may have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    pub(super) cell: usize,
    pub(super) columns: usize,
}

/// What is at the start of the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scanned {
    /// A row of so many bytes, with its end.
    Row(usize),
    /// The row goes on behind the bytes.
    More,
    /// A cell is too long.
    LongCell,
    /// There are too many cells.
    ManyColumns,
}

/// The cells of a row.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) spans: Vec<Span>,
    /// A quote stands in a cell, doubled.
    pub(super) doubled: bool,
    /// A quote was not closed, or text follows one.
    pub(super) misplaced: bool,
}

impl Row {
    /// Reads one row. Linear in its length.
    pub(super) fn scan(
        &mut self,
        bytes: &[u8],
        last: bool,
        dialect: Dialect,
        bounds: Bounds,
    ) -> Scanned {
        self.spans.clear();
        (self.doubled, self.misplaced) = (false, false);
        let mut at = 0;
        loop {
            if self.spans.len() >= bounds.columns {
                return Scanned::ManyColumns;
            }
            let quoted = bytes.get(at) == Some(&dialect.quote);
            let end = if quoted {
                self.quoted(bytes, at + 1, dialect, bounds)
            } else {
                self.bare(bytes, at, dialect, bounds)
            };
            let end = match end {
                Found::At(end) => end,
                Found::End if last => {
                    return self.finish(bytes, at, quoted);
                }
                Found::End => return Scanned::More,
                Found::Long => return Scanned::LongCell,
            };
            match bytes.get(end) {
                Some(b'\n') => return Scanned::Row(end + 1),
                Some(b'\r') => match bytes.get(end + 1) {
                    Some(b'\n') => return Scanned::Row(end + 2),
                    None if !last => return Scanned::More,
                    _ => return Scanned::Row(end + 1),
                },
                _ => at = end + 1,
            }
        }
    }

    /// The last cell of input that does not end with a line.
    fn finish(&mut self, bytes: &[u8], at: usize, quoted: bool) -> Scanned {
        // A quoted cell that was closed at the very end was pushed already.
        let closed = quoted
            && self
                .spans
                .last()
                .is_some_and(|span| span.start as usize == at + 1);
        if !closed {
            self.misplaced |= quoted;
            self.push(if quoted { at + 1 } else { at }, bytes.len());
        }
        Scanned::Row(bytes.len())
    }

    fn push(&mut self, start: usize, end: usize) {
        self.spans.push(Span {
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end: u32::try_from(end).unwrap_or(u32::MAX),
        });
    }

    fn bare(&mut self, bytes: &[u8], at: usize, dialect: Dialect, bounds: Bounds) -> Found {
        let rest = bytes.get(at..).unwrap_or_default();
        let near = rest.get(..bounds.cell + 1).unwrap_or(rest);
        match ending(near, dialect.delimiter) {
            Some(length) => {
                self.push(at, at + length);
                Found::At(at + length)
            }
            None if near.len() < rest.len() || rest.len() > bounds.cell => Found::Long,
            None => Found::End,
        }
    }

    /// A cell after its opening quote.
    fn quoted(&mut self, bytes: &[u8], from: usize, dialect: Dialect, bounds: Bounds) -> Found {
        let mut at = from;
        loop {
            let rest = bytes.get(at..).unwrap_or_default();
            let room = (from + bounds.cell).saturating_sub(at) + 1;
            let near = rest.get(..room).unwrap_or(rest);
            let Some(quote) = memchr(dialect.quote, near) else {
                let long = near.len() < rest.len() || bytes.len() - from > bounds.cell;
                return if long { Found::Long } else { Found::End };
            };
            let quote = at + quote;
            match bytes.get(quote + 1) {
                Some(next) if *next == dialect.quote => {
                    self.doubled = true;
                    at = quote + 2;
                }
                Some(next) if *next == dialect.delimiter || matches!(next, b'\n' | b'\r') => {
                    self.push(from, quote);
                    return Found::At(quote + 1);
                }
                Some(_) => {
                    // Text behind the closing quote belongs to the cell.
                    self.misplaced = true;
                    let rest = bytes.get(quote + 1..).unwrap_or_default();
                    let near = rest.get(..bounds.cell + 1).unwrap_or(rest);
                    return match ending(near, dialect.delimiter) {
                        Some(length) => {
                            self.push(from, quote + 1 + length);
                            Found::At(quote + 1 + length)
                        }
                        None if near.len() < rest.len() => Found::Long,
                        None => Found::End,
                    };
                }
                None => {
                    self.push(from, quote);
                    return Found::End;
                }
            }
        }
    }
}

/// Where a cell ends.
enum Found {
    At(usize),
    /// Not within the bytes.
    End,
    Long,
}

/// The next delimiter or end of a line. Most cells are too short for a vector search to pay.
fn ending(bytes: &[u8], delimiter: u8) -> Option<usize> {
    const SHORT: usize = 24;
    let ends = |byte: &u8| *byte == delimiter || *byte == b'\n' || *byte == b'\r';
    let (head, tail) = bytes.split_at_checked(SHORT).unwrap_or((bytes, &[]));
    head.iter()
        .position(ends)
        .or_else(|| Some(SHORT + memchr3(delimiter, b'\n', b'\r', tail)?))
}
