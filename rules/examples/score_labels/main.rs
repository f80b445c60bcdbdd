//! Scores the rules on labels that other projects wrote: `cargo run -p banana-rules --example score_labels -- FOLDER…`
//!
//! A folder is a checkout of checkov (`tests/terraform`, `checkov/terraform/checks`), of trivy-checks (`checks/cloud/aws`) or of
//! tflint-ruleset-aws (`rules`), or a part of one with these folders in it. A label is a peer's id, a resource (or a whole text)
//! and what the peer says of it; it is compared with the verdicts of the rules that have the id among their aliases. Labels
//! that `fixtures/rules/disagreements.md` judges to be wrong are counted apart.

mod checkov;
#[path = "../../../tests/disk/mod.rs"]
mod disk;
#[path = "../../../tests/folder/mod.rs"]
mod folder;
mod judge;
mod label;
mod score;
mod tflint;
mod trivy;

use label::Label;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let folders: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let mut labels: Vec<Label> = Vec::new();
    for folder in &folders {
        labels.extend(checkov::labels(folder));
        labels.extend(trivy::labels(folder));
        labels.extend(tflint::labels(folder));
    }
    if labels.is_empty() {
        let hint = "no labels found: name folders with checkouts of checkov, trivy-checks, tflint-ruleset-aws";
        let _ = writeln!(std::io::stderr(), "{hint}");
        return ExitCode::FAILURE;
    }
    let judged = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/rules/disagreements.md");
    let judged = std::fs::read_to_string(judged).unwrap_or_default();
    let table = score::table(&labels, &score::Judged::read(&judged));
    let _ = std::io::stdout().write_all(table.as_bytes());
    ExitCode::SUCCESS
}
