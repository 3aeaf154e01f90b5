//! What a policy says of what it did, to the last number, and what is left of a booking where
//! persons, links and words go.

mod support;

use std::sync::Mutex;

use paxnorm::model::{PartialDate, Text};
use paxnorm::privacy::{
    Condition, Elements, Pseudonymiser, Relation, Report, Route, SealKey, seal, tokens,
};
use paxnorm::{Booking, Field, Name, Options, Policy, Reader};
use serde_json::{Value, json};

/// A policy with every way of taking something away, and two rules of one article.
fn own() -> Policy {
    let policy = json!({
        "name": "own", "default": "remove", "article": "act, art. 1",
        "refused": ["crew"], "special_categories": "act, art. 9", "minors": "act, art. 8",
        "excludes": [{ "article": "act, art. 7", "when": { "modes": ["ferry"] } }],
        "rules": [
            { "action": "keep", "article": "act, art. 2",
              "scopes": ["passengers[].", "seats[].", "minors[].", "remarks[].", "requests[]."],
              "except": ["passengers[].birth_date", "passengers[].birth_place", "seats[].number",
                         "passengers[].age"] },
            { "action": "generalise", "article": "act, art. 3", "fields": ["passengers[].birth_date"] },
            { "action": "remove", "article": "act, art. 3",
              "fields": ["passengers[].birth_place", "seats[].number"] },
            { "action": "remove", "article": "act, art. 4", "fields": ["passengers[].age"] },
            { "action": "remove", "article": "act, art. 4", "fields": ["passengers[].age"],
              "persons": { "kinds": ["child"] } },
        ],
    });
    serde_json::from_value(policy).expect("a policy")
}

fn booking(value: Value) -> Booking {
    serde_json::from_value(value).expect("a booking")
}

fn json(booking: &Booking) -> Value {
    serde_json::to_value(booking).expect("JSON")
}

fn party() -> Value {
    json!({
        "schema": "1.0",
        "passengers": [
            { "id": 1, "name": { "surname": "ERIKSSON" }, "birth_date": "1980-01-12",
              "birth_place": "UTOPIA", "age": 46, "function": "COOK" },
            { "id": 2, "name": { "surname": "DEA" }, "role": "crew", "age": 30 },
            { "id": 3, "name": { "surname": "PETERSEN" }, "birth_date": "1990-02-01", "age": 36 },
            { "id": 4, "name": { "surname": "PETERSEN" }, "kind": "child", "age": 9 },
        ],
        "seats": [{ "passenger": 1, "number": "1A" }, { "passenger": 3, "number": "1B" }],
        "minors": [{ "passenger": 3, "age": 36 }],
        "requests": [{ "code": "moml", "status": "HK" }, { "code": "XXXX", "status": "HK" }],
        "remarks": [{ "text": "LIKES WINDOWS" }, { "text": "NEEDS HALAL FOOD" }],
    })
}

fn report(lines: &[Value], policy: &Policy) -> Report {
    // A booking writes its version first, by which its form is known.
    let line = |value: &Value| serde_json::to_string(&booking(value.clone())).expect("JSON") + "\n";
    let text: String = lines.iter().map(line).collect();
    let options = Options {
        policy,
        ..Options::default()
    };
    let mut reader = Reader::with(text.as_bytes(), &options).expect("the library's own form");
    let records: Vec<_> = reader.by_ref().collect();
    assert_eq!(records.len(), lines.len());
    reader.report()
}

#[test]
fn a_report_names_each_rule_with_its_count() {
    let by_sea = json!({
        "schema": "1.0", "passengers": [{ "name": { "surname": "DEA" } }],
        "provenance": { "mode": "ferry" },
    });
    let crew_alone = json!({
        "schema": "1.0", "passengers": [{ "name": { "surname": "DEA" }, "role": "crew" }],
    });
    let nameless = json!({ "schema": "1.0", "remarks": [{ "text": "GROUP OF NINE" }] });
    let lines = [
        party(),
        by_sea.clone(),
        by_sea,
        crew_alone,
        nameless,
        party(),
    ];
    let found = report(&lines, &own());
    assert_eq!(
        found.to_string(),
        include_str!("data/privacy/report.txt"),
        "{found}"
    );
    assert!(!found.is_empty());
    assert_eq!(
        found.values(),
        found.lines.iter().map(|line| line.count).sum::<u64>()
    );
    let line = serde_json::to_string(&booking(party())).expect("JSON");
    let data = support::records(line.as_bytes(), Policy::keep_all())[0].data;
    assert_eq!(data.as_text, 2, "two remarks are texts");
    let kept = report(&[party()], Policy::keep_all());
    assert_eq!(
        (kept.is_empty(), kept.bookings, kept.values()),
        (true, 1, 0)
    );
}

