//! The session of all EDIFACT formats: interchanges, groups and messages, their
//! references and counts. What stands inside a message goes to the reader of its
//! type, chosen anew at every `UNH`.

use std::sync::Arc;

use super::batch::{Batch, Position};
use super::dates::{self, Reference};
use super::{Confidence, Format, Ledger, Session, Step};
use super::{answer, paxlst, pnrgov};
use crate::Field;
use crate::diagnostic::{Code, Diagnostic, Location, Place};
use crate::edifact::{
    Charset, Delimiters, LimitReached, Limits as SyntaxLimits, Problem, Scanned, Scanner, Search,
    Segment, Segments, Tag, find_interchange,
};
use crate::error::{Error, ErrorKind};
use crate::model::{
    Booking, ByteRange, MessageKind, Mode, Part, Provenance, Text, Timestamp, Zone,
};
use crate::reader::{Intake, Limits, Record};

/// EDIFACT transmissions whose first message is PNRGOV (or GOVREQ, ACKRES).
///
/// The type of a message is looked at anew at each `UNH`, so that an interchange
/// may mix them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pnrgov;

impl Format for Pnrgov {
    fn name(&self) -> &str {
        "pnrgov"
    }

    fn detect(&self, head: &[u8]) -> Confidence {
        detect(head, &["PNRGOV", "GOVREQ", "ACKRES"])
    }

    fn open(&self, limits: &Limits, intake: &Intake) -> Box<dyn Session + Send + Sync + '_> {
        Box::new(Interchanges::new(limits, intake))
    }
}

/// EDIFACT transmissions whose first message is PAXLST (or CUSRES, CONTRL).
///
/// As with [`Pnrgov`], the type of a message is looked at anew at each `UNH`.
///
/// ```
/// use paxnorm::{Options, Policy, Reader};
///
/// let bytes: &[u8] = b"UNB+UNOA:4+XX+UTO+260520:0439+1'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'\
///     TDT+20+XX602'LOC+125+BRU'DTM+189:2605271430:201'LOC+87+LHR'\
///     NAD+FL+++ERIKSSON:ANNA:MARIA'ATT+2++F'RFF+AVF:ABC123'CNT+42:1'UNT+10+1'UNZ+1+1'";
/// let options = Options { policy: Policy::keep_all(), ..Options::default() };
/// let reader = Reader::with(bytes, &options)?;
/// assert_eq!(reader.format(), "paxlst");
/// let bookings: Vec<_> = reader.filter_map(|record| record.ok()?.booking).collect();
/// assert_eq!(bookings[0].passengers[0].name.given.as_deref(), Some("ANNA MARIA"));
/// # Ok::<(), paxnorm::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Paxlst;

impl Format for Paxlst {
    fn name(&self) -> &str {
        "paxlst"
    }

    fn detect(&self, head: &[u8]) -> Confidence {
        detect(head, &["PAXLST", "CUSRES", "CONTRL"])
    }

    fn open(&self, limits: &Limits, intake: &Intake) -> Box<dyn Session + Send + Sync + '_> {
        Box::new(Interchanges::new(limits, intake))
    }
}

/// How sure it is that an input is an interchange of one of these message types.
fn detect(head: &[u8], types: &[&str]) -> Confidence {
    if !matches!(find_interchange(head, 0, true), Search::Found(_)) {
        return Confidence::No;
    }
    let named = |name: &&str| {
        head.windows(name.len())
            .any(|part| part.eq_ignore_ascii_case(name.as_bytes()))
    };
    if types.iter().any(named) {
        Confidence::Certain
    } else {
        Confidence::Possible
    }
}

/// What reads the inside of one type of message.
pub(super) trait Message: Send + Sync {
    /// Whether a segment of this tag starts a new item.
    fn triggers(&self, tag: Tag) -> bool;
    /// Reads what stands before the first item.
    fn lead(&mut self, batch: &mut Batch<'_, '_>, provenance: &mut Provenance);
    /// Reads an item.
    fn item(&mut self, batch: &mut Batch<'_, '_>) -> Option<Booking>;
    /// Whether what a trigger starts is no item but more of what leads the message.
    fn leads(&self, _segments: Segments<'_>) -> bool {
        false
    }
    /// The key by which neighbouring items are one; an item without it stands alone.
    fn key(&self, _segments: Segments<'_>) -> Option<Text> {
        None
    }
}

