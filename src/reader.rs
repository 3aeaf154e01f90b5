//! The reader: from the bytes of a transmission to records.

use std::io::Read;
use std::sync::{Arc, LazyLock};

use crate::diagnostic::{Code, Diagnostic, Location, Place};
use crate::error::{Error, ErrorKind};
use crate::format::{self, Format, Ledger, Own, Session, Step, Tally};
use crate::model::{Booking, ByteRange, Journey, LegalBasis, Mode, Provenance, Text, Timestamp};
use crate::privacy::{Admitted, Focus, Hits, Policy, Report, Totals};
use crate::{Field, Scope};

/// What one piece of a transmission yielded: a booking with the doubts about it,
/// or, where the piece holds none (a trailer, a request, junk), doubts alone.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Record {
    /// The booking, as the policy leaves it; in memory of its own, for it is large and records move.
    pub booking: Option<Box<Booking>>,
    /// The message to which a piece without a booking belongs.
    pub provenance: Option<Arc<Provenance>>,
    /// Doubts, in the order of the input.
    pub diagnostics: Vec<Diagnostic>,
    /// What became of the data of the piece.
    pub data: Data,
}

/// What became of the data of a piece: `read = mapped + withheld + unmapped`.
///
/// In EDIFACT a datum is a component after the tag that is not blank, from `UNB`
/// to `UNZ`; in other formats a cell of a data row or a leaf that are not empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Data {
    /// Data read.
    pub read: u32,
    /// Data that reached a field.
    pub mapped: u32,
    /// Data whose values the policy took, masked, or cut something from. Of a field of which
    /// it took some values (a remark of several, what is said of crew), as many data are
    /// withheld as values went: the count is exact where one datum makes one value.
    pub withheld: u32,
    /// Data without a field; a note names each.
    pub unmapped: u32,
    /// Of those mapped and withheld, the ones that went to whole-text fields.
    pub as_text: u32,
}

impl std::ops::AddAssign for Data {
    fn add_assign(&mut self, other: Self) {
        self.read += other.read;
        self.mapped += other.mapped;
        self.withheld += other.withheld;
        self.unmapped += other.unmapped;
        self.as_text += other.as_text;
    }
}

/// What can be chosen for a reading. The default reads every built-in format
/// under the policy [`Policy::eu_pnr`].
#[derive(Clone, Debug)]
pub struct Options<'a> {
    /// Formats among which the first bytes decide.
    pub formats: &'a [&'a dyn Format],
    /// What may be kept.
    pub policy: &'a Policy,
    /// Bounds against hostile input.
    pub limits: Limits,
    /// What only the caller knows.
    pub intake: Intake,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            formats: format::BUILT_IN,
            policy: Policy::eu_pnr(),
            limits: Limits::default(),
            intake: Intake::default(),
        }
    }
}

/// Bounds on what an input can make the library hold. Reaching one is an error
/// with its place; nothing is cut in silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of one piece (a booking with all its history): 64 MiB.
    pub piece_bytes: usize,
    /// Bytes of one segment: 1 MiB.
    pub segment_bytes: usize,
    /// Bytes of one component: 256 KiB.
    pub component_bytes: usize,
    /// Segments of one piece: 1,048,576.
    pub segments: usize,
    /// Bytes of one cell of a table, or of one text of a JSON document: 1 MiB.
    pub cell_bytes: usize,
    /// Columns of a table: 16,384, as many as spreadsheets have.
    pub columns: usize,
    /// Rows of one booking, and rows that are held where those of one booking may
    /// stand apart: 10,000.
    pub rows: usize,
    /// Objects and arrays within one another in a JSON document: 128.
    pub nesting: usize,
    /// Travellers of one booking: 1,000, as many as reservation systems count. Those beyond are
    /// left out, each place with the diagnostic [`TooManyPersons`](Code::TooManyPersons).
    pub persons: usize,
    /// Diagnostics of one record: 100,000. One more,
    /// [`TooManyDiagnostics`](Code::TooManyDiagnostics), says from where on they are left out.
    pub diagnostics: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            piece_bytes: 64 << 20,
            segment_bytes: 1 << 20,
            component_bytes: 256 << 10,
            segments: 1 << 20,
            cell_bytes: 1 << 20,
            columns: 16_384,
            rows: 10_000,
            nesting: 128,
            persons: 1_000,
            diagnostics: 100_000,
        }
    }
}

/// What only the caller knows of a transmission. It goes to the provenance of
/// its bookings.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Intake {
    /// When the unit received it: the anchor of every retention period.
    pub received: Option<Timestamp>,
    /// On what legal basis.
    pub legal_basis: Option<LegalBasis>,
    /// Who sent it, where the data do not say.
    pub sender: Option<Text>,
    /// Mode of travel, where the data do not say.
    pub mode: Option<Mode>,
    /// The journey that the data belong to (carrier, number of the voyage, ports, date),
    /// where the data do not say. Two-digit years are read by its departure.
    pub journey: Journey,
    /// Name of the ship, where the data do not say.
    pub ship: Option<Text>,
}

