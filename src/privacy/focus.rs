//! Where a policy has to look, in bookings of which is known what they hold.

use super::policy::Policy;
use crate::field::{Reach, Way};
use crate::model::Booking;

/// The way of a policy through the bookings of one session: found anew when these hold more.
#[derive(Default)]
pub(crate) struct Focus {
    reach: Reach,
    way: Option<Way>,
}

impl Focus {
    /// The way through a booking, where a session says what it and those before it hold; `None`
    /// where all of it is to be seen.
    pub(crate) fn on(
        &mut self,
        policy: &Policy,
        reach: Option<&Reach>,
        booking: &Booking,
    ) -> Option<&Way> {
        let reach = reach?;
        debug_assert!(reach.covers(booking), "a session says what bookings hold");
        if self.reach != *reach {
            self.way = policy.ready.table.way(reach);
            self.reach = reach.clone();
        }
        self.way.as_ref()
    }
}
