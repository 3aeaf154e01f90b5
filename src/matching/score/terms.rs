//! The terms of evidence that an alignment yields.

use super::align::{Alignment, Kind, Pair};
use super::side::{Side, filial};
use crate::matching::normalise::Part;
use crate::matching::prepared::{Prepared, Token};
use crate::matching::tuning::{TERMS, Term};

/// The value of every term.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Values {
    pub(crate) of: [f32; TERMS],
    /// Terms that have a value other than 0, one bit each.
    marks: u64,
}

/// Every term has a bit.
const _: () = assert!(TERMS <= 64);

impl Values {
    #[inline]
    fn set(&mut self, term: Term, value: f32) {
        if let Some(place) = self.of.get_mut(term as usize) {
            *place = value;
        }
        self.marks |= u64::from(value != 0.0) << (term as u32);
    }

    #[inline]
    fn add(&mut self, term: Term, value: f32) {
        let before = self.of.get(term as usize).copied().unwrap_or(0.0);
        self.set(term, before + value);
    }

    #[inline]
    fn flag(&mut self, term: Term, holds: bool) {
        self.set(term, f32::from(u8::from(holds)));
    }

    /// The points of all terms, added in their order; those without a value
    /// would add 0.
    #[inline]
    pub(crate) fn sum(&self, weights: &[f32; TERMS]) -> f32 {
        let (mut sum, mut marks) = (0.0, self.marks);
        while let Some((value, weight)) = self.marked(marks, weights) {
            sum += value * weight;
            marks &= marks.wrapping_sub(1);
        }
        sum
    }

    /// The term of the lowest mark.
    #[inline]
    fn marked(&self, marks: u64, weights: &[f32; TERMS]) -> Option<(f32, f32)> {
        let at = marks.trailing_zeros() as usize;
        Some((*self.of.get(at)?, *weights.get(at)?))
    }
}

#[inline]
pub(crate) fn values(a: &Prepared, b: &Prepared, alignment: &Alignment<'_>) -> Values {
    let mut values = Values {
        of: [0.0; TERMS],
        marks: 0,
    };
    values.set(Term::Start, 1.0);
    let (mut x, mut y) = (Side::of(a, alignment.used_a), Side::of(b, alignment.used_b));
    let mut two = false;
    if !alignment.pairs.is_empty() {
        two = shares(a, b, alignment, &mut values, &mut x, &mut y);
        order(a, b, alignment, &mut values);
    }
    cover(&mut values, &x, &y, two);
    parts(a, b, alignment, &mut values);
    values.flag(Term::Identical, identical(a, b));
    values
}

/// Weight of a run of words, and whether one of them is a name.
#[inline]
fn weigh(name: &Prepared, from: u8, count: u8) -> (f32, bool) {
    let words = name
        .words()
        .iter()
        .skip(usize::from(from))
        .take(usize::from(count));
    words.fold((0.0, false), |(weight, name), word| {
        (weight + word.weight, name || word.counts())
    })
}

/// Goes through the pairs; whether two of them or more are names.
#[inline]
fn shares(
    a: &Prepared,
    b: &Prepared,
    alignment: &Alignment<'_>,
    values: &mut Values,
    x: &mut Side,
    y: &mut Side,
) -> bool {
    let all = (x.all + y.all).max(0.01);
    let (mut evidence, mut worst, mut count) = (0.0f32, 1.0f32, 0);
    for pair in alignment.pairs {
        let (p, name) = weigh(a, pair.a, pair.a_count);
        let (q, _) = weigh(b, pair.b, pair.b_count);
        x.found += pair.quality * p;
        y.found += pair.quality * q;
        evidence += pair.quality * p.min(q);
        level(values, pair, (p + q) / all);
        if name {
            count += 1;
        }
        if name && pair.kind != Kind::Initial {
            worst = worst.min(pair.quality);
        }
        if pair.kind == Kind::Spelling {
            otherwise(a, b, pair, values);
        }
    }
    values.set(Term::Evidence, evidence.min(1.0));
    values.set(Term::EvidenceMore, (evidence - 1.0).clamp(0.0, 1.0));
    values.set(Term::Worst, 1.0 - worst);
    values.set(Term::WorstFar, (0.85 - worst).max(0.0));
    values.flag(Term::Two, count >= 2);
    count >= 2
}

/// Levels of spelling, and the quality each stands for.
const LEVELS: [(Term, f32); 3] = [(Term::Alike, 0.88), (Term::Loose, 0.8), (Term::Faint, 0.7)];

#[inline]
fn level(values: &mut Values, pair: &Pair, share: f32) {
    match pair.kind {
        Kind::Nickname => values.add(Term::Nickname, share),
        Kind::Initial => values.add(Term::Initial, share),
        Kind::Truncated => values.add(Term::Truncated, share),
        Kind::Same | Kind::Spelling => between(values, pair.quality, share),
    }
    if pair.a_count + pair.b_count > 2 {
        values.add(Term::Glued, share);
    }
}

/// Shares between the two levels nearest to a quality.
#[inline]
fn between(values: &mut Values, quality: f32, share: f32) {
    for two in LEVELS.windows(2) {
        let [(above, high), (below, low)] = two else {
            continue;
        };
        if quality >= *low {
            let part = ((quality - low) / (high - low)).min(1.0);
            values.add(*above, share * part);
            values.add(*below, share * (1.0 - part));
            return;
        }
    }
    values.add(Term::Faint, share * ((quality - 0.5) / 0.2).max(0.0));
}

