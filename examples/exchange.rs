//! Two units find whom they have in common, without exchanging a name.
//!
//! ```text
//! cargo run --release --features hmac --example exchange [-- FOLDER]
//! ```
//! FOLDER holds labelled names (`pairs/perturbed.csv`, `watchlist_sdn.csv`); with it, what
//! tokens find and what they mistake is measured, too.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;

use paxnorm::Name;
use paxnorm::model::PartialDate;
use paxnorm::privacy::{HmacKey, Relation, Token, Tokens, tokens};

fn main() -> Result<(), Box<dyn Error>> {
    play();
    println!("\n{LIMITS}");
    match std::env::args().nth(1) {
        Some(folder) => measure(&folder),
        None => Ok(()),
    }
}

const LIMITS: &str = "What such tokens do not protect against:
- Whoever holds the key can try names one after the other until a token fits. There are
  not many names. Keep the key in hardware that answers few questions.
- The tokens of one person stand together; how many there are tells how many words the
  name has and about how long they are.
- Within one purpose, pair of units and epoch, tokens can be linked as names can be.
- A meeting is no identification. A person looks at it before anything follows (art. 6(5)).
- Tokens are personal data: masked and deleted with their record, never published.";

/// A unit: its own list, and nothing of the other's but tokens.
struct Unit {
    name: &'static str,
    persons: Vec<(Name, Option<PartialDate>)>,
}

fn person(surname: &str, given: &str, born: (u16, u8, u8)) -> (Name, Option<PartialDate>) {
    (
        Name::new(surname, given),
        PartialDate::new(born.0, born.1, born.2),
    )
}

/// The two units agree on a key, a purpose and a week; each sends tokens alone.
fn play() {
    let utopia = Unit {
        name: "Utopia",
        persons: vec![
            person("ERIKSSON", "ANNA MARIA", (1974, 8, 12)),
            person("HADDAD", "YOUSEF", (1981, 2, 3)),
            person("MÜLLER", "JÖRG", (1969, 11, 30)),
        ],
    };
    let arcadia = Unit {
        name: "Arcadia",
        persons: vec![
            person("ANNA MARIAMRS", "ERIKSON", (1974, 8, 12)),
            person("ALHADAD", "YUSUF", (1981, 2, 3)),
            person("MUELLER", "JOERG", (1969, 11, 30)),
            person("MULLER", "JORG", (1988, 1, 30)),
        ],
    };
    let relation = || Relation::new("UTO", "XXA", "art. 9, terrorism", "2026-W48");
    let key = || HmacKey::new(relation(), [0x5a; 32]);
    let (ours, theirs) = (tokens_of(&utopia, &key()), tokens_of(&arcadia, &key()));
    for (at, mine) in ours.iter().enumerate() {
        for (other, yours) in theirs.iter().enumerate() {
            if mine.meets(yours) {
                println!(
                    "person {} of {} may be person {} of {}",
                    at + 1,
                    utopia.name,
                    other + 1,
                    arcadia.name
                );
            }
        }
    }
    let next = HmacKey::new(
        Relation::new("UTO", "XXA", "art. 9, terrorism", "2026-W49"),
        [0x5a; 32],
    );
    let later = tokens_of(&arcadia, &next);
    let met = ours
        .iter()
        .any(|mine| later.iter().any(|yours| mine.meets(yours)));
    println!("tokens of another week meet: {met}");
}

fn tokens_of(unit: &Unit, key: &HmacKey) -> Vec<Tokens> {
    let persons = unit.persons.iter();
    persons
        .map(|(name, born)| tokens(name, *born, key))
        .collect()
}

/// Rows of a file whose first line names the columns.
fn rows(path: &str) -> Result<Vec<HashMap<String, String>>, Box<dyn Error>> {
    let text = std::fs::read_to_string(path)?;
    let mut lines = text.lines().map(cells);
    let names = lines.next().ok_or("an empty file")?;
    Ok(lines
        .map(|row| names.iter().cloned().zip(row).collect())
        .collect())
}

/// The cells of a line; quotes may stand around them.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    for sign in line.chars() {
        match sign {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            _ => cells.last_mut().expect("there is one").push(sign),
        }
    }
    cells
}

/// `20 Jan 1960`, if all of it is there.
fn date(text: &str) -> Option<PartialDate> {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let [day, month, year] = text.split(' ').collect::<Vec<_>>()[..] else {
        return None;
    };
    let month = u8::try_from(MONTHS.find(month)? / 3 + 1).ok()?;
    PartialDate::new(year.parse().ok()?, month, day.parse().ok()?)
}

struct Listed {
    entity: String,
    name: Name,
    born: Option<PartialDate>,
    whole: String,
}

fn measure(folder: &str) -> Result<(), Box<dyn Error>> {
    let cell =
        |row: &HashMap<String, String>, name: &str| row.get(name).cloned().unwrap_or_default();
    let listed: Vec<Listed> = rows(&format!("{folder}/watchlist_sdn.csv"))?
        .iter()
        .map(|row| Listed {
            entity: cell(row, "entity"),
            name: Name::new(&cell(row, "surname"), &cell(row, "given")),
            born: date(&cell(row, "birth")),
            whole: cell(row, "name"),
        })
        .collect();
    let key = HmacKey::new(Relation::new("UTO", "XXA", "measuring", "1"), [1; 32]);
    found(folder, &listed, &key)?;
    mistaken(&listed, &key);
    Ok(())
}

