//! A mapping proposed for a file that nobody has described.

mod support;

#[path = "suggest/heldout.rs"]
mod heldout;

use paxnorm::format::Confidence;
use paxnorm::format::mapping::{Lexicon, Mapping, SuggestError, Suggestion};

use heldout::{Header, Score};

/// What is said of one header alone, without values.
fn of_header(header: &str, lexicon: &Lexicon) -> (Option<String>, Confidence) {
    let sample = format!("{header}\tqwxz\n");
    let suggestion = Mapping::suggest_with(sample.as_bytes(), lexicon).expect("a table");
    let column = &suggestion.columns[0];
    (
        column.field.map(|field| field.path().to_owned()),
        column.confidence,
    )
}

fn score(headers: &[&Header], lexicon: &Lexicon, told: bool) -> Score {
    let mut score = Score::default();
    for header in headers {
        let (field, confidence) = of_header(&header.text, lexicon);
        let outcome = score.count(header, field.as_deref(), confidence);
        if told && outcome != "right" {
            println!(
                "{outcome:<6} {} {:?}: {field:?} {confidence:?}, wants {:?}",
                header.language, header.text, header.fields
            );
        }
    }
    score
}

const SEEDS: [u64; 5] = [1, 2, 3, 4, 5];

/// A third of the list is kept out; words that only those headers have are taken out of the
/// lexicon, so that nothing is known of them that the rest does not teach.
#[test]
fn headers_that_were_not_seen_are_right_or_left_open() {
    let Some(headers) = heldout::headers() else {
        return;
    };
    for seed in SEEDS {
        let (kept, out) = heldout::split(&headers, seed);
        let lexicon =
            Lexicon::parse(&heldout::without(Lexicon::SHIPPED, &kept, &out)).expect("a lexicon");
        let score = score(&out, &lexicon, true);
        println!("seed {seed}: {score:?}");
        assert!(score.wrong * 10 <= score.all, "{score:?}");
        assert_eq!(score.wrong_and_sure, 0, "{score:?}");
        assert!(score.right * 2 >= score.all, "{score:?}");
    }
}

/// The whole list under the shipped lexicon, whose words come from the languages.
#[test]
fn the_shipped_words_know_the_usual_headers() {
    let Some(headers) = heldout::headers() else {
        return;
    };
    let all: Vec<&Header> = headers.iter().collect();
    let score = score(&all, Lexicon::shipped(), true);
    println!("{score:?}");
    assert!(score.right * 10 >= score.all * 9, "{score:?}");
    assert_eq!(score.wrong_and_sure, 0, "{score:?}");
}

/// Headers of languages that the lexicon does not speak are left open, not misread.
#[test]
fn headers_of_other_languages_are_not_misread() {
    let Some(headers) = heldout::other_languages() else {
        return;
    };
    let all: Vec<&Header> = headers.iter().collect();
    let score = score(&all, Lexicon::shipped(), true);
    println!("{score:?}");
    assert!(score.wrong * 10 <= score.all, "{score:?}");
    assert_eq!(score.wrong_and_sure, 0, "{score:?}");
}

/// The sample of one column of these values beside one that says nothing.
fn column(header: &str, values: &str) -> String {
    let rows = values.split('|').map(|value| format!("{value}\tqwxz\n"));
    format!("{header}\tqwxz\n{}", rows.collect::<String>())
}

fn level(name: &str) -> Confidence {
    let levels = [
        Confidence::No,
        Confidence::Possible,
        Confidence::Likely,
        Confidence::Certain,
    ];
    let found = levels
        .into_iter()
        .find(|level| format!("{level:?}").to_lowercase() == name);
    found.unwrap_or_else(|| panic!("{name} is no confidence"))
}

