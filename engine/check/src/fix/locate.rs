//! From a path in a resource to a place in its block.

use super::literal::{self, holds};
use stack::{Resource, Value};
use syntax::{Attribute, Block, Tree};

/// One step of a path: `ebs_block_device[1]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step<'p> {
    pub(crate) name: &'p str,
    pub(crate) index: Option<usize>,
}

/// `a[1].b`; `None` when it is written otherwise.
pub(crate) fn steps(path: &str) -> Option<Vec<Step<'_>>> {
    let step = |text| {
        let (name, index) = match str::split_once(text, '[') {
            Some((name, rest)) => (name, Some(rest.strip_suffix(']')?.parse().ok()?)),
            None => (text, None),
        };
        (!name.is_empty()).then_some(Step { name, index })
    };
    path.split('.').map(step).collect()
}

/// Where an attribute is, or would be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place<'t, 'p> {
    /// It is written.
    Written(&'t Attribute),
    /// It would stand in this block; of the blocks on the way from there, the first of `missing` and so all are not written.
    Absent { block: &'t Block, missing: &'p [Step<'p>] },
}

/// Walks from a resource's block along a path. `None` where it cannot be said which block is meant.
pub(crate) fn find<'t, 'p>(
    tree: &'t Tree,
    resource: &Resource,
    path: &'p [Step<'p>],
) -> Option<Place<'t, 'p>> {
    let mut block = literal::block(tree, resource.block)?;
    let mut value = Some(&resource.value);
    let mut rest = path;
    while let [step, after @ ..] = rest {
        let body = tree.body(block.body);
        let written = tree.attributes(body).iter().find(|it| tree.name(it.name) == step.name);
        let blocks: Vec<&Block> =
            tree.blocks(body).iter().filter(|it| makes(tree, it, step.name)).collect();
        match (after, written, blocks.as_slice()) {
            ([], Some(attribute), []) => return Some(Place::Written(attribute)),
            (_, None, []) => return Some(Place::Absent { block, missing: rest }),
            ([_, ..], None, [..]) => {
                let made = value.and_then(|value| value.get(step.name));
                let element = made.and_then(|made| element(made, *step));
                let header = element.and_then(|element| element.blame.at);
                let chosen = match (blocks.as_slice(), made) {
                    // `lifecycle` is no part of the value.
                    ([only], None) => only,
                    _ => blocks.iter().find(|it| header.is_some_and(|at| holds(it.header, at)))?,
                };
                block = inner(tree, chosen)?;
                value = element;
                rest = after;
            }
            _ => return None,
        }
    }
    None
}

/// The value at a path, with its place.
pub(crate) fn value<'v>(resource: &'v Resource, path: &[Step<'_>]) -> Option<&'v Value> {
    let (last, before) = path.split_last()?;
    let mut value = &resource.value;
    for step in before {
        value = element(value.get(step.name)?, *step)?;
    }
    value.get(last.name)
}

/// The block that a step leads into; without an index the only one.
fn element<'v>(made: &'v Value, step: Step<'_>) -> Option<&'v Value> {
    match (made.as_slice(), step.index) {
        (None, _) => Some(made),
        (Some([only]), None) => Some(only),
        (Some(several), Some(at)) => several.get(at),
        (Some(_), None) => None,
    }
}

/// True when a block is of this name, by itself or through `dynamic`.
fn makes(tree: &Tree, block: &Block, name: &str) -> bool {
    let kind = tree.name(block.kind);
    let label = || tree.labels(block).first().is_some_and(|label| tree.name(label.name) == name);
    kind == name || (kind == "dynamic" && label())
}

/// The block that holds what is made: of a `dynamic` one its `content`.
fn inner<'t>(tree: &'t Tree, block: &'t Block) -> Option<&'t Block> {
    if tree.name(block.kind) != "dynamic" {
        return Some(block);
    }
    tree.blocks(tree.body(block.body)).iter().find(|inner| tree.name(inner.kind) == "content")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_have_steps() {
        let step = |name, index| Step { name, index };
        assert_eq!(steps("a[12].b"), Some(vec![step("a", Some(12)), step("b", None)]));
        assert_eq!(steps("encrypted"), Some(vec![step("encrypted", None)]));
        for odd in ["", "a..b", "a[x]", "a[1", "a[\"k\"].b", "[0]"] {
            assert_eq!(steps(odd), None, "{odd}");
        }
    }
}
