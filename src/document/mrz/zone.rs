//! The characters of a zone, and the doubts about them.

use super::layout::{Layout, Plan, Span};
use super::{Field, Finding, Refusal};
use crate::document::check_digit::digit;

/// The lines of one zone, of a known layout.
#[derive(Clone, Debug)]
pub(super) struct Zone {
    pub(super) layout: Layout,
    lines: Vec<Vec<u8>>,
}

impl Zone {
    /// Nothing but fillers.
    pub(super) fn empty(layout: Layout) -> Self {
        let line = vec![b'<'; layout.width()];
        Self {
            layout,
            lines: vec![line; layout.lines()],
        }
    }

    /// Cuts a text into lines and recognises their layout.
    pub(super) fn cut(text: &str, findings: &mut Vec<Finding>) -> Result<Self, Refusal> {
        let mut lines = lines(text)?;
        let widths: Vec<usize> = lines.iter().map(Vec::len).collect();
        let first = lines.first().map_or(&[][..], Vec::as_slice);
        let layout = layout(&widths, first)?;
        fill(&mut lines, layout, findings)?;
        Ok(Self { layout, lines })
    }

    pub(super) fn plan(&self) -> &'static Plan {
        self.layout.plan()
    }

    /// The characters of a field; none where the span lies outside.
    pub(super) fn bytes(&self, Span(line, from, to): Span) -> &[u8] {
        let line = line.checked_sub(1).and_then(|line| self.lines.get(line));
        let range = from.saturating_sub(1)..to;
        line.and_then(|line| line.get(range)).unwrap_or_default()
    }

    /// The field as text, without the fillers at its end.
    pub(super) fn text(&self, span: Span) -> &str {
        let text = std::str::from_utf8(self.bytes(span)).unwrap_or_default();
        text.trim_end_matches('<')
    }

    /// The one character of a field of one.
    pub(super) fn char(&self, span: Span) -> char {
        self.bytes(span)
            .first()
            .map_or('<', |&byte| char::from(byte))
    }

    pub(super) fn set(&mut self, Span(line, from, _): Span, offset: usize, byte: u8) {
        let line = line
            .checked_sub(1)
            .and_then(|line| self.lines.get_mut(line));
        if let Some(slot) = line.and_then(|line| line.get_mut(from.saturating_sub(1) + offset)) {
            *slot = byte;
        }
    }

    /// Writes a text to the left of a field; what does not fit is cut.
    pub(super) fn put(&mut self, span: Span, text: &str) {
        for (offset, byte) in text.bytes().take(span.width()).enumerate() {
            self.set(span, offset, byte);
        }
    }

    /// The check digit that the field should have.
    pub(super) fn digit(&self, span: Span) -> Option<char> {
        digit(self.bytes(span).iter().copied())
    }

    /// The composite check digit that the zone should have.
    pub(super) fn composite_digit(&self, spans: &[Span]) -> Option<char> {
        digit(spans.iter().flat_map(|&span| self.bytes(span)).copied())
    }

    /// True where the zone has no composite check digit, or a right one.
    pub(super) fn composite_holds(&self) -> bool {
        match self.plan().composite {
            Some((spans, check)) => {
                let expected = self.composite_digit(spans);
                let read = self.char(check);
                expected == Some(read) || expected == meant_digit(read)
            }
            None => true,
        }
    }

    pub(super) fn write(&self) -> String {
        let lines = self.lines.iter();
        let lines: Vec<String> = lines
            .map(|line| line.iter().map(|&byte| char::from(byte)).collect())
            .collect();
        lines.join("\n")
    }
}

/// The digit that a letter stands for where only a digit can be.
pub(super) fn meant_digit(letter: char) -> Option<char> {
    match letter {
        'O' => Some('0'),
        'I' => Some('1'),
        'Z' => Some('2'),
        'S' => Some('5'),
        'B' => Some('8'),
        _ => None,
    }
}

/// The letters and digits that readers of print take for one another.
pub(super) fn twin(byte: u8) -> Option<u8> {
    let pairs = *b"O0I1Z2S5B8";
    let at = pairs.iter().position(|&other| other == byte)?;
    pairs.get(at ^ 1).copied()
}

