//! A sample as a table: its encoding, delimiter, header and first rows.

use super::SuggestError;
use super::values;
use crate::edifact::Charset;

/// How much of a sample is looked at.
const BYTES: usize = 1 << 20;
const ROWS: usize = 200;
const COLUMNS: usize = 2_000;
/// Rows among which the header is sought.
const TITLES: usize = 10;
const DELIMITERS: [char; 4] = [';', ',', '\t', '|'];

/// What was found.
pub(super) struct Table {
    pub(super) delimiter: char,
    /// Label of an encoding that no byte order mark tells.
    pub(super) encoding: Option<&'static str>,
    /// Rows before the header.
    pub(super) skip: usize,
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn read(sample: &[u8]) -> Result<Self, SuggestError> {
        let sample = sample.get(..BYTES).unwrap_or(sample);
        let (text, encoding) = decode(sample);
        if text.trim_start().starts_with(['{', '[']) {
            return Err(SuggestError::NotTable);
        }
        let (delimiter, mut rows) = cut(&text).ok_or(SuggestError::NotTable)?;
        if sample.len() == BYTES {
            rows.pop(); // it may be cut
        }
        let width = usual_width(&rows);
        let is_full = |row: &Vec<String>| {
            row.iter().filter(|cell| !cell.is_empty()).count() * 10 >= width * 6
        };
        let skip = rows
            .iter()
            .take(TITLES)
            .position(is_full)
            .ok_or(SuggestError::NotTable)?;
        let mut rows = rows.split_off(skip);
        let header = rows.remove(0);
        if header.iter().any(|cell| is_value(cell)) {
            return Err(SuggestError::NoHeader);
        }
        rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
        Ok(Self {
            delimiter,
            encoding,
            skip,
            header,
            rows,
        })
    }

    /// The values of a column that are not blank.
    pub(super) fn values(&self, column: usize) -> Vec<&str> {
        let cells = self.rows.iter().filter_map(|row| row.get(column));
        cells
            .map(String::as_str)
            .filter(|cell| !cell.is_empty())
            .collect()
    }
}

/// Whether a cell is no name of a column.
fn is_value(cell: &str) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    cell.contains('@') || values::date(cell).is_some() || digits * 2 > cell.len()
}

/// The text, and the label of its encoding where that is not UTF-8 and no mark tells it.
fn decode(sample: &[u8]) -> (String, Option<&'static str>) {
    match sample {
        [0xEF, 0xBB, 0xBF, rest @ ..] => (String::from_utf8_lossy(rest).into_owned(), None),
        [0xFF, 0xFE, rest @ ..] => (wide(rest, u16::from_le_bytes), None),
        [0xFE, 0xFF, rest @ ..] => (wide(rest, u16::from_be_bytes), None),
        _ => match std::str::from_utf8(sample) {
            Ok(text) => (text.to_owned(), None),
            // A letter cut at the end of the sample.
            Err(error) if error.error_len().is_none() => {
                let whole = sample.get(..error.valid_up_to()).unwrap_or_default();
                (String::from_utf8_lossy(whole).into_owned(), None)
            }
            Err(_) => (
                Charset::Unknown.decode(sample).into_owned(),
                Some("windows-1252"),
            ),
        },
    }
}

fn wide(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| match pair {
        [one, two] => unit([*one, *two]),
        _ => 0,
    });
    char::decode_utf16(units)
        .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

/// The delimiter that makes the most columns of the most rows, and the rows.
fn cut(text: &str) -> Option<(char, Vec<Vec<String>>)> {
    let cut = |delimiter: char| {
        let rows = rows(text, delimiter);
        let width = usual_width(&rows);
        let alike = rows.iter().filter(|row| row.len() == width).count();
        (width > 1).then(|| (alike * (width - 1), delimiter, rows))
    };
    let best = DELIMITERS
        .into_iter()
        .filter_map(cut)
        .rev()
        .max_by_key(|(score, ..)| *score);
    best.map(|(_, delimiter, rows)| (delimiter, rows))
}

/// The number of cells that most rows have.
fn usual_width(rows: &[Vec<String>]) -> usize {
    let mut widths: Vec<usize> = rows.iter().map(Vec::len).collect();
    widths.sort_unstable();
    let runs = widths.chunk_by(|one, other| one == other);
    let longest = runs.max_by_key(|run| (run.len(), run.first().copied()));
    longest
        .and_then(|run| run.first())
        .copied()
        .unwrap_or_default()
}

/// The first rows, their cells without blanks around them.
fn rows(text: &str, delimiter: char) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    for letter in text.chars() {
        match letter {
            '"' if quoted || cell.trim().is_empty() => quoted = !quoted,
            '\n' if !quoted => {
                push(&mut row, &mut cell);
                rows.push(std::mem::take(&mut row));
                if rows.len() > ROWS + TITLES {
                    return rows;
                }
            }
            letter if letter == delimiter && !quoted => push(&mut row, &mut cell),
            _ => cell.push(letter),
        }
    }
    if !row.is_empty() || !cell.trim().is_empty() {
        push(&mut row, &mut cell);
        rows.push(row);
    }
    rows
}

fn push(row: &mut Vec<String>, cell: &mut String) {
    if row.len() < COLUMNS {
        row.push(cell.trim().to_owned());
    }
    cell.clear();
}
