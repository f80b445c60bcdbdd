//! `banana state` and `banana unlock` on a file: what the state holds, and what rearranging it refuses. Lists are held against Terraform where
//! `BANANA_TERRAFORM` names one.

use super::stage::Stage;
use banana::Exit;
use serde_json::{Value as Json, json};
use std::io::Write;
use std::process::Command;

fn object(attributes: &Json) -> Json {
    json!({"schema_version": 0, "attributes": attributes, "sensitive_attributes": []})
}

fn resource(module: &str, ty: &str, name: &str, instances: &[Json]) -> Json {
    let provider = "provider[\"registry.terraform.io/hashicorp/aws\"]";
    let (mode, ty) = ty.strip_prefix("data.").map_or(("managed", ty), |ty| ("data", ty));
    let mut resource = json!({
        "mode": mode, "type": ty, "name": name, "provider": provider, "instances": instances
    });
    if !module.is_empty() {
        resource["module"] = module.into();
    }
    resource
}

fn keyed(key: impl Into<Json>, id: &str) -> Json {
    let mut one = object(&json!({"id": id}));
    one["index_key"] = key.into();
    one
}

/// A folder with a state and no stack.
fn stage() -> Stage {
    let secret = json!([[{"type": "get_attr", "value": "value"}]]);
    let mut parameter =
        object(&json!({"id": "/p", "name": "/p", "type": "String", "value": "hunter2"}));
    parameter["sensitive_attributes"] = secret;
    let mut subnet = keyed(0, "subnet-1");
    subnet["dependencies"] = json!(["aws_vpc.v"]);
    let vpc = object(&json!({
        "id": "vpc-1", "cidr_block": "10.0.0.0/16", "enable_dns_support": true, "tags": {"Name": "a b"}
    }));
    let resources = [
        resource("", "aws_vpc", "v", &[vpc]),
        resource("", "data.aws_region", "r", &[object(&json!({"id": "eu-west-3"}))]),
        resource("", "aws_subnet", "s", &[subnet, keyed(1, "subnet-2"), keyed(10, "subnet-3")]),
        resource("", "aws_ssm_parameter", "p", &[parameter]),
        resource("module.m[\"k\"]", "aws_vpc", "v", &[keyed("x", "vpc-2")]),
        resource("module.m[\"k\"].module.d", "aws_vpc", "w", &[object(&json!({"id": "vpc-3"}))]),
    ];
    let state = json!({
        "version": 4, "terraform_version": "1.11.4", "serial": 3, "lineage": "lin", "outputs": {},
        "resources": resources
    });
    Stage::new(&[("terraform.tfstate", &state.to_string())])
}

fn stored(stage: &Stage) -> Json {
    let text = std::fs::read(stage.path().join("terraform.tfstate")).unwrap();
    serde_json::from_slice(&text).unwrap()
}

