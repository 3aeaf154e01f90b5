//! The shared list of headers, parted into what may be known and what may not.

use std::collections::HashMap;

use paxnorm::format::Confidence;

use super::support;

pub struct Header {
    pub text: String,
    pub language: String,
    /// The paths that are right, `-` for none.
    pub fields: Vec<&'static str>,
}

const SPOKEN: [&str; 4] = ["en", "fr", "nl", "de"];

/// Those of the four languages, if the list is there.
pub fn headers() -> Option<Vec<Header>> {
    let mut headers = list()?;
    headers.retain(|header| SPOKEN.contains(&header.language.as_str()));
    assert!(headers.len() > 350, "{} headers", headers.len());
    Some(headers)
}

/// Those of the others.
pub fn other_languages() -> Option<Vec<Header>> {
    let mut headers = list()?;
    headers.retain(|header| !SPOKEN.contains(&header.language.as_str()));
    assert!(headers.len() > 100, "{} headers", headers.len());
    Some(headers)
}

fn list() -> Option<Vec<Header>> {
    let path = support::shared("facts/modes/headers.csv")?;
    let text = std::fs::read_to_string(path).expect("the list of headers");
    let canonical: HashMap<&str, Vec<&'static str>> =
        support::table(include_str!("../data/suggest/canonical.tsv"))
            .into_iter()
            .map(|row| (row[0], row[1..].to_vec()))
            .collect();
    let header = |line: &str| {
        // No header or canonical name of the list has a comma inside.
        let cells: Vec<&str> = line.split(',').collect();
        let fields = canonical
            .get(cells[2])
            .unwrap_or_else(|| panic!("{} is new", cells[2]));
        Header {
            text: cells[0].to_owned(),
            language: cells[1].to_owned(),
            fields: fields.clone(),
        }
    };
    Some(text.lines().skip(1).map(header).collect())
}

/// Two thirds and one third, by a seed.
pub fn split(headers: &[Header], seed: u64) -> (Vec<&Header>, Vec<&Header>) {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    headers.iter().partition(|_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        !(state >> 20).is_multiple_of(3)
    })
}

/// A header as the lexicon writes words: lower case, accents gone, nothing between the letters.
fn plain(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let text = text.replace('ß', "ss");
    let letters = text.nfkd().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// The table without the words that stand in a header kept out and in none of the others.
pub fn without(table: &str, kept: &[&Header], out: &[&Header]) -> String {
    let plain_all = |headers: &[&Header]| -> Vec<String> {
        headers.iter().map(|header| plain(&header.text)).collect()
    };
    let (kept, out) = (plain_all(kept), plain_all(out));
    let stands = |word: &str, headers: &[String]| {
        headers.iter().any(|header| {
            if word.len() < 4 {
                header == word
            } else {
                header.contains(word)
            }
        })
    };
    let is_known = |word: &&str| {
        let word = word.trim_start_matches('=');
        !stands(word, &out) || stands(word, &kept)
    };
    let mut lines = String::new();
    let mut gone = 0;
    for row in support::table(table) {
        let words: Vec<&str> = row[2].split(' ').collect();
        let known: Vec<&str> = words.iter().copied().filter(is_known).collect();
        gone += words.len() - known.len();
        lines.push_str(&format!("{}\t{}\t{}\n", row[0], row[1], known.join(" ")));
    }
    println!("{gone} words taken out");
    lines
}

#[derive(Debug, Default)]
pub struct Score {
    pub all: usize,
    pub right: usize,
    pub open: usize,
    pub wrong: usize,
    pub wrong_and_sure: usize,
}

impl Score {
    /// Counts one header, and says what became of it.
    pub fn count(
        &mut self,
        header: &Header,
        field: Option<&str>,
        confidence: Confidence,
    ) -> &'static str {
        self.all += 1;
        let is_right = header.fields.contains(&field.unwrap_or("-"));
        match field {
            // What is out on purpose is right; what is not understood is open, and counts as that.
            None if is_right && confidence != Confidence::No => self.right += 1,
            None => {
                self.open += 1;
                return "open";
            }
            Some(_) if is_right => self.right += 1,
            Some(_) => {
                self.wrong += 1;
                self.wrong_and_sure += usize::from(confidence == Confidence::Certain);
                return "WRONG";
            }
        }
        "right"
    }
}
