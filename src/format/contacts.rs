//! Telephone numbers and e-mail addresses as reservation systems write them,
//! wherever they stand.
//!
//! The character sets of airlines lack `@` and `_`, so that senders write `//`
//! and `..` for them, and `./` for a hyphen.

use std::borrow::Cow;

use wide::u8x16;

use super::batch::upper;
use crate::model::{ContactKind, Text, bare, behind, blanks};

/// A contact that was recognised in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) kind: ContactKind,
    pub(super) value: Text,
}

/// The contacts in a text that is meant to be one; none where nothing in it is.
pub(super) fn find(text: &str) -> impl Iterator<Item = Found> {
    find_behind(introduction(text).map_or(text, |(_, rest)| rest))
}

/// The contacts in what follows the code of a text, or in a text without one.
pub(super) fn find_behind(text: &str) -> impl Iterator<Item = Found> {
    let text = without_name_item(text);
    let mut email = email(text);
    let mut numbers = if email.is_some() { "" } else { text };
    std::iter::from_fn(move || match email.take() {
        Some(value) => Some(Found {
            kind: ContactKind::Email,
            value,
        }),
        None => next_phone(&mut numbers).map(|value| Found {
            kind: ContactKind::Phone,
            value,
        }),
    })
}

/// The code by which a text says that it is a contact, and what follows it: `CTC` followed by a
/// letter, or alone. A carrier may stand before it and its last letter may stand apart
/// (`EK CTC M 5432109876`).
pub(super) fn introduction(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let mut rest = bare(text);
    for _ in 0..3 {
        let (token, after) = cut(rest);
        let token = without(token, &['/', '-']);
        if token.len() > 4
            && is_prefix(token)
            && token.as_bytes().get(4).is_some_and(u8::is_ascii_digit)
        {
            let at = rest.find(token).unwrap_or_default() + 4;
            return Some((
                upper(token.get(..4)?.into()),
                rest.get(at..).unwrap_or_default(),
            ));
        }
        if is_prefix(token) && token.len() <= 4 {
            return Some(widen(token, after));
        }
        if token.len() > 3 || after.is_empty() {
            break;
        }
        rest = after.trim_start();
    }
    None
}

/// A word without these signs around it, which few have.
fn without<'t>(word: &'t str, signs: &[char]) -> &'t str {
    let is_sign = |byte: Option<&u8>| byte.is_some_and(|byte| signs.contains(&char::from(*byte)));
    if is_sign(word.as_bytes().first()) || is_sign(word.as_bytes().last()) {
        return word.trim_matches(signs);
    }
    word
}

/// What stands before the first blank and behind it.
pub(super) fn cut(text: &str) -> (&str, &str) {
    first_blank(text.as_bytes())
        .and_then(|at| Some((text.get(..at)?, text.get(at + 1..)?)))
        .unwrap_or((text, ""))
}

/// Where the first blank stands.
fn first_blank(text: &[u8]) -> Option<usize> {
    // Words are short: eight bytes are looked at at once.
    if let Some(first) = text.first_chunk() {
        let blanks = blanks(u64::from_le_bytes(*first));
        if blanks != 0 {
            return Some((blanks.trailing_zeros() / 8) as usize);
        }
    }
    text.iter().position(|byte| *byte == b' ')
}

/// Says where a byte, which is not zero, stands in a text; looks at 16 bytes at a time.
#[inline(always)]
pub(super) fn each(text: &str, byte: u8, mut found: impl FnMut(usize)) {
    let wanted = u8x16::from([byte; 16]);
    let mut look = |stretch: [u8; 16], start: usize, seen: usize| {
        let here = u8x16::from(stretch).simd_eq(wanted).to_bitmask();
        let mut here = here >> seen << seen;
        while here != 0 {
            found(start + here.trailing_zeros() as usize);
            here &= here - 1;
        }
    };
    let (stretches, rest) = text.as_bytes().as_chunks::<16>();
    for (stretch, start) in stretches.iter().zip((0..).step_by(16)) {
        look(*stretch, start, 0);
    }
    // The last stretch begins in the one before, if there is one.
    match text.as_bytes().last_chunk() {
        Some(last) => look(*last, text.len() - 16, 16 - rest.len()),
        None => {
            let mut last = [0; 16];
            let bytes = last.iter_mut().zip(rest);
            bytes.for_each(|(to, from)| *to = *from);
            look(last, 0, 0);
        }
    }
}

