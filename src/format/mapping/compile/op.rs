//! What is done with the text of a rule, by the type of its field.

use super::super::draft::{Money, Parse, Rule, StopForm};
use super::super::pattern::Pattern;
use super::super::plan::{Decimals, NameFields, Op};
use super::super::{MappingError, Problem};
use super::{Compiler, Context, error};
use crate::Field;
use crate::model::leaf::{Class, Raw};

impl Compiler<'_> {
    pub(super) fn op(
        &mut self,
        rule: &Rule,
        context: Context,
        at: &str,
    ) -> Result<Op, MappingError> {
        let (class, _) = rule.field.class(Raw::Text(""));
        let impossible = || {
            let problem = Problem::ImpossibleParse(rule.field);
            error(format!("{at}.parse"), problem)
        };
        Ok(match &rule.parse {
            Parse::Auto => auto(rule.field, class),
            Parse::Verbatim if class == Class::Text => Op::Verbatim,
            Parse::Date(dates) if matches!(class, Class::Date | Class::Stamp) => {
                let patterns = dates.pattern.iter();
                let patterns: Option<Vec<_>> = patterns.map(Pattern::new).collect();
                let whole = |pattern: &Pattern| class == Class::Date || pattern.has_year();
                let patterns = patterns.filter(|patterns| patterns.iter().all(whole));
                let patterns = patterns.ok_or_else(|| {
                    error(format!("{at}.parse.date.pattern"), Problem::NotAPattern)
                })?;
                match class {
                    Class::Date => Op::Date(patterns, dates.order),
                    _ => Op::Stamp(patterns, dates.order),
                }
            }
            Parse::FullName(order) => {
                Op::FullName(*order, name_fields(rule.field).ok_or_else(impossible)?)
            }
            Parse::Age if class == Class::Number => Op::Age,
            Parse::Money(money) if class == Class::Amount => self.money(money, context, at)?,
            Parse::Stop(form) if class == Class::Text => stop(rule.field, *form),
            Parse::Contact(kind) => {
                let received = sibling(rule.field, "value", "received").ok_or_else(impossible)?;
                let kind_field = sibling(rule.field, "value", "kind").ok_or_else(impossible)?;
                Op::Contact {
                    kind: *kind,
                    kind_field,
                    received,
                }
            }
            Parse::Table(name) => self.table(rule.field, name, class, at)?,
            _ => return Err(impossible()),
        })
    }

    fn money(&mut self, money: &Money, context: Context, at: &str) -> Result<Op, MappingError> {
        if let Some(decimals) = money.minor {
            return Ok(Op::Minor(Decimals::Fixed(decimals.min(9))));
        }
        if !money.scale.is_empty() {
            let at = format!("{at}.parse.money.scale");
            return Ok(Op::Minor(Decimals::Scale(self.places(
                &money.scale,
                context,
                &at,
            )?)));
        }
        if !money.currency.is_empty() {
            let at = format!("{at}.parse.money.currency");
            return Ok(Op::Minor(Decimals::Currency(self.places(
                &money.currency,
                context,
                &at,
            )?)));
        }
        Ok(Op::Amount(money.mark.unwrap_or('.')))
    }

    fn table(&self, field: Field, name: &str, class: Class, at: &str) -> Result<Op, MappingError> {
        let table = self.tables.get(name).copied();
        let written = self.draft.tables.get(&crate::model::Text::from(name));
        let (Some(table), Some(written)) = (table, written) else {
            return Err(error(
                format!("{at}.parse.table"),
                Problem::UnknownTable(name.to_owned()),
            ));
        };
        for (row, value) in &written.rows {
            if !field.class(Raw::Text(value)).1 {
                let at = format!("tables.{name}.rows.{row}");
                return Err(error(at, Problem::ImpossibleValue(field)));
            }
        }
        Ok(Op::Table(
            table,
            written.otherwise,
            Box::new(auto(field, class)),
        ))
    }
}

fn auto(field: Field, class: Class) -> Op {
    match class {
        Class::Text | Class::Field => Op::Text,
        Class::Date => Op::Date(Vec::new(), None),
        Class::Stamp => Op::Stamp(Vec::new(), None),
        Class::Amount => Op::Amount('.'),
        Class::Number => Op::Number,
        Class::Flag => Op::Flag,
        Class::Card => Op::Card,
        Class::Country => Op::State {
            received: sibling(field, "code", "received"),
        },
        Class::Code("Sex") => Op::Sex,
        Class::Code("Title") => Op::Title {
            honorific: sibling(field, "title", "honorific"),
        },
        Class::Code("DocumentKind") => Op::Kind {
            received: sibling(field, "kind", "kind_received"),
        },
        Class::Code(_) => Op::Code,
    }
}

/// The field beside another whose path ends in another word.
fn sibling(field: Field, word: &str, other: &str) -> Option<Field> {
    let before = field.path().strip_suffix(word)?;
    before
        .ends_with('.')
        .then(|| Field::from_path(&format!("{before}{other}")))?
}

fn name_fields(field: Field) -> Option<NameFields> {
    Some(NameFields {
        surname: sibling(field, "full", "surname")?,
        given: sibling(field, "full", "given")?,
        title: sibling(field, "full", "title")?,
    })
}

fn stop(field: Field, form: StopForm) -> Op {
    Op::Stop {
        form,
        scheme: sibling(field, "code", "scheme"),
        name: sibling(field, "code", "name"),
    }
}
