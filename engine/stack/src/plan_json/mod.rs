//! Terraform's own JSON as a stack: `terraform show -json` of a plan or of a state.
//!
//! Values are the plan's. What it does not know points at the resources that the configuration refers to, as in a stack that was read
//! from its files; so what follows from the graph follows here too. Two things are lost in plan JSON: locals, and what an expression does
//! with its references (`slice(aws_subnet.a[*].id, 0, 1)` refers to all of them).

mod document;
mod object;
mod path;
mod provider;
mod references;

use crate::resolved::{Module, Statements, Variable};
use crate::shape::types;
use crate::value::Step;
use crate::{
    Address, Edge, Key, Lifecycle, Marks, Mode, Origin, Resource, ResourceId, Stack, Str, Type,
    Value,
};
use document::{ConfigResource, Configuration, Document, Instance, ResourceChange};
use object::Maker;
use references::Instances;
use serde_json::{Map, Value as Json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use syntax::{Report, Sources, Span};

/// Which stack of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// As it will be.
    Planned,
    /// As it was when the plan was made.
    Prior,
}

/// A text that is no plan that can be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanJsonError {
    /// The plan as Terraform saves it, which only Terraform reads.
    #[error("it is Terraform's own plan file, which is not JSON")]
    Binary,
    /// The log of `terraform plan -json`.
    #[error("it is the log of `terraform plan -json`, not the plan")]
    Log,
    /// No JSON.
    #[error("it is not JSON: {0}")]
    Json(String),
    /// JSON of something else.
    #[error("it is no plan of Terraform's: {0}")]
    Shape(String),
    /// A format that came later.
    #[error("its format is {0}, and banana reads 0.1 to 1.x")]
    Newer(String),
}

impl PlanJsonError {
    /// How to get what can be read.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Newer(_) => "a newer banana may read it; or price the stack from its files",
            _ => "`terraform show -json PLAN > plan.json` writes it",
        }
    }
}

/// True for JSON of Terraform's: a plan or a state.
pub fn is_plan_json(text: &str) -> bool {
    let head: String = text.chars().take(400).collect();
    head.trim_start().starts_with('{') && head.contains("\"format_version\"")
}

/// Reads a plan, or the state of `terraform show -json` as both sides of one that changes nothing.
pub fn read_plan_json(text: &str, side: Side) -> Result<Stack, PlanJsonError> {
    if text.starts_with("PK") {
        return Err(PlanJsonError::Binary);
    }
    if text.starts_with('{') && text.lines().next().is_some_and(|l| l.contains("\"@level\"")) {
        return Err(PlanJsonError::Log);
    }
    let json: Json = serde_json::from_str(text).map_err(|e| PlanJsonError::Json(e.to_string()))?;
    let shape = |what: &str| PlanJsonError::Shape(what.to_owned());
    let version = json.get("format_version").and_then(Json::as_str);
    let version = version.ok_or_else(|| shape("it has no `format_version`"))?;
    if !matches!(version.split('.').next(), Some("0" | "1")) {
        return Err(PlanJsonError::Newer(version.to_owned()));
    }
    let document: Document =
        serde_json::from_value(json).map_err(|e| PlanJsonError::Shape(e.to_string()))?;
    let planned = document.planned_values.is_some();
    if !planned && document.values.is_none() && document.resource_changes.is_empty() {
        return Err(shape("it has neither `planned_values` nor `values`"));
    }
    Ok(Reader::new(document, side).stack())
}

/// A document that is being made a stack.
struct Reader {
    variables: BTreeMap<String, document::Variable>,
    configuration: Configuration,
    /// Each with its module.
    found: Vec<(Arc<Address>, Instance)>,
    changes: BTreeMap<String, ResourceChange>,
    instances: Instances,
    reports: Vec<Report>,
}

