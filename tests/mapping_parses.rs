//! What a rule can make of a cell, clause by clause: the rules, a file, a path and the value there.

use paxnorm::format::mapping::Mapping;
use paxnorm::{Format, Options, Policy, Reader, Record};
use serde_json::Value;

fn read(document: &str, bytes: &[u8]) -> Vec<Record> {
    let mapping: Mapping =
        serde_json::from_str(document).unwrap_or_else(|error| panic!("{document}: {error}"));
    let formats: [&dyn Format; 1] = [&mapping];
    let policy = Policy::keep_all();
    let options = Options {
        formats: &formats,
        policy,
        ..Options::default()
    };
    let records = Reader::with(bytes, &options).expect("recognised");
    records.map(|record| record.expect("whole")).collect()
}

/// The value at a pointer of the first booking; the code of the first doubt behind `!`, else `-`.
fn found(records: &[Record], pointer: &str) -> String {
    let booking = records[0].booking.as_ref().expect("a booking");
    let value = serde_json::to_value(booking).expect("JSON");
    let doubt = || {
        records[0]
            .diagnostics
            .first()
            .map_or("-".to_owned(), |doubt| format!("!{}", doubt.code.name()))
    };
    match value.pointer(pointer) {
        None => doubt(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

/// Rules for the columns `A`, `B` and `C`, the cells, where to look, and what is there.
const CELLS: &[(&str, &[&str], &str, &str)] = &[
    // Texts: trimmed or as they stand, cut, joined, split into several.
    (
        r#"{"field":"remarks[].text","from":"A"}"#,
        &["  x y "],
        "/remarks/0/text",
        "x y",
    ),
    (
        r#"{"field":"remarks[].text","from":"A","parse":"verbatim"}"#,
        &["  x y "],
        "/remarks/0/text",
        "  x y ",
    ),
    (
        r#"{"field":"remarks[].text","from":"A","cut":{"after":":"}}"#,
        &["x: y"],
        "/remarks/0/text",
        "y",
    ),
    (
        r#"{"field":"seats[].characteristics","from":"A","split":"/"}"#,
        &["W/N"],
        "/seats/0/characteristics",
        r#"["W","N"]"#,
    ),
    // Names: the parts, the prefix column, whole ones in either order, titles.
    (
        r#"{"field":"passengers[].name.surname","from":"A","before":"B"}"#,
        &["Berg", "van den"],
        "/passengers/0/name/surname",
        "van den Berg",
    ),
    (
        r#"{"field":"passengers[].name.full","from":"A","parse":{"full-name":"given-first"}}"#,
        &["Jan van den Berg"],
        "/passengers/0/name/surname",
        "van den Berg",
    ),
    (
        r#"{"field":"passengers[].name.full","from":"A","parse":{"full-name":"surname-first"}}"#,
        &["DOE JO ANN"],
        "/passengers/0/name/given",
        "JO ANN",
    ),
    (
        r#"{"field":"passengers[].name.full","from":"A","parse":{"full-name":"unknown"}}"#,
        &["Jo Doe"],
        "/passengers/0/name/full",
        "Jo Doe",
    ),
    (
        r#"{"field":"passengers[].name.title","from":"A"}"#,
        &["Mevrouw"],
        "/passengers/0/name/title",
        "mrs",
    ),
    // Ages, sex, states, kinds of documents, truth.
    (
        r#"{"field":"passengers[].age","from":"A","parse":"age"}"#,
        &["31 jaar"],
        "/passengers/0/age",
        "31",
    ),
    (
        r#"{"field":"passengers[].age","from":"A","parse":"age"}"#,
        &["18 months"],
        "/passengers/0/age",
        "1",
    ),
    (
        r#"{"field":"passengers[].age","from":"A","parse":"age"}"#,
        &["old"],
        "/passengers/0/age",
        "!unreadable-number",
    ),
    (
        r#"{"field":"passengers[].age","from":"A","parse":"age"},{"field":"passengers[].age_at","from":"B"}"#,
        &["31", "2026-02-03T10:00Z"],
        "/passengers/0/age_at",
        "2026-02-03",
    ),
    (
        r#"{"field":"passengers[].age","from":"A","parse":"age"},{"field":"passengers[].age_at","value":"2026-02-03"}"#,
        &["31"],
        "/passengers/0/age_at",
        "2026-02-03",
    ),
    (
        r#"{"field":"passengers[].age","from":"A","parse":"age"},{"field":"passengers[].age_at","from":"B"}"#,
        &["31", "2026-02-03"],
        "/passengers/0/birth_date",
        "-",
    ),
    (
        r#"{"field":"passengers[].sex","from":"A","parse":{"table":"sexes"}}"#,
        &["Q"],
        "/passengers/0/sex",
        "female",
    ),
    (
        r#"{"field":"passengers[].sex","from":"A","parse":{"table":"sexes"}}"#,
        &["Z"],
        "/passengers/0/sex",
        "!unknown-code",
    ),
    (
        r#"{"field":"passengers[].nationalities[].code","from":"A"}"#,
        &["be"],
        "/passengers/0/nationalities/0/code",
        "BEL",
    ),
    (
        r#"{"field":"passengers[].nationalities[].code","from":"A"}"#,
        &["Belgium"],
        "/passengers/0/nationalities/0/code",
        "BEL",
    ),
    (
        r#"{"field":"passengers[].documents[].kind","from":"A"}"#,
        &["Reisepass"],
        "/passengers/0/documents/0/kind",
        "passport",
    ),
    (
        r#"{"field":"passengers[].with_infant","from":"A"}"#,
        &["oui"],
        "/passengers/0/with_infant",
        "true",
    ),
    // Dates and times: with and without a zone, partial, in a declared order, in two cells.
    (
        r#"{"field":"legs[].departure","from":"A","after":"B","parse":{"date":{"order":"dmy"}}}"#,
        &["03/04/2026", "7h05"],
        "/legs/0/departure",
        "2026-04-03T07:05",
    ),
    (
        r#"{"field":"legs[].departure","from":"A"}"#,
        &["2026-04-03T07:05+02:00"],
        "/legs/0/departure",
        "2026-04-03T07:05+02:00",
    ),
    (
        r#"{"field":"legs[].departure","from":"A"}"#,
        &["2026-04-03T07:05Z"],
        "/legs/0/departure",
        "2026-04-03T07:05Z",
    ),
    (
        r#"{"field":"legs[].departure","from":"A"}"#,
        &["2026-04-03 noon"],
        "/legs/0/departure",
        "2026-04-03",
    ),
    (
        r#"{"field":"legs[].departure","from":"A"}"#,
        &["03/04/2026"],
        "/legs/0/departure",
        "!ambiguous-date",
    ),
    (
        r#"{"field":"legs[].departure","from":"A","parse":{"date":{"pattern":["DD MMM YYYY HH:mm","YYYYMMDDHHmm"]}}}"#,
        &["202604030705"],
        "/legs/0/departure",
        "2026-04-03T07:05",
    ),
    (
        r#"{"field":"passengers[].birth_date","from":"A"}"#,
        &["1961"],
        "/passengers/0/birth_date",
        "1961",
    ),
    // Stops by scheme, and the zone: of the row, of the mapping's own table, of the library's, or none.
    (
        r#"{"field":"legs[].from.code","from":"A","parse":{"stop":"uic"}}"#,
        &["008814001"],
        "/legs/0/from/code",
        "8814001",
    ),
    (
        r#"{"field":"legs[].from.code","from":"A","parse":{"stop":"un-locode"}}"#,
        &["be zee"],
        "/legs/0/from/code",
        "BEZEE",
    ),
    (
        r#"{"field":"legs[].from.code","from":"A","parse":{"stop":"uic"}}"#,
        &["8814001"],
        "/legs/0/from/time_zone",
        "Europe/Brussels",
    ),
    (
        r#"{"field":"legs[].from.code","from":"A","parse":{"stop":"free"}}"#,
        &["8814001"],
        "/legs/0/from/time_zone",
        "-",
    ),
    (
        r#"{"field":"legs[].from.name","from":"A"}"#,
        &["Bruxelles-Midi"],
        "/legs/0/from/time_zone",
        "-",
    ),
    (
        r#"{"field":"legs[].from.name","from":"A"},{"field":"legs[].from.time_zone","from":"B"}"#,
        &["Gent", "Europe/Paris"],
        "/legs/0/from/time_zone",
        "Europe/Paris",
    ),
    (
        r#"{"field":"legs[].from.name","from":"A"},{"field":"legs[].from.time_zone","from":"A","parse":{"table":"zones"}}"#,
        &["Gent", ""],
        "/legs/0/from/time_zone",
        "Europe/Brussels",
    ),
    (
        r#"{"field":"legs[].from.name","from":"A"},{"field":"legs[].from.time_zone","from":"A","parse":{"table":"zones"}}"#,
        &["Elsewhere", ""],
        "/legs/0/from/time_zone",
        "-",
    ),
    // Money: decimal with either mark, minor units by number, by a cell, by the currency.
    (
        r#"{"field":"payments[].amount","from":"A"}"#,
        &["1,234.50"],
        "/payments/0/amount",
        "1234.50",
    ),
    (
        r#"{"field":"payments[].amount","from":"A","parse":{"money":{"mark":","}}}"#,
        &["1.234,50"],
        "/payments/0/amount",
        "1234.50",
    ),
    (
        r#"{"field":"payments[].amount","from":"A","parse":{"money":{"minor":2}}}"#,
        &["123450"],
        "/payments/0/amount",
        "1234.50",
    ),
    (
        r#"{"field":"payments[].amount","from":"A","parse":{"money":{"scale":"B"}}}"#,
        &["123450", "3"],
        "/payments/0/amount",
        "123.450",
    ),
    (
        r#"{"field":"payments[].amount","from":"A","parse":{"money":{"currency":"B"}}}"#,
        &["123450", "JPY"],
        "/payments/0/amount",
        "123450",
    ),
    (
        r#"{"field":"payments[].amount","from":"A","parse":{"money":{"currency":"B"}}}"#,
        &["123450", "BHD"],
        "/payments/0/amount",
        "123.450",
    ),
    (
        r#"{"field":"payments[].amount","from":"A","parse":{"money":{"currency":"B"}}}"#,
        &["123450", "QQQ"],
        "/payments/0/amount",
        "!unreadable-number",
    ),
    // Alternatives, constants, texts that stand for nothing, conditions.
    (
        r#"{"field":"locators[].value","from":["None such","B","A"]}"#,
        &["a", "b"],
        "/locators/0/value",
        "b",
    ),
    (
        r#"{"field":"locators[].value","from":["B","A"]}"#,
        &["a", ""],
        "/locators/0/value",
        "a",
    ),
    (
        r#"{"field":"locators[].value","from":["B","A"],"absent":["n/a"]}"#,
        &["a", "N/A"],
        "/locators/0/value",
        "a",
    ),
    (
        r#"{"field":"locators[].value","from":"A"},{"field":"locators[].kind","value":"agency"}"#,
        &["a"],
        "/locators/0/kind",
        "agency",
    ),
    (
        r#"{"field":"locators[].value","from":"B"},{"field":"locators[].kind","value":"agency"}"#,
        &["", ""],
        "/locators/0",
        "-",
    ),
    (
        r#"{"field":"legs[].mode","when":[{"from":"A","is":["bus"]}],"value":"coach","from":"C"},{"field":"legs[].mode","when":[{"from":"A","not":["bus"]}],"value":"rail","from":"C"},{"field":"legs[].from.name","from":"B"}"#,
        &["BUS", "Gent"],
        "/legs/0/mode",
        "coach",
    ),
    (
        r#"{"field":"legs[].mode","when":[{"from":"A","is":["bus"]}],"value":"coach","from":"C"},{"field":"legs[].mode","when":[{"from":"A","not":["bus"]}],"value":"rail","from":"C"},{"field":"legs[].from.name","from":"B"}"#,
        &["train", "Gent"],
        "/legs/0/mode",
        "rail",
    ),
];

const TABLES: &str = r#""tables":{"sexes":{"rows":{"q":"female"}},
    "zones":{"rows":{"gent":"Europe/Brussels"},"otherwise":"ignore"}}"#;

#[test]
fn cells_become_what_their_rules_say() {
    let mut wrong = Vec::new();
    for (rules, cells, pointer, wanted) in CELLS {
        let document = format!(
            r#"{{"name":"t","source":{{"csv":{{"delimiter":";"}}}},"rules":[{rules}],{TABLES}}}"#
        );
        let mut cells: Vec<_> = cells.iter().map(|cell| format!("\"{cell}\"")).collect();
        cells.resize(4, String::new());
        cells[3] = "there".to_owned(); // so that no row is blank
        let file = format!("A;B;C;D\n{}\n", cells.join(";"));
        let records = read(&document, file.as_bytes());
        // The filler is the last doubt of every row.
        let found = match found(&records, pointer).as_str() {
            "!unmapped" => "-".to_owned(),
            other => other.to_owned(),
        };
        if found != *wanted {
            wrong.push(format!("{rules} of {cells:?}: {found}, not {wanted}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Columns of one sort side by side, numbered in their names.
#[test]
fn groups_of_columns_repeat() {
    let document = r#"{"name":"t","source":{"csv":{"row":"booking","delimiter":","}},
        "items":[{"list":"passengers[]","repeat":3},{"list":"seats[]","repeat":3}],
        "rules":[{"field":"locators[].value","from":"PNR"},
            {"field":"passengers[].name.surname","from":"Pax {n} name"},
            {"field":"passengers[].documents[].number","from":"Pax {n} passport"},
            {"field":"seats[].number","from":"Pax {n} seat"}]}"#;
    let file = "PNR,Pax 1 name,Pax 1 passport,Pax 1 seat,Pax 2 name,Pax 2 passport,Pax 2 seat,Pax 3 name,Pax 3 passport,Pax 3 seat\n\
        X1,DOE,P1,12A,ROE,P2,12B,,,\n";
    let records = read(document, file.as_bytes());
    let booking = records[0].booking.as_ref().expect("a booking");
    let numbers = booking
        .passengers
        .iter()
        .map(|one| one.documents[0].number.as_deref());
    assert_eq!(numbers.collect::<Vec<_>>(), [Some("P1"), Some("P2")]);
    let seats: Vec<_> = booking
        .seats
        .iter()
        .map(|seat| (seat.passenger, seat.number.as_deref()))
        .collect();
    let ids: Vec<_> = booking.passengers.iter().map(|one| one.id).collect();
    assert_eq!(seats, [(ids[0], Some("12A")), (ids[1], Some("12B"))]);
    assert_eq!(records[0].data.unmapped, 0);
}

/// What the source says of the file, the bytes, and the surname that is read.
#[test]
fn dialects_are_read_as_they_are_declared() {
    let utf16 = |text: &str, big: bool| -> Vec<u8> {
        let units = text.encode_utf16();
        units
            .flat_map(|unit| {
                if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            })
            .collect()
    };
    let table: Vec<(&str, Vec<u8>)> = vec![
        (
            r#""encoding":"iso-8859-1""#,
            b"Name;x\n\xC9lo\xEFse;1\n".to_vec(),
        ),
        (
            r#""encoding":"windows-1252""#,
            b"Name;x\n\xC9lo\xEFse;1\n".to_vec(),
        ),
        (
            r#""encoding":"iso-8859-15""#,
            b"Name;x\n\xC9lo\xEFse;1\n".to_vec(),
        ),
        (
            r#""encoding":"utf-16le""#,
            utf16("Name;x\nÉloïse;1\n", false),
        ),
        (
            r#""encoding":"utf-16be""#,
            utf16("Name;x\nÉloïse;1\n", true),
        ),
        (
            r#""encoding":"iso-8859-1""#,
            utf16("\u{FEFF}Name;x\nÉloïse;1\n", true),
        ),
        (
            r#""encoding":"iso-8859-1""#,
            "\u{FEFF}Name;x\nÉloïse;1\n".into(),
        ),
        (r#""delimiter":"|""#, "Name|x\nÉloïse|1\n".into()),
        (r#""delimiter":"\t""#, "Name\tx\nÉloïse\t1\n".into()),
        (r#""quote":"'""#, "Name;x\n'Éloïse';1\n".into()),
        (
            r#""skip":3"#,
            "Name;Name;Name\nof;the;list\n;;\nx;NAME\n1;Éloïse\n".into(),
        ),
        (
            r#""skip_after":1"#,
            "Name;x\n(text);(number)\nÉloïse;1\n".into(),
        ),
        (
            r#""delimiter":";""#,
            "\r\nname ;x\r\n\r\nÉloïse;1\r\n".into(),
        ),
    ];
    for (source, bytes) in table {
        let document = format!(
            r#"{{"name":"t","source":{{"csv":{{{source}}}}},"rules":[
                {{"field":"passengers[].name.surname","from":["Náme"]}},{{"field":"remarks[].text","from":"x"}}]}}"#
        );
        let records = read(&document, &bytes);
        assert_eq!(
            found(&records, "/passengers/0/name/surname"),
            "Éloïse",
            "{source}"
        );
        assert_eq!(
            (records.len(), records[0].diagnostics.len()),
            (1, 0),
            "{source}"
        );
    }
    let headless = r##"{"name":"t","source":{"csv":{"headless":true}},
        "rules":[{"field":"passengers[].name.surname","from":"#2"}]}"##;
    assert_eq!(
        found(
            &read(headless, b"1;DOE\n2;ROE\n"),
            "/passengers/0/name/surname"
        ),
        "DOE"
    );
}

/// A cell that a rule takes counts as what it was taken for, though another rule asks it, too.
#[test]
fn what_decides_keeps_its_field() {
    let document = r#"{"name":"t","source":{"csv":{"delimiter":";"}},"rules":[
        {"field":"passengers[].name.surname","from":"A"},
        {"field":"requests[].code","from":"B","when":[{"from":"A","is":["MAES"]}]}]}"#;
    let mapping: Mapping = serde_json::from_str(document).expect("it loads");
    let formats: [&dyn Format; 1] = [&mapping];
    let options = Options {
        formats: &formats,
        ..Options::default()
    };
    let mut reader = Reader::with(&b"A;B\nMAES;VGML\n"[..], &options).expect("recognised");
    let record = reader.next().expect("a row").expect("whole");
    assert_eq!(
        (record.data.read, record.data.withheld),
        (2, 1),
        "the request alone went"
    );
}
