//! A progress bar on a terminal, for long work.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use crate::args::Args;

/// Work shorter than this shows no bar.
const PATIENCE: Duration = Duration::from_secs(2);
const EVERY: Duration = Duration::from_millis(200);
const WIDTH: usize = 30;

pub struct Progress {
    shown: bool,
    started: Instant,
    printed: Option<Instant>,
    done: u64,
    total: u64,
}

impl Progress {
    pub fn new(args: &Args, total: u64) -> Self {
        let shown = !args.quiet && std::io::stderr().is_terminal();
        Self {
            shown,
            started: Instant::now(),
            printed: None,
            done: 0,
            total,
        }
    }

    pub fn advance(&mut self, bytes: u64) {
        self.done += bytes;
        let due = self
            .printed
            .map_or(self.started.elapsed() > PATIENCE, |at| at.elapsed() > EVERY);
        if self.shown && due {
            self.print();
        }
    }

    fn print(&mut self) {
        self.printed = Some(Instant::now());
        let seconds = self.started.elapsed().as_secs_f64();
        let rate = self.done as f64 / seconds;
        let share = if self.total == 0 {
            0.0
        } else {
            (self.done as f64 / self.total as f64).min(1.0)
        };
        let filled = (share * WIDTH as f64) as usize;
        let left = self.total.saturating_sub(self.done) as f64 / rate;
        let bar = format!("{}{}", "#".repeat(filled), "-".repeat(WIDTH - filled));
        let (percent, rate) = (share * 100.0, rate / 1e6);
        eprint!("\r[{bar}] {percent:3.0} %  {rate:.0} MB/s  {left:.0} s left\x1b[K");
        let _ = std::io::stderr().flush();
    }

    pub fn finish(&mut self) {
        if self.printed.is_some() {
            eprint!("\r\x1b[K");
        }
    }
}
