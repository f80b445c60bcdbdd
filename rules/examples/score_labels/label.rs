//! A label: what a peer says of something.

use std::path::PathBuf;

/// What a peer says of something.
pub(crate) struct Label {
    /// Whose it is: `checkov`, `trivy`, `tflint`.
    pub source: &'static str,
    /// The peer's id of its check.
    pub id: String,
    /// The stack.
    pub stack: Place,
    /// The resource, or `None` for the stack as a whole.
    pub address: Option<String>,
    /// True when the peer finds fault.
    pub fails: bool,
    /// Where it was read, for people.
    pub from: String,
}

/// Where the stack is.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// A folder.
    Folder(PathBuf),
    /// One file's text.
    Text(String),
}
