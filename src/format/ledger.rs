use crate::Field;
use crate::reader::Data;

/// One slot for every datum of a piece: the field that it reached, or nothing.
///
/// The reader counts from it what was mapped, what the policy withheld and what
/// has no place in the schema, so that the account is true by construction.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    slots: Vec<Option<Field>>,
}

impl Ledger {
    /// Opens slots for further data and returns the number of the first.
    pub fn open(&mut self, data: usize) -> usize {
        let first = self.slots.len();
        self.slots.resize(first + data, None);
        first
    }

    /// Says that a datum reached a field. A datum that reaches several counts once.
    pub fn fill(&mut self, slot: usize, field: Field) {
        if let Some(slot) = self.slots.get_mut(slot) {
            *slot = Some(field);
        }
    }

    /// Says that a datum reached a field, unless it has reached another already.
    pub(crate) fn fill_free(&mut self, slot: usize, field: Field) {
        if let Some(slot) = self.slots.get_mut(slot) {
            slot.get_or_insert(field);
        }
    }

    /// Whether a datum has reached a field.
    #[must_use]
    pub fn is_filled(&self, slot: usize) -> bool {
        self.slots.get(slot).is_some_and(Option::is_some)
    }

    /// Whether every datum from a slot on has reached a field.
    pub(crate) fn is_full(&self, from: usize) -> bool {
        let slots = self.slots.get(from..).unwrap_or_default();
        // Counted, not searched: many slots at a time.
        slots.iter().filter(|slot| slot.is_none()).count() == 0
    }

    /// Moves the slots of another ledger behind the own ones.
    pub(crate) fn append(&mut self, other: &mut Self) {
        if self.slots.is_empty() {
            std::mem::swap(&mut self.slots, &mut other.slots);
        } else {
            self.slots.append(&mut other.slots);
        }
    }

    /// Takes the slots from one on out of the ledger.
    pub(crate) fn split_off(&mut self, from: usize) -> Self {
        let from = from.min(self.slots.len());
        if from == 0 {
            return std::mem::take(self);
        }
        Self {
            slots: self.slots.split_off(from),
        }
    }

    /// Counts the slots and forgets them: withheld are those whose field the policy
    /// `withholds`, but of the fields it took in part no more than so many.
    pub(crate) fn settle(
        &mut self,
        partly: &[(Field, u32)],
        withholds: impl Fn(Field) -> bool,
    ) -> Data {
        let mut data = Data {
            read: u32::try_from(self.slots.len()).unwrap_or(u32::MAX),
            ..Data::default()
        };
        for slot in &self.slots {
            let Some(field) = *slot else {
                data.unmapped += 1;
                continue;
            };
            data.as_text += u32::from(field.is_text());
            data.withheld += u32::from(withholds(field));
        }
        for (field, most) in partly {
            let count = self.count(*field);
            data.withheld -= if withholds(*field) { count } else { 0 };
            data.withheld += count.min(*most);
        }
        self.slots.clear();
        data.mapped = data.read - data.unmapped - data.withheld;
        data
    }

    /// How many data reached a field.
    fn count(&self, field: Field) -> u32 {
        let reached = self.slots.iter().filter(|slot| **slot == Some(field));
        u32::try_from(reached.count()).unwrap_or(u32::MAX)
    }
}
