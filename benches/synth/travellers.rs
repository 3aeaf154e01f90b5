//! GR.2 to GR.4: a traveller with its documents, ticket and payment.

use super::message::{Message, Released, seg};
use super::plan::{Booking, CARRIER, Kind, Traveller};
use super::pnrgov::mail;
use super::rng::Rng;
use super::words::{CITIES, HOME, STREETS, TAX_CODES};

pub(crate) fn traveller(m: &mut Message, rng: &mut Rng, booking: &Booking, at: usize) {
    let (traveller, number) = (&booking.travellers[at], at + 1);
    if !traveller.listed {
        return;
    }
    name(m, booking, at);
    loyalty(m, rng, traveller, booking);
    if rng.chance(booking.habits.own_mail) {
        seg!(m, "IFT+4:28::{CARRIER}+CTCE {}", mail(rng, Some(traveller)));
    }
    seg!(m, "REF+:00{}{}", rng.code(4), rng.digits(8));
    fare(m, rng, traveller, booking);
    documents(m, rng, traveller, number, "");
    ages(m, booking, at);
    ticket(m, rng, traveller, booking);
    guardians(m, rng, traveller);
    extra_seat(m, rng, traveller, booking);
}

fn loyalty(m: &mut Message, rng: &mut Rng, traveller: &Traveller, booking: &Booking) {
    match &traveller.loyalty {
        Some(card) if rng.chance(booking.habits.level) => {
            seg!(m, "FTI+{CARRIER}:{card}:::GOLD::GOLD");
        }
        Some(card) => seg!(m, "FTI+{CARRIER}:{card}:::"),
        None => (),
    }
}

/// Who brings and who fetches a child that travels alone.
fn guardians(m: &mut Message, rng: &mut Rng, traveller: &Traveller) {
    if traveller.kind == Kind::Minor {
        for purpose in ["DEP", "ARR"] {
            let (street, phone) = (rng.pick(STREETS), rng.between(100, 200));
            let surname = Released(traveller.surname);
            seg!(
                m,
                "ADD++700:7 {street}:LAKE TOWN:::UTO:1000:{purpose} ROBIN {surname} 5555550{phone}"
            );
        }
    }
}

/// A seat for a cello stands in the list as if it were a traveller.
fn extra_seat(m: &mut Message, rng: &mut Rng, traveller: &Traveller, booking: &Booking) {
    if rng.chance(1) {
        let reference = booking.travellers.len() + 1;
        seg!(
            m,
            "TIF+{}+{}:A:{reference}",
            Released(traveller.surname),
            rng.pick(&["EXST", "CBBG"])
        );
    }
}

/// TIF: the title glued to the given name or, as half of the senders do, set apart.
fn name(m: &mut Message, booking: &Booking, at: usize) {
    let (traveller, number) = (&booking.travellers[at], at + 1);
    let surname = Released(traveller.surname);
    let given = traveller.given;
    let gap = if booking.minute.is_multiple_of(2) {
        ""
    } else {
        " "
    };
    let title = title(traveller);
    match traveller.kind {
        Kind::Infant => seg!(m, "TIF+{surname}+{given}:IN:{number}"),
        Kind::Child | Kind::Minor => seg!(m, "TIF+{surname}+{given}{gap}{title}:C:{number}"),
        Kind::Adult if at == 0 && infant(booking).is_some() => {
            seg!(m, "TIF+{surname}+{given}{gap}{title}:A:{number}:1");
        }
        Kind::Adult if booking.minute.is_multiple_of(3) => {
            seg!(m, "TIF+{surname}:I+{given}{gap}{title}::{number}")
        }
        Kind::Adult => seg!(m, "TIF+{surname}+{given}{gap}{title}:A:{number}"),
    }
}

fn title(traveller: &Traveller) -> &'static str {
    match (traveller.kind, traveller.female) {
        (Kind::Adult, true) => "MRS",
        (Kind::Adult, false) => "MR",
        (_, true) => "MISS",
        (_, false) => "MSTR",
    }
}

fn infant(booking: &Booking) -> Option<&Traveller> {
    booking
        .travellers
        .iter()
        .find(|traveller| traveller.kind == Kind::Infant)
}

fn fare(m: &mut Message, rng: &mut Rng, traveller: &Traveller, booking: &Booking) {
    let habits = booking.habits;
    if let (true, Some(leg)) = (rng.chance(habits.calculation), booking.legs.first()) {
        let (from, to) = (leg.from, leg.to);
        seg!(
            m,
            "IFT+4:15:9+{from} {CARRIER} {to} 412.50NUC825.00END ROE0.909+3"
        );
    }
    if rng.chance(habits.fare) {
        match traveller.kind {
            Kind::Adult => seg!(m, "FAR+A+++++Y1N{}", rng.code(3)),
            Kind::Child | Kind::Minor => seg!(m, "FAR+C+9+1:25:UTO+++YEE3M"),
            Kind::Infant => seg!(m, "FAR+I++764:4::B2+++C"),
        }
    }
}

