//! Long documents that are lists of bookings: they are read booking by booking, and what comes of
//! them is what comes of short ones.

#[path = "robustness/steps.rs"]
mod steps;

use std::io::Write;

use allocation_counter::measure;
use paxnorm::conformance::check;
use paxnorm::diagnostic::Place;
use paxnorm::format::mapping::Mapping;
use paxnorm::{Code, Error, ErrorKind, Format, Input, Limits, Options, Policy, Reader, Record};
use steps::steps;

/// Bookings that are more than a short document holds.
const MANY: usize = 1200;

/// What a reader may hold of a long document, and how much more of one thirty times as long.
const MOST: (u64, u64) = (1 << 20, 32 << 10);

fn mapping() -> Mapping {
    mapping_with(r#"{ "field": "legs[].departure", "from": "@/departs" }"#)
}

/// A mapping of bookings with one rule more.
fn mapping_with(rule: &str) -> Mapping {
    let text = r#"{
        "name": "night-line",
        "source": { "json": {
            "record": "/data/bookings/*",
            "when": [{ "from": "/state", "not": ["cancelled"] }]
        } },
        "mode": "coach",
        "items": [{ "list": "passengers[]", "each": "/passengers/*" }],
        "rules": [
            { "field": "locators[].value", "from": "@/reference" },
            { "field": "passengers[].name.surname", "from": "/surname" },
            { "field": "passengers[].birth_date", "from": "/born" },
            MORE
        ]
    }"#;
    serde_json::from_str(&text.replace("MORE", rule)).expect("a mapping")
}

fn booking(number: usize) -> String {
    format!(
        r#"{{"reference": "R{number}", "passengers": [
            {{"surname": "JANSEN\u00C9", "born": "1970-01-02"}},
            {{"surname": "Ørsted {number}", "seat": 7}}]}}"#
    )
}

/// Leaves of a booking, and those among them that the mapping does not know.
const LEAVES: (u32, u32) = (5, 1);

/// Leaves of a document beside its bookings, none of which the mapping knows.
const BESIDE: u32 = 4;

fn around(bookings: &[String]) -> String {
    let bookings = bookings.join(",\n  ");
    format!(
        r#"{{"sent": "2026-05-04", "data": {{"line": 7, "bookings": [{bookings}], "count": 3}}, "end": true}}"#
    )
}

fn many() -> Vec<String> {
    (0..MANY).map(booking).collect()
}

/// The records before the input ends, and what ended it otherwise.
fn read(bytes: &[u8]) -> (Vec<Record>, Option<Error>) {
    read_with(&mapping(), bytes)
}

fn read_with(mapping: &Mapping, bytes: &[u8]) -> (Vec<Record>, Option<Error>) {
    let formats: [&dyn Format; 1] = [mapping];
    let options = Options {
        formats: &formats,
        policy: Policy::keep_all(),
        ..Options::default()
    };
    let mut records = Vec::new();
    for record in Reader::with(bytes, &options).expect("recognised") {
        match record {
            Ok(record) => records.push(record),
            Err(error) => return (records, Some(error)),
        }
    }
    (records, None)
}

fn locators(records: &[Record]) -> Vec<String> {
    let bookings = records.iter().filter_map(|record| record.booking.as_ref());
    let locators = bookings.map(|booking| booking.locators[0].value.clone());
    locators
        .map(|value| value.expect("said").to_string())
        .collect()
}

/// Whether these bookings were read and no others.
fn assert_read(records: &[Record], expected: impl IntoIterator<Item = usize>, case: &str) {
    let expected = expected.into_iter().map(|number| format!("R{number}"));
    let (read, expected) = (locators(records), expected.collect::<Vec<_>>());
    let (some, all) = (read.len(), expected.len());
    assert!(read == expected, "{case}: {some} bookings, {all} expected");
}

/// What is named as broken.
fn broken<'t>(records: &[Record], text: &'t [u8]) -> Vec<&'t [u8]> {
    let told = records.iter().flat_map(|record| told(record, text));
    let broken = told.filter(|(code, ..)| *code == Code::NotJson);
    broken.map(|(_, _, bytes)| bytes).collect()
}

/// The code and the pointer of each diagnostic, and the text to which it points.
fn told<'t>(record: &Record, text: &'t [u8]) -> Vec<(Code, String, &'t [u8])> {
    let diagnostics = record.diagnostics.iter().map(|diagnostic| {
        let place = &diagnostic.location;
        let start = usize::try_from(place.offset).expect("in memory");
        let bytes = &text[start..start + place.len as usize];
        let path = match &place.place {
            Place::Pointer { path } => path.clone(),
            other => format!("{other:?}"),
        };
        (diagnostic.code, path, bytes)
    });
    diagnostics.collect()
}

