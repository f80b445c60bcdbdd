//! One banana.toml, as written.

use super::cost::CostKeys;
use super::glob::Glob;
use super::node::{self, Node, Placed};
use super::shape::{KEYS, Shape};
use crate::args::{Threshold, Unknown};
use check::{RequiredTag, Severity, Wildcard};
use clap::ValueEnum;
use std::collections::BTreeMap;
use std::path::PathBuf;
use syntax::{FileId, Report, Span};

/// A configuration file. What is not written is `None` or empty.
#[derive(Debug, Default)]
pub(super) struct File {
    /// The folder that it is in, absolute: what its paths count from.
    pub(super) folder: PathBuf,
    pub(super) extend: Option<Placed<String>>,
    pub(super) baseline: Option<Placed<String>>,
    pub(super) fail_on: Option<Placed<Threshold>>,
    pub(super) unknown: Option<Placed<Unknown>>,
    pub(super) select: Option<Placed<Vec<Placed<String>>>>,
    pub(super) ignore: Option<Placed<Vec<Placed<String>>>>,
    pub(super) no_inline_ignores: Option<Placed<bool>>,
    pub(super) cost: CostKeys,
    pub(super) region: Option<Placed<String>>,
    pub(super) required_tags: Option<Placed<Vec<RequiredTag>>>,
    pub(super) rules: Vec<(Placed<String>, Glob)>,
    pub(super) rule: Vec<RuleSetting>,
    pub(super) per_path: Vec<PerPath>,
}

/// `[rule.NAME]`
#[derive(Clone, Debug)]
pub(super) struct RuleSetting {
    /// Code, name, alias or pattern.
    pub(super) name: Placed<String>,
    pub(super) severity: Option<Placed<Severity>>,
    pub(super) ignorable: Option<Placed<bool>>,
}

/// `[[per-path]]`
#[derive(Clone, Debug)]
pub(super) struct PerPath {
    pub(super) span: Span,
    pub(super) paths: Vec<(Placed<String>, Glob)>,
    pub(super) ignore: Vec<Placed<String>>,
    pub(super) rule: Vec<RuleSetting>,
}

impl File {
    /// Reads a file's text.
    pub(super) fn read(text: &str, file: FileId, folder: PathBuf) -> Result<Self, Vec<Report>> {
        let root = node::read(text, file)?;
        let mut reports = Vec::new();
        root.conform(&Shape::Table(KEYS), "the file", &mut reports);
        let text = |name| root.get(name).and_then(Node::text);
        let texts = |name| root.get(name).map(Node::texts);
        let file = Self {
            folder,
            extend: text("extend"),
            baseline: text("baseline"),
            fail_on: text("fail-on").as_ref().and_then(choice),
            unknown: text("unknown").as_ref().and_then(choice),
            select: texts("select"),
            ignore: texts("ignore"),
            no_inline_ignores: root.get("no-inline-ignores").and_then(Node::switch),
            cost: root.get("cost").map(|it| CostKeys::read(it, &mut reports)).unwrap_or_default(),
            region: text("region"),
            required_tags: root.get("required-tags").map(|node| required_tags(node, &mut reports)),
            rules: root.get("rules").map(|node| globs(node, &mut reports)).unwrap_or_default(),
            rule: root.get("rule").map(rule_settings).unwrap_or_default(),
            per_path: root
                .get("per-path")
                .map_or(&[][..], Node::list)
                .iter()
                .map(|node| per_path(node, &mut reports))
                .collect(),
        };
        if reports.is_empty() {
            return Ok(file);
        }
        reports.sort_by_key(|report| report.at.as_ref().map(|at| at.span));
        Err(reports)
    }
}

fn choice<T: ValueEnum>(text: &Placed<String>) -> Option<Placed<T>> {
    let value = T::from_str(&text.value, false).ok()?;
    Some(Placed { value, span: text.span })
}

fn severity(text: &Placed<String>) -> Option<Placed<Severity>> {
    let all = [Severity::Critical, Severity::High, Severity::Medium, Severity::Low];
    let value = all.into_iter().find(|severity| severity.name() == text.value)?;
    Some(Placed { value, span: text.span })
}

fn required_tags(node: &Node, reports: &mut Vec<Report>) -> Placed<Vec<RequiredTag>> {
    let mut keys: BTreeMap<String, Span> = BTreeMap::new();
    let mut tags = Vec::new();
    for node in node.list() {
        let Some(key) = node.text().or_else(|| node.get("key")?.text()) else { continue };
        if let Some(before) = keys.insert(key.value.clone(), key.span) {
            let text = format!("the tag `{}` is required twice", key.value);
            let report = Report::error("config-conflict", text).at(key.span, "again");
            reports.push(report.also(before, "here already").help("take one of them out"));
        }
        let values = node.get("values").map(Node::texts);
        let values = values.into_iter().flat_map(|values| values.value);
        let values = values.map(|value| Wildcard::new(value.value)).collect();
        tags.push(RequiredTag { key: key.value, values });
    }
    Placed { value: tags, span: node.span }
}

fn rule_settings(node: &Node) -> Vec<RuleSetting> {
    let setting = |(name, node): &(Placed<String>, Node)| RuleSetting {
        name: name.clone(),
        severity: node.get("severity").and_then(Node::text).as_ref().and_then(severity),
        ignorable: node.get("ignorable").and_then(Node::switch),
    };
    node.entries().iter().map(setting).collect()
}

fn per_path(node: &Node, reports: &mut Vec<Report>) -> PerPath {
    PerPath {
        span: node.span,
        paths: node.get("paths").map(|paths| globs(paths, reports)).unwrap_or_default(),
        ignore: node.get("ignore").map(|ignore| ignore.texts().value).unwrap_or_default(),
        rule: node.get("rule").map(rule_settings).unwrap_or_default(),
    }
}

fn globs(node: &Node, reports: &mut Vec<Report>) -> Vec<(Placed<String>, Glob)> {
    let mut globs = Vec::new();
    for text in node.texts().value {
        match Glob::parse(&text.value) {
            Ok(glob) => globs.push((text, glob)),
            Err(why) => {
                let report =
                    Report::error("config-pattern", format!("`{}` is no pattern", text.value));
                reports.push(report.at(text.span, why));
            }
        }
    }
    globs
}
