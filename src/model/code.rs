//! Code lists and small values of the schema.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use super::Text;
use super::leaf::{Class, Raw, Value, codes, serde_as_text};
use super::short::Short;

codes! {
    /// How a leg is travelled.
    public enum Mode {
        /// By aircraft.
        Air = "air",
        /// By train.
        Rail = "rail",
        /// By coach.
        Coach = "coach",
        /// By ship.
        Ferry = "ferry",
    }

    /// What has become of a booking as a whole.
    public enum BookingStatus {
        /// It stands.
        Active = "active",
        /// It was cancelled, left the reported leg, or was not found: PNRGOV sends
        /// it with an empty `ORG`.
        Cancelled = "cancelled",
    }

    /// Who gave out a locator.
    public enum LocatorKind {
        /// The reservation system of a carrier or its host.
        Reservation = "reservation",
        /// A departure control system, because no reservation was available.
        DepartureControl = "departure-control",
        /// A travel agency.
        Agency = "agency",
        /// A distributor between carrier and traveller.
        Distributor = "distributor",
        /// Printed on the ticket for its control.
        TicketControl = "ticket-control",
        /// Made by this library because the source has none.
        Synthetic = "synthetic",
    }

    /// What a leg is in the itinerary.
    public enum LegKind {
        /// An ordinary leg.
        Travel = "travel",
        /// Booked without a date or a number yet (`OPEN`).
        Open = "open",
        /// Arrival unknown: the traveller moves by other means (`ARNK`).
        Surface = "surface",
    }

    /// The state of a leg in its booking, from AIRIMP action and status codes.
    public enum LegStatus {
        /// Requested, not answered.
        Requested = "requested",
        /// On a waiting list.
        Waitlisted = "waitlisted",
        /// Confirmed.
        Confirmed = "confirmed",
        /// Refused by the carrier.
        Refused = "refused",
        /// Cancelled.
        Cancelled = "cancelled",
        /// Informative only: this booking holds no seat for it.
        Passive = "passive",
        /// Checked in.
        CheckedIn = "checked-in",
        /// On board.
        Boarded = "boarded",
        /// Did not appear.
        NoShow = "no-show",
        /// Appeared without a booking.
        GoShow = "go-show",
    }

    /// Which code list a stop's code is from.
    public enum StopScheme {
        /// IATA location code of an airport, station or city.
        Iata = "iata",
        /// ICAO location indicator.
        Icao = "icao",
        /// UIC station code, seven digits.
        Uic = "uic",
        /// UN/LOCODE.
        UnLocode = "un-locode",
        /// A code of the carrier, or plain text.
        Free = "free",
    }

    /// What kind of traveller somebody is to the carrier.
    public enum PassengerKind {
        /// Adult.
        Adult = "adult",
        /// Child.
        Child = "child",
        /// Infant, with a seat or on an adult's lap.
        Infant = "infant",
        /// Youth.
        Youth = "youth",
        /// Senior.
        Senior = "senior",
        /// Nobody: a seat booked for baggage or comfort.
        ExtraSeat = "extra-seat",
    }

    /// In what role somebody is on board.
    public enum Role {
        /// Traveller.
        Passenger = "passenger",
        /// Crew of this journey, or crew being carried to one.
        Crew = "crew",
        /// Staying on board through a stop.
        Transit = "transit",
    }

    /// Sex as a travel document or a reservation states it.
    personal enum Sex {
        /// Female.
        Female = "female",
        /// Male.
        Male = "male",
        /// Marked as neither (`X`).
        Other = "other",
        /// Marked as unknown or not stated (`U`).
        Unspecified = "unspecified",
    }

    /// What a travel document is.
    public enum DocumentKind {
        /// Passport.
        Passport = "passport",
        /// Passport card.
        PassportCard = "passport-card",
        /// National identity card.
        IdentityCard = "identity-card",
        /// Residence permit.
        ResidencePermit = "residence-permit",
        /// Document of a refugee or stateless person.
        RefugeeDocument = "refugee-document",
        /// Military identity card.
        MilitaryCard = "military-card",
        /// Certificate or licence of crew.
        CrewCertificate = "crew-certificate",
        /// Facilitation document, or another that the carrier accepts.
        Other = "other",
    }

    /// What stands in a `visas[]` item.
    public enum VisaKind {
        /// Visa.
        Visa = "visa",
        /// Redress number.
        Redress = "redress",
        /// Known traveller number.
        KnownTraveller = "known-traveller",
    }

    /// How data of a document were captured.
    public enum Capture {
        /// Read from the machine-readable zone.
        Mrz = "mrz",
        /// Read from the chip.
        Chip = "chip",
        /// Typed in.
        Manual = "manual",
    }

    /// What a contact is.
    public enum ContactKind {
        /// Postal address.
        Postal = "postal",
        /// Telephone number.
        Phone = "phone",
        /// E-mail address.
        Email = "email",
    }

    /// From what kind of place in the source a contact comes.
    public enum Origin {
        /// A field that is made for it.
        Field = "field",
        /// A service request of the carrier (SSR).
        Service = "service",
        /// Other service information, free text for carriers (OSI).
        Osi = "osi",
        /// Picked from unstructured history: low trust.
        History = "history",
    }

    /// Whether a seat was asked for or given at check-in.
    public enum SeatKind {
        /// Booked or requested.
        Booked = "booked",
        /// Taken at check-in.
        Taken = "taken",
    }

    /// The part of somebody in a baggage pool.
    public enum PoolRole {
        /// Bags of others are counted here.
        Head = "head",
        /// The bags are counted with the head of the pool.
        Member = "member",
    }

    /// In what a weight is given.
    public enum WeightUnit {
        /// Kilogram.
        Kilogram = "kg",
        /// Pound.
        Pound = "lb",
    }

    /// What an amount of a ticket is.
    public enum PriceKind {
        /// Base fare.
        Base = "base",
        /// Total.
        Total = "total",
        /// Base fare in the currency of payment.
        Equivalent = "equivalent",
        /// Another amount; the received code says which.
        Other = "other",
        /// The source does not say.
        Unstated = "unstated",
    }

    /// How something was paid.
    public enum PaymentMethod {
        /// Cash.
        Cash = "cash",
        /// Card.
        Card = "card",
        /// Cheque.
        Cheque = "cheque",
        /// Against a request of a government.
        GovernmentRequest = "government-request",
        /// Account, invoice or prepaid order.
        Account = "account",
        /// Direct debit.
        DirectDebit = "direct-debit",
        /// Transfer.
        Transfer = "transfer",
        /// Voucher.
        Voucher = "voucher",
        /// Exchange of another document.
        Exchange = "exchange",
        /// Another; the received code says which.
        Other = "other",
    }

    /// What a history entry did.
    public enum HistoryAction {
        /// Added.
        Added = "added",
        /// Cancelled.
        Cancelled = "cancelled",
        /// Changed.
        Changed = "changed",
    }

    /// What a remark is.
    public enum RemarkKind {
        /// Other service information for a carrier (OSI).
        Osi = "osi",
        /// Another text; the received code says which.
        Other = "other",
        /// A comment of an operator's own system.
        Comment = "comment",
    }

    /// Which push of a carrier a message belongs to.
    public enum Push {
        /// All bookings of the journey.
        Full = "full",
        /// Only what changed since the last push.
        Update = "update",
    }

    /// What a message is.
    public enum MessageKind {
        /// Bookings pushed by a carrier.
        Pnrgov = "pnrgov",
        /// Passenger or crew list.
        Paxlst = "paxlst",
        /// A state's request for bookings.
        Govreq = "govreq",
        /// A state's acknowledgement of a push.
        Ackres = "ackres",
        /// A state's answer to a passenger list.
        Cusres = "cusres",
        /// A syntax acknowledgement.
        Contrl = "contrl",
        /// A row or node source that a mapping reads.
        Mapped = "mapped",
        /// Another; the received code says which.
        Other = "other",
    }

    /// The place of a message among the parts of one transfer (ISO 9735, 0073).
    public enum Part {
        /// First of several.
        First = "first",
        /// Between first and last.
        Middle = "middle",
        /// Last, or the only one.
        Last = "last",
    }

    /// On what legal basis data came, as the caller states it.
    public enum LegalBasis {
        /// Directive (EU) 2016/681 as transposed.
        PnrDirective = "pnr-directive",
        /// National law on passenger records.
        NationalPnr = "national-pnr",
        /// Directive 2004/82/EC.
        Api2004 = "api-2004",
        /// Regulation (EU) 2025/12.
        Api2025Border = "api-2025-12",
        /// Regulation (EU) 2025/13.
        Api2025LawEnforcement = "api-2025-13",
        /// Port formalities of ships (FAL, Schengen borders code).
        PortFormalities = "port-formalities",
        /// Directive 98/41/EC: safety at sea, not for this purpose.
        SeaSafety = "sea-safety",
    }
}

