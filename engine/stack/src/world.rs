//! What is known beyond the text: state, data sources, objects that were just made.

use crate::{Address, ProviderConfig, Value};

/// What resolving may ask about the world. The default answers are those of a world that holds nothing yet.
pub trait World: Sync {
    /// An object that exists already and will not change: its configuration is not even evaluated. Apply answers with what it made.
    fn known(&self, _address: &Address) -> Option<Value> {
        None
    }

    /// The planned object of a managed resource. `config` is what is written, `fresh` what a create would plan. Plan merges the prior object in here.
    fn planned(&self, _address: &Address, _config: &Value, fresh: Value) -> Value {
        fresh
    }

    /// Whether a managed resource, planned so, has an action to come. With [`crate::Options::defer_data`], data sources wait for it.
    fn pending(&self, _address: &Address, _planned: &Value) -> bool {
        true
    }

    /// Reads a data source whose arguments are `config` (the schema's shape; some may be unknown). `None`: leave it unknown.
    fn data(
        &self,
        _address: &Address,
        _config: &Value,
        _provider: &ProviderConfig,
    ) -> Option<Value> {
        None
    }

    /// Why a data source that gave no answer never will with these arguments: lower case, no final period.
    fn refused(
        &self,
        _address: &Address,
        _config: &Value,
        _provider: &ProviderConfig,
    ) -> Option<String> {
        None
    }
}

/// The world with nothing in it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Empty;

impl World for Empty {}
