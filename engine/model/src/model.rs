//! The model of a stack: every resource typed, and what refers to what.

use crate::attr::{Attr, field};
use crate::naming::{Candidates, Named, Once};
use crate::{Decode, tables::Tables};
use stack::{Address, Key, Kind, Mode, Origin, Resource, ResourceId, Stack, Value, value::Step};
use std::collections::HashMap;
use syntax::Span;

/// The attributes by which other resources name one.
const NAMES: [&str; 7] =
    ["id", "arn", "name", "family", "arn_without_revision", "unique_id", "allocation_id"];

/// The attributes by which resources of whatever type are told apart.
pub(crate) const KEYS: [&str; 12] = [
    "id",
    "arn",
    "name",
    "bucket",
    "function_name",
    "url",
    "key_id",
    "domain_name",
    "identifier",
    "cluster_identifier",
    "family",
    "table_name",
];

/// A stack, typed. Built once, shared by every rule, price and plan.
#[derive(Debug)]
pub struct Model<'a> {
    stack: &'a Stack,
    tables: Tables<'a>,
    /// Managed instances by type.
    managed: HashMap<&'a str, Vec<ResourceId>>,
    /// Data sources by type.
    data: HashMap<&'a str, Vec<ResourceId>>,
    /// Known names: (type, text) to the first instance that has it.
    names: HashMap<(&'a str, &'a str), ResourceId>,
    /// Known ids and ARNs, which are unique whatever the type.
    unique: HashMap<&'a str, ResourceId>,
    /// Instances by address.
    addresses: HashMap<&'a Address, ResourceId>,
    /// Instances called by a variable without a value: mode, type, variable.
    by_variable: HashMap<(Mode, &'a str, &'a str), Vec<ResourceId>>,
    pub(crate) named: Once<(Types, &'static str, Types), Named>,
    pub(crate) candidates: Once<(&'static str, &'static str), Candidates>,
}

/// [`Decode::TYPES`]
type Types = &'static [&'static str];

/// A resource type of the model.
pub trait Typed<'a>: Decode<'a> + 'a {
    /// Its instances, in the order of their addresses.
    fn rows<'m>(tables: &'m Tables<'a>) -> &'m [Self];
}

