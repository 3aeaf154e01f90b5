//! The default policy: what the law forbids to keep never comes out, and what it
//! lets keep beside it does.

mod support;

use paxnorm::model::Action;
use paxnorm::{Field, Policy};
use support::{records, shared};

/// Requests of the list of sensitive codes that must go, and a few of carriers' own.
fn forbidden() -> Vec<String> {
    let mut codes: Vec<String> = [
        "MOML", "KSML", "DBML", "WCHR", "WCHC", "BLND", "DEAF", "MEDA", "OXYG", "STCR", "XYML",
        "QQQQ",
    ]
    .map(str::to_owned)
    .into();
    if let Some(path) = shared("facts/sensitive.csv") {
        let text = std::fs::read_to_string(path).expect("the list is text");
        let rows = text
            .lines()
            .filter(|row| row.starts_with("IATA SSR,") && row.contains(",delete on receipt,"));
        let listed = rows
            .filter_map(|row| row.split(',').nth(1))
            .filter(|code| code.len() == 4);
        // EXST and the group codes stay as counts; their texts go.
        let kept = ["EXST", "GRPS", "GPST"];
        codes.extend(
            listed
                .filter(|code| !kept.contains(code))
                .map(str::to_owned),
        );
    }
    codes
}

/// A booking with each of these requests, in the booking, under a leg, in the
/// history and in free text.
fn message(codes: &[String]) -> String {
    let mut body = String::from("SRC'RCI+XX:PRV001::200226:1015'ORG+XX:BRU'");
    let mut requests = |before: &str, after: &str| {
        for code in codes {
            body.push_str(&format!(
                "{before}SSR+{code}:HK:1:XX:::::PLANTED {code} NOTE{after}"
            ));
        }
    };
    requests("", "+::1'");
    requests("IFT+4:28::XX+PLANTED OSI NOTE'", "'");
    body.push_str(
        "TIF+BISHOP+IMAMMR:A:1'TIF+DEAF+RABBI:A:2'FTI+XX:888777'\
         SSR+DOCS:HK:1:XX:::::/P/UTO/UT7654321/UTO/05AUG80/M/11JAN31/BISHOP/IMAM+::1'\
         SSR+DOCO:HK:1:XX:::::PLANTED BIRTHPLACE/V/PLANTEDVISA/PLANTED PLACE/01JAN20/UTO+::1'\
         SSR+DOCA:HK:1:XX:::::/R/UTO/PLANTED STREET/PLANTED CITY+::1'\
         TKT+9990000009901:T:1'SSR+CTCE:HK:1:XX:::::/IMAM//EXAMPLE.COM+::1'\
         SSR+UMNR:HK:1:XX:::::UM09+::2'\
         TVL+280226:0900:280226:1100+BRU+FCO+XX+731:Y'RPI+2+HK'SSR+SEAT:HK:1:XX:::BRU:FCO+12A::1'",
    );
    for code in codes {
        body.push_str(&format!("SSR+{code}:HK:1:XX:::BRU:FCO:PLANTED {code}+::1'"));
    }
    body.push_str("ABI+1+99990000:GS+BRU++XX'DAT+T:210226:1015'");
    for code in codes {
        body.push_str(&format!("SAC+++A'SSR+{code}:HK:1:XX'"));
        body.push_str(&format!("LTS+0/O/SR/SSR {code} PLANTED LINE'"));
    }
    format!(
        "UNA:+.?*'UNB+IATA:1+XX+UTO+260226:0600+PRV1'UNH+1+PNRGOV:13:1:IA'MSG+:22'ORG+XX:BRU'\
         TVL+280226:0900:280226:1100+BRU+FCO+XX+731'EQN+1'{body}UNT+9+1'UNZ+1+PRV1'"
    )
}

#[test]
fn nothing_forbidden_comes_out_anywhere() {
    let codes = forbidden();
    let message = message(&codes);
    for record in records(message.as_bytes(), Policy::eu_pnr()) {
        let shown = format!(
            "{} {record:?}",
            serde_json::to_string(&record.booking).expect("JSON")
        );
        let doubts: String = record
            .diagnostics
            .iter()
            .map(|doubt| doubt.to_string())
            .collect();
        for part in codes.iter().map(String::as_str).chain(["PLANTED"]) {
            let is_surname = part == "DEAF";
            assert!(is_surname || !shown.contains(part), "{part} comes out");
            assert!(!doubts.contains(part), "{part} stands in a diagnostic");
        }
    }
}

#[test]
fn what_may_be_kept_beside_it_is_there() {
    let message = message(&forbidden());
    let records = records(message.as_bytes(), Policy::eu_pnr());
    let booking = records
        .into_iter()
        .find_map(|record| record.booking)
        .expect("a booking");
    let booking = serde_json::to_value(booking).expect("JSON");
    let table = [
        ("/passengers/0/name/surname", "BISHOP"),
        ("/passengers/0/name/given", "IMAM"),
        ("/passengers/1/name/surname", "DEAF"),
        ("/passengers/1/name/given", "RABBI"),
        ("/passengers/0/documents/0/number", "UT7654321"),
        ("/passengers/1/loyalty/0/number", "888777"),
        ("/passengers/0/contacts/0/value", "IMAM@EXAMPLE.COM"),
        ("/tickets/0/number", "9990000009901"),
        ("/seats/0/number", "12A"),
        ("/minors/0/age", "9"),
    ];
    for (path, value) in table {
        assert_eq!(support::shown(booking.pointer(path)), value, "{path}");
    }
    let withheld = booking["withheld"].to_string();
    for field in [
        Field::RequestCode,
        Field::VisaNumber,
        Field::PassengerBirthPlace,
        Field::RemarkText,
    ] {
        assert!(
            withheld.contains(field.path()),
            "{field} is named as withheld"
        );
    }
}

#[test]
fn the_account_says_what_was_withheld() {
    let message = message(&forbidden());
    let sum = |policy: &Policy| {
        let records = records(message.as_bytes(), policy);
        records.iter().fold((0, 0, 0, 0), |sum, record| {
            let data = record.data;
            (
                sum.0 + data.read,
                sum.1 + data.mapped,
                sum.2 + data.withheld,
                sum.3 + data.unmapped,
            )
        })
    };
    let (read, mapped, withheld, unmapped) = sum(Policy::eu_pnr());
    assert_eq!(read, mapped + withheld + unmapped);
    assert!(withheld > 0);
    let (all_read, _, all_withheld, all_unmapped) = sum(Policy::keep_all());
    assert_eq!((all_read, all_withheld, all_unmapped), (read, 0, unmapped));
}

#[test]
fn applying_a_policy_again_changes_nothing() {
    let message = message(&forbidden());
    for record in records(message.as_bytes(), Policy::keep_all()) {
        let Some(mut booking) = record.booking else {
            continue;
        };
        Policy::eu_pnr().apply(&mut booking);
        let once = booking.clone();
        Policy::eu_pnr().apply(&mut booking);
        assert!(booking == once);
    }
}

#[test]
fn a_new_field_outside_the_elements_is_withheld_until_a_rule_keeps_it() {
    for field in Field::ALL {
        let expected = if field.element().is_some() {
            Action::Keep
        } else {
            Action::Remove
        };
        assert_eq!(Policy::eu_pnr().action(*field), expected, "{field}");
    }
}
