//! States as messages write them, beside their normal form.

use crate::model::{Country, State, Text};

/// The normal form where the code is one of three letters; else as received.
pub(super) fn state(received: &str) -> State {
    let upper = received.to_ascii_uppercase();
    match Country::new(&upper) {
        Some(code) => State {
            code: Some(code),
            received: None,
        },
        None => State {
            code: None,
            received: Some(Text::from(received)),
        },
    }
}
