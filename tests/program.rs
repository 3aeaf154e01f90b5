//! The main example as a program: its options, its exit status, its output.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The example that `cargo test` has built beside this test.
fn program() -> Command {
    let mut path: PathBuf = std::env::current_exe().expect("a path");
    path.pop();
    path.pop();
    Command::new(path.join("examples").join("normalise"))
}

fn run(words: &[&str]) -> Output {
    program()
        .args(words)
        .output()
        .expect("`cargo test` builds the example")
}

fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8(output.stdout.clone()).expect("UTF-8");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("a line is JSON"))
        .collect()
}

#[test]
fn bookings_come_as_lines_in_the_order_of_the_input() {
    let output = run(&["--quiet", "examples/data"]);
    assert!(output.status.success());
    let bookings = lines(&output);
    assert!(bookings.len() >= 12);
    assert!(bookings.iter().all(|booking| booking["schema"] == "1.0"));
    assert!(output.stderr.is_empty(), "quiet says nothing");
}

#[test]
fn a_summary_counts_each_file_and_all() {
    let output = run(&["--summary", "examples/data"]);
    let lines = lines(&output);
    let (total, files) = lines.split_last().expect("a total");
    assert_eq!(total["file"], "total");
    for key in ["messages", "bookings", "persons", "bytes"] {
        let sum: u64 = files.iter().filter_map(|file| file[key].as_u64()).sum();
        assert_eq!(total[key].as_u64(), Some(sum), "{key}");
    }
    for line in &lines {
        let data = &line["data"];
        let count = |key: &str| data[key].as_u64().expect("a count");
        assert_eq!(
            count("read"),
            count("mapped") + count("withheld") + count("unmapped")
        );
        assert!(line["diagnostics"]["note"].is_u64() && line["seconds"].is_f64());
    }
}

#[test]
fn threads_change_nothing_but_the_time() {
    let folder = std::env::temp_dir().join(format!("paxnorm-program-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("many.edi");
    // One interchange of many messages.
    let sample = std::fs::read("examples/data/family-with-infants.edi").expect("a sample");
    let at = |tag: &[u8]| {
        let found = sample.windows(tag.len()).position(|part| part == tag);
        found.expect("the sample has it")
    };
    let (head, message) = sample[..at(b"UNZ+")].split_at(at(b"UNH+"));
    let mut bytes = head.to_vec();
    while bytes.len() < 5 << 20 {
        bytes.extend_from_slice(message);
    }
    bytes.extend_from_slice(&sample[at(b"UNZ+")..]);
    std::fs::write(&file, bytes).expect("a file");
    let path = file.to_str().expect("a path");
    let one = run(&["--policy", "keep-all", path]);
    let four = run(&["--policy", "keep-all", "--threads", "4", path]);
    assert!(one.status.success() && four.status.success());
    assert!(
        one.stdout == four.stdout,
        "the same bookings in the same order"
    );
    assert!(one.stderr == four.stderr, "the same doubts");
    std::fs::remove_dir_all(folder).expect("the folder goes");
}

#[test]
fn the_exit_status_says_how_it_went() {
    assert_eq!(run(&["examples/data"]).status.code(), Some(0));
    assert_eq!(run(&[]).status.code(), Some(2), "no path");
    assert_eq!(
        run(&["--frobnicate", "examples/data"]).status.code(),
        Some(2)
    );
    assert_eq!(
        run(&["--policy", "nobodys", "examples/data"]).status.code(),
        Some(2)
    );
    assert_eq!(
        run(&["--threads", "0", "examples/data"]).status.code(),
        Some(2)
    );
    assert_eq!(run(&["no/such/file.edi"]).status.code(), Some(2));
    assert_eq!(
        run(&["Cargo.toml"]).status.code(),
        Some(1),
        "no transmission"
    );
}

#[test]
fn what_was_read_of_a_cut_transmission_is_printed() {
    let sample = std::fs::read("examples/data/history.edi").expect("a sample");
    let cut = sample.len() - 60;
    let output = piped(&sample[..cut], &["-"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!lines(&output).is_empty());
    let doubts = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(doubts.contains("inside a message"), "{doubts}");
}

#[test]
fn standard_input_reads_as_the_file_does() {
    let path = "examples/data/history.edi";
    let bytes = std::fs::read(path).expect("a sample");
    let piped = piped(&bytes, &["--quiet", "-"]);
    assert!(piped.stdout == run(&["--quiet", path]).stdout);
}

fn piped(bytes: &[u8], words: &[&str]) -> Output {
    let mut command = program();
    let command = command
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut child = command
        .stderr(Stdio::piped())
        .spawn()
        .expect("`cargo test` builds the example");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(bytes).expect("the example reads");
    drop(stdin);
    child.wait_with_output().expect("it ends")
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let mut command = program();
    let words = ["--quiet", "--policy", "keep-all"];
    let paths = std::iter::repeat_n("examples/data", 200);
    let command = command
        .args(words)
        .args(paths)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("`cargo test` builds the example");
    let mut stdout = child.stdout.take().expect("a pipe");
    let mut first = [0; 16];
    stdout.read_exact(&mut first).expect("something is printed");
    drop(stdout);
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success());
    assert!(output.stderr.is_empty());
}

#[test]
fn diagnostics_name_file_message_segment_and_element() {
    let output = run(&[
        "--policy",
        "keep-all",
        "tests/data/quirks/15a-wrong-count.edi",
    ]);
    let doubts = String::from_utf8(output.stderr).expect("UTF-8");
    let whole = [
        "15a-wrong-count.edi: message 1, segment",
        "(UNT), element 1",
        "warning[segment-count]",
    ];
    assert!(whole.iter().all(|part| doubts.contains(part)), "{doubts}");
    assert!(!doubts.contains('\x1b'), "no colours but on a terminal");
}