#[test]
fn every_datum_and_every_booking_of_a_long_document_is_there() {
    for count in [1, 3, MANY] {
        let bookings = (0..count).map(booking).collect::<Vec<_>>();
        let text = around(&bookings);
        let (records, error) = read(text.as_bytes());
        assert!(error.is_none(), "{error:?}");
        assert_read(&records, 0..count, "whole");
        assert_eq!(records.len(), count + usize::from(count == MANY));
        for (record, said) in records.iter().zip(&bookings) {
            let booking = record.booking.as_ref().expect("a booking");
            assert_eq!(
                booking.passengers[0].name.surname.as_deref(),
                Some("JANSENÉ")
            );
            assert!(booking.passengers[0].birth_date.is_some());
            assert_eq!(booking.passengers.len(), 2);
            let range = booking.range.as_ref().expect("a range");
            let (start, end) = (range.start.expect("said"), range.end.expect("said"));
            let (start, end) = (usize::try_from(start), usize::try_from(end));
            let stands = &text[start.expect("small")..end.expect("small")];
            assert_eq!(stands, said, "the range is that of the booking");
        }
        let total = |count: fn(&Record) -> u32| records.iter().map(count).sum::<u32>();
        let bookings = u32::try_from(count).expect("few");
        let (leaves, unknown) = LEAVES;
        assert_eq!(total(|record| record.data.read), bookings * leaves + BESIDE);
        assert_eq!(
            total(|record| record.data.unmapped),
            bookings * unknown + BESIDE
        );
        if count == MANY {
            let first = told(&records[0], text.as_bytes());
            let last = told(&records[MANY], text.as_bytes());
            let unmapped = |path: &str, bytes: &'static str| {
                (Code::Unmapped, path.to_owned(), bytes.as_bytes())
            };
            assert_eq!(
                first,
                [
                    unmapped("/*0", "2026-05-04"),
                    unmapped("/data/*0", "7"),
                    unmapped("/data/bookings/0/passengers/1/*1", "7"),
                ]
            );
            assert_eq!(last, [unmapped("/data/*2", "3"), unmapped("/*2", "true"),]);
        }
    }
}

/// What bookings share may stand behind all of them.
#[test]
fn what_is_said_beside_the_bookings_reaches_each_of_a_long_document() {
    let text = around(&many());
    for (rule, is_there) in [
        (
            r##"{ "field": "remarks[].text", "from": "#/data/count" }"##,
            true,
        ),
        (
            r#"{ "field": "remarks[].text", "from": "../data/line" }"#,
            true,
        ),
        (
            r#"{ "field": "remarks[].text", "from": "../data/nothing" }"#,
            false,
        ),
    ] {
        let (records, error) = read_with(&mapping_with(rule), text.as_bytes());
        assert!(error.is_none(), "{error:?}");
        assert_read(&records, 0..MANY, rule);
        let booking = |record: &Record| record.booking.clone().expect("a booking");
        let all = records
            .iter()
            .all(|record| booking(record).remarks.len() == usize::from(is_there));
        assert!(all, "{rule}");
    }
}

#[test]
fn a_long_document_is_the_same_however_it_is_cut() {
    let (mapping, mut bookings) = (mapping(), many());
    bookings.truncate(500);
    bookings[300] = r#"{"reference": nothing}"#.to_owned();
    bookings[350] = r#"{"reference": "stray"], "passengers": [{"surname": "X"}]}"#.to_owned();
    bookings[400] = r#"{"state": "cancelled", "reference": "GONE"}"#.to_owned();
    let text = around(&bookings) + "\n" + &around(&bookings[..2]);
    let whole = steps(&mapping, text.as_bytes(), []);
    assert_eq!(
        whole.0.len(),
        503,
        "each has its own, and what stands behind"
    );
    for step in [997, 30_011] {
        let ends = (1..text.len()).step_by(step);
        assert!(steps(&mapping, text.as_bytes(), ends) == whole, "by {step}");
    }
    // About the place from which on it counts as long, and about what is broken.
    let broken = ["nothing", "stray"].map(|word| text.find(word).expect("it is there"));
    for near in [64 << 10, broken[0], broken[1]] {
        for end in near - 150..near + 150 {
            assert!(
                steps(&mapping, text.as_bytes(), [end]) == whole,
                "cut at {end}"
            );
        }
        let ends = near - 150..near + 150;
        assert!(
            steps(&mapping, text.as_bytes(), ends) == whole,
            "byte by byte"
        );
    }
}

