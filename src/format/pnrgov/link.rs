//! Who is meant: by reference, by name, by position.

use crate::model::{Booking, Name, Passenger, PassengerKind, Text};

/// The traveller of a reference; `1.2` is the second name of item 1 where nobody
/// has the reference as it stands. References are compared without leading zeros: `002`
/// is `2`.
pub(super) fn by_reference(booking: &Booking, reference: &str) -> Option<usize> {
    by_bytes(booking, reference.as_bytes())
}

/// The traveller of these bytes of a reference.
pub(super) fn by_bytes(booking: &Booking, reference: &[u8]) -> Option<usize> {
    let wanted = significant(reference);
    if wanted.is_empty() {
        return None;
    }
    let is = |passenger: &Passenger| {
        let own = passenger.reference.as_deref().unwrap_or_default();
        // One sign, as most references are.
        if let (&[own], &[wanted]) = (own.as_bytes(), wanted) {
            return own.eq_ignore_ascii_case(&wanted);
        }
        significant(own.as_bytes()).eq_ignore_ascii_case(wanted)
    };
    booking.passengers.iter().position(is)
}

/// A reference without leading zeros.
fn significant(mut bytes: &[u8]) -> &[u8] {
    while let [b'0', rest @ ..] = bytes {
        bytes = rest;
    }
    bytes
}

/// The traveller of a name: the same surname, and given names of which one
/// begins the other. Blanks do not count, for line wraps leave some.
pub(super) fn by_name(booking: &Booking, surname: &str, given: &str) -> Option<usize> {
    booking
        .passengers
        .iter()
        .position(|passenger| names(&passenger.name, surname, given))
}

/// Whether this name can be that surname and those given names.
pub(super) fn names(name: &Name, surname: &str, given: &str) -> bool {
    let one_begins = |own: &Option<Text>, other: &str| {
        one_begins_the_other(own.as_deref().unwrap_or_default(), other)
    };
    one_begins(&name.surname, surname) && one_begins(&name.given, given)
}

/// Whether one begins the other, letter by letter; nothing begins nothing.
fn one_begins_the_other(one: &str, other: &str) -> bool {
    let (mut one, mut other) = (folded(one).peekable(), folded(other).peekable());
    if one.peek().is_none() || other.peek().is_none() {
        return false;
    }
    one.zip(other).all(|(one, other)| one == other)
}

fn folded(text: &str) -> impl Iterator<Item = char> + '_ {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_uppercase)
}

/// The infant that these names mean, if it is known already.
pub(super) fn infant(booking: &Booking, surname: &str, given: &str) -> Option<usize> {
    let is = |passenger: &Passenger| {
        passenger.kind == Some(PassengerKind::Infant) && names(&passenger.name, surname, given)
    };
    booking.passengers.iter().position(is)
}

/// The only traveller that is a person, if there is just one.
pub(super) fn only(booking: &Booking) -> Option<usize> {
    let is_person =
        |(_, passenger): &(usize, &Passenger)| passenger.kind != Some(PassengerKind::ExtraSeat);
    let mut persons = booking.passengers.iter().enumerate().filter(is_person);
    let (position, _) = persons.next()?;
    persons.next().is_none().then_some(position)
}
