use super::leaf::record;
use super::{
    Address, Amount, CardNumber, Id, PartialDate, PaymentMethod, PriceKind, Text, Timestamp,
};

record! {
    /// A ticket or similar document of carriage.
    pub struct Ticket {
        /// Number within the booking; payments point to it.
        pub id: Id,
        /// Whose it is.
        pub passenger: Id,
        /// The leg of the coupon, where the source says so.
        pub leg: Id,
        /// Number.
        pub number: Option<Text>,
        /// Coupon, as received.
        pub coupon: Option<Text>,
        /// Kind, as received (`T` ticket, `1` ticketless, …).
        pub kind: Option<Text>,
        /// Number of booklets.
        pub booklets: Option<u32>,
        /// Indicator, as received.
        pub indicator: Option<Text>,
        /// Number of the document it belongs to.
        pub connected: Option<Text>,
        /// Status, as received.
        pub status: Option<Text>,
        /// When it was issued.
        pub issued: Option<Timestamp>,
        /// Time limit for ticketing.
        pub deadline: Option<Timestamp>,
        /// Pricing indicators, as received (`NR` not refundable, …).
        pub indicators: Vec<Text>,
        /// Carrier that validates.
        pub validating_carrier: Option<Text>,
        /// Accounting code of that carrier.
        pub accounting_code: Option<Text>,
        /// City of sale.
        pub sale_city: Option<Text>,
        /// Country of sale.
        pub sale_country: Option<Text>,
        /// Text in which the ticket was named, where it says more than the number.
        pub text: Option<Text>,
        /// Amounts.
        pub prices: Vec<Price>,
        /// Taxes and fees.
        pub taxes: Vec<Tax>,
    }

    /// An amount of a ticket.
    pub struct Price {
        /// What it is.
        pub kind: Option<PriceKind>,
        /// The code received for what it is.
        pub kind_received: Option<Text>,
        /// Amount.
        pub amount: Option<Amount>,
        /// The word received in place of an amount (`AWARD`, `BULK`, …).
        pub word: Option<Text>,
        /// Currency.
        pub currency: Option<Text>,
        /// Place, as received.
        pub place: Option<Text>,
    }

    /// A tax or fee of a ticket.
    pub struct Tax {
        /// Amount.
        pub amount: Option<Amount>,
        /// The text received in place of an amount.
        pub word: Option<Text>,
        /// Country.
        pub country: Option<Text>,
        /// Currency.
        pub currency: Option<Text>,
        /// Code.
        pub code: Option<Text>,
        /// Category of the list, as received.
        pub category: Option<Text>,
    }

    /// A fare for one person.
    pub struct Fare {
        /// For whom.
        pub passenger: Id,
        /// Code of the kind of traveller to whom the fare applies, as received: it
        /// may reveal an occupation, a belief or a disability.
        pub traveller_code: Option<Text>,
        /// Discount code.
        pub discount: Option<Text>,
        /// Discount in percent.
        pub percent: Option<Text>,
        /// Country of the discount.
        pub country: Option<Text>,
        /// Class of the fare.
        pub class: Option<Text>,
        /// Kind of the fare and related codes, as received.
        pub kind: Option<Text>,
        /// Fare bases.
        pub basis: Vec<Text>,
        /// Fare calculation.
        pub calculation: Option<Text>,
        /// Indicator of the fare calculation, as received.
        pub indicator: Option<Text>,
        /// Carrier of the calculation.
        pub carrier: Option<Text>,
    }

    /// A payment.
    pub struct Payment {
        /// For whom.
        pub passenger: Id,
        /// For which ticket.
        pub ticket: Id,
        /// How it was paid.
        pub method: Option<PaymentMethod>,
        /// The code received for how it was paid.
        pub method_received: Option<Text>,
        /// Indicator, as received (original, old, new).
        pub indicator: Option<Text>,
        /// Card scheme.
        pub scheme: Option<Text>,
        /// Card or account number, masked on reading.
        pub account: Option<CardNumber>,
        /// Expiry of the card.
        pub expires: Option<PartialDate>,
        /// The expiry received, where it is no date.
        pub expires_received: Option<Text>,
        /// Amount.
        pub amount: Option<Amount>,
        /// The word received in place of an amount.
        pub word: Option<Text>,
        /// Currency.
        pub currency: Option<Text>,
        /// Approval code.
        pub approval: Option<Text>,
        /// Further details of authorisation, as received.
        pub authorisation: Option<Text>,
        /// Token or reference of the payment service.
        pub token: Option<Text>,
        /// Further text.
        pub text: Option<Text>,
        /// Name of the payer or sponsor.
        pub payer: Option<Text>,
        /// Address of the payer, as received in one text.
        pub payer_address: Option<Text>,
        /// Telephone number of the payer.
        pub payer_phone: Option<Text>,
        /// Billing address.
        pub billing: Address,
    }
}
