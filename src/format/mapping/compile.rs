//! From a draft to a plan: every name is looked up once, and every mistake is named.

mod op;
mod sorts;

use std::collections::{HashMap, HashSet};

use super::draft::{Draft, Names, Source};
use super::plan::{At, Base, Brief, Lookup, Plan};
use super::trie::Trie;
use super::words::fold;
use super::{MappingError, Problem};

/// What a name is resolved against.
#[derive(Clone, Copy, Debug, Default)]
struct Context {
    /// JSON: the kind that is the booking.
    record: u32,
    /// JSON: the kind for which the item repeats, and the one in which it stands (another for a join).
    kind: u32,
    here: u32,
    /// CSV: the number of a repeated item.
    number: Option<u8>,
}

/// A compilation on its way.
struct Compiler<'d> {
    draft: &'d Draft,
    plan: Plan,
    columns: HashMap<String, u32>,
    tables: HashMap<&'d str, usize>,
    /// The names of the sorts in the plan, and their numbers where they are repeated.
    plan_names: Vec<(String, Option<u8>)>,
    /// The number of the sort that is being made.
    last_number: Option<u8>,
}

pub(super) fn compile(draft: &Draft) -> Result<Plan, MappingError> {
    let mut trie = pass(draft, Trie::default())?.trie;
    trie.settle();
    pass(draft, trie)
}

fn pass(draft: &Draft, trie: Trie) -> Result<Plan, MappingError> {
    let mut compiler = Compiler {
        draft,
        plan: Plan::default(),
        columns: HashMap::new(),
        tables: HashMap::new(),
        plan_names: Vec::new(),
        last_number: None,
    };
    compiler.plan.trie = trie;
    compiler.check_source()?;
    compiler.tables();
    compiler.duplicates()?;
    compiler.sorts()?;
    compiler.source()?;
    compiler.detect()?;
    let absent = draft.absent.iter();
    compiler.plan.absent = absent.map(|text| text.to_lowercase()).collect();
    compiler.plan.alone = compiler.plan.stands_alone();
    compiler.brief();
    Ok(compiler.plan)
}

fn error(at: impl Into<String>, problem: Problem) -> MappingError {
    MappingError {
        at: at.into(),
        problem,
    }
}

impl<'d> Compiler<'d> {
    fn is_json(&self) -> bool {
        matches!(self.draft.source, Source::Json(_))
    }

    fn tables(&mut self) {
        for (name, table) in &self.draft.tables {
            let rows = table.rows.iter();
            let rows = rows.map(|(from, to)| (from.trim().to_lowercase(), to.to_string()));
            self.tables.insert(name, self.plan.tables.len());
            self.plan.tables.push(Lookup {
                rows: rows.collect(),
            });
        }
    }

    /// Writes every rule down in brief.
    fn brief(&mut self) {
        let open = self.plan.absent.is_empty();
        for sort in &mut self.plan.sorts {
            let steps = sort.steps.iter();
            sort.briefs = steps.map(|step| Brief::of(step, open)).collect();
        }
    }

    fn check_source(&self) -> Result<(), MappingError> {
        let Source::Csv(csv) = &self.draft.source else {
            return Ok(());
        };
        for (name, sign) in [("delimiter", csv.delimiter), ("quote", csv.quote)] {
            let bad = |sign: char| !sign.is_ascii() || matches!(sign, '\n' | '\r' | '\0');
            if sign.is_some_and(bad) {
                return Err(error(format!("source.csv.{name}"), Problem::NotASeparator));
            }
        }
        let known = |label: &&str| encoding_rs::Encoding::for_label(label.as_bytes()).is_some();
        match csv.encoding.as_deref().filter(|label| !known(label)) {
            Some(label) => Err(error(
                "source.csv.encoding",
                Problem::UnknownEncoding(label.to_owned()),
            )),
            None => Ok(()),
        }
    }

    fn duplicates(&self) -> Result<(), MappingError> {
        let mut seen = HashMap::new();
        for (at, rule) in self.draft.rules.iter().enumerate() {
            let before = seen.insert((rule.field, rule.item.as_str()), rule.when.is_empty());
            let always = |first: bool| first || rule.when.is_empty();
            if before.is_some_and(always) {
                return Err(error(
                    format!("rules[{at}]"),
                    Problem::DuplicateTarget(rule.field),
                ));
            }
        }
        let mut seen = HashSet::new();
        for (at, item) in self.draft.items.iter().enumerate() {
            if !seen.insert((item.list, item.item.as_str())) {
                return Err(error(format!("items[{at}]"), Problem::DuplicateItem));
            }
        }
        Ok(())
    }

    /// The place of a name, `at` of the draft.
    fn place(&mut self, name: &str, context: Context, at: &str) -> Result<At, MappingError> {
        if self.is_json() {
            self.pointer(name, context, at)
        } else {
            self.column(name, context, at)
        }
    }

