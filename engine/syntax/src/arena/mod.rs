//! A tree under construction. Children are put in before their parents.

mod height;

use crate::FileId;
use crate::names::Names;
use crate::tree::{
    Attribute, Attributes, Block, Blocks, Body, BodyId, Expr, ExprId, ForExpr, ForId, Format,
    LabelName, Labels, List, Node, Part, PartList, Tree,
};
use ecow::EcoString;
use std::cell::Cell;
use std::sync::Arc;

pub use height::MAX_HEIGHT;

thread_local! {
    /// What the last text of this thread was read in: grown as it needs to be, and warm.
    static USED: Cell<Option<Arena>> = const { Cell::new(None) };
}

/// The growing arenas of one [`Tree`], which is copied out of them at its exact size.
#[derive(Debug, Default)]
pub(crate) struct Arena {
    exprs: Vec<Node>,
    lists: Vec<ExprId>,
    parts: Vec<Part>,
    fors: Vec<ForExpr>,
    bodies: Vec<Body>,
    attributes: Vec<Attribute>,
    blocks: Vec<Block>,
    labels: Vec<LabelName>,
    pub(crate) names: Names,
    numbers: Vec<(ExprId, EcoString)>,
}

/// Moves what stands above `base` into an arena; gives where it starts there, and its length.
fn moved<T: Copy>(arena: &mut Vec<T>, scratch: &mut Vec<T>, base: usize) -> (u32, u32) {
    let start = index(arena.len());
    let above = scratch.get(base..).unwrap_or_default();
    arena.extend_from_slice(above);
    let length = index(above.len());
    scratch.truncate(base);
    (start, length)
}

/// The arena at its exact size: a copy, so that the arena keeps its room, or the arena itself when it is too large to keep.
pub(crate) fn taken<T: Copy>(arena: &mut Vec<T>) -> Box<[T]> {
    if arena.capacity() > ROOM {
        return std::mem::take(arena).into_boxed_slice();
    }
    let exact = Box::from(arena.as_slice());
    arena.clear();
    exact
}

impl Arena {
    /// Empty arenas.
    pub(crate) fn take() -> Self {
        USED.take().unwrap_or_default()
    }

    pub(crate) fn expr(&mut self, expr: Expr, start: u32, end: u32) -> ExprId {
        let id = ExprId(index(self.exprs.len()));
        self.exprs.push(Node { expr, start, end });
        id
    }

    /// Moves the items above `base` into the tree.
    pub(crate) fn list(&mut self, items: &mut Vec<ExprId>, base: usize) -> List {
        let (start, len) = moved(&mut self.lists, items, base);
        List { start, len }
    }

    pub(crate) fn attributes(&mut self, all: &mut Vec<Attribute>, base: usize) -> Attributes {
        let (start, len) = moved(&mut self.attributes, all, base);
        Attributes { start, len }
    }

    pub(crate) fn blocks(&mut self, all: &mut Vec<Block>, base: usize) -> Blocks {
        let (start, len) = moved(&mut self.blocks, all, base);
        Blocks { start, len }
    }

    /// Moves a block's labels into the tree.
    pub(crate) fn labels(&mut self, all: &mut Vec<LabelName>) -> Labels {
        let (start, len) = moved(&mut self.labels, all, 0);
        Labels { start, len }
    }

    pub(crate) fn parts(&mut self, parts: &[Part]) -> PartList {
        let start = index(self.parts.len());
        self.parts.extend_from_slice(parts);
        PartList { start, len: index(parts.len()) }
    }

    pub(crate) fn for_expr(&mut self, parsed: ForExpr) -> ForId {
        let id = ForId(index(self.fors.len()));
        self.fors.push(parsed);
        id
    }

    pub(crate) fn body(&mut self, body: Body) -> BodyId {
        let id = BodyId(index(self.bodies.len()));
        self.bodies.push(body);
        id
    }

    pub(crate) fn start_of(&self, id: ExprId) -> u32 {
        self.exprs.get(id.0 as usize).map_or(0, |node| node.start)
    }

    pub(crate) fn end_of(&self, id: ExprId) -> u32 {
        self.exprs.get(id.0 as usize).map_or(0, |node| node.end)
    }

    pub(crate) fn expr_count(&self) -> usize {
        self.exprs.len()
    }

    /// Moves the expressions from `first` on to where they stand in the file: they were read from `text`, a JSON string decoded.
    pub(crate) fn relocate(&mut self, first: usize, text: &str, place: impl Fn(u32) -> u32) {
        let nodes = self.exprs.get_mut(first..).unwrap_or_default();
        for (at, node) in (first..).zip(nodes) {
            let (start, end) = (place(node.start), place(node.end));
            if matches!(node.expr, Expr::Number) && end - start != node.end - node.start {
                let digits = text.get(node.start as usize..node.end as usize).unwrap_or_default();
                self.numbers.push((ExprId(index(at)), digits.into()));
            }
            (node.start, node.end) = (start, end);
        }
    }

    pub(crate) fn finish(
        mut self,
        file: FileId,
        format: Format,
        text: &Arc<str>,
        root: BodyId,
    ) -> Tree {
        let names = self.names.take();
        let tree = Tree {
            file,
            format,
            text: Arc::clone(text),
            root,
            bodies: taken(&mut self.bodies),
            attributes: taken(&mut self.attributes),
            blocks: taken(&mut self.blocks),
            labels: taken(&mut self.labels),
            exprs: taken(&mut self.exprs),
            lists: taken(&mut self.lists),
            parts: taken(&mut self.parts),
            fors: taken(&mut self.fors),
            names,
            numbers: std::mem::take(&mut self.numbers),
        };
        USED.set(Some(self));
        tree
    }
}

/// Arenas with room for more are not kept: one huge file should not cost its memory for ever.
pub(crate) const ROOM: usize = 1 << 16;

/// Arena indices fit 32 bits: no arena outgrows the text.
pub(crate) fn index(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
