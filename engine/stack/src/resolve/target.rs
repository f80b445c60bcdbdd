//! What a reference names.

use crate::eval::{StaticKey, StaticStep, Traversal};
use crate::load::Config;
use crate::{Mode, Str};
use schema::closest;
use syntax::Report;

/// What a reference names, and how many steps after its root the name takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Variable(usize),
    Local(usize),
    Resource(usize),
    Call(usize),
    /// `each`, `count`, `self`, `path`, `terraform`, `ephemeral`: nothing that is evaluated by itself.
    Around,
}

/// Finds it among a module's declarations.
pub(super) fn find(config: &Config, to: &Traversal) -> Result<Target, Box<Report>> {
    match to.root.as_str() {
        "var" => {
            let name = first(to, "var.name")?;
            config.variables.get_index_of(name).map(Target::Variable).ok_or_else(|| {
                let names = config.variables.keys().map(Str::as_str);
                undeclared(to, 1, "variable", name, names, "var.")
            })
        }
        "local" => {
            let name = first(to, "local.name")?;
            config.locals.get_index_of(name).map(Target::Local).ok_or_else(|| {
                let names = config.locals.keys().map(Str::as_str);
                undeclared(to, 1, "local value", name, names, "local.")
            })
        }
        "module" => {
            let name = first(to, "module.name")?;
            config.calls.get_index_of(name).map(Target::Call).ok_or_else(|| {
                let names = config.calls.keys().map(Str::as_str);
                undeclared(to, 1, "module call", name, names, "module.")
            })
        }
        "each" | "count" | "self" | "path" | "terraform" | "ephemeral" => Ok(Target::Around),
        "data" => resource(config, Mode::Data, to, to.steps.first(), to.steps.get(1), 2),
        "resource" if to.steps.len() >= 2 => {
            resource(config, Mode::Managed, to, to.steps.first(), to.steps.get(1), 2)
        }
        _ => {
            let ty = StaticStep { key: StaticKey::Name(to.root.clone()), span: to.root_span };
            resource(config, Mode::Managed, to, Some(&ty), to.steps.first(), 1)
        }
    }
}

/// How many steps a resource's type and name take after the root.
pub(super) fn name_steps(to: &Traversal) -> usize {
    if matches!(to.root.as_str(), "data" | "resource") { 2 } else { 1 }
}

fn first<'a>(to: &'a Traversal, shape: &str) -> Result<&'a Str, Box<Report>> {
    if let Some(StaticKey::Name(name)) = to.steps.first().map(|step| &step.key) {
        return Ok(name);
    }
    let text = format!("`{}` needs a name after it: `{shape}`", to.root);
    Err(Box::new(Report::error("bad-reference", text).at(to.span, "incomplete reference")))
}

fn resource(
    config: &Config,
    mode: Mode,
    to: &Traversal,
    ty: Option<&StaticStep>,
    name: Option<&StaticStep>,
    steps: usize,
) -> Result<Target, Box<Report>> {
    let word = |step: Option<&StaticStep>| match step.map(|s| &s.key) {
        Some(StaticKey::Name(name)) => Some(name.clone()),
        _ => None,
    };
    let (Some(ty), Some(name)) = (word(ty), word(name)) else {
        return Err(Box::new(nothing(config, to)));
    };
    let key = (mode, ty, name);
    if let Some(at) = config.resources.get_index_of(&key) {
        return Ok(Target::Resource(at));
    }
    let (_, ty, name) = key;
    let (kind, prefix) = match mode {
        Mode::Managed => ("resource", ""),
        Mode::Data => ("data source", "data."),
    };
    let end = steps.checked_sub(1).and_then(|i| to.steps.get(i)).map_or(to.span, |s| s.span);
    let text = format!("no {kind} `{prefix}{ty}.{name}` is declared in this module");
    let report =
        Report::error("undeclared-reference", text).at(to.root_span.to(end), "not declared");
    let full = |(_, ty, name): &(Mode, Str, Str)| format!("{prefix}{ty}.{name}");
    let names: Vec<String> =
        config.resources.keys().filter(|(m, _, _)| *m == mode).map(full).collect();
    let same_type = names.iter().filter(|n| n.starts_with(&format!("{prefix}{ty}.")));
    let wanted = format!("{prefix}{ty}.{name}");
    let like = closest(&wanted, names.iter().map(String::as_str))
        .or_else(|| Some(same_type.min()?.as_str()));
    Err(Box::new(match like {
        Some(like) => report.help(format!("did you mean `{like}`?")),
        None => report.help(format!("declare it: `{} \"{ty}\" \"{name}\" {{ … }}`", block(mode))),
    }))
}

fn block(mode: Mode) -> &'static str {
    match mode {
        Mode::Managed => "resource",
        Mode::Data => "data",
    }
}

/// A single word that means nothing.
fn nothing(config: &Config, to: &Traversal) -> Report {
    let text = format!("`{}` names nothing here", to.root);
    let report = Report::error("bad-reference", text).at(to.span, "not a reference");
    if to.steps.is_empty() {
        let name = &to.root;
        let help = if config.variables.contains_key(name) {
            format!("did you mean `var.{name}`?")
        } else if config.locals.contains_key(name) {
            format!("did you mean `local.{name}`?")
        } else {
            format!(
                "a reference looks like `var.x`, `local.x` or `aws_vpc.x.id`; a string needs quotes: `\"{name}\"`"
            )
        };
        return report.help(help);
    }
    report
}

fn undeclared<'a>(
    to: &Traversal,
    steps: usize,
    kind: &str,
    name: &str,
    names: impl Iterator<Item = &'a str>,
    prefix: &str,
) -> Box<Report> {
    let end = to.steps.get(steps.saturating_sub(1)).map_or(to.span, |s| s.span);
    let text = format!("no {kind} `{name}` is declared in this module");
    let report =
        Report::error("undeclared-reference", text).at(to.root_span.to(end), "not declared");
    Box::new(match closest(name, names) {
        Some(like) => report.help(format!("did you mean `{prefix}{like}`?")),
        None if prefix == "var." => report.help(format!("declare it: `variable \"{name}\" {{}}`")),
        None => report,
    })
}
