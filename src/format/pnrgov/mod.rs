//! PNRGOV (IATA/WCO/ICAO, versions 10.1 to 17.1 and what later ones keep of
//! them): the bookings that airlines push to states.
//!
//! One tolerant grammar reads all versions, for the version that a message
//! declares and what stands in it often disagree. A segment belongs to the
//! innermost open group that can take it; a misplaced or unknown one never costs
//! a booking. Requests (`SSR`) are read when all else is known, because they
//! name travellers and legs that may follow them.
//!
//! Later versions are read as far as they keep these segments; no sample of them
//! is known.
//!
//! ```text
//! item   = SRC GR.1                                    one booking
//! GR.1   = RCI SSR DAT IFT ORG ADD EBD GR.2 GR.5 GR.8 GR.9 GR.10 LTS
//! GR.2   = TIF FTI IFT REF EBD FAR SSR ADD GR.3        a traveller
//! GR.3   = TKT MON PTK TXD DAT GR.4                    a ticket
//! GR.4   = FOP IFT ADD                                 a payment
//! GR.5   = TVL [TVL|TRA] RPI APD SSR RCI IFT GR.6      a leg
//! GR.6   = DAT ORG GR.7                                a check-in
//! GR.7   = TRI TIF SSD TBD                             of a traveller
//! GR.8   = EQN RCI                                     a split
//! GR.9   = MSG TVL                                     another service
//! GR.10  = ABI DAT GR.11                               a change, by whom
//! GR.11  = SAC TIF SSR IFT TBD TVL RPI                 what was changed
//! ```

mod builder;
mod check_in;
mod contact;
mod docs;
mod history;
mod journey;
mod lead;
mod link;
mod request;
mod segments;
mod ticket;
mod traveller;

pub(super) use check_in::seat_number;
pub(super) use journey::without_zeros;
pub(super) use lead::lead;
pub(super) use traveller::given;

use std::sync::Arc;

use super::batch::Batch;
use super::edifact::Message;
use crate::edifact::{Segment, Tag};
use crate::hint::rare;
use crate::model::{Booking, Journey, Provenance};
use builder::{Builder, Deferred, Group};

/// The reader of PNRGOV messages.
#[derive(Default)]
pub(super) struct Bookings {
    /// The journey for which the message was sent.
    journey: Journey,
    /// Room for the requests of a booking, used again.
    deferred: Vec<Deferred>,
    /// Room for what its history speaks of, used again.
    spare: Option<Box<Builder>>,
    /// What bookings have until the one of their message is known.
    nowhere: Arc<Provenance>,
}

impl Message for Bookings {
    fn triggers(&self) -> &'static [Tag] {
        const { &[Tag::new(b"SRC")] }
    }

    fn lead(&mut self, batch: &mut Batch<'_, '_>, provenance: &mut Provenance) {
        lead::lead(batch, provenance);
        self.journey = provenance.journey.clone();
    }

    fn item(&mut self, batch: &mut Batch<'_, '_>) -> Option<Box<Booking>> {
        let mut builder = Builder::new(Arc::clone(&self.nowhere), batch.most_persons);
        builder.deferred = std::mem::take(&mut self.deferred);
        builder.spare = self.spare.take();
        builder.reserve(batch.segments);
        for segment in batch.segments {
            let segment = &segment;
            batch.rewind();
            read(&mut builder, batch, segment);
        }
        history::close(&mut builder);
        self.spare = builder.spare.take();
        self.deferred = request::read_deferred(&mut builder, batch);
        builder.mark_reported(&self.journey);
        builder.finish(batch);
        Some(builder.booking)
    }
}

/// Reads a segment where it stands.
fn read(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    if builder.group == Group::History {
        rare();
        if history::read(builder, batch, segment) {
            return;
        }
    }
    segments::reader(segment)(builder, batch, segment);
}
