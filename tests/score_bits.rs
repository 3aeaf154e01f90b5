//! Holds every score to its last bit: what is made faster must not change one.
//!
//! Names are drawn and damaged by a fixed sequence; a checksum stands for all scores and costs of
//! a group, so that a group that goes red tells where to look. Where a change of scores is meant
//! (other tables, other scalars), the failure prints the sums that are to stand here.

#[path = "../examples/tune/draw.rs"]
#[allow(dead_code, reason = "the bench draws whole lists with it")]
mod draw;
#[path = "support/sums.rs"]
mod sums;

use std::sync::LazyLock;

use draw::{Random, Wheel};
use paxnorm::Name;
use paxnorm::matching::distance::Costs;
use paxnorm::matching::{Matcher, Prepared};
use sums::{Group, Sum, assert_unchanged};

static MATCHER: LazyLock<Matcher> = LazyLock::new(Matcher::default);

impl Sum {
    fn add(&mut self, bits: u32) {
        self.bytes(bits.to_le_bytes());
    }

    /// The score, and the evidence beneath it, which still tells apart what the
    /// score rounds to 1.
    fn pair(&mut self, a: &Prepared, b: &Prepared) {
        self.add(MATCHER.score(a, b).to_bits());
        self.add(MATCHER.explain(a, b).evidence.to_bits());
    }
}

fn every_pair(names: &[Prepared]) -> u64 {
    let mut sum = Sum::new();
    for (at, a) in names.iter().enumerate() {
        names.iter().skip(at).for_each(|b| sum.pair(a, b));
    }
    sum.0
}

fn unsplit<'n>(names: impl IntoIterator<Item = &'n str>) -> Vec<Prepared> {
    let names = names.into_iter().map(Name::unsplit);
    names.map(|name| MATCHER.prepare(&name)).collect()
}

/// Every name of the sample against every other.
fn sample() -> u64 {
    let rows = include_str!("data/names/pairs.csv").lines().skip(1);
    every_pair(&unsplit(rows.flat_map(|row| row.split(',').take(2))))
}

/// Scripts, and Latin letters for the same names.
fn scripts() -> u64 {
    const NAMES: [&str; 26] = [
        "Олександра Шевчукова",
        "Aleksandra Shevchukova",
        "Дмитрий Сергеевич Соколенко",
        "Dmitri Sergeyevich SOKOLENKO",
        "Γεώργιος Παπαδάκης",
        "Georgios PAPADAKIS",
        "يوسف الحداد",
        "Yousef AL HADDAD",
        "محمد بن سلمان القاسمي",
        "Mohammed bin Salman Alqassimi",
        "יוסף כהן",
        "Yosef KOHEN",
        "김민준",
        "KIM MINJUN",
        "田中 さくら",
        "タナカ サクラ",
        "TANAKA SAKURA",
        "王小明",
        "WANG XIAOMING",
        "Jürgen MÜLLER",
        "MUELLER JUERGEN MR",
        "Łukasz WIŚNIEWSKI",
        "Nguyễn Văn Anh",
        "O'Connor-Đorđević, Žarko",
        "Þórður Ægisson",
        "MÃ¼ller, JÃ¼rgen",
    ];
    every_pair(&unsplit(NAMES))
}

/// What no name should look like.
fn hostile() -> u64 {
    let names = [
        "A B C D E F G H I J K L M N O P Q R S".to_owned(),
        "AB CD EF GH IJ KL MN OP QR ST UV WX YZ AB CD EF GH".to_owned(),
        "A".repeat(70),
        "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ".to_owned(),
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ123456789 YX".to_owned(),
        "AL BIN VAN DE LA EL IBN".to_owned(),
        "MARIA MARIA MARIA MARIA MARIA MARIA MARIA MARIA MARIA MARIA MARIA".to_owned(),
        "ANNA ANN ANNAANN AN NA A NN ANAN NANA".to_owned(),
        "123 456 7890 1234567".to_owned(),
        "4NNA ER1KSS0N".to_owned(),
        "ALI ALIALI LIALIA AL IA LI".to_owned(),
        "KHKHKH PHPHPH SCHSCHSCH TSCHTSCH".to_owned(),
        String::new(),
    ];
    every_pair(&unsplit(names.iter().map(String::as_str)))
}

/// Draws names and what is left of them on their way.
struct Inventor {
    random: Random,
    given: Wheel,
    surnames: Wheel,
}

impl Inventor {
    fn new(seed: u64) -> Self {
        Self {
            random: Random(seed),
            given: Wheel::new("g"),
            surnames: Wheel::new("s"),
        }
    }

    fn below(&mut self, end: usize) -> usize {
        self.random.below(end as u64) as usize
    }

    /// Up to three given names, up to three words of surname.
    fn words(&mut self) -> Vec<String> {
        const BETWEEN: [&str; 6] = ["AL", "BIN", "VAN", "DE", "ABU", "EL"];
        let mut words = Vec::new();
        for _ in 0..1 + self.below(3) {
            words.push(self.given.turn(&mut self.random).to_owned());
        }
        if self.below(4) == 0 {
            words.push(BETWEEN[self.below(BETWEEN.len())].to_owned());
        }
        for _ in 0..1 + self.below(5) / 3 {
            words.push(self.surnames.turn(&mut self.random).to_owned());
        }
        words
    }

