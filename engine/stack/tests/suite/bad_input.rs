//! What is broken is reported, at the place to blame, and the rest goes on.

use crate::memory::{self, Memory, addresses, all, blamed, codes, find, one, with};
use banana_stack::{Options, Origin, VariableArgument};
use std::path::PathBuf;

/// The only report: its code, its message, and the text it points at.
#[track_caller]
fn only(stack: &banana_stack::Stack) -> (&str, &str, &str) {
    let [report] = stack.reports.as_slice() else { panic!("{:#?}", stack.reports) };
    (report.code, report.message.as_str(), blamed(stack))
}

#[track_caller]
fn help(stack: &banana_stack::Stack) -> &str {
    stack.reports[0].help.as_deref().unwrap()
}

fn path(path: &str) -> Options {
    Options { path: PathBuf::from(path), ..Options::default() }
}

#[test]
fn a_path_that_is_not_there() {
    let stack = Memory::new([("main.tf", "")]).resolve(&path("nowhere"));
    assert_eq!(codes(&stack), ["no-such-path"]);
    assert!(stack.reports[0].message.contains("`nowhere`"));
    assert!(stack.modules.is_empty() && stack.resources.is_empty());
}

#[test]
fn a_folder_without_configuration() {
    let stack = Memory::new([("a/readme.md", "")]).resolve(&path("a"));
    assert_eq!(codes(&stack), ["no-configuration"]);
}

#[test]
fn a_folder_with_only_a_stack_file() {
    let stack = Memory::new([("a/stack.hcl", "resource \"aws_vpc\" \"v\" {}")]).resolve(&path("a"));
    assert_eq!(addresses(&stack), ["aws_vpc.v"]);
    let file = stack.sources.place(find(&stack, "aws_vpc.v").header).file;
    assert_eq!(file, "a/stack.hcl");
}

#[test]
fn one_file_with_the_values_beside_it() {
    let files = [
        ("a/prod.hcl", "variable \"n\" {}\nresource \"aws_sqs_queue\" \"q\" { name = var.n }"),
        ("a/terraform.tfvars", "n = \"beside\""),
        ("a/other.tf", "this is not even read"),
    ];
    let stack = Memory::new(files).resolve(&path("a/prod.hcl"));
    assert_eq!(codes(&stack), [""; 0]);
    assert_eq!(memory::get(&stack, "aws_sqs_queue.q", "name").as_str(), Some("beside"));
}

#[test]
fn broken_text_leaves_the_rest() {
    let stack =
        one("resource \"aws_vpc\" \"v\" {}\n\nresource \"aws_eip\" \"e\" {\n  tags = = \n}\n");
    assert!(!stack.reports.is_empty());
    assert!(addresses(&stack).contains(&"aws_vpc.v".to_owned()));
}

#[test]
fn binary_and_encrypted_files() {
    let memory = Memory::new([("main.tf", "resource \"aws_vpc\" \"v\" {}")])
        .with_bytes("secrets.tf", b"\0GITCRYPT\0\x01\x02")
        .with_bytes("latin.auto.tfvars", b"a = \"caf\xe9\"");
    let stack = memory.resolve(&Options::default());
    assert_eq!(codes(&stack), ["not-text", "not-text"]);
    assert!(stack.reports.iter().any(|r| r.message.contains("`secrets.tf`")));
    assert_eq!(addresses(&stack), ["aws_vpc.v"]);
}

#[test]
fn an_unknown_type_of_ours() {
    let stack = one("resource \"aws_vcp\" \"v\" {\n  cidr_block = \"10.0.0.0/16\"\n}");
    let (code, message, at) = only(&stack);
    assert_eq!((code, at), ("unknown-resource-type", "resource \"aws_vcp\" \"v\""));
    assert!(message.contains("`aws_vcp`"));
    assert_eq!(help(&stack), "did you mean `aws_vpc`?");
    assert_eq!(memory::get(&stack, "aws_vcp.v", "cidr_block").as_str(), Some("10.0.0.0/16"));
}

