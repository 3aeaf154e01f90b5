//! Sets of fields and of places, in bits.

use super::{Field, Scope};

const WORDS: usize = Field::TABLE.len().div_ceil(64);

/// A set of fields: one bit for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct FieldSet([u64; WORDS]);

impl FromIterator<Field> for FieldSet {
    fn from_iter<I: IntoIterator<Item = Field>>(fields: I) -> Self {
        let mut set = Self::default();
        fields.into_iter().for_each(|field| set.insert(field));
        set
    }
}

impl FieldSet {
    /// The set of one field.
    pub(crate) fn of(field: Field) -> Self {
        std::iter::once(field).collect()
    }

    pub(crate) fn insert(&mut self, field: Field) {
        if let Some(word) = self.0.get_mut(field as usize / 64) {
            *word |= 1 << (field as usize % 64);
        }
    }

    pub(crate) fn remove(&mut self, field: Field) {
        if let Some(word) = self.0.get_mut(field as usize / 64) {
            *word &= !(1 << (field as usize % 64));
        }
    }

    pub(crate) fn contains(&self, field: Field) -> bool {
        let word = self.0.get(field as usize / 64);
        word.is_some_and(|word| word & (1 << (field as usize % 64)) != 0)
    }

    /// Parts it: the fields that are in another set too, and the rest.
    pub(crate) fn part(mut self, other: &Self) -> (Self, Self) {
        let mut rest = self;
        let words = self.0.iter_mut().zip(&mut rest.0).zip(&other.0);
        words.for_each(|((both, rest), other)| (*both, *rest) = (*both & other, *rest & !other));
        (self, rest)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub(crate) fn len(&self) -> usize {
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
    pub(crate) fn each(&self, mut seen: impl FnMut(Field)) {
        for (word, fields) in self.0.iter().zip(Field::ALL.chunks(64)) {
            let mut rest = *word;
            while rest != 0 {
                if let Some(field) = fields.get(rest.trailing_zeros() as usize) {
                    seen(*field);
                }
                rest &= rest - 1;
            }
        }
    }

    /// All of them, in the order of the schema.
    pub(crate) fn list(&self) -> Vec<Field> {
        let mut fields = Vec::with_capacity(self.len());
        self.each(|field| fields.push(field));
        fields
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
