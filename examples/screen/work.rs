//! One input: bookings in batches to the threads that compare, candidates in the
//! order of the input to the output.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use paxnorm::{Booking, Error, Input, Options, Reader};

use crate::args::Args;
use crate::input;
use crate::list::List;
use crate::output::{Found, Output};
use crate::progress::Progress;

/// Bookings that one thread takes at a time.
const BATCH: usize = 16;

/// Bookings to compare, by their turn, and the bytes they were read from.
struct Batch {
    turn: usize,
    bookings: Vec<Booking>,
    bytes: u64,
}

/// What they yielded.
struct Done {
    turn: usize,
    found: Vec<Found>,
    travellers: u64,
    bytes: u64,
}

/// Compares one input with the list; whether it was read to its end.
pub fn screen(
    args: &Args,
    list: &List,
    path: &str,
    output: &mut Output,
    progress: &mut Progress,
) -> bool {
    let mapped = match path {
        "-" => Ok(None),
        path => input::map(path),
    };
    match mapped {
        Err(error) => {
            output.error(path, &error);
            false
        }
        Ok(Some(bytes)) => compare(args, list, path, Input::Slice(&bytes), output, progress),
        Ok(None) if path == "-" => {
            let stdin = Input::Stream(Box::new(std::io::stdin()));
            compare(args, list, path, stdin, output, progress)
        }
        Ok(None) => compare(args, list, path, Input::Slice(b""), output, progress),
    }
}

fn compare(
    args: &Args,
    list: &List,
    path: &str,
    input: Input<'_>,
    output: &mut Output,
    progress: &mut Progress,
) -> bool {
    let (give, take) = sync_channel::<Batch>(2 * args.threads);
    let (tell, hear) = sync_channel::<Done>(2 * args.threads);
    let take = Mutex::new(take);
    let options = Options {
        policy: &args.policy,
        ..Options::default()
    };
    let read = match Reader::with(input, &options) {
        Err(error) => Err(error),
        Ok(reader) => std::thread::scope(|scope| {
            for _ in 0..args.threads {
                let (take, tell) = (&take, tell.clone());
                scope.spawn(move || work(args, list, path, take, &tell));
            }
            drop(tell);
            // The reader stays here, for it need not be sendable; the printing goes.
            let printing = scope.spawn(move || print(&hear, output, progress));
            let read = feed(reader, give, &printing);
            let _ = printing.join();
            read
        }),
    };
    if let Err(error) = &read {
        eprintln!("error: {path}: {error}");
    }
    read.is_ok()
}

/// Reads bookings until the end, or until nobody wants them any more.
fn feed<T>(
    mut reader: Reader<'_>,
    give: SyncSender<Batch>,
    printing: &std::thread::ScopedJoinHandle<'_, T>,
) -> Result<(), Error> {
    let (mut bookings, mut turn, mut before) = (Vec::with_capacity(BATCH), 0, 0);
    let mut read = Ok(());
    while let Some(record) = reader.next() {
        match record {
            Ok(record) => bookings.extend(record.booking.map(|booking| *booking)),
            Err(error) => read = Err(error),
        }
        if bookings.len() == BATCH {
            let bytes = reader.offset() - before;
            before = reader.offset();
            let full = std::mem::replace(&mut bookings, Vec::with_capacity(BATCH));
            let batch = Batch {
                turn,
                bookings: full,
                bytes,
            };
            if printing.is_finished() || give.send(batch).is_err() {
                return read;
            }
            turn += 1;
        }
    }
    let bytes = reader.offset() - before;
    // Whoever has gone wants no rest.
    let _ = give.send(Batch {
        turn,
        bookings,
        bytes,
    });
    read
}

fn work(
    args: &Args,
    list: &List,
    path: &str,
    take: &Mutex<Receiver<Batch>>,
    tell: &SyncSender<Done>,
) {
    loop {
        let batch = take.lock().expect("no thread panics").recv();
        let Ok(batch) = batch else { return };
        let mut done = Done {
            turn: batch.turn,
            found: Vec::new(),
            travellers: 0,
            bytes: batch.bytes,
        };
        for booking in &batch.bookings {
            for passenger in &booking.passengers {
                done.travellers += 1;
                for hit in list.search(passenger, args.limit, args.threshold) {
                    let found = Found::new(args, list, path, booking, passenger, &hit);
                    done.found.push(found);
                }
            }
        }
        if tell.send(done).is_err() {
            return;
        }
    }
}

/// Prints what is done, in its turn.
fn print(hear: &Receiver<Done>, output: &mut Output, progress: &mut Progress) {
    let (mut waiting, mut next) = (BTreeMap::new(), 0);
    while let Ok(done) = hear.recv() {
        waiting.insert(done.turn, done);
        while let Some(done) = waiting.remove(&next) {
            output.print(done.found, done.travellers);
            progress.advance(done.bytes);
            next += 1;
        }
        if output.closed() {
            return;
        }
    }
}
