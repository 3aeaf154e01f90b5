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

/// Spellings, longest first so that `MRS` is not read as `MR` and an `S`.
const SPELLINGS: &[(&str, Title)] = &[
    ("MONSIEUR", Title::Mr),
    ("MADAME", Title::Mrs),
    ("MSTR", Title::Master),
    ("MISS", Title::Miss),
    ("MLLE", Title::Miss),
    ("HERR", Title::Mr),
    ("FRAU", Title::Mrs),
    ("MEVR", Title::Mrs),
    ("PROF", Title::Prof),
    ("MME", Title::Mrs),
    ("MRS", Title::Mrs),
    ("DHR", Title::Mr),
    ("CHD", Title::Child),
    ("INF", Title::Infant),
    ("SIR", Title::Sir),
    ("MR", Title::Mr),
    ("MS", Title::Ms),
    ("DR", Title::Dr),
];

/// Spellings that also end a name (`ALBERTINF`, `DESIR`): never cut from the end of one.
const NOT_GLUED: &[&str] = &[
    "MONSIEUR", "MADAME", "HERR", "FRAU", "MEVR", "DHR", "INF", "SIR", "MME", "MLLE", "CHD",
];

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
            .find(|(text, _)| token.eq_ignore_ascii_case(text))
            .map(|(_, title)| *title)
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
        let given = given.trim();
        let (rest, last) = given.rsplit_once(' ').unwrap_or(("", given));
        if let Some(title) = Self::from_token(last) {
            return (rest.trim_end(), Some(title));
        }
        if is_untitled(last) {
            return (given, None);
        }
        let glued = SPELLINGS
            .iter()
            .filter(|(text, _)| !NOT_GLUED.contains(text));
        for (text, title) in glued {
            let cut = last.len().saturating_sub(text.len());
            let Some((name, tail)) = last.split_at_checked(cut) else {
                continue;
            };
            if tail.eq_ignore_ascii_case(text) && name.chars().count() >= 2 {
                let end = given.len() - text.len();
                return (given.get(..end).unwrap_or(given).trim_end(), Some(*title));
            }
        }
        (given, None)
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
