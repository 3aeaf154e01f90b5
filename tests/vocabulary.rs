//! The vocabulary, the schema and the policies speak of the same leaves: a member that is
//! forgotten in one of them would escape every policy.

mod support;

use std::collections::{BTreeMap, BTreeSet};

use paxnorm::model::{Action, Change, HistoryEntry, Text};
use paxnorm::{Booking, Field, FieldSet, Policy};
use serde_json::{Value, json};
use support::planted::{planted, resolved, schema};

/// Links between items: numbers without meaning outside their booking.
const LINKS: &[&str] = &["id", "passenger", "leg", "ticket", "adult"];
/// What the library says of the record itself.
const OWN: &[&str] = &["schema", "range.", "withheld[]."];
/// The name of the field that a value of the history speaks of.
const SPOKEN_OF: &str = support::planted::SPOKEN_OF;

/// Paths of all leaves; `[]` stands for every item, and is left out where the items themselves
/// are the leaf.
fn leaves(schema: &Value, node: &Value, path: &str, found: &mut Vec<String>) {
    let (node, _) = resolved(schema, node);
    if let Some(members) = node.get("properties").and_then(Value::as_object) {
        for (name, member) in members {
            let dot = if path.is_empty() { "" } else { "." };
            leaves(schema, member, &format!("{path}{dot}{name}"), found);
        }
    } else if let Some(items) = node.get("items") {
        leaves(schema, items, &format!("{path}[]"), found);
    } else {
        found.push(path.trim_end_matches("[]").to_owned());
    }
}

fn all_leaves() -> Vec<String> {
    let schema = schema();
    let mut found = Vec::new();
    leaves(&schema, &schema, "", &mut found);
    found
}

fn is_no_field(path: &str) -> bool {
    let last = path.rsplit('.').next().unwrap_or_default();
    let link = path.contains('.') && LINKS.contains(&last) && Field::from_path(path).is_none();
    link || OWN.iter().any(|own| path.starts_with(own)) || path == SPOKEN_OF
}

#[test]
fn every_leaf_of_the_schema_is_a_field() {
    let strays: Vec<String> = all_leaves()
        .into_iter()
        .filter(|path| !is_no_field(path) && Field::from_path(path).is_none())
        .collect();
    assert!(strays.is_empty(), "no policy can name {strays:?}");
}

#[test]
fn every_field_is_a_leaf_of_the_schema() {
    let leaves: BTreeSet<String> = all_leaves().into_iter().collect();
    let strays: Vec<&Field> = Field::ALL
        .iter()
        .filter(|field| !leaves.contains(field.path()))
        .collect();
    assert!(strays.is_empty(), "no leaf has the path of {strays:?}");
}

#[test]
fn paths_are_unique_and_documented() {
    let paths: BTreeSet<&str> = Field::ALL.iter().map(|field| field.path()).collect();
    assert_eq!(paths.len(), Field::ALL.len(), "two fields share a path");
    for field in Field::ALL {
        assert!(
            field.doc().ends_with('.'),
            "{field} is not documented by a sentence"
        );
        assert!(
            field.path().starts_with(field.scope().prefix()),
            "{field} is not of its scope"
        );
        assert!(
            field.element().is_none_or(|element| element <= 19),
            "{field}"
        );
    }
}

#[test]
fn the_serde_form_of_a_field_is_its_path() {
    for field in Field::ALL {
        let written = serde_json::to_value(field).expect("a field is a string");
        assert_eq!(written, field.path());
        let read: Field = serde_json::from_value(written).expect("what was written");
        assert_eq!(read, *field);
    }
}

#[test]
fn a_misspelt_path_is_an_error() {
    for path in [
        "passengers[].name.surnam",
        "passengers.name.surname",
        "Status",
        "",
    ] {
        assert!(
            serde_json::from_value::<Field>(json!(path)).is_err(),
            "{path}"
        );
        let rules = json!([{ "action": "keep", "article": "1", "fields": [path] }]);
        assert!(load("remove", rules).is_err(), "a policy names {path:?}");
    }
}

