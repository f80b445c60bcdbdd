//! The world while a plan is carried out: what exists is known, the rest follows the plan's rules.

use super::Run;
use plan::Change;
use stack::{Address, ProviderConfig, Value, World};
use std::sync::PoisonError;

/// For one change, or for the outputs at the end.
pub(super) struct Final<'a> {
    pub(super) run: &'a Run<'a>,
    pub(super) change: Option<&'a Change>,
}

impl World for Final<'_> {
    fn known(&self, address: &Address) -> Option<Value> {
        let known = self.run.known.read().unwrap_or_else(PoisonError::into_inner);
        known.get(address).cloned()
    }

    fn planned(&self, address: &Address, config: &Value, fresh: Value) -> Value {
        match self.change {
            Some(change) if *change.address == *address => change.last(config, fresh),
            _ => fresh,
        }
    }

    /// What is evaluated now comes after all that it waits for.
    fn pending(&self, _: &Address, _: &Value) -> bool {
        false
    }

    fn data(&self, address: &Address, config: &Value, provider: &ProviderConfig) -> Option<Value> {
        self.run.options.world.data(address, config, provider)
    }
}
