//! From what a fix wants to byte edits.

use super::insert::{self, Item};
use super::literal;
use super::locate::{self, Place};
use super::patch::{Change, Edit, Patch};
use super::replace::replace;
use super::trees::{File, Trees};
use super::{Fix, Want, Where};
use crate::{Row, Verdict};
use stack::{Address, Stack, Value};
use std::collections::{BTreeMap, BTreeSet};
use syntax::{Block, FileId, Span};

/// Works out the fixes of one stack.
#[derive(Debug)]
pub(crate) struct Planner<'a> {
    stack: &'a Stack,
    trees: Trees<'a>,
}

/// What is collected while the wants of one fix are walked.
#[derive(Default)]
struct Draft<'w> {
    changes: BTreeMap<FileId, Vec<Change>>,
    /// By the span of the block they go into.
    items: BTreeMap<Span, Vec<Item<'w>>>,
    gone: Vec<Span>,
    touches: BTreeSet<String>,
    shared: bool,
}

impl<'a> Planner<'a> {
    pub(crate) fn new(stack: &'a Stack) -> Self {
        Self { stack, trees: Trees::new(stack) }
    }

    /// The patches of one rule's rows, in their order. Instances that share a block have them only if all of them want the same of it.
    pub(crate) fn patches(&self, fix: Option<&Fix>, rows: &[Row<'_>]) -> Vec<Option<Patch>> {
        let Some(fix) = fix else { return rows.iter().map(|_| None).collect() };
        let mut patches: Vec<Option<Patch>> = rows
            .iter()
            .map(|row| (row.verdict == Verdict::Fail).then(|| self.patch(fix, row)).flatten())
            .collect();
        let mut wanted: BTreeMap<Span, BTreeMap<&Address, BTreeSet<&Patch>>> = BTreeMap::new();
        for (row, patch) in rows.iter().zip(&patches) {
            let Some(resource) = row.resource else { continue };
            let instances = wanted.entry(resource.block).or_default();
            let instance = instances.entry(resource.address.as_ref()).or_default();
            instance.extend(patch.as_ref().filter(|patch| patch.shared));
        }
        let split: BTreeSet<Span> = wanted
            .iter()
            .filter(|(_, instances)| {
                let mut all = instances.values();
                let first = all.next();
                all.any(|other| Some(other) != first)
            })
            .map(|(block, _)| *block)
            .collect();
        for (row, patch) in rows.iter().zip(&mut patches) {
            let block = row.resource.map(|resource| resource.block);
            if block.is_some_and(|block| split.contains(&block)) {
                *patch = patch.take().filter(|patch| !patch.shared);
            }
        }
        patches
    }

    /// The patch of one failing row. `None` where no edit of the stack's own files does just that.
    fn patch(&self, fix: &Fix, row: &Row<'_>) -> Option<Patch> {
        let ty = row.resource?.address.ty.as_str();
        let mut draft = Draft::default();
        let wants = fix.wants.iter().filter(|want| want.ty.is_none_or(|only| only == ty));
        let paths: Vec<(&Want, String)> =
            wants.filter_map(|want| Some((want, path(want.at, &row.path)?))).collect();
        let mut all = Vec::new();
        for (want, path) in &paths {
            let path = if path.is_empty() { Vec::new() } else { locate::steps(path)? };
            all.push((*want, path));
        }
        for (want, path) in &all {
            self.draft(&mut draft, want, path, row)?;
        }
        self.finish(draft, fix)
    }

    fn draft<'w>(
        &self,
        draft: &mut Draft<'w>,
        want: &'w Want,
        path: &'w [locate::Step<'w>],
        row: &Row<'_>,
    ) -> Option<()> {
        let resource = row.resource?;
        let Some(first) = path.first() else {
            let touched = row.path.split(['.', '[']).next().unwrap_or_default();
            draft.touches.insert(touched.to_owned());
            return self.instead(draft, row.value, want.value?);
        };
        draft.touches.insert(first.name.to_owned());
        let file = self.trees.file(resource.block.file)?;
        match (locate::find(&file.tree, resource, path)?, want.value) {
            (Place::Absent { .. }, None) => {}
            (Place::Absent { block, missing }, Some(value)) => {
                draft.shared = true;
                insert::add(draft.items.entry(block.span).or_default(), missing, value);
            }
            (Place::Written(attribute), None) => {
                let block = enclosing(file, resource.block, attribute.span)?;
                let body = file.tree.body(block.body);
                let changes = insert::remove(file, body, attribute)?;
                draft.changes.entry(resource.block.file).or_default().extend(changes);
                draft.gone.push(attribute.span);
                draft.shared = true;
            }
            (Place::Written(_), Some(value)) => {
                return self.instead(draft, locate::value(resource, path)?, value);
            }
        }
        Some(())
    }

    /// Replaces the literal that decides a value.
    fn instead(&self, draft: &mut Draft<'_>, value: &Value, with: &str) -> Option<()> {
        let place = value.blame.at?;
        let file = self.trees.file(place.file)?;
        let id = literal::at(&file.tree, place)?;
        if file.tree.expr_text(id) == with {
            return Some(());
        }
        draft.shared |= value.blame.via.is_none();
        draft.changes.entry(place.file).or_default().extend(replace(file, place, with));
        Some(())
    }

    fn finish(&self, mut draft: Draft<'_>, fix: &Fix) -> Option<Patch> {
        for (span, items) in &draft.items {
            let file = self.trees.file(span.file)?;
            let block = literal::block(&file.tree, *span)?;
            let changes = insert::insert(file, block, items, &draft.gone)?;
            draft.changes.entry(span.file).or_default().extend(changes);
        }
        let mut edits: Vec<Edit> = Vec::new();
        for (id, changes) in std::mem::take(&mut draft.changes) {
            let name = self.stack.sources.get(id)?.name();
            for change in changes {
                edits.push(change.of(id, name)?);
            }
        }
        edits.sort_by(|a, b| (&a.file, a.start, a.end).cmp(&(&b.file, b.start, b.end)));
        edits.dedup();
        let edits = joined(edits);
        let apart = edits.windows(2).all(|pair| match pair {
            [a, b] => a.span.file != b.span.file || a.end <= b.start,
            _ => true,
        });
        let Fix { kind, title, .. } = *fix;
        let Draft { touches, shared, .. } = draft;
        (apart && !edits.is_empty()).then_some(Patch { kind, title, edits, touches, shared })
    }
}