impl Reader {
    fn new(document: Document, side: Side) -> Self {
        let Document { errored, complete, variables, configuration, .. } = document;
        let prior = document.prior_state.and_then(|state| state.values);
        let is_state = document.planned_values.is_none() && document.values.is_some();
        let (mut reports, mut found) = (Vec::new(), Vec::new());
        let (own, data) = match side {
            _ if is_state => (document.values, None),
            Side::Planned => (document.planned_values, prior),
            Side::Prior => (prior, None),
        };
        if side == Side::Planned && errored {
            let text = "the plan ended with errors: what it did not come to is not in it";
            reports.push(Report::warning("plan-errored", text));
        } else if side == Side::Planned && complete == Some(false) {
            let text = "the plan is not complete: it was made with -target, or parts are put off";
            reports.push(Report::warning("plan-incomplete", text));
        }
        collect(own.unwrap_or_default().root_module, &mut found);
        // A data source that was read while planning is in the state only.
        let mut read = Vec::new();
        collect(data.unwrap_or_default().root_module, &mut read);
        let there: BTreeSet<String> = found.iter().map(|(_, i)| i.address.clone()).collect();
        read.retain(|(address, i)| address.mode == Mode::Data && !there.contains(&i.address));
        found.extend(read);
        found.sort_by(|a, b| a.0.cmp(&b.0));
        found.dedup_by(|a, b| a.0 == b.0);
        let mut instances = Instances::default();
        for (address, _) in &found {
            instances.add(address);
        }
        let changes = document.resource_changes.into_iter();
        let changes = changes.filter(|change| side == Side::Planned && change.deposed.is_none());
        let changes = changes.map(|change| (change.address.clone(), change)).collect();
        Self { variables, configuration, found, changes, instances, reports }
    }

    fn stack(mut self) -> Stack {
        let mut providers =
            provider::Providers::new(&self.configuration, &self.variables, &self.found);
        let ids: BTreeMap<Arc<Address>, ResourceId> =
            self.found.iter().map(|(a, _)| Arc::clone(a)).zip((0..).map(ResourceId)).collect();
        let mut resources = Vec::with_capacity(self.found.len());
        let mut misfits = BTreeSet::new();
        for (address, instance) in &self.found {
            let declared = self.declared(address);
            let (value, config) = self.object(address, instance, declared, &mut misfits);
            let provider = providers.of(address, declared, instance);
            let edges = self.edges(address, instance, declared);
            let edges: BTreeSet<_> = edges.iter().filter_map(|to| ids.get(to)).copied().collect();
            let span = Span::default();
            resources.push(Resource {
                address: Arc::clone(address),
                value,
                config,
                header: span,
                block: span,
                edges: edges.into_iter().map(|to| Edge { to, span }).collect(),
                lifecycle: Lifecycle::default(),
                provisioners: Vec::new(),
                provider,
                symbolic: false,
                repetition: None,
            });
        }
        if !misfits.is_empty() {
            let names: Vec<String> = misfits.into_iter().map(|name| format!("`{name}`")).collect();
            let text = format!(
                "attributes of another type than version 5.100 of the provider has: {}",
                names.join(", ")
            );
            self.reports.push(Report::warning("plan-provider", text));
        }
        let modules = self.instances.modules().map(|path| Module {
            path: path.clone(),
            directory: String::new(),
            call: None,
        });
        Stack {
            checks: Vec::new(),
            sources: Arc::new(Sources::default()),
            modules: modules.collect(),
            resources,
            outputs: BTreeMap::new(),
            variables: self.variables(),
            providers: providers.all(),
            workspace: "default".into(),
            backend: None,
            statements: Statements::default(),
            reports: self.reports,
        }
    }

    /// What the configuration says of an instance's resource.
    fn declared(&self, address: &Address) -> Option<&ConfigResource> {
        let module = references::config(&self.configuration, &address.module)?;
        module.resources.iter().find(|resource| {
            mode(&resource.mode) == Some(address.mode)
                && resource.ty == address.ty.as_str()
                && resource.name == address.name.as_str()
        })
    }

