//! The consonant skeleton: what is left of a name in every transliteration.

/// How many consonants a skeleton holds.
const LONGEST: u32 = 12;

/// The consonants of a name by the classes that traditions of spelling do not
/// tell apart, packed five bits each; equal skeletons may sound alike.
///
/// Vowels are left out but for the first, which is any vowel: transliterations
/// from Arabic, Hebrew or Persian choose them freely. `KH` is `H`, the hissing
/// sounds are one class, `F V W PH` another, doubled letters are one, and `H`
/// counts only where it is heard.
///
/// ```
/// use paxnorm::matching::phonetic::skeleton;
///
/// assert_eq!(skeleton("MUHAMMAD"), skeleton("MOHAMED"));
/// assert_eq!(skeleton("KHRUSHCHEV"), skeleton("HRUSCHOFF"));
/// assert_ne!(skeleton("KARIM"), skeleton("KAMAL"));
/// ```
#[must_use]
pub fn skeleton(name: &str) -> u64 {
    of(name.as_bytes())
}

#[inline]
pub(crate) fn of(name: &[u8]) -> u64 {
    let mut key = Key::default();
    let mut rest = name;
    let mut before = 0u8;
    while let Some((class, used)) = sound(rest, before) {
        key.push(class);
        let (read, more) = rest.split_at(used.min(rest.len()));
        before = read.last().map_or(0, u8::to_ascii_uppercase);
        rest = more;
    }
    key.packed
}

/// How many consonants `skeleton` holds.
#[inline]
pub(crate) fn length(skeleton: u64) -> u32 {
    (64 - skeleton.leading_zeros()).div_ceil(5)
}

#[derive(Default)]
struct Key {
    packed: u64,
    last: u8,
    begun: bool,
}

impl Key {
    #[inline]
    fn push(&mut self, class: u8) {
        let heard = match class {
            SILENT => false,
            VOWEL => !self.begun,
            _ => class != self.last,
        };
        if heard && length(self.packed) < LONGEST {
            self.packed = self.packed << 5 | u64::from(class & 31);
        }
        self.begun |= class != SILENT;
        self.last = class;
    }
}

const SILENT: u8 = 0;
const VOWEL: u8 = 1;
const LIP: u8 = 2;
const HISS: u8 = 3;
const BACK: u8 = 4;
const SOFT: u8 = 5;
const BREATH: u8 = 6;

/// Class of each letter that stands alone, A to Z; the rest of the consonants
/// are classes of their own.
const CLASSES: [u8; 26] = [
    VOWEL, 7, BACK, 8, VOWEL, LIP, 9, BREATH, VOWEL, SOFT, BACK, 10, 11, 12, VOWEL, 13, BACK, 14,
    HISS, 15, VOWEL, LIP, LIP, HISS, VOWEL, HISS,
];

/// The class of the next sound and how many letters write it.
#[inline]
fn sound(rest: &[u8], before: u8) -> Option<(u8, usize)> {
    let at = |i: usize| rest.get(i).map_or(0, u8::to_ascii_uppercase);
    let (first, second) = (rest.first()?.to_ascii_uppercase(), at(1));
    if !first.is_ascii_uppercase() {
        return Some((SILENT, 1));
    }
    let class = CLASSES
        .get(usize::from(first - b'A'))
        .copied()
        .unwrap_or(SILENT);
    Some(match (first, second) {
        (b'K', b'H') => (BREATH, 2),
        (b'P', b'H') => (LIP, 2),
        (b'S', b'C') if at(2) == b'H' => (HISS, 3),
        (b'S' | b'C' | b'Z', b'H') | (b'T', b'S' | b'Z') => (HISS, 2),
        (b'T', b'C') if at(2) == b'H' => (HISS, 3),
        (b'C', b'E' | b'I' | b'Y' | b'Z') => (HISS, 1),
        (b'C', b'K') => (BACK, 2),
        (b'D', b'J') => (SOFT, 2),
        (b'D', b'Z') => (HISS, 2),
        (b'D' | b'T' | b'G', b'H') => (class, 2),
        (b'H', _) if !(before == 0 || vowel(before) && vowel(second)) => (SILENT, 1),
        (b'J', _) if !(vowel(second)) => (VOWEL, 1),
        _ => (class, 1),
    })
}

fn vowel(letter: u8) -> bool {
    matches!(letter, b'A' | b'E' | b'I' | b'O' | b'U' | b'Y')
}
