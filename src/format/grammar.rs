//! Grammars of the texts in service requests, as reservation systems write them
//! (AIRIMP; PNRGOV implementation guide, `SSR` element 1, component 9).

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while};
use nom::character::complete::{one_of, satisfy};
use nom::combinator::{opt, recognize, value};
use nom::multi::fold_many0;
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};

use super::contacts::cut;
use crate::model::bare;

/// What the text of an electronic ticket says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct TicketText<'t> {
    /// Whether it is that of the traveller's infant.
    pub(super) of_infant: bool,
    pub(super) number: &'t str,
    /// Empty where it is not stated.
    pub(super) coupon: &'t str,
    pub(super) rest: &'t str,
}

/// ```text
/// ticket = { "." | blank } [ "TKT NBR" { blank } ] [ "INF" ] number [ "C" coupon ] [ blank rest ]
/// ```
pub(super) fn ticket(text: &str) -> TicketText<'_> {
    let text = text.trim_start_matches(['.', ' ']);
    let text = text.strip_prefix("TKT NBR").map_or(text, str::trim_start);
    let infant = text.strip_prefix("INF");
    let text = infant.unwrap_or(text);
    let end = text.bytes().position(|sign| matches!(sign, b' ' | b'C'));
    let end = end.unwrap_or(text.len());
    let (number, behind) = text.split_at_checked(end).unwrap_or_default();
    let (coupon, rest) = behind.strip_prefix('C').map_or(("", behind), cut);
    TicketText {
        of_infant: infant.is_some(),
        number,
        coupon,
        rest: bare(rest),
    }
}

/// Each seat of a text such as `.03BN03AN`: 3B and 3A, both non-smoking.
///
/// ```text
/// seats = { "." | blank } { digit digit capital [ "N" | "S" ] { blank } }
/// ```
pub(super) fn seats<'t>(text: &'t str, mut each: impl FnMut(&'t str)) {
    let digit = || satisfy(|sign| sign.is_ascii_digit());
    let number = (digit(), digit(), satisfy(|sign| sign.is_ascii_uppercase()));
    let seat = terminated(recognize(number), (opt(one_of("NS")), blanks));
    let seats = fold_many0(seat, || (), |(), number| each(number));
    whole(preceded(dots, seats).parse(text));
}

/// The age in a text of an unaccompanied minor: `UM08`, `/UM8`, `AGE 8`.
///
/// ```text
/// age = ( "UMNR" | "UM" | "AGE" | "YP" ) { blank } { digit }
/// ```
pub(super) fn age(text: &str) -> Option<u32> {
    let mark = alt((tag("UMNR"), tag("UM"), tag("AGE"), tag("YP")));
    let digits = take_while(|sign: char| sign.is_ascii_digit());
    let mut age = preceded((value((), mark), blanks), digits);
    let starts = text.char_indices().filter_map(|(at, _)| text.get(at..));
    let mut ages = starts.filter_map(|from| age.parse(from).ok());
    let (_, digits): (&str, &str) = ages.next()?;
    digits.parse().ok().filter(|age| *age < 18)
}

fn dots(text: &str) -> IResult<&str, &str> {
    take_while(|sign| matches!(sign, '.' | ' ')).parse(text)
}

fn blanks(text: &str) -> IResult<&str, &str> {
    take_while(char::is_whitespace).parse(text)
}

/// These grammars accept any text: what does not fit is left over.
fn whole<T: Default>(read: IResult<&str, T>) -> T {
    read.map(|(_, value)| value).unwrap_or_default()
}
