//! Borrowed views of a batch: segments and their non-empty components, with their places.

use std::borrow::Cow;

use super::body::Span;
use super::charset::Charset;
use super::clean;
use super::scan::{Head, Scanner};
use super::tag::{FRAGMENT, Tag};
use crate::hint::rare;
use crate::model::{bare, is_bare};

/// The segments of a batch, in order, by index or one after the other.
#[derive(Clone, Copy, Debug)]
pub struct Segments<'w> {
    heads: &'w [Head],
    spans: &'w [Span],
    source: Source<'w>,
}

/// What a component needs to show its value.
#[derive(Clone, Copy)]
pub(super) struct Source<'w> {
    pub(super) window: &'w [u8],
    pub(super) base: usize,
    pub(super) charset: Charset,
    pub(super) release: Option<u8>,
    /// The whole batch, if it is UTF-8: checked once, not once for each component.
    pub(super) batch: &'w str,
}

impl std::fmt::Debug for Source<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Source")
            .field("bytes", &self.window.len())
            .finish_non_exhaustive()
    }
}

/// The first bytes of some, if they are UTF-8.
fn checked(bytes: &[u8], len: usize) -> Option<&str> {
    // In whole stretches if it can be: how long the last one is cannot be guessed.
    let whole = bytes.get(..len.next_multiple_of(64));
    let whole = whole.and_then(|bytes| simdutf8::basic::from_utf8(bytes).ok());
    match whole.and_then(|text| text.get(..len)) {
        Some(text) => Some(text),
        None => simdutf8::basic::from_utf8(bytes.get(..len)?).ok(),
    }
}

impl<'w> Segments<'w> {
    pub(super) fn new(
        scanner: &'w Scanner,
        window: &'w [u8],
        charset: Charset,
        release: Option<u8>,
    ) -> Segments<'w> {
        let end = scanner.heads.last().map_or(0, |head| head.end as usize);
        let read = window.get(scanner.base..).unwrap_or_default();
        let batch = Some(read).filter(|_| !charset.hides_in_ascii());
        let source = Source {
            batch: batch
                .and_then(|read| checked(read, end))
                .unwrap_or_default(),
            window,
            base: scanner.base,
            charset,
            release,
        };
        Segments {
            heads: &scanner.heads,
            spans: scanner.spans.get(..scanner.data).unwrap_or_default(),
            source,
        }
    }

    /// Number of segments.
    pub fn len(&self) -> usize {
        self.heads.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// Number of data in the batch: the non-empty components after the tags.
    pub fn data(&self) -> usize {
        self.spans.len()
    }

    /// The numbers of the names of the segments ([`Tag::number`]), in order.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = u8> {
        self.heads.iter().map(|head| head.number)
    }

    /// The bytes from the start of a component to the end of another.
    pub(crate) fn between(&self, first: &Component<'_>, last: &Component<'_>) -> &'w [u8] {
        let range = first.offset()..last.offset() + last.len();
        self.source.window.get(range).unwrap_or_default()
    }

    /// The segment at `index`.
    #[inline]
    pub fn get(&self, index: usize) -> Option<Segment<'w>> {
        let head = self.heads.get(index)?;
        let end = self
            .heads
            .get(index + 1)
            .map_or(self.spans.len(), |next| next.first as usize);
        let spans = self.spans.get(head.first as usize..end)?;
        Some(Segment {
            head,
            spans,
            source: self.source,
            index,
        })
    }

    /// One after the other.
    pub fn iter(&self) -> SegmentsIter<'w> {
        SegmentsIter {
            segments: *self,
            next: 0,
        }
    }
}

impl<'w> IntoIterator for Segments<'w> {
    type Item = Segment<'w>;
    type IntoIter = SegmentsIter<'w>;

    fn into_iter(self) -> SegmentsIter<'w> {
        self.iter()
    }
}

/// Iterator over [`Segments`].
#[derive(Clone, Debug)]
pub struct SegmentsIter<'w> {
    segments: Segments<'w>,
    next: usize,
}

impl<'w> Iterator for SegmentsIter<'w> {
    type Item = Segment<'w>;