fn is_prefix(token: &str) -> bool {
    token
        .get(..3)
        .is_some_and(|start| start.eq_ignore_ascii_case("CTC"))
}

fn widen<'t>(token: &'t str, after: &'t str) -> (Cow<'t, str>, &'t str) {
    let after = after.trim_start();
    if token.len() == 3
        && let (next, rest) = cut(after)
        && next.len() == 1
        && next.bytes().all(|byte| byte.is_ascii_alphabetic())
    {
        return (upper(format!("{token}{next}").into()), rest);
    }
    (upper(token.into()), after)
}

/// `/NAME//MAIL.COM-1LAST/FIRST`: without the slash before it and the name behind it.
pub(super) fn without_name_item(text: &str) -> &str {
    before_name_item(behind(bare(text), b'/'))
}

/// `…-1LAST/FIRST`: the part from `-1` on names the traveller.
pub(super) fn before_name_item(text: &str) -> &str {
    let mut any = false;
    each(text, b'-', |_| any = true);
    if !any {
        return text;
    }
    let dashes = (0..).zip(text.bytes()).filter(|(_, byte)| *byte == b'-');
    for (dash, _) in dashes {
        let after = text.get(dash + 1..).unwrap_or_default();
        let name = after.trim_start_matches(|c: char| c.is_ascii_digit());
        let named = name.chars().take(2).filter(|c| c.is_alphabetic()).count() == 2;
        if name.len() < after.len() && named && name.contains('/') {
            return text.get(..dash).unwrap_or(text);
        }
    }
    text
}

/// Where in a text what stands between the halves of an e-mail address does. Most texts have
/// neither sign, and a look for both tells it.
fn sign_in(text: &str) -> Option<usize> {
    let is_sign = |at: &usize| {
        let from = text.as_bytes().get(*at..);
        matches!(from, Some([b'@', ..] | [b'/', b'/', ..]))
    };
    memchr::memchr2_iter(b'@', b'/', text.as_bytes()).find(is_sign)
}

/// Where in a text such a pair of signs stands.
fn pair_in(text: &str, pair: [u8; 2]) -> Option<usize> {
    text.as_bytes().windows(2).position(|found| *found == pair)
}

/// The e-mail address in a text, `//` and `..` read as `@` and `_`.
fn email(text: &str) -> Option<Text> {
    let (before, behind) = text.split_at_checked(sign_in(text)?)?;
    let start = before.bytes().rposition(|byte| byte == b' ');
    let end = before.len() + cut(behind).0.len();
    let word = text.get(start.map_or(0, |blank| blank + 1)..end)?;
    let word = without(word, &['/', '-', ',', ';']);
    let first = sign_in(word)?;
    let at = memchr::memchr(b'@', word.as_bytes().get(first..)?);
    let (sign, len) = at.map_or((first, 2), |at| (first + at, 1));
    let (local, domain) = (word.get(..sign)?, word.get(sign + len..)?);
    let domain = whole_domain(domain);
    let plausible = !local.is_empty() && domain.contains('.') && !domain.starts_with('.');
    if !plausible {
        return None;
    }
    let mut whole = String::with_capacity(local.len() + 1 + domain.len());
    push_local(&mut whole, local);
    whole.push('@');
    whole.push_str(&domain);
    Some(Text::from(whole))
}

/// The part behind the sign: a further `//` stands for a dot, `..` for a low line, and after a
/// single slash comes a name.
fn whole_domain(domain: &str) -> Cow<'_, str> {
    let (mut odd, mut before) = (false, 0);
    for byte in domain.bytes() {
        odd |= byte == b'/' || (byte == b'.' && before == b'.');
        before = byte;
    }
    if !odd {
        return Cow::Borrowed(domain);
    }
    let domain = replaced(domain.into(), *b"//", ".");
    let (domain, _) = domain.split_once('/').unwrap_or((&domain, ""));
    Cow::Owned(replaced(domain.into(), *b"..", "_").into_owned())
}

