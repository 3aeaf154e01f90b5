//! From what each column is taken for to a draft of a mapping.

use super::classify::Guess;
use super::header;
use super::meaning::Meaning;
use super::sample::Table;
use super::values::{self, Evidence, Shape};
use crate::format::mapping::compile::NUMBER;
use crate::format::mapping::{
    Csv, DateOrder, Dates, Draft, Item, NameOrder, Names, Otherwise, Parse, Row, Rule, Source,
    StopForm,
};
use crate::model::{ContactKind, Text};
use crate::{Field, Scope};

/// The name of the look-up table for the flag of transit.
const TRANSIT: &str = "transit";
/// What flags say that a person is in transit, and that not.
const FLAGS: [(&str, &[&str]); 2] = [
    ("transit", &["y", "yes", "o", "oui", "j", "ja", "1", "true"]),
    (
        "passenger",
        &["n", "no", "non", "nee", "nein", "0", "false"],
    ),
];

struct Proposal<'a> {
    table: &'a Table,
    guesses: &'a [Guess],
    order: Option<DateOrder>,
    draft: Draft,
}

/// The draft, and the field that each column reaches in it.
pub(super) fn propose(table: &Table, guesses: &[Guess]) -> (Draft, Vec<Option<Field>>) {
    let mut proposal = Proposal {
        table,
        guesses,
        order: order_of_all(table),
        draft: Draft::default(),
    };
    proposal.draft.name = Text::from("proposed");
    proposal.draft.about = about(guesses);
    proposal.source();
    let fields = (0..guesses.len()).map(|column| proposal.column(column));
    let fields = fields.collect();
    proposal.crew();
    (proposal.draft, fields)
}

fn about(guesses: &[Guess]) -> Text {
    let mapped = guesses
        .iter()
        .filter(|guess| guess.field().is_some())
        .count();
    let columns = guesses.len();
    Text::from(format!(
        "proposed from headers and values: {mapped} of {columns} columns"
    ))
}

