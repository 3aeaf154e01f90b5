//! Rows that try to make a mapping slow or large: a doubt or an error of a limit, within
//! bounded time and memory, and memory that does not grow with the file.

use std::io::Read;
use std::time::{Duration, Instant};

use allocation_counter::measure;
use paxnorm::format::mapping::Mapping;
use paxnorm::{Code, Data, ErrorKind, Format, Input, Options, Policy, Reader};

const ROWS: &str = r#"{
    "name": "rows",
    "source": { "csv": { "delimiter": ";", "group": ["locators[].value"] } },
    "rules": [
        { "field": "locators[].value", "from": "booking" },
        { "field": "passengers[].name.surname", "from": "surname" },
        { "field": "passengers[].name.given", "from": "given" },
        { "field": "passengers[].birth_date", "from": "born" }
    ]
}"#;

/// Bookings of one document or many, with elements, a join and links.
const VALUES: &str = r##"{
    "name": "values",
    "source": { "json": { "record": ["/bookings/*", ""] } },
    "items": [
        { "list": "passengers[]", "each": "/people/*", "id": "/id" },
        { "list": "seats[]", "each": "/people/*", "passenger": "/seat" },
        { "list": "legs[]", "each": "/legs/*", "join": { "to": "#/stops/*", "here": ["/at"], "there": ["/id"] } }
    ],
    "rules": [
        { "field": "locators[].value", "from": ["/id", "/codes/3"] },
        { "field": "passengers[].name.surname", "from": "/name" },
        { "field": "seats[].number", "from": "/seat" },
        { "field": "legs[].from.name", "from": "/name" }
    ]
}"##;

fn mapping(text: &str) -> Mapping {
    serde_json::from_str(text).expect("a mapping")
}

/// What a reading came to.
#[derive(Debug, Default)]
struct Outcome {
    surnames: Vec<String>,
    codes: Vec<Code>,
    data: Data,
    records: usize,
    limit: bool,
    error: Option<String>,
}

fn read(mapping: &Mapping, input: Input<'_>) -> Outcome {
    let formats: [&dyn Format; 1] = [mapping];
    let policy = Policy::keep_all();
    let options = Options {
        formats: &formats,
        policy,
        ..Options::default()
    };
    let mut outcome = Outcome::default();
    let mut reader = match Reader::with(input, &options) {
        Ok(reader) => reader,
        Err(error) => {
            outcome.error = Some(error.to_string());
            outcome.limit = matches!(error.kind(), ErrorKind::Limit { .. });
            return outcome;
        }
    };
    for record in reader.by_ref() {
        match record {
            Ok(record) => keep(&mut outcome, record),
            Err(error) => {
                outcome.limit = matches!(error.kind(), ErrorKind::Limit { .. });
                outcome.error = Some(error.to_string());
            }
        }
    }
    outcome
}

fn keep(outcome: &mut Outcome, record: paxnorm::Record) {
    outcome.records += 1;
    outcome.data += record.data;
    // A few of each: an outcome is not to be what grows.
    let room = |len: usize| 1_000_usize.saturating_sub(len);
    let codes = record.diagnostics.iter().map(|doubt| doubt.code);
    outcome.codes.extend(codes.take(room(outcome.codes.len())));
    let persons = record
        .booking
        .iter()
        .flat_map(|booking| &booking.passengers);
    let surnames = persons.filter_map(|person| person.name.surname.as_ref());
    let surnames = surnames.map(|surname| surname.to_string());
    outcome
        .surnames
        .extend(surnames.take(room(outcome.surnames.len())));
}

/// Reads, and holds the time and the memory beside the input to a bound.
fn bounded(what: &str, text: &str, input: &[u8]) -> Outcome {
    let mapping = mapping(text);
    let (mut outcome, started) = (Outcome::default(), Instant::now());
    let counted = measure(|| outcome = read(&mapping, input.into()));
    let took = started.elapsed();
    println!(
        "{what}: {took:?}, {} bytes at most for {}",
        counted.bytes_max,
        input.len()
    );
    assert!(took < Duration::from_secs(10), "{what}: {took:?}");
    let most = 64 * input.len() as u64 + (16 << 20);
    assert!(
        counted.bytes_max < most,
        "{what}: {} bytes",
        counted.bytes_max
    );
    let data = outcome.data;
    assert_eq!(data.read, data.mapped + data.withheld + data.unmapped);
    outcome
}

