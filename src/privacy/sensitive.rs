//! What may not be kept in any text, name or code: special categories of data
//! (art. 13(4) of Directive (EU) 2016/681).
//!
//! The codes, titles and words are data, in `sensitive.tsv`. A code or word takes
//! the text with it in which it stands; a title goes alone, and never out of a
//! surname.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use crate::Field;
use crate::field::Scope;
use crate::matching::normalise::fold;
use crate::model::bare;
use crate::model::leaf::Judged;

/// How a text that stays is looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Care {
    /// Words and codes take the text with them.
    Text,
    /// As texts, and codes of fares.
    Fare,
    /// A code of a seat goes.
    Seat,
    /// Given names lose a title at their start or end.
    Given,
    /// A whole name loses a title at its start.
    Full,
    /// A title goes.
    Title,
}

/// Fields with words or codes in them; [`Scope::Remark`] and the like are named
/// by [`PLACES`].
const FIELDS: &[(Field, Care)] = &[
    (Field::GroupName, Care::Text),
    (Field::GroupCode, Care::Text),
    (Field::PassengerKindReceived, Care::Fare),
    (Field::PassengerFunction, Care::Text),
    (Field::PassengerNameGiven, Care::Given),
    (Field::PassengerNameReceived, Care::Given),
    (Field::PassengerNameFull, Care::Full),
    (Field::PassengerNameHonorific, Care::Title),
    (Field::DocumentNameHonorific, Care::Title),
    (Field::DocumentNameGiven, Care::Given),
    (Field::DocumentNameReceived, Care::Given),
    (Field::DocumentNameFull, Care::Full),
    (Field::LoyaltyLevel, Care::Text),
    (Field::LoyaltyLevelText, Care::Text),
    (Field::PassengerContactName, Care::Full),
    (Field::PassengerContactPurpose, Care::Text),
    (Field::ContactName, Care::Full),
    (Field::ContactPurpose, Care::Text),
    (Field::SeatCabin, Care::Text),
    (Field::SeatCharacteristics, Care::Seat),
    (Field::SeatRequest, Care::Text),
    (Field::SeatText, Care::Text),
    (Field::CheckInText, Care::Text),
    (Field::BagStatus, Care::Text),
    (Field::BagTagDetails, Care::Text),
    (Field::ExcessIndicator, Care::Text),
    (Field::TicketKind, Care::Fare),
    (Field::TicketIndicator, Care::Fare),
    (Field::TicketIndicators, Care::Fare),
    (Field::TicketText, Care::Fare),
    (Field::FareTravellerCode, Care::Fare),
    (Field::FareDiscount, Care::Fare),
    (Field::FareClass, Care::Fare),
    (Field::FareKind, Care::Fare),
    (Field::FareBasis, Care::Fare),
    (Field::PaymentText, Care::Text),
    (Field::PaymentPayer, Care::Full),
    (Field::OtherPaymentText, Care::Text),
    (Field::OtherPaymentPayer, Care::Full),
    (Field::MinorText, Care::Text),
    (Field::LegMarketingClass, Care::Text),
    (Field::LegOperatingClass, Care::Text),
    (Field::HistoryText, Care::Text),
    (Field::ChangedValue, Care::Text),
];

/// Places all of whose texts are looked through.
const PLACES: &[Scope] = &[
    Scope::Service,
    Scope::Request,
    Scope::OtherService,
    Scope::Remark,
];

impl Care {
    /// How the texts of a field are looked through; `None` where no words of anybody
    /// stand there.
    pub(super) fn of(field: Field) -> Option<Self> {
        if PLACES.contains(&field.scope()) {
            return Some(Self::Text);
        }
        let row = FIELDS.iter().find(|(known, _)| *known == field);
        row.map(|(_, care)| *care)
    }

    /// What becomes of a text.
    pub(super) fn judge(self, text: &str) -> Judged {
        let lists = &*LISTS;
        let tells = |fares| lists.openings.may_tell(text) && lists.in_text(text, fares);
        let goes = match self {
            Self::Text => tells(false),
            Self::Fare => tells(true),
            Self::Seat => lists.is_seat(text) || tells(false),
            Self::Given => return lists.given(text),
            Self::Full => return lists.full(text),
            Self::Title => lists.is_honorific(text) || tells(false),
        };
        if goes { Judged::Goes } else { Judged::Stays }
    }
}

