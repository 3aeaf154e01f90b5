//! Invented travellers, a list of wanted persons, and transmissions, as Parquet files.
//!
//! Names are drawn by their frequency in the committed table of tokens, the same ones in every
//! run. Each person makes so many journeys; every thousandth is a person of the list, under
//! another spelling, of whom the screening is to find the entry.

use std::error::Error;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use datafusion::arrow::array::{BinaryArray, RecordBatch, StringArray, UInt64Array};
use datafusion::parquet::arrow::ArrowWriter;

#[path = "../../tune/draw.rs"]
#[expect(dead_code, reason = "strangers are drawn for the tuner alone")]
mod draw;
#[path = "../../../benches/synth/mod.rs"]
mod synth;

use draw::{Random, Wheel};

/// Of so many persons one is on the list.
const PLANTED: u64 = 1_000;
/// Files of travellers: what executors read side by side.
const FILES: u64 = 8;
/// Rows of a batch that is written.
const BATCH: u64 = 1 << 16;
/// Bookings of a transmission.
const BOOKINGS: usize = 1_000;
/// One booking for so many travellers: to show the reading, not to measure it.
const PER_BOOKING: u64 = 500;

/// How much is invented.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// Rows of travellers.
    pub travellers: u64,
    /// Names of the list.
    pub list: u64,
    /// Journeys of each person, a row for each.
    pub journeys: u64,
}

/// A person of the list who travels.
#[derive(Clone, Debug)]
pub struct Planted {
    /// The name as it is booked.
    pub name: String,
    /// The entry of the list.
    pub listed: u64,
    /// What became of the spelling.
    pub change: &'static str,
}

/// What was invented.
#[derive(Debug)]
pub struct Invented {
    /// Who of the list travels.
    pub planted: Vec<Planted>,
    /// Bookings of the transmissions.
    pub bookings: u64,
    /// Named travellers of the transmissions.
    pub persons: u64,
}

/// Writes `travellers/*.parquet`, `list.parquet` and `transmissions.parquet` into a folder.
///
/// # Errors
/// What the file system or the writer of Parquet says.
pub fn write(folder: &Path, sizes: Sizes) -> Result<Invented, Box<dyn Error>> {
    let people = People::new(sizes);
    std::fs::create_dir_all(folder.join("travellers"))?;
    let each = sizes.travellers.div_ceil(FILES);
    for file in 0..FILES {
        let rows = file * each..sizes.travellers.min((file + 1) * each);
        let path = folder.join(format!("travellers/{file}.parquet"));
        named(&path, rows, |row| people.traveller(row))?;
    }
    named(&folder.join("list.parquet"), 0..sizes.list, |id| {
        people.listed(id).text()
    })?;
    let (bookings, persons) = transmissions(&folder.join("transmissions.parquet"), sizes)?;
    let planted = (0..people.count).step_by(PLANTED as usize);
    Ok(Invented {
        planted: planted.map(|number| people.planted(number)).collect(),
        bookings,
        persons,
    })
}

/// A file of numbers and names.
fn named(
    path: &Path,
    rows: std::ops::Range<u64>,
    name: impl Fn(u64) -> String,
) -> Result<(), Box<dyn Error>> {
    let batch = |from: u64, to: u64| {
        let names = StringArray::from_iter_values((from..to).map(&name));
        RecordBatch::try_from_iter([
            ("id", Arc::new(UInt64Array::from_iter_values(from..to)) as _),
            ("name", Arc::new(names) as _),
        ])
    };
    let mut writer = ArrowWriter::try_new(File::create(path)?, batch(0, 0)?.schema(), None)?;
    for from in rows.clone().step_by(BATCH as usize) {
        writer.write(&batch(from, rows.end.min(from + BATCH))?)?;
    }
    writer.close()?;
    Ok(())
}

