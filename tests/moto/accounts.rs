//! Stacks over several accounts and regions: each object where its provider configuration says, and nowhere else.

use super::bucket::{CREATE, command};
use super::gate::Gate;
use super::server::{Moto, REGION};
use super::stacks::said;
use serde_json::Value as Json;
use std::path::Path;
use std::process::{Command, Output};

/// The account of a role that the stack assumes.
const OTHER: &str = "210987654321";

const STACK: &str = r#"
provider "aws" { region = "eu-west-3" }
provider "aws" {
  alias  = "other"
  region = "eu-west-1"
  assume_role {
    role_arn     = "arn:aws:iam::210987654321:role/deploy"
    session_name = "ship"
  }
}
resource "aws_cloudwatch_log_group" "here" { name = "here" }
resource "aws_cloudwatch_log_group" "there" {
  provider = aws.other
  name     = "there"
}
module "inner" {
  source    = "./inner"
  providers = { aws = aws.other }
}
data "aws_caller_identity" "there" { provider = aws.other }
data "aws_region" "there" { provider = aws.other }
output "account" { value = data.aws_caller_identity.there.account_id }
output "region" { value = data.aws_region.there.name }
"#;

/// The names of an account's log groups in a region, as boto3 lists them; of the other account through its role.
const GROUPS: &str = "import boto3, json, sys\n\
    region, account = sys.argv[1:]\n\
    keys = {}\n\
    if account:\n\
    \x20   role = boto3.client('sts').assume_role(RoleArn=f'arn:aws:iam::{account}:role/x', RoleSessionName='reader')['Credentials']\n\
    \x20   keys = dict(aws_access_key_id=role['AccessKeyId'], aws_secret_access_key=role['SecretAccessKey'], aws_session_token=role['SessionToken'])\n\
    logs = boto3.client('logs', region_name=region, **keys)\n\
    print(json.dumps([group['logGroupName'] for group in logs.describe_log_groups()['logGroups']]))";

fn groups(moto: &Moto, region: &str, account: &str) -> Vec<String> {
    serde_json::from_str(&moto.python(GROUPS, &[region, account])).unwrap()
}

fn stage(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("inner")).unwrap();
    std::fs::write(folder.path().join("main.tf"), text).unwrap();
    let inner = "resource \"aws_cloudwatch_log_group\" \"inner\" { name = \"inner\" }\n";
    std::fs::write(folder.path().join("inner/main.tf"), inner).unwrap();
    folder
}

fn banana(moto: &Moto, folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_banana"));
    command.current_dir(folder).env_clear().envs(moto.variables()).args(arguments);
    command.output().unwrap()
}

const APPLY: [&str; 3] = ["apply", "-auto-approve", "--fail-on=never"];

#[test]
fn each_object_is_made_where_its_provider_configuration_says() {
    let moto = Moto::start();
    let folder = stage(STACK);
    let applied = banana(&moto, folder.path(), &APPLY);
    assert_eq!(applied.status.code(), Some(0), "{}", said(&applied));
    assert_eq!(groups(&moto, REGION, ""), ["here"]);
    assert_eq!(groups(&moto, "eu-west-1", OTHER), ["inner", "there"]);
    assert_eq!(groups(&moto, "eu-west-1", ""), [""; 0]);
    assert_eq!(groups(&moto, REGION, OTHER), [""; 0]);
    let state = std::fs::read_to_string(folder.path().join("terraform.tfstate")).unwrap();
    let state: Json = serde_json::from_str(&state).unwrap();
    assert_eq!(state["outputs"]["account"]["value"], OTHER);
    assert_eq!(state["outputs"]["region"]["value"], "eu-west-1");
    let arn = |name: &str| {
        let all = state["resources"].as_array().unwrap();
        let one = all.iter().find(|r| r["name"] == name).unwrap();
        one["instances"][0]["attributes"]["arn"].as_str().unwrap().to_owned()
    };
    assert!(arn("inner").contains(&format!(":eu-west-1:{OTHER}:")), "{}", arn("inner"));

    let plan = banana(&moto, folder.path(), &["plan", "-detailed-exitcode"]);
    assert_eq!(plan.status.code(), Some(0), "{}", said(&plan));

    // An alias that goes while the state has something of it: nobody can be asked any more.
    let text = STACK.replace("aws.other", "aws.renamed");
    let orphan = text.replace(
        "resource \"aws_cloudwatch_log_group\" \"there\"",
        "resource \"aws_cloudwatch_log_group\" \"new\"",
    );
    let orphan = orphan.replace("\"other\"", "\"renamed\"");
    std::fs::write(folder.path().join("main.tf"), orphan).unwrap();
    let refused = banana(&moto, folder.path(), &["plan"]);
    let text_of = said(&refused);
    assert_eq!(refused.status.code(), Some(2), "{text_of}");
    assert!(text_of.contains("has no provider configuration"), "{text_of}");
    // One that is only renamed is the same account and region under another name.
    std::fs::write(folder.path().join("main.tf"), text.replace("\"other\"", "\"renamed\""))
        .unwrap();
    let plan = banana(&moto, folder.path(), &["plan", "-detailed-exitcode"]);
    assert_eq!(plan.status.code(), Some(0), "{}", said(&plan));

    std::fs::write(folder.path().join("main.tf"), STACK).unwrap();
    let destroyed = banana(&moto, folder.path(), &["destroy", "-auto-approve"]);
    assert_eq!(destroyed.status.code(), Some(0), "{}", said(&destroyed));
    assert_eq!(groups(&moto, REGION, ""), [""; 0]);
    assert_eq!(groups(&moto, "eu-west-1", OTHER), [""; 0]);
}

