//! The resolved stack: the ONE graph that check, cost, plan and apply all read.

use crate::{Address, Key, Kind, Mode, ModulePath, Origin, Str, Value};
use std::collections::BTreeMap;
use std::sync::Arc;
use syntax::{Report, Sources, Span};

/// An index into [`Stack::resources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ResourceId(pub u32);

/// A resolved stack. Everything is sorted, so that the same input gives the same bytes.
#[derive(Clone, Debug)]
pub struct Stack {
    /// All files that were read, tfvars included.
    pub sources: Arc<Sources>,
    /// Module instances, root first.
    pub modules: Vec<Module>,
    /// Resource and data source instances, by address.
    pub resources: Vec<Resource>,
    /// Root module outputs, by name.
    pub outputs: BTreeMap<Str, Output>,
    /// Root module variables, by name.
    pub variables: BTreeMap<Str, Variable>,
    /// Provider configurations.
    pub providers: Vec<ProviderConfig>,
    /// `terraform.workspace`
    pub workspace: Str,
    /// Where the state is kept, when a `backend` block says so.
    pub backend: Option<crate::Backend>,
    /// `moved`, `import` and `removed` blocks.
    pub statements: Statements,
    /// Validations, preconditions, postconditions and checks, by address.
    pub checks: Vec<crate::Checked>,
    /// What is wrong or doubtful, by place.
    pub reports: Vec<Report>,
}

/// A module instance.
#[derive(Clone, Debug)]
pub struct Module {
    /// Its address.
    pub path: ModulePath,
    /// Its folder, as opened.
    pub directory: String,
    /// The `module` block that calls it; `None` for the root.
    pub call: Option<Span>,
}

/// A resource or data source instance.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Its address.
    pub address: Arc<Address>,
    /// The planned object: the schema's every attribute and block, defaults and unknowns filled in as the provider plans them.
    pub value: Value,
    /// What the configuration alone says: the schema's shape with null for what is not written.
    pub config: Value,
    /// The header of its block.
    pub header: Span,
    /// Its whole block.
    pub block: Span,
    /// What it needs: through references and `depends_on`, sorted.
    pub edges: Vec<Edge>,
    /// `lifecycle { … }`
    pub lifecycle: Lifecycle,
    /// The headers of its `provisioner` blocks.
    pub provisioners: Vec<Span>,
    /// Index into [`Stack::providers`].
    pub provider: usize,
    /// `count` or `for_each` is unknown: this instance stands for none, one or many.
    pub symbolic: bool,
    /// Who decides that, where `symbolic`.
    pub repetition: Option<Origin>,
}

/// A dependency of a resource instance on another resource (all its instances, as Terraform orders by resource).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// An instance that is needed.
    pub to: ResourceId,
    /// The reference.
    pub span: Span,
}

/// `lifecycle { … }`
#[derive(Clone, Debug, Default)]
pub struct Lifecycle {
    /// Make the new one before the old one goes.
    pub create_before_destroy: bool,
    /// Refuse to destroy.
    pub prevent_destroy: bool,
    /// Attribute paths whose changes are ignored, as written; `all` for every one.
    pub ignore_changes: Vec<Str>,
    /// References that force a replacement when they change, as written.
    pub replace_triggered_by: Vec<Str>,
}

/// An output of the root module.
#[derive(Clone, Debug)]
pub struct Output {
    /// Its value.
    pub value: Value,
    /// `sensitive = true`
    pub sensitive: bool,
    /// `description`
    pub description: Option<Str>,
    /// Its block's header.
    pub header: Span,
}

/// A variable of the root module.
#[derive(Clone, Debug)]
pub struct Variable {
    /// The value in force; unknown with [`crate::Origin::Variable`] when required and not given.
    pub value: Value,
    /// `sensitive = true`
    pub sensitive: bool,
    /// `description`
    pub description: Option<Str>,
    /// Its block's header.
    pub header: Span,
    /// It had a value or a default.
    pub given: bool,
}

/// A `provider` block, or the empty one that a provider without a block has.
#[derive(Clone, Debug)]
pub struct ProviderConfig {
    /// Local name: `aws`.
    pub name: Str,
    /// The `source` that `required_providers` gives that name: `hashicorp/aws`.
    pub source: Option<Str>,
    /// `alias`
    pub alias: Option<Str>,
    /// The module it stands in.
    pub module: ModulePath,
    /// Its arguments, `default_tags` and all.
    pub value: Value,
    /// The block's header, if there is one.
    pub header: Option<Span>,
}

impl ProviderConfig {
    /// The AWS provider, whatever its local name.
    pub fn is_aws(&self) -> bool {
        is_aws(&self.name, self.source.as_deref())
    }

    /// `region`
    pub fn region(&self) -> Option<&Str> {
        match &self.value.get("region")?.kind {
            Kind::String(name) => Some(name),
            _ => None,
        }
    }
}

/// Whether a provider of this local name and source is AWS's: `hashicorp/aws`, with or without a registry before it.
pub(crate) fn is_aws(name: &str, source: Option<&str>) -> bool {
    match source {
        Some(source) => source == "hashicorp/aws" || source.ends_with("/hashicorp/aws"),
        None => name == "aws",
    }
}

/// Blocks that tell plan about objects rather than declare them.
#[derive(Clone, Debug, Default)]
pub struct Statements {
    /// `moved { … }`
    pub moved: Vec<Moved>,
    /// `import { … }`, one for each instance that its `for_each` makes.
    pub imports: Vec<Import>,
    /// `removed { … }`
    pub removed: Vec<Removed>,
}

/// `moved { from = … to = … }`
#[derive(Clone, Debug)]
pub struct Moved {
    /// The module instance it stands in; both addresses count from there.
    pub module: ModulePath,
    /// The old address.
    pub from: Endpoint,
    /// The new one.
    pub to: Endpoint,
    /// The block's header.
    pub header: Span,
}

/// `removed { from = … }`
#[derive(Clone, Debug)]
pub struct Removed {
    /// The module instance it stands in; the address counts from there.
    pub module: ModulePath,
    /// What is gone from the configuration.
    pub from: Endpoint,
    /// `lifecycle { destroy = … }`: whether the object goes too.
    pub destroy: bool,
    /// The block's header.
    pub header: Span,
}

/// `import { to = … id = … }`
#[derive(Clone, Debug)]
pub struct Import {
    /// What it becomes.
    pub to: Address,
    /// The object's id; `None` when `identity` says it.
    pub id: Option<Value>,
    /// The block's header.
    pub header: Span,
    /// The address, as written.
    pub at: Span,
}

/// An address as `moved` and `removed` write it, relative to their module. [`crate::Key::None`] may mean all instances.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The module steps.
    pub module: ModulePath,
    /// Mode, type, name and key; `None` for a whole module.
    pub resource: Option<(Mode, Str, Str, Key)>,
}

impl Stack {
    /// A resource instance.
    pub fn resource(&self, id: ResourceId) -> Option<&Resource> {
        self.resources.get(id.0 as usize)
    }

    /// Finds an instance by its address.
    pub fn find(&self, address: &Address) -> Option<ResourceId> {
        let at = self.resources.binary_search_by(|r| (*r.address).cmp(address)).ok()?;
        u32::try_from(at).ok().map(ResourceId)
    }
}
