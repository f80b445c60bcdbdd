//! The verdicts of Terraform itself: what it accepts is accepted, what it refuses is refused.

use banana_syntax::{FileId, parse};
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::Arc;

/// A small corpus of our own: text, and whether Terraform 1.11.4 can parse it.
const CORPUS: [(&str, bool); 74] = [
    ("", true),
    ("a = 1", true),
    ("a = 1\na = 2\n", false),
    ("a = { b = 1, b = 2 }\n", true),
    ("a = { b = 1 c = 2 }\n", false),
    ("a = {\n b = 1\n c = 2 }\n", true),
    ("a = { b = 1,\n c = 2,\n}\n", true),
    ("a = { , }\n", false),
    ("a = [1, 2,]\n", true),
    ("a = [,]\n", false),
    ("a = [1\n2]\n", false),
    ("a = f(1,\n 2\n)\n", true),
    ("a = f(1...)\n", true),
    ("a = f(1..., 2)\n", false),
    ("a = f(1...,)\n", false),
    ("a = 1 +\n 2\n", false),
    ("a = (1 +\n 2)\n", true),
    ("a = b ? 1\n : 2\n", false),
    ("a = b[*].c\n", true),
    ("a = b[ * ].c\n", true),
    ("a = b[\n*].c\n", false),
    ("a = (b[\n*].c)\n", true),
    ("a = b[*\n].c\n", false),
    ("a = b.*.c.*.d\n", false),
    ("a = b.0.c\n", true),
    ("a = b.0.1\n", false),
    ("a = b .c\n", true),
    ("a = b.\n", false),
    ("a = \"b\n\"\n", false),
    ("a = \"b\rc\"\n", false),
    ("a = \"\\x\"\n", false),
    ("a = \"\\ud800\"\n", false),
    ("a = \"\\U0001F600\"\n", true),
    ("a = \"${b\n}\"\n", true),
    ("a = \"${}\"\n", false),
    ("a = \"%{ if b }\"\n", false),
    ("a = \"%{ if b }%{ else }%{ endif }\"\n", true),
    ("a = \"$${b} %%{c} $ % $$\"\n", true),
    ("a = <<E\nb\nE\n", true),
    ("a = <<E\nb\nE", false),
    ("a = <<E\nb\n  E  \n", true),
    ("a = <<E \nb\nE\n", false),
    ("a = <<-é\nb\né\n", true),
    ("a = [<<E\nb\nE\n, 1]\n", true),
    ("a = f(<<E\nb\nE)\n", false),
    ("a = 'b'\n", false),
    ("a = 1.5e3\n", true),
    ("a = 1.e5\n", true),
    ("a = .5\n", false),
    ("a = 1.2.3\n", false),
    ("a = 10.0.0.0/8\n", false),
    ("a = 0x10\n", false),
    ("a = -1\n", true),
    ("a = !-!b\n", true),
    ("a = b & c\n", false),
    ("a = b = c\n", false),
    ("a : 1\n", false),
    ("\"a\" = 1\n", false),
    ("a { b = 1 }\n", true),
    ("a { b = 1, c = 2 }\n", false),
    ("a { b {} }\n", false),
    ("a { b = 1\n}\n", false),
    ("a {\n b = 1 }\n", false),
    ("a {} b {}\n", false),
    ("a\n{\n}\n", false),
    ("a \"${b}\" {\n}\n", false),
    ("a b \"c\" {\n}\n", true),
    ("a = [for b in c : d => e]\n", false),
    ("a = {for b in c : d}\n", false),
    ("a = {for b in c : d => e ? f :\n g}\n", true),
    ("a = provider::b::c(1)\n", true),
    ("a = provider::b\n", false),
    ("\u{feff}a = 1\r\nb = 2 # c\r\n/* d\n*/\n", true),
    ("a = {\n  b = 1\n", false),
];

#[test]
fn the_corpus_is_judged_as_recorded() {
    for (text, valid) in CORPUS {
        let (_, reports) = parse(FileId(0), &Arc::from(text));
        assert_eq!(reports.is_empty(), valid, "{text:?}: {reports:?}");
    }
}

/// Whether `terraform fmt` can parse a text; `None` where there is no Terraform.
fn accepted(text: &str) -> Option<bool> {
    let mut fmt = Command::new("terraform")
        .args(["fmt", "-"])
        .env("CHECKPOINT_DISABLE", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    fmt.stdin.take()?.write_all(text.as_bytes()).ok()?;
    Some(fmt.wait().ok()?.success())
}

#[test]
fn the_corpus_is_recorded_as_terraform_judges() {
    // One process a text; the slow machine's budget is for those who ask.
    if std::env::var_os("CI").is_none() && std::env::var_os("BANANA_SLOW_TESTS").is_none() {
        println!("skipped: neither CI nor BANANA_SLOW_TESTS is set");
        return;
    }
    for (text, valid) in CORPUS {
        let Some(accepted) = accepted(text) else {
            println!("skipped: no `terraform` on the PATH");
            return;
        };
        assert_eq!(accepted, valid, "{text:?}");
    }
}