/// Whether a code of a service request stands for something that may not be kept.
pub(super) fn is_code(code: &str) -> bool {
    LISTS.is_code(&upper(code))
}

/// Whether an entry of a list of travellers is no person, but shows the need of one.
pub(super) fn is_no_person(kind: &str) -> bool {
    let kind = upper(kind);
    LISTS.persons.iter().any(|person| *person == *kind)
}

fn upper(text: &str) -> Cow<'_, str> {
    let text = text.trim().trim_end_matches('.');
    if text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_lowercase()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.to_uppercase())
}

/// A text as patterns are; most come so already, and cost nothing.
fn folded(text: &str) -> Cow<'_, str> {
    let plain = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    if text.bytes().all(plain) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(fold(text))
}

/// How words begin: a bit for each three letters. Of the words of a booking few begin
/// as a sensitive one does, and only these are looked up.
struct Openings {
    bits: Box<[u64; BEGINNINGS.div_ceil(64)]>,
    /// Letters behind the first two of a word of any beginning (`ML` of meals).
    endings: Vec<[u8; 2]>,
}

/// Letters and digits, and one for the end of a word.
const SIGNS: usize = 37;
const BEGINNINGS: usize = SIGNS * SIGNS * SIGNS;

/// What a byte is: a letter or digit, whatever its case.
const SEPARATOR: u8 = 0;
const OTHER: u8 = u8::MAX;

/// For each byte: 1 to 36 for letters and digits, [`SEPARATOR`] for what parts words,
/// and [`OTHER`] for what is only known when the text is folded.
#[expect(clippy::indexing_slicing, reason = "evaluated when compiled")]
const CLASSES: [u8; 256] = {
    let mut classes = [OTHER; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        classes[byte as usize] = match byte {
            b'0'..=b'9' => byte - b'0' + 27,
            b'A'..=b'Z' => byte - b'A' + 1,
            b'a'..=b'z' => byte - b'a' + 1,
            b'\'' | b'`' => OTHER,
            _ => SEPARATOR,
        };
        byte += 1;
    }
    classes
};

fn class(byte: u8) -> u8 {
    CLASSES.get(usize::from(byte)).copied().unwrap_or(OTHER)
}

impl Default for Openings {
    fn default() -> Self {
        Self {
            bits: Box::new([0; BEGINNINGS.div_ceil(64)]),
            endings: Vec::new(),
        }
    }
}

impl Openings {
    /// Adds a folded pattern. Of several words, the first of three letters or more
    /// stands for all.
    fn add(&mut self, pattern: &str) {
        let mut words = pattern.split(' ');
        let word = words.find(|word| word.len() >= SHORTEST).unwrap_or(pattern);
        self.know(beginning(word.as_bytes()));
    }

    fn know(&mut self, beginning: usize) {
        let [word, bit] = place(beginning);
        if let Some(bits) = self.bits.get_mut(word) {
            *bits |= 1 << bit;
        }
    }

    /// Adds the last letters of codes of any beginning.
    fn add_ending(&mut self, letters: &str) {
        self.endings.extend(letters.as_bytes().first_chunk::<2>());
    }

    fn knows(&self, beginning: usize) -> bool {
        let [word, bit] = place(beginning);
        self.bits
            .get(word)
            .is_some_and(|bits| bits & (1 << bit) != 0)
    }

    /// Whether a text may hold one of the patterns. What is no plain ASCII is not
    /// judged here: it may.
    fn may_tell(&self, text: &str) -> bool {
        let text = text.as_bytes();
        let mut within = false;
        text.len() >= SHORTEST
            && (0..).zip(text).any(|(at, byte)| {
                let begins = !within;
                let class = class(*byte);
                within = class != SEPARATOR;
                class == OTHER
                    || (within && begins && self.may_be(text.get(at..).unwrap_or_default()))
            })
    }

