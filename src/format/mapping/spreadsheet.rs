//! Workbooks (XLSX, ODS) as rows of a mapping; feature `spreadsheet`.
//!
//! Ports and operators send lists as workbooks. [`Workbook`] wraps any [`Mapping`]
//! of rows: a sheet becomes delimited text in the mapping's own dialect, and the
//! mapping reads that as it reads any other. Rows and columns of diagnostics are
//! those of the sheet, and `#3` is its column C; byte offsets have no meaning inside
//! a compressed file and are 0.
//!
//! A workbook is held in memory as a whole, with the text of one sheet, both within
//! [`Limits::piece_bytes`]. Dates of the sheet come as ISO 8601, whatever they look
//! like on the screen; the cell of a document number that is a number has lost its
//! leading zeros before it came here.

use std::fmt::Write;
use std::io::Cursor;

use calamine::{Data, Ods, Reader, Xlsx};

use super::{Mapping, Source};
use crate::error::{Error, ErrorKind};
use crate::format::{Confidence, Format, Ledger, Session, Step};
use crate::model::Text;
use crate::reader::{Intake, Limits, Record};

/// A mapping of rows that reads them from a workbook.
///
/// ```
/// use paxnorm::Format;
/// use paxnorm::format::mapping::{Mapping, Workbook};
///
/// let mapping: Mapping = serde_json::from_str(r##"{
///     "name": "port-list",
///     "source": { "csv": { "skip": 3 } },
///     "rules": [{ "field": "passengers[].name.surname", "from": ["Family_name", "#3"] }]
/// }"##)?;
/// let format = Workbook::new(mapping).sheet("Passengers");
/// assert_eq!(format.name(), "port-list");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug)]
pub struct Workbook {
    mapping: Mapping,
    sheet: Option<Text>,
}

impl Workbook {
    /// Reads the first sheet whose header the mapping recognises.
    #[must_use]
    pub fn new(mapping: Mapping) -> Self {
        Self {
            mapping,
            sheet: None,
        }
    }

    /// Reads the sheet of this name.
    #[must_use]
    pub fn sheet(mut self, name: &str) -> Self {
        self.sheet = Some(Text::from(name));
        self
    }

    /// The text of the sheet to read, none where there is no such sheet or no workbook.
    fn text(&self, bytes: &[u8], limit: usize) -> Result<String, Problem> {
        let mut book = Book::open(bytes, limit)?;
        let dialect = Dialect::of(&self.mapping, limit);
        if let Some(sheet) = &self.sheet {
            return book.text(sheet.as_str(), &dialect);
        }
        let mut first = None;
        for sheet in book.sheets() {
            let text = book.text(&sheet, &dialect)?;
            if self.mapping.detect(head(&text)) > Confidence::No {
                return Ok(text);
            }
            first.get_or_insert(text);
        }
        first.ok_or(Problem::NoWorkbook)
    }
}

/// How much of a text a format looks at.
fn head(text: &str) -> &[u8] {
    const HEAD: usize = 64 << 10;
    text.as_bytes().get(..HEAD).unwrap_or(text.as_bytes())
}

/// First bytes of a ZIP archive.
const ARCHIVE: &[u8] = b"PK\x03\x04";

impl Format for Workbook {
    fn name(&self) -> &str {
        self.mapping.name()
    }

    fn detect(&self, head_bytes: &[u8]) -> Confidence {
        if !head_bytes.starts_with(ARCHIVE) {
            return Confidence::No;
        }
        // A small workbook is there as a whole; of a large one only its kind is known.
        match self.text(head_bytes, Limits::default().piece_bytes) {
            Ok(text) => self.mapping.detect(head(&text)),
            Err(_) => Confidence::Possible,
        }
    }

    fn open(&self, limits: &Limits, intake: &Intake) -> Box<dyn Session + Send + Sync + '_> {
        Box::new(Rows {
            book: self,
            inner: self.mapping.open(limits, intake),
            limit: limits.piece_bytes,
            text: None,
            at: 0,
            failed: false,
        })
    }
}

/// The reading of a workbook.
struct Rows<'f> {
    book: &'f Workbook,
    inner: Box<dyn Session + Send + Sync + 'f>,
    limit: usize,
    text: Option<String>,
    at: usize,
    failed: bool,
}

