//! The travellers of a planned flight as a passenger list, and its crew as a crew list.

use super::day::{Day, clock};
use super::habits::DENSE;
use super::message::{Message, Released, seg};
use super::plan::{CARRIER, Flight, Kind, Traveller, party};
use super::rng::Rng;
use super::words::{CITIES, HOME, MAIL_DOMAINS, STREETS};

/// Travellers of a list that is full.
pub(crate) const PER_MESSAGE: usize = 150;

/// Named persons and the bookings by which they travel together; crew travel under none.
pub(crate) struct Listed {
    pub(crate) persons: usize,
    pub(crate) bookings: usize,
}

/// A whole message: the crew of every tenth flight, the travellers of the others.
pub(crate) fn list(m: &mut Message, rng: &mut Rng, index: u64, limit: usize) -> Listed {
    let flight = Flight::plan(rng, &DENSE, index);
    let crew = index.is_multiple_of(10);
    head(m, rng, index, &flight, crew);
    let listed = if crew {
        crew_of(m, rng, &flight, limit)
    } else {
        passengers(m, rng, &flight, limit)
    };
    seg!(m, "CNT+{}:{}", if crew { 41 } else { 42 }, listed.persons);
    seg!(m, "UNT+{}+{index}", m.segments() + 1);
    listed
}

fn head(m: &mut Message, rng: &mut Rng, index: u64, flight: &Flight, crew: bool) {
    let Flight {
        day,
        departs,
        to,
        number,
        ..
    } = flight;
    let arrives = departs + to.outbound();
    let landing = day.plus(arrives / 1440);
    let (reference, minutes) = (day.envelope(), clock(*departs));
    seg!(
        m,
        "UNH+{index}+PAXLST:D:{}:UN:IATA+{CARRIER}{number}/{reference}/{minutes}+01:F",
        rng.pick(&["02B", "05B", "12B"])
    );
    seg!(m, "BGM+{}", if crew { 250 } else { 745 });
    seg!(m, "RFF+TN:XX{}:::1", rng.digits(9));
    seg!(m, "NAD+MS+++XX HELP DESK");
    seg!(
        m,
        "COM+?+1 555 555 0{}:TE+PAXDESK.AT.EXAMPLE.COM:EM",
        rng.between(100, 200)
    );
    seg!(m, "TDT+20+{CARRIER}{number}+++{CARRIER}");
    seg!(m, "LOC+125+{HOME}");
    seg!(m, "DTM+189:{}{}:201", day.envelope(), clock(*departs));
    seg!(m, "LOC+87+{}", to.code);
    seg!(m, "DTM+232:{}{}:201", landing.envelope(), clock(arrives));
}

fn passengers(m: &mut Message, rng: &mut Rng, flight: &Flight, limit: usize) -> Listed {
    let mut listed = Listed {
        persons: 0,
        bookings: 0,
    };
    while listed.persons < limit {
        let mut party = party(rng, &DENSE, flight.day);
        party.truncate(limit - listed.persons);
        let locator = rng.code(6);
        for traveller in &party {
            passenger(m, rng, flight, traveller, &locator);
        }
        listed.persons += party.len();
        listed.bookings += 1;
    }
    listed
}

fn passenger(
    m: &mut Message,
    rng: &mut Rng,
    flight: &Flight,
    traveller: &Traveller,
    locator: &str,
) {
    let role = if rng.chance(3) { "DDU" } else { "FL" };
    name(m, rng, role, traveller);
    person(m, rng, traveller);
    baggage(m, rng, traveller);
    route(m, rng, flight);
    if rng.chance(10) {
        seg!(
            m,
            "COM+5555550{}:TE+{}.AT.{}:EM",
            rng.between(100, 200),
            locator,
            rng.pick(MAIL_DOMAINS)
        );
    }
    seg!(m, "NAT+2+UTO");
    seg!(m, "RFF+AVF:{locator}");
    seg!(m, "RFF+ABO:{}", rng.digits(10));
    if traveller.kind != Kind::Infant {
        seg!(
            m,
            "RFF+SEA:{}{}",
            rng.between(1, 50),
            rng.pick(&["A", "C", "D", "F"])
        );
    }
    documents(m, rng, traveller);
}

