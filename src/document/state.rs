use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::hash::RandomState;
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::reading::{How, Reading};
use crate::matching::Fast;
use crate::matching::transliterate::{Language, latin};
use crate::model::bare;

/// A state, territory or body that issues travel documents or confers a
/// nationality; its normal form is the three-letter code.
///
/// The codes are those of ISO 3166-1 (current) and 3166-3 (withdrawn, still
/// found as birth places), of ICAO Doc 9303 Part 3 section 5 (`GBD`, `XXA`,
/// `UNO`, …) and the customary `XKX`. Germany is `DEU`, whose machine-readable
/// zone says `D`.
///
/// ```
/// use paxnorm::document::State;
///
/// for text in ["DEU", "de", "276", "D<<", "Germany", "Deutschland"] {
///     let germany = State::read(text).normal.expect("known");
///     assert_eq!((germany.as_str(), germany.mrz()), ("DEU", "D"));
/// }
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct State(u16);

/// Whether a code stands in a standard today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Status {
    /// In ISO 3166-1.
    Current,
    /// In ISO 3166-3: withdrawn, in old documents and as a birth place.
    Withdrawn,
    /// In ICAO Doc 9303 Part 3 section 5 only.
    Icao,
    /// In no standard, but used (Kosovo).
    Customary,
    /// Utopia: specimens and tests.
    Specimen,
}

#[derive(Debug)]
struct Row {
    alpha3: &'static str,
    alpha2: &'static str,
    numeric: &'static str,
    mrz: &'static str,
    status: &'static str,
    country: &'static str,
    names: &'static str,
}

/// What a key may mean.
type Keys<K, S = RandomState> = HashMap<K, Vec<(u16, How)>, S>;

#[derive(Debug, Default)]
struct Table {
    rows: Vec<Row>,
    /// Codes, and names that are as short as codes.
    codes: Keys<Code, Fast>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("tables/states.tsv")));

/// The other names. They stand apart, for folding them takes the tables of transliteration, which
/// whoever reads codes alone never needs.
static NAMES: LazyLock<Keys<String>> = LazyLock::new(|| {
    let mut names = Keys::default();
    for (id, row) in (0..).zip(&TABLE.rows) {
        for name in row.names.split('|') {
            add(names.entry(folded(name)).or_default(), id, How::Name);
        }
    }
    names
});

/// A code in capitals, filled up with zeros, as a number.
type Code = u64;

/// The code that a text may be; numbers get the zeros that a spreadsheet ate.
fn code(text: &str) -> Option<Code> {
    let mut code = match *text.as_bytes() {
        [one] if one.is_ascii_digit() => [b'0', b'0', one],
        [one, two] if one.is_ascii_digit() && two.is_ascii_digit() => [b'0', one, two],
        [one] => [one, 0, 0],
        [one, two] => [one, two, 0],
        [one, two, three] => [one, two, three],
        _ => return None,
    };
    code.make_ascii_uppercase();
    let [one, two, three] = code;
    Some(u64::from_be_bytes([0, 0, 0, 0, 0, one, two, three]))
}

fn add(found: &mut Vec<(u16, How)>, id: u16, how: How) {
    if !found.iter().any(|&(other, _)| other == id) {
        found.push((id, how));
    }
}

impl Table {
    fn read(text: &'static str) -> Self {
        let mut table = Self::default();
        let lines = || text.lines().filter(|line| !line.starts_with('#'));
        let whole: Vec<Row> = lines().filter_map(row).collect();
        let (aliases, rows): (Vec<Row>, Vec<Row>) =
            whole.into_iter().partition(|row| row.status == "alias");
        for (id, row) in (0u16..).zip(&rows) {
            table.index(id, row);
        }
        table.rows = rows;
        for alias in aliases {
            if let Some(id) = table.find(alias.country) {
                table.key(alias.alpha3, id, How::Customary);
            }
        }
        table
    }

