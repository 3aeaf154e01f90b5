//! Compares the travellers of transmissions with a list of persons sought.
//!
//! ```text
//! cargo run --release --example screen -- [--threshold SCORE] [--limit N] [--policy NAME|FILE]
//!     [--threads N] [--json|--table] [--quiet] LIST.csv PATH...
//! ```
//! LIST.csv has a column `name`, or `surname` and `given`, in any script, and may
//! have `entity` (rows of one person share it), `birth_date` (`1988-08-05`, or its
//! beginning), `document` and `sex` (`F`, `M`). PATH is a file, a folder, or `-`, in
//! any format the library reads.
//!
//! Candidates go to standard output in the order of the input: lines of JSON, each
//! with its explanation, or a table where a person watches. They are proposals: a
//! person decides. Exit status 0: all was read; 1: some input could not be read to
//! its end; 2: wrong usage, or no list.

mod args;
#[path = "../tune/cells.rs"]
mod cells;
#[path = "../normalise/input.rs"]
mod input;
mod list;
mod output;
#[path = "../normalise/progress.rs"]
mod progress;
#[path = "../normalise/words.rs"]
mod words;
mod work;

use std::process::ExitCode;

use args::Args;
use list::List;
use output::Output;
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
    let (list, paths) = match (List::read(&args.list), input::expand(&args.paths)) {
        (Ok(list), Ok(paths)) => (list, paths),
        (Err(message), _) | (_, Err(message)) => {
            eprintln!("{message}");
            return ExitCode::from(2);
        }
    };
    let mut output = Output::new(args);
    let mut progress = Progress::new(args, input::size(&paths));
    let mut whole = true;
    for path in &paths {
        whole &= work::screen(args, &list, path, &mut output, &mut progress);
        if output.closed() {
            return ExitCode::SUCCESS;
        }
    }
    progress.finish();
    output.finish(&list);
    if whole {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
