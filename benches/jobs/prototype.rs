//! What somebody would write first: the scan of this library, plain structs with owned texts, and
//! `serde_json`. No date is checked, no name or service text taken apart, nothing withheld,
//! nothing accounted for. It is the mark for JSON: what a typed program costs that does no more.

use paxnorm::edifact::{Charset, Scanner, Segment, Tag};
use serde::Serialize;

#[derive(Default, Serialize)]
struct Booking {
    locators: Vec<Vec<String>>,
    passengers: Vec<Passenger>,
    legs: Vec<Leg>,
    services: Vec<Vec<String>>,
    others: Vec<Other>,
}

#[derive(Serialize)]
struct Passenger {
    surname: String,
    given: Option<String>,
    kind: Option<String>,
    others: Vec<Other>,
}

#[derive(Serialize)]
struct Leg {
    times: Vec<String>,
    from: Option<String>,
    to: Option<String>,
    carrier: Option<String>,
    number: Option<String>,
    others: Vec<Other>,
}

/// A segment of which only the texts are kept.
#[derive(Serialize)]
struct Other {
    tag: String,
    texts: Vec<String>,
}

/// Writes a line for each booking into memory that is used again; the bytes written.
pub(super) fn ndjson(input: &[u8], line: &mut Vec<u8>) -> usize {
    let mut bytes = 0;
    super::edifact::scan(input, &mut Scanner::new(), |scanner, delimiters| {
        let mut booking = Booking::default();
        for segment in scanner.segments(input, Charset::Ascii, delimiters) {
            booking.take(&segment);
        }
        line.clear();
        serde_json::to_writer(&mut *line, &booking).expect("it is JSON");
        bytes += line.len();
    });
    bytes
}

impl Booking {
    fn take(&mut self, segment: &Segment<'_>) {
        let texts = || segment.components().map(|part| part.text().into_owned());
        match segment.tag() {
            tag if tag == Tag::new(b"RCI") => self.locators.push(texts().collect()),
            tag if tag == Tag::new(b"SSR") => self.services.push(texts().collect()),
            tag if tag == Tag::new(b"TIF") => self.passengers.push(Passenger::of(segment)),
            tag if tag == Tag::new(b"TVL") => self.legs.push(Leg::of(segment)),
            tag => {
                let other = Other {
                    tag: tag.as_str().to_owned(),
                    texts: texts().collect(),
                };
                let owner = match (self.legs.last_mut(), self.passengers.last_mut()) {
                    (Some(leg), _) => &mut leg.others,
                    (None, Some(passenger)) => &mut passenger.others,
                    (None, None) => &mut self.others,
                };
                owner.push(other);
            }
        }
    }
}

impl Passenger {
    fn of(segment: &Segment<'_>) -> Passenger {
        let mut at = at(segment);
        Passenger {
            surname: at(1, 1).unwrap_or_default(),
            given: at(2, 1),
            kind: at(2, 2),
            others: Vec::new(),
        }
    }
}

impl Leg {
    fn of(segment: &Segment<'_>) -> Leg {
        let times = segment.rest(1, 1, &mut 0);
        let times = times.map(|part| part.text().into_owned()).collect();
        let mut at = at(segment);
        Leg {
            times,
            from: at(2, 1),
            to: at(3, 1),
            carrier: at(4, 1),
            number: at(5, 1),
            others: Vec::new(),
        }
    }
}

/// The texts of a segment by their places, asked for in order.
fn at<'s>(segment: &'s Segment<'_>) -> impl FnMut(u16, u16) -> Option<String> + 's {
    let mut hint = 0;
    move |element, component| {
        let found = segment.find(element, component, &mut hint)?;
        Some(found.text().into_owned())
    }
}
