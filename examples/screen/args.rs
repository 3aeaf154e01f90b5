//! The command line.

use std::io::IsTerminal;

use paxnorm::Policy;

use crate::words::{number, policy};

pub const USAGE: &str = "usage: screen [--threshold SCORE] [--limit N] [--policy NAME|FILE] [--threads N] [--json|--table] [--quiet] LIST.csv PATH...
  --threshold SCORE    least score of a candidate, 0 to 1 (default 0.5)
  --limit N            candidates of one traveller at most (default 10)
  --policy NAME|FILE   what may be kept of the travellers: eu-pnr (default), keep-all, or a policy of your own
  --threads N          compare with N threads (default 1)
  --json               lines of JSON, also on a terminal
  --table              a table, also where no terminal is
  --quiet              no messages, no progress
  LIST.csv             persons sought: name, or surname and given; entity, birth_date, document, sex
  PATH                 a file, a folder, or - for standard input";

pub struct Args {
    pub list: String,
    pub paths: Vec<String>,
    pub policy: Policy,
    pub threshold: f32,
    pub limit: usize,
    pub threads: usize,
    pub table: bool,
    pub quiet: bool,
}

impl Args {
    pub fn parse(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut args = Self {
            list: String::new(),
            paths: Vec::new(),
            policy: Policy::eu_pnr().clone(),
            threshold: 0.5,
            limit: 10,
            threads: 1,
            table: std::io::stdout().is_terminal(),
            quiet: false,
        };
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or_else(|| format!("{word} wants a value"));
            match word.as_str() {
                "--threshold" => args.threshold = threshold(&value()?)?,
                "--limit" => args.limit = number(&word, &value()?, 1000)?,
                "--policy" => args.policy = policy(&value()?)?,
                "--threads" => args.threads = number(&word, &value()?, 256)?,
                "--json" => args.table = false,
                "--table" => args.table = true,
                "--quiet" => args.quiet = true,
                flag if flag.starts_with("--") => return Err(format!("unknown option {flag}")),
                path if args.list.is_empty() => args.list = path.to_owned(),
                path => args.paths.push(path.to_owned()),
            }
        }
        if args.paths.is_empty() {
            Err("a LIST.csv and a PATH are wanted".to_owned())
        } else {
            Ok(args)
        }
    }
}

fn threshold(text: &str) -> Result<f32, String> {
    let score = text
        .parse()
        .ok()
        .filter(|score| (0.0..=1.0).contains(score));
    score.ok_or_else(|| format!("--threshold wants a number from 0 to 1, not {text}"))
}
