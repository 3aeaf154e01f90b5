//! The border itself: what comes in becomes a reference or is refused, what goes wrong becomes a
//! status with a message, and a panic goes no further.

use std::ffi::c_char;
use std::mem::MaybeUninit;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::{Error, ErrorKind};

/// What a call came to. Numbers are added, never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub enum Status {
    /// It did what it was asked.
    Ok = 0,
    /// Nothing follows in this transmission.
    End = 1,
    /// A pointer that is needed was null.
    Null = 2,
    /// Not a live handle of the kind that the call takes.
    Handle = 3,
    /// No memory has this length, or the pointer is not aligned.
    Length = 4,
    /// Text was not UTF-8.
    Utf8 = 5,
    /// Text was not the JSON that the call takes.
    Json = 6,
    /// Another call on this reader has not come to its end.
    Busy = 7,
    /// The library panicked, which is a defect: report it. The handle cannot be used any more.
    Panic = 8,
    /// No format recognises the first bytes of the transmission.
    UnknownFormat = 20,
    /// The transmission ends inside a message.
    Truncated = 21,
    /// A limit was reached.
    Limit = 22,
    /// The source of the bytes failed.
    Io = 23,
    /// A format broke its contract.
    Format = 24,
    /// Another error of reading, of a later version.
    Other = 25,
}

/// Why a call failed, for the caller to show: of 256 bytes, filled only then.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct PaxnormError {
    /// The [`Status`] that the call returned.
    pub status: i32,
    /// 0.
    pub reserved: u32,
    /// The byte of the transmission at which reading stopped, else `UINT64_MAX`.
    pub offset: u64,
    /// A sentence in UTF-8 that ends in NUL, cut where it is too long. It quotes configuration,
    /// never input or names.
    pub message: [c_char; 240],
}

/// A failure on its way to the border.
#[derive(Debug)]
pub(super) struct Fault {
    status: Status,
    offset: Option<u64>,
    message: String,
}

impl Fault {
    pub(super) fn new(status: Status, message: impl Into<String>) -> Self {
        Self {
            status,
            offset: None,
            message: message.into(),
        }
    }

    pub(super) fn null(what: &str) -> Self {
        Self::new(Status::Null, format!("{what} is null"))
    }

    /// JSON that is not what a call takes. What serde says of it may quote the text, which may be
    /// a name: only the place goes on.
    pub(super) fn json_place(what: &str, error: &serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        let message = format!("{what}: not as it should be at line {line}, column {column}");
        Self::new(Status::Json, message)
    }

    fn error(&self) -> PaxnormError {
        let mut error = PaxnormError {
            status: self.status as i32,
            reserved: 0,
            offset: self.offset.unwrap_or(u64::MAX),
            message: [0; 240],
        };
        let room = error.message.len() - 1;
        let fits = |(at, c): &(usize, char)| at + c.len_utf8() <= room;
        let kept = self.message.char_indices().take_while(fits);
        let kept: usize = kept.map(|(_, c)| c.len_utf8()).sum();
        for (place, byte) in error
            .message
            .iter_mut()
            .zip(self.message.bytes().take(kept))
        {
            *place = byte.cast_signed() as c_char;
        }
        error
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        let status = match error.kind() {
            ErrorKind::UnknownFormat => Status::UnknownFormat,
            ErrorKind::Truncated { .. } => Status::Truncated,
            ErrorKind::Limit { .. } => Status::Limit,
            ErrorKind::Io { .. } => Status::Io,
            ErrorKind::Format { .. } => Status::Format,
        };
        Self {
            offset: error.offset(),
            ..Self::new(status, error.to_string())
        }
    }
}

/// Does the work of a call; what goes wrong in it is written to `error`, if there is one.
///
/// # Safety
/// `error` is null or points to memory that holds a [`PaxnormError`].
pub(super) unsafe fn call(
    error: *mut PaxnormError,
    work: impl FnOnce() -> Result<Status, Fault>,
) -> i32 {
    let fault = match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(status)) => return status as i32,
        Ok(Err(fault)) => fault,
        Err(payload) => {
            // Dropping it could panic again.
            std::mem::forget(payload);
            Fault::new(Status::Panic, "the library panicked")
        }
    };
    // SAFETY: null or memory for an error, as this function asks of its caller.
    if let Ok(place) = unsafe { out(error, "error") } {
        place.write(fault.error());
    }
    fault.status as i32
}

/// The place for a result.
///
/// # Safety
/// `place` is null, or points to memory that holds a `T` and that nothing else uses meanwhile.
pub(super) unsafe fn out<'a, T>(
    place: *mut T,
    what: &str,
) -> Result<&'a mut MaybeUninit<T>, Fault> {
    check(place, what)?;
    // SAFETY: not null, aligned, and the caller lends memory of this size.
    Ok(unsafe { &mut *place.cast::<MaybeUninit<T>>() })
}

