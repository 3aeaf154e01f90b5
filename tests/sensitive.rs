//! Special categories of data: every code, title and word of the table and of the shared
//! list, in every place where one can stand, under the policies that keep such places.

mod support;

use paxnorm::model::{Action, Text, Title};
use paxnorm::{Booking, Field, Policy};
use serde_json::{Value, json};
use support::records;
use support::special::{codes, table, titles, words};

fn directive() -> &'static Policy {
    Policy::named("eu-directive-2016").expect("it is shipped")
}

/// Everything that a reading shows.
fn shown(bytes: &[u8], policy: &Policy) -> String {
    let mut shown = String::new();
    for record in records(bytes, policy) {
        shown += &serde_json::to_string(&record.booking).expect("JSON");
        shown += &format!("{record:?}");
        record
            .diagnostics
            .iter()
            .for_each(|doubt| shown += &doubt.to_string());
    }
    shown
}

/// A PNRGOV message with each text in every place that takes one; `marks` tell the places apart.
fn pnrgov(texts: &[String]) -> (String, Vec<String>) {
    let mut body = String::from("SRC'RCI+XX:PRV001::200226:1015'ORG+XX:BRU'");
    let mut marks = Vec::new();
    let mut mark = |place: &str, number: usize| {
        marks.push(format!("MARK{place}{number}Q"));
        format!("MARK{place}{number}Q")
    };
    for (number, text) in texts.iter().enumerate() {
        let osi = mark("A", number);
        body += &format!("IFT+4:28::XX+{osi} {text}'");
        let other = mark("B", number);
        body += &format!("SSR+OTHS:HK:1:XX:::::{text} {other}'");
        let group = mark("C", number);
        body += &format!("SSR+GRPS:HK:1:XX:::::TCP09 {group} {text}'");
    }
    for (number, text) in texts.iter().enumerate() {
        let group = mark("D", number);
        body += &format!("TIF+{group} {text}:G'");
    }
    body += "TIF+BISHOP+IMAMMR:A:1'TIF+DEAF+RABBI:A:2'FTI+XX:888777'SSR+UMNR:HK:1:XX:::::UM09+::2'\
             SSR+DOCS:HK:1:XX:::::/P/UTO/UT7654321/UTO/05AUG80/M/11JAN31/BISHOP/IMAM+::1'\
             TKT+9990000009901:T:1'SSR+CTCE:HK:1:XX:::::/IMAM//EXAMPLE.COM+::1'\
             TVL+280226:0900:280226:1100+BRU+FCO+XX+731:Y'RPI+2+HK'SSR+SEAT:HK:1:XX:::BRU:FCO+12A::1'\
             ABI+1+99990000:GS+BRU++XX'DAT+T:210226:1015'";
    for (number, text) in texts.iter().enumerate() {
        let history = mark("E", number);
        body += &format!("SAC+++A'SSR+OTHS:HK:1:XX:::::{history} {text}'");
        let line = mark("F", number);
        body += &format!("LTS+0/O/SR/{text} {line}'");
    }
    let message = format!(
        "UNA:+.?*'UNB+IATA:1+XX+UTO+260226:0600+PRV1'UNH+1+PNRGOV:13:1:IA'MSG+:22'ORG+XX:BRU'\
         TVL+280226:0900:280226:1100+BRU+FCO+XX+731'EQN+1'{body}UNT+9+1'UNZ+1+PRV1'"
    );
    (message, marks)
}

#[test]
fn texts_with_codes_and_words_are_nowhere_in_a_pnrgov_message() {
    let mut texts = words();
    texts.extend(codes().into_iter().map(|code| format!("SSR {code} NN1")));
    texts.extend(codes().into_iter().map(|code| format!("{code}XXHK1")));
    let (message, marks) = pnrgov(&texts);
    for policy in [Policy::eu_pnr(), directive()] {
        let shown = shown(message.as_bytes(), policy);
        for mark in &marks {
            let number: usize = mark[5..mark.len() - 1].parse().expect("a number");
            assert!(
                !shown.contains(mark),
                "{}: {mark}: {}",
                policy.name(),
                texts[number]
            );
        }
        let kept = [
            "BISHOP",
            "IMAM",
            "DEAF",
            "RABBI",
            "888777",
            "UT7654321",
            "9990000009901",
            "IMAM@EXAMPLE.COM",
            "12A",
        ];
        for value in kept {
            assert!(shown.contains(value), "{}: {value} is lost", policy.name());
        }
        assert!(
            shown.contains("\"age\":9"),
            "{}: the minor is lost",
            policy.name()
        );
    }
}

