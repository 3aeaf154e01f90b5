//! The persons sought, and the search among them.

use std::collections::HashMap;

use paxnorm::matching::{Date, Identity, Index, Matcher, Prepared, Sex, Weighed};
use paxnorm::model::{PartialDate, Passenger, Text};
use paxnorm::{Name, model};

use crate::cells::cells;

/// A name that scores less by itself is not lifted by dates or numbers.
const NAMED: f32 = 0.1;

pub struct List {
    pub matcher: Matcher,
    index: Index<u32>,
    persons: Vec<Person>,
    /// Each name of the list as written, by the turn in which it was added.
    written: Vec<String>,
}

/// What the rows of one person tell beside names.
#[derive(Default)]
struct Person {
    entity: String,
    births: Vec<Date>,
    documents: Vec<Text>,
    sex: Option<Sex>,
}

/// Somebody on the list whom a traveller may be.
pub struct Hit<'l> {
    pub entity: &'l str,
    /// The name of the list that agrees best, as written there.
    pub name: &'l str,
    /// The traveller's name that it agrees with.
    pub of: Prepared,
    pub sought: Prepared,
    pub weighed: Weighed,
}

impl List {
    pub fn read(path: &str) -> Result<Self, String> {
        let bytes = std::fs::read(path).map_err(|error| format!("{path}: {error}"))?;
        let text = String::from_utf8(bytes).map_err(|_| format!("{path}: not UTF-8"))?;
        let mut rows = text.trim_start_matches('\u{feff}').lines().map(cells);
        let columns = Columns::of(&rows.next().unwrap_or_default())
            .ok_or_else(|| format!("{path}: no column name, or surname and given"))?;
        let mut list = Self {
            matcher: Matcher::default(),
            index: Index::new(Matcher::default()),
            persons: Vec::new(),
            written: Vec::new(),
        };
        list.index = Index::new(list.matcher.clone());
        let mut known = HashMap::new();
        for row in rows {
            list.add(&columns, &row, &mut known);
        }
        Ok(list)
    }

    fn add(&mut self, columns: &Columns, row: &[String], known: &mut HashMap<String, u32>) {
        let (name, written) = columns.name(row);
        let prepared = self.matcher.prepare(&name);
        if prepared.is_empty() {
            return;
        }
        let next = self.persons.len() as u32;
        let entity = match columns.cell(row, columns.entity) {
            "" => format!("row {}", self.written.len() + 1),
            entity => entity.to_owned(),
        };
        let person = *known.entry(entity.clone()).or_insert(next);
        if person == next {
            self.persons.push(Person {
                entity,
                ..Person::default()
            });
        }
        if let Some(person) = self.persons.get_mut(person as usize) {
            person.births.extend(date(columns.cell(row, columns.birth)));
            let document = columns.cell(row, columns.document);
            person
                .documents
                .extend((!document.is_empty()).then(|| Text::from(document)));
            person.sex = person.sex.or(sex(columns.cell(row, columns.sex)));
        }
        self.index.add(person, prepared);
        self.written.push(written);
    }

    pub fn len(&self) -> (usize, usize) {
        (self.written.len(), self.persons.len())
    }

