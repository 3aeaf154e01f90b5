//! The text of a row: as it stands where that can be, else decoded into a buffer.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::scan::{Bounds, Cells, Dialect, Scanned, Span};
use crate::model::bare;

/// Reads rows, one after the other, with the memory of the ones before.
#[derive(Debug, Default)]
pub(super) struct Line {
    cells: Cells,
    /// The cells of the text in the buffer, where the row was decoded.
    decoded: Vec<Span>,
    buffer: String,
    wide: Vec<u8>,
}

/// A row: the text in which its cells stand, and what had to be done for it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'t> {
    /// Bytes of the row, with its end.
    pub(super) length: usize,
    text: &'t str,
    /// The cells in the text.
    spans: &'t [Span],
    /// The cells in the bytes; nothing where the row was recoded as a whole.
    raw: &'t [Span],
    /// A quote was not closed, or text follows one.
    pub(super) misplaced: bool,
    /// It is not in its encoding.
    pub(super) fallback: bool,
    pub(super) nul: bool,
}

impl<'t> Row<'t> {
    /// Cells of the row.
    pub(super) fn len(&self) -> usize {
        self.spans.len()
    }

    /// The text of a cell.
    #[inline]
    pub(super) fn cell(&self, column: usize) -> &'t str {
        self.spans.get(column).map_or("", |span| self.within(*span))
    }

    pub(super) fn cells(&self) -> impl Iterator<Item = &'t str> {
        self.spans.iter().map(|span| self.within(*span))
    }

    /// For each cell whether it says nothing.
    pub(super) fn blanks(&self) -> impl Iterator<Item = bool> {
        self.spans.iter().map(|span| {
            // Most cells show with their first byte that they say something.
            let first = self.text.as_bytes().get(span.start as usize);
            let graphic = first.is_some_and(u8::is_ascii_graphic);
            !(graphic && span.start < span.end) && bare(self.within(*span)).is_empty()
        })
    }

    #[inline]
    fn within(&self, span: Span) -> &'t str {
        let text = self.text.get(span.start as usize..span.end as usize);
        text.unwrap_or_default()
    }

    /// The bytes of a cell in the row; all of it where the row was recoded as a whole.
    pub(super) fn raw(&self, column: usize) -> Span {
        let whole = Span {
            start: 0,
            end: u32::try_from(self.length).unwrap_or(u32::MAX),
        };
        self.raw.get(column).copied().unwrap_or(whole)
    }
}