/// Lines without blanks; three or two lines run together are cut apart.
fn lines(text: &str) -> Result<Vec<Vec<u8>>, Refusal> {
    let mut lines = Vec::new();
    for line in text.lines().take(MOST_LINES) {
        let line = line_of(line, lines.len() + 1)?;
        if !line.is_empty() {
            lines.push(line);
        }
    }
    let whole = match lines.as_slice() {
        [one] => one,
        _ => return Ok(lines),
    };
    let width = match whole.len() {
        90 => 30,
        72 => 36,
        88 => 44,
        _ => return Ok(lines),
    };
    Ok(whole.chunks(width).map(<[u8]>::to_vec).collect())
}

/// No zone has more lines; what follows is not read.
const MOST_LINES: usize = 8;

fn line_of(line: &str, number: usize) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::with_capacity(44);
    for letter in line.chars().filter(|letter| !letter.is_whitespace()) {
        match letter.to_ascii_uppercase() {
            '«' => bytes.extend(b"<<"),
            '‹' | '＜' | '〈' => bytes.push(b'<'),
            known @ ('A'..='Z' | '0'..='9' | '<') => bytes.extend(u8::try_from(known)),
            _ => {
                let column = bytes.len() + 1;
                return Err(Refusal::Character {
                    line: number,
                    column,
                });
            }
        }
        if bytes.len() > 90 {
            return Err(Refusal::Size);
        }
    }
    Ok(bytes)
}

/// Recognises the layout by count and width of lines and the first letters.
fn layout(widths: &[usize], first: &[u8]) -> Result<Layout, Refusal> {
    let widest = widths.iter().max().copied().unwrap_or_default();
    let layout = match (widths.len(), widest, first.first()) {
        (3, 30, _) => Layout::Td1,
        (2, 36, _) if first.starts_with(b"IDFRA") => return Err(Refusal::OldFrenchCard),
        (2, 34, _) => return Err(Refusal::OldSlovakCard),
        (2, 36, Some(b'V')) => Layout::MrvB,
        (2, 36, _) => Layout::Td2,
        (2, 44, Some(b'V')) => Layout::MrvA,
        (2, 44, _) => Layout::Td3,
        _ => return Err(Refusal::Size),
    };
    allowed(layout, first).map(|()| layout)
}

/// The document codes that Parts 4 to 7 leave to each layout.
fn allowed(layout: Layout, first: &[u8]) -> Result<(), Refusal> {
    let fits = match (layout, first) {
        (Layout::MrvA | Layout::MrvB, _) => true,
        (Layout::Td3, [b'P', ..]) => true,
        (Layout::Td1, [b'A', b'I', ..]) => false,
        (_, [b'A' | b'C' | b'I', second, ..]) => *second != b'V',
        _ => false,
    };
    if fits {
        Ok(())
    } else {
        Err(Refusal::DocumentCode)
    }
}

/// The name line may lack fillers at its end; any other line must be whole.
fn fill(lines: &mut [Vec<u8>], layout: Layout, findings: &mut Vec<Finding>) -> Result<(), Refusal> {
    let Span(name_line, ..) = layout.plan().name;
    for (number, line) in (1..).zip(lines) {
        if line.len() < layout.width() {
            if number != name_line {
                return Err(Refusal::Size);
            }
            line.resize(layout.width(), b'<');
            findings.push(Finding::Shortened);
        }
    }
    Ok(())
}

/// One field with its check digit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Checked {
    pub(super) field: Field,
    pub(super) data: Span,
    pub(super) check: Span,
}

impl Plan {
    /// The fields that have a check digit of their own.
    pub(super) fn checked(&self) -> impl Iterator<Item = Checked> {
        let one = |field, data, check| Checked { field, data, check };
        let personal = self.personal_check;
        [
            one(Field::Birth, self.birth, self.birth_check),
            one(Field::Expiry, self.expiry, self.expiry_check),
            one(Field::Number, self.number, self.number_check),
        ]
        .into_iter()
        .chain(personal.map(move |check| one(Field::Optional, self.optional, check)))
    }
}
