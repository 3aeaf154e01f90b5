//! The texts of JSON: where they end, and what their escapes say.

use super::Fault;

/// Where a key ends that stands at a place as it is written here, which is without escapes.
#[inline]
pub(super) fn quoted(bytes: &[u8], at: usize, key: &str) -> Option<usize> {
    let end = at + 1 + key.len();
    let stands = bytes.get(at) == Some(&b'"')
        && bytes.get(end) == Some(&b'"')
        && bytes.get(at + 1..end) == Some(key.as_bytes());
    stands.then_some(end + 1)
}

/// Whether a text says nothing, which the first byte of most texts denies.
#[inline]
pub(super) fn is_blank(text: &[u8]) -> bool {
    !text.first().is_some_and(u8::is_ascii_graphic) && text.trim_ascii().is_empty()
}

/// Where the next quote or backslash stands. Most texts are too short for a vector search to pay.
#[inline]
pub(super) fn sign(bytes: &[u8]) -> Option<usize> {
    const SHORT: usize = 4;
    let (words, _) = bytes.as_chunks::<8>();
    for (at, word) in words.iter().take(SHORT).enumerate() {
        let word = u64::from_le_bytes(*word);
        let found = zeros(word ^ spread(b'"')) | zeros(word ^ spread(b'\\'));
        if found != 0 {
            return Some(at * 8 + found.trailing_zeros() as usize / 8);
        }
    }
    let from = words.len().min(SHORT) * 8;
    Some(from + memchr::memchr2(b'"', b'\\', bytes.get(from..)?)?)
}

const fn spread(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// The highest bit of each byte that is zero; above the first of them it may be wrong.
const fn zeros(word: u64) -> u64 {
    word.wrapping_sub(spread(1)) & !word & spread(0x80)
}

pub(super) fn is_number(word: &[u8]) -> bool {
    let digits = word.strip_prefix(b"-").unwrap_or(word);
    let signs =
        |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-');
    digits.first().is_some_and(u8::is_ascii_digit) && digits.iter().all(signs)
}

/// Adds a text with its escapes read.
pub(super) fn unescape(raw: &[u8], out: &mut String) -> Result<(), Fault> {
    let raw = std::str::from_utf8(raw).map_err(|_| Fault::NotJson)?;
    escapes(raw, out).ok_or(Fault::NotJson)
}

fn escapes(raw: &str, out: &mut String) -> Option<()> {
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        out.push_str(rest.get(..at)?);
        let sign = *rest.as_bytes().get(at + 1)?;
        rest = rest.get(at + 2..)?;
        out.push(match sign {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = unit(rest)?;
                rest = rest.get(4..)?;
                let second = rest.strip_prefix("\\u").and_then(unit);
                match (first, second) {
                    (0xD800..=0xDBFF, Some(low @ 0xDC00..=0xDFFF)) => {
                        rest = rest.get(6..)?;
                        char::from_u32(0x10000 + ((first - 0xD800) << 10) + (low - 0xDC00))?
                    }
                    // Half a character is none.
                    _ => char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER),
                }
            }
            _ => return None,
        });
    }
    out.push_str(rest);
    Some(())
}

fn unit(text: &str) -> Option<u32> {
    let digits = text.get(..4)?;
    let hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    hex.then(|| u32::from_str_radix(digits, 16).ok())?
}
