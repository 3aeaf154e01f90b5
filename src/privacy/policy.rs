//! A policy: how it is written, how it is checked when it loads, what it says.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::condition::{Condition, Persons};
use super::report::{NO_MINOR, STRIPPED};
use super::table::Ready;
use crate::field::{Field, Scope};
use crate::format::Tally;
use crate::model::{Action, Booking, Role, Text};

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
///
/// A unit writes its own as JSON; a misspelt field, a field that two rules name,
/// and an action that needs a key are errors where it loads:
///
/// ```
/// use paxnorm::Policy;
///
/// let own = r#"{
///     "name": "coaches-of-two-routes",
///     "default": "remove", "article": "own act, art. 1",
///     "special_categories": "Directive (EU) 2016/681, art. 13(4)",
///     "admits": [{ "article": "own decree, art. 2",
///                  "when": { "routes": ["BRU-LIL", "BRU-AMS"] } }],
///     "rules": [
///         { "action": "keep", "article": "own act, art. 3", "elements": [1, 2, 3, 4, 7] },
///         { "action": "generalise", "article": "own act, art. 4",
///           "fields": ["passengers[].birth_date"], "when": { "modes": ["coach"] } }
///     ]
/// }"#;
/// let policy: Policy = serde_json::from_str(own)?;
/// println!("{}", policy.explain());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Policy {
    pub(super) written: Written,
    pub(super) ready: Ready,
}

/// A policy as it is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    pub(super) name: Text,
    /// What becomes of a field that no rule names.
    pub(super) default: Action,
    /// On which article the default rests.
    pub(super) article: Text,
    /// Persons of these roles are not admitted at all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) refused: Vec<Role>,
    /// Bookings that meet none of these are not admitted; an empty list admits all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) admits: Vec<Admission>,
    /// Bookings that meet one of these are not admitted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) excludes: Vec<Admission>,
    /// The article by which special categories are stripped; without one they stay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) special_categories: Option<Text>,
    /// The article by which nothing stays of an unaccompanied minor who is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) minors: Option<Text>,
    pub(super) rules: Vec<Rule>,
}

/// Which bookings a policy admits, or does not, and by which article.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Admission {
    /// The article.
    pub article: Text,
    /// The bookings.
    pub when: Condition,
}

/// One rule: what becomes of some fields, and why.
///
/// A rule with a condition goes before one without. Two rules that can hold at
/// the same time for the same field are an error where the policy loads.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Rule {
    /// What is done.
    pub action: Option<Action>,
    /// The article on which it rests.
    pub article: Text,
    /// Elements of Annex I whose fields are meant; what tells where a message
    /// comes from is not among them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub elements: Vec<u8>,
    /// Places of the schema all of whose fields are meant (`remarks[].`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<Scope>,
    /// Further fields that are meant.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    /// Fields that are not meant, although their element or place is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<Field>,
    /// The journeys for which it holds.
    #[serde(skip_serializing_if = "Condition::is_empty")]
    pub when: Condition,
    /// The persons for whom it holds; the fields must be of `passengers[]`.
    #[serde(skip_serializing_if = "Persons::is_empty")]
    pub persons: Persons,
    /// Items that look the same afterwards become one, and the links to them go,
    /// so that their number does not show.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub collapse: bool,
}

impl Rule {
    pub(super) fn names(&self, field: Field) -> bool {
        let of_element = |element: u8| self.elements.contains(&element);
        let named = self.fields.contains(&field)
            || self.scopes.contains(&field.scope())
            || (field.scope() != Scope::Provenance && field.element().is_some_and(of_element));
        named && !self.except.contains(&field)
    }

    pub(super) fn is_conditional(&self) -> bool {
        !self.when.is_empty() || !self.persons.is_empty()
    }

    /// Whether both can hold for the same person of the same booking, and
    /// neither goes before the other.
    fn competes(&self, other: &Self) -> bool {
        self.is_conditional() == other.is_conditional()
            && !self.when.excludes(&other.when)
            && !self.persons.excludes(&other.persons)
    }
}

