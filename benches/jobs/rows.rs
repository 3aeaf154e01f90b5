//! Rows and documents by a mapping, beside readers written by hand for the same data: the `csv`
//! crate and `serde_json` into plain owned serde structs. The structs hold what the mapping fills
//! and nothing else: dates and times as such, codes as enums, the rest as texts; and once more all
//! of it as texts. They know no state, group no rows, account for nothing and keep to no policy.
//!
//! - `csv-bookings` reads rows of passengers, grouped into bookings;
//! - `json-bookings` reads bookings, one a line.

use std::fmt::Write;
use std::hint::black_box;

use chrono::{NaiveDate, NaiveDateTime};
use paxnorm::format::mapping::Mapping;
use paxnorm::{Format, Options, Reader};
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error, Visitor};

use super::{Job, Unit, Work};

/// The same bookings in every form, and how each is read.
pub(crate) struct Data {
    pub(crate) csv: String,
    pub(crate) lines: String,
    pub(crate) document: String,
    pub(crate) bookings: usize,
    pub(crate) mappings: Mappings,
}

pub(super) fn jobs(data: &Data) -> Vec<Job<'_>> {
    let job = |name, input, mapping, peers: [(&'static str, Plain); 2]| Job {
        work: reading(name, input, mapping),
        unit: Unit::Bytes,
        records: data.bookings,
        references: peers
            .into_iter()
            .map(|(peer, plain)| Work::new(peer, str::len(input), move || plain(input.as_bytes())))
            .collect(),
    };
    vec![
        job(
            "csv-bookings",
            data.csv.as_str(),
            &data.mappings.csv,
            [
                ("csv 1.4, owned typed structs", plain_rows::<TypedRow>),
                ("csv 1.4, owned structs of texts", plain_rows::<TextRow>),
            ],
        ),
        job(
            "json-bookings",
            data.lines.as_str(),
            &data.mappings.lines,
            [
                ("serde_json, owned typed structs", plain_lines::<Typed>),
                ("serde_json, owned structs of texts", plain_lines::<Texts>),
            ],
        ),
    ]
}

/// How a reference reads an input: how many records it has.
pub(crate) type Plain = fn(&[u8]) -> usize;

fn reading<'a>(name: &'static str, input: &'a str, mapping: &'a Mapping) -> Work<'a> {
    Work::new(name, input.len(), || bookings(mapping, input.as_bytes()))
}

/// How each form is read.
pub(crate) struct Mappings {
    pub(crate) csv: Mapping,
    pub(crate) lines: Mapping,
    pub(crate) document: Mapping,
    /// The surname of the lines by a query of RFC 9535.
    pub(crate) query: Mapping,
    /// Every value of their passengers by one.
    pub(crate) queries: Mapping,
}

impl Mappings {
    fn new() -> Mappings {
        let queries = JSON_RULES.replace("\"/document/", "\"$.document.");
        let queries = queries.replace("\"from\": \"/", "\"from\": \"$.");
        Mappings {
            csv: serde_json::from_str(CSV_MAPPING).expect("a mapping"),
            lines: json_mapping("", JSON_RULES),
            document: json_mapping("/bookings/*", JSON_RULES),
            query: json_mapping("", &JSON_RULES.replace("\"/surname", "\"$.surname")),
            queries: json_mapping("", &queries),
        }
    }
}

const CSV_MAPPING: &str = r#"{
    "name": "bench-rows",
    "source": { "csv": { "delimiter": ",", "group": ["locators[].value"] } },
    "mode": "coach",
    "rules": [
        { "field": "locators[].value", "from": "booking" },
        { "field": "passengers[].name.surname", "from": "surname" },
        { "field": "passengers[].name.given", "from": "given" },
        { "field": "passengers[].sex", "from": "sex" },
        { "field": "passengers[].birth_date", "from": "born" },
        { "field": "passengers[].nationalities[].code", "from": "nationality" },
        { "field": "passengers[].documents[].kind", "from": "document" },
        { "field": "passengers[].documents[].number", "from": "number" },
        { "field": "passengers[].documents[].expires", "from": "expires" },
        { "field": "legs[].from.name", "from": "from" },
        { "field": "legs[].to.name", "from": "to" },
        { "field": "legs[].departure", "from": "departure" },
        { "field": "seats[].number", "from": "seat" }
    ]
}"#;

/// The rules of a booking in JSON; where it stands comes before.
const JSON_RULES: &str = r#"
    "mode": "coach",
    "items": [{ "list": "passengers[]", "each": "/passengers/*" }],
    "rules": [
        { "field": "locators[].value", "from": "@/reference" },
        { "field": "passengers[].name.surname", "from": "/surname" },
        { "field": "passengers[].name.given", "from": "/given" },
        { "field": "passengers[].sex", "from": "/sex" },
        { "field": "passengers[].birth_date", "from": "/born" },
        { "field": "passengers[].nationalities[].code", "from": "/nationality" },
        { "field": "passengers[].documents[].kind", "from": "/document/kind" },
        { "field": "passengers[].documents[].number", "from": "/document/number" },
        { "field": "passengers[].documents[].expires", "from": "/document/expires" },
        { "field": "legs[].marketing.carrier", "from": "@/trip/carrier" },
        { "field": "legs[].marketing.number", "from": "@/trip/number" },
        { "field": "legs[].from.name", "from": "@/trip/from" },
        { "field": "legs[].to.name", "from": "@/trip/to" },
        { "field": "legs[].departure", "from": "@/trip/departure" }
    ]"#;

