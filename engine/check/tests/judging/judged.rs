//! Suppressions that are judged themselves: unused, ended, unknown, malformed, without a reason; instances, values, rules that may not be
//! ignored.

use crate::{META, RULE, resolve, resolve_in};
use banana_check::{
    self as check, Check, Finding, Meta, Options, Outcome, Rule, Severity, Suppression,
};

/// One rule that tells all there is to tell of a comment.
static TALE: Rule = Rule {
    meta: &Meta {
        code: "TSU001",
        name: "tale",
        severity: Severity::Low,
        resources: Suppression::TYPES,
        aliases: &[],
        controls: &[],
        since: "0.1.0",
        links: &[],
    },
    docs: "# Tale\n",
    source: "rules/tst/tale.rs",
    fix: None,
    judge: check::Judge::Native(|context, meta| check::each(context, meta, tell)),
};

/// Known, and not run.
static OTHER: Meta = Meta { code: "TST009", name: "other-rule", aliases: &["CKV_AWS_9"], ..META };

fn tell<'a>(it: &Suppression<'a>, check: &mut Check<'a>) {
    let mut say = |words: String| {
        check.fail(&model::ABSENT, "", words.clone()).evidence(words);
    };
    it.unused().into_iter().for_each(|name| say(format!("unused {name}")));
    it.ended().into_iter().for_each(|day| say(format!("ended {day}")));
    for (name, near) in it.unknown() {
        say(format!("unknown {name}, near {near:?}"));
    }
    it.flaw().into_iter().for_each(|flaw| say(format!("flaw: {}", flaw.message)));
    if it.lacks_reason() {
        say("no reason".into());
    }
}

fn options() -> Options {
    Options {
        today: Some("2026-01-31".into()),
        known: vec![&META, &OTHER, TALE.meta],
        ..Options::default()
    }
}

fn judge(files: &[(&str, &str)]) -> Outcome {
    check::run(&resolve(files), &[RULE, TALE], &options())
}

/// What is told of the comments of one file.
fn told(text: &str) -> Vec<String> {
    let outcome = judge(&[("main.tf", text)]);
    let tales =
        outcome.findings.into_iter().filter(|f| f.rule == "TSU001" && !f.message.is_empty());
    tales.map(|finding| finding.message).collect()
}

fn subnet(comment: &str, public: bool) -> String {
    format!(
        "{comment}\nresource \"aws_subnet\" \"a\" {{\n  vpc_id = \"v\"\n  map_public_ip_on_launch = {public}\n}}\n"
    )
}

