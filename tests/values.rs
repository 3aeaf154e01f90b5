//! Values that are read many bytes at a time or kept as one number, beside what they are part by
//! part.

use paxnorm::model::{Amount, PartialDate, Timestamp, Title};

/// Numbers of 1 to 10 signs with the mark at each place and nowhere, and with a sign that is none
/// at each place.
fn numbers() -> Vec<String> {
    let digits = "9081726354";
    let mut numbers = Vec::new();
    for length in 1..=digits.len() {
        let whole = &digits[..length];
        numbers.push(whole.to_owned());
        for at in 0..=length {
            for sign in [".", ",", "-", "/", ":", "A", "\u{0}", "\u{FF11}"] {
                let mut number = whole.to_owned();
                number.insert_str(at, sign);
                numbers.push(number.clone());
                number.push('.');
                numbers.push(number);
            }
        }
    }
    numbers
}

/// An amount as it is written, or nothing: at most one mark, else digits.
fn written(number: &str, mark: char) -> Option<String> {
    let (sign, number) = match number.strip_prefix('-') {
        Some(number) => ("-", number),
        None => ("", number),
    };
    let (whole, decimals) = number.split_once(mark).unwrap_or((number, ""));
    let digits = format!("{whole}{decimals}");
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let dot = if decimals.is_empty() { "" } else { "." };
    Some(format!("{sign}{whole}{dot}{decimals}"))
}

#[test]
fn an_amount_is_what_its_digits_say() {
    let mut amounts = 0;
    for number in numbers() {
        for mark in ['.', ',', '-', '٫'] {
            for number in [number.clone(), format!("-{number}")] {
                let read = Amount::parse(&number, mark).map(|amount| amount.to_string());
                assert_eq!(read, written(&number, mark), "{number:?} with {mark:?}");
                amounts += usize::from(read.is_some());
            }
        }
    }
    assert!(amounts > 500, "{amounts} amounts");
}

/// Spellings of titles, and whether one is cut where it is glued to a name.
const TITLES: &[(&str, bool)] = &[
    ("MONSIEUR", false),
    ("MADAME", false),
    ("PROF", true),
    ("MLLE", false),
    ("MSTR", true),
    ("HERR", false),
    ("MEVR", false),
    ("MISS", true),
    ("FRAU", false),
    ("CHD", false),
    ("MME", false),
    ("INF", false),
    ("DHR", false),
    ("SIR", false),
    ("MRS", true),
    ("MR", true),
    ("DR", true),
    ("MS", true),
];

#[test]
fn a_title_is_told_whatever_its_case_and_place() {
    for (title, glued) in TITLES {
        let known = Title::from_token(title);
        assert!(known.is_some(), "{title}");
        let lower = title.to_lowercase();
        assert_eq!(Title::from_token(&lower), known, "{title}");
        assert_eq!(Title::from_token(&format!("{lower}.")), known, "{title}");
        for other in ["Q", " ", "\u{0}", "É"] {
            for token in [format!("{title}{other}"), format!("{other}{title}")] {
                assert_eq!(Title::from_token(&token), None, "{token:?}");
            }
        }
        for length in 1..=20 {
            let name = &"ZAZAZAZAZAZAZAZAZAZA"[..length];
            for given in [format!("{name} {title}"), format!("ÉVA {name}  {lower}")] {
                let before = given[..given.len() - title.len()].trim_end();
                assert_eq!(Title::split_given(&given), (before, known), "{given:?}");
            }
            let given = format!("{name}{title}");
            let (before, found) = Title::split_given(&given);
            let cut = *glued && length > 1;
            assert_eq!(found.is_some(), cut, "{given:?}");
            assert_eq!(before, if cut { name } else { &given }, "{given:?}");
        }
    }
}

/// What is told, in ascending order: an unknown part comes first in a date and last in a time.
fn ascend<T: Ord + std::fmt::Display + serde::de::DeserializeOwned>(texts: &[&str]) {
    let read = |text: &&str| serde_json::from_value::<T>((*text).into()).expect(text);
    let values: Vec<T> = texts.iter().map(read).collect();
    assert!(values.is_sorted_by(|one, next| one < next));
    let told: Vec<String> = values.iter().map(ToString::to_string).collect();
    assert_eq!(told, texts);
}

#[test]
fn dates_and_moments_have_the_order_of_their_parts() {
    ascend::<PartialDate>(&[
        "XXXX-01-12",
        "XXXX-02",
        "1980",
        "1980-XX-12",
        "1980-01",
        "1980-01-12",
        "9999-12-31",
    ]);
    ascend::<Timestamp>(&[
        "0001-01-01T00:00:00",
        "2026-05-20T04:39:05",
        "2026-05-20T04:39",
        "2026-05-20T04:39Z",
        "2026-05-20T04:39-15:59",
        "2026-05-20T04:39-00:30",
        "2026-05-20T04:39+15:59",
        "2026-05-20T23:59:59Z",
        "2026-05-20",
        "2026-05-20Z",
        "2026-05-21T00:00",
        "2026-06-01",
        "9999-12-31+02:00",
    ]);
}
