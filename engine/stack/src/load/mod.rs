//! Text to declarations: which files there are, what their blocks declare, which folders their module calls lead to.

mod body;
mod call;
mod condition;
mod config;
mod constant;
mod constraint;
mod files;
mod inputs;
mod installed;
mod output;
mod provider;
mod read;
mod references;
mod repeat;
mod resource;
mod settings;
mod statement;
mod tree;
mod variable;
mod version;

pub(crate) use body::{Attribute, Block, Content, Expression};
pub(crate) use call::Call;
pub(crate) use condition::Condition;
pub(crate) use config::Config;
pub(crate) use constant::evaluate as constant;
pub(crate) use inputs::Input;
pub(crate) use provider::Name as ProviderName;
pub(crate) use read::{reference, unknown_argument, unknown_block};
pub(crate) use repeat::Repeat;
pub(crate) use resource::Resource;
pub use settings::{Backend, read_backend_config};
pub(crate) use statement::Statement;
pub(crate) use tree::{Branch, Forest};
pub(crate) use variable::Variable;

use crate::program::Options;
use crate::{Host, Str};
use files::Files;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use syntax::{Report, Sources};

/// Everything that was read.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    pub(crate) sources: Sources,
    pub(crate) reports: Vec<Report>,
    pub(crate) forest: Forest,
    pub(crate) inputs: BTreeMap<Str, Input>,
}

/// Reads a stack.
pub(crate) fn load(options: &Options, host: &dyn Host) -> Loaded {
    let mut loaded = Loaded::default();
    let (sources, reports) = (&mut loaded.sources, &mut loaded.reports);
    let Some((folder, files)) = root(&options.path, host, reports) else { return loaded };
    loaded.forest = Forest::grow(folder.clone(), &files, host, sources, reports);
    if let Some(root) = loaded.forest.configs.first() {
        loaded.inputs = inputs::collect(options, &folder, &root.variables, host, sources, reports);
    }
    loaded
}

/// The root module's folder and files: a folder's configuration, else its `stack.hcl`; or one file of any name.
fn root(path: &Path, host: &dyn Host, reports: &mut Vec<Report>) -> Option<(PathBuf, Files)> {
    let folder = if path == Path::new(".") { PathBuf::new() } else { path.to_owned() };
    let Ok(files) = Files::of(&folder, host) else {
        if let Err(why) = host.canonical(path) {
            let text = format!("cannot open `{}`: {why}", path.display());
            reports.push(
                Report::error("no-such-path", text)
                    .help("give a folder of `*.tf` files, or one file"),
            );
            return None;
        }
        let folder = path.parent().map(Path::to_owned).unwrap_or_default();
        let files = Files { primary: vec![path.to_owned()], overrides: Vec::new() };
        return Some((folder, files));
    };
    if !files.is_empty() {
        return Some((folder, files));
    }
    let stack = folder.join("stack.hcl");
    if host.canonical(&stack).is_ok() {
        let files = Files { primary: vec![stack], overrides: Vec::new() };
        return Some((folder, files));
    }
    let text = format!("`{}` holds no Terraform configuration", path.display());
    let help = "banana reads `*.tf`, `*.tofu`, `*.tf.json` and `stack.hcl`; give the folder that holds them";
    reports.push(Report::error("no-configuration", text).help(help));
    None
}
