//! What one unit hands to another: chosen elements, on stated grounds, or a reason
//! why not (arts 9 and 12 of Directive (EU) 2016/681).

use std::sync::Arc;

use chrono::{DateTime, TimeZone, Utc};

use super::{Disposition, Held, Policy, Report, Retention, RetentionError, collapse};
use crate::Field;
use crate::field::{Entry, ScopeSet, VisitMut};
use crate::model::leaf::Leaf;
use crate::model::{Booking, Text};

/// Elements of Annex I, chosen one by one: there is no "all" to choose by mistake.
///
/// ```
/// use paxnorm::privacy::Elements;
///
/// let elements = Elements::new(&[1, 3, 4, 7]).unwrap();
/// assert!(elements.contains(4));
/// assert!(!elements.contains(5));
/// assert_eq!(Elements::new(&[20]), None);
/// assert_eq!(Elements::new(&[]), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elements(u32);

impl Elements {
    /// A choice; `None` where it is empty or names no element of 1 to 19.
    #[must_use]
    pub fn new(elements: &[u8]) -> Option<Self> {
        let valid = elements.iter().all(|element| (1..=19).contains(element));
        let bits = elements
            .iter()
            .fold(0, |bits, element| bits | 1_u32 << (element & 31));
        (valid && bits != 0).then_some(Self(bits))
    }

    /// Whether an element was chosen.
    #[must_use]
    pub fn contains(self, element: u8) -> bool {
        element < 32 && self.0 & (1 << element) != 0
    }

    /// The first of those that article 12(2) masks at six months.
    fn first_masked(self) -> Option<u8> {
        [4, 5, 6, 8, 12, 17, 18]
            .into_iter()
            .find(|element| self.contains(*element))
    }
}

/// The decision of an independent authority, as it is attached to a request.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Approval {
    /// Who decided.
    pub authority: Text,
    /// The reference of the decision.
    pub reference: Text,
    /// When.
    pub at: DateTime<Utc>,
}

impl Approval {
    fn is_complete(&self, now: DateTime<Utc>) -> bool {
        !self.authority.trim().is_empty() && !self.reference.trim().is_empty() && self.at <= now
    }
}

/// On what grounds data leave the unit.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Grounds {
    /// The unit itself identified a person (art. 9(1)).
    Identified {
        /// The reference of the match that a person confirmed.
        finding: Text,
    },
    /// Another unit asks for reasons that it states (art. 9(2)). The approval of
    /// the requesting state's independent authority is attached (Belgian Act,
    /// arts 37 and 38, as of 16 May 2024; C-817/19).
    Request {
        /// The unit that asks.
        unit: Text,
        /// Its case.
        case: Text,
        /// The decision that is attached.
        approval: Option<Approval>,
        /// The decision that full data may be disclosed after six months (art. 12(3)).
        full_data: Option<Approval>,
    },
    /// Europol asks for reasons that it states (art. 10).
    Europol {
        /// The request, through the national unit.
        request: Text,
        /// The decision that is attached.
        approval: Option<Approval>,
    },
    /// A third country asks (art. 11): this library does not decide that.
    ThirdCountry,
}

/// Why nothing is handed out.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The grounds name no finding, unit, case or request.
    #[error("the grounds are not stated")]
    NoGrounds,
    /// No decision of an independent authority is attached.
    #[error("no approval of an independent authority is attached")]
    NoApproval,
    /// Six months have passed, and no decision under article 12(3) is attached.
    #[error(
        "element {0} is masked after six months, and no approval under article 12(3) is attached"
    )]
    Masked(u8),
    /// The record may not exist any more.
    #[error("the record was to be deleted")]
    Expired,
    /// Transfers to third countries are not decided here.
    #[error("a transfer to a third country is decided case by case, not here")]
    ThirdCountry,
    /// The policy of exchange does not admit the booking, by this article.
    #[error("the booking is not admitted: {0}")]
    NotAdmitted(Text),
    /// Nothing can be said of its age.
    #[error(transparent)]
    Retention(#[from] RetentionError),
}

impl Grounds {
    fn check(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        let stated = |text: &Text| !text.trim().is_empty();
        let (stated, approval) = match self {
            Self::Identified { finding } => {
                return stated(finding).then_some(()).ok_or(Refusal::NoGrounds);
            }
            Self::ThirdCountry => return Err(Refusal::ThirdCountry),
            Self::Request {
                unit,
                case,
                approval,
                ..
            } => (stated(unit) && stated(case), approval),
            Self::Europol { request, approval } => (stated(request), approval),
        };
        if !stated {
            return Err(Refusal::NoGrounds);
        }
        let complete = approval.as_ref().is_some_and(|one| one.is_complete(now));
        complete.then_some(()).ok_or(Refusal::NoApproval)
    }

