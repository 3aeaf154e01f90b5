//! The head of a file: its encoding, its delimiter, and which column is which.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::line::{Line, Row};
use super::scan::{Bounds, Dialect, Scanned};
use crate::format::Confidence;
use crate::format::mapping::compile::column_key;
use crate::format::mapping::draft::Csv;
use crate::format::mapping::plan::Plan;
use crate::reader::Limits;

/// How much is looked at before the header is settled.
pub(super) const HEAD: usize = 64 << 10;
/// Rows among which the header is.
const ROWS: u32 = 10;
const DELIMITERS: &[u8] = b",;\t|";
/// No column.
const NONE: u32 = u32::MAX;

/// What the head of a file says.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) encoding: &'static Encoding,
    pub(super) dialect: Dialect,
    /// For each name of the plan, the column.
    bound: Vec<u32>,
    /// Columns of the header.
    pub(super) width: usize,
    /// Columns whose name is known.
    known: usize,
    /// Rows up to the header and with it.
    pub(super) rows: u64,
    /// Bytes up to the data.
    pub(super) used: usize,
}

impl Header {
    /// The column of a name.
    #[inline]
    pub(super) fn column(&self, slot: u32) -> Option<u32> {
        let column = self.bound.get(slot as usize).copied();
        column.filter(|column| *column != NONE)
    }

    /// Known columns count, and then those that the file has: a wrong delimiter finds one.
    fn rank(&self) -> (usize, usize) {
        (self.known, self.width)
    }
}

/// The header of a file, or why there is none.
pub(super) fn head(
    source: &Csv,
    plan: &Plan,
    window: &[u8],
    last: bool,
    bounds: Bounds,
) -> Result<Header, Scanned> {
    let (encoding, bom) = encoding(source, window);
    let quote = source
        .quote
        .and_then(|sign| u8::try_from(sign).ok())
        .unwrap_or(b'"');
    let own = source.delimiter.and_then(|sign| u8::try_from(sign).ok());
    let own = own.map(|sign| [sign]);
    let candidates = own.as_ref().map_or(DELIMITERS, <[u8; 1]>::as_slice);
    let mut best: Option<Header> = None;
    let mut failure = Scanned::More;
    for delimiter in candidates {
        let dialect = Dialect {
            delimiter: *delimiter,
            quote,
        };
        let found = rows(source, plan, window, last, bounds, encoding, dialect, bom);
        match found {
            Ok(header) if best.as_ref().is_none_or(|best| header.rank() > best.rank()) => {
                best = Some(header);
            }
            Ok(_) => {}
            Err(reason) => failure = reason,
        }
    }
    best.ok_or(failure)
}

#[allow(clippy::too_many_arguments)]
fn rows(
    source: &Csv,
    plan: &Plan,
    window: &[u8],
    last: bool,
    bounds: Bounds,
    encoding: &'static Encoding,
    dialect: Dialect,
    bom: usize,
) -> Result<Header, Scanned> {
    let mut line = Line::default();
    let mut best: Option<Header> = None;
    let mut used = bom;
    let tried = if source.headless { 1 } else { ROWS };
    for row in 0..source.skip + tried {
        let rest = window.get(used..).unwrap_or_default();
        if rest.is_empty() {
            break;
        }
        let names = match line.read(rest, last, encoding, dialect, bounds) {
            Ok(names) => names,
            // What comes before is enough for a header.
            Err(_) if best.is_some() => break,
            Err(reason) => return Err(reason),
        };
        let start = used;
        used += names.length;
        if row < source.skip {
            continue;
        }
        let mut header = bind(plan, &names, source.headless);
        (header.encoding, header.dialect) = (encoding, dialect);
        header.rows = u64::from(row) + u64::from(!source.headless);
        header.used = if source.headless { start } else { used };
        if best.as_ref().is_none_or(|best| header.known > best.known) {
            best = Some(header);
        }
    }
    best.ok_or(Scanned::More)
}

/// Which column has which name.
fn bind(plan: &Plan, names: &Row<'_>, headless: bool) -> Header {
    let mut bound = vec![NONE; plan.columns.len()];
    let mut known = 0;
    for (column, name) in names.cells().enumerate() {
        let key = if headless {
            String::new()
        } else {
            column_key(name.trim())
        };
        let number = format!("#{}", column + 1);
        let mut hit = false;
        for (slot, wanted) in bound.iter_mut().zip(&plan.columns) {
            let named = !key.is_empty() && *wanted == key;
            if *slot == NONE && (named || *wanted == number) {
                *slot = u32::try_from(column).unwrap_or(NONE);
                hit = true;
            }
        }
        known += usize::from(hit);
    }
    Header {
        encoding: UTF_8,
        dialect: Dialect {
            delimiter: b',',
            quote: b'"',
        },
        bound,
        width: names.len(),
        known,
        rows: 0,
        used: 0,
    }
}

/// The encoding, and the length of a byte order mark.
fn encoding(source: &Csv, window: &[u8]) -> (&'static Encoding, usize) {
    if let Some((encoding, length)) = Encoding::for_bom(window) {
        return (encoding, length);
    }
    let label = source.encoding.as_deref().map(str::as_bytes);
    let encoding = label.and_then(Encoding::for_label).unwrap_or(UTF_8);
    // The WHATWG takes Latin-1 for Windows-1252, which has it all.
    (
        if encoding == WINDOWS_1252 {
            WINDOWS_1252
        } else {
            encoding
        },
        0,
    )
}

/// How sure a mapping is of a file.
pub(in super::super) fn detect(source: &Csv, plan: &Plan, window: &[u8]) -> Confidence {
    let limits = Limits::default();
    let bounds = Bounds {
        cell: limits.cell_bytes,
        columns: limits.columns,
    };
    if matches!(window.trim_ascii_start().first(), None | Some(b'{' | b'[')) {
        return Confidence::No;
    }
    let Ok(header) = head(source, plan, window, false, bounds)
        .or_else(|_| head(source, plan, window, true, bounds))
    else {
        return Confidence::No;
    };
    if source.headless {
        return if header.known > 0 {
            Confidence::Possible
        } else {
            Confidence::No
        };
    }
    let found = |group: &Vec<u32>| group.iter().any(|slot| header.column(*slot).is_some());
    let marks = plan.detect.iter().all(found);
    match (marks, header.known * 4 >= header.width * 3, header.known) {
        (false, _, _) | (_, _, 0) => Confidence::No,
        (true, true, 2..) if !plan.detect.is_empty() => Confidence::Certain,
        (true, true, 2..) => Confidence::Likely,
        (true, false, 2..) if header.known * 2 >= header.width => Confidence::Likely,
        _ => Confidence::Possible,
    }
}
