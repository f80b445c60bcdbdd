//! The tree of module calls: which folder each `module` block leads to.

use super::config::Config;
use super::files::{self, Files};
use super::installed::Installed;
use crate::{Host, Str};
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use syntax::{Report, Sources, Span, Tree};

/// A place in the tree of calls, whatever number of instances it has.
#[derive(Debug)]
pub(crate) struct Branch {
    /// Index into [`Forest::configs`].
    pub(crate) config: usize,
    /// The call that leads here, and the branch it stands in.
    pub(crate) parent: Option<usize>,
    /// `["network", "subnets"]`
    pub(crate) path: Vec<Str>,
    /// Call name to branch; a call whose folder is missing leads nowhere.
    pub(crate) children: BTreeMap<Str, usize>,
    /// The header of the `module` block.
    pub(crate) call: Option<Span>,
}

/// All modules of a stack.
#[derive(Debug, Default)]
pub(crate) struct Forest {
    pub(crate) configs: Vec<Config>,
    /// Parents before children.
    pub(crate) branches: Vec<Branch>,
    folders: BTreeMap<PathBuf, usize>,
}

/// Calls may multiply from level to level; no real stack has this many.
const MOST_BRANCHES: usize = 20_000;

/// A call to follow.
struct Step {
    parent: usize,
    name: Str,
    folder: PathBuf,
    canonical: PathBuf,
    header: Span,
}

impl Forest {
    /// Reads the root module's files and everything they call, level by level.
    pub(crate) fn grow(
        folder: PathBuf,
        files: &Files,
        host: &dyn Host,
        sources: &mut Sources,
        reports: &mut Vec<Report>,
    ) -> Self {
        let mut forest = Self::default();
        let canonical = host.canonical(&files::or_here(&folder)).unwrap_or_else(|_| folder.clone());
        let installed = Installed::read(&folder, host, reports);
        let root = (folder, canonical, files.clone());
        forest.read(vec![root], host, sources, reports);
        let children = BTreeMap::new();
        let path = Vec::new();
        forest.branches.push(Branch { config: 0, parent: None, path, children, call: None });
        let mut level = vec![0];
        while !level.is_empty() {
            let steps = forest.steps(&level, &installed, host, reports);
            level = forest.follow(steps, host, sources, reports);
        }
        forest
    }

    /// The calls of these branches that lead to a folder.
    fn steps(
        &self,
        level: &[usize],
        installed: &Installed,
        host: &dyn Host,
        reports: &mut Vec<Report>,
    ) -> Vec<Step> {
        let mut steps = Vec::new();
        for parent in level {
            let Some(branch) = self.branches.get(*parent) else { continue };
            let Some(config) = self.configs.get(branch.config) else { continue };
            for (name, call) in &config.calls {
                let Some((source, span)) = &call.source else { continue };
                let folder = if is_local(source) {
                    clean(&config.folder.join(source.as_str()))
                } else {
                    let mut key = branch.path.clone();
                    key.push(name.clone());
                    let Some(folder) = installed.folder(&key) else {
                        reports.push(not_installed(name, source, *span));
                        continue;
                    };
                    clean(folder)
                };
                let Ok(canonical) = host.canonical(&files::or_here(&folder)) else {
                    let text =
                        format!("module `{name}`: there is no folder `{}`", folder.display());
                    reports.push(
                        Report::error("missing-module", text).at(*span, "leads nowhere").help(
                            "the path counts from the folder of the file that calls the module",
                        ),
                    );
                    continue;
                };
                if self.is_inside(*parent, &canonical) {
                    let text = format!("module `{name}` calls itself, directly or through others");
                    reports.push(
                        Report::error("module-recursion", text)
                            .at(*span, "a folder that this module stands in already"),
                    );
                    continue;
                }
                let (header, name) = (call.header, name.clone());
                steps.push(Step { parent: *parent, name, folder, canonical, header });
            }
        }
        steps
    }

