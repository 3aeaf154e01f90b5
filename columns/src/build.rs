//! Columns by tables: what each is called, what it holds, and where a row has it.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::builder::{Date32Builder, StringBuilder, UInt32Builder, UInt64Builder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, SchemaRef};

/// Rows that are lent to the columns of a table.
pub(crate) trait Rows: 'static {
    type Row<'r>;
}

/// Where a row has the value of a column.
pub(crate) enum Get<R: Rows> {
    /// A text, or a code as text.
    Text(for<'r, 's> fn(&'s R::Row<'r>) -> Option<String>),
    /// A number.
    Number(for<'r, 's> fn(&'s R::Row<'r>) -> Option<u32>),
    /// Days since 1970-01-01.
    Day(for<'r, 's> fn(&'s R::Row<'r>) -> Option<i32>),
}

/// A column: its name, what it is, and its value.
pub(crate) type Column<R> = (&'static str, &'static str, Get<R>);

const BOOKING: (&str, &str) = (
    "booking",
    "Number of the booking in the transmission, from 0",
);

pub(crate) fn fields<R: Rows>(table: &[Column<R>]) -> Vec<Field> {
    let field = |name: &str, kind, doc: &str| {
        let doc = HashMap::from([("doc".to_owned(), doc.to_owned())]);
        Field::new(name, kind, name != BOOKING.0).with_metadata(doc)
    };
    let first = field(BOOKING.0, DataType::UInt64, BOOKING.1);
    let rest = table.iter().map(|(name, doc, get)| {
        let kind = match get {
            Get::Text(_) => DataType::Utf8,
            Get::Number(_) => DataType::UInt32,
            Get::Day(_) => DataType::Date32,
        };
        field(name, kind, doc)
    });
    std::iter::once(first).chain(rest).collect()
}

enum Builder {
    Text(StringBuilder),
    Number(UInt32Builder),
    Day(Date32Builder),
}

/// Columns that grow row by row.
pub(crate) struct Columns<R: Rows> {
    table: &'static [Column<R>],
    booking: UInt64Builder,
    builders: Vec<Builder>,
}

impl<R: Rows> Columns<R> {
    pub(crate) fn new(table: &'static [Column<R>]) -> Self {
        let builder = |(_, _, get): &Column<R>| match get {
            Get::Text(_) => Builder::Text(StringBuilder::new()),
            Get::Number(_) => Builder::Number(UInt32Builder::new()),
            Get::Day(_) => Builder::Day(Date32Builder::new()),
        };
        Self {
            table,
            booking: UInt64Builder::new(),
            builders: table.iter().map(builder).collect(),
        }
    }

    pub(crate) fn add(&mut self, booking: u64, row: &R::Row<'_>) {
        self.booking.append_value(booking);
        for ((_, _, get), builder) in self.table.iter().zip(&mut self.builders) {
            match (get, builder) {
                (Get::Text(get), Builder::Text(column)) => column.append_option(get(row)),
                (Get::Number(get), Builder::Number(column)) => column.append_option(get(row)),
                (Get::Day(get), Builder::Day(column)) => column.append_option(get(row)),
                _ => {} // each builder was made for its column
            }
        }
    }

    pub(crate) fn finish(mut self, schema: SchemaRef) -> Result<RecordBatch, ArrowError> {
        let rest = self.builders.into_iter().map(|builder| match builder {
            Builder::Text(mut column) => Arc::new(column.finish()) as ArrayRef,
            Builder::Number(mut column) => Arc::new(column.finish()),
            Builder::Day(mut column) => Arc::new(column.finish()),
        });
        let first: ArrayRef = Arc::new(self.booking.finish());
        RecordBatch::try_new(schema, std::iter::once(first).chain(rest).collect())
    }
}
