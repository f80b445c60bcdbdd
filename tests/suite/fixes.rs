//! `check --fix` and `--diff`: what people see, and what becomes of their files.

use super::stage::Stage;
use banana::Exit;
use std::fs;

const MAIN: &str = r#"variable "rotate" {
  type    = bool
  default = false # once a year is enough
}

resource "aws_kms_key" "data" {
  count               = 2
  description         = "data"
  enable_key_rotation = var.rotate
}

resource "aws_lb" "front" {
  name               = "front"
  load_balancer_type = "application"
  subnets            = ["subnet-1", "subnet-2"]
  security_groups    = ["sg-1"]

  tags = {
    team = "web"
  }
}

resource "aws_ecr_repository" "web" {
  name = "web"
}
"#;

const CHOSEN: &str = "--select key-rotation,drop-invalid-headers,scan-on-push,mutable-tags";

fn stage() -> Stage {
    Stage::new(&[("main.tf", MAIN)])
}

#[test]
fn a_patch_shows_what_would_change() {
    let stage = stage();
    let played = stage.run(&format!("check {CHOSEN} --diff --fail-on medium"));
    played.ends(Exit::Findings);
    insta::assert_snapshot!(played.out);
    insta::assert_snapshot!(played.err, @"
    would fix:
      ECR002 scan-on-push  main.tf  scan images when they are pushed
      KMS001 key-rotation  main.tf  rotate the key every year (2 findings)
    would fix 3 findings in 1 file
    ");
    assert_eq!(fs::read_to_string(stage.path().join("main.tf")).unwrap(), MAIN);
}

#[test]
fn a_patch_of_all_that_can_be_fixed() {
    let played = stage().run(&format!("check {CHOSEN} --diff --unsafe-fixes"));
    insta::assert_snapshot!(played.out);
}

#[test]
fn files_are_fixed_and_the_rest_is_told() {
    let stage = stage();
    let before = stage.run(&format!("check {CHOSEN}"));
    before.says(&[
        "fixable with --fix; banana explain KMS001",
        "fixable: 3 with --fix, 2 with --fix --unsafe-fixes",
    ]);
    let played = stage.run(&format!("check {CHOSEN} --fix"));
    played.ends(Exit::Ok).says(&[
        "fixed 3 findings in 1 file",
        "2 findings:",
        "fixable: 2 with --fix --unsafe-fixes",
    ]);
    let text = fs::read_to_string(stage.path().join("main.tf")).unwrap();
    assert!(text.contains("  default = true # once a year is enough\n"), "{text}");
    assert!(text.contains("  name = \"web\"\n\n  image_scanning_configuration {\n    scan_on_push = true\n  }\n}\n"), "{text}");
    // Once more there is nothing to do, with all of them neither.
    stage.run(&format!("check {CHOSEN} --fix")).says(&["nothing to fix"]);
    stage
        .run(&format!("check {CHOSEN} --fix --unsafe-fixes"))
        .says(&["fixed 2 findings", "no findings"]);
    stage.run(&format!("check {CHOSEN} --diff --unsafe-fixes")).says(&["nothing to fix"]);
}

#[test]
fn the_literal_that_decides_is_edited_where_it_stands() {
    let module = "variable \"scan\" {}\n\nresource \"aws_ecr_repository\" \"web\" {\n  name = \"web\"\n\n  image_scanning_configuration {\n    scan_on_push = var.scan\n  }\n}\n";
    let main = "variable \"scan\" {\n  type = object({ web = bool, job = bool })\n}\n\nmodule \"web\" {\n  source = \"./web\"\n  scan   = var.scan.web\n}\n";
    let stage = Stage::new(&[
        ("main.tf", main),
        ("terraform.tfvars", "scan = {\n  web = false, job = false\n}\n"),
        ("web/main.tf", module),
    ]);
    stage.run("check --select scan-on-push --fix").says(&["terraform.tfvars", "fixed 1 finding"]);
    let read = |name: &str| fs::read_to_string(stage.path().join(name)).unwrap();
    assert_eq!(read("terraform.tfvars"), "scan = {\n  web = true, job = false\n}\n");
    assert_eq!((read("main.tf").as_str(), read("web/main.tf").as_str()), (main, module));
}

#[test]
fn what_others_read_too_is_left_alone() {
    let main = "variable \"on\" {\n  default = false\n}\n\nresource \"aws_kms_key\" \"data\" {\n  enable_key_rotation = var.on\n}\n\noutput \"on\" {\n  value = var.on\n}\n";
    let stage = Stage::new(&[("main.tf", main)]);
    let played = stage.run("check --select key-rotation --fix");
    played.says(&[
        "not fixed:",
        "aws_kms_key.data at main.tf:2: the output `on` would change too",
        "nothing to fix",
    ]);
    assert_eq!(fs::read_to_string(stage.path().join("main.tf")).unwrap(), main);
}

#[test]
fn what_is_not_of_the_stack_is_not_offered() {
    let module = "resource \"aws_kms_key\" \"data\" {\n}\n";
    let call = |source: &str| format!("module \"keys\" {{\n  source = \"{source}\"\n}}\n");
    let outside = Stage::new(&[("live/main.tf", &call("../keys")), ("keys/main.tf", module)]);
    let installed = Stage::new(&[
        ("live/main.tf", &call("example.com/keys")),
        (
            "live/.terraform/modules/modules.json",
            "{\"Modules\":[{\"Key\":\"keys\",\"Source\":\"example.com/keys\",\"Dir\":\".terraform/modules/keys\"}]}",
        ),
        ("live/.terraform/modules/keys/main.tf", module),
    ]);
    let json =
        Stage::new(&[("live/main.tf.json", "{\"resource\":{\"aws_kms_key\":{\"data\":{}}}}")]);
    for stage in [outside, installed, json] {
        let played = stage.run("--chdir live check --select key-rotation --format json");
        let json = played.json();
        assert_eq!(
            (json["summary"]["fail"].as_u64(), json["summary"]["fixable"]["safe"].as_u64()),
            (Some(1), Some(0)),
            "{json}"
        );
        assert!(json["findings"][0]["fix"].is_null());
        stage.run("--chdir live check --select key-rotation --fix").says(&["nothing to fix"]);
    }
}

#[test]
fn instances_that_differ_are_not_fixed_together() {
    let main = "resource \"aws_kms_key\" \"data\" {\n  for_each            = { a = true, b = false }\n  enable_key_rotation = each.value\n}\n\nresource \"aws_kms_key\" \"sign\" {\n  for_each = { a = \"SYMMETRIC_DEFAULT\", b = \"RSA_2048\" }\n  customer_master_key_spec = each.value\n}\n";
    let stage = Stage::new(&[("main.tf", main)]);
    stage.run("check --select key-rotation --fix").says(&["fixed 1 finding"]);
    // The one literal was wrong; where one line would speak for all instances, nobody touched it.
    let text = fs::read_to_string(stage.path().join("main.tf")).unwrap();
    assert_eq!(text, main.replace("b = false", "b = true"));
}

#[test]
fn a_silenced_finding_is_not_fixed() {
    let main = "# banana:ignore[key-rotation] reason=\"kept by hand\"\nresource \"aws_kms_key\" \"data\" {\n}\n";
    let stage = Stage::new(&[("main.tf", main)]);
    stage.run("check --select key-rotation --fix").says(&["nothing to fix", "1 suppressed"]);
    assert_eq!(fs::read_to_string(stage.path().join("main.tf")).unwrap(), main);
}

#[test]
fn machines_read_the_edits() {
    let stage = stage();
    let json = stage.run(&format!("check {CHOSEN} --format json")).json();
    let findings = json["findings"].as_array().unwrap();
    let key = findings.iter().find(|f| f["name"] == "key-rotation").unwrap();
    let edit = &key["fix"]["edits"][0];
    let (start, end) = (edit["start"].as_u64().unwrap(), edit["end"].as_u64().unwrap());
    let range = usize::try_from(start).unwrap()..usize::try_from(end).unwrap();
    assert_eq!(
        (MAIN.get(range), edit["text"].as_str(), edit["file"].as_str()),
        (Some("false"), Some("true"), Some("main.tf"))
    );
    assert_eq!(
        (key["fix"]["kind"].as_str(), key["fix"]["title"].as_str()),
        (Some("safe"), Some("rotate the key every year"))
    );
    let log: serde_json::Value =
        serde_json::from_str(&stage.run(&format!("check {CHOSEN} --format sarif")).out).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let key = results.iter().find(|result| result["ruleId"] == "KMS001").unwrap();
    insta::assert_snapshot!(format!("{:#}", key["fixes"]));
}

#[test]
fn wrong_wishes_are_told() {
    let stage = stage();
    stage
        .run("check --unsafe-fixes")
        .ends(Exit::Error)
        .says(&["`--unsafe-fixes` alone changes nothing", "--diff"]);
    stage.run("check --fix --diff").ends(Exit::Error).says(&["cannot be used with"]);
    stage
        .run("check --diff --format json")
        .ends(Exit::Error)
        .says(&["--format json=findings.json"]);
    assert_eq!(fs::read_to_string(stage.path().join("main.tf")).unwrap(), MAIN);
}

#[cfg(unix)]
#[test]
fn rights_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let stage = Stage::new(&[
        ("live/keys.tf.shared", "resource \"aws_kms_key\" \"a\" {\n}\n"),
        ("other/b.tf", "resource \"aws_kms_key\" \"b\" {\n}\n"),
    ]);
    let live = stage.path().join("live");
    let target = live.join("keys.tf.shared");
    fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("keys.tf.shared", live.join("keys.tf")).unwrap();
    symlink("../other/b.tf", live.join("b.tf")).unwrap();
    stage
        .run("--chdir live check --select key-rotation --fix")
        .says(&["fixed 1 finding in 1 file", "1 finding:"]);
    assert!(live.join("keys.tf").is_symlink() && live.join("b.tf").is_symlink());
    assert!(fs::read_to_string(&target).unwrap().contains("enable_key_rotation = true"));
    assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o640);
    // A file that may not be written to is not replaced behind its owner's back.
    fs::write(live.join("c.tf"), "resource \"aws_kms_key\" \"c\" {\n}\n").unwrap();
    fs::set_permissions(live.join("c.tf"), fs::Permissions::from_mode(0o440)).unwrap();
    stage
        .run("--chdir live check --select key-rotation --fix")
        .ends(Exit::Error)
        .says(&["cannot fix `c.tf`: it is read-only"]);
}