/// Places for many results.
///
/// # Safety
/// As [`out`], for `count` of them.
pub(super) unsafe fn out_many<'a, T>(
    places: *mut T,
    count: usize,
    what: &str,
) -> Result<&'a mut [MaybeUninit<T>], Fault> {
    if count == 0 {
        return Ok(&mut []);
    }
    check(places, what)?;
    check_length(places.cast_const(), count, what)?;
    // SAFETY: not null, aligned, of a length that memory can have, and lent by the caller.
    Ok(unsafe { std::slice::from_raw_parts_mut(places.cast(), count) })
}

/// Bytes of the caller.
///
/// # Safety
/// `data` is null or points to `length` bytes that nobody changes for `'a`.
pub(super) unsafe fn bytes<'a>(
    data: *const u8,
    length: usize,
    what: &str,
) -> Result<&'a [u8], Fault> {
    if length == 0 {
        return Ok(&[]);
    }
    check(data.cast_mut(), what)?;
    check_length(data, length, what)?;
    // SAFETY: not null, of a length that memory can have, and lent by the caller.
    Ok(unsafe { std::slice::from_raw_parts(data, length) })
}

/// Text of the caller.
///
/// # Safety
/// As [`bytes`].
pub(super) unsafe fn text<'a>(
    data: *const c_char,
    length: usize,
    what: &str,
) -> Result<&'a str, Fault> {
    // SAFETY: as the caller promises.
    let bytes = unsafe { bytes(data.cast(), length, what)? };
    let wrong = |error: std::str::Utf8Error| {
        let at = error.valid_up_to();
        Fault::new(Status::Utf8, format!("{what} is not UTF-8 at byte {at}"))
    };
    std::str::from_utf8(bytes).map_err(wrong)
}

fn check<T>(pointer: *mut T, what: &str) -> Result<(), Fault> {
    if pointer.is_null() {
        return Err(Fault::null(what));
    }
    if !pointer.is_aligned() {
        return Err(Fault::new(Status::Length, format!("{what} is not aligned")));
    }
    Ok(())
}

/// No memory is longer than half of what addresses can tell, or goes over their end.
fn check_length<T>(start: *const T, count: usize, what: &str) -> Result<(), Fault> {
    let size = count
        .checked_mul(size_of::<T>())
        .filter(|size| isize::try_from(*size).is_ok())
        .filter(|size| start.addr().checked_add(*size).is_some());
    let wrong = || Fault::new(Status::Length, format!("no memory is as long as {what}"));
    size.map(drop).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use std::ffi::CStr;

    use super::*;

    #[test]
    #[expect(clippy::panic, reason = "this is what must not get through")]
    fn a_panic_goes_no_further() {
        let mut error = MaybeUninit::<PaxnormError>::uninit();
        // SAFETY: the pointer is to memory for an error.
        let status = unsafe { call(error.as_mut_ptr(), || panic!("as told")) };
        assert_eq!(status, Status::Panic as i32);
        // SAFETY: a call that fails fills it.
        let error = unsafe { error.assume_init() };
        assert_eq!(message(&error), "the library panicked");
    }

    #[test]
    fn a_long_message_is_cut_between_characters() {
        let long = "é".repeat(200);
        let cut = Fault::new(Status::Json, long).error();
        assert_eq!(message(&cut), "é".repeat(119));
        assert_eq!(size_of::<PaxnormError>(), 256);
    }

    #[test]
    fn lengths_that_no_memory_has_are_refused() {
        let byte = 0u8;
        for length in [usize::MAX, usize::MAX / 2 + 1] {
            // SAFETY: refused before anything is read.
            let refused = unsafe { bytes(&raw const byte, length, "bytes") };
            assert_eq!(refused.map_err(|fault| fault.status), Err(Status::Length));
        }
        // SAFETY: null is refused, and of no length it is nothing.
        let (null, nothing) = unsafe {
            (
                bytes(std::ptr::null(), 1, "bytes"),
                bytes(std::ptr::null(), 0, "bytes"),
            )
        };
        assert_eq!(null.map_err(|fault| fault.status), Err(Status::Null));
        assert_eq!(nothing.map_err(|fault| fault.status), Ok(&[][..]));
    }

    fn message(error: &PaxnormError) -> &str {
        // SAFETY: a message ends in NUL.
        let text = unsafe { CStr::from_ptr(error.message.as_ptr()) };
        text.to_str().unwrap_or_default()
    }
}
