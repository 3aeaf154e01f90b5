use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use compact_str::CompactString;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Without the blanks around it, as [`str::trim`]: most values have none, and their first and
/// last bytes show it.
#[inline(always)]
pub(crate) fn bare(text: &str) -> &str {
    if is_bare(text) { text } else { text.trim() }
}

/// Whether the first and the last byte show that no blanks stand around a text.
#[inline(always)]
pub(crate) fn is_bare(text: impl AsRef<[u8]>) -> bool {
    let bytes = text.as_ref();
    let plain = |byte: Option<&u8>| byte.is_some_and(|byte| (b'!'..=b'~').contains(byte));
    plain(bytes.first()) && plain(bytes.last())
}

/// What stands behind the signs of one kind, of ASCII, with which a text begins.
pub(crate) fn behind(text: &str, sign: u8) -> &str {
    let signs = text.bytes().take_while(|byte| *byte == sign).count();
    text.get(signs..).unwrap_or_default()
}

/// Which of eight bytes are blanks: the highest bit of each.
#[inline(always)]
pub(crate) fn blanks(eight: u64) -> u64 {
    const BLANKS: u64 = u64::from_le_bytes([b' '; 8]);
    const LOW: u64 = u64::from_le_bytes([0x7F; 8]);
    let others = eight ^ BLANKS;
    !(((others & LOW) + LOW) | others | LOW)
}

/// A text leaf of the schema.
///
/// Short texts (up to 24 bytes) lie inside the value, longer ones on the heap.
/// `Debug` shows the length and never the content, because a stray `{:?}` in a
/// log must not be a breach; `Display` and serde show the content.
///
/// ```
/// use paxnorm::model::Text;
///
/// let text = Text::from("Eriksson");
/// assert_eq!(text.as_str(), "Eriksson");
/// assert_eq!(format!("{text:?}"), "Text(8)");
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(CompactString);

impl Text {
    /// A text of the program itself: its copies share it, however long it is.
    pub(crate) const fn of_static(text: &'static str) -> Self {
        Self(CompactString::const_new(text))
    }

    /// The parts one after the other, in one text.
    pub(crate) fn concat(parts: &[&str]) -> Self {
        let len = parts.iter().map(|part| part.len()).sum();
        if len <= SHORT
            && let Some(text) = short(parts)
        {
            return text;
        }
        let mut text = CompactString::with_capacity(len);
        parts.iter().for_each(|part| text.push_str(part));
        Self(text)
    }

    /// Puts a text where it stays, which costs less than to move it there: a processor waits before
    /// it reads what was written a moment ago in smaller pieces.
    #[inline(always)]
    pub(crate) fn put(member: &mut Option<Self>, text: &str) {
        // Each way writes for itself, so that the short one does so from registers.
        if text.len() < LONG {
            *member = Some(Self(CompactString::from(text)));
        } else {
            *member = Some(Self::long(text));
        }
    }

    /// Puts a text, if there is one, where it stays.
    pub(crate) fn put_some(member: &mut Option<Self>, text: Option<&str>) {
        if let Some(text) = text {
            Self::put(member, text);
        }
    }

    #[cold]
    #[inline(never)]
    fn long(text: &str) -> Self {
        Self(CompactString::from(text))
    }

    /// The content.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// Bytes of the longest text that needs no memory of its own.
const SHORT: usize = 24;

/// Bytes from which on a text is made apart: nearly all are shorter, and the code for those is small.
const LONG: usize = 16;

/// Parts that make a text which needs no memory of its own: copied byte by byte, for they are
/// short, and each call of `memcpy` takes longer than that.
fn short(parts: &[&str]) -> Option<Text> {
    let mut whole = [0; SHORT];
    let mut free = whole.iter_mut();
    for byte in parts.iter().flat_map(|part| part.bytes()) {
        *free.next()? = byte;
    }
    let len = SHORT - free.len();
    let text = std::str::from_utf8(whole.get(..len)?).ok()?;
    Some(Text::from(text))
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text({})", self.0.chars().count())
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Text {
    // Apart: where many are made, `put` makes them where they stay.
    #[inline(never)]
    fn from(text: &str) -> Self {
        if text.len() >= LONG {
            return Self::long(text);
        }
        Self(CompactString::from(text))
    }
}

impl From<Cow<'_, str>> for Text {
    #[inline]
    fn from(text: Cow<'_, str>) -> Self {
        match text {
            Cow::Borrowed(text) => Self::from(text),
            Cow::Owned(text) => Self::from(text),
        }
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(CompactString::from(text))
    }
}

impl<'t> FromIterator<&'t str> for Text {
    fn from_iter<I: IntoIterator<Item = &'t str>>(parts: I) -> Self {
        Self(parts.into_iter().collect())
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_str<E>(self, text: &str) -> Result<Text, E> {
                Ok(Text::from(text))
            }
        }
        deserializer.deserialize_str(Visitor)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Text {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Text".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string" })
    }
}
