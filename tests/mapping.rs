//! Mappings: what they read, how they are checked, and what becomes of every datum.

use paxnorm::format::mapping::{Draft, Mapping};
use paxnorm::{Format, Options, Policy, Reader, Record};

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

/// A row of a table of dates: the text, the parse, and what comes of it.
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
    struct Drip<'a>(&'a [u8], usize);
    impl std::io::Read for Drip<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let count = self.1.min(self.0.len()).min(buffer.len());
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }
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
    let bytes: &[u8] = b"Booking no,Surname,First name,Pick up,Drop off,Date,Time,Seat\n\
        1,DOE,JO,Gent,Lille,04/05/2026,22:10,7\n2,ROE,AL,Gent,Lille,04/05/2026,22:10,8\n";
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
