//! Fits the weights of the terms by logistic regression, checked on persons
//! left out. Beside the labelled pairs stand pairs by chance: labelled ones
//! are mostly chosen to be alike, and most names that meet are not; and
//! invented pairs with initials, which lists of aliases hardly hold.
//!
//! What speaks for one person may add points only, what speaks against one may
//! only take them ([`FOR`], [`AGAINST`]), and words more alike never weigh less
//! ([`ORDER`]). Negatives that were mined by one measure of likeness make a fit
//! without bounds punish that likeness; with them it holds on other data.

use std::error::Error;

use paxnorm::Name;
use paxnorm::matching::{Matcher, Term};

use crate::invented;
use crate::measure::Measures;
use crate::pairs::Pair;

const FOLDS: u64 = 5;
const ROUNDS: usize = 30;
/// Pull of every weight towards 0, in pairs.
const PULL: f64 = 3.0;

/// What a file of labelled pairs weighs, and of how many pairs at least it is
/// taken to be, so that a few never decide.
const FILE: f64 = 10_000.0;
const FEW: f64 = 1_000.0;
/// Invented pairs, and what they weigh beside a file of labelled ones.
const INVENTED: usize = 6_000;
const INVENTED_WEIGHT: f64 = 3_000.0;

/// Terms whose weight is never below 0.
const FOR: &[Term] = &[
    Term::Nickname,
    Term::Glued,
    Term::Lesser,
    Term::LesserAll,
    Term::Greater,
    Term::GreaterAll,
    Term::Evidence,
    Term::EvidenceMore,
    Term::Two,
    Term::Surname,
    Term::First,
    Term::Last,
];
/// Terms whose weight is never above 0.
const AGAINST: &[Term] = &[
    Term::Conflict,
    Term::Worst,
    Term::WorstFar,
    Term::Clash,
    Term::Clashes,
    Term::InitialClash,
    Term::InitialApart,
    Term::Distinct,
    Term::Order,
    Term::Descent,
    Term::Fathers,
    Term::Crossed,
    Term::SurnameApart,
    Term::Feminine,
    Term::Lacking,
    Term::Said,
];
/// Levels of likeness, the greatest first; each is fitted as a step above the
/// next, which is never below 0.
const ORDER: [Term; 3] = [Term::Alike, Term::Loose, Term::Faint];

/// One pair as numbers.
struct Row {
    values: Vec<f64>,
    label: bool,
    fold: u64,
    /// Of which file; pairs by chance are of none, and only fitted to.
    set: Option<usize>,
    weight: f64,
}

/// Prints the measures on persons left out, then the scalars fitted to all.
pub(crate) fn run(
    matcher: &Matcher,
    sets: &[Vec<Pair>],
    fixed: &[String],
) -> Result<(), Box<dyn Error>> {
    let rows = rows(matcher, sets);
    let free: Vec<usize> = (0..Term::ALL.len())
        .filter(|&at| !held(Term::ALL[at], fixed))
        .collect();
    let mut scored: Vec<Vec<(f32, bool)>> = sets.iter().map(|_| Vec::new()).collect();
    for fold in 0..FOLDS {
        let weights = fit(matcher, &rows, &free, |row| row.fold != fold);
        for row in rows.iter().filter(|row| row.fold == fold) {
            if let Some(set) = row.set {
                scored[set].push((points(&row.values, &weights) as f32, row.label));
            }
        }
    }
    eprintln!("on persons left out\n{}", Measures::HEADING);
    for set in &scored {
        eprintln!("{}", Measures::of(set));
    }
    let mut weights = fit(matcher, &rows, &free, |_| true);
    each_step(|above, below| weights[above] += weights[below]);
    let mut tuning = matcher.tuning().clone();
    for (&term, weight) in Term::ALL.iter().zip(&weights) {
        *tuning.weights.get_mut(term) = (weight * 100.0).round() as f32 / 100.0;
    }
    println!("{}", serde_json::to_string_pretty(&tuning)?);
    Ok(())
}

fn held(term: Term, fixed: &[String]) -> bool {
    let name = serde_json::to_value(term).unwrap_or_default();
    term == Term::Identical || fixed.iter().any(|fixed| name == fixed.as_str())
}

fn rows(matcher: &Matcher, sets: &[Vec<Pair>]) -> Vec<Row> {
    let mut rows = Vec::new();
    for (set, pairs) in sets.iter().enumerate() {
        let weight = FILE / (pairs.len() as f64).max(FEW);
        for (at, pair) in pairs.iter().enumerate() {
            let person = if pair.entity.is_empty() {
                &pair.text_b
            } else {
                &pair.entity
            };
            let fold = hash(person) % FOLDS;
            rows.push(Row {
                values: values(matcher, &pair.a, &pair.b),
                label: pair.label,
                fold,
                set: Some(set),
                weight,
            });
            let other = &pairs[(at * 7 + 1009) % pairs.len()];
            if at % 2 == 0 && other.entity != pair.entity {
                let values = values(matcher, &pair.a, &other.b);
                rows.push(Row {
                    values,
                    label: false,
                    fold,
                    set: None,
                    weight,
                });
            }
        }
    }
    rows.extend(invented::pairs(INVENTED).iter().map(|pair| Row {
        values: values(matcher, &pair.a, &pair.b),
        label: pair.label,
        fold: hash(&pair.text_a) % FOLDS,
        set: None,
        weight: INVENTED_WEIGHT / INVENTED as f64,
    }));
    rows
}

