//! What is asked: the same text for one process and for a cluster.

use std::path::Path;

use datafusion::arrow::array::{Array, AsArray};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Float32Type, Int64Type, UInt64Type};
use datafusion::error::Result;
use datafusion::prelude::{ParquetReadOptions, SessionContext};

/// Parts into which a shuffle divides rows: more than there are executors, so that the loss of
/// one costs its parts alone.
pub const PARTS: usize = 8;
/// The rarest keys of a name, which it keeps however many names bear them.
const ALWAYS: u64 = 4;

/// Bookings, named travellers and doubts of all transmissions.
pub const READING: &str = "
SELECT count(piece['json']) AS bookings,
       coalesce(sum(cardinality(piece['names'])), 0) AS persons,
       coalesce(sum(cardinality(piece['doubts'])), 0) AS doubts
FROM (SELECT unnest(paxnorm_parse(body)) AS piece FROM transmissions)";

/// Travellers beside the entries of the list that they may be: each name is asked about once,
/// however often it travels, and meets the names with which it has a key in common.
///
/// A key that more than `hub` names of the list bear would bring millions together to no end: it
/// is left out, but for the four rarest keys of each name, so that every name can be found.
#[must_use]
pub fn screening(hub: u64, threshold: f64) -> String {
    let keys = keys();
    format!(
        "
WITH keyed AS (SELECT id, name, unnest({keys}) AS key FROM list),
     counted AS (SELECT id, name, key, count(*) OVER (PARTITION BY key) AS bearers FROM keyed),
     ranked AS (SELECT id, name, key, bearers,
                       row_number() OVER (PARTITION BY id ORDER BY bearers, key) AS place FROM counted),
     wanted AS (SELECT id, name, key FROM ranked WHERE bearers <= {hub} OR place <= {ALWAYS}),
     people AS (SELECT name, count(*) AS journeys FROM travellers GROUP BY name),
     asked AS (SELECT name, journeys, unnest({keys}) AS key FROM people)
SELECT DISTINCT wanted.id, asked.name, asked.journeys, paxnorm_score(wanted.name, asked.name) AS score
FROM wanted JOIN asked ON wanted.key = asked.key
WHERE paxnorm_score(wanted.name, asked.name) >= {threshold}"
    )
}

/// Keys of each word, and of surname and first given name as one word, in whatever order: few
/// bear these, so that common names are found by them.
fn keys() -> String {
    let surname = "split_part(name, '/', 1)";
    let given = "split_part(split_part(name, '/', 2), ' ', 1)";
    let whole = format!("concat(least({surname}, {given}), greatest({surname}, {given}))");
    format!("array_concat(paxnorm_blocks(name), paxnorm_blocks({whole}))")
}

/// Why two names score as they do.
#[must_use]
pub fn explanation(a: &str, b: &str) -> String {
    let quote = |text: &str| text.replace('\'', "''");
    format!("SELECT paxnorm_explain('{}', '{}')", quote(a), quote(b))
}

/// Makes the files known under their names.
///
/// # Errors
/// A file that is not there or is no Parquet.
pub async fn register(context: &SessionContext, folder: &Path) -> Result<()> {
    for table in ["travellers", "list", "transmissions"] {
        let mut path = folder.join(table);
        if !path.is_dir() {
            path.set_extension("parquet");
        }
        let path = path.to_string_lossy();
        context
            .register_parquet(table, path.as_ref(), ParquetReadOptions::default())
            .await?;
    }
    Ok(())
}

/// A traveller's name and an entry of the list that it may be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// The entry.
    pub listed: u64,
    /// The name as booked.
    pub name: String,
    /// How often it travels.
    pub journeys: i64,
    /// The bits of the score: equal results have equal bits.
    pub score: u32,
}

/// Asks, and puts the answer in an order of its own.
///
/// # Errors
/// What the engine says.
pub async fn screen(context: &SessionContext, sql: &str) -> Result<Vec<Hit>> {
    let mut hits = Vec::new();
    for batch in context.sql(sql).await?.collect().await? {
        let listed = batch.column(0).as_primitive::<UInt64Type>();
        let names = cast(batch.column(1), &DataType::Utf8View)?;
        let journeys = batch.column(2).as_primitive::<Int64Type>();
        let scores = batch.column(3).as_primitive::<Float32Type>();
        hits.extend((0..batch.num_rows()).map(|row| Hit {
            listed: listed.value(row),
            name: names.as_string_view().value(row).to_owned(),
            journeys: journeys.value(row),
            score: scores.value(row).to_bits(),
        }));
    }
    hits.sort_unstable();
    Ok(hits)
}

/// A row of numbers.
///
/// # Errors
/// What the engine says.
pub async fn numbers(context: &SessionContext, sql: &str) -> Result<Vec<i64>> {
    let batches = context.sql(sql).await?.collect().await?;
    let mut numbers = Vec::new();
    for batch in batches.iter().filter(|batch| batch.num_rows() > 0) {
        for column in batch.columns() {
            let column = cast(column, &DataType::Int64)?;
            numbers.extend(column.as_primitive::<Int64Type>().iter().flatten());
        }
    }
    Ok(numbers)
}

/// The first text of an answer.
///
/// # Errors
/// What the engine says.
pub async fn text(context: &SessionContext, sql: &str) -> Result<String> {
    let batches = context.sql(sql).await?.collect().await?;
    let columns = batches.iter().filter(|batch| batch.num_rows() > 0);
    for batch in columns {
        let column = cast(batch.column(0), &DataType::Utf8View)?;
        if !column.is_null(0) {
            return Ok(column.as_string_view().value(0).to_owned());
        }
    }
    Ok(String::new())
}