/// Any byte may be another: what is read does not depend on windows, and no more than two bookings
/// are lost.
#[test]
fn a_long_document_may_be_damaged_anywhere() {
    const SIGNS: &[u8] = b"{}[],:\"\\\n x0\xFF";
    let mapping = mapping();
    let text = around(&many()[..700]) + "\n" + &around(&[booking(5000)]);
    let mut at = 1;
    for round in 0..400 {
        at = (at * 48_271) % text.len();
        let mut bytes = text.clone().into_bytes();
        bytes[at] = SIGNS[round % SIGNS.len()];
        let whole = steps(&mapping, &bytes, []);
        let cut = steps(&mapping, &bytes, (at / 2..text.len()).step_by(29_989));
        assert!(cut == whole, "{round}: byte {at}");
        let read = whole.0.iter().filter(|step| step.0.is_some()).count();
        assert!(read >= 699, "{round}: byte {at}: {read} of 701");
    }
}

/// What every format owes holds of documents that are read in pieces, and of their damage.
#[test]
fn documents_in_pieces_keep_what_every_format_owes() {
    let whole = around(&[booking(1), booking(2), booking(3)]);
    let cut = &whole[..whole.find("R3").expect("it is there")];
    let samples = [
        whole.clone(),
        format!("\n{cut}"),
        format!("\u{FEFF}{cut}"),
        format!("[{whole},\n {cut}"),
        format!("{whole}\n{cut}\n{whole}"),
        around(&[
            booking(1),
            r#"{"reference": "stray"], "x": 1}"#.to_owned(),
            booking(2),
        ]),
    ];
    let samples: Vec<_> = samples.iter().map(|sample| sample.as_bytes()).collect();
    let report = check(&mapping(), &samples);
    assert!(report.is_ok(), "{report}");
}

