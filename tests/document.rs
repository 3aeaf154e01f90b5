//! Travel documents: zones, codes, names and the conformity check.

use paxnorm::Name;
use paxnorm::document::{
    Field, Finding, How, Kind, Layout, MachineName, Mrz, MrzSex, Refusal, State, Status, Verdict,
    Why, check_digit, compare,
};

/// The rows of a table of facts as fields; none where the folder is not there, which CI does not allow.
fn facts(file: &str) -> Vec<Vec<String>> {
    let folder = std::env::var("PAXNORM_SHARED").unwrap_or_else(|_| "../shared".to_owned());
    let path = format!("{folder}/facts/tables/{file}");
    let Ok(text) = std::fs::read_to_string(path) else {
        assert!(
            std::env::var("CI").as_deref() != Ok("true"),
            "{file} is missing"
        );
        println!("skipped: {file} is not there");
        return Vec::new();
    };
    text.lines().skip(1).map(fields).collect()
}

fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            letter => fields.last_mut().expect("one at least").push(letter),
        }
    }
    fields
}

/// The rows of a table of our own, `tests/data/document`.
fn own(file: &str) -> Vec<Vec<String>> {
    let path = format!("{}/tests/data/document/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("part of the project");
    let rows = text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    rows.map(|line| line.split('\t').map(str::to_owned).collect())
        .collect()
}

#[test]
fn check_digits_of_doc_9303_pass() {
    for row in facts("mrz_check_digit_examples.csv") {
        assert_eq!(
            check_digit(&row[0]).map(String::from).as_deref(),
            Some(&*row[1]),
            "{}",
            row[0]
        );
    }
}

#[test]
fn zones_read_as_stated() {
    for row in facts("mrz_samples.csv") {
        let lines = row[2].replace("\\n", "\n");
        let mrz = Mrz::read(&lines).unwrap_or_else(|refusal| panic!("{lines}: {refusal}"));
        let layout = match &*row[1] {
            "TD1" => Layout::Td1,
            "TD2" => Layout::Td2,
            "TD3" => Layout::Td3,
            "MRV-A" => Layout::MrvA,
            _ => Layout::MrvB,
        };
        assert_eq!(mrz.layout, layout, "{lines}");
        let overflow = row[5].get(9..).unwrap_or_default();
        let optional = match check_digit(&row[5]) {
            Some(check) if !overflow.is_empty() => row[12]
                .strip_prefix(&format!("{overflow}{check}"))
                .unwrap_or_default(),
            _ => &row[12],
        };
        let sex = match mrz.sex {
            MrzSex::Male => "M",
            MrzSex::Female => "F",
            _ => "",
        };
        let read = [
            &*mrz.kind.received,
            &*mrz.issuer.received,
            &*mrz.number,
            &*mrz.nationality.received,
            &*mrz.birth.received,
            sex,
            &*mrz.expiry.received,
            &*mrz.name.primary,
            &*mrz.name.secondary,
            mrz.optional.trim_matches('<'),
            &*mrz.optional_2,
        ];
        let stated = [
            &*row[3], &*row[4], &*row[5], &*row[6], &*row[7], &*row[8], &*row[9], &*row[10],
            &*row[11], optional, &*row[13],
        ];
        assert_eq!(read, stated, "{lines}");
        let wrong: Vec<String> = mrz
            .findings
            .iter()
            .filter_map(|finding| match finding {
                Finding::CheckDigit(field) => Some(format!("{field:?}").to_lowercase()),
                _ => None,
            })
            .collect();
        let checks = if wrong.is_empty() {
            "ok".to_owned()
        } else {
            format!("BAD:{}", wrong.join(","))
        };
        assert_eq!(checks, row[14], "{lines}");
    }
}

#[test]
fn zones_come_back_as_they_were_written() {
    for row in facts("mrz_samples.csv")
        .into_iter()
        .filter(|row| row[14] == "ok")
    {
        let lines = row[2].replace("\\n", "\n");
        let mrz = Mrz::read(&lines).expect("read above");
        let written = mrz.write().expect("was read");
        let again = Mrz::read(&written).expect("was written");
        assert_eq!(again.is_sound(), mrz.is_sound());
        // An empty personal number may have 0 or a filler for its check digit.
        let free = |lines: &str| match mrz.layout {
            Layout::Td3 if mrz.optional.is_empty() => lines[..lines.len() - 2].to_owned(),
            _ => lines.to_owned(),
        };
        assert_eq!(free(&written), free(&lines));
    }
}

#[test]
fn own_zones_read_with_their_findings() {
    for row in own("zones.tsv") {
        let [name, lines, expected] = &row[..] else {
            panic!("{row:?}")
        };
        let read = match Mrz::read(&lines.replace('/', "\n")) {
            Ok(mrz) => {
                let findings: Vec<String> = mrz.findings.iter().map(|f| format!("{f:?}")).collect();
                format!("{} {}", mrz.number, findings.join("; "))
                    .trim()
                    .to_owned()
            }
            Err(refusal) => format!("refused: {refusal}"),
        };
        assert_eq!(&read, expected, "{name}");
    }
}

#[test]
fn names_of_doc_9303_print_as_its_examples() {
    for row in facts("mrz_name_examples.csv") {
        if row[6].contains("do not pin") {
            continue;
        }
        let layout = layout(&row[0]);
        let (name, dropped) = MachineName::print(&split(&row[2]), layout, None);
        assert!(dropped.is_empty());
        assert_eq!(row[4].len(), layout.name_width(), "{}", row[4]);
        let filled = format!("{:<<width$}", name.field(), width = layout.name_width());
        if row[5] == "full" {
            assert_eq!(filled, row[4]);
        } else {
            assert!(name.truncated && filled.len() == row[4].len(), "{filled}");
            assert!(
                filled.ends_with(|last: char| last.is_ascii_uppercase()),
                "{filled}"
            );
        }
    }
}

#[test]
fn names_of_doc_9303_belong_to_their_documents() {
    for row in facts("mrz_name_examples.csv") {
        let document = MachineName::read(&row[4]);
        let name = split(&row[2]);
        let found = compare(&name, &document.name(), document.truncated);
        assert_ne!(
            found.verdict,
            Verdict::Contradicted,
            "{} {}",
            row[2],
            row[4]
        );
        if row[5] == "truncated" {
            assert!(
                found
                    .differences
                    .iter()
                    .any(|one| one.why == Why::Truncation),
                "{}",
                row[4]
            );
        }
        let (printed, _) = MachineName::print(&name, layout(&row[0]), None);
        let found = compare(&name, &printed.name(), printed.truncated);
        assert_ne!(found.verdict, Verdict::Contradicted, "{}", printed.field());
    }
}

fn layout(name: &str) -> Layout {
    match name {
        "TD1" => Layout::Td1,
        "TD2" => Layout::Td2,
        "TD3" => Layout::Td3,
        "MRV-A" => Layout::MrvA,
        _ => Layout::MrvB,
    }
}

/// `SURNAME, GIVEN NAMES`, or a name without a comma.
fn split(text: &str) -> Name {
    let (surname, given) = text.split_once(',').unwrap_or((text, ""));
    Name::new(surname, given)
}

#[test]
fn reservations_belong_to_documents_or_do_not() {
    for row in own("conformity.tsv") {
        let [reservation, document, truncated, verdict, whys] = &row[..] else {
            panic!("{row:?}")
        };
        let found = compare(
            &split(reservation),
            &split(document),
            truncated == "truncated",
        );
        let why: Vec<String> = found
            .differences
            .iter()
            .map(|one| format!("{:?}", one.why))
            .collect();
        let found = format!("{:?} {}", found.verdict, why.join(" "));
        assert_eq!(
            found.trim(),
            format!("{verdict} {whys}").trim(),
            "{reservation} | {document}"
        );
    }
}

#[test]
fn states_of_the_standards_are_known() {
    for row in facts("iso3166.csv") {
        let state = State::read(&row[1]);
        assert_eq!(state.normal.map(State::as_str), Some(&*row[1]));
        if row[8] == "current" {
            for other in [&row[0], &row[2], &row[3], &row[7]] {
                assert_eq!(State::read(other).normal, state.normal, "{other}");
            }
            assert_eq!(state.normal.map(State::status), Some(Status::Current));
        } else {
            // The code of the French Southern Territories was withdrawn and given again.
            let again = row[1] == "ATF";
            let status = if again {
                Status::Current
            } else {
                Status::Withdrawn
            };
            assert_eq!(state.normal.map(State::status), Some(status), "{}", row[1]);
        }
    }
    for row in facts("icao9303_codes.csv") {
        let state = State::read(&row[0]);
        let known = state.normal.unwrap_or_else(|| panic!("{}", row[0]));
        assert_eq!(known.mrz(), row[0]);
    }
}

#[test]
fn states_are_read_from_what_people_send() {
    let cases = [
        ("D<<", Some("DEU"), How::Customary),
        ("deu", Some("DEU"), How::Exact),
        ("DE", Some("DEU"), How::OtherForm),
        ("4", Some("AFG"), How::OtherForm),
        ("UK", Some("GBR"), How::Customary),
        ("EL", Some("GRC"), How::Customary),
        ("ROM", Some("ROU"), How::Customary),
        ("RKS", Some("XKX"), How::Customary),
        ("XK", Some("XKX"), How::OtherForm),
        ("SK", Some("SVK"), How::OtherForm),
        ("SU", Some("SUN"), How::OtherForm),
        ("CS", None, How::Ambiguous),
        ("891", None, How::Ambiguous),
        ("UN", None, How::Ambiguous),
        ("The Netherlands", Some("NLD"), How::Name),
        ("Österreich", Some("AUT"), How::Name),
        ("CÔTE D’IVOIRE", Some("CIV"), How::Name),
        ("Россия", Some("RUS"), How::Name),
        ("Soviet Union", Some("SUN"), How::Name),
        ("Ruritania", None, How::Unknown),
        ("ZZ", None, How::Unknown),
        (" <<< ", None, How::Empty),
    ];
    for (text, code, how) in cases {
        let read = State::read(text);
        assert_eq!(
            (read.normal.map(State::as_str), read.how),
            (code, how),
            "{text}"
        );
        assert_eq!(read.received, text);
    }
}

#[test]
fn kinds_are_read_from_codes() {
    for row in facts("document_type_codes.csv") {
        let code = row[1].replace('?', "<");
        let known = Kind::read(&code).normal.is_some();
        assert!(known || row[1] == "5K", "{}", row[1]);
    }
    let cases = [
        ("P<", Some(Kind::Passport), How::Exact),
        ("PO", Some(Kind::OfficialPassport), How::Exact),
        ("PB", Some(Kind::Passport), How::FirstLetter),
        ("ID", Some(Kind::IdentityCard), How::Exact),
        ("VC", Some(Kind::Visa), How::FirstLetter),
        ("AC", Some(Kind::CrewCertificate), How::Exact),
        ("passport", Some(Kind::Passport), How::Name),
        ("X", None, How::Unknown),
        ("<<", None, How::Empty),
    ];
    for (text, kind, how) in cases {
        let read = Kind::read(text);
        assert_eq!((read.normal, read.how), (kind, how), "{text}");
    }
}

const SPECIMENS: [&str; 3] = [
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
    "I<UTOD23145890<XYZ5<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<0\nERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nL8988901C4XXX4009078F9612109<<<<<<<<",
];

/// No text makes the reader fall over, and no cut zone passes for a whole one.
#[test]
fn cut_and_mutated_zones_do_no_harm() {
    for lines in SPECIMENS {
        for end in 0..lines.len() {
            let _ = Mrz::read(&lines[..end]);
        }
        for at in 0..lines.len() {
            for byte in [b'<', b'0', b'O', b'A', b'9', b' ', b'\n', b'*'] {
                let mut bytes = lines.as_bytes().to_vec();
                bytes[at] = byte;
                let text = String::from_utf8(bytes).expect("ASCII");
                if let Ok(mrz) = Mrz::read(&text) {
                    let _ = mrz.write();
                    let _ = compare(&mrz.name.name(), &Name::new("Eriksson", "Anna"), true);
                }
            }
        }
    }
    for text in [
        "",
        "\n\n",
        "é",
        "<<<<",
        &"<".repeat(90),
        &"A".repeat(1 << 16),
        &"\n".repeat(1 << 16),
    ] {
        let _ = Mrz::read(text);
        let _ = State::read(text);
        let _ = Kind::read(text);
        let _ = compare(&Name::unsplit(text), &Name::unsplit(text), true);
        let _ = MachineName::print(&Name::new(text, text), Layout::Td1, None);
    }
}

/// A wrong character in a field under a check digit is repaired to what stood
/// there, or reported; it never passes in silence.
#[test]
fn no_confusion_passes_in_silence() {
    let pairs = [('O', '0'), ('I', '1'), ('Z', '2'), ('S', '5'), ('B', '8')];
    let lines = SPECIMENS[0];
    let (first, second) = lines.split_at(45);
    let mut repaired = 0;
    for at in (0..10).chain(13..20).chain(21..44) {
        for (letter, digit) in pairs {
            let read = second.as_bytes()[at] as char;
            let other = if read == letter {
                digit
            } else if read == digit {
                letter
            } else {
                continue;
            };
            let mut line = second.to_owned();
            line.replace_range(at..=at, &other.to_string());
            let mrz = Mrz::read(&format!("{first}{line}")).expect("a zone");
            let fixed = mrz.findings.iter().any(|finding| matches!(finding,
                Finding::Repaired { line: 2, column, read, meant, .. }
                    if *column == at + 1 && *read == other && *meant == second.as_bytes()[at] as char));
            assert!(fixed || !mrz.is_sound(), "column {}", at + 1);
            repaired += usize::from(fixed);
            if fixed {
                assert_eq!(mrz.write().expect("whole"), lines);
            }
        }
    }
    assert!(repaired >= 12, "{repaired}");
}

#[test]
fn zones_that_are_none_are_refused_with_a_reason() {
    let wide =
        |first: &str, width: usize| format!("{first:<<width$}\n{:<<width$}", "", width = width);
    let cases = [
        (wide("IDFRASPECIMEN", 36), Refusal::OldFrenchCard),
        (wide("I<SVK", 34), Refusal::OldSlovakCard),
        (wide("X<UTO", 44), Refusal::DocumentCode),
        (wide("IVUTO", 36), Refusal::DocumentCode),
        (wide("P<UTO", 36), Refusal::DocumentCode),
        (wide("P<UTO", 40), Refusal::Size),
        ("P<UTO".to_owned(), Refusal::Size),
        (
            "P<UT?".to_owned(),
            Refusal::Character { line: 1, column: 5 },
        ),
    ];
    for (text, refusal) in cases {
        assert_eq!(Mrz::read(&text), Err(refusal), "{text}");
    }
    let card = format!("AIUTO{0}\n{0:<<30}\n{0:<<30}", "<".repeat(25));
    assert_eq!(Mrz::read(&card), Err(Refusal::DocumentCode));
}

/// The number's own check digit is one proof in ten by chance: the composite has to agree.
#[test]
fn a_number_is_repaired_only_where_the_composite_agrees() {
    let (first, second) = SPECIMENS[0].split_at(45);
    let read = |changes: &[(usize, &str)]| {
        let mut line = second.to_owned();
        for &(at, letter) in changes {
            line.replace_range(at..=at, letter);
        }
        Mrz::read(&format!("{first}{line}")).expect("a zone")
    };
    assert_eq!(read(&[(5, "O")]).number, "L898902C3");
    assert_eq!(read(&[(5, "O"), (43, "O")]).number, "L898902C3");
    let both_wrong = read(&[(5, "O"), (43, "7")]);
    assert_eq!(both_wrong.number, "L8989O2C3");
    assert!(
        both_wrong
            .findings
            .contains(&Finding::CheckDigit(Field::Number))
    );
}

/// A document of a state whose own way Doc 9303 prints, from the visual zone to the machine-readable.
#[test]
fn names_print_by_the_language_of_the_state() {
    let state = State::read("UKR").normal.and_then(State::language);
    let (name, dropped) =
        MachineName::print(&Name::new("Гринько-Їжак", "Юлія"), Layout::Td3, state);
    assert_eq!(name.field(), "HRYNKO<YIZHAK<<YULIIA");
    assert!(dropped.is_empty());
    let (name, dropped) = MachineName::print(&Name::new("Ωmega", "אnna 2"), Layout::Td3, None);
    assert_eq!(name.field(), "MEGA<<NNA");
    assert_eq!(dropped, ['Ω', 'א', '2']);
}

#[test]
fn codes_go_through_serde_as_their_names() {
    let germany = State::read("D").normal.expect("known");
    assert_eq!(serde_json::to_string(&germany).expect("a text"), "\"DEU\"");
    assert_eq!(
        serde_json::from_str::<State>("\"DEU\"").expect("known"),
        germany
    );
    assert!(serde_json::from_str::<State>("\"D\"").is_err());
    for &kind in Kind::ALL {
        let text = format!("\"{}\"", kind.as_str());
        assert_eq!(serde_json::to_string(&kind).expect("a text"), text);
        assert_eq!(serde_json::from_str::<Kind>(&text).expect("known"), kind);
    }
}
