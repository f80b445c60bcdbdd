//! What holds of any text, broken or not. The fuzz targets judge by the same laws.

use banana_syntax::{
    Body, Expr, ExprId, FileId, Part, PartList, Report, Span, Tree, comments, parse,
    parse_expression, parse_json, parse_template,
};
use std::sync::Arc;

type Parse = fn(FileId, &Arc<str>) -> (Tree, Vec<Report>);

/// A text as native syntax: a file, and an expression.
pub(crate) fn native(text: &str) {
    holds(parse, text);
    holds(parse_expression, text);
    for comment in comments(FileId(0), text) {
        assert!(fits(text, comment), "{comment:?} of {text:?}");
    }
}

/// A text as a template.
pub(crate) fn template(text: &str) {
    holds(parse_template, text);
}

/// A text as JSON syntax.
pub(crate) fn json(text: &str) {
    holds(parse_json, text);
}

fn holds(parse: Parse, text: &str) {
    let text = Arc::from(text);
    let (tree, reports) = parse(FileId(0), &text);
    assert_eq!(tree.text(), &*text);
    check_spans(&tree);
    for report in &reports {
        let places = report.at.iter().chain(&report.related);
        assert!(report.at.is_some(), "{report:?} has no place");
        assert!(places.into_iter().all(|label| fits(&text, label.span)), "{report:?}");
    }
    assert!(!reports.is_empty() || !has_holes(&tree), "an unreported hole in {text:?}");
}

fn fits(text: &str, span: Span) -> bool {
    text.get(span.start as usize..span.end as usize).is_some()
}

/// Every body of a tree.
fn bodies(tree: &Tree) -> Vec<&Body> {
    let mut all = vec![tree.root()];
    let mut at = 0;
    while let Some(body) = all.get(at).copied() {
        all.extend(tree.blocks(body).iter().map(|block| tree.body(block.body)));
        at += 1;
    }
    all
}

fn has_holes(tree: &Tree) -> bool {
    let values = bodies(tree).into_iter().flat_map(|body| tree.attributes(body));
    let mut open: Vec<ExprId> = values.map(|attribute| attribute.expr).collect();
    while let Some(id) = open.pop() {
        if tree.expr(id) == Expr::Missing {
            return true;
        }
        open.extend(children(tree, id));
    }
    false
}

/// Every node stands within the text, on characters, and within its parent; siblings follow each other.
pub(crate) fn check_spans(tree: &Tree) {
    let text = tree.text();
    for body in bodies(tree) {
        within(text, body.span, Span::new(FileId(0), 0, u32::MAX));
        let mut open = Vec::new();
        for attribute in tree.attributes(body) {
            within(text, attribute.span, body.span);
            within(text, attribute.name_span, attribute.span);
            open.push((attribute.expr, attribute.span));
        }
        for block in tree.blocks(body) {
            within(text, block.span, body.span);
            within(text, block.header, block.span);
            within(text, block.kind_span, block.header);
            tree.labels(block).iter().for_each(|label| within(text, label.span, block.header));
            within(text, tree.body(block.body).span, block.span);
        }
        while let Some((id, parent)) = open.pop() {
            let span = tree.span(id);
            within(text, span, parent);
            let mut from = span.start;
            for child in children(tree, id) {
                open.push((child, Span { start: from, ..span }));
                from = tree.span(child).end;
            }
        }
    }
}

fn within(text: &str, span: Span, parent: Span) {
    assert!(fits(text, span), "{span:?} of {text:?}");
    assert!(
        parent.start <= span.start && span.end <= parent.end,
        "{span:?} not in {parent:?} of {text:?}"
    );
}

/// The expressions directly below one, in the order written.
pub(crate) fn children(tree: &Tree, id: ExprId) -> Vec<ExprId> {
    match tree.expr(id) {
        // A splat's body starts over at its marker.
        Expr::Attr { on, .. } | Expr::Splat { on, .. } | Expr::Unary(_, on) | Expr::Parens(on) => {
            vec![on]
        }
        Expr::Index { on, key } => vec![on, key],
        Expr::Binary(_, left, right) => vec![left, right],
        Expr::Conditional { test, then, otherwise } => vec![test, then, otherwise],
        Expr::Call { args: list, .. } | Expr::Tuple(list) | Expr::Object(list) => {
            tree.list(list).to_vec()
        }
        Expr::For(id) => {
            let parsed = tree.for_expr(id).unwrap();
            let parts = [Some(parsed.collection), parsed.key, Some(parsed.value), parsed.test];
            parts.into_iter().flatten().collect()
        }
        Expr::Template(list) => inside(tree, list),
        _ => Vec::new(),
    }
}

fn inside(tree: &Tree, list: PartList) -> Vec<ExprId> {
    let of = |part: &Part| match *part {
        Part::Literal(_) => Vec::new(),
        Part::Interpolation(id) => vec![id],
        Part::If { test, then, otherwise } => {
            [vec![test], inside(tree, then), inside(tree, otherwise)].concat()
        }
        Part::For { collection, body, .. } => [vec![collection], inside(tree, body)].concat(),
    };
    tree.parts(list).iter().flat_map(of).collect()
}
