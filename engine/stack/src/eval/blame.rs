//! Where results come from: an operand that passes through keeps its place, what is computed gets its own.

use crate::value::{Blame, Origin, Value, Via};
use std::sync::Arc;
use syntax::Span;

/// The most references that a joined chain keeps of its outer part.
const LONGEST: usize = 16;

/// The place of something computed at `span`. Where exactly one operand came from elsewhere, its way is kept, and the place
/// that decides it is the last stop.
pub(crate) fn computed<'a>(span: Span, operands: impl IntoIterator<Item = &'a Value>) -> Blame {
    let mut far = operands.into_iter().map(|v| &v.blame).filter(|b| b.via.is_some());
    let (Some(only), None) = (far.next(), far.next()) else { return Blame::at(span) };
    let mut chain: Vec<&Via> = only.chain().take(LONGEST).collect();
    let decided = chain.last().zip(only.at).map(|(last, at)| Via {
        span: at,
        what: last.what.clone(),
        next: None,
    });
    chain.extend(decided.as_ref());
    Blame { via: link(&chain, None), ..Blame::at(span) }
}

/// The place of a part, seen through what it is part of.
pub(super) fn within(part: &Blame, whole: &Blame) -> Blame {
    let outer: Vec<&Via> = whole.chain().take(LONGEST).collect();
    Blame {
        at: part.at.or(whole.at),
        via: link(&outer, part.via.clone()),
        document: part.document.clone(),
    }
}

/// The links of `chain`, followed by `rest`.
fn link(chain: &[&Via], rest: Option<Arc<Via>>) -> Option<Arc<Via>> {
    chain.iter().rev().fold(rest, |next, via| {
        Some(Arc::new(Via { span: via.span, what: via.what.clone(), next }))
    })
}

/// The origin of something computed from `operands`, any of which may hold unknowns.
pub(crate) fn origin_of<'a>(operands: impl IntoIterator<Item = &'a Value>) -> Origin {
    let mut found = Vec::new();
    for operand in operands {
        operand.collect_origins(&mut found);
    }
    Origin::derived(found)
}
