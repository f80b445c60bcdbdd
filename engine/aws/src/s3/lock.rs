//! The lock: an object beside the state, made only where there is none. It has no end of its own, so it says who has it.

use super::store::S3Store;
use crate::signed::{Refusal, Request};
use apply::{LockFile, LockInfo, NotTaken, StoreError};
use std::io;

impl S3Store {
    /// Takes the lock on this machine, then the one in the bucket. A lock there that a run on this machine left when it died is taken over.
    pub(super) async fn take(&self, info: &LockInfo) -> Result<(), StoreError> {
        let unusable = |error: io::Error| {
            let why = format!("`{}`: {error}", self.lock_file.display());
            StoreError::Broken { place: self.place.clone(), what: "locked", why }
        };
        let mut file = LockFile::take(&self.lock_file).map_err(|error| match error {
            NotTaken::Held(info) => StoreError::Locked { place: self.place.clone(), info },
            NotTaken::Io(error) => unusable(error),
        })?;
        // Noted before it is taken; until then the lock of a run that died is still noted too.
        let left = file.left().cloned();
        let dead = left.as_ref().map(|left| left.id.clone()).unwrap_or_default();
        file.write(&LockInfo { info: dead, ..info.clone() }).map_err(unusable)?;
        if let Err(error) = self.take_object(info, left.as_ref()).await {
            // The first error is the one to tell.
            let _ = match left {
                Some(left) => file.write(&left),
                None => file.release(),
            };
            return Err(error);
        }
        *self.held() = Some((file, info.clone()));
        Ok(())
    }

    async fn take_object(
        &self,
        info: &LockInfo,
        left: Option<&LockInfo>,
    ) -> Result<(), StoreError> {
        for _ in 0..5 {
            let refusal = match self.make_lock(info).await {
                Ok(()) => return Ok(()),
                Err(refusal) => refusal,
            };
            if refusal.status != Some(412) && refusal.code != "ConditionalRequestConflict" {
                return Err(self.broken("locked", &refusal));
            }
            match self.holder().await? {
                // The answer to our own request was lost, and it was sent again.
                Some(found) if found.id == info.id => return Ok(()),
                Some(found) if left.is_some_and(|l| l.id == found.id || l.info == found.id) => {
                    self.remove_lock().await?;
                }
                Some(found) => {
                    let (place, info) = (self.place.clone(), Box::new(found));
                    return Err(StoreError::Locked { place, info });
                }
                // Given back meanwhile.
                None => {}
            }
        }
        let (place, info) = (self.place.clone(), Box::default());
        Err(StoreError::Locked { place, info })
    }

    /// Who has the lock in the bucket.
    pub async fn holder(&self) -> Result<Option<LockInfo>, StoreError> {
        let request = Request {
            operation: "s3:GetObject",
            method: "GET",
            key: &self.lock_key,
            ..Request::default()
        };
        match self.signed.object(&self.settings.bucket, request).await {
            Ok(reply) => {
                let unknown = || LockInfo { who: "somebody".into(), ..LockInfo::default() };
                Ok(Some(serde_json::from_slice(&reply.body).unwrap_or_else(|_| unknown())))
            }
            Err(refusal) if refusal.code == "NoSuchKey" => Ok(None),
            Err(refusal) => Err(self.broken("locked", &refusal)),
        }
    }

    /// The lock belongs to a run of this machine that has not ended.
    pub fn is_alive_here(&self, info: &LockInfo) -> bool {
        self.lock_file.exists()
            && matches!(LockFile::take(&self.lock_file), Err(NotTaken::Held(held)) if held.id == info.id)
    }

    async fn make_lock(&self, info: &LockInfo) -> Result<(), Refusal> {
        let body = serde_json::to_vec(info).unwrap_or_default();
        let mut headers = self.headers(&body);
        headers.push(("if-none-match", "*".to_owned()));
        let request = Request {
            operation: "s3:PutObject",
            method: "PUT",
            key: &self.lock_key,
            headers,
            body,
            ..Request::default()
        };
        self.signed.object(&self.settings.bucket, request).await.map(drop)
    }

    /// Removes the lock in the bucket, whoever has it.
    pub async fn remove_lock(&self) -> Result<(), StoreError> {
        let request = Request {
            operation: "s3:DeleteObject",
            method: "DELETE",
            key: &self.lock_key,
            ..Request::default()
        };
        let removed = self.signed.object(&self.settings.bucket, request).await;
        removed.map(drop).map_err(|refusal| self.broken("unlocked", &refusal))
    }

    /// Gives the lock back: read, compared, removed, as Terraform does.
    pub(super) async fn give_back(&self) -> Result<(), StoreError> {
        let Some((file, info)) = self.held().take() else { return Ok(()) };
        match self.holder().await? {
            Some(found) if found.id == info.id => self.remove_lock().await?,
            found => {
                let why = match found {
                    Some(found) => format!("the lock is {}'s now", found.who),
                    None => "the lock is gone: somebody has removed it".to_owned(),
                };
                let place = self.place.clone();
                return Err(StoreError::Broken { place, what: "unlocked", why });
            }
        }
        file.release().map_err(|error| StoreError::Broken {
            place: self.place.clone(),
            what: "unlocked",
            why: format!("`{}`: {error}", self.lock_file.display()),
        })
    }
}
