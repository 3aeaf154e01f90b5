//! The shipped policies against the committed matrix of elements and articles, and the
//! conditions that a unit's own policy can set.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::Arc;

use paxnorm::model::{Action, ByteRange, Leg, LegalBasis, Mode, Passenger, Role, Text};
use paxnorm::privacy::ELEMENTS;
use paxnorm::{Booking, Field, Name, Policy, Scope};
use serde_json::{Value, json};

const MATRIX: &str = "tests/data/privacy/matrix.csv";

/// Paths, a place all of whose fields of the element are meant as one (`remarks[].*`).
fn paths(fields: &BTreeSet<Field>, element: Option<u8>) -> String {
    let mut shown = Vec::new();
    for scope in Scope::ALL {
        let of_scope = |field: &&Field| field.scope() == *scope && field.element() == element;
        let all: BTreeSet<Field> = Field::ALL.iter().filter(of_scope).copied().collect();
        if all.len() > 1 && all.is_subset(fields) {
            shown.push(format!("{}*", scope.prefix()));
        } else {
            shown.extend(
                all.intersection(fields)
                    .map(|field| field.path().to_owned()),
            );
        }
    }
    shown.join(" ")
}

/// One row for each element and policy: what is done, by which article, and where it is not.
fn matrix() -> String {
    let mut table = String::from(
        "# What each shipped policy does to the elements of Annex I of Directive (EU) 2016/681, by which article; by this project from the acts named, November 2026\n\
         policy,element,what,action,article,except\n",
    );
    for name in Policy::NAMES {
        let explained = Policy::named(name).expect("it is shipped").explain();
        for element in (1..=19).map(Some).chain([None]) {
            let mut rulings = explained
                .rulings
                .iter()
                .filter(|one| one.element == element);
            let most = rulings.next().expect("every element has fields");
            let mut others = Vec::new();
            for other in rulings {
                let fields = other.fields.iter().copied().collect();
                let (action, article) = (other.action.as_str(), &other.article);
                others.push(format!("{action} {} ({article})", paths(&fields, element)));
            }
            let (number, what) = match element {
                Some(number) => (number.to_string(), ELEMENTS[usize::from(number) - 1]),
                None => ("-".to_owned(), "outside Annex I"),
            };
            let (action, others) = (most.action.as_str(), others.join("; "));
            writeln!(
                table,
                "{name},{number},{what},{action},\"{}\",\"{others}\"",
                most.article
            )
            .expect("a string takes all");
        }
    }
    table
}

#[test]
fn the_policies_do_what_the_matrix_says() {
    let found = matrix();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(MATRIX, &found).expect("the table can be written");
    }
    let committed = std::fs::read_to_string(MATRIX).expect("the table is there");
    for (found, committed) in found.lines().zip(committed.lines()) {
        assert_eq!(found, committed);
    }
    assert_eq!(found.lines().count(), committed.lines().count());
    assert_eq!(found.lines().count(), 2 + 20 * Policy::NAMES.len());
}

/// Where each policy differs from `eu-pnr`, in what it does: path or place, action, why.
const DIFFERENCES: &str = include_str!("data/privacy/differences.csv");

/// The fields that a path, a place (`remarks[].*`) or the number of an element names;
/// `outside` is every field outside the elements.
fn named(pattern: &str) -> BTreeSet<Field> {
    let fields = Field::ALL.iter().copied();
    let element: Option<u8> = pattern.parse().ok();
    let is_data = |field: &Field| field.scope() != Scope::Provenance;
    let meant = |field: &Field| match pattern.strip_suffix('*') {
        _ if pattern == "outside" => field.element().is_none(),
        _ if element.is_some() => field.element() == element && is_data(field),
        Some(prefix) => field.scope().prefix() == prefix,
        None => field.path() == pattern,
    };
    let found: BTreeSet<Field> = fields.filter(meant).collect();
    assert!(!found.is_empty(), "{pattern} names no field");
    found
}

