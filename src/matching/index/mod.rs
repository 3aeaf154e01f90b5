//! An index of names: search without comparing with every one.
//!
//! Four steps lead from a query to the names it may be:
//!
//! 1. `words`, `near`: the distinct words of the list that a word of the query
//!    may be, by sound, letters, beginning and kin. A slip is undone on the side
//!    of the query, which asks for every word it may have been; the list holds
//!    each word once, so that a million names cost little more than their words.
//! 2. `rank`, first part: what such words say is added up over the names that
//!    have them, the rarest word first. Names that common words alone cannot
//!    lift to half of the best sum are not even noted.
//! 3. `rank`, second part: a thousand names of the highest sums are looked at
//!    word by word, each for one word of the query.
//! 4. `search`: the best of these are scored.

mod keys;
mod lists;
mod near;
mod rank;
mod search;
mod store;
mod words;

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use super::matcher::Matcher;
use super::prepared::Prepared;
pub(crate) use keys::blocks;
use rank::Scratch;
use store::{LAYOUT, Store};

/// Names to search in, each with the caller's id. To be shared by threads:
/// names come and go while others search.
///
/// An id may stand for several names of a person; a search gives it once,
/// with the best score. Names that are removed leave no room behind, however many
/// come and go; numbers of turns are not given again, and those of 32 bits are
/// enough for four thousand million additions.
///
/// ```
/// use paxnorm::{Name, matching::{Index, Matcher}};
///
/// let matcher = Matcher::default();
/// let index = Index::new(matcher.clone());
/// index.add(7, matcher.prepare(&Name::new("Eriksson", "Anna Maria")));
/// index.add(8, matcher.prepare(&Name::new("Haddad", "Yousef")));
///
/// let query = matcher.prepare(&Name::new("HADAD", "YUSUF MR"));
/// let found = index.search(&query, 10, 0.5);
/// assert_eq!(found[0].id, 8);
/// assert_eq!(index.remove(&8), 1);
/// assert!(index.search(&query, 10, 0.5).is_empty());
/// ```
pub struct Index<Id> {
    matcher: Matcher,
    store: RwLock<Store<Id>>,
    /// One for each search that ran at the same time as others.
    scratch: Mutex<Vec<Scratch>>,
}

/// What a search proposes: a person decides whether it is the one sought.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Candidate<Id> {
    /// The caller's id.
    pub id: Id,
    /// Score of the best name under that id.
    pub score: f32,
    /// Which name that is: the number of its turn among the names added.
    pub name: u32,
}

/// All that an [`Index`] holds, to be stored and loaded again; loading
/// prepares no name anew.
///
/// ```
/// use paxnorm::{Name, matching::{Index, Matcher, Snapshot}};
///
/// let matcher = Matcher::default();
/// let index = Index::new(matcher.clone());
/// index.add(1u32, matcher.prepare(&Name::new("Eriksson", "Anna")));
/// let stored = serde_json::to_string(&index.snapshot())?;
/// let loaded: Snapshot<u32> = serde_json::from_str(&stored)?;
/// assert_eq!(Index::restore(matcher, loaded).len(), 1);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// Where a version of the library holds other things than the one that made the
/// snapshot, it refuses to load it and says so: make the index anew then.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent, bound(deserialize = "Id: Deserialize<'de>"))]
pub struct Snapshot<Id>(#[serde(deserialize_with = "of_this_layout")] Store<Id>);

/// Hides the names: they are personal data.
impl<Id> fmt::Debug for Index<Id> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Index({} names)", self.read().len())
    }
}

/// Hides the names: they are personal data.
impl<Id> fmt::Debug for Snapshot<Id> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Snapshot({} names)", self.0.len())
    }
}

/// Reads a store, unless it is one of another layout.
fn of_this_layout<'de, D, Id>(input: D) -> Result<Store<Id>, D::Error>
where
    D: Deserializer<'de>,
    Id: Deserialize<'de>,
{
    let store = Store::deserialize(input)?;
    if store.layout == LAYOUT {
        return Ok(store);
    }
    Err(D::Error::custom(format_args!(
        "snapshot: of layout {}, not {LAYOUT}: make the index anew from its names",
        store.layout
    )))
}

