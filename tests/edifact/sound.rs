//! Sound segments, delimiters, junk, and where an interchange starts and ends.

use super::*;

#[test]
fn sound_segments_keep_the_places_of_the_standard() {
    check(&[
        (
            "empty components are counted",
            b"TVL+280513:2225::0750+SIN++XX'",
            &["TVL 1.1=280513 1.2=2225 1.4=0750 2.1=SIN 4.1=XX"],
            &[],
        ),
        ("no elements", b"SRC'DAT'", &["SRC", "DAT"], &[]),
        (
            "elided and trailing separators",
            b"LOC+91+'DOC++'UNG+D:03B:'",
            &["LOC 1.1=91", "DOC", "UNG 1.1=D 1.2=03B"],
            &[],
        ),
        (
            "explicit nesting inside the tag",
            b"TAG:1:2+X'",
            &["TAG 0.1=1 0.2=2 1.1=X"],
            &[],
        ),
        (
            "blank components are no data",
            b"FTX+ +\t:\r\n+A'",
            &["FTX 3.1=A"],
            &[],
        ),
        (
            "release",
            b"NAD+O?'LEARY?+??+A?:B?C'",
            &["NAD 1.1=O'LEARY+? 2.1=A:BC"],
            &[],
        ),
        (
            "release across a line break",
            b"NAD+O?\r\n'LEARY'",
            &["NAD 1.1=O'LEARY"],
            &[],
        ),
        (
            "row 10: an even number of releases ends the segment",
            b"FTX+VALUE??'NXT+1'",
            &["FTX 1.1=VALUE?", "NXT 1.1=1"],
            &[],
        ),
        (
            "row 4: repetitions are text",
            b"LTS+LK *1A/E*/KE'",
            &["LTS 1.1=LK *1A/E*/KE"],
            &[],
        ),
        (
            "row 11: tags inside words",
            b"IFT+DISCOUNT'UNT+2+1'",
            &["IFT 1.1=DISCOUNT", "UNT 1.1=2 2.1=1"],
            &[],
        ),
        (
            "row 13: a blank before the separator",
            b"UNG +PAXLST'UNT \r\n'",
            &["UNG 1.1=PAXLST", "UNT"],
            &[],
        ),
        (
            "row 23: a tag in lower case",
            b"tvl+a'",
            &["TVL 1.1=a"],
            &[],
        ),
        (
            "row 62: an empty element is a place",
            b"SSR+SEAT:HK:1:XX:::FRA:IAD++23K::1'",
            &["SSR 1.1=SEAT 1.2=HK 1.3=1 1.4=XX 1.7=FRA 1.8=IAD 3.1=23K 3.3=1"],
            &[],
        ),
    ]);
}

#[test]
fn line_breaks_between_segments_and_inside_them() {
    check(&[
        (
            "row 5: white space between segments",
            b"SRC'\r\n\r\n \tRCI+A' DAT+1'\x03\n",
            &["SRC", "RCI 1.1=A", "DAT 1.1=1"],
            &[],
        ),
        (
            "row 6: inside values",
            b"UNH+SIN201305\n28'NAD+VANDEN\r\n  BERG'",
            &["UNH 1.1=SIN20130528", "NAD 1.1=VANDENBERG"],
            &[],
        ),
        (
            "inside tags",
            b"U\nNH+1'NAD\r\n+MS'TV\r\nL+2'",
            &["UNH 1.1=1", "NAD 1.1=MS", "TVL 1.1=2"],
            &[],
        ),
        (
            "before a separator",
            b"TDT+20\n+A\n:B'",
            &["TDT 1.1=20 2.1=A 2.2=B"],
            &[],
        ),
    ]);
}

#[test]
fn text_keeps_a_blank_where_a_line_ended_early() {
    let wide = format!("\nIFT+4:28+{}\nREST'", "WIDE LINE ".repeat(6));
    let rows: [(&str, &str); 4] = [
        ("SRC'\nLTS+14/SSR DOCSSQHK1\nP/KR'", "14/SSR DOCSSQHK1 P/KR"),
        ("SRC'\nLTS+A \n B'", "A  B"),
        ("SRC'\nLTS+A?\n'B\n'", "A'B"),
        (&wide, &format!("{}REST", "WIDE LINE ".repeat(6))),
    ];
    for (input, text) in rows {
        let (scanner, _) = scan_all(input.as_bytes(), 0, &Delimiters::DEFAULT);
        let segments = scanner.segments(input.as_bytes(), Charset::Ascii, &Delimiters::DEFAULT);
        let segment = segments.iter().last().unwrap();
        let last = segment.components().last().unwrap();
        assert!(last.needs_cleaning());
        assert_eq!(last.text(), text);
    }
}

