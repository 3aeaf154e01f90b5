//! Bytes to segments: one pass, into scratch that is used again.

use super::block::Blocks;
use super::body::{Body, DIRTY, Sink, Span, body, next_place, room};
use super::charset::Charset;
use super::delimiters::Delimiters;
use super::limits::{Limit, LimitReached, Limits};
use super::look::{Look, Opening, is_blank, is_break, is_data, look, skip_blanks};
use super::plain::{Marks, Plain, Released};
use super::problem::{Problem, ProblemKind};
use super::repair;
use super::segment::Segments;
use super::tag::{Class, FRAGMENT, Tag};
use super::trailer::{Trailer, trailer};

/// What a scan came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scanned {
    /// The batch is complete; the next one starts at `used`.
    Complete {
        /// Offset in the window.
        used: usize,
    },
    /// The window ends before a boundary is certain: come back with a longer one, or with `last`.
    More,
}

/// A segment of the batch: where it stands and which spans are its own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) first: u32,
    pub(super) tag: Tag,
    /// That of the name, or [`FRAGMENT`].
    pub(super) number: u8,
}

/// Cuts stretches of an interchange into segments.
///
/// It owns the scratch of a batch and uses it again: once it has grown, scanning allocates
/// nothing.
#[derive(Clone, Debug, Default)]
pub struct Scanner {
    pub(super) heads: Vec<Head>,
    /// Longer than the batch: what is behind `data` is old.
    pub(super) spans: Vec<Span>,
    pub(super) data: usize,
    pub(super) problems: Vec<Problem>,
    pub(super) base: usize,
    /// Whether something unusual was met, bytes beyond ASCII among it.
    unusual: bool,
}

impl Scanner {
    /// A scanner without scratch yet.
    pub fn new() -> Scanner {
        Scanner::default()
    }

    /// Scans segments from `from` until the first one for which `stop(index, tag)` is true begins
    /// (it is not consumed), until UNZ has ended or a new UNA begins, or to the end of the window
    /// if `last`.
    ///
    /// `from` is the offset of UNB or what an earlier scan left in `used`. The batch, and all
    /// that is lent from it, does not depend on how the input is cut into windows; after
    /// [`Scanned::More`] it is void and `stop` is asked again from the beginning.
    ///
    /// ```
    /// use paxnorm::edifact::{Delimiters, Limits, Scanned, Scanner, Tag};
    ///
    /// let input = b"SRC'RCI+XX:ABC123'SRC'RCI+XX:";
    /// let mut scanner = Scanner::new();
    /// let mut scan = |from| {
    ///     let stop = |index, tag| index > 0 && tag == Tag::new(b"SRC");
    ///     scanner.scan(input, from, &Delimiters::DEFAULT, &Limits::default(), false, stop)
    /// };
    /// assert_eq!(scan(0)?, Scanned::Complete { used: 18 });
    /// assert_eq!(scan(18)?, Scanned::More);
    /// # Ok::<(), paxnorm::edifact::LimitReached>(())
    /// ```
    ///
    /// # Errors
    /// A piece of the input is larger than `limits` allow.
    pub fn scan(
        &mut self,
        window: &[u8],
        from: usize,
        delimiters: &Delimiters,
        limits: &Limits,
        last: bool,
        stop: impl FnMut(usize, Tag) -> bool,
    ) -> Result<Scanned, LimitReached> {
        let from = from.min(window.len());
        self.heads.clear();
        self.problems.clear();
        self.data = 0;
        self.base = from;
        self.unusual = false;
        let maximum = limits.scan_bytes.min(DIRTY as usize - 1);
        let ahead = window.get(from..).unwrap_or_default();
        let near = ahead.get(..maximum);
        let pass = Pass {
            scanner: self,
            window: near.unwrap_or(ahead),
            delimiters: *delimiters,
            limits: *limits,
            last: last && near.is_none_or(|near| near.len() == ahead.len()),
            stop,
            short: limits
                .segment_bytes
                .min(limits.component_bytes)
                .min(u16::MAX.into()),
        };
        let scanned = pass.run();
        for problem in &mut self.problems {
            problem.offset += from;
        }
        match scanned {
            Ok(Scanned::Complete { used }) => Ok(Scanned::Complete { used: used + from }),
            Ok(Scanned::More) if ahead.len() > maximum => Err(LimitReached {
                limit: Limit::ScanBytes,
                offset: from,
                maximum,
            }),
            Ok(Scanned::More) => Ok(Scanned::More),
            Err(reached) => Err(LimitReached {
                offset: reached.offset + from,
                ..reached
            }),
        }
    }

