//! Measures every job of the library beside the work of others, in one run.
//!
//! ```text
//! cargo run --release --example measure [-- --json] [--rounds N] [--only JOB] [--size S] [--instructions]
//! ```
//! All data is made by the program, of invented people and the same in every run. The library and
//! its references take turns, `--rounds` times (5); each rate is that of the median, and a ratio
//! is the rate of the job by that of the reference. Beside it stand the allocations of one record
//! and the most memory that was held at a time, beyond the input.
//!
//! Then the cost of a booking from one to a million of them as a stream, and the same on two
//! threads. With `--json` all is one object. `--size 0.1` takes a tenth of the data.
//!
//! `--instructions` counts what a record costs in instructions, too, where valgrind is there: a
//! busy machine changes nothing about them.

mod growth;
mod instructions;
#[path = "../../benches/jobs/mod.rs"]
mod jobs;
mod print;
mod threads;

use std::process::ExitCode;
use std::time::Duration;

use jobs::{Data, Job, Unit, in_turns};
use serde::Serialize;

const USAGE: &str = "usage: measure [--json] [--rounds N] [--only JOB] [--size S] [--instructions]";

/// What the command line asks for.
struct Wanted {
    json: bool,
    rounds: usize,
    only: Option<String>,
    size: f64,
    instructions: bool,
    /// A part of one job, alone and so many times: what callgrind looks at.
    alone: Option<(usize, usize)>,
}

impl Wanted {
    fn parse(mut words: impl Iterator<Item = String>) -> Option<Wanted> {
        let mut wanted = Wanted {
            json: false,
            rounds: 5,
            only: None,
            size: 1.0,
            instructions: false,
            alone: None,
        };
        while let Some(word) = words.next() {
            match word.as_str() {
                "--json" => wanted.json = true,
                "--rounds" => wanted.rounds = words.next()?.parse().ok().filter(|n| *n > 0)?,
                "--only" => wanted.only = Some(words.next()?),
                "--size" => wanted.size = words.next()?.parse().ok().filter(|s| *s > 0.0)?,
                "--instructions" => wanted.instructions = true,
                instructions::ALONE => {
                    let (part, goes) = (words.next()?, words.next()?);
                    wanted.alone = Some((part.parse().ok()?, goes.parse().ok()?));
                }
                _ => return None,
            }
        }
        Some(wanted)
    }

    fn wants(&self, job: &str) -> bool {
        self.only.as_deref().is_none_or(|only| only == job)
    }
}

/// All that was measured.
#[derive(Serialize)]
struct Measured {
    jobs: Vec<Row>,
    growth: Vec<growth::Row>,
    threads: Option<threads::Row>,
}

/// One job. Rates are in `unit`.
#[derive(Serialize)]
struct Row {
    job: &'static str,
    rate: f64,
    unit: &'static str,
    references: Vec<Reference>,
    allocations_per_record: f64,
    peak_bytes: u64,
    /// `null` where they were not counted.
    instructions_per_record: Option<f64>,
}

#[derive(Serialize)]
struct Reference {
    name: &'static str,
    rate: f64,
    /// Rate of the job by that of the reference.
    ratio: f64,
    instructions_per_record: Option<f64>,
}

fn main() -> ExitCode {
    let Some(wanted) = Wanted::parse(std::env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    if let Some((part, goes)) = wanted.alone {
        instructions::go(&wanted, part, goes);
        return ExitCode::SUCCESS;
    }
    let measured = measure(&wanted);
    let counted = |row: &Row| row.instructions_per_record.is_some();
    if wanted.instructions && !measured.jobs.iter().any(counted) {
        eprintln!("instructions were not counted: valgrind is not there");
    }
    if wanted.json {
        println!("{}", serde_json::to_string(&measured).expect("it is JSON"));
    } else {
        print::print(&measured);
    }
    ExitCode::SUCCESS
}

fn measure(wanted: &Wanted) -> Measured {
    let data = Data::new(wanted.size);
    let jobs = jobs::all(&data).into_iter();
    Measured {
        jobs: jobs
            .filter(|job| wanted.wants(job.work.name))
            .map(|job| row(job, wanted))
            .collect(),
        growth: if wanted.wants("growth") {
            growth::rows(wanted.size)
        } else {
            Vec::new()
        },
        threads: wanted
            .wants("threads")
            .then(|| threads::row(wanted.size, wanted.rounds)),
    }
}

/// Memory is counted in a go of its own, before the rounds.
fn row(mut job: Job<'_>, wanted: &Wanted) -> Row {
    let memory = job.work.once(|go| allocation_counter::measure(go));
    let mut all = vec![job.work];
    all.extend(job.references);
    let times = in_turns(&mut all, wanted.rounds);
    let job_name = all[0].name;
    let count = |part| instructions::of_a_record(job_name, part);
    let counted: Vec<_> = (0..all.len())
        .map(|part| wanted.instructions.then(|| count(part)).flatten())
        .collect();
    let rates = all.iter().zip(times);
    let rates = rates.map(|(work, time)| (work.name, rate(job.unit, work.amount, time)));
    let rates: Vec<_> = rates.collect();
    let (name, own) = rates[0];
    Row {
        job: name,
        rate: own,
        unit: job.unit.rate().0,
        references: rates[1..]
            .iter()
            .zip(&counted[1..])
            .map(|(&(name, rate), counted)| Reference {
                name,
                rate,
                ratio: own / rate,
                instructions_per_record: *counted,
            })
            .collect(),
        allocations_per_record: memory.count_total as f64 / job.records as f64,
        peak_bytes: memory.bytes_max,
        instructions_per_record: counted[0],
    }
}

fn rate(unit: Unit, amount: usize, time: Duration) -> f64 {
    amount as f64 / unit.rate().1 / time.as_secs_f64()
}
