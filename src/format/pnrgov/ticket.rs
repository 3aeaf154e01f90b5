//! Tickets, fares, taxes, payments, excess baggage.

use super::builder::{Builder, Group, add_all, id_of, push_one};
use crate::Field;
use crate::diagnostic::Code;
use crate::edifact::Segment;
use crate::format::batch::Batch;
use crate::format::dates;
use crate::model::{
    CardNumber, Excess, Fare, Id, PartialDate, Payment, PaymentMethod, Price, PriceKind, Tax, Text,
    Ticket, Timestamp, Zone,
};

/// `TKT`: a ticket of the open traveller.
pub(super) fn ticket(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    let ticket = Ticket {
        passenger: builder.passenger_id(),
        number: batch.take(segment, 1, 1, Field::TicketNumber),
        kind: batch.take(segment, 1, 2, Field::TicketKind),
        booklets: batch.take_number(segment, 1, 3, Field::TicketBooklets),
        indicator: batch.take(segment, 1, 4, Field::TicketIndicator),
        connected: batch.take_joined(segment, 1, 5, Field::TicketConnected),
        status: batch.take_joined(segment, 2, 1, Field::TicketStatus),
        ..Ticket::default()
    };
    add(builder, ticket);
    builder.group = Group::Ticket;
}

/// Adds a ticket and opens it.
pub(super) fn add(builder: &mut Builder, ticket: Ticket) {
    let position = builder.booking.tickets.len();
    builder.ticket = Some(position);
    let ticket = Ticket {
        id: id_of(position),
        ..ticket
    };
    push_one(&mut builder.booking.tickets, ticket);
}

/// The open ticket; what belongs to one and stands without makes one.
fn open(builder: &mut Builder) -> Option<&mut Ticket> {
    if builder.ticket.is_none() {
        let passenger = builder.passenger_id();
        add(
            builder,
            Ticket {
                passenger,
                ..Ticket::default()
            },
        );
    }
    builder.booking.tickets.get_mut(builder.ticket?)
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
    let mut prices = Vec::with_capacity(usize::from(segment.last_element()));
    for element in 1..=segment.last_element() {
        let code = batch.take(segment, element, 1, Field::PriceKind);
        let (amount, word) = batch.take_amount(
            segment,
            (element, 2),
            (Field::PriceAmount, Field::PriceWord),
        );
        let kind = match code.as_deref() {
            None => PriceKind::Unstated,
            Some(code) => PRICE_KINDS
                .iter()
                .find(|row| row.0 == code)
                .map_or(PriceKind::Other, |row| row.1),
        };
        let price = Price {
            kind: Some(kind),
            kind_received: code.filter(|_| kind == PriceKind::Other),
            amount,
            word,
            currency: batch.take(segment, element, 3, Field::PriceCurrency),
            place: batch.take_joined(segment, element, 4, Field::PricePlace),
        };
        if price.amount.is_some() || price.word.is_some() || price.currency.is_some() {
            prices.push(price);
        }
    }
    if let Some(ticket) = open(builder) {
        add_all(&mut ticket.prices, prices);
    }
}

/// `TXD`: taxes and fees, one for each element from the second on.
pub(super) fn taxes(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    let category = batch.take_joined(segment, 1, 1, Field::TaxCategory);
    let mut taxes = Vec::with_capacity(usize::from(segment.last_element().saturating_sub(1)));
    for element in 2..=segment.last_element() {
        let (amount, word) =
            batch.take_amount(segment, (element, 1), (Field::TaxAmount, Field::TaxWord));
        let tax = Tax {
            amount,
            word,
            country: batch.take(segment, element, 2, Field::TaxCountry),
            currency: batch.take(segment, element, 3, Field::TaxCurrency),
            code: batch.take_joined(segment, element, 4, Field::TaxCode),
            category: category.clone(),
        };
        if tax.amount.is_some() || tax.word.is_some() || tax.code.is_some() {
            taxes.push(tax);
        }
    }
    if let Some(ticket) = open(builder) {
        add_all(&mut ticket.taxes, taxes);
    }
}

