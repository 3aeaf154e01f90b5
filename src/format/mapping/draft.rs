//! A mapping as it is written: plain serde data, before anything was checked.

mod parse;

pub use parse::{Cut, DateOrder, Dates, Money, NameOrder, Otherwise, Parse, StopForm, Table};

use std::collections::BTreeMap;

use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::model::{LegalBasis, Mode, Text};
use crate::{Field, Scope};

/// A mapping as it is written, unchecked: every member is public, so that a
/// program can propose or edit one. [`Mapping`](super::Mapping) is made from it
/// by `try_from`, which checks it.
///
/// ```
/// use paxnorm::format::mapping::{Draft, Mapping};
///
/// let text = r#"{
///     "name": "example",
///     "source": { "csv": { "delimiter": ";", "group": ["locators[].value"] } },
///     "rules": [
///         { "field": "locators[].value", "from": ["Booking", "PNR"] },
///         { "field": "passengers[].name.surname", "from": "Surname", "before": "Prefix" },
///         { "field": "passengers[].birth_date", "from": "Born", "parse": { "date": { "order": "dmy" } } }
///     ]
/// }"#;
/// let draft: Draft = serde_json::from_str(text)?;
/// let mapping = Mapping::try_from(draft.clone())?;
/// assert_eq!(mapping.draft(), &draft);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Draft {
    /// Name, as in the provenance of bookings.
    pub name: Text,
    /// What it reads, in words.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub about: Text,
    /// Whether it reads CSV or JSON, and how that is written.
    pub source: Source,
    /// Mode of travel, where neither the data nor the caller say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<Mode>,
    /// Legal basis, where the caller does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_basis: Option<LegalBasis>,
    /// How an input of this kind is recognised: of each group at least one column
    /// (CSV) or pointer (JSON) must be there. Without any group the columns of the
    /// rules decide.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub detect: Vec<Names>,
    /// Texts that stand for nothing in every cell (`Unknown`, `-`), whatever their case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absent: Vec<Text>,
    /// Items of lists that need more said about them than the rules say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Item>,
    /// What goes where.
    pub rules: Vec<Rule>,
    /// Look-up tables.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tables: BTreeMap<Text, Table>,
}

impl Draft {
    /// Whether the data themselves say on what legal basis they came.
    pub(super) fn says_basis(&self) -> bool {
        let mut rules = self.rules.iter();
        rules.any(|rule| rule.field == Field::ProvenanceLegalBasis)
    }
}

/// What kind of input a mapping reads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// Rows of delimited text.
    Csv(Csv),
    /// JSON: one document, an array of them, or one a line.
    Json(Json),
}

impl Default for Source {
    fn default() -> Self {
        Self::Csv(Csv::default())
    }
}

/// The dialect of delimited text, and what a row is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Csv {
    /// What separates cells; without it the one of `,` `;` tab and `|` by which the header is recognised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<char>,
    /// What encloses cells; `"` without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<char>,
    /// Label of the encoding, as the WHATWG lists them (`utf-8`, `windows-1252`,
    /// `iso-8859-15`, `utf-16le`). A byte order mark goes before it; without
    /// either it is UTF-8, and Windows-1252 for cells that are not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<Text>,
    /// Rows to skip before the header. It is then the one of the next ten rows in which the
    /// most columns are known.
    #[serde(skip_serializing_if = "is_zero")]
    pub skip: u32,
    /// Whether there is no header: columns go by their numbers (`#3`).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub headless: bool,
    /// Rows to skip between the header and the data (units, numbers of columns).
    #[serde(skip_serializing_if = "is_zero")]
    pub skip_after: u32,
    /// What a row is.
    pub row: Row,
    /// Fields whose cells say which rows are one booking; without any each row is one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub group: Vec<Field>,
    /// Whether rows of one booking may stand apart. As many rows are then held as
    /// [`Limits::rows`](crate::Limits) allows; a booking whose rows stand further
    /// apart comes twice, with a diagnostic. Otherwise only neighbours are one.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub scattered: bool,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// What a row of a table is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Row {
    /// A passenger: every row is another one.
    #[default]
    Passenger,
    /// A passenger on a leg: rows that name the same passenger are one.
    PassengerLeg,
    /// A booking: its passengers stand side by side, as items of their own.
    Booking,
}