impl Proposal<'_> {
    fn source(&mut self) {
        let mut csv = Csv {
            delimiter: Some(self.table.delimiter),
            encoding: self.table.encoding.map(Text::from),
            skip: u32::try_from(self.table.skip).unwrap_or_default(),
            row: Row::Passenger,
            ..Csv::default()
        };
        if self.find(Meaning::Locator).is_some() {
            csv.group = vec![Field::LocatorValue];
        }
        if self.persons_repeat() {
            csv.row = Row::PassengerLeg;
        }
        self.draft.source = Source::Csv(csv);
    }

    fn find(&self, meaning: Meaning) -> Option<usize> {
        self.guesses
            .iter()
            .position(|guess| guess.meaning == Some(meaning))
    }

    /// Whether a person of a booking stands in several rows, as on several legs.
    fn persons_repeat(&self) -> bool {
        let key = [
            Meaning::Locator,
            Meaning::Surname,
            Meaning::Full,
            Meaning::Given,
            Meaning::BirthDate,
        ];
        let key: Vec<usize> = key
            .iter()
            .filter_map(|meaning| self.find(*meaning))
            .collect();
        if key.len() < 3 || self.find(Meaning::From).is_none() {
            return false;
        }
        let person = |row: &Vec<String>| -> Vec<String> {
            key.iter()
                .map(|column| row.get(*column).cloned().unwrap_or_default())
                .collect()
        };
        let mut persons: Vec<_> = self.table.rows.iter().map(person).collect();
        let rows = persons.len();
        persons.sort_unstable();
        persons.dedup();
        persons.len() < rows
    }

    /// The name of a column in the draft: its header, or its number where that is not alone or
    /// would mean something else there.
    fn name(&self, column: usize) -> Names {
        let header = self.table.header.get(column).map_or("", String::as_str);
        let plain = header::words(header);
        let same = self
            .table
            .header
            .iter()
            .filter(|other| header::words(other) == plain);
        let means_more = header.contains(NUMBER) || header.trim_start().starts_with('#');
        if plain.is_empty() || same.count() > 1 || means_more {
            return Names::from(format!("#{}", column + 1).as_str());
        }
        Names::from(header)
    }

    fn name_of(&self, meaning: Meaning) -> Names {
        self.find(meaning)
            .map(|column| self.name(column))
            .unwrap_or_default()
    }

    /// Adds the rule of a column, unless it is a part of another's; the field that it reaches.
    fn column(&mut self, column: usize) -> Option<Field> {
        let guess = self.guesses.get(column)?;
        let (meaning, field) = (guess.meaning?, guess.field()?);
        if wholes(meaning).any(|whole| self.find(whole).is_some()) {
            return Some(field);
        }
        let mut rule = Rule::new(field, self.name(column));
        self.fill(&mut rule, meaning, column);
        self.add(rule)
    }

    /// Adds a rule, unless another one reaches its field already: two columns for one field are
    /// for a person to judge. The field that it reaches.
    fn add(&mut self, rule: Rule) -> Option<Field> {
        let field = rule.field;
        let same = |known: &Rule| known.field == field && known.item == rule.item;
        if self.draft.rules.iter().any(same) {
            return None;
        }
        self.draft.rules.push(rule);
        Some(field)
    }

    /// What is said of a rule beside its field and column.
    fn fill(&mut self, rule: &mut Rule, meaning: Meaning, column: usize) {
        use Meaning as M;
        let values = self.table.values(column);
        match meaning {
            M::Surname => rule.before = self.name_of(M::Prefix),
            M::Given => rule.after = self.name_of(M::Middle),
            M::Street => rule.after = self.name_of(M::House),
            M::Full => rule.parse = Parse::FullName(name_order(&values)),
            M::Age => rule.parse = Parse::Age,
            M::Phone => self.contact(rule, "phone", ContactKind::Phone),
            M::Email => self.contact(rule, "email", ContactKind::Email),
            M::From | M::To => stop(rule, meaning, &values),
            M::Transit => self.transit(rule),
            M::Departure | M::DepartureDate => rule.after = self.name_of(M::DepartureTime),
            M::Arrival | M::ArrivalDate => rule.after = self.name_of(M::ArrivalTime),
            _ => {}
        }
        if is_date(meaning) {
            rule.parse = dates(&values, self.order);
        }
    }

    fn contact(&mut self, rule: &mut Rule, item: &str, kind: ContactKind) {
        rule.item = Text::from(item);
        rule.parse = Parse::Contact(kind);
        if self
            .draft
            .items
            .iter()
            .all(|known| known.item.as_str() != item)
        {
            let mut list = Item::new(Scope::PassengerContact);
            list.item = Text::from(item);
            self.draft.items.push(list);
        }
    }

    fn transit(&mut self, rule: &mut Rule) {
        rule.parse = Parse::Table(Text::from(TRANSIT));
        let table = self.draft.tables.entry(Text::from(TRANSIT)).or_default();
        for (role, flags) in FLAGS {
            let rows = flags
                .iter()
                .map(|flag| (Text::from(*flag), Text::from(role)));
            table.rows.extend(rows);
        }
        table.otherwise = Otherwise::Unknown;
    }

    /// A list whose headers speak of crew holds crew.
    fn crew(&mut self) {
        let crew = self.guesses.iter().filter(|guess| guess.is_crew).count();
        if crew * 2 > self.guesses.len() {
            let mut rule = Rule::new(Field::PassengerRole, Names::default());
            rule.value = Some(Text::from("crew"));
            self.add(rule);
        }
    }
}

/// What a column may be a part of, in whose rule it stands where there is one.
fn wholes(part: Meaning) -> impl Iterator<Item = Meaning> {
    [
        (Meaning::Prefix, Meaning::Surname),
        (Meaning::Middle, Meaning::Given),
        (Meaning::House, Meaning::Street),
        (Meaning::DepartureTime, Meaning::Departure),
        (Meaning::DepartureTime, Meaning::DepartureDate),
        (Meaning::ArrivalTime, Meaning::Arrival),
        (Meaning::ArrivalTime, Meaning::ArrivalDate),
    ]
    .into_iter()
    .filter_map(move |(known, whole)| (known == part).then_some(whole))
}

fn is_date(meaning: Meaning) -> bool {
    use Meaning as M;
    matches!(
        meaning,
        M::BirthDate
            | M::BirthYear
            | M::DocumentExpires
            | M::DocumentIssued
            | M::VisaExpires
            | M::Departure
            | M::DepartureDate
            | M::Arrival
            | M::ArrivalDate
    )
}

