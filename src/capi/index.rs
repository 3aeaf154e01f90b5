//! An index of names: built, searched, changed, stored and loaded.

use std::ffi::c_char;

use super::border::{Fault, PaxnormError, Status, call, out, out_many, text};
use super::handle::{give, handle, look};
use super::names::{PaxnormMatcher, PaxnormName};
use super::text::{PaxnormText, json};
use crate::matching::{Index, Snapshot};

/// Names under the caller's numbers.
type Names = Index<u64>;

handle! {
    /// Names to search in. Threads may search and change it at the same time.
    PaxnormIndex = Names, "index", b"pax-indx", paxnorm_index_free
}

/// What a search proposes: a person decides whether it is the one sought.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct PaxnormCandidate {
    /// The caller's number.
    pub id: u64,
    /// Score of the best name under that number, 0 to 1.
    pub score: f32,
    /// Which name that is: the number of its turn among the names added.
    pub name: u32,
}

/// Makes an empty index of names that this matcher prepares.
///
/// # Safety
/// `matcher` is null or a live handle; `index` points to a variable; `error` is null or points to
/// memory for an error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn paxnorm_index_new(
    matcher: *const PaxnormMatcher,
    index: *mut *mut PaxnormIndex,
    error: *mut PaxnormError,
) -> i32 {
    let work = || {
        // SAFETY: a live handle and a variable, as the caller promises.
        let (matcher, place) = unsafe { (look(matcher)?, out(index, "index")?) };
        place.write(give(Names::new(matcher.clone())));
        Ok(Status::Ok)
    };
    // SAFETY: null or memory for an error, as the caller promises.
    unsafe { call(error, work) }
}

/// Adds a name under a number, which may stand for several. The name stays the caller's.
///
/// # Safety
/// `index` and `name` are null or live handles; `error` is null or points to memory for an error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn paxnorm_index_add(
    index: *const PaxnormIndex,
    id: u64,
    name: *const PaxnormName,
    error: *mut PaxnormError,
) -> i32 {
    let work = || {
        // SAFETY: live handles, as the caller promises.
        let (index, name) = unsafe { (look(index)?, look(name)?) };
        index.add(id, name.clone());
        Ok(Status::Ok)
    };
    // SAFETY: null or memory for an error, as the caller promises.
    unsafe { call(error, work) }
}

/// Forgets every name under a number; `removed`, unless null, says how many there were.
///
/// # Safety
/// `index` is null or a live handle; `removed` is null or points to a variable; `error` is null
/// or points to memory for an error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn paxnorm_index_remove(
    index: *const PaxnormIndex,
    id: u64,
    removed: *mut usize,
    error: *mut PaxnormError,
) -> i32 {
    let work = || {
        // SAFETY: a live handle, as the caller promises.
        let count = unsafe { look(index)? }.remove(&id);
        // SAFETY: null or a variable, as the caller promises.
        if let Ok(place) = unsafe { out(removed, "removed") } {
            place.write(count);
        }
        Ok(Status::Ok)
    };
    // SAFETY: null or memory for an error, as the caller promises.
    unsafe { call(error, work) }
}

/// How many names there are.
///
/// # Safety
/// `index` is null or a live handle; `length` points to a variable; `error` is null or points to
/// memory for an error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn paxnorm_index_length(
    index: *const PaxnormIndex,
    length: *mut usize,
    error: *mut PaxnormError,
) -> i32 {
    let work = || {
        // SAFETY: a live handle and a variable, as the caller promises.
        let (index, place) = unsafe { (look(index)?, out(length, "length")?) };
        place.write(index.len());
        Ok(Status::Ok)
    };
    // SAFETY: null or memory for an error, as the caller promises.
    unsafe { call(error, work) }
}

/// The best candidates of at least `threshold`, best first, as many as there is room for; `count`
/// says how many.
///
/// # Safety
/// `index` and `name` are null or live handles; `candidates` is null or points to memory for
/// `capacity` of them; `count` points to a variable; `error` is null or points to memory for an
/// error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn paxnorm_index_search(
    index: *const PaxnormIndex,
    name: *const PaxnormName,
    threshold: f32,
    candidates: *mut PaxnormCandidate,
    capacity: usize,
    count: *mut usize,
    error: *mut PaxnormError,
) -> i32 {
    let work = || {
        // SAFETY: live handles, memory and a variable, as the caller promises.
        let (index, name, places, total) = unsafe {
            let places = out_many(candidates, capacity, "candidates")?;
            (look(index)?, look(name)?, places, out(count, "count")?)
        };
        let found = index.search(name, capacity, threshold);
        for (place, one) in places.iter_mut().zip(&found) {
            place.write(PaxnormCandidate {
                id: one.id,
                score: one.score,
                name: one.name,
            });
        }
        total.write(found.len());
        Ok(Status::Ok)
    };
    // SAFETY: null or memory for an error, as the caller promises.
    unsafe { call(error, work) }
}

/// All that the index holds, as JSON to be stored: personal data.
///
/// # Safety
/// `index` is null or a live handle; `stored` points to a variable; `error` is null or points to
/// memory for an error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn paxnorm_index_save(
    index: *const PaxnormIndex,
    stored: *mut *mut PaxnormText,
    error: *mut PaxnormError,
) -> i32 {
    let work = || {
        // SAFETY: a live handle and a variable, as the caller promises.
        let (index, place) = unsafe { (look(index)?, out(stored, "stored")?) };
        place.write(json(&index.snapshot(), "index")?);
        Ok(Status::Ok)
    };
    // SAFETY: null or memory for an error, as the caller promises.
    unsafe { call(error, work) }
}

/// Loads what was stored; the matcher must be like the one that prepared its names.
///
/// # Safety
/// `matcher` is null or a live handle; `stored` is null or points to `length` bytes; `index`
/// points to a variable; `error` is null or points to memory for an error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn paxnorm_index_load(
    matcher: *const PaxnormMatcher,
    stored: *const c_char,
    length: usize,
    index: *mut *mut PaxnormIndex,
    error: *mut PaxnormError,
) -> i32 {
    let work = || {
        // SAFETY: a live handle, text and a variable, as the caller promises.
        let (matcher, stored, place) = unsafe {
            let text = text(stored, length, "stored")?;
            (look(matcher)?, text, out(index, "index")?)
        };
        let snapshot: Snapshot<u64> =
            serde_json::from_str(stored).map_err(|error| Fault::json_place("index", &error))?;
        place.write(give(Names::restore(matcher.clone(), snapshot)));
        Ok(Status::Ok)
    };
    // SAFETY: null or memory for an error, as the caller promises.
    unsafe { call(error, work) }
}
