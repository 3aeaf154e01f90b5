//! Names of every script in Latin letters, through the public functions.

use std::collections::BTreeMap;

use paxnorm::matching::transliterate::{Language, Script, icao9303, latin, script, spellings};

/// Native name, main spelling, another spelling that must be among eight.
const NAMES: &[(&str, &str, &str)] = &[
    ("Müller", "MUELLER", "MULLER"),
    ("Łukasz Żółć", "LUKASZ ZOLC", "LUKASZ ZOLC"),
    ("Åsa Sjöberg", "AASA SJOEBERG", "ASA SJOBERG"),
    ("Nguyễn Thị Đào", "NGUYEN THI DAO", "NGUYEN THI DAO"),
    ("Yıldırım", "YILDIRIM", "YILDIRIM"),
    ("Groß", "GROSS", "GROSS"),
    ("Щербакова", "SHCHERBAKOVA", "SCHERBAKOVA"),
    ("Юлия", "IULIIA", "YULIYA"),
    ("Дмитрий", "DMITRII", "DMITRIY"),
    ("Хрущёв", "KHRUSHCHEV", "HRUSHCHEV"),
    ("Зеленський", "ZELENSKYI", "ZELENSKYY"),
    ("Ђорђевић", "DJORDJEVIC", "DORDEVIC"),
    (
        "Γεώργιος Παπαδόπουλος",
        "GEORGIOS PAPADOPOULOS",
        "GEORGIOS PAPADOPOULOS",
    ),
    ("Ευάγγελος", "EVANGELOS", "EVANGELOS"),
    ("محمد", "MUHAMMAD", "MOHAMED"),
    ("الحسن", "AL-HASAN", "EL-HASAN"),
    ("عبد الله", "ABDULLAH", "ABDALLAH"),
    ("غلامرضا", "GHOLAMREZA", "GHULAMREZA"),
    ("یوسف", "YOUSEF", "YUSUF"),
    ("שמואל", "SHMUEL", "SAMUEL"),
    ("박연미", "PARK YEONMI", "PAK YEONMI"),
    ("김 철수", "KIM CHEOLSU", "KIM CHULSU"),
    ("さとう", "SATO", "SATOU"),
    ("ハヤシ", "HAYASHI", "HAYASHI"),
    ("李晓翠", "LI XIAOCUI", "LEE XIAOCUI"),
    ("Մինասյան", "MINASYAN", "MINASIAN"),
    ("გოზალიშვილი", "GOZALISHVILI", "GOZALISHVILI"),
    ("จุฑาทิพย์", "JUTHATHIP", "JUTATHIP"),
    ("कपूर", "KAPUR", "KAPOOR"),
];

#[test]
fn names_have_their_main_and_other_spellings() {
    for &(native, main, other) in NAMES {
        let found = spellings(native, 8);
        assert_eq!(latin(native), main, "{native}");
        assert_eq!(found.first().map(String::as_str), Some(main), "{native}");
        assert!(
            found.iter().any(|text| text == other),
            "{native}: {found:?}"
        );
    }
}

/// An article stands before a word of three letters or more, and not before what follows it.
#[test]
fn an_article_needs_a_word() {
    for (native, expected) in [
        ("يوسف الحداد", "YOUSSEF AL-HADAD"),
        ("الب", "ALB"),
        ("يوسف الب", "YOUSSEF ALB"),
    ] {
        assert_eq!(latin(native), expected, "{native}");
    }
}

/// A family name has its customary spellings where it stands, and not as a part of the given name.
#[test]
fn family_names_are_spelt_so_in_their_place() {
    let has = |native, spelling: &str| {
        spellings(native, 64)
            .iter()
            .any(|text| text.contains(spelling))
    };
    assert!(has("陶小", "TO "), "{:?}", spellings("陶小", 64));
    assert!(has("陶", "TO"), "{:?}", spellings("陶", 64));
    assert!(!has("小陶", "TO"), "{:?}", spellings("小陶", 64));
}

