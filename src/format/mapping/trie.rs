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
    /// Where a value that stands here goes: how many elements up, and into which slot.
    pub(super) captures: Vec<(u8, u32)>,
    /// Groups by which the format is recognised, of which one member stands here.
    pub(super) marks: Vec<u32>,
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

    /// The nodes along a pointer, made where they are new.
    fn path(&mut self, from: u32, pointer: &str) -> Option<Vec<u32>> {
        let mut at = from;
        let mut nodes = Vec::new();
        for token in tokens(pointer)? {
            at = self.add(at, &token);
            nodes.push(at);
        }
        Some(nodes)
    }

    /// The kind of the elements at a pointer from a kind; every `*` before makes one too.
    pub(super) fn elements(&mut self, from: u32, pointer: &str) -> Option<u32> {
        let nodes = self.path(self.kind(from).node, pointer)?;
        let tokens = tokens(pointer)?;
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
        let nodes = self.path(self.kind(kind).node, pointer)?;
        let node = nodes.last().copied().unwrap_or(self.kind(kind).node);
        let crossed = nodes.iter().filter(|node| {
            let node = self.node(**node);
            node.is_some_and(|node| node.kind.is_some())
        });
        let climb = u8::try_from(crossed.count()).ok()?;
        let of_kind = |(up, _): &&(u8, u32)| *up == climb;
        if let Some((_, slot)) = self.node(node)?.captures.iter().find(of_kind) {
            return Some(*slot);
        }
        let slots = &mut self.kinds.get_mut(kind as usize)?.slots;
        let slot = *slots;
        *slots += 1;
        self.nodes
            .get_mut(node as usize)?
            .captures
            .push((climb, slot));
        Some(slot)
    }

    /// Marks the place of a pointer from the document as one of a group.
    pub(super) fn mark(&mut self, pointer: &str, group: u32) -> Option<()> {
        let nodes = self.path(Self::ROOT, pointer)?;
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
