//! What every leaf of the schema can do, whatever its type.
//!
//! The vocabulary ([`Field`](crate::Field)) walks over a booking and meets only
//! [`Leaf`]s: it never knows which type stands behind one. A new type of value
//! implements [`Value`] once and can then be set, shown, masked and removed.

use super::{Amount, Country, PartialDate, Text, Timestamp};

/// What a reader hands to a leaf: a text, or a value that it has read already.
#[derive(Clone, Copy)]
pub(crate) enum Raw<'a> {
    Text(&'a str),
    Date(PartialDate),
    Stamp(Timestamp),
    Amount(Amount),
    Number(u32),
    Flag(bool),
    Country(Country),
}

/// What kind of value a leaf holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Text,
    Date,
    Stamp,
    Amount,
    Number,
    Flag,
    Country,
    Card,
    Field,
    /// A code list, by the name of its type.
    Code(&'static str),
}

/// A typed value with one canonical text form.
pub(crate) trait Value: Clone + PartialEq {
    const CLASS: Class;
    /// Reads the canonical text form.
    fn parse(text: &str) -> Option<Self>;
    /// Writes the canonical text form.
    fn show(&self) -> Text;
    /// Takes what a reader hands over.
    fn take(raw: Raw<'_>) -> Option<Self> {
        match raw {
            Raw::Text(text) => Self::parse(text),
            _ => None,
        }
    }
    /// A coarser value; where there is none, the value goes.
    fn generalise(&self) -> Option<Self> {
        None
    }
    /// The words, where the value is a text that somebody wrote.
    fn words(&self) -> Option<&str> {
        None
    }
}

/// What becomes of a text that was looked through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Judged {
    /// It stays as it is.
    Stays,
    /// It goes.
    Goes,
    /// Another text takes its place.
    Becomes(String),
}

/// Why [`Leaf::set`] left a leaf as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SetError {
    /// The text is not a value of the leaf's type.
    Unreadable,
    /// Another value stands there already.
    Occupied,
}

/// A place in the schema that holds one value, several, or none.
pub(crate) trait Leaf {
    const CLASS: Class;
    /// Whether it could hold this.
    fn accepts(raw: Raw<'_>) -> bool;
    fn present(&self) -> bool;
    /// How many values there are.
    fn count(&self) -> u32;
    fn remove(&mut self);
    /// Makes every value coarser; how many of them changed.
    fn generalise(&mut self) -> u32;
    fn set(&mut self, raw: Raw<'_>) -> Result<(), SetError>;
    fn show(&self, each: &mut dyn FnMut(Text));
    /// Whether every text passes a test.
    fn pass(&self, test: impl Fn(&str) -> bool) -> bool;
    /// Looks through every text; how many of them changed.
    fn amend(&mut self, judge: impl Fn(&str) -> Judged) -> u32;
}

impl<T: Value> Leaf for Option<T> {
    const CLASS: Class = T::CLASS;

    fn accepts(raw: Raw<'_>) -> bool {
        T::take(raw).is_some()
    }

    fn present(&self) -> bool {
        self.is_some()
    }

    fn count(&self) -> u32 {
        self.is_some().into()
    }

    fn remove(&mut self) {
        *self = None;
    }

    fn generalise(&mut self) -> u32 {
        let coarser = self.as_ref().and_then(Value::generalise);
        replace(self, coarser, 1)
    }

    fn set(&mut self, raw: Raw<'_>) -> Result<(), SetError> {
        if self.is_some() {
            return again(self, raw);
        }
        // Most leaves are set once: the value is made where it stays, and not moved.
        *self = T::take(raw);
        self.is_some().then_some(()).ok_or(SetError::Unreadable)
    }

    fn show(&self, each: &mut dyn FnMut(Text)) {
        if let Some(value) = self {
            each(value.show());
        }
    }

    #[inline(always)]
    fn pass(&self, test: impl Fn(&str) -> bool) -> bool {
        self.as_ref().and_then(Value::words).is_none_or(test)
    }

    fn amend(&mut self, judge: impl Fn(&str) -> Judged) -> u32 {
        let Some(words) = self.as_ref().and_then(Value::words) else {
            return 0;
        };
        match judge(words) {
            Judged::Stays => return 0,
            Judged::Goes => *self = None,
            Judged::Becomes(text) => *self = T::parse(&text),
        }
        1
    }
}

/// Sets a leaf that holds a value: only the same one goes there.
#[inline(never)]
fn again<T: Value>(leaf: &Option<T>, raw: Raw<'_>) -> Result<(), SetError> {
    match T::take(raw) {
        None => Err(SetError::Unreadable),
        value if value == *leaf => Ok(()),
        _ => Err(SetError::Occupied),
    }
}

/// Puts something in the place of values; how many of them changed.
fn replace<L: PartialEq>(leaf: &mut L, other: L, values: u32) -> u32 {
    if *leaf == other {
        return 0;
    }
    *leaf = other;
    values
}

impl<T: Value> Leaf for Vec<T> {
    const CLASS: Class = T::CLASS;

    fn accepts(raw: Raw<'_>) -> bool {
        T::take(raw).is_some()
    }

    fn present(&self) -> bool {
        !self.is_empty()
    }

    fn count(&self) -> u32 {
        u32::try_from(self.len()).unwrap_or(u32::MAX)
    }

    fn remove(&mut self) {
        self.clear();
    }

    fn generalise(&mut self) -> u32 {
        let (coarser, values) = (self.iter().filter_map(Value::generalise), self.count());
        let coarser = coarser.collect();
        replace(self, coarser, values)
    }

    fn set(&mut self, raw: Raw<'_>) -> Result<(), SetError> {
        let value = T::take(raw).ok_or(SetError::Unreadable)?;
        if !self.contains(&value) {
            self.push(value);
        }
        Ok(())
    }

    fn show(&self, each: &mut dyn FnMut(Text)) {
        for value in self {
            each(value.show());
        }
    }

    #[inline(always)]
    fn pass(&self, test: impl Fn(&str) -> bool) -> bool {
        self.iter().filter_map(Value::words).all(test)
    }

    fn amend(&mut self, judge: impl Fn(&str) -> Judged) -> u32 {
        let mut changed = 0;
        self.retain_mut(|value| {
            let judged = value.words().map_or(Judged::Stays, &judge);
            changed += u32::from(judged != Judged::Stays);
            match judged {
                Judged::Stays => true,
                Judged::Goes => false,
                Judged::Becomes(text) => T::parse(&text).map(|new| *value = new).is_some(),
            }
        });
        changed
    }
}

/// Whether a member of a record is left out of its serde form.
pub(crate) trait Absent {
    fn absent(&self) -> bool;
}

impl<T> Absent for Option<T> {
    fn absent(&self) -> bool {
        self.is_none()
    }
}

impl<T> Absent for Vec<T> {
    fn absent(&self) -> bool {
        self.is_empty()
    }
}

impl Absent for crate::FieldSet {
    fn absent(&self) -> bool {
        self.is_empty()
    }
}

impl<T> Absent for std::sync::Arc<T> {
    fn absent(&self) -> bool {
        false
    }
}

pub(crate) fn absent<T: Absent>(member: &T) -> bool {
    member.absent()
}

impl Value for Text {
    const CLASS: Class = Class::Text;

    #[inline]
    fn parse(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self::from(text))
    }

    fn show(&self) -> Text {
        self.clone()
    }

    fn words(&self) -> Option<&str> {
        Some(self)
    }
}

impl Value for bool {
    const CLASS: Class = Class::Flag;

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn take(raw: Raw<'_>) -> Option<Self> {
        match raw {
            Raw::Flag(value) => Some(value),
            Raw::Text(text) => Self::parse(text),
            _ => None,
        }
    }

