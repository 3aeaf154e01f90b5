//! One pass over a JSON value: what pointers name is kept by place, everything else is counted.

use crate::format::mapping::trie::Trie;

/// None of something.
pub(super) const NONE: u32 = u32::MAX;

/// An element for which items can repeat.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) kind: u32,
    pub(super) parent: u32,
    base: u32,
    pub(super) position: u32,
    /// The first leaf that can stand in it.
    pub(super) leaf: u32,
}

/// A leaf that says something.
#[derive(Clone, Copy, Debug)]
pub(super) struct Leaf {
    pub(super) start: u32,
    pub(super) end: u32,
    /// The text in the buffer, where it had escapes.
    unescaped: Option<(u32, u32)>,
    path: u32,
}

/// One step of a path: a member that is known or not, or an element.
#[derive(Clone, Copy, Debug)]
enum Name {
    /// A member, by its node and its place there.
    Known(u32, u32),
    Unknown(u32),
    Element(u32),
}

#[derive(Clone, Copy, Debug)]
struct Level {
    object: bool,
    node: Option<u32>,
    frame: u32,
    path: u32,
    count: u32,
    /// The node of the last member that was known, before it that of the object.
    after: u32,
}

/// What a value holds.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) frames: Vec<Frame>,
    /// For each slot of each frame the leaf.
    slots: Vec<u32>,
    pub(super) leaves: Vec<Leaf>,
    /// Objects and arrays where a leaf is expected.
    pub(super) mistyped: Vec<(u32, u32)>,
    pub(super) marks: Vec<u32>,
    paths: Vec<(u32, Name)>,
    buffer: String,
    stack: Vec<Level>,
    /// For each node the member that came next when it was read last: documents of one sender name
    /// their members in one order. Outlives the value.
    follows: Vec<u32>,
}

/// Where and why a value is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    NotJson,
    Deep,
    Long,
}

/// A value on its way.
struct Walk<'w> {
    trie: &'w Trie,
    bytes: &'w [u8],
    at: usize,
    nesting: usize,
    longest: usize,
}

