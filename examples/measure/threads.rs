//! The same transmission on one thread and on two, records in order.

use std::sync::{Condvar, Mutex};
use std::time::Instant;

use paxnorm::{Error, Reader, Record};
use serde::Serialize;

use crate::jobs::synth;

/// Bytes that a thread reads at a time.
const PART: usize = 1 << 20;
const THREADS: usize = 2;
const BOOKINGS: f64 = 20_000.0;

#[derive(Serialize)]
pub struct Row {
    pub threads: usize,
    /// Megabytes a second on one thread.
    pub one: f64,
    pub all: f64,
    pub ratio: f64,
}

pub fn row(size: f64, rounds: usize) -> Row {
    let input = synth::pnrgov(&synth::ORDINARY, 1, (BOOKINGS * size) as usize + 1);
    let (mut one, mut all) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        one.push(rate(&input, 1));
        all.push(rate(&input, THREADS));
    }
    let (one, all) = (median(one), median(all));
    Row {
        threads: THREADS,
        one,
        all,
        ratio: all / one,
    }
}

/// What the threads share: the transmission, of which each takes the next part, and the turn in
/// which parts are handed over.
struct Desk<'a> {
    parts: Mutex<(Reader<'a>, usize)>,
    turn: Mutex<usize>,
    turned: Condvar,
}

impl<'a> Desk<'a> {
    fn next(&self) -> Option<(usize, Reader<'a>)> {
        let mut parts = self.parts.lock().expect("no thread panics");
        let part = parts.0.split(PART)?;
        parts.1 += 1;
        Some((parts.1 - 1, part))
    }

    /// Hands records over when all parts before them have been: how many hold a booking.
    fn hand_over(&self, index: usize, records: Vec<Result<Record, Error>>) -> usize {
        let turn = self.turn.lock().expect("no thread panics");
        let mut turn = self
            .turned
            .wait_while(turn, |turn| *turn != index)
            .expect("no thread panics");
        *turn += 1;
        self.turned.notify_all();
        drop(turn);
        let records = records.into_iter().flatten();
        records.filter(|record| record.booking.is_some()).count()
    }
}

/// Megabytes a second.
fn rate(input: &[u8], threads: usize) -> f64 {
    let reader = Reader::new(input).expect("the traffic is recognised");
    let begun = Instant::now();
    let desk = Desk {
        parts: Mutex::new((reader, 0)),
        turn: Mutex::new(0),
        turned: Condvar::new(),
    };
    let read: usize = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    let parts = std::iter::from_fn(|| desk.next());
                    let handed = parts.map(|(at, part)| desk.hand_over(at, part.collect()));
                    handed.sum::<usize>()
                })
            })
            .collect();
        let counts = workers
            .into_iter()
            .map(|worker| worker.join().expect("no thread panics"));
        counts.sum()
    });
    assert!(read > 0, "the bookings are read");
    input.len() as f64 / 1e6 / begun.elapsed().as_secs_f64()
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_unstable_by(f64::total_cmp);
    rates[rates.len() / 2]
}
