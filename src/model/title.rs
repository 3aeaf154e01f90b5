use super::bare;
use super::leaf::codes;

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

/// Spellings by their last letter, which shows of most names that they are no title; the longest
/// first.
const fn spellings(last: u8) -> &'static [Spelling] {
    match last.to_ascii_uppercase() {
        b'D' => &[("CHD", Title::Child, false)],
        b'E' => &[
            ("MADAME", Title::Mrs, false),
            ("MLLE", Title::Miss, false),
            ("MME", Title::Mrs, false),
        ],
        b'F' => &[("PROF", Title::Prof, true), ("INF", Title::Infant, false)],
        b'R' => &[
            ("MONSIEUR", Title::Mr, false),
            ("MSTR", Title::Master, true),
            ("HERR", Title::Mr, false),
            ("MEVR", Title::Mrs, false),
            ("DHR", Title::Mr, false),
            ("SIR", Title::Sir, false),
            ("MR", Title::Mr, true),
            ("DR", Title::Dr, true),
        ],
        b'S' => &[
            ("MISS", Title::Miss, true),
            ("MRS", Title::Mrs, true),
            ("MS", Title::Ms, true),
        ],
        b'U' => &[("FRAU", Title::Mrs, false)],
        _ => &[],
    }
}

/// The spellings that may end a word.
fn spellings_of(word: &str) -> &'static [Spelling] {
    word.bytes().next_back().map_or(&[], spellings)
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
    let cut = |text: &str| {
        let (name, tail) = word.split_at_checked(word.len().checked_sub(text.len())?)?;
        (tail.eq_ignore_ascii_case(text) && name.chars().nth(1).is_some()).then_some(name)
    };
    let mut cuts = spellings_of(word).iter().filter(|row| row.2);
    cuts.find_map(|(text, title, _)| Some((cut(text)?, *title)))
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
        let token = token.trim_end_matches('.');
        spellings_of(token)
            .iter()
            .find(|(text, ..)| token.len() == text.len() && token.eq_ignore_ascii_case(text))
            .map(|(_, title, _)| *title)
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
        // Names are short: a search byte by byte is the fastest.
        let blank = given.bytes().rposition(|byte| byte == b' ');
        let (rest, last) = match blank {
            Some(at) => (given.get(..at), given.get(at + 1..)),
            None => (None, Some(given)),
        };
        let (rest, last) = (rest.unwrap_or_default(), last.unwrap_or_default());
        if spellings_of(last).is_empty() && !last.ends_with('.') {
            return (given, None);
        }
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