/// A state, territory or organisation by the three letters of ISO 3166-1 or
/// Doc 9303 Part 3 section 5 (`BEL`, `UTO`, `XXA`). The German `D` is `DEU` here.
///
/// ```
/// use paxnorm::model::Country;
///
/// assert_eq!(Country::new("BEL").unwrap().as_str(), "BEL");
/// assert_eq!(Country::new("BE"), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 3]);

impl Country {
    /// Three capital letters; whether such a state exists is not checked here.
    #[must_use]
    pub fn new(code: &str) -> Option<Self> {
        let letters: [u8; 3] = code.as_bytes().try_into().ok()?;
        letters
            .iter()
            .all(u8::is_ascii_uppercase)
            .then_some(Self(letters))
    }

    /// The three letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Country(_)")
    }
}

impl Value for Country {
    const CLASS: Class = Class::Country;

    fn parse(text: &str) -> Option<Self> {
        Self::new(text)
    }

    fn take(raw: Raw<'_>) -> Option<Self> {
        match raw {
            Raw::Country(value) => Some(value),
            Raw::Text(text) => Self::parse(text),
            _ => None,
        }
    }

    fn show(&self) -> Text {
        Text::from(self.as_str())
    }
}

serde_as_text!(
    Country,
    Country::as_str,
    "three capital letters of ISO 3166-1 or Doc 9303",
    "^[A-Z]{3}$"
);

