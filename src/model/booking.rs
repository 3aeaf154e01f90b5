use std::sync::Arc;

use super::leaf::record;
use super::{
    Bag, BookingStatus, CheckIn, Contact, Excess, Fare, HistoryAction, Id, Leg, LegalBasis,
    LocatorKind, MessageKind, Mode, Part, Passenger, PassengerKind, Payment, Push, RemarkKind,
    SchemaVersion, Seat, Text, Ticket, Timestamp, Withheld,
};
use crate::Field;

record! {
    /// One booking: the canonical record that every format is read into.
    ///
    /// Every member is an option or a list, because nothing that a source can
    /// leave out is required. Items point to each other by [`Id`], never by
    /// position. What a policy took away is listed in `withheld`, so that "never
    /// sent" and "may not be shown" stay apart.
    pub struct Booking {
        /// Version of this schema.
        pub schema: SchemaVersion,
        /// Locators, the reservation's own first.
        pub locators: Vec<Locator>,
        /// Whether it stands.
        pub status: Option<BookingStatus>,
        /// When it was made.
        pub created: Option<Timestamp>,
        /// When it was last changed.
        pub changed: Option<Timestamp>,
        /// When its tickets were issued, where the source says it of the booking.
        pub ticketed: Option<Timestamp>,
        /// Whether the legs are the whole itinerary.
        pub itinerary_complete: Option<bool>,
        /// Number of travellers that the source declares.
        pub travellers: Option<u32>,
        /// Names of groups that travel under it.
        pub groups: Vec<Group>,
        /// Who sold it.
        pub agency: Agency,
        /// Who travels.
        pub passengers: Vec<Passenger>,
        /// The itinerary, in its order.
        pub legs: Vec<Leg>,
        /// Seats booked and taken.
        pub seats: Vec<Seat>,
        /// Check-ins.
        pub check_ins: Vec<CheckIn>,
        /// Checked baggage.
        pub bags: Vec<Bag>,
        /// Excess baggage paid for.
        pub excess: Vec<Excess>,
        /// Tickets.
        pub tickets: Vec<Ticket>,
        /// Fares.
        pub fares: Vec<Fare>,
        /// Payments of the tickets.
        pub payments: Vec<Payment>,
        /// Payments of anything else.
        pub other_payments: Vec<Payment>,
        /// Contacts of the travellers that the source gives for the booking.
        pub contacts: Vec<Contact>,
        /// Contacts of whoever booked without travelling.
        pub booker_contacts: Vec<Contact>,
        /// Unaccompanied minors.
        pub minors: Vec<Minor>,
        /// Bookings from or into which it was split.
        pub splits: Vec<Split>,
        /// Services that concern baggage, seats and groups.
        pub services: Vec<ServiceRequest>,
        /// Every other request: meals, assistance, and codes nobody knows.
        pub requests: Vec<ServiceRequest>,
        /// Hotels, cars and other services beside transport.
        pub other_services: Vec<OtherService>,
        /// Free text.
        pub remarks: Vec<Remark>,
        /// What was changed, by whom and when.
        pub history: Vec<HistoryEntry>,
        /// Where it comes from, shared by the bookings of one message.
        pub provenance: Arc<Provenance>,
        /// The bytes of the transmission in which it stands.
        pub range: Option<ByteRange>,
        /// What a policy withheld.
        pub withheld: Vec<Withheld>,
    }

    /// The key of a booking in some system.
    pub struct Locator {
        /// The leg for which it holds, if not for all.
        pub leg: Id,
        /// The locator.
        pub value: Option<Text>,
        /// Company whose system gave it out.
        pub system: Option<Text>,
        /// What gave it out.
        pub kind: Option<LocatorKind>,
        /// The control code received.
        pub control: Option<Text>,
        /// When the booking was made in that system.
        pub created: Option<Timestamp>,
    }

    /// The office and agent that sold a booking, checked somebody in or made a change.
    pub struct Agency {
        /// Company or system that delivers the data.
        pub system: Option<Text>,
        /// Location of that system.
        pub system_place: Option<Text>,
        /// Numeric IATA code of the agency.
        pub iata: Option<Text>,
        /// Office within the system.
        pub office: Option<Text>,
        /// City of the office.
        pub city: Option<Text>,
        /// Company of the agent.
        pub carrier: Option<Text>,
        /// Location of that company.
        pub carrier_place: Option<Text>,
        /// Kind of originator: `A` airline, `T` travel agency.
        pub kind: Option<Text>,
        /// Country.
        pub country: Option<Text>,
        /// Currency of the point of sale.
        pub currency: Option<Text>,
        /// Language.
        pub language: Option<Text>,
        /// Agent's sign or duty code.
        pub agent: Option<Text>,
        /// Communication address of the agent.
        pub line: Option<Text>,
        /// Identifier of the agent as a party.
        pub party: Option<Text>,
        /// Name in words.
        pub name: Option<Text>,
    }

    /// The name under which a group travels.
    pub struct Group {
        /// Name.
        pub name: Option<Text>,
        /// Size.
        pub size: Option<u32>,
        /// The code received for what it is.
        pub code: Option<Text>,
    }