/// JSON, and where in it bookings stand.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Json {
    /// Pointers (RFC 6901) from a document to a booking, in the order in which they
    /// are tried; `*` stands for every element of an array. Without any the
    /// document is the booking. An array at the top of the input is read element
    /// by element, whatever this says, and so are documents that follow one another.
    ///
    /// A document of more than 64 KiB is read booking by booking, too, where they stand
    /// in one list (`/bookings/*`) and all that rules and items name stands in the booking's
    /// own element: in memory that does not grow with it, and with the loss of one or two
    /// bookings where it is damaged. What else stands in it belongs to the account of the
    /// next record, behind the last booking to one of its own. Where a rule
    /// reaches beyond that element (`#`, a join, a query), the document is read as a whole.
    #[serde(skip_serializing_if = "Names::is_empty")]
    pub record: Names,
    /// What must hold for an element to be a booking.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<Condition>,
}

/// One or several names of columns, or pointers, in the order in which they are tried.
///
/// A column is named by its header, whatever its case, accents and punctuation, or by
/// its number (`#3`). Where `{n}` stands in a name the item must have `repeat`.
///
/// A pointer (RFC 6901) starts at the element that the item stands for: `/name/first`,
/// and the empty one is the element itself. `../` before it goes up to the element
/// around that one, `@` to the booking, `#` to the document. A token `*` stands
/// for the elements of an array, or for the members of an object that no other pointer
/// names, of which the first that says something is taken.
///
/// Where that does not suffice, a query (RFC 9535, feature `jsonpath`) may stand in place of
/// a pointer to a value, behind the same prefixes: `$.contacts[?@.kind=='mail'].text`, where
/// `$` is the element. The first value that it finds and that says something is taken. It
/// costs: the document is read a second time into a tree, and each query walks what it
/// asks of once for every element. One query for each passenger took 3.5 times the time of
/// pointers alone, nine took 4.1 times
/// (`cargo bench --bench mapping -- --rounds 9`, `json-query` and `json-queries`).
///
/// Items and bookings (`each`, `record`) stand at pointers, never at queries: their elements
/// are opened in the one pass that reads the document, so it must be known at every value
/// whether an element begins there. A query knows what it finds when all has been read, since a
/// filter may ask what stands behind. Which of the elements at a pointer count is said by
/// `when`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names(pub Vec<Text>);

impl Names {
    /// Whether nothing is named.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names in their order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(Text::as_str)
    }
}

impl From<&str> for Names {
    fn from(name: &str) -> Self {
        Self(vec![Text::from(name)])
    }
}

impl<'t> FromIterator<&'t str> for Names {
    fn from_iter<I: IntoIterator<Item = &'t str>>(names: I) -> Self {
        Self(names.into_iter().map(Text::from).collect())
    }
}

impl Serialize for Names {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            [one] => one.serialize(serializer),
            many => many.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrMany;
        impl<'de> Visitor<'de> for OneOrMany {
            type Value = Names;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a name or a list of names")
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<Names, E> {
                Ok(Names::from(name))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Names, A::Error> {
                let mut names = Vec::new();
                while let Some(name) = list.next_element()? {
                    names.push(name);
                }
                Ok(Names(names))
            }
        }
        deserializer.deserialize_any(OneOrMany)
    }
}

/// What is said of the items of one list. A list that only rules name needs none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Item {
    /// The list: `passengers[]`, `passengers[].documents[]`.
    #[serde(with = "list")]
    pub list: Scope,
    /// Name of this sort of item, where a list has several; rules name it too.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub item: Text,
    /// The sort of item around it, where that has a name.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub of: Text,
    /// JSON: pointers to the elements, each of which is an item, in the order in which they are tried.
    #[serde(default, skip_serializing_if = "Names::is_empty")]
    pub each: Names,
    /// CSV: how many times the columns of the item stand side by side; `{n}` in
    /// their names is the number from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat: Option<u8>,
    /// CSV: the fields by which rows name the same item. Without them passengers
    /// are told apart by row or by all their cells, legs by all their cells, and
    /// of other lists there is one item for each passenger, leg or booking to
    /// which it belongs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub key: Vec<Field>,
    /// JSON: what other items call it.
    #[serde(default, skip_serializing_if = "Names::is_empty")]
    pub id: Names,
    /// JSON: what its passenger is called; a last token `#` takes, of the elements of
    /// an array that is as long as its own, the one at its own place.
    #[serde(default, skip_serializing_if = "Names::is_empty")]
    pub passenger: Names,
    /// JSON: what its leg is called.
    #[serde(default, skip_serializing_if = "Names::is_empty")]
    pub leg: Names,
    /// What must hold for there to be such an item.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<Condition>,
    /// JSON: the element is a reference; the item is what it refers to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub join: Option<Join>,
}