const ALL: &str = "data.aws_region.r
aws_ssm_parameter.p
aws_subnet.s[0]
aws_subnet.s[1]
aws_subnet.s[10]
aws_vpc.v
module.m[\"k\"].aws_vpc.v[\"x\"]
module.m[\"k\"].module.d.aws_vpc.w
";

#[test]
fn list_names_what_the_state_holds_as_terraform_does() {
    let stage = stage();
    let played = stage.run("state list");
    assert_eq!((played.exit, played.out.as_str()), (Exit::Ok, ALL));
    let played = stage.run("state list aws_subnet.s[1] module.m");
    let some: Vec<&str> =
        ALL.lines().filter(|l| l.contains("s[1]") || l.contains("module")).collect();
    assert_eq!(played.out.lines().collect::<Vec<_>>(), some);
    assert_eq!(stage.run("state list -id=vpc-2").out, "module.m[\"k\"].aws_vpc.v[\"x\"]\n");
    assert_eq!(stage.run("state list --json").json()["instances"][5]["id"], "vpc-1");
    let wrong = stage.run("state list aws_vpc.none");
    wrong.ends(Exit::Error).says(&["holds nothing at `aws_vpc.none`"]);
    let Some(terraform) = std::env::var_os("BANANA_TERRAFORM").filter(|name| !name.is_empty())
    else {
        let _ =
            std::io::stderr().write_all(b"skipped: BANANA_TERRAFORM names no terraform to ask\n");
        return;
    };
    let mut command = Command::new(terraform);
    command.current_dir(stage.path()).args(["state", "list"]).env_remove("TF_CLI_CONFIG_FILE");
    assert_eq!(String::from_utf8(command.output().unwrap().stdout).unwrap(), ALL);
}

#[test]
fn show_tells_one_object_and_no_secret() {
    let stage = stage();
    insta::assert_snapshot!(stage.run("state show aws_vpc.v").out, @r#"
    # aws_vpc.v:
    resource "aws_vpc" "v" {
        cidr_block         = "10.0.0.0/16"
        enable_dns_support = true
        id                 = "vpc-1"
        tags               = {
            "Name" = "a b"
        }
    }
    "#);
    for line in ["state show aws_ssm_parameter.p", "state show aws_ssm_parameter.p --json"] {
        let played = stage.run(line);
        played.ends(Exit::Ok).says(&["(sensitive)"]);
        assert!(!played.both().contains("hunter2"), "{}", played.both());
    }
    stage.run("state show aws_subnet.s").ends(Exit::Error).says(&["such as `aws_subnet.s[0]`"]);
}

#[test]
fn mv_gives_another_address_and_keeps_the_state_before() {
    let stage = stage();
    let before = stored(&stage);
    let dry = stage.run("state mv aws_vpc.v module.net.aws_vpc.main --dry-run");
    dry.ends(Exit::Ok).says(&["aws_vpc.v -> module.net.aws_vpc.main", "1 would be moved"]);
    assert_eq!(stored(&stage), before);
    stage.run("state mv aws_vpc.v module.net.aws_vpc.main").ends(Exit::Ok).says(&["1 moved"]);
    stage.run("state mv module.m[\"k\"] module.n").ends(Exit::Ok).says(&["2 moved"]);
    stage.run("state mv aws_subnet.s[10] aws_subnet.s[2]").ends(Exit::Ok);
    let list = stage.run("state list").out;
    assert_eq!(
        list,
        "data.aws_region.r\naws_ssm_parameter.p\naws_subnet.s[0]\naws_subnet.s[1]\naws_subnet.s[2]\n\
        module.n.aws_vpc.v[\"x\"]\nmodule.n.module.d.aws_vpc.w\nmodule.net.aws_vpc.main\n"
    );
    let after = stored(&stage);
    assert_eq!((&after["serial"], &after["lineage"]), (&json!(6), &json!("lin")));
    let backup = std::fs::read(stage.path().join("terraform.tfstate.backup")).unwrap();
    assert_eq!(serde_json::from_slice::<Json>(&backup).unwrap()["serial"], 5);
    let subnets = after["resources"].as_array().unwrap().iter().find(|r| r["type"] == "aws_subnet");
    let dependencies = &subnets.unwrap()["instances"][0]["dependencies"];
    assert_eq!(dependencies, &json!(["module.net.aws_vpc.main"]));
    for (line, why) in [
        ("state mv aws_subnet.s[0] aws_subnet.s[1]", "an object at `aws_subnet.s[1]` already"),
        ("state mv aws_subnet.s[0] aws_vpc.q", "different types"),
        ("state mv aws_subnet.q aws_subnet.r", "holds nothing"),
        ("state mv aws_subnet..q aws_subnet.r", "is no resource address"),
    ] {
        stage.run(line).ends(Exit::Error).says(&[why]);
    }
    assert_eq!(stored(&stage), after, "a refusal changes nothing");
}

#[test]
fn rm_forgets_and_says_what() {
    let stage = stage();
    let before = stored(&stage);
    stage.run("state rm aws_subnet.s aws_vpc.none").ends(Exit::Error).says(&["aws_vpc.none"]);
    let dry = stage.run("state rm -dry-run aws_subnet.s");
    dry.ends(Exit::Ok).says(&["aws_subnet.s[10]", "3 would be forgotten"]);
    assert_eq!(stored(&stage), before);
    stage.run("state rm aws_subnet.s module.m").ends(Exit::Ok).says(&["5 forgotten", "serial 4"]);
    assert_eq!(stage.run("state list").out.lines().count(), 3);
}

#[test]
fn push_loses_nothing_unasked() {
    let stage = stage();
    let pulled = stage.run("state pull").out;
    assert_eq!(serde_json::from_str::<Json>(&pulled).unwrap(), stored(&stage));
    let write = |name: &str, text: &str| std::fs::write(stage.path().join(name), text).unwrap();
    write("same", &pulled);
    stage.run("state push same").ends(Exit::Ok).says(&["is the same already"]);
    stage.run("state rm aws_vpc.v").ends(Exit::Ok);
    stage.run("state push same").ends(Exit::Error).says(&["is newer: its serial is 4"]);
    write("other", &pulled.replace("\"lin\"", "\"another\""));
    stage.run("state push other").ends(Exit::Error).says(&["another state", "lin", "another"]);
    let before = stored(&stage);
    for (text, why) in [
        ("", "is empty"),
        (pulled.split_at(100).0, "ends in the middle"),
        ("{\"version\": 3}", "version 3"),
        ("{\"version\": 5, \"serial\": 1}", "version 5"),
        ("[]", "damaged"),
    ] {
        write("wrong", text);
        stage.run("state push -force wrong").ends(Exit::Error).says(&[why]);
    }
    assert_eq!(stored(&stage), before);
    stage.run("state push -force same").ends(Exit::Ok).says(&["holds 8 objects now (serial 5)"]);
}

#[test]
fn a_state_that_is_none_is_told_and_left_as_it_is() {
    let whole = std::fs::read_to_string(stage().path().join("terraform.tfstate")).unwrap();
    for (text, why) in [
        (whole.split_at(whole.len() / 2).0, "ends in the middle"),
        ("{\"version\": 5, \"serial\": 1, \"lineage\": \"l\"}", "format version 5"),
        ("{\"version\": 3, \"serial\": 1, \"lineage\": \"l\"}", "format version 3"),
        ("<html>log in</html>", "damaged at line 1"),
        (&whole.replace("\"managed\"", "\"manged\""), "damaged"),
    ] {
        let stage = Stage::new(&[("terraform.tfstate", text)]);
        for line in ["state list", "state rm aws_vpc.v", "state mv aws_vpc.v aws_vpc.w"] {
            stage.run(line).ends(Exit::Error).says(&[why]);
        }
        let now = std::fs::read_to_string(stage.path().join("terraform.tfstate")).unwrap();
        assert_eq!(now, text);
        assert!(!stage.path().join(".terraform.tfstate.lock.info").exists(), "no lock is left");
    }
}

#[test]
fn a_lock_that_a_dead_run_left_can_be_removed() {
    let stage = stage();
    stage.run("unlock").ends(Exit::Ok).says(&["is not locked"]);
    let note = "{\"ID\":\"1\",\"Who\":\"bob@far\",\"Operation\":\"OperationTypeApply\",\"Created\":\"2026-01-01\"}";
    let path = stage.path().join(".terraform.tfstate.lock.info");
    std::fs::write(&path, note).unwrap();
    stage
        .run("unlock")
        .ends(Exit::Error)
        .says(&["bob@far has been applying since 2026", "--force"]);
    stage.run("unlock 2 -force").ends(Exit::Error).says(&["another lock than 2"]);
    assert!(path.exists());
    stage.run("unlock 1 -auto-approve").ends(Exit::Ok).says(&["not locked any more"]);
    assert!(!path.exists());
}