/// C080; a few senders add the address of the stay.
fn name(m: &mut Message, rng: &mut Rng, role: &str, traveller: &Traveller) {
    let surname = Released(traveller.surname);
    let (first, second) = traveller
        .given
        .split_once(' ')
        .unwrap_or((traveller.given, ""));
    let gap = if second.is_empty() { "" } else { ":" };
    if rng.chance(8) {
        let (street, city) = (rng.pick(STREETS), rng.pick(CITIES));
        seg!(
            m,
            "NAD+{role}+++{surname}:{first}{gap}{second}+12 {street}+{city}++1000+UTO"
        );
    } else {
        seg!(m, "NAD+{role}+++{surname}:{first}{gap}{second}");
    }
}

fn person(m: &mut Message, rng: &mut Rng, traveller: &Traveller) {
    let sex = match (rng.below(50), traveller.female) {
        (0, _) => "X",
        (1, _) => "U",
        (_, true) => "F",
        (_, false) => "M",
    };
    seg!(m, "ATT+2++{sex}");
    date(m, rng, 329, traveller.born);
}

/// Six digits as the guide has it, or eight with the format that says so.
fn date(m: &mut Message, rng: &mut Rng, qualifier: u32, day: Day) {
    if rng.chance(20) {
        let (year, ..) = day.civil();
        seg!(m, "DTM+{qualifier}:{}{}:102", year / 100, day.envelope());
    } else {
        seg!(m, "DTM+{qualifier}:{}", day.envelope());
    }
}

fn baggage(m: &mut Message, rng: &mut Rng, traveller: &Traveller) {
    if traveller.kind != Kind::Infant && rng.chance(40) {
        let pieces = rng.between(1, 4);
        seg!(m, "MEA+CT++:{pieces}");
        seg!(m, "MEA+WT++KGM:{}", pieces * rng.between(8, 23));
        seg!(m, "GEI+4+{}", rng.pick(&["173", "174"]));
        seg!(m, "FTX+BAG+++{CARRIER}{}:{pieces}", rng.digits(6));
    }
}

fn route(m: &mut Message, rng: &mut Rng, flight: &Flight) {
    seg!(m, "LOC+178+{HOME}");
    seg!(m, "LOC+179+{}", flight.to.code);
    seg!(m, "LOC+22+{}", flight.to.code);
    if rng.chance(40) {
        seg!(m, "LOC+174+UTO");
    }
    if rng.chance(20) {
        seg!(m, "LOC+180+UTO:::{}", rng.pick(CITIES));
    }
}

fn documents(m: &mut Message, rng: &mut Rng, traveller: &Traveller) {
    let agency = rng.pick(&["", ":110:111"]);
    seg!(
        m,
        "DOC+{}{agency}+{}",
        rng.pick(&["P", "P", "P", "I"]),
        traveller.document
    );
    date(m, rng, 36, traveller.expires);
    seg!(m, "LOC+91+UTO");
    if rng.chance(6) {
        seg!(m, "DOC+V{agency}+V{}", rng.digits(7));
        seg!(m, "LOC+91+UTO");
    }
}

fn crew_of(m: &mut Message, rng: &mut Rng, flight: &Flight, limit: usize) -> Listed {
    let mut crew = Vec::new();
    while crew.len() < limit.min(8) {
        let mut one = party(rng, &DENSE, flight.day);
        one.truncate(1);
        crew.extend(one.into_iter().filter(|one| one.kind == Kind::Adult));
    }
    for (at, one) in crew.iter().enumerate() {
        name(m, rng, "FM", one);
        person(m, rng, one);
        route(m, rng, flight);
        seg!(m, "EMP+1+{}:110:111", if at < 2 { "CR1" } else { "CR2" });
        seg!(m, "NAT+2+UTO");
        documents(m, rng, one);
    }
    Listed {
        persons: crew.len(),
        bookings: 0,
    }
}
