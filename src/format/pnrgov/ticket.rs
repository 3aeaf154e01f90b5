//! Tickets, fares, taxes, payments, excess baggage.

use super::builder::{self, Builder, Group, add_all, id_of};
use super::journey;
use crate::Field;
use crate::diagnostic::Code;
use crate::edifact::{Component, Components, Segment};
use crate::format::batch::Batch;
use crate::format::dates;
use crate::model::{
    CardNumber, Excess, Fare, Id, PartialDate, Payment, PaymentMethod, Price, PriceKind, Tax, Text,
    Ticket, Timestamp, Zone,
};

/// `TKT`: a ticket of the open traveller.
pub(super) fn ticket(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    builder.group = Group::Ticket;
    let Some(ticket) = add(builder) else { return };
    let mut data = segment.components_from(1);
    while let Some(datum) = data.next() {
        match datum.place() {
            (1, 1) => batch.fill(&mut ticket.number, &datum, Field::TicketNumber),
            (1, 2) => batch.fill(&mut ticket.kind, &datum, Field::TicketKind),
            (1, 3) => {
                ticket.booklets = batch.take_found_number(segment, &datum, Field::TicketBooklets);
            }
            (1, 4) => batch.fill(&mut ticket.indicator, &datum, Field::TicketIndicator),
            (1, _) => {
                batch.fill_parts(
                    &mut ticket.connected,
                    segment,
                    data.element(),
                    Field::TicketConnected,
                );
            }
            (2, _) => {
                batch.fill_parts(
                    &mut ticket.status,
                    segment,
                    data.element(),
                    Field::TicketStatus,
                );
            }
            _ => {}
        }
    }
}

/// Adds a ticket of the open traveller of which nothing else is known yet, and opens it.
pub(super) fn add(builder: &mut Builder) -> Option<&mut Ticket> {
    let passenger = builder.passenger_id();
    let position = builder.booking.tickets.len();
    builder.ticket = Some(position);
    let ticket = builder::add(&mut builder.booking.tickets)?;
    ticket.id = id_of(position);
    ticket.passenger = passenger;
    Some(ticket)
}

/// The open ticket; what belongs to one and stands without makes one.
fn open(builder: &mut Builder) -> Option<&mut Ticket> {
    match builder.ticket {
        None => add(builder),
        Some(position) => builder.booking.tickets.get_mut(position),
    }
}

pub(super) fn issued(builder: &mut Builder, stamp: Option<Timestamp>) {
    if let Some(ticket) = open(builder) {
        ticket.issued = stamp;
    }
}

const PRICE_KINDS: &[(&str, PriceKind)] = &[
    ("B", PriceKind::Base),
    ("T", PriceKind::Total),
    ("E", PriceKind::Equivalent),
];

/// `MON`: amounts. A sender may leave the type out; then nothing says which is which.
pub(super) fn prices(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    let Some(ticket) = open(builder) else { return };
    let prices = &mut ticket.prices;
    prices.reserve_exact(usize::from(segment.last_element()));
    for parts in segment.elements(1) {
        builder::add_said(prices, |price| {
            price_of(price, batch, segment, parts);
            price.amount.is_some() || price.word.is_some() || price.currency.is_some()
        });
    }
}

fn price_of(
    price: &mut Price,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    mut parts: Components<'_>,
) {
    const AMOUNT: (Field, Field) = (Field::PriceAmount, Field::PriceWord);
    price.kind = Some(PriceKind::Unstated);
    while let Some(part) = parts.next() {
        match part.component() {
            1 => {
                let kind = batch.read_found(&part, Field::PriceKind, price_kind);
                price.kind = kind.or(Some(PriceKind::Other));
                price.kind_received = kind.is_none().then(|| part.value().into());
            }
            2 => batch.take_amount(&part, AMOUNT, &mut price.amount, &mut price.word),
            3 => batch.fill(&mut price.currency, &part, Field::PriceCurrency),
            _ => batch.fill_parts(
                &mut price.place,
                segment,
                parts.element(),
                Field::PricePlace,
            ),
        }
    }
}