#[test]
fn plain_texts_stay_where_the_policy_keeps_texts() {
    let texts = [
        "LIKES WINDOWS".to_owned(),
        "TOUR UTOPIA".to_owned(),
        "SCUBA GEAR".to_owned(),
    ];
    let (message, marks) = pnrgov(&texts);
    let shown = shown(message.as_bytes(), directive());
    // What stands in a request for "other service" goes with the request, whatever it says.
    let goes = |mark: &&String| mark.starts_with("MARKB") || mark.starts_with("MARKE");
    for mark in marks.iter().filter(|mark| !goes(mark)) {
        assert!(shown.contains(mark), "{mark} is lost");
    }
}

#[test]
fn requests_of_a_sensitive_code_leave_nothing() {
    let mut body = String::new();
    for code in codes() {
        body += &format!("SSR+{code}:HK:7:XX:::BRU:FCO:MARK{code}'");
    }
    let message = format!(
        "UNA:+.?*'UNB+IATA:1+XX+UTO+260226:0600+PRV1'UNH+1+PNRGOV:13:1:IA'MSG+:22'\
         SRC'RCI+XX:PRV001'{body}TIF+ERIKSSON+ANNA:A:1'ABI+1+99990000:GS+BRU++XX'\
         SAC+++A'{body}UNT+9+1'UNZ+1+PRV1'"
    );
    for policy in [Policy::eu_pnr(), directive()] {
        let shown = shown(message.as_bytes(), policy);
        for code in codes() {
            let quoted = format!("\"{code}\"");
            assert!(!shown.contains(&quoted), "{}: {code}", policy.name());
            assert!(
                !shown.contains(&format!("MARK{code}")),
                "{}: {code}",
                policy.name()
            );
        }
        assert!(
            !shown.contains("\"quantity\":7"),
            "{}: a count is left",
            policy.name()
        );
    }
}

#[test]
fn texts_of_a_passenger_list_are_gone() {
    let mut body = String::new();
    let texts: Vec<String> = words().into_iter().chain(codes()).collect();
    for (number, text) in texts.iter().enumerate() {
        body += &format!("FTX+AAI+++MARK{number}Q {text}'");
    }
    let message = format!(
        "UNA:+.? 'UNB+UNOA:4+XX+UTO+260520:0439+1'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'\
         NAD+MS+++OFFICE'TDT+20+XX102+++XX'LOC+125+BRU'DTM+189:2605201430:201'LOC+87+LHR'\
         DTM+232:2605201530:201'NAD+FL+++BISHOP:REV JOHN'ATT+2++M'DTM+329:800112'{body}\
         NAT+2+UTO'RFF+AVF:ABC123'DOC+P:110:111+UT123456'DTM+36:300112'LOC+91+UTO'\
         CNT+42:1'UNT+20+1'UNZ+1+1'"
    );
    for policy in [Policy::eu_pnr(), directive()] {
        let shown = shown(message.as_bytes(), policy);
        for (number, text) in texts.iter().enumerate() {
            assert!(
                !shown.contains(&format!("MARK{number}Q")),
                "{}: {text}",
                policy.name()
            );
        }
        for kept in ["BISHOP", "\"JOHN\"", "UT123456", "ABC123", "1980-01-12"] {
            assert!(shown.contains(kept), "{}: {kept} is lost", policy.name());
        }
        assert!(!shown.contains("REV"), "{}: the title stays", policy.name());
    }
}

/// A booking with one value in one field.
fn with(path: &str, value: &str) -> Booking {
    let mut node = json!(value);
    for part in path.split('.').rev() {
        let (key, list) = match part.strip_suffix("[]") {
            Some(key) => (key, true),
            None => (part, false),
        };
        if list {
            node = json!([node]);
        }
        node = json!({ key: node });
    }
    serde_json::from_value(node).unwrap_or_else(|_| panic!("{path} takes a text"))
}

