//! Terraform asked anew, where it is: the fixtures must be what it says today. `BANANA_TERRAFORM` names the binary (one that finds
//! hashicorp/aws, by a mirror in its own configuration for instance); without it nothing is asked.

use super::plans::Vector;
use super::{Score, fixtures, judge, read};
use serde_json::{Map, Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output};

fn terraform() -> Option<OsString> {
    let named = std::env::var_os("BANANA_TERRAFORM").filter(|name| !name.is_empty());
    if named.is_none() {
        let words = b"skipped: BANANA_TERRAFORM names no terraform to ask\n";
        std::io::stdout().lock().write_all(words).unwrap();
    }
    named
}

struct Terraform<'a> {
    binary: &'a OsString,
    folder: &'a Path,
    env: BTreeMap<String, String>,
}

impl Terraform<'_> {
    fn run(&self, words: &[&str]) -> Output {
        let mut command = Command::new(self.binary);
        command.args(words).current_dir(self.folder).envs(&self.env);
        // Nothing may reach a real account.
        command.env("AWS_ACCESS_KEY_ID", "a").env("AWS_SECRET_ACCESS_KEY", "a");
        command.output().unwrap_or_else(|e| panic!("{}: {e}", self.binary.display()))
    }

    /// Every error of a plan, and whether it was saved.
    fn plan(&self, args: &[String]) -> Vec<Json> {
        let mut words = vec!["plan", "-json", "-input=false", "-refresh=false", "-out=p"];
        words.extend(args.iter().map(String::as_str));
        let output = String::from_utf8(self.run(&words).stdout).unwrap();
        let lines = output.lines().map(|line| serde_json::from_str::<Json>(line).unwrap());
        let diagnostics = lines.filter_map(|line| line.get("diagnostic").cloned());
        diagnostics.filter(|d| d["severity"] == "error").collect()
    }

    fn init(&self) {
        let init = self.run(&["init", "-input=false", "-no-color"]);
        assert!(init.status.success(), "{}", String::from_utf8_lossy(&init.stderr));
    }

    fn show(&self) -> Json {
        serde_json::from_slice(&self.run(&["show", "-json", "p"]).stdout).unwrap()
    }
}

/// Merged into a configuration's provider block: no question to an account.
const ALONE: &str = "provider \"aws\" {
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}
";

#[test]
fn terraform_still_plans_what_the_fixtures_say() {
    let Some(binary) = terraform() else { return };
    let score = |vector: &Vector| {
        let stage = vector.stage();
        if read_all(&vector.folder).contains("provider \"aws\"") {
            std::fs::write(stage.path().join("alone_override.tf"), ALONE).unwrap();
        }
        let env = vector.env().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let terraform = Terraform { binary: &binary, folder: stage.path(), env };
        terraform.init();
        let errors = terraform.plan(&vector.args());
        let plan = if errors.is_empty() {
            changed(terraform.show())
        } else {
            json!({"diagnostics": errors})
        };
        // What banana does otherwise is no matter here: the ledger is left out.
        vector.score("", &plan)
    };
    judge("configurations, by Terraform", &Vector::all().iter().map(score).collect::<Vec<_>>());
}

fn read_all(folder: &Path) -> String {
    let path = folder.join("main.tf");
    if path.exists() { read(&path) } else { String::new() }
}

/// A plan without the data sources that it lists among the changes.
fn changed(mut plan: Json) -> Json {
    if let Some(changes) = plan["resource_changes"].as_array_mut() {
        changes.retain(|c| c["mode"] == "managed" && c["change"]["actions"] != json!(["no-op"]));
    }
    plan
}

/// Terraform crashes, and tells nothing of the rest.
const CRASHES: [&str; 2] = ["element(", "indent("];

/// An output an expression; those that fail are taken out, until the rest can be planned.
#[test]
fn terraform_still_answers_the_expressions_so() {
    let Some(binary) = terraform() else { return };
    let text = read(&fixtures().join("expressions.jsonl"));
    let vectors: Vec<Json> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let folder = tempfile::tempdir().unwrap();
    copy(&fixtures().join("files"), &folder.path().join("files"));
    let names: Map<String, Json> =
        vectors.iter().filter_map(|v| v["vars"].as_object()).flatten().map(owned).collect();
    std::fs::write(folder.path().join("names.tf"), declared(&names)).unwrap();
    std::fs::write(folder.path().join("terraform.tfvars.json"), given(&names)).unwrap();

    let mut live: BTreeSet<usize> =
        (0..vectors.len()).filter(|at| !crashes(&vectors[*at])).collect();
    let (mut ranges, mut infinite) = (BTreeMap::new(), BTreeSet::new());
    let mut secret = BTreeSet::new();
    for at in &live {
        write(folder.path(), *at, &vectors[*at], false);
    }
    let terraform = Terraform { binary: &binary, folder: folder.path(), env: BTreeMap::new() };
    terraform.run(&["init", "-input=false"]);
    let mut rounds = 0;
    loop {
        rounds += 1;
        assert!(rounds < 30, "no end of errors");
        let checked = terraform.run(&["validate", "-json"]).stdout;
        let checked: Json = serde_json::from_slice(&checked).unwrap();
        let mut errors: Vec<Json> = checked["diagnostics"].as_array().unwrap().clone();
        errors.retain(|d| d["severity"] == "error");
        if errors.is_empty() {
            terraform.run(&["init", "-input=false"]);
            errors = terraform.plan(&[]);
        }
        if errors.is_empty() {
            break;
        }
        for error in errors {
            let (at, range) = place(&error);
            if !live.contains(&at) {
                continue;
            }
            // Only with the word `sensitive` may an output show what is.
            if error["summary"].as_str().unwrap().contains("sensitive values") && secret.insert(at)
            {
                write(folder.path(), at, &vectors[at], true);
                continue;
            }
            live.remove(&at);
            std::fs::remove_file(file(folder.path(), at)).unwrap();
            match range {
                Some(range) => drop(ranges.insert(at, range)),
                None => drop(infinite.insert(at)),
            }
        }
    }
    let plan = terraform.show();
    let mut groups: BTreeMap<String, Score> = BTreeMap::new();
    for (at, vector) in vectors.iter().enumerate().filter(|(_, vector)| !crashes(vector)) {
        let (group, expr) = (vector["group"].as_str().unwrap(), vector["expr"].as_str().unwrap());
        let answer = if infinite.contains(&at) {
            json!({"expect": {"infinity": true}})
        } else if let Some(range) = ranges.get(&at) {
            let head = header(at, secret.contains(&at)).len() as u64;
            json!({"error": {"range": [range.0.saturating_sub(head), range.1.saturating_sub(head)]}})
        } else {
            expectation(&plan, &name(at), secret.contains(&at))
        };
        let right = super::expressions::right(vector, &answer);
        let score = groups.entry(group.to_owned()).or_insert_with(|| Score::new(group));
        score.count("", expr, right, || format!("{expr}\n  {answer}"));
    }
    judge("expressions, by Terraform", &groups.into_values().collect::<Vec<_>>());
}

