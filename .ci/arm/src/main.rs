//! Puts many mutants into one build: `arm TREE <MUTANTS.json`.
//!
//! Each mutant becomes a branch beside the code as it stands, taken where
//! `crate::armed` says that it is the one of this run: three hundred of them cost
//! one build instead of three hundred. A file is changed by insertions alone, so
//! that mutants nest, and only one of them is ever alive.
//!
//! ```text
//! a < b        (if crate::armed(7) {a <= b} else { a < b })
//! fn f() { … } fn f() { if crate::armed(8) { return Default::default(); } … }
//! A => …       A if !crate::armed(9) => …
//! ```
//!
//! It prints where each insertion lies, by which the errors of a build name the
//! mutants that do not compile in this form.

mod source;
mod visit;

use std::collections::BTreeMap;
use std::io::Error;
use std::path::Path;

use serde::Deserialize;

/// A mutant of `cargo mutants --list --json`.
#[derive(Debug, Clone, Deserialize)]
pub struct Mutant {
    pub id: usize,
    pub file: String,
    pub genre: String,
    pub replacement: String,
    /// Where it begins: line and column, both from 1.
    pub start: (usize, usize),
}

/// The numbers of mutants with where their insertions lie in the armed file, in bytes.
type Places = Vec<(usize, usize, usize)>;

fn main() -> Result<(), Error> {
    let tree = std::env::args().nth(1).unwrap_or_default();
    let mutants: Vec<Mutant> = serde_json::from_reader(std::io::stdin())?;
    let mut files = BTreeMap::<String, Vec<Mutant>>::new();
    for mutant in mutants {
        files.entry(mutant.file.clone()).or_default().push(mutant);
    }
    let mut places = BTreeMap::new();
    for (file, mutants) in files {
        let path = Path::new(&tree).join(&file);
        let (text, found) = arm(&std::fs::read_to_string(&path)?, &mutants)?;
        std::fs::write(&path, text)?;
        places.insert(file, found);
    }
    println!("{}", serde_json::to_string(&places)?);
    Ok(())
}

/// The text with its mutants as branches.
fn arm(text: &str, mutants: &[Mutant]) -> Result<(String, Places), Error> {
    let source = source::Source::new(text);
    let file = syn::parse_file(text).map_err(Error::other)?;
    Ok(source.insert(visit::insertions(&source, &file, mutants)))
}