#[test]
fn reports_add_up_line_by_line() {
    let mut adults = party();
    adults["passengers"].as_array_mut().expect("a list").pop();
    let one = report(&[adults.clone()], &own());
    let both = report(&[adults.clone(), adults], &own());
    let mut sum = Report::default();
    sum.add(&one);
    assert!(sum == one, "{sum}");
    sum.add(&one);
    assert!(sum == both, "{sum}");
    let mut refused = Report::default();
    assert!(refused.is_empty());
    refused.persons_refused = 1;
    assert!(!refused.is_empty());
    refused.persons_refused = 0;
    refused.bookings_refused = 1;
    assert!(!refused.is_empty());
    // Lines are one where field, action and article are.
    let mut others = one.clone();
    others
        .lines
        .iter_mut()
        .for_each(|line| line.article = "other act".into());
    others.add(&one);
    assert_eq!(others.lines.len(), 2 * one.lines.len());
    assert_eq!(others.values(), 2 * one.values());
    assert_eq!(others.bookings, 2);
}

#[test]
fn a_booking_lists_what_was_withheld_by_article_and_action() {
    let mut party = booking(party());
    own().apply(&mut party);
    let once = json(&party)["withheld"].clone();
    let expected: Value =
        serde_json::from_str(include_str!("data/privacy/withheld.json")).expect("JSON");
    assert_eq!(once, expected, "{once}");
    own().apply(&mut party);
    assert_eq!(json(&party)["withheld"], once);
}

#[test]
fn with_a_person_goes_what_is_said_of_that_person_alone() {
    const LISTS: [&str; 13] = [
        "seats",
        "check_ins",
        "bags",
        "excess",
        "tickets",
        "fares",
        "contacts",
        "minors",
        "services",
        "requests",
        "remarks",
        "payments",
        "other_payments",
    ];
    let mut whole = json!({
        "schema": "1.0",
        "passengers": [
            { "id": 1, "name": { "surname": "DEA" }, "role": "crew" },
            { "id": 2, "name": { "surname": "ERIKSSON" }, "adult": 1 },
            { "id": 3, "name": { "surname": "PETERSEN" }, "adult": 2 },
        ],
    });
    for list in LISTS {
        let (first, second) = match list {
            "tickets" => (
                json!({ "id": 11, "passenger": 1 }),
                json!({ "id": 12, "passenger": 2 }),
            ),
            _ => (json!({ "passenger": 1 }), json!({ "passenger": 2 })),
        };
        whole[list] = json!([first, second, {}]);
    }
    for list in ["payments", "other_payments"] {
        let more = [json!({ "ticket": 11 }), json!({ "ticket": 12 })];
        whole[list].as_array_mut().expect("a list").extend(more);
    }
    let mut left = booking(whole);
    assert_eq!(Policy::eu_pnr().refuse(&mut left), 1);
    let left = json(&left);
    for list in LISTS {
        let items = left[list].as_array().expect("a list");
        let of = |id: u64| items.iter().filter(|item| item["passenger"] == id).count();
        let others = if list.ends_with("payments") { 3 } else { 2 };
        assert_eq!((of(1), of(2), items.len()), (0, 1, others), "{list}");
        assert!(items.iter().all(|item| item["ticket"] != 11), "{list}");
    }
    assert_eq!(left["passengers"][0].get("adult"), None);
    assert_eq!(left["passengers"][1]["adult"], 2);
}

