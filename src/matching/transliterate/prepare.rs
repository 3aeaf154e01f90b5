//! Brings a text into the form that the tables are keyed by.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// Lower-case letters in compatibility form (presentation forms, widths and
/// ligatures undone), Hangul as single letters, hiragana as katakana, the
/// scripts of India on the letters of Devanagari, Greek without accents.
pub(super) fn letters(text: &str) -> Vec<char> {
    let mut letters = Vec::with_capacity(text.len());
    if is_nfkc_quick(text.chars()) == IsNormalized::Yes {
        lower(text.chars().map(spacing_mark), &mut letters);
    } else {
        lower(text.chars().map(spacing_mark).nfkc(), &mut letters);
    }
    letters
}

fn lower(text: impl Iterator<Item = char>, letters: &mut Vec<char>) {
    for letter in text {
        if letter.is_ascii() {
            letters.push(letter.to_ascii_lowercase());
        } else {
            letter.to_lowercase().for_each(|lower| put(lower, letters));
        }
    }
}

/// A free-standing accent is an apostrophe that somebody could not find.
fn spacing_mark(letter: char) -> char {
    match letter {
        '´' | '`' => '\'',
        other => other,
    }
}

fn put(letter: char, letters: &mut Vec<char>) {
    match u32::from(letter) {
        0xAC00..=0xD7A3 => decompose_canonical(letter, |part| letters.push(part)),
        0x3041..=0x3096 => letters.push(shift(letter, 0x60)),
        code @ 0x0980..=0x0D7F => letters.push(shift(letter, -indian_offset(code))),
        0x0370..=0x03FF | 0x1F00..=0x1FFF => letters.push(greek(letter)),
        0x0660..=0x0669 => letters.push(shift(letter, 0x30 - 0x0660)),
        0x06F0..=0x06F9 => letters.push(shift(letter, 0x30 - 0x06F0)),
        0x0966..=0x096F => letters.push(shift(letter, 0x30 - 0x0966)),
        _ => letters.push(letter),
    }
}

/// Each block of a script of India repeats the order of Devanagari.
fn indian_offset(code: u32) -> i32 {
    let block = (code - 0x0900) / 0x80;
    i32::try_from(block * 0x80).unwrap_or_default()
}

fn shift(letter: char, by: i32) -> char {
    u32::from(letter)
        .checked_add_signed(by)
        .and_then(char::from_u32)
        .unwrap_or(letter)
}

/// The letter without accents; the diaeresis stays, because it parts a digraph.
fn greek(letter: char) -> char {
    let (mut base, mut diaeresis) = (letter, false);
    decompose_canonical(letter, |part| match part {
        '\u{308}' => diaeresis = true,
        part if !is_combining_mark(part) => base = part,
        _ => {}
    });
    match (base, diaeresis) {
        ('ι', true) => 'ϊ',
        ('υ', true) => 'ϋ',
        _ => base,
    }
}

/// The base letter of a Latin letter with marks.
pub(super) fn base(letter: char) -> char {
    let mut base = letter;
    let mut first = true;
    decompose_canonical(letter, |part| {
        if first {
            base = part;
            first = false;
        }
    });
    base
}

/// The language that the letters give away, as the tables name it; empty where
/// they do not.
pub(super) fn language(letters: &[char]) -> &'static str {
    // Every piece that tells a language has one of these letters.
    let tells = |letter: &char| {
        matches!(letter, 'ь' | 'ъ' | 'ѐ'..='џ' | 'Ґ'..='ӿ' | 'پ' | 'چ' | 'ژ' | 'گ' | 'ک' | 'ی')
            && *letter != 'ё'
    };
    if !letters.iter().any(tells) {
        return "";
    }
    let has = |pieces: &str| pieces.split(' ').any(|piece| contains(letters, piece));
    TELLTALES
        .iter()
        .find(|(_, sure, never)| has(sure) && !has(never))
        .map_or("", |&(language, _, _)| language)
}

fn contains(letters: &[char], piece: &str) -> bool {
    let mut letters_of = piece.chars();
    match (letters_of.next(), letters_of.count()) {
        (None, _) => false,
        (Some(one), 0) => letters.contains(&one),
        (Some(_), more) => {
            let mut windows = letters.windows(more + 1);
            windows.any(|window| window.iter().copied().eq(piece.chars()))
        }
    }
}

/// Language, letters one of which must be there, letters none of which may be.
const TELLTALES: [(&str, &str, &str); 10] = [
    ("kk", "ә ң ө ұ", ""),
    ("uz", "ў", "і ы щ"),
    ("be", "ў", ""),
    ("uk", "ї є ґ", ""),
    ("mk", "ѓ ќ ѕ", ""),
    ("sr", "ђ ћ ј љ њ џ", ""),
    ("be", "і", "ї є щ и"),
    ("uk", "і ськ цьк", "ы э ё"),
    ("bg", "ъ", "ы э ё"),
    ("fa", "پ چ ژ گ ک ی", ""),
];
