//! Writes traffic of invented people to a file or to stdout, fast and always the same.
//!
//! ```text
//! cargo run --release --example generate -- --bookings N [--format pnrgov|pnrgov-dense|paxlst] [--seed S] [--out FILE|-]
//! ```
//!
//! In PAXLST, N counts persons. What was written is counted on stderr, so that a reader's own counts can be compared.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

#[path = "../benches/synth/mod.rs"]
mod synth;

const USAGE: &str =
    "usage: generate --bookings N [--format pnrgov|pnrgov-dense|paxlst] [--seed S] [--out FILE|-]";

/// What the command line asks for.
struct Wanted {
    bookings: usize,
    format: String,
    seed: u64,
    out: String,
}

impl Wanted {
    fn parse(mut words: impl Iterator<Item = String>) -> Option<Wanted> {
        let mut wanted = Wanted {
            bookings: 0,
            format: "pnrgov".into(),
            seed: 1,
            out: "-".into(),
        };
        while let Some(word) = words.next() {
            let value = words.next()?;
            match word.as_str() {
                "--bookings" => wanted.bookings = value.parse().ok()?,
                "--seed" => wanted.seed = value.parse().ok()?,
                "--format" => wanted.format = value,
                "--out" => wanted.out = value,
                _ => return None,
            }
        }
        (wanted.bookings > 0).then_some(wanted)
    }

    fn open(&self) -> io::Result<Box<dyn Write>> {
        Ok(match self.out.as_str() {
            "-" => Box::new(io::stdout().lock()),
            path => Box::new(File::create(path)?),
        })
    }

    fn write(&self) -> io::Result<synth::Counts> {
        let mut out = BufWriter::with_capacity(1 << 18, self.open()?);
        let counts = match self.format.as_str() {
            "paxlst" => synth::write_paxlst(&mut out, self.seed, self.bookings)?,
            "pnrgov" => self.pnrgov(&mut out, &synth::ORDINARY)?,
            "pnrgov-dense" => self.pnrgov(&mut out, &synth::DENSE)?,
            _ => return Err(io::Error::other(USAGE)),
        };
        out.flush()?;
        Ok(counts)
    }

    fn pnrgov(
        &self,
        out: &mut impl Write,
        habits: &'static synth::Habits,
    ) -> io::Result<synth::Counts> {
        synth::write_pnrgov(out, habits, self.seed, self.bookings)
    }
}

fn main() -> ExitCode {
    let Some(wanted) = Wanted::parse(std::env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match wanted.write() {
        Ok(counts) => {
            eprintln!("{counts:?}");
            ExitCode::SUCCESS
        }
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}