/// A message that holds no items: its lead is read, nothing else.
struct WithoutItems;

impl Message for WithoutItems {
    fn triggers(&self, _tag: Tag) -> bool {
        false
    }

    fn lead(&mut self, batch: &mut Batch<'_, '_>, provenance: &mut Provenance) {
        pnrgov::lead(batch, provenance);
    }

    fn item(&mut self, _batch: &mut Batch<'_, '_>) -> Option<Booking> {
        None
    }
}

/// Message types: what they are, and what reads them.
const TYPES: &[(&str, MessageKind)] = &[
    ("PNRGOV", MessageKind::Pnrgov),
    ("PAXLST", MessageKind::Paxlst),
    ("GOVREQ", MessageKind::Govreq),
    ("ACKRES", MessageKind::Ackres),
    ("CUSRES", MessageKind::Cusres),
    ("CONTRL", MessageKind::Contrl),
];

fn reader_of(kind: MessageKind) -> Box<dyn Message> {
    match kind {
        MessageKind::Pnrgov => Box::new(pnrgov::Bookings::default()),
        MessageKind::Paxlst => Box::new(paxlst::Persons::default()),
        MessageKind::Cusres | MessageKind::Contrl => Box::new(answer::Answer),
        _ => Box::new(WithoutItems),
    }
}

/// Whether a segment of this tag belongs to the envelope.
fn is_service(tag: Tag) -> bool {
    matches!(
        tag.letters(),
        b"UNB" | b"UNG" | b"UNH" | b"UNT" | b"UNE" | b"UNZ"
    )
}

/// More neighbouring items than this are never put together.
const ITEMS_TOGETHER: usize = 500;

/// Doubts that wait for a record; with more, they become one of their own.
const MOST_PENDING: usize = 4096;

struct Interchanges {
    limits: SyntaxLimits,
    intake: Intake,
    scanner: Scanner,
    /// Looks at the item after the one that is read.
    ahead: Scanner,
    delimiters: Delimiters,
    charset: Charset,
    /// Whether the reading is between `UNB` and `UNZ`.
    inside: bool,
    /// Where text outside interchanges began, and whether any was seen.
    outside: (u64, bool),
    /// Doubts and data wait here for the next record.
    pending: Vec<Diagnostic>,
    waiting: bool,
    /// What the envelope says so far: the start of each provenance.
    envelope: Provenance,
    provenance: Arc<Provenance>,
    reference: Reference,
    message: Option<Open>,
    /// Messages and groups read of the interchange.
    numbers: Numbers,
    done: bool,
}

#[derive(Default)]
struct Numbers {
    messages: u32,
    in_group: u32,
    groups: u32,
}

/// A message that is being read.
struct Open {
    reader: Box<dyn Message>,
    kind: MessageKind,
    led: bool,
    segments: u32,
    items: u32,
}

impl Interchanges {
    fn new(limits: &Limits, intake: &Intake) -> Self {
        let syntax = SyntaxLimits {
            segment_bytes: limits.segment_bytes,
            component_bytes: limits.component_bytes,
            segments: limits.segments,
            scan_bytes: limits.piece_bytes,
        };
        Self {
            limits: syntax,
            intake: intake.clone(),
            scanner: Scanner::new(),
            ahead: Scanner::new(),
            delimiters: Delimiters::DEFAULT,
            charset: Charset::from_syntax_id("UNOA"),
            inside: false,
            outside: (0, false),
            pending: Vec::new(),
            waiting: false,
            envelope: Provenance::default(),
            provenance: Arc::default(),
            reference: Reference::default(),
            message: None,
            numbers: Numbers::default(),
            done: false,
        }
    }

    /// Looks for the next interchange.
    fn seek(&mut self, window: &[u8], offset: u64, last: bool) -> Result<usize, Box<Step>> {
        match find_interchange(window, 0, last) {
            Search::Found(start) => {
                let begin = start.una.unwrap_or(start.unb);
                self.skip(window.get(..begin).unwrap_or_default());
                self.note_outside(offset + begin as u64);
                self.delimiters = start.delimiters;
                self.note_problems(&start.problems, offset, 0);
                self.inside = true;
                self.envelope = Provenance::default();
                Ok(start.unb)
            }
            Search::More(skipped) => {
                self.skip(window.get(..skipped).unwrap_or_default());
                Err(Box::new(Step {
                    used: skipped,
                    record: None,
                }))
            }
            Search::None => {
                self.skip(window);
                self.note_outside(offset + window.len() as u64);
                Err(Box::new(Step {
                    used: window.len(),
                    record: self.flush(),
                }))
            }
        }
    }

