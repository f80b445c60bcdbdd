//! Whatever people feed it: a clear error with its place and its fix, the right exit code, no panic.

use super::stage::Stage;
use banana::Exit;

fn check(text: &str) -> super::stage::Played {
    Stage::new(&[("main.tf", text)]).run("check")
}

#[test]
fn a_missing_file() {
    Stage::new(&[])
        .run("check nowhere.hcl")
        .ends(Exit::Error)
        .says(&["cannot read `nowhere.hcl`", "help"]);
}

#[test]
fn an_empty_folder() {
    Stage::new(&[])
        .run("check")
        .ends(Exit::Error)
        .says(&["no Terraform files", "banana check PATH"]);
}

#[test]
fn broken_hcl() {
    let text = "resource \"aws_vpc\" \"a\" {\n  cidr_block = [1,\n}\n\nvariable \"x\" {\n";
    check(text).ends(Exit::Error).says(&["main.tf:", "never closed"]);
}

#[test]
fn several_errors_in_one_run() {
    let played = check(
        "a = = 1\nresource \"aws_vpc\" \"v\" {\n  cidr_block = \n}\nlocals {\n  x = 1 +\n}\n",
    );
    played.ends(Exit::Error);
    assert!(played.err.matches("main.tf:").count() >= 3, "{}", played.err);
}

#[test]
fn an_unknown_resource_type() {
    check("resource \"aws_vcp\" \"a\" {}\n").ends(Exit::Error).says(&[
        "aws_vcp",
        "aws_vpc",
        "main.tf:1:",
    ]);
}

#[test]
fn an_unknown_attribute() {
    check("resource \"aws_vpc\" \"a\" {\n  cidr_blok = \"10.0.0.0/16\"\n}\n")
        .ends(Exit::Error)
        .says(&["cidr_blok", "cidr_block", "main.tf:2:3"]);
}

#[test]
fn an_undeclared_variable() {
    check("variable \"region\" {\n  default = \"eu-west-3\"\n}\n\nlocals {\n  r = var.regoin\n}\n\noutput \"o\" {\n  value = local.r\n}\n")
        .ends(Exit::Error)
        .says(&["regoin", "region", "main.tf:6:"]);
}

#[test]
fn a_required_variable_without_a_value() {
    let stage = Stage::new(&[(
        "main.tf",
        "variable \"cidr\" {\n  type = string\n}\n\nresource \"aws_vpc\" \"a\" {\n  cidr_block = var.cidr\n}\n",
    )]);
    stage.run("plan --refresh=false").ends(Exit::Error).says(&["cidr", "main.tf:1:", "-var"]);
    // A check goes on: what depends on the variable is unknown, and said to be.
    stage.run("check").ends(Exit::Ok).says(&["`cidr`"]);
}

#[test]
fn a_module_that_is_not_there() {
    check("module \"net\" {\n  source = \"./net\"\n}\n")
        .ends(Exit::Error)
        .says(&["./net", "main.tf:2:"]);
    check("module \"vpc\" {\n  source  = \"terraform-aws-modules/vpc/aws\"\n  version = \"5.0.0\"\n}\n")
        .says(&["terraform-aws-modules/vpc/aws", "terraform init"]);
}

#[test]
fn a_cycle() {
    check("locals {\n  a = local.b\n  b = local.a\n}\n\noutput \"o\" {\n  value = local.a\n}\n")
        .ends(Exit::Error)
        .says(&["local.a", "local.b", "main.tf:2:", "cycle"]);
}

#[test]
fn an_encrypted_variable_file() {
    let stage = Stage::new(&[("main.tf", "variable \"a\" {}\n")]);
    std::fs::write(stage.path().join("terraform.tfvars"), b"\0GITCRYPT\0\x01\xff\xfe\x00").unwrap();
    stage.run("check").ends(Exit::Error).says(&["terraform.tfvars", "git-crypt"]);
}

#[test]
fn bytes_that_are_not_text() {
    let stage = Stage::new(&[]);
    std::fs::write(stage.path().join("main.tf"), b"a = \"\xff\xfe\"\n").unwrap();
    stage.run("check").ends(Exit::Error).says(&["main.tf", "UTF-8"]);
}

#[test]
fn wrong_usage() {
    let stage = Stage::new(&[("main.tf", "")]);
    stage.run("chekc").ends(Exit::Error).says(&["check"]);
    stage.run("check --var novalue").ends(Exit::Error).says(&["novalue", "="]);
    stage.run("explain NOPE").ends(Exit::Error).says(&["NOPE"]);
}

