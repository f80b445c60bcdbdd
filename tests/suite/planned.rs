//! What a plan shows: to people, and to those who read Terraform's JSON.

use super::stage::{Stage, here};
use banana::Exit;
use serde_json::Value as Json;

/// Where two documents differ, as `path: theirs | ours`.
fn differences(path: &str, theirs: &Json, ours: &Json, found: &mut Vec<String>) {
    match (theirs, ours) {
        (Json::Object(a), Json::Object(b)) => {
            let names: std::collections::BTreeSet<_> = a.keys().chain(b.keys()).collect();
            for name in names {
                let at = format!("{path}.{name}");
                match (a.get(name), b.get(name)) {
                    (Some(a), Some(b)) => differences(&at, a, b, found),
                    (a, _) => {
                        found.push(format!(
                            "{at}: only {}",
                            if a.is_some() { "theirs" } else { "ours" }
                        ));
                    }
                }
            }
        }
        (Json::Array(a), Json::Array(b)) if a.len() == b.len() => {
            for (at, (a, b)) in a.iter().zip(b).enumerate() {
                differences(&format!("{path}[{at}]"), a, b, found);
            }
        }
        _ if theirs == ours => {}
        _ => found.push(format!("{path}: {theirs} | {ours}")),
    }
}

#[test]
fn every_member_is_terraforms() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/plan/members");
    let theirs: Json =
        serde_json::from_str(&std::fs::read_to_string(format!("{folder}/plan.json")).unwrap())
            .unwrap();
    let played = here(&format!("plan {folder} -refresh=false --format json"));
    played.ends(Exit::Ok);
    let mut ours = played.json();
    ours.as_object_mut().unwrap().remove("configuration");
    let mut found = Vec::new();
    differences("", &theirs, &ours, &mut found);
    // Of a set whose type only its value decides, Terraform says nothing where all is known; and it knows that an output of a secret will
    // be an object.
    let spared = [
        "after_unknown.input",
        "after_unknown.output",
        "sensitive_values.output",
        "after_sensitive.output",
    ];
    found.retain(|line| !spared.iter().any(|name| line.contains(name)));
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn what_is_lost_comes_first_and_what_stays_is_a_number() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/plan/members");
    insta::assert_snapshot!(here(&format!("plan {folder} -refresh=false")).out, @r#"
      - terraform_data.c[1]  destroy (count is smaller now)
      - terraform_data.gone  destroy (no longer in the stack)
    -/+ terraform_data.b  replace (it cannot be changed in place)
          triggers_replace[0]: "x" -> "y"  forces replacement
          (3 known after apply)
    -/+ module.m["k"].terraform_data.in  replace (its creation did not finish)
          (2 known after apply)
      . terraform_data.left  forget (no longer in the stack)
      ~ terraform_data.a  change
          input: "one" -> "two"
          output: "one" -> (known after apply)
      ~ terraform_data.found  change, imported by id "by-hand"
          input: + "x"
          output: + (known after apply)
      + terraform_data.new  create
          input = 1
          (2 known after apply)
        terraform_data.to  stays as it is, was terraform_data.from
    output o: "one" -> (terraform_data.a.output)

    plan: 1 to create, 2 to replace, 2 to change, 2 to destroy, 1 to forget, 1 to import, 1 to move; 2 stay as they are
    "#);
}

const WEB: &str = r#"
provider "aws" { region = "eu-west-3" }
variable "word" {
  default   = "new"
  sensitive = true
}
resource "aws_eip" "out" { domain = "vpc" }
resource "aws_nat_gateway" "new" {
  allocation_id = aws_eip.out.id
  subnet_id     = "subnet-1"
}
resource "aws_ssm_parameter" "word" {
  name  = "/web/word"
  type  = "String"
  value = var.word
}
resource "aws_iam_policy" "read" {
  name   = "read"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "Read", Effect = "Allow", Action = ["s3:GetObject", "s3:ListBucket"], Resource = "*" },
      { Sid = "Keys", Effect = "Allow", Action = "kms:Decrypt", Resource = "*" },
    ]
  })
}
resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = jsonencode([{
    name = "web", image = "web:2", memory = 512
    environment = [{ name = "LOG", value = "debug" }, { name = "PORT", value = "80" }]
    command = ["serve", "--fast"]
  }])
}
"#;

