//! A state file, its backup and its lock, in one folder.

use super::lock_file::{LockFile, NotTaken};
use super::state_file::{StateFile, replace};
use super::{LockInfo, Store, StoreError};
use plan::Pending;
use std::io;
use std::path::PathBuf;
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

/// A state in a local file. Its lock keeps other runs of banana and of Terraform away.
#[derive(Debug)]
pub struct LocalStore {
    paths: Paths,
    held: Mutex<Option<Held>>,
    /// The state as it was before this run is in the backup file.
    backed_up: Mutex<bool>,
}

#[derive(Debug)]
struct Held {
    lock: LockFile,
    state: StateFile,
}

impl LocalStore {
    /// Nothing is touched yet.
    pub fn new(paths: Paths) -> Self {
        Self { paths, held: Mutex::new(None), backed_up: Mutex::new(false) }
    }

    /// What a run that is gone has left in the lock file; it keeps nobody away. An error when a living one holds the lock.
    pub fn abandoned(&self) -> Result<Option<LockInfo>, StoreError> {
        if !self.paths.lock.exists() {
            return Ok(None);
        }
        let held = self.try_lock()?;
        let left = held.lock.left().cloned().unwrap_or_else(LockInfo::of_somebody);
        held.state.release().map_err(|error| self.broken("unlocked", &error))?;
        Ok(Some(left))
    }

    /// Removes what [`LocalStore::abandoned`] found.
    pub fn clear(&self) -> Result<(), StoreError> {
        let Held { lock, state } = self.try_lock()?;
        let released = state.release().and_then(|()| lock.release());
        released.map_err(|error| self.broken("unlocked", &error))
    }

    fn broken(&self, what: &'static str, error: &io::Error) -> StoreError {
        StoreError::Broken { place: self.place(), what, why: error.to_string() }
    }

    fn locked(&self, info: Box<LockInfo>) -> StoreError {
        StoreError::Locked { place: self.place(), info }
    }

    fn try_lock(&self) -> Result<Held, StoreError> {
        loop {
            let lock = LockFile::take(&self.paths.lock).map_err(|error| match error {
                NotTaken::Held(info) => self.locked(info),
                NotTaken::Io(error) => self.broken("locked", &error),
            })?;
            let state = StateFile::take(&self.paths.state);
            let Some(state) = state.map_err(|error| self.broken("locked", &error))? else {
                // Terraform has it, and says in the same file who that is.
                let info = lock.left().cloned().unwrap_or_else(LockInfo::of_somebody);
                return Err(self.locked(Box::new(info)));
            };
            if lock.is_in_place() {
                return Ok(Held { lock, state });
            }
        }
    }

    fn read_now(&self) -> io::Result<Option<Vec<u8>>> {
        if let Some(held) = &*self.held.lock().unwrap_or_else(PoisonError::into_inner) {
            return held.state.read();
        }
        match std::fs::read(&self.paths.state) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn write_now(&self, bytes: &[u8]) -> io::Result<()> {
        let mut backed_up = self.backed_up.lock().unwrap_or_else(PoisonError::into_inner);
        if !*backed_up {
            if let Some(before) = self.read_now()? {
                replace(&self.paths.backup, &before)?;
            }
            *backed_up = true;
        }
        match &mut *self.held.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(held) => held.state.replace(bytes),
            None => replace(&self.paths.state, bytes),
        }
    }
}

impl Store for LocalStore {
    fn place(&self) -> String {
        self.paths.state.display().to_string()
    }

    fn lock<'a>(&'a self, info: &'a LockInfo) -> Pending<'a, Result<(), StoreError>> {
        Box::pin(async move {
            let mut held = self.try_lock()?;
            held.lock.write(info).map_err(|error| self.broken("locked", &error))?;
            *self.held.lock().unwrap_or_else(PoisonError::into_inner) = Some(held);
            Ok(())
        })
    }

