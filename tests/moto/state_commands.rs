//! `banana state` beside `terraform state`, command for command: the same words, the same state afterwards. `BANANA_TERRAFORM` names the Terraform
//! to ask.

use super::bucket::{Ran, command};
use super::terraform::terraform;
use serde_json::{Value as Json, json};
use std::path::Path;

const BUILTIN: &str = "provider[\"terraform.io/builtin/terraform\"]";

fn resource(module: &str, name: &str, instances: &Json) -> Json {
    let mut resource = json!({
        "mode": "managed", "type": "terraform_data", "name": name, "provider": BUILTIN, "instances": instances,
    });
    if !module.is_empty() {
        resource["module"] = module.into();
    }
    resource
}

fn instance(key: &Json, id: &str, input: &Json) -> Json {
    let mut instance = json!({
        "schema_version": 0,
        "attributes": {"id": id, "input": input, "output": input, "triggers_replace": null},
        "sensitive_attributes": [],
    });
    if !key.is_null() {
        instance["index_key"] = key.clone();
    }
    instance
}

fn state() -> Json {
    let object = json!({"value": {"n": "x", "l": [1, true]}, "type": ["object", {"n": "string", "l": ["tuple", ["number", "bool"]]}]});
    let plain = |key: Json, id: &str| instance(&key, id, &Json::Null);
    json!({
        "version": 4, "terraform_version": "1.11.4", "serial": 5, "lineage": "8a2c5f8e-0000-4000-8000-000000000001",
        "outputs": {"o": {"value": "v", "type": "string"}},
        "resources": [
            resource("", "a", &json!([instance(&Json::Null, "1", &object)])),
            resource("", "list", &json!([plain(0.into(), "l0"), plain(1.into(), "l1"), plain(10.into(), "l10")])),
            resource("module.m[\"k\"]", "each", &json!([plain("a b".into(), "me")])),
            resource("module.m[\"k\"]", "in", &json!([plain(Json::Null, "m")])),
        ],
        "check_results": null,
    })
}

/// What a command printed on standard output, whether it worked, and the state afterwards.
fn after(folder: &Path, ran: std::io::Result<std::process::Output>) -> (String, bool, Json) {
    let output = ran.unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let bytes = std::fs::read(folder.join("terraform.tfstate")).unwrap();
    (said, output.status.success(), serde_json::from_slice(&bytes).unwrap())
}

#[test]
fn state_commands_do_what_terraforms_do() {
    let reads = [
        "list",
        "list module.m[\"k\"]",
        "list terraform_data.list",
        "list -id=l10",
        "list terraform_data.none",
        "show terraform_data.a",
        "show terraform_data.list[10]",
        "show module.m[\"k\"].terraform_data.each[\"a b\"]",
        "show terraform_data.none",
        "show terraform_data.list",
    ];
    let writes = [
        "mv terraform_data.a terraform_data.b",
        "mv terraform_data.a terraform_data.a[0]",
        "mv terraform_data.a terraform_data.a[\"k\"]",
        "mv terraform_data.a module.new.terraform_data.a",
        "mv terraform_data.list[1] terraform_data.list[5]",
        "mv terraform_data.list[1] terraform_data.one",
        "mv terraform_data.list terraform_data.moved",
        "mv module.m[\"k\"] module.n",
        "mv module.m[\"k\"] module.m[\"other\"]",
        "mv module.m[\"k\"].terraform_data.in terraform_data.out",
        "mv terraform_data.a terraform_data.list[0]",
        "mv terraform_data.none terraform_data.b",
        "mv terraform_data.a aws_vpc.a",
        "rm terraform_data.list[1]",
        "rm terraform_data.list",
        "rm module.m[\"k\"]",
        "rm terraform_data.a module.m[\"k\"].terraform_data.in",
        "rm terraform_data.none",
    ];
    for line in reads.iter().chain(&writes) {
        let words: Vec<&str> = std::iter::once("state").chain(split(line)).collect();
        let [ours, theirs] = [(); 2].map(|()| tempfile::tempdir().unwrap());
        for folder in [&ours, &theirs] {
            std::fs::write(folder.path().join("main.tf"), "").unwrap();
            let path = folder.path().join("terraform.tfstate");
            std::fs::write(path, state().to_string()).unwrap();
        }
        let Some(mut init) = terraform(theirs.path(), &["init", "-input=false"]) else { return };
        Ran::of(&init.output().unwrap()).ends(0, &[]);
        let mut asked = terraform(theirs.path(), &words).unwrap();
        let theirs = after(theirs.path(), asked.arg("-no-color").output());
        let run = command(ours.path(), "http://127.0.0.1:9", &words).output();
        let ours = after(ours.path(), run);
        assert_eq!(ours.1, theirs.1, "{line}: {} / {}", ours.0, theirs.0);
        if reads.contains(line) && theirs.1 {
            assert_eq!(ours.0.trim(), theirs.0.trim(), "{line}");
        }
        assert_eq!(sorted(ours.2), sorted(theirs.2), "{line}");
    }
}

/// Words of a line, of which those in quotes may hold blanks.
fn split(line: &str) -> Vec<&str> {
    let mut quoted = false;
    line.split(|c| {
        quoted ^= c == '"';
        c == ' ' && !quoted
    })
    .collect()
}

/// The state without an order of its resources and instances, which says nothing.
fn sorted(mut state: Json) -> Json {
    let key = |json: &Json| json.to_string();
    let resources = state["resources"].as_array_mut().unwrap();
    for resource in resources.iter_mut() {
        resource["instances"].as_array_mut().unwrap().sort_by_key(key);
    }
    resources.sort_by_key(key);
    state
}
