//! The tolerant grammar, by tables of forms.

use serde_json::Value;

use super::{bookings, list};
use crate::support::{shown, table};

fn leg(booking: &Value, index: usize, path: &str) -> String {
    let value = booking.pointer(&format!("/legs/{index}/{path}"));
    match shown(value).as_str() {
        "absent" => String::new(),
        text => text.to_owned(),
    }
}

#[test]
fn flights_are_told_apart_into_carrier_and_number() {
    for row in table(include_str!("../data/paxlst/flights.tsv")) {
        let bytes = list(&format!("TDT+{}'LOC+125+BRU'NAD+FL+++A'", row[0]));
        let booking = &bookings(&bytes)[0];
        let found = [
            leg(booking, 0, "marketing/carrier"),
            leg(booking, 0, "marketing/number"),
            leg(booking, 0, "marketing/suffix"),
            leg(booking, 0, "operating/carrier"),
        ];
        let number = if row[0].contains("MCL") {
            "0MCL"
        } else {
            row[2]
        };
        assert_eq!(found, [row[1], number, row[3], row[4]], "{}", row[0]);
    }
}

/// The segments of a row of `itineraries.tsv`.
fn segments(row: &str) -> String {
    let segment = |word: &str| match word.split_at(1) {
        ("T", _) => "TDT+20+XX602'".to_owned(),
        ("d", time) => format!("DTM+189:260527{time}:201'"),
        ("a", time) => format!("DTM+232:260527{time}:201'"),
        _ => format!("LOC+{word}'"),
    };
    let all: String = row.split(' ').map(segment).collect();
    if row.starts_with('T') {
        all
    } else {
        format!("TDT+20+XX602'{all}")
    }
}

#[test]
fn itineraries_are_read_in_all_their_forms() {
    for row in table(include_str!("../data/paxlst/itineraries.tsv")) {
        let bytes = list(&format!("{}NAD+FL+++A'", segments(row[0])));
        let booking = &bookings(&bytes)[0];
        let count = booking["legs"].as_array().map_or(0, Vec::len);
        let time = |index, path| {
            let stamp = leg(booking, index, path);
            stamp.get(11..).unwrap_or_default().replace(':', "")
        };
        let legs: Vec<_> = (0..count)
            .map(|index| {
                format!(
                    "{}-{} {}-{}",
                    leg(booking, index, "from/code"),
                    leg(booking, index, "to/code"),
                    time(index, "departure"),
                    time(index, "arrival"),
                )
            })
            .collect();
        assert_eq!(legs.join(", "), row[1], "{}: {}", row[2], row[0]);
    }
}

#[test]
fn dates_are_read_by_their_digits() {
    for row in table(include_str!("../data/paxlst/dates.tsv")) {
        let bytes = list(&format!("NAD+FL+++A'DOC+P+1'DTM+{}'", row[0]));
        let bookings = bookings(&bytes);
        assert_eq!(shown(bookings[0].pointer(row[2])), row[1], "{}", row[0]);
    }
}

