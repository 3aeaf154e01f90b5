//! Walks a text with the rules and puts its spellings together.

use unicode_normalization::char::is_combining_mark;

use super::prepare::{base, language, letters};
use super::rules::{Place, Rule, Rules, Spelling};

/// No text of more letters with a choice gets more spellings than its first
/// letters give: work stays bounded.
const CHOICES: usize = 24;

/// No text has more spellings than this, whatever the caller asks for.
const MOST: usize = 64;

/// One piece of the text, in order.
#[derive(Clone, Copy, Debug)]
pub(super) enum Slot {
    /// A rule of this number holds.
    Rule(u16),
    /// The letter stays.
    Letter(char),
    /// The piece before is written twice (shadda, small tsu).
    Again,
}

/// A text cut into slots.
pub(super) struct Spelt<'r> {
    rules: &'r Rules,
    slots: Vec<Slot>,
}

/// Vowels that no letter writes are rules of these keys.
const ARABIC_VOWEL: char = '◌';
const HEBREW_VOWEL: char = '◍';

/// Cuts a text into slots.
pub(super) fn spell<'r>(text: &str, rules: &'r Rules) -> Spelt<'r> {
    let letters = letters(text);
    cut(&letters, rules, language(&letters))
}

/// Cuts a text of a known language into slots.
pub(super) fn spell_as<'r>(text: &str, rules: &'r Rules, language: &'static str) -> Spelt<'r> {
    cut(&letters(text), rules, language)
}

fn cut<'r>(letters: &[char], rules: &'r Rules, language: &'static str) -> Spelt<'r> {
    let mut walk = Walk {
        rules,
        language,
        solid: solid(letters),
        letters,
        slots: Vec::with_capacity(letters.len()),
        consonant: false,
        restart: 0,
    };
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        at += walk.step(at, letter);
    }
    Spelt {
        rules,
        slots: walk.slots,
    }
}

struct Walk<'r, 't> {
    rules: &'r Rules,
    letters: &'t [char],
    language: &'static str,
    solid: bool,
    slots: Vec<Slot>,
    /// The last slot was a consonant of a script without vowels.
    consonant: bool,
    /// Where the word goes on after a prefix as if it started.
    restart: usize,
}

impl Walk<'_, '_> {
    /// Puts the slots of the longest rule that holds here; says how many letters it took.
    fn step(&mut self, at: usize, letter: char) -> usize {
        let rules = self.rules;
        let found = rules
            .starting(letter)
            .find(|(_, rule)| self.holds(rule, at))
            .filter(|_| !matches!(letter, ARABIC_VOWEL | HEBREW_VOWEL));
        match found {
            Some((id, rule)) => {
                self.vocalise(at, rule);
                self.slots.push(Slot::Rule(id));
                if rule.place.prefix {
                    self.restart = at + rule.key.len();
                    self.consonant = false;
                }
                if rule.place.surname && self.solid {
                    self.slots.push(Slot::Letter(' '));
                }
                rule.key.len()
            }
            None => {
                self.plain(letter);
                1
            }
        }
    }

    fn plain(&mut self, letter: char) {
        self.consonant = false;
        match letter {
            'ّ' | 'ッ' => self.slots.push(Slot::Again),
            mark if is_combining_mark(mark) => {}
            letter => self
                .slots
                .push(Slot::Letter(base(letter).to_ascii_uppercase())),
        }
    }

    fn holds(&self, rule: &Rule, at: usize) -> bool {
        let end = at + rule.key.len();
        (rule.language.is_empty() || rule.language == self.language)
            && self.letters.get(at..end) == Some(&rule.key)
            && self.stands(&rule.place, at, end)
    }

    fn stands(&self, place: &Place, at: usize, end: usize) -> bool {
        let last = at.checked_sub(1).and_then(|i| self.letters.get(i));
        let next = self.letters.get(end);
        let starts = self.starts(at);
        let ends = !next.is_some_and(|&l| in_word(l));
        let far = self.letters.get(end + 2);
        (!place.start || starts)
            && (!place.prefix || far.is_some_and(|&l| in_word(l)))
            && (!place.end || ends)
            && (!place.surname || (starts && (ends || (self.solid && at == 0))))
            && (place.next.is_empty() || next.is_some_and(|&l| place.next.contains(l)))
            && (place.last.is_empty() || last.is_some_and(|&l| place.last.contains(l)))
    }

