//! `banana.toml`: what is found, what goes before what, and what is said when it is wrong.

use super::stage::{Played, Stage};
use banana::Exit;

/// A VPC without flow logs in a module, and a queue beside it.
const MAIN: &str = "module \"web\" {\n  source = \"../../modules/web\"\n}\n\nresource \"aws_sqs_queue\" \"jobs\" {}\n";
const WEB: &str = "resource \"aws_vpc\" \"main\" {\n  cidr_block = \"10.0.0.0/16\"\n}\n";

/// A repository with a stack two folders down.
fn repository(files: &[(&str, &str)]) -> Stage {
    let base = [
        (".git/HEAD", "ref: refs/heads/main\n"),
        ("live/prod/main.tf", MAIN),
        ("modules/web/main.tf", WEB),
    ];
    Stage::new(&[&base[..], files].concat())
}

fn settings(stage: &Stage, line: &str) -> String {
    let played = stage.run(&format!("check --show-settings {line}"));
    played.ends(Exit::Ok);
    assert_eq!(played.err, "");
    played.out
}

/// The value and the origin of a setting.
#[track_caller]
fn line(settings: &str, name: &str) -> String {
    let mut lines = settings.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix("  "));
    let line = lines.next().unwrap_or_else(|| panic!("no {name} in\n{settings}"));
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn wrong(text: &str) -> Played {
    let played = repository(&[("banana.toml", text)]).run("check live/prod");
    played.ends(Exit::Error);
    assert_eq!(played.out, "", "nothing is judged");
    played
}

#[test]
fn every_setting_has_an_origin() {
    let stage = repository(&[
        (
            "banana.toml",
            "extend = \"company/base.toml\"\nfail-on = \"medium\"\nrequired-tags = [\"Owner\", { key = \"Stage\", values = [\"dev\", \"prod-*\"] }]\n\n[rule.flow-logs]\nseverity = \"critical\"\n\n[[per-path]]\npaths = [\"modules/**\"]\nignore = [\"VPC*\"]\nrule.required-tags.severity = \"low\"\n",
        ),
        (
            "company/base.toml",
            "fail-on = \"low\"\nunknown = \"fail\"\nrules = [\"policy/*.hcl\"]\nbaseline = \"accepted.json\"\n\n[rule.\"*\"]\nignorable = false\n",
        ),
        ("company/policy/b.hcl", ""),
        ("company/policy/a.hcl", ""),
    ])
    .env("BANANA_SELECT", "VPC*, SQS*")
    .env("BANANA_UNKNOWN", "warn")
    .env("AWS_REGION", "eu-west-3");
    insta::assert_snapshot!(settings(&stage, "live/prod --no-inline-ignores"));
}

#[test]
fn the_nearest_file_up_to_the_repositorys_root() {
    let stage = repository(&[("live/banana.toml", "fail-on = \"low\"\n")]);
    assert_eq!(line(&settings(&stage, "live/prod"), "fail-on"), "\"low\" live/banana.toml:1:11");
    assert_eq!(line(&settings(&stage, "modules/web"), "fail-on"), "\"high\" default");
    // A repository in a repository ends the search.
    std::fs::create_dir_all(stage.path().join("live/prod/.git")).unwrap();
    assert_eq!(line(&settings(&stage, "live/prod"), "fail-on"), "\"high\" default");
    assert_eq!(
        line(&settings(&stage, "live/prod --config live/banana.toml"), "fail-on"),
        "\"low\" live/banana.toml:1:11"
    );
    let stage = repository(&[("banana.toml", "fail-on = \"low\"\n"), ("other.toml", "")]);
    assert_eq!(line(&settings(&stage, "live/prod --no-config"), "fail-on"), "\"high\" default");
    let stage = stage.env("BANANA_CONFIG", "other.toml");
    assert_eq!(line(&settings(&stage, "live/prod"), "fail-on"), "\"high\" default");
    assert_eq!(
        line(&settings(&stage, "live/prod --config banana.toml"), "fail-on"),
        "\"low\" banana.toml:1:11"
    );
    stage.run("check live/prod --config gone.toml").ends(Exit::Error).says(&["gone.toml"]);
    stage
        .run("check live/prod --config banana.toml --no-config")
        .ends(Exit::Error)
        .says(&["cannot be used with"]);
}