/// What two words spelt otherwise say beyond their quality.
#[inline]
fn otherwise(a: &Prepared, b: &Prepared, pair: &Pair, values: &mut Values) {
    if pair.a_count + pair.b_count > 2 {
        return;
    }
    let (Some(x), Some(y)) = (
        a.words().get(usize::from(pair.a)),
        b.words().get(usize::from(pair.b)),
    ) else {
        return;
    };
    if x.skeleton != y.skeleton && x.known && y.known && pair.quality < 0.93 {
        values.add(Term::Distinct, 1.0);
    }
    if feminine(a.text(x), b.text(y)) {
        values.set(Term::Feminine, 1.0);
    }
}

/// Endings of the surnames and patronymics of sons and daughters.
const SONS: [(&[u8], &[u8]); 8] = [
    (b"OV", b"OVA"),
    (b"EV", b"EVA"),
    (b"IN", b"INA"),
    (b"YN", b"YNA"),
    (b"SKY", b"SKAYA"),
    (b"SKI", b"SKA"),
    (b"SKIY", b"SKAYA"),
    (b"VICH", b"VNA"),
];

/// Whether one word is the other in the feminine.
#[inline]
fn feminine(s: &[u8], t: &[u8]) -> bool {
    let (s, t) = if s.last() == Some(&b'A') {
        (t, s)
    } else {
        (s, t)
    };
    if t.last() != Some(&b'A') || s.last() == Some(&b'A') {
        return false;
    }
    SONS.iter().any(|(son, daughter)| {
        let stem = s.strip_suffix(*son);
        stem.is_some() && stem == t.strip_suffix(*daughter)
    })
}

#[inline]
fn cover(values: &mut Values, x: &Side, y: &Side, two: bool) {
    let (p, q) = (x.found / x.all.max(0.01), y.found / y.all.max(0.01));
    let (lesser, greater) = (p.max(q), p.min(q));
    values.set(Term::Lesser, (lesser - 0.7).max(0.0));
    values.set(Term::LesserAll, (lesser - 0.9).max(0.0));
    values.set(Term::Greater, (greater - 0.5).max(0.0));
    values.set(Term::GreaterAll, (greater - 0.8).max(0.0));
    values.set(Term::Conflict, x.left.min(y.left).min(2.0));
    let lacking = if x.all <= y.all {
        x.rarest_left
    } else {
        y.rarest_left
    };
    values.set(Term::Lacking, lacking);
    let few = x.names_left.min(y.names_left);
    values.flag(Term::Clash, few >= 1);
    values.flag(Term::Clashes, few >= 2);
    let initials = (x.initials_left > 0 && y.names_left + y.initials_left > 0)
        || (y.initials_left > 0 && x.names_left + x.initials_left > 0);
    values.flag(Term::InitialClash, initials);
    values.flag(Term::InitialApart, initials && !two);
    values.flag(Term::Fathers, x.father_left && y.father_left);
    values.flag(Term::Said, x.said || y.said);
}

#[inline]
fn order(a: &Prepared, b: &Prepared, alignment: &Alignment<'_>, values: &mut Values) {
    let pairs = alignment.pairs;
    let turned = pairs.iter().enumerate().any(|(at, p)| {
        weigh(a, p.a, p.a_count).1
            && pairs
                .iter()
                .skip(at + 1)
                .any(|q| (p.a < q.a) != (p.b < q.b) && weigh(a, q.a, q.a_count).1)
    });
    values.flag(Term::Order, turned);
    values.flag(Term::Descent, turned && filial(a) && filial(b));
    let both = |x: Option<usize>, y: Option<usize>| {
        let (Some(x), Some(y)) = (x, y) else {
            return 0.0;
        };
        let pair = pairs
            .iter()
            .find(|p| holds(p.a, p.a_count, x) && holds(p.b, p.b_count, y));
        pair.map_or(0.0, |pair| pair.quality)
    };
    values.set(Term::First, both(first(a), first(b)));
    values.set(Term::Last, both(last(a), last(b)));
}

#[inline]
fn holds(from: u8, count: u8, at: usize) -> bool {
    (usize::from(from)..usize::from(from) + usize::from(count)).contains(&at)
}

fn first(name: &Prepared) -> Option<usize> {
    name.words().iter().position(Token::counts)
}

fn last(name: &Prepared) -> Option<usize> {
    name.words().iter().rposition(Token::counts)
}

#[inline]
fn parts(a: &Prepared, b: &Prepared, alignment: &Alignment<'_>, values: &mut Values) {
    let known = |name: &Prepared, part| {
        name.words()
            .iter()
            .any(|word| word.part == part && word.counts())
    };
    if !(known(a, Part::Surname) && known(b, Part::Surname)) {
        return;
    }
    let (mut surname, mut crossed) = (0.0f32, false);
    for pair in alignment.pairs {
        let (Some(x), Some(y)) = (
            a.words().get(usize::from(pair.a)),
            b.words().get(usize::from(pair.b)),
        ) else {
            continue;
        };
        if !x.counts() {
            continue;
        }
        match (x.part, y.part) {
            (Part::Surname, Part::Surname) => surname = surname.max(pair.quality),
            (Part::Given, Part::Given) => {}
            _ => crossed = true,
        }
    }
    values.set(Term::Surname, surname);
    values.flag(Term::Crossed, crossed);
    values.flag(Term::SurnameApart, surname == 0.0 && !crossed);
}

/// Whether two names are the same letters in as many words.
#[inline]
fn identical(a: &Prepared, b: &Prepared) -> bool {
    let (s, t) = (a.glued(), b.glued());
    s == t && a.words().len() == b.words().len() && !s.is_empty()
}