/// `PTK`: pricing indicators, time limit, validating carrier, place of sale.
pub(super) fn pricing(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    let mut indicators = batch.take_list(segment, 1, 1, Field::TicketIndicators);
    indicators.extend(batch.take_list(segment, 2, 1, Field::TicketIndicators));
    let deadline = deadline(batch, segment);
    let carrier = batch.take_joined(segment, 4, 1, Field::TicketValidatingCarrier);
    let code = batch.take_joined(segment, 5, 1, Field::TicketAccountingCode);
    let city = batch.take(segment, 6, 1, Field::TicketSaleCity);
    let country = batch.take_joined(segment, 6, 2, Field::TicketSaleCountry);
    let Some(ticket) = open(builder) else { return };
    ticket.indicators = indicators;
    ticket.deadline = deadline;
    ticket.validating_carrier = carrier;
    ticket.accounting_code = code;
    ticket.sale_city = city;
    ticket.sale_country = country;
}

/// Some senders write the time limit as `YYMMDD`; the calendar tells where it can.
fn deadline(batch: &mut Batch<'_, '_>, segment: &Segment<'_>) -> Option<Timestamp> {
    let reference = batch.reference;
    let read = |text: &str| dates::ddmmyy(text, reference).or_else(|| dates::yymmdd(text));
    let day = batch.take_as(
        segment,
        (3, 1),
        Field::TicketDeadline,
        Code::UnreadableDate,
        read,
    )?;
    let read = |text: &str| dates::with_time(day, text);
    let time = batch.take_as(
        segment,
        (3, 2),
        Field::TicketDeadline,
        Code::UnreadableTime,
        read,
    );
    Some(time.unwrap_or(day).zoned(Zone::Unstated))
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
    for element in 1..=segment.last_element() {
        if batch.rest(segment, element, 0).len() > 0 {
            let payment = payment(builder, batch, segment, element);
            add_payment(builder, payment);
        }
    }
}

/// Adds a payment; whoever pays it may have been named before it.
fn add_payment(builder: &mut Builder, payment: Payment) {
    let waits = |known: &&mut Payment| {
        known.passenger == payment.passenger && known.method.is_none() && known.payer.is_some()
    };
    match builder.booking.payments.last_mut().filter(waits) {
        Some(known) => {
            *known = Payment {
                payer: known.payer.take(),
                payer_address: known.payer_address.take(),
                payer_phone: known.payer_phone.take(),
                ..payment
            };
        }
        None => push_one(&mut builder.booking.payments, payment),
    }
}

fn payment(
    builder: &mut Builder,
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    element: u16,
) -> Payment {
    let code = batch.take(segment, element, 1, Field::PaymentMethod);
    let method = code.as_deref().map(|code| {
        METHODS
            .iter()
            .find(|row| row.0.eq_ignore_ascii_case(code))
            .map_or(PaymentMethod::Other, |row| row.1)
    });
    let (amount, word) = batch.take_amount(
        segment,
        (element, 3),
        (Field::PaymentAmount, Field::PaymentWord),
    );
    let (expires, expires_received) = expiry(batch, segment, element);
    Payment {
        passenger: builder.passenger_id(),
        ticket: if builder.group == Group::Ticket {
            builder.ticket_id()
        } else {
            Id::NONE
        },
        method,
        method_received: code.filter(|_| method == Some(PaymentMethod::Other)),
        indicator: batch.take(segment, element, 2, Field::PaymentIndicator),
        scheme: batch.take(segment, element, 4, Field::PaymentScheme),
        account: account(batch, segment, element),
        expires,
        expires_received,
        amount,
        word,
        approval: batch.take(segment, element, 7, Field::PaymentApproval),
        authorisation: joined(batch, segment, element, 8..=12, Field::PaymentAuthorisation),
        text: joined(batch, segment, element, 13..=u16::MAX, Field::PaymentText),
        ..Payment::default()
    }
}

