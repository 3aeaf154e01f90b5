use super::tokens::{Alike, Token, tokens};
use crate::model::{Name, Text};

/// Whether a travel document can belong to a reservation, by the names alone.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Comparison {
    /// The short answer.
    pub verdict: Verdict,
    /// What differs, and why; empty for the same name.
    pub differences: Vec<Difference>,
}

/// The short answer of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Verdict {
    /// The names are the same letter by letter once both are in Latin letters,
    /// punctuation aside.
    Same,
    /// The names differ, and every difference has a reason that lies in the writing.
    Explained,
    /// At least one difference has no such reason.
    Contradicted,
}

/// One difference between the names.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Difference {
    /// What explains it, if anything does.
    pub why: Why,
    /// The part in the reservation; empty where it is missing.
    pub reservation: Text,
    /// The part in the document; empty where it is missing.
    pub document: Text,
}

/// What explains a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Why {
    /// Two Latin spellings of one name (Doc 9303 Part 3 section 6, or national practice).
    Transliteration,
    /// The name field was too short (Doc 9303 Part 3 section 4.6), or that of the reservation.
    Truncation,
    /// The same parts in another order.
    Order,
    /// A given name that only one side has.
    MissingGivenName,
    /// A part of the surname that only one side has, such as the second of two.
    MissingSurname,
    /// A title or suffix (`MR`, `DR`, `JR`), which documents leave out.
    Title,
    /// Parts written together or apart.
    Joined,
    /// An initial for a given name.
    Initial,
    /// Nothing explains it.
    Nothing,
}

/// Compares the name of a reservation with that of a travel document, and
/// explains every difference.
///
/// `truncated` says that the document's name comes from a full name field of a
/// machine-readable zone ([`MachineName::truncated`](super::MachineName)): its
/// parts may then be cut. A difference in spelling that no rule of writing
/// explains contradicts, however small it is; how alike two names are is the
/// question of [`matching`](crate::matching).
///
/// ```
/// use paxnorm::Name;
/// use paxnorm::document::{Verdict, Why, compare};
///
/// let reservation = Name::new("MULLER", "JURGEN MR");
/// let found = compare(&reservation, &Name::new("Müller", "Jürgen Karl"), false);
/// assert_eq!(found.verdict, Verdict::Explained);
/// let why: Vec<Why> = found.differences.iter().map(|difference| difference.why).collect();
/// assert_eq!(why, [Why::Title, Why::Transliteration, Why::Transliteration, Why::MissingGivenName]);
///
/// let other = compare(&Name::new("MILLER", "JURGEN"), &Name::new("Müller", "Jürgen"), false);
/// assert_eq!(other.verdict, Verdict::Contradicted);
/// ```
#[must_use]
pub fn compare(reservation: &Name, document: &Name, truncated: bool) -> Comparison {
    let mut ours = Parts::new(reservation);
    let theirs = Parts::new(document);
    let titles = ours.leave_titles(&theirs);
    let long = ours.letters() >= LONG;
    let cut = Cut {
        document: truncated,
        reservation: long,
    };
    let tries = [
        straight(&ours, &theirs, cut),
        swapped(&ours, &theirs, cut),
        bag(&ours, &theirs, cut),
    ];
    let fits = tries.iter().flatten().filter(|found| explained(found));
    let fit = fits.min_by_key(|found| missing(found));
    let found = fit.or(tries.iter().flatten().next());
    let mut differences = titles;
    differences.extend(found.cloned().unwrap_or_default());
    Comparison {
        verdict: verdict(&differences),
        differences,
    }
}

/// Reservations of fewer letters are not cut by any system known.
const LONG: usize = 20;

fn explained(differences: &[Difference]) -> bool {
    differences.iter().all(|found| found.why != Why::Nothing)
}

/// How many differences are that something is missing: the weakest explanation.
fn missing(differences: &[Difference]) -> usize {
    let missing = |why| matches!(why, Why::MissingGivenName | Why::MissingSurname);
    differences.iter().filter(|one| missing(one.why)).count()
}

fn verdict(differences: &[Difference]) -> Verdict {
    if differences.is_empty() {
        Verdict::Same
    } else if explained(differences) {
        Verdict::Explained
    } else {
        Verdict::Contradicted
    }
}

/// Whose name may have been cut.
#[derive(Clone, Copy)]
struct Cut {
    document: bool,
    reservation: bool,
}

/// The tokens of a name, by the part that they stand in.
#[derive(Clone, Default)]
struct Parts {
    surname: Vec<Token>,
    given: Vec<Token>,
    /// The source says which part is which.
    split: bool,
}

