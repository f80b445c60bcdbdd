//! A state file, its backup and its lock, in one folder.

use super::{LockInfo, Store, StoreError};
use plan::Pending;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The files of one state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// `terraform.tfstate`
    pub state: PathBuf,
    /// The state as it was before this run.
    pub backup: PathBuf,
    /// Who works on it.
    pub lock: PathBuf,
    /// What is being done.
    pub journal: PathBuf,
}

impl Paths {
    /// The files beside a state file, with the names that Terraform gives them.
    pub fn beside(state: impl Into<PathBuf>) -> Self {
        let state = state.into();
        let name = state.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let beside = |name: String| state.with_file_name(name);
        Self {
            backup: beside(format!("{name}.backup")),
            lock: beside(format!(".{name}.lock.info")),
            journal: beside(format!("{name}.journal")),
            state,
        }
    }
}

/// A state in a local file.
#[derive(Debug)]
pub struct LocalStore {
    paths: Paths,
    held: Mutex<Option<File>>,
    /// The state as it was before this run is in the backup file.
    backed_up: Mutex<bool>,
}

impl LocalStore {
    /// Nothing is touched yet.
    pub fn new(paths: Paths) -> Self {
        Self { paths, held: Mutex::new(None), backed_up: Mutex::new(false) }
    }

    fn broken(&self, what: &'static str, error: &io::Error) -> StoreError {
        StoreError::Broken { place: self.place(), what, why: error.to_string() }
    }

    fn try_lock(&self, info: &LockInfo) -> Result<File, StoreError> {
        let broken = |error: io::Error| self.broken("locked", &error);
        loop {
            let mut file = private().read(true).open(&self.paths.lock).map_err(broken)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let mut text = String::new();
                    let _ = file.read_to_string(&mut text);
                    let info = serde_json::from_str(&text).unwrap_or_else(|_| LockInfo {
                        who: "somebody".into(),
                        created: "a moment ago".into(),
                        ..LockInfo::default()
                    });
                    return Err(StoreError::Locked { place: self.place(), info: Box::new(info) });
                }
                Err(TryLockError::Error(error)) => return Err(broken(error)),
            }
            // The holder before us may have removed the file between our opening and our locking it.
            if !same_file(&file, &self.paths.lock) {
                continue;
            }
            file.set_len(0).map_err(broken)?;
            let text = serde_json::to_vec(info).map_err(|e| broken(e.into()))?;
            file.write_all(&text).and_then(|()| file.sync_all()).map_err(broken)?;
            return Ok(file);
        }
    }

    fn write_now(&self, bytes: &[u8]) -> io::Result<()> {
        let mut backed_up = self.backed_up.lock().unwrap_or_else(PoisonError::into_inner);
        if !*backed_up {
            match std::fs::read(&self.paths.state) {
                Ok(before) => replace(&self.paths.backup, &before)?,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
            *backed_up = true;
        }
        replace(&self.paths.state, bytes)
    }
}

impl Store for LocalStore {
    fn place(&self) -> String {
        self.paths.state.display().to_string()
    }

    fn lock<'a>(&'a self, info: &'a LockInfo) -> Pending<'a, Result<(), StoreError>> {
        Box::pin(async move {
            let file = self.try_lock(info)?;
            *self.held.lock().unwrap_or_else(PoisonError::into_inner) = Some(file);
            Ok(())
        })
    }

    fn unlock(&self) -> Pending<'_, Result<(), StoreError>> {
        Box::pin(async move {
            let held = self.held.lock().unwrap_or_else(PoisonError::into_inner).take();
            if held.is_some() {
                // Removed while it is still held: whoever opened it before sees that it is gone, and opens it anew.
                match std::fs::remove_file(&self.paths.lock) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => {
                        return Err(self.broken("unlocked", &error));
                    }
                    _ => {}
                }
            }
            Ok(())
        })
    }

    fn read(&self) -> Pending<'_, Result<Option<Vec<u8>>, StoreError>> {
        Box::pin(async move {
            match tokio::fs::read(&self.paths.state).await {
                Ok(bytes) => Ok(Some(bytes)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(self.broken("read", &error)),
            }
        })
    }

    fn write(&self, state: Vec<u8>) -> Pending<'_, Result<(), StoreError>> {
        // A few syncs of a small file: not worth a thread of its own, and done before anything else goes on.
        Box::pin(async move { self.write_now(&state).map_err(|e| self.broken("written", &e)) })
    }
}

/// Opens a file for its owner only.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(unix)]
fn same_file(open: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |m: std::fs::Metadata| (m.dev(), m.ino());
    open.metadata().map(id).ok() == std::fs::metadata(path).map(id).ok()
}

#[cfg(not(unix))]
fn same_file(_: &File, _: &Path) -> bool {
    true
}

/// Replaces a file as a whole: a temporary file in the same folder, synced, renamed over it, and the folder synced.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A link stays a link.
    let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(&path)?;
    sync_folder(folder)
}

/// Makes the names in a folder durable.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info(who: &str) -> LockInfo {
        LockInfo { who: who.into(), operation: "OperationTypeApply".into(), ..LockInfo::default() }
    }

    #[tokio::test]
    async fn a_lock_says_who_has_it_and_goes_with_its_holder() {
        let folder = tempfile::tempdir().unwrap();
        let paths = Paths::beside(folder.path().join("terraform.tfstate"));
        let (one, other) = (LocalStore::new(paths.clone()), LocalStore::new(paths.clone()));
        one.lock(&info("ann@host")).await.unwrap();
        let error = other.lock(&info("bob@host")).await.unwrap_err();
        assert!(error.to_string().contains("ann@host has been applying"), "{error}");
        one.unlock().await.unwrap();
        assert!(!paths.lock.exists());
        other.lock(&info("bob@host")).await.unwrap();
        drop(other);
        // A crash leaves the file behind, but not the lock.
        assert!(paths.lock.exists());
        one.lock(&info("ann@host")).await.unwrap();
    }

    #[tokio::test]
    async fn writing_replaces_the_whole_and_keeps_what_was_before_the_run() {
        let folder = tempfile::tempdir().unwrap();
        let paths = Paths::beside(folder.path().join("terraform.tfstate"));
        std::fs::write(&paths.state, b"old").unwrap();
        let store = LocalStore::new(paths.clone());
        store.write(b"one".to_vec()).await.unwrap();
        store.write(b"two".to_vec()).await.unwrap();
        assert_eq!(store.read().await.unwrap().unwrap(), b"two");
        assert_eq!(std::fs::read(&paths.backup).unwrap(), b"old");
        let names = std::fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(names, 2, "no temporary file is left");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&paths.state).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[tokio::test]
    async fn no_state_is_no_error() {
        let folder = tempfile::tempdir().unwrap();
        let store = LocalStore::new(Paths::beside(folder.path().join("terraform.tfstate")));
        assert!(store.read().await.unwrap().is_none());
    }
}
