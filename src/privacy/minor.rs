//! Whether somebody who travels as an unaccompanied minor is one (C-817/19: under
//! the age of 18, element 12 of Annex I).

use super::report::{Hits, NO_MINOR};
use crate::Field;
use crate::field::{Visit, walk_minor};
use crate::model::leaf::Leaf;
use crate::model::{Action, Booking, PartialDate};

/// The age at which nobody is a minor.
const OF_AGE: u16 = 18;

/// Drops what stands of minors who are shown to be of age on departure. Where
/// neither age nor date of birth is known, it stays.
pub(super) fn drop_adults(booking: &mut Booking, hits: &mut Hits) {
    if booking.minors.is_empty() {
        return;
    }
    let departs = booking.legs.iter().find_map(|leg| leg.departure);
    let departs = departs.or(booking.provenance.journey.departure);
    let departs = departs.map(|at| at.date());
    let passengers = &booking.passengers;
    booking.minors.retain(|minor| {
        let person = passengers
            .iter()
            .find(|person| !minor.passenger.is_none() && person.id == minor.passenger);
        let born = person.and_then(|person| person.birth_date);
        let stated = minor.age.or_else(|| person.and_then(|person| person.age));
        let of_age = match born.and_then(|born| is_of_age(born, departs?)) {
            Some(of_age) => of_age,
            None => stated.is_some_and(|age| age >= u32::from(OF_AGE)),
        };
        if of_age {
            walk_minor(minor, &mut Gone(hits));
        }
        !of_age
    });
}

/// Whether the eighteenth birthday is reached; `None` where the dates do not say.
fn is_of_age(born: PartialDate, departs: PartialDate) -> Option<bool> {
    let years = departs.year()?.checked_sub(born.year()?)?;
    if years != OF_AGE {
        return Some(years > OF_AGE);
    }
    let birthday = (born.month()?, born.day()?);
    Some((departs.month()?, departs.day()?) >= birthday)
}

struct Gone<'h>(&'h mut Hits);

impl Visit for Gone<'_> {
    fn leaf<L: Leaf>(&mut self, field: Field, leaf: &L) {
        if leaf.present() {
            self.0.other(field, NO_MINOR, Action::Remove, leaf.count());
        }
    }
}
