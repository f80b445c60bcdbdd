//! A loaded stack: every module's trees, read once, resolved as often as wanted.

use crate::load::{self, Branch, Config, Forest, Input};
use crate::{
    Address, Backend, Host, Key, ModulePath, ModuleStep, Resource, Stack, Str, World, resolve,
};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
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
    /// A value as an expression, whatever the variable's type: a saved plan brings its own so.
    Expression(String, String),
    /// `-var-file path`
    File(PathBuf),
}

/// A loaded stack.
pub struct Program<'h> {
    pub(crate) host: &'h dyn Host,
    pub(crate) forest: Forest,
    pub(crate) inputs: BTreeMap<Str, Input>,
    /// `terraform.workspace`
    pub(crate) workspace: Str,
    pub(crate) region: Option<Str>,
    pub(crate) defer_data: bool,
    /// Where banana was started: `path.cwd`.
    pub(crate) current: PathBuf,
    sources: Arc<Sources>,
    reports: Vec<Report>,
}

impl fmt::Debug for Program<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Program").field("forest", &self.forest).finish_non_exhaustive()
    }
}

/// How many reports reading a stack may make; nobody fixes more before the next run.
const MOST_REPORTS: usize = 500;

impl<'h> Program<'h> {
    /// Reads everything there is to read. Never fails: what is missing or broken is a report.
    pub fn load(options: &Options, host: &'h dyn Host) -> Self {
        let mut loaded = load::load(options, host);
        loaded.reports.truncate(MOST_REPORTS);
        let workspace = if options.workspace.is_empty() { "default" } else { &options.workspace };
        Self {
            host,
            forest: loaded.forest,
            inputs: loaded.inputs,
            workspace: workspace.into(),
            region: options.region.as_deref().map(Str::from),
            defer_data: options.defer_data,
            current: host.current().unwrap_or_default(),
            sources: Arc::new(loaded.sources),
            reports: loaded.reports,
        }
    }

    /// Changes [`Options::defer_data`]: the same program is judged first and planned afterwards.
    pub fn defer_data(&mut self, defer: bool) {
        self.defer_data = defer;
    }

    /// All files read.
    pub fn sources(&self) -> &Arc<Sources> {
        &self.sources
    }

    /// What was wrong in the text itself.
    pub fn reports(&self) -> &[Report] {
        &self.reports
    }

    /// Where the root module keeps its state, when a block says so.
    pub fn backend(&self) -> Option<&Backend> {
        self.forest.configs.first()?.settings.backend.as_ref()
    }

    /// What the modules declare, whatever number of instances it has: each module but the root, and each resource and data source, without
    /// keys.
    pub fn declared(&self) -> (Vec<ModulePath>, Vec<Address>) {
        let (mut modules, mut resources) = (Vec::new(), Vec::new());
        for branch in &self.forest.branches {
            let step = |name: &Str| ModuleStep { name: name.clone(), key: Key::None };
            let module = ModulePath(branch.path.iter().map(step).collect());
            let config = self.forest.configs.get(branch.config);
            for (mode, ty, name) in config.into_iter().flat_map(|c| c.resources.keys()) {
                let (module, ty, name) = (module.clone(), ty.clone(), name.clone());
                resources.push(Address { module, mode: *mode, ty, name, key: Key::None });
            }
            if !module.0.is_empty() {
                modules.push(module);
            }
        }
        (modules, resources)
    }

    /// Evaluates all of it.
    pub fn resolve(&self, world: &dyn World) -> Stack {
        resolve::stack(self, world)
    }

    /// Evaluates one resource instance and what it needs, nothing else. Apply calls this when the objects it depends on exist.
    /// Its `edges` are left empty: they were told when the whole stack was resolved.
    pub fn instance(&self, world: &dyn World, address: &Address) -> Result<Resource, Vec<Report>> {
        resolve::instance(self, world, address)
    }

    pub(crate) fn branch(&self, at: usize) -> Option<&Branch> {
        self.forest.branches.get(at)
    }

    pub(crate) fn config(&self, branch: usize) -> Option<&Config> {
        self.forest.configs.get(self.branch(branch)?.config)
    }

    /// The root module's folder.
    pub(crate) fn folder(&self) -> &Path {
        self.forest.configs.first().map_or(Path::new(""), |root| &root.folder)
    }
}
