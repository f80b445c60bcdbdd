//! What an expression of the configuration refers to, followed through modules to instances. Plan JSON names references only, without
//! the operators around them, and says nothing of locals: what is lost there is said to be.

use super::document::{ConfigModule, Configuration};
use super::path::{self, Part};
use crate::{Address, Key, Mode, ModulePath, Str};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A resource, whatever its instances.
type Declared = (ModulePath, Mode, Str, Str);

/// Which instances there are.
#[derive(Debug, Default)]
pub(super) struct Instances {
    resources: BTreeMap<Declared, Vec<Arc<Address>>>,
    modules: BTreeSet<ModulePath>,
}

/// What an expression refers to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// Instances, each with the attribute that is referred to; `None` where all of it is.
    pub(super) instances: Vec<(Arc<Address>, Option<Str>)>,
    /// References that lead nowhere: to locals, which plan JSON leaves out.
    pub(super) lost: Option<Str>,
}

/// Where a reference is written: the module instance, the key of the resource or module call that makes it, and its `for_each`.
#[derive(Clone, Debug)]
struct Site<'w> {
    module: ModulePath,
    key: Key,
    each: &'w Json,
}

/// A reference to follow.
struct Open<'w> {
    site: Site<'w>,
    reference: String,
    /// It may be to the instance with the site's own key: `a.b[count.index]` is written as `a.b` and `count.index`.
    keyed: bool,
}

/// References that are being followed.
struct Walk<'w> {
    configuration: &'w Configuration,
    instances: &'w Instances,
    seen: BTreeSet<(ModulePath, Key, String)>,
    open: Vec<Open<'w>>,
    found: Found,
}

static NOTHING: Json = Json::Null;

impl Instances {
    pub(super) fn add(&mut self, address: &Arc<Address>) {
        let Address { module, mode, ty, name, .. } = &**address;
        let declared = (module.clone(), *mode, ty.clone(), name.clone());
        self.resources.entry(declared).or_default().push(Arc::clone(address));
        for length in 0..=module.0.len() {
            self.modules.insert(ModulePath(module.0.iter().take(length).cloned().collect()));
        }
    }

    /// All module instances, the root too.
    pub(super) fn modules(&self) -> impl Iterator<Item = &ModulePath> {
        self.modules.iter()
    }

    /// All instances of resources that a state names without their keys: `module.a.aws_eip.nat`.
    pub(super) fn of_resource(&self, text: &str) -> Vec<Arc<Address>> {
        let Some(parts) = path::parts(text) else { return Vec::new() };
        let is_it = |address: &&Arc<Address>| {
            let modules = address.module.0.iter().flat_map(|step| ["module", step.name.as_str()]);
            let data = (address.mode == Mode::Data).then_some("data");
            let names = modules.chain(data).chain([address.ty.as_str(), address.name.as_str()]);
            names.eq(parts.iter().map(|part| part.name.as_str()))
        };
        self.resources.values().flatten().filter(is_it).cloned().collect()
    }
}

/// What an expression of a resource instance refers to. `each` is the resource's `for_each`.
pub(super) fn follow<'w>(
    expression: &Json,
    of: &Address,
    each: &'w Json,
    configuration: &'w Configuration,
    instances: &'w Instances,
) -> Found {
    let site = Site { module: of.module.clone(), key: of.key.clone(), each };
    let (seen, open, found) = (BTreeSet::new(), Vec::new(), Found::default());
    let mut walk = Walk { configuration, instances, seen, open, found };
    walk.add(&site, expression, false);
    while let Some(Open { site, reference, keyed }) = walk.open.pop() {
        if let Some(parts) = path::parts(&reference) {
            walk.one(&site, &parts, keyed);
        }
    }
    walk.found.instances.sort();
    walk.found.instances.dedup();
    walk.found
}

/// All references anywhere in an expression or in the blocks of one.
pub(super) fn references(expression: &Json) -> Vec<String> {
    let (mut open, mut found) = (vec![expression], Vec::new());
    while let Some(json) = open.pop() {
        match json {
            Json::Array(all) => open.extend(all.iter().rev()),
            Json::Object(entries) => {
                if let Some(Json::Array(all)) = entries.get("references") {
                    let texts = all.iter().filter_map(Json::as_str);
                    found.extend(most_exact(texts));
                }
                open.extend(entries.values().rev());
            }
            _ => {}
        }
    }
    found
}

/// Terraform writes `a.b[0].id`, and then `a.b[0]` and `a.b` for good measure.
fn most_exact<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for text in texts {
        let is_head = |last: &String| {
            last.strip_prefix(text).is_some_and(|rest| rest.starts_with(['.', '[']))
        };
        if !kept.last().is_some_and(is_head) {
            kept.push(text.to_owned());
        }
    }
    kept
}

