//! The screening example as a program: whom it proposes, why, and how it ends.

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;

/// Invented persons, some of whom the samples name too.
const LIST: &str = "\u{feff}entity,name,birth_date,document,sex
E-1,\"Fermeulen, Tina\",1988-08-05,,F
E-1,Tine Maria VERMEULEN,,,
E-2,Тунде Адейеми,1986,UT1000002,M
E-3,\"Quist \"\"Q\"\" Nobody, Zebulon\",1970-01-01,,M
,FNU LNU,,,
";

/// A folder of this test run with files in it; gone with the value.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let name = format!("paxnorm-screen-{test}-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, bytes).expect("a file");
        path.display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs the example that `cargo test` has built beside this test.
fn run(words: &[&str]) -> Output {
    let mut path: PathBuf = std::env::current_exe().expect("a path");
    path.pop();
    path.pop();
    Command::new(path.join("examples").join("screen"))
        .args(words)
        .output()
        .expect("`cargo test` builds the example")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn lines(output: &Output) -> Vec<Value> {
    let parse = |line: &str| serde_json::from_str(line).expect("a line is JSON");
    text(&output.stdout).lines().map(parse).collect()
}

#[test]
fn candidates_are_explained() {
    let folder = Folder::new("explained");
    let list = folder.file("list.csv", LIST.as_bytes());
    let output = run(&[&list, "examples/data"]);
    assert_eq!(output.status.code(), Some(0));
    let candidates = lines(&output);
    let entities: Vec<&str> = candidates
        .iter()
        .filter_map(|candidate| candidate["candidate"]["entity"].as_str())
        .collect();
    assert_eq!(entities, ["E-1", "E-2"], "in the order of the input");
    for candidate in &candidates {
        let steps = candidate["explanation"]["steps"].as_array().expect("steps");
        let sum: f64 = steps
            .iter()
            .filter_map(|step| step["points"].as_f64())
            .sum();
        let evidence = candidate["weighed"]["name_points"]
            .as_f64()
            .expect("points");
        assert!((sum - evidence).abs() < 1e-3, "{sum} is not {evidence}");
        assert_eq!(candidate["score"], candidate["weighed"]["score"]);
        assert_eq!(candidate["traveller"]["locator"], "FAM4TW");
    }
    assert_eq!(candidates[0]["candidate"]["name"], "Tine Maria VERMEULEN");
    assert_eq!(candidates[1]["weighed"]["number"], "same");
    assert!(text(&output.stderr).contains("4 names of 3 persons, 2 candidates"));
}

#[test]
fn a_table_is_for_the_eye() {
    let folder = Folder::new("table");
    let list = folder.file("list.csv", LIST.as_bytes());
    let output = run(&["--quiet", "--table", &list, "examples/data"]);
    let table = text(&output.stdout);
    let rows: Vec<&str> = table.lines().collect();
    assert_eq!(rows.len(), 3);
    assert!(rows[0].starts_with("score  locator"));
    let column = rows[0].find("beside the name").expect("the last column");
    assert_eq!(rows[1].find("born same, sex same"), Some(column));
    assert!(output.stderr.is_empty(), "quiet says nothing");
}

#[test]
fn threads_keep_the_order() {
    let folder = Folder::new("threads");
    let list = folder.file("list.csv", LIST.as_bytes());
    let sample = std::fs::read_to_string("examples/data/family-with-infants.edi");
    let sample = sample.expect("a sample");
    let copies: String = (0..300)
        .map(|copy| sample.replace("FAM4TW", &format!("F{copy:05}")) + "\n")
        .collect();
    let many = folder.file("many.edi", copies.as_bytes());
    let one = run(&["--quiet", &list, &many]);
    let sixteen = run(&["--quiet", "--threads", "16", &list, &many]);
    let candidates = lines(&one);
    let locator = |at: usize| candidates[at]["traveller"]["locator"].as_str();
    assert_eq!(candidates.len(), 600);
    assert_eq!((locator(0), locator(599)), (Some("F00000"), Some("F00299")));
    assert!(
        one.stdout == sixteen.stdout,
        "the same candidates in the same order"
    );
}

#[test]
fn thresholds_and_limits_leave_out() {
    let folder = Folder::new("limits");
    let two = "surname,given\nVERMEULEN,TINE\nVERMEULEN,TINA\nVERMULEN,TINE\n";
    let list = folder.file("list.csv", two.as_bytes());
    let count = |words: &[&str]| {
        let words = [
            &["--quiet"],
            words,
            &[&list, "examples/data/family-with-infants.edi"],
        ];
        lines(&run(&words.concat())).len()
    };
    let all = count(&["--threshold", "0"]);
    assert!(count(&["--threshold", "1"]) < all);
    assert!(count(&["--limit", "1", "--threshold", "0"]) < all);
}

#[test]
fn the_exit_status_tells() {
    let folder = Folder::new("status");
    let list = folder.file("list.csv", LIST.as_bytes());
    let nameless = folder.file("nameless.csv", b"who,when\nA,B\n");
    let broken = folder.file("broken.edi", b"no transmission at all");
    let sample = "examples/data/groups.edi";
    for (words, status) in [
        (&[list.as_str(), sample][..], 0),
        (&[&list, &broken, sample], 1),
        (&[&list], 2),
        (&[&nameless, sample], 2),
        (&["none.csv", sample], 2),
        (&[&list, "none.edi"], 2),
        (&["--threshold", "7", &list, sample], 2),
        (&["--threads", "0", &list, sample], 2),
        (&["--wrong", &list, sample], 2),
    ] {
        let output = run(words);
        assert_eq!(output.status.code(), Some(status), "{words:?}");
        let told = !text(&output.stderr).contains(" travellers, ") || status < 2;
        assert!(told && !output.stderr.is_empty(), "{words:?}");
    }
}