#[test]
fn what_goes_before_what() {
    let files = [("banana.toml", "fail-on = \"low\"\nignore = [\"flow-logs\"]\n")];
    let at =
        |stage: &Stage, more: &str| line(&settings(stage, &format!("live/prod {more}")), "fail-on");
    let stage = repository(&files);
    assert_eq!(at(&stage, ""), "\"low\" banana.toml:1:11");
    let stage = stage.env("BANANA_FAIL_ON", "medium");
    assert_eq!(at(&stage, ""), "\"medium\" environment BANANA_FAIL_ON");
    assert_eq!(at(&stage, "--fail-on never"), "\"never\" flag --fail-on");
    // A list takes the place of the one below it.
    let ignore = settings(&stage, "live/prod --ignore SQS001");
    assert_eq!(line(&ignore, "ignore"), "[\"SQS001\"] flag --ignore");
    repository(&[])
        .env("BANANA_FAIL_ON", "hihg")
        .run("check live/prod")
        .ends(Exit::Error)
        .says(&["`BANANA_FAIL_ON` is `hihg`", "critical, high, medium, low, never"]);
    repository(&[])
        .env("BANANA_IGNORE", "flow-log")
        .run("check live/prod")
        .ends(Exit::Error)
        .says(&["BANANA_IGNORE: no rule is called `flow-log`", "did you mean `flow-logs`?"]);
}

#[test]
fn a_region_for_every_command() {
    let stage =
        repository(&[("banana.toml", "region = \"eu-west-1\"\n")]).env("AWS_REGION", "us-east-1");
    stage.run("cost live/prod").says(&["eu-west-1"]);
    stage.run("cost live/prod --region eu-west-2").says(&["eu-west-2"]);
    stage.run("cost live/prod --no-config").says(&["us-east-1"]);
}

#[test]
fn severities_and_silence_by_rule_and_path() {
    let toml = "select = [\"flow-logs\", \"SQS001\"]\nfail-on = \"critical\"\n";
    let judged = |more: &str, exit: Exit| {
        let stage = repository(&[("banana.toml", &format!("{toml}{more}"))]);
        let played = stage.run("check live/prod --format json --show all");
        played.ends(exit);
        let json = played.json();
        let findings = json["findings"].as_array().unwrap();
        let vpc = findings.iter().find(|f| f["name"] == "flow-logs").unwrap();
        (vpc["severity"].as_str().unwrap().to_owned(), vpc["suppressed"].clone())
    };
    assert_eq!(judged("", Exit::Ok).0, "low");
    assert_eq!(judged("[rule.flow-logs]\nseverity = \"critical\"\n", Exit::Findings).0, "critical");
    // A name goes before a pattern, and a pattern with more letters before one with fewer.
    let three = "[rule.\"*\"]\nseverity = \"critical\"\n[rule.\"flow-*\"]\nseverity = \"high\"\n[rule.\"f*\"]\nseverity = \"low\"\n";
    assert_eq!(judged(three, Exit::Ok).0, "high");
    let paths = "[rule.flow-logs]\nseverity = \"critical\"\n[[per-path]]\npaths = [\"modules/\"]\nrule.flow-logs.severity = \"low\"\n";
    assert_eq!(judged(paths, Exit::Ok).0, "low");
    let elsewhere = paths.replace("modules/", "live/**");
    assert_eq!(judged(&elsewhere, Exit::Findings).0, "critical");
    let silent = "[rule.flow-logs]\nseverity = \"critical\"\n[[per-path]]\npaths = [\"modules/*/main.tf\"]\nignore = [\"flow-*\"]\n";
    let (_, by) = judged(silent, Exit::Ok);
    assert_eq!(
        (by["origin"].as_str(), by["file"].as_str(), by["line"].as_u64()),
        (Some("config"), Some("banana.toml"), Some(7))
    );
}