impl Parts {
    fn new(name: &Name) -> Self {
        let part = |text: &Option<Text>| tokens(text.as_deref().unwrap_or_default());
        let mut surname = part(&name.surname);
        let given = part(&name.given);
        let split = !surname.is_empty() && !given.is_empty();
        surname.extend(part(&name.full));
        Self {
            surname,
            given,
            split,
        }
    }

    fn all(&self) -> Vec<Token> {
        self.given.iter().chain(&self.surname).cloned().collect()
    }

    fn letters(&self) -> usize {
        let tokens = self.surname.iter().chain(&self.given);
        tokens.map(|token| token.written.len()).sum()
    }

    /// Takes out titles that the other side does not have.
    fn leave_titles(&mut self, other: &Parts) -> Vec<Difference> {
        let theirs = other.all();
        let has = |token: &Token| theirs.iter().any(|one| one.written == token.written);
        let mut titles = Vec::new();
        for part in [&mut self.surname, &mut self.given] {
            let stays = |token: &Token| !token.is_title() || has(token);
            titles.extend(part.iter().filter(|token| !stays(token)).cloned());
            part.retain(stays);
            titles.extend(part.last_mut().and_then(|last| unglue(last, &theirs)));
        }
        let title = |token: &Token| difference(Why::Title, std::slice::from_ref(token), &[]);
        titles.iter().map(title).collect()
    }
}

/// Parts a title from a given name that it was written to, `ANNAMRS`.
fn unglue(token: &mut Token, theirs: &[Token]) -> Option<Token> {
    let whole = theirs.iter().any(|one| one.alike(token).is_some());
    let (name, title) = token.title_at_end().filter(|_| !whole)?;
    let fits = |one: &Token| one.alike(&name).is_some() || one.starts(&name) || name.starts(one);
    theirs.iter().any(fits).then(|| {
        *token = name;
        title
    })
}

fn difference(why: Why, reservation: &[Token], document: &[Token]) -> Difference {
    let text = |tokens: &[Token]| {
        let words: Vec<&str> = tokens.iter().map(|token| token.written.as_str()).collect();
        Text::from(words.join(" "))
    };
    Difference {
        why,
        reservation: text(reservation),
        document: text(document),
    }
}

/// Surname beside surname, given names beside given names.
fn straight(ours: &Parts, theirs: &Parts, cut: Cut) -> Option<Vec<Difference>> {
    let mut found = part(&ours.surname, &theirs.surname, cut, Why::MissingSurname);
    found.extend(part(&ours.given, &theirs.given, cut, Why::MissingGivenName));
    Some(found)
}

/// Surname and given names have changed places.
fn swapped(ours: &Parts, theirs: &Parts, cut: Cut) -> Option<Vec<Difference>> {
    if !(ours.split && theirs.split) {
        return None;
    }
    let mut found = vec![difference(Why::Order, &ours.all(), &theirs.all())];
    found.extend(part(&ours.given, &theirs.surname, cut, Why::MissingSurname));
    found.extend(part(
        &ours.surname,
        &theirs.given,
        cut,
        Why::MissingGivenName,
    ));
    Some(found)
}

/// The parts are not told apart, or stand in other parts than the document's:
/// then nothing may be missing, except from an unsplit name.
fn bag(ours: &Parts, theirs: &Parts, cut: Cut) -> Option<Vec<Difference>> {
    let (mine, other) = (ours.all(), theirs.all());
    let missing = if ours.split && theirs.split {
        Why::Nothing
    } else {
        Why::MissingGivenName
    };
    let matched = Alignment::new(&mine, &other, cut);
    let enough = matched.pairs >= 2 || (mine.len() == 1 && other.len() == 1);
    enough.then(|| {
        let mut found = vec![difference(Why::Order, &mine, &other)];
        found.extend(matched.differences(missing));
        found
    })
}

fn part(ours: &[Token], theirs: &[Token], cut: Cut, missing: Why) -> Vec<Difference> {
    if ours.is_empty() && theirs.is_empty() {
        return Vec::new();
    }
    if (ours.is_empty() || theirs.is_empty()) && missing == Why::MissingSurname {
        return vec![difference(Why::Nothing, ours, theirs)];
    }
    Alignment::new(ours, theirs, cut).differences(missing)
}

/// Which token stands for which.
struct Alignment {
    differences: Vec<Difference>,
    ours: Vec<Token>,
    theirs: Vec<Token>,
    pairs: usize,
    /// A pair of more than a particle or an initial.
    solid: bool,
    either_empty: bool,
    cut: Cut,
}