impl<'w> Walk<'w> {
    fn add(&mut self, site: &Site<'w>, expression: &Json, keyed: bool) {
        let all = references(expression);
        let repeats = |text: &String| text.starts_with("count.") || text.starts_with("each.");
        let keyed = keyed || all.iter().any(repeats);
        self.open_all(site, all, keyed);
    }

    fn open_all(&mut self, site: &Site<'w>, all: Vec<String>, keyed: bool) {
        for reference in all {
            let (module, key) = (site.module.clone(), site.key.clone());
            if self.seen.insert((module, key, reference.clone())) {
                self.open.push(Open { site: site.clone(), reference, keyed });
            }
        }
    }

    fn one(&mut self, site: &Site<'w>, parts: &[Part], keyed: bool) {
        let words: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
        match (words.as_slice(), parts) {
            (["var", name, ..], _) => self.variable(site, name),
            (["each", _, rest @ ..], _) => {
                // What it is of the one that `for_each` goes over: `each.value.id` of `aws_subnet.a` is `aws_subnet.a.id`.
                let all = references(site.each).into_iter();
                let all = all.map(|all| [&[all.as_str()], rest].concat().join("."));
                self.open_all(site, all.collect(), true);
            }
            (["local", name, ..], _) => self.found.lost = Some(format!("local.{name}").into()),
            (["count" | "path" | "terraform" | "self", ..], _) => {}
            (["module", ..], [_, call, rest @ ..]) => self.output(site, call, rest.first(), keyed),
            (["data", ..], [_, ty, name, rest @ ..]) => {
                self.resource(site, (Mode::Data, ty), name, rest.first(), keyed);
            }
            (_, [ty, name, rest @ ..]) => {
                self.resource(site, (Mode::Managed, ty), name, rest.first(), keyed);
            }
            _ => {}
        }
    }

    /// A variable of a module is what its call says; one of the root has a value, so that nothing hangs on it.
    fn variable(&mut self, site: &Site<'w>, name: &str) {
        let Some((last, outer)) = site.module.0.split_last() else { return };
        let module = ModulePath(outer.to_vec());
        let Some(around) = config(self.configuration, &module) else { return };
        let Some(call) = around.module_calls.get(last.name.as_str()) else { return };
        let expression = call.expressions.get(name).unwrap_or(&NOTHING);
        let each = &call.for_each_expression;
        self.add(&Site { module, key: last.key.clone(), each }, expression, false);
    }

    fn output(&mut self, site: &Site<'w>, call: &Part, output: Option<&Part>, keyed: bool) {
        let inside = |path: &&ModulePath| match path.0.split_last() {
            Some((last, outer)) => outer == site.module.0.as_slice() && last.name == call.name,
            None => false,
        };
        let mut paths: Vec<&ModulePath> = self.instances.modules.iter().filter(inside).collect();
        let key = if call.key == Key::None && keyed { &site.key } else { &call.key };
        let is_it = |path: &&ModulePath| path.0.last().is_some_and(|step| step.key == *key);
        if paths.iter().any(is_it) {
            paths.retain(is_it);
        }
        for path in paths {
            let Some(module) = config(self.configuration, path) else { continue };
            let site = Site { module: path.clone(), key: Key::None, each: &NOTHING };
            let asked = |name: &str| output.is_none_or(|output| output.name == name);
            for (_, output) in module.outputs.iter().filter(|(name, _)| asked(name)) {
                self.add(&site, &output.expression, false);
            }
        }
    }

    fn resource(
        &mut self,
        site: &Site<'w>,
        (mode, ty): (Mode, &Part),
        name: &Part,
        attribute: Option<&Part>,
        keyed: bool,
    ) {
        let declared = (site.module.clone(), mode, ty.name.clone(), name.name.clone());
        let Some(all) = self.instances.resources.get(&declared) else { return };
        let key = if name.key == Key::None && keyed { &site.key } else { &name.key };
        let one = all.iter().find(|address| address.key == *key);
        let chosen = one.map_or(all.as_slice(), std::slice::from_ref);
        let attribute = attribute.map(|part| part.name.clone());
        let chosen = chosen.iter().map(|address| (Arc::clone(address), attribute.clone()));
        self.found.instances.extend(chosen);
    }
}

/// The configuration of a module instance.
pub(super) fn config<'c>(
    configuration: &'c Configuration,
    module: &ModulePath,
) -> Option<&'c ConfigModule> {
    module.0.iter().try_fold(&configuration.root_module, |module, step| {
        module.module_calls.get(step.name.as_str()).map(|call| &call.module)
    })
}
