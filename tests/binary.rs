//! The executable itself: streams, exit codes, a reader that goes away.

use std::io::Read;
use std::process::{Command, Stdio};

fn banana() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_banana"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env_clear();
    command
}

#[test]
fn exit_codes_are_the_contract() {
    let code = |arguments: &[&str]| banana().args(arguments).output().unwrap().status.code();
    assert_eq!(code(&["--version"]), Some(0));
    assert_eq!(code(&["check", "stack.hcl"]), Some(0));
    assert_eq!(code(&["check", "stack.hcl", "--fail-on", "low"]), Some(1));
    assert_eq!(code(&["check", "nowhere"]), Some(2));
    assert_eq!(code(&["chekc"]), Some(2));
}

#[test]
fn the_product_goes_to_stdout_and_the_rest_to_stderr() {
    let output = banana().args(["check", "stack.hcl", "--format", "json"]).output().unwrap();
    serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap();
    let output = banana().args(["check", "nowhere"]).output().unwrap();
    assert!(output.stdout.is_empty() && !output.stderr.is_empty());
}

#[test]
fn a_broken_pipe_is_no_error() {
    let mut child = banana()
        .args(["cost", "stack.hcl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0), "{said}");
    assert!(!said.contains("panicked"), "{said}");
}

#[test]
fn colour_only_when_asked_for() {
    let plain = banana().args(["check", "stack.hcl"]).output().unwrap();
    assert!(!plain.stdout.contains(&0x1b));
    let coloured = banana().args(["check", "stack.hcl", "--color", "always"]).output().unwrap();
    assert!(coloured.stdout.contains(&0x1b));
}

#[test]
fn json_lines_in_json_lines_out() {
    let mut child =
        banana().args(["eval"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let lines = "{\"id\":1,\"expr\":\"upper(\\\"a\\\")\"}\n{\"id\":2,\"expr\":\"1 +\"}\n";
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), lines.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let answers: Vec<serde_json::Value> = output
        .stdout
        .split(|b| *b == b'\n')
        .filter(|l| !l.is_empty())
        .map(|l| serde_json::from_slice(l).unwrap())
        .collect();
    assert_eq!(answers[0]["expect"]["value"], "A");
    assert!(answers[1]["error"].is_object());
}
