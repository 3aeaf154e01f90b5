//! The rival: a dictionary of words as a finite-state transducer (`fst`), asked by Levenshtein
//! automata, as search engines do it. The names that have most of the words found are scored by
//! the scorer of this library.

use std::collections::BTreeMap;

use fst::automaton::Levenshtein;
use fst::{IntoStreamer, Map, Streamer};
use paxnorm::Name;
use paxnorm::matching::normalise::fold;
use paxnorm::matching::{Matcher, Prepared};

/// Names that are looked at, as many as an index of this library looks at.
const CANDIDATES: usize = 1000;
/// Of these, names that are scored.
const SCORED: usize = 200;
/// What a word counts that is not the same, but near.
const NEAR: f32 = 0.7;

pub(crate) struct Rival<'n> {
    matcher: &'n Matcher,
    names: &'n [(u32, Prepared)],
    words: Map<Vec<u8>>,
    /// For each word the names that have it.
    having: Vec<Vec<u32>>,
    sums: Vec<f32>,
}

impl<'n> Rival<'n> {
    /// A dictionary of the words of a list, whose names are prepared already.
    pub(crate) fn new(
        matcher: &'n Matcher,
        texts: &[(u32, String)],
        names: &'n [(u32, Prepared)],
    ) -> Self {
        let mut words: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (at, (_, text)) in (0..).zip(texts) {
            for word in fold(text).split(' ') {
                let having = words.entry(word.to_owned()).or_default();
                if having.last() != Some(&at) {
                    having.push(at);
                }
            }
        }
        let numbered = words.keys().zip(0..);
        Rival {
            matcher,
            names,
            words: Map::from_iter(numbered).expect("the words are sorted"),
            having: words.into_values().collect(),
            sums: vec![0.0; names.len()],
        }
    }

    /// Bytes beyond the prepared names.
    pub(crate) fn bytes(&self) -> usize {
        let lists = self.having.iter();
        let lists: usize = lists
            .map(|list| size_of_val(list) + list.capacity() * 4)
            .sum();
        self.words.as_fst().as_bytes().len() + lists
    }

    /// The persons of the best names, each once, the best first.
    pub(crate) fn search(&mut self, query: &str, limit: usize) -> Vec<u32> {
        let near = self.nearest(query, SCORED);
        let query = self.matcher.prepare(&Name::unsplit(query));
        let names = near.iter().map(|at| &self.names[*at as usize]);
        let mut scored: Vec<(f32, u32)> = names
            .map(|(person, name)| (self.matcher.score(&query, name), *person))
            .collect();
        scored.sort_by(|x, y| y.0.total_cmp(&x.0));
        let mut best = Vec::new();
        for (_, person) in scored {
            if best.len() < limit && !best.contains(&person) {
                best.push(person);
            }
        }
        best
    }

    pub(crate) fn candidates(&mut self, query: &str) -> Vec<u32> {
        let near = self.nearest(query, CANDIDATES);
        near.iter().map(|at| self.names[*at as usize].0).collect()
    }

    /// The names with most of the words of a query, rare words counting more.
    fn nearest(&mut self, query: &str, most: usize) -> Vec<u32> {
        let mut touched = Vec::new();
        for word in fold(query).split(' ') {
            for (number, same) in alike(&self.words, word) {
                let having = &self.having[number as usize];
                let rarity = (self.names.len() as f32 / having.len() as f32).ln();
                let gain = rarity * if same { 1.0 } else { NEAR };
                for &name in having {
                    let sum = &mut self.sums[name as usize];
                    if *sum == 0.0 {
                        touched.push(name);
                    }
                    *sum += gain;
                }
            }
        }
        let sums = touched
            .iter()
            .map(|name| (self.sums[*name as usize], *name));
        let mut best: Vec<(f32, u32)> = sums.collect();
        for name in touched {
            self.sums[name as usize] = 0.0;
        }
        if best.len() > most {
            best.select_nth_unstable_by(most, |x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
            best.truncate(most);
        }
        best.into_iter().map(|(_, name)| name).collect()
    }
}

/// The words within as many edits as search engines allow by default: none for two letters, one
/// for up to five, two for more.
fn alike(words: &Map<Vec<u8>>, word: &str) -> Vec<(u64, bool)> {
    let edits = match word.len() {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    };
    let near = Levenshtein::new(word, edits).or_else(|_| Levenshtein::new(word, 0));
    let near = near.expect("no automaton is too large for a word as it stands");
    let mut stream = words.search(near).into_stream();
    let mut alike = Vec::new();
    while let Some((found, number)) = stream.next() {
        alike.push((number, found == word.as_bytes()));
    }
    alike
}
