//! The stacks of `fixtures/apply/`, one a resource type, the reference stacks, and those of `fixtures/data/`, each in a folder of its own.

use super::server::Moto;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A stack in a folder of its own.
pub(crate) struct Stack {
    folder: tempfile::TempDir,
    /// What the command line says of variables.
    pub(crate) arguments: Vec<String>,
}

/// The reference stacks, which are no single type's.
const REFERENCE: [&str; 2] = ["stack", "seed"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

impl Stack {
    /// Each resource type that has a stack.
    pub(crate) fn types() -> Vec<String> {
        let files = std::fs::read_dir(root().join("fixtures/apply")).unwrap();
        let paths = files.map(|file| file.unwrap().path());
        let is_stack = |path: &PathBuf| path.extension().is_some_and(|end| end == "tf");
        let name = |path: PathBuf| path.file_stem().unwrap().to_str().unwrap().to_owned();
        let mut names: Vec<String> = paths.filter(is_stack).map(name).collect();
        names.sort();
        chosen(names)
    }

    /// The same, and the reference stacks.
    pub(crate) fn all() -> Vec<String> {
        let mut names = Self::types();
        names.extend(chosen(REFERENCE.map(str::to_owned).to_vec()));
        names
    }

    /// Puts the files of a stack into a folder of its own.
    pub(crate) fn stage(name: &str, moto: &Moto) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut arguments = Vec::new();
        match name {
            "stack" => {
                copy(&root().join("stack.hcl"), &folder.path().join("main.tf"));
                arguments.push(format!("-var=certificate_arn={}", moto.certificate()));
            }
            "seed" => {
                copy(&root().join("fixtures/stacks/seed"), folder.path());
                arguments.push("-var-file=secrets.tfvars".to_owned());
            }
            "made" | "found" => {
                let file = root().join("fixtures/data").join(format!("{name}.tf"));
                copy(&file, &folder.path().join("main.tf"));
            }
            ty => {
                let file = root().join("fixtures/apply").join(format!("{ty}.tf"));
                copy(&file, &folder.path().join("main.tf"));
            }
        }
        Self { folder, arguments }
    }

    /// A stack that a test writes.
    pub(crate) fn written(text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("main.tf"), text).unwrap();
        Self { folder, arguments: Vec::new() }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }
}

/// Those that `BANANA_STACKS` names, when it names some.
fn chosen(names: Vec<String>) -> Vec<String> {
    let Ok(wanted) = std::env::var("BANANA_STACKS") else { return names };
    names.into_iter().filter(|name| wanted.split(',').any(|one| one == name)).collect()
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        std::fs::create_dir_all(to).unwrap();
        for entry in std::fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            copy(&path, &to.join(path.file_name().unwrap()));
        }
    } else {
        std::fs::copy(from, to).unwrap();
    }
}

/// Runs banana on a stack.
pub(crate) fn run(moto: &Moto, stack: &Stack, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_banana"));
    command.current_dir(stack.folder()).env_clear().envs(moto.variables());
    command.args(arguments).args(&stack.arguments).output().unwrap()
}

/// All that it said.
pub(crate) fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr].concat()).into_owned()
}

/// Makes moto forget every object.
pub(crate) fn reset(moto: &Moto) {
    let answer = moto.request("POST", "/moto-api/reset").unwrap_or_default();
    assert!(answer.contains(" 200 "), "moto does not reset: {answer}");
}