fn crashes(vector: &Json) -> bool {
    let expr = vector["expr"].as_str().unwrap();
    CRASHES.iter().any(|name| expr.contains(name))
        && expr.contains("-1")
        && vector.get("error").is_some()
}

fn owned((name, value): (&String, &Json)) -> (String, Json) {
    (name.clone(), value.clone())
}

fn name(at: usize) -> String {
    format!("o{at:05}")
}

fn file(folder: &Path, at: usize) -> std::path::PathBuf {
    folder.join(format!("{}.tf", name(at)))
}

fn header(at: usize, secret: bool) -> String {
    let mark = if secret { "sensitive = true\n" } else { "" };
    format!("output \"{}\" {{\n{mark}value = ", name(at))
}

fn write(folder: &Path, at: usize, vector: &Json, secret: bool) {
    let text = format!("{}{}\n}}\n", header(at, secret), vector["expr"].as_str().unwrap());
    std::fs::write(file(folder, at), text).unwrap();
}

/// The vector that an error is about, and its bytes; none where a number cannot be written.
fn place(error: &Json) -> (usize, Option<(u64, u64)>) {
    if let Some(file) = error["range"]["filename"].as_str() {
        let digits = file.trim_start_matches('o').trim_end_matches(".tf");
        let at = digits.parse().unwrap_or_else(|_| panic!("{error}"));
        let byte = |end: &str| error["range"][end]["byte"].as_u64().unwrap();
        return (at, Some((byte("start"), byte("end"))));
    }
    let detail = error["detail"].as_str().unwrap_or_default();
    let named = detail.split('"').nth(1).unwrap_or_default();
    (named.trim_start_matches('o').parse().unwrap_or_else(|_| panic!("{error}")), None)
}

/// The variables and unknowns that expressions use.
fn declared(names: &Map<String, Json>) -> String {
    let mut text = "resource \"terraform_data\" \"u\" {\n  input = timestamp()\n}\n".to_owned();
    for (name, about) in names {
        if let Some(local) = name.strip_prefix("local.") {
            writeln!(text, "locals {{\n  {local} = {}\n}}", about["hcl"].as_str().unwrap())
                .unwrap();
        } else if let Some(variable) = name.strip_prefix("var.") {
            let (ty, secret) = (about["type"].as_str().unwrap(), about["sensitive"] == true);
            let body = format!("  type = {ty}\n  sensitive = {secret}");
            writeln!(text, "variable \"{variable}\" {{\n{body}\n}}").unwrap();
        }
    }
    text
}

fn given(names: &Map<String, Json>) -> String {
    let variables = names.iter().filter_map(|(name, about)| {
        Some((name.strip_prefix("var.")?.to_owned(), about["value"].clone()))
    });
    Json::Object(variables.collect()).to_string()
}

/// An output of a plan in the shape of a vector.
fn expectation(plan: &Json, name: &str, secret: bool) -> Json {
    let mut expect = Map::new();
    expect.insert("sensitive".into(), secret.into());
    let change = &plan["output_changes"][name];
    if change["after_unknown"] == true {
        expect.insert("unknown".into(), true.into());
        return json!({ "expect": expect });
    }
    expect.insert("value".into(), change["after"].clone());
    if holds_true(&change["after_unknown"]) {
        expect.insert("after_unknown".into(), change["after_unknown"].clone());
    }
    let ty = plan["planned_values"]["outputs"][name].get("type").cloned();
    expect.insert("type".into(), ty.unwrap_or_else(|| "dynamic".into()));
    json!({ "expect": expect })
}

fn holds_true(json: &Json) -> bool {
    match json {
        Json::Array(items) => items.iter().any(holds_true),
        Json::Object(fields) => fields.values().any(holds_true),
        other => other == &Json::Bool(true),
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}
