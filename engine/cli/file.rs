//! Files that banana writes.

use crate::Failure;
use std::io::Write;
use std::path::Path;

/// Replaces a file as a whole: written beside it under another name, synced, and renamed over it.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let fresh = path.with_file_name(name);
    let write = || {
        let mut file = std::fs::File::create(&fresh)?;
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
