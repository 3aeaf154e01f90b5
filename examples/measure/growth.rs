//! How the cost of a booking and the memory grow with the length of a stream: not at all.

use std::time::Instant;

use paxnorm::Reader;
use serde::Serialize;

use crate::jobs::repeated::Repeated;

/// A stream of so many bookings, read to records.
#[derive(Serialize)]
pub struct Row {
    pub bookings: usize,
    pub bytes: usize,
    pub seconds: f64,
    pub nanoseconds_per_booking: f64,
    /// The most memory that the reader held at a time, its window included.
    pub peak_bytes: u64,
}

const LENGTHS: [usize; 7] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

pub fn rows(size: f64) -> Vec<Row> {
    let most = (1e6 * size) as usize;
    LENGTHS
        .into_iter()
        .filter(|n| *n <= most.max(1))
        .map(row)
        .collect()
}

fn row(bookings: usize) -> Row {
    // So short a stream is read over and over, or its time is that of the clock.
    let goes = (1_000 / bookings).max(1);
    let bytes = Repeated::new(bookings).len();
    let mut seconds = 0.0;
    let memory = allocation_counter::measure(|| {
        for _ in 0..goes {
            let mut stream = None;
            allocation_counter::opt_out(|| stream = Some(Repeated::new(bookings)));
            let stream = stream.expect("it was made");
            let begun = Instant::now();
            let reader = Reader::from_read(stream).expect("the traffic is recognised");
            let records = reader.map(|record| record.expect("the traffic is whole"));
            let read = records.filter(|record| record.booking.is_some()).count();
            seconds += begun.elapsed().as_secs_f64();
            assert_eq!(read, bookings, "every booking is read");
        }
    });
    let seconds = seconds / goes as f64;
    Row {
        bookings,
        bytes,
        seconds,
        nanoseconds_per_booking: seconds * 1e9 / bookings as f64,
        peak_bytes: memory.bytes_max,
    }
}
