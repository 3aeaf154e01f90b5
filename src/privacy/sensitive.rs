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
use crate::model::leaf::Judged;

/// How a text that stays is looked through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Care {
    /// Not at all: no words of anybody stand there.
    #[default]
    None,
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
    pub(super) fn of(field: Field) -> Self {
        if PLACES.contains(&field.scope()) {
            return Self::Text;
        }
        let row = FIELDS.iter().find(|(known, _)| *known == field);
        row.map_or(Self::None, |(_, care)| *care)
    }

    /// What becomes of a text.
    pub(super) fn judge(self, text: &str) -> Judged {
        let goes = match self {
            Self::None => false,
            Self::Text => LISTS.in_text(text, false),
            Self::Fare => LISTS.in_text(text, true),
            Self::Seat => LISTS.seats.contains(&*upper(text)) || LISTS.in_text(text, false),
            Self::Given => return given(text),
            Self::Full => return full(text),
            Self::Title => LISTS.honorifics.contains(&*upper(text)) || LISTS.in_text(text, false),
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
    LISTS.persons.contains(&*upper(kind))
}

/// Whether a word of given names is a title that may not be kept.
fn is_title(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    let mut titles = LISTS.titles.iter();
    titles.any(|title| title.eq_ignore_ascii_case(word))
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

/// The table, ready for looking up.
#[derive(Default)]
struct Lists {
    codes: HashSet<String>,
    /// The last letters of every meal.
    endings: Vec<String>,
    fares: HashSet<String>,
    seats: HashSet<String>,
    persons: HashSet<String>,
    /// Titles, where nothing else stands.
    honorifics: HashSet<String>,
    /// Titles that are cut off as a word of their own.
    titles: Vec<String>,
    /// Titles that are cut off where they are glued to a name, too.
    glued: Vec<String>,
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
        }
        match what {
            "code" => _ = self.codes.insert(folded),
            "code-end" => self.endings.push(folded),
            "fare" => _ = self.fares.insert(folded),
            "seat" => _ = self.seats.insert(folded),
            "person" => _ = self.persons.insert(pattern.to_owned()),
            "title-word" => self.titles.push(folded),
            "title-glued" => {
                self.titles.push(folded.clone());
                self.glued.push(folded);
            }
            "stem" => self.stems.push(folded),
            "word" if folded.contains(' ') => self.phrases.push(folded),
            "word" => _ = self.words.insert(folded),
            _ => {}
        }
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

/// Given names without a title before or behind them. A name that is nothing but
/// such a word is a name.
fn given(text: &str) -> Judged {
    let mut rest = text.trim();
    while let Some((_, more)) = rest.split_once(' ').filter(|(first, _)| is_title(first)) {
        rest = more.trim_start();
    }
    while let Some((more, _)) = rest.rsplit_once(' ').filter(|(_, last)| is_title(last)) {
        rest = more.trim_end();
    }
    if let Some(start) = LISTS.cut_glued(rest) {
        rest = start.trim_end();
    }
    changed(text, rest)
}

/// A whole name without a title before it: its last word may be a surname.
fn full(text: &str) -> Judged {
    let mut rest = text.trim();
    while let Some((_, more)) = rest.split_once(' ').filter(|(first, _)| is_title(first)) {
        rest = more.trim_start();
    }
    changed(text, rest)
}

fn changed(text: &str, rest: &str) -> Judged {
    if rest.len() == text.trim().len() {
        Judged::Stays
    } else {
        Judged::Becomes(rest.to_owned())
    }
}