impl Line {
    /// Reads the row at the start of the bytes.
    ///
    /// # Errors
    /// Why there is none.
    pub(super) fn read<'t>(
        &'t mut self,
        bytes: &'t [u8],
        last: bool,
        encoding: &'static Encoding,
        dialect: Dialect,
        bounds: Bounds,
    ) -> Result<Row<'t>, Scanned> {
        if encoding == UTF_16LE || encoding == UTF_16BE {
            return self.read_wide(bytes, last, encoding, dialect, bounds);
        }
        let length = match self.cells.scan(bytes, last, dialect, bounds) {
            Scanned::Row(length) => length,
            other => return Err(other),
        };
        let row = bytes.get(..length).unwrap_or_default();
        let nul = self.cells.unusual && memchr::memchr(0, row).is_some();
        let is_text = !self.cells.doubled
            && !nul
            && (!self.cells.unusual || encoding == UTF_8 || row.is_ascii());
        if let Some(text) = is_text.then(|| std::str::from_utf8(row).ok()).flatten() {
            return Ok(Row {
                length,
                text,
                spans: &self.cells.spans,
                raw: &self.cells.spans,
                misplaced: self.cells.misplaced,
                fallback: false,
                nul,
            });
        }
        let fallback = self.decode(row, encoding, dialect);
        Ok(Row {
            length,
            text: &self.buffer,
            spans: &self.decoded,
            raw: &self.cells.spans,
            misplaced: self.cells.misplaced,
            fallback,
            nul,
        })
    }

    /// Decodes the cells into the buffer; whether one of them was not in its encoding.
    fn decode(&mut self, row: &[u8], encoding: &'static Encoding, dialect: Dialect) -> bool {
        self.buffer.clear();
        self.decoded.clear();
        let mut fallback = false;
        for span in &self.cells.spans {
            let cell = row
                .get(span.start as usize..span.end as usize)
                .unwrap_or_default();
            let (mut text, bad) = encoding.decode_without_bom_handling(cell);
            if bad && encoding == UTF_8 {
                fallback = true;
                text = WINDOWS_1252.decode_without_bom_handling(cell).0;
            }
            let start = self.buffer.len();
            push_unquoted(
                &mut self.buffer,
                &text,
                self.cells.doubled.then_some(dialect.quote),
            );
            self.decoded.push(Span {
                start: u32::try_from(start).unwrap_or(u32::MAX),
                end: u32::try_from(self.buffer.len()).unwrap_or(u32::MAX),
            });
        }
        fallback
    }

    /// A row of UTF-16: its end is looked for in units, then it is read as UTF-8.
    fn read_wide<'t>(
        &'t mut self,
        bytes: &'t [u8],
        last: bool,
        encoding: &'static Encoding,
        dialect: Dialect,
        bounds: Bounds,
    ) -> Result<Row<'t>, Scanned> {
        // A row cannot be longer than its cells may be.
        let most = bounds.cell.saturating_mul(2).saturating_add(2);
        let found = wide_end(bytes, encoding == UTF_16LE, dialect.quote, most);
        let length = match found {
            WideEnd::At(length) => length,
            WideEnd::Long => return Err(Scanned::LongCell),
            WideEnd::Open if last => bytes.len(),
            WideEnd::Open => return Err(Scanned::More),
        };
        let row = bytes.get(..length).unwrap_or_default();
        let (text, fallback) = encoding.decode_without_bom_handling(row);
        self.wide.clear();
        self.wide.extend_from_slice(text.as_bytes());
        let wide = std::mem::take(&mut self.wide);
        let scanned = self.cells.scan(&wide, true, dialect, bounds);
        let nul = memchr::memchr(0, &wide).is_some();
        self.decode(&wide, UTF_8, dialect);
        self.wide = wide;
        match scanned {
            Scanned::Row(_) => Ok(Row {
                length,
                text: &self.buffer,
                spans: &self.decoded,
                raw: &[],
                misplaced: self.cells.misplaced,
                fallback,
                nul,
            }),
            other => Err(other),
        }
    }
}

enum WideEnd {
    At(usize),
    Open,
    Long,
}

/// The bytes up to the end of the line, quotes regarded.
fn wide_end(bytes: &[u8], little: bool, quote: u8, most: usize) -> WideEnd {
    let mut quoted = false;
    let mut since = 0;
    for (at, unit) in bytes.chunks_exact(2).enumerate() {
        let [first, second] = *unit else { break };
        let unit = if little {
            u16::from_le_bytes([first, second])
        } else {
            u16::from_be_bytes([first, second])
        };
        if unit == u16::from(quote) {
            quoted = !quoted;
        }
        if unit == u16::from(b'\n') && !quoted {
            return WideEnd::At(at * 2 + 2);
        }
        since += 2;
        if since > most.saturating_mul(16) {
            return WideEnd::Long;
        }
    }
    WideEnd::Open
}

/// Adds a text without NUL, doubled quotes as one.
fn push_unquoted(buffer: &mut String, text: &str, quote: Option<u8>) {
    let quote = quote.map(char::from);
    let mut after_quote = false;
    for sign in text.chars().filter(|sign| *sign != '\0') {
        let second = after_quote && Some(sign) == quote;
        after_quote = Some(sign) == quote && !second;
        if !second {
            buffer.push(sign);
        }
    }
}