#[test]
fn an_unknown_argument() {
    let stack = one("resource \"aws_vpc\" \"v\" {\n  cidr_blok = \"10.0.0.0/16\"\n}");
    assert_eq!(
        only(&stack),
        ("unknown-attribute", "`aws_vpc` has no argument `cidr_blok`", "cidr_blok")
    );
    assert_eq!(help(&stack), "did you mean `cidr_block`?");
    assert_eq!(addresses(&stack), ["aws_vpc.v"]);
}

#[test]
fn an_unknown_block_and_one_too_many() {
    let stack = one(
        "resource \"aws_lb_target_group\" \"t\" {\n  target_type = \"lambda\"\n  helth_check {}\n}",
    );
    assert_eq!((only(&stack).0, help(&stack)), ("unknown-block", "did you mean `health_check`?"));
    let stack = one(
        "resource \"aws_lb_target_group\" \"t\" {\n  target_type = \"lambda\"\n  health_check {}\n  health_check {}\n}",
    );
    assert_eq!(only(&stack).0, "too-many-blocks");
}

#[test]
fn a_missing_argument_a_missing_block_and_a_read_only_one() {
    let stack = one(
        "resource \"aws_sns_topic_subscription\" \"s\" {\n  protocol = \"sqs\"\n  endpoint = \"e\"\n}",
    );
    assert_eq!(only(&stack).1, "`aws_sns_topic_subscription` needs the argument `topic_arn`");
    let stack = one("resource \"aws_lb_listener\" \"l\" { load_balancer_arn = \"\" }");
    assert_eq!(only(&stack).0, "missing-block");
    let stack = one("resource \"aws_vpc\" \"v\" { arn = \"a\" }");
    assert_eq!(only(&stack).0, "read-only-attribute");
    assert_eq!(blamed(&stack), "arn");
}

#[test]
fn a_wrong_type_names_what_is_needed() {
    let stack = one("resource \"aws_vpc\" \"l\" {\n  ipv4_netmask_length = \"soon\"\n}");
    assert_eq!((only(&stack).0, blamed(&stack)), ("wrong-type", "\"soon\""));
    assert_eq!(stack.reports[0].at.as_ref().unwrap().text, "a number is needed");
}

#[test]
fn what_the_provider_refuses_is_refused_before_it_plans() {
    let group =
        |text: &str| one(&format!("resource \"aws_lb_target_group\" \"t\" {{\n  {text}\n}}"));
    for (text, code, at) in [
        ("target_type = \"lambda\"\n  port = 70000", "invalid-value", "70000"),
        ("target_type = \"host\"", "invalid-value", "\"host\""),
        ("target_type = \"lambda\"\n  health_check {\n    interval = 4\n  }", "invalid-value", "4"),
        (
            "target_type = \"lambda\"\n  name = \"a\"\n  name_prefix = \"b\"",
            "conflicting-arguments",
            "\"a\"",
        ),
    ] {
        let stack = group(text);
        assert_eq!((only(&stack).0, blamed(&stack)), (code, at), "{text}");
    }
    for text in
        ["port = 80", "name = \"ip\"", "port = null", "port = aws_vpc.v.main_route_table_id"]
    {
        let stack = one(&format!(
            "resource \"aws_vpc\" \"v\" {{}}\nresource \"aws_lb_target_group\" \"t\" {{\n  target_type = \"lambda\"\n  {text}\n}}"
        ));
        assert_eq!(codes(&stack), [""; 0], "{text}: {:#?}", stack.reports);
    }
    let stack = one("resource \"aws_lb\" \"l\" {}");
    assert_eq!(only(&stack).1, "`aws_lb` needs one of `subnet_mapping`, `subnets`");
    assert_eq!(codes(&one("resource \"aws_lb\" \"l\" { subnets = [] }")), [""; 0]);
    let data = one("data \"aws_lb_target_group\" \"t\" {\n  name = \"a\"\n  arn = \"a\"\n}");
    assert_eq!(
        codes(&data),
        [""; 0],
        "a data source has no checks of the resource: {:#?}",
        data.reports
    );
}

