//! Reads transmissions and prints their bookings as NDJSON.
//!
//! ```text
//! cargo run --release --example normalise -- [--format NAME] [--policy NAME|FILE]
//!     [--summary] [--threads N] [--quiet] PATH...
//! ```
//! PATH is a file, a folder, or `-`. Bookings go to standard output, one a line,
//! in the order of the input; diagnostics to standard error. Exit status 0: all
//! was read; 1: some input could not be read to its end; 2: wrong usage.

mod args;
mod input;
mod output;
mod progress;
mod words;
mod work;

use std::process::ExitCode;

use args::Args;
use output::{Output, Totals};
use progress::Progress;

fn main() -> ExitCode {
    match Args::parse(std::env::args().skip(1)) {
        Ok(args) => run(&args),
        Err(message) => {
            eprintln!("{message}\n\n{}", args::USAGE);
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> ExitCode {
    let paths = match input::expand(&args.paths) {
        Ok(paths) => paths,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::from(2);
        }
    };
    let mut output = Output::new(args);
    let mut progress = Progress::new(args, input::size(&paths));
    let mut total = Totals::named("total");
    let mut whole = true;
    for path in &paths {
        let file = work::read(args, path, &mut output, &mut progress);
        whole &= file.whole;
        total.add(&file);
        if args.summary {
            output.summary(&file);
        }
        if output.closed() {
            return ExitCode::SUCCESS;
        }
    }
    progress.finish();
    if args.summary {
        output.summary(&total);
    }
    output.flush();
    if args.report {
        output.report(args.policy.name(), &total.report);
    }
    if whole {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
