//! Where a file stands in its repository: what other programs know it by.

use std::fmt;
use std::path::{Component, Path, PathBuf};

/// A repository, and the folder in it that file names count from. Both absolute.
#[derive(Clone, Debug)]
pub struct Repository {
    root: PathBuf,
    folder: PathBuf,
}

/// A file that is not in the repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    file: String,
    root: String,
}

impl fmt::Display for Outside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, root } = self;
        write!(f, "`{file}` is outside the repository `{root}`, so this format has no name for it")
    }
}

impl std::error::Error for Outside {}

impl Repository {
    /// File names count from `folder`.
    pub fn new(root: impl Into<PathBuf>, folder: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), folder: folder.into() }
    }

    /// The file's name from the root of the repository on, with `/` between its parts.
    pub fn name(&self, file: &str) -> Result<String, Outside> {
        let mut full = PathBuf::new();
        for part in self.folder.join(Path::new(file)).components() {
            match part {
                Component::CurDir => {}
                Component::ParentDir => drop(full.pop()),
                other => full.push(other),
            }
        }
        let outside = || Outside { file: file.into(), root: self.root.display().to_string() };
        let inner = full.strip_prefix(&self.root).map_err(|_| outside())?;
        let parts: Vec<_> = inner.iter().map(|part| part.to_string_lossy()).collect();
        Ok(parts.join("/"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_count_from_the_root() {
        let repository = Repository::new("/infra", "/infra/live/prod");
        let name = |file: &str| repository.name(file).unwrap();
        assert_eq!(name("main.tf"), "live/prod/main.tf");
        assert_eq!(name("./a/../b.tf"), "live/prod/b.tf");
        assert_eq!(name("../../modules/web/main.tf"), "modules/web/main.tf");
        assert_eq!(name("/infra/x.tf"), "x.tf");
    }

    #[test]
    fn a_file_outside_has_no_name() {
        let repository = Repository::new("/infra", "/infra");
        let error = repository.name("../other/main.tf").unwrap_err();
        assert_eq!(
            error.to_string(),
            "`../other/main.tf` is outside the repository `/infra`, so this format has no name for it"
        );
    }
}
