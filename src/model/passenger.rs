use super::leaf::record;
use super::{
    Capture, Contact, Country, DocumentKind, Id, Name, PartialDate, PassengerKind, Role, Sex, Text,
    VisaKind,
};

record! {
    /// A state as a source wrote it, beside its normal form.
    pub struct State {
        /// Normal form; absent where the received text is no known state.
        pub code: Option<Country>,
        /// What was received, where it differs from the normal form.
        pub received: Option<Text>,
    }

    /// Somebody who travels, or was to travel, under a booking.
    pub struct Passenger {
        /// Number within the booking; seats, tickets, bags and others point to it.
        pub id: Id,
        /// For an infant: the adult who holds it.
        pub adult: Id,
        /// The reference by which the source ties its own items to this person
        /// (9944 of PNRGOV, RFF of PAXLST).
        pub reference: Option<Text>,
        /// The carrier system's lasting key of this person.
        pub customer_id: Option<Text>,
        /// Name as in the reservation.
        pub name: Name,
        /// What kind of traveller.
        pub kind: Option<PassengerKind>,
        /// The code received for what kind, where it is not known.
        pub kind_received: Option<Text>,
        /// Whether an infant without a seat travels with this person.
        pub with_infant: Option<bool>,
        /// Traveller, crew or in transit.
        pub role: Option<Role>,
        /// Function or rank of crew, as received.
        pub function: Option<Text>,
        /// Sex.
        pub sex: Option<Sex>,
        /// Date of birth.
        pub birth_date: Option<PartialDate>,
        /// Age in years at the journey, where the source states one.
        pub age: Option<u32>,
        /// The date at which the age holds, where the source states another than that of the journey.
        pub age_at: Option<PartialDate>,
        /// Nationalities.
        pub nationalities: Vec<State>,
        /// State of residence.
        pub residence: State,
        /// Place of birth.
        pub birth_place: Option<Text>,
        /// State of birth.
        pub birth_country: State,
        /// Where the journey of this person begins, as far as the carrier knows.
        pub embarkation: Option<Text>,
        /// Where the journey of this person ends, as far as the carrier knows.
        pub debarkation: Option<Text>,
        /// Where this person is cleared at the border.
        pub clearance: Option<Text>,
        /// Whether the identity data were compared with the document.
        pub verified: Option<bool>,
        /// Travel documents.
        pub documents: Vec<Document>,
        /// Visas and similar permissions.
        pub visas: Vec<Visa>,
        /// Memberships of loyalty programmes.
        pub loyalty: Vec<Loyalty>,
        /// Contacts of this person.
        pub contacts: Vec<Contact>,
        /// Addresses given for advance passenger information: residence, destination.
        pub addresses: Vec<Contact>,
        /// Whom to reach in an emergency.
        pub emergency_contacts: Vec<Contact>,
    }

    /// A travel document.
    pub struct Document {
        /// What it is.
        pub kind: Option<DocumentKind>,
        /// The code received for what it is.
        pub kind_received: Option<Text>,
        /// Number.
        pub number: Option<Text>,
        /// Issuing state or organisation.
        pub issuer: State,
        /// Last day of validity.
        pub expires: Option<PartialDate>,
        /// Day of issue.
        pub issued: Option<PartialDate>,
        /// Place or authority of issue, as received.
        pub issuer_text: Option<Text>,
        /// Name as in the document.
        pub name: Name,
        /// Sex in the document, where it differs from the passenger's.
        pub sex: Option<Sex>,
        /// Date of birth in the document, where it differs from the passenger's.
        pub birth_date: Option<PartialDate>,
        /// Nationality in the document, where it differs from the passenger's.
        pub nationality: State,
        /// Whether the person is the holder of a document for several.
        pub holder: Option<bool>,
        /// How the data were captured.
        pub capture: Option<Capture>,
        /// Carrier, status and number of the request that brought it, as received (`XX HK1`).
        pub status: Option<Text>,
    }

    /// A visa, redress number or known traveller number.
    pub struct Visa {
        /// What it is.
        pub kind: Option<VisaKind>,
        /// The code received for what it is.
        pub kind_received: Option<Text>,
        /// Number.
        pub number: Option<Text>,
        /// Place of issue.
        pub place: Option<Text>,
        /// Day of issue.
        pub issued: Option<PartialDate>,
        /// Last day of validity.
        pub expires: Option<PartialDate>,
        /// State for which it holds.
        pub country: State,
        /// Carrier, status and number of the request that brought it, as received (`XX HK1`).
        pub status: Option<Text>,
    }

    /// Membership of a loyalty programme.
    pub struct Loyalty {
        /// Carrier or company of the programme.
        pub carrier: Option<Text>,
        /// Number.
        pub number: Option<Text>,
        /// Level, as received.
        pub level: Option<Text>,
        /// Level in words, as received.
        pub level_text: Option<Text>,
        /// Code of the alliance, as received.
        pub alliance: Option<Text>,
        /// Carrier, status and number of the request that brought it, as received (`XX HK1`).
        pub status: Option<Text>,
    }
}
