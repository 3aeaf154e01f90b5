//! What every format owes is kept by the built-in ones, and broken by deliberately wrong ones in
//! exactly the way that each is wrong.

mod support;

#[allow(dead_code)]
#[path = "../examples/custom_format.rs"]
mod custom_format;
#[path = "conformance/wrong.rs"]
mod wrong;

use std::path::Path;

use paxnorm::conformance::{Effort, Promise, Trial, check, check_with};
use paxnorm::format::BUILT_IN;
use paxnorm::format::mapping::Mapping;
use paxnorm::{Format, Name};

use wrong::{FAULTS, Names, SAMPLES};

/// The files beneath a folder whose name has one of these endings.
fn files(folder: &Path, endings: &[&str]) -> Vec<Vec<u8>> {
    let mut paths: Vec<_> = (std::fs::read_dir(folder).expect("a folder of samples"))
        .flatten()
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            found.append(&mut files(&path, endings));
        } else if (path.extension()).is_some_and(|end| endings.iter().any(|known| end == *known)) {
            found.push(std::fs::read(&path).expect("a sample"));
        }
    }
    found
}

/// The samples that a reader would give to a format.
fn own(format: &dyn Format, samples: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let is_own = |sample: &&Vec<u8>| {
        let reader = paxnorm::Reader::new(sample);
        reader.is_ok_and(|reader| reader.format() == format.name())
    };
    samples.iter().filter(is_own).cloned().collect()
}

/// Enough to meet every kind of place, little enough for a plain `cargo test`.
fn effort() -> Effort {
    let mut effort = Effort::default();
    effort.bytes = 256 << 10;
    effort
}

#[test]
fn the_built_in_formats_keep_their_promises() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let endings = ["edi", "csv", "json", "ndjson"];
    let mut samples = files(&root.join("examples/data"), &endings);
    for folder in [
        "pnrgov",
        "paxlst",
        "quirks",
        "adapt",
        "canonical",
        "mappings",
    ] {
        samples.append(&mut files(&root.join("tests/data").join(folder), &endings));
    }
    let folders = ["corpus/pnrgov", "corpus/paxlst", "corpus/carriers"];
    let shared: Vec<_> = (folders.iter())
        .filter_map(|folder| support::shared(folder))
        .collect();
    for folder in &shared {
        samples.append(&mut files(folder, &endings));
    }
    let mut without = Vec::new();
    for format in BUILT_IN {
        let samples = own(*format, &samples);
        let report = check_with(*format, &samples, &effort());
        println!("{report}");
        assert!(report.is_ok(), "{report}");
        if samples.is_empty() {
            without.push(format.name());
        }
    }
    println!("no sample of {without:?}");
    assert!(
        without.len() < BUILT_IN.len() - 1,
        "no sample of {without:?}"
    );
    assert!(
        shared.is_empty() || without.is_empty(),
        "no sample of {without:?}"
    );
}

#[test]
fn a_right_format_keeps_every_promise() {
    let report = check(&Names::new(None), &SAMPLES);
    assert!(report.is_ok(), "{report}");
    assert!(report.trials() > 500, "{} readings", report.trials());
}

#[test]
fn each_fault_breaks_exactly_its_promise() {
    for (fault, promise) in FAULTS {
        let report = check(&Names::new(Some(*fault)), &SAMPLES);
        let broken: Vec<Promise> = report.broken().map(|(promise, _)| promise).collect();
        assert_eq!(broken, [*promise], "{fault:?}\n{report}");
        let told = report.to_string();
        assert!(told.contains(&format!("BROKEN  {promise}")), "{told}");
    }
}

#[test]
fn every_promise_can_be_broken() {
    for promise in Promise::ALL {
        let broken = FAULTS.iter().any(|(_, broken)| broken == promise);
        assert!(broken, "no fault breaks {promise}");
    }
}

