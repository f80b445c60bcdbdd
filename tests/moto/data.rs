//! What a stack looks up: objects of another stack and of nobody's, found by every means that a data source has, and as boto3 tells them;
//! as Terraform tells them, attribute by attribute; and why something is not found. `BANANA_TERRAFORM` names the Terraform to ask.

use super::referee::Terraform;
use super::server::{Moto, REGION};
use super::stacks::{Stack, run, said};
use serde_json::{Value as Json, json};
use std::process::Command;

/// Starts a cloud with all in it that is looked up.
fn cloud() -> Moto {
    let moto = Moto::start();
    let made = Stack::stage("made", &moto);
    ends(&moto, &made, &["apply", "-auto-approve", "--fail-on=never"], 0);
    moto.python(include_str!("data.py"), &["make"]);
    moto
}

/// Runs banana, and says what it said.
#[track_caller]
fn ends(moto: &Moto, stack: &Stack, arguments: &[&str], code: i32) -> String {
    let output = run(moto, stack, arguments);
    let text = said(&output);
    assert_eq!(output.status.code(), Some(code), "{text}");
    text
}

/// The outputs in the state.
fn outputs(stack: &Stack) -> Json {
    let state = std::fs::read(stack.folder().join("terraform.tfstate")).unwrap();
    let state: Json = serde_json::from_slice(&state).unwrap();
    let outputs = state["outputs"].as_object().unwrap();
    outputs.iter().map(|(name, output)| (name.clone(), output["value"].clone())).collect()
}

/// Each attribute of each expected object that is another in the outputs.
fn differences(expected: &Json, is: &Json) -> Vec<String> {
    let mut all = Vec::new();
    for (output, object) in expected.as_object().unwrap() {
        for (name, value) in object.as_object().unwrap() {
            let is = &is[output][name];
            if is != value {
                all.push(format!("{output}.{name}: {is}, not {value}"));
            }
        }
    }
    all
}

#[test]
fn what_is_looked_up_is_as_boto3_says_and_as_terraform_says() {
    let moto = cloud();
    let ours = Stack::stage("found", &moto);
    let text = ends(&moto, &ours, &["apply", "-auto-approve", "--fail-on=never"], 0);
    for secret in ["correct horse", "\"second\""] {
        assert!(!text.contains(secret), "the secret is told: {text}");
    }
    let ours = outputs(&ours);
    let expected = serde_json::from_str(&moto.python(include_str!("data.py"), &["tell"])).unwrap();
    assert_eq!(differences(&expected, &ours), Vec::<String>::new());

    let Some(terraform) = Terraform::find() else { return };
    let theirs = Stack::stage("found", &moto);
    terraform.run(&moto, &theirs, &["apply", "-auto-approve"]).unwrap();
    let theirs = outputs(&theirs);
    assert_eq!(differences(&theirs, &ours), Vec::<String>::new());
    assert_eq!(differences(&ours, &theirs), Vec::<String>::new());
}