/// What a policy that strips and keeps everything else leaves of a value in a field.
fn left(path: &str, value: &str) -> Option<String> {
    let own = json!({
        "name": "own", "default": "keep", "article": "none", "rules": [],
        "special_categories": "Directive (EU) 2016/681, art. 13(4)",
    });
    let policy: Policy = serde_json::from_value(own).expect("a policy");
    let mut booking = with(path, value);
    policy.apply(&mut booking);
    let mut found = None;
    booking.values(&mut |field, value| {
        if field.path() == path {
            found = Some(value.to_string());
        }
    });
    found
}

const PLACES: &[&str] = &[
    "groups[].name",
    "passengers[].loyalty[].level_text",
    "passengers[].contacts[].purpose",
    "seats[].cabin",
    "seats[].text",
    "tickets[].text",
    "tickets[].kind",
    "fares[].discount",
    "fares[].kind",
    "payments[].text",
    "minors[].text",
    "services[].text",
    "requests[].text",
    "other_services[].name",
    "remarks[].text",
    "history[].text",
    "check_ins[].text",
    "bags[].tags[].details",
];

#[test]
fn words_go_from_every_place_that_takes_texts() {
    for path in PLACES {
        for word in words() {
            let text = format!("TOUR {word} 12");
            assert_eq!(left(path, &text), None, "{path}: {text}");
        }
        for text in ["TOUR UTOPIA 12", "WINDOW SEAT", "SAXOPHONE CLUB"] {
            assert_eq!(left(path, text).as_deref(), Some(text), "{path}");
        }
    }
}

/// A word that only begins or ends like one says nothing.
#[test]
fn words_that_only_look_alike_stay() {
    for word in words() {
        let letters: Vec<char> = word.chars().collect();
        let first: String = letters.iter().take(3).collect();
        let last: String = letters.iter().rev().take(2).rev().collect();
        for alike in [format!("{first}QQXZ"), format!("QQXZ{last}")] {
            let text = format!("TOUR {alike} 12");
            let kept = left("remarks[].text", &text);
            assert_eq!(kept.as_deref(), Some(text.as_str()), "{word}");
        }
    }
}

#[test]
fn codes_of_fares_and_seats_go() {
    for code in table("fare") {
        for path in [
            "fares[].traveller_code",
            "fares[].discount",
            "fares[].kind",
            "passengers[].kind_received",
        ] {
            assert_eq!(left(path, &code), None, "{path}: {code}");
        }
    }
    assert_eq!(left("fares[].kind", "YRT3M").as_deref(), Some("YRT3M"));
    for code in table("seat") {
        let booking: Value =
            json!({ "seats": [{ "number": "12A", "characteristics": [code, "W"] }] });
        let mut booking: Booking = serde_json::from_value(booking).expect("a booking");
        Policy::eu_pnr().apply(&mut booking);
        assert_eq!(
            booking.seats[0].number.as_deref(),
            Some("12A"),
            "the number stays"
        );
        assert_eq!(
            booking.seats[0].characteristics,
            [Text::from("W")],
            "{code}"
        );
    }
}