/// The account, masked; a number in clear is reported.
fn account(batch: &mut Batch<'_, '_>, segment: &Segment<'_>, element: u16) -> Option<CardNumber> {
    let number = batch.take(segment, element, 5, Field::PaymentAccount)?;
    let digits = number.chars().filter(char::is_ascii_digit).count();
    if digits >= 12 {
        batch.doubt_at(
            Code::CardInClear,
            segment,
            (element, 5),
            Some(Field::PaymentAccount),
        );
    }
    Some(CardNumber::mask(&number))
}

/// `MMYY`.
fn expiry(
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    element: u16,
) -> (Option<PartialDate>, Option<Text>) {
    let Some(text) = batch.take(segment, element, 6, Field::PaymentExpires) else {
        return (None, None);
    };
    let read = || {
        let (month, year) = text
            .split_at_checked(2)
            .filter(|(_, year)| year.len() == 2)?;
        PartialDate::new(2000 + year.parse::<u16>().ok()?, month.parse().ok()?, 0)
    };
    match read() {
        Some(date) => (Some(date), None),
        None => {
            batch.doubt_at(
                Code::UnreadableDate,
                segment,
                (element, 6),
                Some(Field::PaymentExpires),
            );
            batch.claim_at(segment, element, 6, Field::PaymentExpiresReceived);
            (None, Some(text))
        }
    }
}

fn joined(
    batch: &mut Batch<'_, '_>,
    segment: &Segment<'_>,
    element: u16,
    components: std::ops::RangeInclusive<u16>,
    field: Field,
) -> Option<Text> {
    let mut parts = batch
        .rest(segment, element, *components.start())
        .take_while(|found| components.contains(&found.component()))
        .inspect(|found| batch.claim(found, field));
    let mut text = parts.next()?.code();
    for part in parts {
        let whole = text.to_mut();
        whole.push(' ');
        whole.push_str(&part.code());
    }
    Some(Text::from(text))
}

/// `FAR`: the fare of the open traveller, and its age.
pub(super) fn fare(builder: &mut Builder, batch: &mut Batch<'_, '_>, segment: &Segment<'_>) {
    let age = batch.take_number(segment, 2, 1, Field::PassengerAge);
    let mut fare = Fare {
        passenger: builder.passenger_id(),
        traveller_code: batch.take_joined(segment, 1, 1, Field::FareTravellerCode),
        discount: batch.take(segment, 3, 1, Field::FareDiscount),
        percent: batch.take(segment, 3, 2, Field::FarePercent),
        country: batch.take(segment, 3, 3, Field::FareCountry),
        class: batch.take_joined(segment, 3, 4, Field::FareClass),
        kind: joined(batch, segment, 4, 1..=u16::MAX, Field::FareKind),
        ..Fare::default()
    };
    let further = joined(batch, segment, 5, 1..=u16::MAX, Field::FareKind);
    fare.kind = fare.kind.or(further);
    for element in 6..=segment.last_element() {
        let basis = batch.take_list(segment, element, 1, Field::FareBasis);
        add_all(&mut fare.basis, basis);
    }
    if let Some(passenger) = builder.open_passenger() {
        passenger.age = age.or(passenger.age);
    }
    add_fare(builder, fare);
}

/// Adds a fare; the fare calculation of the same traveller may have come before it.
fn add_fare(builder: &mut Builder, fare: Fare) {
    let waits = |known: &&mut Fare| known.passenger == fare.passenger && known.basis.is_empty();
    match builder.booking.fares.last_mut().filter(waits) {
        Some(known) => {
            *known = Fare {
                calculation: known.calculation.take(),
                indicator: known.indicator.take(),
                carrier: known.carrier.take(),
                ..fare
            };
        }
        None => builder.booking.fares.push(fare),
    }
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
    let (rate, _) = batch.take_amount(segment, (1, 2), (Field::ExcessRate, Field::ExcessIndicator));
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
