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
    of(name.to_ascii_uppercase().as_bytes())
}

/// As [`skeleton`], of capitals.
pub(crate) fn of(name: &[u8]) -> u64 {
    let mut key = Key::default();
    let (mut at, mut before) = (0, 0);
    while let Some(&letter) = name.get(at) {
        let next = |i: usize| name.get(at + i).copied().unwrap_or(0);
        let (class, used) = sound(letter, &next, before);
        key.push(class);
        before = next(used - 1);
        at += used;
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
    length: u32,
}

impl Key {
    #[inline]
    fn push(&mut self, class: u8) {
        let heard = match class {
            SILENT => false,
            VOWEL => !self.begun,
            _ => class != self.last,
        };
        if heard && self.length < LONGEST {
            self.packed = self.packed << 5 | u64::from(class & 31);
            self.length += 1;
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

/// The class of the next sound and how many letters write it, at least one.
#[inline]
fn sound(first: u8, next: &impl Fn(usize) -> u8, before: u8) -> (u8, usize) {
    let letter = usize::from(first.wrapping_sub(b'A'));
    let class = CLASSES.get(letter).copied().unwrap_or(SILENT);
    if !PAIRED.contains(first) {
        return (class, 1);
    }
    let second = next(1);
    match (first, second) {
        (b'K', b'H') => (BREATH, 2),
        (b'P', b'H') => (LIP, 2),
        (b'S', b'C') if next(2) == b'H' => (HISS, 3),
        (b'S' | b'C' | b'Z', b'H') | (b'T', b'S' | b'Z') => (HISS, 2),
        (b'T', b'C') if next(2) == b'H' => (HISS, 3),
        (b'C', b'E' | b'I' | b'Y' | b'Z') => (HISS, 1),
        (b'C', b'K') => (BACK, 2),
        (b'D', b'J') => (SOFT, 2),
        (b'D', b'Z') => (HISS, 2),
        (b'D' | b'T' | b'G', b'H') => (class, 2),
        (b'H', _) if !(before == 0 || VOWELS.contains(before) && VOWELS.contains(second)) => {
            (SILENT, 1)
        }
        (b'J', _) if !VOWELS.contains(second) => (VOWEL, 1),
        _ => (class, 1),
    }
}

/// A set of letters A to Z.
struct Letters(u32);

const VOWELS: Letters = Letters::of(b"AEIOUY");
/// Letters whose sound depends on the next one.
const PAIRED: Letters = Letters::of(b"CDGHJKPSTZ");

impl Letters {
    const fn of(letters: &[u8]) -> Self {
        let (mut set, mut rest) = (0, letters);
        while let [letter, others @ ..] = rest {
            set |= 1 << (*letter & 31);
            rest = others;
        }
        Self(set)
    }

    #[inline]
    fn contains(&self, letter: u8) -> bool {
        letter.is_ascii_uppercase() && self.0 >> (letter & 31) & 1 != 0
    }
}
