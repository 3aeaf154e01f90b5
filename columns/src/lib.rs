//! Bookings of [`paxnorm`] as columns: Arrow record batches, and so Parquet, DuckDB, Polars, Spark.
//!
//! A transmission becomes four tables, in the order of the input and in bounded memory: a batch
//! holds the rows of so many bookings, whatever the size of the transmission. `booking` counts
//! the bookings from 0 and joins the tables; `passenger` and `leg` are the numbers of the schema.
//!
//! ```
//! use paxnorm::Reader;
//! use paxnorm_arrow::{Batches, Table};
//!
//! let bytes = b"UNB+IATA:1+XX+UTO+260520:0439+1'UNH+1+PNRGOV:11:1:IA'MSG+:22'\
//!     TVL+270526:1430+BRU+LHR+XX+602'SRC'RCI+XX:ABC123'TIF+ERIKSSON:I+ANNAMRS:A:1'\
//!     UNT+7+1'UNZ+1+1'";
//! let mut batches = Batches::new(Reader::new(bytes)?, 1000);
//! let batch = batches.next().expect("one batch")?;
//! assert_eq!(batch.table(Table::Bookings).num_rows(), 1);
//! assert_eq!(batch.table(Table::Passengers).num_rows(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Columns
#![doc = include_str!("../columns.md")]

mod build;
mod tables;

use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, Schema, SchemaRef};
use paxnorm::{Booking, Record};

use build::Columns;

/// The tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Table {
    /// A row for each booking.
    Bookings,
    /// A row for each passenger of a booking.
    Passengers,
    /// A row for each leg of a booking.
    Legs,
    /// A row for each travel document of a passenger.
    Documents,
}

impl Table {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Bookings,
        Self::Passengers,
        Self::Legs,
        Self::Documents,
    ];

    /// Its name, for files: `bookings`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Bookings => "bookings",
            Self::Passengers => "passengers",
            Self::Legs => "legs",
            Self::Documents => "documents",
        }
    }

    /// Its columns, each with what it is in the metadata `doc`.
    #[must_use]
    pub fn schema(self) -> SchemaRef {
        let fields = match self {
            Self::Bookings => build::fields(tables::BOOKINGS),
            Self::Passengers => build::fields(tables::PASSENGERS),
            Self::Legs => build::fields(tables::LEGS),
            Self::Documents => build::fields(tables::DOCUMENTS),
        };
        Arc::new(Schema::new(fields))
    }

    /// The table of its columns, as `columns.md` has it.
    #[must_use]
    pub fn describe(self) -> String {
        let mut text = format!(
            "\n| `{}` | type | what it is |\n|---|---|---|\n",
            self.name()
        );
        for field in self.schema().fields() {
            let doc = field.metadata().get("doc").map_or("", String::as_str);
            text += &format!("| `{}` | {} | {doc} |\n", field.name(), field.data_type());
        }
        text
    }
}

/// The rows of some bookings, in four record batches.
#[derive(Clone, Debug)]
pub struct Batch {
    tables: [RecordBatch; 4],
}

impl Batch {
    /// The rows of one table.
    #[must_use]
    pub fn table(&self, table: Table) -> &RecordBatch {
        let [bookings, passengers, legs, documents] = &self.tables;
        match table {
            Table::Bookings => bookings,
            Table::Passengers => passengers,
            Table::Legs => legs,
            Table::Documents => documents,
        }
    }
}

/// Why there is no next batch.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The transmission cannot be read any further; what came before it is in the last batch.
    Reading(paxnorm::Error),
    /// Arrow refused the columns.
    Arrow(ArrowError),
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Reading(error) => error.fmt(f),
            Self::Arrow(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Reading(error) => Some(error),
            Self::Arrow(error) => Some(error),
        }
    }
}

/// Iterator over the batches of a transmission.
///
/// Records come from any reader, under any policy: what the policy withholds is null here. A
/// record without a booking has no row. An error of reading comes after the rows before it.
#[derive(Debug)]
pub struct Batches<R> {
    records: R,
    size: usize,
    next: u64,
    failed: Option<paxnorm::Error>,
    done: bool,
}

impl<R: Iterator<Item = Result<Record, paxnorm::Error>>> Batches<R> {
    /// Batches of at most `size` bookings, of at least one.
    pub fn new(records: R, size: usize) -> Self {
        Self {
            records,
            size: size.max(1),
            next: 0,
            failed: None,
            done: false,
        }
    }

    fn fill(&mut self) -> (usize, Builders) {
        let (mut count, mut builders) = (0, Builders::default());
        while count < self.size && !self.done {
            match self.records.next() {
                None => self.done = true,
                Some(Err(error)) => {
                    self.failed = Some(error);
                    self.done = true;
                }
                Some(Ok(record)) => {
                    if let Some(booking) = &record.booking {
                        builders.add(self.next, booking);
                        self.next += 1;
                        count += 1;
                    }
                }
            }
        }
        (count, builders)
    }
}

impl<R: Iterator<Item = Result<Record, paxnorm::Error>>> Iterator for Batches<R> {
    type Item = Result<Batch, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let (count, builders) = self.fill();
        if count > 0 {
            return Some(builders.finish().map_err(Error::Arrow));
        }
        self.failed.take().map(|error| Err(Error::Reading(error)))
    }
}

struct Builders {
    bookings: Columns<tables::BookingRow>,
    passengers: Columns<tables::PassengerRow>,
    legs: Columns<tables::LegRow>,
    documents: Columns<tables::DocumentRow>,
}

impl Default for Builders {
    fn default() -> Self {
        Self {
            bookings: Columns::new(tables::BOOKINGS),
            passengers: Columns::new(tables::PASSENGERS),
            legs: Columns::new(tables::LEGS),
            documents: Columns::new(tables::DOCUMENTS),
        }
    }
}

impl Builders {
    fn add(&mut self, number: u64, booking: &Booking) {
        self.bookings.add(number, booking);
        for passenger in &booking.passengers {
            self.passengers.add(number, passenger);
            for document in &passenger.documents {
                self.documents.add(number, &(passenger, document));
            }
        }
        for leg in &booking.legs {
            self.legs.add(number, leg);
        }
    }

    fn finish(self) -> Result<Batch, ArrowError> {
        Ok(Batch {
            tables: [
                self.bookings.finish(Table::Bookings.schema())?,
                self.passengers.finish(Table::Passengers.schema())?,
                self.legs.finish(Table::Legs.schema())?,
                self.documents.finish(Table::Documents.schema())?,
            ],
        })
    }
}
