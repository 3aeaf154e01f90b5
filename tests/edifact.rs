//! The EDIFACT syntax layer: deviations of the field, a naive scanner beside the fast one, every
//! way of cutting the input, hostile input.

use std::path::{Path, PathBuf};
use std::time::Instant;

use paxnorm::edifact::{
    Charset, Delimiters, Limit, LimitReached, Limits, Problem, ProblemKind, Scanned, Scanner,
    Search, Start, Tag, find_interchange,
};
use proptest::prelude::*;

/// A segment as the tests write it: the tag (of a fragment the bytes before it end), and the
/// places and texts of its data.
type Seg = (String, Vec<(u16, u16, String)>);

struct Read {
    segments: Vec<Seg>,
    kinds: Vec<ProblemKind>,
    used: usize,
}

fn starts(input: &[u8]) -> Start {
    match find_interchange(input, 0, true) {
        Search::Found(start) => start,
        other => panic!(
            "no interchange in {:?}: {other:?}",
            String::from_utf8_lossy(input)
        ),
    }
}

fn scan_all(input: &[u8], from: usize, delimiters: &Delimiters) -> (Scanner, usize) {
    let mut scanner = Scanner::new();
    let scanned = scanner.scan(input, from, delimiters, &Limits::default(), true, |_, _| {
        false
    });
    let Ok(Scanned::Complete { used }) = scanned else {
        panic!("{scanned:?}")
    };
    (scanner, used)
}

fn segments_of(scanner: &Scanner, input: &[u8], delimiters: &Delimiters) -> Vec<Seg> {
    let segments = scanner.segments(input, Charset::Ascii, delimiters);
    let one = |segment: paxnorm::edifact::Segment<'_>| {
        let data = segment
            .components()
            .map(|c| (c.element(), c.component(), c.code().into_owned()));
        (segment.tag().to_string(), data.collect())
    };
    segments.iter().map(one).collect()
}

/// Segments from `input`, which needs no envelope, with the default service characters.
fn read(input: &[u8]) -> Read {
    read_from(input, 0, &Delimiters::DEFAULT)
}

fn read_from(input: &[u8], from: usize, delimiters: &Delimiters) -> Read {
    let (scanner, used) = scan_all(input, from, delimiters);
    let kinds = scanner.problems().iter().map(|p| p.kind).collect();
    Read {
        segments: segments_of(&scanner, input, delimiters),
        kinds,
        used,
    }
}

/// `TVL 1.1=280513 2.1=SIN` for each segment.
fn shown(segments: &[Seg]) -> Vec<String> {
    let one = |(tag, data): &Seg| {
        let data: String = data
            .iter()
            .map(|(e, c, text)| format!(" {e}.{c}={text}"))
            .collect();
        format!("{tag}{data}")
    };
    segments.iter().map(one).collect()
}

/// Each row: what it is, the input, the segments, the problems.
type Row<'a> = (&'a str, &'a [u8], &'a [&'a str], &'a [ProblemKind]);

fn check(rows: &[Row<'_>]) {
    for (what, input, segments, problems) in rows {
        let read = read(input);
        assert_eq!(shown(&read.segments), *segments, "{what}");
        assert_eq!(read.kinds, *problems, "{what}");
    }
}

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
        let last = segments.iter().last().unwrap().components().last().unwrap();
        assert!(last.needs_cleaning());
        assert_eq!(last.text(), text);
    }
}

