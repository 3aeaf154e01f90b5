//! Explains the comparison of two names as a person reads it.
//!
//! ```text
//! cargo run --example match -- "Anna Maria Eriksson" "ERICSSON ANNAMARIA MRS"
//! ```

use paxnorm::Name;
use paxnorm::matching::Matcher;

fn main() {
    let names: Vec<String> = std::env::args().skip(1).collect();
    let [a, b] = names.as_slice() else {
        eprintln!("usage: match NAME NAME");
        std::process::exit(2);
    };
    let matcher = Matcher::default();
    let (a, b) = (
        matcher.prepare(&Name::unsplit(a)),
        matcher.prepare(&Name::unsplit(b)),
    );
    print!("{}", matcher.explain(&a, &b));
}