/// For each policy, the fields that it treats otherwise than `eu-pnr` does.
fn differences() -> BTreeMap<&'static str, BTreeMap<Field, &'static str>> {
    let mut found: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
    let rows = DIFFERENCES
        .lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1);
    for row in rows {
        let cells: Vec<&str> = row.splitn(4, ',').collect();
        let [policy, action, patterns, _why] = cells[..] else {
            panic!("four cells: {row}")
        };
        for field in patterns.split(' ').flat_map(named) {
            let before = found.entry(policy).or_default().insert(field, action);
            let narrowed =
                before.is_none_or(|before| field.element().is_none() && before != action);
            assert!(narrowed, "{policy} names {field} twice");
        }
    }
    found
}

#[test]
fn any_two_policies_differ_where_the_law_does() {
    let differences = differences();
    let acts = |name: &str, field: Field| -> Action {
        let usual = Policy::eu_pnr().action(field);
        let other = differences.get(name).and_then(|fields| fields.get(&field));
        other.map_or(usual, |action| {
            let all = Action::ALL.iter().copied();
            all.clone()
                .find(|one| one.as_str() == *action)
                .expect("an action")
        })
    };
    for name in Policy::NAMES {
        for other in Policy::NAMES {
            for field in Field::ALL {
                let of = |name: &str| Policy::named(name).expect("it is shipped").action(*field);
                let differs = of(name) != of(other);
                assert_eq!(
                    differs,
                    acts(name, *field) != acts(other, *field),
                    "{name}, {other}: {field}"
                );
            }
            assert!(
                name == other || Policy::named(name) != Policy::named(other),
                "{name} and {other} are one policy"
            );
        }
        for field in Field::ALL {
            let policy = Policy::named(name).expect("it is shipped");
            assert_eq!(policy.action(*field), acts(name, *field), "{name}: {field}");
        }
    }
}

#[test]
fn every_rule_names_its_article_and_every_policy_survives_its_own_form() {
    for name in Policy::NAMES {
        let policy = Policy::named(name).expect("it is shipped");
        assert_eq!(policy.name(), *name);
        let written = serde_json::to_value(policy).expect("a policy is JSON");
        let articles = written["rules"].as_array().expect("rules");
        assert!(
            articles
                .iter()
                .all(|rule| rule["article"].as_str().is_some_and(|text| text.len() > 8))
        );
        let again: Policy = serde_json::from_value(written).expect("what was written");
        assert_eq!(&again, policy);
    }
}

fn load(rules: Value) -> Result<Policy, String> {
    let whole = json!({ "name": "own", "default": "remove", "article": "none", "rules": rules });
    serde_json::from_value(whole).map_err(|error| error.to_string())
}

#[test]
fn what_no_policy_may_say_is_an_error_where_it_loads() {
    let table = [
        (json!([{ "action": "keep", "elements": [1] }]), "no article"),
        (json!([{ "article": "1", "elements": [1] }]), "no action"),
        (
            json!([{ "action": "keep", "article": "1", "elements": [20] }]),
            "1 to 19",
        ),
        (json!([{ "action": "keep", "article": "1" }]), "no field"),
        (
            json!([{ "action": "pseudonymise", "article": "1", "elements": [4] }]),
            "key",
        ),
        (
            json!([{ "action": "keep", "article": "1", "scopes": ["remark[]."] }]),
            "scope",
        ),
        (
            json!([{ "action": "keep", "article": "1", "elements": [1], "when": { "mode": ["air"] } }]),
            "unknown field",
        ),
        (
            json!([{ "action": "keep", "article": "1", "elements": [1], "when": { "routes": ["BRU"] } }]),
            "route",
        ),
        (
            json!([{ "action": "keep", "article": "1", "elements": [1], "persons": { "roles": ["crew"] } }]),
            "some persons",
        ),
        (
            json!([{ "action": "mask", "article": "1", "elements": [1], "collapse": true }]),
            "collapses",
        ),
        (
            json!([{ "action": "keep", "article": "1", "elements": [1], "when": { "modes": ["air"] } },
                   { "action": "mask", "article": "2", "elements": [1], "when": { "carriers": ["XX"] } }]),
            "two rules",
        ),
    ];
    for (rules, told) in table {
        let error = load(rules.clone()).expect_err("it must not load");
        assert!(error.contains(told), "{rules}: {error}");
    }
    let apart = json!([
        { "action": "keep", "article": "1", "elements": [1] },
        { "action": "mask", "article": "2", "elements": [1], "when": { "modes": ["air"] } },
        { "action": "keep", "article": "3", "elements": [1], "when": { "modes": ["ferry"] } },
    ]);
    assert!(load(apart).is_ok());
}