#[test]
fn deep_nesting_ends_in_a_report() {
    let text = format!("a = {}1{}\n", "[".repeat(100_000), "]".repeat(100_000));
    check(&text).ends(Exit::Error).says(&["main.tf:1:"]);
}

#[test]
fn text_that_never_ends() {
    for (text, says) in [
        ("\"abc", "not closed"),
        ("<<EOT\nabc\n", "never closed"),
        ("/* abc", "found `/* abc`"),
        ("{ a = 1", "never closed"),
        ("[1, 2", "never closed"),
        ("upper(\"a\"", "never closed"),
        ("\"a ${b", "expected `}`"),
        ("\"%{ if true }a\"", "never closed"),
        ("<<EOT\n%{ for a in b }\nEOT\n", "never closed"),
    ] {
        check(&format!("locals {{\n  x = {text}")).ends(Exit::Error).says(&["main.tf:", says]);
    }
}

#[test]
fn nul_bytes() {
    check("a = 1\0\0\nb = \"\0\"\n").ends(Exit::Error).says(&["main.tf:1:"]);
}

#[test]
fn a_line_as_long_as_a_book() {
    let text = format!("locals {{ x = [{}] }}\n", "[1, ".repeat(30_000));
    check(&text).ends(Exit::Error).says(&["main.tf:1:", "help"]);
}

#[test]
fn a_heredoc_of_many_megabytes() {
    let lines = "0123456789abcdef\n".repeat(200_000);
    check(&format!("locals {{\n  x = <<EOT\n{lines}EOT\n}}\n")).ends(Exit::Ok);
    check(&format!("locals {{\n  x = <<EOT\n{lines}}}\n")).ends(Exit::Error).says(&["main.tf:2:"]);
}

#[test]
fn an_encrypted_file_that_is_read_by_itself() {
    let stage = Stage::new(&[("main.tf", "variable \"a\" {\n  default = 1\n}\n")]);
    std::fs::write(stage.path().join("secret.auto.tfvars"), b"\0GITCRYPT\0\x01\xff\xfe\x00")
        .unwrap();
    stage.run("check").ends(Exit::Error).says(&["secret.auto.tfvars", "git-crypt unlock"]);
}

#[cfg(unix)]
mod unix {
    use super::{Exit, Stage};
    use std::os::unix::fs::symlink;

    fn value(text: &str) -> Stage {
        let stage = Stage::new(&[("main.tf", &format!("output \"o\" {{\n  value = {text}\n}}\n"))]);
        symlink("loop", stage.path().join("loop")).unwrap();
        symlink(".", stage.path().join("self")).unwrap();
        stage
    }

    #[test]
    fn files_outside_the_module_are_read_as_terraform_does() {
        let outside = tempfile::tempdir().unwrap();
        let file = outside.path().join("a.txt");
        std::fs::write(&file, "one ${x}").unwrap();
        let file = file.display();
        value(&format!("templatefile(\"{file}\", {{ x = 2 }})")).run("check").ends(Exit::Ok);
        value(&format!("file(\"{file}.gone\")"))
            .run("check")
            .ends(Exit::Error)
            .says(&["a.txt.gone", "main.tf:2:"]);
    }

    #[test]
    fn files_that_lead_to_themselves_or_nowhere() {
        for text in ["file(\"loop\")", "file(\".\")", "templatefile(\"loop\", {})"] {
            value(text).run("check").ends(Exit::Error).says(&["main.tf:2:"]);
        }
        // A device has no end.
        value("file(\"/dev/zero\")")
            .run("check")
            .ends(Exit::Error)
            .says(&["too large", "main.tf:2:"]);
        let stage = Stage::new(&[("a.tf", "")]);
        symlink("main.tf", stage.path().join("main.tf")).unwrap();
        stage.run("check").ends(Exit::Error).says(&["main.tf"]);
    }

    #[test]
    fn folders_that_hold_themselves() {
        value("length(fileset(\".\", \"*/*.tf\"))").run("check").ends(Exit::Ok);
        let stage = Stage::new(&[("main.tf", "module \"a\" {\n  source = \"./self\"\n}\n")]);
        symlink(".", stage.path().join("self")).unwrap();
        stage.run("check").ends(Exit::Error).says(&["main.tf:2:", "itself"]);
        let stage = Stage::new(&[("main.tf", "module \"a\" {\n  source = \"./.\"\n}\n")]);
        stage.run("check").ends(Exit::Error).says(&["main.tf:2:", "itself"]);
    }
}
