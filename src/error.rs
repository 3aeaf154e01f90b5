use std::fmt;

/// Why a transmission cannot be read any further.
///
/// Everything less is a [`Diagnostic`](crate::Diagnostic) of a record. The error
/// holds places and names of limits, never text of the input.
#[derive(Debug)]
pub struct Error(Box<ErrorKind>);

/// The kinds of [`Error`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// No format recognises the first bytes.
    #[error("no known format begins like this")]
    UnknownFormat,
    /// The input ends inside a message; what was read before it is complete.
    #[error("the input ends at byte {offset} inside a message")]
    Truncated {
        /// Where the input ends.
        offset: u64,
    },
    /// A limit of [`Limits`](crate::Limits) was reached.
    #[error("more than {maximum} {what} at byte {offset}")]
    Limit {
        /// What was limited.
        what: String,
        /// The limit.
        maximum: u64,
        /// Where it was reached.
        offset: u64,
    },
    /// The source of the input failed.
    #[error("the input cannot be read at byte {offset}")]
    Io {
        /// How far reading had come.
        offset: u64,
        /// What failed.
        source: std::io::Error,
    },
    /// A format broke its contract: it used more bytes than there were.
    #[error("the format {format} used bytes that it was not given, at byte {offset}")]
    Format {
        /// Name of the format.
        format: String,
        /// Where the window started.
        offset: u64,
    },
}

impl Error {
    /// More of something than a limit allows, at a byte of the input.
    pub(crate) fn limit(what: impl Into<String>, maximum: usize, offset: u64) -> Self {
        let (what, maximum) = (what.into(), maximum as u64);
        ErrorKind::Limit {
            what,
            maximum,
            offset,
        }
        .into()
    }

    /// What kind of error it is.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }

    /// The byte of the input at which reading stopped, counted from 0.
    #[must_use]
    pub fn offset(&self) -> Option<u64> {
        match *self.0 {
            ErrorKind::UnknownFormat => None,
            ErrorKind::Truncated { offset }
            | ErrorKind::Limit { offset, .. }
            | ErrorKind::Io { offset, .. }
            | ErrorKind::Format { offset, .. } => Some(offset),
        }
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self(Box::new(kind))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        std::error::Error::source(&*self.0)
    }
}
