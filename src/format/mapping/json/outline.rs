//! Where the values of an input begin and end, told by brackets and quotes alone.

use serde::de::IgnoredAny;

use super::document::{Document, Fault, NONE};
use super::location;
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::error::{Error, ErrorKind};
use crate::format::mapping::trie::Trie;
use crate::reader::Limits;

/// The values of an input, one after the other.
#[derive(Debug)]
pub(in super::super) struct Outline {
    limits: Limits,
    pub(super) begun: bool,
    in_array: bool,
    document: Document,
}

/// What is done with of a window, and the value at the end of that.
pub(in super::super) struct Piece {
    pub(in super::super) used: usize,
    pub(in super::super) value: Option<std::ops::Range<usize>>,
}

const NOTHING: Piece = Piece {
    used: 0,
    value: None,
};

impl Outline {
    pub(in super::super) fn new(limits: &Limits) -> Self {
        Self {
            limits: *limits,
            begun: false,
            in_array: false,
            document: Document::default(),
        }
    }

    /// The next value of a window; without one and nothing used it must be longer.
    pub(in super::super) fn next(
        &mut self,
        window: &[u8],
        offset: u64,
        last: bool,
    ) -> Result<Piece, Error> {
        match self.start(window, last) {
            Some(at) => self.value(window, at, offset, last),
            None => Ok(NOTHING),
        }
    }

    /// Where the next value of a window starts; `None` where it must be longer.
    pub(super) fn start(&mut self, window: &[u8], last: bool) -> Option<usize> {
        let mut at = 0;
        if !self.begun {
            if window.len() < 3 && !last {
                return None;
            }
            at += if window.starts_with(b"\xEF\xBB\xBF") {
                3
            } else {
                0
            };
        }
        loop {
            match window.get(at) {
                Some(b' ' | b'\t' | b'\n' | b'\r') => at += 1,
                Some(b'[') if !self.begun => {
                    (self.begun, self.in_array) = (true, true);
                    at += 1;
                }
                Some(b',' | b']') if self.in_array => at += 1,
                _ => return Some(at),
            }
        }
    }

    /// The value that starts at a place of a window.
    pub(super) fn value(
        &mut self,
        window: &[u8],
        at: usize,
        offset: u64,
        last: bool,
    ) -> Result<Piece, Error> {
        let rest = window.get(at..).unwrap_or_default();
        let extent = extent(rest, last, self.limits.nesting);
        match unclosed(rest, &extent, last).map_or(extent, Extent::Whole) {
            Extent::Whole(length) => {
                self.begun = true;
                Ok(Piece {
                    used: at + length,
                    value: Some(at..at + length),
                })
            }
            Extent::Nothing | Extent::More if !last && !self.begun => Ok(NOTHING),
            Extent::Nothing => Ok(Piece {
                used: at,
                value: None,
            }),
            Extent::Deep => Err(Error::limit(
                "levels of nesting",
                self.limits.nesting,
                offset + at as u64,
            )),
            Extent::More if last => {
                let offset = offset + window.len() as u64;
                Err(ErrorKind::Truncated { offset }.into())
            }
            Extent::More => Ok(Piece {
                used: at,
                value: None,
            }),
        }
    }

    /// The leaves of a value with their pointers, and what is wrong with it.
    pub(in super::super) fn leaves(
        &mut self,
        trie: &Trie,
        bytes: &[u8],
        offset: u64,
    ) -> Result<(Leaves, Vec<Diagnostic>), Error> {
        let (nesting, longest) = (self.limits.nesting, self.limits.cell_bytes);
        let read = self.document.read(trie, bytes, nesting, longest);
        let mut diagnostics = Vec::new();
        match read {
            Ok(_) => {}
            Err(Fault::NotJson | Fault::Cut) => diagnostics.push(not_read(bytes, offset)),
            Err(Fault::Deep) => return Err(Error::limit("levels of nesting", nesting, offset)),
            Err(Fault::Long) => return Err(Error::limit("bytes of a text", longest, offset)),
        }
        let document = &self.document;
        let numbers = 0..u32::try_from(document.leaves.len()).unwrap_or(NONE);
        let leaves = numbers.zip(&document.leaves).map(|(number, leaf)| {
            let path = document.pointer(trie, document.path_of(number));
            let place = location(offset, leaf.start, leaf.end, path.clone());
            (path, place)
        });
        Ok((leaves.collect(), diagnostics))
    }
}

/// A value that is no JSON, or no booking.
pub(in super::super) fn not_read(bytes: &[u8], offset: u64) -> Diagnostic {
    let end = u32::try_from(bytes.len()).unwrap_or(NONE);
    Diagnostic::new(Code::NotJson, None, location(offset, 0, end, String::new()))
}

/// Leaves with their pointers, and where they stand.
type Leaves = Vec<(String, Location)>;

/// The extent of the value at the start of the bytes.
pub(super) enum Extent {
    Whole(usize),
    More,
    Deep,
    Nothing,
}

/// Where the value at the start of the bytes ends.
pub(super) fn extent(bytes: &[u8], last: bool, nesting: usize) -> Extent {
    match bytes.first() {
        Some(b'{' | b'[') => {}
        Some(_) => {
            let end = memchr::memchr2(b'\n', b',', bytes);
            return match end {
                Some(end) => Extent::Whole(end.max(1)),
                None if last => Extent::Whole(bytes.len()),
                None => Extent::More,
            };
        }
        None => return Extent::Nothing,
    }
    closing(bytes, 0, nesting)
}

/// Where a value ends of which so many objects and arrays are open at the start of the bytes.
pub(super) fn closing(bytes: &[u8], depth: usize, nesting: usize) -> Extent {
    let (mut at, mut depth) = (0, depth);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Extent::Whole(at + 1);
                }
            }
            b'"' => match string_end(bytes, at + 1) {
                Some(end) => at = end,
                None => return Extent::More,
            },
            _ => {}
        }
        if depth > nesting {
            return Extent::Deep;
        }
        at += 1;
    }
    Extent::More
}

/// The first line of a value that is no JSON and runs into the line of the next one, which
/// begins where it began: only that line is lost, and not what follows it.
///
/// Lines that are whole cost one look for an end of line; the grammar is asked where a value
/// goes on over a line that begins with an object, as few of several lines do.
pub(super) fn unclosed(bytes: &[u8], extent: &Extent, last: bool) -> Option<usize> {
    let value = match extent {
        Extent::Whole(length) => bytes.get(..*length)?,
        Extent::More | Extent::Deep => bytes,
        Extent::Nothing => return None,
    };
    memchr::memchr(b'\n', value)?;
    let line = memchr::memmem::find(value, b"\n{")? + 1;
    let mut values = serde_json::Deserializer::from_slice(value).into_iter::<IgnoredAny>();
    let is_broken = match values.next()? {
        Ok(_) => false,
        Err(error) => last || !error.is_eof(),
    };
    is_broken.then_some(line)
}

fn string_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let sign = at + memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes.get(sign) == Some(&b'"') {
            return Some(sign);
        }
        at = sign + 2;
    }
}