#[test]
fn each_is_told_of() {
    for (comment, public, tale) in [
        ("# banana:ignore[TST001] reason=\"a\"", true, &[][..]),
        ("# banana:ignore[TST001] reason=\"a\"", false, &["unused TST001"]),
        ("# banana:ignore[public-subnet, TST*] reason=\"a\"", true, &[]),
        // A rule that was not run may yet find something.
        ("# banana:ignore[TST009] reason=\"a\"", true, &[]),
        ("# banana:ignore[*] reason=\"a\"", false, &[]),
        ("# banana:ignore[TST002] reason=\"a\"", true, &["unknown TST002, near Some(\"TST001\")"]),
        (
            "# banana:ignore[ckv_aws_130] reason=a",
            true,
            &["unknown ckv_aws_130, near Some(\"TST001\")"],
        ),
        (
            "# banana:ignore[Public-Subnets] reason=a",
            true,
            &["unknown Public-Subnets, near Some(\"public-subnet\")"],
        ),
        (
            "# banana:ignore[something-else-entirely] reason=a",
            true,
            &["unknown something-else-entirely, near None"],
        ),
        ("# banana:ignore[TST001]", true, &["no reason"]),
        ("# banana:ignore[TST001] reason=\"\"", true, &["no reason"]),
        ("# banana:ignore[TST001] reason=a until=2026-01-30", true, &["ended 2026-01-30"]),
        ("# banana:ignore[TST001] reason=a until=2026-01-31", true, &[]),
        (
            "# banana:ignore[TST001] reason=a until=2026-02-30",
            true,
            &["flaw: `until=2026-02-30` is no day"],
        ),
        ("# banana:ignore TST001", true, &["flaw: `banana:ignore` does not say which rules"]),
        (
            "locals {}\n# banana:ignore-file[TST001] reason=a",
            true,
            &["flaw: `banana:ignore-file` stands below the file's leading comments"],
        ),
        ("# trivy:ignore:AWS-0164:exp:2026-01-31", true, &["ended 2026-01-31"]),
        ("# trivy:ignore:AWS-0164:exp:2026-1-31", true, &["flaw: `exp:2026-1-31` is no day"]),
        ("# trivy:ignore:AWS-0164", false, &["unused AWS-0164"]),
        ("# trivy:ignore:AWS-9999", false, &[]),
        ("# trivy:ignore:*", false, &[]),
        ("# trivy:ignore:AWS-0164:ws:prod", false, &[]),
        (
            "locals {}\n# tflint-ignore-file: all",
            true,
            &["flaw: `tflint-ignore-file` is not the first thing in the file"],
        ),
    ] {
        assert_eq!(told(&subnet(comment, public)), tale, "{comment}");
    }
    // A comment in a block that checkov alone, or two rules of which one was run, know of.
    let inside = |comment: &str| {
        told(&subnet("", false).replace("\n  vpc_id", &format!("\n  # {comment}\n  vpc_id")))
    };
    assert_eq!(inside("checkov:skip=CKV_AWS_130:why"), ["unused CKV_AWS_130"]);
    assert_eq!(inside("checkov:skip=CKV_AWS_9:why"), [""; 0]);
    assert_eq!(inside("checkov:skip=CKV_AWS_1:why"), [""; 0]);
    assert_eq!(inside("tflint-ignore: aws_subnet_public"), ["unused aws_subnet_public"]);
    assert_eq!(inside("tflint-ignore: all"), [""; 0]);
}

#[test]
fn strings_and_heredocs_hold_no_comments() {
    for text in [
        "locals {\n  a = \"# banana:ignore[TST001]\"\n}\n",
        "locals {\n  a = <<E\n# banana:ignore[TST001]\n# banana:ignore\nE\n}\n",
        "locals {\n  a = <<-E\n    #!/bin/sh\n    # checkov:skip=CKV_AWS_130\n    # trivy:ignore:AWS-0164\n    E\n}\n",
    ] {
        assert_eq!(told(text), [""; 0], "{text}");
    }
    // In the code inside a heredoc there are comments.
    let text = "locals {\n  a = <<E\n${1 /* banana:ignore[TST002] reason=a */}\nE\n}\n";
    assert_eq!(told(text).len(), 1);
}

#[test]
fn what_is_no_part_of_the_stack_is_not_unused() {
    let comment = "# banana:ignore[TST001] reason=\"a\"";
    let none = subnet(comment, true).replace("vpc_id", "count = 0\n  vpc_id");
    assert_eq!(told(&none), [""; 0]);
    // What stands in a broken file, nobody knows.
    let broken = format!("{}resource \"aws_subnet\" \"b\" {{\n", subnet(comment, false));
    assert_eq!(told(&broken), [""; 0]);
    // Nor is a module that nobody calls, or that is called no times.
    let child = subnet(comment, true);
    for call in ["", "module \"m\" {\n  source = \"./m\"\n  count = 0\n}\n"] {
        let outcome = judge(&[("main.tf", call), ("m/main.tf", &child)]);
        assert_eq!(outcome.summary.fail, 0, "{:?}", outcome.findings);
    }
    let call =
        "# banana:ignore[TST001] reason=a\nmodule \"m\" {\n  source = \"./m\"\n  count = 0\n}\n";
    let outcome = judge(&[("main.tf", call), ("m/main.tf", &subnet("", true))]);
    assert_eq!(outcome.summary.fail, 0);
}

#[test]
fn fetched_modules_are_obeyed_and_not_judged() {
    let call = "module \"m\" {\n  source = \"./.terraform/modules/m\"\n}\n";
    let child = subnet("# banana:ignore[TST001, TST002]", true);
    let outcome = judge(&[("main.tf", call), (".terraform/modules/m/main.tf", &child)]);
    assert_eq!((outcome.summary.fail, outcome.summary.suppressed), (0, 1));
}

