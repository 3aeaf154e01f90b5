//! Handles: what a caller holds and may not look into.

use std::mem::offset_of;
use std::sync::atomic::{AtomicU64, Ordering};

use super::border::{Fault, Status, out};

/// Something of the library in the hands of C, behind the mark of its kind.
#[derive(Debug)]
#[repr(C)]
pub struct Handle<T> {
    mark: AtomicU64,
    value: T,
}

/// What can stand behind a handle.
pub(super) trait Kind: Send + Sync {
    /// Told in messages.
    const NAME: &'static str;
    /// Eight letters at the beginning of the memory of every handle of this kind.
    const MARK: &'static [u8; 8];
}

/// The mark of a handle that was freed.
const FREED: u64 = 0;

/// Names the kinds, and gives each the function that frees it.
macro_rules! handle {
    ($(#[$doc:meta])* $alias:ident = $value:ident, $name:literal, $mark:literal, $free:ident) => {
        $(#[$doc])*
        pub type $alias = crate::capi::handle::Handle<$value>;

        impl crate::capi::handle::Kind for $value {
            const NAME: &'static str = $name;
            const MARK: &'static [u8; 8] = $mark;
        }

        #[doc = concat!("Frees a ", $name, " and sets the variable to null; of null it does nothing.")]
        ///
        /// # Safety
        /// `handle` points to a variable that is null or holds a live handle, which no other
        /// thread uses any more.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $free(handle: *mut *mut $alias) -> i32 {
            // SAFETY: the caller's promise is the same.
            let free = || unsafe { crate::capi::handle::free(handle) };
            // SAFETY: there is no place for an error.
            unsafe { crate::capi::border::call(std::ptr::null_mut(), free) }
        }
    };
}
pub(super) use handle;

/// Makes a handle; the caller frees it.
pub(super) fn give<T: Kind>(value: T) -> *mut Handle<T> {
    let mark = AtomicU64::new(u64::from_ne_bytes(*T::MARK));
    Box::into_raw(Box::new(Handle { mark, value }))
}

/// What stands behind a handle.
///
/// # Safety
/// `handle` is null or points to a handle of some kind that nobody frees during `'a`.
pub(super) unsafe fn look<'a, T: Kind>(handle: *const Handle<T>) -> Result<&'a T, Fault> {
    // SAFETY: as the caller promises.
    unsafe { check(handle)? };
    // SAFETY: it is a handle of this kind, made by `give`, of which only shared references exist.
    Ok(unsafe { &(*handle).value })
}

/// Frees a handle and forgets it.
///
/// # Safety
/// `handle` is null or points to a variable that is null or as [`look`] asks; nobody uses the
/// handle any more.
pub(super) unsafe fn free<T: Kind>(handle: *mut *mut Handle<T>) -> Result<Status, Fault> {
    // SAFETY: a pointer variable of the caller.
    let variable = unsafe { out(handle, "the variable of the handle")? };
    // SAFETY: the caller's variable holds null or a handle.
    let held = unsafe { variable.assume_init_mut() };
    if held.is_null() {
        return Ok(Status::Ok);
    }
    // SAFETY: as the caller promises.
    unsafe { check(held.cast_const())? };
    // SAFETY: made by `give` as a box, and not freed before: its mark says so.
    let live = unsafe { Box::from_raw(*held) };
    *held = std::ptr::null_mut();
    live.mark.store(FREED, Ordering::Relaxed);
    drop(live);
    Ok(Status::Ok)
}

/// Whether it is a live handle of this kind.
///
/// # Safety
/// As [`look`].
unsafe fn check<T: Kind>(handle: *const Handle<T>) -> Result<(), Fault> {
    const { assert!(offset_of!(Handle<T>, mark) == 0) };
    if handle.is_null() {
        return Err(Fault::null(T::NAME));
    }
    let wrong = || Fault::new(Status::Handle, format!("this is no live {}", T::NAME));
    let mark = handle.cast::<AtomicU64>();
    if !mark.is_aligned() {
        return Err(wrong());
    }
    // SAFETY: aligned, not null, and every kind of handle begins with its mark.
    let mark = unsafe { (*mark).load(Ordering::Relaxed) };
    if mark == u64::from_ne_bytes(*T::MARK) {
        Ok(())
    } else {
        Err(wrong())
    }
}