fn price_kind(code: &str) -> Option<PriceKind> {
    let known = PRICE_KINDS.iter().find(|row| row.0 == code);
    known.map(|row| row.1)
}

/// `TXD`: taxes and fees, one for each element from the second on.
pub(super) fn taxes(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    let category = batch.take_joined(segment, 1, 1, Field::TaxCategory);
    let Some(ticket) = open(builder) else { return };
    let taxes = &mut ticket.taxes;
    taxes.reserve_exact(usize::from(segment.last_element().saturating_sub(1)));
    for parts in segment.elements(2) {
        builder::add_said(taxes, |tax| {
            tax_of(tax, batch, segment, parts);
            tax.category = category.clone();
            tax.amount.is_some() || tax.word.is_some() || tax.code.is_some()
        });
    }
}

fn tax_of(
    tax: &mut Tax,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    mut parts: Components<'_>,
) {
    const AMOUNT: (Field, Field) = (Field::TaxAmount, Field::TaxWord);
    while let Some(part) = parts.next() {
        match part.component() {
            1 => batch.take_amount(&part, AMOUNT, &mut tax.amount, &mut tax.word),
            2 => batch.fill(&mut tax.country, &part, Field::TaxCountry),
            3 => batch.fill(&mut tax.currency, &part, Field::TaxCurrency),
            _ => batch.fill_parts(&mut tax.code, segment, parts.element(), Field::TaxCode),
        }
    }
}

/// `PTK`: pricing indicators, time limit, validating carrier, place of sale.
pub(super) fn pricing(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    let Some(ticket) = open(builder) else { return };
    let mut data = segment.components_from(1);
    while let Some(datum) = data.next() {
        let joined = match datum.place() {
            (1 | 2, _) => {
                let indicators = batch.take_each(data.element(), Field::TicketIndicators);
                add_all(&mut ticket.indicators, indicators);
                continue;
            }
            (3, _) => {
                ticket.deadline = deadline(batch, segment, data.element());
                continue;
            }
            (6, 1) => {
                batch.fill(&mut ticket.sale_city, &datum, Field::TicketSaleCity);
                continue;
            }
            (4, _) => (
                &mut ticket.validating_carrier,
                Field::TicketValidatingCarrier,
            ),
            (5, _) => (&mut ticket.accounting_code, Field::TicketAccountingCode),
            (6, _) => (&mut ticket.sale_country, Field::TicketSaleCountry),
            _ => continue,
        };
        batch.fill_parts(joined.0, segment, data.element(), joined.1);
    }
}

/// Some senders write the time limit as `YYMMDD`; the calendar tells where it can.
fn deadline(
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    mut parts: Components<'_>,
) -> Option<Timestamp> {
    const FIELD: Field = Field::TicketDeadline;
    let reference = batch.reference;
    let read = |text: &str| dates::ddmmyy(text, reference).or_else(|| dates::yymmdd(text));
    let [day, time] = parts.numbered();
    let day = batch.take_found_as(segment, &day?, FIELD, Code::UnreadableDate, read);
    journey::time(batch, segment, day, &time, FIELD).map(|stamp| stamp.zoned(Zone::Unstated))
}

/// Forms of payment (PADIS 9888).
const METHODS: &[(&str, PaymentMethod)] = &[
    ("CA", PaymentMethod::Cash),
    ("CC", PaymentMethod::Card),
    ("CK", PaymentMethod::Cheque),
    ("GR", PaymentMethod::GovernmentRequest),
    ("SGR", PaymentMethod::GovernmentRequest),
    ("PT", PaymentMethod::Account),
    ("AGT", PaymentMethod::Exchange),
    ("EX", PaymentMethod::Exchange),
];

/// `FOP`: payments, one for each element.
pub(super) fn payments(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    for parts in segment.elements(1) {
        if let Some(payment) = add_payment(builder) {
            payment_of(payment, batch, segment, parts);
        }
    }
}

