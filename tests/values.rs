//! Values that are read many bytes at a time, beside what they are byte by byte.

use paxnorm::model::{Amount, Title};

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
