//! What a search in a long list finds and costs, beside a dictionary of the kind that search
//! engines use with the same scorer.
//!
//! ```text
//! cargo bench --bench search [-- [--names N,N…] [--every K] [--ours]]
//! ```
//!
//! Both get the same list: the spellings of `names/watchlist_sdn.csv` of the shared data and N
//! invented people (1,000,000 unless said), by the frequency of their names in the committed
//! table, the same in every run; and the same queries: every Kth (8th unless said) of the column
//! `query` of `names/perturbed_queries.csv`. Without the shared data the list is the invented
//! people alone, and the queries are some of them with two letters exchanged. With `--ours` the
//! dictionary, which is slow and keeps the names once more, stays out.
//!
//! Columns: share of queries whose person is among the names that are looked at before any is
//! scored (a thousand at most), is the first found, is among ten; searches a second, preparing
//! the query included, and the time within which 50 and 99 of 100 are done; seconds to build,
//! from prepared names; bytes a name beyond the prepared names.

#[path = "../examples/tune/cells.rs"]
mod cells;
#[path = "../examples/tune/draw.rs"]
mod draw;
#[path = "../examples/tune/found.rs"]
mod found;
#[path = "../examples/tune/list.rs"]
mod list;
#[path = "search/rival.rs"]
mod rival;

use std::error::Error;
use std::path::PathBuf;
use std::time::Instant;

use found::{Found, HEADING};
use list::{List, Query};
use paxnorm::Name;
use paxnorm::matching::{Index, Matcher, Prepared};
use rival::Rival;

/// Persons wanted of a search.
const TEN: usize = 10;
/// Queries for a list that is all invented.
const QUERIES: usize = 2_000;

fn main() -> Result<(), Box<dyn Error>> {
    let strangers = option("--names").unwrap_or_else(|| "1000000".to_owned());
    let every = option("--every").map_or(Ok(8), |word| word.parse())?;
    let ours = std::env::args().any(|word| word == "--ours");
    let folder = std::env::var("PAXNORM_SHARED").unwrap_or_else(|_| "../shared".to_owned());
    let folder = PathBuf::from(folder).join("names");
    if !folder.is_dir() {
        println!("skipped: no shared names (PAXNORM_SHARED); invented people alone");
    }
    println!("{:>9}  {:<8} {HEADING}  build s  bytes", "names", "");
    for strangers in strangers.split(',') {
        let (list, queries) = list(&folder, strangers.parse()?)?;
        let queries: Vec<Query> = queries.into_iter().step_by(every).collect();
        run(&list, &queries, ours);
    }
    Ok(())
}

/// The list and what to search it for.
fn list(folder: &std::path::Path, strangers: usize) -> Result<(List, Vec<Query>), Box<dyn Error>> {
    let file = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let mut list = List::default();
    if folder.is_dir() {
        list.read(&file("watchlist_sdn.csv"))?;
        let queries = list.queries(&file("perturbed_queries.csv"))?;
        list.invent(strangers);
        return Ok((list, queries));
    }
    list.invent(strangers);
    let some = list.names.iter().step_by((strangers / QUERIES).max(1));
    let query = |(person, name): &(u32, String)| Query {
        text: exchanged(name),
        person: Some(*person),
    };
    let queries = some.map(query).collect();
    Ok((list, queries))
}

/// A name with the two letters in its middle exchanged.
fn exchanged(name: &str) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let middle = letters.len() / 2;
    if middle > 0 {
        letters.swap(middle - 1, middle);
    }
    letters.into_iter().collect()
}

fn run(list: &List, queries: &[Query], ours: bool) {
    let matcher = Matcher::default();
    let prepare = |name: &str| matcher.prepare(&Name::unsplit(name));
    let names = list.names.iter();
    let names: Vec<(u32, Prepared)> = names.map(|(id, name)| (*id, prepare(name))).collect();
    let count = names.len();
    let kept = if ours { Vec::new() } else { names.clone() };

    let start = Instant::now();
    let index = Index::new(matcher.clone());
    index.extend(names);
    let built = start.elapsed().as_secs_f64();
    let search = |query: &str| {
        let found = index.search(&prepare(query), TEN, 0.0);
        found.iter().map(|hit| hit.id).collect()
    };
    let found = Found::measure(queries, search, |query| index.candidates(&prepare(query)));
    print("paxnorm", count, &found, built, index.overhead());
    if ours {
        return;
    }

    let start = Instant::now();
    let rival = Rival::new(&matcher, &list.names, &kept);
    let built = start.elapsed().as_secs_f64();
    let bytes = rival.bytes();
    let rival = std::cell::RefCell::new(rival);
    let search = |query: &str| rival.borrow_mut().search(query, TEN);
    let found = Found::measure(queries, search, |query| {
        rival.borrow_mut().candidates(query)
    });
    print("fst 0.4", count, &found, built, bytes);
}

fn print(name: &str, count: usize, found: &Found, built: f64, bytes: usize) {
    let each = bytes as f64 / count as f64;
    println!("{count:>9}  {name:<8} {found}  {built:>7.2}  {each:>5.1}");
}

/// What stands behind a word of the command line.
fn option(name: &str) -> Option<String> {
    std::env::args().skip_while(|word| word != name).nth(1)
}
