//! The world as a plan sees it: what exists already, and what is to become of it.

use crate::merge::{Ignore, Merged, ignored, merge};
use crate::{Reason, State};
use stack::value::{JsonError, Step};
use stack::{Address, Mode, ProviderConfig, Value, World};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

/// What the configuration and the options say about objects that exist, found out by resolving once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rules {
    /// `ignore_changes`
    pub(crate) ignore: BTreeMap<Address, Ignore>,
    /// Objects that are made anew whatever their values say.
    pub(crate) replace: BTreeMap<Address, Reason>,
    /// Objects outside the targets: they stay as they are.
    pub(crate) frozen: BTreeSet<Address>,
}

/// What becomes of one object that exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Same,
    Changed,
    Replaced(Reason, Vec<Vec<Step>>),
}

/// Merges what exists into what is planned, and remembers what came of it.
pub(crate) struct Prior<'a> {
    objects: &'a BTreeMap<Address, Value>,
    rules: &'a Rules,
    beyond: &'a dyn World,
    fates: Mutex<BTreeMap<Address, Fate>>,
}

/// The managed objects in force, by address. `Err` names the one that does not fit its schema.
pub(crate) fn objects(
    state: &State,
) -> Result<BTreeMap<Address, Value>, Box<(Address, JsonError)>> {
    let current =
        state.objects().filter(|(a, deposed, _)| a.mode == Mode::Managed && deposed.is_none());
    current
        .map(|(address, _, object)| match object.value(address.mode, &address.ty) {
            Ok(value) => Ok((address.clone(), value)),
            Err(error) => Err(Box::new((address.clone(), error))),
        })
        .collect()
}

impl<'a> Prior<'a> {
    /// Of these objects under these rules; `beyond` answers for data sources.
    pub(crate) fn new(
        objects: &'a BTreeMap<Address, Value>,
        rules: &'a Rules,
        beyond: &'a dyn World,
    ) -> Self {
        Self { objects, rules, beyond, fates: Mutex::default() }
    }

    /// What came of each object that was asked for.
    pub(crate) fn fates(self) -> BTreeMap<Address, Fate> {
        self.fates.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn decide(
        &self,
        address: &Address,
        config: &Value,
        fresh: Value,
        prior: &Value,
    ) -> (Fate, Value) {
        let ignore = self.rules.ignore.get(address);
        if self.rules.frozen.contains(address) || ignore == Some(&Ignore::All) {
            let forced = self.rules.replace.get(address);
            return match forced.filter(|_| !self.rules.frozen.contains(address)) {
                Some(reason) => (Fate::Replaced(*reason, Vec::new()), fresh),
                None => (Fate::Same, prior.clone()),
            };
        }
        let merged = match ignore {
            Some(Ignore::Paths(paths)) => {
                let (config, kept) = ignored(paths, config, &fresh, prior);
                merge(address, &config, &kept, prior)
            }
            _ => merge(address, config, &fresh, prior),
        };
        // A new object is what the configuration says: there is nothing yet whose changes could be ignored.
        match (self.rules.replace.get(address), merged) {
            (Some(reason), Merged::Replaced(paths)) => (Fate::Replaced(*reason, paths), fresh),
            (Some(reason), _) => (Fate::Replaced(*reason, Vec::new()), fresh),
            (None, Merged::Replaced(paths)) => (Fate::Replaced(Reason::CannotUpdate, paths), fresh),
            (None, Merged::Changed(value)) => (Fate::Changed, value),
            (None, Merged::Same(value)) => (Fate::Same, value),
        }
    }
}

impl World for Prior<'_> {
    fn known(&self, address: &Address) -> Option<Value> {
        self.beyond.known(address)
    }

    fn planned(&self, address: &Address, config: &Value, fresh: Value) -> Value {
        let Some(prior) = self.objects.get(address) else {
            return self.beyond.planned(address, config, fresh);
        };
        let (fate, value) = self.decide(address, config, fresh, prior);
        self.fates.lock().unwrap_or_else(PoisonError::into_inner).insert(address.clone(), fate);
        value
    }

    fn pending(&self, address: &Address, _planned: &Value) -> bool {
        let fates = self.fates.lock().unwrap_or_else(PoisonError::into_inner);
        fates.get(address) != Some(&Fate::Same)
    }

    fn data(&self, address: &Address, config: &Value, provider: &ProviderConfig) -> Option<Value> {
        self.beyond.data(address, config, provider)
    }

    fn refused(
        &self,
        address: &Address,
        config: &Value,
        provider: &ProviderConfig,
    ) -> Option<String> {
        self.beyond.refused(address, config, provider)
    }
}