/// Terraform's verdicts with provider 5.100.0, which come when it plans.
#[test]
fn combinations_that_no_plan_takes() {
    let arn =
        |what: &str| format!("\"arn:aws:elasticloadbalancing:eu-west-3:123456789012:{what}\"");
    let listener = |action: &str| {
        one(&format!(
            "resource \"aws_lb_listener\" \"l\" {{\n  load_balancer_arn = {}\n  default_action {{\n    {action}\n  }}\n}}",
            arn("loadbalancer/app/a/50dc6c495c0c9188")
        ))
    };
    let target = format!("target_group_arn = {}", arn("targetgroup/a/0123456789abcdef"));
    for action in [
        "type = \"forward\"",
        "type = \"redirect\"",
        &format!("type = \"fixed-response\"\n    {target}"),
    ] {
        assert_eq!(only(&listener(action)).0, "conflicting-arguments", "{action}");
    }
    let good = listener(&format!("type = \"forward\"\n    {target}"));
    assert_eq!(codes(&good), [""; 0], "{:#?}", good.reports);

    let group =
        |text: &str| one(&format!("resource \"aws_lb_target_group\" \"t\" {{\n  {text}\n}}"));
    for (text, message) in [
        ("port = 80\n  vpc_id = \"v\"", "needs the argument `protocol`"),
        ("protocol = \"HTTP\"\n  vpc_id = \"v\"", "needs the argument `port`"),
        ("health_check {\n    protocol = \"TCP\"\n    path = \"/\"\n  }", "TCP has none"),
    ] {
        assert!(only(&group(text)).1.contains(message), "{text}: {}", only(&group(text)).1);
    }
    for text in [
        "target_type = \"lambda\"",
        "port = 80\n  protocol = \"TCP\"\n  vpc_id = \"v\"\n  health_check {\n    matcher = \"200\"\n  }",
    ] {
        assert_eq!(codes(&group(text)), [""; 0], "{text}");
    }

    let gateway = |text: &str| {
        one(&format!("resource \"aws_nat_gateway\" \"n\" {{\n  subnet_id = \"s\"\n  {text}\n}}"))
    };
    let bad = gateway("connectivity_type = \"private\"\n  allocation_id = \"e\"");
    assert_eq!((only(&bad).0, blamed(&bad)), ("conflicting-arguments", "\"e\""));
    assert_eq!(codes(&gateway("allocation_id = \"e\"")), [""; 0]);
}

#[test]
fn regions_that_are_none() {
    let stack =
        one("provider \"aws\" {\n  region = \"eu-west-33\"\n}\nresource \"aws_vpc\" \"v\" {}");
    assert_eq!((only(&stack).0, blamed(&stack)), ("unknown-region", "\"eu-west-33\""));
    assert_eq!(help(&stack), "did you mean `eu-west-3`?");
    let any = one("provider \"aws\" {\n  region = \"x\"\n  skip_region_validation = true\n}");
    assert_eq!(codes(&any), [""; 0]);
}

#[test]
fn undeclared_names() {
    for (reference, wanted) in [
        ("var.regoin", "did you mean `var.region`?"),
        ("local.nme", "did you mean `local.name`?"),
        ("aws_vpc.mian.id", "did you mean `aws_vpc.main`?"),
        ("data.aws_region.currnt.name", "did you mean `data.aws_region.current`?"),
        ("region", "did you mean `var.region`?"),
    ] {
        let stack = one(&format!(
            "variable \"region\" {{ default = \"a\" }}\nlocals {{ name = \"n\" }}\n\
             resource \"aws_vpc\" \"main\" {{}}\ndata \"aws_region\" \"current\" {{}}\n\
             output \"o\" {{ value = {reference} }}"
        ));
        assert_eq!(help(&stack), wanted, "{:#?}", stack.reports);
        assert_eq!(stack.reports.len(), 1, "{reference}");
    }
}

