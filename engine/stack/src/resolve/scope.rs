//! What an expression of one module instance sees.

use super::Resolver;
use super::node::{Instances, ModuleId, Repetition, Slot, What};
use super::target::{self, Target};
use crate::eval::{Environment, Resolved, Scope, StaticKey, Traversal};
use crate::load::{Call, Repeat};
use crate::value::Step;
use crate::{Address, Key, Marks, Origin, Str, Type, Value};
use schema::closest;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use syntax::Report;

/// A module instance, and perhaps an instance of something in it.
pub(super) struct View<'a> {
    pub(super) resolver: &'a Resolver<'a>,
    pub(super) module: ModuleId,
    /// `each` and `count`, where they mean something.
    pub(super) repetition: Option<&'a Repetition>,
    /// `self`, where it means something.
    pub(super) this: Option<&'a Value>,
}

type Answer = Result<Resolved, Box<Report>>;

impl Scope for View<'_> {
    fn resolve(&self, to: &Traversal) -> Answer {
        let Some(config) = self.resolver.config(self.module) else { return Ok(hole()) };
        match target::find(config, to)? {
            Target::Variable(at) => Ok(self.value(What::Variable(at))),
            Target::Local(at) => Ok(self.value(What::Local(at))),
            Target::Resource(at) => self.resource(at, to),
            Target::Call(at) => self.call(at, to),
            Target::Around => self.around(to),
        }
    }

    fn environment(&self) -> Environment<'_> {
        let program = self.resolver.program;
        let total = Some(&self.resolver.total);
        Environment { total, ..Environment::new(program.host, program.folder()) }
    }
}

/// What stands for a value that could not be computed; why was reported where it arose.
fn hole() -> Resolved {
    Resolved::new(Value::unknown(Type::Dynamic, Origin::Error), 1)
}

