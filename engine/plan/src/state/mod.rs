//! Terraform's state, version 4: what was made, as last seen.
//!
//! The format is Terraform's own (`terraform.tfstate`), so that either tool can go on where the other stopped. Attributes stay JSON
//! until a schema gives them a type; fields that banana does not know are carried along.

mod dynamic;
mod object;
mod read;
mod rearrange;
mod secret;
mod write;

pub use read::StateError;
pub use rearrange::MoveError;

use serde_json::{Map, Value as Json};
use stack::{Address, Str};
use std::collections::BTreeMap;

/// A state.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The Terraform version that wrote it.
    pub terraform_version: String,
    /// Grows by one with every write that changes something.
    pub serial: u64,
    /// The state's own id; empty for a state that was never written.
    pub lineage: String,
    /// Root module outputs.
    pub outputs: BTreeMap<Str, StoredOutput>,
    /// Every instance of every resource and data source.
    pub instances: BTreeMap<Address, Instance>,
    /// Results of check blocks, verbatim.
    pub check_results: Json,
    /// Top-level fields that version 4 does not define.
    pub other: Map<String, Json>,
}

/// An output, as stored.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredOutput {
    /// Its value.
    pub value: Json,
    /// Its type, in Terraform's JSON notation.
    pub ty: Json,
    /// `sensitive = true`
    pub sensitive: bool,
}

impl StoredOutput {
    /// The value, of its type; null where the two do not fit.
    pub fn read(&self) -> stack::Value {
        let ty = dynamic::read(&self.ty).unwrap_or(stack::Type::Dynamic);
        let null = || stack::Value::null(stack::Type::Dynamic);
        stack::Value::from_json(&ty, &self.value).unwrap_or_else(|_| null())
    }
}

/// An instance: its object, and the objects that wait for their end.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Instance {
    /// `provider["registry.terraform.io/hashicorp/aws"]`, with the alias behind it.
    pub provider: String,
    /// The object in force.
    pub current: Option<Object>,
    /// Objects that were replaced and are still to be deleted, by their key of eight hex digits.
    pub deposed: BTreeMap<Str, Object>,
}

/// An object, as stored.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object {
    /// The schema version that the attributes have.
    pub schema_version: u64,
    /// Its attributes. Secrets stand here in clear: state files are for their owner only.
    pub attributes: Map<String, Json>,
    /// Paths of sensitive attributes, in Terraform's notation.
    pub sensitive: Vec<Json>,
    /// What the provider keeps for itself, in base64.
    pub private: Option<String>,
    /// The resources that it needed when it was made, without instance keys.
    pub dependencies: Vec<String>,
    /// Made under `create_before_destroy`.
    pub create_before_destroy: bool,
    /// Its creation did not finish: the next plan replaces it.
    pub tainted: bool,
    /// Fields that version 4 does not define.
    pub other: Map<String, Json>,
}

impl State {
    /// True when nothing was ever recorded: there is no state.
    pub fn is_new(&self) -> bool {
        self.lineage.is_empty()
    }

    /// The object in force at an address.
    pub fn current(&self, address: &Address) -> Option<&Object> {
        self.instances.get(address)?.current.as_ref()
    }

    /// Every object with its address; a deposed one with its key.
    pub fn objects(&self) -> impl Iterator<Item = (&Address, Option<&Str>, &Object)> {
        self.instances.iter().flat_map(|(address, instance)| {
            let current = instance.current.iter().map(move |o| (address, None, o));
            current.chain(instance.deposed.iter().map(move |(key, o)| (address, Some(key), o)))
        })
    }

    /// Puts an object in force.
    pub fn put(&mut self, address: &Address, provider: &str, object: Object) {
        let instance = self.instances.entry(address.clone()).or_default();
        provider.clone_into(&mut instance.provider);
        instance.current = Some(object);
    }

    /// Forgets an object; the instance goes with its last one.
    pub fn remove(&mut self, address: &Address, deposed: Option<&Str>) {
        if let Some(instance) = self.instances.get_mut(address) {
            match deposed {
                None => instance.current = None,
                Some(key) => drop(instance.deposed.remove(key)),
            }
            if instance.current.is_none() && instance.deposed.is_empty() {
                self.instances.remove(address);
            }
        }
    }

    /// Sets the object in force aside under `key`, so that a new one can take its place before it goes.
    pub fn depose(&mut self, address: &Address, key: Str) {
        if let Some(instance) = self.instances.get_mut(address)
            && let Some(object) = instance.current.take()
        {
            instance.deposed.insert(key, object);
        }
    }

    /// Puts a deposed object back in force, since nothing took its place.
    pub fn restore(&mut self, address: &Address, key: &Str) {
        if let Some(instance) = self.instances.get_mut(address)
            && instance.current.is_none()
        {
            instance.current = instance.deposed.remove(key);
        }
    }
}
