//! A message under construction: reach for it to write segments and have them counted.

use std::fmt::{self, Arguments, Display, Formatter, Write as _};

/// The segments of one message, UNH first, and how many there are.
#[derive(Default)]
pub(crate) struct Message {
    text: String,
    segments: usize,
}

impl Message {
    /// Writes one segment; the terminator is added, values are the caller's to release.
    pub(crate) fn segment(&mut self, segment: Arguments<'_>) {
        let _ = self.text.write_fmt(segment);
        self.text.push('\'');
        self.segments += 1;
    }

    /// Segments so far, UNH included.
    pub(crate) fn segments(&self) -> usize {
        self.segments
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// Empties the message and keeps its memory.
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.segments = 0;
    }
}

/// `seg!(message, "TVL+{}", date)`: a segment in the words of `format!`.
macro_rules! seg {
    ($message:expr, $($piece:tt)*) => { $message.segment(format_args!($($piece)*)) };
}
pub(crate) use seg;

/// A value with its service characters released.
pub(crate) struct Released<'a>(pub(crate) &'a str);

impl Display for Released<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            if matches!(character, '+' | ':' | '?' | '\'') {
                f.write_char('?')?;
            }
            f.write_char(character)?;
        }
        Ok(())
    }
}
