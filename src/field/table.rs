//! The table of the vocabulary: every leaf of the schema, once.
//!
//! Data, and therefore long. A row is: what the field is, its variant and member,
//! the element of Annex I of Directive (EU) 2016/681 to which it belongs (0 for
//! none), and where PNRGOV and PAXLST carry it.

use super::vocabulary;
use crate::model;

vocabulary! {
    Booking: Booking at "" {
        /// Whether it stands.
        BookingStatus: status, 10, "ORG GR.1, empty", "BGM 2";
        /// When it was made.
        BookingCreated: created, 2, "RCI 1.4–5", "";
        /// When it was last changed.
        BookingChanged: changed, 2, "DAT 700", "";
        /// When its tickets were issued, where the source says it of the booking.
        BookingTicketed: ticketed, 2, "DAT 710 GR.1", "";
        /// Whether the legs are the whole itinerary.
        BookingItineraryComplete: itinerary_complete, 7, "", "";
        /// Number of travellers that the source declares.
        BookingTravellers: travellers, 17, "", "";
        /// Who sold it: company or system that delivers the data.
        AgencySystem: agency.system, 9, "ORG GR.1 1.1", "";
        /// Who sold it: location of that system.
        AgencySystemPlace: agency.system_place, 9, "ORG GR.1 1.2", "";
        /// Who sold it: numeric IATA code of the agency.
        AgencyIata: agency.iata, 9, "ORG GR.1 2.1", "";
        /// Who sold it: office within the system.
        AgencyOffice: agency.office, 9, "ORG GR.1 2.2", "";
        /// Who sold it: city of the office.
        AgencyCity: agency.city, 9, "ORG GR.1 3", "";
        /// Who sold it: company of the agent.
        AgencyCarrier: agency.carrier, 9, "ORG GR.1 4.1", "";
        /// Who sold it: location of that company.
        AgencyCarrierPlace: agency.carrier_place, 9, "ORG GR.1 4.2", "";
        /// Who sold it: kind of originator: `A` airline, `T` travel agency.
        AgencyKind: agency.kind, 9, "ORG GR.1 5", "";
        /// Who sold it: country.
        AgencyCountry: agency.country, 9, "ORG GR.1 6.1", "";
        /// Who sold it: currency of the point of sale.
        AgencyCurrency: agency.currency, 9, "ORG GR.1 6.2", "";
        /// Who sold it: language.
        AgencyLanguage: agency.language, 9, "ORG GR.1 6.3", "";
        /// Who sold it: agent's sign or duty code.
        AgencyAgent: agency.agent, 9, "ORG GR.1 7", "";
        /// Who sold it: communication address of the agent.
        AgencyLine: agency.line, 9, "ORG GR.1 8", "";
        /// Who sold it: identifier of the agent as a party.
        AgencyParty: agency.party, 9, "ORG GR.1 9", "";
        /// Who sold it: name in words.
        AgencyName: agency.name, 9, "", "";
        each locators: Locator;
        each groups: Group;
        each passengers: Passenger;
        each legs: Leg;
        each seats: Seat;
        each check_ins: CheckIn;
        each bags: Bag;
        each excess: Excess;
        each tickets: Ticket;
        each fares: Fare;
        each payments: Payment;
        each other_payments: OtherPayment;
        each contacts: Contact;
        each booker_contacts: BookerContact;
        each minors: Minor;
        each splits: Split;
        each services: Service;
        each requests: Request;
        each other_services: OtherService;
        each remarks: Remark;
        each history: Entry;
        each provenance: Provenance;
    }
    Locator: Locator at "locators[]." {
        /// The locator.
        LocatorValue: value, 1, "RCI 1.2", "SG4 RFF AVF";
        /// Company whose system gave it out.
        LocatorSystem: system, 1, "RCI 1.1", "";
        /// What gave it out.
        LocatorKind: kind, 1, "RCI 1.3", "";
        /// The control code received.
        LocatorControl: control, 1, "RCI 1.3", "";
        /// When the booking was made in that system.
        LocatorCreated: created, 2, "RCI 1.4–5", "";
    }
    Group: Group at "groups[]." {
        /// Name.
        GroupName: name, 17, "TIF 1.1 with G", "";
        /// Size.
        GroupSize: size, 17, "TIF 1.3", "";
        /// The code received for what it is.
        GroupCode: code, 17, "TIF 1.2", "";
    }
    Passenger: Passenger at "passengers[]." {
        /// The reference by which the source ties its own items to this person (9944 of PNRGOV, RFF of PAXLST).
        PassengerReference: reference, 17, "TIF 2.3", "SG4 RFF ABO";
        /// The carrier system's lasting key of this person.
        PassengerCustomerId: customer_id, 17, "REF 1.2", "RFF CR";
        /// Name as in the reservation: family name, or the primary identifier of a travel document.
        PassengerNameSurname: name.surname, 4, "TIF 1.1", "NAD 4.1";
        /// Name as in the reservation: given names in the order of the source, separated by blanks, without title.
        PassengerNameGiven: name.given, 4, "TIF 2.1", "NAD 4.2–3";
        /// Name as in the reservation: civil title.
        PassengerNameTitle: name.title, 4, "TIF 2.1", "NAD 4.2–3";
        /// Name as in the reservation: a title that is no civil one, as received: it may reveal a belief.
        PassengerNameHonorific: name.honorific, 0, "TIF 2.1", "";
        /// Name as in the reservation: the whole name, where the source does not say which part is which.
        PassengerNameFull: name.full, 4, "", "NAD 3";
        /// Name as in the reservation: the given names exactly as received, where a title was cut from them.
        PassengerNameReceived: name.received, 4, "TIF 2.1", "NAD 4.2–3";
        /// What kind of traveller.
        PassengerKind: kind, 17, "TIF 2.2", "";
        /// The code received for what kind, where it is not known.
        PassengerKindReceived: kind_received, 0, "TIF 2.2", "";
        /// Whether an infant without a seat travels with this person.
        PassengerWithInfant: with_infant, 17, "TIF 2.4", "";
        /// Traveller, crew or in transit.
        PassengerRole: role, 18, "", "NAD 1";
        /// Function or rank of crew, as received.
        PassengerFunction: function, 0, "", "EMP 2";
        /// Sex.
        PassengerSex: sex, 18, "SSR DOCS", "ATT 3";
        /// Date of birth.
        PassengerBirthDate: birth_date, 18, "SSR DOCS, CHLD, INFT", "DTM 329";
        /// Age in years at the journey, where the source states one.
        PassengerAge: age, 18, "FAR 2", "";
        /// The date at which the age holds, where the source states another than that of the journey.
        PassengerAgeAt: age_at, 18, "", "";
        /// State of residence: normal form; absent where the received text is no known state.
        PassengerResidenceCode: residence.code, 0, "SSR DOCA", "LOC 174";
        /// State of residence: what was received, where it differs from the normal form.
        PassengerResidenceReceived: residence.received, 0, "SSR DOCA", "LOC 174";
        /// Place of birth.
        PassengerBirthPlace: birth_place, 0, "SSR DOCO", "LOC 180";
        /// State of birth: normal form; absent where the received text is no known state.
        PassengerBirthCountryCode: birth_country.code, 0, "SSR DOCO", "LOC 180";
        /// State of birth: what was received, where it differs from the normal form.
        PassengerBirthCountryReceived: birth_country.received, 0, "SSR DOCO", "LOC 180";
        /// Where the journey of this person begins, as far as the carrier knows.
        PassengerEmbarkation: embarkation, 18, "", "LOC 178";
        /// Where the journey of this person ends, as far as the carrier knows.
        PassengerDebarkation: debarkation, 7, "", "LOC 179";
        /// Where this person is cleared at the border.
        PassengerClearance: clearance, 18, "", "LOC 22";
        /// Whether the identity data were compared with the document.
        PassengerVerified: verified, 0, "", "GEI 2";
        each nationalities: Nationality;
        each documents: Document;
        each visas: Visa;
        each loyalty: Loyalty;
        each contacts: PassengerContact;
        each addresses: PassengerAddress;
        each emergency_contacts: EmergencyContact;
    }
    Nationality: State at "passengers[].nationalities[]." {
        /// Normal form; absent where the received text is no known state.
        NationalityCode: code, 18, "SSR DOCS", "NAT 2";
        /// What was received, where it differs from the normal form.
        NationalityReceived: received, 18, "SSR DOCS", "NAT 2";
    }
    Document: Document at "passengers[].documents[]." {
        /// What it is.
        DocumentKind: kind, 18, "SSR DOCS", "DOC 1.1";
        /// The code received for what it is.
        DocumentKindReceived: kind_received, 18, "SSR DOCS", "DOC 1.1";
        /// Number.
        DocumentNumber: number, 18, "SSR DOCS", "DOC 2.1";
        /// Issuing state or organisation: normal form; absent where the received text is no known state.
        DocumentIssuerCode: issuer.code, 18, "SSR DOCS", "LOC 91";
        /// Issuing state or organisation: what was received, where it differs from the normal form.
        DocumentIssuerReceived: issuer.received, 18, "SSR DOCS", "LOC 91";
        /// Last day of validity.
        DocumentExpires: expires, 18, "SSR DOCS", "DTM 36";
        /// Day of issue.
        DocumentIssued: issued, 0, "", "DTM 182";
        /// Place or authority of issue, as received.
        DocumentIssuerText: issuer_text, 0, "", "LOC 91";
        /// Name as in the document: family name, or the primary identifier of a travel document.
        DocumentNameSurname: name.surname, 18, "SSR DOCS", "";
        /// Name as in the document: given names in the order of the source, separated by blanks, without title.
        DocumentNameGiven: name.given, 18, "SSR DOCS", "";
        /// Name as in the document: civil title.
        DocumentNameTitle: name.title, 18, "SSR DOCS", "";
        /// Name as in the document: a title that is no civil one, as received: it may reveal a belief.
        DocumentNameHonorific: name.honorific, 0, "SSR DOCS", "";
        /// Name as in the document: the whole name, where the source does not say which part is which.
        DocumentNameFull: name.full, 18, "", "";
        /// Name as in the document: the given names exactly as received, where a title was cut from them.
        DocumentNameReceived: name.received, 18, "SSR DOCS", "";
        /// Sex in the document, where it differs from the passenger's.
        DocumentSex: sex, 18, "SSR DOCS", "";
        /// Date of birth in the document, where it differs from the passenger's.
        DocumentBirthDate: birth_date, 18, "SSR DOCS", "";
        /// Nationality in the document, where it differs from the passenger's: normal form; absent where the received text is no known state.
        DocumentNationalityCode: nationality.code, 18, "SSR DOCS", "";
        /// Nationality in the document, where it differs from the passenger's: what was received, where it differs from the normal form.
        DocumentNationalityReceived: nationality.received, 18, "SSR DOCS", "";
        /// Whether the person is the holder of a document for several.
        DocumentHolder: holder, 18, "SSR DOCS", "";
        /// How the data were captured.
        DocumentCapture: capture, 18, "", "";
        /// Carrier, status and number of the request that brought it, as received (`XX HK1`).
        DocumentStatus: status, 18, "SSR DOCS 1.2", "";
    }
    Visa: Visa at "passengers[].visas[]." {
        /// What it is.
        VisaKind: kind, 0, "SSR DOCO", "DOC 1.1";
        /// The code received for what it is.
        VisaKindReceived: kind_received, 0, "SSR DOCO", "DOC 1.1, RFF";
        /// Number.
        VisaNumber: number, 0, "SSR DOCO", "DOC 2.1, RFF AEA";
        /// Place of issue.
        VisaPlace: place, 0, "SSR DOCO", "LOC 91";
        /// Day of issue.
        VisaIssued: issued, 0, "SSR DOCO", "DTM 182";
        /// Last day of validity.
        VisaExpires: expires, 0, "", "DTM 36";
        /// State for which it holds: normal form; absent where the received text is no known state.
        VisaCountryCode: country.code, 0, "SSR DOCO", "LOC 91";
        /// State for which it holds: what was received, where it differs from the normal form.
        VisaCountryReceived: country.received, 0, "SSR DOCO", "LOC 91";
        /// Carrier, status and number of the request that brought it, as received (`XX HK1`).
        VisaStatus: status, 0, "SSR DOCO 1.2", "";
    }
    Loyalty: Loyalty at "passengers[].loyalty[]." {
        /// Carrier or company of the programme.
        LoyaltyCarrier: carrier, 8, "FTI .1, SSR FQTV", "";
        /// Number.
        LoyaltyNumber: number, 8, "FTI .2, SSR FQTV", "";
        /// Level, as received.
        LoyaltyLevel: level, 8, "FTI .5", "";
        /// Level in words, as received.
        LoyaltyLevelText: level_text, 8, "FTI .7", "";
        /// Code of the alliance, as received.
        LoyaltyAlliance: alliance, 8, "FTI .8", "";
        /// Carrier, status and number of the request that brought it, as received (`XX HK1`).
        LoyaltyStatus: status, 8, "FTI .4", "";
    }
    PassengerContact: Contact at "passengers[].contacts[]." {
        /// What it is.
        PassengerContactKind: kind, 5, "ADD, IFT 4:28, SSR CTC*", "COM";
        /// Telephone number (digits, `+` where received) or e-mail address.
        PassengerContactValue: value, 5, "ADD, IFT 4:28, SSR CTC*", "COM";
        /// The text received, where the value was made from it.
        PassengerContactReceived: received, 0, "ADD, IFT 4:28, SSR CTC*", "COM";
        /// Name of the person to be reached.
        PassengerContactName: name, 5, "ADD, IFT 4:28, SSR CTC*", "";
        /// How that person is related to the passenger.
        PassengerContactRelation: relation, 5, "ADD, IFT 4:28, SSR CTC*", "";
        /// What the contact is for, as received.
        PassengerContactPurpose: purpose, 5, "ADD, IFT 4:28, SSR CTC*", "COM";
        /// Postal address: street and number.
        PassengerContactAddressStreet: address.street, 5, "ADD, IFT 4:28, SSR CTC*", "COM, NAD";
        /// Postal address: city.
        PassengerContactAddressCity: address.city, 5, "ADD, IFT 4:28, SSR CTC*", "COM, NAD";
        /// Postal address: state or province.
        PassengerContactAddressRegion: address.region, 5, "ADD, IFT 4:28, SSR CTC*", "COM, NAD";
        /// Postal address: postal code.
        PassengerContactAddressPostcode: address.postcode, 5, "ADD, IFT 4:28, SSR CTC*", "COM, NAD";
        /// Postal address: country, as received.
        PassengerContactAddressCountry: address.country, 5, "ADD, IFT 4:28, SSR CTC*", "COM, NAD";
        /// Where in the source it stood.
        PassengerContactOrigin: origin, 5, "ADD, IFT 4:28, SSR CTC*", "";
        /// Carrier, status and number of the request that brought it, as received (`XX HK1`).
        PassengerContactStatus: status, 5, "ADD, IFT 4:28, SSR CTC*", "";
    }
    PassengerAddress: Contact at "passengers[].addresses[]." {
        /// What it is.
        PassengerAddressKind: kind, 0, "SSR DOCA", "";
        /// Telephone number (digits, `+` where received) or e-mail address.
        PassengerAddressValue: value, 0, "SSR DOCA", "NAD 5–9";
        /// The text received, where the value was made from it.
        PassengerAddressReceived: received, 0, "SSR DOCA", "";
        /// Name of the person to be reached.
        PassengerAddressName: name, 0, "SSR DOCA", "";
        /// How that person is related to the passenger.
        PassengerAddressRelation: relation, 0, "SSR DOCA", "";
        /// What the contact is for, as received.
        PassengerAddressPurpose: purpose, 0, "SSR DOCA", "";
        /// Postal address: street and number.
        PassengerAddressAddressStreet: address.street, 0, "SSR DOCA", "NAD 5";
        /// Postal address: city.
        PassengerAddressAddressCity: address.city, 0, "SSR DOCA", "NAD 6";
        /// Postal address: state or province.
        PassengerAddressAddressRegion: address.region, 0, "SSR DOCA", "NAD 7";
        /// Postal address: postal code.
        PassengerAddressAddressPostcode: address.postcode, 0, "SSR DOCA", "NAD 8";
        /// Postal address: country, as received.
        PassengerAddressAddressCountry: address.country, 0, "SSR DOCA", "NAD 9";
        /// Where in the source it stood.
        PassengerAddressOrigin: origin, 0, "SSR DOCA", "";
        /// Carrier, status and number of the request that brought it, as received (`XX HK1`).
        PassengerAddressStatus: status, 0, "SSR DOCA", "";
    }
    EmergencyContact: Contact at "passengers[].emergency_contacts[]." {
        /// What it is.
        EmergencyKind: kind, 0, "ADD GR.2, SSR PCTC", "";
        /// Telephone number (digits, `+` where received) or e-mail address.
        EmergencyValue: value, 0, "ADD GR.2, SSR PCTC", "";
        /// The text received, where the value was made from it.
        EmergencyReceived: received, 0, "ADD GR.2, SSR PCTC", "";
        /// Name of the person to be reached.
        EmergencyName: name, 0, "ADD GR.2, SSR PCTC", "";
        /// How that person is related to the passenger.
        EmergencyRelation: relation, 0, "ADD GR.2, SSR PCTC", "";
        /// What the contact is for, as received.
        EmergencyPurpose: purpose, 0, "ADD GR.2, SSR PCTC", "";
        /// Postal address: street and number.
        EmergencyAddressStreet: address.street, 0, "ADD GR.2, SSR PCTC", "";
        /// Postal address: city.
        EmergencyAddressCity: address.city, 0, "ADD GR.2, SSR PCTC", "";
        /// Postal address: state or province.
        EmergencyAddressRegion: address.region, 0, "ADD GR.2, SSR PCTC", "";
        /// Postal address: postal code.
        EmergencyAddressPostcode: address.postcode, 0, "ADD GR.2, SSR PCTC", "";
        /// Postal address: country, as received.
        EmergencyAddressCountry: address.country, 0, "ADD GR.2, SSR PCTC", "";
        /// Where in the source it stood.
        EmergencyOrigin: origin, 0, "ADD GR.2, SSR PCTC", "";
        /// Carrier, status and number of the request that brought it, as received (`XX HK1`).
        EmergencyStatus: status, 0, "ADD GR.2, SSR PCTC", "";
    }
    Leg: Leg at "legs[]." {
        /// By what it is travelled.
        LegMode: mode, 7, "", "TDT 3";
        /// Ordinary, open or surface.
        LegKind: kind, 7, "TVL 5.1", "";
        /// Who sells it: carrier (IATA, RICS or the carrier's own code).
        LegMarketingCarrier: marketing.carrier, 15, "TVL 4.1", "TDT 2, 5";
        /// Who sells it: flight, train, line or voyage number without leading zeros.
        LegMarketingNumber: marketing.number, 15, "TVL 5.1", "TDT 2";
        /// Who sells it: operational suffix of the number.
        LegMarketingSuffix: marketing.suffix, 15, "TVL 5.3", "TDT 2";
        /// Who sells it: booking class.
        LegMarketingClass: marketing.class, 7, "TVL 5.2", "";
        /// Who carries it out, where that is another: carrier (IATA, RICS or the carrier's own code).
        LegOperatingCarrier: operating.carrier, 15, "TVL 4.2, TRA 1", "TDT 5";
        /// Who carries it out, where that is another: flight, train, line or voyage number without leading zeros.
        LegOperatingNumber: operating.number, 15, "TVL 5.1, TRA 2.1", "";
        /// Who carries it out, where that is another: operational suffix of the number.
        LegOperatingSuffix: operating.suffix, 15, "TVL 5.3, TRA 2.3", "";
        /// Who carries it out, where that is another: booking class.
        LegOperatingClass: operating.class, 7, "TVL 5.2, TRA 2.2", "";
        /// Where it starts: code list of the code.
        LegFromScheme: from.scheme, 7, "", "";
        /// Where it starts: code.
        LegFromCode: from.code, 7, "TVL 2.1", "LOC 125, 92";
        /// Where it starts: name, as received.
        LegFromName: from.name, 7, "TVL 2.2", "";
        /// Where it starts: iANA time zone, from a table or the source, never guessed.
        LegFromTimeZone: from.time_zone, 7, "", "";
        /// Where it ends: code list of the code.
        LegToScheme: to.scheme, 7, "", "";
        /// Where it ends: code.
        LegToCode: to.code, 7, "TVL 3.1", "LOC 87, 92, 130";
        /// Where it ends: name, as received.
        LegToName: to.name, 7, "TVL 3.2", "";
        /// Where it ends: iANA time zone, from a table or the source, never guessed.
        LegToTimeZone: to.time_zone, 7, "", "";
        /// Departure, in local time of the stop.
        LegDeparture: departure, 3, "TVL 1.1–2", "DTM 189";
        /// Arrival, in local time of the stop.
        LegArrival: arrival, 3, "TVL 1.3–4", "DTM 232";
        /// State in this booking.
        LegStatus: status, 10, "RPI 2", "";
        /// The status code received.
        LegStatusReceived: status_received, 10, "RPI 2", "";
        /// Travellers of this booking on the leg.
        LegTravellers: travellers, 17, "RPI 1", "";
        /// Type of aircraft, train or ship.
        LegEquipment: equipment, 7, "APD 1.1", "";
        /// Number of intermediate stops.
        LegStops: stops, 7, "APD 1.2", "";
        /// Duration, as received.
        LegDuration: duration, 7, "APD 1.3", "";
        /// Days by which the arrival differs, as received.
        LegDateVariation: date_variation, 3, "TVL 1.5", "";
        /// Whether this is the journey for which the message was sent.
        LegReported: reported, 7, "TVL level 0", "TDT 1";
        each calls: Call;
    }
    Call: Stop at "legs[].calls[]." {
        /// Code list of the code.
        CallScheme: scheme, 7, "", "";
        /// Code.
        CallCode: code, 7, "", "LOC 92";
        /// Name, as received.
        CallName: name, 7, "", "";
        /// IANA time zone, from a table or the source, never guessed.
        CallTimeZone: time_zone, 7, "", "";
    }
    Seat: Seat at "seats[]." {
        /// Booked or taken.
        SeatKind: kind, 14, "", "";
        /// Number without leading zeros, with coach and deck beside it.
        SeatNumber: number, 14, "SSR SEAT 2.., SSD 1", "RFF SEA";
        /// Coach or carriage.
        SeatCoach: coach, 14, "", "";
        /// Deck.
        SeatDeck: deck, 14, "", "";
        /// Cabin or class.
        SeatCabin: cabin, 14, "SSD 5", "";
        /// Characteristics, as received (`N` non-smoking, `W` window, …).
        SeatCharacteristics: characteristics, 14, "SSR SEAT 2.4..", "";
        /// Carrier to which the request went.
        SeatCarrier: carrier, 14, "SSR SEAT 1.4", "";
        /// Start of the part of the journey, as received.
        SeatFrom: from, 14, "SSR SEAT 1.7", "";
        /// End of the part of the journey, as received.
        SeatTo: to, 14, "SSR SEAT 1.8", "";
        /// Status of the request, as received.
        SeatStatus: status, 14, "SSR SEAT 1.2", "";
        /// Code of the request, as received.
        SeatRequest: request, 14, "SSR 1.1", "";
        /// Number of seats asked for.
        SeatQuantity: quantity, 14, "SSR SEAT 1.3", "";
        /// Text of the request.
        SeatText: text, 0, "SSR SEAT 1.9..", "";
    }
    CheckIn: CheckIn at "check_ins[]." {
        /// When.
        CheckInAt: at, 10, "DAT 2 GR.6", "";
        /// Boarding or sequence number.
        CheckInSequence: sequence, 10, "TRI 2.1", "";
        /// By whom: company or system that delivers the data.
        CheckInAgentSystem: agent.system, 9, "ORG GR.6 1.1", "";
        /// By whom: location of that system.
        CheckInAgentSystemPlace: agent.system_place, 9, "ORG GR.6 1.2", "";
        /// By whom: numeric IATA code of the agency.
        CheckInAgentIata: agent.iata, 9, "ORG GR.6 2.1", "";
        /// By whom: office within the system.
        CheckInAgentOffice: agent.office, 9, "ORG GR.6 2.2", "";
        /// By whom: city of the office.
        CheckInAgentCity: agent.city, 9, "ORG GR.6 3", "";
        /// By whom: company of the agent.
        CheckInAgentCarrier: agent.carrier, 9, "ORG GR.6 4.1", "";
        /// By whom: location of that company.
        CheckInAgentCarrierPlace: agent.carrier_place, 9, "ORG GR.6 4.2", "";
        /// By whom: kind of originator: `A` airline, `T` travel agency.
        CheckInAgentKind: agent.kind, 9, "ORG GR.6 5", "";
        /// By whom: country.
        CheckInAgentCountry: agent.country, 9, "ORG GR.6 6.1", "";
        /// By whom: currency of the point of sale.
        CheckInAgentCurrency: agent.currency, 9, "ORG GR.6 6.2", "";
        /// By whom: language.
        CheckInAgentLanguage: agent.language, 9, "ORG GR.6 6.3", "";
        /// By whom: agent's sign or duty code.
        CheckInAgentAgent: agent.agent, 9, "ORG GR.6 7", "";
        /// By whom: communication address of the agent.
        CheckInAgentLine: agent.line, 9, "ORG GR.6 8", "";
        /// By whom: identifier of the agent as a party.
        CheckInAgentParty: agent.party, 9, "ORG GR.6 9", "";
        /// By whom: name in words.
        CheckInAgentName: agent.name, 9, "", "";
        /// What was received where a time was expected.
        CheckInText: text, 0, "DAT 3 GR.6", "";
    }
    Bag: Bag at "bags[]." {
        /// Number of pieces.
        BagPieces: pieces, 16, "TBD 2.1", "MEA CT";
        /// Weight.
        BagWeight: weight, 16, "TBD 2.2", "MEA WT";
        /// Unit of the weight.
        BagUnit: unit, 16, "TBD 2.3", "MEA WT";
        /// The unit code received, where it is not known.
        BagUnitReceived: unit_received, 16, "TBD 2.3", "MEA WT";
        /// Part in a baggage pool.
        BagPool: pool, 16, "TBD 4.1", "";
        /// Ticket or boarding number that names the pool.
        BagPoolId: pool_id, 16, "TBD 4.2", "";
        /// Status, as received.
        BagStatus: status, 16, "TBD 1", "";
        each tags: BagTag;
    }
    BagTag: BagTag at "bags[].tags[]." {
        /// Carrier or company that issued the tag.
        BagTagCarrier: carrier, 16, "TBD 5.1", "FTX BAG 4.1";
        /// First number.
        BagTagNumber: number, 16, "TBD 5.2", "FTX BAG 4.1";
        /// How many consecutive numbers.
        BagTagCount: count, 16, "TBD 5.3", "FTX BAG 4.2";
        /// Destination.
        BagTagDestination: destination, 16, "TBD 5.4", "";
        /// Numeric code of the issuer.
        BagTagIssuer: issuer, 16, "TBD 5.5", "";
        /// Further details, as received.
        BagTagDetails: details, 16, "TBD 5.6..", "";
    }
    Excess: Excess at "excess[]." {
        /// Pieces or units.
        ExcessQuantity: quantity, 16, "EBD 2.1", "";
        /// What is counted: `N` pieces, `W` weight.
        ExcessMeasure: measure, 16, "EBD 2.3", "";
        /// Unit of a weight (`K`, `L`).
        ExcessUnit: unit, 16, "EBD 2.4", "";
        /// Rate.
        ExcessRate: rate, 16, "EBD 1.2", "";
        /// Currency of the rate.
        ExcessCurrency: currency, 16, "EBD 1.1", "";
        /// Further indicator, as received.
        ExcessIndicator: indicator, 16, "EBD 1.3, 2.2", "";
    }
    Ticket: Ticket at "tickets[]." {
        /// Number.
        TicketNumber: number, 13, "TKT 1.1, SSR TKNE", "RFF YZY";
        /// Coupon, as received.
        TicketCoupon: coupon, 13, "SSR TKNE", "RFF YZY";
        /// Kind, as received (`T` ticket, `1` ticketless, …).
        TicketKind: kind, 13, "TKT 1.2", "";
        /// Number of booklets.
        TicketBooklets: booklets, 13, "TKT 1.3", "";
        /// Indicator, as received.
        TicketIndicator: indicator, 13, "TKT 1.4", "";
        /// Number of the document it belongs to.
        TicketConnected: connected, 13, "TKT 1.5..", "";
        /// Status, as received.
        TicketStatus: status, 13, "TKT 2, SSR TKNE 1.2", "";
        /// When it was issued.
        TicketIssued: issued, 2, "DAT 710 GR.3", "";
        /// Time limit for ticketing.
        TicketDeadline: deadline, 13, "PTK 3", "";
        /// Pricing indicators, as received (`NR` not refundable, …).
        TicketIndicators: indicators, 13, "PTK 1", "";
        /// Carrier that validates.
        TicketValidatingCarrier: validating_carrier, 13, "PTK 4", "";
        /// Accounting code of that carrier.
        TicketAccountingCode: accounting_code, 13, "PTK 5", "";
        /// City of sale.
        TicketSaleCity: sale_city, 13, "PTK 6.1", "";
        /// Country of sale.
        TicketSaleCountry: sale_country, 13, "PTK 6.2", "";
        /// Text in which the ticket was named, where it says more than the number.
        TicketText: text, 0, "SSR TKNE 1.9", "";
        each prices: Price;
        each taxes: Tax;
    }
    Price: Price at "tickets[].prices[]." {
        /// What it is.
        PriceKind: kind, 13, "MON .1", "";
        /// The code received for what it is.
        PriceKindReceived: kind_received, 13, "MON .1", "";
        /// Amount.
        PriceAmount: amount, 13, "MON .2", "";
        /// The word received in place of an amount (`AWARD`, `BULK`, …).
        PriceWord: word, 13, "MON .2", "";
        /// Currency.
        PriceCurrency: currency, 13, "MON .3", "";
        /// Place, as received.
        PricePlace: place, 13, "MON .4", "";
    }
    Tax: Tax at "tickets[].taxes[]." {
        /// Amount.
        TaxAmount: amount, 13, "TXD 2.1", "";
        /// The text received in place of an amount.
        TaxWord: word, 13, "TXD 2.1", "";
        /// Country.
        TaxCountry: country, 13, "TXD 2.2", "";
        /// Currency.
        TaxCurrency: currency, 13, "TXD 2.3", "";
        /// Code.
        TaxCode: code, 13, "TXD 2.4", "";
        /// Category of the list, as received.
        TaxCategory: category, 13, "TXD 1", "";
    }
    Fare: Fare at "fares[]." {
        /// Code of the kind of traveller to whom the fare applies, as received: it may reveal an occupation, a belief or a disability.
        FareTravellerCode: traveller_code, 0, "FAR 1", "";
        /// Discount code.
        FareDiscount: discount, 13, "FAR 3.1", "";
        /// Discount in percent.
        FarePercent: percent, 13, "FAR 3.2", "";
        /// Country of the discount.
        FareCountry: country, 13, "FAR 3.3", "";
        /// Class of the fare.
        FareClass: class, 13, "FAR 3.4", "";
        /// Kind of the fare and related codes, as received.
        FareKind: kind, 13, "FAR 4–5", "";
        /// Fare bases.
        FareBasis: basis, 13, "FAR 6..", "";
        /// Fare calculation.
        FareCalculation: calculation, 13, "IFT 4:15 2..", "";
        /// Indicator of the fare calculation, as received.
        FareIndicator: indicator, 13, "IFT 4:15 1.3", "";
        /// Carrier of the calculation.
        FareCarrier: carrier, 13, "IFT 4:15 1.4", "";
    }
    Payment: Payment at "payments[]." {
        /// How it was paid.
        PaymentMethod: method, 6, "FOP 1.1", "";
        /// The code received for how it was paid.
        PaymentMethodReceived: method_received, 6, "FOP 1.1", "";
        /// Indicator, as received (original, old, new).
        PaymentIndicator: indicator, 6, "FOP 1.2", "";
        /// Card scheme.
        PaymentScheme: scheme, 6, "FOP 1.4", "";
        /// Card or account number, masked on reading.
        PaymentAccount: account, 6, "FOP 1.5", "";
        /// Expiry of the card.
        PaymentExpires: expires, 6, "FOP 1.6", "";
        /// The expiry received, where it is no date.
        PaymentExpiresReceived: expires_received, 6, "FOP 1.6", "";
        /// Amount.
        PaymentAmount: amount, 6, "FOP 1.3", "";
        /// The word received in place of an amount.
        PaymentWord: word, 6, "FOP 1.3", "";
        /// Currency.
        PaymentCurrency: currency, 6, "", "";
        /// Approval code.
        PaymentApproval: approval, 6, "FOP 1.7", "";
        /// Further details of authorisation, as received.
        PaymentAuthorisation: authorisation, 6, "FOP 1.8–12", "";
        /// Token or reference of the payment service.
        PaymentToken: token, 6, "", "";
        /// Further text.
        PaymentText: text, 6, "FOP 1.13–15", "";
        /// Name of the payer or sponsor.
        PaymentPayer: payer, 6, "IFT 4:43 2", "";
        /// Address of the payer, as received in one text.
        PaymentPayerAddress: payer_address, 6, "IFT 4:43 3", "";
        /// Telephone number of the payer.
        PaymentPayerPhone: payer_phone, 6, "IFT 4:43 4", "";
        /// Billing address: street and number.
        PaymentBillingStreet: billing.street, 6, "ADD GR.4", "";
        /// Billing address: city.
        PaymentBillingCity: billing.city, 6, "ADD GR.4", "";
        /// Billing address: state or province.
        PaymentBillingRegion: billing.region, 6, "ADD GR.4", "";
        /// Billing address: postal code.
        PaymentBillingPostcode: billing.postcode, 6, "ADD GR.4", "";
        /// Billing address: country, as received.
        PaymentBillingCountry: billing.country, 6, "ADD GR.4", "";
    }
    OtherPayment: Payment at "other_payments[]." {
        /// How it was paid.
        OtherPaymentMethod: method, 0, "", "";
        /// The code received for how it was paid.
        OtherPaymentMethodReceived: method_received, 0, "", "";
        /// Indicator, as received (original, old, new).
        OtherPaymentIndicator: indicator, 0, "", "";
        /// Card scheme.
        OtherPaymentScheme: scheme, 0, "", "";
        /// Card or account number, masked on reading.
        OtherPaymentAccount: account, 0, "", "";
        /// Expiry of the card.
        OtherPaymentExpires: expires, 0, "", "";
        /// The expiry received, where it is no date.
        OtherPaymentExpiresReceived: expires_received, 0, "", "";
        /// Amount.
        OtherPaymentAmount: amount, 0, "", "";
        /// The word received in place of an amount.
        OtherPaymentWord: word, 0, "", "";
        /// Currency.
        OtherPaymentCurrency: currency, 0, "", "";
        /// Approval code.
        OtherPaymentApproval: approval, 0, "", "";
        /// Further details of authorisation, as received.
        OtherPaymentAuthorisation: authorisation, 0, "", "";
        /// Token or reference of the payment service.
        OtherPaymentToken: token, 0, "", "";
        /// Further text.
        OtherPaymentText: text, 0, "", "";
        /// Name of the payer or sponsor.
        OtherPaymentPayer: payer, 0, "", "";
        /// Address of the payer, as received in one text.
        OtherPaymentPayerAddress: payer_address, 0, "", "";
        /// Telephone number of the payer.
        OtherPaymentPayerPhone: payer_phone, 0, "", "";
        /// Billing address: street and number.
        OtherPaymentBillingStreet: billing.street, 0, "", "";
        /// Billing address: city.
        OtherPaymentBillingCity: billing.city, 0, "", "";
        /// Billing address: state or province.
        OtherPaymentBillingRegion: billing.region, 0, "", "";
        /// Billing address: postal code.
        OtherPaymentBillingPostcode: billing.postcode, 0, "", "";
        /// Billing address: country, as received.
        OtherPaymentBillingCountry: billing.country, 0, "", "";
    }
    Contact: Contact at "contacts[]." {
        /// What it is.
        ContactKind: kind, 5, "ADD GR.1, IFT 4:28, SSR CTC*, LTS", "";
        /// Telephone number (digits, `+` where received) or e-mail address.
        ContactValue: value, 5, "ADD GR.1, IFT 4:28, SSR CTC*, LTS", "";
        /// The text received, where the value was made from it.
        ContactReceived: received, 0, "ADD GR.1, IFT 4:28, SSR CTC*, LTS", "";
        /// Name of the person to be reached.
        ContactName: name, 5, "ADD GR.1, IFT 4:28, SSR CTC*, LTS", "";
        /// How that person is related to the passenger.
        ContactRelation: relation, 5, "ADD GR.1, IFT 4:28, SSR CTC*, LTS", "";
        /// What the contact is for, as received.
        ContactPurpose: purpose, 5, "ADD GR.1, IFT 4:28, SSR CTC*, LTS", "";
        /// Postal address: street and number.
        ContactAddressStreet: address.street, 5, "ADD GR.1, IFT 4:28, SSR CTC*, LTS", "";
        /// Postal address: city.
        ContactAddressCity: address.city, 5, "ADD GR.1, IFT 4:28, SSR CTC*, LTS", "";
        /// Postal address: state or province.
        ContactAddressRegion: address.region, 5, "ADD GR.1, IFT 4:28, SSR CTC*, LTS", "";
        /// Postal address: postal code.
        ContactAddressPostcode: address.postcode, 5, "ADD GR.1, IFT 4:28, SSR CTC*, LTS", "";
        /// Postal address: country, as received.
        ContactAddressCountry: address.country, 5, "ADD GR.1, IFT 4:28, SSR CTC*, LTS", "";
        /// Where in the source it stood.
        ContactOrigin: origin, 5, "ADD GR.1, IFT 4:28, SSR CTC*, LTS", "";
        /// Carrier, status and number of the request that brought it, as received (`XX HK1`).
        ContactStatus: status, 5, "ADD GR.1, IFT 4:28, SSR CTC*, LTS", "";
    }
    BookerContact: Contact at "booker_contacts[]." {
        /// What it is.
        BookerKind: kind, 0, "", "";
        /// Telephone number (digits, `+` where received) or e-mail address.
        BookerValue: value, 0, "", "";
        /// The text received, where the value was made from it.
        BookerReceived: received, 0, "", "";
        /// Name of the person to be reached.
        BookerName: name, 0, "", "";
        /// How that person is related to the passenger.
        BookerRelation: relation, 0, "", "";
        /// What the contact is for, as received.
        BookerPurpose: purpose, 0, "", "";
        /// Postal address: street and number.
        BookerAddressStreet: address.street, 0, "", "";
        /// Postal address: city.
        BookerAddressCity: address.city, 0, "", "";
        /// Postal address: state or province.
        BookerAddressRegion: address.region, 0, "", "";
        /// Postal address: postal code.
        BookerAddressPostcode: address.postcode, 0, "", "";
        /// Postal address: country, as received.
        BookerAddressCountry: address.country, 0, "", "";
        /// Where in the source it stood.
        BookerOrigin: origin, 0, "", "";
        /// Carrier, status and number of the request that brought it, as received (`XX HK1`).
        BookerStatus: status, 0, "", "";
    }
    Minor: Minor at "minors[]." {
        /// Age.
        MinorAge: age, 12, "SSR UMNR", "";
        /// Languages.
        MinorLanguages: languages, 12, "SSR LANG", "";
        /// Agent at departure.
        MinorDepartureAgent: departure_agent, 12, "", "";
        /// Agent at arrival.
        MinorArrivalAgent: arrival_agent, 12, "", "";
        /// Carrier to which the request went.
        MinorCarrier: carrier, 12, "SSR UMNR 1.4", "";
        /// Status of the request, as received.
        MinorStatus: status, 12, "SSR UMNR 1.2", "";
        /// Text of the request.
        MinorText: text, 12, "SSR UMNR 1.9..", "";
        each departure: MinorDeparture;
        each arrival: MinorArrival;
        each guardians: MinorGuardian;
    }
    MinorDeparture: Contact at "minors[].departure[]." {
        /// What it is.
        MinorDepartureKind: kind, 12, "ADD GR.2", "";
        /// Telephone number (digits, `+` where received) or e-mail address.
        MinorDepartureValue: value, 12, "ADD GR.2", "";
        /// The text received, where the value was made from it.
        MinorDepartureReceived: received, 12, "ADD GR.2", "";
        /// Name of the person to be reached.
        MinorDepartureName: name, 12, "ADD GR.2", "";
        /// How that person is related to the passenger.
        MinorDepartureRelation: relation, 12, "ADD GR.2", "";
        /// What the contact is for, as received.
        MinorDeparturePurpose: purpose, 12, "ADD GR.2", "";
        /// Postal address: street and number.
        MinorDepartureAddressStreet: address.street, 12, "ADD GR.2", "";
        /// Postal address: city.
        MinorDepartureAddressCity: address.city, 12, "ADD GR.2", "";
        /// Postal address: state or province.
        MinorDepartureAddressRegion: address.region, 12, "ADD GR.2", "";
        /// Postal address: postal code.
        MinorDepartureAddressPostcode: address.postcode, 12, "ADD GR.2", "";
        /// Postal address: country, as received.
        MinorDepartureAddressCountry: address.country, 12, "ADD GR.2", "";
        /// Where in the source it stood.
        MinorDepartureOrigin: origin, 12, "ADD GR.2", "";
        /// Carrier, status and number of the request that brought it, as received (`XX HK1`).
        MinorDepartureStatus: status, 12, "ADD GR.2", "";
    }
    MinorArrival: Contact at "minors[].arrival[]." {
        /// What it is.
        MinorArrivalKind: kind, 12, "ADD GR.2", "";
        /// Telephone number (digits, `+` where received) or e-mail address.
        MinorArrivalValue: value, 12, "ADD GR.2", "";
        /// The text received, where the value was made from it.
        MinorArrivalReceived: received, 12, "ADD GR.2", "";
        /// Name of the person to be reached.
        MinorArrivalName: name, 12, "ADD GR.2", "";
        /// How that person is related to the passenger.
        MinorArrivalRelation: relation, 12, "ADD GR.2", "";
        /// What the contact is for, as received.
        MinorArrivalPurpose: purpose, 12, "ADD GR.2", "";
        /// Postal address: street and number.
        MinorArrivalAddressStreet: address.street, 12, "ADD GR.2", "";
        /// Postal address: city.
        MinorArrivalAddressCity: address.city, 12, "ADD GR.2", "";
        /// Postal address: state or province.
        MinorArrivalAddressRegion: address.region, 12, "ADD GR.2", "";
        /// Postal address: postal code.
        MinorArrivalAddressPostcode: address.postcode, 12, "ADD GR.2", "";
        /// Postal address: country, as received.
        MinorArrivalAddressCountry: address.country, 12, "ADD GR.2", "";
        /// Where in the source it stood.
        MinorArrivalOrigin: origin, 12, "ADD GR.2", "";
        /// Carrier, status and number of the request that brought it, as received (`XX HK1`).
        MinorArrivalStatus: status, 12, "ADD GR.2", "";
    }
    MinorGuardian: Contact at "minors[].guardians[]." {
        /// What it is.
        MinorGuardianKind: kind, 12, "ADD GR.2", "";
        /// Telephone number (digits, `+` where received) or e-mail address.
        MinorGuardianValue: value, 12, "ADD GR.2", "";
        /// The text received, where the value was made from it.
        MinorGuardianReceived: received, 12, "ADD GR.2", "";
        /// Name of the person to be reached.
        MinorGuardianName: name, 12, "ADD GR.2", "";
        /// How that person is related to the passenger.
        MinorGuardianRelation: relation, 12, "ADD GR.2", "";
        /// What the contact is for, as received.
        MinorGuardianPurpose: purpose, 12, "ADD GR.2", "";
        /// Postal address: street and number.
        MinorGuardianAddressStreet: address.street, 12, "ADD GR.2", "";
        /// Postal address: city.
        MinorGuardianAddressCity: address.city, 12, "ADD GR.2", "";
        /// Postal address: state or province.
        MinorGuardianAddressRegion: address.region, 12, "ADD GR.2", "";
        /// Postal address: postal code.
        MinorGuardianAddressPostcode: address.postcode, 12, "ADD GR.2", "";
        /// Postal address: country, as received.
        MinorGuardianAddressCountry: address.country, 12, "ADD GR.2", "";
        /// Where in the source it stood.
        MinorGuardianOrigin: origin, 12, "ADD GR.2", "";
        /// Carrier, status and number of the request that brought it, as received (`XX HK1`).
        MinorGuardianStatus: status, 12, "ADD GR.2", "";
    }
    Split: Split at "splits[]." {
        /// Travellers who moved.
        SplitTravellers: travellers, 11, "EQN GR.8", "";
        /// Locator of the other booking.
        SplitLocator: locator, 11, "RCI GR.8 .2", "";
        /// Company whose system gave it out.
        SplitSystem: system, 11, "RCI GR.8 .1", "";
        /// The control code received.
        SplitControl: control, 11, "RCI GR.8 .3", "";
        /// When the other booking was made.
        SplitCreated: created, 11, "RCI GR.8 .4–5", "";
    }
    Service: ServiceRequest at "services[]." {
        /// Code.
        ServiceCode: code, 16, "SSR 1.1", "";
        /// Status, as received.
        ServiceStatus: status, 16, "SSR 1.2", "";
        /// Quantity.
        ServiceQuantity: quantity, 16, "SSR 1.3", "";
        /// Carrier.
        ServiceCarrier: carrier, 16, "SSR 1.4", "";
        /// Processing indicators, as received.
        ServiceIndicators: indicators, 16, "SSR 1.5–6", "";
        /// Start, as received.
        ServiceFrom: from, 16, "SSR 1.7", "";
        /// End, as received.
        ServiceTo: to, 16, "SSR 1.8", "";
        /// Details received with the request.
        ServiceDetails: details, 0, "SSR 2..", "";
        /// Free text.
        ServiceText: text, 0, "SSR 1.9..", "";
    }
    Request: ServiceRequest at "requests[]." {
        /// Code.
        RequestCode: code, 0, "SSR 1.1", "";
        /// Status, as received.
        RequestStatus: status, 0, "SSR 1.2", "";
        /// Quantity.
        RequestQuantity: quantity, 0, "SSR 1.3", "";
        /// Carrier.
        RequestCarrier: carrier, 0, "SSR 1.4", "";
        /// Processing indicators, as received.
        RequestIndicators: indicators, 0, "SSR 1.5–6", "";
        /// Start, as received.
        RequestFrom: from, 0, "SSR 1.7", "";
        /// End, as received.
        RequestTo: to, 0, "SSR 1.8", "";
        /// Details received with the request.
        RequestDetails: details, 0, "SSR 2..", "";
        /// Free text.
        RequestText: text, 0, "SSR 1.9..", "";
    }
    OtherService: OtherService at "other_services[]." {
        /// Kind, as received (`8` hotel, …).
        OtherServiceKind: kind, 0, "MSG GR.9", "";
        /// Start.
        OtherServiceFrom: from, 0, "TVL GR.9 1.1–2", "";
        /// End.
        OtherServiceUntil: until, 0, "TVL GR.9 1.3–4", "";
        /// Place.
        OtherServicePlace: place, 0, "TVL GR.9 2.1", "";
        /// Second place.
        OtherServiceUntilPlace: until_place, 0, "TVL GR.9 3.1", "";
        /// Name in words.
        OtherServiceName: name, 0, "TVL GR.9 2.2", "";
        /// Supplier.
        OtherServiceSupplier: supplier, 0, "TVL GR.9 4.1", "";
        /// Number of the product.
        OtherServiceNumber: number, 0, "TVL GR.9 5.1", "";
        /// Class of the product.
        OtherServiceClass: class, 0, "TVL GR.9 5.2..", "";
    }
    Remark: Remark at "remarks[]." {
        /// What it is.
        RemarkKind: kind, 0, "IFT 1.2", "";
        /// Codes received for what it is.
        RemarkCode: code, 0, "IFT 1.1–2", "FTX 1";
        /// Carrier to which it is addressed.
        RemarkCarrier: carrier, 0, "IFT 1.4", "";
        /// The text.
        RemarkText: text, 0, "IFT 2..", "FTX 4";
    }
    Entry: HistoryEntry at "history[]." {
        /// When.
        HistoryAt: at, 19, "DAT GR.10", "";
        /// By whom: company or system that delivers the data.
        HistoryBySystem: by.system, 19, "ABI 1.1", "";
        /// By whom: location of that system.
        HistoryBySystemPlace: by.system_place, 19, "ABI 1.2", "";
        /// By whom: numeric IATA code of the agency.
        HistoryByIata: by.iata, 19, "ABI 2.1", "";
        /// By whom: office within the system.
        HistoryByOffice: by.office, 19, "ABI 2.2", "";
        /// By whom: city of the office.
        HistoryByCity: by.city, 19, "ABI 3", "";
        /// By whom: company of the agent.
        HistoryByCarrier: by.carrier, 19, "ABI 4.1", "";
        /// By whom: location of that company.
        HistoryByCarrierPlace: by.carrier_place, 19, "ABI 4.2", "";
        /// By whom: kind of originator: `A` airline, `T` travel agency.
        HistoryByKind: by.kind, 19, "ABI 5", "";
        /// By whom: country.
        HistoryByCountry: by.country, 19, "ABI 6.1", "";
        /// By whom: currency of the point of sale.
        HistoryByCurrency: by.currency, 19, "ABI 6.2", "";
        /// By whom: language.
        HistoryByLanguage: by.language, 19, "ABI 6.3", "";
        /// By whom: agent's sign or duty code.
        HistoryByAgent: by.agent, 19, "ABI 7", "";
        /// By whom: communication address of the agent.
        HistoryByLine: by.line, 19, "ABI 8", "";
        /// By whom: identifier of the agent as a party.
        HistoryByParty: by.party, 19, "ABI 9", "";
        /// By whom: name in words.
        HistoryByName: by.name, 19, "", "";
        /// Code of the party, as received (creator, owner).
        HistoryRole: role, 19, "ABI 1", "";
        /// What it did.
        HistoryAction: action, 19, "SAC 3", "";
        /// The code received for what it did.
        HistoryActionReceived: action_received, 19, "SAC 3", "";
        /// Unstructured text.
        HistoryText: text, 0, "LTS, IFT 4:19", "";
        each changes: Change;
    }
    Change: Change at "history[].changes[]." {
        dynamic {
            /// A value in the history that speaks of no field; every other one is judged as the field it speaks of.
            ChangedValue: value by field, 0, "SAC GR.11, nested segments", "";
        }
    }
    Provenance: Provenance at "provenance." {
        /// Name of the format that read it.
        ProvenanceFormat: format, 18, "", "";
        /// What the message is.
        ProvenanceMessage: message, 18, "UNH 2.1", "UNH 2.1";
        /// Type of the message, as received.
        ProvenanceMessageType: message_type, 18, "UNH 2.1", "UNH 2.1";
        /// Version and release of the message, as received.
        ProvenanceVersion: version, 18, "UNH 2.2–3", "UNH 2.2–3";
        /// Agency and association that publish the message, as received.
        ProvenanceAgency: agency, 18, "UNH 2.4..", "UNH 2.4..";
        /// Syntax identifier and version, as received.
        ProvenanceSyntax: syntax, 18, "UNB 1", "UNB 1";
        /// Mode of travel that the message reports.
        ProvenanceMode: mode, 18, "", "";
        /// Sender of the transmission.
        ProvenanceSender: sender, 18, "UNB 2.1", "UNB 2.1";
        /// Qualifiers of the sender, as received.
        ProvenanceSenderDetails: sender_details, 18, "UNB 2.2..", "UNB 2.2..";
        /// Recipient of the transmission.
        ProvenanceRecipient: recipient, 18, "UNB 3.1", "UNB 3.1";
        /// Qualifiers of the recipient, as received.
        ProvenanceRecipientDetails: recipient_details, 18, "UNB 3.2..", "UNB 3.2..";
        /// When the transmission was prepared.
        ProvenancePrepared: prepared, 18, "UNB 4", "UNB 4";
        /// Reference of the transmission.
        ProvenanceInterchange: interchange, 18, "UNB 5, UNZ 2", "UNB 5, UNZ 2";
        /// Application that is to receive it.
        ProvenanceApplication: application, 18, "UNB 7", "UNB 7";
        /// Further envelope data, as received (password, priority, agreement).
        ProvenanceEnvelope: envelope, 18, "UNB 6, 8..", "UNB 6, 8..";
        /// Whether it is a test.
        ProvenanceTest: test, 18, "UNB 11", "UNB 11";
        /// Sender of the group.
        ProvenanceGroupSender: group_sender, 18, "UNG 2", "UNG 2";
        /// Recipient of the group.
        ProvenanceGroupRecipient: group_recipient, 18, "UNG 3", "UNG 3";
        /// Identifier, agency and version of the group, as received.
        ProvenanceGroup: group, 18, "UNG 1, 6..", "UNG 1, 6..";
        /// When the group was prepared.
        ProvenanceGroupPrepared: group_prepared, 18, "UNG 4", "UNG 4";
        /// Reference of the group.
        ProvenanceGroupReference: group_reference, 18, "UNG 5, UNE 2", "UNG 5, UNE 2";
        /// Reference of the message.
        ProvenanceReference: reference, 18, "UNH 1, UNT 2", "UNH 1, UNT 2";
        /// Reference common to all messages of one push.
        ProvenanceCommonReference: common_reference, 18, "UNH 3", "UNH 3";
        /// Reference of the transaction that the message reports, with its revision.
        ProvenanceTransaction: transaction, 18, "", "RFF TN";
        /// Number of this part of a transfer in parts.
        ProvenancePart: part, 18, "UNH 4.1", "UNH 4.1";
        /// Place of this part among the parts.
        ProvenancePosition: position, 18, "UNH 4.2", "UNH 4.2";
        /// Which push.
        ProvenancePush: push, 18, "MSG 1.2", "BGM 2";
        /// The function code received.
        ProvenanceFunction: function, 18, "MSG 1", "BGM 1–2";
        /// What was answered, in an acknowledgement.
        ProvenanceResponse: response, 18, "MSG 2, ERC", "";
        /// Who reports: company or system that delivers the data.
        ProvenanceReporterSystem: reporter.system, 18, "ORG level 0 1.1", "";
        /// Who reports: location of that system.
        ProvenanceReporterSystemPlace: reporter.system_place, 18, "ORG level 0 1.2", "";
        /// Who reports: numeric IATA code of the agency.
        ProvenanceReporterIata: reporter.iata, 18, "ORG level 0 2.1", "";
        /// Who reports: office within the system.
        ProvenanceReporterOffice: reporter.office, 18, "ORG level 0 2.2", "";
        /// Who reports: city of the office.
        ProvenanceReporterCity: reporter.city, 18, "ORG level 0 3", "LOC 188";
        /// Who reports: company of the agent.
        ProvenanceReporterCarrier: reporter.carrier, 18, "ORG level 0 4.1", "";
        /// Who reports: location of that company.
        ProvenanceReporterCarrierPlace: reporter.carrier_place, 18, "ORG level 0 4.2", "";
        /// Who reports: kind of originator: `A` airline, `T` travel agency.
        ProvenanceReporterKind: reporter.kind, 18, "ORG level 0 5", "";
        /// Who reports: country.
        ProvenanceReporterCountry: reporter.country, 18, "ORG level 0 6.1", "";
        /// Who reports: currency of the point of sale.
        ProvenanceReporterCurrency: reporter.currency, 18, "ORG level 0 6.2", "";
        /// Who reports: language.
        ProvenanceReporterLanguage: reporter.language, 18, "ORG level 0 6.3", "";
        /// Who reports: agent's sign or duty code.
        ProvenanceReporterAgent: reporter.agent, 18, "ORG level 0 7", "";
        /// Who reports: communication address of the agent.
        ProvenanceReporterLine: reporter.line, 18, "ORG level 0 8", "SG1 COM";
        /// Who reports: identifier of the agent as a party.
        ProvenanceReporterParty: reporter.party, 18, "ORG level 0 9", "NAD MS 2";
        /// Who reports: name in words.
        ProvenanceReporterName: reporter.name, 18, "", "NAD MS 4";
        /// The journey that is reported, as in the head of the message: carrier.
        ProvenanceJourneyCarrier: journey.carrier, 18, "TVL level 0 4.1", "TDT 5";
        /// The journey that is reported, as in the head of the message: carrier that sells it, where that is another.
        ProvenanceJourneyMarketingCarrier: journey.marketing_carrier, 18, "TVL level 0 4.1", "";
        /// The journey that is reported, as in the head of the message: flight, train, line or voyage number without leading zeros.
        ProvenanceJourneyNumber: journey.number, 18, "TVL level 0 5.1", "TDT 2";
        /// The journey that is reported, as in the head of the message: suffix or class of the number, as received.
        ProvenanceJourneySuffix: journey.suffix, 18, "TVL level 0 5.2..", "TDT 2";
        /// The journey that is reported, as in the head of the message: where it starts.
        ProvenanceJourneyFrom: journey.from, 18, "TVL level 0 2", "LOC 125";
        /// The journey that is reported, as in the head of the message: where it ends.
        ProvenanceJourneyTo: journey.to, 18, "TVL level 0 3", "LOC 87";
        /// The journey that is reported, as in the head of the message: departure, in local time of the stop.
        ProvenanceJourneyDeparture: journey.departure, 18, "TVL level 0 1.1–2", "DTM 189";
        /// The journey that is reported, as in the head of the message: arrival, in local time of the stop.
        ProvenanceJourneyArrival: journey.arrival, 18, "TVL level 0 1.3–4", "DTM 232";
        /// Bookings or persons that the message declares.
        ProvenanceDeclared: declared, 18, "EQN level 0", "CNT 42, 41";
        /// Segments that the trailer declares; in the record of the trailer.
        ProvenanceSegments: segments, 18, "UNT 1", "UNT 1";
        /// Messages or groups that the trailer of the transmission declares; in the record of the trailer.
        ProvenanceMessages: messages, 18, "UNZ 1, UNE 1", "UNZ 1, UNE 1";
        /// When the unit received it, as the caller states it.
        ProvenanceReceived: received, 18, "", "";
        /// On what legal basis, as the caller states it.
        ProvenanceLegalBasis: legal_basis, 18, "", "";
    }
}