    fn opens_masked(&self, now: DateTime<Utc>) -> bool {
        match self {
            Self::Request { full_data, .. } => {
                full_data.as_ref().is_some_and(|one| one.is_complete(now))
            }
            _ => false,
        }
    }
}

/// The view of a booking that may be handed out: the chosen elements and nothing
/// else, with the reduced provenance that the policy `exchange` leaves.
///
/// The time of receipt travels with it: the receiver's periods run from the
/// sender's receipt. After six months the masked elements are refused without an
/// approval under article 12(3); with one, unseal the record first.
///
/// # Errors
/// The [`Refusal`], whose text holds no datum of the booking.
///
/// ```
/// use chrono::{TimeZone, Utc};
/// use paxnorm::{Booking, Name};
/// use paxnorm::model::Passenger;
/// use paxnorm::privacy::{Elements, Grounds, Held, Reading, Refusal, Retention, view};
///
/// let mut booking = Booking::default();
/// booking.passengers.push(Passenger::default());
/// booking.passengers[0].name = Name::new("ERIKSSON", "ANNA");
///
/// let rules = Retention::new(Reading::AfterRuling, Utc);
/// let received = Utc.with_ymd_and_hms(2026, 5, 20, 4, 39, 0).unwrap();
/// let held = Held::since(received);
/// let names = Elements::new(&[4]).unwrap();
/// let found = Grounds::Identified { finding: "match 7".into() };
///
/// let (seen, _) = view(&booking, &held, &found, names, &rules, received)?;
/// assert_eq!(seen.passengers[0].name.surname.as_deref(), Some("ERIKSSON"));
/// let asked = Grounds::Request {
///     unit: "UTO".into(), case: "9".into(), approval: None, full_data: None,
/// };
/// assert_eq!(view(&booking, &held, &asked, names, &rules, received), Err(Refusal::NoApproval));
/// # Ok::<(), Refusal>(())
/// ```
pub fn view<Z: TimeZone>(
    booking: &Booking,
    held: &Held,
    grounds: &Grounds,
    elements: Elements,
    rules: &Retention<Z>,
    now: DateTime<Utc>,
) -> Result<(Booking, Report), Refusal> {
    grounds.check(now)?;
    let masked = match rules.disposition(held, now)? {
        Disposition::DeleteDue(_) => return Err(Refusal::Expired),
        Disposition::MaskDue(_) => true,
        Disposition::Keep => held.masked,
    };
    if let Some(element) = elements.first_masked()
        && masked
        && !grounds.opens_masked(now)
    {
        return Err(Refusal::Masked(element));
    }
    let policy = Policy::named("exchange").unwrap_or_else(|| Policy::eu_pnr());
    policy
        .admits(booking)
        .map_err(|article| Refusal::NotAdmitted(article.clone()))?;
    Ok(chosen(booking, policy, elements, held))
}

fn chosen(
    booking: &Booking,
    policy: &Policy,
    elements: Elements,
    held: &Held,
) -> (Booking, Report) {
    let mut seen = booking.clone();
    let report = policy.apply(&mut seen);
    seen.walk_mut(&mut Others(elements));
    let names_nobody = ![4, 17, 18]
        .iter()
        .any(|element| elements.contains(*element));
    if names_nobody {
        collapse::passengers(&mut seen);
    }
    seen.prune(ScopeSet::ALL);
    if names_nobody {
        collapse::merge(&mut seen);
    }
    seen.withheld.clear();
    seen.range = None;
    Arc::make_mut(&mut seen.provenance).received = stamp(held.received);
    (seen, report)
}

fn stamp(at: DateTime<Utc>) -> Option<crate::model::Timestamp> {
    use chrono::{Datelike, Timelike};
    let part = |number: u32| u8::try_from(number).ok();
    let year = u16::try_from(at.year()).ok()?;
    let date = crate::model::Timestamp::new(year, part(at.month())?, part(at.day())?)?;
    let time = date.at(part(at.hour())?, part(at.minute())?, part(at.second()));
    time.map(|time| time.zoned(crate::model::Zone::Utc))
}

/// Takes out what belongs to elements that were not chosen.
struct Others(Elements);

impl VisitMut for Others {
    fn leaf<L: Leaf>(&mut self, field: Field, leaf: &mut L) {
        let is_chosen = field
            .element()
            .is_some_and(|element| self.0.contains(element));
        if !is_chosen {
            leaf.remove();
        }
    }

    fn enter(&mut self, scope: crate::Scope) -> Entry {
        match scope {
            crate::Scope::Provenance => Entry::Pass,
            _ => Entry::Walk,
        }
    }
}