/// The shipped policies, by name.
const SHIPPED: &[(&str, &str)] = &[
    ("keep-all", include_str!("policies/keep-all.json")),
    (
        "eu-directive-2016",
        include_str!("policies/eu-directive-2016.json"),
    ),
    ("eu-pnr", include_str!("policies/eu-pnr.json")),
    ("be-2024", include_str!("policies/be-2024.json")),
    ("fr-air", include_str!("policies/fr-air.json")),
    ("fr-maritime", include_str!("policies/fr-maritime.json")),
    (
        "depersonalise-6-months",
        include_str!("policies/depersonalise-6-months.json"),
    ),
    ("exchange", include_str!("policies/exchange.json")),
];

/// Each is read when it is first asked for.
static LOADED: [LazyLock<Policy>; 8] = [
    LazyLock::new(|| load(0)),
    LazyLock::new(|| load(1)),
    LazyLock::new(|| load(2)),
    LazyLock::new(|| load(3)),
    LazyLock::new(|| load(4)),
    LazyLock::new(|| load(5)),
    LazyLock::new(|| load(6)),
    LazyLock::new(|| load(7)),
];

/// A shipped policy; one that could not be read would withhold everything.
fn load(index: usize) -> Policy {
    let (name, text) = SHIPPED.get(index).copied().unwrap_or_default();
    let mut policy = serde_json::from_str(text).unwrap_or_else(|_| Policy::nothing(name));
    policy.written.share(text);
    policy
}

