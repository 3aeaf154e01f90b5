//! Mappings: what they read, how they are checked, and what becomes of every datum.

use paxnorm::format::mapping::{Draft, Mapping};
use paxnorm::{Code, ErrorKind, Format, Options, Policy, Reader, Record};

fn mapping(text: &str) -> Mapping {
    serde_json::from_str(text).expect("a mapping")
}

fn read(mapping: &Mapping, bytes: &[u8]) -> Vec<Record> {
    let formats: [&dyn Format; 1] = [mapping];
    let options = Options {
        formats: &formats,
        policy: Policy::keep_all(),
        ..Options::default()
    };
    let records = Reader::with(bytes, &options).expect("recognised");
    records.map(|record| record.expect("whole")).collect()
}

/// A stream that gives so many bytes at a time.
struct Drip<'a>(&'a [u8], usize);
impl std::io::Read for Drip<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.1.min(self.0.len()).min(buffer.len());
        buffer[..count].copy_from_slice(&self.0[..count]);
        self.0 = &self.0[count..];
        Ok(count)
    }
}

fn drip(mapping: &Mapping, bytes: &[u8], step: usize) -> Vec<Record> {
    let formats: [&dyn Format; 1] = [mapping];
    let options = Options {
        formats: &formats,
        policy: Policy::keep_all(),
        ..Options::default()
    };
    let stream: Box<dyn std::io::Read + Send + '_> = Box::new(Drip(bytes, step));
    let records = Reader::with(stream, &options).expect("recognised");
    records.map(|record| record.expect("whole")).collect()
}

const COACH: &str = r#"{
    "name": "night-coach",
    "source": { "csv": { "group": ["locators[].value"] } },
    "mode": "coach",
    "rules": [
        { "field": "locators[].value", "from": ["Booking no.", "Buchung"] },
        { "field": "passengers[].name.surname", "from": "Surname", "before": "Prefix" },
        { "field": "passengers[].name.given", "from": "First name" },
        { "field": "passengers[].sex", "from": "Sex" },
        { "field": "passengers[].birth_date", "from": "Born" },
        { "field": "passengers[].nationalities[].code", "from": "Nationality" },
        { "field": "legs[].from.name", "from": "Pick up" },
        { "field": "legs[].to.name", "from": "Drop off" },
        { "field": "legs[].departure", "from": "Date", "after": "Time",
          "parse": { "date": { "order": "dmy" } } },
        { "field": "seats[].number", "from": "Seat" }
    ]
}"#;

#[test]
fn rows_of_one_booking_come_together() {
    let bytes = "BOOKING NO;surname;Préfix;first name;pick-up;Drop off;date;time;seat;other\r\n\
        77;Berg;van den;ANNA;Gent;Lille;04/05/2026;22:10;1;x\r\n\
        77;ERIKSSON;;LARS;Gent;Lille;04/05/2026;22:10;2;\r\n\
        78;O\"x;;\"A \"\"B\"\"\";Gent;Lille;04/05/2026;22h10;;\r\n";
    let records = read(&mapping(COACH), bytes.as_bytes());
    assert_eq!(records.len(), 2);
    let booking = records[0].booking.as_ref().expect("a booking");
    assert_eq!(
        booking.passengers[0].name.surname.as_deref(),
        Some("van den Berg")
    );
    assert_eq!(booking.legs.len(), 1);
    assert_eq!(booking.seats[1].passenger, booking.passengers[1].id);
    assert_eq!(booking.seats[1].leg, booking.legs[0].id);
    let data = records[0].data;
    assert_eq!(
        (data.read, data.unmapped),
        (18, 1),
        "{:?}",
        records[0].diagnostics
    );
    let second = records[1].booking.as_ref().expect("a booking");
    assert_eq!(second.passengers[0].name.given.as_deref(), Some("A \"B\""));
    assert_eq!(
        second.legs[0].departure.expect("read").to_string(),
        "2026-05-04T22:10"
    );
}

