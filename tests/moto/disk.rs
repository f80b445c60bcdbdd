//! Disks that fill up and folders that cannot be written: what is in AWS afterwards is in the state, or nothing is in AWS.

use super::server::Moto;
use super::stacks::{reset, said};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output};

const STACK: &str = r#"
provider "aws" { region = "eu-west-3" }
resource "aws_cloudwatch_log_group" "g" {
  count             = 5
  name              = "group-${count.index}"
  retention_in_days = 7
}
"#;

const BANANA: &str = env!("CARGO_BIN_EXE_banana");

const APPLY: &str = "apply -auto-approve --fail-on=never";

fn stage() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("main.tf"), STACK).unwrap();
    folder
}

/// Runs lines of a shell in a folder; `$BANANA` is the binary.
fn shell(moto: &Moto, folder: &Path, wrapper: &[&str], lines: &str) -> Output {
    let (first, rest) = wrapper.split_first().map_or(("sh", &[][..]), |(a, b)| (*a, b));
    let mut command = Command::new(first);
    command.args(rest).args(if wrapper.is_empty() { &["-c"][..] } else { &["sh", "-c"] });
    command.arg(lines).current_dir(folder).env_clear().envs(moto.variables());
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("BANANA", BANANA);
    command.output().unwrap()
}

fn groups(moto: &Moto) -> usize {
    moto.inventory()["aws_cloudwatch_log_group"].as_array().map_or(0, Vec::len)
}

/// A mount namespace of one's own, where the system gives one.
fn namespace() -> Option<[&'static str; 2]> {
    let wrapper = ["unshare", "-rm"];
    let works = Command::new(wrapper[0]).args([wrapper[1], "true"]).output();
    let works = works.is_ok_and(|output| output.status.success());
    if !works {
        let text = "skipped: this system gives no mount namespace (unshare -rm)\n";
        std::io::stdout().lock().write_all(text.as_bytes()).unwrap();
    }
    works.then_some(wrapper)
}

#[test]
fn a_file_that_may_not_grow_loses_no_object() {
    let moto = Moto::start();
    let mut stopped = 0;
    // In blocks of 512 or 1,024 bytes, as the shell has it: the journal outgrows most of them, the state some.
    for blocks in [0, 1, 2, 3, 4, 6, 8, 12, 16, 64] {
        reset(&moto);
        let folder = stage();
        let limited = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$BANANA\" {APPLY}");
        let first = shell(&moto, folder.path(), &[], &limited);
        let text = said(&first);
        let code = first.status.code();
        assert!(matches!(code, Some(0 | 2 | 3)), "{blocks} blocks: {code:?}\n{text}");
        if code != Some(0) {
            stopped += 1;
            assert!(text.contains("large"), "{blocks} blocks: no word of why\n{text}");
        }
        if code == Some(2) {
            assert_eq!(
                groups(&moto),
                0,
                "{blocks} blocks: refused, and something was made\n{text}"
            );
        }
        let again = shell(&moto, folder.path(), &[], &format!("exec \"$BANANA\" {APPLY}"));
        assert_eq!(again.status.code(), Some(0), "{blocks} blocks: {text}\n{}", said(&again));
        assert_eq!(groups(&moto), 5, "{blocks} blocks\n{text}\n{}", said(&again));
        let plan = shell(&moto, folder.path(), &[], "exec \"$BANANA\" plan -detailed-exitcode");
        assert_eq!(plan.status.code(), Some(0), "{blocks} blocks: {}", said(&plan));
    }
    assert!(stopped >= 5, "only {stopped} of the limits stopped a run");
}

#[test]
fn a_full_disk_loses_no_object() {
    let Some(wrapper) = namespace() else { return };
    let moto = Moto::start();
    for size in ["8k", "12k", "16k", "20k"] {
        reset(&moto);
        let folder = stage();
        // The disk is there as long as this shell is: the second run is on the same one, with room.
        let lines = format!(
            "mkdir disk && mount -t tmpfs -o size={size} none disk && cp main.tf disk && cd disk || exit 99\n\
             \"$BANANA\" {APPLY}\necho \"first: $?\"\n\
             mount -o remount,size=1m none . || mount -o remount,size=1m none ../disk || exit 98\n\
             \"$BANANA\" {APPLY} || exit 97\n\
             \"$BANANA\" plan -detailed-exitcode"
        );
        let output = shell(&moto, folder.path(), &wrapper, &lines);
        let text = said(&output);
        assert_eq!(output.status.code(), Some(0), "{size}: {text}");
        assert!(["first: 3", "first: 2"].iter().any(|end| text.contains(end)), "{size}: {text}");
        assert!(text.contains("No space left"), "{size}: {text}");
        assert_eq!(groups(&moto), 5, "{size}: {text}");
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_refused_before_anything_is_made() {
    let Some(wrapper) = namespace() else { return };
    let moto = Moto::start();
    let folder = stage();
    let mount = "mount --bind . . && mount -o remount,bind,ro . && cd \"$PWD\" || exit 99";
    let lines = format!("{mount}\nexec \"$BANANA\" {APPLY}");
    let output = shell(&moto, folder.path(), &wrapper, &lines);
    let text = said(&output);
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(text.contains("terraform.tfstate") && text.contains("Read-only"), "{text}");
    assert_eq!(groups(&moto), 0, "{text}");
    // Looking needs no writing.
    let lines = format!("{mount}\nexec \"$BANANA\" plan -detailed-exitcode");
    let output = shell(&moto, folder.path(), &wrapper, &lines);
    let text = said(&output);
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(text.contains("5 to create"), "{text}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing was left behind");
}
