//! Truncations, mutations, input made to be slow, and the limits.

use super::whole::{own_samples, streamed};
use super::*;

#[test]
fn truncation_at_every_byte_and_mutations_do_not_panic() {
    let mut seed = 0x2545_F491_4F6C_DD1Du64;
    let mut roll = |sides: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % sides as u64) as usize
    };
    for path in own_samples() {
        let input = std::fs::read(&path).unwrap();
        let (mut batches, mut changed) = (0, input.clone());
        for end in 0..input.len() {
            batches += streamed(&input[..end], end.max(1)).len();
        }
        assert!(batches > input.len(), "most prefixes hold segments");
        for _ in 0..2_000 {
            changed.clone_from(&input);
            for _ in 0..=roll(4) {
                let at = roll(changed.len());
                changed[at] = *b"+:'?*\n \x92\xE2A1UNBZ".get(roll(15)).unwrap();
            }
            streamed(&changed, changed.len());
        }
    }
}

fn timed(input: &[u8]) -> (f64, Result<Scanned, LimitReached>) {
    let limits = Limits {
        segment_bytes: usize::MAX,
        component_bytes: usize::MAX,
        segments: usize::MAX,
        ..Limits::default()
    };
    let once = |scanner: &mut Scanner| {
        let clock = Instant::now();
        let scanned = scanner.scan(input, 0, &Delimiters::DEFAULT, &limits, true, |_, _| false);
        (clock.elapsed().as_secs_f64(), scanned)
    };
    let mut scanner = Scanner::new();
    let runs = [(); 3].map(|()| once(&mut scanner));
    runs.into_iter().min_by(|a, b| a.0.total_cmp(&b.0)).unwrap()
}

#[test]
fn hostile_input_takes_linear_time() {
    for unit in [
        "'",
        "?",
        "+",
        ":",
        "?'",
        "A",
        "\n",
        "/*",
        "/*'",
        "UNA",
        "' '",
        "LTS+A'",
        "IFT+'B",
        "RPI+1+HK",
        "A\u{2019}\nRFF+",
        "TIF+O'",
        "EQN+2EQN+",
        "UNB+",
        "UNA:+.?*'",
    ] {
        let times =
            [100_000, 400_000].map(|bytes| timed(unit.repeat(bytes / unit.len()).as_bytes()).0);
        assert!(times[1] < 16.0 * times[0] + 0.05, "{unit:?}: {times:?}");
        let junk = unit.repeat(400_000 / unit.len());
        let clock = Instant::now();
        find_interchange(junk.as_bytes(), 0, true);
        assert!(clock.elapsed().as_secs_f64() < 5.0, "{unit:?}");
    }
}

#[test]
fn a_million_terminators_are_one_problem() {
    let input = vec![b'\''; 1_000_000];
    let (scanner, used) = scan_all(&input, 0, &Delimiters::DEFAULT);
    assert_eq!(used, input.len());
    let run = Problem {
        kind: ProblemKind::EmptySegment,
        segment: 0,
        offset: 0,
        len: input.len(),
    };
    assert_eq!(scanner.problems(), [run]);
}

/// Places are numbers of sixteen bits, whatever the limits are.
#[test]
fn more_places_than_there_are_numbers_are_an_error() {
    for separator in ["+", ":"] {
        let input = format!("SRC'FTX+A{}'SRC'", separator.repeat(70_000));
        let mut scanner = Scanner::new();
        let limits = Limits::default();
        let stop = |_, _| false;
        let scanned = scanner.scan(
            input.as_bytes(),
            0,
            &Delimiters::DEFAULT,
            &limits,
            true,
            stop,
        );
        let error = LimitReached {
            limit: Limit::Positions,
            offset: 4,
            maximum: 65_535,
        };
        assert_eq!(scanned, Err(error), "{separator}");
    }
}

#[test]
fn limits_are_errors_with_a_place_for_every_cutting() {
    let limits = Limits {
        segment_bytes: 100,
        component_bytes: 50,
        segments: 3,
        scan_bytes: 200,
    };
    let long = "A".repeat(60);
    let rows = [
        (
            format!("SRC'FTX+{long}'SRC'"),
            LimitReached {
                limit: Limit::ComponentBytes,
                offset: 8,
                maximum: 50,
            },
        ),
        (
            format!("SRC'FTX{}'", "+AAAA".repeat(30)),
            LimitReached {
                limit: Limit::SegmentBytes,
                offset: 4,
                maximum: 100,
            },
        ),
        (
            "SRC'".repeat(9),
            LimitReached {
                limit: Limit::Segments,
                offset: 12,
                maximum: 3,
            },
        ),
        (
            " ".repeat(300),
            LimitReached {
                limit: Limit::ScanBytes,
                offset: 0,
                maximum: 200,
            },
        ),
    ];
    for (input, error) in rows {
        let input = input.as_bytes();
        let mut scanner = Scanner::new();
        for end in 1..=input.len() {
            let scanned = scanner.scan(
                &input[..end],
                0,
                &Delimiters::DEFAULT,
                &limits,
                end == input.len(),
                |_, _| false,
            );
            match scanned {
                Ok(Scanned::More) => assert!(end < input.len(), "{error}"),
                other => {
                    assert_eq!(other, Err(error));
                    break;
                }
            }
        }
    }
    let wide = format!("FTX{}A'", "+".repeat(70_000));
    let scanned = Scanner::new().scan(
        wide.as_bytes(),
        0,
        &Delimiters::DEFAULT,
        &Limits::default(),
        true,
        |_, _| false,
    );
    assert_eq!(
        scanned,
        Err(LimitReached {
            limit: Limit::Positions,
            offset: 0,
            maximum: 65_535
        })
    );
    assert_eq!(
        scanned.unwrap_err().to_string(),
        "more than 65535 positions of a segment at byte 0"
    );
}
