//! Scalar functions of DataFusion: transmissions read, names keyed, scored and explained.
//!
//! | function | what it gives |
//! |---|---|
//! | `paxnorm_parse(transmission [, policy])` | a list of pieces: `json`, `locator`, `names`, `doubts` |
//! | `paxnorm_blocks(name)` | the keys of a name, a list of unsigned 64-bit integers |
//! | `paxnorm_score(a, b [, tuning])` | how likely two names are one person's, 0 to 1 |
//! | `paxnorm_explain(a, b [, tuning])` | the same with each step, as JSON |
//!
//! A name is one text: `SURNAME/GIVEN NAMES`, as tickets have it; without a stroke, its parts are
//! not told apart. A tuning is a constant, JSON of `paxnorm::matching::Tuning`. Null gives null.
//! They depend on their arguments alone, so that an engine may run them anywhere and again.

mod names;
mod parse;

use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, AsArray, StringViewArray};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::DataType;
use datafusion::error::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarUDF};
use datafusion::scalar::ScalarValue;

/// All four, to be registered in a session, in a scheduler and in each executor.
#[must_use]
pub fn all() -> Vec<Arc<ScalarUDF>> {
    [
        ScalarUDF::from(parse::Parse::new()),
        ScalarUDF::from(names::Blocks::new()),
        ScalarUDF::from(names::Compare::score()),
        ScalarUDF::from(names::Compare::explain()),
    ]
    .map(Arc::new)
    .to_vec()
}

/// A column of text, whichever layout of Arrow it came in.
fn texts(column: &ArrayRef) -> Result<StringViewArray> {
    Ok(cast(column, &DataType::Utf8View)?.as_string_view().clone())
}

/// The text of an argument that is the same for all rows; `None` where it is null or not given.
fn constant(argument: Option<&ColumnarValue>, what: &str) -> Result<Option<String>> {
    match argument {
        None => Ok(None),
        Some(ColumnarValue::Scalar(value)) => Ok(text_of(value)),
        // A column of equal values is what is left of a constant that an engine spread.
        Some(ColumnarValue::Array(column)) => {
            let column = texts(column)?;
            let first = column.iter().next().flatten();
            if column.iter().any(|one| one != first) {
                return datafusion::common::exec_err!("{what} must be a constant");
            }
            Ok(first.map(str::to_owned))
        }
    }
}

fn text_of(value: &ScalarValue) -> Option<String> {
    value.try_as_str().flatten().map(str::to_owned)
}
