//! Options of a reading, as one JSON document.

use std::ffi::c_char;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::border::{Fault, PaxnormError, Status, call, out, text};
use super::handle::{give, handle};
use crate::format::{BUILT_IN, Mapping, named};
use crate::reader::{Input, Intake, Limits, Options, Reader};
use crate::{Format, Policy};

/// What the document says.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    /// Name of a policy that comes with the library, or a policy.
    policy: Value,
    /// Names of formats that come with the library, `built-in` for all, and mappings.
    formats: Vec<Value>,
    limits: Limits,
    intake: Intake,
}

impl Default for Written {
    fn default() -> Self {
        Self {
            policy: Policy::eu_pnr().name().into(),
            formats: vec![ALL_FORMATS.into()],
            limits: Limits::default(),
            intake: Intake::default(),
        }
    }
}

const ALL_FORMATS: &str = "built-in";

/// Options that readers share, each of which keeps them alive.
#[derive(Clone, Debug)]
pub struct Shared(Arc<Choice>);

handle! {
    /// Options of readings.
    PaxnormOptions = Shared, "options", b"pax-opts", paxnorm_options_free
}

#[derive(Debug)]
struct Choice {
    policy: Chosen<Policy>,
    formats: Vec<Formats>,
    limits: Limits,
    intake: Intake,
}

/// What comes with the library, or the caller's own.
#[derive(Debug)]
enum Chosen<Own, Shipped: ?Sized + 'static = Own> {
    Shipped(&'static Shipped),
    Own(Box<Own>),
}

impl Chosen<Policy> {
    fn read(value: Value) -> Result<Self, Fault> {
        match value {
            Value::String(name) => known(Policy::named(&name), "policy", &name).map(Self::Shipped),
            value => own(value, "policy").map(Self::Own),
        }
    }

    fn policy(&self) -> &Policy {
        match self {
            Self::Shipped(policy) => policy,
            Self::Own(policy) => policy,
        }
    }
}

/// A format that comes with the library, or a mapping.
type Formats = Chosen<Mapping, dyn Format>;

impl Formats {
    fn read(value: Value) -> Result<Vec<Self>, Fault> {
        match value {
            Value::String(name) if name == ALL_FORMATS => {
                Ok(BUILT_IN.iter().map(|one| Self::Shipped(*one)).collect())
            }
            Value::String(name) => {
                known(named(&name), "format", &name).map(|one| vec![Self::Shipped(one)])
            }
            value => own(value, "mapping").map(|one| vec![Self::Own(one)]),
        }
    }

    fn format(&self) -> &(dyn Format + 'static) {
        match self {
            Self::Shipped(format) => *format,
            Self::Own(mapping) => &**mapping,
        }
    }
}

fn known<T: ?Sized>(
    found: Option<&'static T>,
    what: &str,
    name: &str,
) -> Result<&'static T, Fault> {
    found.ok_or_else(|| Fault::new(Status::Json, format!("no {what} is called {name}")))
}

fn own<T: DeserializeOwned>(value: Value, what: &str) -> Result<Box<T>, Fault> {
    let wrong = |error| Fault::new(Status::Json, format!("{what}: {error}"));
    serde_json::from_value(value).map(Box::new).map_err(wrong)
}

impl Choice {
    fn read(document: &str) -> Result<Self, Fault> {
        let wrong = |what: &str| Fault::new(Status::Json, format!("options: {what}"));
        let written = match document.trim_start() {
            "" => Written::default(),
            object if object.starts_with('{') => {
                serde_json::from_str(document).map_err(|error| wrong(&error.to_string()))?
            }
            // An array would be taken for the members in their order.
            _ => return Err(wrong("not an object")),
        };
        let formats: Result<Vec<_>, _> = written.formats.into_iter().map(Formats::read).collect();
        Ok(Self {
            policy: Chosen::<Policy>::read(written.policy)?,
            formats: formats?.into_iter().flatten().collect(),
            limits: written.limits,
            intake: written.intake,
        })
    }
}

/// A reader with what it borrows. Dropped in the order of its members, the reader first.
pub(super) struct Opened {
    pub(super) reader: Reader<'static>,
    _formats: Arc<[&'static dyn Format]>,
    _options: Shared,
}

/// A reference for longer than the compiler can see.
///
/// # Safety
/// What it refers to must neither move, change nor end as long as the reference is used.
unsafe fn lasting<T: ?Sized>(value: &T) -> &'static T {
    // SAFETY: as the caller promises.
    unsafe { &*std::ptr::from_ref(value) }
}

impl Shared {
    pub(super) fn default_ones() -> Result<Self, Fault> {
        Choice::read("").map(|choice| Self(Arc::new(choice)))
    }

    /// Opens a transmission under these options.
    pub(super) fn open(&self, input: Input<'static>) -> Result<Opened, Fault> {
        // SAFETY: formats and policy lie on the heap behind `Shared`, never change, and live as
        // long as `Opened`, which drops the reader first; so does the list of formats.
        let (formats, policy) = unsafe {
            let formats = self.0.formats.iter().map(|one| lasting(one.format()));
            (
                formats.collect::<Arc<[_]>>(),
                lasting(self.0.policy.policy()),
            )
        };
        // SAFETY: as above.
        let lent = unsafe { lasting(&*formats) };
        let options = Options {
            formats: lent,
            policy,
            limits: self.0.limits,
            intake: self.0.intake.clone(),
        };
        let reader = Reader::with(input, &options)?;
        Ok(Opened {
            reader,
            _formats: formats,
            _options: self.clone(),
        })
    }
}

/// Reads options; of no length, the default ones.
///
/// # Safety
/// `json` is null or points to `length` bytes; `options` points to a variable; `error` is null or
/// points to memory for an error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn paxnorm_options_new(
    json: *const c_char,
    length: usize,
    options: *mut *mut PaxnormOptions,
    error: *mut PaxnormError,
) -> i32 {
    let work = || {
        // SAFETY: text and a variable, as the caller promises.
        let (json, options) = unsafe { (text(json, length, "json")?, out(options, "options")?) };
        options.write(give(Shared(Arc::new(Choice::read(json)?))));
        Ok(Status::Ok)
    };
    // SAFETY: null or memory for an error, as the caller promises.
    unsafe { call(error, work) }
}