    fn unlock(&self) -> Pending<'_, Result<(), StoreError>> {
        Box::pin(async move {
            let held = self.held.lock().unwrap_or_else(PoisonError::into_inner).take();
            let Some(Held { lock, state }) = held else { return Ok(()) };
            let released = state.release().and_then(|()| lock.release());
            released.map_err(|error| self.broken("unlocked", &error))
        })
    }

    fn read(&self) -> Pending<'_, Result<Option<Vec<u8>>, StoreError>> {
        Box::pin(async move { self.read_now().map_err(|error| self.broken("read", &error)) })
    }

    fn write(&self, state: Vec<u8>) -> Pending<'_, Result<(), StoreError>> {
        // A few syncs of a small file: not worth a thread of its own, and done before anything else goes on.
        Box::pin(async move { self.write_now(&state).map_err(|e| self.broken("written", &e)) })
    }
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
        assert!(!paths.lock.exists() && !paths.state.exists(), "nothing was written");
        other.lock(&info("bob@host")).await.unwrap();
        assert!(matches!(one.abandoned(), Err(StoreError::Locked { .. })));
        drop(other);
        // A crash leaves the file behind, but not the lock.
        assert_eq!(one.abandoned().unwrap().unwrap().who, "bob@host");
        one.lock(&info("ann@host")).await.unwrap();
        one.unlock().await.unwrap();
        assert_eq!(one.abandoned().unwrap(), None);
    }

    #[tokio::test]
    async fn what_a_crash_left_can_be_cleared() {
        let folder = tempfile::tempdir().unwrap();
        let paths = Paths::beside(folder.path().join("terraform.tfstate"));
        let store = LocalStore::new(paths.clone());
        store.lock(&info("ann@host")).await.unwrap();
        drop(store);
        LocalStore::new(paths).clear().unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[tokio::test]
    async fn writing_replaces_the_whole_and_keeps_what_was_before_the_run() {
        for locked in [false, true] {
            let folder = tempfile::tempdir().unwrap();
            let paths = Paths::beside(folder.path().join("terraform.tfstate"));
            std::fs::write(&paths.state, b"old").unwrap();
            let store = LocalStore::new(paths.clone());
            if locked {
                store.lock(&info("ann@host")).await.unwrap();
            }
            store.write(b"one".to_vec()).await.unwrap();
            store.write(b"two".to_vec()).await.unwrap();
            assert_eq!(store.read().await.unwrap().unwrap(), b"two");
            store.unlock().await.unwrap();
            assert_eq!(std::fs::read(&paths.state).unwrap(), b"two");
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
    }

    /// Who waits for the lock of a file that has lost its name must not take it for a state, and who reads it reads all of it.
    #[cfg(unix)]
    #[tokio::test]
    async fn a_file_that_was_replaced_is_no_state_any_more() {
        use std::io::Read;
        let folder = tempfile::tempdir().unwrap();
        let paths = Paths::beside(folder.path().join("terraform.tfstate"));
        let long =
            format!("{{\"version\": 4, \"serial\": 1, \"lineage\": \"{}\"}}", "x".repeat(9000));
        std::fs::write(&paths.state, &long).unwrap();
        let (mut waits, mut reads) = (
            std::fs::File::open(&paths.state).unwrap(),
            std::fs::File::open(&paths.state).unwrap(),
        );
        let mut start = vec![0; 4096];
        reads.read_exact(&mut start).unwrap();
        std::fs::hard_link(&paths.state, folder.path().join("kept")).unwrap();
        let store = LocalStore::new(paths.clone());
        store.lock(&info("ann@host")).await.unwrap();
        store.write(b"one".to_vec()).await.unwrap();
        let mut text = String::new();
        waits.read_to_string(&mut text).unwrap();
        assert_eq!(text, long, "it has another name: nothing is done to it");
        std::fs::remove_file(folder.path().join("kept")).unwrap();

        let mut waits = std::fs::File::open(&paths.state).unwrap();
        store.write(b"two".to_vec()).await.unwrap();
        text.clear();
        waits.read_to_string(&mut text).unwrap();
        assert!(text.starts_with("this state was replaced"), "{text}");
        let mut rest = Vec::new();
        reads.read_to_end(&mut rest).unwrap();
        assert_eq!([start, rest].concat(), long.as_bytes());
    }

    #[tokio::test]
    async fn no_state_is_no_error() {
        let folder = tempfile::tempdir().unwrap();
        let store = LocalStore::new(Paths::beside(folder.path().join("terraform.tfstate")));
        assert!(store.read().await.unwrap().is_none());
    }
}
