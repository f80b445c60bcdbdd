//! The literal that stands at a place, when replacing it replaces one value and nothing else.

use syntax::{Attribute, Block, Body, Expr, ExprId, Span, Tree};

/// The literal at exactly this place: the whole value of an attribute, or an element of a list or object that is. One inside a
/// condition, a template or a call decides something else besides.
pub(crate) fn at(tree: &Tree, place: Span) -> Option<ExprId> {
    let mut id = attribute(tree, place)?.expr;
    loop {
        if tree.span(id) == place {
            return is_plain(tree, id).then_some(id);
        }
        let parts = match tree.expr(id) {
            Expr::Parens(inner) => {
                return Some(inner).filter(|id| tree.span(*id) == place && is_plain(tree, *id));
            }
            Expr::Tuple(list) | Expr::Object(list) => tree.list(list),
            // What is written in these is what is read from them.
            Expr::Call { name, args, expand: false }
                if ["jsonencode", "merge"].contains(&tree.name(name)) =>
            {
                tree.list(args)
            }
            _ => return None,
        };
        id = parts.iter().copied().find(|part| holds(tree.span(*part), place))?;
    }
}

/// True for `true`, `1`, `"text"`, `null`, and a list of such on one line: nothing in it is read from elsewhere.
pub(crate) fn is_plain(tree: &Tree, id: ExprId) -> bool {
    let scalar = |id: ExprId| match tree.expr(id) {
        Expr::Null | Expr::Bool(_) | Expr::Number => true,
        Expr::Template(_) => tree.expr_text(id).starts_with('"') && tree.literal(id).is_some(),
        _ => false,
    };
    match tree.expr(id) {
        Expr::Tuple(list) => {
            !tree.expr_text(id).contains('\n') && tree.list(list).iter().all(|part| scalar(*part))
        }
        _ => scalar(id),
    }
}

/// The attribute that a place lies in the value of.
fn attribute(tree: &Tree, place: Span) -> Option<&Attribute> {
    let mut body = tree.root();
    loop {
        let found = tree.attributes(body).iter().find(|it| holds(tree.span(it.expr), place));
        if found.is_some() {
            return found;
        }
        let block = tree.blocks(body).iter().find(|block| holds(block.span, place))?;
        body = tree.body(block.body);
    }
}

/// The block with this span.
pub(crate) fn block(tree: &Tree, span: Span) -> Option<&Block> {
    let mut body: &Body = tree.root();
    loop {
        let block = tree.blocks(body).iter().find(|block| holds(block.span, span))?;
        if block.span == span {
            return Some(block);
        }
        body = tree.body(block.body);
    }
}

/// True when the inner span lies in the outer one.
pub(crate) fn holds(outer: Span, inner: Span) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
}
