//! Transmissions: bytes of a carrier to a list of the pieces they hold.

use std::sync::Arc;

use datafusion::arrow::array::{
    Array, AsArray, BinaryArray, ListArray, ListBuilder, StringBuilder, StructArray,
};
use datafusion::arrow::buffer::OffsetBuffer;
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Field, FieldRef, Fields};
use datafusion::common::exec_err;
use datafusion::error::{DataFusionError, Result};
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, TypeSignature, Volatility,
};
use paxnorm::model::PassengerKind;
use paxnorm::{Booking, Name, Options, Policy, Reader, Record};

use super::constant;

/// `paxnorm_parse(transmission [, policy])`: a list with an element for each piece, in the order
/// of the input: `json` is the booking in the canonical schema, `locator` its first locator,
/// `names` its persons as `SURNAME/GIVEN`, `doubts` what is doubtful about it, with places.
/// Where a transmission cannot be read on, its last element says so in `doubts` and has no booking.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Parse(Signature);

impl Parse {
    pub(super) fn new() -> Self {
        let counts = [1, 2].map(TypeSignature::Any).to_vec();
        Self(Signature::one_of(counts, Volatility::Immutable))
    }
}

impl ScalarUDFImpl for Parse {
    fn name(&self) -> &str {
        "paxnorm_parse"
    }

    fn signature(&self) -> &Signature {
        &self.0
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::List(element()))
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let policy = policy(constant(args.args.get(1), "a policy")?)?;
        let columns = ColumnarValue::values_to_arrays(&args.args)?;
        let Some(column) = columns.first() else {
            return exec_err!("paxnorm_parse takes a transmission");
        };
        let transmissions = cast(column, &DataType::Binary)?;
        let list = read(transmissions.as_binary::<i32>(), policy)?;
        Ok(ColumnarValue::Array(Arc::new(list)))
    }
}

fn policy(name: Option<String>) -> Result<&'static Policy> {
    let Some(name) = name else {
        return Ok(Policy::eu_pnr());
    };
    let unknown = || DataFusionError::Execution(format!("no policy is called {name}"));
    Policy::named(&name).ok_or_else(unknown)
}

fn fields() -> Fields {
    let list = || DataType::new_list(DataType::Utf8, true);
    let columns = [
        ("json", DataType::Utf8),
        ("locator", DataType::Utf8),
        ("names", list()),
        ("doubts", list()),
    ];
    columns
        .into_iter()
        .map(|(name, kind)| Field::new(name, kind, true))
        .collect()
}

fn element() -> FieldRef {
    Arc::new(Field::new_list_field(DataType::Struct(fields()), true))
}

fn read(transmissions: &BinaryArray, policy: &'static Policy) -> Result<ListArray> {
    let mut pieces = Pieces::default();
    let mut ends = Vec::with_capacity(transmissions.len());
    for bytes in transmissions {
        if let Some(bytes) = bytes {
            pieces.transmission(bytes, policy)?;
        }
        ends.push(pieces.count);
        pieces.count = 0;
    }
    Ok(ListArray::try_new(
        element(),
        OffsetBuffer::from_lengths(ends),
        Arc::new(pieces.finish()?),
        transmissions.nulls().cloned(),
    )?)
}

/// The columns of what is read, and how many pieces the transmission at hand has so far.
#[derive(Default)]
struct Pieces {
    json: StringBuilder,
    locator: StringBuilder,
    names: ListBuilder<StringBuilder>,
    doubts: ListBuilder<StringBuilder>,
    count: usize,
}

impl Pieces {
    fn transmission(&mut self, bytes: &[u8], policy: &'static Policy) -> Result<()> {
        let options = Options {
            policy,
            ..Options::default()
        };
        match Reader::with(bytes, &options) {
            Err(error) => self.failure(&error),
            Ok(reader) => {
                for record in reader {
                    match record {
                        Ok(record) => self.record(&record)?,
                        Err(error) => self.failure(&error),
                    }
                }
            }
        }
        Ok(())
    }

    fn record(&mut self, record: &Record) -> Result<()> {
        let json = record.booking.as_ref().map(serde_json::to_string);
        let json = json.transpose();
        let json = json.map_err(|error| DataFusionError::External(error.into()))?;
        let doubts = record.diagnostics.iter().map(ToString::to_string);
        self.push(json, record.booking.as_deref(), doubts);
        Ok(())
    }

    fn failure(&mut self, error: &paxnorm::Error) {
        self.push(None, None, [error.to_string()].into_iter());
    }

    fn push(
        &mut self,
        json: Option<String>,
        booking: Option<&Booking>,
        doubts: impl Iterator<Item = String>,
    ) {
        self.json.append_option(json);
        let locator = booking.and_then(|booking| booking.locators.first()?.value.as_deref());
        self.locator.append_option(locator);
        let persons = booking.into_iter().flat_map(persons);
        self.names
            .append_value(persons.map(|name| Some(ticketed(name))));
        self.doubts.append_value(doubts.map(Some));
        self.count += 1;
    }

    fn finish(mut self) -> Result<StructArray> {
        Ok(StructArray::try_new(
            fields(),
            vec![
                Arc::new(self.json.finish()),
                Arc::new(self.locator.finish()),
                Arc::new(self.names.finish()),
                Arc::new(self.doubts.finish()),
            ],
            None,
        )?)
    }
}

/// Names of the persons of a booking, as [`Booking::persons`] counts them: a seat for a cello is
/// none, and who has no name in the list may have one in a document.
fn persons(booking: &Booking) -> impl Iterator<Item = &Name> {
    let persons = booking.passengers.iter();
    let persons = persons.filter(|one| one.kind != Some(PassengerKind::ExtraSeat));
    persons.filter_map(|one| {
        let documents = one.documents.iter().map(|document| &document.name);
        std::iter::once(&one.name)
            .chain(documents)
            .find(|name| name.is_known())
    })
}

/// As tickets have it, and as the functions for names take it.
fn ticketed(name: &Name) -> String {
    let (surname, given) = (name.surname.as_deref(), name.given.as_deref());
    match &name.full {
        Some(full) if surname.is_none() => full.to_string(),
        _ => format!(
            "{}/{}",
            surname.unwrap_or_default(),
            given.unwrap_or_default()
        ),
    }
}
