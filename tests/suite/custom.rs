//! Users' own rules: what they can say, and what is said of wrong ones.

use super::stage::{Stage, here};
use banana::Exit;
use serde_json::Value;

const COMPANY: &str = include_str!("../../fixtures/custom/company.hcl");

/// A balancer that a module makes of an argument.
const MAIN: &str = "module \"web\" {\n  source   = \"./web\"\n  internal = false\n}\n";
const WEB: &str = "variable \"internal\" {}\n\n# banana:ignore[ACME001] reason=\"nobody's\"\nresource \"aws_lb\" \"front\" {\n  count    = 2\n  internal = var.internal\n  subnets  = [\"subnet-1\"]\n}\n";

#[test]
fn every_example_of_a_companys_rules_comes_out_right() {
    let played = here("rules test fixtures/custom/company.hcl");
    assert_eq!((played.exit, played.err.as_str()), (Exit::Ok, ""), "{}", played.out);
    assert!(played.out.ends_with("8 rules: 21 examples right, 0 wrong\n"), "{}", played.out);
}

#[test]
fn a_rule_of_ones_own_is_a_rule_like_any_other() {
    let stage = Stage::new(&[("company.hcl", COMPANY), ("main.tf", MAIN), ("web/main.tf", WEB)]);
    let played = stage
        .run("check --rules company.hcl --select public-https,ACME001 --show all --format json");
    assert_eq!(played.exit, Exit::Findings, "{}", played.err);
    let report: Value = serde_json::from_str(&played.out).unwrap();
    let rows: Vec<String> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| {
            let text = |name: &str| f[name].as_str().unwrap_or_default().to_owned();
            let silenced = if f["suppressed"].is_null() { "" } else { " (suppressed)" };
            format!(
                "{} {} {} `{}` {}:{} {}{silenced}",
                text("rule"),
                text("verdict"),
                text("address"),
                text("path"),
                text("file"),
                f["line"],
                text("message"),
            )
        })
        .collect();
    insta::assert_snapshot!(rows.join("\n"));
    let played = stage.run("explain --rules company.hcl acme002");
    assert_eq!(played.exit, Exit::Ok);
    assert!(played.out.contains("What the Internet can call is served over TLS"));
    assert!(played.out.contains("serves: ACME 7.1"), "{}", played.out);
    let played = stage.run("rules --rules company.hcl");
    assert!(played.out.contains("ACME006  medium            named-image"), "{}", played.out);
}

#[test]
fn an_example_that_comes_out_otherwise_is_told_with_the_reason() {
    let rules = COMPANY.replace("!= true", "== true").replace(
        "  pass {\n    resource \"aws_ecs_cluster",
        "  fail {\n    resource \"aws_ecs_cluster",
    );
    let played = Stage::new(&[("r.hcl", &rules)]).run("rules test r.hcl");
    assert_eq!(played.exit, Exit::Findings);
    insta::assert_snapshot!(played.out);
}

/// A rule that is right but for one line.
fn one(lines: &str) -> String {
    let mut rule = String::from("rule \"a\" {\n");
    for (name, value) in [
        ("code", "\"ACME001\""),
        ("severity", "\"low\""),
        ("summary", "\"a\""),
        ("match", "[\"aws_lb\"]"),
        ("condition", "self.internal"),
        ("error_message", "\"a\""),
    ] {
        if !lines.lines().any(|line| line.split_whitespace().next() == Some(name)) {
            rule.extend(["  ", name, " = ", value, "\n"]);
        }
    }
    format!("{rule}{lines}\n}}\n")
}

