//! The examples of a rule's page, and a machine that holds them.

use check::Verdict;
use stack::Host;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// A machine that holds just these files.
pub(crate) struct Files(pub(crate) BTreeMap<PathBuf, Vec<u8>>);

impl Host for Files {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.0.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<(String, bool)>> {
        let mut names = BTreeMap::new();
        for path in self.0.keys() {
            let Ok(inside) = path.strip_prefix(folder) else { continue };
            let mut steps = inside.components();
            if let Some(first) = steps.next() {
                names.insert(
                    first.as_os_str().to_string_lossy().into_owned(),
                    steps.next().is_some(),
                );
            }
        }
        if names.is_empty() {
            Err(io::ErrorKind::NotFound.into())
        } else {
            Ok(names.into_iter().collect())
        }
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        Ok(path.to_owned())
    }

    fn home(&self) -> Option<PathBuf> {
        None
    }

    fn current(&self) -> io::Result<PathBuf> {
        Ok(PathBuf::from("/stack"))
    }
}

pub(crate) fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Fail => "fail",
        Verdict::Pass => "pass",
        Verdict::Unknown => "unknown",
    }
}

pub(crate) fn verdict(word: &str) -> Option<Verdict> {
    [Verdict::Fail, Verdict::Pass, Verdict::Unknown].into_iter().find(|v| word == self::word(*v))
}

/// The fenced examples of a page: what is said of it, its number among its kind, its text.
pub(crate) fn examples(docs: &str) -> Vec<(Verdict, usize, String)> {
    let mut found: Vec<(Verdict, usize, String)> = Vec::new();
    let mut open: Option<(Verdict, String)> = None;
    for line in docs.lines() {
        match &mut open {
            Some((verdict, text)) if line.trim_end() == "```" => {
                let at = found.iter().filter(|(v, _, _)| v == verdict).count();
                found.push((*verdict, at, std::mem::take(text)));
                open = None;
            }
            Some((_, text)) => {
                text.push_str(line);
                text.push('\n');
            }
            None => {
                let kind = line.strip_prefix("```hcl,").and_then(|kind| verdict(kind.trim()));
                open = kind.map(|verdict| (verdict, String::new()));
            }
        }
    }
    found
}
