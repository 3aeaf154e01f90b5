//! What the values of a column look like.

use super::meaning::Meaning;
use crate::document::State;
use crate::model::Title;

macro_rules! shapes {
    ($($(#[doc = $doc:literal])+ $shape:ident = $name:literal, $is:expr;)+) => {
        /// What a value can look like.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Shape { $($(#[doc = $doc])+ $shape,)+ }

        impl Shape {
            const TABLE: &'static [(Self, fn(&str) -> bool)] = &[$((Self::$shape, $is),)+];

            /// What values of this shape are called.
            pub(super) fn name(self) -> &'static str {
                match self { $(Self::$shape => $name,)+ }
            }
        }
    };
}

shapes! {
    /// Three numbers that can be day, month and year.
    Date = "dates", |text| date(text).is_some();
    /// A date and a time behind it.
    DateTime = "dates with a time", date_time;
    /// A time of day.
    Time = "times", time;
    /// A year alone.
    Year = "years", |text| text.len() == 4 && number(text).is_some_and(|year| (1900..2100).contains(&year));
    /// A code or word of a sex.
    Sex = "codes of a sex", |text| one_of(text, SEXES);
    /// A state, in any form.
    Country = "states", country;
    /// An address with `@`.
    Email = "e-mail addresses", email;
    /// Digits with `+`, blanks, brackets.
    Phone = "telephone numbers", phone;
    /// International bank account number (ISO 13616), by its check digits.
    Iban = "bank accounts", iban;
    /// Number of a payment card, by its length and check digit (ISO/IEC 7812).
    Card = "card numbers", card;
    /// Letters and digits, with a digit among them, of the length of document numbers.
    Number = "numbers of documents or tickets", code;
    /// A civil title.
    Title = "titles", |text| Title::from_token(text.trim_matches('.')).is_some();
    /// UN/LOCODE.
    Locode = "UN/LOCODE", locode;
    /// UIC code of a station.
    Station = "codes of stations", station;
    /// A whole number up to 120.
    Small = "small numbers", |text| number(text).is_some_and(|number| number <= 120);
    /// A whole number.
    Integer = "numbers", |text| number(text).is_some();
    /// Letters, and what stands between the words of a name.
    Letters = "words", letters;
    /// Yes or no.
    Truth = "yes or no", |text| one_of(text, TRUTHS);
    /// Few letters and digits.
    Short = "short codes", |text| text.chars().count() <= 8;
}

const SEXES: &[&str] = &[
    "m",
    "f",
    "x",
    "v",
    "w",
    "h",
    "d",
    "u",
    "male",
    "female",
    "man",
    "vrouw",
    "homme",
    "femme",
    "masculin",
    "feminin",
    "féminin",
    "männlich",
    "weiblich",
    "mann",
    "frau",
    "divers",
    "other",
    "unknown",
];
const TRUTHS: &[&str] = &[
    "y", "n", "yes", "no", "o", "oui", "non", "j", "ja", "nee", "nein", "1", "0", "true", "false",
];

fn one_of(text: &str, words: &[&str]) -> bool {
    let text = text.to_lowercase();
    words.contains(&text.as_str())
}

fn number(text: &str) -> Option<u32> {
    let digits =
        !text.is_empty() && text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// The three numbers of a date as they stand, with the sign between them; a year
/// of four digits leads or ends.
pub(super) fn date(text: &str) -> Option<([u32; 3], char)> {
    let sign = text
        .chars()
        .find(|letter| matches!(letter, '-' | '/' | '.'))?;
    let mut parts = text.split(sign);
    let mut next = || {
        parts
            .next()
            .filter(|part| (1..=4).contains(&part.len()))
            .and_then(number)
    };
    let three = [next()?, next()?, next()?];
    let [first, second, third] = three;
    let year = |year: u32| (1000..3000).contains(&year) || year < 100;
    let day = |one: u32, other: u32| {
        (1..=31).contains(&one) && (1..=31).contains(&other) && one.min(other) <= 12
    };
    let is_date = (first > 999 && day(second, third)) || (year(third) && day(first, second));
    (is_date && parts.next().is_none()).then_some((three, sign))
}

/// A date, and what stands behind it.
pub(super) fn parted(text: &str) -> Option<(&str, &str)> {
    let end = text.find(['T', ' '])?;
    let (day, rest) = (text.get(..end)?, text.get(end + 1..)?);
    date(day).map(|_| (day, rest))
}

fn date_time(text: &str) -> bool {
    parted(text).is_some_and(|(_, rest)| rest.get(..5).is_some_and(time) || time(rest))
}

fn time(text: &str) -> bool {
    let mut parts = text.splitn(3, [':', 'h', 'H', '.']);
    let mut two = || {
        parts
            .next()
            .filter(|part| (1..=2).contains(&part.len()))
            .and_then(number)
    };
    matches!((two(), two()), (Some(hour), Some(minute)) if hour < 24 && minute < 60)
}

fn country(text: &str) -> bool {
    text.len() <= 40 && number(text).is_none() && State::read(text).normal.is_some()
}

fn email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else {
        return false;
    };
    !name.is_empty() && host.contains('.') && !text.contains(' ')
}

fn phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let marks = text
        .chars()
        .all(|letter| letter.is_ascii_digit() || "+ ()-/.".contains(letter));
    let is_marked = text.starts_with(['+', '0', '(']);
    marks && is_marked && (7..=15).contains(&digits) && date(text).is_none()
}

