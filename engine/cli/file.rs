//! Files that banana writes.

use crate::Failure;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

/// Replaces a file as a whole: written beside it under another name, synced, and renamed over it. A `private` one only its owner
/// may read; any other keeps the rights it has.
pub(crate) fn replace(path: &Path, bytes: &[u8], private: bool) -> Result<(), Failure> {
    // A link stays a link: what it leads to is replaced.
    let whole = path.canonicalize();
    let path = whole.as_deref().unwrap_or(path);
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let fresh = path.with_file_name(name);
    let write = || {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, if private { 0o600 } else { 0o666 });
        let mut file = options.open(&fresh)?;
        if let Some(old) = path.metadata().ok().filter(|old| old.is_file() && !private) {
            file.set_permissions(old.permissions())?;
        }
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&fresh, path)
    };
    write().map_err(|error| {
        // The half that may be there is of no use to anybody.
        drop(std::fs::remove_file(&fresh));
        Failure::user(format!("cannot write `{}`: {error}", path.display()))
    })
}
