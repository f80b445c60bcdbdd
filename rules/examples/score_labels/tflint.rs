//! tflint's tests: a Go table of texts and the issues they raise.

use crate::checkov::files;
use crate::label::{Label, Place};
use std::fs;
use std::path::Path;

/// All labels of a checkout.
pub(crate) fn labels(root: &Path) -> Vec<Label> {
    let mut labels = Vec::new();
    for path in files(&root.join("rules")) {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some(id) = name.strip_suffix("_test.go").filter(|id| id.starts_with("aws_")) else {
            continue;
        };
        let text = fs::read_to_string(&path).unwrap_or_default();
        for case in text.split("Content:").skip(1) {
            let Some(content) = case.split('`').nth(1) else { continue };
            let after = case.split('`').nth(2).unwrap_or_default();
            let Some((_, expected)) = after.split_once("Expected:") else { continue };
            let expected: String = expected.chars().filter(|c| !c.is_whitespace()).collect();
            labels.push(Label {
                source: "tflint",
                id: id.into(),
                stack: Place::Text(content.into()),
                address: None,
                fails: !(expected.starts_with("helper.Issues{},")
                    || expected.starts_with("helper.Issues{}")),
                from: name.into(),
            });
        }
    }
    labels
}