/// Where a reader takes its bytes from.
pub enum Input<'a> {
    /// Bytes in memory, or mapped into it.
    Slice(&'a [u8]),
    /// Anything that reads; a window of bounded size slides over it.
    Stream(Box<dyn Read + Send + 'a>),
}

impl std::fmt::Debug for Input<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Slice(bytes) => write!(f, "Slice({})", bytes.len()),
            Self::Stream(_) => f.write_str("Stream"),
        }
    }
}

impl<'a> From<&'a [u8]> for Input<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self::Slice(bytes)
    }
}

impl<'a> From<Box<dyn Read + Send + 'a>> for Input<'a> {
    fn from(stream: Box<dyn Read + Send + 'a>) -> Self {
        Self::Stream(stream)
    }
}

/// Iterator over the records of one transmission, in its order.
///
/// Nothing follows an `Err`: it says that the transmission cannot be read any
/// further. What came before it is whole.
///
/// ```
/// use paxnorm::Reader;
///
/// let bytes = b"UNB+IATA:1+XX+UTO+260520:0439+1'UNH+1+PNRGOV:11:1:IA'MSG+:22'\
///     TVL+270526:1430+BRU+LHR+XX+602'SRC'RCI+XX:ABC123'TIF+ERIKSSON:I+ANNAMRS:A:1'\
///     UNT+7+1'UNZ+1+1'";
/// let mut surnames = Vec::new();
/// for record in Reader::new(bytes)? {
///     for passenger in record?.booking.iter().flat_map(|booking| &booking.passengers) {
///         surnames.extend(passenger.name.surname.clone());
///     }
/// }
/// assert_eq!(surnames, ["ERIKSSON"]);
/// # Ok::<(), paxnorm::Error>(())
/// ```
pub struct Reader<'a> {
    source: Source<'a>,
    policy: &'a Policy,
    limits: Limits,
    format: &'a dyn Format,
    session: Option<Box<dyn Session + Send + Sync + 'a>>,
    ledger: Ledger,
    focus: Focus,
    hits: Hits,
    totals: Totals,
}

impl std::fmt::Debug for Reader<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader")
            .field("format", &self.format.name())
            .field("offset", &self.source.offset)
            .finish_non_exhaustive()
    }
}

/// How much of the input a format may look at to recognise it.
const HEAD: usize = 64 << 10;
/// The first window of a stream; it doubles where a piece needs more.
const WINDOW: usize = 64 << 10;

impl<'a> Reader<'a> {
    /// Reads bytes in memory, in the built-in format that recognises them, under
    /// the default [`Options`].
    ///
    /// # Errors
    /// [`ErrorKind::UnknownFormat`] where no built-in format recognises the first bytes.
    pub fn new(input: &'a [u8]) -> Result<Self, Error> {
        Self::open(Input::Slice(input), Options::default())
    }

    /// Reads a stream in bounded memory: the same records as from memory.
    ///
    /// # Errors
    /// As [`Reader::new`], and [`ErrorKind::Io`] where the stream fails.
    pub fn from_read(input: impl Read + Send + 'a) -> Result<Self, Error> {
        Self::open(Input::Stream(Box::new(input)), Options::default())
    }

    /// Reads under chosen options.
    ///
    /// # Errors
    /// As [`Reader::from_read`].
    pub fn with(input: impl Into<Input<'a>>, options: &Options<'a>) -> Result<Self, Error> {
        Self::open(input.into(), options.clone())
    }

    fn open(input: Input<'a>, options: Options<'a>) -> Result<Self, Error> {
        let mut source = Source::new(input);
        while !source.is_last() && source.window().len() < HEAD {
            source.grow(options.limits.piece_bytes)?;
        }
        let head = source.window();
        let head = head.get(..HEAD).unwrap_or(head);
        let format = format::recognise(options.formats, head).ok_or(ErrorKind::UnknownFormat)?;
        let session = format.open(&options.limits, &options.intake);
        Ok(Self {
            source,
            policy: options.policy,
            limits: options.limits,
            format,
            session: Some(session),
            ledger: Ledger::default(),
            focus: Focus::default(),
            hits: Hits::default(),
            totals: Totals::default(),
        })
    }

    /// Name of the format that was recognised.
    #[must_use]
    pub fn format(&self) -> &str {
        self.format.name()
    }

