//! Comments that silence, and those that only seem to: what people see of them.

use super::stage::Stage;
use banana::Exit;

const CHECK: &str = "check --fail-on low --select subnet-public-ip,unused-suppression,expired-suppression,unknown-suppression,malformed-suppression,suppression-without-reason,unused-peer-suppression";

/// A subnet for each comment: whether its hosts have public addresses, and what stands above it.
fn stack(comments: &[(bool, &str)]) -> String {
    let one = |(at, (public, comment)): (usize, &(bool, &str))| {
        format!(
            "{comment}\nresource \"aws_subnet\" \"s{at}\" {{\n  vpc_id                  = \"vpc-1\"\n  cidr_block              = \"10.0.{at}.0/24\"\n  map_public_ip_on_launch = {public}\n}}\n\n"
        )
    };
    comments.iter().enumerate().map(one).collect()
}

#[test]
fn all_that_can_be_said_of_one() {
    let text = stack(&[
        (true, "# banana:ignore[subnet-public-ip] until=2026-01-31 reason=\"the demo ends\""),
        (true, "# trivy:ignore:AVD-AWS-0164:exp:2027-01-01"),
        (false, "# banana:ignore[VPC005] reason=\"the demo\""),
        (false, "# trivy:ignore:AVD-AWS-0164"),
        (true, "# banana:ignore[VPC005] until=2026-01-30 reason=\"the demo ends\""),
        (true, "# banana:ignore[CKV_AWS_130, VPC005] reason=\"the demo\""),
        (true, "# banana:ignore[VPC005] untill=2027-01-31 reason=\"the demo\""),
        (true, "# banana:ignore[VPC005][cidr_block=10.0.7.*]"),
    ]);
    let stage = Stage::new(&[("main.tf", &text)]);
    let played = stage.run(&format!("{CHECK} --show all"));
    let (told, passed) = played.ends(Exit::Findings).out.split_once("passed:\n").unwrap();
    assert!(passed.contains("8 findings: 5 medium, 3 low; 44 passed, 4 suppressed"), "{passed}");
    insta::assert_snapshot!(told);
}

#[test]
fn in_a_heredoc_it_is_text() {
    let script = "locals {\n  script = <<-END\n    # banana:ignore-file[VPC005]\n    # banana:ignore[VPC005\n    END\n}\n";
    let stage = Stage::new(&[("a.tf", script), ("main.tf", &stack(&[(true, "")]))]);
    stage.run(CHECK).ends(Exit::Findings).says(&["1 finding: 1 medium; 0 passed"]);
}

#[test]
fn switched_off_none_is_honoured_and_none_is_judged() {
    let stage = Stage::new(&[(
        "main.tf",
        &stack(&[(true, "# banana:ignore[VPC005]"), (false, "# banana:ignore[VPC05]")]),
    )]);
    stage.run(CHECK).ends(Exit::Findings).says(&["SUP003", "SUP005", "1 suppressed"]);
    let played = stage.run(&format!("{CHECK} --no-inline-ignores"));
    played.ends(Exit::Findings).says(&["1 finding: 1 medium; 1 passed"]);
}

#[test]
fn what_was_not_run_is_not_unused() {
    let stage = Stage::new(&[(
        "main.tf",
        &stack(&[(false, "# banana:ignore[VPC005, VPC006] reason=\"the demo\"")]),
    )]);
    let only = "check --fail-on low --select unused-suppression";
    stage.run(only).ends(Exit::Ok);
    stage
        .run(&format!("{only},subnet-public-ip"))
        .ends(Exit::Findings)
        .says(&["`VPC005` finds nothing here", "1 finding: 1 low"]);
    stage.run("check --fail-on low --ignore unused-suppression").ends(Exit::Ok);
}