#[test]
fn values_are_borrowed_unless_something_stood_in_them() {
    let input = b"NAD+PLAIN+RE?+LEASED'";
    let (scanner, _) = scan_all(input, 0, &Delimiters::DEFAULT);
    let segments = scanner.segments(input, Charset::Ascii, &Delimiters::DEFAULT);
    let segment = segments.get(0).unwrap();
    let [plain, released] = [1, 2].map(|element| segment.find(element, 1, &mut 0).unwrap());
    assert!(matches!(plain.text(), std::borrow::Cow::Borrowed("PLAIN")));
    assert_eq!(released.text(), "RE+LEASED");
    assert_eq!(
        (released.offset(), released.len(), released.raw()),
        (10, 10, &b"RE?+LEASED"[..])
    );
    assert_eq!((plain.index(), released.index()), (0, 1));
}

#[test]
fn segments_tell_how_many_are_left_and_show_no_text() {
    let input = b"NAD+SECRETNAME'DTM+1'LOC+2'";
    let (scanner, _) = scan_all(input, 0, &Delimiters::DEFAULT);
    let segments = scanner.segments(input, Charset::Ascii, &Delimiters::DEFAULT);
    let mut left = segments.iter();
    for count in (0..=3).rev() {
        assert_eq!(
            (left.len(), left.size_hint()),
            (count, (count, Some(count)))
        );
        left.next();
    }
    let segment = segments.get(0).expect("a segment");
    assert!(!segment.is_empty());
    let shown = format!("{segment:?}");
    assert!(
        shown.contains("bytes: 27") && !shown.contains("SECRET"),
        "{shown}"
    );
}

#[test]
fn delimiters_come_from_una_or_unb() {
    let text = |start: &Start| {
        let d = start.delimiters;
        let shown = [
            d.component,
            d.element,
            d.release.unwrap_or(b' '),
            d.terminator,
        ];
        String::from_utf8_lossy(&shown).into_owned()
    };
    let rows: [(&str, &[u8], usize, &str, bool); 19] = [
        (
            "row 1: no UNA",
            b"UNB+IATA:1+XX+UTO'UNH+1'",
            0,
            ":+?'",
            false,
        ),
        (
            "row 1: other separators without UNA",
            b"UNB*UNOA#4*XX*UTO$UNH*1$",
            0,
            "#*?$",
            false,
        ),
        (
            "row 2: other separators",
            b"UNA:-.? *UNB-IATA:1-XX*UNH-1*",
            9,
            ":-?*",
            false,
        ),
        (
            "row 2: every one another",
            b"UNA!@#$ ^UNB@IATA!1@XX^UNH@1^",
            9,
            "!@$^",
            false,
        ),
        (
            "row 2: of a telex repertoire",
            b"UNA:(.) -UNB(UNOA:4(XX-UNH(1-",
            9,
            ":()-",
            false,
        ),
        (
            "no release character",
            b"UNA:+.  'UNB+UNOA:4+XX'UNH+1'",
            9,
            ":+ '",
            false,
        ),
        (
            "row 3: a backslash is honoured",
            b"UNA:+.\\*'\nUNB+IATA:1+XX'UNH+1'",
            10,
            ":+\\'",
            false,
        ),
        (
            "row 3: blanks and breaks before UNB",
            b"UNA:+.?*' \r\n UNB+IATA:1+XX'UNH+1'",
            13,
            ":+?'",
            false,
        ),
        (
            "row 3: five characters",
            b"UNA:+\\*'\nUNB+IATA:1+XX'UNH+1'",
            9,
            ":+\\'",
            true,
        ),
        (
            "row 3: four characters",
            b"UNA:+?'UNB+IATA:1+XX'UNH+1'",
            7,
            ":+?'",
            true,
        ),
        (
            "row 3: a letter among them",
            b"UNA:+.?A'UNB+IATA:1+XX'UNH+1'",
            9,
            ":+?'",
            true,
        ),
        (
            "row 3: two are equal",
            b"UNA:+.++'UNB+IATA:1+XX'UNH+1'",
            9,
            ":+?'",
            true,
        ),
        (
            "row 3: a typographic terminator",
            b"UNA:+.?*\xE2\x80\x99UNB+IATA:1+XX'UNH+1'",
            11,
            ":+?'",
            true,
        ),
        (
            "row 3: the terminator does not occur",
            b"UNA:+.?*#UNB+IATA:1+XX'UNH+1'",
            9,
            ":+?'",
            true,
        ),
        (
            "no terminator before the segment that follows",
            b"UNB+IATA:1+XX+UTO+1\nUNH+1'",
            0,
            ":+?'",
            false,
        ),
        (
            "a sign between the terminator and the segment that follows",
            b"UNB+IATA:1+XX+UTO+1'#UNH+1'",
            0,
            ":+?'",
            false,
        ),
        (
            "no segment follows",
            b"UNB+IATA:1+XX+UTO+1#",
            0,
            ":+?'",
            false,
        ),
        (
            "an element ends where no terminator stands",
            b"UNB+IATA:1+XX+UTO+UNH+1'",
            0,
            ":+?'",
            false,
        ),
        (
            "row 3: other separators than UNB",
            b"UNA:-.?*'UNB+IATA:1+XX'UNH+1'",
            9,
            ":+?'",
            true,
        ),
    ];
    for (what, input, unb, delimiters, doubted) in rows {
        let start = starts(input);
        assert_eq!(
            (start.unb, text(&start).as_str()),
            (unb, delimiters),
            "{what}"
        );
        let kinds: Vec<_> = start.problems.iter().map(|p| p.kind).collect();
        assert_eq!(
            kinds,
            if doubted {
                vec![ProblemKind::UnaInvalid]
            } else {
                vec![]
            },
            "{what}"
        );
    }
    // What is doubted is the advice alone, wherever it stands.
    for junk in ["", "]\r\n"] {
        let input = format!("{junk}UNA:-.?*'UNB+IATA:1+XX'UNH+1'");
        let problem = Problem {
            kind: ProblemKind::UnaInvalid,
            segment: 0,
            offset: junk.len(),
            len: 9,
        };
        assert_eq!(starts(input.as_bytes()).problems, [problem], "{junk:?}");
    }
}

