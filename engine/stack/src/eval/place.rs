//! Where an expression starts, as Terraform points at arguments: at the operator that makes it, not at all of it.

use syntax::{Expr, ExprId, Part, Span, Tree};

/// The part of an expression that stands for it in messages about arguments: a call's name and parenthesis, a bracket, the
/// first operand. A loop, since operands may nest as deep as they like.
pub(super) fn head(tree: &Tree, expr: ExprId) -> Span {
    let mut expr = expr;
    loop {
        let span = tree.span(expr);
        match tree.expr(expr) {
            Expr::Parens(on) | Expr::Binary(_, on, _) | Expr::Conditional { test: on, .. } => {
                expr = on;
            }
            Expr::Unary(..) | Expr::Tuple(_) | Expr::Object(_) | Expr::For(_) => {
                return whole(tree, Span { end: span.start + 1, ..span });
            }
            Expr::Call { .. } => return call_head(tree, expr),
            Expr::Index { on, key } if !is_literal(tree, key) => {
                let open = after(tree, on, "[");
                return whole(tree, Span { end: open.start + 1, ..open });
            }
            Expr::Splat { on, full, .. } => {
                let marker = after(tree, on, if full { "[*]" } else { ".*" });
                return marker;
            }
            Expr::Template(parts) => match tree.parts(parts) {
                [Part::Interpolation(_)] => return span,
                // Terraform points past an empty string.
                [] => return whole(tree, Span { start: span.end, end: span.end + 1, ..span }),
                [Part::Interpolation(first), ..] => expr = *first,
                [Part::Literal(_), rest @ ..] => return first_literal(tree, span, rest.is_empty()),
                _ => return span,
            },
            _ => return span,
        }
    }
}

/// `name(` of a call.
pub(super) fn call_head(tree: &Tree, call: ExprId) -> Span {
    let span = tree.span(call);
    let open = tree.expr_text(call).find('(').unwrap_or(0);
    whole(tree, Span { end: span.start + u32::try_from(open + 1).unwrap_or(1), ..span })
}

/// The name of a call.
pub(super) fn call_name(tree: &Tree, call: ExprId) -> Span {
    let head = call_head(tree, call);
    let text = tree.text().get(head.start as usize..head.end as usize).unwrap_or("");
    let name = text.trim_end_matches('(').trim_end().len();
    Span { end: head.start + u32::try_from(name).unwrap_or(0), ..head }
}

/// The closing parenthesis of a call.
pub(super) fn call_end(tree: &Tree, call: ExprId) -> Span {
    let span = tree.span(call);
    whole(tree, Span { start: span.end.saturating_sub(1), ..span })
}

/// A place as whole characters of the text: what is broken, or escaped in JSON, need not read as the tree says.
fn whole(tree: &Tree, span: Span) -> Span {
    let text = tree.text();
    let at = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    let start = text.floor_char_boundary(span.start as usize);
    let end = text.ceil_char_boundary((span.end as usize).max(start));
    Span { start: at(start), end: at(end), ..span }
}

fn is_literal(tree: &Tree, key: ExprId) -> bool {
    match tree.expr(key) {
        Expr::Number => true,
        Expr::Template(_) => tree.literal(key).is_some(),
        _ => false,
    }
}

/// The `mark` that follows an expression.
fn after(tree: &Tree, on: ExprId, mark: &str) -> Span {
    let end = tree.span(on);
    let text = tree.text().get(end.end as usize..).unwrap_or("");
    let skip = text.len() - text.trim_start().len();
    let start = end.end + u32::try_from(skip).unwrap_or(0);
    whole(tree, Span { start, end: start + u32::try_from(mark.len()).unwrap_or(0), ..end })
}

/// The text up to the first `${` or `%{`, without the quote; of a heredoc its first line.
fn first_literal(tree: &Tree, span: Span, only: bool) -> Span {
    let text = tree.text().get(span.start as usize..span.end as usize).unwrap_or("");
    let (skip, rest) = if let Some(rest) = text.strip_prefix('"') {
        (1, rest.strip_suffix('"').unwrap_or(rest))
    } else if let (true, Some((header, rest))) = (text.starts_with("<<"), text.split_once('\n')) {
        let line = rest.find('\n').map_or(rest.len(), |at| at + 1);
        (header.len() + 1, rest.get(..line).unwrap_or(rest))
    } else {
        (0, text)
    };
    let end = if only { rest.len() } else { interpolation(rest).unwrap_or(rest.len()) };
    let start = span.start + u32::try_from(skip).unwrap_or(0);
    Span { start, end: start + u32::try_from(end).unwrap_or(0), ..span }
}

/// Where the first `${` or `%{` stands that is not doubled.
fn interpolation(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    (0..bytes.len()).find(|at| {
        let mark = bytes.get(*at).copied();
        let opens = matches!(mark, Some(b'$' | b'%')) && bytes.get(at + 1) == Some(&b'{');
        opens && (*at == 0 || bytes.get(at - 1).copied() != mark)
    })
}
