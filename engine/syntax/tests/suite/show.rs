//! Trees and reports, written so that a test can say what it expects.

use banana_syntax::{
    Body, Expr, ExprId, FileId, List, Part, PartList, Report, Sources, Tree, parse,
    parse_expression,
};
use std::sync::Arc;

/// A body, one line an attribute or block; blocks as `kind label { … }`.
pub(crate) fn body(tree: &Tree, body: &Body) -> String {
    let mut lines = Vec::new();
    for attribute in tree.attributes(body) {
        lines.push(format!("{} = {}", tree.name(attribute.name), expr(tree, attribute.expr)));
    }
    for block in tree.blocks(body) {
        let labels = tree
            .labels(block)
            .iter()
            .fold(String::new(), |all, label| format!("{all} {:?}", tree.name(label.name)));
        let inner = self::body(tree, tree.body(block.body));
        lines.push(format!("{}{labels} {{{inner}}}", tree.name(block.kind)));
    }
    lines.join("; ")
}

/// An expression, as a Lisp would write it.
pub(crate) fn expr(tree: &Tree, id: ExprId) -> String {
    let show = |id| expr(tree, id);
    let list = |l: List| tree.list(l).iter().map(|id| show(*id)).collect::<Vec<_>>().join(" ");
    match tree.expr(id) {
        Expr::Null => "null".into(),
        Expr::Bool(value) => value.to_string(),
        Expr::Number => tree.expr_text(id).into(),
        Expr::Template(inner) => format!("<{}>", parts(tree, inner)),
        Expr::Name(name) => tree.name(name).to_string(),
        Expr::Attr { on, name } => format!("(. {} {})", show(on), tree.name(name)),
        Expr::Index { on, key } => format!("(at {} {})", show(on), show(key)),
        Expr::Splat { on, body, full: true } => format!("([*] {} {})", show(on), show(body)),
        Expr::Splat { on, body, full: false } => format!("(.* {} {})", show(on), show(body)),
        Expr::SplatItem => "it".into(),
        Expr::Call { name, args, expand } => {
            format!("({}{} {})", tree.name(name), if expand { "..." } else { "" }, list(args))
        }
        Expr::Tuple(items) => format!("[{}]", list(items)),
        Expr::Object(items) => format!("{{{}}}", list(items)),
        Expr::For(id) => {
            let parsed = tree.for_expr(id).unwrap();
            let key_name = parsed.key_name.map(|k| format!("{},", tree.name(k)));
            let key = parsed.key.map(|key| format!("{} => ", show(key)));
            let test = parsed.test.map(|test| format!(" if {}", show(test)));
            format!(
                "(for {}{} {} : {}{}{}{})",
                key_name.unwrap_or_default(),
                tree.name(parsed.value_name),
                show(parsed.collection),
                key.unwrap_or_default(),
                show(parsed.value),
                if parsed.group { "..." } else { "" },
                test.unwrap_or_default(),
            )
        }
        Expr::Unary(op, inner) => format!("({op:?} {})", show(inner)),
        Expr::Binary(op, left, right) => format!("({op:?} {} {})", show(left), show(right)),
        Expr::Conditional { test, then, otherwise } => {
            format!("(? {} {} {})", show(test), show(then), show(otherwise))
        }
        Expr::Parens(inner) => format!("(paren {})", show(inner)),
        Expr::Missing => "_".into(),
    }
}

fn parts(tree: &Tree, list: PartList) -> String {
    let show = |part: &Part| match *part {
        Part::Literal(text) => format!("{:?}", tree.name(text)),
        Part::Interpolation(id) => format!("${}", expr(tree, id)),
        Part::If { test, then, otherwise } => {
            format!("%if {} [{}] [{}]", expr(tree, test), parts(tree, then), parts(tree, otherwise))
        }
        Part::For { key_name, value_name, collection, body } => format!(
            "%for {}{} {} [{}]",
            key_name.map(|k| format!("{},", tree.name(k))).unwrap_or_default(),
            tree.name(value_name),
            expr(tree, collection),
            parts(tree, body)
        ),
    };
    tree.parts(list).iter().map(show).collect::<Vec<_>>().join(" ")
}

/// The expression, which must parse without a report.
pub(crate) fn value(text: &str) -> String {
    let (tree, reports) = parse_expression(FileId(0), &Arc::from(text));
    assert_eq!(reports, [], "{text}");
    expr(&tree, tree.attributes(tree.root())[0].expr)
}

/// The file, which must parse without a report.
pub(crate) fn file(text: &str) -> String {
    let (tree, reports) = parse(FileId(0), &Arc::from(text));
    assert_eq!(reports, [], "{text}");
    body(&tree, tree.root())
}

/// The tree that is left of a broken file.
pub(crate) fn rest(text: &str) -> String {
    let (tree, reports) = parse(FileId(0), &Arc::from(text));
    assert_ne!(reports, [], "{text}");
    body(&tree, tree.root())
}

/// Each report of a file as `line:column message`.
pub(crate) fn problems(text: &str) -> Vec<String> {
    let (_, reports) = parse(FileId(0), &Arc::from(text));
    reports.iter().map(|report| problem(text, report)).collect()
}

/// A report as `line:column message`.
pub(crate) fn problem(text: &str, report: &Report) -> String {
    let mut sources = Sources::default();
    let file = sources.add("main.tf", text);
    let mut span = report.at.as_ref().unwrap().span;
    span.file = file;
    let place = sources.place(span);
    format!("{}:{} {}", place.line, place.column, report.message)
}
