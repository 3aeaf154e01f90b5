//! Doubts about a record: what, where, and what was done about it.
//!
//! A diagnostic is made from places and codes alone. It never holds text of the
//! input, so that it may be logged; whoever holds the input can look at
//! [`Location::slice`].

use std::fmt;

use crate::Field;
use crate::edifact::{ProblemKind, Tag};

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing is wrong with the record.
    Note,
    /// Something was wrong and was read all the same.
    Warning,
    /// A value or a record was lost or withheld.
    Error,
}

impl Severity {
    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One doubt.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// What it is.
    pub code: Code,
    /// The field it concerns, where it concerns one.
    pub field: Option<Field>,
    /// Where in the input.
    pub location: Location,
}

impl Diagnostic {
    /// A doubt at a place.
    #[must_use]
    pub fn new(code: Code, field: Option<Field>, location: Location) -> Self {
        Self {
            code,
            field,
            location,
        }
    }

    /// How much it matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.location, self.code.message())?;
        match self.field {
            Some(field) => write!(f, " ({field})"),
            None => Ok(()),
        }
    }
}

/// A place in the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// First byte of the transmission, counted from 0.
    pub offset: u64,
    /// Number of bytes.
    pub len: u32,
    /// The place in the terms of the format.
    pub place: Place,
}

impl Location {
    /// The bytes of the place, for whoever holds the whole transmission.
    #[must_use]
    pub fn slice<'i>(&self, input: &'i [u8]) -> Option<&'i [u8]> {
        let start = usize::try_from(self.offset).ok()?;
        input.get(start..start.checked_add(usize::try_from(self.len).ok()?)?)
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Transmission => write!(f, "byte {}", self.offset),
            Place::Segment {
                message,
                segment,
                tag,
                element,
                component,
            } => {
                write!(f, "message {message}, segment {segment} ({tag})")?;
                if *element > 0 {
                    write!(f, ", element {element}")?;
                }
                if *component > 0 {
                    write!(f, ", component {component}")?;
                }
                Ok(())
            }
            Place::Cell { row, column } => write!(f, "row {row}, column {column}"),
            Place::Pointer { path } => write!(f, "at {path}"),
        }
    }
}

/// A place in the terms of the format. All numbers count from 1, as in the
/// acknowledgements of ISO 9735; 0 stands for "the whole".
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// Bytes of the transmission, outside all structure.
    Transmission,
    /// A segment, element or component.
    Segment {
        /// Message within its interchange; 0 in the envelope around messages.
        message: u32,
        /// Segment within the message, `UNH` being 1.
        segment: u32,
        /// Tag of the segment.
        tag: Tag,
        /// Element after the tag.
        element: u16,
        /// Component within the element.
        component: u16,
    },
    /// A cell of a table.
    Cell {
        /// Row, the header included.
        row: u64,
        /// Column.
        column: u32,
    },
    /// A value of a JSON document.
    Pointer {
        /// Path as in RFC 6901; keys that no mapping knows stand as `*`.
        path: String,
    },
}

macro_rules! code_table {
    ($($(#[doc = $doc:literal])+ $code:ident = $number:literal, $name:literal, $severity:ident, $message:literal;)+) => {
        /// What a [`Diagnostic`] is about. Codes are added, never reused.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])+ $code,)+
        }

        impl Code {
            /// Every code, in the order of their numbers.
            pub const ALL: &'static [Self] = &[$(Self::$code,)+];

            /// The stable number.
            #[must_use]
            pub const fn number(self) -> u16 {
                match self { $(Self::$code => $number,)+ }
            }

            /// The stable name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$code => $name,)+ }
            }

            /// How much it matters.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Self::$code => Severity::$severity,)+ }
            }

            /// What is wrong and what was done, in a few words.
            #[must_use]
            pub const fn message(self) -> &'static str {
                match self { $(Self::$code => $message,)+ }
            }

            /// Cause, rule and remedy, in a paragraph.
            #[must_use]
            pub fn explain(self) -> &'static str {
                match self { $(Self::$code => concat!($($doc, "\n"),+).trim_ascii(),)+ }
            }
        }
    };
}