    fn skip(&mut self, bytes: &[u8]) {
        self.outside.1 |= bytes.iter().any(|byte| *byte > b' ');
    }

    fn note_outside(&mut self, end: u64) {
        let (start, seen) = std::mem::replace(&mut self.outside, (end, false));
        if seen {
            let len = u32::try_from(end - start).unwrap_or(u32::MAX);
            let location = Location {
                offset: start,
                len,
                place: Place::Transmission,
            };
            self.pending
                .push(Diagnostic::new(Code::OutsideInterchange, None, location));
            self.waiting = true;
        }
    }

    fn note_problems(&mut self, problems: &[Problem], offset: u64, first: u32) {
        for problem in problems {
            let place = match self.message {
                Some(_) => Place::Segment {
                    message: self.numbers.messages,
                    segment: first.saturating_add(problem.segment as u32),
                    tag: Tag::new(b"   "),
                    element: 0,
                    component: 0,
                },
                None => Place::Transmission,
            };
            let len = u32::try_from(problem.len).unwrap_or(u32::MAX);
            let location = Location {
                offset: offset + problem.offset as u64,
                len,
                place,
            };
            self.pending
                .push(Diagnostic::new(problem.kind.into(), None, location));
            self.waiting = true;
        }
    }

    /// Reads one batch inside an interchange: a service segment, what leads a
    /// message, or an item of it.
    fn read(
        &mut self,
        window: &[u8],
        offset: u64,
        last: bool,
        ledger: &mut Ledger,
    ) -> Result<Step, Error> {
        if window.starts_with(b"UNA") {
            return Ok(self.abandon(offset));
        }
        let mut scanner = std::mem::take(&mut self.scanner);
        let scanned = self.piece(&mut scanner, window, last);
        let step = match scanned {
            Err(limit) => Err(limited(limit, offset)),
            Ok(Scanned::More) => Ok(Step::default()),
            Ok(Scanned::Complete { used }) => Ok(self.batch(
                &scanner,
                window,
                offset,
                last && used == window.len(),
                used,
                ledger,
            )),
        };
        self.scanner = scanner;
        step
    }

    /// Cuts the next piece: one item, or neighbouring ones of one key.
    fn piece(
        &mut self,
        scanner: &mut Scanner,
        window: &[u8],
        last: bool,
    ) -> Result<Scanned, LimitReached> {
        let scanned = self.scan(scanner, window, (0, self.limits), last, 1)?;
        let Scanned::Complete { used } = scanned else {
            return Ok(scanned);
        };
        let segments = scanner.segments(window, self.charset, &self.delimiters);
        let reader = self.message.as_ref().map(|message| &message.reader);
        let Some(key) = reader.and_then(|reader| reader.key(segments)) else {
            return Ok(scanned);
        };
        let mut ahead = std::mem::take(&mut self.ahead);
        let items = self.count(&mut ahead, window, used, last, &key);
        self.ahead = ahead;
        match items {
            None => Ok(Scanned::More),
            Some(1) => Ok(scanned),
            Some(items) => self.scan(scanner, window, (0, self.limits), last, items),
        }
    }

    /// How many items with this key stand one after the other, the first of which
    /// ends at `at`; nothing where the window is too short to tell.
    fn count(
        &self,
        ahead: &mut Scanner,
        window: &[u8],
        mut at: usize,
        last: bool,
        key: &Text,
    ) -> Option<usize> {
        // A piece and the item after it never need a longer window than a piece may.
        let mut limits = self.limits;
        limits.scan_bytes /= 2;
        let mut items = 1;
        while items < ITEMS_TOGETHER && at < limits.scan_bytes && at < window.len() {
            // What is past a limit is reported when its turn comes.
            let Ok(scanned) = self.scan(ahead, window, (at, limits), last, 1) else {
                break;
            };
            let Scanned::Complete { used } = scanned else {
                return None;
            };
            let next = ahead.segments(window, self.charset, &self.delimiters);
            let reader = self.message.as_ref().map(|message| &message.reader);
            if reader.and_then(|reader| reader.key(next)).as_ref() != Some(key) {
                return Some(items);
            }
            items += 1;
            at = used;
        }
        // The end of a window that is not the last one says nothing.
        (last || at < window.len()).then_some(items)
    }

