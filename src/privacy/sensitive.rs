//! What may not be kept in any text, name or code: special categories of data
//! (art. 13(4) of Directive (EU) 2016/681).
//!
//! The codes, titles and words are data, in `sensitive.tsv`. A code or word takes
//! the text with it in which it stands; a title goes alone, and never out of a
//! surname.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::patterns::{Among, Kind, Openings, Patterns, beginning, ending};
use crate::Field;
use crate::field::Scope;
use crate::matching::normalise::fold;
use crate::model::leaf::Judged;
use crate::model::{bare, is_bare};

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

    /// Whether a glance shows that a text stays: how it begins and ends tells it of most.
    #[inline(always)]
    pub(super) fn passes(self, text: &str, lists: &Lists) -> bool {
        match self {
            Self::Text | Self::Fare => lists.patterns.passes(text),
            Self::Seat => lists.patterns.passes(text) && !lists.may_be_seat(text),
            Self::Given => !lists.may_be_titled(text),
            Self::Full => is_bare(text) && !lists.may_be_title(text),
            Self::Title => false,
        }
    }

    /// What becomes of a text.
    pub(super) fn judge(self, text: &str, lists: &Lists) -> Judged {
        let tells = |among| lists.patterns.tell(text, among);
        let goes = match self {
            Self::Text => tells(Among::Texts),
            Self::Fare => tells(Among::Fares),
            Self::Seat => lists.is_seat(text) || tells(Among::Texts),
            Self::Given => return lists.given(text),
            Self::Full => return lists.full(text),
            Self::Title => lists.is_honorific(text) || tells(Among::Texts),
        };
        if goes { Judged::Goes } else { Judged::Stays }
    }
}

/// Whether a code of a service request stands for something that may not be kept.
pub(super) fn is_code(code: &str) -> bool {
    LISTS.patterns.is_code(&upper(code))
}

/// Whether an entry of a list of travellers is no person, but shows the need of one.
pub(super) fn is_no_person(kind: &str) -> bool {
    let kind = upper(kind);
    LISTS.persons.iter().any(|person| *person == *kind)
}

fn upper(text: &str) -> Cow<'_, str> {
    let text = undotted(bare(text));
    if text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_lowercase()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.to_uppercase())
}

/// A text without the full stops at its end.
fn undotted(text: &str) -> &str {
    if text.ends_with('.') {
        text.trim_end_matches('.')
    } else {
        text
    }
}

/// The table, ready for looking up.
#[derive(Default)]
pub(super) struct Lists {
    /// What tells in a text.
    patterns: Patterns,
    seats: Vec<String>,
    /// How these begin.
    seat_openings: Openings,
    persons: Vec<String>,
    /// How titles begin.
    title_openings: Openings,
    /// Titles, where nothing else stands.
    honorifics: Vec<String>,
    /// Titles that are cut off as a word of their own.
    titles: Vec<String>,
    /// Titles that are cut off where they are glued to a name, too.
    glued: Vec<String>,
    /// How titles end that are cut off, the last letter first.
    title_ends: Openings,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::read(include_str!("sensitive.tsv")));

impl Lists {
    /// Those of the table.
    pub(super) fn known() -> &'static Self {
        &LISTS
    }

    fn read(table: &str) -> Self {
        let mut lists = Self::default();
        let rows = table.lines().filter(|line| !line.starts_with('#'));
        for row in rows {
            let mut cells = row.split('\t');
            if let (Some(what), Some(pattern)) = (cells.next(), cells.next()) {
                lists.add(what, pattern);
            }
        }
        lists
    }

    fn add(&mut self, what: &str, pattern: &str) {
        let folded = fold(pattern);
        if what.starts_with("title") {
            self.title_openings.know(beginning(folded.as_bytes()));
            self.honorifics.push(folded.clone());
        }
        match what {
            "code" => self.patterns.add(Kind::Code, &folded),
            "code-end" => self.patterns.add_meals(&folded),
            "fare" => self.patterns.add(Kind::Fare, &folded),
            "stem" => self.patterns.add(Kind::Stem, &folded),
            "word" => self.patterns.add(Kind::Word, &folded),
            "seat" => {
                self.seat_openings.know(beginning(folded.as_bytes()));
                self.seats.push(folded);
            }
            "person" => self.persons.push(pattern.to_owned()),
            "title-word" => self.cut(folded),
            "title-glued" => {
                self.glued.push(folded.clone());
                self.cut(folded);
            }
            _ => {}
        }
    }

    /// Lets a title be cut off, as a word of its own.
    fn cut(&mut self, title: String) {
        // A blank stands before one of two letters.
        let end = format!(" {title}");
        self.title_ends.know(ending(end.as_bytes()));
        self.titles.push(title);
    }

    /// Whether a text may be a code of a seat.
    fn may_be_seat(&self, text: &str) -> bool {
        !is_bare(text) || self.seat_openings.knows(beginning(text.as_bytes()))
    }

    fn is_seat(&self, text: &str) -> bool {
        let text = undotted(bare(text));
        let mut seats = self.seats.iter();
        seats.any(|seat| seat.eq_ignore_ascii_case(text))
    }

    fn is_honorific(&self, text: &str) -> bool {
        let title = upper(text);
        let known = self.title_openings.knows(beginning(title.as_bytes()));
        known && self.honorifics.iter().any(|known| *known == *title)
    }

    /// Whether what stands at the start of a text may be a title that may not be kept.
    fn may_be_title(&self, text: &str) -> bool {
        self.title_openings.knows(beginning(text.as_bytes()))
    }

    /// Whether a word of given names is a title that may not be kept.
    fn is_title(&self, word: &str) -> bool {
        let word = undotted(word);
        let same = |title: &String| title.eq_ignore_ascii_case(word);
        self.may_be_title(word) && self.titles.iter().any(same)
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

    /// Whether given names may hold a title: most show by three letters at either end that
    /// they hold none.
    #[inline]
    fn may_be_titled(&self, text: &str) -> bool {
        !is_bare(text)
            || self.may_be_title(text)
            || self.title_ends.knows(ending(text.as_bytes()))
            || text.ends_with('.')
    }

    /// A whole name without a title before it: its last word may be a surname.
    fn full(&self, text: &str) -> Judged {
        changed(text, self.untitled(text))
    }

    /// What stands behind titles at the start.
    fn untitled<'n>(&self, text: &'n str) -> &'n str {
        let mut rest = bare(text);
        while self.may_be_title(rest)
            && let Some((start, more)) = rest.split_once(' ')
            && self.is_title(start)
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