/// Rows of a booking that stand apart make two of it, and the later one is told, however many
/// bookings stand between: of these the latest 65,536 are remembered at least.
#[test]
fn a_booking_that_comes_again_is_told() {
    let coach = mapping(
        r#"{
            "name": "apart",
            "source": { "csv": { "group": ["locators[].value"] } },
            "rules": [
                { "field": "locators[].value", "from": "booking" },
                { "field": "passengers[].name.surname", "from": "name" }
            ]
        }"#,
    );
    let table: &[(&str, u32, bool)] = &[
        ("the next row", 0, false),
        ("one between", 1, true),
        ("as many between as are remembered", 65_535, true),
        ("far more between", 200_000, false),
    ];
    for (case, between, told) in table {
        let others = (0..*between).map(|other| format!("{other},JANSEN\n"));
        let text = format!(
            "booking,name\nX1,MAES\n{}X1,PEETERS\n",
            others.collect::<String>()
        );
        let again = |record: &Record| {
            record
                .diagnostics
                .iter()
                .any(|d| d.code == Code::LocatorRepeated)
        };
        let records = read(&coach, text.as_bytes());
        let (last, before) = records.split_last().expect("records");
        assert_eq!(again(last), *told, "{case}");
        assert!(!before.iter().any(again), "{case}");
    }
}

/// A leg that rows name again is not read again, but each row is accounted for, and each doubted.
#[test]
fn what_rows_repeat_counts_and_is_doubted_in_each() {
    let coach = mapping(
        r#"{
            "name": "repeats",
            "source": { "csv": { "group": ["locators[].value"] } },
            "rules": [
                { "field": "locators[].value", "from": "booking" },
                { "field": "passengers[].name.surname", "from": "name" },
                { "field": "legs[].from.name", "from": "from" },
                { "field": "legs[].departure", "from": "date" }
            ]
        }"#,
    );
    let table = [("2026-05-04", 0, 8), ("04/05/2026", 2, 6), ("never", 2, 6)];
    for (date, doubts, mapped) in table {
        let text = format!("booking,name,from,date\n7,MAES,Gent,{date}\n7,JANSEN,Gent,{date}\n");
        let records = read(&coach, text.as_bytes());
        let [record] = records.as_slice() else {
            panic!("one booking of {date}");
        };
        let booking = record.booking.as_ref().expect("a booking");
        assert_eq!(booking.legs.len(), 1, "{date}");
        let of_date = |d: &&paxnorm::Diagnostic| d.field.is_some();
        let found = record.diagnostics.iter().filter(of_date).count();
        assert_eq!((found, record.data.mapped), (doubts, mapped), "{date}");
    }
}