#[test]
fn values_are_borrowed_unless_something_stood_in_them() {
    let input = b"NAD+PLAIN+RE?+LEASED'";
    let (scanner, _) = scan_all(input, 0, &Delimiters::DEFAULT);
    let segments = scanner.segments(input, Charset::Ascii, &Delimiters::DEFAULT);
    let [plain, released] =
        [1, 2].map(|element| segments.get(0).unwrap().find(element, 1, &mut 0).unwrap());
    assert!(matches!(plain.text(), std::borrow::Cow::Borrowed("PLAIN")));
    assert_eq!(released.text(), "RE+LEASED");
    assert_eq!(
        (released.offset(), released.len(), released.raw()),
        (10, 10, &b"RE?+LEASED"[..])
    );
    assert_eq!((plain.index(), released.index()), (0, 1));
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
    let rows: [(&str, &[u8], usize, &str, bool); 15] = [
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
}

#[test]
fn typographic_terminators_are_read_where_a_tag_follows() {
    use ProblemKind::TerminatorTypographic;
    check(&[
        (
            "row 8: UTF-8",
            "RCI+OZ:2OX5VV\u{2019}\nTVL+++++752:D'".as_bytes(),
            &["RCI 1.1=OZ 1.2=2OX5VV", "TVL 5.1=752 5.2=D"],
            &[TerminatorTypographic],
        ),
        (
            "row 8: windows-1252",
            b"RCI+OZ:2OX5VV\x92 \nDAT+1'",
            &["RCI 1.1=OZ 1.2=2OX5VV", "DAT 1.1=1"],
            &[TerminatorTypographic],
        ),
        (
            "row 8: before an empty segment",
            "RCI+A+++\u{2019}\nSRC'RCI+B'".as_bytes(),
            &["RCI 1.1=A", "SRC", "RCI 1.1=B"],
            &[TerminatorTypographic],
        ),
        (
            "row 8: twice",
            "RFF+A\u{2019}\nRFF+B\u{2019}\nRFF+C'".as_bytes(),
            &["RFF 1.1=A", "RFF 1.1=B", "RFF 1.1=C"],
            &[TerminatorTypographic; 2],
        ),
        (
            "in a name",
            "TIF+O\u{2019}DEA+PAT'".as_bytes(),
            &["TIF 1.1=O\u{2019}DEA 2.1=PAT"],
            &[],
        ),
        (
            "without white space",
            "FTX+A\u{2019}TVL+B'".as_bytes(),
            &["FTX 1.1=A\u{2019}TVL 2.1=B"],
            &[],
        ),
        (
            "before a word that is no tag",
            "IFT+L\u{2019} EAU+B'".as_bytes(),
            &["IFT 1.1=L\u{2019} EAU 2.1=B"],
            &[],
        ),
    ]);
}

#[test]
fn unreleased_terminators_in_text_are_text() {
    use ProblemKind::{Fragment, TerminatorInData};
    check(&[
        (
            "row 9: O'DEA is one name",
            b"TIF+O'DEA+PAT'SRC'",
            &["TIF 1.1=O'DEA 2.1=PAT", "SRC"],
            &[TerminatorInData],
        ),
        (
            "row 9: longer than a tag",
            b"TIF+O'NEAL:I+PAT'SRC'",
            &["TIF 1.1=O'NEAL 1.2=I 2.1=PAT", "SRC"],
            &[TerminatorInData],
        ),
        (
            "row 9: given names",
            b"TIF+ROE+D'ARCY MR:A:1'SRC'",
            &["TIF 1.1=ROE 2.1=D'ARCY MR 2.2=A 2.3=1", "SRC"],
            &[TerminatorInData],
        ),
        (
            "row 9: SSR text",
            b"SSR+OTHS:HK:1:XX:::::IT'S FINE'SRC'",
            &["SSR 1.1=OTHS 1.2=HK 1.3=1 1.4=XX 1.9=IT'S FINE", "SRC"],
            &[TerminatorInData],
        ),
        (
            "row 9: IFT, ADD, LTS",
            b"IFT+4:28+IT'S OK'ADD++700:O'HARA RD'LTS+JO'HN'SRC'",
            &[
                "IFT 1.1=4 1.2=28 2.1=IT'S OK",
                "ADD 2.1=700 2.2=O'HARA RD",
                "LTS 1.1=JO",
                "HN'",
                "SRC",
            ],
            &[TerminatorInData, TerminatorInData, Fragment],
        ),
        (
            "not before a known tag",
            b"TIF+O'DAT+PAT'",
            &["TIF 1.1=O", "DAT 1.1=PAT"],
            &[],
        ),
        (
            "not where codes stand",
            b"RCI+XX:AB'CDEF+1'",
            &["RCI 1.1=XX 1.2=AB", "CDE 1.1=1"],
            &[Fragment],
        ),
        (
            "not at the end of a line",
            b"IFT+4:28+TEXT'\nXYZ+1'",
            &["IFT 1.1=4 1.2=28 2.1=TEXT", "XYZ 1.1=1"],
            &[],
        ),
    ]);
}

#[test]
fn fragments_are_kept_apart_and_their_data_counted() {
    use ProblemKind::{EmptySegment, Fragment};
    check(&[
        (
            "row 18: a cut LTS",
            b"LTS+A'\nL'\nLT'UNT+2+1'",
            &["LTS 1.1=A", "L'\n", "LT'", "UNT 1.1=2 2.1=1"],
            &[Fragment; 2],
        ),
        (
            "row 41: two letters",
            b"FT+4:15+X'SRC'",
            &["FT+ 1.1=4 1.2=15 2.1=X", "SRC"],
            &[Fragment],
        ),
        (
            "row 41: a blank in the tag",
            b"S C+1'SRC'",
            &["S C 1.1=1", "SRC"],
            &[Fragment],
        ),
        (
            "row 41: an unknown tag is a segment",
            b"XYZ+1'",
            &["XYZ 1.1=1"],
            &[],
        ),
        (
            "row 21: comments",
            b"SRC'/* one */\n/*two*/RCI+A'",
            &["SRC", "/* ", "/*t", "RCI 1.1=A"],
            &[Fragment; 2],
        ),
        (
            "nothing between terminators",
            b"SRC'' \n''RCI+A'",
            &["SRC", "RCI 1.1=A"],
            &[EmptySegment],
        ),
    ]);
    let input = b"SRC'/* one */RCI+A'";
    let (scanner, _) = scan_all(input, 0, &Delimiters::DEFAULT);
    let problem = Problem {
        kind: Fragment,
        segment: 1,
        offset: 4,
        len: 9,
    };
    assert_eq!(scanner.problems(), [problem]);
    let segments = scanner.segments(input, Charset::Ascii, &Delimiters::DEFAULT);
    assert!(
        segments
            .get(1)
            .is_some_and(|s| s.is_fragment() && s.raw() == b"/* one */")
    );
    assert!(segments.get(0).is_some_and(|s| !s.is_fragment()));
}

#[test]
fn glued_segments_are_separated_only_where_it_is_certain() {
    use ProblemKind::Fused;
    check(&[
        (
            "row 36: IFT to RPI",
            b"RPI+1+HKIFT+4:19+GN FROM'",
            &["RPI 1.1=1 2.1=HK", "IFT 1.1=4 1.2=19 2.1=GN FROM"],
            &[Fused],
        ),
        (
            "row 36: TIF to ORG",
            b"ORG+1A:MUC+1:S+NCE+SQ:NCE+A+SG+HJ+CF+9TIF+KIM:I+KONG:A:3'",
            &[
                "ORG 1.1=1A 1.2=MUC 2.1=1 2.2=S 3.1=NCE 4.1=SQ 4.2=NCE 5.1=A 6.1=SG 7.1=HJ 8.1=CF 9.1=9",
                "TIF 1.1=KIM 1.2=I 2.1=KONG 2.2=A 2.3=3",
            ],
            &[Fused],
        ),
        (
            "row 36: a number before",
            b"EQN+2TVL+280513:2225:290513:0750+SIN'",
            &[
                "EQN 1.1=2",
                "TVL 1.1=280513 1.2=2225 1.3=290513 1.4=0750 2.1=SIN",
            ],
            &[Fused],
        ),
        (
            "row 36: two in a row",
            b"RPI+1+HKRPI+2+HKIFT+4:19+X'",
            &[
                "RPI 1.1=1 2.1=HK",
                "RPI 1.1=2 2.1=HK",
                "IFT 1.1=4 1.2=19 2.1=X",
            ],
            &[Fused; 2],
        ),
        (
            "no composite of the tag follows",
            b"RPI+1+HKIFT+X:19+GN'",
            &["RPI 1.1=1 2.1=HKIFT 3.1=X 3.2=19 4.1=GN"],
            &[],
        ),
        (
            "not a code before it",
            b"ORG+1A:MUC+LONG AGENCYTIF+KIM:I+KO'",
            &["ORG 1.1=1A 1.2=MUC 2.1=LONG AGENCYTIF 3.1=KIM 3.2=I 4.1=KO"],
            &[],
        ),
        (
            "SSD and ABI are not glued",
            b"SSD+XXX++++Y'ABI+4++++TZ'",
            &["SSD 1.1=XXX 5.1=Y", "ABI 1.1=4 5.1=TZ"],
            &[],
        ),
    ]);
}

#[test]
fn surnames_that_end_in_tags_are_never_split() {
    let surnames = "SIMON GEORG SOLDAT JAFAR KHAFAR LEMON SALMON GORGORG CHORG HAMSG SOREF BREF TREF AZRCI DARCI SORCI \
        GRASSR MASSR HIFT SWIFT LIFT VAUTIF MOTIF GATIF NATIF MARTRI DIMITRI PETRI AHMADDAT STRAPD HARPI";
    let surnames: Vec<_> = surnames.split_whitespace().collect();
    assert!(surnames.len() >= 30);
    for name in surnames {
        for segment in [
            format!("TIF+{name}:I+KONG:A:3"),
            format!("TIF+{name}+4:19"),
            format!("IFT+4:28+{name}+4:19+KIM:I"),
            format!("LTS+{name}+KIM:I+KONG"),
            format!("ADD++700:{name}+KIM:I+KONG"),
            format!("SSR+DOCS:HK:1:SQ:::::{name}+KIM:I+KONG"),
            format!("NAD+FL+++{name}+KIM:I+KONG"),
        ] {
            let read = read(format!("{segment}'").as_bytes());
            assert_eq!((read.segments.len(), read.kinds.len()), (1, 0), "{segment}");
        }
    }
}

#[test]
fn a_message_cut_off_ends_where_another_interchange_begins() {
    check(&[(
        "row 19",
        b"SSR+DOCS:HK\nUNB+UNOA:4+XX'UNH+1'",
        &[
            "SSR 1.1=DOCS 1.2=HK",
            "UNB 1.1=UNOA 1.2=4 2.1=XX",
            "UNH 1.1=1",
        ],
        &[ProblemKind::TerminatorMissing],
    )]);
    check(&[
        (
            "row 19: without trailer",
            b"SRC'RCI+XX:AB\n",
            &["SRC", "RCI 1.1=XX 1.2=AB"],
            &[ProblemKind::TerminatorMissing],
        ),
        (
            "a release at the end",
            b"RCI+XX?",
            &["RCI 1.1=XX"],
            &[ProblemKind::ReleaseAtEnd, ProblemKind::TerminatorMissing],
        ),
    ]);
}

#[test]
fn character_sets_follow_the_syntax_identifier_and_never_fail() {
    let rows: [(&str, &[u8], &str, bool); 15] = [
        ("UNOA", b"\xC9RIC\x92S", "ÉRIC\u{2019}S", true),
        ("IATA", "É".as_bytes(), "É", true),
        ("IATB", b"A", "A", false),
        ("SIRE", b"\x80", "€", true),
        ("XXXX", b"\xE9", "é", true),
        ("UNOC", b"\xE9", "é", false),
        ("UNOD", b"\xA3\xF3d\xBC", "Łódź", false),
        ("UNOE", b"\xB8\xD2", "Ив", false),
        ("UNOF", b"\xD9", "Ω", false),
        ("UNOI", b"\xE5", "م", false),
        ("UNOJ", b"\xF9", "ש", false),
        ("UNOK", b"\xDE\xFD", "Şı", false),
        ("UNOL", b"\xA4", "€", false),
        ("UNOW", "Ł".as_bytes(), "Ł", false),
        ("UNOI", b"\xA1", "\u{FFFD}", false),
    ];
    for (id, bytes, text, falls_back) in rows {
        let charset = Charset::from_syntax_id(id);
        assert_eq!(
            (charset.decode(bytes).as_ref(), charset.falls_back(bytes)),
            (text, falls_back),
            "{id}"
        );
    }
}

#[test]
fn places_are_found_in_any_order() {
    let input = b"TIF+A:B::C++D+E:::F'";
    let (scanner, _) = scan_all(input, 0, &Delimiters::DEFAULT);
    let segment = scanner
        .segments(input, Charset::Ascii, &Delimiters::DEFAULT)
        .get(0)
        .unwrap();
    assert_eq!((segment.count(), segment.last_element()), (6, 4));
    let mut hint = 0;
    for _ in 0..2 {
        for (place, component) in segment.components().enumerate() {
            let found = segment
                .find(component.element(), component.component(), &mut hint)
                .unwrap();
            assert_eq!((found.offset(), hint), (component.offset(), place));
        }
        assert!(segment.find(2, 1, &mut hint).is_none());
    }
    assert!(segment.find(9, 1, &mut hint).is_none());
    assert!(segment.find(4, 4, &mut hint).is_some());
}

/// Forty lines that know nothing of masks, blocks and repairs: tag and number of data of each
/// segment that has a tag of three letters.
fn oracle(input: &[u8], from: usize, d: &Delimiters) -> Vec<(String, Vec<(u32, u32)>)> {
    let (mut segments, mut at) = (Vec::new(), from);
    loop {
        while input.get(at).is_some_and(|b| *b <= b' ') {
            at += 1;
        }
        if at >= input.len() {
            return segments;
        }
        let (mut tag, mut data, mut place, mut solid, mut released) =
            (Vec::new(), Vec::new(), (0, 0), false, false);
        loop {
            let byte = input.get(at).copied();
            at += 1;
            match byte {
                Some(b) if released && !matches!(b, b'\r' | b'\n') => {
                    (released, solid) = (false, true)
                }
                Some(b) if Some(b) == d.release => (released, solid) = (true, true),
                Some(b) if b != d.terminator && b != d.element && b != d.component => {
                    solid |= b > b' ';
                    if place == (0, 0) && b > b' ' {
                        tag.push(b);
                    }
                }
                cut => {
                    if solid && place != (0, 0) {
                        data.push(place);
                    }
                    solid = false;
                    place = if cut == Some(d.element) {
                        (place.0 + 1, 1)
                    } else {
                        (place.0, place.1 + 1)
                    };
                    if cut.is_none_or(|b| b == d.terminator) {
                        break;
                    }
                }
            }
        }
        let tag = String::from_utf8(tag).unwrap();
        let ended = tag == "UNZ";
        segments.push((tag, data));
        if ended {
            return segments;
        }
    }
}

fn assert_as_oracle(input: &[u8], from: usize, d: &Delimiters) {
    let (scanner, _) = scan_all(input, from, d);
    let segments = scanner.segments(input, Charset::Ascii, d);
    let places = |s: paxnorm::edifact::Segment<'_>| {
        s.components()
            .map(|c| (c.element().into(), c.component().into()))
            .collect()
    };
    let fast: Vec<(String, Vec<(u32, u32)>)> = segments
        .iter()
        .map(|s| (s.tag().to_string(), places(s)))
        .collect();
    assert_eq!(fast, oracle(input, from, d));
    assert_eq!(
        segments.data(),
        fast.iter().map(|(_, data)| data.len()).sum::<usize>()
    );
}

fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, into);
        } else if path.extension().is_some_and(|e| e == "edi") {
            into.push(path);
        }
    }
}

fn own_samples() -> Vec<PathBuf> {
    let mut found = Vec::new();
    files(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/edifact"),
        &mut found,
    );
    assert!(found.len() >= 3, "own samples are part of the project");
    found
}

/// The shared corpus, or nothing (with a line that says so) where it is absent.
fn corpus() -> Vec<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let shared = std::env::var_os("PAXNORM_SHARED").map_or(beside, PathBuf::from);
    let mut found = Vec::new();
    files(&shared.join("corpus"), &mut found);
    if found.is_empty() {
        assert!(
            std::env::var_os("CI").is_none_or(|ci| ci != "true"),
            "no corpus in CI"
        );
        println!("skipped: no shared corpus");
    }
    found
}

#[test]
fn sound_files_read_as_the_oracle_reads_them() {
    let mut sound = 0;
    for path in own_samples().into_iter().chain(corpus()) {
        let input = std::fs::read(&path).unwrap();
        let start = starts(&input);
        let (scanner, _) = scan_all(&input, start.unb, &start.delimiters);
        if scanner.problems().is_empty() {
            assert_as_oracle(&input, start.unb, &start.delimiters);
            sound += 1;
        }
    }
    assert!(sound >= 2, "{sound}");
}