    fn next(&mut self) -> Option<Segment<'w>> {
        let segment = self.segments.get(self.next)?;
        self.next += 1;
        Some(segment)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.segments.len().saturating_sub(self.next);
        (left, Some(left))
    }
}

impl ExactSizeIterator for SegmentsIter<'_> {}

/// A segment of a batch.
#[derive(Clone, Copy, Debug)]
pub struct Segment<'w> {
    head: &'w Head,
    spans: &'w [Span],
    source: Source<'w>,
    index: usize,
}

impl<'w> Segment<'w> {
    /// Its name; of a fragment, the first three bytes.
    pub fn tag(&self) -> Tag {
        self.head.tag
    }

    /// Whether this is no segment but text between terminators without a tag (`L'`, `/* … */`).
    /// What stands before its first separator is taken for a tag and is no datum.
    pub fn is_fragment(&self) -> bool {
        self.head.number == FRAGMENT
    }

    /// The number of its name ([`Tag::number`]).
    #[inline]
    pub(crate) fn number(&self) -> u8 {
        self.head.number
    }

    /// Its place in the batch.
    pub fn index(&self) -> usize {
        self.index
    }

    /// Where its tag starts in the window.
    pub fn offset(&self) -> usize {
        self.source.base + self.head.start as usize
    }

    /// Bytes from the tag to the terminator, which is not counted.
    pub fn len(&self) -> usize {
        (self.head.end - self.head.start) as usize
    }

    /// Whether it has no bytes (never so).
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes from the tag to the terminator.
    pub fn raw(&self) -> &'w [u8] {
        self.source
            .window
            .get(self.offset()..self.offset() + self.len())
            .unwrap_or_default()
    }

    /// Number of non-empty components.
    pub fn count(&self) -> usize {
        self.spans.len()
    }

    /// Number of the last element that holds a datum.
    #[inline]
    pub fn last_element(&self) -> u16 {
        self.spans.last().map_or(0, Span::element)
    }

    /// The non-empty components, in order.
    pub fn components(&self) -> Components<'_> {
        Components {
            spans: self.spans,
            at: 0,
            first: self.head.first,
            source: &self.source,
        }
    }

    /// The non-empty components from an element on; from 1 on, all but those inside the tag.
    pub(crate) fn components_from(&self, element: u16) -> Components<'_> {
        let mut data = self.components();
        let before = self
            .spans
            .iter()
            .take_while(|span| span.element() < element);
        data.at = before.count();
        data
    }

    /// The elements from one on that hold a datum: of each its components.
    pub(crate) fn elements(&self, from: u16) -> impl Iterator<Item = Components<'_>> {
        let mut data = self.components_from(from);
        std::iter::from_fn(move || {
            data.next()?;
            Some(data.element())
        })
    }

    /// The component at a place, if it is not empty. `hint` is where the search starts, best what
    /// the last call left there: places asked for in order cost one step each.
    ///
    /// ```
    /// # use paxnorm::edifact::{Charset, Delimiters, Limits, Scanner};
    /// # let input = b"TVL+280513:2225+SIN+OOL+XX+0006'";
    /// # let mut scanner = Scanner::new();
    /// # let d = Delimiters::DEFAULT;
    /// # scanner.scan(input, 0, &d, &Limits::default(), true, |_, _| false).unwrap();
    /// let segment = scanner.segments(input, Charset::from_syntax_id("UNOA"), &d).get(0).unwrap();
    /// let mut hint = 0;
    /// let mut ask = |element, component| segment.find(element, component, &mut hint).map(|c| c.text());
    /// assert_eq!(ask(1, 2).as_deref(), Some("2225"));
    /// assert_eq!(ask(1, 3), None);
    /// assert_eq!(ask(5, 1).as_deref(), Some("0006"));
    /// assert_eq!(ask(2, 1).as_deref(), Some("SIN"));
    /// ```
    // As part of what asks: what finds nothing costs no call.
    #[inline(always)]
    pub fn find(&self, element: u16, component: u16, hint: &mut usize) -> Option<Component<'_>> {
        let wanted = place(element, component);
        let at = self.search(wanted, hint);
        let span = self.spans.get(at).filter(|span| span.place() == wanted)?;
        Some(Component {
            span,
            index: self.head.first + at as u32,
            source: &self.source,
        })
    }

    /// The non-empty components of an element from a component on. `hint` is that of
    /// [`find`](Self::find).
    ///
    /// ```
    /// # use paxnorm::edifact::{Charset, Delimiters, Limits, Scanner};
    /// # let input = b"RCI+XX:ABC123::280513+YY:DEF456'";
    /// # let mut scanner = Scanner::new();
    /// # let d = Delimiters::DEFAULT;
    /// # scanner.scan(input, 0, &d, &Limits::default(), true, |_, _| false).unwrap();
    /// # let segment = scanner.segments(input, Charset::from_syntax_id("UNOA"), &d).get(0).unwrap();
    /// let rest: Vec<_> = segment.rest(1, 2, &mut 0).map(|found| found.text()).collect();
    /// assert_eq!(rest, ["ABC123", "280513"]);
    /// ```
    #[inline]
    pub fn rest(&self, element: u16, from: u16, hint: &mut usize) -> Components<'_> {
        let first = self.search(place(element, from), hint);
        let behind = self.spans.get(first..).unwrap_or_default();
        let len = behind
            .iter()
            .take_while(|span| span.element() == element)
            .count();
        Components {
            spans: behind.get(..len).unwrap_or_default(),
            at: 0,
            first: self.head.first + first as u32,
            source: &self.source,
        }
    }

    /// The index of the first component at or behind a place. Readers ask in order, so that it
    /// is most often the one at `hint` or the one behind it.
    #[inline(always)]
    fn search(&self, wanted: u32, hint: &mut usize) -> usize {
        let mut at = *hint;
        if self.spans.get(at).is_some_and(|span| span.place() < wanted) {
            at += 1;
        }
        let is_before = |span: &Span| span.place() < wanted;
        let far = self.spans.get(at).is_some_and(is_before)
            || at > 0 && !self.spans.get(at - 1).is_some_and(is_before);
        if far {
            at = self.search_far(wanted);
        }
        *hint = at;
        at
    }

    #[cold]
    #[inline(never)]
    fn search_far(&self, wanted: u32) -> usize {
        self.spans.partition_point(|span| span.place() < wanted)
    }
}

