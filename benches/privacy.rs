//! What each shipped policy costs for a booking, as a share of the time to read that booking.
//!
//! `cargo bench --bench privacy [-- [--rounds N] [--policy NAME]]`: reading (under `keep-all`)
//! and all policies take turns, N times; the median of each is printed, so that a busy machine
//! disturbs the shares little. Data: 2,000 synthetic bookings, the same in every run; for
//! `fr-maritime`, which admits no others, as if they were of ships.
//!
//! A policy meets each booking as in a reader, shortly after it was made: some bookings at a
//! time are copied, and the time of the policy on these is taken.

#[path = "jobs/mod.rs"]
mod jobs;

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use jobs::synth;
use paxnorm::model::Mode;
use paxnorm::{Booking, Options, Policy, Reader};

const BOOKINGS: usize = 2_000;
/// As many as the nearer caches hold.
const AT_A_TIME: usize = 20;

/// Does something once, and tells how long the part of it took that is measured.
type Turn<'t> = Box<dyn FnMut() -> Duration + 't>;

fn read(bytes: &[u8]) -> Vec<Booking> {
    let options = Options {
        policy: Policy::keep_all(),
        ..Options::default()
    };
    let reader = Reader::with(bytes, &options).expect("the format is known");
    let records = reader.map(|record| record.expect("it is whole"));
    records
        .filter_map(|record| Some(*record.booking?))
        .collect()
}

fn apply(policy: &Policy, bookings: &[Booking]) -> Duration {
    let some = bookings.chunks(AT_A_TIME);
    some.map(|some| apply_to(policy, some.to_vec())).sum()
}

fn apply_to(policy: &Policy, mut bookings: Vec<Booking>) -> Duration {
    jobs::time(|| {
        for booking in &mut bookings {
            black_box(policy.apply(booking));
        }
    })
}

/// What stands behind a word of the command line.
fn option(name: &str) -> Option<String> {
    std::env::args().skip_while(|word| word != name).nth(1)
}

/// The bookings with a mode that the policy admits.
fn admitted(policy: &Policy, bookings: &[Booking]) -> Vec<Booking> {
    let mut bookings = bookings.to_vec();
    for booking in &mut bookings {
        if policy.admits(booking).is_err() {
            Arc::make_mut(&mut booking.provenance).mode = Some(Mode::Ferry);
            assert!(policy.admits(booking).is_ok(), "it admits ships");
        }
    }
    bookings
}

fn main() {
    let rounds = option("--rounds").and_then(|word| word.parse().ok());
    let chosen = option("--policy");
    let bytes = synth::pnrgov(&synth::ORDINARY, 1, BOOKINGS);
    let bookings = read(&bytes);
    let names = Policy::NAMES.iter();
    let names = names.filter(|name| chosen.as_ref().is_none_or(|chosen| chosen == *name));
    let policies: Vec<&Policy> = names.filter_map(|name| Policy::named(name)).collect();
    let mut turns: Vec<Turn<'_>> = vec![Box::new(|| jobs::time(|| read(&bytes)))];
    for policy in &policies {
        let bookings = admitted(policy, &bookings);
        turns.push(Box::new(move || apply(policy, &bookings)));
    }
    let times = jobs::take_turns(&mut turns, rounds.unwrap_or(15), |turn| turn());
    let each = |time: Duration| time.as_secs_f64() * 1e9 / BOOKINGS as f64;
    let (reading, applying) = times.split_first().expect("reading takes the first turn");
    println!("{:<24} {:>8.0} ns a booking", "reading", each(*reading));
    for (policy, time) in policies.iter().zip(applying) {
        println!(
            "{:<24} {:>8.0} ns a booking, {:>5.1} %",
            policy.name(),
            each(*time),
            100.0 * time.as_secs_f64() / reading.as_secs_f64()
        );
    }
}
