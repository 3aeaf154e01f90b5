//! Pairs of invented people whose given names are written by their initials:
//! an ordinary case of bookings that lists of aliases hardly hold.

use paxnorm::Name;

use crate::draw::{Random, Wheel};
use crate::pairs::Pair;

/// So many pairs, a third of them of one person, the same in every run.
pub(crate) fn pairs(count: usize) -> Vec<Pair> {
    let mut inventor = Inventor {
        random: Random(23),
        given: Wheel::new("g"),
        surnames: Wheel::new("s"),
    };
    (0..count).map(|at| inventor.pair(at)).collect()
}

struct Inventor {
    random: Random,
    given: Wheel,
    surnames: Wheel,
}

/// Given names and a surname.
#[derive(Clone)]
struct Person {
    given: Vec<&'static str>,
    surname: String,
}

impl Inventor {
    fn pair(&mut self, at: usize) -> Pair {
        let label = at.is_multiple_of(3);
        let person = self.person();
        let mut other = person.clone();
        if label {
            self.lose(&mut other);
        } else {
            self.part(&mut other);
        }
        let (text_a, text_b) = (self.write(&person), self.write_short(&other));
        Pair {
            a: Name::unsplit(&text_a),
            b: Name::unsplit(&text_b),
            label,
            group: "invented".to_owned(),
            entity: text_a.clone(),
            text_a,
            text_b,
        }
    }

    fn person(&mut self) -> Person {
        let count = 1 + self.random.below(3) / 2;
        let given = (0..count).map(|_| self.given.turn(&mut self.random));
        Person {
            given: given.collect(),
            surname: self.surnames.turn(&mut self.random).to_owned(),
        }
    }

    /// What is lost on the way: a second name, a letter of the surname.
    fn lose(&mut self, person: &mut Person) {
        if self.random.below(3) == 0 {
            person.given.truncate(1);
        }
        if self.random.below(3) == 0 {
            self.respell(&mut person.surname);
        }
    }

    /// Another person of a surname much alike, or of a like surname.
    fn part(&mut self, person: &mut Person) {
        match self.random.below(4) {
            0 => self.neighbour(&mut person.surname),
            _ => {
                self.rename(person);
                if self.random.below(2) == 0 {
                    self.respell(&mut person.surname);
                }
            }
        }
    }

    /// Given names that begin with other letters.
    fn rename(&mut self, person: &mut Person) {
        let taken = |name: &str, given: &[&str]| given.iter().any(|g| g[..1] == name[..1]);
        for at in 0..person.given.len() {
            let mut name = self.given.turn(&mut self.random);
            while taken(name, &person.given) {
                name = self.given.turn(&mut self.random);
            }
            person.given[at] = name;
        }
    }

    /// One change of spelling that traditions of writing make.
    fn respell(&mut self, surname: &mut String) {
        const CHANGES: [(&str, &str); 20] = [
            ("PH", "F"),
            ("OU", "U"),
            ("CK", "K"),
            ("LL", "L"),
            ("TT", "T"),
            ("NN", "N"),
            ("SS", "S"),
            ("RR", "R"),
            ("TH", "T"),
            ("SCH", "SH"),
            ("EI", "AI"),
            ("Y", "I"),
            ("W", "V"),
            ("KH", "H"),
            ("EE", "E"),
            ("OE", "U"),
            ("IE", "I"),
            ("Z", "S"),
            ("C", "K"),
            ("E", "A"),
        ];
        let from = self.random.below(CHANGES.len() as u64) as usize;
        let order = CHANGES.iter().cycle().skip(from).take(CHANGES.len());
        for (old, new) in order {
            if surname.contains(old) {
                *surname = surname.replacen(old, new, 1);
                return;
            }
        }
    }

    /// A surname that ends alike and begins otherwise, or begins alike and ends
    /// otherwise.
    fn neighbour(&mut self, surname: &mut String) {
        for _ in 0..300 {
            let other = self.surnames.turn(&mut self.random);
            if other != surname && alike(other, surname) {
                *surname = other.to_owned();
                return;
            }
        }
        *surname = self.surnames.turn(&mut self.random).to_owned();
    }

    fn write(&mut self, person: &Person) -> String {
        match self.random.below(3) {
            0 => self.write_short(person),
            _ => format!("{} {}", person.given.join(" "), person.surname),
        }
    }

    /// By initials, before the surname or behind it.
    fn write_short(&mut self, person: &Person) -> String {
        let initials: Vec<String> = person
            .given
            .iter()
            .map(|name| format!("{}.", &name[..1]))
            .collect();
        let initials = initials.concat();
        match self.random.below(4) {
            0 => format!("{}, {initials}", person.surname),
            1 => format!("{initials} ({}) {}", person.given[0], person.surname),
            _ => format!("{initials} {}", person.surname),
        }
    }
}

/// Whether two surnames have three of four letters in their places, from
/// either end.
fn alike(a: &str, b: &str) -> bool {
    let most = a.len().max(b.len());
    let ahead = a.bytes().zip(b.bytes()).filter(|(x, y)| x == y).count();
    let behind = a
        .bytes()
        .rev()
        .zip(b.bytes().rev())
        .filter(|(x, y)| x == y)
        .count();
    most >= 4 && ahead.max(behind) * 4 >= most * 3 - 1
}