impl Session for Rows<'_> {
    fn step(
        &mut self,
        window: &[u8],
        _: u64,
        last: bool,
        ledger: &mut Ledger,
    ) -> Result<Step, Error> {
        if !last || (window.is_empty() && self.text.is_none()) {
            return Ok(Step::default());
        }
        let step = self.row(window, ledger);
        self.failed |= step.is_err();
        step
    }
}

impl Rows<'_> {
    /// The next record of the sheet; at its end the whole workbook is used.
    fn row(&mut self, window: &[u8], ledger: &mut Ledger) -> Result<Step, Error> {
        if self.failed {
            return Err(unreadable());
        }
        if self.text.is_none() {
            let text = self.book.text(window, self.limit);
            self.text = Some(text.map_err(|problem| problem.error(self.limit))?);
        }
        let text = self.text.as_deref().unwrap_or_default().as_bytes();
        loop {
            let rest = text.get(self.at..).unwrap_or_default();
            let step = self
                .inner
                .step(rest, self.at as u64, true, ledger)
                .map_err(without_offset)?;
            self.at += step.used.min(rest.len());
            if let Some(record) = step.record {
                let record = Some(without_offsets(record));
                return Ok(Step { used: 0, record });
            }
            if step.used == 0 {
                let used = window.len();
                return Ok(Step { used, record: None });
            }
        }
    }
}

/// Offsets in the text mean nothing to whoever holds the workbook.
fn without_offsets(mut record: Record) -> Record {
    for doubt in &mut record.diagnostics {
        (doubt.location.offset, doubt.location.len) = (0, 0);
    }
    if let Some(booking) = &mut record.booking {
        booking.range = None;
    }
    record
}

fn without_offset(error: Error) -> Error {
    match error.kind() {
        ErrorKind::Limit { what, maximum, .. } => limit(what, *maximum),
        _ => unreadable(),
    }
}

fn limit(what: &str, maximum: u64) -> Error {
    ErrorKind::Limit {
        what: what.to_owned(),
        maximum,
        offset: 0,
    }
    .into()
}

fn unreadable() -> Error {
    let source = std::io::ErrorKind::InvalidData.into();
    ErrorKind::Io { offset: 0, source }.into()
}

/// Why there is no text.
#[derive(Clone, Copy)]
enum Problem {
    NoWorkbook,
    TooLarge,
}

impl Problem {
    fn error(self, maximum: usize) -> Error {
        match self {
            Self::NoWorkbook => unreadable(),
            Self::TooLarge => limit("bytes of a workbook", maximum as u64),
        }
    }
}

