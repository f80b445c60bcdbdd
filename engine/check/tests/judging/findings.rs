//! Places, chains, fingerprints, order, and the shape that machines read.

use crate::{RULE, resolve, run};
use banana_check::{self as check, Options, Verdict};

const SUBNET: &str = "resource \"aws_subnet\" \"a\" {\n  vpc_id = \"v\"\n  map_public_ip_on_launch = var.public\n}\n";

fn subnet(at: usize, public: &str) -> String {
    let name = format!("s{at}");
    format!(
        "resource \"aws_subnet\" {name:?} {{\n  vpc_id = \"v\"\n  map_public_ip_on_launch = {public}\n}}\n"
    )
}

#[test]
fn the_deciding_place_and_the_way_from_it() {
    let call = "variable \"all_public\" {\n  default = true\n}\nmodule \"m\" {\n  source = \"./m\"\n  public = var.all_public\n}\n";
    let child = format!("variable \"public\" {{\n  type = bool\n}}\n{SUBNET}");
    let outcome = run(&[("main.tf", call), ("m/main.tf", &child)], None);
    let finding = &outcome.findings[0];
    assert_eq!(finding.address, "module.m.aws_subnet.a");
    assert_eq!((finding.site.file.as_str(), finding.site.line), ("/stack/main.tf", 2));
    let way: Vec<(&str, u32, &str)> = finding
        .related
        .iter()
        .map(|r| (r.site.file.as_str(), r.site.line, r.label.as_str()))
        .collect();
    assert_eq!(
        way,
        [
            ("/stack/m/main.tf", 4, "`module.m.aws_subnet.a` is here"),
            ("/stack/m/main.tf", 6, "through `var.public`"),
            ("/stack/main.tf", 6, "through `var.all_public`"),
        ]
    );
}

#[test]
fn an_unknown_says_why_and_who_settles_it() {
    let text = format!("variable \"public\" {{\n  type = bool\n}}\n{SUBNET}");
    let outcome = run(&[("main.tf", &text)], None);
    let finding = &outcome.findings[0];
    assert_eq!(finding.verdict, Verdict::Unknown);
    assert_eq!(finding.reason.as_deref(), Some("variable `public` has no value"));
    assert_eq!(finding.settled_by, ["var.public"]);
}

#[test]
fn what_may_not_exist_does_not_fail() {
    let text = "variable \"on\" {\n  type = bool\n}\nresource \"aws_subnet\" \"a\" {\n  count = var.on ? 1 : 0\n  vpc_id = \"v\"\n  \
        map_public_ip_on_launch = true\n}\n";
    let outcome = run(&[("main.tf", text)], None);
    assert_eq!(outcome.findings[0].verdict, Verdict::Unknown);
    assert!(outcome.findings[0].reason.as_ref().unwrap().contains("exists"));
}

#[test]
fn the_fingerprint_outlives_the_line() {
    let text =
        "resource \"aws_subnet\" \"a\" {\n  vpc_id = \"v\"\n  map_public_ip_on_launch = true\n}\n";
    let moved = format!("# A comment.\n\nlocals {{}}\n\n{text}");
    let renamed = text.replace("\"a\"", "\"b\"");
    let of = |text: &str| run(&[("main.tf", text)], None).findings[0].fingerprint.clone();
    assert_eq!(of(text).len(), 32);
    assert_eq!(of(text), of(&moved));
    assert_ne!(of(text), of(&renamed));
}

#[test]
fn every_subject_has_a_row_and_fails_go_first() {
    let mut text = "variable \"p\" {\n  type = bool\n}\n".to_owned();
    for (at, public) in ["null", "true", "var.p", "false", "true"].into_iter().enumerate() {
        text += &subnet(at, public);
    }
    let outcome = run(&[("main.tf", &text)], None);
    let rows: Vec<(Verdict, &str)> =
        outcome.findings.iter().map(|f| (f.verdict, f.address.as_str())).collect();
    assert_eq!(
        rows,
        [
            (Verdict::Fail, "aws_subnet.s1"),
            (Verdict::Fail, "aws_subnet.s4"),
            (Verdict::Unknown, "aws_subnet.s2"),
            (Verdict::Pass, "aws_subnet.s0"),
            (Verdict::Pass, "aws_subnet.s3"),
        ]
    );
    let summary = &outcome.summary;
    assert_eq!((summary.fail, summary.unknown, summary.pass, summary.suppressed), (2, 1, 2, 0));
    assert_eq!(summary.by_severity["medium"], 2);
}

#[test]
fn the_same_at_any_number_of_threads() {
    let subnets: Vec<String> =
        (0..200).map(|at| subnet(at, if at % 3 == 0 { "true" } else { "false" })).collect();
    let text = subnets.concat();
    let stack = resolve(&[("main.tf", &text)]);
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let outcome = pool.install(|| check::run(&stack, &[RULE], &Options::default()));
        serde_json::to_string(&outcome).unwrap()
    };
    let one = with(1);
    assert!(one.len() > 1000);
    assert!([2, 3, 8].into_iter().all(|threads| with(threads) == one));
}

#[test]
fn the_shape_for_machines() {
    let text =
        "resource \"aws_subnet\" \"a\" {\n  vpc_id = \"v\"\n  map_public_ip_on_launch = true\n}\n";
    let outcome = run(&[("main.tf", text)], None);
    let json = serde_json::to_value(&outcome.findings[0]).unwrap();
    let keys: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
    for key in [
        "rule",
        "name",
        "aliases",
        "severity",
        "verdict",
        "address",
        "path",
        "message",
        "file",
        "line",
        "column",
        "end_line",
        "end_column",
        "related",
        "reason",
        "fingerprint",
        "suppressed",
    ] {
        assert!(keys.contains(&key), "{key}");
    }
    assert_eq!((&json["severity"], &json["verdict"]), (&"medium".into(), &"fail".into()));
    assert_eq!(
        (&json["line"], &json["column"], &json["end_column"]),
        (&3.into(), &29.into(), &33.into())
    );
}
