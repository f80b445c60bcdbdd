//! What is refused before anything is made, because AWS has no room for it or lacks what it refers to.

use super::server::{Moto, REGION};
use super::stacks::said;
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

fn stage(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("provider \"aws\" {{ region = \"{REGION}\" }}\n{text}");
    std::fs::write(folder.path().join("main.tf"), text).unwrap();
    folder
}

fn apply(moto: &Moto, folder: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_banana"));
    command.current_dir(folder).env_clear().envs(moto.variables());
    command.args(["apply", "-auto-approve", "--fail-on=never"]).output().unwrap()
}

#[track_caller]
fn refused(moto: &Moto, folder: &Path, words: &[&str]) {
    let before = moto.inventory();
    let output = apply(moto, folder);
    let text = said(&output);
    assert_eq!(output.status.code(), Some(2), "{text}");
    for word in words {
        assert!(text.contains(word), "no `{word}` in {text}");
    }
    assert_eq!(moto.inventory(), before, "something was made");
}

#[test]
fn a_quota_without_room_is_refused() {
    let moto = Moto::start();
    let folder = stage(
        "resource \"aws_vpc\" \"a\" {\n  count      = 5\n  cidr_block = \"10.0.0.0/16\"\n}\n\
         resource \"aws_eip\" \"b\" { count = 6 }\n",
    );
    // The account has its default VPC, and may have five.
    let vpcs = "`aws_vpc.a[0]` and 4 more: 1 of 5 are in use";
    let addresses = "`aws_eip.b[0]` and 5 more: 0 of 5 are in use";
    refused(&moto, folder.path(), &["quota-exceeded", vpcs, "L-F678F1CE", addresses]);
    let folder =
        stage("resource \"aws_vpc\" \"a\" {\n  count = 4\n  cidr_block = \"10.0.0.0/16\"\n}\n");
    let output = apply(&moto, folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    // What goes makes room for what comes.
    let text = std::fs::read_to_string(folder.path().join("main.tf")).unwrap();
    std::fs::write(folder.path().join("main.tf"), text.replace("\"a\"", "\"b\"")).unwrap();
    let output = apply(&moto, folder.path());
    assert!(!said(&output).contains("quota-exceeded"), "{}", said(&output));
}

#[test]
fn every_quota_can_be_read() {
    let moto = Moto::start();
    let folder = stage(
        r#"
resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
resource "aws_internet_gateway" "v" { vpc_id = aws_vpc.v.id }
resource "aws_security_group" "v" { vpc_id = aws_vpc.v.id }
resource "aws_eip" "v" {}
resource "aws_subnet" "v" {
  count             = 2
  vpc_id            = aws_vpc.v.id
  availability_zone = ["eu-west-3a", "eu-west-3b"][count.index]
  cidr_block        = "10.0.${count.index}.0/24"
}
resource "aws_lb" "v" {
  for_each           = toset(["application", "network"])
  name               = each.key
  load_balancer_type = each.key
  internal           = true
  subnets            = aws_subnet.v[*].id
}
resource "aws_lb_target_group" "v" {
  name     = "v"
  port     = 80
  protocol = "HTTP"
  vpc_id   = aws_vpc.v.id
}
resource "aws_iam_role" "v" {
  name               = "v"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
resource "aws_iam_policy" "v" {
  name   = "v"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::v/*" }]
  })
}
"#,
    );
    let output = apply(&moto, folder.path());
    let text = said(&output);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(!text.contains("unread-quota"), "{text}");
}

#[test]
fn what_is_not_there_is_refused() {
    let moto = Moto::start();
    let registry = format!("123456789012.dkr.ecr.{REGION}.amazonaws.com");
    let folder = stage(&format!(
        r#"
resource "aws_security_group" "a" {{
  name   = "a"
  vpc_id = "vpc-00000001"
}}
resource "aws_ecs_task_definition" "web" {{
  family                = "web"
  container_definitions = jsonencode([{{ name = "web", image = "{registry}/team/web:1", memory = 128 }}])
}}
"#
    ));
    let words = ["missing-reference", "vpc-00000001", "team/web:1"];
    refused(&moto, folder.path(), &words);
    let push = "import boto3, json; ecr = boto3.client('ecr'); ecr.create_repository(repositoryName='team/web'); \
        kind = 'application/vnd.oci.image.manifest.v1+json'; manifest = {'schemaVersion': 2, 'mediaType': kind}; \
        image = ecr.put_image(repositoryName='team/web', imageManifest=json.dumps(manifest), imageTag='1'); \
        print(image['image']['imageId']['imageDigest'])";
    let digest = moto.python(push, &[]);
    let vpc = "import boto3; print(boto3.client('ec2').describe_vpcs()['Vpcs'][0]['VpcId'])";
    let text = std::fs::read_to_string(folder.path().join("main.tf")).unwrap();
    let text = text.replace("vpc-00000001", moto.python(vpc, &[]).trim());
    let lookup = "data \"aws_ecr_image\" \"web\" {\n  repository_name = \"team/web\"\n  image_tag       = \"1\"\n}\n\
        output \"uri\" { value = data.aws_ecr_image.web.image_uri }\n";
    std::fs::write(folder.path().join("main.tf"), format!("{text}{lookup}")).unwrap();
    let output = apply(&moto, folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let state = std::fs::read_to_string(folder.path().join("terraform.tfstate")).unwrap();
    let state: Value = serde_json::from_str(&state).unwrap();
    let uri = format!("{registry}/team/web@{}", digest.trim());
    assert_eq!(state["outputs"]["uri"]["value"], Value::String(uri));
}