#[test]
fn what_ended_is_shown_again_with_the_comment() {
    let text = subnet("# banana:ignore[TST001] reason=a until=2026-01-30", true);
    let outcome = judge(&[("main.tf", &text)]);
    let finding = outcome.findings.iter().find(|f| f.rule == "TST001").unwrap();
    assert_eq!(finding.suppressed, None);
    let remark = finding.related.last().unwrap();
    assert_eq!((remark.site.line, remark.site.column), (1, 1));
    assert_eq!(remark.label, "this no longer silences it: it ended on 2026-01-30");
}

#[test]
fn some_rules_may_not_be_ignored() {
    let text = subnet("# banana:ignore[TST001] reason=a", true);
    let options = Options { unignorable: ["TST001".to_owned()].into(), ..options() };
    let outcome = check::run(&resolve(&[("main.tf", &text)]), &[RULE, TALE], &options);
    let open: Vec<&Finding> = outcome.findings.iter().filter(|f| !f.message.is_empty()).collect();
    let [finding] = open.as_slice() else { panic!("{open:?}") };
    assert_eq!(finding.suppressed, None);
    assert_eq!(finding.related[0].label, "the configuration lets nobody ignore TST001");
}

#[test]
fn comments_can_be_switched_off() {
    let text = subnet("# banana:ignore[TST001, TST002]", true);
    let options = Options { no_inline_ignores: true, ..options() };
    let outcome = check::run(&resolve(&[("main.tf", &text)]), &[RULE, TALE], &options);
    assert_eq!((outcome.summary.fail, outcome.findings.len()), (1, 1));
}

#[test]
fn a_comment_can_silence_what_is_said_of_comments() {
    let text = subnet("# banana:ignore[tale]\n# banana:ignore[TST001]", true);
    let outcome = judge(&[("main.tf", &text)]);
    // It speaks for itself and for the block below, not for the comment between.
    assert_eq!((outcome.summary.fail, outcome.summary.suppressed), (1, 2));
    let text = subnet("# banana:ignore-file[tale] reason=a\n\n# banana:ignore[TST001]", true);
    let outcome = judge(&[("main.tf", &text)]);
    assert_eq!((outcome.summary.fail, outcome.summary.suppressed), (0, 2));
}

/// Which of the subnets are not silenced.
fn open(text: &str) -> Vec<String> {
    let outcome = judge(&[("main.tf", text), ("m/main.tf", CHILD)]);
    let open =
        outcome.findings.into_iter().filter(|f| f.rule == "TST001" && f.suppressed.is_none());
    open.map(|finding| finding.address).collect()
}

const CHILD: &str = "resource \"aws_subnet\" \"s\" {\n  for_each = toset([\"x\", \"y z\"])\n  vpc_id = \"v\"\n  cidr_block = \"10.0.0.0/24\"\n  \
                     map_public_ip_on_launch = true\n}\n";

#[test]
fn single_instances() {
    let call = |setting: &str| {
        format!(
            "# banana:ignore[TST001] reason=a {setting}\nmodule \"m\" {{\n  source = \"./m\"\n  count = 2\n}}\n"
        )
    };
    let all = ["[0]", "[1]"].into_iter();
    let all =
        all.flat_map(|at| ["x", "y z"].map(|key| format!("module.m{at}.aws_subnet.s[{key:?}]")));
    let all: Vec<String> = all.collect();
    let [a, b, c, d] = all.as_slice() else { panic!() };
    for (setting, left) in [
        ("", vec![]),
        ("for=module.m[0]", vec![c, d]),
        ("for=module.m[1].aws_subnet.s[\"y z\"]", vec![a, b, c]),
        ("for=\"module.m[1].aws_subnet.s[\\\"y z\\\"]\"", vec![a, b, c]),
        ("for=module.m[*].aws_subnet.s[\"x\"]", vec![b, d]),
        ("for=module.n", vec![a, b, c, d]),
    ] {
        let left: Vec<String> = left.into_iter().cloned().collect();
        assert_eq!(open(&call(setting)), left, "{setting}");
    }
}

