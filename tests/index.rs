//! The index on a list of three thousand: that a search finds what comparing with every name finds,
//! and that no search changes by a bit.
//!
//! Names are drawn by a fixed sequence; a checksum stands for all that a group finds, as in
//! `score_bits.rs`. Where a change is meant (other tables, other scalars, another layout), the
//! failure prints the sums that are to stand here; with another sum of `stored` goes another number
//! of the layout, since a snapshot that was stored is read again.

#[path = "../examples/tune/draw.rs"]
#[allow(dead_code, reason = "other programs draw single words with it")]
mod draw;
#[path = "support/sums.rs"]
mod sums;

use std::sync::LazyLock;

use draw::{Random, Strangers};
use paxnorm::Name;
use paxnorm::matching::{Index, Matcher, Prepared, Snapshot};
use sums::{Group, Sum, assert_unchanged};

static MATCHER: LazyLock<Matcher> = LazyLock::new(Matcher::default);
static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| Strangers::new().take(3000).collect());
static INDEX: LazyLock<Index<usize>> = LazyLock::new(|| index(NAMES.len()));

fn prepare(name: &str) -> Prepared {
    MATCHER.prepare(&Name::unsplit(name))
}

fn index(count: usize) -> Index<usize> {
    let index = Index::new(MATCHER.clone());
    let names = NAMES.iter().take(count);
    index.extend(names.map(|name| prepare(name)).enumerate());
    index
}

/// FNV-1a over 64 bits.
fn sum(bytes: impl IntoIterator<Item = u8>) -> u64 {
    let mut sum = Sum::new();
    sum.bytes(bytes);
    sum.0
}

/// What people type who seek every thirtieth of the list: as it is, with a letter wrong, the last
/// word first, an initial for the first word, two words run together, one word alone.
fn queries() -> Vec<(usize, Prepared)> {
    let mut random = Random(19);
    let names = NAMES.iter().enumerate().step_by(30);
    let written = names.map(|(at, name)| {
        let mut words: Vec<String> = name.split(' ').map(str::to_owned).collect();
        let last = words.len() - 1;
        match at / 30 % 6 {
            0 => {}
            1 => {
                let place = random.below(words[last].len() as u64) as usize;
                words[last].replace_range(place..=place, "X");
            }
            2 => words.rotate_right(1),
            3 => words[0].truncate(1),
            4 => drop(
                words
                    .splice(last - 1.., [words[last - 1..].concat()])
                    .count(),
            ),
            _ => drop(words.drain(..last)),
        }
        (at, prepare(&words.join(" ")))
    });
    written.collect()
}

/// Ids, scores and turns of what searches give, of few and of many.
fn found() -> u64 {
    let hits = queries().into_iter().flat_map(|(_, query)| {
        let mut hits = INDEX.search(&query, 3, 0.5);
        hits.extend(INDEX.search(&query, 60, 0.0));
        hits
    });
    sum(hits.flat_map(|hit| {
        let id = (hit.id as u32).to_le_bytes();
        [
            id,
            hit.score.to_bits().to_le_bytes(),
            hit.name.to_le_bytes(),
        ]
        .concat()
    }))
}

/// The names that are looked at word by word.
fn considered() -> u64 {
    let ids = queries().into_iter().flat_map(|(_, query)| {
        let mut ids = INDEX.candidates(&query);
        ids.sort_unstable();
        ids
    });
    sum(ids.flat_map(|id| (id as u32).to_le_bytes()))
}

/// Keys that travel between machines.
fn keys() -> u64 {
    let names = NAMES.iter().map(|name| prepare(name));
    sum(names.flat_map(|name| {
        MATCHER
            .blocks(&name)
            .flat_map(u64::to_le_bytes)
            .collect::<Vec<_>>()
    }))
}

/// An index of which a third was removed and some names came back.
fn stored() -> u64 {
    let index = index(400);
    index.retain(|id| id % 3 != 0);
    index.extend(NAMES.iter().take(30).map(|name| prepare(name)).enumerate());
    sum(serde_json::to_vec(&index.snapshot()).expect("a snapshot is JSON"))
}

