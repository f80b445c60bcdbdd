//! `cost --diff`, `cost --what-if`, plans of Terraform's, discounts and other currencies.

use super::known::git;
use super::stage::{Stage, here};
use banana::Exit;

const BEFORE: &str = r#"provider "aws" {
  region = "eu-west-3"
}

variable "size" {
  type    = number
  default = 256
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_ecs_task_definition" "app" {
  family                   = "app"
  cpu                      = var.size
  memory                   = 1024
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  container_definitions    = jsonencode([{ name = "app", image = "nginx:1.27" }])
}

resource "aws_ecs_service" "app" {
  name            = "app"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets = ["subnet-1"]
  }
}

resource "aws_eip" "nat" {
  count = 2
}

resource "aws_nat_gateway" "main" {
  subnet_id     = "subnet-1"
  allocation_id = aws_eip.nat[0].id
}

resource "aws_kms_key" "old" {}
"#;

/// A repository whose last commit is [`BEFORE`].
fn repository() -> Stage {
    let stage = Stage::new(&[("main.tf", BEFORE)]);
    for line in ["init -q", "add -A", "commit -q -m before"] {
        git(stage.path(), line);
    }
    stage
}

fn write(stage: &Stage, name: &str, text: &str) {
    std::fs::write(stage.path().join(name), text).unwrap();
}

/// The next one: bigger tasks and more of them, one address less, no NAT gateway, another name for the key.
fn after() -> String {
    let text =
        BEFORE.replace("default = 256", "default = 512").replace("count   = 2", "count   = 3");
    let text = text.replace("count = 2", "count = 1").replace("\"old\" {}", "\"new\" {}");
    let (text, _) = text.split_once("resource \"aws_nat_gateway\"").unwrap();
    format!(
        "{text}resource \"aws_kms_key\" \"new\" {{}}\n\nmoved {{\n  from = aws_kms_key.old\n  to   = aws_kms_key.new\n}}\n\nresource \"aws_secretsmanager_secret\" \"db\" {{}}\n"
    )
}

#[test]
fn a_change_is_told_with_what_decides_it() {
    let stage = repository();
    write(&stage, "main.tf", &after());
    let played = stage.run("cost --diff HEAD");
    played.ends(Exit::Ok);
    insta::assert_snapshot!(played.out);
    let json = stage.run("cost --diff HEAD --format json").json();
    let diff = &json["diff"];
    assert_eq!(diff["after"], json["total_monthly"]);
    let service = diff["resources"].as_array().unwrap();
    let service = service.iter().find(|it| it["address"] == "aws_ecs_service.app").unwrap();
    assert_eq!(service["causes"][0]["path"], "desired_count");
    assert_eq!(service["causes"][1]["address"], "aws_ecs_task_definition.app");
    assert_eq!(service["causes"][1]["line"], 7, "the variable's default decides");
}

#[test]
fn an_instance_that_gets_a_count_stays_itself() {
    let stage = repository();
    let text = BEFORE.replace("\"old\" {}", "\"old\" {\n  count = 2\n}");
    write(&stage, "main.tf", &text);
    let json = stage.run("cost --diff HEAD --format json").json();
    let changed = json["diff"]["resources"].as_array().unwrap();
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert_eq!(changed[0]["address"], "aws_kms_key.old[1]");
    assert_eq!(changed[0]["causes"][0]["path"], "count");
}

#[test]
fn a_comment_says_what_a_change_costs() {
    let stage = repository();
    write(&stage, "main.tf", &after());
    let played = stage.run("cost --diff HEAD --format markdown --fail-if-increase 1%");
    played.ends(Exit::Ok);
    insta::assert_snapshot!(played.out);
    let many = format!("{BEFORE}\nresource \"aws_eip\" \"many\" {{\n  count = 1500\n}}\n");
    write(&stage, "main.tf", &many);
    let played = stage.run("cost --diff HEAD --format markdown");
    played.says(&["more rows are left out"]);
    assert!(played.out.chars().count() <= 65_536, "{}", played.out.len());
}

