//! Every limit that a reader has: what it holds at, and the error that names it where it is reached.

use paxnorm::diagnostic::Code;
use paxnorm::{ErrorKind, Limits, Options, Policy, Reader, Record};

/// One booking of these segments, whole.
fn message(segments: &str) -> String {
    format!(
        "UNB+IATA:1+XX+UTO+260520:0439+1'UNH+1+PNRGOV:11:1:IA'MSG+:22'\
         SRC'RCI+XX:ABC123'TIF+MAES+SOFIE:A:1'{segments}UNT+9+1'UNZ+1+1'"
    )
}

/// The records of an input, and the limit that was reached with its value.
fn read(input: &str, limits: Limits) -> (Vec<Record>, Option<(String, u64)>) {
    let options = Options {
        limits,
        policy: Policy::keep_all(),
        ..Options::default()
    };
    let mut records = Vec::new();
    // From a stream, for what is in memory needs no window.
    let stream = std::io::Cursor::new(input.as_bytes().to_vec());
    let reader = match Reader::with(paxnorm::Input::Stream(Box::new(stream)), &options) {
        Ok(reader) => reader,
        Err(error) => return (records, reached(&error)),
    };
    for record in reader {
        match record {
            Ok(record) => records.push(record),
            Err(error) => return (records, reached(&error)),
        }
    }
    (records, None)
}

fn reached(error: &paxnorm::Error) -> Option<(String, u64)> {
    match error.kind() {
        ErrorKind::Limit { what, maximum, .. } => Some((what.clone(), *maximum)),
        other => panic!("another error: {other}"),
    }
}

/// A canonical record in which a key that nobody knows has this value.
fn canonical(value: &str) -> String {
    let (records, _) = read(&message(""), Limits::default());
    let line = serde_json::to_string(&records[0].booking).expect("a booking is JSON");
    let open = line.strip_suffix('}').expect("an object");
    format!("{open},\"unknown\":{value}}}\n")
}

const MANIFEST: &str = include_str!("data/same-trip/trip.coach.csv");

/// What is set, to what, an input that goes beyond it, and the name that the error gives.
type Row = (fn(&mut Limits) -> &mut usize, usize, String, &'static str);

#[test]
fn a_limit_that_is_reached_is_named() {
    let long = "A".repeat(300);
    let text = canonical(&format!("\"{long}\""));
    let nested = canonical(&format!("{}1{}", "[".repeat(9), "]".repeat(9)));
    let rows: [Row; 7] = [
        (
            |l| &mut l.piece_bytes,
            400,
            message(&format!("IFT+4:28+{long}'").repeat(4)),
            "bytes of a",
        ),
        (
            |l| &mut l.segment_bytes,
            200,
            message(&format!("IFT+4:28+{long}'")),
            "bytes of a segment",
        ),
        (
            |l| &mut l.component_bytes,
            200,
            message(&format!("IFT+4:28+{long}'")),
            "bytes of a component",
        ),
        (
            |l| &mut l.segments,
            20,
            message(&"IFT+4:28+A'".repeat(40)),
            "segments of a scan",
        ),
        (|l| &mut l.cell_bytes, 200, text, "bytes of a"),
        (|l| &mut l.nesting, 4, nested, "nest"),
        (
            |l| &mut l.columns,
            15,
            format!("{}{}\n", MANIFEST.trim_end(), ";X".repeat(3)),
            "columns",
        ),
    ];
    for (field, maximum, input, name) in rows {
        let mut limits = Limits::default();
        let (_, error) = read(&input, limits);
        assert_eq!(error, None, "{name}: nothing is reached by default");
        *field(&mut limits) = maximum;
        let (_, error) = read(&input, limits);
        let (what, stated) = error.unwrap_or_else(|| panic!("{name} {maximum} was not reached"));
        assert!(what.contains(name), "{what} for {name}");
        assert!(stated <= maximum as u64, "{name}: {stated}");
    }
}

#[test]
fn travellers_beyond_the_limit_are_left_out_by_name() {
    let mut limits = Limits::default();
    limits.persons = 2;
    let input = message("TIF+MAES+JAN:A:2'TIF+MAES+PIET:A:3'");
    let (records, error) = read(&input, limits);
    assert_eq!(error, None);
    let record = &records[0];
    let booking = record.booking.as_ref().expect("a booking");
    assert_eq!(booking.passengers.len(), 2);
    let codes = record.diagnostics.iter().map(|doubt| doubt.code);
    assert_eq!(
        codes.filter(|code| *code == Code::TooManyPersons).count(),
        1
    );
}

/// A megabyte of data without a field: one diagnostic each would take a hundred times as much.
#[test]
fn diagnostics_do_not_fill_the_memory() {
    let input = message(&format!("XXX{}'", "+A:A".repeat(10_000)).repeat(20));
    for most in [100_000, 5] {
        let mut limits = Limits::default();
        limits.diagnostics = most;
        let (records, error) = read(&input, limits);
        assert_eq!(error, None);
        let last = records[0].diagnostics.last().expect("there are some");
        assert_eq!(records[0].diagnostics.len(), most + 1);
        assert_eq!(last.code, Code::TooManyDiagnostics);
        assert_eq!(records[0].data.unmapped, 400_000, "the account is whole");
    }
}
