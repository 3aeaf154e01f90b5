//! CONTRL (ISO 9735-4): the answer of a receiver to an interchange.

use std::collections::BTreeMap;

use super::tag::Tag;
use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::model::{MessageKind, Provenance, Timestamp};

/// Writes the CONTRL that answers an interchange: what was received, message by
/// message, with the errors of its syntax down to segment and element.
///
/// `messages` are the provenances of the interchange in its order, as bookings
/// and records carry them; one that comes several times in a row counts once.
/// `reference` and `prepared` are the answer's own: the library has no clock.
///
/// A message is rejected (action 4) where it was cut off or its type is not
/// read; else it is acknowledged (7), and the errors are told beside. Values are
/// never repeated: an error is named by code and place (0085, S011).
///
/// ```
/// use paxnorm::edifact::contrl;
/// use paxnorm::model::Timestamp;
/// use paxnorm::Reader;
///
/// let bytes = b"UNB+UNOA:4+XX+UTO+260520:0439+77'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'\
///     TDT+20+XX602'NAD+FL+++ERIKSSON:ANNA'DTM+329:809999'UNT+9+1'UNZ+1+77'";
/// let (mut messages, mut diagnostics) = (Vec::new(), Vec::new());
/// for record in Reader::new(bytes)? {
///     let record = record?;
///     messages.extend(record.provenance);
///     messages.extend(record.booking.map(|booking| booking.provenance));
///     diagnostics.extend(record.diagnostics);
/// }
/// let prepared = Timestamp::new(2026, 5, 20).unwrap().at(4, 40, None).unwrap();
/// assert_eq!(
///     contrl("A1", prepared, messages.iter().map(|message| &**message), &diagnostics),
///     "UNB+UNOA:4+UTO+XX+260520:0440+A1'UNH+1+CONTRL:4:1:UN'UCI+77+XX+UTO+7'\
///      UCM+1+PAXLST:D:05B:UN:IATA+7+29+UNT+2:1'UCS+5'UCD+12+2:2'UNT+6+1'UNZ+1+A1'"
/// );
/// # Ok::<(), paxnorm::Error>(())
/// ```
#[must_use]
pub fn contrl<'p>(
    reference: &str,
    prepared: Timestamp,
    messages: impl IntoIterator<Item = &'p Provenance>,
    diagnostics: &[Diagnostic],
) -> String {
    let mut subject = None;
    let mut answered: Vec<&Provenance> = Vec::new();
    for message in messages {
        subject = subject.or(Some(message));
        let of_message = message.message.is_some();
        if of_message && !answered.last().is_some_and(|last| same(last, message)) {
            answered.push(message);
        }
    }
    let nothing = Provenance::default();
    let subject = subject.unwrap_or(&nothing);
    let mut answer = Answer::default();
    answer.header(subject, reference, prepared);
    answer.interchange(subject, diagnostics);
    let mut group = None;
    let by_message = sorted(diagnostics);
    for (number, message) in (1..).zip(answered) {
        if message.group_reference.is_some() && message.group_reference != group {
            answer.group(message);
        }
        group.clone_from(&message.group_reference);
        let own = by_message.get(&number).map(Vec::as_slice);
        answer.message(message, own.unwrap_or_default());
    }
    answer.trailer(reference);
    answer.text
}

type Error<'d> = (&'static str, &'d Diagnostic);

/// The errors of each message.
fn sorted(diagnostics: &[Diagnostic]) -> BTreeMap<u32, Vec<Error<'_>>> {
    let mut by_message: BTreeMap<u32, Vec<Error<'_>>> = BTreeMap::new();
    for diagnostic in diagnostics {
        if let (Some(place), Some(code)) = (place(diagnostic), error(diagnostic)) {
            let own = by_message.entry(place.message).or_default();
            own.push((code, diagnostic));
        }
    }
    by_message
}

fn same(one: &Provenance, other: &Provenance) -> bool {
    one.reference == other.reference
        && one.group_reference == other.group_reference
        && one.message_type == other.message_type
}

/// Syntax errors (0085) by what was found.
const ERRORS: &[(Code, &str)] = &[
    (Code::UnknownSegment, "15"),
    (Code::UnreadableDate, "12"),
    (Code::UnreadableTime, "12"),
    (Code::UnreadableNumber, "37"),
    (Code::TerminatorTypographic, "22"),
    (Code::TerminatorInData, "22"),
    (Code::TerminatorMissing, "13"),
    (Code::Fragment, "15"),
    (Code::Fused, "13"),
    (Code::ReleaseAtEnd, "22"),
    (Code::UnaInvalid, "22"),
    (Code::CharsetFallback, "21"),
    (Code::SegmentCount, "29"),
    (Code::MessageCount, "29"),
    (Code::ReferenceMismatch, "28"),
    (Code::TrailerMissing, "13"),
    (Code::Cut, "13"),
    (Code::UnknownMessage, "14"),
];

