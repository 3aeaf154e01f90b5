use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

/// The words by which columns are known: what each means, and in which language.
///
/// The shipped ones are English, French, Dutch and German. Words of another
/// language are added as rows of the same table.
///
/// ```
/// use paxnorm::format::mapping::Lexicon;
///
/// let spanish = "birth\tes\tnacimiento\ndate\tes\tfecha\nof\tes\tde\n";
/// let lexicon = Lexicon::parse(&[Lexicon::SHIPPED, spanish].concat())?;
/// # let _ = lexicon;
/// # Ok::<(), paxnorm::format::mapping::LexiconError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    concepts: Vec<String>,
    languages: Vec<String>,
    words: HashMap<String, Vec<Sense>>,
    /// Words that are a header only by themselves.
    alone: HashMap<String, Vec<Sense>>,
    longest: usize,
}

/// What a word means, in a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sense {
    pub(super) concept: Concept,
    /// One bit for each language.
    pub(super) languages: u16,
}

/// A concept, by its place in the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Concept(u8);

/// Several concepts: one bit for each.
pub(super) type Concepts = u128;

impl Concept {
    pub(super) fn bit(self) -> Concepts {
        1_u128.checked_shl(u32::from(self.0)).unwrap_or_default()
    }
}

/// Why a lexicon cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LexiconError {
    /// The line, counted from 1.
    pub line: usize,
}

impl fmt::Display for LexiconError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = self.line;
        write!(
            f,
            "line {line} is not a concept, a language and words, or there are too many of them"
        )
    }
}

impl std::error::Error for LexiconError {}

static SHIPPED: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::parse(Lexicon::SHIPPED).unwrap_or_default());

impl Lexicon {
    /// The shipped table, to filter or to add to.
    pub const SHIPPED: &'static str = include_str!("lexicon.tsv");

    /// The shipped words.
    #[must_use]
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Reads a table: concept, language (`*` for any) and words, separated by
    /// tabs; words by blanks, in lower case without accents, and with `=` before
    /// those that are a header only by themselves. `#` starts a comment.
    ///
    /// # Errors
    /// A line has fewer columns, or there are more than 127 concepts or 15 languages.
    pub fn parse(table: &str) -> Result<Self, LexiconError> {
        let mut lexicon = Self::default();
        for (line, text) in (1..).zip(table.lines()) {
            if !text.is_empty() && !text.starts_with('#') {
                lexicon.row(text).ok_or(LexiconError { line })?;
            }
        }
        Ok(lexicon)
    }

    fn row(&mut self, text: &str) -> Option<()> {
        let mut columns = text.split('\t');
        let (concept, language, words) = (columns.next()?, columns.next()?, columns.next()?);
        let concept = Concept(u8::try_from(place(&mut self.concepts, concept, 127)?).ok()?);
        let languages = match language {
            "*" => u16::MAX,
            language => 1 << place(&mut self.languages, language, 15)?,
        };
        let sense = Sense { concept, languages };
        for word in words.split(' ').filter(|word| !word.is_empty()) {
            let (words, word) = match word.strip_prefix('=') {
                Some(word) => (&mut self.alone, word),
                None => (&mut self.words, word),
            };
            self.longest = self.longest.max(word.len());
            words.entry(word.to_owned()).or_default().push(sense);
        }
        Some(())
    }

    /// The concept of this name.
    pub(super) fn concept(&self, name: &str) -> Option<Concept> {
        let at = self.concepts.iter().position(|known| known == name)?;
        u8::try_from(at).ok().map(Concept)
    }

    pub(super) fn name(&self, concept: Concept) -> &str {
        self.concepts
            .get(usize::from(concept.0))
            .map_or("", String::as_str)
    }

    /// The languages of these bits, in the order of the table; none where they are all.
    pub(super) fn languages(&self, bits: u16) -> Vec<&str> {
        let among = self.languages.iter().zip(0..);
        let among = among.filter(|(_, bit)| bits & (1 << bit) != 0);
        among.map(|(name, _)| name.as_str()).collect()
    }

    /// How many languages there are.
    pub(super) fn spoken(&self) -> usize {
        self.languages.len()
    }

    /// What a word means that is a whole header.
    pub(super) fn alone(&self, word: &str) -> &[Sense] {
        self.alone.get(word).map_or(&[], Vec::as_slice)
    }

    pub(super) fn word(&self, word: &str) -> &[Sense] {
        self.words.get(word).map_or(&[], Vec::as_slice)
    }

    pub(super) fn longest(&self) -> usize {
        self.longest
    }

    /// A word that differs from a long one by one letter.
    pub(super) fn near(&self, word: &str) -> &[Sense] {
        const LONG: usize = 7;
        if word.len() < LONG || word.len() > self.longest + 1 {
            return &[];
        }
        let is_near =
            |known: &&String| known.len() >= LONG && strsim::osa_distance(known, word) <= 1;
        let known = self.words.keys().filter(is_near).min();
        known.map_or(&[], |known| self.word(known))
    }
}

/// Where a name stands in a list, to which it is added where there is room.
fn place(list: &mut Vec<String>, name: &str, most: usize) -> Option<usize> {
    if let Some(at) = list.iter().position(|known| known == name) {
        return Some(at);
    }
    (list.len() < most).then(|| {
        list.push(name.to_owned());
        list.len() - 1
    })
}
