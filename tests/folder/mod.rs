//! A folder with one file, `/stack/main.tf`: what most tests of a room resolve.

use stack::Host;
use std::io;
use std::path::{Path, PathBuf};

/// The text of the file.
pub(crate) struct Folder(pub(crate) String);

impl Host for Folder {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        if path == Path::new("/stack/main.tf") {
            Ok(self.0.clone().into_bytes())
        } else {
            Err(io::ErrorKind::NotFound.into())
        }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<(String, bool)>> {
        if folder == Path::new("/stack") {
            Ok(vec![("main.tf".into(), false)])
        } else {
            Err(io::ErrorKind::NotFound.into())
        }
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        Ok(path.into())
    }

    fn home(&self) -> Option<PathBuf> {
        None
    }

    fn current(&self) -> io::Result<PathBuf> {
        Ok("/stack".into())
    }
}
