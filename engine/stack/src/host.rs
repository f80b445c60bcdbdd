//! The machine, as far as resolving may see it. The only disk access below the command line goes through here.

use std::io;
use std::path::{Path, PathBuf};

/// Files and the few facts of the machine that Terraform's functions can ask for.
pub trait Host: Sync {
    /// The bytes of a file.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// The names in a folder with whether each is itself a folder, in byte order.
    fn list(&self, folder: &Path) -> io::Result<Vec<(String, bool)>>;
    /// The path without `.`, `..` and symbolic links.
    fn canonical(&self, path: &Path) -> io::Result<PathBuf>;
    /// The user's home folder, for `pathexpand("~")`.
    fn home(&self) -> Option<PathBuf>;
    /// Where banana was started: `path.cwd`.
    fn current(&self) -> io::Result<PathBuf>;
    /// The time, for `timestamp()`, in RFC 3339: none until something is applied, since before that it would be another one each time.
    fn now(&self) -> Option<String> {
        None
    }
    /// Random bytes, for `uuid()` and `bcrypt()`: none until something is applied.
    fn random(&self) -> Option<[u8; 16]> {
        None
    }
}
