//! GR.5 to GR.9: legs with seats and check-in, split references, services that do not fly.

use super::day::{Day, clock};
use super::message::{Message, Released, seg};
use super::plan::{Booking, CARRIER, Codeshare, Flight, Kind, Leg, PARTNER, Traveller};
use super::rng::Rng;
use super::travellers::documents;
use super::words::{HOME, SERVICES};

/// C310 of a leg: both ends, each with its date.
pub(crate) fn times(day: Day, departs: u32, lasts: u32) -> String {
    let arrives = departs + lasts;
    let (there, at) = (day.plus(arrives / 1440).body(), clock(arrives));
    format!("{}:{}:{there}:{at}", day.body(), clock(departs))
}

pub(crate) fn leg(m: &mut Message, rng: &mut Rng, booking: &Booking, leg: &Leg) {
    let listed = booking
        .travellers
        .iter()
        .filter(|traveller| traveller.listed)
        .count();
    flight(m, leg);
    if rng.chance(booking.habits.held) {
        let status = rng.pick(&["HK", "HK", "HK", "TK", "HL"]);
        seg!(m, "RPI+{listed}+{status}");
    }
    seg!(m, "APD+{}", leg.aircraft);
    services(m, rng, booking, leg);
    if rng.chance(booking.habits.locator_of_leg) {
        seg!(m, "RCI+{CARRIER}:{}", booking.locator);
    }
    if leg.checked_in {
        check_in(m, rng, booking, leg);
    }
}

/// TVL, with the operating flight in the form that the sender's version has.
fn flight(m: &mut Message, leg: &Leg) {
    let Leg {
        from,
        to,
        number,
        class,
        ..
    } = leg;
    let times = times(leg.day, leg.departs, leg.lasts);
    match leg.codeshare {
        Codeshare::None => seg!(m, "TVL+{times}+{from}+{to}+{CARRIER}+{number}:{class}"),
        Codeshare::SecondLeg => {
            seg!(
                m,
                "TVL+{times}+{from}+{to}+{CARRIER}:{PARTNER}+{number}:{class}"
            );
            seg!(m, "TVL+++++{}:{class}", number + 3000);
        }
        Codeshare::Tra => {
            seg!(m, "TVL+{times}+{from}+{to}+{CARRIER}+{number}:{class}");
            seg!(m, "TRA+{PARTNER}+{}:{class}", number + 3000);
        }
    }
}

fn services(m: &mut Message, rng: &mut Rng, booking: &Booking, leg: &Leg) {
    let (habits, route) = (booking.habits, format!("{}:{}", leg.from, leg.to));
    let together = rng.chance(habits.seats_together);
    if together {
        seats(m, rng, booking, &route);
    }
    if leg.from == booking.legs[0].from && rng.chance(habits.ticket_as_text) {
        ticket_as_text(m, booking);
    }
    for (at, traveller) in seated(booking) {
        if !together {
            seat(m, rng, at, &route);
        }
        if rng.chance(habits.ticket_of_leg) {
            seg!(
                m,
                "SSR+TKNE:HK:1:{CARRIER}:::{route}:{}C1+::{at}",
                traveller.ticket
            );
        }
        if let (true, Some(card)) = (rng.chance(habits.loyalty_of_leg), &traveller.loyalty) {
            seg!(
                m,
                "SSR+FQTV:HK:1:{CARRIER}:::{route}:/{CARRIER}{card}+::{at}"
            );
        }
        if rng.chance(habits.document_of_leg) {
            documents(m, rng, traveller, at, &route);
        }
    }
    match rng.below(40) {
        0 => seg!(
            m,
            "SSR+PETC:HK:1:{CARRIER}:::{route}:DOG 4KG IN BAG 40X30X20+::1"
        ),
        1 => seg!(m, "SSR+BIKE:HK:1:{CARRIER}:::{route}+::1"),
        2 => seg!(m, "SSR+CKIN:HK:1:{CARRIER}:::{route}:10KG EXBG WAIVED+::1"),
        3 => seg!(m, "SSR+{}:HK:1:{CARRIER}:::{route}+::1", rng.pick(SERVICES)),
        _ => (),
    }
}

/// One request for the seats of all who have one.
fn seats(m: &mut Message, rng: &mut Rng, booking: &Booking, route: &str) {
    let row = rng.between(1, 50);
    let seats = seated(booking).zip(["A", "C", "D", "F", "H", "K"]);
    let seats: Vec<String> = seats
        .map(|((at, _), letter)| format!("+{row}{letter}::{at}"))
        .collect();
    let (many, seats) = (seats.len(), seats.concat());
    seg!(m, "SSR+SEAT:HK:{many}:{CARRIER}:::{route}{seats}");
}