fn journey(mode: Option<Mode>, carrier: &str, from: &str, to: &str) -> Booking {
    let mut leg = Leg::default();
    leg.mode = mode;
    leg.marketing.carrier = Some(Text::from(carrier));
    leg.from.code = Some(Text::from(from));
    leg.to.code = Some(Text::from(to));
    let mut person = Passenger::default();
    person.name = Name::new("ERIKSSON", "ANNA");
    let mut booking = Booking::default();
    booking.legs.push(leg);
    booking.passengers.push(person);
    booking
}

#[test]
fn rules_hold_for_their_journeys_alone() {
    let table = [
        (json!({ "modes": ["coach"] }), [true, false, false]),
        (json!({ "carriers": ["XX"] }), [true, true, false]),
        (json!({ "stops": ["LIL"] }), [true, false, false]),
        (
            json!({ "routes": ["LIL-BRU", "AMS-BRU"] }),
            [true, true, false],
        ),
        (
            json!({ "modes": ["rail"], "carriers": ["XX"] }),
            [false, true, false],
        ),
    ];
    let journeys = [
        journey(Some(Mode::Coach), "XX", "BRU", "LIL"),
        journey(Some(Mode::Rail), "XX", "AMS", "BRU"),
        journey(None, "YY", "FCO", "BRU"),
    ];
    for (when, expected) in table {
        let rule = json!([
            { "action": "keep", "article": "1", "elements": [4, 7] },
            { "action": "remove", "article": "2", "elements": [4], "when": when },
        ]);
        let policy = load(rule).expect("a policy");
        for (journey, removed) in journeys.iter().zip(expected) {
            let mut booking = journey.clone();
            policy.apply(&mut booking);
            assert_eq!(booking.passengers.is_empty(), removed, "{when}");
        }
    }
}

#[test]
fn rules_hold_for_their_persons_alone() {
    let policy = load(json!([
        { "action": "keep", "article": "1", "elements": [4, 18] },
        { "action": "keep", "article": "2", "fields": ["passengers[].function"], "persons": { "roles": ["crew"] } },
    ]))
    .expect("a policy");
    let mut booking = journey(None, "XX", "BRU", "LIL");
    let mut pilot = booking.passengers[0].clone();
    pilot.role = Some(Role::Crew);
    booking.passengers.push(pilot);
    for person in &mut booking.passengers {
        person.function = Some(Text::from("CR1"));
    }
    policy.apply(&mut booking);
    let functions: Vec<_> = booking
        .passengers
        .iter()
        .map(|one| one.function.is_some())
        .collect();
    assert_eq!(functions, [false, true]);
}

#[test]
fn bookings_of_other_journeys_are_refused() {
    let ferry = journey(Some(Mode::Ferry), "XX", "GBDVR", "FRCQF");
    let table = [
        ("eu-pnr", true),
        ("be-2024", false),
        ("fr-air", false),
        ("fr-maritime", true),
    ];
    for (name, admitted) in table {
        let policy = Policy::named(name).expect("it is shipped");
        assert_eq!(policy.admits(&ferry).is_ok(), admitted, "{name}");
        let mut booking = ferry.clone();
        let mut range = ByteRange::default();
        (range.start, range.end) = (Some(7), Some(70));
        booking.range = Some(range.clone());
        let report = policy.apply(&mut booking);
        assert_eq!(booking.passengers.is_empty(), !admitted, "{name}");
        assert_eq!(booking.range, Some(range), "{name}: where it stood is told");
        assert_eq!(report.bookings_refused, u64::from(!admitted), "{name}");
        assert_eq!(booking.withheld.is_empty(), admitted, "{name}");
    }
    for name in Policy::NAMES
        .iter()
        .filter(|name| !["keep-all", "depersonalise-6-months"].contains(name))
    {
        let mut rescue = ferry.clone();
        Arc::make_mut(&mut rescue.provenance).legal_basis = Some(LegalBasis::SeaSafety);
        assert!(
            Policy::named(name)
                .expect("it is shipped")
                .admits(&rescue)
                .is_err(),
            "{name}"
        );
    }
}

