//! The session of all EDIFACT formats: interchanges, groups and messages, their
//! references and counts. What stands inside a message goes to the reader of its
//! type, chosen anew at every `UNH`.

mod envelope;
mod piece;
mod split;

use std::sync::Arc;

use super::batch::{Batch, Position};
use super::dates::Reference;
use super::{Confidence, Format, Ledger, Session, Step};
use super::{answer, paxlst, pnrgov};
use crate::diagnostic::{Code, Diagnostic, Location, Place};
use crate::edifact::{
    Charset, Delimiters, LimitReached, Limits as SyntaxLimits, Problem, Scanned, Scanner, Search,
    Segment, Segments, Tag, find_interchange,
};
use crate::error::{Error, ErrorKind};
use crate::model::{Booking, ByteRange, MessageKind, Provenance, Text};
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
    let first = |text: &[u8]| text.first().map(u8::to_ascii_uppercase);
    let named = |name: &&str| {
        let name = name.as_bytes();
        let mut parts = head.windows(name.len());
        parts.any(|part| first(part) == first(name) && part.eq_ignore_ascii_case(name))
    };
    // An interchange may stand in a text of a document in JSON: whoever knows that document knows better.
    let document = matches!(head.trim_ascii_start(), [b'{' | b'[', ..]);
    if types.iter().any(named) && !document {
        Confidence::Certain
    } else {
        Confidence::Possible
    }
}

/// What reads the inside of one type of message.
pub(super) trait Message: Send + Sync {
    /// The tags of segments that start a new item.
    fn triggers(&self) -> &'static [Tag];
    /// Reads what stands before the first item.
    fn lead(&mut self, batch: &mut Batch<'_, '_>, provenance: &mut Provenance);
    /// Reads an item.
    fn item(&mut self, batch: &mut Batch<'_, '_>) -> Option<Box<Booking>>;
    /// Whether what a trigger starts is no item but more of what leads the message.
    fn leads(&self, _segments: Segments<'_>) -> bool {
        false
    }
    /// Whether items may have a key.
    fn has_keys(&self) -> bool {
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
    fn triggers(&self) -> &'static [Tag] {
        &[]
    }

    fn lead(&mut self, batch: &mut Batch<'_, '_>, provenance: &mut Provenance) {
        pnrgov::lead(batch, provenance);
    }