/// Element and component as one number, in the order of the standard.
#[inline]
fn place(element: u16, component: u16) -> u32 {
    u32::from(element) << 16 | u32::from(component)
}

/// Iterator over the non-empty components of a [`Segment`].
#[derive(Clone, Debug)]
pub struct Components<'s> {
    spans: &'s [Span],
    /// The next one.
    at: usize,
    /// Number of the first one in the batch.
    first: u32,
    source: &'s Source<'s>,
}

impl<'s> Components<'s> {
    /// The component that was given last and those of its element behind it, which this iterator
    /// then does not give.
    ///
    /// ```
    /// # use paxnorm::edifact::{Charset, Delimiters, Limits, Scanner};
    /// # let input = b"MON+B:100:EUR+T:120:EUR'";
    /// # let mut scanner = Scanner::new();
    /// # let d = Delimiters::DEFAULT;
    /// # scanner.scan(input, 0, &d, &Limits::default(), true, |_, _| false).unwrap();
    /// let segment = scanner.segments(input, Charset::from_syntax_id("UNOA"), &d).get(0).unwrap();
    /// let mut data = segment.components();
    /// let mut amounts = Vec::new();
    /// while data.next().is_some() {
    ///     let price: Vec<_> = data.element().map(|part| part.text().into_owned()).collect();
    ///     amounts.push(price.join(" "));
    /// }
    /// assert_eq!(amounts, ["B 100 EUR", "T 120 EUR"]);
    /// ```
    #[must_use]
    pub fn element(&mut self) -> Components<'s> {
        let from = self.at.saturating_sub(1);
        let behind = self.spans.get(from..).unwrap_or_default();
        let element = behind.first().map_or(0, Span::element);
        let others = behind.iter().take_while(|span| span.element() == element);
        let count = others.count();
        self.at = from + count;
        Components {
            spans: behind.get(..count).unwrap_or_default(),
            at: 0,
            first: self.first + from as u32,
            source: self.source,
        }
    }

    /// The one still to come, if there are no more.
    #[inline(always)]
    pub(crate) fn only(&self) -> Option<Component<'s>> {
        let mut parts = self.clone();
        let first = parts.next();
        first.filter(|_| parts.len() == 0)
    }

    /// Those still to come without the first ones, and none behind so many.
    #[inline]
    pub(crate) fn part(&self, without: usize, most: usize) -> Components<'s> {
        let end = self.spans.len().min(self.at.saturating_add(most));
        Components {
            spans: self.spans.get(..end).unwrap_or_default(),
            at: self.at + without,
            ..*self
        }
    }

    /// Those of an element whose numbers are 1 to `N`, each at its place; the ones behind them are
    /// left to be given.
    pub(crate) fn numbered<const N: usize>(&mut self) -> [Option<Component<'s>>; N] {
        let mut numbered = [None; N];
        loop {
            let at = self.at;
            let Some(part) = self.next() else {
                return numbered;
            };
            match numbered.get_mut(usize::from(part.component()).wrapping_sub(1)) {
                Some(place) => *place = Some(part),
                None => {
                    self.at = at;
                    return numbered;
                }
            }
        }
    }
}

