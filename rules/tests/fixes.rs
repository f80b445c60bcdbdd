//! Every fix of every rule is proved on the rule's own failing examples: what it says it puts right is gone, nothing else is found,
//! no other line is touched, and a second time there is nothing to do. `KMS001::fix::0`.
//!
//! `BANANA_TERRAFORM` names a Terraform that is asked whether well-formatted files stay so.

use banana_rules as rules;
use check::{ChangedFile, Finding, FixKind, Fixed, Options, Outcome, Rule, Verdict, Where};
use libtest_mimic::{Arguments, Failed, Trial};
use model::data::Offline;
use stack::{Host, Program, Stack};
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Arc;
use syntax::FileId;

mod page;

use page::{Files, examples};

fn main() -> ExitCode {
    let mut trials = Vec::new();
    for rule in rules::ALL.iter().filter(|rule| rule.fix.is_some()) {
        let code = rule.meta.code;
        let fails =
            examples(rule.docs).into_iter().filter(|(verdict, _, _)| *verdict == Verdict::Fail);
        let fails: Vec<String> = fails.map(|(_, _, text)| text).collect();
        for (at, text) in fails.iter().cloned().enumerate() {
            trials.push(Trial::test(format!("{code}::fix::{at}"), move || prove(rule, &text)));
        }
        trials.push(Trial::test(format!("{code}::fixes-an-example"), move || {
            let fixed = fails.iter().any(|text| !fix(rule, text).done.is_empty());
            if fixed { Ok(()) } else { Err("no failing example of the page is put right".into()) }
        }));
        trials.push(Trial::test(format!("{code}::fix-is-safe"), move || keeps_the_object(rule)));
    }
    trials.push(Trial::test("terraform-fmt", formatted));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn resolve(host: &dyn Host) -> Stack {
    let options = stack::Options { path: "/stack".into(), ..stack::Options::default() };
    Program::load(&options, host).resolve(&Offline::default())
}

fn host(text: &str) -> Files {
    Files([(PathBuf::from("/stack/main.tf"), text.as_bytes().to_vec())].into())
}

/// All rules judge; only one may fix.
fn judge(stack: &Stack, rule: &Rule) -> Outcome {
    let mut outcome = check::run(stack, rules::ALL, &Options::default());
    for finding in outcome.findings.iter_mut().filter(|finding| finding.rule != rule.meta.code) {
        finding.fix = None;
    }
    outcome
}

fn fix(rule: &Rule, text: &str) -> Fixed {
    let host = host(text);
    let judge = |stack: &Stack| Ok::<_, Infallible>(judge(stack, rule));
    let Ok(fixed) = check::fix(&host, FixKind::Unsafe, resolve, judge);
    fixed
}

fn after(fixed: &Fixed, text: &str) -> String {
    match fixed.files.as_slice() {
        [ChangedFile { after, .. }] => after.to_string(),
        _ => text.to_owned(),
    }
}

fn prove(rule: &Rule, text: &str) -> Result<(), Failed> {
    let before = judge(&resolve(&host(text)), rule);
    let own = |outcome: &Outcome| -> Vec<Finding> {
        let own = |f: &&Finding| f.rule == rule.meta.code && f.verdict != Verdict::Pass;
        outcome.findings.iter().filter(own).cloned().collect()
    };
    let fixed = fix(rule, text);
    if let [refused, ..] = fixed.refused.as_slice() {
        return Err(format!("the fix is refused: {refused:?}\n{:#?}", fixed.files).into());
    }
    let fixable = own(&before).iter().filter(|finding| finding.fix.is_some()).count();
    let new_text = after(&fixed, text);
    let shown = || format!("{text}\n---\n{new_text}");
    // What says it has a fix is gone, what has none is as it was.
    if own(&fixed.outcome).len() + fixable != own(&before).len() {
        return Err(format!("still found: {:#?}\n{}", own(&fixed.outcome), shown()).into());
    }
    let others = |outcome: &Outcome| -> BTreeSet<(&'static str, String)> {
        let fails = outcome.findings.iter().filter(|f| f.verdict == Verdict::Fail);
        fails.map(|finding| (finding.rule, finding.address.clone())).collect()
    };
    if let Some(new) = others(&fixed.outcome).difference(&others(&before)).next() {
        return Err(format!("newly found: {new:?}\n{}", shown()).into());
    }
    let (tree, reports) = syntax::parse(FileId(0), &Arc::from(new_text.as_str()));
    if !reports.is_empty() || tree.text() != new_text {
        return Err(format!("does not read back: {reports:?}\n{}", shown()).into());
    }
    let lines = |text: &str| {
        text.lines().map(|line| line.split_whitespace().collect::<String>()).collect::<Vec<_>>()
    };
    let (old, new) = (lines(text), lines(&new_text));
    let kept = old.iter().filter(|line| new.contains(line)).count();
    let edits = own(&before)
        .iter()
        .filter_map(|f| f.fix.as_ref())
        .map(|fix| fix.edits.len())
        .sum::<usize>();
    if old.len() - kept > edits {
        return Err(format!("too many lines are others now\n{}", shown()).into());
    }
    if !fix(rule, &new_text).files.is_empty() {
        return Err(format!("a second time there is more to do\n{}", shown()).into());
    }
    let windows = text.replace('\n', "\r\n");
    let fixed = after(&fix(rule, &windows), &windows);
    if fixed != new_text.replace('\n', "\r\n") {
        return Err(format!("line ends are mixed: {fixed:?}").into());
    }
    Ok(())
}

/// What measured plans of the provider answered: changing these attributes takes a new object.
fn keeps_the_object(rule: &Rule) -> Result<(), Failed> {
    let Some(fix) = rule.fix.filter(|fix| fix.kind == FixKind::Safe) else { return Ok(()) };
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../engine/plan/data/replace.txt");
    let table = std::fs::read_to_string(path)?;
    let mut ty = "";
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let Some(forced) = line.strip_prefix("  ") else {
            ty = line;
            continue;
        };
        for want in fix.wants.iter().filter(|want| want.ty.is_none_or(|only| only == ty)) {
            let (Where::Path(name) | Where::Beside(name) | Where::Own(name) | Where::Missing(name)) =
                want.at
            else {
                continue;
            };
            if rule.meta.resources.contains(&ty)
                && (name == forced || name.starts_with(&format!("{forced}.")))
            {
                return Err(format!("`{ty}.{name}` makes the object anew").into());
            }
        }
    }
    Ok(())
}

