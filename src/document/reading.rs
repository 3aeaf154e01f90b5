use crate::model::Text;

/// A code or a text as somebody sent it, beside its normal form.
///
/// Both are kept: the text is evidence, the normal form is what can be
/// compared. [`how`](Self::how) says how sure the step between them is.
///
/// ```
/// use paxnorm::document::{How, State};
///
/// let state = State::read("D<<");
/// assert_eq!(state.received, "D<<");
/// assert_eq!(state.normal.map(|state| state.to_string()).as_deref(), Some("DEU"));
/// assert_eq!(state.how, How::Customary);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Reading<T> {
    /// The text as received.
    pub received: Text,
    /// The normal form; absent where the text has none or more than one.
    pub normal: Option<T>,
    /// How the one follows from the other.
    pub how: How,
}

/// How a normal form follows from the text received.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum How {
    /// It is the code of the standard.
    Exact,
    /// It is another code of the same standard (alpha-2, numeric, lower case).
    OtherForm,
    /// It is a code that practice uses beside the standard (`D`, `UK`, `ROM`).
    Customary,
    /// It is a name in plain text, found in the table of names.
    Name,
    /// The first letter is known, the second is left to the issuer.
    FirstLetter,
    /// More than one normal form fits; none is chosen.
    Ambiguous,
    /// The table does not know it.
    Unknown,
    /// Nothing was sent.
    Empty,
}

impl<T> Reading<T> {
    pub(super) fn new(received: &str, normal: Option<T>, how: How) -> Self {
        Self {
            received: Text::from(received),
            normal,
            how,
        }
    }

    /// True where a normal form was found that no choice of ours decided.
    #[must_use]
    pub fn is_sure(&self) -> bool {
        self.normal.is_some() && self.how != How::FirstLetter
    }
}
