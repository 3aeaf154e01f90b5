//! Text that a caller owns.

use std::ffi::c_char;

use super::border::{Fault, Status, call, out};
use super::handle::{give, handle, look};

/// Text with a NUL behind it.
#[derive(Debug)]
pub struct Owned(Vec<u8>);

handle! {
    /// A text of the library that the caller frees.
    PaxnormText = Owned, "text", b"pax-text", paxnorm_text_free
}

/// A value as JSON, in a handle of its own.
pub(super) fn json(value: &impl serde::Serialize, what: &str) -> Result<*mut PaxnormText, Fault> {
    let mut text = serde_json::to_vec(value).map_err(|error| Fault::json_place(what, &error))?;
    text.push(0);
    Ok(give(Owned(text)))
}

/// The bytes of a text, valid until it is freed, and how many there are before the NUL that ends
/// them.
///
/// # Safety
/// `text` is null or a live handle; `data` and `length` are null or point to variables.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn paxnorm_text_data(
    text: *const PaxnormText,
    data: *mut *const c_char,
    length: *mut usize,
) -> i32 {
    let work = || {
        // SAFETY: a live handle, as the caller promises.
        let text = unsafe { look(text)? };
        // SAFETY: variables, as the caller promises.
        let (data, length) = unsafe { (out(data, "data")?, out(length, "length")?) };
        data.write(text.0.as_ptr().cast());
        length.write(text.0.len().saturating_sub(1));
        Ok(Status::Ok)
    };
    // SAFETY: there is no place for an error.
    unsafe { call(std::ptr::null_mut(), work) }
}
