//! The rules that run, and what configuration makes of their findings.

use super::file::PerPath;
use super::names::{self, names, said};
use super::node::Placed;
use super::path::{plain, relative};
use super::settings::{Origin, Setting, Settings, tell};
use crate::{Failure, Machine};
use check::{Finding, Rule, Severity, Site, Suppressed, Verdict};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Overrides {
    /// The rules that run, by code.
    pub(crate) rules: Vec<Rule>,
    /// Severities that are not the rules' own.
    severities: BTreeMap<&'static str, Severity>,
    /// Rules that no comment may silence.
    pub(crate) unignorable: BTreeSet<String>,
    /// The later goes before.
    paths: Vec<Paths>,
    /// Where the names of files count from.
    folder: PathBuf,
}

/// What holds for findings in certain files.
#[derive(Debug)]
struct Paths {
    entry: PerPath,
    /// Where its patterns count from.
    folder: PathBuf,
    /// The rules that it silences, each with the place that says so.
    ignored: BTreeMap<&'static str, Site>,
    severities: BTreeMap<&'static str, Severity>,
}

impl Settings {
    /// Applies the settings to all the rules there are. What names no rule, or says two things, is an error.
    pub(crate) fn overrides(
        &self,
        all: &[Rule],
        machine: &mut Machine<'_>,
    ) -> Result<Overrides, Failure> {
        let mut reports = Vec::new();
        for file in &self.files {
            names::check(file, all, &mut reports);
        }
        tell(&reports, &self.sources, machine)?;
        for list in [&self.select, &self.ignore] {
            require_known(list, all)?;
        }
        let named = |list: &Setting<Vec<_>>, rule: &Rule| {
            list.value.iter().any(|name: &Placed<String>| names(&name.value, rule))
        };
        let runs = |rule: &&Rule| {
            let selected = self.select.value.is_empty() || named(&self.select, rule);
            selected && !named(&self.ignore, rule)
        };
        let mut made = Overrides {
            rules: all.iter().filter(runs).copied().collect(),
            folder: machine.folder.canonicalize().unwrap_or_else(|_| machine.folder.clone()),
            ..Overrides::default()
        };
        for rule in &made.rules {
            let mut files = self.files.iter();
            if let Some(severity) = files.find_map(|f| said(&f.rule, rule, |s| s.severity.as_ref()))
            {
                made.severities.insert(rule.meta.code, severity.value);
            }
            let mut files = self.files.iter();
            let ignorable = files.find_map(|f| said(&f.rule, rule, |s| s.ignorable.as_ref()));
            if ignorable.is_some_and(|ignorable| !ignorable.value) {
                made.unignorable.insert(rule.meta.code.to_owned());
            }
        }
        // What is extended comes first, so that it is overruled.
        for file in self.files.iter().rev() {
            for entry in &file.per_path {
                let ignored = |rule: &Rule| {
                    let by = entry.ignore.iter().find(|name| names(&name.value, rule))?;
                    let site = Site { span: None, ..Site::of(Some(by.span), &self.sources) };
                    Some((rule.meta.code, site))
                };
                let severity = |rule: &Rule| {
                    let said = said(&entry.rule, rule, |setting| setting.severity.as_ref())?;
                    Some((rule.meta.code, said.value))
                };
                made.paths.push(Paths {
                    entry: entry.clone(),
                    folder: file.folder.clone(),
                    ignored: made.rules.iter().filter_map(ignored).collect(),
                    severities: made.rules.iter().filter_map(severity).collect(),
                });
            }
        }
        Ok(made)
    }
}

/// Names of the environment and the command line have no place to show.
fn require_known(list: &Setting<Vec<Placed<String>>>, all: &[Rule]) -> Result<(), Failure> {
    let from = match list.origin {
        Origin::Default | Origin::Found | Origin::File(_) => return Ok(()),
        Origin::Environment(from) | Origin::Flag(from) => from,
    };
    for name in &list.value {
        if !all.iter().any(|rule| names(&name.value, rule)) {
            let near = names::like(&name.value, all).map(|like| format!("did you mean `{like}`? "));
            return Err(Failure::user(format!("{from}: no rule is called `{}`", name.value))
                .help(format!("{}`banana rules` lists them all", near.unwrap_or_default())));
        }
    }
    Ok(())
}

impl Overrides {
    /// Gives findings the severities that they have here, and silences what is silent in some files.
    pub(crate) fn settle(&self, findings: &mut [Finding]) {
        let mut of_file: BTreeMap<String, Vec<&Paths>> = BTreeMap::new();
        for finding in findings {
            if let Some(severity) = self.severities.get(finding.rule) {
                finding.severity = *severity;
            }
            if self.paths.is_empty() || finding.site.file.is_empty() {
                continue;
            }
            let file = finding.site.file.clone();
            for paths in of_file.entry(file).or_insert_with_key(|file| self.paths_of(file)) {
                if let Some(severity) = paths.severities.get(finding.rule) {
                    finding.severity = *severity;
                }
                if let Some(site) = paths.ignored.get(finding.rule)
                    && finding.verdict != Verdict::Pass
                    && finding.suppressed.is_none()
                {
                    let reason = format!("ignored for this file at {}:{}", site.file, site.line);
                    finding.suppressed = Some(Suppressed {
                        origin: "config",
                        reason: Some(reason),
                        site: site.clone(),
                    });
                }
            }
        }
    }

    /// The settings for a file.
    fn paths_of(&self, file: &str) -> Vec<&Paths> {
        let full = plain(&self.folder.join(file));
        let fits = |paths: &&Paths| {
            let name = relative(&full, &paths.folder);
            let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
            let name = parts.join("/");
            paths.entry.paths.iter().any(|(_, glob)| glob.matches(&name))
        };
        self.paths.iter().filter(fits).collect()
    }
}