/// A mapping of bookings at a place of each document.
fn json_mapping(record: &str, rules: &str) -> Mapping {
    let source = format!(r#""source": {{ "json": {{ "record": "{record}" }} }}"#);
    let draft = format!(r#"{{ "name": "bench-json", {source}, {rules} }}"#);
    serde_json::from_str(&draft).expect("a mapping")
}

/// In which types a reference holds what the mapping fills.
pub(crate) trait Types {
    type Date: DeserializeOwned;
    type Time: DeserializeOwned;
    type Sex: DeserializeOwned;
    type Kind: DeserializeOwned;
}

/// Dates and times of chrono, and enums.
pub(crate) struct Typed;

impl Types for Typed {
    type Date = Read<NaiveDate>;
    type Time = Read<NaiveDateTime>;
    type Sex = Sex;
    type Kind = Kind;
}

/// All as it stands.
pub(crate) struct Texts;

impl Types for Texts {
    type Date = String;
    type Time = String;
    type Sex = String;
    type Kind = String;
}

#[derive(Deserialize)]
pub(crate) enum Sex {
    M,
    F,
}

#[derive(Deserialize)]
pub(crate) enum Kind {
    P,
}

/// A value that is read from the text in which it stands.
#[allow(dead_code)]
pub(crate) struct Read<T>(T);

pub(crate) trait FromText: Sized {
    fn read(text: &str) -> Option<Self>;
}

impl FromText for NaiveDate {
    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl FromText for NaiveDateTime {
    fn read(text: &str) -> Option<Self> {
        Self::parse_from_str(text, "%Y-%m-%dT%H:%M").ok()
    }
}

impl<'de, T: FromText> Deserialize<'de> for Read<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text<T>(std::marker::PhantomData<T>);

        impl<T: FromText> Visitor<'_> for Text<T> {
            type Value = Read<T>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a date")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Read<T>, E> {
                T::read(text).map(Read).ok_or_else(|| E::custom("no date"))
            }
        }

        deserializer.deserialize_str(Text(std::marker::PhantomData))
    }
}

pub(crate) type TypedRow = PlainRow<Typed>;
pub(crate) type TextRow = PlainRow<Texts>;

/// What the mapping fills from a row.
#[derive(Deserialize)]
#[serde(bound = "")]
#[allow(dead_code)]
pub(crate) struct PlainRow<T: Types> {
    booking: String,
    surname: String,
    given: String,
    sex: T::Sex,
    born: T::Date,
    nationality: String,
    document: T::Kind,
    number: String,
    expires: T::Date,
    from: String,
    to: String,
    departure: T::Time,
    seat: String,
}

/// What the mapping fills from a booking in JSON.
#[derive(Deserialize)]
#[serde(bound = "")]
#[allow(dead_code)]
struct PlainBooking<T: Types> {
    reference: String,
    passengers: Vec<PlainPassenger<T>>,
    trip: PlainTrip<T>,
}

#[derive(Deserialize)]
#[serde(bound = "")]
#[allow(dead_code)]
struct PlainPassenger<T: Types> {
    surname: String,
    given: String,
    sex: T::Sex,
    born: T::Date,
    nationality: String,
    document: PlainDocument<T>,
}

#[derive(Deserialize)]
#[serde(bound = "")]
#[allow(dead_code)]
struct PlainDocument<T: Types> {
    kind: T::Kind,
    number: String,
    expires: T::Date,
}

#[derive(Deserialize)]
#[serde(bound = "")]
#[allow(dead_code)]
struct PlainTrip<T: Types> {
    carrier: String,
    number: String,
    from: String,
    to: String,
    departure: T::Time,
}

/// One document of many bookings.
#[derive(Deserialize)]
#[serde(bound = "")]
struct PlainBookings<T: Types> {
    bookings: Vec<PlainBooking<T>>,
}

/// Chance with a seed (xorshift64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.roll(words.len())]
    }
}

const SURNAMES: &[&str] = &[
    "ERIKSSON",
    "MAES",
    "VAN DEN BERG",
    "O'NEILL",
    "DUBOIS-LAMBERT",
    "GRÜNWALD",
    "MEIJER",
    "KOWALSKA",
];
const GIVEN: &[&str] = &[
    "ANNA MARIA",
    "LARS",
    "SOFIE",
    "ÉLODIE",
    "JAN PIETER",
    "SIOBHAN",
    "TOMASZ",
];
const STATES: &[&str] = &["BEL", "NLD", "DEU", "FRA", "POL", "IRL", "SWE"];
const STOPS: &[&str] = &[
    "Gent-Dampoort",
    "Lille Europe",
    "Köln ZOB",
    "Antwerpen-Berchem",
    "Rotterdam CS",
];