    fn show(&self) -> Text {
        Text::from(if *self { "true" } else { "false" })
    }
}

impl Value for u32 {
    const CLASS: Class = Class::Number;

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn take(raw: Raw<'_>) -> Option<Self> {
        match raw {
            Raw::Number(value) => Some(value),
            Raw::Text(text) => Self::parse(text),
            _ => None,
        }
    }

    fn show(&self) -> Text {
        Text::from(*super::short::Short::new().number((*self).into(), 1))
    }
}

/// Declares records of the schema: plain structs whose absent members are left
/// out of the serde form and whose unknown members are errors.
macro_rules! record {
    ($($(#[$meta:meta])* pub struct $name:ident {
        $($(#[$member_meta:meta])* pub $member:ident: $type:ty,)*
    })*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(default, deny_unknown_fields)]
        #[non_exhaustive]
        pub struct $name {
            $(
                $(#[$member_meta])*
                #[serde(skip_serializing_if = "crate::model::leaf::absent")]
                pub $member: $type,
            )*
        }

        impl crate::model::leaf::Absent for $name {
            fn absent(&self) -> bool {
                true $(&& crate::model::leaf::absent(&self.$member))*
            }
        }
    )*};
}

/// Declares code lists: an enum, its stable text form, serde, and a `Debug` that
/// shows the code, or with `personal enum` hides it.
macro_rules! codes {
    (@debug personal $name:ident) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(_)"))
            }
        }
    };
    (@debug public $name:ident) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
    ($($(#[$meta:meta])* $secrecy:ident enum $name:ident {
        $($(#[$code_meta:meta])* $code:ident = $text:literal,)+
    })*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$code_meta])* $code,)+
        }

        impl $name {
            /// Every code, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$code,)+];

            /// The stable text form, as in the serde form.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$code => $text,)+
                }
            }
        }

        crate::model::leaf::codes!(@debug $secrecy $name);

        impl crate::model::leaf::Value for $name {
            const CLASS: crate::model::leaf::Class = crate::model::leaf::Class::Code(stringify!($name));

            fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.as_str() == text)
            }

            fn show(&self) -> crate::model::Text {
                crate::model::Text::from(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::model::leaf::from_text(deserializer, concat!("a code of ", stringify!($name)))
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "enum": [$($text),+] })
            }
        }
    )*};
}

/// Serde by the canonical text form, which the type gives as what `$written` of it shows.
macro_rules! serde_as_text {
    ($name:ident, $written:expr, $expected:literal, $pattern:literal) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&$written(self))
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::model::leaf::from_text(deserializer, $expected)
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "pattern": $pattern })
            }
        }
    };
}

pub(crate) use {codes, record, serde_as_text};

/// Reads a `Value` from a string; the error names what was expected, never the text.
pub(crate) fn from_text<'de, T: Value, D: serde::Deserializer<'de>>(
    deserializer: D,
    expected: &'static str,
) -> Result<T, D::Error> {
    struct Visitor<T>(&'static str, std::marker::PhantomData<T>);
    impl<T: Value> serde::de::Visitor<'_> for Visitor<T> {
        type Value = T;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(self.0)
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
            T::parse(text).ok_or_else(|| E::custom(format_args!("not {}", self.0)))
        }
    }
    deserializer.deserialize_str(Visitor(expected, std::marker::PhantomData))
}
