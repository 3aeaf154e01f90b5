//! The library for C, and for whatever calls C: opaque handles, bytes in, JSON out.
//!
//! Reach for `include/paxnorm.h`, which is the manual of this interface, with the rules of
//! ownership and of threads; this page is for who changes what stands behind it. `cargo cinstall`
//! builds a shared and a static library with a pkg-config file; `examples/embed` calls them from
//! C, Python and Java.
//!
//! # How the border is kept
//! - **Handles** begin with the mark of their kind; a call looks at it before anything else, and
//!   freeing wipes it and sets the caller's pointer to null, so that a second free of the same
//!   variable does nothing. A copy of a pointer that was freed cannot be told from a live one.
//! - **Pointers and lengths** are checked for null, alignment, and lengths that no memory has. That
//!   a length is as long as its memory, nobody but the caller can know.
//! - **Panics** end in [`Status::Panic`]; none crosses the border.
//! - **Threads** may share every handle. A reader serves one call at a time, and answers another
//!   meanwhile with [`Status::Busy`], its own read callback included.
//! - **Messages** quote configuration, never input or names.
//!
//! # Example
//! The calls are made for C: `examples/embed/c` is a program, and `tests/capi/capi.c` makes each of
//! them. So they have no examples of their own here; this is how any language that calls C reads:
//!
//! ```
//! use std::{mem::MaybeUninit, ptr, slice};
//!
//! use paxnorm::capi::{
//!     Status, paxnorm_reader_free, paxnorm_reader_next, paxnorm_reader_open,
//! };
//!
//! let data = b"UNB+IATA:1+XX+UTO+260520:0439+1'UNH+1+PNRGOV:11:1:IA'MSG+:22'\
//!     TVL+270526:1430+BRU+LHR+XX+602'SRC'RCI+XX:ABC123'TIF+ERIKSSON:I+ANNAMRS:A:1'\
//!     UNT+7+1'UNZ+1+1'";
//! let (mut reader, no_error) = (ptr::null_mut(), ptr::null_mut());
//! let mut record = MaybeUninit::uninit();
//! // SAFETY: the variables live, the data outlives the reader, and the text is copied before the
//! // next call on it.
//! let booking = unsafe {
//!     let opened =
//!         paxnorm_reader_open(data.as_ptr(), data.len(), ptr::null(), &mut reader, no_error);
//!     assert_eq!(opened, Status::Ok as i32);
//!     let read = paxnorm_reader_next(reader, record.as_mut_ptr(), no_error);
//!     assert_eq!(read, Status::Ok as i32);
//!     let record = record.assume_init();
//!     let text = slice::from_raw_parts(record.booking.cast::<u8>(), record.booking_length);
//!     let booking = String::from_utf8_lossy(text).into_owned();
//!     assert_eq!(paxnorm_reader_free(&mut reader), Status::Ok as i32);
//!     booking
//! };
//! assert!(reader.is_null());
//! assert!(booking.contains(r#""surname":"ERIKSSON""#));
//! ```
//!
//! This is the only place of the library with `unsafe`: pointers become references in `border`,
//! handles in `handle`, and one lifetime is stretched in `options`, each with its reason.

#![deny(clippy::undocumented_unsafe_blocks)]

mod border;
mod diagnostic;
mod handle;
mod index;
mod names;
mod options;
mod reader;
mod text;

pub use border::{PaxnormError, Status};
pub use handle::Handle;
pub use index::{
    PaxnormCandidate, PaxnormIndex, paxnorm_index_add, paxnorm_index_free, paxnorm_index_length,
    paxnorm_index_load, paxnorm_index_new, paxnorm_index_remove, paxnorm_index_save,
    paxnorm_index_search,
};
pub use names::{
    PaxnormMatcher, PaxnormName, paxnorm_blocks, paxnorm_explain, paxnorm_matcher_free,
    paxnorm_matcher_new, paxnorm_name_free, paxnorm_name_new, paxnorm_score,
};
pub use options::{PaxnormOptions, paxnorm_options_free, paxnorm_options_new};
pub use reader::{
    PaxnormRead, PaxnormReader, PaxnormRecord, paxnorm_reader_format, paxnorm_reader_free,
    paxnorm_reader_next, paxnorm_reader_open, paxnorm_reader_open_callback,
};
pub use text::{PaxnormText, paxnorm_text_data, paxnorm_text_free};

use std::ffi::{CStr, c_char};

const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "\0");
/// As text that C can read, which the version itself cannot give without allocation.
const SCHEMA_VERSION: &CStr = c"1.0";

/// Version of the library, `0.1.0`: text that ends in NUL and lives for ever.
#[unsafe(no_mangle)]
pub extern "C" fn paxnorm_version() -> *const c_char {
    VERSION.as_ptr().cast()
}

/// Version of the schema of the records, `1.0`: text that ends in NUL and lives for ever.
#[unsafe(no_mangle)]
pub extern "C" fn paxnorm_schema_version() -> *const c_char {
    SCHEMA_VERSION.as_ptr()
}

#[cfg(test)]
mod tests {
    use crate::model::SchemaVersion;

    #[test]
    fn the_version_of_the_schema_is_the_one_of_the_records() {
        let text = super::SCHEMA_VERSION.to_str();
        assert_eq!(text, Ok(SchemaVersion::CURRENT.to_string().as_str()));
    }
}
