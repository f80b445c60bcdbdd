//! Which files make a module, and reading them.

use crate::Host;
use rayon::prelude::*;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use syntax::{FileId, Report, Sources, Tree};

/// A module's files, in byte order: those first laid down, then those that override.
#[derive(Clone, Debug, Default)]
pub(crate) struct Files {
    pub(crate) primary: Vec<PathBuf>,
    pub(crate) overrides: Vec<PathBuf>,
}

impl Files {
    /// The files of a folder.
    pub(crate) fn of(folder: &Path, host: &dyn Host) -> io::Result<Self> {
        let mut files = Self::default();
        let list = host.list(&or_here(folder))?;
        for (name, is_folder) in &list {
            let Some(stem) = stem(name).filter(|_| !*is_folder && !is_hidden(name)) else {
                continue;
            };
            // OpenTofu prefers `x.tofu` to `x.tf`; Terraform, which is the contract, reads the latter.
            let twin = name.replace(".tofu", ".tf");
            if twin != *name && list.iter().any(|(other, _)| *other == twin) {
                continue;
            }
            let path = folder.join(name);
            if stem == "override" || stem.ends_with("_override") {
                files.overrides.push(path);
            } else {
                files.primary.push(path);
            }
        }
        Ok(files)
    }

    /// True when the folder holds no configuration at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.primary.is_empty() && self.overrides.is_empty()
    }
}

/// `.` for the empty path, which no operating system opens.
pub(crate) fn or_here(path: &Path) -> PathBuf {
    if path.as_os_str().is_empty() { PathBuf::from(".") } else { path.to_owned() }
}

/// The name without the extension of a configuration file.
fn stem(name: &str) -> Option<&str> {
    [".tf", ".tofu", ".tf.json", ".tofu.json"].iter().find_map(|end| name.strip_suffix(end))
}

/// Editors' leftovers, as Terraform leaves them out too.
fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || name.ends_with('~') || (name.starts_with('#') && name.ends_with('#'))
}

/// The text of a file; a report when it cannot be had.
pub(crate) fn text(path: &Path, host: &dyn Host) -> Result<Arc<str>, Box<Report>> {
    let bytes = host.read(path).map_err(|why| {
        let text = format!("cannot read `{}`: {why}", path.display());
        let report = Report::error("unreadable-file", text)
            .help("check that the file is there and that you may read it");
        Box::new(report)
    })?;
    syntax::decode(&bytes).map_err(|why| Box::new(why.report(&path.display().to_string())))
}

/// Reads and parses files; those that cannot be read are reports. Order and ids are those of `paths`.
pub(crate) fn parse(
    paths: &[PathBuf],
    host: &dyn Host,
    sources: &mut Sources,
    reports: &mut Vec<Report>,
) -> Vec<Option<Arc<Tree>>> {
    let texts: Vec<Result<Arc<str>, Box<Report>>> =
        paths.par_iter().map(|path| text(path, host)).collect();
    let mut jobs = Vec::new();
    for (path, text) in paths.iter().zip(texts) {
        match text {
            Ok(text) => {
                let file = sources.add(path.display().to_string(), Arc::clone(&text));
                let json = path.extension().is_some_and(|e| e == "json");
                jobs.push(Some((file, text, json)));
            }
            Err(report) => {
                reports.push(*report);
                jobs.push(None);
            }
        }
    }
    let parsed: Vec<_> = jobs.into_par_iter().map(|job| job.map(parse_one)).collect();
    parsed
        .into_iter()
        .map(|found| {
            let (tree, found) = found?;
            reports.extend(found);
            Some(Arc::new(tree))
        })
        .collect()
}

fn parse_one((file, text, json): (FileId, Arc<str>, bool)) -> (Tree, Vec<Report>) {
    if json { syntax::parse_json(file, &text) } else { syntax::parse(file, &text) }
}