impl Document {
    /// Reads bytes that are one whole value; its text.
    pub(super) fn read<'b>(
        &mut self,
        trie: &Trie,
        bytes: &'b [u8],
        nesting: usize,
        longest: usize,
    ) -> Result<&'b str, Fault> {
        let text = self.first(trie, bytes, nesting, longest)?;
        let rest = bytes.get(text.len()..).unwrap_or_default();
        match rest.trim_ascii_start() {
            [] => Ok(text),
            _ => Err(Fault::NotJson),
        }
    }

    /// Reads the value at the start of the bytes; its text, with the blanks before it.
    pub(super) fn first<'b>(
        &mut self,
        trie: &Trie,
        bytes: &'b [u8],
        nesting: usize,
        longest: usize,
    ) -> Result<&'b str, Fault> {
        self.frames.clear();
        self.slots.clear();
        self.leaves.clear();
        self.mistyped.clear();
        self.marks.clear();
        self.paths.clear();
        self.buffer.clear();
        self.stack.clear();
        let mut walk = Walk {
            trie,
            bytes,
            at: 0,
            nesting,
            longest,
        };
        self.follows.resize(trie.nodes.len(), NONE);
        self.open(trie, 0, NONE, 0);
        let walked = walk.run(self);
        // Before anything else counts, the text must be one.
        let read = bytes.get(..walk.at.min(bytes.len())).unwrap_or_default();
        let text = std::str::from_utf8(read).map_err(|_| Fault::NotJson)?;
        walked.map(|()| text)
    }

    fn open(&mut self, trie: &Trie, kind: u32, parent: u32, position: u32) -> u32 {
        let base = number(self.slots.len());
        let slots = trie.kind(kind).slots as usize;
        self.slots.resize(self.slots.len() + slots, NONE);
        self.frames.push(Frame {
            kind,
            parent,
            base,
            position,
            leaf: number(self.leaves.len()),
        });
        number(self.frames.len() - 1)
    }

    pub(super) fn frame(&self, frame: u32) -> Option<Frame> {
        self.frames.get(frame as usize).copied()
    }

    /// The element so many up.
    pub(super) fn climb(&self, frame: u32, up: u8) -> Option<u32> {
        let mut frame = frame;
        for _ in 0..up {
            frame = self.frame(frame)?.parent;
        }
        Some(frame)
    }

    /// Whether an element stands in another, or is it.
    pub(super) fn is_in(&self, frame: u32, around: u32) -> bool {
        let mut at = frame;
        while at != around {
            match self.frame(at) {
                Some(frame) if frame.parent != NONE => at = frame.parent,
                _ => return false,
            }
        }
        true
    }

    pub(super) fn leaf(&self, frame: u32, slot: u32) -> Option<u32> {
        let base = self.frame(frame)?.base;
        let leaf = self.slots.get(base as usize + slot as usize).copied()?;
        (leaf != NONE).then_some(leaf)
    }

    pub(super) fn text<'t>(&'t self, text: &'t str, leaf: u32) -> &'t str {
        let Some(leaf) = self.leaves.get(leaf as usize) else {
            return "";
        };
        if let Some((start, end)) = leaf.unescaped {
            return self
                .buffer
                .get(start as usize..end as usize)
                .unwrap_or_default();
        }
        let text = text.get(leaf.start as usize..leaf.end as usize);
        text.unwrap_or_default()
    }

    fn capture(&mut self, trie: &Trie, node: Option<u32>, frame: u32, leaf: u32) {
        let Some(node) = node.and_then(|node| trie.node(node)) else {
            return;
        };
        for capture in &node.captures {
            let base = self
                .climb(frame, capture.up)
                .and_then(|frame| self.frame(frame));
            let Some(base) = base.map(|frame| frame.base) else {
                continue;
            };
            if !capture.positions.is_empty() && !self.stands(leaf, &capture.positions) {
                continue;
            }
            if let Some(place) = self.slots.get_mut(base as usize + capture.slot as usize)
                && *place == NONE
            {
                *place = leaf;
            }
        }
    }

    /// Puts a leaf into a slot of an element.
    #[cfg(feature = "jsonpath")]
    pub(super) fn put(&mut self, frame: u32, slot: u32, leaf: u32) {
        let base = self.frame(frame).map(|frame| frame.base);
        let place = base.and_then(|base| self.slots.get_mut(base as usize + slot as usize));
        if let Some(place) = place {
            *place = leaf;
        }
    }

    /// Whether a leaf stands at these positions of the arrays around it, from itself upwards.
    fn stands(&self, leaf: u32, positions: &[Option<u32>]) -> bool {
        let mut path = self.path_of(leaf);
        positions.iter().all(|wanted| {
            let Some((parent, name)) = self.paths.get(path as usize) else {
                return false;
            };
            path = *parent;
            match (wanted, name) {
                (None, _) => true,
                (Some(wanted), Name::Element(position)) => wanted == position,
                (Some(_), _) => false,
            }
        })
    }

    /// The pointer to a leaf; what no mapping knows stands as `*` and its number.
    pub(super) fn pointer(&self, trie: &Trie, path: u32) -> String {
        let mut parts = Vec::new();
        let mut at = path;
        while let Some((parent, name)) = self.paths.get(at as usize) {
            parts.push(match name {
                Name::Known(node, member) => {
                    let node = trie.node(*node);
                    let member = node.and_then(|node| node.members.get(*member as usize));
                    let key = member.map_or("*", |(key, _)| key);
                    key.replace('~', "~0").replace('/', "~1")
                }
                Name::Unknown(number) => format!("*{number}"),
                Name::Element(number) => number.to_string(),
            });
            at = *parent;
        }
        parts.iter().rev().flat_map(|part| ["/", part]).collect()
    }

    /// Where the text of a leaf stands.
    pub(super) fn span(&self, leaf: u32) -> (u32, u32) {
        let leaf = self.leaves.get(leaf as usize);
        leaf.map_or((0, 0), |leaf| (leaf.start, leaf.end))
    }

    pub(super) fn path_of(&self, leaf: u32) -> u32 {
        self.leaves
            .get(leaf as usize)
            .map_or(NONE, |leaf| leaf.path)
    }
}

fn number(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(NONE)
}

