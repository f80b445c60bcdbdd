//! `terraform { … }`: required versions and providers, the backend.

use super::body::{Attribute, Block, Body, Expression};
use super::{constant, files, read, version};
use crate::{Host, Str, Value};
use std::collections::BTreeMap;
use std::path::Path;
use syntax::{Expr, Report, Sources, Span};

/// What the `terraform` blocks of a module say.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    /// Local provider name to `source`, when it has one.
    pub(crate) required: BTreeMap<Str, Option<Str>>,
    pub(crate) backend: Option<Backend>,
}

/// Where the state is kept: `backend "s3" { … }`.
#[derive(Clone, Debug)]
pub struct Backend {
    /// `s3`, `local` …; `cloud` for a `cloud` block.
    pub kind: Str,
    /// Its arguments, as an object.
    pub config: Value,
    /// The block's header.
    pub header: Span,
}

const ATTRIBUTES: &[&str] = &["required_version", "experiments", "language"];
const BLOCKS: &[&str] = &["backend", "cloud", "required_providers", "provider_meta"];

impl Settings {
    pub(crate) fn read(&mut self, block: &Block, reports: &mut Vec<Report>) {
        let content = block.body.content(&|kind| match kind {
            "backend" | "provider_meta" => Some(1),
            "cloud" | "required_providers" => Some(0),
            _ => None,
        });
        read::only(&content, ATTRIBUTES, BLOCKS, "`terraform`", reports);
        if let Some(required) = content.attribute("required_version") {
            version::check(&required.value, reports);
        }
        for inner in content.blocks("required_providers") {
            for attribute in inner.body.content(&|_| None).attributes {
                let source = source(&attribute.value);
                self.required.insert(attribute.name, source);
            }
        }
        let places =
            content.blocks.iter().filter(|b| matches!(b.kind.as_str(), "backend" | "cloud"));
        for inner in places {
            let named = inner.labels.first().map(|(name, _)| name.clone());
            let kind = named.unwrap_or_else(|| inner.kind.clone());
            let content = inner.body.content(&|_| Some(0));
            let mut config = constants(content.attributes, reports);
            for nested in content.blocks {
                let inner = constants(nested.body.content(&|_| None).attributes, reports);
                config.insert(nested.kind, Value::object(inner));
            }
            let config = Value::object(config);
            self.backend = Some(Backend { kind, config, header: inner.header });
        }
    }
}

/// Reads a file of `name = value` lines, as `terraform init -backend-config` takes one.
pub fn read_backend_config(
    path: &Path,
    host: &dyn Host,
    sources: &mut Sources,
) -> (BTreeMap<Str, Value>, Vec<Report>) {
    let (mut config, mut reports) = (BTreeMap::new(), Vec::new());
    let trees = files::parse(&[path.to_owned()], host, sources, &mut reports);
    for tree in trees.into_iter().flatten() {
        config.extend(constants(Body::file(&tree).content(&|_| None).attributes, &mut reports));
    }
    (config, reports)
}

fn constants(attributes: Vec<Attribute>, reports: &mut Vec<Report>) -> BTreeMap<Str, Value> {
    let mut all = BTreeMap::new();
    for attribute in attributes {
        let (value, found) = constant::evaluate(&attribute.value);
        reports.extend(found);
        all.insert(attribute.name, value);
    }
    all
}

/// The `source` of a `required_providers` entry.
fn source(value: &Expression) -> Option<Str> {
    let Expr::Object(list) = value.tree.expr(value.id) else { return None };
    value.tree.list(list).chunks_exact(2).find_map(|pair| {
        let [key, to] = pair else { return None };
        let name = match value.tree.expr(*key) {
            Expr::Name(name) => value.tree.name(name).into(),
            _ => value.tree.literal(*key)?,
        };
        if name == "source" { value.tree.literal(*to) } else { None }
    })
}
