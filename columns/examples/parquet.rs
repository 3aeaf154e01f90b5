//! Writes a transmission as four Parquet files, and prints a few aggregates of them.
//!
//! ```text
//! cargo run --release --example parquet -- FOLDER FILE...
//! ```
//! Memory is that of one batch, whatever the size of the files.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::path::Path;

use arrow_array::cast::AsArray;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use paxnorm::Reader;
use paxnorm_arrow::{Batches, Table};

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<_> = std::env::args().skip(1).collect();
    let [folder, files @ ..] = words.as_slice() else {
        return Err("usage: parquet FOLDER FILE...".into());
    };
    write(Path::new(folder), files)?;
    for (table, column) in [
        (Table::Bookings, "format"),
        (Table::Passengers, "nationality"),
        (Table::Legs, "carrier"),
        (Table::Documents, "kind"),
    ] {
        show(Path::new(folder), table, column)?;
    }
    Ok(())
}

/// Each file is a transmission; bookings are counted through all.
fn write(folder: &Path, files: &[String]) -> Result<(), Box<dyn Error>> {
    let open = |table: &Table| -> Result<_, Box<dyn Error>> {
        let file = File::create(folder.join(table.name()).with_extension("parquet"))?;
        let snappy = WriterProperties::builder().set_compression(Compression::SNAPPY);
        Ok((
            *table,
            ArrowWriter::try_new(file, table.schema(), Some(snappy.build()))?,
        ))
    };
    let mut writers: Vec<_> = Table::ALL.iter().map(open).collect::<Result<_, _>>()?;
    let readers = files
        .iter()
        .map(|path| -> Result<_, Box<dyn Error>> { Ok(Reader::from_read(File::open(path)?)?) });
    let readers: Vec<_> = readers.collect::<Result<_, _>>()?;
    for batch in Batches::new(readers.into_iter().flatten(), 4096) {
        let batch = batch?;
        for (table, writer) in &mut writers {
            writer.write(batch.table(*table))?;
        }
    }
    for (_, writer) in writers {
        writer.close()?;
    }
    Ok(())
}

/// Counts the rows of a table by a column, as any engine would.
fn show(folder: &Path, table: Table, column: &str) -> Result<(), Box<dyn Error>> {
    let file = File::open(folder.join(table.name()).with_extension("parquet"))?;
    let mut counts = BTreeMap::<String, usize>::new();
    for batch in ParquetRecordBatchReaderBuilder::try_new(file)?.build()? {
        let batch = batch?;
        let values = batch.column_by_name(column).ok_or("no such column")?;
        for value in values.as_string::<i32>() {
            *counts
                .entry(value.unwrap_or("(none)").to_owned())
                .or_default() += 1;
        }
    }
    let rows: usize = counts.values().sum();
    println!("{}: {rows} rows by {column}", table.name());
    for (value, count) in counts {
        println!("  {count:8}  {value}");
    }
    Ok(())
}