#[test]
fn an_earlier_bill_is_compared_line_by_line() {
    let stage = repository();
    write(&stage, "before.json", &stage.run("cost --format json").out);
    stage.run("cost --diff before.json").ends(Exit::Ok).says(&["nothing costs more or less"]);
    write(&stage, "main.tf", &BEFORE.replace("default = 256", "default = 512"));
    let played = stage.run("cost --diff before.json");
    insta::assert_snapshot!(played.out);
    // A diff's own document is a bill too.
    write(&stage, "after.json", &stage.run("cost --diff before.json --format json").out);
    stage.run("cost --diff after.json").says(&["nothing costs more or less"]);
}

#[test]
fn an_increase_over_the_limit_is_a_finding() {
    let stage = repository();
    write(&stage, "main.tf", &BEFORE.replace("default = 256", "default = 512"));
    let runs = |options: &str| stage.run(&format!("cost --diff HEAD {options}"));
    runs("--fail-if-increase 10%").ends(Exit::Findings).says(&["increase over the limit"]);
    runs("--fail-if-increase 17.74").ends(Exit::Ok);
    runs("--fail-if-increase 17.73USD").ends(Exit::Findings);
    runs("--fail-if-increase 50EUR").ends(Exit::Error).says(&["another currency"]);
    write(&stage, "banana.toml", "[cost]\nfail-if-increase = \"10%\"\nbudget = \"1000USD\"\n");
    runs("").ends(Exit::Findings).says(&["and 10% is allowed"]);
    runs("--fail-if-increase 90%").ends(Exit::Ok);
    stage.run("cost").ends(Exit::Ok);
    stage.run("cost --fail-if-increase 1%").ends(Exit::Error).says(&["--diff"]);
}

#[test]
fn a_stack_that_was_not_there_is_all_new() {
    let stage = repository();
    std::fs::create_dir(stage.path().join("next")).unwrap();
    write(&stage, "next/main.tf", BEFORE);
    let played = stage.run("cost next --diff HEAD");
    played
        .ends(Exit::Ok)
        .says(&["holds no stack at `HEAD`: everything is new", "against HEAD: 0.00"]);
}

#[test]
fn what_cannot_be_compared_is_said() {
    let stage = repository();
    write(&stage, "other.json", "{\"version\": 1}");
    write(&stage, "newer.json", "{\"version\": 2}");
    write(&stage, "plan2.json", "{\"format_version\": \"2.0\"}");
    write(&stage, "empty.json", "{\"format_version\": \"1.2\"}");
    write(&stage, "log.json", "{\"@level\":\"info\",\"@message\":\"x\"}\n{\"@level\":\"info\"}\n");
    write(&stage, "binary.tfplan", "PK\u{3}\u{4}rest");
    let asked = [
        "--diff nowhere",
        "--diff -x",
        "--diff gone.json",
        "--diff main.tf",
        "--diff other.json",
        "--diff newer.json",
        "--diff plan2.json",
        "--diff empty.json",
        "--diff log.json",
        "--diff binary.tfplan",
        "--rates rates.csv",
        "--currency EUR",
        "--currency euros",
        "--budget -5",
        "--fail-if-increase much --diff HEAD",
        "--what-if magic",
    ];
    let said = asked.map(|options| {
        let played = stage.run(&format!("cost {options}"));
        played.ends(Exit::Error);
        assert_eq!(played.out, "", "{options}");
        played.err.lines().take(2).collect::<Vec<_>>().join("\n")
    });
    let said = said.join("\n");
    let here = stage.path().canonicalize().unwrap();
    insta::assert_snapshot!(said.replace(&here.display().to_string(), "HERE"));
}

/// Terraform 1.11.4 made the plan of the files beside it: with modules, `count`, `for_each` and splats in the way.
#[test]
fn a_plan_costs_what_its_files_cost() {
    let of = |path: &str| {
        let played =
            here(&format!("cost fixtures/cost/plans/modules{path} --allow-missing --format json"));
        played.ends(Exit::Ok);
        played.json()
    };
    let (plan, files) = (of("/plan.json"), of(""));
    assert_eq!(plan["resources"], files["resources"]);
    assert_eq!(plan, files);
    let text = here(
        "cost fixtures/cost/plans/modules/plan.json --diff fixtures/cost/plans/modules/plan.json --allow-missing",
    );
    text.ends(Exit::Ok).says(&["+ module.net[\"a\"].aws_nat_gateway.main[1]"]);
    here("cost fixtures/cost/plans/modules/plan.json -var region=eu-west-1")
        .ends(Exit::Error)
        .says(&["which has its variables"]);
}