/// File, segments, data, and the problems with the segment each was met at.
type Known = (&'static str, usize, usize, &'static [(ProblemKind, usize)]);

#[test]
fn damaged_files_of_the_corpus_are_repaired() {
    use ProblemKind::{Fused, TerminatorMissing, TerminatorTypographic};
    let known: [Known; 8] = [
        (
            "pnrMessagePg75.edi",
            61,
            236,
            &[
                (TerminatorTypographic, 15),
                (TerminatorTypographic, 36),
                (Fused, 38),
                (TerminatorTypographic, 49),
            ],
        ),
        ("pnrMessagePg76.edi", 28, 108, &[(TerminatorMissing, 27)]),
        (
            "pnrMessagePg77.edi",
            55,
            214,
            &[(Fused, 51), (TerminatorMissing, 54)],
        ),
        (
            "modifyPnr77ForCodeShare.edi",
            62,
            259,
            &[(Fused, 58), (TerminatorMissing, 61)],
        ),
        ("pnrBadFormat.edi", 28, 108, &[(TerminatorMissing, 27)]),
        ("danglingMetaCharacter.edi", 57, 228, &[]),
        ("original_A.edi", 29, 87, &[]),
        (
            "sample_paxlst_message_001.edi",
            41,
            119,
            &[
                (TerminatorTypographic, 21),
                (TerminatorTypographic, 26),
                (TerminatorTypographic, 33),
            ],
        ),
    ];
    let corpus = corpus();
    for (name, segments, data, problems) in known {
        let Some(path) = corpus.iter().find(|path| path.ends_with(name)) else {
            continue;
        };
        let input = std::fs::read(path).unwrap();
        let start = starts(&input);
        let (scanner, _) = scan_all(&input, start.unb, &start.delimiters);
        let met: Vec<_> = scanner
            .problems()
            .iter()
            .map(|p| (p.kind, p.segment))
            .collect();
        assert_eq!(met, problems, "{name}");
        let read = scanner.segments(&input, Charset::Ascii, &start.delimiters);
        assert_eq!((read.len(), read.data()), (segments, data), "{name}");
    }
}