/// Terraform finds nothing to format in a fixed example where it found nothing before.
fn formatted() -> Result<(), Failed> {
    let Some(terraform) = std::env::var_os("BANANA_TERRAFORM").filter(|name| !name.is_empty())
    else {
        return Ok(std::io::stdout()
            .write_all(b"skipped: BANANA_TERRAFORM names no terraform to ask\n")?);
    };
    let folder = tempfile::tempdir()?;
    for rule in rules::ALL.iter().filter(|rule| rule.fix.is_some()) {
        for (verdict, at, text) in examples(rule.docs) {
            if verdict == Verdict::Fail {
                let file =
                    |when: &str| folder.path().join(format!("{}_{at}_{when}.tf", rule.meta.code));
                std::fs::write(file("before"), &text)?;
                std::fs::write(file("after"), after(&fix(rule, &text), &text))?;
            }
        }
    }
    let answer = Command::new(terraform)
        .args(["fmt", "-check", "-list=true"])
        .current_dir(&folder)
        .output()?;
    let answer = String::from_utf8(answer.stdout)?;
    let untidy: BTreeSet<&str> = answer.lines().collect();
    let worse: Vec<&str> = untidy
        .iter()
        .copied()
        .filter(|name| !untidy.contains(name.replace("after", "before").as_str()))
        .collect();
    if worse.is_empty() { Ok(()) } else { Err(format!("no longer formatted: {worse:?}").into()) }
}