    fn starts(&self, at: usize) -> bool {
        let last = at.checked_sub(1).and_then(|i| self.letters.get(i));
        at == self.restart || !last.is_some_and(|&l| in_word(l))
    }

    /// Between two consonants of Arabic or Hebrew stands a vowel that nobody wrote.
    fn vocalise(&mut self, at: usize, rule: &Rule) {
        let consonant = abjad(rule);
        if let (Some(key), true) = (consonant, self.consonant) {
            let found = self
                .rules
                .starting(key)
                .find(|(_, vowel)| self.fits(vowel, at, rule.key.len()));
            self.slots.extend(found.map(|(id, _)| Slot::Rule(id)));
        }
        self.consonant = consonant.is_some();
    }

    /// `^` is the gap after the first letter of the word, `$` the one before the last.
    fn fits(&self, vowel: &Rule, at: usize, taken: usize) -> bool {
        let after = self.letters.get(at + taken);
        let last = at.checked_sub(1).and_then(|i| self.letters.get(i));
        let next = self.letters.get(at);
        let place = &vowel.place;
        (vowel.language.is_empty() || vowel.language == self.language)
            && (!place.start || self.starts(at.saturating_sub(1)))
            && (!place.end || !after.is_some_and(|&l| in_word(l)))
            && (place.next.is_empty() || next.is_some_and(|&l| place.next.contains(l)))
            && (place.last.is_empty() || last.is_some_and(|&l| place.last.contains(l)))
    }
}

fn in_word(letter: char) -> bool {
    letter.is_alphanumeric() || is_combining_mark(letter)
}

/// The key of the unwritten vowels that may stand beside this rule's letter.
fn abjad(rule: &Rule) -> Option<char> {
    let main = rule.spellings.first()?.text;
    let open = |text: &str| text.is_empty() || text.starts_with(['A', 'E', 'I', 'O', 'U']);
    match rule.key.as_slice() {
        [letter, ..] if rule.key.len() > 2 || open(main) || !letter.is_alphabetic() => None,
        ['\u{0620}'..='\u{06FF}', ..] => Some(ARABIC_VOWEL),
        ['\u{05D0}'..='\u{05F4}', ..] => Some(HEBREW_VOWEL),
        _ => None,
    }
}

/// One word of two to four Korean syllables or Chinese characters: a name whose
/// surname stands first, without a blank.
fn solid(letters: &[char]) -> bool {
    let syllable =
        |letter: char| matches!(letter, '\u{1100}'..='\u{1112}' | '\u{3400}'..='\u{9FFF}');
    let korean_or_chinese =
        |letter: char| syllable(letter) || matches!(letter, '\u{1161}'..='\u{11C2}');
    let syllables = letters.iter().filter(|&&letter| syllable(letter)).count();
    (2..=4).contains(&syllables) && letters.iter().all(|&letter| korean_or_chinese(letter))
}