impl<Id: Clone + PartialEq> Index<Id> {
    /// An empty index of names that this matcher prepares.
    #[must_use]
    pub fn new(matcher: Matcher) -> Self {
        Self {
            matcher,
            store: RwLock::default(),
            scratch: Mutex::default(),
        }
    }

    /// Adds a name under an id; the number of its turn.
    pub fn add(&self, id: Id, name: Prepared) -> u32 {
        self.write().add(id, name)
    }

    /// Adds many names under one lock, which is faster.
    pub fn extend(&self, names: impl IntoIterator<Item = (Id, Prepared)>) {
        let mut store = self.write();
        for (id, name) in names {
            store.add(id, name);
        }
    }

    /// Forgets every name under an id; how many there were. It reads the whole
    /// list: remove many at once by [`Index::retain`].
    pub fn remove(&self, id: &Id) -> usize {
        self.retain(|other| other != id)
    }

    /// Forgets the names whose id is not kept; how many there were.
    pub fn retain(&self, keep: impl Fn(&Id) -> bool) -> usize {
        self.write().retain(keep)
    }

    /// The best `limit` candidates of at least `threshold`, best first.
    #[must_use]
    pub fn search(&self, query: &Prepared, limit: usize, threshold: f32) -> Vec<Candidate<Id>> {
        let mut scratch = self.pool().pop().unwrap_or_default();
        let found = search::search(
            &self.matcher,
            &self.read(),
            query,
            limit,
            threshold,
            &mut scratch,
        );
        self.pool().push(scratch);
        found
    }

    /// The ids of the names that a search for this query looks at word by word,
    /// each once and in no order: what is left of the list before any name is
    /// scored, a few hundred at most. For those who score by other means, and to
    /// measure how often the name sought is lost so early.
    ///
    /// ```
    /// use paxnorm::{Name, matching::{Index, Matcher}};
    ///
    /// let matcher = Matcher::default();
    /// let index = Index::new(matcher.clone());
    /// index.add(7, matcher.prepare(&Name::new("Eriksson", "Anna Maria")));
    /// index.add(8, matcher.prepare(&Name::new("Haddad", "Yousef")));
    /// assert_eq!(index.candidates(&matcher.prepare(&Name::unsplit("ERIKSON"))), [7]);
    /// ```
    #[must_use]
    pub fn candidates(&self, query: &Prepared) -> Vec<Id> {
        let mut scratch = self.pool().pop().unwrap_or_default();
        let found = search::candidates(&self.matcher, &self.read(), query, &mut scratch);
        self.pool().push(scratch);
        found
    }

    /// The name that was added in its turn, unless it was removed.
    #[must_use]
    pub fn name(&self, turn: u32) -> Option<Prepared> {
        self.read().name(turn).cloned()
    }

    /// How many names there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.read().len()
    }

    /// Whether there is no name.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes of memory beyond the ids and the prepared names, about.
    #[must_use]
    pub fn overhead(&self) -> usize {
        self.read().overhead()
    }

    /// A copy of all that is held, to be stored.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot<Id> {
        Snapshot(self.read().clone())
    }

    /// The index of a snapshot; the matcher must be like the one that prepared
    /// its names.
    #[must_use]
    pub fn restore(matcher: Matcher, snapshot: Snapshot<Id>) -> Self {
        Self {
            matcher,
            store: RwLock::new(snapshot.0),
            scratch: Mutex::default(),
        }
    }
}

impl<Id> Index<Id> {
    fn pool(&self) -> MutexGuard<'_, Vec<Scratch>> {
        self.scratch.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A panic elsewhere cannot leave the store half changed in a way that
    /// a search would stumble over: every number read from it is checked.
    fn read(&self) -> RwLockReadGuard<'_, Store<Id>> {
        self.store.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Store<Id>> {
        self.store.write().unwrap_or_else(PoisonError::into_inner)
    }
}