    fn index(&mut self, id: u16, row: &Row) {
        self.key(row.alpha3, id, How::Exact);
        self.key(row.alpha2, id, How::OtherForm);
        self.key(row.numeric, id, How::OtherForm);
        if row.mrz != row.alpha3 {
            self.key(row.mrz, id, How::Customary);
        }
        // Names in ASCII fold without any table; `key` leaves out the long ones.
        for name in row.names.split('|').filter(|name| name.is_ascii()) {
            self.key(&folded(name), id, How::Name);
        }
    }

    fn key(&mut self, key: &str, id: u16, how: How) {
        if let Some(code) = code(key) {
            add(self.codes.entry(code).or_default(), id, how);
        }
    }

    fn find(&self, alpha3: &str) -> Option<u16> {
        let index = self.rows.iter().position(|row| row.alpha3 == alpha3)?;
        u16::try_from(index).ok()
    }
}

fn row(line: &'static str) -> Option<Row> {
    let mut columns = line.split('\t');
    let mut next = || columns.next().unwrap_or_default();
    let row = Row {
        alpha3: next(),
        alpha2: next(),
        numeric: next(),
        mrz: next(),
        status: next(),
        country: next(),
        names: next(),
    };
    (!row.alpha3.is_empty()).then_some(row)
}

/// Capitals A-Z and single blanks: how names of states are compared.
fn folded(name: &str) -> String {
    let latin = latin(name);
    let words = latin.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let words = match words.as_slice() {
        ["THE", rest @ ..] => rest,
        all => all,
    };
    words.join(" ")
}

/// Without the fillers of a machine-readable zone, which few texts have.
#[inline]
fn without_fillers(text: &str) -> &str {
    match text.as_bytes() {
        [b'<', ..] | [.., b'<'] => text.trim_matches('<'),
        _ => text,
    }
}

/// What a text means as a name.
fn named(text: &str) -> Option<&'static Vec<(u16, How)>> {
    let name = folded(text);
    match code(&name) {
        // So short a name stands among the codes.
        Some(code) => TABLE.codes.get(&code),
        None => NAMES.get(&name),
    }
}

impl State {
    /// Reads a code or a name: alpha-2, alpha-3, numeric, the codes of
    /// machine-readable zones with or without fillers, or plain text.
    ///
    /// A code that two withdrawn states share (`CS`, `891`) is ambiguous and
    /// gives none; one that a current state took over gives the current one.
    ///
    /// ```
    /// use paxnorm::document::{How, State};
    ///
    /// assert_eq!(State::read("CS").how, How::Ambiguous);
    /// assert_eq!(State::read("UK").how, How::Customary);
    /// assert_eq!(State::read("Atlantis").how, How::Unknown);
    /// ```
    #[must_use]
    pub fn read(text: &str) -> Reading<State> {
        let (normal, how) = Self::look(text);
        Reading::new(text, normal, how)
    }

    /// What [`read`](Self::read) finds, without the text.
    pub(crate) fn look(text: &str) -> (Option<Self>, How) {
        let bare = without_fillers(bare(text));
        if bare.is_empty() {
            return (None, How::Empty);
        }
        let find = |text: &str| TABLE.codes.get(&code(text)?);
        match find(bare).or_else(|| named(bare)) {
            Some(found) => choose(found),
            None => (None, How::Unknown),
        }
    }

