//! Measures the matcher on labelled pairs of names, and proposes better
//! scalars.
//!
//! ```text
//! cargo run --release --example tune -- PAIRS.csv... [--tuning FILE] [--json] [--plot FILE.svg] [--worst N] [--fit]
//! cargo run --release --example tune -- LIST.csv --search QUERIES.csv [--strangers N] [--worst N]
//! ```
//!
//! A file has the columns `name_a,name_b,label` and may have `group` (what to
//! report apart: script, culture, source) and `entity` (whom the pair is
//! about, kept together in cross-validation). With `--fit` the scalars are
//! fitted to all files together, each file weighing the same, and written as
//! JSON for `--tuning`. With `--search` the list (columns `entity,name`) is
//! indexed together with N strangers, invented from the committed table of
//! names by their frequencies, and searched for every query (columns
//! `entity,query`); of those whose person is no candidate the first N are
//! printed. `cargo bench --bench search` does the same beside a rival.

mod cells;
mod draw;
mod fit;
mod found;
mod invented;
mod list;
mod measure;
mod pairs;
mod plot;
mod search;

use std::error::Error;
use std::time::Instant;

use measure::Measures;
use pairs::Pair;
use paxnorm::matching::{Matcher, Prepared, Tuning};

fn main() -> Result<(), Box<dyn Error>> {
    let options = Options::read(std::env::args().skip(1))?;
    let matcher = Matcher::new(options.tuning()?)?;
    if let Some(queries) = &options.search {
        let worst = options.worst.unwrap_or(0);
        return search::run(&matcher, &options.files, queries, options.strangers, worst);
    }
    let sets = options
        .files
        .iter()
        .map(|file| pairs::read(file))
        .collect::<Result<Vec<_>, _>>()?;
    if options.fit {
        return fit::run(&matcher, &sets, &options.fixed);
    }
    let mut curves = Vec::new();
    for (file, pairs) in options.files.iter().zip(&sets) {
        let judged = judge(&matcher, pairs);
        if !options.json {
            print(file, &matcher, pairs, &judged, options.worst.unwrap_or(20));
        }
        curves.push((file.clone(), measure::curve(&judged.labelled)));
        println!("{}", json(pairs, &judged));
    }
    match &options.plot {
        Some(path) => Ok(std::fs::write(path, plot::svg(&curves))?),
        None => Ok(()),
    }
}

#[derive(Default)]
struct Options {
    files: Vec<String>,
    tuning: Option<String>,
    plot: Option<String>,
    json: bool,
    fit: bool,
    worst: Option<usize>,
    search: Option<String>,
    strangers: usize,
    fixed: Vec<String>,
}

impl Options {
    fn read(mut args: impl Iterator<Item = String>) -> Result<Self, Box<dyn Error>> {
        let mut options = Self::default();
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--json" => options.json = true,
                "--fit" => options.fit = true,
                "--worst" => {
                    options.worst = Some(args.next().ok_or("--worst wants a number")?.parse()?)
                }
                "--search" => options.search = Some(args.next().ok_or("--search wants a file")?),
                "--strangers" => {
                    options.strangers = args.next().ok_or("--strangers wants a number")?.parse()?
                }
                "--tuning" => options.tuning = Some(args.next().ok_or("--tuning wants a file")?),
                "--plot" => options.plot = Some(args.next().ok_or("--plot wants a file")?),
                "--fix" => options.fixed.push(args.next().ok_or("--fix wants a term")?),
                _ => options.files.push(arg),
            }
        }
        if options.files.is_empty() {
            return Err(
                "usage: tune PAIRS.csv... [--tuning FILE] [--json] [--plot FILE.svg] [--fit]"
                    .into(),
            );
        }
        Ok(options)
    }

    fn tuning(&self) -> Result<Tuning, Box<dyn Error>> {
        match &self.tuning {
            Some(path) => Ok(serde_json::from_str(&std::fs::read_to_string(path)?)?),
            None => Ok(Tuning::default()),
        }
    }
}

