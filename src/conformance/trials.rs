//! The trials of one sample: whole, in windows, cut short, with flipped bytes.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::drive::{Breach, Run, drive};
use super::effort::{Dice, Effort};
use super::leak::Texts;
use super::{Failure, Promise, Report, Trial};
use crate::format::{Confidence, Format};

/// How much a reader shows of an input for detection.
const HEAD: usize = 64 << 10;

pub(super) fn all(
    format: &dyn Format,
    number: usize,
    sample: &[u8],
    effort: &Effort,
    report: &mut Report,
) {
    let mut trials = Trials {
        format,
        number,
        effort,
        report,
    };
    let whole = trials.read(Trial::Whole, sample, &[]);
    trials.detect(sample);
    if let Some(whole) = whole {
        trials.chunk(sample, &whole);
    }
    trials.truncate(sample);
    trials.flip(sample);
}

struct Trials<'a> {
    format: &'a dyn Format,
    number: usize,
    effort: &'a Effort,
    report: &'a mut Report,
}

impl Trials<'_> {
    fn fail(&mut self, trial: Trial, (promise, offset, what): Breach) {
        self.report.add(Failure {
            promise,
            sample: self.number,
            trial,
            offset,
            what,
        });
    }

    /// Detects and reads, and notes what was broken; the run, where it came to an end.
    fn read(&mut self, trial: Trial, input: &[u8], ends: &[usize]) -> Option<Run> {
        self.report.count(self.number);
        let mut breaches = Vec::new();
        let format = self.format;
        let run = catch_unwind(AssertUnwindSafe(|| {
            let _ = format.detect(head(input));
            drive(format, input, ends, &Texts::new(input), &mut breaches)
        }));
        if run.is_err() {
            breaches.push((Promise::NoPanic, 0, "panicked"));
        }
        let unfinished = [Promise::Window, Promise::Ending];
        let finished = !breaches.iter().any(|breach| unfinished.contains(&breach.0));
        // A breach that recurs at every record of a reading is one failure.
        breaches.dedup_by_key(|breach| (breach.0, breach.2));
        for breach in breaches {
            self.fail(trial, breach);
        }
        run.ok().filter(|_| finished)
    }

    /// The sample is known, and still after other bytes were seen.
    fn detect(&mut self, sample: &[u8]) {
        let format = self.format;
        let detect = |bytes| {
            let confidence = catch_unwind(AssertUnwindSafe(|| format.detect(bytes)));
            confidence.unwrap_or(Confidence::No)
        };
        let first = detect(head(sample));
        if first == Confidence::No {
            self.fail(Trial::Whole, (Promise::Detection, 0, "not recognised"));
        }
        let half = sample.get(..sample.len() / 2).unwrap_or_default();
        for between in [&b""[..], half, sample] {
            let _ = detect(head(between));
            if detect(head(sample)) != first {
                let what = "another answer for the same bytes";
                return self.fail(Trial::Whole, (Promise::Detection, 0, what));
            }
        }
    }

    fn chunk(&mut self, sample: &[u8], whole: &Run) {
        let ways = self.effort.trials(self.effort.chunkings, sample.len());
        for way in 0..ways {
            let trial = Trial::Chunked { way };
            let ends = ends(sample.len(), way, self.effort);
            let run = self.read(trial, sample, &ends);
            if run.is_some_and(|run| run != *whole) {
                let what = "not the records of the whole";
                self.fail(trial, (Promise::Chunking, 0, what));
            }
        }
    }

    fn truncate(&mut self, sample: &[u8]) {
        let trials = self.effort.trials(self.effort.truncations, sample.len());
        for len in spread(sample.len(), trials) {
            let cut = sample.get(..len).unwrap_or_default();
            self.read(Trial::Truncated { len }, cut, &[]);
        }
    }

    fn flip(&mut self, sample: &[u8]) {
        if sample.is_empty() {
            return;
        }
        let mut dice = Dice::new(self.effort.seed);
        let mut damaged = sample.to_vec();
        for _ in 0..self.effort.trials(self.effort.flips, sample.len()) {
            let (at, mask) = (dice.roll(sample.len()), mask(&mut dice));
            if let Some(byte) = damaged.get_mut(at) {
                *byte ^= mask;
            }
            self.read(Trial::Flipped { at, mask }, &damaged, &[]);
            if let Some(byte) = damaged.get_mut(at) {
                *byte ^= mask;
            }
        }
    }
}

fn head(input: &[u8]) -> &[u8] {
    input.get(..HEAD).unwrap_or(input)
}

/// One bit, or several.
fn mask(dice: &mut Dice) -> u8 {
    match dice.roll(3) {
        0 => u8::try_from(1 + dice.roll(255)).unwrap_or(1),
        _ => 1 << dice.roll(8),
    }
}

/// Every length below `len` where they are few, else `most` of them, evenly.
fn spread(len: usize, most: usize) -> impl Iterator<Item = usize> {
    let count = most.min(len);
    (0..count).map(move |step| step * len / count.max(1))
}

/// Where the windows of a way of cutting end: the first is byte by byte, the
/// others by chance, with pieces of several lengths.
fn ends(len: usize, way: usize, effort: &Effort) -> Vec<usize> {
    let windows = effort.windows.max(1);
    if way == 0 {
        return spread(len, windows).collect();
    }
    let mut dice = Dice::new(effort.seed ^ (way as u64) << 32);
    let longest = match way % 4 {
        0 => 2,
        1 => 40,
        2 => 2 * len / windows + 1,
        _ => len.max(1),
    };
    let mut ends: Vec<usize> = (0..windows).map(|_| 1 + dice.roll(longest)).collect();
    let mut end = if way % 4 < 2 { dice.roll(len) } else { 0 };
    for piece in &mut ends {
        end += *piece;
        *piece = end;
    }
    ends.retain(|end| *end < len);
    ends
}