/// A decimal amount, exact: `1999.99`. Its currency stands beside it.
///
/// ```
/// use paxnorm::model::Amount;
///
/// assert_eq!(Amount::parse("0999.90", '.').unwrap().to_string(), "999.90");
/// assert_eq!(Amount::parse("12,5", ',').unwrap().to_string(), "12.5");
/// assert_eq!(Amount::parse("12٫5", '٫').unwrap().to_string(), "12.5");
/// assert_eq!(Amount::parse("1.2.5", '.'), None);
/// assert_eq!(Amount::parse("AWARD", '.'), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount {
    units: i64,
    decimals: u8,
}

/// Digits of an amount that surely find room in its units.
const MOST_DIGITS: usize = 18;

/// A number with the digits added that a text begins with, and what stands behind them. Whoever
/// asks counts the digits: the number of too many is none.
#[inline(always)]
fn with_digits(mut number: i64, text: &[u8]) -> (i64, &[u8]) {
    let mut rest = text;
    while let [digit @ b'0'..=b'9', behind @ ..] = rest {
        number = number
            .wrapping_mul(10)
            .wrapping_add(i64::from(digit - b'0'));
        rest = behind;
    }
    (number, rest)
}

impl Amount {
    /// So many units of the last decimal place: `from_minor(1250, 2)` is `12.50`.
    #[must_use]
    pub fn from_minor(units: i64, decimals: u8) -> Self {
        Self { units, decimals }
    }

