use super::leaf::record;
use super::{Text, Title};

record! {
    /// The name of one person, as one source wrote it.
    ///
    /// A reservation and a travel document often write one name differently; the
    /// schema keeps both, each as a `Name` of its own, because their comparison is
    /// evidence. Nothing is translated, folded or corrected here: that is the work
    /// of [`matching`](crate::matching).
    ///
    /// ```
    /// use paxnorm::Name;
    ///
    /// let name = Name::new("Eriksson", "Anna Maria");
    /// assert_eq!(name.surname.as_deref(), Some("Eriksson"));
    /// assert_eq!(name.given.as_deref(), Some("Anna Maria"));
    /// ```
    pub struct Name {
        /// Family name, or the primary identifier of a travel document.
        pub surname: Option<Text>,
        /// Given names in the order of the source, separated by blanks, without title.
        pub given: Option<Text>,
        /// Civil title.
        pub title: Option<Title>,
        /// A title that is no civil one, as received: it may reveal a belief.
        pub honorific: Option<Text>,
        /// The whole name, where the source does not say which part is which.
        pub full: Option<Text>,
        /// The given names exactly as received, where a title was cut from them.
        pub received: Option<Text>,
    }
}

impl Name {
    /// A name of a surname and given names; an empty part is absent.
    #[must_use]
    pub fn new(surname: &str, given: &str) -> Self {
        Self {
            surname: part(surname),
            given: part(given),
            ..Self::default()
        }
    }

    /// A name whose parts are not told apart.
    #[must_use]
    pub fn unsplit(full: &str) -> Self {
        Self {
            full: part(full),
            ..Self::default()
        }
    }

    /// Whether any part of it names somebody.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.surname.is_some() || self.given.is_some() || self.full.is_some()
    }
}

fn part(text: &str) -> Option<Text> {
    let text = text.trim();
    (!text.is_empty()).then(|| Text::from(text))
}
