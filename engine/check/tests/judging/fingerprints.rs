//! What a fingerprint hangs on, and what not.

use crate::{RULE, resolve};
use banana_check::{self as check, Options};

/// A way to write a stack anew.
struct Edit {
    what: &'static str,
    same: bool,
    make: fn(&str) -> Vec<(&'static str, String)>,
}

const TEXT: &str =
    "resource \"aws_subnet\" \"a\" {\n  vpc_id = \"v\"\n  map_public_ip_on_launch = true\n}\n";

fn one(text: String) -> Vec<(&'static str, String)> {
    vec![("main.tf", text)]
}

fn prints(files: &[(&str, String)]) -> Vec<String> {
    let files: Vec<(&str, &str)> =
        files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let outcome = check::run(&resolve(&files), &[RULE], &Options::default());
    let open = outcome.findings.into_iter().filter(|finding| !finding.message.is_empty());
    open.map(|finding| finding.fingerprint).collect()
}

#[test]
fn what_it_hangs_on() {
    let edits = [
        Edit {
            what: "lines above",
            same: true,
            make: |t| one(format!("# words\n\nlocals {{}}\n\n{t}")),
        },
        Edit {
            what: "another file name",
            same: true,
            make: |t| vec![("subnets.tf", t.to_owned())],
        },
        Edit {
            what: "other blanks",
            same: true,
            make: |t| one(t.replace(" = ", "=").replace('\n', "\n\n")),
        },
        Edit { what: "line ends of Windows", same: true, make: |t| one(t.replace('\n', "\r\n")) },
        Edit {
            what: "another order",
            same: true,
            make: |t| {
                let line = "  vpc_id = \"v\"\n";
                one(t.replace(line, "").replace("true\n", &format!("true\n{line}")))
            },
        },
        Edit {
            what: "an unrelated resource",
            same: true,
            make: |t| one(format!("resource \"aws_eip\" \"b\" {{}}\n{t}")),
        },
        Edit {
            what: "an unrelated attribute",
            same: true,
            make: |t| one(t.replace("\"v\"", "\"w\"")),
        },
        Edit {
            what: "the value by way of a local",
            same: true,
            make: |t| one(format!("locals {{\n  on = true\n}}\n{}", t.replace("true", "local.on"))),
        },
        Edit {
            what: "a comment that silences it",
            same: true,
            make: |t| one(format!("# banana:ignore[TST001]\n{t}")),
        },
        Edit { what: "another name", same: false, make: |t| one(t.replace("\"a\"", "\"b\"")) },
        Edit {
            what: "an instance key",
            same: false,
            make: |t| one(t.replace("vpc_id", "count = 1\n  vpc_id")),
        },
        Edit {
            what: "in a module",
            same: false,
            make: |t| {
                vec![
                    ("main.tf", "module \"m\" {\n  source = \"./m\"\n}\n".into()),
                    ("m/main.tf", t.to_owned()),
                ]
            },
        },
        Edit {
            what: "a value that is not known",
            same: false,
            make: |t| {
                one(format!(
                    "variable \"on\" {{\n  type = bool\n}}\n{}",
                    t.replace("true", "var.on")
                ))
            },
        },
    ];
    let before = prints(&one(TEXT.into()));
    assert_eq!((before.len(), before[0].len()), (1, 32));
    for Edit { what, same, make } in edits {
        let after = prints(&make(TEXT));
        assert_eq!(after.len(), 1, "{what}");
        assert_eq!(after == before, same, "{what}");
    }
}

/// Every address, path and value makes its own.
#[test]
fn no_two_are_alike() {
    let subnets: String = (0..300).map(|at| TEXT.replace("\"a\"", &format!("\"s{at}\""))).collect();
    let mut found = prints(&one(subnets));
    found.sort();
    found.dedup();
    assert_eq!(found.len(), 300);
}
