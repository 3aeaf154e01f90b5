//! The name of a segment, and the names that this field uses.

use core::fmt;

/// The three letters that name a segment (ISO 9735, 0135), in upper case.
///
/// ```
/// use paxnorm::edifact::Tag;
///
/// const TVL: Tag = Tag::new(b"TVL");
/// assert_eq!(TVL.as_str(), "TVL");
/// assert_eq!(TVL.to_string(), "TVL");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(pub(super) [u8; 3]);

impl Tag {
    /// A tag of these letters; lower case becomes upper case.
    pub const fn new(letters: &[u8; 3]) -> Tag {
        let [a, b, c] = *letters;
        Tag([
            a.to_ascii_uppercase(),
            b.to_ascii_uppercase(),
            c.to_ascii_uppercase(),
        ])
    }

    /// The letters as bytes.
    #[inline]
    #[must_use]
    pub const fn letters(&self) -> &[u8; 3] {
        &self.0
    }

    /// The letters; a tag that is no ASCII (only a [fragment](super::Segment::is_fragment) has
    /// one) reads `???`.
    pub fn as_str(&self) -> &str {
        match core::str::from_utf8(&self.0) {
            Ok(letters) if letters.is_ascii() => letters,
            _ => "???",
        }
    }

    /// Whether the segments of this name are known in passenger messages or the envelope.
    pub(super) fn is_known(self) -> bool {
        self.class().is_known()
    }

    /// Whether a piece may begin or end at segments of this name. A quick question before others:
    /// it is answered no for most names, and yes for those that are not known.
    #[inline(always)]
    pub(crate) fn may_bound(self) -> bool {
        self.class().may_bound()
    }

    /// The number of this name among those that are known, from 1 on; 0 of all others.
    #[inline(always)]
    #[expect(clippy::indexing_slicing, reason = "15 bits")]
    pub(crate) const fn number(self) -> u8 {
        NUMBERS[self.key()]
    }

    /// What is known about the segments of this name.
    #[inline(always)]
    pub(super) fn class(self) -> Class {
        CLASSES.get(self.key()).copied().unwrap_or(Class::UNKNOWN)
    }

    /// Five bits for each letter: a row in the table of names.
    const fn key(self) -> usize {
        let [a, b, c] = self.0;
        ((a & 31) as usize) << 10 | ((b & 31) as usize) << 5 | (c & 31) as usize
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tag({})", self.as_str())
    }
}

/// The number of what has no name; no name that is known has it.
pub(crate) const FRAGMENT: u8 = u8::MAX;

/// What is known about the segments of a name, in one byte: where text stands in them, whether a
/// piece may begin or end at them, and after how many elements something may be glued to them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Class(u8);

impl Class {
    const UNKNOWN: Class = Class::new(Text::Unknown, Class::NEVER).bounding();
    /// Nothing but codes, never examined for glued segments.
    pub(super) const CODED: Class = Class::new(Text::Nowhere, Class::NEVER);
    const NEVER: u8 = 15;
    const BOUNDS: u8 = 1 << 3;

    const fn new(text: Text, usual: u8) -> Class {
        Class(text as u8 | usual << 4)
    }

    const fn bounding(self) -> Class {
        Class(self.0 | Class::BOUNDS)
    }

    #[inline(always)]
    pub(super) fn is_known(self) -> bool {
        self != Class::UNKNOWN
    }

    /// Whether a piece may begin or end at these segments, or they are not known.
    #[inline(always)]
    pub(super) fn may_bound(self) -> bool {
        self.0 & Class::BOUNDS != 0
    }

    #[inline(always)]
    pub(super) fn text(self) -> Text {
        match self.0 & 7 {
            0 => Text::Unknown,
            1 => Text::Nowhere,
            2 => Text::Names,
            3 => Text::Tail,
            _ => Text::Everywhere,
        }
    }

    /// Whether a terminator may stand in text.
    #[inline(always)]
    pub(super) fn has_text(self) -> bool {
        self.0 & 6 != 0
    }

    /// A segment with more elements than this is examined for a segment glued to it.
    #[inline(always)]
    pub(super) fn usual(self) -> u32 {
        let usual = self.0 >> 4;
        if usual == Class::NEVER {
            u32::MAX
        } else {
            usual.into()
        }
    }

    /// Whether so many elements are no more than usual. Where nothing is said of a name, very many
    /// are said to be unusual, too: that saves a question for every segment.
    #[inline(always)]
    pub(super) fn is_usual(self, elements: u32) -> bool {
        elements <= u32::from(self.0 >> 4)
    }
}

