//! Which field a column is: what its header says, held against its values and
//! its neighbours.

use super::header::{self, Word};
use super::lexicon::{Concepts, Lexicon, Sense};
use super::meaning::{Meaning, NEVER, Rules};
use super::values::{Evidence, Shape, wanted};
use crate::format::Confidence;

/// A column of a sample: its header and its values that are not blank.
pub(super) struct Sampled<'a> {
    pub(super) header: &'a str,
    pub(super) values: Vec<&'a str>,
}

/// What a column is taken for.
#[derive(Clone, Debug)]
pub(super) struct Guess {
    pub(super) meaning: Option<Meaning>,
    /// How sure it is: percent.
    pub(super) score: i32,
    pub(super) reason: String,
    /// Whether the words speak of crew.
    pub(super) is_crew: bool,
    neighbour: Neighbour,
}

/// What neighbours want to know of a column.
#[derive(Clone, Copy, Debug, Default)]
struct Neighbour {
    has_values: bool,
    several_words: bool,
}

/// From how many percent on it is so sure.
const LEVELS: [(i32, Confidence); 3] = [
    (90, Confidence::Certain),
    (70, Confidence::Likely),
    (50, Confidence::Possible),
];

pub(super) fn confidence(score: i32) -> Confidence {
    let level = LEVELS.iter().find(|(least, _)| score >= *least);
    level.map_or(Confidence::No, |(_, level)| *level)
}

/// A word that nobody knows costs so much of a hundred.
const UNKNOWN: i32 = 20;
/// What an ambiguous header comes to at most.
const AMBIGUOUS: i32 = 80;
/// Ways to understand a header that are looked at.
const WAYS: usize = 64;
/// What values that fit add, and what others take away.
const FITTING: i32 = 8;
const UNFITTING: i32 = 55;

