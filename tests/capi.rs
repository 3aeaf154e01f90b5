//! The header beside the code: `tests/capi/capi.c` calls it, this holds that nothing is missing.
//! `make -C tests/capi` runs the tests in C.

use std::collections::BTreeSet;

use paxnorm::capi::Status;

const HEADER: &str = include_str!("../include/paxnorm.h");

/// What stands between a beginning and an end, each time.
fn between(text: &str, start: &str, end: char) -> BTreeSet<String> {
    let parts = text.split(start).skip(1);
    parts
        .filter_map(|part| part.split_once(end))
        .map(|(name, _)| name.trim().to_owned())
        .collect()
}

fn code() -> String {
    let files = std::fs::read_dir("src/capi").expect("the folder");
    let paths = files.map(|file| file.expect("an entry").path());
    paths
        .map(|path| std::fs::read_to_string(path).expect("a file"))
        .collect()
}

#[test]
fn every_function_is_declared_and_every_declared_one_is_there() {
    let code = code();
    let mut there = between(&code, "extern \"C\" fn paxnorm_", '(');
    // Those that the table of handles makes.
    let frees = code.split([',', ' ', '\n']).map(str::trim);
    let frees = frees.filter_map(|word| word.strip_prefix("paxnorm_"));
    there.extend(
        frees
            .filter(|word| word.ends_with("_free"))
            .map(str::to_owned),
    );
    let declared: BTreeSet<_> = HEADER
        .lines()
        .filter(|line| !line.starts_with("typedef"))
        .filter_map(|line| {
            let (before, _) = line.split_once('(')?;
            let name = before.rsplit([' ', '*']).next()?;
            Some(name.strip_prefix("paxnorm_")?.to_owned())
        })
        .collect();
    assert_eq!(there, declared);
    assert!(there.len() > 20);
}

#[test]
fn statuses_have_the_numbers_of_the_header() {
    let statuses = [
        ("OK", Status::Ok),
        ("END", Status::End),
        ("NULL", Status::Null),
        ("HANDLE", Status::Handle),
        ("LENGTH", Status::Length),
        ("UTF8", Status::Utf8),
        ("JSON", Status::Json),
        ("BUSY", Status::Busy),
        ("PANIC", Status::Panic),
        ("UNKNOWN_FORMAT", Status::UnknownFormat),
        ("TRUNCATED", Status::Truncated),
        ("LIMIT", Status::Limit),
        ("IO", Status::Io),
        ("FORMAT", Status::Format),
        ("OTHER", Status::Other),
    ];
    let lines = HEADER
        .lines()
        .filter(|line| line.starts_with("    PAXNORM_"));
    assert_eq!(lines.count(), statuses.len());
    for (name, status) in statuses {
        let line = format!("    PAXNORM_{name} = {}", status as i32);
        let declared = |text: &str| {
            text.starts_with(&line) && !text[line.len()..].starts_with(char::is_numeric)
        };
        assert!(HEADER.lines().any(declared), "{name}");
    }
}