fn error(diagnostic: &Diagnostic) -> Option<&'static str> {
    if diagnostic.severity() == Severity::Note {
        return None;
    }
    let row = ERRORS.iter().find(|(code, _)| *code == diagnostic.code);
    row.map(|(_, error)| *error)
}

/// Acknowledged, with all below that is not rejected.
const ACKNOWLEDGED: &str = "7";
/// Rejected, with all below.
const REJECTED: &str = "4";

/// Service segments, whose errors are told with the level that they frame.
const MESSAGE_FRAME: [Tag; 2] = [Tag::new(b"UNH"), Tag::new(b"UNT")];
const OUTER_FRAME: [Tag; 4] = [
    Tag::new(b"UNB"),
    Tag::new(b"UNG"),
    Tag::new(b"UNE"),
    Tag::new(b"UNZ"),
];

/// More errors of one message than this are not told (SG2 of CONTRL).
const ERRORS_TOLD: usize = 999;

#[derive(Default)]
struct Answer {
    text: String,
    segments: u32,
}

impl Answer {
    /// Writes a segment of elements that hold their separators already.
    fn segment(&mut self, tag: &str, elements: &[&str]) {
        let filled = elements.iter().rposition(|element| !element.is_empty());
        self.text.push_str(tag);
        for element in elements.iter().take(filled.map_or(0, |last| last + 1)) {
            self.text.push('+');
            self.text.push_str(element);
        }
        self.text.push('\'');
        self.segments += 1;
    }

    fn header(&mut self, subject: &Provenance, reference: &str, prepared: Timestamp) {
        let syntax = subject.syntax.as_deref().unwrap_or("UNOA:4");
        let (sender, recipient) = parties(subject);
        let stamp = stamp(prepared);
        let syntax = composite(syntax);
        let reference = released(reference);
        self.segment("UNB", &[&syntax, &recipient, &sender, &stamp, &reference]);
        self.segments = 0;
        let version = if syntax.split(':').nth(1) == Some("4") {
            "CONTRL:4:1:UN"
        } else {
            "CONTRL:D:3:UN"
        };
        self.segment("UNH", &["1", version]);
    }

    /// `UCI`: the interchange, with the first error of its frame.
    fn interchange(&mut self, subject: &Provenance, diagnostics: &[Diagnostic]) {
        let reference = released(subject.interchange.as_deref().unwrap_or_default());
        let (sender, recipient) = parties(subject);
        let of_frame = |diagnostic: &&Diagnostic| match &diagnostic.location.place {
            Place::Segment { message, tag, .. } => *message == 0 || OUTER_FRAME.contains(tag),
            _ => true,
        };
        let found = diagnostics
            .iter()
            .filter(of_frame)
            .find_map(|diagnostic| Some((error(diagnostic)?, diagnostic)));
        let (code, tag, place) = found.map_or_else(Default::default, |(code, diagnostic)| {
            (code, frame_tag(diagnostic), data_place(diagnostic))
        });
        let elements = [
            &*reference,
            &sender,
            &recipient,
            ACKNOWLEDGED,
            code,
            &tag,
            &place,
        ];
        self.segment("UCI", &elements);
    }

    /// `UCF`: a group.
    fn group(&mut self, message: &Provenance) {
        let reference = released(message.group_reference.as_deref().unwrap_or_default());
        let sender = composite(message.group_sender.as_deref().unwrap_or_default());
        let recipient = composite(message.group_recipient.as_deref().unwrap_or_default());
        self.segment("UCF", &[&reference, &sender, &recipient, ACKNOWLEDGED]);
    }

