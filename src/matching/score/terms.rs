//! The terms of evidence that an alignment yields.

use super::align::{Alignment, Kind, Pair};
use crate::matching::lexicon::Role;
use crate::matching::normalise::Part;
use crate::matching::prepared::{Prepared, Token};
use crate::matching::tuning::{TERMS, Term};

/// The value of every term.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Values(pub(crate) [f32; TERMS]);

impl Values {
    #[inline]
    fn set(&mut self, term: Term, value: f32) {
        self.0[term as usize] = value;
    }

    #[inline]
    fn add(&mut self, term: Term, value: f32) {
        self.0[term as usize] += value;
    }

    #[inline]
    pub(crate) fn get(&self, term: Term) -> f32 {
        self.0[term as usize]
    }
}

/// What one side says, and how much of it the other side has.
#[derive(Clone, Copy, Default)]
struct Side {
    all: f32,
    found: f32,
    left: f32,
    rarest_left: f32,
    names: u32,
    names_left: u32,
    initials_left: u32,
}

#[inline]
pub(crate) fn values(a: &Prepared, b: &Prepared, alignment: &Alignment) -> Values {
    let mut values = Values([0.0; TERMS]);
    values.set(Term::Start, 1.0);
    let (mut x, mut y) = (side(a, alignment.used_a), side(b, alignment.used_b));
    shares(a, b, alignment, &mut values, &mut x, &mut y);
    cover(&mut values, &x, &y);
    if !alignment.pairs().is_empty() {
        order(a, b, alignment, &mut values);
    }
    parts(a, b, alignment, &mut values);
    whole(a, b, &mut values);
    values
}

#[inline]
fn side(name: &Prepared, used: u32) -> Side {
    let mut side = Side::default();
    for (at, word) in name.words().iter().enumerate() {
        side.all += word.weight;
        side.names += u32::from(counts(word));
        if used & (1 << at) == 0 {
            side.left += word.weight;
            side.names_left += u32::from(says_who(word));
            side.initials_left += u32::from(word.role == Role::Initial);
            side.rarest_left = side.rarest_left.max(word.weight);
        }
    }
    side
}

#[inline]
fn counts(word: &Token) -> bool {
    !matches!(word.role, Role::Particle | Role::Suffix)
}

/// Whether a word names a person by itself.
#[inline]
fn says_who(word: &Token) -> bool {
    word.role == Role::Word && word.len > 1
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
        (weight + word.weight, name || counts(word))
    })
}

#[inline]
fn shares(
    a: &Prepared,
    b: &Prepared,
    alignment: &Alignment,
    values: &mut Values,
    x: &mut Side,
    y: &mut Side,
) {
    let all = (x.all + y.all).max(0.01);
    let (mut evidence, mut worst, mut count) = (0.0f32, 1.0f32, 0);
    for pair in alignment.pairs() {
        let (p, name) = weigh(a, pair.a, pair.a_count);
        let (q, _) = weigh(b, pair.b, pair.b_count);
        x.found += pair.quality * p;
        y.found += pair.quality * q;
        evidence += pair.quality * p.min(q);
        level(values, pair, (p + q) / all);
        if name {
            worst = worst.min(pair.quality);
            count += 1;
        }
        if pair.kind == Kind::Spelling {
            sound(a, b, pair, (p + q) / all, values);
        }
    }
    values.set(Term::Evidence, evidence.min(1.0));
    values.set(Term::EvidenceMore, (evidence - 1.0).clamp(0.0, 1.0));
    values.set(Term::EvidenceMost, (evidence - 2.0).clamp(0.0, 1.5));
    values.set(Term::Worst, 1.0 - worst);
    values.set(Term::WorstFar, (0.85 - worst).max(0.0));
    values.set(Term::Two, f32::from(u8::from(count >= 2)));
    values.set(Term::Three, f32::from(u8::from(count >= 3)));
    values.set(Term::Single, f32::from(u8::from(x.names.min(y.names) == 1)));
    values.set(
        Term::Singles,
        f32::from(u8::from(x.names.max(y.names) == 1)),
    );
}

/// Levels of spelling, and the quality each stands for.
const LEVELS: [(Term, f32); 5] = [
    (Term::Same, 1.0),
    (Term::Near, 0.95),
    (Term::Alike, 0.88),
    (Term::Loose, 0.8),
    (Term::Faint, 0.7),
];

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
            let part = (quality - low) / (high - low);
            values.add(*above, share * part);
            values.add(*below, share * (1.0 - part));
            return;
        }
    }
    values.add(Term::Faint, share * ((quality - 0.5) / 0.2).max(0.0));
}

