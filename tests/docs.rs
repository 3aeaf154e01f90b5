//! What the pages say is so. Their examples run as doctests; this is the rest.

use std::path::Path;

use paxnorm::format::BUILT_IN;
use paxnorm::{Code, Field};

const README: &str = include_str!("../README.md");

#[test]
fn the_readme_names_every_format() {
    for format in BUILT_IN {
        let name = format.name().to_uppercase();
        assert!(README.contains(&format!("**{name}**")), "{name}");
    }
}

#[test]
fn the_readme_has_its_two_commands_on_a_line_each() {
    for command in ["cargo run --release --example normalise -- ", "cargo test"] {
        let line = README.lines().find(|line| line.starts_with(command));
        assert!(line.is_some_and(|line| !line.ends_with('\\')), "{command}");
    }
}

#[test]
fn links_of_the_readme_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let targets = README
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next());
    let broken: Vec<&str> = targets
        .filter(|target| !target.starts_with("http") && !root.join(target).exists())
        .collect();
    assert!(broken.is_empty(), "{broken:?}");
}

#[test]
fn every_code_is_explained_in_sentences() {
    let mut numbers: Vec<u16> = Code::ALL.iter().map(|code| code.number()).collect();
    assert!(
        numbers.is_sorted(),
        "codes stand in the order of their numbers"
    );
    numbers.dedup();
    assert_eq!(numbers.len(), Code::ALL.len(), "two codes share a number");
    for code in Code::ALL {
        assert_eq!(Code::from_name(code.name()), Some(*code));
        assert!(code.explain().ends_with('.'), "{code}");
    }
}

#[test]
fn every_field_of_annex_i_says_where_it_comes_from() {
    // What the caller, the reader or a later format alone knows stands nowhere in these messages.
    let silent = (Field::ALL.iter())
        .filter(|field| field.element().is_some())
        .filter(|field| field.pnrgov().is_empty() && field.paxlst().is_empty());
    assert!(silent.count() < 40);
}
