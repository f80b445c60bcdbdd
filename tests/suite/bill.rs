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

#[test]
fn a_busted_budget_is_a_finding() {
    here("cost stack.hcl --budget 50").ends(Exit::Findings).says(&["over budget"]);
    here("cost stack.hcl --budget 500").ends(Exit::Ok);
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