    fn places(
        &mut self,
        names: &Names,
        context: Context,
        at: &str,
    ) -> Result<Vec<At>, MappingError> {
        let names = names.iter();
        names.map(|name| self.place(name, context, at)).collect()
    }

    fn column(&mut self, name: &str, context: Context, at: &str) -> Result<At, MappingError> {
        let numbered;
        let name = match (name.contains(NUMBER), context.number) {
            (true, Some(number)) => {
                numbered = name.replace(NUMBER, &number.to_string());
                numbered.as_str()
            }
            (true, None) => return Err(error(at, Problem::NoRepeat)),
            (false, _) => name,
        };
        let key = column_key(name);
        if key.is_empty() {
            return Err(error(at, Problem::NotAColumn(name.to_owned())));
        }
        let next = u32::try_from(self.plan.columns.len()).unwrap_or(u32::MAX);
        let slot = *self.columns.entry(key.clone()).or_insert(next);
        if slot == next {
            self.plan.columns.push(key);
        }
        Ok(At {
            base: Base::Here,
            slot,
        })
    }

    fn pointer(&mut self, name: &str, context: Context, at: &str) -> Result<At, MappingError> {
        let wrong = || error(at, Problem::NotAPointer(name.to_owned()));
        let (base, kind, pointer) = self.based(name, context).ok_or_else(wrong)?;
        let slot = match query(pointer) {
            Some(query) => self
                .query(kind, query)
                .ok_or_else(|| error(at, Problem::NotAQuery(query.to_owned())))?,
            None => self.plan.trie.slot(kind, pointer).ok_or_else(wrong)?,
        };
        Ok(At { base, slot })
    }

    /// The slot for what a query finds first.
    #[cfg(feature = "jsonpath")]
    fn query(&mut self, kind: u32, text: &str) -> Option<u32> {
        let mut known = self.plan.queries.iter();
        if let Some(known) = known.find(|query| query.kind == kind && query.text == text) {
            return Some(known.slot);
        }
        let path = serde_json_path::JsonPath::parse(text).ok()?;
        let slot = self.plan.trie.reserve(kind)?;
        self.plan.queries.push(super::plan::Query {
            kind,
            slot,
            text: text.to_owned(),
            path,
        });
        Some(slot)
    }

    #[cfg(not(feature = "jsonpath"))]
    fn query(&mut self, _: u32, _: &str) -> Option<u32> {
        None
    }

    /// The element from which a pointer starts, and what is left of it.
    fn based<'n>(&self, name: &'n str, context: Context) -> Option<(Base, u32, &'n str)> {
        if let Some(pointer) = name.strip_prefix('#') {
            return Some((Base::Document, 0, pointer));
        }
        if let Some(pointer) = name.strip_prefix('@') {
            return Some((Base::Record, context.record, pointer));
        }
        if !name.starts_with("..") {
            return Some((Base::Here, context.here, name));
        }
        let (mut kind, mut up, mut rest) = (context.kind, 0_u8, name);
        while let Some(after) = rest.strip_prefix("..") {
            if kind == 0 {
                return None;
            }
            kind = self.plan.trie.kind(kind).parent;
            up += 1;
            rest = match after.strip_prefix("/..") {
                Some(_) => after.get(1..)?,
                None => after,
            };
        }
        Some((Base::Up(up), kind, rest))
    }

    fn detect(&mut self) -> Result<(), MappingError> {
        for (group, names) in self.draft.detect.iter().enumerate() {
            let at = format!("detect[{group}]");
            let mut slots = Vec::new();
            for name in names.iter() {
                if self.is_json() {
                    let pointer = name.strip_prefix('#').unwrap_or(name);
                    let group = u32::try_from(group).unwrap_or(u32::MAX);
                    let marked = self.plan.trie.mark(pointer, group);
                    marked
                        .ok_or_else(|| error(at.as_str(), Problem::NotAPointer(name.to_owned())))?;
                } else {
                    slots.push(self.column(name, Context::default(), &at)?.slot);
                }
            }
            self.plan.detect.push(slots);
        }
        Ok(())
    }
}

/// The query of a name that is no pointer: `$` begins it, behind `../` too.
fn query(name: &str) -> Option<&str> {
    let is_query = |text: &&str| text.starts_with("$.") || text.starts_with("$[") || *text == "$";
    let below = name
        .strip_prefix('/')
        .filter(|text| is_query(text) && *text != "$");
    Some(name).filter(is_query).or(below)
}

/// Stands in the name of a column for the number of a repeated item.
pub(super) const NUMBER: &str = "{n}";

/// A column by the number in its name, else by the folded name.
pub(super) fn column_key(name: &str) -> String {
    let number = name
        .strip_prefix('#')
        .and_then(|number| number.parse::<u32>().ok());
    match number {
        Some(number) => format!("#{number}"),
        None => fold(name),
    }
}