    /// Somebody under age who travels alone (Annex I, element 12).
    pub struct Minor {
        /// Who.
        pub passenger: Id,
        /// Age.
        pub age: Option<u32>,
        /// Languages.
        pub languages: Vec<Text>,
        /// Guardians at departure.
        pub departure: Vec<Contact>,
        /// Guardians at arrival.
        pub arrival: Vec<Contact>,
        /// Guardians of whom the source does not say where they stand.
        pub guardians: Vec<Contact>,
        /// Agent at departure.
        pub departure_agent: Option<Text>,
        /// Agent at arrival.
        pub arrival_agent: Option<Text>,
        /// Carrier to which the request went.
        pub carrier: Option<Text>,
        /// Status of the request, as received.
        pub status: Option<Text>,
        /// Text of the request.
        pub text: Option<Text>,
    }

    /// A booking that was divided from this one, or from which it was.
    pub struct Split {
        /// Travellers who moved.
        pub travellers: Option<u32>,
        /// Locator of the other booking.
        pub locator: Option<Text>,
        /// Company whose system gave it out.
        pub system: Option<Text>,
        /// The control code received.
        pub control: Option<Text>,
        /// When the other booking was made.
        pub created: Option<Timestamp>,
    }

    /// A request for a service (SSR) that is not read into a place of its own.
    pub struct ServiceRequest {
        /// Whom it concerns; none for all.
        pub passenger: Id,
        /// Which leg it concerns; none for all.
        pub leg: Id,
        /// Code.
        pub code: Option<Text>,
        /// Status, as received.
        pub status: Option<Text>,
        /// Quantity.
        pub quantity: Option<u32>,
        /// Carrier.
        pub carrier: Option<Text>,
        /// Processing indicators, as received.
        pub indicators: Vec<Text>,
        /// Start, as received.
        pub from: Option<Text>,
        /// End, as received.
        pub to: Option<Text>,
        /// Details received with the request.
        pub details: Vec<Text>,
        /// Free text.
        pub text: Option<Text>,
    }

    /// A service beside transport (GR.9 of PNRGOV).
    pub struct OtherService {
        /// Kind, as received (`8` hotel, …).
        pub kind: Option<Text>,
        /// Start.
        pub from: Option<Timestamp>,
        /// End.
        pub until: Option<Timestamp>,
        /// Place.
        pub place: Option<Text>,
        /// Second place.
        pub until_place: Option<Text>,
        /// Name in words.
        pub name: Option<Text>,
        /// Supplier.
        pub supplier: Option<Text>,
        /// Number of the product.
        pub number: Option<Text>,
        /// Class of the product.
        pub class: Option<Text>,
    }

    /// Free text.
    pub struct Remark {
        /// Whom it concerns, where the source says so.
        pub passenger: Id,
        /// Which leg it concerns, where the source says so.
        pub leg: Id,
        /// What it is.
        pub kind: Option<RemarkKind>,
        /// Codes received for what it is.
        pub code: Option<Text>,
        /// Carrier to which it is addressed.
        pub carrier: Option<Text>,
        /// The text.
        pub text: Option<Text>,
    }

    /// One transaction, or one line, of the history.
    pub struct HistoryEntry {
        /// When.
        pub at: Option<Timestamp>,
        /// By whom.
        pub by: Agency,
        /// Code of the party, as received (creator, owner).
        pub role: Option<Text>,
        /// What it did.
        pub action: Option<HistoryAction>,
        /// The code received for what it did.
        pub action_received: Option<Text>,
        /// What it did it to: fields of this schema with the values they had.
        pub changes: Vec<Change>,
        /// Unstructured text.
        pub text: Option<Text>,
    }

    /// A field and its value in a history entry. Policies judge the value as the
    /// field it speaks of.
    pub struct Change {
        /// The field.
        pub field: Option<Field>,
        /// Its value, in the canonical text form.
        pub value: Option<Text>,
    }

    /// A stretch of bytes of the transmission, counted from 0, end excluded.
    pub struct ByteRange {
        /// First byte.
        pub start: Option<u64>,
        /// The byte after the last.
        pub end: Option<u64>,
    }