impl Alignment {
    fn new(ours: &[Token], theirs: &[Token], cut: Cut) -> Self {
        let mut all = Self {
            differences: Vec::new(),
            ours: ours.to_vec(),
            theirs: theirs.to_vec(),
            pairs: 0,
            solid: false,
            either_empty: ours.is_empty() || theirs.is_empty(),
            cut,
        };
        all.order(ours, theirs);
        all.pair(|ours, theirs, _| ours.alike(theirs).map(why));
        all.join();
        all.pair(cut_short);
        all.pair(|ours, theirs, _| ours.initial_of(theirs).then_some(Some(Why::Initial)));
        all
    }

    /// The same tokens, but not in the same order.
    fn order(&mut self, ours: &[Token], theirs: &[Token]) {
        let place = |token: &Token| theirs.iter().position(|one| one.alike(token).is_some());
        let places: Vec<usize> = ours.iter().filter_map(place).collect();
        if !places.is_sorted() {
            self.differences.push(difference(Why::Order, ours, theirs));
        }
    }

    /// Takes out every pair that a rule accepts; the rule says what differs.
    fn pair(&mut self, rule: impl Fn(&Token, &Token, Cut) -> Option<Option<Why>>) {
        let mut left = Vec::new();
        for ours in std::mem::take(&mut self.ours) {
            let mut theirs = self.theirs.iter().enumerate();
            let found =
                theirs.find_map(|(at, one)| rule(&ours, one, self.cut).map(|why| (at, why)));
            match found {
                Some((at, why)) => {
                    let one = self.theirs.remove(at);
                    self.take(&[ours], &[one], why);
                }
                None => left.push(ours),
            }
        }
        self.ours = left;
    }

    fn take(&mut self, ours: &[Token], theirs: &[Token], why: Option<Why>) {
        self.pairs += 1;
        self.solid |= ours.iter().chain(theirs).all(|token| !token.is_slight());
        self.differences
            .extend(why.map(|why| difference(why, ours, theirs)));
    }

    /// Tokens written together on one side: `VANDERMUELLEN`, `ANNAMARIA`.
    fn join(&mut self) {
        let (ours, theirs) = (
            std::mem::take(&mut self.ours),
            std::mem::take(&mut self.theirs),
        );
        let (mut ours, mut theirs) = (ours, theirs);
        while let Some((mine, other)) = together(&mut ours, &mut theirs) {
            self.take(&mine, &other, Some(Why::Joined));
        }
        (self.ours, self.theirs) = (ours, theirs);
    }

    /// What differs in the end; what only one side has is `missing`, but not what both have.
    fn differences(mut self, missing: Why) -> Vec<Difference> {
        let (ours, theirs) = (self.ours, self.theirs);
        if ours.is_empty() && theirs.is_empty() {
            return self.differences;
        }
        let both = !ours.is_empty() && !theirs.is_empty();
        let why = if both || !(self.solid || self.either_empty || self.pairs > 1) {
            Why::Nothing
        } else if ours.is_empty() || !self.cut.document {
            missing
        } else {
            Why::Truncation
        };
        self.differences.push(difference(why, &ours, &theirs));
        self.differences
    }
}

fn why(alike: Alike) -> Option<Why> {
    match alike {
        Alike::Same => None,
        Alike::Transliterated => Some(Why::Transliteration),
    }
}

fn cut_short(ours: &Token, theirs: &Token, cut: Cut) -> Option<Option<Why>> {
    let document = cut.document && ours.starts(theirs);
    let reservation = cut.reservation && theirs.starts(ours) && ours.written.len() > 1;
    (document || reservation).then_some(Some(Why::Truncation))
}

/// Takes out one token and the neighbouring ones of the other side that it joins.
fn together(ours: &mut Vec<Token>, theirs: &mut Vec<Token>) -> Option<(Vec<Token>, Vec<Token>)> {
    if let Some((one, run)) = joined(ours, theirs) {
        return Some((vec![ours.remove(one)], theirs.drain(run).collect()));
    }
    let (one, run) = joined(theirs, ours)?;
    Some((ours.drain(run).collect(), vec![theirs.remove(one)]))
}

fn joined(ones: &[Token], runs: &[Token]) -> Option<(usize, std::ops::Range<usize>)> {
    for (at, one) in ones.iter().enumerate() {
        for start in 0..runs.len() {
            for end in start + 2..=runs.len() {
                let run = runs.get(start..end).unwrap_or_default();
                if one.joins(run) {
                    return Some((at, start..end));
                }
            }
        }
    }
    None
}
