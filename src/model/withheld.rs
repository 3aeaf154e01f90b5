use super::Text;
use super::leaf::{Class, Value, codes, record, serde_as_text};
use super::short::Short;
use crate::FieldSet;

codes! {
    /// What a rule of a policy does to the fields it names.
    public enum Action {
        /// The value stays.
        Keep = "keep",
        /// What would identify somebody is hidden.
        Mask = "mask",
        /// The value goes.
        Remove = "remove",
        /// A coarser value takes its place.
        Generalise = "generalise",
        /// A token of the unit's own key takes its place.
        Pseudonymise = "pseudonymise",
    }
}

record! {
    /// What one rule of a policy withheld from a booking: fields only. There are
    /// no counts and no values, because a count can show how many travel together.
    pub struct Withheld {
        /// What was done.
        pub action: Option<Action>,
        /// The article on which the rule rests.
        pub article: Option<Text>,
        /// The fields in which something stood.
        pub fields: FieldSet,
    }
}

/// The version of the schema, in every record: `1.0`.
///
/// Members are added with the second number; the first one changes when the
/// meaning or the type of a member does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SchemaVersion {
    major: u8,
    minor: u8,
}

impl SchemaVersion {
    /// The version that this library writes.
    pub const CURRENT: Self = Self { major: 1, minor: 0 };
}

impl SchemaVersion {
    fn written(&self) -> Short {
        let mut written = Short::new();
        written.number(self.major.into(), 1).sign(b'.');
        *written.number(self.minor.into(), 1)
    }
}

impl Default for SchemaVersion {
    fn default() -> Self {
        Self::CURRENT
    }
}

impl super::leaf::Absent for SchemaVersion {
    fn absent(&self) -> bool {
        false
    }
}

impl std::fmt::Display for SchemaVersion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.show())
    }
}

impl Value for SchemaVersion {
    const CLASS: Class = Class::Text;

    fn parse(text: &str) -> Option<Self> {
        let (major, minor) = text.split_once('.')?;
        let version = Self {
            major: major.parse().ok()?,
            minor: minor.parse().ok()?,
        };
        (version.major == Self::CURRENT.major).then_some(version)
    }

    fn show(&self) -> Text {
        Text::from(self.written())
    }
}

serde_as_text!(
    SchemaVersion,
    SchemaVersion::written,
    "a schema version 1.x",
    "^1\\.[0-9]+$"
);
