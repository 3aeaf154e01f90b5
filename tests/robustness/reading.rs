//! What a reading came to, in a form that can be compared, and what every reading owes.

use std::path::{Path, PathBuf};

use paxnorm::format::Pnrgov;
use paxnorm::{Code, Data, Diagnostic, Format, Input, Options, Policy, Reader, Record};

use super::support;

#[derive(Debug, Default, PartialEq)]
pub struct Outcome {
    /// The bookings as JSON.
    pub bookings: Vec<String>,
    pub diagnostics: Vec<Diagnostic>,
    /// What became of the data, record by record.
    pub data: Vec<Data>,
    /// Why the reading ended before the input did.
    pub error: Option<String>,
}

impl Outcome {
    pub fn total(&self) -> Data {
        let mut total = Data::default();
        self.data.iter().for_each(|data| total += *data);
        total
    }
}

pub const POLICIES: [fn() -> &'static Policy; 2] = [Policy::eu_pnr, Policy::keep_all];

/// Reads to the end and checks what every reading owes, whatever the input.
pub fn read(bytes: &[u8], policy: &Policy) -> Outcome {
    drain(bytes.into(), bytes.len(), policy)
}

pub fn drain(input: Input<'_>, len: usize, policy: &Policy) -> Outcome {
    let options = Options {
        formats: &[&Pnrgov as &dyn Format],
        policy,
        ..Options::default()
    };
    let mut outcome = Outcome::default();
    let mut reader = match Reader::with(input, &options) {
        Ok(reader) => reader,
        Err(error) => {
            outcome.error = Some(error.to_string());
            return outcome;
        }
    };
    for record in reader.by_ref() {
        match record {
            Ok(record) => keep(&mut outcome, record, len),
            Err(error) => outcome.error = Some(error.to_string()),
        }
        assert!(outcome.data.len() <= len + 2, "more records than bytes");
    }
    assert!(reader.next().is_none(), "nothing follows the end");
    outcome
}

/// Adds a record, whose account must be right and whose places must lie in the input.
fn keep(outcome: &mut Outcome, mut record: Record, len: usize) {
    let data = record.data;
    let sum = data.mapped + data.withheld + data.unmapped;
    assert_eq!(
        data.read, sum,
        "what is read is mapped, withheld or unmapped"
    );
    assert!(data.as_text <= data.mapped + data.withheld);
    let named = (record.diagnostics.iter()).filter(|doubt| doubt.code == Code::Unmapped);
    assert_eq!(named.count(), data.unmapped as usize, "a note names each");
    for doubt in &record.diagnostics {
        let end = doubt.location.offset + u64::from(doubt.location.len);
        assert!(end <= len as u64, "{doubt} ends behind the input");
    }
    let json = record.booking.iter().map(serde_json::to_string);
    outcome
        .bookings
        .extend(json.map(|json| json.expect("a booking is JSON")));
    outcome.diagnostics.append(&mut record.diagnostics);
    outcome.data.push(data);
}

/// A sample and where it stands.
pub struct Sample {
    pub path: PathBuf,
    pub bytes: Vec<u8>,
}

fn beneath(folder: &Path, found: &mut Vec<Sample>) {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("a folder of samples")
        .flatten()
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            beneath(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "edi") {
            let bytes = std::fs::read(&path).expect("a sample");
            found.push(Sample { path, bytes });
        }
    }
}

/// The project's own samples.
pub fn own() -> Vec<Sample> {
    let mut found = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["examples/data", "tests/data/pnrgov", "tests/data/quirks"] {
        beneath(&root.join(folder), &mut found);
    }
    assert!(found.len() > 80, "{} samples", found.len());
    found
}

/// The shared samples, none where they are not there.
pub fn shared() -> Vec<Sample> {
    let mut found = Vec::new();
    if let Some(folder) = support::shared("corpus/pnrgov") {
        beneath(&folder, &mut found);
    }
    found
}

pub fn all() -> Vec<Sample> {
    own().into_iter().chain(shared()).collect()
}

/// A small generator with a fixed seed (xorshift64).
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }
}
