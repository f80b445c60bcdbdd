//! Terraform's own provider in a run: `terraform_data` with its triggers, and another stack's outputs by `terraform_remote_state`.

use super::server::{Moto, REGION};
use super::stacks::said;
use serde_json::Value as Json;
use std::path::Path;
use std::process::{Command, Output};

fn banana(moto: &Moto, folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_banana"));
    command.current_dir(folder).env_clear().envs(moto.variables()).args(arguments);
    command.output().unwrap()
}

#[track_caller]
fn ends(output: &Output, code: i32) -> String {
    let text = said(output);
    assert_eq!(output.status.code(), Some(code), "{text}");
    text
}

fn write(folder: &Path, text: &str) {
    let text = format!("provider \"aws\" {{ region = \"{REGION}\" }}\n{text}");
    std::fs::write(folder.join("main.tf"), text).unwrap();
}

fn state(folder: &Path) -> Json {
    serde_json::from_slice(&std::fs::read(folder.join("terraform.tfstate")).unwrap()).unwrap()
}

const APPLY: [&str; 3] = ["apply", "-auto-approve", "--fail-on=never"];

#[test]
fn data_of_the_stack_itself_lives_in_the_state() {
    let moto = Moto::start();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let stack = |input: &str, trigger: &str| {
        format!(
            "resource \"terraform_data\" \"t\" {{\n  input = {{ name = \"{input}\", ports = [80, 443] }}\n  triggers_replace = [\"{trigger}\"]\n}}\n\
             resource \"aws_cloudwatch_log_group\" \"g\" {{\n  name = terraform_data.t.output.name\n  lifecycle {{ replace_triggered_by = [terraform_data.t.id] }}\n}}\n\
             output \"output\" {{ value = terraform_data.t.output }}\n"
        )
    };
    let id = || {
        state(folder)["resources"]
            .as_array()
            .unwrap()
            .iter()
            .find(|r| r["type"] == "terraform_data")
            .unwrap()["instances"][0]["attributes"]["id"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    write(folder, &stack("a", "1"));
    ends(&banana(&moto, folder, &APPLY), 0);
    let first = id();
    assert_eq!(first.len(), 36, "{first}");
    let output = serde_json::json!({"name": "a", "ports": [80, 443]});
    assert_eq!(state(folder)["outputs"]["output"]["value"], output);
    ends(&banana(&moto, folder, &["plan", "-detailed-exitcode"]), 0);
    // Another input changes it in place, another trigger makes it anew, and what waits for that with it.
    write(folder, &stack("b", "1"));
    let text = ends(&banana(&moto, folder, &APPLY), 0);
    assert!(text.contains("terraform_data.t"), "{text}");
    assert_eq!(id(), first);
    assert_eq!(state(folder)["outputs"]["output"]["value"]["name"], "b");
    write(folder, &stack("b", "2"));
    ends(&banana(&moto, folder, &APPLY), 0);
    assert_ne!(id(), first);
    ends(&banana(&moto, folder, &["plan", "-detailed-exitcode"]), 0);
    ends(&banana(&moto, folder, &["destroy", "-auto-approve"]), 0);
    assert_eq!(state(folder)["resources"], serde_json::json!([]));
}

#[test]
fn another_stacks_outputs_are_read_where_its_state_is() {
    let moto = Moto::start();
    moto.bucket("states");
    let root = tempfile::tempdir().unwrap();
    let folders = ["local", "bucket", "reader"].map(|name| root.path().join(name));
    for folder in &folders {
        std::fs::create_dir(folder).unwrap();
    }
    let [local, bucket, reader] = &folders;
    let outputs = "resource \"aws_cloudwatch_log_group\" \"g\" { name = \"NAME\" }\n\
        output \"arn\" { value = aws_cloudwatch_log_group.g.arn }\noutput \"zones\" { value = toset([\"a\", \"b\"]) }\n";
    write(local, &outputs.replace("NAME", "local"));
    ends(&banana(&moto, local, &APPLY), 0);
    let backend = format!(
        "terraform {{\n  backend \"s3\" {{\n    bucket = \"states\"\n    key = \"net.tfstate\"\n    region = \"{REGION}\"\n  }}\n}}\n"
    );
    write(bucket, &format!("{backend}{}", outputs.replace("NAME", "bucket")));
    ends(&banana(&moto, bucket, &APPLY), 0);

    let reads = format!(
        "data \"terraform_remote_state\" \"local\" {{\n  backend = \"local\"\n  config = {{ path = \"../local/terraform.tfstate\" }}\n  defaults = {{ arn = \"none\", extra = 7 }}\n}}\n\
         data \"terraform_remote_state\" \"bucket\" {{\n  backend = \"s3\"\n  config = {{ bucket = \"states\", key = \"net.tfstate\", region = \"{REGION}\" }}\n}}\n\
         output \"read\" {{ value = [data.terraform_remote_state.local.outputs, data.terraform_remote_state.bucket.outputs] }}\n"
    );
    write(reader, &reads);
    ends(&banana(&moto, reader, &APPLY), 0);
    let read = &state(reader)["outputs"]["read"]["value"];
    let arn = |name: &str| format!("arn:aws:logs:{REGION}:123456789012:log-group:{name}");
    assert_eq!(read[0], serde_json::json!({"arn": arn("local"), "zones": ["a", "b"], "extra": 7}));
    assert_eq!(read[1], serde_json::json!({"arn": arn("bucket"), "zones": ["a", "b"]}));

    write(reader, &reads.replace("net.tfstate", "gone.tfstate"));
    let text = ends(&banana(&moto, reader, &APPLY), 2);
    assert!(text.contains("there is no state at `s3://states/gone.tfstate`"), "{text}");
    write(reader, &reads.replace("backend = \"s3\"", "backend = \"http\""));
    let text = ends(&banana(&moto, reader, &APPLY), 2);
    assert!(text.contains("backend `http` cannot be read"), "{text}");
}

#[test]
fn a_provisioner_is_refused_and_not_left_out() {
    let moto = Moto::start();
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "resource \"terraform_data\" \"t\" {\n  provisioner \"local-exec\" {\n    command = \"touch ran\"\n  }\n}\n",
    );
    let text = ends(&banana(&moto, folder.path(), &APPLY), 2);
    assert!(text.contains("`terraform_data.t` has a provisioner"), "{text}");
    assert!(text.contains("main.tf:3:3"), "{text}");
    assert!(!folder.path().join("ran").exists());
}

#[test]
fn what_another_provider_made_is_forgotten_without_asking_it() {
    let moto = Moto::start();
    let folder = tempfile::tempdir().unwrap();
    let state_of = serde_json::json!({
        "version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "8a2c5f8e-0000-4000-8000-000000000001", "outputs": {},
        "resources": [{
            "mode": "managed", "type": "random_id", "name": "r", "provider": "provider[\"registry.example/x/random\"]",
            "instances": [{"schema_version": 0, "attributes": {"id": "abc"}, "sensitive_attributes": []}],
        }],
        "check_results": null,
    });
    let put =
        || std::fs::write(folder.path().join("terraform.tfstate"), state_of.to_string()).unwrap();
    put();
    write(folder.path(), "removed {\n  from = random_id.r\n  lifecycle { destroy = false }\n}\n");
    ends(&banana(&moto, folder.path(), &APPLY), 0);
    assert_eq!(state(folder.path())["resources"], serde_json::json!([]));
    // Deleting it is another matter.
    put();
    write(folder.path(), "");
    let text = ends(&banana(&moto, folder.path(), &APPLY), 2);
    assert!(text.contains("`random_id` cannot be applied"), "{text}");
    assert_eq!(state(folder.path())["resources"].as_array().unwrap().len(), 1);
}
