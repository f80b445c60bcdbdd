//! Where a value was decided, and the way it took from there.

use super::Value;
use std::sync::Arc;
use syntax::Span;

/// The deciding place of a value (a literal, a tfvars entry, a variable's default) and the references it came through.
#[derive(Clone, Debug, Default)]
pub struct Blame {
    /// Where the value is decided; `None` for what no file says (command line, environment, provider default).
    pub at: Option<Span>,
    /// The references that carried it here, nearest to the resource first.
    pub via: Option<Arc<Via>>,
    /// The value that `jsonencode` wrote as this text, or would write once it is known. A container definition or a policy can
    /// so be judged around its holes, and a finding inside it points at the line that decides, not at the whole document.
    pub document: Option<Arc<Value>>,
}

/// One reference on a value's way: `cidr = var.cidr` in a module call, and so on.
#[derive(Clone, Debug)]
pub struct Via {
    /// The referring expression.
    pub span: Span,
    /// What it refers to, as written: `var.cidr`.
    pub what: super::Str,
    /// The next one, towards the deciding place.
    pub next: Option<Arc<Via>>,
}

impl Blame {
    /// Decided at `span`.
    pub fn at(span: Span) -> Self {
        Self { at: Some(span), ..Self::default() }
    }

    /// The same, for a text that encodes `document`.
    #[must_use]
    pub fn of(mut self, document: Value) -> Self {
        self.document = Some(Arc::new(document));
        self
    }

    /// The same place, seen through one more reference.
    #[must_use]
    pub fn through(&self, span: Span, what: impl Into<super::Str>) -> Self {
        Self {
            at: self.at,
            via: Some(Arc::new(Via { span, what: what.into(), next: self.via.clone() })),
            document: self.document.clone(),
        }
    }

    /// The same without the references in one file.
    #[must_use]
    pub(crate) fn outside(&self, file: syntax::FileId) -> Self {
        let kept: Vec<&Via> = self.chain().filter(|via| via.span.file != file).collect();
        let via = kept.iter().rev().fold(None, |next, via| {
            Some(Arc::new(Via { span: via.span, what: via.what.clone(), next }))
        });
        Self { via, ..self.clone() }
    }

    /// The references from the resource towards the deciding place.
    pub fn chain(&self) -> impl Iterator<Item = &Via> {
        std::iter::successors(self.via.as_deref(), |via| via.next.as_deref())
    }
}
