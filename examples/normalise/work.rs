//! Reading one input: on one thread, or cut at interchanges for several.

use std::collections::BTreeMap;
use std::io::Write;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex};
use std::time::Instant;

use paxnorm::edifact::{Search, find_interchange};
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
                piece.take(path, record, 0);
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

    /// Takes a record of a reader that began at `base` of the input.
    fn take(&mut self, path: &str, record: Result<Record, Error>, base: u64) {
        let mut record = match record {
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
            for diagnostic in &mut record.diagnostics {
                diagnostic.location.offset += base;
                describe(path, diagnostic, self.colour, &mut self.doubts);
            }
        }
        let Some(booking) = record.booking.as_mut().filter(|_| !self.summary) else {
            return;
        };
        if let Some(range) = &mut booking.range {
            range.start = range.start.map(|start| start + base);
            range.end = range.end.map(|end| end + base);
        }
        // A booking always has a JSON form, and writing to memory does not fail.
        let _ = serde_json::to_writer(&mut self.lines, booking);
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

/// Cuts the input before interchanges, into pieces of a megabyte or more.
fn cut(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    while bytes.len() - start > PIECE {
        let Search::Found(next) = find_interchange(bytes, start + PIECE, true) else {
            break;
        };
        let end = next.una.unwrap_or(next.unb);
        pieces.push(start..end);
        start = end;
    }
    pieces.push(start..bytes.len());
    pieces
}

/// Pieces that wait to be printed, and the one whose turn it is.
#[derive(Default)]
struct Waiting {
    pieces: BTreeMap<usize, Piece>,
    printed: usize,
    stopped: bool,
}

fn parallel(
    args: &Args,
    bytes: &[u8],
    path: &str,
    output: &mut Output,
    progress: &mut Progress,
) -> Totals {
    let pieces = cut(bytes);
    let next = AtomicUsize::new(0);
    let waiting = Mutex::new(Waiting::default());
    let changed = Condvar::new();
    let mut totals = Piece::new(args, path, output).totals;
    let blank = || Piece::new(args, path, output);
    let blanks: Vec<_> = (0..args.threads).map(|_| blank()).collect();
    std::thread::scope(|scope| {
        for mut piece in blanks {
            let (pieces, next, waiting, changed) = (&pieces, &next, &waiting, &changed);
            scope.spawn(move || {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(range) = pieces.get(index) else {
                        return;
                    };
                    let template = piece.blank();
                    let done =
                        read_piece(args, &bytes[range.clone()], range.start as u64, path, piece);
                    piece = template;
                    // No thread runs far ahead of what is printed: memory stays bounded.
                    let mut held = waiting.lock().expect("no thread panics");
                    while index > held.printed + 2 * args.threads && !held.stopped {
                        held = changed.wait(held).expect("no thread panics");
                    }
                    if held.stopped {
                        return;
                    }
                    held.pieces.insert(index, done);
                    changed.notify_all();
                }
            });
        }
        for (index, range) in pieces.iter().enumerate() {
            let mut held = waiting.lock().expect("no thread panics");
            let mut piece = loop {
                if let Some(piece) = held.pieces.remove(&index) {
                    break piece;
                }
                held = changed.wait(held).expect("no thread panics");
            };
            held.printed = index + 1;
            changed.notify_all();
            drop(held);
            piece.print(output);
            totals.add(&piece.totals);
            if index == 0 {
                totals.format = piece.totals.format;
            }
            progress.advance(range.len() as u64);
            if output.closed() {
                waiting.lock().expect("no thread panics").stopped = true;
                changed.notify_all();
                next.store(usize::MAX / 2, Ordering::Relaxed);
                break;
            }
        }
    });
    totals.bytes = bytes.len() as u64;
    totals
}

impl Piece {
    fn blank(&self) -> Self {
        Self {
            totals: Totals {
                format: "unknown".to_owned(),
                ..Totals::named(&self.totals.file)
            },
            lines: Vec::new(),
            doubts: Vec::new(),
            ..*self
        }
    }
}

fn read_piece(args: &Args, bytes: &[u8], base: u64, path: &str, mut piece: Piece) -> Piece {
    let formats = formats(args);
    match open(args, &formats, Input::Slice(bytes)) {
        Err(error) => piece.fail(path, &error),
        Ok(reader) => {
            piece.totals.format = reader.format().to_owned();
            reader.for_each(|record| piece.take(path, record, base));
        }
    }
    piece
}
