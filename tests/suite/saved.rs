//! Saved plans: what is saved, and what is refused before anybody is asked.

use super::stage::Stage;
use banana::Exit;

pub(super) const STACK: &str = r#"
provider "aws" { region = "eu-west-3" }
variable "days" { default = 7 }
variable "word" {
  type      = string
  sensitive = true
}
resource "aws_cloudwatch_log_group" "l" {
  name              = "l"
  retention_in_days = var.days
  tags              = { word = var.word }
}
resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
"#;

pub(super) const SECRET: &str = "-var word=hunter2";

pub(super) fn saved() -> Stage {
    let stage = Stage::new(&[("main.tf", STACK)]);
    let played = stage.run(&format!("plan -refresh=false -var days=14 {SECRET} -out=p"));
    played.ends(Exit::Ok).says(&["2 to create", "saved, to no account: `banana apply p`"]);
    stage
}

fn text(stage: &Stage) -> String {
    std::fs::read_to_string(stage.path().join("p")).unwrap()
}

#[test]
fn a_saved_plan_is_its_owners_and_holds_no_secret() {
    let stage = saved().env("TF_VAR_word", "hunter2");
    let text = text(&stage);
    assert!(!text.contains("hunter2") && text.contains("\"days\": \"14\""), "{text}");
    assert!(text.contains("VPC006 aws_vpc.v fail"), "what was checked is in it: {text}");
    assert!(text.contains("USD a month in eu-west-3"), "what it costs is in it: {text}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(stage.path().join("p")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    // Planning again replaces it; nothing else is overwritten.
    stage.run("plan -refresh=false -var days=14 -out=p").ends(Exit::Ok);
    assert_eq!(text, self::text(&stage), "the same plan is the same file");
    stage
        .run(&format!("plan -refresh=false {SECRET} -out=main.tf"))
        .ends(Exit::Error)
        .says(&["`", "main.tf` is there already, and is no saved plan"]);
    assert_eq!(std::fs::read_to_string(stage.path().join("main.tf")).unwrap(), STACK);
}

#[test]
fn a_file_that_was_touched_and_options_that_contradict_it_are_refused() {
    let stage = saved();
    let touched = text(&stage).replace("\"14\"", "\"30\"");
    std::fs::write(stage.path().join("q"), touched).unwrap();
    let line = format!("apply q {SECRET}");
    stage.run(&line).ends(Exit::Error).says(&["seal is broken"]);
    let line = format!("apply p {SECRET} -target=aws_vpc.v");
    stage.run(&line).ends(Exit::Error).says(&["a saved plan brings its own options"]);
    stage.run("destroy p").ends(Exit::Error).says(&["is a saved plan", "--destroy --out"]);
}