    fn item(&mut self, _batch: &mut Batch<'_, '_>) -> Option<Box<Booking>> {
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
    let [first, second, third] = *tag.letters();
    let is_third = || matches!(third, b'B' | b'G' | b'H' | b'T' | b'E' | b'Z');
    [first, second] == *b"UN" && is_third()
}

/// Doubts that wait for a record; with more, they become one of their own.
const MOST_PENDING: usize = 4096;

struct Interchanges {
    limits: Limits,
    syntax: SyntaxLimits,
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
    /// Whether the transmission goes on behind what this session reads.
    continues: bool,
    done: bool,
}

#[derive(Clone, Copy, Default)]
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
            limits: *limits,
            syntax,
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
            continues: false,
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
            Ok(Scanned::Complete { used }) => {
                let at_end = last && used == window.len();
                let mut step = Step { used, record: None };
                self.batch(&scanner, window, offset, at_end, ledger, &mut step);
                Ok(step)
            }
        };
        self.scanner = scanner;
        step
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
        ledger: &mut Ledger,
        step: &mut Step,
    ) {
        let used = step.used;
        let segments = scanner.segments(window, self.charset, &self.delimiters);
        let first = self
            .message
            .as_ref()
            .map_or(0, |message| message.segments + 1);
        self.note_problems(scanner.problems(), offset, first);
        let Some(lead) = segments.get(0) else {
            return;
        };
        if scanner.may_leave_ascii() {
            self.check_charset(window.get(..used).unwrap_or_default(), offset, &lead);
        }
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
        let mut batch = Batch::new(segments, position, ledger, &mut diagnostics, &self.limits);
        batch.decimal = char::from(self.delimiters.decimal);
        batch.reference = self.reference;
        self.waiting |= segments.data() > 0;
        let range = ByteRange {
            start: Some(offset),
            end: Some(offset + used as u64),
        };
        // A booking is large: it is put where the record stands.
        let record = step.record.get_or_insert_default();
        let outcome = self.dispatch(&lead, &mut batch, range, at_end, &mut record.booking);
        batch.sweep();
        if !self.inside {
            self.outside = (offset + used as u64, false);
        }
        self.pending = diagnostics;
        match outcome {
            Outcome::Nothing if self.pending.len() < MOST_PENDING => step.record = None,
            Outcome::Nothing | Outcome::Trailer => step.record = self.flush(),
            Outcome::Booking => {
                self.waiting = false;
                record.diagnostics = std::mem::take(&mut self.pending);
            }
        }
    }

    fn check_charset(&mut self, bytes: &[u8], offset: u64, lead: &Segment<'_>) {
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
        lead: &Segment<'_>,
        batch: &mut Batch<'_, '_>,
        range: ByteRange,
        at_end: bool,
        found: &mut Option<Box<Booking>>,
    ) -> Outcome {
        match lead.tag().as_str() {
            "UNB" => self.header(lead, batch),
            "UNG" => self.group(lead, batch),
            "UNH" => self.open_message(lead, batch),
            "UNT" => return self.close_message(lead, batch),
            "UNE" => self.close_group(lead, batch),
            "UNZ" => return self.close_interchange(lead, batch),
            _ => return self.content(batch, range, at_end, found),
        }
        Outcome::Nothing
    }

    /// What leads a message, or an item of it.
    fn content(
        &mut self,
        batch: &mut Batch<'_, '_>,
        range: ByteRange,
        at_end: bool,
        found: &mut Option<Box<Booking>>,
    ) -> Outcome {
        let Some(message) = &mut self.message else {
            return Outcome::Nothing;
        };
        message.segments += batch.segments.len() as u32;
        let lead = batch.segments.get(0).map(|segment| segment.tag());
        let is_lead =
            !message.led && !lead.is_some_and(|tag| message.reader.triggers().contains(&tag));
        if is_lead || message.reader.leads(batch.segments) {
            message.led = true;
            message
                .reader
                .lead(batch, Arc::make_mut(&mut self.provenance));
            return Outcome::Nothing;
        }
        message.led = true;
        *found = message.reader.item(batch);
        let Some(booking) = found else {
            return Outcome::Nothing;
        };
        message.items += 1;
        booking.provenance = Arc::clone(&self.provenance);
        booking.range = Some(range);
        if at_end && let Some(last) = batch.segments.get(batch.segments.len().saturating_sub(1)) {
            batch.doubt(Code::Cut, &last, None);
        }
        Outcome::Booking
    }

    /// A record of what waits, if anything does.
    fn flush(&mut self) -> Option<Record> {
        let waits = std::mem::take(&mut self.waiting);
        waits.then(|| Record {
            provenance: Some(Arc::clone(&self.provenance)),
            diagnostics: std::mem::take(&mut self.pending),
            ..Record::default()
        })
    }

    /// The end of the input, behind which only `blanks` stand.
    fn end(&mut self, offset: u64, blanks: usize) -> Result<Step, Error> {
        if !self.inside {
            self.note_outside(offset + blanks as u64);
        }
        if !self.done && !self.continues && self.inside && self.message.is_none() {
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
    /// One is found.
    Booking,
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
            return self.end(offset, window.len());
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

    fn split(
        &mut self,
        window: &[u8],
        offset: u64,
        bytes: usize,
    ) -> Option<(usize, Box<dyn Session + Send + Sync>)> {
        let (used, part) = self.part_of(window, offset, bytes)?;
        Some((used, Box::new(part)))
    }
}

fn limited(limit: LimitReached, offset: u64) -> Error {
    let at = offset + limit.offset as u64;
    Error::limit(limit.limit.to_string(), limit.maximum, at)
}