#[test]
fn links_go_where_nothing_else_does() {
    let masks = Policy::named("depersonalise-6-months").expect("it is shipped");
    let persons = json!([{ "id": 1 }, { "id": 2 }]);
    for (what, persons, seats, left) in [
        ("two of one place", &persons, [(1, "1A"), (2, "1A")], 1),
        ("two places", &persons, [(1, "1A"), (2, "1B")], 2),
        ("nobody linked", &json!([]), [(0, "1A"), (0, "1A")], 2),
    ] {
        let seats = seats.map(|(person, number)| json!({ "passenger": person, "number": number }));
        let mut party = booking(json!({ "schema": "1.0", "passengers": persons, "seats": seats }));
        masks.apply(&mut party);
        let found = json(&party);
        assert_eq!(party.seats.len(), left, "{what}");
        assert!(
            party.passengers.is_empty() && !found.to_string().contains("passenger"),
            "{what}"
        );
    }
}

/// Keeps what it is asked to make tokens of, part by part.
struct Recorder(Relation, Mutex<Vec<String>>);

impl Pseudonymiser for Recorder {
    fn relation(&self) -> &Relation {
        &self.0
    }

    fn mac(&self, message: &[u8]) -> [u8; 16] {
        let (mut parts, mut rest) = (Vec::new(), &message[1..]);
        while let Some((length, behind)) = rest.split_first_chunk::<4>() {
            let length = u32::from_be_bytes(*length) as usize;
            parts.push(String::from_utf8_lossy(&behind[..length]).into_owned());
            rest = &behind[length..];
        }
        let mut asked = self.1.lock().expect("one thread");
        asked.push(parts[4..].join(" "));
        [asked.len() as u8; 16]
    }
}

#[test]
fn tokens_are_made_of_the_features_that_are_listed() {
    let names = [
        Name::new("ERIKSSON", "ANNA MARIA"),
        Name::new("ERIKSSON", "ANNAMRS"),
        Name::new("LI", "BOMR"),
        Name::new("O'DEA", "A B"),
        Name::new("MÜLLER-ÖZTÜRK", "JÖRG"),
        Name::new("LEE", "AYA"),
    ];
    let born: PartialDate = serde_json::from_value(json!("1980-01-12")).expect("a date");
    let mut found = String::new();
    for name in names {
        for born in [None, Some(born)] {
            let recorder = Recorder(Relation::new("UTO", "XXA", "test", "1"), Mutex::default());
            let made = tokens(&name, born, &recorder);
            let asked = recorder.1.into_inner().expect("one thread");
            assert_eq!(made.all().count(), asked.len());
            let (surname, given) = (name.surname.as_deref(), name.given.as_deref());
            found.push_str(&format!(
                "{} {}\n",
                surname.unwrap_or(""),
                given.unwrap_or("")
            ));
            asked
                .iter()
                .for_each(|line| found.push_str(&format!("  {line}\n")));
        }
    }
    let path = "tests/data/privacy/features.txt";
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, &found).expect("the list can be written");
    }
    assert_eq!(found, std::fs::read_to_string(path).expect("the list"));
}

#[test]
fn each_person_meets_the_rules_for_that_person() {
    let policy = json!({
        "name": "own", "default": "keep", "article": "act, art. 1",
        "rules": [
            { "action": "remove", "article": "act, art. 2", "fields": ["passengers[].name.given"],
              "persons": { "kinds": ["child"] } },
            { "action": "remove", "article": "act, art. 3", "fields": ["passengers[].name.surname"],
              "persons": { "kinds": ["infant"] } },
        ],
    });
    let policy: Policy = serde_json::from_value(policy).expect("a policy");
    let kinds = ["child", "infant", "child", "adult", "infant"];
    let persons =
        kinds.map(|kind| json!({ "name": { "surname": "DEA", "given": "ANNA" }, "kind": kind }));
    let mut party = booking(json!({ "schema": "1.0", "passengers": persons }));
    policy.apply(&mut party);
    for (person, kind) in party.passengers.iter().zip(kinds) {
        let left = (person.name.surname.is_some(), person.name.given.is_some());
        assert_eq!(left, (kind != "infant", kind != "child"), "{kind}");
    }
}

