/// The check digit of Doc 9303 Part 3 section 4.9: values of the characters
/// (0-9, A = 10 to Z = 35, filler 0) weighed 7, 3, 1 from the left, modulo 10.
///
/// None where a character is not allowed in a machine-readable zone.
///
/// ```
/// use paxnorm::document::check_digit;
///
/// assert_eq!(check_digit("520727"), Some('3'));
/// assert_eq!(check_digit("AB2134<<<"), Some('5'));
/// assert_eq!(check_digit("12 34"), None);
/// ```
#[must_use]
pub fn check_digit(field: &str) -> Option<char> {
    digit(field.bytes())
}

/// The same over bytes from several places of a zone.
pub(super) fn digit(bytes: impl Iterator<Item = u8>) -> Option<char> {
    let weights = [7, 3, 1].into_iter().cycle();
    let mut sum = 0;
    for (byte, weight) in bytes.zip(weights) {
        sum = (sum + value(byte)? * weight) % 10;
    }
    char::from_digit(sum, 10)
}

fn value(byte: u8) -> Option<u32> {
    match byte {
        b'<' => Some(0),
        b'0'..=b'9' | b'A'..=b'Z' => char::from(byte).to_digit(36),
        _ => None,
    }
}