impl View<'_> {
    fn value(&self, what: What) -> Resolved {
        match self.resolver.slot(self.module, what) {
            Some(Slot::Value(value)) => Resolved::new(value.clone(), 1),
            _ => hole(),
        }
    }

    fn resource(&self, at: usize, to: &Traversal) -> Answer {
        let used = target::name_steps(to);
        let decl = self.resolver.config(self.module).and_then(|c| c.resources.get_index(at));
        let Some((_, decl)) = decl else { return Ok(hole()) };
        let Some(Slot::Resource(instances)) = self.resolver.slot(self.module, What::Resource(at))
        else {
            return Ok(Resolved::new(hole().value, used));
        };
        if let Some(step) = to.steps.get(used)
            && let (Repeat::Count(_) | Repeat::ForEach(_), StaticKey::Name(name)) =
                (&decl.repeat, &step.key)
        {
            let label = decl.label();
            let (word, example) = match decl.repeat {
                Repeat::Count(_) => ("count", "0"),
                _ => ("for_each", "\"key\""),
            };
            let text = format!("`{label}` has `{word}`, so `.{name}` must say of which instance");
            let report = Report::error("missing-instance-key", text)
                .at(to.root_span.to(step.span), "no instance key")
                .help(format!(
                    "write `{label}[{example}].{name}`, or `[for r in {label} : r.{name}]` for all"
                ));
            return Err(Box::new(report));
        }
        if decl.schema.is_some() {
            return Ok(Resolved::new(instances.value.clone(), used));
        }
        Ok(generic(&decl.repeat, instances, to, used))
    }

    fn call(&self, at: usize, to: &Traversal) -> Answer {
        let config = self.resolver.config(self.module);
        let Some((name, call)) = config.and_then(|c| c.calls.get_index(at)) else {
            return Ok(hole());
        };
        let Some(Slot::Modules(children)) = self.resolver.slot(self.module, What::Call(at)) else {
            return Ok(hole());
        };
        if children.is_empty() && matches!(call.repeat, Repeat::Once) {
            return Ok(hole());
        }
        let key = |child: &ModuleId| self.resolver.module(*child).map(|m| &m.repetition.key);
        let symbolic = children.iter().find(|c| key(c) == Some(&Key::Unknown));
        let (child, used) = match (&call.repeat, to.steps.get(1).map(|s| &s.key)) {
            (Repeat::Once, _) => (children.first(), 1),
            (Repeat::Count(_) | Repeat::ForEach(_), Some(StaticKey::Name(name))) => {
                return Err(Box::new(no_key(call, name, to)));
            }
            (_, Some(_)) if symbolic.is_some() => (symbolic, 2),
            (Repeat::Count(_), Some(StaticKey::Index(n))) => {
                (children.iter().find(|c| key(c) == Some(&Key::Int(*n))), 2)
            }
            (Repeat::ForEach(_), Some(StaticKey::Key(k))) => {
                (children.iter().find(|c| key(c) == Some(&Key::Str(k.clone()))), 2)
            }
            _ => (None, 1),
        };
        let Some(child) = child else {
            return Ok(Resolved::new(self.all_instances(call, children), 1));
        };
        let Some(StaticKey::Name(output)) = to.steps.get(used).map(|s| &s.key) else {
            return Ok(Resolved::new(self.outputs(*child), used));
        };
        let inner = self.resolver.config(*child);
        let Some(number) = inner.and_then(|c| c.outputs.get_index_of(output)) else {
            let text = format!("module `{name}` has no output `{output}`");
            let end = to.steps.get(used).map_or(to.span, |s| s.span);
            let report = Report::error("undeclared-reference", text)
                .at(to.root_span.to(end), "no such output");
            let names = inner.into_iter().flat_map(|c| c.outputs.keys()).map(Str::as_str);
            return Err(Box::new(match closest(output, names) {
                Some(like) => report.help(format!("did you mean `{like}`?")),
                None => {
                    report.help(format!("declare it in the module: `output \"{output}\" {{ … }}`"))
                }
            }));
        };
        Ok(Resolved::new(self.output(*child, number), used + 1))
    }

    /// Every instance's outputs, in the shape that `count` or `for_each` gives.
    fn all_instances(&self, call: &Call, children: &[ModuleId]) -> Value {
        let key = |child: &ModuleId| self.resolver.module(*child).map(|m| m.repetition.key.clone());
        let each = |child: &ModuleId| (key(child), self.outputs(*child));
        let all: Vec<_> = children.iter().map(each).collect();
        if let Some((Some(Key::Unknown), _)) = all.first() {
            let repeated = children.first().and_then(|child| self.resolver.module(*child));
            let origin = repeated.and_then(|module| module.repetition.origin());
            return Value::unknown(Type::Dynamic, origin.unwrap_or_default());
        }
        match call.repeat {
            Repeat::ForEach(_) => {
                Value::object(all.into_iter().filter_map(|(key, value)| match key {
                    Some(Key::Str(key)) => Some((key, value)),
                    _ => None,
                }))
            }
            _ => Value::tuple(all.into_iter().map(|(_, value)| value)),
        }
    }

    fn outputs(&self, child: ModuleId) -> Value {
        let config = self.resolver.config(child);
        let names = config.into_iter().flat_map(|c| c.outputs.keys().enumerate());
        Value::object(names.map(|(at, name)| (name.clone(), self.output(child, at))))
    }

    fn output(&self, child: ModuleId, at: usize) -> Value {
        match self.resolver.slot(child, What::Output(at)) {
            Some(Slot::Value(value)) => value.clone(),
            _ => hole().value,
        }
    }

    fn around(&self, to: &Traversal) -> Answer {
        let word = |i: usize| match to.steps.get(i).map(|s| &s.key) {
            Some(StaticKey::Name(name)) => Some(name.as_str()),
            _ => None,
        };
        let value = match (to.root.as_str(), word(0)) {
            ("each", Some(part @ ("key" | "value"))) => {
                let Some((key, value)) = self.repetition.and_then(|r| r.each.as_ref()) else {
                    return Err(no_context(to, "each", "for_each"));
                };
                if part == "key" { key.clone() } else { value.clone() }
            }
            ("count", Some("index")) => {
                let Some(index) = self.repetition.and_then(|r| r.index.as_ref()) else {
                    return Err(no_context(to, "count", "count"));
                };
                index.clone()
            }
            ("self", _) => {
                let Some(this) = self.this else {
                    let text = "`self` only means something in a postcondition, a provisioner or a connection";
                    let report = Report::error("bad-reference", text).at(to.span, "no `self` here");
                    return Err(Box::new(report));
                };
                return Ok(Resolved::new(this.clone(), 0));
            }
            ("ephemeral", Some(_)) => {
                let name = to.steps.iter().take(2).filter_map(|step| step.name());
                let name = name.fold(String::from("ephemeral"), |name, part| name + "." + part);
                let value = Value::unknown(Type::Dynamic, Origin::Apply(name.into()));
                let value = value.with_marks(Marks::EPHEMERAL);
                return Ok(Resolved::new(value, to.steps.len().min(2)));
            }
            ("path", Some("module")) => {
                let folder = self.resolver.config(self.module).map(|c| c.folder.as_path());
                let root = self.resolver.program.folder();
                path(&relative(root, folder.unwrap_or(root)))
            }
            ("path", Some("root")) => Value::string("."),
            ("path", Some("cwd")) => {
                let program = self.resolver.program;
                path(&relative(Path::new(""), &program.current.join(program.folder())))
            }
            ("terraform", Some("workspace")) => {
                Value::string(self.resolver.program.workspace.clone())
            }
            (root, _) => {
                let known: &[&str] = match root {
                    "each" => &["each.key", "each.value"],
                    "count" => &["count.index"],
                    "path" => &["path.module", "path.root", "path.cwd"],
                    _ => &["terraform.workspace"],
                };
                let text = format!("`{root}` has only {}", quoted(known));
                let report = Report::error("bad-reference", text).at(to.span, "no such attribute");
                return Err(Box::new(report));
            }
        };
        Ok(Resolved::new(value, 1))
    }
}