    /// True when the branch, or one above it, is made of this folder.
    fn is_inside(&self, branch: usize, canonical: &Path) -> bool {
        let Some(config) = self.folders.get(canonical) else { return false };
        let up = |at: &usize| self.branches.get(*at).and_then(|b| b.parent);
        std::iter::successors(Some(branch), up)
            .any(|at| self.branches.get(at).is_some_and(|b| b.config == *config))
    }

    /// Reads the folders that are new and hangs the branches.
    fn follow(
        &mut self,
        steps: Vec<Step>,
        host: &dyn Host,
        sources: &mut Sources,
        reports: &mut Vec<Report>,
    ) -> Vec<usize> {
        let mut new = Vec::new();
        for step in &steps {
            let known = self.folders.contains_key(&step.canonical)
                || new.iter().any(|(_, canonical, _)| *canonical == step.canonical);
            if known {
                continue;
            }
            let files = Files::of(&step.folder, host).unwrap_or_default();
            if files.is_empty() {
                let text = format!(
                    "module `{}`: `{}` holds no configuration",
                    step.name,
                    step.folder.display()
                );
                reports.push(Report::error("missing-module", text).at(step.header, "called here"));
            }
            new.push((step.folder.clone(), step.canonical.clone(), files));
        }
        self.read(new, host, sources, reports);
        let mut level = Vec::new();
        for step in steps {
            let Some(config) = self.folders.get(&step.canonical).copied() else { continue };
            if self.branches.len() >= MOST_BRANCHES {
                let text = format!("the stack calls more than {MOST_BRANCHES} modules");
                reports
                    .push(Report::error("too-many-modules", text).at(step.header, "stopped here"));
                return Vec::new();
            }
            let at = self.branches.len();
            let Some(parent) = self.branches.get_mut(step.parent) else { continue };
            parent.children.insert(step.name.clone(), at);
            let mut path = parent.path.clone();
            path.push(step.name);
            let (parent, call) = (Some(step.parent), Some(step.header));
            self.branches.push(Branch { config, parent, path, children: BTreeMap::new(), call });
            level.push(at);
        }
        level
    }

    /// Reads folders: all their files at once.
    fn read(
        &mut self,
        folders: Vec<(PathBuf, PathBuf, Files)>,
        host: &dyn Host,
        sources: &mut Sources,
        reports: &mut Vec<Report>,
    ) {
        let each = |files: &Files| files.primary.iter().chain(&files.overrides).cloned().collect();
        let paths: Vec<PathBuf> =
            folders.iter().flat_map(|(_, _, files)| -> Vec<PathBuf> { each(files) }).collect();
        let mut trees = files::parse(&paths, host, sources, reports).into_iter();
        for (folder, canonical, files) in folders {
            let mut take =
                |n: usize| -> Vec<Arc<Tree>> { trees.by_ref().take(n).flatten().collect() };
            let (primary, overrides) = (take(files.primary.len()), take(files.overrides.len()));
            let config = Config::read(folder, &primary, &overrides, reports);
            self.folders.insert(canonical, self.configs.len());
            self.configs.push(config);
        }
    }
}

fn is_local(source: &str) -> bool {
    ["./", "../", ".\\", "..\\"].iter().any(|start| source.starts_with(start))
        || matches!(source, "." | "..")
        || Path::new(source).is_absolute()
}

fn not_installed(name: &str, source: &str, span: Span) -> Report {
    let text = format!("module `{name}` (`{source}`) is not installed");
    Report::error("missing-module", text)
        .at(span, "not under `.terraform/modules`")
        .help("run `terraform init` (or `tofu init`), or `terraform get`; what the module holds is left out until then")
}

/// The path without `.` and `a/..`, by its letters alone, as Terraform does.
fn clean(path: &Path) -> PathBuf {
    let mut parts: Vec<Component<'_>> = Vec::new();
    for part in path.components() {
        match (part, parts.last()) {
            (Component::CurDir, _) | (Component::ParentDir, Some(Component::RootDir)) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.into_iter().collect()
}
