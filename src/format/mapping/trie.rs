//! The pointers of a mapping as one tree of keys, walked while the input is read.

/// A place in documents that some pointer passes or names.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// Members that pointers name.
    pub(super) members: Vec<(Box<str>, u32)>,
    /// Elements of an array.
    pub(super) element: Option<u32>,
    /// The kind of element that stands here, where items repeat for it.
    pub(super) kind: Option<u32>,
    /// Where a value that stands here goes.
    pub(super) captures: Vec<Capture>,
    /// Groups by which the format is recognised, of which one member stands here.
    pub(super) marks: Vec<u32>,
}

/// Where a value goes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Capture {
    /// How many elements up.
    pub(super) up: u8,
    pub(super) slot: u32,
    /// The positions that a pointer names of the arrays on its way, from the value upwards: `None`
    /// for a member or any element. Empty where it names none.
    pub(super) positions: Box<[Option<u32>]>,
}

/// A kind of element for which items repeat.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Kind {
    pub(super) parent: u32,
    pub(super) node: u32,
    pub(super) slots: u32,
}

#[derive(Debug)]
pub(super) struct Trie {
    pub(super) nodes: Vec<Node>,
    pub(super) kinds: Vec<Kind>,
}

impl Default for Trie {
    fn default() -> Self {
        let root = Node {
            kind: Some(0),
            ..Node::default()
        };
        Self {
            nodes: vec![root],
            kinds: vec![Kind::default()],
        }
    }
}

impl Trie {
    pub(super) const ROOT: u32 = 0;

    pub(super) fn node(&self, node: u32) -> Option<&Node> {
        self.nodes.get(node as usize)
    }

    pub(super) fn kind(&self, kind: u32) -> Kind {
        self.kinds.get(kind as usize).copied().unwrap_or_default()
    }

    /// The node of a member.
    pub(super) fn member(&self, node: u32, key: &str) -> Option<u32> {
        let members = &self.node(node)?.members;
        let found = members.iter().find(|(name, _)| **name == *key);
        found.map(|(_, node)| *node)
    }

    fn add(&mut self, node: u32, token: &str) -> u32 {
        let known = match token {
            "*" => self.node(node).and_then(|node| node.element),
            key => self.member(node, key),
        };
        if let Some(known) = known {
            return known;
        }
        let new = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        self.nodes.push(Node::default());
        if let Some(node) = self.nodes.get_mut(node as usize) {
            match token {
                "*" => node.element = Some(new),
                key => node.members.push((key.into(), new)),
            }
        }
        new
    }

