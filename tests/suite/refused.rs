//! What moved since a plan was saved, as far as that shows without AWS. A build without AWS gets no further than accepting a saved plan.

use super::saved::{SECRET, STACK, saved};
use super::stage::Stage;
use banana::Exit;

/// A state that was written since: empty, but it is there.
const STATE: &str = r#"{"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "a", "outputs": {}, "resources": []}"#;

/// `apply` gets as far as this only when a saved plan was accepted: what comes next needs AWS.
const ACCEPTED: &str = "this build of banana cannot apply";

#[test]
fn the_same_again_is_accepted_and_brings_its_variables() {
    saved().run(&format!("apply p {SECRET}")).ends(Exit::Error).says(&[ACCEPTED]);
    // The secret may come from the environment; what the environment says of others does not count.
    let stage = saved().env("TF_VAR_word", "hunter2").env("TF_VAR_days", "30");
    stage.run("apply p").ends(Exit::Error).says(&[ACCEPTED]);
}

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
fn the_region_that_configuration_names_is_named_again() {
    let stage = Stage::new(&[
        ("main.tf", &STACK.replacen("\"eu-west-3\"", "null", 1)),
        ("banana.toml", "region = \"eu-west-3\"\n"),
    ])
    .env("AWS_REGION", "us-east-1");
    stage.run(&format!("plan -refresh=false {SECRET} -out=p")).ends(Exit::Ok);
    stage.run(&format!("apply p {SECRET}")).says(&[ACCEPTED]);
    stage
        .run(&format!("apply p {SECRET} --no-config"))
        .says(&["not applied", "region `eu-west-3`"]);
}