/// Takes each column for something, or leaves it open.
pub(super) fn classify(columns: &[Sampled<'_>], lexicon: &Lexicon) -> Vec<Guess> {
    let rules = Rules::new(lexicon);
    let words: Vec<Vec<Word>> = columns
        .iter()
        .map(|column| header::read(column.header, lexicon))
        .collect();
    let languages = languages(&words, lexicon);
    let each = columns.iter().zip(&words);
    let mut guesses: Vec<Guess> = each
        .map(|(column, words)| column_alone(column, words, languages, lexicon, &rules))
        .collect();
    names_beside_each_other(&mut guesses);
    times_beside_stops(&mut guesses);
    once_each(&mut guesses);
    guesses
}

/// The languages in which most words of all headers are known; all where few are.
fn languages(headers: &[Vec<Word>], lexicon: &Lexicon) -> u16 {
    const FEW: usize = 4;
    let words = || {
        headers
            .iter()
            .flatten()
            .filter(|word| !word.parts.is_empty())
    };
    let known = |bit: usize| {
        let speaks = |sense: &Sense| sense.languages & (1 << bit) != 0;
        let whole = |word: &&Word| word.parts.iter().all(|senses| senses.iter().any(speaks));
        words().filter(whole).count()
    };
    let counts: Vec<usize> = (0..lexicon.spoken()).map(known).collect();
    let most = counts.iter().copied().max().unwrap_or_default();
    if words().count() < FEW {
        return u16::MAX;
    }
    let spoken = counts.iter().zip(0..).filter(|(count, _)| **count == most);
    spoken.fold(0, |all, (_, bit)| all | 1 << bit)
}

/// The senses of a part in the languages of the file; all where it has none there.
fn within(senses: &[Sense], languages: u16) -> Vec<Sense> {
    let spoken: Vec<Sense> = senses
        .iter()
        .filter(|sense| sense.languages & languages != 0)
        .copied()
        .collect();
    if spoken.is_empty() {
        senses.to_vec()
    } else {
        spoken
    }
}

/// Every way to understand the words, up to a bound.
fn ways(words: &[Word], languages: u16) -> Vec<Vec<Sense>> {
    let mut ways = vec![Vec::new()];
    for senses in words.iter().flat_map(|word| &word.parts) {
        let senses = within(senses, languages);
        if ways.len() * senses.len() > WAYS {
            break;
        }
        let longer = ways.iter().flat_map(|way| {
            senses.iter().map(move |sense| {
                let mut way: Vec<Sense> = way.clone();
                way.push(*sense);
                way
            })
        });
        ways = longer.collect();
    }
    ways
}

struct Reading {
    meaning: Meaning,
    score: i32,
    senses: Vec<Sense>,
}

/// The likeliest meaning of some words, and how sure it is.
type Best = Option<(Meaning, i32)>;

/// What the words say, and how surely.
fn read(words: &[Word], languages: u16, rules: &Rules) -> Option<Reading> {
    let unknown = words.iter().filter(|word| word.parts.is_empty()).count();
    let unknown = i32::try_from(unknown)
        .unwrap_or(i32::MAX)
        .saturating_mul(UNKNOWN);
    let bits = |way: &Vec<Sense>| {
        way.iter()
            .fold(0, |all: Concepts, sense| all | sense.concept.bit())
    };
    let mut readings: Vec<(Best, Vec<Sense>)> = ways(words, languages)
        .into_iter()
        .map(|way| (rules.best(bits(&way)), way))
        .collect();
    readings.sort_by_key(|(best, _)| std::cmp::Reverse(best.map_or(0, |(_, score)| score)));
    let least = confidence_floor();
    let differs = |meaning: Meaning| {
        let other = |(best, _): &(Option<(Meaning, i32)>, _)| {
            best.filter(|best| best.1 >= least).map(|best| best.0) != Some(meaning)
        };
        readings.iter().any(other)
    };
    let (meaning, score) = readings.first()?.0?;
    let cap = if differs(meaning) { AMBIGUOUS } else { 100 };
    let senses = readings.first()?.1.clone();
    Some(Reading {
        meaning,
        score: score.min(cap).saturating_sub(unknown),
        senses,
    })
}

fn confidence_floor() -> i32 {
    LEVELS
        .iter()
        .map(|(least, _)| *least)
        .min()
        .unwrap_or_default()
}

fn column_alone(
    column: &Sampled<'_>,
    words: &[Word],
    languages: u16,
    lexicon: &Lexicon,
    rules: &Rules,
) -> Guess {
    let evidence = Evidence::of(&column.values);
    let is_crew = says(words, lexicon, "crew");
    let mut guess = match read(words, languages, rules) {
        Some(reading) if reading.score >= confidence_floor() => {
            by_header(reading, &evidence, lexicon)
        }
        _ => by_values(&evidence),
    };
    let spaced = column
        .values
        .iter()
        .filter(|value| value.contains([' ', ',']));
    guess.neighbour.several_words = spaced.count() * 2 > evidence.count;
    guess.neighbour.has_values = evidence.count > 0;
    guess.is_crew = is_crew;
    guess
}

fn says(words: &[Word], lexicon: &Lexicon, concept: &str) -> bool {
    let concept = lexicon.concept(concept);
    let senses = words.iter().flat_map(|word| &word.parts).flatten();
    senses
        .into_iter()
        .any(|sense| Some(sense.concept) == concept)
}

fn guess(meaning: Option<Meaning>, score: i32, reason: String) -> Guess {
    Guess {
        meaning,
        score,
        reason,
        is_crew: false,
        neighbour: Neighbour::default(),
    }
}

/// The header says it; the values may speak for or against it.
fn by_header(reading: Reading, evidence: &Evidence, lexicon: &Lexicon) -> Guess {
    let said = said(&reading.senses, lexicon);
    let (meaning, about) = (reading.meaning, reading.meaning.about());
    if NEVER.contains(&meaning) {
        return guess(
            Some(meaning),
            reading.score,
            format!("{about} ({said}): left out on purpose"),
        );
    }
    if let Some(reason) = secret(evidence) {
        return guess(None, 0, format!("{about} ({said}), but {reason}"));
    }
    let wanted = wanted(meaning);
    let best = evidence.best(wanted).filter(|_| evidence.count > 0);
    let Some((shape, fitting)) = best else {
        return guess(Some(meaning), reading.score, format!("{about} ({said})"));
    };
    let (count, name) = (evidence.count, shape.name());
    let reason = format!("{about} ({said}); {fitting} of {count} values are {name}");
    let score = match fitting * 10 {
        tenths if tenths >= count * 8 && count > 1 => (reading.score + FITTING).min(99),
        tenths if tenths >= count * 5 => reading.score,
        _ => reading.score - UNFITTING,
    };
    if score < confidence_floor() {
        return guess(None, score, reason);
    }
    guess(Some(meaning), score, reason)
}

/// Numbers that have nothing to seek in a passenger list, whatever the header.
fn secret(evidence: &Evidence) -> Option<&'static str> {
    [
        (Shape::Iban, "the values are bank accounts: left out"),
        (Shape::Card, "the values are card numbers: left out"),
    ]
    .into_iter()
    .find_map(|(shape, reason)| evidence.is(shape).then_some(reason))
}

/// The concepts of a header, with the languages in which they were said.
fn said(senses: &[Sense], lexicon: &Lexicon) -> String {
    let concepts = senses.iter().map(|sense| lexicon.name(sense.concept));
    let concepts: Vec<&str> = concepts.filter(|name| *name != "of").collect();
    let common = senses
        .iter()
        .fold(u16::MAX, |all, sense| all & sense.languages);
    let languages = lexicon.languages(common);
    if languages.is_empty() || languages.len() == lexicon.spoken() {
        return format!("the header says {}", concepts.join(", "));
    }
    format!(
        "the header says {}, {}",
        concepts.join(", "),
        languages.join(" or ")
    )
}

