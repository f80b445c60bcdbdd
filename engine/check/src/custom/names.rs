//! The names that a rule's expressions may refer to.

use super::CustomRule;
use super::seen::seen;
use crate::wildcard::fits;
use crate::{Bill, Context};
use stack::eval::{Environment, Resolved, Scope, Traversal, references};
use stack::{Host, Mode, Origin, Resource, ResourceId, Stack, Str, Type, Value};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};
use syntax::{Report, Span, quoted};

/// Every first name, for a wrong one.
const ROOTS: [&str; 9] =
    ["self", "address", "type", "each", "uses", "used_by", "stack", "cost", "bill"];

/// Who refers to whom, and what each looks like: made once for all rules.
#[derive(Debug)]
pub(crate) struct Graph {
    used_by: BTreeMap<ResourceId, BTreeSet<ResourceId>>,
    seen: Vec<OnceLock<Value>>,
    /// All of a type, as a tuple.
    all: Mutex<HashMap<String, Value>>,
}

impl Graph {
    pub(crate) fn of(stack: &Stack) -> Self {
        let mut used_by: BTreeMap<ResourceId, BTreeSet<ResourceId>> = BTreeMap::new();
        for (from, resource) in (0..).map(ResourceId).zip(&stack.resources) {
            for edge in &resource.edges {
                used_by.entry(edge.to).or_default().insert(from);
            }
        }
        let seen = vec![OnceLock::new(); stack.resources.len()];
        Self { used_by, seen, all: Mutex::default() }
    }

    /// Those that refer to an instance, in the order of their addresses.
    pub(crate) fn used_by(&self, id: ResourceId) -> impl Iterator<Item = &ResourceId> {
        self.used_by.get(&id).into_iter().flatten()
    }

    /// All of a type: the same value for everybody who asks.
    fn all(&self, ty: &str, context: &Context<'_>) -> Value {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = all.get(ty) {
            return known.clone();
        }
        let ids = context.model.instances(ty).iter();
        let value = Value::tuple(ids.filter_map(|id| self.seen(*id, context.stack())));
        all.insert(ty.to_owned(), value.clone());
        value
    }

    fn seen(&self, id: ResourceId, stack: &Stack) -> Option<Value> {
        let resource = stack.resource(id)?;
        Some(self.seen.get(id.0 as usize)?.get_or_init(|| seen(resource)).clone())
    }
}

/// What one instance's expressions see.
pub(super) struct Names<'a> {
    pub(super) rule: &'a CustomRule,
    pub(super) context: &'a Context<'a>,
    pub(super) id: ResourceId,
    pub(super) resource: &'a Resource,
    /// `each.key` and `each.value`
    pub(super) each: Option<(Value, Value)>,
}

impl Scope for Names<'_> {
    fn resolve(&self, to: &Traversal) -> Result<Resolved, Box<Report>> {
        check_name(self.rule, to)?;
        let ty = self.resource.address.ty.as_str();
        Ok(match to.root.as_str() {
            "address" => Resolved::new(Value::string(self.resource.address.to_string()), 0),
            "type" => Resolved::new(Value::string(ty), 0),
            "each" => {
                let (key, value) = self.each.clone().ok_or_else(|| unknown_name(to))?;
                let is_key =
                    to.steps.first().and_then(|step| step.name()).is_some_and(|n| n == "key");
                Resolved::new(if is_key { key } else { value }, 1)
            }
            "uses" => {
                let used: BTreeSet<ResourceId> =
                    self.resource.edges.iter().map(|edge| edge.to).collect();
                self.neighbours(to, used.iter())
            }
            "used_by" => self.neighbours(to, self.context.graph().used_by(self.id)),
            "stack" => {
                let (ty, used) = neighbour_type(to);
                Resolved::new(self.context.graph().all(&ty, self.context), used)
            }
            "cost" | "bill" => Resolved::new(self.money(to), 0),
            _ => {
                let seen = self.context.graph().seen(self.id, self.context.stack());
                Resolved::new(seen.unwrap_or_else(|| self.resource.value.clone()), 0)
            }
        })
    }

    fn environment(&self) -> Environment<'_> {
        Environment::new(&Nothing, Path::new(""))
    }
}