/// How many travellers meet the entry of the list that they are.
fn found(folder: &str, listed: &[Listed], key: &HmacKey) -> Result<(), Box<dyn Error>> {
    let born: HashMap<&str, Option<PartialDate>> = listed
        .iter()
        .map(|one| (one.whole.as_str(), one.born))
        .collect();
    let mut groups: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    let started = std::time::Instant::now();
    let mut made = 0_usize;
    for row in rows(&format!("{folder}/pairs/perturbed.csv"))? {
        if row.get("label").map(String::as_str) != Some("1") {
            continue;
        }
        let (Some(one), Some(other), Some(group)) =
            (row.get("name_a"), row.get("name_b"), row.get("group"))
        else {
            continue;
        };
        // Whoever travels shows the date of birth that the list has.
        let born = born.get(other.as_str()).copied().flatten();
        let of = |name: &str| tokens(&Name::unsplit(name), born, key);
        let (one, other) = (of(one), of(other));
        made += 2;
        let [found, all] = groups.entry(group.clone()).or_default();
        *found += usize::from(one.meets(&other));
        *all += 1;
    }
    let per_person = started.elapsed().as_secs_f64() * 1e6 / made.max(1) as f64;
    let easy = [
        "none",
        "swap",
        "title",
        "given_concat_title",
        "concat_given",
        "particle_join",
    ];
    let sum = |pick: &dyn Fn(&str) -> bool| {
        let picked = groups.iter().filter(|(group, _)| pick(group));
        picked.fold([0, 0], |sum, (_, [found, all])| {
            [sum[0] + found, sum[1] + all]
        })
    };
    for (group, [found, all]) in &groups {
        println!(
            "{group:<20} {found:>5} of {all:>5}  {:.3}",
            share(*found, *all)
        );
    }
    for (what, [found, all]) in [
        (
            "order, glue, title or nothing",
            sum(&|group| easy.contains(&group)),
        ),
        ("all", sum(&|_| true)),
    ] {
        println!(
            "recall, {what}: {found} of {all} = {:.3}",
            share(found, all)
        );
    }
    println!("{per_person:.1} us a person");
    Ok(())
}

fn share(part: usize, all: usize) -> f64 {
    part as f64 / all.max(1) as f64
}

/// Entries that share a whole name and a date of birth are one person, listed twice.
fn people(listed: &[Listed]) -> Vec<usize> {
    let mut seen = HashMap::new();
    let mut root: HashMap<&str, usize> = HashMap::new();
    for (at, one) in listed.iter().enumerate() {
        let person = *root.entry(&one.entity).or_insert(at);
        let mut words: Vec<&str> = one.whole.split([' ', '-']).collect();
        words.sort_unstable();
        let same = one
            .born
            .map(|born| *seen.entry((words, born)).or_insert(person));
        let same = same.unwrap_or(person);
        root.values_mut()
            .filter(|other| **other == person)
            .for_each(|other| *other = same);
    }
    listed.iter().map(|one| root[one.entity.as_str()]).collect()
}

/// How many pairs of different people meet, of all pairs of the list.
fn mistaken(listed: &[Listed], key: &HmacKey) {
    let made: Vec<Tokens> = listed
        .iter()
        .map(|one| tokens(&one.name, one.born, key))
        .collect();
    let mut index: HashMap<Token, Vec<usize>> = HashMap::new();
    for (at, tokens) in made.iter().enumerate() {
        tokens
            .all()
            .for_each(|token| index.entry(*token).or_default().push(at));
    }
    let mut pairs = BTreeSet::new();
    for sharing in index.values() {
        for (at, one) in sharing.iter().enumerate() {
            pairs.extend(sharing.iter().skip(at + 1).map(|other| (*one, *other)));
        }
    }
    let people = people(listed);
    let others = |at: usize| people.iter().filter(|one| **one != people[at]).count();
    let different = (0..listed.len()).map(others).sum::<usize>() / 2;
    let met = |(one, other): &&(usize, usize)| made[*one].meets(&made[*other]);
    let entries = |(one, other): &&(usize, usize)| listed[*one].entity != listed[*other].entity;
    let persons = |(one, other): &&(usize, usize)| people[*one] != people[*other];
    let of_entries = pairs.iter().filter(entries).filter(met).count();
    let of_people = pairs.iter().filter(persons).filter(met).count();
    println!("pairs of different entries that meet, persons listed twice among them: {of_entries}");
    println!(
        "false matches: {of_people} of {different} pairs of different people = {:.2} in a million",
        share(of_people, different) * 1e6
    );
    if std::env::var("SHOW").is_ok() {
        for (one, other) in pairs.iter().filter(persons).filter(met).take(60) {
            println!(
                "{} | {} {:?} {:?}",
                listed[*one].whole,
                listed[*other].whole,
                listed[*one].born.map(|b| b.to_string()),
                listed[*other].born.map(|b| b.to_string())
            );
        }
    }
}
