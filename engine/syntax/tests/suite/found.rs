//! What the fuzzer found once.

use crate::laws;
use std::path::Path;

/// The inputs that once broke a law of a target.
fn found(target: &str) -> impl Iterator<Item = String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/language/found");
    let files = std::fs::read_dir(root.join(target)).into_iter().flatten();
    files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
}

#[test]
fn what_was_found_stays_fixed() {
    found("parser").for_each(|text| laws::native(&text));
    found("template").for_each(|text| laws::template(&text));
    found("json").for_each(|text| laws::json(&text));
}