impl Names<'_> {
    /// What the instance costs, or the whole stack.
    fn money(&self, to: &Traversal) -> Value {
        match &self.context.bill {
            Some(bill) if to.root == "bill" => bill.whole(),
            Some(bill) => bill.of(&self.resource.address.to_string()),
            None => Value::unknown(Type::Dynamic, Origin::Unpriced("no bill was made".into())),
        }
    }

    /// Those of the type that the reference names.
    fn neighbours<'i>(
        &self,
        to: &Traversal,
        ids: impl Iterator<Item = &'i ResourceId>,
    ) -> Resolved {
        let (ty, used) = neighbour_type(to);
        let all = self.context.model.instances(&ty);
        let is_of = |id: &&ResourceId| all.binary_search(id).is_ok();
        let (graph, stack) = (self.context.graph(), self.context.stack());
        Resolved::new(Value::tuple(ids.filter(is_of).filter_map(|id| graph.seen(*id, stack))), used)
    }
}

/// `aws_subnet`, or `data.aws_subnet`, and how many steps say so.
fn neighbour_type(to: &Traversal) -> (String, usize) {
    let name = |at: usize| to.steps.get(at).and_then(|s| s.name()).map_or("", |n| n.as_str());
    match name(0) {
        "data" => (format!("data.{}", name(1)), 2),
        ty => (ty.to_owned(), 1),
    }
}

/// Refuses what no instance could have: found when the rule is read, not when a stack happens to hold one.
pub(super) fn check(rule: &CustomRule) -> Result<(), Box<Report>> {
    for expr in rule.expressions() {
        for to in references(&rule.tree, expr) {
            check_name(rule, &to)?;
            if to.root == "each" && (rule.for_each.is_none() || Some(expr) == rule.for_each) {
                let report = Report::error("unknown-name", "`each` needs a `for_each` in the rule");
                return Err(Box::new(report.at(to.span, "is not there")));
            }
        }
    }
    Ok(())
}

fn check_name(rule: &CustomRule, to: &Traversal) -> Result<(), Box<Report>> {
    let first = to.steps.first();
    let name = first.and_then(|step| step.name());
    match to.root.as_str() {
        "address" | "type" => Ok(()),
        "each" if name.is_some_and(|name| name == "key" || name == "value") => Ok(()),
        "self" => {
            let (Some(name), Some(step)) = (name, first) else { return Ok(()) };
            check_attribute(rule, name.as_str(), step.span)
        }
        "cost" | "bill" => check_money(to, name),
        "uses" | "used_by" | "stack" => {
            let (ty, _) = neighbour_type(to);
            if name.is_none() || ty == "data." {
                let message = format!("`{}` needs a type: `{}.aws_subnet`", to.root, to.root);
                return Err(Box::new(Report::error("unknown-name", message).at(to.span, "is all")));
            }
            unknown_type(&ty).map_or(Ok(()), |help| {
                let message = format!("there is no resource type `{ty}`");
                let report = Report::error("unknown-type", message).at(to.span, "names it");
                Err(Box::new(report.help(help)))
            })
        }
        _ => Err(unknown_name(to)),
    }
}

/// Refuses what a bill does not say.
fn check_money(to: &Traversal, name: Option<&Str>) -> Result<(), Box<Report>> {
    let Some(name) = name else { return Ok(()) };
    let mut known = Bill::NAMES.to_vec();
    if to.root == "bill" {
        known.push("services");
    }
    if known.contains(&name.as_str()) {
        return Ok(());
    }
    let root = to.root.as_str();
    let report = Report::error("unknown-name", format!("`{root}` has no `{name}`"));
    let near = schema::closest(name, known.clone()).map(|near| format!("did you mean `{near}`? "));
    let help = format!("{}it has {}", near.unwrap_or_default(), known.join(", "));
    Err(Box::new(report.at(to.span, "is not known").help(help)))
}

