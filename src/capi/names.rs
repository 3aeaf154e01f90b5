//! Names: prepared once, scored and explained many times.

use std::ffi::c_char;

use super::border::{Fault, PaxnormError, Status, call, out, out_many, text};
use super::handle::{give, handle, look};
use super::text::{PaxnormText, json};
use crate::Name;
use crate::matching::{Matcher, Prepared};

handle! {
    /// Compares names.
    PaxnormMatcher = Matcher, "matcher", b"pax-mtch", paxnorm_matcher_free
}

handle! {
    /// A name made ready for comparison.
    PaxnormName = Prepared, "name", b"pax-name", paxnorm_name_free
}

fn matcher(tuning: &str) -> Result<Matcher, Fault> {
    if tuning.is_empty() {
        return Ok(Matcher::default());
    }
    let wrong = |error: String| Fault::new(Status::Json, error);
    let tuning = serde_json::from_str(tuning).map_err(|error| wrong(format!("tuning: {error}")))?;
    Matcher::new(tuning).map_err(|error| wrong(error.to_string()))
}

/// Makes a matcher of a tuning as JSON; of no length, the default one.
///
/// # Safety
/// `tuning` is null or points to `length` bytes; `matcher` points to a variable; `error` is null
/// or points to memory for an error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn paxnorm_matcher_new(
    tuning: *const c_char,
    length: usize,
    matcher: *mut *mut PaxnormMatcher,
    error: *mut PaxnormError,
) -> i32 {
    let work = || {
        // SAFETY: text and a variable, as the caller promises.
        let (tuning, place) =
            unsafe { (text(tuning, length, "tuning")?, out(matcher, "matcher")?) };
        place.write(give(self::matcher(tuning)?));
        Ok(Status::Ok)
    };
    // SAFETY: null or memory for an error, as the caller promises.
    unsafe { call(error, work) }
}

/// Prepares a name, given as JSON as it stands in bookings: `{"surname": …, "given": …}` or
/// `{"full": …}`.
///
/// # Safety
/// `matcher` is null or a live handle; `name` is null or points to `length` bytes; `prepared`
/// points to a variable; `error` is null or points to memory for an error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn paxnorm_name_new(
    matcher: *const PaxnormMatcher,
    name: *const c_char,
    length: usize,
    prepared: *mut *mut PaxnormName,
    error: *mut PaxnormError,
) -> i32 {
    let work = || {
        // SAFETY: a live handle, text and a variable, as the caller promises.
        let (matcher, name, place) = unsafe {
            let text = text(name, length, "name")?;
            (look(matcher)?, text, out(prepared, "prepared")?)
        };
        let name: Name =
            serde_json::from_str(name).map_err(|error| Fault::json_place("name", &error))?;
        place.write(give(matcher.prepare(&name)));
        Ok(Status::Ok)
    };
    // SAFETY: null or memory for an error, as the caller promises.
    unsafe { call(error, work) }
}

/// How likely two names are one person's, 0 to 1.
///
/// # Safety
/// `matcher`, `a` and `b` are null or live handles; `score` points to a variable; `error` is null
/// or points to memory for an error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn paxnorm_score(
    matcher: *const PaxnormMatcher,
    a: *const PaxnormName,
    b: *const PaxnormName,
    score: *mut f32,
    error: *mut PaxnormError,
) -> i32 {
    let work = || {
        // SAFETY: live handles and a variable, as the caller promises.
        let (matcher, a, b, place) =
            unsafe { (look(matcher)?, look(a)?, look(b)?, out(score, "score")?) };
        place.write(matcher.score(a, b));
        Ok(Status::Ok)
    };
    // SAFETY: null or memory for an error, as the caller promises.
    unsafe { call(error, work) }
}

/// The same score with every step that led to it, as JSON. It quotes the names.
///
/// # Safety
/// As [`paxnorm_score`]; `why` points to a variable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn paxnorm_explain(
    matcher: *const PaxnormMatcher,
    a: *const PaxnormName,
    b: *const PaxnormName,
    why: *mut *mut PaxnormText,
    error: *mut PaxnormError,
) -> i32 {
    let work = || {
        // SAFETY: live handles and a variable, as the caller promises.
        let (matcher, a, b, place) =
            unsafe { (look(matcher)?, look(a)?, look(b)?, out(why, "why")?) };
        place.write(json(&matcher.explain(a, b), "explanation")?);
        Ok(Status::Ok)
    };
    // SAFETY: null or memory for an error, as the caller promises.
    unsafe { call(error, work) }
}

/// Blocking keys of a name, at most 256: names that may be one person's have one in common, on
/// every machine. As many as there is room for are written; `count` says how many there are.
///
/// # Safety
/// `matcher` and `name` are null or live handles; `keys` is null or points to memory for
/// `capacity` numbers; `count` points to a variable; `error` is null or points to memory for an
/// error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn paxnorm_blocks(
    matcher: *const PaxnormMatcher,
    name: *const PaxnormName,
    keys: *mut u64,
    capacity: usize,
    count: *mut usize,
    error: *mut PaxnormError,
) -> i32 {
    let work = || {
        // SAFETY: live handles, memory and a variable, as the caller promises.
        let (matcher, name, places, total) = unsafe {
            let places = out_many(keys, capacity, "keys")?;
            (look(matcher)?, look(name)?, places, out(count, "count")?)
        };
        let mut found = matcher.blocks(name);
        let written = places.iter_mut().zip(&mut found);
        let written = written.map(|(place, key)| place.write(key)).count();
        total.write(written + found.count());
        Ok(Status::Ok)
    };
    // SAFETY: null or memory for an error, as the caller promises.
    unsafe { call(error, work) }
}