fn load(default: &str, rules: Value) -> Result<Policy, serde_json::Error> {
    serde_json::from_value(json!({
        "name": "tried", "default": default, "article": "none", "rules": rules,
    }))
}

#[test]
fn a_field_of_two_rules_is_an_error() {
    let twice = [
        json!([{ "action": "keep", "article": "1", "fields": ["status"] },
               { "action": "remove", "article": "2", "fields": ["created", "status"] }]),
        json!([{ "action": "keep", "article": "1", "elements": [10] },
               { "action": "remove", "article": "2", "fields": ["status"] }]),
        json!([{ "action": "keep", "article": "1", "elements": [10] },
               { "action": "keep", "article": "2", "elements": [9, 10] }]),
    ];
    for rules in twice {
        let error = load("keep", rules).expect_err("two rules for one field");
        assert!(error.to_string().contains("status"), "{error}");
    }
    let once =
        json!([{ "action": "keep", "article": "1", "elements": [10], "fields": ["status"] }]);
    assert!(load("remove", once).is_ok());
}

#[test]
fn an_unknown_member_of_a_policy_is_an_error() {
    let rules = json!([{ "action": "keep", "article": "1", "feilds": ["status"] }]);
    assert!(load("remove", rules).is_err());
    let rules = json!([{ "action": "erase", "article": "1", "fields": ["status"] }]);
    assert!(load("remove", rules).is_err());
}

#[test]
fn the_default_policy_keeps_annex_i_alone() {
    for field in Field::ALL {
        let expected = match field.element() {
            Some(_) => Action::Keep,
            None => Action::Remove,
        };
        assert_eq!(Policy::eu_pnr().action(*field), expected, "{field}");
        assert_eq!(Policy::keep_all().action(*field), Action::Keep, "{field}");
    }
}

/// Rows of the committed table: element, what it is, paths.
fn annex_1() -> Vec<(u8, Vec<&'static str>)> {
    include_str!("data/annex1.csv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let [element, _, paths] = cells[..] else {
                panic!("three cells, not {}: {line}", cells.len())
            };
            let element = element.parse().expect("the number of an element");
            (element, paths.split(' ').collect())
        })
        .collect()
}

#[test]
fn annex_i_has_its_fields() {
    let elements: Vec<u8> = annex_1().iter().map(|(element, _)| *element).collect();
    assert_eq!(elements, (1..=19).collect::<Vec<u8>>());
    for (element, paths) in annex_1() {
        for path in paths {
            let field = Field::from_path(path);
            assert_eq!(
                field.and_then(Field::element),
                Some(element),
                "{path} of element {element}"
            );
        }
    }
}

fn change(field: Option<Field>, value: &str) -> Change {
    let mut change = Change::default();
    change.field = field;
    change.value = Some(Text::from(value));
    change
}

#[test]
fn changes_are_judged_as_the_field_they_speak_of() {
    let mut entry = HistoryEntry::default();
    entry.changes = vec![
        change(Some(Field::VisaNumber), "VISA-1"),
        change(Some(Field::PassengerNameSurname), "ERIKSSON"),
        change(None, "SAID IN WORDS"),
    ];
    let mut booking = Booking::default();
    booking.history.push(entry);
    Policy::eu_pnr().apply(&mut booking);

    let left: Vec<&Change> = booking.history.iter().flat_map(|e| &e.changes).collect();
    let [name] = left[..] else {
        panic!("the name alone stays, not {} changes", left.len())
    };
    assert_eq!(name.field, Some(Field::PassengerNameSurname));
    assert_eq!(name.value.as_deref(), Some("ERIKSSON"));
    let withheld: Vec<Field> = booking
        .withheld
        .iter()
        .flat_map(|w| w.fields.iter())
        .collect();
    assert_eq!(withheld, [Field::VisaNumber, Field::ChangedValue]);
}

