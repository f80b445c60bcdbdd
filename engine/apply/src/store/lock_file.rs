//! A file that says who works on a state, held while they do. The system lets go of it when its process ends, however it ends.

use super::LockInfo;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// A held lock file.
#[derive(Debug)]
pub struct LockFile {
    path: PathBuf,
    file: File,
    left: Option<LockInfo>,
}

/// Why a lock file is not held.
#[derive(Debug)]
pub enum NotTaken {
    /// A living process holds it.
    Held(Box<LockInfo>),
    /// The file cannot be used.
    Io(io::Error),
}

impl From<io::Error> for NotTaken {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl LockFile {
    /// Holds the file, making it if need be. It still says what it said.
    pub fn take(path: &Path) -> Result<Self, NotTaken> {
        loop {
            let file = private().read(true).create(true).open(path)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let info = read(&file).unwrap_or_else(LockInfo::of_somebody);
                    return Err(NotTaken::Held(Box::new(info)));
                }
                Err(TryLockError::Error(error)) => return Err(error.into()),
            }
            // The holder before us may have removed the file between our opening and our locking it.
            if is_at(&file, path) {
                let left = read(&file);
                return Ok(Self { path: path.to_owned(), file, left });
            }
        }
    }

    /// What a process that is gone has left in it.
    pub fn left(&self) -> Option<&LockInfo> {
        self.left.as_ref()
    }

    /// Says who holds it now.
    pub fn write(&mut self, info: &LockInfo) -> io::Result<()> {
        self.file.set_len(0)?;
        self.file.write_all(&serde_json::to_vec(info)?)?;
        self.file.sync_all()
    }

    /// True as long as the file is where it was: Terraform removes it when it is done.
    pub(super) fn is_in_place(&self) -> bool {
        is_at(&self.file, &self.path)
    }

    /// Lets go of the file, and removes it while it is still held: whoever opened it before sees that it is gone, and opens it anew.
    pub fn release(self) -> io::Result<()> {
        match std::fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

/// Opens a file for its owner only.
pub(super) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// What a lock file says; `None` when that is nothing that makes sense.
fn read(mut file: &File) -> Option<LockInfo> {
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    io::Seek::rewind(&mut file).ok()?;
    serde_json::from_str(&text).ok()
}

/// True when the open file is the one at the path.
#[cfg(unix)]
pub(super) fn is_at(open: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |m: std::fs::Metadata| (m.dev(), m.ino());
    open.metadata().map(id).ok() == std::fs::metadata(path).map(id).ok()
}

#[cfg(not(unix))]
pub(super) fn is_at(_: &File, _: &Path) -> bool {
    true
}