/// What is said of a file of rules: the code, the message, the place and the advice of each problem.
fn told(rules: &str, command: &str) -> String {
    let stack = "resource \"aws_lb\" \"front\" {\n  name = \"front\"\n}\n";
    let stage = Stage::new(&[("r.hcl", rules), ("main.tf", stack)]);
    let played = stage.run(command);
    assert_eq!(played.exit, Exit::Error, "{rules}\n{}", played.out);
    assert_eq!(played.out, "", "{rules}");
    let lines = played.err.lines().map(str::trim);
    let telling =
        |line: &&str| ["×", "help:", "╭─[", "error:"].iter().any(|mark| line.starts_with(mark));
    lines.filter(telling).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_wrong_with_a_rule_is_told_where_it_stands() {
    let mut all = String::new();
    for rules in [
        "rule \"a\" {",
        "a = 1",
        "variable \"a\" {}",
        "rule {}",
        "rule \"A\" {}",
        "rule \"a\" {}",
        &one("  code = 5"),
        &one("  code = \"ecs001\""),
        &one("  code = \"ECS002\""),
        &one("  severity = \"lowish\""),
        &one("  sevrity = \"low\""),
        &one("  match = \"aws_lb\""),
        &one("  match = [\"aws_lbb\"]"),
        &one("  match = []"),
        &one("  match = [aws_lb]"),
        &one("  match = [\"AWS_LB\"]"),
        &one("  match = [\"aw_lb\"]"),
        &one("  summary = \"${self.name}\""),
        &one("  aliases = [\"ELB001\"]"),
        &one("  condition = self.intrnal"),
        &one("  condition = slf.internal"),
        &one("  condition = var.a"),
        &one("  condition = each.value"),
        &one("  condition = length(uses) > 0"),
        &one("  condition = used_by.aws_lb_listner != null"),
        &one("  fial {}"),
        &format!("{}{}", one(""), one("")),
    ] {
        all += &told(rules, "check --rules r.hcl");
        all += "\n\n";
    }
    insta::assert_snapshot!(all);
    assert!(told("\u{0}", "rules test r.hcl").contains("r.hcl"));
    assert!(told("", "rules test r.hcl").contains("no rules"));
    assert!(told("", "rules test none.hcl").contains("cannot read the rules in `none.hcl`"));
}

#[test]
fn what_goes_wrong_while_judging_ends_the_run() {
    let mut all = String::new();
    for rules in [
        &one("  condition = self.tags[\"a\"] == \"b\""),
        &one("  condition = self.name"),
        &one("  condition = null"),
        &one("  condition = file(\"main.tf\") == \"\""),
        &one("  condition = false\n  error_message = self.tags[\"a\"]"),
        &one("  when = \"maybe\""),
        &one("  for_each = self.name\n  condition = false"),
    ] {
        all += &told(rules, "check --rules r.hcl");
        all += "\n\n";
    }
    insta::assert_snapshot!(all);
}

/// What is sensitive is said neither by itself nor by its parts, in no format and no patch.
#[test]
fn secrets_are_not_told() {
    let main = "variable \"tags\" {\n  type      = map(string)\n  sensitive = true\n  default = {\n    Owner = \"hunter2\"\n  }\n}\n\nvariable \"open\" {\n  type = bool\n}\n\n\
resource \"aws_db_instance\" \"a\" {\n  instance_class = \"db.t3.micro\"\n  identifier = \"a\"\n  tags       = var.tags\n  password   = var.open ? \"hunter21\" : \"hunter22\"\n}\n\n\
resource \"aws_db_instance\" \"b\" {\n  instance_class = \"db.t3.micro\"\n  # banana:ignore[*] reason=\"moves\"\n  password            = \"hunter23\"\n  publicly_accessible = true\n}\n";
    let rule = |code: &str, name: &str, lines: &str| {
        format!(
            "rule \"{name}\" {{\n  code = \"{code}\"\n  severity = \"high\"\n  summary = \"s\"\n  match = [\"aws_db_instance\"]\n{lines}\n}}\n"
        )
    };
    let rules = [
        rule(
            "A1",
            "owner",
            "  when = self.tags != null\n  condition = self.tags.Owner == \"a\"\n  error_message = \"is ${self.tags.Owner}\"",
        ),
        rule(
            "A2",
            "each",
            "  when = self.tags != null\n  for_each = { for k, v in coalesce(self.tags, {}) : v => k }\n  condition = false\n  error_message = \"saw ${each.key}\"",
        ),
        rule("A3", "long", "  condition = length(self.password) > 20\n  error_message = \"short\""),
    ];
    let stage = Stage::new(&[("main.tf", main), ("r.hcl", &rules.concat())]);
    for format in ["text", "json", "sarif", "markdown", "github", "gitlab", "junit"] {
        let played = stage.run(&format!("check --rules r.hcl --unknown warn --format {format}"));
        assert_eq!(played.exit, Exit::Findings, "{}", played.err);
        assert!(played.out.contains("A1"), "{format}: {}", played.out);
        assert!(!played.out.contains("hunter"), "{format}: {}", played.out);
        assert!(!played.err.contains("hunter"), "{format}: {}", played.err);
    }
    let played = stage.run("check --rules r.hcl --diff --unsafe-fixes");
    assert!(
        played.out.contains("+++ b/main.tf") && !played.out.contains("hunter"),
        "{}",
        played.out
    );
}

/// A rule reads the bill as `banana cost` makes it: with the prices, the usage and the currency of the configuration.
#[test]
fn a_rule_reads_the_bill_that_cost_makes() {
    let main = "provider \"aws\" {\n  region = \"eu-west-3\"\n}\n\nresource \"aws_nat_gateway\" \"a\" {\n  subnet_id         = \"subnet-1\"\n  connectivity_type = \"private\"\n}\n";
    let rule = "rule \"says\" {\n  code = \"A1\"\n  severity = \"high\"\n  summary = \"s\"\n  match = [\"aws_nat_gateway\"]\n  condition = cost.monthly < 0 || cost.maximum < bill.minimum\n  error_message = \"${cost.monthly} of ${bill.monthly} ${bill.currency} for ${join(\",\", keys(bill.services))}\"\n}\n";
    let stage = Stage::new(&[("main.tf", main), ("r.hcl", rule)]);
    let said = |options: &str| {
        let played = stage.run(&format!("check --rules r.hcl --select A1 --format json{options}"));
        let found = played.ends(Exit::Findings).json()["findings"][0]["message"].clone();
        found.as_str().unwrap_or_default().to_owned()
    };
    let bill = stage.run("cost --format json").json();
    let month: f64 = bill["total_monthly"].as_str().unwrap().parse().unwrap();
    assert!(month > 30.0, "{bill}");
    let plain = said("");
    assert_eq!(plain, format!("{month} of {month} USD for AmazonEC2"));
    let toml = "[[cost.discount]]\nname = \"EDP\"\npercent = \"50%\"\n";
    std::fs::write(stage.path().join("banana.toml"), toml).unwrap();
    let half = said("");
    assert_eq!(half, format!("{0} of {0} USD for AmazonEC2", month / 2.0));
}

#[test]
fn what_a_bill_does_not_say_is_told_where_it_stands() {
    let rule = |condition: &str| {
        format!(
            "rule \"says\" {{\n  code = \"A1\"\n  severity = \"high\"\n  summary = \"s\"\n  match = [\"aws_lb\"]\n  condition = {condition}\n  error_message = \"s\"\n}}\n"
        )
    };
    for (condition, says) in [
        ("cost.mothly > 0", "did you mean `monthly`?"),
        ("cost.services != null", "`cost` has no `services`"),
        ("bill.total > 0", "it has monthly, minimum, maximum, currency, services"),
    ] {
        let stage = Stage::new(&[("main.tf", MAIN), ("r.hcl", &rule(condition))]);
        stage.run("check --rules r.hcl").ends(Exit::Error).says(&[says, "r.hcl:6:15"]);
    }
}