fn unknown_name(to: &Traversal) -> Box<Report> {
    let root = to.root.as_str();
    let report = Report::error("unknown-name", format!("there is nothing called {}", quoted(root)));
    let near = schema::closest(root, ROOTS).map(|name| format!("did you mean `{name}`? "));
    let help = format!("{}a rule sees {}", near.unwrap_or_default(), ROOTS.join(", "));
    Box::new(report.at(to.span, "is not known here").help(help))
}

/// An attribute that none of the types has, where all of them are AWS's.
fn check_attribute(rule: &CustomRule, name: &str, at: Span) -> Result<(), Box<Report>> {
    let mut known = BTreeSet::new();
    for pattern in &rule.types {
        if !pattern.trim_start_matches("data.").starts_with("aws_") {
            return Ok(());
        }
        for ty in types(pattern) {
            let body = match ty.strip_prefix("data.") {
                Some(ty) => schema::data_source(ty),
                None => schema::resource(&ty),
            };
            let Some(body) = body.map(|schema| schema.body) else { continue };
            if body.attribute(name).is_some() || body.block(name).is_some() {
                return Ok(());
            }
            known.extend(body.attributes.iter().map(|attribute| attribute.name));
            known.extend(body.blocks.iter().map(|block| block.name));
        }
    }
    let message = format!("`{}` has no attribute `{name}`", rule.types.join("`, `"));
    let report = Report::error("unknown-attribute", message).at(at, "is not in the schema");
    let near = schema::closest(name, known).map(|near| format!("did you mean `{near}`?"));
    Err(Box::new(Report { help: near, ..report }))
}

/// AWS's types that a pattern means.
fn types(pattern: &str) -> Vec<String> {
    let managed = schema::resource_names().map(str::to_owned);
    let data = schema::data_source_names().map(|ty| format!("data.{ty}"));
    managed.chain(data).filter(|ty| fits(pattern, ty)).collect()
}

/// What to say of a type that looks like AWS's and is not.
pub(super) fn unknown_type(pattern: &str) -> Option<String> {
    let bare = pattern.trim_start_matches("data.");
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '*';
    let slip =
        bare.split_once('_').is_some_and(|(owner, _)| schema::closest(owner, ["aws"]).is_some());
    let is_theirs = !slip && bare.contains('_') || bare.starts_with('*');
    if bare.chars().all(plain) && (is_theirs || !types(pattern).is_empty()) {
        return None;
    }
    let near = if pattern.starts_with("data.") {
        schema::closest(bare, schema::data_source_names())
    } else {
        schema::closest(bare, schema::resource_names())
    };
    Some(match near {
        Some(near) => {
            format!("did you mean `{}{near}`?", if bare == pattern { "" } else { "data." })
        }
        None => "types are written as Terraform does: `aws_lb`, `data.aws_ami`, `aws_s3_*`".into(),
    })
}

/// True when the rule is about the instance.
pub(super) fn is_about(rule: &CustomRule, resource: &Resource) -> bool {
    let ty = resource.address.ty.as_str();
    rule.types.iter().any(|pattern| match (pattern.strip_prefix("data."), resource.address.mode) {
        (Some(pattern), Mode::Data) => fits(pattern, ty),
        (None, Mode::Managed) => fits(pattern, ty),
        _ => false,
    })
}

/// A machine without files: the same stack must be judged the same everywhere.
struct Nothing;

impl Host for Nothing {
    fn read(&self, _: &Path) -> io::Result<Vec<u8>> {
        Err(io::Error::new(io::ErrorKind::NotFound, "a rule sees no files"))
    }

    fn list(&self, _: &Path) -> io::Result<Vec<(String, bool)>> {
        Err(io::Error::new(io::ErrorKind::NotFound, "a rule sees no files"))
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        Ok(path.to_owned())
    }

    fn home(&self) -> Option<PathBuf> {
        None
    }

    fn current(&self) -> io::Result<PathBuf> {
        Ok(PathBuf::new())
    }
}
