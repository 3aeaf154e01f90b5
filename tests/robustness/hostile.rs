//! Inputs that try to make a reader slow or large. Each is a function of its size.

use std::fmt::Write;

/// A name, the sizes of a measurement of its growth, and the input of a size.
pub struct Shape {
    pub name: &'static str,
    /// The size at which it is told how it grows.
    pub size: usize,
    pub make: fn(usize) -> Vec<u8>,
}

const fn shape(name: &'static str, size: usize, make: fn(usize) -> Vec<u8>) -> Shape {
    Shape { name, size, make }
}

pub const SHAPES: &[Shape] = &[
    shape("terminators", 250_000, |n| message("SRC'", &"'".repeat(n))),
    shape("bookings that say nothing", 4_000, |n| {
        message("", &"SRC'".repeat(n))
    }),
    shape("an endless segment", 100_000, |n| {
        message("SRC'", &format!("SSR+OTHS:HK::XX:::::{}'", "A".repeat(n)))
    }),
    shape("an endless segment of words", 50_000, |n| {
        message("SRC'", &format!("SSR+OTHS:HK::XX:::::{}'", "/A ".repeat(n)))
    }),
    shape("elements without end", 250_000, |n| {
        message("SRC'", &format!("SSR+{}'", "+".repeat(n)))
    }),
    shape("release characters alone", 250_000, |n| {
        message("SRC'IFT+4:28+", &"?".repeat(n))
    }),
    shape("released terminators", 125_000, |n| {
        message("SRC'IFT+4:28+", &"?'".repeat(n))
    }),
    shape("service string advices", 25_000, |n| {
        "UNA:+.?*'".repeat(n).into_bytes()
    }),
    shape("half tags", 100_000, |n| {
        message("SRC'", &"UNUNUNB ".repeat(n))
    }),
    shape("fused segments", 10_000, |n| {
        message("SRC'", &"RPI+1+HKAPD+333+".repeat(n))
    }),
    shape("blanks between segments", 250_000, |n| {
        message("SRC'", &" \r\n\t".repeat(n))
    }),
    shape("line breaks in a value", 100_000, |n| {
        message("SRC'", &format!("IFT+4:28+A{}B'", "\r\n".repeat(n / 2)))
    }),
    shape("lines of history", 10_000, |n| {
        message(
            "SRC'",
            &"LTS+0/O/SS/XX 609 E 27MAY 1 ZZZOLL LK1 1640 2200/CAB Y'".repeat(n),
        )
    }),
    shape("legs", 2_000, |n| {
        message(
            "SRC'",
            &"TVL+270526:1430+BRU+LHR+XX+602'RPI+1+HK'".repeat(n),
        )
    }),
    shape("legs with requests", 2_000, |n| {
        message(
            "SRC'",
            &"TVL+270526:1430+BRU+LHR+XX+602'SSR+SEAT:HK:1:XX:::BRU:LHR+1A::1'".repeat(n),
        )
    }),
    shape("bags of one check-in", 3_000, |n| {
        message(
            "SRC'TIF+A+B:A:1'TVL+270526:1430+BRU+LHR+XX+602'TRI++1:::1'",
            &"TBD++2:34:700++MP+618:4074902824:2:LHR'".repeat(n),
        )
    }),
    shape("changes", 2_000, |n| {
        message(
            "SRC'",
            &"ABI+4+05XX28:GS+UTO++XX'DAT+T:230513:1813'SAC+++X'TIF+A+B'".repeat(n),
        )
    }),
    shape("travellers", 5_000, |n| {
        message("SRC'", &"TIF+ERIKSSON+ANNA:A:1'".repeat(n))
    }),
    shape("components of one request", 10_000, |n| {
        message("SRC'", &format!("SSR+OTHS:HK::XX::::{}'", ":A".repeat(n)))
    }),
];

/// Shapes that still cost a square of their size.
pub const STEEP: &[Shape] = &[
    shape("beginnings of interchanges", 3_000, |n| {
        "UNB+IATA:1+XX+UTO'".repeat(n).into_bytes()
    }),
    shape("travellers with requests that name them", 1_000, |n| {
        let mut text = String::new();
        for i in 0..n {
            let _ = write!(text, "TIF+ERIKSSON+ANNA:A:{i}'");
        }
        for i in 0..n {
            let _ = write!(
                text,
                "SSR+DOCS:HK:1:XX:::::/P/UTO/L1/UTO/12AUG74/F/15APR27/E/A+::{i}'"
            );
        }
        message("SRC'", &text)
    }),
    shape("given names of one segment", 1_000, |n| {
        message("SRC'", &format!("TIF+ERIKSSON{}'", "+ANNA:A".repeat(n)))
    }),
    shape("elements of one text", 1_000, |n| {
        message("SRC'", &format!("IFT+4:28::XX{}'", "+A".repeat(n)))
    }),
    shape("seats of one request", 1_000, |n| {
        message(
            "SRC'TIF+A+B:A:1'TVL+270526:1430+BRU+LHR+XX+602'",
            &format!("SSR+SEAT:HK:1:XX:::BRU:LHR{}'", "+1A::1:N".repeat(n)),
        )
    }),
    shape("taxes", 1_000, |n| {
        message(
            "SRC'TIF+A+B:A:1'TKT+1251234567890:T:1'",
            &format!("TXD{}'", "++9.99::EUR:YQ".repeat(n)),
        )
    }),
    shape("payments of one segment", 1_000, |n| {
        message(
            "SRC'TIF+A+B:A:1'TKT+1251234567890:T:1'",
            &format!("FOP{}'", "+CC:3:10:VI:XXXXXXXXXXXX1111:0527".repeat(n)),
        )
    }),
    shape("locators of one segment", 1_000, |n| {
        message("SRC'", &format!("RCI{}'", "+XX:ABC123".repeat(n)))
    }),
    shape("travellers checked in by name", 2_000, |n| {
        let mut text = String::new();
        for i in 0..n {
            let _ = write!(text, "TIF+ERIKSSON{i}+ANNA:A'");
        }
        text.push_str("TVL+270526:1430+BRU+LHR+XX+602'");
        for i in 0..n {
            let _ = write!(text, "TRI++1'TIF+ERIKSSON{i}+ANNA:A'");
        }
        message("SRC'", &text)
    }),
    shape("infants named in requests", 2_000, |n| {
        let mut text = String::from("TIF+ERIKSSON+ANNA:A:1'");
        for i in 0..n {
            let _ = write!(text, "SSR+INFT:HK:1:XX:::::ERIKSSON/BABY{i} 12AUG25+::1'");
        }
        message("SRC'", &text)
    }),
];

/// A message of one booking, most of it hostile.
fn message(lead: &str, body: &str) -> Vec<u8> {
    format!(
        "UNA:+.?*'UNB+IATA:1+XX+UTO+260520:0439+1'UNH+1+PNRGOV:11:1:IA'MSG+:22'ORG+XX'\
         TVL+270526:1430+BRU+LHR+XX+602'EQN+1'{lead}{body}UNT+7+1'UNZ+1+1'"
    )
    .into_bytes()
}

/// A long surname and many given names in one segment: if each traveller got a copy of it, larger
/// ones of both would fill the memory.
pub fn a_long_surname_for_many() -> Vec<u8> {
    let surname = "A".repeat(20_000);
    message("SRC'", &format!("TIF+{surname}{}'", "+B".repeat(2_000)))
}

/// More travellers than ids.
pub fn more_travellers_than_ids() -> Vec<u8> {
    message("SRC'", &"TIF+ERIKSSON+ANNA:A'".repeat(70_000))
}
