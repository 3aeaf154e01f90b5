//! A mapping as it is carried out: names became numbers, words became small enums.

use std::collections::HashMap;

use super::draft::{Cut, DateOrder, Given, NameOrder, Otherwise, Row, StopForm};
use super::pattern::Pattern;
use super::trie::Trie;
use crate::model::ContactKind;
use crate::{Field, Scope};

/// Where a value stands: in which element, seen from the item's own, and in which of its slots.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct At {
    pub(super) base: Base,
    pub(super) slot: u32,
}

/// The element in which a value stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Base {
    /// That of the item; the referred one, where the item is a join.
    #[default]
    Here,
    /// So many elements up from the one that the item repeats for.
    Up(u8),
    Record,
    Document,
}

#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) sorts: Vec<Sort>,
    /// CSV: names of columns, folded; the slots of places.
    pub(super) columns: Vec<String>,
    /// CSV: what tells bookings apart.
    pub(super) group: Vec<At>,
    pub(super) row: Row,
    /// JSON: where values stand.
    pub(super) trie: Trie,
    /// JSON: what is asked of the whole value.
    #[cfg(feature = "jsonpath")]
    pub(super) queries: Vec<Query>,
    /// JSON: the ways in which joins find elements: of which kind, by what.
    pub(super) joins: Vec<(u32, Vec<At>)>,
    /// JSON: kinds of elements that are bookings, in the order in which they are tried.
    pub(super) records: Vec<u32>,
    /// JSON: for each of them, what must hold.
    pub(super) record_when: Vec<Vec<Check>>,
    /// JSON: the kind of elements that are bookings, where all that is said of one stands in its
    /// element, in one list of the document.
    pub(super) alone: Option<u32>,
    pub(super) tables: Vec<Lookup>,
    pub(super) absent: Vec<String>,
    /// Groups of columns, or of slots of the document, of which one each must be there.
    pub(super) detect: Vec<Vec<u32>>,
}

impl Plan {
    /// The kind of elements that are bookings by themselves.
    pub(super) fn stands_alone(&self) -> Option<u32> {
        let [record] = *self.records.as_slice() else {
            return None;
        };
        let is_inside = |kind: u32| self.trie.climb(kind, record).is_some();
        let is_list = record != 0 && self.trie.kind(record).parent == 0;
        let mut kinds = (0_u32..).zip(&self.trie.kinds);
        let holds_all = kinds.all(|(number, kind)| is_inside(number) || kind.slots == 0);
        let sorts_inside = self
            .sorts
            .iter()
            .all(|sort| !sort.whole && is_inside(sort.kind));
        (is_list && holds_all && sorts_inside && !self.refers()).then_some(record)
    }

    /// Whether anything is found by asking the whole document.
    fn refers(&self) -> bool {
        #[cfg(feature = "jsonpath")]
        let asks = !self.queries.is_empty();
        #[cfg(not(feature = "jsonpath"))]
        let asks = false;
        asks || !self.joins.is_empty()
    }
}

/// A query of RFC 9535 from each element of a kind, and the slot for what it finds.
#[cfg(feature = "jsonpath")]
#[derive(Debug)]
pub(super) struct Query {
    pub(super) kind: u32,
    pub(super) slot: u32,
    pub(super) text: String,
    pub(super) path: serde_json_path::JsonPath,
}

/// One sort of item.
#[derive(Debug)]
pub(super) struct Sort {
    pub(super) scope: Scope,
    /// The kind of element that is its booking.
    pub(super) record: u32,
    /// The kind of element that each item stands for.
    pub(super) kind: u32,
    /// Its elements stand anywhere in the document, not in the booking's own element.
    pub(super) whole: bool,
    /// The sort around it, and how many elements up that repeats.
    pub(super) parent: Option<(usize, u8)>,
    /// CSV: the sorts to which it belongs in the same row.
    pub(super) passenger: Option<usize>,
    pub(super) leg: Option<usize>,
    /// JSON: what its passenger and leg are called.
    pub(super) passenger_id: Vec<Link>,
    pub(super) leg_id: Vec<Link>,
    pub(super) id: Vec<At>,
    pub(super) when: Vec<Check>,
    pub(super) join: Option<Joining>,
    pub(super) identity: Identity,
    /// What rows say of the item is what they name it by.
    pub(super) is_its_name: bool,
    /// Places of which one must say something for there to be an item.
    pub(super) present: Vec<At>,
    /// What the caller may know, which makes an item too.
    pub(super) given: Vec<Given>,
    pub(super) steps: Vec<Step>,
    /// Each of the steps in brief.
    pub(super) briefs: Vec<Brief>,
}