    fn scan(
        &self,
        scanner: &mut Scanner,
        window: &[u8],
        (start, limits): (usize, SyntaxLimits),
        last: bool,
        mut items: usize,
    ) -> Result<Scanned, LimitReached> {
        let reader = self.message.as_ref().map(|message| &message.reader);
        let mut led_by_service = false;
        scanner.scan(
            window,
            start,
            &self.delimiters,
            &limits,
            last,
            |index, tag| {
                let service = is_service(tag);
                if index == 0 {
                    led_by_service = service;
                    return false;
                }
                if led_by_service || service {
                    return true;
                }
                let item = reader.is_some_and(|reader| reader.triggers(tag));
                items = items.saturating_sub(usize::from(item));
                item && items == 0
            },
        )
    }

    /// Starts anew where an interchange begins before the last one has ended.
    fn abandon(&mut self, offset: u64) -> Step {
        self.missing_trailer(offset);
        self.inside = false;
        self.outside = (offset, false);
        self.message = None;
        Step {
            used: 0,
            record: self.flush(),
        }
    }

    fn missing_trailer(&mut self, offset: u64) {
        let location = Location {
            offset,
            len: 0,
            place: Place::Transmission,
        };
        self.pending
            .push(Diagnostic::new(Code::TrailerMissing, None, location));
        self.waiting = true;
    }

    fn batch(
        &mut self,
        scanner: &Scanner,
        window: &[u8],
        offset: u64,
        at_end: bool,
        used: usize,
        ledger: &mut Ledger,
    ) -> Step {
        let segments = scanner.segments(window, self.charset, &self.delimiters);
        let first = self
            .message
            .as_ref()
            .map_or(0, |message| message.segments + 1);
        self.note_problems(scanner.problems(), offset, first);
        let Some(lead) = segments.get(0) else {
            return Step { used, record: None };
        };
        self.check_charset(window.get(..used).unwrap_or_default(), offset, lead);
        let mut diagnostics = std::mem::take(&mut self.pending);
        let in_message = self.message.is_some();
        let opens = lead.tag() == Tag::new(b"UNH");
        let message = if in_message || opens {
            self.numbers.messages + u32::from(opens)
        } else {
            0
        };
        let position = Position {
            offset,
            message,
            segment: first.max(1),
        };
        let mut batch = Batch::new(segments, position, ledger, &mut diagnostics);
        batch.decimal = char::from(self.delimiters.decimal);
        batch.reference = self.reference;
        self.waiting |= segments.data() > 0;
        let range = ByteRange {
            start: Some(offset),
            end: Some(offset + used as u64),
        };
        let record = self.dispatch(lead, &mut batch, range, at_end);
        batch.sweep();
        if !self.inside {
            self.outside = (offset + used as u64, false);
        }
        self.pending = diagnostics;
        let record = match record {
            Outcome::Nothing if self.pending.len() < MOST_PENDING => None,
            Outcome::Nothing | Outcome::Trailer => self.flush(),
            Outcome::Booking(booking) => self.give(Some(*booking)),
        };
        Step { used, record }
    }

    fn check_charset(&mut self, bytes: &[u8], offset: u64, lead: Segment<'_>) {
        if bytes.is_ascii() || lead.tag() == Tag::new(b"UNB") || !self.charset.falls_back(bytes) {
            return;
        }
        let at = bytes
            .iter()
            .position(|byte| !byte.is_ascii())
            .unwrap_or_default();
        let location = Location {
            offset: offset + at as u64,
            len: 1,
            place: Place::Transmission,
        };
        self.pending
            .push(Diagnostic::new(Code::CharsetFallback, None, location));
    }

    fn dispatch(
        &mut self,
        lead: Segment<'_>,
        batch: &mut Batch<'_, '_>,
        range: ByteRange,
        at_end: bool,
    ) -> Outcome {
        match lead.tag().as_str() {
            "UNB" => self.header(lead, batch),
            "UNG" => self.group(lead, batch),
            "UNH" => self.open_message(lead, batch),
            "UNT" => return self.close_message(lead, batch),
            "UNE" => self.close_group(lead, batch),
            "UNZ" => return self.close_interchange(lead, batch),
            _ => return self.content(batch, range, at_end),
        }
        Outcome::Nothing
    }