    /// Where bookings come from: one message of one transmission.
    pub struct Provenance {
        /// Name of the format that read it.
        pub format: Option<Text>,
        /// What the message is.
        pub message: Option<MessageKind>,
        /// Type of the message, as received.
        pub message_type: Option<Text>,
        /// Version and release of the message, as received.
        pub version: Option<Text>,
        /// Agency and association that publish the message, as received.
        pub agency: Option<Text>,
        /// Syntax identifier and version, as received.
        pub syntax: Option<Text>,
        /// Mode of travel that the message reports.
        pub mode: Option<Mode>,
        /// Sender of the transmission.
        pub sender: Option<Text>,
        /// Qualifiers of the sender, as received.
        pub sender_details: Option<Text>,
        /// Recipient of the transmission.
        pub recipient: Option<Text>,
        /// Qualifiers of the recipient, as received.
        pub recipient_details: Option<Text>,
        /// When the transmission was prepared.
        pub prepared: Option<Timestamp>,
        /// Reference of the transmission.
        pub interchange: Option<Text>,
        /// Application that is to receive it.
        pub application: Option<Text>,
        /// Further envelope data, as received (password, priority, agreement).
        pub envelope: Option<Text>,
        /// Whether it is a test.
        pub test: Option<bool>,
        /// Sender of the group.
        pub group_sender: Option<Text>,
        /// Recipient of the group.
        pub group_recipient: Option<Text>,
        /// Identifier, agency and version of the group, as received.
        pub group: Option<Text>,
        /// When the group was prepared.
        pub group_prepared: Option<Timestamp>,
        /// Reference of the group.
        pub group_reference: Option<Text>,
        /// Reference of the message.
        pub reference: Option<Text>,
        /// Reference common to all messages of one push.
        pub common_reference: Option<Text>,
        /// Reference of the transaction that the message reports, with its revision.
        pub transaction: Option<Text>,
        /// Number of this part of a transfer in parts.
        pub part: Option<u32>,
        /// Place of this part among the parts.
        pub position: Option<Part>,
        /// Which push.
        pub push: Option<Push>,
        /// The function code received.
        pub function: Option<Text>,
        /// What was answered, in an acknowledgement.
        pub response: Option<Text>,
        /// Who reports.
        pub reporter: Agency,
        /// The journey that is reported, as in the head of the message.
        pub journey: Journey,
        /// Bookings or persons that the message declares.
        pub declared: Option<u32>,
        /// Segments that the trailer declares; in the record of the trailer.
        pub segments: Option<u32>,
        /// Messages or groups that the trailer of the transmission declares; in the
        /// record of the trailer.
        pub messages: Option<u32>,
        /// When the unit received it, as the caller states it.
        pub received: Option<Timestamp>,
        /// On what legal basis, as the caller states it.
        pub legal_basis: Option<LegalBasis>,
    }

    /// The journey that a message reports.
    pub struct Journey {
        /// Carrier.
        pub carrier: Option<Text>,
        /// Carrier that sells it, where that is another.
        pub marketing_carrier: Option<Text>,
        /// Flight, train, line or voyage number without leading zeros.
        pub number: Option<Text>,
        /// Suffix or class of the number, as received.
        pub suffix: Option<Text>,
        /// Where it starts.
        pub from: Option<Text>,
        /// Where it ends.
        pub to: Option<Text>,
        /// Departure, in local time of the stop.
        pub departure: Option<Timestamp>,
        /// Arrival, in local time of the stop.
        pub arrival: Option<Timestamp>,
    }
}

impl Booking {
    /// One of this provenance that says nothing yet, made where it stays: it is large. A default
    /// one makes a provenance of its own, which costs an allocation.
    pub(crate) fn empty(provenance: Arc<Provenance>) -> Box<Self> {
        let room = Box::new_uninit();
        Box::write(room, Self::of(provenance))
    }

    /// One of this provenance that says nothing yet.
    #[inline(always)]
    pub(crate) fn of(provenance: Arc<Provenance>) -> Self {
        Self {
            schema: SchemaVersion::default(),
            locators: Vec::new(),
            status: None,
            created: None,
            changed: None,
            ticketed: None,
            itinerary_complete: None,
            travellers: None,
            groups: Vec::new(),
            agency: Agency::default(),
            passengers: Vec::new(),
            legs: Vec::new(),
            seats: Vec::new(),
            check_ins: Vec::new(),
            bags: Vec::new(),
            excess: Vec::new(),
            tickets: Vec::new(),
            fares: Vec::new(),
            payments: Vec::new(),
            other_payments: Vec::new(),
            contacts: Vec::new(),
            booker_contacts: Vec::new(),
            minors: Vec::new(),
            splits: Vec::new(),
            services: Vec::new(),
            requests: Vec::new(),
            other_services: Vec::new(),
            remarks: Vec::new(),
            history: Vec::new(),
            provenance,
            range: None,
            withheld: Vec::new(),
        }
    }

    /// How many persons it names: travellers and crew with a name of their own.
    /// Groups, extra seats and travellers without any name do not count.
    ///
    /// ```
    /// use paxnorm::{Booking, Name};
    /// use paxnorm::model::Passenger;
    ///
    /// let mut booking = Booking::default();
    /// booking.passengers.push(Passenger::default());
    /// assert_eq!(booking.persons(), 0);
    /// booking.passengers[0].name = Name::new("ERIKSSON", "ANNA");
    /// assert_eq!(booking.persons(), 1);
    /// ```
    #[must_use]
    pub fn persons(&self) -> usize {
        let counts = |passenger: &&Passenger| {
            passenger.kind != Some(PassengerKind::ExtraSeat)
                && (passenger.name.is_known()
                    || passenger
                        .documents
                        .iter()
                        .any(|document| document.name.is_known()))
        };
        self.passengers.iter().filter(counts).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_booking_is_a_default_one() {
        assert_eq!(*Booking::empty(Arc::default()), Booking::default());
    }
}
