//! Who holds a lock, in Terraform's format.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

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
    /// The same with an id of its own: no other lock has it.
    #[must_use]
    pub fn with_new_id(self) -> Self {
        Self { id: Uuid::new_v4().to_string(), ..self }
    }

    /// Somebody, where the lock does not say who.
    pub(crate) fn of_somebody() -> Self {
        Self { who: "somebody".into(), created: "a moment ago".into(), ..Self::default() }
    }

    /// What the holder does, in a word: `applying`.
    pub fn doing(&self) -> &'static str {
        match self.operation.as_str() {
            "OperationTypeApply" => "applying",
            "OperationTypeDestroy" => "destroying",
            "OperationTypePlan" => "planning",
            "OperationTypeRefresh" => "refreshing",
            _ => "working on it",
        }
    }
}