    /// Says which words are the surname in one of three ways, or does not.
    fn write(&mut self, words: &[String]) -> Prepared {
        let at = words.len() - 1;
        let (given, surname) = (words[..at].join(" "), words[at..].join(" "));
        let name = match self.below(4) {
            0 => Name::new(&surname, &given),
            1 => Name::unsplit(&format!("{surname}, {given}")),
            2 => Name::unsplit(&format!("{surname} {given}")),
            _ => Name::unsplit(&words.join(" ")),
        };
        MATCHER.prepare(&name)
    }

    /// One to three things that happen to names.
    fn damage(&mut self, words: &mut Vec<String>) {
        for _ in 0..1 + self.below(3) {
            match self.below(6) {
                0 | 1 => self.letters(words),
                2 => self.lose(words),
                3 => self.order(words),
                4 => self.glue(words),
                _ => self.tear(words),
            }
        }
    }

    fn letters(&mut self, words: &mut [String]) {
        let at = self.below(words.len());
        let mut letters: Vec<char> = words[at].chars().collect();
        let place = self.below(letters.len());
        let other = char::from(b'A' + self.below(26) as u8);
        match self.below(5) {
            0 => letters[place] = other,
            1 => letters.insert(place, other),
            2 => letters.insert(place, letters[place]),
            3 if letters.len() > 1 => drop(letters.remove(place)),
            _ => letters.swap(place, place.saturating_sub(1)),
        }
        words[at] = letters.into_iter().collect();
    }

    /// A word, the end of a word, or all but its first letter.
    fn lose(&mut self, words: &mut Vec<String>) {
        let at = self.below(words.len());
        match self.below(3) {
            0 if words.len() > 1 => drop(words.remove(at)),
            1 => {
                let kept = 1 + self.below(words[at].len());
                words[at].truncate(kept);
            }
            _ => words[at].truncate(1),
        }
    }

    fn order(&mut self, words: &mut [String]) {
        let (at, other) = (self.below(words.len()), self.below(words.len()));
        words.swap(at, other);
    }

    /// Two words run together, or an article or a title run into one.
    fn glue(&mut self, words: &mut Vec<String>) {
        let at = self.below(words.len());
        match self.below(3) {
            0 => words[at].insert_str(0, "AL"),
            1 => words[at].push_str("MR"),
            _ if at > 0 => {
                let word = words.remove(at);
                words[at - 1].push_str(&word);
            }
            _ => {}
        }
    }

    /// A word torn in two, or its first letters said again.
    fn tear(&mut self, words: &mut Vec<String>) {
        let at = self.below(words.len());
        let place = self.below(words[at].len());
        let rest = words[at].split_off(place);
        words.insert(at + 1, rest);
        words.retain(|word| !word.is_empty());
    }
}

/// Two people drawn one after the other.
fn strangers() -> u64 {
    let mut inventor = Inventor::new(11);
    let mut sum = Sum::new();
    for _ in 0..4000 {
        let (a, b) = (inventor.words(), inventor.words());
        let (a, b) = (inventor.write(&a), inventor.write(&b));
        sum.pair(&a, &b);
    }
    sum.0
}

/// A name and what is left of it.
fn near() -> u64 {
    let mut inventor = Inventor::new(13);
    let mut sum = Sum::new();
    for _ in 0..4000 {
        let words = inventor.words();
        let mut other = words.clone();
        inventor.damage(&mut other);
        let (a, b) = (inventor.write(&words), inventor.write(&other));
        sum.pair(&a, &b);
    }
    sum.0
}

/// Words by the shipped costs, and by a table of nothing but extremes.
fn costs() -> u64 {
    const EXTREMES: &str = "x\t-\tA\t0\nx\tA\tB\t0\nx\tAB\tC\t0\nx\tBA\tAB\t100\nx\tDD\tD\t90\n\
                            x\tEF\tFE\t3\nx\tGH\tI\t1\nx\tJ\tK\t100\nx\tLM\tLN\t0\nx\tS\tT\t1";
    let tables = [Costs::default(), Costs::parse(EXTREMES)];
    let mut inventor = Inventor::new(17);
    let mut sum = Sum::new();
    for round in 0..6000 {
        let mut words = inventor.words();
        words.truncate(1 + round % 3);
        let mut other = if round % 4 == 0 {
            inventor.words()
        } else {
            words.clone()
        };
        for _ in 0..round % 5 {
            inventor.letters(&mut other);
        }
        let (a, b) = (words.concat(), other.concat());
        tables
            .iter()
            .for_each(|costs| sum.add(costs.distance(&a, &b)));
    }
    sum.0
}

const GROUPS: [Group; 6] = [
    ("sample", sample, 0x2f90_ca26_e469_e3db),
    ("scripts", scripts, 0x7d30_9cd7_76bc_b486),
    ("hostile", hostile, 0x8ad9_5d51_817c_b053),
    ("strangers", strangers, 0xbcd0_4e10_059d_df4d),
    ("near", near, 0x5e15_3f69_0aa2_2957),
    ("costs", costs, 0x81ad_75f8_648a_9a60),
];

#[test]
fn no_score_changes_by_a_bit() {
    assert_unchanged(&GROUPS);
}
