//! The language against Terraform's own answers, as `fixtures/language/` keeps them.

use super::stage::{self, Played};
use banana::Exit;
use serde_json::Value as Json;
use std::path::{Path, PathBuf};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/language")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The fields that a vector names, of an answer; an error is one at any place, for that is counted apart.
fn right(want: &Json, got: &Json) -> bool {
    let (Some(want), Some(got)) = (want.get("expect"), got.get("expect")) else {
        return want.get("expect").is_none() && got.get("error").is_some();
    };
    if want.get("infinity").is_some() {
        return want["infinity"] == got["infinity"];
    }
    let fields = ["value", "unknown", "infinity", "after_unknown", "sensitive"];
    let typed = want.get("type").is_none() || want.get("type") == got.get("type");
    let partly = want.get("after_unknown").is_some();
    (typed || partly) && fields.iter().all(|field| want.get(field) == got.get(field))
}

#[test]
fn expressions_have_terraforms_answers() {
    let vectors = read(&fixtures().join("expressions.jsonl"));
    let Played { exit, out, .. } = stage::fed("eval --root fixtures/language", &vectors);
    assert_eq!(exit, Exit::Ok);
    let json = |line: &str| serde_json::from_str::<Json>(line).unwrap();
    let (mut wrong, mut in_place, mut errors) = (Vec::new(), 0, 0);
    for (vector, answer) in vectors.lines().zip(out.lines()) {
        let (want, got) = (json(vector), json(answer));
        if !right(&want, &got) {
            wrong.push(format!("{}\n  {got}", want["expr"]));
        }
        if let Some(range) = want["error"].get("range") {
            errors += 1;
            in_place += u32::from(*range == got["error"]["range"]);
        }
    }
    assert_eq!(vectors.lines().count(), out.lines().count());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(in_place * 100 >= errors * 95, "{in_place} of {errors} errors stand in their place");
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

#[test]
fn resources_are_planned_as_the_provider_plans_them() {
    let mut wrong = Vec::new();
    for folder in ["everyday", "launch_templates", "lists", "references", "tags", "undecided"] {
        let at = fixtures().join("plans").join(folder);
        let expected: Json = serde_json::from_str(&read(&at.join("expected.json"))).unwrap();
        let text = read(&at.join("main.tf"));
        let stage = stage::Stage::new(&[("main.tf", &text), ("x.zip", "")]);
        let played = stage.run("plan --refresh=false --format json");
        played.ends(Exit::Ok);
        let plan = played.json();
        let changes = plan["resource_changes"].as_array().unwrap();
        for (address, want) in expected.as_object().unwrap() {
            let change = changes.iter().find(|change| change["address"] == address.as_str());
            let change = &change.unwrap_or_else(|| panic!("no {address}"))["change"];
            let (after, unknown) = (&change["after"], &change["after_unknown"]);
            let names = |json: &Json| json.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
            let known = names(&want["after"]).into_iter().chain(names(after));
            for name in known.chain(names(&want["unknown"])).chain(names(unknown)) {
                let marks = (&want["unknown"][&name], &unknown[&name]);
                let marked = is_blank(marks.0) && is_blank(marks.1) || same_marks(marks.0, marks.1);
                if !same(&want["after"][&name], &after[&name]) || !marked {
                    wrong.push(format!("{folder}: {address}.{name}: {}", after[&name]));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Equal but for what is false or left out.
fn same_marks(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Object(x), Json::Object(y)) => {
            x.keys().chain(y.keys()).all(|name| same_marks(&a[name.as_str()], &b[name.as_str()]))
        }
        (Json::Array(x), Json::Array(y)) => {
            x.len() == y.len() && x.iter().all(|item| y.iter().any(|b| same_marks(item, b)))
        }
        _ => a == b || is_blank(a) && is_blank(b),
    }
}
