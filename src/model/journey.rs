use super::leaf::record;
use super::{
    Id, LegKind, LegStatus, Mode, PoolRole, SeatKind, StopScheme, Text, Timestamp, WeightUnit,
};

record! {
    /// One leg of the itinerary: one carrier, one number, from one stop to another.
    pub struct Leg {
        /// Number within the booking; seats, bags and others point to it.
        pub id: Id,
        /// By what it is travelled.
        pub mode: Option<Mode>,
        /// Ordinary, open or surface.
        pub kind: Option<LegKind>,
        /// Who sells it.
        pub marketing: Service,
        /// Who carries it out, where that is another.
        pub operating: Service,
        /// Where it starts.
        pub from: Stop,
        /// Where it ends.
        pub to: Stop,
        /// Departure, in local time of the stop.
        pub departure: Option<Timestamp>,
        /// Arrival, in local time of the stop.
        pub arrival: Option<Timestamp>,
        /// State in this booking.
        pub status: Option<LegStatus>,
        /// The status code received.
        pub status_received: Option<Text>,
        /// Travellers of this booking on the leg.
        pub travellers: Option<u32>,
        /// Type of aircraft, train or ship.
        pub equipment: Option<Text>,
        /// Number of intermediate stops.
        pub stops: Option<u32>,
        /// Duration, as received.
        pub duration: Option<Text>,
        /// Days by which the arrival differs, as received.
        pub date_variation: Option<Text>,
        /// Whether this is the journey for which the message was sent.
        pub reported: Option<bool>,
        /// Stops between start and end.
        pub calls: Vec<Stop>,
    }

    /// A carrier with the number and the class under which it offers a leg.
    pub struct Service {
        /// Carrier (IATA, RICS or the carrier's own code).
        pub carrier: Option<Text>,
        /// Flight, train, line or voyage number without leading zeros.
        pub number: Option<Text>,
        /// Operational suffix of the number.
        pub suffix: Option<Text>,
        /// Booking class.
        pub class: Option<Text>,
    }

    /// A place where a leg starts, ends or calls.
    pub struct Stop {
        /// Code list of the code.
        pub scheme: Option<StopScheme>,
        /// Code.
        pub code: Option<Text>,
        /// Name, as received.
        pub name: Option<Text>,
        /// IANA time zone, from a table or the source, never guessed.
        pub time_zone: Option<Text>,
    }

    /// A seat, berth or cabin.
    pub struct Seat {
        /// Whose it is.
        pub passenger: Id,
        /// On which leg.
        pub leg: Id,
        /// Booked or taken.
        pub kind: Option<SeatKind>,
        /// Number without leading zeros, with coach and deck beside it.
        pub number: Option<Text>,
        /// Coach or carriage.
        pub coach: Option<Text>,
        /// Deck.
        pub deck: Option<Text>,
        /// Cabin or class.
        pub cabin: Option<Text>,
        /// Characteristics, as received (`N` non-smoking, `W` window, …).
        pub characteristics: Vec<Text>,
        /// Carrier to which the request went.
        pub carrier: Option<Text>,
        /// Start of the part of the journey, as received.
        pub from: Option<Text>,
        /// End of the part of the journey, as received.
        pub to: Option<Text>,
        /// Status of the request, as received.
        pub status: Option<Text>,
        /// Code of the request, as received.
        pub request: Option<Text>,
        /// Number of seats asked for.
        pub quantity: Option<u32>,
        /// Text of the request.
        pub text: Option<Text>,
    }

    /// A check-in.
    pub struct CheckIn {
        /// Who was checked in.
        pub passenger: Id,
        /// For which leg.
        pub leg: Id,
        /// When.
        pub at: Option<Timestamp>,
        /// Boarding or sequence number.
        pub sequence: Option<Text>,
        /// By whom.
        pub agent: super::Agency,
        /// What was received where a time was expected.
        pub text: Option<Text>,
    }

    /// Checked baggage of one person or pool.
    pub struct Bag {
        /// Whose it is.
        pub passenger: Id,
        /// On which leg.
        pub leg: Id,
        /// Number of pieces.
        pub pieces: Option<u32>,
        /// Weight.
        pub weight: Option<u32>,
        /// Unit of the weight.
        pub unit: Option<WeightUnit>,
        /// The unit code received, where it is not known.
        pub unit_received: Option<Text>,
        /// Part in a baggage pool.
        pub pool: Option<PoolRole>,
        /// Ticket or boarding number that names the pool.
        pub pool_id: Option<Text>,
        /// Status, as received.
        pub status: Option<Text>,
        /// Tags.
        pub tags: Vec<BagTag>,
    }

    /// A run of consecutive baggage tags.
    pub struct BagTag {
        /// Carrier or company that issued the tag.
        pub carrier: Option<Text>,
        /// First number.
        pub number: Option<Text>,
        /// How many consecutive numbers.
        pub count: Option<u32>,
        /// Destination.
        pub destination: Option<Text>,
        /// Numeric code of the issuer.
        pub issuer: Option<Text>,
        /// Further details, as received.
        pub details: Option<Text>,
    }

    /// Excess baggage that was paid for.
    pub struct Excess {
        /// Whose it is; none for all travellers.
        pub passenger: Id,
        /// Pieces or units.
        pub quantity: Option<Text>,
        /// What is counted: `N` pieces, `W` weight.
        pub measure: Option<Text>,
        /// Unit of a weight (`K`, `L`).
        pub unit: Option<Text>,
        /// Rate.
        pub rate: Option<super::Amount>,
        /// Currency of the rate.
        pub currency: Option<Text>,
        /// Further indicator, as received.
        pub indicator: Option<Text>,
    }
}

/// Tags of one run are never listed beyond this many: a guide example itself has
/// a count of 722,356.
const TAGS_LISTED: u32 = 99;

impl BagTag {
    /// The numbers of the run, at most 99; only the received text where it is no number.
    ///
    /// ```
    /// use paxnorm::model::{BagTag, Text};
    ///
    /// let mut tag = BagTag::default();
    /// tag.number = Some(Text::from("4074902824"));
    /// tag.count = Some(3);
    /// let numbers: Vec<String> = tag.numbers().collect();
    /// assert_eq!(numbers, ["4074902824", "4074902825", "4074902826"]);
    /// ```
    pub fn numbers(&self) -> impl Iterator<Item = String> + '_ {
        let text = self.number.as_deref().unwrap_or_default();
        let first = text.parse::<u64>().ok();
        let count = if first.is_some() {
            self.count.unwrap_or(1).clamp(1, TAGS_LISTED)
        } else {
            1
        };
        (0..u64::from(count))
            .filter(|_| !text.is_empty())
            .map(move |step| match first {
                Some(first) => {
                    format!("{:0width$}", first.saturating_add(step), width = text.len())
                }
                None => text.to_owned(),
            })
    }
}