#[inline]
fn sound(a: &Prepared, b: &Prepared, pair: &Pair, share: f32, values: &mut Values) {
    if pair.a_count + pair.b_count > 2 {
        return;
    }
    let (Some(x), Some(y)) = (
        a.words().get(usize::from(pair.a)),
        b.words().get(usize::from(pair.b)),
    ) else {
        return;
    };
    if x.skeleton == y.skeleton {
        values.add(Term::Sound, share);
    } else if x.known && y.known && pair.quality < 0.93 {
        values.add(Term::Distinct, 1.0);
    }
    if feminine(a.text(x), b.text(y)) {
        values.set(Term::Feminine, 1.0);
    }
}

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
fn cover(values: &mut Values, x: &Side, y: &Side) {
    let (p, q) = (x.found / x.all.max(0.01), y.found / y.all.max(0.01));
    let (lesser, greater) = (p.max(q), p.min(q));
    values.set(Term::Lesser, lesser);
    values.set(Term::LesserMost, (lesser - 0.7).max(0.0));
    values.set(Term::LesserAll, (lesser - 0.9).max(0.0));
    values.set(Term::Greater, greater);
    values.set(Term::GreaterMost, (greater - 0.5).max(0.0));
    values.set(Term::GreaterAll, (greater - 0.8).max(0.0));
    let conflict = x.left.min(y.left);
    values.set(Term::Conflict, conflict.min(2.0));
    values.set(Term::ConflictGreat, (conflict - 0.4).clamp(0.0, 1.0));
    values.set(
        Term::ConflictShare,
        (x.left / x.all.max(0.01)).min(y.left / y.all.max(0.01)),
    );
    let lacking = if x.all <= y.all {
        x.rarest_left
    } else {
        y.rarest_left
    };
    values.set(Term::Lacking, lacking);
    let (few, many) = (
        x.names_left.min(y.names_left),
        x.names_left.max(y.names_left),
    );
    values.set(Term::Clash, f32::from(u8::from(few >= 1)));
    values.set(Term::Clashes, f32::from(u8::from(few >= 2)));
    let initials = (x.initials_left > 0 && y.names_left + y.initials_left > 0)
        || (y.initials_left > 0 && x.names_left + x.initials_left > 0);
    values.set(Term::InitialClash, f32::from(u8::from(initials)));
    values.set(Term::Extra, (many as f32).min(4.0));
}

#[inline]
fn order(a: &Prepared, b: &Prepared, alignment: &Alignment, values: &mut Values) {
    let pairs = alignment.pairs();
    let turned = pairs.iter().enumerate().any(|(at, p)| {
        weigh(a, p.a, p.a_count).1
            && pairs
                .iter()
                .skip(at + 1)
                .any(|q| (p.a < q.a) != (p.b < q.b) && weigh(a, q.a, q.a_count).1)
    });
    values.set(Term::Order, f32::from(u8::from(turned)));
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
    name.words().iter().position(counts)
}

fn last(name: &Prepared) -> Option<usize> {
    name.words().iter().rposition(counts)
}

#[inline]
fn parts(a: &Prepared, b: &Prepared, alignment: &Alignment, values: &mut Values) {
    let known = |name: &Prepared, part| {
        name.words()
            .iter()
            .any(|word| word.part == part && counts(word))
    };
    if !(known(a, Part::Surname) && known(b, Part::Surname)) {
        return;
    }
    let (mut surname, mut given, mut crossed) = (0.0f32, 0.0f32, false);
    for pair in alignment.pairs() {
        let (Some(x), Some(y)) = (
            a.words().get(usize::from(pair.a)),
            b.words().get(usize::from(pair.b)),
        ) else {
            continue;
        };
        if !counts(x) {
            continue;
        }
        match (x.part, y.part) {
            (Part::Surname, Part::Surname) => surname = surname.max(pair.quality),
            (Part::Given, Part::Given) => given = given.max(pair.quality),
            _ => crossed = true,
        }
    }
    values.set(Term::Surname, surname);
    values.set(Term::Crossed, f32::from(u8::from(crossed)));
    values.set(
        Term::SurnameApart,
        f32::from(u8::from(surname == 0.0 && !crossed)),
    );
    let named = known(a, Part::Given) && known(b, Part::Given);
    values.set(
        Term::GivenApart,
        f32::from(u8::from(named && given == 0.0 && !crossed)),
    );
}

#[inline]
fn whole(a: &Prepared, b: &Prepared, values: &mut Values) {
    let (s, t) = (a.glued(), b.glued());
    let ratio = if s.len().max(t.len()) <= 64 {
        2.0 * common(s, t) as f32 / (s.len() + t.len()).max(1) as f32
    } else {
        values.get(Term::Greater)
    };
    values.set(Term::Whole, (ratio - 0.5).max(0.0));
    values.set(Term::WholeMost, (ratio - 0.7).max(0.0));
    values.set(Term::WholeAll, (ratio - 0.85).max(0.0));
    let identical = s == t && a.words().len() == b.words().len();
    values.set(
        Term::Identical,
        f32::from(u8::from(identical && !s.is_empty())),
    );
}

/// Letters of the longest common subsequence of two strings of capitals and
/// digits of up to 64.
#[inline]
fn common(s: &[u8], t: &[u8]) -> u32 {
    let mut at = [0u64; 64];
    for (bit, letter) in s.iter().take(64).enumerate() {
        at[usize::from(letter & 63)] |= 1 << bit;
    }
    let mut free = !0u64;
    for letter in t {
        let hit = free & at[usize::from(letter & 63)];
        free = free.wrapping_add(hit) | (free - hit);
    }
    (!free).count_ones()
}
