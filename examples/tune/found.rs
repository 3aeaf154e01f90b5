//! What searches find, and how soon.

use std::fmt;
use std::time::{Duration, Instant};

use crate::list::Query;

/// Of how many queries the right person was found, and where.
#[derive(Default)]
pub(crate) struct Found {
    /// Places in the list of queries of those whose person was lost before any
    /// name was scored.
    pub(crate) missed: Vec<usize>,
    first: usize,
    ten: usize,
    times: Vec<Duration>,
}

impl Found {
    /// Searches for every query; the candidates are asked for apart, beside the
    /// clock.
    pub(crate) fn measure(
        queries: &[Query],
        mut search: impl FnMut(&str) -> Vec<u32>,
        mut candidates: impl FnMut(&str) -> Vec<u32>,
    ) -> Self {
        let mut found = Self::default();
        for query in queries {
            let start = Instant::now();
            let best = search(&query.text);
            found.times.push(start.elapsed());
            let place = best.iter().position(|person| Some(*person) == query.person);
            found.first += usize::from(place == Some(0));
            found.ten += usize::from(place.is_some_and(|place| place < 10));
        }
        for (at, query) in queries.iter().enumerate() {
            let candidates = candidates(&query.text);
            if !query
                .person
                .is_some_and(|person| candidates.contains(&person))
            {
                found.missed.push(at);
            }
        }
        found.times.sort();
        found
    }

    /// The time within which so many of a hundred searches are done.
    fn within(&self, hundredths: usize) -> f64 {
        let time = self.times.get(self.times.len() * hundredths / 100);
        time.copied().unwrap_or_default().as_secs_f64() * 1e3
    }
}

/// The heading of the lines below it.
pub(crate) const HEADING: &str = "candidates   first  of ten  searches/s    p50 ms    p99 ms";

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.times.len().max(1) as f64;
        let share = |hits: usize| hits as f64 / count;
        let seconds = self.times.iter().sum::<Duration>().as_secs_f64();
        write!(
            f,
            "{:>10.4}  {:>6.4}  {:>6.4}  {:>10.0}  {:>8.3}  {:>8.3}",
            1.0 - share(self.missed.len()),
            share(self.first),
            share(self.ten),
            count / seconds,
            self.within(50),
            self.within(99)
        )
    }
}
