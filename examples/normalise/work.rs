//! Reading one input: on one thread, or split between messages for several.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex};
use std::time::Instant;

use paxnorm::format::Format;
use paxnorm::{Error, Input, Options, Reader, Record};

use crate::args::Args;
use crate::input;
use crate::output::{Output, Totals, describe};
use crate::progress::Progress;

/// Bytes that one thread reads at a time.
const PIECE: usize = 1 << 20;
/// What is printed is collected up to this size.
const CHUNK: usize = 1 << 16;

pub fn read(args: &Args, path: &str, output: &mut Output, progress: &mut Progress) -> Totals {
    let started = Instant::now();
    let mut totals = if path == "-" {
        let stdin = std::io::stdin();
        stream(args, Input::Stream(Box::new(stdin)), path, output, progress)
    } else {
        match input::map(path) {
            Ok(None) => stream(args, Input::Slice(b""), path, output, progress),
            Ok(Some(bytes)) if args.threads > 1 => parallel(args, &bytes, path, output, progress),
            Ok(Some(bytes)) => stream(args, Input::Slice(&bytes), path, output, progress),
            Err(error) => {
                output.error(path, &error);
                Totals {
                    whole: false,
                    ..Totals::named(path)
                }
            }
        }
    };
    totals.seconds = started.elapsed().as_secs_f64();
    totals
}

fn open<'a>(
    args: &'a Args,
    formats: &'a [&'a dyn Format],
    input: Input<'a>,
) -> Result<Reader<'a>, Error> {
    let mut options = Options {
        policy: &args.policy,
        ..Options::default()
    };
    if !formats.is_empty() {
        options.formats = formats;
    }
    Reader::with(input, &options)
}

fn formats(args: &Args) -> Vec<&dyn Format> {
    args.format
        .iter()
        .map(|format| *format as &dyn Format)
        .collect()
}

fn stream(
    args: &Args,
    input: Input<'_>,
    path: &str,
    output: &mut Output,
    progress: &mut Progress,
) -> Totals {
    let formats = formats(args);
    let mut piece = Piece::new(args, path, output);
    match open(args, &formats, input) {
        Err(error) => piece.fail(path, &error),
        Ok(mut reader) => {
            piece.totals.format = reader.format().to_owned();
            let mut before = 0;
            while let Some(record) = reader.next() {
                piece.take(path, record);
                progress.advance(reader.offset() - before);
                before = reader.offset();
                if piece.lines.len() + piece.doubts.len() >= CHUNK {
                    piece.print(output);
                    if output.closed() {
                        break;
                    }
                }
            }
            piece.totals.bytes = reader.offset();
            piece.totals.report = reader.report();
        }
    }
    piece.print(output);
    piece.totals
}

/// What one piece of the input yielded.
struct Piece {
    totals: Totals,
    lines: Vec<u8>,
    doubts: Vec<u8>,
    summary: bool,
    wants_doubts: bool,
    colour: bool,
}

impl Piece {
    fn new(args: &Args, path: &str, output: &Output) -> Self {
        Self {
            totals: Totals {
                format: "unknown".to_owned(),
                ..Totals::named(path)
            },
            lines: Vec::new(),
            doubts: Vec::new(),
            summary: args.summary,
            wants_doubts: output.wants_diagnostics() && !args.summary,
            colour: output.colour(),
        }
    }

    fn take(&mut self, path: &str, record: Result<Record, Error>) {
        let record = match record {
            Ok(record) => record,
            Err(error) => return self.fail(path, &error),
        };
        self.totals.count(&record);
        if record
            .provenance
            .as_ref()
            .is_some_and(|message| message.segments.is_some())
        {
            self.totals.messages += 1;
        }
        if self.wants_doubts {
            for diagnostic in &record.diagnostics {
                describe(path, diagnostic, self.colour, &mut self.doubts);
            }
        }
        let Some(booking) = record.booking.filter(|_| !self.summary) else {
            return;
        };
        // A booking always has a JSON form, and writing to memory does not fail.
        let _ = serde_json::to_writer(&mut self.lines, &booking);
        self.lines.push(b'\n');
    }

    fn fail(&mut self, path: &str, error: &Error) {
        self.totals.whole = false;
        let _ = writeln!(self.doubts, "error: {path}: {error}");
    }

