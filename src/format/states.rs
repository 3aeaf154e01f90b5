//! States as messages write them, beside their normal form.

use crate::document;
use crate::model::{Country, State, Text};

/// The state that a code or a name means; as received where it is no known one.
pub(super) fn state(received: &str) -> State {
    let normal = document::State::read(received).normal;
    let code = normal.and_then(|state| Country::new(state.as_str()));
    let differs = code.is_none_or(|code| code.as_str() != received);
    State {
        code,
        received: differs.then(|| Text::from(received)),
    }
}
