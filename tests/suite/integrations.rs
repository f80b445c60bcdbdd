//! The hook, the action and the component for other people's repositories: they are read, and every command in them is run with the
//! real program.

use super::stage::{Stage, fed};
use serde_json::{Value, json};
use std::path::Path;
use std::process::{Command, Output};

/// A YAML text, read by our own `yamldecode`.
fn yaml(text: &str) -> Value {
    let line = json!({ "id": 1, "expr": "yamldecode(var.text)", "vars": { "var.text": { "value": text, "type": "string" } } });
    let answer = fed("eval", &line.to_string()).json();
    assert!(answer["error"].is_null(), "{answer}");
    answer["expect"]["value"].clone()
}

fn read(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// A repository with two stacks that share a module, and what must not be touched.
fn stage() -> Stage {
    let call = "module \"net\" {\n  source = \"../../modules/net\"\n}\n";
    Stage::new(&[
        (".git/HEAD", "ref: refs/heads/main\n"),
        ("live/prod/main.tf", call),
        ("live/test/main.tf", call),
        (
            "modules/net/main.tf",
            "resource \"aws_vpc\" \"main\" {\n  cidr_block = \"10.0.0.0/16\"\n}\n",
        ),
    ])
}

/// Runs a script as CI does, with the program on the PATH and, for the action, where the action puts it.
fn script(stage: &Stage, text: &str, env: &[(&str, &str)]) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_banana"));
    let bin = stage.path().join("banana/bin");
    std::fs::create_dir_all(&bin).unwrap();
    std::fs::copy(program, bin.join(program.file_name().unwrap())).unwrap();
    let path = format!("{}:/usr/bin:/bin", bin.display());
    let mut command = Command::new("bash");
    command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", text]);
    command.current_dir(stage.path()).env_clear().env("PATH", path).envs(env.iter().copied());
    command.output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn hooks_judge_the_roots_of_what_changed() {
    let hooks = yaml(&read(".pre-commit-hooks.yaml"));
    let hooks = hooks.as_array().unwrap();
    assert_eq!(
        hooks.iter().map(|hook| hook["id"].as_str().unwrap()).collect::<Vec<_>>(),
        ["banana-check", "banana-check-system"]
    );
    for hook in hooks {
        for key in ["name", "description", "language", "entry", "files", "exclude"] {
            assert!(hook[key].is_string(), "{key} of {hook}");
        }
        // One process for all files, since several of them may have a root in common.
        assert_eq!(
            (&hook["pass_filenames"], &hook["require_serial"]),
            (&json!(true), &json!(true))
        );
        let takes = |pattern: &str, name: &str| {
            let line = json!({ "id": 1, "expr": "can(regex(var.pattern, var.name))", "vars": {
                "var.pattern": { "value": hook[pattern], "type": "string" }, "var.name": { "value": name, "type": "string" } } });
            fed("eval", &line.to_string()).json()["expect"]["value"].as_bool().unwrap()
        };
        for name in [
            "main.tf",
            "a/b.tf.json",
            "a/b.tofu",
            "x.tfvars",
            "x.auto.tfvars.json",
            "stack.hcl",
            "a/stack.hcl",
        ] {
            assert!(takes("files", name), "{name}");
        }
        for name in [
            "README.md",
            "a.tf.bak",
            "x.json",
            ".terraform.lock.hcl",
            "terragrunt.hcl",
            "haystack.hcl",
        ] {
            assert!(!takes("files", name), "{name}");
        }
        assert!(
            takes("exclude", "a/.terraform/modules/x/main.tf")
                && !takes("exclude", "a/terraform/main.tf")
        );
        let stage = stage();
        let entry = hook["entry"].as_str().unwrap();
        let line = format!("{entry} modules/net/main.tf live/prod/main.tf");
        let judged = script(&stage, &line, &[]);
        assert_eq!(judged.status.code(), Some(0), "{judged:?}");
        assert!(
            out(&judged).contains("live/prod: ") && out(&judged).contains("live/test: "),
            "{judged:?}"
        );
        let judged = script(&stage, &format!("{entry} --fail-on low modules/net/main.tf"), &[]);
        assert_eq!(judged.status.code(), Some(1), "{judged:?}");
    }
}

#[test]
fn the_action_judges_annotates_and_writes_what_it_promises() {
    let action = yaml(&read("action.yml"));
    assert_eq!(action["runs"]["using"], "composite");
    let inputs = action["inputs"].as_object().unwrap();
    assert!(
        inputs
            .values()
            .all(|input| input["description"].is_string() && input["default"].is_string())
    );
    let steps = action["runs"]["steps"].as_array().unwrap();
    let [build, check] = &steps[..] else { panic!("{steps:?}") };
    let build = build["run"].as_str().unwrap();
    assert!(build.starts_with("cargo install --locked --no-default-features --path"), "{build}");
    let run = |fail_on: &str| {
        let stage = stage();
        let folder = stage.path().display().to_string();
        let summary = format!("{folder}/summary.md");
        let mut env = vec![("RUNNER_TEMP", folder), ("GITHUB_STEP_SUMMARY", summary)];
        for (name, value) in check["env"].as_object().unwrap() {
            let input =
                value.as_str().unwrap().trim_start_matches("${{ inputs.").trim_end_matches(" }}");
            let default = inputs[input]["default"].as_str().unwrap();
            let value = match input {
                "paths" => "live/prod live/test",
                "fail-on" => fail_on,
                _ => default,
            };
            env.push((name, value.to_owned()));
        }
        let env: Vec<_> = env.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let output = script(&stage, check["run"].as_str().unwrap(), &env);
        let sarif = std::fs::read_to_string(stage.path().join("banana.sarif")).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&sarif).unwrap()["version"], "2.1.0");
        let summary = std::fs::read_to_string(stage.path().join("summary.md")).unwrap();
        assert!(summary.contains("flow-logs"), "{summary}");
        assert!(
            out(&output).contains("::notice file=modules/net/main.tf,line=1")
                || out(&output).contains("::warning file=modules/net/main.tf,line=1"),
            "{output:?}"
        );
        output.status.code()
    };
    assert_eq!(run(""), Some(0));
    assert_eq!(run("low"), Some(1));
}

