use super::leaf::codes;
use super::{bare, blanks};

codes! {
    /// A civil title. Religious titles cannot be said with it, on purpose.
    personal enum Title {
        /// Mr.
        Mr = "mr",
        /// Mrs.
        Mrs = "mrs",
        /// Ms.
        Ms = "ms",
        /// Miss.
        Miss = "miss",
        /// Master: a boy.
        Master = "mstr",
        /// Doctor.
        Dr = "dr",
        /// Professor.
        Prof = "prof",
        /// Sir.
        Sir = "sir",
        /// Child, as reservation systems write it.
        Child = "chd",
        /// Infant, as reservation systems write it.
        Infant = "inf",
    }
}

/// A spelling, what it means, and whether it is cut from the end of a name: not those that also
/// end one (`ALBERTINF`, `DESIR`).
type Spelling = (&'static str, Title, bool);

/// The longest first.
const SPELLINGS: [Spelling; 18] = [
    ("MONSIEUR", Title::Mr, false),
    ("MADAME", Title::Mrs, false),
    ("PROF", Title::Prof, true),
    ("MLLE", Title::Miss, false),
    ("MSTR", Title::Master, true),
    ("HERR", Title::Mr, false),
    ("MEVR", Title::Mrs, false),
    ("MISS", Title::Miss, true),
    ("FRAU", Title::Mrs, false),
    ("CHD", Title::Child, false),
    ("MME", Title::Mrs, false),
    ("INF", Title::Infant, false),
    ("DHR", Title::Mr, false),
    ("SIR", Title::Sir, false),
    ("MRS", Title::Mrs, true),
    ("MR", Title::Mr, true),
    ("DR", Title::Dr, true),
    ("MS", Title::Ms, true),
];

/// The bit by which the cases of a letter differ.
const CASE: u64 = u64::from_le_bytes([b' '; 8]);

/// The keys of the spellings.
#[expect(clippy::indexing_slicing, reason = "evaluated when compiled")]
const KEYS: [u64; SPELLINGS.len()] = {
    let mut keys = [0; SPELLINGS.len()];
    let mut row = 0;
    while row < keys.len() {
        if let Some(letters) = key(SPELLINGS[row].0.as_bytes()) {
            keys[row] = letters;
        }
        row += 1;
    }
    keys
};

/// The letters of a short word as one number, the same for both cases; nothing for a word that is
/// longer than every spelling or shorter than all.
const fn key(word: &[u8]) -> Option<u64> {
    match last_eight(word) {
        Some(letters) if word.len() <= 8 => Some(letters >> (8 * (8 - word.len())) & !CASE),
        _ => None,
    }
}

/// The last eight bytes, the last one the highest; fewer have zeros below. Nothing of less than
/// two.
const fn last_eight(text: &[u8]) -> Option<u64> {
    if let Some(last) = text.last_chunk() {
        return Some(u64::from_le_bytes(*last));
    }
    if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
        let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
        return Some((first as u64) << (8 * (8 - text.len())) | (last as u64) << 32);
    }
    match *text {
        [a, b] => Some(u64::from_le_bytes([0, 0, 0, 0, 0, 0, a, b])),
        [a, b, c] => Some(u64::from_le_bytes([0, 0, 0, 0, 0, a, b, c])),
        _ => None,
    }
}

/// Whether a spelling ends as this word does: of most names it shows that they are no title.
fn may_be_title(word: &[u8]) -> bool {
    #[expect(clippy::indexing_slicing, reason = "evaluated when compiled")]
    const LAST: u32 = {
        let (mut letters, mut row) = (0, 0);
        while row < SPELLINGS.len() {
            if let Some(last) = SPELLINGS[row].0.as_bytes().last() {
                letters |= 1 << (*last & 31);
            }
            row += 1;
        }
        letters
    };
    word.last()
        .is_some_and(|last| last.is_ascii_alphabetic() && LAST >> (last & 31) & 1 != 0)
}

/// Where the last blank stands.
fn last_blank(text: &[u8]) -> Option<usize> {
    // Before most titles it is among the last eight bytes, which are looked at at once.
    let blanks = blanks(last_eight(text)?);
    if blanks != 0 {
        return Some(text.len() - 1 - (blanks.leading_zeros() / 8) as usize);
    }
    let before = text.get(..text.len().saturating_sub(8))?;
    before.iter().rposition(|byte| *byte == b' ')
}

/// Given names that end like a glued title.
const NOT_TITLED: &[&str] = &[
    "ADAMS", "ABRAMS", "WILLIAMS", "SAMS", "QAMR", "SAMR", "NIMR", "THAMR", "KHADR", "BADR", "KADR",
];

