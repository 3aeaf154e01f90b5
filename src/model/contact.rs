use super::leaf::record;
use super::{ContactKind, Id, Origin, Text};

record! {
    /// A way to reach somebody. Whose it is, the place in the schema says.
    pub struct Contact {
        /// Whom it concerns, where the source says so for a contact of the booking.
        pub passenger: Id,
        /// What it is.
        pub kind: Option<ContactKind>,
        /// Telephone number (digits, `+` where received) or e-mail address.
        pub value: Option<Text>,
        /// The text received, where the value was made from it.
        pub received: Option<Text>,
        /// Name of the person to be reached.
        pub name: Option<Text>,
        /// How that person is related to the passenger.
        pub relation: Option<Text>,
        /// What the contact is for, as received.
        pub purpose: Option<Text>,
        /// Postal address.
        pub address: Address,
        /// Where in the source it stood.
        pub origin: Option<Origin>,
        /// Carrier, status and number of the request that brought it, as received (`XX HK1`).
        pub status: Option<Text>,
    }

    /// A postal address.
    pub struct Address {
        /// Street and number.
        pub street: Option<Text>,
        /// City.
        pub city: Option<Text>,
        /// State or province.
        pub region: Option<Text>,
        /// Postal code.
        pub postcode: Option<Text>,
        /// Country, as received.
        pub country: Option<Text>,
    }
}