code_table! {
    /// A datum has no place in the schema. It is named here so that nothing is
    /// dropped in silence; the record stays free of it.
    Unmapped = 1, "unmapped", Note, "has no place in the schema; left out";
    /// A segment that the message does not know stood inside it. Its data are
    /// named as unmapped; everything else was read.
    UnknownSegment = 2, "unknown-segment", Warning, "segment is not part of this message; left out";
    /// A date does not exist or is not written as the place demands. The value
    /// was left out and is named as unmapped.
    UnreadableDate = 3, "unreadable-date", Warning, "not a date that exists; left out";
    /// A time of day does not exist or is not written as the place demands. The
    /// date was kept, the time left out.
    UnreadableTime = 4, "unreadable-time", Warning, "not a time that exists; the date alone was kept";
    /// A number or amount is not written as the place demands.
    UnreadableNumber = 5, "unreadable-number", Warning, "not a number; left out";
    /// A code is not in the list of the place. It was kept as received, without
    /// a normal form.
    UnknownCode = 6, "unknown-code", Note, "code is not known; kept as received";
    /// The tokens of a text stand one place off. They were realigned by the
    /// tokens that can be told by their form (dates, sex).
    Shifted = 7, "shifted", Warning, "values stand one place off; realigned";
    /// A reference names no traveller of the booking. The position of the
    /// segment decided instead, or nobody was linked.
    ReferenceUnknown = 8, "reference-unknown", Warning, "reference names no traveller";
    /// Two places of a booking give different values for one field. The first
    /// was kept there, the other beside it where the schema has room for it.
    Conflict = 9, "conflict", Warning, "differs from another value of the same field";
    /// A card number came in clear. It was masked on reading.
    CardInClear = 10, "card-in-clear", Warning, "card number in clear; masked";
    /// The booking has no locator of its own. One was taken from a leg, or there
    /// is none.
    LocatorMissing = 11, "locator-missing", Warning, "booking has no locator of its own";
    /// A segment has nothing in it that could be read. It was skipped.
    EmptySegment = 12, "empty-segment", Note, "segment says nothing; skipped";
    /// A count is absurd and was not followed, so that it cannot be used to fill memory.
    CountAbsurd = 13, "count-absurd", Warning, "count is absurd; kept, never expanded";
    /// A text stands where a code is expected. It was read as text.
    TextInPlaceOfCode = 14, "text-in-place-of-code", Warning, "text where a code is expected; read as text";
    /// Nobody is named under this booking: it has no traveller, or a group
    /// without names. It was kept.
    NoTraveller = 15, "no-traveller", Note, "booking names no traveller";
    /// The same traveller, document or infant is given more than once. It was
    /// kept once.
    Repeated = 16, "repeated", Note, "given more than once; kept once";
    /// A locator comes again after bookings of others. Its persons were given as a
    /// second booking, because no list is held in memory; whoever stores them puts
    /// them together.
    LocatorRepeated = 17, "locator-repeated", Note, "locator of an earlier booking; given as a second one";

    /// A booking names more travellers than any carrier books under one locator.
    /// Those beyond the limit were left out; their data are named as unmapped.
    TooManyPersons = 18, "too-many-persons", Error, "more travellers than a booking can have; left out";

    /// Day and month of a date are both under thirteen, and nothing says which is
    /// which. The value was left out, because either choice would be a guess;
    /// declare the order in the mapping.
    AmbiguousDate = 19, "ambiguous-date", Warning, "day and month can be exchanged; left out";
    /// A value is not of the kind that the place demands: a text where an object
    /// is expected, or one that the field cannot hold. It was left out.
    Mistyped = 20, "mistyped", Warning, "not a value of the kind expected; left out";
    /// A list of the booking has more items than it can have. Those beyond were
    /// left out; their data are named as unmapped.
    ListFull = 21, "list-full", Error, "more items than a booking can hold; left out";
    /// A record has more diagnostics than the limit allows. From this place on they
    /// are not told one by one; the account still counts every datum.
    TooManyDiagnostics = 22, "too-many-diagnostics", Error, "more diagnostics than are told; those from here on are left out";

    /// `UNA` is not six service characters before `UNB`. The separators were
    /// taken from `UNB` (ISO 9735-1, annex on service string advice).
    UnaInvalid = 101, "una-invalid", Warning, "UNA is damaged; separators taken from UNB";
    /// A typographic apostrophe (U+2019) stands for the terminator, as in text
    /// pasted from print. It was read as one where a segment follows it.
    TerminatorTypographic = 102, "terminator-typographic", Warning, "typographic apostrophe read as the terminator";
    /// The terminator stands inside text without a release character. It was
    /// read as text, because no segment follows it.
    TerminatorInData = 103, "terminator-in-data", Warning, "terminator inside text; read as text";
    /// The last segment has no terminator. It was accepted.
    TerminatorMissing = 104, "terminator-missing", Warning, "last segment has no terminator; accepted";
    /// Something between two terminators has no segment tag. It was left out.
    Fragment = 105, "fragment", Warning, "no segment; left out";
    /// Terminators follow one another with nothing between them.
    EmptySegments = 106, "empty-segments", Note, "nothing between terminators; skipped";
    /// The terminator between two segments was lost. They were told apart.
    Fused = 107, "fused-segments", Warning, "terminator lost between two segments; told apart";
    /// A release character ends the input with nothing to release.
    ReleaseAtEnd = 108, "release-at-end", Warning, "release character at the end releases nothing";
    /// Bytes do not fit the character set that the interchange declares. They
    /// were read as UTF-8 where valid, else as Windows-1252.
    CharsetFallback = 109, "charset-fallback", Warning, "bytes outside the declared character set; read as UTF-8 or Windows-1252";
    /// The syntax identifier is private or unknown. The text was read as UTF-8
    /// where valid, else as Windows-1252.
    CharsetUnknown = 110, "charset-unknown", Note, "syntax identifier is not of ISO 9735";
    /// Text stands before, between or after interchanges: transport headers,
    /// mail, prose. It was skipped.
    OutsideInterchange = 111, "outside-interchange", Note, "text outside an interchange; skipped";

    /// A row has not as many cells as the header. Cells were taken by their
    /// place; those beyond the header are named as unmapped.
    RowLength = 112, "row-length", Warning, "row has not as many cells as the header";
    /// A quote was not closed, or text follows one that was. The text was taken as
    /// it stands.
    QuoteMisplaced = 113, "quote-misplaced", Warning, "quote is not closed, or text follows it";
    /// NUL characters stand in the text, as after a wrong conversion. They were
    /// left out.
    NulCharacter = 114, "nul-character", Warning, "NUL characters; left out";
    /// A line or element is no JSON. What could be read before the mistake is named
    /// as unmapped, and reading went on with the next line.
    NotJson = 115, "not-json", Error, "not JSON; left out";

    /// The number of segments that `UNT` declares is not the number read.
    SegmentCount = 201, "segment-count", Warning, "UNT declares another number of segments";
    /// The number of messages or groups that `UNE` or `UNZ` declares is not the
    /// number read.
    MessageCount = 202, "message-count", Warning, "trailer declares another number of messages";
    /// The reference of a trailer differs from the one of its header.
    ReferenceMismatch = 203, "reference-mismatch", Warning, "reference differs from the one in the header";
    /// A trailer is missing: the message, group or interchange ended without it.
    TrailerMissing = 204, "trailer-missing", Warning, "trailer is missing";
    /// The transmission ends inside this booking. What was read of it is given.
    Cut = 205, "cut", Error, "the transmission ends inside this booking";
    /// The message holds no bookings (a request or an acknowledgement). It was
    /// recognised and not read as bookings.
    NotBookings = 206, "not-bookings", Note, "message holds no bookings";
    /// No reader knows this type of message. Its data are named as unmapped.
    UnknownMessage = 207, "unknown-message", Warning, "type of message is not known; not read";
    /// This is one part of a transfer in several. The parts are given as they
    /// come; whoever stores them puts them together by the common reference.
    PartOfSeveral = 208, "part-of-several", Note, "one part of a transfer in several";
    /// The number of bookings that the message declares is not the number read.
    /// Many carriers put the number of travellers there.
    DeclaredCount = 209, "declared-count", Note, "message declares another number of bookings";

    /// Persons of a kind that the policy does not admit (crew) were withheld.
    PersonRefused = 301, "person-refused", Error, "person withheld by the policy";

    /// The policy does not admit bookings of this mode, route or legal basis: all of it was
    /// withheld.
    BookingRefused = 302, "booking-refused", Error, "booking withheld by the policy";
}

impl Code {
    /// The code of this name.
    ///
    /// ```
    /// use paxnorm::Code;
    ///
    /// assert_eq!(Code::from_name("unmapped"), Some(Code::Unmapped));
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl From<ProblemKind> for Code {
    fn from(kind: ProblemKind) -> Self {
        match kind {
            ProblemKind::UnaInvalid => Self::UnaInvalid,
            ProblemKind::TerminatorTypographic => Self::TerminatorTypographic,
            ProblemKind::TerminatorInData => Self::TerminatorInData,
            ProblemKind::TerminatorMissing => Self::TerminatorMissing,
            ProblemKind::Fragment => Self::Fragment,
            ProblemKind::EmptySegment => Self::EmptySegments,
            ProblemKind::Fused => Self::Fused,
            ProblemKind::ReleaseAtEnd => Self::ReleaseAtEnd,
        }
    }
}
