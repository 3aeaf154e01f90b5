//! A policy as a person reads it: for each element of Annex I what is done, by
//! which article.

use std::fmt;

use super::policy::Policy;
use crate::Field;
use crate::field::Scope;
use crate::model::{Action, Text};

/// The nineteen elements of Annex I of Directive (EU) 2016/681, in short.
pub const ELEMENTS: [&str; 19] = [
    "PNR record locator",
    "date of reservation and of issue of the ticket",
    "dates of intended travel",
    "names",
    "address and contact information",
    "forms of payment and billing address",
    "complete travel itinerary",
    "frequent flyer information",
    "travel agency or agent",
    "travel status",
    "split or divided PNR",
    "general remarks on unaccompanied minors",
    "ticketing field",
    "seat number and other seat information",
    "code share information",
    "all baggage information",
    "number and other names of travellers",
    "advance passenger information",
    "all historical changes to the above",
];

/// A policy, explained: a table of the nineteen elements, and of what stands
/// outside them, by what is done.
///
/// ```
/// use paxnorm::Policy;
///
/// let table = Policy::eu_pnr().explain().to_string();
/// assert!(table.contains("4 names"));
/// assert!(table.contains("not admitted: crew"));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Explained {
    /// Name of the policy.
    pub name: Text,
    /// In the order of the elements; fields outside all of them come last.
    pub rulings: Vec<Ruling>,
    /// What holds beside the rules, in words.
    pub notes: Vec<String>,
}

/// What is done to some fields of one element.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Ruling {
    /// The element; `None` for what stands outside Annex I.
    pub element: Option<u8>,
    /// What is done.
    pub action: Action,
    /// By which article.
    pub article: Text,
    /// The fields.
    pub fields: Vec<Field>,
}

impl Policy {
    /// What it does to each of the nineteen elements, and why.
    #[must_use]
    pub fn explain(&self) -> Explained {
        let mut rulings: Vec<Ruling> = Vec::new();
        let data = Field::ALL
            .iter()
            .filter(|field| field.scope() != Scope::Provenance);
        for field in data {
            let (element, action) = (field.element(), self.action(*field));
            let article = self.article(*field);
            let same = |one: &&mut Ruling| {
                (one.element, one.action, &one.article) == (element, action, article)
            };
            match rulings.iter_mut().find(same) {
                Some(ruling) => ruling.fields.push(*field),
                None => rulings.push(Ruling {
                    element,
                    action,
                    article: article.clone(),
                    fields: vec![*field],
                }),
            }
        }
        let default = &self.written.article;
        rulings.sort_by_key(|one| {
            let is_rule = one.element.is_none() && one.article != *default;
            let fewer = std::cmp::Reverse(one.fields.len());
            (one.element.unwrap_or(u8::MAX), is_rule, fewer)
        });
        Explained {
            name: self.written.name.clone(),
            rulings,
            notes: self.notes(),
        }
    }

    fn notes(&self) -> Vec<String> {
        let written = &self.written;
        let mut notes = Vec::new();
        for role in &written.refused {
            notes.push(format!("not admitted: {}", role.as_str()));
        }
        for out in &written.excludes {
            notes.push(format!(
                "not admitted: {} ({})",
                words(&out.when),
                out.article
            ));
        }
        for only in &written.admits {
            notes.push(format!(
                "admitted only: {} ({})",
                words(&only.when),
                only.article
            ));
        }
        if let Some(article) = &written.special_categories {
            notes.push(format!(
                "special categories stripped from what stays ({article})"
            ));
        }
        if let Some(article) = &written.minors {
            notes.push(format!(
                "nothing of a minor who is of age on departure ({article})"
            ));
        }
        for rule in written.rules.iter().filter(|rule| rule.is_conditional()) {
            let action = rule.action.map_or("", Action::as_str);
            let count = Field::ALL
                .iter()
                .filter(|field| rule.names(**field))
                .count();
            let when = [words(&rule.when), words(&rule.persons)].join(" ");
            notes.push(format!(
                "{action} {count} fields for {} ({})",
                when.trim(),
                rule.article
            ));
        }
        if written.rules.iter().any(|rule| rule.collapse) {
            notes.push("the number travelling together is hidden".to_owned());
        }
        notes
    }
}

/// A condition in words: its serde form without the signs of JSON.
fn words(condition: &impl serde::Serialize) -> String {
    let json = serde_json::to_string(condition).unwrap_or_default();
    let plain = json.replace(['{', '}', '[', ']', '"'], "");
    plain.replace(':', " ").replace(',', ", ")
}

impl fmt::Display for Explained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.name)?;
        for ruling in &self.rulings {
            let element = match ruling.element {
                Some(number) => {
                    let name = ELEMENTS.get(usize::from(number).saturating_sub(1));
                    format!("{number:>2} {}", name.copied().unwrap_or_default())
                }
                None => "   outside Annex I".to_owned(),
            };
            let (action, fields) = (ruling.action.as_str(), ruling.fields.len());
            writeln!(
                f,
                "{element:<50} {action:<10} {fields:>3} fields  {}",
                ruling.article
            )?;
        }
        for note in &self.notes {
            writeln!(f, "   {note}")?;
        }
        Ok(())
    }
}