/// A request of one traveller, if at all.
fn seat(m: &mut Message, rng: &mut Rng, at: usize, route: &str) {
    let row = rng.between(1, 50);
    let letter = rng.pick(&["A", "C", "D", "F", "H", "K"]);
    match rng.below(20) {
        0..9 => seg!(m, "SSR+SEAT:HK:1:{CARRIER}:::{route}+{row}{letter}::{at}:N"),
        9 => seg!(
            m,
            "SSR+NSST:HK:1:{CARRIER}:::{route}++{row:03}{letter}::{at}"
        ),
        10 => seg!(m, "SSR+RQST:HK:1:{CARRIER}:::{route}+{row}{letter}::{at}:W"),
        11 => seg!(m, "SSR+NSSA:HN:1:{CARRIER}:::{route}+::{at}"),
        _ => (),
    }
}

/// The ticket of the first traveller, as a request without a status or a reference.
fn ticket_as_text(m: &mut Message, booking: &Booking) {
    if let Some(first) = booking.travellers.first() {
        let Traveller {
            ticket,
            surname,
            given,
            ..
        } = first;
        let (day, surname) = (booking.created.plus(1).text(), Released(surname));
        seg!(
            m,
            "SSR+TKNE::::::::TKT NBR {ticket} {day} E {given}{surname}"
        );
    }
}

/// Travellers with a seat of their own, by their reference.
fn seated(booking: &Booking) -> impl Iterator<Item = (usize, &Traveller)> {
    let numbered = booking.travellers.iter().enumerate();
    numbered
        .filter(|(_, one)| one.kind != Kind::Infant)
        .map(|(at, one)| (at + 1, one))
}

/// GR.6 and GR.7: each traveller checked in at a time, with seat and bags.
fn check_in(m: &mut Message, rng: &mut Rng, booking: &Booking, leg: &Leg) {
    seg!(m, "DAT+2:{}:{}", leg.day.body(), clock(leg.departs - 120));
    let habits = booking.habits;
    if rng.chance(habits.agent) {
        seg!(m, "ORG+{CARRIER}:{HOME}++++A");
    }
    let pooled = booking.travellers.len() > 1 && rng.chance(30);
    for (at, traveller) in seated(booking) {
        let (sequence, row) = (rng.between(1, 250), rng.between(1, 50));
        seg!(m, "TRI++{sequence}:::{at}");
        if rng.chance(habits.named_again) {
            seg!(
                m,
                "TIF+{}+{}::{at}",
                Released(traveller.surname),
                traveller.given
            );
        }
        seg!(m, "SSD+{row}C++++{}", leg.class);
        let head_of_pool = pooled.then_some(at == 1);
        bags(m, rng, (leg, habits.bags), head_of_pool, sequence);
    }
}

fn bags(
    m: &mut Message,
    rng: &mut Rng,
    (leg, likely): (&Leg, u32),
    head_of_pool: Option<bool>,
    sequence: u32,
) {
    let (pieces, tag) = (rng.between(1, 3), rng.digits(6));
    let (weight, to) = (pieces * rng.between(8, 23), leg.to);
    match head_of_pool {
        Some(true) => seg!(
            m,
            "TBD++{pieces}:{weight}:700++HP:{sequence}+{CARRIER}:0999{tag}:{pieces}:{to}"
        ),
        Some(false) => seg!(m, "TBD++++MP:{sequence}"),
        None if rng.chance(likely) => seg!(
            m,
            "TBD++{pieces}:{weight}:700+++{CARRIER}:0999{tag}:{pieces}:{to}"
        ),
        None => (),
    }
}

/// Segments without a flight: a return left open, a way travelled by other means.
pub(crate) fn open_ends(m: &mut Message, rng: &mut Rng, flight: &Flight) {
    match rng.below(60) {
        0 => seg!(m, "TVL++{}+{HOME}++OPEN", flight.to.code),
        1 => seg!(m, "TVL+++++ARNK"),
        _ => (),
    }
}

/// GR.8: travellers who left for a booking of their own.
pub(crate) fn split(m: &mut Message, rng: &mut Rng, booking: &Booking) {
    if rng.chance(4) {
        seg!(m, "EQN+1");
        let day = booking.created.plus(2).body();
        seg!(m, "RCI+{CARRIER}:{}::{day}:1120", rng.code(6));
    }
}

/// GR.9: a room or a car, in the shape of a leg.
pub(crate) fn other_services(m: &mut Message, rng: &mut Rng, flight: &Flight) {
    let (from, to) = (flight.day.body(), flight.day.plus(3).body());
    match rng.below(40) {
        0 => {
            seg!(m, "MSG+8");
            seg!(
                m,
                "TVL+{from}:1500:{to}+{}:HARBOUR HOTEL++ZH+{}:ROH",
                flight.to.code,
                rng.digits(5)
            );
        }
        1 => {
            seg!(m, "MSG+1");
            seg!(m, "TVL+{from}:1050:{to}:0900+{}++ZC+:FCAR", flight.to.code);
        }
        _ => (),
    }
}
