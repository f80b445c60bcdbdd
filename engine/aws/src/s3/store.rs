//! The state: read with its `ETag`, and written only over what was read, so that a lock that was lost cannot cost anybody's work.

use super::settings::S3Settings;
use crate::signed::{Refusal, Request, Signed};
use apply::{LockFile, LockInfo, Store, StoreError};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use plan::{Failure, FailureKind, Pending};
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A state in a bucket.
#[derive(Debug)]
pub struct S3Store {
    pub(super) settings: S3Settings,
    pub(super) signed: Signed,
    pub(super) place: String,
    pub(super) lock_key: String,
    /// Who of this machine works on it.
    pub(super) lock_file: PathBuf,
    held: Mutex<Option<(LockFile, LockInfo)>>,
    seen: Mutex<Seen>,
}

/// The state as this run last saw or wrote it.
#[derive(Clone, Debug, Default)]
enum Seen {
    #[default]
    Nothing,
    Tag(String),
}

impl S3Store {
    /// Loads region and credentials; no call is made to the bucket. `lock_file`: where this machine notes who of it holds the lock, so that
    /// what dies here does not lock others out for good.
    pub async fn connect(
        settings: S3Settings,
        lock_file: impl Into<PathBuf>,
    ) -> Result<Self, Failure> {
        let signed = Signed::connect(&settings.options).await?;
        Ok(Self {
            place: settings.place(),
            lock_key: format!("{}.tflock", settings.key),
            lock_file: lock_file.into(),
            settings,
            signed,
            held: Mutex::default(),
            seen: Mutex::default(),
        })
    }

    pub(super) fn held(&self) -> MutexGuard<'_, Option<(LockFile, LockInfo)>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What every write to the bucket carries, as Terraform's do.
    pub(super) fn headers(&self, body: &[u8]) -> Vec<(&'static str, String)> {
        let mut headers = vec![("content-type", "application/json".to_owned())];
        if !self.settings.no_checksum {
            headers.push(("x-amz-checksum-sha256", STANDARD.encode(Sha256::digest(body))));
        }
        let protection = &self.settings.protection;
        match &protection.kms_key {
            Some(key) if protection.encrypt => {
                headers.push(("x-amz-server-side-encryption", "aws:kms".to_owned()));
                headers.push(("x-amz-server-side-encryption-aws-kms-key-id", key.clone()));
            }
            None if protection.encrypt => {
                headers.push(("x-amz-server-side-encryption", "AES256".to_owned()));
            }
            _ => {}
        }
        if let Some(acl) = &protection.acl {
            headers.push(("x-amz-acl", acl.clone()));
        }
        headers
    }

    /// A refusal, with what to do about it.
    pub(super) fn broken(&self, what: &'static str, refusal: &Refusal) -> StoreError {
        let Failure { message, operation, kind, help } = &refusal.failure;
        let bucket = &self.settings.bucket.name;
        let advice = match (refusal.code.as_str(), kind) {
            ("NoSuchBucket", _) => Some(format!(
                "make the bucket `{bucket}`, or correct `bucket` in the backend block"
            )),
            ("PermanentRedirect" | "AuthorizationHeaderMalformed", _) => {
                Some(format!("`{bucket}` is in another region: set `region` in the backend block"))
            }
            (_, FailureKind::Denied) => Some(format!(
                "allow `{operation}` and `s3:ListBucket` to the caller, or set `profile` to an account that owns `{bucket}`"
            )),
            ("", FailureKind::Other) => Some(
                "what answered is not S3: see `endpoints` in the backend block, and `AWS_ENDPOINT_URL`"
                    .to_owned(),
            ),
            _ => help.clone(),
        };
        let advice = advice.map(|advice| format!("; {advice}")).unwrap_or_default();
        let why = format!("{message} ({operation}){advice}");
        StoreError::Broken { place: self.place.clone(), what, why }
    }

    async fn get(&self) -> Result<Option<(Vec<u8>, String)>, StoreError> {
        let request = Request {
            operation: "s3:GetObject",
            method: "GET",
            key: &self.settings.key,
            ..Request::default()
        };
        match self.signed.object(&self.settings.bucket, request).await {
            Ok(reply) if reply.body.trim_ascii_start().starts_with(b"<") => {
                let why = "the answer is a page and not a state: see `endpoints` in the backend block, and `AWS_ENDPOINT_URL`";
                let (place, why) = (self.place.clone(), why.to_owned());
                Err(StoreError::Broken { place, what: "read", why })
            }
            Ok(reply) => Ok(Some((reply.body, reply.etag.unwrap_or_default()))),
            Err(refusal) if refusal.code == "NoSuchKey" => Ok(None),
            Err(refusal) => Err(self.broken("read", &refusal)),
        }
    }

    async fn put(&self, state: &[u8]) -> Result<String, Refusal> {
        let mut headers = self.headers(state);
        headers.push(match &*self.seen() {
            Seen::Nothing => ("if-none-match", "*".to_owned()),
            Seen::Tag(tag) => ("if-match", tag.clone()),
        });
        let request = Request {
            operation: "s3:PutObject",
            method: "PUT",
            key: &self.settings.key,
            headers,
            body: state.to_vec(),
            ..Request::default()
        };
        let reply = self.signed.object(&self.settings.bucket, request).await?;
        Ok(reply.etag.unwrap_or_default())
    }
}

impl Store for S3Store {
    fn place(&self) -> String {
        self.place.clone()
    }

    fn lock<'a>(&'a self, info: &'a LockInfo) -> Pending<'a, Result<(), StoreError>> {
        Box::pin(self.take(info))
    }

    fn unlock(&self) -> Pending<'_, Result<(), StoreError>> {
        Box::pin(self.give_back())
    }

    fn read(&self) -> Pending<'_, Result<Option<Vec<u8>>, StoreError>> {
        Box::pin(async move {
            let (bytes, seen) = match self.get().await? {
                Some((bytes, tag)) => (Some(bytes), Seen::Tag(tag)),
                None => (None, Seen::Nothing),
            };
            *self.seen() = seen;
            Ok(bytes)
        })
    }

    fn write(&self, state: Vec<u8>) -> Pending<'_, Result<(), StoreError>> {
        Box::pin(async move {
            let refusal = match self.put(&state).await {
                Ok(tag) => {
                    *self.seen() = Seen::Tag(tag);
                    return Ok(());
                }
                Err(refusal) => refusal,
            };
            let overtaken = refusal.status == Some(412)
                || matches!(refusal.code.as_str(), "NoSuchKey" | "ConditionalRequestConflict");
            if !overtaken {
                return Err(self.broken("written", &refusal));
            }
            // It may be our own write: its answer was lost, and it was sent again.
            match self.get().await? {
                Some((bytes, tag)) if bytes == state => {
                    *self.seen() = Seen::Tag(tag);
                    Ok(())
                }
                _ => Err(StoreError::Overtaken { place: self.place.clone() }),
            }
        })
    }
}
