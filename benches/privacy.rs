//! What each shipped policy costs for a booking, as a share of the time to read that booking.
//!
//! `cargo bench --bench privacy [-- --rounds N]`: reading (under `keep-all`) and all policies
//! take turns, N times; the median of each is printed, so that a busy machine disturbs the
//! shares little. Data: 2,000 synthetic bookings, the same in every run.

mod synth;

use std::hint::black_box;
use std::time::{Duration, Instant};

use paxnorm::{Booking, Options, Policy, Reader};

const BOOKINGS: usize = 2_000;

fn read(bytes: &[u8]) -> Vec<Booking> {
    let options = Options {
        policy: Policy::keep_all(),
        ..Options::default()
    };
    let reader = Reader::with(bytes, &options).expect("the format is known");
    let records = reader.map(|record| record.expect("it is whole"));
    records.filter_map(|record| record.booking).collect()
}

fn apply(policy: &Policy, bookings: &[Booking]) -> Duration {
    let mut copies = bookings.to_vec();
    let started = Instant::now();
    for booking in &mut copies {
        black_box(policy.apply(booking));
    }
    started.elapsed()
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64() * 1e9
}

fn main() {
    let mut words = std::env::args()
        .skip_while(|word| word != "--rounds")
        .skip(1);
    let rounds: usize = words
        .next()
        .and_then(|word| word.parse().ok())
        .unwrap_or(15);
    let bytes = synth::pnrgov(1, BOOKINGS);
    let bookings = read(&bytes);
    let policies: Vec<&Policy> = Policy::NAMES
        .iter()
        .filter_map(|name| Policy::named(name))
        .collect();
    let mut reading = Vec::new();
    let mut applying = vec![Vec::new(); policies.len()];
    for _ in 0..rounds {
        let started = Instant::now();
        black_box(read(&bytes));
        reading.push(started.elapsed());
        for (policy, times) in policies.iter().zip(&mut applying) {
            times.push(apply(policy, &bookings));
        }
    }
    let each = bookings.len() as f64;
    let whole = median(reading);
    println!("{:<24} {:>8.0} ns a booking", "reading", whole / each);
    for (policy, times) in policies.iter().zip(applying) {
        let time = median(times);
        println!(
            "{:<24} {:>8.0} ns a booking, {:>5.1} %",
            policy.name(),
            time / each,
            100.0 * time / whole
        );
    }
}