#[test]
fn some_rules_no_comment_silences() {
    let text = format!("# banana:ignore[flow-logs] reason=\"a playground\"\n{WEB}");
    let files = |toml| {
        Stage::new(&[("main.tf", text.as_str()), ("banana.toml", toml)])
            .run("check --fail-on low --select flow-logs")
    };
    files("").ends(Exit::Ok);
    files("[rule.\"VPC*\"]\nignorable = false\n").ends(Exit::Findings);
    files("no-inline-ignores = true\n").ends(Exit::Findings);
    // The file that extends has the last word.
    let stage = Stage::new(&[
        ("main.tf", &text),
        ("banana.toml", "extend = \"base.toml\"\n[rule.flow-logs]\nignorable = true\n"),
        ("base.toml", "[rule.flow-logs]\nignorable = false\n"),
    ]);
    stage.run("check --fail-on low --select flow-logs").ends(Exit::Ok);
}

#[test]
fn tags_that_are_required() {
    let stage = |toml| repository(&[("banana.toml", toml)]);
    let one = stage("required-tags = [\"Owner\"]\n").run("check live/prod --select required-tags");
    one.ends(Exit::Ok).says(&["aws_sqs_queue.jobs: there is no tag `Owner`", "2 medium"]);
    stage("").run("check live/prod --select required-tags").says(&["no findings; 0 passed"]);
}

#[test]
fn rules_of_ones_own_are_found_by_the_file() {
    let rule = "rule \"named\" {\n  code     = \"ACME001\"\n  severity = \"high\"\n  summary  = \"A queue has no name\"\n  match    = [\"aws_sqs_queue\"]\n\n  condition     = self.name != null\n  error_message = \"it has no name\"\n}\n";
    let stage = repository(&[
        (
            "banana.toml",
            "rules = [\"policy/**/*.hcl\"]\nselect = [\"ACME*\"]\n[rule.named]\nseverity = \"low\"\n",
        ),
        ("policy/queues/named.hcl", rule),
    ]);
    let played = stage.run("check live/prod");
    played.ends(Exit::Ok).says(&["low ACME001 named", "aws_sqs_queue.jobs: it has no name"]);
    stage.run("check live/prod --fail-on low").ends(Exit::Findings);
    stage.run("explain named").ends(Exit::Ok).says(&["A queue has no name"]);
    stage.run("rules").says(&["ACME001"]);
    stage
        .run("check live/prod --no-config --select ACME001")
        .ends(Exit::Error)
        .says(&["no rule is called"]);
}

#[test]
fn a_baseline_by_the_file() {
    let stage =
        repository(&[("live/prod/banana.toml", "baseline = \"known.txt\"\nfail-on = \"low\"\n")]);
    stage
        .run("check live/prod")
        .ends(Exit::Error)
        .says(&["there is no baseline `live/prod/known.txt`"]);
    stage.run("baseline live/prod").ends(Exit::Ok).says(&["live/prod/known.txt: "]);
    stage.run("check live/prod").ends(Exit::Ok);
    stage.run("check live/prod --no-config --fail-on low").ends(Exit::Findings);
    let settings = settings(&stage, "live/prod --baseline other.txt");
    assert_eq!(line(&settings, "baseline"), "\"other.txt\" flag --baseline");
}

#[test]
fn mistakes_are_shown_where_they_stand() {
    let text = "fail-on = \"hihg\"\nselct = [\"flow-logs\"]\nignore = \"flow-logs\"\nunknown = 3\n\n[rules.flow-logs]\nseverity = \"low\"\n\n[[per-path]]\npaths = [\"[ab].tf\"]\nseverity = \"low\"\n\n[[per-path]]\nignore = []\n";
    insta::assert_snapshot!(wrong(text).err);
}

#[test]
fn rules_that_there_are_not() {
    let text = "ignore = [\"flow-log\"]\n\n[rule.\"XYZ*\"]\nseverity = \"low\"\n\n[[per-path]]\npaths = [\"**\"]\nignore = [\"ECS002\", \"ECS999\"]\n";
    insta::assert_snapshot!(wrong(text).err);
}

#[test]
fn settings_that_contradict_each_other() {
    let both = "select = [\"flow-logs\", \"ECS*\"]\nignore = [\"ecs002\", \"VPC001\"]\n";
    let code = repository(&[]).run("explain flow-logs").out;
    let code = code.split(' ').next().unwrap().to_owned();
    let text = format!(
        "{}\n[rule.flow-logs]\nseverity = \"low\"\n\n[rule.{code}]\nseverity = \"high\"\n",
        both.replace("VPC001", &code)
    );
    insta::assert_snapshot!(wrong(&text).err);
    // The same thing twice contradicts nothing, and a pattern may have its exception.
    let text = format!(
        "select = [\"*\"]\nignore = [\"flow-logs\"]\n[rule.flow-logs]\nseverity = \"low\"\n[rule.{code}]\nseverity = \"low\"\n"
    );
    repository(&[("banana.toml", &text)]).run("check live/prod --fail-on never").ends(Exit::Ok);
}

