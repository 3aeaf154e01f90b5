//! One pass over a JSON value.

use super::signs::{is_blank, is_number, quoted, sign, unescape};
use super::{Document, Fault, Leaf, Level, NONE, Name, number};
use crate::format::mapping::trie::{Node, Trie};

/// A value on its way.
pub(super) struct Walk<'t, 'w> {
    trie: &'t Trie,
    bytes: &'w [u8],
    at: usize,
    nesting: usize,
    longest: usize,
}

impl<'t, 'w> Walk<'t, 'w> {
    pub(super) fn new(trie: &'t Trie, bytes: &'w [u8], nesting: usize, longest: usize) -> Self {
        Self {
            trie,
            bytes,
            at: 0,
            nesting,
            longest,
        }
    }

    /// What is read.
    pub(super) fn done(&self) -> &'w [u8] {
        self.bytes.get(..self.at).unwrap_or(self.bytes)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Reads a value, or goes on with it, to its end or that of an element that is read by itself.
    pub(super) fn run(&mut self, document: &mut Document) -> Result<(), Fault> {
        if document.frames.is_empty() {
            document.open(self.trie, 0, NONE, 0, 0);
            self.blanks();
            self.value(document, Some(Trie::ROOT), 0, NONE, true, 0)?;
        }
        while let Some(level) = document.stack.last().copied() {
            if document.is_at_end() {
                break;
            }
            self.blanks();
            let close = if level.object { b'}' } else { b']' };
            match self.peek() {
                Some(byte) if byte == close => {
                    self.at += 1;
                    document.stack.pop();
                    // The last to say so is what opened the element.
                    document.close(level.frame, self.at);
                    continue;
                }
                Some(b',') if level.count > 0 => {
                    self.at += 1;
                    self.blanks();
                }
                Some(_) if level.count == 0 => {}
                Some(_) => return Err(Fault::NotJson),
                None => return Err(Fault::Cut),
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
        self.expect(b'"')?;
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
        self.expect(b':')?;
        self.at += 1;
        self.blanks();
        Ok(())
    }

    #[inline]
    fn expect(&self, byte: u8) -> Result<(), Fault> {
        match self.peek() {
            Some(found) if found == byte => Ok(()),
            Some(_) => Err(Fault::NotJson),
            None => Err(Fault::Cut),
        }
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
        let (mut frame, around) = (frame, frame);
        if let Some(place) = place {
            if !place.marks.is_empty() {
                document.marks.extend_from_slice(&place.marks);
            }
            if let Some(kind) = place.kind.filter(|_| !root) {
                frame = document.open(self.trie, kind, frame, position, self.at);
            }
        }
        let read = match self.peek() {
            Some(open @ (b'{' | b'[')) => {
                if document.stack.len() >= self.nesting {
                    return Err(Fault::Deep);
                }
                let leafless = |place: &&Node| {
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
            Some(b'"') => self.text(document, node, frame, path),
            Some(_) => self.scalar(document, node, frame, path),
            None => Err(Fault::Cut),
        };
        if frame != around {
            document.close(frame, self.at);
        }
        read
    }

    #[inline]
    fn text(
        &mut self,
        document: &mut Document,
        node: Option<u32>,
        frame: u32,
        path: u32,
    ) -> Result<(), Fault> {
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
        let end = rest.iter().position(ends);
        if end.is_none() && !document.stack.is_empty() {
            return Err(Fault::Cut);
        }
        let length = end.unwrap_or(rest.len());
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
            let sign = at + sign(rest).ok_or(Fault::Cut)?;
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