    /// `UCM`, then `UCS` and `UCD` for each error inside the message.
    fn message(&mut self, message: &Provenance, own: &[Error<'_>]) {
        let of_frame = |(_, diagnostic): &&Error<'_>| !frame_tag(diagnostic).is_empty();
        let frame = own.iter().find(of_frame);
        let (code, tag, at) = frame.map_or_else(Default::default, |(code, diagnostic)| {
            (*code, frame_tag(diagnostic), data_place(diagnostic))
        });
        let cut = own
            .iter()
            .any(|(_, diagnostic)| diagnostic.code == Code::Cut);
        let unread = message.message == Some(MessageKind::Other);
        let action = if cut || unread {
            REJECTED
        } else {
            ACKNOWLEDGED
        };
        let reference = released(message.reference.as_deref().unwrap_or_default());
        let kind = message_type(message);
        self.segment("UCM", &[&reference, &kind, action, code, &tag, &at]);
        let inside = own.iter().filter(|error| !of_frame(error));
        for (code, diagnostic) in inside.take(ERRORS_TOLD) {
            self.inside(code, diagnostic);
        }
    }

    /// An error in a segment as a whole, or in a data element of it.
    fn inside(&mut self, code: &str, diagnostic: &Diagnostic) {
        let Some(place) = place(diagnostic) else {
            return;
        };
        let position = place.segment.to_string();
        let data = data_place(diagnostic);
        if data.is_empty() {
            self.segment("UCS", &[&position, code]);
        } else {
            self.segment("UCS", &[&position]);
            self.segment("UCD", &[code, &data]);
        }
    }

    fn trailer(&mut self, reference: &str) {
        let count = (self.segments + 1).to_string();
        self.segment("UNT", &[&count, "1"]);
        self.segment("UNZ", &["1", &released(reference)]);
    }
}

/// Where in a message.
struct At {
    message: u32,
    segment: u32,
    tag: Tag,
    element: u16,
    component: u16,
}

fn place(diagnostic: &Diagnostic) -> Option<At> {
    match diagnostic.location.place {
        Place::Segment {
            message,
            segment,
            tag,
            element,
            component,
        } => Some(At {
            message,
            segment,
            tag,
            element,
            component,
        }),
        _ => None,
    }
}

/// 0135: the service segment in error.
fn frame_tag(diagnostic: &Diagnostic) -> String {
    let tag = place(diagnostic).map(|place| place.tag);
    let tag = tag.filter(|tag| MESSAGE_FRAME.contains(tag) || OUTER_FRAME.contains(tag));
    tag.map_or_else(String::new, |tag| tag.to_string())
}

/// S011: the element, counted with the tag as the first, and the component.
fn data_place(diagnostic: &Diagnostic) -> String {
    match place(diagnostic) {
        Some(place) if place.element > 0 && place.component > 0 => {
            format!("{}:{}", u32::from(place.element) + 1, place.component)
        }
        Some(place) if place.element > 0 => (u32::from(place.element) + 1).to_string(),
        _ => String::new(),
    }
}

/// Sender and recipient of the interchange, with their qualifiers.
fn parties(subject: &Provenance) -> (String, String) {
    let whole = |name: &Option<crate::model::Text>, details: &Option<crate::model::Text>| {
        let mut whole = released(name.as_deref().unwrap_or_default());
        if let Some(details) = details {
            whole.push(':');
            whole.push_str(&composite(details));
        }
        whole
    };
    (
        whole(&subject.sender, &subject.sender_details),
        whole(&subject.recipient, &subject.recipient_details),
    )
}

/// S009 as received; the version is kept as `D.05B`.
fn message_type(message: &Provenance) -> String {
    let mut parts = vec![message.message_type.as_deref().unwrap_or_default()];
    let version = message.version.as_deref().unwrap_or_default();
    let (version, release) = version.split_once('.').unwrap_or((version, ""));
    parts.extend([version, release]);
    parts.extend(message.agency.as_deref().unwrap_or_default().split(':'));
    let released: Vec<_> = parts.into_iter().map(released).collect();
    released.join(":").trim_end_matches(':').to_owned()
}

/// S004: `YYMMDD:HHMM`.
fn stamp(at: Timestamp) -> String {
    let date = at.date();
    let (year, month, day) = (date.year(), date.month(), date.day());
    let year = year.unwrap_or_default() % 100;
    let (month, day) = (month.unwrap_or_default(), day.unwrap_or_default());
    let (hour, minute, _) = at.time().unwrap_or_default();
    format!("{year:02}{month:02}{day:02}:{hour:02}{minute:02}")
}

/// Text with its service characters released.
fn released(text: &str) -> String {
    release(text, &['+', ':', '\'', '?'])
}

/// Components that stand joined by `:` already.
fn composite(text: &str) -> String {
    release(text, &['+', '\'', '?'])
}

fn release(text: &str, service: &[char]) -> String {
    let mut released = String::with_capacity(text.len());
    for c in text.chars() {
        if service.contains(&c) {
            released.push('?');
        }
        released.push(c);
    }
    released
}
