//! Document numbers as scanners and typists leave them.

use serde::{Deserialize, Serialize};

use crate::matching::distance;

/// How two document numbers agree, from nothing said to the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum NumberAgreement {
    /// One side does not tell any.
    #[default]
    Missing,
    /// They differ.
    Different,
    /// One sign is wrong, missing, or in another place.
    Near,
    /// Only signs that scanners confuse differ (`O` and `0`).
    Confused,
    /// The same, a check digit more or less (Doc 9303-3, 4.9).
    Same,
}

/// Signs that a number may have; longer ones are compared by their beginning.
const LONGEST: usize = 24;
/// Shorter numbers agree too often by chance to be near.
const SHORTEST: usize = 6;

pub(super) fn compare(a: &str, b: &str) -> NumberAgreement {
    let (a, b) = (signs(a), signs(b));
    if a.is_empty() || b.is_empty() {
        return NumberAgreement::Missing;
    }
    let (confused_a, confused_b) = (confuse(&a), confuse(&b));
    if a == b || checked(&a, &b) || checked(&b, &a) {
        NumberAgreement::Same
    } else if confused_a == confused_b {
        NumberAgreement::Confused
    } else if a.len().min(b.len()) >= SHORTEST && distance::osa(&confused_a, &confused_b) == 1 {
        NumberAgreement::Near
    } else {
        NumberAgreement::Different
    }
}

/// Letters and digits, in capitals.
fn signs(number: &str) -> String {
    let signs = number.chars().filter(char::is_ascii_alphanumeric);
    signs
        .take(LONGEST)
        .map(|sign| sign.to_ascii_uppercase())
        .collect()
}

/// Each sign as the one that scanners take it for.
fn confuse(number: &str) -> String {
    number
        .chars()
        .map(|sign| match sign {
            'O' | 'Q' | 'D' => '0',
            'I' | 'L' => '1',
            'Z' => '2',
            'S' => '5',
            'G' => '6',
            'B' => '8',
            other => other,
        })
        .collect()
}

/// Whether `long` is `short` with its check digit.
fn checked(short: &str, long: &str) -> bool {
    let rest = long.strip_prefix(short).map(str::as_bytes);
    matches!(rest, Some([digit]) if *digit == check_digit(short))
}

/// Weights 7, 3, 1 over the signs, modulo 10 (Doc 9303-3, 4.9).
fn check_digit(number: &str) -> u8 {
    let values = number.bytes().map(|sign| match sign {
        b'0'..=b'9' => u32::from(sign - b'0'),
        b'A'..=b'Z' => u32::from(sign - b'A') + 10,
        _ => 0,
    });
    let sum: u32 = values
        .zip([7, 3, 1].into_iter().cycle())
        .map(|(value, weight)| value * weight)
        .sum();
    b'0' + (sum % 10) as u8
}