#[test]
fn the_component_judges_and_writes_what_it_promises() {
    let text = read("templates/banana.yml");
    let (spec, job) = text.split_once("\n---\n").unwrap();
    let spec = yaml(spec);
    let mut job = job.to_owned();
    for (name, input) in spec["spec"]["inputs"].as_object().unwrap() {
        assert!(input["description"].is_string(), "{name}");
        let value = match name.as_str() {
            "paths" => "live/prod live/test",
            _ => input["default"].as_str().unwrap_or("given"),
        };
        let place = format!("$[[ inputs.{name} ]]");
        assert!(job.contains(&place), "{name} is not used");
        job = job.replace(&place, value);
    }
    assert!(!job.contains("$[["), "{job}");
    let job = &yaml(&job)["banana-check"];
    let build = job["before_script"][0].as_str().unwrap();
    assert!(build.starts_with("cargo install --locked --no-default-features --git"), "{build}");
    let stage = stage();
    let lines: Vec<_> =
        job["script"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
    let fail_on = job["variables"]["BANANA_FAIL_ON"].as_str().unwrap();
    let output = script(&stage, &lines.join("\n"), &[("BANANA_FAIL_ON", fail_on)]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let report = |kind: &str| {
        let name = job["artifacts"]["reports"][kind].as_str().unwrap();
        assert!(job["artifacts"]["paths"].as_array().unwrap().contains(&json!(name)));
        std::fs::read_to_string(stage.path().join(name)).unwrap()
    };
    let quality: Value = serde_json::from_str(&report("codequality")).unwrap();
    assert_eq!(quality[0]["location"]["path"], "modules/net/main.tf");
    assert!(report("junit").contains("<testsuite"));
}
