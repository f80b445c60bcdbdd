//! Laws that hold for any text, and for any program.

use crate::generate::{self, Writer};
use crate::show;
use banana_syntax::{
    Expr, ExprId, FileId, Part, PartList, Report, Tree, comments, parse, parse_expression,
    parse_json, parse_template,
};
use proptest::prelude::*;
use std::sync::Arc;

type Parse = fn(FileId, &Arc<str>) -> (Tree, Vec<Report>);

const ALL: [Parse; 4] = [parse, parse_json, parse_expression, parse_template];

/// Bits of the language, in any order.
fn soup() -> impl Strategy<Value = String> {
    let bits = vec![
        "a",
        "b-c",
        "for",
        "in",
        "if",
        "else",
        "endif",
        "true",
        "1",
        "2.5",
        "0.1",
        "é",
        " ",
        "  ",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "{",
        "}",
        "[",
        "]",
        "(",
        ")",
        "\"",
        "${",
        "%{",
        "~}",
        "${~",
        "$${",
        "%%{",
        "$",
        "%",
        "=",
        "==",
        "=>",
        "!=",
        "<",
        "<=",
        "&&",
        "||",
        "&",
        "|",
        "!",
        "+",
        "-",
        "*",
        "/",
        ".",
        "..",
        "...",
        ",",
        ":",
        "::",
        "?",
        "~",
        "^",
        ";",
        "'",
        "`",
        "\\",
        "\\n",
        "\\u00e9",
        "\\ud800",
        "<<E\n",
        "<<-E\n",
        "E\n",
        " E",
        "#",
        "//",
        "/*",
        "*/",
        "[*]",
        ".*",
        "\0",
        "\u{feff}",
        "“",
        "a = ",
        "b \"c\" {\n",
        "}\n",
        "f(",
        "\"x\"",
        "[for a in b : a]",
        "{for k, v in m : k => v}",
        "%{if a}",
        "%{endif}",
        "%{for a in b}",
        "%{endfor}",
        "%{else}",
        "null",
        "{\"a\": ",
        "-1e5",
        "\"\\u0061\"",
    ];
    prop::collection::vec(prop::sample::select(bits), 0..60).prop_map(|bits| bits.concat())
}

fn has_holes(tree: &Tree) -> bool {
    let mut open: Vec<ExprId> = tree.attributes(tree.root()).iter().map(|a| a.expr).collect();
    while let Some(id) = open.pop() {
        if tree.expr(id) == Expr::Missing {
            return true;
        }
        open.extend(children(tree, id));
    }
    false
}

/// Every node stands within the text, on characters, and within its parent; siblings follow each other.
fn check_spans(tree: &Tree) {
    let text = tree.text();
    for attribute in tree.attributes(tree.root()) {
        check(tree, attribute.expr, (0, text.len()));
    }
}

fn check(tree: &Tree, id: ExprId, parent: (usize, usize)) {
    let span = tree.span(id);
    let (start, end) = (span.start as usize, span.end as usize);
    assert!(tree.text().get(start..end).is_some(), "{start}..{end} of {:?}", tree.text());
    assert!(parent.0 <= start && end <= parent.1, "{start}..{end} not in {parent:?}");
    let mut from = start;
    for child in children(tree, id) {
        check(tree, child, (from, end));
        from = tree.span(child).end as usize;
    }
}

fn children(tree: &Tree, id: ExprId) -> Vec<ExprId> {
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

fn total(text: &str) {
    let text = Arc::from(text);
    for parse in ALL {
        let (tree, reports) = parse(FileId(0), &text);
        assert_eq!(tree.text(), &*text);
        check_spans(&tree);
        for report in &reports {
            for label in report.at.iter().chain(&report.related) {
                let (start, end) = (label.span.start as usize, label.span.end as usize);
                assert!(text.get(start..end).is_some(), "{report:?}");
            }
        }
        assert!(!reports.is_empty() || !has_holes(&tree), "{text:?}");
    }
    comments(FileId(0), &text);
}

proptest! {
    #[test]
    fn any_text_gives_a_tree(text in any::<String>()) {
        total(&text);
    }

    #[test]
    fn any_soup_gives_a_tree(text in soup()) {
        total(&text);
    }

    #[test]
    fn a_broken_program_gives_a_tree(items in generate::file(), whims in any::<[u8; 32]>(), cut in any::<prop::sample::Index>(), bit in soup()) {
        let mut writer = Writer::new(&whims);
        writer.file(&items);
        let text = writer.text;
        let at = (0..=cut.index(text.len() + 1)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let (before, after) = text.split_at(at);
        total(before);
        total(&format!("{before}{}{after}", bit.get(..8).unwrap_or("}")));
    }

    #[test]
    fn a_program_gives_its_tree(items in generate::file(), whims in any::<[u8; 32]>()) {
        let mut writer = Writer::new(&whims);
        writer.file(&items);
        let (tree, reports) = parse(FileId(0), &Arc::from(writer.text.as_str()));
        prop_assert_eq!(&reports, &[], "{}", writer.text);
        prop_assert_eq!(show::body(&tree, tree.root()), generate::shown(&items), "{}", writer.text);
        check_spans(&tree);
    }

    #[test]
    fn the_text_of_a_node_reads_as_that_node(model in generate::expression(), whims in any::<[u8; 32]>()) {
        let mut writer = Writer::new(&whims);
        writer.expression(&model);
        let (tree, reports) = parse_expression(FileId(0), &Arc::from(writer.text.as_str()));
        prop_assert_eq!(&reports, &[], "{}", writer.text);
        let mut open = vec![tree.attributes(tree.root())[0].expr];
        while let Some(id) = open.pop() {
            let text = tree.expr_text(id);
            let (again, reports) = parse_expression(FileId(0), &Arc::from(text));
            prop_assert_eq!(&reports, &[], "{}", text);
            prop_assert_eq!(show::expr(&again, again.attributes(again.root())[0].expr), show::expr(&tree, id));
            open.extend(children(&tree, id));
        }
    }
}