/// Segments of a person, and what they say.
const FORMS: &[(&str, &str, &str)] = &[
    ("ATT+2++M*M*M", "/passengers/0/sex", "male"),
    ("ATT+2", "/passengers/0/sex", "absent"),
    ("MEA+CT++4", "/bags/0/pieces", "4"),
    ("MEA+CT++:4", "/bags/0/pieces", "4"),
    ("MEA+WT++LBR:44", "/bags/0/unit", "lb"),
    ("MEA+WT++STN:4", "/bags/0/unit_received", "STN"),
    ("FTX+BAG+23++XX123456", "/bags/0/weight", "23"),
    (
        "FTX+BAG+++XX123456:XX123457:2",
        "/bags/0/tags/1/number",
        "123457",
    ),
    ("FTX+BAG+++XX123456:XX123457:2", "/bags/0/tags/1/count", "2"),
    (
        "FTX+BAG+++0123456789",
        "/bags/0/tags/0/number",
        "0123456789",
    ),
    ("FTX+BAG+++NULL", "/bags", "absent"),
    (
        "FTX+AAI+++SEES A FRIEND",
        "/remarks/0/text",
        "SEES A FRIEND",
    ),
    ("GEI+4+174", "/passengers/0/verified", "false"),
    ("GEI+4+ZZZ:::HK", "/passengers/0/verified", "true"),
    ("GEI+4+999", "/passengers/0/verified", "absent"),
    ("LOC+180+NZL", "/passengers/0/birth_country/code", "NZL"),
    ("LOC+180+NZL", "/passengers/0/birth_place", "absent"),
    (
        "LOC+180+:::AMBER HILL",
        "/passengers/0/birth_place",
        "AMBER HILL",
    ),
    (
        "LOC+180+USA+:::RESTON+:::VIRGINIA",
        "/passengers/0/birth_place",
        "RESTON VIRGINIA",
    ),
    ("LOC+174+:::UTO", "/passengers/0/residence/code", "UTO"),
    (
        "NAT+2+UTO'NAT+2+XXA",
        "/passengers/0/nationalities/1/code",
        "XXA",
    ),
    (
        "COM+44 188:TE+A.AT.EXAMPLE.COM:EM",
        "/passengers/0/contacts/1/value",
        "A@EXAMPLE.COM",
    ),
    ("COM+5550102:FX", "/passengers/0/contacts/0/purpose", "FX"),
    ("EMP+1+CR2:110:111", "/passengers/0/function", "CR2"),
    ("RFF+AVF:ABC123", "/locators/0/value", "ABC123"),
    ("RFF+AVF:", "/locators", "absent"),
    ("RFF+SEA:001A", "/seats/0/number", "1A"),
    ("RFF+AEA:77", "/passengers/0/visas/0/kind_received", "AEA"),
    ("RFF+YZY:9991234567890C2", "/tickets/0/coupon", "2"),
    (
        "DOC+P+1'LOC+174+UTO'DTM+36:300101",
        "/passengers/0/documents/0/expires",
        "2030-01-01",
    ),
    (
        "DOC+P+1'ATT+2++F'RFF+AVF:ABC123'LOC+91+UTO",
        "/passengers/0/documents/0/issuer/code",
        "UTO",
    ),
    (
        "DOC+P+1'LOC+91+UTO:::CAPITAL",
        "/passengers/0/documents/0/issuer_text",
        "CAPITAL",
    ),
    ("DOC++", "/passengers/0/documents", "absent"),
    ("DOC++77", "/passengers/0/documents/0/number", "77"),
    ("DOC+QQ+77", "/passengers/0/documents/0/kind_received", "QQ"),
    ("DOC+39+77", "/passengers/0/documents/0/kind", "passport"),
    (
        "DOC+V+77'LOC+91+UTO",
        "/passengers/0/visas/0/country/code",
        "UTO",
    ),
    (
        "DOC+V+77'DOC+P+78",
        "/passengers/0/documents/0/number",
        "78",
    ),
    ("TDT+20+YY1'LOC+125+BRU", "/legs", "absent"),
];

#[test]
fn segments_of_a_person_are_read_in_all_their_forms() {
    for (segments, pointer, expected) in FORMS {
        let bookings = bookings(&list(&format!("NAD+FL+++A'{segments}'")));
        assert_eq!(bookings.len(), 1, "{segments}");
        assert_eq!(shown(bookings[0].pointer(pointer)), *expected, "{segments}");
    }
}

/// Names: element 4 of `NAD`, surname, given names, title.
const NAMES: &[(&str, &str, &str, &str)] = &[
    ("DOE:JOHN:WAYNE", "DOE", "JOHN WAYNE", "absent"),
    ("DOE:JOHN WAYNE", "DOE", "JOHN WAYNE", "absent"),
    ("DOE:JOHN:MR", "DOE", "JOHN", "mr"),
    ("STRANSKY", "STRANSKY", "absent", "absent"),
    ("STRANSKY:FNU", "STRANSKY", "absent", "absent"),
    ("STRANSKY:.", "STRANSKY", "absent", "absent"),
    ("O?'DEA:NORA", "O'DEA", "NORA", "absent"),
    ("DOE:JOHN::::1", "DOE", "JOHN", "absent"),
    (":JOHN", "absent", "JOHN", "absent"),
];

#[test]
fn names_are_read_in_all_their_forms() {
    for (element, surname, given, title) in NAMES {
        let bookings = bookings(&list(&format!("NAD+FL+++{element}'")));
        let name = |part| shown(bookings[0].pointer(&format!("/passengers/0/name/{part}")));
        let found = [name("surname"), name("given"), name("title")];
        assert_eq!(found, [*surname, *given, *title], "{element}");
    }
    let full = bookings(&list("NAD+FL++DOE JOHN'"));
    assert_eq!(
        shown(full[0].pointer("/passengers/0/name/full")),
        "DOE JOHN"
    );
}

/// Who a `NAD` is: its qualifier, and the role, or that it is no person.
const ROLES: &[(&str, &str)] = &[
    ("FL", "passenger"),
    ("fl", "passenger"),
    ("DDU", "transit"),
    ("FM", "crew"),
    ("DDT", "crew"),
    ("VW", "crew"),
    ("QQ", "absent"),
    ("MS", "no person"),
    ("CA", "no person"),
];

