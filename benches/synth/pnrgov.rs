//! A planned booking as PNRGOV: level 0 and GR.1, and the other groups from their files.

use super::day::clock;
use super::message::{Message, Released, seg};
use super::plan::{Booking, CARRIER, Flight, Kind, PARTNER, Traveller};
use super::rng::Rng;
use super::words::{CITIES, GROUPS, HOME, MAIL_DOMAINS, REMARKS, SERVICES, STREETS};
use super::{history, itinerary, travellers};

/// UNH to EQN, level 0 of the message.
pub(crate) fn head(m: &mut Message, index: u64, flight: &Flight, bookings: usize) {
    let Flight {
        day,
        departs,
        number,
        version,
        ..
    } = flight;
    let (body, time) = (day.body(), clock(*departs));
    seg!(
        m,
        "UNH+{index}+PNRGOV:{version}:1:IA+{body}/{time}/{CARRIER}/{number}"
    );
    seg!(m, "MSG+:{}", if flight.update { 141 } else { 22 });
    seg!(m, "ORG+{CARRIER}:{HOME}");
    let times = itinerary::times(flight.day, flight.departs, flight.to.outbound());
    seg!(
        m,
        "TVL+{times}+{HOME}+{}+{CARRIER}+{number}",
        flight.to.code
    );
    seg!(m, "EQN+{bookings}");
}

pub(crate) fn tail(m: &mut Message, index: u64) {
    seg!(m, "UNT+{}+{index}", m.segments() + 1);
}

/// SRC and all that belongs to one booking.
pub(crate) fn booking(m: &mut Message, rng: &mut Rng, flight: &Flight, booking: &Booking) {
    seg!(m, "SRC");
    locators(m, booking);
    if booking.cancelled {
        seg!(m, "ORG");
        return;
    }
    services(m, rng, booking);
    transactions(m, rng, flight, booking);
    remarks(m, rng, booking);
    originator(m, rng);
    contact(m, rng, booking);
    for at in 0..booking.travellers.len() {
        travellers::traveller(m, rng, booking, at);
    }
    group(m, rng, booking);
    for leg in &booking.legs {
        itinerary::leg(m, rng, booking, leg);
    }
    itinerary::open_ends(m, rng, flight);
    itinerary::split(m, rng, booking);
    itinerary::other_services(m, rng, flight);
    history::history(m, rng, booking);
}

fn locators(m: &mut Message, booking: &Booking) {
    let Booking {
        locator,
        created,
        minute,
        ..
    } = booking;
    let (day, time) = (created.body(), clock(*minute));
    match &booking.distributor {
        Some(other) => seg!(m, "RCI+{CARRIER}:{locator}::{day}:{time}+1Z:{other}"),
        None => seg!(m, "RCI+{CARRIER}:{locator}::{day}:{time}"),
    }
}

/// Services of the whole booking; those of one traveller stand with it or with its leg.
fn services(m: &mut Message, rng: &mut Rng, booking: &Booking) {
    let habits = booking.habits;
    if rng.chance(habits.service) {
        seg!(m, "SSR+{}:HK:1:{CARRIER}+::1", rng.pick(SERVICES));
    }
    if rng.chance(habits.phone) {
        phone(m, rng);
    }
    if rng.chance(habits.mail_request) {
        let mail = mail(rng, booking.travellers.first());
        seg!(m, "SSR+CTCE:HK:1:{CARRIER}:::::/{mail}+::1");
    }
    if booking
        .travellers
        .iter()
        .any(|traveller| traveller.kind == Kind::Minor)
    {
        seg!(m, "SSR+UMNR:HK:1:{CARRIER}:::::UM09+::1");
    }
}

fn phone(m: &mut Message, rng: &mut Rng) {
    let number = rng.between(100, 200);
    match rng.below(3) {
        0 => seg!(m, "SSR+CTCM:HK:1:{CARRIER}:::::/15555550{number}+::1"),
        1 => seg!(m, "IFT+4:28::{CARRIER}+CTCP BRU ?+1 555 555 0{number} H"),
        _ => seg!(m, "IFT+4:28::{CARRIER}+CTC 5555550{number}-M"),
    }
}

/// `@` is `//` and `_` is `..`, because both stand outside level A.
pub(crate) fn mail(rng: &mut Rng, of: Option<&Traveller>) -> String {
    let who = of.map_or(("DESK", "TRAVEL"), |of| (of.given, of.surname));
    let letters = |text: &str| {
        text.chars()
            .filter(char::is_ascii_uppercase)
            .collect::<String>()
    };
    format!(
        "{}..{}//{}",
        letters(who.0),
        letters(who.1),
        rng.pick(MAIL_DOMAINS)
    )
}

fn transactions(m: &mut Message, rng: &mut Rng, flight: &Flight, booking: &Booking) {
    let last = flight.day.minus(rng.below(3)).body();
    let issued = booking.created.plus(rng.below(3)).body();
    let (at, then) = (clock(rng.below(1440)), clock(rng.below(1440)));
    seg!(m, "DAT+700:{last}:{at}+710:{issued}:{then}");
}

fn remarks(m: &mut Message, rng: &mut Rng, booking: &Booking) {
    if rng.chance(booking.habits.mail) {
        let mail = mail(rng, booking.travellers.first());
        seg!(m, "IFT+4:28::{CARRIER}+CTCE {mail}");
    }
    if rng.chance(booking.habits.remark) {
        seg!(m, "IFT+4:28::YY+{}", rng.pick(REMARKS));
    }
}

fn originator(m: &mut Message, rng: &mut Rng) {
    match rng.below(3) {
        0 => seg!(
            m,
            "ORG+{CARRIER}:{HOME}+:{HOME}XX0{}+++A+BE:EUR+A{}GS",
            rng.between(10, 99),
            rng.digits(4)
        ),
        1 => seg!(
            m,
            "ORG+1Z:MUC+9999{}:{HOME}XX2{}+BRU+{PARTNER}:{HOME}+T+BE:EUR+AGSU+{}",
            rng.digits(4),
            rng.code(3),
            rng.code(6)
        ),
        _ => seg!(
            m,
            "ORG+{CARRIER}:{HOME}+9999{}:LON+++T+GB:GBP+D{}",
            rng.digits(4),
            rng.digits(6)
        ),
    }
}

fn contact(m: &mut Message, rng: &mut Rng, booking: &Booking) {
    if rng.chance(booking.habits.address) {
        let (house, post) = (rng.between(1, 400), rng.digits(4));
        let (street, city) = (rng.pick(STREETS), rng.pick(CITIES));
        let phone = rng.between(100, 200);
        seg!(
            m,
            "ADD++700:{house} {street}:{city}:::UTO:{post}:?+1 5555550{phone}"
        );
    } else if rng.chance(booking.habits.mail_in_address) {
        let mail = mail(rng, booking.travellers.first());
        seg!(m, "ADD++E:::::::{}", Released(&mail));
    }
    if rng.chance(4) {
        seg!(m, "EBD+EUR:50.00+{}::N", rng.between(1, 4));
    }
}

/// A group has a name in place of a traveller, beside those already named.
fn group(m: &mut Message, rng: &mut Rng, booking: &Booking) {
    if booking.group {
        seg!(m, "TIF+{}:G", rng.pick(GROUPS));
    }
}
