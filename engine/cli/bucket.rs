//! A state in S3, and the files that a run keeps beside the stack for it.

use crate::backend::Config;
use crate::cloud::refused;
use crate::{Failure, state};
use ::apply::Store;
use aws::{S3Settings, S3Store};
use plan::State;
use std::path::{Path, PathBuf};

/// Where the state is, and the folder of its stack.
#[derive(Debug)]
pub(crate) struct Bucket {
    pub(crate) settings: S3Settings,
    folder: PathBuf,
}

impl Bucket {
    pub(crate) fn read_settings(
        config: &Config,
        workspace: &str,
        folder: PathBuf,
    ) -> Result<Self, Failure> {
        let settings = S3Settings::read(config, workspace).map_err(|failure| refused(&failure))?;
        Ok(Self { settings, folder })
    }

    /// A file beside the stack that belongs to this state and to no other: `.banana/s3/BUCKET/KEY.journal`.
    fn file(&self, ending: &str) -> PathBuf {
        let mut path = self.folder.join(".banana").join("s3").join(&self.settings.bucket.name);
        for part in format!("{}.{ending}", self.settings.key).split('/') {
            // A key may hold what a path cannot.
            path.push(match part {
                "" => "%",
                "." => "%.",
                ".." => "%..",
                part => part,
            });
        }
        path
    }

    /// A file in the stack's folder.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// What is being done.
    pub(crate) fn journal(&self) -> PathBuf {
        self.file("journal")
    }

    /// A connection; the lock is not taken yet.
    pub(crate) async fn connect(&self) -> Result<S3Store, Failure> {
        let store = S3Store::connect(self.settings.clone(), self.file("lock.info")).await;
        store.map_err(|failure| refused(&failure))
    }

    /// Makes the folder of the files beside the stack.
    pub(crate) fn make_room(&self) -> Result<(), Failure> {
        let journal = self.journal();
        let folder = journal.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).map_err(|error| {
            Failure::user(format!("`{}` cannot be made: {error}", folder.display()))
        })
    }

    /// The state as it is now.
    pub(crate) fn read(&self) -> Result<State, Failure> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|e| Failure::user(format!("cannot start a thread: {e}")))?;
        let read = async { self.connect().await?.read().await.map_err(|e| state::broken(&e)) };
        let bytes = runtime.block_on(read)?.unwrap_or_default();
        let state = State::read(&bytes)
            .map_err(|error| Failure::user(format!("{}: {error}", self.settings.place())))?;
        self.is_no_stranger(&state)?;
        Ok(state)
    }

    /// A stack whose state is still in a file beside it is not taken for one that has none: everything would be made twice.
    pub(crate) fn is_no_stranger(&self, state: &State) -> Result<(), Failure> {
        let file = self.folder.join("terraform.tfstate");
        if !state.is_new() || !file.exists() {
            return Ok(());
        }
        let count = state::read(&file)?.objects().count();
        if count == 0 {
            return Ok(());
        }
        let place = self.settings.place();
        let text = format!(
            "there is no state in {place} yet, and `terraform.tfstate` beside the stack holds {count} objects"
        );
        Err(Failure::user(text).help(
            "`banana state push terraform.tfstate` moves it to the bucket; then remove the file",
        ))
    }
}