    /// The nodes along the tokens of a pointer, made where they are new.
    fn path<'t>(&mut self, from: u32, tokens: impl Iterator<Item = &'t str>) -> Vec<u32> {
        let mut at = from;
        let mut nodes = Vec::new();
        for token in tokens {
            at = self.add(at, token);
            nodes.push(at);
        }
        nodes
    }

    /// The kind of the elements at a pointer from a kind; every `*` before makes one too.
    pub(super) fn elements(&mut self, from: u32, pointer: &str) -> Option<u32> {
        let tokens = tokens(pointer)?;
        let nodes = self.path(self.kind(from).node, tokens.iter().map(String::as_str));
        let mut kind = from;
        let last = nodes.len().checked_sub(1);
        for (at, (node, token)) in nodes.iter().zip(&tokens).enumerate() {
            if token == "*" || Some(at) == last {
                kind = self.kind_at(*node, kind);
            }
        }
        Some(kind)
    }

    fn kind_at(&mut self, node: u32, parent: u32) -> u32 {
        let Some(place) = self.nodes.get_mut(node as usize) else {
            return parent;
        };
        if let Some(kind) = place.kind {
            return kind;
        }
        let kind = u32::try_from(self.kinds.len()).unwrap_or(u32::MAX);
        place.kind = Some(kind);
        self.kinds.push(Kind {
            parent,
            node,
            slots: 0,
        });
        kind
    }

    /// The slot of a kind into which the value at a pointer goes.
    pub(super) fn slot(&mut self, kind: u32, pointer: &str) -> Option<u32> {
        let tokens = tokens(pointer)?;
        let mut slot = None;
        for way in ways(&tokens)? {
            slot = Some(self.capture(kind, &way, slot)?);
        }
        slot
    }

    /// A slot of a kind that no pointer fills.
    #[cfg(feature = "jsonpath")]
    pub(super) fn reserve(&mut self, kind: u32) -> Option<u32> {
        let slots = &mut self.kinds.get_mut(kind as usize)?.slots;
        *slots += 1;
        Some(*slots - 1)
    }

    /// Lays one way of reading a pointer into a slot, a new one where there is none yet.
    fn capture(&mut self, kind: u32, way: &[Token<'_>], slot: Option<u32>) -> Option<u32> {
        let from = self.kind(kind).node;
        let nodes = self.path(from, way.iter().map(Token::name));
        let node = nodes.last().copied().unwrap_or(from);
        let crossed = nodes.iter().filter(|node| {
            let node = self.node(**node);
            node.is_some_and(|node| node.kind.is_some())
        });
        let up = u8::try_from(crossed.count()).ok()?;
        let mut positions: Vec<_> = way.iter().rev().map(Token::position).collect();
        if positions.iter().all(Option::is_none) {
            positions.clear();
        }
        let positions = positions.into_boxed_slice();
        let same = |known: &&Capture| known.up == up && known.positions == positions;
        if let (None, Some(known)) = (slot, self.node(node)?.captures.iter().find(same)) {
            return Some(known.slot);
        }
        let slot = match slot {
            Some(slot) => slot,
            None => {
                let slots = &mut self.kinds.get_mut(kind as usize)?.slots;
                *slots += 1;
                *slots - 1
            }
        };
        self.nodes.get_mut(node as usize)?.captures.push(Capture {
            up,
            slot,
            positions,
        });
        Some(slot)
    }

    /// Marks the place of a pointer from the document as one of a group.
    pub(super) fn mark(&mut self, pointer: &str, group: u32) -> Option<()> {
        let tokens = tokens(pointer)?;
        let nodes = self.path(Self::ROOT, tokens.iter().map(String::as_str));
        let node = nodes.last().copied().unwrap_or(Self::ROOT);
        self.nodes.get_mut(node as usize)?.marks.push(group);
        Some(())
    }

    /// Forgets where values go, and keeps the elements: which of them stand in which is
    /// known only when all are.
    pub(super) fn settle(&mut self) {
        for kind in &mut self.kinds {
            kind.slots = 0;
        }
        let mut open = vec![(Self::ROOT, 0)];
        while let Some((node, above)) = open.pop() {
            let Some(place) = self.nodes.get_mut(node as usize) else {
                continue;
            };
            place.captures.clear();
            place.marks.clear();
            let kind = place.kind.unwrap_or(above);
            let below = place
                .members
                .iter()
                .map(|(_, node)| *node)
                .chain(place.element);
            open.extend(below.map(|node| (node, kind)));
            if kind != above
                && let Some(kind) = self.kinds.get_mut(kind as usize)
            {
                kind.parent = above;
            }
        }
    }

    /// How many elements up a kind stands above another.
    pub(super) fn climb(&self, from: u32, to: u32) -> Option<u8> {
        let mut kind = from;
        let mut up = 0_u8;
        while kind != to {
            if kind == 0 {
                return None;
            }
            kind = self.kind(kind).parent;
            up = up.checked_add(1)?;
        }
        Some(up)
    }
}

/// One token of a pointer, as it is read: a number may name a member or an element.
#[derive(Clone, Copy)]
enum Token<'t> {
    Name(&'t str),
    Element(u32),
}

impl<'t> Token<'t> {
    fn name(&self) -> &'t str {
        match self {
            Self::Name(name) => name,
            Self::Element(_) => "*",
        }
    }

    fn position(&self) -> Option<u32> {
        match self {
            Self::Name(_) => None,
            Self::Element(position) => Some(*position),
        }
    }
}

/// Numbers that a pointer may have, each of which doubles its ways.
const NUMBERS: usize = 6;

/// The ways in which a pointer can be read; RFC 6901 has an index without leading zeros.
fn ways(tokens: &[String]) -> Option<Vec<Vec<Token<'_>>>> {
    let mut ways = vec![Vec::new()];
    for token in tokens {
        let number = token
            .parse()
            .ok()
            .filter(|number: &u32| number.to_string() == *token);
        let mut more = Vec::new();
        if let Some(number) = number {
            more.clone_from(&ways);
            more.iter_mut()
                .for_each(|way| way.push(Token::Element(number)));
        }
        ways.iter_mut().for_each(|way| way.push(Token::Name(token)));
        ways.append(&mut more);
        if ways.len() > 1 << NUMBERS {
            return None;
        }
    }
    Some(ways)
}

/// The tokens of a pointer, unescaped; `None` where it is none.
pub(super) fn tokens(pointer: &str) -> Option<Vec<String>> {
    if pointer.is_empty() {
        return Some(Vec::new());
    }
    let tokens = pointer.strip_prefix('/')?.split('/');
    Some(
        tokens
            .map(|token| token.replace("~1", "/").replace("~0", "~"))
            .collect(),
    )
}
