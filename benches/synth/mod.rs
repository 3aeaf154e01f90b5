//! Deterministic traffic: the same seed gives the same bytes on every machine.
//!
//! Reach for it where a bench, an example or a test needs more than a sample: realistic
//! messages of invented people, one message in memory at a time, with the counts that a
//! reader must find again.
//!
//! One interchange with one group: `UNA UNB UNG (UNH..UNT)* UNE UNZ`, a hundred bookings a
//! message, all groups of PNRGOV, no line breaks, plain ASCII.

#![allow(
    dead_code,
    reason = "each bench, example and test takes the part it needs"
)]

mod day;
mod history;
mod itinerary;
mod message;
mod plan;
mod pnrgov;
mod rng;
mod travellers;
mod words;

use std::io::{self, Write};

use message::Message;
use plan::{Booking, Flight};
use rng::Rng;

/// Bookings of one message: one flight.
pub(crate) const PER_MESSAGE: usize = 100;

/// What a reader must find in what was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) messages: u64,
    pub(crate) bookings: u64,
    /// Individually named travellers, each once however often it is named.
    pub(crate) persons: u64,
    /// Segments from UNB to UNZ.
    pub(crate) segments: u64,
    pub(crate) bytes: u64,
}

/// `bookings` bookings as one PNRGOV interchange.
pub(crate) fn pnrgov(seed: u64, bookings: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let _ = write_pnrgov(&mut out, seed, bookings);
    out
}

/// Writes what [`pnrgov`] returns, one message in memory at a time.
pub(crate) fn write_pnrgov(out: &mut impl Write, seed: u64, bookings: usize) -> io::Result<Counts> {
    let mut rng = Rng::new(seed);
    let mut counts = Counts::default();
    let mut message = Message::default();
    put(out, &mut counts, HEADER.as_bytes(), 2)?;
    let mut left = bookings;
    while left > 0 {
        let size = left.min(PER_MESSAGE);
        let persons = one_message(&mut message, &mut rng, counts.messages + 1, size);
        counts.messages += 1;
        counts.bookings += size as u64;
        counts.persons += persons as u64;
        put(out, &mut counts, message.as_bytes(), message.segments())?;
        left -= size;
    }
    let trailer = format!("UNE+{}+1'UNZ+1+SYNTH0001'", counts.messages);
    put(out, &mut counts, trailer.as_bytes(), 2)?;
    Ok(counts)
}

const HEADER: &str = "UNA:+.?*'UNB+IATA:1+XX+UTOPIU+250101:0600+SYNTH0001++PNRGOV'\
                      UNG+PNRGOV+XX+UTOPIU+250101:0600+1+IA+15:1'";

/// Writes one flight and returns how many travellers it names.
fn one_message(message: &mut Message, rng: &mut Rng, index: u64, size: usize) -> usize {
    let flight = Flight::plan(rng, index);
    let mut persons = 0;
    message.clear();
    pnrgov::head(message, index, &flight, size);
    for _ in 0..size {
        let booking = Booking::plan(rng, &flight);
        persons += booking.persons();
        pnrgov::booking(message, rng, &flight, &booking);
    }
    pnrgov::tail(message, index);
    persons
}

fn put(out: &mut impl Write, counts: &mut Counts, bytes: &[u8], segments: usize) -> io::Result<()> {
    counts.bytes += bytes.len() as u64;
    counts.segments += segments as u64;
    out.write_all(bytes)
}
