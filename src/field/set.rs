//! Sets of fields and of places, in bits.

use super::{Field, Scope};

const WORDS: usize = Field::TABLE.len().div_ceil(64);

/// A set of fields: one bit for each. In the serde form a list of paths, in the order of the
/// schema.
///
/// ```
/// use paxnorm::{Field, FieldSet};
///
/// let fields: FieldSet = [Field::SeatNumber, Field::PassengerNameSurname].into_iter().collect();
/// assert!(fields.contains(Field::SeatNumber));
/// let paths: Vec<&str> = fields.iter().map(Field::path).collect();
/// assert_eq!(paths, ["passengers[].name.surname", "seats[].number"]);
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct FieldSet([u64; WORDS]);

impl FromIterator<Field> for FieldSet {
    fn from_iter<I: IntoIterator<Item = Field>>(fields: I) -> Self {
        let mut set = Self::default();
        fields.into_iter().for_each(|field| set.insert(field));
        set
    }
}

impl std::fmt::Debug for FieldSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl serde::Serialize for FieldSet {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> serde::Deserialize<'de> for FieldSet {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> serde::de::Visitor<'de> for Fields {
            type Value = FieldSet;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a list of paths of fields")
            }

            fn visit_seq<A: serde::de::SeqAccess<'de>>(
                self,
                mut list: A,
            ) -> Result<FieldSet, A::Error> {
                let mut fields = FieldSet::default();
                while let Some(field) = list.next_element()? {
                    fields.insert(field);
                }
                Ok(fields)
            }
        }
        deserializer.deserialize_seq(Fields)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for FieldSet {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "FieldSet".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Vec::<Field>::json_schema(generator)
    }
}

impl FieldSet {
    /// The set of one field.
    pub(crate) fn of(field: Field) -> Self {
        std::iter::once(field).collect()
    }

    /// Adds a field.
    pub fn insert(&mut self, field: Field) {
        if let Some(word) = self.0.get_mut(field as usize / 64) {
            *word |= 1 << (field as usize % 64);
        }
    }

    pub(crate) fn remove(&mut self, field: Field) {
        if let Some(word) = self.0.get_mut(field as usize / 64) {
            *word &= !(1 << (field as usize % 64));
        }
    }

    /// Adds the fields of another set.
    pub(crate) fn join(&mut self, other: &Self) {
        let words = self.0.iter_mut().zip(&other.0);
        words.for_each(|(word, other)| *word |= other);
    }

    /// Whether a field is in it.
    #[must_use]
    pub fn contains(&self, field: Field) -> bool {
        let word = self.0.get(field as usize / 64);
        word.is_some_and(|word| word & (1 << (field as usize % 64)) != 0)
    }

    /// The fields that are in another set, too.
    pub(crate) fn both(mut self, other: &Self) -> Self {
        let words = self.0.iter_mut().zip(&other.0);
        words.for_each(|(word, other)| *word &= other);
        self
    }

    /// Whether no field is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().fold(0, |all, word| all | word) == 0
    }

    /// How many fields are in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The first one in the order of the schema.
    pub(crate) fn first(&self) -> Option<Field> {
        let mut words = self.0.iter().zip(Field::ALL.chunks(64));
        let (word, fields) = words.find(|(word, _)| **word != 0)?;
        fields.get(word.trailing_zeros() as usize).copied()
    }

    /// Calls back with every field, in the order of the schema.
    #[inline(always)]
    pub(crate) fn each(&self, seen: impl FnMut(Field)) {
        self.iter().for_each(seen);
    }

    /// All of them, in the order of the schema.
    #[inline(always)]
    pub fn iter(&self) -> impl Iterator<Item = Field> + '_ {
        let words = self.0.iter().zip(Field::ALL.chunks(64));
        words.flat_map(|(word, fields)| {
            let mut rest = *word;
            let places = std::iter::from_fn(move || {
                let first = (rest != 0).then(|| rest.trailing_zeros())?;
                rest &= rest - 1;
                Some(first as usize)
            });
            places.filter_map(|at| fields.get(at).copied())
        })
    }
}

/// A set of places: one bit for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ScopeSet(u64);

const _: () = assert!(Scope::ALL.len() <= 64, "a set of places has 64 bits");

impl ScopeSet {
    pub(crate) const ALL: Self = Self(u64::MAX);

    pub(crate) const fn contains(self, scope: Scope) -> bool {
        self.0 & (1 << scope as u32) != 0
    }

    /// Adds a place.
    pub(crate) const fn insert(&mut self, scope: Scope) {
        self.0 |= 1 << scope as u32;
    }

    /// Adds the places of another set.
    pub(crate) const fn join(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

impl Field {
    /// The place in which it stands, and every place around that.
    #[expect(
        clippy::indexing_slicing,
        reason = "the table has a row for each variant"
    )]
    pub(crate) fn places(self) -> ScopeSet {
        const PLACES: [ScopeSet; Field::TABLE.len()] = {
            let mut places = [ScopeSet(0); Field::TABLE.len()];
            let mut at = 0;
            while at < places.len() {
                places[at] = Field::TABLE[at].scope.around();
                at += 1;
            }
            places
        };
        PLACES[self as usize]
    }
}

impl Scope {
    /// It, and every place around it.
    #[expect(clippy::indexing_slicing, reason = "evaluated when compiled")]
    const fn around(self) -> ScopeSet {
        let (mut places, mut at) = (0, 0);
        while at < Self::ALL.len() {
            if begins(self.prefix().as_bytes(), Self::ALL[at].prefix().as_bytes()) {
                places |= 1 << Self::ALL[at] as u32;
            }
            at += 1;
        }
        ScopeSet(places)
    }
}

#[expect(clippy::indexing_slicing, reason = "evaluated when compiled")]
const fn begins(text: &[u8], start: &[u8]) -> bool {
    let mut at = 0;
    while at < start.len() {
        if at == text.len() || text[at] != start[at] {
            return false;
        }
        at += 1;
    }
    true
}