/// Transmissions of a thousand bookings, a row for each; how many bookings and persons they hold.
fn transmissions(path: &Path, sizes: Sizes) -> Result<(u64, u64), Box<dyn Error>> {
    let (mut bookings, mut persons, mut bodies) = (0, 0, Vec::new());
    for seed in 0..(sizes.travellers / PER_BOOKING)
        .div_ceil(BOOKINGS as u64)
        .max(1)
    {
        let mut body = Vec::new();
        let counts = synth::write_pnrgov(&mut body, &synth::ORDINARY, seed, BOOKINGS)?;
        bookings += counts.bookings;
        persons += counts.persons;
        bodies.push(body);
    }
    let body = Arc::new(BinaryArray::from_iter_values(&bodies)) as _;
    let batch = RecordBatch::try_from_iter([("body", body)])?;
    let mut writer = ArrowWriter::try_new(File::create(path)?, batch.schema(), None)?;
    writer.write(&batch)?;
    writer.close()?;
    Ok((bookings, persons))
}

/// Draws persons by their number.
struct People {
    given: Wheel,
    surnames: Wheel,
    /// Different persons who travel.
    count: u64,
    list: u64,
}

impl People {
    fn new(sizes: Sizes) -> Self {
        Self {
            given: Wheel::new("g"),
            surnames: Wheel::new("s"),
            count: sizes.travellers.div_ceil(sizes.journeys.max(1)).max(1),
            list: sizes.list.max(1),
        }
    }

    /// The name in a row: all persons in turn, so that journeys of one lie far apart.
    fn traveller(&self, row: u64) -> String {
        let number = row % self.count;
        match number % PLANTED {
            0 => self.planted(number).name,
            _ => self.person(&mut dice(Kind::Traveller, number)).text(),
        }
    }

    fn listed(&self, id: u64) -> Person {
        self.person(&mut dice(Kind::Listed, id))
    }

    fn planted(&self, number: u64) -> Planted {
        let mut dice = dice(Kind::Planted, number);
        let listed = dice.below(self.list);
        let (change, spell) = CHANGES[(number / PLANTED) as usize % CHANGES.len()];
        let mut person = self.listed(listed);
        spell(&mut person, &mut dice);
        Planted {
            name: person.text(),
            listed,
            change,
        }
    }

    fn person(&self, dice: &mut Random) -> Person {
        let given = self.given.turn(dice).to_owned();
        let second = (dice.below(5) > 2).then(|| self.given.turn(dice).to_owned());
        let surname = self.surnames.turn(dice).to_owned();
        Person {
            surname,
            given,
            second,
        }
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Traveller = 1,
    Listed,
    Planted,
}

/// Chance of its own for each person, wherever in the file it stands.
fn dice(kind: Kind, number: u64) -> Random {
    let mut seed = synth::Rng::new((kind as u64) << 60 | number);
    let mut word = || u64::from(seed.below(u32::MAX));
    Random(word() << 32 | word())
}

struct Person {
    surname: String,
    given: String,
    second: Option<String>,
}

impl Person {
    fn text(&self) -> String {
        let Self {
            surname,
            given,
            second,
        } = self;
        match second {
            Some(second) => format!("{surname}/{given} {second}"),
            None => format!("{surname}/{given}"),
        }
    }
}

type Change = (&'static str, fn(&mut Person, &mut Random));

/// What happens to names on the way.
const CHANGES: [Change; 6] = [
    ("as listed", |_, _| {}),
    ("a letter of the surname", |person, dice| {
        mistype(&mut person.surname, dice);
    }),
    ("a letter of the given name", |person, dice| {
        mistype(&mut person.given, dice);
    }),
    ("second name lost or added", |person, dice| {
        let initial = char::from(b'A' + dice.below(26) as u8).to_string();
        person.second = match person.second {
            Some(_) => None,
            None => Some(initial),
        };
    }),
    ("given names run together", |person, _| {
        let second = person.second.take().unwrap_or_default();
        person.given.push_str(&second);
    }),
    ("surname and given name swapped", |person, _| {
        std::mem::swap(&mut person.surname, &mut person.given);
    }),
];

/// A letter lost, another one, or two in the wrong order; never the first.
fn mistype(word: &mut String, dice: &mut Random) {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() < 3 {
        return;
    }
    let at = 1 + dice.below(letters.len() as u64 - 1) as usize;
    match dice.below(3) {
        0 => {
            letters.remove(at);
        }
        1 => letters[at] = char::from(b'A' + dice.below(26) as u8),
        _ => letters.swap(at - 1, at),
    }
    *word = letters.into_iter().collect();
}
