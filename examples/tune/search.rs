//! Measures the index: is the right person found, how soon, at what cost.

use std::error::Error;
use std::time::Instant;

use paxnorm::Name;
use paxnorm::matching::{Index, Matcher, Prepared};

use crate::found::{Found, HEADING};
use crate::list::List;

/// Candidates wanted of a search.
const TEN: usize = 10;

/// Searches the lists and strangers for every query of a file; prints at most
/// `worst` of those whose person is no candidate.
pub(crate) fn run(
    matcher: &Matcher,
    lists: &[String],
    queries: &str,
    strangers: usize,
    worst: usize,
) -> Result<(), Box<dyn Error>> {
    let mut list = List::default();
    for file in lists {
        list.read(file)?;
    }
    list.invent(strangers);
    let queries = list.queries(queries)?;
    let prepare = |name: &str| matcher.prepare(&Name::unsplit(name));
    let names = list.names.iter();
    let names: Vec<(u32, Prepared)> = names.map(|(id, name)| (*id, prepare(name))).collect();
    let bytes: usize = names.iter().map(|(_, name)| name.size()).sum();
    let count = names.len() as f64;
    let start = Instant::now();
    let index = Index::new(matcher.clone());
    index.extend(names);
    println!(
        "{count} names indexed in {:.2} s, {:.0} bytes a name beside {:.0} of the prepared names",
        start.elapsed().as_secs_f64(),
        index.overhead() as f64 / count,
        bytes as f64 / count
    );
    let search = |query: &str| {
        let found = index.search(&prepare(query), TEN, 0.0);
        found.iter().map(|hit| hit.id).collect()
    };
    let found = Found::measure(&queries, search, |query| index.candidates(&prepare(query)));
    println!("{HEADING}\n{found}");
    for query in found
        .missed
        .iter()
        .filter_map(|at| queries.get(*at))
        .take(worst)
    {
        println!("no candidate: {}", query.text);
    }
    Ok(())
}