/// A stream that repeats a piece, behind a beginning and for so many bytes.
struct Repeat {
    piece: Vec<u8>,
    at: usize,
    left: usize,
}

impl Repeat {
    fn after(start: &str, piece: &str, bytes: usize) -> impl Read + Send + use<> {
        let piece = piece.as_bytes().repeat(1 + 65_536 / piece.len());
        let start = std::io::Cursor::new(start.as_bytes().to_vec());
        start.chain(Self {
            left: bytes / piece.len() * piece.len(),
            at: 0,
            piece,
        })
    }
}

impl Read for Repeat {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let rest = &self.piece[self.at..];
        let count = rest.len().min(buffer.len()).min(self.left);
        buffer[..count].copy_from_slice(&rest[..count]);
        self.at = (self.at + count) % self.piece.len();
        self.left -= count;
        Ok(count)
    }
}

#[test]
fn a_million_columns() {
    let wide = |word: &str| {
        (0..1_000_000)
            .map(|at| format!(";{word}{at}"))
            .collect::<String>()
    };
    let text = format!("booking;surname{}\nB1;MAES{}\n", wide("c"), wide(""));
    let outcome = bounded("a million columns", ROWS, text.as_bytes());
    let is_clear =
        outcome.limit || (outcome.surnames == ["MAES"] && outcome.data.unmapped == 1_000_000);
    assert!(is_clear, "{:?} {:?}", outcome.data, outcome.error);
}

#[test]
fn a_row_of_a_million_cells_beyond_the_header() {
    let text = format!(
        "booking;surname\nB1;MAES{}\nB2;MEIJER\n",
        ";x".repeat(1_000_000)
    );
    let outcome = bounded("a million cells", ROWS, text.as_bytes());
    let is_clear = outcome.limit || outcome.surnames == ["MAES", "MEIJER"];
    assert!(is_clear, "{:?} {:?}", outcome.data, outcome.error);
}

#[test]
fn a_cell_without_end() {
    const GIGABYTE: usize = 1 << 30;
    for start in ["booking;surname\nB1;", "booking;surname\nB1;\""] {
        let mapping = mapping(ROWS);
        let (mut outcome, started) = (Outcome::default(), Instant::now());
        let stream: Box<dyn Read + Send> = Box::new(Repeat::after(start, "A", GIGABYTE));
        let counted = measure(|| outcome = read(&mapping, Input::Stream(stream)));
        let took = started.elapsed();
        println!(
            "a gigabyte in a cell: {took:?}, {} bytes at most",
            counted.bytes_max
        );
        assert!(outcome.limit, "{:?}", outcome.error);
        assert!(counted.bytes_max < 512 << 20, "{} bytes", counted.bytes_max);
        assert!(took < Duration::from_secs(20), "{took:?}");
    }
}

#[test]
fn encodings_mixed_row_by_row() {
    let text = [
        &b"booking;surname\nB1;DUPR\xC3\x89\n"[..],
        b"B2;DUPR\xC9\n",
        b"B3;MAES\n",
    ]
    .concat();
    let outcome = bounded("mixed encodings", ROWS, &text);
    assert_eq!(outcome.surnames, ["DUPRÉ", "DUPRÉ", "MAES"]);
    assert!(
        outcome.codes.contains(&Code::CharsetFallback),
        "{:?}",
        outcome.codes
    );
}

#[test]
fn nul_characters() {
    let outcome = bounded(
        "NUL",
        ROWS,
        b"booking;surname\nB1;MA\0ES\nB2;\0\0\nB3;MEIJER\n",
    );
    assert!(
        outcome.codes.contains(&Code::NulCharacter),
        "{:?}",
        outcome.codes
    );
    assert!(
        outcome.surnames.contains(&"MEIJER".to_owned()),
        "{:?}",
        outcome.surnames
    );

    bounded("NUL alone", ROWS, &[0; 100_000]);
}

