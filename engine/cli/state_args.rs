//! What `banana state` and `banana unlock` take.

use crate::args::wait;
use clap::{Args, Subcommand};
use std::path::PathBuf;
use std::time::Duration;

/// Which state.
#[derive(Args, Clone, Debug)]
pub(crate) struct StateArgs {
    /// The stack whose state it is: a folder, or one file.
    #[arg(long, default_value = ".", value_name = "PATH")]
    pub(crate) stack: PathBuf,
    /// The state file; where the stack's backend keeps it by default.
    #[arg(long, value_name = "FILE")]
    pub(crate) state: Option<PathBuf>,
    /// What the backend block leaves open, as `terraform init -backend-config` takes it. May be given several times.
    #[arg(long, value_name = "NAME=VALUE|FILE")]
    pub(crate) backend_config: Vec<String>,
    /// The workspace; the one that `terraform workspace select` noted by default.
    #[arg(
        long,
        env = "TF_WORKSPACE",
        value_name = "NAME",
        default_value = "",
        hide_default_value = true
    )]
    pub(crate) workspace: String,
    /// How long to wait for the state's lock when somebody has it: `30s`, `5m`.
    #[arg(long, default_value = "0s", value_name = "DURATION", value_parser = wait, hide_default_value = true)]
    pub(crate) lock_timeout: Duration,
    /// Terraform's switch; banana always locks what it changes.
    #[arg(long, hide = true, default_value_t = true, action = clap::ArgAction::Set, num_args = 0..=1, default_missing_value = "true")]
    pub(crate) lock: bool,
}

/// `banana state`
#[derive(Args, Debug)]
pub(crate) struct State {
    #[command(subcommand)]
    pub(crate) verb: StateVerb,
}

/// The verbs of `banana state`.
#[derive(Debug, Subcommand)]
pub(crate) enum StateVerb {
    /// List what it holds, an instance a line.
    List(StateList),
    /// Show one object; secrets are left out.
    Show(StateShow),
    /// Give an object another address, or a resource, or a module with all that is in it.
    Mv(StateMove),
    /// Forget objects; in AWS they stay as they are.
    Rm(StateRemove),
    /// Print the state as it is stored.
    Pull(StatePull),
    /// Replace the state by one from a file, unless that would lose something.
    Push(StatePush),
}

/// `banana state list`
#[derive(Args, Debug)]
pub(crate) struct StateList {
    /// Only these: a resource, an instance or a module.
    #[arg(value_name = "ADDRESS")]
    pub(crate) addresses: Vec<String>,
    /// Only the object with this id.
    #[arg(long, value_name = "ID")]
    pub(crate) id: Option<String>,
    /// For machines.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) state: StateArgs,
}

/// `banana state show`
#[derive(Args, Debug)]
pub(crate) struct StateShow {
    /// The instance.
    pub(crate) address: String,
    /// For machines.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) state: StateArgs,
}

/// `banana state mv`
#[derive(Args, Debug)]
pub(crate) struct StateMove {
    /// What moves: `aws_vpc.main`, `aws_subnet.a[0]`, `module.web`.
    pub(crate) from: String,
    /// Where to.
    pub(crate) to: String,
    /// Say what would move, and move nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) state: StateArgs,
}

/// `banana state rm`
#[derive(Args, Debug)]
pub(crate) struct StateRemove {
    /// What to forget: resources, instances, modules.
    #[arg(required = true, value_name = "ADDRESS")]
    pub(crate) addresses: Vec<String>,
    /// Say what would be forgotten, and forget nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) state: StateArgs,
}

/// `banana state pull`
#[derive(Args, Debug)]
pub(crate) struct StatePull {
    #[command(flatten)]
    pub(crate) state: StateArgs,
}

/// `banana state push`
#[derive(Args, Debug)]
pub(crate) struct StatePush {
    /// The file; `-` is standard input.
    pub(crate) file: PathBuf,
    /// Push a state of another lineage, or an older one, all the same.
    #[arg(long)]
    pub(crate) force: bool,
    #[command(flatten)]
    pub(crate) state: StateArgs,
}

/// `banana unlock`
#[derive(Args, Debug)]
pub(crate) struct Unlock {
    /// The lock's id: only that lock is taken away.
    #[arg(value_name = "LOCK-ID")]
    pub(crate) id: Option<String>,
    /// Do not ask.
    #[arg(long, visible_alias = "auto-approve")]
    pub(crate) force: bool,
    #[command(flatten)]
    pub(crate) state: StateArgs,
}