const PLAN: &str = r#"{"format_version":"1.2","terraform_version":"1.11.4","errored":true,
"planned_values":{"root_module":{"resources":[
{"address":"aws_db_instance.main","mode":"managed","type":"aws_db_instance","name":"main","provider_name":"registry.terraform.io/hashicorp/aws","values":{"arn":"arn:aws:rds:eu-west-3:123456789012:db:main","engine":"postgres","instance_class":"db.t4g.large","allocated_storage":100,"storage_type":"gp3","multi_az":false}},
{"address":"aws_eip.nat[\"a.b\"]","mode":"managed","type":"aws_eip","name":"nat","index":"a.b","provider_name":"registry.terraform.io/hashicorp/aws","values":{"id":"eipalloc-1","allocation_id":"eipalloc-1"}},
{"address":"aws_nat_gateway.main","mode":"managed","type":"aws_nat_gateway","name":"main","provider_name":"registry.terraform.io/hashicorp/aws","values":{"id":"nat-1","allocation_id":"eipalloc-1","region":"eu-west-1"}}]}},
"resource_changes":[],
"prior_state":{"format_version":"1.0","values":{"root_module":{"resources":[
{"address":"aws_db_instance.main","mode":"managed","type":"aws_db_instance","name":"main","provider_name":"registry.terraform.io/hashicorp/aws","values":{"arn":"arn:aws:rds:eu-west-3:123456789012:db:main","engine":"postgres","instance_class":"db.t4g.medium","allocated_storage":"much","storage_type":"gp3","multi_az":false}},
{"address":"aws_eip.nat[\"a.b\"]","mode":"managed","type":"aws_eip","name":"nat","index":"a.b","provider_name":"registry.terraform.io/hashicorp/aws","values":{"id":"eipalloc-1","allocation_id":"eipalloc-1"}}]}}},
"configuration":{"provider_config":{"aws":{"name":"aws","expressions":{}}},"root_module":{"resources":[
{"address":"aws_nat_gateway.main","mode":"managed","type":"aws_nat_gateway","name":"main","provider_config_key":"aws","expressions":{"allocation_id":{"references":["local.nat"]}}}]}}}
"#;

/// What a plan changes, against the state that it was made from. Its region follows from ARNs where the configuration is silent.
#[test]
fn a_plan_is_held_against_the_state_before_it() {
    let stage = Stage::new(&[("plan.json", PLAN)]);
    let played = stage.run("cost plan.json --diff plan.json");
    played.ends(Exit::Ok);
    insta::assert_snapshot!(played.both());
}

#[test]
fn alternatives_are_billed_anew() {
    let every = "spot,arm,no-nat-with-endpoints,one-az,savings-plan-1y";
    let path = "fixtures/cost/plans/modules";
    let played = here(&format!("cost {path} --allow-missing --what-if {every}"));
    played.ends(Exit::Ok);
    insta::assert_snapshot!(played.out);
    // The whole of it in ECR: three endpoints in two zones cost 8.03 more than one NAT gateway and its address.
    let stage = Stage::new(&[(
        "main.tf",
        &format!(
            "{}{}",
            BEFORE
                .replace("count = 2", "count = 1")
                .replace("\"subnet-1\"]", "\"subnet-1\", \"subnet-2\"]")
                .replace("nginx:1.27\"", "123456789012.dkr.ecr.eu-west-3.amazonaws.com/app:1\", logConfiguration = { logDriver = \"awslogs\" }"),
            "resource \"aws_nat_gateway\" \"spare\" {\n  subnet_id         = \"subnet-2\"\n  connectivity_type = \"private\"\n}\n"
        ),
    )]);
    let json = stage.run("cost --what-if no-nat-with-endpoints --format json").json();
    assert_eq!(json["what_if"][0]["delta"], "8.03", "{json:#}");
}