/// DOCS, and for a few DOCO and DOCA; `route` holds both points where the service is a leg's.
pub(crate) fn documents(
    m: &mut Message,
    rng: &mut Rng,
    traveller: &Traveller,
    number: usize,
    route: &str,
) {
    let Traveller {
        surname,
        given,
        document,
        ..
    } = traveller;
    let (born, expires) = (traveller.born.text(), traveller.expires.text());
    let sex = sex(traveller);
    let route = if route.is_empty() { ":" } else { route };
    let (surname, given) = (Released(surname), Released(given));
    if rng.chance(85) {
        seg!(
            m,
            "SSR+DOCS:HK:1:{CARRIER}:::{route}:/P/UTO/{document}/UTO/{born}/{sex}/{expires}/{surname}/{given}+::{number}"
        );
    } else {
        seg!(
            m,
            "SSR+DOCS:HK:1:{CARRIER}:::{route}://///{born}/{sex}//{surname}/{given}/+::{number}"
        );
    }
    if rng.chance(3) {
        seg!(
            m,
            "SSR+DOCO:HK:1:{CARRIER}:::{route}:/NORTHBRIDGE/V/{document}/UTO/01FEB24/UTO+::{number}"
        );
    }
    if rng.chance(4) {
        let (street, city) = (rng.pick(STREETS), rng.pick(CITIES));
        seg!(
            m,
            "SSR+DOCA:HK:1:{CARRIER}:::{route}:/D/UTO/12 {street}/{city}//1000+::{number}"
        );
    }
}

fn sex(traveller: &Traveller) -> &'static str {
    match (traveller.listed, traveller.female) {
        (true, true) => "F",
        (true, false) => "M",
        (false, true) => "FI",
        (false, false) => "MI",
    }
}

/// INFT on the adult, with the infant's own document where no TIF carries it; CHLD on a child.
fn ages(m: &mut Message, booking: &Booking, at: usize) {
    let (traveller, number) = (&booking.travellers[at], at + 1);
    if traveller.kind == Kind::Child {
        seg!(
            m,
            "SSR+CHLD:HK:1:{CARRIER}:::::{}+::{number}",
            traveller.born.text()
        );
    }
    let Some(infant) = infant(booking).filter(|_| at == 0) else {
        return;
    };
    let (surname, given, born) = (Released(infant.surname), infant.given, infant.born.text());
    seg!(
        m,
        "SSR+INFT:HK:1:{CARRIER}:::::{surname}/{given} {born}+::{number}"
    );
    if !infant.listed {
        let sex = sex(infant);
        seg!(
            m,
            "SSR+DOCS:HK:1:{CARRIER}::::://///{born}/{sex}//{surname}/{given}+::{number}"
        );
    }
}

fn ticket(m: &mut Message, rng: &mut Rng, traveller: &Traveller, booking: &Booking) {
    let (habits, issued) = (booking.habits, booking.created.plus(1));
    let total = rng.between(90, 1900);
    seg!(m, "TKT+{}:T:1", traveller.ticket);
    seg!(m, "MON+B:{}.00:EUR+T:{total}.40:EUR", total * 7 / 10);
    if rng.chance(habits.terms) {
        seg!(
            m,
            "PTK+NR++{}:2200+{CARRIER}+999+{HOME}",
            issued.plus(2).body()
        );
    }
    if rng.chance(habits.taxed) {
        taxes(m, rng, habits.taxes);
    }
    seg!(m, "DAT+710:{}", issued.body());
    payment(m, rng, total);
    payer(m, rng, traveller, booking);
}

fn taxes(m: &mut Message, rng: &mut Rng, many: usize) {
    let mut tax = || {
        let (whole, part) = (rng.between(2, 90), rng.digits(2));
        format!("+{whole}.{part}:::{}", rng.pick(TAX_CODES))
    };
    let all: String = (0..many).map(|_| tax()).collect();
    seg!(m, "TXD+{all}");
}

fn payment(m: &mut Message, rng: &mut Rng, total: u32) {
    match rng.below(5) {
        0 => seg!(m, "FOP+CA::{total}.40"),
        1 => seg!(
            m,
            "FOP+MS+CC::{total}.40:CA:XXXXXXXXXXXX{}:1227",
            rng.digits(4)
        ),
        2 => seg!(m, "FOP+CC:::AX:XXXXXXXXXXX{}:0728", rng.digits(4)),
        _ => seg!(
            m,
            "FOP+CC::{total}.40:VI:XXXXXXXXXXXX{}:0928",
            rng.digits(4)
        ),
    }
}

fn payer(m: &mut Message, rng: &mut Rng, traveller: &Traveller, booking: &Booking) {
    if rng.chance(booking.habits.payer) {
        let (surname, phone) = (Released(traveller.surname), rng.between(100, 200));
        let (street, city) = (rng.pick(STREETS), rng.pick(CITIES));
        seg!(
            m,
            "IFT+4:43+ROBIN {surname}+34 {street} {city}+5555550{phone}"
        );
        if rng.chance(booking.habits.payer_address) {
            seg!(m, "ADD++702:34 {street}:{city}:::UTO:2000");
        }
    }
}
