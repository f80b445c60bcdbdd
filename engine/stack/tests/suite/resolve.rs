//! What a stack resolves to, feature by feature.

use crate::memory::{self, address, addresses, all, edges, find, get, good, one, output, with};
use banana_stack::value::Step;
use banana_stack::{Empty, Key, Marks, Mode, Options, Origin, Type, Value, World};
use std::fmt::Write;

#[test]
fn an_empty_resource_gets_defaults_and_unknowns() {
    let stack = good(r#"resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }"#);
    assert_eq!(get(&stack, "aws_vpc.a", "cidr_block").as_str(), Some("10.0.0.0/16"));
    assert_eq!(get(&stack, "aws_vpc.a", "enable_dns_support").as_bool(), Some(true));
    assert!(get(&stack, "aws_vpc.a", "tags").is_null());
    let arn = get(&stack, "aws_vpc.a", "arn").as_unknown().unwrap();
    assert_eq!(arn.ty, Type::String);
    let Origin::Resource { address, path } = &arn.origin else { panic!("{arn:?}") };
    assert_eq!(
        (address.to_string().as_str(), &**path),
        ("aws_vpc.a", &[Step::Attr("arn".into())][..])
    );
    let config = &find(&stack, "aws_vpc.a").config;
    assert!(config.get("arn").unwrap().is_null(), "the configuration says nothing of it");
}

#[test]
fn references_keep_the_origin_of_what_is_unknown() {
    let stack = good(
        r#"
        resource "aws_subnet" "a" {
          count      = 2
          vpc_id     = "vpc-1"
          cidr_block = "10.0.${count.index}.0/24"
        }
        output "ids" { value = aws_subnet.a[*].id }
        "#,
    );
    let ids: Vec<String> = stack.outputs["ids"]
        .value
        .elements()
        .map(|id| match &id.as_unknown().unwrap().origin {
            Origin::Resource { address, path } => format!("{address} {path:?}"),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(ids, [r#"aws_subnet.a[0] [Attr("id")]"#, r#"aws_subnet.a[1] [Attr("id")]"#]);
    assert_eq!(get(&stack, "aws_subnet.a[1]", "cidr_block").as_str(), Some("10.0.1.0/24"));
}

#[test]
fn for_each_takes_maps_and_sets() {
    let stack = good(
        r#"
        resource "aws_sqs_queue" "m" {
          for_each = { b = "x", a = "y" }
          name     = "${each.key}-${each.value}"
        }
        resource "aws_sqs_queue" "s" {
          for_each = toset(["q"])
          name     = each.value
        }
        output "a" { value = aws_sqs_queue.m["a"].name }
        output "all" { value = { for k, q in aws_sqs_queue.m : k => q.name } }
        "#,
    );
    let expected =
        [r#"aws_sqs_queue.m["a"]"#, r#"aws_sqs_queue.m["b"]"#, r#"aws_sqs_queue.s["q"]"#];
    assert_eq!(addresses(&stack), expected);
    assert_eq!(output(&stack, "a"), r#""a-y""#);
    assert_eq!(output(&stack, "all"), r#"{"a":"a-y","b":"b-x"}"#);
}

#[test]
fn an_unknown_count_gives_one_symbolic_instance() {
    let stack = one(r#"
        variable "n" { type = number }
        resource "aws_sqs_queue" "q" {
          count = var.n
          name  = "q-${count.index}"
        }
        output "arn" { value = aws_sqs_queue.q[0].arn }
        "#);
    let queue = find(&stack, "aws_sqs_queue.q[*]");
    assert!(queue.symbolic && queue.address.key == Key::Unknown);
    assert!(queue.value.get("name").unwrap().is_unknown());
    let Origin::Resource { address, .. } = &stack.outputs["arn"].value.as_unknown().unwrap().origin
    else {
        panic!("{:?}", stack.outputs["arn"]);
    };
    assert_eq!(address.to_string(), "aws_sqs_queue.q[*]");
    assert_eq!(memory::codes(&stack), ["variable-not-set", "unknown-repetition"]);
}

#[test]
fn blocks_become_lists_and_sets() {
    let stack = good(
        r#"
        resource "aws_security_group" "a" {
          dynamic "ingress" {
            for_each = { http = 80, https = 443 }
            iterator = port
            content {
              description = port.key
              from_port   = port.value
              to_port     = port.value
              protocol    = "tcp"
            }
          }
        }
        resource "aws_lb_target_group" "t" {
          target_type = "lambda"
          health_check { path = "/up" }
        }
        "#,
    );
    let ingress = get(&stack, "aws_security_group.a", "ingress");
    let ports: Vec<Option<i64>> =
        ingress.elements().map(|rule| rule.get("from_port").unwrap().as_i64()).collect();
    assert_eq!(ports, [Some(80), Some(443)]);
    let rule = ingress.index(0).unwrap();
    assert_eq!(rule.get("self").unwrap().as_bool(), Some(false));
    assert!(rule.get("cidr_blocks").unwrap().is_empty());
    assert!(get(&stack, "aws_security_group.a", "egress").is_unknown());
    let check = get(&stack, "aws_lb_target_group.t", "health_check").index(0).unwrap();
    assert_eq!(check.get("path").unwrap().as_str(), Some("/up"));
    assert_eq!(check.get("interval").unwrap().as_i64(), Some(30));
    assert!(get(&stack, "aws_lb_target_group.t", "stickiness").is_unknown());
}

#[test]
fn tags_all_joins_the_defaults_of_the_provider() {
    let stack = good(
        r#"
        provider "aws" {
          region = "eu-west-3"
          default_tags { tags = { Team = "a", Name = "none" } }
        }
        resource "aws_vpc" "a" { tags = { Name = "main" } }
        resource "aws_vpc" "b" {}
        resource "aws_vpc" "null" { tags = { Name = null, B = "b" } }
        resource "aws_vpc" "empty" { tags = { B = "" } }
        resource "aws_vpc_security_group_ingress_rule" "newer" {
          security_group_id = "sg-1"
          ip_protocol       = "-1"
          cidr_ipv4         = "10.0.0.0/8"
          tags              = { Name = null }
        }
        "#,
    );
    let json = |address, name| get(&stack, address, name).to_json().to_string();
    assert_eq!(json("aws_vpc.null", "tags"), r#"{"B":"b"}"#);
    assert_eq!(json("aws_vpc.null", "tags_all"), r#"{"B":"b","Name":"none","Team":"a"}"#);
    assert!(get(&stack, "aws_vpc.empty", "tags_all").is_unknown());
    let newer = json("aws_vpc_security_group_ingress_rule.newer", "tags_all");
    assert_eq!(newer, r#"{"Name":"","Team":"a"}"#);
    assert_eq!(
        get(&stack, "aws_vpc.a", "tags_all").to_json().to_string(),
        r#"{"Name":"main","Team":"a"}"#
    );
    assert_eq!(
        get(&stack, "aws_vpc.b", "tags_all").to_json().to_string(),
        r#"{"Name":"none","Team":"a"}"#
    );
}

#[test]
fn modules_take_arguments_and_give_outputs() {
    let stack = all([
        (
            "main.tf",
            r#"
            module "net" {
              for_each = toset(["a", "b"])
              source   = "./net"
              cidr     = "10.${each.key == "a" ? 1 : 2}.0.0/16"
            }
            resource "aws_sqs_queue" "q" { name = module.net["a"].cidr }
            output "all" { value = [for m in module.net : m.cidr] }
            "#,
        ),
        (
            "net/main.tf",
            r#"
            variable "cidr" { type = string }
            resource "aws_vpc" "v" { cidr_block = var.cidr }
            output "cidr" { value = aws_vpc.v.cidr_block }
            "#,
        ),
    ]);
    assert_eq!(memory::codes(&stack), [""; 0], "{:#?}", stack.reports);
    assert_eq!(output(&stack, "all"), r#"["10.1.0.0/16","10.2.0.0/16"]"#);
    let vpc = find(&stack, r#"module.net["b"].aws_vpc.v"#);
    let cidr = vpc.value.get("cidr_block").unwrap();
    assert_eq!(cidr.as_str(), Some("10.2.0.0/16"));
    let way: Vec<&str> = cidr.blame.chain().map(|via| via.what.as_str()).collect();
    assert_eq!(way, ["var.cidr"]);
    assert_eq!(
        edges(&stack, "aws_sqs_queue.q"),
        [r#"module.net["a"].aws_vpc.v"#, r#"module.net["b"].aws_vpc.v"#]
    );
    let paths: Vec<String> = stack.modules.iter().map(|m| m.path.to_string()).collect();
    assert_eq!(paths, ["", r#"module.net["a"]"#, r#"module.net["b"]"#]);
}

#[test]
fn edges_run_through_locals_and_depends_on() {
    let stack = good(
        r#"
        resource "aws_vpc" "v" {}
        resource "aws_subnet" "s" {
          count  = 2
          vpc_id = aws_vpc.v.id
        }
        locals { first = aws_subnet.s[0].id }
        resource "aws_eip" "one" { tags = { subnet = aws_subnet.s[1].id } }
        resource "aws_eip" "all" { tags = { subnet = local.first } }
        resource "aws_eip" "wait" { depends_on = [aws_vpc.v] }
        "#,
    );
    assert_eq!(edges(&stack, "aws_eip.one"), ["aws_subnet.s[1]"]);
    assert_eq!(edges(&stack, "aws_eip.all"), ["aws_subnet.s[0]", "aws_subnet.s[1]"]);
    assert_eq!(edges(&stack, "aws_eip.wait"), ["aws_vpc.v"]);
    assert_eq!(edges(&stack, "aws_subnet.s[0]"), ["aws_vpc.v"]);
}

#[test]
fn variables_fill_in_optional_attributes() {
    let text = r#"
        variable "service" {
          type = object({
            port  = optional(number, 80)
            hosts = optional(list(object({ name = string, weight = optional(number, 1) })), [])
          })
        }
        output "service" { value = var.service }
    "#;
    let stack = with(text, &[("service", r#"{ hosts = [{ name = "a" }] }"#)]);
    assert_eq!(memory::codes(&stack), [""; 0], "{:#?}", stack.reports);
    assert_eq!(output(&stack, "service"), r#"{"hosts":[{"name":"a","weight":1}],"port":80}"#);
}

#[test]
fn sensitive_variables_mark_what_they_touch() {
    let text = r#"
        variable "password" {
          type      = string
          sensitive = true
        }
        resource "aws_ssm_parameter" "p" {
          name  = "p"
          type  = "SecureString"
          value = "x-${var.password}"
        }
    "#;
    let stack = with(text, &[("password", "hunter2")]);
    let value = get(&stack, "aws_ssm_parameter.p", "value");
    assert!(value.marks.has(Marks::SENSITIVE));
    assert_eq!(value.as_str(), Some("x-hunter2"));
}

#[test]
fn tfvars_files_beat_the_environment_and_arguments_beat_files() {
    let files = [
        (
            "main.tf",
            "variable \"a\" {}\nvariable \"b\" {}\nvariable \"c\" {}\noutput \"o\" { value = \"${var.a}${var.b}${var.c}\" }",
        ),
        ("terraform.tfvars", "a = \"file\"\nb = \"file\"\nc = \"file\""),
        ("z.auto.tfvars", "b = \"auto\""),
    ];
    let memory = memory::Memory::new(files);
    let stack = memory.resolve(&Options {
        environment: vec![("a".into(), "env".into())],
        variables: vec![banana_stack::VariableArgument::Set("c".into(), "arg".into())],
        ..Options::default()
    });
    assert_eq!(output(&stack, "o"), r#""fileautoarg""#);
    let at = stack.variables["a"].value.blame.at.unwrap();
    assert_eq!(stack.sources.place(at).file, "terraform.tfvars");
}

#[test]
fn other_providers_are_taken_as_they_are() {
    let stack = good(
        r#"
        resource "random_id" "r" {
          byte_length = 4
          keepers { a = 1 }
        }
        output "hex" { value = random_id.r.hex }
        output "length" { value = random_id.r.byte_length }
        "#,
    );
    assert!(stack.outputs["hex"].value.is_unknown());
    assert_eq!(output(&stack, "length"), "4");
}

#[test]
fn providers_are_passed_into_modules() {
    let stack = all([
        (
            "main.tf",
            r#"
            provider "aws" { region = "eu-west-3" }
            provider "aws" {
              alias  = "us"
              region = "us-east-1"
            }
            module "m" {
              source    = "./m"
              providers = { aws = aws.us }
            }
            resource "aws_vpc" "here" {}
            "#,
        ),
        ("m/main.tf", r#"resource "aws_vpc" "there" {}"#),
    ]);
    let region = |address: &str| {
        let provider = &stack.providers[find(&stack, address).provider];
        provider.value.get("region").and_then(Value::as_str).unwrap().to_owned()
    };
    assert_eq!(region("aws_vpc.here"), "eu-west-3");
    assert_eq!(region("module.m.aws_vpc.there"), "us-east-1");
}

#[test]
fn the_world_answers_first() {
    struct Made;
    impl World for Made {
        fn known(&self, address: &banana_stack::Address) -> Option<Value> {
            let id = Value::string("vpc-123");
            (address.ty == "aws_vpc").then(|| Value::object([("id", id)]))
        }
    }
    let text = r#"
        resource "aws_vpc" "v" { cidr_block = var.missing }
        resource "aws_subnet" "s" {
          count  = 2
          vpc_id = aws_vpc.v.id
        }
        variable "missing" {}
    "#;
    let memory = memory::Memory::new([("main.tf", text)]);
    let program = memory.load(&Options::default());
    let whole = program.resolve(&Empty);
    let wanted = address(&whole, "aws_subnet.s[1]");
    let subnet = program.instance(&Made, &wanted).unwrap();
    assert_eq!(subnet.value.get("vpc_id").unwrap().as_str(), Some("vpc-123"));
    assert_eq!(*subnet.address, wanted);
}

#[test]
fn data_sources_ask_the_world() {
    struct Region;
    impl World for Region {
        fn data(
            &self,
            address: &banana_stack::Address,
            _: &Value,
            provider: &banana_stack::ProviderConfig,
        ) -> Option<Value> {
            assert_eq!(address.mode, Mode::Data);
            let name = Value::string(provider.region()?.clone());
            (address.ty == "aws_region").then(|| Value::object([("name", name)]))
        }
    }
    let text = r#"
        data "aws_region" "r" {}
        data "aws_caller_identity" "me" {}
        output "region" { value = data.aws_region.r.name }
        output "account" { value = data.aws_caller_identity.me.account_id }
    "#;
    let memory = memory::Memory::new([("main.tf", text)]);
    let options = Options { region: Some("eu-west-3".into()), ..Options::default() };
    let stack = memory.load(&options).resolve(&Region);
    assert_eq!(output(&stack, "region"), r#""eu-west-3""#);
    let account = stack.outputs["account"].value.as_unknown().unwrap();
    assert!(
        matches!(&account.origin, Origin::Resource { address, .. } if address.mode == Mode::Data)
    );
}

#[test]
fn json_and_override_files_are_read_like_the_rest() {
    let stack = all([
        (
            "main.tf.json",
            r#"{"resource": {"aws_security_group": {"a": {"name": "json",
                "ingress": [{"from_port": 80, "to_port": 80, "protocol": "tcp", "cidr_blocks": ["10.0.0.0/8"],
                "description": "", "ipv6_cidr_blocks": [], "prefix_list_ids": [], "security_groups": [], "self": false}]}},
                "aws_lb_target_group": {"t": {"target_type": "lambda", "health_check": {"path": "${local.path}"}}}},
               "locals": {"path": "/up"}}"#,
        ),
        ("x_override.tf", r#"resource "aws_security_group" "a" { name = "over" }"#),
    ]);
    assert_eq!(memory::codes(&stack), [""; 0], "{:#?}", stack.reports);
    assert_eq!(get(&stack, "aws_security_group.a", "name").as_str(), Some("over"));
    assert_eq!(get(&stack, "aws_security_group.a", "ingress").len(), Some(1));
    let check = get(&stack, "aws_lb_target_group.t", "health_check").index(0).unwrap();
    assert_eq!(check.get("path").unwrap().as_str(), Some("/up"));
}

#[test]
fn what_the_provider_does_to_single_arguments() {
    let stack = good(
        r#"
        resource "aws_lb" "l" {
          subnets = ["a", "b"]
          access_logs {
            bucket = "logs"
            prefix = "p"
          }
          connection_logs {
            bucket  = "logs"
            enabled = true
          }
        }
        resource "aws_autoscaling_group" "g" {
          min_size = 1
          max_size = 1
          launch_template { name = "web" }
        }
        resource "aws_cloudwatch_log_metric_filter" "f" {
          name           = "f"
          pattern        = "  ERROR "
          log_group_name = "g"
          metric_transformation {
            name      = "n"
            namespace = "n"
            value     = "1"
          }
        }
        resource "aws_lb_listener_rule" "r" {
          listener_arn = "arn:aws:elasticloadbalancing:eu-west-3:123456789012:listener/app/a/50dc6c495c0c9188/f2f7dc8efc522ab2"
          action {
            type             = "forward"
            target_group_arn = "arn:aws:elasticloadbalancing:eu-west-3:123456789012:targetgroup/a/0123456789abcdef"
          }
          condition {
            host_header { values = ["b"] }
          }
          condition {}
        }
        "#,
    );
    let json = |address, name| get(&stack, address, name).to_json().to_string();
    assert_eq!(json("aws_lb.l", "access_logs"), r#"[{"bucket":"","enabled":false,"prefix":null}]"#);
    assert!(json("aws_lb.l", "connection_logs").contains(r#""bucket":"logs""#));
    assert!(json("aws_autoscaling_group.g", "launch_template").contains(r#""id":"unknown""#));
    assert_eq!(json("aws_cloudwatch_log_metric_filter.f", "pattern"), r#""ERROR""#);
    assert_eq!(get(&stack, "aws_lb_listener_rule.r", "condition").len(), Some(1));
}

#[test]
fn a_long_chain_of_locals_resolves() {
    let mut text = String::from("locals {\n  a0 = 1\n");
    for i in 1..5000 {
        let _ = writeln!(text, "  a{i} = local.a{}", i - 1);
    }
    text += "}\noutput \"last\" { value = local.a4999 }";
    assert_eq!(output(&good(&text), "last"), "1");
}

#[test]
fn checks_see_their_own_data_sources() {
    let stack = one(r#"
        check "health" {
          data "aws_region" "here" {}
          assert {
            condition     = data.aws_region.here.name == "x"
            error_message = "never judged: unknown"
          }
          assert {
            condition     = 1 > 2
            error_message = "Two is more."
          }
        }
        "#);
    assert_eq!(memory::codes(&stack), ["check-failed"]);
    assert_eq!(stack.reports[0].message, "check `health`: Two is more.");
    assert_eq!(addresses(&stack), ["data.aws_region.here"]);
}

#[test]
fn moves_imports_and_removals_are_kept() {
    let stack = good(
        r#"
        resource "aws_vpc" "new" {
          for_each = toset(["a"])
        }
        moved {
          from = aws_vpc.old
          to   = aws_vpc.new["a"]
        }
        import {
          for_each = toset(["a"])
          to       = aws_vpc.new[each.key]
          id       = "vpc-${each.key}"
        }
        removed {
          from = module.gone
          lifecycle { destroy = false }
        }
        "#,
    );
    let moved = &stack.statements.moved[0];
    assert_eq!(moved.from.resource.as_ref().unwrap().2, "old");
    assert_eq!(moved.to.resource.as_ref().unwrap().3, Key::Str("a".into()));
    let import = &stack.statements.imports[0];
    assert_eq!(import.to.to_string(), r#"aws_vpc.new["a"]"#);
    assert_eq!(import.id.as_ref().unwrap().as_str(), Some("vpc-a"));
    let removed = &stack.statements.removed[0];
    assert_eq!((removed.from.module.to_string().as_str(), removed.destroy), ("module.gone", false));
}

#[test]
fn ephemeral_values_are_unknown() {
    let stack = good(
        r#"
        ephemeral "aws_secretsmanager_secret_version" "s" { secret_id = "s" }
        resource "aws_ssm_parameter" "p" {
          name             = "p"
          type             = "SecureString"
          value_wo         = ephemeral.aws_secretsmanager_secret_version.s.secret_string
          value_wo_version = 1
        }
        "#,
    );
    assert!(get(&stack, "aws_ssm_parameter.p", "value_wo").is_null());
    assert!(find(&stack, "aws_ssm_parameter.p").config.get("value_wo").unwrap().is_unknown());
}
