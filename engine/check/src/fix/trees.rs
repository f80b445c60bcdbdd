//! The trees of the files that may be edited, parsed when they are asked for.

use stack::Stack;
use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;
use syntax::{FileId, Level, Span, Tree};

/// A file that may be edited.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) tree: Tree,
    /// Its comments, in order.
    pub(crate) comments: Vec<Span>,
}

impl File {
    pub(crate) fn text(&self) -> &str {
        self.tree.text()
    }

    /// The text of a range.
    pub(crate) fn slice(&self, start: usize, end: usize) -> &str {
        self.text().get(start..end).unwrap_or_default()
    }
}

/// See the module.
#[derive(Debug)]
pub(crate) struct Trees<'a> {
    stack: &'a Stack,
    root: PathBuf,
    files: Vec<OnceLock<Option<File>>>,
}

impl<'a> Trees<'a> {
    pub(crate) fn new(stack: &'a Stack) -> Self {
        let root = stack.modules.first().map_or("", |root| root.directory.as_str());
        let files = stack.sources.iter().map(|_| OnceLock::new()).collect();
        Self { stack, root: plain(Path::new(root)), files }
    }

    /// A file of the stack's own, in native syntax and without a mistake: what lies outside the root module's folder, or was put
    /// there by `terraform init`, others use too.
    pub(crate) fn file(&self, id: FileId) -> Option<&File> {
        let slot = self.files.get(id.0 as usize)?;
        slot.get_or_init(|| self.read(id)).as_ref()
    }

    fn read(&self, id: FileId) -> Option<File> {
        let source = self.stack.sources.get(id)?;
        let path = plain(Path::new(source.name()));
        let inside = path.strip_prefix(&self.root).ok()?;
        let strange =
            |step: Component<'_>| !matches!(step, Component::Normal(name) if name != ".terraform");
        if inside.components().any(strange) || path.extension().is_some_and(|end| end == "json") {
            return None;
        }
        let (tree, reports) = syntax::parse(id, source.text());
        let sound = reports.iter().all(|report| report.level != Level::Error);
        let comments = syntax::comments(id, source.text());
        sound.then_some(File { tree, comments })
    }
}

/// The path without `.` and without what `..` takes back.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for step in path.components() {
        match step {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(plain.components().next_back(), Some(Component::Normal(_))) =>
            {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lose_their_detours() {
        let plain = |path: &str| plain(Path::new(path)).display().to_string();
        assert_eq!(plain("./live/../modules/./web"), "modules/web");
        assert_eq!(plain("../a/../../b"), "../../b");
        assert_eq!(plain("/a/.."), "/");
        assert_eq!(plain("."), "");
    }
}
