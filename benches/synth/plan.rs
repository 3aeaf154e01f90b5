//! Who travels where: a booking as plain data, before any format writes it.

use super::day::Day;
use super::habits::Habits;
use super::rng::Rng;
use super::words::{AIRCRAFT, AIRPORTS, Airport, CULTURES, HOME};

/// Carriers that no airline uses.
pub(crate) const CARRIER: &str = "XX";
pub(crate) const PARTNER: &str = "YY";

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Adult,
    Child,
    Minor,
    Infant,
}

pub(crate) struct Traveller {
    pub(crate) surname: &'static str,
    pub(crate) given: &'static str,
    pub(crate) kind: Kind,
    pub(crate) female: bool,
    pub(crate) born: Day,
    pub(crate) document: String,
    pub(crate) expires: Day,
    pub(crate) ticket: String,
    pub(crate) loyalty: Option<String>,
    /// False for an infant that only its adult's services name.
    pub(crate) listed: bool,
}

/// How a sender tells who operates a leg that another carrier sells.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Codeshare {
    None,
    SecondLeg,
    Tra,
}

pub(crate) struct Leg {
    pub(crate) day: Day,
    pub(crate) departs: u32,
    /// Minutes between the two local times.
    pub(crate) lasts: u32,
    pub(crate) from: &'static str,
    pub(crate) to: &'static str,
    pub(crate) number: u32,
    pub(crate) class: &'static str,
    pub(crate) aircraft: &'static str,
    pub(crate) codeshare: Codeshare,
    pub(crate) checked_in: bool,
}

/// The reported flight of a message.
pub(crate) struct Flight {
    /// How its sender writes.
    pub(crate) habits: &'static Habits,
    pub(crate) day: Day,
    pub(crate) departs: u32,
    pub(crate) to: &'static Airport,
    pub(crate) number: u32,
    /// Declared version; from 14 on the operating flight stands in TRA.
    pub(crate) version: u32,
    /// An update push tells only what changed since the push before.
    pub(crate) update: bool,
}

pub(crate) struct Booking {
    /// How its sender writes.
    pub(crate) habits: &'static Habits,
    pub(crate) locator: String,
    pub(crate) distributor: Option<String>,
    pub(crate) created: Day,
    pub(crate) minute: u32,
    pub(crate) travellers: Vec<Traveller>,
    pub(crate) group: bool,
    pub(crate) legs: Vec<Leg>,
    pub(crate) cancelled: bool,
    pub(crate) history: bool,
}

impl Flight {
    pub(crate) fn plan(rng: &mut Rng, habits: &'static Habits, index: u64) -> Flight {
        Flight {
            habits,
            day: Day::START.plus((index % 360) as u32),
            departs: rng.between(72, 250) * 5,
            to: airport(rng, AIRPORTS.len()),
            number: rng.between(100, 1000),
            version: [11, 13, 14, 15][rng.weighted(&[3, 4, 1, 2])],
            update: rng.chance(10),
        }
    }
}

impl Booking {
    pub(crate) fn plan(rng: &mut Rng, flight: &Flight) -> Booking {
        let habits = flight.habits;
        let cancelled = flight.update && rng.chance(5);
        Booking {
            habits,
            locator: rng.code(6),
            distributor: rng.chance(habits.distributor).then(|| rng.code(6)),
            created: flight.day.minus(rng.between(3, 200)),
            minute: rng.below(1440),
            travellers: if cancelled {
                Vec::new()
            } else {
                party(rng, habits, flight.day)
            },
            group: rng.chance(2) && !cancelled,
            legs: if cancelled {
                Vec::new()
            } else {
                journey(rng, flight)
            },
            cancelled,
            history: rng.chance(habits.history),
        }
    }

    /// Individually named travellers, each once.
    pub(crate) fn persons(&self) -> usize {
        self.travellers.len()
    }
}

/// Who travels together, an infant last.
pub(crate) fn party(rng: &mut Rng, habits: &Habits, flight: Day) -> Vec<Traveller> {
    let culture = rng.below(CULTURES.len() as u32) as usize;
    let size = rng.weighted(&[0, 48, 34, 10, 8]);
    let mut party: Vec<Traveller> = (0..size)
        .map(|at| {
            let kind = kind(rng, at, size);
            Traveller::plan(rng, habits, (culture, kind), flight)
        })
        .collect();
    if let Some(surname) = party.first().map(|first| first.surname) {
        let shared = rng.chance(70);
        party
            .iter_mut()
            .filter(|_| shared)
            .for_each(|other| other.surname = surname);
    }
    if party[0].kind == Kind::Adult && rng.chance(5) {
        let mut infant = Traveller::plan(rng, habits, (culture, Kind::Infant), flight);
        infant.surname = party[0].surname;
        infant.listed = rng.chance(60);
        party.push(infant);
    }
    party
}

