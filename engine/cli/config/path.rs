//! Paths without detours, and as people would type them.

use crate::Machine;
use std::path::{Component, Path, PathBuf};

/// The path without `.` and `..`, by its text alone.
pub(crate) fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(plain.pop()),
            other => plain.push(other),
        }
    }
    plain
}

/// The way from a folder to a path, both absolute and plain.
pub(crate) fn relative(path: &Path, folder: &Path) -> PathBuf {
    let same = folder.components().zip(path.components()).take_while(|(a, b)| a == b).count();
    let ups = folder.components().skip(same).map(|_| Component::ParentDir);
    ups.chain(path.components().skip(same)).collect()
}

/// A path as people would type it where they are: `banana.toml`, `../banana.toml`.
pub(crate) fn shown(path: &Path, machine: &Machine<'_>) -> PathBuf {
    let start = machine.folder.canonicalize().unwrap_or_else(|_| machine.folder.clone());
    let near = relative(path, &start);
    // When only the root of the file system is shared, the whole path is clearer than a row of dots.
    let far = near.components().filter(|part| *part == Component::ParentDir).count();
    if far > 0 && far + 1 >= start.components().count() { path.to_owned() } else { near }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_there() {
        let way = |path: &str, folder: &str| {
            relative(Path::new(path), Path::new(folder)).display().to_string()
        };
        assert_eq!(way("/a/b/c.tf", "/a/b"), "c.tf");
        assert_eq!(way("/a/x/c.tf", "/a/b/d"), "../../x/c.tf");
        assert_eq!(way("/a/b", "/a/b"), "");
        assert_eq!(plain(Path::new("/a/./b/../c.tf")), Path::new("/a/c.tf"));
    }
}
