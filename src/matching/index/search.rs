//! From a query to the names it may be.

use super::Candidate;
use super::keys::{Keys, telling};
use super::store::{Store, gain, says};
use crate::matching::matcher::Matcher;
use crate::matching::phonetic;
use crate::matching::prepared::{Prepared, Token, mask};

/// Words of the list that are compared with one word of the query at most.
const LOOKS: usize = 4096;
/// Places in lists of names that one search reads at most, but for the rarest
/// word.
const READS: usize = 80_000;
/// Names that are scored at most, or the limit if that is greater.
const SCORED: usize = 120;
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
    words: Vec<(u32, u16)>,
    names: usize,
}

pub(super) fn search<Id: Clone + PartialEq>(
    matcher: &Matcher,
    store: &Store<Id>,
    query: &Prepared,
    limit: usize,
    threshold: f32,
    scratch: &mut Scratch,
) -> Vec<Candidate<Id>> {
    let mut found = look_up(matcher, store, query, &mut scratch.seen);
    found.sort_by_key(|found| found.names);
    scratch.collect(store, &found);
    let chosen = scratch.best(store, says(query), SCORED.max(limit));
    let mut candidates: Vec<Candidate<Id>> = Vec::new();
    for turn in chosen {
        let Some((id, name)) = store.get(turn) else {
            continue;
        };
        let score = matcher.score(query, name);
        if score >= threshold {
            candidates.push(Candidate {
                id: id.clone(),
                score,
                name: turn,
            });
        }
    }
    candidates.sort_by(|x, y| y.score.total_cmp(&x.score).then(x.name.cmp(&y.name)));
    first_of_each(candidates, limit)
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

/// For every word of the query the words of the list that it may be.
fn look_up<Id>(
    matcher: &Matcher,
    store: &Store<Id>,
    query: &Prepared,
    seen: &mut Vec<u32>,
) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
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
        let names = words
            .iter()
            .filter_map(|&(word, _)| store.word(word))
            .map(|(_, _, names)| names.len())
            .sum();
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
    words: &mut Vec<(u32, u16)>,
) {
    seen.clear();
    for &key in Keys::of(sought.letters, sought.token.skeleton, &sought.token.kin).list() {
        seen.extend(
            store
                .having(key)
                .iter()
                .take(LOOKS.saturating_sub(seen.len())),
        );
    }
    seen.sort_unstable();
    seen.dedup();
    let mut likeness = matcher.likeness(sought.letters, &sought.token);
    let letters = sought.token.mask;
    for &word in seen
        .iter()
        .filter(|&&word| shares(store.mask(word), letters))
    {
        let Some((letters, token, _)) = store.word(word) else {
            continue;
        };
        if let Some(quality) = likeness.of(letters, token) {
            words.push((word, gain(quality, sought.token.weight)));
        }
    }
}

/// Whether two words have a third of their letters in common.
#[inline]
fn shares(mask: u32, other: u32) -> bool {
    (mask & other).count_ones() * 3 >= (mask | other).count_ones()
}

/// Two words of the list that one word of the query was made of.
fn halves<Id>(store: &Store<Id>, sought: &Sought<'_>, words: &mut Vec<(u32, u16)>) {
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

/// Where one search adds up what names gain; kept for the next one.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    sums: Vec<u16>,
    touched: Vec<u32>,
    /// Words that are looked at.
    seen: Vec<u32>,
}

impl Scratch {
    /// Adds up the gains, the rarest word of the query first.
    fn collect<Id>(&mut self, store: &Store<Id>, found: &[Found]) {
        self.sums.resize(store.turns(), 0);
        let mut reads = 0;
        for found in found {
            for &(word, gain) in &found.words {
                let Some((_, _, names)) = store.word(word) else {
                    continue;
                };
                let left = READS.saturating_sub(reads);
                names
                    .iter()
                    .take(left)
                    .for_each(|&name| self.add(name, gain));
                reads += names.len().min(left);
            }
        }
    }

    #[inline]
    fn add(&mut self, name: u32, gain: u16) {
        if let Some(sum) = self.sums.get_mut(name as usize) {
            if *sum == 0 {
                self.touched.push(name);
            }
            *sum = sum.saturating_add(gain);
        }
    }

    /// The names that have most of the query and least beside it; leaves the
    /// scratch clean.
    fn best<Id>(&mut self, store: &Store<Id>, query: u16, most: usize) -> Vec<u32> {
        let sums = &self.sums;
        let sum = |name: u32| sums.get(name as usize).copied().unwrap_or(0);
        let top = self
            .touched
            .iter()
            .map(|&name| sum(name))
            .max()
            .unwrap_or(0);
        let least = u32::from(top) * SHARE / 100;
        let good = self
            .touched
            .iter()
            .filter(|&&name| u32::from(sum(name)) > least);
        let rank = |&name: &u32| {
            let all = u32::from(query) + u32::from(store.says(name)) * 3 / 4;
            (u64::from(sum(name)) << 16) as u32 / all.max(1)
        };
        let mut ranked: Vec<(u32, u32)> = good.map(|name| (rank(name), *name)).collect();
        if ranked.len() > most {
            ranked.select_nth_unstable_by(most, |x, y| y.cmp(x));
            ranked.truncate(most);
        }
        self.clean();
        ranked.into_iter().map(|(_, name)| name).collect()
    }

    fn clean(&mut self) {
        for &name in &self.touched {
            if let Some(sum) = self.sums.get_mut(name as usize) {
                *sum = 0;
            }
        }
        self.touched.clear();
    }
}
