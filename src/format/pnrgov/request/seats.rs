//! Seats asked for in requests.

use std::borrow::Cow;

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
    let code = batch.take_part(&said.code(), Field::SeatRequest);
    asked.request = code.map(|code| upper(Cow::from(&*code)).into());
    asked.status = batch.take_part(&said.status(), Field::SeatStatus);
    asked.quantity = said.take_number(batch, segment, Field::SeatQuantity);
    asked.carrier = batch.take_part(&said.carrier(), Field::SeatCarrier);
    if of_leg {
        batch.claim_part(&said.from(), Field::SeatFrom);
        batch.claim_part(&said.to(), Field::SeatTo);
    } else {
        asked.from = batch.take_part(&said.from(), Field::SeatFrom);
        asked.to = batch.take_part(&said.to(), Field::SeatTo);
    }
    let text = batch.take_parts(segment, said.parts(), Field::SeatText);
    let mut others = said.others();
    if others.len() == 0 {
        seats_in_text(builder, first, text.as_deref().unwrap_or_default(), place);
    }
    while others.next().is_some() {
        let (number, characteristics, passenger) =
            seat(builder, batch, segment, others.element(), place);
        let seats = &mut builder.booking.seats;
        // The last one was made for this element, or is copied for it.
        let Some(asked) = seats.last_mut() else {
            return;
        };
        (asked.number, asked.characteristics) = (number, characteristics);
        asked.passenger = passenger;
        if others.len() > 0 {
            let next = asked.clone();
            seats.push(next);
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
    let frame = seat.clone();
    grammar::seats(text, |number| {
        let number = Some(check_in::seat_number(number));
        match seats.get_mut(first) {
            Some(seat) if seat.number.is_none() => seat.number = number,
            _ => seats.push(Seat {
                number,
                ..frame.clone()
            }),
        }
    });
}

/// What an element says of a seat: its number, its characteristics, and whose it is.
fn seat(
    builder: &mut Builder,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    mut parts: Components<'_>,
    place: Deferred,
) -> (Option<Text>, Vec<Text>, Id) {
    let (mut number, mut characteristics, mut passenger) = (None, Vec::new(), None);
    while let Some(part) = parts.next() {
        match part.component() {
            1 => {
                let received = batch.take_found(&part, Field::SeatNumber);
                number = Some(check_in::seat_number(&received));
            }
            2 => batch.claim(&part, Field::SeatNumber),
            REFERENCE => passenger = reference(builder, batch, segment, &part),
            _ => {
                let field = Field::SeatCharacteristics;
                characteristics = batch.take_each(parts.element(), field);
            }
        }
    }
    let passenger = passenger.or(place.passenger);
    let passenger = passenger.or_else(|| link::only(&builder.booking));
    let passenger = passenger.map_or(Id::NONE, id_of);
    (number, characteristics, passenger)
}
