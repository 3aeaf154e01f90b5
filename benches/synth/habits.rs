//! How senders write: which segments, how often, in which form. Reach for it to choose the traffic
//! that is wanted, or to add to what a sender may do.

/// Shares are per cent of the place where a sender may do so: of bookings unless said.
pub(crate) struct Habits {
    /// A locator of the distributor beside the carrier's own.
    pub(crate) distributor: u32,
    /// A service, a telephone and an e-mail as requests of the whole booking.
    pub(crate) service: u32,
    pub(crate) phone: u32,
    pub(crate) mail_request: u32,
    /// An e-mail and another remark as text of the whole booking.
    pub(crate) mail: u32,
    pub(crate) remark: u32,
    /// A postal address in ADD, and of bookings without one an e-mail there.
    pub(crate) address: u32,
    pub(crate) mail_in_address: u32,

    /// Of adults: a loyalty card.
    pub(crate) loyalty: u32,
    /// Of loyalty cards: their level.
    pub(crate) level: u32,
    /// Of travellers: an e-mail of their own.
    pub(crate) own_mail: u32,
    /// Of travellers: how the fare was calculated, and how it is discounted.
    pub(crate) calculation: u32,
    pub(crate) fare: u32,
    /// Of tickets: terms, taxes and how many of them, who paid, and of payers an address of theirs.
    pub(crate) terms: u32,
    pub(crate) taxed: u32,
    pub(crate) taxes: usize,
    pub(crate) payer: u32,
    pub(crate) payer_address: u32,

    /// Of legs: how many seats are held.
    pub(crate) held: u32,
    /// Of legs: the locator again.
    pub(crate) locator_of_leg: u32,
    /// Of legs: one request for the seats of all, where else each traveller may have one.
    pub(crate) seats_together: u32,
    /// Of first legs: the ticket of the first traveller as text.
    pub(crate) ticket_as_text: u32,
    /// Of travellers of a leg: their ticket, their loyalty card if they have one, their document.
    pub(crate) ticket_of_leg: u32,
    pub(crate) loyalty_of_leg: u32,
    pub(crate) document_of_leg: u32,

    /// Of reported legs before departure: checked in; a leg that leads there is so with it.
    pub(crate) checked_in: u32,
    pub(crate) checked_through: bool,
    /// Of legs checked in: by whom. Of travellers checked in: named again, with bags.
    pub(crate) agent: u32,
    pub(crate) named_again: u32,
    pub(crate) bags: u32,

    /// Who made the booking, and what it was before.
    pub(crate) creator: u32,
    pub(crate) history: u32,
}

/// As public test messages write: each traveller with ticket, taxes, payer and e-mail, each leg
/// with its locator, those up to the reported one checked in for all. The shape is the one that
/// goals of speed are set on, 46 segments and 1.46 kB a booking (`tests/synth.rs` states it whole).
pub(crate) const ORDINARY: Habits = Habits {
    distributor: 10,
    service: 4,
    phone: 10,
    mail_request: 4,
    mail: 4,
    remark: 10,
    address: 90,
    mail_in_address: 40,
    loyalty: 90,
    level: 10,
    own_mail: 90,
    calculation: 4,
    fare: 95,
    terms: 60,
    taxed: 95,
    taxes: 6,
    payer: 80,
    payer_address: 4,
    held: 10,
    locator_of_leg: 95,
    seats_together: 90,
    ticket_as_text: 90,
    ticket_of_leg: 4,
    loyalty_of_leg: 4,
    document_of_leg: 1,
    checked_in: 90,
    checked_through: true,
    agent: 4,
    named_again: 95,
    bags: 8,
    creator: 90,
    history: 4,
};

/// Dearer to read, byte for byte: more data in fewer segments, of which many are requests, and more
/// kinds of them in a booking.
pub(crate) const DENSE: Habits = Habits {
    distributor: 60,
    service: 15,
    phone: 35,
    mail_request: 30,
    mail: 30,
    remark: 25,
    address: 50,
    mail_in_address: 40,
    loyalty: 30,
    level: 100,
    own_mail: 0,
    calculation: 30,
    fare: 40,
    terms: 25,
    taxed: 45,
    taxes: 4,
    payer: 10,
    payer_address: 100,
    held: 100,
    locator_of_leg: 40,
    seats_together: 0,
    ticket_as_text: 0,
    ticket_of_leg: 45,
    loyalty_of_leg: 50,
    document_of_leg: 10,
    checked_in: 35,
    checked_through: false,
    agent: 100,
    named_again: 70,
    bags: 70,
    creator: 0,
    history: 15,
};
