//! The rules of PNRGOV that the samples meet by chance or not at all, each in a booking of a few
//! segments: what is read, and what must not be read for it.

mod support;

use paxnorm::diagnostic::Code;
use paxnorm::{Booking, Policy};
use serde_json::{Value, json};
use support::records;

const BEFORE: &str = "UNA:+.?*'UNB+IATA:1+XX+UTO+250110:0605+R1'UNH+1+PNRGOV:13:1:IA'MSG+:22'\
                      ORG+XX:BRU'TVL+110125:0900:110125:0905+BRU+LHR+XX:ZZ+100'EQN+1'SRC'RCI+XX:RULES1'";
const BEHIND: &str = "UNT+1+1'UNZ+1+R1'";

/// The booking of these segments, and the codes of what was doubted.
fn read(segments: &str) -> (Value, Vec<Code>) {
    let text = format!("{BEFORE}{segments}{BEHIND}");
    let record = records(text.as_bytes(), Policy::keep_all()).remove(0);
    let booking = serde_json::to_value(&record.booking).expect("a booking is JSON");
    let doubts = record.diagnostics.iter().map(|doubt| doubt.code);
    (booking, doubts.collect())
}

/// What a rule is about, the segments, and what must stand at places of the booking; `null` where
/// nothing must.
type Rule = (&'static str, &'static str, Vec<(&'static str, Value)>);

fn holds(rules: Vec<Rule>) {
    let mut wrong = Vec::new();
    for (what, segments, expected) in rules {
        let (booking, _) = read(segments);
        for (place, value) in expected {
            let found = booking.pointer(place).unwrap_or(&Value::Null);
            if *found != value {
                wrong.push(format!("{what}: {place} is {found}, not {value}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn names_are_of_those_who_are_named() {
    holds(vec![
        (
            "a further element without a name names nobody",
            "TIF+DEA+JOHN:A:1+MARY:A:2+:C'",
            vec![
                ("/passengers/1/name/given", json!("MARY")),
                ("/passengers/2", Value::Null),
            ],
        ),
        (
            "the first one names somebody by a surname alone",
            "TIF+DEA+:A:1'",
            vec![("/passengers/0/name/surname", json!("DEA"))],
        ),
        (
            "a name told again behind a leg is no second traveller",
            "TIF+DEA+JOHN:A:1'TVL+110125:0900+BRU+LHR+XX+100'TIF+DEA+JOHN:A:1'",
            vec![
                ("/passengers/0/name/given", json!("JOHN")),
                ("/passengers/1", Value::Null),
            ],
        ),
        (
            "a name told again without its reference is found by the name",
            "TIF+DEA+JOHN:A:1'TIF+DEA+MARY ANN:A:2'TIF+EVERY+MARY:A:3'\
             TVL+110125:0900+BRU+LHR+XX+100'DAT+2:110125:0700'ORG+XX:BRU'TRI++117'TIF+DEA+MARYANN:A'",
            vec![
                ("/passengers/3", Value::Null),
                ("/check_ins/0/passenger", json!(2)),
            ],
        ),
        (
            "a surname of one letter is written twice, where a document shows the letter",
            "TIF+II+ANNA:A:1'SSR+DOCS:HK:1:XX:::::/P/UTO/UT1/UTO/05AUG88/F/11JAN31/I/ANNA+::1'",
            vec![("/passengers/0/name/surname", json!("I"))],
        ),
        (
            "one of two letters is itself, where a document shows both",
            "TIF+II+ANNA:A:1'SSR+DOCS:HK:1:XX:::::/P/UTO/UT1/UTO/05AUG88/F/11JAN31/II/ANNA+::1'",
            vec![("/passengers/0/name/surname", json!("II"))],
        ),
        (
            "an infant without a date has all the names",
            "TIF+EVERY+TESSA:A:1'SSR+INFT:HK:1:XX:::::EVERY/FIEN MARIE+::1'",
            vec![
                ("/passengers/1/name/given", json!("FIEN MARIE")),
                ("/passengers/1/birth_date", Value::Null),
                ("/passengers/1/adult", json!(1)),
            ],
        ),
        (
            "an infant told of by two adults stays with the first, and by itself is not its own",
            "TIF+EVERY+TESSA:A:1'TIF+EVERY+ROBIN:A:2'TIF+EVERY+FIEN:IN:3'\
             SSR+INFT:HK:1:XX:::::EVERY/FIEN 20SEP24+::3'SSR+INFT:HK:1:XX:::::EVERY/FIEN 20SEP24+::2'\
             SSR+INFT:HK:1:XX:::::EVERY/FIEN 20SEP24+::1'",
            vec![
                ("/passengers/2/adult", json!(2)),
                ("/passengers/2/birth_date", json!("2024-09-20")),
                ("/passengers/3", Value::Null),
            ],
        ),
    ]);
}

#[test]
fn a_request_is_about_whom_it_names() {
    const TWO: &str = "TIF+DEA+JOHN:A:1'TIF+EVERY+TESSA:A:2'";
    let (booking, doubts) = read(&format!(
        "SSR+DOCS:HK:1:XX:::::/P/UTO/UT1/UTO/05AUG88/F/11JAN31/OTHER/ANNA'{TWO}"
    ));
    assert_eq!(booking["passengers"].as_array().map(Vec::len), Some(2));
    assert!(doubts.contains(&Code::ReferenceUnknown), "{doubts:?}");
    let (booking, doubts) = read(&format!("SSR+PCTC:HK:1:XX:::::ROBIN 5555550174'{TWO}"));
    assert_eq!(booking["contacts"], Value::Null);
    assert!(doubts.contains(&Code::ReferenceUnknown), "{doubts:?}");
    holds(vec![
        (
            "a contact of nobody in particular is one of the booking",
            "SSR+CTCM:HK:1:XX:::::15555550171'TIF+DEA+JOHN:A:1'TIF+EVERY+TESSA:A:2'",
            vec![
                ("/contacts/0/value", json!("15555550171")),
                ("/contacts/0/purpose", json!("CTCM")),
                ("/passengers/0/contacts", Value::Null),
            ],
        ),
        (
            "a contact of somebody is none for an emergency, and the other way round",
            "TIF+DEA+JOHN:A:1'SSR+CTCM:HK:1:XX:::::15555550171+::1'\
             SSR+PCTC:HK:1:XX:::::5555550174+::1'",
            vec![
                ("/passengers/0/contacts/0/value", json!("15555550171")),
                ("/passengers/0/contacts/1", Value::Null),
                (
                    "/passengers/0/emergency_contacts/0/value",
                    json!("5555550174"),
                ),
                ("/passengers/0/emergency_contacts/1", Value::Null),
            ],
        ),
        (
            "a request that names two is one of each",
            "TIF+DEA+JOHN:A:1'TIF+EVERY+TESSA:A:2'SSR+VGML:HK:2:XX+::1+::2'",
            vec![
                ("/requests/0/passenger", json!(1)),
                ("/requests/1/passenger", json!(2)),
                ("/requests/1/code", json!("VGML")),
            ],
        ),
        (
            "a request within a traveller is about that one",
            "TIF+DEA+JOHN:A:1'TIF+EVERY+TESSA:A:2'SSR+VGML:HK:1:XX'",
            vec![("/requests/0/passenger", json!(2))],
        ),
        (
            "a language is a request where no minor travels",
            "TIF+DEA+JOHN:A:1'SSR+LANG:HK:1:XX:::::FRENCH+::1'",
            vec![
                ("/requests/0/code", json!("LANG")),
                ("/minors", Value::Null),
            ],
        ),
        (
            "a language is the minor's where one travels, wherever that is said",
            "TIF+DEA+JOHN:C:1'SSR+LANG:HK:1:XX:::::FRENCH+::1'SSR+UMNR:HK:1:XX:::::UM08+::1'",
            vec![
                ("/requests", Value::Null),
                ("/minors/0/languages/0", json!("FRENCH")),
                ("/minors/0/age", json!(8)),
            ],
        ),
        (
            "carrier, status and number are one text, as far as they are there",
            "TIF+DEA+JOHN:A:1'SSR+DOCS:::XX:::::/P/UTO/UT1+::1'SSR+DOCS:HK:::::::/P/UTO/UT2+::1'\
             SSR+DOCS:HK:1:::::::/P/UTO/UT3+::1'SSR+DOCS::1:XX:::::/P/UTO/UT4+::1'",
            vec![
                ("/passengers/0/documents/0/status", json!("XX")),
                ("/passengers/0/documents/1/status", json!("HK")),
                ("/passengers/0/documents/2/status", json!("HK1")),
                ("/passengers/0/documents/3/status", json!("XX 1")),
            ],
        ),
    ]);
}

#[test]
fn documents_are_told_apart_and_told_once() {
    holds(vec![
        (
            "a title glued to the first of two given names",
            "TIF+EVERY+MOLLY:A:1'SSR+DOCS:HK:1:XX:::::/P/UTO/UT1/UTO/05AUG88/F/11JAN31/EVERY/MOLLYMRS ZARA+::1'",
            vec![
                ("/passengers/0/documents/0/name/given", json!("MOLLY ZARA")),
                ("/passengers/0/documents/0/name/title", json!("mrs")),
            ],
        ),
        (
            "the same number of another kind is another document",
            "TIF+EVERY+ANNA:A:1'SSR+DOCS:HK:1:XX:::::/P/UTO/UT1/UTO/05AUG88/F/11JAN31/EVERY/ANNA+::1'\
             SSR+DOCS:HK:1:XX:::::/I/UTO/UT1/UTO/05AUG88/F/11JAN31/EVERY/ANNA+::1'\
             SSR+DOCS:HK:1:XX:::::/P/UTO/UT2/UTO/05AUG88/F/11JAN31/EVERY/ANNA+::1'\
             SSR+DOCS:HK:1:XX:::::/P/UTO/UT1/UTO/05AUG88/F/11JAN31/OTHER/ANNA+::1'",
            vec![
                ("/passengers/0/documents/1/kind", json!("identity-card")),
                ("/passengers/0/documents/2/number", json!("UT2")),
                ("/passengers/0/documents/3/name/surname", json!("OTHER")),
                ("/passengers/0/documents/4", Value::Null),
            ],
        ),
        (
            "the same document again keeps what is known and fills what is not",
            "TIF+EVERY+ANNA:A:1'SSR+DOCS:HK:1:XX:::::/P/UTO/UT1/UTO/05AUG88/F//EVERY/ANNA+::1'\
             SSR+DOCS:HK:1:XX:::::/P/BEL/UT1/UTO/05AUG88/F/11JAN31/EVERY/ANNE+::1'",
            vec![
                ("/passengers/0/documents/0/issuer/code", json!("UTO")),
                ("/passengers/0/documents/0/name/given", json!("ANNA")),
                ("/passengers/0/documents/0/expires", json!("2031-01-11")),
                ("/passengers/0/documents/1", Value::Null),
            ],
        ),
        (
            "the issuer and the longer name come with the second",
            "TIF+EVERY+ANNA:A:1'SSR+DOCS:HK:1:XX:::::/P//UT1/UTO/05AUG88/F//EVERY/ANNA+::1'\
             SSR+DOCS:HK:1:XX:::::/P/BEL/UT1/UTO/05AUG88/F/11JAN31/EVERY/ANNA MARIA+::1'",
            vec![
                ("/passengers/0/documents/0/issuer/code", json!("BEL")),
                ("/passengers/0/documents/0/name/given", json!("ANNA MARIA")),
            ],
        ),
        (
            "without a number the given names tell",
            "TIF+EVERY+ANNA:A:1'SSR+DOCS:HK:1:XX:::::////UTO/05AUG88/F//EVERY/ANNA+::1'\
             SSR+DOCS:HK:1:XX:::::////UTO/05AUG88/F//EVERY/ANNA+::1'\
             SSR+DOCS:HK:1:XX:::::////UTO/05AUG88/F//EVERY/ANNA MARIA+::1'",
            vec![
                ("/passengers/0/documents/1/name/given", json!("ANNA MARIA")),
                ("/passengers/0/documents/2", Value::Null),
            ],
        ),
        (
            "states that nobody knows are told apart by what was received",
            "TIF+EVERY+ANNA:A:1'SSR+DOCS:HK:1:XX:::::/P/UTO/UT1/QQY/05AUG88/F/11JAN31/EVERY/ANNA+::1'\
             SSR+DOCS:HK:1:XX:::::/P/UTO/UT1/QQZ/05AUG88/F/11JAN31/EVERY/ANNA+::1'\
             SSR+DOCS:HK:1:XX:::::/P/UTO/UT1/QQY/05AUG88/F/11JAN31/EVERY/ANNA+::1'\
             SSR+DOCS:HK:1:XX:::::/P/UTO/UT1/UTO/05AUG88/F/11JAN31/EVERY/ANNA+::1'",
            vec![
                ("/passengers/0/nationalities/1/received", json!("QQZ")),
                ("/passengers/0/nationalities/2/code", json!("UTO")),
                ("/passengers/0/nationalities/3", Value::Null),
            ],
        ),
        (
            "fields one place off are told by the date of birth where no sex stands",
            "TIF+EVERY+ANNA:A:1'SSR+DOCS:HK:1:XX::::://P/UTO/UT1/UTO/05AUG88//11JAN31/EVERY/ANNA+::1'",
            vec![
                ("/passengers/0/birth_date", json!("1988-08-05")),
                ("/passengers/0/documents/0/number", json!("UT1")),
                ("/passengers/0/documents/0/expires", json!("2031-01-11")),
            ],
        ),
        (
            "a visa whose fields begin without a slash, and one of another kind or number",
            "TIF+EVERY+ANNA:A:1'SSR+DOCO:HK:1:XX:::::RIVERTON/V/V1/UTO/01FEB24/UTO+::1'\
             SSR+DOCO:HK:1:XX:::::/RIVERTON/V/V1/UTO/01FEB24/UTO+::1'\
             SSR+DOCO:HK:1:XX::::://R/V1///UTO+::1'SSR+DOCO:HK:1:XX::::://V/V2///UTO+::1'\
             SSR+DOCO:HK:1:XX:::::///R/V3///UTO+::1'",
            vec![
                ("/passengers/0/visas/0/number", json!("V1")),
                ("/passengers/0/visas/0/issued", json!("2024-02-01")),
                ("/passengers/0/visas/1/kind", json!("redress")),
                ("/passengers/0/visas/2/number", json!("V2")),
                ("/passengers/0/visas/3/number", json!("V3")),
                ("/passengers/0/visas/4", Value::Null),
            ],
        ),
    ]);
}

#[test]
fn seats_legs_and_check_ins_belong_together() {
    holds(vec![
        (
            "the leg for which the message was sent",
            "TIF+EVERY+ANNA:A:1'TVL+110125:0700+BRU+LHR+XX+999'TVL+110125:0800+CDG+LHR+XX+100'\
             TVL+120125:0900+BRU+LHR+XX+100'TVL+110125:0900+BRU+LHR+YY+100'TVL+110125:0900+BRU+LHR+XX+0100'\
             TVL+110125:0900+BRU+LHR+XX+100'",
            vec![
                ("/legs/0/reported", Value::Null),
                ("/legs/1/reported", Value::Null),
                ("/legs/2/reported", Value::Null),
                ("/legs/3/reported", Value::Null),
                ("/legs/4/reported", json!(true)),
                ("/legs/5/reported", Value::Null),
            ],
        ),
        (
            "the name of a stop behind its code",
            "TIF+EVERY+ANNA:A:1'TVL+110125:0700+BRU:SOUTH STATION+LHR:CITY HALL+XX+7'",
            vec![
                ("/legs/0/from/name", json!("SOUTH STATION")),
                ("/legs/0/to/name", json!("CITY HALL")),
            ],
        ),
        (
            "the operating carrier keeps its code where its flight comes later",
            "TIF+EVERY+ANNA:A:1'TVL+110125:0700+BRU+LHR+XX:YY+7'TRA+YY+973:K'",
            vec![
                ("/legs/0/operating/carrier", json!("YY")),
                ("/legs/0/operating/number", json!("973")),
            ],
        ),
        (
            "a seat taken is kept by its number or its cabin",
            "TIF+EVERY+ANNA:A:1'TVL+110125:0900+BRU+LHR+XX+100'DAT+2:110125:0700'ORG+XX:BRU'\
             TRI++117:::1'SSD+12A'SSD+++++Y'SSD++'",
            vec![
                ("/seats/0/number", json!("12A")),
                ("/seats/1/cabin", json!("Y")),
                ("/seats/2", Value::Null),
            ],
        ),
        (
            "seats in the text of a request, and a request without a seat",
            "TIF+EVERY+ANNA:A:1'SSR+NSST:HK:1:XX:::BRU:LHR:12A'SSR+NSSA:HK:1:XX:::BRU:LHR'",
            vec![
                ("/seats/0/number", json!("12A")),
                ("/seats/0/passenger", json!(1)),
                ("/seats/1/request", json!("NSSA")),
                ("/seats/1/passenger", json!(1)),
                ("/seats/2", Value::Null),
            ],
        ),
        (
            "the points of a request are those of its leg, or its own",
            "TIF+EVERY+ANNA:A:1'TVL+110125:0900+BRU+LHR+XX+100'TVL+110125:1200+LHR+JFK+XX+200'\
             SSR+SEAT:HK:1:XX:::LHR:JFK+12A::1'SSR+SEAT:HK:1:XX:::LHR:CDG+14A::1'\
             SSR+SEAT:HK:1:XX:::CDG:JFK+15A::1'SSR+SPEQ:HK:1:XX:::BRU:LHR+::1'\
             SSR+SPEQ:HK:1:XX:::BRU:JFK+::1'",
            vec![
                ("/seats/0/from", Value::Null),
                ("/seats/0/leg", json!(2)),
                ("/seats/1/to", json!("CDG")),
                ("/seats/2/from", json!("CDG")),
            ],
        ),
        (
            "a request before all legs finds its leg by both points",
            "SSR+SPEQ:HK:1:XX:::BRU:JFK+::1'SSR+SPEQ:HK:1:XX:::LHR:JFK+::1'TIF+EVERY+ANNA:A:1'\
             TVL+110125:0900+BRU+LHR+XX+100'TVL+110125:1200+LHR+JFK+XX+200'",
            vec![
                ("/services/0/leg", Value::Null),
                ("/services/1/leg", json!(2)),
            ],
        ),
        (
            "a split says how many went",
            "TIF+EVERY+ANNA:A:1'EQN+3'RCI+XX:OTHER1'",
            vec![
                ("/splits/0/travellers", json!(3)),
                ("/splits/0/locator", json!("OTHER1")),
            ],
        ),
        (
            "a split says how many went, where it says no more",
            "TIF+EVERY+ANNA:A:1'EQN+3'",
            vec![("/splits/0/travellers", json!(3))],
        ),
        (
            "another service says its kind",
            "TIF+EVERY+ANNA:A:1'MSG+8'TVL+110125:1500:130125+LHR:HARBOUR HOTEL++ZH+67576:ROH'",
            vec![("/other_services/0/kind", json!("8"))],
        ),
    ]);
}

#[test]
fn a_booking_without_a_locator_goes_by_that_of_its_leg() {
    let segments = "TIF+EVERY+ANNA:A:1'TVL+110125:0900+BRU+LHR+XX+100'RCI+YY:LEGS01::011224:1010'";
    let text = format!("{BEFORE}{segments}{BEHIND}").replace("RCI+XX:RULES1'", "");
    let record = records(text.as_bytes(), Policy::keep_all()).remove(0);
    let booking = serde_json::to_value(&record.booking).expect("a booking is JSON");
    assert_eq!(booking["locators"][0]["value"], "LEGS01");
    assert_eq!(
        booking["locators"][0]["leg"],
        Value::Null,
        "the booking's own"
    );
    assert_eq!(booking["locators"][1]["leg"], 1);
    assert_eq!(booking["created"], "2024-12-01T10:10Z");
}

#[test]
fn what_was_paid_and_written_is_kept_with_whom_it_concerns() {
    holds(vec![
        (
            "a fare calculation waits for the fare of its own traveller",
            "TIF+DEA+JOHN:A:1'IFT+4:15:9:XX:EN+BRU XX LHR'TIF+EVERY+TESSA:A:2'FAR+A+36+++7+YBASE'",
            vec![
                ("/fares/0/passenger", json!(1)),
                ("/fares/0/basis", Value::Null),
                ("/fares/0/calculation", json!("BRU XX LHR")),
                ("/fares/1/passenger", json!(2)),
                ("/fares/1/basis/0", json!("YBASE")),
            ],
        ),
        (
            "and is joined to it, with its carrier",
            "TIF+DEA+JOHN:A:1'IFT+4:15:9:XX:EN+BRU XX LHR'FAR+A+36+++7+YBASE'FAR+A+36+++7+YOTHER'",
            vec![
                ("/fares/0/basis/0", json!("YBASE")),
                ("/fares/0/calculation", json!("BRU XX LHR")),
                ("/fares/0/carrier", json!("XX")),
                ("/fares/0/indicator", json!("9")),
                ("/fares/1/basis/0", json!("YOTHER")),
                ("/fares/1/calculation", Value::Null),
                ("/fares/2", Value::Null),
            ],
        ),
        (
            "a tax is an amount, a word or a code",
            "TIF+DEA+JOHN:A:1'TKT+9990000000001:T'TXD++8.50+EXEMPT+:::YQ+:UTO'",
            vec![
                ("/tickets/0/taxes/0/amount", json!("8.50")),
                ("/tickets/0/taxes/1/word", json!("EXEMPT")),
                ("/tickets/0/taxes/2/code", json!("YQ")),
                ("/tickets/0/taxes/3", Value::Null),
            ],
        ),
        (
            "who pays, for each form of payment",
            "TIF+DEA+JOHN:A:1'TKT+9990000000001:T'FOP+CC::10.00:VI'IFT+4:43+ROBIN EVERY+4 HIGH STREET+5555550175'\
             ADD++702:4 HIGH STREET:RIVERTON'",
            vec![
                ("/payments/0/payer", json!("ROBIN EVERY")),
                ("/payments/0/payer_phone", json!("5555550175")),
                ("/payments/0/billing/city", json!("RIVERTON")),
            ],
        ),
        (
            "an address of a traveller is for an emergency where no minor travels",
            "TIF+DEA+JOHN:A:1'ADD++700:3 HIGH STREET:RIVERTON'",
            vec![
                (
                    "/passengers/0/emergency_contacts/0/address/city",
                    json!("RIVERTON"),
                ),
                ("/contacts", Value::Null),
                ("/minors", Value::Null),
            ],
        ),
        (
            "a purpose that stands alone in the element before its text",
            "ADD++700+5555550173'TIF+DEA+JOHN:A:1'",
            vec![
                ("/contacts/0/purpose", json!("700")),
                ("/contacts/0/value", json!("5555550173")),
                ("/contacts/1", Value::Null),
            ],
        ),
        (
            "further identifiers of the office belong to it",
            "ORG+1Z:MUC+99990002:BRUXX2222:DESK:7+BRU'TIF+DEA+JOHN:A:1'",
            vec![
                ("/agency/office", json!("BRUXX2222:DESK:7")),
                ("/agency/iata", json!("99990002")),
                ("/agency/city", json!("BRU")),
            ],
        ),
        (
            "a text of kind 19 is a remark where there is no history",
            "TIF+DEA+JOHN:A:1'IFT+4:19+XF MC 0'",
            vec![
                ("/remarks/0/text", json!("XF MC 0")),
                ("/history", Value::Null),
            ],
        ),
        (
            "and goes on with the last line where there is one",
            "TIF+DEA+JOHN:A:1'LTS+FIRST LINE'IFT+4:19+SECOND LINE'",
            vec![
                ("/history/0/text", json!("FIRST LINE\nSECOND LINE")),
                ("/remarks", Value::Null),
            ],
        ),
    ]);
}

/// A surname is copied for each given name, unless the segment is longer than any sound one.
#[test]
fn a_name_of_any_length_is_not_copied() {
    let long = "X".repeat(17_000);
    let (booking, doubts) = read(&format!("TIF+{long}+ANNA:A:1+JOHN:A:2'"));
    assert_eq!(booking["passengers"].as_array().map(Vec::len), Some(1));
    assert!(doubts.contains(&Code::TooManyPersons), "{doubts:?}");
}

/// What answers an earlier message, and what was wrong with it, are one text.
#[test]
fn errors_of_a_message_are_kept_with_its_response() {
    let text = format!("{BEFORE}TIF+DEA+JOHN:A:1'{BEHIND}")
        .replace("MSG+:22'", "MSG+:22+7'ERC+118'ERC+130'");
    let record = records(text.as_bytes(), Policy::keep_all()).remove(0);
    let booking = record.booking.expect("a booking");
    assert_eq!(booking.provenance.response.as_deref(), Some("7 118 130"));
}

#[test]
fn what_is_no_number_is_no_date() {
    for date in [
        "1101/5",
        "11 125",
        "1101:5",
        "110A25",
        "AA0125",
        "1\u{80}0125",
    ] {
        let (booking, doubts) = read(&format!("TIF+DEA+JOHN:A:1'DAT+700:{date}:0900'"));
        assert_eq!(booking.pointer("/changed"), None, "{date}");
        assert!(
            doubts.contains(&Code::UnreadableDate) || date.contains(':'),
            "{date}"
        );
    }
}

#[test]
fn a_fragment_that_begins_like_a_request_is_read_as_one() {
    let (booking, doubts) = read("TIF+DEA+JOHN:A:1'SSR0WCHR+WCHC:HK:1:XX'");
    assert!(doubts.contains(&Code::Fragment), "{doubts:?}");
    assert_eq!(
        booking.pointer("/requests/0/code"),
        Some(&json!("WCHC")),
        "{booking}"
    );
}

#[test]
fn a_card_number_is_masked_wherever_it_stands_in_a_text() {
    for (text, masked) in [
        ("4012888888881881", "401288XXXXXX1881"),
        ("FP 4012888888881881", "FP 401288XXXXXX1881"),
        (
            "A4012888888881881B 5105105105105100",
            "A401288XXXXXX1881B 510510XXXXXX5100",
        ),
        (
            "4012888888881 5105105105105100",
            "4012888888881 510510XXXXXX5100",
        ),
        ("12345678901234567890", "12345678901234567890"),
    ] {
        let (booking, _) = read(&format!("TIF+DEA+JOHN:A:1'IFT+4:28::XX+{text}'"));
        let kept = booking.to_string();
        assert!(kept.contains(masked), "{masked}: {kept}");
    }
}

#[test]
fn an_account_is_read_again_as_it_was_written() {
    for (account, masked, doubt) in [
        ("12-34", json!("1234"), None),
        ("1234Ö5", json!("12345"), None),
        // Nothing of it can stand there.
        ("--", Value::Null, Some(Code::Unmapped)),
    ] {
        let segments = format!("TIF+DEA+JOHN:A:1'TKT+1:T'FOP+CC:::VI:{account}'");
        let text = format!("{BEFORE}{segments}{BEHIND}");
        let record = records(text.as_bytes(), Policy::keep_all()).remove(0);
        let json = serde_json::to_string(&record.booking).expect("a booking is JSON");
        let again: Option<Box<Booking>> = serde_json::from_str(&json).expect("what was written");
        assert!(again == record.booking, "{account}");
        let booking: Value = serde_json::from_str(&json).expect("JSON");
        let found = booking
            .pointer("/payments/0/account")
            .unwrap_or(&Value::Null);
        assert_eq!(*found, masked, "{account}");
        let doubts: Vec<_> = record.diagnostics.iter().map(|doubt| doubt.code).collect();
        assert_eq!(
            doubts.contains(&Code::Unmapped),
            doubt.is_some(),
            "{doubts:?}"
        );
    }
}

#[test]
fn an_amount_of_too_many_digits_is_a_word() {
    // The first one is the least number of 64 bits, which has no opposite.
    for amount in [
        "-9223372036854775808",
        "-92233720368547758.08",
        "1234567890123456789",
    ] {
        let (booking, _) = read(&format!("TIF+DEA+JOHN:A:1'TKT+1:T'MON+B:{amount}:EUR'"));
        let price = &booking["tickets"][0]["prices"][0];
        assert_eq!(price["word"], json!(amount), "{price}");
        assert_eq!(price.get("amount"), None, "{price}");
    }
}
