//! The text of a row: as it stands where that can be, else decoded into a buffer.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::scan::{Bounds, Dialect, Row, Scanned, Span};

/// One row, its cells, and what had to be done for them.
#[derive(Debug, Default)]
pub(super) struct Line {
    row: Row,
    /// The cells of the text in the buffer, where the row was decoded.
    decoded: Vec<Span>,
    buffer: String,
    wide: Vec<u8>,
    pub(super) is_decoded: bool,
    pub(super) fallback: bool,
    pub(super) nul: bool,
    is_wide: bool,
}

impl Line {
    /// Reads the row at the start of the bytes.
    pub(super) fn read(
        &mut self,
        bytes: &[u8],
        last: bool,
        encoding: &'static Encoding,
        dialect: Dialect,
        bounds: Bounds,
    ) -> Scanned {
        (self.is_decoded, self.fallback, self.nul) = (false, false, false);
        self.is_wide = encoding == UTF_16LE || encoding == UTF_16BE;
        if self.is_wide {
            return self.read_wide(bytes, last, encoding, dialect, bounds);
        }
        let scanned = self.row.scan(bytes, last, dialect, bounds);
        if let Scanned::Row(length) = scanned {
            let row = bytes.get(..length).unwrap_or_default();
            self.nul = memchr::memchr(0, row).is_some();
            let plain = !self.row.doubled
                && !self.nul
                && (row.is_ascii() || (encoding == UTF_8 && std::str::from_utf8(row).is_ok()));
            if !plain {
                self.decode(row, encoding, dialect);
            }
        }
        scanned
    }

    pub(super) fn misplaced(&self) -> bool {
        self.row.misplaced
    }

    pub(super) fn len(&self) -> usize {
        self.row.spans.len()
    }

    /// The text in which the cells stand; `row` is what was read.
    pub(super) fn text<'t>(&'t self, row: &'t [u8]) -> &'t str {
        if self.is_decoded {
            return &self.buffer;
        }
        std::str::from_utf8(row).unwrap_or_default()
    }

    /// A cell in the text.
    pub(super) fn span(&self, column: usize) -> Option<Span> {
        let spans = if self.is_decoded {
            &self.decoded
        } else {
            &self.row.spans
        };
        spans.get(column).copied()
    }

    /// The bytes of a cell in the row; all of it where the row was recoded as a whole.
    pub(super) fn raw(&self, column: usize, length: usize) -> Span {
        let whole = Span {
            start: 0,
            end: u32::try_from(length).unwrap_or(u32::MAX),
        };
        let span = self.row.spans.get(column).copied();
        span.filter(|_| !self.is_wide).unwrap_or(whole)
    }

    fn decode(&mut self, row: &[u8], encoding: &'static Encoding, dialect: Dialect) {
        self.buffer.clear();
        self.decoded.clear();
        self.is_decoded = true;
        for span in &self.row.spans {
            let cell = row
                .get(span.start as usize..span.end as usize)
                .unwrap_or_default();
            let (mut text, bad) = encoding.decode_without_bom_handling(cell);
            if bad && encoding == UTF_8 {
                self.fallback = true;
                text = WINDOWS_1252.decode_without_bom_handling(cell).0;
            }
            let start = self.buffer.len();
            push_unquoted(
                &mut self.buffer,
                &text,
                self.row.doubled.then_some(dialect.quote),
            );
            self.decoded.push(Span {
                start: u32::try_from(start).unwrap_or(u32::MAX),
                end: u32::try_from(self.buffer.len()).unwrap_or(u32::MAX),
            });
        }
    }

    /// A row of UTF-16: its end is looked for in units, then it is read as UTF-8.
    fn read_wide(
        &mut self,
        bytes: &[u8],
        last: bool,
        encoding: &'static Encoding,
        dialect: Dialect,
        bounds: Bounds,
    ) -> Scanned {
        // A row cannot be longer than its cells may be.
        let most = bounds.cell.saturating_mul(2).saturating_add(2);
        let found = wide_end(bytes, encoding == UTF_16LE, dialect.quote, most);
        let length = match found {
            WideEnd::At(length) => length,
            WideEnd::Long => return Scanned::LongCell,
            WideEnd::Open if last => bytes.len(),
            WideEnd::Open => return Scanned::More,
        };
        let row = bytes.get(..length).unwrap_or_default();
        let (text, bad) = encoding.decode_without_bom_handling(row);
        self.wide.clear();
        self.wide.extend_from_slice(text.as_bytes());
        let wide = std::mem::take(&mut self.wide);
        let scanned = self.row.scan(&wide, true, dialect, bounds);
        self.nul = memchr::memchr(0, &wide).is_some();
        self.decode(&wide, UTF_8, dialect);
        self.fallback = bad;
        self.wide = wide;
        match scanned {
            Scanned::Row(_) => Scanned::Row(length),
            other => other,
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
