use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::reading::{How, Reading};

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal,)*) => {
        /// What sort of travel document it is.
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
        )]
        #[serde(rename_all = "kebab-case")]
        #[non_exhaustive]
        pub enum Kind { $($(#[$doc])* $kind,)* }

        impl Kind {
            /// Every kind, in the order of this page.
            pub const ALL: &'static [Kind] = &[$(Kind::$kind,)*];

            /// The name of the kind, in lower case with hyphens.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Kind::$kind => $name,)* }
            }
        }
    };
}

kinds! {
    /// Ordinary passport.
    Passport = "passport",
    /// Diplomatic passport.
    DiplomaticPassport = "diplomatic-passport",
    /// Official or service passport.
    OfficialPassport = "official-passport",
    /// Emergency passport.
    EmergencyPassport = "emergency-passport",
    /// Travel document of the 1951 Convention, in passport form.
    RefugeePassport = "refugee-passport",
    /// Passport of an alien or non-citizen.
    AlienPassport = "alien-passport",
    /// Travel document of the 1954 Convention.
    StatelessPassport = "stateless-passport",
    /// Laissez-passer of an international organisation.
    LaissezPasser = "laissez-passer",
    /// Military passport.
    MilitaryPassport = "military-passport",
    /// Emergency travel document of a single sheet (Doc 9303 Part 8).
    SingleSheet = "single-sheet",
    /// Passport of a group.
    GroupPassport = "group-passport",
    /// Passport card of the United States.
    PassportCard = "passport-card",
    /// Identity card.
    IdentityCard = "identity-card",
    /// Refugee or re-entry travel document, by the practice of PAXLST.
    RefugeeTravelDocument = "refugee-travel-document",
    /// Visa.
    Visa = "visa",
    /// Crew member certificate.
    CrewCertificate = "crew-certificate",
    /// Pilot's licence.
    PilotLicence = "pilot-licence",
    /// Military identification.
    MilitaryIdentification = "military-identification",
    /// Another document that the receiver approves.
    OtherApproved = "other-approved",
}

impl Kind {
    /// Reads the code of a machine-readable zone, of PAXLST or DOCS, or a plain name.
    ///
    /// Issuers choose the second letter of many codes; then only the first one
    /// speaks, and the reading says so.
    ///
    /// ```
    /// use paxnorm::document::{How, Kind};
    ///
    /// let diplomatic = Kind::read("PD");
    /// assert_eq!((diplomatic.normal, diplomatic.how), (Some(Kind::DiplomaticPassport), How::Exact));
    /// let issuer_defined = Kind::read("PB");
    /// assert_eq!((issuer_defined.normal, issuer_defined.how), (Some(Kind::Passport), How::FirstLetter));
    /// ```
    #[must_use]
    pub fn read(text: &str) -> Reading<Kind> {
        let bare = text.trim().trim_matches('<').to_uppercase();
        if bare.is_empty() {
            return Reading::new(text, None, How::Empty);
        }
        let (normal, how) = match find(&bare) {
            Some(kind) if bare.len() <= 2 => (Some(kind), How::Exact),
            Some(kind) => (Some(kind), How::Name),
            None => first_letter(&bare),
        };
        Reading::new(text, normal, how)
    }
}

fn first_letter(code: &str) -> (Option<Kind>, How) {
    let mut letters = code.chars();
    let (Some(first), Some(_), None) = (letters.next(), letters.next(), letters.next()) else {
        return (None, How::Unknown);
    };
    match find(&format!("{first}?")) {
        Some(kind) => (Some(kind), How::FirstLetter),
        None => (None, How::Unknown),
    }
}

/// Codes and kinds, in the order of the table.
static TABLE: LazyLock<Vec<(&str, Kind)>> = LazyLock::new(|| {
    let table = include_str!("tables/kinds.tsv");
    let rows = table.lines().filter(|row| !row.starts_with('#'));
    let kind = |name| Kind::ALL.iter().find(|kind| kind.as_str() == name).copied();
    rows.filter_map(|row| row.split_once('\t'))
        .filter_map(|(code, name)| Some((code, kind(name)?)))
        .collect()
});

fn find(code: &str) -> Option<Kind> {
    let found = TABLE.iter().find(|(known, _)| *known == code);
    found.map(|&(_, kind)| kind)
}
