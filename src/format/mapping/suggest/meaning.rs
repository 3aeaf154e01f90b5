//! What a column can be, and which concepts in a header say so.

use std::sync::LazyLock;

use super::lexicon::{Concepts, Lexicon};
use crate::Field;

macro_rules! meanings {
    ($($meaning:ident = $name:literal, $field:expr, $about:literal;)+) => {
        /// What a column is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(super) enum Meaning { $($meaning,)+ }

        impl Meaning {
            const ALL: &'static [(Self, &'static str)] = &[$((Self::$meaning, $name),)+];

            /// The field that it reaches; none for what is left out on purpose.
            pub(super) fn field(self) -> Option<Field> {
                match self { $(Self::$meaning => $field,)+ }
            }

            /// What it is, in words.
            pub(super) fn about(self) -> &'static str {
                match self { $(Self::$meaning => $about,)+ }
            }
        }
    };
}

meanings! {
    Locator = "locator", Some(Field::LocatorValue), "locator of the booking";
    Group = "group", None, "name of a group, which may reveal a belief";
    Surname = "surname", Some(Field::PassengerNameSurname), "family name";
    Given = "given", Some(Field::PassengerNameGiven), "given names";
    Full = "full", Some(Field::PassengerNameFull), "whole name";
    Middle = "middle", Some(Field::PassengerNameGiven), "further given names";
    Prefix = "prefix", Some(Field::PassengerNameSurname), "prefix of the family name";
    Title = "title", Some(Field::PassengerNameTitle), "civil title";
    Sex = "sex", Some(Field::PassengerSex), "sex";
    BirthDate = "birth-date", Some(Field::PassengerBirthDate), "date of birth";
    BirthYear = "birth-year", Some(Field::PassengerBirthDate), "year of birth";
    BirthPlace = "birth-place", Some(Field::PassengerBirthPlace), "place of birth";
    BirthCountry = "birth-country", Some(Field::PassengerBirthCountryCode), "state of birth";
    Nationality = "nationality", Some(Field::NationalityCode), "nationality";
    Residence = "residence", Some(Field::PassengerResidenceCode), "state of residence";
    Age = "age", Some(Field::PassengerAge), "age";
    Kind = "kind", Some(Field::PassengerKind), "kind of traveller";
    Reference = "reference", Some(Field::PassengerReference), "number of the person in the list";
    Function = "function", Some(Field::PassengerFunction), "rank of crew";
    Transit = "transit", Some(Field::PassengerRole), "whether in transit";
    DocumentNumber = "document-number", Some(Field::DocumentNumber), "number of the document";
    DocumentKind = "document-kind", Some(Field::DocumentKind), "kind of document";
    DocumentExpires = "document-expires", Some(Field::DocumentExpires), "end of validity";
    DocumentIssued = "document-issued", Some(Field::DocumentIssued), "day of issue";
    DocumentIssuer = "document-issuer", Some(Field::DocumentIssuerCode), "issuing state";
    IssuePlace = "issue-place", Some(Field::DocumentIssuerText), "place of issue";
    VisaNumber = "visa-number", Some(Field::VisaNumber), "number of visa or permit";
    VisaExpires = "visa-expires", Some(Field::VisaExpires), "end of validity of the visa";
    Phone = "phone", Some(Field::PassengerContactValue), "telephone number";
    Email = "email", Some(Field::PassengerContactValue), "e-mail address";
    Street = "street", Some(Field::PassengerContactAddressStreet), "street";
    House = "house", Some(Field::PassengerContactAddressStreet), "number of the house";
    Postcode = "postcode", Some(Field::PassengerContactAddressPostcode), "postal code";
    City = "city", Some(Field::PassengerContactAddressCity), "city";
    AddressCountry = "address-country", Some(Field::PassengerContactAddressCountry), "country of the address";
    From = "from", Some(Field::LegFromName), "where the leg starts";
    To = "to", Some(Field::LegToName), "where the leg ends";
    Departure = "departure", Some(Field::LegDeparture), "departure";
    DepartureDate = "departure-date", Some(Field::LegDeparture), "day of departure";
    DepartureTime = "departure-time", Some(Field::LegDeparture), "time of departure";
    Arrival = "arrival", Some(Field::LegArrival), "arrival";
    ArrivalDate = "arrival-date", Some(Field::LegArrival), "day of arrival";
    ArrivalTime = "arrival-time", Some(Field::LegArrival), "time of arrival";
    Seat = "seat", Some(Field::SeatNumber), "seat";
    Coach = "coach", Some(Field::SeatCoach), "coach or carriage";
    Ticket = "ticket", Some(Field::TicketNumber), "number of the ticket";
    Service = "service", Some(Field::LegMarketingNumber), "number of the train, line or voyage";
    Carrier = "carrier", Some(Field::LegMarketingCarrier), "carrier";
    Ship = "ship", Some(Field::LegEquipment), "name of the ship";
    Bags = "bags", Some(Field::BagPieces), "pieces of baggage";
    Loyalty = "loyalty", Some(Field::LoyaltyNumber), "number of a loyalty programme";
    Initials = "initials", None, "initials";
    BirthPart = "birth-part", None, "part of the date of birth";
    SeatPart = "seat-part", None, "part of the seat";
    Price = "price", None, "price";
    Method = "method", None, "method of payment";
    Currency = "currency", None, "currency";
    Address = "address", None, "address";
    Vehicle = "vehicle", None, "vehicle";
    Driving = "driving", None, "driving licence";
    NationalId = "national-id", None, "national number";
    Emergency = "emergency", None, "contact in an emergency";
    Remark = "remark", None, "free text";
    Sensitive = "sensitive", None, "what may reveal health, belief or status";
}

