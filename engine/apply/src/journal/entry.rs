//! What a line says.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use stack::{Kind, Value};
use std::collections::BTreeMap;

/// A line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "entry", rename_all = "snake_case")]
pub(crate) enum Entry {
    /// A run starts.
    Begin {
        /// Its id.
        run: String,
        /// The state's lineage; a first run gives it one.
        lineage: String,
        /// The state's serial.
        serial: u64,
        /// The AWS account.
        account: String,
        /// The region.
        region: String,
        /// The same of provider configurations that work elsewhere.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        others: BTreeMap<String, Place>,
    },
    /// A call is about to be made.
    Intent(Intent),
    /// An object exists: its attributes, as far as they are known.
    Made {
        /// The intent's token.
        op: String,
        /// The attributes, secrets left out.
        attributes: Json,
        /// Every call that makes it was answered; it may still be on its way to being ready.
        whole: bool,
    },
    /// The operation is over, and the state has its result.
    Done {
        /// The intent's token.
        op: String,
    },
    /// The operation failed; what it left, if anything, is in the state.
    Failed {
        /// The intent's token.
        op: String,
        /// Why.
        message: String,
    },
    /// The run is over.
    End {
        /// `complete`, `failed`, `interrupted`
        outcome: String,
    },
}

/// Where calls go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Place {
    /// The AWS account.
    pub(crate) account: String,
    /// The region.
    pub(crate) region: String,
}

/// What is about to be done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Intent {
    /// The token: what makes the operation recognisable afterwards.
    pub(crate) op: String,
    /// What it is.
    pub(crate) work: Work,
    /// The instance.
    pub(crate) address: String,
    /// The key of a deposed object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) deposed: Option<String>,
    /// The provider configuration, as a state names it.
    pub(crate) provider: String,
    /// Schema version of the object.
    pub(crate) schema_version: u64,
    /// What it needs, as a state stores it.
    pub(crate) dependencies: Vec<String>,
    /// `create_before_destroy`
    pub(crate) create_before_destroy: bool,
    /// The planned object of a create; the object as last known of an update or a delete. Secrets are left out.
    pub(crate) object: Json,
    /// Which parts of it are secrets, as a state stores paths.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) sensitive: Vec<Json>,
}

/// The kinds of calls that change something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Work {
    /// A new object.
    Create,
    /// A change in place.
    Update,
    /// The end of an object.
    Delete,
}

/// The value as JSON; what is secret or unknown is null.
pub(crate) fn masked(value: &Value) -> Json {
    if value.is_sensitive() {
        return Json::Null;
    }
    match &value.kind {
        Kind::Object(_) | Kind::Map(..) => {
            value.entries().map(|(name, part)| (name.to_string(), masked(part))).collect()
        }
        Kind::List(..) | Kind::Set(..) | Kind::Tuple(_) => value.elements().map(masked).collect(),
        _ => value.to_json(),
    }
}
