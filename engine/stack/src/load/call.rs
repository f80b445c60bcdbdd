//! `module "x" { … }`

use super::body::{Block, Content};
use super::repeat::Repeat;
use super::{condition, provider, read};
use crate::Str;
use crate::eval::Traversal;
use syntax::{Expr, Report, Span};

/// A declared module call.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) header: Span,
    /// `source`, and where it stands.
    pub(crate) source: Option<(Str, Span)>,
    /// The arguments for the module's variables.
    pub(crate) content: Content,
    pub(crate) repeat: Repeat,
    pub(crate) depends_on: Vec<Traversal>,
    /// The module's name for a provider configuration to the caller's.
    pub(crate) providers: Option<Vec<(provider::Name, provider::Name, Span)>>,
}

impl Call {
    pub(crate) fn read(block: &Block, reports: &mut Vec<Report>) -> Self {
        let mut content = block.body.content(&|_| None);
        for inner in std::mem::take(&mut content.blocks) {
            if inner.kind != "providers" {
                reports.push(read::unknown_block(&inner.kind, inner.header, "a module call", &[]));
            }
        }
        let source = content.take("source");
        if source.is_none() {
            reports.push(condition::missing("a module call", "source", block.header));
        }
        let span = source.as_ref().map(super::body::Expression::span);
        let source = read::text(source.as_ref(), reports).zip(span);
        content.take("version");
        let repeat = Repeat::take(&mut content, reports);
        let depends_on = read::references(content.take("depends_on").as_ref(), reports);
        let providers = content.take("providers").map(|value| {
            let Expr::Object(list) = value.tree.expr(value.id) else { return Vec::new() };
            let mut found = Vec::new();
            for pair in value.tree.list(list).chunks_exact(2) {
                let [key, to] = pair else { continue };
                let span = value.tree.span(*to);
                let inner = provider::name_of(&value.part(*key), reports);
                let outer = provider::name_of(&value.part(*to), reports);
                found.extend(inner.zip(outer).map(|(inner, outer)| (inner, outer, span)));
            }
            found
        });
        Self { header: block.header, source, content, repeat, depends_on, providers }
    }
}
