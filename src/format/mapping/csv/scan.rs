//! From bytes to the cells of one row: RFC 4180, and what files really have.
//!
//! Most rows have no quote: their cells are found 64 bytes at a time. A quote, a limit or the end of
//! the window hands the row to a scan that knows them, cell by cell.

use memchr::{memchr, memchr3};
use wide::u8x16;

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
pub(super) struct Cells {
    pub(super) spans: Vec<Span>,
    /// A quote stands in a cell, doubled.
    pub(super) doubled: bool,
    /// A quote was not closed, or text follows one.
    pub(super) misplaced: bool,
    /// Bytes beyond ASCII, or NUL, may stand in it.
    pub(super) unusual: bool,
}

impl Cells {
    /// Reads one row. Linear in its length.
    #[inline]
    pub(super) fn scan(
        &mut self,
        bytes: &[u8],
        last: bool,
        dialect: Dialect,
        bounds: Bounds,
    ) -> Scanned {
        self.clear();
        match self.unquoted(bytes, dialect, bounds) {
            Some(length) => Scanned::Row(length),
            None => self.careful(bytes, last, dialect, bounds),
        }
    }

    fn clear(&mut self) {
        self.spans.clear();
        (self.doubled, self.misplaced, self.unusual) = (false, false, false);
    }

    /// A row that has no quote and ends within the bytes and the bounds; its length.
    fn unquoted(&mut self, bytes: &[u8], dialect: Dialect, bounds: Bounds) -> Option<usize> {
        let (blocks, _) = bytes.as_chunks::<BLOCK>();
        let (mut base, mut start) = (0, 0);
        for block in blocks {
            let marks = Marks::of(block, dialect);
            let end = marks.lines & marks.lines.wrapping_neg();
            let row = end.wrapping_sub(1);
            self.unusual |= marks.unusual & row != 0;
            if marks.quotes & row != 0 {
                return None;
            }
            let mut cuts = (marks.delimiters & row) | end;
            while cuts != 0 {
                let cut = base + cuts.trailing_zeros() as usize;
                if cut - start > bounds.cell || self.spans.len() >= bounds.columns {
                    return None;
                }
                self.push(start, cut);
                start = cut + 1;
                cuts &= cuts - 1;
            }
            if end != 0 {
                return line_end(bytes, start - 1, false);
            }
            base += BLOCK;
            if base - start > bounds.cell {
                return None;
            }
        }
        None
    }

    /// A row of any kind.
    fn careful(&mut self, bytes: &[u8], last: bool, dialect: Dialect, bounds: Bounds) -> Scanned {
        self.clear();
        self.unusual = true;
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
            if bytes.get(end) == Some(&dialect.delimiter) {
                at = end + 1;
                continue;
            }
            return line_end(bytes, end, last).map_or(Scanned::More, Scanned::Row);
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

/// Bytes that are looked at at once.
const BLOCK: usize = 64;

/// Where the signs of the dialect stand in a block: one bit for each byte.
struct Marks {
    delimiters: u64,
    /// Ends of lines.
    lines: u64,
    quotes: u64,
    /// Bytes beyond ASCII, and NUL.
    unusual: u64,
}

impl Marks {
    #[inline(always)]
    fn of(block: &[u8; BLOCK], dialect: Dialect) -> Self {
        let mut marks = Self {
            delimiters: 0,
            lines: 0,
            quotes: 0,
            unusual: 0,
        };
        let spread = |byte: u8| u8x16::from([byte; 16]);
        let (delimiter, quote) = (spread(dialect.delimiter), spread(dialect.quote));
        let (feed, back, nul) = (spread(b'\n'), spread(b'\r'), spread(0));
        let (quarters, _) = block.as_chunks::<16>();
        for (at, quarter) in quarters.iter().enumerate() {
            let bytes = u8x16::from(*quarter);
            let lines = bytes.simd_eq(feed) | bytes.simd_eq(back);
            marks.delimiters |= bits(bytes.simd_eq(delimiter).to_bitmask(), at);
            marks.lines |= bits(lines.to_bitmask(), at);
            marks.quotes |= bits(bytes.simd_eq(quote).to_bitmask(), at);
            // The mask of the bytes themselves is their highest bits.
            let unusual = bytes.to_bitmask() | bytes.simd_eq(nul).to_bitmask();
            marks.unusual |= bits(unusual, at);
        }
        marks
    }
}

/// The mask of a quarter at its place in the block.
#[inline(always)]
fn bits(mask: u32, quarter: usize) -> u64 {
    u64::from(mask) << (16 * quarter)
}

/// The bytes up to a line end that stands at `end` and with it; nothing where more bytes must tell.
#[inline]
fn line_end(bytes: &[u8], end: usize, last: bool) -> Option<usize> {
    match (bytes.get(end), bytes.get(end + 1)) {
        (Some(b'\r'), Some(b'\n')) => Some(end + 2),
        (Some(b'\r'), None) if !last => None,
        _ => Some(end + 1),
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
