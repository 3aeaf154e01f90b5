//! The way of the guide, from a file that nobody has described to bookings, over a sample of
//! invented people: what is proposed, edited, checked and run.

#[path = "../examples/adapt/commands.rs"]
mod commands;
#[path = "../examples/adapt/report.rs"]
mod report;

use serde_json::{Value, json};

const LIST: &[u8] = include_bytes!("data/adapt/night-coach.csv");

type Command = fn(&[u8], &[u8], &mut dyn std::io::Write) -> commands::Result;

fn told(command: Command, mapping: &Value) -> String {
    let mut out = Vec::new();
    let mapping = serde_json::to_vec(mapping).expect("a document is JSON");
    command(&mapping, LIST, &mut out).expect("the list is read");
    String::from_utf8(out).expect("text")
}

fn check(mapping: &Value) -> String {
    told(commands::check, mapping)
}

fn run(mapping: &Value) -> Vec<Value> {
    let out = told(
        |mapping, file, out| commands::run(mapping, file, out, &mut std::io::sink()),
        mapping,
    );
    let lines = out.lines().map(serde_json::from_str);
    lines.map(|line| line.expect("a line is JSON")).collect()
}

fn proposed() -> (Value, String) {
    let (mut out, mut told) = (Vec::new(), Vec::new());
    commands::suggest(LIST, commands::Notation::Json, &mut out, &mut told).expect("a table");
    let mapping = serde_json::from_slice(&out).expect("the draft is JSON");
    (mapping, String::from_utf8(told).expect("text"))
}

/// The draft with what the integrator knows.
fn edited() -> Value {
    let (mut mapping, _) = proposed();
    mapping["name"] = json!("night-line");
    mapping["mode"] = json!("coach");
    let rules = mapping["rules"].as_array_mut().expect("rules");
    rules.push(json!({ "field": "passengers[].nationalities[].code", "from": "Nat" }));
    mapping
}

#[test]
fn it_is_proposed_with_its_reasons() {
    let (mapping, told) = proposed();
    assert_eq!(mapping["source"]["csv"]["skip"], 1);
    assert_eq!(mapping["source"]["csv"]["delimiter"], ";");
    assert!(told.contains("#7 \"Nat\"\n    - (no)"), "{told}");
    assert!(told.contains("left out on purpose"), "{told}");
    let leaked = ["MEIJER", "ERIKSSON", "Saskia", "L898902C3", "470 00"]
        .into_iter()
        .find(|text| told.contains(text));
    assert_eq!(leaked, None);
}

#[test]
fn what_was_left_open_shows_in_the_check() {
    let (mapping, _) = proposed();
    let report = check(&mapping);
    println!("{report}");
    assert!(
        report.starts_with("4 rows, 3 bookings, 4 passengers, "),
        "{report}"
    );
    assert!(report.contains("4  column 7 \"Nat\""), "{report}");
    assert!(report.contains("1  column 15 \"Dieet\""), "{report}");
}

#[test]
fn an_edited_mapping_reads_all_but_what_it_may_not() {
    let report = check(&edited());
    println!("{report}");
    assert!(!report.contains("\"Nat\""), "{report}");
    assert!(report.contains("1  column 15 \"Dieet\""), "{report}");
    assert!(
        report.contains("100 %  passengers[].name.surname: 4 for 4 passengers"),
        "{report}"
    );
    assert!(
        report.contains(" 75 %  passengers[].documents[].number: 3 for 4 passengers"),
        "{report}"
    );
    assert!(!report.contains("doubts:"), "{report}");
    for text in ["MEIJER", "ERIKSSON", "noten"] {
        assert!(!report.contains(text), "{report}");
    }
}

#[test]
fn it_runs_to_bookings() {
    let bookings = run(&edited());
    let names = |booking: &Value| -> Vec<String> {
        let persons = booking["passengers"].as_array().expect("passengers");
        persons
            .iter()
            .map(|person| format!("{}", person["name"]["surname"]))
            .collect()
    };
    let all: Vec<_> = bookings.iter().map(names).collect();
    assert_eq!(
        all,
        [
            vec!["\"van de MEIJER\""; 2],
            vec!["\"ERIKSSON\""],
            vec!["\"DUBOIS\""]
        ]
    );
    let first = &bookings[0];
    assert_eq!(first["locators"][0]["value"], "N7001");
    assert_eq!(first["passengers"][0]["birth_date"], "1961-07-03");
    assert_eq!(first["passengers"][1]["birth_date"], "1963");
    assert_eq!(first["passengers"][0]["nationalities"][0]["code"], "UTO");
    assert_eq!(first["legs"][0]["from"]["name"], "Gent Dampoort");
    assert_eq!(first["legs"][0]["departure"], "2026-05-28T22:10");
    assert_eq!(first["legs"][0]["mode"], "coach");
    assert_eq!(first["seats"].as_array().map(Vec::len), Some(2));
    assert!(
        !bookings
            .iter()
            .any(|booking| booking.to_string().contains("noten"))
    );
}

#[test]
fn a_mistake_in_the_document_is_an_error_with_its_place() {
    let mut mapping = edited();
    mapping["rules"][0]["field"] = json!("locators[].valeu");
    let bytes = serde_json::to_vec(&mapping).expect("JSON");
    let error = commands::check(&bytes, LIST, &mut std::io::sink()).expect_err("misspelt");
    assert!(error.to_string().contains("locators[].value"), "{error}");
}

/// The same document in TOML, as a person may rather write it, does the same.
#[test]
fn a_document_in_toml_is_the_same_mapping() {
    let (mut out, mut told) = (Vec::new(), Vec::new());
    commands::suggest(LIST, commands::Notation::Toml, &mut out, &mut told).expect("a table");
    let text = String::from_utf8(out).expect("text");
    assert!(
        text.contains("[[rules]]") && text.contains("[source.csv]"),
        "{text}"
    );
    let (json, _) = proposed();
    let toml: Value = toml::from_str(&text).expect("TOML");
    assert_eq!(toml, json);
    let mut report = Vec::new();
    commands::check(text.as_bytes(), LIST, &mut report).expect("the list is read");
    assert_eq!(String::from_utf8(report).expect("text"), check(&json));
}