#[test]
fn a_failure_names_the_trial_and_the_place() {
    let report = check(
        &Names::new(Some(wrong::Fault::PanicsWhenCut)),
        &SAMPLES[..1],
    );
    let first = report.of(Promise::NoPanic).next().expect("a failure");
    assert!(
        matches!(first.trial, Trial::Truncated { len: 7.. }),
        "{first}"
    );
    assert!(
        first.to_string().starts_with("sample 0 cut short to"),
        "{first}"
    );

    let report = check(&Names::new(Some(wrong::Fault::NoteOutside)), &SAMPLES[..1]);
    let first = report.of(Promise::Places).next().expect("a failure");
    assert_eq!((first.trial, first.offset), (Trial::Whole, 6));
}

#[test]
fn a_report_shows_no_text_of_its_samples() {
    for (fault, _) in FAULTS {
        let told = check(&Names::new(Some(*fault)), &SAMPLES).to_string();
        let leaked = ["ERIKSSON", "SIOBHAN", "aisle"]
            .iter()
            .find(|text| told.contains(**text));
        assert_eq!(leaked, None, "{fault:?}");
    }
}

#[test]
fn the_example_of_a_format_keeps_its_promises() {
    let sample = custom_format::SAMPLE;
    let report = check(&custom_format::FixedWidth, &[sample]);
    assert!(report.is_ok(), "{report}");
    let lines = include_str!("../examples/custom_format.rs").lines().count();
    assert!(lines < 80, "{lines} lines");

    let options = paxnorm::Options {
        formats: &[&custom_format::FixedWidth],
        ..Default::default()
    };
    let records = paxnorm::Reader::with(sample.as_bytes(), &options).expect("its own sample");
    let names: Vec<_> = records
        .flat_map(|record| record.expect("a record").booking)
        .map(|booking| booking.passengers[0].name.clone())
        .collect();
    let expected = [
        Name::new("ERIKSSON", "ANNA"),
        Name::new("O'NEILL", "SIOBHAN"),
    ];
    assert_eq!(names, expected);
}

/// A mapping and a sample of it, parted by a blank line, as the fuzzer takes them.
fn seed(text: &str) -> (Mapping, &str) {
    let (mapping, sample) = text.split_once("\n\n").expect("a mapping and a sample");
    (serde_json::from_str(mapping).expect("a mapping"), sample)
}

#[test]
fn mappings_keep_their_promises() {
    let seeds = [include_str!("../fuzz/seeds/rows.mapping")];
    for (mapping, sample) in seeds.map(seed) {
        let marked = format!("\u{FEFF}{sample}");
        let wide: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let samples = [sample.as_bytes(), marked.as_bytes(), &wide];
        let report = check(&mapping, &samples);
        assert!(report.is_ok(), "{report}");
    }
}

#[test]
fn mappings_that_ask_queries_keep_their_promises() {
    let text = r##"{"name":"asked","source":{"json":{"record":["/bookings/*",""]}},
        "items":[{"list":"passengers[]","each":"/people/*"}],
        "rules":[{"field":"locators[].value","from":"$.codes[?@.kind=='pnr'].text"},
            {"field":"groups[].name","from":"#$..label"},
            {"field":"passengers[].name.surname","from":"$.names[-1]"}]}"##;
    let sample = r#"{"label":"Choir","bookings":[
        {"codes":[{"kind":"x","text":"NO"},{"kind":"pnr","text":"QXZTPL"}],"people":[{"names":["ANNA","ERIKSSON"]}]},
        {"codes":[{"kind":"pnr","text":"QXZTPM"}],"people":[{"names":["DOE"]},{"names":[]}]}]}"#;
    let mapping: Mapping = serde_json::from_str(text).expect("a mapping");
    let report = check(&mapping, &[sample.as_bytes()]);
    assert!(report.is_ok(), "{report}");
}

#[test]
fn proposed_mappings_keep_their_promises() {
    let mut samples = vec![include_bytes!("data/adapt/night-coach.csv").to_vec()];
    if let Some(folder) = support::shared("corpus/carriers") {
        samples.append(&mut files(&folder, &["csv"]));
    }
    for sample in samples {
        let Ok(suggestion) = Mapping::suggest(&sample) else {
            continue; // the manifest of the corpus
        };
        let mapping = Mapping::try_from(suggestion.draft).expect("what is proposed loads");
        let report = check_with(&mapping, &[sample], &effort());
        let broken = report
            .broken()
            .find(|(promise, _)| *promise != Promise::Detection);
        assert!(broken.is_none(), "{report}");
    }
}