/// The path of a wanted attribute from the resource, for a finding at `path`; empty for the value that decides. `None` when nothing
/// is wanted.
fn path(at: Where, path: &str) -> Option<String> {
    let (block, name) = path.rsplit_once('.').unwrap_or(("", path));
    match at {
        Where::Path(path) => Some(path.to_owned()),
        Where::Own(only) => (name == only).then(|| path.to_owned()),
        Where::Beside(name) if block.is_empty() => Some(name.to_owned()),
        Where::Beside(name) => Some(format!("{block}.{name}")),
        Where::Missing(whole) => {
            whole.rsplit_once('.').filter(|(block, _)| *block == path).map(|_| whole.to_owned())
        }
        Where::Decider => Some(String::new()),
    }
}

/// Insertions at one place made one: arguments before blocks, as they were put.
fn joined(edits: Vec<Edit>) -> Vec<Edit> {
    let mut all: Vec<Edit> = Vec::new();
    for edit in edits {
        match all.last_mut() {
            Some(last) if last.span == edit.span && edit.start == edit.end => {
                last.text += &edit.text;
            }
            _ => all.push(edit),
        }
    }
    all
}

/// The innermost block below `outer` that holds a place.
fn enclosing(file: &File, outer: Span, place: Span) -> Option<&Block> {
    let mut block = literal::block(&file.tree, outer)?;
    while let Some(inner) = file
        .tree
        .blocks(file.tree.body(block.body))
        .iter()
        .find(|it| literal::holds(it.span, place))
    {
        block = inner;
    }
    Some(block)
}