/// One traveller.
struct Person {
    surname: &'static str,
    given: &'static str,
    sex: &'static str,
    born: String,
    nationality: &'static str,
    number: String,
    expires: String,
    seat: usize,
}

fn person(dice: &mut Dice) -> Person {
    let date = |dice: &mut Dice, first: usize, years: usize| {
        let (year, month, day) = (
            first + dice.roll(years),
            1 + dice.roll(12),
            1 + dice.roll(28),
        );
        format!("{year}-{month:02}-{day:02}")
    };
    Person {
        surname: dice.of(SURNAMES),
        given: dice.of(GIVEN),
        sex: dice.of(&["M", "F"]),
        born: date(dice, 1940, 75),
        nationality: dice.of(STATES),
        number: format!("XX{:07}", dice.roll(10_000_000)),
        expires: date(dice, 2027, 9),
        seat: 1 + dice.roll(60),
    }
}

/// What travels under one locator.
struct Party {
    persons: Vec<Person>,
    from: &'static str,
    to: &'static str,
    departure: String,
}

fn party(dice: &mut Dice) -> Party {
    let size = 1 + dice.roll(3).min(dice.roll(4));
    let (from, to) = (dice.of(STOPS), dice.of(STOPS));
    let departure = format!(
        "2026-05-{:02}T{:02}:{:02}",
        1 + dice.roll(28),
        dice.roll(24),
        dice.roll(60)
    );
    Party {
        persons: (0..size).map(|_| person(dice)).collect(),
        from,
        to,
        departure,
    }
}

pub(crate) fn data(passengers: usize) -> Data {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let mut csv = String::from(
        "booking,surname,given,sex,born,nationality,document,number,expires,from,to,departure,seat\n",
    );
    let mut lines = String::new();
    let (mut persons, mut bookings) = (0, 0);
    while persons < passengers {
        bookings += 1;
        let party = party(&mut dice);
        rows(&mut csv, bookings, &party);
        line(&mut lines, bookings, &party);
        persons += party.persons.len();
    }
    let listed = lines.trim_end().replace('\n', ",\n");
    let document = format!("{{\"bookings\":[\n{listed}\n]}}\n");
    Data {
        csv,
        lines,
        document,
        bookings,
        mappings: Mappings::new(),
    }
}

fn rows(csv: &mut String, booking: usize, party: &Party) {
    let Party {
        from,
        to,
        departure,
        ..
    } = party;
    for p in &party.persons {
        let _ = writeln!(
            csv,
            "B{booking:06},{},{},{},{},{},P,{},{},{from},{to},{departure},{}",
            p.surname, p.given, p.sex, p.born, p.nationality, p.number, p.expires, p.seat
        );
    }
}

fn line(lines: &mut String, booking: usize, party: &Party) {
    let passengers = party.persons.iter().map(|p| {
        serde_json::json!({
            "surname": p.surname, "given": p.given, "sex": p.sex, "born": p.born,
            "nationality": p.nationality,
            "document": { "kind": "P", "number": p.number, "expires": p.expires },
        })
    });
    let booking = serde_json::json!({
        "reference": format!("B{booking:06}"),
        "passengers": passengers.collect::<Vec<_>>(),
        "trip": {
            "carrier": "XX", "number": "602", "from": party.from, "to": party.to,
            "departure": party.departure,
        },
    });
    let _ = writeln!(lines, "{booking}");
}

pub(crate) fn bookings(mapping: &Mapping, input: &[u8]) -> usize {
    let formats: [&dyn Format; 1] = [mapping];
    let options = Options {
        formats: &formats,
        ..Options::default()
    };
    let reader = Reader::with(input, &options).expect("the mapping knows its file");
    let records = reader.map(|record| record.expect("the file is whole"));
    records.filter(|record| record.booking.is_some()).count()
}

pub(crate) fn plain_rows<R: DeserializeOwned>(input: &[u8]) -> usize {
    let mut reader = csv::Reader::from_reader(input);
    let rows = reader.deserialize::<R>();
    rows.fold(0, |count, row| {
        black_box(row.expect("a row"));
        count + 1
    })
}

pub(crate) fn plain_lines<T: Types>(input: &[u8]) -> usize {
    let lines = serde_json::Deserializer::from_slice(input).into_iter::<PlainBooking<T>>();
    lines.fold(0, |count, booking| {
        black_box(booking.expect("a booking"));
        count + 1
    })
}

pub(crate) fn plain_document<T: Types>(input: &[u8]) -> usize {
    let document: PlainBookings<T> = serde_json::from_slice(input).expect("bookings");
    black_box(document).bookings.len()
}