#[test]
fn what_is_broken_costs_one_booking() {
    let table: &[(&str, &[u8])] = &[
        ("a word", br#"{"reference": nothing}"#),
        ("no colon", br#"{"reference" "R"}"#),
        (
            "no comma",
            br#"{"passengers": [{"surname": "A"} {"surname": "B"}]}"#,
        ),
        ("an escape that is none", br#"{"reference": "\q"}"#),
        ("no text", b"{\"reference\": \"\xFF\"}"),
    ];
    for (case, damage) in table {
        for at in [0, 1, 700, MANY - 1] {
            let mut bookings = many();
            bookings[at] = "@".to_owned();
            let text = around(&bookings);
            let (before, after) = text.split_once('@').expect("it is there");
            let bytes = [before.as_bytes(), damage, after.as_bytes()].concat();
            let (records, error) = read(&bytes);
            assert!(error.is_none(), "{case}: {error:?}");
            let others = (0..MANY).filter(|number| *number != at);
            assert_read(&records, others, case);
            assert_eq!(broken(&records, &bytes), [*damage], "{case} at {at}");
            let others = u32::try_from(MANY - 1).expect("few");
            let read = records.iter().map(|record| record.data.read).sum::<u32>();
            assert_eq!(read, others * LEAVES.0 + BESIDE, "{case} at {at}");
        }
    }
}

#[test]
fn what_is_broken_between_bookings_costs_the_next() {
    let mut text = around(&many());
    let start = text.find(r#"{"reference": "R900""#).expect("it is there");
    text.replace_range(start - 4..start, "");
    let end = text.find(&booking(901)).expect("it is there") - 4;
    let (records, error) = read(text.as_bytes());
    assert!(error.is_none(), "{error:?}");
    assert_read(
        &records,
        (0..MANY).filter(|number| *number != 900),
        "no comma",
    );
    assert_eq!(
        broken(&records, text.as_bytes()),
        [&text.as_bytes()[start - 4..end]]
    );
}

#[test]
fn what_is_broken_around_bookings_costs_no_other_document() {
    let text = around(&many());
    let next = around(&[booking(5000)]);
    for (from, to, read_before) in [
        (r#""data": {"#, r#""data" {"#, 0),
        (r#", "count": 3"#, r#", "count": maybe"#, MANY),
    ] {
        let text = text.replace(from, to);
        let both = format!("{text}\n{next}");
        let (records, error) = read(both.as_bytes());
        assert!(error.is_none(), "{error:?}");
        assert_read(&records, (0..read_before).chain([5000]), to);
        assert_eq!(broken(&records, both.as_bytes()).len(), 1, "{to}");
    }
}

/// A line that is broken off does not cost the next one, which begins where a document does.
#[test]
fn a_line_that_is_broken_off_ends_where_the_next_begins() {
    let (bookings, next) = (many(), around(&[booking(5000)]).replace('\n', " "));
    let text = around(&bookings).replace('\n', " ");
    let (whole, between) = (
        booking(700).replace('\n', " "),
        booking(701).replace('\n', " "),
    );
    let from = text.find(&whole).expect("it is there");
    let between = text.find(&between).expect("it is there") - 4;
    for (case, cut) in [
        ("in a text", from + 16),
        ("in a booking", from + 19),
        ("between", between),
    ] {
        let text = format!("{}\n{next}\n", &text[..cut]);
        let (records, error) = read(text.as_bytes());
        assert!(error.is_none(), "{case}: {error:?}");
        let before = if case == "between" { 701 } else { 700 };
        assert_read(&records, (0..before).chain([5000]), case);
        assert_eq!(broken(&records, text.as_bytes()).len(), 1, "{case}");
    }
}

#[test]
fn of_a_document_that_is_cut_off_all_whole_bookings_are_read() {
    let text = around(&many());
    let at = text.find(&booking(800)).expect("it is there");
    for (cut, whole) in [(at, 800), (at + 30, 800), (at + booking(800).len(), 801)] {
        let (records, error) = read(&text.as_bytes()[..cut]);
        assert_read(&records, 0..whole, "cut off");
        let ended = u64::try_from(cut).expect("small");
        let truncated = matches!(
            error.as_ref().map(Error::kind),
            Some(ErrorKind::Truncated { offset }) if *offset == ended
        );
        assert!(truncated, "{error:?}");
    }
}

#[test]
fn what_is_no_booking_is_accounted_for_by_itself() {
    for at in [0, 600, MANY - 1] {
        let mut bookings = many();
        bookings[at] = r#"{"state": "cancelled", "reference": "GONE"}"#.to_owned();
        let text = around(&bookings);
        let (records, error) = read(text.as_bytes());
        assert!(error.is_none(), "{error:?}");
        assert_eq!(
            records.len(),
            MANY + 1,
            "all of them, and what stands behind"
        );
        let others = (0..MANY).filter(|number| *number != at);
        assert_read(&records, others, "cancelled");
        assert!(records[at].booking.is_none());
        let before = if at == 0 { 2 } else { 0 };
        let data = records[at].data;
        assert_eq!(
            (data.read, data.unmapped),
            (before + 2, before + 2),
            "at {at}"
        );
    }
}

/// What a reader holds is a window and a booking, whatever the length.
#[test]
fn memory_does_not_grow_with_a_document() {
    let mapping = mapping();
    let formats: [&dyn Format; 1] = [&mapping];
    let options = Options {
        formats: &formats,
        ..Options::default()
    };
    let [short, long] = [2, 60].map(|repeats| {
        let block = many().join(",");
        let (stream, mut pipe) = std::io::pipe().expect("a pipe");
        let sender = std::thread::spawn(move || {
            let mut send = |text: &str| pipe.write_all(text.as_bytes()).expect("it is read");
            send(r#"{"data": {"bookings": ["#);
            for _ in 1..repeats {
                send(&block);
                send(",");
            }
            send(&block);
            send("]}}");
        });
        let mut bookings = 0;
        let held = measure(|| {
            let reader = Reader::with(Input::Stream(Box::new(stream)), &options);
            for record in reader.expect("recognised") {
                bookings += usize::from(record.expect("whole").booking.is_some());
            }
        });
        sender.join().expect("all was sent");
        assert_eq!(bookings, repeats * MANY);
        println!(
            "{repeats} times {MANY} bookings: {} bytes at the most",
            held.bytes_max
        );
        held.bytes_max
    });
    assert!(short < MOST.0 && long < short + MOST.1);
}

/// A list in a booking that never ends meets the limit of a piece, as it does elsewhere.
#[test]
fn a_booking_without_end_meets_a_limit() {
    let mapping = mapping();
    let formats: [&dyn Format; 1] = [&mapping];
    let mut limits = Limits::default();
    limits.piece_bytes = 1 << 20;
    let options = Options {
        formats: &formats,
        limits,
        ..Options::default()
    };
    let text = format!(
        r#"{{"data": {{"bookings": [{}, {{"passengers": ["#,
        many().join(",")
    );
    let stream = std::io::Read::chain(
        std::io::Cursor::new(text),
        std::io::Read::take(std::io::repeat(b'['), 1 << 24),
    );
    let reader = Reader::with(Input::Stream(Box::new(stream)), &options);
    let mut read: Vec<_> = reader.expect("recognised").collect();
    let error = read.pop().expect("something").expect_err("no end");
    assert!(matches!(error.kind(), ErrorKind::Limit { .. }), "{error}");
    assert_eq!(read.len(), MANY);
}