#[test]
fn the_qualifier_says_who_somebody_is() {
    for (qualifier, expected) in ROLES {
        let bookings = bookings(&list(&format!("TDT+20+XX1'NAD+{qualifier}+++A'")));
        let role = bookings.first().map_or_else(
            || "no person".to_owned(),
            |booking| shown(booking.pointer("/passengers/0/role")),
        );
        assert_eq!(role, *expected, "{qualifier}");
    }
}

#[test]
fn modes_other_than_air_are_told_by_their_code() {
    for (code, mode) in [
        ("1", "ferry"),
        ("2", "rail"),
        ("3", "coach"),
        ("4", "air"),
        ("", "air"),
    ] {
        let bookings = bookings(&list(&format!("TDT+20+XX1+{code}'NAD+FL+++A'")));
        assert_eq!(shown(bookings[0].pointer("/legs/0/mode")), mode);
        assert_eq!(shown(bookings[0].pointer("/provenance/mode")), mode);
    }
}

/// Kinds of lists: `BGM`, bookings, function, push, status.
const KINDS: &[(&str, usize, &str, &str, &str)] = &[
    ("745", 1, "745", "absent", "active"),
    ("745+CP", 1, "745 CP", "update", "active"),
    ("745+RP", 1, "745 RP", "update", "active"),
    ("745+XR", 1, "745 XR", "update", "cancelled"),
    ("745+CI:1.0", 1, "745 CI:1.0", "absent", "active"),
    ("250+C", 1, "250 C", "absent", "active"),
    ("250+CC", 1, "250 CC", "update", "active"),
    ("336+G", 1, "336 G", "update", "active"),
    ("336+H", 1, "336 H", "update", "cancelled"),
    ("10+LIST1+4", 1, "10 LIST1 4", "absent", "active"),
    ("745+QQ", 1, "745 QQ", "absent", "active"),
    ("266+CL", 0, "", "", ""),
    ("266+CLOB", 0, "", "", ""),
    ("266+XF", 0, "", "", ""),
    ("655", 0, "", "", ""),
];

#[test]
fn the_kind_of_list_says_what_it_does() {
    for (kind, count, function, push, status) in KINDS {
        let text = String::from_utf8(list("NAD+FL+++A'")).expect("text");
        let bytes = text
            .replace("BGM+745'", &format!("BGM+{kind}'"))
            .into_bytes();
        let bookings = bookings(&bytes);
        assert_eq!(bookings.len(), *count, "{kind}");
        let reported = super::codes(&super::keep_all(&bytes));
        assert_eq!(reported.contains(&"not-bookings"), *count == 0, "{kind}");
        if let Some(booking) = bookings.first() {
            let shown = |pointer| shown(booking.pointer(pointer));
            assert_eq!(shown("/provenance/function"), *function, "{kind}");
            assert_eq!(shown("/provenance/push"), *push, "{kind}");
            assert_eq!(shown("/status"), *status, "{kind}");
        }
    }
}

#[test]
fn any_separators_are_read() {
    let text = String::from_utf8(super::PAXLST_TRIP.to_vec()).expect("text");
    let plain: Vec<_> = bookings(text.as_bytes())
        .into_iter()
        .map(super::placeless)
        .collect();
    for marks in ["(.) -", "*.? #", "-.? ~", "+.?*'"] {
        let [element, _, _, _, end] = marks.chars().collect::<Vec<_>>()[..] else {
            panic!("five marks");
        };
        let body = text.replace('+', "\u{1}").replace('\'', "\u{2}");
        let body = body.replace('\u{1}', &element.to_string());
        let other = format!("UNA:{marks}{}", body.replace('\u{2}', &end.to_string()));
        let found = bookings(other.as_bytes()).into_iter().map(super::placeless);
        assert_eq!(found.collect::<Vec<_>>(), plain, "{marks}");
    }
}

#[test]
fn a_master_crew_list_says_where_it_is_filed() {
    let bookings = bookings(&list(
        "TDT+20+XX01MCL+++XX'LOC+188+BRU'LOC+172+LHR'NAD+FM+++A'",
    ));
    let city = bookings[0].pointer("/provenance/reporter/city");
    assert_eq!(shown(city), "BRU");
    assert_eq!(
        shown(bookings[0].pointer("/legs/0/marketing/number")),
        "1MCL"
    );
    assert_eq!(shown(bookings[0].pointer("/legs/0/from")), "absent");
}
