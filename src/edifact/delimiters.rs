//! The service characters: from UNA, or inferred from UNB.

/// The service characters of an interchange (ISO 9735, UNA).
///
/// ```
/// use paxnorm::edifact::Delimiters;
///
/// let una = Delimiters::from_una(b"UNA:*.? #").unwrap();
/// assert_eq!((una.element, una.terminator, una.repetition), (b'*', b'#', None));
/// assert_eq!(Delimiters::from_una(b"UNA:+\\*'\nU"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delimiters {
    /// Between the components of an element: `:`.
    pub component: u8,
    /// Between elements: `+`.
    pub element: u8,
    /// In numbers: `.`.
    pub decimal: u8,
    /// Takes the service meaning from the character that follows: `?`.
    pub release: Option<u8>,
    /// Between repetitions: `*`. Never split at: in this field it is text.
    pub repetition: Option<u8>,
    /// Ends a segment: `'`.
    pub terminator: u8,
}

impl Default for Delimiters {
    fn default() -> Delimiters {
        Delimiters::DEFAULT
    }
}

impl Delimiters {
    /// `:+.?*'`, which hold where no UNA stands.
    pub const DEFAULT: Delimiters = Delimiters {
        component: b':',
        element: b'+',
        decimal: b'.',
        release: Some(b'?'),
        repetition: Some(b'*'),
        terminator: b'\'',
    };

    /// Reads the nine bytes of a UNA, and refuses one whose characters are letters, digits, control
    /// or non-ASCII characters, or not distinct. A blank for release or repetition: not used.
    pub fn from_una(bytes: &[u8]) -> Option<Delimiters> {
        let &[
            b'U',
            b'N',
            b'A',
            component,
            element,
            decimal,
            release,
            repetition,
            terminator,
            ..,
        ] = bytes
        else {
            return None;
        };
        let all = [component, element, decimal, release, repetition, terminator];
        let used = |c: u8| if c == b' ' { None } else { Some(c) };
        let good = all.iter().all(|c| c.is_ascii_punctuation() || *c == b' ');
        let needed = [component, element, terminator].iter().all(|c| *c != b' ');
        let mut seen = all.iter().enumerate();
        let distinct = seen.all(|(i, c)| *c == b' ' || !all.iter().take(i).any(|d| d == c));
        (good && needed && distinct).then_some(Delimiters {
            component,
            element,
            decimal: used(decimal).unwrap_or(b'.'),
            release: used(release),
            repetition: used(repetition),
            terminator,
        })
    }

    /// Whether `byte` has a meaning for the cutting of segments.
    pub(super) fn cuts(&self, byte: u8) -> bool {
        byte == self.component || byte == self.element || byte == self.terminator
    }
}