#[test]
fn attribute_values() {
    let child = |values: &str| {
        let text = format!("# banana:ignore[TST001]{values} reason=a\n{CHILD}");
        let outcome = judge(&[("main.tf", &text)]);
        outcome.findings.iter().filter(|f| f.suppressed.is_some()).count()
    };
    assert_eq!(child("[cidr_block=10.0.0.0/24]"), 2);
    assert_eq!(child("[cidr_block=\"10.0.0.0/24\", map_public_ip_on_launch=true]"), 2);
    assert_eq!(child("[cidr_block=10.0.*]"), 2);
    assert_eq!(child("[cidr_block=10.1.0.0/24]"), 0);
    assert_eq!(child("[cidr_block=10.0.0.0/24, vpc_id=w]"), 0);
    assert_eq!(child("[no_such=1]"), 0);
}

#[test]
fn a_workspace_alone() {
    let text = subnet("# trivy:ignore:AWS-0164:ws:dev-*", true);
    for (workspace, silenced) in [("dev-eu", 1), ("prod", 0), ("", 0)] {
        let outcome =
            check::run(&resolve_in(workspace, &[("main.tf", &text)]), &[RULE], &options());
        assert_eq!(outcome.summary.suppressed, silenced, "{workspace}");
    }
}

#[test]
fn trivys_lines() {
    let comment = "# trivy:ignore:AWS-0164";
    let silenced = |text: &str| judge(&[("main.tf", text)]).summary.suppressed == 1;
    // Those that follow each other act where the last one does; words between them break that.
    assert!(silenced(&subnet(
        &format!("{comment}\n# trivy:ignore:AWS-1\n# tfsec:ignore:AWS-2"),
        true
    )));
    assert!(!silenced(&subnet(&format!("{comment}\n# words"), true)));
    assert!(!silenced(&subnet(&format!("{comment}\n"), true)));
    assert!(silenced(&subnet("locals {} # trivy:ignore:AWS-0164", true)));
}

#[test]
fn json_has_a_property_for_comments() {
    let subnet = "\"resource\": {\"aws_subnet\": {\"a\": {\"vpc_id\": \"v\", \"map_public_ip_on_launch\": true}}}";
    for (comment, silenced) in [
        ("tflint-ignore-file: aws_subnet_public # why", 1),
        ("see: tflint-ignore-file: aws_subnet_public", 0),
        ("banana:ignore-file[TST001] reason=a", 1),
        ("banana:ignore[TST001] reason=a", 0),
    ] {
        let text = format!("{{\"//\": \"{comment}\", {subnet}}}");
        let outcome = judge(&[("main.tf.json", &text)]);
        assert_eq!(outcome.summary.suppressed, silenced, "{comment}");
    }
    for (comment, silenced) in [
        ("banana:ignore[TST001] reason=a", 1),
        ("banana:ignore[TST002] reason=a", 0),
        ("banana:ignore-file[TST001] reason=a", 0),
        ("tflint-ignore-file: aws_subnet_public", 0),
    ] {
        let inside = format!("\"a\": {{\"//\": \"{comment}\", ");
        let text = format!("{{{}}}", subnet.replace("\"a\": {", &inside));
        let outcome = judge(&[("main.tf.json", &text)]);
        assert_eq!(outcome.summary.suppressed, silenced, "{text}");
    }
}

#[test]
fn a_comment_in_json_speaks_for_its_own_block_only() {
    let subnet = |comment: &str| {
        format!("{{{comment}\"vpc_id\": \"v\", \"map_public_ip_on_launch\": true}}")
    };
    let (note, bare) =
        (subnet("\"//\": [\"see\", \"banana:ignore[TST001] reason=a\"], "), subnet(""));
    for (first, second) in [(&note, &bare), (&bare, &note)] {
        let text =
            format!("{{\"resource\": {{\"aws_subnet\": {{\"a\": {first}, \"b\": {second}}}}}}}");
        let outcome = judge(&[("main.tf.json", &text)]);
        assert_eq!((outcome.summary.suppressed, outcome.summary.fail), (1, 1), "{text}");
    }
    let tags = subnet("\"tags\": {\"//\": \"banana:ignore[TST001] reason=a\"}, ");
    let text = format!("{{\"resource\": {{\"aws_subnet\": {{\"a\": {tags}}}}}}}");
    assert_eq!(judge(&[("main.tf.json", &text)]).summary.suppressed, 0, "a tag is no comment");
}
