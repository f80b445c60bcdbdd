//! Terraform as the referee, where it is: what it makes of the state that banana wrote, and the other way round, for every resource type
//! and for the reference stacks, on the same moto. `BANANA_TERRAFORM` names the binary, one that finds hashicorp/aws 5.100.0 by a mirror in its
//! own configuration for instance; without it nothing is asked. `BANANA_STACKS=aws_vpc,aws_lb` asks about some alone.

use super::server::Moto;
use super::stacks::{Stack, reset, run, said};
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// Terraform, and the folder where it keeps the provider.
pub(super) struct Terraform {
    binary: OsString,
    home: tempfile::TempDir,
}

/// What a plan of Terraform proposes: an address, what is to become of it, and the attributes that differ.
type Proposals = BTreeMap<String, (String, BTreeSet<String>)>;

impl Terraform {
    pub(super) fn find() -> Option<Self> {
        let Some(binary) = std::env::var_os("BANANA_TERRAFORM").filter(|name| !name.is_empty())
        else {
            say("skipped: BANANA_TERRAFORM names no terraform to ask\n");
            return None;
        };
        Some(Self { binary, home: tempfile::tempdir().unwrap() })
    }

    fn command(&self, folder: &Path) -> Command {
        let mut command = Command::new(&self.binary);
        // What moto cannot answer, it cannot answer for the 25th time either.
        let data = self.home.path().join("data");
        command.current_dir(folder).env("TF_DATA_DIR", data).env("AWS_MAX_ATTEMPTS", "2");
        command
    }

    pub(super) fn run(&self, moto: &Moto, stack: &Stack, words: &[&str]) -> Result<(), String> {
        for (words, variables) in [(&["init"][..], &[][..]), (words, &stack.arguments)] {
            let mut command = self.command(stack.folder());
            command.envs(moto.variables()).args(words).args(["-input=false", "-no-color"]);
            let output = command.args(variables).output().unwrap();
            if !output.status.success() {
                let said = [output.stdout, output.stderr].concat();
                return Err(format!("  terraform {words:?}: {}", String::from_utf8_lossy(&said)));
            }
        }
        Ok(())
    }

    /// What it would do to what is there.
    fn proposals(&self, moto: &Moto, stack: &Stack) -> Result<Proposals, String> {
        self.run(moto, stack, &["plan", "-out=proposed"])?;
        let mut show = self.command(stack.folder());
        let shown = show.args(["show", "-json", "proposed"]).output().unwrap();
        let plan: Json = serde_json::from_slice(&shown.stdout).unwrap();
        let changes = plan["resource_changes"].as_array().cloned().unwrap_or_default();
        Ok(changes.iter().filter_map(proposal).collect())
    }
}

fn proposal(change: &Json) -> Option<(String, (String, BTreeSet<String>))> {
    let (what, change) = (change["address"].as_str()?, &change["change"]);
    let actions: Vec<&str> =
        change["actions"].as_array()?.iter().filter_map(Json::as_str).collect();
    if matches!(actions[..], ["no-op" | "read"]) {
        return None;
    }
    let (before, after) = (&change["before"], &change["after"]);
    let unknown =
        |name: &String| change["after_unknown"][name] != json!(null) && after[name] == json!(null);
    let names = before.as_object().into_iter().chain(after.as_object()).flat_map(|o| o.keys());
    let differing = names.filter(|name| before[*name] != after[*name] || unknown(name)).cloned();
    Some((what.to_owned(), (actions.join("-"), differing.collect())))
}

fn say(text: &str) {
    std::io::stdout().lock().write_all(text.as_bytes()).unwrap();
}

/// What Terraform would still do after banana's apply, and banana after Terraform's.
fn judge(terraform: &Terraform, moto: &Moto, name: &str) -> Result<String, String> {
    let start = Instant::now();
    reset(moto);
    let ours = Stack::stage(name, moto);
    let applied = run(moto, &ours, &["apply", "-auto-approve", "--fail-on=never"]);
    if !applied.status.success() {
        return Err(format!("  banana apply: {}", said(&applied)));
    }
    let mut proposed = terraform.proposals(moto, &ours)?;
    reset(moto);
    let theirs = Stack::stage(name, moto);
    terraform.run(moto, &theirs, &["apply", "-auto-approve"])?;
    let plan = run(moto, &theirs, &["plan", "-detailed-exitcode"]);
    let total = proposed.len();
    if total > 0 {
        let own = terraform.proposals(moto, &theirs)?;
        proposed.retain(|address, (action, names)| match own.get(address) {
            Some((theirs, differing)) if theirs == action => {
                names.retain(|name| !differing.contains(name));
                !names.is_empty()
            }
            _ => true,
        });
    }
    let mut wrong = String::new();
    for (address, (action, names)) in &proposed {
        writeln!(wrong, "  after banana, terraform: {action} {address} {names:?}").unwrap();
    }
    if plan.status.code() != Some(0) {
        let code = plan.status.code();
        writeln!(wrong, "  after terraform, banana: {code:?}\n{}", said(&plan)).unwrap();
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let seconds = start.elapsed().as_secs();
    Ok(format!("{total} of terraform's own, 0 beyond; banana 0; {seconds} s"))
}

#[test]
fn terraform_and_banana_agree_about_every_type() {
    let Some(terraform) = Terraform::find() else { return };
    let moto = Moto::start();
    let mut failed = Vec::new();
    for name in Stack::all() {
        match judge(&terraform, &moto, &name) {
            Ok(figures) => say(&format!("{name:<44} {figures}\n")),
            Err(wrong) => {
                say(&format!("{name:<44} DIFFERS\n{wrong}"));
                failed.push(name);
            }
        }
    }
    assert!(failed.is_empty(), "they differ: {failed:?}");
}