impl Walk<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn run(&mut self, document: &mut Document) -> Result<(), Fault> {
        self.blanks();
        self.value(document, Some(Trie::ROOT), 0, NONE, true, 0)?;
        while let Some(level) = document.stack.last().copied() {
            self.blanks();
            let close = if level.object { b'}' } else { b']' };
            match self.peek() {
                Some(byte) if byte == close => {
                    self.at += 1;
                    document.stack.pop();
                    continue;
                }
                Some(b',') if level.count > 0 => {
                    self.at += 1;
                    self.blanks();
                }
                Some(_) if level.count == 0 => {}
                _ => return Err(Fault::NotJson),
            }
            let (node, name) = if level.object {
                self.member(level, &mut document.follows)?
            } else {
                let node = level.node.and_then(|node| self.trie.node(node)?.element);
                (node, Name::Element(level.count))
            };
            if let Some(top) = document.stack.last_mut() {
                top.count += 1;
                if let (Name::Known(..), Some(node)) = (name, node) {
                    top.after = node;
                }
            }
            document.paths.push((level.path, name));
            let path = number(document.paths.len() - 1);
            self.value(document, node, level.frame, path, false, level.count)?;
        }
        Ok(())
    }

    /// The key of a member, with what follows it.
    fn member(&mut self, level: Level, follows: &mut [u32]) -> Result<(Option<u32>, Name), Fault> {
        let parent = level
            .node
            .and_then(|node| Some((node, self.trie.node(node)?)));
        let expected = follows.get(level.after as usize).copied();
        if let (Some((node, place)), Some(member)) = (parent, expected)
            && let Some((key, child)) = place.members.get(member as usize)
            && let Some(at) = quoted(self.bytes, self.at, key)
        {
            self.at = at;
            self.colon()?;
            return Ok((Some(*child), Name::Known(node, member)));
        }
        if self.peek() != Some(b'"') {
            return Err(Fault::NotJson);
        }
        let (start, end, escaped) = self.string()?;
        let mut key = self.bytes.get(start..end).unwrap_or_default();
        let mut plain = String::new();
        if escaped {
            unescape(key, &mut plain)?;
            key = plain.as_bytes();
        }
        self.colon()?;
        let found = parent.and_then(|(node, place)| {
            let member = place
                .members
                .iter()
                .position(|(name, _)| name.as_bytes() == key)?;
            if let Some(next) = follows.get_mut(level.after as usize).filter(|_| !escaped) {
                *next = number(member);
            }
            Some((
                place.members.get(member)?.1,
                Name::Known(node, number(member)),
            ))
        });
        Ok(match found {
            Some((node, name)) => (Some(node), name),
            // A member that no pointer names is one of those that `*` stands for.
            None => (
                parent.and_then(|(_, place)| place.element),
                Name::Unknown(level.count),
            ),
        })
    }

    /// What follows a key.
    #[inline]
    fn colon(&mut self) -> Result<(), Fault> {
        self.blanks();
        if self.peek() != Some(b':') {
            return Err(Fault::NotJson);
        }
        self.at += 1;
        self.blanks();
        Ok(())
    }

    fn value(
        &mut self,
        document: &mut Document,
        node: Option<u32>,
        frame: u32,
        path: u32,
        root: bool,
        position: u32,
    ) -> Result<(), Fault> {
        let place = node.and_then(|node| self.trie.node(node));
        let mut frame = frame;
        if let Some(place) = place {
            if !place.marks.is_empty() {
                document.marks.extend_from_slice(&place.marks);
            }
            if let Some(kind) = place.kind.filter(|_| !root) {
                frame = document.open(self.trie, kind, frame, position);
            }
        }
        match self.peek() {
            Some(open @ (b'{' | b'[')) => {
                if document.stack.len() >= self.nesting {
                    return Err(Fault::Deep);
                }
                let leafless = |place: &&super::super::trie::Node| {
                    place.members.is_empty()
                        && place.element.is_none()
                        && !place.captures.is_empty()
                };
                if place.filter(leafless).is_some() {
                    document.mistyped.push((number(self.at), path));
                }
                self.at += 1;
                document.stack.push(Level {
                    object: open == b'{',
                    node,
                    frame,
                    path,
                    count: 0,
                    after: node.unwrap_or(NONE),
                });
                Ok(())
            }
            Some(b'"') => {
                let (start, end, escaped) = self.string()?;
                let raw = self.bytes.get(start..end).unwrap_or_default();
                if !is_blank(raw) {
                    self.leaf(document, node, frame, path, start..end);
                }
                match escaped {
                    true => escapes_of(document, raw),
                    false => Ok(()),
                }
            }
            Some(_) => self.scalar(document, node, frame, path),
            None => Err(Fault::NotJson),
        }
    }

    #[inline]
    fn leaf(
        &self,
        document: &mut Document,
        node: Option<u32>,
        frame: u32,
        path: u32,
        range: std::ops::Range<usize>,
    ) {
        document.leaves.push(Leaf {
            start: number(range.start),
            end: number(range.end),
            unescaped: None,
            path,
        });
        let leaf = number(document.leaves.len() - 1);
        document.capture(self.trie, node, frame, leaf);
    }

    fn scalar(
        &mut self,
        document: &mut Document,
        node: Option<u32>,
        frame: u32,
        path: u32,
    ) -> Result<(), Fault> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let ends = |byte: &u8| matches!(byte, b',' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r');
        let length = rest.iter().position(ends).unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or_default();
        let start = self.at;
        self.at += length;
        match word {
            b"null" => Ok(()),
            b"true" | b"false" => {
                self.leaf(document, node, frame, path, start..self.at);
                Ok(())
            }
            word if is_number(word) => {
                self.leaf(document, node, frame, path, start..self.at);
                Ok(())
            }
            _ => Err(Fault::NotJson),
        }
    }

    /// The content of a string, and whether it has escapes.
    #[inline]
    fn string(&mut self) -> Result<(usize, usize, bool), Fault> {
        let start = self.at + 1;
        let (mut at, mut escaped) = (start, false);
        loop {
            let rest = self.bytes.get(at..).unwrap_or_default();
            let sign = at + sign(rest).ok_or(Fault::NotJson)?;
            if sign - start > self.longest {
                return Err(Fault::Long);
            }
            if self.bytes.get(sign) == Some(&b'"') {
                self.at = sign + 1;
                return Ok((start, sign, escaped));
            }
            escaped = true;
            at = sign + 2;
        }
    }
}