    fn print(&mut self, output: &mut Output) {
        output.bytes(&self.lines);
        if !self.doubts.is_empty() {
            output.flush();
            output.diagnostics(&self.doubts);
        }
        self.lines.clear();
        self.doubts.clear();
    }
}

/// Parts that wait to be printed, and the one whose turn it is.
#[derive(Default)]
struct Waiting {
    pieces: BTreeMap<usize, Piece>,
    printed: usize,
    stopped: bool,
}

/// The input, of which each thread takes the next part when it has done the last.
struct Parts<'a> {
    reader: Reader<'a>,
    taken: usize,
}

/// What the threads share.
struct Desk<'a> {
    parts: Mutex<Parts<'a>>,
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

impl<'a> Desk<'a> {
    fn next(&self) -> Option<(usize, Reader<'a>)> {
        let mut parts = self.parts.lock().expect("no thread panics");
        let part = parts.reader.split(PIECE)?;
        parts.taken += 1;
        Some((parts.taken - 1, part))
    }

    /// Puts down what was read. No thread runs far ahead of what is printed: memory stays bounded.
    fn put(&self, index: usize, piece: Piece, threads: usize) -> bool {
        let mut held = self.waiting.lock().expect("no thread panics");
        while index > held.printed + 2 * threads && !held.stopped {
            held = self.changed.wait(held).expect("no thread panics");
        }
        held.pieces.insert(index, piece);
        self.changed.notify_all();
        !held.stopped
    }

    /// The part whose turn it is; nothing where all have been.
    fn take(&self, index: usize) -> Option<Piece> {
        let mut held = self.waiting.lock().expect("no thread panics");
        held.printed = index;
        self.changed.notify_all();
        loop {
            if let Some(piece) = held.pieces.remove(&index) {
                return Some(piece);
            }
            if held.stopped {
                return None;
            }
            held = self.changed.wait(held).expect("no thread panics");
        }
    }

    fn stop(&self) {
        self.waiting.lock().expect("no thread panics").stopped = true;
        self.changed.notify_all();
    }
}

fn parallel(
    args: &Args,
    bytes: &[u8],
    path: &str,
    output: &mut Output,
    progress: &mut Progress,
) -> Totals {
    let formats = formats(args);
    let mut whole = Piece::new(args, path, output);
    let reader = match open(args, &formats, Input::Slice(bytes)) {
        Ok(reader) => reader,
        Err(error) => {
            whole.fail(path, &error);
            whole.print(output);
            return whole.totals;
        }
    };
    let mut totals = whole.totals;
    totals.format = reader.format().to_owned();
    let desk = Desk {
        parts: Mutex::new(Parts { reader, taken: 0 }),
        waiting: Mutex::default(),
        changed: Condvar::new(),
    };
    let busy = AtomicUsize::new(args.threads);
    std::thread::scope(|scope| {
        for _ in 0..args.threads {
            let blank = Piece::new(args, path, output);
            let (desk, busy) = (&desk, &busy);
            scope.spawn(move || {
                work(desk, &blank, path, args.threads);
                if busy.fetch_sub(1, Ordering::AcqRel) == 1 {
                    desk.stop();
                }
            });
        }
        for index in 0.. {
            let Some(mut piece) = desk.take(index) else {
                break;
            };
            piece.print(output);
            totals.add(&piece.totals);
            progress.advance(piece.totals.bytes);
            // Nothing follows an error: parts that were read behind it do not count.
            if output.closed() || !piece.totals.whole {
                desk.stop();
                break;
            }
        }
    });
    totals.bytes = bytes.len() as u64;
    totals
}

fn work(desk: &Desk<'_>, blank: &Piece, path: &str, threads: usize) {
    while let Some((index, mut part)) = desk.next() {
        let mut piece = blank.blank();
        let begun = part.offset();
        part.by_ref().for_each(|record| piece.take(path, record));
        piece.totals.bytes = part.offset() - begun;
        piece.totals.report = part.report();
        if !desk.put(index, piece, threads) {
            return;
        }
    }
}

impl Piece {
    fn blank(&self) -> Self {
        Self {
            totals: Totals {
                format: self.totals.format.clone(),
                ..Totals::named(&self.totals.file)
            },
            lines: Vec::new(),
            doubts: Vec::new(),
            ..*self
        }
    }
}