#[test]
fn dates_are_read_or_doubted_never_guessed() {
    let table = [
        ("1980-01-12", "{}", "1980-01-12"),
        ("12.01.1980", r#"{"order":"dmy"}"#, "1980-01-12"),
        ("01/12/1980", r#"{"order":"mdy"}"#, "1980-01-12"),
        ("01/12/1980", "{}", "ambiguous-date"),
        ("13/12/1980", "{}", "1980-12-13"),
        ("12/13/1980", "{}", "1980-12-13"),
        ("29.02.1981", r#"{"order":"dmy"}"#, "unreadable-date"),
        ("1980", "{}", "1980"),
        ("1980-01", "{}", "1980-01"),
        ("03/1980", r#"{"pattern":"MM/YYYY"}"#, "1980-03"),
        ("12 mars 1980", r#"{"pattern":"D MMM YYYY"}"#, "1980-03-12"),
        ("19800112", "{}", "1980-01-12"),
        ("yesterday", "{}", "unreadable-date"),
        ("12/01/80", r#"{"order":"dmy"}"#, "unreadable-date"),
    ];
    for (text, parse, expected) in table {
        let mapping = mapping(&format!(
            r#"{{"name":"t","source":{{"csv":{{}}}},"rules":[
                {{"field":"passengers[].name.surname","from":"Name"}},
                {{"field":"passengers[].birth_date","from":"Born","parse":{{"date":{parse}}}}}]}}"#
        ));
        let records = read(&mapping, format!("Name,Born\nX,{text}\n").as_bytes());
        let person = &records[0].booking.as_ref().expect("a booking").passengers[0];
        let shown = match person.birth_date {
            Some(date) => date.to_string(),
            None => records[0].diagnostics[0].code.name().to_owned(),
        };
        assert_eq!(shown, expected, "{text}");
    }
}

#[test]
fn a_mistake_in_a_mapping_is_named_when_it_is_loaded() {
    let table = [
        (
            r#""field":"passengers[].name.surnam","from":"A""#,
            "nearest is `passengers[].name.surname`",
        ),
        (r#""field":"passengers[].name.surname""#, "neither `from`"),
        (
            r#""field":"legs[].stops","from":"A","parse":{"full-name":"unknown"}"#,
            "cannot give",
        ),
        (
            r#""field":"passengers[].sex","from":"A","parse":{"table":"sexes"}"#,
            "no table `sexes`",
        ),
        (
            r#""field":"legs[].mode","value":"submarine""#,
            "cannot hold this value",
        ),
        (
            r#""field":"passengers[].name.surname","from":"A {n}""#,
            "`repeat`",
        ),
        (
            r#""field":"passengers[].name.surname","fro":"A""#,
            "unknown field `fro`",
        ),
        (
            r#""field":"legs[].departure","from":"A","parse":{"date":{"pattern":"DD.MM."}}"#,
            "pattern",
        ),
    ];
    for (rule, expected) in table {
        let text = format!(r#"{{"name":"t","source":{{"csv":{{}}}},"rules":[{{{rule}}}]}}"#);
        let error = serde_json::from_str::<Mapping>(&text)
            .expect_err(rule)
            .to_string();
        assert!(error.contains(expected), "{rule}: {error}");
    }
    let twice = r#"{"name":"t","source":{"csv":{}},"rules":[
        {"field":"legs[].mode","from":"A"},{"field":"legs[].mode","from":"B"}]}"#;
    let draft: Draft = serde_json::from_str(twice).expect("well-formed");
    let error = Mapping::try_from(draft).expect_err("twice");
    assert_eq!(error.at, "rules[1]");
}

#[test]
fn any_cutting_of_the_input_gives_the_same_records() {
    let mapping = mapping(COACH);
    let mut text = String::from("Booking no,Surname,First name,Pick up,Drop off,Date,Time,Seat\n");
    for row in 0..4000 {
        text += &format!(
            "{},\"Doe, \n{row}\",Jo,Gent,Lille,04/05/2026,22:10,{row}\n",
            row / 3
        );
    }
    let formats: [&dyn Format; 1] = [&mapping];
    let options = Options {
        formats: &formats,
        policy: Policy::keep_all(),
        ..Options::default()
    };
    let whole: Vec<_> = Reader::with(text.as_bytes(), &options)
        .expect("known")
        .map(|record| record.expect("whole").booking)
        .collect();
    assert_eq!(whole.len(), 1334);
    for step in [1, 7, 1000] {
        let stream: Box<dyn std::io::Read + Send> = Box::new(Drip(text.as_bytes(), step));
        let cut: Vec<_> = Reader::with(stream, &options)
            .expect("known")
            .map(|record| record.expect("whole").booking)
            .collect();
        assert!(whole == cut, "in steps of {step}");
    }
}

#[test]
fn encodings_are_told_or_declared() {
    let row = "Booking no;Surname;First name\n1;Čapek;Zoë\n";
    let utf16: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(row.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let bom: Vec<u8> = [0xEF, 0xBB, 0xBF].into_iter().chain(row.bytes()).collect();
    for bytes in [utf16, bom, row.as_bytes().to_vec()] {
        let records = read(&mapping(COACH), &bytes);
        let name = &records[0].booking.as_ref().expect("a booking").passengers[0].name;
        assert_eq!(name.surname.as_deref(), Some("Čapek"));
        assert_eq!(name.given.as_deref(), Some("Zoë"));
    }
    let records = read(
        &mapping(COACH),
        b"Booking no;Surname;First name\n1;Caf\xE9;Zo\xC3\xAB\n",
    );
    let name = &records[0].booking.as_ref().expect("a booking").passengers[0].name;
    assert_eq!(
        (name.surname.as_deref(), name.given.as_deref()),
        (Some("Café"), Some("Zoë"))
    );
    assert!(
        records[0]
            .diagnostics
            .iter()
            .any(|doubt| doubt.code == paxnorm::Code::CharsetFallback)
    );
}

#[test]
fn lists_for_safety_at_sea_are_refused() {
    let bytes: &[u8] = b"Booking no,Surname,First name\n1,DOE,JO\n";
    let mapping = mapping(COACH);
    let formats: [&dyn Format; 1] = [&mapping];
    let mut intake = paxnorm::Intake::default();
    intake.legal_basis = Some(paxnorm::model::LegalBasis::SeaSafety);
    for (policy, given) in [(Policy::eu_pnr(), false), (Policy::keep_all(), true)] {
        let options = Options {
            formats: &formats,
            policy,
            intake: intake.clone(),
            ..Options::default()
        };
        let mut reader = Reader::with(bytes, &options).expect("known");
        let record = reader.next().expect("a record").expect("whole");
        assert_eq!(record.booking.is_some(), given);
        let refused = |doubt: &paxnorm::Diagnostic| doubt.code == paxnorm::Code::BookingRefused;
        assert_eq!(record.diagnostics.iter().any(refused), !given);
        assert_eq!(record.data.withheld, if given { 0 } else { 3 });
    }
}

#[test]
fn hostile_input_ends_in_a_limit() {
    let deep = format!("{{\"passengers\":{}", "[".repeat(100_000));
    let wide = format!("Booking no,Surname\n{}\n", "x,".repeat(1_000_000));
    let long = format!("Booking no,Surname\n1,{}\n", "x".repeat(8 << 20));
    let coach = mapping(COACH);
    let json = mapping(
        r#"{"name":"j","source":{"json":{}},"rules":[{"field":"locators[].value","from":"/id"}]}"#,
    );
    for (mapping, text) in [(&json, deep), (&coach, wide), (&coach, long)] {
        let formats: [&dyn Format; 1] = [mapping];
        let options = Options {
            formats: &formats,
            ..Options::default()
        };
        let reader = Reader::with(text.as_bytes(), &options).expect("known");
        let error = reader.filter_map(Result::err).next().expect("an error");
        assert!(
            matches!(error.kind(), paxnorm::ErrorKind::Limit { .. }),
            "{error}"
        );
    }
}

#[test]
fn what_the_library_writes_it_reads_as_the_same() {
    // A value that looks like an interchange makes none of the document around it.
    let bytes: &[u8] = b"Booking no,Surname,First name,Pick up,Drop off,Date,Time,Seat\n\
        1,DOE,JO,Gent,Lille,04/05/2026,22:10,7\n2,UNB+IATA:1+XX+UTO'PNRGOV,AL,Gent,Lille,04/05/2026,22:10,8\n";
    let bookings: Vec<_> = read(&mapping(COACH), bytes)
        .into_iter()
        .filter_map(|record| record.booking)
        .collect();
    let lines: Vec<_> = bookings
        .iter()
        .map(|booking| serde_json::to_string(booking).expect("JSON"))
        .collect();
    for text in [lines.join("\n"), format!("[{}]", lines.join(","))] {
        let options = Options {
            policy: Policy::keep_all(),
            ..Options::default()
        };
        let reader = Reader::with(text.as_bytes(), &options).expect("known");
        assert_eq!(reader.format(), "canonical");
        let records: Vec<_> = reader.map(|record| record.expect("whole")).collect();
        assert!(records.iter().all(|record| record.data.unmapped == 0));
        let again: Vec<_> = records
            .into_iter()
            .filter_map(|record| record.booking)
            .collect();
        assert!(again == bookings);
    }
}

/// What a transmission of newline-delimited JSON has: a line whole, or broken in one of the ways.
#[test]
fn a_broken_line_costs_its_own_booking_alone() {
    let json = mapping(
        r#"{"name":"j","source":{"json":{}},"rules":[
            {"field":"locators[].value","from":"/id"},
            {"field":"passengers[].name.surname","from":"/p/*/s"}]}"#,
    );
    let line = |id: &str| format!("{{\"id\":\"{id}\",\"p\":[{{\"s\":\"DOE\"}}]}}\n");
    let broken = [
        "{\"id\":\"B\",\"p\":[{\"s\":\"DOE\"}]\n",
        "{\"id\":\"B\",\"p\":[{\"s\":\"DO\n",
        "{\"id\":\"B\",\"p\":[\n",
        "{\"id\":\"B\",\"p\":[{\"s\":\n",
        "{\"id\":\"B\",\n",
        "{\"id\":\"B\",\"p\":[{\"s\":\"DOE\\\n",
        "{\"id\":\"B\",\"p\":{{{\n",
        "{\"id\"\n",
        "{\n",
        "{\"id\":\"B\"]\n",
    ];
    for broken in broken {
        for (first, ending) in [("", ""), ("A", "\n"), ("A", "")] {
            let first = if first.is_empty() {
                String::new()
            } else {
                line(first)
            };
            let text = format!("{first}{broken}{}{}{ending}", line("C"), line("D").trim());
            let at = first.len() as u64;
            for step in [1, 9, 100_000] {
                let records = drip(&json, text.as_bytes(), step);
                let locators: Vec<_> = records
                    .iter()
                    .flat_map(|record| &record.booking)
                    .map(|booking| {
                        booking.locators[0]
                            .value
                            .clone()
                            .unwrap_or_default()
                            .to_string()
                    })
                    .collect();
                let wanted = if first.is_empty() { "C D" } else { "A C D" };
                assert_eq!(locators.join(" "), wanted, "{broken:?} in steps of {step}");
                let doubts = records.iter().flat_map(|record| &record.diagnostics);
                let lost: Vec<_> = doubts
                    .filter(|doubt| doubt.code == paxnorm::Code::NotJson)
                    .map(|doubt| (doubt.location.offset, doubt.location.len as usize))
                    .collect();
                assert_eq!(lost.len(), 1, "{broken:?}");
                assert!(
                    lost[0].0 == at && lost[0].1 >= broken.len() - 1,
                    "{broken:?}"
                );
            }
        }
    }
}

/// Values of several lines are one, whatever their lines begin with.
#[test]
fn a_value_of_several_lines_is_not_cut() {
    let json = mapping(
        r#"{"name":"j","source":{"json":{}},"rules":[
            {"field":"locators[].value","from":"/id"},
            {"field":"passengers[].name.surname","from":"/s"}],
            "items":[{"list":"passengers[]","each":"/p/*"}]}"#,
    );
    let text = "{\"id\":\"A\"}\n{\"id\":\"B\",\"p\":[\n{\"s\":\"DOE\"},\n{\"s\":\"ROE\"}\n]\n}\n{\"id\":\"C\"}\n";
    for step in [1, 9, 100_000] {
        let records = drip(&json, text.as_bytes(), step);
        let persons = |record: &Record| record.booking.as_ref().map(|b| b.passengers.len());
        let persons: Vec<_> = records.iter().map(persons).collect();
        assert_eq!(persons, [Some(0), Some(2), Some(0)], "in steps of {step}");
    }
}

