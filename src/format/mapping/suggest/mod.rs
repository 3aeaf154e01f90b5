//! A first mapping of an unknown file, from its headers and values.

mod classify;
mod header;
mod lexicon;
mod meaning;
mod propose;
mod sample;
mod values;

use std::fmt;

pub use lexicon::{Lexicon, LexiconError};

use super::{Draft, Mapping};
use crate::Field;
use crate::format::Confidence;
use classify::{Guess, Sampled};
use sample::Table;

/// What [`Mapping::suggest`] proposes: a draft to edit, and why each column is in
/// it or not.
///
/// Its `Display` is a table for people. It shows headers and counts, never values.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Suggestion {
    /// The mapping, ready to be edited.
    pub draft: Draft,
    /// One for each column of the sample, in its order.
    pub columns: Vec<Column>,
}

/// What a column was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Column {
    /// Its header.
    pub header: String,
    /// The field that it reaches; none where it is left open, or out on purpose.
    pub field: Option<Field>,
    /// How sure that is; [`Confidence::No`] where it is left open.
    pub confidence: Confidence,
    /// Why, in words, without values.
    pub reason: String,
}

/// Why nothing was proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SuggestError {
    /// The sample is no delimited text of at least two columns.
    #[error("no table: no delimiter parts the first rows into columns")]
    NotTable,
    /// The first full row holds values, not names of columns.
    #[error("no header: the first full row holds values")]
    NoHeader,
}

impl Mapping {
    /// Proposes a mapping for delimited text from its headers, in English, French,
    /// Dutch or German, and from its first values. A column that it does not
    /// understand is left open; what it understands and may not keep (health,
    /// belief, free text, national numbers) is left out on purpose.
    ///
    /// ```
    /// use paxnorm::Field;
    /// use paxnorm::format::{Confidence, mapping::Mapping};
    ///
    /// let sample = "Naam;Voornaam;Geboortedatum;Rolstoel\nMAES;SOFIE;31-12-1980;\n";
    /// let suggestion = Mapping::suggest(sample.as_bytes())?;
    /// println!("{suggestion}");
    ///
    /// let born = &suggestion.columns[2];
    /// assert_eq!(born.field, Some(Field::PassengerBirthDate));
    /// assert_eq!(born.confidence, Confidence::Certain);
    /// assert_eq!(suggestion.columns[3].field, None);
    /// let mapping = Mapping::try_from(suggestion.draft)?;
    /// # let _ = mapping;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// The sample is no table, or its first row is no header.
    pub fn suggest(sample: &[u8]) -> Result<Suggestion, SuggestError> {
        Self::suggest_with(sample, Lexicon::shipped())
    }

    /// Proposes a mapping by the words of another lexicon.
    ///
    /// # Errors
    /// As [`Mapping::suggest`].
    pub fn suggest_with(sample: &[u8], lexicon: &Lexicon) -> Result<Suggestion, SuggestError> {
        let table = Table::read(sample)?;
        let column = |(column, header)| Sampled {
            header,
            values: table.values(column),
        };
        let columns: Vec<Sampled<'_>> = (0..)
            .zip(table.header.iter().map(String::as_str))
            .map(column)
            .collect();
        let guesses = classify::classify(&columns, lexicon);
        let (draft, fields) = propose::propose(&table, &guesses);
        let each = (0..).zip(guesses).zip(fields);
        let columns = each.map(|((at, guess), field)| told(&table, at, guess, field));
        let columns = columns.collect();
        Ok(Suggestion { draft, columns })
    }
}

impl Guess {
    /// The field that the column reaches, as it stands alone.
    fn field(&self) -> Option<Field> {
        self.meaning.and_then(meaning::Meaning::field)
    }
}

fn told(table: &Table, at: usize, guess: Guess, field: Option<Field>) -> Column {
    let is_date = field.is_some_and(|_| propose::is_ambiguous(table, at));
    let mut reason = guess.reason;
    if is_date {
        reason.push_str("; day and month cannot be told apart: say their order");
    }
    Column {
        header: table.header.get(at).cloned().unwrap_or_default(),
        field,
        confidence: if guess.meaning.is_some() {
            classify::confidence(guess.score)
        } else {
            Confidence::No
        },
        reason,
    }
}

impl fmt::Display for Suggestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, column) in (1..).zip(&self.columns) {
            let Column {
                header,
                field,
                confidence,
                reason,
            } = column;
            let field = field.map_or("-", Field::path);
            let confidence = format!("{confidence:?}").to_lowercase();
            writeln!(
                f,
                "#{number} {header:?}\n    {field} ({confidence}): {reason}"
            )?;
        }
        Ok(())
    }
}
