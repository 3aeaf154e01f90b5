//! What the syntax layer doubted: a kind and a place, never a value.

use core::fmt;

/// A doubt about the syntax, with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What was met and what was done about it.
    pub kind: ProblemKind,
    /// Index of the segment in its batch; 0 for what stands before the first.
    pub segment: usize,
    /// First byte in the window.
    pub offset: usize,
    /// Number of bytes.
    pub len: usize,
}

/// What was met and what was done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProblemKind {
    /// A UNA that is not six service characters before UNB: dropped, delimiters taken from UNB.
    UnaInvalid,
    /// A typographic apostrophe (U+2019) before a line break and a tag: read as a terminator.
    TerminatorTypographic,
    /// A terminator without release character inside text or a name: read as text.
    TerminatorInData,
    /// The last segment has no terminator: accepted.
    TerminatorMissing,
    /// Text between terminators that has no tag: kept as a [fragment](super::Segment::is_fragment).
    Fragment,
    /// Terminators with nothing between them: skipped.
    EmptySegment,
    /// The terminator before a segment is lost and its tag glued to the segment before: separated.
    Fused,
    /// The input ends with a release character: ignored.
    ReleaseAtEnd,
}

impl ProblemKind {
    /// One sentence for people.
    ///
    /// ```
    /// use paxnorm::edifact::ProblemKind;
    /// assert!(ProblemKind::Fused.message().contains("terminator"));
    /// ```
    pub const fn message(self) -> &'static str {
        match self {
            ProblemKind::UnaInvalid => "UNA is damaged; the delimiters were taken from UNB",
            ProblemKind::TerminatorTypographic => {
                "a typographic apostrophe was read as the segment terminator"
            }
            ProblemKind::TerminatorInData => "an unreleased terminator was read as text",
            ProblemKind::TerminatorMissing => "the last segment has no terminator",
            ProblemKind::Fragment => "text without a segment tag",
            ProblemKind::EmptySegment => "a terminator without a segment",
            ProblemKind::Fused => "a terminator is missing before this segment; it was separated",
            ProblemKind::ReleaseAtEnd => "the input ends with a release character",
        }
    }
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}