#[test]
fn a_secret_is_no_context_of_a_patch() {
    let main = "variable \"key\" {\n  type      = string\n  sensitive = true\n}\n\nvariable \"on\" {\n  type = bool\n}\n\nresource \"aws_kms_key\" \"a\" {\n  enable_key_rotation = var.on\n}\n";
    let stage = Stage::new(&[
        ("main.tf", main),
        ("terraform.tfvars", "key = \"hunter2hunter2\"\non  = false\n"),
    ]);
    let played = stage.run("check --select key-rotation --diff");
    played.says(&["+on  = true"]);
    assert!(!played.out.contains("hunter2"), "{}", played.out);
}

#[test]
fn explain_and_rules_say_which_rules_have_a_fix() {
    let stage = stage();
    stage.run("explain KMS001").says(&["fix: safe: rotate the key every year"]);
    let list = stage.run("rules --format json").json();
    let with =
        list["rules"].as_array().unwrap().iter().filter(|rule| !rule["fix"].is_null()).count();
    assert!(with >= 80, "{with}");
    let line = stage
        .run("rules")
        .out
        .lines()
        .find(|line| line.starts_with("KMS001"))
        .map(str::to_owned)
        .unwrap();
    assert!(line.starts_with("KMS001   medium    safe    key-rotation "), "{line}");
}

