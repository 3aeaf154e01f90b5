//! Transmissions: opened from memory or by a callback, read record by record.

use std::ffi::{c_char, c_void};
use std::io::{self, Read};
use std::sync::{Mutex, PoisonError, TryLockError};

use serde::Serialize;

use super::border::{Fault, PaxnormError, Status, bytes, call, out};
use super::diagnostic::Shown;
use super::handle::{give, handle, look};
use super::options::{Opened, PaxnormOptions, Shared};
use crate::reader::{Input, Record};

/// A transmission that is being read.
pub struct Open(Mutex<Reading>);

handle! {
    /// The reading of one transmission.
    PaxnormReader = Open, "reader", b"pax-read", paxnorm_reader_free
}

impl std::fmt::Debug for Open {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Open")
    }
}

struct Reading {
    opened: Opened,
    /// Name of the format, with a NUL behind it.
    format: Vec<u8>,
    booking: Vec<u8>,
    provenance: Vec<u8>,
    diagnostics: Vec<u8>,
}

/// One record. The texts are JSON with a NUL behind them, and last until the next call on the
/// reader; null stands for what the record does not have.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct PaxnormRecord {
    /// The booking, if the record has one.
    pub booking: *const c_char,
    /// Its bytes.
    pub booking_length: usize,
    /// An array of diagnostics.
    pub diagnostics: *const c_char,
    /// Its bytes.
    pub diagnostics_length: usize,
    /// The provenance of a record that has no booking, which holds its own.
    pub provenance: *const c_char,
    /// Its bytes.
    pub provenance_length: usize,
    /// Data read: the sum of the next three.
    pub read: u32,
    /// Data that reached a field.
    pub mapped: u32,
    /// Data whose field the policy withheld.
    pub withheld: u32,
    /// Data without a field; a diagnostic names each.
    pub unmapped: u32,
    /// Of those mapped and withheld, the ones that went to whole-text fields.
    pub as_text: u32,
    /// How many diagnostics there are.
    pub diagnostic_count: u32,
}

/// Writes a value as JSON with a NUL behind it; where it lies.
fn write(value: &impl Serialize, text: &mut Vec<u8>) -> Result<(*const c_char, usize), Fault> {
    text.clear();
    serde_json::to_writer(&mut *text, value)
        .map_err(|error| Fault::json_place("record", &error))?;
    text.push(0);
    Ok((text.as_ptr().cast(), text.len() - 1))
}

const ABSENT: (*const c_char, usize) = (std::ptr::null(), 0);
/// What most records have.
const NO_DIAGNOSTICS: (*const c_char, usize) = (c"[]".as_ptr(), 2);

impl Reading {
    fn next(&mut self) -> Result<Option<PaxnormRecord>, Fault> {
        match self.opened.reader.next() {
            None => Ok(None),
            Some(record) => self.show(&record?).map(Some),
        }
    }

    fn show(&mut self, record: &Record) -> Result<PaxnormRecord, Fault> {
        let booking = match &record.booking {
            Some(booking) => write(booking, &mut self.booking)?,
            None => ABSENT,
        };
        let provenance = match &record.provenance {
            Some(provenance) => write(provenance, &mut self.provenance)?,
            None => ABSENT,
        };
        let doubts: Vec<_> = record.diagnostics.iter().map(Shown::new).collect();
        let diagnostics = if doubts.is_empty() {
            NO_DIAGNOSTICS
        } else {
            write(&doubts, &mut self.diagnostics)?
        };
        let data = record.data;
        Ok(PaxnormRecord {
            booking: booking.0,
            booking_length: booking.1,
            diagnostics: diagnostics.0,
            diagnostics_length: diagnostics.1,
            provenance: provenance.0,
            provenance_length: provenance.1,
            read: data.read,
            mapped: data.mapped,
            withheld: data.withheld,
            unmapped: data.unmapped,
            as_text: data.as_text,
            diagnostic_count: u32::try_from(doubts.len()).unwrap_or(u32::MAX),
        })
    }
}

/// Reads bytes for the library: up to `capacity` into `buffer`; how many, 0 at the end, negative
/// where the source failed.
pub type PaxnormRead =
    unsafe extern "C" fn(context: *mut c_void, buffer: *mut u8, capacity: usize) -> i64;

/// A callback of the caller as a stream.
struct Callback {
    read: PaxnormRead,
    context: *mut c_void,
}

// SAFETY: the context is only handed back to the caller's function, by the thread that calls
// the library; the header demands that it may be used by each such thread in turn.
unsafe impl Send for Callback {}