impl Spelt<'_> {
    /// The spelling of main ways only.
    pub(super) fn main(&self) -> String {
        self.write(|_| 0)
    }

    /// The cheapest spellings, main first, without repeats.
    pub(super) fn cheapest(&self, limit: usize) -> Vec<String> {
        let limit = limit.min(MOST);
        let choices = self.choices();
        let mut texts: Vec<String> = Vec::with_capacity(limit);
        for pick in picks(&choices.costs, limit.saturating_mul(2)) {
            if texts.len() >= limit {
                break;
            }
            let text = self.write(|slot| pick.of(choices.places.get(slot)));
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts
    }

    /// What has more than one spelling; linked rules are one choice, and so is
    /// one rule wherever it holds.
    fn choices(&self) -> Choices<'_> {
        let mut choices = Choices::default();
        for slot in &self.slots {
            let rule = match *slot {
                Slot::Rule(id) => self.rules.get(id).map(|rule| (id, rule)),
                _ => None,
            };
            let many = rule.filter(|(_, rule)| rule.spellings.len() > 1);
            let place = many.and_then(|(id, rule)| choices.place(id, rule));
            choices.places.push(place);
        }
        choices
    }

    /// Writes the slots, each in the way that its index picks.
    fn write(&self, pick: impl Fn(usize) -> usize) -> String {
        let mut text = String::with_capacity(self.slots.len() * 2);
        let mut start = 0;
        for (index, slot) in self.slots.iter().enumerate() {
            match *slot {
                Slot::Again => start = repeat(&mut text, start),
                Slot::Letter(letter) => {
                    start = text.len();
                    text.push(letter);
                }
                Slot::Rule(id) => {
                    start = text.len();
                    text.extend(self.spelling(id, pick(index)).chars().map(blank));
                }
            }
        }
        text
    }

    fn spelling(&self, id: u16, pick: usize) -> &'static str {
        let spellings = self.rules.get(id).map_or(&[][..], |rule| &rule.spellings);
        spellings
            .get(pick)
            .or(spellings.last())
            .map_or("", |spelling| spelling.text)
    }
}

/// A table writes a blank within a spelling as a low line.
fn blank(letter: char) -> char {
    if letter == '_' { ' ' } else { letter }
}

/// Writes what stands from `start` once more; says where the repetition starts.
fn repeat(text: &mut String, start: usize) -> usize {
    let again = text.get(start..).unwrap_or_default().to_owned();
    let start = text.len();
    text.push_str(&again);
    start
}

/// The choices of a text, and the place among them of each slot that has one.
#[derive(Default)]
struct Choices<'r> {
    known: Vec<Choice>,
    costs: Vec<&'r [Spelling]>,
    places: Vec<Option<usize>>,
}

#[derive(PartialEq, Eq)]
enum Choice {
    Rule(u16),
    Link(&'static str),
}

impl<'r> Choices<'r> {
    fn place(&mut self, id: u16, rule: &'r Rule) -> Option<usize> {
        let choice = match rule.link {
            "" => Choice::Rule(id),
            link => Choice::Link(link),
        };
        let found = self.known.iter().position(|known| *known == choice);
        if found.is_some() || self.known.len() >= CHOICES {
            return found;
        }
        self.known.push(choice);
        self.costs.push(&rule.spellings);
        Some(self.known.len() - 1)
    }
}

/// One spelling of each choice.
#[derive(Clone, Copy)]
struct Pick {
    cost: u16,
    ways: [u8; CHOICES],
}

impl Pick {
    fn of(&self, place: Option<&Option<usize>>) -> usize {
        let way = place.and_then(|place| self.ways.get((*place)?));
        way.map_or(0, |&way| usize::from(way))
    }

    fn with(&self, place: usize, way: usize, cost: u8) -> Self {
        let mut next = *self;
        next.cost = next.cost.saturating_add(u16::from(cost));
        if let (Some(slot), Ok(way)) = (next.ways.get_mut(place), u8::try_from(way)) {
            *slot = way;
        }
        next
    }
}

/// The cheapest picks in order: what is among the `width` cheapest of all is
/// among the `width` cheapest of every beginning.
fn picks(costs: &[&[Spelling]], width: usize) -> Vec<Pick> {
    let none = Pick {
        cost: 0,
        ways: [0; CHOICES],
    };
    let mut picks = vec![none];
    for (place, spellings) in costs.iter().enumerate() {
        let mut longer: Vec<Pick> = Vec::with_capacity(picks.len() * spellings.len());
        for pick in &picks {
            let ways = spellings.iter().enumerate();
            longer.extend(ways.map(|(way, spelling)| pick.with(place, way, spelling.cost)));
        }
        longer.sort_by_key(|pick| pick.cost);
        longer.truncate(width.max(1));
        picks = longer;
    }
    picks
}