#[test]
fn wrapped_telex_reads_as_its_cleaned_form() {
    let corpus = corpus();
    for name in ["A", "B"] {
        let read = |kind: &str| {
            let path = corpus
                .iter()
                .find(|p| p.ends_with(format!("{kind}_{name}.edi")))?;
            let input = std::fs::read(path).unwrap();
            let start = starts(&input);
            Some(read_from(&input, start.unb, &start.delimiters).segments)
        };
        let (wrapped, cleaned) = (read("original"), read("cleaned"));
        assert_eq!(wrapped, cleaned);
        assert_eq!(wrapped.is_some(), !corpus.is_empty());
    }
}

/// Everything that a caller can see, batch by batch (a batch ends before SRC and UNT), with
/// offsets in the whole input; the window grows by `step` bytes from what is used.
fn streamed(input: &[u8], step: usize) -> Vec<String> {
    let (mut seen, mut at, mut end) = (Vec::new(), 0, 0);
    let mut scanner = Scanner::new();
    loop {
        let start = loop {
            match find_interchange(&input[at..end], 0, end == input.len()) {
                Search::Found(start) => break start,
                Search::None => return seen,
                Search::More(skip) => {
                    at += skip;
                    end = (end + step).min(input.len());
                }
            }
        };
        seen.push(format!(
            "{:?} {} {:?} {}",
            start.una.map(|una| una + at),
            start.unb + at,
            start.delimiters,
            start.problems.len()
        ));
        at += start.unb;
        let mut ended = false;
        while !ended {
            let stop =
                |index: usize, tag: Tag| index > 0 && matches!(tag.as_str(), "SRC" | "UNT" | "UNB");
            let last = end == input.len();
            let window = &input[at..end];
            match scanner.scan(window, 0, &start.delimiters, &Limits::default(), last, stop) {
                Err(error) => panic!("{error}"),
                Ok(Scanned::More) => end = (end + step).min(input.len()),
                Ok(Scanned::Complete { used }) => {
                    let segments = scanner.segments(window, Charset::Ascii, &start.delimiters);
                    for s in segments {
                        let data: String = s
                            .components()
                            .map(|c| {
                                format!(
                                    " {}@{}.{}={}|{}",
                                    c.offset() + at,
                                    c.element(),
                                    c.component(),
                                    c.text(),
                                    c.code()
                                )
                            })
                            .collect();
                        seen.push(format!("{} {}+{}{data}", s.tag(), s.offset() + at, s.len()));
                    }
                    seen.extend(scanner.problems().iter().map(|p| {
                        format!("{:?} {} {}+{}", p.kind, p.segment, p.offset + at, p.len)
                    }));
                    ended = used == 0
                        || segments
                            .iter()
                            .last()
                            .is_none_or(|s| s.tag().as_str() == "UNZ")
                        || at + used == input.len();
                    seen.push(format!("batch {}", at + used));
                    at += used;
                }
            }
        }
    }
}