#[test]
fn a_set_of_fields_is_a_list_of_paths_in_the_order_of_the_schema() {
    let table = [
        ("[]", "[]"),
        (r#"["seats[].number"]"#, r#"["seats[].number"]"#),
        (
            r#"["remarks[].text", "legs[].status", "remarks[].text"]"#,
            r#"["legs[].status","remarks[].text"]"#,
        ),
    ];
    for (text, written) in table {
        let set: FieldSet = serde_json::from_str(text).expect("paths of fields");
        assert_eq!(serde_json::to_string(&set).expect("JSON"), written);
    }
    let all: FieldSet = Field::ALL.iter().copied().collect();
    assert_eq!(all.iter().collect::<Vec<_>>(), Field::ALL);
    assert_eq!((all.len(), all.is_empty()), (Field::ALL.len(), false));
    assert!(FieldSet::default().is_empty() && !FieldSet::default().contains(Field::SeatNumber));
    for text in [r#"["seats[].nummer"]"#, r#""seats[].number""#] {
        assert!(serde_json::from_str::<FieldSet>(text).is_err(), "{text}");
    }
}

#[test]
fn the_serde_form_round_trips() {
    let (booking, value, planted) = planted();
    assert!(planted.len() > 350, "{} texts", planted.len());
    let written = serde_json::to_value(&booking).expect("a booking is JSON");
    assert_eq!(written, value);
    let text = serde_json::to_string(&booking).expect("a booking is JSON");
    let read: Booking = serde_json::from_str(&text).expect("what was written");
    assert!(read == booking, "the booking came back changed");
}

#[test]
fn every_leaf_is_walked_under_its_own_field() {
    let (booking, _, planted) = planted();
    let (mut fields, mut strings) = (BTreeSet::new(), BTreeMap::new());
    booking.values(&mut |field, value| {
        fields.insert(field);
        strings.insert(value.to_string(), field.path().to_owned());
    });
    for (text, path) in &planted {
        let of_change = path == Field::ChangedValue.path();
        let path = if of_change {
            Field::PassengerBirthPlace.path()
        } else {
            path
        };
        if !is_no_field(path) {
            assert_eq!(strings.get(text).map(String::as_str), Some(path));
        }
    }
    let missing: Vec<&Field> = (Field::ALL.iter())
        .filter(|field| !fields.contains(field) && **field != Field::ChangedValue)
        .collect();
    assert!(missing.is_empty(), "never walked: {missing:?}");
}

#[test]
fn debug_shows_no_value() {
    let (booking, _, planted) = planted();
    for shown in [format!("{booking:?}"), format!("{booking:#?}")] {
        let told: Vec<&String> = (planted.iter())
            .filter(|(text, _)| shown.contains(text.as_str()))
            .map(|(_, path)| path)
            .collect();
        assert!(told.is_empty(), "Debug tells {told:?}");
    }
}

#[test]
fn debug_hides_what_sex_and_title_somebody_has() {
    let mut booking = planted().0;
    for passenger in &mut booking.passengers {
        passenger.sex = Some(paxnorm::model::Sex::Unspecified);
        passenger.name.title = Some(paxnorm::model::Title::Master);
    }
    let shown = format!("{booking:?}");
    assert!(!shown.contains("unspecified") && !shown.contains("mstr"));
}

#[test]
fn a_policy_leaves_nothing_of_what_it_removes() {
    let (mut booking, _, planted) = planted();
    Policy::eu_pnr().apply(&mut booking);
    let left = serde_json::to_string(&booking).expect("a booking is JSON");
    for (text, path) in &planted {
        let field = match Field::from_path(path) {
            Some(Field::ChangedValue) => Field::PassengerBirthPlace,
            Some(field) => field,
            None => continue,
        };
        let keeps = Policy::eu_pnr().action(field) == Action::Keep;
        let quoted = format!("\"{text}\"");
        assert_eq!(left.contains(&quoted), keeps, "{path}");
    }
    let once = booking.clone();
    Policy::eu_pnr().apply(&mut booking);
    assert!(booking == once, "applying it again changes nothing");
}

#[test]
fn keeping_all_changes_nothing() {
    let (mut booking, _, _) = planted();
    let before = booking.clone();
    Policy::keep_all().apply(&mut booking);
    assert!(booking == before);
}