fn iban(text: &str) -> bool {
    let text: String = text.chars().filter(|letter| *letter != ' ').collect();
    if !(15..=34).contains(&text.len()) || !text.is_ascii() {
        return false;
    }
    let (head, body) = text.split_at(4);
    let is_head = head.bytes().take(2).all(|byte| byte.is_ascii_uppercase());
    let digits = body
        .chars()
        .chain(head.chars())
        .map(|letter| letter.to_digit(36));
    let rest = digits.into_iter().try_fold(0_u32, |rest, digit| {
        let digit = digit?;
        let factor = if digit > 9 { 100 } else { 10 };
        Some((rest * factor + digit) % 97)
    });
    is_head && rest == Some(1)
}

fn card(text: &str) -> bool {
    let digits: Option<Vec<u32>> = (text.chars().filter(|letter| *letter != ' '))
        .map(|letter| letter.to_digit(10))
        .collect();
    let Some(digits) = digits.filter(|digits| (13..=19).contains(&digits.len())) else {
        return false;
    };
    let doubled = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| match at % 2 {
            0 => *digit,
            _ => digit * 2 / 10 + digit * 2 % 10,
        });
    doubled.sum::<u32>().is_multiple_of(10)
}

fn code(text: &str) -> bool {
    let signs = text
        .chars()
        .all(|letter| letter.is_ascii_alphanumeric() || " -/.<".contains(letter));
    let digits = text.bytes().any(|byte| byte.is_ascii_digit());
    signs
        && (digits || text == text.to_uppercase())
        && (4..=20).contains(&text.len())
        && date(text).is_none()
}

fn locode(text: &str) -> bool {
    let text: Vec<u8> = text.bytes().filter(|byte| *byte != b' ').collect();
    let [one, two, rest @ ..] = text.as_slice() else {
        return false;
    };
    let place = rest
        .iter()
        .all(|byte| byte.is_ascii_uppercase() || (b'2'..=b'9').contains(byte));
    let state = [char::from(*one), char::from(*two)]
        .iter()
        .collect::<String>();
    rest.len() == 3 && place && State::read(&state).normal.is_some()
}

fn station(text: &str) -> bool {
    (7..=8).contains(&text.len()) && number(text).is_some()
}

fn letters(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
        && text
            .chars()
            .all(|letter| letter.is_alphabetic() || " '’-.,()/<".contains(letter))
}

/// What the values of a column look like, taken together.
pub(super) struct Evidence {
    /// Values that are not blank.
    pub(super) count: usize,
    pub(super) distinct: usize,
    shares: Vec<usize>,
}

impl Evidence {
    pub(super) fn of(values: &[&str]) -> Self {
        let mut distinct: Vec<&str> = values.to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        let share = |is: fn(&str) -> bool| values.iter().filter(|value| is(value)).count();
        Self {
            count: values.len(),
            distinct: distinct.len(),
            shares: Shape::TABLE.iter().map(|(_, is)| share(*is)).collect(),
        }
    }

    /// How many values have a shape.
    pub(super) fn count(&self, shape: Shape) -> usize {
        let at = Shape::TABLE.iter().position(|(known, _)| *known == shape);
        at.and_then(|at| self.shares.get(at))
            .copied()
            .unwrap_or_default()
    }

    /// Whether nine of ten values, and at least two, have a shape.
    pub(super) fn is(&self, shape: Shape) -> bool {
        self.count > 1 && self.count(shape) * 10 >= self.count * 9
    }

    /// Of the shapes that a meaning wants, the one that most values have, with their number.
    pub(super) fn best(&self, shapes: &[Shape]) -> Option<(Shape, usize)> {
        let counts = shapes.iter().map(|shape| (*shape, self.count(*shape)));
        counts.rev().max_by_key(|(_, count)| *count)
    }
}

/// The shapes of the values of a meaning; none where they may look like anything.
pub(super) fn wanted(meaning: Meaning) -> &'static [Shape] {
    use Meaning as M;
    use Shape as S;
    match meaning {
        M::Surname | M::Given | M::Full | M::Middle | M::Prefix | M::BirthPlace => &[S::Letters],
        M::Sex => &[S::Sex],
        M::Title => &[S::Title],
        M::BirthDate => &[S::Date, S::Year, S::DateTime],
        M::BirthYear => &[S::Year, S::Date],
        M::DocumentExpires | M::DocumentIssued | M::VisaExpires => &[S::Date, S::DateTime],
        M::DepartureDate | M::ArrivalDate => &[S::Date, S::DateTime],
        M::Departure | M::Arrival => &[S::DateTime, S::Date, S::Time],
        M::DepartureTime | M::ArrivalTime => &[S::Time, S::DateTime],
        M::Nationality | M::BirthCountry | M::Residence | M::DocumentIssuer | M::AddressCountry => {
            &[S::Country]
        }
        M::Age | M::Bags => &[S::Small],
        M::Email => &[S::Email],
        M::Phone => &[S::Phone],
        M::Transit => &[S::Truth],
        M::DocumentNumber | M::VisaNumber | M::Ticket => &[S::Number, S::Integer],
        M::Locator => &[S::Number, S::Integer, S::Short],
        M::From | M::To => &[S::Locode, S::Station, S::Letters],
        M::Seat | M::Coach => &[S::Short],
        M::Reference => &[S::Integer, S::Number, S::Short],
        _ => &[],
    }
}
