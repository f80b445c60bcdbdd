//! A machine with some files written over, in memory.

use stack::Host;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// See the module.
pub(crate) struct Overlay<'h> {
    pub(crate) host: &'h dyn Host,
    /// By the path that they are read by.
    pub(crate) files: BTreeMap<PathBuf, Arc<str>>,
}

impl Host for Overlay<'_> {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self.files.get(path) {
            Some(text) => Ok(text.as_bytes().to_vec()),
            None => self.host.read(path),
        }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<(String, bool)>> {
        self.host.list(folder)
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        self.host.canonical(path)
    }

    fn home(&self) -> Option<PathBuf> {
        self.host.home()
    }

    fn current(&self) -> io::Result<PathBuf> {
        self.host.current()
    }
}