#[test]
fn every_way_of_cutting_reads_the_same() {
    for path in own_samples().into_iter().chain(corpus()) {
        let input = std::fs::read(&path).unwrap();
        if input.len() > 10_000 {
            continue;
        }
        let whole = streamed(&input, input.len());
        assert!(whole.len() > 10, "{}", path.display());
        let steps: &[usize] = if input.len() < 1_200 {
            &[1, 2, 3, 5, 61, 64, 67, 500]
        } else {
            &[7, 64, 67, 500]
        };
        for &step in steps {
            assert_eq!(
                streamed(&input, step),
                whole,
                "{} by {step}",
                path.display()
            );
        }
    }
}

/// Pieces of messages, sound and not, from which inputs are put together.
const PIECES: &[&str] = &[
    "+",
    ":",
    "'",
    "'\n",
    "?",
    "\n",
    " ",
    "*",
    "A",
    "O",
    "19",
    "KIM",
    "TIF",
    "RPI+1+HK",
    "IFT+4:19+",
    "SSR+DOCS:HK:1:XX:::::",
    "LTS+",
    "ORG+",
    "SRC'",
    "RCI+XX:ABC123",
    "TVL+280513:2225+SIN",
    "UNA:+.?*'",
    "UNB+IATA:1+XX'",
    "UNZ+1+1",
    "UNT+1+1'",
    "\u{2019}\n",
    "\u{2019}",
    "/*",
    "*/",
    "É",
    "A VALUE THAT IS LONGER THAN A BLOCK OF SIXTY-FOUR BYTES, BY SOME WAY TO GO",
];