#[test]
fn a_variable_without_a_value_is_unknown_and_reported() {
    let stack = one(
        "variable \"cidr\" {\n  type = string\n}\nresource \"aws_vpc\" \"v\" { cidr_block = var.cidr }",
    );
    assert_eq!((only(&stack).0, blamed(&stack)), ("variable-not-set", "variable \"cidr\""));
    let cidr = memory::get(&stack, "aws_vpc.v", "cidr_block").as_unknown().unwrap();
    assert!(matches!(&cidr.origin, Origin::Variable(name) if name == "cidr"));
    assert!(!stack.variables["cidr"].given);
}

#[test]
fn a_value_for_no_variable() {
    let stack = with("variable \"region\" { default = \"a\" }", &[("regin", "b")]);
    assert_eq!(codes(&stack), ["undeclared-variable"]);
    assert_eq!(help(&stack), "did you mean `region`?");
    let stack = all([("main.tf", ""), ("terraform.tfvars", "x = 1")]);
    assert_eq!(only(&stack).2, "x");
}

#[test]
fn a_value_of_the_wrong_type_and_one_that_does_not_validate() {
    let text = "variable \"n\" {\n  type = number\n  validation {\n    condition     = var.n < 10\n    error_message = \"Less than ten.\"\n  }\n}";
    assert_eq!(codes(&with(text, &[("n", "many")])), ["variable-type"]);
    let stack = with(text, &[("n", "12")]);
    assert_eq!((only(&stack).0, only(&stack).1), ("variable-validation", "Less than ten."));
    assert_eq!(codes(&with(text, &[("n", "9")])), [""; 0]);
}

#[test]
fn a_variable_file_that_is_missing_or_broken() {
    let memory = Memory::new([("main.tf", ""), ("bad.tfvars", "a = = 1")]);
    let run = |file: &str| {
        let variables = vec![VariableArgument::File(file.into())];
        memory.resolve(&Options { variables, ..Options::default() })
    };
    assert_eq!(codes(&run("gone.tfvars")), ["unreadable-file"]);
    assert!(!run("bad.tfvars").reports.is_empty());
}

#[test]
fn modules_that_are_not_there() {
    let stack = all([(
        "main.tf",
        "module \"a\" { source = \"./gone\" }\nmodule \"b\" { source = \"terraform-aws-modules/vpc/aws\" }\n\
         resource \"aws_eip\" \"e\" { tags = { vpc = module.b.vpc_id } }",
    )]);
    assert_eq!(codes(&stack), ["missing-module", "missing-module"]);
    assert!(stack.reports[1].help.as_deref().unwrap().contains("terraform init"));
    assert!(memory::get(&stack, "aws_eip.e", "tags").get("vpc").unwrap().is_unknown());
}

#[test]
fn an_installed_module_is_found() {
    let stack = all([
        ("main.tf", "module \"vpc\" { source = \"terraform-aws-modules/vpc/aws\" }"),
        (
            ".terraform/modules/modules.json",
            r#"{"Modules":[{"Key":"","Source":"","Dir":"."},{"Key":"vpc","Source":"x","Dir":".terraform/modules/vpc"}]}"#,
        ),
        (".terraform/modules/vpc/main.tf", "resource \"aws_vpc\" \"this\" {}"),
    ]);
    assert_eq!(codes(&stack), [""; 0]);
    assert_eq!(addresses(&stack), ["module.vpc.aws_vpc.this"]);
}

#[test]
fn a_module_that_calls_itself() {
    let stack = all([
        ("main.tf", "module \"a\" { source = \"./a\" }"),
        ("a/main.tf", "module \"b\" { source = \"../b\" }"),
        ("b/main.tf", "module \"a\" { source = \"../a\" }"),
    ]);
    assert_eq!(codes(&stack), ["module-recursion"]);
}

#[test]
fn wrong_and_missing_module_arguments() {
    let stack = all([
        (
            "main.tf",
            "module \"a\" {\n  source = \"./a\"\n  cidrs  = 1\n}\noutput \"o\" { value = module.a.vcp }",
        ),
        ("a/main.tf", "variable \"cidr\" {}\noutput \"vpc\" { value = var.cidr }"),
    ]);
    let mut found = codes(&stack);
    found.sort_unstable();
    assert_eq!(found, ["missing-argument", "undeclared-reference", "unknown-attribute"]);
}

