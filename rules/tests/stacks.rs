//! The reference stack has nothing to blame at medium or above; the seed stack has what it was made to have.

use banana_rules as rules;
use check::{Finding, Options, Outcome, Severity, Verdict};
use model::data::Offline;
use stack::{Program, VariableArgument};
use std::path::Path;

#[path = "../../tests/disk/mod.rs"]
mod disk;

use disk::Disk;

fn judge(path: &str, variables: Vec<VariableArgument>) -> Outcome {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    let options = stack::Options { path, variables, ..stack::Options::default() };
    let program = Program::load(&options, &Disk);
    let stack = program.resolve(&Offline::default());
    check::run(&stack, rules::ALL, &Options::default())
}

fn failed<'f>(outcome: &'f Outcome, name: &str) -> Vec<&'f Finding> {
    let all = outcome.findings.iter();
    all.filter(|f| f.name == name && f.verdict == Verdict::Fail).collect()
}

#[test]
fn the_reference_stack_is_well_built() {
    let outcome = judge("stack.hcl", Vec::new());
    let bad: Vec<&Finding> = outcome
        .findings
        .iter()
        .filter(|f| f.verdict == Verdict::Fail && f.severity >= Severity::Medium)
        .collect();
    assert!(bad.is_empty(), "{bad:#?}");
    assert!(outcome.summary.pass >= 50, "{:?}", outcome.summary);
}

#[test]
fn the_seed_stack_is_not() {
    let secrets =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/stacks/seed/secrets.tfvars");
    let outcome = judge("fixtures/stacks/seed", vec![VariableArgument::File(secrets)]);
    for name in [
        "secret-keys",
        "https-listener",
        "mutable-image-tag",
        "service-autoscaling",
        "circuit-breaker",
        "image-outside-aws",
    ] {
        assert!(!failed(&outcome, name).is_empty(), "{name} is not found");
    }
    // The keys come first, at the line that holds them, and are never repeated.
    let first = &outcome.findings[0];
    assert_eq!((first.name, first.severity), ("secret-keys", Severity::Critical));
    assert!(first.site.file.ends_with("secrets.tfvars"), "{}", first.site.file);
    assert!(first.secret);
    // The image is decided in the root module, three references away from the task definition.
    let image = failed(&outcome, "mutable-image-tag")[0];
    assert!(image.site.file.ends_with("seed/main.tf"), "{image:#?}");
    // The route to the registry exists, and the rule says that it is needed.
    let route = outcome.findings.iter().find(|f| f.name == "image-pull-route").unwrap();
    assert_eq!(route.verdict, Verdict::Pass);
    assert!(
        route.message.contains("outside AWS") && route.message.contains("NAT"),
        "{}",
        route.message
    );
}

/// What evaluation decides: stacks in which checkers go wrong that resolve less of Terraform's language. Each says in its first lines
/// what must come out: `# VERDICT CODE ADDRESS`, for `unknown` who would settle it, and `none` for what does not exist.
#[test]
fn verdicts_follow_the_values() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/rules/evaluation");
    let mut names: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    let mut asked = 0;
    let mut wrong = Vec::new();
    for path in names {
        let main = if path.is_dir() { path.join("main.tf") } else { path.clone() };
        let text = std::fs::read_to_string(&main).unwrap();
        let outcome = judge(path.to_str().unwrap(), Vec::new());
        for line in text.lines().map_while(|line| line.strip_prefix("# ")) {
            let words: Vec<&str> = line.split(' ').collect();
            let [verdict @ ("fail" | "pass" | "unknown" | "none"), code, address, settled @ ..] =
                words.as_slice()
            else {
                break;
            };
            asked += 1;
            let mut found =
                outcome.findings.iter().filter(|f| f.rule == *code && f.address == *address);
            let came = found.clone().next().map_or("none", |finding| finding.verdict.name());
            let settles =
                |f: &Finding| settled.iter().all(|by| f.settled_by.iter().any(|s| s == by));
            if came != *verdict || !found.all(settles) {
                wrong.push(format!("{}: {line}, but it is {came}", main.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(asked >= 36, "{asked}");
}
