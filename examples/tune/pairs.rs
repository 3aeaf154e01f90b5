//! Reads labelled pairs.

use std::error::Error;

use paxnorm::Name;

use crate::cells::cells;

/// Two names, and whether they are one person's.
pub(crate) struct Pair {
    pub(crate) text_a: String,
    pub(crate) text_b: String,
    pub(crate) a: Name,
    pub(crate) b: Name,
    pub(crate) label: bool,
    pub(crate) group: String,
    pub(crate) entity: String,
}

pub(crate) fn read(file: &str) -> Result<Vec<Pair>, Box<dyn Error>> {
    let text = std::fs::read_to_string(file)?;
    let mut rows = text.lines().map(cells);
    let heading = rows.next().ok_or("an empty file")?;
    let find = |name: &str| heading.iter().position(|cell| cell == name);
    let (a, b, label) = match (find("name_a"), find("name_b"), find("label")) {
        (Some(a), Some(b), Some(label)) => (a, b, label),
        _ => return Err("the columns name_a, name_b and label are wanted".into()),
    };
    let (group, entity) = (find("group"), find("entity"));
    let cell = |row: &[String], at: Option<usize>| {
        at.and_then(|at| row.get(at).cloned()).unwrap_or_default()
    };
    let pairs = rows.map(|row| {
        let (text_a, text_b) = (cell(&row, Some(a)), cell(&row, Some(b)));
        Pair {
            a: Name::unsplit(&text_a),
            b: Name::unsplit(&text_b),
            label: cell(&row, Some(label)) == "1",
            group: cell(&row, group),
            entity: cell(&row, entity),
            text_a,
            text_b,
        }
    });
    Ok(pairs.collect())
}