    /// Bytes of the transmission that were read; a few records that stand in them may still come.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.source.offset
    }

    /// Takes the next part of the transmission off this reader, for another thread to read: at
    /// least `bytes` of it, to a place where a message ends, or all that is left. `None` where
    /// nothing is left.
    ///
    /// The records of the parts, one part after the other, are those of one reader, with the same
    /// places. Where a part ends in an error, the transmission ends there, as if it had been read
    /// as a whole. Transmissions in memory are split, in formats that can be: else the first
    /// part is everything.
    ///
    /// ```
    /// use paxnorm::Reader;
    ///
    /// let message = "UNH+1+PNRGOV:11:1:IA'MSG+:22'TVL+270526:1430+BRU+LHR+XX+602'\
    ///     SRC'RCI+XX:ABC123'TIF+ERIKSSON:I+ANNAMRS:A:1'UNT+7+1'";
    /// let input = format!("UNB+IATA:1+XX+UTO+260520:0439+1'{}UNZ+3+1'", message.repeat(3));
    /// let mut reader = Reader::new(input.as_bytes())?;
    /// let mut parts = Vec::new();
    /// while let Some(part) = reader.split(100) {
    ///     parts.push(part);
    /// }
    /// assert_eq!(parts.len(), 3);
    /// let bookings = parts.into_iter().flatten().filter_map(|record| record.ok()?.booking);
    /// assert_eq!(bookings.count(), 3);
    /// # Ok::<(), paxnorm::Error>(())
    /// ```
    pub fn split(&mut self, bytes: usize) -> Option<Reader<'a>> {
        let mut rest = self.session.take()?;
        let offset = self.source.offset;
        let source = std::mem::replace(&mut self.source, Source::at(Input::Slice(b""), offset));
        let cut = source.slice().and_then(|input| {
            let (used, first) = rest.split(input, offset, bytes)?;
            let (input, behind) = input.split_at_checked(used)?;
            Some((input, behind, first))
        });
        let (source, session) = match cut {
            None => (source, rest),
            Some((input, behind, first)) => {
                self.source = Source::at(Input::Slice(behind), offset + input.len() as u64);
                self.session = (!behind.is_empty()).then_some(rest);
                (Source::at(Input::Slice(input), offset), first)
            }
        };
        Some(Reader {
            source,
            policy: self.policy,
            limits: self.limits,
            format: self.format,
            session: Some(session),
            ledger: std::mem::take(&mut self.ledger),
            focus: Focus::default(),
            hits: Hits::default(),
            totals: Totals::default(),
        })
    }

    /// What the policy has taken away so far: fields, rules and counts, and no
    /// value.
    ///
    /// ```
    /// use paxnorm::Reader;
    ///
    /// # let bytes = b"UNB+IATA:1+XX+UTO+260520:0439+1'UNH+1+PNRGOV:11:1:IA'MSG+:22'SRC'RCI+XX:ABC123'SSR+MOML'UNT+5+1'UNZ+1+1'";
    /// let mut reader = Reader::new(bytes)?;
    /// while let Some(record) = reader.next() {
    ///     record?;
    /// }
    /// println!("{}", reader.report());
    /// assert_eq!(reader.report().lines[0].field.path(), "requests[].code");
    /// # Ok::<(), paxnorm::Error>(())
    /// ```
    #[must_use]
    pub fn report(&self) -> Report {
        self.totals.report(self.policy)
    }

    /// The next record that a session steps to, `None` at the end.
    #[inline]
    fn advance(&mut self) -> Option<Result<Record, Error>> {
        let session = self.session.as_mut()?;
        loop {
            let (window, offset, last) = (
                self.source.window(),
                self.source.offset,
                self.source.is_last(),
            );
            // A record is large: it goes from here to the caller in one move.
            let step = session.step(window, offset, last, &mut self.ledger);
            let used = match &step {
                Ok(step) => step.used,
                Err(_) => return step.err().map(Err),
            };
            if used > window.len() {
                let format = self.format.name().to_owned();
                return Some(Err(ErrorKind::Format { format, offset }.into()));
            }
            self.source.consume(used);
            match step {
                Ok(Step {
                    record: Some(record),
                    ..
                }) => return Some(Ok(record)),
                _ if used > 0 => {}
                _ if last => return None,
                _ => {
                    if let Err(error) = self.source.grow(self.limits.piece_bytes) {
                        return Some(Err(error));
                    }
                }
            }
        }
    }

    /// Keeps no more diagnostics than the limit says, and one that says so.
    fn bound(&self, diagnostics: &mut Vec<Diagnostic>) {
        if let Some(beyond) = diagnostics.get(self.limits.diagnostics) {
            let location = beyond.location.clone();
            diagnostics.truncate(self.limits.diagnostics);
            diagnostics.push(Diagnostic::new(Code::TooManyDiagnostics, None, location));
        }
    }

    /// Lets the policy take what it does not allow, and settles the account.
    fn finish(&mut self, record: &mut Record) {
        self.bound(&mut record.diagnostics);
        let policy = self.policy;
        let Some(booking) = &mut record.booking else {
            record.data = self.ledger.settle(&[], policy.tally());
            return;
        };
        let location = refused_at(booking.range.as_ref());
        let refusal = |persons: u64| match persons {
            0 => Diagnostic::new(Code::BookingRefused, None, location.clone()),
            _ => Diagnostic::new(
                Code::PersonRefused,
                Some(Field::PassengerRole),
                location.clone(),
            ),
        };
        let session = self.session.as_ref();
        let reach = session.and_then(|session| session.reach(Own));
        let way = self.focus.on(policy, reach, booking);
        match policy.take_in(booking, &mut self.hits, &mut self.totals, way) {
            Admitted::Some { persons, account } => {
                record
                    .diagnostics
                    .extend((persons > 0).then(|| refusal(persons)));
                record.data = account.settle(&mut self.ledger);
            }
            Admitted::Nobody { persons } => {
                record.diagnostics.push(refusal(persons));
                record.provenance = record.booking.take().map(|booking| booking.provenance);
                record.data = self.ledger.settle(&[], &OF_PERSONS);
            }
        }
    }
}

