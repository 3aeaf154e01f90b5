//! Seats asked for in requests.

use super::{REFERENCE, Said, reference};
use crate::Field;
use crate::edifact::{Components, Segment};
use crate::format::batch::{Batch, upper};
use crate::format::grammar;
use crate::format::pnrgov::builder::{Builder, Deferred, add, id_of};
use crate::format::pnrgov::{check_in, link};
use crate::model::{Id, Seat, SeatKind, Text};

/// Seats asked for: one for each element, or in the text. Their points are said of them only where
/// they are not those of the leg.
pub(super) fn seats(
    builder: &mut Builder,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    said: &Said<'_>,
    place: Deferred,
    of_leg: bool,
) {
    let first = builder.booking.seats.len();
    let Some(asked) = add(&mut builder.booking.seats) else {
        return;
    };
    asked.leg = place.leg.map_or(Id::NONE, id_of);
    asked.kind = Some(SeatKind::Booked);
    if let Some(code) = said.code() {
        batch.claim(&code, Field::SeatRequest);
        Text::put(&mut asked.request, &upper(code.value()));
    }
    batch.fill_part(&mut asked.status, &said.status(), Field::SeatStatus);
    asked.quantity = said.take_number(batch, segment, Field::SeatQuantity);
    batch.fill_part(&mut asked.carrier, &said.carrier(), Field::SeatCarrier);
    if of_leg {
        batch.claim_part(&said.from(), Field::SeatFrom);
        batch.claim_part(&said.to(), Field::SeatTo);
    } else {
        batch.fill_part(&mut asked.from, &said.from(), Field::SeatFrom);
        batch.fill_part(&mut asked.to, &said.to(), Field::SeatTo);
    }
    let text = batch.take_parts(segment, said.parts(), Field::SeatText);
    let mut others = said.others();
    if others.len() == 0 {
        seats_in_text(builder, first, text.as_deref().unwrap_or_default(), place);
    }
    while others.next().is_some() {
        let parts = others.element();
        let passenger = whose(builder, batch, segment, parts.clone(), place);
        let seats = &mut builder.booking.seats;
        // The last one was made for this element, or is made like it.
        let Some(asked) = seats.last_mut() else {
            return;
        };
        asked.passenger = passenger;
        read_seat(asked, batch, parts);
        if others.len() > 0 {
            add_like_last(seats);
        }
    }
    if let Some(seat) = builder.booking.seats.get_mut(first) {
        seat.text = text;
    }
}

/// Numbers of seats in the text, of which the first goes to the seat that is there already.
fn seats_in_text(builder: &mut Builder, first: usize, text: &str, place: Deferred) {
    let passenger = place.passenger.or_else(|| link::only(&builder.booking));
    let seats = &mut builder.booking.seats;
    let Some(seat) = seats.get_mut(first) else {
        return;
    };
    seat.passenger = passenger.map_or(Id::NONE, id_of);
    grammar::seats(text, |number| {
        if seats.last().is_some_and(|seat| seat.number.is_some()) {
            add_like_last(seats);
        }
        if let Some(seat) = seats.last_mut() {
            Text::put(&mut seat.number, check_in::seat_number(number));
        }
    });
}

/// Adds a seat of which the request says what it says of the last one.
fn add_like_last(seats: &mut Vec<Seat>) {
    add(seats);
    if let Some([.., last, new]) = seats.get_mut(..) {
        (new.passenger, new.leg) = (last.passenger, last.leg);
        (new.kind, new.quantity) = (last.kind, last.quantity);
        Text::put_some(&mut new.request, last.request.as_deref());
        Text::put_some(&mut new.status, last.status.as_deref());
        Text::put_some(&mut new.carrier, last.carrier.as_deref());
        Text::put_some(&mut new.from, last.from.as_deref());
        Text::put_some(&mut new.to, last.to.as_deref());
    }
}

/// Whose seat an element asks for.
fn whose(
    builder: &mut Builder,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    parts: Components<'_>,
    place: Deferred,
) -> Id {
    let mut passenger = None;
    for part in parts {
        if part.component() == REFERENCE {
            passenger = reference(builder, batch, segment, &part);
        }
    }
    let passenger = passenger.or(place.passenger);
    let passenger = passenger.or_else(|| link::only(&builder.booking));
    passenger.map_or(Id::NONE, id_of)
}

/// What an element says of a seat itself: its number and its characteristics.
fn read_seat(seat: &mut Seat, batch: &mut Batch<'_, '_>, mut parts: Components<'_>) {
    while let Some(part) = parts.next() {
        match part.component() {
            1 => {
                batch.claim(&part, Field::SeatNumber);
                Text::put(&mut seat.number, check_in::seat_number(&part.value()));
            }
            2 => batch.claim(&part, Field::SeatNumber),
            REFERENCE => {}
            _ => {
                let field = Field::SeatCharacteristics;
                seat.characteristics = batch.take_each(parts.element(), field);
            }
        }
    }
}