/// A comma in most values says that the family name leads; nothing else does.
fn name_order(values: &[&str]) -> NameOrder {
    let commas = values.iter().filter(|value| value.contains(',')).count();
    if commas > 0 && commas * 10 >= values.len() * 8 {
        NameOrder::SurnameFirst
    } else {
        NameOrder::Unknown
    }
}

/// A stop by its code where the values are codes, else by its name.
fn stop(rule: &mut Rule, meaning: Meaning, values: &[&str]) {
    let evidence = Evidence::of(values);
    let form = [
        (Shape::Locode, StopForm::UnLocode),
        (Shape::Station, StopForm::Uic),
    ];
    let form = form.iter().find(|(shape, _)| evidence.is(*shape));
    if let Some((_, form)) = form {
        rule.field = if meaning == Meaning::From {
            Field::LegFromCode
        } else {
            Field::LegToCode
        };
        rule.parse = Parse::Stop(*form);
    }
}

/// The day of a value, without a time behind it.
fn day(value: &str) -> Option<([u32; 3], char)> {
    values::date(values::parted(value).map_or(value, |(day, _)| day))
}

/// The order of day, month and year that the values force; points part days first
/// wherever they part dates.
fn order(values: &[&str]) -> Option<DateOrder> {
    let days = || values.iter().filter_map(|value| day(value));
    let any = |is: fn(([u32; 3], char)) -> bool| days().any(is);
    let (year_first, day_first) = (
        any(|([first, ..], _)| first > 31),
        any(|([first, ..], _)| (13..=31).contains(&first)),
    );
    let (month_first, points) = (
        any(|([first, second, _], _)| first <= 12 && second > 12),
        any(|(_, sign)| sign == '.'),
    );
    match (year_first, day_first, month_first, points) {
        (true, false, false, _) => Some(DateOrder::Ymd),
        (false, true, false, _) | (false, false, false, true) => Some(DateOrder::Dmy),
        (false, false, true, _) => Some(DateOrder::Mdy),
        _ => None,
    }
}

/// The order that one column forces on those that force none.
fn order_of_all(table: &Table) -> Option<DateOrder> {
    let mut orders = (0..table.header.len()).filter_map(|column| {
        let order = order(&table.values(column));
        order.filter(|order| *order != DateOrder::Ymd)
    });
    let first = orders.next()?;
    orders.all(|order| order == first).then_some(first)
}

/// Whether nothing says which of day and month is which.
pub(super) fn is_ambiguous(table: &Table, column: usize) -> bool {
    let values = table.values(column);
    let dated = values.iter().any(|value| day(value).is_some());
    dated && order(&values).or_else(|| order_of_all(table)).is_none()
}

/// How the dates of a column are written.
fn dates(values: &[&str], order_of_all: Option<DateOrder>) -> Parse {
    let order = order(values).or(order_of_all);
    let mut dates = Dates::default();
    let with_h = values
        .iter()
        .filter_map(|value| values::parted(value))
        .any(|(_, time)| time.contains('h'));
    if with_h && let Some(day) = pattern(values, order) {
        dates.pattern = [format!("{day} HHhmm"), day]
            .iter()
            .map(String::as_str)
            .collect();
    } else {
        let years = Evidence::of(values).count(Shape::Year);
        if years > 0 {
            dates.pattern = Names::from("YYYY");
        }
        dates.order = order.filter(|order| *order != DateOrder::Ymd);
    }
    if dates == Dates::default() {
        Parse::Auto
    } else {
        Parse::Date(dates)
    }
}

/// The pattern of the days of a column.
fn pattern(values: &[&str], order: Option<DateOrder>) -> Option<String> {
    let (_, sign) = values.iter().find_map(|value| day(value))?;
    let parts = match order? {
        DateOrder::Dmy => ["DD", "MM", "YYYY"],
        DateOrder::Mdy => ["MM", "DD", "YYYY"],
        DateOrder::Ymd => ["YYYY", "MM", "DD"],
    };
    Some(parts.join(&sign.to_string()))
}
