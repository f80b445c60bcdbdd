//! The state file, held so that Terraform keeps away from it, as banana keeps away while Terraform holds it.
//!
//! Terraform locks the file itself, by `fcntl`, and writes it in place. Such a lock belongs to the file and not to its name, and goes when
//! the process closes any handle of the file. So: the file is only read through the handle that holds it; a new state is a new
//! file, locked before it gets the name; and the file that loses the name is spoilt, so that a Terraform that waits for its lock refuses it
//! instead of working on what is no state any more.

use super::lock_file::{is_at, private};
use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

/// A held state file.
#[derive(Debug)]
pub(super) struct StateFile {
    path: PathBuf,
    file: File,
}

/// What stands at the start of a file that is no state any more. What stood there is overwritten, not cut: a reader who is in the
/// middle of it still reads all of the old state.
const SPOILT: &[u8] = b"this state was replaced by a newer file; ";

impl StateFile {
    /// Holds the file, making an empty one if need be; `None` when another process holds it.
    pub(super) fn take(path: &Path) -> io::Result<Option<Self>> {
        loop {
            let file = private().read(true).create(true).open(path)?;
            if !try_lock(&file)? {
                return Ok(None);
            }
            if is_at(&file, path) {
                return Ok(Some(Self { path: path.to_owned(), file }));
            }
        }
    }

    /// What it holds; an empty file is none.
    pub(super) fn read(&self) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        (&self.file).rewind()?;
        (&self.file).read_to_end(&mut bytes)?;
        Ok(Some(bytes).filter(|bytes| !bytes.is_empty()))
    }

    /// Replaces it as a whole: a temporary file in the same folder, synced and held, renamed over it, and the folder synced.
    pub(super) fn replace(&mut self, bytes: &[u8]) -> io::Result<()> {
        let path = target(&self.path);
        let new = fresh(&path, bytes)?;
        if !try_lock(new.as_file())? {
            return Err(io::Error::other("a new file is held by somebody else"));
        }
        let old = std::mem::replace(&mut self.file, new.persist(&path)?);
        spoil(&old);
        sync_folder(folder(&path))
    }

    /// Lets go of it. An empty file, made to be held and never written, goes.
    pub(super) fn release(self) -> io::Result<()> {
        if self.file.metadata()?.len() == 0 {
            std::fs::remove_file(&self.path)?;
            spoil(&self.file);
        }
        Ok(())
    }
}

/// Replaces a file that nobody locks.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = target(path);
    fresh(&path, bytes)?.persist(&path)?;
    sync_folder(folder(&path))
}

/// A link stays a link: what it leads to is replaced.
fn target(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

fn fresh(path: &Path, bytes: &[u8]) -> io::Result<tempfile::NamedTempFile> {
    let mut file = tempfile::NamedTempFile::new_in(folder(path))?;
    // Through the file itself: the wrapper's error would name the temporary file.
    file.as_file_mut().write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Makes the names in a folder durable.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Terraform's lock; false when another process has it.
#[cfg(unix)]
fn try_lock(file: &File) -> io::Result<bool> {
    use rustix::fs::{FlockOperation, fcntl_lock};
    use rustix::io::Errno;
    match fcntl_lock(file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(true),
        Err(Errno::AGAIN | Errno::ACCESS) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// A locked file cannot be renamed over here: only the lock file keeps others away.
#[cfg(not(unix))]
fn try_lock(_: &File) -> io::Result<bool> {
    Ok(true)
}

/// Makes a file that has no name any more unreadable as a state. One that has another name is left as it is.
#[cfg(unix)]
fn spoil(old: &File) {
    use std::os::unix::fs::{FileExt, MetadataExt};
    if old.metadata().is_ok_and(|about| about.nlink() == 0) {
        // Nobody is harmed if this fails, unless somebody waits for the lock with the file open.
        let _ = old.write_all_at(SPOILT, 0);
    }
}

#[cfg(not(unix))]
fn spoil(_: &File) {}
