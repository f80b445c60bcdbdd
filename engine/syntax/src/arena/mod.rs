//! A tree under construction. Children are put in before their parents.

mod height;

use crate::names::Names;
use crate::tree::{Body, BodyId, Expr, ExprId, ForExpr, ForId, Format, List, Part, PartList, Tree};
use crate::{FileId, Symbol};
use ecow::EcoString;
use std::sync::Arc;

pub use height::MAX_HEIGHT;

/// The growing arenas of one [`Tree`].
#[derive(Debug, Default)]
pub(crate) struct Arena {
    exprs: Vec<Expr>,
    spans: Vec<(u32, u32)>,
    lists: Vec<ExprId>,
    parts: Vec<Part>,
    fors: Vec<ForExpr>,
    bodies: Vec<Body>,
    names: Names,
    numbers: Vec<(ExprId, EcoString)>,
}

impl Arena {
    /// Arenas with room for the tree of a text of this many bytes, as trees of real files go.
    pub(crate) fn for_text(bytes: usize) -> Self {
        Self {
            exprs: Vec::with_capacity(bytes / 24),
            spans: Vec::with_capacity(bytes / 24),
            ..Self::default()
        }
    }

    pub(crate) fn expr(&mut self, expr: Expr, start: u32, end: u32) -> ExprId {
        let id = ExprId(index(self.exprs.len()));
        self.exprs.push(expr);
        self.spans.push((start, end));
        id
    }

    /// Moves the items above `base` into the tree.
    pub(crate) fn list(&mut self, items: &mut Vec<ExprId>, base: usize) -> List {
        let start = index(self.lists.len());
        self.lists.extend(items.drain(base..));
        List { start, len: index(self.lists.len()) - start }
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

    pub(crate) fn intern(&mut self, text: &str) -> Symbol {
        self.names.intern(text)
    }

    pub(crate) fn start_of(&self, id: ExprId) -> u32 {
        self.spans.get(id.0 as usize).map_or(0, |(start, _)| *start)
    }

    pub(crate) fn end_of(&self, id: ExprId) -> u32 {
        self.spans.get(id.0 as usize).map_or(0, |(_, end)| *end)
    }

    pub(crate) fn expr_count(&self) -> usize {
        self.exprs.len()
    }

    pub(crate) fn body_count(&self) -> usize {
        self.bodies.len()
    }

    pub(crate) fn name_count(&self) -> usize {
        self.names.len()
    }

    /// Moves the expressions from `first` on to where they stand in the file: they were read from `text`, a JSON string decoded.
    pub(crate) fn relocate(&mut self, first: usize, text: &str, place: impl Fn(u32) -> u32) {
        let spans = self.spans.get_mut(first..).unwrap_or_default();
        for ((at, expr), span) in (first..).zip(self.exprs.iter().skip(first)).zip(spans) {
            let moved = (place(span.0), place(span.1));
            if matches!(expr, Expr::Number) && moved.1 - moved.0 != span.1 - span.0 {
                let digits = text.get(span.0 as usize..span.1 as usize).unwrap_or_default();
                self.numbers.push((ExprId(index(at)), digits.into()));
            }
            *span = moved;
        }
    }

    pub(crate) fn finish(
        self,
        file: FileId,
        format: Format,
        text: &Arc<str>,
        root: BodyId,
    ) -> Tree {
        Tree {
            file,
            format,
            text: Arc::clone(text),
            root,
            bodies: self.bodies,
            exprs: self.exprs,
            spans: self.spans,
            lists: self.lists,
            parts: self.parts,
            fors: self.fors,
            names: self.names.into_texts(),
            numbers: self.numbers,
        }
    }
}

/// Arena indices fit 32 bits: no arena outgrows the text.
pub(crate) fn index(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
