//! From a stack to its configuration: the file that is in force, and those that it extends.

use super::file::File;
use super::node::Placed;
use super::path::shown;
use crate::{Failure, Machine};
use stack::Host;
use std::path::{Path, PathBuf};
use syntax::{FileId, Report, Sources};

/// The name of a configuration file.
const NAME: &str = "banana.toml";

/// How many files may extend each other.
const LONGEST: usize = 16;

/// The files in force, the one that goes before the others first.
#[derive(Debug, Default)]
pub(super) struct Chain {
    pub(super) files: Vec<File>,
    /// Their texts.
    pub(super) sources: Sources,
    /// What is wrong with them.
    pub(super) reports: Vec<Report>,
}

/// The nearest configuration file, from the stack's folder upwards to the root of its repository. Outside of any repository, up to the
/// folder that banana was started in.
pub(super) fn nearest(stack: &Path, machine: &Machine<'_>) -> Option<PathBuf> {
    let stack = machine.disk().full(stack).canonicalize().ok()?;
    let folder = if stack.is_dir() { stack.as_path() } else { stack.parent()? };
    let start = machine.folder.canonicalize().ok()?;
    let root = folder.ancestors().find(|above| above.join(".git").exists());
    let last = root.unwrap_or(if folder.starts_with(&start) { &start } else { folder });
    let folders = folder.ancestors().take_while(|above| above.starts_with(last));
    folders.map(|folder| folder.join(NAME)).find(|file| file.is_file())
}

impl Chain {
    /// Reads a file and those that it extends.
    pub(super) fn read(path: &Path, machine: &Machine<'_>) -> Result<Self, Failure> {
        let unreadable = |path: &Path, error: std::io::Error| {
            Failure::user(format!("cannot read `{}`: {error}", path.display()))
        };
        let mut chain = Self::default();
        let mut next = Some(
            machine.disk().full(path).canonicalize().map_err(|error| unreadable(path, error))?,
        );
        let mut seen: Vec<PathBuf> = Vec::new();
        while let Some(path) = next.take() {
            let bytes = machine.disk().read(&path).map_err(|error| unreadable(&path, error))?;
            let name = shown(&path, machine).display().to_string();
            let id = match syntax::decode(&bytes) {
                Ok(text) => chain.sources.add(name, text),
                Err(why) => {
                    chain.reports.push(why.report(&name));
                    break;
                }
            };
            next = chain.add(id, &path);
            seen.push(path);
            if let Some((written, next)) = chain.extended().zip(next.as_ref()) {
                let report = |text: &str| {
                    Report::error("config-extend", text).at(written.span, "extended here")
                };
                if seen.contains(next) {
                    chain.reports.push(report("a file extends itself, directly or through others"));
                    break;
                }
                if seen.len() >= LONGEST {
                    chain.reports.push(
                        report("too many files extend each other")
                            .help(format!("{LONGEST} is the most")),
                    );
                    break;
                }
            }
        }
        Ok(chain)
    }

    /// Reads the text of a file; gives the file that it extends.
    fn add(&mut self, id: FileId, path: &Path) -> Option<PathBuf> {
        let folder = path.parent().unwrap_or(path).to_owned();
        let text = self.sources.get(id)?.text();
        match File::read(text, id, folder.clone()) {
            Ok(file) => self.files.push(file),
            Err(reports) => {
                self.reports.extend(reports);
                return None;
            }
        }
        let written = self.extended()?;
        match folder.join(&written.value).canonicalize() {
            Ok(path) if path.is_file() => Some(path),
            _ => {
                let text = format!("there is no file `{}`", written.value);
                let report = Report::error("config-extend", text).at(written.span, "not found");
                let help = "the path counts from the folder of the file that it is written in";
                self.reports.push(report.help(help));
                None
            }
        }
    }

    /// What the last file says it extends.
    fn extended(&self) -> Option<Placed<String>> {
        self.files.last()?.extend.clone()
    }
}
