//! Which comments silence which findings, in each tool's own way.

use crate::run;
use banana_check::Suppressed;

/// The comment that silences the only subnet of `main.tf`.
fn silenced(text: &str) -> Option<Suppressed> {
    at(text, None)
}

fn at(text: &str, today: Option<&str>) -> Option<Suppressed> {
    let outcome = run(&[("main.tf", text)], today);
    assert_eq!(outcome.findings.len(), 1);
    let finding = outcome.findings.first()?;
    assert_eq!(outcome.summary.suppressed, usize::from(finding.suppressed.is_some()));
    finding.suppressed.clone()
}

/// A subnet with comments in four places.
fn subnet(above: &str, behind: &str, inside: &str, attribute: &str) -> String {
    format!(
        "{above}\nresource \"aws_subnet\" \"a\" {{ {behind}\n  vpc_id = \"vpc-1\"\n{inside}\n  map_public_ip_on_launch = true {attribute}\n}}\n"
    )
}

#[test]
fn ours_speak_for_the_node_they_stand_at() {
    let comment = "# banana:ignore[TST001] reason=\"a test\"";
    for text in [
        subnet(comment, "", "", ""),
        subnet(&format!("{comment}\n# more words\n"), "", "", "")
            .replace("\n\nresource", "\nresource"),
        subnet("", comment, "", ""),
        subnet("", "", comment, ""),
        subnet("", "", "", comment),
    ] {
        let found = silenced(&text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!((found.origin, found.reason.as_deref()), ("banana", Some("a test")));
    }
    // Not over an empty line, not at another attribute, not another rule, not in a string.
    for text in [
        subnet(&format!("{comment}\n"), "", "", ""),
        subnet("", "", &format!("{comment}\n  cidr_block = \"10.0.0.0/24\""), ""),
        subnet("# banana:ignore[TST002]", "", "", ""),
        subnet("locals {\n  a = \"# banana:ignore[TST001]\"\n}", "", "", ""),
        subnet("locals {\n  a = <<E\n# banana:ignore[TST001]\nE\n}", "", "", ""),
    ] {
        assert_eq!(silenced(&text), None, "{text}");
    }
}

#[test]
fn ours_for_a_file_stand_in_its_head() {
    let comment = "# banana:ignore-file[public-*]";
    assert!(silenced(&format!("# A file.\n{comment}\n{}", subnet("", "", "", ""))).is_some());
    assert!(silenced(&format!("{}\n{comment}\n", subnet("", "", "", ""))).is_none());
}

#[test]
fn ours_end() {
    let text = subnet("# banana:ignore[TST001] until=2027-01-31", "", "", "");
    assert!(at(&text, Some("2027-01-31")).is_some());
    assert!(at(&text, Some("2027-02-01")).is_none());
    assert!(at(&text, None).is_none());
}

#[test]
fn checkovs_stand_inside_the_block() {
    let comment = "#checkov:skip=CKV_AWS_130:public on purpose";
    let found = silenced(&subnet("", "", comment, "")).unwrap();
    assert_eq!((found.origin, found.reason.as_deref()), ("checkov", Some("public on purpose")));
    assert!(silenced(&subnet(comment, "", "", "")).is_none());
    assert!(silenced(&subnet("", comment, "", "")).is_none());
    assert!(silenced(&subnet("", "", "#checkov:skip=CKV_AWS_131", "")).is_none());
}

#[test]
fn trivys_stand_at_or_above() {
    for id in
        ["AVD-AWS-0164", "AWS-0164", "avd-aws-0164", "aws-ec2-no-public-ip-subnet", "aws-ec2-*"]
    {
        for tool in ["trivy", "tfsec"] {
            let comment = format!("# {tool}:ignore:{id}");
            assert!(silenced(&subnet(&comment, "", "", "")).is_some(), "{comment}");
            assert!(silenced(&subnet("", "", "", &comment)).is_some(), "{comment}");
        }
    }
    let narrowed = |condition: &str| {
        silenced(&subnet(&format!("#trivy:ignore:AVD-AWS-0164[{condition}]"), "", "", ""))
    };
    assert!(narrowed("vpc_id=vpc-1").is_some());
    assert!(narrowed("vpc_id=vpc-2").is_none());
    let ending = subnet("#trivy:ignore:AVD-AWS-0164:exp:2027-01-31", "", "", "");
    assert!(at(&ending, Some("2027-01-30")).is_some());
    assert!(at(&ending, Some("2027-01-31")).is_none());
}

#[test]
fn tflints_stand_at_the_line_or_above() {
    let comment = "# tflint-ignore: aws_subnet_public";
    assert!(silenced(&subnet("", "", comment, "")).is_some());
    assert!(silenced(&subnet("", "", "", comment)).is_some());
    // The finding starts at the attribute; the block's head is nearer to nothing.
    assert!(silenced(&subnet("# tflint-ignore: aws_other", "", "", "")).is_none());
    let file = format!("# tflint-ignore-file: all\n{}", subnet("", "", "", ""));
    assert!(silenced(&file).is_some());
}

#[test]
fn a_module_call_speaks_for_all_in_it() {
    let child =
        "resource \"aws_subnet\" \"a\" {\n  vpc_id = \"v\"\n  map_public_ip_on_launch = true\n}\n";
    for (call, silent) in [
        ("# banana:ignore[TST001]\nmodule \"m\" {\n  source = \"./m\"\n}\n", true),
        ("module \"m\" {\n  # checkov:skip=CKV_AWS_130\n  source = \"./m\"\n}\n", true),
        ("# trivy:ignore:AVD-AWS-0164\nmodule \"m\" {\n  source = \"./m\"\n}\n", true),
        ("# banana:ignore[TST001]\nlocals {}\nmodule \"m\" {\n  source = \"./m\"\n}\n", false),
    ] {
        let outcome = run(&[("main.tf", call), ("m/main.tf", child)], None);
        assert_eq!(outcome.findings[0].suppressed.is_some(), silent, "{call}");
    }
}

#[test]
fn the_place_that_decides_may_speak_too() {
    let text = "# banana:ignore[TST001]\nvariable \"public\" {\n  default = true\n}\n\
        resource \"aws_subnet\" \"a\" {\n  vpc_id = \"v\"\n  map_public_ip_on_launch = var.public\n}\n";
    assert!(silenced(text).is_some());
    let text = "variable \"public\" {\n  default = true\n}\nresource \"aws_subnet\" \"a\" {\n  vpc_id = \"v\"\n  \
        map_public_ip_on_launch = var.public # banana:ignore[TST001]\n}\n";
    assert!(silenced(text).is_some());
}