#[test]
fn columns_are_known_by_header_and_values() {
    let mut wrong = Vec::new();
    for row in support::table(include_str!("data/suggest/columns.tsv")) {
        let [header, values, field, least, reason] = row[..] else {
            panic!("{row:?}");
        };
        let suggestion = Mapping::suggest(column(header, values).as_bytes()).expect("a table");
        let found = &suggestion.columns[0];
        let is_right = found.field.map_or("-", |field| field.path()) == field
            && (found.confidence >= level(least)
                && (least != "no" || found.confidence == Confidence::No))
            && found.reason.contains(reason);
        if !is_right {
            wrong.push(format!("{header}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn reasons_show_no_values() {
    for row in support::table(include_str!("data/suggest/columns.tsv")) {
        let suggestion = Mapping::suggest(column(row[0], row[1]).as_bytes()).expect("a table");
        let told = suggestion.to_string();
        let values = row[1].split('|').filter(|value| value.len() > 3);
        let shown: Vec<&str> = values.filter(|value| told.contains(*value)).collect();
        assert!(shown.is_empty(), "{told}");
    }
}

const ROWS: &str = "Buchungsnummer;Familienname;Vorname;Geb.-Datum;Geschlecht\n\
    B1;GRÜNWALD;Jörg;03.07.1961;m\n\
    B2;MEISSNER;Anneliese;12.08.1974;w\n";

fn paths(suggestion: &Suggestion) -> Vec<&'static str> {
    let fields = suggestion.columns.iter().map(|column| column.field);
    fields
        .map(|field| field.map_or("-", |field| field.path()))
        .collect()
}

#[test]
fn encodings_delimiters_and_titles_are_found() {
    let plain = Mapping::suggest(ROWS.as_bytes()).expect("a table");
    let wide =
        |unit: fn(u16) -> [u8; 2]| -> Vec<u8> { ROWS.encode_utf16().flat_map(unit).collect() };
    let samples = [
        (
            "UTF-8 with its mark",
            ["\u{FEFF}".as_bytes(), ROWS.as_bytes()].concat(),
        ),
        (
            "UTF-16 LE",
            [vec![0xFF, 0xFE], wide(u16::to_le_bytes)].concat(),
        ),
        (
            "UTF-16 BE",
            [vec![0xFE, 0xFF], wide(u16::to_be_bytes)].concat(),
        ),
        (
            "Windows-1252",
            ROWS.chars().map(|letter| letter as u8).collect(),
        ),
        ("tabs", ROWS.replace(';', "\t").into_bytes()),
        ("bars", ROWS.replace(';', "|").into_bytes()),
        (
            "commas and quotes",
            ROWS.replace(';', "\",\"")
                .replace('\n', "\"\n\"")
                .into_bytes(),
        ),
        (
            "line breaks of Windows",
            ROWS.replace('\n', "\r\n").into_bytes(),
        ),
        (
            "titles above",
            format!("Reiseliste XX\n\n{ROWS}").into_bytes(),
        ),
    ];
    for (name, mut sample) in samples {
        if name.contains("quotes") {
            sample.insert(0, b'"');
        }
        let suggestion =
            Mapping::suggest(&sample).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(paths(&suggestion), paths(&plain), "{name}");
    }
    assert_eq!(plain.columns[3].confidence, Confidence::Certain);
}

#[test]
fn what_is_no_table_is_refused() {
    let cases: [(&[u8], SuggestError); 5] = [
        (b"", SuggestError::NotTable),
        (b"one column\nof text\n", SuggestError::NotTable),
        (
            b"{\"surname\":\"MAES\",\"given\":\"SOFIE\"}",
            SuggestError::NotTable,
        ),
        (
            b"MAES;1980-01-12;BEL\nMEIJER;1974-08-12;NLD\n",
            SuggestError::NoHeader,
        ),
        (
            b"MAES;sofie@example.org\nMEIJER;jan@example.org\n",
            SuggestError::NoHeader,
        ),
    ];
    for (sample, expected) in cases {
        assert_eq!(Mapping::suggest(sample), Err(expected));
    }
}

/// The draft as JSON, for its parts.
fn draft(sample: &str) -> serde_json::Value {
    let suggestion = Mapping::suggest(sample.as_bytes()).expect("a table");
    serde_json::to_value(suggestion.draft).expect("a draft is JSON")
}

fn rule<'a>(draft: &'a serde_json::Value, field: &str) -> &'a serde_json::Value {
    let rules = draft["rules"].as_array().expect("rules");
    let found = rules.iter().find(|rule| rule["field"] == field);
    found.unwrap_or_else(|| panic!("no rule for {field} in {draft:#}"))
}

/// `{n}` and `#` mean something in a mapping: a column whose header has them goes by its number.
#[test]
fn a_header_that_would_mean_more_is_named_by_number() {
    let sample = "First name;Boeking{n}snr;#1 Surname\nANNA;ABC123;BERG\n";
    let draft = draft(sample);
    let names = [
        ("passengers[].name.given", "First name"),
        ("locators[].value", "#2"),
        ("passengers[].name.surname", "#3"),
    ];
    for (field, name) in names {
        assert_eq!(rule(&draft, field)["from"], name, "{field}");
    }
    assert!(serde_json::from_value::<Mapping>(draft).is_ok());
}

#[test]
fn parts_of_a_field_come_together() {
    let draft = draft(
        "Achternaam;Tussenvoegsel;Voornaam;Vertrekdatum;Vertrektijd;Opstapplaats;Bestemming\n\
         BERG;van den;Jan;28-05-2026;22:10;Gent;Lille\n",
    );
    let surname = rule(&draft, "passengers[].name.surname");
    assert_eq!(
        (&surname["from"], &surname["before"]),
        (&"Achternaam".into(), &"Tussenvoegsel".into())
    );
    let departure = rule(&draft, "legs[].departure");
    assert_eq!(
        (&departure["from"], &departure["after"]),
        (&"Vertrekdatum".into(), &"Vertrektijd".into())
    );
    assert_eq!(departure["parse"]["date"]["order"], "dmy");
    assert_eq!(draft["rules"].as_array().map(Vec::len), Some(5));
}

#[test]
fn the_order_of_dates_is_declared_only_where_something_says_it() {
    let order = |values: [&str; 2]| {
        let draft = draft(&format!(
            "Surname;Date of birth\nMAES;{}\nMEIJER;{}\n",
            values[0], values[1]
        ));
        rule(&draft, "passengers[].birth_date")["parse"]["date"]["order"].clone()
    };
    assert_eq!(order(["03/07/1961", "12/08/1974"]), serde_json::Value::Null);
    assert_eq!(order(["03/07/1961", "29/02/1988"]), "dmy");
    assert_eq!(order(["03/07/1961", "02/29/1988"]), "mdy");
    assert_eq!(order(["03.07.1961", "12.08.1974"]), "dmy");
    assert_eq!(order(["1961-07-03", "1974-08-12"]), serde_json::Value::Null);

    let sample = "Surname;Date of birth\nMAES;03/07/1961\n";
    let suggestion = Mapping::suggest(sample.as_bytes()).expect("a table");
    assert!(
        suggestion.columns[1].reason.contains("say their order"),
        "{suggestion}"
    );
}

#[test]
fn rows_of_the_same_person_are_legs() {
    let head = "Booking;Surname;First name;From;To\n";
    let once = draft(&format!(
        "{head}B1;MAES;SOFIE;Gent;Lille\nB1;MAES;JAN;Gent;Lille\n"
    ));
    assert_eq!(once["source"]["csv"]["row"], "passenger");
    assert_eq!(once["source"]["csv"]["group"][0], "locators[].value");
    let twice = draft(&format!(
        "{head}B1;MAES;SOFIE;Gent;Lille\nB1;MAES;SOFIE;Lille;Gent\n"
    ));
    assert_eq!(twice["source"]["csv"]["row"], "passenger-leg");
}

#[test]
fn a_lexicon_can_be_added_to() {
    let sample = "Apellidos;Fecha de nacimiento\nGARCIA;1980-01-12\n";
    let plain = Mapping::suggest(sample.as_bytes()).expect("a table");
    assert_eq!(paths(&plain), ["-", "-"]);
    let words = "surname\tes\tapellidos\nbirth\tes\tnacimiento\ndate\tes\tfecha\nof\tes\tde\n";
    let lexicon = Lexicon::parse(&[Lexicon::SHIPPED, words].concat()).expect("a lexicon");
    let told = Mapping::suggest_with(sample.as_bytes(), &lexicon).expect("a table");
    assert_eq!(
        paths(&told),
        ["passengers[].name.surname", "passengers[].birth_date"]
    );
    let error = Lexicon::parse("# words\nbirth\n").expect_err("no words");
    assert_eq!(error.line, 2);
}

/// What is proposed for every list of the shared corpus can be loaded, and nothing in it is a
/// guess about what may not be kept.
#[test]
fn proposals_for_the_shared_lists_load() {
    let Some(folder) = support::shared("corpus/carriers") else {
        return;
    };
    let mut lists = 0;
    for entry in std::fs::read_dir(folder).expect("the carriers").flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|end| end != "csv") || path.ends_with("MANIFEST.csv") {
            continue;
        }
        lists += 1;
        let sample = std::fs::read(&path).expect("a list");
        let suggestion = Mapping::suggest(&sample).expect("a table");
        let open = suggestion
            .columns
            .iter()
            .filter(|column| column.confidence == Confidence::No);
        assert_eq!(open.count(), 0, "{}\n{suggestion}", path.display());
        let mapping = Mapping::try_from(suggestion.draft);
        assert!(mapping.is_ok(), "{}: {mapping:?}", path.display());
    }
    assert!(lists >= 8, "{lists} lists");
}

/// Headers of which several may reach the departure.
const SHARED: &[&str] = &[
    "Departure,Time",
    "Departure date,Departure time",
    "Departure,Departure date,Departure time",
    "Departure,Departure",
];

#[test]
fn what_is_proposed_loads_though_two_columns_mean_one_field() {
    for headers in SHARED {
        let sample = format!("Booking,First name,{headers}\n1,ANNA,2026-05-04,22:10,5\n");
        let suggestion = Mapping::suggest(sample.as_bytes()).expect("a table");
        let rules = suggestion.draft.rules.iter();
        let departures = rules.filter(|rule| rule.field.path() == "legs[].departure");
        assert_eq!(departures.count(), 1, "{headers}");
        let loaded = Mapping::try_from(suggestion.draft);
        assert!(loaded.is_ok(), "{headers}: {:?}", loaded.err());
    }
}