/// What an attribute that names a resource points at.
#[derive(Clone, Copy, Debug)]
pub enum Target<'m, 'a, T> {
    /// An instance of this stack.
    Here(&'m T),
    /// Something that the stack does not hold: a literal id, a data source.
    Elsewhere(&'a Value),
    /// Not known what.
    Unknown(&'a Value),
    /// Nothing.
    Nothing(&'a Value),
}

impl<'a> Model<'a> {
    /// Types every managed resource of a stack.
    pub fn new(stack: &'a Stack) -> Self {
        let mut model = Self {
            stack,
            tables: Tables::default(),
            managed: HashMap::new(),
            data: HashMap::new(),
            names: HashMap::new(),
            unique: HashMap::new(),
            addresses: HashMap::with_capacity(stack.resources.len()),
            by_variable: HashMap::new(),
            named: Once::default(),
            candidates: Once::default(),
        };
        for (id, resource) in (0..).map(ResourceId).zip(&stack.resources) {
            if resource.address.mode == Mode::Managed {
                model.tables.add(id, resource);
            }
            let types = match resource.address.mode {
                Mode::Managed => &mut model.managed,
                Mode::Data => &mut model.data,
            };
            types.entry(&resource.address.ty).or_default().push(id);
            model.index(id, resource);
        }
        model
    }

    fn index(&mut self, id: ResourceId, resource: &'a Resource) {
        self.addresses.entry(&resource.address).or_insert(id);
        for key in KEYS {
            let unknown = field(&resource.value, key).as_unknown();
            if let Some(Origin::Variable(name)) = unknown.map(|unknown| &unknown.origin) {
                let Address { mode, ty, .. } = &*resource.address;
                let called = (*mode, ty.as_str(), name.as_str());
                self.by_variable.entry(called).or_default().push(id);
            }
        }
        for name in NAMES {
            let Kind::String(text) = &field(&resource.value, name).kind else { continue };
            if text.is_empty() {
                continue;
            }
            if resource.address.mode == Mode::Managed {
                self.names.entry((resource.address.ty.as_str(), text)).or_insert(id);
            }
            if matches!(name, "id" | "arn") {
                self.unique.entry(text).or_insert(id);
            }
        }
    }

    /// The stack it was made from.
    pub fn stack(&self) -> &'a Stack {
        self.stack
    }

    /// The first managed instance of a type that is called so, by id, ARN or name.
    pub fn called(&self, ty: &str, text: &str) -> Option<ResourceId> {
        self.names.get(&(ty, text)).copied()
    }

    /// The instance with this address.
    pub fn find(&self, address: &Address) -> Option<ResourceId> {
        self.addresses.get(address).copied()
    }

    /// All managed instances of a type, in the order of their addresses.
    pub fn all<T: Typed<'a>>(&self) -> &[T] {
        T::rows(&self.tables)
    }

    /// All managed instances of a type by Terraform's name, in the order of their addresses; of `data.aws_ami` the data sources.
    pub fn instances(&self, ty: &str) -> &[ResourceId] {
        let ids = match ty.strip_prefix("data.") {
            Some(ty) => self.data.get(ty),
            None => self.managed.get(ty),
        };
        ids.map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a value that `from` holds names `it`, whatever the type: `None` when it may.
    pub fn points(&self, value: &Value, from: &Resource, it: ResourceId) -> Option<bool> {
        let id = it;
        let it = self.stack.resource(id)?;
        match &value.kind {
            Kind::Null(_) => Some(false),
            Kind::String(text) => {
                let same = KEYS.iter().any(|key| field(&it.value, key).as_str() == Some(text));
                Some(same && !comes_from_another(value, &it.address))
            }
            Kind::Unknown(unknown) => match &unknown.origin {
                Origin::Resource { address, .. } if address.key == Key::Unknown => {
                    if same_resource(address, &it.address) { None } else { Some(false) }
                }
                Origin::Resource { address, .. } => Some(**address == *it.address),
                Origin::Variable(name) => self.named_by(name, id, &it.address),
                _ => self.refers_within(value, from, it),
            },
            _ => None,
        }
    }

    /// Whether a variable without a value names `it`: it does when the resource is called by it, and not when another is.
    fn named_by(&self, variable: &str, it: ResourceId, address: &Address) -> Option<bool> {
        let called = self.by_variable.get(&(address.mode, address.ty.as_str(), variable))?;
        Some(called.contains(&it))
    }

    /// [`Self::points`] by the references that `from` makes: those inside the value's own expression if there are some, else all.
    fn refers_within(&self, value: &Value, from: &Resource, it: &Resource) -> Option<bool> {
        let inside = |span: Span| {
            value.blame.at.is_some_and(|at| {
                at.file == span.file && at.start <= span.start && span.end <= at.end
            })
        };
        let same_type = |edge: &&stack::Edge| {
            self.stack.resource(edge.to).is_some_and(|to| {
                to.address.ty == it.address.ty && to.address.mode == Mode::Managed
            })
        };
        let is_it = |edge: &stack::Edge| {
            self.stack.resource(edge.to).is_some_and(|to| to.address == it.address)
        };
        let mut edges: Vec<_> = from.edges.iter().filter(same_type).collect();
        if edges.iter().any(|edge| inside(edge.span)) {
            edges.retain(|edge| inside(edge.span));
        }
        match edges.as_slice() {
            [only] => Some(is_it(only)),
            [] => None,
            several if !several.iter().any(|edge| is_it(edge)) => Some(false),
            _ => None,
        }
    }

    /// The instance with this id, when it is of the type.
    pub fn get<T: Typed<'a>>(&self, id: ResourceId) -> Option<&T> {
        let rows = self.all::<T>();
        rows.get(rows.binary_search_by_key(&id, T::id).ok()?)
    }

    /// The instance (of whatever type, data sources included) that a value names: by its origin when it is not known yet,
    /// by equality with a known id or ARN when it is.
    pub fn refers(&self, value: &Value) -> Option<ResourceId> {
        match &value.kind {
            Kind::String(text) => self.unique.get(text.as_str()).copied(),
            Kind::Unknown(unknown) => {
                let (address, name) = named(&unknown.origin)?;
                NAMES.contains(&name).then(|| self.find(address)).flatten()
            }
            _ => None,
        }
    }

    /// The instance of type `T` that a value names; a known text may also be its name.
    pub fn target<T: Typed<'a>>(&self, value: &'a Value) -> Target<'_, 'a, T> {
        match &value.kind {
            Kind::Null(_) => Target::Nothing(value),
            Kind::String(text) => T::TYPES
                .iter()
                .find_map(|ty| self.names.get(&(*ty, text.as_str())))
                .and_then(|id| self.get::<T>(*id))
                .map_or(Target::Elsewhere(value), Target::Here),
            Kind::Unknown(unknown) => {
                if let Some(found) = self.refers(value).and_then(|id| self.get::<T>(id)) {
                    return Target::Here(found);
                }
                match named(&unknown.origin) {
                    Some((address, _)) if address.mode == Mode::Data => Target::Elsewhere(value),
                    Some((address, name))
                        if NAMES.contains(&name)
                            && address.key != Key::Unknown
                            && self.find(address).is_some() =>
                    {
                        Target::Elsewhere(value)
                    }
                    _ => Target::Unknown(value),
                }
            }
            _ => Target::Unknown(value),
        }
    }

    /// [`Self::target`] of an attribute.
    pub fn of<T: Typed<'a>, U>(&self, attr: &Attr<'a, U>) -> Target<'_, 'a, T> {
        self.target(attr.value())
    }

    /// True when the value certainly names this instance; `None` when it may.
    pub fn names<T: Typed<'a>>(&self, value: &'a Value, it: &T) -> Option<bool> {
        match self.target::<T>(value) {
            Target::Here(found) => Some(found.id() == it.id()),
            Target::Elsewhere(_) | Target::Nothing(_) => Some(false),
            Target::Unknown(_) => None,
        }
    }
}

/// True when a value came by a reference to another resource of this type: two may have the same name.
fn comes_from_another(value: &Value, it: &Address) -> bool {
    let mut others = value.blame.chain().filter_map(|via| {
        let (ty, rest) = via.what.split_once('.')?;
        let name = rest.split(['.', '[']).next()?;
        (ty == it.ty.as_str()).then_some(name)
    });
    others.next().is_some_and(|name| name != it.name.as_str())
}

/// The same resource, whatever the instance's key.
fn same_resource(a: &Address, b: &Address) -> bool {
    (a.mode, &a.ty, &a.name) == (b.mode, &b.ty, &b.name)
}

/// The instance and top-level attribute that an origin is.
pub fn named(origin: &Origin) -> Option<(&Address, &str)> {
    match origin {
        Origin::Resource { address, path } => match &**path {
            [Step::Attr(name)] => Some((address, name)),
            _ => None,
        },
        _ => None,
    }
}

impl<'m, T> Target<'m, '_, T> {
    /// The instance, when it is one of this stack.
    pub fn here(self) -> Option<&'m T> {
        match self {
            Self::Here(found) => Some(found),
            _ => None,
        }
    }

    /// True when it is not known what it points at.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown(_))
    }
}
