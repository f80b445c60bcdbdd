//! Fixing in passes, in memory: each pass changes what does not overlap, reads the whole stack anew, and keeps the change only if
//! it is for the better.

use super::compare::{Repair, State, objection};
use super::overlay::Overlay;
use super::patch::applied;
use super::{Edit, FixKind, Patch};
use crate::{Finding, Outcome};
use stack::{Host, Stack};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What fixing came to.
#[derive(Debug)]
pub struct Fixed {
    /// The stack as it would be.
    pub stack: Stack,
    /// And what is left to be found in it.
    pub outcome: Outcome,
    /// The files that would be others, by name.
    pub files: Vec<ChangedFile>,
    /// What was put right, by rule and file.
    pub done: Vec<Repaired>,
    /// Fixes that were tried and left out, in the order they were tried.
    pub refused: Vec<Refused>,
}

/// A file before and after.
#[derive(Clone, Debug)]
pub struct ChangedFile {
    /// Its name as the user would type it.
    pub name: String,
    /// What was read.
    pub before: Arc<str>,
    /// What is to be written.
    pub after: Arc<str>,
}

/// Findings of one rule that one file's edits put right.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Repaired {
    /// The rule's code.
    pub rule: &'static str,
    /// Its name.
    pub name: &'static str,
    /// The file.
    pub file: String,
    /// What the fix does.
    pub title: &'static str,
    /// How many findings are gone.
    pub findings: usize,
}

/// A fix that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The rule's code.
    pub rule: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Whom it is about.
    pub address: String,
    /// The place that it would have edited: `main.tf:12`.
    pub place: String,
    /// Why, in one sentence.
    pub why: String,
}

/// More tries than any stack takes; each reads the whole of it.
const MOST_TRIES: usize = 1000;

/// A fix is known by its rule and those it puts right: places move while others are applied.
type Name = (&'static str, Vec<String>);

/// Fixes all that can be, up to the boldest `kind`. `resolve` reads and resolves the stack, `judge` judges it; nothing is written to
/// the `host`.
///
/// # Errors
/// What `judge` fails with.
pub fn fix<E>(
    host: &dyn Host,
    kind: FixKind,
    resolve: impl Fn(&dyn Host) -> Stack,
    mut judge: impl FnMut(&Stack) -> Result<Outcome, E>,
) -> Result<Fixed, E> {
    let mut read = |host: &Overlay<'_>| {
        let stack = resolve(host);
        judge(&stack).map(|outcome| State { stack, outcome })
    };
    let mut overlay = Overlay { host, files: BTreeMap::new() };
    let mut state = read(&overlay)?;
    let mut originals: BTreeMap<PathBuf, Arc<str>> = BTreeMap::new();
    let mut done: BTreeMap<(&str, &str, String, &str), usize> = BTreeMap::new();
    let mut refused: Vec<Refused> = Vec::new();
    let mut given_up: BTreeSet<Name> = BTreeSet::new();
    let mut most = usize::MAX;
    for _ in 0..MOST_TRIES {
        let mut batch = batch(&state, host, kind, &given_up);
        batch.truncate(most);
        if batch.is_empty() {
            break;
        }
        let files = edited(&state.stack, &batch);
        let changed = Overlay {
            host,
            files: overlay
                .files
                .iter()
                .chain(&files)
                .map(|(k, v)| (k.clone(), Arc::clone(v)))
                .collect(),
        };
        let next = read(&changed)?;
        match objection(&state, &next, &batch) {
            None => {
                for repair in &batch {
                    let Some((first, edit)) =
                        repair.findings.first().zip(repair.patch.edits.first())
                    else {
                        continue;
                    };
                    let key = (first.rule, first.name, edit.file.clone(), repair.patch.title);
                    *done.entry(key).or_default() += repair.findings.len();
                }
                for path in files.keys() {
                    if let Some(text) = text(&state.stack, path) {
                        originals.entry(path.clone()).or_insert(text);
                    }
                }
                overlay.files = changed.files;
                most = usize::MAX;
                drop(batch);
                state = next;
            }
            Some(why) if batch.len() == 1 => {
                if let Some(repair) = batch.first() {
                    refused.extend(refusal(&state.stack, repair, why));
                    given_up.insert(name(repair));
                }
                most = usize::MAX;
            }
            Some(_) => most = batch.len() / 2,
        }
    }
    let files = originals.into_iter().filter_map(|(path, before)| {
        let after = Arc::clone(overlay.files.get(&path)?);
        Some(ChangedFile { name: path.display().to_string(), before, after })
    });
    let done = done.into_iter().map(|((rule, name, file, title), findings)| Repaired {
        rule,
        name,
        file,
        title,
        findings,
    });
    let State { stack, outcome } = state;
    Ok(Fixed { stack, outcome, files: files.collect(), done: done.collect(), refused })
}