    /// Whether the word at the start of a text may be one of the patterns.
    fn may_be(&self, text: &[u8]) -> bool {
        let ends = |ending: &[u8; 2]| {
            let behind = text.get(2..4);
            behind.is_some_and(|letters| letters.eq_ignore_ascii_case(ending))
        };
        self.knows(beginning(text)) || self.endings.iter().any(ends)
    }
}

/// The first three letters of a word as a number.
fn beginning(word: &[u8]) -> usize {
    let sign = |at: usize| {
        let sign = word.get(at).map_or(SEPARATOR, |byte| class(*byte));
        usize::from(sign).min(SIGNS - 1)
    };
    (sign(0) * SIGNS + sign(1)) * SIGNS + sign(2)
}

/// The last three letters of a word, the last one first, as a number.
fn ending(word: &str) -> usize {
    match word.as_bytes() {
        [.., third, second, first] => beginning(&[*first, *second, *third]),
        _ => 0,
    }
}

/// Where the bit of a beginning stands: word and bit.
fn place(beginning: usize) -> [usize; 2] {
    [beginning / 64, beginning % 64]
}

/// The table, ready for looking up.
#[derive(Default)]
struct Lists {
    /// How the words begin that any of the rest may concern, and how titles do.
    openings: Openings,
    title_openings: Openings,
    codes: HashSet<String>,
    /// The last letters of every meal.
    endings: Vec<String>,
    fares: HashSet<String>,
    seats: Vec<String>,
    persons: Vec<String>,
    /// Titles, where nothing else stands.
    honorifics: HashSet<String>,
    /// Titles that are cut off as a word of their own.
    titles: Vec<String>,
    /// Titles that are cut off where they are glued to a name, too.
    glued: Vec<String>,
    /// How these end, the last letter first.
    glued_ends: Openings,
    words: HashSet<String>,
    /// Beginnings of words, sorted.
    stems: Vec<String>,
    /// Words that tell only together.
    phrases: Vec<String>,
}

/// No pattern of a text is shorter.
const SHORTEST: usize = 3;

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::read(include_str!("sensitive.tsv")));

impl Lists {
    fn read(table: &str) -> Self {
        let mut lists = Self::default();
        let rows = table.lines().filter(|line| !line.starts_with('#'));
        for row in rows {
            let mut cells = row.split('\t');
            if let (Some(what), Some(pattern)) = (cells.next(), cells.next()) {
                lists.add(what, pattern);
            }
        }
        lists.stems.sort_unstable();
        lists
    }

    fn add(&mut self, what: &str, pattern: &str) {
        let folded = fold(pattern);
        if what.starts_with("title") {
            self.honorifics.insert(folded.clone());
            self.title_openings.add(&folded);
        }
        match what {
            "code-end" => self.openings.add_ending(&folded),
            "code" | "fare" | "stem" | "word" => self.openings.add(&folded),
            _ => {}
        }
        match what {
            "code" => _ = self.codes.insert(folded),
            "code-end" => self.endings.push(folded),
            "fare" => _ = self.fares.insert(folded),
            "seat" => self.seats.push(folded),
            "person" => self.persons.push(pattern.to_owned()),
            "title-word" => self.titles.push(folded),
            "title-glued" => {
                self.glued_ends.know(ending(&folded));
                self.titles.push(folded.clone());
                self.glued.push(folded);
            }
            "stem" => self.stems.push(folded),
            "word" if folded.contains(' ') => self.phrases.push(folded),
            "word" => _ = self.words.insert(folded),
            _ => {}
        }
    }

    fn is_seat(&self, text: &str) -> bool {
        let text = text.trim().trim_end_matches('.');
        let mut seats = self.seats.iter();
        seats.any(|seat| seat.eq_ignore_ascii_case(text))
    }

    fn is_honorific(&self, text: &str) -> bool {
        self.honorifics.contains(&*upper(text))
    }

    /// Whether a word of given names is a title that may not be kept.
    fn is_title(&self, word: &str) -> bool {
        let word = word.trim_end_matches('.');
        let same = |title: &String| title.eq_ignore_ascii_case(word);
        self.title_openings.knows(beginning(word.as_bytes())) && self.titles.iter().any(same)
    }