    /// Reads a decimal number with the given mark; no grouping, at most 18 digits.
    #[must_use]
    pub fn parse(text: &str, mark: char) -> Option<Self> {
        Self::read(text, mark)
    }

    /// As [`parse`](Self::parse), as part of what asks: where the amount stays it costs less.
    #[inline(always)]
    pub(crate) fn read(text: &str, mark: char) -> Option<Self> {
        let (sign, number) = match text.as_bytes() {
            [b'-', number @ ..] => (-1, number),
            number => (1, number),
        };
        let (whole, behind) = with_digits(0, number);
        let decimals = match behind {
            [] => behind,
            [first, decimals @ ..] if char::from(*first) == mark && first.is_ascii() => decimals,
            _ => behind.strip_prefix(mark.encode_utf8(&mut [0; 4]).as_bytes())?,
        };
        let (units, rest) = with_digits(whole, decimals);
        let digits = number.len() - behind.len() + decimals.len();
        // Only then: of too many digits the units have run over, and may have no opposite.
        (rest.is_empty() && (1..=MOST_DIGITS).contains(&digits)).then(|| Self {
            units: sign * units,
            decimals: decimals.len() as u8,
        })
    }
}

impl Amount {
    fn written(&self) -> Short {
        let mut written = Short::new();
        if self.units < 0 {
            written.sign(b'-');
        }
        let units = self.units.unsigned_abs();
        let scale = 10_u64.checked_pow(u32::from(self.decimals));
        match scale.filter(|_| self.decimals > 0) {
            None => written.number(units, 1),
            Some(scale) => {
                written.number(units / scale, 1).sign(b'.');
                written.number(units % scale, self.decimals.into())
            }
        };
        written
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written())
    }
}

impl fmt::Debug for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Amount(_)")
    }
}

impl Value for Amount {
    const CLASS: Class = Class::Amount;

    fn parse(text: &str) -> Option<Self> {
        Self::parse(text, '.')
    }

    fn take(raw: Raw<'_>) -> Option<Self> {
        match raw {
            Raw::Amount(value) => Some(value),
            Raw::Text(text) => <Self as Value>::parse(text),
            _ => None,
        }
    }

    fn show(&self) -> Text {
        Text::from(self.written())
    }
}

serde_as_text!(
    Amount,
    Amount::written,
    "a decimal number such as 12.50",
    "^-?[0-9]+(\\.[0-9]+)?$"
);

/// A card or account number that was masked when it was read.
///
/// There is no way to hold a full number: whatever goes in, of twelve and more
/// letters and digits at most the first six and the last four come out.
///
/// ```
/// use paxnorm::model::CardNumber;
///
/// let card = CardNumber::mask("4012 8888 8888 1881");
/// assert_eq!(card.as_str(), "401288XXXXXX1881");
/// assert_eq!(CardNumber::mask("XXXXXXXX1186").as_str(), "XXXXXXXX1186");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct CardNumber(Text);

impl CardNumber {
    /// Masks a number; all that is no letter or digit of ASCII goes, short numbers that are no card
    /// stay. Nothing is left of a text without letters and digits.
    #[must_use]
    pub fn mask(number: &str) -> Self {
        if is_masked(number.as_bytes()) {
            return Self(Text::from(number));
        }
        Self::mask_slowly(number)
    }

    #[cold]
    #[inline(never)]
    fn mask_slowly(number: &str) -> Self {
        let mut kept: Vec<char> = number.chars().filter(char::is_ascii_alphanumeric).collect();
        if kept.len() >= 12 {
            let hidden = 6..kept.len() - 4;
            kept.iter_mut()
                .take(hidden.end)
                .skip(hidden.start)
                .for_each(|c| *c = 'X');
        }
        Self(Text::from(kept.into_iter().collect::<String>()))
    }

