//! Measures the index: is the right person found, how soon, at what cost.

use std::error::Error;
use std::time::{Duration, Instant};

use paxnorm::Name;
use paxnorm::matching::{Index, Matcher, Prepared};

use crate::cells::cells;
use crate::draw::{Random, Wheel};

pub(crate) fn run(
    matcher: &Matcher,
    lists: &[String],
    queries: &str,
    strangers: usize,
) -> Result<(), Box<dyn Error>> {
    let mut persons = Vec::new();
    let mut names: Vec<(u32, Prepared)> = Vec::new();
    for (entity, name) in lists
        .iter()
        .map(|list| read(list, "name"))
        .collect::<Result<Vec<_>, _>>()?
        .concat()
    {
        names.push((
            number(&mut persons, &entity),
            matcher.prepare(&Name::unsplit(&name)),
        ));
    }
    let mut random = Random(11);
    let (given, surnames) = (Wheel::new("g"), Wheel::new("s"));
    let invented = (0..strangers).map(|at| {
        (
            u32::MAX - at as u32,
            matcher.prepare(&stranger(&mut random, &given, &surnames)),
        )
    });
    names.extend(invented);
    let bytes: usize = names.iter().map(|(_, name)| name.size()).sum();
    let count = names.len();
    let start = Instant::now();
    let index = Index::new(matcher.clone());
    index.extend(names);
    println!(
        "{count} names indexed in {:.2} s, {:.0} bytes a name beside {:.0} of the prepared names",
        start.elapsed().as_secs_f64(),
        index.overhead() as f64 / count as f64,
        bytes as f64 / count as f64
    );
    measure(matcher, &index, &read(queries, "query")?, &persons);
    Ok(())
}

fn measure(
    matcher: &Matcher,
    index: &Index<u32>,
    queries: &[(String, String)],
    persons: &[String],
) {
    let (mut first, mut ten, mut all) = (0, 0, 0);
    let mut times: Vec<Duration> = Vec::new();
    for (entity, query) in queries {
        let start = Instant::now();
        let query = matcher.prepare(&Name::unsplit(query));
        let found = index.search(&query, 100, 0.0);
        times.push(start.elapsed());
        let place = found
            .iter()
            .position(|hit| persons.get(hit.id as usize) == Some(entity));
        first += usize::from(place == Some(0));
        ten += usize::from(place.is_some_and(|place| place < 10));
        all += usize::from(place.is_some());
        if place.is_none() && std::env::var_os("MISSED").is_some() {
            println!("missed {entity} {query:?}");
        }
    }
    times.sort();
    let count = times.len().max(1);
    let share = |hits: usize| hits as f64 / count as f64;
    println!(
        "candidates {:.4}, first {:.4}, among ten {:.4}",
        share(all),
        share(first),
        share(ten)
    );
    println!(
        "{:.0} searches/s, half within {:?}, 99 of 100 within {:?}",
        count as f64 / times.iter().sum::<Duration>().as_secs_f64(),
        times[count / 2],
        times[count * 99 / 100]
    );
}

fn number(persons: &mut Vec<String>, entity: &str) -> u32 {
    if persons.last().is_none_or(|last| last != entity) {
        persons.push(entity.to_owned());
    }
    persons.len() as u32 - 1
}

fn read(file: &str, column: &str) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let text = std::fs::read_to_string(file)?;
    let mut rows = text.lines().map(cells);
    let heading = rows.next().ok_or("an empty file")?;
    let find = |name: &str| {
        heading
            .iter()
            .position(|cell| cell == name)
            .ok_or("a column is missing")
    };
    let (entity, column) = (find("entity")?, find(column)?);
    Ok(rows
        .filter_map(|row| Some((row.get(entity)?.clone(), row.get(column)?.clone())))
        .collect())
}

/// One or two given names, one or two surnames.
fn stranger(random: &mut Random, given: &Wheel, surnames: &Wheel) -> Name {
    let mut name = given.turn(random).to_owned();
    let second = (random.below(2) == 0).then_some(given);
    let another = (random.below(4) == 0).then_some(surnames);
    for wheel in [second, Some(surnames), another].into_iter().flatten() {
        name = name + " " + wheel.turn(random);
    }
    Name::unsplit(&name)
}
