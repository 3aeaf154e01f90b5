//! What is known not to hold yet: `tests/data/known_gaps.txt` names it, and a gap that has
//! closed must leave the list, so that the list stays true.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Compares what failed, key and reason, with the gaps known of this test.
///
/// # Panics
/// Where something fails that is no known gap, or a known gap holds.
pub(crate) fn settle(test: &str, failed: &[(String, String)]) {
    let known = known(test);
    let news: Vec<String> = failed
        .iter()
        .filter(|(key, _)| !known.contains(key))
        .map(|(key, why)| format!("{key}: {why}"))
        .collect();
    let failing: BTreeSet<&String> = failed.iter().map(|(key, _)| key).collect();
    let closed: Vec<&String> = known.iter().filter(|key| !failing.contains(key)).collect();
    assert!(
        news.is_empty(),
        "{} do not hold:\n{}",
        news.len(),
        news.join("\n")
    );
    assert!(
        closed.is_empty(),
        "hold now and must leave known_gaps.txt: {closed:#?}"
    );
}

/// The keys that `known_gaps.txt` has for a test: a line is `test: key`.
fn known(test: &str) -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/known_gaps.txt");
    let text = fs::read_to_string(path).expect("the list is there");
    let keys = text
        .lines()
        .filter_map(|line| line.strip_prefix(test)?.strip_prefix(": "));
    keys.map(str::to_owned).collect()
}
