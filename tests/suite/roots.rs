//! `check` on several paths: a changed file stands for the root modules that use it.

use super::stage::{Played, Stage};
use banana::Exit;

const VPC: &str = "resource \"aws_vpc\" \"main\" {\n  cidr_block = \"10.0.0.0/16\"\n}\n";

fn stage() -> Stage {
    let call = |source: &str| format!("module \"net\" {{\n  source = \"{source}\"\n}}\n");
    let (net, wrapped) = (call("../../modules/net"), call("../modules/wrapper"));
    let json = r#"{"module": {"net": {"source": "../modules/net"}}}"#;
    let other = VPC.replace("main", "other");
    Stage::new(&[
        (".git/HEAD", "ref: refs/heads/main\n"),
        ("live/prod/main.tf", &net),
        ("live/prod/extra.tf", "locals {\n  a = 1\n}\n"),
        ("live/prod/values/prod.tfvars", ""),
        ("live/test/main.tf", &net),
        ("json/main.tf.json", json),
        ("wrapped/main.tf", &wrapped),
        ("modules/wrapper/main.tf", &call("../net")),
        ("modules/net/main.tf", VPC),
        ("alone/main.tf", &other),
        ("alone/.terraform/modules/x/main.tf", VPC),
        ("stacks/stack.hcl", VPC),
        ("stacks/values/prod.tfvars", ""),
        ("docs/x.tfvars", ""),
    ])
}

/// The roots that were checked: the ends of the bill's lines.
fn roots(played: &Played) -> Vec<String> {
    let lines = played
        .out
        .lines()
        .filter(|line| line.contains(" USD a month") || line.contains("costs nothing"));
    lines.filter_map(|line| Some(line.split_once(": ")?.0.to_owned())).collect()
}

#[test]
fn a_file_stands_for_the_roots_that_use_it_and_each_is_checked_once() {
    let stage = stage();
    let of = |files: &str| roots(&stage.run(&format!("check --select flow-logs {files}")));
    let all = ["json", "live/prod", "live/test", "wrapped"];
    assert_eq!(of("modules/net/main.tf"), all);
    assert_eq!(of("live/prod/main.tf modules/net/main.tf live/prod/extra.tf"), all);
    assert_eq!(of("alone/main.tf live/prod/values/prod.tfvars"), ["alone", "live/prod"]);
    assert_eq!(
        of("alone alone/main.tf stacks/stack.hcl live/prod/"),
        ["alone", "live/prod/", "stacks/stack.hcl"]
    );
    assert_eq!(of("alone/main.tf stacks/values/prod.tfvars"), ["alone", "stacks"]);
    // One root is named by nothing but its findings.
    let one = stage.run("check --select flow-logs live/prod/main.tf live/prod/extra.tf");
    one.ends(Exit::Ok).says(&["module.net.aws_vpc.main", "1 finding: 1 low"]);
    assert_eq!(one.out, stage.run("check --select flow-logs live/prod").out);
    // From where the file is.
    assert_eq!(
        roots(&stage.run("--chdir modules/wrapper check main.tf ../../alone/main.tf")),
        ["../../alone", "../../wrapped"]
    );
}

#[test]
fn what_belongs_to_no_root_is_left_alone() {
    let stage = stage();
    let played = stage.run("check docs/x.tfvars alone/.terraform/modules/x/main.tf");
    played.ends(Exit::Ok).says(&["no findings; 0 passed"]);
    stage.run("check alone/gone.tf").ends(Exit::Error).says(&["cannot read `alone/gone.tf`"]);
    stage.run("check alone gone").ends(Exit::Error).says(&["cannot read `gone`"]);
}

#[test]
fn a_shared_module_is_blamed_once() {
    let stage = stage();
    let played =
        stage.run("check --select flow-logs --fail-on low --format json modules/net/main.tf alone");
    played.ends(Exit::Findings);
    let json = played.json();
    let findings: Vec<_> = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|f| f["verdict"] == "fail")
        .map(|f| {
            format!(
                "{} {}:{}",
                f["address"].as_str().unwrap(),
                f["file"].as_str().unwrap(),
                f["line"]
            )
        })
        .collect();
    assert_eq!(
        findings,
        [
            "aws_vpc.other alone/main.tf:1",
            "module.net.aws_vpc.main modules/net/main.tf:1",
            "module.net.module.net.aws_vpc.main modules/net/main.tf:1",
        ]
    );
    assert_eq!(json["summary"]["fail"], 3);
    // The snippets are those of the right files.
    let text = stage.run("check --select flow-logs modules/net/main.tf alone").out;
    for line in [
        "[alone/main.tf:1:1]",
        "\"aws_vpc\" \"other\"",
        "[modules/net/main.tf:1:1]",
        "\"aws_vpc\" \"main\"",
    ] {
        assert!(text.contains(line), "no {line} in\n{text}");
    }
}