    fn is_code(&self, word: &str) -> bool {
        let ends = |ending: &String| {
            word.strip_suffix(ending.as_str()).is_some_and(|start| {
                start.len() == 2 && start.bytes().all(|b| b.is_ascii_uppercase())
            })
        };
        self.codes.contains(word) || self.endings.iter().any(ends)
    }

    /// A code, or one with carrier, status and number glued to it (`WCHRXXHK1`).
    fn begins_with_code(&self, word: &str) -> bool {
        let Some((code, rest)) = word.split_at_checked(4) else {
            return false;
        };
        let glued = rest.is_empty() || rest.ends_with(|end: char| end.is_ascii_digit());
        glued && self.is_code(code)
    }

    fn has_stem(&self, word: &str) -> bool {
        let after = self.stems.partition_point(|stem| stem.as_str() <= word);
        let before = after.checked_sub(1).and_then(|at| self.stems.get(at));
        before.is_some_and(|stem| word.starts_with(stem.as_str()))
    }

    /// Whether a text tells anything. The pattern of meals is not looked for among
    /// fares, whose codes look alike.
    fn in_text(&self, text: &str, fares: bool) -> bool {
        if text.len() < SHORTEST {
            return false;
        }
        let folded = folded(text);
        let told = |word: &str| {
            let code = match fares {
                true => self.codes.contains(word) || self.fares.contains(letters(word)),
                false => self.begins_with_code(word),
            };
            code || self.words.contains(word) || self.has_stem(word)
        };
        folded.split(' ').any(told) || self.has_phrase(&folded)
    }

    fn has_phrase(&self, folded: &str) -> bool {
        let told = |phrase: &String| {
            let mut found = folded.match_indices(phrase.as_str());
            found.any(|(at, _)| {
                let (before, rest) = folded.split_at_checked(at).unwrap_or_default();
                let after = rest.get(phrase.len()..).unwrap_or_default();
                (before.is_empty() || before.ends_with(' '))
                    && (after.is_empty() || after.starts_with(' '))
            })
        };
        folded.contains(' ') && self.phrases.iter().any(told)
    }

    /// The name before a title that is glued to its end, two letters of it or more.
    fn cut_glued<'n>(&self, name: &'n str) -> Option<&'n str> {
        if !self.glued_ends.knows(ending(name)) {
            return None;
        }
        let cut = |title: &String| {
            let (start, end) = name.split_at_checked(name.len().checked_sub(title.len())?)?;
            (end.eq_ignore_ascii_case(title) && start.chars().nth(1).is_some()).then_some(start)
        };
        self.glued
            .iter()
            .filter_map(cut)
            .min_by_key(|start| start.len())
    }
}

/// The letters at the start of a word: `CLG10` is a fare of `CLG`.
fn letters(word: &str) -> &str {
    word.trim_end_matches(|end: char| end.is_ascii_digit())
}

impl Lists {
    /// Given names without a title before or behind them. A name that is nothing but
    /// such a word is a name.
    fn given(&self, text: &str) -> Judged {
        let mut rest = self.untitled(text);
        while let Some((more, _)) = rest.rsplit_once(' ').filter(|(_, end)| self.is_title(end)) {
            rest = more.trim_end();
        }
        if let Some(start) = self.cut_glued(rest) {
            rest = start.trim_end();
        }
        changed(text, rest)
    }

    /// A whole name without a title before it: its last word may be a surname.
    fn full(&self, text: &str) -> Judged {
        changed(text, self.untitled(text))
    }

    /// What stands behind titles at the start.
    fn untitled<'n>(&self, text: &'n str) -> &'n str {
        let mut rest = bare(text);
        while let Some((_, more)) = rest
            .split_once(' ')
            .filter(|(start, _)| self.is_title(start))
        {
            rest = more.trim_start();
        }
        rest
    }
}

fn changed(text: &str, rest: &str) -> Judged {
    if rest.len() == bare(text).len() {
        Judged::Stays
    } else {
        Judged::Becomes(rest.to_owned())
    }
}