fn pieces() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|p| p.concat().into_bytes())
}

/// Sound segments: the oracle must agree on every one.
fn sound() -> impl Strategy<Value = Vec<u8>> {
    let value = "[A-EX0-9]{0,9}|[A-E][A-E? ]{0,90}| {0,3}|\r\n|A\r\nB"
        .prop_map(|v: String| v.replace('?', "?'"));
    let separator = prop::sample::select(vec!["+", ":"]);
    let body = prop::collection::vec((separator, value), 0..9).prop_map(|b| {
        b.into_iter()
            .map(|(s, v)| format!("{s}{v}"))
            .collect::<String>()
    });
    let tag = prop::sample::select(vec!["FTX", "NAD", "LOC", "XYZ", "DOC"]);
    let gap = prop::sample::select(vec!["", "\r\n", " ", "\n\n  "]);
    prop::collection::vec((tag, body, gap), 0..16).prop_map(|s| {
        s.into_iter()
            .map(|(t, b, g)| format!("{t}+{b}'{g}"))
            .collect::<String>()
            .into_bytes()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn sound_input_reads_as_the_oracle_reads_it(input in sound()) {
        assert_as_oracle(&input, 0, &Delimiters::DEFAULT);
    }

    #[test]
    fn damaged_input_reads_the_same_for_every_cutting(body in pieces(), step in 1usize..90) {
        let input = [b"UNB+IATA:1+XX'UNH+1'".as_slice(), &body].concat();
        prop_assert_eq!(streamed(&input, step), streamed(&input, input.len()));
    }

    #[test]
    fn spans_are_in_order_and_inside_their_segment(input in pieces()) {
        let (scanner, _) = scan_all(&input, 0, &Delimiters::DEFAULT);
        let (mut behind, mut index) = (0, 0);
        for segment in scanner.segments(&input, Charset::Ascii, &Delimiters::DEFAULT) {
            prop_assert!(segment.offset() >= behind);
            let mut place = (0, 0);
            for c in segment.components() {
                prop_assert!(place < (c.element(), c.component()));
                prop_assert!(segment.offset() <= c.offset() && c.offset() + c.len() <= segment.offset() + segment.len());
                prop_assert!(c.raw().iter().any(|b| *b > b' '));
                prop_assert_eq!(c.index(), index);
                (place, index) = ((c.element(), c.component()), index + 1);
            }
            behind = segment.offset() + segment.len();
        }
    }
}

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