    /// The object as planned, and as written.
    fn object(
        &self,
        address: &Arc<Address>,
        instance: &Instance,
        declared: Option<&ConfigResource>,
        misfits: &mut BTreeSet<String>,
    ) -> (Value, Value) {
        let schema = match address.mode {
            Mode::Managed => schema::resource(&address.ty),
            Mode::Data => schema::data_source(&address.ty),
        };
        let ty = schema.map_or(Type::Dynamic, |schema| types::of_body(schema.body));
        let change = self.changes.get(&instance.address).map(|change| &change.change);
        let after = change.and_then(|change| change.after.as_object());
        let unknown = change.map(|change| change.after_unknown.clone()).unwrap_or_default();
        let each = declared.map(|d| d.for_each_expression.clone()).unwrap_or_default();
        let follow = |expression: &Json| {
            references::follow(expression, address, &each, &self.configuration, &self.instances)
        };
        let own =
            |path: &[Step]| Origin::Resource { address: Arc::clone(address), path: path.into() };
        let mut maker = Maker { follow: &follow, own: &own, misfits: Vec::new() };
        // Without the configuration everything counts as written: a state does not tell the two apart.
        let all: Map<String, Json> = instance
            .values
            .iter()
            .map(|(name, _)| (name.clone(), Json::Object(Map::new())))
            .collect();
        let all = Json::Object(all);
        let expressions = declared.map_or(&all, |declared| &declared.expressions);
        let (value, config) =
            maker.make(&ty, after.unwrap_or(&instance.values), &unknown, expressions);
        misfits.extend(maker.misfits.iter().map(|path| format!("{}.{path}", address.ty)));
        let mask = change.map_or(&instance.sensitive_values, |change| &change.after_sensitive);
        (object::masked(value, mask), object::masked(config, mask))
    }

    /// What an instance needs: by references and `depends_on`.
    fn edges(
        &self,
        address: &Address,
        instance: &Instance,
        declared: Option<&ConfigResource>,
    ) -> Vec<Arc<Address>> {
        let mut edges = Vec::new();
        for text in &instance.depends_on {
            edges.extend(self.instances.of_resource(text));
        }
        let Some(declared) = declared else { return edges };
        let depends = serde_json::json!({ "references": declared.depends_on });
        let each = &declared.for_each_expression;
        for said in [&declared.expressions, each, &declared.count_expression, &depends] {
            // Terraform orders by resource: all instances, whichever is meant.
            let whole = Address { key: Key::Unknown, ..address.clone() };
            let found =
                references::follow(said, &whole, each, &self.configuration, &self.instances);
            edges.extend(found.instances.into_iter().map(|(address, _)| address));
        }
        edges.retain(|to| **to != *address);
        edges
    }

    fn variables(&self) -> BTreeMap<Str, Variable> {
        let declared = &self.configuration.root_module.variables;
        let read = |(name, variable): (&String, &document::Variable)| {
            let sensitive = declared.get(name).is_some_and(|variable| variable.sensitive);
            let value = Value::from_json(&Type::Dynamic, &variable.value);
            let value = value.unwrap_or_else(|_| Value::null(Type::Dynamic));
            let marks = if sensitive { Marks::SENSITIVE } else { Marks::NONE };
            let value = value.with_marks(marks);
            let header = Span::default();
            let variable = Variable { value, sensitive, description: None, header, given: true };
            (Str::from(name.as_str()), variable)
        };
        self.variables.iter().map(read).collect()
    }
}

fn mode(name: &str) -> Option<Mode> {
    match name {
        "managed" => Some(Mode::Managed),
        "data" => Some(Mode::Data),
        _ => None,
    }
}

/// All instances of a tree of modules. What has no readable address is left out: there is no such thing in what Terraform writes.
fn collect(root: document::Module, found: &mut Vec<(Arc<Address>, Instance)>) {
    let mut open = vec![root];
    while let Some(module) = open.pop() {
        let Some(path) = path::module(&module.address) else { continue };
        for instance in module.resources.into_iter().filter(|i| i.deposed_key.is_none()) {
            let key = match &instance.index {
                None | Some(Json::Null) => Key::None,
                Some(Json::Number(number)) => number.as_u64().map_or(Key::None, Key::Int),
                Some(Json::String(text)) => Key::Str(text.as_str().into()),
                Some(_) => continue,
            };
            let Some(mode) = mode(&instance.mode) else { continue };
            let (ty, name) = (instance.ty.as_str().into(), instance.name.as_str().into());
            let address = Address { module: path.clone(), mode, ty, name, key };
            found.push((Arc::new(address), instance));
        }
        open.extend(module.child_modules);
    }
}