/// Calls for each two neighbours of [`ORDER`], the lowest first.
fn each_step(mut call: impl FnMut(usize, usize)) {
    for two in ORDER.windows(2).rev() {
        call(two[0] as usize, two[1] as usize);
    }
}

/// The terms of two names, with a level of likeness counted at all below it.
fn values(matcher: &Matcher, a: &Name, b: &Name) -> Vec<f64> {
    let mut values = vec![0.0; Term::ALL.len()];
    for step in matcher
        .explain(&matcher.prepare(a), &matcher.prepare(b))
        .steps
    {
        values[step.term as usize] = f64::from(step.value);
    }
    for two in ORDER.windows(2) {
        values[two[1] as usize] += values[two[0] as usize];
    }
    values
}

fn hash(text: &str) -> u64 {
    let text = paxnorm::matching::normalise::fold(text);
    let mixed = text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    });
    mixed ^ mixed >> 29
}

fn points(values: &[f64], weights: &[f64]) -> f64 {
    values
        .iter()
        .zip(weights)
        .map(|(value, weight)| value * weight)
        .sum()
}

/// The least and the greatest weight of a term.
fn bounds(term: Term) -> (f64, f64) {
    let steps = &ORDER[..ORDER.len() - 1];
    if FOR.contains(&term) || steps.contains(&term) {
        (0.0, f64::INFINITY)
    } else if AGAINST.contains(&term) {
        (f64::NEG_INFINITY, 0.0)
    } else {
        (f64::NEG_INFINITY, f64::INFINITY)
    }
}

/// Newton's steps on the weighted likelihood; a weight that would cross its
/// bound stays there.
fn fit(matcher: &Matcher, rows: &[Row], free: &[usize], chosen: impl Fn(&Row) -> bool) -> Vec<f64> {
    let mut weights: Vec<f64> = Term::ALL
        .iter()
        .map(|term| f64::from(matcher.tuning().weights.get(*term)))
        .collect();
    for two in ORDER.windows(2) {
        weights[two[0] as usize] -= weights[two[1] as usize];
    }
    for &at in free {
        weights[at] = 0.0;
    }
    for _ in 0..ROUNDS {
        let (mut slope, mut curve) = start(&weights, free);
        for row in rows.iter().filter(|row| chosen(row)) {
            learn(row, &weights, free, &mut slope, &mut curve);
        }
        hold(&weights, free, &mut slope, &mut curve);
        let mut size: f64 = 0.0;
        for (&at, change) in free.iter().zip(&solve(curve, slope)) {
            let (least, greatest) = bounds(Term::ALL[at]);
            let moved = (weights[at] + change).clamp(least, greatest);
            size = size.max((moved - weights[at]).abs());
            weights[at] = moved;
        }
        if size < 1e-4 {
            break;
        }
    }
    weights
}

/// Takes out of the next step the weights that stand at their bound and would
/// go beyond.
fn hold(weights: &[f64], free: &[usize], slope: &mut [f64], curve: &mut [Vec<f64>]) {
    for (at, &term) in free.iter().enumerate() {
        let (least, greatest) = bounds(Term::ALL[term]);
        let weight = weights[term];
        if (weight <= least && slope[at] < 0.0) || (weight >= greatest && slope[at] > 0.0) {
            slope[at] = 0.0;
            curve.iter_mut().for_each(|line| line[at] = 0.0);
            curve[at].fill(0.0);
            curve[at][at] = 1.0;
        }
    }
}

fn start(weights: &[f64], free: &[usize]) -> (Vec<f64>, Vec<Vec<f64>>) {
    let slope = free.iter().map(|&at| -PULL * weights[at]).collect();
    let mut curve = vec![vec![0.0; free.len()]; free.len()];
    for (at, line) in curve.iter_mut().enumerate() {
        line[at] = PULL;
    }
    (slope, curve)
}

fn learn(row: &Row, weights: &[f64], free: &[usize], slope: &mut [f64], curve: &mut [Vec<f64>]) {
    if row.values[Term::Identical as usize] > 0.0 {
        return;
    }
    let chance = 1.0 / (1.0 + (-points(&row.values, weights)).exp());
    let miss = row.weight * (f64::from(u8::from(row.label)) - chance);
    let bend = row.weight * (chance * (1.0 - chance)).max(1e-9);
    let present: Vec<(usize, f64)> = free
        .iter()
        .enumerate()
        .map(|(at, &term)| (at, row.values[term]))
        .filter(|(_, value)| *value != 0.0)
        .collect();
    for &(at, value) in &present {
        slope[at] += miss * value;
        for &(other, second) in &present {
            curve[at][other] += bend * value * second;
        }
    }
}

/// Gauss, with the curve positive definite.
fn solve(mut curve: Vec<Vec<f64>>, mut slope: Vec<f64>) -> Vec<f64> {
    let size = slope.len();
    for at in 0..size {
        let (done, rest) = curve.split_at_mut(at + 1);
        let line = &done[at];
        for (below, row) in rest.iter_mut().enumerate() {
            let factor = row[at] / line[at];
            let cells = row.iter_mut().zip(line).skip(at);
            cells.for_each(|(cell, above)| *cell -= factor * above);
            slope[at + 1 + below] -= factor * slope[at];
        }
    }
    for at in (0..size).rev() {
        let known: f64 = curve[at]
            .iter()
            .zip(&slope)
            .skip(at + 1)
            .map(|(x, y)| x * y)
            .sum();
        slope[at] = (slope[at] - known) / curve[at][at];
    }
    slope
}