#[test]
fn circles_name_every_step() {
    let stack = one(
        "locals {\n  a = local.b\n  b = local.c\n  c = local.a\n}\noutput \"o\" { value = local.a }",
    );
    let (code, message, _) = only(&stack);
    assert_eq!(code, "cycle");
    for name in ["`local.a`", "`local.b`", "`local.c`"] {
        assert!(message.contains(name), "{message}");
    }
    assert_eq!(stack.reports[0].related.len(), 2, "each edge has its place");
    let stack = one("resource \"aws_vpc\" \"v\" { tags = { id = aws_vpc.v.id } }");
    assert_eq!(only(&stack).1, "`aws_vpc.v` refers to itself");
}

#[test]
fn bad_counts_and_keys() {
    for (repeat, code) in [
        ("count = -1", "bad-count"),
        ("count = 1.5", "bad-count"),
        ("count = null", "bad-count"),
        ("count = \"a\"", "bad-count"),
        ("count = 1e9", "bad-count"),
        ("for_each = [\"a\"]", "bad-for-each"),
        ("for_each = null", "bad-for-each"),
        ("for_each = 3", "bad-for-each"),
        ("for_each = {}\n  count = 1", "count-and-for-each"),
    ] {
        let stack = one(&format!("resource \"aws_vpc\" \"v\" {{\n  {repeat}\n}}"));
        assert_eq!(codes(&stack), [code], "{repeat}");
    }
    let stack =
        one("resource \"aws_vpc\" \"v\" {\n  count = 1\n}\noutput \"o\" { value = aws_vpc.v.id }");
    assert_eq!(only(&stack).0, "missing-instance-key");
}

#[test]
fn things_declared_twice() {
    let stack = one(
        "variable \"a\" { default = 1 }\nvariable \"a\" { default = 2 }\nlocals { b = 1 }\nlocals { b = 2 }",
    );
    assert_eq!(codes(&stack), ["duplicate", "duplicate"]);
}

#[test]
fn blocks_and_labels_that_do_not_exist() {
    assert_eq!(only(&one("resorce \"aws_vpc\" \"v\" {}")).0, "unknown-block");
    assert_eq!(only(&one("resource \"aws_vpc\" {}")).0, "bad-labels");
    assert_eq!(only(&one("variable \"1a\" { default = 1 }")).0, "bad-name");
    assert_eq!(only(&one("region = \"a\"")).0, "unknown-attribute");
}

#[test]
fn secrets_in_plain_outputs() {
    let stack = with(
        "variable \"p\" { sensitive = true }\noutput \"o\" { value = var.p }",
        &[("p", "hunter2")],
    );
    assert_eq!(only(&stack).0, "sensitive-output");
    assert!(!format!("{:?}", stack.reports).contains("hunter2"));
}

#[test]
fn a_provider_that_nobody_declared() {
    let stack = one("resource \"aws_vpc\" \"v\" { provider = aws.us }");
    assert_eq!((only(&stack).0, blamed(&stack)), ("undeclared-provider", "aws.us"));
}

#[test]
fn what_has_no_instance_must_be_well_formed() {
    let stack = one("resource \"aws_vpc\" \"v\" {\n  count = 0\n  cidr_blok = aws_vpc.v[0].id\n}");
    assert_eq!(codes(&stack), ["cycle"]);
    let stack = one("resource \"aws_vpc\" \"v\" {\n  count = 0\n  cidr_blok = count.index\n}");
    assert_eq!(only(&stack).0, "unknown-attribute");
    assert_eq!(addresses(&stack), [""; 0]);
    // Values that it would need are for the instances that there are not.
    let stack = one("variable \"v\" { default = null }\nresource \"aws_lb_listener\" \"l\" {\n  \
        count = 0\n  load_balancer_arn = var.v\n  default_action { type = \"forward\" }\n}");
    assert_eq!(codes(&stack), [""; 0]);
}
