//! What a JSON value holds: what pointers name is kept by place, everything else is counted.

mod signs;
mod walk;

use walk::Walk;

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
    /// Where it stands.
    pub(super) start: u32,
    pub(super) end: u32,
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
    /// Of a value of which the elements of one kind are read one by one.
    apart: Option<Apart>,
}

/// How far a value is read of which the elements of one kind are read one by one.
#[derive(Debug, Default)]
struct Apart {
    kind: u32,
    /// The element that is read.
    element: Option<Mark>,
    /// Where the next piece goes on.
    stack: Vec<Level>,
    mark: Mark,
}

/// How much there is of a value at some place.
#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    depth: usize,
    frames: usize,
    slots: usize,
    paths: usize,
}

/// What stands before the end of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// An element of the kind that is read one by one.
    Element,
    /// The value.
    Value,
}

/// Where and why a value is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The bytes end before it.
    Cut,
    NotJson,
    Deep,
    Long,
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
        self.clear(trie);
        self.run(&mut Walk::new(trie, bytes, nesting, longest))
    }

    fn clear(&mut self, trie: &Trie) {
        self.frames.clear();
        self.slots.clear();
        self.paths.clear();
        self.stack.clear();
        self.forget();
        self.apart = None;
        self.follows.resize(trie.nodes.len(), NONE);
    }

    /// Forgets what was read of leaves.
    fn forget(&mut self) {
        self.leaves.clear();
        self.mistyped.clear();
        self.marks.clear();
        self.buffer.clear();
    }

    fn run<'b>(&mut self, walk: &mut Walk<'_, 'b>) -> Result<&'b str, Fault> {
        let walked = walk.run(self);
        // Before anything else counts, the text must be one.
        let text = std::str::from_utf8(walk.done()).map_err(|_| Fault::NotJson)?;
        walked.map(|()| text)
    }

    /// Begins a value of which the elements of a kind are read one by one.
    pub(super) fn begin(&mut self, trie: &Trie, kind: u32) {
        self.clear(trie);
        self.apart = Some(Apart {
            kind,
            ..Apart::default()
        });
    }

    /// Reads on to the end of the next element, or to that of the value; its text, and which of
    /// them. A fault has the place where it was seen.
    pub(super) fn piece<'b>(
        &mut self,
        trie: &Trie,
        bytes: &'b [u8],
        nesting: usize,
        longest: usize,
    ) -> Result<(&'b str, Stop), (Fault, usize)> {
        let mut walk = Walk::new(trie, bytes, nesting, longest);
        let text = self.run(&mut walk);
        let text = text.map_err(|fault| (fault, walk.done().len()))?;
        let is_inside = self.element().is_some();
        let stop = if is_inside {
            Stop::Element
        } else {
            Stop::Value
        };
        Ok((text, stop))
    }

    /// The element that is read one by one, if one is begun.
    fn element(&self) -> Option<Mark> {
        self.apart.as_ref()?.element
    }

    /// Whether the element that is read one by one has ended.
    #[inline]
    fn is_at_end(&self) -> bool {
        let ended = |element: Mark| element.depth == self.stack.len();
        self.element().is_some_and(ended)
    }

    /// Forgets a piece, and keeps what the next one needs to be read.
    pub(super) fn pass(&mut self) {
        if let Some(apart) = &mut self.apart {
            apart.mark = apart.element.unwrap_or(apart.mark);
            apart.stack.clone_from(&self.stack);
        }
        self.back();
    }

    /// Forgets what was read behind the last piece.
    pub(super) fn back(&mut self) {
        self.forget();
        if let Some(apart) = &mut self.apart {
            apart.element = None;
            self.stack.clone_from(&apart.stack);
            self.frames.truncate(apart.mark.frames);
            self.slots.truncate(apart.mark.slots);
            self.paths.truncate(apart.mark.paths);
        }
    }

    /// Forgets the element that is begun; where it starts.
    pub(super) fn leave(&mut self) -> Option<usize> {
        let mark = self.element()?;
        let frame = *self.frames.get(mark.frames)?;
        self.stack.truncate(mark.depth);
        self.leaves.truncate(frame.leaf as usize);
        Some(frame.start as usize)
    }

    /// The text between the element that was read and the one before it, and of the element as much
    /// as its first key.
    pub(super) fn joint<'t>(&self, text: &'t str) -> Option<&'t str> {
        let start = self.frames.get(self.element()?.frames)?.start as usize;
        let (_, key) = text.get(start..)?.split_once('"')?;
        let (_, behind) = key.split_once('"')?;
        let joint = text.get(..text.len() - behind.len())?;
        joint.trim_ascii_start().starts_with(',').then_some(joint)
    }

    /// How many objects and arrays are open.
    pub(super) fn depth(&self) -> usize {
        self.stack.len()
    }

    /// Opens the element that stands at a place.
    fn open(&mut self, trie: &Trie, kind: u32, parent: u32, position: u32, at: usize) -> u32 {
        if let Some(apart) = &mut self.apart
            && apart.kind == kind
        {
            apart.element = Some(Mark {
                depth: self.stack.len(),
                frames: self.frames.len(),
                slots: self.slots.len(),
                // The path of the element itself is not needed behind it.
                paths: self.paths.len().saturating_sub(1),
            });
        }
        let base = number(self.slots.len());
        let slots = trie.kind(kind).slots as usize;
        self.slots.resize(self.slots.len() + slots, NONE);
        self.frames.push(Frame {
            kind,
            parent,
            base,
            position,
            leaf: number(self.leaves.len()),
            start: number(at),
            end: number(at),
        });
        number(self.frames.len() - 1)
    }

    /// Ends an element, or what stands in it.
    #[inline]
    fn close(&mut self, frame: u32, at: usize) {
        if let Some(frame) = self.frames.get_mut(frame as usize) {
            frame.end = number(at);
        }
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