/// Adds a payment of the open traveller and ticket; whoever pays it may have been named before it.
fn add_payment(builder: &mut Builder) -> Option<&mut Payment> {
    let passenger = builder.passenger_id();
    let ticket = match builder.group {
        Group::Ticket => builder.ticket_id(),
        _ => Id::NONE,
    };
    let waits = |known: &Payment| {
        known.passenger == passenger && known.method.is_none() && known.payer.is_some()
    };
    let payments = &mut builder.booking.payments;
    let payment = if payments.last().is_some_and(waits) {
        let known = payments.last_mut()?;
        *known = Payment {
            payer: known.payer.take(),
            payer_address: known.payer_address.take(),
            payer_phone: known.payer_phone.take(),
            ..Payment::default()
        };
        known
    } else {
        builder::add(payments)?
    };
    payment.passenger = passenger;
    payment.ticket = ticket;
    Some(payment)
}

fn payment_of(
    payment: &mut Payment,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    parts: Components<'_>,
) {
    const AMOUNT: (Field, Field) = (Field::PaymentAmount, Field::PaymentWord);
    for part in parts {
        match part.component() {
            1 => {
                let known = batch.read_found(&part, Field::PaymentMethod, method);
                payment.method = known.or(Some(PaymentMethod::Other));
                payment.method_received = known.is_none().then(|| part.value().into());
            }
            2 => batch.fill(&mut payment.indicator, &part, Field::PaymentIndicator),
            3 => batch.take_amount(&part, AMOUNT, &mut payment.amount, &mut payment.word),
            4 => batch.fill(&mut payment.scheme, &part, Field::PaymentScheme),
            5 => payment.account = account(batch, segment, &part),
            6 => expiry(payment, batch, segment, &part),
            7 => batch.fill(&mut payment.approval, &part, Field::PaymentApproval),
            8..=12 => add_word(
                &mut payment.authorisation,
                batch.take_found(&part, Field::PaymentAuthorisation),
            ),
            _ => add_word(
                &mut payment.text,
                batch.take_found(&part, Field::PaymentText),
            ),
        }
    }
}

fn method(code: &str) -> Option<PaymentMethod> {
    let known = METHODS.iter().find(|row| row.0.eq_ignore_ascii_case(code));
    known.map(|row| row.1)
}

/// The account, masked; a number in clear is reported.
fn account(
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    part: &Component<'_>,
) -> Option<CardNumber> {
    const FIELD: Field = Field::PaymentAccount;
    let number = part.value();
    let account = CardNumber::read(&number)?;
    batch.claim(part, FIELD);
    if number.bytes().filter(u8::is_ascii_digit).count() >= 12 {
        batch.doubt_found(Code::CardInClear, segment, part, Some(FIELD));
    }
    Some(account)
}

/// `MMYY`.
fn expiry(
    payment: &mut Payment,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    part: &Component<'_>,
) {
    const FIELD: Field = Field::PaymentExpires;
    let read = |text: &str| {
        let (month, year) = text
            .split_at_checked(2)
            .filter(|(_, year)| year.len() == 2)?;
        PartialDate::new(2000 + year.parse::<u16>().ok()?, month.parse().ok()?, 0)
    };
    payment.expires = batch.take_found_as(segment, part, FIELD, Code::UnreadableDate, read);
    if payment.expires.is_none() {
        batch.fill(
            &mut payment.expires_received,
            part,
            Field::PaymentExpiresReceived,
        );
    }
}

/// Adds a word to a text.
fn add_word(text: &mut Option<Text>, word: Text) {
    *text = Some(match text.take() {
        Some(before) => Text::concat(&[&before, " ", &word]),
        None => word,
    });
}

/// `FAR`: the fare of the open traveller, and its age.
pub(super) fn fare(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    let mut age = None;
    let Some(fare) = add_fare(builder) else {
        return;
    };
    let mut data = segment.components_from(1);
    while let Some(datum) = data.next() {
        match datum.place() {
            (1, _) => {
                batch.fill_parts(
                    &mut fare.traveller_code,
                    segment,
                    data.element(),
                    Field::FareTravellerCode,
                );
            }
            (2, 1) => age = batch.take_found_number(segment, &datum, Field::PassengerAge),
            (3, 1) => batch.fill(&mut fare.discount, &datum, Field::FareDiscount),
            (3, 2) => batch.fill(&mut fare.percent, &datum, Field::FarePercent),
            (3, 3) => batch.fill(&mut fare.country, &datum, Field::FareCountry),
            (3, _) => batch.fill_parts(&mut fare.class, segment, data.element(), Field::FareClass),
            (4 | 5, _) => add_word(&mut fare.kind, batch.take_found(&datum, Field::FareKind)),
            (6.., _) => {
                let basis = batch.take_each(data.element(), Field::FareBasis);
                add_all(&mut fare.basis, basis);
            }
            _ => {}
        }
    }
    if let Some(passenger) = builder.open_passenger() {
        passenger.age = age.or(passenger.age);
    }
}

