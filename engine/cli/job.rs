//! From arguments to a loaded stack.

use crate::args::StackArgs;
use crate::{Failure, Machine};
use stack::{Host, Options, Program, VariableArgument};
use std::path::{Path, PathBuf};

/// Reads the stack that the arguments name.
pub(crate) fn load(args: &StackArgs, machine: &Machine<'_>, defer_data: bool) -> Result<Program, Failure> {
    let disk = machine.disk();
    let path = stack_path(&args.path, &disk)?;
    let mut variables = Vec::new();
    for text in &args.var {
        let (name, value) = text.split_once('=').ok_or_else(|| {
            Failure::user(format!("`--var {text}` has no `=`")).help("write --var name=value, in quotes if it has blanks")
        })?;
        variables.push(VariableArgument::Set(name.trim().to_owned(), value.to_owned()));
    }
    variables.extend(args.var_file.iter().cloned().map(VariableArgument::File));
    let environment = machine.env.iter();
    let environment = environment.filter_map(|(k, v)| Some((k.strip_prefix("TF_VAR_")?.to_owned(), v.clone())));
    let region = args.region.clone().or_else(|| region(machine));
    let options = Options {
        path,
        variables,
        environment: environment.collect(),
        workspace: args.workspace.clone(),
        region,
        defer_data,
    };
    Ok(Program::load(&options, &disk))
}

/// The region that the environment names, as the AWS command line reads it.
pub(crate) fn region(machine: &Machine<'_>) -> Option<String> {
    machine.var("AWS_REGION").or_else(|| machine.var("AWS_DEFAULT_REGION")).map(str::to_owned)
}

/// True for the names that Terraform reads.
fn is_terraform(name: &str) -> bool {
    [".tf", ".tf.json", ".tofu", ".tofu.json"].iter().any(|ending| name.ends_with(ending))
}

/// A folder without Terraform files stands for its `stack.hcl`.
fn stack_path(path: &Path, disk: &dyn Host) -> Result<PathBuf, Failure> {
    let Ok(names) = disk.list(path) else {
        if disk.read(path).is_err() {
            return Err(Failure::user(format!("cannot read `{}`", path.display()))
                .help("give a folder of Terraform files, or one file such as stack.hcl"));
        }
        return Ok(path.to_owned());
    };
    if names.iter().any(|(name, folder)| !folder && is_terraform(name)) {
        return Ok(path.to_owned());
    }
    if names.iter().any(|(name, folder)| !folder && name == "stack.hcl") {
        return Ok(if path == Path::new(".") { PathBuf::from("stack.hcl") } else { path.join("stack.hcl") });
    }
    Err(Failure::user(format!("`{}` holds no Terraform files and no stack.hcl", path.display()))
        .help("run banana where the *.tf files are, or name the folder: banana check PATH"))
}