    fn row(self) -> Option<&'static Row> {
        TABLE.rows.get(usize::from(self.0))
    }

    /// The three-letter code.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.row().map_or("", |row| row.alpha3)
    }

    /// The two-letter code, where there is one.
    #[must_use]
    pub fn alpha2(self) -> Option<&'static str> {
        self.row()
            .map(|row| row.alpha2)
            .filter(|code| !code.is_empty())
    }

    /// The three digits of ISO 3166-1, where there are some.
    #[must_use]
    pub fn numeric(self) -> Option<&'static str> {
        self.row()
            .map(|row| row.numeric)
            .filter(|code| !code.is_empty())
    }

    /// The code that a machine-readable zone prints (Doc 9303 Part 3 section 5), without fillers.
    #[must_use]
    pub fn mrz(self) -> &'static str {
        self.row().map_or("", |row| row.mrz)
    }

    /// The English name.
    #[must_use]
    pub fn name(self) -> &'static str {
        let names = self.row().map_or("", |row| row.names);
        names.split('|').next().unwrap_or_default()
    }

    /// The country that a class of nationality belongs to: a British Overseas
    /// Citizen (`GBO`) is `GBR`, everybody else stays what he is.
    ///
    /// ```
    /// use paxnorm::document::State;
    ///
    /// let overseas = State::read("GBO").normal.expect("known");
    /// assert_eq!(overseas.country().as_str(), "GBR");
    /// ```
    #[must_use]
    pub fn country(self) -> State {
        let found = self.row().and_then(|row| TABLE.find(row.country));
        found.map_or(self, State)
    }

    /// The language whose Cyrillic letters the state's documents transliterate by
    /// (Doc 9303 Part 3 section 6B); none for all that follow the main column.
    ///
    /// ```
    /// use paxnorm::document::State;
    /// use paxnorm::matching::transliterate::{Language, icao9303};
    ///
    /// let ukraine = State::read("UKR").normal.and_then(State::language);
    /// assert_eq!(ukraine, Some(Language::Ukrainian));
    /// assert_eq!(icao9303("Гринько", ukraine).main, "HRYNKO");
    /// ```
    #[must_use]
    pub fn language(self) -> Option<Language> {
        match self.as_str() {
            "BLR" => Some(Language::Belarusian),
            "BGR" => Some(Language::Bulgarian),
            "MKD" => Some(Language::Macedonian),
            "SRB" => Some(Language::Serbian),
            "UKR" => Some(Language::Ukrainian),
            _ => None,
        }
    }

    /// Whether the code stands in a standard today.
    #[must_use]
    pub fn status(self) -> Status {
        status(self.row().map_or("", |row| row.status))
    }
}

fn status(text: &str) -> Status {
    match text {
        "current" => Status::Current,
        "icao" => Status::Icao,
        "customary" => Status::Customary,
        "specimen" => Status::Specimen,
        _ => Status::Withdrawn,
    }
}

/// Codes go before names, states of today before withdrawn ones.
fn choose(found: &[(u16, How)]) -> (Option<State>, How) {
    if let [(id, how)] = found {
        return (Some(State(*id)), *how);
    }
    let live = |&&(id, _): &&(u16, How)| State(id).status() != Status::Withdrawn;
    let mut fit = found.iter().filter(live);
    let (first, second) = match fit.next() {
        Some(first) => (Some(first), fit.next()),
        None => (found.first(), found.get(1)),
    };
    match (first, second) {
        (Some(&(id, how)), None) => (Some(State(id)), how),
        (Some(_), Some(_)) => (None, How::Ambiguous),
        (None, _) => (None, How::Unknown),
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "State({})", self.as_str())
    }
}

/// As the three-letter code.
impl Serialize for State {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// From the three-letter code, and from nothing else: reading is for [`State::read`].
impl<'de> Deserialize<'de> for State {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = Cow::<str>::deserialize(deserializer)?;
        let found = State::read(&code).normal;
        found
            .filter(|state| state.as_str() == code)
            .ok_or_else(|| serde::de::Error::custom("not a three-letter code of a state"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_short_name_stands_among_the_codes() {
        for (name, found) in NAMES.iter() {
            let Some(code) = code(name) else { continue };
            let known = TABLE.codes.get(&code).into_iter().flatten();
            let known: Vec<_> = known.map(|(id, _)| id).collect();
            assert!(found.iter().all(|(id, _)| known.contains(&id)), "{name}");
        }
    }
}