#[test]
fn what_is_not_found_or_found_twice_is_said() {
    let moto = cloud();
    for (ty, arguments, says, helps) in [
        ("aws_vpc", r#"tags = { Name = "none" }"#, "no VPC matches", "a data source finds"),
        ("aws_vpc", r#"id = "vpc-0123456789abcdef0""#, "no VPC matches", "a data source finds"),
        ("aws_vpc", r#"tags = { team = "front" }"#, "more than one", "`cidr_block`"),
        ("aws_subnet", r#"tags = { tier = "public" }"#, "more than one", "`availability_zone`"),
        ("aws_subnet", r#"id = "subnet-0123456789abcdef0""#, "no subnet matches", "region"),
        ("aws_security_group", r#"name = "none""#, "no security group matches", "region"),
        ("aws_security_group", r#"name = "default""#, "more than one", "`vpc_id`"),
        ("aws_route_table", r#"tags = { Name = "none" }"#, "no route table matches", "region"),
        ("aws_route_table", "", "nothing says which route table", "`route_table_id`"),
        ("aws_internet_gateway", "", "nothing says which internet gateway", "`tags`"),
        ("aws_nat_gateway", r#"state = "deleted""#, "no NAT gateway matches", "region"),
        ("aws_lb", r#"name = "none""#, "no load balancer matches", "region"),
        ("aws_lb", "", "more than one", "`arn`, `name` or `tags`"),
        ("aws_lb_target_group", "", "more than one", "`arn`, `name` or `tags`"),
        ("aws_lb_target_group", r#"name = "none""#, "no target group matches", "region"),
        ("aws_lb_listener", "port = 80", "nothing says which listener", "`load_balancer_arn`"),
        ("aws_acm_certificate", r#"domain = "none.example""#, "no certificate matches", "region"),
        ("aws_acm_certificate", r#"domain = "two.example""#, "more than one", "`most_recent`"),
        ("aws_ecr_repository", r#"name = "none""#, "no repository `none` matches", "region"),
        ("aws_ecs_cluster", r#"cluster_name = "none""#, "no cluster `none` matches", "region"),
        (
            "aws_ecs_service",
            "cluster_arn = \"web\"\nservice_name = \"none\"",
            "no service `none` matches",
            "region",
        ),
        (
            "aws_ecs_task_definition",
            r#"task_definition = "none""#,
            "no task definition `none` matches",
            "region",
        ),
        ("aws_iam_role", r#"name = "none""#, "no role `none` matches", "account"),
        ("aws_iam_policy", r#"name = "none""#, "no policy matches", "account"),
        ("aws_cloudwatch_log_group", r#"name = "/ecs""#, "no log group `/ecs` matches", "region"),
        ("aws_kms_alias", r#"name = "alias/none""#, "no alias `alias/none` matches", "region"),
        ("aws_kms_key", r#"key_id = "alias/none""#, "alias/none", "region"),
        ("aws_secretsmanager_secret", r#"name = "none""#, "no secret `none` matches", "region"),
        ("aws_secretsmanager_secret", "", "by its ARN or by its name", "write `arn` or `name`"),
        ("aws_secretsmanager_secret_version", r#"secret_id = "none""#, "find", "region"),
        ("aws_ssm_parameter", r#"name = "/none""#, "no parameter `/none` matches", "region"),
        ("aws_s3_bucket", r#"bucket = "no-such-bucket""#, "no bucket `no-such-bucket`", "account"),
        ("aws_ami", "most_recent = true", "`aws_ami` cannot be read", "variable"),
    ] {
        let stack = Stack::written(&format!("data \"{ty}\" \"it\" {{\n{arguments}\n}}\n"));
        let text = ends(&moto, &stack, &["plan", "-out=saved"], 2);
        for word in [says, helps, &format!("data.{ty}.it")] {
            assert!(text.contains(word), "{ty} {arguments}: `{word}` is not in {text}");
        }
    }
}

/// What is made by the same run is looked up once it is there, whether its name is known before or not.
const LATER: &str = r#"
resource "aws_vpc" "new" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_subnet" "new" {
  vpc_id     = aws_vpc.new.id
  cidr_block = "10.40.1.0/24"
}

resource "aws_cloudwatch_log_group" "new" {
  name = "/new"
}

data "aws_vpc" "new" {
  id = aws_vpc.new.id
}

data "aws_subnets" "new" {
  depends_on = [aws_subnet.new]

  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.new.id]
  }
}

data "aws_cloudwatch_log_group" "new" {
  name = aws_cloudwatch_log_group.new.name
}

data "aws_iam_policy_document" "new" {
  statement {
    actions   = ["logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.new.arn}:*"]
  }
}

resource "aws_ssm_parameter" "new" {
  name  = "/new/subnets"
  type  = "String"
  value = join(",", data.aws_subnets.new.ids)
}

output "found" {
  value = {
    range   = data.aws_vpc.new.cidr_block
    subnets = data.aws_subnets.new.ids
    subnet  = aws_subnet.new.id
    group   = data.aws_cloudwatch_log_group.new.arn
    value   = nonsensitive(aws_ssm_parameter.new.value)
    policy  = jsondecode(data.aws_iam_policy_document.new.json).Statement[0].Resource
  }
}
"#;

#[test]
fn what_the_run_makes_is_looked_up_when_it_is_there() {
    let moto = Moto::start();
    let stack = Stack::written(LATER);
    let text = ends(&moto, &stack, &["plan"], 0);
    for address in ["aws_vpc", "aws_subnets", "aws_cloudwatch_log_group"] {
        assert!(text.contains(&format!("data.{address}.new")), "{text}");
    }
    ends(&moto, &stack, &["apply", "-auto-approve", "--fail-on=never"], 0);
    let found = outputs(&stack)["found"].take();
    assert_eq!(found["range"], "10.40.0.0/16");
    assert_eq!(found["subnets"], json!([found["subnet"]]));
    assert_eq!(found["value"], found["subnet"]);
    assert_eq!(found["group"], "arn:aws:logs:eu-west-3:123456789012:log-group:/new");
    assert_eq!(found["policy"], "arn:aws:logs:eu-west-3:123456789012:log-group:/new:*");
    ends(&moto, &stack, &["plan", "-detailed-exitcode"], 0);
}

#[test]
fn what_cannot_be_read_later_is_told_before_anything_is_made() {
    let moto = Moto::start();
    let data = "data \"aws_ami\" \"old\" {\n  name_regex = aws_vpc.new.id\n}\n";
    let stack = Stack::written(&format!("{LATER}{data}"));
    let before = moto.inventory();
    let apply = ["apply", "-auto-approve", "--fail-on=never"];
    let text = ends(&moto, &stack, &apply, 2);
    for word in ["`aws_ami` cannot be read", "`data.aws_ami.old`", "variable"] {
        assert!(text.contains(word), "{text}");
    }
    assert_eq!(moto.inventory(), before);
}

#[test]
fn a_first_plan_looks_up_what_it_may_and_needs_nobody() {
    let moto = Moto::start();
    let stack = Stack::written(
        "data \"aws_vpc\" \"d\" { default = true }\noutput \"range\" { value = data.aws_vpc.d.cidr_block }\n",
    );
    let text = ends(&moto, &stack, &["plan"], 0);
    assert!(text.contains("172.31.0.0/16"), "{text}");
    // Nobody is asked where nobody may be.
    let mut command = Command::new(env!("CARGO_BIN_EXE_banana"));
    command.current_dir(stack.folder()).env_clear().args(["plan"]);
    command.env("AWS_ENDPOINT_URL", moto.endpoint()).env("AWS_REGION", REGION);
    let output = command.env("AWS_EC2_METADATA_DISABLED", "true").output().unwrap();
    let text = said(&output);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(text.contains("data sources are not read") && text.contains("credentials"), "{text}");
}
