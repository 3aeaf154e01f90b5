//! Workbooks as rows of a mapping: the list of a port, as XLSX and as ODS, made here.
#![cfg(feature = "spreadsheet")]

#[path = "adapt/archive.rs"]
mod archive;

use paxnorm::conformance::{Effort, check_with};
use paxnorm::diagnostic::Place;
use paxnorm::format::Confidence;
use paxnorm::format::mapping::{Mapping, Workbook};
use paxnorm::{Booking, Code, ErrorKind, Format, Limits, Options, Policy, Reader, Record};

use archive::{Cell, ods, xlsx};

/// The list of a port: titles, an empty column A, the header in row 3.
const MAPPING: &str = r##"{
    "name": "port-list",
    "source": { "csv": { "delimiter": ";", "skip": 2 } },
    "mode": "ferry",
    "rules": [
        { "field": "passengers[].name.surname", "from": "Family_name" },
        { "field": "passengers[].name.given", "from": "Given_name" },
        { "field": "passengers[].birth_date", "from": "date_of_birth" },
        { "field": "passengers[].documents[].number", "from": "#5" },
        { "field": "legs[].from.code", "from": "Port_of_embarkation", "cut": { "before": " - " }, "parse": { "stop": "un-locode" } }
    ]
}"##;

fn rows() -> Vec<Vec<Cell>> {
    let text = |text: &str| Cell::Text(text.to_owned());
    let row = |cells: [&str; 6]| {
        cells
            .map(|cell| {
                if cell.is_empty() {
                    Cell::Empty
                } else {
                    text(cell)
                }
            })
            .into()
    };
    let mut first: Vec<Cell> = row([
        "",
        "O'NEILL; SR",
        "Siobhán \"Sio\"",
        "",
        "",
        "BEZEE - Belgium - Zeebrugge",
    ]);
    first[3] = Cell::Date(27_253); // 1974-08-12
    first[4] = Cell::Number(23_145_890.0);
    let mut second = row([
        "",
        "MEIJER",
        "Jan",
        "",
        "L898902C3",
        "NLRTM - Netherlands - Rotterdam",
    ]);
    second.push(text("vegan"));
    vec![
        row(["", "Passengers of XX", "", "", "", ""]),
        Vec::new(),
        row([
            "",
            "Family_name",
            "Given_name",
            "date_of_birth",
            "ID_document_number",
            "Port_of_embarkation",
        ]),
        first,
        second,
    ]
}

fn workbook() -> Workbook {
    Workbook::new(serde_json::from_str::<Mapping>(MAPPING).expect("a mapping"))
}

fn read(book: &Workbook, bytes: &[u8], limits: Limits) -> Result<Vec<Record>, paxnorm::Error> {
    let formats: [&dyn Format; 1] = [book];
    let policy = Policy::keep_all();
    let options = Options {
        formats: &formats,
        policy,
        limits,
        ..Options::default()
    };
    Reader::with(bytes, &options)?.collect()
}

fn bookings(bytes: &[u8]) -> Vec<Booking> {
    let records = read(&workbook(), bytes, Limits::default()).expect("a workbook");
    records
        .into_iter()
        .filter_map(|record| Some(*record.booking?))
        .collect()
}

fn books() -> [(&'static str, Vec<u8>); 2] {
    let sheets = [
        (
            "Reference data",
            vec![vec![Cell::Text("UN/LOCODE".to_owned())]],
        ),
        ("Passengers", rows()),
    ];
    [("xlsx", xlsx(&sheets)), ("ods", ods(&sheets))]
}

#[test]
fn rows_of_the_right_sheet_are_read() {
    for (kind, bytes) in books() {
        let bookings = bookings(&bytes);
        let names: Vec<_> = bookings
            .iter()
            .map(|booking| booking.passengers[0].name.clone())
            .collect();
        assert_eq!(names[0].surname.as_deref(), Some("O'NEILL; SR"), "{kind}");
        assert_eq!(names[0].given.as_deref(), Some("Siobhán \"Sio\""), "{kind}");
        assert_eq!(names[1].surname.as_deref(), Some("MEIJER"), "{kind}");
        let born = bookings[0].passengers[0]
            .birth_date
            .map(|date| date.to_string());
        assert_eq!(born.as_deref(), Some("1974-08-12"), "{kind}");
        let number = bookings[0].passengers[0].documents[0].number.as_deref();
        assert_eq!(number, Some("23145890"), "{kind}");
        assert_eq!(
            bookings[1].legs[0].from.code.as_deref(),
            Some("NLRTM"),
            "{kind}"
        );
    }
}

#[test]
fn doubts_name_rows_and_columns_of_the_sheet() {
    for (kind, bytes) in books() {
        let records = read(&workbook(), &bytes, Limits::default()).expect("a workbook");
        let doubts = records.iter().flat_map(|record| &record.diagnostics);
        let doubts = doubts.filter(|doubt| doubt.code == Code::Unmapped);
        let places: Vec<_> = doubts.map(|doubt| doubt.location.place.clone()).collect();
        assert_eq!(places, [Place::Cell { row: 5, column: 7 }], "{kind}");
    }
}

#[test]
fn a_workbook_owes_what_every_format_owes() {
    let samples = books().map(|(_, bytes)| bytes);
    let mut effort = Effort::default();
    (effort.truncations, effort.flips) = (64, 400);
    let report = check_with(&workbook(), &samples, &effort);
    assert!(report.is_ok(), "{report}");
}

#[test]
fn what_unpacks_to_too_much_is_refused() {
    let mut limits = Limits::default();
    limits.piece_bytes = 1_000;
    for (kind, bytes) in books() {
        let error = read(&workbook(), &bytes, limits).expect_err("too large");
        assert!(
            matches!(error.kind(), ErrorKind::Limit { .. }),
            "{kind}: {error:?}"
        );
    }
}

#[test]
fn another_sheet_can_be_named_and_what_is_no_workbook_is_not_its_own() {
    let [(_, bytes), _] = books();
    let named = workbook().sheet("Reference data");
    assert_eq!(named.detect(&bytes), Confidence::No);
    assert_eq!(
        workbook().detect(b"Family_name;Given_name\nMAES;SOFIE\n"),
        Confidence::No
    );
    assert_eq!(
        workbook().sheet("Passengers").detect(&bytes),
        workbook().detect(&bytes)
    );
}