    /// Whom a traveller may be, the likeliest first.
    pub fn search(&self, passenger: &Passenger, limit: usize, threshold: f32) -> Vec<Hit<'_>> {
        let mut hits: Vec<Hit<'_>> = Vec::new();
        for name in names(passenger) {
            let name = self.matcher.prepare(name);
            let mut traveller = Identity::new(name.clone());
            describe(passenger, &mut traveller);
            for found in self.index.search(&name, limit.max(20), NAMED) {
                hits.extend(self.weigh(&traveller, found.id, found.name, &name));
            }
        }
        hits.retain(|hit| hit.weighed.score >= threshold);
        hits.sort_by(|x, y| y.weighed.evidence.total_cmp(&x.weighed.evidence));
        let mut seen: Vec<&str> = Vec::new();
        hits.retain(|hit| {
            let first = !seen.contains(&hit.entity);
            seen.push(hit.entity);
            first
        });
        hits.truncate(limit);
        hits
    }

    fn weigh(
        &self,
        traveller: &Identity,
        person: u32,
        turn: u32,
        name: &Prepared,
    ) -> Option<Hit<'_>> {
        let (person, written) = (
            self.persons.get(person as usize)?,
            self.written.get(turn as usize)?,
        );
        let sought = self.index.name(turn)?;
        let mut identity = Identity::new(sought.clone());
        identity.births.clone_from(&person.births);
        identity.documents.clone_from(&person.documents);
        identity.sex = person.sex;
        Some(Hit {
            entity: &person.entity,
            name: written,
            of: name.clone(),
            sought,
            weighed: self.matcher.weigh(traveller, &identity),
        })
    }
}

/// The names by which a traveller is known: of the reservation, of documents.
fn names(passenger: &Passenger) -> Vec<&Name> {
    let mut names: Vec<&Name> = Vec::new();
    let documents = passenger.documents.iter().map(|document| &document.name);
    for name in std::iter::once(&passenger.name).chain(documents) {
        if name.is_known() && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn describe(passenger: &Passenger, identity: &mut Identity) {
    let births = passenger.documents.iter().map(|paper| paper.birth_date);
    let births = std::iter::once(passenger.birth_date).chain(births);
    identity.births = births.flatten().map(told).collect();
    let numbers = passenger.documents.iter().map(|paper| paper.number.clone());
    identity.documents = numbers.flatten().collect();
    identity.sex = match passenger.sex {
        Some(model::Sex::Female) => Some(Sex::Female),
        Some(model::Sex::Male) => Some(Sex::Male),
        _ => None,
    };
}

fn told(date: PartialDate) -> Date {
    let (month, day) = (date.month().unwrap_or(0), date.day().unwrap_or(0));
    Date::new(date.year().unwrap_or(0), month, day)
}

/// `1988`, `1988-08` or `1988-08-05`.
fn date(text: &str) -> Option<Date> {
    let mut parts = text.split('-').map(str::parse::<u16>);
    let year = parts.next()?.ok()?;
    let mut part = || parts.next().and_then(Result::ok).unwrap_or(0).min(99) as u8;
    let (month, day) = (part(), part());
    Some(Date::new(year, month, day))
}

fn sex(text: &str) -> Option<Sex> {
    match text.as_bytes().first()?.to_ascii_uppercase() {
        b'F' => Some(Sex::Female),
        b'M' => Some(Sex::Male),
        _ => None,
    }
}

/// Where the list has what.
struct Columns {
    name: Option<usize>,
    surname: Option<usize>,
    given: Option<usize>,
    entity: Option<usize>,
    birth: Option<usize>,
    document: Option<usize>,
    sex: Option<usize>,
}

impl Columns {
    fn of(heading: &[String]) -> Option<Self> {
        let find = |name: &str| heading.iter().position(|cell| cell.trim() == name);
        let columns = Self {
            name: find("name"),
            surname: find("surname"),
            given: find("given"),
            entity: find("entity"),
            birth: find("birth_date"),
            document: find("document"),
            sex: find("sex"),
        };
        (columns.name.is_some() || columns.surname.is_some()).then_some(columns)
    }

    fn cell<'r>(&self, row: &'r [String], column: Option<usize>) -> &'r str {
        let cell = column.and_then(|column| row.get(column));
        cell.map_or("", |cell| cell.trim())
    }

    /// The name, and how the list writes it.
    fn name(&self, row: &[String]) -> (Name, String) {
        let (surname, given) = (self.cell(row, self.surname), self.cell(row, self.given));
        if surname.is_empty() {
            let name = self.cell(row, self.name);
            (Name::unsplit(name), name.to_owned())
        } else {
            let written = format!("{surname}, {given}");
            (
                Name::new(surname, given),
                written.trim_end_matches(", ").to_owned(),
            )
        }
    }
}