    /// Masks the card numbers that stand in a text: runs of 14 to 19 digits that
    /// begin and check (ISO/IEC 7812-1) as card numbers do.
    ///
    /// ```
    /// use paxnorm::model::CardNumber;
    ///
    /// assert_eq!(CardNumber::mask_within("FP CCVI4012888888881881/0928"), "FP CCVI401288XXXXXX1881/0928");
    /// assert_eq!(CardNumber::mask_within("TAG 4074902824"), "TAG 4074902824");
    /// ```
    #[must_use]
    pub fn mask_within(text: &str) -> Cow<'_, str> {
        let mut masked = Cow::Borrowed(text);
        let bytes = text.as_bytes();
        // So long a run holds one of every so many bytes behind the last one.
        let mut sample = SHORTEST_CARD - 1;
        while let Some(byte) = bytes.get(sample) {
            if byte.is_ascii_digit() {
                let run = digits_around(bytes, sample);
                sample = run.end;
                if let Some(number) = text.get(run.clone()).filter(|run| is_card_number(run)) {
                    masked.to_mut().replace_range(run, &Self::mask(number).0);
                }
            }
            sample += SHORTEST_CARD;
        }
        masked
    }

    /// Masks a number, if there is any.
    pub(crate) fn read(number: &str) -> Option<Self> {
        Some(Self::mask(number)).filter(|masked| !masked.0.is_empty())
    }

    /// The masked number.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether masking would leave these letters and digits as they are.
fn is_masked(number: &[u8]) -> bool {
    let hidden = number
        .get(6..number.len().saturating_sub(4))
        .unwrap_or_default();
    let hides = number.len() < 12 || hidden.iter().all(|byte| *byte == b'X');
    hides && number.iter().all(u8::is_ascii_alphanumeric)
}

const SHORTEST_CARD: usize = 14;

/// The run of digits in which one stands.
fn digits_around(bytes: &[u8], at: usize) -> Range<usize> {
    let (before, behind) = bytes.split_at_checked(at).unwrap_or_default();
    let ends = |byte: &u8| !byte.is_ascii_digit();
    let start = before.iter().rposition(ends).map_or(0, |last| last + 1);
    let end = behind.iter().position(ends).unwrap_or(behind.len());
    start..at + end
}

/// Length, first digit and check digit of a card number.
fn is_card_number(digits: &str) -> bool {
    if !(SHORTEST_CARD..=19).contains(&digits.len())
        || !digits.starts_with(['2', '3', '4', '5', '6'])
    {
        return false;
    }
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let values = digits
        .bytes()
        .rev()
        .map(|byte| u32::from(byte - b'0'))
        .enumerate();
    let sum: u32 = values
        .map(|(at, digit)| if at % 2 == 1 { doubled(digit) } else { digit })
        .sum();
    sum.is_multiple_of(10)
}

impl fmt::Display for CardNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for CardNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CardNumber(_)")
    }
}

impl Value for CardNumber {
    const CLASS: Class = Class::Card;

    fn parse(text: &str) -> Option<Self> {
        Self::read(text)
    }

    fn show(&self) -> Text {
        self.0.clone()
    }
}

serde_as_text!(
    CardNumber,
    CardNumber::as_str,
    "a card number",
    "^[0-9A-Za-z]+$"
);

/// The number of an item within its booking, to which other items point.
///
/// Numbers stay when items before them are removed, and show no count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(u16);

impl Id {
    /// Points to nothing.
    pub const NONE: Self = Self(0);

    /// The id of this number; 0 is [`Id::NONE`].
    #[must_use]
    pub const fn new(number: u16) -> Self {
        Self(number)
    }

    /// The number, 0 for none.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }

    /// Whether it points to nothing.
    #[must_use]
    pub const fn is_none(self) -> bool {
        self.0 == 0
    }
}

impl super::leaf::Absent for Id {
    fn absent(&self) -> bool {
        self.is_none()
    }
}

impl serde::Serialize for Id {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u16(self.0)
    }
}

impl<'de> serde::Deserialize<'de> for Id {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        u16::deserialize(deserializer).map(Self)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Id {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Id".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "integer", "minimum": 1, "maximum": 65535 })
    }
}
