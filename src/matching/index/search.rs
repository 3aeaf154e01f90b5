//! From a query to the names it may be.

use super::Candidate;
use super::keys::telling;
use super::rank::{CLOSER, Scratch, Slot, Wanted};
use super::store::{Store, gain, says};
use crate::matching::lexicon::Role;
use crate::matching::matcher::Matcher;
use crate::matching::phonetic;
use crate::matching::prepared::{Prepared, Token, mask};

/// Names that are scored at most, or twice the limit if that is greater.
const SCORED: usize = 50;
/// Letters of two words that must occur in both to compare them, in hundredths.
const LETTERS: u32 = 50;
/// Quality below which a word of the list is not taken for one of the query.
const FLOOR: f32 = 0.7;

/// A word to look for, and how much it says.
struct Sought<'q> {
    letters: &'q [u8],
    token: Token,
}

pub(super) fn search<Id: Clone + PartialEq>(
    matcher: &Matcher,
    store: &Store<Id>,
    query: &Prepared,
    limit: usize,
    threshold: f32,
    scratch: &mut Scratch,
) -> Vec<Candidate<Id>> {
    let slots = look_up(matcher, store, query, &mut scratch.seen);
    let wanted = Wanted {
        slots: &slots,
        says: says(query),
        initials: &initials(query),
    };
    let chosen = scratch.best(store, &wanted, SCORED.max(limit.saturating_mul(2)));
    let mut candidates: Vec<Candidate<Id>> = Vec::new();
    for place in chosen {
        let Some((id, name)) = store.get(place) else {
            continue;
        };
        let score = matcher.score(query, name);
        if score >= threshold {
            candidates.push(Candidate {
                id: id.clone(),
                score,
                name: store.turn(place),
            });
        }
    }
    candidates.sort_by(|x, y| y.score.total_cmp(&x.score).then(x.name.cmp(&y.name)));
    first_of_each(candidates, limit)
}

/// The ids of the names that a search looks at word by word, each once.
pub(super) fn candidates<Id: Clone + PartialEq>(
    matcher: &Matcher,
    store: &Store<Id>,
    query: &Prepared,
    scratch: &mut Scratch,
) -> Vec<Id> {
    let slots = look_up(matcher, store, query, &mut scratch.seen);
    let mut ids: Vec<Id> = Vec::new();
    for place in scratch.close(store, &slots, CLOSER) {
        if let Some((id, _)) = store.get(place)
            && !ids.contains(id)
        {
            ids.push(id.clone());
        }
    }
    ids
}

/// Each id once, with its best name.
fn first_of_each<Id: Clone + PartialEq>(
    candidates: Vec<Candidate<Id>>,
    limit: usize,
) -> Vec<Candidate<Id>> {
    let mut out: Vec<Candidate<Id>> = Vec::with_capacity(limit.min(candidates.len()));
    for candidate in candidates {
        if out.len() >= limit {
            break;
        }
        if !out.iter().any(|other| other.id == candidate.id) {
            out.push(candidate);
        }
    }
    out
}

/// The letters that stand for names in a query.
fn initials(query: &Prepared) -> Vec<u8> {
    let words = query.words().iter();
    let initials = words.filter(|word| word.role == Role::Initial);
    initials
        .filter_map(|word| query.text(word).first().copied())
        .collect()
}

/// For every word of the query the words of the list that it may be.
fn look_up<Id>(
    matcher: &Matcher,
    store: &Store<Id>,
    query: &Prepared,
    seen: &mut Vec<u32>,
) -> Vec<Slot> {
    let mut slots: Vec<Slot> = Vec::new();
    for word in 0..query.words().len() {
        let mut words = Vec::new();
        for token in query
            .tokens
            .iter()
            .filter(|token| usize::from(token.word) == word && telling(query, token))
        {
            let sought = Sought {
                letters: query.text(token),
                token: *token,
            };
            resembling(matcher, store, &sought, seen, &mut words);
            halves(store, &sought, &mut words);
        }
        let glued = query.span(word, 2);
        if !glued.is_empty() {
            resembling(matcher, store, &glue(query, word, glued), seen, &mut words);
        }
        words.sort_unstable_by_key(|&(word, gain)| (word, std::cmp::Reverse(gain)));
        words.dedup_by_key(|(word, _)| *word);
        words.sort_unstable_by_key(|&(word, gain)| (std::cmp::Reverse(gain), word));
        let names = words
            .iter()
            .map(|&(word, _)| store.having(word).len())
            .sum();
        slots.push(Slot { words, names });
    }
    slots
}

/// Two words of the query run together.
fn glue<'q>(query: &Prepared, word: usize, letters: &'q [u8]) -> Sought<'q> {
    let tokens = || query.words().iter().skip(word).take(2);
    let mask = mask(letters);
    let token = Token {
        skeleton: phonetic::of(letters),
        mask,
        kinds: mask.count_ones() as u8,
        weight: tokens().map(|token| token.weight).sum(),
        len: letters.len() as u8,
        ..Token::default()
    };
    Sought { letters, token }
}

fn resembling<Id>(
    matcher: &Matcher,
    store: &Store<Id>,
    sought: &Sought<'_>,
    seen: &mut Vec<u32>,
    words: &mut Vec<(u32, u16)>,
) {
    let list = store.words();
    list.near(sought.letters, &sought.token, seen);
    let mut likeness = matcher.likeness(sought.letters, &sought.token);
    for &word in seen.iter() {
        let token = list.token(word);
        if !shares(&sought.token, &token) {
            continue;
        }
        let quality = likeness.of(list.text(word), &token);
        if let Some(quality) = quality.filter(|quality| *quality >= FLOOR) {
            words.push((word, gain(quality, sought.token.weight)));
        }
    }
}

/// Whether two words have enough letters in common to be alike, or may be forms
/// of one name.
#[inline]
fn shares(word: &Token, other: &Token) -> bool {
    let (both, either) = (word.mask & other.mask, word.mask | other.mask);
    both.count_ones() * 100 >= either.count_ones() * LETTERS
        || word.kin[0] != 0 && other.kin[0] != 0
}

/// Two words of the list that one word of the query was made of.
fn halves<Id>(store: &Store<Id>, sought: &Sought<'_>, words: &mut Vec<(u32, u16)>) {
    let letters = sought.letters;
    for at in 3..letters.len().saturating_sub(2) {
        let (head, tail) = letters.split_at(at);
        for half in [head, tail] {
            if let Some(word) = store.words().find(half) {
                let share = half.len() as f32 / letters.len() as f32;
                words.push((word, gain(0.95, share * sought.token.weight)));
            }
        }
    }
}
