//! Terraform as the other one who wants the state: each keeps the other away, in a file. `BANANA_TERRAFORM` names a Terraform to play that
//! part; where none is named, these tests say so.

use super::bucket::{CREATE, Ran, another, command};
use super::gate::Gate;
use super::server::Moto;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const STACK: &str = r#"
resource "aws_cloudwatch_log_group" "l" {
  name              = "l"
  retention_in_days = 30
}
"#;

/// Holds the lock for some seconds, and says when it has it.
const SLOW: &str = r#"
resource "terraform_data" "slow" {
  provisioner "local-exec" {
    command = "touch begun; sleep 6"
  }
}
"#;

/// Terraform in a folder, where there is one to ask.
pub(super) fn terraform(folder: &Path, arguments: &[&str]) -> Option<Command> {
    let Some(name) = std::env::var_os("BANANA_TERRAFORM").filter(|name| !name.is_empty()) else {
        let _ =
            std::io::stderr().write_all(b"skipped: BANANA_TERRAFORM names no terraform to ask\n");
        return None;
    };
    let mut command = Command::new(name);
    command.current_dir(folder).args(arguments).env("CHECKPOINT_DISABLE", "1");
    command.env_remove("TF_CLI_CONFIG_FILE");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    Some(command)
}

fn until(what: impl Fn() -> bool) {
    let start = Instant::now();
    while !what() {
        assert!(start.elapsed() < Duration::from_mins(1), "nothing happens");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn while_terraform_works_banana_keeps_away() {
    let folder = another(SLOW);
    let path = folder.path();
    let Some(mut init) = terraform(path, &["init", "-input=false"]) else { return };
    Ran::of(&init.output().unwrap()).ends(0, &[]);
    let apply = terraform(path, &["apply", "-auto-approve", "-no-color"]).unwrap().spawn().unwrap();
    until(|| path.join("begun").exists());
    let rm = ["state", "rm", "terraform_data.slow"];
    let run = |arguments: &[&str]| {
        Ran::of(&command(path, "http://127.0.0.1:9", arguments).output().unwrap())
    };
    run(&rm).ends(4, &["is locked", "applying"]);
    run(&["unlock", "--force"]).ends(4, &["that run is alive"]);
    assert!(path.join(".terraform.tfstate.lock.info").exists(), "Terraform's note is still there");
    // Its lock ends, and then it is our turn.
    let waits = ["state", "rm", "terraform_data.slow", "-lock-timeout=60s"];
    run(&waits).ends(0, &["waiting", "1 forgotten"]);
    Ran::end(apply).ends(0, &["1 added"]);
    let list = terraform(path, &["state", "list"]).unwrap().output().unwrap();
    assert_eq!(Ran::of(&list).ends(0, &[]).said.trim(), "");
}

#[test]
fn while_banana_works_terraform_keeps_away() {
    let folder = another(STACK);
    let path = folder.path();
    // An older state is there: Terraform may have it open before it is replaced.
    let old = r#"{"version":4,"terraform_version":"1.11.4","serial":1,"lineage":"x","outputs":{"o":{"value":"old","type":"string"}},"resources":[]}"#;
    std::fs::write(path.join("terraform.tfstate"), old).unwrap();
    let other = ["state", "rm", "-no-color", "terraform_data.none"];
    let Some(mut at_once) = terraform(path, &other) else { return };
    let moto = Moto::start();
    let gate = Gate::before(&moto, CREATE);
    let mut apply = command(path, &gate.endpoint(), &["apply", "-auto-approve"]);
    let apply = apply.env("AWS_REGION", "eu-west-3").spawn().unwrap();
    gate.reached();
    let refused = Ran::of(&at_once.output().unwrap());
    refused.ends(1, &["Error acquiring the state lock", "ann@"]);
    let waits = ["state", "rm", "-no-color", "-lock-timeout=60s", "terraform_data.none"];
    let waits = terraform(path, &waits).unwrap().spawn().unwrap();
    std::thread::sleep(Duration::from_secs(3));
    gate.set(true);
    Ran::end(apply).ends(0, &["1 created"]);
    // It had opened the file that is no state any more, and must not take it for one.
    let waited = Ran::end(waits);
    assert_ne!(waited.code, Some(0), "{}", waited.said);
    let state = std::fs::read_to_string(path.join("terraform.tfstate")).unwrap();
    let state: serde_json::Value = serde_json::from_str(&state).unwrap();
    assert_eq!(state["resources"][0]["instances"][0]["attributes"]["name"], "l");
    let list = terraform(path, &["state", "list"]).unwrap().output().unwrap();
    assert_eq!(Ran::of(&list).ends(0, &[]).said.trim(), "aws_cloudwatch_log_group.l");
}
