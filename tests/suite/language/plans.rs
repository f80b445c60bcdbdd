//! Whole configurations: what is planned, what comes out, and where it is refused.

use super::super::stage::Stage;
use super::{Score, fixtures, judge, read};
use banana::Exit;
use serde_json::{Map, Value as Json};
use std::path::{Path, PathBuf};

/// A configuration and what Terraform makes of it.
pub(super) struct Vector {
    pub(super) name: String,
    pub(super) folder: PathBuf,
    pub(super) expected: Map<String, Json>,
}

/// What is no address in `expected.json`.
const OTHERS: [&str; 5] = ["args", "env", "outputs", "refused", "checks"];

impl Vector {
    pub(super) fn all() -> Vec<Self> {
        let folders = std::fs::read_dir(fixtures().join("plans")).unwrap();
        let mut all: Vec<Self> = folders.map(|entry| Self::read(&entry.unwrap().path())).collect();
        all.sort_by(|a, b| a.name.cmp(&b.name));
        all
    }

    fn read(folder: &Path) -> Self {
        let expected = serde_json::from_str(&read(&folder.join("expected.json"))).unwrap();
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        Self { name, folder: folder.to_owned(), expected }
    }

    pub(super) fn args(&self) -> Vec<String> {
        let args = self.expected.get("args").and_then(Json::as_array);
        args.into_iter().flatten().map(|arg| arg.as_str().unwrap().to_owned()).collect()
    }

    pub(super) fn env(&self) -> impl Iterator<Item = (&str, &str)> {
        let env = self.expected.get("env").and_then(Json::as_object);
        env.into_iter().flatten().map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
    }

    /// Where it is refused: file and line; none when it is planned.
    pub(super) fn refused(&self) -> Option<Vec<(String, u64)>> {
        let places = self.expected.get("refused")?.as_array().unwrap().iter();
        let place = |at: &Json| (at[0].as_str().unwrap().to_owned(), at[1].as_u64().unwrap());
        Some(places.map(place).collect())
    }

    pub(super) fn resources(&self) -> impl Iterator<Item = (&str, &Json)> {
        let all = self.expected.iter().filter(|(name, _)| !OTHERS.contains(&name.as_str()));
        all.map(|(address, want)| (address.as_str(), want))
    }

    /// Its files and an empty archive, on a stage of their own.
    pub(super) fn stage(&self) -> Stage {
        let mut files = vec![("x.zip".to_owned(), String::new())];
        let mut todo = vec![self.folder.clone()];
        while let Some(folder) = todo.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    todo.push(path);
                } else if path.file_name().is_some_and(|name| name != "expected.json") {
                    let name = path.strip_prefix(&self.folder).unwrap();
                    files.push((name.to_string_lossy().into_owned(), read(&path)));
                }
            }
        }
        let files: Vec<(&str, &str)> =
            files.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
        let stage = Stage::new(&files);
        self.env().fold(stage, |stage, (name, value)| stage.env(name, value))
    }

    /// Counts each resource, output and place of a refusal of a plan, whoever made it.
    pub(super) fn score(&self, ledger: &str, plan: &Json) -> Score {
        let mut score = Score::new(&self.name);
        let mut count = |name: &str, right: bool, got: &Json| {
            score.count(ledger, &format!("{}/{name}", self.name), right, || {
                format!("{}: {name}: {got}", self.name)
            });
        };
        let diagnostics = plan["diagnostics"].as_array().map(Vec::as_slice).unwrap_or_default();
        let errors: Vec<&Json> = diagnostics.iter().filter(|d| d["severity"] == "error").collect();
        if let Some(places) = self.refused() {
            let all = Json::from(errors.iter().map(|d| d["range"].clone()).collect::<Vec<_>>());
            let stands = |file: &str, line: u64| {
                let here = |d: &&Json| {
                    d["range"]["filename"] == file && d["range"]["start"]["line"] == line
                };
                errors.iter().any(here)
            };
            for (file, line) in &places {
                count(&format!("{file}:{line}"), stands(file, *line), &all);
            }
            count("refused", !errors.is_empty(), &all);
            return score;
        }
        let none = Vec::new();
        let changes = plan["resource_changes"].as_array().unwrap_or(&none);
        for (address, want) in self.resources() {
            let change = changes.iter().find(|change| change["address"] == address);
            let change = change.map_or(&Json::Null, |change| &change["change"]);
            let right = same(&want["after"], &change["after"])
                && same_marks(&want["unknown"], &change["after_unknown"]);
            count(address, right, change);
        }
        let managed = changes.iter().filter(|c| c["mode"] == "managed").count();
        count("addresses", managed == self.resources().count(), &Json::from(managed));
        let outputs = self.expected.get("outputs").and_then(Json::as_object);
        for (name, want) in outputs.into_iter().flatten() {
            let got = &plan["output_changes"][name];
            let right = same(&want["value"], &got["after"])
                && same_marks(&want["unknown"], &got["after_unknown"])
                && (want["sensitive"] == true) == (got["after_sensitive"] == true);
            count(&format!("output.{name}"), right, got);
        }
        let checks = self.expected.get("checks").and_then(Json::as_object);
        for (name, want) in checks.into_iter().flatten() {
            let none = Vec::new();
            let all = plan["checks"].as_array().unwrap_or(&none);
            let found = all.iter().find(|c| c["address"]["to_display"] == name.as_str());
            let got = match found {
                Some(whole) if want.is_object() => whole,
                Some(whole) => &whole["status"],
                None => &Json::Null,
            };
            count(name, want == got, got);
        }
        score
    }
}

#[test]
fn configurations_are_planned_as_terraform_plans_them() {
    let ledger = read(&fixtures().join("divergences.md"));
    let score = |vector: &Vector| {
        let mut words: Vec<String> =
            ["plan", "--refresh=false", "--format", "json"].map(Into::into).into();
        words.extend(vector.args());
        let played = vector.stage().run_words(&words);
        let planned = if vector.refused().is_some() { Exit::Error } else { Exit::Ok };
        played.ends(planned);
        vector.score(&ledger, &played.json())
    };
    judge("configurations", &Vector::all().iter().map(score).collect::<Vec<_>>());
}

/// Whether a plan says nothing there: as nothing may be left out, it counts for none.
fn is_blank(json: &Json) -> bool {
    match json {
        Json::Null | Json::Bool(false) => true,
        Json::Array(items) => items.iter().all(is_blank),
        Json::Object(fields) => fields.values().all(is_blank),
        _ => false,
    }
}

/// Equal but for what is null or left out, sets in any order.
fn same(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Object(x), Json::Object(y)) => {
            let names = x.keys().chain(y.keys());
            names.into_iter().all(|name| same(&a[name.as_str()], &b[name.as_str()]))
        }
        (Json::Array(x), Json::Array(y)) if x.len() == y.len() => {
            x.iter().all(|item| y.iter().any(|other| same(item, other)))
        }
        _ => a == b,
    }
}

/// Equal but for what is false or left out.
fn same_marks(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Object(x), Json::Object(y)) => {
            x.keys().chain(y.keys()).all(|name| same_marks(&a[name.as_str()], &b[name.as_str()]))
        }
        (Json::Array(x), Json::Array(y)) if x.len() == y.len() => {
            x.iter().all(|item| y.iter().any(|b| same_marks(item, b)))
        }
        _ => a == b || is_blank(a) && is_blank(b),
    }
}
