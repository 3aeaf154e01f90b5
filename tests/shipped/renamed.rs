//! A file under other names and in another order, with the document edited to read it.

use paxnorm::format::mapping::{Draft, Source};
use serde_json::{Map, Value};

/// The file and the document.
pub fn renamed(draft: &Draft, bytes: &[u8]) -> (Vec<u8>, Value) {
    let document = serde_json::to_value(draft).expect("a document is JSON");
    match &draft.source {
        Source::Csv(_) => rows(document, bytes),
        _ => values(document, bytes),
    }
}

/// A name that shares no letter with the one before.
fn other(name: &str) -> String {
    let sign = |sign: char| char::from(b'a' + (u32::from(sign) % 7) as u8);
    format!(
        "q{}z{}",
        name.chars().map(sign).collect::<String>(),
        name.len()
    )
}

/// Every column renamed and the columns reversed. The header row is the one with the most names.
fn rows(mut document: Value, bytes: &[u8]) -> (Vec<u8>, Value) {
    let text = std::str::from_utf8(bytes).expect("samples are UTF-8");
    let header = text
        .lines()
        .take(10)
        .max_by_key(|line| line.matches(char::is_alphabetic).count());
    let signs = [',', ';', '\t'];
    let sign = signs
        .into_iter()
        .max_by_key(|sign| text.matches(*sign).count())
        .expect("one");
    let header = header.expect("a header");
    let mut lines = Vec::new();
    for line in text.lines() {
        let mut cells: Vec<_> = line.split(sign).map(str::to_owned).collect();
        if line == header {
            cells
                .iter_mut()
                .filter(|cell| !cell.is_empty())
                .for_each(|cell| *cell = other(cell));
        }
        cells.reverse();
        lines.push(cells.join(&sign.to_string()));
    }
    edit(&mut document, &|name| match name.starts_with('#') {
        true => name.to_owned(),
        false => column(header, sign, name),
    });
    (lines.join("\r\n").into_bytes(), document)
}

/// The new name of the column that a name of the document meant, whatever its case and signs.
fn column(header: &str, sign: char, name: &str) -> String {
    let bare = |name: &str| -> String {
        name.to_lowercase()
            .chars()
            .filter(|sign| sign.is_alphanumeric())
            .collect()
    };
    let found = header.split(sign).find(|cell| bare(cell) == bare(name));
    found.map_or_else(|| format!("no such column {}", other(name)), other)
}

/// Every member renamed and the members of every object reversed.
fn values(mut document: Value, bytes: &[u8]) -> (Vec<u8>, Value) {
    let value: Value = serde_json::from_slice(bytes).expect("samples are JSON");
    edit(&mut document, &|name| {
        let (prefix, pointer) = name.split_at(name.find('/').unwrap_or(name.len()));
        if prefix == ".." {
            let rest = pointer.strip_prefix('/').unwrap_or_default();
            if rest.starts_with("..") {
                return format!("../{}", tokens_from_second(rest));
            }
        }
        format!("{prefix}{}", tokens(pointer))
    });
    (reversed(&value).into_bytes(), document)
}

fn tokens_from_second(rest: &str) -> String {
    let (up, pointer) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    format!("{up}{}", tokens(pointer))
}

fn tokens(pointer: &str) -> String {
    let token = |token: &str| match token {
        "" | "*" | "#" | ".." => token.to_owned(),
        number if number.bytes().all(|byte| byte.is_ascii_digit()) => number.to_owned(),
        name => other(name),
    };
    pointer.split('/').map(token).collect::<Vec<_>>().join("/")
}

/// JSON with its members renamed, the last one first.
fn reversed(value: &Value) -> String {
    match value {
        Value::Array(list) => {
            format!(
                "[{}]",
                list.iter().map(reversed).collect::<Vec<_>>().join(", ")
            )
        }
        Value::Object(members) => {
            let members = members.iter().rev();
            let members =
                members.map(|(key, value)| format!("\"{}\": {}", other(key), reversed(value)));
            format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
        }
        leaf => leaf.to_string(),
    }
}

/// The members of a document that hold names of columns or pointers.
const NAMES: &[&str] = &[
    "from",
    "before",
    "after",
    "each",
    "id",
    "passenger",
    "leg",
    "to",
    "here",
    "there",
    "record",
    "scale",
    "currency",
];

fn edit(document: &mut Value, name: &dyn Fn(&str) -> String) {
    let Value::Object(members) = document else {
        return;
    };
    for (key, value) in members.iter_mut() {
        match key.as_str() {
            "tables" => {}
            "detect" => strings(value, name),
            _ => inside(value, name),
        }
    }
}

fn inside(value: &mut Value, name: &dyn Fn(&str) -> String) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|item| inside(item, name)),
        Value::Object(members) => rename(members, name),
        _ => {}
    }
}

fn rename(members: &mut Map<String, Value>, name: &dyn Fn(&str) -> String) {
    for (key, value) in members.iter_mut() {
        match key.as_str() {
            // A separator, not a name.
            "cut" => {}
            key if NAMES.contains(&key) => strings(value, name),
            _ => inside(value, name),
        }
    }
}

fn strings(value: &mut Value, name: &dyn Fn(&str) -> String) {
    match value {
        Value::String(text) => *text = name(text),
        Value::Array(list) => list.iter_mut().for_each(|item| strings(item, name)),
        _ => {}
    }
}
