//! What the files of one folder declare.

use super::body::{Block, Body, Expression};
use super::call::Call;
use super::output::Output;
use super::provider::{Name, Provider};
use super::read;
use super::resource::Resource;
use super::settings::Settings;
use super::statement::Statement;
use super::variable::Variable;
use crate::{Mode, Str};
use indexmap::IndexMap;
use schema::closest;
use std::path::PathBuf;
use std::sync::Arc;
use syntax::{Report, Span, Tree};

/// A module as its files declare it, before anything has a value. Each table is sorted by name.
#[derive(Debug, Default)]
pub(crate) struct Config {
    /// Its folder, as opened.
    pub(crate) folder: PathBuf,
    pub(crate) variables: IndexMap<Str, Variable>,
    pub(crate) locals: IndexMap<Str, Local>,
    pub(crate) outputs: IndexMap<Str, Output>,
    pub(crate) resources: IndexMap<(Mode, Str, Str), Resource>,
    pub(crate) calls: IndexMap<Str, Call>,
    pub(crate) providers: IndexMap<Name, Provider>,
    pub(crate) settings: Settings,
    /// `moved`, `import`, `removed`, `check`, in the order written.
    pub(crate) statements: Vec<Statement>,
}

/// `name = expr` of a `locals` block.
#[derive(Debug)]
pub(crate) struct Local {
    pub(crate) value: Expression,
    pub(crate) name_span: Span,
}

/// Every kind of block that a file may hold, with its number of labels.
const KINDS: &[(&str, usize)] = &[
    ("check", 1),
    ("data", 2),
    ("ephemeral", 2),
    ("import", 0),
    ("locals", 0),
    ("module", 1),
    ("moved", 0),
    ("output", 1),
    ("provider", 1),
    ("removed", 0),
    ("resource", 2),
    ("terraform", 0),
    ("variable", 1),
];

impl Config {
    /// Reads a folder's files; override files last, each in its order.
    pub(crate) fn read(
        folder: PathBuf,
        files: &[Arc<Tree>],
        overrides: &[Arc<Tree>],
        reports: &mut Vec<Report>,
    ) -> Self {
        let mut blocks: Vec<Block> = Vec::new();
        for tree in files {
            blocks.extend(top_level(tree, reports));
        }
        for tree in overrides {
            for block in top_level(tree, reports) {
                lay_over(&mut blocks, block, reports);
            }
        }
        let mut config = Self { folder, ..Self::default() };
        for block in &blocks {
            config.declare(block, reports);
        }
        config.sort();
        config
    }

    fn declare(&mut self, block: &Block, reports: &mut Vec<Report>) {
        let label =
            |i: usize| block.labels.get(i).map(|(name, _)| name.clone()).unwrap_or_default();
        match block.kind.as_str() {
            "variable" => {
                let new = Variable::read(&label(0), block, reports);
                let old = self.variables.get(&label(0)).map(|old| old.header);
                if fresh(block, old, reports) {
                    self.variables.insert(label(0), new);
                }
            }
            "output" => {
                let new = Output::read(block, reports);
                let old = self.outputs.get(&label(0)).map(|old| old.header);
                if fresh(block, old, reports) {
                    self.outputs.insert(label(0), new);
                }
            }
            "module" => {
                let new = Call::read(block, reports);
                let old = self.calls.get(&label(0)).map(|old| old.header);
                if fresh(block, old, reports) {
                    self.calls.insert(label(0), new);
                }
            }
            "provider" => {
                let new = Provider::read(&label(0), block, reports);
                let old = self.providers.get(&new.name).map(|old| old.header);
                if fresh(block, old, reports) {
                    self.providers.insert(new.name.clone(), new);
                }
            }
            "resource" => self.resource(Mode::Managed, block, reports),
            "data" => self.resource(Mode::Data, block, reports),
            "check" => {
                // A data source that only the check's conditions can see.
                let content = block.body.content(&|kind| (kind == "data").then_some(2));
                for inner in content.blocks("data").filter(|b| b.labels.len() == 2) {
                    self.resource(Mode::Data, inner, reports);
                }
                self.statements.extend(Statement::read(block, reports));
            }
            "locals" => self.locals(block, reports),
            "terraform" => self.settings.read(block, reports),
            _ => self.statements.extend(Statement::read(block, reports)),
        }
    }

    fn resource(&mut self, mode: Mode, block: &Block, reports: &mut Vec<Report>) {
        let [(ty, _), (name, _)] = block.labels.as_slice() else { return };
        let key = (mode, ty.clone(), name.clone());
        let new = Resource::read(mode, ty, name, block, reports);
        let old = self.resources.get(&key).map(|old| old.header);
        if fresh(block, old, reports) {
            self.resources.insert(key, new);
        }
    }

    fn locals(&mut self, block: &Block, reports: &mut Vec<Report>) {
        let content = block.body.content(&|_| None);
        read::only(&content.without_attributes(), &[], &[], "`locals`", reports);
        for attribute in content.attributes {
            let name = attribute.name;
            if let Some(old) = self.locals.get(&name) {
                let report =
                    Report::error("duplicate", format!("`local.{name}` is declared twice"))
                        .at(attribute.name_span, "again here")
                        .also(old.name_span, "first here");
                reports.push(report);
                continue;
            }
            self.locals
                .insert(name, Local { value: attribute.value, name_span: attribute.name_span });
        }
    }