#[test]
fn discounts_and_currencies_are_of_the_configuration() {
    let stage = repository();
    write(&stage, "rates.csv", "from,to,rate,date,source\nUSD,EUR,0.5,2026-11-20,ECB\n");
    let toml = "[cost]\nbudget = \"30EUR\"\ncurrency = \"EUR\"\nrates = \"rates.csv\"\n\n[[cost.discount]]\nname = \"EDP\"\npercent = \"10%\"\n\n[[cost.discount]]\nname = \"plan\"\npercent = \"20\"\nshare = \"50%\"\nprices = [\"AmazonECS/*/Fargate-*\"]\nwhat-if = \"savings-plan-1y\"\n";
    write(&stage, "banana.toml", toml);
    let list = stage.run("cost --no-config --format json").json();
    let paid = stage.run("cost --format json --budget 1000").json();
    let total =
        |json: &serde_json::Value| json["total_monthly"].as_str().unwrap().parse::<f64>().unwrap();
    assert!((total(&paid) - total(&list) * 0.45).abs() < 0.011);
    assert_eq!(paid["exchange"]["date"], "2026-11-20");
    let played = stage.run("cost --what-if savings-plan-1y");
    played
        .ends(Exit::Findings)
        .says(&["over budget", "of 2026-11-20 (ECB)".trim_start_matches("of ")]);
    insta::assert_snapshot!(played.out);
    stage
        .run("cost --currency JPY")
        .ends(Exit::Error)
        .says(&["no rate from USD to JPY", "USD to EUR"]);
    stage.run("cost --budget 100USD").ends(Exit::Error).says(&["another currency"]);
    let settings = stage.run("check --show-settings").out;
    let cost: Vec<&str> = settings.lines().filter(|line| line.starts_with("cost.")).collect();
    insta::assert_snapshot!(cost.join("\n"));
}

#[test]
fn wrong_cost_settings_are_told_by_place() {
    let toml = "[cost]\nbudget = \"lots\"\ncurrency = \"euro\"\nbudgets = \"1\"\nfail-if-increase = 10\n\n[[cost.discount]]\nname = \"EDP\"\npercent = \"110%\"\n\n[[cost.discount]]\npercent = \"5%\"\n";
    let stage = Stage::new(&[("main.tf", BEFORE), ("banana.toml", toml)]);
    let played = stage.run("cost --narrated");
    played.ends(Exit::Error);
    insta::assert_snapshot!(played.err);
}

#[test]
fn prices_are_kept_for_a_month() {
    let stage = Stage::new(&[("main.tf", BEFORE)]);
    let cache = stage.path().join("cache").display().to_string();
    let stage = stage.env("XDG_CACHE_HOME", &cache);
    let vcpu = |played: &super::stage::Played| {
        let json = played.json();
        let lines: Vec<_> = json["resources"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|it| it["components"].as_array().unwrap().clone())
            .collect();
        lines.iter().find(|line| line["name"] == "Fargate vCPU").unwrap()["unit_price"].clone()
    };
    let offer = format!("{}/fixtures/cost/price-list/offer.json", env!("CARGO_MANIFEST_DIR"));
    assert_eq!(vcpu(&stage.run("cost --format json")), "0.0486");
    let played = stage.run(&format!("prices update {offer}"));
    played.ends(Exit::Ok);
    insta::assert_snapshot!(played.out.replace(&stage.path().display().to_string(), "HERE"));
    assert_eq!(vcpu(&stage.run("cost --format json")), "0.05");
    assert_eq!(vcpu(&stage.run("cost --format json --no-cached-prices")), "0.0486");
    let folder = stage.path().join("cache/banana/prices");
    let name = |day: &str| folder.join(format!("eu-west-3.AmazonECS.{day}.csv"));
    std::fs::rename(name("2026-01-31"), name("2025-12-01")).unwrap();
    let played = stage.run("cost --format json");
    assert_eq!(vcpu(&played), "0.0486");
    played.says(&["eu-west-3.AmazonECS of 2025-12-01", "banana prices update"]);
    // A new one takes the place of the old one; a broken one is told.
    stage.run(&format!("prices update {offer} --region eu-west-3")).ends(Exit::Ok);
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
    std::fs::write(name("2026-01-31"), "nonsense\n").unwrap();
    stage.run("cost").ends(Exit::Error).says(&["the header must name", "delete the file"]);
    // Without a file AWS is asked, where this build can.
    let asking = if cfg!(feature = "apply") {
        "no region is named"
    } else {
        "this build of banana cannot ask AWS"
    };
    for (line, why) in [
        ("main.tf", "is not JSON"),
        ("gone.json", "cannot be read"),
        (&format!("{offer} --region eu-west-9"), "did you mean `eu-west-"),
        (&format!("{offer} --region us-gov-west-1"), "none of the prices"),
        ("", asking),
    ] {
        stage.run(&format!("prices update {line}")).ends(Exit::Error).says(&[why]);
    }
}

