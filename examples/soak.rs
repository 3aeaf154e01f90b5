//! Many threads share one matcher, one index that changes all the time, and one set of policies, for
//! as long as is asked: every result must be that of a run on one thread, and memory must stay flat.
//!
//! ```text
//! cargo run --release --example soak -- [--seconds N] [--threads N]
//! ```
//!
//! Ten minutes and eight threads unless told otherwise. A line every half minute; at the end the
//! sums. Exit status 1: a result differed, or the memory grew.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use paxnorm::matching::{Index, Matcher, Prepared};
use paxnorm::{Name, Options, Policy, Reader};

#[path = "../benches/synth/mod.rs"]
mod synth;

const USAGE: &str = "usage: soak [--seconds N] [--threads N]";
/// Bookings that each thread reads again and again.
const BOOKINGS: usize = 200;
/// Names of the list that stays, and of those that come and go.
const LISTED: usize = 20_000;
const PASSING: usize = 500;
/// Candidates compared.
const TEN: usize = 10;

/// What all threads share.
struct Shared {
    traffic: Vec<u8>,
    policies: Vec<&'static Policy>,
    matcher: Matcher,
    index: Index<usize>,
    queries: Vec<Prepared>,
    /// What one thread found, by policy and by query.
    records: Vec<u64>,
    found: Vec<Vec<(usize, u32)>>,
}

/// What the threads did.
#[derive(Default)]
struct Done {
    readings: AtomicU64,
    searches: AtomicU64,
    updates: AtomicU64,
    wrong: AtomicU64,
}

impl Shared {
    fn new() -> Self {
        let traffic = synth::pnrgov(&synth::DENSE, 1, BOOKINGS);
        let matcher = Matcher::default();
        let prepare = |name: &Name| matcher.prepare(name);
        let index = Index::new(matcher.clone());
        let listed = names(&synth::pnrgov(&synth::DENSE, 2, LISTED / 2));
        index.extend(listed.iter().take(LISTED).map(prepare).enumerate());
        let queries: Vec<_> = names(&traffic).iter().map(prepare).collect();
        let mut shared = Self {
            traffic,
            policies: Policy::NAMES
                .iter()
                .filter_map(|name| Policy::named(name))
                .collect(),
            index,
            queries,
            records: Vec::new(),
            found: Vec::new(),
            matcher,
        };
        let policies = shared.policies.iter();
        shared.records = policies.map(|policy| shared.read(policy)).collect();
        shared.found = (0..shared.queries.len())
            .map(|at| shared.search(at))
            .collect();
        shared
    }

    /// All records under a policy, as one number.
    fn read(&self, policy: &Policy) -> u64 {
        let options = Options {
            policy,
            ..Options::default()
        };
        let mut hash = DefaultHasher::new();
        for record in Reader::with(self.traffic.as_slice(), &options).expect("it is PNRGOV") {
            let record = record.expect("the traffic is sound");
            let line = serde_json::to_vec(&record.booking).expect("a booking is JSON");
            line.hash(&mut hash);
            record.diagnostics.len().hash(&mut hash);
        }
        hash.finish()
    }

    /// The best candidates among the names that stay.
    fn search(&self, query: usize) -> Vec<(usize, u32)> {
        let Some(query) = self.queries.get(query) else {
            return Vec::new();
        };
        let found = self.index.search(query, TEN * 4, 0.0);
        let staying = found.iter().filter(|found| found.id < LISTED);
        staying
            .take(TEN)
            .map(|found| (found.id, found.score.to_bits()))
            .collect()
    }

    /// Adds the names that come and go, and takes them out again.
    fn update(&self) {
        let passing = (0..PASSING).map(|number| {
            let name = Name::new(&format!("QXZ{number:03}"), &format!("WQX{number:03}"));
            (LISTED + number, self.matcher.prepare(&name))
        });
        self.index.extend(passing);
        self.index.retain(|id| *id < LISTED);
    }

    /// Works until the time is over.
    fn work(&self, thread: usize, until: Instant, done: &Done) {
        for round in thread.. {
            if Instant::now() >= until {
                return;
            }
            let at = round % self.policies.len();
            let now = self.policies.get(at).map(|policy| self.read(policy));
            if self.records.get(at) != now.as_ref() {
                done.wrong.fetch_add(1, Ordering::Relaxed);
            }
            done.readings.fetch_add(1, Ordering::Relaxed);
            for step in 0..50 {
                let query = (round * 50 + step) % self.found.len();
                if self.found.get(query) != Some(&self.search(query)) {
                    done.wrong.fetch_add(1, Ordering::Relaxed);
                }
                done.searches.fetch_add(1, Ordering::Relaxed);
            }
            if thread == 0 {
                self.update();
                done.updates.fetch_add(1, Ordering::Relaxed);
            }
        }
    }
}

/// The travellers of a transmission.
fn names(traffic: &[u8]) -> Vec<Name> {
    let records = Reader::new(traffic).expect("it is PNRGOV").flatten();
    let bookings = records.filter_map(|record| record.booking);
    bookings
        .flat_map(|booking| booking.passengers)
        .map(|passenger| passenger.name)
        .collect()
}

/// Resident memory in kB, where the system tells it.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// Seconds and threads that the command line asks for.
fn wanted() -> Option<(u64, usize)> {
    let mut wanted = (600, 8);
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words.next()?.parse().ok()?;
        match word.as_str() {
            "--seconds" => wanted.0 = value,
            "--threads" => wanted.1 = usize::try_from(value).ok()?,
            _ => return None,
        }
    }
    Some(wanted)
}

/// Growth that an allocator may show without a leak: a tenth, and 8 MB.
fn grew(from: Option<u64>, to: Option<u64>) -> bool {
    from.zip(to)
        .is_some_and(|(from, to)| to > from + from / 10 + 8192)
}

fn main() -> ExitCode {
    let Some((seconds, threads)) = wanted() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let shared = Shared::new();
    let done = Done::default();
    let begun = Instant::now();
    let until = begun + Duration::from_secs(seconds);
    let mut warm = None;
    thread::scope(|scope| {
        for thread in 0..threads {
            let (shared, done) = (&shared, &done);
            scope.spawn(move || shared.work(thread, until, done));
        }
        let step = Duration::from_secs((seconds / 20).clamp(1, 30));
        while Instant::now() + step < until {
            thread::sleep(step);
            let now = resident();
            // The first part of the way is for caches and arenas to fill.
            if warm.is_none() && begun.elapsed().as_secs() * 5 >= seconds {
                warm = now;
            }
            let kb = now.map_or_else(|| "unknown".to_owned(), |kb| format!("{kb} kB"));
            println!("{:4} s  {} resident", begun.elapsed().as_secs(), kb);
        }
    });
    let end = resident();
    let sum = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
    println!(
        "{threads} threads, {} s: {} transmissions of {BOOKINGS} bookings, {} searches, {} updates of the index; {} results differed",
        begun.elapsed().as_secs(),
        sum(&done.readings),
        sum(&done.searches),
        sum(&done.updates),
        sum(&done.wrong),
    );
    println!("resident after warming up {warm:?} kB, at the end {end:?} kB");
    if sum(&done.wrong) > 0 || grew(warm, end) {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
