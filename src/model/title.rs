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

/// Spellings, longest first so that `MRS` is not read as `MR` and an `S`, and whether they
/// are cut from the end of a name: not those that also end one (`ALBERTINF`, `DESIR`).
const SPELLINGS: &[(&str, Title, bool)] = &[
    ("MONSIEUR", Title::Mr, false),
    ("MADAME", Title::Mrs, false),
    ("MSTR", Title::Master, true),
    ("MISS", Title::Miss, true),
    ("MLLE", Title::Miss, false),
    ("HERR", Title::Mr, false),
    ("FRAU", Title::Mrs, false),
    ("MEVR", Title::Mrs, false),
    ("PROF", Title::Prof, true),
    ("MME", Title::Mrs, false),
    ("MRS", Title::Mrs, true),
    ("DHR", Title::Mr, false),
    ("CHD", Title::Child, false),
    ("INF", Title::Infant, false),
    ("SIR", Title::Sir, false),
    ("MR", Title::Mr, true),
    ("MS", Title::Ms, true),
    ("DR", Title::Dr, true),
];

/// The last letters of all spellings, one bit for each.
#[expect(clippy::indexing_slicing, reason = "evaluated when compiled")]
const ENDINGS: u32 = {
    let (mut endings, mut at) = (0, 0);
    while at < SPELLINGS.len() {
        let spelling = SPELLINGS[at].0.as_bytes();
        endings |= 1 << (spelling[spelling.len() - 1] & 31);
        at += 1;
    }
    endings
};

/// Whether a word ends as titles do: most names show by their last letter that they are none.
fn ends_like_title(word: &str) -> bool {
    word.bytes()
        .next_back()
        .is_some_and(|last| last == b'.' || ENDINGS >> (last & 31) & 1 != 0)
}

/// Given names that end like a glued title, matched whole or, with `-` before
/// them, as the end of a name.
const NOT_TITLED: &[&str] = &[
    "-ANDR", "-EKSNDR", "ADAMS", "ABRAMS", "WILLIAMS", "SAMS", "QAMR", "SAMR", "NIMR", "THAMR",
    "KHADR", "BADR", "KADR",
];

fn is_untitled(name: &str) -> bool {
    NOT_TITLED
        .iter()
        .any(|entry| match entry.strip_prefix('-') {
            Some(end) => {
                let cut = name.len().saturating_sub(end.len());
                name.get(cut..)
                    .is_some_and(|tail| tail.eq_ignore_ascii_case(end))
            }
            None => name.eq_ignore_ascii_case(entry),
        })
}

/// The name before a title that is glued to it, two letters of it or more.
fn glued(word: &str) -> Option<(&str, Title)> {
    let last = word.bytes().next_back()?.to_ascii_uppercase();
    let cut = |text: &str| {
        // Most names end in another letter than every title.
        if text.bytes().next_back() != Some(last) {
            return None;
        }
        let (name, tail) = word.split_at_checked(word.len().checked_sub(text.len())?)?;
        (tail.eq_ignore_ascii_case(text) && name.chars().nth(1).is_some()).then_some(name)
    };
    let mut cuts = SPELLINGS.iter().filter(|row| row.2);
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
        SPELLINGS
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
        if !ends_like_title(last) {
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