/// Of a type without a schema only what is written is known; whatever else is asked for is unknown.
fn generic(repeat: &Repeat, instances: &Instances, to: &Traversal, used: usize) -> Resolved {
    let (key, used) = match (repeat, to.steps.get(used).map(|s| &s.key)) {
        (Repeat::Once, _) => (Some(Key::None), used),
        (Repeat::Count(_), Some(StaticKey::Index(n))) => (Some(Key::Int(*n)), used + 1),
        (Repeat::ForEach(_), Some(StaticKey::Key(k))) => (Some(Key::Str(k.clone())), used + 1),
        _ => (None, used),
    };
    let one = key.and_then(|key| instances.all.iter().find(|r| r.address.key == key));
    let name = to.steps.get(used).and_then(|step| step.name());
    let (Some(one), Some(name)) = (one, name) else {
        let used = target::name_steps(to);
        return Resolved::new(instances.value.clone(), used);
    };
    let value = one.value.get(name).cloned().unwrap_or_else(|| {
        Value::unknown(Type::Dynamic, origin(&one.address, [Step::Attr(name.clone())]))
    });
    Resolved::new(value, used + 1)
}

fn no_key(call: &Call, name: &Str, to: &Traversal) -> Report {
    let word = if matches!(call.repeat, Repeat::Count(_)) { "count" } else { "for_each" };
    let text = format!("the module has `{word}`, so `.{name}` must say of which instance");
    Report::error("missing-instance-key", text).at(to.span, "no instance key")
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn no_context(to: &Traversal, word: &str, argument: &str) -> Box<Report> {
    let text = format!("`{word}` only means something in a block that has `{argument}`");
    Box::new(Report::error("bad-reference", text).at(to.span, format!("no `{argument}` here")))
}

fn path(path: &Path) -> Value {
    Value::string(path.to_string_lossy().replace('\\', "/"))
}

/// The way from one folder to another, by their letters alone; `.` when they are the same.
fn relative(from: &Path, to: &Path) -> PathBuf {
    let normal = |p: &Path| -> Vec<PathBuf> {
        p.components()
            .filter(|c| *c != Component::CurDir)
            .map(|c| PathBuf::from(c.as_os_str()))
            .collect()
    };
    let (from, to) = (normal(from), normal(to));
    let same = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = from.iter().skip(same).map(|_| PathBuf::from(".."));
    let way: PathBuf = up.chain(to.into_iter().skip(same)).collect();
    if way.as_os_str().is_empty() { PathBuf::from(".") } else { way }
}

/// An unknown decided by a resource instance.
pub(super) fn origin(address: &Arc<Address>, path: impl IntoIterator<Item = Step>) -> Origin {
    Origin::Resource { address: Arc::clone(address), path: path.into_iter().collect() }
}