fn kind(rng: &mut Rng, at: usize, size: usize) -> Kind {
    match (at, size) {
        (0, 1) if rng.chance(1) => Kind::Minor,
        (0 | 1, _) => Kind::Adult,
        _ if rng.chance(60) => Kind::Child,
        _ => Kind::Adult,
    }
}

impl Traveller {
    fn plan(
        rng: &mut Rng,
        habits: &Habits,
        (culture, kind): (usize, Kind),
        flight: Day,
    ) -> Traveller {
        let names = &CULTURES[culture];
        let female = rng.chance(50);
        Traveller {
            surname: rng.pick(names.surnames),
            given: rng.pick(if female { names.women } else { names.men }),
            kind,
            female,
            born: flight.minus(age_in_days(rng, kind)),
            document: format!("{}{}", rng.code(2), rng.digits(6)),
            expires: flight.plus(rng.between(100, 3000)),
            ticket: format!("999{}", rng.digits(10)),
            loyalty: (kind == Kind::Adult && rng.chance(habits.loyalty)).then(|| rng.digits(9)),
            listed: true,
        }
    }
}

fn age_in_days(rng: &mut Rng, kind: Kind) -> u32 {
    match kind {
        Kind::Adult => rng.between(18 * 366, 80 * 365),
        Kind::Child => rng.between(2 * 366, 12 * 365),
        Kind::Minor => rng.between(9 * 366, 10 * 365),
        Kind::Infant => rng.between(20, 700),
    }
}

/// The reported leg, often with a leg to it and the way back.
fn journey(rng: &mut Rng, flight: &Flight) -> Vec<Leg> {
    let class = rng.pick(&["Y", "M", "B", "K", "C", "J"]);
    let feeder = rng.chance(25).then(|| feeder(rng, flight, class));
    let back = rng.chance(60).then(|| back(rng, flight, class));
    feeder
        .into_iter()
        .chain([reported(rng, flight, class)])
        .chain(back)
        .collect()
}

fn reported(rng: &mut Rng, flight: &Flight, class: &'static str) -> Leg {
    Leg {
        day: flight.day,
        departs: flight.departs,
        lasts: flight.to.outbound(),
        from: HOME,
        to: flight.to.code,
        number: flight.number,
        class,
        aircraft: rng.pick(AIRCRAFT),
        codeshare: codeshare(rng, flight),
        checked_in: !flight.update && rng.chance(flight.habits.checked_in),
    }
}

fn feeder(rng: &mut Rng, flight: &Flight, class: &'static str) -> Leg {
    let origin = airport(rng, 7);
    let (number, leads_to) = (rng.between(1000, 4000), reported(rng, flight, class));
    Leg {
        day: flight.day.minus(1),
        departs: 1080,
        lasts: origin.inbound(),
        from: origin.code,
        to: HOME,
        number,
        checked_in: leads_to.checked_in && flight.habits.checked_through,
        ..leads_to
    }
}

fn back(rng: &mut Rng, flight: &Flight, class: &'static str) -> Leg {
    Leg {
        day: flight.day.plus(rng.between(2, 21)),
        departs: rng.between(72, 250) * 5,
        lasts: flight.to.inbound(),
        from: flight.to.code,
        to: HOME,
        number: flight.number + 1,
        checked_in: false,
        ..reported(rng, flight, class)
    }
}

fn airport(rng: &mut Rng, among: usize) -> &'static Airport {
    &AIRPORTS[rng.below(among as u32) as usize]
}

impl Airport {
    /// Minutes between the local times of a flight to here.
    pub(crate) fn outbound(&self) -> u32 {
        self.minutes.saturating_add(self.ahead).unsigned_abs()
    }

    /// Minutes between the local times of a flight from here.
    pub(crate) fn inbound(&self) -> u32 {
        self.minutes.saturating_sub(self.ahead).unsigned_abs()
    }
}

fn codeshare(rng: &mut Rng, flight: &Flight) -> Codeshare {
    match (rng.chance(12), flight.version) {
        (false, _) => Codeshare::None,
        (true, ..14) => Codeshare::SecondLeg,
        (true, _) => Codeshare::Tra,
    }
}
