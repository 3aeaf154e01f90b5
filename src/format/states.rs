//! States as messages write them, beside their normal form.

use crate::document;
use crate::model::{Country, State, Text};

/// The state that a code or a name means; as received where it is no known one.
pub(super) fn state(received: &str) -> State {
    let normal = document::State::look(received)
        .0
        .map(document::State::as_str);
    let code = normal.and_then(Country::new);
    let differs = code.is_none() || normal != Some(received);
    State {
        code,
        received: differs.then(|| Text::from(received)),
    }
}