    /// `UNB` (ISO 9735-1, service segments).
    fn header(&mut self, unb: Segment<'_>, batch: &mut Batch<'_, '_>) {
        if self.envelope.sender.is_some() || self.message.is_some() {
            batch.doubt(Code::TrailerMissing, unb, None);
        }
        self.message = None;
        self.numbers = Numbers::default();
        let syntax = batch.peek(unb, 1, 1).unwrap_or_default().into_owned();
        self.charset = Charset::from_syntax_id(&syntax);
        if !self.charset.is_known() {
            batch.doubt_at(
                Code::CharsetUnknown,
                unb,
                (1, 1),
                Some(Field::ProvenanceSyntax),
            );
        }
        let prepared = stamp(batch, unb, 4, Field::ProvenancePrepared);
        self.reference = prepared.map_or_else(Reference::default, Reference::of);
        // The application reference stands sixth or seventh, whichever is there first.
        let at = if batch.find(unb, 6, 1).is_some() && batch.find(unb, 7, 1).is_none() {
            6
        } else {
            7
        };
        self.envelope = Provenance {
            syntax: batch.take_joined(unb, 1, 1, Field::ProvenanceSyntax),
            sender: batch.take(unb, 2, 1, Field::ProvenanceSender),
            sender_details: batch.take_joined(unb, 2, 2, Field::ProvenanceSenderDetails),
            recipient: batch.take(unb, 3, 1, Field::ProvenanceRecipient),
            recipient_details: batch.take_joined(unb, 3, 2, Field::ProvenanceRecipientDetails),
            prepared,
            interchange: batch.take(unb, 5, 1, Field::ProvenanceInterchange),
            application: batch.take_joined(unb, at, 1, Field::ProvenanceApplication),
            test: batch
                .take(unb, 11, 1, Field::ProvenanceTest)
                .map(|flag| flag == "1"),
            envelope: None,
            received: self.intake.received,
            legal_basis: self.intake.legal_basis,
            mode: self.intake.mode.or(Some(Mode::Air)),
            ..Provenance::default()
        };
        self.envelope.envelope = rest(batch, unb, Field::ProvenanceEnvelope);
        if self.envelope.sender.is_none() {
            self.envelope.sender = self.intake.sender.clone();
        }
    }

    /// `UNG`.
    fn group(&mut self, ung: Segment<'_>, batch: &mut Batch<'_, '_>) {
        self.numbers.groups += 1;
        self.numbers.in_group = 0;
        self.envelope.group_sender = batch.take_joined(ung, 2, 1, Field::ProvenanceGroupSender);
        self.envelope.group_recipient =
            batch.take_joined(ung, 3, 1, Field::ProvenanceGroupRecipient);
        self.envelope.group_prepared = stamp(batch, ung, 4, Field::ProvenanceGroupPrepared);
        self.envelope.group_reference = batch.take(ung, 5, 1, Field::ProvenanceGroupReference);
        self.envelope.group = rest(batch, ung, Field::ProvenanceGroup);
    }

    /// `UNH`.
    fn open_message(&mut self, unh: Segment<'_>, batch: &mut Batch<'_, '_>) {
        if self.message.is_some() {
            batch.doubt(Code::TrailerMissing, unh, None);
        }
        self.numbers.messages += 1;
        self.numbers.in_group += 1;
        let name = batch
            .peek(unh, 2, 1)
            .unwrap_or_default()
            .to_ascii_uppercase();
        let known = TYPES.iter().find(|(text, _)| *text == name);
        let kind = known.map_or(MessageKind::Other, |(_, kind)| *kind);
        match kind {
            MessageKind::Pnrgov | MessageKind::Paxlst => {}
            MessageKind::Other => batch.doubt_at(Code::UnknownMessage, unh, (2, 1), None),
            _ => batch.doubt_at(Code::NotBookings, unh, (2, 1), None),
        }
        let mut provenance = self.envelope.clone();
        provenance.format = Some(Text::from(kind.as_str()));
        provenance.message = Some(kind);
        provenance.reference = batch.take(unh, 1, 1, Field::ProvenanceReference);
        provenance.message_type = batch.take(unh, 2, 1, Field::ProvenanceMessageType);
        let (version, release) = (
            batch.take(unh, 2, 2, Field::ProvenanceVersion),
            batch.take(unh, 2, 3, Field::ProvenanceVersion),
        );
        provenance.version = join_version(version, release);
        provenance.agency = batch.take_joined(unh, 2, 4, Field::ProvenanceAgency);
        provenance.common_reference =
            batch.take_joined(unh, 3, 1, Field::ProvenanceCommonReference);
        self.part(unh, batch, &mut provenance);
        self.provenance = Arc::new(provenance);
        self.message = Some(Open {
            reader: reader_of(kind),
            kind,
            led: false,
            segments: 1,
            items: 0,
        });
    }