#[test]
fn titles_go_from_where_titles_stand() {
    for title in titles().iter().filter(|title| !title.contains('/')) {
        for written in [
            title.to_string(),
            title.to_lowercase(),
            format!(" {title}. "),
        ] {
            assert_eq!(
                left("passengers[].name.honorific", &written),
                None,
                "{written}"
            );
        }
        let mut booking = with("passengers[].name.honorific", title);
        booking.passengers[0].name.surname = Some("ERIKSSON".into());
        directive().apply(&mut booking);
        assert!(booking.passengers[0].name.honorific.is_none(), "{title}");
    }
    // What only begins like one stays.
    for title in ["CAPT", "Dr", "REVIEWER", "FRAU", "HERR"] {
        let kept = left("passengers[].name.honorific", title);
        assert_eq!(kept.as_deref(), Some(title));
    }
    for title in table("title-word").iter().chain(&table("title-glued")) {
        for given in [
            format!("JOHN {title}"),
            format!("JOHN {title}."),
            format!("{title} JOHN"),
            format!("{title}. JOHN"),
        ] {
            for path in [
                "passengers[].name.given",
                "passengers[].documents[].name.given",
            ] {
                assert_eq!(
                    left(path, &given).as_deref(),
                    Some("JOHN"),
                    "{path}: {given}"
                );
            }
        }
        let full = format!("{title} JOHN BISHOP");
        assert_eq!(
            left("passengers[].name.full", &full).as_deref(),
            Some("JOHN BISHOP")
        );
        assert_eq!(
            left("payments[].payer", &full).as_deref(),
            Some("JOHN BISHOP")
        );
    }
    for title in table("title-glued") {
        let given = format!("JOHN{title}");
        assert_eq!(
            left("passengers[].name.given", &given).as_deref(),
            Some("JOHN"),
            "{given}"
        );
    }
}

#[test]
fn names_survive() {
    for surname in [
        "IMAM", "POPE", "BISHOP", "RABBI", "DEAF", "BLIND", "CHURCH", "SISTER", "REV",
    ] {
        assert_eq!(
            left("passengers[].name.surname", surname).as_deref(),
            Some(surname)
        );
        assert_eq!(
            left("passengers[].name.given", surname).as_deref(),
            Some(surname)
        );
        let full = format!("JOHN {surname}");
        assert_eq!(
            left("passengers[].name.full", &full).as_deref(),
            Some(full.as_str())
        );
    }
    for given in [
        "STEVEN",
        "SVEN",
        "MUHAMMAD IMAM",
        "EDWARDS",
        "ANNA MARIA",
        "MGRDICH",
    ] {
        assert_eq!(
            left("passengers[].name.given", given).as_deref(),
            Some(given)
        );
    }
    assert!(Title::from_token("REV").is_none());
}

#[test]
fn a_minor_who_is_of_age_is_none() {
    let table = [
        (json!({ "age": 9 }), None, true),
        (json!({ "age": 18 }), None, false),
        (json!({ "passenger": 1 }), Some("2008-05-20"), false),
        (json!({ "passenger": 1 }), Some("2008-05-21"), true),
        (json!({ "passenger": 1 }), Some("2008"), true),
        (json!({ "passenger": 1 }), Some("1990"), false),
        (json!({ "text": "UM" }), None, true),
    ];
    for (minor, born, stays) in table {
        let booking = json!({
            "passengers": [{ "id": 1, "name": { "surname": "ERIKSSON" }, "birth_date": born }],
            "legs": [{ "departure": "2026-05-20T10:00" }],
            "minors": [{ "carrier": "XX" }, minor],
        });
        let mut booking: Booking = serde_json::from_value(booking).expect("a booking");
        Policy::eu_pnr().apply(&mut booking);
        assert_eq!(
            booking.minors.len(),
            1 + usize::from(stays),
            "{minor} {born:?}"
        );
    }
}

#[test]
fn entries_that_are_no_persons_go_with_their_count() {
    let booking = json!({
        "travellers": 3,
        "passengers": [
            { "id": 1, "name": { "surname": "ERIKSSON" } },
            { "id": 2, "kind_received": "WHEELCHAIR" },
            { "id": 3, "kind_received": "ACCOMP_DOG" },
        ],
        "seats": [{ "passenger": 2, "number": "12A" }, { "passenger": 1, "number": "12B" }],
    });
    let mut booking: Booking = serde_json::from_value(booking).expect("a booking");
    Policy::eu_pnr().apply(&mut booking);
    assert_eq!(
        (
            booking.passengers.len(),
            booking.travellers,
            booking.seats.len()
        ),
        (1, Some(1), 1)
    );
}

#[test]
fn fields_that_take_words_are_looked_through() {
    for field in Field::ALL.iter().filter(|field| field.is_text()) {
        assert!(PLACES.contains(&field.path()), "{field} takes whole texts");
        assert_eq!(Policy::keep_all().action(*field), Action::Keep);
    }
}