/// Pairs with their scores.
struct Judged {
    labelled: Vec<(f32, bool)>,
    pairs_per_second: f64,
    strangers_per_second: f64,
    names_per_second: f64,
    bytes_per_name: usize,
}

fn judge(matcher: &Matcher, pairs: &[Pair]) -> Judged {
    let start = Instant::now();
    let prepared: Vec<(Prepared, Prepared)> = pairs
        .iter()
        .map(|pair| (matcher.prepare(&pair.a), matcher.prepare(&pair.b)))
        .collect();
    let names_per_second = 2.0 * pairs.len() as f64 / start.elapsed().as_secs_f64();
    let start = Instant::now();
    let scores: Vec<f32> = prepared.iter().map(|(a, b)| matcher.score(a, b)).collect();
    let pairs_per_second = pairs.len() as f64 / start.elapsed().as_secs_f64();
    let start = Instant::now();
    let others = prepared.iter().zip(prepared.iter().rev());
    let sum: f32 = others.map(|(x, y)| matcher.score(&x.0, &y.1)).sum();
    let strangers_per_second = pairs.len() as f64 / start.elapsed().as_secs_f64();
    std::hint::black_box(sum);
    let bytes: usize = prepared.iter().map(|(a, b)| a.size() + b.size()).sum();
    Judged {
        labelled: scores
            .into_iter()
            .zip(pairs.iter().map(|pair| pair.label))
            .collect(),
        pairs_per_second,
        strangers_per_second,
        names_per_second,
        bytes_per_name: bytes / (2 * pairs.len()).max(1),
    }
}

fn groups(pairs: &[Pair], judged: &Judged) -> Vec<(String, Measures)> {
    let mut groups: std::collections::BTreeMap<&str, Vec<(f32, bool)>> = Default::default();
    for (pair, row) in pairs.iter().zip(&judged.labelled) {
        groups.entry(&pair.group).or_default().push(*row);
    }
    groups
        .into_iter()
        .map(|(group, rows)| (group.to_owned(), Measures::of(&rows)))
        .collect()
}

fn print(file: &str, matcher: &Matcher, pairs: &[Pair], judged: &Judged, worst: usize) {
    let all = Measures::of(&judged.labelled);
    println!(
        "{file}: {} pairs, {} of one person",
        all.pairs, all.positives
    );
    println!(
        "{:.2} M pairs/s ({:.2} M of names paired by chance), {:.2} M names/s prepared, {} bytes a name\n",
        judged.pairs_per_second / 1e6,
        judged.strangers_per_second / 1e6,
        judged.names_per_second / 1e6,
        judged.bytes_per_name
    );
    println!("{:<24} {}", "", Measures::HEADING);
    println!("{:<24} {all}", "all");
    for (group, measures) in groups(pairs, judged) {
        println!(
            "{group:<24} {}",
            measures.at(all.threshold, &group, pairs, judged)
        );
    }
    println!("\nthe worst mistakes");
    for at in measure::worst(&judged.labelled, all.threshold, worst) {
        let pair = &pairs[at];
        let (a, b) = (matcher.prepare(&pair.a), matcher.prepare(&pair.b));
        println!(
            "{} | {} | {}",
            pair.text_a,
            pair.text_b,
            if pair.label {
                "one person"
            } else {
                "two persons"
            }
        );
        println!("{}", matcher.explain(&a, &b));
    }
}

fn json(pairs: &[Pair], judged: &Judged) -> serde_json::Value {
    let mut line = Measures::of(&judged.labelled).json();
    let groups = groups(pairs, judged)
        .into_iter()
        .map(|(group, measures)| (group, measures.json()));
    line["pairs_per_second"] = judged.pairs_per_second.round().into();
    line["groups"] = serde_json::Value::Object(groups.collect());
    line
}
