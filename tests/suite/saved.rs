//! Saved plans, as far as they go without AWS: what is saved, and what is refused before anybody is asked.

use super::stage::Stage;
use banana::Exit;

const STACK: &str = r#"
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

/// A state that was written since: empty, but it is there.
#[cfg(not(feature = "apply"))]
const STATE: &str = r#"{"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "a", "outputs": {}, "resources": []}"#;

const SECRET: &str = "-var word=hunter2";

fn saved() -> Stage {
    let stage = Stage::new(&[("main.tf", STACK)]);
    let played = stage.run(&format!("plan -refresh=false -var days=14 {SECRET} -out=p"));
    played.ends(Exit::Ok).says(&["2 to create", "saved, to no account: `banana apply p`"]);
    stage
}

/// `apply` gets as far as this only when a saved plan was accepted: what comes next needs AWS, which `tests/moto.rs` has.
#[cfg(not(feature = "apply"))]
const ACCEPTED: &str = "this build of banana cannot apply";

fn text(stage: &Stage) -> String {
    std::fs::read_to_string(stage.path().join("p")).unwrap()
}

#[test]
fn a_saved_plan_is_its_owners_and_holds_no_secret() {
    let stage = saved();
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
    stage.run(&format!("plan -refresh=false -var days=14 {SECRET} -out=p")).ends(Exit::Ok);
    assert_eq!(text, self::text(&stage), "the same plan is the same file");
    stage
        .run(&format!("plan -refresh=false {SECRET} -out=main.tf"))
        .ends(Exit::Error)
        .says(&["`", "main.tf` is there already, and is no saved plan"]);
    assert_eq!(std::fs::read_to_string(stage.path().join("main.tf")).unwrap(), STACK);
}

#[cfg(not(feature = "apply"))]
#[test]
fn the_same_again_is_accepted_and_brings_its_variables() {
    saved().run(&format!("apply p {SECRET}")).ends(Exit::Error).says(&[ACCEPTED]);
    // The secret may come from the environment; what the environment says of others does not count.
    let stage = saved().env("TF_VAR_word", "hunter2").env("TF_VAR_days", "30");
    stage.run("apply p").ends(Exit::Error).says(&[ACCEPTED]);
}

#[cfg(not(feature = "apply"))]
#[test]
fn whatever_moved_is_named_and_refuses_it() {
    let refuses = |stage: &Stage, line: &str, what: &str| {
        let played = stage.run(line);
        played.ends(Exit::Error).says(&["not applied", what, "plan again"]);
        assert!(!played.err.contains(ACCEPTED), "{}", played.err);
    };
    let line = format!("apply p {SECRET}");
    let write = |stage: &Stage, name: &str, text: &str| {
        std::fs::write(stage.path().join(name), text).unwrap();
    };
    let stage = saved();
    write(&stage, "main.tf", &STACK.replace("\"l\"\n", "\"m\"\n"));
    refuses(&stage, &line, "main.tf` was changed");
    let stage = saved();
    write(&stage, "more.tf", "resource \"aws_vpc\" \"w\" { cidr_block = \"10.1.0.0/16\" }\n");
    refuses(&stage, &line, "more.tf` is new");
    refuses(&stage, &line, "the check comes to something else");
    let stage = saved();
    refuses(&stage, &format!("{line} -var days=30"), "variable `days` has another value");
    refuses(&stage, "apply p -var word=other", "secret variable `word`");
    let stage = saved();
    write(&stage, "terraform.tfstate", STATE);
    refuses(&stage, &line, "there is a state now");
    let stage = Stage::new(&[("main.tf", &STACK.replacen("\"eu-west-3\"", "null", 1))]);
    stage.run(&format!("plan -refresh=false --region eu-west-3 {SECRET} -out=p")).ends(Exit::Ok);
    stage.run(&line).says(&[ACCEPTED]);
    refuses(&stage, &format!("{line} --region eu-west-1"), "region `eu-west-3`");
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
