//! Every example of every rule's page, and every fixture of `fixtures/rules/`, is a test by name: `ECS002::fail::0`,
//! `VPC001::fixture::fail_two_halves.tf`.
//!
//! What `fail` marks must be reported by this rule; what `pass` marks must not even be unknown to it; what `unknown` marks must
//! be unknown, and not fail.

use banana_rules as rules;
use check::{Finding, Options, RequiredTag, Rule, Suppression, Verdict, Wildcard};
use libtest_mimic::{Arguments, Failed, Trial};
use model::data::Offline;
use stack::{Program, Stack};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use syntax::Level;

mod page;

use page::{Files, examples, verdict, word};

fn main() -> ExitCode {
    let mut trials = Vec::new();
    for rule in rules::ALL {
        let code = rule.meta.code;
        let examples = examples(rule.docs);
        trials.push(has_every_verdict(rule, &examples));
        for (verdict, at, text) in examples {
            let files = Files([(PathBuf::from("/stack/main.tf"), text.into_bytes())].into());
            let name = format!("{code}::{}::{at}", word(verdict));
            trials.push(Trial::test(name, move || judge(rule, verdict, &files)));
        }
        trials.extend(fixtures(rule));
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn has_every_verdict(rule: &'static Rule, examples: &[(Verdict, usize, String)]) -> Trial {
    // A comment is text: nothing of it is unknown.
    let wanted: &[Verdict] = if rule.meta.resources == Suppression::TYPES {
        &[Verdict::Fail, Verdict::Pass]
    } else {
        &[Verdict::Fail, Verdict::Pass, Verdict::Unknown]
    };
    let missing: Vec<&str> = wanted
        .iter()
        .copied()
        .filter(|verdict| examples.iter().all(|(v, _, _)| v != verdict))
        .map(word)
        .collect();
    Trial::test(format!("{}::has-every-verdict", rule.meta.code), move || {
        if missing.is_empty() {
            Ok(())
        } else {
            Err(format!("no example of {}", missing.join(", ")).into())
        }
    })
}

/// `fixtures/rules/ECS002/fail_x.tf`, or a folder `fail_x` of files.
fn fixtures(rule: &'static Rule) -> Vec<Trial> {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/rules").join(rule.meta.code);
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    let trial = |path: PathBuf| {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let expected = file.split(['_', '.']).next().and_then(verdict);
        Trial::test(format!("{}::fixture::{file}", rule.meta.code), move || {
            let expected = expected.ok_or("its name starts with no verdict")?;
            let mut files = BTreeMap::new();
            read_into(&path, Path::new("/stack"), &mut files)?;
            judge(rule, expected, &Files(files))
        })
    };
    paths.into_iter().map(trial).collect()
}

fn read_into(path: &Path, at: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) -> io::Result<()> {
    if path.is_file() {
        let at = if at == Path::new("/stack") { at.join("main.tf") } else { at.to_owned() };
        files.insert(at, std::fs::read(path)?);
        return Ok(());
    }
    for entry in std::fs::read_dir(path)? {
        let entry = entry?;
        read_into(&entry.path(), &at.join(entry.file_name()), files)?;
    }
    Ok(())
}

fn judge(rule: &Rule, expected: Verdict, files: &Files) -> Result<(), Failed> {
    let options = stack::Options { path: "/stack".into(), ..stack::Options::default() };
    let program = Program::load(&options, files);
    let stack = program.resolve(&Offline::default());
    let errors: Vec<&str> = program
        .reports()
        .iter()
        .chain(&stack.reports)
        .filter(|report| report.level == Level::Error && report.code != "variable-not-set")
        .map(|report| report.message.as_str())
        .collect();
    if !errors.is_empty() {
        return Err(format!("the example does not resolve: {}", errors.join("; ")).into());
    }
    let findings = findings(rule, &stack);
    let has =
        |verdict: Verdict| findings.iter().any(|f| f.verdict == verdict && f.suppressed.is_none());
    let right = match expected {
        Verdict::Fail => has(Verdict::Fail) && findings.iter().all(|f| f.rule == rule.meta.code),
        Verdict::Pass => !has(Verdict::Fail) && !has(Verdict::Unknown) && !findings.is_empty(),
        Verdict::Unknown => has(Verdict::Unknown) && !has(Verdict::Fail) && reasoned(&findings),
    };
    if right {
        Ok(())
    } else {
        Err(format!("expected {}, got {findings:#?}", word(expected)).into())
    }
}

/// What the rule finds. A rule on suppressions needs the others, to know what there is to silence.
fn findings(rule: &Rule, stack: &Stack) -> Vec<Finding> {
    if rule.meta.resources != Suppression::TYPES {
        let options = Options { required_tags: required_tags(), ..Options::default() };
        return check::run(stack, &[*rule], &options).findings;
    }
    let options = Options { today: Some("2026-01-31".into()), ..Options::default() };
    let mut findings = check::run(stack, rules::ALL, &options).findings;
    findings.retain(|finding| finding.rule == rule.meta.code);
    findings
}

/// What the page of `required-tags` takes its banana.toml to say.
fn required_tags() -> Vec<RequiredTag> {
    let stages = ["dev", "prod-*"].map(Wildcard::new).to_vec();
    let tag = |key: &str, values| RequiredTag { key: key.into(), values };
    vec![tag("Owner", Vec::new()), tag("Stage", stages)]
}

/// An unknown verdict says why.
fn reasoned(findings: &[Finding]) -> bool {
    let mut unknown = findings.iter().filter(|finding| finding.verdict == Verdict::Unknown);
    unknown.all(|finding| finding.reason.as_ref().is_some_and(|reason| !reason.is_empty()))
}
