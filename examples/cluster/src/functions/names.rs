//! Names: keys by which they meet, scores, explanations.

use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use datafusion::arrow::array::{
    Array, ArrayRef, Float32Array, ListBuilder, StringArray, StringViewArray, UInt64Builder,
};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::exec_err;
use datafusion::error::{DataFusionError, Result};
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, TypeSignature, Volatility,
};
use paxnorm::Name;
use paxnorm::matching::{Matcher, Prepared};

use super::{constant, texts};

/// `paxnorm_blocks(name)`: names that may be one person's have a key in common.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Blocks(Signature);

impl Blocks {
    pub(super) fn new() -> Self {
        Self(Signature::string(1, Volatility::Immutable))
    }
}

impl ScalarUDFImpl for Blocks {
    fn name(&self) -> &str {
        "paxnorm_blocks"
    }

    fn signature(&self) -> &Signature {
        &self.0
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::new_list(DataType::UInt64, true))
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let columns = ColumnarValue::values_to_arrays(&args.args)?;
        let [names] = columns.as_slice() else {
            return exec_err!("paxnorm_blocks takes a name");
        };
        let mut keys = ListBuilder::new(UInt64Builder::new());
        for text in &texts(names)? {
            if let Some(text) = text {
                let prepared = DEFAULT.prepare(&name(text));
                let blocks: Vec<u64> = DEFAULT.blocks(&prepared).collect();
                keys.values().append_slice(&blocks);
            }
            keys.append(text.is_some());
        }
        Ok(ColumnarValue::Array(Arc::new(keys.finish())))
    }
}

/// `paxnorm_score(a, b [, tuning])` and `paxnorm_explain(a, b [, tuning])`.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Compare {
    signature: Signature,
    output: Output,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Output {
    Score,
    Explanation,
}

impl Compare {
    pub(super) fn score() -> Self {
        Self::new(Output::Score)
    }

    pub(super) fn explain() -> Self {
        Self::new(Output::Explanation)
    }

    fn new(output: Output) -> Self {
        let counts = [2, 3].map(TypeSignature::String).to_vec();
        Self {
            signature: Signature::one_of(counts, Volatility::Immutable),
            output,
        }
    }
}

impl ScalarUDFImpl for Compare {
    fn name(&self) -> &str {
        match self.output {
            Output::Score => "paxnorm_score",
            Output::Explanation => "paxnorm_explain",
        }
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(match self.output {
            Output::Score => DataType::Float32,
            Output::Explanation => DataType::Utf8,
        })
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let matcher = matcher(constant(args.args.get(2), "a tuning")?)?;
        let columns = ColumnarValue::values_to_arrays(&args.args)?;
        let [a, b, ..] = columns.as_slice() else {
            return exec_err!("{} takes two names", self.name());
        };
        let (a, b) = (texts(a)?, texts(b)?);
        let column: ArrayRef = match self.output {
            Output::Score => Arc::new(
                compare(&matcher, &a, &b, |a, b| matcher.score(a, b)).collect::<Float32Array>(),
            ),
            Output::Explanation => {
                let explained = compare(&matcher, &a, &b, |a, b| {
                    serde_json::to_string(&matcher.explain(a, b))
                });
                let texts: Result<StringArray, _> = explained.map(Option::transpose).collect();
                Arc::new(texts.map_err(|error| DataFusionError::External(error.into()))?)
            }
        };
        Ok(ColumnarValue::Array(column))
    }
}

/// What two columns of names give, row by row.
fn compare<'a, T>(
    matcher: &'a Matcher,
    a: &'a StringViewArray,
    b: &'a StringViewArray,
    with: impl Fn(&Prepared, &Prepared) -> T + 'a,
) -> impl Iterator<Item = Option<T>> + 'a {
    let (mut firsts, mut seconds) = (Ready::new(matcher, a), Ready::new(matcher, b));
    (0..a.len()).map(move |row| Some(with(firsts.get(row)?, seconds.get(row)?)))
}

/// The names of a column, each made ready once as long as it repeats: a join gives the rows that
/// one row of the other side meets behind one another.
struct Ready<'a> {
    matcher: &'a Matcher,
    texts: &'a StringViewArray,
    last: Option<(&'a str, Prepared)>,
}

impl<'a> Ready<'a> {
    fn new(matcher: &'a Matcher, texts: &'a StringViewArray) -> Self {
        let last = None;
        Self {
            matcher,
            texts,
            last,
        }
    }

    fn get(&mut self, row: usize) -> Option<&Prepared> {
        if self.texts.is_null(row) {
            return None;
        }
        let text = self.texts.value(row);
        if self.last.as_ref().is_none_or(|last| last.0 != text) {
            self.last = Some((text, self.matcher.prepare(&name(text))));
        }
        self.last.as_ref().map(|last| &last.1)
    }
}

fn name(text: &str) -> Name {
    match text.split_once('/') {
        Some((surname, given)) => Name::new(surname, given),
        None => Name::unsplit(text),
    }
}

static DEFAULT: LazyLock<Matcher> = LazyLock::new(Matcher::default);
/// The matcher of the tuning that was used last: a query has one, and asks by the batch.
static TUNED: Mutex<Option<(String, Matcher)>> = Mutex::new(None);

fn matcher(tuning: Option<String>) -> Result<Matcher> {
    let Some(tuning) = tuning else {
        return Ok(DEFAULT.clone());
    };
    let mut last = TUNED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, matcher)) = last.as_ref().filter(|(known, _)| *known == tuning) {
        return Ok(matcher.clone());
    }
    let wrong = |error: String| DataFusionError::Execution(format!("tuning: {error}"));
    let read = serde_json::from_str(&tuning).map_err(|error| wrong(error.to_string()))?;
    let matcher = Matcher::new(read).map_err(|error| wrong(error.to_string()))?;
    *last = Some((tuning, matcher.clone()));
    Ok(matcher)
}