#[test]
fn the_aws_provider_may_go_by_another_name() {
    let moto = Moto::start();
    let folder = tempfile::tempdir().unwrap();
    let text = r#"
terraform {
  required_providers {
    amazon = { source = "hashicorp/aws" }
    aws    = { source = "example/other" }
  }
}
provider "amazon" {
  region              = "eu-west-1"
  allowed_account_ids = ["123456789012"]
}
provider "amazon" {
  alias  = "north"
  region = "eu-north-1"
}
resource "aws_cloudwatch_log_group" "west" {
  provider = amazon
  name     = "west"
}
resource "aws_cloudwatch_log_group" "north" {
  provider = amazon.north
  name     = "north"
}
"#;
    std::fs::write(folder.path().join("main.tf"), text).unwrap();
    let applied = banana(&moto, folder.path(), &APPLY);
    assert_eq!(applied.status.code(), Some(0), "{}", said(&applied));
    assert_eq!(groups(&moto, "eu-west-1", ""), ["west"]);
    assert_eq!(groups(&moto, "eu-north-1", ""), ["north"]);
    assert_eq!(groups(&moto, REGION, ""), [""; 0]);
    let wrong = text.replace("123456789012", "111111111111").replace("\"west\"\n}", "\"other\"\n}");
    std::fs::write(folder.path().join("main.tf"), wrong).unwrap();
    let refused = banana(&moto, folder.path(), &APPLY);
    assert!(said(&refused).contains("wrong-account"), "{}", said(&refused));
}

#[test]
fn an_account_that_a_configuration_does_not_want_is_left_alone() {
    let moto = Moto::start();
    let wants = STACK.replace(
        "alias  = \"other\"",
        "alias  = \"other\"\n  allowed_account_ids = [\"111111111111\"]",
    );
    let folder = stage(&wants);
    let refused = banana(&moto, folder.path(), &APPLY);
    let text = said(&refused);
    assert_eq!(refused.status.code(), Some(2), "{text}");
    assert!(text.contains("wrong-account") && text.contains(OTHER), "{text}");
    assert_eq!(groups(&moto, REGION, ""), [""; 0]);
}

#[test]
fn a_saved_plan_is_for_all_the_accounts_that_it_was_made_for() {
    let moto = Moto::start();
    let stack = STACK.replace(
        "role_arn     = \"arn:aws:iam::210987654321:role/deploy\"",
        "role_arn = file(\"${path.module}/../role\")",
    );
    // moto gives a role another id each time that it is assumed, where AWS does not.
    let lines = stack.lines().filter(|line| !line.contains("caller_identity"));
    let stack = lines.collect::<Vec<_>>().join("\n");
    let folder = stage(&stack);
    let inner = folder.path().join("stack");
    std::fs::create_dir(&inner).unwrap();
    for name in ["main.tf", "inner"] {
        std::fs::rename(folder.path().join(name), inner.join(name)).unwrap();
    }
    let role = |account: &str| {
        let arn = format!("arn:aws:iam::{account}:role/deploy");
        std::fs::write(folder.path().join("role"), arn).unwrap();
    };
    role(OTHER);
    let planned = banana(&moto, &inner, &["plan", "--out", "saved"]);
    assert_eq!(planned.status.code(), Some(0), "{}", said(&planned));
    role("333333333333");
    let refused = banana(&moto, &inner, &["apply", "--fail-on=never", "saved"]);
    let text = said(&refused);
    assert_eq!(refused.status.code(), Some(2), "{text}");
    assert!(text.contains(OTHER) && text.contains("333333333333"), "{text}");
    assert_eq!(groups(&moto, REGION, ""), [""; 0]);
    role(OTHER);
    let applied = banana(&moto, &inner, &["apply", "--fail-on=never", "saved"]);
    assert_eq!(applied.status.code(), Some(0), "{}", said(&applied));
    assert_eq!(groups(&moto, "eu-west-1", OTHER), ["inner", "there"]);
}