impl Item {
    /// An item of a list of which nothing more is said.
    #[must_use]
    pub fn new(list: Scope) -> Self {
        Self {
            list,
            item: Text::default(),
            of: Text::default(),
            each: Names::default(),
            repeat: None,
            key: Vec::new(),
            id: Names::default(),
            passenger: Names::default(),
            leg: Names::default(),
            when: Vec::new(),
            join: None,
        }
    }
}

/// A condition on a cell or a value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Condition {
    /// Where it stands.
    pub from: Names,
    /// It must be one of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub is: Vec<Text>,
    /// It must be none of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not: Vec<Text>,
}

/// A join inside one document: the element here has the same texts at `here` as
/// the wanted one, among those at `to`, has at `there`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Join {
    /// Pointer to the elements among which the wanted one is.
    pub to: Text,
    /// Pointers within the element here.
    pub here: Vec<Text>,
    /// Pointers within the wanted element.
    pub there: Vec<Text>,
}

/// What goes into one field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Rule {
    /// The field.
    #[serde(deserialize_with = "target")]
    pub field: Field,
    /// The sort of item, where the list has several.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub item: Text,
    /// Where it stands: the first that says something is taken.
    #[serde(default, skip_serializing_if = "Names::is_empty")]
    pub from: Names,
    /// What must hold for the rule to be one. Several rules may fill one field of the same
    /// item if each says when.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<Condition>,
    /// What goes before it with a blank (the prefix column of Dutch names).
    #[serde(default, skip_serializing_if = "Names::is_empty")]
    pub before: Names,
    /// What goes after it with a blank (a time beside its date, a house number).
    #[serde(default, skip_serializing_if = "Names::is_empty")]
    pub after: Names,
    /// What the caller knows, taken where the data say nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intake: Option<Given>,
    /// A constant, taken where nothing else is. It never makes an item by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Text>,
    /// How the text is read.
    #[serde(default, skip_serializing_if = "Parse::is_auto")]
    pub parse: Parse,
    /// The part of the text that counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut: Option<Cut>,
    /// What separates several values in one cell; for fields that hold several.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub split: Text,
    /// Texts that stand for nothing here (`0`), whatever their case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absent: Vec<Text>,
    /// JSON: the element holds a reference; all places of the rule are in what it refers to, and
    /// without that the rule says nothing. It never makes an item by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub join: Option<Join>,
}

impl Rule {
    /// A field that is read from a place by the rules of its type.
    #[must_use]
    pub fn new(field: Field, from: Names) -> Self {
        Self {
            field,
            item: Text::default(),
            from,
            when: Vec::new(),
            before: Names::default(),
            after: Names::default(),
            intake: None,
            value: None,
            parse: Parse::Auto,
            cut: None,
            split: Text::default(),
            absent: Vec::new(),
            join: None,
        }
    }
}

/// Members of [`Intake`](crate::Intake).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Given {
    /// Carrier of the journey.
    Carrier,
    /// Number of the train, line or voyage.
    Number,
    /// Where the journey starts.
    From,
    /// Where it ends.
    To,
    /// Departure.
    Departure,
    /// Arrival.
    Arrival,
    /// Name of the ship.
    Ship,
    /// Who sent it.
    Sender,
}

/// A field by its path; the error names the path and the nearest that there is.
fn target<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Field, D::Error> {
    let path = Text::deserialize(deserializer)?;
    Field::from_path(&path).ok_or_else(|| {
        let nearest = nearest(&path, Field::ALL.iter().map(|field| field.path()));
        D::Error::custom(format_args!(
            "no field has the path `{path}`; the nearest is `{nearest}`"
        ))
    })
}

fn nearest<'p>(path: &str, paths: impl Iterator<Item = &'p str>) -> &'p str {
    let score = |candidate: &&str| (strsim::jaro_winkler(path, candidate) * 1e9) as u64;
    paths.max_by_key(score).unwrap_or_default()
}

/// A list by its path, without the dot behind it.
mod list {
    use super::*;

    fn path(scope: &Scope) -> &'static str {
        scope.prefix().trim_end_matches('.')
    }

    pub(super) fn serialize<S: Serializer>(
        scope: &Scope,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(path(scope))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Scope, D::Error> {
        let wanted = Text::deserialize(deserializer)?;
        let lists = || {
            Scope::ALL
                .iter()
                .filter(|scope| scope.prefix().ends_with("[]."))
        };
        let found = lists().find(|scope| path(scope) == wanted.as_str());
        found.copied().ok_or_else(|| {
            let nearest = nearest(&wanted, lists().map(path));
            D::Error::custom(format_args!(
                "no list has the path `{wanted}`; the nearest is `{nearest}`"
            ))
        })
    }
}