/// Where a segment holds free text or names, in which a terminator may stand by mistake.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Text {
    /// The name is not in the table.
    Unknown,
    /// Codes and numbers only.
    Nowhere,
    /// The first components of elements 1 and 2 (`TIF`).
    Names,
    /// Element 1 from component 9 (`SSR`).
    Tail,
    /// Everywhere (`IFT`, `ADD`, `LTS`).
    Everywhere,
}

impl Text {
    /// Whether free text stands at this place (element in the upper half, component in the lower).
    #[inline(always)]
    pub(super) fn holds(self, place: u32) -> bool {
        match self {
            Text::Unknown | Text::Nowhere => false,
            Text::Names => matches!(place, 0x1_0001 | 0x2_0001),
            Text::Tail => (0x1_0009..=0x1_FFFF).contains(&place),
            Text::Everywhere => place >= 0x1_0001,
        }
    }
}

/// The names with text in them.
const TEXT_TAGS: &[(&[u8; 3], Text)] = &[
    (b"TIF", Text::Names),
    (b"SSR", Text::Tail),
    (b"IFT", Text::Everywhere),
    (b"ADD", Text::Everywhere),
    (b"LTS", Text::Everywhere),
];

/// Every other name of the envelope, of PNRGOV, ACKRES, GOVREQ, PAXLST and CUSRES, and those that
/// stray into them.
const CODED_TAGS: &str = "UNA UNB UNG UNH UNT UNE UNZ UNS UNO UNP UIB UIH UIT UIZ UCI UCM UCS UCD UCF \
    MSG ORG TVL EQN SRC RCI DAT REF FAR FTI TKT MON PTK TXD FOP TRA RPI APD TRI SSD TBD ABI SAC EBD ERC \
    CPN CNX CON PDI SDT TIC RTC NAA MSD DTI FDA DOC \
    BGM NAD COM TDT LOC DTM RFF ATT MEA FTX NAT EMP GEI CPI QTY GRP CTA PDT CNT AUT ERP ERI GIS GID GIR \
    HAN PCI PNA SEL STS TCC TSR MOA CST DMS EQD TOD ICD IDE IMD IND PAC UNS";

/// Names of segments that hold codes and numbers only, to which the segment that follows may be
/// glued; with more elements than this the segment is examined.
const EXAMINED_TAGS: &[(&[u8; 3], u8)] = &[
    (b"ORG", 1),
    (b"RPI", 2),
    (b"MSG", 1),
    (b"EQN", 1),
    (b"RCI", 1),
    (b"DAT", 1),
    (b"TVL", 5),
    (b"APD", 1),
    (b"REF", 1),
    (b"TKT", 1),
    (b"TRI", 2),
    (b"ABI", 5),
    (b"SAC", 3),
    (b"UNT", 2),
];

/// Names at which a piece may begin or end: those of the envelope, and those of the segments that
/// begin a booking or a person.
const BOUNDING_TAGS: &str = "UNA UNB UNG UNH UNT UNE UNZ SRC NAD PDT CNT";

#[expect(clippy::indexing_slicing, reason = "evaluated when compiled")]
static CLASSES: [Class; 1 << 15] = {
    let mut table = [Class::UNKNOWN; 1 << 15];
    let mut row = 0;
    while let Some(tag) = nth(CODED_TAGS, row) {
        table[tag.key()] = Class::CODED;
        row += 1;
    }
    row = 0;
    while row < TEXT_TAGS.len() {
        table[Tag::new(TEXT_TAGS[row].0).key()] = Class::new(TEXT_TAGS[row].1, Class::NEVER);
        row += 1;
    }
    row = 0;
    while row < EXAMINED_TAGS.len() {
        table[Tag::new(EXAMINED_TAGS[row].0).key()] =
            Class::new(Text::Nowhere, EXAMINED_TAGS[row].1);
        row += 1;
    }
    row = 0;
    while let Some(tag) = nth(BOUNDING_TAGS, row) {
        table[tag.key()] = table[tag.key()].bounding();
        row += 1;
    }
    table
};

#[expect(clippy::indexing_slicing, reason = "evaluated when compiled")]
static NUMBERS: [u8; 1 << 15] = {
    let mut table = [0; 1 << 15];
    let (mut key, mut last) = (0, 0);
    while key < table.len() {
        if CLASSES[key].0 != Class::UNKNOWN.0 {
            last += 1;
            table[key] = last;
        }
        key += 1;
    }
    assert!(last < FRAGMENT, "too many names");
    table
};

/// A tag of a list in which one blank stands between two.
#[expect(clippy::indexing_slicing, reason = "evaluated when compiled")]
const fn nth(list: &str, row: usize) -> Option<Tag> {
    let (names, at) = (list.as_bytes(), 4 * row);
    if at + 3 > names.len() {
        return None;
    }
    Some(Tag::new(&[names[at], names[at + 1], names[at + 2]]))
}