#[test]
fn a_quote_that_is_never_closed() {
    let rows = "B1;MAES;SOFIE;1980-01-12\n".repeat(200_000);
    let text = format!("booking;surname;given;born\nB0;\"{rows}");
    let outcome = bounded("an open quote", ROWS, text.as_bytes());
    assert!(
        outcome.limit || !outcome.codes.is_empty(),
        "{:?}",
        outcome.error
    );
}

#[test]
fn a_text_of_json_without_end() {
    const GIGABYTE: usize = 1 << 30;
    let starts = [
        "{\"id\":\"",
        "{\"id\":\"B\",\"people\":[",
        "[{\"id\":\"B\"},",
    ];
    for (start, piece) in starts
        .into_iter()
        .zip(["A", "{\"name\":\"A\"},", "{\"id\":["])
    {
        let mapping = mapping(VALUES);
        let (mut outcome, started) = (Outcome::default(), Instant::now());
        let stream: Box<dyn Read + Send> = Box::new(Repeat::after(start, piece, GIGABYTE));
        let counted = measure(|| outcome = read(&mapping, Input::Stream(stream)));
        let took = started.elapsed();
        println!(
            "a gigabyte of {piece}: {took:?}, {} bytes at most",
            counted.bytes_max
        );
        assert!(outcome.limit, "{piece}: {:?}", outcome.error);
        assert!(counted.bytes_max < 512 << 20, "{} bytes", counted.bytes_max);
        assert!(took < Duration::from_secs(60), "{took:?}");
    }
}

/// JSON that means to be slow, large or no JSON at all: what it gives, or that it is said.
#[test]
fn json_that_means_harm() {
    let many = |piece: &str, times: usize| piece.repeat(times);
    let members: String = (0..1_000_000).map(|at| format!(",\"m{at}\":1")).collect();
    let valid = "{\"id\":\"B9\",\"people\":[{\"name\":\"MAES\"}]}";
    let table: Vec<(&str, Vec<u8>, Option<Code>, bool)> = vec![
        (
            "a million members",
            format!("{{\"id\":\"B\"{members}}}").into(),
            Some(Code::Unmapped),
            false,
        ),
        (
            "one member a million times",
            format!("{{\"id\":\"B\"{}}}", many(",\"id\":1", 1_000_000)).into(),
            Some(Code::Unmapped),
            false,
        ),
        (
            "a million elements",
            format!("{{\"people\":[{}{{}}]}}", many("{},", 1_000_000)).into(),
            None,
            false,
        ),
        (
            "a list of lists, deep",
            format!("{{\"people\":{}", many("[", 100_000)).into(),
            None,
            true,
        ),
        (
            "objects, deep",
            format!("{{\"people\":{}", many("{\"people\":", 100_000)).into(),
            None,
            true,
        ),
        (
            "brackets that never match",
            format!("{{{}", many("]", 100_000)).into(),
            Some(Code::NotJson),
            false,
        ),
        (
            "NUL",
            b"{\"id\":\"B\0\"}\n{\"id\":\"C\"}\0\0\n".to_vec(),
            Some(Code::NotJson),
            false,
        ),
        (
            "Latin-1 in UTF-8",
            b"{\"id\":\"B\",\"people\":[{\"name\":\"DUPR\xC9\"}]}".to_vec(),
            Some(Code::NotJson),
            false,
        ),
        (
            "half a character",
            br#"{"id":"B","people":[{"name":"A\ud800"}]}"#.to_vec(),
            None,
            false,
        ),
        (
            "an escape that is none",
            br#"{"id":"B\x"}"#.to_vec(),
            Some(Code::NotJson),
            false,
        ),
        (
            "a number that is none",
            br#"{"id":0x10}"#.to_vec(),
            Some(Code::NotJson),
            false,
        ),
        (
            "a number of many digits",
            format!("{{\"id\":{}}}", many("9", 100_000)).into(),
            None,
            false,
        ),
        (
            "words that are none",
            br#"{"id":NaN}"#.to_vec(),
            Some(Code::NotJson),
            false,
        ),
        (
            "a comment",
            b"{\"id\":\"B\" /* x */}".to_vec(),
            Some(Code::NotJson),
            false,
        ),
        (
            "commas alone",
            format!("[{{\"id\":\"B\"}}{}", many(",", 1_000_000)).into(),
            None,
            false,
        ),
        (
            "blanks alone",
            format!("{{\"id\":\"B\"}}{}", many(" \n", 1_000_000)).into(),
            None,
            false,
        ),
        (
            "lines of rubbish",
            format!("{{\"id\":\"B\"}}\n{}", many("x\n", 10_000)).into(),
            Some(Code::NotJson),
            false,
        ),
    ];
    for (what, bytes, code, limit) in table {
        let outcome = bounded(what, VALUES, &bytes);
        assert_eq!(outcome.limit, limit, "{what}: {:?}", outcome.error);
        assert!(
            limit || outcome.error.is_none(),
            "{what}: {:?}",
            outcome.error
        );
        assert!(
            code.is_none_or(|code| outcome.codes.contains(&code)),
            "{what}: {:?}",
            outcome.codes
        );
        if !limit {
            // What follows it is read.
            let more = [&bytes[..], b"\n", valid.as_bytes(), b"\n"].concat();
            let outcome = bounded(what, VALUES, &more);
            assert!(
                outcome.surnames.iter().any(|name| name == "MAES"),
                "{what} and a booking"
            );
        }
    }
}

