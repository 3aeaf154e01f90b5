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

/// Four times the input takes about four times as long.
#[test]
fn time_grows_with_the_input() {
    type Make = fn(usize) -> Vec<u8>;
    let shapes: [(&str, &str, Make); 4] = [
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
    let cases = [("rows", ROWS, "booking;surname;given;born\n", rows)];
    for (name, text, start, piece) in cases {
        let (small, large) = (
            memory(text, start, piece, 10 << 20),
            memory(text, start, piece, 60 << 20),
        );
        println!("{name}: {small} bytes for 10 MiB, {large} for 60 MiB");
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