#[test]
fn an_interrupted_run_is_looked_into_where_it_worked() {
    let moto = Moto::start();
    let folder = stage(STACK);
    let gate = Gate::before(&moto, CREATE);
    let mut command = command(folder.path(), &gate.endpoint(), &APPLY);
    let mut child = command.env("AWS_REGION", REGION).spawn().unwrap();
    gate.reached();
    child.kill().unwrap();
    child.wait().unwrap();
    gate.set(true);
    let elsewhere = STACK.replace(OTHER, "333333333333");
    std::fs::write(folder.path().join("main.tf"), elsewhere).unwrap();
    let refused = banana(&moto, folder.path(), &APPLY);
    let text = said(&refused);
    assert_eq!(refused.status.code(), Some(3), "{text}");
    assert!(text.contains(&format!("worked in account {OTHER}, eu-west-1")), "{text}");
    std::fs::write(folder.path().join("main.tf"), STACK).unwrap();
    let applied = banana(&moto, folder.path(), &APPLY);
    assert_eq!(applied.status.code(), Some(0), "{}", said(&applied));
    assert_eq!(groups(&moto, REGION, ""), ["here"]);
    assert_eq!(groups(&moto, "eu-west-1", OTHER), ["inner", "there"]);
    assert_eq!(groups(&moto, "eu-west-1", "333333333333"), [""; 0]);
}

#[test]
fn what_would_be_ignored_to_somebodys_harm_is_refused() {
    let moto = Moto::start();
    for (line, word) in [
        ("http_proxy = \"http://127.0.0.1:1\"", "http_proxy"),
        ("insecure = true", "insecure"),
        ("custom_ca_bundle = \"ca.pem\"", "custom_ca_bundle"),
    ] {
        let folder =
            stage(&STACK.replace("alias  = \"other\"", &format!("alias = \"other\"\n  {line}")));
        let refused = banana(&moto, folder.path(), &APPLY);
        let text = said(&refused);
        assert_eq!(refused.status.code(), Some(2), "{text}");
        assert!(text.contains(&format!("`{word}` of provider `aws.other`")), "{text}");
        assert_eq!(groups(&moto, REGION, ""), [""; 0], "{line}");
    }
}

#[test]
fn endpoints_and_ignored_tags_of_a_provider_block_are_honoured() {
    let moto = Moto::start();
    let url = moto.endpoint();
    let text = format!(
        "provider \"aws\" {{\n  region = \"{REGION}\"\n  access_key = \"test\"\n  secret_key = \"test\"\n  \
         endpoints {{\n    logs = \"{url}\"\n    sts = \"{url}\"\n    ssm = \"{url}\"\n  }}\n  \
         ignore_tags {{\n    key_prefixes = [\"theirs:\"]\n  }}\n}}\n\
         resource \"aws_cloudwatch_log_group\" \"g\" {{\n  name = \"g\"\n  tags = {{ ours = \"1\" }}\n}}\n\
         resource \"aws_ssm_parameter\" \"p\" {{\n  name = \"p\"\n  type = \"String\"\n  value = \"v\"\n}}\n"
    );
    let folder = stage(&text);
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_banana"));
        command.current_dir(folder.path()).env_clear().env("AWS_EC2_METADATA_DISABLED", "true");
        command.args(arguments).output().unwrap()
    };
    let applied = run(&APPLY);
    assert_eq!(applied.status.code(), Some(0), "{}", said(&applied));
    assert_eq!(groups(&moto, REGION, ""), ["g"]);
    let tag = "import boto3; logs = boto3.client('logs'); \
        arn = logs.describe_log_groups()['logGroups'][0]['arn'].removesuffix(':*'); \
        logs.tag_resource(resourceArn=arn, tags={'theirs:cost': '7'})";
    moto.python(tag, &[]);
    let plan = run(&["plan", "-detailed-exitcode"]);
    assert_eq!(plan.status.code(), Some(0), "{}", said(&plan));
    std::fs::write(folder.path().join("main.tf"), text.replace("ours = \"1\"", "ours = \"2\""))
        .unwrap();
    let applied = run(&APPLY);
    assert_eq!(applied.status.code(), Some(0), "{}", said(&applied));
    let tags = "import boto3, json; print(json.dumps(boto3.client('logs').list_tags_log_group(logGroupName='g')['tags']))";
    let tags: Json = serde_json::from_str(&moto.python(tags, &[])).unwrap();
    assert_eq!(tags, serde_json::json!({"ours": "2", "theirs:cost": "7"}));
}