impl<'s> Iterator for Components<'s> {
    type Item = Component<'s>;

    #[inline]
    fn next(&mut self) -> Option<Component<'s>> {
        let span = self.spans.get(self.at)?;
        let index = self.first + self.at as u32;
        self.at += 1;
        Some(Component {
            span,
            index,
            source: self.source,
        })
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<Component<'s>> {
        self.at = self.at.saturating_add(n);
        self.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.spans.len().saturating_sub(self.at);
        (left, Some(left))
    }
}

impl ExactSizeIterator for Components<'_> {}

/// A datum: a component after the tag that is not blank.
#[derive(Clone, Copy, Debug)]
pub struct Component<'s> {
    span: &'s Span,
    index: u32,
    // By reference, for a component is made for each question that a reader asks.
    source: &'s Source<'s>,
}

impl<'s> Component<'s> {
    /// The element it belongs to, from 1; 0 inside the tag (`TAG:1:2`, ISO 9735 explicit nesting).
    #[inline]
    pub fn element(&self) -> u16 {
        self.span.element()
    }

    /// Its place in the element, from 1.
    #[inline]
    pub fn component(&self) -> u16 {
        self.span.component()
    }

    /// Element and component.
    ///
    /// ```
    /// # use paxnorm::edifact::{Charset, Delimiters, Limits, Scanner};
    /// # let input = b"TVL+280513:2225+SIN'";
    /// # let mut scanner = Scanner::new();
    /// # let d = Delimiters::DEFAULT;
    /// # scanner.scan(input, 0, &d, &Limits::default(), true, |_, _| false).unwrap();
    /// let segment = scanner.segments(input, Charset::from_syntax_id("UNOA"), &d).get(0).unwrap();
    /// let places: Vec<_> = segment.components().map(|datum| datum.place()).collect();
    /// assert_eq!(places, [(1, 1), (1, 2), (2, 1)]);
    /// ```
    #[inline]
    pub fn place(&self) -> (u16, u16) {
        (self.element(), self.component())
    }

    /// Its place among the non-empty components of the batch.
    #[inline]
    pub fn index(&self) -> u32 {
        self.index
    }

    /// Where it starts in the window.
    pub fn offset(&self) -> usize {
        self.source.base + self.span.start as usize
    }

    /// Its bytes as sent, release characters and line breaks included.
    pub fn len(&self) -> usize {
        (self.span.end() - self.span.start) as usize
    }