/// The repairs that can be made at once, in the order of their places.
fn batch<'s>(
    state: &'s State,
    host: &dyn Host,
    kind: FixKind,
    given_up: &BTreeSet<Name>,
) -> Vec<Repair<'s>> {
    let mut repairs: BTreeMap<(&Patch, &str), Vec<&Finding>> = BTreeMap::new();
    for finding in state.outcome.findings.iter().filter(|it| it.suppressed.is_none()) {
        let patch = finding.fix.as_ref().filter(|patch| patch.kind <= kind);
        if let Some(patch) = patch {
            repairs.entry((patch, finding.rule)).or_default().push(finding);
        }
    }
    let mut all: Vec<Repair<'_>> = repairs
        .into_iter()
        .map(|((patch, _), findings)| Repair { patch, findings })
        .filter(|repair| !given_up.contains(&name(repair)))
        .filter(|repair| is_own(&state.stack, host, repair.patch))
        .collect();
    all.sort_by(|a, b| a.patch.edits.cmp(&b.patch.edits));
    let mut chosen: Vec<Repair<'_>> = Vec::new();
    for repair in all {
        let edits = || chosen.iter().flat_map(|other| &other.patch.edits);
        if repair.patch.edits.iter().all(|edit| edits().all(|other| !edit.meets(other))) {
            chosen.push(repair);
        }
    }
    chosen
}

fn name(repair: &Repair<'_>) -> Name {
    let addresses =
        repair.findings.iter().map(|finding| format!("{} {}", finding.address, finding.path));
    (repair.findings.first().map_or("", |finding| finding.rule), addresses.collect())
}

/// False for a file that is a link to somewhere outside the root module's folder.
fn is_own(stack: &Stack, host: &dyn Host, patch: &Patch) -> bool {
    let root = stack.modules.first().map_or("", |root| root.directory.as_str());
    let root = if root.is_empty() { "." } else { root };
    let Ok(root) = host.canonical(Path::new(root)) else { return false };
    patch
        .edits
        .iter()
        .all(|edit| host.canonical(Path::new(&edit.file)).is_ok_and(|path| path.starts_with(&root)))
}

/// The files as they would be.
fn edited(stack: &Stack, batch: &[Repair<'_>]) -> BTreeMap<PathBuf, Arc<str>> {
    let mut edits: BTreeMap<&str, Vec<&Edit>> = BTreeMap::new();
    for edit in batch.iter().flat_map(|repair| &repair.patch.edits) {
        edits.entry(&edit.file).or_default().push(edit);
    }
    let file = |(name, edits): (&str, Vec<&Edit>)| {
        let path = PathBuf::from(name);
        let text = applied(&text(stack, &path)?, edits)?;
        Some((path, text.into()))
    };
    edits.into_iter().filter_map(file).collect()
}

/// The text of a file that was read.
fn text(stack: &Stack, path: &Path) -> Option<Arc<str>> {
    let mut sources = stack.sources.iter();
    sources
        .find(|(_, source)| Path::new(source.name()) == path)
        .map(|(_, source)| Arc::clone(source.text()))
}

fn refusal(stack: &Stack, repair: &Repair<'_>, why: String) -> Option<Refused> {
    let finding = repair.findings.first()?;
    let place = stack.sources.place(repair.patch.edits.first()?.span);
    Some(Refused {
        rule: finding.rule,
        name: finding.name,
        address: finding.address.clone(),
        place: format!("{}:{}", place.file, place.line),
        why,
    })
}
