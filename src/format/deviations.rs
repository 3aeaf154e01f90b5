use crate::Code;

/// A way in which senders of PNRGOV are known to deviate, and what reading does
/// about it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Deviation {
    /// Number of the row in the field's list of deviations.
    pub row: u8,
    /// What senders do.
    pub what: &'static str,
    /// What reading does.
    pub done: &'static str,
    /// The diagnostic that says so; `None` by design, where nothing is doubtful.
    pub code: Option<Code>,
}

macro_rules! deviations {
    ($($row:literal, $what:literal, $done:literal, $code:expr;)+) => {
        /// The deviations of PNRGOV senders, each of which is read and tested.
        ///
        /// ```
        /// use paxnorm::format::DEVIATIONS;
        ///
        /// assert_eq!(DEVIATIONS.len(), 62);
        /// assert_eq!(DEVIATIONS[16].what, "the last terminator is missing");
        /// ```
        pub static DEVIATIONS: &[Deviation] = &[
            $(Deviation { row: $row, what: $what, done: $done, code: $code },)+
        ];
    };
}

deviations! {
    1, "UNA is missing", "separators are taken from UNB", None;
    2, "UNA declares other separators", "they hold, the decimal mark in amounts too", None;
    3, "UNA is not six service characters", "it is dropped, separators are taken from UNB", Some(Code::UnaInvalid);
    4, "the declared repetition separator is used as text", "repetitions are never split", None;
    5, "blanks and line breaks stand between segments", "they are skipped", None;
    6, "lines are broken inside values", "breaks go, in codes with the blanks around them", None;
    7, "a broken line has become a blank in a name", "the name is kept; names are compared without blanks", None;
    8, "a typographic apostrophe stands for the terminator", "it ends the segment where another follows", Some(Code::TerminatorTypographic);
    9, "a terminator stands in a name without release", "it is text where no segment follows", Some(Code::TerminatorInData);
    10, "release characters stand before separators and themselves", "they are counted in pairs", None;
    11, "words end in UNT, UNZ or SRC", "segments are cut at terminators, never searched for", None;
    12, "a hub sends for the carrier, or there is no group", "both identities are kept", None;
    13, "a blank stands between tag and separator", "it is skipped", None;
    14, "application reference one place early, recipient or sender empty", "the reference is taken from either place", None;
    15, "UNT declares another number of segments", "all are read", Some(Code::SegmentCount);
    16, "UNZ has another reference than UNB", "all is read", Some(Code::ReferenceMismatch);
    17, "the last terminator is missing", "the segment is read", Some(Code::TerminatorMissing);
    18, "a cut segment leaves a fragment without a tag", "the fragment is left out and named", Some(Code::Fragment);
    19, "the transmission ends inside a message", "what was read is given, then an error", Some(Code::Cut);
    20, "transport headers, marks and prose stand around interchanges", "they are skipped", Some(Code::OutsideInterchange);
    21, "comments stand between segments", "they are fragments: left out and named", Some(Code::Fragment);
    22, "bytes do not fit the declared character set, or its name is private", "read as UTF-8 where valid, else as Windows-1252", Some(Code::CharsetFallback);
    23, "lower and mixed case", "kept as it is; codes are compared in capitals", None;
    24, "versions disagree or are unknown", "no version is asked for anything", None;
    25, "parts of a transfer are missing or disagree", "each part is given with its number; who stores them puts them together", Some(Code::PartOfSeveral);
    26, "a transmission comes again", "it is read again; references and byte ranges let a store tell", None;
    27, "MSG or ORG is missing at the head", "both are optional", None;
    28, "RCI is missing before the travellers", "the locator of a leg takes its place", Some(Code::LocatorMissing);
    29, "the date of RCI stands one component early", "date and time are read where they stand", Some(Code::Shifted);
    30, "RCI has a time with seconds, or a control type", "both are read", None;
    31, "EQN counts travellers, or says one", "it is kept and compared with nothing but a note", Some(Code::DeclaredCount);
    32, "children of a group stand in another order", "every segment is read where it stands", None;
    33, "parts of a check-in are missing", "all are optional; nobody is added", None;
    34, "the operating flight is TRA, a second TVL, or missing", "it joins the leg whose second carrier waits for it", None;
    35, "TVL is empty", "it is skipped", Some(Code::EmptySegment);
    36, "a terminator is lost between two segments", "they are told apart where no code can be meant", Some(Code::Fused);
    37, "a booking names nobody, or a group alone", "it is kept without travellers", Some(Code::NoTraveller);
    38, "travellers are told again at check-in and in the history", "they are linked, never added", None;
    39, "DOCS stands outside its traveller", "it is linked by reference, then by name", None;
    40, "an infant has no TIF, or is told twice", "it is one passenger, tied to its adult", None;
    41, "segments that the message does not have", "they are left out and named", Some(Code::UnknownSegment);
    42, "baggage is told under an earlier leg, or again", "it stays with the leg under which it is told", None;
    43, "heads and members of baggage pools point at each other", "roles are kept; nothing follows them", None;
    44, "fields of DOCS are shifted", "realigned by the date of birth and the sex", Some(Code::Shifted);
    45, "titles and other given names in DOCS", "names of reservation and document are kept apart", None;
    46, "a name item follows the text of DOCS", "it is cut off", None;
    47, "no sex or no year of birth", "both may be missing", None;
    48, "states as two letters, one letter, digits or words", "normal form where one is known, beside what was received", None;
    49, "names that end or begin like titles", "the longest title is cut, and only where a name remains", None;
    50, "no given name, placeholders, doubled surnames", "kept; a doubled letter is undone where a document shows one", None;
    51, "every form of an e-mail address", "one reader for all places", None;
    52, "every form of a telephone number", "one reader for all places", None;
    53, "an address spread over components or elements", "pieces are joined, the text is read as a contact", None;
    54, "nested and empty payments, card numbers in clear", "numbers are masked on reading, in text too", Some(Code::CardInClear);
    55, "arrivals without date or before departure, dates left out", "read as far as they go; zones are never invented", None;
    56, "seats with leading zeros, in text, masked", "zeros go, seats in text are read", None;
    57, "references with leading zeros, or that name nobody", "compared without zeros; then the position decides", Some(Code::ReferenceUnknown);
    58, "status codes nobody knows", "kept as received", Some(Code::UnknownCode);
    59, "counts of tags beyond reason, tags that are no numbers", "kept; a run is never listed beyond 99", Some(Code::CountAbsurd);
    60, "histories of thousands of lines", "read in one pass, within the limits", None;
    61, "years of two digits", "by what they date: births are past, expiries ahead, journeys near", None;
    62, "an empty element before the seats", "every element of the request is read", None;
}
