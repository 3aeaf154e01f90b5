//! The plainest reading of EDIFACT: how many data stand in clean interchanges, and nothing else.
//! Separators are those of `UNA`, or the usual ones.

/// Components after the tag that are not blank, from `UNB` to `UNZ`.
pub fn data(bytes: &[u8]) -> u32 {
    let (mut count, mut rest) = (0, bytes);
    while let Some(start) = rest.windows(4).position(is_start) {
        rest = &rest[start..];
        let separators = match rest {
            [
                b'U',
                b'N',
                b'A',
                component,
                element,
                _,
                release,
                _,
                terminator,
                ..,
            ] => [*component, *element, *release, *terminator],
            _ => *b":+?'",
        };
        rest = &rest[if rest.starts_with(b"UNA") { 9 } else { 0 }..];
        let end;
        (count, end) = interchange(rest, separators, count);
        rest = &rest[end..];
    }
    count
}

fn is_start(four: &[u8]) -> bool {
    matches!(four, [b'U', b'N', b'A', mark] if mark.is_ascii_punctuation()) || four == b"UNB+"
}

/// Counts to the end of the segment `UNZ`.
fn interchange(
    bytes: &[u8],
    [component, element, release, end]: [u8; 4],
    so_far: u32,
) -> (u32, usize) {
    let (mut count, mut tag, mut solid, mut released) = (so_far, Some(Vec::new()), false, false);
    let mut is_last = false;
    for (at, byte) in bytes.iter().copied().enumerate() {
        let separates = !released && [component, element, end].contains(&byte);
        if separates {
            count += u32::from(solid);
            is_last |= tag.take().is_some_and(|tag| tag == b"UNZ");
            solid = false;
            if byte == end && is_last {
                return (count, at + 1);
            }
            if byte == end {
                tag = Some(Vec::new());
            }
        } else if let Some(tag) = tag.as_mut() {
            tag.extend((byte > b' ').then_some(byte));
        } else {
            solid |= byte > b' ' && (released || byte != release);
        }
        released = !released && byte == release;
    }
    (count + u32::from(solid), bytes.len())
}

/// Whether the first interchange says its separators, or uses the usual ones.
pub fn can_read(bytes: &[u8]) -> bool {
    bytes.windows(4).any(is_start)
}
