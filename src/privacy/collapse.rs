//! Hides how many travel together: ids and links of persons go, and what looks the
//! same becomes one.
//!
//! Seats, tickets, bags and check-ins stay, because article 12(2) does not mask
//! them; whoever counts them can still guess. The page for data-protection
//! officers says so.

use crate::model::{Booking, Id, Passenger};

/// Takes the ids of persons and every link to them; whether there were any.
pub(super) fn passengers(booking: &mut Booking) -> bool {
    let mut any = false;
    let mut cut = |id: &mut Id| any |= !std::mem::take(id).is_none();
    for person in &mut booking.passengers {
        cut(&mut person.id);
        cut(&mut person.adult);
        person
            .contacts
            .iter_mut()
            .for_each(|item| cut(&mut item.passenger));
        person
            .addresses
            .iter_mut()
            .for_each(|item| cut(&mut item.passenger));
        person
            .emergency_contacts
            .iter_mut()
            .for_each(|item| cut(&mut item.passenger));
    }
    for minor in &mut booking.minors {
        let ends = minor.departure.iter_mut().chain(&mut minor.arrival);
        let contacts = ends.chain(&mut minor.guardians);
        contacts.for_each(|item| cut(&mut item.passenger));
    }
    macro_rules! cut_all {
        ($($list:ident),+) => {
            $(booking.$list.iter_mut().for_each(|item| cut(&mut item.passenger));)+
        };
    }
    cut_all!(
        seats,
        check_ins,
        bags,
        excess,
        tickets,
        fares,
        payments,
        other_payments,
        contacts,
        booker_contacts,
        minors,
        services,
        requests,
        remarks
    );
    any
}

/// Makes one of items that look the same.
pub(super) fn merge(booking: &mut Booking) {
    booking
        .passengers
        .retain(|person| *person != Passenger::default());
    unique(&mut booking.passengers);
    unique(&mut booking.seats);
    unique(&mut booking.check_ins);
    unique(&mut booking.bags);
    unique(&mut booking.excess);
    unique(&mut booking.fares);
    unique(&mut booking.services);
    unique(&mut booking.requests);
    unique(&mut booking.payments);
    unique(&mut booking.other_payments);
}

/// How many different items a list is compared with: more are never alike in a
/// booking of people, and a hostile one costs no more.
const COMPARED: usize = 64;

fn unique<T: PartialEq>(items: &mut Vec<T>) {
    let alike = |(at, item)| {
        let earlier = items.iter().take(at).take(COMPARED);
        earlier.into_iter().any(|known| known == item)
    };
    // Most lists hold nothing twice, and stay as they are.
    if !items.iter().enumerate().any(alike) {
        return;
    }
    let mut kept: Vec<T> = Vec::with_capacity(items.len().min(COMPARED));
    for item in items.drain(..) {
        if !kept.iter().take(COMPARED).any(|known| *known == item) {
            kept.push(item);
        }
    }
    *items = kept;
}

/// Drops items of which no leaf is left but that still have an id.
pub(super) fn forget_items(booking: &mut Booking) {
    let fresh = Booking {
        schema: booking.schema,
        provenance: std::sync::Arc::clone(&booking.provenance),
        range: booking.range.take(),
        withheld: std::mem::take(&mut booking.withheld),
        ..Booking::default()
    };
    *booking = fresh;
}