/// A number in a pointer is the place in an array, or a member of that name (RFC 6901 §4).
#[test]
fn a_number_in_a_pointer_names_one_element() {
    let json = mapping(
        r##"{"name":"j","source":{"json":{}},
            "items":[{"list":"passengers[]","each":"/people/*"}],
            "rules":[
            {"field":"locators[].value","from":"/codes/1"},
            {"field":"legs[].from.name","from":"/stops/0/name"},
            {"field":"legs[].to.name","from":"/stops/2/name"},
            {"field":"groups[].name","from":"/people/1/names/0"},
            {"field":"passengers[].name.given","from":"/names/0"},
            {"field":"passengers[].name.surname","from":"/names/1"}]}"##,
    );
    let text = r#"{"codes":{"1":"KEY","0":"NO"},"stops":[{"name":"Gent"},{"name":"Lille"},{"name":"Dover"}],
        "people":[{"names":["JO","DOE","X"]},{"names":["AL","ROE"]}]}"#;
    for (text, locator) in [
        (text.to_owned(), "KEY"),
        (
            text.replace(r#"{"1":"KEY","0":"NO"}"#, r#"["A","B","C"]"#),
            "B",
        ),
    ] {
        let records = read(&json, text.as_bytes());
        let booking = records[0].booking.as_ref().expect("a booking");
        assert_eq!(booking.locators[0].value.as_deref(), Some(locator));
        let leg = &booking.legs[0];
        assert_eq!(
            (leg.from.name.as_deref(), leg.to.name.as_deref()),
            (Some("Gent"), Some("Dover"))
        );
        assert_eq!(booking.groups[0].name.as_deref(), Some("AL"));
        let names: Vec<_> = booking
            .passengers
            .iter()
            .map(|person| &person.name)
            .collect();
        assert_eq!(
            names,
            [
                &paxnorm::Name::new("DOE", "JO"),
                &paxnorm::Name::new("ROE", "AL")
            ]
        );
    }
}

