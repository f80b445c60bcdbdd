//! `cost` as people and machines see it.

use super::stage::{Stage, here};
use banana::Exit;

#[test]
fn the_seed_stack_costs_what_the_price_list_says() {
    let paris = here("cost fixtures/stacks/seed --format json").json();
    assert_eq!(paris["fixed_monthly"], "88.37");
    assert_eq!(paris["region"], "eu-west-3");
    let virginia = here("cost fixtures/stacks/seed -var region=us-east-1 --format json").json();
    assert_eq!(virginia["fixed_monthly"], "78.25");
}

#[test]
fn every_line_says_how_it_is_known_and_where_its_price_is_from() {
    let json = here("cost stack.hcl --format json").json();
    let lines: Vec<_> = json["resources"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|r| r["components"].as_array().unwrap())
        .collect();
    assert!(lines.len() > 10);
    for line in lines {
        assert!(
            ["fixed", "derived", "assumed"].contains(&line["basis"].as_str().unwrap()),
            "{line}"
        );
        assert_eq!(line["assumption"].is_string(), line["basis"] == "assumed", "{line}");
        assert!(line["price_date"].as_str().unwrap().starts_with("20"), "{line}");
    }
    assert_eq!(json["missing_prices"].as_array().unwrap().len(), 0);
    assert_eq!(json["unsupported"].as_array().unwrap().len(), 0);
}

#[test]
fn assumptions_can_be_changed_and_a_wrong_name_is_told() {
    let idle = here("cost stack.hcl --format json").json();
    let busy = here(
        "cost stack.hcl --assume logs.ingest_gb_month=20 --assume nat.gb_month=100 --format json",
    )
    .json();
    let total =
        |json: &serde_json::Value| json["total_monthly"].as_str().unwrap().parse::<f64>().unwrap();
    assert!(total(&busy) > total(&idle) + 15.0);
    assert_eq!(busy["fixed_monthly"], idle["fixed_monthly"]);
    here("cost stack.hcl --assume logs.ingest_gb_mnth=20")
        .ends(Exit::Error)
        .says(&["logs.ingest_gb_month"]);
}

/// A skeleton is written for the stack, read back without being named, and never overwritten unasked.
#[test]
fn a_usage_file_stands_beside_its_stack() {
    let stage = Stage::new(&[(
        "main.tf",
        "provider \"aws\" {\n  region = \"eu-west-3\"\n}\n\nresource \"aws_sqs_queue\" \"q\" {}\n",
    )]);
    stage.run("usage init").ends(Exit::Ok).says(&["wrote", "banana-usage.toml"]);
    let written = std::fs::read_to_string(stage.path().join("banana-usage.toml")).unwrap();
    assert!(written.contains("# sqs.requests_month = 0  # requests: "), "{written}");
    stage.run("usage init").ends(Exit::Error).says(&["--force"]);
    let said =
        written.replace("# sqs.requests_month = 0 ", "sqs.requests_month = [1e6, \"10/s\", 1e8] ");
    std::fs::write(stage.path().join("banana-usage.toml"), said).unwrap();
    let json = stage.run("cost --format json").json();
    let money = |name: &str| json[name].as_str().unwrap().to_owned();
    assert_eq!(
        [money("minimum_monthly"), money("total_monthly"), money("maximum_monthly")],
        ["0.40", "10.51", "40.00"]
    );
    stage.run("cost --by service").ends(Exit::Ok).says(&[
        "by service:",
        "AWSQueueService",
        "100.0 %",
    ]);
    stage.run("cost --by colour").ends(Exit::Error).says(&["tag:NAME"]);
}

#[test]
fn a_profile_stands_for_what_nobody_says() {
    let total = |line: &str| {
        let json = here(line).json();
        json["total_monthly"].as_str().unwrap().parse::<f64>().unwrap()
    };
    let idle = total("cost stack.hcl --format json");
    let light = total("cost stack.hcl --profile light --format json");
    let busy = total("cost stack.hcl --profile busy --format json");
    assert!(idle < light && light < busy, "{idle} {light} {busy}");
}

/// Two alarms and ten metrics of the reference stack are within what every account has free.
#[test]
fn the_free_tier_is_taken_off_when_asked_for() {
    here("cost stack.hcl --free-tier")
        .ends(Exit::Ok)
        .says(&["free tier: 10 alarms  -0.20", "92.87 USD a month"]);
}

#[test]
fn a_busted_budget_is_a_finding() {
    here("cost stack.hcl --budget 50").ends(Exit::Findings).says(&["over budget"]);
    here("cost stack.hcl --budget 500").ends(Exit::Ok);
}

#[test]
fn a_check_holds_the_bill_against_the_configured_budget() {
    let main = "provider \"aws\" {\n  region = \"eu-west-3\"\n}\n\nresource \"aws_nat_gateway\" \"a\" {\n  subnet_id         = \"subnet-1\"\n  connectivity_type = \"private\"\n}\n";
    for (budget, ends) in [("30 USD", Exit::Findings), ("300 USD", Exit::Ok)] {
        let toml = format!("[cost]\nbudget = \"{budget}\"\n");
        let stage = Stage::new(&[("main.tf", main), ("banana.toml", &toml)]);
        for format in ["text", "json", "sarif"] {
            let played = stage.run(&format!("check --fail-on never --format {format}"));
            assert_eq!(played.err.contains("over budget"), ends == Exit::Findings, "{format}");
            played.ends(ends);
        }
        stage.run("check --fail-on never --exit-zero").ends(Exit::Ok);
    }
}