#[test]
fn a_condition_is_open_where_the_booking_is_silent() {
    let by = |condition: Value| -> Policy {
        let policy = json!({
            "name": "own", "default": "keep", "article": "act, art. 1", "rules": [],
            "admits": [{ "article": "act, art. 2", "when": condition }],
        });
        serde_json::from_value(policy).expect("a policy")
    };
    let (rail, pnr) = (
        json!({ "modes": ["rail"] }),
        json!({ "bases": ["national-pnr"] }),
    );
    let of = |provenance: Value| {
        json!({ "schema": "1.0", "provenance": provenance,
        "passengers": [{ "name": { "surname": "DEA" } }] })
    };
    for (condition, provenance, refused) in [
        (&rail, json!({}), 0),
        (&rail, json!({ "mode": "rail" }), 0),
        (&rail, json!({ "mode": "ferry" }), 1),
        (&pnr, json!({}), 0),
        (&pnr, json!({ "legal_basis": "national-pnr" }), 0),
        (&pnr, json!({ "legal_basis": "sea-safety" }), 1),
    ] {
        let found = report(&[of(provenance.clone())], &by(condition.clone()));
        assert_eq!(found.bookings_refused, refused, "{condition} {provenance}");
    }
    let routes = json!({ "routes": ["BRU-LIL"] });
    let condition: Condition = serde_json::from_value(routes.clone()).expect("a condition");
    assert_eq!(serde_json::to_value(&condition).expect("JSON"), routes);
    assert_eq!(Text::from(Route::new("BRU", "LIL")), "BRU-LIL");
}

#[test]
fn words_are_known_in_any_case_and_width_and_as_words_alone() {
    let table = [
        ("NEEDS HALAL FOOD", false),
        ("ＨＡＬＡＬ", false),
        ("halal", false),
        ("ASSISTANCE DOG", false),
        ("AN ASSISTANCE DOG PLEASE", false),
        ("ASSISTANCE DOGGED BY DELAY", true),
        ("ASSISTANCE AT DESK", true),
        ("HALF BOARD", true),
        ("GAY STREET", true),
    ];
    for (text, stays) in table {
        let mut one = booking(json!({ "schema": "1.0", "remarks": [{ "text": text }] }));
        Policy::named("eu-directive-2016")
            .expect("it is shipped")
            .apply(&mut one);
        assert_eq!(!one.remarks.is_empty(), stays, "{text}");
    }
    for (code, stays) in [
        ("MOML", false),
        ("moml", false),
        ("Moml", false),
        ("XBAG", true),
    ] {
        let mut one = booking(json!({ "schema": "1.0", "requests": [{ "code": code }] }));
        Policy::named("eu-directive-2016")
            .expect("it is shipped")
            .apply(&mut one);
        let code_left = one.requests.iter().any(|request| request.code.is_some());
        assert_eq!(code_left, stays, "{code}");
    }
}

#[test]
fn what_is_sealed_names_its_key_and_its_number() {
    let key = SealKey::new("key-7", [7; 32]);
    let mut next = 0;
    let mut nonces = || {
        next += 1;
        [next; 24]
    };
    for nonce in ["01", "02"] {
        let masks = Policy::named("depersonalise-6-months").expect("it is shipped");
        let (_, sealed, _) = seal(booking(party()), masks, &key, &mut nonces).expect("sealed");
        assert_eq!(sealed.key(), "key-7");
        let written = serde_json::to_value(&sealed).expect("JSON");
        assert_eq!(written["nonce"], nonce.repeat(24));
    }
}

#[test]
fn the_vocabulary_says_where_messages_carry_a_field() {
    for (field, pnrgov, paxlst) in [
        (Field::BookingStatus, "ORG GR.1, empty", "BGM 2"),
        (Field::BookingCreated, "RCI 1.4–5", ""),
        (Field::BookingTravellers, "", ""),
    ] {
        assert_eq!(
            (field.pnrgov(), field.paxlst()),
            (pnrgov, paxlst),
            "{field}"
        );
    }
}

#[test]
fn an_element_beyond_the_annex_is_in_no_choice() {
    let elements = Elements::new(&[1, 19]).expect("a choice");
    for (element, chosen) in [
        (0, false),
        (1, true),
        (19, true),
        (31, false),
        (32, false),
        (255, false),
    ] {
        assert_eq!(elements.contains(element), chosen, "{element}");
    }
}