/// The state of an older version of [`WEB`], with a NAT gateway that nothing writes any more.
fn web() -> Stage {
    let policy = r#"{"Statement":[{"Action":"kms:Decrypt","Effect":"Allow","Resource":"*","Sid":"Keys"},{"Action":["s3:*","s3:GetObject"],"Effect":"Allow","Resource":"*","Sid":"Read"}],"Version":"2012-10-17"}"#;
    let containers = r#"[{"command":["--fast","serve"],"environment":[{"name":"LOG","value":"info"},{"name":"PORT","value":"80"}],"essential":true,"image":"web:1","memory":512,"mountPoints":[],"name":"web"}]"#;
    let object = |ty: &str, name: &str, version: u64, attributes: Json| {
        serde_json::json!({
            "mode": "managed", "type": ty, "name": name, "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]",
            "instances": [{"schema_version": version, "attributes": attributes, "sensitive_attributes": []}]
        })
    };
    let state = serde_json::json!({
        "version": 4, "terraform_version": "1.11.4", "serial": 3, "lineage": "l", "outputs": {}, "check_results": null,
        "resources": [
            object("aws_ecs_task_definition", "web", 1, serde_json::json!({
                "id": "web", "family": "web", "arn": "arn:aws:ecs:eu-west-3:123456789012:task-definition/web:1", "revision": 1,
                "arn_without_revision": "arn:aws:ecs:eu-west-3:123456789012:task-definition/web", "container_definitions": containers,
                "skip_destroy": false, "track_latest": false, "tags_all": {}
            })),
            object("aws_eip", "out", 0, serde_json::json!({"id": "eipalloc-1", "allocation_id": "eipalloc-1", "domain": "vpc", "tags_all": {}})),
            object("aws_iam_policy", "read", 0, serde_json::json!({
                "id": "arn:aws:iam::123456789012:policy/read", "arn": "arn:aws:iam::123456789012:policy/read", "name": "read",
                "path": "/", "policy": policy, "tags_all": {}
            })),
            object("aws_nat_gateway", "old", 0, serde_json::json!({
                "id": "nat-1", "allocation_id": "eipalloc-1", "subnet_id": "subnet-1", "connectivity_type": "public", "tags_all": {}
            })),
            object("aws_ssm_parameter", "word", 0, serde_json::json!({
                "id": "/web/word", "name": "/web/word", "type": "String", "value": "old", "version": 1, "tier": "Standard",
                "arn": "arn:aws:ssm:eu-west-3:123456789012:parameter/web/word", "tags_all": {}
            })),
        ]
    });
    Stage::new(&[("main.tf", WEB), ("terraform.tfstate", &state.to_string())])
}

#[test]
fn only_what_differs_of_a_document_is_shown_with_what_it_costs() {
    let played = web().run("plan -refresh=false");
    played.ends(Exit::Ok);
    insta::assert_snapshot!(played.out, @r#"
      - aws_nat_gateway.old  destroy (no longer in the stack)  -36.50 USD a month
    -/+ aws_ecs_task_definition.web  replace (it cannot be changed in place)
          container_definitions.web.command: ["--fast", "serve"] -> ["serve", "--fast"]  forces replacement
          container_definitions.web.environment.LOG: "info" -> "debug"
          container_definitions.web.image: "web:1" -> "web:2"
          (7 known after apply)
      ~ aws_iam_policy.read  change
          policy.Statement.Read.Action: - "s3:*"
          policy.Statement.Read.Action: + "s3:ListBucket"
      ~ aws_ssm_parameter.word  change
          insecure_value: + (known after apply)
          value: (sensitive) -> (sensitive)
          version: 1 -> (known after apply)
      + aws_nat_gateway.new  create  +36.50 USD a month
          allocation_id = "eipalloc-1"
          subnet_id = "subnet-1"
          (1 by default, 8 known after apply)

    plan: 1 to create, 1 to replace, 2 to change, 1 to destroy; 1 stay as they are; 0.00 USD a month
    "#);
    assert!(!played.out.contains("new\""), "a secret");
}

#[test]
fn a_part_of_the_stack_is_planned_and_a_mistyped_address_is_not() {
    let web = web();
    web.run("plan -refresh=false -exclude=aws_iam_policy.read -exclude aws_nat_gateway.old")
        .ends(Exit::Ok)
        .says(&["1 to create, 1 to replace, 1 to change, 0 to destroy", "because of `-exclude`"]);
    web.run("plan -refresh=false -target=aws_nat_gateway.old")
        .ends(Exit::Ok)
        .says(&["0 to create, 0 to change, 1 to destroy", "-36.50 USD a month"]);
    web.run("plan -refresh=false -replace=aws_eip.out")
        .ends(Exit::Ok)
        .says(&["aws_eip.out  replace (asked for)"]);
    web.run("plan -refresh=false -target=aws_eip.ou")
        .ends(Exit::Error)
        .says(&["`-target=aws_eip.ou`", "did you mean `aws_eip.out`?"]);
    web.run("plan -refresh=false -target=aws_eip.out -exclude=aws_eip.out").ends(Exit::Error);
    web.run("plan -refresh-only -refresh=false").ends(Exit::Error).says(&["makes no sense"]);
    web.run("plan -refresh-only -destroy").ends(Exit::Error);
}
