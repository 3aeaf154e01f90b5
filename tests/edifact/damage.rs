//! Damage inside a message, repaired where it is certain.

use super::*;

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
            "row 9: SSR, but not in its names of travellers",
            b"SSR+OTHS:HK:1:XX+AB'S:CD'SRC'",
            &[
                "SSR 1.1=OTHS 1.2=HK 1.3=1 1.4=XX 2.1=AB",
                "S:C 0.1=CD",
                "SRC",
            ],
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
    use ProblemKind::{EmptySegment, Fragment, TerminatorMissing};
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
            "at the end, no tag",
            b"SRC'A1B",
            &["SRC", "A1B"],
            &[Fragment, TerminatorMissing],
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
    let rows: [(&str, &[u8], &str, bool); 20] = [
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
        ("UNOX", b"\x1B$B;3ED\x1B(B", "山田", false),
        ("UNOX", b"YAMADA", "YAMADA", false),
        ("UNOY", b"\x00M\x00\xFC\x00l", "Mül", false),
        ("UNOY", b"\x5C\x71\x75\x30\x00A", "山田A", false),
        ("UNOY", b"BE", "BE", false),
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
fn characters_of_several_octets_are_read_in_their_segment() {
    let rows: [(&str, &[u8], &str); 2] = [
        ("UNOX", b"TIF+\x1B$B;3ED\x1B(B:I'", "山田"),
        ("UNOY", b"TIF+\x00M\x00\xFC\x00l:I'", "Mül"),
    ];
    for (id, input, surname) in rows {
        let (scanner, _) = scan_all(input, 0, &Delimiters::DEFAULT);
        let charset = Charset::from_syntax_id(id);
        let segments = scanner.segments(input, charset, &Delimiters::DEFAULT);
        let segment = segments.get(0).unwrap();
        let found = segment.components().next().unwrap();
        assert_eq!(found.code(), surname, "{id}");
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