    /// `S010`: the place among the parts of a transfer.
    fn part(&self, unh: Segment<'_>, batch: &mut Batch<'_, '_>, provenance: &mut Provenance) {
        provenance.part = batch.take_number(unh, 4, 1, Field::ProvenancePart);
        let Some(part) = provenance.part else { return };
        let mark = batch.take(unh, 4, 2, Field::ProvenancePosition);
        provenance.position = Some(match mark.as_deref() {
            Some("C") => Part::First,
            Some("F") => Part::Last,
            _ => Part::Middle,
        });
        if part > 1 || provenance.position != Some(Part::Last) {
            batch.doubt_at(
                Code::PartOfSeveral,
                unh,
                (4, 1),
                Some(Field::ProvenancePart),
            );
        }
    }

    /// What leads a message, or an item of it.
    fn content(&mut self, batch: &mut Batch<'_, '_>, range: ByteRange, at_end: bool) -> Outcome {
        let Some(message) = &mut self.message else {
            return Outcome::Nothing;
        };
        message.segments += batch.segments.len() as u32;
        let lead = batch.segments.get(0).map(|segment| segment.tag());
        let is_lead = !message.led && !lead.is_some_and(|tag| message.reader.triggers(tag));
        if is_lead || message.reader.leads(batch.segments) {
            message.led = true;
            message
                .reader
                .lead(batch, Arc::make_mut(&mut self.provenance));
            return Outcome::Nothing;
        }
        message.led = true;
        let Some(mut booking) = message.reader.item(batch) else {
            return Outcome::Nothing;
        };
        message.items += 1;
        booking.provenance = Arc::clone(&self.provenance);
        booking.range = Some(range);
        if at_end && let Some(last) = batch.segments.get(batch.segments.len().saturating_sub(1)) {
            batch.doubt(Code::Cut, last, None);
        }
        Outcome::Booking(Box::new(booking))
    }

    /// `UNT`.
    fn close_message(&mut self, unt: Segment<'_>, batch: &mut Batch<'_, '_>) -> Outcome {
        let declared = batch.take_number(unt, 1, 1, Field::ProvenanceSegments);
        let reference = batch.take(unt, 2, 1, Field::ProvenanceReference);
        let Some(message) = self.message.take() else {
            return Outcome::Trailer;
        };
        if declared.is_some_and(|count| count != message.segments + 1) {
            batch.doubt_at(
                Code::SegmentCount,
                unt,
                (1, 1),
                Some(Field::ProvenanceSegments),
            );
        }
        if reference.is_some() && reference != self.provenance.reference {
            batch.doubt_at(
                Code::ReferenceMismatch,
                unt,
                (2, 1),
                Some(Field::ProvenanceReference),
            );
        }
        let expected = self
            .provenance
            .declared
            .filter(|_| message.kind == MessageKind::Pnrgov);
        if expected.is_some_and(|count| count != message.items) {
            batch.doubt(Code::DeclaredCount, unt, Some(Field::ProvenanceDeclared));
        }
        Arc::make_mut(&mut self.provenance).segments = declared;
        Outcome::Trailer
    }

    /// `UNE`.
    fn close_group(&mut self, une: Segment<'_>, batch: &mut Batch<'_, '_>) {
        self.message = None;
        let declared = batch.take_number(une, 1, 1, Field::ProvenanceMessages);
        if declared.is_some_and(|count| count != self.numbers.in_group) {
            batch.doubt_at(
                Code::MessageCount,
                une,
                (1, 1),
                Some(Field::ProvenanceMessages),
            );
        }
        let reference = batch.take(une, 2, 1, Field::ProvenanceGroupReference);
        if reference.is_some() && reference != self.envelope.group_reference {
            batch.doubt_at(
                Code::ReferenceMismatch,
                une,
                (2, 1),
                Some(Field::ProvenanceGroupReference),
            );
        }
    }