/// What lacks a price might be what busts the budget.
#[test]
fn a_budget_is_not_kept_while_a_price_is_missing() {
    let text = "provider \"aws\" {\n  region = \"ap-southeast-7\"\n}\n\nresource \"aws_nat_gateway\" \"a\" {\n  subnet_id = \"subnet-1\"\n}\n";
    let budget = |more: &str| format!("[cost]\nbudget = \"300 USD\"\n{more}");
    let stage = Stage::new(&[("main.tf", text), ("banana.toml", &budget(""))]);
    stage.run("check --fail-on never").ends(Exit::Error).says(&["missing"]);
    let stage =
        Stage::new(&[("main.tf", text), ("banana.toml", &budget("allow-missing = true\n"))]);
    stage.run("check --fail-on never").ends(Exit::Ok).says(&["at least"]);
}

#[test]
fn a_missing_price_is_an_error_and_never_nothing() {
    let text = "provider \"aws\" {\n  region = \"ap-southeast-7\"\n}\n\nresource \"aws_nat_gateway\" \"a\" {\n  subnet_id = \"subnet-1\"\n}\n";
    let stage = Stage::new(&[("main.tf", text)]);
    stage.run("cost").ends(Exit::Error).says(&["no price", "aws_nat_gateway.a", "--allow-missing"]);
    stage.run("cost --allow-missing").ends(Exit::Ok).says(&["at least"]);
}

#[test]
fn a_region_that_nobody_names_is_told() {
    let stage = Stage::new(&[(
        "main.tf",
        "resource \"aws_nat_gateway\" \"a\" {\n  subnet_id = \"subnet-1\"\n}\n",
    )]);
    stage.run("cost").ends(Exit::Error).says(&["region"]);
    stage.run("cost --region eu-west-3").ends(Exit::Ok).says(&["36.50"]);
}

const CERTIFICATE: &str = "-var certificate_arn=arn:aws:acm:eu-west-3:123456789012:certificate/a";

/// The reference stack under demand: a distribution beside the estimate, in every format, the same for the same seed.
#[test]
fn months_can_be_simulated() {
    let usage = "[simulate.\"aws_ecs_service.front\"]\nrequests_per_second = [20, 40, 90]\ndaily = \"web\"\n";
    let stage =
        Stage::new(&[("usage.toml", usage), ("stack.hcl", include_str!("../../stack.hcl"))]);
    let simulate =
        format!("cost stack.hcl {CERTIFICATE} --usage usage.toml --simulate --scenarios 40");
    let json = stage.run(&format!("{simulate} --format json")).json();
    let it = &json["simulation"];
    assert_eq!((it["scenarios"].as_u64(), it["minutes"].as_u64()), (Some(40), Some(43_800)));
    let usd = |name: &str| it["monthly"][name].as_str().unwrap().parse::<f64>().unwrap();
    let estimate: f64 = json["total_monthly"].as_str().unwrap().parse().unwrap();
    assert!(estimate < usd("p5") && usd("p5") < usd("p50") && usd("p50") < usd("p95"));
    assert_eq!(it["services"][0]["address"], "aws_ecs_service.front");
    assert_eq!(it["drivers"][0]["input"], "requests_per_second");
    assert!(it["assumptions"].as_array().unwrap().len() > 10);
    assert_eq!(stage.run(&format!("{simulate} --format json")).json(), json);
    let other = stage.run(&format!("{simulate} --seed 2 --format json")).json();
    assert_ne!(other["simulation"]["monthly"], it["monthly"]);

    stage
        .run(&format!("{simulate} --budget 100"))
        .ends(Exit::Findings)
        .says(&["over budget: half of the months cost", "what moves the bill"])
        .says(&["minutes of overload", "cooldown.scale-out"]);
    stage.run(&format!("{simulate} --budget 900")).ends(Exit::Ok);
}

#[test]
fn a_simulation_needs_demand_and_says_what_is_wrong_with_it() {
    let stage = Stage::new(&[
        ("stack.hcl", include_str!("../../stack.hcl")),
        ("wrong.toml", "[simulate]\nnoise = 0.1\nrequests_per_sec = 3\n"),
        ("gap.csv", "time,requests\n0,1\n300,2\n600,2\n9000,4\n"),
        ("real.csv", "time,requests\n0,900\n300,2000\n600,2100\n1200,4000\n"),
    ]);
    let cost = format!("cost stack.hcl {CERTIFICATE}");
    stage
        .run(&format!("{cost} --simulate"))
        .ends(Exit::Error)
        .says(&["no demand is given", "[simulate.\"aws_ecs_service.front\"]"]);
    stage
        .run(&format!("{cost} --simulate --usage wrong.toml"))
        .ends(Exit::Error)
        .says(&["wrong.toml: line 3, column 1: there is no input `requests_per_sec`, did you mean `requests_per_second`?"]);
    stage
        .run(&format!("{cost} --simulate --trace gap.csv"))
        .ends(Exit::Error)
        .says(&["gap.csv: line 5: 8400 seconds after the row before"]);
    stage
        .run(&format!("{cost} --simulate --scenarios 3 --trace aws_ecs_service.front=real.csv"))
        .ends(Exit::Ok)
        .says(&["1 missing rows are filled in"]);
    stage.run(&format!("{cost} --seed 3")).ends(Exit::Error).says(&["--simulate"]);
}
