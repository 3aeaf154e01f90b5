//! An index of names: search without comparing with every one.
//!
//! Two steps lead from a query to the names it may be: words of the list that
//! resemble a word of the query are found by [blocking
//! keys](super::Matcher::blocks), then the names that have most of such words
//! are scored. Words, not names, carry the keys, so that a million names cost
//! little more than their words do.

mod keys;
mod search;
mod store;

use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use serde::{Deserialize, Serialize};

use super::matcher::Matcher;
use super::prepared::Prepared;
pub(crate) use keys::blocks;
use search::Scratch;
use store::Store;

/// Names to search in, each with the caller's id. To be shared by threads:
/// names come and go while others search.
///
/// An id may stand for several names of a person; a search gives it once,
/// with the best score.
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
#[derive(Debug)]
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
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Snapshot<Id>(Store<Id>);

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