enum Book<'b> {
    Xlsx(Box<Xlsx<Cursor<&'b [u8]>>>),
    Ods(Box<Ods<Cursor<&'b [u8]>>>),
}

impl<'b> Book<'b> {
    fn open(bytes: &'b [u8], limit: usize) -> Result<Self, Problem> {
        if unpacked(bytes).ok_or(Problem::NoWorkbook)? > limit as u64 {
            return Err(Problem::TooLarge);
        }
        if let Ok(book) = Xlsx::new(Cursor::new(bytes)) {
            return Ok(Self::Xlsx(Box::new(book)));
        }
        let book = Ods::new(Cursor::new(bytes)).map_err(|_| Problem::NoWorkbook)?;
        Ok(Self::Ods(Box::new(book)))
    }

    fn sheets(&self) -> Vec<String> {
        match self {
            Self::Xlsx(book) => book.sheet_names(),
            Self::Ods(book) => book.sheet_names(),
        }
    }

    fn text(&mut self, sheet: &str, dialect: &Dialect) -> Result<String, Problem> {
        let mut text = Sheet::new(dialect);
        match self {
            // Cell by cell: a range would be as large as its outermost cell says.
            Self::Xlsx(book) => {
                let cells = book.worksheet_cells_reader(sheet);
                let mut cells = cells.map_err(|_| Problem::NoWorkbook)?;
                while let Some(cell) = cells.next_cell().map_err(|_| Problem::NoWorkbook)? {
                    let (row, column) = cell.get_position();
                    text.cell(row, column, &shown(&cell.get_value().clone().into()))?;
                }
            }
            Self::Ods(book) => {
                let range = book
                    .worksheet_range(sheet)
                    .map_err(|_| Problem::NoWorkbook)?;
                let (top, left) = range.start().unwrap_or_default();
                for (row, column, cell) in range.used_cells() {
                    let place = (u32::try_from(row), u32::try_from(column));
                    if let (Ok(row), Ok(column)) = place {
                        text.cell(top + row, left + column, &shown(cell))?;
                    }
                }
            }
        }
        Ok(text.end())
    }
}

/// What the parts of an archive come to when they are unpacked, by its own
/// directory (APPNOTE 4.3.12); none where there is no such directory.
fn unpacked(archive: &[u8]) -> Option<u64> {
    const ENTRY: &[u8] = b"PK\x01\x02";
    const END: &[u8] = b"PK\x05\x06";
    let end = archive.windows(END.len()).rposition(|four| four == END)?;
    let start = number(archive, end + 16)?;
    let mut entry = usize::try_from(start).ok()?;
    let mut sum = 0_u64;
    while archive.get(entry..)?.starts_with(ENTRY) {
        sum = sum.saturating_add(u64::from(number(archive, entry + 24)?));
        let names = [28, 30, 32].map(|at| archive.get(entry + at..entry + at + 2));
        let names = names
            .into_iter()
            .map(|two| Some(usize::from(u16::from_le_bytes(two?.try_into().ok()?))));
        entry += 46 + names.sum::<Option<usize>>()?;
    }
    Some(sum)
}

fn number(archive: &[u8], at: usize) -> Option<u32> {
    let four = archive.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}

/// How the mapping wants its rows, and how many bytes of them at most.
struct Dialect {
    delimiter: char,
    quote: char,
    limit: usize,
}

impl Dialect {
    fn of(mapping: &Mapping, limit: usize) -> Self {
        let (delimiter, quote) = match &mapping.draft().source {
            Source::Csv(csv) => (csv.delimiter, csv.quote),
            Source::Json(_) => (None, None),
        };
        Self {
            delimiter: delimiter.unwrap_or(','),
            quote: quote.unwrap_or('"'),
            limit,
        }
    }
}

/// A sheet as text: every row on its line and every cell at its place.
struct Sheet<'d> {
    dialect: &'d Dialect,
    text: String,
    row: u32,
    column: u32,
}

impl<'d> Sheet<'d> {
    fn new(dialect: &'d Dialect) -> Self {
        // The mark says UTF-8, whatever encoding the mapping declares.
        let text = String::from('\u{FEFF}');
        Self {
            dialect,
            text,
            row: 0,
            column: 0,
        }
    }

    fn cell(&mut self, row: u32, column: u32, value: &str) -> Result<(), Problem> {
        let gap = row.saturating_sub(self.row) as usize + column as usize + value.len();
        if self.text.len() + gap > self.dialect.limit {
            return Err(Problem::TooLarge);
        }
        while self.row < row {
            self.text.push('\n');
            (self.row, self.column) = (self.row + 1, 0);
        }
        while self.column < column {
            self.text.push(self.dialect.delimiter);
            self.column += 1;
        }
        self.value(value);
        Ok(())
    }

    fn value(&mut self, value: &str) {
        let quote = self.dialect.quote;
        let special = [quote, self.dialect.delimiter, '\n', '\r'];
        if !value.contains(special) {
            self.text.push_str(value);
            return;
        }
        self.text.push(quote);
        for letter in value.chars() {
            if letter == quote {
                self.text.push(quote);
            }
            self.text.push(letter);
        }
        self.text.push(quote);
    }

    fn end(mut self) -> String {
        self.text.push('\n');
        self.text
    }
}

/// A cell as text: dates as ISO 8601, whole numbers without decimals.
fn shown(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(truth) => truth.to_string(),
        Data::DateTime(moment) => shown_moment(moment),
        #[allow(unreachable_patterns)]
        other => other.to_string(),
    }
}

/// A date, a time of day where the date is none, or both.
fn shown_moment(moment: &calamine::ExcelDateTime) -> String {
    let serial = moment.as_f64();
    let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
    let mut text = String::new();
    if serial >= 1.0 {
        let _ = write!(text, "{year:04}-{month:02}-{day:02}");
    }
    if serial.fract() != 0.0 {
        let sign = if text.is_empty() { "" } else { "T" };
        let _ = write!(text, "{sign}{hour:02}:{minute:02}");
    }
    text
}