    /// `UNZ`.
    fn close_interchange(&mut self, unz: Segment<'_>, batch: &mut Batch<'_, '_>) -> Outcome {
        if self.message.take().is_some() {
            batch.doubt(Code::TrailerMissing, unz, None);
        }
        let read = if self.numbers.groups > 0 {
            self.numbers.groups
        } else {
            self.numbers.messages
        };
        let declared = batch.take_number(unz, 1, 1, Field::ProvenanceMessages);
        if declared.is_some_and(|count| count != read) {
            batch.doubt_at(
                Code::MessageCount,
                unz,
                (1, 1),
                Some(Field::ProvenanceMessages),
            );
        }
        let reference = batch.take(unz, 2, 1, Field::ProvenanceInterchange);
        if reference.is_some() && reference != self.envelope.interchange {
            batch.doubt_at(
                Code::ReferenceMismatch,
                unz,
                (2, 1),
                Some(Field::ProvenanceInterchange),
            );
        }
        let mut envelope = std::mem::take(&mut self.envelope);
        envelope.messages = declared;
        self.provenance = Arc::new(envelope);
        self.inside = false;
        Outcome::Trailer
    }

    /// A record of what waits, if anything does.
    fn flush(&mut self) -> Option<Record> {
        if self.waiting { self.give(None) } else { None }
    }

    fn give(&mut self, booking: Option<Booking>) -> Option<Record> {
        self.waiting = false;
        let provenance = booking.is_none().then(|| Arc::clone(&self.provenance));
        Some(Record {
            booking,
            provenance,
            diagnostics: std::mem::take(&mut self.pending),
            ..Record::default()
        })
    }

    /// The end of the input.
    fn end(&mut self, offset: u64) -> Result<Step, Error> {
        if !self.done && self.inside && self.message.is_none() {
            self.missing_trailer(offset);
        }
        self.done = true;
        if let Some(record) = self.flush() {
            return Ok(Step {
                used: 0,
                record: Some(record),
            });
        }
        if self.inside && self.message.is_some() {
            self.inside = false;
            return Err(ErrorKind::Truncated { offset }.into());
        }
        Ok(Step::default())
    }
}

enum Outcome {
    Nothing,
    Trailer,
    Booking(Box<Booking>),
}

impl Session for Interchanges {
    fn step(
        &mut self,
        window: &[u8],
        offset: u64,
        last: bool,
        ledger: &mut Ledger,
    ) -> Result<Step, Error> {
        if last && window.iter().all(|byte| byte.is_ascii_whitespace()) {
            return self.end(offset);
        }
        if self.inside {
            return self.read(window, offset, last, ledger);
        }
        let begin = match self.seek(window, offset, last) {
            Ok(begin) => begin,
            Err(step) => return Ok(*step),
        };
        let rest = window.get(begin..).unwrap_or_default();
        let mut step = self.read(rest, offset + begin as u64, last, ledger)?;
        step.used += begin;
        Ok(step)
    }
}

fn limited(limit: LimitReached, offset: u64) -> Error {
    ErrorKind::Limit {
        what: limit.limit.to_string(),
        maximum: limit.maximum as u64,
        offset: offset + limit.offset as u64,
    }
    .into()
}

fn join_version(version: Option<Text>, release: Option<Text>) -> Option<Text> {
    match (version, release) {
        (Some(version), Some(release)) => Some(Text::from(format!("{version}.{release}"))),
        (version, release) => version.or(release),
    }
}

/// `S004`: date and time of preparation. The zone is not stated.
fn stamp(
    batch: &mut Batch<'_, '_>,
    segment: Segment<'_>,
    element: u16,
    field: Field,
) -> Option<Timestamp> {
    let date = batch.take_as(
        segment,
        (element, 1),
        field,
        Code::UnreadableDate,
        dates::yymmdd,
    )?;
    let time = batch.take_as(segment, (element, 2), field, Code::UnreadableTime, |text| {
        dates::with_time(date, text)
    });
    Some(time.unwrap_or(date).zoned(Zone::Unstated))
}

/// All components that nobody took, as one text.
fn rest(batch: &mut Batch<'_, '_>, segment: Segment<'_>, field: Field) -> Option<Text> {
    let mut text = String::new();
    for component in segment.components() {
        if !batch.is_claimed(&component) {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&component.code());
            batch.claim(&component, field);
        }
    }
    (!text.is_empty()).then(|| Text::from(text))
}