#[test]
fn each_root_goes_by_its_own_settings_and_the_worst_counts() {
    let stage = stage();
    std::fs::write(stage.path().join("alone/banana.toml"), "fail-on = \"low\"\n").unwrap();
    stage.run("check --select flow-logs live/prod live/test").ends(Exit::Ok);
    stage.run("check --select flow-logs live/prod alone").ends(Exit::Findings);
    std::fs::write(stage.path().join("live/test/main.tf"), "a = = 1\n").unwrap();
    stage
        .run("check --select flow-logs alone live/test")
        .ends(Exit::Error)
        .says(&["live/test/main.tf:1:", "aws_vpc.other"]);
    stage.run("check --show-settings live/prod alone").ends(Exit::Ok).says(&[
        "live/prod:\n",
        "alone:\n",
        "alone/banana.toml:1:11",
    ]);
}

#[test]
fn a_comment_that_one_root_has_a_use_for_is_used() {
    let module = |public: bool| {
        format!("module \"net\" {{\n  source = \"../net\"\n  public = {public}\n}}\n")
    };
    let net = "variable \"public\" {}\n\n# banana:ignore[VPC005] reason=\"a demo\"\nresource \"aws_subnet\" \"a\" {\n  vpc_id                  = \"vpc-1\"\n  cidr_block              = \"10.0.0.0/24\"\n  map_public_ip_on_launch = var.public\n}\n";
    let (open, closed) = (module(true), module(false));
    let stage =
        Stage::new(&[("open/main.tf", &open), ("closed/main.tf", &closed), ("net/main.tf", net)]);
    let check = "check --select VPC005,SUP001 --fail-on low";
    stage.run(&format!("{check} closed")).ends(Exit::Findings).says(&["SUP001"]);
    stage.run(&format!("{check} open")).ends(Exit::Ok);
    stage.run(&format!("{check} open closed")).ends(Exit::Ok);
    // How bad the roots find it is no reason to say nothing.
    std::fs::write(stage.path().join("open/main.tf"), &closed).unwrap();
    std::fs::write(stage.path().join("open/banana.toml"), "[rule.SUP001]\nseverity = \"high\"\n")
        .unwrap();
    stage.run(&format!("{check} open closed")).ends(Exit::Findings).says(&["SUP001"]);
}

#[test]
fn of_two_names_in_a_comment_each_may_be_of_use_to_another_root() {
    let root = |headers: bool, protection: bool| {
        format!(
            "module \"front\" {{\n  source     = \"../front\"\n  headers    = {headers}\n  protection = {protection}\n}}\n"
        )
    };
    let front = "variable \"headers\" {}\n\nvariable \"protection\" {}\n\n# banana:ignore[ELB003, ELB004] reason=\"a demo\"\nresource \"aws_lb\" \"a\" {\n  subnets                    = [\"subnet-1\", \"subnet-2\"]\n  drop_invalid_header_fields = var.headers\n  enable_deletion_protection = var.protection\n}\n";
    let (one, other, neither) = (root(false, true), root(true, false), root(true, true));
    let stage = Stage::new(&[
        ("one/main.tf", &one),
        ("other/main.tf", &other),
        ("neither/main.tf", &neither),
        ("front/main.tf", front),
    ]);
    let check = "check --select ELB003,ELB004,SUP001 --fail-on low";
    stage.run(&format!("{check} one")).ends(Exit::Findings).says(&["`ELB004` finds nothing"]);
    stage.run(&format!("{check} other")).ends(Exit::Findings).says(&["`ELB003` finds nothing"]);
    stage.run(&format!("{check} one other neither")).ends(Exit::Ok);
}

#[test]
fn a_baseline_is_of_the_root_that_a_file_stands_for() {
    let stage = stage();
    stage.run("baseline live/prod/main.tf").ends(Exit::Ok).says(&["live/prod/banana-baseline.txt"]);
    stage
        .run("check live/prod --fail-on low --baseline live/prod/banana-baseline.txt")
        .ends(Exit::Ok);
    stage
        .run("baseline modules/net/main.tf")
        .ends(Exit::Error)
        .says(&["stands for 4 root modules", "live/prod, live/test"]);
}