/// Reads the escapes of a text, which is the last leaf unless it is blank.
#[cold]
fn escapes_of(document: &mut Document, raw: &[u8]) -> Result<(), Fault> {
    let from = document.buffer.len();
    unescape(raw, &mut document.buffer)?;
    let unescaped = (number(from), number(document.buffer.len()));
    if let Some(leaf) = document.leaves.last_mut().filter(|_| !is_blank(raw)) {
        leaf.unescaped = Some(unescaped);
    }
    Ok(())
}

/// Where a key ends that stands at a place as it is written here, which is without escapes.
#[inline]
fn quoted(bytes: &[u8], at: usize, key: &str) -> Option<usize> {
    let end = at + 1 + key.len();
    let stands = bytes.get(at) == Some(&b'"')
        && bytes.get(end) == Some(&b'"')
        && bytes.get(at + 1..end) == Some(key.as_bytes());
    stands.then_some(end + 1)
}

/// Whether a text says nothing, which the first byte of most texts denies.
#[inline]
fn is_blank(text: &[u8]) -> bool {
    !text.first().is_some_and(u8::is_ascii_graphic) && text.trim_ascii().is_empty()
}

/// Where the next quote or backslash stands. Most texts are too short for a vector search to pay.
#[inline]
fn sign(bytes: &[u8]) -> Option<usize> {
    const SHORT: usize = 4;
    let (words, _) = bytes.as_chunks::<8>();
    for (at, word) in words.iter().take(SHORT).enumerate() {
        let word = u64::from_le_bytes(*word);
        let found = zeros(word ^ spread(b'"')) | zeros(word ^ spread(b'\\'));
        if found != 0 {
            return Some(at * 8 + found.trailing_zeros() as usize / 8);
        }
    }
    let from = words.len().min(SHORT) * 8;
    Some(from + memchr::memchr2(b'"', b'\\', bytes.get(from..)?)?)
}

const fn spread(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// The highest bit of each byte that is zero; above the first of them it may be wrong.
const fn zeros(word: u64) -> u64 {
    word.wrapping_sub(spread(1)) & !word & spread(0x80)
}

fn is_number(word: &[u8]) -> bool {
    let digits = word.strip_prefix(b"-").unwrap_or(word);
    let signs =
        |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-');
    digits.first().is_some_and(u8::is_ascii_digit) && digits.iter().all(signs)
}

/// Adds a text with its escapes read.
fn unescape(raw: &[u8], out: &mut String) -> Result<(), Fault> {
    let raw = std::str::from_utf8(raw).map_err(|_| Fault::NotJson)?;
    escapes(raw, out).ok_or(Fault::NotJson)
}

fn escapes(raw: &str, out: &mut String) -> Option<()> {
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        out.push_str(rest.get(..at)?);
        let sign = *rest.as_bytes().get(at + 1)?;
        rest = rest.get(at + 2..)?;
        out.push(match sign {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = unit(rest)?;
                rest = rest.get(4..)?;
                let second = rest.strip_prefix("\\u").and_then(unit);
                match (first, second) {
                    (0xD800..=0xDBFF, Some(low @ 0xDC00..=0xDFFF)) => {
                        rest = rest.get(6..)?;
                        char::from_u32(0x10000 + ((first - 0xD800) << 10) + (low - 0xDC00))?
                    }
                    // Half a character is none.
                    _ => char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER),
                }
            }
            _ => return None,
        });
    }
    out.push_str(rest);
    Some(())
}

fn unit(text: &str) -> Option<u32> {
    let digits = text.get(..4)?;
    let hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    hex.then(|| u32::from_str_radix(digits, 16).ok())?
}
