//! trivy's examples: a YAML file beside each check, with good and bad Terraform.

use crate::checkov::files;
use crate::label::{Label, Place};
use std::fs;
use std::path::Path;

/// All labels of a checkout.
pub(crate) fn labels(root: &Path) -> Vec<Label> {
    let mut labels = Vec::new();
    for service in files(&root.join("checks/cloud/aws")) {
        for path in files(&service) {
            if path.extension().is_none_or(|extension| extension != "yaml") {
                continue;
            }
            let check = fs::read_to_string(path.with_extension("rego")).unwrap_or_default();
            let Some(number) = number_of(&check) else { continue };
            let examples = fs::read_to_string(&path).unwrap_or_default();
            let from = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            for (fails, text) in terraform(&examples) {
                labels.push(Label {
                    source: "trivy",
                    id: format!("AVD-AWS-{number}"),
                    stack: Place::Text(text),
                    address: None,
                    fails,
                    from: from.into(),
                });
            }
        }
    }
    labels
}

/// The number in `id: AWS-0090`.
fn number_of(check: &str) -> Option<String> {
    let line = check.lines().find_map(|line| line.strip_prefix("#   id: "))?;
    let digits: String = line.chars().filter(char::is_ascii_digit).collect();
    (digits.len() == 4).then_some(digits)
}

/// The block scalars under `terraform:`, `good:` and `bad:`.
fn terraform(yaml: &str) -> Vec<(bool, String)> {
    let mut found: Vec<(bool, String)> = Vec::new();
    let (mut inside, mut fails) = (false, None);
    for line in yaml.lines() {
        let indent = line.len() - line.trim_start().len();
        match line.trim_end() {
            "terraform:" => inside = true,
            other if indent == 0 && !other.is_empty() => inside = false,
            "  good:" => fails = Some(false),
            "  bad:" => fails = Some(true),
            other if indent == 2 && !other.is_empty() => fails = None,
            _ => {}
        }
        let Some(fails) = fails.filter(|_| inside) else { continue };
        if line.starts_with("    - |") {
            found.push((fails, String::new()));
        } else if (indent >= 6 || line.trim().is_empty())
            && let Some((_, text)) = found.last_mut()
        {
            text.push_str(line.get(6..).unwrap_or_default());
            text.push('\n');
        }
    }
    found
}
