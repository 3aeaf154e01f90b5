//! What reveals special categories of data: the table of the library and the shared list.

use super::shared;

/// The table of the library: what, pattern.
pub fn table(what: &str) -> Vec<String> {
    include_str!("../../src/privacy/sensitive.tsv")
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter(|(kind, _)| *kind == what)
        .filter_map(|(_, rest)| rest.split('\t').next().map(str::to_uppercase))
        .collect()
}

/// Patterns of the shared list: code system, pattern.
pub fn listed() -> Vec<(String, String)> {
    let Some(path) = shared("facts/sensitive.csv") else {
        return Vec::new();
    };
    let text = std::fs::read_to_string(path).expect("the list is text");
    let rows = text.lines().skip(1).map(|line| {
        let mut cells = support_cells(line).into_iter();
        let mut cell = || cells.next().unwrap_or_default();
        let (system, pattern, ..) = (cell(), cell());
        let action = cells.nth(5).unwrap_or_default();
        (system, pattern, action)
    });
    rows.filter(|(.., action)| !action.starts_with("keep") && !action.starts_with("minimise"))
        .map(|(system, pattern, _)| (system, pattern))
        .collect()
}

/// The cells of a line of CSV; quotes may stand around them.
pub fn support_cells(line: &str) -> Vec<String> {
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

/// Codes of the shared list that say nothing by themselves: their texts are what goes.
const COUNTS: &[&str] = &["EXST", "GRPS", "GPST"];

pub fn codes() -> Vec<String> {
    let listed = listed().into_iter();
    let of_list = listed.filter(|(system, code)| system == "IATA SSR" && code.len() == 4);
    let mut codes: Vec<String> = of_list.map(|(_, code)| code).collect();
    codes.retain(|code| !COUNTS.contains(&code.as_str()));
    codes.extend(table("code"));
    codes.extend(["XYML".to_owned(), "QQML".to_owned()]);
    codes
}

/// Words and phrases, each as it is written: `diabet` as `DIABETIC`.
pub fn words() -> Vec<String> {
    let mut words = table("word");
    words.extend(table("stem").into_iter().map(|stem| format!("{stem}IC")));
    for (system, family) in listed() {
        if system.starts_with("OSI") {
            let (_, patterns) = family.split_once(": ").expect("a family has a name");
            let plain = patterns
                .split('|')
                .map(|word| word.split('(').next().unwrap_or(word));
            words.extend(plain.map(|word| word.trim_end_matches("\\b").trim().to_uppercase()));
        } else if system.starts_with("coach") {
            words.extend(family.split('\'').skip(1).step_by(2).map(str::to_uppercase));
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

pub fn titles() -> Vec<String> {
    let mut titles: Vec<String> = ["title-field", "title-word", "title-glued"]
        .iter()
        .flat_map(|what| table(what))
        .collect();
    let listed = listed()
        .into_iter()
        .filter(|(system, _)| system == "title in name");
    titles.extend(listed.map(|(_, title)| title));
    titles
}