/// What is left out on purpose, however plain the header: it reveals what may not
/// be kept, or belongs to no field.
pub(super) const NEVER: [Meaning; 6] = [
    Meaning::Group,
    Meaning::Sensitive,
    Meaning::Remark,
    Meaning::NationalId,
    Meaning::Driving,
    Meaning::Emergency,
];

struct Rule {
    meaning: Meaning,
    must: Vec<&'static str>,
    may: Vec<&'static str>,
    score: i32,
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let lines = include_str!("rules.tsv").lines();
    lines
        .filter(|line| !line.starts_with('#'))
        .filter_map(rule)
        .collect()
});

fn rule(line: &'static str) -> Option<Rule> {
    let mut columns = line.split('\t');
    let name = columns.next()?;
    let (meaning, _) = Meaning::ALL.iter().find(|(_, known)| *known == name)?;
    let mut names = || {
        Some(
            columns
                .next()?
                .split(' ')
                .filter(|name| !name.is_empty())
                .collect(),
        )
    };
    let (must, may) = (names()?, names()?);
    let score = columns.next()?.parse().ok()?;
    Some(Rule {
        meaning: *meaning,
        must,
        may,
        score,
    })
}

/// A concept that no rule knows what to do with costs so much of a hundred.
const LEFT_OVER: i32 = 25;

/// The rules in the concepts of a lexicon.
pub(super) struct Rules(Vec<(Meaning, Concepts, Concepts, i32)>);

impl Rules {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let bits = |names: &[&str]| {
            let mut bits = names
                .iter()
                .map(|name| lexicon.concept(name).map(|concept| concept.bit()));
            bits.try_fold(0, |all, bit| Some(all | bit?))
        };
        let noise = |name| lexicon.concept(name).map_or(0, |concept| concept.bit());
        let noise = noise("of") | noise("person") | noise("crew");
        let known = |rule: &Rule| {
            let may = rule.may.iter().filter_map(|name| lexicon.concept(name));
            let may = may.fold(noise, |all, concept| all | concept.bit());
            Some((rule.meaning, bits(&rule.must)?, may, rule.score))
        };
        Self(RULES.iter().filter_map(known).collect())
    }

    /// The likeliest meaning of a set of concepts, and how sure it is (percent).
    pub(super) fn best(&self, concepts: Concepts) -> Option<(Meaning, i32)> {
        let scored = self.0.iter().filter(|rule| rule.1 & concepts == rule.1);
        let scored = scored.map(|(meaning, must, may, score)| {
            let left = (concepts & !must & !may).count_ones();
            let left = i32::try_from(left).unwrap_or(i32::MAX);
            (
                score.saturating_sub(left.saturating_mul(LEFT_OVER)),
                must.count_ones(),
                *meaning,
            )
        });
        let best = scored.max_by_key(|(score, must, _)| (*score, *must));
        best.map(|(score, _, meaning)| (meaning, score))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_read_and_its_concepts_are_known() {
        let lines = include_str!("rules.tsv").lines();
        let lines = lines.filter(|line| !line.starts_with('#')).count();
        assert_eq!(RULES.len(), lines);
        for rule in RULES.iter() {
            for name in rule.must.iter().chain(&rule.may) {
                assert!(Lexicon::shipped().concept(name).is_some(), "{name}");
            }
        }
    }
}