#[test]
fn many_settings_take_no_time() {
    let patterns =
        (1..200).map(|stars| format!("[rule.\"{}\"]\nseverity = \"low\"\n", "*".repeat(stars)));
    let names = (1..200).map(|stars| format!("\"{}\"", "*".repeat(stars))).collect::<Vec<_>>();
    let names = names.join(", ");
    let patterns: String = patterns.collect();
    wrong(&format!("select = [{names}]\nignore = [{names}]\n{patterns}"))
        .says(&["1 error in the configuration"]);
    wrong("required-tags = [\"A\", { key = \"A\", values = [\"x\"] }]\n")
        .says(&["banana.toml:1:31", "required twice"]);
}

#[test]
fn files_that_extend_each_other() {
    let stage = repository(&[
        ("banana.toml", "extend = \"a/b.toml\"\n"),
        ("a/b.toml", "extend = \"../banana.toml\"\n"),
    ]);
    stage.run("check live/prod").ends(Exit::Error).says(&["a/b.toml:1:10", "extends itself"]);
    wrong("extend = \"gone.toml\"\n").says(&["banana.toml:1:10", "no file `gone.toml`"]);
    wrong("extend = \"live\"\n").says(&["no file `live`"]);
    let names: Vec<(String, String)> = (0..40)
        .map(|at| (format!("{at}.toml"), format!("extend = \"{}.toml\"\n", at + 1)))
        .chain([("40.toml".to_owned(), String::new())])
        .collect();
    let files: Vec<(&str, &str)> = names.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let stage = repository(&files);
    stage.run("check live/prod --config 0.toml").ends(Exit::Error).says(&["too many files"]);
    stage.run("check live/prod --config 30.toml --fail-on never").ends(Exit::Ok);
    // What is wrong in an extended file is shown there.
    let stage = repository(&[("banana.toml", "extend = \"b.toml\"\n"), ("b.toml", "\nnope = 1\n")]);
    stage.run("check live/prod").ends(Exit::Error).says(&["b.toml:2:1", "no key `nope`"]);
}

#[test]
fn what_is_no_toml() {
    wrong("rule.flow-logs = \"low\"\n")
        .says(&["`rule.flow-logs` must be a table", "its keys are severity, ignorable"]);
    wrong("per-path = { paths = [] }\n").says(&["banana.toml:1:12", "double brackets"]);
    wrong("fail-on = \n").says(&["banana.toml:1:", "not TOML"]);
    wrong("fail-on = \"low\"\nfail-on = \"high\"\n").says(&["banana.toml:2:", "duplicate"]);
    wrong("rules = [\"policy/*.hcl\"]\n")
        .says(&["banana.toml:1:10", "no file fits `policy/*.hcl`"]);
    wrong(&format!("select = {}\n", "[".repeat(50_000))).says(&["banana.toml:1:"]);
    wrong(&format!("{}x = 1\n", "a.".repeat(50_000))).says(&["banana.toml"]);
    let stage = repository(&[]);
    std::fs::write(stage.path().join("banana.toml"), b"\xff\xfe").unwrap();
    stage.run("check live/prod").ends(Exit::Error).says(&["banana.toml", "UTF-16"]);
}

#[test]
fn the_example_of_the_readme_is_right() {
    let readme =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let (_, rest) = readme.split_once("```toml\n").unwrap();
    let (example, _) = rest.split_once("```").unwrap();
    let stage = repository(&[
        ("banana.toml", example),
        ("company/banana.toml", ""),
        ("policy/a/b.hcl", ""),
    ]);
    let settings = settings(&stage, "live/prod");
    assert_eq!(line(&settings, "rule.https-listener.ignorable"), "false banana.toml:10:13");
    assert_eq!(
        line(&settings, "per-path[0].rule.mutable-tags.severity"),
        "\"low\" banana.toml:15:30"
    );
}
