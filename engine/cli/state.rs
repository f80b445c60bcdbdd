//! The state file of a stack.

use crate::args::{PlanArgs, StackArgs};
use crate::{Failure, Machine};
use plan::State;
use stack::Program;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Where the state is: as told, or `terraform.tfstate` in the stack's folder.
pub(crate) fn path(stack: &StackArgs, args: &PlanArgs, machine: &Machine<'_>) -> PathBuf {
    let disk = machine.disk();
    if let Some(path) = &args.state {
        return disk.full(path);
    }
    let full = disk.full(&stack.path);
    let folder = if full.is_file() { full.parent().map(Path::to_owned) } else { Some(full) };
    folder.unwrap_or_default().join("terraform.tfstate")
}

/// Reads a state file; one that is not there holds nothing.
pub(crate) fn read(path: &Path) -> Result<State, Failure> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        Err(error) => {
            return Err(Failure::user(format!("cannot read `{}`: {error}", path.display())));
        }
    };
    State::read(&bytes).map_err(|error| {
        Failure::user(format!("`{}`: {error}", path.display()))
            .help("the state is left as it is; the one before the last run is beside it, with the ending .backup")
    })
}

/// The state with every object as AWS has it now, and what changed behind the state's back, a line each.
#[cfg(feature = "apply")]
pub(crate) fn refreshed(
    program: &Program<'_>,
    state: State,
    stack: &StackArgs,
    args: &PlanArgs,
    machine: &mut Machine<'_>,
) -> Result<(State, Vec<String>), Failure> {
    if !args.refresh || state.objects().next().is_none() {
        return Ok((state, Vec::new()));
    }
    let cloud = crate::cloud::Cloud::connect(program, stack, machine)?;
    cloud.refresh(&state, args)
}

/// Without the SDK nothing can be read: the state must be taken as it is, and the caller must say so.
#[cfg(not(feature = "apply"))]
pub(crate) fn refreshed(
    _program: &Program<'_>,
    state: State,
    _stack: &StackArgs,
    args: &PlanArgs,
    _machine: &mut Machine<'_>,
) -> Result<(State, Vec<String>), Failure> {
    if args.refresh && state.objects().next().is_some() {
        return Err(Failure::user("this build of banana cannot read AWS")
            .help("plan from the state as it stands with --refresh=false, or build with the default features"));
    }
    Ok((state, Vec::new()))
}
