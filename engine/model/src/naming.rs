//! Who names whom, the other way round: asked of each instance, answered from one pass over those that may.

use crate::model::{KEYS, Target, Typed};
use crate::{Model, Part, attribute, field};
use stack::{Address, Key, Kind, Mode, Origin, ResourceId, Str, Value};
use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Answers by question, each worked out when it is first asked.
pub(crate) struct Once<K, V>(Mutex<HashMap<K, Arc<OnceLock<V>>>>);

impl<K, V> Default for Once<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K, V> fmt::Debug for Once<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Once")
    }
}

impl<K: Hash + Eq, V> Once<K, V> {
    fn get<T>(&self, key: K, make: impl FnOnce() -> V, read: impl FnOnce(&V) -> T) -> T {
        let cell = {
            let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.entry(key).or_default())
        };
        read(cell.get_or_init(make))
    }
}

/// The instances of one type by what an attribute of theirs names for certain, and the first value that may name any.
#[derive(Default)]
pub(crate) struct Named {
    found: HashMap<ResourceId, Vec<ResourceId>>,
    open: Option<ResourceId>,
}

/// The instances of one type by what an attribute of theirs can name at all.
#[derive(Default)]
pub(crate) struct Candidates {
    texts: HashMap<Str, Vec<ResourceId>>,
    instances: HashMap<ResourceId, Vec<ResourceId>>,
    /// By resource, where the instance's key is not known.
    resources: HashMap<(Mode, Str, Str), Vec<ResourceId>>,
    /// Those that can name whatever there is.
    any: Vec<ResourceId>,
}

/// A resource, whatever the instance.
fn resource_of(address: &Address) -> (Mode, Str, Str) {
    (address.mode, address.ty.clone(), address.name.clone())
}

impl<'a> Model<'a> {
    /// The instances of type `T` whose attribute names `it`, and a value of that attribute that may.
    pub fn naming<T: Typed<'a>, U: Typed<'a>>(
        &self,
        it: &U,
        name: &'static str,
    ) -> (Vec<&T>, Option<&'a Value>) {
        let make = || {
            let mut named = Named::default();
            for row in self.all::<T>() {
                let value = attribute(row.resource(), name);
                match self.target::<U>(value) {
                    Target::Here(found) => {
                        named.found.entry(found.id()).or_default().push(row.id());
                    }
                    Target::Unknown(_) => named.open = named.open.or(Some(row.id())),
                    Target::Elsewhere(_) | Target::Nothing(_) => {}
                }
            }
            named
        };
        self.named.get((T::TYPES, name, U::TYPES), make, |named| {
            let found = named.found.get(&it.id()).into_iter().flatten();
            let open = named.open.and_then(|id| self.stack().resource(id));
            let open = open.map(|resource| attribute(resource, name));
            (found.filter_map(|id| self.get(*id)).collect(), open)
        })
    }

    /// The instances of a type (Terraform's name; `data.aws_ami` for data sources) of which an attribute, or an element of it, may name `it`:
    /// all others certainly do not, as [`Model::points`] would say. In the order of their addresses.
    pub fn candidates(
        &self,
        it: ResourceId,
        ty: &'static str,
        name: &'static str,
    ) -> Vec<ResourceId> {
        let Some(resource) = self.stack().resource(it) else { return Vec::new() };
        let make = || {
            let mut candidates = Candidates::default();
            for id in self.instances(ty) {
                let Some(other) = self.stack().resource(*id) else { continue };
                let value = Part::of(other).get::<&Value>(name).attr.value();
                for element in value.as_slice().unwrap_or(std::slice::from_ref(value)) {
                    if let Some(list) = self.list(&mut candidates, element) {
                        list.push(*id);
                    }
                }
            }
            candidates
        };
        self.candidates.get((ty, name), make, |candidates| {
            let keys = KEYS.iter().filter_map(|key| match &field(&resource.value, key).kind {
                Kind::String(text) => candidates.texts.get(text),
                _ => None,
            });
            let of = resource_of(&resource.address);
            let by_place = [candidates.instances.get(&it), candidates.resources.get(&of)];
            let lists = keys.chain(by_place.into_iter().flatten()).chain([&candidates.any]);
            let mut all: Vec<ResourceId> = lists.flatten().copied().collect();
            all.sort_unstable();
            all.dedup();
            all
        })
    }

    /// Where a value belongs; `None` when it names nothing that is here.
    fn list<'c>(
        &self,
        candidates: &'c mut Candidates,
        value: &Value,
    ) -> Option<&'c mut Vec<ResourceId>> {
        Some(match &value.kind {
            Kind::Null(_) => return None,
            Kind::String(text) => candidates.texts.entry(text.clone()).or_default(),
            Kind::Unknown(unknown) => match &unknown.origin {
                Origin::Resource { address, .. } if address.key == Key::Unknown => {
                    candidates.resources.entry(resource_of(address)).or_default()
                }
                Origin::Resource { address, .. } => {
                    candidates.instances.entry(self.find(address)?).or_default()
                }
                _ => &mut candidates.any,
            },
            _ => &mut candidates.any,
        })
    }
}
