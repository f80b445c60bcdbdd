//! Where a stack keeps its state: a file, or what its backend says.

use crate::args::{PlanArgs, StackArgs};
use crate::{Disk, Failure, Machine, backend, state, workspace};
use plan::State;
use stack::Program;
use std::path::{Path, PathBuf};

/// What decides where a state is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Question<'a> {
    /// The stack.
    pub(crate) path: &'a Path,
    /// Its workspace; empty where nobody says.
    pub(crate) workspace: &'a str,
    /// `--state`
    pub(crate) state: Option<&'a Path>,
    /// `--backend-config`
    pub(crate) backend_config: &'a [String],
}

impl<'a> Question<'a> {
    pub(crate) fn of(stack: &'a StackArgs, args: &'a PlanArgs) -> Self {
        let (state, backend_config) = (args.state.as_deref(), args.backend_config.as_slice());
        Self { path: &stack.path, workspace: &stack.workspace, state, backend_config }
    }
}

/// The folder of the stack at a path.
pub(crate) fn folder(path: &Path, disk: &Disk) -> PathBuf {
    let full = disk.full(path);
    if full.is_file() { full.parent().map(Path::to_owned).unwrap_or_default() } else { full }
}

/// Where a state is.
#[derive(Debug)]
pub(crate) enum Place {
    /// In a file.
    File(PathBuf),
    /// In a bucket.
    #[cfg(feature = "apply")]
    Bucket(Box<crate::bucket::Bucket>),
    /// Where banana cannot read it.
    Elsewhere(String),
}

impl Place {
    /// Where the state is: as told, or where the backend says, or where Terraform keeps it beside the stack, each workspace its own.
    pub(crate) fn of(
        program: &Program<'_>,
        question: Question<'_>,
        machine: &mut Machine<'_>,
    ) -> Result<Self, Failure> {
        if let Some(path) = question.state {
            return Ok(Self::File(machine.disk().full(path)));
        }
        let folder = folder(question.path, &machine.disk());
        let workspace = workspace::of(question.workspace, &folder, machine);
        let kind = program.backend().map_or("local", |backend| backend.kind.as_str());
        Ok(match kind {
            "local" => {
                let config = backend::config(program, &folder, question.backend_config, machine)?;
                Self::File(folder.join(local(&config, &workspace)))
            }
            #[cfg(feature = "apply")]
            "s3" => {
                let config = backend::config(program, &folder, question.backend_config, machine)?;
                let bucket = crate::bucket::Bucket::read_settings(&config, &workspace, folder)?;
                Self::Bucket(Box::new(bucket))
            }
            "cloud" => Self::Elsewhere("a `cloud` block".to_owned()),
            kind => Self::Elsewhere(format!("backend `{kind}`")),
        })
    }

    /// What to say when the state is out of reach: to take it for empty would make everything twice.
    pub(crate) fn elsewhere(&self) -> Option<Failure> {
        let Self::Elsewhere(place) = self else { return None };
        let who = if cfg!(feature = "apply") { "banana" } else { "this build of banana" };
        let text = format!("the stack keeps its state in {place}, which {who} does not read");
        let help = "`terraform state pull > FILE` gets a copy; name it with --state FILE";
        Some(Failure::user(text).help(help))
    }

    /// For messages: a path, or `s3://bucket/key`.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::File(path) => format!("`{}`", path.display()),
            #[cfg(feature = "apply")]
            Self::Bucket(bucket) => bucket.settings.place(),
            Self::Elsewhere(place) => place.clone(),
        }
    }

    /// What a saved plan is bound to: `s3://bucket/key`; nothing for a file, which may be moved with its stack.
    pub(crate) fn address(&self) -> Option<String> {
        match self {
            #[cfg(feature = "apply")]
            Self::Bucket(bucket) => Some(bucket.settings.place()),
            Self::File(_) | Self::Elsewhere(_) => None,
        }
    }

    /// Where a run notes what it does.
    #[cfg(feature = "apply")]
    pub(crate) fn journal(&self) -> Option<PathBuf> {
        match self {
            Self::File(path) => Some(::apply::Paths::beside(path).journal),
            Self::Bucket(bucket) => Some(bucket.journal()),
            Self::Elsewhere(_) => None,
        }
    }

    /// A file in the stack's folder, or beside the state's.
    #[cfg(feature = "apply")]
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        match self {
            Self::File(path) => path.with_file_name(name),
            Self::Bucket(bucket) => bucket.beside(name),
            Self::Elsewhere(_) => name.into(),
        }
    }

    /// The state as it is now, without a lock: a write replaces the whole.
    pub(crate) fn read(&self) -> Result<State, Failure> {
        match self {
            Self::File(path) => state::read(path),
            #[cfg(feature = "apply")]
            Self::Bucket(bucket) => bucket.read(),
            Self::Elsewhere(_) => self.elsewhere().map_or_else(|| Ok(State::default()), Err),
        }
    }
}

/// Where the local backend keeps a workspace's state.
fn local(config: &backend::Config, workspace: &str) -> PathBuf {
    let says = |name: &str| config.get(name)?.as_str().map(str::to_owned);
    if matches!(workspace, "" | "default") {
        return says("path").unwrap_or_else(|| "terraform.tfstate".into()).into();
    }
    let all = says("workspace_dir").unwrap_or_else(|| "terraform.tfstate.d".into());
    Path::new(&all).join(workspace).join("terraform.tfstate")
}
