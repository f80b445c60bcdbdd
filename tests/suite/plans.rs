//! `plan` without AWS: the first plan of a stack needs no credentials.

use super::stage::{Stage, here};
use banana::Exit;

const ARN: &str = "-var certificate_arn=arn:aws:acm:eu-west-3:123456789012:certificate/1";

#[test]
fn the_reference_stack_plans_offline() {
    let played = here(&format!("plan stack.hcl {ARN} --format json"));
    played.ends(Exit::Ok);
    let json = played.json();
    assert_eq!(json["format_version"], "1.2");
    let changes = json["resource_changes"].as_array().unwrap();
    assert!(changes.len() >= 36);
    assert!(
        changes
            .iter()
            .filter(|c| c["mode"] == "managed")
            .all(|c| c["change"]["actions"][0] == "create")
    );
    here(&format!("plan stack.hcl {ARN}"))
        .ends(Exit::Ok)
        .says(&["36 to create, 0 to change, 0 to destroy"]);
    here(&format!("plan stack.hcl {ARN} -detailed-exitcode")).ends(Exit::Changes);
}

#[test]
fn a_broken_stack_gives_terraforms_diagnostics() {
    let stage = Stage::new(&[("main.tf", "resource \"aws_vpc\" \"a\" {\n  cidr_blok = 1\n}\n")]);
    let played = stage.run("plan --format json");
    played.ends(Exit::Error);
    let json = played.json();
    let first = &json["diagnostics"][0];
    assert_eq!(first["severity"], "error");
    assert_eq!(first["range"]["start"]["line"], 2);
}

#[test]
fn a_state_that_is_no_state_is_refused() {
    let stage =
        Stage::new(&[("main.tf", "locals {}\n"), ("terraform.tfstate", "{\"version\": 3}")]);
    stage.run("plan --refresh=false").ends(Exit::Error).says(&["terraform.tfstate"]);
    let torn =
        Stage::new(&[("main.tf", "locals {}\n"), ("terraform.tfstate", "{\"version\": 4, \"ser")]);
    torn.run("plan --refresh=false").ends(Exit::Error).says(&["terraform.tfstate", ".backup"]);
}

/// A state of one VPC, at `path`.
fn with_state(path: &str, terraform: &str) -> Stage {
    let vpc = r#"{"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "a", "outputs": {}, "resources": [
      {"mode": "managed", "type": "aws_vpc", "name": "old", "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]",
       "instances": [{"schema_version": 1, "attributes": {"id": "vpc-1", "cidr_block": "10.0.0.0/16"}}]}]}"#;
    Stage::new(&[("main.tf", terraform), (path, vpc)])
}

#[test]
fn the_state_is_where_terraform_keeps_it() {
    let gone = &["1 to destroy"];
    let plan = "plan -refresh=false";
    with_state("terraform.tfstate", "").run(plan).ends(Exit::Ok).says(gone);
    with_state("terraform.tfstate.d/blue/terraform.tfstate", "")
        .run(&format!("{plan} -workspace blue"))
        .ends(Exit::Ok)
        .says(gone);
    // `terraform workspace select blue` was the last word; `-workspace` goes before it.
    let selected = with_state("terraform.tfstate.d/blue/terraform.tfstate", "");
    let data = selected.path().join(".terraform");
    std::fs::create_dir(&data).unwrap();
    std::fs::write(data.join("environment"), "blue").unwrap();
    selected.run(plan).ends(Exit::Ok).says(gone);
    selected.run(&format!("{plan} -workspace default")).ends(Exit::Ok).says(&["no changes"]);
    let local = "terraform {\n  backend \"local\" {\n    path = \"s/here.json\"\n  }\n}\n";
    with_state("s/here.json", local).run(plan).ends(Exit::Ok).says(gone);
}

#[test]
fn a_state_that_is_elsewhere_is_not_taken_for_empty_unsaid() {
    for (terraform, place) in [
        ("terraform {\n  backend \"gcs\" {}\n}\n", "backend `gcs`"),
        ("terraform {\n  cloud {}\n}\n", "a `cloud` block"),
    ] {
        let stage = with_state("copy.json", terraform);
        stage.run("plan -refresh=false").ends(Exit::Ok).says(&[place, "takes it for empty"]);
        stage.run("plan -refresh=false -out=p").ends(Exit::Error).says(&[place, "--state FILE"]);
        let played = stage.run("plan -refresh=false -state=copy.json");
        played.ends(Exit::Ok).says(&["1 to destroy"]);
        assert_eq!(played.err, "");
    }
}

#[test]
fn an_address_that_is_none_is_refused() {
    here(&format!("plan stack.hcl {ARN} -target=nothing..here"))
        .ends(Exit::Error)
        .says(&["--target"]);
}
