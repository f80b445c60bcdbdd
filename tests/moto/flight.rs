//! Apply, second apply, destroy; refusals; interruption.

use super::server::Moto;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

/// A certificate that is nowhere: enough for what is refused before any call.
const NOWHERE: &str = "-var=certificate_arn=arn:aws:acm:eu-west-3:123456789012:certificate/00000000-0000-0000-0000-000000000000";

fn banana(moto: &Moto, folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_banana"));
    command.current_dir(folder).env_clear().envs(moto.variables()).args(arguments);
    command.output().unwrap()
}

#[track_caller]
fn ends(output: &Output, code: i32) -> String {
    let (out, err) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{out}\n{err}");
    format!("{out}\n{err}")
}

/// How many objects of each kind there are.
pub(super) fn count(inventory: &Value) -> BTreeMap<String, usize> {
    let kinds = inventory.as_object().unwrap();
    kinds
        .iter()
        .map(|(kind, objects)| (kind.clone(), objects.as_array().map_or(0, Vec::len)))
        .collect()
}

pub(super) fn stage() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("stack.hcl"),
        folder.path().join("stack.hcl"),
    )
    .unwrap();
    folder
}

#[test]
fn the_reference_stack_flies_and_lands() {
    let moto = Moto::start();
    let folder = stage();
    let certificate = format!("-var=certificate_arn={}", moto.certificate());
    let before = count(&moto.inventory());

    let said = ends(&banana(&moto, folder.path(), &["apply", "-auto-approve", &certificate]), 0);
    assert!(said.contains("done: 36 created, 0 changed, 0 destroyed"), "{said}");
    let flying = count(&moto.inventory());
    let made: BTreeMap<&str, usize> = flying
        .iter()
        .filter_map(|(kind, n)| {
            Some((kind.as_str(), n - before.get(kind).unwrap_or(&0))).filter(|(_, n)| *n > 0)
        })
        .collect();
    for (kind, expected) in [
        ("aws_vpc", 1),
        ("aws_subnet", 4),
        ("aws_internet_gateway", 1),
        ("aws_eip", 1),
        ("aws_nat_gateway", 1),
        ("aws_lb", 1),
        ("aws_lb_target_group", 1),
        ("aws_lb_listener", 2),
        ("aws_iam_role", 2),
        ("aws_cloudwatch_log_group", 1),
        ("aws_ecs_cluster", 1),
        ("aws_ecs_task_definition", 1),
        ("aws_ecs_service", 1),
        ("aws_appautoscaling_target", 1),
        ("aws_appautoscaling_policy", 1),
    ] {
        assert_eq!(made.get(kind), Some(&expected), "{kind} in {made:?}");
    }

    let said = ends(&banana(&moto, folder.path(), &["apply", "-auto-approve", &certificate]), 0);
    assert!(said.contains("no changes"), "{said}");
    assert_eq!(count(&moto.inventory()), flying, "a second apply makes nothing");
    ends(&banana(&moto, folder.path(), &["plan", "-detailed-exitcode", &certificate]), 0);

    let said = ends(&banana(&moto, folder.path(), &["destroy", "-auto-approve", &certificate]), 0);
    assert!(said.contains("36 destroyed"), "{said}");
    assert_eq!(count(&moto.inventory()), before, "destroy leaves nothing");
}

#[test]
fn apply_refuses_what_check_finds_and_what_is_too_dear() {
    let moto = Moto::start();
    let folder = stage();
    let certificate = format!("-var=certificate_arn={}", moto.certificate());
    let before = count(&moto.inventory());
    let said = ends(
        &banana(
            &moto,
            folder.path(),
            &["apply", "-auto-approve", "--fail-on", "low", &certificate],
        ),
        1,
    );
    assert!(said.contains("not applied"), "{said}");
    let said = ends(
        &banana(&moto, folder.path(), &["apply", "-auto-approve", "--budget", "50", &certificate]),
        1,
    );
    assert!(said.contains("over budget"), "{said}");
    // What a baseline puts up with is no reason; the budget still is.
    ends(&banana(&moto, folder.path(), &["baseline", &certificate]), 0);
    let known = ["--fail-on", "low", "--baseline", "banana-baseline.txt", "--budget", "50"];
    let arguments = [&["apply", "-auto-approve", &certificate], known.as_slice()].concat();
    let said = ends(&banana(&moto, folder.path(), &arguments), 1);
    assert!(said.contains("over budget") && !said.contains("--fail-on"), "{said}");
    ends(&banana(&moto, folder.path(), &["apply", &certificate]), 2);
    ends(&banana(&moto, folder.path(), &["apply", "-auto-approve"]), 2);
    assert_eq!(count(&moto.inventory()), before, "nothing was touched");
    assert!(!folder.path().join("terraform.tfstate").exists());
}

