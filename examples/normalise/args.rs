//! The command line.

use paxnorm::format::Format;
use paxnorm::{Policy, format};

use crate::words::{number, policy};

pub const USAGE: &str = "usage: normalise [--format NAME] [--policy NAME|FILE] [--summary] [--threads N] [--quiet] PATH...
  --format NAME        read as this format instead of recognising it (pnrgov)
  --policy NAME|FILE   what may be kept: eu-pnr (default), another shipped policy, or your own;
                       what it takes away is shown as a table
  --summary            print counts as JSON instead of bookings
  --threads N          read with N threads (default 1)
  --quiet              no diagnostics, no progress
  PATH                 a file, a folder, or - for standard input";

pub struct Args {
    pub format: Option<&'static dyn Format>,
    pub policy: Policy,
    /// A policy was chosen, and what it takes away is shown.
    pub report: bool,
    pub summary: bool,
    pub threads: usize,
    pub quiet: bool,
    pub paths: Vec<String>,
}

impl Args {
    pub fn parse(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut args = Self {
            format: None,
            policy: Policy::eu_pnr().clone(),
            report: false,
            summary: false,
            threads: 1,
            quiet: false,
            paths: Vec::new(),
        };
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or_else(|| format!("{word} wants a value"));
            match word.as_str() {
                "--format" => args.format = Some(named_format(&value()?)?),
                "--policy" => {
                    args.policy = policy(&value()?)?;
                    args.report = true;
                }
                "--threads" => args.threads = number(&word, &value()?, 256)?,
                "--summary" => args.summary = true,
                "--quiet" => args.quiet = true,
                flag if flag.starts_with("--") => return Err(format!("unknown option {flag}")),
                path => args.paths.push(path.to_owned()),
            }
        }
        if args.paths.is_empty() {
            Err("no PATH given".to_owned())
        } else {
            Ok(args)
        }
    }
}

fn named_format(name: &str) -> Result<&'static dyn Format, String> {
    format::named(name).ok_or_else(|| format!("no format is called {name}"))
}
