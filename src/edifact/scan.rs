//! Bytes to segments: one pass, into scratch that is used again.

use super::block::{BLOCK, Blocks};
use super::charset::Charset;
use super::delimiters::Delimiters;
use super::limits::{Limit, LimitReached, Limits};
use super::look::{Look, is_blank, is_break, look, quick_tag, skip_blanks};
use super::problem::{Problem, ProblemKind};
use super::repair;
use super::segment::Segments;
use super::tag::{Class, Tag};
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
    pub(super) fragment: bool,
}

/// A non-empty component, relative to the batch.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Span {
    pub(super) start: u32,
    /// The highest bit says that release or control characters stand in it.
    pub(super) end: u32,
    pub(super) element: u16,
    pub(super) component: u16,
}

pub(super) const DIRTY: u32 = 1 << 31;

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
        let maximum = limits.scan_bytes.min(DIRTY as usize - 1);
        let whole = window.len() - from <= maximum;
        let near = window.get(..from.saturating_add(maximum)).unwrap_or(window);
        let pass = Pass {
            scanner: self,
            window: near,
            delimiters: *delimiters,
            limits: *limits,
            last: last && whole,
            stop,
        };
        match pass.run(from)? {
            Scanned::More if !whole => Err(LimitReached {
                limit: Limit::ScanBytes,
                offset: from,
                maximum,
            }),
            scanned => Ok(scanned),
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

    /// What was doubtful about the syntax, in order.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

/// One call of [`Scanner::scan`].
struct Pass<'a, F> {
    scanner: &'a mut Scanner,
    window: &'a [u8],
    delimiters: Delimiters,
    limits: Limits,
    last: bool,
    stop: F,
}

/// What begins.
enum Begin {
    /// A segment, its head pushed; the separator or terminator behind its tag.
    Body(usize, Class),
    /// The batch is complete, or the window too short.
    Done(Scanned),
}

/// Where a body ended, and the component that was open there.
struct Body {
    /// The terminator; nothing where the window ends.
    end: Option<usize>,
    element: u32,
    component: u32,
    /// All component numbers or-ed.
    widest: u32,
    /// Start of the open component.
    start: u32,
    holds: bool,
    unclean: bool,
    any_unclean: bool,
}

const UNA: Tag = Tag::new(b"UNA");
const UNZ: Tag = Tag::new(b"UNZ");