#[test]
fn a_saved_plan_is_what_is_applied_or_nothing_is() {
    let moto = Moto::start();
    let folder = stage();
    let certificate = format!("-var=certificate_arn={}", moto.certificate());
    let before = count(&moto.inventory());
    let said = ends(&banana(&moto, folder.path(), &["plan", "-out=p", &certificate]), 0);
    assert!(said.contains("`banana apply p`"), "{said}");
    let stack = folder.path().join("stack.hcl");
    let text = std::fs::read_to_string(&stack).unwrap();
    std::fs::write(&stack, text.replace("retention_in_days = 30", "retention_in_days = 60"))
        .unwrap();
    let said = ends(&banana(&moto, folder.path(), &["apply", "-auto-approve", "p"]), 2);
    assert!(said.contains("stack.hcl` was changed"), "{said}");
    assert_eq!(count(&moto.inventory()), before, "nothing was touched");
    std::fs::write(&stack, text).unwrap();
    let said = ends(&banana(&moto, folder.path(), &["apply", "-auto-approve", "p"]), 0);
    assert!(said.contains("done: 36 created, 0 changed, 0 destroyed"), "{said}");
    let said = ends(&banana(&moto, folder.path(), &["apply", "-auto-approve", "p"]), 2);
    assert!(said.contains("state"), "a plan is applied once: {said}");
    ends(&banana(&moto, folder.path(), &["plan", "-destroy", "-out=q", &certificate]), 0);
    let said = ends(&banana(&moto, folder.path(), &["apply", "-auto-approve", "q"]), 0);
    assert!(said.contains("36 destroyed"), "{said}");
    assert_eq!(count(&moto.inventory()), before, "nothing is left");
}

#[test]
fn without_credentials_or_an_endpoint_nothing_is_touched() {
    let folder = stage();
    let run = |variables: &[(&str, &str)]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_banana"));
        command.current_dir(folder.path()).env_clear().env("AWS_EC2_METADATA_DISABLED", "true");
        command
            .envs(variables.iter().copied())
            .args(["apply", "-auto-approve", NOWHERE])
            .output()
            .unwrap()
    };
    let said = ends(&run(&[("AWS_ENDPOINT_URL", "http://127.0.0.1:9")]), 2);
    assert!(said.contains("credentials"), "{said}");
    let keys = [("AWS_ACCESS_KEY_ID", "testing"), ("AWS_SECRET_ACCESS_KEY", "testing")];
    let said = ends(&run(&[keys[0], keys[1], ("AWS_ENDPOINT_URL", "http://127.0.0.1:9")]), 2);
    assert!(said.contains("AWS_ENDPOINT_URL"), "{said}");
    let mut command = Command::new(env!("CARGO_BIN_EXE_banana"));
    command.current_dir(folder.path()).env_clear().env("AWS_ENDPOINT_URL", "http://127.0.0.1:9");
    let said = ends(&command.envs(keys).args(["cost", "--live-prices"]).output().unwrap(), 2);
    assert!(said.contains("pricing:GetProducts"), "{said}");
    assert!(!folder.path().join("terraform.tfstate").exists());
}

#[cfg(unix)]
#[test]
fn an_interrupted_apply_goes_on_where_it_stopped() {
    use std::process::Stdio;
    use std::time::Duration;
    let moto = Moto::start();
    let folder = stage();
    let certificate = format!("-var=certificate_arn={}", moto.certificate());
    let before = count(&moto.inventory());
    for (signal, pause) in [("-INT", 1500), ("-KILL", 900)] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_banana"))
            .current_dir(folder.path())
            .env_clear()
            .envs(moto.variables())
            .args(["apply", "-auto-approve", &certificate])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(pause));
        let status = Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        assert!(status.success() || child.try_wait().unwrap().is_some());
        let ended = child.wait().unwrap().code();
        assert!(
            matches!((signal, ended), ("-INT", Some(0 | 3 | 130)) | ("-KILL", None | Some(0))),
            "{signal}: {ended:?}"
        );
    }
    ends(&banana(&moto, folder.path(), &["apply", "-auto-approve", &certificate]), 0);
    let flying = count(&moto.inventory());
    assert_eq!(flying["aws_vpc"] - before["aws_vpc"], 1, "nothing twice: {flying:?}");
    assert_eq!(flying["aws_subnet"] - before["aws_subnet"], 4, "nothing twice: {flying:?}");
    ends(&banana(&moto, folder.path(), &["destroy", "-auto-approve", &certificate]), 0);
    assert_eq!(count(&moto.inventory()), before, "nothing leaked");
}