impl Read for Callback {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // SAFETY: the function of the caller, with its context and as many bytes as are told.
        let count = unsafe { (self.read)(self.context, buffer.as_mut_ptr(), buffer.len()) };
        let within = |count: &usize| *count <= buffer.len();
        let count = usize::try_from(count).ok().filter(within);
        count.ok_or_else(|| io::Error::other("the read callback failed"))
    }
}

/// Starts to read; `options` null stands for the default ones.
///
/// # Safety
/// `options` is null or a live handle.
unsafe fn open(options: *const PaxnormOptions, input: Input<'static>) -> Result<Open, Fault> {
    let opened = if options.is_null() {
        Shared::default_ones()?.open(input)?
    } else {
        // SAFETY: a live handle, as the caller promises.
        unsafe { look(options)? }.open(input)?
    };
    let mut format = opened.reader.format().as_bytes().to_vec();
    format.push(0);
    Ok(Open(Mutex::new(Reading {
        opened,
        format,
        booking: Vec::new(),
        provenance: Vec::new(),
        diagnostics: Vec::new(),
    })))
}

/// Opens a transmission that lies in memory, without a copy.
///
/// # Safety
/// `data` is null or points to `length` bytes that stay unchanged until the reader is freed;
/// `options` is null or a live handle; `reader` points to a variable; `error` is null or points
/// to memory for an error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn paxnorm_reader_open(
    data: *const u8,
    length: usize,
    options: *const PaxnormOptions,
    reader: *mut *mut PaxnormReader,
    error: *mut PaxnormError,
) -> i32 {
    let work = || {
        // SAFETY: memory and a variable, as the caller promises; the memory outlives the reader.
        let (data, reader) = unsafe { (bytes(data, length, "data")?, out(reader, "reader")?) };
        // SAFETY: null or a live handle, as the caller promises.
        reader.write(give(unsafe { open(options, Input::Slice(data))? }));
        Ok(Status::Ok)
    };
    // SAFETY: null or memory for an error, as the caller promises.
    unsafe { call(error, work) }
}

/// Opens a transmission that a callback reads, in bounded memory. It is called from this call and
/// from [`paxnorm_reader_next`], in their thread.
///
/// # Safety
/// As [`paxnorm_reader_open`]; `read` is null or a function that may be called with `context`,
/// and that neither throws nor jumps out, until the reader is freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn paxnorm_reader_open_callback(
    read: Option<PaxnormRead>,
    context: *mut c_void,
    options: *const PaxnormOptions,
    reader: *mut *mut PaxnormReader,
    error: *mut PaxnormError,
) -> i32 {
    let work = || {
        // SAFETY: a variable, as the caller promises.
        let reader = unsafe { out(reader, "reader")? };
        let read = read.ok_or_else(|| Fault::null("read"))?;
        let input = Input::Stream(Box::new(Callback { read, context }));
        // SAFETY: null or a live handle, as the caller promises.
        reader.write(give(unsafe { open(options, input)? }));
        Ok(Status::Ok)
    };
    // SAFETY: null or memory for an error, as the caller promises.
    unsafe { call(error, work) }
}

/// The next record, or [`Status::End`]. After an error nothing follows.
///
/// # Safety
/// `reader` is null or a live handle; `record` points to memory for a record; `error` is null or
/// points to memory for an error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn paxnorm_reader_next(
    reader: *const PaxnormReader,
    record: *mut PaxnormRecord,
    error: *mut PaxnormError,
) -> i32 {
    let work = || {
        // SAFETY: a live handle and a variable, as the caller promises.
        let (reader, record) = unsafe { (look(reader)?, out(record, "record")?) };
        let mut reading = reader.0.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => {
                Fault::new(Status::Busy, "another call on this reader is under way")
            }
            TryLockError::Poisoned(_) => {
                Fault::new(Status::Panic, "a call on this reader panicked before")
            }
        })?;
        Ok(match reading.next()? {
            None => Status::End,
            Some(shown) => {
                record.write(shown);
                Status::Ok
            }
        })
    };
    // SAFETY: null or memory for an error, as the caller promises.
    unsafe { call(error, work) }
}

/// Name of the format that was recognised, which ends in NUL and lasts as long as the reader;
/// null for what is no reader.
///
/// # Safety
/// `reader` is null or a live handle.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn paxnorm_reader_format(reader: *const PaxnormReader) -> *const c_char {
    // SAFETY: null or a live handle, as the caller promises.
    let reader: Result<&Open, Fault> = unsafe { look(reader) };
    reader.map_or(std::ptr::null(), |reader| {
        let reading = reader.0.lock().unwrap_or_else(PoisonError::into_inner);
        reading.format.as_ptr().cast()
    })
}
