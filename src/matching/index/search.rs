//! From a query to the names it may be.

use super::Candidate;
use super::keys::{Keys, telling};
use super::store::Store;
use crate::matching::matcher::Matcher;
use crate::matching::phonetic;
use crate::matching::prepared::{Prepared, Token, mask};

/// Words of the list that are compared with one word of the query at most.
const LOOKS: usize = 4096;
/// Places in lists of names that one search reads at most, but for the rarest
/// word.
const READS: usize = 40_000;
/// Names that are scored at most, or four times the limit.
const SCORED: usize = 160;
/// Share of the best sum of words that a name needs to be scored.
const SHARE: u32 = 45;

/// A word to look for, and how much it says.
struct Sought<'q> {
    letters: &'q [u8],
    token: Token,
}

/// Words of the list that one word of the query may be.
struct Found {
    /// Number of the word, and what a name gains by it.
    words: Vec<(u32, u32)>,
    names: usize,
}

pub(super) fn search<Id: Clone + PartialEq>(
    matcher: &Matcher,
    store: &Store<Id>,
    query: &Prepared,
    limit: usize,
    threshold: f32,
) -> Vec<Candidate<Id>> {
    let mut found = look_up(matcher, store, query);
    found.sort_by_key(|found| found.names);
    let sums = Sums::collect(store, &found);
    let mut candidates: Vec<Candidate<Id>> = Vec::new();
    for turn in sums.best(SCORED.max(limit.saturating_mul(4))) {
        let Some((id, name)) = store.get(turn) else { continue };
        let score = matcher.score(query, name);
        if score >= threshold {
            candidates.push(Candidate { id: id.clone(), score, name: turn });
        }
    }
    candidates.sort_by(|x, y| y.score.total_cmp(&x.score).then(x.name.cmp(&y.name)));
    first_of_each(candidates, limit)
}

/// Each id once, with its best name.
fn first_of_each<Id: Clone + PartialEq>(candidates: Vec<Candidate<Id>>, limit: usize) -> Vec<Candidate<Id>> {
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

/// For every word of the query the words of the list that it may be.
fn look_up<Id>(matcher: &Matcher, store: &Store<Id>, query: &Prepared) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut seen = Vec::new();
    for word in 0..query.words().len() {
        let mut words = Vec::new();
        for token in query.tokens.iter().filter(|token| usize::from(token.word) == word && telling(query, token)) {
            let sought = Sought { letters: query.text(token), token: *token };
            resembling(matcher, store, &sought, &mut seen, &mut words);
            halves(store, &sought, &mut words);
        }
        let glued = query.span(word, 2);
        if !glued.is_empty() {
            resembling(matcher, store, &glue(query, word, glued), &mut seen, &mut words);
        }
        words.sort_unstable_by_key(|&(word, gain)| (word, std::cmp::Reverse(gain)));
        words.dedup_by_key(|(word, _)| *word);
        let names = words.iter().filter_map(|&(word, _)| store.word(word)).map(|(_, _, names)| names.len()).sum();
        found.push(Found { words, names });
    }
    found
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
    words: &mut Vec<(u32, u32)>,
) {
    seen.clear();
    for &key in Keys::of(sought.letters, sought.token.skeleton, &sought.token.kin).list() {
        seen.extend(store.having(key).iter().take(LOOKS.saturating_sub(seen.len())));
    }
    seen.sort_unstable();
    seen.dedup();
    let mut likeness = matcher.likeness(sought.letters, &sought.token);
    for &word in seen.iter() {
        let Some((letters, token, _)) = store.word(word) else { continue };
        if let Some(quality) = likeness.of(letters, token) {
            words.push((word, gain(quality, sought.token.weight)));
        }
    }
}

/// Two words of the list that one word of the query was made of.
fn halves<Id>(store: &Store<Id>, sought: &Sought<'_>, words: &mut Vec<(u32, u32)>) {
    let letters = sought.letters;
    for at in 3..letters.len().saturating_sub(2) {
        let (head, tail) = letters.split_at(at);
        for half in [head, tail] {
            if let Some(word) = store.exact(half) {
                let share = half.len() as f32 / letters.len() as f32;
                words.push((word, gain(0.95, share * sought.token.weight)));
            }
        }
    }
}

/// What a name gains by a word, in thousandths.
#[inline]
fn gain(quality: f32, weight: f32) -> u32 {
    ((quality - 0.4) * (0.15 + weight) * 1600.0) as u32
}

/// Sums by name: an open hash table that lives for one search.
struct Sums {
    places: Vec<Place>,
    mask: usize,
}

#[derive(Clone, Copy, Default)]
struct Place {
    /// Turn of the name plus one, 0 if free.
    name: u32,
    sum: u32,
    /// The last word counted and what it gave.
    word: u32,
    gave: u32,
}

impl Sums {
    fn collect<Id>(store: &Store<Id>, found: &[Found]) -> Self {
        let mut reads = 0;
        let taken = found.iter().take_while(|found| {
            let first = reads == 0;
            reads += found.names;
            first || reads <= READS
        });
        let taken: Vec<&Found> = taken.collect();
        let names: usize = taken.iter().map(|found| found.names).sum();
        let size = (names.min(2 * READS) * 2).next_power_of_two().max(64);
        let mut sums = Self { places: vec![Place::default(); size], mask: size - 1 };
        for (turn, found) in (1..).zip(taken) {
            let mut left = 2 * READS;
            for &(word, gain) in &found.words {
                let Some((_, _, names)) = store.word(word) else { continue };
                for &name in names.iter().take(left) {
                    sums.add(name, turn, gain);
                }
                left = left.saturating_sub(names.len());
            }
        }
        sums
    }

    #[inline]
    fn add(&mut self, name: u32, word: u32, gain: u32) {
        let mut at = (name as usize).wrapping_mul(0x9E37_79B1) >> 7 & self.mask;
        for _ in 0..64 {
            let Some(place) = self.places.get_mut(at) else { return };
            if place.name == name + 1 {
                let gave = if place.word == word { place.gave } else { 0 };
                if gain > gave {
                    place.sum += gain - gave;
                    (place.word, place.gave) = (word, gain);
                }
                return;
            }
            if place.name == 0 {
                *place = Place { name: name + 1, sum: gain, word, gave: gain };
                return;
            }
            at = (at + 1) & self.mask;
        }
    }

    /// Names by their sums, the greatest first, with some distance to the best.
    fn best(&self, most: usize) -> Vec<u32> {
        let top = self.places.iter().map(|place| place.sum).max().unwrap_or(0);
        let least = top * SHARE / 100;
        let mut all: Vec<(u32, u32)> = self.places.iter().filter(|place| place.sum > least).map(|p| (p.sum, p.name)).collect();
        if all.len() > most {
            all.select_nth_unstable_by(most, |x, y| y.cmp(x));
            all.truncate(most);
        }
        all.into_iter().map(|(_, name)| name - 1).collect()
    }
}