    /// Views of the batch; `window` and `delimiters` are those that were scanned.
    pub fn segments<'w>(
        &'w self,
        window: &'w [u8],
        charset: Charset,
        delimiters: &Delimiters,
    ) -> Segments<'w> {
        Segments::new(self, window, charset, delimiters.release)
    }

    /// Whether bytes beyond ASCII may stand in the batch.
    pub(crate) fn may_leave_ascii(&self) -> bool {
        self.unusual
    }

    /// What was doubtful about the syntax, in order.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

/// One call of [`Scanner::scan`]. All places are relative to where it began.
struct Pass<'a, F> {
    scanner: &'a mut Scanner,
    window: &'a [u8],
    delimiters: Delimiters,
    limits: Limits,
    last: bool,
    stop: F,
    /// No limit of a segment is reached by so many bytes.
    short: usize,
}

/// What begins.
enum Begin {
    /// A segment, its head pushed: its tag, and the separator or terminator behind it.
    Body(usize, usize, Class),
    /// The batch is complete, or the window too short.
    Done(Scanned),
}

/// What the reading of a segment came to.
enum Read {
    /// The next segment may begin here.
    Next(usize),
    /// The batch is complete, or the window too short.
    Done(Scanned),
}

const UNA: Tag = Tag::new(b"UNA");
const UNZ: Tag = Tag::new(b"UNZ");

/// Whether a segment like others begins at what [`Opening::find`] takes for this tag.
#[inline(never)]
fn is_usual(tag: Tag, in_text: bool) -> bool {
    let is_tag = !in_text && tag.letters().iter().all(u8::is_ascii_uppercase);
    (is_tag || tag.is_known()) && tag != UNA && tag != UNZ
}