    fn sort(&mut self) {
        self.variables.sort_unstable_keys();
        self.locals.sort_unstable_keys();
        self.outputs.sort_unstable_keys();
        self.resources.sort_unstable_keys();
        self.calls.sort_unstable_keys();
        self.providers.sort_unstable_keys();
    }
}

/// How many misplaced things of one file are reported; a file worse than that is not Terraform.
const MOST_REPORTS: usize = 100;

/// The blocks of a file; what cannot stand there is reported.
fn top_level(tree: &Arc<Tree>, reports: &mut Vec<Report>) -> Vec<Block> {
    let labels = |kind: &str| KINDS.iter().find(|(k, _)| *k == kind).map(|(_, labels)| *labels);
    let full = reports.len() + MOST_REPORTS;
    let mut say = |report: Report| {
        if reports.len() < full {
            reports.push(report);
        }
    };
    let mut content = Body::file(tree).content(&labels);
    let names = || KINDS.iter().map(|(name, _)| *name);
    for attribute in content.attributes.iter().take(MOST_REPORTS) {
        let text = format!("`{}` cannot stand outside a block", attribute.name);
        let mut report =
            Report::error("unknown-attribute", text).at(attribute.name_span, "not in a block");
        if let Some(like) = closest(&attribute.name, names()) {
            report = report.help(format!("did you mean a `{like}` block?"));
        }
        say(report);
    }
    content.blocks.retain(|block| {
        let Some(count) = labels(&block.kind) else {
            let report =
                Report::error("unknown-block", format!("there is no block `{}`", block.kind))
                    .at(block.header, "not known");
            say(match closest(&block.kind, names()) {
                Some(like) => report.help(format!("did you mean `{like}`?")),
                None => report,
            });
            return false;
        };
        if block.labels.len() != count {
            let text =
                format!("`{}` takes {}, not {}", block.kind, many(count), block.labels.len());
            let at = block.labels.get(count).map_or(block.header, |(_, span)| *span);
            say(Report::error("bad-labels", text).at(at, "wrong number of labels"));
            return false;
        }
        block.labels.iter().all(|(name, span)| {
            let good = is_name(name);
            if !good {
                let report = Report::error("bad-name", format!("`{name}` is not a valid name"))
                    .at(*span, "not a name")
                    .help(
                        "a name starts with a letter or `_` and holds letters, digits, `_` and `-`",
                    );
                say(report);
            }
            good
        })
    });
    content.blocks
}

fn many(labels: usize) -> &'static str {
    match labels {
        0 => "no label",
        1 => "one label",
        _ => "two labels",
    }
}

fn is_name(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|c| c.is_alphabetic() || c == '_')
        && chars.all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}

fn fresh(block: &Block, old: Option<Span>, reports: &mut Vec<Report>) -> bool {
    let Some(old) = old else { return true };
    let labels: Vec<String> =
        block.labels.iter().map(|(name, _)| format!(" {:?}", name.as_str())).collect();
    let text = format!("`{}{}` is declared twice", block.kind, labels.concat());
    let report =
        Report::error("duplicate", text).at(block.header, "again here").also(old, "first here");
    reports.push(report.help("rename or remove one of them"));
    false
}

/// Lays an override file's block over the one that it names.
fn lay_over(blocks: &mut Vec<Block>, block: Block, reports: &mut Vec<Report>) {
    if matches!(block.kind.as_str(), "moved" | "import" | "removed" | "check") {
        let text = format!("an override file cannot hold `{}`", block.kind);
        reports.push(Report::error("bad-override", text).at(block.header, "in an override file"));
        return;
    }
    if block.kind == "locals" {
        over_locals(blocks, block);
        return;
    }
    let alias = |b: &Block| {
        let content = b.body.content(&|_| None);
        content.attribute("alias").and_then(|a| a.value.literal())
    };
    let names = |b: &Block| -> Vec<Str> { b.labels.iter().map(|(name, _)| name.clone()).collect() };
    let same = |b: &&mut Block| {
        b.kind == block.kind
            && names(b) == names(&block)
            && (b.kind != "provider" || alias(b) == alias(&block))
    };
    match blocks.iter_mut().find(same) {
        Some(base) => base.body.overlay(block.body),
        None if matches!(block.kind.as_str(), "terraform" | "provider") => blocks.push(block),
        None => {
            let text = format!("there is no `{}` of this name to override", block.kind);
            reports.push(Report::error("bad-override", text).at(block.header, "overrides nothing"));
        }
    }
}

/// Each local of an override file replaces the one of its name, wherever that stands.
fn over_locals(blocks: &mut Vec<Block>, block: Block) {
    let over = block.body.content(&|_| None);
    let holds = |b: &Block| {
        let content = b.body.content(&|_| None);
        over.attributes.iter().any(|a| content.attribute(&a.name).is_some())
    };
    match blocks.iter_mut().find(|b| b.kind == "locals" && holds(b)) {
        Some(base) => base.body.overlay(block.body),
        None => blocks.push(block),
    }
}