/// Withheld where nobody is admitted: all but what tells where a message comes from.
static OF_PERSONS: LazyLock<Tally> =
    LazyLock::new(|| Tally::of(|field| field.scope() != Scope::Provenance));

fn refused_at(range: Option<&ByteRange>) -> Location {
    let start = range.and_then(|range| range.start).unwrap_or_default();
    let end = range.and_then(|range| range.end).unwrap_or(start);
    Location {
        offset: start,
        len: u32::try_from(end.saturating_sub(start)).unwrap_or(u32::MAX),
        place: Place::Transmission,
    }
}

impl Iterator for Reader<'_> {
    type Item = Result<Record, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut found = self.advance();
        match &mut found {
            Some(Ok(record)) => self.finish(record),
            Some(Err(_)) | None => self.session = None,
        }
        found
    }
}

impl std::iter::FusedIterator for Reader<'_> {}

/// A window over the input.
struct Source<'a> {
    input: Held<'a>,
    /// Offset of the window in the transmission.
    offset: u64,
}

enum Held<'a> {
    Slice(&'a [u8]),
    Stream {
        stream: Box<dyn Read + Send + 'a>,
        buffer: Vec<u8>,
        start: usize,
        ended: bool,
    },
}

impl<'a> Source<'a> {
    fn new(input: Input<'a>) -> Self {
        let input = match input {
            Input::Slice(bytes) => Held::Slice(bytes),
            Input::Stream(stream) => Held::Stream {
                stream,
                buffer: Vec::new(),
                start: 0,
                ended: false,
            },
        };
        Self { input, offset: 0 }
    }

    fn at(input: Input<'a>, offset: u64) -> Self {
        Self {
            offset,
            ..Self::new(input)
        }
    }

    /// What is left, if it is in memory.
    fn slice(&self) -> Option<&'a [u8]> {
        match self.input {
            Held::Slice(bytes) => Some(bytes),
            Held::Stream { .. } => None,
        }
    }

    fn window(&self) -> &[u8] {
        match &self.input {
            Held::Slice(bytes) => bytes,
            Held::Stream { buffer, start, .. } => buffer.get(*start..).unwrap_or_default(),
        }
    }

    fn is_last(&self) -> bool {
        match &self.input {
            Held::Slice(_) => true,
            Held::Stream { ended, .. } => *ended,
        }
    }

    fn consume(&mut self, used: usize) {
        self.offset += used as u64;
        match &mut self.input {
            Held::Slice(bytes) => *bytes = bytes.get(used..).unwrap_or_default(),
            Held::Stream { start, .. } => *start += used,
        }
    }

    /// Reads on, to at least twice the window that was not enough.
    fn grow(&mut self, maximum: usize) -> Result<(), Error> {
        let Held::Stream {
            stream,
            buffer,
            start,
            ended,
        } = &mut self.input
        else {
            return Ok(());
        };
        buffer.drain(..*start);
        *start = 0;
        if buffer.len() >= maximum {
            return Err(Error::limit("bytes of a piece", maximum, self.offset));
        }
        let wanted = (buffer.len() * 2).max(WINDOW).min(maximum);
        let missing = (wanted - buffer.len()) as u64;
        let read = stream.by_ref().take(missing).read_to_end(buffer);
        match read {
            Ok(count) => *ended = (count as u64) < missing,
            Err(source) => {
                return Err(ErrorKind::Io {
                    offset: self.offset,
                    source,
                }
                .into());
            }
        }
        Ok(())
    }
}
