//! Fixes of blocks that are written in every way people write them.

use super::Files;
use banana_check::{
    self as check, Check, Fix, FixKind, Fixed, Instance, Judge, Meta, Options, Rule, Severity,
    Verdict, Want,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use stack::{Empty, Host, Program, Stack};
use std::convert::Infallible;
use std::path::PathBuf;
use std::process::Command;

const META: Meta = Meta {
    code: "TST009",
    name: "watched-instance",
    severity: Severity::Medium,
    resources: &["aws_instance"],
    aliases: &[],
    controls: &[],
    since: "0.1.0",
    links: &[],
};

static FIX: Fix = Fix::safe(
    "watch it",
    &[Want::set("monitoring", "true"), Want::set("metadata_options.http_tokens", "\"required\"")],
);

static RULE: Rule = Rule {
    meta: &META,
    docs: "# Watched\n",
    source: "rules/tst/watched_instance.rs",
    fix: Some(&FIX),
    judge: Judge::Native(|context, meta| check::each(context, meta, judge)),
};

fn judge<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let asked = it.text("metadata_options.http_tokens").is(|tokens| tokens == "required");
    check.require(it.flag("monitoring").and(asked), "nobody watches", "somebody watches");
}

fn fix(text: &str) -> Fixed {
    let host = Files([(PathBuf::from("/stack/main.tf"), text.to_owned())].into());
    let resolve = |host: &dyn Host| {
        let options = stack::Options { path: "/stack".into(), ..stack::Options::default() };
        Program::load(&options, host).resolve(&Empty)
    };
    let judge =
        |stack: &Stack| Ok::<_, Infallible>(check::run(stack, &[RULE], &Options::default()));
    let Ok(fixed) = check::fix(&host, FixKind::Safe, resolve, judge);
    fixed
}

fn fixed(text: &str) -> String {
    let fixed = fix(text);
    assert!(fixed.refused.is_empty(), "{:?}\n{text}", fixed.refused);
    let fails: Vec<_> =
        fixed.outcome.findings.iter().filter(|f| f.verdict == Verdict::Fail).collect();
    assert!(fails.is_empty(), "{fails:?}\n{text}");
    fixed.files.first().map_or_else(|| text.to_owned(), |file| file.after.to_string())
}

/// What stands in the block, of each kind at most one; blank lines and comments between.
fn instance() -> impl Strategy<Value = String> {
    let arguments = prop::sample::subsequence(
        vec![
            "ami = \"ami-1\"",
            "instance_type = \"t3.micro\" # small",
            "availability_zone   =   \"eu-west-3a\" // one",
            "user_data = <<EOT\n#!/bin/sh\n  echo \"} # no comment\"\nEOT",
            "tags = { # who\n    Name = \"a\" # it\n    monitoring = \"no\"\n  }",
            "/* old */ key_name = \"k\"",
            "user_data_replace_on_change = true",
            "count = 2",
        ],
        0..8,
    );
    let monitoring = prop::option::of(prop::sample::select(vec![
        "monitoring = false",
        "monitoring = false # not yet",
        "monitoring = var.off",
    ]));
    let options = prop::option::of(prop::sample::select(vec![
        "metadata_options {}",
        "metadata_options { http_endpoint = \"enabled\" }",
        "metadata_options {\n    http_endpoint = \"enabled\"\n  }",
        "metadata_options {\n    # nothing yet\n  }",
        "metadata_options {\n\n    http_endpoint               = \"enabled\" # on\n    http_put_response_hop_limit = 1         # near\n\n  }",
        "metadata_options {\n    http_tokens = \"optional\"\n  }",
        "dynamic \"metadata_options\" {\n    for_each = [1]\n    content {\n      http_endpoint = \"enabled\"\n    }\n  }",
    ]));
    let others = prop::sample::subsequence(
        vec![
            "lifecycle {\n    ignore_changes = [ami]\n  }",
            "root_block_device {\n    encrypted = true\n  }",
        ],
        0..=2,
    );
    let between = prop::collection::vec(
        prop::sample::select(vec!["", "", "\n", "  # a remark\n", "  /* two\n     lines */\n"]),
        16..=16,
    );
    let open = prop::sample::select(vec![" {\n", " { # why\n", " {\n\n"]);
    (arguments, monitoring, options, others, between, open, any::<usize>()).prop_map(
        |(arguments, monitoring, options, others, between, open, order)| {
            let mut pieces: Vec<&str> = arguments;
            pieces.extend(monitoring.into_iter().chain(options).chain(others));
            let mut order = order;
            for at in (1..pieces.len()).rev() {
                pieces.swap(at, order % (at + 1));
                order /= at + 1;
            }
            let mut text = String::from("# the machine\nvariable \"off\" {\n  default = false\n}\n\nresource \"aws_instance\" \"a\"");
            text += open;
            for (piece, between) in pieces.iter().zip(&between) {
                text.extend([between, "  ", piece, "\n"]);
            }
            text + between.last().copied().unwrap_or_default() + "}\n# the end"
        },
    )
}

/// Without blanks: what may be laid out anew.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn is_subsequence(part: &str, whole: &str) -> bool {
    let mut whole = whole.chars();
    part.chars().all(|c| whole.any(|other| other == c))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_else_changes(text in instance()) {
        let new = fixed(&text);
        // What was there is there, in its order; what came is what was wanted.
        let old = squeezed(&text)
            .replace("monitoring=false", "monitoring=true")
            .replace("\"optional\"", "\"required\"")
            .replace("default=false", if text.contains("var.off") { "default=true" } else { "default=false" });
        let most = squeezed("monitoring = true metadata_options { http_tokens = \"required\" }").len();
        prop_assert!(is_subsequence(&old, &squeezed(&new)), "{text}\n---\n{new}");
        prop_assert!(squeezed(&new).len() <= old.len() + most, "{text}\n---\n{new}");
        // Lines that no argument was put beside are the same to the byte.
        for line in text.lines().filter(|line| line.contains('#') && !line.contains('=')) {
            prop_assert!(new.lines().any(|other| other == line), "{line}\n---\n{new}");
        }
        prop_assert_eq!(fix(&new).files.len(), 0, "{}", new);
        let windows = text.replace('\n', "\r\n");
        prop_assert_eq!(fixed(&windows), new.replace('\n', "\r\n"));
    }
}

/// What Terraform has laid out stays as it would lay it out.
#[test]
fn formatted_files_stay_so() {
    use std::io::Write;
    let Some(terraform) = std::env::var_os("BANANA_TERRAFORM").filter(|name| !name.is_empty())
    else {
        std::io::stdout()
            .write_all(b"skipped: BANANA_TERRAFORM names no terraform to ask\n")
            .unwrap();
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let path = |at: usize| folder.path().join(format!("{at}.tf"));
    let format = |check: &[&str]| {
        let done =
            Command::new(&terraform).arg("fmt").args(check).current_dir(&folder).output().unwrap();
        String::from_utf8(done.stdout).unwrap()
    };
    let mut runner = TestRunner::deterministic();
    for at in 0..200 {
        std::fs::write(path(at), instance().new_tree(&mut runner).unwrap().current()).unwrap();
    }
    format(&[]);
    for at in 0..200 {
        let text = std::fs::read_to_string(path(at)).unwrap();
        std::fs::write(path(at), fixed(&text)).unwrap();
    }
    let untidy = format(&["-check", "-diff"]);
    assert!(untidy.is_empty(), "{untidy}");
}