#[test]
fn what_was_withheld_is_listed_by_the_article_that_held() {
    let own = json!({
        "name": "own", "default": "keep", "article": "own act",
        "rules": [
            { "action": "remove", "article": "art. 1", "fields": ["passengers[].name.surname"] },
            { "action": "remove", "article": "art. 2", "fields": ["passengers[].name.given"],
              "when": { "modes": ["coach"] } },
            { "action": "remove", "article": "art. 1", "fields": ["passengers[].name.given"],
              "when": { "modes": ["rail"] } },
            { "action": "mask", "article": "art. 1", "fields": ["passengers[].name.given"],
              "when": { "modes": ["ferry"] } }
        ],
    });
    let policy: Policy = serde_json::from_value(own).expect("a policy");
    let (surname, given) = (Field::PassengerNameSurname, Field::PassengerNameGiven);
    let item = |action, article, fields: &[Field]| (Some(action), article, fields.to_vec());
    let table = [
        (
            Mode::Coach,
            vec![
                item(Action::Remove, "art. 1", &[surname]),
                item(Action::Remove, "art. 2", &[given]),
            ],
        ),
        (
            Mode::Rail,
            vec![item(Action::Remove, "art. 1", &[surname, given])],
        ),
        (
            Mode::Ferry,
            vec![
                item(Action::Remove, "art. 1", &[surname]),
                item(Action::Mask, "art. 1", &[given]),
            ],
        ),
        (Mode::Air, vec![item(Action::Remove, "art. 1", &[surname])]),
    ];
    for (mode, expected) in table {
        let mut booking = journey(Some(mode), "XX", "BRU", "LIL");
        let report = policy.apply(&mut booking);
        let listed = booking.withheld.iter().map(|item| {
            let article = item.article.as_deref().expect("an article");
            (item.action, article, item.fields.iter().collect())
        });
        assert_eq!(listed.collect::<Vec<_>>(), expected, "{mode:?}");
        let fields: usize = expected.iter().map(|(_, _, fields)| fields.len()).sum();
        assert_eq!(report.lines.len(), fields, "{mode:?}");
    }
}

#[test]
fn selected_routes_are_the_only_ones_admitted() {
    let own = json!({
        "name": "own", "default": "keep", "article": "own act", "rules": [],
        "admits": [{ "article": "C-817/19", "when": { "routes": ["BRU-LIL"] } }],
    });
    let policy: Policy = serde_json::from_value(own).expect("a policy");
    for (from, to, admitted) in [
        ("BRU", "LIL", true),
        ("LIL", "BRU", true),
        ("BRU", "AMS", false),
    ] {
        let booking = journey(Some(Mode::Coach), "XX", from, to);
        assert_eq!(policy.admits(&booking).is_ok(), admitted, "{from} {to}");
    }
    assert!(
        policy.admits(&Booking::default()).is_err(),
        "a journey without stops is not selected"
    );
}

#[test]
fn the_explanation_speaks_of_every_element() {
    for name in Policy::NAMES {
        let shown = Policy::named(name)
            .expect("it is shipped")
            .explain()
            .to_string();
        for what in ELEMENTS {
            assert!(shown.contains(what), "{name}: {what}");
        }
    }
    let shown = Policy::named("fr-maritime")
        .expect("it is shipped")
        .explain()
        .to_string();
    assert!(shown.contains("keep 1 fields for roles crew"), "{shown}");
}
