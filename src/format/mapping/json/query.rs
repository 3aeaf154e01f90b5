//! Queries of RFC 9535: the value once more as a tree, whose leaves know their numbers.
//!
//! What a query finds goes into a slot of the element that it was asked of, as if a pointer
//! had named it; all that comes after knows no difference.

use std::collections::HashSet;
use std::fmt::{Formatter, Result as Told};

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use serde_json_path::{NormalizedPath, PathElement};

use super::document::{Document, Fault};
use crate::format::mapping::plan::Plan;
use crate::format::mapping::trie::Trie;

/// Which leaf a value is, or those of its members in the order of the document.
#[derive(Debug)]
enum Numbers {
    Leaf(u32),
    Nothing,
    List(Vec<Numbers>),
    Members(Vec<Member>),
}

/// A member; of several with one key the last one stands in the tree.
#[derive(Debug)]
struct Member {
    key: String,
    stands: bool,
    numbers: Numbers,
}

static NULL: Value = Value::Null;

/// A value with its numbers.
type Spot<'t> = (&'t Value, &'t Numbers);

/// Fills the slots of queries.
pub(super) fn answer(plan: &Plan, document: &mut Document, bytes: &[u8]) -> Result<(), Fault> {
    let (value, numbers) = tree(bytes)?;
    let root = (&value, &numbers);
    let mut spots = vec![root];
    visit(&plan.trie, Some(Trie::ROOT), root, &mut spots);
    for query in &plan.queries {
        for (frame, (value, numbers)) in spots.iter().enumerate() {
            let frame = u32::try_from(frame).unwrap_or(u32::MAX);
            if document
                .frame(frame)
                .is_none_or(|frame| frame.kind != query.kind)
            {
                continue;
            }
            let found = query.path.query_located(value);
            let leaf = found.iter().find_map(|node| leaf(numbers, node.location()));
            if let Some(leaf) = leaf {
                document.put(frame, query.slot, leaf);
            }
        }
    }
    Ok(())
}

fn tree(bytes: &[u8]) -> Result<(Value, Numbers), Fault> {
    let mut leaves = 0;
    let mut input = serde_json::Deserializer::from_slice(bytes);
    let tree = Node(&mut leaves).deserialize(&mut input);
    // The one limit of the deserialiser that its grammar does not have is that of its depth.
    tree.map_err(
        |error| match error.is_syntax() && error.to_string().starts_with("recursion") {
            true => Fault::Deep,
            false => Fault::NotJson,
        },
    )
}

/// Finds the elements of all kinds, in the order in which the walk opened them.
fn visit<'t>(trie: &Trie, node: Option<u32>, at: Spot<'t>, spots: &mut Vec<Spot<'t>>) {
    let Some(place) = node.and_then(|node| trie.node(node)) else {
        return;
    };
    let mut below = |node: Option<u32>, spot: Spot<'t>| {
        if node.and_then(|node| trie.node(node)?.kind).is_some() {
            spots.push(spot);
        }
        visit(trie, node, spot, spots);
    };
    let (value, numbers) = at;
    match numbers {
        Numbers::List(numbers) => {
            for (at, numbers) in numbers.iter().enumerate() {
                below(place.element, (value.get(at).unwrap_or(&NULL), numbers));
            }
        }
        Numbers::Members(members) => {
            for member in members {
                let named = place.members.iter().find(|(name, _)| **name == *member.key);
                let node = named.map(|(_, node)| *node).or(place.element);
                let value = value.get(&member.key).filter(|_| member.stands);
                below(node, (value.unwrap_or(&NULL), &member.numbers));
            }
        }
        _ => {}
    }
}

/// The leaf at a place, seen from an element.
fn leaf(numbers: &Numbers, place: &NormalizedPath<'_>) -> Option<u32> {
    let found = place
        .iter()
        .try_fold(numbers, |numbers, step| match (numbers, step) {
            (Numbers::List(list), PathElement::Index(at)) => list.get(*at),
            (Numbers::Members(members), PathElement::Name(name)) => {
                let mut members = members.iter();
                let named = members.find(|member| member.stands && member.key == *name);
                named.map(|member| &member.numbers)
            }
            _ => None,
        });
    match found? {
        Numbers::Leaf(leaf) => Some(*leaf),
        _ => None,
    }
}

/// Reads a value; counts leaves as the walk does.
struct Node<'n>(&'n mut u32);

impl Node<'_> {
    fn leaf(self, value: Value) -> (Value, Numbers) {
        *self.0 += 1;
        (value, Numbers::Leaf(*self.0 - 1))
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = (Value, Numbers);

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Self::Value, D::Error> {
        input.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = (Value, Numbers);

    fn expecting(&self, f: &mut Formatter<'_>) -> Told {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok((Value::Null, Numbers::Nothing))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(self.leaf(Value::Bool(value)))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        Ok(self.leaf(value.into()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(self.leaf(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        let number = Number::from_f64(value);
        Ok(self.leaf(number.map_or(Value::Null, Value::Number)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        if text.trim_ascii().is_empty() {
            return Ok((Value::from(text), Numbers::Nothing));
        }
        Ok(self.leaf(Value::from(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let (mut values, mut numbers) = (Vec::new(), Vec::new());
        while let Some((value, number)) = list.next_element_seed(Node(self.0))? {
            values.push(value);
            numbers.push(number);
        }
        Ok((Value::Array(values), Numbers::List(numbers)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let (mut values, mut numbers) = (Map::new(), Vec::new());
        while let Some(key) = members.next_key::<String>()? {
            let (value, number) = members.next_value_seed(Node(self.0))?;
            values.insert(key.clone(), value);
            numbers.push(Member {
                key,
                stands: true,
                numbers: number,
            });
        }
        if values.len() < numbers.len() {
            let mut seen = HashSet::new();
            for member in numbers.iter_mut().rev() {
                member.stands = seen.insert(&*member.key);
            }
        }
        Ok((Value::Object(values), Numbers::Members(numbers)))
    }
}
