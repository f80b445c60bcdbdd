//! Who holds a lock, in Terraform's format.

use serde::{Deserialize, Serialize};

/// What a lock file says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct LockInfo {
    /// The lock's id.
    #[serde(rename = "ID")]
    pub id: String,
    /// `OperationTypeApply`, `OperationTypePlan`
    pub operation: String,
    /// Anything else.
    pub info: String,
    /// `user@host`
    pub who: String,
    /// The tool's version.
    pub version: String,
    /// When, in RFC 3339.
    pub created: String,
    /// The state's path.
    pub path: String,
}

impl LockInfo {
    /// What the holder does, in a word: `applying`.
    pub(crate) fn doing(&self) -> &'static str {
        match self.operation.as_str() {
            "OperationTypeApply" => "applying",
            "OperationTypeDestroy" => "destroying",
            "OperationTypePlan" => "planning",
            "OperationTypeRefresh" => "refreshing",
            _ => "working on it",
        }
    }
}
