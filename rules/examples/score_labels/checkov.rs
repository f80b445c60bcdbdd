//! checkov's tests: folders with the addresses that pass and fail, texts with one verdict, and graph checks.

use crate::label::{Label, Place};
use std::fs;
use std::path::{Path, PathBuf};

const SOURCE: &str = "checkov";

/// All labels of a checkout.
pub(crate) fn labels(root: &Path) -> Vec<Label> {
    let mut labels = Vec::new();
    for kind in ["resource", "data", "provider"] {
        let tests = root.join(format!("tests/terraform/checks/{kind}/aws"));
        for path in files(&tests) {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if !name.starts_with("test_") {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap_or_default();
            let Some(id) = id_of(root, &text) else { continue };
            let own = by_address(&text, &id, &tests, name);
            labels.extend(own.into_iter().map(|label| in_mode(label, kind)));
            labels.extend(by_text(&text, &id, name));
        }
    }
    labels.extend(graph(root));
    labels
}

/// The id of the check that a test imports.
fn id_of(root: &Path, test: &str) -> Option<String> {
    let line = test.lines().find(|line| {
        line.starts_with("from checkov.terraform.checks.") && line.contains("import check")
            || line.starts_with("from checkov.terraform.checks.")
    })?;
    let module = line.strip_prefix("from ")?.split(' ').next()?.replace('.', "/");
    let source = fs::read_to_string(root.join(module + ".py")).ok()?;
    let ids = source.lines().filter_map(|line| line.trim().strip_prefix("id"));
    let mut ids = ids.filter_map(|rest| rest.trim_start().strip_prefix('='));
    ids.find_map(|value| quoted(value).into_iter().find(|id| id.starts_with("CKV")))
}

/// `passing_resources = { "aws_x.y", … }` beside an example folder.
fn by_address(text: &str, id: &str, tests: &Path, from: &str) -> Vec<Label> {
    let folder =
        quoted(text).into_iter().find(|part| part.trim_start_matches('/').starts_with("example_"));
    let Some(folder) = folder else { return Vec::new() };
    let folder = tests.join(folder.trim_start_matches('/'));
    let mut labels = Vec::new();
    for (variable, fails) in [("passing_resources", false), ("failing_resources", true)] {
        let Some((_, rest)) = text.split_once(&format!("{variable} = ")) else { continue };
        // Addresses have brackets of their own: the set ends where a line closes it.
        let one_line = rest.lines().next().filter(|line| line.ends_with(['}', ']']));
        let whole =
            one_line.unwrap_or_else(|| rest.split("\n        }").next().unwrap_or_default());
        for line in whole.lines() {
            let line = line.trim().trim_start_matches('{').trim().trim_end_matches(',');
            for address in addresses(line) {
                labels.push(Label {
                    source: SOURCE,
                    id: id.into(),
                    stack: Place::Folder(folder.clone()),
                    address: Some(address),
                    fails,
                    from: from.into(),
                });
            }
        }
    }
    labels
}

/// checkov leaves the mode out of a data source's address.
fn in_mode(mut label: Label, kind: &str) -> Label {
    if kind == "data" {
        label.address = label.address.map(|address| match address.rsplit_once("module.") {
            Some(_) => address,
            None => format!("data.{address}"),
        });
    }
    label
}

/// The addresses in a line of Python: one with keys in its own quotes, or several plain ones.
fn addresses(line: &str) -> Vec<String> {
    let outer = line.chars().next();
    if let Some(quote @ ('"' | '\'')) = outer
        && line.ends_with(quote)
        && line.contains('[')
    {
        return vec![line.trim_matches(quote).replace("\\\"", "\"")];
    }
    quoted(line).into_iter().filter(|part| part.contains('.')).collect()
}

/// `hcl2.loads("""…""")` with one verdict in each test.
fn by_text(text: &str, id: &str, from: &str) -> Vec<Label> {
    let mut labels = Vec::new();
    for test in text.split("def test").skip(1) {
        let Some((_, rest)) = test.split_once("hcl2.loads(") else { continue };
        let verdicts: Vec<bool> =
            test.split("CheckResult.").skip(1).map(|rest| rest.starts_with("FAILED")).collect();
        let [fails] = verdicts.as_slice() else { continue };
        let quote = if rest.trim_start().starts_with("\"\"\"") { "\"\"\"" } else { "'''" };
        let Some(hcl) = rest.split(quote).nth(1) else { continue };
        labels.push(Label {
            source: SOURCE,
            id: id.into(),
            stack: Place::Text(hcl.into()),
            address: None,
            fails: *fails,
            from: from.into(),
        });
    }
    labels
}

/// `graph/checks/resources/NAME/expected.yaml`
fn graph(root: &Path) -> Vec<Label> {
    let mut labels = Vec::new();
    for folder in files(&root.join("tests/terraform/graph/checks/resources")) {
        let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let Ok(expected) = fs::read_to_string(folder.join("expected.yaml")) else { continue };
        let source = ["yaml", "json"].iter().find_map(|end| {
            let path = root.join(format!("checkov/terraform/checks/graph_checks/aws/{name}.{end}"));
            fs::read_to_string(path).ok()
        });
        let Some(id) = source.as_deref().and_then(yaml_id) else { continue };
        let mut fails = None;
        for line in expected.lines() {
            match line.trim_end() {
                "pass:" => fails = Some(false),
                "fail:" => fails = Some(true),
                line if !line.starts_with([' ', '-']) => fails = None,
                _ => {}
            }
            let item = line.trim().strip_prefix("- ");
            let (Some(fails), Some(item)) = (fails, item) else { continue };
            let quote = item.chars().next().filter(|c| "\"'".contains(*c));
            let address = quote.map_or(item, |quote| item.trim_matches(quote));
            labels.push(Label {
                source: SOURCE,
                id: id.clone(),
                stack: Place::Folder(folder.clone()),
                address: Some(address.replace("\\\"", "\"")),
                fails,
                from: name.clone(),
            });
        }
    }
    labels
}

/// `id: "CKV2_AWS_1"`
fn yaml_id(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("CKV")?;
    let rest = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_');
    Some("CKV".chars().chain(rest).collect())
}

/// The texts in double or single quotes.
fn quoted(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(quote) = rest.chars().find(|c| "\"'".contains(*c)) {
        let inside = rest.split_once(quote).and_then(|(_, after)| after.split_once(quote));
        let Some((inside, after)) = inside else { break };
        found.push(inside.to_owned());
        rest = after;
    }
    found
}

/// What a folder holds, sorted; nothing when there is no such folder.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}