#[test]
fn scripts_are_told_apart() {
    let scripts = [
        ("Ewa", Script::Latin),
        ("Эва", Script::Cyrillic),
        ("Εύα", Script::Greek),
        ("حواء", Script::Arabic),
        ("חוה", Script::Hebrew),
        ("이브", Script::Hangul),
        ("エバ", Script::Kana),
        ("夏娃", Script::Han),
        ("Եվա", Script::Armenian),
        ("ევა", Script::Georgian),
        ("ईव", Script::Devanagari),
        ("இவா", Script::Indic),
        ("อีวา", Script::Thai),
        ("ⴰⵢⴰ", Script::Other),
        // The script of most letters, of which a syllable or a character is two or three.
        ("AЭва", Script::Cyrillic),
        ("ЭвAnna", Script::Latin),
        ("KIM 민준", Script::Hangul),
        ("LI 小明", Script::Han),
        ("WANG 王", Script::Latin),
    ];
    for (text, expected) in scripts {
        assert_eq!(script(text), expected, "{text}");
    }
}

/// Prints, for each script, how often a Latin word of a pair is one of eight
/// spellings of a native word, or one edit away; whole names count by their
/// words, each with the nearest. Run with `--ignored --nocapture`.
#[test]
#[ignore = "measures, does not judge"]
fn recall_on_native_pairs() {
    let mut groups: BTreeMap<String, [usize; 5]> = BTreeMap::new();
    for file in ["names/pairs/native_tokens.csv", "names/pairs/native.csv"] {
        for (native, other, group) in pairs(file) {
            let group = if file.contains("tokens") {
                group
            } else {
                format!("{group} names")
            };
            let counts = groups.entry(group).or_default();
            let (native, other) = (words(&native), words(&other));
            if native.len() == other.len() {
                other.iter().for_each(|word| count(counts, &native, word));
            }
        }
    }
    println!("script            words  main=0  main<=1    8=0   8<=1");
    for (group, [all, rest @ ..]) in groups {
        let [a, b, c, d] = rest.map(|n| 100.0 * n as f64 / all.max(1) as f64);
        println!("{group:<16} {all:>6}  {a:>6.1}  {b:>7.1}  {c:>5.1}  {d:>5.1}");
    }
}

/// Counts one Latin word: the distance to the main spelling and to all eight of the nearest native word.
fn count(counts: &mut [usize; 5], native: &[String], word: &str) {
    let wanted: Vec<String> = spellings(word, 4).iter().map(|text| bare(text)).collect();
    let best = |limit: usize| {
        let spelt = native.iter().flat_map(|token| spellings(token, limit));
        let spelt = spelt.map(|text| bare(&text));
        spelt
            .flat_map(|text| {
                wanted
                    .iter()
                    .map(move |word| strsim::osa_distance(word, &text))
            })
            .min()
            .unwrap_or(usize::MAX)
    };
    let (main, eight) = (best(1), best(8));
    counts[0] += 1;
    for (slot, hit) in [main == 0, main <= 1, eight == 0, eight <= 1]
        .into_iter()
        .enumerate()
    {
        counts[slot + 1] += usize::from(hit);
    }
    if eight > 1 && std::env::var_os("PAXNORM_MISSES").is_some() {
        println!(
            "missed {word}: {native:?} {:?}",
            native
                .iter()
                .map(|token| spellings(token, 8))
                .collect::<Vec<_>>()
        );
    }
}