/// Adds the part before the sign: `./` stands for a hyphen, `..` for a low line.
fn push_local(whole: &mut String, mut local: &str) {
    while let Some(at) = local.bytes().position(|byte| byte == b'.') {
        let (before, rest) = local.split_at_checked(at).unwrap_or_default();
        let (sign, len) = match rest.as_bytes() {
            [b'.', b'/', ..] => ("-", 2),
            // Of three signs the last two may be a hyphen.
            [b'.', b'.', b'/', ..] => (".", 1),
            [b'.', b'.', ..] => ("_", 2),
            _ => (".", 1),
        };
        whole.push_str(before);
        whole.push_str(sign);
        local = rest.get(len..).unwrap_or_default();
    }
    whole.push_str(local);
}

/// A text in which another sign stands for each of these pairs; most have none.
fn replaced<'t>(text: Cow<'t, str>, pair: [u8; 2], sign: &str) -> Cow<'t, str> {
    let Some(mut at) = pair_in(&text, pair) else {
        return text;
    };
    let (mut whole, mut rest) = (String::with_capacity(text.len()), &*text);
    loop {
        whole.push_str(rest.get(..at).unwrap_or_default());
        whole.push_str(sign);
        rest = rest.get(at + 2..).unwrap_or_default();
        match pair_in(rest, pair) {
            Some(next) => at = next,
            None => break,
        }
    }
    whole.push_str(rest);
    Cow::Owned(whole)
}

/// Numbers of fewer digits are none.
const FEWEST_DIGITS: usize = 5;

/// The next telephone number in a text, which is cut behind it. A word of letters
/// ends a number; one letter before digits starts the next
/// (`H5555555555 W 1 555 555 5555`).
fn next_phone(text: &mut &str) -> Option<Text> {
    while !text.is_empty() {
        let (run, behind) = text.split_at_checked(letters_begin(text))?;
        *text = behind.trim_start_matches(char::is_alphabetic);
        if run.bytes().filter(u8::is_ascii_digit).count() >= FEWEST_DIGITS {
            return Some(number(run));
        }
    }
    None
}

/// Where the first letter of a text stands, or the text ends.
fn letters_begin(text: &str) -> usize {
    let is_odd = |byte: u8| byte.is_ascii_alphabetic() || !byte.is_ascii();
    let at = text.bytes().position(is_odd).unwrap_or(text.len());
    let rest = text.get(at..).unwrap_or_default();
    match rest.as_bytes().first() {
        // What is no letter of ASCII may be one all the same.
        Some(byte) if !byte.is_ascii() => at + rest.find(char::is_alphabetic).unwrap_or(rest.len()),
        _ => at,
    }
}

/// The digits of a run, and the plus that stands before them.
fn number(run: &str) -> Text {
    let mut number = String::with_capacity(run.len());
    for sign in run.bytes() {
        let is_first = sign == b'+' && number.is_empty();
        if sign.is_ascii_digit() || is_first {
            number.push(sign.into());
        }
    }
    Text::from(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_of_every_form_are_found() {
        let table = [
            (
                "CTCE ANNA..ERIKSSON//EXAMPLE.COM",
                &["ANNA_ERIKSSON@EXAMPLE.COM"][..],
            ),
            // Of three signs the last two are a hyphen.
            ("CTCE A../B.C..D//EXAMPLE.COM", &["A.-B.C_D@EXAMPLE.COM"]),
            ("YY CTCM 123456789", &["123456789"]),
            ("EK CTC M 5432109876", &["5432109876"]),
            (
                "CTCT SEA 866 746-4647 CARLSON WAGONLIT TVL",
                &["8667464647"],
            ),
            ("XX CTCP BOG 571 600 5820 A PBX", &["5716005820"]),
            (
                "H5555555555 W 1 555 555 5555",
                &["5555555555", "15555555555"],
            ),
            ("/1800123456789-1LAST/FIRST", &["1800123456789"]),
            (
                "/ANNA./MARIA//EXAMPLE.COM-1ERIKSSON/ANNA",
                &["ANNA-MARIA@EXAMPLE.COM"],
            ),
            ("ANNA//EXAMPLE//COM", &["ANNA@EXAMPLE.COM"]),
            ("ANNA@EXAMPLE.COM/FIRST/LAST", &["ANNA@EXAMPLE.COM"]),
            ("CTC 7732486972-U", &["7732486972"]),
            ("M+1234567890", &["+1234567890"]),
            ("THIS PASSENGER IS A VIP", &[]),
        ];
        for (text, expected) in table {
            let values: Vec<_> = find(text).map(|found| found.value).collect();
            assert_eq!(values, expected, "{text}");
        }
    }
}
