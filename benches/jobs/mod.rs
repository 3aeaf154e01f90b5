//! The jobs whose speed is watched, each beside the work of others on the same data.
//!
//! Reach for it to measure: `examples/measure` lets all take turns and prints ratios,
//! `benches/jobs.rs` hands the same jobs to criterion, whose baselines tell one change from
//! the next. The data is made here, of invented people, and of the shared corpus where that is
//! there; it is the same in every run.

#![allow(dead_code, reason = "each bench and example takes the part it needs")]

pub(crate) mod corpus;
pub(crate) mod edifact;
pub(crate) mod names;
mod policy;
mod prototype;
#[path = "../references/mod.rs"]
pub(crate) mod references;
pub(crate) mod repeated;
pub(crate) mod rows;

#[path = "../synth/mod.rs"]
pub(crate) mod synth;

use std::time::{Duration, Instant};

/// What a rate counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Bytes,
    Names,
    Pairs,
    Searches,
    Bookings,
}

impl Unit {
    /// How a rate is written, and by what it is divided for that.
    pub(crate) fn rate(self) -> (&'static str, f64) {
        match self {
            Unit::Bytes => ("MB/s", 1e6),
            Unit::Names => ("names/s", 1.0),
            Unit::Pairs => ("pairs/s", 1.0),
            Unit::Searches => ("searches/s", 1.0),
            Unit::Bookings => ("bookings/s", 1.0),
        }
    }
}

/// Something that is done over and over, and how much it does in one go.
pub(crate) struct Work<'a> {
    pub(crate) name: &'static str,
    pub(crate) amount: usize,
    /// What must be done before each go and is not measured.
    lay_out: Box<dyn FnMut() + 'a>,
    /// What it returns depends on all of the work, so that none is left out.
    go: Box<dyn FnMut() -> usize + 'a>,
}

impl<'a> Work<'a> {
    fn new(name: &'static str, amount: usize, go: impl FnMut() -> usize + 'a) -> Work<'a> {
        Work {
            name,
            amount,
            lay_out: Box::new(|| {}),
            go: Box::new(go),
        }
    }

    /// Does it once, and tells what `measure` says of it.
    pub(crate) fn once<T>(&mut self, measure: impl FnOnce(&mut dyn FnMut()) -> T) -> T {
        (self.lay_out)();
        measure(&mut || {
            std::hint::black_box((self.go)());
        })
    }

    /// Does it once: how long it takes.
    pub(crate) fn time(&mut self) -> Duration {
        self.once(|go| time(go))
    }
}

/// A job of the library, and others' work beside it.
pub(crate) struct Job<'a> {
    pub(crate) work: Work<'a>,
    pub(crate) unit: Unit,
    /// Records that one go makes: bookings, names, pairs, searches.
    pub(crate) records: usize,
    pub(crate) references: Vec<Work<'a>>,
}

/// What the jobs work on.
pub(crate) struct Data {
    edifact: edifact::Data,
    rows: rows::Data,
    names: names::Data,
    policy: policy::Data,
}

impl Data {
    /// Makes all of it; 1 is the ordinary `size`.
    pub(crate) fn new(size: f64) -> Data {
        let sized = |count: usize| ((count as f64 * size) as usize).max(1);
        Data {
            edifact: edifact::Data::new(sized(8_000), sized(40_000)),

            rows: rows::data(sized(100_000)),
            names: names::Data::new(sized(100_000)),
            policy: policy::Data::new(sized(2_000)),
        }
    }
}

/// All jobs, in the order in which they are printed.
pub(crate) fn all(data: &Data) -> Vec<Job<'_>> {
    let mut jobs = edifact::jobs(&data.edifact);

    jobs.extend(rows::jobs(&data.rows));
    jobs.extend(names::jobs(&data.names));
    jobs.extend(policy::jobs(&data.policy));
    jobs
}

/// Lets all work take turns, `rounds` times: the median time of each.
pub(crate) fn in_turns(work: &mut [Work<'_>], rounds: usize) -> Vec<Duration> {
    take_turns(work, rounds, Work::time)
}

/// Lets all of anything take turns, `rounds` times: the median of the times that `once` takes.
pub(crate) fn take_turns<T>(
    all: &mut [T],
    rounds: usize,
    once: impl Fn(&mut T) -> Duration,
) -> Vec<Duration> {
    let mut times = vec![Vec::with_capacity(rounds); all.len()];
    for _ in 0..rounds.max(1) {
        for (one, times) in all.iter_mut().zip(&mut times) {
            times.push(once(one));
        }
    }
    times.into_iter().map(median).collect()
}

/// How long something takes.
pub(crate) fn time<T>(go: impl FnOnce() -> T) -> Duration {
    let begun = Instant::now();
    std::hint::black_box(go());
    begun.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
