//! The language against Terraform's own answers, as `fixtures/language/` keeps them.
//!
//! `cargo test --test suite language` prints, a group a line, how many answers are Terraform's, how many differ on purpose
//! (`divergences.md` names them), and how many are wrong.

mod expressions;
mod plans;
mod terraform;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/language")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// How a group of vectors fares.
#[derive(Default)]
struct Score {
    group: String,
    matched: usize,
    diverging: usize,
    missing: Vec<String>,
}

impl Score {
    fn new(group: &str) -> Self {
        Self { group: group.to_owned(), ..Self::default() }
    }

    /// Counts a vector. One that the ledger names must differ: else the ledger is out of date.
    fn count(&mut self, ledger: &str, name: &str, right: bool, shown: impl FnOnce() -> String) {
        match (right, ledger.contains(&format!("`{name}`"))) {
            (true, false) => self.matched += 1,
            (false, true) => self.diverging += 1,
            (true, true) => self.missing.push(format!("{name}: the ledger says that it differs")),
            (false, false) => self.missing.push(shown()),
        }
    }
}

/// The table, past the capture of a test's output, for its figures are what one runs it for; then the verdict.
fn judge(what: &str, scores: &[Score]) {
    let mut table = format!("\n{what:<28}vectors  matched  diverging  missing\n");
    let mut row = |group: &str, matched: usize, diverging: usize, missing: usize| {
        let vectors = matched + diverging + missing;
        writeln!(table, "{group:<28}{vectors:>7}{matched:>9}{diverging:>11}{missing:>9}").unwrap();
    };
    for score in scores {
        row(&score.group, score.matched, score.diverging, score.missing.len());
    }
    let sum = |of: fn(&Score) -> usize| scores.iter().map(of).sum();
    let missing: Vec<&str> = scores.iter().flat_map(|s| &s.missing).map(String::as_str).collect();
    row("all", sum(|s| s.matched), sum(|s| s.diverging), missing.len());
    std::io::stdout().lock().write_all(table.as_bytes()).unwrap();
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