/// What values of a shape are taken for where the header says nothing, and how surely.
const BY_VALUES: [(Shape, Meaning, i32); 5] = [
    (Shape::Email, Meaning::Email, 80),
    (Shape::Sex, Meaning::Sex, 65),
    (Shape::Title, Meaning::Title, 65),
    (Shape::DateTime, Meaning::Departure, 50),
    (Shape::Phone, Meaning::Phone, 60),
];
/// Shapes that help whoever decides, and that leave it open here.
const HINTS: [Shape; 7] = [
    Shape::Date,
    Shape::Time,
    Shape::Country,
    Shape::Locode,
    Shape::Station,
    Shape::Number,
    Shape::Letters,
];

/// The header says nothing that is known.
fn by_values(evidence: &Evidence) -> Guess {
    if let Some(reason) = secret(evidence) {
        return guess(None, 0, reason.to_owned());
    }
    let found = BY_VALUES.iter().find(|(shape, ..)| evidence.is(*shape));
    if let Some((shape, meaning, score)) = found {
        let reason = format!(
            "{}; {} of {} values are {}",
            meaning.about(),
            evidence.count(*shape),
            evidence.count,
            shape.name()
        );
        return guess(Some(*meaning), *score, reason);
    }
    let hint = HINTS.iter().find(|shape| evidence.is(**shape));
    let reason = match hint {
        Some(shape) => format!(
            "the header is not known; the values are {}, {} different",
            shape.name(),
            evidence.distinct
        ),
        None => "the header is not known".to_owned(),
    };
    guess(None, 0, reason)
}

/// A name beside given names is a family name; one that stands alone may be the whole.
fn names_beside_each_other(guesses: &mut [Guess]) {
    let has = |meaning: Meaning| {
        guesses
            .iter()
            .any(|guess| guess.meaning == Some(meaning) && guess.score >= 70)
    };
    let (given, surname) = (
        has(Meaning::Given),
        guesses.iter().any(|guess| {
            guess.meaning == Some(Meaning::Surname) && guess.score > AMBIGUOUS + FITTING
        }),
    );
    for guess in guesses {
        let whole_name = guess.neighbour.has_values && guess.neighbour.several_words;
        match guess.meaning {
            Some(Meaning::Full) if given && !surname && guess.score <= AMBIGUOUS + FITTING => {
                guess.meaning = Some(Meaning::Surname);
                guess.score = 85;
                guess.reason.push_str("; given names stand beside it");
            }
            Some(Meaning::Surname) if given && guess.score <= AMBIGUOUS + FITTING => {
                guess.score = 92;
                guess.reason.push_str("; given names stand beside it");
            }
            Some(Meaning::Surname)
                if !given && whole_name && guess.score <= AMBIGUOUS + FITTING =>
            {
                guess.meaning = Some(Meaning::Full);
                guess.score = 70;
                guess.reason.push_str(
                    "; no given names stand beside it, and most values have several words",
                );
            }
            _ => {}
        }
    }
}

/// A date or time without a word for what it is belongs to the journey of the list,
/// where the list has its stops.
fn times_beside_stops(guesses: &mut [Guess]) {
    let has = |meaning| guesses.iter().any(|guess| guess.meaning == Some(meaning));
    if !has(Meaning::From) || !has(Meaning::To) {
        return;
    }
    for guess in guesses {
        let bare = matches!(
            guess.meaning,
            Some(Meaning::DepartureDate | Meaning::DepartureTime)
        );
        if bare && guess.score < 70 {
            guess.score = 75;
            guess
                .reason
                .push_str("; the stops of a journey stand beside it");
        }
    }
}

/// What a list may have several columns of.
const SEVERAL: [Meaning; 3] = [Meaning::Phone, Meaning::Email, Meaning::Middle];

/// Two columns that are the same: the surer one is it.
fn once_each(guesses: &mut [Guess]) {
    let taken: Vec<(Option<Meaning>, i32)> = guesses
        .iter()
        .map(|guess| (guess.meaning, guess.score))
        .collect();
    for (at, guess) in guesses.iter_mut().enumerate() {
        let Some(meaning) = guess.meaning else {
            continue;
        };
        if SEVERAL.contains(&meaning) || meaning.field().is_none() {
            continue;
        }
        let surer = |(other, (known, score)): (usize, &(Option<Meaning>, i32))| {
            *known == Some(meaning)
                && (*score > guess.score || (*score == guess.score && other < at))
        };
        if taken.iter().enumerate().any(surer) {
            guess.meaning = None;
            guess.score = 0;
            guess.reason.push_str("; another column is it more surely");
        }
    }
}