const GROUPS: [Group; 4] = [
    ("found", found, 0x994e_dc5b_b005_e4de),
    ("considered", considered, 0xae9c_3dec_4ff9_840a),
    ("keys", keys, 0x396e_1659_92e8_8cc6),
    ("stored", stored, 0xa499_ad13_e8bb_5585),
];

#[test]
fn no_search_changes_by_a_bit() {
    assert_unchanged(&GROUPS);
}

/// Comparing with every name is the reference: whom it finds surely, the index finds.
#[test]
fn an_index_finds_whom_comparing_with_every_name_finds() {
    let list: Vec<Prepared> = NAMES.iter().map(|name| prepare(name)).collect();
    let (mut sought, mut missed) = (0, Vec::new());
    for (at, query) in queries().into_iter().step_by(2) {
        let hits = INDEX.search(&query, 20, 0.9);
        let scores = list.iter().map(|name| MATCHER.score(&query, name));
        let mut sure: Vec<_> = scores
            .enumerate()
            .filter(|(_, score)| *score >= 0.9)
            .collect();
        sure.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        for (id, score) in sure.iter().take(20) {
            sought += 1;
            if !hits.iter().any(|hit| hit.id == *id && hit.score == *score) {
                missed.push(format!("{} for {}", NAMES[*id], NAMES[at]));
            }
        }
        assert!(hits.is_sorted_by(|x, y| x.score >= y.score));
    }
    assert!(
        sought > 30 && missed.is_empty(),
        "{} of {sought}: {missed:?}",
        missed.len()
    );
}

/// Bytes a name beyond the names themselves, most of them for words that nobody else has yet: in a
/// longer list they are fewer.
#[test]
fn an_index_takes_as_many_bytes_as_it_says() {
    assert_eq!(Index::<usize>::new(MATCHER.clone()).overhead(), 0);
    let each = INDEX.overhead() as f64 / NAMES.len() as f64;
    assert!((121.0..122.5).contains(&each), "{each}");
    let loaded: Snapshot<usize> =
        serde_json::from_value(serde_json::to_value(INDEX.snapshot()).expect("a snapshot is JSON"))
            .expect("the layout is this one");
    let loaded = Index::restore(MATCHER.clone(), loaded);
    for (_, query) in queries().into_iter().step_by(10) {
        assert_eq!(
            loaded.search(&query, 10, 0.2),
            INDEX.search(&query, 10, 0.2)
        );
    }
}

/// A word that nobody else has, for each number.
fn word(number: usize) -> String {
    let letters = b"BDFGKLMNPRSTVZ";
    let vowels = b"AEIOU";
    let (mut word, mut rest) = (String::from("K"), number);
    for _ in 0..3 {
        word.push(char::from(vowels[rest % 5]));
        word.push(char::from(letters[rest / 5 % 14]));
        rest /= 70;
    }
    word
}

/// Fifty names are scored of two hundred that have the surname: which, the first look decides.
#[test]
fn of_many_names_the_nearest_are_scored() {
    for (what, others, nearest, query) in [
        (
            "an initial",
            "{} BERGSTROM",
            "JOHN BERGSTROM",
            "J BERGSTROM",
        ),
        (
            "nothing beside",
            "ANNA BERGSTROM {}",
            "ANNA BERGSTROM",
            "BERGSTROM ANNA",
        ),
        (
            "both words",
            "ANNA {} BERGSTROM",
            "ANNA MARIA BERGSTROM",
            "MARIA BERGSTROM",
        ),
        (
            "a word said once",
            "BERGSTROM {}",
            "BERGSTROM BERGSTROM",
            "BERGSTROM BERGSTROM",
        ),
        (
            "an initial left over",
            "{} JOHANNES BERGSTROM",
            "JIM JOHANNES BERGSTROM",
            "JOHANNES J BERGSTROM",
        ),
    ] {
        let index = Index::new(MATCHER.clone());
        let list = (0..200).map(|number| others.replace("{}", &word(number)));
        let list = list.chain([nearest.to_owned()]);
        index.extend(list.map(|name| prepare(&name)).enumerate());
        let found = index.search(&prepare(query), 1, 0.0);
        assert_eq!(found.first().map(|hit| hit.id), Some(200), "{what}");
    }
}
