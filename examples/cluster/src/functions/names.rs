//! Names: keys by which they meet, scores, explanations.

use std::cell::RefCell;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::sync::{Arc, LazyLock};

use datafusion::arrow::array::{
    ArrayRef, Float32Array, ListBuilder, StringArray, StringViewArray, UInt64Builder,
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
        let tuning = constant(args.args.get(2), "a tuning")?;
        let columns = ColumnarValue::values_to_arrays(&args.args)?;
        let [a, b, ..] = columns.as_slice() else {
            return exec_err!("{} takes two names", self.name());
        };
        let (a, b) = (texts(a)?, texts(b)?);
        let column = Desk::with(tuning, |desk| self.output.column(desk, &a, &b))?;
        Ok(ColumnarValue::Array(column))
    }
}

impl Output {
    fn column(self, desk: &mut Desk, a: &StringViewArray, b: &StringViewArray) -> Result<ArrayRef> {
        Ok(match self {
            Self::Score => Arc::new(desk.compare(a, b, Matcher::score).collect::<Float32Array>()),
            Self::Explanation => {
                let explained = desk.compare(a, b, |matcher, a, b| {
                    serde_json::to_string(&matcher.explain(a, b))
                });
                let texts: Result<StringArray, _> = explained.map(Option::transpose).collect();
                Arc::new(texts.map_err(|error| DataFusionError::External(error.into()))?)
            }
        })
    }
}

/// What a thread keeps from batch to batch: the matcher of the tuning that was used last, and
/// names of either column that it has made ready.
struct Desk {
    tuning: Option<String>,
    matcher: Matcher,
    sides: [Ready; 2],
}

thread_local! {
    static DESK: RefCell<Option<Desk>> = const { RefCell::new(None) };
}

impl Desk {
    fn with<T>(tuning: Option<String>, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        DESK.with_borrow_mut(|last| {
            let desk = match last.take().filter(|desk| desk.tuning == tuning) {
                Some(desk) => desk,
                None => Self::new(tuning)?,
            };
            work(last.insert(desk))
        })
    }

    fn new(tuning: Option<String>) -> Result<Self> {
        let matcher = tuning.as_deref().map(tuned).transpose()?;
        Ok(Self {
            matcher: matcher.unwrap_or_else(|| DEFAULT.clone()),
            sides: [Ready::new(), Ready::new()],
            tuning,
        })
    }

    /// What two columns of names give, row by row.
    fn compare<T>(
        &mut self,
        a: &StringViewArray,
        b: &StringViewArray,
        with: impl Fn(&Matcher, &Prepared, &Prepared) -> T,
    ) -> impl Iterator<Item = Option<T>> {
        let (matcher, [firsts, seconds]) = (&self.matcher, &mut self.sides);
        a.iter().zip(b).map(move |(a, b)| {
            let (a, b) = (firsts.get(matcher, a?), seconds.get(matcher, b?));
            Some(with(matcher, a, b))
        })
    }
}

/// Names made ready, each in the place that its text gives it, where the next one takes it over: a
/// join brings the names of a list again and again, and to make one ready costs as much as to
/// compare it several times.
struct Ready(Vec<Option<(String, Prepared)>>);

/// Places for names, of some 300 bytes each.
const PLACES: usize = 1 << 16;

impl Ready {
    fn new() -> Self {
        Self(vec![None; PLACES])
    }

    fn get(&mut self, matcher: &Matcher, text: &str) -> &Prepared {
        let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one(text);
        let place = &mut self.0[hash as usize % PLACES];
        if place.as_ref().is_some_and(|(known, _)| known != text) {
            *place = None;
        }
        let make = || (text.to_owned(), matcher.prepare(&name(text)));
        &place.get_or_insert_with(make).1
    }
}

fn name(text: &str) -> Name {
    match text.split_once('/') {
        Some((surname, given)) => Name::new(surname, given),
        None => Name::unsplit(text),
    }
}

static DEFAULT: LazyLock<Matcher> = LazyLock::new(Matcher::default);

fn tuned(tuning: &str) -> Result<Matcher> {
    let wrong = |error: String| DataFusionError::Execution(format!("tuning: {error}"));
    let read = serde_json::from_str(tuning).map_err(|error| wrong(error.to_string()))?;
    Matcher::new(read).map_err(|error| wrong(error.to_string()))
}