impl Sort {
    /// Whether rows that name the same item say the same of it: all that is said is its name.
    pub(super) fn is_its_name(identity: &Identity, steps: &[Step]) -> bool {
        let Identity::Key(places) = identity else {
            return false;
        };
        // Minor units look at other cells, and what a table ignores reaches no field.
        let other = |op: &Op| matches!(op, Op::Minor(_) | Op::Table(_, Otherwise::Ignore, _));
        let named = |step: &Step| {
            step.before.is_empty()
                && step.after.is_empty()
                && !other(&step.op)
                && step.from.iter().all(|at| places.contains(at))
        };
        steps.iter().all(named)
    }
}

/// How rows name the same item.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Identity {
    /// Never: each is another.
    Each,
    /// By what they belong to.
    Anchors,
    /// By what they belong to, and these cells.
    Key(Vec<At>),
}

/// A reference to another item.
#[derive(Clone, Copy, Debug)]
pub(super) enum Link {
    At(At),
    /// The element of this kind at the same place, under the element so many up.
    Beside {
        up: u8,
        kind: u32,
        slot: u32,
    },
}

#[derive(Debug)]
pub(super) struct Check {
    pub(super) from: Vec<At>,
    pub(super) is: Vec<String>,
    pub(super) not: Vec<String>,
}

#[derive(Clone, Debug)]
pub(super) struct Joining {
    /// Which of the ways to find elements of a kind it is.
    pub(super) index: usize,
    pub(super) kind: u32,
    pub(super) here: Vec<At>,
    pub(super) there: Vec<At>,
}

#[derive(Debug)]
pub(super) struct Step {
    pub(super) field: Field,
    /// It takes one datum as it stands: nothing decides, goes around it or is cut from it.
    pub(super) is_plain: bool,
    pub(super) when: Vec<Check>,
    pub(super) from: Vec<At>,
    pub(super) before: Vec<At>,
    pub(super) after: Vec<At>,
    pub(super) given: Option<Given>,
    pub(super) value: Option<String>,
    pub(super) cut: Option<Cut>,
    pub(super) split: String,
    pub(super) absent: Vec<String>,
    /// JSON: its places are in the element that this one refers to.
    pub(super) join: Option<Joining>,
    pub(super) op: Op,
}

/// What has to be known of most rules while a row is read. Rules are large; this much of all of
/// them stays in the nearest cache.
#[derive(Clone, Copy, Debug)]
pub(super) struct Brief {
    pub(super) task: Task,
    pub(super) field: Field,
    pub(super) at: At,
}

/// How much of a rule there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Task {
    /// The text that stands in one place, as it is.
    Text,
    /// What the text that stands in one place is read as.
    Read,
    /// More than that: the whole rule says.
    More,
}

impl Brief {
    /// A rule in brief; `open` says that no text stands for nothing.
    pub(super) fn of(step: &Step, open: bool) -> Self {
        let is_open = open && step.absent.is_empty();
        let is_silent = step.given.is_none() && step.value.is_none() && step.join.is_none();
        let (task, at) = match (step.from.as_slice(), &step.op) {
            ([at], Op::Text) => (Task::Text, *at),
            ([at], _) => (Task::Read, *at),
            _ => (Task::More, At::default()),
        };
        let is_brief = step.is_plain && is_open && is_silent;
        Self {
            task: if is_brief { task } else { Task::More },
            field: step.field,
            at,
        }
    }
}

/// What is done with a text.
#[derive(Debug)]
pub(super) enum Op {
    Text,
    Verbatim,
    Date(Vec<Pattern>, Option<DateOrder>),
    Stamp(Vec<Pattern>, Option<DateOrder>),
    Number,
    Age,
    Flag,
    Amount(char),
    Minor(Decimals),
    State {
        received: Option<Field>,
    },
    Sex,
    Title {
        honorific: Option<Field>,
    },
    Kind {
        received: Option<Field>,
    },
    Code,
    Card,
    FullName(NameOrder, NameFields),
    Stop {
        form: StopForm,
        scheme: Option<Field>,
        name: Option<Field>,
    },
    Contact {
        kind: ContactKind,
        kind_field: Field,
        received: Field,
    },
    Table(usize, Otherwise, Box<Op>),
}

/// How many decimals minor units have.
#[derive(Debug)]
pub(super) enum Decimals {
    Fixed(u8),
    Scale(Vec<At>),
    Currency(Vec<At>),
}

/// The fields of the parts of a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct NameFields {
    pub(super) surname: Field,
    pub(super) given: Field,
    pub(super) title: Field,
}

/// A look-up table by folded texts.
#[derive(Debug, Default)]
pub(super) struct Lookup {
    pub(super) rows: HashMap<String, String>,
}
