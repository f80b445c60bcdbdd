//! Values for the root module's variables, from Terraform's seven places.

use super::body::{Body, Expression};
use super::files;
use super::variable::Variable;
use crate::program::{Options, VariableArgument};
use crate::{Host, Str};
use indexmap::IndexMap;
use schema::closest;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use syntax::{Report, Sources};

/// What a variable was given.
#[derive(Debug)]
pub(crate) enum Input {
    /// An entry of a tfvars file.
    File(Expression),
    /// `-var` or `TF_VAR_`, to be taken as it stands.
    Text(Str),
    /// `-var` or `TF_VAR_`, an expression; it stands in no file of the user's.
    Expression(Expression),
}

/// Collects them, the strongest of each name. Order, weakest first: environment, `terraform.tfvars`, `terraform.tfvars.json`,
/// `*.auto.tfvars` and `*.auto.tfvars.json` by name, then `-var` and `-var-file` as given.
pub(crate) fn collect(
    options: &Options,
    folder: &Path,
    declared: &IndexMap<Str, Variable>,
    host: &dyn Host,
    sources: &mut Sources,
    reports: &mut Vec<Report>,
) -> BTreeMap<Str, Input> {
    let mut inputs = BTreeMap::new();
    for (name, text) in &options.environment {
        if let Some(variable) = declared.get(name.as_str()) {
            let from = format!("TF_VAR_{name}");
            let input = spoken(&from, text, variable, sources, reports);
            inputs.insert(Str::from(name.as_str()), input);
        }
    }
    let automatic = automatic(folder, host);
    read_files(&automatic, host, declared, sources, &mut inputs, reports);
    for argument in &options.variables {
        match argument {
            VariableArgument::Set(name, text) | VariableArgument::Expression(name, text) => {
                if let Some(variable) = declared.get(name.as_str()) {
                    let from = format!("-var {name}");
                    let input = match argument {
                        VariableArgument::Expression(..) => {
                            expression(&from, text, sources, reports)
                        }
                        _ => spoken(&from, text, variable, sources, reports),
                    };
                    inputs.insert(Str::from(name.as_str()), input);
                } else {
                    let text =
                        format!("`-var {name}`: the root module declares no variable `{name}`");
                    let report = Report::error("undeclared-variable", text);
                    reports.push(suggest(report, name, declared));
                }
            }
            VariableArgument::File(path) => {
                read_files(
                    std::slice::from_ref(path),
                    host,
                    declared,
                    sources,
                    &mut inputs,
                    reports,
                );
            }
        }
    }
    inputs
}

/// The tfvars files that are read without being named.
fn automatic(folder: &Path, host: &dyn Host) -> Vec<PathBuf> {
    let Ok(list) = host.list(&files::or_here(folder)) else { return Vec::new() };
    let names: Vec<&str> =
        list.iter().filter(|(_, dir)| !dir).map(|(name, _)| name.as_str()).collect();
    let first = ["terraform.tfvars", "terraform.tfvars.json"];
    let auto = |name: &&&str| name.ends_with(".auto.tfvars") || name.ends_with(".auto.tfvars.json");
    let mut rest: Vec<&str> = names.iter().filter(auto).copied().collect();
    rest.sort_unstable();
    first
        .into_iter()
        .filter(|name| names.contains(name))
        .chain(rest)
        .map(|name| folder.join(name))
        .collect()
}

fn read_files(
    paths: &[PathBuf],
    host: &dyn Host,
    declared: &IndexMap<Str, Variable>,
    sources: &mut Sources,
    inputs: &mut BTreeMap<Str, Input>,
    reports: &mut Vec<Report>,
) {
    for tree in files::parse(paths, host, sources, reports).into_iter().flatten() {
        let content = Body::file(&tree).content(&|_| None);
        for block in &content.blocks {
            let report =
                Report::error("unknown-block", "a tfvars file holds `name = value` lines only")
                    .at(block.header, "a block");
            reports.push(report.help(format!("did you mean `{} = {{ … }}`?", block.kind)));
        }
        for attribute in content.attributes {
            if !declared.contains_key(&attribute.name) {
                let text = format!("the root module declares no variable `{}`", attribute.name);
                let report = Report::warning("undeclared-variable", text)
                    .at(attribute.name_span, "has no effect");
                reports.push(suggest(report, &attribute.name, declared));
            }
            inputs.insert(attribute.name, Input::File(attribute.value));
        }
    }
}

/// A value from the command line or the environment: text for a variable of a primitive type or none, else an expression.
fn spoken(
    from: &str,
    text: &str,
    variable: &Variable,
    sources: &mut Sources,
    reports: &mut Vec<Report>,
) -> Input {
    if variable.literal {
        return Input::Text(text.into());
    }
    expression(from, text, sources, reports)
}

fn expression(from: &str, text: &str, sources: &mut Sources, reports: &mut Vec<Report>) -> Input {
    let text: Arc<str> = text.into();
    let file = sources.add(from, Arc::clone(&text));
    let (tree, found) = syntax::parse_expression(file, &text);
    let broken = !found.is_empty();
    reports.extend(found);
    match tree.attributes(tree.root()).first().map(|a| a.expr) {
        Some(id) if !broken => Input::Expression(Expression::new(&Arc::new(tree), id)),
        _ => Input::Text(Str::new()),
    }
}

fn suggest(report: Report, name: &str, declared: &IndexMap<Str, Variable>) -> Report {
    match closest(name, declared.keys().map(Str::as_str)) {
        Some(like) => report.help(format!("did you mean `{like}`?")),
        None => report.help(format!("declare it: `variable \"{name}\" {{}}`, or remove the value")),
    }
}
