//! Which parts of the text are part of the stack: a resource with `count = 0`, or a module that nothing calls, is not.

use super::scope::Root;
use stack::Stack;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use syntax::{FileId, Level, Span};

/// What the stack is made of.
#[derive(Debug)]
pub(super) struct Live {
    /// Blocks of resources and data sources that have instances.
    blocks: BTreeSet<Span>,
    /// Headers of `module` blocks that have instances.
    calls: BTreeSet<Span>,
    /// Folders of modules that have instances.
    folders: BTreeSet<PathBuf>,
    /// Files with errors: who knows what stands in them.
    broken: BTreeSet<FileId>,
}

impl Live {
    pub(super) fn of(stack: &Stack) -> Self {
        let folders = stack.modules.iter().map(|module| folder(Path::new(&module.directory)));
        let errors = stack.reports.iter().filter(|report| report.level == Level::Error);
        Self {
            broken: errors.filter_map(|report| Some(report.at.as_ref()?.span.file)).collect(),
            blocks: stack.resources.iter().map(|resource| resource.block).collect(),
            calls: stack.modules.iter().filter_map(|module| module.call).collect(),
            folders: folders.collect(),
        }
    }

    /// True when a top-level block, or what stands outside of any, is part of the stack. Files of values always are.
    pub(super) fn holds(&self, root: Option<&Root>, file: FileId, name: &str) -> bool {
        if self.broken.contains(&file) {
            return false;
        }
        let file = Path::new(name);
        let values =
            file.file_name().is_some_and(|name| name.to_string_lossy().contains(".tfvars"));
        let here = || self.folders.contains(&folder(file.parent().unwrap_or(Path::new(""))));
        match root {
            Some(root) if matches!(root.kind.as_str(), "resource" | "data") => {
                self.blocks.contains(&root.span)
            }
            Some(root) if root.kind == "module" => self.calls.contains(&root.header),
            _ => values || here(),
        }
    }
}

/// `.` and nothing are the same folder.
fn folder(path: &Path) -> PathBuf {
    if path == Path::new(".") { PathBuf::new() } else { path.components().collect() }
}
