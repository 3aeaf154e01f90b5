//! Deterministic traffic: the same seed gives the same bytes on every machine.
//!
//! Reach for it where a bench, an example or a test needs more than a sample: realistic
//! messages of invented people, one message in memory at a time, with the counts that a
//! reader must find again.
//!
//! One interchange with one group: `UNA UNB UNG (UNH..UNT)* UNE UNZ`, no line breaks, plain
//! ASCII. PNRGOV has a hundred bookings a message and all groups of the guide, from senders of one
//! of two [habits](Habits): `ORDINARY`, as public test messages write, and `DENSE`, which is dearer
//! to read. PAXLST has lists of a hundred and fifty travellers, every tenth a crew list.

#![allow(
    dead_code,
    unused_imports,
    reason = "each bench, example and test takes the part it needs"
)]

mod day;
mod habits;
mod history;
mod itinerary;
mod message;
mod paxlst;
mod plan;
mod pnrgov;
mod rng;
mod travellers;
mod words;

use std::io::{self, Write};

pub(crate) use habits::{DENSE, Habits, ORDINARY};
use message::Message;
use plan::{Booking, Flight};
pub(crate) use rng::Rng;

/// Bookings of one PNRGOV message: one flight.
pub(crate) const PER_MESSAGE: usize = 100;

/// What a reader must find in what was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) messages: u64,
    /// Locators; in PAXLST those by which travellers are reserved, crew having none.
    pub(crate) bookings: u64,
    /// Individually named travellers, each once however often it is named.
    pub(crate) persons: u64,
    /// Segments from UNB to UNZ.
    pub(crate) segments: u64,
    pub(crate) bytes: u64,
}

/// `bookings` bookings of senders of such `habits` as one PNRGOV interchange.
pub(crate) fn pnrgov(habits: &'static Habits, seed: u64, bookings: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let _ = write_pnrgov(&mut out, habits, seed, bookings);
    out
}

/// Writes what [`pnrgov`] returns, one message in memory at a time.
pub(crate) fn write_pnrgov(
    out: &mut impl Write,
    habits: &'static Habits,
    seed: u64,
    bookings: usize,
) -> io::Result<Counts> {
    write(out, seed, bookings, PNRGOV, |message, rng, index, left| {
        let size = left.min(PER_MESSAGE);
        let flight = Flight::plan(rng, habits, index);
        let persons = one_message(message, rng, &flight, index, size);
        Made {
            units: size,
            bookings: size,
            persons,
        }
    })
}

/// `persons` travellers and crew as one PAXLST interchange.
pub(crate) fn paxlst(seed: u64, persons: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let _ = write_paxlst(&mut out, seed, persons);
    out
}

/// Writes what [`paxlst`] returns, one message in memory at a time.
pub(crate) fn write_paxlst(out: &mut impl Write, seed: u64, persons: usize) -> io::Result<Counts> {
    write(out, seed, persons, PAXLST, |message, rng, index, left| {
        let listed = paxlst::list(message, rng, index, left.min(paxlst::PER_MESSAGE));
        Made {
            units: listed.persons,
            bookings: listed.bookings,
            persons: listed.persons,
        }
    })
}

const PNRGOV: &str = "UNA:+.?*'UNB+IATA:1+XX+UTOPIU+250101:0600+SYNTH0001++PNRGOV'\
                      UNG+PNRGOV+XX+UTOPIU+250101:0600+1+IA+15:1'";
const PAXLST: &str = "UNA:+.? 'UNB+UNOA:4+XX:ZZ+UTOPIU:ZZ+250101:0600+SYNTH0001++APIS'\
                      UNG+PAXLST+XX:ZZ+UTOPIU:ZZ+250101:0600+1+UN+D:05B'";

/// What one message holds; `units` is what the caller of the generator counts in.
struct Made {
    units: usize,
    bookings: usize,
    persons: usize,
}

fn write(
    out: &mut impl Write,
    seed: u64,
    units: usize,
    header: &str,
    mut make: impl FnMut(&mut Message, &mut Rng, u64, usize) -> Made,
) -> io::Result<Counts> {
    let (mut rng, mut message) = (Rng::new(seed), Message::default());
    let mut counts = Counts::default();
    put(out, &mut counts, header.as_bytes(), 2)?;
    let mut left = units;
    while left > 0 {
        message.clear();
        let made = make(&mut message, &mut rng, counts.messages + 1, left);
        counts.messages += 1;
        counts.bookings += made.bookings as u64;
        counts.persons += made.persons as u64;
        put(out, &mut counts, message.as_bytes(), message.segments())?;
        left -= made.units;
    }
    let trailer = format!("UNE+{}+1'UNZ+1+SYNTH0001'", counts.messages);
    put(out, &mut counts, trailer.as_bytes(), 2)?;
    Ok(counts)
}

/// Writes one flight and returns how many travellers it names.
fn one_message(
    message: &mut Message,
    rng: &mut Rng,
    flight: &Flight,
    index: u64,
    size: usize,
) -> usize {
    let mut persons = 0;
    pnrgov::head(message, index, flight, size);
    for _ in 0..size {
        let booking = Booking::plan(rng, flight);
        persons += booking.persons();
        pnrgov::booking(message, rng, flight, &booking);
    }
    pnrgov::tail(message, index);
    persons
}

fn put(out: &mut impl Write, counts: &mut Counts, bytes: &[u8], segments: usize) -> io::Result<()> {
    counts.bytes += bytes.len() as u64;
    counts.segments += segments as u64;
    out.write_all(bytes)
}