/// JSON is UTF-8 (RFC 8259 §8.1): in another encoding it is not recognised, and that is said.
#[test]
fn json_in_another_encoding() {
    let text = "{\"id\":\"B\"}";
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [[&[0xFF, 0xFE][..], &wide].concat(), wide] {
        let outcome = bounded("UTF-16", VALUES, &bytes);
        assert!(outcome.error.is_some() || outcome.codes.contains(&Code::NotJson));
    }
}

/// Four times the input takes about four times as long.
#[test]
fn time_grows_with_the_input() {
    type Make = fn(usize) -> Vec<u8>;
    let shapes: [(&str, &str, Make); 7] = [
        ("bookings of one document", VALUES, |n| {
            let booking = |at| format!("{{\"id\":\"{at}\",\"people\":[{{\"name\":\"A\"}}]}}");
            let bookings: Vec<_> = (0..n).map(booking).collect();
            format!("{{\"bookings\":[{}]}}", bookings.join(",")).into_bytes()
        }),
        ("people who share a reference", VALUES, |n| {
            let person = |at| {
                format!(
                    "{{\"name\":\"A{at}\",\"id\":\"{at}\",\"seat\":\"{}\"}}",
                    at / 2
                )
            };
            let people: Vec<_> = (0..n).map(person).collect();
            format!("{{\"people\":[{}]}}", people.join(",")).into_bytes()
        }),
        ("joins", VALUES, |n| {
            let leg = |at| format!("{{\"at\":\"{at}\"}}");
            let stop = |at| format!("{{\"id\":\"{at}\",\"name\":\"S\"}}");
            let legs: Vec<_> = (0..n).map(leg).collect();
            let stops: Vec<_> = (0..n).map(stop).collect();
            format!(
                "{{\"legs\":[{}],\"stops\":[{}]}}",
                legs.join(","),
                stops.join(",")
            )
            .into_bytes()
        }),
        ("rows of one booking", ROWS, |n| {
            let row = |at| format!("B1;MAES{at};SOFIE;1980-01-12\n");
            format!(
                "booking;surname;given;born\n{}",
                (0..n).map(row).collect::<String>()
            )
            .into_bytes()
        }),
        ("quotes", ROWS, |n| {
            format!("booking;surname\n{}", "\"".repeat(8 * n)).into_bytes()
        }),
        ("delimiters", ROWS, |n| {
            format!("booking;surname\n{}", ";".repeat(8 * n)).into_bytes()
        }),
        ("line breaks", ROWS, |n| {
            format!("booking;surname\n{}", "\n".repeat(8 * n)).into_bytes()
        }),
    ];
    for (name, text, make) in shapes {
        let mapping = mapping(text);
        let time = |size| {
            let input = make(size);
            let started = Instant::now();
            read(&mapping, Input::Slice(&input));
            started.elapsed()
        };
        let best = |size| (0..3).map(|_| time(size)).min().unwrap_or_default();
        let (one, four) = (best(5_000), best(20_000));
        println!("{name}: {one:?}, four times as much {four:?}");
        let is_steep = four > Duration::from_millis(150) && four > 9 * one;
        assert!(!is_steep, "{name}: {one:?}, four times as much {four:?}");
    }
}

