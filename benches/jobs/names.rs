//! Names: prepared, scored, searched for. They are invented from the committed table of tokens;
//! a search asks for a listed name with a letter mistyped.
//!
//! - `names-prepare` makes names ready for comparison;
//! - `names-score` scores pairs of prepared names, most of different people;
//! - `names-search` asks an index for the ten best candidates.

use paxnorm::Name;
use paxnorm::matching::{Index, Matcher, Prepared};
use unicode_normalization::UnicodeNormalization;

use super::synth::Rng;
use super::{Job, Unit, Work};

const TOKENS: &str = include_str!("../../tests/data/names/tokens.tsv");
/// Names of one go of preparing and scoring.
const MANY: usize = 10_000;
/// Searches of one go, and of one go through the whole list.
const SEARCHES: usize = 500;
const WALKS: usize = 5;
/// Candidates wanted.
const TEN: usize = 10;

pub(crate) struct Data {
    listed: Vec<String>,
    names: Vec<Name>,
    prepared: Vec<Prepared>,
    index: Index<usize>,
    queries: Vec<String>,
    matcher: Matcher,
}

impl Data {
    pub(super) fn new(list: usize) -> Data {
        let listed = invented(list);
        let matcher = Matcher::default();
        let names: Vec<Name> = listed.iter().map(|name| Name::unsplit(name)).collect();
        let prepared: Vec<Prepared> = names.iter().map(|name| matcher.prepare(name)).collect();
        let index = Index::new(matcher.clone());
        index.extend(prepared.iter().cloned().enumerate());
        let step = (list / SEARCHES).max(1);
        let queries = listed.iter().step_by(step).take(SEARCHES);
        Data {
            queries: queries.map(|name| mistyped(name)).collect(),
            listed,
            names,
            prepared,
            index,
            matcher,
        }
    }
}

pub(super) fn jobs(data: &Data) -> Vec<Job<'_>> {
    vec![
        job(Unit::Names, preparing(data), vec![plain_words(data)]),
        job(
            Unit::Pairs,
            scoring(data),
            vec![
                comparing(data, "strsim 0.11, Jaro-Winkler", |a, b| {
                    strsim::jaro_winkler(a, b)
                }),
                comparing(data, "rapidfuzz 0.5, Jaro-Winkler", |a, b| {
                    rapidfuzz::distance::jaro_winkler::similarity(a.bytes(), b.bytes())
                }),
            ],
        ),
        job(Unit::Searches, searching(data), vec![walking(data)]),
    ]
}

fn job<'a>(unit: Unit, work: Work<'a>, references: Vec<Work<'a>>) -> Job<'a> {
    Job {
        records: work.amount,
        unit,
        work,
        references,
    }
}

fn preparing(data: &Data) -> Work<'_> {
    let names = data.names.get(..MANY).unwrap_or(&data.names);
    Work::new("names-prepare", names.len(), || {
        let prepared = names.iter().map(|name| data.matcher.prepare(name));
        prepared.map(|name| name.size()).sum()
    })
}

/// The least that makes a name ready: decomposed, in capitals, cut into words.
fn plain_words(data: &Data) -> Work<'_> {
    let names = data.listed.get(..MANY).unwrap_or(&data.listed);
    Work::new("NFKD, capitals, words", names.len(), || {
        names.iter().map(|name| words(name).len()).sum()
    })
}

fn words(name: &str) -> Vec<String> {
    let capitals = name.nfkd().collect::<String>().to_uppercase();
    capitals.split_whitespace().map(str::to_owned).collect()
}

fn scoring(data: &Data) -> Work<'_> {
    let names = data.prepared.get(..=MANY).unwrap_or(&data.prepared);
    Work::new("names-score", names.len() - 1, || {
        let pairs = names.windows(2);
        let scores = pairs.map(|pair| data.matcher.score(&pair[0], &pair[1]));
        scores.filter(|score| *score > 0.5).count()
    })
}

/// One number of whole names as they were written: no word is moved, none is known.
fn comparing<'a>(
    data: &'a Data,
    name: &'static str,
    similarity: impl Fn(&str, &str) -> f64 + 'a,
) -> Work<'a> {
    let names = data.listed.get(..=MANY).unwrap_or(&data.listed);
    Work::new(name, names.len() - 1, move || {
        let pairs = names.windows(2);
        let scores = pairs.map(|pair| similarity(&pair[0], &pair[1]));
        scores.filter(|score| *score > 0.9).count()
    })
}

fn searching(data: &Data) -> Work<'_> {
    Work::new("names-search", data.queries.len(), || {
        let queries = data
            .queries
            .iter()
            .map(|query| data.matcher.prepare(&Name::unsplit(query)));
        queries
            .map(|query| data.index.search(&query, TEN, 0.5).len())
            .sum()
    })
}

/// Every listed name compared with the query, by the kernel that is prepared for it.
fn walking(data: &Data) -> Work<'_> {
    let queries = data.queries.get(..WALKS).unwrap_or(&data.queries);
    Work::new("rapidfuzz 0.5, the whole list", queries.len(), || {
        let best = queries.iter().map(|query| {
            let query = rapidfuzz::distance::jaro_winkler::BatchComparator::new(query.bytes());
            let scores = data
                .listed
                .iter()
                .map(|name| query.similarity(name.bytes()));
            scores.filter(|score| *score > 0.9).count()
        });
        best.sum()
    })
}

/// Names of two given names and a surname, drawn by a fixed sequence.
pub(crate) fn invented(count: usize) -> Vec<String> {
    let (given, surnames) = (tokens("g"), tokens("s"));
    let mut dice = Rng::new(7);
    // The square favours the beginning of a list, where the common names stand.
    let mut draw = |list: &[&'static str]| {
        let at = dice.below(1 << 16) as f64 / f64::from(1 << 16);
        list[(at * at * list.len() as f64) as usize]
    };
    (0..count)
        .map(|_| format!("{} {} {}", draw(&given), draw(&given), draw(&surnames)))
        .collect()
}

fn tokens(part: &str) -> Vec<&'static str> {
    let rows = TOKENS
        .lines()
        .skip(2)
        .filter_map(|line| line.split_once('\t'));
    rows.filter(|row| row.0 == part)
        .filter_map(|row| row.1.split('\t').next())
        .collect()
}

/// A letter in the middle of the name is another one.
fn mistyped(name: &str) -> String {
    let middle = name.len() / 2;
    name.char_indices()
        .map(|(at, letter)| if at == middle { 'K' } else { letter })
        .collect()
}
