//! When a rule holds: mode, carrier, place and route of a journey; and for whom.

use serde::{Deserialize, Serialize};

use crate::model::{Booking, Leg, LegalBasis, Mode, Passenger, PassengerKind, Role, Text};

/// The journeys that are meant. Every list that is not empty must name something
/// of the booking; a condition without any holds always.
///
/// C-817/19 lets a state take data of journeys within the Union only for selected
/// routes, travel patterns, stations, ports and airports: this is that selection.
///
/// ```
/// use paxnorm::Booking;
/// use paxnorm::model::{Leg, Text};
/// use paxnorm::privacy::Condition;
///
/// let routes = r#"{ "routes": ["BRU-LHR"] }"#;
/// let condition: Condition = serde_json::from_str(routes)?;
/// let mut leg = Leg::default();
/// leg.from.code = Some(Text::from("LHR"));
/// leg.to.code = Some(Text::from("BRU"));
/// let mut booking = Booking::default();
/// booking.legs.push(leg);
/// assert!(condition.holds(&booking), "a route is meant both ways");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Condition {
    /// Modes of travel.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub modes: Vec<Mode>,
    /// Carriers, by the codes that the source uses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub carriers: Vec<Text>,
    /// Airports, stations, stops and ports, by the codes that the source uses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stops: Vec<Text>,
    /// Routes between two of them, in either direction (`BRU-LHR`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<Route>,
    /// Legal bases, as the caller states them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bases: Vec<LegalBasis>,
}

impl Condition {
    /// Whether it names nothing and so holds always.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether it holds for a booking.
    #[must_use]
    pub fn holds(&self, booking: &Booking) -> bool {
        let basis = booking.provenance.legal_basis;
        meets(&self.modes, |mode| modes(booking).any(|one| one == *mode))
            && meets(&self.bases, |base| basis == Some(*base))
            && self.holds_for_journey(booking)
    }

    /// As [`holds`](Self::holds); but where a booking does not say its mode or
    /// its basis, the question stays open and the answer is yes.
    pub(super) fn admits(&self, booking: &Booking) -> bool {
        let basis = booking.provenance.legal_basis;
        (modes(booking).next().is_none()
            || meets(&self.modes, |mode| modes(booking).any(|one| one == *mode)))
            && (basis.is_none() || meets(&self.bases, |base| basis == Some(*base)))
            && self.holds_for_journey(booking)
    }

    fn holds_for_journey(&self, booking: &Booking) -> bool {
        let journey = &booking.provenance.journey;
        meets(&self.carriers, |carrier| {
            let sells = |leg: &Leg| leg.marketing.carrier.as_ref() == Some(carrier);
            let carries = |leg: &Leg| leg.operating.carrier.as_ref() == Some(carrier);
            journey.carrier.as_ref() == Some(carrier)
                || booking.legs.iter().any(|leg| sells(leg) || carries(leg))
        }) && meets(&self.stops, |code| {
            booking.legs.iter().any(|leg| calls_at(leg, code))
        }) && meets(&self.routes, |route| {
            booking.legs.iter().any(|leg| route.is_of(leg))
        })
    }

    /// Whether no booking can meet both.
    pub(super) fn excludes(&self, other: &Self) -> bool {
        // One leg has one mode, but a journey may have several: a mode alone
        // keeps two rules apart only where a message reports one mode.
        apart(&self.modes, &other.modes) || apart(&self.bases, &other.bases)
    }
}

fn meets<T>(list: &[T], mut named: impl FnMut(&T) -> bool) -> bool {
    list.is_empty() || list.iter().any(&mut named)
}

fn apart<T: PartialEq>(one: &[T], other: &[T]) -> bool {
    !one.is_empty() && !other.is_empty() && !one.iter().any(|item| other.contains(item))
}

/// The mode that the message reports, or else those of the legs.
fn modes(booking: &Booking) -> impl Iterator<Item = Mode> {
    let reported = booking.provenance.mode;
    let of_legs = booking.legs.iter().filter_map(|leg| leg.mode);
    let of_legs = of_legs.filter(move |_| reported.is_none()).take(1);
    reported.into_iter().chain(of_legs)
}

fn calls_at(leg: &Leg, code: &Text) -> bool {
    let mut stops = [&leg.from, &leg.to].into_iter().chain(&leg.calls);
    stops.any(|stop| stop.code.as_ref() == Some(code))
}

/// Two stops, in either direction: `BRU-LHR`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Text", into = "Text")]
pub struct Route(Text, Text);

impl Route {
    /// The route between two stops.
    #[must_use]
    pub fn new(one: &str, other: &str) -> Self {
        Self(Text::from(one), Text::from(other))
    }

    fn is_of(&self, leg: &Leg) -> bool {
        let ends = (leg.from.code.as_ref(), leg.to.code.as_ref());
        ends == (Some(&self.0), Some(&self.1)) || ends == (Some(&self.1), Some(&self.0))
    }
}

impl TryFrom<Text> for Route {
    type Error = &'static str;

    fn try_from(text: Text) -> Result<Self, Self::Error> {
        let ends = text.split_once('-');
        let ends = ends.filter(|(one, other)| !one.is_empty() && !other.is_empty());
        let (one, other) = ends.ok_or("a route is two codes, such as BRU-LHR")?;
        Ok(Self::new(one, other))
    }
}

impl From<Route> for Text {
    fn from(route: Route) -> Self {
        Text::from(format!("{}-{}", route.0, route.1))
    }
}

/// The persons who are meant, by role on board and kind of traveller.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Persons {
    /// Roles on board: `crew`, `passenger`, `transit`. A person without a stated
    /// role is a passenger.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Role>,
    /// Kinds of traveller: `child`, `infant`, and so on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<PassengerKind>,
}

impl Persons {
    /// Whether it names nobody in particular.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.roles.is_empty() && self.kinds.is_empty()
    }

    /// Whether a person is meant.
    #[must_use]
    pub fn include(&self, person: &Passenger) -> bool {
        let role = person.role.unwrap_or(Role::Passenger);
        meets(&self.roles, |one| *one == role)
            && meets(&self.kinds, |one| person.kind == Some(*one))
    }

    pub(super) fn excludes(&self, other: &Self) -> bool {
        apart(&self.roles, &other.roles) || apart(&self.kinds, &other.kinds)
    }
}
