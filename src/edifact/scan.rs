//! Bytes to segments: one pass, into scratch that is used again.

use super::charset::Charset;
use super::delimiters::Delimiters;
use super::limits::{Limit, LimitReached, Limits};
use super::look::{Look, is_blank, is_break, look};
use super::problem::{Problem, ProblemKind};
use super::segment::Segments;
use super::tag::{Tag, Text};

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
    /// The highest bit says that release characters or line breaks stand in it.
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
    pub(super) spans: Vec<Span>,
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
        self.spans.clear();
        self.problems.clear();
        self.base = from;
        Pass {
            scanner: self,
            window,
            delimiters: *delimiters,
            limits: *limits,
            last,
            stop,
        }
        .run(from)
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

/// Where a body ended.
enum End {
    /// Behind the terminator.
    At(usize),
    More,
}

impl<F: FnMut(usize, Tag) -> bool> Pass<'_, F> {
    fn run(mut self, from: usize) -> Result<Scanned, LimitReached> {
        let mut next = from;
        loop {
            let (tag, at, separator) = match look(self.window, next, &self.delimiters, self.last) {
                Look::More => return Ok(Scanned::More),
                Look::End => {
                    return Ok(Scanned::Complete {
                        used: self.window.len(),
                    });
                }
                Look::Empty { at } => {
                    self.empty(at);
                    next = at + 1;
                    continue;
                }
                Look::Comment { at, end } => {
                    self.open(None, at)?;
                    self.close(end)?;
                    next = end;
                    continue;
                }
                Look::Tag { tag, at, separator } => (Some(tag), at, separator),
                Look::Text { at } | Look::Short { at } => (None, at, at),
            };
            if let Some(tag) = tag {
                let index = self.scanner.heads.len();
                if index > 0 && tag == UNA || (self.stop)(index, tag) {
                    return Ok(Scanned::Complete { used: at });
                }
            }
            self.open(tag, at)?;
            match self.body(tag, separator)? {
                End::More => return Ok(Scanned::More),
                End::At(end) => next = end,
            }
            if tag == Some(UNZ) {
                return Ok(Scanned::Complete { used: next });
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
            && self
                .window
                .get(before.offset + before.len..at)
                .is_some_and(|gap| gap.iter().all(|b| is_blank(*b)))
        {
            before.len = at + 1 - before.offset;
            return;
        }
        self.report(ProblemKind::EmptySegment, at, 1);
    }

    fn open(&mut self, tag: Option<Tag>, at: usize) -> Result<(), LimitReached> {
        if self.scanner.heads.len() >= self.limits.segments {
            return Err(LimitReached {
                limit: Limit::Segments,
                offset: at,
                maximum: self.limits.segments,
            });
        }
        let letters = [0, 1, 2].map(|i| self.window.get(at + i).copied().unwrap_or(b' '));
        self.scanner.heads.push(Head {
            start: self.relative(at)?,
            end: 0,
            first: self.scanner.spans.len() as u32,
            tag: tag.unwrap_or(Tag(letters)),
            fragment: tag.is_none(),
        });
        Ok(())
    }

    fn relative(&self, at: usize) -> Result<u32, LimitReached> {
        let distance = at - self.scanner.base;
        let maximum = self.limits.scan_bytes.min(DIRTY as usize - 1);
        if distance > maximum {
            return Err(LimitReached {
                limit: Limit::ScanBytes,
                offset: self.scanner.base,
                maximum,
            });
        }
        Ok(distance as u32)
    }

    fn close(&mut self, end: usize) -> Result<(), LimitReached> {
        let relative = self.relative(end)?;
        let Some(head) = self.scanner.heads.last_mut() else {
            return Ok(());
        };
        head.end = relative;
        let (start, fragment) = (self.scanner.base + head.start as usize, head.fragment);
        self.check_segment(start, end)?;
        if fragment {
            self.report(ProblemKind::Fragment, start, end - start);
        }
        Ok(())
    }

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

    /// The components after the tag, from the separator or terminator at `at`.
    fn body(&mut self, tag: Option<Tag>, at: usize) -> Result<End, LimitReached> {
        let d = self.delimiters;
        let start = self.scanner.base
            + self
                .scanner
                .heads
                .last()
                .map_or(0, |head| head.start as usize);
        let text = tag.map_or(Text::Nowhere, Tag::text);
        let (mut element, mut component) = (0, 0);
        let (mut from, mut dirty, mut escaped) = (None, false, false);
        let mut at = at;
        while let Some(&byte) = self.window.get(at) {
            if is_break(byte) {
                dirty = true;
            } else if escaped {
                escaped = false;
            } else if Some(byte) == d.release {
                (escaped, dirty) = (true, true);
            } else if byte == d.terminator {
                if from.is_some() && text.holds(element, component) {
                    match self.is_data(at) {
                        None => return Ok(End::More),
                        Some(true) => {
                            self.report(ProblemKind::TerminatorInData, at, 1);
                            at += 1;
                            continue;
                        }
                        Some(false) => {}
                    }
                }
                self.span(from, at, element, component, dirty)?;
                self.close(at)?;
                return Ok(End::At(at + 1));
            } else if d.cuts(byte) {
                self.span(from, at, element, component, dirty)?;
                (element, component) = if byte == d.element {
                    (element + 1, 1)
                } else {
                    (element, component + 1)
                };
                (from, dirty) = (Some(at + 1), false);
            }
            at += 1;
        }
        self.check_segment(start, at)?;
        if !self.last {
            return Ok(End::More);
        }
        if escaped {
            self.report(ProblemKind::ReleaseAtEnd, at - 1, 1);
        }
        let solid = self.window.get(start..).unwrap_or_default();
        let end = start
            + solid
                .iter()
                .rposition(|b| !is_blank(*b))
                .map_or(0, |i| i + 1);
        self.span(
            from,
            end.max(from.unwrap_or(end)),
            element,
            component,
            dirty,
        )?;
        self.report(ProblemKind::TerminatorMissing, end, 0);
        self.close(end)?;
        Ok(End::At(at))
    }

    fn span(
        &mut self,
        from: Option<usize>,
        end: usize,
        element: u32,
        component: u32,
        dirty: bool,
    ) -> Result<(), LimitReached> {
        let Some(from) = from else { return Ok(()) };
        if end - from > self.limits.component_bytes {
            let maximum = self.limits.component_bytes;
            return Err(LimitReached {
                limit: Limit::ComponentBytes,
                offset: from,
                maximum,
            });
        }
        let raw = self.window.get(from..end).unwrap_or_default();
        if raw.iter().all(|b| is_blank(*b)) {
            return Ok(());
        }
        let (Ok(element), Ok(component)) = (u16::try_from(element), u16::try_from(component))
        else {
            return Err(LimitReached {
                limit: Limit::Positions,
                offset: from,
                maximum: u16::MAX.into(),
            });
        };
        let (start, end) = (self.relative(from)?, self.relative(end)?);
        self.scanner.spans.push(Span {
            start,
            end: if dirty { end | DIRTY } else { end },
            element,
            component,
        });
        Ok(())
    }

    /// Whether the terminator at `at`, inside text, is text itself; nothing if the window ends
    /// too early to tell.
    fn is_data(&self, at: usize) -> Option<bool> {
        let after = look(self.window, at + 1, &self.delimiters, self.last);
        let place = match after {
            Look::More => return None,
            Look::Tag { tag, at, .. } if !tag.is_known() => at,
            Look::Text { at } => at,
            _ => return Some(false),
        };
        let gap = self.window.get(at + 1..place).unwrap_or_default();
        Some(!gap.iter().any(|b| is_break(*b)))
    }
}

const UNA: Tag = Tag::new(b"UNA");
const UNZ: Tag = Tag::new(b"UNZ");