impl<F: FnMut(usize, Tag) -> bool> Pass<'_, F> {
    fn run(mut self, from: usize) -> Result<Scanned, LimitReached> {
        let mut blocks = Blocks::new(self.window, from, &self.delimiters);
        let mut next = from;
        loop {
            let (at, class) = match self.begin(next)? {
                Begin::Body(at, class) => (at, class),
                Begin::Done(scanned) => return Ok(scanned),
            };
            let Some(body) = self.body(&mut blocks, at, class) else {
                return Ok(Scanned::More);
            };
            let Some(end) = body.end else {
                return self.window_ends(&body, &blocks);
            };
            self.end(end)?;
            self.check_components(&body, end)?;
            let symptom = blocks.beyond_ascii > self.start()
                || body.any_unclean
                || body.element > class.usual();
            if symptom && let Some(used) = self.repair(end)? {
                return Ok(Scanned::Complete { used });
            }
            next = end + 1;
        }
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
            let flag = if body.unclean { DIRTY } else { 0 };
            let (element, component) = (body.element as u16, body.component as u16);
            let span = Span {
                start: body.start,
                end: self.relative(end) | flag,
                element,
                component,
            };
            if let Some([room, ..]) = room(&mut self.scanner.spans, self.scanner.data) {
                *room = span;
                self.scanner.data += 1;
            }
        }
        self.end(end)?;
        self.check_components(body, end)?;
        let used = self.repair(end)?;
        if used.is_none() {
            self.report(ProblemKind::TerminatorMissing, end, 0);
        }
        Ok(Scanned::Complete {
            used: used.unwrap_or(behind),
        })
    }

    /// Where the last segment starts.
    fn start(&self) -> usize {
        self.scanner.base
            + self
                .scanner
                .heads
                .last()
                .map_or(0, |head| head.start as usize)
    }

    #[inline(always)]
    fn begin(&mut self, next: usize) -> Result<Begin, LimitReached> {
        if let Some((tag, at)) = quick_tag(self.window, next, &self.delimiters)
            && tag != UNZ
            && tag != UNA
        {
            if (self.stop)(self.scanner.heads.len(), tag) {
                return Ok(Begin::Done(Scanned::Complete { used: at }));
            }
            self.open(Some(tag), at)?;
            return Ok(Begin::Body(at + 3, tag.class()));
        }
        self.begin_slowly(next)
    }

    #[cold]
    #[inline(never)]
    fn begin_slowly(&mut self, mut next: usize) -> Result<Begin, LimitReached> {
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
                    self.end(end)?;
                    next = end;
                }
                Look::Text { at } | Look::Short { at } => {
                    self.open(None, at)?;
                    return Ok(Begin::Body(at, Class::CODED));
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
            return Ok(Begin::Body(separator, tag.class()));
        }
        match trailer(self.window, separator, &self.delimiters, self.last) {
            Trailer::More => Ok(Begin::Done(Scanned::More)),
            Trailer::Ends { end, used, doubt } => {
                self.open(Some(tag), at)?;
                self.plain_body(separator, end);
                self.end(end)?;
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

    #[inline(always)]
    fn open(&mut self, tag: Option<Tag>, at: usize) -> Result<(), LimitReached> {
        if self.scanner.heads.len() >= self.limits.segments {
            return Err(LimitReached {
                limit: Limit::Segments,
                offset: at,
                maximum: self.limits.segments,
            });
        }
        let tag_or_raw = tag.unwrap_or_else(|| {
            Tag([0, 1, 2].map(|i| self.window.get(at + i).copied().unwrap_or(b' ')))
        });
        self.scanner.heads.push(Head {
            start: self.relative(at),
            end: 0,
            first: self.scanner.data as u32,
            tag: tag_or_raw,
            fragment: tag.is_none(),
        });
        Ok(())
    }

    /// The window is never longer than 2 GiB from the base on.
    fn relative(&self, at: usize) -> u32 {
        (at - self.scanner.base) as u32
    }

    /// The components after the tag, from the separator or terminator at `at`; nothing if the
    /// window ends before the terminator.
    ///
    /// Without branches but for the terminator: each cut writes a span, and the next one writes
    /// over it if there was nothing solid in it.
    #[inline(always)]
    fn body(&mut self, blocks: &mut Blocks<'_>, at: usize, class: Class) -> Option<Body> {
        let base = self.scanner.base;
        let (mut element, mut component, mut widest) = (0u32, 0u32, 0u32);
        let (mut start, mut solid_before, mut dirty_before, mut any_dirty) =
            (0u32, 0u64, 0u64, 0u64);
        blocks.seek(at);
        let mut ahead = u64::MAX << ((at - blocks.start) & (BLOCK - 1));
        loop {
            let (mut cuts, mut solid, mut dirty) = (
                blocks.cuts & ahead,
                blocks.solid & ahead,
                blocks.dirty & ahead,
            );
            let block = (blocks.start - base) as u32;
            let mut written = 0;
            let out = room(&mut self.scanner.spans, self.scanner.data)?;
            while cuts != 0 {
                let cut = cuts & cuts.wrapping_neg();
                let before = cut - 1;
                let place = block + cuts.trailing_zeros();
                let (holds, unclean) = (
                    solid_before | (solid & before),
                    dirty_before | (dirty & before),
                );
                let flag = if unclean != 0 { DIRTY } else { 0 };
                let span = Span {
                    start,
                    end: place | flag,
                    element: element as u16,
                    component: component as u16,
                };
                out[written & (BLOCK - 1)] = span;
                cuts ^= cut;
                solid &= !before;
                dirty &= !before;
                if blocks.ends & cut != 0 {
                    let here = base + place as usize;
                    if class.text().holds(element, component) && holds != 0 {
                        match is_data(self.window, here, &self.delimiters, self.last) {
                            None => return None,
                            Some(false) => {}
                            Some(true) => {
                                (solid_before, dirty_before) = (1, unclean);
                                let segment = self.scanner.heads.len().saturating_sub(1);
                                let kind = ProblemKind::TerminatorInData;
                                self.scanner.problems.push(Problem {
                                    kind,
                                    segment,
                                    offset: here,
                                    len: 1,
                                });
                                continue;
                            }
                        }
                    }
                    self.scanner.data += written + usize::from(holds != 0);
                    let (holds, unclean) = (holds != 0, unclean != 0);
                    let any_unclean = unclean || any_dirty != 0;
                    return Some(Body {
                        end: Some(here),
                        element,
                        component,
                        widest,
                        start,
                        holds,
                        unclean,
                        any_unclean,
                    });
                }
                written += usize::from(holds != 0);
                (solid_before, dirty_before) = (0, 0);
                any_dirty |= unclean;
                let is_element = u32::from(blocks.elements & cut != 0);
                element += is_element;
                component = if is_element != 0 { 1 } else { component + 1 };
                widest |= component;
                start = place + 1;
            }
            self.scanner.data += written;
            solid_before |= solid;
            dirty_before |= dirty;
            if blocks.is_last() {
                let (holds, unclean) = (solid_before != 0, dirty_before != 0);
                let any_unclean = unclean || any_dirty != 0;
                return Some(Body {
                    end: None,
                    element,
                    component,
                    widest,
                    start,
                    holds,
                    unclean,
                    any_unclean,
                });
            }
            blocks.advance();
            ahead = u64::MAX;
        }
    }

    /// The last segment ends before `end`.
    #[inline(always)]
    fn end(&mut self, end: usize) -> Result<(), LimitReached> {
        let relative = self.relative(end);
        let Some(head) = self.scanner.heads.last_mut() else {
            return Ok(());
        };
        head.end = relative;
        if head.fragment {
            self.fragment();
        }
        self.check_segment(self.start(), end)
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
            .is_some_and(|s| s.first().is_some_and(|s| s.component == 0))
        {
            self.scanner.spans.copy_within(first + 1..whole.end, first);
            self.scanner.data -= 1;
        }
        self.report(
            ProblemKind::Fragment,
            self.scanner.base + start as usize,
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

    /// The limits of a component, which a short segment cannot reach.
    #[inline(always)]
    fn check_components(&self, body: &Body, end: usize) -> Result<(), LimitReached> {
        if end - self.start() > self.limits.component_bytes.min(u16::MAX.into()) {
            return self.check_long(body);
        }
        Ok(())
    }

    #[cold]
    #[inline(never)]
    fn check_long(&self, body: &Body) -> Result<(), LimitReached> {
        let most = u16::MAX.into();
        if body.element > most || body.widest > most {
            return Err(LimitReached {
                limit: Limit::Positions,
                offset: self.start(),
                maximum: most as usize,
            });
        }
        let maximum = self.limits.component_bytes;
        let long = self
            .spans()
            .iter()
            .find(|span| ((span.end & !DIRTY) - span.start) as usize > maximum);
        match long {
            None => Ok(()),
            Some(span) => {
                let offset = self.scanner.base + span.start as usize;
                Err(LimitReached {
                    limit: Limit::ComponentBytes,
                    offset,
                    maximum,
                })
            }
        }
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
        if head.fragment {
            return Ok(None);
        }
        let (first, data) = (head.first as usize, self.scanner.data);
        let (mut write, mut shift) = (first, 0);
        for read in first..data {
            let rest = self.scanner.spans.get(read..data).unwrap_or_default();
            let Some(&span) = rest.first() else { break };
            let place = repair::Place {
                window: self.window,
                base: self.scanner.base,
                tag: head.tag,
                shift,
            };
            let Some(joint) = repair::joint(&place, rest, &self.delimiters) else {
                self.put(
                    &mut write,
                    Span {
                        element: span.element - shift,
                        ..span
                    },
                );
                continue;
            };
            if let Some(kept) = repair::kept(&place, span, joint.keep) {
                self.put(&mut write, kept);
            }
            let (start, keep) = (self.relative(joint.at), self.relative(joint.keep));
            if let Some(last) = self.scanner.heads.last_mut() {
                last.end = keep;
            }
            self.scanner.data = write;
            if (self.stop)(self.scanner.heads.len(), joint.tag) {
                return Ok(Some(joint.at));
            }
            shift = span.element;
            self.open(Some(joint.tag), joint.at)?;
            self.report(joint.kind, joint.keep, joint.at - joint.keep);
            head = Head {
                start,
                end: 0,
                first: write as u32,
                tag: joint.tag,
                fragment: false,
            };
        }
        self.scanner.data = write;
        let relative = self.relative(end);
        if let Some(last) = self.scanner.heads.last_mut() {
            last.end = relative;
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
        let (mut element, mut component, mut start) = (0u16, 0u16, None);
        let mut released = false;
        for here in at..=end {
            let byte = self.window.get(here).copied().filter(|_| here < end);
            let cut = byte.is_none_or(|b| self.delimiters.cuts(b) && !released);
            released = match byte {
                Some(b) if is_break(b) => released,
                Some(b) => !released && Some(b) == self.delimiters.release,
                None => false,
            };
            if !cut {
                continue;
            }
            if let Some(start) = start {
                let place = repair::Place {
                    window: self.window,
                    base: self.scanner.base,
                    tag: UNZ,
                    shift: 0,
                };
                let span = Span {
                    start: self.relative(start),
                    end: 0,
                    element,
                    component,
                };
                if let (Some(span), Some([slot, ..])) = (
                    repair::kept(&place, span, here),
                    room(&mut self.scanner.spans, self.scanner.data),
                ) {
                    *slot = span;
                    self.scanner.data += 1;
                }
            }
            (element, component) = match byte == Some(self.delimiters.element) {
                true => (element + 1, 1),
                false => (element, component + 1),
            };
            start = Some(here + 1);
        }
    }
}

/// Room for the spans of one block behind the first `used`.
#[inline(always)]
fn room(spans: &mut Vec<Span>, used: usize) -> Option<&mut [Span; BLOCK]> {
    if spans.len() < used + BLOCK {
        grow(spans, used + BLOCK);
    }
    spans
        .get_mut(used..)
        .and_then(|rest| rest.first_chunk_mut())
}

#[cold]
#[inline(never)]
fn grow(spans: &mut Vec<Span>, least: usize) {
    spans.resize(
        (2 * spans.len()).max(least).max(16 * BLOCK),
        Span::default(),
    );
}

/// Whether the terminator at `at`, inside text, is text itself; nothing if the window ends too
/// early to tell.
#[inline(never)]
fn is_data(window: &[u8], at: usize, delimiters: &Delimiters, last: bool) -> Option<bool> {
    if window.get(at + 1).is_some_and(|b| is_break(*b)) {
        return Some(false);
    }
    let place = match look(window, at + 1, delimiters, last) {
        Look::More => return None,
        Look::Tag { tag, at, .. } if !tag.is_known() => at,
        Look::Text { at } => at,
        _ => return Some(false),
    };
    let gap = window.get(at + 1..place).unwrap_or_default();
    Some(!gap.iter().any(|b| is_break(*b)))
}