/// Queries of RFC 9535 behind the prefixes of pointers, beside pointers: the same values reach the
/// same fields, the account is the same, and pieces of any size are the same.
#[test]
fn queries_find_what_pointers_cannot() {
    let json = mapping(
        r##"{"name":"j","source":{"json":{"record":"/bookings/*"}},
            "items":[{"list":"passengers[]","each":"/people/*"}],
            "rules":[
            {"field":"locators[].value","from":"$.codes[?@.kind=='pnr'].text"},
            {"field":"groups[].name","from":"#$..label"},
            {"field":"remarks[].text","from":"$.notes[-1]"},
            {"field":"passengers[].name.surname","from":"/name"},
            {"field":"passengers[].name.given","from":["$.names[?length(@) > 2]", "/names/0"]},
            {"field":"passengers[].contacts[].value","from":"$.contacts[?@.kind=='mail'].text",
             "parse":{"contact":"email"}},
            {"field":"passengers[].birth_place","from":"../$.places[?@.main==true].name"}]}"##,
    );
    let text = r#"{"meta":{"deep":[{"label":"Choir"}]},"bookings":[
        {"codes":[{"kind":"x","text":"NO"},{"kind":"pnr","text":"A\u0042C"},{"kind":"pnr","text":"LATER"}],
         "notes":["first","last"],"places":[{"name":"Gent"},{"main":true,"name":"Zenith"}],
         "people":[{"name":"DOE","names":["J","JOAN"],"contacts":[{"kind":"tel","text":"1"},{"kind":"mail","text":"jo@example.org"}]},
                   {"name":"ROE","names":["A"],"note":null,"blank":" "}]},
        {"codes":{"k":{"kind":"pnr","text":"DEF"}},"people":[]}]}"#;
    for step in [1, 100, 100_000] {
        let records = drip(&json, text.as_bytes(), step);
        let bookings: Vec<_> = records.iter().flat_map(|record| &record.booking).collect();
        assert_eq!(bookings.len(), 2);
        let locators = bookings
            .iter()
            .map(|booking| booking.locators[0].value.as_deref());
        assert_eq!(locators.collect::<Vec<_>>(), [Some("ABC"), Some("DEF")]);
        let first = bookings[0];
        assert_eq!(first.groups[0].name.as_deref(), Some("Choir"));
        assert_eq!(first.remarks[0].text.as_deref(), Some("last"));
        let given: Vec<_> = first
            .passengers
            .iter()
            .map(|one| one.name.given.as_deref())
            .collect();
        assert_eq!(given, [Some("JOAN"), Some("A")]);
        let born: Vec<_> = first
            .passengers
            .iter()
            .map(|one| one.birth_place.as_deref())
            .collect();
        assert_eq!(born, [Some("Zenith"); 2]);
        assert_eq!(
            first.passengers[0].contacts[0].value.as_deref(),
            Some("jo@example.org")
        );
        let data: Vec<_> = records
            .iter()
            .map(|record| (record.data.read, record.data.unmapped))
            .collect();
        assert_eq!(data, [(21, 12), (2, 1)]);
    }
    // Of members of one name the last one counts, and those before it shift nothing.
    let twice = r#"{"label":"old","label":"new","bookings":[{"people":[{"name":"A"},{"name":"B"}],"people":"x","people":
        [{"name":"C","contacts":[{"kind":"mail","text":"c@example.org"}]}]}]}"#;
    let records = read(&json, twice.as_bytes());
    let booking = records[0].booking.as_ref().expect("a booking");
    assert_eq!(booking.groups[0].name.as_deref(), Some("new"));
    let people = &booking.passengers;
    let mails: Vec<_> = people.iter().map(|one| one.contacts.len()).collect();
    assert_eq!(mails, [0, 0, 1]);
    let deep = format!("{{\"bookings\":{}{}}}", "[".repeat(127), "]".repeat(127));
    let formats: [&dyn Format; 1] = [&json];
    let options = Options {
        formats: &formats,
        ..Options::default()
    };
    let reader = Reader::with(deep.as_bytes(), &options).expect("known");
    let error = reader.filter_map(Result::err).next();
    assert!(error.is_none_or(|error| matches!(error.kind(), paxnorm::ErrorKind::Limit { .. })));
}

