//! Bounding the height of expressions, so that whoever walks a tree may recurse.
//!
//! Brackets are bounded while they are read; chains are not: `1 + 1 + …` leans left as far as it is long.

use super::Arena;
use crate::tree::{Expr, ExprId, Part, PartList};
use crate::{FileId, Report, Span};

/// How many expressions of a tree stand above each other at most; a thread that walks trees by recursion needs room for as many
/// calls. Blocks nest a few hundred levels more.
pub const MAX_HEIGHT: u32 = 1280;

impl Arena {
    /// Makes a hole of each expression that is too high, and reports the first.
    pub(crate) fn cut_to_height(&mut self, file: FileId) -> Option<Report> {
        let mut first = None;
        let mut heights = Heights::default();
        for at in 0..self.exprs.len() {
            let height = 1 + heights.below(self, at);
            let too_high = height > MAX_HEIGHT;
            if let Some(node) = self.exprs.get_mut(at).filter(|_| too_high) {
                node.expr = Expr::Missing;
                first = first.or(Some((node.start, node.end)));
            }
            heights.exprs.push(if too_high { 1 } else { height });
        }
        first.map(|(start, end)| {
            let message = format!("an expression of more than {MAX_HEIGHT} levels");
            Report::error("too-deep", message)
                .at(Span::new(file, start, end), "this part is left out")
                .help("split the value up with `locals`")
        })
    }
}

/// Of everything so far. Children stand before their parents in every arena.
#[derive(Default)]
struct Heights {
    exprs: Vec<u32>,
    parts: Vec<u32>,
}

impl Heights {
    fn of(&self, id: ExprId) -> u32 {
        self.exprs.get(id.0 as usize).copied().unwrap_or(0)
    }

    fn list(&self, ids: &[ExprId]) -> u32 {
        ids.iter().map(|id| self.of(*id)).max().unwrap_or(0)
    }

    /// The highest child of an expression.
    fn below(&mut self, arena: &Arena, at: usize) -> u32 {
        let Some(node) = arena.exprs.get(at) else { return 0 };
        match node.expr {
            Expr::Null
            | Expr::Bool(_)
            | Expr::Number
            | Expr::Name(_)
            | Expr::SplatItem
            | Expr::Missing => 0,
            Expr::Attr { on: inner, .. } | Expr::Unary(_, inner) | Expr::Parens(inner) => {
                self.of(inner)
            }
            Expr::Index { on: left, key: right }
            | Expr::Splat { on: left, body: right, .. }
            | Expr::Binary(_, left, right) => self.list(&[left, right]),
            Expr::Conditional { test, then, otherwise } => self.list(&[test, then, otherwise]),
            Expr::Call { args: list, .. } | Expr::Tuple(list) | Expr::Object(list) => {
                let (start, end) = (list.start as usize, (list.start + list.len) as usize);
                self.list(arena.lists.get(start..end).unwrap_or_default())
            }
            Expr::For(id) => arena.fors.get(id.0 as usize).map_or(0, |parsed| {
                let some = [parsed.key, parsed.test].into_iter().flatten();
                let all = some.chain([parsed.collection, parsed.value]);
                all.map(|id| self.of(id)).max().unwrap_or(0)
            }),
            Expr::Template(parts) => self.template(arena, parts),
        }
    }

    fn template(&mut self, arena: &Arena, parts: PartList) -> u32 {
        let end = (parts.start + parts.len) as usize;
        for part in arena.parts.get(self.parts.len()..end).unwrap_or_default() {
            let height = match *part {
                Part::Literal(_) => 0,
                Part::Interpolation(id) => self.of(id),
                Part::If { test, then, otherwise } => {
                    let inner = u32::max(self.parts_height(then), self.parts_height(otherwise));
                    u32::max(self.of(test), 1 + inner)
                }
                Part::For { collection, body, .. } => {
                    u32::max(self.of(collection), 1 + self.parts_height(body))
                }
            };
            self.parts.push(height);
        }
        self.parts_height(parts)
    }

    fn parts_height(&self, parts: PartList) -> u32 {
        let (start, end) = (parts.start as usize, (parts.start + parts.len) as usize);
        self.parts.get(start..end).unwrap_or_default().iter().copied().max().unwrap_or(0)
    }
}
