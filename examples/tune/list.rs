//! A list to search in: names of persons sought, and any number of strangers.

use std::collections::HashMap;
use std::error::Error;

use crate::cells::cells;
use crate::draw::Strangers;

/// Names under the numbers of their persons.
#[derive(Default)]
pub(crate) struct List {
    pub(crate) names: Vec<(u32, String)>,
    persons: HashMap<String, u32>,
}

/// A text to search for, and the number of the person meant.
pub(crate) struct Query {
    pub(crate) text: String,
    pub(crate) person: Option<u32>,
}

impl List {
    /// Adds the names of a file (columns `entity,name`).
    pub(crate) fn read(&mut self, file: &str) -> Result<(), Box<dyn Error>> {
        for (entity, name) in read(file, "name")? {
            let next = self.persons.len() as u32;
            let person = *self.persons.entry(entity).or_insert(next);
            self.names.push((person, name));
        }
        Ok(())
    }

    /// Adds people invented by the frequency of their names, the same in every
    /// run, each a person of its own.
    pub(crate) fn invent(&mut self, strangers: usize) {
        let numbers = (0..=u32::MAX).rev();
        self.names
            .extend(numbers.zip(Strangers::new()).take(strangers));
    }

    /// The queries of a file (columns `entity,query`).
    pub(crate) fn queries(&self, file: &str) -> Result<Vec<Query>, Box<dyn Error>> {
        let rows = read(file, "query")?.into_iter();
        let query = |(entity, text): (String, String)| Query {
            text,
            person: self.persons.get(&entity).copied(),
        };
        Ok(rows.map(query).collect())
    }
}

fn read(file: &str, column: &str) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let text = std::fs::read_to_string(file)?;
    let mut rows = text.lines().map(cells);
    let heading = rows.next().ok_or("an empty file")?;
    let find = |name: &str| {
        heading
            .iter()
            .position(|cell| cell == name)
            .ok_or("a column is missing")
    };
    let (entity, column) = (find("entity")?, find(column)?);
    Ok(rows
        .filter_map(|row| Some((row.get(entity)?.clone(), row.get(column)?.clone())))
        .collect())
}
