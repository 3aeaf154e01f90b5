//! Where an interchange starts, past telex headers, log prefixes, mail headers and other junk.

use super::delimiters::Delimiters;
use super::look::{is_blank, skip_blanks};
use super::problem::{Problem, ProblemKind};

/// How far after UNB its own terminator, or the tag of the next segment, is looked for.
const UNB_REACH: usize = 512;
/// How many blanks and line breaks may stand between UNA and UNB.
const GAP: usize = 64;
/// `UNB`, a separator with a blank before it, the syntax identifier and what follows it.
const UNB_HEAD: usize = 16;

/// The start of an interchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// Where UNA stands in the window, if one does (damaged ones included).
    pub una: Option<usize>,
    /// Where UNB stands in the window: scan from here.
    pub unb: usize,
    /// The service characters.
    pub delimiters: Delimiters,
    /// What was doubtful about UNA.
    pub problems: Vec<Problem>,
}

/// What [`find_interchange`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Search {
    /// An interchange.
    Found(Start),
    /// The window ends before it is certain; no interchange starts before this offset, so that a
    /// caller may let go of what stands there.
    More(usize),
    /// There is no (further) interchange.
    None,
}

/// Finds the first interchange at or after `from`. `last` says that nothing follows the window.
///
/// A UNA counts where UNB follows it; a UNB without one counts where a separator and a syntax
/// identifier of four letters follow. A UNA that is not six service characters is dropped and
/// the characters are inferred from UNB. What stands before is skipped, whatever it is.
///
/// ```
/// use paxnorm::edifact::{Search, find_interchange};
///
/// let Search::Found(start) = find_interchange(b"Message body [UNB*UNOA#4*XX*UTO'", 0, true) else { panic!() };
/// assert_eq!((start.una, start.unb), (None, 14));
/// assert_eq!((start.delimiters.element, start.delimiters.component), (b'*', b'#'));
/// ```
pub fn find_interchange(window: &[u8], from: usize, last: bool) -> Search {
    let mut at = from;
    while let Some(found) = window
        .get(at..)
        .and_then(|rest| rest.windows(2).position(|two| two == b"UN"))
    {
        at += found;
        match candidate(window, at, last) {
            Candidate::Start(start) => return Search::Found(start),
            Candidate::Unclear => return Search::More(at),
            Candidate::No => at += 2,
        }
    }
    if last {
        return Search::None;
    }
    Search::More(
        window
            .len()
            .saturating_sub(1)
            .max(at.min(window.len()))
            .max(from.min(window.len())),
    )
}

enum Candidate {
    Start(Start),
    Unclear,
    No,
}

fn candidate(window: &[u8], at: usize, last: bool) -> Candidate {
    match window.get(at + 2) {
        Some(b'A') => una(window, at, last),
        Some(b'B') => plain_unb(window, at, last),
        None if !last => Candidate::Unclear,
        _ => Candidate::No,
    }
}

/// UNA at `at`: counts only where a UNB follows.
fn una(window: &[u8], at: usize, last: bool) -> Candidate {
    let whole = at + 9 + GAP + UNB_HEAD;
    let near = window.get(..window.len().min(whole)).unwrap_or(window);
    let unb = following_unb(near, at);
    if !last
        && window.len() < whole + UNB_REACH
        && unb.is_none_or(|unb| following_tag(window, unb).is_none())
    {
        return Candidate::Unclear;
    }
    let Some(unb) = unb else { return Candidate::No };
    let nine = window.get(at..(at + 9).min(unb)).unwrap_or_default();
    let honoured = Delimiters::from_una(nine).filter(|una| {
        skip_blanks(near, at + 9) == unb
            && element_of(window, unb) == Some(una.element)
            && before_tag(window, unb).contains(&una.terminator)
    });
    if let Some(delimiters) = honoured {
        return Candidate::Start(Start {
            una: Some(at),
            unb,
            delimiters,
            problems: Vec::new(),
        });
    }
    let Some(mut delimiters) = infer(window, unb) else {
        return Candidate::No;
    };
    let told = window.get(at + 3..unb).unwrap_or_default();
    if told.contains(&b'\\') && !told.contains(&b'?') {
        delimiters.release = Some(b'\\');
    }
    let problem = Problem {
        kind: ProblemKind::UnaInvalid,
        segment: 0,
        offset: at,
        len: unb.min(at + 9) - at,
    };
    Candidate::Start(Start {
        una: Some(at),
        unb,
        delimiters,
        problems: vec![problem],
    })
}

