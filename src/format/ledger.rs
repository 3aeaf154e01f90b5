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
        // In whole stretches, which go many slots at a time.
        self.slots
            .resize((first + data).next_multiple_of(128), None);
        self.slots.truncate(first + data);
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
        // Within a stretch without a branch: many slots at a time.
        let full = |stretch: &[Option<Field>]| {
            stretch
                .iter()
                .fold(true, |full, slot| full & slot.is_some())
        };
        let (stretches, rest) = slots.as_chunks::<32>();
        // The last stretch may hold slots of the one before.
        let rest = slots.last_chunk::<32>().map_or(rest, |last| last);
        stretches.iter().all(|stretch| full(stretch)) && full(rest)
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

    /// Counts the slots and forgets them: withheld are those whose field the tally says so of,
    /// but of the fields that a policy took in part no more than so many.
    pub(crate) fn settle(&mut self, partly: &[(Field, u32)], tally: &Tally) -> Data {
        let mut data = Data {
            read: u32::try_from(self.slots.len()).unwrap_or(u32::MAX),
            ..Data::default()
        };
        for stretch in self.slots.chunks(Tally::MOST) {
            tally.add(stretch, &mut data);
        }
        for (field, most) in partly {
            let count = self.count(*field);
            data.withheld -= if tally.withholds(*field) { count } else { 0 };
            data.withheld += count.min(*most);
        }
        self.slots.clear();
        data.mapped = data.read - data.unmapped - data.withheld;
        data
    }

    /// How many data reached this field.
    fn count(&self, field: Field) -> u32 {
        let reached = self.slots.iter().filter(|slot| **slot == Some(field));
        u32::try_from(reached.count()).unwrap_or(u32::MAX)
    }
}

const FIELDS: usize = Field::ALL.len();

/// What a datum counts for by the field that it reached: three counts in one number, so that a
/// slot takes one step.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tally {
    /// A row for each field, and the last one for none.
    rows: Box<[u64; FIELDS + 1]>,
}

impl Tally {
    const UNMAPPED: u64 = 1;
    const TEXT: u64 = 1 << Self::WIDTH;
    const WITHHELD: u64 = 1 << (2 * Self::WIDTH);
    const WIDTH: u32 = 21;
    /// Data that can be counted before a count runs over.
    const MOST: usize = (1 << Self::WIDTH) - 1;

    pub(crate) fn of(withholds: impl Fn(Field) -> bool) -> Self {
        let mut tally = Self {
            rows: Box::new([Self::UNMAPPED; FIELDS + 1]),
        };
        for field in Field::ALL {
            tally.set(*field, withholds(*field));
        }
        tally
    }

    /// Says whether data that reach a field are withheld.
    pub(crate) fn set(&mut self, field: Field, withheld: bool) {
        let text = if field.is_text() { Self::TEXT } else { 0 };
        let withheld = if withheld { Self::WITHHELD } else { 0 };
        if let Some(row) = self.rows.get_mut(field as usize) {
            *row = text | withheld;
        }
    }

    #[inline(always)]
    fn row(&self, slot: Option<Field>) -> u64 {
        let row = slot.map_or(FIELDS, |field| field as usize);
        self.rows.get(row).copied().unwrap_or(Self::UNMAPPED)
    }

    fn withholds(&self, field: Field) -> bool {
        self.row(Some(field)) & Self::WITHHELD != 0
    }

    fn add(&self, slots: &[Option<Field>], data: &mut Data) {
        let sum = slots.iter().fold(0, |sum, slot| sum + self.row(*slot));
        let count = |one: u64| (sum / one) as u32 & Self::MOST as u32;
        data.unmapped += count(Self::UNMAPPED);
        data.as_text += count(Self::TEXT);
        data.withheld += count(Self::WITHHELD);
    }
}