/// Memory at the most while a stream of so many bytes is read.
fn memory(text: &str, start: &str, piece: &str, bytes: usize) -> u64 {
    let mapping = mapping(text);
    let stream: Box<dyn Read + Send> = Box::new(Repeat::after(start, piece, bytes));
    let mut records = 0;
    let counted = measure(|| records = read(&mapping, Input::Stream(stream)).records);
    assert!(records > bytes / 200, "{records} records");
    counted.bytes_max
}

#[test]
fn memory_does_not_grow_with_the_file() {
    let rows = "B1;MAES;SOFIE;1980-01-12\nB2;MEIJER;JAN;1961-07-03\nB2;MEIJER;SASKIA;1963\n";
    let line = "{\"id\":\"B1\",\"people\":[{\"name\":\"MAES\",\"id\":\"1\"},{\"name\":\"MEIJER\",\"seat\":\"1\"}]}";
    let (lines, elements) = (format!("{line}\n"), format!("{line},\n"));
    let cases = [
        ("rows", ROWS, "booking;surname;given;born\n", rows),
        ("lines of JSON", VALUES, "", lines.as_str()),
        ("an array of JSON", VALUES, "[", elements.as_str()),
    ];
    for (name, text, start, piece) in cases {
        let (small, large) = (
            memory(text, start, piece, 1 << 20),
            memory(text, start, piece, 12 << 20),
        );
        println!("{name}: {small} bytes for 1 MiB, {large} for 12 MiB");
        assert!(
            large < small + small / 10 + 65_536,
            "{name}: {small} and {large} bytes"
        );
        assert!(large < 4 << 20, "{name}: {large} bytes");
    }
}

#[test]
fn a_proposal_is_made_or_refused() {
    let wide: String = (0..1_000_000).map(|at| format!("c{at},")).collect();
    let started = Instant::now();
    for input in [
        wide.as_bytes(),
        &[0; 1_000_000],
        &[b','; 1_000_000],
        &[b'"'; 1_000_000],
        b"",
        b"\xFF\xFEa",
        b"{}",
    ] {
        let _ = Mapping::suggest(input);
    }
    assert!(
        started.elapsed() < Duration::from_secs(20),
        "{:?}",
        started.elapsed()
    );
    let header = format!("{};b\n1;2\n", "birth".repeat(200_000));
    let suggestion = Mapping::suggest(header.as_bytes()).expect("a table");
    assert_eq!(suggestion.columns.len(), 2);
}

/// Each booking looks at its own part of the document alone: at all of it, this took minutes.
#[test]
fn many_bookings_in_one_document_take_linear_time() {
    const BOOKINGS: usize = 20_000;
    let mapping: Mapping = serde_json::from_str(
        r#"{
            "name": "one-document",
            "source": { "json": { "record": "/bookings/*" } },
            "items": [{ "list": "passengers[]", "each": "/persons/*" }],
            "rules": [
                { "field": "locators[].value", "from": "@/id" },
                { "field": "passengers[].name.surname", "from": "/name" },
                { "field": "passengers[].documents[].number", "from": "/document" }
            ]
        }"#,
    )
    .expect("a mapping");
    let booking = r#"{"id":"B","persons":[{"name":"MAES","document":"1"},{"name":"PEETERS","document":"2"}]}"#;
    let text = format!(r#"{{"bookings":[{}]}}"#, vec![booking; BOOKINGS].join(","));
    let formats: [&dyn Format; 1] = [&mapping];
    let options = Options {
        formats: &formats,
        ..Options::default()
    };
    let started = Instant::now();
    let reader = Reader::with(text.as_bytes(), &options).expect("a document");
    let persons = reader.map(|record| {
        let record = record.expect("it is whole");
        record.booking.map_or(0, |booking| booking.passengers.len())
    });
    assert_eq!(persons.sum::<usize>(), 2 * BOOKINGS);
    let took = started.elapsed();
    println!("{BOOKINGS} bookings: {took:?}");
    assert!(took < Duration::from_secs(20), "{took:?}");
}