/// Ends of such names.
const NOT_TITLED_ENDS: &[&str] = &["ANDR", "EKSNDR"];

fn is_untitled(name: &str) -> bool {
    let is_end = |end: &&str| {
        let tail = name.len().checked_sub(end.len());
        let tail = tail.and_then(|cut| name.get(cut..));
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(end))
    };
    let is = |known: &&str| name.eq_ignore_ascii_case(known);
    NOT_TITLED.iter().any(is) || NOT_TITLED_ENDS.iter().any(is_end)
}

/// The name before a title that is glued to it, two letters of it or more.
fn glued(word: &str) -> Option<(&str, Title)> {
    // Two letters and a title of two or more.
    let last = u64::from(u32::from_le_bytes(*word.as_bytes().last_chunk()?)) & !CASE;
    // All are looked at: which one it is cannot be guessed.
    let rows = SPELLINGS.iter().zip(KEYS).zip(0..);
    let ends = rows.map(|((row, letters), bit)| {
        let same = last >> (8 * (4 - row.0.len().min(4))) == letters;
        u32::from(row.2 & same) << bit
    });
    let mut ends = ends.fold(0, |all, one| all | one);
    while let Some((text, title, _)) = SPELLINGS.get(ends.trailing_zeros() as usize) {
        let name = word.get(..word.len().checked_sub(text.len())?)?;
        if name.chars().nth(1).is_some() {
            return Some((name, *title));
        }
        ends &= ends - 1;
    }
    None
}

impl Title {
    /// The title that this token is, whatever its case; a final stop is ignored.
    ///
    /// ```
    /// use paxnorm::model::Title;
    ///
    /// assert_eq!(Title::from_token("Mrs."), Some(Title::Mrs));
    /// assert_eq!(Title::from_token("Misty"), None);
    /// ```
    #[must_use]
    pub fn from_token(token: &str) -> Option<Self> {
        let token = token.trim_end_matches('.').as_bytes();
        if !may_be_title(token) {
            return None;
        }
        let letters = key(token)?;
        // All are looked at: which one it is cannot be guessed.
        let rows = KEYS.iter().zip(0..);
        let is = |known: u64, row| if known == letters { row } else { usize::MAX };
        let row = rows.fold(usize::MAX, |found, (known, row)| found.min(is(*known, row)));
        SPELLINGS.get(row).map(|(_, title, _)| *title)
    }

    /// Cuts a title from the end of given names, where reservation systems write
    /// it after a blank or glued to the last name.
    ///
    /// A glued title is cut only where two letters or more remain before it
    /// (`AMR` is a name), the longest one that fits.
    ///
    /// ```
    /// use paxnorm::model::Title;
    ///
    /// assert_eq!(Title::split_given("ISABELLE MRS"), ("ISABELLE", Some(Title::Mrs)));
    /// assert_eq!(Title::split_given("JOHNMR"), ("JOHN", Some(Title::Mr)));
    /// assert_eq!(Title::split_given("MISTY"), ("MISTY", None));
    /// assert_eq!(Title::split_given("AMR"), ("AMR", None));
    /// assert_eq!(Title::split_given("OLEKSANDR"), ("OLEKSANDR", None));
    /// assert_eq!(Title::split_given("MISS"), ("", Some(Title::Miss)));
    /// ```
    #[must_use]
    pub fn split_given(given: &str) -> (&str, Option<Self>) {
        let given = bare(given);
        if !may_be_title(given.as_bytes()) && !given.ends_with('.') {
            return (given, None);
        }
        let (rest, last) = match last_blank(given.as_bytes()) {
            Some(at) => (given.get(..at), given.get(at + 1..)),
            None => (None, Some(given)),
        };
        let (rest, last) = (rest.unwrap_or_default(), last.unwrap_or_default());
        if let Some(title) = Self::from_token(last) {
            return (rest.trim_end(), Some(title));
        }
        match glued(last) {
            Some((name, title)) if !is_untitled(last) => {
                let end = given.len() - (last.len() - name.len());
                (given.get(..end).unwrap_or(given).trim_end(), Some(title))
            }
            _ => (given, None),
        }
    }

    /// The sex that the title implies, for a reader who is told that it is implied.
    #[must_use]
    pub fn implied_sex(self) -> Option<super::Sex> {
        match self {
            Self::Mr | Self::Master | Self::Sir => Some(super::Sex::Male),
            Self::Mrs | Self::Ms | Self::Miss => Some(super::Sex::Female),
            _ => None,
        }
    }
}
