//! The tables beside the bookings that they are made of.

use arrow_array::cast::AsArray;
use arrow_array::types::{UInt32Type, UInt64Type};
use arrow_array::{Array, RecordBatch};
use paxnorm::{Booking, Options, Policy, Reader};
use paxnorm_arrow::{Batch, Batches, Error, Table};

fn samples() -> Vec<(String, Vec<u8>)> {
    let files = std::fs::read_dir("../examples/data").expect("the samples");
    let paths = files.map(|file| file.expect("an entry").path());
    let mut samples: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "edi"))
        .map(|path| {
            (
                path.display().to_string(),
                std::fs::read(path).expect("a sample"),
            )
        })
        .collect();
    samples.sort();
    assert!(samples.len() >= 12);
    samples
}

fn keep_all() -> Options<'static> {
    Options {
        policy: Policy::keep_all(),
        ..Options::default()
    }
}

fn bookings(bytes: &[u8]) -> Vec<Booking> {
    let reader = Reader::with(bytes, &keep_all()).expect("a known format");
    reader
        .filter_map(|record| Some(*record.expect("whole").booking?))
        .collect()
}

fn batches(bytes: &[u8], size: usize) -> Vec<Batch> {
    let reader = Reader::with(bytes, &keep_all()).expect("a known format");
    Batches::new(reader, size)
        .map(|batch| batch.expect("whole"))
        .collect()
}

fn texts(batch: &RecordBatch, column: &str) -> Vec<Option<String>> {
    let column = batch.column_by_name(column).expect("a column");
    let column = column.as_string::<i32>().iter();
    column.map(|value| value.map(str::to_owned)).collect()
}

#[test]
fn every_row_of_the_samples_is_there_whatever_the_size_of_a_batch() {
    for (name, bytes) in samples() {
        let bookings = bookings(&bytes);
        let persons: Vec<_> = bookings
            .iter()
            .flat_map(|booking| &booking.passengers)
            .collect();
        for size in [1, 3, 1000] {
            let batches = batches(&bytes, size);
            let rows = |table| {
                batches
                    .iter()
                    .map(|batch| batch.table(table).num_rows())
                    .sum::<usize>()
            };
            assert!(
                batches
                    .iter()
                    .all(|batch| batch.table(Table::Bookings).num_rows() <= size)
            );
            assert_eq!(rows(Table::Bookings), bookings.len(), "{name}");
            assert_eq!(rows(Table::Passengers), persons.len(), "{name}");
            let legs = bookings
                .iter()
                .map(|booking| booking.legs.len())
                .sum::<usize>();
            assert_eq!(rows(Table::Legs), legs, "{name}");
            let documents = persons
                .iter()
                .map(|person| person.documents.len())
                .sum::<usize>();
            assert_eq!(rows(Table::Documents), documents, "{name}");
            let surnames: Vec<_> = batches
                .iter()
                .flat_map(|batch| texts(batch.table(Table::Passengers), "surname"))
                .collect();
            let expected: Vec<_> = persons
                .iter()
                .map(|person| person.name.surname.as_ref().map(ToString::to_string))
                .collect();
            assert_eq!(surnames, expected, "{name}");
        }
    }
}

#[test]
fn booking_numbers_join_the_tables() {
    for (name, bytes) in samples() {
        let bookings = bookings(&bytes);
        for batch in batches(&bytes, 2) {
            let table = batch.table(Table::Passengers);
            let number = table
                .column_by_name("booking")
                .expect("it")
                .as_primitive::<UInt64Type>();
            let id = table
                .column_by_name("passenger")
                .expect("it")
                .as_primitive::<UInt32Type>();
            let surname = texts(table, "surname");
            for row in 0..table.num_rows() {
                let booking = &bookings[number.value(row) as usize];
                let of = |person: &&paxnorm::model::Passenger| {
                    u32::from(person.id.get()) == id.value(row)
                };
                let person = booking.passengers.iter().find(of).expect("the passenger");
                assert_eq!(
                    surname[row].as_deref(),
                    person.name.surname.as_deref(),
                    "{name}"
                );
            }
        }
    }
}

#[test]
fn what_the_policy_withholds_is_null() {
    let (_, bytes) = samples()
        .into_iter()
        .find(|(name, _)| name.contains("family"))
        .expect("it");
    let policy = r#"{"name": "none", "default": "remove", "article": "own", "rules": [
        {"action": "keep", "article": "own", "fields": ["passengers[].name.given"]}]}"#;
    let policy: Policy = serde_json::from_str(policy).expect("a policy");
    let options = Options {
        policy: &policy,
        ..Options::default()
    };
    let reader = Reader::with(bytes.as_slice(), &options).expect("a known format");
    for batch in Batches::new(reader, 100) {
        let batch = batch.expect("whole");
        let table = batch.table(Table::Passengers);
        let given = table.column_by_name("given").expect("it");
        assert!(
            texts(table, "surname").iter().all(Option::is_none) && given.null_count() < given.len()
        );
    }
}

#[test]
fn an_error_comes_after_the_rows_before_it() {
    let (_, bytes) = samples()
        .into_iter()
        .find(|(name, _)| name.contains("several"))
        .expect("it");
    let end = bytes
        .windows(3)
        .rposition(|part| part == b"TIF")
        .expect("a traveller");
    let mut all = Batches::new(Reader::new(&bytes[..end]).expect("a known format"), 100);
    assert!(
        all.next()
            .expect("the rows")
            .expect("whole")
            .table(Table::Bookings)
            .num_rows()
            > 0
    );
    assert!(matches!(all.next(), Some(Err(Error::Reading(_)))));
    assert!(all.next().is_none());
}

#[test]
fn the_columns_are_documented() {
    let text: String = Table::ALL.iter().map(|table| table.describe()).collect();
    if std::env::var("UPDATE_GOLDEN").is_ok() {
        std::fs::write("columns.md", &text).expect("the page can be written");
    }
    let page = std::fs::read_to_string("columns.md").unwrap_or_default();
    assert!(
        page == text,
        "columns.md differs: UPDATE_GOLDEN=1 cargo test writes it"
    );
    let fields = Table::ALL
        .iter()
        .flat_map(|table| table.schema().fields().to_vec());
    assert!(
        fields
            .into_iter()
            .all(|field| !field.metadata()["doc"].is_empty())
    );
}