#[test]
fn a_region_without_prices_is_named_once() {
    let of = |region: &str| {
        let text = BEFORE.replace("eu-west-3", region);
        Stage::new(&[("main.tf", &text)]).run("cost")
    };
    let china = of("cn-north-1");
    china.ends(Exit::Error).says(&["the price list has no region `cn-north-1`", "--prices FILE"]);
    let wrong = of("eu-wst-3");
    wrong.ends(Exit::Error).says(&["did you mean `eu-west-3`?"]);
    assert!(!wrong.both().contains("the price list has no region"), "{}", wrong.both());
    let flag = Stage::new(&[("main.tf", "resource \"aws_kms_key\" \"k\" {}\n")]);
    flag.run("cost --region eu-wst-3")
        .ends(Exit::Error)
        .says(&["no region `eu-wst-3`", "did you mean"]);
}

/// Months before and after a change, in every format, and in the currency of the bill.
#[test]
fn months_of_a_change_are_told_in_every_format() {
    let stage = repository();
    write(&stage, "usage.toml", "[simulate]\nrequests_per_second = [5, 10, 20]\n");
    write(&stage, "rates.csv", "from,to,rate,date,source\nUSD,EUR,0.5,2026-11-20,ECB\n");
    write(&stage, "main.tf", &BEFORE.replace("default = 256", "default = 512"));
    let simulate = "cost --usage usage.toml --simulate --scenarios 12 --diff HEAD";
    let euros = format!("{simulate} --currency EUR --rates rates.csv");
    stage.run(&format!("{euros} --format markdown")).ends(Exit::Ok).says(&[
        "EUR** a month at the median of the same months before and after (+",
        "100.0 % of them cost more",
        "| EUR a month |",
    ]);
    stage.run(&euros).ends(Exit::Ok).says(&["EUR at the median", "EUR a month", "tasks, EUR"]);
    let of = |command: &str, name: &str| {
        let json = stage.run(&format!("{command} --format json")).json();
        let simulation = &json["simulation"];
        let sum = |value: &serde_json::Value| value[name].as_str().unwrap().parse::<f64>().unwrap();
        (sum(&simulation["monthly"]), sum(&simulation["change"]["difference"]))
    };
    let (dollars, euros_in_json) = (of(simulate, "p50"), of(&euros, "p50"));
    assert!(dollars.1 > 0.0);
    assert!((dollars.0 - 2.0 * euros_in_json.0).abs() < 0.011, "{dollars:?} {euros_in_json:?}");
    assert!((dollars.1 - 2.0 * euros_in_json.1).abs() < 0.011, "{dollars:?} {euros_in_json:?}");
    stage
        .run(&format!("{euros} --budget 1EUR"))
        .ends(Exit::Findings)
        .says(&["over budget: half of the months cost", "EUR or more, above 1.00"]);
    stage.run(&format!("{euros} --budget 1USD")).ends(Exit::Error).says(&["another currency"]);
}

/// A plan's services meet the same months as those of the files that it was made from.
#[test]
fn a_plan_can_be_simulated() {
    let usage = "[simulate]\nrequests_per_second = [5, 20, 80]\nspot_price = [0.8, 1, 1.2]\n";
    // The book has no price for Spot on ARM.
    let intel = |text: &str| text.replace("ARM64", "X86_64");
    let stage = Stage::new(&[
        ("usage.toml", usage),
        ("plan.json", &intel(include_str!("../../fixtures/cost/plans/modules/plan.json"))),
        ("main.tf", &intel(include_str!("../../fixtures/cost/plans/modules/main.tf"))),
        ("net/main.tf", include_str!("../../fixtures/cost/plans/modules/net/main.tf")),
    ]);
    let of = |path: &str| {
        let played = stage.run(&format!(
            "cost {path} --allow-missing --format json --simulate --scenarios 12 --usage usage.toml"
        ));
        played.ends(Exit::Ok);
        played.json()
    };
    let (plan, files) = (of("plan.json"), of("main.tf"));
    assert!(plan["simulation"]["services"].as_array().is_some_and(|services| services.len() > 1));
    assert_eq!(plan["simulation"], files["simulation"]);
}
