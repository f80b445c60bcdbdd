//! A loaded stack: every module's trees, read once, resolved as often as wanted.

use crate::{Address, Host, Resource, Stack, World};
use std::path::PathBuf;
use std::sync::Arc;
use syntax::{Report, Sources};

/// What to read and with which values.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// A folder of `*.tf`, `*.tofu`, `*.tf.json`, or one file such as `stack.hcl`.
    pub path: PathBuf,
    /// `-var` and `-var-file`, in the order given; later ones win.
    pub variables: Vec<VariableArgument>,
    /// `TF_VAR_…` from the environment, prefix removed.
    pub environment: Vec<(String, String)>,
    /// `terraform.workspace`; `default` when empty.
    pub workspace: String,
    /// The region when no provider block says one.
    pub region: Option<String>,
    /// Plan as Terraform does: a data source waits for the managed resources that it refers to. Checks and costs do not wait.
    pub defer_data: bool,
}

/// A variable argument of the command line.
#[derive(Clone, Debug)]
pub enum VariableArgument {
    /// `-var name=value`
    Set(String, String),
    /// `-var-file path`
    File(PathBuf),
}

/// A loaded stack.
#[derive(Debug)]
pub struct Program {
    sources: Arc<Sources>,
    reports: Vec<Report>,
}

impl Program {
    /// Reads everything there is to read. Never fails: what is missing or broken is a report.
    pub fn load(_options: &Options, _host: &dyn Host) -> Self {
        Self { sources: Arc::default(), reports: Vec::new() }
    }

    /// All files read.
    pub fn sources(&self) -> &Arc<Sources> {
        &self.sources
    }

    /// What was wrong in the text itself.
    pub fn reports(&self) -> &[Report] {
        &self.reports
    }

    /// Evaluates all of it.
    pub fn resolve(&self, _world: &dyn World) -> Stack {
        unimplemented!()
    }

    /// Evaluates one resource instance and what it needs, nothing else. Apply calls this when the objects it depends on exist.
    pub fn instance(
        &self,
        _world: &dyn World,
        _address: &Address,
    ) -> Result<Resource, Vec<Report>> {
        unimplemented!()
    }
}
