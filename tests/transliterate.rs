//! Names of every script in Latin letters, through the public functions.

use paxnorm::matching::transliterate::{Script, latin, script, spellings};

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
    ("یوسف", "YOUSEF", "YUSUF"),
    ("שמואל", "SHMUEL", "SAMUEL"),
    ("박연미", "PARK YEONMI", "PAK YEONMI"),
    ("김 철수", "KIM CHEOLSU", "KIM CHULSU"),
    ("さとう", "SATO", "SATOU"),
    ("ハヤシ", "HAYASHI", "HAYASHI"),
    ("李晓翠", "LI XIAOCUI", "LEE XIAOCUI"),
    ("Մինասյան", "MINASYAN", "MINASIAN"),
    ("გოზალიშვილი", "GOZALISHVILI", "GOZALISHVILI"),
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
    ];
    for (text, expected) in scripts {
        assert_eq!(script(text), expected, "{text}");
    }
}

/// Prints how often the Latin side of a pair is one of eight spellings of the
/// native side, or one edit away; run with `--ignored --nocapture`.
#[test]
#[ignore = "measures, does not judge"]
fn recall_on_native_pairs() {
    use std::collections::BTreeMap;
    let mut groups: BTreeMap<String, [usize; 6]> = BTreeMap::new();
    for (native, other, group) in pairs("names/pairs/native_tokens.csv")
        .into_iter()
        .chain(pairs("names/pairs/native.csv"))
    {
        let counts = groups.entry(group.clone()).or_default();
        let wanted: Vec<String> = spellings(&other, 4)
            .iter()
            .map(|text| sorted(text))
            .collect();
        let best = |limit: usize| {
            spellings(&native, limit)
                .iter()
                .map(|text| sorted(text))
                .flat_map(|text| {
                    wanted
                        .iter()
                        .map(move |w| strsim::osa_distance(w, &text))
                        .collect::<Vec<_>>()
                })
                .min()
                .unwrap_or(99)
        };
        let (one, eight) = (best(1), best(8));
        counts[0] += 1;
        counts[1] += usize::from(one == 0);
        counts[2] += usize::from(one <= 1);
        counts[3] += usize::from(eight == 0);
        counts[4] += usize::from(eight <= 1);
        if std::env::var("PAXNORM_MISSES").is_ok_and(|g| g == group) && eight > 0 {
            println!("{native}\t{other}\t{eight}\t{:?}", spellings(&native, 8));
        }
    }
    println!("script       pairs  main=0  main<=1   8=0   8<=1");
    for (group, [all, a, b, c, d, _]) in groups {
        let p = |n: usize| 100.0 * n as f64 / all as f64;
        println!(
            "{group:<12} {all:>5}  {:>5.1}  {:>6.1}  {:>5.1}  {:>5.1}",
            p(a),
            p(b),
            p(c),
            p(d)
        );
    }
}

/// Tokens in alphabetical order, letters and digits only: hyphens part, apostrophes do not.
fn sorted(text: &str) -> String {
    let mut tokens: Vec<String> = text
        .to_uppercase()
        .split(|c: char| c.is_whitespace() || c == '-' || c == ',')
        .map(|t| {
            t.chars()
                .filter(|c| c.is_alphanumeric())
                .collect::<String>()
        })
        .filter(|t| !t.is_empty())
        .collect();
    tokens.sort();
    tokens.join(" ")
}

/// The positive pairs of a file of labelled names: native, Latin, script.
fn pairs(file: &str) -> Vec<(String, String, String)> {
    let folder = std::env::var("PAXNORM_SHARED").unwrap_or_else(|_| "../shared".to_owned());
    let Ok(text) = std::fs::read_to_string(format!("{folder}/{file}")) else {
        assert!(
            std::env::var("CI").as_deref() != Ok("true"),
            "{file} is missing"
        );
        println!("skipped: {file} is not there");
        return Vec::new();
    };
    text.lines()
        .skip(1)
        .filter_map(|line| {
            let fields: Vec<&str> = line.split(',').collect();
            match fields[..] {
                [native, other, "1", group, ..] => {
                    Some((native.to_owned(), other.to_owned(), group.to_owned()))
                }
                _ => None,
            }
        })
        .collect()
}