impl Policy {
    /// Keeps everything. For systems outside the law of the Union, for tests and
    /// for work on formats.
    #[must_use]
    pub fn keep_all() -> &'static Self {
        &LOADED[0]
    }

    /// The allow-list of Annex I of Directive (EU) 2016/681 as read after
    /// C-817/19: fields of its nineteen elements stay, everything else goes. So do
    /// crew, who are no passengers (art. 3(4)).
    #[must_use]
    pub fn eu_pnr() -> &'static Self {
        &LOADED[2]
    }

    /// The shipped policy of this name, one of [`NAMES`](Self::NAMES).
    ///
    /// ```
    /// use paxnorm::Policy;
    ///
    /// assert!(Policy::named("be-2024").is_some());
    /// assert!(Policy::NAMES.iter().all(|name| Policy::named(name).is_some()));
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        let index = SHIPPED.iter().position(|(known, _)| *known == name)?;
        LOADED.get(index).map(LazyLock::force)
    }

    /// The names of the shipped policies.
    pub const NAMES: &'static [&'static str] = &[
        "keep-all",
        "eu-directive-2016",
        "eu-pnr",
        "be-2024",
        "fr-air",
        "fr-maritime",
        "depersonalise-6-months",
        "exchange",
    ];

    fn nothing(name: &str) -> Self {
        let written = Written {
            name: Text::from(name),
            default: Action::Remove,
            article: Text::default(),
            refused: Role::ALL.to_vec(),
            admits: Vec::new(),
            excludes: Vec::new(),
            special_categories: None,
            minors: None,
            rules: Vec::new(),
        };
        Self {
            ready: Ready::of(&written),
            written,
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.written.name
    }

    /// What becomes of a field where no condition of the policy holds.
    #[must_use]
    pub fn action(&self, field: Field) -> Action {
        self.ready.table.action(field)
    }

    /// The article that decides on a field where no condition of the policy holds.
    #[must_use]
    pub fn article(&self, field: Field) -> &Text {
        self.article_of(self.ready.table.decision(field).rule)
    }

    /// Whether special categories of data (art. 13(4)) are stripped from texts
    /// and names that stay.
    #[must_use]
    pub fn strips(&self) -> bool {
        self.written.special_categories.is_some()
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

    /// Whether a booking may be kept at all; `Err` names the article by which not.
    ///
    /// A booking that does not say its mode or its legal basis is not refused
    /// for it; a policy of selected carriers, stops or routes wants them named.
    ///
    /// # Errors
    /// The article by which a booking of this mode, route or legal basis is refused.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use paxnorm::{Booking, Policy};
    /// use paxnorm::model::LegalBasis;
    ///
    /// let mut booking = Booking::default();
    /// assert!(Policy::eu_pnr().admits(&booking).is_ok());
    /// Arc::make_mut(&mut booking.provenance).legal_basis = Some(LegalBasis::SeaSafety);
    /// assert!(Policy::eu_pnr().admits(&booking).is_err(), "98/41/EC is for rescue at sea");
    /// ```
    pub fn admits(&self, booking: &Booking) -> Result<(), &Text> {
        let Written {
            admits, excludes, ..
        } = &self.written;
        if let Some(out) = excludes.iter().find(|one| one.when.holds(booking)) {
            return Err(&out.article);
        }
        let open = admits.is_empty() || admits.iter().any(|one| one.when.admits(booking));
        match admits.first() {
            Some(first) if !open => Err(&first.article),
            _ => Ok(()),
        }
    }

    /// Which fields a reader withholds. What tells where a message comes from it never does.
    pub(crate) fn tally(&self) -> &Tally {
        self.ready.table.tally()
    }

    /// The article of a rule, or of what stands in place of one.
    pub(super) fn article_of(&self, rule: u16) -> &Text {
        let special = match rule {
            STRIPPED => self.written.special_categories.as_ref(),
            NO_MINOR => self.written.minors.as_ref(),
            _ => None,
        };
        if let Some(article) = special {
            return article;
        }
        let rule = self.written.rules.get(usize::from(rule));
        rule.map_or(&self.written.article, |rule| &rule.article)
    }
}

impl Written {
    /// Lets the articles share the text of the program: a booking names them in
    /// `withheld`, and need not copy them.
    fn share(&mut self, text: &'static str) {
        let share = |article: &mut Text| {
            let found = text.match_indices(article.as_str()).next();
            if let Some((_, shared)) = found {
                *article = Text::of_static(shared);
            }
        };
        share(&mut self.article);
        self.special_categories.iter_mut().for_each(share);
        self.minors.iter_mut().for_each(share);
        self.rules
            .iter_mut()
            .for_each(|rule| share(&mut rule.article));
    }

    /// What no policy may say.
    fn check(&self) -> Result<(), String> {
        for (index, rule) in self.rules.iter().enumerate() {
            self.check_rule(rule)?;
            let earlier = self.rules.get(..index).unwrap_or_default();
            for other in earlier.iter().filter(|other| other.competes(rule)) {
                let both = |field: &&Field| rule.names(**field) && other.names(**field);
                if let Some(field) = Field::ALL.iter().find(both) {
                    return Err(format!("two rules name the field {field}"));
                }
            }
        }
        Ok(())
    }

    fn check_rule(&self, rule: &Rule) -> Result<(), String> {
        let named = || Field::ALL.iter().filter(|field| rule.names(**field));
        let article = &rule.article;
        if article.is_empty() {
            return Err("a rule names no article".to_owned());
        }
        let Some(action) = rule.action else {
            return Err(format!("the rule of {article} says no action"));
        };
        if action == Action::Pseudonymise || self.default == Action::Pseudonymise {
            return Err("a pseudonym wants a key, which no policy holds".to_owned());
        }
        if rule.elements.iter().any(|one| !(1..=19).contains(one)) {
            return Err(format!("the rule of {article} names no element of 1 to 19"));
        }
        if named().next().is_none() {
            return Err(format!("the rule of {article} names no field"));
        }
        let outside = |field: &&Field| !field.path().starts_with("passengers[].");
        match named().find(outside) {
            Some(field) if !rule.persons.is_empty() => {
                Err(format!("a rule for some persons names the field {field}"))
            }
            _ if rule.collapse && !named().any(|field| field.scope() == Scope::Passenger) => {
                Err(format!("the rule of {article} collapses no passengers"))
            }
            _ => Ok(()),
        }
    }
}

impl TryFrom<Written> for Policy {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        written.check()?;
        Ok(Self {
            ready: Ready::of(&written),
            written,
        })
    }
}

impl From<Policy> for Written {
    fn from(policy: Policy) -> Self {
        policy.written
    }
}