impl<F: FnMut(usize, Tag) -> bool> Pass<'_, F> {
    fn run(mut self) -> Result<Scanned, LimitReached> {
        let mut marks = Marks::new(self.window, &self.delimiters);
        let opening = Opening::new(&self.delimiters);
        // Whether the segment before may have ended in text: then a known tag must follow.
        let (mut next, mut in_text) = (0, false);
        loop {
            let (start, at, class) = match opening.find(self.window, next) {
                Some((tag, at)) if !tag.may_bound() || is_usual(tag, in_text) => {
                    if (self.stop)(self.scanner.heads.len(), tag) {
                        return Ok(Scanned::Complete { used: at });
                    }
                    self.check_room(at)?;
                    let class = tag.class();
                    if let Some(end) = self.plain(&mut marks, tag, class, at) {
                        (next, in_text) = (end + 1, class.has_text());
                        continue;
                    }
                    self.push(Some(tag), at);
                    (at, at + 3, class)
                }
                _ if in_text => self.open_again(),
                _ => match self.begin_slowly(next)? {
                    Begin::Body(start, at, class) => (start, at, class),
                    Begin::Done(scanned) => return Ok(scanned),
                },
            };
            match self.thorough(start, at, class)? {
                Read::Next(at) => (next, in_text) = (at, false),
                Read::Done(scanned) => return Ok(scanned),
            }
        }
    }

    /// Goes back to the separator behind the tag of the last segment.
    #[cold]
    #[inline(never)]
    fn open_again(&mut self) -> (usize, usize, Class) {
        let Some(last) = self.scanner.heads.last() else {
            return (0, 0, Class::CODED);
        };
        self.scanner.data = last.first as usize;
        let start = last.start as usize;
        (start, start + 3, last.tag.class())
    }

    /// Reads the segment that begins at `start`, if nothing unusual stands in it: where it ends.
    #[inline(always)]
    fn plain(
        &mut self,
        marks: &mut Marks<'_>,
        tag: Tag,
        class: Class,
        start: usize,
    ) -> Option<usize> {
        let data = self.scanner.data;
        let plain = marks.body(&mut self.scanner.spans, data, start + 3)?;
        let doubtful = !class.is_usual(plain.elements) && self.may_be_glued(tag, plain.data)
            || plain.released != Released::None && !self.note_released(tag, &plain);
        if doubtful || plain.end - start > self.short {
            return None;
        }
        self.scanner.heads.push(Head {
            start: start as u32,
            end: plain.end as u32,
            first: data as u32,
            tag,
            number: tag.number(),
        });
        self.scanner.data = plain.data;
        Some(plain.end)
    }

    /// Whether another segment may be glued to the one with the spans before `end`.
    #[inline(never)]
    fn may_be_glued(&self, tag: Tag, end: usize) -> bool {
        let place = repair::Place {
            window: self.window,
            tag,
            shift: 0,
        };
        let spans = self.scanner.spans.get(self.scanner.data..end);
        repair::may_hold_joint(&place, spans.unwrap_or_default())
    }

    /// Marks the components of a segment with release characters in them, unless another segment
    /// may be glued to it.
    #[cold]
    #[inline(never)]
    fn note_released(&mut self, tag: Tag, plain: &Plain) -> bool {
        let among = match plain.released {
            Released::One(span) => span..span + 1,
            _ => self.scanner.data..plain.data,
        };
        let spans = self.scanner.spans.get_mut(among);
        for span in spans.unwrap_or_default() {
            let raw = self.window.get(span.start as usize..span.end() as usize);
            let holds = |release: &u8| raw.is_some_and(|raw| raw.contains(release));
            if self.delimiters.release.as_ref().is_some_and(holds) {
                span.mark_dirty();
            }
        }
        !self.may_be_glued(tag, plain.data)
    }

    /// Reads a segment with all that can be wrong about it.
    #[inline(never)]
    fn thorough(&mut self, start: usize, at: usize, class: Class) -> Result<Read, LimitReached> {
        self.scanner.unusual = true;
        let mut blocks = Blocks::new(self.window, start, &self.delimiters);
        let Some(body) = self.body(&mut blocks, at, class) else {
            return Ok(Read::Done(Scanned::More));
        };
        let Some(end) = body.end else {
            return self.window_ends(&body, &blocks).map(Read::Done);
        };
        self.end(end);
        if end - start > self.short {
            self.check_long(start, end)?;
        }
        let symptom =
            blocks.beyond_ascii(start, end) || body.any_unclean || body.element() > class.usual();
        if symptom && let Some(used) = self.repair(end)? {
            return Ok(Read::Done(Scanned::Complete { used }));
        }
        Ok(Read::Next(end + 1))
    }

    /// The window ends inside a segment.
    #[cold]
    #[inline(never)]
    fn window_ends(&mut self, body: &Body, blocks: &Blocks<'_>) -> Result<Scanned, LimitReached> {
        let (start, behind) = (self.start(), self.window.len());
        self.check_segment(start, behind)?;
        if !self.last {
            return Ok(Scanned::More);
        }
        if blocks.released {
            self.report(ProblemKind::ReleaseAtEnd, behind - 1, 1);
        }
        let solid = self.window.get(start..).unwrap_or_default();
        let end = start
            + solid
                .iter()
                .rposition(|b| !is_blank(*b))
                .map_or(0, |i| i + 1);
        if body.holds {
            let span = Span::new(body.start, end as u32, body.place, body.unclean);
            if let Some([room, ..]) = room(&mut self.scanner.spans, self.scanner.data) {
                *room = span;
                self.scanner.data += 1;
            }
        }
        self.end(end);
        self.check_long(start, end)?;
        let used = self.repair(end)?;
        if used.is_none() {
            self.report(ProblemKind::TerminatorMissing, end, 0);
        }
        Ok(Scanned::Complete {
            used: used.unwrap_or(behind),
        })
    }

    fn body(&mut self, blocks: &mut Blocks<'_>, at: usize, class: Class) -> Option<Body> {
        let Scanner {
            heads,
            spans,
            data,
            problems,
            ..
        } = &mut *self.scanner;
        body(blocks, Sink { spans, data }, at, class, |here| {
            let text = is_data(self.window, here, &self.delimiters, self.last)?;
            if text {
                let segment = heads.len().saturating_sub(1);
                problems.push(Problem {
                    kind: ProblemKind::TerminatorInData,
                    segment,
                    offset: here,
                    len: 1,
                });
            }
            Some(text)
        })
    }

    /// Where the last segment starts.
    fn start(&self) -> usize {
        let last = self.scanner.heads.last();
        last.map_or(0, |head| head.start as usize)
    }

    #[cold]
    #[inline(never)]
    fn begin_slowly(&mut self, mut next: usize) -> Result<Begin, LimitReached> {
        self.scanner.unusual = true;
        loop {
            match look(self.window, next, &self.delimiters, self.last) {
                Look::More => return Ok(Begin::Done(Scanned::More)),
                Look::End => {
                    return Ok(Begin::Done(Scanned::Complete {
                        used: self.window.len(),
                    }));
                }
                Look::Empty { at } => {
                    self.empty(at);
                    next = at + 1;
                }
                Look::Comment { at, end } => {
                    self.open(None, at)?;
                    self.end(end);
                    next = end;
                }
                Look::Text { at } | Look::Short { at } => {
                    self.open(None, at)?;
                    return Ok(Begin::Body(at, at, Class::CODED));
                }
                Look::Tag { tag, at, separator } => return self.begin_tag(tag, at, separator),
            }
        }
    }

    fn begin_tag(&mut self, tag: Tag, at: usize, separator: usize) -> Result<Begin, LimitReached> {
        let index = self.scanner.heads.len();
        if index > 0 && tag == UNA || (self.stop)(index, tag) {
            return Ok(Begin::Done(Scanned::Complete { used: at }));
        }
        if tag != UNZ {
            self.open(Some(tag), at)?;
            return Ok(Begin::Body(at, separator, tag.class()));
        }
        match trailer(self.window, separator, &self.delimiters, self.last) {
            Trailer::More => Ok(Begin::Done(Scanned::More)),
            Trailer::Ends { end, used, doubt } => {
                self.open(Some(tag), at)?;
                self.plain_body(separator, end);
                self.end(end);
                if let Some(kind) = doubt {
                    self.report(kind, end, used - end);
                }
                Ok(Begin::Done(Scanned::Complete { used }))
            }
        }
    }

    fn report(&mut self, kind: ProblemKind, offset: usize, len: usize) {
        let segment = self.scanner.heads.len().saturating_sub(1);
        self.scanner.problems.push(Problem {
            kind,
            segment,
            offset,
            len,
        });
    }

    /// A terminator with nothing before it: one report for a run of them.
    fn empty(&mut self, at: usize) {
        if let Some(before) = self.scanner.problems.last_mut()
            && before.kind == ProblemKind::EmptySegment
            && skip_blanks(self.window, before.offset + before.len) == at
        {
            before.len = at + 1 - before.offset;
            return;
        }
        self.report(ProblemKind::EmptySegment, at, 1);
    }

    fn open(&mut self, tag: Option<Tag>, at: usize) -> Result<(), LimitReached> {
        self.check_room(at)?;
        self.push(tag, at);
        Ok(())
    }

    #[inline(always)]
    fn check_room(&self, at: usize) -> Result<(), LimitReached> {
        if self.scanner.heads.len() >= self.limits.segments {
            return Err(LimitReached {
                limit: Limit::Segments,
                offset: at,
                maximum: self.limits.segments,
            });
        }
        Ok(())
    }

    fn push(&mut self, tag: Option<Tag>, at: usize) {
        let tag_or_raw = tag.unwrap_or_else(|| {
            Tag([0, 1, 2].map(|i| self.window.get(at + i).copied().unwrap_or(b' ')))
        });
        self.scanner.heads.push(Head {
            start: at as u32,
            end: 0,
            first: self.scanner.data as u32,
            tag: tag_or_raw,
            number: tag.map_or(FRAGMENT, Tag::number),
        });
    }

    /// The last segment ends before `end`.
    #[inline(always)]
    fn end(&mut self, end: usize) {
        let Some(head) = self.scanner.heads.last_mut() else {
            return;
        };
        head.end = end as u32;
        if head.number == FRAGMENT {
            self.fragment();
        }
    }

    /// What stands before the first separator of a fragment is taken for its tag.
    #[cold]
    fn fragment(&mut self) {
        let Some(&Head {
            start, end, first, ..
        }) = self.scanner.heads.last()
        else {
            return;
        };
        let first = first as usize;
        let whole = first..self.scanner.data;
        if self
            .scanner
            .spans
            .get(whole.start..whole.end)
            .is_some_and(|s| s.first().is_some_and(|s| s.component() == 0))
        {
            self.scanner.spans.copy_within(first + 1..whole.end, first);
            self.scanner.data -= 1;
        }
        self.report(
            ProblemKind::Fragment,
            start as usize,
            (end - start) as usize,
        );
    }

    #[inline(always)]
    fn check_segment(&self, start: usize, end: usize) -> Result<(), LimitReached> {
        let maximum = self.limits.segment_bytes;
        if end - start > maximum {
            return Err(LimitReached {
                limit: Limit::SegmentBytes,
                offset: start,
                maximum,
            });
        }
        Ok(())
    }

    /// The limits that a short segment cannot reach.
    #[cold]
    #[inline(never)]
    fn check_long(&self, start: usize, end: usize) -> Result<(), LimitReached> {
        self.check_segment(start, end)?;
        let (offset, maximum) = (start, usize::from(u16::MAX));
        if self.widest(offset, end) > maximum {
            return Err(LimitReached {
                limit: Limit::Positions,
                offset,
                maximum,
            });
        }
        let maximum = self.limits.component_bytes;
        match self
            .spans()
            .iter()
            .find(|span| (span.end() - span.start) as usize > maximum)
        {
            None => Ok(()),
            Some(span) => Err(LimitReached {
                limit: Limit::ComponentBytes,
                offset: span.start as usize,
                maximum,
            }),
        }
    }

    /// No fewer than the elements of the segment and the components of each of its elements.
    fn widest(&self, start: usize, end: usize) -> usize {
        let (mut elements, mut components, mut widest) = (0, 0, 0);
        for byte in self.window.get(start..end).unwrap_or_default() {
            if *byte == self.delimiters.element {
                (elements, components) = (elements + 1, 0);
            }
            components += usize::from(*byte == self.delimiters.component);
            widest = widest.max(components + 1);
        }
        widest.max(elements)
    }

    /// The spans of the last segment.
    fn spans(&self) -> &[Span] {
        let first = self
            .scanner
            .heads
            .last()
            .map_or(0, |head| head.first as usize);
        self.scanner
            .spans
            .get(first..self.scanner.data)
            .unwrap_or_default()
    }

    /// Separates what was glued to the last segment, which ends before `end`; the place where the
    /// batch ends, if it does so within.
    #[cold]
    #[inline(never)]
    fn repair(&mut self, end: usize) -> Result<Option<usize>, LimitReached> {
        let Some(mut head) = self.scanner.heads.last().copied() else {
            return Ok(None);
        };
        if head.number == FRAGMENT {
            return Ok(None);
        }
        let (first, data) = (head.first as usize, self.scanner.data);
        let place = repair::Place {
            window: self.window,
            tag: head.tag,
            shift: 0,
        };
        if !repair::may_hold_joint(&place, self.spans()) {
            return Ok(None);
        }
        let (mut write, mut shift) = (first, 0);
        for read in first..data {
            let rest = self.scanner.spans.get(read..data).unwrap_or_default();
            let Some(&span) = rest.first() else { break };
            let place = repair::Place {
                window: self.window,
                tag: head.tag,
                shift,
            };
            let Some(joint) = repair::joint(&place, rest, &self.delimiters) else {
                self.put(&mut write, span.moved(shift));
                continue;
            };
            if let Some(kept) = repair::kept(&place, span, joint.keep) {
                self.put(&mut write, kept);
            }
            if let Some(last) = self.scanner.heads.last_mut() {
                last.end = joint.keep as u32;
            }
            self.scanner.data = write;
            if (self.stop)(self.scanner.heads.len(), joint.tag) {
                return Ok(Some(joint.at));
            }
            shift = span.element();
            self.open(Some(joint.tag), joint.at)?;
            self.report(joint.kind, joint.keep, joint.at - joint.keep);
            head = Head {
                start: joint.at as u32,
                end: 0,
                first: write as u32,
                tag: joint.tag,
                number: joint.tag.number(),
            };
        }
        self.scanner.data = write;
        if let Some(last) = self.scanner.heads.last_mut() {
            last.end = end as u32;
        }
        Ok((head.tag == UNZ).then_some((end + 1).min(self.window.len())))
    }

    fn put(&mut self, write: &mut usize, span: Span) {
        if let Some(slot) = self.scanner.spans.get_mut(*write) {
            *slot = span;
            *write += 1;
        }
    }

    /// The spans between the separator at `at` and `end`, byte by byte: UNZ only.
    fn plain_body(&mut self, at: usize, end: usize) {
        let (mut position, mut start) = (0, None);
        let (mut released, mut holds_release) = (false, false);
        for here in at..=end {
            let byte = self.window.get(here).copied().filter(|_| here < end);
            let cut = byte.is_none_or(|b| self.delimiters.cuts(b) && !released);
            released = match byte {
                Some(b) if is_break(b) => released,
                Some(b) => !released && Some(b) == self.delimiters.release,
                None => false,
            };
            holds_release |= released;
            if !cut {
                continue;
            }
            if let Some(start) = start {
                let place = repair::Place {
                    window: self.window,
                    tag: UNZ,
                    shift: 0,
                };
                let span = Span::new(start as u32, 0, position, holds_release);
                if let (Some(span), Some([slot, ..])) = (
                    repair::kept(&place, span, here),
                    room(&mut self.scanner.spans, self.scanner.data),
                ) {
                    *slot = span;
                    self.scanner.data += 1;
                }
            }
            position = next_place(position, byte == Some(self.delimiters.element));
            (start, holds_release) = (Some(here + 1), false);
        }
    }
}
