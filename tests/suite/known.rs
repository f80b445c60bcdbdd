//! Findings that were there before: `banana baseline`, `check --baseline`, `check --new-from`.

use super::stage::Stage;
use banana::Exit;
use std::path::Path;
use std::process::Command;

/// So many subnets whose hosts have public addresses.
fn subnets(names: &[&str]) -> String {
    let one = |name: &&str| {
        format!(
            "resource \"aws_subnet\" \"{name}\" {{\n  vpc_id                  = \"vpc-1\"\n  cidr_block              = \"10.0.0.0/24\"\n  map_public_ip_on_launch = true\n}}\n"
        )
    };
    names.iter().map(one).collect()
}

const CHECK: &str = "check --select subnet-public-ip --fail-on low";

fn write(stage: &Stage, name: &str, text: &str) {
    let path = stage.path().join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn read(stage: &Stage, name: &str) -> String {
    std::fs::read_to_string(stage.path().join(name)).unwrap()
}

/// Runs git in the stage's folder, whoever's machine this is.
pub(super) fn git(folder: &Path, line: &str) {
    let mut command = Command::new("git");
    command.current_dir(folder).args(["-c", "user.name=a", "-c", "user.email=a@example.com"]);
    command.args(["-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main"]);
    let output = command.args(line.split(' ')).output().unwrap();
    assert!(output.status.success(), "git {line}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_baseline_is_put_up_with_until_it_is_gone() {
    let stage = Stage::new(&[("main.tf", &subnets(&["a", "b"]))]);
    stage.run(CHECK).ends(Exit::Findings);
    stage.run("baseline").ends(Exit::Ok).says(&["banana-baseline.txt: 2 known findings\n"]);
    let with = format!("{CHECK} --baseline banana-baseline.txt");
    stage.run(&with).ends(Exit::Ok).says(&["no findings; 0 passed, 2 suppressed"]);
    // Moved, renamed, written another way: still known. A new one is not, and one that is gone is told of.
    let moved = subnets(&["b", "c"]).replace(" = ", "=");
    std::fs::remove_file(stage.path().join("main.tf")).unwrap();
    write(&stage, "other.tf", &format!("# One more line.\n\n{moved}"));
    let played = stage.run(&with);
    played.ends(Exit::Findings).says(&[
        "aws_subnet.c",
        "1 finding: 1 medium; 0 passed, 1 suppressed",
        "note: 1 of the 2 findings in `banana-baseline.txt` no longer occur",
    ]);
    // The ratchet only takes out; the baseline takes in what there is.
    stage.run("baseline --prune").ends(Exit::Ok).says(&["1 known finding, 1 gone"]);
    assert!(!read(&stage, "banana-baseline.txt").contains("aws_subnet.c"));
    stage.run(&with).ends(Exit::Findings);
    stage.run("baseline").ends(Exit::Ok).says(&["2 known findings, 1 new, 0 gone"]);
    stage.run(&with).ends(Exit::Ok);
}

#[test]
fn the_file_has_a_line_a_finding() {
    let stage = Stage::new(&[(".git/HEAD", ""), ("live/main.tf", &subnets(&["b", "a"]))]);
    stage.run("baseline live").ends(Exit::Ok).says(&["live/banana-baseline.txt: 2 known findings"]);
    let text = read(&stage, "live/banana-baseline.txt");
    insta::assert_snapshot!(text);
    stage.run("baseline live --baseline again.txt").ends(Exit::Ok);
    assert_eq!(read(&stage, "again.txt"), text);
}

#[test]
fn two_that_look_the_same_are_two() {
    let rule = "  ingress {\n    from_port   = 22\n    to_port     = 22\n    protocol    = \"tcp\"\n    cidr_blocks = [\"0.0.0.0/0\"]\n  }\n";
    let group = format!("resource \"aws_security_group\" \"a\" {{\n  name = \"a\"\n{rule}}}\n");
    let stage =
        Stage::new(&[("main.tf", "# trivy:ignore:AVD-AWS-1:exp:1999-02-30\n"), ("a.tf", &group)]);
    let twice =
        "# trivy:ignore:AVD-AWS-1:exp:1999-02-30\n# trivy:ignore:AVD-AWS-1:exp:1999-02-30\n";
    stage.run("baseline").ends(Exit::Ok);
    let check = "check --select malformed-suppression --fail-on low --baseline banana-baseline.txt";
    stage.run(check).ends(Exit::Ok);
    write(&stage, "main.tf", twice);
    let json = stage.run(&format!("{check} --format json --show all")).json();
    let prints: Vec<_> =
        json["findings"].as_array().unwrap().iter().map(|f| &f["fingerprint"]).collect();
    assert_eq!(prints.len(), 2);
    assert_ne!(prints[0], prints[1]);
    stage.run(check).ends(Exit::Findings).says(&["1 finding: 1 medium; 0 passed, 1 suppressed"]);
}

#[test]
fn what_was_open_is_not_known_when_it_fails() {
    let text = subnets(&["a"]).replace("true", "var.on") + "variable \"on\" {\n  type = bool\n}\n";
    let stage = Stage::new(&[("main.tf", &text)]);
    stage.run("baseline").ends(Exit::Ok);
    let with = format!("{CHECK} --baseline banana-baseline.txt --unknown fail");
    stage.run(&with).ends(Exit::Ok);
    stage.run(&format!("{with} -var on=true")).ends(Exit::Findings);
}

#[test]
fn baselines_that_are_none() {
    let stage = Stage::new(&[("main.tf", &subnets(&["a", "b"]))]);
    stage.run("baseline").ends(Exit::Ok);
    let good = read(&stage, "banana-baseline.txt");
    let line = good.lines().last().unwrap();
    let with = format!("{CHECK} --baseline banana-baseline.txt");
    for (text, word) in [
        (String::new(), "banana-baseline.txt:1: no baseline starts so"),
        (good.replace("version 1", "version 7"), "banana-baseline.txt:1: version `7`"),
        (format!("{good}{line}\n"), "banana-baseline.txt:5: the same finding as in line 4"),
        (format!("{good}<<<<<<< HEAD\n"), "banana-baseline.txt:5: `<<<<<<<` is no fingerprint"),
        (good.replace(" fail ", " pass "), "banana-baseline.txt:3: `pass` is no verdict"),
    ] {
        write(&stage, "banana-baseline.txt", &text);
        // Nobody overwrites it, either.
        for command in [with.as_str(), "baseline", "baseline --prune"] {
            stage.run(command).ends(Exit::Error).says(&[word, "help:"]);
            assert_eq!(read(&stage, "banana-baseline.txt"), text);
        }
    }
    stage
        .run("check --baseline none.txt")
        .ends(Exit::Error)
        .says(&["there is no baseline `none.txt`"]);
    stage
        .run("baseline --prune --baseline none.txt")
        .ends(Exit::Error)
        .says(&["to take anything out of"]);
    std::fs::write(stage.path().join("b.txt"), [0xff, 0xfe]).unwrap();
    stage.run("check --baseline b.txt").ends(Exit::Error).says(&["it is no text"]);
}

#[test]
fn another_stacks_baseline() {
    let stage = Stage::new(&[
        (".git/HEAD", ""),
        ("a/main.tf", &subnets(&["a", "b", "c", "d", "e"])),
        ("b/main.tf", &subnets(&["x", "y"])),
    ]);
    stage.run("baseline a").ends(Exit::Ok);
    for command in
        ["check b --baseline a/banana-baseline.txt", "baseline b --baseline a/banana-baseline.txt"]
    {
        stage.run(command).ends(Exit::Error).says(&["the baseline of the stack `a`, not of `b`"]);
    }
    // Outside of a repository nothing but the content tells.
    let text = read(&stage, "a/banana-baseline.txt").replace("# stack: a\n", "");
    write(&stage, "b/banana-baseline.txt", &text);
    stage
        .run("check b --baseline b/banana-baseline.txt")
        .ends(Exit::Error)
        .says(&["next to nothing"]);
}

#[test]
fn a_broken_stack_writes_no_baseline() {
    let stage = Stage::new(&[("main.tf", &subnets(&["a"]))]);
    stage.run("baseline").ends(Exit::Ok);
    let before = read(&stage, "banana-baseline.txt");
    write(&stage, "broken.tf", "resource {");
    stage.run("baseline").ends(Exit::Error).says(&["`banana-baseline.txt` is left as it is"]);
    assert_eq!(read(&stage, "banana-baseline.txt"), before);
}

/// A repository with a stack below its root, a module beside it, and what git ignores.
fn repository() -> Stage {
    let module = format!(
        "variable \"on\" {{\n  type = bool\n}}\n{}",
        subnets(&["m"]).replace("true", "var.on")
    );
    let call = "module \"m\" {\n  source = \"../../modules/m\"\n  on     = var.on\n}\nvariable \"on\" {\n  type = bool\n}\n";
    let stage = Stage::new(&[
        (".gitignore", "*.auto.tfvars\n.terraform/\nsecret.tfvars\n"),
        ("live/prod/main.tf", &format!("{call}{}", subnets(&["a"]))),
        ("live/prod/on.auto.tfvars", "on = true\n"),
        ("modules/m/main.tf", &module),
    ]);
    git(stage.path(), "init -q .");
    git(stage.path(), "add .");
    git(stage.path(), "commit -qm first");
    stage
}

const NEW: &str = "check live/prod --select subnet-public-ip --fail-on low --new-from HEAD";

#[test]
fn only_what_a_change_adds() {
    let stage = repository();
    stage.run(NEW).ends(Exit::Ok).says(&["no findings; 0 passed, 2 suppressed"]);
    // In the working tree, not even added to git.
    write(&stage, "live/prod/more.tf", &subnets(&["b"]));
    stage
        .run(NEW)
        .ends(Exit::Findings)
        .says(&["aws_subnet.b", "1 finding: 1 medium; 0 passed, 2 suppressed"]);
    // From inside the stack's folder, and in a later commit, it is the same.
    let inside = NEW.replace("check live/prod", "--chdir live/prod check");
    stage.run(&inside).ends(Exit::Findings).says(&["1 finding"]);
    git(stage.path(), "add .");
    git(stage.path(), "commit -qm second");
    stage.run(NEW).ends(Exit::Ok);
    stage
        .run(&NEW.replace("HEAD", "HEAD~1"))
        .ends(Exit::Findings)
        .says(&["1 finding", "aws_subnet.b"]);
    // A file that moves, lines that move: nothing is added.
    git(stage.path(), "mv live/prod/more.tf live/prod/moved.tf");
    write(
        &stage,
        "live/prod/main.tf",
        &format!("# words\n\n{}", read(&stage, "live/prod/main.tf")),
    );
    stage.run(NEW).ends(Exit::Ok).says(&["3 suppressed"]);
}

#[test]
fn both_sides_have_the_same_variables() {
    let stage = repository();
    // What git ignores was there then, too; what the command line names is read wherever it is.
    let off = "--format json --show all -var on=false";
    let json = stage.run(&format!("{NEW} {off}")).json();
    assert_eq!((&json["summary"]["suppressed"], &json["summary"]["pass"]), (&1.into(), &1.into()));
    write(&stage, "off.tfvars", "on = false\n");
    stage
        .run(&format!("{NEW} -var-file off.tfvars"))
        .ends(Exit::Ok)
        .says(&["1 passed, 1 suppressed"]);
    // A change of a value is a change.
    write(&stage, "live/prod/terraform.tfvars", "on = false\n");
    std::fs::remove_file(stage.path().join("live/prod/on.auto.tfvars")).unwrap();
    git(stage.path(), "add .");
    git(stage.path(), "commit -qm off");
    write(&stage, "live/prod/terraform.tfvars", "on = true\n");
    stage.run(NEW).ends(Exit::Findings).says(&["module.m.aws_subnet.m", "1 finding"]);
}

#[test]
fn installed_modules_are_the_working_trees() {
    let stage = repository();
    write(&stage, "live/prod/installed.tf", "module \"i\" {\n  source = \"example/i/aws\"\n}\n");
    git(stage.path(), "add .");
    git(stage.path(), "commit -qm installed");
    let list = "{\"Modules\": [{\"Key\": \"i\", \"Source\": \"example/i/aws\", \"Dir\": \".terraform/modules/i\"}]}";
    write(&stage, "live/prod/.terraform/modules/modules.json", list);
    write(&stage, "live/prod/.terraform/modules/i/main.tf", &subnets(&["i"]));
    stage.run(NEW).ends(Exit::Ok).says(&["0 passed, 3 suppressed"]);
}

#[test]
fn a_comment_that_is_taken_away_is_a_change() {
    let stage = repository();
    let text = read(&stage, "live/prod/main.tf");
    let comment = "  map_public_ip_on_launch = true # banana:ignore[subnet-public-ip] reason=\"a\"";
    write(&stage, "live/prod/main.tf", &text.replace("  map_public_ip_on_launch = true", comment));
    git(stage.path(), "commit -qam silent");
    stage.run(NEW).ends(Exit::Ok);
    write(&stage, "live/prod/main.tf", &text);
    stage.run(NEW).ends(Exit::Findings).says(&["aws_subnet.a"]);
}

#[test]
fn a_stack_that_is_new() {
    let stage = repository();
    write(&stage, "live/dev/main.tf", &subnets(&["a"]));
    let played = stage.run(&NEW.replace("live/prod", "live/dev"));
    played
        .ends(Exit::Findings)
        .says(&["note: `live/dev` holds no stack at `HEAD`: every finding is new"]);
}

#[test]
fn a_stack_that_git_ignores_has_no_revisions() {
    let stage = repository();
    write(&stage, ".gitignore", "made/\n");
    write(&stage, "made/main.tf", &subnets(&["a"]));
    let played = stage.run(&NEW.replace("live/prod", "made"));
    played.ends(Exit::Error).says(&["git ignores `made`, so no revision has it", "help:"]);
}

#[test]
fn revisions_that_are_none() {
    let stage = Stage::new(&[("main.tf", &subnets(&["a"]))]);
    // The scratch folder may itself be in somebody's repository.
    let alone = stage.run("check --new-from HEAD");
    alone.ends(Exit::Error).says(&["--new-from HEAD"]);
    let stage = repository();
    for name in ["no-such", "--all", "-h", "HEAD:live", "HEAD^{tree}"] {
        let words = ["check", "live/prod", &format!("--new-from={name}")].map(str::to_owned);
        let played = stage.run_words(&words);
        played.ends(Exit::Error).says(&[&format!("git knows no revision `{name}`"), "help:"]);
    }
    let broken = "resource {";
    write(&stage, "live/prod/broken.tf", broken);
    git(stage.path(), "add .");
    git(stage.path(), "commit -qm broken");
    std::fs::remove_file(stage.path().join("live/prod/broken.tf")).unwrap();
    stage.run(NEW).ends(Exit::Ok).says(&["note: the stack has errors at `HEAD`"]);
}

#[cfg(unix)]
#[test]
fn links_lead_where_they_led() {
    let stage = repository();
    std::os::unix::fs::symlink("../modules", stage.path().join("live/shared")).unwrap();
    std::os::unix::fs::symlink("prod/main.tf", stage.path().join("live/link.tf")).unwrap();
    let call = "module \"l\" {\n  source = \"../shared/m\"\n  on     = true\n}\n";
    write(&stage, "live/prod/linked.tf", call);
    git(stage.path(), "add .");
    git(stage.path(), "commit -qm links");
    stage.run(NEW).ends(Exit::Ok).says(&["0 passed, 3 suppressed"]);
}

#[test]
fn what_people_see() {
    let stage = repository();
    write(&stage, "live/prod/more.tf", &subnets(&["b"]));
    insta::assert_snapshot!(stage.run(&format!("{NEW} --show all")).both());
}