/// The element separator that follows the UNB at `unb`, blanks before it allowed.
fn element_of(window: &[u8], unb: usize) -> Option<u8> {
    let head = window.get(..(unb + UNB_HEAD).min(window.len()))?;
    head.get(skip_blanks(head, unb + 3)).copied()
}

/// The first UNG or UNH soon after UNB; once it shows, no more of the input is needed.
fn following_tag(window: &[u8], unb: usize) -> Option<usize> {
    let element = element_of(window, unb)?;
    let near = window.get(unb..window.len().min(unb + UNB_REACH))?;
    let tag = near
        .windows(4)
        .position(|w| matches!(w, [b'U', b'N', b'G' | b'H', c] if *c == element));
    tag.map(|tag| unb + tag)
}

/// UNB up to the segment that follows it.
fn before_tag(window: &[u8], unb: usize) -> &[u8] {
    let end = following_tag(window, unb).unwrap_or(window.len().min(unb + UNB_REACH));
    window.get(unb..end).unwrap_or_default()
}

/// The first `UNB` after the UNA at `at` with nothing but service characters and blanks between.
fn following_unb(near: &[u8], at: usize) -> Option<usize> {
    let after = near.get(at + 3..)?;
    let found = after.windows(3).position(|w| w == b"UNB")?;
    let between = after.get(..found)?;
    let solid = between.iter().filter(|b| !is_blank(**b)).count();
    let told = between.len() == 6 || !between.iter().any(u8::is_ascii_alphanumeric);
    (solid <= 8 && told).then_some(at + 3 + found)
}

/// UNB at `at` without UNA: the defaults, with the separators that stand in it.
fn plain_unb(window: &[u8], at: usize, last: bool) -> Candidate {
    let Some(head) = window.get(at..(at + UNB_HEAD).min(window.len())) else {
        return Candidate::No;
    };
    if !last && head.len() < UNB_HEAD {
        return Candidate::Unclear;
    }
    if unb_separators(window, at).is_none() {
        return Candidate::No;
    }
    if !last && window.len() < at + UNB_REACH && following_tag(window, at).is_none() {
        return Candidate::Unclear;
    }
    match infer(window, at) {
        Some(delimiters) => Candidate::Start(Start {
            una: None,
            unb: at,
            delimiters,
            problems: Vec::new(),
        }),
        None => Candidate::No,
    }
}

/// The element and the component separator of `UNB+UNOA:1`.
fn unb_separators(window: &[u8], unb: usize) -> Option<(u8, u8)> {
    let head = window.get(..(unb + UNB_HEAD).min(window.len()))?;
    let &[element, a, b, c, d, component, ..] = head.get(skip_blanks(head, unb + 3)..)? else {
        return None;
    };
    let letters = [a, b, c, d].iter().all(u8::is_ascii_alphabetic);
    (element.is_ascii_punctuation() && component.is_ascii_punctuation() && letters)
        .then_some((element, component))
}

/// The service characters as UNB shows them.
fn infer(window: &[u8], unb: usize) -> Option<Delimiters> {
    let (element, component) = unb_separators(window, unb)?;
    let component = if component == element {
        Delimiters::DEFAULT.component
    } else {
        component
    };
    let terminator = inferred_terminator(window, unb, element, component);
    let free = |c: &u8| ![element, component, terminator].contains(c);
    Some(Delimiters {
        component,
        element,
        decimal: Delimiters::DEFAULT.decimal,
        release: Some(b'?').filter(free),
        repetition: Some(b'*').filter(free),
        terminator,
    })
}

/// The character before the segment that follows UNB, or `'`.
fn inferred_terminator(window: &[u8], unb: usize, element: u8, component: u8) -> u8 {
    let before = before_tag(window, unb);
    if before.contains(&b'\'') || following_tag(window, unb).is_none() {
        return b'\'';
    }
    let ends = before.iter().rev().find(|b| !is_blank(**b)).copied();
    ends.filter(|c| c.is_ascii_punctuation() && *c != element && *c != component)
        .unwrap_or(b'\'')
}