#[test]
fn junk_before_and_after_is_passed_over() {
    let heads: [&[u8]; 8] = [
        b"\xEF\xBB\xBF",
        b"\x01QP UTOXXXX\r\n.UTOXXXX 130631\r\n\x02",
        b"2026-01-01 MQ: Message body [",
        b"From: a@example.org\r\nSubject: UNB and UNA:+ list\r\n\r\n",
        b"UNA UNB+XY+UNAUNB ",
        b"UNBUNBUNA:+.?*'",
        b"DISCOUNB ",
        b"",
    ];
    for head in heads {
        let body: &[u8] = b"UNA:+.?*'UNB+IATA:1+XX'UNZ+1+7'";
        let input = [head, body, b"]\r\n27AUG21 0031Z don't reply"].concat();
        let start = starts(&input);
        let name = String::from_utf8_lossy(head);
        assert_eq!(
            (start.una.is_some(), start.unb),
            (true, head.len() + 9),
            "{name}"
        );
        let read = read_from(&input, start.unb, &start.delimiters);
        assert_eq!(
            shown(&read.segments),
            ["UNB 1.1=IATA 1.2=1 2.1=XX", "UNZ 1.1=1 2.1=7"],
            "{name}"
        );
        assert_eq!(
            (read.used, read.kinds),
            (head.len() + body.len(), vec![]),
            "{name}"
        );
        assert_eq!(
            find_interchange(&input, read.used, true),
            Search::None,
            "{name}"
        );
    }
}

#[test]
fn several_interchanges_with_delimiters_of_their_own() {
    let input =
        b"UNB+IATA:1+XX'UNZ+1+1'\nUNA:*.? #\nUNB*UNOA:4*YY#SRC#UNB*UNOA:4*ZZ#UNH*1#UNZ*1*3#";
    let mut at = 0;
    let mut senders = Vec::new();
    while let Search::Found(start) = find_interchange(input, at, true) {
        let mut scanner = Scanner::new();
        let stop = |index, tag| index > 0 && tag == Tag::new(b"UNB");
        let scanned = scanner.scan(
            input,
            start.unb,
            &start.delimiters,
            &Limits::default(),
            true,
            stop,
        );
        let Ok(Scanned::Complete { used }) = scanned else {
            panic!()
        };
        senders.push(
            segments_of(&scanner, input, &start.delimiters)[0].1[2]
                .2
                .clone(),
        );
        at = used;
    }
    // The third has no UNA and is announced by UNB alone.
    assert_eq!(senders, ["XX", "YY", "ZZ"]);
}

#[test]
fn the_end_of_an_interchange_is_found_without_its_terminator() {
    use ProblemKind::{TerminatorMissing, TerminatorTypographic};
    let rows: [(&str, &[u8], usize, &[ProblemKind]); 8] = [
        (
            "row 17: end of input",
            b"UNZ+1+0003",
            10,
            &[TerminatorMissing],
        ),
        (
            "row 17: and a line break",
            b"UNZ+1+0003\r\n",
            10,
            &[TerminatorMissing],
        ),
        (
            "prose after it",
            b"UNZ+1+0003\n\nModify above.",
            10,
            &[TerminatorMissing],
        ),
        (
            "prose with an apostrophe",
            b"UNZ+1+0003\nIt's over now.",
            10,
            &[TerminatorMissing],
        ),
        (
            "another interchange",
            b"UNZ+1+0003\nUNA:+.? 'UNB+UNOA:4+X'",
            10,
            &[TerminatorMissing],
        ),
        (
            "a typographic terminator",
            "UNZ+1+0003\u{2019}\n".as_bytes(),
            13,
            &[TerminatorTypographic],
        ),
        ("a wrapped reference", b"UNZ+1+00\n03'", 12, &[]),
        ("a sound one", b"UNZ+1+0003'\n]", 11, &[]),
    ];
    for (what, input, used, kinds) in rows {
        let read = read(input);
        assert_eq!(shown(&read.segments), ["UNZ 1.1=1 2.1=0003"], "{what}");
        assert_eq!((read.used, read.kinds.as_slice()), (used, kinds), "{what}");
    }
    let released = read(b"UNZ+1+A?+B?:C'");
    assert_eq!(shown(&released.segments), ["UNZ 1.1=1 2.1=A+B:C"]);
}
