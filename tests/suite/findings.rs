//! `check`, `explain` and `rules` on the two stacks that everybody reads first.

use super::stage::{Stage, here};
use banana::Exit;
use serde_json::Value;

const SEED: &str = "check fixtures/stacks/seed -var-file=fixtures/stacks/seed/secrets.tfvars";

fn fails(json: &Value) -> Vec<(&str, &str)> {
    let findings = json["findings"].as_array().unwrap().iter().filter(|f| f["verdict"] == "fail");
    findings.map(|f| (f["name"].as_str().unwrap(), f["severity"].as_str().unwrap())).collect()
}

#[test]
fn the_reference_stack_has_nothing_at_medium_or_above() {
    let played = here("check stack.hcl --format json");
    played.ends(Exit::Ok);
    let json = played.json();
    assert_eq!(json["version"], 1);
    assert!(fails(&json).iter().all(|(_, severity)| *severity == "low"), "{:?}", fails(&json));
    assert!(json["summary"]["pass"].as_u64().unwrap() > 30);
    here("check stack.hcl --fail-on low").ends(Exit::Findings);
}

#[test]
fn the_reference_stack_is_the_default_of_its_folder() {
    here("check").ends(Exit::Ok).says(&["USD a month in eu-west-3"]);
}

#[test]
fn the_seed_stack_shows_its_faults_and_the_keys_first() {
    let played = here(&format!("{SEED} --format json"));
    played.ends(Exit::Findings);
    let json = played.json();
    let fails = fails(&json);
    assert_eq!(fails[0], ("secret-keys", "critical"));
    for name in [
        "https-listener",
        "mutable-image-tag",
        "service-autoscaling",
        "circuit-breaker",
        "image-outside-aws",
    ] {
        assert!(fails.iter().any(|(found, _)| *found == name), "no {name} in {fails:?}");
    }
    let outside = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|f| f["name"] == "image-outside-aws")
        .unwrap();
    assert!(outside["message"].as_str().unwrap().contains("NAT"), "{outside}");
    // The deciding line is the root's module argument, not the module's inside.
    let tag = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|f| f["name"] == "mutable-image-tag")
        .unwrap();
    assert_eq!(tag["file"], "fixtures/stacks/seed/main.tf");
    assert_eq!(tag["line"], 30);
}

#[test]
fn a_secret_is_never_printed() {
    for format in ["text", "json"] {
        let played = here(&format!("{SEED} --format {format}"));
        for secret in ["AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"] {
            assert!(
                !played.out.contains(secret) && !played.err.contains(secret),
                "{format} prints a secret"
            );
        }
    }
}

#[test]
fn the_same_bytes_every_time() {
    let first = here(&format!("{SEED} --format json --show all"));
    for _ in 0..3 {
        assert_eq!(here(&format!("{SEED} --format json --show all")).out, first.out);
    }
}

#[test]
fn rules_can_be_chosen() {
    let json = here(&format!("{SEED} --format json --select ECS005,CKV_AWS_2")).json();
    let mut names: Vec<_> = fails(&json).into_iter().map(|(name, _)| name).collect();
    names.sort_unstable();
    assert_eq!(names, ["https-listener", "mutable-image-tag"]);
    here("check stack.hcl --select nothing-like-it").ends(Exit::Error).says(&["nothing-like-it"]);
}

#[test]
fn a_comment_silences_a_finding_and_says_so() {
    let text = "# banana:ignore[flow-logs] reason=\"a playground\"\nresource \"aws_vpc\" \"a\" {\n  cidr_block = \"10.0.0.0/16\"\n}\n";
    let stage = Stage::new(&[("main.tf", text)]);
    stage.run("check --fail-on low --select flow-logs").ends(Exit::Ok).says(&["1 suppressed"]);
    stage.run("check --fail-on low --select flow-logs --no-inline-ignores").ends(Exit::Findings);
}

#[test]
fn an_unknown_is_neither_pass_nor_fail() {
    let text = "variable \"cidr\" {\n  type = string\n}\n\nresource \"aws_security_group\" \"a\" {\n  name = \"a\"\n\n  ingress {\n    from_port   = 22\n    \
                to_port     = 22\n    protocol    = \"tcp\"\n    cidr_blocks = [var.cidr]\n  }\n}\n";
    let stage = Stage::new(&[("main.tf", text)]);
    let json = stage.run("check --format json --select open-admin-port").json();
    let finding = &json["findings"][0];
    assert_eq!(
        (finding["verdict"].as_str(), finding["settled_by"][0].as_str()),
        (Some("unknown"), Some("var.cidr")),
        "{json}"
    );
    stage.run("check --select open-admin-port --unknown fail").ends(Exit::Findings);
    stage.run("check --select open-admin-port --unknown ignore").ends(Exit::Ok);
    stage
        .run("check --select open-admin-port -var cidr=10.0.0.0/8")
        .ends(Exit::Ok)
        .says(&["no findings"]);
    stage.run("check --select open-admin-port -var cidr=0.0.0.0/0").ends(Exit::Findings);
}

#[test]
fn explain_prints_a_rules_page_by_any_of_its_names() {
    let by_code = here("explain ECS002");
    by_code.ends(Exit::Ok).says(&["task-public-ip", "Why."]);
    assert_eq!(by_code.out, here("explain task-public-ip").out);
    // A comment in an example is no heading.
    here("explain SUP006").ends(Exit::Ok).says(&["\n# trivy:ignore:AVD-AWS-0164\nresource"]);
    assert_eq!(
        here("rules").out.lines().count(),
        here("rules --format json").json()["rules"].as_array().unwrap().len()
    );
}

#[test]
fn the_pages_of_a_site_come_from_the_rules() {
    let book = here("rules --format md");
    book.ends(Exit::Ok);
    let json = here("rules --format json").json();
    let codes: Vec<&str> = json["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rule| rule["code"].as_str().unwrap())
        .collect();
    for code in &codes {
        let anchor = code.to_ascii_lowercase();
        for text in [format!("| [{code}](#{anchor}) |"), format!("<a id=\"{anchor}\"></a>")] {
            assert_eq!(book.out.matches(&text).count(), 1, "{text}");
        }
    }
    let stage = Stage::new(&[]);
    stage.run("rules --pages docs/rules").ends(Exit::Ok);
    let read =
        |name: &str| std::fs::read_to_string(stage.path().join("docs/rules").join(name)).unwrap();
    assert!(read("README.md").contains("| [ECS002](ECS002.md) | task-public-ip | high |"));
    assert_eq!(
        std::fs::read_dir(stage.path().join("docs/rules")).unwrap().count(),
        codes.len() + 1
    );
    insta::assert_snapshot!(read("ECS002.md"));
    stage.run("rules --pages docs --format md").ends(Exit::Error).says(&["cannot be used with"]);
}