    /// Whether it has no bytes (never so).
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes as sent.
    pub fn raw(&self) -> &'s [u8] {
        self.source
            .window
            .get(self.offset()..self.offset() + self.len())
            .unwrap_or_default()
    }

    /// Whether release or control characters (line breaks) stand in it.
    pub fn needs_cleaning(&self) -> bool {
        self.span.is_dirty()
    }

    /// The value as text: without release characters, decoded, line breaks removed; where the
    /// line ended early, before the column at which telex and mail wrap, a blank stands for them.
    #[inline(always)]
    pub fn text(&self) -> Cow<'s, str> {
        match self.plain() {
            Some(text) => Cow::Borrowed(text),
            None => self.text_slowly(),
        }
    }

    /// The value as a code: as [`text`](Self::text), but line breaks go with the white space
    /// around them.
    ///
    /// ```
    /// # use paxnorm::edifact::{Charset, Delimiters, Limits, Scanner};
    /// let input = b"NAD+FL+++VANDEN\n BERG'";
    /// # let mut scanner = Scanner::new();
    /// # let d = Delimiters::DEFAULT;
    /// # scanner.scan(input, 0, &d, &Limits::default(), true, |_, _| false).unwrap();
    /// # let segment = scanner.segments(input, Charset::from_syntax_id("UNOA"), &d).get(0).unwrap();
    /// let name = segment.find(4, 1, &mut 0).unwrap();
    /// assert_eq!(name.code(), "VANDENBERG");
    /// ```
    // Part of every value that is read: as a call it would cost as much again as it does.
    #[inline(always)]
    pub fn code(&self) -> Cow<'s, str> {
        match self.plain() {
            Some(text) => Cow::Borrowed(text),
            None => self.code_slowly(),
        }
    }

    /// The value as a code, without the blanks around it.
    // Apart: those who have many to read lend them as they stand.
    #[inline(never)]
    pub(crate) fn value(&self) -> Cow<'s, str> {
        trimmed(self.code())
    }

    /// The value where it stands in the window as it is to be read, and nothing else where it does not.
    #[inline(always)]
    pub(crate) fn plain(&self) -> Option<&'s str> {
        let range = self.span.start as usize..self.span.end() as usize;
        self.source
            .batch
            .get(range)
            .filter(|_| !self.needs_cleaning())
    }

    /// A value that can be lent as it stands: clean, and without blanks around it. Nearly every one
    /// can.
    #[inline(always)]
    pub(crate) fn standing(&self) -> Option<&'s str> {
        self.bare_bytes()?;
        let (start, end) = (self.span.start as usize, self.span.end() as usize);
        let batch = self.source.batch;
        if end >= batch.len() {
            // A separator stands behind a value: to know it spares a question about its end.
            rare();
            return None;
        }
        batch.get(start..end)
    }

    /// The bytes of a value that can be compared as they stand: clean, and without blanks around
    /// it. Nearly every one can.
    #[inline(always)]
    fn bare_bytes(&self) -> Option<&'s [u8]> {
        let (start, end) = (self.span.start as usize, self.span.end() as usize);
        let batch = self.source.batch.as_bytes();
        if start >= end || end > batch.len() || self.needs_cleaning() {
            rare();
            return None;
        }
        let bytes = batch.get(start..end);
        if !bytes.is_some_and(is_bare) {
            rare();
            return None;
        }
        bytes
    }

    /// What to make of the bytes of its value, which cost less than the text that they are.
    #[inline(always)]
    pub(crate) fn read<T>(&self, read: impl Fn(&[u8]) -> T) -> T {
        match self.bare_bytes() {
            Some(bytes) => read(bytes),
            None => read(self.value().as_bytes()),
        }
    }

    #[cold]
    #[inline(never)]
    fn code_slowly(&self) -> Cow<'s, str> {
        if self.needs_cleaning() {
            return clean::code(self.source, self.raw());
        }
        self.source.charset.decode(self.raw())
    }

    #[cold]
    #[inline(never)]
    fn text_slowly(&self) -> Cow<'s, str> {
        if self.needs_cleaning() {
            return clean::text(self.source, self.offset(), self.raw());
        }
        self.source.charset.decode(self.raw())
    }
}

/// Without the blanks around it.
#[inline(always)]
pub(crate) fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(bare(text)),
        Cow::Owned(text) if bare(&text).len() == text.len() => Cow::Owned(text),
        Cow::Owned(text) => Cow::Owned(bare(&text).to_owned()),
    }
}