#[test]
fn a_query_that_is_none_is_named_when_the_mapping_is_loaded() {
    for (name, told) in [("$.a[", "no JSONPath"), ("$.a[?@.b=]", "no JSONPath")] {
        let text = format!(
            r#"{{"name":"j","source":{{"json":{{}}}},"rules":[{{"field":"legs[].mode","from":"{name}"}}]}}"#
        );
        let error = serde_json::from_str::<Mapping>(&text)
            .expect_err(name)
            .to_string();
        assert!(
            error.starts_with("rules[0].from") && error.contains(told),
            "{error}"
        );
    }
    let each = r#"{"name":"j","source":{"json":{}},"items":[{"list":"legs[]","each":"$..legs[*]"}],
        "rules":[{"field":"legs[].mode","from":"/mode"}]}"#;
    let error = serde_json::from_str::<Mapping>(each)
        .expect_err("a query")
        .to_string();
    assert!(error.starts_with("items[0].each"), "{error}");
}

/// References of single rules: what they name is taken by all its texts, and what they do not
/// find is left to the constant; rows have none.
#[test]
fn a_rule_follows_its_reference() {
    let rule = r##"{ "field": "legs[].from.name", "from": "/name", "value": "unknown",
        "join": { "to": "#/places/*", "here": ["/type", "/at"], "there": ["/type", "/id"] } }"##;
    let draft = |source: &str| {
        format!(
            r#"{{ "name": "t", "source": {source},
            "items": [{{ "list": "legs[]", "each": "/trips/*" }}],
            "rules": [{{ "field": "legs[].from.code", "from": "/at" }}, {rule}] }}"#
        )
    };
    let mapping = mapping(&draft(r#"{ "json": {} }"#));
    let lost = r#", { "type": "s", "at": "2" }"#.repeat(19);
    let bytes = format!(
        r#"{{ "trips": [{{ "type": "s", "at": "1" }}{lost}], "places": [
        {{ "type": "s", "id": "1", "name": "Stop" }}, {{ "type": "c", "id": "1", "name": "City" }}] }}"#
    );
    let record = read(&mapping, bytes.as_bytes()).remove(0);
    let booking = record.booking.expect("a booking");
    let mut names = booking.legs.iter().map(|leg| leg.from.name.as_deref());
    assert_eq!(names.next(), Some(Some("Stop")));
    assert_eq!(names.filter(|name| *name == Some("unknown")).count(), 19);
    // The city, and the kind of each trip whose place is not there.
    assert_eq!((record.data.read, record.data.unmapped), (46, 22));

    let error = serde_json::from_str::<Mapping>(&draft(r#"{ "csv": {} }"#)).expect_err("rows");
    assert!(error.to_string().contains("leads somewhere"), "{error}");
}

/// What is whole before a limit is reached is handed out, however far the reading was ahead of it.
#[test]
fn what_stands_before_an_error_is_read() {
    let csv = r#"{ "name": "rows", "source": { "csv": { "group": ["locators[].value"] } },
        "rules": [{ "field": "locators[].value", "from": "booking" },
                  { "field": "passengers[].name.surname", "from": "surname" }] }"#;
    let json = r#"{ "name": "lines", "source": { "json": { "record": "" } },
        "rules": [{ "field": "locators[].value", "from": "/booking" },
                  { "field": "passengers[].name.surname", "from": "/surname" }] }"#;
    let long = "A".repeat(300);
    let rows = format!("booking,surname\nA1,MAES\nB2,MEIJER\nB2,MAES\nC3,MAES\nD4,{long}\n");
    let line =
        |key: &str, name: &str| format!("{{\"booking\":\"{key}\",\"surname\":\"{name}\"}}\n");
    let names = [("A1", "MAES"), ("B2", "MEIJER"), ("C3", &long)];
    let lines: String = names.iter().map(|(key, name)| line(key, name)).collect();
    for (mapping, input) in [(csv, rows), (json, lines)] {
        let mapping: Mapping = serde_json::from_str(mapping).expect("a mapping");
        let formats: [&dyn Format; 1] = [&mapping];
        let mut options = Options {
            formats: &formats,
            ..Options::default()
        };
        options.limits.cell_bytes = 200;
        let mut reader = Reader::with(input.as_bytes(), &options).expect("a reader");
        for locator in ["A1", "B2"] {
            let record = reader.next().expect("a record").expect("no error yet");
            let booking = record.booking.expect("a booking");
            assert_eq!(booking.locators[0].value.as_deref(), Some(locator));
        }
        let error = reader.next().expect("an error").expect_err("a limit");
        assert!(
            matches!(error.kind(), ErrorKind::Limit { maximum: 200, .. }),
            "{error}"
        );
        assert!(reader.next().is_none());
    }
}