#[test]
fn several_stacks_are_fixed_at_once() {
    let key = |name: &str| format!("resource \"aws_kms_key\" \"{name}\" {{\n}}\n");
    let stage = Stage::new(&[("a/main.tf", &key("a")), ("b/main.tf", &key("b"))]);
    let patch = stage.run("check a b --select key-rotation --diff");
    patch.says(&["--- a/a/main.tf", "--- a/b/main.tf", "would fix 1 finding in 1 file"]);
    let log: serde_json::Value =
        serde_json::from_str(&stage.run("check a b --select key-rotation --format sarif").out)
            .unwrap();
    let uris: Vec<_> = log["runs"][0]["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| {
            let artifact = &result["fixes"][0]["artifactChanges"][0];
            assert_eq!(artifact["replacements"][0]["deletedRegion"]["startLine"], 2);
            artifact["artifactLocation"]["uri"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(uris, ["a/main.tf", "b/main.tf"]);
    stage
        .run("check a b --select key-rotation --fix")
        .says(&["fixed 1 finding in 1 file", "no findings"]);
    assert_eq!(
        fs::read_to_string(stage.path().join("b/main.tf")).unwrap(),
        "resource \"aws_kms_key\" \"b\" {\n  enable_key_rotation = true\n}\n"
    );
}