fn words(name: &str) -> Vec<String> {
    let parts = name.split(|letter: char| letter.is_whitespace() || "-,・".contains(letter));
    parts
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

fn bare(text: &str) -> String {
    text.chars().filter(char::is_ascii_uppercase).collect()
}

/// The positive pairs of a file of labelled names: native, Latin, script.
fn pairs(file: &str) -> Vec<(String, String, String)> {
    let rows = shared(file);
    let positive = |line: &str| match &fields(line)[..] {
        [native, other, label, group, ..] if label == "1" => {
            Some((native.clone(), other.clone(), group.clone()))
        }
        _ => None,
    };
    rows.lines().skip(1).filter_map(positive).collect()
}

/// A file of the folder of facts; empty where it is not there, which CI does not allow.
fn shared(file: &str) -> String {
    let folder = std::env::var("PAXNORM_SHARED").unwrap_or_else(|_| "../shared".to_owned());
    std::fs::read_to_string(format!("{folder}/{file}")).unwrap_or_else(|_| {
        assert!(
            std::env::var("CI").as_deref() != Ok("true"),
            "{file} is missing"
        );
        println!("skipped: {file} is not there");
        String::new()
    })
}

/// The fields of a line of CSV; quotation marks hold commas together.
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

/// The rows of a table of facts, without its header; none where the folder is not there.
fn facts(file: &str) -> Vec<Vec<String>> {
    shared(&format!("facts/tables/{file}"))
        .lines()
        .skip(1)
        .map(fields)
        .collect()
}

/// Doc 9303 writes its tables in capitals; ı has none.
#[test]
fn doc_9303_latin_letters_pass() {
    for row in facts("icao9303_latin.csv") {
        let written = icao9303(&row[1], None);
        let others: Vec<&str> = row[4]
            .split('|')
            .filter(|other| !other.is_empty())
            .collect();
        assert_eq!(written.main, row[3], "{}", row[0]);
        assert_eq!(written.alternatives, others, "{}", row[0]);
        assert!(written.dropped.is_empty());
    }
}

#[test]
fn doc_9303_cyrillic_letters_pass_by_language() {
    let languages = [
        (3, None),
        (4, Some(Language::Belarusian)),
        (5, Some(Language::Bulgarian)),
        (6, Some(Language::Macedonian)),
        (7, Some(Language::Serbian)),
        (8, Some(Language::Ukrainian)),
    ];
    for row in facts("icao9303_cyrillic_by_language.csv") {
        for (column, language) in languages {
            let inside = icao9303(&format!("А{}", row[1]), language);
            assert_eq!(
                inside.main,
                format!("A{}", row[column]),
                "{} {language:?}",
                row[0]
            );
        }
        let initial = icao9303(&row[1], Some(Language::Ukrainian));
        assert_eq!(initial.main, row[9], "{} initial", row[0]);
    }
    for row in facts("icao9303_cyrillic.csv") {
        let found = icao9303(&row[1], None);
        for other in row[4].split('|').filter_map(|other| other.split_once('=')) {
            assert!(
                found.main == other.1 || found.alternatives.iter().any(|text| text == other.1),
                "{}",
                row[0]
            );
        }
    }
}

#[test]
fn doc_9303_arabic_letters_pass() {
    for row in facts("icao9303_arabic.csv") {
        let inside = icao9303(&format!("ب{}ب", row[1]), None);
        let expected = if row[0] == "U+0651" {
            "BBB".to_owned()
        } else {
            format!("B{}B", row[3])
        };
        assert_eq!(inside.main, expected, "{}", row[0]);
        assert!(inside.dropped.is_empty(), "{}", row[0]);
    }
    assert_eq!(icao9303("فاطمة", None).main, "FAXTTMXAH");
    assert_eq!(
        icao9303("ابو بكر محمد بن زكريا الرازي", None).main,
        "ABW BKR MXHMD BN ZKRYA ALRAZY"
    );
    assert_eq!(
        icao9303("عبد العزيز بن متعب", None).main,
        "EBD ALEZYZ BN MTEB"
    );
}

#[test]
fn doc_9303_permits_other_spellings_beside_the_main_one() {
    for (text, main, others) in [
        ("Käse", "KAESE", &["KASE"][..]),
        ("Anna", "ANNA", &[]),
        ("Ñandú", "NANDU", &["NXXANDU"]),
    ] {
        let found = icao9303(text, None);
        assert_eq!(found.main, main);
        assert_eq!(found.alternatives, others, "{text}");
    }
}

#[test]
fn letters_without_a_rule_of_doc_9303_are_named() {
    let found = icao9303("Ω-אב Anna", None);
    assert_eq!(found.main, "- ANNA");
    assert_eq!(found.dropped, ['Ω', 'א', 'ב']);
}

/// Long and odd texts cost little and give no more than was asked for.
#[test]
fn hostile_texts_are_bounded() {
    let doubled = format!("ب{}", "ّ".repeat(1_000));
    let marks = "\u{301}".repeat(10_000);
    let long = "Юлия ".repeat(2_000);
    let vowels = "حسن".repeat(2_000);
    for text in [
        doubled,
        marks,
        long,
        vowels,
        "ッ".repeat(5_000),
        "ー".repeat(5_000),
    ] {
        let found = spellings(&text, usize::MAX);
        assert!(found.len() <= 64);
        assert!(latin(&text).len() <= 8 * text.len());
        let _ = icao9303(&text, None);
    }
    assert!(spellings("Юлия", 0).is_empty());
    assert_eq!(spellings("Юлия", 1), ["IULIIA"]);
}

#[test]
fn spellings_do_not_repeat() {
    for &(native, _, _) in NAMES {
        let found = spellings(native, 64);
        let mut distinct = found.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), found.len(), "{native}");
    }
}
