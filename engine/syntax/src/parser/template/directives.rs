//! The second step: directives matched, texts joined, parts put into the tree.

use super::{Directive, Piece};
use crate::arena::index;
use crate::parser::{MAX_DEPTH, Parser};
use crate::tree::{Part, PartList};
use crate::{Report, Span};

/// An `if` or `for` whose end is still to come.
struct Open {
    directive: Directive,
    at: Span,
    /// The parts before it.
    before: Vec<Part>,
    /// Of an `if` whose `else` was read: what stands between the two.
    then: Option<PartList>,
}

impl Open {
    fn is_for(&self) -> bool {
        matches!(self.directive, Directive::For { .. })
    }

    fn close(&self, inner: PartList) -> Option<Part> {
        match (self.directive, self.then) {
            (Directive::If(test), None) => {
                Some(Part::If { test, then: inner, otherwise: PartList::default() })
            }
            (Directive::If(test), Some(then)) => Some(Part::If { test, then, otherwise: inner }),
            (Directive::For { key_name, value_name, collection }, _) => {
                Some(Part::For { key_name, value_name, collection, body: inner })
            }
            _ => None,
        }
    }
}

impl Parser<'_> {
    /// Takes the pieces above `base` for the parts that they make.
    pub(super) fn parts_of(&mut self, base: usize) -> PartList {
        let mut pieces = std::mem::take(&mut self.scratch.pieces);
        let mut parts = std::mem::take(&mut self.scratch.parts);
        let mut open: Vec<Open> = Vec::new();
        let only_text = pieces.len() == base + 1;
        let mut at = base;
        while let Some(piece) = pieces.get_mut(at) {
            at += 1;
            match piece {
                Piece::Text(first) => {
                    let mut joined = std::mem::take(first);
                    while let Some(Piece::Text(more)) = pieces.get(at) {
                        joined.join(more, self.text);
                        at += 1;
                    }
                    // An empty text beside `${x}` makes the template a string; alone it is the empty string.
                    if !(only_text && joined.of(self.text).is_empty()) {
                        parts.push(Part::Literal(self.literal(&joined)));
                    }
                }
                Piece::Interpolation(id) => parts.push(Part::Interpolation(*id)),
                Piece::Directive(directive, place) => {
                    self.direct(*directive, *place, &mut open, &mut parts);
                }
            }
        }
        pieces.truncate(base);
        while let Some(unclosed) = open.pop() {
            self.unclosed_directive(&unclosed);
            self.end(unclosed, &mut parts);
        }
        let list = self.arena.parts(&parts);
        parts.clear();
        (self.scratch.pieces, self.scratch.parts) = (pieces, parts);
        list
    }

    fn direct(
        &mut self,
        directive: Directive,
        at: Span,
        open: &mut Vec<Open>,
        parts: &mut Vec<Part>,
    ) {
        let is_for = matches!(directive, Directive::EndFor);
        match directive {
            Directive::If(_) | Directive::For { .. } if open.len() < MAX_DEPTH as usize => {
                open.push(Open { directive, at, before: std::mem::take(parts), then: None });
                self.longest = u32::max(self.longest, index(open.len()));
            }
            Directive::If(_) | Directive::For { .. } => self.too_deep(),
            Directive::Else => match open.last_mut() {
                Some(opened) if !opened.is_for() && opened.then.is_none() => {
                    opened.then = Some(self.arena.parts(parts));
                    parts.clear();
                }
                _ => self.stray(
                    at,
                    "else",
                    "`%{ else }` belongs between one `%{ if }` and its `%{ endif }`",
                ),
            },
            Directive::EndIf | Directive::EndFor => {
                if let Some(opened) = open.pop_if(|opened| opened.is_for() == is_for) {
                    self.end(opened, parts);
                } else {
                    let name = if is_for { "endfor" } else { "endif" };
                    self.stray(at, name, "directives close in the order opposite to their opening");
                }
            }
        }
    }

    fn end(&mut self, mut opened: Open, parts: &mut Vec<Part>) {
        let inner = self.arena.parts(parts);
        *parts = std::mem::take(&mut opened.before);
        parts.extend(opened.close(inner));
    }

    #[cold]
    fn unclosed_directive(&mut self, unclosed: &Open) {
        let name = if unclosed.is_for() { "for" } else { "if" };
        self.report(
            Report::error("unclosed-directive", format!("`%{{ {name} }}` is never closed"))
                .at(unclosed.at, "opened here")
                .help(format!("add `%{{ end{name} }}`")),
        );
    }

    #[cold]
    fn stray(&mut self, at: Span, name: &str, help: &str) {
        self.report(
            Report::error("stray-directive", format!("`%{{ {name} }}` closes nothing here"))
                .at(at, "nothing to close")
                .help(help),
        );
    }
}
