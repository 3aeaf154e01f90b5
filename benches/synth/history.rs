//! GR.10 to GR.12 and LTS: what the booking was before.

use super::day::clock;
use super::message::{Message, Released, seg};
use super::plan::{Booking, CARRIER, Leg};
use super::rng::Rng;
use super::words::{HOME, SERVICES};

pub(crate) fn history(m: &mut Message, rng: &mut Rng, booking: &Booking) {
    if rng.chance(booking.habits.creator) {
        seg!(
            m,
            "ABI+1+:{HOME}XX0{}+{HOME}++{CARRIER}",
            rng.between(10, 99)
        );
    }
    if !booking.history {
        return;
    }
    for step in 0..rng.between(1, 4) {
        transaction(m, rng, booking, step);
    }
    if rng.chance(50) {
        lines(m, rng, booking);
    }
}

fn transaction(m: &mut Message, rng: &mut Rng, booking: &Booking, step: u32) {
    let (agent, sign) = (rng.digits(4), rng.code(2));
    seg!(m, "ABI+4+{agent}XX:{sign}+{HOME}++{CARRIER}");
    let day = booking.created.plus(step + 1).body();
    let (zone, time) = (rng.pick(&["T", "ZT"]), clock(rng.below(1440)));
    seg!(m, "DAT+{zone}:{day}:{time}");
    for leg in booking.legs.iter().take(1) {
        moved(m, rng, leg);
    }
    item(m, rng, booking);
}

/// The leg a day later than it was.
fn moved(m: &mut Message, rng: &mut Rng, leg: &Leg) {
    let Leg {
        from,
        to,
        number,
        class,
        ..
    } = leg;
    seg!(m, "SAC+++X");
    seg!(
        m,
        "TVL+{}::{}+{from}+{to}+{CARRIER}+{number}:{class}",
        leg.day.minus(1).body(),
        leg.day.minus(1).body()
    );
    seg!(m, "RPI+1+HK");
    seg!(m, "SAC+++A");
    seg!(
        m,
        "TVL+{}::{}+{from}+{to}+{CARRIER}+{number}:{class}",
        leg.day.body(),
        leg.day.body()
    );
    seg!(m, "RPI+{}+HK", rng.between(1, 3));
}

fn item(m: &mut Message, rng: &mut Rng, booking: &Booking) {
    seg!(m, "SAC+++{}", rng.pick(&["A", "X"]));
    let (first, leg) = (&booking.travellers[0], &booking.legs[0]);
    let surname = Released(first.surname);
    match rng.below(4) {
        0 => seg!(m, "TIF+{surname}+{}:A:1", first.given),
        1 => seg!(m, "SSR+{}:HK:1:{CARRIER}", rng.pick(SERVICES)),
        2 => seg!(
            m,
            "TBD++1:{}:700+++{CARRIER}:0999{}:1:{}",
            rng.between(8, 23),
            rng.digits(6),
            leg.to
        ),
        _ => seg!(m, "IFT+4:19+GN FROM NONE TO {surname} PARTY"),
    }
}

fn lines(m: &mut Message, rng: &mut Rng, booking: &Booking) {
    let (first, leg) = (&booking.travellers[0], &booking.legs[0]);
    let (surname, given) = (Released(first.surname), first.given);
    let Leg {
        from,
        to,
        number,
        class,
        ..
    } = leg;
    let (day, born) = (leg.day.text(), first.born.text());
    seg!(m, "LTS+0/O/NM/{surname}/{given}");
    seg!(
        m,
        "LTS+0/O/SS/{CARRIER} {number} {class} {day} 1 {from}{to} LK1 *1Z/E*/C/I/CAB Y"
    );
    if rng.chance(50) {
        seg!(
            m,
            "LTS+{}/A/SR/SSR DOCS{CARRIER}HK1/////{born}//{surname}/{given}",
            rng.between(2, 60)
        );
    }
    let sign = rng.code(4);
    seg!(
        m,
        "LTS+{}/Z//DCS-SYNCUS CR-{HOME}{CARRIER}00CS {sign} GS/DS-{}",
        rng.between(2, 60),
        rng.code(8)
    );
}