/// Adds a fare of the open traveller; the fare calculation of the same may have come before it.
fn add_fare(builder: &mut Builder) -> Option<&mut Fare> {
    let passenger = builder.passenger_id();
    let fares = &mut builder.booking.fares;
    let waits = |known: &Fare| known.passenger == passenger && known.basis.is_empty();
    let fare = if fares.last().is_some_and(waits) {
        let known = fares.last_mut()?;
        *known = Fare {
            calculation: known.calculation.take(),
            indicator: known.indicator.take(),
            carrier: known.carrier.take(),
            ..Fare::default()
        };
        known
    } else {
        builder::add(fares)?
    };
    fare.passenger = passenger;
    Some(fare)
}

/// `IFT` 4:15: the fare calculation, joined to the fare of the same traveller.
pub(super) fn calculation(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    batch.claim_rest(segment, 1, 1, Field::FareCalculation);
    let indicator = batch.take(segment, 1, 3, Field::FareIndicator);
    let carrier = batch.take(segment, 1, 4, Field::FareCarrier);
    let text = batch.take_text(segment, 2, Field::FareCalculation);
    let passenger = builder.passenger_id();
    let waits = |fare: &&mut Fare| fare.passenger == passenger && fare.calculation.is_none();
    if builder.booking.fares.iter_mut().rev().find(waits).is_none() {
        builder.booking.fares.push(Fare {
            passenger,
            ..Fare::default()
        });
    }
    if let Some(fare) = builder.booking.fares.iter_mut().rev().find(waits) {
        fare.indicator = indicator;
        fare.carrier = carrier;
        fare.calculation = text;
    }
}

/// `IFT` 4:43: who pays, of the last payment.
pub(super) fn payer(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    if builder.booking.payments.is_empty() {
        let passenger = builder.passenger_id();
        builder.booking.payments.push(Payment {
            passenger,
            ..Payment::default()
        });
    }
    batch.claim_rest(segment, 1, 1, Field::PaymentPayer);
    let name = batch.take_joined(segment, 2, 1, Field::PaymentPayer);
    let address = batch.take_joined(segment, 3, 1, Field::PaymentPayerAddress);
    let phone = batch.take_text(segment, 4, Field::PaymentPayerPhone);
    if let Some(payment) = builder.booking.payments.last_mut() {
        payment.payer = name;
        payment.payer_address = address;
        payment.payer_phone = phone;
    }
}

/// `EBD`: excess baggage, of the open traveller or of all.
pub(super) fn excess(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    let for_all = matches!(builder.group, Group::Booking);
    let fields = (Field::ExcessRate, Field::ExcessIndicator);
    let mut rate = None;
    if let Some(found) = batch.find(segment, 1, 2) {
        batch.take_amount(&found, fields, &mut rate, &mut None);
    }
    for element in 2..=segment.last_element().max(2) {
        let excess = Excess {
            passenger: if for_all {
                Id::NONE
            } else {
                builder.passenger_id()
            },
            currency: batch.take(segment, 1, 1, Field::ExcessCurrency),
            rate,
            indicator: batch
                .take(segment, 1, 3, Field::ExcessIndicator)
                .or(batch.take(segment, element, 2, Field::ExcessIndicator)),
            quantity: batch.take(segment, element, 1, Field::ExcessQuantity),
            measure: batch.take(segment, element, 3, Field::ExcessMeasure),
            unit: batch.take(segment, element, 4, Field::ExcessUnit),
        };
        builder.booking.excess.push(excess);
    }
}
