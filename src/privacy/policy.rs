use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::field::{Field, Scope};
use crate::model::{Action, Role, Text};

/// Rules that say for every field of the schema what becomes of it.
///
/// ```
/// use paxnorm::{Field, Policy};
/// use paxnorm::model::Action;
///
/// let policy = Policy::eu_pnr();
/// assert_eq!(policy.action(Field::PassengerNameSurname), Action::Keep);
/// assert_eq!(policy.action(Field::RequestCode), Action::Remove); // meals, assistance
/// assert_eq!(policy.action(Field::RemarkText), Action::Remove);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Policy {
    written: Written,
    /// For each field, the rule that decides on it.
    decided: Vec<Option<u16>>,
    /// For each field, what becomes of it.
    actions: Vec<Action>,
    /// For each field, whether a reader withholds it.
    withheld: Vec<bool>,
    /// For each scope, whether anything happens in it or beneath it.
    busy: Vec<bool>,
}

/// A policy as it is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: Text,
    /// What becomes of a field that no rule names.
    default: Action,
    /// On which article the default rests.
    article: Text,
    /// Persons of these roles are not admitted at all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    refused: Vec<Role>,
    rules: Vec<Rule>,
}

/// One rule: what becomes of some fields, and why.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Rule {
    /// What is done.
    pub action: Option<Action>,
    /// The article on which it rests.
    pub article: Text,
    /// Elements of Annex I whose fields are meant.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub elements: Vec<u8>,
    /// Further fields that are meant.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
}

impl Rule {
    fn names(&self, field: Field) -> bool {
        self.fields.contains(&field)
            || field
                .element()
                .is_some_and(|element| self.elements.contains(&element))
    }
}

impl Policy {
    /// Keeps everything. For systems outside the law of the Union, for tests and
    /// for work on formats.
    #[must_use]
    pub fn keep_all() -> &'static Self {
        static POLICY: LazyLock<Policy> =
            LazyLock::new(|| Policy::built("keep-all", Action::Keep, "none", &[], Vec::new()));
        &POLICY
    }

    /// The allow-list of Annex I of Directive (EU) 2016/681 as read after
    /// C-817/19: fields of its nineteen elements stay, everything else goes. So do
    /// crew, who are no passengers (art. 3(4)).
    #[must_use]
    pub fn eu_pnr() -> &'static Self {
        static POLICY: LazyLock<Policy> = LazyLock::new(|| {
            let kept = Rule {
                action: Some(Action::Keep),
                article: Text::of_static("Directive (EU) 2016/681, Annex I, C-817/19"),
                elements: (1..=19).collect(),
                fields: Vec::new(),
            };
            let article = "Directive (EU) 2016/681, art. 6(1) and 13(4)";
            Policy::built("eu-pnr", Action::Remove, article, &[Role::Crew], vec![kept])
        });
        &POLICY
    }

    /// The shipped policy of this name: `keep-all` or `eu-pnr`.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        [Self::keep_all(), Self::eu_pnr()]
            .into_iter()
            .find(|policy| policy.name() == name)
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.written.name
    }

    /// What becomes of a field.
    #[must_use]
    pub fn action(&self, field: Field) -> Action {
        let action = self.actions.get(field as usize);
        action.copied().unwrap_or(Action::Remove)
    }

    /// Whether persons of this role are not admitted at all.
    ///
    /// ```
    /// use paxnorm::Policy;
    /// use paxnorm::model::Role;
    ///
    /// assert!(Policy::eu_pnr().refuses(Role::Crew));
    /// assert!(!Policy::eu_pnr().refuses(Role::Transit));
    /// assert!(!Policy::keep_all().refuses(Role::Crew));
    /// ```
    #[must_use]
    pub fn refuses(&self, role: Role) -> bool {
        self.written.refused.contains(&role)
    }

    /// Whether a reader withholds a field. What tells where a message comes from it
    /// never does.
    pub(crate) fn withholds(&self, field: Field) -> bool {
        self.withheld.get(field as usize).copied().unwrap_or(true)
    }

    /// The article that decides on a field.
    #[must_use]
    pub fn article(&self, field: Field) -> &Text {
        self.rule(field)
            .map_or(&self.written.article, |rule| &rule.article)
    }

    fn rule(&self, field: Field) -> Option<&Rule> {
        let decided = *self.decided.get(field as usize)?;
        self.written.rules.get(usize::from(decided?))
    }

    /// Whether anything happens to the fields of a scope or beneath it.
    pub(super) fn is_busy(&self, scope: Scope) -> bool {
        self.busy.get(scope as usize).copied().unwrap_or(true)
    }

    fn built(
        name: &'static str,
        default: Action,
        article: &'static str,
        refused: &[Role],
        rules: Vec<Rule>,
    ) -> Self {
        let written = Written {
            name: Text::of_static(name),
            default,
            article: Text::of_static(article),
            refused: refused.to_vec(),
            rules,
        };
        let decided = written.decide().unwrap_or_default();
        Self::decided(written, decided)
    }

    fn decided(written: Written, decided: Vec<Option<u16>>) -> Self {
        let action = |rule: &Option<u16>| {
            let rule = rule.and_then(|rule| written.rules.get(usize::from(rule)));
            rule.and_then(|rule| rule.action).unwrap_or(written.default)
        };
        let actions: Vec<_> = decided.iter().map(action).collect();
        let acts = |field: &Field| actions.get(*field as usize) != Some(&Action::Keep);
        let acting: Vec<_> = Field::ALL.iter().copied().filter(acts).collect();
        // A change of the history is judged as whatever field it speaks of.
        let is_busy = |scope: &Scope| match scope {
            Scope::Entry | Scope::Change => !acting.is_empty(),
            _ => acting
                .iter()
                .any(|field| field.path().starts_with(scope.prefix())),
        };
        let busy = Scope::ALL.iter().map(is_busy).collect();
        let withheld = Field::ALL
            .iter()
            .map(|field| acts(field) && field.scope() != Scope::Provenance)
            .collect();
        Self {
            written,
            decided,
            actions,
            withheld,
            busy,
        }
    }
}

impl Written {
    fn decide(&self) -> Result<Vec<Option<u16>>, String> {
        Field::ALL
            .iter()
            .map(|field| self.decide_field(*field))
            .collect()
    }

    fn decide_field(&self, field: Field) -> Result<Option<u16>, String> {
        let mut named = (0_u16..)
            .zip(&self.rules)
            .filter(|(_, rule)| rule.names(field));
        let first = named.next().map(|(index, _)| index);
        match named.next() {
            Some(_) => Err(format!("two rules name the field {field}")),
            None => Ok(first),
        }
    }
}

impl TryFrom<Written> for Policy {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let decided = written.decide()?;
        Ok(Self::decided(written, decided))
    }
}

impl From<Policy> for Written {
    fn from(policy: Policy) -> Self {
        policy.written
    }
}
