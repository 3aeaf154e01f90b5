//! Bookings whose values are planted: each different, so that a find is a leak and no
//! coincidence.

use std::collections::BTreeMap;

use paxnorm::{Booking, Field};
use serde_json::{Map, Value, json};

/// The name of the field that a value of the history speaks of.
pub const SPOKEN_OF: &str = "history[].changes[].field";

pub fn schema() -> Value {
    serde_json::to_value(schemars::schema_for!(Booking)).expect("a schema is JSON")
}

/// A node of the schema without references, and the name of its type.
pub fn resolved<'s>(schema: &'s Value, node: &'s Value) -> (&'s Value, &'s str) {
    let alternatives = node.get("anyOf").and_then(Value::as_array);
    let node = alternatives.and_then(|any| any.first()).unwrap_or(node);
    let Some(reference) = node.get("$ref").and_then(Value::as_str) else {
        return (node, "");
    };
    let name = reference.trim_start_matches("#/$defs/");
    (&schema["$defs"][name], name)
}

fn is_type(node: &Value, name: &str) -> bool {
    match &node["type"] {
        Value::Array(names) => names.iter().any(|one| one == name),
        one => one == name,
    }
}

/// Fills every leaf of the schema; texts and values that tell somebody apart are all different.
#[derive(Default)]
struct Planter {
    count: u32,
    seed: Option<u64>,
    /// Each planted string with the path where it was planted.
    planted: BTreeMap<String, String>,
}

impl Planter {
    fn fill(&mut self, schema: &Value, node: &Value, path: &str) -> Value {
        let (node, name) = resolved(schema, node);
        if let Some(members) = node.get("properties").and_then(Value::as_object) {
            let dot = if path.is_empty() { "" } else { "." };
            let filled: Map<String, Value> = members
                .iter()
                .filter(|_| self.draw(4) > 0)
                .collect::<Vec<_>>()
                .into_iter()
                .map(|(key, member)| {
                    let value = self.fill(schema, member, &format!("{path}{dot}{key}"));
                    (key.clone(), value)
                })
                .collect();
            return Value::Object(filled);
        }
        if let Some(items) = node.get("items") {
            let count = if self.seed.is_some() { self.draw(3) } else { 1 };
            let filled = (0..count).map(|_| self.fill(schema, items, &format!("{path}[]")));
            return Value::Array(filled.collect());
        }
        self.count += 1;
        self.leaf(node, name, path.trim_end_matches("[]"))
    }

    /// A number below `bound`; the greatest where nothing is left to chance.
    fn draw(&mut self, bound: u64) -> u64 {
        let Some(seed) = &mut self.seed else {
            return bound - 1;
        };
        *seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (*seed >> 33) % bound
    }

    fn leaf(&mut self, node: &Value, name: &str, path: &str) -> Value {
        if path == SPOKEN_OF {
            return json!(Field::PassengerBirthPlace.path());
        }
        if let Some(codes) = node.get("enum").and_then(Value::as_array) {
            return codes.first().cloned().unwrap_or_default();
        }
        if is_type(node, "boolean") {
            return json!(true);
        }
        if path == Field::MinorAge.path() {
            return json!(9); // whoever is of age is no minor
        }
        if is_type(node, "integer") {
            return json!(self.count);
        }
        let text = self.text(name);
        if name != "SchemaVersion" {
            self.planted.insert(text.clone(), path.to_owned());
        }
        json!(text)
    }

    fn text(&self, name: &str) -> String {
        let count = self.count;
        match name {
            "SchemaVersion" => "1.0".to_owned(),
            "Country" => [count / 26 / 26, count / 26, count]
                .map(|digit| char::from(b'A' + u8::try_from(digit % 26).unwrap_or_default()))
                .iter()
                .collect(),
            "PartialDate" => format!("{:04}-11-21", 1000 + count),
            "Timestamp" => format!("{:04}-12-21T23:45:57Z", 1000 + count),
            "Amount" => format!("{}.77", 70_000 + count),
            "CardNumber" => format!("{:06}XXXXXX9876", 100_000 + count),
            "" => format!("PLANTED-{count:04}"),
            other => panic!("how does one write a {other}?"),
        }
    }
}

/// A booking in which every leaf stands, and what stands where.
pub fn planted() -> (Booking, Value, BTreeMap<String, String>) {
    sown(None)
}

/// The same with some leaves left out and some items twice, as the seed has it.
pub fn sown(seed: Option<u64>) -> (Booking, Value, BTreeMap<String, String>) {
    let schema = schema();
    let mut planter = Planter {
        seed,
        ..Planter::default()
    };
    let value = planter.fill(&schema, &schema, "");
    let booking = serde_json::from_value(value.clone()).expect("what the schema describes");
    (booking, value, planter.planted)
}
